//! What is said of a pass that says little, so that nobody takes silence for a check.

use super::{Subject, is_of_a_build};
use crate::governance::Governance;
use crate::rule::Kind;

const HOW: &str =
    "add `rules:` to a record (`precedent schema record-v1` describes them) and try them with `precedent test`";

/// Why nothing was judged, if nothing was.
pub(super) fn of(governance: &Governance) -> Vec<String> {
    let rules = &governance.rules.rules;
    let note = if governance.records.is_empty() {
        "no record of a decision was found, so nothing was checked; `precedent init` begins a log, `logs` in \
         precedent.toml names one"
            .to_owned()
    } else if rules.is_empty() {
        format!("no decision carries a rule yet, so nothing was checked; {HOW}")
    } else if !rules.iter().any(crate::ruleset::BoundRule::binds) {
        "no rule binds yet: those there are belong to decisions that are still proposed".to_owned()
    } else {
        return Vec::new();
    };
    vec![note]
}

/// Rules that a change cannot be judged by, because a build writes what they read.
pub(super) fn unjudged(subject: &Subject<'_>) -> Vec<String> {
    let binding = subject.governance.rules.rules.iter().filter(|bound| bound.binds());
    let of_a_build = binding.filter_map(|bound| match &bound.rule.kind {
        Kind::Evidence(rule) if is_of_a_build(subject, rule.report()) => Some((&bound.key, rule.report())),
        _ => None,
    });
    let note = |(key, report): (&String, &str)| {
        format!(
            "{key} did not judge this change: its report {report} is a build's and not part of the repository; \
             `precedent check` judges the files by it, after a run of the checker"
        )
    };
    of_a_build.map(note).collect()
}
