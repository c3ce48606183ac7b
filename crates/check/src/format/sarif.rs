//! SARIF 2.1.0 (OASIS), for code scanning.

use super::{is_change, whole_message};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use precedent_core::wire::{CheckFault, FindingItem, FindingState, SeverityWord, Verdict, VerdictWord};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What may not stand in the path of a URI.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

/// The verdict as one SARIF log.
#[must_use]
pub fn sarif(verdict: &Verdict) -> Value {
    let mut rules: BTreeMap<&str, &FindingItem> = BTreeMap::new();
    for finding in &verdict.findings {
        rules.entry(&finding.rule).or_insert(finding);
    }
    let place = |key: &str| rules.keys().position(|known| *known == key);
    let results = verdict.findings.iter().map(|finding| result(verdict, finding, place(&finding.rule)));
    let notifications: Vec<Value> = notifications(verdict).collect();
    let is_done = matches!(verdict.verdict, VerdictWord::Pass | VerdictWord::Violations);
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Precedent",
                "semanticVersion": verdict.engine,
                "rules": rules.values().map(|finding| rule(finding)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": is_done,
                "toolExecutionNotifications": notifications,
            }],
            "results": results.collect::<Vec<_>>(),
            "properties": {"verdict": verdict.verdict, "asOf": verdict.as_of, "input": verdict.input},
        }],
    })
}

fn rule(finding: &FindingItem) -> Value {
    let decision = &finding.decision;
    let help =
        format!("Decided in {} ({}). To change the decision: {}", decision.title, decision.path, finding.propose);
    json!({
        "id": finding.rule,
        "shortDescription": {"text": first_line(&finding.message)},
        "fullDescription": {"text": finding.message},
        "help": {"text": help},
        "defaultConfiguration": {"level": level(finding.severity)},
        "properties": {"kind": finding.kind, "decision": decision.path},
    })
}

fn result(verdict: &Verdict, finding: &FindingItem, rule: Option<usize>) -> Value {
    let mut result = Map::new();
    result.insert("ruleId".to_owned(), json!(finding.rule));
    result.insert("ruleIndex".to_owned(), json!(rule));
    result.insert("level".to_owned(), json!(level(finding.severity)));
    result.insert("message".to_owned(), json!({"text": whole_message(finding)}));
    let mut region = json!({
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    });
    if !finding.excerpt.is_empty() {
        region["snippet"] = json!({"text": finding.excerpt});
    }
    let physical = json!({"artifactLocation": address(&finding.path), "region": region});
    result.insert("locations".to_owned(), json!([{"physicalLocation": physical}]));
    let record = json!({
        "id": 1,
        "physicalLocation": {
            "artifactLocation": address(&finding.decision.path),
            "region": {"startLine": finding.decision.line},
        },
        "message": {"text": format!("Decided here: {}", finding.decision.title)},
    });
    result.insert("relatedLocations".to_owned(), json!([record]));
    result.insert("partialFingerprints".to_owned(), json!({"precedentMatchedText/v1": finding.fingerprint}));
    if is_change(verdict) {
        let is_new = matches!(finding.state, FindingState::Introduced | FindingState::WaiverProposed);
        result.insert("baselineState".to_owned(), json!(if is_new { "new" } else { "unchanged" }));
    }
    if let Some(suppression) = suppression(finding) {
        result.insert("suppressions".to_owned(), json!([suppression]));
    }
    result.insert("properties".to_owned(), json!({"state": finding.state}));
    Value::Object(result)
}

fn suppression(finding: &FindingItem) -> Option<Value> {
    let waiver = finding.waiver.as_ref().filter(|waiver| !waiver.expired);
    match (finding.state, waiver) {
        (FindingState::Waived, Some(waiver)) => Some(json!({
            "kind": "external",
            "status": "accepted",
            "justification": format!("{} until {}, owner {}", waiver.path, waiver.expires, waiver.owner),
        })),
        (FindingState::WaiverProposed, _) => Some(json!({
            "kind": "external",
            "status": "underReview",
            "justification": "the waiver is part of this change; it has to land first",
        })),
        (FindingState::Baselined, _) => Some(json!({
            "kind": "external",
            "status": "accepted",
            "justification": "it was there when the rule began",
        })),
        _ => None,
    }
}

fn notifications(verdict: &Verdict) -> impl Iterator<Item = Value> {
    let at = |path: &str, line: u32| {
        if path.is_empty() {
            return json!([]);
        }
        json!([{"physicalLocation": {"artifactLocation": address(path), "region": {"startLine": line.max(1)}}}])
    };
    let undecided = verdict.undecided.iter().map(move |item| {
        json!({"level": "error", "message": {"text": item.message}, "locations": at(&item.path, item.line)})
    });
    let faults = verdict.faults.iter().map(move |fault: &CheckFault| {
        json!({
            "level": level(fault.severity),
            "message": {"text": format!("{}: {}", fault.code, fault.message)},
            "locations": at(&fault.path, fault.line),
        })
    });
    let changes = verdict.governance_changes.iter().map(move |change| {
        json!({
            "level": "warning",
            "message": {"text": format!("{}: {}", change.kind, change.message)},
            "locations": at(&change.path, change.line),
        })
    });
    let skipped = verdict.skipped_files.iter().map(move |file| {
        json!({"level": "note", "message": {"text": format!("not read: {}", file.why)}, "locations": at(&file.path, 1)})
    });
    let notes = verdict.notes.iter().map(|note| json!({"level": "note", "message": {"text": note}}));
    undecided.chain(faults).chain(changes).chain(skipped).chain(notes)
}

fn address(path: &str) -> Value {
    json!({"uri": utf8_percent_encode(path, RESERVED).to_string(), "uriBaseId": "%SRCROOT%"})
}

fn level(severity: SeverityWord) -> &'static str {
    match severity {
        SeverityWord::Error => "error",
        SeverityWord::Warning => "warning",
        SeverityWord::Note => "note",
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
