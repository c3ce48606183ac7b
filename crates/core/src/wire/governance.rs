//! Governance as the window shows it: the running check of the worktree, its rules and waivers, and what binds a path.

use super::{GoverningRule, HistoryItem, RuleTests, SeverityWord, StatusWord, Verdict};
use serde::{Deserialize, Serialize};

wire! {
    /// Where the check that follows the worktree stands.
    #[derive(Eq, Default)]
    pub struct CheckState {
        /// Counts the verdicts of this session; 0: there is none yet.
        pub generation: u32,
        /// All files are being looked at: so many, and so many are done.
        pub running: bool,
        pub done: u32,
        pub all: u32,
        /// Findings that are neither waived nor in the baseline.
        pub open: u32,
        pub waived: u32,
        pub baselined: u32,
        /// Things that could not be decided, and errors in records themselves.
        pub undecided: u32,
        pub faults: u32,
        pub rules: u32,
        pub files: u32,
        pub waivers: u32,
        /// Why there is no verdict of the files as they are.
        pub failure: Option<String>,
    }

    /// How a rule fares.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum RuleResult {
        /// Everything that it governs keeps it.
        Holds,
        /// Findings are open.
        Broken,
        /// It could not judge something, or an example of it does not hold.
        Undecided,
        /// It governs no file.
        Vacuous,
        /// Its decision is not made: it shows what it would find.
        Proposed,
    }

    /// A rule with how it fares in the worktree.
    #[derive(Eq)]
    pub struct RuleRow {
        /// `<record id>/<rule id>`.
        pub key: String,
        pub kind: String,
        pub severity: SeverityWord,
        pub message: String,
        pub remedy: Option<String>,
        /// Path globs, as written; empty: what the record applies to.
        pub paths: Vec<String>,
        /// What the record applies to; empty: everything.
        pub applies_to: Vec<String>,
        /// The record, and the file that holds the rule with its line there.
        pub record: String,
        pub file: String,
        pub line: u32,
        /// `in-force`, `rejected` or `proposed`.
        pub standing: String,
        pub result: RuleResult,
        /// Why it is undecided.
        pub why: Vec<String>,
        /// Findings; of a proposed rule, what it would find.
        pub open: u32,
        pub waived: u32,
        pub baselined: u32,
        /// Examples that it must let pass, and that it must find.
        pub valid: u32,
        pub invalid: u32,
    }

    /// How a waiver fares.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum WaiverResult {
        Active,
        /// It ends within a week.
        Expiring,
        /// Its last day is over.
        Expired,
        /// It covers nothing, or names a rule that does not exist.
        Unused,
        /// It begins later, or ends too far ahead.
        Waiting,
    }

    /// A waiver with how it fares.
    #[derive(Eq)]
    pub struct WaiverRow {
        pub path: String,
        /// Keys of rules.
        pub waives: Vec<String>,
        pub paths: Vec<String>,
        #[cfg_attr(test, ts(type = "number | null"))]
        pub at_most: Option<u64>,
        pub reason: String,
        pub owner: String,
        pub granted: Option<String>,
        /// Last day.
        pub expires: String,
        /// Days until then; negative when it is over.
        pub days_left: i32,
        /// Days from its first to its last, where the first is known.
        pub days: Option<i32>,
        pub result: WaiverResult,
        /// Findings that it covers, or did until its last day.
        pub covers: u32,
        /// What is wrong with it.
        pub faults: Vec<String>,
    }

    /// What a decision with rules says, in a sentence.
    #[derive(Eq)]
    pub struct DecisionClause {
        /// Path of the record.
        pub record: String,
        /// The first sentence of the decision as plain text; empty where there is none.
        pub decided: String,
        pub owners: Vec<String>,
    }

    /// The worktree, judged.
    #[derive(Eq)]
    pub struct GovernanceView {
        pub generation: u32,
        pub verdict: Verdict,
        pub rules: Vec<RuleRow>,
        pub waivers: Vec<WaiverRow>,
        /// Of the records behind rules.
        pub clauses: Vec<DecisionClause>,
        /// How many days a waiver may last at most.
        pub waiver_max_days: u32,
    }

    /// A finding by its place, to be asked about.
    #[derive(Eq)]
    pub struct FindingPlace {
        /// `<record id>/<rule id>`.
        pub rule: String,
        pub path: String,
        pub line: u32,
    }

    /// Since when a finding stands.
    #[derive(Eq)]
    pub struct FindingOrigin {
        /// The commit that wrote the line, or the rule; `null` where that is not committed.
        pub commit: Option<HistoryItem>,
        /// Whole days since then.
        pub days: u32,
        /// The line is older than the rule, or than its decision.
        pub by_rule: bool,
    }

    /// Lines of a file, around the ones that are meant.
    #[derive(Eq)]
    pub struct CodeExcerpt {
        /// Number of the first line.
        pub first: u32,
        pub lines: Vec<String>,
    }

    /// A waiver that is asked for.
    #[derive(Eq)]
    pub struct WaiverRequest {
        /// `<record id>/<rule id>`.
        pub rule: String,
        pub paths: Vec<String>,
        /// Only these findings; empty: any at these paths.
        pub fingerprints: Vec<String>,
        pub reason: String,
        pub owner: String,
        pub approved_by: Vec<String>,
        /// Last day, ISO 8601.
        pub until: String,
    }

    /// A waiver that is to go on.
    #[derive(Eq)]
    pub struct ExtensionRequest {
        pub path: String,
        /// Last day, ISO 8601.
        pub until: String,
    }

    /// Rules that are being written, tried as if their decision were in force.
    #[derive(Eq)]
    pub struct RuleTrial {
        /// On their examples.
        pub tests: RuleTests,
        /// On the worktree.
        pub verdict: Verdict,
    }

    /// A file or folder of the repository, with what binds it.
    #[derive(Eq)]
    pub struct PathItem {
        /// From the root, with `/`.
        pub path: String,
        pub name: String,
        pub folder: bool,
        /// Files: 1 for a file, all below a folder.
        pub files: u32,
        /// Of these, how many a decision in force binds.
        pub bound: u32,
        /// Lines of those that are text and no one's product, and how many of them are bound; `null` before they are counted.
        pub lines: Option<u32>,
        pub bound_lines: Option<u32>,
        /// Open findings in them.
        pub open: u32,
    }

    /// Files that are not as they were where the branch began, with the folders above them.
    #[derive(Eq)]
    pub struct ChangedPaths {
        /// The branch that they are compared with; `null`: the last commit, as there is no other branch.
        pub base: Option<String>,
        /// Folders first, folder by folder; each counts only what is changed in it.
        pub items: Vec<PathItem>,
    }

    /// A decision that binds a path, or would.
    #[derive(Eq)]
    pub struct BindingDecision {
        pub record: String,
        pub title: String,
        pub status: Option<StatusWord>,
        /// `in-force`, `rejected` or `proposed`.
        pub standing: String,
        /// Globs of what it applies to, or of its rules, that reach the path.
        pub globs: Vec<String>,
        /// The first sentence of the decision.
        pub decided: String,
        /// Files at or below the path that it binds.
        pub files: u32,
        pub rules: Vec<BindingRule>,
    }

    /// A rule of such a decision at the path.
    #[derive(Eq)]
    pub struct BindingRule {
        pub rule: GoverningRule,
        /// Open findings at or below the path, and the lines of those in the file itself.
        pub open: u32,
        pub lines: Vec<u32>,
    }

    /// What binds a file or folder.
    #[derive(Eq)]
    pub struct PathBindings {
        pub path: String,
        pub folder: bool,
        pub files: u32,
        pub bound: u32,
        /// As of a [`PathItem`].
        pub lines: Option<u32>,
        pub bound_lines: Option<u32>,
        /// Nearest first.
        pub decisions: Vec<BindingDecision>,
    }
}
