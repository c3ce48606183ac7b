//! A record as search sees it: title, sections as plain text, and the small print.
//!
//! Pure: text and its parsed meaning in, plain text out. The stored form is read back for snippets.

use super::schema::Area;
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
}

/// What is indexed of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) sections: Vec<Passage>,
    /// Texts that are searched but never shown.
    pub(crate) meta: Vec<String>,
}

impl Document {
    /// Takes a record apart. `text` is the decoded text that `parsed` was read from.
    pub(crate) fn new(parsed: &Parsed, text: &str) -> Self {
        let decision = &parsed.decision;
        let front = parsed.front_matter.clone().and_then(|range| text.get(range));
        let body_start = parsed.front_matter.as_ref().map_or(0, |range| after_fence(text, range.end));
        let mut meta = vec![decision.path.stem().to_owned(), decision.id.as_str().to_owned()];
        meta.extend(front.map(str::to_owned));
        meta.extend(decision.tags.iter().cloned());
        let people = &decision.people;
        meta.extend(people.decision_makers.iter().chain(&people.consulted).chain(&people.informed).cloned());
        let mut document = Self { title: title(parsed), sections: Vec::new(), meta };
        let body = clip(text.get(body_start..).unwrap_or_default());
        if decision.dialect == Dialect::Foreign {
            document.sections.push(Passage { area: Area::Other, heading: String::new(), text: body.to_owned() });
        } else {
            Reader { parsed, offset: body_start, document: &mut document, heading: None }.read(body);
        }
        document.sections.retain(|section| !section.text.is_empty() || !section.heading.is_empty());
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
            sections.push(Passage { area, heading: heading.to_owned(), text: text.to_owned() });
        }
        Self { title, sections, meta: Vec::new() }
    }
}

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
    parsed: &'a Parsed,
    /// Where the body begins in the record's text.
    offset: usize,
    document: &'a mut Document,
    /// Heading text while inside one.
    heading: Option<String>,
}

impl Reader<'_> {
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
                Event::Text(text) | Event::Code(text) => self.push(&text),
                Event::Html(text) | Event::InlineHtml(text) => self.push_html(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => self.push(" "),
                Event::End(
                    TagEnd::Paragraph
                    | TagEnd::Item
                    | TagEnd::CodeBlock
                    | TagEnd::TableRow
                    | TagEnd::TableHead
                    | TagEnd::BlockQuote(_),
                ) => self.push("\n"),
                _ => {}
            }
        }
        for section in &mut self.document.sections {
            section.text.truncate(section.text.trim_end().len());
        }
    }

    fn begin(&mut self, kind: SectionKind, heading: String) {
        self.document.sections.push(Passage { area: Area::of(kind), heading, text: String::new() });
    }

    /// A heading's kind is what the record's parser said; a deeper heading it calls "other" stays with its parent.
    fn end_heading(&mut self, start: usize, level: usize) {
        let heading = self.heading.take().unwrap_or_default();
        let at = self.offset + start;
        let known = self.parsed.sections.iter().find(|section| section.span.start == at);
        let kind = known.map_or(SectionKind::Other, |section| section.kind);
        self.begin(kind, heading);
        let parent = self.document.sections.iter().rev().nth(1).map(|section| section.area);
        if let (Some(parent), Some(section)) = (parent, self.document.sections.last_mut())
            && kind == SectionKind::Other
            && level > 2
        {
            section.area = parent;
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
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
    fn the_stored_form_reads_back() {
        let mut document = document("# T\n\nintro\n\n## Größe\n\nbody\n");
        let back = Document::from_stored(&document.stored());
        document.meta.clear();
        assert_eq!(back, document);
        assert_eq!(Document::from_stored(&[0, 9, 0]), Document::default());
    }
}
