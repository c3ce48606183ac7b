//! Verdicts over trees that are written down here: what is found, what state it has, what is said beside it.

mod history;
mod opposites;
mod verdicts;

use super::*;
use crate::baseline::Baseline;
use crate::rule::SourceFile;
use crate::ruleset::{DecisionRef, RuleSource};
use precedent_core::tree::read_yaml;
use precedent_core::wire::StatusWord;
use std::sync::Arc;

type Files<'t> = [(&'t str, &'t str)];

/// Finds `bad`; the record is `d.md`, and the rule's key `d/r`.
pub(crate) const BAD: &str = "- id: r\n  kind: forbid-text\n  message: M\n  match: {literal: bad}\n  tests: {invalid: [{path: a, content: bad}]}\n";

/// Decisions with their rules.
#[derive(Default)]
pub(crate) struct Log {
    sources: Vec<RuleSource>,
    severity: Vec<(String, Severity)>,
    spared: BTreeSet<String>,
}

impl Log {
    /// One decision `d` in force.
    pub(crate) fn with(rules: &str) -> Self {
        Self::default().and("d", Standing::InForce, rules)
    }

    /// One more decision, in `<id>.md`.
    pub(crate) fn and(self, id: &str, standing: Standing, rules: &str) -> Self {
        self.and_over(id, standing, &[], rules)
    }

    /// One more that supersedes or amends others, by their ids.
    pub(crate) fn and_over(mut self, id: &str, standing: Standing, over: &[&str], rules: &str) -> Self {
        let status = match standing {
            Standing::InForce => StatusWord::Accepted,
            Standing::Rejected => StatusWord::Rejected,
            Standing::Proposed => StatusWord::Proposed,
        };
        let decision = Arc::new(DecisionRef {
            id: id.to_owned(),
            log: "log".to_owned(),
            title: format!("Title of {id}"),
            status: Some(status),
            path: format!("{id}.md"),
            standing,
            over: over.iter().map(|id| format!("{id}.md")).collect(),
        });
        self.sources.push(RuleSource {
            file: decision.path.clone(),
            decision,
            applies_to: Vec::new(),
            rules: read_yaml(rules),
        });
        self
    }

    /// The last decision applies to these paths only.
    pub(crate) fn on(mut self, globs: &[&str]) -> Self {
        let last = self.sources.last_mut().expect("a decision");
        last.applies_to = globs.iter().map(|glob| (*glob).to_owned()).collect();
        self
    }

    /// The last decision has this path, or its rules are in this file.
    pub(crate) fn at(mut self, path: &str, file: &str, log: &str) -> Self {
        let last = self.sources.last_mut().expect("a decision");
        let decision = DecisionRef { path: path.to_owned(), log: log.to_owned(), ..(*last.decision).clone() };
        (last.decision, last.file) = (Arc::new(decision), file.to_owned());
        self
    }

    pub(crate) fn severity(mut self, key: &str, level: Severity) -> Self {
        self.severity.push((key.to_owned(), level));
        self
    }

    pub(crate) fn spared(mut self, path: &str) -> Self {
        self.spared.insert(path.to_owned());
        self
    }

    pub(crate) fn set(self) -> RuleSet {
        RuleSet::new(self.sources, &self.severity, self.spared)
    }

    pub(crate) fn governance(self) -> Governance {
        let word = |source: &RuleSource| format!("{:?}", source.decision.status.expect("a status")).to_lowercase();
        let records = self.sources.iter().map(|source| (source.decision.path.clone(), word(source))).collect();
        Governance { records, rules: self.set(), waiver_max_days: 180, ..Governance::default() }
    }
}

/// A waiver for a rule on some paths, with more keys.
pub(crate) fn waiver(path: &str, rule: &str, more: &str) -> Waiver {
    let text = format!(
        "---\nschema: precedent/waiver/v1\nwaives: [{rule}]\npaths: ['**']\nreason: R\nowner: O\ngranted: 2026-01-01\nexpires: 2026-03-01\n{more}---\n"
    );
    Waiver::read(path, &text, 180).expect("a waiver")
}

/// A subject over files.
pub(crate) fn subject<'a>(governance: &'a Governance, files: &Files<'a>) -> Subject<'a> {
    Subject {
        input: CheckedInput { kind: "worktree".to_owned(), base: None, head: None },
        engine: "1",
        as_of: Date::constant(2026, 2, 1),
        governance,
        proposed: None,
        looks: looks(governance, files),
        paths: paths(files),
        before: None,
        previews: Vec::new(),
        undecided: Vec::new(),
        evasions: Vec::new(),
        skipped: SkippedFiles::default(),
        skipped_files: Vec::new(),
        files: number(files.len()),
    }
}

/// A subject over a change from one tree to another; a change is told by its paths.
pub(crate) fn changed<'a>(governance: &'a Governance, before: &Files<'a>, files: &Files<'a>) -> Subject<'a> {
    use crate::rule::ChangeKind::{Added, Deleted, Modified};
    let kind = |path: &str| match (before.iter().find(|file| file.0 == path), files.iter().find(|file| file.0 == path))
    {
        (None, _) => Added,
        (_, None) => Deleted,
        _ => Modified,
    };
    let all: BTreeSet<&str> = paths(before).into_iter().chain(paths(files)).collect();
    let change =
        |path: &str| Change { path: path.to_owned(), kind: kind(path), old_path: None, mode_only: false, record: None };
    let before = Before {
        looks: looks(governance, before),
        paths: paths(before),
        moved: BTreeMap::new(),
        changes: all.into_iter().map(change).collect(),
    };
    Subject { before: Some(before), ..subject(governance, files) }
}

fn looks(governance: &Governance, files: &Files<'_>) -> Vec<FileLook> {
    let look = |(path, text): &(&str, &str)| governance.rules.look(&mut SourceFile::new(path, text), &|_| true);
    files.iter().map(look).collect()
}

fn paths<'t>(files: &Files<'t>) -> Vec<&'t str> {
    let mut paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    paths.sort_unstable();
    paths
}

/// Findings as `rule path:line state`.
pub(crate) fn findings(verdict: &Verdict) -> Vec<String> {
    let shown = |found: &precedent_core::wire::FindingItem| {
        format!("{} {}:{} {:?}", found.rule, found.path, found.line, found.state)
    };
    verdict.findings.iter().map(shown).collect()
}

/// Faults as `path code: message`.
pub(crate) fn faults(verdict: &Verdict) -> Vec<String> {
    verdict.faults.iter().map(|fault| format!("{} {}: {}", fault.path, fault.code, fault.message)).collect()
}

/// Asserts the word of a verdict and its findings.
#[track_caller]
pub(crate) fn expect(subject: Subject<'_>, word: VerdictWord, found: &[&str]) -> Verdict {
    let verdict = judge(subject);
    assert_eq!(findings(&verdict), found);
    assert_eq!(verdict.verdict, word, "{:?} {:?}", verdict.faults, verdict.undecided);
    verdict
}

/// A baseline that holds what a verdict found.
pub(crate) fn baseline(governance: &Governance, files: &Files<'_>) -> Baseline {
    Baseline::of(&judge(subject(governance, files)).findings)
}
