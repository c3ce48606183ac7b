//! Cases of the parent module.

use super::change_sentence;
use crate::id::RecordPath;
use crate::record::{ParseOptions, parse};

const BEFORE: &str = "\
---
status: proposed
date: 2026-03-02
tags: [billing]
applies-to: [\"services/**\"]
---
# Use fencing tokens

## Context and Problem Statement

Writers that were replaced keep writing for a while.

## Decision Outcome

Chosen option: fencing token. The ledger rejects late writes.

## Consequences

";

fn sentence(old: Option<&str>, new: Option<&str>) -> String {
    let path = RecordPath::new("docs/adr/0126-use-fencing-tokens.md");
    let read = |text: &str| parse(&path, text.as_bytes(), &ParseOptions::default());
    let (old_parsed, new_parsed) = (old.map(read), new.map(read));
    let (lead, rest) = change_sentence(old_parsed.as_ref().zip(old), new_parsed.as_ref().zip(new));
    format!("{lead}|{rest}")
}

/// The sentence after replacing `from` by `to` in the record above.
fn check(changes: &[(&str, &str)], expected: &str) {
    let mut after = BEFORE.to_owned();
    for (from, to) in changes {
        assert!(after.contains(from), "{from}");
        after = after.replace(from, to);
    }
    assert_eq!(sentence(Some(BEFORE), Some(&after)), expected);
}

#[test]
fn status_comes_first_then_links_paths_and_sections() {
    check(&[("proposed", "accepted")], "Proposed → Accepted.|");
    check(
        &[("status: proposed", "status: accepted\naccepted: 2026-11-20"), ("date: 2026-03-02", "date: 2026-11-20")],
        "Proposed → Accepted.|",
    );
    check(&[("status: proposed", "status: proposed\naccepted: 2026-11-20")], "Accepted date changed.|");
    check(
        &[("proposed", "accepted"), ("rejects late writes", "refuses a lower epoch")],
        "Proposed → Accepted.|Decision Outcome reworded.",
    );
    check(
        &[
            ("tags: [billing]", "tags: [billing]\namended-by: [ADR-0130]"),
            ("services/**\"", "services/**\", \"libs/money/**\""),
        ],
        "Gains a link:|refined by 0130. Binds 1 more path: libs/money/**.",
    );
    check(&[("status: proposed", "status: superseded\nsuperseded-by: [ADR-0129]")], "Superseded by 0129.|");
}

#[test]
fn sections_are_named_by_size_and_how_they_changed() {
    check(
        &[("for a while", "for long"), ("rejects late writes.", "refuses any set whose epoch is lower than the last.")],
        "Decision Outcome reworded.|Context and Problem Statement reworded.",
    );
    check(&[("## Consequences\n\n", "## Consequences\n\nOne more trip.\n")], "Consequences written.|");
    check(
        &[("## Consequences\n\n", "## Consequences\n\n## Links\n\nSee there.\n\n## More\n\nMuch more text.\n")],
        "More added.|",
    );
}

#[test]
fn small_changes_have_a_sentence_too() {
    check(&[("[billing]", "[billing, storage]")], "Tags changed.|");
    check(&[("[billing]", "[storage]"), ("2026-03-02", "2026-03-03")], "Date and tags changed.|");
    check(&[("keep writing for a while", "keep\nwriting  for a while")], "Only spacing changed.|");
    check(&[("# Use fencing", "# Take fencing")], "Title changed.|");
}

#[test]
fn new_and_deleted_records() {
    assert_eq!(sentence(Some(BEFORE), None), "Deleted.|Was Proposed.");
    let new = sentence(None, Some(&BEFORE.replace("proposed", "draft")));
    assert!(new.starts_with("New draft,|") && new.ends_with(" words. Consequences is empty."), "{new}");
}

#[test]
fn dialects_without_front_matter_do_not_call_their_status_prose() {
    let old = "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n";
    let new = "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nDeprecated\n\n## Context\n\nWhy.\n";
    assert_eq!(sentence(Some(old), Some(new)), "Accepted → Deprecated.|");
    let old = "# Use Mongo\n\n* Status: proposed\n* Deciders: Ann\n\n## Context\n\nWhy.\n";
    let new = "# Use Mongo\n\n* Status: accepted\n* Deciders: Ann\n\n## Context\n\nWhy.\n";
    assert_eq!(sentence(Some(old), Some(new)), "Proposed → Accepted.|");
}
