//! Values as a settings block writes them: quoted where they must be, in the style that stands there already.

use super::super::Reading;
use super::super::front_matter::{Entry, FrontMatter, Syntax, line_at};
use super::super::language::{self, Key};
use super::splice::Splice;
use std::ops::Range;
use yaml_edit::YamlFile;

/// A scalar, quoted when YAML would read it as something else than this text.
pub(crate) fn scalar(value: &str, syntax: Syntax, in_list: bool) -> String {
    if syntax == Syntax::Toml {
        return toml::Value::String(value.to_owned()).to_string();
    }
    if is_plain(value, in_list) { value.to_owned() } else { quoted(value) }
}

fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' || c == '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(value: &str, in_list: bool) -> bool {
    let Some(first) = value.chars().next() else { return false };
    let last = value.chars().next_back();
    let bad_first = first.is_whitespace() || "!&*-?|>@`\"'%#,[]{}:=<".contains(first);
    let bad =
        value.contains(": ") || value.contains(" #") || value.ends_with(':') || last.is_some_and(char::is_whitespace);
    let bad_in_list = in_list && value.contains([',', '[', ']', '{', '}']);
    let special = matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "~" | "y" | "n"
    );
    let number = first.is_ascii_digit() && value.parse::<f64>().is_ok();
    let control =
        value.chars().any(|c| c.is_control() || c == '\u{feff}' || c == '\u{2028}' || c == '\u{2029}' || c == '\u{85}');
    if bad_first || bad || bad_in_list || special || number || control {
        return false;
    }
    YamlFile::parse(&format!("k: {value}\n")).positioned_errors().is_empty()
}

/// A list on one line, `[a, "b, c"]`.
pub(crate) fn flow(values: &[String], syntax: Syntax) -> String {
    let items: Vec<String> = values.iter().map(|value| scalar(value, syntax, true)).collect();
    format!("[{}]", items.join(", "))
}

/// Replaces the value of an entry by one scalar, keeping its quotes.
pub(crate) fn set_scalar(reading: &Reading<'_>, front: &FrontMatter, entry: &Entry, value: &str) -> Splice {
    let old = &reading.text[entry.value.clone()];
    let quote = old
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'') && old.len() > 1 && old.ends_with(*c) && front.syntax == Syntax::Yaml);
    let new = match quote {
        Some('\'') if !value.contains(['\'', '\n']) => format!("'{value}'"),
        // Quotes that only the old value needed go with it.
        Some('"') if !is_plain(value, false) || is_plain(old.trim_matches('"'), false) => quoted(value),
        // A day of TOML has no quotes.
        _ if front.syntax == Syntax::Toml && is_day(old) && is_day(value) => value.to_owned(),
        _ => scalar(value, front.syntax, false),
    };
    put(reading, entry, &new)
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<crate::Date>().is_ok()
}

/// Puts a written value in place of an entry's value. A list below its key gives way whole.
pub(crate) fn put(reading: &Reading<'_>, entry: &Entry, new: &str) -> Splice {
    let text = reading.text;
    if entry.value.is_empty() {
        let at = entry.value.start;
        let pad = if text[..at].ends_with([':', '=']) { " " } else { "" };
        let last = reading.front.as_ref().is_some_and(|front| is_last(reading, front, entry));
        let may_go = !matches!(language::key(&entry.key), Some(Key::Status | Key::Title));
        let mark = if last && may_go && text[..at].trim_end().ends_with(':') { " " } else { "" };
        return Splice::insert(at, format!("{pad}{mark}{new}"));
    }
    let gap = text[..entry.value.start].rfind([':', '=']).map_or(entry.value.start, |at| at + 1);
    let on_next_line = entry.key_span.end <= gap && text[gap..entry.value.start].contains('\n');
    if on_next_line && !text[gap..entry.value.start].contains('#') {
        return Splice::new(gap..entry.value.end, format!(" {new}"));
    }
    Splice::new(entry.value.clone(), new)
}

/// Replaces the items of an entry, in the style it has: a list below the key, a list in brackets, or one text with commas.
pub(crate) fn set_list(reading: &Reading<'_>, front: &FrontMatter, entry: &Entry, values: &[String]) -> Splice {
    let text = reading.text;
    let old = &text[entry.value.clone()];
    if entry.is_list && old.trim_start().starts_with('-') && front.syntax == Syntax::Yaml {
        let line_start = text[..entry.value.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[line_start..entry.value.start];
        let newline = super::newline(text);
        let items: Vec<String> =
            values.iter().map(|value| format!("- {}", scalar(value, front.syntax, false))).collect();
        return Splice::new(entry.value.clone(), items.join(&format!("{newline}{indent}")));
    }
    let joined = !entry.is_list && values.iter().all(|value| !value.contains(','));
    if joined && front.syntax == Syntax::Yaml {
        return set_scalar(reading, front, entry, &values.join(", "));
    }
    let written = flow(values, front.syntax);
    let spaced = is_last(reading, front, entry) && old.starts_with('[') && old[1..].trim_start().starts_with(']');
    put(reading, entry, &if spaced { spacious(&written) } else { written })
}

/// `[ a ]` for what was `[]` in the last line of the block, so that taking it out again leaves `[]` and not nothing.
pub(crate) fn spacious(flow: &str) -> String {
    format!("[ {} ]", flow.trim_start_matches('[').trim_end_matches(']'))
}

fn is_last(reading: &Reading<'_>, front: &FrontMatter, entry: &Entry) -> bool {
    reading.text[lines_of(reading.text, entry).end.min(front.inner.end)..front.inner.end].trim().is_empty()
}

/// Takes an entry's value out. A key that we may have added at the end of the block goes with it; one that stands where
/// its author put it stays, empty, so that a new value finds its place again. Two spaces before a value are none of ours:
/// [`put`] writes them where the key was there first.
pub(crate) fn clear(reading: &Reading<'_>, front: &FrontMatter, entry: &Entry) -> Splice {
    let old = reading.text[entry.value.clone()].trim_end();
    let block = old.starts_with('-');
    let list = entry.is_list && !block;
    let spaced = old.starts_with("[ ");
    let one_in_a_row =
        !entry.is_list && matches!(language::key(&entry.key), Some(Key::Link(_))) && front.syntax == Syntax::Yaml;
    let last = if front.syntax == Syntax::Toml { true } else { is_last(reading, front, entry) };
    let colon = reading.text[..entry.value.start].trim_end().len();
    let authored = reading.text[colon..entry.value.start].len() > 1 && reading.text[..colon].ends_with(':');
    if last && authored && !block && !old.is_empty() {
        return Splice::new(colon..entry.value.end, "");
    }
    if list && (spaced || !last) {
        return Splice::new(entry.value.clone(), "[]");
    }
    if old.is_empty() || block || last && !one_in_a_row || front.syntax == Syntax::Toml {
        return remove(reading, front, entry);
    }
    Splice::new(colon..entry.value.end, "")
}

/// The whole lines of an entry, from its key to the end of its value's last line.
pub(crate) fn lines_of(text: &str, entry: &Entry) -> Range<usize> {
    let start = text[..entry.key_span.start].rfind('\n').map_or(0, |at| at + 1);
    let last = entry.value.end.max(entry.key_span.end);
    start..line_at(text, last.min(text.len())).end
}

/// Adds `key: value` at the end of the block, or makes a block when the record has none.
pub(crate) fn add(reading: &Reading<'_>, key: &str, value: &str) -> Splice {
    let newline = super::newline(reading.text);
    match &reading.front {
        Some(front) => {
            let assign = if front.syntax == Syntax::Toml { " = " } else { ": " };
            let at = insertion(reading.text, front);
            let before = if at > front.inner.start && !reading.text[..at].ends_with('\n') { newline } else { "" };
            Splice::insert(at, format!("{before}{key}{assign}{value}{newline}"))
        }
        None => Splice::insert(0, format!("---{newline}{key}: {value}{newline}---{newline}{newline}")),
    }
}

/// TOML keys go before the first table; YAML keys at the end.
fn insertion(text: &str, front: &FrontMatter) -> usize {
    if front.syntax == Syntax::Yaml {
        return front.inner.end;
    }
    let inner = &text[front.inner.clone()];
    let mut at = 0;
    let mut behind_last = 0;
    for line in inner.split_inclusive('\n') {
        if line.trim_start().starts_with('[') && !line.contains('=') {
            return front.inner.start + if behind_last == 0 { at } else { behind_last };
        }
        at += line.len();
        if !line.trim().is_empty() {
            behind_last = at;
        }
    }
    front.inner.end
}

/// Removes an entry's lines; a block that holds nothing any more goes with it.
pub(crate) fn remove(reading: &Reading<'_>, front: &FrontMatter, entry: &Entry) -> Splice {
    let lines = lines_of(reading.text, entry);
    let rest = format!(
        "{}{}",
        &reading.text[front.inner.start..lines.start.max(front.inner.start)],
        &reading.text[lines.end.min(front.inner.end)..front.inner.end]
    );
    if rest.trim().is_empty() && reading.text[..front.inner.start].trim_end().ends_with(['-', '+']) {
        let after = &reading.text[front.end..];
        let blank = after.len() - after.trim_start_matches(['\r', '\n']).len();
        let one = line_at(reading.text, front.end).len().min(blank);
        return Splice::new(0..front.end + one, "");
    }
    Splice::new(lines, "")
}
