//! The contract as data: JSON Schema in, Markdown for people out.
//!
//! The schema files under `decisions-template/schema/` are the source (CONTRACT); `docs/contract.md` is written from
//! them by [`contract`], and a test keeps the two equal. Nothing here validates a record: parsing never fails, and what
//! is wrong with a record is a [`crate::Problem`].

pub mod faults;
pub mod help;

use crate::problem::ProblemCode;
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// The schemas of the contract by name, as their files hold them.
pub const SCHEMAS: [(&str, &str); 6] = [
    ("record-v1", include_str!("../../../decisions-template/schema/record-v1.json")),
    ("precedent-toml", include_str!("../../../decisions-template/schema/precedent-toml.json")),
    ("waiver-v1", include_str!("../../../decisions-template/schema/waiver-v1.json")),
    ("baseline-v1", include_str!("../../../decisions-template/schema/baseline-v1.json")),
    ("verdict-v1", include_str!("../../../decisions-template/schema/verdict-v1.json")),
    ("debt-v1", include_str!("../../../decisions-template/schema/debt-v1.json")),
];

/// The schema with this name, file name or `$id` (`record-v1`, `record-v1.json`, `precedent/record/v1`).
pub fn find(name: &str) -> Option<&'static str> {
    let is_meant = |known: &str, text: &str| {
        known == name.trim_end_matches(".json") || text.contains(&format!("\"$id\": \"{name}\""))
    };
    SCHEMAS.iter().find(|(known, text)| is_meant(known, text)).map(|(_, text)| *text)
}

fn record_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMAS[0].1).unwrap_or_default());
    &SCHEMA
}

/// Why a schema cannot be described.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The text is no JSON.
    #[error("{name} is no JSON: {source}")]
    Json {
        /// Name of the schema file.
        name: String,
        /// What the reader said.
        source: serde_json::Error,
    },
    /// A field lacks what every field of the contract has.
    #[error("{name}: `{field}` has no {part}")]
    Incomplete {
        /// Name of the schema file.
        name: String,
        /// The field, `consent.rule`.
        field: String,
        /// `description`, `format`, `examples` or `group`.
        part: &'static str,
    },
}

/// The whole contract document: every schema `(file name, JSON text)` in the order given, then the problem codes.
///
/// # Errors
/// [`SchemaError`] when a text is no JSON, or a field has no description, format, example or group.
pub fn contract(schemas: &[(&str, &str)]) -> Result<String, SchemaError> {
    let mut out = String::from(INTRODUCTION);
    for (name, text) in schemas {
        let schema: Value =
            serde_json::from_str(text).map_err(|source| SchemaError::Json { name: (*name).to_owned(), source })?;
        Page { name, schema: &schema }.write(&mut out)?;
    }
    problem_codes(&mut out);
    Ok(out)
}

const INTRODUCTION: &str = "\
<!-- Generated from decisions-template/schema/*.json by crates/core/src/schema.rs; do not edit.
     Renew: UPDATE_DOCS=1 cargo test -p precedent --test suite contract -->

# The contract

What others may rely on without asking: the fields of a record and of a waiver, the settings of a repository, the baseline,
what `check` and `debt` print as JSON, the codes of problems.
Names carry the major version only. Minor versions add optional keys; readers keep what they do not know. Formats that
JSON Schema does not define (`reference`, `path-glob`, `person` and so on) say what a value means; they are annotations.
";

/// One schema on its way into the document.
struct Page<'a> {
    name: &'a str,
    schema: &'a Value,
}

impl Page<'_> {
    fn write(&self, out: &mut String) -> Result<(), SchemaError> {
        let title = self.required(self.schema, "(root)", "description").map(|_| text(self.schema, "title"))?;
        let _ = write!(out, "\n## {title}\n\n{}\n", text(self.schema, "description"));
        let _ = write!(out, "\nSchema: `{}` (`decisions-template/schema/{}`).\n", text(self.schema, "$id"), self.name);
        let properties = &self.schema["properties"];
        let mut grouped = 0;
        for group in self.schema["x-groups"].as_array().into_iter().flatten() {
            let _ = write!(out, "\n### {}\n\n{TABLE_HEAD}", text(group, "title"));
            for key in group["keys"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                self.row(out, key, key, &properties[key])?;
                grouped += 1;
            }
        }
        self.all_are_grouped(grouped)?;
        for (name, definition) in sorted(&self.schema["$defs"]) {
            let _ = write!(out, "\n### A {name}\n\n{}\n", text(definition, "description"));
            if definition["properties"].is_object() {
                let _ = write!(out, "\n{TABLE_HEAD}");
                self.nested(out, name, definition)?;
            } else {
                let _ = write!(out, "\nExamples: {}\n", examples(definition));
            }
        }
        Ok(())
    }

    /// One line of a table, and the lines of the fields inside it.
    fn row(&self, out: &mut String, shown: &str, field: &str, schema: &Value) -> Result<(), SchemaError> {
        for part in ["description", "format", "examples"] {
            self.required(schema, field, part)?;
        }
        let mut description = text(schema, "description").to_owned();
        if let Some(default) = schema.get("default") {
            let _ = write!(description, " Default: {}.", code(default));
        }
        let words = words(schema);
        if !words.is_empty() {
            let _ = write!(description, " One of {words}.");
        }
        let _ = writeln!(
            out,
            "| `{shown}` | {} | {} | {} | {} |",
            kinds(schema),
            text(schema, "format"),
            cell(&description),
            cell(&examples(schema)),
        );
        self.nested(out, field, schema)
    }

    fn nested(&self, out: &mut String, field: &str, schema: &Value) -> Result<(), SchemaError> {
        for (key, inner) in sorted(&schema["properties"]) {
            let name = format!("{field}.{key}");
            self.row(out, &name, &name, inner)?;
        }
        Ok(())
    }

    fn required(&self, schema: &Value, field: &str, part: &'static str) -> Result<(), SchemaError> {
        let present = match schema.get(part) {
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(items)) => !items.is_empty(),
            _ => false,
        };
        if present { Ok(()) } else { Err(self.incomplete(field, part)) }
    }

    fn all_are_grouped(&self, grouped: usize) -> Result<(), SchemaError> {
        let groups = self.schema["x-groups"].to_string();
        for (key, _) in sorted(&self.schema["properties"]) {
            if !groups.contains(&format!("\"{key}\"")) {
                return Err(self.incomplete(key, "group"));
            }
        }
        let properties = self.schema["properties"].as_object().map_or(0, serde_json::Map::len);
        if grouped == properties { Ok(()) } else { Err(self.incomplete("x-groups", "group")) }
    }

    fn incomplete(&self, field: &str, part: &'static str) -> SchemaError {
        SchemaError::Incomplete { name: self.name.to_owned(), field: field.to_owned(), part }
    }
}

const TABLE_HEAD: &str = "| key | type | format | meaning | example |\n| --- | --- | --- | --- | --- |\n";

/// Members by name: whether JSON objects keep their order depends on a build feature, so no output may.
fn sorted(object: &Value) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = object.as_object().into_iter().flatten().collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
    schema.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn kinds(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}

/// The closed list of words a field takes, its own or of a map's values.
fn words(schema: &Value) -> String {
    let own = schema["enum"].as_array().or_else(|| schema["additionalProperties"]["enum"].as_array());
    own.into_iter().flatten().map(code).collect::<Vec<_>>().join(", ")
}

fn examples(schema: &Value) -> String {
    schema["examples"].as_array().into_iter().flatten().map(code).collect::<Vec<_>>().join(", ")
}

fn code(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        value => format!("`{}`", compact(value)),
    }
}

/// JSON with its members sorted, on one line.
fn compact(value: &Value) -> String {
    match value {
        Value::Object(_) => {
            let members = sorted(value).into_iter().map(|(key, value)| format!("\"{key}\": {}", compact(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(", ")),
        value => value.to_string(),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn problem_codes(out: &mut String) {
    out.push_str("\n## Problems\n\nFaults of the log itself. Codes are stable and never reused; `lint` fails on errors only.\n\n");
    out.push_str("| code | name | severity | meaning |\n| --- | --- | --- | --- |\n");
    for problem in ProblemCode::ALL {
        let (code, severity) = (problem.code(), problem.severity().word());
        let _ = writeln!(out, "| {code} | `{}` | {severity} | {} |", problem.slug(), cell(problem.meaning()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema: &str, expected: &str) {
        let shown = match contract(&[("x.json", schema)]) {
            Ok(text) => text,
            Err(error) => error.to_string(),
        };
        assert!(shown.contains(expected), "{shown}\ndoes not contain\n{expected}");
    }

    fn schema_of(field: &str) -> String {
        format!(
            r#"{{"$id":"x/v1","title":"X","description":"An x.","x-groups":[{{"title":"All","keys":["a"]}}],"properties":{{"a":{field}}}}}"#
        )
    }

    #[test]
    fn a_field_is_a_row() {
        let field = r#"{"description":"An | a.","type":["string","integer"],"format":"text","enum":["b"],"default":"b","examples":["b"]}"#;
        check(&schema_of(field), "| `a` | string or integer | text | An \\| a. Default: `b`. One of `b`. | `b` |");
    }

    #[test]
    fn fields_of_objects_follow_it_by_name() {
        let inner = r#"{"description":"I.","type":"string","format":"text","examples":["i"]}"#;
        let field = format!(
            r#"{{"description":"A.","type":"object","format":"object","examples":[{{"z":1,"b":[2]}}],"properties":{{"z":{inner},"b":{inner}}}}}"#
        );
        check(&schema_of(&field), "`{\"b\": [2], \"z\": 1}` |\n| `a.b` | string | text | I. | `i` |\n| `a.z` |");
    }

    #[test]
    fn what_a_field_lacks_is_named() {
        check(&schema_of(r#"{"type":"string","format":"text","examples":["b"]}"#), "x.json: `a` has no description");
        check(&schema_of(r#"{"description":"A.","type":"string","examples":["b"]}"#), "`a` has no format");
        check(
            &schema_of(r#"{"description":"A.","type":"string","format":"text","examples":[]}"#),
            "`a` has no examples",
        );
        check("{", "x.json is no JSON");
        check(r#"{"description":"D","x-groups":[],"properties":{"a":{}}}"#, "`a` has no group");
    }
}
