//! `precedent convert R --to madr4|utf-8`.

use super::{Context, Result};
use crate::args::ConvertArgs;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &ConvertArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let path = Context::find(&workspace, &args.reference)?;
    let plan = workspace.plan_convert(&path, &args.to)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_convert(&path, &args.to, digest))
}
