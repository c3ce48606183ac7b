//! `precedent init`: a new decision log, or the sample repository.

use super::{Context, Result};
use crate::args::InitArgs;
use precedent_core::wire::WriteReply;
use precedent_workspace::sample;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &InitArgs) -> Result<ExitCode> {
    if let Some(folder) = &args.sample {
        let folder = context.dir.join(folder);
        sample::create(&folder)?;
        let changed = vec![folder.display().to_string()];
        return Ok(context.written(&WriteReply {
            changed,
            problems: Vec::new(),
            generation: 0,
            hash: None,
            record: None,
        }));
    }
    let workspace = context.open()?;
    let plan = workspace.plan_init()?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_init(digest))
}
