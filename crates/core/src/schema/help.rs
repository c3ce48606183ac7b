//! Help while front matter is written, from the contract's schema: what may stand at a place, and what a key means.
//!
//! Knows the schema and the text before it; which records there are to refer to is the work of the caller, told by `format`.

use super::{record_schema, text as schema_text};
use crate::record::front_block;
use crate::wire::{CompletionItem, FieldHelp};
use serde_json::Value;

/// Help for byte `offset` of a record's text: empty outside the front matter.
pub fn at(text: &str, offset: usize) -> FieldHelp {
    let Some(block) = front_block(text).filter(|block| block.start <= offset && offset <= block.end) else {
        return FieldHelp::default();
    };
    let Some(offset) = text.is_char_boundary(offset).then_some(offset) else { return FieldHelp::default() };
    let schema = record_schema();
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    let line = &text[start..end];
    let at_margin = !line.starts_with([' ', '\t', '-', '#']);
    match line.find(':').filter(|_| at_margin) {
        Some(colon) if offset > start + colon => values(schema, line[..colon].trim(), text, start + colon + 1, offset),
        colon if at_margin => keys(schema, &text[block], start, start + colon.unwrap_or(line.len()), line, offset),
        _ => match key_above(&text[block.start..start]) {
            Some(key) => values(schema, key, text, start, offset),
            None => FieldHelp::default(),
        },
    }
}

/// Keys that begin as the line does and are not there yet; what the whole key means, when it is one.
fn keys(schema: &Value, block: &str, start: usize, end: usize, line: &str, offset: usize) -> FieldHelp {
    let written = line[..end - start].trim();
    let typed = line[..offset.min(end) - start].trim();
    let is_there = |key: &str| block.lines().any(|line| line.split(':').next() == Some(key) && line.contains(':'));
    let has_colon = line[end - start..].starts_with(':');
    let properties = schema["properties"].as_object();
    let fitting = properties.into_iter().flatten().filter(|(key, _)| key.starts_with(typed) && !is_there(key));
    let completions = fitting.map(|(key, field)| CompletionItem {
        label: key.clone(),
        insert: if has_colon { key.clone() } else { format!("{key}: ") },
        detail: schema_text(field, "description").to_owned(),
    });
    FieldHelp {
        start: number(start),
        end: number(end),
        completions: completions.collect(),
        hover: hover(schema, written),
        format: None,
    }
}

/// Words that a field takes; of a list, for the item at the place.
fn values(schema: &Value, key: &str, text: &str, from: usize, offset: usize) -> FieldHelp {
    let field = &schema["properties"][key];
    let opens = |c: char| matches!(c, '[' | ',' | '{' | ' ' | '"' | '\'');
    let written = &text[from..offset];
    let start = from + written.rfind(opens).map_or(0, |at| at + 1);
    let typed = &text[start..offset];
    let end = offset
        + text[offset..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
            .unwrap_or(text.len() - offset);
    let mut words: Vec<String> = Vec::new();
    let mut push = |list: &Value| {
        words.extend(list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    };
    push(&field["enum"]);
    push(&field["items"]["enum"]);
    for option in field["anyOf"].as_array().into_iter().flatten() {
        push(&option["enum"]);
    }
    let fitting = words.into_iter().filter(|word| word.starts_with(typed));
    let completions = fitting.map(|word| CompletionItem { label: word.clone(), insert: word, detail: String::new() });
    FieldHelp {
        start: number(start),
        end: number(end),
        completions: completions.collect(),
        hover: hover(schema, key),
        format: field["format"].as_str().map(str::to_owned),
    }
}

/// What a key means, how its value is written, and an example: Markdown.
fn hover(schema: &Value, key: &str) -> Option<String> {
    let field = schema["properties"].get(key)?;
    let examples = super::examples(field);
    let kinds = super::kinds(field);
    Some(format!("{}\n\n{kinds}, {} · {examples}", schema_text(field, "description"), schema_text(field, "format")))
}

/// The last key at the left margin.
fn key_above(text: &str) -> Option<&str> {
    let is_key = |line: &&str| !line.starts_with([' ', '\t', '-', '#']) && line.contains(':');
    text.lines().rfind(is_key).and_then(|line| line.split(':').next()).map(str::trim)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Help at the bar, as `start..end: labels`.
    fn check(text: &str, expected: &str) -> FieldHelp {
        let offset = text.find('¦').expect("a bar");
        let help = at(&text.replace('¦', ""), offset);
        let labels: Vec<&str> = help.completions.iter().map(|item| &*item.label).collect();
        assert_eq!(format!("{}..{}: {}", help.start, help.end, labels.join(" ")), expected, "{text}");
        help
    }

    #[test]
    fn keys_that_are_not_there_yet() {
        let help = check(
            "---\nstatus: accepted\nre¦\n---\n# T\n",
            "21..23: reason-superseded reason-supersedes relates-to review-by",
        );
        assert_eq!(help.completions[3].insert, "review-by: ");
        check("---\nstatus: accepted\nstat¦\n---\n# T\n", "21..25: ");
        check("# T¦\n", "0..0: ");
    }

    #[test]
    fn words_of_a_field_and_what_it_means() {
        let help = check("---\nstatus: ac¦\n---\n# T\n", "12..14: accepted");
        assert!(help.hover.as_deref().is_some_and(|hover| hover.starts_with("Where the decision stands.")));
        check("---\nstatus: ¦\n---\n", "12..12: draft proposed accepted rejected deprecated superseded");
        let help = check("---\nsupersedes: [ADR-0¦]\n---\n# T\n", "17..22: ");
        assert_eq!(help.format.as_deref(), Some("references"));
        let help = check("---\r\ntags:\r\n  - bil¦\r\n---\r\n", "16..19: ");
        assert_eq!(help.format.as_deref(), Some("tags"));
    }

    #[test]
    fn no_place_panics() {
        let text = "---\r\nstatus: é\r\n  - x: [\"a\r\n:\r\n---\r\n# T\r\n";
        for offset in 0..text.len() + 2 {
            drop(at(text, offset));
        }
    }
}
