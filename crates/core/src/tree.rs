//! Settings as a tree in which every value knows its line: what rules, waivers and settings files are read from.
//!
//! Unlike [`crate::record`], which reads anything, this reads strictly: a text that is not valid, or that says one key
//! twice, is a [`Fault`] and no tree. Sizes are bounded, so that a stranger's text cannot cost more than its length.

mod toml;
mod yaml;

pub use self::toml::{read as read_toml, read_from as read_toml_from};
pub use yaml::{read as read_yaml, read_from as read_yaml_from};

/// Deeper trees are not read; real ones nest less than ten deep.
pub const MAX_DEPTH: usize = 64;
/// More values than this are not read.
pub const MAX_NODES: usize = 200_000;

/// A place in a text: line and column (in characters), from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub place: Place,
    pub value: Value,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// The number as JSON has it, and as it was written.
    Number(serde_json::Number, String),
    Text(String),
    List(Vec<Node>),
    /// In the order written.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub place: Place,
    pub value: Node,
}

/// Why a text is no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    /// A lower-case fragment.
    pub message: String,
}

impl Node {
    /// The value of a key, when this is a map that has it.
    pub fn find(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Keys and values; none when this is no map.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The text of a scalar as written; `None` for lists, maps and nothing.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The texts of a list, or the one text that stands in for a list.
    pub fn scalars(&self) -> Vec<&str> {
        match &self.value {
            Value::List(items) => items.iter().filter_map(Node::scalar).collect(),
            _ => self.scalar().into_iter().collect(),
        }
    }

    /// What kind of value it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a truth value",
            Value::Number(..) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys and values",
        }
    }

    /// The same without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(truth) => serde_json::Value::Bool(*truth),
            Value::Number(number, _) => serde_json::Value::Number(number.clone()),
            Value::Text(text) => serde_json::Value::String(text.clone()),
            Value::List(items) => serde_json::Value::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(entries) => serde_json::Value::Object(
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect(),
            ),
        }
    }
}

impl Fault {
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

/// The key that a map holds twice: what a reader takes the first for, another takes the last for.
pub fn key_twice(entries: &[Entry]) -> Option<Fault> {
    let mut seen = std::collections::HashSet::new();
    let twice = entries.iter().find(|entry| !seen.insert(entry.key.as_str()))?;
    Some(Fault::new(twice.place, format!("`{}` is said twice", twice.key)))
}
