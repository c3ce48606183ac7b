//! Decisions, problems and logs: what lists are made of, and how they change.

use super::RuleItem;
use serde::{Deserialize, Serialize};

wire! {
    /// The status words of the contract; `other` is a word nobody maps (see `status_raw`).
    #[derive(Copy, Eq, PartialOrd, Ord, Hash)]
    #[serde(rename_all = "lowercase")]
    pub enum StatusWord { Draft, Proposed, Accepted, Rejected, Deprecated, Superseded, Other }

    /// A relation beside supersession and amendment.
    #[derive(Eq)]
    pub struct Relation {
        /// Path of the other record.
        pub path: String,
        /// `relates-to`, `depends-on` or the record's own word (`refines`, `clarifies`).
        #[serde(rename = "as")]
        pub relation: String,
    }

    /// A decision as lists show it (CONTRACT §6 and §12).
    pub struct DecisionSummary {
        pub id: String,
        #[cfg_attr(test, ts(type = "number | null"))]
        pub number: Option<u64>,
        /// The number as its file name writes it: `0012`.
        pub label: Option<String>,
        /// Folder of the log.
        pub log: String,
        pub path: String,
        /// Never empty: the file name stands in where the record has no title.
        pub title: String,
        pub status: Option<StatusWord>,
        pub status_raw: Option<String>,
        pub date: Option<String>,
        pub proposed: Option<String>,
        pub accepted: Option<String>,
        pub review_by: Option<String>,
        pub decision_makers: Vec<String>,
        pub consulted: Vec<String>,
        pub informed: Vec<String>,
        pub tags: Vec<String>,
        /// `scope:` of the record, else its package or category folder; `null` when there is neither.
        pub scope: Option<String>,
        pub applies_to: Vec<String>,
        pub supersedes: Vec<String>,
        pub superseded_by: Vec<String>,
        pub amends: Vec<String>,
        pub amended_by: Vec<String>,
        pub relates_to: Vec<Relation>,
        pub cites: Vec<String>,
        pub stated_supersedes: Vec<String>,
        pub stated_superseded_by: Vec<String>,
        pub stated_amends: Vec<String>,
        pub stated_amended_by: Vec<String>,
        pub in_force: bool,
        /// First day in force; `null` when it never was or is not known.
        pub held_from: Option<String>,
        /// Day it fell; `null` while it holds or when that is not known.
        pub held_to: Option<String>,
        pub reason_superseded: Option<String>,
        pub problems: Vec<ProblemItem>,
        pub dialect: String,
        pub rules: Vec<RuleItem>,
    }

    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "lowercase")]
    pub enum SeverityWord { Error, Warning, Note }

    /// A fault in the log (CONTRACT §12).
    #[derive(Eq)]
    pub struct ProblemItem {
        pub code: String,
        pub severity: SeverityWord,
        pub path: String,
        pub line: u32,
        pub column: u32,
        pub message: String,
        pub hint: Option<String>,
        /// The command line that does what the hint says; the window has its own ways.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub command: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub fix: Option<FixItem>,
        /// What an ambiguous reference may mean, a fix for each; only where a text is at hand.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub choices: Option<Vec<FixItem>>,
        /// Bytes of the place, where a text is at hand: of the buffer in `preview`, of the file in `read_decision` and `lint`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub span: Option<(u32, u32)>,
    }

    /// A change of text that mends a problem.
    #[derive(Eq)]
    pub struct FixItem { pub title: String, pub edits: Vec<TextEditItem> }

    /// Replaces bytes `start..end` of the file at `path`.
    #[derive(Eq)]
    pub struct TextEditItem { pub path: String, pub start: u32, pub end: u32, pub text: String }

    /// A folder of records.
    #[derive(Eq)]
    pub struct LogInfo {
        /// Folder, `docs/decisions`; empty for the repository's root.
        pub path: String,
        pub records: u32,
        /// What made it a log: `precedent.toml`, `.adr-dir`, `.log4brains.yml`, `folder`, ...
        pub found_by: String,
    }

    /// Everything the library needs, at one generation.
    pub struct Snapshot {
        pub generation: u32,
        pub logs: Vec<LogInfo>,
        pub decisions: Vec<DecisionSummary>,
        /// Problems that belong to no listed record (unreadable files, a bad `precedent.toml`).
        pub problems: Vec<ProblemItem>,
    }

    /// What changed between two generations; the UI patches its summaries by path.
    pub struct LogChange {
        pub generation: u32,
        /// Added or changed, whole.
        pub changed: Vec<DecisionSummary>,
        /// Paths that are gone.
        pub removed: Vec<String>,
        pub logs: Vec<LogInfo>,
        pub problems: Vec<ProblemItem>,
    }
}
