//! One record as it is read: its page, its source, its history.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// A heading of the rendered record; `anchor` is its element id.
    #[derive(Eq)]
    pub struct Heading { pub level: u8, pub text: String, pub anchor: String }

    /// Who cites a record, with up to two lines around the mention.
    #[derive(Eq)]
    pub struct CitedBy {
        pub path: String,
        pub context: String,
        /// It links to the record; else it only writes its number in the text.
        pub linked: bool,
    }

    /// One commit that touched a record.
    #[derive(Eq)]
    pub struct HistoryItem {
        pub commit: String,
        pub subject: String,
        pub author: String,
        /// ISO 8601 date of the author.
        pub date: String,
    }

    /// One node of the supersession ribbon, oldest first.
    #[derive(Eq)]
    pub struct ChainNode {
        pub path: String,
        pub label: String,
        pub title: String,
        pub status: Option<StatusWord>,
        /// First day in force, ISO; `null` when it never was or is not known.
        pub from: Option<String>,
        /// Day it fell; `null` while it holds.
        pub to: Option<String>,
        /// `decided`, or for open proposals `would-replace` / `would-refine`.
        pub role: String,
    }

    /// A record to read: everything the reader and the About pane show.
    pub struct RecordView {
        pub generation: u32,
        pub summary: DecisionSummary,
        /// Safe HTML of the body without front matter and title.
        pub html: String,
        pub headings: Vec<Heading>,
        pub chain: Vec<ChainNode>,
        pub cited_by: Vec<CitedBy>,
        /// The first sentence of the decision as plain text; empty where the record has no such section.
        pub decided: String,
        pub words: u32,
        /// The language of the text as a tag (`de`, `pt-BR`), for whoever reads it aloud: what the record states, else what
        /// its words clearly say; `null` where neither tells.
        pub lang: Option<String>,
        /// Set when the text was shortened or not rendered (over a limit, not UTF-8); says why.
        pub notice: Option<String>,
        /// The record can be shown but not edited here (AsciiDoc, Latin-1, over the limit).
        pub read_only: bool,
    }

    /// A record's text for the editor.
    #[derive(Eq)]
    pub struct Source {
        pub path: String,
        /// Text as on disk; line ends as they are.
        pub text: String,
        /// Hash of the bytes on disk; `save_record` gives it back.
        pub hash: String,
        /// A draft kept from an earlier session that differs from `text`.
        pub draft: Option<Draft>,
    }

    /// Text that was written but not saved.
    #[derive(Eq)]
    pub struct Draft {
        pub path: String,
        pub text: String,
        /// Hash of the file that the draft was begun on; empty for a new file.
        pub base: String,
        /// Local time it was kept, ISO 8601 with minutes.
        pub kept_at: String,
    }

    /// What the editor's preview, form and problems panel show of the text in the buffer.
    pub struct Preview {
        pub summary: DecisionSummary,
        pub html: String,
        pub problems: Vec<ProblemItem>,
        /// Rendered blocks in order: `data-line` of the HTML carries the same line numbers (1-based).
        pub words: u32,
        /// As in a record view.
        pub lang: Option<String>,
    }

    /// A change of one field, as the form and `precedent set` speak: `status`, `title`, `date`, `tags`, `applies-to`,
    /// `scope`, `decision-makers`, `consulted`, `informed`, `review-by`. Lists are comma-separated or several values.
    #[derive(Eq)]
    pub struct FieldEdit { pub key: String, pub values: Vec<String> }
}
