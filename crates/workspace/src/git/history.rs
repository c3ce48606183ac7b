//! Commits that touched a file, newest first, across renames: from one pass of `git log` over everything in trusted
//! repositories ([`super::pass`]), by comparing tree entries with libgit2 otherwise. Answers are kept by commit: they
//! cannot go stale.

use super::pass::Pass;
use super::program::Program;
use super::repo::{Content, checked, failed, in_head, open};
use crate::error::{Error, Result};
use git2::{Commit, Delta, DiffFindOptions, Oid, Repository, Sort};
use precedent_core::wire::{ErrorCode, HistoryItem};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// More answers than this are forgotten at once; they are quick to get again.
const MOST: usize = 2_000;

/// Histories that were asked for, by HEAD and path, and the last pass over the log.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<(Oid, String), Vec<HistoryItem>>>, Mutex<Option<Arc<Pass>>>);

impl Cache {
    fn find(&self, key: &(Oid, String)) -> Option<Vec<HistoryItem>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// The pass over the log of `head`. Whoever asks while it is being read waits for it: one run answers for all.
    fn pass(&self, program: &Program, root: &Path, repo: &Repository, head: Oid) -> Result<Arc<Pass>> {
        let mut last = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pass) = last.as_ref().filter(|pass| pass.head == head) {
            return Ok(Arc::clone(pass));
        }
        let pass = Arc::new(Pass::read(program, root, repo, head, last.as_deref())?);
        *last = Some(Arc::clone(&pass));
        Ok(pass)
    }

    fn keep(&self, key: (Oid, String), items: Vec<HistoryItem>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, items);
    }
}

/// Commits that touched `path`, newest first. `program` is `None` where it may not be started.
pub(crate) fn history(root: &Path, program: Option<&Program>, cache: &Cache, path: &str) -> Result<Vec<HistoryItem>> {
    checked(path)?;
    let repo = open(root)?;
    let Some(head) = repo.head().ok().and_then(|head| head.peel_to_commit().ok()).map(|commit| commit.id()) else {
        return Ok(Vec::new());
    };
    let key = (head, path.to_owned());
    if let Some(items) = cache.find(&key) {
        return Ok(items);
    }
    if let Some(program) = program {
        // The pass is kept itself; answers from it are not kept once more.
        // Where git's answer cannot be read (a separator in a subject), libgit2 looks for the one record.
        if let Ok(pass) = cache.pass(program, root, &repo, head) {
            return Ok(pass.history(path));
        }
    }
    let items = by_libgit2(&repo, head, path)?;
    cache.keep(key, items.clone());
    Ok(items)
}

/// The file as a commit left it and as it was before: name and content of each. `items` is its history.
pub(crate) fn around(
    repo: &Repository,
    items: &[HistoryItem],
    path: &str,
    commit: &str,
) -> Result<[(String, Content); 2]> {
    let error = |error: git2::Error| failed("read that commit", &error);
    let mut name = path.to_owned();
    for item in items {
        let own = Oid::from_str(&item.commit).and_then(|id| repo.find_commit(id)).map_err(error)?;
        let parent = own.parent(0).ok();
        let before = match &parent {
            Some(parent) if entry_id(parent, &name).is_none() => {
                renamed_from(repo, parent, &own, &name).map_err(error)?
            }
            _ => None,
        };
        let before = before.unwrap_or_else(|| name.clone());
        if item.commit == commit {
            let content = |commit: Option<&Commit<'_>>, name: &str| {
                let tree = commit.and_then(|commit| commit.tree().ok());
                in_head(repo, tree.as_ref(), Path::new(name))
            };
            let (old, new) = (content(parent.as_ref(), &before), content(Some(&own), &name));
            return Ok([(before, old), (name, new)]);
        }
        name = before;
    }
    Err(Error::new(ErrorCode::NotFound, format!("{commit} is no commit in the history of {path}"))
        .with_hint("the history may have changed; look at it again")
        .at(path))
}

/// A commit as lists show it.
pub(crate) fn item(commit: &Commit<'_>) -> HistoryItem {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let author = commit.author();
    HistoryItem {
        commit: commit.id().to_string(),
        subject: commit.summary_bytes().map(text).unwrap_or_default(),
        author: text(author.name_bytes()),
        date: day(author.when()),
    }
}

/// The author's day where the author was, as git's `%as`.
fn day(when: git2::Time) -> String {
    let seconds = when.seconds() + i64::from(when.offset_minutes()) * 60;
    let day = jiff::Timestamp::from_second(seconds).map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    day.map_or(String::new(), |day| day.to_string())
}

/// Walks from HEAD and compares the entry of the path with the parents'; the name is followed back across renames.
fn by_libgit2(repo: &Repository, head: Oid, path: &str) -> Result<Vec<HistoryItem>> {
    let error = |error: git2::Error| failed("read the log", &error);
    let mut walk = repo.revwalk().map_err(error)?;
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).map_err(error)?;
    walk.push(head).map_err(error)?;
    // The name that the file has at a commit, as its children know it; commits without one do not matter.
    let mut names: HashMap<Oid, String> = HashMap::from([(head, path.to_owned())]);
    let mut items = Vec::new();
    for id in walk {
        let id = id.map_err(error)?;
        let Some(name) = names.remove(&id) else { continue };
        let commit = repo.find_commit(id).map_err(error)?;
        let entry = entry_id(&commit, &name);
        let parents: Vec<Commit<'_>> = commit.parents().collect();
        let same = parents.iter().find(|parent| entry_id(parent, &name) == entry);
        if let Some(same) = same {
            // Like git's simplification: the side that explains the content is the only one followed.
            names.insert(same.id(), name);
            continue;
        }
        if entry.is_none() && parents.is_empty() {
            continue;
        }
        items.push(item(&commit));
        for parent in &parents {
            let before = if entry.is_some() && entry_id(parent, &name).is_none() {
                renamed_from(repo, parent, &commit, &name).map_err(error)?
            } else {
                Some(name.clone())
            };
            names.extend(before.map(|before| (parent.id(), before)));
        }
    }
    Ok(items)
}

fn entry_id(commit: &Commit<'_>, name: &str) -> Option<(Oid, i32)> {
    let entry = commit.tree().ok()?.get_path(Path::new(name)).ok()?;
    Some((entry.id(), entry.filemode()))
}

/// The name that the file had in `parent`, when `commit` renamed it.
pub(crate) fn renamed_from(
    repo: &Repository,
    parent: &Commit<'_>,
    commit: &Commit<'_>,
    name: &str,
) -> Result<Option<String>, git2::Error> {
    let mut diff = repo.diff_tree_to_tree(Some(&parent.tree()?), Some(&commit.tree()?), None)?;
    diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
    let renamed = diff
        .deltas()
        .find(|delta| delta.status() == Delta::Renamed && delta.new_file().path() == Some(Path::new(name)));
    Ok(renamed.and_then(|delta| delta.old_file().path().map(|path| path.to_string_lossy().replace('\\', "/"))))
}
