//! Text that was written but not saved, kept under the git folder so that a crash loses nothing.
//!
//! One file a record, named by the hash of its path. Never in the worktree; removed when the record is saved.

use crate::error::{Error, Result};
use crate::root;
use crate::store::{self, Store};
use crate::workspace::{Place, Workspace};
use precedent_core::wire::{Draft, ErrorCode, OpenMode};
use std::path::{Path, PathBuf};

/// Paths with a draft in the repository at `root`, without opening it. None where it cannot be read: this is for news about
/// an earlier run, and the drafts stay where they are.
pub fn kept_drafts(root: &Path, place: &Place) -> Vec<String> {
    let Ok(found) = root::find(root, OpenMode::Plain, |_| 0) else { return Vec::new() };
    let drafts = read_all(&Store::new(&found, place).own().join("drafts")).unwrap_or_default();
    drafts.into_iter().map(|draft| draft.path).collect()
}

fn read_all(folder: &Path) -> Result<Vec<Draft>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(folder, "read", &error)),
    };
    let files =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "json"));
    let mut drafts: Vec<Draft> =
        files.filter_map(|file| serde_json::from_slice(&std::fs::read(file).ok()?).ok()).collect();
    drafts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(drafts)
}

impl Workspace {
    /// Keeps unsaved text; an earlier draft of the same path is replaced.
    ///
    /// # Errors
    /// `not-found` when the workspace's folder is gone, `io` when it cannot be written.
    pub fn keep_draft(&self, draft: &Draft) -> Result<()> {
        self.still_there()?;
        let text = serde_json::to_vec(draft).map_err(|error| {
            Error::new(ErrorCode::Internal, format!("cannot keep the draft of {}: {error}", draft.path))
        })?;
        store::write_atomic(&self.draft_file(&draft.path), &text)
    }

    /// Forgets the draft of a path, if there is one.
    ///
    /// # Errors
    /// None at present: a draft that cannot be removed is offered again.
    pub fn drop_draft(&self, path: &str) -> Result<()> {
        store::remove_if_there(&self.draft_file(path));
        Ok(())
    }

    /// All kept drafts, by path. A file that cannot be read is skipped: it may be another version's.
    ///
    /// # Errors
    /// `io` when the folder of drafts cannot be listed.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        read_all(&self.store.own().join("drafts"))
    }

    fn draft_file(&self, path: &str) -> PathBuf {
        self.store.own().join("drafts").join(format!("{}.json", crate::scan::hash(path.as_bytes())))
    }
}
