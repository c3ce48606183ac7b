//! The settings of a record, merged field by field. Each field keeps the lines and comments it was written with; only a
//! list or value that takes something of both sides is written anew.

use super::{Conflict, Merge};
use crate::decision::Status;
use crate::record::edit::yaml;
use crate::record::front_matter::{self, Entry, FrontMatter, Item, Syntax};
use std::collections::BTreeSet;

/// A field with all lines that belong to it: comments above, the value, whatever follows it.
struct Field<'t> {
    key: String,
    lines: &'t str,
    /// Where they begin in `text`.
    start: usize,
    entry: &'t Entry,
    text: &'t str,
}

struct Head<'t> {
    text: &'t str,
    front: &'t FrontMatter,
    fields: Vec<Field<'t>>,
}

impl<'t> Head<'t> {
    fn of(text: &'t str, front: &'t FrontMatter) -> Head<'t> {
        let mut starts: Vec<usize> = front.entries.iter().map(|entry| line_start(text, entry.key_span.start)).collect();
        // Comments right above a key belong to it.
        for (at, start) in starts.iter_mut().enumerate() {
            let floor = if at == 0 { front.inner.start } else { front.entries[at - 1].value.end };
            while *start > front.inner.start {
                let above = line_start(text, *start - 1);
                if above < floor || !text[above..*start].trim_start().starts_with('#') {
                    break;
                }
                *start = above;
            }
        }
        if let Some(first) = starts.first_mut() {
            *first = front.inner.start;
        }
        let ends = starts.iter().skip(1).copied().chain([front.inner.end]);
        let fields = front.entries.iter().zip(starts.iter().copied().zip(ends));
        let fields = fields
            .map(|(entry, (start, end))| Field { key: entry.key.clone(), lines: &text[start..end], start, entry, text })
            .collect();
        Head { text, front, fields }
    }

    fn find(&self, key: &str) -> Option<&Field<'t>> {
        self.fields.iter().find(|field| field.key == key)
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Merges three blocks, fences and all; `None` where that cannot be done field by field.
pub(super) fn merge(base: &str, ours: &str, theirs: &str) -> Option<Merge> {
    let base_front = front_matter::read(base);
    let (ours_front, theirs_front) = (front_matter::read(ours)?, front_matter::read(theirs)?);
    let whole = |front: &FrontMatter| {
        let keys: BTreeSet<&str> = front.entries.iter().map(|entry| entry.key.as_str()).collect();
        front.syntax == Syntax::Yaml && !front.entries.is_empty() && keys.len() == front.entries.len()
    };
    if !whole(&ours_front) || !whole(&theirs_front) || base_front.as_ref().is_some_and(|front| !whole(front)) {
        return None;
    }
    let base_head = base_front.as_ref().map(|front| Head::of(base, front));
    let (ours, theirs) = (Head::of(ours, &ours_front), Head::of(theirs, &theirs_front));
    let mut merged = Merge::default();
    merged.settle(&ours.text[..ours.front.inner.start]);
    for key in order(&ours, &theirs) {
        let base = base_head.as_ref().and_then(|head| head.find(&key));
        field(&mut merged, &key, base, ours.find(&key), theirs.find(&key));
    }
    merged.settle(&ours.text[ours.front.inner.end..]);
    Some(merged)
}

/// Our keys in our order; theirs behind the one that they follow there.
fn order(ours: &Head<'_>, theirs: &Head<'_>) -> Vec<String> {
    let mut keys: Vec<String> = ours.fields.iter().map(|field| field.key.clone()).collect();
    let mut before: Option<&str> = None;
    for field in &theirs.fields {
        if !keys.contains(&field.key) {
            let at = before.and_then(|before| keys.iter().position(|key| key == before)).map_or(0, |at| at + 1);
            keys.insert(at, field.key.clone());
        }
        before = Some(&field.key);
    }
    keys
}

fn field(
    merged: &mut Merge,
    key: &str,
    base: Option<&Field<'_>>,
    ours: Option<&Field<'_>>,
    theirs: Option<&Field<'_>>,
) {
    let lines = |field: Option<&Field<'_>>| field.map_or(String::new(), |field| whole_line(field.lines));
    let (base_lines, our_lines, their_lines) = (lines(base), lines(ours), lines(theirs));
    let same = |a: Option<&Field<'_>>, b: Option<&Field<'_>>| match (a, b) {
        (Some(a), Some(b)) => value(a) == value(b) || says_the_same(a, b),
        (None, None) => true,
        _ => false,
    };
    // Both touched the lines around the value, each in another way: neither comment may go silently.
    let both_touched = our_lines != base_lines && their_lines != base_lines && our_lines != their_lines;
    let comments_differ = both_touched && (same(ours, base) || same(theirs, base));
    if !comments_differ && (same(ours, theirs) || same(theirs, base)) {
        // Where only a comment differs ours stands, unless ours is as it was.
        let text = if our_lines == base_lines && same(ours, theirs) { &their_lines } else { &our_lines };
        return merged.settle(text);
    }
    if !comments_differ && same(ours, base) {
        return merged.settle(&their_lines);
    }
    if !comments_differ
        && let (Some(ours), Some(theirs)) = (ours, theirs)
        && let Some(new) = joined(key, base, ours, theirs)
    {
        merged.joined.push((key.to_owned(), new.clone()));
        let value = &ours.entry.value;
        let (from, to) = (value.start - ours.start, value.end - ours.start);
        // A list written line by line begins below its key; in brackets it stands behind it.
        let head = ours.lines[..from].trim_end();
        return merged.settle(&whole_line(&format!("{head} {new}{}", &ours.lines[to..])));
    }
    merged.parts.push(super::Part::Conflict(Conflict {
        field: Some(key.to_owned()),
        section: String::new(),
        base: base_lines,
        ours: our_lines,
        theirs: their_lines,
    }));
}

fn value<'t>(field: &Field<'t>) -> &'t str {
    field.text[field.entry.value.clone()].trim()
}

/// The same items, in any order, however they are written.
fn says_the_same(a: &Field<'_>, b: &Field<'_>) -> bool {
    let set = |field: &Field<'_>| field.entry.items.iter().map(item_key).collect::<BTreeSet<_>>();
    !a.entry.items.is_empty() && is_list(&a.key) && set(a) == set(b)
}

fn item_key(item: &Item) -> (String, Option<String>) {
    (item.text.clone(), item.relation.clone())
}

/// Fields that hold several values, of which each side may add or take away some.
fn is_list(key: &str) -> bool {
    const LISTS: &[&str] = &[
        "supersedes",
        "superseded-by",
        "superseded_by",
        "amends",
        "amended-by",
        "amended_by",
        "relates-to",
        "relates_to",
        "related",
        "links",
        "depends-on",
        "tags",
        "applies-to",
        "decision-makers",
        "deciders",
        "authors",
        "consulted",
        "informed",
    ];
    LISTS.contains(&key)
}

/// The value that both sides can agree with; `None` where a person has to say.
fn joined(key: &str, base: Option<&Field<'_>>, ours: &Field<'_>, theirs: &Field<'_>) -> Option<String> {
    if is_list(key) {
        return list(base, ours, theirs);
    }
    let (ours, theirs) = (single(ours)?, single(theirs)?);
    match key {
        "status" => {
            let later = later_status(&ours, &theirs)?;
            Some(yaml::scalar(later, Syntax::Yaml, false))
        }
        // The day of the last change: the later one.
        "date" | "updated" | "last-modified" if is_day(&ours) && is_day(&theirs) => Some(ours.max(theirs)),
        _ => None,
    }
}

fn single(field: &Field<'_>) -> Option<String> {
    match field.entry.items.as_slice() {
        [one] if !field.entry.is_list => Some(one.text.clone()),
        _ => None,
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<crate::Date>().is_ok()
}

/// Of two steps of one life the later one; a rejection and an acceptance are no steps of one life.
fn later_status<'a>(ours: &'a str, theirs: &'a str) -> Option<&'a str> {
    let rank = |text: &str| {
        let word = Status::from_word(&text.trim().to_ascii_lowercase())?;
        Some(match word {
            Status::Draft => 0,
            Status::Proposed => 1,
            Status::Accepted => 2,
            Status::Deprecated => 3,
            Status::Superseded => 4,
            // A rejection ends what was only proposed.
            Status::Rejected => 9,
            _ => return None,
        })
    };
    let (a, b) = (rank(ours)?, rank(theirs)?);
    if a.max(b) == 9 && a.min(b) > 1 {
        return None;
    }
    Some(if b > a { theirs } else { ours })
}

/// Items of ours that theirs did not take away, then what theirs added.
fn list(base: Option<&Field<'_>>, ours: &Field<'_>, theirs: &Field<'_>) -> Option<String> {
    // What is no plain list of words (a mapping, an anchor) is left to a person.
    let plain = |field: &Field<'_>| !field.entry.items.is_empty() || value(field).is_empty() || value(field) == "[]";
    if !plain(ours) || !plain(theirs) {
        return None;
    }
    let had: BTreeSet<_> = base.iter().flat_map(|field| field.entry.items.iter().map(item_key)).collect();
    let theirs_have: BTreeSet<_> = theirs.entry.items.iter().map(item_key).collect();
    let ours_have: BTreeSet<_> = ours.entry.items.iter().map(item_key).collect();
    let mut items: Vec<&Item> = ours
        .entry
        .items
        .iter()
        .filter(|item| theirs_have.contains(&item_key(item)) || !had.contains(&item_key(item)))
        .collect();
    items.extend(theirs.entry.items.iter().filter(|item| {
        let key = item_key(item);
        !ours_have.contains(&key) && !had.contains(&key)
    }));
    let written: Vec<String> = items
        .iter()
        .map(|item| {
            let text = yaml::scalar(&item.text, Syntax::Yaml, true);
            match &item.relation {
                Some(relation) => format!("{{ref: {text}, as: {}}}", yaml::scalar(relation, Syntax::Yaml, true)),
                None => text,
            }
        })
        .collect();
    Some(format!("[{}]", written.join(", ")))
}

fn whole_line(lines: &str) -> String {
    if lines.is_empty() || lines.ends_with('\n') { lines.to_owned() } else { format!("{lines}\n") }
}
