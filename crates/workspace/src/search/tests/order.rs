//! The order of hits: records that hold before those that do not, the decision before its context, the newer of two.
//!
//! In each pair the record that must come second has the slightly better text, so that a weight that has no effect fails.

use super::{Folder, names, search};

const FILLER: &str = "The team met on Monday and wrote down what it knows of the matter so far.";

/// Whatever their numbers.
#[track_caller]
fn check(first: &str, second: &str, query: &str) {
    for (a, b) in [("0001-a", "0002-b"), ("0002-b", "0001-a")] {
        let folder = Folder::new(&[(&format!("{a}.md"), first), (&format!("{b}.md"), second)]);
        assert_eq!(names(&search(&folder.open(false), query)), format!("{a} {b}"), "{query}");
    }
}

fn dated(status: &str, date: &str, decision: &str) -> String {
    format!("---\nstatus: {status}\ndate: {date}\n---\n# Talk\n\n## Decision\n\n{decision}\n")
}

#[test]
fn of_equal_texts_the_one_in_force_comes_first() {
    for fallen in ["superseded", "deprecated", "rejected"] {
        let (old, new) = ("2020-01-01", "2026-01-01");
        check(&dated("accepted", old, "We use kafka."), &dated(fallen, new, "We use kafka."), "kafka ");
        check(&dated("proposed", old, "We use kafka."), &dated(fallen, new, "We use kafka."), "kafka ");
    }
}

#[test]
fn a_fallen_record_that_says_it_a_little_better_comes_second() {
    for fallen in ["superseded", "deprecated", "rejected"] {
        let date = "2024-01-01";
        let more = format!("We use kafka. {FILLER}");
        check(&dated("accepted", date, &more), &dated(fallen, date, "We use kafka."), "kafka ");
    }
}

#[test]
fn a_fallen_record_about_it_comes_before_one_in_force_that_mentions_it() {
    let about = "---\nstatus: superseded\n---\n# Use kafka\n\n## Decision\n\nWe use kafka for events.\n";
    let mentions = "---\nstatus: accepted\n---\n# Use a queue\n\n## Context\n\nOthers have kafka.\n";
    check(about, mentions, "kafka ");
}

#[test]
fn a_superseded_record_comes_behind_its_successor() {
    let old = "---\nstatus: accepted\n---\n# Use kafka\n\n## Decision\n\nWe use kafka.\n";
    let new = "---\nstatus: accepted\nsupersedes: [1]\n---\n# Use kafka\n\n## Decision\n\nWe use kafka.\n";
    let folder = Folder::new(&[("0001-a.md", old), ("0002-b.md", new)]);
    assert_eq!(names(&search(&folder.open(false), "kafka ")), "0002-b 0001-a");
}

#[test]
fn the_decision_counts_more_than_its_context() {
    let record = |context: &str, decision: &str| {
        format!("# Talk\n\n## Status\n\nAccepted\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n")
    };
    check(&record(FILLER, "We use kafka."), &record("We use kafka.", FILLER), "kafka ");
    // Said once where it is decided, against twice on the way there.
    check(&record(FILLER, "We use kafka."), &record("We use kafka, and kafka again.", FILLER), "kafka ");
}

#[test]
fn the_title_counts_most() {
    let record =
        |title: &str, decision: &str| format!("# {title}\n\n## Status\n\nAccepted\n\n## Decision\n\n{decision}\n");
    check(&record("Use kafka", FILLER), &record("Use it", "We use kafka, kafka and kafka."), "kafka ");
}

#[test]
fn of_nearly_equal_records_the_newer_comes_first() {
    let (old, new) = ("2020-01-01", "2026-01-01");
    check(&dated("accepted", new, "We use kafka."), &dated("accepted", old, "We use kafka."), "kafka ");
    // The older one is a word shorter.
    check(&dated("accepted", new, "We all use kafka."), &dated("accepted", old, "We use kafka."), "kafka ");
    // No words at all: a filter gives the newest first.
    check(&dated("accepted", new, FILLER), &dated("accepted", old, FILLER), "status:accepted ");
}

#[test]
fn all_words_come_before_some() {
    let (both, one) = (
        dated("accepted", "2020-01-01", "A queue. Later kafka."),
        dated("accepted", "2026-01-01", "kafka kafka kafka"),
    );
    check(&both, &one, "kafka queue ");
}
