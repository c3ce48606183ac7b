//! Writing links between records as the record's dialect writes them.

use super::super::dialect::{decision, status_place};
use super::super::front_matter::{Entry, FrontMatter, Item, Syntax, line_at};
use super::super::head::{Field, Origin};
use super::super::language::{Key, Relation};
use super::super::{Reading, language, statuses};
use super::splice::Splice;
use super::status::capital;
use super::{LinkTarget, Splices, yaml};
use crate::decision::{Dialect, LinkKind, StatedLink, Status};
use crate::id::{FileName, RecordPath};

/// Adds a link; nothing changes when the record states it already.
pub(crate) fn add(path: &RecordPath, reading: &Reading<'_>, relation: &Relation, to: &LinkTarget) -> Splices {
    let decision = decision(path, reading, &[], &mut Vec::new());
    let (kind, word) = match relation {
        Relation::Kind(kind) => (*kind, None),
        Relation::Word(word) => (LinkKind::RelatesTo, Some(word.as_str())),
    };
    let is_same = |link: &StatedLink| link.kind == kind && link.relation.as_deref() == word;
    if decision.links.iter().any(|link| is_same(link) && names(path, link, to)) {
        return Vec::new();
    }
    if let Some((front, entry)) = reading.front.as_ref().zip(reading.front_entry(&relation.clone().key())) {
        return vec![one_more(path, reading, front, entry, to)];
    }
    if matches!(relation, Relation::Word(_) | Relation::Kind(LinkKind::DependsOn)) && reading.front.is_some()
        || word.is_some_and(|word| language::relation(word).is_none())
    {
        return with_word(path, reading, &phrase(relation), to);
    }
    let in_own_place = match decision.dialect {
        Dialect::Nygard => in_section(path, reading, relation, to),
        Dialect::Madr2 | Dialect::Log4brains | Dialect::Inline => in_head(path, reading, relation, to),
        Dialect::Table => in_table(path, reading, relation, to),
        Dialect::Madr3 | Dialect::Madr4 if kind == LinkKind::SupersededBy => in_madr_status(path, reading, to),
        _ => None,
    };
    in_own_place.map_or_else(|| in_front(path, reading, relation, to), |splice| vec![splice])
}

fn in_front(path: &RecordPath, reading: &Reading<'_>, relation: &Relation, to: &LinkTarget) -> Splices {
    match relation {
        Relation::Kind(kind) if *kind != LinkKind::DependsOn => {
            let syntax = reading.front.as_ref().map_or(Syntax::Yaml, |front| front.syntax);
            vec![yaml::add(reading, kind.key(), &yaml::flow(&[reference(path, to, None)], syntax))]
        }
        relation => with_word(path, reading, &phrase(relation), to),
    }
}

/// One more reference in an entry, beside those it has.
fn one_more(path: &RecordPath, reading: &Reading<'_>, front: &FrontMatter, entry: &Entry, to: &LinkTarget) -> Splice {
    let known: Vec<&Item> = entry.items.iter().filter(|item| !language::is_nothing(&item.text)).collect();
    let new = reference(path, to, known.first().map(|item| item.text.as_str()));
    if entry.is_list && !known.is_empty() {
        return append_item(reading, entry, &yaml::scalar(&new, front.syntax, true));
    }
    match known.as_slice() {
        [] => yaml::set_list(reading, front, entry, &[new]),
        [first, ..] => yaml::set_scalar(reading, front, entry, &format!("{}, {new}", first.text)),
    }
}

/// `relates-to: [{ref: x, as: depends-on}]`
fn with_word(path: &RecordPath, reading: &Reading<'_>, word: &str, to: &LinkTarget) -> Splices {
    let syntax = reading.front.as_ref().map_or(Syntax::Yaml, |front| front.syntax);
    let value = yaml::scalar(&reference(path, to, None), syntax, true);
    let word = yaml::scalar(&word.to_lowercase().replace(' ', "-"), syntax, true);
    let item = if syntax == Syntax::Toml {
        format!("{{ ref = {value}, as = {word} }}")
    } else {
        format!("{{ref: {value}, as: {word}}}")
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
fn append_item(reading: &Reading<'_>, entry: &Entry, item: &str) -> Splice {
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
fn in_section(path: &RecordPath, reading: &Reading<'_>, relation: &Relation, to: &LinkTarget) -> Option<Splice> {
    let field = reading.fields.iter().find(|field| field.key == Key::Status && field.origin == Origin::Section)?;
    let sentence = format!("{} {}", phrase(relation), markdown(path, to, true));
    let newline = super::newline(reading.text);
    if *relation == Relation::Kind(LinkKind::SupersededBy)
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
fn in_head(path: &RecordPath, reading: &Reading<'_>, relation: &Relation, to: &LinkTarget) -> Option<Splice> {
    let is_head = |field: &&Field| field.key == Key::Status && matches!(field.origin, Origin::Bullet | Origin::Line);
    let status = reading.fields.iter().find(is_head)?;
    if *relation == Relation::Kind(LinkKind::SupersededBy) && status.origin == Origin::Bullet {
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
        format!("{before}{head}{}{between}{}{trail}{after}", phrase(relation), markdown(path, to, false)),
    ))
}

/// No blank line between two fields of the head.
fn joined(reading: &Reading<'_>, first: &Field, last: &Field) -> bool {
    let between = &reading.text[first.line.start..last.line.start.max(first.line.start)];
    !between.contains("\n\n") && !between.contains("\n\r\n")
}

fn in_table(path: &RecordPath, reading: &Reading<'_>, relation: &Relation, to: &LinkTarget) -> Option<Splice> {
    let row = reading.fields.iter().find(|field| field.key == Key::Status && field.origin == Origin::TableRow)?;
    let line = &reading.text[row.line.clone()];
    let lead = &line[..line.find('|')?];
    let newline = super::newline(reading.text);
    let before = if line.ends_with('\n') { "" } else { newline };
    let after = if before.is_empty() { newline } else { "" };
    Some(Splice::insert(
        row.line.end,
        format!("{before}{lead}| {} | {} |{after}", phrase(relation), markdown(path, to, false)),
    ))
}

fn phrase(relation: &Relation) -> String {
    match relation {
        Relation::Kind(kind) => capital(&kind.key().replace('-', " ")),
        Relation::Word(word) => capital(word),
    }
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
pub fn relative(from: &RecordPath, to: &RecordPath) -> String {
    let own: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    let other: Vec<&str> = to.as_str().split('/').collect();
    let shared = own.iter().zip(&other[..other.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts: Vec<&str> = vec![".."; own.len() - shared];
    parts.extend(&other[shared..]);
    parts.join("/")
}

/// Whether a stated link means this record.
pub(super) fn names(path: &RecordPath, link: &StatedLink, to: &LinkTarget) -> bool {
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
