//! Fields of a record that differ between two versions, in the order of DESIGN §10.21: status, dates, supersession,
//! paths, scope, tags, people, other links.

use crate::decision::{Date, Decision, LinkKind, StatedLink, Status};
use crate::record::Parsed;
use crate::wire::FieldChange;

/// Fields that differ between two versions of a record, in the order of DESIGN §10.21.
pub fn field_changes(old: Option<&Parsed>, new: Option<&Parsed>) -> Vec<FieldChange> {
    let values = |parsed: Option<&Parsed>| parsed.map(|parsed| field_values(&parsed.decision)).unwrap_or_default();
    let (old, new) = (values(old), values(new));
    let names = if new.is_empty() { &old } else { &new };
    let value =
        |values: &[(&'static str, String)], at: usize| values.get(at).map_or(String::new(), |(_, value)| value.clone());
    let changes = names.iter().enumerate().map(|(at, (name, _))| FieldChange {
        field: (*name).to_owned(),
        old: value(&old, at),
        new: value(&new, at),
    });
    changes.filter(|change| change.old != change.new).collect()
}

/// A reference as people say it: its number as written (`0126`), else its text.
pub fn reference_label(link: &StatedLink) -> String {
    let named = link.target.as_deref().map(|target| target.rsplit('/').next().unwrap_or(target));
    let digits = named.and_then(leading_number).or_else(|| leading_number(&link.text));
    digits.map_or_else(|| link.text.clone(), str::to_owned)
}

/// Digits at the start of a name, after an optional `ADR-` and the like.
fn leading_number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let rest = rest.trim_start_matches(['-', '_', ' ', '#']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    // Longer runs are dates; a word before digits (`postgres-15`) is a name, unless it is a short prefix.
    let prefix = text.len() - rest.len();
    let is_date = end == 4 && rest[end..].starts_with('-') && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    (end > 0 && end <= 6 && prefix <= 5 && !is_date).then(|| &rest[..end])
}

/// Every field with its value as text, always in the same order and number.
fn field_values(decision: &Decision) -> Vec<(&'static str, String)> {
    let links = |kind| links_text(decision, kind);
    let dates = &decision.dates;
    vec![
        ("Status", status_text(decision)),
        ("Date", date_text(dates.date)),
        ("Proposed on", date_text(dates.proposed)),
        ("Accepted on", date_text(dates.accepted)),
        ("Review by", date_text(dates.review_by)),
        ("Supersedes", links(LinkKind::Supersedes)),
        ("Superseded by", links(LinkKind::SupersededBy)),
        ("Binds", decision.applies_to.join(", ")),
        ("Scope", decision.scope.clone().unwrap_or_default()),
        ("Tags", decision.tags.join(", ")),
        ("Title", decision.title.clone().unwrap_or_default()),
        ("Decision makers", decision.people.decision_makers.join(", ")),
        ("Consulted", decision.people.consulted.join(", ")),
        ("Informed", decision.people.informed.join(", ")),
        ("Amends", links(LinkKind::Amends)),
        ("Amended by", links(LinkKind::AmendedBy)),
        ("Depends on", links(LinkKind::DependsOn)),
        ("Relates to", links(LinkKind::RelatesTo)),
        ("Why it fell", decision.reason_superseded.clone().unwrap_or_default()),
    ]
}

fn status_text(decision: &Decision) -> String {
    match decision.status {
        Some(Status::Other) => decision.status_raw.clone().unwrap_or_default(),
        Some(status) => status.word().to_owned(),
        None => String::new(),
    }
}

fn date_text(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| date.to_string())
}

fn links_text(decision: &Decision, kind: LinkKind) -> String {
    let labels: Vec<String> = decision.links.iter().filter(|link| link.kind == kind).map(reference_label).collect();
    labels.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str, target: Option<&str>) -> String {
        let target = target.map(str::to_owned);
        reference_label(&StatedLink {
            kind: LinkKind::Supersedes,
            text: text.into(),
            target,
            relation: None,
            span: 0..0,
        })
    }

    #[test]
    fn a_reference_is_named_by_its_number_as_written() {
        assert_eq!(label("ADR-0007", None), "0007");
        assert_eq!(label("7", None), "7");
        assert_eq!(label("Use Mongo", Some("../0012-use-mongo.md")), "0012");
        assert_eq!(label("use-mongo", None), "use-mongo");
        assert_eq!(label("20240101-use-mongo", None), "20240101-use-mongo");
        assert_eq!(label("postgres-15", None), "postgres-15");
        assert_eq!(label("2024-01-01-use-mongo", None), "2024-01-01-use-mongo");
    }
}
