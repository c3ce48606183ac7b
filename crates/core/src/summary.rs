//! From the log to what lists and screens show: [`wire::DecisionSummary`], problems and the chain of supersession.
//!
//! The only place where domain types become wire types; it computes nothing that the log does not know.

use crate::decision::{Date, Decision, LinkKind, Status};
use crate::id::RecordPath;
use crate::log::DecisionLog;
use crate::problem::{Fix, Problem, Severity};
use crate::record::{Parsed, RuleHead};
use crate::spread::{InTurn, Spread};
use crate::wire::{
    ChainNode, DecisionSummary, FixItem, ProblemItem, Relation, RuleItem, SeverityWord, StatusWord, TextEditItem,
};
use std::ops::Range;

impl From<Status> for StatusWord {
    fn from(status: Status) -> Self {
        match status {
            Status::Draft => StatusWord::Draft,
            Status::Proposed => StatusWord::Proposed,
            Status::Accepted => StatusWord::Accepted,
            Status::Rejected => StatusWord::Rejected,
            Status::Deprecated => StatusWord::Deprecated,
            Status::Superseded => StatusWord::Superseded,
            Status::Other => StatusWord::Other,
        }
    }
}

impl From<StatusWord> for Status {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Draft => Status::Draft,
            StatusWord::Proposed => Status::Proposed,
            StatusWord::Accepted => Status::Accepted,
            StatusWord::Rejected => Status::Rejected,
            StatusWord::Deprecated => Status::Deprecated,
            StatusWord::Superseded => Status::Superseded,
            StatusWord::Other => Status::Other,
        }
    }
}

impl From<&Fix> for FixItem {
    fn from(fix: &Fix) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let edits = fix.edits.iter().map(|edit| TextEditItem {
            path: edit.path.to_string(),
            start: offset(edit.range.start),
            end: offset(edit.range.end),
            text: edit.text.clone(),
        });
        FixItem { title: fix.title.clone(), edits: edits.collect() }
    }
}

impl From<&Problem> for ProblemItem {
    fn from(problem: &Problem) -> Self {
        let choices: Vec<FixItem> = problem.choices.iter().map(Into::into).collect();
        ProblemItem {
            code: problem.code.code().to_owned(),
            severity: problem.severity.into(),
            path: problem.path.to_string(),
            line: problem.line,
            column: problem.column,
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            command: problem.command.clone(),
            fix: problem.fix.as_ref().map(Into::into),
            choices: Some(choices).filter(|choices| !choices.is_empty()),
            span: None,
        }
    }
}

impl From<Severity> for SeverityWord {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => SeverityWord::Error,
            Severity::Warning => SeverityWord::Warning,
            Severity::Note => SeverityWord::Note,
        }
    }
}

fn rule_item(decision: &Decision, rule: &RuleHead) -> RuleItem {
    RuleItem {
        key: format!("{}/{}", decision.id, rule.id),
        kind: rule.kind.clone(),
        severity: rule.severity.into(),
        message: rule.message.clone(),
        paths: rule.paths.clone(),
        record: decision.path.to_string(),
    }
}

impl DecisionLog {
    /// A record as lists show it; `None` for an unknown path.
    pub fn summary(&self, path: &RecordPath) -> Option<DecisionSummary> {
        let parsed = self.find(path)?;
        let decision = &parsed.decision;
        let links = self.graph().links(path);
        let stated = |kind| texts(links.stated_of(kind));
        let all = |kind| texts(links.of(kind));
        let (held_from, held_to) = self.tenure(path);
        Some(DecisionSummary {
            id: decision.id.to_string(),
            number: decision.number,
            label: decision.digits.clone(),
            log: parsed.log.clone(),
            path: path.to_string(),
            title: title(parsed),
            status: decision.status.map(StatusWord::from),
            status_raw: decision.status_raw.clone(),
            date: iso(decision.dates.date),
            proposed: iso(decision.dates.proposed),
            accepted: iso(decision.dates.accepted),
            review_by: iso(decision.dates.review_by),
            decision_makers: decision.people.decision_makers.clone(),
            consulted: decision.people.consulted.clone(),
            informed: decision.people.informed.clone(),
            tags: decision.tags.clone(),
            scope: scope(parsed),
            applies_to: decision.applies_to.clone(),
            supersedes: all(LinkKind::Supersedes),
            superseded_by: all(LinkKind::SupersededBy),
            amends: all(LinkKind::Amends),
            amended_by: all(LinkKind::AmendedBy),
            relates_to: links
                .relations
                .iter()
                .map(|(path, relation)| Relation { path: path.to_string(), relation: relation.clone() })
                .collect(),
            cites: texts(&links.cites),
            stated_supersedes: stated(LinkKind::Supersedes),
            stated_superseded_by: stated(LinkKind::SupersededBy),
            stated_amends: stated(LinkKind::Amends),
            stated_amended_by: stated(LinkKind::AmendedBy),
            in_force: self.in_force(path),
            held_from: iso(held_from),
            held_to: iso(held_to),
            reason_superseded: decision.reason_superseded.clone(),
            problems: self.problems(path).iter().map(ProblemItem::from).collect(),
            dialect: decision.dialect.word().to_owned(),
            rules: decision.rules.iter().map(|rule| rule_item(decision, rule)).collect(),
        })
    }

    /// Every record's summary, by path.
    pub fn summaries(&self) -> Vec<DecisionSummary> {
        self.summaries_by(&InTurn)
    }

    /// As [`DecisionLog::summaries`], with the work spread.
    pub fn summaries_by(&self, spread: &impl Spread) -> Vec<DecisionSummary> {
        let records: Vec<_> = self.records().collect();
        let part = |part: Range<usize>| records[part].iter().filter_map(|parsed| self.summary(&parsed.decision.path));
        spread.parts(records.len(), |range| part(range).collect::<Vec<_>>()).into_iter().flatten().collect()
    }

    /// The supersession chain around a record, oldest first, with open proposals that would replace or refine one of its
    /// decisions at the end. Empty when the record stands alone.
    pub fn chain(&self, path: &RecordPath) -> Vec<ChainNode> {
        let mut members: Vec<(Option<Date>, RecordPath, &'static str)> = Vec::new();
        let lineage = self.graph().lineage(path);
        for member in &lineage {
            members.push((self.start(member), member.clone(), self.role(member)));
            let links = self.graph().links(member);
            let refining = links.relations.iter().filter(|(_, word)| word == "refined-by").map(|(from, _)| from);
            for open in links.of(LinkKind::AmendedBy).iter().chain(refining) {
                let is_new = !lineage.contains(open) && !members.iter().any(|(_, known, _)| known == open);
                if is_new && self.status(open).is_some_and(Status::is_open) {
                    members.push((self.start(open), open.clone(), "would-refine"));
                }
            }
        }
        if members.len() < 2 {
            return Vec::new();
        }
        members.sort_by_key(|(start, path, role)| {
            (
                *role != "decided",
                self.depth(path, &lineage),
                *start,
                self.find(path).and_then(|found| found.decision.number),
            )
        });
        members.into_iter().filter_map(|(_, path, role)| self.node(&path, role)).collect()
    }

    fn role(&self, path: &RecordPath) -> &'static str {
        let open = self.status(path).is_some_and(Status::is_open);
        if open && !self.graph().links(path).of(LinkKind::Supersedes).is_empty() { "would-replace" } else { "decided" }
    }

    /// How many predecessors lie before a record, so that missing dates do not disorder a chain. Rings end at the chain's length.
    fn depth(&self, path: &RecordPath, lineage: &[RecordPath]) -> usize {
        let mut depth = 0;
        let mut level = vec![path];
        while depth < lineage.len() {
            level = level.into_iter().flat_map(|at| self.graph().links(at).of(LinkKind::Supersedes)).collect();
            if level.is_empty() {
                break;
            }
            level.sort();
            level.dedup();
            depth += 1;
        }
        depth
    }

    fn start(&self, path: &RecordPath) -> Option<Date> {
        let dates = &self.find(path)?.decision.dates;
        dates.accepted.or(dates.date).or(dates.proposed)
    }

    /// First day in force and the day it fell, as far as records know them.
    pub(crate) fn tenure(&self, path: &RecordPath) -> (Option<Date>, Option<Date>) {
        let Some(parsed) = self.find(path) else { return (None, None) };
        let (status, dates) = (parsed.decision.status, &parsed.decision.dates);
        if !matches!(status, Some(Status::Accepted | Status::Superseded | Status::Deprecated)) {
            return (None, None);
        }
        let from = self.start(path);
        let successors = self.graph().links(path).of(LinkKind::SupersededBy).iter();
        let fell = successors
            .filter(|by| self.status(by) == Some(Status::Accepted) || self.status(by) == Some(Status::Superseded))
            .filter_map(|by| self.start(by))
            .min()
            .or(dates.date.filter(|_| status == Some(Status::Deprecated)))
            .filter(|to| !self.in_force(path) && from.is_none_or(|from| from <= *to));
        // MADR's `date` is the last change: for a record that fell it is often the day of the fall, which says nothing of
        // when it began.
        let began = from.filter(|from| dates.accepted.is_some() || fell.is_none_or(|fell| *from < fell));
        (began, fell)
    }

    fn node(&self, path: &RecordPath, role: &str) -> Option<ChainNode> {
        let parsed = self.find(path)?;
        let decision = &parsed.decision;
        let (began, fell) = self.tenure(path);
        Some(ChainNode {
            path: path.to_string(),
            label: decision.digits.clone().unwrap_or_else(|| decision.id.to_string()),
            title: title(parsed),
            status: decision.status.map(StatusWord::from),
            from: iso(began),
            to: iso(fell),
            role: role.to_owned(),
        })
    }
}

/// The title, or the file's name where the record has none.
pub fn title(parsed: &Parsed) -> String {
    parsed
        .decision
        .title
        .clone()
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| parsed.decision.path.file_name().to_owned())
}

/// `scope:` of the record, else its category folder in the log, else the package that the log belongs to.
pub fn scope(parsed: &Parsed) -> Option<String> {
    if let Some(scope) = &parsed.decision.scope {
        return Some(scope.clone());
    }
    let path = &parsed.decision.path;
    let inside = path.folder().strip_prefix(parsed.log.as_str()).unwrap_or("").trim_matches('/');
    let is_folder_record = matches!(path.stem().to_ascii_lowercase().as_str(), "readme" | "index");
    let category = if is_folder_record { inside.rsplit_once('/').map_or("", |(category, _)| category) } else { inside };
    if !category.is_empty() {
        return Some(category.to_owned());
    }
    package(&parsed.log)
}

/// `payments` for `packages/payments/docs/adr`; none for a log at the repository's root.
fn package(log: &str) -> Option<String> {
    const OF_LOGS: &[&str] = &[
        "docs",
        "doc",
        "adr",
        "adrs",
        "decisions",
        "architecture",
        "architecture-decisions",
        "rfcs",
        "rfc",
        "documentation",
        ".adr",
    ];
    let parts: Vec<&str> = log.split('/').filter(|part| !part.is_empty()).collect();
    let own = parts.iter().rposition(|part| !OF_LOGS.contains(&part.to_ascii_lowercase().as_str()))?;
    (own + 1 < parts.len()).then(|| parts[own].to_owned())
}

fn texts(paths: &[RecordPath]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn a_log_inside_a_package_takes_its_name_as_scope() {
        let check = |log: &str, expected: Option<&str>| assert_eq!(package(log).as_deref(), expected, "{log}");
        check("docs/decisions", None);
        check("doc/adr", None);
        check("", None);
        check("packages/payments/docs/adr", Some("payments"));
        check("decisions", None);
        check("handbook", None);
    }
}
