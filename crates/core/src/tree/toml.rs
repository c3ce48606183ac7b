//! TOML to a tree. Days and times are texts, as written.

use super::{Entry, Fault, MAX_DEPTH, Node, Place, Value};
use crate::problem::line_column;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a text.
///
/// # Errors
/// A [`Fault`] at the place where it stops to be TOML.
pub fn read(text: &str) -> Result<Node, Fault> {
    read_from(text, 1)
}

/// As [`read`] for a text that begins at a line of a larger one.
///
/// # Errors
/// As [`read`].
pub fn read_from(text: &str, first_line: u32) -> Result<Node, Fault> {
    let lines = Lines { starts: starts(text), text, first_line };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::new(lines.place(at), error.message().lines().next().unwrap_or_default())
    })?;
    Ok(Node { place: Place { line: first_line, column: 1 }, value: lines.map(table.get_ref(), 0)? })
}

/// Places of bytes, without counting lines from the top for each.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    first_line: u32,
}

fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

impl Lines<'_> {
    fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts[line - 1];
        let (_, column) = line_column(self.text.get(start..).unwrap_or_default(), at - start);
        Place { line: u32::try_from(line - 1).unwrap_or(u32::MAX).saturating_add(self.first_line), column }
    }

    fn map(&self, table: &DeTable<'_>, depth: usize) -> Result<Value, Fault> {
        let mut entries: Vec<(Range<usize>, Entry)> = Vec::new();
        for (key, value) in table {
            let place = self.place(key.span().start);
            let entry = Entry { key: key.get_ref().to_string(), place, value: self.node(value, depth + 1)? };
            entries.push((key.span(), entry));
        }
        entries.sort_by_key(|(span, _)| span.start);
        Ok(Value::Map(entries.into_iter().map(|(_, entry)| entry).collect()))
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Fault> {
        let place = self.place(value.span().start);
        if depth > MAX_DEPTH {
            return Err(Fault::new(place, format!("this is nested deeper than {MAX_DEPTH} levels")));
        }
        let written = || self.text.get(value.span()).unwrap_or_default().to_owned();
        let number = |number: Option<serde_json::Number>| match number {
            Some(number) => Value::Number(number, written()),
            None => Value::Text(written()),
        };
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(digits) => {
                number(i64::from_str_radix(&digits.as_str().replace('_', ""), digits.radix()).ok().map(Into::into))
            }
            DeValue::Float(digits) => {
                number(digits.as_str().replace('_', "").parse().ok().and_then(serde_json::Number::from_f64))
            }
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(day) => Value::Text(day.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => self.map(table, depth)?,
        };
        Ok(Node { place, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_places() {
        let node = read_from("a = 0x1F\n[[rules]]\nid = \"é\"\nn = [1.5, true]\nday = 2026-03-02\n", 3).expect("TOML");
        assert_eq!(node.to_json().to_string(), r#"{"a":31,"rules":[{"day":"2026-03-02","id":"é","n":[1.5,true]}]}"#);
        let rules = node.find("rules").map(|rules| match &rules.value {
            Value::List(items) => items[0].find("n").map(|found| found.place),
            _ => None,
        });
        assert_eq!(rules, Some(Some(Place { line: 6, column: 5 })));
    }

    #[test]
    fn faults_have_a_place() {
        let fault = read("a = 1\nb = \n").expect_err("no value");
        assert_eq!(fault.place.line, 2);
        assert!(read("a = 1\na = 2\n").is_err());
        assert!(read(&format!("a = {}", "[".repeat(5_000))).is_err());
    }
}
