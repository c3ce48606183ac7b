//! JSON, with the comments and trailing commas that settings files have, to a tree with places.

use crate::lines::Lines;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use precedent_core::tree::{Entry, Fault, Node, Place, Value, key_twice};

/// What VS Code, TypeScript and their like accept in settings.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a text.
///
/// # Errors
/// A [`Fault`] at the place where it stops to be JSON, or nests too deep.
pub(crate) fn read(text: &str) -> Result<Node, Fault> {
    let lines = Reader(Lines::of(text));
    let parsed = parse_to_ast(text, &CollectOptions::default(), &OPTIONS)
        .map_err(|error| Fault { place: lines.place(error.range().start), message: error.kind().to_string() })?;
    let Some(value) = parsed.value else {
        return Ok(Node { place: Place { line: 1, column: 1 }, value: Value::Null });
    };
    lines.node(&value)
}

struct Reader<'t>(Lines<'t>);

impl Reader<'_> {
    fn place(&self, at: usize) -> Place {
        let (line, column) = self.0.place(at);
        Place { line, column }
    }

    fn node(&self, value: &ast::Value<'_>) -> Result<Node, Fault> {
        let place = self.place(value.start());
        let value = match value {
            ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
            ast::Value::NumberLit(number) => match number.value.parse::<serde_json::Number>() {
                Ok(parsed) => Value::Number(parsed, number.value.to_string()),
                Err(_) => Value::Text(number.value.to_string()),
            },
            ast::Value::BooleanLit(truth) => Value::Bool(truth.value),
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::Array(array) => {
                Value::List(array.elements.iter().map(|item| self.node(item)).collect::<Result<_, _>>()?)
            }
            ast::Value::Object(object) => {
                let entries = object.properties.iter().map(|property| {
                    let key = property.name.as_str().to_owned();
                    let value = self.node(&property.value)?;
                    Ok(Entry { key, place: self.place(property.start()), value })
                });
                let entries: Vec<Entry> = entries.collect::<Result<_, Fault>>()?;
                key_twice(&entries).map_or(Ok(Value::Map(entries)), Err)?
            }
        };
        Ok(Node { place, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_places() {
        let tree = read("{\n  // é\n  \"a\": [1, 2.5,],\n  \"b\": {\"c\": null}\n}\n").expect("JSON");
        assert_eq!(tree.to_json().to_string(), r#"{"a":[1,2.5],"b":{"c":null}}"#);
        let c = tree.find("b").and_then(|b| b.find("c")).map(|c| c.place);
        assert_eq!(c, Some(Place { line: 4, column: 14 }));
    }

    #[test]
    fn what_is_no_json_says_where() {
        assert_eq!(read("{\n  \"a\" 1\n}").expect_err("no colon").place.line, 2);
        assert!(read(&"[".repeat(1_000_000)).expect_err("deep").message.contains("depth"));
        assert!(read(&"{\"a\":".repeat(100_000)).is_err());
        assert!(read("{\"a\": 1, \"a\": 2}").expect_err("twice").message.contains("said twice"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "([a-z{}\\[\\]:,\"'/*0-9.e-]|\n|\\\\|é){0,40}") {
            let _tree = read(&text);
        }
    }
}
