//! A record as search sees it: title, sections as plain text, and the small print.
//!
//! Pure: text and its parsed meaning in, plain text out. The stored form is read back for snippets.

use super::language::{self, LanguageId};
use super::options;
use super::schema::Area;
use crate::discovery;
use precedent_core::Parsed;
use precedent_core::decision::Dialect;
use precedent_core::record::SectionKind;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// More text of one record is not indexed: a log is prose, and one giant file must not starve the others.
const LONGEST_TEXT: usize = 1 << 20;

/// Plain text of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) area: Area,
    pub(crate) heading: String,
    pub(crate) text: String,
    /// Goes on a section whose heading an earlier passage has.
    pub(crate) continued: bool,
}

impl Passage {
    fn new(area: Area) -> Self {
        Self { area, heading: String::new(), text: String::new(), continued: false }
    }
}

/// What is indexed of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) sections: Vec<Passage>,
    /// Texts that are searched but never shown.
    pub(crate) meta: Vec<String>,
    pub(crate) language: LanguageId,
    /// The front matter has rules.
    pub(crate) rules: bool,
}

impl Document {
    /// Takes a record apart. `text` is the decoded text that `parsed` was read from.
    pub(crate) fn new(parsed: &Parsed, text: &str) -> Self {
        let decision = &parsed.decision;
        let front = parsed.front_matter.clone().and_then(|range| text.get(range));
        let body_start = parsed.front_matter.as_ref().map_or(0, |range| after_fence(text, range.end));
        let mut meta = vec![decision.path.stem().to_owned(), decision.id.as_str().to_owned()];
        meta.extend(telling_folders(decision.path.folder()).map(str::to_owned));
        meta.extend(front.map(str::to_owned));
        meta.extend(decision.tags.iter().cloned());
        let people = &decision.people;
        meta.extend(people.decision_makers.iter().chain(&people.consulted).chain(&people.informed).cloned());
        let entry = |key: &str| front.and_then(|front| front.lines().find_map(|line| line.strip_prefix(key)));
        let rules = front.is_some_and(has_rules);
        let mut document = Self { title: title(parsed), meta, rules, ..Self::default() };
        let body = clip(text.get(body_start..).unwrap_or_default());
        if decision.dialect == Dialect::Foreign {
            document.sections.push(Passage { text: body.to_owned(), ..Passage::new(Area::Other) });
        } else {
            Reader::new(parsed, body_start, &mut document).read(body);
        }
        let has_heading = |section: &Passage| !section.heading.is_empty() && !section.continued;
        document.sections.retain(|section| !section.text.is_empty() || has_heading(section));
        let stated = entry("lang:").or(entry("language:")).and_then(language::named);
        let texts = document.sections.iter().filter(|section| section.area != Area::Code);
        document.language = stated.unwrap_or_else(|| language::guessed(texts.map(|section| section.text.as_str())));
        document
    }

    /// The form kept in the index for snippets: lines of area, heading and text, with a length before each text.
    pub(crate) fn stored(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, 0, &self.title);
        for section in &self.sections {
            put(&mut bytes, section.area.index() as u8, &section.heading);
            put(&mut bytes, 0, &section.text);
        }
        bytes
    }

    /// Reads [`Document::stored`]; what does not fit the form ends the list.
    pub(crate) fn from_stored(mut bytes: &[u8]) -> Self {
        let title = take(&mut bytes).map_or_else(String::new, |(_, text)| text.to_owned());
        let mut sections = Vec::new();
        while let Some((area, heading)) = take(&mut bytes) {
            let Some((_, text)) = take(&mut bytes) else { break };
            let area = Area::ALL.get(usize::from(area)).copied().unwrap_or(Area::Other);
            sections.push(Passage { heading: heading.to_owned(), text: text.to_owned(), ..Passage::new(area) });
        }
        Self { title, sections, ..Self::default() }
    }
}

/// Whether front matter, in YAML or TOML, states rules and not only their name.
fn has_rules(front: &str) -> bool {
    let mut lines = front.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    while let Some(line) = lines.next() {
        if line.trim() == "[[rules]]" {
            return true;
        }
        let value = line.strip_prefix("rules").and_then(|rest| rest.trim_start().strip_prefix([':', '=']));
        if let Some(value) = value {
            return match value.split(" #").next().unwrap_or_default().trim() {
                "" => lines.next().is_some_and(|next| next.starts_with([' ', '\t', '-'])),
                value => !matches!(value, "[]" | "{}" | "null" | "~"),
            };
        }
    }
    false
}

/// Folders of a path that say what a record is about; those that hold the records or the sources of any repository do not.
fn telling_folders(folder: &str) -> impl Iterator<Item = &str> {
    folder.split('/').filter(|name| {
        let plain = name.trim_start_matches(['.', '_']).to_ascii_lowercase();
        !plain.is_empty() && !PLAIN_FOLDERS.contains(&plain.as_str()) && !discovery::may_be_log(name)
    })
}

const PLAIN_FOLDERS: &[&str] = &[
    "apps",
    "architecture",
    "arch",
    "content",
    "crates",
    "design",
    "doc",
    "docs",
    "documentation",
    "en",
    "internal",
    "libs",
    "log",
    "logs",
    "main",
    "modules",
    "notes",
    "packages",
    "pages",
    "pkg",
    "projects",
    "proposals",
    "records",
    "services",
    "site",
    "source",
    "src",
    "website",
    "wiki",
];

/// The title to search and show: the record's, else its file name.
pub(crate) fn title(parsed: &Parsed) -> String {
    let decision = &parsed.decision;
    decision.title.clone().unwrap_or_else(|| decision.path.stem().to_owned())
}

fn put(bytes: &mut Vec<u8>, tag: u8, text: &str) {
    bytes.push(tag);
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

fn take<'a>(bytes: &mut &'a [u8]) -> Option<(u8, &'a str)> {
    let (tag, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *bytes = rest;
    Some((*tag, std::str::from_utf8(text).ok()?))
}

/// First byte after the closing fence of front matter that ends at `end`.
fn after_fence(text: &str, end: usize) -> usize {
    let Some(rest) = text.get(end..) else { return text.len() };
    let mut at = end;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() {
            break;
        }
    }
    at
}

fn clip(text: &str) -> &str {
    &text[..char_boundary(text, LONGEST_TEXT)]
}

/// The last place at or before `at` that does not split a character.
pub(crate) fn char_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Walks the Markdown of a body and fills the document's sections.
struct Reader<'a> {
    /// Where each section begins in the record's text and what it is, in order: a record may have more headings than one would
    /// look through for each.
    kinds: Vec<(usize, SectionKind)>,
    /// Where the body begins in the record's text.
    offset: usize,
    document: &'a mut Document,
    /// Heading text while inside one.
    heading: Option<String>,
    /// Raw HTML while inside a block of it, which comes line by line.
    html: Option<String>,
    /// Depth of lists; an item of the first is an option where options are listed.
    depth: usize,
    /// Code blocks, which stand apart from the prose around them.
    code: Option<Passage>,
    codes: Vec<Passage>,
    /// The section lists options by its own heading, not as one of them.
    lists_options: bool,
    /// Level of the headings that are options.
    option_level: Option<usize>,
    /// Passages that each option begins with; those after it, up to the next, are its own. `false`: what follows is about
    /// all of them.
    options: Vec<(usize, bool)>,
}

impl<'a> Reader<'a> {
    fn new(parsed: &Parsed, offset: usize, document: &'a mut Document) -> Self {
        Self {
            kinds: parsed.sections.iter().map(|section| (section.span.start, section.kind)).collect(),
            offset,
            document,
            heading: None,
            html: None,
            depth: 0,
            code: None,
            codes: Vec::new(),
            lists_options: false,
            option_level: None,
            options: Vec::new(),
        }
    }

    fn read(mut self, body: &str) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        self.begin(SectionKind::Other, String::new());
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
                Event::End(TagEnd::Heading(level)) => self.end_heading(range.start, level as usize),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    self.document.meta.push(dest_url.into_string());
                }
                Event::Start(Tag::CodeBlock(_)) => self.begin_code(),
                Event::End(TagEnd::CodeBlock) => self.codes.extend(self.code.take()),
                Event::Start(Tag::List(_)) => self.depth += 1,
                Event::End(TagEnd::List(_)) => self.end_list(),
                Event::Start(Tag::Item) => self.begin_item(),
                Event::Text(text) | Event::Code(text) => self.push(&text),
                Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
                Event::End(TagEnd::HtmlBlock) => {
                    let html = self.html.take().unwrap_or_default();
                    self.push_html(&html);
                }
                Event::Html(text) => match &mut self.html {
                    Some(html) => html.push_str(&text),
                    None => self.push_html(&text),
                },
                Event::InlineHtml(text) => self.push_html(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => self.push(" "),
                Event::End(
                    TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead | TagEnd::BlockQuote(_),
                ) => self.push("\n"),
                _ => {}
            }
        }
        self.judge_options();
        self.document.sections.append(&mut self.codes);
        for section in &mut self.document.sections {
            section.text.truncate(section.text.trim_end().len());
        }
    }

    fn begin(&mut self, kind: SectionKind, heading: String) {
        self.document.sections.push(Passage { heading, ..Passage::new(Area::of(kind)) });
    }

    /// Begins a further passage of the section.
    fn go_on(&mut self) {
        if let Some(section) = self.document.sections.last() {
            let (area, heading) = (section.area, section.heading.clone());
            self.document.sections.push(Passage { area, heading, text: String::new(), continued: true });
        }
    }

    /// A heading's kind is what the record's parser said; a deeper heading it calls "other" stays with its parent.
    fn end_heading(&mut self, start: usize, level: usize) {
        let heading = self.heading.take().unwrap_or_default();
        let at = self.offset + start;
        let known = self.kinds.binary_search_by_key(&at, |(start, _)| *start);
        let kind = known.map_or(SectionKind::Other, |known| self.kinds[known].1);
        self.begin(kind, heading);
        let parent = self.document.sections.iter().rev().nth(1).map(|section| section.area);
        let below = kind == SectionKind::Other && level > 2;
        if let (Some(parent), Some(section)) = (parent, self.document.sections.last_mut())
            && below
        {
            section.area = parent;
        }
        self.lists_options = kind == SectionKind::Options;
        if !below {
            self.option_level = None;
        } else if parent == Some(Area::Options) && level <= *self.option_level.get_or_insert(level) {
            self.options.push((self.document.sections.len() - 1, true));
        }
    }

    fn begin_item(&mut self) {
        if self.lists_options && self.depth == 1 {
            self.go_on();
            self.options.push((self.document.sections.len() - 1, true));
        }
    }

    fn end_list(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.lists_options && self.depth == 0 {
            self.go_on();
            self.options.push((self.document.sections.len() - 1, false));
        }
    }

    fn begin_code(&mut self) {
        let heading = self.document.sections.last().map(|section| section.heading.clone()).unwrap_or_default();
        self.code = Some(Passage { heading, continued: true, ..Passage::new(Area::Code) });
    }

    /// Moves what is about options that were not chosen to an area of its own.
    fn judge_options(&mut self) {
        let sections = &mut self.document.sections;
        let of_decision = sections.iter().filter(|section| section.area == Area::Decision);
        let decision: String = of_decision.flat_map(|section| [section.text.as_str(), "\n"]).collect();
        let text = |at: usize| if sections[at].continued { &sections[at].text } else { &sections[at].heading };
        let texts: Vec<&str> = self.options.iter().map(|(at, is_one)| if *is_one { text(*at) } else { "" }).collect();
        let rejected = options::rejected(&texts, &decision);
        for option in (0..self.options.len()).filter(|option| rejected[*option]) {
            let start = self.options[option].0;
            let end = self.options.get(option + 1).map_or(sections.len(), |(next, _)| *next);
            let own = sections[start..end].iter_mut().take_while(|section| section.area == Area::Options);
            own.for_each(|section| section.area = Area::Rejected);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        } else if let Some(code) = &mut self.code {
            code.text.push_str(text);
        } else if let Some(section) = self.document.sections.last_mut() {
            section.text.push_str(text);
        }
    }

    /// Text of raw HTML without its tags and comments.
    fn push_html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            self.push(before);
            let closing = if tag.starts_with("!--") { "-->" } else { ">" };
            rest = tag.split_once(closing).map_or("", |(_, after)| after);
        }
        self.push(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precedent_core::{RecordPath, parse};

    fn document(text: &str) -> Document {
        let path = RecordPath::new("docs/adr/0001-x.md");
        Document::new(&parse(&path, text.as_bytes(), &Default::default()), text)
    }

    #[test]
    fn markdown_becomes_plain_text_and_link_targets_stay_searchable() {
        let document = document(
            "# Use *Postgres*\n\nSee [the **docs**](https://x.org/a) and `io_uring`.\n\n- one\n- two\n\n<b>bold</b> <!-- no -->end\n",
        );
        let text: String = document.sections.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(text, "See the docs and io_uring.\none\ntwo\nbold end");
        assert!(document.meta.iter().any(|text| text == "https://x.org/a"));
    }

    #[test]
    fn comments_and_tags_of_several_lines_are_no_text() {
        let document = document(
            "<!--\nLicensed to the zebra\n-->\n\n# T\n\n## Context\n\n<img\n  alt=\"okapi\">\n\nSeen.\n\n<p>A\nsecond\n</p>\n\nIn <!-- a\nhidden -->line.\n",
        );
        let text: String = document.sections.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["Seen.", "A", "second", "In", "line."]);
    }

    #[test]
    fn rules_are_stated_by_more_than_their_name() {
        for front in [
            "rules:\n  - id: x",
            "a: b\nrules:\n# here\n- id: x",
            "rules: [{ id: x }]",
            "[[rules]]\nid = 1",
            "rules = [1]",
        ] {
            assert!(has_rules(front), "{front}");
        }
        for front in [
            "rules:",
            "rules:\nstatus: x",
            "rules: null",
            "rules: ~ # none",
            "rules: []",
            "ruleset: x",
            "# rules: x",
            "rules = []",
        ] {
            assert!(!has_rules(front), "{front}");
        }
    }

    #[test]
    fn the_stored_form_reads_back() {
        let mut document = document("# T\n\nintro\n\n## Größe\n\nbody\n");
        let back = Document::from_stored(&document.stored());
        document.meta.clear();
        assert_eq!(back, document);
        assert_eq!(Document::from_stored(&[0, 9, 0]), Document::default());
    }
}
