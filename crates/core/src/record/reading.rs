//! One pass over a record's text: every place that says something, before anything is decided.
//!
//! [`super::dialect`] makes a decision of it, [`super::edit`] finds in it the bytes to change.

use super::front_matter::{self, Entry, FrontMatter};
use super::head::{self, Field};
use super::language::{self, Key};
use super::sections::{self, Layout};
use super::title::{self, Title};
use super::{Section, SectionKind, foreign};
use crate::id::RecordPath;
use crate::schema::faults::Stated;
use std::ops::Range;

/// The markup of a file, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Markdown,
    AsciiDoc,
    Restructured,
}

/// The name of a record's markup when it is one that is read and never written.
pub fn foreign_markup(path: &RecordPath) -> Option<&'static str> {
    match Format::of(path) {
        Format::Markdown => None,
        Format::AsciiDoc => Some("AsciiDoc"),
        Format::Restructured => Some("reStructuredText"),
    }
}

impl Format {
    pub(crate) fn of(path: &RecordPath) -> Format {
        let name = path.file_name().to_ascii_lowercase();
        if name.ends_with(".adoc") || name.ends_with(".asciidoc") {
            Format::AsciiDoc
        } else if name.ends_with(".rst") {
            Format::Restructured
        } else {
            Format::Markdown
        }
    }
}

/// A record's text taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'t> {
    pub(crate) text: &'t str,
    pub(crate) format: Format,
    pub(crate) front: Option<FrontMatter>,
    /// First byte behind the front matter.
    pub(crate) body: usize,
    pub(crate) layout: Layout,
    pub(crate) sections: Vec<Section>,
    pub(crate) fields: Vec<Field>,
    pub(crate) attributes: Vec<foreign::Attribute>,
    pub(crate) title: Option<Title>,
}

impl<'t> Reading<'t> {
    pub(crate) fn new(path: &RecordPath, text: &'t str) -> Self {
        let format = Format::of(path);
        let front = if format == Format::Markdown { front_matter::read(text) } else { None };
        let body = front.as_ref().map_or(0, |front| front.end);
        let (layout, attributes) = match format {
            Format::Markdown => (sections::markdown(text, body), Vec::new()),
            Format::AsciiDoc => foreign::asciidoc(text),
            Format::Restructured => foreign::restructured(text),
        };
        let sections = sections::sections(text, &layout.headings);
        let fields = head::fields(text, &layout, &sections, body);
        let mut reading = Self { text, format, front, body, layout, sections, fields, attributes, title: None };
        let front_title =
            reading.front_entry(&Key::Title).and_then(|entry| entry.items.first()).map(|item| item.text.clone());
        reading.title = title::find(&reading.layout.headings, &reading.sections, front_title.as_deref(), body);
        reading
    }

    /// The first front-matter entry for a key that holds something, else the first for it at all.
    pub(crate) fn front_entry(&self, key: &Key) -> Option<&Entry> {
        let front = self.front.as_ref()?;
        let mut found = front.entries.iter().filter(|entry| language::key(&entry.key).as_ref() == Some(key));
        let first = found.clone().next();
        found.find(|entry| !entry.items.is_empty()).or(first)
    }

    /// The id that the record states: an `id:` key, or a section `ID` that holds one word.
    pub(crate) fn stated_id(&self) -> Option<String> {
        let front = self
            .front
            .as_ref()
            .and_then(|front| front.entry("id"))
            .and_then(|entry| entry.items.first())
            .map(|item| item.text.clone());
        let section = || {
            let fields =
                self.fields.iter().filter(|field| field.key == Key::Id && field.origin == head::Origin::Section);
            fields
                .map(|field| self.layout.mask[field.value.clone()].trim())
                .find(|id| !id.is_empty() && id.len() <= 100)
                .map(str::to_owned)
        };
        let one_word = |id: &String| !id.contains(char::is_whitespace) && !super::links::is_prompt(id);
        front.or_else(section).filter(one_word)
    }

    pub(crate) fn front_items(&self, key: &Key) -> Vec<String> {
        self.front_entry(key)
            .map(|entry| entry.items.iter().map(|item| item.text.clone()).collect())
            .unwrap_or_default()
    }

    /// Every value of a key with its place, front matter first.
    pub(crate) fn all_values(&self, key: &Key) -> Vec<(String, Range<usize>)> {
        let mut out = Vec::new();
        for entry in self.front.iter().flat_map(|front| &front.entries) {
            if language::key(&entry.key).as_ref() == Some(key) {
                out.extend(entry.items.iter().map(|item| (item.text.clone(), item.span.clone())));
            }
        }
        for field in self.fields.iter().filter(|field| field.key == *key) {
            let first = self.layout.mask[field.value.clone()].lines().next().unwrap_or("").trim();
            if !first.is_empty() {
                out.push((super::status::clean(first), field.value.start..field.value.start + first.len()));
            }
        }
        out
    }

    pub(crate) fn values(&self, key: &Key) -> Vec<String> {
        self.all_values(key).into_iter().map(|(text, _)| text).collect()
    }

    /// The value of a document attribute (AsciiDoc, reStructuredText).
    pub(crate) fn attribute(&self, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, span)| span.clone())
    }

    /// The attribute that a value `{name}` stands for.
    pub(crate) fn substituted(&self, value: &Range<usize>) -> Option<Range<usize>> {
        let name = self.text[value.clone()].trim().strip_prefix('{')?.strip_suffix('}')?;
        self.attribute(name.trim())
    }

    /// The text between the title and the first section that follows it.
    pub(crate) fn preamble(&self) -> Range<usize> {
        let title = self.title.as_ref().and_then(|title| title.heading.clone());
        let start = title.as_ref().map_or(self.body, |heading| heading.end);
        let next = self
            .sections
            .iter()
            .find(|section| section.span.start >= start)
            .map_or(self.text.len(), |section| section.span.start);
        let end = if self.sections.iter().any(|section| section.kind != SectionKind::Other) {
            next
        } else {
            next.min(start + 2_000)
        };
        let end = (start..=end.max(start)).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(start);
        start..end
    }
}

/// Links of a record's prose to other files, as written, each with the bytes of the whole link; offsets count from behind
/// a byte order mark. Links to sites, to headings, and those with a template's tags are left out.
pub fn relative_links(path: &RecordPath, text: &str) -> Vec<(String, Range<usize>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if Format::of(path) != Format::Markdown {
        return Vec::new();
    }
    let links = Reading::new(path, text).layout.links;
    let is_way = |target: &str| {
        let name = target.split(['#', '?']).next().unwrap_or("");
        !name.is_empty()
            && !name.contains(':')
            && !name.starts_with('/')
            && !name.contains(['{', '<', '@', '*', ' '])
            && name.contains(['.', '/'])
    };
    links
        .into_iter()
        .filter(|link| !link.by_label && is_way(&link.target))
        .map(|link| (link.target, link.span))
        .collect()
}

/// Bytes of the YAML front matter between its fences, of a text that may hold nothing else yet.
pub fn front_block(text: &str) -> Option<Range<usize>> {
    let front = front_matter::read(text).filter(|front| front.syntax == front_matter::Syntax::Yaml);
    front.map(|front| front.inner)
}

/// The keys of a Markdown record's front matter with what stands behind them, for the schema's eye. The text has no byte
/// order mark.
pub(crate) fn front_entries(path: &RecordPath, text: &str) -> Vec<Stated> {
    let front = (Format::of(path) == Format::Markdown).then(|| front_matter::read(text)).flatten();
    let field = |entry: front_matter::Entry| Stated {
        key: entry.key,
        value: entry.value,
        is_list: entry.is_list,
        items: entry.items.into_iter().map(|item| (item.text, item.span)).collect(),
    };
    front.filter(|front| front.fault.is_none()).into_iter().flat_map(|front| front.entries).map(field).collect()
}

/// Why a record replaces those that it names, as its front matter says (`reason-supersedes`).
pub fn reason_supersedes(path: &RecordPath, text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Reading::new(path, text).front_items(&Key::ReasonSupersedes).into_iter().next()
}
