//! Templates: the text of a new record from a [`Draft`].

use crate::decision::{Date, Status};

/// What is known of a new record before it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub status: Option<Status>,
    pub scope: Option<String>,
    pub tags: Vec<String>,
    pub applies_to: Vec<String>,
    pub decision_makers: Vec<String>,
    /// Text for the context section, carried over from a predecessor.
    pub context: Option<String>,
}

/// A template that ships with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    pub name: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub text: &'static str,
}

/// The templates that ship with the app, default first.
pub const BUILT_IN: &[BuiltIn] = &[];

/// The text of a new record. Placeholders of the template that the draft fills are replaced; the other prompts stay.
/// `digits` is the number as the log writes it (`None` in a log without numbers).
pub fn render_draft(template: &str, draft: &Draft, digits: Option<&str>, today: Date) -> String {
    let _ = (digits, today);
    template.replace("{title}", &draft.title)
}
