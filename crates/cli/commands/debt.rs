//! `precedent debt --since D`: findings over history.

use super::{Context, Result};
use crate::args::{DebtArgs, DebtFormat};
use crate::output::{Ink, Output};
use crate::progress::{counted, telling};
use precedent_core::Date;
use precedent_core::wire::{Debt, DebtCount, DebtPoint};
use precedent_workspace::{DebtRequest, DebtSteps, Progress};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &DebtArgs) -> Result<ExitCode> {
    let request = DebtRequest {
        since: args.since.clone(),
        steps: if args.weekly { DebtSteps::Weeks } else { DebtSteps::Commits },
        as_of: args.as_of.as_deref().map(super::check::day).transpose()?,
        threads: args.threads.map(std::num::NonZero::get),
    };
    let workspace = context.open()?;
    let progress = Progress::default();
    let how_far = || counted("Counting trees", progress.so_far().done, progress.so_far().all);
    let debt = telling(how_far, || workspace.debt(&request, &progress))?;
    if workspace.git_place().is_ok_and(|place| place.shallow) {
        context.output.warn("This clone is shallow: what came before its first commit was not counted. `git fetch --unshallow` brings it.");
    }
    if context.output.is_json() || args.format == DebtFormat::Json {
        context.output.value(&debt);
    } else {
        print(context.output, &debt);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(output: &Output, debt: &Debt) {
    let (Some((first, rest)), Some(last)) = (debt.points.split_first(), debt.points.last()) else { return };
    output.line(
        &output.ink(
            Ink::Quiet,
            "week of       then: open waived baselined   today: open waived baselined      new  repaid",
        ),
    );
    line(output, "before    ", first, (0, 0));
    for week in rest.chunk_by(|one, other| monday(&one.day) == monday(&other.day)) {
        let sums = week.iter().fold((0, 0), |sums, point| (sums.0 + point.introduced, sums.1 + point.repaid));
        week.last().into_iter().for_each(|point| line(output, &monday(&point.day), point, sums));
    }
    let lost = debt.points.iter().filter(|point| point.then.undecided + point.today.undecided > 0).count();
    if lost > 0 {
        let what = "something could not be decided, so the figures may be too low";
        output.line(&format!(
            "{} at {lost} of {} commits {what}",
            output.ink(Ink::Bad, "undecided:"),
            debt.points.len()
        ));
    }
    if last.today.rules == 0 {
        output.line(&format!("{} no rule binds in the last commit", output.ink(Ink::Open, "note:")));
    }
}

fn line(output: &Output, day: &str, point: &DebtPoint, (introduced, repaid): (u32, u32)) {
    let three = |count: &DebtCount| format!("{:>10} {:>6} {:>9}", count.open, count.waived, count.baselined);
    let (then, today) = (three(&point.then), three(&point.today));
    output.line(&format!("{day}    {then}    {today}    {:>8} {:>7}", format!("+{introduced}"), format!("-{repaid}")));
}

/// The first day of a day's week.
fn monday(day: &str) -> String {
    let Ok(day) = day.parse::<Date>() else { return day.to_owned() };
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(since)).unwrap_or(day).to_string()
}
