//! Every type that crosses a process border: IPC of the app, `--json` of the command line, later MCP (invariant I8).
//!
//! Domain types never derive `Serialize`; they are turned into these. Names are snake_case, absence is `null`, dates are
//! ISO 8601, paths are repository-relative with `/`. The TypeScript in `ui/src/lib/ipc/bindings.ts` is generated from
//! this file by its test (`UPDATE_BINDINGS=1 cargo test -p precedent-core bindings`) and compared there.

use serde::{Deserialize, Serialize};

macro_rules! wire {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(ts_rs::TS))]
            $(#[$meta])*
            pub $kind $name $body
        )*

        /// The TypeScript declarations of all types above, in order.
        #[cfg(test)]
        fn declarations() -> Vec<String> {
            let config = ts_rs::Config::default();
            vec![$(<$name as ts_rs::TS>::decl(&config),)*]
        }
    };
}

wire! {
    // ---- decisions ---------------------------------------------------------------------------------------------

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
        pub rules: Vec<String>,
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

    // ---- reading -----------------------------------------------------------------------------------------------

    /// A heading of the rendered record; `anchor` is its element id.
    #[derive(Eq)]
    pub struct Heading { pub level: u8, pub text: String, pub anchor: String }

    /// Who cites a record, with up to two lines around the mention.
    #[derive(Eq)]
    pub struct CitedBy { pub path: String, pub context: String }

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
        pub words: u32,
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
    }

    /// A change of one field, as the form and `precedent set` speak: `status`, `title`, `date`, `tags`, `applies-to`,
    /// `scope`, `decision-makers`, `consulted`, `informed`, `review-by`. Lists are comma-separated or several values.
    #[derive(Eq)]
    pub struct FieldEdit { pub key: String, pub values: Vec<String> }

    // ---- writing -----------------------------------------------------------------------------------------------

    /// A template that a new record can start from.
    #[derive(Eq)]
    pub struct TemplateInfo {
        /// `madr`, `madr-minimal`, `nygard`, `y-statement`, or the path of the repository's own.
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
        pub supersedes: Option<String>,
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

    // ---- search ------------------------------------------------------------------------------------------------

    /// A search. `query` may carry fields (`status:accepted tag:x`); the lists narrow further.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct SearchRequest {
        pub query: String,
        pub limit: u32,
        pub status: Vec<StatusWord>,
        pub tags: Vec<String>,
        pub scopes: Vec<String>,
        /// Years of the decision.
        pub years: Vec<i16>,
    }

    /// Text with its highlighted parts (half-open ranges of UTF-16 code units, as JavaScript counts).
    #[derive(Eq)]
    pub struct Marked { pub text: String, pub marks: Vec<(u32, u32)> }

    /// A place that matched.
    #[derive(Eq)]
    pub struct Snippet {
        /// Heading of the section that matched, empty for the head of the record.
        pub section: String,
        pub text: Marked,
    }

    /// A record that matched.
    pub struct Hit {
        pub path: String,
        pub title: String,
        pub score: f32,
        /// The best snippet as plain text with `**` around matches (command line).
        pub snippet: String,
        pub title_marks: Vec<(u32, u32)>,
        pub snippets: Vec<Snippet>,
        /// What to read instead of a superseded record.
        pub successor: Option<Successor>,
    }

    /// The last of a line of records that supersede one another.
    #[derive(Eq)]
    pub struct Successor {
        pub path: String,
        /// The number as its file name writes it: `0121`.
        pub label: Option<String>,
        pub title: String,
    }

    /// How many matching records carry a value.
    #[derive(Eq)]
    pub struct FacetCount { pub value: String, pub count: u32 }

    /// A search's answer; `hits` best first.
    pub struct SearchReply {
        pub query: String,
        pub took_us: u32,
        pub total: u32,
        pub hits: Vec<Hit>,
        /// Counts over all matches before the lists of the request narrow them.
        pub status_facets: Vec<FacetCount>,
        pub tag_facets: Vec<FacetCount>,
        pub scope_facets: Vec<FacetCount>,
        /// Years of the decision, oldest first.
        pub year_facets: Vec<FacetCount>,
        /// A part of the query that was not understood; results are given all the same.
        pub complaint: Option<String>,
        /// Where that part stands in the query (UTF-16 code units).
        pub complaint_at: Option<(u32, u32)>,
        /// Set when nothing matched as written and close words were used: `fencing`.
        pub corrected: Option<String>,
    }

    /// What one commit took out of one record.
    #[derive(Eq)]
    pub struct PastHit {
        pub commit: String,
        pub subject: String,
        pub author: String,
        /// The author's day.
        pub date: String,
        /// Path of the record at the time.
        pub path: String,
        /// Title of the record at the time.
        pub title: String,
        /// The record itself was deleted.
        pub deleted: bool,
        /// The best place of the lines that left.
        pub text: Marked,
        /// The same as plain text with `**` around matches (command line).
        pub snippet: String,
    }

    /// An answer about what is not in the records any more; `hits` best first.
    #[derive(Eq)]
    pub struct PastReply {
        pub query: String,
        pub took_us: u32,
        pub total: u32,
        pub hits: Vec<PastHit>,
        /// The log is still being read; a later answer may hold more.
        pub building: bool,
        pub complaint: Option<String>,
        /// Where the part stands that was not understood (UTF-16 code units).
        pub complaint_at: Option<(u32, u32)>,
    }

    // ---- git ---------------------------------------------------------------------------------------------------

    /// A line of a diff. `kind`: `same`, `add`, `del`.
    pub struct DiffLine {
        pub kind: String,
        pub old_line: Option<u32>,
        pub new_line: Option<u32>,
        /// Runs of the line; `changed` runs are the words that differ.
        pub runs: Vec<DiffRun>,
    }

    #[derive(Eq)]
    pub struct DiffRun { pub text: String, pub changed: bool }

    /// Lines that belong together.
    pub struct Hunk {
        pub old_start: u32,
        pub new_start: u32,
        /// Name of the record's section it stands in; `fields` for front matter, empty elsewhere.
        pub section: String,
        pub lines: Vec<DiffLine>,
    }

    /// A field that changed between two versions of a record; empty text means "not set".
    #[derive(Eq)]
    pub struct FieldChange { pub field: String, pub old: String, pub new: String }

    /// A changed file.
    #[derive(Eq)]
    pub struct ChangedFile {
        pub path: String,
        /// Where it was before a rename.
        pub old_path: Option<String>,
        /// `added`, `modified`, `deleted`, `renamed`, `conflicted`, `typechange`.
        pub change: String,
        pub staged: bool,
        /// True when the same path also has changes on the other side.
        pub partly: bool,
        pub is_record: bool,
        pub label: Option<String>,
        pub title: Option<String>,
        pub status: Option<StatusWord>,
        /// What changed as a sentence; the first part is bold: `Proposed → Accepted.`
        pub lead: String,
        pub sentence: String,
        pub lines_added: u32,
        pub lines_removed: u32,
    }

    /// State of the repository's git side.
    pub struct GitStatus {
        /// `null`: detached or unborn.
        pub branch: Option<String>,
        /// Short commit id; `null` before the first commit.
        pub head: Option<String>,
        pub detached: bool,
        /// `merge`, `rebase`, `cherry-pick`, `revert`, `bisect` when one is under way.
        pub operation: Option<String>,
        pub upstream: Option<String>,
        pub ahead: u32,
        pub behind: u32,
        pub files: Vec<ChangedFile>,
        pub last_commit: Option<HistoryItem>,
        /// Name and address git would commit with; `null` when unset.
        pub author: Option<String>,
        pub trust: Trust,
    }

    /// Whether the user's `git` may be started here (CONTRACT §12).
    #[derive(Eq)]
    pub struct Trust {
        pub trusted: bool,
        /// What would start a program: `hook pre-commit`, `commit.gpgsign`, ...
        pub reasons: Vec<String>,
    }

    /// Diff of one changed file, as the Changes view shows it.
    pub struct FileDiff {
        pub path: String,
        pub staged: bool,
        pub fields: Vec<FieldChange>,
        pub hunks: Vec<Hunk>,
        /// Safe HTML of the new text with `<ins>` and `<del>` around changed words (`class="block"`: a whole block of
        /// more than 12 words); `details.unchanged` folds what stayed, `span.moved` names where a block stood before.
        /// Empty for other files.
        pub rendered: String,
        /// Set instead of a diff: `binary`, `too large`.
        pub notice: Option<String>,
    }

    /// A commit to make.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct CommitRequest {
        pub message: String,
        /// Paths to stage first (the "Stage 2 records and commit" button); usually empty.
        pub stage: Vec<String>,
        /// The user agreed to let this repository's hooks and settings run.
        pub trust: bool,
        /// Skip hooks, asked for explicitly.
        pub no_verify: bool,
    }

    /// A commit that was made.
    #[derive(Eq)]
    pub struct CommitReply {
        pub commit: String,
        pub subject: String,
        pub branch: Option<String>,
        /// What hooks printed.
        pub output: String,
    }

    // ---- app ---------------------------------------------------------------------------------------------------

    /// A repository opened before.
    #[derive(Eq)]
    pub struct RecentItem {
        pub path: String,
        pub name: String,
        pub records: u32,
        /// ISO 8601 date and time.
        pub opened: String,
        /// The folder is there.
        pub present: bool,
    }

    /// Where the app keeps things (Help shows them). Absolute paths of this machine.
    #[derive(Eq)]
    pub struct AppInfo {
        pub version: String,
        pub platform: String,
        pub logs: String,
        pub crash_reports: String,
        pub cache: String,
        pub settings: String,
        pub recent: Vec<RecentItem>,
        /// A path given on the command line that should be opened now.
        pub open: Option<String>,
        /// The previous run ended without closing; drafts were kept.
        pub crashed: bool,
        /// Why settings or logs are not kept, and what to do: one of the folders cannot be written.
        pub trouble: Option<String>,
    }

    /// An opened repository.
    #[derive(Eq)]
    pub struct WorkspaceInfo {
        /// Absolute path of the worktree (or of the plain folder).
        pub root: String,
        pub name: String,
        pub git: bool,
        pub logs: Vec<LogInfo>,
        /// Base of image addresses: `repo://localhost/`.
        pub image_base: String,
        pub today: String,
    }

    /// How `open_workspace` treats a folder that is no git repository.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum OpenMode {
        /// Refuse with `not-a-repository`.
        Git,
        /// Read without git.
        Plain,
        /// `git init` first.
        InitGit,
    }

    /// State of the watcher and index for the status bar.
    #[derive(Eq)]
    pub struct WatchState {
        /// `watching`, `partly`, `polling`, `stopped`.
        pub watcher: String,
        pub detail: Option<String>,
        /// Where `partly`: how many folders the system watches, of how many. The others are looked at when a person comes
        /// back to the window.
        pub watched: u32,
        pub folders: u32,
        pub indexed: u32,
        /// Records still to index; 0 when done.
        pub pending: u32,
    }

    /// How far the opening of a repository is.
    #[derive(Copy, Eq)]
    pub struct Opening {
        /// Files that were read, of `all`; 0 while the folders are walked.
        pub done: u32,
        pub all: u32,
    }

    /// What kind of error, for code to branch on; never on the message.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum ErrorCode {
        /// A path is not in a git worktree. `details` is the number of records found in it.
        NotARepository,
        /// No folder of records found.
        NoLog,
        /// A log exists already where one should be made.
        LogExists,
        NotFound,
        /// A reference fits several records; `details` has one path a line.
        Ambiguous,
        /// The file changed underneath; nothing was written.
        Conflict,
        /// A file or folder cannot be read or written.
        Io,
        ReadOnly,
        /// A request that makes no sense: empty title, unknown key.
        Usage,
        /// The record's shape has no place for the edit.
        CannotEdit,
        /// git refused; `details` holds its words.
        Git,
        /// A hook stopped the commit; `details` holds its output.
        HookFailed,
        /// The repository is not trusted to start programs.
        NeedsTrust,
        NothingStaged,
        IdentityMissing,
        GitMissing,
        Index,
        NoWorkspace,
        /// A person stopped it.
        Cancelled,
        Internal,
    }

    /// An error a person can act on: what happened, where, and what to do.
    #[derive(Eq)]
    pub struct ErrorReply {
        pub code: ErrorCode,
        pub message: String,
        pub hint: Option<String>,
        pub path: Option<String>,
        pub line: Option<u32>,
        pub details: Option<String>,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test compares with the generated file")]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_up_to_date() {
        let mut text = String::from(
            "// Generated from crates/core/src/wire.rs by its test; do not edit.\n// Renew: UPDATE_BINDINGS=1 cargo test -p precedent-core bindings\n",
        );
        for declaration in declarations() {
            text.push_str("\nexport ");
            text.push_str(&declaration);
            text.push('\n');
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/ipc/bindings.ts");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(path, &text).expect("bindings.ts can be written");
        }
        let on_disk = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            on_disk == text,
            "ui/src/lib/ipc/bindings.ts is stale; run UPDATE_BINDINGS=1 cargo test -p precedent-core bindings"
        );
    }
}
