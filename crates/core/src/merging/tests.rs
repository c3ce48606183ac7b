//! Records merged by field and by line.

use super::*;
use proptest::prelude::*;

/// Conflicts stand between brackets, `[ours|theirs]`.
fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
    assert_eq!(shown(&merge(base, ours, theirs)), expected);
}

fn shown(merged: &Merge) -> String {
    let part = |part: &Part| match part {
        Part::Settled(text) => text.clone(),
        Part::Conflict(conflict) => format!("[{}|{}]", conflict.ours, conflict.theirs),
    };
    merged.parts.iter().map(part).collect()
}

fn head(fields: &str) -> String {
    format!("---\n{fields}---\n# Use rails\n\nText.\n")
}

fn check_head(base: &str, ours: &str, theirs: &str, expected: &str) {
    check(&head(base), &head(ours), &head(theirs), &head(expected));
}

#[test]
fn fields_that_stand_beside_each_other_are_no_conflict() {
    check_head(
        "status: proposed\ndate: 2026-01-01\n",
        "status: accepted\ndate: 2026-01-01\n",
        "status: proposed\ndate: 2026-01-01\ntags: [rail]\n",
        "status: accepted\ndate: 2026-01-01\ntags: [rail]\n",
    );
    check_head(
        "status: proposed\nscope: pay\n",
        "status: proposed\n",
        "status: accepted\nscope: pay\n",
        "status: accepted\n",
    );
}

#[test]
fn both_links_are_kept_and_what_was_taken_away_stays_away() {
    check_head(
        "status: accepted\n",
        "status: accepted\nsupersedes: [ADR-0007]\n",
        "status: accepted\nsupersedes: ADR-0009\n",
        "status: accepted\nsupersedes: [ADR-0007, ADR-0009]\n",
    );
    check_head(
        "tags: [a, b]\nstatus: accepted\n",
        "tags: [a, c]\nstatus: accepted\n",
        "tags:\n  - a\n  - b\n  - d\nstatus: accepted\n",
        "tags: [a, c, d]\nstatus: accepted\n",
    );
    check_head(
        "status: accepted\nrelates-to: [ADR-0001]\n",
        "status: accepted\nrelates-to:\n  - ADR-0001\n  - {ref: ADR-0002, as: depends-on}\n",
        "status: accepted\nrelates-to: [ADR-0001, ADR-0003]\n",
        "status: accepted\nrelates-to: [ADR-0001, {ref: ADR-0002, as: depends-on}, ADR-0003]\n",
    );
}

#[test]
fn the_later_step_and_the_later_day_stand() {
    check_head(
        "status: proposed\ndate: 2026-01-01\n",
        "status: accepted\ndate: 2026-02-01\n",
        "status: superseded\ndate: 2026-03-01\n",
        "status: superseded\ndate: 2026-03-01\n",
    );
    check_head("status: draft\n", "status: proposed\n", "status: rejected\n", "status: rejected\n");
    let merged = merge(&head("status: proposed\n"), &head("status: accepted\n"), &head("status: superseded\n"));
    assert_eq!(merged.joined, [("status".to_owned(), "superseded".to_owned())]);
}

#[test]
fn what_no_rule_can_say_waits_for_a_person() {
    check_head(
        "status: proposed\nscope: a\n",
        "status: accepted\nscope: b\n",
        "status: rejected\nscope: c\n",
        "[status: accepted\n|status: rejected\n][scope: b\n|scope: c\n]",
    );
    let merged = merge(&head("scope: a\n"), &head("scope: b\n"), &head("scope: c\n"));
    let conflict = merged.conflicts().next().expect("a conflict");
    assert_eq!((conflict.field.as_deref(), conflict.takes_both()), (Some("scope"), false));
    assert_eq!(merged.resolved(&[Choice::Theirs]), Some(head("scope: c\n")));
    assert_eq!(merged.resolved(&[Choice::Text("scope: d".to_owned())]), Some(head("scope: d\n")));
    assert_eq!(merged.resolved(&[]), None);
}

#[test]
fn prose_is_chosen_by_section() {
    let text = |amount: &str, end: &str| {
        format!(
            "---\nstatus: proposed\n---\n# Rails\n\n## Decision outcome\n\nInstant rails under {amount}.\n\n## Consequences\n\n{end}\n"
        )
    };
    let merged = merge(&text("1", "None."), &text("5", "None."), &text("10", "Some."));
    let conflict = merged.conflicts().next().expect("a conflict");
    assert_eq!(conflict.section, "Decision outcome");
    assert_eq!(
        (conflict.ours.as_str(), conflict.theirs.as_str()),
        ("Instant rails under 5.\n", "Instant rails under 10.\n")
    );
    assert_eq!(merged.resolved(&[Choice::Ours]), Some(text("5", "Some.")));
    let both = merged.resolved(&[Choice::Both]).expect("a text");
    assert!(both.contains("Instant rails under 5.\n\nInstant rails under 10.\n"), "{both}");
    let marked = merged.marked(("main", "adr/0127"));
    assert!(
        marked.contains("<<<<<<< main\nInstant rails under 5.\n=======\nInstant rails under 10.\n>>>>>>> adr/0127\n"),
        "{marked}"
    );
    assert!(has_marks(&marked) && !has_marks(&both));
}

#[test]
fn a_record_that_each_side_added_is_merged_too() {
    check("", &head("status: accepted\n"), &head("status: proposed\n"), &head("status: accepted\n"));
}

#[test]
fn comments_and_line_ends_stay() {
    let crlf = |fields: &str| head(fields).replace('\n', "\r\n");
    check(
        &crlf("# who\nstatus: proposed\ntags: [a]\n"),
        &crlf("# who\nstatus: accepted\ntags: [a]\n"),
        &crlf("# who\nstatus: proposed\ntags: [a, b] # more\n"),
        &crlf("# who\nstatus: accepted\ntags: [a, b] # more\n"),
    );
}

#[test]
fn a_comment_of_the_other_side_is_never_dropped_silently() {
    check_head(
        "status: proposed\n",
        "status: accepted # by vote\n",
        "status: proposed # legal agrees\n",
        "[status: accepted # by vote\n|status: proposed # legal agrees\n]",
    );
}

proptest! {
    #[test]
    fn one_side_alone_is_taken_as_it_is(base in TEXT, other in TEXT) {
        prop_assert_eq!(merge(&base, &other, &base).resolved(&[]), Some(other.clone()));
        prop_assert_eq!(merge(&base, &base, &other).resolved(&[]), Some(other.clone()));
        prop_assert_eq!(merge(&base, &other, &other).resolved(&[]), Some(other));
    }

    #[test]
    fn every_conflict_can_be_settled(base in TEXT, ours in TEXT, theirs in TEXT) {
        let merged = merge(&base, &ours, &theirs);
        let choices: Vec<Choice> = merged.conflicts().map(|_| Choice::Theirs).collect();
        prop_assert!(merged.resolved(&choices).is_some());
        prop_assert_eq!(merged.conflicts().count() > 0, has_marks(&merged.marked(("a", "b"))));
    }
}

const TEXT: &str = "(---\n(status: (proposed|accepted|rejected)\n)?(tags: \\[(a|b|a, c)\\]\n)?(scope: [xy]\n)?---\n)?(# T\n)?([pq]{1,3}\n){0,4}";
