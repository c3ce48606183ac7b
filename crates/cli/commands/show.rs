//! `precedent show R`: one decision with its standing, links and text.

use super::{Context, Result};
use crate::args::ShowArgs;
use crate::output::{Ink, Output, status_ink, status_word};
use precedent_core::wire::{DecisionSummary, PermalinkRequest};
use precedent_workspace::Workspace;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &ShowArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    if args.permalink {
        return permalink(context, &workspace, args);
    }
    if args.markdown {
        let text = workspace.markdown(&Context::find(&workspace, &args.reference)?)?;
        context.output.line(text.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let view = match &args.as_of {
        Some(when) => workspace.read_decision_as_of(&args.reference, when)?,
        None => {
            workspace.refresh_clashes();
            workspace.read_decision(&Context::find(&workspace, &args.reference)?)?
        }
    };
    let path = &view.summary.path;
    let output = context.output;
    if output.is_json() {
        output.value(&view.summary);
    } else if args.html {
        output.line(&view.html);
    } else {
        head(output, &view.summary);
        output.line("");
        let text = match &args.as_of {
            Some(when) => workspace.source_as_of(path, when)?,
            None => workspace.read_source(path)?.text,
        };
        output.line(text.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn permalink(context: &Context<'_>, workspace: &Workspace, args: &ShowArgs) -> Result<ExitCode> {
    let request = PermalinkRequest {
        path: Context::find(workspace, &args.reference)?,
        line: args.line.map(|(from, _)| from),
        end_line: args.line.map(|(_, to)| to),
        ..PermalinkRequest::default()
    };
    let found = workspace.permalink(&request)?;
    if context.output.is_json() {
        context.output.value(&found);
    } else {
        context.output.line(&found.url);
    }
    Ok(ExitCode::SUCCESS)
}

fn head(output: &Output, decision: &DecisionSummary) {
    let label = decision.label.as_deref().unwrap_or(&decision.id);
    output.line(&output.ink(Ink::Strong, &format!("{label}  {}", decision.title)));
    let standing = if decision.in_force { ", in force" } else { "" };
    let status = output.ink(status_ink(decision), &status_word(decision));
    output.line(&format!("{status}{standing}  {}", output.ink(Ink::Quiet, &decision.path)));
    let fact = |name: &str, values: &[String]| {
        if !values.is_empty() {
            output.line(&format!("{name}: {}", values.join(", ")));
        }
    };
    fact("date", &decision.date.iter().cloned().collect::<Vec<_>>());
    fact("decided by", &decision.decision_makers);
    fact("tags", &decision.tags);
    fact("binds", &decision.applies_to);
    fact("supersedes", &decision.supersedes);
    fact("superseded by", &decision.superseded_by);
    fact("amends", &decision.amends);
    fact("amended by", &decision.amended_by);
    output.problems(&decision.problems);
}
