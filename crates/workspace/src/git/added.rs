//! When files came into the history: of two records with one number, the one that was committed first keeps it.

use super::repo::failed;
use crate::error::Result;
use git2::{Repository, Sort};
use precedent_core::RecordPath;
use std::collections::BTreeMap;
use std::path::Path;

/// The time and place in history at which each path was added; paths that are not committed are missing.
///
/// # Errors
/// `git` when the history cannot be read.
pub(crate) fn first_commits(repo: &Repository, paths: &[RecordPath]) -> Result<BTreeMap<RecordPath, i64>> {
    let error = |error: git2::Error| failed("read the log", &error);
    let mut found: BTreeMap<RecordPath, i64> = BTreeMap::new();
    let Some(head) = repo.head().ok().and_then(|head| head.target()) else { return Ok(found) };
    let mut walk = repo.revwalk().map_err(error)?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(error)?;
    walk.push(head).map_err(error)?;
    for id in walk {
        let commit = repo.find_commit(id.map_err(error)?).map_err(error)?;
        let tree = commit.tree().map_err(error)?;
        for path in paths.iter().filter(|path| tree.get_path(Path::new(path.as_str())).is_ok()) {
            // Parents come later in the walk: the last time that is written is that of the oldest commit.
            let time = commit.time().seconds();
            found.entry(path.clone()).and_modify(|first| *first = (*first).min(time)).or_insert(time);
        }
    }
    Ok(found)
}
