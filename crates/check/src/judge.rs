//! From what rules found in two trees to a verdict. A pure function: the same trees and day give the same value.

mod contradiction;
mod counts;
mod debt;
mod items;
mod notes;
mod repair;
mod states;
mod testing;

use crate::finding::{Finding, from_path_hits, matched};
pub(crate) use crate::governance::Governance;
use crate::governance::governance_changes;
use crate::rule::{Change, Kind};
use crate::ruleset::{BoundRule, FileLook, RuleSet, Standing};
use crate::waiver::Waiver;
pub(crate) use contradiction::opposes;
pub use debt::{Held, beyond, debt};
use items::Items;
use precedent_core::wire::{
    CheckCounts, CheckFault, CheckedInput, FindingState, GovernanceChange, RulePreview, SeverityWord, SkippedFile,
    SkippedFiles, UndecidedItem, Verdict, VerdictWord,
};
use precedent_core::{Date, Severity};
use repair::Wrong;
use std::collections::{BTreeMap, BTreeSet};
pub use testing::test_rules;

/// The tree before a change.
#[derive(Debug, Default)]
pub struct Before<'a> {
    /// Files of the change as they were.
    pub looks: Vec<FileLook>,
    /// All paths, in order.
    pub paths: Vec<&'a str>,
    /// Paths of then by the ones they have now.
    pub moved: BTreeMap<String, String>,
    pub changes: Vec<Change>,
}

/// What is judged.
#[derive(Debug)]
pub struct Subject<'a> {
    pub input: CheckedInput,
    /// Version of the program.
    pub engine: &'a str,
    pub as_of: Date,
    /// Whose rules, waivers, baseline and settings judge: those from before the change.
    pub governance: &'a Governance,
    /// Those that the change brings; `None` where there is no change.
    pub proposed: Option<&'a Governance>,
    /// Files that were looked at, in the order of their paths.
    pub looks: Vec<FileLook>,
    /// All paths of the tree, in order.
    pub paths: Vec<&'a str>,
    pub before: Option<Before<'a>>,
    /// What rules that do not bind yet would find, as known by whoever looked.
    pub previews: Vec<RulePreview>,
    /// Files that could not be read, a merge base that is missing.
    pub undecided: Vec<UndecidedItem>,
    /// What the change does that no rule sees: files that leave a scope or cannot be read any more.
    pub evasions: Vec<GovernanceChange>,
    pub skipped: SkippedFiles,
    /// Governed files of a change that were not read.
    pub skipped_files: Vec<SkippedFile>,
    /// Files that were read.
    pub files: u32,
}

/// A finding with where it stands.
#[derive(Debug)]
pub(crate) struct Judged<'a> {
    pub(crate) finding: Finding,
    pub(crate) state: FindingState,
    /// The waiver that covers it, or did until its last day.
    pub(crate) waiver: Option<(&'a Waiver, bool)>,
}

/// Judges.
#[must_use]
pub fn judge(subject: Subject<'_>) -> Verdict {
    let governance = subject.governance;
    let rules = &governance.rules.rules;
    let (found, is_old) = gather(&subject);
    let (open, previewed): (Vec<_>, Vec<_>) =
        found.into_iter().zip(is_old).partition(|(finding, _)| rules[finding.rule].binds());
    let states = states::settle(&subject, open);
    let mut previews = subject.previews.clone();
    previews.extend(proposals(&subject, &previewed));
    previews.sort();
    let mut undecided = subject.undecided.clone();
    undecided.extend(undecided_rules(&subject));
    let wrong = Wrong::of(&subject, &|governance| faults_of(governance, &subject.paths));
    undecided.extend(wrong.undecided);
    undecided.sort();
    undecided.dedup();
    let mut faults = wrong.faults;
    faults.extend(states::waiver_faults(&subject, &states));
    faults.sort();
    faults.dedup();
    let fails = |judged: &Judged<'_>| {
        let counts = match judged.state {
            FindingState::Introduced | FindingState::WaiverProposed => true,
            FindingState::Existing => subject.before.is_none(),
            FindingState::Baselined | FindingState::Waived => false,
        };
        counts && rules[judged.finding.rule].severity == Severity::Error
    };
    let failing = states.iter().filter(|judged| fails(judged)).count();
    let verdict = if failing > 0 {
        VerdictWord::Violations
    } else if faults.iter().any(|fault| fault.severity == SeverityWord::Error) {
        VerdictWord::Error
    } else if !undecided.is_empty() {
        VerdictWord::Indeterminate
    } else {
        VerdictWord::Pass
    };
    let mut changes = subject.proposed.map(|head| governance_changes(governance, head)).unwrap_or_default();
    changes.extend(subject.evasions.iter().cloned());
    changes.extend(wrong.repaired);
    changes.sort();
    let mut notes = if verdict == VerdictWord::Pass { notes::of(governance) } else { Vec::new() };
    notes.extend(notes::unjudged(&subject));
    Verdict {
        schema: "precedent/verdict/v1".to_owned(),
        verdict,
        engine: subject.engine.to_owned(),
        as_of: subject.as_of.to_string(),
        counts: tally(&subject, &states, failing),
        findings: Items::new(&subject).of(&states),
        undecided,
        faults,
        governance_changes: changes,
        previews,
        vacuous: vacuous(&subject),
        skipped: subject.skipped.clone(),
        skipped_files: subject.skipped_files.clone(),
        notes,
        input: subject.input,
    }
}

/// All findings of the tree, in order, and which of them the tree before had as well.
fn gather(subject: &Subject<'_>) -> (Vec<Finding>, Vec<bool>) {
    let rules = &subject.governance.rules.rules;
    let mut now: Vec<Finding> = subject.looks.iter().flat_map(|look| look.findings.iter().cloned()).collect();
    now.extend(in_tree(subject, &subject.paths));
    let mut then = Vec::new();
    if let Some(before) = &subject.before {
        then.extend(before.looks.iter().flat_map(|look| look.findings.iter().cloned()));
        then.extend(in_tree(subject, &before.paths));
        for (at, bound) in rules.iter().enumerate() {
            let governs = |path: &str| bound.governs(path);
            now.extend(from_path_hits(at, bound.rule.kind.look_at_change(&before.changes, &governs)));
        }
    }
    now.sort_by(|one, other| order(one).cmp(&order(other)));
    let moved = subject.before.as_ref().map(|before| before.moved.clone()).unwrap_or_default();
    let mut is_old = matched(&now, &then, &moved);
    for (finding, old) in counts::findings(subject) {
        now.push(finding);
        is_old.push(old);
    }
    (now, is_old)
}

fn order(finding: &Finding) -> (&str, u32, u32, usize, &str) {
    (&finding.path, finding.line, finding.column, finding.rule, &finding.hash)
}

fn in_tree(subject: &Subject<'_>, paths: &[&str]) -> Vec<Finding> {
    let rules = subject.governance.rules.rules.iter().enumerate();
    rules.flat_map(|(at, bound)| from_path_hits(at, bound.rule.kind.look_at_tree(paths))).collect()
}

/// What rules of decisions that are not made would find: new things where there is a change, else everything.
fn proposals(subject: &Subject<'_>, found: &[(Finding, bool)]) -> Vec<RulePreview> {
    let rules = subject.governance.rules.rules.iter().enumerate();
    let proposed = rules.filter(|(_, bound)| bound.decision.standing == Standing::Proposed);
    let count = |at: usize| found.iter().filter(|(finding, old)| finding.rule == at && !old).count();
    proposed
        .map(|(at, bound)| RulePreview {
            rule: bound.key.clone(),
            record: bound.decision.path.clone(),
            why: "proposed".to_owned(),
            would_find: number(count(at)),
        })
        .collect()
}

/// Rules that nobody can judge by: not understood or not built.
pub(crate) fn set_faults(set: &RuleSet) -> Vec<UndecidedItem> {
    let faults = set.faults.iter().filter(|fault| fault.binds).map(|fault| UndecidedItem {
        path: fault.file.clone(),
        line: fault.place.line,
        column: fault.place.column,
        rule: fault.rule.clone(),
        message: fault.message.clone(),
    });
    let unbuilt = set.rules.iter().filter(|bound| bound.binds()).filter_map(|bound| match bound.rule.kind {
        Kind::NotBuilt(word) => Some(UndecidedItem {
            path: bound.file.clone(),
            line: bound.rule.place.line,
            column: bound.rule.place.column,
            rule: Some(bound.key.clone()),
            message: format!("this version does not check rules of the kind `{word}`"),
        }),
        _ => None,
    });
    faults.chain(unbuilt).collect()
}

/// Rules at a loss with a file.
fn undecided_rules(subject: &Subject<'_>) -> Vec<UndecidedItem> {
    let set = &subject.governance.rules;
    let lost = subject.looks.iter().flat_map(|look| {
        let binding = look.undecided.iter().filter(|(at, _)| set.rules[*at].binds());
        binding.map(|(at, why)| UndecidedItem {
            path: look.path.clone(),
            line: 1,
            column: 1,
            rule: Some(set.rules[*at].key.clone()),
            message: why.clone(),
        })
    });
    let is_missing = |report: &str| !subject.has(report) && !is_of_a_build(subject, report);
    let missing = set.rules.iter().filter(|bound| bound.binds()).filter_map(|bound| match &bound.rule.kind {
        Kind::Evidence(rule) if is_missing(rule.report()) => Some(UndecidedItem {
            path: rule.report().to_owned(),
            line: 1,
            column: 1,
            rule: Some(bound.key.clone()),
            message: if subject.before.is_none() {
                "the report is not there; run the checker that writes it first".to_owned()
            } else {
                "the report was there before this change and is not any more".to_owned()
            },
        }),
        _ => None,
    });
    lost.chain(missing).collect()
}

/// Whether a report is in neither tree of a change: then a build makes it, and it says nothing of a change. Files as they are
/// on the disk are judged by it.
fn is_of_a_build(subject: &Subject<'_>, report: &str) -> bool {
    subject.before.as_ref().is_some_and(|before| before.paths.binary_search(&report).is_err()) && !subject.has(report)
}

impl Subject<'_> {
    fn has(&self, path: &str) -> bool {
        self.paths.binary_search(&path).is_ok()
    }
}

/// What is wrong with what judges, its rules' words aside.
fn faults_of(governance: &Governance, paths: &[&str]) -> Vec<CheckFault> {
    let mut faults = governance.faults.clone();
    faults.extend(example_faults(governance));
    faults.extend(contradiction::faults(&governance.rules, paths));
    faults
}

/// Rules against their own examples.
fn example_faults(governance: &Governance) -> Vec<CheckFault> {
    let binding = governance.rules.rules.iter().filter(|bound| bound.binds());
    binding.flat_map(examples_of).collect()
}

/// One rule against its examples.
pub(crate) fn examples_of(bound: &BoundRule) -> Vec<CheckFault> {
    let mut faults = Vec::new();
    if !matches!(bound.rule.kind, Kind::NotBuilt(_)) {
        let fault = |place: precedent_core::tree::Place, code: &str, severity, message: String| CheckFault {
            path: bound.file.clone(),
            line: place.line,
            column: place.column,
            code: code.to_owned(),
            severity,
            rule: Some(bound.key.clone()),
            message,
        };
        let failed = bound.rule.examples.run(&bound.rule.kind).into_iter();
        faults.extend(failed.map(|failed| fault(failed.place, "example-failed", SeverityWord::Error, failed.message)));
        if bound.rule.examples.invalid.is_empty() {
            let message = "the rule has no invalid example, so nothing shows that it can find anything".to_owned();
            faults.push(fault(bound.rule.place, "no-invalid-example", SeverityWord::Warning, message));
        }
    }
    faults
}

/// Binding rules that govern no file of the tree.
fn vacuous(subject: &Subject<'_>) -> Vec<String> {
    let set = &subject.governance.rules;
    // A report that is missing is undecided, which says more.
    let is_evidence = |bound: &BoundRule| matches!(bound.rule.kind, Kind::Evidence(_));
    let binding =
        set.rules.iter().filter(|bound| bound.binds() && !bound.rule.kind.asks_of_tree() && !is_evidence(bound));
    let governs = |bound: &&BoundRule| subject.paths.iter().any(|path| set.concerns(bound, path));
    let keys: BTreeSet<&String> = binding.filter(|bound| !governs(bound)).map(|bound| &bound.key).collect();
    keys.into_iter().cloned().collect()
}

fn tally(subject: &Subject<'_>, states: &[Judged<'_>], failing: usize) -> CheckCounts {
    let count = |state: FindingState| number(states.iter().filter(|judged| judged.state == state).count());
    CheckCounts {
        files: subject.files,
        rules: number(subject.governance.rules.rules.len()),
        introduced: count(FindingState::Introduced),
        waiver_proposed: count(FindingState::WaiverProposed),
        existing: count(FindingState::Existing),
        baselined: count(FindingState::Baselined),
        waived: count(FindingState::Waived),
        failing: number(failing),
    }
}

pub(crate) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(crate) mod tests;
