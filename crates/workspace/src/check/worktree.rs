//! Files of the worktree: what git follows, and what it does not follow yet and does not ignore.

use super::content::Home;
use super::generated::Generated;
use super::looking::Job;
use crate::error::{Error, Result};
use crate::git::repo::{KIND, LINK, MODULE};
use crate::threads::{MOST_THREADS, Threads};
use git2::{IndexEntryExtendedFlag, Oid, Repository};
use ignore::{DirEntry, WalkBuilder, WalkState};
use precedent_core::spread::Spread;
use precedent_core::wire::ErrorCode;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;

/// Paths of the worktree's files, in order, each with what stands there.
pub(crate) struct Files(BTreeMap<String, Stands>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    File,
    Link,
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
    let (found, followed) = Threads.both(|| walked(root), || followed(root));
    let found = found?;
    // Both are in order; where git's are in another one, more of them are looked at.
    let mut here = found.iter().map(|(path, _)| path).peekable();
    let mut is_missing = |entry: &Followed| {
        while here.next_if(|path| **path < entry.path).is_some() {}
        here.peek().is_none_or(|path| **path != entry.path)
    };
    let missing = followed.into_iter().filter(|entry| is_missing(entry));
    let missing: Vec<_> = missing.filter_map(|entry| Some((entry.stands(root)?, entry.path))).collect();
    let mut files: BTreeMap<String, Stands> = found.into_iter().collect();
    for (stands, path) in missing {
        files.entry(path).or_insert(stands);
    }
    Ok(Files(files))
}

/// What a folder holds, as one thread came by it.
#[derive(Default)]
struct Walked {
    found: Vec<(String, Stands)>,
    /// Why folders could not be read.
    unread: Vec<String>,
}

/// A thread's part, which goes to the others' when the thread ends.
struct Part<'a> {
    root: &'a Path,
    own: Walked,
    all: &'a Mutex<Walked>,
}

impl Part<'_> {
    fn visit(&mut self, entry: std::result::Result<DirEntry, ignore::Error>) -> WalkState {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                self.own.unread.push(error.to_string());
                return WalkState::Continue;
            }
        };
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_other = is_folder && entry.depth() > 0 && entry.path().join(".git").exists();
        if is_folder && !is_other {
            return WalkState::Continue;
        }
        let stands = match entry.file_type() {
            _ if is_other => Stands::Other,
            Some(kind) if kind.is_symlink() => Stands::Link,
            // Pipes and the like are nothing that git knows.
            Some(kind) if !kind.is_file() => return WalkState::Continue,
            _ => Stands::File,
        };
        if let Ok(path) = entry.path().strip_prefix(self.root) {
            self.own.found.push((written(path), stands));
        }
        if is_other { WalkState::Skip } else { WalkState::Continue }
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.found.append(&mut self.own.found);
        all.unread.append(&mut self.own.unread);
    }
}

/// Files and other repositories below a folder, in the order of their paths.
fn walked(root: &Path) -> Result<Vec<(String, Stands)>> {
    let all = Mutex::default();
    // What this machine ignores everywhere is left aside, so that the answer is the repository's own.
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .parents(false)
        .ignore(false)
        .git_global(false)
        .git_exclude(true)
        .require_git(false)
        .follow_links(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .threads(available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS))
        .build_parallel();
    walk.run(|| {
        let mut part = Part { root, own: Walked::default(), all: &all };
        Box::new(move |entry| part.visit(entry))
    });
    let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    // The same one, whichever thread met it.
    if let Some(error) = all.unread.into_iter().min() {
        return Err(
            Error::new(ErrorCode::Io, format!("a folder cannot be read: {error}")).with_hint("check who may read it")
        );
    }
    let mut found = all.found;
    found.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    // Names that are not UTF-8 may look the same.
    found.dedup_by(|one, other| one.0 == other.0);
    Ok(found)
}

/// A path with `/`; what is not UTF-8 in a name is shown as well as it can be.
fn written(path: &Path) -> String {
    if let Some(text) = path.to_str().filter(|_| cfg!(not(windows))) {
        return text.to_owned();
    }
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A file of git's index.
struct Followed {
    path: String,
    id: Oid,
    kind: u32,
    /// A sparse checkout left it out.
    is_left: bool,
}

impl Followed {
    /// What stands in the worktree where none was found: a file that git follows although it ignores it, or none.
    fn stands(&self, root: &Path) -> Option<Stands> {
        match root.join(&self.path).symlink_metadata() {
            Ok(_) if self.kind == MODULE => Some(Stands::Other),
            Ok(about) if about.is_symlink() => Some(Stands::Link),
            Ok(_) => Some(Stands::File),
            Err(_) => self.is_left.then_some(Stands::Left { id: self.id, kind: self.kind }),
        }
    }
}

fn followed(root: &Path) -> Vec<Followed> {
    let index = Repository::open(root).and_then(|repo| repo.index());
    let followed = |entry: git2::IndexEntry| Followed {
        path: String::from_utf8_lossy(&entry.path).into_owned(),
        id: entry.id,
        kind: entry.mode & KIND,
        is_left: entry.flags_extended & IndexEntryExtendedFlag::SKIP_WORKTREE.bits() != 0,
    };
    index.map(|index| index.iter().map(followed).collect()).unwrap_or_default()
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

    /// Other repositories.
    pub(super) fn others(&self) -> Vec<&str> {
        self.standing(|stands| matches!(stands, Stands::Other | Stands::Left { kind: MODULE, .. }))
    }

    /// Symbolic links.
    pub(super) fn links(&self) -> Vec<&str> {
        self.standing(|stands| matches!(stands, Stands::Link | Stands::Left { kind: LINK, .. }))
    }

    fn standing(&self, is_meant: impl Fn(Stands) -> bool) -> Vec<&str> {
        self.0.iter().filter(|(_, stands)| is_meant(**stands)).map(|(path, _)| path.as_str()).collect()
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
        Stands::File | Stands::Link => Home::Disk(root.join(path)),
        Stands::Other => Home::Blob { id: Oid::ZERO_SHA1, kind: MODULE },
        Stands::Left { id, kind } => Home::Blob { id, kind },
    };
    Job { path: path.to_owned(), home, generated: generated.has(path) }
}
