//! `precedent lint`: problems of the log. Exit code 1 only when one of them is an error.

use super::{Context, Result};
use precedent_core::wire::{ProblemItem, SeverityWord};
use serde::Serialize;
use std::process::ExitCode;

#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [ProblemItem],
}

pub(super) fn run(context: &Context<'_>) -> Result<ExitCode> {
    let workspace = context.open()?;
    let problems = workspace.lint();
    if context.output.is_json() {
        context.output.value(&Answer { problems: &problems });
    } else {
        context.output.problems(&problems);
        let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        let (errors, warnings) = (count(SeverityWord::Error), count(SeverityWord::Warning));
        context.output.warn(&format!("{} records, {errors} errors, {warnings} warnings", workspace.log().len()));
    }
    let failed = problems.iter().any(|problem| problem.severity == SeverityWord::Error);
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
