//! The front matter of a converted record: keys renamed where they stand, what is missing added behind them.

use super::super::Reading;
use super::super::edit::splice::Splice;
use super::super::edit::yaml;
use super::super::front_matter::{FrontMatter, Syntax};
use super::super::language::{self, Key};
use crate::decision::{Decision, LinkKind, Status};

/// Splices that make the block, or complete the one that is there.
pub(super) fn splices(reading: &Reading<'_>, decision: &Decision) -> Vec<Splice> {
    let newline = super::line_ending(reading);
    let lines = |wanted: &[(String, String)]| -> String {
        wanted.iter().map(|(key, value)| format!("{key}: {value}{newline}")).collect()
    };
    let wanted = wanted(reading, decision);
    match &reading.front {
        None => {
            let lead = reading.text.len() - reading.text.trim_start_matches(['\r', '\n']).len();
            vec![Splice::new(0..lead, format!("---{newline}{}---{newline}{newline}", lines(&wanted)))]
        }
        Some(front) if front.syntax == Syntax::Toml => {
            let missing: Vec<_> = wanted.into_iter().filter(|(key, _)| !has(front, key)).collect();
            let block = toml_as_yaml(reading, front, newline);
            vec![Splice::new(0..front.end, format!("---{newline}{block}{}---{newline}", lines(&missing)))]
        }
        Some(front) => {
            let mut out = renamed(front);
            let missing: Vec<_> = wanted.into_iter().filter(|(key, _)| !has(front, key)).collect();
            if !missing.is_empty() {
                let open = !reading.text[..front.inner.end].ends_with('\n');
                let before = if open { newline } else { "" };
                out.push(Splice::insert(front.inner.end, format!("{before}{}", lines(&missing))));
            }
            out
        }
    }
}

/// Every field of the decision with its value as YAML writes it, in MADR's order.
fn wanted(reading: &Reading<'_>, decision: &Decision) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut one = |key: &str, value: Option<String>| {
        out.extend(value.map(|value| (key.to_owned(), yaml::scalar(&value, Syntax::Yaml, false))));
    };
    let status = match decision.status {
        None => None,
        Some(Status::Other) => decision.status_raw.clone().map(|raw| raw.lines().next().unwrap_or("").to_owned()),
        Some(status) => Some(status.word().to_owned()),
    };
    one("status", status);
    let dates = &decision.dates;
    for (key, day) in [
        ("date", dates.date),
        ("proposed", dates.proposed),
        ("accepted", dates.accepted),
        ("review-by", dates.review_by),
    ] {
        one(key, day.map(|day| day.to_string()));
    }
    let mut many = |key: &str, values: Vec<String>| {
        if !values.is_empty() {
            out.push((key.to_owned(), yaml::flow(&values, Syntax::Yaml)));
        }
    };
    for key in [Key::DecisionMakers, Key::Consulted, Key::Informed, Key::Tags] {
        let name = match key {
            Key::DecisionMakers => "decision-makers",
            Key::Consulted => "consulted",
            Key::Informed => "informed",
            _ => "tags",
        };
        many(name, as_written(reading, &key));
    }
    for kind in [LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::AmendedBy] {
        let links = decision.links.iter().filter(|link| link.kind == kind);
        many(kind.key(), links.map(super::reference).collect());
    }
    out.extend(relations(decision));
    out
}

/// People and tags as the body writes them, so that no mark or link of theirs is lost.
fn as_written(reading: &Reading<'_>, key: &Key) -> Vec<String> {
    let is_own = |name: &str| !language::is_author_key(name);
    let Some(field) = reading.fields.iter().find(|field| field.key == *key && is_own(&field.name)) else {
        return Vec::new();
    };
    let value = &reading.text[field.value.clone()];
    let mut depth = 0_i32;
    let parts = value.split(|c: char| {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        matches!(c, '\n') || depth <= 0 && matches!(c, ',' | ';')
    });
    let trimmed = parts.map(|part| part.trim().trim_start_matches(['*', '-', '+']).trim());
    trimmed.filter(|part| !part.is_empty() && !language::is_nothing(part)).map(str::to_owned).collect()
}

/// `relates-to` with the word of each relation.
fn relations(decision: &Decision) -> Option<(String, String)> {
    let item = |link: &crate::decision::StatedLink| {
        let reference = yaml::scalar(&super::reference(link), Syntax::Yaml, true);
        let word = match (&link.relation, link.kind) {
            (Some(word), _) => word.replace(' ', "-"),
            (None, LinkKind::DependsOn) => "depends-on".to_owned(),
            (None, _) => return reference,
        };
        format!("{{ref: {reference}, as: {}}}", yaml::scalar(&word, Syntax::Yaml, true))
    };
    let links = decision.links.iter().filter(|link| matches!(link.kind, LinkKind::RelatesTo | LinkKind::DependsOn));
    let items: Vec<String> = links.map(item).collect();
    (!items.is_empty()).then(|| ("relates-to".to_owned(), format!("[{}]", items.join(", "))))
}

/// Keys that MADR 4 calls otherwise.
fn renamed(front: &FrontMatter) -> Vec<Splice> {
    let entries = front.entries.iter();
    entries.filter_map(|entry| Some(Splice::new(entry.key_span.clone(), madr_key(&entry.key)?))).collect()
}

fn madr_key(key: &str) -> Option<&'static str> {
    let name = match language::key(key)? {
        Key::Status => "status",
        Key::Date if matches!(language::fold_key(key).as_str(), "adr date" | "datum" | "fecha") => "date",
        Key::DecisionMakers => "decision-makers",
        Key::Link(kind) if kind != LinkKind::DependsOn => kind.key(),
        _ => return None,
    };
    (name != key).then_some(name)
}

/// Whether the block has a field already, whatever it calls it.
fn has(front: &FrontMatter, name: &str) -> bool {
    let key = language::key(name);
    front.entries.iter().any(|entry| language::key(&entry.key) == key && !entry.items.is_empty())
}

/// TOML as YAML: JSON values are YAML, comments begin alike.
fn toml_as_yaml(reading: &Reading<'_>, front: &FrontMatter, newline: &str) -> String {
    let inner = &reading.text[front.inner.clone()];
    let mut out: String = inner
        .lines()
        .filter(|line| line.trim_start().starts_with('#'))
        .map(|line| format!("{}{newline}", line.trim()))
        .collect();
    let table: toml::Table = toml::from_str(inner).unwrap_or_default();
    let mut keys: Vec<(&String, &toml::Value)> = table.iter().collect();
    keys.sort_by_key(|(key, _)| front.entry(key).map_or(usize::MAX, |entry| entry.key_span.start));
    for (key, value) in keys {
        let name = madr_key(key).unwrap_or(key);
        out.push_str(&format!("{}: {}{newline}", yaml::scalar(name, Syntax::Yaml, false), toml_value(value)));
    }
    out
}

fn toml_value(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => yaml::scalar(text, Syntax::Yaml, false),
        toml::Value::Datetime(day) => day.to_string(),
        toml::Value::Array(values) => {
            let items = values.iter().map(|value| match value {
                toml::Value::String(text) => yaml::scalar(text, Syntax::Yaml, true),
                other => toml_value(other),
            });
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        toml::Value::Table(table) => {
            let items = table.iter().map(|(key, value)| {
                let value = match value {
                    toml::Value::String(text) => yaml::scalar(text, Syntax::Yaml, true),
                    other => toml_value(other),
                };
                format!("{}: {value}", yaml::scalar(key, Syntax::Yaml, true))
            });
            format!("{{{}}}", items.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
