//! Front matter held against the contract's schema: values of the wrong kind, words no list has, globs that are none.
//!
//! Only for keys that the schema has; any other key is the author's own and never a fault. What reading a record already
//! tells (an unknown status, a bad day) is not told again.

use super::{record_schema, text as schema_text};
use crate::id::RecordPath;
use crate::problem::{Fix, Problem, ProblemCode, TextEdit};
use crate::record::front_entries;
use serde_json::Value;
use std::ops::Range;

/// A key of front matter as the schema sees it. Offsets count from behind a byte order mark.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub(crate) key: String,
    pub(crate) value: Range<usize>,
    pub(crate) is_list: bool,
    /// The text of each value, and its bytes as written.
    pub(crate) items: Vec<(String, Range<usize>)>,
}

/// What the schema finds wrong with the front matter of a text.
pub fn faults(path: &RecordPath, text: &str) -> Vec<Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Vec::new();
    let page = Page { path, text };
    for field in front_entries(path, text) {
        let Some(schema) = record_schema()["properties"].get(&field.key) else { continue };
        match page.kind(&field) {
            None => {}
            Some(kind) if !page.is_of_kind(schema, kind) => found.push(page.wrong_kind(&field, schema, kind)),
            Some("object") => found.extend(page.members(&field, schema)),
            Some(_) => found.extend(page.values(&field, schema)),
        }
    }
    found
}

struct Page<'a> {
    path: &'a RecordPath,
    text: &'a str,
}

impl Page<'_> {
    fn written(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The JSON kind of a value; `None` for no value and for a template's prompt, which YAML takes for a mapping.
    fn kind(&self, field: &Stated) -> Option<&'static str> {
        let value = self.written(&field.value).trim();
        let first = value.lines().next().unwrap_or_default();
        let is_block =
            self.text.get(..field.value.start).is_some_and(|before| before.trim_end_matches(' ').ends_with('\n'));
        match value {
            // Other tools have switches of the same name (`rules: true`).
            "" | "~" | "null" | "true" | "false" => None,
            _ if field.is_list => Some("array"),
            _ if value.starts_with('{') => value.contains(':').then_some("object"),
            _ if is_block && (first.contains(": ") || first.ends_with(':')) => Some("object"),
            _ => Some("scalar"),
        }
    }

    /// A number or a truth value in place of a text is what YAML makes of it, not what the author meant.
    fn is_of_kind(&self, schema: &Value, kind: &str) -> bool {
        let is_it = |name: &Value| match name.as_str().unwrap_or_default() {
            "array" => kind == "array",
            "object" => kind == "object",
            _ => kind == "scalar",
        };
        match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(is_it),
            Value::Null => true,
            name => is_it(name),
        }
    }

    fn wrong_kind(&self, field: &Stated, schema: &Value, kind: &str) -> Problem {
        let given = match kind {
            "array" => "a list",
            "object" => "keys and values",
            _ => "a single value",
        };
        let taken = match super::kinds(schema).as_str() {
            "array" => "a list",
            "object" => "keys and values",
            kinds if kinds.contains("array") => "a list or a single value",
            _ => "a single value",
        };
        let problem = self.problem(
            ProblemCode::UnexpectedValue,
            &field.value,
            format!("`{}` takes {taken}, and this is {given}", field.key),
        );
        let problem = problem.hint(format!("write it as in {}", super::examples(schema)));
        match &field.items[..] {
            [(_, item)] if taken == "a single value" && self.written(&field.value).starts_with('[') => {
                let item = self.written(item).to_owned();
                self.with_change(problem, field.value.clone(), item)
            }
            _ => problem,
        }
    }

    /// Members of an object that take one of a list of words.
    fn members(&self, field: &Stated, schema: &Value) -> Vec<Problem> {
        let mut found = Vec::new();
        let members = schema["properties"].as_object().into_iter().flatten();
        for (name, member) in members {
            let words: Vec<&str> = member["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let place = (!words.is_empty()).then(|| self.member(&field.value, name)).flatten();
            if let Some(place) = place.filter(|place| !words.contains(&self.written(place))) {
                let word = self.written(&place).to_owned();
                let problem = self
                    .problem(ProblemCode::UnexpectedValue, &place, format!("`{}.{name}` cannot be `{word}`", field.key))
                    .hint(format!("one of: {}", words.join(", ")));
                found.push(match nearest(&word, &words) {
                    Some(near) => self.with_change(problem, place, near.to_owned()),
                    None => problem,
                });
            }
        }
        found
    }

    /// The bytes of a member's plain value within an object's.
    fn member(&self, object: &Range<usize>, name: &str) -> Option<Range<usize>> {
        let text = self.written(object);
        let mark = format!("{name}:");
        let is_key =
            |at: &usize| text[..*at].trim_end_matches(' ').chars().next_back().is_none_or(|c| "{,\n".contains(c));
        let at = text.match_indices(&mark).map(|(at, _)| at).find(is_key)? + mark.len();
        let rest = &text[at..];
        let end = rest.find([',', '}', '\n', '\r', '#']).unwrap_or(rest.len());
        let value = rest[..end].trim().trim_matches(['"', '\'']);
        let start = object.start + at + rest.find(value)?;
        (!value.is_empty()).then(|| start..start + value.len())
    }

    /// Values by the format that the schema names.
    fn values(&self, field: &Stated, schema: &Value) -> Vec<Problem> {
        let each = field.items.iter();
        match schema_text(schema, "format") {
            "path-globs" => each.filter_map(|item| self.glob(item)).collect(),
            "identifier" => each.filter_map(|item| self.identifier(item)).collect(),
            "contract-name" => each.filter_map(|item| self.contract(item, schema)).collect(),
            _ => Vec::new(),
        }
    }

    fn glob(&self, (value, span): &(String, Range<usize>)) -> Option<Problem> {
        let pattern = value.strip_prefix('!').unwrap_or(value);
        let (why, meant) = if pattern.contains('\\') {
            ("uses `\\` where paths have `/`".to_owned(), Some(value.replace('\\', "/")))
        } else if let Some(rest) = pattern.strip_prefix('/') {
            let sign = &value[..value.len() - pattern.len()];
            ("is absolute".to_owned(), (!rest.is_empty()).then(|| format!("{sign}{rest}")))
        } else if pattern.split('/').any(|part| part == "..") {
            ("leaves the repository".to_owned(), None)
        } else {
            let error = globset::Glob::new(pattern).err()?;
            (format!("is no glob: {}", error.kind()), None)
        };
        let problem = self
            .problem(ProblemCode::BadGlob, span, format!("`{value}` {why}"))
            .hint("paths are relative to the repository's root: services/billing/**");
        let at = meant.as_ref().and_then(|_| self.written(span).find(value.as_str()));
        Some(match meant.zip(at) {
            Some((meant, at)) => {
                let start = span.start + at;
                self.with_change(problem, start..start + value.len(), meant)
            }
            None => problem,
        })
    }

    fn identifier(&self, (value, span): &(String, Range<usize>)) -> Option<Problem> {
        let fits = value.starts_with(|c: char| c.is_ascii_alphanumeric())
            && value.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        let message = format!("`{value}` is no id: letters, digits and . _ - only");
        (!fits).then(|| self.problem(ProblemCode::UnexpectedValue, span, message).hint("such as postgres-for-billing"))
    }

    /// `schema:` of another maker is none of our business.
    fn contract(&self, (value, span): &(String, Range<usize>), schema: &Value) -> Option<Problem> {
        let known = schema_text(schema, "const");
        if value == known || !value.starts_with("precedent/") {
            return None;
        }
        let message = format!("`{value}` is a contract that this version does not know");
        Some(self.problem(ProblemCode::UnexpectedValue, span, message).hint(format!("known: {known}")))
    }

    fn problem(&self, code: ProblemCode, span: &Range<usize>, message: String) -> Problem {
        Problem::new(code, self.path, self.text, span.clone(), message)
    }

    fn with_change(&self, problem: Problem, range: Range<usize>, text: String) -> Problem {
        let title = format!("Change to {text}");
        problem.fix(Fix { title, edits: vec![TextEdit { path: self.path.clone(), range, text }] })
    }
}

/// The one word that a misspelt one can only mean.
pub fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let word = word.to_lowercase();
    let mut near: Vec<(usize, &str)> = words
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&word, known), *known))
        .filter(|(far, _)| *far <= 2)
        .collect();
    near.sort_unstable();
    match &near[..] {
        [(far, first), rest @ ..] if rest.first().is_none_or(|(next, _)| next > far) => Some(first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::fix::apply;

    /// The faults as `code line:column text -> text after the fix`.
    fn check(front: &str, expected: &[&str]) {
        for (mark, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
            let path = RecordPath::new("adr/0001-x.md");
            let text = format!("{mark}---\n{front}\n---\n# T\n").replace('\n', end);
            let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let found = faults(&path, &text);
            let shown = found.iter().map(|problem| {
                let place = format!(
                    "{} {}:{} {}",
                    problem.code.code(),
                    problem.line,
                    problem.column,
                    &body[problem.span.clone()]
                );
                let Some(fix) = &problem.fix else { return place };
                let after = apply(&path, &text, fix);
                assert!(after.starts_with(mark), "{after:?}");
                let line = after.lines().nth(problem.line as usize - 1).unwrap_or_default();
                format!("{place} -> {line}")
            });
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_right_or_unknown_is_no_fault() {
        check(
            "status: accepted\ntags: [a, b]\ndecision-makers: Alice, Bob\nsupersedes: 7\nid: 12\nmine: {a: [1]}\nx-y: ..",
            &[],
        );
        check("date: {YYYY-MM-DD when it was last updated}\ntags:\nscope: ~\nreview-by: YYYY-MM-DD\nrules: true", &[]);
        check(
            "applies-to: [\"src/**\", '!src/{a,b}/*.rs']\nrelates-to: [ADR-3, {ref: x, as: depends-on}]\nschema: other/v9",
            &[],
        );
        check("authorship: {by: agent, agent: bot}", &[]);
    }

    #[test]
    fn values_of_the_wrong_kind() {
        check("scope: [billing]", &["P024 2:8 [billing] -> scope: billing"]);
        check("scope: [a, b]", &["P024 2:8 [a, b]"]);
        check("rules: none", &["P024 2:8 none"]);
        check("tags: {a: b}", &["P024 2:7 {a: b}"]);
        check("id: two words", &["P024 2:5 two words"]);
        check("schema: precedent/record/v9", &["P024 2:9 precedent/record/v9"]);
    }

    #[test]
    fn words_and_globs() {
        check("authorship: {by: humn}", &["P024 2:18 humn -> authorship: {by: human}"]);
        check("authorship:\n  by: robot", &["P024 3:7 robot"]);
        check("applies-to: [\"/src/**\"]", &["P025 2:14 \"/src/**\" -> applies-to: [\"src/**\"]"]);
        check("applies-to:\n  - '!src\\a'", &["P025 3:5 '!src\\a' ->   - '!src/a'"]);
        check("applies-to: [../x, \"a[\"]", &["P025 2:14 ../x", "P025 2:20 \"a[\""]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_every_place_is_in_it(text in "(---\n)?([a-z-]{2,12}: ?[\\[{\"é!/\\\\a-z:, ]{0,12}\n|scope: \\[a\\]\n){0,5}(---\n)?") {
            for problem in faults(&RecordPath::new("a.md"), &text) {
                proptest::prop_assert!(text.get(problem.span).is_some());
            }
        }
    }
}
