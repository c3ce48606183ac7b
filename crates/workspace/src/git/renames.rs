//! Renames that nobody staged. `git status` lists a file that was moved on disk as one that is gone and one that is new;
//! a person sees one file with another name.

use super::repo::failed;
use super::status::{Blob, Change, Entry};
use crate::error::Result;
use git2::{Delta, DiffFindOptions, DiffOptions, Repository};
use std::collections::BTreeMap;

/// More files than this are a reorganised tree: comparing each with each would keep the list waiting.
const MOST_COMPARED: usize = 200;

/// Joins a file that is gone with the new one that holds its text, where git knows of neither side.
///
/// # Errors
/// `git`.
pub(crate) fn joined(repo: &Repository, mut entries: Vec<Entry>) -> Result<Vec<Entry>> {
    let is = |entry: &Entry, change| !entry.staged && entry.change == change;
    let [gone, new]: [Vec<String>; 2] = [Change::Deleted, Change::Added]
        .map(|change| entries.iter().filter(|entry| is(entry, change)).map(|entry| entry.path.clone()).collect());
    let old_names = old_names(repo, &gone, &new)?;
    if old_names.is_empty() {
        return Ok(entries);
    }
    let blobs: BTreeMap<String, Blob> =
        entries.iter().filter(|entry| is(entry, Change::Deleted)).map(|gone| (gone.path.clone(), gone.old)).collect();
    entries.retain(|entry| !(is(entry, Change::Deleted) && old_names.values().any(|old| *old == entry.path)));
    for entry in entries.iter_mut().filter(|entry| is(entry, Change::Added)) {
        if let Some(old) = old_names.get(&entry.path) {
            entry.old = blobs.get(old).copied().unwrap_or_default();
            (entry.change, entry.old_path) = (Change::Renamed, Some(old.clone()));
        }
    }
    Ok(entries)
}

/// Old names by new ones.
fn old_names(repo: &Repository, gone: &[String], new: &[String]) -> Result<BTreeMap<String, String>> {
    if gone.is_empty() || new.is_empty() || gone.len() + new.len() > MOST_COMPARED {
        return Ok(BTreeMap::new());
    }
    let mut options = DiffOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).disable_pathspec_match(true);
    for path in gone.iter().chain(new) {
        options.pathspec(path);
    }
    let error = |error: git2::Error| failed("compare renamed files", &error);
    let mut diff = repo.diff_index_to_workdir(None, Some(&mut options)).map_err(error)?;
    diff.find_similar(Some(DiffFindOptions::new().renames(true).for_untracked(true))).map_err(error)?;
    let path = |file: git2::DiffFile<'_>| file.path_bytes().map(|path| String::from_utf8_lossy(path).into_owned());
    let renamed = diff.deltas().filter(|delta| delta.status() == Delta::Renamed);
    Ok(renamed.filter_map(|delta| Some((path(delta.new_file())?, path(delta.old_file())?))).collect())
}
