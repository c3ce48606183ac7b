//! The tree that is checked and the rules it is checked by, the same at every run.

use crate::figures::Outcome;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PER_FOLDER: usize = 100;
/// Of so many files one breaks a text rule.
const BREAKS: usize = 50;
/// Twenty kilobytes a file.
const LINES: usize = 480;

pub(super) fn tree(repository: &Path, files: usize) -> Outcome<()> {
    for at in 0..files {
        let file = repository.join(path(at));
        if at % PER_FOLDER == 0
            && let Some(folder) = file.parent()
        {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, text(at))?;
    }
    Ok(())
}

pub(super) fn path(at: usize) -> String {
    let ending = if at.is_multiple_of(2) { "rs" } else { "ts" };
    format!("src/part-{:04}/file-{at}.{ending}", at / PER_FOLDER)
}

/// Code of the language that its ending names.
pub(super) fn text(at: usize) -> String {
    let is_rust = at.is_multiple_of(2);
    let mut text = String::with_capacity(21_000);
    for line in 0..LINES {
        let (one, two) = (at * 31 + line * 17, at + line * 7);
        let (a, b) = (NAMES[one % NAMES.len()], NAMES[two % NAMES.len()]);
        let _ = match (line % 6, is_rust) {
            (0, true) => writeln!(text, "fn {a}_{line}({b}: u64) -> u64 {{"),
            (0, false) => writeln!(text, "function {a}_{line}({b}: number): number {{"),
            (5, _) => writeln!(text, "}}"),
            (1, true) => writeln!(text, "    let {a} = {b}.wrapping_add({line});"),
            (1, false) => writeln!(text, "  const {a} = {b} + {line};"),
            (2, _) => writeln!(text, "    // the {a} of a {b} is looked at before it goes on"),
            (3, true) => writeln!(text, "    tracing::debug!(\"{a} {b}\");"),
            (3, false) => writeln!(text, "  log.debug(\"{a} {b}\");"),
            (_, true) => writeln!(text, "    {a}.max({line})"),
            (_, false) => writeln!(text, "  return Math.max({a}, {line});"),
        };
    }
    if at.is_multiple_of(BREAKS) {
        let _ = writeln!(text, "// {}", words(200)[(at / BREAKS) % 200]);
    }
    text
}

/// What no text may hold: one word a rule.
pub(super) fn words(rules: usize) -> Vec<String> {
    (0..rules)
        .map(|at| format!("{}Legacy{}Client{at:03}", NAMES[at % NAMES.len()], NAMES[(at * 5 + 1) % NAMES.len()]))
        .collect()
}

pub(super) fn text_record(rules: usize) -> String {
    record(words(rules).iter().enumerate().map(|(at, word)| {
        format!(
            "  - id: word-{at}\n    kind: forbid-text\n    message: Not this one.\n    match: {{literal: {word}}}\n"
        )
    }))
}

pub(super) fn pattern_record(rules: usize) -> String {
    record((0..rules).map(|at| {
        let (language, pattern) = pattern(at);
        format!("  - id: pattern-{at}\n    kind: forbid-pattern\n    message: Not this one.\n    language: {language}\n    rule: {{pattern: '{pattern}'}}\n")
    }))
}

/// The same for ast-grep.
pub(super) fn pattern_rules(rules: usize) -> String {
    let rule = |at| {
        let (language, pattern) = pattern(at);
        format!(
            "id: pattern-{at}\nlanguage: {language}\nseverity: error\nmessage: Not this one.\nrule: {{pattern: '{pattern}'}}\n"
        )
    };
    (0..rules).map(rule).collect::<Vec<_>>().join("---\n")
}

/// Calls with a number that few lines have.
fn pattern(at: usize) -> (&'static str, String) {
    let name = NAMES[at % NAMES.len()];
    let number = (at * 6 + 4) % LINES;
    if at.is_multiple_of(2) {
        ("rust", format!("{name}.max({number})"))
    } else {
        ("typescript", format!("Math.max({name}, {number})"))
    }
}

fn record(rules: impl Iterator<Item = String>) -> String {
    let rules: String = rules.collect();
    format!(
        "---\nstatus: accepted\ndate: 2026-03-02\napplies-to: [\"src/**\"]\nrules:\n{rules}---\n# Words\n\nSome are not written.\n"
    )
}

const NAMES: [&str; 23] = [
    "ledger", "service", "retry", "cause", "queue", "tenant", "schema", "index", "every", "writes", "reads", "cache",
    "before", "after", "change", "region", "store", "event", "batch", "token", "page", "owner", "limit",
];
