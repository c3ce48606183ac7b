//! `precedent check`: what breaks a decision. Exit codes: pass 0, violations 1, an error in the records 2, undecided 3.

pub(super) mod human;
mod pull_request;

use super::{Context, Result};
use crate::args::{CheckArgs, CheckFormat};
use precedent_check::format;
use precedent_core::Date;
use precedent_core::wire::{ErrorCode, Verdict, VerdictWord};
use precedent_workspace::{CheckInput, CheckRequest, Error};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &CheckArgs) -> Result<ExitCode> {
    let mut request = CheckRequest::new(input(context, args)?);
    request.as_of = args.as_of.as_deref().map(day).transpose()?;
    request.threads = args.threads.map(std::num::NonZero::get);
    let verdict = context.open()?.check(&request)?;
    match args.format {
        _ if context.output.is_json() => context.output.value(&verdict),
        CheckFormat::Json => context.output.value(&verdict),
        CheckFormat::Sarif => context.output.value(&format::sarif(&verdict)),
        CheckFormat::Github => context.output.line(format::github(&verdict).trim_end()),
        CheckFormat::Markdown => context.output.line(format::markdown(&verdict).trim_end()),
        CheckFormat::Human => human::print(context.output, &verdict),
    }
    Ok(code(&verdict))
}

/// The exit code of a verdict.
pub(super) fn code(verdict: &Verdict) -> ExitCode {
    ExitCode::from(match verdict.verdict {
        VerdictWord::Pass => 0,
        VerdictWord::Violations => 1,
        VerdictWord::Error => 2,
        VerdictWord::Indeterminate => 3,
    })
}

/// The staging area that git names for hooks: of a commit of some paths, or of all, it is none of the usual.
pub(super) fn index_file(context: &Context<'_>) -> Option<PathBuf> {
    std::env::var_os("GIT_INDEX_FILE").filter(|file| !file.is_empty()).map(|file| context.dir.join(file))
}

fn input(context: &Context<'_>, args: &CheckArgs) -> Result<CheckInput> {
    if args.staged {
        return Ok(index_file(context).map_or(CheckInput::Staged, CheckInput::StagedIn));
    }
    if args.pr {
        return pull_request::range();
    }
    if let Some(patch) = &args.patch {
        return Ok(CheckInput::Patch(read(patch)?));
    }
    if let (Some(path), Some(content)) = (&args.path, &args.content) {
        return Ok(CheckInput::Content { path: path.clone(), content: read(content)? });
    }
    let Some(range) = &args.range else { return Ok(CheckInput::Worktree) };
    // Three dots mean the same here: what B did since it left A.
    let parts = range.split_once("...").or_else(|| range.split_once(".."));
    let Some((from, to)) = parts else {
        return Err(Error::new(ErrorCode::Usage, format!("`{range}` is no range"))
            .with_hint("write A..B: what B changes since it left A, for example main..HEAD"));
    };
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    Ok(CheckInput::Range { from: or_head(from), to: or_head(to) })
}

/// Bytes of a file; `-` is standard input.
fn read(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(file).map(|read| bytes = read)
    };
    read.map(|()| bytes).map_err(|error| Error::io(file, "read", &error))
}

/// A day as people write it.
pub(super) fn day(text: &str) -> Result<Date> {
    text.parse()
        .map_err(|_| Error::new(ErrorCode::Usage, format!("`{text}` is no day")).with_hint("write it as 2026-03-02"))
}
