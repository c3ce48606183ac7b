//! Which commit of a file others can see: what a permanent address on the web may name. Looks at what the last fetch or
//! push left behind, and asks nobody.

use super::repo::{failed, head_tree};
use crate::error::{Error, Result};
use git2::{Oid, Repository};
use precedent_core::forge::{self, Site};
use precedent_core::wire::ErrorCode;
use std::path::Path;

/// A commit that a forge has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) site: Site,
    pub(crate) remote: String,
    pub(crate) commit: String,
}

/// More branches of a remote are not looked at; that of the current branch comes first.
const MOST_BRANCHES: usize = 500;

/// The last commit when the remote has it, else the one where both histories part, if `path` has not changed since.
///
/// # Errors
/// `not-found` with the reason: no remote, no forge, nothing committed, not pushed.
pub(crate) fn published(repo: &Repository, path: Option<&Path>) -> Result<Published> {
    let remote = remote(repo)?;
    let found = repo.find_remote(&remote).map_err(|error| failed("read the remote", &error))?;
    let address = String::from_utf8_lossy(found.url_bytes()).into_owned();
    let site = forge::site(&address).map_err(|error| {
        Error::new(ErrorCode::NotFound, error.to_string())
            .with_hint("GitHub, GitLab, Bitbucket, Azure DevOps, Forgejo, Gitea and sourcehut have addresses")
    })?;
    let head = repo.head().and_then(|head| head.peel_to_commit()).map_err(|_| {
        Error::new(ErrorCode::NotFound, "nothing is committed yet").with_hint("commit and push, then copy its address")
    })?;
    let of = |commit: Oid| {
        let tree = repo.find_commit(commit).and_then(|commit| commit.tree()).ok()?;
        path.map(|path| tree.get_path(path).ok().map(|entry| entry.id())).unwrap_or_default()
    };
    if let Some(path) = path
        && head_tree(repo)?.is_none_or(|tree| tree.get_path(path).is_err())
    {
        return Err(Error::new(ErrorCode::NotFound, format!("{} is not committed yet", path.display()))
            .with_hint("commit and push it, then copy its address"));
    }
    let tips = tips(repo, &remote);
    let holds = |tip: &Oid| *tip == head.id() || repo.graph_descendant_of(*tip, head.id()).unwrap_or(false);
    let commit = if tips.iter().any(holds) {
        Some(head.id())
    } else {
        let parted = |tip: &Oid| repo.merge_base(*tip, head.id()).ok();
        tips.iter().filter_map(parted).find(|base| of(*base) == of(head.id()))
    };
    let commit = commit.ok_or_else(|| {
        let what = path.map_or_else(|| "the last commit".to_owned(), |path| path.display().to_string());
        Error::new(ErrorCode::NotFound, format!("{what} as it is here is not on {remote} yet"))
            .with_hint(format!("push to {remote}, then copy its address"))
    })?;
    Ok(Published { site, remote, commit: commit.to_string() })
}

/// The remote that the current branch follows, else `origin`, else the first.
fn remote(repo: &Repository) -> Result<String> {
    let remotes = repo.remotes().map_err(|error| failed("read the remotes", &error))?;
    let names: Vec<String> =
        (0..remotes.len()).filter_map(|at| remotes.get(at).ok().flatten().map(str::to_owned)).collect();
    let branch = repo.head().ok().and_then(|head| head.name().ok().map(str::to_owned));
    let followed = branch.and_then(|branch| repo.branch_upstream_remote(&branch).ok());
    let followed = followed.and_then(|name| name.as_str().ok().map(str::to_owned));
    let known = |name: &String| names.contains(name);
    let chosen = followed.filter(known).or_else(|| Some("origin".to_owned()).filter(known));
    chosen.or_else(|| names.first().cloned()).ok_or_else(|| {
        Error::new(ErrorCode::NotFound, "this repository has no remote")
            .with_hint("add one with `git remote add origin ADDRESS`, then push")
    })
}

/// Last known commits of a remote's branches, that of the followed branch first.
fn tips(repo: &Repository, remote: &str) -> Vec<Oid> {
    let upstream = repo.head().ok().and_then(|head| {
        let name = head.name().ok()?;
        let upstream = repo.branch_upstream_name(name).ok()?;
        repo.refname_to_id(upstream.as_str().ok()?).ok()
    });
    let others = repo.references_glob(&format!("refs/remotes/{remote}/*"));
    let others = others.into_iter().flatten().filter_map(|reference| reference.ok()?.peel_to_commit().ok());
    upstream.into_iter().chain(others.map(|commit| commit.id())).take(MOST_BRANCHES).collect()
}
