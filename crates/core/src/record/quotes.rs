//! Values of a YAML block that YAML refuses as they are written, and how they are written right.
//!
//! Texts only: what becomes of a mended value (a Problem with a fix) is [`super::signs`]' business.

use super::front_matter::{Entry, FrontMatter, Syntax, is_yaml, line_at};
use super::language::{Key, key};
use std::ops::Range;

/// One value written right.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mend {
    pub(super) range: Range<usize>,
    pub(super) text: String,
    pub(super) title: &'static str,
    /// What is wrong with the value as it is.
    pub(super) message: String,
}

/// Values like `title: Vault: keys`, which YAML forbids. They are read here as meant; stricter readers refuse the whole block.
pub(super) fn missing<'a>(text: &'a str, front: &'a FrontMatter) -> impl Iterator<Item = Mend> + 'a {
    let is_read = front.syntax == Syntax::Yaml && front.fault.is_none();
    let entries: &[Entry] = if is_read { &front.entries } else { &[] };
    entries.iter().filter_map(|entry| {
        let range = alone_on_its_line(text, entry)?;
        let value = &text[range.clone()];
        let message = fault_of(value)?;
        Some(Mend { text: quoted(value), title: "Add quotes", message, range })
    })
}

/// The value at which a block stops to be readable, written right; `None` where that is not in one value's power.
pub(super) fn of_fault(text: &str, front: &FrontMatter) -> Option<Mend> {
    let fault = front.fault.as_ref().filter(|fault| front.syntax == Syntax::Yaml && !fault.too_large)?;
    let entry = front.entries.iter().find(|entry| entry.value.start == fault.at && !entry.is_list)?;
    let range = alone_on_its_line(text, entry)?;
    let value = &text[range.clone()];
    let first = value.chars().next()?;
    let (title, written) = match first {
        '"' | '\'' if !value[1..].contains(first) => ("Close the quotes", format!("{value}{first}")),
        '[' if takes_a_list(&entry.key) => ("Close the list", format!("{value}]")),
        _ => ("Add quotes", quoted(value)),
    };
    is_yaml(&written).then_some(Mend { range, text: written, title, message: String::new() })
}

/// What stands behind a key, to the end of its line; `None` when the value goes on below.
fn alone_on_its_line(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let is_below = text.get(entry.key_span.end..entry.value.end)?.contains('\n');
    if entry.value.is_empty() || is_below {
        return None;
    }
    let line = line_at(text, entry.value.start);
    let below = text[line.end..].lines().next().unwrap_or_default();
    if below.starts_with([' ', '\t']) && !below.trim().is_empty() {
        return None;
    }
    let rest = &text[entry.value.start..line.end];
    let end = if rest.starts_with(['"', '\'']) { rest.len() } else { rest.find(" #").unwrap_or(rest.len()) };
    let value = rest[..end].trim_end();
    (!value.is_empty()).then(|| entry.value.start..entry.value.start + value.len())
}

/// Why a value on one line is none of YAML's; `None` for one that every reader takes.
fn fault_of(value: &str) -> Option<String> {
    let first = value.chars().next()?;
    let behind = match first {
        '"' | '\'' => behind_quotes(value, first)?,
        '[' => behind_brackets(value, '[', ']')?,
        '{' => behind_brackets(value, '{', '}')?,
        '*' | '%' | ']' | '}' | ',' => return Some(format!("a value that begins with `{first}` needs quotes")),
        // Anchors, tags, texts of several lines; and a name with `@`, clear to any reader and common in real records.
        '&' | '!' | '|' | '>' | '#' => return None,
        _ => return value.contains(": ").then(|| "a colon in a value needs quotes".to_owned()),
    };
    let behind = behind.trim();
    // `[ADR 7](0007-x.md)` is a link, as records of all kinds have it.
    let more = !behind.is_empty() && !behind.starts_with(['#', '(']);
    more.then(|| format!("a value that begins with `{first}` and goes on behind it needs quotes"))
}

/// What follows the closing quote of a value; `None` when it is never closed.
fn behind_quotes(value: &str, quote: char) -> Option<&str> {
    let mut chars = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote) {
                chars.next();
            } else {
                return Some(&value[at + 1..]);
            }
        }
    }
    None
}

/// What follows the bracket that closes the first; `None` when it is never closed.
fn behind_brackets(value: &str, open: char, close: char) -> Option<&str> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in value.char_indices() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == open => depth += 1,
            None if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(&value[at + 1..]);
                }
            }
            None => {}
        }
    }
    None
}

fn takes_a_list(name: &str) -> bool {
    let lists = |key: Key| {
        matches!(
            key,
            Key::DecisionMakers
                | Key::Consulted
                | Key::Informed
                | Key::Tags
                | Key::AppliesTo
                | Key::Link(_)
                | Key::Relation(_)
        )
    };
    key(name).is_some_and(lists)
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
