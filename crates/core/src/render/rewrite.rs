//! Events of a record's Markdown, rewritten: links to records become citations, images point into the repository or wait
//! for a click, headings get anchors, deep nesting is flattened.

use super::{Citation, RenderContext};
use crate::wire::Heading;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pulldown_cmark::html::push_html;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use regex::Regex;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Containers deeper than this lose their tags; the text stays.
const MAX_DEPTH: usize = 48;

/// Raw HTML nested deeper than this is shown as text: the time to repair it grows with the square of its depth.
const MAX_RAW_DEPTH: usize = 200;

const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'\\');

/// `ADR-0012` and its spellings in running text.
static BARE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?i:l?adr)[-\u{2011} #]?\d{1,5}\b").expect("the pattern is constant"));

static RAW_TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<(/)?([a-zA-Z][a-zA-Z0-9]*)").expect("the pattern is constant"));

/// Elements without an end tag, or whose end tag is often left out.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li"];

pub(super) struct Rewriter<'a, 'c> {
    context: &'a RenderContext<'c>,
    line_starts: Vec<usize>,
    headings: Vec<Heading>,
    anchors: HashMap<String, usize>,
    /// Open tags; `false` for one that was dropped for depth.
    open: Vec<bool>,
    /// Inside code, a link or metadata: text is left as it is.
    verbatim: usize,
    /// Events held back until their element ends (a heading, an image, a wiki link).
    held: Option<Held<'a>>,
    title_seen: bool,
    block: Block,
    /// Raw HTML elements that are open, by name.
    raw_open: HashMap<String, usize>,
}

/// The top-level block that is being written, when lines are marked. One that shows nothing gets no mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    None,
    /// Begun on this line, nothing written yet.
    Waiting(usize),
    Opened,
}

struct Held<'a> {
    kind: HeldKind,
    events: Vec<Event<'a>>,
    text: String,
    depth: usize,
}

enum HeldKind {
    Heading(HeadingLevel),
    Image(String),
    Link { wiki: bool, target: String },
    Dropped,
}

impl<'a, 'c> Rewriter<'a, 'c> {
    pub(super) fn new(text: &str, context: &'a RenderContext<'c>) -> Self {
        let line_starts = if context.lines {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        } else {
            Vec::new()
        };
        Self {
            context,
            line_starts,
            headings: Vec::new(),
            anchors: HashMap::new(),
            open: Vec::new(),
            verbatim: 0,
            held: None,
            title_seen: false,
            block: Block::None,
            raw_open: HashMap::new(),
        }
    }

    pub(super) fn into_headings(self) -> Vec<Heading> {
        self.headings
    }

    /// The events that stand for one event of the text.
    pub(super) fn event(&mut self, event: Event<'a>, range: &Range<usize>) -> Vec<Event<'a>> {
        if !self.context.lines {
            return self.nested(event);
        }
        if self.open.is_empty() {
            self.block = Block::Waiting(self.line_starts.partition_point(|start| *start <= range.start).max(1));
        }
        let mut out = self.nested(event);
        if let Block::Waiting(line) = self.block
            && !out.is_empty()
        {
            out.insert(0, Event::Html(format!("<div data-line=\"{line}\">").into()));
            self.block = Block::Opened;
        }
        if self.open.is_empty() && std::mem::replace(&mut self.block, Block::None) == Block::Opened {
            out.push(Event::Html("</div>\n".into()));
        }
        out
    }

    /// Keeps track of depth; drops the tags of containers that are too deep.
    fn nested(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match &event {
            Event::Start(tag) => {
                let keep = self.open.len() < MAX_DEPTH || !is_container(tag);
                self.open.push(keep);
                if !keep {
                    return Vec::new();
                }
            }
            Event::End(_) if self.open.pop() == Some(false) => return Vec::new(),
            _ => {}
        }
        self.hold(event)
    }

    fn hold(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        let Some(held) = &mut self.held else { return self.plain(event) };
        match &event {
            Event::Start(_) => held.depth += 1,
            Event::End(_) if held.depth == 0 => return self.release(),
            Event::End(_) => held.depth -= 1,
            Event::Text(text) | Event::Code(text) => held.text.push_str(text),
            Event::SoftBreak | Event::HardBreak => held.text.push(' '),
            _ => {}
        }
        if let Some(held) = &mut self.held {
            held.events.push(event);
        }
        Vec::new()
    }

    fn start_hold(&mut self, kind: HeldKind) -> Vec<Event<'a>> {
        self.held = Some(Held { kind, events: Vec::new(), text: String::new(), depth: 0 });
        Vec::new()
    }

    fn plain(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                if level == HeadingLevel::H1
                    && self.context.skip_title
                    && !std::mem::replace(&mut self.title_seen, true)
                {
                    return self.start_hold(HeldKind::Dropped);
                }
                self.start_hold(HeldKind::Heading(level))
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.start_hold(HeldKind::Image(dest_url.to_string())),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                self.start_hold(HeldKind::Link { wiki, target: dest_url.to_string() })
            }
            Event::Start(Tag::MetadataBlock(_)) => self.start_hold(HeldKind::Dropped),
            Event::Start(tag @ Tag::CodeBlock(_)) => {
                self.verbatim += 1;
                vec![Event::Start(tag)]
            }
            Event::End(tag @ TagEnd::CodeBlock) => {
                self.verbatim -= 1;
                vec![Event::End(tag)]
            }
            Event::Text(text) if self.verbatim == 0 => self.cite(text),
            Event::Html(html) | Event::InlineHtml(html) if self.too_deep(&html) => vec![Event::Text(html)],
            event => vec![event],
        }
    }

    fn too_deep(&mut self, html: &str) -> bool {
        for tag in RAW_TAG.captures_iter(html) {
            let name = tag[2].to_ascii_lowercase();
            if VOID.contains(&name.as_str()) {
                continue;
            }
            let open = self.raw_open.entry(name).or_default();
            *open = if tag.get(1).is_some() { open.saturating_sub(1) } else { *open + 1 };
        }
        self.raw_open.values().sum::<usize>() > MAX_RAW_DEPTH
    }

    /// Bare `ADR-0012` in running text.
    fn cite(&self, text: CowStr<'a>) -> Vec<Event<'a>> {
        if !BARE.is_match(&text) {
            return vec![Event::Text(text)];
        }
        let mut out = Vec::new();
        let mut at = 0;
        for found in BARE.find_iter(&text) {
            let Some(citation) = (self.context.resolve)(found.as_str(), None) else { continue };
            out.push(Event::Text(text[at..found.start()].to_owned().into()));
            out.push(Event::InlineHtml(chip(&citation, found.as_str()).into()));
            at = found.end();
        }
        out.push(Event::Text(text[at..].to_owned().into()));
        out
    }

    fn release(&mut self) -> Vec<Event<'a>> {
        let Some(held) = self.held.take() else { return Vec::new() };
        match held.kind {
            HeldKind::Dropped => Vec::new(),
            HeldKind::Heading(level) => self.heading(level, held.events, &held.text),
            HeldKind::Image(target) => vec![Event::InlineHtml(self.image(&target, &held.text).into())],
            HeldKind::Link { wiki, target } => self.link(wiki, &target, held.events, &held.text),
        }
    }

    fn heading(&mut self, level: HeadingLevel, events: Vec<Event<'a>>, text: &str) -> Vec<Event<'a>> {
        let anchor = self.anchor(text);
        let number = level as u8;
        let mut out = vec![Event::Html(format!("<h{number} id=\"{anchor}\">").into())];
        for event in events {
            let rewritten = self.hold(event);
            out.extend(rewritten);
        }
        out.push(Event::Html(format!("</h{number}>\n").into()));
        self.headings.push(Heading { level: number, text: text.trim().to_owned(), anchor: format!("r-{anchor}") });
        out
    }

    /// As GitHub makes them; the sanitizer puts `r-` before every id so that a record cannot name the app's own elements.
    fn anchor(&mut self, text: &str) -> String {
        let slug: String = text
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' | '-' => Some('-'),
                '_' => Some('_'),
                c if c.is_alphanumeric() => Some(c),
                _ => None,
            })
            .collect();
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let count = self.anchors.entry(slug.clone()).or_default();
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    }

    fn image(&self, target: &str, alt: &str) -> String {
        let alt = escape(alt);
        if is_remote(target) {
            return format!("<span class=\"remote-image\" data-src=\"{}\">{alt}</span>", escape(target));
        }
        if target.starts_with("data:") {
            return format!("<img src=\"{}\" alt=\"{alt}\">", escape(target));
        }
        match image_address(target, self.context) {
            Some(address) => format!("<img src=\"{}\" alt=\"{alt}\">", escape(&address)),
            None => format!("<span class=\"missing-image\">{alt}</span>"),
        }
    }

    fn link(&mut self, wiki: bool, target: &str, events: Vec<Event<'a>>, text: &str) -> Vec<Event<'a>> {
        let anchor = target.split_once('#').map(|(_, anchor)| anchor);
        let found =
            if wiki { (self.context.resolve)(target, None) } else { (self.context.resolve)(text, Some(target)) };
        if let Some(citation) = found.filter(|_| wiki || !target.starts_with('#')) {
            let inner = if wiki && text == target { String::new() } else { to_html(events) };
            return vec![Event::InlineHtml(cited(&citation, &inner, anchor).into())];
        }
        if wiki {
            return vec![if super::super::log::looks_like_reference(target) {
                Event::InlineHtml(format!("<span class=\"citation-missing\">{}</span>", escape(text)).into())
            } else {
                Event::Text(format!("[[{text}]]").into())
            }];
        }
        let inner = to_html(events);
        let html = if target.starts_with('#') || is_remote(target) || target.starts_with("mailto:") {
            format!("<a href=\"{}\">{inner}</a>", escape(target))
        } else if target.contains(':') {
            inner
        } else {
            match self.context.path.join_link(target.split(['#', '?']).next().unwrap_or(target)) {
                Some(path) => format!("<a class=\"file-link\" data-file=\"{}\">{inner}</a>", escape(path.as_str())),
                None => inner,
            }
        };
        vec![Event::InlineHtml(html.into())]
    }
}

/// Address of a repository image for a relative target; `None` when it leaves the repository.
pub(super) fn image_address(target: &str, context: &RenderContext<'_>) -> Option<String> {
    let plain = target.split(['#', '?']).next().unwrap_or(target);
    let decoded = percent_encoding::percent_decode_str(plain).decode_utf8().ok()?;
    if decoded.is_empty() || decoded.contains(':') {
        return None;
    }
    let path = context.path.join_link(&decoded)?;
    Some(format!("{}{}", context.image_base, utf8_percent_encode(path.as_str(), PATH)))
}

pub(super) fn is_remote(target: &str) -> bool {
    let lower = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//")
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
}

/// A citation of a bare reference: number only.
fn chip(citation: &Citation, written: &str) -> String {
    cited(citation, &escape(written), None)
}

fn cited(citation: &Citation, inner: &str, anchor: Option<&str>) -> String {
    let anchor = anchor.map(|anchor| format!(" data-anchor=\"r-{}\"", escape(anchor))).unwrap_or_default();
    let inner = if inner.is_empty() { escape(&citation.label) } else { inner.to_owned() };
    format!(
        "<a class=\"citation\" data-path=\"{}\" data-status=\"{}\" data-label=\"{}\"{anchor} title=\"{}\">{inner}</a>",
        escape(citation.path.as_str()),
        escape(&citation.status),
        escape(&citation.label),
        escape(&citation.title),
    )
}

fn to_html(events: Vec<Event<'_>>) -> String {
    let mut out = String::new();
    push_html(&mut out, events.into_iter());
    out
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
