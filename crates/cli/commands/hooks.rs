//! `precedent hooks install|uninstall|status`, and what the hooks call.

use super::check::{code, human, index_file};
use super::{Context, Result};
use crate::args::{ChangeArgs, HookName, HooksAct, HooksArgs, RunArgs};
use crate::output::{Ink, Output};
use precedent_core::wire::{ErrorCode, HookChange, Hooks, VerdictWord};
use precedent_workspace::{Error, Workspace};
use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &HooksArgs) -> Result<ExitCode> {
    match &args.act {
        HooksAct::Install(args) => change(context, args, false),
        HooksAct::Uninstall(args) => change(context, args, true),
        HooksAct::Status => status(context),
        HooksAct::Run(args) => called(context, args),
    }
}

/// The program that hooks start: this one.
pub(super) fn program() -> Result<PathBuf> {
    std::env::current_exe().map_err(|error| {
        Error::new(ErrorCode::Io, format!("it is not known where this program lies: {error}"))
            .with_hint("start it by its full path")
    })
}

fn change(context: &Context<'_>, args: &ChangeArgs, remove: bool) -> Result<ExitCode> {
    let hooks = context.open()?.install_hooks(&program()?, remove, args.dry_run)?;
    if context.output.is_json() {
        context.output.value(&hooks);
        return Ok(ExitCode::SUCCESS);
    }
    for change in &hooks.changes {
        print_change(context.output, change, args.dry_run);
    }
    if hooks.changes.is_empty() {
        context.output.warn(if remove { "No hook here is ours." } else { "The hooks are up to date." });
    } else if hooks.keeper != "git" && !args.dry_run {
        context.output.warn("These files are part of the worktree: commit them for others to have them.");
    }
    Ok(ExitCode::SUCCESS)
}

fn print_change(output: &Output, change: &HookChange, is_shown_only: bool) {
    let to = change.to.as_ref().map_or_else(String::new, |to| format!(" to {to}"));
    output.line(&format!("{} {}{to}", change.action, change.path));
    for line in change.text.iter().filter(|_| is_shown_only).flat_map(|text| text.lines()) {
        output.line(&output.ink(Ink::Quiet, &format!("    {line}")));
    }
}

fn status(context: &Context<'_>) -> Result<ExitCode> {
    let hooks: Hooks = context.open()?.hooks(&program()?)?;
    if context.output.is_json() {
        context.output.value(&hooks);
    } else {
        for hook in &hooks.hooks {
            let before = hook.before.as_ref().map_or_else(String::new, |before| format!(", after {before}"));
            context.output.line(&format!("{}: {}{before} ({})", hook.name, hook.state, hook.path));
        }
    }
    let all = hooks.hooks.iter().all(|hook| hook.state == "installed");
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn called(context: &Context<'_>, args: &RunArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    is_of_this(context, &workspace)?;
    let is_merge = || workspace.git_dir().is_some_and(|folder| folder.join("MERGE_HEAD").exists());
    match args.name {
        HookName::PrePush => {
            let remote = args.given.first().map_or("origin", String::as_str);
            let mut lines = String::new();
            std::io::stdin().lock().read_to_string(&mut lines).map_err(|error| {
                Error::new(ErrorCode::Io, format!("what is pushed cannot be read: {error}"))
                    .with_hint("git gives it to the hook")
            })?;
            let mut worst = ExitCode::SUCCESS;
            for (name, verdict) in workspace.check_push(remote, &lines)? {
                match verdict {
                    Some(verdict) if verdict.verdict == VerdictWord::Pass => {}
                    Some(verdict) => {
                        human::print(context.output, &verdict);
                        worst = code(&verdict);
                    }
                    None => context
                        .output
                        .warn(&format!("{name}: {remote} has nothing to compare this with, so it was not checked")),
                }
            }
            Ok(worst)
        }
        // Git has run pre-commit before, unless this is a merge.
        HookName::CommitMsg if !is_merge() => Ok(ExitCode::SUCCESS),
        HookName::PreCommit | HookName::CommitMsg => {
            let verdict = workspace.check_merge(index_file(context).as_deref())?;
            if verdict.verdict != VerdictWord::Pass {
                human::print(context.output, &verdict);
            }
            Ok(code(&verdict))
        }
    }
}

/// Whether git speaks of the repository that is open: with `--git-dir` it may be another one than that around the folder.
fn is_of_this(context: &Context<'_>, workspace: &Workspace) -> Result<()> {
    let Some(named) = std::env::var_os("GIT_DIR").filter(|named| !named.is_empty()) else { return Ok(()) };
    let real = |folder: PathBuf| folder.canonicalize().unwrap_or(folder);
    let named = real(context.dir.join(named));
    match workspace.git_dir().map(real) {
        Some(own) if own != named => {
            let message = format!("git asks about {}, and the repository here is {}", named.display(), own.display());
            Err(Error::new(ErrorCode::Usage, message)
                .with_hint("a repository whose files lie in another one cannot be checked; go on with --no-verify"))
        }
        _ => Ok(()),
    }
}
