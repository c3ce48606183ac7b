//! Whether others have a commit, by what the last fetch or push left behind.

use super::repo::failed;
use crate::error::Result;
use git2::{Oid, Repository};

/// Whether a branch of a remote holds the commit.
pub(super) fn is_pushed(repo: &Repository, commit: Oid) -> Result<bool> {
    let error = |error: git2::Error| failed("read the log", &error);
    let mut walk = repo.revwalk().map_err(error)?;
    walk.push(commit).map_err(error)?;
    walk.hide_glob("refs/remotes/*").map_err(error)?;
    Ok(walk.next().is_none())
}
