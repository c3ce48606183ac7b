//! `precedent merge-file BASE OURS THEIRS`: git's merge driver for records, and `--install`, `--uninstall`, `--status`.

use super::{Context, Result};
use crate::args::MergeFileArgs;
use precedent_workspace::merge_files;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &MergeFileArgs) -> Result<ExitCode> {
    let (Some(base), Some(ours), Some(theirs)) = (&args.base, &args.ours, &args.theirs) else {
        return if args.status { status(context) } else { install(context, args) };
    };
    // Relative to the folder that git runs it in, or to -C.
    let [base, ours, theirs] = [base, ours, theirs].map(|path| context.dir.join(path));
    let left = merge_files(&base, &ours, &theirs)?;
    if left == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let name = args.path.clone().unwrap_or_else(|| ours.display().to_string());
    let places = if left == 1 { "1 place" } else { &format!("{left} places") };
    context.output.warn(&format!("{name}: {places} left to settle"));
    Ok(ExitCode::FAILURE)
}

fn status(context: &Context<'_>) -> Result<ExitCode> {
    let driver = context.open()?.merge_driver()?;
    if context.output.is_json() {
        context.output.value(&driver);
    } else if driver.installed {
        context.output.line("installed: git merges the records here by field and by line");
    } else if driver.settings && !driver.left.is_empty() {
        let folders: Vec<&str> =
            driver.left.iter().map(|folder| if folder.is_empty() { "." } else { folder }).collect();
        context.output.line(&format!("not installed for {}: run precedent merge-file --install", folders.join(", ")));
    } else {
        context.output.line("not installed: run precedent merge-file --install");
    }
    Ok(if driver.installed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn install(context: &Context<'_>, args: &MergeFileArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let plan = workspace.plan_merge_driver(args.uninstall)?;
    if args.dry_run {
        context.output.plan(&plan);
        for note in &plan.notes {
            context.output.line(note);
        }
        return Ok(ExitCode::SUCCESS);
    }
    context.carry_out(&plan, false, |digest| workspace.apply_merge_driver(args.uninstall, digest))
}
