//! `data`: values in settings files (JSON with comments, TOML, YAML), named by JSONPath (RFC 9535).

use super::fields::Fields;
use super::globs::PathSet;
use super::kind::{Hit, Look, PathHit, SourceFile};
use crate::json;
use precedent_core::tree::{Node, Value, read_toml, read_yaml};
use regex::Regex;
use serde_json_path::{JsonPath, PathElement};

/// What a value has to be.
#[derive(Clone, Debug)]
enum Wanted {
    OneOf(Vec<serde_json::Value>),
    Matches(Regex),
    Exists(bool),
}

/// Values in settings.
#[derive(Clone, Debug)]
pub struct DataRule {
    files: PathSet,
    /// The file as written.
    file: String,
    at: JsonPath,
    wanted: Wanted,
}

impl DataRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let file = fields.needed("file");
        let at = fields.needed("at").and_then(|(text, place)| {
            JsonPath::parse(text).map_err(|error| fields.fault(place, format!("`at` is no JSONPath: {error}"))).ok()
        });
        let wanted = Self::wanted(fields);
        let (file, place) = file?;
        let (files, faults) = PathSet::new(&[(file, place)]);
        faults.into_iter().for_each(|fault| fields.fault(fault.place, fault.message));
        if format_of(file).is_none() {
            fields.fault(place, "`file` has to end in .json, .toml, .yaml or .yml");
        }
        Some(Self { files, file: file.to_owned(), at: at?, wanted: wanted? })
    }

    fn wanted(fields: &mut Fields<'_>) -> Option<Wanted> {
        let equals = fields.find("equals").map(|node| Wanted::OneOf(vec![node.to_json()]));
        let items = fields.list("one-of");
        let one_of = (!items.is_empty()).then(|| Wanted::OneOf(items.iter().map(Node::to_json).collect()));
        let matches = fields.regex("matches", |_| {}).map(Wanted::Matches);
        let exists = fields.flag("exists").map(Wanted::Exists);
        let mut given: Vec<Wanted> = [equals, one_of, matches, exists].into_iter().flatten().collect();
        if given.len() > 1 {
            let place = fields.place();
            fields.fault(place, "this has several of equals, one-of, matches and exists; one is meant");
        } else if given.is_empty() {
            fields.missing("equals, one-of, matches or exists");
        }
        given.pop()
    }

    pub(crate) fn reads(&self, path: &str) -> bool {
        self.files.has(path)
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        let tree = match format_of(file.path) {
            Some(Format::Json) => json::read(file.text),
            Some(Format::Toml) => read_toml(file.text),
            Some(Format::Yaml) => read_yaml(file.text),
            None => return Look::default(),
        };
        match tree {
            Ok(tree) => Look { hits: self.judge(file.text, &tree), undecided: None },
            Err(fault) => {
                let why = format!("it cannot be read: line {}: {}", fault.place.line, fault.message);
                Look { hits: Vec::new(), undecided: Some(why) }
            }
        }
    }

    fn judge(&self, text: &str, tree: &Node) -> Vec<Hit> {
        let json = tree.to_json();
        let found = self.at.query_located(&json);
        let subject = |what: &str| format!("{} {what}", self.at);
        let hit = |node: &Node, what: &str, note: String| {
            let span = span_of(text, node);
            Hit::about(span, subject(what), note)
        };
        let nowhere = |note: String| vec![Hit::about(0..0, subject("nothing"), note)];
        match &self.wanted {
            Wanted::Exists(true) | Wanted::OneOf(_) | Wanted::Matches(_) if found.is_empty() => {
                nowhere(format!("there is no value at {}", self.at))
            }
            _ => found
                .iter()
                .filter(|located| !self.is_wanted(located.node()))
                .map(|located| {
                    let node = walk(tree, located.location().iter()).unwrap_or(tree);
                    let shown = shorten(&located.node().to_string());
                    hit(node, &shown, format!("{} is {shown}{}", located.location(), self.expectation()))
                })
                .collect(),
        }
    }

    fn is_wanted(&self, value: &serde_json::Value) -> bool {
        match &self.wanted {
            Wanted::OneOf(values) => values.iter().any(|wanted| is_same(wanted, value)),
            Wanted::Matches(regex) => match value {
                serde_json::Value::String(text) => regex.is_match(text),
                serde_json::Value::Number(_) | serde_json::Value::Bool(_) => regex.is_match(&value.to_string()),
                _ => false,
            },
            Wanted::Exists(wanted) => *wanted,
        }
    }

    fn expectation(&self) -> String {
        match &self.wanted {
            Wanted::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|value| shorten(&value.to_string())).collect();
                format!("; it has to be {}", values.join(" or "))
            }
            Wanted::Matches(regex) => format!("; it has to match `{}`", shorten(regex.as_str())),
            Wanted::Exists(_) => "; it must not be there".to_owned(),
        }
    }

    /// A file that has to say something has to be there.
    pub(crate) fn look_at_tree(&self, paths: &[&str]) -> Vec<PathHit> {
        if matches!(self.wanted, Wanted::Exists(false)) || paths.iter().any(|path| self.files.has(path)) {
            return Vec::new();
        }
        let note = format!("there is no such file, so nothing is at {}", self.at);
        vec![PathHit { path: self.file.clone(), subject: format!("{} nothing", self.at), note }]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Toml,
    Yaml,
}

fn format_of(path: &str) -> Option<Format> {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "json" | "jsonc" | "json5" => Some(Format::Json),
        "toml" => Some(Format::Toml),
        "yaml" | "yml" => Some(Format::Yaml),
        _ => None,
    }
}

/// Numbers are the same when their values are: 1 and 1.0.
fn is_same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.to_bits() == other.to_bits(),
        _ => one == other,
    }
}

fn walk<'n, 'p>(tree: &'n Node, path: impl Iterator<Item = &'p PathElement<'p>>) -> Option<&'n Node> {
    let mut node = tree;
    for part in path {
        node = match (part, &node.value) {
            (PathElement::Name(name), Value::Map(_)) => node.find(name)?,
            (PathElement::Index(at), Value::List(items)) => items.get(*at)?,
            _ => return None,
        };
    }
    Some(node)
}

/// From a value's place to the end of its line.
fn span_of(text: &str, node: &Node) -> std::ops::Range<usize> {
    let lines = text.split_inclusive('\n').take(node.place.line.saturating_sub(1) as usize);
    let start: usize = lines.map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(node.place.column.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at);
    start + column..start + line.trim_end().len().max(column)
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
