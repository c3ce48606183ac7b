//! Texts of a list in `precedent.toml`: one comes or goes, the others stay as they are written, each with its comment.

use super::{ConfigEditError, end_of_top, inserted, line_break, line_end, line_start, lines_of, quoted, replaced, top};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// An item as it stands in the text.
struct Item {
    place: Range<usize>,
    value: String,
}

/// Gives a list of the top level these texts; without any, its key goes.
pub(super) fn set(text: &str, key: &str, wanted: &[String]) -> Result<String, ConfigEditError> {
    let whole = || format!("[{}]", wanted.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "));
    let Some((_, entry, _)) = top(text)?.into_iter().find(|(name, ..)| name == key) else {
        let at = end_of_top(text)?;
        return Ok(match wanted.is_empty() {
            true => text.to_owned(),
            false => inserted(text, at, &format!("{key} = {}", whole())),
        });
    };
    if wanted.is_empty() {
        return Ok(replaced(text, lines_of(text, &entry), ""));
    }
    let items = items(text, key)?;
    let stay: Vec<&str> = items.iter().map(|item| item.value.as_str()).filter(|value| is_in(wanted, value)).collect();
    let added: Vec<&String> = wanted.iter().filter(|value| !items.iter().any(|item| item.value == **value)).collect();
    let in_order = stay.iter().copied().chain(added.iter().map(|value| value.as_str())).eq(wanted.iter());
    if stay.is_empty() || !in_order {
        return Ok(replaced(text, entry.value, &whole()));
    }
    let mut text = text.to_owned();
    for item in items.iter().rev().filter(|item| !is_in(wanted, &item.value)) {
        text = without(&text, &item.place);
    }
    for value in added {
        let Some(last) = self::items(&text, key)?.pop() else { break };
        text = after(&text, &last.place, &quoted(value));
    }
    Ok(text)
}

fn is_in(wanted: &[String], value: &str) -> bool {
    wanted.iter().any(|one| one == value)
}

fn items(text: &str, key: &str) -> Result<Vec<Item>, ConfigEditError> {
    let shape = || ConfigEditError::Shape(key.to_owned());
    let from = text.len() - text.trim_start_matches('\u{feff}').len();
    let table = DeTable::parse(&text[from..]).map_err(|_| shape())?;
    let Some(DeValue::Array(list)) = table.get_ref().get(key).map(toml::Spanned::get_ref) else { return Err(shape()) };
    let item = |value: &toml::Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::String(said) => {
            let place = value.span().start + from..value.span().end + from;
            Ok(Item { place, value: said.trim().to_owned() })
        }
        _ => Err(shape()),
    };
    list.iter().map(item).collect()
}

/// Takes an item out, with its line where it stands alone on one.
fn without(text: &str, place: &Range<usize>) -> String {
    let blank = |at: usize| at + text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
    let comma = blank(place.end);
    let end = if text[comma..].starts_with(',') { comma + 1 } else { place.end };
    let line = line_start(text, place.start)..line_end(text, end);
    let rest = text[end..line.end].trim();
    if text[line.start..place.start].trim().is_empty() && (rest.is_empty() || rest.starts_with('#')) {
        return replaced(text, line, "");
    }
    if end > place.end {
        return replaced(text, place.start..blank(end), "");
    }
    // The last one: the comma before it goes.
    let before = text[..place.start].trim_end();
    let start = if before.ends_with(',') { before.len() - 1 } else { place.start };
    replaced(text, start..place.end, "")
}

/// Puts an item after another, on a line of its own where that one has one.
fn after(text: &str, place: &Range<usize>, written: &str) -> String {
    let comma = text[place.end..].trim_start_matches([' ', '\t']).starts_with(',');
    let indent = &text[line_start(text, place.start)..place.start];
    if !indent.trim().is_empty() {
        return replaced(text, place.end..place.end, &format!(", {written}"));
    }
    let end = line_end(text, place.end);
    let line = format!("{indent}{written}{}{}", if comma { "," } else { "" }, line_break(text));
    let text = replaced(text, end..end, &line);
    if comma { text } else { replaced(&text, place.end..place.end, ",") }
}
