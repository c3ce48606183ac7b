//! Branches, remotes, and what goes between them and here.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// Where one stands, which branches and remotes there are, and what is under way. Read by libgit2 alone.
    pub struct GitPlace {
        /// `null`: detached.
        pub branch: Option<String>,
        /// Short commit; `null` before the first one.
        pub head: Option<String>,
        pub default_branch: Option<String>,
        /// History before a certain commit was never fetched.
        pub shallow: bool,
        pub operation: Option<GitOperation>,
        pub branches: Vec<BranchItem>,
        pub remotes: Vec<RemoteItem>,
        /// Where Push and Publish go: what the branch follows, else `origin`, else the only one.
        pub remote: Option<String>,
        /// `origin/main`; `null`: the branch was never published.
        pub upstream: Option<String>,
        /// The followed branch was deleted on the remote.
        pub upstream_gone: bool,
        /// Commits that the remote's branch does not have; without an upstream, those that no branch of a remote has.
        pub ahead: u32,
        pub behind: u32,
        /// When a fetch or pull was last done, ISO 8601 with UTC; `null`: never.
        pub last_fetched: Option<String>,
        /// How the user's settings say a pull goes; `null`: they say nothing.
        pub pull_rebases: Option<bool>,
        pub stashes: Vec<StashItem>,
        pub worktrees: Vec<WorktreeItem>,
    }

    /// Something that git is in the middle of.
    #[derive(Eq)]
    pub struct GitOperation {
        /// `merge`, `rebase`, `cherry-pick`, `revert`, `bisect`.
        pub kind: String,
        /// Commits applied so far, of `all`; 0 of 0 where that is not counted.
        pub done: u32,
        pub all: u32,
        /// The branch or commit whose changes come in, as people know it.
        pub theirs: Option<String>,
        /// The branch that is worked on.
        pub ours: Option<String>,
        /// Files whose conflict is not settled.
        pub conflicts: Vec<String>,
    }

    #[derive(Eq)]
    pub struct BranchItem {
        /// `adr/0126`, or `origin/adr/0126` of a remote.
        pub name: String,
        /// The remote it lies on; `null`: here.
        pub remote: Option<String>,
        pub current: bool,
        /// The branch that others start from.
        pub default: bool,
        pub upstream: Option<String>,
        pub upstream_gone: bool,
        /// Against its upstream.
        pub ahead: u32,
        pub behind: u32,
        pub commit: HistoryItem,
        /// Seconds since 1970 of its last commit.
        pub when: i64,
        /// The folder of another worktree that has it checked out.
        pub elsewhere: Option<String>,
    }

    #[derive(Eq)]
    pub struct RemoteItem {
        pub name: String,
        /// Without a password in it.
        pub address: String,
        /// `GitHub`, where that is known.
        pub forge: Option<String>,
    }

    #[derive(Eq)]
    pub struct StashItem {
        pub commit: String,
        pub message: String,
        /// ISO 8601 day.
        pub date: String,
        pub records: Vec<String>,
        pub files: u32,
    }

    /// A stash that was brought back, but for what met changes of here. It is kept then.
    #[derive(Eq, Default)]
    pub struct StashReply {
        /// Files in conflict now.
        pub conflicts: Vec<String>,
        /// New files of the stash whose names are taken here: those were left as they are.
        pub in_the_way: Vec<String>,
    }

    #[derive(Eq)]
    pub struct WorktreeItem {
        pub path: String,
        pub branch: Option<String>,
        /// The one that is open here.
        pub here: bool,
        /// Its folder is there.
        pub present: bool,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum SyncKind {
        Fetch,
        /// The whole history of a shallow clone.
        Unshallow,
        PullRebase,
        PullMerge,
        /// Publishes the branch where it has no upstream.
        Push,
        /// Over what the remote has, if that is still what `expected` says.
        PushOver,
    }

    #[derive(Eq)]
    pub struct SyncRequest {
        pub kind: SyncKind,
        /// The user agreed to let this repository's hooks and settings run.
        pub trust: bool,
        /// For `push-over`: the commit that the remote's branch stood at when the person was asked.
        pub expected: Option<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum SyncOutcome {
        Done,
        /// The remote's branch has commits that are not here.
        Rejected,
        /// Nobody may push to that branch.
        Protected,
        SignIn,
        Offline,
        /// It stopped in the middle, for a person to settle conflicts.
        Conflicts,
        Cancelled,
        /// Anything else; `said` tells.
        Refused,
    }

    /// How a fetch, pull or push ended.
    pub struct SyncReply {
        pub outcome: SyncOutcome,
        /// git's own words.
        pub said: String,
        /// What was run, to be repeated in a terminal.
        pub command: String,
        pub remote: String,
        pub branch: Option<String>,
        /// Commits that went or came.
        pub commits: u32,
        /// After `rejected`: what the remote's branch has and this one does not, newest first.
        pub theirs: Vec<TheirCommit>,
        /// After `rejected`: how many there are, and where that branch stands.
        pub theirs_count: u32,
        pub theirs_tip: Option<String>,
        /// After a push of a branch that others do not start from: the page that opens a pull request.
        pub pull_request: Option<String>,
        /// What was not committed could not be put back on top; it is in the newest stash.
        pub stashed: bool,
    }

    #[derive(Eq)]
    pub struct TheirCommit {
        pub commit: HistoryItem,
        /// Paths of records it touches that are also changed here.
        pub overlaps: Vec<String>,
    }

    /// How far git is.
    #[derive(Eq)]
    pub struct GitProgress {
        /// git's first word: `Counting`, `Receiving`, `Resolving`, `Writing`, `Rebasing`.
        pub step: String,
        pub percent: Option<u32>,
    }

    /// A new branch.
    #[derive(Eq)]
    pub struct BranchRequest {
        pub name: String,
        /// Where it begins; `null`: here, and everything that is not committed comes along.
        pub from: Option<String>,
        /// The branch that is left goes back to what it follows: its commits move to the new one.
        pub moves: bool,
        pub trust: bool,
    }

    /// What switching to a branch would do.
    #[derive(Eq)]
    pub struct SwitchPreview {
        pub branch: String,
        /// Files with changes that are not committed; they come along when nothing is in the way.
        pub carried: Vec<String>,
        /// Those of them that differ there: they cannot come along as they are.
        pub in_the_way: Vec<String>,
        /// Records that come, go, or read differently there.
        pub records: u32,
    }

    #[derive(Eq)]
    pub struct SwitchRequest {
        pub branch: String,
        /// Put what is not committed into a stash first.
        pub stash: bool,
        pub trust: bool,
    }

    /// A branch that was deleted, as it can be had again.
    #[derive(Eq)]
    pub struct DeletedBranch {
        pub name: String,
        pub commit: String,
        pub upstream: Option<String>,
        /// Commits that no other branch has.
        pub only_here: u32,
    }

    /// A branch beside the one that others start from.
    pub struct BranchComparison {
        pub branch: String,
        pub base: String,
        pub ahead: u32,
        pub behind: u32,
        /// Its own commits, newest first.
        pub commits: Vec<LogItem>,
        /// What it changes since both parted.
        pub files: Vec<ChangedFile>,
    }

    /// A commit and the records it touched.
    #[derive(Eq)]
    pub struct LogItem {
        pub commit: HistoryItem,
        pub body: String,
        /// Several parents.
        pub merge: bool,
        pub records: Vec<LogRecord>,
        /// Other files it touched.
        pub others: u32,
        /// Branches and tags that stand here.
        pub names: Vec<String>,
    }

    #[derive(Eq)]
    pub struct LogRecord {
        /// Path at that commit.
        pub path: String,
        pub label: Option<String>,
        /// `added`, `modified`, `deleted`, `renamed`.
        pub change: String,
    }

    /// One page of the repository's log.
    pub struct LogPage {
        pub items: Vec<LogItem>,
        /// Where the next page begins; `null` at the end.
        pub next: Option<String>,
    }

    /// Lines of a record that one commit wrote.
    #[derive(Eq)]
    pub struct BlameSpan {
        /// First line, counted from 1.
        pub line: u32,
        pub text: Vec<String>,
        /// `null`: not committed yet.
        pub commit: Option<HistoryItem>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum OperationStep {
        Continue,
        Skip,
        Abort,
    }

    #[derive(Eq)]
    pub struct CloneRequest {
        pub address: String,
        /// Absolute; must not exist, or be empty.
        pub folder: String,
    }

    /// How a clone ended; the folder is there after `done` only.
    #[derive(Eq)]
    pub struct CloneReply {
        pub outcome: SyncOutcome,
        pub said: String,
        pub command: String,
        pub folder: String,
    }
}
