//! A tree's findings counted, without a verdict: what debt over history is made of.

use super::{Subject, gather, number, set_faults, states, undecided_rules};
use crate::rule::Kind;
use precedent_core::Severity;
use precedent_core::wire::{DebtCount, FindingState};
use std::collections::BTreeMap;

/// How often each finding occurs, by its rule and its text: a text that moves stays the same.
pub type Held = BTreeMap<(String, String), u32>;

/// Counts the findings of rules that bind in the tree of `subject`.
#[must_use]
pub fn debt(subject: &Subject<'_>) -> (DebtCount, Held) {
    let rules = &subject.governance.rules.rules;
    let (found, is_old) = gather(subject);
    let open = found.into_iter().zip(is_old).filter(|(finding, _)| rules[finding.rule].binds()).collect();
    let mut count = DebtCount {
        rules: number(rules.iter().filter(|bound| bound.binds()).count()),
        undecided: number(
            subject.undecided.len() + set_faults(&subject.governance.rules).len() + undecided_rules(subject).len(),
        ),
        ..DebtCount::default()
    };
    let mut held = Held::new();
    for judged in states::settle(subject, open) {
        let bound = &rules[judged.finding.rule];
        // A count has one finding however many places there are, so it is none that moves.
        let text = if matches!(bound.rule.kind, Kind::Count(_)) { String::new() } else { judged.finding.hash.clone() };
        *held.entry((bound.key.clone(), text)).or_default() += 1;
        match judged.state {
            FindingState::Waived => count.waived += 1,
            FindingState::Baselined => count.baselined += 1,
            FindingState::Introduced | FindingState::WaiverProposed | FindingState::Existing => {
                count.open += 1;
                count.errors += u32::from(bound.severity == Severity::Error);
            }
        }
    }
    (count, held)
}

/// How many of `later` were not in `earlier`.
#[must_use]
pub fn beyond(earlier: &Held, later: &Held) -> u32 {
    later.iter().map(|(key, count)| count.saturating_sub(earlier.get(key).copied().unwrap_or(0))).sum()
}
