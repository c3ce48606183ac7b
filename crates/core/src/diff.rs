//! Differences of two texts for people: hunks with changed words, and fields of a record that changed.

use crate::wire::{FieldChange, Hunk};
use crate::record::Parsed;

/// Line hunks with `context` lines around each change; changed words are marked inside replaced lines.
pub fn hunks(old: &str, new: &str, context: usize) -> Vec<Hunk> {
    let _ = (old, new, context);
    Vec::new()
}

/// Fields that differ between two versions of a record, in the order of DESIGN §10.21.
pub fn field_changes(old: Option<&Parsed>, new: Option<&Parsed>) -> Vec<FieldChange> {
    let _ = (old, new);
    Vec::new()
}

/// What changed in a record, as DESIGN §13.5 says it: a bold lead and a sentence.
pub fn change_sentence(old: Option<(&Parsed, &str)>, new: Option<(&Parsed, &str)>) -> (String, String) {
    let _ = (old, new);
    (String::new(), String::new())
}

/// Safe HTML of the new text with `<ins>`/`<del>` around changed words.
pub fn rendered(old: &str, new: &str) -> String {
    let _ = (old, new);
    String::new()
}
