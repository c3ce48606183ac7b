//! `precedent edit R`: the record in the person's own editor. The one verb that starts a program, because it is asked to;
//! which one is never the repository's choice.

use super::{Context, Result};
use crate::args::EditArgs;
use precedent_core::wire::{ErrorCode, WriteReply};
use precedent_workspace::{Error, own_editor};
use std::path::Path;
use std::process::{Command, ExitCode};

pub(super) fn run(context: &Context<'_>, args: &EditArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let path = Context::find(&workspace, &args.reference)?;
    let before = workspace.read_source(&path)?.hash;
    start(&editor()?, &workspace.root().join(&path))?;
    workspace.refresh::<&Path>(&[]);
    // The record may be gone or renamed by now; then there is nothing to say of it.
    let after = workspace.read_source(&path).map_or_else(|_| String::new(), |source| source.hash);
    let problems = workspace.lint().into_iter().filter(|problem| problem.path == path).collect();
    let changed = if before == after { Vec::new() } else { vec![path] };
    Ok(context.written(&WriteReply { changed, problems, generation: workspace.generation(), hash: None, record: None }))
}

/// The editor as git would choose it, without what the repository itself sets.
fn editor() -> Result<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).or_else(own_editor).ok_or_else(|| {
        Error::new(ErrorCode::Usage, "no editor is set")
            .with_hint("set EDITOR, or run: git config --global core.editor \"code --wait\"")
    })
}

fn start(editor: &str, file: &Path) -> Result<()> {
    let words = shlex::split(editor).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::new(ErrorCode::Usage, format!("the editor that is set cannot be read: `{editor}`"))
            .with_hint("set EDITOR to a command line; names with blanks stand in quotes, which end again"));
    };
    let status = Command::new(program).args(arguments).arg(file).status().map_err(|error| {
        Error::new(ErrorCode::Io, format!("cannot start the editor `{program}`: {error}"))
            .with_hint("set VISUAL or EDITOR to a program that is installed")
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Error::new(ErrorCode::Io, format!("the editor `{program}` ended with an error ({status})"))
        .with_hint("what it saved is on disk; `git diff` shows it")
        .at(file))
}
