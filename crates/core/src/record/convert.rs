//! A record of any dialect as MADR 4: what its lines, bullets, sections and tables say of the decision becomes front matter.
//!
//! A line goes only when all it says is in the front matter afterwards; whatever else stands beside it stays. Headings are
//! renamed where MADR 4 has the same section under another name. Nothing else of the body is touched.

mod front;

#[cfg(test)]
mod tests;

use super::Reading;
use super::dialect::decision;
use super::edit::splice::{Splice, apply};
use super::edit::{EditError, newline, writable};
use super::front_matter::line_at;
use super::head::{Field, Origin};
use super::language::{self, Key};
use super::{SectionKind, dates, links, status, statuses};
use crate::decision::{Decision, Dialect};
use crate::id::RecordPath;
use std::ops::Range;

/// The text of a record in MADR 4. A record that is MADR 4 already stays as it is.
///
/// # Errors
/// [`EditError`] when the record is in a markup that is not written here, or its front matter cannot be read.
pub fn to_madr4(path: &RecordPath, text: &str) -> Result<String, EditError> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => (&text[..text.len() - body.len()], body),
        None => ("", text),
    };
    let reading = writable(path, body)?;
    let decision = decision(path, &reading, &[], &mut Vec::new());
    if matches!(decision.dialect, Dialect::Precedent1 | Dialect::Madr4) {
        return Ok(text.to_owned());
    }
    let mut splices = Vec::new();
    for field in &reading.fields {
        splices.extend(taken_out(&reading, &decision, field));
    }
    drop_emptied_tables(&reading, &mut splices);
    splices.extend(headings(&reading, &splices));
    splices.extend(front::splices(&reading, &decision));
    Ok(format!("{mark}{}", tidy(body, splices)))
}

/// What goes from the body because the front matter says it.
fn taken_out(reading: &Reading<'_>, decision: &Decision, field: &Field) -> Option<Splice> {
    if !is_moved(reading, decision, field) {
        return None;
    }
    let text = reading.text;
    match field.origin {
        Origin::Bullet | Origin::Line => {
            let same_line = |other: &&Field| other.line.start == field.line.start && *other != field;
            let alone = reading.fields.iter().filter(same_line).all(|other| is_moved(reading, decision, other));
            let end = line_at(text, field.value.end.saturating_sub(1).max(field.line.start)).end;
            alone.then(|| Splice::new(field.line.start..end, ""))
        }
        Origin::TableRow => {
            // A table needs its first row; that one becomes blank.
            let is_first = |table: &&Vec<Vec<Range<usize>>>| {
                table.first().and_then(|row| row.first()).is_some_and(|cell| field.line.contains(&cell.start))
            };
            let first = reading.layout.tables.iter().find(is_first).and_then(|table| table.first());
            let blank = first.and_then(|row| Some(Splice::new(row.first()?.start..row.last()?.end, "|")));
            Some(blank.unwrap_or_else(|| Splice::new(field.line.clone(), "")))
        }
        Origin::TableColumn => Some(Splice::new(field.value.clone(), "")),
        Origin::Section => {
            let section = reading.sections.iter().find(|section| section.span.start == field.line.start)?;
            Some(Splice::new(section.span.clone(), ""))
        }
        Origin::Heading => {
            let section = reading.sections.iter().find(|section| section.span.start == field.line.start)?;
            let rest = text[section.body.clone()].trim();
            rest.is_empty().then(|| Splice::new(section.span.clone(), ""))
        }
        Origin::FrontMatter | Origin::Attribute | Origin::Title | Origin::Sentence => None,
    }
}

/// Whether the front matter will say all that the field's value says.
fn is_moved(reading: &Reading<'_>, decision: &Decision, field: &Field) -> bool {
    let value = &reading.text[field.value.clone()];
    let masked = &reading.layout.mask[field.value.clone()];
    if value != masked || value.len() > 2_000 {
        return false;
    }
    match &field.key {
        Key::Status => lines_of(reading, &field.value).all(|line| says_status_or_links(reading, decision, line)),
        Key::Date | Key::Proposed | Key::Accepted | Key::ReviewBy => is_only_a_day(value),
        Key::DecisionMakers => !language::is_author_key(&field.name) && !value.trim().is_empty(),
        Key::Consulted | Key::Informed | Key::Tags => !value.trim().is_empty() && field.origin != Origin::Section,
        Key::Link(_) | Key::Relation(_) => {
            field.origin != Origin::Section
                && lines_of(reading, &field.value).all(|line| is_only_links(reading, decision, line))
        }
        _ => false,
    }
}

fn lines_of<'r>(reading: &'r Reading<'_>, area: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'r {
    let (mut at, end) = (area.start, area.end);
    std::iter::from_fn(move || {
        (at < end).then(|| {
            let line = at..line_at(reading.text, at).end.min(end);
            at = line.end;
            line
        })
    })
}

fn says_status_or_links(reading: &Reading<'_>, decision: &Decision, line: Range<usize>) -> bool {
    let written = reading.text[line.clone()].trim();
    let word = language::fold(&status::clean(written));
    let is_word = statuses::status(&word).is_some() && !written.contains('(');
    let dated = || {
        let (day, _) = dates::find(written)?;
        let known = [decision.dates.date, decision.dates.accepted, decision.dates.proposed].contains(&Some(day));
        let (head, rest) = written.split_once(['(', ','])?;
        let only = is_only_a_day(rest.trim().trim_end_matches(')'));
        Some(known && only && statuses::status(&language::fold(&status::clean(head))).is_some())
    };
    word.is_empty() || is_word || dated() == Some(true) || is_only_links(reading, decision, line)
}

/// Nothing but references and the words that introduce them.
fn is_only_links(reading: &Reading<'_>, decision: &Decision, line: Range<usize>) -> bool {
    let mut rest = String::new();
    let mut at = line.start;
    let mut spans: Vec<&Range<usize>> = decision.links.iter().map(|link| &link.span).collect();
    spans.retain(|span| line.start <= span.start && span.end <= line.end);
    spans.sort_by_key(|span| span.start);
    for span in spans {
        rest.push_str(&reading.text[at..span.start.max(at)]);
        rest.push(' ');
        at = at.max(span.end);
    }
    rest.push_str(&reading.text[at..line.end]);
    let folded = language::fold(&rest);
    folded.is_empty()
        || language::is_nothing(&folded)
        || folded == "and"
        || language::relation(&folded).is_some()
        || folded.split(" and ").all(|part| language::relation(part.trim()).is_some())
}

fn is_only_a_day(value: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ');
    matches!(dates::read(value), dates::DateText::Day(_))
        && value.trim().trim_matches(['{', '}', '*', '_']).chars().all(digits)
}

/// A table whose every field has gone goes whole, with its head.
fn drop_emptied_tables(reading: &Reading<'_>, splices: &mut Vec<Splice>) {
    for table in &reading.layout.tables {
        let (Some(first), Some(last)) =
            (table.first().and_then(|row| row.first()), table.last().and_then(|row| row.last()))
        else {
            continue;
        };
        let start = reading.text[..first.start].rfind('\n').map_or(0, |at| at + 1);
        let whole = start..line_at(reading.text, last.end).end;
        let gone = |range: &Range<usize>| {
            splices.iter().any(|splice| splice.range.start <= range.start && range.end <= splice.range.end)
        };
        let rows: Vec<&Vec<Range<usize>>> =
            table.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        let by_rows = rows.iter().skip(1).all(|row| row.iter().all(&gone))
            && (rows.first().is_some_and(|row| row.iter().all(&gone)) || is_head(reading, rows.first()));
        let by_columns = rows.len() == 2 && rows[1].iter().filter(|cell| !cell.is_empty()).all(gone);
        if rows.len() > 1 && (by_rows || by_columns) && rows[1..].iter().any(|row| row.iter().any(gone)) {
            splices.retain(|splice| splice.range.start < whole.start || splice.range.end > whole.end);
            splices.push(Splice::new(whole, ""));
        }
    }
}

/// `| Field | Value |`: a head that says nothing of the decision.
fn is_head(reading: &Reading<'_>, row: Option<&&Vec<Range<usize>>>) -> bool {
    row.is_some_and(|row| {
        row.iter().all(|cell| {
            let word = language::fold(&reading.text[cell.clone()]);
            matches!(
                word.as_str(),
                "" | "field" | "value" | "key" | "property" | "attribute" | "item" | "metadata" | "name"
            )
        })
    })
}

/// Sections that MADR 4 has under another name.
fn headings(reading: &Reading<'_>, gone: &[Splice]) -> Vec<Splice> {
    let mut out = Vec::new();
    let mut decided: Option<u8> = None;
    for section in &reading.sections {
        if gone.iter().any(|splice| splice.range.start <= section.span.start && section.span.start < splice.range.end) {
            continue;
        }
        let folded = language::fold(&section.heading);
        let (name, level) = match (folded.as_str(), section.level) {
            ("status", level) if section.kind == SectionKind::Status => ("Status notes", level),
            ("context", 2) => ("Context and Problem Statement", 2),
            ("decision", 2) => ("Decision Outcome", 2),
            ("consequences", 2) if decided == Some(2) => ("Consequences", 3),
            (
                "options"
                | "alternatives"
                | "alternatives considered"
                | "options considered"
                | "considered alternatives",
                2,
            ) => ("Considered Options", 2),
            ("links" | "references", 2) => ("More Information", 2),
            (_, level) => {
                if level <= 2 {
                    decided = (folded == "decision outcome").then_some(2);
                }
                continue;
            }
        };
        decided = matches!(name, "Decision Outcome" | "Consequences").then_some(2);
        out.push(Splice::new(
            heading_words(reading, section.span.start..section.body.start, level != section.level),
            written(name, level, level != section.level),
        ));
    }
    out
}

fn written(name: &str, level: u8, whole: bool) -> String {
    if whole { format!("{} {name}", "#".repeat(usize::from(level))) } else { name.to_owned() }
}

/// The words of a heading, or all of it where its level changes; a line of `-` below it goes along then.
fn heading_words(reading: &Reading<'_>, heading: Range<usize>, whole: bool) -> Range<usize> {
    let text = reading.text[heading.clone()].trim_end();
    if whole {
        return heading.start..heading.start + text.len();
    }
    let first = text.lines().next().unwrap_or(text);
    let lead = first.len() - first.trim_start_matches(['#', ' ', '\t']).len();
    let end = first.trim_end().trim_end_matches('#').trim_end().len();
    heading.start + lead..heading.start + end.max(lead)
}

/// Applies the splices; of the blank lines around what went, one stays.
fn tidy(text: &str, mut splices: Vec<Splice>) -> String {
    let blank = |text: &str| text.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut merged: Vec<Splice> = Vec::new();
    for splice in splices {
        match merged.last_mut() {
            Some(last)
                if last.text.is_empty()
                    && splice.text.is_empty()
                    && text[last.range.end.min(splice.range.start)..splice.range.start].trim().is_empty() =>
            {
                last.range.end = last.range.end.max(splice.range.end);
            }
            _ => merged.push(splice),
        }
    }
    for splice in merged.iter_mut().filter(|splice| splice.text.is_empty()) {
        let opens = text[..splice.range.start].is_empty()
            || text[..splice.range.start].ends_with("\n\n")
            || text[..splice.range.start].ends_with("\r\n\r\n");
        while opens && splice.range.end < text.len() && blank(&text[splice.range.end..]) {
            splice.range.end = line_at(text, splice.range.end).end;
        }
    }
    apply(text, merged)
}

/// A stated link as a list of front matter names it: by file where the record does, else in its own words.
fn reference(link: &crate::decision::StatedLink) -> String {
    match &link.target {
        Some(target) if !target.contains("://") => {
            let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
            target.trim_start_matches("./").to_owned()
        }
        Some(target) => format!("[{}]({target})", link.text),
        None => links::without_marks(&link.text),
    }
}

fn line_ending(reading: &Reading<'_>) -> &'static str {
    newline(reading.text)
}
