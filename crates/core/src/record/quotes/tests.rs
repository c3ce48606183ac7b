//! Each value beside what it becomes; the mended block is read without a problem, and says the same.

use crate::id::RecordPath;
use crate::problem::{ProblemCode, Severity};
use crate::record::{ParseOptions, Parsed, parse};

fn read(text: &str) -> Parsed {
    parse(&RecordPath::new("adr/0001-x.md"), text.as_bytes(), &ParseOptions::default())
}

/// The one problem of the third line, and the line as its fix writes it.
fn mended(line: &str) -> (Severity, String, String) {
    let text = format!("---\nstatus: accepted\n{line}\ndate: 2026-03-02\n---\n# X\n");
    let parsed = read(&text);
    let problem = parsed.problems.iter().find(|problem| problem.code == ProblemCode::FrontMatter);
    let problem = problem.unwrap_or_else(|| panic!("no problem in {line}: {:?}", parsed.problems));
    assert_eq!(problem.line, 3, "{line}");
    let fix = problem.fix.as_ref().unwrap_or_else(|| panic!("no fix for {line}"));
    let edit = &fix.edits[0];
    let after = format!("{}{}{}", &text[..edit.range.start], edit.text, &text[edit.range.end..]);
    let again = read(&after);
    assert!(again.problems.iter().all(|problem| problem.code != ProblemCode::FrontMatter), "{after}");
    assert!(again.decision.dates.date.is_some(), "the block is read: {after}");
    (problem.severity, fix.title.clone(), after.lines().nth(2).unwrap_or_default().to_owned())
}

#[test]
fn what_stricter_readers_refuse_is_offered_quotes() {
    for (line, expected) in [
        ("scope: Vault: the \"HSM\"", r#"scope: "Vault: the \"HSM\"""#),
        ("title: [WIP] Use Postgres", r#"title: "[WIP] Use Postgres""#),
        ("title: \"A\" or \"B\"", r#"title: "\"A\" or \"B\"""#),
        ("title: 'A' or B", r#"title: "'A' or B""#),
        ("scope: *star and more", r#"scope: "*star and more""#),
        ("scope: %x # why", r#"scope: "%x" # why"#),
        ("title: {{ x }} and y", r#"title: "{{ x }} and y""#),
        ("owner: @dana: lead", r#"owner: "@dana: lead""#),
    ] {
        assert_eq!(mended(line), (Severity::Warning, "Add quotes".to_owned(), expected.to_owned()), "{line}");
    }
}

#[test]
fn what_keeps_the_block_from_being_read_is_mended_where_it_stands() {
    for (line, title, expected) in [
        ("title: [WIP Use Postgres", "Add quotes", r#"title: "[WIP Use Postgres""#),
        ("title: {x", "Add quotes", r#"title: "{x""#),
        ("tags: [a, b", "Close the list", "tags: [a, b]"),
        ("scope: \"billing", "Close the quotes", "scope: \"billing\""),
        ("scope: \"a: b", "Close the quotes", "scope: \"a: b\""),
        ("scope: 'billing", "Close the quotes", "scope: 'billing'"),
    ] {
        assert_eq!(mended(line), (Severity::Error, title.to_owned(), expected.to_owned()), "{line}");
    }
}

#[test]
fn what_every_reader_takes_is_left_alone() {
    for line in [
        "url: https://example.org",
        "tags: [a, 'b: c'] # why",
        "scope: 'it''s: so'",
        r#"scope: "a \" b: c""#,
        "decision-makers: @dana",
        "supersedes: [ADR 7](0007-x.md)",
        "tags:\n  - a: b",
        "note: first\n  second: line",
        "text: |\n  a: b",
        "x: &a b",
    ] {
        let text = format!("---\nstatus: accepted\n{line}\n---\n# X\n");
        let problems = read(&text).problems;
        assert!(problems.iter().all(|problem| problem.code != ProblemCode::FrontMatter), "{line}: {problems:?}");
    }
}

#[test]
fn a_colon_in_a_plain_value_is_read_as_meant() {
    let parsed = read("---\nstatus: accepted\nscope: Vault: the \"HSM\"\nurl: https://example.org\n---\n# X\n");
    assert_eq!(parsed.decision.scope.as_deref(), Some("Vault: the \"HSM\""));
}
