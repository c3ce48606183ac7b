//! What is asked to be written, and what a plan would write.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// A template that a new record can start from.
    #[derive(Eq)]
    pub struct TemplateInfo {
        /// `madr`, `madr-minimal`, `nygard`, `y-statement`, `blank`, or the path of the repository's own.
        pub name: String,
        pub title: String,
        pub description: String,
        /// Text with prompts, for the picture in the dialog.
        pub html: String,
        /// Records of this log in that shape.
        pub uses: u32,
    }

    /// A new record.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct NewRequest {
        pub title: String,
        pub template: Option<String>,
        /// Folder of the log; `null`: the only or largest one.
        pub log: Option<String>,
        pub status: Option<String>,
        pub scope: Option<String>,
        pub tags: Vec<String>,
        /// Globs of what it is to bind.
        pub applies_to: Vec<String>,
        pub supersedes: Option<String>,
        /// A number of one's own; `null`: the next free one.
        #[cfg_attr(test, ts(type = "number | null"))]
        pub number: Option<u64>,
        /// On a new branch, named after the file.
        pub on_branch: bool,
    }

    /// A supersession: either `by` an existing record or a new one with `title`.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct SupersedeRequest {
        /// Path of the record that falls.
        pub old: String,
        pub by: Option<String>,
        pub title: Option<String>,
        /// Why it falls.
        pub why: Option<String>,
        /// `draft`, `proposed` (default: deferred, the old record keeps its status) or `accepted`.
        pub status: Option<String>,
        pub template: Option<String>,
        pub carry_paths: bool,
        pub carry_scope: bool,
        pub carry_context: bool,
    }

    /// What may stand at a place of front matter, by the contract's schema. Offsets are bytes of the text.
    #[derive(Eq, Default)]
    pub struct FieldHelp {
        /// What a completion replaces.
        pub start: u32,
        pub end: u32,
        pub completions: Vec<CompletionItem>,
        /// What the key at the place means, as Markdown.
        pub hover: Option<String>,
        /// The format of its value (`references`, `people`, `date`): who knows records or people can offer more.
        pub format: Option<String>,
    }

    /// One word offered.
    #[derive(Eq)]
    pub struct CompletionItem {
        pub label: String,
        pub insert: String,
        pub detail: String,
    }

    /// A link between two records: to be stated, or taken out.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct LinkRequest {
        /// Path of the record that states it.
        pub from: String,
        /// `supersedes`, `amends`, `relates-to`, `depends-on`, their inverses, or a word of your own. Taking out: none means all.
        pub relation: Option<String>,
        /// Path of the record it names.
        pub to: String,
    }

    /// A change of several records at once.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct BulkRequest {
        pub paths: Vec<String>,
        pub status: Option<StatusWord>,
        pub add_tags: Vec<String>,
        pub remove_tags: Vec<String>,
        /// Records that cannot take the step are left out and named in the notes; without it they stop the whole.
        pub leave_out: bool,
    }

    /// A record's new place: `folder`, `name` and `title` may be given together; what is missing stays.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct MoveRequest {
        pub path: String,
        /// Folder or log it moves to, from the repository's root.
        pub folder: Option<String>,
        /// File name (of a record with a folder of its own: that folder's name). Without an extension the record's own is kept.
        pub name: Option<String>,
        /// New title; without `name` the file is named after it, as its log names files.
        pub title: Option<String>,
        /// Name the file after `title`, but leave the title in the record.
        pub keep_title: bool,
        /// Leave what other records say as it is.
        pub keep_citations: bool,
        /// Follow mentions in comments of other files of the repository, too.
        pub code: bool,
    }

    /// A new number: of one record, or of every record but the first of those that share one.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct RenumberRequest {
        /// `null`: every number that is used twice.
        pub path: Option<String>,
        /// `null`: the next free one.
        #[cfg_attr(test, ts(type = "number | null"))]
        pub number: Option<u64>,
        pub keep_citations: bool,
        pub code: bool,
    }

    /// A plan that was applied and can be taken back.
    #[derive(Eq)]
    pub struct UndoItem {
        pub id: String,
        /// `Supersede 0009`.
        pub title: String,
        /// Day it was applied, ISO 8601.
        pub on: String,
        pub paths: Vec<String>,
        /// It was taken back: it can be done again.
        pub undone: bool,
        /// The first file that has changed since; `null` when the step can be taken.
        pub conflict: Option<String>,
    }

    /// The decisions as they stood at a commit.
    pub struct PastSnapshot {
        pub commit: HistoryItem,
        pub logs: Vec<LogInfo>,
        pub decisions: Vec<DecisionSummary>,
        pub problems: Vec<ProblemItem>,
    }

    /// A decision in the graph.
    #[derive(Eq)]
    pub struct GraphNode {
        pub path: String,
        pub label: Option<String>,
        pub title: String,
        pub status: Option<StatusWord>,
        pub in_force: bool,
    }

    /// A relation in the graph, named from `from`.
    #[derive(Eq)]
    pub struct GraphEdge {
        pub from: String,
        pub to: String,
        /// `supersedes`, `amends`, `depends-on`, `relates-to` or the record's own word.
        pub kind: String,
    }

    /// Decisions and their relations (`precedent graph --format json`).
    #[derive(Eq)]
    pub struct GraphReply { pub nodes: Vec<GraphNode>, pub edges: Vec<GraphEdge> }

    /// One file of a plan, before and after.
    pub struct PlannedFile {
        pub path: String,
        /// `create`, `change`, `delete`.
        pub action: String,
        pub diff: Vec<Hunk>,
        pub lines_added: u32,
        pub lines_removed: u32,
        /// Set instead of a diff: `binary`.
        pub notice: Option<String>,
    }

    /// What an action would write. `digest` names exactly this plan: applying refuses when a fresh plan differs.
    pub struct PlanPreview {
        pub title: String,
        pub digest: String,
        pub files: Vec<PlannedFile>,
        /// The record that the action is about (the new one), to open afterwards.
        pub record: Option<String>,
        /// Number of a new record as its file will write it.
        pub label: Option<String>,
        /// The branch that is started for it, when one was asked for.
        pub branch: Option<String>,
        /// Supersession chain as it would be afterwards.
        pub chain: Vec<ChainNode>,
        pub problems: Vec<ProblemItem>,
        /// Sentences a person should know before agreeing ("4 records cite 0121.").
        pub notes: Vec<String>,
    }

    /// A writing action's answer. The command line prints `changed` and `problems` only.
    pub struct WriteReply {
        pub changed: Vec<String>,
        pub problems: Vec<ProblemItem>,
        pub generation: u32,
        /// Hash of the saved record, for the next save.
        pub hash: Option<String>,
        /// The record to open.
        pub record: Option<String>,
    }
}
