//! Where each finding stands: new or old, waived, baselined; and waivers that cover nothing or are over.

use super::{Judged, Subject};
use crate::finding::Finding;
use crate::ruleset::RuleSet;
use crate::waiver::Waiver;
use precedent_core::wire::{CheckFault, FindingState, SeverityWord};
use std::collections::BTreeMap;

/// Gives each finding its state. `found` says of each whether the tree before had it.
pub(super) fn settle<'a>(subject: &Subject<'a>, found: Vec<(Finding, bool)>) -> Vec<Judged<'a>> {
    let governance = subject.governance;
    let (day, most) = (subject.as_of, governance.waiver_max_days);
    let active: Vec<&Waiver> = governance.waivers.iter().filter(|waiver| waiver.holds_on(day, most)).collect();
    let over: Vec<&Waiver> = governance.waivers.iter().filter(|waiver| waiver.expires < day).collect();
    let brought: Vec<&Waiver> = subject
        .proposed
        .iter()
        .flat_map(|head| head.waivers.iter().filter(|waiver| waiver.holds_on(day, head.waiver_max_days)))
        .collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| {
        let (finding, is_old) = &found[*at];
        // Old ones first: a waiver that covers so many is spent on what it was granted for.
        (finding.rule, !*is_old, &finding.path, &finding.hash, finding.occurrence)
    });
    let rules = &governance.rules;
    let (covered, hoped) = (cover(rules, &active, &found, &order), cover(rules, &brought, &found, &order));
    let expired = cover(rules, &over, &found, &order);
    let baselined = in_baseline(subject, &found, &order, &covered);
    let each = found.into_iter().enumerate().map(|(at, (finding, is_old))| {
        let is_new = subject.before.is_some() && !is_old;
        let state = if covered[at].is_some() {
            FindingState::Waived
        } else if is_new && hoped[at].is_some() {
            FindingState::WaiverProposed
        } else if is_new {
            FindingState::Introduced
        } else if baselined[at] {
            FindingState::Baselined
        } else {
            FindingState::Existing
        };
        let waiver = covered[at].map(|waiver| (waiver, false)).or_else(|| expired[at].map(|waiver| (waiver, true)));
        Judged { finding, state, waiver }
    });
    each.collect()
}

/// The waiver that covers each finding: each covers the first of its number, by rule, path and text.
fn cover<'a>(
    rules: &RuleSet,
    waivers: &[&'a Waiver],
    found: &[(Finding, bool)],
    order: &[usize],
) -> Vec<Option<&'a Waiver>> {
    let mut left: Vec<u64> = waivers.iter().map(|waiver| waiver.at_most.unwrap_or(u64::MAX)).collect();
    let mut covered = vec![None; found.len()];
    for at in order {
        let finding = &found[*at].0;
        let key = &rules.rules[finding.rule].key;
        let fits = |waiver: &Waiver| waiver.is_about(key, &finding.path, &finding.hash, &finding.fingerprint());
        let first = (0..waivers.len()).find(|number| left[*number] > 0 && fits(waivers[*number]));
        if let Some(number) = first {
            left[number] -= 1;
            covered[*at] = Some(waivers[number]);
        }
    }
    covered
}

/// Which findings the baseline holds. What a change brings is never in it.
fn in_baseline(
    subject: &Subject<'_>,
    found: &[(Finding, bool)],
    order: &[usize],
    covered: &[Option<&Waiver>],
) -> Vec<bool> {
    let baseline = &subject.governance.baseline;
    let came_from: BTreeMap<&str, &str> =
        subject.before.iter().flat_map(|before| &before.moved).map(|(old, new)| (new.as_str(), old.as_str())).collect();
    let mut used: BTreeMap<(usize, &str, &str), u64> = BTreeMap::new();
    let mut held = vec![false; found.len()];
    for at in order.iter().filter(|at| covered[**at].is_none()) {
        let (finding, is_old) = &found[*at];
        if subject.before.is_some() && !is_old {
            continue;
        }
        let key = &subject.governance.rules.rules[finding.rule].key;
        let path = came_from.get(finding.path.as_str()).copied().unwrap_or(&finding.path);
        let used = used.entry((finding.rule, &finding.path, &finding.hash)).or_default();
        if *used < baseline.count(key, path, &finding.hash) {
            *used += 1;
            held[*at] = true;
        }
    }
    held
}

/// Waivers that are over, name rules that do not exist, or cover nothing. Of a change only its own files were looked at,
/// so that nothing can be said about the last.
pub(super) fn waiver_faults(subject: &Subject<'_>, states: &[Judged<'_>]) -> Vec<CheckFault> {
    let governance = subject.governance;
    let mut faults = Vec::new();
    for waiver in &governance.waivers {
        let mut fault = |code: &str, message: String| {
            faults.push(CheckFault {
                path: waiver.path.clone(),
                line: 1,
                column: 1,
                code: code.to_owned(),
                severity: SeverityWord::Warning,
                rule: waiver.waives.first().cloned(),
                message,
            });
        };
        let is_known = |key: &String| governance.rules.rules.iter().any(|rule| rule.key == *key);
        if let Some(unknown) = waiver.waives.iter().find(|key| !is_known(key)) {
            fault("unused-waiver", format!("no rule is called {unknown}"));
        } else if waiver.expires < subject.as_of {
            fault("expired-waiver", format!("it ended on {}; its owner is {}", waiver.expires, waiver.owner));
        } else if subject.before.is_none() && waiver.holds_on(subject.as_of, governance.waiver_max_days) {
            let is_used = |judged: &Judged<'_>| judged.waiver.is_some_and(|(by, _)| by.path == waiver.path);
            if !states.iter().any(is_used) {
                fault("unused-waiver", "it covers nothing; take it out".to_owned());
            }
        } else if !waiver.holds_on(subject.as_of, governance.waiver_max_days) {
            fault("bad-waiver", "it does not hold: it begins later, or ends too far ahead".to_owned());
        }
    }
    faults
}
