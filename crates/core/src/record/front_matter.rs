//! The block of settings at the top of a record: YAML between `---` lines, TOML between `+++` lines.
//!
//! Values are read with the bytes they stand at, so that [`super::edit`] can replace one value and nothing else.
//! Nothing is written here, and aliases are never expanded.

mod bombs;

use std::ops::Range;
use yaml_edit::{Mapping, YamlFile, YamlNode};

/// Larger blocks are not read: no real one comes near (the largest of 1,747 has 6 KiB).
const MAX_BYTES: usize = 256 * 1024;
const MAX_ITEMS: usize = 2_000;
/// Keys of an item that is a mapping: the record it names, and the word for the relation.
const TARGET_KEYS: [&str; 7] = ["ref", "target", "id", "path", "adr", "name", "to"];
const RELATION_KEYS: [&str; 5] = ["as", "type", "relation", "kind", "rel"];

/// The language of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Yaml,
    Toml,
}

/// One value with its place. `relation` is the `as:` word of a `{ref, as}` item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    pub(crate) relation: Option<String>,
}

/// A key at the top level with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    /// Bytes of the value as written; empty behind the colon when there is none.
    pub(crate) value: Range<usize>,
    pub(crate) items: Vec<Item>,
    pub(crate) is_list: bool,
}

/// Why a block could not be read, at a byte of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) too_large: bool,
}

/// The block and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) syntax: Syntax,
    /// Bytes between the fences.
    pub(crate) inner: Range<usize>,
    /// First byte behind the closing fence's line.
    pub(crate) end: usize,
    pub(crate) entries: Vec<Entry>,
    pub(crate) fault: Option<Fault>,
}

impl FrontMatter {
    /// The entry with exactly this key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// Finds and reads the block at the top of a text; `None` when the text has none.
pub(crate) fn read(text: &str) -> Option<FrontMatter> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let first = line_at(text, start);
    match text[first.clone()].trim_end() {
        "---" => fenced(text, first.end, Syntax::Yaml),
        "+++" => fenced(text, first.end, Syntax::Toml),
        _ => unopened(text, start),
    }
}

/// The line that holds byte `at`, with its line ending.
pub(crate) fn line_at(text: &str, at: usize) -> Range<usize> {
    let end = text[at..].find('\n').map_or(text.len(), |offset| at + offset + 1);
    at..end
}

fn fenced(text: &str, inner: usize, syntax: Syntax) -> Option<FrontMatter> {
    let closes = |line: &str| match syntax {
        Syntax::Yaml => matches!(line.trim_end(), "---" | "..." | "--"),
        Syntax::Toml => line.trim_end() == "+++",
    };
    let mut at = inner;
    while at < text.len() {
        let line = line_at(text, at);
        if closes(&text[line.clone()]) {
            let is_mapping = text[inner..at].lines().all(|line| line.trim().is_empty() || line.starts_with('#'))
                || has_key(&text[inner..at]);
            return is_mapping.then(|| block(text, inner..at, line.end, syntax));
        }
        at = line.end;
    }
    unclosed(text, inner, syntax)
}

/// A block whose closing fence is missing ends where its lines stop to look like settings.
fn unclosed(text: &str, inner: usize, syntax: Syntax) -> Option<FrontMatter> {
    let mut at = inner;
    while at < text.len() {
        let line = line_at(text, at);
        let content = &text[line.clone()];
        if content.trim().is_empty()
            || !(plain_key(content).is_some() || content.starts_with([' ', '\t', '#']) || content.starts_with("- "))
            || content.starts_with("# ")
        {
            break;
        }
        at = line.end;
    }
    if !has_key(&text[inner..at]) {
        return None;
    }
    let mut block = block(text, inner..at, at, syntax);
    let fence = if syntax == Syntax::Yaml { "---" } else { "+++" };
    block.fault = Some(Fault {
        at: inner,
        message: format!("the front matter is not closed by a line `{fence}`"),
        too_large: false,
    });
    Some(block)
}

/// Settings at the very top that end in `---` but have no opening fence.
fn unopened(text: &str, start: usize) -> Option<FrontMatter> {
    let mut at = start;
    for _ in 0..40 {
        if at >= text.len() {
            return None;
        }
        let line = line_at(text, at);
        let content = &text[line.clone()];
        if content.trim_end() == "---" {
            let known = plain_key(text[line_at(text, start)].trim_end()).and_then(super::language::key);
            return known.map(|_| block(text, start..at, line.end, Syntax::Yaml));
        }
        let fits = plain_key(content).is_some() || content.starts_with([' ', '\t', '#']) || content.starts_with("- ");
        if !fits || content.starts_with("# ") && at == start {
            return None;
        }
        at = line.end;
    }
    None
}

fn has_key(inner: &str) -> bool {
    inner
        .lines()
        .any(|line| plain_key(line).is_some() || line.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty()))
}

/// The key of a line `key: value` at the left margin.
fn plain_key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let well_formed = key.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '"' | '\'' | '_' | '$'))
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '"' | '\'' | '$' | '/'));
    (well_formed && key.len() <= 60 && (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])))
        .then_some(key.trim_matches(['"', '\'']))
}

fn block(text: &str, inner: Range<usize>, end: usize, syntax: Syntax) -> FrontMatter {
    let content = &text[inner.clone()];
    let (entries, fault) = if content.len() > MAX_BYTES {
        (
            Vec::new(),
            Some(Fault {
                at: inner.start,
                message: "the front matter is too large to be read".to_owned(),
                too_large: true,
            }),
        )
    } else {
        match syntax {
            Syntax::Yaml => yaml(content, inner.start),
            Syntax::Toml => toml_entries(content, inner.start),
        }
    };
    FrontMatter { syntax, inner, end, entries, fault }
}

fn yaml(content: &str, base: usize) -> (Vec<Entry>, Option<Fault>) {
    if let Some(fault) = bombs::find(content, base) {
        return (lenient(content, base), Some(fault));
    }
    let parsed = YamlFile::parse(content);
    if let Some(error) = parsed.positioned_errors().first() {
        let at = base + (error.range.start as usize).min(content.len());
        let too_large = error.message.contains("depth") || error.message.contains("nest");
        let lenient = lenient(content, base);
        // A name that begins with `@` or a back quote is not YAML, yet clear to any reader and common in real records.
        let harmful = lenient.iter().find(|entry| !is_harmless(entry, content, base));
        // An open bracket is noticed where the block ends; it is mended where it stands.
        let fault =
            harmful.map(|entry| Fault { at: at.min(entry.value.start), message: error.message.clone(), too_large });
        return (lenient, fault);
    }
    let entries = parsed.tree().document().and_then(|document| document.as_mapping());
    (entries.map(|mapping| mapping_entries(&mapping, content, base)).unwrap_or_default(), None)
}

fn is_harmless(entry: &Entry, content: &str, base: usize) -> bool {
    let value = content[entry.value.start - base..entry.value.end - base].trim();
    entry.is_list || value.starts_with('@') || value.starts_with('`') || is_yaml(value)
}

/// Whether a text may stand behind a key.
pub(crate) fn is_yaml(value: &str) -> bool {
    YamlFile::parse(&format!("k: {value}\n")).positioned_errors().is_empty()
}

fn mapping_entries(mapping: &Mapping, content: &str, base: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for entry in mapping.entries().take(MAX_ITEMS) {
        let Some(YamlNode::Scalar(key)) = entry.key_node() else { continue };
        let key_range = key.byte_range();
        let key_span = base + key_range.start as usize..base + key_range.end as usize;
        let colon = content[key_range.end as usize..]
            .find(':')
            .map_or(key_range.end as usize, |at| key_range.end as usize + at + 1);
        let mut value = base + colon..base + colon;
        let mut items = Vec::new();
        let mut is_list = false;
        if let Some(node) = entry.value_node() {
            let span = trimmed(content, node_span(&node));
            if span.start >= colon && !span.is_empty() {
                value = base + span.start..base + span.end;
            }
            is_list = matches!(node, YamlNode::Sequence(_));
            items_of(&node, content, base, &mut items);
        }
        entries.push(Entry { key: key.as_string(), key_span, value, items, is_list });
    }
    entries
}

fn node_span(node: &YamlNode) -> Range<usize> {
    let range = node.byte_range();
    range.start as usize..range.end as usize
}

fn trimmed(content: &str, span: Range<usize>) -> Range<usize> {
    let span = span.start.min(content.len())..span.end.min(content.len());
    let text = &content[span.clone()];
    let end = span.start + text.trim_end().len();
    let start = end - text.trim().len();
    start..end
}

fn items_of(node: &YamlNode, content: &str, base: usize, out: &mut Vec<Item>) {
    match node {
        YamlNode::Sequence(sequence) => {
            for value in sequence.values().take(MAX_ITEMS) {
                item_of(&value, content, base, out);
            }
        }
        other => item_of(other, content, base, out),
    }
}

fn item_of(node: &YamlNode, content: &str, base: usize, out: &mut Vec<Item>) {
    let span = trimmed(content, node_span(node));
    let place = base + span.start..base + span.end;
    match node {
        YamlNode::Scalar(scalar) if !scalar.is_null() || scalar.is_quoted() => {
            let text = scalar.as_string().trim().to_owned();
            if !text.is_empty() {
                out.push(Item { text, span: place, relation: None });
            }
        }
        YamlNode::Mapping(mapping) => {
            let word =
                |key: &str| mapping.get(key).and_then(|value| value.as_scalar().map(yaml_edit::Scalar::as_string));
            let target = TARGET_KEYS.iter().copied().find_map(word);
            let text = target.unwrap_or_else(|| content[span.clone()].to_owned());
            out.push(Item { text, span: place, relation: RELATION_KEYS.iter().copied().find_map(word) });
        }
        YamlNode::Sequence(_) => out.push(Item { text: content[span].to_owned(), span: place, relation: None }),
        YamlNode::TaggedNode(tagged) => {
            if let Some(text) = tagged.as_string() {
                out.push(Item { text, span: place, relation: None });
            }
        }
        YamlNode::Scalar(_) | YamlNode::Alias(_) => {}
    }
}

/// Reads what lines alone tell, where the block is no valid YAML: `key: value` and `- item` below it.
fn lenient(content: &str, base: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    while at < content.len() && entries.len() < MAX_ITEMS {
        let line = line_at(content, at);
        let written = &content[line.clone()];
        if let Some(key) = plain_key(written) {
            let colon = at + written.find(':').unwrap_or(0) + 1;
            let value = trimmed(content, colon..without_comment(content, colon..line.end));
            let value = if value.is_empty() { colon..colon } else { value };
            let mut entry = Entry {
                key: key.trim().to_owned(),
                key_span: base + at..base + colon - 1,
                value: base + value.start..base + value.end,
                items: Vec::new(),
                is_list: false,
            };
            lenient_items(content, value, base, &mut entry);
            entries.push(entry);
        } else if let (Some(item), Some(entry)) = (written.trim_start().strip_prefix("- "), entries.last_mut()) {
            let span = trimmed(
                content,
                line.end
                    - (written.len()
                        - (written.len() - written.trim_start().len())
                        - (written.trim_start().len() - item.len()))..line.end,
            );
            entry.items.push(Item {
                text: unquote(&content[span.clone()]),
                span: base + span.start..base + span.end,
                relation: None,
            });
            entry.is_list = true;
            entry.value.end = base + span.end;
        }
        at = line.end;
    }
    entries
}

fn lenient_items(content: &str, value: Range<usize>, base: usize, entry: &mut Entry) {
    let text = &content[value.clone()];
    if text.starts_with('[') && text.ends_with(']') && text.len() >= 2 && !text.contains("](") {
        entry.is_list = true;
        let mut at = value.start + 1;
        for part in text[1..text.len() - 1].split(',') {
            let span = trimmed(content, at..at + part.len());
            if !span.is_empty() {
                entry.items.push(Item {
                    text: unquote(&content[span.clone()]),
                    span: base + span.start..base + span.end,
                    relation: None,
                });
            }
            at += part.len() + 1;
        }
    } else if !text.is_empty() {
        entry.items.push(Item { text: unquote(text), span: base + value.start..base + value.end, relation: None });
    }
}

fn unquote(text: &str) -> String {
    let text = text.trim();
    let inner = |quote: char| text.len() >= 2 && text.starts_with(quote) && text.ends_with(quote);
    if inner('"') || inner('\'') { text[1..text.len() - 1].to_owned() } else { text.to_owned() }
}

fn without_comment(content: &str, span: Range<usize>) -> usize {
    let text = &content[span.clone()];
    if text.trim_start().starts_with(['"', '\'']) {
        span.end
    } else {
        text.find(" #").map_or(span.end, |at| span.start + at)
    }
}

fn toml_entries(content: &str, base: usize) -> (Vec<Entry>, Option<Fault>) {
    let table = match toml::de::DeTable::parse(content) {
        Ok(table) => table,
        Err(error) => {
            let at = base + error.span().map_or(0, |span| span.start);
            return (Vec::new(), Some(Fault { at, message: error.message().to_owned(), too_large: false }));
        }
    };
    let mut entries: Vec<Entry> = table
        .get_ref()
        .iter()
        .map(|(key, value)| {
            let mut items = Vec::new();
            toml_items(value.get_ref(), value.span(), content, base, &mut items);
            let key_span = key.span();
            Entry {
                key: key.get_ref().to_string(),
                key_span: base + key_span.start..base + key_span.end,
                value: base + value.span().start..base + value.span().end,
                items,
                is_list: matches!(value.get_ref(), toml::de::DeValue::Array(_)),
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    (entries, None)
}

fn toml_items(value: &toml::de::DeValue<'_>, span: Range<usize>, content: &str, base: usize, out: &mut Vec<Item>) {
    let place = base + span.start..base + span.end;
    match value {
        toml::de::DeValue::String(text) => out.push(Item { text: text.to_string(), span: place, relation: None }),
        toml::de::DeValue::Array(values) => {
            for value in values.iter().take(MAX_ITEMS) {
                if !matches!(value.get_ref(), toml::de::DeValue::Array(_)) {
                    toml_items(value.get_ref(), value.span(), content, base, out);
                }
            }
        }
        toml::de::DeValue::Table(table) => {
            let word = |key: &&str| match table.get(*key).map(toml::Spanned::get_ref) {
                Some(toml::de::DeValue::String(text)) => Some(text.to_string()),
                Some(toml::de::DeValue::Integer(number)) => Some(number.as_str().to_owned()),
                _ => None,
            };
            if let Some(text) = TARGET_KEYS.iter().find_map(word) {
                out.push(Item { text, span: place, relation: RELATION_KEYS.iter().find_map(word) });
            }
        }
        _ => out.push(Item { text: content.get(span).unwrap_or_default().to_owned(), span: place, relation: None }),
    }
}
