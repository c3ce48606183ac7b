//! Rules that count: one finding for a tree that has too many.

use super::Subject;
use crate::finding::{Finding, hash_of, matched};
use crate::rule::Kind;
use crate::ruleset::FileLook;

/// Findings of rules that count, each with whether the tree before had it as well.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<(Finding, bool)> {
    let rules = subject.governance.rules.rules.iter().enumerate();
    rules
        .filter_map(
            |(at, bound)| if let Kind::Count(rule) = &bound.rule.kind { finding(subject, at, rule) } else { None },
        )
        .collect()
}

fn finding(subject: &Subject<'_>, at: usize, rule: &crate::rule::CountRule) -> Option<(Finding, bool)> {
    let now = places(&subject.looks, at);
    let before = subject.before.as_ref().map(|before| {
        let then: Vec<Finding> = places(&before.looks, at).into_iter().cloned().collect();
        (then, &before.moved)
    });
    let count_before = before.as_ref().map(|(then, _)| then.len() as u64);
    let limit = rule.limit(count_before)?;
    let count = now.len() as u64;
    if count <= limit {
        return None;
    }
    let now: Vec<Finding> = now.into_iter().cloned().collect();
    let is_new = before.as_ref().map(|(then, moved)| matched(&now, then, moved));
    let first_new = is_new.and_then(|old| old.iter().position(|old| !old));
    let place = first_new.unwrap_or_else(|| usize::try_from(limit).unwrap_or_default());
    let note = Some(format!("{count} places; {limit} at most"));
    let hash = hash_of("count");
    let finding = Finding { hash, occurrence: 1, note, ..now[place].clone() };
    Some((finding, count_before.is_some_and(|before| count <= before)))
}

fn places(looks: &[FileLook], at: usize) -> Vec<&Finding> {
    let mut places: Vec<&Finding> =
        looks.iter().flat_map(|look| &look.counted).filter(|finding| finding.rule == at).collect();
    places.sort_by_key(|finding| (&finding.path, finding.line, finding.column));
    places
}
