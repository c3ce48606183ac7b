//! The second stage: a list of rules as written becomes [`Rule`]s. A rule with any fault is none: a rule half understood
//! must not pass.

use super::examples::Examples;
use super::fields::Fields;
use super::globs::PathSet;
use super::kind::Kind;
use super::{
    BoundariesRule, CompanionRule, CountRule, DataRule, DependencyRule, EvidenceRule, FilesRule, PatternRule,
    ProtectRule, TextRule,
};
use precedent_core::Severity;
use precedent_core::tree::{Fault, Node, Place, Value};
use std::collections::BTreeSet;

/// More rules than this in one record are not read.
const MAX_RULES: usize = 200;

const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("warning", Severity::Warning), ("note", Severity::Note)];

/// A rule that can be run.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Name inside its record.
    pub id: String,
    pub kind: Kind,
    pub severity: Severity,
    /// What is wrong and why, for the person who meets it.
    pub message: String,
    /// What to do instead.
    pub remedy: Option<String>,
    /// Narrows what the record applies to; `None`: does not.
    pub paths: Option<PathSet>,
    pub examples: Examples,
    /// Where it stands in its file.
    pub place: Place,
    /// What it says, in one form for one meaning: to find out whether a change touches it.
    pub digest: String,
}

/// Why a rule is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// Its id, as far as there is one.
    pub rule: Option<String>,
    pub place: Place,
    pub message: String,
}

/// Reads the list behind `rules:`.
#[must_use]
pub fn read_rules(list: &Node) -> (Vec<Rule>, Vec<RuleFault>) {
    let (mut rules, mut faults): (Vec<Rule>, Vec<RuleFault>) = (Vec::new(), Vec::new());
    let fault = |place: Place, message: String| RuleFault { rule: None, place, message };
    let Value::List(items) = &list.value else {
        // Other tools have switches of the same name.
        if !matches!(list.value, Value::Null | Value::Bool(_)) {
            faults.push(fault(list.place, format!("`rules` takes a list, and this is {}", list.kind())));
        }
        return (rules, faults);
    };
    if let Some(item) = items.get(MAX_RULES) {
        faults.push(fault(item.place, format!("a record has at most {MAX_RULES} rules")));
    }
    let mut ids = BTreeSet::new();
    for item in items.iter().take(MAX_RULES) {
        let id = item.find("id").and_then(Node::scalar).map(str::to_owned);
        match read_rule(item) {
            Ok(rule) if !ids.insert(rule.id.clone()) => {
                let message = format!("two rules of this record have the id `{}`", rule.id);
                faults.push(RuleFault { rule: id, place: item.place, message });
            }
            Ok(rule) => rules.push(rule),
            Err(found) => faults.extend(found.into_iter().map(|Fault { place, message }| RuleFault {
                rule: id.clone(),
                place,
                message,
            })),
        }
    }
    (rules, faults)
}

fn read_rule(node: &Node) -> Result<Rule, Vec<Fault>> {
    let mut fields = Fields::new(node, "rule");
    let id = fields.needed("id");
    if let Some((id, place)) = id.filter(|(id, _)| !is_id(id)) {
        fields.fault(place, format!("`{id}` is no id: letters, digits and . _ - only"));
    }
    let kind_word = fields.needed("kind");
    let severity = fields.word("severity", SEVERITIES).unwrap_or(Severity::Error);
    let message = fields.needed("message").map(|(text, _)| text.trim().to_owned());
    let remedy = fields.text("remedy").map(|(text, _)| text.trim().to_owned());
    let paths = fields.globs("paths");
    let examples = fields.inside("tests", Examples::read).unwrap_or_default();
    let kind = kind_word.and_then(|(word, place)| read_kind(&mut fields, word, place));
    // Which keys there may be is known where the kind is known and built.
    let is_opaque = kind_word.is_none_or(|(word, _)| !BUILT.contains(&word));
    let faults = if is_opaque { fields.finish_opaque() } else { fields.finish() };
    match (id, kind, message) {
        (Some((id, _)), Some(kind), Some(message)) if faults.is_empty() => Ok(Rule {
            id: id.to_owned(),
            kind,
            severity,
            message,
            remedy,
            paths,
            examples,
            place: node.place,
            digest: canonical(&node.to_json()),
        }),
        _ => Err(faults),
    }
}

fn is_id(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_alphanumeric())
        && id.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
}

fn read_kind(fields: &mut Fields<'_>, word: &str, place: Place) -> Option<Kind> {
    match word {
        "forbid-text" => TextRule::read(fields, false).map(Kind::Text),
        "require-text" => TextRule::read(fields, true).map(Kind::Text),
        "forbid-pattern" => PatternRule::read(fields, false).map(Kind::Pattern),
        "require-pattern" => PatternRule::read(fields, true).map(Kind::Pattern),
        "forbid-dependency" => DependencyRule::read(fields, false).map(Kind::Dependency),
        "only-dependencies" => DependencyRule::read(fields, true).map(Kind::Dependency),
        "boundaries" => BoundariesRule::read(fields).map(Kind::Boundaries),
        "evidence" => EvidenceRule::read(fields).map(Kind::Evidence),
        "files" => FilesRule::read(fields).map(Kind::Files),
        "protect" => ProtectRule::read(fields).map(Kind::Protect),
        "companion" => CompanionRule::read(fields).map(Kind::Companion),
        "count" => CountRule::read(fields).map(Kind::Count),
        "data" => DataRule::read(fields).map(Kind::Data),
        _ => match NOT_BUILT.iter().find(|known| **known == word) {
            Some(known) => Some(Kind::NotBuilt(known)),
            None => {
                fields.fault(place, unknown_kind(word));
                None
            }
        },
    }
}

/// Kinds of the contract that this version knows by name only.
const NOT_BUILT: &[&str] = &["command"];
/// Kinds that it can judge by.
const BUILT: &[&str] = &[
    "forbid-text",
    "require-text",
    "forbid-pattern",
    "require-pattern",
    "forbid-dependency",
    "only-dependencies",
    "companion",
    "protect",
    "files",
    "count",
    "data",
    "boundaries",
    "evidence",
];

fn unknown_kind(word: &str) -> String {
    let known: Vec<&str> = BUILT.iter().chain(NOT_BUILT).copied().collect();
    match precedent_core::schema::faults::nearest(word, &known) {
        Some(near) => format!("no kind of rule is called `{word}`; did you mean `{near}`?"),
        None => format!("no kind of rule is called `{word}`; there are {}", known.join(", ")),
    }
}

/// JSON with its members in order: two writings of one meaning are one text.
pub(crate) fn canonical(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            let members = sorted.into_iter().map(|(key, value)| format!("{key:?}:{}", canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        value => value.to_string(),
    }
}
