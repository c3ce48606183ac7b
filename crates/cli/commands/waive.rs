//! `precedent waive RULE`: lets findings pass until a day, for a reason, with an owner.

use super::{Context, Result};
use crate::args::WaiveArgs;
use precedent_check::WaiverDraft;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: WaiveArgs) -> Result<ExitCode> {
    let until = super::check::day(&args.until)?;
    let draft = WaiverDraft {
        rule: args.rule,
        paths: args.paths,
        at_most: args.at_most,
        fingerprints: args.fingerprint,
        reason: args.reason,
        owner: args.owner,
        approved_by: args.approved_by,
    };
    let workspace = context.open()?;
    let plan = workspace.plan_waiver(&draft, until)?;
    context.carry_out(&plan, args.dry_run, |digest| workspace.apply_waiver(&draft, until, digest))
}
