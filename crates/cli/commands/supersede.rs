//! `precedent supersede OLD (--by R | --title T)`.

use super::{Context, Result};
use crate::args::SupersedeArgs;
use precedent_core::wire::SupersedeRequest;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: SupersedeArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = SupersedeRequest {
        old: Context::find(&workspace, &args.old)?,
        by: args.by.map(|reference| Context::find(&workspace, &reference)).transpose()?,
        title: args.title,
        why: args.why,
        status: Some(args.status.word()),
        carry_paths: true,
        carry_scope: true,
        ..SupersedeRequest::default()
    };
    let plan = workspace.plan_supersede(&request)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_supersede(&request, digest))
}
