//! Markdown to safe HTML: pulldown-cmark makes events, links and images are rewritten there ([`rewrite`]), and ammonia has
//! the last word ([`sanitize`]). Record text is untrusted: nothing it holds may run or load from outside.

mod rewrite;
mod sanitize;

use crate::id::RecordPath;
use crate::wire::Heading;
use pulldown_cmark::{Event, Options, Parser, TagEnd, TextMergeWithOffset, html};

/// Larger texts are shown as their first part, with a notice.
const MAX_TEXT: usize = 1024 * 1024;
/// A longer line is cut, with a notice: one line of 200,000 characters makes a window unusable.
const MAX_LINE: usize = 20_000;

/// What a link in a record points at, as the caller resolved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub path: RecordPath,
    /// `0012` or an id.
    pub label: String,
    /// Status word, for the glyph; empty when the record states none.
    pub status: String,
    pub title: String,
}

/// Surroundings of a rendering.
pub struct RenderContext<'a> {
    pub path: &'a RecordPath,
    /// Base for the repository's images, `repo://localhost/`.
    pub image_base: &'a str,
    /// Resolves a reference (its text, and the target of a Markdown link) to a record.
    pub resolve: &'a dyn Fn(&str, Option<&str>) -> Option<Citation>,
    /// Wraps top-level blocks in `<div data-line="n">` (1-based line of the text; the editor's preview scrolls by it).
    pub lines: bool,
    /// Leaves out the first heading of level 1: the screens show the title themselves.
    pub skip_title: bool,
}

/// A rendered record body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub html: String,
    pub headings: Vec<Heading>,
    /// Set when the text was cut or not rendered; says why.
    pub notice: Option<String>,
}

/// Markdown as this product reads it, the same for rendering and for finding sections.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_WIKILINKS
}

/// Renders a record's text; front matter is left out.
pub fn render(text: &str, context: &RenderContext<'_>) -> Rendered {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (text, notice) = shorten(text);
    let events = TextMergeWithOffset::new(Parser::new_ext(&text, options()).into_offset_iter());
    let mut rewriter = rewrite::Rewriter::new(&text, context);
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events.flat_map(|(event, range)| rewriter.event(event, &range)));
    Rendered { html: sanitize::clean(&out, context), headings: rewriter.into_headings(), notice }
}

/// The text that a reader sees of some Markdown: no marks, no addresses, no raw HTML; breaks become spaces.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

/// Cuts texts and lines that no window could show; says so.
fn shorten(text: &str) -> (std::borrow::Cow<'_, str>, Option<String>) {
    let mut notice = None;
    let mut text = std::borrow::Cow::Borrowed(text);
    if text.len() > MAX_TEXT {
        let size = text.len() / 1024;
        let end = (0..=MAX_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text = std::borrow::Cow::Owned(text[..end].to_owned());
        notice = Some(format!(
            "Only the first 1,024 KB of {size} KB are shown. Open the file in an editor to read the rest."
        ));
    }
    if text.split('\n').any(|line| line.len() > MAX_LINE) {
        let cut = |line: &str| -> String {
            if line.len() <= MAX_LINE {
                return line.to_owned();
            }
            let end = (0..=MAX_LINE).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
            format!("{} …", &line[..end])
        };
        text = std::borrow::Cow::Owned(text.split('\n').map(cut).collect::<Vec<_>>().join("\n"));
        notice.get_or_insert_with(|| "Very long lines are cut here. The file itself is whole.".to_owned());
    }
    (text, notice)
}

#[cfg(test)]
mod tests;
