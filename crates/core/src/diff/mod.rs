//! Differences of two texts for people: line hunks with changed words, fields of a record that changed, one sentence
//! that says what happened, and the new text with inserted and deleted words marked.
//!
//! Values in, values out: who reads the two versions (HEAD, index, worktree) is the workspace's matter. Nothing here
//! looks at a clock, so a diff of two texts is always the same diff.

mod fields;
mod hunks;
mod merge;
mod pick;
mod prose;
mod sentence;
mod words;

pub use fields::{field_changes, reference_label};
pub use hunks::{hunks, hunks_with, line_counts, record_hunks};
pub use merge::merged;
pub use pick::{Picked, picked, unpicked};
pub use prose::rendered;
pub use sentence::{change_sentence, changed_sections, only_spacing};
