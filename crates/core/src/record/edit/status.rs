//! Writing a status where the record keeps it, and the date that goes with it.

use super::super::dialect::{StatusPlace, decision, status_place};
use super::super::front_matter::line_at;
use super::super::head::{Field, Origin};
use super::super::language::Key;
use super::super::{Reading, status};
use super::splice::{Splice, apply};
use super::{Splices, yaml};
use crate::decision::{Date, Decision, Status};
use crate::id::RecordPath;
use std::ops::Range;

/// Sets the status text. `meaning` is what a reader must understand afterwards; `None` for a word of the repository's own.
pub(crate) fn set(
    path: &RecordPath,
    reading: &Reading<'_>,
    meaning: Option<Status>,
    text: &str,
    on: Option<Date>,
) -> Splices {
    let place = status_place(reading, &[]);
    let mut splices = match &place {
        Some(place) => in_place(path, reading, place, meaning, text, on),
        None => vec![empty_place(reading, text).unwrap_or_else(|| add(reading, text))],
    };
    if splices.iter().any(|splice| reading.text[splice.range.clone()] != splice.text) {
        splices.extend(on.and_then(|day| date(reading, place.as_ref(), meaning, day)));
    }
    splices
}

/// Adds the status as front matter.
fn add(reading: &Reading<'_>, text: &str) -> Splice {
    let syntax = reading.front.as_ref().map_or(super::super::front_matter::Syntax::Yaml, |front| front.syntax);
    match (&reading.front, reading.front_entry(&Key::Status)) {
        (Some(front), Some(entry)) => yaml::set_scalar(reading, front, entry, text),
        _ => yaml::add(reading, "status", &yaml::scalar(text, syntax, false)),
    }
}

/// A place for a status that holds none: `Status:`, `## Status` with nothing or only a comment below.
fn empty_place(reading: &Reading<'_>, text: &str) -> Option<Splice> {
    if let (Some(front), Some(entry)) = (&reading.front, reading.front_entry(&Key::Status)) {
        return Some(yaml::set_scalar(reading, front, entry, text));
    }
    let field = reading
        .fields
        .iter()
        .find(|field| field.key == Key::Status && !matches!(field.origin, Origin::TableRow | Origin::TableColumn))?;
    let newline = super::newline(reading.text);
    if field.origin == Origin::Section {
        let heading = reading.sections.iter().find(|section| {
            section.span.start <= field.line.start && field.line.start < section.body.start.max(section.span.start + 1)
        })?;
        let mut at = heading.body.start;
        // A setext heading and its own line ending belong to the heading.
        if !reading.text[..at].ends_with('\n') {
            at = line_at(reading.text, at).end;
        }
        let before = if reading.text[..at].ends_with('\n') { "" } else { newline };
        return Some(Splice::insert(at, format!("{before}{newline}{}{newline}", capital(text))));
    }
    let at = field.value.start.max(field.line.start);
    let at = if reading.text[field.line.start..at].ends_with(char::is_whitespace) {
        reading.text[..at].trim_end().len()
    } else {
        at
    };
    Some(Splice::insert(at, format!(" {text}")))
}

fn in_place(
    path: &RecordPath,
    reading: &Reading<'_>,
    place: &StatusPlace,
    meaning: Option<Status>,
    text: &str,
    on: Option<Date>,
) -> Splices {
    if place.origin == Origin::FrontMatter
        && let (Some(front), Some(entry)) = (&reading.front, reading.front_entry(&Key::Status))
    {
        let old = entry.items.first().map_or("", |item| item.text.as_str());
        let new = if old.is_empty() || old.starts_with('{') { text.to_owned() } else { in_case_of(words(old), text) };
        return vec![yaml::set_scalar(reading, front, entry, &new)];
    }
    let line = place.span.start + place.reading.line.start..place.span.start + place.reading.line.end;
    let written = &reading.text[line.clone()];
    let before = decision(path, reading, &[], &mut Vec::new());
    let choices = choices(reading, place, line, written, text, on);
    let keeps_links = |after: &Decision| after.links.len() == before.links.len();
    let means = |splices: &Splices| {
        read_again(path, reading, splices).filter(|after| meaning.is_none_or(|meaning| after.status == Some(meaning)))
    };
    let lossless = choices.iter().position(|splices| means(splices).is_some_and(|after| keeps_links(&after)));
    let chosen = lossless.or_else(|| choices.iter().position(|splices| means(splices).is_some()));
    choices.into_iter().nth(chosen.unwrap_or(0)).unwrap_or_default()
}

/// Ways to write the status at its place, from the one that keeps most of what stands there.
fn choices(
    reading: &Reading<'_>,
    place: &StatusPlace,
    line: Range<usize>,
    written: &str,
    text: &str,
    on: Option<Date>,
) -> Vec<Splices> {
    let mut choices: Vec<Splices> = Vec::new();
    if let Some(status::Phrase { picture, words: phrase }) =
        place.reading.status.and_then(|status| status::phrase(written, status, &[]))
    {
        let rest = &written[phrase.end..];
        // `Approved by the board on …` is a sentence about that status alone.
        if !rest.starts_with(" by ") && !rest.starts_with(" in fav") {
            let span = line.start + phrase.start..line.start + phrase.end;
            let mut splices = vec![Splice::new(span.clone(), in_case_of(words(&written[phrase.clone()]), text))];
            if !picture.is_empty() {
                splices.push(Splice::new(line.start + picture.start..line.start + picture.end, ""));
            }
            splices.extend(on.and_then(|day| dated_remark(rest, span.end, day)));
            choices.push(splices);
        }
    }
    let newline = super::newline(reading.text);
    let word = in_case_of(words(written), text);
    match place.origin {
        Origin::Title => {}
        Origin::Sentence => {
            choices.push(vec![add(reading, text)]);
            choices.push(vec![Splice::new(line, format!("Status: {text}"))]);
        }
        _ => {
            let whole = vec![Splice::new(line.clone(), word.clone())];
            let area = super::super::sections::trim_span(reading.text, place.span.clone());
            let above = vec![Splice::insert(area.start, format!("{}{newline}{newline}", capital(text)))];
            let short = written.len() <= 120;
            let lines = reading.text[area.clone()].lines().filter(|line| !line.trim().is_empty()).count();
            if short {
                choices.push(whole.clone());
            }
            if place.origin == Origin::Section {
                choices.push(above);
            }
            if !short && place.origin != Origin::Section {
                choices.push(whole);
            }
            if lines <= 3 {
                choices.push(vec![Splice::new(area, word)]);
            }
        }
    }
    choices
}

/// The day in `Accepted (2026-07-26)` belongs to the status and changes with it.
fn dated_remark(rest: &str, at: usize, day: Date) -> Option<Splice> {
    let inner = rest.strip_prefix(" (").or_else(|| rest.strip_prefix("** (")).or_else(|| rest.strip_prefix(", "))?;
    let start = rest.len() - inner.len();
    let written = inner.get(..10).filter(|written| written.parse::<Date>().is_ok())?;
    Some(Splice::new(at + start..at + start + written.len(), day.to_string()))
}

fn read_again(path: &RecordPath, reading: &Reading<'_>, splices: &Splices) -> Option<Decision> {
    let text = apply(reading.text, splices.clone());
    Some(decision(path, &Reading::new(path, &text), &[], &mut Vec::new()))
}

/// The first run of letters: what shows how the record writes its words.
fn words(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphabetic())
}

/// `text` in capitals as `old` was: `ACCEPTED`, `Accepted`, `accepted`.
pub(crate) fn in_case_of(old: &str, text: &str) -> String {
    let word: String = old.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_upper = word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    if is_upper {
        return text.to_uppercase();
    }
    if word.is_empty() || word.chars().next().is_some_and(char::is_uppercase) { capital(text) } else { text.to_owned() }
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The date the record keeps for a status: `accepted:`, else MADR's `date` ("when the decision was last updated").
fn date(reading: &Reading<'_>, place: Option<&StatusPlace>, meaning: Option<Status>, day: Date) -> Option<Splice> {
    let own = match meaning {
        Some(Status::Accepted) => Some(Key::Accepted),
        Some(Status::Proposed) => Some(Key::Proposed),
        _ => None,
    };
    if let Some(front) = &reading.front {
        for key in own.iter().chain([&Key::Date]) {
            if let Some(entry) = reading.front_entry(key).filter(|entry| {
                !entry.is_list
                    && matches!(
                        super::super::language::fold_key(&entry.key).as_str(),
                        "date" | "accepted" | "proposed" | "datum"
                    )
            }) {
                return Some(yaml::set_scalar(reading, front, entry, &day.to_string()))
                    .map(|splice| toml_date(front, splice, day));
            }
        }
    }
    if place.map(|place| place.origin) != Some(Origin::Bullet) {
        return None;
    }
    let is_date = |field: &&Field| field.key == Key::Date && field.origin == Origin::Bullet;
    let field = reading.fields.iter().find(is_date)?;
    let value = &reading.text[field.value.clone()];
    let is_plain =
        matches!(super::super::dates::read(value), super::super::dates::DateText::Day(_)) && value.len() <= 12;
    is_plain.then(|| Splice::new(field.value.clone(), day.to_string()))
}

fn toml_date(front: &super::super::front_matter::FrontMatter, splice: Splice, day: Date) -> Splice {
    let is_toml = front.syntax == super::super::front_matter::Syntax::Toml;
    if is_toml { Splice::new(splice.range, day.to_string()) } else { splice }
}
