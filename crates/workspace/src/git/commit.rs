//! Making a commit: by libgit2 when nothing has to run, by the user's `git` when hooks or signing are configured or an
//! operation is under way. The message is an argument and is given back in no error: the caller still has it.

use super::program::{self, Program};
use super::repo::{failed, head_tree, open};
use super::{stage, status, trust};
use crate::error::{Error, Result};
use git2::{Commit, Repository, RepositoryState};
use precedent_core::wire::{CommitReply, CommitRequest, ErrorCode};
use std::path::Path;

/// Hooks that `git commit` runs.
const HOOKS: &[&str] = &["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

/// Makes the commit that `request` asks for.
///
/// # Errors
/// `usage` (no message, detached HEAD, conflicts), `nothing-staged`, `identity-missing`, `needs-trust`, `hook-failed`
/// with the hook's output, `git-missing`, `git`.
pub(crate) fn commit(
    root: &Path,
    program: &Program,
    config_dir: &Path,
    request: &CommitRequest,
) -> Result<CommitReply> {
    let repo = open(root)?;
    let message = message(&request.message)?;
    let detached = repo.head_detached().map_err(|error| failed("read where HEAD stands", &error))?;
    if detached && repo.state() == RepositoryState::Clean {
        return Err(on_no_branch(&repo));
    }
    if request.trust {
        trust::remember(&repo, config_dir)?;
    }
    let trust = trust::trust(&repo, config_dir)?;
    let needs_git = needs_program(&repo, request.no_verify);
    // Trust is asked before anything is staged: a refused commit leaves everything as it was.
    if needs_git && !trust.trusted {
        return Err(trust::needed(&trust, "this commit"));
    }
    if !request.stage.is_empty() {
        stage::stage(root, program, &trust, &request.stage)?;
    }
    check_staged(&repo)?;
    if needs_git { by_program(&repo, root, program, &message, request.no_verify) } else { by_libgit2(&repo, &message) }
}

/// The message without trailing spaces and doubled empty lines; lines that begin with `#` stay.
fn message(text: &str) -> Result<String> {
    let clean = git2::message_prettify(text, None).map_err(|error| failed("read the message", &error))?;
    if clean.trim().is_empty() {
        return Err(Error::new(ErrorCode::Usage, "the message is empty")
            .with_hint("say what was decided; a suggestion is ready"));
    }
    Ok(clean)
}

fn on_no_branch(repo: &Repository) -> Error {
    let id = repo.head().ok().and_then(|head| head.target()).map_or(String::new(), |id| id.to_string());
    let short = id.get(..7).unwrap_or(&id);
    Error::new(ErrorCode::Usage, format!("you are on commit {short}, not on a branch"))
        .with_hint("a commit made here belongs to no branch and is easy to lose: create a branch first with `git switch -c <name>`")
}

fn needs_program(repo: &Repository, no_verify: bool) -> bool {
    // `--no-verify` skips pre-commit and commit-msg only.
    let skipped = |hook: &str| no_verify && (hook == "pre-commit" || hook == "commit-msg");
    let hooks = trust::effective_hooks(repo);
    let runs_hooks = hooks.iter().any(|hook| HOOKS.contains(&hook.trim_end_matches(".exe")) && !skipped(hook));
    let signs = repo.config().and_then(|config| config.get_bool("commit.gpgsign")).unwrap_or(false);
    runs_hooks || signs || repo.state() != RepositoryState::Clean
}

fn check_staged(repo: &Repository) -> Result<()> {
    let mut index = repo.index().map_err(|error| failed("read what is staged", &error))?;
    index.read(true).map_err(|error| failed("read what is staged", &error))?;
    if index.has_conflicts() {
        return Err(Error::new(ErrorCode::Usage, "some files have conflicts that are not settled")
            .with_hint("settle each conflict and stage the file, then commit"));
    }
    let head = head_tree(repo)?;
    let diff = repo
        .diff_tree_to_index(head.as_ref(), Some(&index), None)
        .map_err(|error| failed("read what is staged", &error))?;
    // A merge may have nothing staged and still has to be recorded.
    if diff.deltas().len() == 0 && repo.state() == RepositoryState::Clean {
        return Err(Error::new(ErrorCode::NothingStaged, "nothing is staged, so there is nothing to commit")
            .with_hint("stage the files that belong in this commit"));
    }
    Ok(())
}

fn identity_missing() -> Error {
    Error::new(ErrorCode::IdentityMissing, "git does not know who you are").with_hint(
        "set your name and address: git config --global user.name \"Your Name\" and git config --global user.email you@example.com",
    )
}

fn by_libgit2(repo: &Repository, message: &str) -> Result<CommitReply> {
    if status::author(repo).is_none() {
        return Err(identity_missing());
    }
    let error = |error: git2::Error| failed("commit", &error);
    let author = repo.signature().map_err(|_| identity_missing())?;
    let tree =
        repo.index().and_then(|mut index| index.write_tree()).and_then(|id| repo.find_tree(id)).map_err(error)?;
    let parent: Option<Commit<'_>> = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<&Commit<'_>> = parent.iter().collect();
    let id = repo.commit(Some("HEAD"), &author, &author, message, &tree, &parents).map_err(error)?;
    reply(repo, &id.to_string(), String::new())
}

fn by_program(
    repo: &Repository,
    root: &Path,
    program: &Program,
    message: &str,
    no_verify: bool,
) -> Result<CommitReply> {
    let before = repo.head().ok().and_then(|head| head.target());
    let run = program.commit(root, message, no_verify)?;
    let after = repo.head().ok().and_then(|head| head.target());
    // A post-commit hook may fail after the commit was made: that is a commit.
    if let Some(id) = after.filter(|id| run.status.success() || Some(*id) != before) {
        return reply(repo, &id.to_string(), run.output);
    }
    if let Some(hook) = run.failed_hook {
        return Err(Error::new(ErrorCode::HookFailed, format!("the {hook} hook stopped this commit"))
            .with_hint("nothing was committed and your message is kept; mend what the hook says, then commit again")
            .with_details(run.output.trim_end()));
    }
    if status::author(repo).is_none() {
        return Err(identity_missing().with_details(run.output.trim_end()));
    }
    Err(program::refused(&run.output))
}

fn reply(repo: &Repository, id: &str, output: String) -> Result<CommitReply> {
    let commit = git2::Oid::from_str(id)
        .and_then(|id| repo.find_commit(id))
        .map_err(|error| failed("read the new commit", &error))?;
    Ok(CommitReply {
        commit: id.to_owned(),
        subject: super::history::item(&commit).subject,
        branch: status::branch_name(repo, repo.head_detached().unwrap_or(false)),
        output,
    })
}

/// Subjects of the newest commits, for the style of suggestions.
pub(crate) fn recent_subjects(root: &Path, count: usize) -> Result<Vec<String>> {
    let repo = open(root)?;
    let mut walk = repo.revwalk().map_err(|error| failed("read the log", &error))?;
    if walk.push_head().is_err() {
        return Ok(Vec::new());
    }
    let commits = walk.flatten().take(count).filter_map(|id| repo.find_commit(id).ok());
    Ok(commits.map(|commit| super::history::item(&commit).subject).collect())
}
