//! The title of a record: which heading it is, and what of it is number, label or status rather than title.

use super::language;
use super::sections::Heading;
use super::statuses;
use super::{Section, SectionKind};
use crate::decision::Status;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A title as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Without number, label and status.
    pub(crate) text: String,
    /// Bytes of the heading; `None` for a title that stands in front matter only.
    pub(crate) heading: Option<Range<usize>>,
    /// Bytes of `text` within the heading's words.
    pub(crate) place: Range<usize>,
    /// The status that the title itself states: `Rejected: …`, `… (deprecated)`.
    pub(crate) status: Option<(Status, String)>,
}

/// `ADR-001: `, `5. `, `[ADR 7] `, `RFC 12 – `, `0003 `: what stands before the title proper.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:",
        r"\[?(?i:[a-z]{1,4}dr|adr|ad|rfc|decision|decision record|architecture decision record|architectural decision record|architecture decision|entscheidung|decisión|décision)(?:[-_ ][A-Za-z]{1,8})?[\s_#№-]{0,3}(?:\d{1,6}|X{2,4}|N{2,4})\]?\s*(?:[:：.\-–—|)]+\s*|\s+|$)",
        r"|(?i:adr|architecture decision record|architectural decision record|decision record|architecture decision)\s*[:：]\s*",
        r"|\[?[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-\d{1,6}\]?\s*(?:[:：.–—|]\s*|-\s+|\s+|$)",
        r"|\d{1,6}\s*[.:)]\s+",
        r"|\d{1,6}\s*[-–—]\s+",
        r"|\d{4}-\d{2}-\d{2}\s*[:.–—-]?\s+",
        r"|\d{3,6}\s+",
        r"|#\d{1,6}[:.]?\s+",
        r")"
    ))
    .ok()
});
static STATUS_LEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\[(]?\s*(\p{L}+)\s*(?:[\])]\s*[:-]?|:)\s+(\S.*)$").ok());
static STATUS_TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(.*\S)\s*[\[(]\s*(\p{L}+)\s*[\])]$").ok());

/// Finds the title. A heading of a known section is none.
pub(crate) fn find(
    headings: &[Heading],
    sections: &[Section],
    front_matter: Option<&str>,
    body: usize,
) -> Option<Title> {
    let is_title = |(heading, section): &(&Heading, &Section)| is_title(heading, section);
    let pairs = || headings.iter().zip(sections);
    let first = pairs().next();
    // A heading far down is hardly the title of a record that names itself in its front matter.
    let near = |heading: &Heading| front_matter.is_none() || heading.span.start < body + 600;
    let top = pairs().filter(|(heading, _)| heading.level == 1 && near(heading)).find(is_title);
    let chosen = match (first, top) {
        (_, Some(pair)) => Some(pair),
        (Some(pair), None) if front_matter.is_none() && pair.0.level <= 2 && is_title(&pair) => Some(pair),
        _ => None,
    };
    match (chosen, front_matter) {
        (Some((heading, _)), _) => {
            Some(proper(&heading.text, Some(heading.span.clone()))).filter(|title| !title.text.is_empty())
        }
        (None, Some(text)) => Some(proper(text, None)).filter(|title| !title.text.is_empty()),
        (None, None) => None,
    }
}

fn is_title(heading: &Heading, section: &Section) -> bool {
    let folded = language::fold(&heading.text);
    section.kind == SectionKind::Other
        && !folded.is_empty()
        && language::key(&heading.text).is_none_or(|key| key == language::Key::Title)
        && !matches!(folded.as_str(), "table of contents" | "changelog" | "metadata")
        || heading.level == 1
            && matches!(section.kind, SectionKind::Links | SectionKind::Drivers | SectionKind::Options)
            && folded.split(' ').count() > 2
}

/// Takes number, label and status off a title.
pub(crate) fn proper(whole: &str, heading: Option<Range<usize>>) -> Title {
    let mut text = without_attributes(whole.trim());
    let mut status = None;
    for _ in 0..3 {
        let length = LABEL.as_ref().and_then(|regex| regex.find(text)).map_or(0, |found| found.end());
        if length == 0 || length >= text.len() {
            break;
        }
        text = text[length..].trim();
    }
    let known = |word: &str| statuses::status(&language::fold(word));
    if let Some(found) = STATUS_LEAD.as_ref().and_then(|regex| regex.captures(text))
        && let (Some(word), Some(rest)) = (found.get(1), found.get(2))
        && let Some(value) = known(word.as_str()).filter(|value| is_clear(word.as_str(), *value))
    {
        status = Some((value, word.as_str().to_owned()));
        text = rest.as_str();
    } else if let Some(found) = STATUS_TAIL.as_ref().and_then(|regex| regex.captures(text))
        && let (Some(rest), Some(word)) = (found.get(1), found.get(2))
        && let Some(value) = known(word.as_str()).filter(|value| is_clear(word.as_str(), *value))
    {
        status = Some((value, word.as_str().to_owned()));
        text = rest.as_str();
    }
    let text = text.trim();
    // `text` is a part of `whole`, so its place follows from the lengths.
    let at = whole.len() - whole_tail(whole, text);
    Title { text: text.to_owned(), heading, place: at..at + text.len(), status }
}

/// Bytes of `whole` from where its part `part` begins to its end.
fn whole_tail(whole: &str, part: &str) -> usize {
    let start = part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
    whole.len().saturating_sub(start)
}

/// Only words that are a status and nothing else count inside a title.
fn is_clear(word: &str, status: Status) -> bool {
    word.to_lowercase().starts_with(&status.word()[..4])
        || word.eq_ignore_ascii_case("withdrawn")
        || word.eq_ignore_ascii_case("wip")
}

/// A heading without the id behind it, `{#status}`.
pub(crate) fn without_attributes(text: &str) -> &str {
    match text.rfind(" {#") {
        Some(at) if text.ends_with('}') => text[..at].trim(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(proper(text, None).text, expected, "{text:?}");
    }

    #[test]
    fn labels_and_numbers_go() {
        check("5. Help comments", "Help comments");
        check("ADR-001: Use X", "Use X");
        check("ADR 009: Soft Opt-Out", "Soft Opt-Out");
        check("ADR001: Use English", "Use English");
        check("[ADR-7] Pick a library", "Pick a library");
        check("1. 0003 Definition of Terms", "Definition of Terms");
        check("0004 - Use bash", "Use bash");
        check("ARCH-001 — Command Structure", "Command Structure");
        check("ADR #12 - Do it", "Do it");
        check("Architecture Decision Record: Do it", "Do it");
        check("2 factor authentication", "2 factor authentication");
        check("Rejected: Use Mongo", "Use Mongo");
        check("Use Mongo (deprecated)", "Use Mongo");
        check("Open source: what we publish", "Open source: what we publish");
        check("ADR-110: One-Shot x", "One-Shot x");
    }
}
