//! `precedent list`: decisions in the order of their paths. An empty log is no error.

use super::{Context, Result};
use crate::args::ListArgs;
use precedent_core::wire::{DecisionSummary, StatusWord};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &ListArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let (logs, decisions) = match &args.as_of {
        Some(when) => {
            let past = workspace.decisions_as_of(when)?;
            if !context.output.is_json() {
                let short: String = past.commit.commit.chars().take(8).collect();
                context.output.warn(&format!("As of {short}, {}: {}", past.commit.date, past.commit.subject));
            }
            (past.logs, past.decisions)
        }
        None => {
            let now =
                if context.output.is_json() { workspace.decisions_with_problems() } else { workspace.decisions() };
            (now.logs, now.decisions)
        }
    };
    let asked: Vec<StatusWord> = args.status.iter().map(|status| StatusWord::from(*status)).collect();
    let shown: Vec<&DecisionSummary> = decisions
        .iter()
        .filter(|decision| asked.is_empty() || decision.status.is_some_and(|status| asked.contains(&status)))
        .filter(|decision| args.tag.iter().all(|tag| decision.tags.iter().any(|own| own.eq_ignore_ascii_case(tag))))
        .filter(|decision| !args.in_force || decision.in_force)
        .collect();
    if context.output.is_json() {
        context.output.value(&shown);
        return Ok(ExitCode::SUCCESS);
    }
    let several = logs.len() > 1;
    let width = shown.iter().filter_map(|decision| decision.label.as_ref().map(String::len)).max().unwrap_or(1);
    let mut log = None;
    for decision in &shown {
        if several && log != Some(&decision.log) {
            context.output.line(&format!("{}/", decision.log));
            log = Some(&decision.log);
        }
        context.output.row(decision, width);
    }
    if shown.is_empty() {
        context.output.warn(if decisions.is_empty() && args.as_of.is_some() {
            "There were no decisions then."
        } else if decisions.is_empty() {
            "No decisions here yet. Write the first one with `precedent init`."
        } else {
            "No decision matches."
        });
    }
    Ok(ExitCode::SUCCESS)
}
