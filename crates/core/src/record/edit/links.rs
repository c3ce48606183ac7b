//! Writing links between records as the record's dialect writes them.

use super::super::dialect::{decision, status_place};
use super::super::front_matter::{Syntax, line_at};
use super::super::head::{Field, Origin};
use super::super::language::Key;
use super::super::{Reading, language, statuses};
use super::splice::Splice;
use super::status::capital;
use super::{LinkTarget, Splices, yaml};
use crate::decision::{Dialect, LinkKind, StatedLink, Status};
use crate::id::{FileName, RecordPath};

/// Adds a link; nothing changes when the record states it already.
pub(crate) fn add(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Splices {
    let decision = decision(path, reading, &[], &mut Vec::new());
    if decision.links.iter().any(|link| link.kind == kind && names(path, link, to)) {
        return Vec::new();
    }
    let key = Key::Link(kind);
    if let Some((front, entry)) = reading.front.as_ref().zip(reading.front_entry(&key)) {
        let mut values: Vec<String> =
            entry.items.iter().map(|item| item.text.clone()).filter(|text| !language::is_nothing(text)).collect();
        let has_relations = entry.items.iter().any(|item| item.relation.is_some());
        values.push(reference(path, to, entry.items.first().map(|item| item.text.as_str())));
        let splice = if has_relations {
            append_item(reading, entry, values.last().map_or("", String::as_str))
        } else {
            yaml::set_list(reading, front, entry, &values)
        };
        return vec![splice];
    }
    if kind == LinkKind::DependsOn && reading.front.is_some() {
        return depends_on(path, reading, to);
    }
    let in_own_place = match decision.dialect {
        Dialect::Nygard => in_section(path, reading, kind, to),
        Dialect::Madr2 | Dialect::Log4brains | Dialect::Inline => in_head(path, reading, kind, to),
        Dialect::Table => in_table(path, reading, kind, to),
        Dialect::Madr3 | Dialect::Madr4 if kind == LinkKind::SupersededBy => in_madr_status(path, reading, to),
        _ => None,
    };
    in_own_place.map_or_else(|| in_front(path, reading, kind, to), |splice| vec![splice])
}

fn in_front(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Splices {
    if kind == LinkKind::DependsOn {
        return depends_on(path, reading, to);
    }
    let syntax = reading.front.as_ref().map_or(Syntax::Yaml, |front| front.syntax);
    vec![yaml::add(reading, kind.key(), &yaml::flow(&[reference(path, to, None)], syntax))]
}

/// `relates-to: [{ref: x, as: depends-on}]`
fn depends_on(path: &RecordPath, reading: &Reading<'_>, to: &LinkTarget) -> Splices {
    let syntax = reading.front.as_ref().map_or(Syntax::Yaml, |front| front.syntax);
    let value = yaml::scalar(&reference(path, to, None), syntax, true);
    let item = if syntax == Syntax::Toml {
        format!("{{ ref = {value}, as = \"depends-on\" }}")
    } else {
        format!("{{ref: {value}, as: depends-on}}")
    };
    match reading.front_entry(&Key::Link(LinkKind::RelatesTo)) {
        Some(entry) if entry.is_list && !entry.items.is_empty() => vec![append_item(reading, entry, &item)],
        Some(entry) if entry.items.is_empty() => vec![yaml::put(reading, entry, &format!("[{item}]"))],
        Some(entry) => {
            vec![yaml::put(reading, entry, &format!("[{}, {item}]", yaml::scalar(&entry.items[0].text, syntax, true)))]
        }
        None => vec![yaml::add(reading, "relates-to", &format!("[{item}]"))],
    }
}

/// Puts one more item at the end of a list, leaving the others as they are written.
fn append_item(reading: &Reading<'_>, entry: &super::super::front_matter::Entry, item: &str) -> Splice {
    let value = &reading.text[entry.value.clone()];
    if value.trim_start().starts_with('-') {
        let line_start = reading.text[..entry.value.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &reading.text[line_start..entry.value.start];
        return Splice::insert(entry.value.end, format!("{}{indent}- {item}", super::newline(reading.text)));
    }
    let close = value.rfind(']').map_or(entry.value.end, |at| entry.value.start + at);
    Splice::insert(reading.text[..close].trim_end().len(), format!(", {item}"))
}

/// `status: superseded by [ADR-0012](0012-x.md)`
fn in_madr_status(path: &RecordPath, reading: &Reading<'_>, to: &LinkTarget) -> Option<Splice> {
    let (front, entry) = reading.front.as_ref().zip(reading.front_entry(&Key::Status))?;
    let old =
        entry.items.first().filter(|item| !entry.is_list && item.text.to_lowercase().starts_with("superseded by "));
    let lead = old.map_or("superseded by ".to_owned(), |item| format!("{}, ", item.text));
    (!entry.is_list).then(|| yaml::set_scalar(reading, front, entry, &format!("{lead}{}", markdown(path, to, false))))
}

/// adr-tools: a paragraph of the status section. A lone status word gives way to `Superseded by …`.
fn in_section(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Option<Splice> {
    let field = reading.fields.iter().find(|field| field.key == Key::Status && field.origin == Origin::Section)?;
    let sentence = format!("{} {}", phrase(kind), markdown(path, to, true));
    let newline = super::newline(reading.text);
    if kind == LinkKind::SupersededBy
        && let Some(place) = status_place(reading, &[]).filter(|place| place.origin == Origin::Section)
    {
        let line = place.span.start + place.reading.line.start..place.span.start + place.reading.line.end;
        let written = &reading.text[line.clone()];
        let is_lone = statuses::status(&language::fold(written)).is_some() || place.reading.is_prompt;
        if is_lone && place.reading.status.is_none_or(|status| status != Status::Other) {
            return Some(Splice::new(line, sentence));
        }
    }
    if field.value.is_empty() {
        return Some(Splice::insert(field.line.end, format!("{newline}{sentence}{newline}")));
    }
    // Bullets below the status are how some logs list their links.
    let last = reading.text[field.value.clone()].lines().next_back().unwrap_or("");
    let bullet = last.chars().next().filter(|mark| matches!(mark, '*' | '-' | '+') && last[1..].starts_with(' '));
    let end = field.value.end
        + reading.text[field.value.end..].find(['\n', '\r']).unwrap_or(reading.text.len() - field.value.end);
    Some(match bullet {
        Some(mark) => Splice::insert(end, format!("{newline}{mark} {sentence}")),
        None => Splice::insert(end, format!("{newline}{newline}{sentence}")),
    })
}

/// A bullet or line of its own below the status; `superseded by` goes into the status itself, as MADR 2 writes it.
fn in_head(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Option<Splice> {
    let is_head = |field: &&Field| field.key == Key::Status && matches!(field.origin, Origin::Bullet | Origin::Line);
    let status = reading.fields.iter().find(is_head)?;
    if kind == LinkKind::SupersededBy && status.origin == Origin::Bullet {
        let written = &reading.text[status.value.clone()];
        let is_lone = statuses::status(&language::fold(written)).is_some();
        let words = format!("superseded by {}", markdown(path, to, false));
        if is_lone {
            return Some(Splice::new(
                status.value.clone(),
                super::status::in_case_of(written.trim_start_matches(['*', '_']), &words),
            ));
        }
    }
    let same = reading.fields.iter().filter(|field| field.origin == status.origin);
    let last = same
        .filter(|field| field.value.start >= status.value.start)
        .take_while(|field| joined(reading, status, field))
        .last()
        .unwrap_or(status);
    let line = &reading.text[status.line.clone()];
    let head = line.split(status.name.as_str()).next().unwrap_or("");
    let value_at = status.value.start.saturating_sub(status.line.start).min(line.len());
    let between = line
        .get(head.len() + status.name.len()..value_at)
        .filter(|between| !status.value.is_empty() && between.len() <= 8)
        .unwrap_or(": ");
    let ending = line.trim_end_matches(['\r', '\n']);
    let trail = &ending[ending.trim_end_matches([' ', '\\']).len()..];
    let end = line_at(
        reading.text,
        last.value
            .end
            .max(last.line.start)
            .min(reading.text.len())
            .saturating_sub(usize::from(reading.text[..last.value.end].ends_with('\n'))),
    )
    .end;
    let newline = super::newline(reading.text);
    let before = if reading.text[..end].ends_with('\n') { "" } else { newline };
    let after = if before.is_empty() { newline } else { "" };
    Some(Splice::insert(
        end,
        format!("{before}{head}{}{between}{}{trail}{after}", phrase(kind), markdown(path, to, false)),
    ))
}

/// No blank line between two fields of the head.
fn joined(reading: &Reading<'_>, first: &Field, last: &Field) -> bool {
    let between = &reading.text[first.line.start..last.line.start.max(first.line.start)];
    !between.contains("\n\n") && !between.contains("\n\r\n")
}

fn in_table(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Option<Splice> {
    let row = reading.fields.iter().find(|field| field.key == Key::Status && field.origin == Origin::TableRow)?;
    let line = &reading.text[row.line.clone()];
    let lead = &line[..line.find('|')?];
    let newline = super::newline(reading.text);
    let before = if line.ends_with('\n') { "" } else { newline };
    let after = if before.is_empty() { newline } else { "" };
    Some(Splice::insert(
        row.line.end,
        format!("{before}{lead}| {} | {} |{after}", phrase(kind), markdown(path, to, false)),
    ))
}

fn phrase(kind: LinkKind) -> String {
    capital(&kind.key().replace('-', " "))
}

/// `[12. Use Postgres](0012-x.md)` as adr-tools writes it, `[ADR-0012](0012-x.md)` as MADR does.
fn markdown(path: &RecordPath, to: &LinkTarget, titled: bool) -> String {
    let text = match &to.digits {
        Some(digits) if titled => {
            format!("{}. {}", digits.trim_start_matches('0').parse::<u64>().unwrap_or(0), to.title)
        }
        Some(digits) => format!("ADR-{digits}"),
        None if titled => to.title.clone(),
        None => crate::id::record_stem(&to.path).to_owned(),
    };
    let text = text.replace('[', "\\[").replace(']', "\\]");
    let target = relative(path, &to.path);
    let target = if target.contains([' ', '(', ')']) { format!("<{target}>") } else { target };
    format!("[{text}]({target})")
}

/// A reference as front matter lists it, in the manner of the items beside it.
fn reference(path: &RecordPath, to: &LinkTarget, beside: Option<&str>) -> String {
    if path.folder() != to.path.folder()
        && to.path.folder() != crate::id::log_folder(path)
        && path.folder() != crate::id::log_folder(&to.path)
    {
        return relative(path, &to.path);
    }
    let stem = crate::id::record_stem(&to.path);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (&to.digits, beside) {
        (_, Some(item)) if item.ends_with(".md") && !item.contains('/') => to.path.file_name().to_owned(),
        (Some(digits), Some(item)) if is_number(item) => {
            if item.starts_with('0') {
                digits.clone()
            } else {
                digits.trim_start_matches('0').to_owned()
            }
        }
        (_, Some(item)) if FileName::parse(item).is_marked() && !FileName::parse(item).slug.is_empty() => {
            stem.to_owned()
        }
        (Some(digits), _) => format!("ADR-{digits}"),
        (None, _) => stem.to_owned(),
    }
}

/// The way from one file to another, as a Markdown link writes it.
fn relative(from: &RecordPath, to: &RecordPath) -> String {
    let own: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    let other: Vec<&str> = to.as_str().split('/').collect();
    let shared = own.iter().zip(&other[..other.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts: Vec<&str> = vec![".."; own.len() - shared];
    parts.extend(&other[shared..]);
    parts.join("/")
}

/// Whether a stated link means this record.
fn names(path: &RecordPath, link: &StatedLink, to: &LinkTarget) -> bool {
    if let Some(target) = &link.target {
        return path.join_link(target).is_some_and(|target| target == to.path);
    }
    let text = link.text.trim();
    let number =
        FileName::parse(text).number().or_else(|| text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok());
    let own = to.digits.as_ref().and_then(|digits| digits.parse::<u64>().ok());
    text == to.id
        || text == to.path.stem()
        || text == to.path.file_name()
        || text.ends_with(to.path.as_str())
        || number.is_some() && number == own && FileName::parse(text).slug.is_empty()
        || number.is_some() && number == own && text.len() < 12
}

/// Removes a link; the line or item that holds nothing else goes with it.
pub(crate) fn remove(path: &RecordPath, reading: &Reading<'_>, kind: LinkKind, to: &LinkTarget) -> Splices {
    let decision = decision(path, reading, &[], &mut Vec::new());
    let Some(link) = decision.links.iter().find(|link| link.kind == kind && names(path, link, to)) else {
        return Vec::new();
    };
    let Some(front) = reading.front.as_ref().filter(|front| link.span.end <= front.end) else {
        return vec![remove_line(reading, link)];
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
    if entry.items.len() <= 1 {
        return vec![yaml::remove(reading, front, entry)];
    }
    let rest: Vec<String> =
        entry.items.iter().filter(|item| item.span != link.span).map(|item| item.text.clone()).collect();
    if entry.items.iter().all(|item| item.relation.is_none()) {
        return vec![yaml::set_list(reading, front, entry, &rest)];
    }
    vec![remove_item(reading, entry, link)]
}

/// Takes one item out of a list whose items are more than words.
fn remove_item(reading: &Reading<'_>, entry: &super::super::front_matter::Entry, link: &StatedLink) -> Splice {
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

/// Takes a reference out of a row of them, with the comma before or behind it.
fn without_separator(reading: &Reading<'_>, link: &StatedLink) -> Splice {
    let text = reading.text;
    let before = text[..link.span.start].trim_end_matches(' ');
    if let Some(before) = before.strip_suffix(',') {
        return Splice::new(before.len()..link.span.end, "");
    }
    let after = &text[link.span.end..];
    let comma = after.strip_prefix(',').map_or(0, |rest| 1 + rest.len() - rest.trim_start_matches(' ').len());
    Splice::new(link.span.start..link.span.end + comma, "")
}

fn remove_line(reading: &Reading<'_>, link: &StatedLink) -> Splice {
    let text = reading.text;
    let start = text[..link.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = start..line_at(text, link.span.end.saturating_sub(1).max(start)).end;
    let status = reading.fields.iter().find(|field| {
        field.key == Key::Status
            && field.line.start == line.start
            && matches!(field.origin, Origin::Bullet | Origin::Line | Origin::TableRow)
    });
    if let Some(field) = status {
        let end = (field.value.end).max(link.span.end);
        return Splice::new(
            field.value.start..end,
            super::status::in_case_of(&text[field.value.clone()], "superseded"),
        );
    }
    let is_first = reading
        .fields
        .iter()
        .any(|field| field.key == Key::Status && field.origin == Origin::Section && field.value.start == line.start);
    if is_first {
        return Splice::new(line.start..line.start + text[line.clone()].trim_end().len(), "Superseded");
    }
    // A paragraph of its own takes the blank line before it along.
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
