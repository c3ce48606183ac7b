//! Making a commit: by libgit2 when nothing has to run, by the user's `git` when hooks or signing are configured or an
//! operation is under way. The message is an argument and is given back in no error: the caller still has it.

use super::program::{self, Listener, Program};
use super::repo::{failed, head_tree, open};
use super::underway::Underway;
use super::{pushed, stage, status, trust};
use crate::error::{Error, Result};
use crate::store;
use git2::{Commit, Index, Repository, RepositoryState};
use precedent_core::wire::{CommitReply, CommitRequest, ErrorCode};
use std::path::{Path, PathBuf};

/// Hooks that `git commit` runs.
const HOOKS: &[&str] = &["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

/// Bit of an index entry that `git add --intent-to-add` made.
const INTENT_TO_ADD: u16 = 1 << 13;

/// Makes the commit that `request` asks for.
///
/// # Errors
/// `usage` (no message, detached HEAD, conflicts), `nothing-staged`, `identity-missing`, `needs-trust`, `hook-failed`
/// with the hook's output, `git-missing`, `git`.
pub(crate) fn commit(
    root: &Path,
    program: &Program,
    folders: Folders<'_>,
    request: &CommitRequest,
    to: &mut Listener<'_>,
) -> Result<CommitReply> {
    let Folders { config: config_dir, own } = folders;
    let repo = open(root)?;
    let message = message(&request.message)?;
    if let Some(last) = &request.amend {
        may_amend(&repo, last, request.amend_pushed)?;
    }
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
    let before = if needs_git { Staged::now(&repo) } else { None };
    if !request.stage.is_empty() {
        stage::stage(root, program, &trust, &request.stage)?;
    }
    check_staged(&repo, request.amend.is_some())?;
    let underway = Underway::begin(own, &repo, &message)?;
    let done = if needs_git {
        by_program(&repo, root, program, &underway, request, to).map_err(|error| as_before(error, before))
    } else {
        by_libgit2(&repo, &message, request.amend.is_some())
    };
    underway.end(done.is_ok());
    done
}

/// Where the user's answers and what we keep of this repository lie.
#[derive(Clone, Copy)]
pub(crate) struct Folders<'a> {
    pub(crate) config: &'a Path,
    pub(crate) own: &'a Path,
}

/// The commit that was on show is amended and no other; one that others have only when that was said.
fn may_amend(repo: &Repository, last: &str, agreed: bool) -> Result<()> {
    let head =
        repo.head().ok().and_then(|head| head.target()).ok_or_else(|| {
            Error::new(ErrorCode::Usage, "there is no commit to amend").with_hint("make the first one")
        })?;
    if head.to_string() != last {
        return Err(Error::new(ErrorCode::Conflict, "the commit to amend is not the last one any more; nothing was committed")
            .with_hint("another program committed or switched the branch meanwhile: look at the log, then amend the commit that is last now"));
    }
    if repo.state() != RepositoryState::Clean {
        return Err(Error::new(ErrorCode::Usage, "a commit cannot be amended while something is under way")
            .with_hint("finish or abort that first"));
    }
    if !agreed && pushed::is_pushed(repo, head)? {
        return Err(Error::new(ErrorCode::Usage, "the last commit is on a remote already")
            .with_hint("amend it only when nobody builds on it: the next push has to replace it there"));
    }
    Ok(())
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

fn check_staged(repo: &Repository, amend: bool) -> Result<()> {
    let index = staged(repo)?;
    if index.has_conflicts() {
        return Err(Error::new(ErrorCode::Usage, "some files have conflicts that are not settled")
            .with_hint("settle each conflict and stage the file, then commit"));
    }
    let head = head_tree(repo)?;
    let diff = repo
        .diff_tree_to_index(head.as_ref(), Some(&index), None)
        .map_err(|error| failed("read what is staged", &error))?;
    // A merge may have nothing staged and still has to be recorded; an amended commit may get another message only.
    if !amend && diff.deltas().len() == 0 && repo.state() == RepositoryState::Clean {
        return Err(Error::new(ErrorCode::NothingStaged, "nothing is staged, so there is nothing to commit")
            .with_hint("stage the files that belong in this commit"));
    }
    Ok(())
}

/// What would be committed, read anew: an intent to add is none of it, though libgit2 would commit it as an empty file.
fn staged(repo: &Repository) -> Result<Index> {
    let error = |error: git2::Error| failed("read what is staged", &error);
    let mut index = Index::open(&repo.path().join("index")).map_err(error)?;
    let intended: Vec<Vec<u8>> =
        index.iter().filter(|entry| entry.flags_extended & INTENT_TO_ADD != 0).map(|entry| entry.path).collect();
    for path in intended {
        index.remove_path(Path::new(&*String::from_utf8_lossy(&path))).map_err(error)?;
    }
    Ok(index)
}

fn identity_missing() -> Error {
    Error::new(ErrorCode::IdentityMissing, "git does not know who you are").with_hint(
        "set your name and address: git config --global user.name \"Your Name\" and git config --global user.email you@example.com",
    )
}

fn by_libgit2(repo: &Repository, message: &str, amend: bool) -> Result<CommitReply> {
    if status::author(repo).is_none() {
        return Err(identity_missing());
    }
    let error = |error: git2::Error| failed("commit", &error);
    let author = repo.signature().map_err(|_| identity_missing())?;
    let tree = staged(repo)?.write_tree_to(repo).and_then(|id| repo.find_tree(id)).map_err(error)?;
    let parent: Option<Commit<'_>> = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<&Commit<'_>> = parent.iter().collect();
    if let Some(last) = parent.as_ref().filter(|_| amend) {
        let id = last.amend(Some("HEAD"), None, Some(&author), None, Some(message), Some(&tree)).map_err(error)?;
        return reply(repo, &id.to_string(), String::new());
    }
    let id = repo.commit(Some("HEAD"), &author, &author, message, &tree, &parents).map_err(error)?;
    reply(repo, &id.to_string(), String::new())
}

fn by_program(
    repo: &Repository,
    root: &Path,
    program: &Program,
    underway: &Underway,
    request: &CommitRequest,
    to: &mut Listener<'_>,
) -> Result<CommitReply> {
    let before = repo.head().ok().and_then(|head| head.target());
    let run = program.commit(root, underway, request, to)?;
    if run.status.code().is_none() || run.stopped {
        underway.died(repo);
    }
    let after = repo.head().ok().and_then(|head| head.target());
    // A post-commit hook may fail after the commit was made: that is a commit.
    if let Some(id) = after.filter(|id| run.status.success() || Some(*id) != before) {
        return reply(repo, &id.to_string(), run.output);
    }
    if run.stopped {
        return Err(Error::new(ErrorCode::Cancelled, "the commit was stopped; nothing was committed")
            .with_details(run.output.trim_end()));
    }
    if run.status.code().is_none() {
        return Err(Error::new(ErrorCode::Git, "git was stopped before the commit was made")
            .with_hint("nothing was committed and your message is kept; try again")
            .with_details(run.output.trim_end()));
    }
    if let Some(hook) = run.failed_hook {
        return Err(Error::new(ErrorCode::HookFailed, format!("the {hook} hook stopped this commit"))
            .with_hint("nothing was committed and your message is kept; mend what the hook says, then commit again")
            .with_details(run.output.trim_end())
            .at(trust::hooks_folder(repo).join(hook)));
    }
    if status::author(repo).is_none() {
        return Err(identity_missing().with_details(run.output.trim_end()));
    }
    if unsigned(&run.output) {
        return Err(Error::new(ErrorCode::Git, "the commit could not be signed; nothing was committed")
            .with_hint("unlock your key (gpg-agent, ssh-agent) or look at user.signingkey and gpg.format; your message is kept")
            .with_details(run.output.trim_end()));
    }
    Err(program::refused(&run.output))
}

/// What was staged before a commit that may be stopped: hooks stage, too.
struct Staged {
    file: PathBuf,
    bytes: Vec<u8>,
}

impl Staged {
    fn now(repo: &Repository) -> Option<Self> {
        let file = repo.path().join("index");
        let bytes = std::fs::read(&file).ok()?;
        Some(Self { file, bytes })
    }

    /// Whether it is as it was.
    fn put_back(&self) -> bool {
        std::fs::read(&self.file).is_ok_and(|now| now == self.bytes)
            || store::replace_locked(&self.file, &self.file.with_extension("lock"), &self.bytes).is_ok()
    }
}

/// A commit that a person stopped leaves what is staged as it was.
fn as_before(error: Error, staged: Option<Staged>) -> Error {
    if error.code() != ErrorCode::Cancelled {
        return error;
    }
    error.with_hint(if staged.is_none_or(|staged| staged.put_back()) {
        "your message is kept, and what is staged is as it was before"
    } else {
        "your message is kept; look at what is staged, a hook may have changed it"
    })
}

/// Git's words when the program that signs failed.
fn unsigned(output: &str) -> bool {
    ["failed to sign the data", "failed to write commit object", "error: Load key", "gpg failed"]
        .iter()
        .any(|words| output.contains(words))
        && (output.contains("sign") || output.contains("key"))
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
