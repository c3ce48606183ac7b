//! `precedent new TITLE`.

use super::{Context, Result};
use crate::args::NewArgs;
use precedent_core::wire::NewRequest;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: NewArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let supersedes = args.supersedes.map(|reference| Context::find(&workspace, &reference)).transpose()?;
    let request = NewRequest {
        title: args.title,
        template: args.template,
        log: args.log,
        status: Some(args.status.word()),
        supersedes,
        ..NewRequest::default()
    };
    let plan = workspace.plan_new(&request)?;
    if args.dry_run {
        context.output.plan(&plan);
        return Ok(ExitCode::SUCCESS);
    }
    Ok(context.written(&workspace.apply_new(&request, &plan.digest)?))
}
