//! Every place of a text that may name another file or record, with the bytes to replace when that one moves.
//!
//! Wider than [`super::citations`]: images, HTML attributes and link definitions count, too. Nothing is resolved here;
//! [`crate::moving`] does that and decides what is written.

use super::front_matter::Entry;
use super::language::{self, Key};
use super::{Format, Reading, dialect};
use crate::id::RecordPath;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The target of a link, image, link definition or HTML attribute.
    Target,
    /// Words that name a record: `ADR-0007`, `[[0007-x]]`, an item of front matter.
    Words,
    /// Words inside a link: they follow what the link's target means.
    Label,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
    /// The words or target as they read; of a label, the target that decides what it means.
    pub(crate) text: String,
}

/// Places of a record's own name: its title's label and what front matter says of its number or id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OwnName {
    /// Bytes before the title proper: `ADR-0007: `, `7. `.
    pub(crate) label: Option<Range<usize>>,
    /// Values of `id`, `number`, `title` and the like.
    pub(crate) values: Vec<Range<usize>>,
}

static ATTRIBUTE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\b(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)')"#).ok());
static FILE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\w./~-]*[\w-]\.(?:html\.md|md|markdown|mdx|adoc|asciidoc|rst)\b").ok());
static MENTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?i:adr|rfc)[-_ #]{0,2}\d{1,6}\b").ok());

/// Every place of a text, in order. Those of AsciiDoc and reStructuredText are where they are plain: such texts are not
/// written, but what they refer to is known.
pub(crate) fn places(path: &RecordPath, text: &str) -> Vec<Place> {
    let reading = Reading::new(path, text);
    let mut out = match reading.format {
        Format::Markdown => targets(text, reading.body),
        Format::AsciiDoc | Format::Restructured => foreign_targets(&reading),
    };
    for entry in reading.front.iter().flat_map(|front| &front.entries) {
        front_places(text, entry, &mut out);
    }
    let decision = dialect::decision(path, &reading, &[], &mut Vec::new());
    let stated = decision.links.iter().filter(|link| link.target.is_none()).map(|link| link.span.clone());
    let cited = decision.citations.iter().filter(|citation| citation.target.is_none()).map(|cited| cited.span.clone());
    let in_body = stated.chain(cited).filter(|span| span.start >= reading.body).map(|span| words(text, span));
    out.extend(in_body.collect::<Vec<_>>());
    out.extend(mentions(&reading.layout.mask));
    disjoint(out)
}

fn foreign_targets(reading: &Reading<'_>) -> Vec<Place> {
    let mut out = Vec::new();
    for link in reading.layout.links.iter().filter(|link| !link.target.is_empty()) {
        if let Some(at) = reading.text[link.span.clone()].rfind(link.target.as_str()) {
            let start = link.span.start + at;
            let span = start..start + link.target.len();
            out.push(Place { kind: Kind::Target, span, text: link.target.clone() });
        }
    }
    out
}

/// Where a record writes its own number or id.
pub(crate) fn own_name(path: &RecordPath, text: &str) -> OwnName {
    if Format::of(path) != Format::Markdown {
        return OwnName::default();
    }
    let reading = Reading::new(path, text);
    let heading = reading.title.as_ref().and_then(|title| title.heading.clone());
    let label = heading.map(|span| {
        let line = super::front_matter::line_at(text, span.start);
        let written = &text[line.clone()];
        let lead = written.len() - written.trim_start_matches(['#', ' ', '\t']).len();
        let start = line.start + lead;
        start..start + super::title::proper(written[lead..].trim_end(), None).place.start
    });
    let names = |entry: &&Entry| {
        matches!(language::fold(&entry.key).as_str(), "id" | "number" | "nr" | "no" | "adr" | "adr number" | "title")
    };
    let entries = reading.front.iter().flat_map(|front| &front.entries).filter(names);
    OwnName { label, values: entries.flat_map(|entry| entry.items.iter().map(|item| item.span.clone())).collect() }
}

/// Mentions and file names in text that is no Markdown, a comment of a program for instance.
pub(crate) fn mentions(text: &str) -> Vec<Place> {
    let found = FILE.iter().chain(MENTION.iter()).flat_map(|regex| regex.find_iter(text));
    found.map(|found| words(text, found.range())).collect()
}

fn words(text: &str, span: Range<usize>) -> Place {
    Place { kind: Kind::Words, text: text[span.clone()].to_owned(), span }
}

fn front_places(text: &str, entry: &Entry, out: &mut Vec<Place>) {
    let key = language::key(&entry.key);
    let is_link = matches!(key, Some(Key::Link(_) | Key::Relation(_)));
    for item in &entry.items {
        let raw = &text[item.span.clone()];
        let found = targets(raw, 0);
        if is_link && found.is_empty() && !item.text.is_empty() {
            // Only the words themselves, without quotes.
            if let Some(at) = raw.find(item.text.as_str()) {
                let start = item.span.start + at;
                out.push(words(text, start..start + item.text.len()));
            }
            continue;
        }
        let places = found.into_iter().chain(mentions(raw));
        out.extend(places.map(|place| Place {
            span: place.span.start + item.span.start..place.span.end + item.span.start,
            ..place
        }));
    }
}

/// Targets of links, images, definitions and HTML attributes from byte `from` on, each with its label.
fn targets(text: &str, from: usize) -> Vec<Place> {
    let mut out = Vec::new();
    let parser = Parser::new_ext(&text[from..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (_, definition) in parser.reference_definitions().iter() {
        let span = from + definition.span.start..from + definition.span.end;
        if let Some(colon) = text[span.clone()].find("]:") {
            push_target(text, span.start + colon + 2..span.end, &definition.dest, &mut out);
        }
    }
    for (event, range) in parser.into_offset_iter() {
        let span = from + range.start..from + range.end;
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                link(text, span, link_type, &dest_url, &mut out);
            }
            Event::Html(html) | Event::InlineHtml(html) => attributes(&html, span.start, &mut out),
            _ => {}
        }
    }
    out
}

fn link(text: &str, span: Range<usize>, link_type: LinkType, dest: &str, out: &mut Vec<Place>) {
    let written = &text[span.clone()];
    let label = |end: usize, out: &mut Vec<Place>| {
        let start = span.start + written.find('[').map_or(0, |at| at + 1);
        if start < end {
            out.push(Place { kind: Kind::Label, span: start..end, text: dest.to_owned() });
        }
    };
    match link_type {
        LinkType::Inline => {
            let Some(at) = written.rfind("](") else { return };
            label(span.start + at, out);
            push_target(text, span.start + at + 2..span.end, dest, out);
        }
        LinkType::Autolink => push_target(text, span.start + 1..span.end, dest, out),
        LinkType::Reference | LinkType::Collapsed => {
            if let Some(at) = written.rfind("][") {
                label(span.start + at, out);
            }
        }
        _ => {}
    }
}

/// The bytes of `dest` within `span`, when they are written as they read.
fn push_target(text: &str, span: Range<usize>, dest: &str, out: &mut Vec<Place>) {
    if !dest.is_empty()
        && let Some(at) = text[span.clone()].find(dest)
        && text[span.start..span.start + at].chars().all(|c| c.is_whitespace() || c == '<')
    {
        let start = span.start + at;
        out.push(Place { kind: Kind::Target, span: start..start + dest.len(), text: dest.to_owned() });
    }
}

fn attributes(html: &str, base: usize, out: &mut Vec<Place>) {
    for found in ATTRIBUTE.iter().flat_map(|regex| regex.captures_iter(html)) {
        if let Some(value) = found.get(1).or_else(|| found.get(2)).filter(|value| !value.is_empty()) {
            let span = base + value.start()..base + value.end();
            out.push(Place { kind: Kind::Target, span, text: value.as_str().to_owned() });
        }
    }
}

/// In order and without overlaps; targets and labels win over words that happen to stand in them.
fn disjoint(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| (place.kind == Kind::Words, place.span.start, std::cmp::Reverse(place.span.end)));
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        let at = kept.partition_point(|other| other.span.start < place.span.start);
        let free = at.checked_sub(1).is_none_or(|before| kept[before].span.end <= place.span.start)
            && kept.get(at).is_none_or(|after| place.span.end <= after.span.start);
        if free {
            kept.insert(at, place);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let places = places(&RecordPath::new("docs/adr/0001-x.md"), text);
        let found: Vec<&str> = places.iter().map(|place| &text[place.span.clone()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_form_of_reference() {
        check("# X\n\nSee [ADR 7](0007-y.md#why \"t\").\n", &["ADR 7", "0007-y.md#why"]);
        check("# X\n\n![pic](img/a.png)\n", &["pic", "img/a.png"]);
        check("# X\n\nSee [seven][7] and [[0007-y]].\n\n[7]: ./0007-y.md\n", &["seven", "[[0007-y]]", "./0007-y.md"]);
        check(
            "# X\n\n<img src=\"a.png\"> and ADR-0007, `docs/adr/0007-y.md`.\n",
            &["a.png", "ADR-0007", "docs/adr/0007-y.md"],
        );
        check(
            "---\nsupersedes: [\"7\", ADR-0008]\nstatus: superseded by ADR-0009\n---\n# X\n",
            &["7", "ADR-0008", "ADR-0009"],
        );
        check("# X\n\n```\nADR-0007 [a](0007-y.md)\n```\n", &[]);
    }

    #[test]
    fn other_markup_has_places_too() {
        let found = |path: &str, text: &str| -> Vec<String> {
            let places = places(&RecordPath::new(path), text);
            places.iter().map(|place| text[place.span.clone()].to_owned()).collect()
        };
        let text = "= X\n\nSee xref:0007-y.adoc[seven], <<0008-z.adoc#,eight>> and ADR-0009.\n";
        assert_eq!(found("docs/adr/0001-x.adoc", text), ["0007-y.adoc", "0008-z.adoc#", "ADR-0009"]);
        let text = "X\n=\n\nSee `seven <0007-y.rst>`_, :doc:`0008-z` and ADR-0009.\n";
        assert_eq!(found("docs/adr/0001-x.rst", text), ["0007-y.rst", "0008-z", "ADR-0009"]);
    }
}
