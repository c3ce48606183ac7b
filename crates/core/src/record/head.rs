//! Fields that stand as lines, bullets, sections or table rows: `* Status: accepted`, `**Date:** …`, `## Deciders`.
//!
//! Finds where a field stands and how its line is built; what its value means is read elsewhere.

use super::front_matter::line_at;
use super::language::{self, Key};
use super::sections::{Layout, trim_span};
use super::{Section, SectionKind};
use std::ops::Range;

/// Where a field was found. Decides how an edit writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    FrontMatter,
    /// `* Status: x`
    Bullet,
    /// `Status: x`, `**Status:** x`
    Line,
    /// `## Status` with text below.
    Section,
    /// `## Status: x`
    Heading,
    TableRow,
    TableColumn,
    /// A document attribute of AsciiDoc or reStructuredText.
    Attribute,
    /// `# Rejected: x`
    Title,
    /// A sentence at the top: `This decision has been superseded by …`.
    Sentence,
}

/// A field with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: Key,
    /// As the record writes the key.
    pub(crate) name: String,
    /// Bytes of the value; of a section, its whole body without white space at the ends.
    pub(crate) value: Range<usize>,
    /// Bytes of the first line of the construct, with its line ending.
    pub(crate) line: Range<usize>,
    pub(crate) origin: Origin,
}

/// Every field outside the front matter, in the order of the text.
pub(crate) fn fields(text: &str, layout: &Layout, sections: &[Section], from: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let head_end = head_end(text, sections, from);
    lines_of(text, layout, from..head_end, &mut fields);
    for section in sections {
        if section.span.start >= head_end
            && is_field_list(&layout.mask[section.body.clone()])
            && section.kind == SectionKind::Other
        {
            lines_of(text, layout, section.body.clone(), &mut fields);
        }
    }
    for section in sections {
        section_field(text, layout, section, sections, &mut fields);
    }
    for table in &layout.tables {
        table_fields(text, layout, table, &mut fields);
    }
    fields.sort_by_key(|field| field.value.start);
    fields.dedup_by(|later, earlier| {
        later.line == earlier.line && later.key == earlier.key && later.origin == earlier.origin
    });
    fields
}

/// The head ends at the first section that is about the decision itself.
fn head_end(text: &str, sections: &[Section], from: usize) -> usize {
    use SectionKind::{Consequences, Context, Decision, Drivers, Options};
    let content = sections.iter().enumerate().find(|(index, section)| {
        let is_title = *index == 0 && section.level == 1;
        !is_title && matches!(section.kind, Context | Drivers | Options | Decision | Consequences)
    });
    let end = content.map_or(text.len(), |(_, section)| section.span.start);
    let mut at = from;
    for _ in 0..80 {
        if at >= end {
            break;
        }
        at = line_at(text, at).end;
    }
    at.min(end)
}

/// A section whose first lines are fields (`## Metadata`).
fn is_field_list(body: &str) -> bool {
    body.lines().filter(|line| !line.trim().is_empty()).take(2).filter(|line| split_line(line).is_some()).count() == 2
}

fn lines_of(text: &str, layout: &Layout, area: Range<usize>, out: &mut Vec<Field>) {
    let mut at = area.start;
    while at < area.end {
        let line = line_at(text, at);
        at = line.end;
        if layout.in_heading(line.start) {
            continue;
        }
        let masked = &layout.mask[line.clone()];
        if let Some(name) = bold_heading(masked) {
            let value = next_paragraph(&layout.mask, line.end.min(area.end)..area.end);
            if bold_heading(&layout.mask[value.clone()]).is_none() && !layout.in_heading(value.start) {
                out.push(Field { key: Key::Status, name: name.to_owned(), value, line, origin: Origin::Line });
            }
            continue;
        }
        let Some(parts) = split_line(masked) else { continue };
        let Some(key) = language::key(parts.key).or_else(|| author(parts.key)) else { continue };
        let mut value = line.start + parts.value..line.end;
        if parts.bullet || masked[parts.value..].trim().is_empty() {
            value.end = continued(text, &layout.mask, line.clone(), area.end, parts.bullet);
        }
        // Several fields on one line, `Status: x | Date: y`.
        let value = trim_span(&layout.mask, value);
        let origin = if parts.bullet { Origin::Bullet } else { Origin::Line };
        let value = others_on_line(layout, value, &line, origin, out);
        out.push(Field { key, name: parts.key.to_owned(), value, line, origin });
    }
}

/// `**Status**` alone on a line, in records that use bold words for headings.
fn bold_heading(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix("**")?.strip_suffix("**")?.trim_end_matches([':', ' ']);
    (language::key(inner) == Some(Key::Status)).then_some(inner)
}

/// The first line that is not blank.
fn next_paragraph(mask: &str, area: Range<usize>) -> Range<usize> {
    let rest = &mask[area.clone()];
    let start = area.start + rest.len() - rest.trim_start().len();
    let line = start..line_at(mask, start).end.min(area.end.max(start));
    trim_span(mask, line)
}

/// `Status: x | Date: y`: further fields after a bar. Gives what is left of the first one's value.
fn others_on_line(
    layout: &Layout,
    value: Range<usize>,
    line: &Range<usize>,
    origin: Origin,
    out: &mut Vec<Field>,
) -> Range<usize> {
    let text = &layout.mask[value.clone()];
    let mut first = value.clone();
    for (at, _) in text.match_indices(" | ") {
        let start = value.start + at + 3;
        let end = layout.mask[start..value.end].find(" | ").map_or(value.end, |end| start + end);
        let Some(parts) = split_line(&layout.mask[start..end]) else { continue };
        if let Some(key) = language::key(parts.key).or_else(|| author(parts.key)) {
            let value = trim_span(&layout.mask, start + parts.value..end);
            out.push(Field { key, name: parts.key.to_owned(), value, line: line.clone(), origin });
            first.end = first.end.min(start - 3);
        }
    }
    trim_span(&layout.mask, first)
}

/// Authors stand in for deciders under their own name, told apart by [`Field::name`].
fn author(key: &str) -> Option<Key> {
    language::is_author_key(key).then_some(Key::DecisionMakers)
}

/// A bullet's value goes on over deeper or wrapped lines; an empty value takes the list below it.
fn continued(text: &str, mask: &str, line: Range<usize>, limit: usize, bullet: bool) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&text[line.clone()]);
    let own_marks = bullet_marks(&text[line.clone()]);
    let mut at = line.end;
    let mut end = line.end;
    while at < limit {
        let next = line_at(text, at);
        let written = &mask[next.clone()];
        let is_item = bullet_marks(written);
        let deeper = indent(written) > own || is_item > own_marks && own_marks > 0;
        let nested = !bullet && is_item > 0;
        if written.trim().is_empty()
            || written.starts_with('#')
            || !(deeper || nested || bullet && is_item == 0)
            || (!deeper && split_line(written).is_some())
        {
            break;
        }
        end = next.end;
        at = next.end;
    }
    end
}

/// How many marks open a list item: `*` is one, AsciiDoc's `**` two; 0 is no item.
fn bullet_marks(line: &str) -> usize {
    let trimmed = line.trim_start();
    let marks = trimmed.len() - trimmed.trim_start_matches(['*', '-', '+']).len();
    if trimmed[marks..].starts_with([' ', '\t']) { marks } else { 0 }
}

/// A line taken apart into its key and the byte where the value begins.
pub(crate) struct LineParts<'a> {
    pub(crate) key: &'a str,
    pub(crate) value: usize,
    pub(crate) bullet: bool,
}

/// Takes `* **Status**: accepted` and its kin apart.
pub(crate) fn split_line(line: &str) -> Option<LineParts<'_>> {
    let lead = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let mut at = lead;
    let marks = bullet_marks(&line[lead..]);
    let bullet = marks > 0 && line[lead..].starts_with(['*', '-', '+']);
    if bullet {
        at += marks;
        at += line[at..].len() - line[at..].trim_start().len();
        // `- [x] Status: …`
        at += ["[x] ", "[X] ", "[ ] "].iter().find(|task| line[at..].starts_with(**task)).map_or(0, |task| task.len());
    }
    let key_start = at + line[at..].len() - line[at..].trim_start_matches(['*', '_', '`']).len();
    let rest = &line[key_start..];
    if let Some(parts) = bold_key(line, at, key_start, bullet) {
        return Some(parts);
    }
    let colon = rest.char_indices().take(64).find(|(_, c)| matches!(c, ':' | '：'))?;
    let key = rest[..colon.0].trim_end_matches([' ', '*', '_', '`']);
    if key.is_empty() || key.contains(['[', '(', '.', '|', '"']) || key.split_whitespace().count() > 4 {
        return None;
    }
    let after = key_start + colon.0 + colon.1.len_utf8();
    // `**Status:** x`: the closing marks belong to the key when it was opened by them.
    let opened = key_start > at;
    let tail = &line[after..];
    let closing = tail.len() - tail.trim_start_matches(['*', '_', '`']).len();
    let value = if opened && closing > 0 && !rest[..colon.0].ends_with(['*', '_', '`']) {
        after + closing.min(key_start - at)
    } else {
        after
    };
    let spaced = value == line.len()
        || line[value..].starts_with([' ', '\t', '\r', '\n', '*', '[', '_', '{', '~', '<'])
        || colon.1 == '：'
        || opened;
    spaced.then_some(LineParts { key, value, bullet })
}

/// `**Status** Accepted`: a bold key that needs no colon, when it names a field.
fn bold_key(line: &str, at: usize, key_start: usize, bullet: bool) -> Option<LineParts<'_>> {
    let marks = line[at..key_start].to_owned();
    let rest = &line[key_start..];
    let close = (marks.len() >= 2).then(|| rest.find(marks.as_str())).flatten()?;
    let after = &rest[close + marks.len()..];
    let key = rest[..close].trim();
    let known = matches!(language::key(key), Some(Key::Status | Key::Date | Key::DecisionMakers));
    (known && !key.ends_with([':', '：']) && after.starts_with([' ', '\t'])).then_some(LineParts {
        key,
        value: key_start + close + marks.len(),
        bullet,
    })
}

/// `## Status` with a body, or `## Status: accepted`.
fn section_field(text: &str, layout: &Layout, section: &Section, all: &[Section], out: &mut Vec<Field>) {
    let heading = section.span.start..section.body.start;
    let line = line_at(text, section.span.start);
    if let Some((name, value)) = section.heading.split_once([':', '：']) {
        let known = language::key(name)
            .filter(|key| matches!(key, Key::Status | Key::Date | Key::DecisionMakers | Key::Link(_)));
        let colon = text[heading.clone()].char_indices().find(|(_, c)| matches!(c, ':' | '：'));
        let written = colon.map(|(at, c)| heading.start + at + c.len_utf8());
        if let (Some(key), Some(colon), false) = (known, written, value.trim().is_empty()) {
            let end = line_at(text, colon).end.min(heading.end.max(colon));
            out.push(Field {
                key,
                name: name.to_owned(),
                value: trim_span(text, colon..end),
                line,
                origin: Origin::Heading,
            });
            return;
        }
    }
    let name = section.heading.trim_end_matches([':', '：', ' ']);
    let key = match section.kind {
        SectionKind::Status => Some(Key::Status),
        _ => language::key(name).or_else(|| author(name)),
    };
    let Some(key) = key else { return };
    if key == Key::Status && section.kind != SectionKind::Status || matches!(key, Key::Title) {
        return;
    }
    let is_first_title =
        all.first().is_some_and(|first| first.span == section.span) && section.level == 1 && key != Key::Status;
    if is_first_title {
        return;
    }
    let value = trim_span(&layout.mask, section.body.clone());
    out.push(Field { key, name: name.to_owned(), value, line, origin: Origin::Section });
}

/// What a table's cell names; `Accepted` in one is a status, not the name of a field.
fn cell_key(name: &str) -> Option<Key> {
    language::key(name).filter(|key| !matches!(key, Key::Id | Key::Title | Key::Scope | Key::Accepted | Key::Proposed))
}

/// `| Status | Accepted |` rows, or a head row of keys with one row of values.
fn table_fields(text: &str, layout: &Layout, table: &[Vec<Range<usize>>], out: &mut Vec<Field>) {
    let cell = |range: &Range<usize>| text[range.clone()].trim_matches(['*', '_', '`', ':', ' ']).to_owned();
    let mut push = |name: String, value: Range<usize>, origin: Origin| {
        if let Some(key) = cell_key(&name).or_else(|| author(&name)) {
            let line = line_at(text, text[..value.start].rfind('\n').map_or(0, |at| at + 1));
            out.push(Field { key, name, value, line, origin });
        }
    };
    let Some(head) = table.first() else { return };
    let is_keys = table.len() == 2 && head.iter().filter(|range| cell_key(&cell(range)).is_some()).count() >= 2;
    if is_keys {
        for (key, value) in head.iter().zip(&table[1]).filter(|(_, value)| !value.is_empty()) {
            push(cell(key), value.clone(), Origin::TableColumn);
        }
    } else if head.len() == 2 || head.iter().skip(2).all(Range::is_empty) && head.len() > 1 {
        for row in table {
            if let [key, value, ..] = row.as_slice()
                && layout.mask.get(value.clone()).is_some_and(|value| !value.trim().is_empty())
                && !key.is_empty()
            {
                push(cell(key), value.clone(), Origin::TableRow);
            }
        }
    }
}
