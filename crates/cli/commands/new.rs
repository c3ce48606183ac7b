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
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_new(&request, digest))
}
