//! Changes, diffs, commits.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// A line of a diff. `kind`: `same`, `add`, `del`.
    pub struct DiffLine {
        pub kind: String,
        pub old_line: Option<u32>,
        pub new_line: Option<u32>,
        /// The text ends here without a line end.
        pub open: bool,
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
        /// The branch that others start from; `null` where that cannot be told.
        pub default_branch: Option<String>,
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

    /// How changes of spaces and tabs show in a diff.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    pub enum Spaces {
        #[default]
        Shown,
        /// More or fewer spaces are no change (`git diff -b`).
        Amount,
        /// Spaces are no change at all (`git diff -w`).
        Hidden,
    }

    /// Lines of a diff by number: removed ones of the old text, added ones of the new.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct DiffPart { pub removed: Vec<u32>, pub added: Vec<u32> }

    /// Some lines of a changed file to stage, take out of the next commit or discard.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct PartRequest {
        pub path: String,
        /// The side that was on show: a staged one is unstaged.
        pub staged: bool,
        /// `base` of the diff that was on show.
        pub base: String,
        pub spaces: Spaces,
        pub lines: DiffPart,
    }

    /// A changed file whose changes are thrown away.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct DiscardRequest {
        pub path: String,
        /// `base` of the diff that was on show.
        pub base: String,
        pub spaces: Spaces,
        /// `null`: all of it.
        pub lines: Option<DiffPart>,
    }

    /// What was thrown away and is kept (30 days).
    #[derive(Eq)]
    pub struct TrashItem {
        pub id: String,
        pub path: String,
        /// Number of the record, or name of the file.
        pub name: String,
        /// `added` (the file was new and is gone), `modified`, `deleted` (the file was brought back), `renamed` (its old
        /// name was).
        pub change: String,
        /// Day it was thrown away.
        pub on: String,
        pub lines_added: u32,
        pub lines_removed: u32,
        /// The file has changed since: restoring keeps what is there now in the same list.
        pub changed_since: bool,
    }

    /// By what a file is ignored from now on.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum IgnoreWhat { File, Ending, Folder }

    /// A file before and after as `data:` addresses, where it is a picture.
    #[derive(Eq)]
    pub struct Pictures { pub old: Option<String>, pub new: Option<String> }

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
        /// Language of a record's text, as in a record view.
        pub lang: Option<String>,
        /// Set instead of a diff: `binary`, `too large`.
        pub notice: Option<String>,
        pub pictures: Option<Pictures>,
        /// Names the two texts: a part of this diff is staged or discarded only while they are the same.
        pub base: String,
        /// Hunks and lines can be staged on their own.
        pub parts: bool,
    }

    /// How suggested messages are written.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum CommitStyle {
        /// As the newest commits are.
        Auto,
        /// `docs(adr): accept ADR-0126`
        Conventional,
        Plain,
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
        /// The last commit, to be replaced. Refused when another one is the last by now.
        pub amend: Option<String>,
        /// The user agreed to replace a commit that a remote has.
        pub amend_pushed: bool,
    }

    /// What the message field starts with.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct MessageStart {
        /// A message that was being written, kept on disk.
        pub kept: Option<String>,
        /// Text of `commit.template` without its comments; `null` when none is set or it has comments only.
        pub template: Option<String>,
        /// The template's comments, as help.
        pub help: Option<String>,
        /// What became of a commit that was cut off.
        pub interrupted: Option<String>,
    }

    /// The last commit, to be amended or undone.
    #[derive(Eq)]
    pub struct LastCommit {
        pub commit: String,
        pub message: String,
        /// A remote branch has it.
        pub pushed: bool,
        /// Why it cannot be undone; `null` when it can.
        pub stays: Option<String>,
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

    /// Something that the Changes view or a dialog of branches does.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum GitAct {
        Status, Diff, Stage, Unstage, Parts, Discard, TakeMine, TakeTheirs, Commit, Amend, UndoCommit,
        Fetch, PullRebase, PullMerge, Push, Publish, AddRemote,
        CreateBranch, SwitchBranch, RenameBranch, DeleteBranch,
        SaveStash, ApplyStash, DropStash,
        Continue, Skip, Abort,
    }

    /// The same as a command for a terminal in this repository. `NAME`, `BRANCH` and `ADDRESS` are to be filled in.
    #[derive(Eq)]
    pub struct GitCommand { pub act: GitAct, pub command: String }

    /// What is on show, so that the commands fit it.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct CommandsRequest {
        /// The chosen file, on the side that is shown.
        pub path: Option<String>,
        pub staged: bool,
        pub message: String,
        pub amend: bool,
    }
}
