//! Joins what stands in a record into one [`Decision`], whatever the dialect.
//!
//! Which place wins when several state the same thing is decided here and nowhere else.

use super::dates::{self, DateText};
use super::front_matter::{Entry, FrontMatter, Syntax};
use super::head::{Field, Origin};
use super::language::{self, Key, Relation};
use super::status::{self, StatusReading};
use super::title::Title;
use super::{Format, Reading, SectionKind, citations, links};
use crate::decision::{Dates, Decision, Dialect, People, StatedLink, Status};
use crate::id::{DecisionId, FileName, RecordPath};
use crate::problem::{Problem, ProblemCode};
use regex::Regex;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A record has one status; more places than this are some other list.
const MAX_STATUS_PLACES: usize = 40;
const MAX_LINKS: usize = 500;

/// The status of a record with the place that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatusPlace {
    pub(crate) reading: StatusReading,
    pub(crate) span: Range<usize>,
    pub(crate) origin: Origin,
}

/// Builds the decision and notes what is wrong with it.
pub(crate) fn decision(
    path: &RecordPath,
    reading: &Reading<'_>,
    extra: &status::Extra,
    problems: &mut Vec<Problem>,
) -> Decision {
    let text = reading.text;
    let name = FileName::of(path);
    let place = status_place(reading, extra);
    let mut stated = stated_links(reading);
    if let Some(place) = &place {
        adopt_bare_successor(reading, place, &mut stated);
    }
    let mut status = place.as_ref().and_then(|place| place.reading.status);
    let successor = stated.iter().any(|link| link.kind == crate::LinkKind::SupersededBy);
    let is_prompt = place.as_ref().is_some_and(|place| place.reading.is_prompt);
    let falls = matches!(status, None | Some(Status::Accepted | Status::Proposed | Status::Draft | Status::Other));
    if successor && falls && !is_prompt {
        status = Some(Status::Superseded);
    }
    let mut note = |code, span, message: String, hint: &str| {
        problems.push(Problem::new(code, path, text, span, message).hint(hint));
    };
    if let Some(place) = &place
        && status == Some(Status::Other)
    {
        note(
            ProblemCode::UnknownStatus,
            place.span.clone(),
            format!("`{}` is no status we know", shorten(&place.reading.raw)),
            "Use one of draft, proposed, accepted, rejected, deprecated, superseded, or name the word in precedent.toml under [statuses].",
        );
    }
    if let Some(place) = place.as_ref().filter(|place| place.reading.is_prompt) {
        note(
            ProblemCode::Placeholder,
            place.span.clone(),
            "the status is still the template's prompt".to_owned(),
            "Choose a status.",
        );
    } else if status.is_none() {
        note(
            ProblemCode::MissingStatus,
            0..0,
            "this record states no status".to_owned(),
            "Set one: draft, proposed or accepted.",
        );
    }
    if reading.title.is_none() {
        note(
            ProblemCode::MissingTitle,
            0..0,
            "this record has no title".to_owned(),
            "Add a first line `# …` that names the decision.",
        );
    }
    let dates = dates_of(reading, place.as_ref(), path, problems);
    let id = reading.stated_id().map_or_else(|| default_id(path, &name), DecisionId::new);
    let citations = citations::citations(&reading.layout, &stated);
    Decision {
        path: path.clone(),
        id,
        number: name.number(),
        digits: name.digits.map(str::to_owned),
        title: reading.title.as_ref().map(|title: &Title| title.text.clone()),
        status,
        status_raw: place.as_ref().map(|place| place.reading.raw.clone()).filter(|raw| !raw.is_empty()),
        dates,
        people: people(reading),
        tags: list(reading, &Key::Tags),
        scope: reading.values(&Key::Scope).into_iter().next().filter(|scope| scope.len() <= 200),
        applies_to: reading.front_items(&Key::AppliesTo),
        links: stated,
        citations,
        reason_superseded: reading.values(&Key::ReasonSuperseded).into_iter().next(),
        dialect: dialect(reading, place.as_ref()),
        rules: super::rules::heads(reading.text, reading.front.as_ref()),
        states_rules: reading.front.as_ref().is_some_and(super::rules::are_stated),
        misnames_rules: reading.front.as_ref().is_some_and(super::rules::are_misnamed),
    }
}

fn default_id(path: &RecordPath, name: &FileName<'_>) -> DecisionId {
    let stem = crate::id::record_stem(path);
    DecisionId::new(if name.slug.is_empty() { stem } else { name.slug })
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The place that states the status: front matter, else a field or section, else a sentence, else the title.
pub(crate) fn status_place(reading: &Reading<'_>, extra: &status::Extra) -> Option<StatusPlace> {
    let mut places: Vec<StatusPlace> = Vec::new();
    if let Some(entry) = reading.front_entry(&Key::Status) {
        let words: Vec<&str> = entry.items.iter().map(|item| item.text.as_str()).collect();
        let reading_of = status::read(&words.join("\n"), extra);
        places.push(StatusPlace { reading: reading_of, span: entry.value.clone(), origin: Origin::FrontMatter });
    }
    for field in reading.fields.iter().filter(|field| field.key == Key::Status).take(MAX_STATUS_PLACES) {
        let area = status_area(reading, field);
        let mut found = status::read(&reading.layout.mask[area.clone()], extra);
        if found.status.is_none() && found.raw.is_empty() {
            continue;
        }
        if let Some(attribute) = reading.substituted(&area) {
            found = status::read(&reading.text[attribute], extra);
        }
        places.push(StatusPlace { reading: found, span: area, origin: field.origin });
    }
    if places.is_empty() {
        places.extend(sentence(reading, extra));
    }
    if places.is_empty()
        && let Some(attribute) = reading.attribute("status").or_else(|| reading.attribute("adr-status"))
    {
        places.push(StatusPlace {
            reading: status::read(&reading.text[attribute.clone()], extra),
            span: attribute,
            origin: Origin::Attribute,
        });
    }
    if places.is_empty() {
        places.extend(badge(reading, extra));
    }
    if let Some(title) = &reading.title
        && let (Some((status, raw)), Some(span)) = (&title.status, &title.heading)
    {
        let reading = StatusReading { status: Some(*status), raw: raw.clone(), is_prompt: false, line: 0..span.len() };
        places.push(StatusPlace { reading, span: span.clone(), origin: Origin::Title });
    }
    let superseded = places.iter().position(|place| place.reading.status == Some(Status::Superseded));
    let known = || places.iter().position(|place| !matches!(place.reading.status, None | Some(Status::Other)));
    let some = || places.iter().position(|place| place.reading.status.is_some());
    let best = superseded.or_else(known).or_else(some).or((!places.is_empty()).then_some(0))?;
    Some(places.swap_remove(best))
}

/// The status in the address of a badge, `…/badge/status-accepted-green`.
fn badge(reading: &Reading<'_>, extra: &status::Extra) -> Option<StatusPlace> {
    static BADGE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)/badge/(?:adr[-_ ]?)?status-((?:[^-\s()\[\]]|--)+)-\w").ok());
    let head = reading.preamble();
    let word = BADGE.as_ref()?.captures(&reading.layout.mask[head.clone()])?.get(1)?;
    let span = head.start + word.start()..head.start + word.end();
    let found = status::read(&word.as_str().replace("%20", " ").replace('_', " "), extra);
    let line = 0..span.len();
    found.status.map(|_| StatusPlace { reading: StatusReading { line, ..found }, span, origin: Origin::Line })
}

/// The bytes in which a status field may state its status. A section of an essay counts with its first kilobytes.
fn status_area(reading: &Reading<'_>, field: &Field) -> Range<usize> {
    let end = field.value.end.min(field.value.start + 4_000);
    let end =
        (field.value.start..=end).rev().find(|at| reading.text.is_char_boundary(*at)).unwrap_or(field.value.start);
    field.value.start..end
}

/// `This decision has been superseded by …` above the first section.
fn sentence(reading: &Reading<'_>, extra: &status::Extra) -> Option<StatusPlace> {
    let area = reading.preamble();
    let mut at = area.start;
    while at < area.end {
        let line = super::front_matter::line_at(reading.text, at);
        let line = line.start..line.end.min(area.end);
        at = line.end;
        let words = language::fold(&status::clean(&reading.layout.mask[line.clone()]));
        let opens = ["this ", "superseded", "superceded", "deprecated", "replaced by", "the decision", "status "]
            .iter()
            .any(|start| words.starts_with(start));
        let speaks = ["superseded", "superceded", "replaced by", "deprecated"].iter().any(|word| words.contains(word));
        let is_field = reading.fields.iter().any(|field| field.line.start == line.start);
        if opens && speaks && !is_field {
            let found = status::read(&reading.layout.mask[line.clone()], extra);
            if matches!(found.status, Some(Status::Superseded | Status::Deprecated)) {
                return Some(StatusPlace { reading: found, span: line, origin: Origin::Sentence });
            }
        }
    }
    None
}

/// `Superseded [0019](0019-x.md)`: a link right after the word names the successor even without "by"; so does
/// `superseded` in front matter with a link behind it. Phrases with a preposition are read by [`links::in_text`].
fn adopt_bare_successor(reading: &Reading<'_>, place: &StatusPlace, stated: &mut Vec<StatedLink>) {
    let has_one = stated.iter().any(|link| link.kind == crate::LinkKind::SupersededBy);
    if place.reading.status != Some(Status::Superseded) || has_one || place.origin != Origin::FrontMatter {
        return;
    }
    stated.extend(links_in_part(reading, place.span.clone()));
}

/// Relations in a part of the text that the layout does not cover (front matter, document attributes).
fn links_in_part(reading: &Reading<'_>, part: Range<usize>) -> Vec<StatedLink> {
    let text = &reading.text[part.clone()];
    let layout = super::sections::markdown(text, 0);
    let mut found = links::in_text(&layout, 0..text.len());
    for link in &mut found {
        link.span = part.start + link.span.start..part.start + link.span.end;
    }
    found
}

/// The links of a record, each once however often it is stated.
fn stated_links(reading: &Reading<'_>) -> Vec<StatedLink> {
    let mut kept: Vec<StatedLink> = Vec::new();
    // The narrower reading of a place comes first; the same reference is not stated twice.
    for link in all_links(reading) {
        if !kept.iter().any(|other| other.span == link.span || says_the_same(other, &link)) {
            kept.push(link);
        }
        if kept.len() >= MAX_LINKS {
            break;
        }
    }
    kept
}

/// Every place that states this link, itself included.
pub(super) fn statements(reading: &Reading<'_>, link: &StatedLink) -> Vec<StatedLink> {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut places = all_links(reading);
    places.retain(|other| seen.insert((other.span.start, other.span.end)) && says_the_same(link, other));
    places.truncate(MAX_LINKS);
    places
}

/// One relation to one record, whatever the words around it.
pub(super) fn says_the_same(one: &StatedLink, other: &StatedLink) -> bool {
    one.kind == other.kind
        && one.relation == other.relation
        && if other.target.is_some() { one.target == other.target } else { one.text == other.text }
}

fn all_links(reading: &Reading<'_>) -> Vec<StatedLink> {
    let mut out: Vec<StatedLink> = Vec::new();
    for entry in reading.front.iter().flat_map(|front| &front.entries) {
        out.extend(entry_links(reading, entry));
    }
    let mut areas: Vec<Range<usize>> = Vec::new();
    for field in &reading.fields {
        match &field.key {
            Key::Link(kind) => {
                out.extend(links::in_field(&reading.layout, field.value.clone(), &Relation::Kind(*kind)));
                // `Supersedes: none (extends ADR-3)`
                areas.push(field.value.clone());
            }
            Key::Relation(word) => {
                out.extend(links::in_field(&reading.layout, field.value.clone(), &Relation::Word(word.clone())));
            }
            Key::Status if status::read(&reading.layout.mask[status_area(reading, field)], &[]).is_prompt => {}
            Key::Status => areas.push(field.value.clone()),
            _ => {}
        }
    }
    if let Some(heading) = reading.title.as_ref().and_then(|title| title.heading.clone()) {
        out.extend(links::in_title(&reading.layout, heading));
    }
    areas.push(reading.preamble());
    let linking = reading.sections.iter().filter(|section| section.kind == SectionKind::Links);
    areas.extend(linking.map(|section| section.body.clone()));
    for area in areas {
        out.extend(links::in_text(&reading.layout, area));
    }
    if let Some(attribute) = reading.attribute("status") {
        out.extend(links_in_part(reading, attribute));
    }
    out
}

fn entry_links(reading: &Reading<'_>, entry: &Entry) -> Vec<StatedLink> {
    let relation = match language::key(&entry.key) {
        Some(Key::Link(kind)) => Relation::Kind(kind),
        Some(Key::Relation(word)) => Relation::Word(word),
        Some(Key::Status) if entry.items.iter().any(|item| links::is_prompt(&item.text)) => return Vec::new(),
        Some(Key::Status) => return links_in_part(reading, entry.value.clone()),
        // `links: [{type: supersedes, target: 3}]`
        None if matches!(language::fold_key(&entry.key).as_str(), "links" | "relations" | "relationships")
            && entry.items.iter().all(|item| item.relation.is_some()) =>
        {
            Relation::Kind(crate::LinkKind::RelatesTo)
        }
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    for item in &entry.items {
        let own = item.relation.as_deref().map(|word| {
            let folded = language::fold(word);
            language::relation(&folded).unwrap_or(Relation::Word(folded))
        });
        let texts: Vec<&str> =
            if entry.is_list || item.text.contains('[') || item.text.contains(' ') && !item.text.contains(',') {
                vec![&item.text]
            } else {
                item.text.split(',').collect()
            };
        let mut at = item.span.start;
        for text in &texts {
            let part = reading.text.get(at..item.span.end).and_then(|rest| rest.find(text.trim()));
            let span = match part.filter(|_| texts.len() > 1) {
                Some(part) => at + part..at + part + text.trim().len(),
                None => item.span.clone(),
            };
            at = span.end.max(at);
            out.extend(links::from_item(text, span, own.as_ref().unwrap_or(&relation)));
        }
    }
    out
}

/// `:date:` of a document, and `* Date: {date}` that refers to it.
fn attribute_date(reading: &Reading<'_>) -> Option<crate::Date> {
    let span = reading.attribute("date").or_else(|| reading.attribute("revdate"))?;
    dates::find(&reading.text[span]).map(|(day, _)| day)
}

/// The day in `Accepted (2026-07-26) · …`, where the record keeps its date nowhere else.
fn status_date(place: &StatusPlace) -> Option<crate::Date> {
    let raw = &place.reading.raw;
    let (day, at) = dates::find(raw)?;
    let before = language::fold(&raw[..at]);
    (raw[..at].trim_end().ends_with(['(', ',', '-', '–', '—']) || before.ends_with(" on"))
        .then_some(())
        .filter(|()| before.split(' ').count() <= 3)
        .map(|()| day)
}

fn dates_of(
    reading: &Reading<'_>,
    status: Option<&StatusPlace>,
    path: &RecordPath,
    problems: &mut Vec<Problem>,
) -> Dates {
    let mut read = |key: &Key| {
        for (text, span) in reading.all_values(key) {
            match dates::read(&text) {
                DateText::Day(day) => return Some(day),
                DateText::Placeholder => {}
                DateText::Bad if text.starts_with('{') => {}
                DateText::Bad if *key == Key::Date && language::fold(&text).split(' ').count() > 8 => {}
                DateText::Bad => problems.push(
                    Problem::new(
                        ProblemCode::BadDate,
                        path,
                        reading.text,
                        span,
                        format!("`{}` is not a date", shorten(&text)),
                    )
                    .hint("Write it as year-month-day, for example 2026-03-02."),
                ),
            }
        }
        None
    };
    let date = read(&Key::Date).or_else(|| attribute_date(reading)).or_else(|| status.and_then(status_date));
    Dates { date, proposed: read(&Key::Proposed), accepted: read(&Key::Accepted), review_by: read(&Key::ReviewBy) }
}

fn people(reading: &Reading<'_>) -> People {
    let deciders = list_where(reading, &Key::DecisionMakers, |name| !language::is_author_key(name));
    let decision_makers =
        if deciders.is_empty() { list_where(reading, &Key::DecisionMakers, language::is_author_key) } else { deciders };
    People { decision_makers, consulted: list(reading, &Key::Consulted), informed: list(reading, &Key::Informed) }
}

fn list(reading: &Reading<'_>, key: &Key) -> Vec<String> {
    list_where(reading, key, |_| true)
}

/// A list of names or words: a sequence, or one text with commas; prompts of the template are none.
fn list_where(reading: &Reading<'_>, key: &Key, accepts: impl Fn(&str) -> bool) -> Vec<String> {
    for entry in reading.front.iter().flat_map(|front| &front.entries) {
        if language::key(&entry.key)
            .or_else(|| language::is_author_key(&entry.key).then_some(Key::DecisionMakers))
            .as_ref()
            == Some(key)
            && accepts(&entry.key)
        {
            let is_nothing = nothing(key, entry.is_list && entry.items.len() > 1);
            let names: Vec<String> =
                entry.items.iter().flat_map(|item| names(&item.text, !entry.is_list, is_nothing)).collect();
            if !names.is_empty() {
                return names;
            }
        }
    }
    for field in reading.fields.iter().filter(|field| field.key == *key && accepts(&field.name)) {
        let text = &reading.layout.mask[field.value.clone()];
        if text.len() > 2_000 {
            continue;
        }
        let item = |line: &str| names(line.trim().trim_start_matches(['*', '-', '+', ' ']), true, nothing(key, false));
        let names: Vec<String> = text.lines().flat_map(item).collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// What a value means nothing by. Where people stand, any word for nothing and any prompt; a tag is a word of its owner's
/// choice, so only what cannot be one is none, and beside other tags not even that.
fn nothing(key: &Key, beside_others: bool) -> fn(&str) -> bool {
    fn no_person(text: &str) -> bool {
        let prompt = links::is_prompt(text) || text.starts_with("list everyone") || text.starts_with("{list");
        prompt || language::is_nothing(text)
    }
    fn is_prompt(text: &str) -> bool {
        text.starts_with('{') && text.ends_with('}')
            || text.starts_with('<') && text.ends_with('>')
            || text.contains("comma separated list")
    }
    fn no_tag(text: &str) -> bool {
        is_prompt(text) || matches!(&*language::fold(text), "" | "none" | "n a" | "not applicable")
    }
    fn no_tag_of_several(text: &str) -> bool {
        is_prompt(text) || language::fold(text).is_empty()
    }
    match key {
        Key::Tags if beside_others => no_tag_of_several,
        Key::Tags => no_tag,
        _ => no_person,
    }
}

fn names(text: &str, split: bool, is_nothing: fn(&str) -> bool) -> Vec<String> {
    let raw = text.trim();
    let text = status::clean(text);
    let text = text.trim().trim_matches(['[', ']']).trim();
    // `{a prompt}` says nothing, `{Ann, Bob}` is a list in braces.
    if is_nothing(text) || !raw.contains(',') && is_nothing(raw) {
        return Vec::new();
    }
    if !split {
        return vec![text.to_owned()];
    }
    let mut depth = 0_i32;
    let mut parts = vec![String::new()];
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        match parts.last_mut() {
            Some(_) if depth <= 0 && matches!(c, ',' | ';' | '、' | '，') => parts.push(String::new()),
            Some(part) => part.push(c),
            None => {}
        }
    }
    let trimmed = parts
        .iter()
        .map(|part| part.trim().trim_matches(['"', '\'', '`', '{', '}']).trim().trim_end_matches('.').to_owned());
    trimmed.filter(|part| !part.is_empty() && part.len() <= 120).collect()
}

fn dialect(reading: &Reading<'_>, place: Option<&StatusPlace>) -> Dialect {
    if reading.format != Format::Markdown {
        return Dialect::Foreign;
    }
    let front = reading.front.as_ref();
    if reading.values(&Key::Schema).iter().any(|schema| schema.starts_with("precedent/record/")) {
        return Dialect::Precedent1;
    }
    let in_front = |front: &FrontMatter| {
        front
            .entries
            .iter()
            .any(|entry| matches!(language::key(&entry.key), Some(Key::Status | Key::DecisionMakers | Key::Link(_))))
    };
    let origin = place.map(|place| place.origin);
    match (front, origin) {
        (Some(front), None | Some(Origin::FrontMatter)) if in_front(front) => {
            if front.syntax == Syntax::Toml {
                Dialect::FrontMatter
            } else if front.entry("deciders").is_some() {
                Dialect::Madr3
            } else if front.entry("status").is_some() || front.entry("decision-makers").is_some() {
                Dialect::Madr4
            } else {
                Dialect::FrontMatter
            }
        }
        (_, Some(Origin::Bullet)) => {
            let tagged = reading.fields.iter().any(|field| field.origin == Origin::Bullet && field.key == Key::Tags);
            if tagged { Dialect::Log4brains } else { Dialect::Madr2 }
        }
        (_, Some(Origin::Section | Origin::Heading)) => Dialect::Nygard,
        (_, Some(Origin::Line | Origin::Sentence)) => Dialect::Inline,
        (_, Some(Origin::TableRow | Origin::TableColumn)) => Dialect::Table,
        _ => Dialect::Plain,
    }
}
