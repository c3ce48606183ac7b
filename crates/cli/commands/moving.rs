//! `precedent rename|move|renumber|delete R`: a record gets another name, folder or number, or goes.

use super::{Context, Result};
use crate::args::{DeleteArgs, MoveArgs, RenameArgs, RenumberArgs};
use precedent_core::RecordPath;
use precedent_core::wire::{ErrorCode, MoveRequest, RenumberRequest};
use std::process::ExitCode;

pub(super) fn rename(context: &Context<'_>, args: RenameArgs) -> Result<ExitCode> {
    let new = RecordPath::new(args.new.clone());
    // Only a file name ends in a record's extension.
    let is_name = new.stem() != new.file_name();
    let request = MoveRequest {
        path: args.reference,
        name: is_name.then(|| args.new.clone()),
        title: (!is_name).then_some(args.new),
        keep_title: args.keep_title,
        keep_citations: args.follow.keep_citations,
        code: args.follow.code,
        ..MoveRequest::default()
    };
    carry_out(context, &request, args.follow.dry_run)
}

pub(super) fn move_to(context: &Context<'_>, args: MoveArgs) -> Result<ExitCode> {
    let request = MoveRequest {
        path: args.reference,
        folder: Some(args.folder),
        keep_citations: args.follow.keep_citations,
        code: args.follow.code,
        ..MoveRequest::default()
    };
    carry_out(context, &request, args.follow.dry_run)
}

fn carry_out(context: &Context<'_>, request: &MoveRequest, dry_run: bool) -> Result<ExitCode> {
    let workspace = context.open()?;
    let plan = workspace.plan_move(request)?;
    context.carry_out(&plan, dry_run, |digest| workspace.apply_move(request, digest))
}

pub(super) fn renumber(context: &Context<'_>, args: RenumberArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = RenumberRequest {
        path: args.reference,
        number: args.number,
        keep_citations: args.follow.keep_citations,
        code: args.follow.code,
    };
    let plan = workspace.plan_renumber(&request)?;
    context.carry_out(&plan, args.follow.dry_run, |digest| workspace.apply_renumber(&request, digest))
}

pub(super) fn delete(context: &Context<'_>, args: &DeleteArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let path = Context::find(&workspace, &args.reference)?;
    let plan = workspace.plan_delete(&path)?;
    context.carry_out(&plan, args.dry_run, |digest| {
        workspace.apply_delete(&path, args.force, digest).map_err(|error| match error.code() {
            ErrorCode::Usage => error.with_hint("take their links out first with `precedent unlink`, or add --force"),
            _ => error,
        })
    })
}
