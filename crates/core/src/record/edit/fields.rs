//! Writing a field or the title where the record keeps it; as front matter when it has no place for it.

use super::super::front_matter::{FrontMatter, Syntax, line_at};
use super::super::head::{Field, Origin};
use super::super::language::{self, Key};
use super::super::{Reading, title};
use super::splice::Splice;
use super::{EditError, Splices, yaml};
use crate::decision::{Date, LinkKind};
use crate::id::RecordPath;

/// Replaces the words of the title; number and label before it stay.
pub(crate) fn set_title(reading: &Reading<'_>, new: &str) -> Splices {
    let front = reading.front.as_ref().zip(reading.front_entry(&Key::Title));
    let heading = reading.title.as_ref().and_then(|title| title.heading.clone());
    let Some(span) = heading else {
        return match front {
            Some((front, entry)) => {
                let old = entry.items.first().map_or("", |item| item.text.as_str());
                let place = title::proper(old, None).place;
                let whole = format!("{}{new}{}", &old[..place.start.min(old.len())], &old[place.end.min(old.len())..]);
                vec![yaml::set_scalar(reading, front, entry, &whole)]
            }
            None => {
                let newline = super::newline(reading.text);
                vec![Splice::insert(reading.body, format!("# {new}{newline}{newline}"))]
            }
        };
    };
    let line = line_at(reading.text, span.start);
    let written = &reading.text[line.clone()];
    let lead = written.len() - written.trim_start_matches(['#', ' ', '\t']).len();
    let content = written[lead..].trim_end().trim_end_matches('#').trim_end();
    let place = title::proper(content, None).place;
    let start = line.start + lead;
    let mut splices = vec![Splice::new(start + place.start..start + place.end, new)];
    let old = reading.title.as_ref().map(|title| title.text.as_str());
    if let Some((front, entry)) = front.filter(|(_, entry)| entry.items.first().map(|item| item.text.as_str()) == old) {
        splices.push(yaml::set_scalar(reading, front, entry, new));
    }
    splices
}

/// Sets a field by its contract key; no values removes it.
pub(crate) fn set(
    path: &RecordPath,
    reading: &Reading<'_>,
    key: &str,
    values: &[String],
) -> Result<Splices, EditError> {
    let values: Vec<String> =
        values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
    let known = language::key(key).filter(|known| contract_key(known).is_some());
    let exact = reading.front.as_ref().zip(reading.front.as_ref().and_then(|front| front.entry(key)));
    let Some(known) = known else {
        // Keys of the user's own are written as they stand.
        let own = exact.is_some() || key.starts_with("x-");
        return if own {
            Ok(set_front(reading, key, exact, &values, true))
        } else {
            Err(EditError::UnknownField { key: key.to_owned() })
        };
    };
    check(key, &known, &values)?;
    match known {
        Key::Status => return Ok(super::status::set(path, reading, None, &values.join(", "), None)),
        Key::Title => return Ok(set_title(reading, &values.join(" "))),
        _ => {}
    }
    let front = reading.front.as_ref().zip(reading.front_entry(&known));
    if front.is_some() {
        return Ok(set_front(reading, key, front, &values, is_list(&known)));
    }
    // Paths are read from front matter only, and a day does not take the place of a paragraph that tells when.
    let is_day = matches!(known, Key::Date | Key::Proposed | Key::Accepted | Key::ReviewBy);
    let writable = |field: &&Field| {
        let is_prose = is_day && reading.text[field.value.clone()].contains('\n');
        let is_place = !matches!(field.origin, Origin::Heading | Origin::Attribute) && known != Key::AppliesTo;
        field.key == known && is_place && !is_prose
    };
    if let Some(field) = reading.fields.iter().find(writable) {
        return Ok(set_field(reading, field, &values));
    }
    let name = contract_key(&known).unwrap_or(key);
    Ok(set_front(reading, name, None, &values, is_list(&known)))
}

/// The key as the contract writes it.
fn contract_key(key: &Key) -> Option<&'static str> {
    Some(match key {
        Key::Schema => "schema",
        Key::Id => "id",
        Key::Title => "title",
        Key::Status => "status",
        Key::Date => "date",
        Key::Proposed => "proposed",
        Key::Accepted => "accepted",
        Key::ReviewBy => "review-by",
        Key::DecisionMakers => "decision-makers",
        Key::Consulted => "consulted",
        Key::Informed => "informed",
        Key::Tags => "tags",
        Key::Scope => "scope",
        Key::AppliesTo => "applies-to",
        Key::ReasonSuperseded => "reason-superseded",
        Key::ReasonSupersedes => "reason-supersedes",
        Key::Link(LinkKind::DependsOn) | Key::Relation(_) => return None,
        Key::Link(kind) => kind.key(),
    })
}

fn is_list(key: &Key) -> bool {
    matches!(key, Key::DecisionMakers | Key::Consulted | Key::Informed | Key::Tags | Key::AppliesTo | Key::Link(_))
}

fn check(key: &str, known: &Key, values: &[String]) -> Result<(), EditError> {
    let bad =
        |value: &str, expected| Err(EditError::BadValue { key: key.to_owned(), value: value.to_owned(), expected });
    for value in values {
        let is_date = matches!(known, Key::Date | Key::Proposed | Key::Accepted | Key::ReviewBy);
        if is_date && value.parse::<Date>().map_or(true, |day| day.to_string() != *value) {
            return bad(value, "write a day as year-month-day, for example 2026-03-02");
        }
        if value.contains(['\n', '\r']) {
            return bad(value, "it must be one line");
        }
        if *known == Key::Id && !value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            return bad(value, "use letters, digits, dots, dashes and underscores only");
        }
    }
    match values {
        [] if matches!(known, Key::Title | Key::Status) => bad("", "it cannot be empty"),
        [_, second, ..] if !is_list(known) && !matches!(known, Key::Title | Key::Status) => {
            bad(second, "it takes one value")
        }
        _ => Ok(()),
    }
}

fn set_front(
    reading: &Reading<'_>,
    key: &str,
    found: Option<(&FrontMatter, &super::super::front_matter::Entry)>,
    values: &[String],
    list: bool,
) -> Splices {
    let syntax = reading.front.as_ref().map_or(Syntax::Yaml, |front| front.syntax);
    match (found, values) {
        (None, []) => Vec::new(),
        (Some((front, entry)), []) => vec![yaml::clear(reading, front, entry)],
        (Some((front, entry)), [one]) if !list || !entry.is_list && entry.items.len() == 1 && !one.contains(',') => {
            vec![yaml::set_scalar(reading, front, entry, one)]
        }
        (Some((front, entry)), values) => vec![yaml::set_list(reading, front, entry, values)],
        (None, [one]) if !list => vec![yaml::add(reading, key, &yaml::scalar(one, syntax, false))],
        (None, values) => vec![yaml::add(reading, key, &yaml::flow(values, syntax))],
    }
}

/// Changes a bullet, line, table cell or section that holds the field.
fn set_field(reading: &Reading<'_>, field: &Field, values: &[String]) -> Splices {
    let text = reading.text;
    if values.is_empty() {
        let whole = match field.origin {
            Origin::Bullet | Origin::Line => {
                field.line.start..line_at(text, field.value.end.max(field.line.end - 1).min(text.len())).end
            }
            Origin::TableRow => field.line.clone(),
            _ => field.value.clone(),
        };
        return vec![Splice::new(whole, "")];
    }
    let newline = super::newline(text);
    let old = &text[field.value.clone()];
    let item = old.trim_start();
    if let Some(mark) = item.chars().next().filter(|mark| matches!(mark, '*' | '-' | '+') && item[1..].starts_with(' '))
    {
        let line_start = text[..field.value.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[line_start..field.value.start];
        let items: Vec<String> = values.iter().map(|value| format!("{mark} {value}")).collect();
        return vec![Splice::new(field.value.clone(), items.join(&format!("{newline}{indent}")))];
    }
    let joined = values.join(", ");
    if field.origin == Origin::Section && old.is_empty() {
        return vec![Splice::insert(field.line.end, format!("{newline}{joined}{newline}"))];
    }
    let needs_space = old.is_empty() && !text[..field.value.start].ends_with([' ', '\t']);
    vec![Splice::new(field.value.clone(), if needs_space { format!(" {joined}") } else { joined })]
}
