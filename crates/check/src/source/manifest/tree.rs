//! TOML, JSON and YAML as one kind of tree in which every key and value knows its bytes.

use super::ManifestError;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use saphyr_parser::{Event, Marker, Parser, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Deeper YAML is refused; the parsers of the others have limits of their own.
const MOST_DEPTH: usize = 100;

#[derive(Debug, Clone)]
pub(in crate::source) struct Node {
    pub(in crate::source) range: Range<usize>,
    pub(in crate::source) value: Value,
}

#[derive(Debug, Clone)]
pub(in crate::source) enum Value {
    /// Text, or the text of a number.
    Text(String),
    True,
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    Other,
}

#[derive(Debug, Clone)]
pub(in crate::source) struct Key {
    pub(in crate::source) text: String,
    pub(in crate::source) range: Range<usize>,
}

impl Node {
    pub(in crate::source) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(known, _)| known.text == key).map(|(_, value)| value)
    }

    /// What the keys lead to, one after the other.
    pub(in crate::source) fn path(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    pub(in crate::source) fn entries(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(in crate::source) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(in crate::source) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(in crate::source) fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    pub(in crate::source) fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| matches!(node.value, Value::True))
    }
}

// ---- TOML ---------------------------------------------------------------------------------------------------------------

pub(in crate::source) fn toml(text: &str) -> Result<Node, ManifestError> {
    // TOML itself has no byte order mark; cargo and pip read past one. As long as it is, its place keeps the offsets.
    let plain = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let table = DeTable::parse(plain.as_deref().unwrap_or(text))
        .map_err(|error| ManifestError::new(text, error.span().map_or(0, |span| span.start), error.message()))?;
    Ok(Node { range: table.span(), value: toml_table(table.get_ref()) })
}

fn toml_table(table: &DeTable<'_>) -> Value {
    let entries = table.iter().map(|(key, value)| {
        let key = Key { text: key.get_ref().to_string(), range: key.span() };
        (key, toml_node(value))
    });
    let mut entries: Vec<(Key, Node)> = entries.collect();
    entries.sort_by_key(|(key, _)| key.range.start);
    Value::Map(entries)
}

fn toml_node(node: &Spanned<DeValue<'_>>) -> Node {
    let value = match node.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(true) => Value::True,
        DeValue::Array(items) => Value::List(items.iter().map(toml_node).collect()),
        DeValue::Table(table) => toml_table(table),
        _ => Value::Other,
    };
    Node { range: node.span(), value }
}

// ---- JSON ---------------------------------------------------------------------------------------------------------------

pub(in crate::source) fn json(text: &str) -> Result<Node, ManifestError> {
    json_with(text, false)
}

/// With the comments and trailing commas that TypeScript's configurations have.
pub(in crate::source) fn jsonc(text: &str) -> Result<Node, ManifestError> {
    json_with(text, true)
}

fn json_with(text: &str, loose: bool) -> Result<Node, ManifestError> {
    let options = jsonc_parser::ParseOptions {
        allow_comments: loose,
        allow_trailing_commas: loose,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        ..Default::default()
    };
    let parsed = jsonc_parser::parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &options)
        .map_err(|error| ManifestError::new(text, error.range().start, error.kind().to_string()))?;
    Ok(parsed.value.as_ref().map_or(Node { range: 0..0, value: Value::Other }, json_node))
}

fn json_node(value: &ast::Value<'_>) -> Node {
    let range = value.start()..value.end();
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => Value::Text(number.value.to_owned()),
        ast::Value::BooleanLit(boolean) if boolean.value => Value::True,
        ast::Value::Array(array) => Value::List(array.elements.iter().map(json_node).collect()),
        ast::Value::Object(object) => Value::Map(object.properties.iter().map(json_entry).collect()),
        ast::Value::BooleanLit(_) | ast::Value::NullKeyword(_) => Value::Other,
    };
    Node { range, value }
}

fn json_entry(entry: &ast::ObjectProp<'_>) -> (Key, Node) {
    let range = entry.name.start()..entry.name.end();
    (Key { text: entry.name.as_str().to_owned(), range }, json_node(&entry.value))
}

// ---- YAML ---------------------------------------------------------------------------------------------------------------

pub(in crate::source) fn yaml(text: &str) -> Result<Node, ManifestError> {
    let places = Places::of(text);
    let fault = |at: Marker, message: String| ManifestError::new(text, places.byte(at), message);
    let mut open: Vec<Open> = Vec::new();
    let mut done = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| fault(*error.marker(), error.info().to_owned()))?;
        let range = places.range(span);
        let node = match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                let value = if plain && text == "true" { Value::True } else { Value::Text(text.into_owned()) };
                Node { range, value }
            }
            Event::Alias(_) => Node { range, value: Value::Other },
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MOST_DEPTH => {
                return Err(fault(span.start, format!("nests deeper than {MOST_DEPTH} levels")));
            }
            Event::SequenceStart(..) => {
                open.push(Open { start: range.start, is_map: false, nodes: Vec::new() });
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open { start: range.start, is_map: true, nodes: Vec::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(closed) => closed.close(range.end),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.nodes.push(node),
            // The last document is the project's: newer versions of pnpm write one about themselves before it.
            None => done = Some(node),
        }
    }
    Ok(done.unwrap_or(Node { range: 0..0, value: Value::Other }))
}

struct Open {
    start: usize,
    is_map: bool,
    nodes: Vec<Node>,
}

impl Open {
    fn close(self, end: usize) -> Node {
        let range = self.start..end.max(self.start);
        if !self.is_map {
            return Node { range, value: Value::List(self.nodes) };
        }
        let mut entries = Vec::with_capacity(self.nodes.len() / 2);
        let mut nodes = self.nodes.into_iter();
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            let text = match key.value {
                Value::Text(text) => text,
                Value::True => "true".to_owned(),
                _ => String::new(),
            };
            entries.push((Key { text, range: key.range }, value));
        }
        Node { range, value: Value::Map(entries) }
    }
}

/// saphyr counts characters.
struct Places {
    length: usize,
    /// The byte of every character, where they are not the same.
    bytes: Option<Vec<usize>>,
}

impl Places {
    fn of(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self { length: text.len(), bytes }
    }

    fn byte(&self, at: Marker) -> usize {
        let byte =
            self.bytes.as_ref().map_or(at.index(), |bytes| bytes.get(at.index()).copied().unwrap_or(self.length));
        byte.min(self.length)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }
}
