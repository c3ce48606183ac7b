//! A change that repairs what judges: what was wrong before it must not stop the very change that sets it right.
//!
//! Only where the change does nothing else. What cannot be read before a change cannot judge it, so that anything else in it
//! would land unseen: the repair lands first, as a waiver does.

use super::{Subject, set_faults};
use crate::governance::{Governance, change};
use precedent_core::wire::{CheckFault, GovernanceChange, SeverityWord, UndecidedItem};
use std::collections::BTreeSet;

/// What is wrong with what judges, less what the change repairs; and what it repairs.
pub(super) struct Wrong {
    pub(super) undecided: Vec<UndecidedItem>,
    pub(super) faults: Vec<CheckFault>,
    pub(super) repaired: Vec<GovernanceChange>,
}

impl Wrong {
    /// Of what judges before the change, `before`, and of what it brings, with the faults of each.
    pub(super) fn of(subject: &Subject<'_>, faults_of: &dyn Fn(&Governance) -> Vec<CheckFault>) -> Self {
        let mut wrong = Self {
            undecided: set_faults(&subject.governance.rules),
            faults: faults_of(subject.governance),
            repaired: Vec::new(),
        };
        let Some(head) = subject.proposed else { return wrong };
        let (undecided, faults) = (set_faults(&head.rules), faults_of(head));
        // What the change makes unreadable may hide what was wrong.
        let is_new = |item: &UndecidedItem| !wrong.undecided.iter().any(|other| told(item) == told(other));
        if repairs_only(subject, head, &wrong) && !undecided.iter().any(is_new) {
            // A fault that stays may have moved to another line.
            let stays = |item: &UndecidedItem| undecided.iter().any(|other| told(item) == told(other));
            let (kept, mended): (Vec<_>, Vec<_>) = std::mem::take(&mut wrong.undecided).into_iter().partition(stays);
            wrong.undecided = kept;
            wrong.repaired.extend(mended.iter().filter_map(|item| ended(&item.path, subject.governance, head)));
            let told = |item: &UndecidedItem| repaired(&item.path, item.line, item.rule.as_deref(), &item.message);
            wrong.repaired.extend(mended.iter().map(told));
            let stays = |fault: &CheckFault| faults.iter().any(|other| said(fault) == said(other));
            let (kept, mended): (Vec<_>, Vec<_>) = std::mem::take(&mut wrong.faults).into_iter().partition(stays);
            wrong.faults = kept;
            let told = |fault: &CheckFault| repaired(&fault.path, fault.line, fault.rule.as_deref(), &fault.message);
            wrong.repaired.extend(mended.iter().filter_map(|fault| ended(&fault.path, subject.governance, head)));
            let stopping = mended.iter().filter(|fault| fault.severity == SeverityWord::Error);
            wrong.repaired.extend(stopping.map(told));
        }
        wrong.repaired.sort();
        wrong.repaired.dedup();
        // What the change brings does not judge yet; but it must not land unseen when it will judge nothing.
        wrong.undecided.extend(undecided);
        wrong.faults.extend(faults);
        wrong
    }
}

fn told(item: &UndecidedItem) -> (&str, &Option<String>, &str) {
    (&item.path, &item.rule, &item.message)
}

fn said(fault: &CheckFault) -> (&str, &str, &Option<String>, &str) {
    (&fault.path, &fault.code, &fault.rule, &fault.message)
}

fn repaired(path: &str, line: u32, rule: Option<&str>, message: &str) -> GovernanceChange {
    change(path, line, "repaired", rule, format!("this was wrong before, and nothing could be judged by it: {message}"))
}

/// That a decision of which something could not be read binds no longer: nobody shall take that for a repair alone.
fn ended(path: &str, base: &Governance, head: &Governance) -> Option<GovernanceChange> {
    let at = |kind: &str, message: String| Some(change(path, 1, kind, None, message));
    match (base.records.get(path), head.records.get(path)) {
        (None, None) => None,
        (_, None) => at("record-removed", "the record is gone, with what could not be read of it".to_owned()),
        (Some(old), Some(new)) if old != new => {
            at("status-changed", format!("it turns from {old} to {new}, with what could not be read of it"))
        }
        _ if head.rules.rules.iter().any(|rule| rule.file == path) => None,
        _ => at("rule-removed", "no rule is left of what could not be read".to_owned()),
    }
}

/// Whether all that the change touches are records, waivers, files of rules and settings, or what was wrong itself.
fn repairs_only(subject: &Subject<'_>, head: &Governance, wrong: &Wrong) -> bool {
    let Some(before) = &subject.before else { return false };
    let (own, new) = (&subject.governance.rules.spared, &head.rules.spared);
    let faulty: BTreeSet<&str> = wrong
        .undecided
        .iter()
        .map(|item| item.path.as_str())
        .chain(wrong.faults.iter().map(|fault| fault.path.as_str()))
        .collect();
    let judges = |path: &str| own.contains(path) || new.contains(path) || faulty.contains(path);
    before.changes.iter().all(|step| judges(&step.path) && step.old_path.as_deref().is_none_or(judges))
}
