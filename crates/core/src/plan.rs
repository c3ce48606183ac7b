//! A [`WritePlan`]: every file that one action will change, as a value. Shown as a diff, then applied whole or not at all.
//!
//! Plans are made here and in [`crate::record::edit`]; the workspace's store is the only one that applies them (I6).

use crate::id::RecordPath;

/// One file of a plan. `before` is the text that was read; the store refuses (Conflict) when the disk holds something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWrite {
    pub path: RecordPath,
    /// `None`: the file must not exist yet.
    pub before: Option<String>,
    /// `None`: the file is deleted.
    pub after: Option<String>,
}

/// What one action writes: all files or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WritePlan {
    /// What the action does, for the undo list: `Supersede ADR-0121`.
    pub title: String,
    /// In the order they are shown. No path occurs twice.
    pub files: Vec<FileWrite>,
}

impl WritePlan {
    /// A plan without files yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), files: Vec::new() }
    }

    /// Adds a new file.
    #[must_use]
    pub fn create(mut self, path: RecordPath, text: String) -> Self {
        self.files.push(FileWrite { path, before: None, after: Some(text) });
        self
    }

    /// Adds a change of a file; nothing is added when both texts are equal.
    #[must_use]
    pub fn replace(mut self, path: RecordPath, before: String, after: String) -> Self {
        if before != after {
            self.files.push(FileWrite { path, before: Some(before), after: Some(after) });
        }
        self
    }

    /// Adds the deletion of a file.
    #[must_use]
    pub fn delete(mut self, path: RecordPath, before: String) -> Self {
        self.files.push(FileWrite { path, before: Some(before), after: None });
        self
    }

    /// The plan that takes this one back: the same files with before and after exchanged, last file first.
    #[must_use]
    pub fn inverse(&self) -> WritePlan {
        let files = self.files.iter().rev().map(|file| FileWrite {
            path: file.path.clone(),
            before: file.after.clone(),
            after: file.before.clone(),
        });
        WritePlan { title: format!("Undo: {}", self.title), files: files.collect() }
    }
}
