//! Decisions in force that ask for opposites. Nothing can satisfy both, so it is an error in the records.

use crate::rule::Kind;
use crate::ruleset::{BoundRule, RuleSet};
use precedent_core::wire::{CheckFault, SeverityWord};

/// Pairs of binding rules of which one requires what the other forbids, at a path of the tree that both govern.
pub(super) fn faults(set: &RuleSet, paths: &[&str]) -> Vec<CheckFault> {
    let binding: Vec<&BoundRule> = set.rules.iter().filter(|bound| bound.binds()).collect();
    let mut faults = Vec::new();
    for one in &binding {
        for other in binding.iter().filter(|other| opposes(one, other)) {
            if let Some(path) = witness(set, one, other, paths) {
                let message = format!(
                    "this requires what {} ({}) forbids, for example at {path}; amend or supersede one of the two decisions",
                    other.key, other.file
                );
                faults.push(CheckFault {
                    path: one.file.clone(),
                    line: one.rule.place.line,
                    column: one.rule.place.column,
                    code: "contradiction".to_owned(),
                    severity: SeverityWord::Error,
                    rule: Some(one.key.clone()),
                    message,
                });
            }
        }
    }
    faults
}

/// `one` requires what `other` forbids.
pub(crate) fn opposes(one: &BoundRule, other: &BoundRule) -> bool {
    match (&one.rule.kind, &other.rule.kind) {
        (Kind::Text(requires), Kind::Text(forbids)) => {
            requires.is_required()
                && !forbids.is_required()
                && requires.matcher().subject() == forbids.matcher().subject()
        }
        (Kind::Pattern(requires), Kind::Pattern(forbids)) => {
            requires.is_required() && !forbids.is_required() && requires.subject() == forbids.subject()
        }
        (Kind::Dependency(allows), Kind::Dependency(forbids)) => {
            let forbidden: Vec<String> = forbids.names_asked().collect();
            allows.is_closed() && !forbids.is_closed() && allows.names_asked().all(|name| forbidden.contains(&name))
        }
        (Kind::Files(requires), Kind::Files(forbids)) => {
            let (required, _) = requires.asks();
            let (_, forbidden) = forbids.asks();
            required.into_iter().any(|glob| forbidden.iter().any(|other| other == glob))
        }
        _ => false,
    }
}

fn witness(set: &RuleSet, one: &BoundRule, other: &BoundRule, paths: &[&str]) -> Option<String> {
    if let (Kind::Files(_), Kind::Files(_)) = (&one.rule.kind, &other.rule.kind) {
        return Some("any place".to_owned());
    }
    let path = paths.iter().find(|path| set.concerns(one, path) && set.concerns(other, path))?;
    Some((*path).to_owned())
}
