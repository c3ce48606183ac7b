//! What a check found: `precedent/verdict/v1`, the value that `check --json` prints.

use super::{SeverityWord, StatusWord};
use serde::{Deserialize, Serialize};

wire! {
    /// A rule as lists show it.
    #[derive(Eq)]
    pub struct RuleItem {
        /// `<record id>/<rule id>`.
        pub key: String,
        /// As written: `forbid-text`.
        pub kind: String,
        pub severity: SeverityWord,
        pub message: String,
        /// Path globs as written; empty: what the record applies to.
        pub paths: Vec<String>,
        /// Path of the record.
        pub record: String,
    }

    /// What a check came to. Its exit code: 0, 1, 2, 3.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum VerdictWord { Pass, Violations, Error, Indeterminate }

    /// Where a finding stands.
    #[derive(Copy, Eq, PartialOrd, Ord)]
    #[serde(rename_all = "kebab-case")]
    pub enum FindingState {
        /// The change brings it.
        Introduced,
        /// A waiver covers it, but only in the change itself: it has to land first.
        WaiverProposed,
        /// It was there before the change; or there is no change to tell by.
        Existing,
        /// It was there when the rule began.
        Baselined,
        Waived,
    }

    /// What was checked, and by whose rules.
    #[derive(Eq)]
    pub struct CheckedInput {
        /// `worktree`, `staged`, `range`, `patch` or `content`.
        pub kind: String,
        /// The commit whose rules govern; `null` for the worktree's own.
        pub base: Option<String>,
        /// The commit that was checked; `null` where it is none.
        pub head: Option<String>,
    }

    /// The decision behind a rule.
    #[derive(Eq)]
    pub struct FindingDecision {
        pub id: String,
        pub title: String,
        pub status: Option<StatusWord>,
        /// The file that holds the rule, and its line there.
        pub path: String,
        pub line: u32,
    }

    /// A waiver that a finding has to do with.
    #[derive(Eq)]
    pub struct FindingWaiver {
        pub path: String,
        pub owner: String,
        /// Last day.
        pub expires: String,
        /// Its last day is over.
        pub expired: bool,
    }

    /// A rule broken at a place.
    #[derive(Eq)]
    pub struct FindingItem {
        /// `<record id>/<rule id>`.
        pub rule: String,
        pub kind: String,
        pub severity: SeverityWord,
        pub path: String,
        /// Lines and columns (in characters) from 1; the end is behind the last character.
        pub line: u32,
        pub column: u32,
        pub end_line: u32,
        pub end_column: u32,
        /// The line, shortened.
        pub excerpt: String,
        /// Of the matched text and which occurrence of it in the file this is, not of its line: `5d1c2a…:1`.
        pub fingerprint: String,
        pub state: FindingState,
        pub message: String,
        /// What was found, where the message cannot say it.
        pub note: Option<String>,
        pub remedy: Option<String>,
        pub decision: FindingDecision,
        pub waiver: Option<FindingWaiver>,
        /// How the decision itself may be changed: command lines.
        pub propose: String,
        pub waive: String,
    }

    /// Something that could not be decided. One of them is enough to make the verdict indeterminate.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct UndecidedItem {
        pub path: String,
        pub line: u32,
        pub column: u32,
        pub rule: Option<String>,
        pub message: String,
    }

    /// A record, waiver or baseline that is wrong in itself. `error` ones make the verdict `error`.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct CheckFault {
        pub path: String,
        pub line: u32,
        pub column: u32,
        /// `example-failed`, `contradiction`, `no-invalid-example`, `bad-waiver`, `unused-waiver`, `expired-waiver`, `bad-baseline`, `bad-severity`, `orphan-rules`, `no-status`, `no-rules`.
        pub code: String,
        pub severity: SeverityWord,
        pub rule: Option<String>,
        pub message: String,
    }

    /// What a change does to rules, waivers, baseline and settings. It takes effect once the change has landed.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct GovernanceChange {
        pub path: String,
        pub line: u32,
        /// `rule-added`, `rule-removed`, `rule-changed`, `status-changed`, `record-removed`, `waiver-added`, `waiver-removed`, `waiver-changed`, `baseline-grew`, `baseline-shrank`, `settings-changed`, `attributes-changed`, `left-scope`, `hidden`, `superseded`, `file-removed`, `repaired`.
        pub kind: String,
        pub rule: Option<String>,
        pub message: String,
    }

    /// What a rule that does not bind yet would find.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct RulePreview {
        pub rule: String,
        /// Path of the record.
        pub record: String,
        /// `proposed`: its record is not decided. `new`: the change brings or changes it.
        pub why: String,
        pub would_find: u32,
    }

    /// Files that were not read.
    #[derive(Eq, Default)]
    pub struct SkippedFiles {
        pub binary: u32,
        pub too_large: u32,
        pub generated: u32,
        pub symlink: u32,
        pub submodule: u32,
    }

    /// A file of a change that rules govern and that was not read.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct SkippedFile {
        pub path: String,
        /// `it is binary`.
        pub why: String,
    }

    #[derive(Eq, Default)]
    pub struct CheckCounts {
        /// Files that were read.
        pub files: u32,
        pub rules: u32,
        /// Findings by state.
        pub introduced: u32,
        pub waiver_proposed: u32,
        pub existing: u32,
        pub baselined: u32,
        pub waived: u32,
        /// Findings that make the verdict `violations`.
        pub failing: u32,
    }

    /// A rule that was tried on its examples.
    #[derive(Eq)]
    pub struct RuleTest {
        pub rule: String,
        pub kind: String,
        /// The file that holds it, and its line there.
        pub path: String,
        pub line: u32,
        /// How many examples it has that it must let pass, and that it must find.
        pub valid: u32,
        pub invalid: u32,
        /// Examples that do not hold.
        pub failed: u32,
    }

    /// All rules, tried on their examples.
    #[derive(Eq)]
    pub struct RuleTests {
        pub rules: Vec<RuleTest>,
        pub faults: Vec<CheckFault>,
        /// Rules that could not be read.
        pub undecided: Vec<UndecidedItem>,
    }

    /// A rule that governs a place.
    #[derive(Eq)]
    pub struct GoverningRule {
        pub key: String,
        pub kind: String,
        pub severity: SeverityWord,
        pub message: String,
        /// The file that holds it, and its line there.
        pub path: String,
        pub line: u32,
    }

    /// A decision that governs a place, and how.
    #[derive(Eq)]
    pub struct GoverningDecision {
        pub id: String,
        pub title: String,
        pub status: Option<StatusWord>,
        pub path: String,
        /// `in-force`, `rejected` or `proposed`.
        pub standing: String,
        /// It applies to the place, by these globs; empty: by its rules alone.
        pub applies_to: Vec<String>,
        pub rules: Vec<GoverningRule>,
    }

    /// Which decisions govern a place.
    #[derive(Eq)]
    pub struct Why {
        pub path: String,
        pub line: Option<u32>,
        pub decisions: Vec<GoverningDecision>,
        /// What rules find there.
        pub findings: Vec<FindingItem>,
    }

    /// `precedent/verdict/v1`.
    #[derive(Eq)]
    pub struct Verdict {
        pub schema: String,
        pub verdict: VerdictWord,
        /// Version of the program.
        pub engine: String,
        /// The day that waivers were judged by.
        pub as_of: String,
        pub input: CheckedInput,
        pub counts: CheckCounts,
        pub findings: Vec<FindingItem>,
        pub undecided: Vec<UndecidedItem>,
        pub faults: Vec<CheckFault>,
        pub governance_changes: Vec<GovernanceChange>,
        pub previews: Vec<RulePreview>,
        /// Rules that govern no file.
        pub vacuous: Vec<String>,
        pub skipped: SkippedFiles,
        /// Of a change, each governed file that was not read; of a whole tree they are counted only.
        pub skipped_files: Vec<SkippedFile>,
        /// What a reader should know of a pass that says little: no decision carries a rule yet.
        pub notes: Vec<String>,
    }
}
