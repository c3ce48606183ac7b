//! Cases of the parent module.

use super::{StagedRecord, suggestions};
use crate::id::RecordPath;
use crate::record::{ParseOptions, Parsed, parse};

/// A record's two texts at a path; an empty text means that there is no such version.
type Change<'a> = (&'a str, &'a str, &'a str);

fn suggested(changes: &[Change<'_>], others: &[&str], recent: &[&str]) -> Vec<String> {
    let read = |path: &str, text: &str| parse(&RecordPath::new(path), text.as_bytes(), &ParseOptions::default());
    let parsed: Vec<(Option<Parsed>, Option<Parsed>)> = changes
        .iter()
        .map(|(path, old, new)| {
            let version = |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| read(path, text));
            (version(old), version(new))
        })
        .collect();
    let records: Vec<StagedRecord<'_>> = parsed
        .iter()
        .zip(changes)
        .map(|((old, new), (_, old_text, new_text))| StagedRecord {
            old: old.as_ref().map(|old| (old, *old_text)),
            new: new.as_ref().map(|new| (new, *new_text)),
        })
        .collect();
    let recent: Vec<String> = recent.iter().map(|subject| (*subject).to_owned()).collect();
    suggestions(&records, others, super::Style::Like(&recent))
}

/// The message without its trailers.
fn said(message: &str) -> String {
    let told: Vec<&str> = message.split("\n\n").filter(|paragraph| !paragraph.starts_with("Decision: ")).collect();
    told.join("\n\n")
}

fn first(changes: &[Change<'_>]) -> String {
    said(&suggested(changes, &[], &[]).into_iter().next().unwrap_or_default())
}

fn text(status: &str, more: &str, outcome: &str) -> String {
    format!(
        "---\nstatus: {status}\n{more}---\n# Use tokens\n\n## Context\n\nWhy.\n\n## Decision Outcome\n\n{outcome}\n"
    )
}

const PATH: &str = "docs/adr/0126-use-tokens.md";

#[test]
fn one_record_is_named_by_what_happened_to_it() {
    let base = text("proposed", "", "Yes.");
    let check = |old: &str, new: &str, expected: &str| assert_eq!(first(&[(PATH, old, new)]), expected);
    check(&base, &text("accepted", "", "Yes."), "Accept ADR-0126: Use tokens");
    check(&base, &text("rejected", "", "Yes."), "Reject ADR-0126: Use tokens");
    check(&text("accepted", "", "Yes."), &text("deprecated", "", "Yes."), "Deprecate ADR-0126: Use tokens");
    check("", &text("draft", "", "Yes."), "Draft ADR-0126: Use tokens");
    check("", &base, "Propose ADR-0126: Use tokens");
    check(&base, "", "Remove ADR-0126: Use tokens");
    check(&base, &text("proposed", "", "No, rather not."), "Reword ADR-0126: Decision Outcome");
    check(&base, &text("proposed", "relates-to: [ADR-0121]\n", "Yes."), "Link ADR-0126 and ADR-0121");
    check(&base, &text("proposed", "tags: [x]\n", "Yes."), "Update ADR-0126: tags");
    check(&base, &base.replace("Why.", "  Why."), "Tidy ADR-0126: Use tokens");
}

#[test]
fn a_supersession_names_both_ends_and_says_why() {
    let old = text("accepted", "", "Yes.");
    let fallen = text("superseded", "superseded-by: [ADR-0129]\nreason-superseded: Too slow.\n", "Yes.");
    let new = text("accepted", "supersedes: [ADR-0126]\n", "Faster.").replace("Use tokens", "Use leases");
    let message = first(&[(PATH, &old, &fallen), ("docs/adr/0129-use-leases.md", "", &new)]);
    assert_eq!(message, "Supersede ADR-0126 with ADR-0129: Use leases\n\nToo slow.");
}

#[test]
fn several_records_are_counted_and_listed() {
    let (before, after) = (text("proposed", "", "Yes."), text("accepted", "", "Yes."));
    let message =
        first(&[(PATH, &before, &after), ("docs/adr/0127-other.md", &after, &text("accepted", "", "No, rather not."))]);
    assert_eq!(message, "Update 2 decisions\n\n- Accept ADR-0126: Use tokens\n- Reword ADR-0127: Decision Outcome");
}

#[test]
fn a_long_title_is_cut_at_a_word_and_repeated_in_the_body() {
    let long = "Store every posting set with the epoch of the lease that its writer held at that time";
    let new = text("draft", "", "Yes.").replace("Use tokens", long);
    let message = first(&[(PATH, "", &new)]);
    let (subject, body) = message.split_once("\n\n").expect("a body");
    assert!(subject.chars().count() <= 72 && subject.ends_with('…'), "{subject}");
    assert!(subject.starts_with("Draft ADR-0126: Store every posting set with the epoch"), "{subject}");
    assert_eq!(body, long);
}

#[test]
fn conventional_commits_are_followed_when_the_log_uses_them() {
    let change = [(PATH, text("proposed", "", "Yes."), text("accepted", "", "Yes."))];
    let change = change.each_ref().map(|(path, old, new)| (*path, old.as_str(), new.as_str()));
    let first = |recent: &[&str]| said(&suggested(&change, &[], recent).remove(0));
    assert_eq!(first(&["feat(api): x", "fix: y", "Merge branch 'z'"]), "docs(adr): accept ADR-0126: Use tokens");
    assert_eq!(first(&["feat(api): x", "Plain words", "More: plain words"]), "Accept ADR-0126: Use tokens");
    assert_eq!(first(&["ledger: plain words", "ADR-1: x"]), "Accept ADR-0126: Use tokens");
}

#[test]
fn at_most_three_different_messages_and_none_for_nothing() {
    let messages = suggested(&[(PATH, &text("proposed", "", "Yes."), &text("accepted", "", "Yes."))], &[], &[]);
    assert!(messages.iter().all(|message| message.ends_with("\n\nDecision: ADR-0126")), "{messages:?}");
    let messages: Vec<String> = messages.iter().map(|message| said(message)).collect();
    assert_eq!(
        messages,
        ["Accept ADR-0126: Use tokens", "Update ADR-0126: Use tokens", "ADR-0126: Proposed → Accepted"]
    );
    assert!(suggested(&[], &[], &[]).is_empty());
    assert_eq!(suggested(&[], &["src/a.rs"], &["feat: x"]), ["Update a.rs"]);
    assert_eq!(suggested(&[], &["src/a.rs", "b"], &[]), ["Update 2 files"]);
}
