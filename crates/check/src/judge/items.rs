//! Findings as the wire has them, with the decision and the ways out.

use super::{Judged, Subject};
use precedent_core::wire::{FindingDecision, FindingItem, FindingWaiver};

/// Turns findings into what is printed.
pub(super) struct Items<'s, 'a> {
    subject: &'s Subject<'a>,
}

impl<'s, 'a> Items<'s, 'a> {
    pub(super) fn new(subject: &'s Subject<'a>) -> Self {
        Self { subject }
    }

    /// By path and place, then rule.
    pub(super) fn of(&self, states: &[Judged<'_>]) -> Vec<FindingItem> {
        let mut items: Vec<FindingItem> = states.iter().map(|judged| self.item(judged)).collect();
        items.sort_by(|one, other| {
            let key = |item: &FindingItem| {
                (item.path.clone(), item.line, item.column, item.rule.clone(), item.fingerprint.clone())
            };
            key(one).cmp(&key(other))
        });
        items
    }

    fn item(&self, judged: &Judged<'_>) -> FindingItem {
        let finding = &judged.finding;
        let bound = &self.subject.governance.rules.rules[finding.rule];
        let decision = &bound.decision;
        let waiver = judged.waiver.map(|(waiver, expired)| FindingWaiver {
            path: waiver.path.clone(),
            owner: waiver.owner.clone(),
            expires: waiver.expires.to_string(),
            expired,
        });
        FindingItem {
            rule: bound.key.clone(),
            kind: bound.rule.kind.word().to_owned(),
            severity: bound.severity.into(),
            path: finding.path.clone(),
            line: finding.line,
            column: finding.column,
            end_line: finding.end_line,
            end_column: finding.end_column,
            excerpt: finding.excerpt.clone(),
            fingerprint: finding.fingerprint(),
            state: judged.state,
            message: bound.rule.message.clone(),
            note: finding.note.clone(),
            remedy: bound.rule.remedy.clone(),
            decision: FindingDecision {
                id: decision.id.clone(),
                title: decision.title.clone(),
                status: decision.status,
                path: bound.file.clone(),
                line: bound.rule.place.line,
            },
            waiver,
            propose: format!("precedent supersede {} --title \"…\"", quoted(&decision.path)),
            waive: format!(
                "precedent waive {} --paths {} --until DAY --owner WHO --reason \"…\"",
                quoted(&bound.key),
                quoted(&finding.path)
            ),
        }
    }
}

/// A word for a shell: what is not plain stands in single quotes.
fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/:@+".contains(letter));
    if is_plain && !word.is_empty() { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
