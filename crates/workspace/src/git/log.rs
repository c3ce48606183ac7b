//! The log of the whole repository, page by page: commits and the records each touched. libgit2 alone.

use super::changes;
use super::history;
use super::place::following;
use super::repo::{Content, failed};
use super::versions::{self, Records};
use crate::error::{Error, Result};
use git2::{Commit, Delta, DiffFindOptions, Oid, Repository, Sort};
use precedent_core::RecordPath;
use precedent_core::id::FileName;
use precedent_core::wire::{BranchComparison, ChangedFile, ErrorCode, LogItem, LogPage, LogRecord, Spaces};
use std::collections::HashMap;
use std::path::Path;

/// Commits of a page.
const PAGE: usize = 60;
/// Commits that are looked at for one page: a search for rare words comes back to be asked for more.
const MOST_READ: usize = 4_000;
/// A commit that touches more files than this is listed with those.
const MOST_FILES: usize = 200;
/// Commits and files of a comparison.
const MOST_COMPARED: usize = 200;

/// The page of commits reachable from HEAD that begins after `from` (or at HEAD), whose message holds all `words`.
pub(crate) fn page(repo: &Repository, records: &Records<'_>, from: Option<&str>, words: &str) -> Result<LogPage> {
    let error = |error: git2::Error| failed("read the log", &error);
    let mut walk = repo.revwalk().map_err(error)?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(error)?;
    if walk.push_head().is_err() {
        return Ok(LogPage { items: Vec::new(), next: None });
    }
    let names = names(repo);
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut items = Vec::new();
    let mut reached = from.is_none();
    for (read, id) in walk.map_while(std::result::Result::ok).enumerate() {
        if !reached {
            reached = Some(id.to_string().as_str()) == from;
            continue;
        }
        let commit = repo.find_commit(id).map_err(error)?;
        let message = String::from_utf8_lossy(commit.message_bytes()).to_lowercase();
        let is_one =
            words.iter().all(|word| message.contains(word.as_str()) || id.to_string().starts_with(word.as_str()));
        if is_one {
            items.push(item(repo, &commit, records, &names).map_err(error)?);
        }
        if items.len() == PAGE || (read > MOST_READ && !items.is_empty() && from.is_none()) {
            return Ok(LogPage { next: Some(id.to_string()), items });
        }
    }
    Ok(LogPage { items, next: None })
}

/// One commit with what it touched.
pub(crate) fn item(
    repo: &Repository,
    commit: &Commit<'_>,
    records: &Records<'_>,
    names: &HashMap<Oid, Vec<String>>,
) -> Result<LogItem, git2::Error> {
    let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
    let body = message.split_once('\n').map_or("", |(_, body)| body).trim().to_owned();
    let mut touched = Vec::new();
    let mut others = 0;
    // What a merge brings came with the commits it joins.
    if commit.parent_count() < 2 {
        let old = commit.parent(0).ok().map(|parent| parent.tree()).transpose()?;
        let mut diff = repo.diff_tree_to_tree(old.as_ref(), Some(&commit.tree()?), None)?;
        if diff.deltas().len() < MOST_FILES {
            diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
        }
        for delta in diff.deltas() {
            let side = if delta.status() == Delta::Deleted { delta.old_file() } else { delta.new_file() };
            let path = side.path_bytes().map(|path| String::from_utf8_lossy(path).into_owned()).unwrap_or_default();
            if records.may_hold(&path) && touched.len() < MOST_FILES {
                let label = FileName::of(&RecordPath::new(path.as_str())).digits.map(str::to_owned);
                touched.push(LogRecord { path, label, change: word(delta.status()).to_owned() });
            } else {
                others += 1;
            }
        }
    }
    Ok(LogItem {
        commit: history::item(commit),
        body,
        merge: commit.parent_count() > 1,
        records: touched,
        others,
        names: names.get(&commit.id()).cloned().unwrap_or_default(),
    })
}

fn word(status: Delta) -> &'static str {
    match status {
        Delta::Added => "added",
        Delta::Deleted => "deleted",
        Delta::Renamed => "renamed",
        _ => "modified",
    }
}

/// Branches and tags by the commit they stand at.
fn names(repo: &Repository) -> HashMap<Oid, Vec<String>> {
    let mut names: HashMap<Oid, Vec<String>> = HashMap::new();
    for reference in repo.references().into_iter().flatten().flatten() {
        let full = reference.name().unwrap_or_default().to_owned();
        let short = ["refs/heads/", "refs/tags/", "refs/remotes/"].iter().find_map(|prefix| full.strip_prefix(prefix));
        if let Some(short) = short.filter(|short| !short.ends_with("/HEAD"))
            && let Ok(commit) = reference.peel_to_commit()
        {
            names.entry(commit.id()).or_default().push(short.to_owned());
        }
    }
    names
}

/// A branch beside `base`: its own commits, and what it changes since both parted.
pub(crate) fn compare(repo: &Repository, records: &Records<'_>, branch: &str, base: &str) -> Result<BranchComparison> {
    let error = |error: git2::Error| failed("compare the branches", &error);
    let commit = |name: &str| {
        let found = repo.revparse_single(name).and_then(|object| object.peel_to_commit());
        found.map_err(|_| {
            Error::new(ErrorCode::NotFound, format!("there is no branch {name}"))
                .with_hint("it was deleted or renamed; look at the list again")
        })
    };
    let here = commit(branch)?;
    // The remote's state of the base is newer than a local copy that nobody pulls.
    let followed = following(repo, base).upstream.filter(|_| branch != base);
    let base_name = followed.filter(|name| repo.revparse_single(name).is_ok()).unwrap_or_else(|| base.to_owned());
    let there = commit(&base_name)?;
    let (ahead, behind) = repo.graph_ahead_behind(here.id(), there.id()).map_err(error)?;
    let parted = repo.merge_base(here.id(), there.id()).ok().and_then(|id| repo.find_commit(id).ok());
    let mut walk = repo.revwalk().map_err(error)?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(error)?;
    walk.push(here.id()).and_then(|()| walk.hide(there.id())).map_err(error)?;
    let mut commits = Vec::new();
    for id in walk.flatten().take(MOST_COMPARED) {
        let commit = repo.find_commit(id).map_err(error)?;
        commits.push(item(repo, &commit, records, &HashMap::new()).map_err(error)?);
    }
    let files = files(repo, records, parted.as_ref(), &here)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(BranchComparison {
        branch: branch.to_owned(),
        base: base_name,
        ahead: count(ahead),
        behind: count(behind),
        commits,
        files,
    })
}

/// Changed files between two commits, records first, each with its sentence.
pub(crate) fn files(
    repo: &Repository,
    records: &Records<'_>,
    old: Option<&Commit<'_>>,
    new: &Commit<'_>,
) -> Result<Vec<ChangedFile>> {
    let error = |error: git2::Error| failed("compare the commits", &error);
    let old_tree = old.map(Commit::tree).transpose().map_err(error)?;
    let new_tree = new.tree().map_err(error)?;
    let mut diff = repo.diff_tree_to_tree(old_tree.as_ref(), Some(&new_tree), None).map_err(error)?;
    diff.find_similar(Some(DiffFindOptions::new().renames(true))).map_err(error)?;
    let path = |file: git2::DiffFile<'_>| {
        file.path_bytes().map(|path| String::from_utf8_lossy(path).into_owned()).unwrap_or_default()
    };
    let mut files = Vec::new();
    for delta in diff.deltas().take(MOST_COMPARED) {
        let (before, after) = (path(delta.old_file()), path(delta.new_file()));
        let content = |tree: Option<&git2::Tree<'_>>, id: Oid, path: &str| {
            if id.is_zero() { Content::Absent } else { super::repo::in_head(repo, tree, Path::new(path)) }
        };
        let change = match delta.status() {
            Delta::Added => super::status::Change::Added,
            Delta::Deleted => super::status::Change::Deleted,
            Delta::Renamed => super::status::Change::Renamed,
            Delta::Typechange => super::status::Change::Retyped,
            _ => super::status::Change::Modified,
        };
        let named = if delta.status() == Delta::Deleted { before.clone() } else { after.clone() };
        let entry = super::status::Entry {
            old_path: (delta.status() == Delta::Renamed).then(|| before.clone()),
            ..super::status::Entry::new(named, true, change)
        };
        let old = content(old_tree.as_ref(), delta.old_file().id(), &before);
        let new = content(Some(&new_tree), delta.new_file().id(), &after);
        let versions = versions::compare(&old, &new, &RecordPath::new(entry.path.as_str()), records);
        files.push(changes::changed_file(&entry, false, &versions));
    }
    files.sort_by_key(|file| !file.is_record);
    Ok(files)
}

/// What a commit changed in one file.
pub(crate) fn diff(
    repo: &Repository,
    records: &Records<'_>,
    commit: &str,
    path: &RecordPath,
) -> Result<precedent_core::wire::FileDiff> {
    let error = |error: git2::Error| failed("read that commit", &error);
    let own = Oid::from_str(commit).and_then(|id| repo.find_commit(id)).map_err(error)?;
    let parent = own.parent(0).ok();
    let before = match &parent {
        Some(parent) if own.tree().is_ok_and(|tree| tree.get_path(Path::new(path.as_str())).is_ok()) => {
            history::renamed_from(repo, parent, &own, path.as_str()).map_err(error)?
        }
        _ => None,
    };
    let before = before.unwrap_or_else(|| path.to_string());
    let content = |commit: Option<&Commit<'_>>, name: &str| {
        let tree = commit.and_then(|commit| commit.tree().ok());
        super::repo::in_head(repo, tree.as_ref(), Path::new(name))
    };
    let (old, new) = (content(parent.as_ref(), &before), content(Some(&own), path.as_str()));
    let versions = versions::compare(&old, &new, path, records);
    Ok(changes::diff_of(&versions, path.as_str(), false, Spaces::Shown))
}
