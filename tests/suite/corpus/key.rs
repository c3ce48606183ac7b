//! The answer key beside a corpus, and how answers compare with it.

use super::Row;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Answers, files that are no records, and questions; each may be absent.
#[derive(Default)]
pub(super) struct Key {
    pub(super) expected: Vec<Value>,
    pub(super) not_records: BTreeSet<String>,
    pub(super) queries: Vec<Value>,
}

impl Key {
    pub(super) fn beside(corpus: &Path) -> Self {
        let name = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = |what: &str| -> Vec<Value> {
            let Ok(text) = std::fs::read_to_string(corpus.with_file_name(format!("{name}-{what}.json"))) else {
                return Vec::new();
            };
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}-{what}.json: {error}"))
        };
        let not_records = read("not-records").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Self { expected: read("expected"), not_records, queries: read("queries") }
    }
}

/// Answers that are right, of those that the key knows.
#[derive(Default)]
struct Count {
    good: usize,
    of: usize,
}

#[derive(Default)]
pub(super) struct Score {
    pub(super) logs: usize,
    pub(super) failed: usize,
    pub(super) misses: Vec<String>,
    fields: BTreeMap<&'static str, Count>,
    kept_out: Count,
    right: usize,
    extra: usize,
    missing: usize,
}

/// Fields that are compared, with the least share that must be right.
const FIELDS: &[(&str, f64)] =
    &[("listed", 1.0), ("number", 0.0), ("title", 0.99), ("status", 0.98), ("date", 0.97), ("decision_makers", 0.0)];
const LINKS: &[&str] = &["supersedes", "superseded_by", "amends", "amended_by"];

impl Score {
    /// Holds one repository's list against the key.
    pub(super) fn compare(&mut self, key: &Key, repo: &str, list: Option<&[Value]>) {
        self.logs += 1;
        if list.is_none() {
            self.failed += 1;
            self.misses.push(format!("{repo}: list fails"));
        }
        let list = list.unwrap_or_default();
        let records: BTreeMap<&str, &Value> =
            list.iter().filter_map(|record| Some((record["path"].as_str()?, record))).collect();
        let own = key.not_records.iter().filter_map(|path| path.strip_prefix(repo)?.strip_prefix('/'));
        for path in own {
            let is_out = !records.contains_key(path);
            self.kept_out.of += 1;
            self.kept_out.good += usize::from(is_out);
            if !is_out {
                self.misses.push(format!("{repo}/{path}: listed, but is no record"));
            }
        }
        for wanted in key.expected.iter().filter(|entry| entry["repo"] == *repo) {
            let path = wanted["path"].as_str().expect("a key names a path");
            let found = records.get(path);
            self.note("listed", &format!("{repo}/{path}"), &true, &found.is_some());
            if let Some(found) = found {
                self.fields(&format!("{repo}/{path}"), wanted, found);
                self.links(&format!("{repo}/{path}"), wanted, found);
            }
        }
    }

    fn fields(&mut self, place: &str, wanted: &Value, found: &Value) {
        let has = |key: &str| wanted.get(key).is_some();
        if has("number") {
            self.note("number", place, &wanted["number"], &found["number"]);
        }
        if has("title") {
            self.note("title", place, &words(&wanted["title"]), &words(&found["title"]));
        }
        if has("status") {
            let found = found["status"].as_str().filter(|status| !status.is_empty() && *status != "unknown");
            self.note("status", place, &wanted["status"], &Value::from(found.unwrap_or("none")));
        }
        if has("date") {
            self.note("date", place, &wanted["date"], &found["date"]);
        }
        if !wanted["decision_makers"].is_null() {
            let people = |of: &Value| -> BTreeSet<String> {
                of["decision_makers"].as_array().into_iter().flatten().map(words).collect()
            };
            self.note("decision_makers", place, &people(wanted), &people(found));
        }
    }

    fn links(&mut self, place: &str, wanted: &Value, found: &Value) {
        for kind in LINKS.iter().filter(|kind| wanted.get(kind).is_some()) {
            let paths = |value: &Value| -> BTreeSet<String> {
                value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
            };
            let (wanted, found) = (paths(&wanted[*kind]), paths(&found[format!("stated_{kind}")]));
            self.right += wanted.intersection(&found).count();
            for (count, paths, word) in [
                (&mut self.missing, wanted.difference(&found), "missing"),
                (&mut self.extra, found.difference(&wanted), "extra"),
            ] {
                for path in paths {
                    *count += 1;
                    self.misses.push(format!("{place}: {kind}: {word} {path}"));
                }
            }
        }
    }

    fn note<T: PartialEq + std::fmt::Debug>(&mut self, field: &'static str, place: &str, wanted: &T, found: &T) {
        let count = self.fields.entry(field).or_default();
        count.of += 1;
        count.good += usize::from(wanted == found);
        if wanted != found {
            self.misses.push(format!("{place}: {field}: want {wanted:?} got {found:?}"));
        }
    }

    pub(super) fn rows(&self, key: &Key) -> Vec<Row> {
        if key.expected.is_empty() && key.not_records.is_empty() {
            return Vec::new();
        }
        let field = |(name, least): &(&'static str, f64)| {
            let count = self.fields.get(name);
            Row::new(format!("key: {name}"), count.map_or(0, |it| it.good), count.map_or(0, |it| it.of), *least)
        };
        let mut rows: Vec<Row> = FIELDS.iter().map(field).collect();
        rows.push(Row::new("key: links, precision", self.right, self.right + self.extra, 0.97));
        rows.push(Row::new("key: links, recall", self.right, self.right + self.missing, 0.95));
        rows.push(Row::new("key: kept out", self.kept_out.good, self.kept_out.of, 1.0));
        rows
    }
}

/// The words of a text, without Markdown, punctuation and case.
fn words(value: &Value) -> String {
    let text = value.as_str().unwrap_or("").replace(['`', '*', '_'], "");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
