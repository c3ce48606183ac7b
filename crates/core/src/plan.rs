//! A [`WritePlan`]: every file that one action will change, as a value. Shown as a diff, then applied whole or not at all.
//!
//! Plans are made here and in [`crate::record::edit`]; the workspace's store is the only one that applies them (I6).

use crate::id::RecordPath;
use crate::record::exact_text;
use std::borrow::Cow;

/// One file of a plan, in bytes: a record that is not UTF-8 is moved, deleted and taken back as it stands on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWrite {
    pub path: RecordPath,
    /// What was read; the store refuses (Conflict) when the disk holds something else. `None`: the file must not exist yet.
    pub before: Option<Vec<u8>>,
    /// `None`: the file is deleted.
    pub after: Option<Vec<u8>>,
}

impl FileWrite {
    /// What the file holds before and after, to be read and compared. Where only the encoding changes both would read the
    /// same: before, a `\u{fffd}` then stands for each character whose bytes change.
    pub fn shown(&self) -> (Cow<'_, str>, Cow<'_, str>) {
        let before = self.before.as_deref().map(exact_text).unwrap_or_default();
        let after = self.after.as_deref().map(exact_text).unwrap_or_default();
        if before == after && self.before.is_some() && self.after.is_some() && self.before != self.after {
            let marked = before.chars().map(|c| if c.is_ascii() { c } else { char::REPLACEMENT_CHARACTER });
            return (Cow::Owned(marked.collect()), after);
        }
        (before, after)
    }
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
    pub fn create(mut self, path: RecordPath, content: impl Into<Vec<u8>>) -> Self {
        self.files.push(FileWrite { path, before: None, after: Some(content.into()) });
        self
    }

    /// Adds a change of a file; nothing is added when both are equal.
    #[must_use]
    pub fn replace(mut self, path: RecordPath, before: impl Into<Vec<u8>>, after: impl Into<Vec<u8>>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.files.push(FileWrite { path, before: Some(before), after: Some(after) });
        }
        self
    }

    /// Adds the deletion of a file.
    #[must_use]
    pub fn delete(mut self, path: RecordPath, before: impl Into<Vec<u8>>) -> Self {
        self.files.push(FileWrite { path, before: Some(before.into()), after: None });
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
