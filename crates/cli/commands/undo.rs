//! `precedent undo [STEP]`: takes back what Precedent wrote here. Exit code 1 when the list is empty.

use super::{Context, Result};
use crate::args::UndoArgs;
use crate::output::Ink;
use precedent_core::wire::UndoItem;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &UndoArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    if args.list {
        return Ok(list(context, &workspace.undo_list()));
    }
    let again = if args.redo { Some(workspace.redo_id()?) } else { None };
    let id = again.as_deref().or(args.id.as_deref());
    let plan = workspace.plan_undo(id)?;
    if !args.dry_run {
        context.output.warn(&plan.title);
    }
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_undo(id, digest))
}

fn list(context: &Context<'_>, items: &[UndoItem]) -> ExitCode {
    let output = context.output;
    if output.is_json() {
        output.value(&items);
    } else {
        let width = items.iter().map(|item| item.id.len()).max().unwrap_or(1);
        for item in items {
            let state = match (&item.conflict, item.undone) {
                (Some(path), _) => output.ink(Ink::Bad, &format!("  ({path} has changed since)")),
                (None, true) => output.ink(Ink::Quiet, "  (taken back)"),
                (None, false) => String::new(),
            };
            output.line(&format!("{:>width$}  {}  {}{state}", item.id, output.ink(Ink::Quiet, &item.on), item.title));
        }
    }
    if items.is_empty() {
        output.warn("Nothing to take back.");
        return ExitCode::from(1);
    }
    ExitCode::SUCCESS
}
