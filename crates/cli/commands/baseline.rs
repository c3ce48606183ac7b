//! `precedent baseline`: takes out what is repaid; with `--accept-new` takes in what is open today.

use super::{Context, Result};
use crate::args::BaselineArgs;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &BaselineArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let reason = args.reason.as_deref();
    let plan = workspace.plan_baseline(reason)?;
    if plan.files.is_empty() && !context.output.is_json() {
        plan.notes.iter().for_each(|note| context.output.warn(note));
        context.output.warn("The baseline is up to date.");
        return Ok(ExitCode::SUCCESS);
    }
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_baseline(reason, digest))
}
