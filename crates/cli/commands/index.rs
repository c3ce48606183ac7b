//! `precedent index`: the table of decisions in a README.

use super::{Context, Result};
use crate::args::IndexArgs;
use precedent_core::wire::IndexRequest;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: IndexArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let request = IndexRequest { log: args.log };
    let plan = workspace.plan_index(&request)?;
    if plan.files.is_empty() && !context.output.is_json() {
        context.output.warn(&format!("{} is up to date.", workspace.index_page(&request)?.path));
        return Ok(ExitCode::SUCCESS);
    }
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_index(&request, digest))
}
