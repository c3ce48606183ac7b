//! `precedent export R…`: decisions as one HTML file.

use super::{Context, Result, Written};
use crate::args::ExportArgs;
use precedent_core::wire::{ErrorCode, ExportRequest};
use precedent_workspace::Error;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: ExportArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let all = workspace.decisions().decisions;
    let paths: Vec<String> = if args.references.is_empty() {
        all.iter()
            .filter(|decision| decision.in_force || !args.in_force)
            .map(|decision| decision.path.clone())
            .collect()
    } else {
        let found = args.references.iter().map(|reference| Context::find(&workspace, reference));
        let found = found.collect::<Result<Vec<_>>>()?;
        let holds = |path: &String| all.iter().any(|decision| decision.path == *path && decision.in_force);
        found.into_iter().filter(|path| !args.in_force || holds(path)).collect()
    };
    let html = workspace.export(&ExportRequest { paths, title: args.title })?;
    if args.html.as_os_str() == "-" {
        context.output.line(html.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let name = args.html.display().to_string();
    std::fs::write(&args.html, html).map_err(|error| {
        Error::new(ErrorCode::Io, format!("cannot write {name}: {error}"))
            .with_hint("name a file in a folder that is there")
    })?;
    if context.output.is_json() {
        context.output.value(&Written { changed: &[name], problems: &[] });
    } else {
        context.output.line(&name);
    }
    Ok(ExitCode::SUCCESS)
}
