//! `precedent set R KEY=VALUE...`: fields of a record, all of them or none.

use super::{Context, Result};
use crate::args::SetArgs;
use precedent_core::wire::{ErrorCode, FieldEdit};
use precedent_workspace::Error;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &SetArgs) -> Result<ExitCode> {
    let edits = args.fields.iter().map(|field| parse(field)).collect::<Result<Vec<_>>>()?;
    let workspace = context.open()?;
    let path = Context::find(&workspace, &args.reference)?;
    let (plan, reply) = workspace.set_fields(&path, &edits, args.dry_run)?;
    match reply {
        Some(reply) => {
            for note in &plan.notes {
                context.output.warn(note);
            }
            Ok(context.written(&reply))
        }
        None => {
            context.output.plan(&plan);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn parse(field: &str) -> Result<FieldEdit> {
    let Some((key, value)) = field.split_once('=') else {
        let error = Error::new(ErrorCode::Usage, format!("`{field}` is not KEY=VALUE"));
        return Err(error.with_hint("write for example status=accepted or tags=storage,billing"));
    };
    let single = matches!(key.trim(), "status" | "title" | "date" | "scope" | "review-by" | "reason-superseded");
    let values: Vec<String> = if single {
        vec![value.trim().to_owned()]
    } else {
        value.split(',').map(|part| part.trim().to_owned()).collect()
    };
    Ok(FieldEdit { key: key.trim().to_owned(), values: values.into_iter().filter(|value| !value.is_empty()).collect() })
}
