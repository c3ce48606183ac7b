//! Changes of a record's text that keep every other byte (invariant I5).
//!
//! An [`Edit`] says what is meant; [`apply_edit`] writes it in the dialect that the record already uses. The submodules
//! find the bytes to replace; nothing here prints a parsed record back.

mod fields;
mod links;
pub(super) mod splice;
mod status;
mod unlink;
pub(crate) mod yaml;

#[cfg(test)]
pub(super) mod tests;

use super::language::{self, Relation};
use super::{Reading, foreign_markup};
use crate::decision::{Date, LinkKind, StatedLink, Status};
use crate::id::RecordPath;
use crate::problem::line_column;
pub use links::relative;
pub use splice::Change;
use splice::Splice;

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
    SetStatus {
        status: Status,
        on: Option<Date>,
    },
    /// Writes any other status text.
    SetStatusText {
        text: String,
        on: Option<Date>,
    },
    SetTitle {
        title: String,
    },
    /// A front-matter field by its contract key; no values removes it. Dialects with their own place for the field (bullets,
    /// inline lines) change that place.
    SetField {
        key: String,
        values: Vec<String>,
    },
    AddLink {
        kind: LinkKind,
        to: LinkTarget,
    },
    /// A relation with a word of its own (`refines`); a word of the contract becomes a link of its kind.
    AddRelation {
        word: String,
        to: LinkTarget,
    },
    /// Takes one link of the kind out; of `RelatesTo` with whatever word it has.
    RemoveLink {
        kind: LinkKind,
        to: LinkTarget,
    },
    /// Takes exactly this link out, however it names the other record.
    TakeOut {
        link: StatedLink,
    },
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
    Ok(change(path, text, edit)?.apply(text))
}

/// What [`apply_edit`] does, as places and their new bytes; it can be taken back.
///
/// # Errors
/// As [`apply_edit`].
pub fn change(path: &RecordPath, text: &str, edit: &Edit) -> Result<Change, EditError> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => (&text[..text.len() - body.len()], body),
        None => ("", text),
    };
    let reading = writable(path, body)?;
    let splices = match edit {
        Edit::SetStatus { status, on } => status::set(path, &reading, Some(*status), status.word(), *on),
        Edit::SetStatusText { text, on } => {
            check_line("status", text)?;
            status::set(path, &reading, Status::from_word(text), text.trim(), *on)
        }
        Edit::SetTitle { title } => {
            check_line("title", title)?;
            fields::set_title(&reading, title.trim())
        }
        Edit::SetField { key, values } => fields::set(path, &reading, key, values)?,
        Edit::AddLink { kind, to } => links::add(path, &reading, &Relation::Kind(*kind), to),
        Edit::AddRelation { word, to } => links::add(path, &reading, &relation_of(word)?, to),
        Edit::RemoveLink { kind, to } => unlink::remove(path, &reading, *kind, to),
        Edit::TakeOut { link } => unlink::take_out(path, &reading, link),
    };
    Ok(Change::new(mark.len(), splices))
}

/// The kind that a relation's word names (`amends`, `superseded-by`, `extends`); `None` for a word of one's own.
pub fn link_kind(word: &str) -> Option<LinkKind> {
    match language::relation(&language::fold(word))? {
        Relation::Kind(kind) => Some(kind),
        Relation::Word(_) => None,
    }
}

pub(super) fn writable<'t>(path: &RecordPath, text: &'t str) -> Result<Reading<'t>, EditError> {
    if let Some(format) = foreign_markup(path) {
        return Err(EditError::Foreign { path: path.clone(), format });
    }
    if text.contains('\0') {
        return Err(EditError::NotUtf8 { path: path.clone() });
    }
    let reading = Reading::new(path, text);
    match reading.front.as_ref().and_then(|front| front.fault.as_ref()) {
        Some(fault) => Err(EditError::BrokenFrontMatter { path: path.clone(), line: line_column(text, fault.at).0 }),
        None => Ok(reading),
    }
}

/// What a word for a relation means: `extends` amends, `refines` is a relation of its own.
fn relation_of(word: &str) -> Result<Relation, EditError> {
    check_line("relation", word)?;
    let folded = language::fold(word);
    Ok(language::relation(&folded).unwrap_or(Relation::Word(folded)))
}

fn check_line(key: &str, value: &str) -> Result<(), EditError> {
    let expected = if value.trim().is_empty() {
        "it cannot be empty"
    } else if value.contains(['\n', '\r']) {
        "it must be one line"
    } else {
        return Ok(());
    };
    Err(EditError::BadValue { key: key.to_owned(), value: value.to_owned(), expected })
}

/// The line ending that the text uses.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if at > 0 && text.as_bytes()[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}

/// Replacements as one list.
type Splices = Vec<Splice>;
