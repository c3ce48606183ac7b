//! Where things stand in a record: headings, links, tables, and which bytes are prose.
//!
//! Markdown goes through pulldown-cmark once, so code fences, comments and struck-out text are never taken for
//! headings or fields. AsciiDoc and reStructuredText have their own scanner in [`super::foreign`].

use super::{Section, SectionKind, language};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) text: String,
    pub(crate) level: u8,
    pub(crate) span: Range<usize>,
}

/// A Markdown link: its text and target, and the bytes of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownLink {
    pub(crate) text: String,
    pub(crate) target: String,
    pub(crate) span: Range<usize>,
    /// `[text][label]`, `[label]`: the target stands elsewhere.
    pub(crate) by_label: bool,
}

/// A table cell's bytes, without the bars.
pub(crate) type Row = Vec<Range<usize>>;

/// What one pass over the body finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) headings: Vec<Heading>,
    pub(crate) links: Vec<MarkdownLink>,
    pub(crate) tables: Vec<Vec<Row>>,
    /// The text with comments, code and struck-out words blanked out; byte for byte as long as the text.
    pub(crate) mask: String,
}

impl Layout {
    /// The link that covers byte `at`. Links do not overlap and stand in order, so this is a binary search.
    pub(crate) fn link_over(&self, at: usize) -> Option<&MarkdownLink> {
        let after = self.links.partition_point(|link| link.span.start <= at);
        after.checked_sub(1).and_then(|index| self.links.get(index)).filter(|link| at < link.span.end)
    }

    /// Whether a heading covers byte `at`.
    pub(crate) fn in_heading(&self, at: usize) -> bool {
        let after = self.headings.partition_point(|heading| heading.span.start <= at);
        after.checked_sub(1).is_some_and(|index| at < self.headings[index].span.end)
    }
}

/// A status behind a tab or four spaces, below its heading: code to Markdown, and the status to everybody who wrote it.
fn is_indented_status(text: &str, layout: &Layout, kind: &CodeBlockKind<'_>, span: &Range<usize>) -> bool {
    let below = |heading: &Heading| {
        text.get(heading.span.end..span.start).is_some_and(|between| between.trim().is_empty())
            && language::section(&heading.text) == SectionKind::Status
    };
    *kind == CodeBlockKind::Indented && layout.headings.last().is_some_and(below)
}

/// Scans Markdown from byte `from` on. Spans count from the start of `text`.
pub(crate) fn markdown(text: &str, from: usize) -> Layout {
    let mut mask = Mask::new(text);
    mask.blank(0..from);
    let mut layout = Layout::default();
    let mut heading: Option<Heading> = None;
    let mut links: Vec<MarkdownLink> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&text[from..], options).into_offset_iter() {
        let span = from + range.start..from + range.end;
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some(Heading { text: String::new(), level: level as u8, span });
            }
            Event::End(TagEnd::Heading(_)) => layout.headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(kind)) if !is_indented_status(text, &layout, &kind, &span) => mask.blank(span),
            Event::Start(Tag::Strikethrough) => mask.blank(span),
            Event::Html(html) | Event::InlineHtml(html) => blank_html(&mut mask, &html, span),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                use pulldown_cmark::LinkType::{Autolink, Email, Inline};
                let by_label = !matches!(link_type, Inline | Autolink | Email);
                links.push(MarkdownLink { text: String::new(), target: dest_url.to_string(), span, by_label });
            }
            Event::End(TagEnd::Link) => layout.links.extend(links.pop()),
            Event::Start(Tag::Table(_)) => layout.tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(table) = layout.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            Event::Start(Tag::TableCell) => {
                if let Some(row) = layout.tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(trim_span(text, span));
                }
            }
            Event::Text(words) | Event::Code(words) => {
                for text in heading
                    .iter_mut()
                    .map(|heading| &mut heading.text)
                    .chain(links.last_mut().map(|link| &mut link.text))
                {
                    text.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                for text in heading
                    .iter_mut()
                    .map(|heading| &mut heading.text)
                    .chain(links.last_mut().map(|link| &mut link.text))
                {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    layout.mask = mask.finish();
    layout.links.sort_by_key(|link| link.span.start);
    spaceless_heading(text, from, &mut layout);
    layout
}

/// Two forms that are no headings to CommonMark, yet mean one on the first line: `#Title`, and `7. Title` above a row of `=`
/// (a list there).
fn spaceless_heading(text: &str, from: usize, layout: &mut Layout) {
    let body = &layout.mask[from..];
    let start = from + body.len() - body.trim_start().len();
    if layout.in_heading(start) {
        return;
    }
    let line = super::front_matter::line_at(text, start);
    let written = text[line.clone()].trim_end();
    let hashes = written.len() - written.trim_start_matches('#').len();
    let follows = written[hashes..].chars().next();
    let below = super::front_matter::line_at(text, line.end);
    let underline = text[below.clone()].trim_end();
    let heading = if matches!(hashes, 1 | 2) && follows.is_some_and(|c| c.is_alphanumeric() || c == '[') {
        Heading {
            text: written[hashes..].to_owned(),
            level: hashes as u8,
            span: line.start..line.start + written.len(),
        }
    } else if underline.len() >= 3 && underline.bytes().all(|byte| byte == b'=') && !written.is_empty() {
        Heading { text: written.to_owned(), level: 1, span: line.start..below.start + underline.len() }
    } else {
        return;
    };
    layout.headings.insert(0, heading);
}

fn blank_html(mask: &mut Mask, html: &str, span: Range<usize>) {
    if html.trim_start().starts_with("<!--") || mask.in_comment {
        mask.in_comment = !html.contains("-->");
        mask.blank(span);
    } else if html.trim_start().starts_with("<br") {
        mask.blank(span);
    }
}

/// `span` without white space at its ends.
pub(crate) fn trim_span(text: &str, span: Range<usize>) -> Range<usize> {
    if span.start >= span.end {
        return span.start..span.start;
    }
    let inner = &text[span.clone()];
    let end = span.start + inner.trim_end().len();
    end - inner.trim().len()..end
}

/// The text as bytes, some of them blanked.
pub(crate) struct Mask {
    bytes: Vec<u8>,
    in_comment: bool,
}

impl Mask {
    pub(crate) fn new(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), in_comment: false }
    }

    /// Blanks a range, keeping line ends. Markers like `~~` go with it.
    pub(crate) fn blank(&mut self, span: Range<usize>) {
        let end = span.end.min(self.bytes.len());
        for byte in &mut self.bytes[span.start.min(end)..end] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// The masked text. Ranges come from character borders, so it stays UTF-8; lossy only as a last resort.
    pub(crate) fn finish(self) -> String {
        match String::from_utf8(self.bytes) {
            Ok(text) => text,
            Err(error) => {
                error.into_bytes().iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { ' ' }).collect()
            }
        }
    }
}

/// Turns headings into sections: each ends where the next heading of any level begins.
pub(crate) fn sections(text: &str, headings: &[Heading]) -> Vec<Section> {
    headings
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let end = headings.get(index + 1).map_or(text.len(), |next| next.span.start).max(heading.span.end);
            let text = super::title::without_attributes(heading.text.trim());
            let kind = match text.split_once([':', '：']) {
                Some((key, _)) if language::section(key) == SectionKind::Status => SectionKind::Status,
                _ => language::section(text),
            };
            Section {
                heading: text.to_owned(),
                level: heading.level,
                kind,
                span: heading.span.start..end,
                body: heading.span.end..end,
            }
        })
        .collect()
}
