//! `precedent schema [NAME]`: the contract's JSON Schema. Needs no repository.

use super::{Context, Result};
use crate::args::SchemaArgs;
use precedent_core::schema::{SCHEMAS, find};
use precedent_core::wire::ErrorCode;
use precedent_workspace::Error;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &SchemaArgs) -> Result<ExitCode> {
    let names: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).collect();
    let Some(name) = &args.name else {
        if context.output.is_json() {
            context.output.value(&names);
        } else {
            names.iter().for_each(|name| context.output.line(name));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(text) = find(name) else {
        let error = Error::new(ErrorCode::Usage, format!("there is no schema `{name}`"));
        return Err(error.with_hint(format!("choose one of: {}", names.join(", "))));
    };
    context.output.line(text.trim_end());
    Ok(ExitCode::SUCCESS)
}
