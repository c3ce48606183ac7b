//! Changes of a record's text that keep every other byte (invariant I5).
//!
//! An [`Edit`] says what is meant; [`apply_edit`] writes it in the dialect that the record already uses.

use crate::decision::{Date, LinkKind, Status};
use crate::id::RecordPath;

/// A link to another record, in every form a dialect may want to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTarget {
    pub path: RecordPath,
    /// `0012`, as the target's file name writes it.
    pub digits: Option<String>,
    pub id: String,
    pub title: String,
}

/// What is to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Writes a status word; `on` also sets the date the record keeps for it (`accepted:` or `date:`), when it keeps one.
    SetStatus { status: Status, on: Option<Date> },
    /// Writes any other status text.
    SetStatusText { text: String, on: Option<Date> },
    SetTitle { title: String },
    /// A front-matter field by its contract key; no values removes it. Dialects with their own place for the field (bullets,
    /// inline lines) change that place.
    SetField { key: String, values: Vec<String> },
    AddLink { kind: LinkKind, to: LinkTarget },
    RemoveLink { kind: LinkKind, to: LinkTarget },
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("{path} is not UTF-8; convert it first")]
    NotUtf8 { path: RecordPath },
    #[error("{path} is read-only here: {format} is shown but not written")]
    Foreign { path: RecordPath, format: &'static str },
    #[error("the front matter of {path} cannot be read (line {line}); mend it first")]
    BrokenFrontMatter { path: RecordPath, line: u32 },
    #[error("there is no field `{key}`")]
    UnknownField { key: String },
    #[error("`{value}` is not a value for {key}: {expected}")]
    BadValue { key: String, value: String, expected: &'static str },
}

/// Applies one edit to a record's text and gives the new text; all bytes outside the edited place stay.
///
/// # Errors
/// [`EditError`] when the record has no writable place for it or the value is none.
pub fn apply_edit(path: &RecordPath, text: &str, edit: &Edit) -> Result<String, EditError> {
    let _ = (text, edit);
    Err(EditError::NotUtf8 { path: path.clone() })
}
