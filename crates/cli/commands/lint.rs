//! `precedent lint [R] [--fix]`: problems of the log. Exit code 1 only when one of them is an error.

use super::{Context, Result};
use crate::args::LintArgs;
use precedent_core::ProblemCode;
use precedent_core::wire::{ProblemItem, SeverityWord};
use serde::Serialize;
use std::process::ExitCode;

#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [ProblemItem],
}

pub(super) fn run(context: &Context<'_>, args: &LintArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let path = args.reference.as_ref().map(|reference| Context::find(&workspace, reference)).transpose()?;
    if args.fix {
        let (code, path) = (args.code.as_deref(), path.as_deref());
        let plan = workspace.plan_fixes(code, path)?;
        return context.carry_out(&plan, args.dry_run, |digest| workspace.apply_fixes(code, path, digest));
    }
    let mut problems = workspace.lint();
    problems.retain(|problem| {
        path.as_ref().is_none_or(|path| problem.path == *path)
            && args.code.as_ref().is_none_or(|code| is_called(&problem.code, code))
    });
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

/// A problem's code, or the name that goes with it.
fn is_called(code: &str, asked: &str) -> bool {
    let known = ProblemCode::ALL.iter().find(|known| known.code() == code);
    code.eq_ignore_ascii_case(asked) || known.is_some_and(|known| known.slug().eq_ignore_ascii_case(asked))
}
