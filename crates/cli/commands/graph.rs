//! `precedent graph`: decisions and their relations for other programs to draw.

use super::{Context, Result};
use crate::args::{GraphArgs, GraphFormat};
use precedent_core::graph_text::{dot, mermaid};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &GraphArgs) -> Result<ExitCode> {
    let graph = context.open()?.graph();
    match args.format {
        _ if context.output.is_json() => context.output.value(&graph),
        GraphFormat::Json => context.output.value(&graph),
        GraphFormat::Dot => context.output.line(dot(&graph).trim_end()),
        GraphFormat::Mermaid => context.output.line(mermaid(&graph).trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}
