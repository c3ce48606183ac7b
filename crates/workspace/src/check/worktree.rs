//! Files of the worktree: what git follows, and what it does not follow yet and does not ignore.

use super::content::Home;
use super::generated::Generated;
use super::looking::Job;
use crate::error::{Error, Result};
use crate::git::repo::{KIND, MODULE};
use git2::{IndexEntryExtendedFlag, Oid, Repository};
use ignore::{DirEntry, WalkBuilder};
use precedent_core::wire::ErrorCode;
use std::collections::BTreeMap;
use std::path::Path;

/// Paths of the worktree's files, in order, each with what stands there.
pub(crate) struct Files(BTreeMap<String, Stands>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    File,
    /// Another repository.
    Other,
    /// Nothing: a sparse checkout left it out, and it is as git has it.
    Left {
        id: Oid,
        kind: u32,
    },
}

/// Lists files. Other repositories inside are listed by their folder and not looked into.
///
/// # Errors
/// `io` when a folder cannot be listed: what is in it would pass unseen.
pub(crate) fn files(root: &Path) -> Result<Files> {
    let mut found = walked(root)?;
    if let Ok(repo) = Repository::open(root) {
        followed(&repo, root, &mut found);
    }
    Ok(Files(found))
}

fn walked(root: &Path) -> Result<BTreeMap<String, Stands>> {
    let mut found = BTreeMap::new();
    // What this machine ignores everywhere is left aside, so that the answer is the repository's own.
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .ignore(false)
        .git_global(false)
        .git_exclude(true)
        .require_git(false)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git" && !is_inside_other(entry))
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| {
            Error::new(ErrorCode::Io, format!("a folder cannot be read: {error}")).with_hint("check who may read it")
        })?;
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_other = is_folder && entry.depth() > 0 && entry.path().join(".git").exists();
        if is_folder && !is_other {
            continue;
        }
        if let Ok(path) = entry.path().strip_prefix(root) {
            found.insert(written(path), if is_other { Stands::Other } else { Stands::File });
        }
    }
    Ok(found)
}

/// Whether an entry lies directly in a repository that is inside this one.
fn is_inside_other(entry: &DirEntry) -> bool {
    entry.depth() > 1 && entry.path().parent().is_some_and(|folder| folder.join(".git").exists())
}

/// A path with `/`; what is not UTF-8 in a name is shown as well as it can be.
fn written(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Files that git follows although it ignores them, and those that a sparse checkout leaves out.
fn followed(repo: &Repository, root: &Path, found: &mut BTreeMap<String, Stands>) {
    let Ok(index) = repo.index() else { return };
    for entry in index.iter() {
        let path = String::from_utf8_lossy(&entry.path).into_owned();
        if found.contains_key(&path) {
            continue;
        }
        let kind = entry.mode & KIND;
        let is_left = entry.flags_extended & IndexEntryExtendedFlag::SKIP_WORKTREE.bits() != 0;
        if root.join(&path).symlink_metadata().is_ok() {
            found.insert(path, if kind == MODULE { Stands::Other } else { Stands::File });
        } else if is_left {
            found.insert(path, Stands::Left { id: entry.id, kind });
        }
    }
}

impl Files {
    /// Adds a file that git ignores, if it is there.
    pub(super) fn add(&mut self, root: &Path, path: &str) {
        if !self.0.contains_key(path) && root.join(path).is_file() {
            self.0.insert(path.to_owned(), Stands::File);
        }
    }

    pub(crate) fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn jobs(&self, root: &Path, generated: &Generated) -> Vec<Job> {
        self.0.iter().map(|(path, stands)| job(root, path, *stands, generated)).collect()
    }

    /// The job of one file.
    pub(super) fn job(&self, root: &Path, path: &str, generated: &Generated) -> Option<Job> {
        self.0.get(path).map(|stands| job(root, path, *stands, generated))
    }
}

fn job(root: &Path, path: &str, stands: Stands, generated: &Generated) -> Job {
    let home = match stands {
        Stands::File => Home::Disk(root.join(path)),
        Stands::Other => Home::Blob { id: Oid::ZERO_SHA1, kind: MODULE },
        Stands::Left { id, kind } => Home::Blob { id, kind },
    };
    Job { path: path.to_owned(), home, generated: generated.has(path) }
}
