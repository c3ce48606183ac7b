//! `precedent amend OLD`, `precedent link A RELATION B`, `precedent unlink A B`.

use super::{Context, Result};
use crate::args::{AmendArgs, LinkArgs, UnlinkArgs};
use precedent_core::wire::{ErrorCode, LinkRequest, SupersedeRequest};
use std::process::ExitCode;

pub(super) fn amend(context: &Context<'_>, args: AmendArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = SupersedeRequest {
        old: Context::find(&workspace, &args.old)?,
        by: args.by.map(|reference| Context::find(&workspace, &reference)).transpose()?,
        title: args.title,
        why: args.why,
        ..SupersedeRequest::default()
    };
    let plan = workspace.plan_amend(&request)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_amend(&request, digest))
}

pub(super) fn link(context: &Context<'_>, args: &LinkArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = LinkRequest {
        from: Context::find(&workspace, &args.from)?,
        relation: Some(args.relation.clone()),
        to: Context::find(&workspace, &args.to)?,
    };
    let plan = workspace.plan_link(&request)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_link(&request, digest))
}

pub(super) fn unlink(context: &Context<'_>, args: &UnlinkArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = LinkRequest {
        from: Context::find(&workspace, &args.from)?,
        relation: args.relation.clone(),
        to: Context::find(&workspace, &args.to)?,
    };
    let plan = match workspace.plan_unlink(&request) {
        // Both records are there: that neither states such a link is "nothing found", no input error.
        Err(error) if error.code() == ErrorCode::NotFound => {
            context.output.error(&error);
            return Ok(ExitCode::from(1));
        }
        plan => plan?,
    };
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_unlink(&request, digest))
}
