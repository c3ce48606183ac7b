//! Markdown events as a tree of blocks: groups hold blocks, leaves hold inline events.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Deeper texts are not drawn: recursion over them could use up the stack.
const DEPTH: usize = 64;

/// A block.
#[derive(Clone, Debug)]
pub(super) enum Node<'a> {
    /// A list, item, quote, table, row, footnote.
    Group { tag: Tag<'a>, children: Vec<Node<'a>> },
    /// A paragraph, heading, cell, code or HTML block; without a tag: the bare text of a tight list item, or a rule.
    Leaf { tag: Option<Tag<'a>>, inline: Vec<Event<'a>> },
}

/// The blocks of a text without its front matter; `None` when nested too deeply.
pub(super) fn parse<'a>(events: impl Iterator<Item = Event<'a>>) -> Option<Vec<Node<'a>>> {
    let events: Vec<Event<'a>> = without_metadata(events).collect();
    let mut depth = 0_usize;
    for event in &events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return None;
        }
    }
    Some(blocks(&mut events.into_iter().peekable()))
}

fn without_metadata<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut inside = false;
    events.filter(move |event| match event {
        Event::Start(Tag::MetadataBlock(_)) => {
            inside = true;
            false
        }
        Event::End(TagEnd::MetadataBlock(_)) => {
            inside = false;
            false
        }
        _ => !inside,
    })
}

type Events<'a> = std::iter::Peekable<std::vec::IntoIter<Event<'a>>>;

/// Blocks up to the end of the group they stand in.
fn blocks<'a>(events: &mut Events<'a>) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut bare = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::End(_) => break,
            Event::Start(tag) if is_group(&tag) => {
                close(&mut bare, &mut nodes);
                let children = blocks(events);
                nodes.push(Node::Group { tag, children });
            }
            Event::Start(tag) if is_leaf(&tag) => {
                close(&mut bare, &mut nodes);
                let mut inline = Vec::new();
                until_end(events, &mut inline);
                inline.pop();
                nodes.push(Node::Leaf { tag: Some(tag), inline });
            }
            Event::Start(tag) => {
                bare.push(Event::Start(tag));
                until_end(events, &mut bare);
            }
            Event::Rule => {
                close(&mut bare, &mut nodes);
                nodes.push(Node::Leaf { tag: None, inline: vec![Event::Rule] });
            }
            event => bare.push(event),
        }
    }
    close(&mut bare, &mut nodes);
    nodes
}

fn close<'a>(bare: &mut Vec<Event<'a>>, nodes: &mut Vec<Node<'a>>) {
    if !bare.is_empty() {
        nodes.push(Node::Leaf { tag: None, inline: std::mem::take(bare) });
    }
}

/// Takes events up to and with the end of the tag that was just opened.
fn until_end<'a>(events: &mut Events<'a>, into: &mut Vec<Event<'a>>) {
    let mut depth = 1_usize;
    for event in events.by_ref() {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        into.push(event);
        if depth == 0 {
            return;
        }
    }
}

fn is_group(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::DefinitionList
            | Tag::DefinitionListDefinition
    )
}

fn is_leaf(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::TableCell
            | Tag::DefinitionListTitle
    )
}

impl<'a> Node<'a> {
    /// Two blocks with one key are drawn alike: kind, words and inline marks, without spacing.
    pub(super) fn key(&self) -> String {
        let mut key = String::new();
        self.write_key(&mut key);
        key
    }

    fn write_key(&self, key: &mut String) {
        match self {
            Node::Group { tag, children } => {
                key.push_str(group_name(tag));
                for child in children {
                    child.write_key(key);
                }
            }
            Node::Leaf { tag, inline } => {
                key.push_str(tag.as_ref().map_or(" ", leaf_name));
                if self.is_code() {
                    key.extend(inline.iter().map(event_text));
                } else {
                    let text: String = inline.iter().map(event_text).collect();
                    for word in text.split_whitespace() {
                        key.push_str(word);
                        key.push(' ');
                    }
                }
            }
        }
    }

    /// The words alone, for likeness.
    pub(super) fn text(&self) -> String {
        match self {
            Node::Group { children, .. } => children.iter().map(|child| child.text() + " ").collect(),
            Node::Leaf { inline, .. } => {
                let words = inline.iter().filter(|event| !matches!(event, Event::Start(_) | Event::End(_)));
                words.map(event_text).collect()
            }
        }
    }

    pub(super) fn same_kind(&self, other: &Node<'_>) -> bool {
        match (self, other) {
            (Node::Group { tag: a, .. }, Node::Group { tag: b, .. }) => group_name(a) == group_name(b),
            (Node::Leaf { tag: a, .. }, Node::Leaf { tag: b, .. }) => {
                a.as_ref().map_or(" ", leaf_name) == b.as_ref().map_or(" ", leaf_name)
            }
            _ => false,
        }
    }

    pub(super) fn is_code(&self) -> bool {
        matches!(self, Node::Leaf { tag: Some(Tag::CodeBlock(_)), .. })
    }

    /// HTML as written in the record; its words are not compared.
    pub(super) fn is_raw(&self) -> bool {
        matches!(self, Node::Leaf { tag: Some(Tag::HtmlBlock), .. })
    }

    /// The text of a heading block.
    pub(super) fn heading(&self) -> Option<String> {
        match self {
            Node::Leaf { tag: Some(Tag::Heading { .. }), inline } => {
                Some(inline.iter().map(event_text).collect::<String>().trim().to_owned())
            }
            _ => None,
        }
    }

    /// The block as it stands.
    pub(super) fn emit(&self, out: &mut Vec<Event<'a>>) {
        match self {
            Node::Group { tag, children } => {
                out.push(Event::Start(tag.clone()));
                for child in children {
                    child.emit(out);
                }
                out.push(Event::End(tag.to_end()));
            }
            Node::Leaf { inline, .. } => self.around(out, |out| super::inline::plain(inline, out)),
        }
    }

    /// The block's own tag around what `inner` draws.
    pub(super) fn around(&self, out: &mut Vec<Event<'a>>, inner: impl FnOnce(&mut Vec<Event<'a>>)) {
        let tag = match self {
            Node::Group { tag, .. } => Some(tag),
            Node::Leaf { tag, .. } => tag.as_ref(),
        };
        out.extend(tag.cloned().map(Event::Start));
        inner(out);
        out.extend(tag.map(|tag| Event::End(tag.to_end())));
    }
}

fn group_name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => " > ",
        Tag::List(Some(_)) => " ol ",
        Tag::List(None) => " ul ",
        Tag::Item => " li ",
        Tag::FootnoteDefinition(_) => " fn ",
        Tag::Table(_) => " table ",
        Tag::TableHead => " th ",
        Tag::TableRow => " tr ",
        _ => " dl ",
    }
}

fn leaf_name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Heading { level, .. } => match *level as usize {
            1 => " # ",
            2 => " ## ",
            3 => " ### ",
            _ => " #### ",
        },
        Tag::CodeBlock(_) => " ``` ",
        Tag::HtmlBlock => " html ",
        Tag::TableCell => " | ",
        _ => " p ",
    }
}

/// What an event says, for comparing.
fn event_text(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => text.to_string(),
        Event::Code(text) => format!("`{text}`"),
        Event::SoftBreak => " ".to_owned(),
        Event::HardBreak => "\n".to_owned(),
        Event::FootnoteReference(name) => format!("[^{name}]"),
        Event::TaskListMarker(done) => if *done { "[x] " } else { "[ ] " }.to_owned(),
        Event::Rule => "---".to_owned(),
        Event::Start(tag) => super::inline::style(tag),
        Event::End(_) => "\u{2}".to_owned(),
        _ => String::new(),
    }
}
