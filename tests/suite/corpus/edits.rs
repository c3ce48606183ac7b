//! Every kind of edit on every record: it does what it says, touches few lines, changes no other fact; outside the places
//! it names all bytes are equal; its inverse gives the old bytes. An edit that returns its input does not count.
//!
//! Counted besides: whether an edit that only says the old *value* again gives the old bytes, too. It cannot always: a
//! person's mail address or a note beside a date is not part of the value.

use super::Row;
use super::repos::Repository;
use precedent_core::decision::{Date, Decision, LinkKind, StatedLink};
use precedent_core::diff::line_counts;
use precedent_core::record::edit::{Change, Edit, LinkTarget, apply_edit, change};
use precedent_core::record::{Encoding, Parsed};
use precedent_core::{RecordPath, Status, parse};
use serde_json::Value;
use std::collections::BTreeMap;

/// What became of the edits of one kind.
#[derive(Default)]
struct Kind {
    tried: usize,
    /// The edit does what it says and the bytes around it stay.
    local: usize,
    /// It touches few lines.
    small: usize,
    restored: usize,
    /// There is an edit that says the old value.
    sayable: usize,
    said: usize,
    refused: usize,
}

#[derive(Default)]
pub(super) struct Identity {
    pub(super) faults: Vec<String>,
    /// Edits that touch more lines than they should need.
    pub(super) long: Vec<String>,
    /// Values that said again give other bytes.
    pub(super) unsaid: Vec<String>,
    records: usize,
    /// Records that can only be read: other formats, other encodings.
    read_only: usize,
    kinds: BTreeMap<&'static str, Kind>,
}

/// An edit with what is known of it beforehand.
struct Trial<'a> {
    kind: &'static str,
    edits: Vec<Edit>,
    /// Facts that it may change.
    facts: &'static [&'static str],
    done: Box<dyn Fn(&Decision) -> bool + 'a>,
    /// Edits that take it back, given the text after it: the first that restores the bytes counts.
    back: Back<'a>,
    /// Most lines that may be added or removed.
    lines: usize,
}

type Back<'a> = Box<dyn Fn(&str) -> Vec<Vec<Edit>> + 'a>;

impl Kind {
    fn add(&mut self, other: &Kind) {
        self.tried += other.tried;
        self.local += other.local;
        self.small += other.small;
        self.restored += other.restored;
        self.sayable += other.sayable;
        self.said += other.said;
        self.refused += other.refused;
    }
}

impl Identity {
    pub(super) fn add(&mut self, other: Identity) {
        self.faults.extend(other.faults);
        self.long.extend(other.long);
        self.unsaid.extend(other.unsaid);
        self.records += other.records;
        self.read_only += other.read_only;
        for (name, kind) in &other.kinds {
            self.kinds.entry(name).or_default().add(kind);
        }
    }

    pub(super) fn try_all(&mut self, repository: &Repository, list: &[Value]) {
        for path in list.iter().filter_map(|record| record["path"].as_str()) {
            let bytes = std::fs::read(repository.root().join(path)).expect("a listed record can be read");
            let path = RecordPath::new(path);
            let parsed = read(&path, &bytes);
            self.records += 1;
            match String::from_utf8(bytes) {
                Ok(text) if is_writable(&parsed) => self.try_record(&repository.name, &parsed, &text),
                _ => self.read_only += 1,
            }
        }
    }

    fn try_record(&mut self, repo: &str, parsed: &Parsed, text: &str) {
        for trial in trials(&parsed.decision, text) {
            let kind = self.kinds.entry(trial.kind).or_default();
            kind.tried += 1;
            let path = &parsed.decision.path;
            let Some((after, restored)) = made(path, text, &trial.edits) else {
                kind.refused += 1;
                continue;
            };
            let place = format!("{repo}/{path}: {}", trial.kind);
            match fault(&trial, parsed, text, &after) {
                Some(fault) => self.faults.push(format!("{place}: {fault} {:?}", trial.edits)),
                None => kind.local += 1,
            }
            let (added, removed) = line_counts(text, &after);
            let most = (added as usize).max(removed as usize);
            if most <= trial.lines {
                kind.small += 1;
            } else {
                self.long.push(format!("{place}: touches {most} lines {:?}", trial.edits));
            }
            match restored {
                Ok(()) => kind.restored += 1,
                Err(fault) => self.faults.push(format!("{place}: {fault} {:?}", trial.edits)),
            }
            let back = (trial.back)(&after);
            kind.sayable += usize::from(!back.is_empty());
            let restores = |edits: &Vec<Edit>| applied(path, &after, edits).as_deref() == Some(text);
            if back.iter().any(restores) {
                kind.said += 1;
            } else if let Some(last) = back.last() {
                let got = applied(path, &after, last).unwrap_or_default();
                let (was, is) = differing(text, &got);
                self.unsaid.push(format!("{place}: not restored by {last:?}: was {was:?} is {is:?}"));
            }
        }
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::new("records that can be written", self.records - self.read_only, self.records, 0.0)];
        for (name, kind) in &self.kinds {
            let made = kind.tried - kind.refused;
            rows.push(Row::new(format!("{name}: accepted"), made, kind.tried, 0.0));
            rows.push(Row::new(format!("{name}: nothing else changes"), kind.local, made, least(name)));
            rows.push(Row::new(format!("{name}: few lines"), kind.small, made, least(name)));
            rows.push(Row::new(format!("{name}: same bytes after its inverse"), kind.restored, made, 1.0));
            rows.push(Row::new(format!("{name}: … after the old value"), kind.said, kind.sayable, 0.0));
        }
        rows
    }
}

/// The share of edits that must do what they say and no more. A link that a record states twice, or inside a status of
/// many words, cannot be taken out alone.
fn least(kind: &str) -> f64 {
    if kind == "unlink" { 0.98 } else { 0.99 }
}

fn read(path: &RecordPath, bytes: &[u8]) -> Parsed {
    parse(path, bytes, &precedent_core::record::ParseOptions::default())
}

fn is_writable(parsed: &Parsed) -> bool {
    matches!(parsed.encoding, Encoding::Utf8 | Encoding::Utf8Bom)
        && parsed.decision.dialect != precedent_core::decision::Dialect::Foreign
}

fn applied(path: &RecordPath, text: &str, edits: &[Edit]) -> Option<String> {
    edits.iter().try_fold(text.to_owned(), |text, edit| apply_edit(path, &text, edit).ok())
}

/// The text after the edits, and whether only the named places changed and the inverse gives back every byte.
fn made(path: &RecordPath, text: &str, edits: &[Edit]) -> Option<(String, Result<(), String>)> {
    let mut now = text.to_owned();
    let mut done: Vec<(Change, String)> = Vec::new();
    for edit in edits {
        let change = change(path, &now, edit).ok()?;
        let next = apply_edit(path, &now, edit).ok()?;
        done.push((change, std::mem::replace(&mut now, next)));
    }
    let after = now.clone();
    for (change, before) in done.iter().rev() {
        if let Some(at) = outside(change, before, &now) {
            return Some((after, Err(format!("changes byte {at} outside of its places"))));
        }
        now = change.inverse(before).apply(&now);
    }
    Some((after, if now == text { Ok(()) } else { Err("its inverse gives other bytes".to_owned()) }))
}

/// The first byte outside of a change's places that is not as it was.
fn outside(change: &Change, before: &str, after: &str) -> Option<usize> {
    let (mut was, mut is) = (0, 0);
    let ends = [(before.len()..before.len(), "")];
    for (range, text) in change.places().chain(ends) {
        let kept = &before[was..range.start];
        let same = after.as_bytes().get(is..is + kept.len()) == Some(kept.as_bytes());
        let there = after.get(is + kept.len()..is + kept.len() + text.len()) == Some(text);
        if !same || !there {
            return Some(was);
        }
        (was, is) = (range.end, is + kept.len() + text.len());
    }
    (is != after.len()).then_some(was)
}

/// What is wrong with the text after an edit.
fn fault(trial: &Trial<'_>, before: &Parsed, text: &str, after: &str) -> Option<String> {
    if after == text {
        return Some("changes nothing".to_owned());
    }
    let now = read(&before.decision.path, after.as_bytes()).decision;
    if !(trial.done)(&now) {
        return Some("is not read back".to_owned());
    }
    let (was, is) = (facts(&before.decision, trial.kind), facts(&now, trial.kind));
    for ((name, was), (_, is)) in was.iter().zip(&is) {
        if was != is && !trial.facts.contains(name) {
            return Some(format!("changes {name} from {was} to {is}"));
        }
    }
    None
}

/// What a record says, each fact by itself. A record that is no longer superseded no longer names its successor.
fn facts(decision: &Decision, kind: &str) -> Vec<(&'static str, String)> {
    let stays = |link: &&StatedLink| !(kind.starts_with("status") && link.kind == LinkKind::SupersededBy);
    let links: Vec<_> = decision.links.iter().filter(stays).map(|link| (link.kind, &link.text, &link.target)).collect();
    vec![
        ("id", format!("{:?}", decision.id)),
        ("number", format!("{:?}", decision.number)),
        ("title", format!("{:?}", decision.title)),
        ("status", format!("{:?}", decision.status)),
        ("status text", format!("{:?}", decision.status_raw)),
        ("dates", format!("{:?}", decision.dates)),
        ("people", format!("{:?}", decision.people)),
        ("tags", format!("{:?}", decision.tags)),
        ("scope", format!("{:?}", decision.scope)),
        ("applies-to", format!("{:?}", decision.applies_to)),
        ("links", format!("{links:?}")),
        ("reason", format!("{:?}", decision.reason_superseded)),
    ]
}

const DAY: Date = Date::constant(2001, 2, 3);
const NEW_TITLE: &str = "Quite another zebra";

fn target() -> LinkTarget {
    LinkTarget {
        path: RecordPath::new("some/where/9876-another-zebra.md"),
        digits: Some("9876".to_owned()),
        id: "another-zebra".to_owned(),
        title: "Another zebra".to_owned(),
    }
}

fn trials<'a>(decision: &'a Decision, text: &'a str) -> Vec<Trial<'a>> {
    let mut trials: Vec<Trial<'a>> = Status::ALL
        .into_iter()
        .filter(|status| decision.status != Some(*status))
        .flat_map(|status| [set_status(decision, text, status, None), set_status(decision, text, status, Some(DAY))])
        .collect();
    trials.push(set_title(decision, text));
    trials.extend(FIELDS.iter().map(|field| set_field(decision, text, field)));
    trials.extend(LINKS.iter().map(|kind| link(decision, text, *kind)));
    trials.extend(decision.links.iter().filter_map(|stated| unlink(decision, stated)));
    trials.extend((decision.status != Some(Status::Superseded)).then(|| supersede(decision, text)));
    trials
}

fn set_status<'a>(decision: &'a Decision, text: &'a str, status: Status, on: Option<Date>) -> Trial<'a> {
    Trial {
        kind: if on.is_some() { "status with its day" } else { "status" },
        edits: vec![Edit::SetStatus { status, on }],
        facts: if on.is_some() { &["status", "status text", "dates"] } else { &["status", "status text"] },
        done: Box::new(move |now| now.status == Some(status) || names_successor(now)),
        back: Box::new(move |_| status_back(decision, text, status, on)),
        lines: if decision.status.is_none() { 4 } else { 2 },
    }
}

/// A record that names its successor elsewhere stays superseded, whatever its status says.
fn names_successor(decision: &Decision) -> bool {
    let successor = decision.links.iter().any(|link| link.kind == LinkKind::SupersededBy);
    successor && decision.status == Some(Status::Superseded)
}

/// The old status said again: by its word, or by the text that stood there; and the day that stood there.
fn status_back(decision: &Decision, text: &str, status: Status, on: Option<Date>) -> Vec<Vec<Edit>> {
    let days = |on: bool| on.then(|| day_back(decision)).into_iter().flatten();
    let on = on.is_some();
    let mut back: Vec<Vec<Edit>> = Vec::new();
    if let Some(old) = decision.status.filter(|old| *old != Status::Other) {
        back.push(std::iter::once(Edit::SetStatus { status: old, on: None }).chain(days(on)).collect());
    }
    let without_day = apply_edit(&decision.path, text, &Edit::SetStatus { status, on: None }).unwrap_or_default();
    let stood = stood(text, &without_day, status.word()).map(str::to_owned);
    for said in stood.into_iter().chain(decision.status_raw.clone()) {
        back.push(std::iter::once(Edit::SetStatusText { text: said, on: None }).chain(days(on)).collect());
    }
    back
}

fn day_back(decision: &Decision) -> Vec<Edit> {
    let dates = &decision.dates;
    let kept = [("accepted", dates.accepted), ("proposed", dates.proposed), ("date", dates.date)];
    let set = |(key, day): (&str, Option<Date>)| Some(field(key, &[day?.to_string().as_str()]));
    kept.into_iter().filter_map(set).collect()
}

fn set_title<'a>(decision: &'a Decision, text: &'a str) -> Trial<'a> {
    Trial {
        kind: "title",
        edits: vec![Edit::SetTitle { title: NEW_TITLE.to_owned() }],
        facts: &["title"],
        done: Box::new(|now| now.title.as_deref() == Some(NEW_TITLE)),
        back: Box::new(move |after| {
            let stood = stood(text, after, NEW_TITLE).map(str::to_owned).filter(|_| decision.title.is_some());
            let titles = decision.title.clone().into_iter().chain(stood);
            titles.map(|title| vec![Edit::SetTitle { title }]).collect()
        }),
        lines: 2,
    }
}

/// A field with two values to try; the second is taken when the first is there already.
struct Field {
    kind: &'static str,
    key: &'static str,
    facts: &'static [&'static str],
    values: &'static [&'static str],
    of: fn(&Decision) -> Vec<String>,
}

const fn list(
    key: &'static str,
    facts: &'static [&'static str],
    values: &'static [&'static str],
    of: fn(&Decision) -> Vec<String>,
) -> Field {
    Field { kind: key, key, facts, values, of }
}

const FIELDS: &[Field] = &[
    list("date", &["dates"], &["2001-02-03"], |it| it.dates.date.iter().map(Date::to_string).collect()),
    list("review-by", &["dates"], &["2041-02-03"], |it| it.dates.review_by.iter().map(Date::to_string).collect()),
    list("decision-makers", &["people"], &["@zebra", "Ann Lee"], |it| it.people.decision_makers.clone()),
    list("consulted", &["people"], &["@zebra"], |it| it.people.consulted.clone()),
    list("informed", &["people"], &["team:zebra"], |it| it.people.informed.clone()),
    list("tags", &["tags"], &["zebra", "quagga"], |it| it.tags.clone()),
    list("applies-to", &["applies-to"], &["zebra/**", "!zebra/x/**"], |it| it.applies_to.clone()),
    list("reason-superseded", &["reason"], &["Zebras: they bite"], |it| it.reason_superseded.iter().cloned().collect()),
];

fn field(key: &str, values: &[&str]) -> Edit {
    Edit::SetField { key: key.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

fn set_field<'a>(decision: &'a Decision, text: &'a str, what: &'static Field) -> Trial<'a> {
    let old = (what.of)(decision);
    Trial {
        kind: what.kind,
        edits: vec![field(what.key, what.values)],
        facts: what.facts,
        done: Box::new(|now| (what.of)(now) == what.values),
        back: Box::new(move |after| {
            let said = Edit::SetField { key: what.key.to_owned(), values: old.clone() };
            let stood = what.values.first().and_then(|value| stood(text, after, value));
            let stood = stood.map(|text| field(what.key, &[text])).filter(|_| !old.is_empty());
            std::iter::once(said).chain(stood).map(|edit| vec![edit]).collect()
        }),
        lines: old_lines(&(what.of)(decision)),
    }
}

/// Lines that a field may take: a new front matter is four, a block of values one each.
fn old_lines(old: &[String]) -> usize {
    old.len().max(3) + 1
}

const LINKS: &[LinkKind] =
    &[LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::AmendedBy, LinkKind::RelatesTo];

fn has(decision: &Decision, kind: LinkKind) -> bool {
    let ours = target();
    decision.links.iter().any(|link| {
        let names = link.target.as_deref().unwrap_or(&link.text);
        link.kind == kind && (names.contains("9876") || names.contains(&*ours.id))
    })
}

fn link<'a>(decision: &'a Decision, text: &'a str, kind: LinkKind) -> Trial<'a> {
    if kind == LinkKind::SupersededBy && decision.status != Some(Status::Superseded) {
        // The status goes with it, so it has to be said again, too.
        return Trial {
            kind: "link superseded-by",
            edits: vec![Edit::AddLink { kind, to: target() }],
            done: Box::new(move |now| has(now, kind)),
            ..supersede(decision, text)
        };
    }
    Trial {
        kind: "link",
        edits: vec![Edit::AddLink { kind, to: target() }],
        facts: &["links", "status text"],
        done: Box::new(move |now| has(now, kind)),
        back: Box::new(move |_| vec![vec![Edit::RemoveLink { kind, to: target() }]]),
        lines: 4,
    }
}

/// Takes a link away that the record states; saying it again may put it elsewhere, so this has no inverse by value.
fn unlink<'a>(decision: &'a Decision, stated: &'a StatedLink) -> Option<Trial<'a>> {
    let target = stated.target.as_deref()?;
    let path = decision.path.join_link(target)?;
    let count = |of: &Decision| of.links.iter().filter(|link| link.kind == stated.kind).count();
    let before = count(decision);
    let to = LinkTarget { path, digits: None, id: "another-zebra".to_owned(), title: "Another zebra".to_owned() };
    Some(Trial {
        kind: "unlink",
        // An address names no path; it goes as the link that it is.
        edits: vec![if target.contains("://") {
            Edit::TakeOut { link: stated.clone() }
        } else {
            Edit::RemoveLink { kind: stated.kind, to }
        }],
        facts: &["links", "status", "status text"],
        done: Box::new(move |now| count(now) < before),
        back: Box::new(|_| Vec::new()),
        lines: 3,
    })
}

fn supersede<'a>(decision: &'a Decision, text: &'a str) -> Trial<'a> {
    let set = Edit::SetStatus { status: Status::Superseded, on: None };
    let by = LinkKind::SupersededBy;
    Trial {
        kind: "supersede",
        edits: vec![set, Edit::AddLink { kind: by, to: target() }],
        facts: &["links", "status", "status text"],
        done: Box::new(move |now| now.status == Some(Status::Superseded) && has(now, by)),
        back: Box::new(move |_| {
            let unlink = Edit::RemoveLink { kind: by, to: target() };
            let back = status_back(decision, text, Status::Superseded, None);
            back.into_iter().map(|edits| std::iter::once(unlink.clone()).chain(edits).collect()).collect()
        }),
        lines: 4,
    }
}

/// The text that stood where `value` now stands, when that is the only change.
fn stood<'t>(before: &'t str, after: &str, value: &str) -> Option<&'t str> {
    let (front, back) = shared(before, after);
    let folded = after.to_ascii_lowercase();
    let wanted = value.to_ascii_lowercase();
    let covers = |at: &usize| *at <= front && at + value.len() + back >= after.len();
    let at = folded.match_indices(&wanted).map(|(at, _)| at).find(covers)?;
    before.get(at..before.len() - (after.len() - at - value.len()))
}

/// How many bytes both texts share in front and behind.
fn shared(before: &str, after: &str) -> (usize, usize) {
    let front = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&before.as_bytes()[front..], &after.as_bytes()[front..]);
    (front, rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count())
}

/// What differs between two texts, for a message.
fn differing(a: &str, b: &str) -> (String, String) {
    let (front, back) = shared(a, b);
    let cut = |text: &str| {
        let part = text.as_bytes().get(front..text.len().saturating_sub(back)).unwrap_or_default();
        String::from_utf8_lossy(part).chars().take(80).collect()
    };
    (cut(a), cut(b))
}
