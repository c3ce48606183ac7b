//! What changed in a record, in words (DESIGN §13.5): status, links, paths, then sections by size; a bold lead and at
//! most two sentences.

use super::fields::reference_label;
use super::words;
use crate::decision::{Decision, LinkKind, StatedLink, Status};
use crate::record::{Parsed, SectionKind};

/// A record's version: what it says and its text.
type Version<'a> = (&'a Parsed, &'a str);

/// Sentences after the lead.
const SENTENCES: usize = 2;

/// What changed in a record, as DESIGN §13.5 says it: a bold lead and a sentence.
pub fn change_sentence(old: Option<Version<'_>>, new: Option<Version<'_>>) -> (String, String) {
    match (old, new) {
        (None, None) => (String::new(), String::new()),
        (None, Some(new)) => added(new),
        (Some(old), None) => ("Deleted.".to_owned(), was(&old.0.decision)),
        (Some(old), Some(new)) => changed(old, new),
    }
}

/// Headings of the sections whose words differ, most changed first. Front matter, status and link sections are fields
/// and not named here.
pub fn changed_sections(old: Version<'_>, new: Version<'_>) -> Vec<String> {
    section_changes(old, new).into_iter().map(|change| change.heading).collect()
}

/// Nothing but whitespace and line ends differs.
pub fn only_spacing(old: &str, new: &str) -> bool {
    old != new && words::same(old, new)
}

fn added((new, text): Version<'_>) -> (String, String) {
    let decision = &new.decision;
    let lead = match decision.status {
        Some(Status::Draft) => "New draft,".to_owned(),
        Some(Status::Proposed) => "New proposal,".to_owned(),
        Some(Status::Other) | None => "New record,".to_owned(),
        Some(status) => format!("New record, {},", status.word()),
    };
    let count = match new.words {
        1 => "1 word.".to_owned(),
        words => format!("{words} words."),
    };
    let empty = new.sections.iter().filter(|section| section.level > 1 && section.kind != SectionKind::Other);
    let empty = empty.filter(|section| body(text, section.body.clone()).trim().is_empty());
    // A heading over sub-headings has no text of its own and is not empty.
    let empty = empty.filter(|section| !has_children(new, section.span.end, section.level));
    let first = empty.map(|section| format!(" {} is empty.", section.heading)).next();
    (lead, count + &first.unwrap_or_default())
}

fn has_children(parsed: &Parsed, end: usize, level: u8) -> bool {
    parsed.sections.iter().any(|section| section.span.start == end && section.level > level)
}

fn was(decision: &Decision) -> String {
    decision.status.map_or(String::new(), |_| format!("Was {}.", status_name(decision)))
}

fn changed(old: Version<'_>, new: Version<'_>) -> (String, String) {
    if only_spacing(old.1, new.1) {
        return ("Only spacing changed.".to_owned(), String::new());
    }
    let mut parts = Vec::new();
    parts.extend(status_part(&old.0.decision, &new.0.decision));
    parts.extend(link_parts(&old.0.decision, &new.0.decision));
    parts.extend(path_part(&old.0.decision, &new.0.decision));
    parts.extend(section_parts(old, new));
    parts.extend(field_part(old.0, new.0));
    let mut parts = parts.into_iter();
    let (lead, rest) = parts.next().unwrap_or_else(|| ("Text changed.".to_owned(), String::new()));
    let rest = Some(rest).filter(|rest| !rest.is_empty());
    let more = parts.map(|(lead, rest)| if rest.is_empty() { lead } else { format!("{lead} {rest}") });
    let sentences: Vec<String> = rest.into_iter().chain(more).take(SENTENCES).collect();
    (lead, sentences.join(" "))
}

/// `Proposed → Accepted.`, or `Superseded by 0129.` when the successor is stated.
fn status_part(old: &Decision, new: &Decision) -> Option<(String, String)> {
    if old.status == new.status && (old.status != Some(Status::Other) || old.status_raw == new.status_raw) {
        return None;
    }
    let successor = new.links.iter().find(|link| link.kind == LinkKind::SupersededBy);
    let lead = match (new.status, successor) {
        (Some(Status::Superseded), Some(link)) => format!("Superseded by {}.", reference_label(link)),
        _ => format!("{} → {}.", status_name(old), status_name(new)),
    };
    Some((lead, String::new()))
}

fn status_name(decision: &Decision) -> String {
    let word = match decision.status {
        Some(Status::Other) => decision.status_raw.clone().unwrap_or_else(|| "other".to_owned()),
        Some(status) => status.word().to_owned(),
        None => "no status".to_owned(),
    };
    capital(&word)
}

fn link_parts(old: &Decision, new: &Decision) -> Vec<(String, String)> {
    // The successor is the lead already when the status says so.
    let told = |link: &StatedLink| {
        link.kind == LinkKind::SupersededBy && new.status == Some(Status::Superseded) && old.status != new.status
    };
    let missing = |from: &Decision, other: &Decision| -> Vec<String> {
        let known: Vec<String> = other.links.iter().map(link_words).collect();
        let links = from.links.iter().filter(|link| !told(link)).map(link_words);
        links.filter(|words| !known.contains(words)).collect()
    };
    let sentence = |one: &str, many: &str, words: Vec<String>| match words.len() {
        0 => None,
        1 => Some((format!("{one}:"), format!("{}.", words.join(", ")))),
        count => Some((format!("{many} {count} links:"), format!("{}.", words.join(", ")))),
    };
    let gained = sentence("Gains a link", "Gains", missing(new, old));
    let lost = sentence("Loses a link", "Loses", missing(old, new));
    gained.into_iter().chain(lost).collect()
}

/// `supersedes 0007`, `refines 0121`.
fn link_words(link: &StatedLink) -> String {
    let verb = match (link.kind, &link.relation) {
        (LinkKind::Supersedes, _) => "supersedes",
        (LinkKind::SupersededBy, _) => "superseded by",
        (LinkKind::Amends, _) => "refines",
        (LinkKind::AmendedBy, _) => "refined by",
        (LinkKind::RelatesTo, Some(word)) => word.as_str(),
        (LinkKind::RelatesTo, None) => "relates to",
        (LinkKind::DependsOn, _) => "depends on",
    };
    format!("{verb} {}", reference_label(link))
}

fn path_part(old: &Decision, new: &Decision) -> Option<(String, String)> {
    let missing = |from: &[String], other: &[String]| -> Vec<String> {
        from.iter().filter(|path| !other.contains(path)).cloned().collect()
    };
    let (more, fewer) = (missing(&new.applies_to, &old.applies_to), missing(&old.applies_to, &new.applies_to));
    let paths = |count: usize| if count == 1 { "path" } else { "paths" };
    match (more.len(), fewer.len()) {
        (0, 0) => None,
        (count, 0) => Some((format!("Binds {count} more {}:", paths(count)), format!("{}.", more.join(", ")))),
        (0, count) => Some((format!("Binds {count} fewer {}:", paths(count)), format!("{}.", fewer.join(", ")))),
        _ => Some(("Binds other paths:".to_owned(), format!("{}.", new.applies_to.join(", ")))),
    }
}

struct SectionChange {
    heading: String,
    verb: &'static str,
    size: usize,
}

fn section_parts(old: Version<'_>, new: Version<'_>) -> Vec<(String, String)> {
    let changes = section_changes(old, new);
    changes.into_iter().map(|change| (format!("{} {}.", change.heading, change.verb), String::new())).collect()
}

fn section_changes(old: Version<'_>, new: Version<'_>) -> Vec<SectionChange> {
    let (before, after) = (bodies(old), bodies(new));
    let mut changes = Vec::new();
    for (at, (heading, text)) in after.iter().enumerate() {
        // The n-th section of a name is compared with the n-th of the old text.
        let nth = after[..at].iter().filter(|(name, _)| name == heading).count();
        let old = before.iter().filter(|(name, _)| name == heading).nth(nth);
        let (verb, size) = match old {
            Some((_, old)) if words::same(old, text) => continue,
            Some((_, old)) if old.trim().is_empty() => ("written", words::distance(old, text)),
            Some((_, old)) if text.trim().is_empty() => ("emptied", words::distance(old, text)),
            Some((_, old)) => ("reworded", words::distance(old, text)),
            None => ("added", words::distance("", text) + 1),
        };
        changes.push(SectionChange { heading: heading.clone(), verb, size });
    }
    for (at, (heading, text)) in before.iter().enumerate() {
        let nth = before[..at].iter().filter(|(name, _)| name == heading).count();
        if after.iter().filter(|(name, _)| name == heading).nth(nth).is_none() {
            changes.push(SectionChange {
                heading: heading.clone(),
                verb: "removed",
                size: words::distance(text, "") + 1,
            });
        }
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.size));
    changes
}

/// Sections of prose with their text; what stands under the title is the introduction.
fn bodies((parsed, text): Version<'_>) -> Vec<(String, String)> {
    let prose =
        parsed.sections.iter().filter(|section| !matches!(section.kind, SectionKind::Status | SectionKind::Links));
    let prose = prose.map(|section| {
        let body = body(text, section.body.clone());
        if section.level == 1 {
            let lines: Vec<&str> = body.lines().filter(|line| !is_field_line(line)).collect();
            ("Introduction".to_owned(), lines.join("\n"))
        } else {
            (section.heading.to_owned(), body.to_owned())
        }
    });
    prose.filter(|(heading, body)| heading != "Introduction" || !body.trim().is_empty()).collect()
}

/// `* Status: accepted`, `**Date:** 2024-01-01`, `Deciders: @dana`: a field written as a line.
fn is_field_line(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '*', '-', '_', '|']);
    line.split_once(':').is_some_and(|(name, _)| {
        let words = name.split_whitespace().count();
        (1..=3).contains(&words) && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-' || c == '*')
    })
}

fn field_part(old: &Parsed, new: &Parsed) -> Option<(String, String)> {
    let told = ["Status", "Supersedes", "Superseded by", "Binds", "Amends", "Amended by", "Depends on", "Relates to"];
    // A new status brings its dates with it.
    let dates = ["Date", "Proposed on", "Accepted on"];
    let expected = |name: &str| old.decision.status != new.decision.status && dates.contains(&name);
    let changes = super::field_changes(Some(old), Some(new)).into_iter().map(|change| change.field);
    let names = changes.filter(|name| !told.contains(&name.as_str()) && !expected(name));
    let names: Vec<String> =
        names.map(|name| name.strip_suffix(" on").map_or(name.clone(), |day| format!("{day} date"))).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some((format!("{one} changed."), String::new())),
        [first, rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(|name| name.to_lowercase()).collect();
            let (last, middle) = rest.split_last()?;
            let middle: String = middle.iter().map(|name| format!(", {name}")).collect();
            Some((format!("{first}{middle} and {last} changed."), String::new()))
        }
    }
}

fn body(text: &str, range: std::ops::Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
