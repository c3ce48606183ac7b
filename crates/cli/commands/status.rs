//! `precedent accept|reject|deprecate R`.

use super::{Context, Result};
use crate::args::StatusArgs;
use precedent_core::wire::StatusWord;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &StatusArgs, status: StatusWord) -> Result<ExitCode> {
    let workspace = context.open()?;
    let path = Context::find(&workspace, &args.reference)?;
    let plan = workspace.plan_status(&path, status)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_status(&path, status, digest))
}
