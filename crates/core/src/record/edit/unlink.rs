//! Taking a link out of a record: the reference with its comma, the item, the line or the paragraph, and nothing else.

use super::super::Reading;
use super::super::dialect::{decision, says_the_same, statements};
use super::super::front_matter::{Entry, line_at};
use super::super::head::{Field, Origin};
use super::super::language::{self, Key};
use super::links::names;
use super::splice::{Splice, apply};
use super::{LinkTarget, Splices, yaml};
use crate::decision::{Decision, LinkKind, StatedLink};
use crate::id::RecordPath;
use std::ops::Range;

/// Removes a link; the line or item that holds nothing else goes with it.
pub(crate) fn remove(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Splices {
    let decision = decision(path, reading, &[], &mut Vec::new());
    let link = decision.links.iter().find(|link| link.kind == kind && names(path, link, to));
    link.map_or_else(Vec::new, |link| everywhere(path, reading, &decision, link))
}

/// Removes this very link; of several that read alike the one at its place.
pub(crate) fn take_out(path: &RecordPath, reading: &Reading<'_>, link: &StatedLink) -> Splices {
    let decision = decision(path, reading, &[], &mut Vec::new());
    let alike = |other: &&StatedLink| other.kind == link.kind && other.text == link.text && other.target == link.target;
    let mut links = decision.links.iter().filter(alike);
    let first = links.clone().next();
    let link = links.find(|other| other.span == link.span).or(first);
    link.map_or_else(Vec::new, |link| everywhere(path, reading, &decision, link))
}

/// A link that is stated twice, say in the status and among the links, goes from both places.
fn everywhere(path: &RecordPath, reading: &Reading<'_>, decision: &Decision, link: &StatedLink) -> Splices {
    let mut splices = without(path, reading, decision, link);
    for again in statements(reading, link).iter().filter(|again| again.span != link.span) {
        splices.extend(without(path, reading, decision, again));
    }
    splices
}

fn without(path: &RecordPath, reading: &Reading<'_>, decision: &Decision, link: &StatedLink) -> Splices {
    let Some(front) = reading.front.as_ref().filter(|front| link.span.end <= front.end) else {
        return in_body(path, reading, decision, link);
    };
    let Some(entry) =
        front.entries.iter().find(|entry| entry.value.start <= link.span.start && link.span.end <= entry.value.end)
    else {
        return Vec::new();
    };
    if language::key(&entry.key) == Some(Key::Status) {
        let others = decision.links.iter().any(|other| {
            other.span != link.span && other.span.start >= entry.value.start && other.span.end <= entry.value.end
        });
        return vec![if others {
            without_separator(reading, link)
        } else {
            yaml::set_scalar(reading, front, entry, "superseded")
        }];
    }
    let item = entry.items.iter().find(|item| item.span.start <= link.span.start && link.span.end <= item.span.end);
    if item.is_some_and(|item| item.span != link.span && item.text.contains(',')) {
        return vec![without_separator(reading, link)];
    }
    if entry.items.len() <= 1 {
        return vec![yaml::clear(reading, front, entry)];
    }
    vec![remove_item(reading, entry, link)]
}

/// Takes one item out of a list and leaves the others as they are written.
fn remove_item(reading: &Reading<'_>, entry: &Entry, link: &StatedLink) -> Splice {
    let text = reading.text;
    if text[entry.value.clone()].trim_start().starts_with('-') {
        let start = text[..link.span.start].rfind('\n').map_or(0, |at| at + 1);
        return Splice::new(start..line_at(text, link.span.end).end, "");
    }
    let after = &text[link.span.end..entry.value.end];
    if let Some(comma) = after.find(',').filter(|comma| after[..*comma].trim().is_empty()) {
        let rest = &after[comma + 1..];
        return Splice::new(
            link.span.start..link.span.end + comma + 1 + (rest.len() - rest.trim_start_matches(' ').len()),
            "",
        );
    }
    let start = text[..link.span.start].trim_end_matches([' ', ',']).len();
    Splice::new(start..link.span.end, "")
}

/// Takes a reference out of a row of them, with the comma or "and" before or behind it, and its own remark in parentheses.
fn without_separator(reading: &Reading<'_>, link: &StatedLink) -> Splice {
    const JOINTS: [&str; 6] = [",", ";", " and", " &", " und", " ·"];
    let text = reading.text;
    let remark = super::super::links::remark(&text[link.span.end..]).unwrap_or(0);
    let end = link.span.end + remark;
    let before = text[..link.span.start].trim_end_matches(' ');
    if let Some(before) = JOINTS.iter().find_map(|joint| before.strip_suffix(joint)) {
        return Splice::new(before.trim_end_matches([' ', ',']).len()..end, "");
    }
    let after = &text[end..];
    let joint = JOINTS
        .iter()
        .find_map(|joint| after.strip_prefix(joint))
        .map_or(0, |rest| after.len() - rest.trim_start_matches(' ').len());
    Splice::new(link.span.start..end + joint, "")
}

/// In the body the way is chosen that leaves every other link and the status as they read before.
fn in_body(path: &RecordPath, reading: &Reading<'_>, before: &Decision, link: &StatedLink) -> Splices {
    let line = line_of(reading.text, link);
    let title = reading.title.as_ref().and_then(|title| title.heading.clone());
    if title.is_some_and(|title| title.contains(&link.span.start)) {
        // What a title says is taken out with its parentheses, or by hand.
        return without_clause(reading, &line, link).into_iter().collect();
    }
    let in_status = status_value(reading, &line);
    let falls = link.kind == LinkKind::SupersededBy;
    let mut ways: Vec<Splice> = Vec::new();
    let row =
        relation_of(reading, link).map_or(line.clone(), |field| line.start.min(field.value.start)..field.value.end);
    if before.links.iter().any(|other| other.span != link.span && row.contains(&other.span.start)) {
        ways.push(without_separator(reading, link));
        ways.extend(without_clause(reading, &line, link));
    } else if let Some(value) = in_status.clone().filter(|_| falls) {
        ways.extend(without_agent(reading, &value, link));
        let word = super::status::in_case_of(&reading.text[value.clone()], "superseded");
        ways.push(Splice::new(value.start..value.end.max(link.span.end), word));
    } else if in_status.is_some() {
        ways.extend(without_clause(reading, &line, link));
    } else if let Some(field) = only_link_of(reading, before, link) {
        let end = line_at(reading.text, field.value.end.saturating_sub(1).max(field.line.start)).end;
        ways.push(without_line(reading, field.line.start..end));
    } else {
        ways.extend(without_sentence(reading, &line, link));
    }
    ways.push(without_line(reading, line));
    let reads_well = |way: &Splice| {
        let text = apply(reading.text, vec![way.clone()]);
        let after = decision(path, &Reading::new(path, &text), &[], &mut Vec::new());
        let rest = |of: &Decision| -> Vec<_> {
            let others = of.links.iter().filter(|other| !says_the_same(link, other));
            others.map(|link| (link.kind, link.text.clone(), link.target.clone())).collect()
        };
        rest(before) == rest(&after) && before.dates == after.dates && (falls || after.status == before.status)
    };
    let chosen = ways.iter().position(reads_well).unwrap_or(0);
    vec![ways.swap_remove(chosen)]
}

/// The line that a reference stands in; of a reference over two lines, both.
fn line_of(text: &str, link: &StatedLink) -> Range<usize> {
    let start = text[..link.span.start].rfind('\n').map_or(0, |at| at + 1);
    start..line_at(text, link.span.end.saturating_sub(1).max(start)).end
}

/// The bytes that state the status, when they begin in this line.
fn status_value(reading: &Reading<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let field = reading.fields.iter().find(|field| {
        let begins = match field.origin {
            Origin::Bullet | Origin::Line | Origin::TableRow | Origin::TableColumn | Origin::Heading => {
                field.line.start == line.start
            }
            Origin::Section => field.value.start == line.start,
            _ => false,
        };
        field.key == Key::Status && begins
    })?;
    if field.origin == Origin::Section {
        return Some(line.start..line.start + reading.text[line.clone()].trim_end().len());
    }
    Some(field.value.clone())
}

/// The bullet or line of relations that holds this link.
fn relation_of<'r>(reading: &'r Reading<'_>, link: &StatedLink) -> Option<&'r Field> {
    reading.fields.iter().find(|field| {
        matches!(field.key, Key::Link(_) | Key::Relation(_))
            && matches!(field.origin, Origin::Bullet | Origin::Line)
            && field.value.start <= link.span.start
            && link.span.end <= field.value.end
    })
}

/// The field that holds this link and no other.
fn only_link_of<'r>(reading: &'r Reading<'_>, before: &Decision, link: &StatedLink) -> Option<&'r Field> {
    let field = relation_of(reading, link)?;
    let holds = |other: &&StatedLink| field.value.start <= other.span.start && other.span.end <= field.value.end;
    (before.links.iter().filter(holds).count() == 1).then_some(field)
}

/// `Accepted, amends ADR-0012` without the second thought; `(amends ADR-0012)` goes with its parentheses.
fn without_clause(reading: &Reading<'_>, line: &Range<usize>, link: &StatedLink) -> Option<Splice> {
    let before = &reading.text[line.start..link.span.start];
    let (at, mark) = before.char_indices().rev().find(|(_, c)| matches!(c, ',' | ';' | '(' | '·' | '—' | '–' | '|'))?;
    let mut end = link.span.end;
    if mark == '(' && reading.text[end..].starts_with(')') {
        end += 1;
    }
    if mark == '|' {
        return None;
    }
    Some(Splice::new(line.start + before[..at].trim_end().len()..end, ""))
}

/// `Superseded (2026-07-31) by [12](…). The rest` without `by [12](…)`: the status keeps its day and what follows.
fn without_agent(reading: &Reading<'_>, value: &Range<usize>, link: &StatedLink) -> Option<Splice> {
    let before = reading.text.get(value.start..link.span.start)?.trim_end();
    let kept = before.strip_suffix("by").filter(|kept| kept.ends_with(char::is_whitespace))?.trim_end();
    let is_dated = kept.ends_with(|c: char| c == ')' || c.is_ascii_digit());
    is_dated.then(|| Splice::new(value.start + kept.len()..link.span.end, ""))
}

/// `> **Superseded by [12](…).** It was right then.` without its first sentence, when the line says more.
fn without_sentence(reading: &Reading<'_>, line: &Range<usize>, link: &StatedLink) -> Option<Splice> {
    const MARKS: [char; 5] = ['.', '!', '*', '_', ')'];
    let text = &reading.text[line.clone()];
    let (before, behind) = text.split_at_checked(link.span.end - line.start)?;
    let start = match before.rfind(". ") {
        Some(end) => end + 2,
        None => text.len() - text.trim_start_matches(['>', ' ', '-', '+']).len(),
    };
    let rest = behind.trim_start_matches(MARKS);
    let ends = behind[..behind.len() - rest.len()].contains(['.', '!']) && rest.starts_with(' ');
    let end = text.len() - rest.trim_start().len();
    (ends && start <= link.span.start - line.start && end < text.len() && before[start..].len() < 200 + link.span.len())
        .then(|| Splice::new(line.start + start..line.start + end, ""))
}

/// Takes a line out. A paragraph of its own takes the blank line before it along.
fn without_line(reading: &Reading<'_>, line: Range<usize>) -> Splice {
    let text = reading.text;
    let mut above = line.start;
    while let Some(end) = text[..above].strip_suffix('\n') {
        let end = end.strip_suffix('\r').unwrap_or(end);
        let begin = end.rfind('\n').map_or(0, |at| at + 1);
        if !end[begin..].trim().is_empty() {
            let follows = text[line.end..].trim_start_matches([' ', '\t']);
            let alone = begin < above
                && text[end.len()..line.start].matches('\n').count() > 1
                && (follows.is_empty() || follows.starts_with(['\n', '\r', '#']));
            let last = line.start + text[line.clone()].trim_end_matches(['\n', '\r']).len();
            let at_end = follows.is_empty() && last == line.end;
            return if alone || at_end { Splice::new(end.len()..last, "") } else { Splice::new(line, "") };
        }
        above = begin;
        if above == 0 {
            break;
        }
    }
    Splice::new(line, "")
}
