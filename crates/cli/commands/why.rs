//! `precedent why PATH[:LINE]`: decisions that govern a place, and how. Exit code 1 when none does.

use super::{Context, Result};
use crate::args::WhyArgs;
use crate::output::{Ink, Output};
use precedent_core::wire::{FindingItem, GoverningDecision};
use precedent_workspace::Workspace;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &WhyArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let (path, line) = place(&args.place, &context.dir);
    let why = workspace.why(&below(&workspace, &context.dir, path), line)?;
    if context.output.is_json() {
        context.output.value(&why);
    } else {
        for decision in &why.decisions {
            print(context.output, decision, &why.findings);
        }
        if why.decisions.is_empty() {
            context.output.warn(&format!("no decision governs {}", why.path));
        }
    }
    Ok(if why.decisions.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// A path, and the line behind its last colon; a file may have a colon in its name.
fn place<'a>(place: &'a str, dir: &Path) -> (&'a str, Option<u32>) {
    let Some((path, line)) = place.rsplit_once(':').filter(|_| !dir.join(place).exists()) else { return (place, None) };
    line.parse().map_or((place, None), |line| (path, Some(line)))
}

/// A path from here, as the repository has it; one that is nothing here is taken from the repository's root.
fn below(workspace: &Workspace, dir: &Path, path: &str) -> String {
    let here = dir.canonicalize().map(|dir| dir.join(path)).ok().filter(|here| here.symlink_metadata().is_ok());
    let inside = here.as_deref().and_then(|here| here.strip_prefix(workspace.root()).ok()).and_then(Path::to_str);
    inside.filter(|inside| !inside.is_empty()).map_or_else(|| path.to_owned(), |inside| inside.replace('\\', "/"))
}

fn print(output: &Output, decision: &GoverningDecision, findings: &[FindingItem]) {
    let title = output.ink(Ink::Strong, &decision.title);
    output.line(&format!("{title}  {}  {}", decision.standing, output.ink(Ink::Quiet, &decision.path)));
    if !decision.applies_to.is_empty() {
        output.line(&format!("  applies to {}", decision.applies_to.join(", ")));
    }
    for rule in &decision.rules {
        output.line(&format!("  {} {} ({}:{})", rule.kind, rule.key, rule.path, rule.line));
        output.line(&format!("    {}", rule.message.lines().next().unwrap_or_default()));
        for found in findings.iter().filter(|found| found.rule == rule.key) {
            let state = serde_json::to_value(found.state).unwrap_or_default();
            let state = state.as_str().unwrap_or_default();
            output.line(&output.ink(Ink::Bad, &format!("    line {}: {} ({state})", found.line, found.excerpt)));
        }
    }
}
