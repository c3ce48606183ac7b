//! A note of what git was told to do, for the case that the app or the machine ends before git does: the next open says
//! what was under way and where everything is.
//!
//! git itself keeps the repository sound: it writes beside and renames. What a person needs is to know how far it came,
//! and that what was put aside is still there.

use super::place;
use super::status::operation;
use git2::Repository;
use std::path::{Path, PathBuf};

const FILE: &str = "precedent/running";

/// Held while git works; the note goes with it.
pub(crate) struct Running(PathBuf);

impl Running {
    /// Notes what is being done. A folder that cannot be written notes nothing and stops nothing.
    pub(crate) fn begin(git_dir: &Path, what: &str) -> Running {
        let file = git_dir.join(FILE);
        let written = crate::store::make_folder(&git_dir.join("precedent"))
            .and_then(|()| crate::store::write_atomic(&file, what.as_bytes()));
        // Without the note, an interruption is not told about; the work itself is git's.
        drop(written);
        Running(file)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        crate::store::remove_if_there(&self.0);
    }
}

/// What an earlier run left undone, as a sentence and a way on; the note is gone afterwards.
pub(crate) fn left(root: &Path, git_dir: &Path) -> Option<(String, String)> {
    let file = git_dir.join(FILE);
    let what = std::fs::read_to_string(&file).ok()?;
    crate::store::remove_if_there(&file);
    let repo = Repository::open(root).ok()?;
    let at = place::here(&repo);
    let stashes = super::stash::list(root).map(|list| list.len()).unwrap_or_default();
    let aside = match stashes {
        0 => String::new(),
        1 => ", and what was put aside is in the stash".to_owned(),
        count => format!(", and what was put aside is in the newest of {count} stashes"),
    };
    let under = operation(repo.state()).map_or(String::new(), |kind| format!(" in the middle of a {kind}"));
    let message = format!("{} was interrupted when Precedent ended; you are {at}{under}{aside}", what.trim());
    let locks = locks(git_dir);
    let hint = if !locks.is_empty() {
        format!("if no other git is working, delete {} and do it again", locks.join(" and "))
    } else if under.is_empty() {
        "look at Changes, then do it again".to_owned()
    } else {
        "continue or abort it in Changes".to_owned()
    };
    Some((message, hint))
}

/// Locks beside git's own files, for a person to delete: git puts its own away when it is told to end, but not when it is
/// killed, nor in the moment between making one and noting it.
fn locks(git_dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(git_dir).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "lock"));
    let mut locks: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    locks.sort_unstable();
    locks
}
