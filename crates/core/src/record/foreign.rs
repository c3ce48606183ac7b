//! AsciiDoc and reStructuredText, read where they are plain: headings, attributes, comments and literal blocks.
//!
//! Such records are shown and never written, so nothing here needs to be exact to the byte beyond spans of lines.

use super::front_matter::line_at;
use super::sections::{Heading, Layout, MarkdownLink, Mask};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A document's own attribute, `:status: draft` in AsciiDoc, `:Status: draft` in reStructuredText.
pub(crate) type Attribute = (String, Range<usize>);

static ADOC_LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:xref:|link:|<<|https?://)([^\s\[\]<>,]+?)(?:\[([^\]\n]*)\]|,([^>\n]*)>>|>>)").ok()
});
static RST_LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"`([^`<\n]+?)\s*<([^>\n]+)>`_|:doc:`(?:([^`<\n]+?)\s*<)?([^`>\n]+)>?`").ok());

/// Scans an AsciiDoc document.
pub(crate) fn asciidoc(text: &str) -> (Layout, Vec<Attribute>) {
    let mut layout = Layout::default();
    let mut mask = Mask::new(text);
    let mut attributes = Vec::new();
    let mut fence: Option<String> = None;
    for line in lines(text) {
        let written = text[line.clone()].trim_end();
        if let Some(open) = &fence {
            if written == open {
                fence = None;
            }
            mask.blank(line);
        } else if is_fence(written) {
            fence = Some(written.to_owned());
            mask.blank(line);
        } else if written.starts_with("//") {
            mask.blank(line);
        } else if let Some((level, title)) = marked_heading(written) {
            layout.headings.push(Heading {
                text: title.to_owned(),
                level,
                span: line.start..line.start + written.len(),
            });
        } else if let Some(attribute) = attribute(written, line.start) {
            attributes.push(attribute);
            mask.blank(line);
        }
    }
    layout.mask = mask.finish();
    layout.links = links(&layout.mask, &ADOC_LINK, |found| {
        let text = found.get(2).or_else(|| found.get(3)).map_or("", |part| part.as_str());
        let target = found.get(1).map_or("", |part| part.as_str());
        let whole = found.get(0).map_or("", |part| part.as_str());
        let target = if whole.starts_with("http") { whole.split('[').next().unwrap_or(target) } else { target };
        (text.to_owned(), target.to_owned())
    });
    (layout, attributes)
}

fn is_fence(line: &str) -> bool {
    line.len() >= 4 && ["-", ".", "/", "+"].iter().any(|mark| line.trim_start_matches(mark).is_empty()) || line == "```"
}

fn marked_heading(line: &str) -> Option<(u8, &str)> {
    let level = line.len() - line.trim_start_matches('=').len();
    let title = line[level..].strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !title.is_empty()).then(|| (u8::try_from(level).unwrap_or(6), title))
}

fn attribute(line: &str, start: usize) -> Option<Attribute> {
    let rest = line.strip_prefix(':')?;
    let (name, value) = rest.split_once(':')?;
    if name.is_empty()
        || name.contains(char::is_whitespace) && name.len() > 30
        || !(value.is_empty() || value.starts_with(' '))
    {
        return None;
    }
    let at = start + line.len() - value.trim_start().len();
    Some((name.trim_matches('!').to_owned(), at..at + value.trim().len()))
}

/// Scans a reStructuredText document.
pub(crate) fn restructured(text: &str) -> (Layout, Vec<Attribute>) {
    let mut layout = Layout::default();
    let mut mask = Mask::new(text);
    let mut attributes = Vec::new();
    let mut marks: Vec<char> = Vec::new();
    let all: Vec<Range<usize>> = lines(text).collect();
    for (index, line) in all.iter().enumerate() {
        let written = text[line.clone()].trim_end();
        let above = index.checked_sub(1).map(|above| text[all[above].clone()].trim_end());
        if let (Some(mark), Some(title)) = (underline(written), above) {
            // Shorter underlines than reStructuredText allows occur, and mean a heading all the same.
            let wide_enough = written.chars().count() * 2 >= title.chars().count();
            if !title.trim().is_empty() && underline(title).is_none() && wide_enough && !title.starts_with(' ') {
                let level = marks.iter().position(|known| *known == mark).unwrap_or_else(|| {
                    marks.push(mark);
                    marks.len() - 1
                });
                let span = all[index - 1].start..line.start + written.len();
                layout.headings.push(Heading {
                    text: title.trim().to_owned(),
                    level: u8::try_from(level + 1).unwrap_or(6),
                    span,
                });
            }
        } else if let Some(attribute) = attribute(written, line.start) {
            attributes.push(attribute);
            mask.blank(line.clone());
        } else if written.starts_with(".. ") && !written.contains("::") {
            mask.blank(line.clone());
        }
    }
    layout.mask = mask.finish();
    layout.links = links(&layout.mask, &RST_LINK, |found| {
        let part = |group: usize| found.get(group).map(|part| part.as_str());
        let target = part(2).or_else(|| part(4)).unwrap_or("");
        (part(1).or_else(|| part(3)).unwrap_or(target).to_owned(), target.to_owned())
    });
    (layout, attributes)
}

fn underline(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|c| "=-~^\"'`#*+.:_<>".contains(*c))?;
    (line.len() >= 3 && line.chars().all(|c| c == mark)).then_some(mark)
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let line = line_at(text, at);
        at = line.end;
        Some(line)
    })
}

fn links(
    mask: &str,
    regex: &LazyLock<Option<Regex>>,
    parts: impl Fn(&regex::Captures<'_>) -> (String, String),
) -> Vec<MarkdownLink> {
    let Some(regex) = regex.as_ref() else { return Vec::new() };
    regex
        .captures_iter(mask)
        .filter_map(|found| {
            let span = found.get(0)?.range();
            let (text, target) = parts(&found);
            Some(MarkdownLink { text, target, span, by_label: false })
        })
        .collect()
}
