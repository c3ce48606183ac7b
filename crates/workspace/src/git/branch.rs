//! The branch that others start from, and a new one that starts here.
//!
//! libgit2 alone: no hook runs, and no file of the worktree is touched, because a new branch begins at the commit that is
//! checked out. Everything not yet committed comes along, as with `git switch -c`.

use super::repo::{failed, open};
use super::status::{branch_name, operation};
use crate::error::{Error, Result};
use git2::{BranchType, Repository};
use precedent_core::wire::ErrorCode;
use std::path::Path;

/// Where a new branch of one record goes.
const FOLDER: &str = "adr";

/// The branch that others start from: what the remote says, else what git would call it, else the one there is.
pub(crate) fn default_branch(repo: &Repository) -> Option<String> {
    let current = branch_name(repo, repo.head_detached().unwrap_or(false));
    let is_here = |name: &str| current.as_deref() == Some(name) || repo.find_branch(name, BranchType::Local).is_ok();
    let configured = || repo.config().ok()?.snapshot().ok()?.get_string("init.defaultBranch").ok();
    let only = || {
        let mut branches = repo.branches(Some(BranchType::Local)).ok()?.flatten();
        let first = branches.next()?.0.name().ok()??.to_owned();
        branches.next().is_none().then_some(first)
    };
    of_remote(repo)
        .or_else(|| configured().filter(|name| is_here(name)))
        .or_else(|| ["main", "master", "trunk"].into_iter().find(|name| is_here(name)).map(str::to_owned))
        .or_else(only)
}

/// What the last clone or fetch has learnt of the remote's HEAD; `origin` is asked first.
fn of_remote(repo: &Repository) -> Option<String> {
    let remotes = repo.remotes().ok()?;
    let mut names: Vec<&str> = (0..remotes.len()).filter_map(|at| remotes.get(at).ok().flatten()).collect();
    names.sort_by_key(|name| *name != "origin");
    names.into_iter().find_map(|remote| {
        let head = repo.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok()?;
        let target = head.symbolic_target().ok().flatten()?;
        target.strip_prefix(&format!("refs/remotes/{remote}/")).map(str::to_owned)
    })
}

/// A free name for the branch of a record, by the name of its file: `adr/0129-webhook-retries`.
///
/// # Errors
/// `usage` when no branch can be started here now: nothing is committed, or something is under way.
pub(crate) fn name_for(root: &Path, stem: &str) -> Result<String> {
    let repo = open(root)?;
    can_start(&repo)?;
    let plain = format!("{FOLDER}/{stem}");
    let names = std::iter::once(plain.clone()).chain((2..=99).map(|count| format!("{plain}-{count}")));
    let is_free = |name: &String| repo.find_reference(&format!("refs/heads/{name}")).is_err();
    Ok(names.into_iter().find(is_free).unwrap_or(plain))
}

/// A branch that was started, until what it was started for is done.
pub(crate) struct Started {
    repo: Repository,
    name: String,
    /// What HEAD named before: a reference, or a commit of its own.
    before: std::result::Result<String, git2::Oid>,
}

/// Starts a branch at the commit that is checked out, and checks it out.
///
/// # Errors
/// As [`name_for`]; `git` when the name cannot be had. Nothing is changed then.
pub(crate) fn start(root: &Path, name: &str) -> Result<Started> {
    let repo = open(root)?;
    let commit = can_start(&repo)?;
    let head = repo.find_reference("HEAD").map_err(|error| failed("read HEAD", &error))?;
    let before = match head.symbolic_target().ok().flatten() {
        Some(target) => Ok(target.to_owned()),
        None => Err(commit),
    };
    drop(head);
    {
        let commit = repo.find_commit(commit).map_err(|error| failed("read the last commit", &error))?;
        repo.branch(name, &commit, false).map_err(|error| refused(name, &error))?;
    }
    let started = Started { repo, name: name.to_owned(), before };
    if let Err(error) = started.repo.set_head(&format!("refs/heads/{name}")) {
        let failure = failed("switch to the new branch", &error);
        started.take_back();
        return Err(failure);
    }
    Ok(started)
}

impl Started {
    /// HEAD is where it was, and the branch is gone again. What was committed to it meanwhile keeps it.
    pub(crate) fn take_back(self) {
        let Started { repo, name, before } = self;
        let is_back = match &before {
            Ok(reference) => repo.set_head(reference).is_ok(),
            Err(commit) => repo.set_head_detached(*commit).is_ok(),
        };
        let start = before.as_ref().map_or_else(|commit| Some(*commit), |reference| repo.refname_to_id(reference).ok());
        if let Ok(mut branch) = repo.find_branch(&name, BranchType::Local)
            && is_back
            && branch.get().target() == start
        {
            // A branch that stays behind is empty; git shows it, and the next name passes it.
            let _ = branch.delete();
        }
    }
}

/// The commit a new branch would start at.
fn can_start(repo: &Repository) -> Result<git2::Oid> {
    let refuse = |why: &str, hint: &str| Err(Error::new(ErrorCode::Usage, why.to_owned()).with_hint(hint.to_owned()));
    if let Some(word) = operation(repo.state()) {
        return refuse(
            &format!("no branch is started while a {word} is under way"),
            "finish or abort it first, or create the record without a branch",
        );
    }
    match repo.head().and_then(|head| head.peel_to_commit()) {
        Ok(commit) => Ok(commit.id()),
        Err(_) => refuse("nothing is committed yet", "create the record without a branch, and commit it"),
    }
}

fn refused(name: &str, error: &git2::Error) -> Error {
    Error::new(ErrorCode::Git, format!("the branch {name} cannot be created: {}", error.message()))
        .with_hint("nothing was written; create the record without a branch, or mend the branches first")
        .with_details(error.message())
}
