//! `precedent check` as its users meet it: real files, real commits, exit codes, the contract's JSON.

mod asking;
mod debt;
mod globs;
mod granting;
mod hostile;
mod inputs;
mod kinds;
mod lost;
mod recipes;
mod same;
mod schemas;
mod waivers;

use crate::acting::commit;
use crate::cli::{Ran, Repo};
pub(crate) use schemas::telling;
use serde_json::Value;

pub(crate) const RECORD: &str = "docs/decisions/0001-no-mongo.md";

/// A record in force with these rules, written as YAML below `rules:`.
pub(crate) fn record(rules: &str) -> String {
    record_with("accepted", "applies-to: [\"src/**\"]\n", rules)
}

/// A record of a status, with more front matter.
pub(crate) fn record_with(status: &str, more: &str, rules: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2026-01-02\n{more}rules:\n{rules}---\n# No MongoDB\n\n## Context and Problem Statement\n\nA store.\n"
    )
}

/// Forbids the word `mongodb`.
pub(crate) const MONGO: &str = "  - id: text\n    kind: forbid-text\n    message: MongoDB was rejected.\n    remedy: Use Postgres.\n    match: {literal: mongodb}\n    tests: {invalid: [{path: a.rs, content: use mongodb}]}\n";

/// A repository with a first commit of these files.
pub(crate) fn committed(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::with(files);
    commit(&repo, "100");
    repo
}

/// One with a rule against MongoDB, a clean file and one that breaks it already.
pub(super) fn governed() -> Repo {
    committed(&[(RECORD, &record(MONGO)), ("src/clean.rs", "fn a() {}\n"), ("src/old.rs", "use mongodb;\n")])
}

/// Stages everything.
pub(super) fn stage(repo: &Repo) {
    let opened = git2::Repository::open(repo.root()).unwrap();
    let mut index = opened.index().unwrap();
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.update_all(["."], None).unwrap();
    index.write().unwrap();
}

/// The verdict of a check with these arguments, after a look at its exit code.
pub(crate) fn check(repo: &Repo, args: &[&str]) -> Value {
    let ran = repo.run(&[&["check", "--json", "--as-of", "2026-06-01"], args].concat());
    verdict(&ran)
}

pub(super) fn verdict(ran: &Ran) -> Value {
    let verdict = ran.json();
    let codes = [("pass", 0), ("violations", 1), ("error", 2), ("indeterminate", 3)];
    let expected = codes.iter().find(|(word, _)| verdict["verdict"] == *word).map(|(_, code)| *code);
    assert_eq!(Some(ran.code), expected, "{}\n{}", ran.out, ran.err);
    verdict
}

/// Findings as `rule path:line state`.
pub(super) fn findings(verdict: &Value) -> Vec<String> {
    let shown = |found: &Value| {
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}:{} {}", text("rule"), text("path"), found["line"], text("state"))
    };
    verdict["findings"].as_array().unwrap().iter().map(shown).collect()
}

/// What a list of the verdict says, as `kind: message` or its own form.
pub(super) fn said(verdict: &Value, list: &str, key: &str) -> Vec<String> {
    let items = verdict[list].as_array().unwrap().iter();
    items.map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect()
}

/// Asserts the word of a verdict and its findings.
#[track_caller]
pub(super) fn expect(verdict: &Value, word: &str, found: &[&str]) {
    assert_eq!(verdict["verdict"], word, "{verdict:#}");
    assert_eq!(findings(verdict), found, "{verdict:#}");
}
