//! Branches: making, switching, renaming, deleting (and having them again), comparing; and the way on or out of a merge,
//! rebase, cherry-pick, revert or bisect that is under way.
//!
//! What touches files of the worktree is done by the user's `git`, after [`super::trust`]; the rest by libgit2.

use super::place::{self, following};
use super::program::{Listener, Program, refused};
use super::repo::{failed, open};
use super::status::{self, Change, Entry, branch_name, operation};
use crate::error::{Error, Result};
use git2::{BranchType, Oid, Repository};
use precedent_core::RecordPath;
use precedent_core::record::may_be_record;
use precedent_core::wire::{BranchRequest, DeletedBranch, ErrorCode, OperationStep, SwitchPreview};
use std::collections::BTreeSet;
use std::path::Path;

/// A name that git takes for a branch.
///
/// # Errors
/// `usage` for one that is not, or is taken.
pub(crate) fn free_name(repo: &Repository, name: &str) -> Result<()> {
    let name = name.trim();
    if !git2::Branch::name_is_valid(name).unwrap_or(false) || name.starts_with('-') {
        return Err(Error::new(ErrorCode::Usage, format!("`{name}` is no name for a branch"))
            .with_hint("letters, digits, `-`, `_`, `.` and `/`; no spaces, no `..`"));
    }
    if repo.find_branch(name, BranchType::Local).is_ok() {
        return Err(Error::new(ErrorCode::Usage, format!("there is a branch {name} already"))
            .with_hint("choose another name, or switch to that branch"));
    }
    Ok(())
}

/// Makes a branch and switches to it. From here nothing of the worktree changes.
pub(crate) fn create(root: &Path, program: &Program, request: &BranchRequest) -> Result<()> {
    let repo = open(root)?;
    let name = request.name.trim();
    free_name(&repo, name)?;
    match request.from.as_deref() {
        // `--no-track`: a branch from main is published under its own name.
        Some(from) => program.write(root, &["switch", "--no-track", "-c", name, &revision(&repo, from)?]).map(drop),
        None if request.moves => moved(&repo, root, name),
        None => super::branch::start(root, name).map(drop),
    }
}

/// Commits that were made on the wrong branch get one of their own; the other goes back to what it follows. No file
/// changes, and the reflog of both says what happened.
fn moved(repo: &Repository, root: &Path, name: &str) -> Result<()> {
    let error = |error: git2::Error| failed("move the commits to a branch", &error);
    let left = branch_name(repo, repo.head_detached().unwrap_or(false));
    let followed = left.as_deref().and_then(|left| following(repo, left).upstream.filter(|_| !left.is_empty()));
    let (Some(left), Some(followed)) = (left, followed) else {
        return Err(Error::new(ErrorCode::Usage, "this branch follows none of a remote")
            .with_hint("create a branch without moving commits"));
    };
    let back = repo.revparse_single(&followed).and_then(|object| object.peel_to_commit()).map_err(error)?.id();
    super::branch::start(root, name)?;
    repo.reference(&format!("refs/heads/{left}"), back, true, &format!("moved to {name}")).map(drop).map_err(error)
}

/// A branch or commit by a name that cannot be taken for an option.
fn revision(repo: &Repository, name: &str) -> Result<String> {
    let found = repo.revparse_single(name).and_then(|object| object.peel_to_commit()).map_err(|_| unknown(name))?;
    Ok(found.id().to_string())
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorCode::NotFound, format!("there is no branch {name}"))
        .with_hint("it was deleted or renamed; look at the list again")
}

/// The local branch to switch to, and the remote's one that it would be made from.
fn target<'a>(repo: &Repository, name: &'a str) -> Result<(&'a str, Option<&'a str>, Oid)> {
    if let Ok(branch) = repo.find_branch(name, BranchType::Local) {
        let commit = branch.get().peel_to_commit().map_err(|error| failed("read the branch", &error))?;
        return Ok((name, None, commit.id()));
    }
    let branch = repo.find_branch(name, BranchType::Remote).map_err(|_| unknown(name))?;
    let commit = branch.get().peel_to_commit().map_err(|error| failed("read the branch", &error))?;
    let remotes = place::remote_names(repo);
    let local = remotes.iter().find_map(|remote| name.strip_prefix(remote.as_str())?.strip_prefix('/'));
    let local = local.ok_or_else(|| unknown(name))?;
    Ok((local, Some(name), commit.id()))
}

/// What switching would do with what is not committed, before anything is done.
pub(crate) fn preview(repo: &Repository, entries: &[Entry], name: &str) -> Result<SwitchPreview> {
    let (local, _, commit) = target(repo, name)?;
    let there =
        repo.find_branch(local, BranchType::Local).ok().and_then(|branch| branch.get().target()).unwrap_or(commit);
    let error = |error: git2::Error| failed("compare with that branch", &error);
    let tree = repo.find_commit(there).and_then(|commit| commit.tree()).map_err(error)?;
    let head = super::repo::head_tree(repo)?;
    let diff = repo.diff_tree_to_tree(head.as_ref(), Some(&tree), None).map_err(error)?;
    let mut differs = BTreeSet::new();
    for delta in diff.deltas() {
        for path in [delta.old_file().path_bytes(), delta.new_file().path_bytes()].into_iter().flatten() {
            differs.insert(String::from_utf8_lossy(path).into_owned());
        }
    }
    let records = differs.iter().filter(|path| may_be_record(&RecordPath::new(path.as_str()))).count();
    // A new file that nobody has there is no change of that branch; it just stays.
    let mut carried: Vec<String> = entries.iter().map(|entry| entry.path.clone()).collect();
    carried.dedup();
    let in_the_way = carried.iter().filter(|path| differs.contains(*path)).cloned().collect();
    Ok(SwitchPreview {
        branch: local.to_owned(),
        carried,
        in_the_way,
        records: u32::try_from(records).unwrap_or(u32::MAX),
    })
}

/// Switches, after putting what is not committed into a stash if `stash` says so. A branch of a remote becomes one here
/// that follows it.
pub(crate) fn switch(root: &Path, program: &Program, name: &str, stash: bool) -> Result<()> {
    let repo = open(root)?;
    let (local, from, _) = target(&repo, name)?;
    if let Some(word) = operation(repo.state()).filter(|word| word != "bisect") {
        return Err(Error::new(ErrorCode::Usage, format!("no branch is switched while a {word} is under way"))
            .with_hint("finish or abort it first"));
    }
    if stash {
        super::stash::save(root, program, &format!("Before switching to {local}"))?;
    }
    let made = match from {
        Some(from) if repo.find_branch(local, BranchType::Local).is_err() => {
            program.write(root, &switch_args(local, Some(from)))
        }
        _ => program.write(root, &switch_args(local, None)),
    };
    let Err(error) = made else { return Ok(()) };
    // A hook that fails after the switch makes git say so, and the switch is done all the same.
    let is_there = |repo: Repository| repo.find_reference("HEAD").ok()?.symbolic_target().ok()?.map(str::to_owned);
    if open(root).ok().and_then(is_there) == Some(format!("refs/heads/{local}")) {
        return Ok(());
    }
    // The stash is on top and nothing else happened: it goes back to where it was taken from.
    if stash && program.write(root, &["stash", "pop", "--index"]).is_err() {
        return Err(explained(error).with_hint("what was not committed is in the newest stash"));
    }
    Err(explained(error))
}

/// What a switch is made with: to a branch of here, or to one that is made to follow `from`.
pub(super) fn switch_args<'a>(local: &'a str, from: Option<&'a str>) -> Vec<&'a str> {
    match from {
        Some(from) => vec!["switch", "--track", "-c", local, from],
        None => vec!["switch", "--no-guess", local],
    }
}

fn explained(error: Error) -> Error {
    let details = error.details().unwrap_or_default().to_owned();
    if details.contains("would be overwritten") {
        let files: Vec<&str> = details.lines().filter(|line| line.starts_with('\t')).map(str::trim).collect();
        return Error::new(ErrorCode::Conflict, format!("{} would be overwritten there", listed(&files)))
            .with_hint("commit what you changed, or put it into a stash first; nothing was changed")
            .with_details(details);
    }
    if details.contains("already checked out") || details.contains("already used by worktree") {
        return Error::new(ErrorCode::Usage, "that branch is checked out in another worktree")
            .with_hint("open that worktree instead")
            .with_details(details);
    }
    error
}

fn listed(files: &[&str]) -> String {
    match files {
        [] => "a file that you changed".to_owned(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

pub(crate) fn rename(root: &Path, old: &str, new: &str) -> Result<()> {
    let repo = open(root)?;
    let mut branch = repo.find_branch(old, BranchType::Local).map_err(|_| unknown(old))?;
    free_name(&repo, new)?;
    branch.rename(new.trim(), false).map(drop).map_err(|error| failed("rename the branch", &error))
}

/// Deletes a branch; the answer is all that [`restore`] needs.
pub(crate) fn delete(root: &Path, name: &str) -> Result<DeletedBranch> {
    let repo = open(root)?;
    let mut branch = repo.find_branch(name, BranchType::Local).map_err(|_| unknown(name))?;
    if branch.is_head() {
        return Err(
            Error::new(ErrorCode::Usage, format!("you are on {name}")).with_hint("switch to another branch first")
        );
    }
    let tip = branch.get().peel_to_commit().map_err(|error| failed("read the branch", &error))?.id();
    let deleted = DeletedBranch {
        name: name.to_owned(),
        commit: tip.to_string(),
        upstream: following(&repo, name).upstream,
        only_here: only_on(&repo, name, tip),
    };
    branch.delete().map_err(|error| failed("delete the branch", &error))?;
    Ok(deleted)
}

/// How many commits would have no branch any more.
pub(crate) fn only_on(repo: &Repository, name: &str, tip: Oid) -> u32 {
    let own = format!("refs/heads/{name}");
    let walk = || {
        let mut walk = repo.revwalk()?;
        walk.push(tip)?;
        for reference in repo.references()?.flatten() {
            let commit = reference.peel_to_commit().ok();
            if let Some(commit) = commit.filter(|_| reference.name().is_ok_and(|name| name != own)) {
                walk.hide(commit.id())?;
            }
        }
        Ok::<_, git2::Error>(walk.count())
    };
    u32::try_from(walk().unwrap_or_default()).unwrap_or(u32::MAX)
}

/// Has a deleted branch again, where it stood, following what it followed.
pub(crate) fn restore(root: &Path, deleted: &DeletedBranch) -> Result<()> {
    let repo = open(root)?;
    free_name(&repo, &deleted.name)?;
    let error = |error: git2::Error| failed("bring the branch back", &error);
    let commit = Oid::from_str(&deleted.commit).and_then(|id| repo.find_commit(id)).map_err(error)?;
    let mut branch = repo.branch(&deleted.name, &commit, false).map_err(error)?;
    // What it followed may be gone; then it follows nothing.
    let _ = deleted.upstream.as_deref().map(|upstream| branch.set_upstream(Some(upstream)));
    Ok(())
}

/// Adds a remote.
pub(crate) fn add_remote(root: &Path, name: &str, address: &str) -> Result<()> {
    let repo = open(root)?;
    let (name, address) = (name.trim(), address.trim());
    if !git2::Remote::is_valid_name(name) || name.starts_with('-') {
        return Err(Error::new(ErrorCode::Usage, format!("`{name}` is no name for a remote"))
            .with_hint("most are called origin"));
    }
    if address.is_empty() || address.starts_with('-') || address.starts_with("ext::") || address.contains(['\n', '\0'])
    {
        return Err(Error::new(ErrorCode::Usage, format!("`{address}` is no address of a repository"))
            .with_hint("paste the address that the forge shows"));
    }
    if repo.find_remote(name).is_ok() {
        return Err(
            Error::new(ErrorCode::Usage, format!("there is a remote {name} already")).with_hint("choose another name")
        );
    }
    repo.remote(name, address).map(drop).map_err(|error| failed("add the remote", &error))
}

/// Git sets every file back when it aborts or skips: what was changed beside the conflicts is not in any commit.
fn nothing_is_lost(repo: &Repository, kind: &str) -> Result<()> {
    let changed = |entry: &Entry| {
        !entry.staged && matches!(entry.change, Change::Modified | Change::Deleted | Change::Retyped | Change::Renamed)
    };
    let entries = status::by_libgit2(repo, &[])?;
    let files: Vec<&str> = entries.iter().filter(|entry| changed(entry)).map(|entry| entry.path.as_str()).collect();
    if files.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::Conflict,
        format!("{} changed, and a {kind} sets that back when it ends", listed(&files)),
    )
    .with_hint("discard those changes first (they are kept for 30 days), or stage them and continue"))
}

/// Goes on with, skips a step of, or takes back what is under way.
pub(crate) fn step(root: &Path, program: &Program, step: OperationStep, stop: &dyn Fn() -> bool) -> Result<()> {
    let repo = open(root)?;
    let Some(kind) = operation(repo.state()) else {
        return Err(Error::new(ErrorCode::Usage, "nothing is under way").with_hint("it was finished elsewhere"));
    };
    if step == OperationStep::Continue && !place::conflicts(&repo).is_empty() {
        return Err(Error::new(ErrorCode::Usage, "some files have conflicts that are not settled")
            .with_hint("settle each, then continue"));
    }
    if step != OperationStep::Continue && matches!(kind.as_str(), "rebase" | "cherry-pick" | "revert") {
        nothing_is_lost(&repo, &kind)?;
    }
    let Some(args) = step_args(&kind, step) else {
        return Err(Error::new(ErrorCode::Usage, format!("a {kind} has no such step")).with_hint("abort it, or go on"));
    };
    let run = program.long(root, args, &mut Listener { hear: &mut |_| {}, stop })?;
    // The next commit of a rebase may have a conflict of its own: that is no failure, there is more to settle.
    let more = !place::conflicts(&open(root)?).is_empty();
    if run.success || more { Ok(()) } else { Err(refused(&run.output)) }
}

/// What a step of something under way is made with; `None` where it has no such step.
pub(super) fn step_args(kind: &str, step: OperationStep) -> Option<&'static [&'static str]> {
    Some(match (kind, step) {
        ("merge", OperationStep::Continue) => &["commit", "--no-edit"],
        ("merge", OperationStep::Abort) => &["merge", "--abort"],
        ("rebase", OperationStep::Continue) => &["rebase", "--continue"],
        ("rebase", OperationStep::Skip) => &["rebase", "--skip"],
        ("rebase", OperationStep::Abort) => &["rebase", "--abort"],
        ("cherry-pick", OperationStep::Continue) => &["cherry-pick", "--continue"],
        ("cherry-pick", OperationStep::Skip) => &["cherry-pick", "--skip"],
        ("cherry-pick", OperationStep::Abort) => &["cherry-pick", "--abort"],
        ("revert", OperationStep::Continue) => &["revert", "--continue"],
        ("revert", OperationStep::Skip) => &["revert", "--skip"],
        ("revert", OperationStep::Abort) => &["revert", "--abort"],
        ("bisect", OperationStep::Abort) => &["bisect", "reset"],
        ("bisect", OperationStep::Skip) => &["bisect", "skip"],
        _ => return None,
    })
}
