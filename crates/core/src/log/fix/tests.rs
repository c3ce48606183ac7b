//! Every fix, applied: its problem is gone and no other has come.

use super::*;
use crate::record::{ParseOptions, parse};
use std::collections::BTreeMap;

type Files = BTreeMap<RecordPath, String>;

fn log_of(files: &Files) -> DecisionLog {
    let options = ParseOptions { log: "adr".to_owned(), ..ParseOptions::default() };
    DecisionLog::build(files.iter().map(|(path, text)| parse(path, text.as_bytes(), &options)).collect())
}

fn problems(files: &Files) -> Vec<Problem> {
    let log = log_of(files);
    let texts = |path: &RecordPath| files.get(path).cloned();
    files.keys().flat_map(|path| with_fixes(&log, path, &texts)).collect()
}

/// Applies the one fix for `code` and gives the files, after seeing that it did no more than its work.
fn check(code: ProblemCode, files: &[(&str, &str)], expected: &[(&str, &str)]) {
    for crlf in [false, true] {
        let written =
            |text: &str| if crlf { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text.to_owned() };
        let read = |files: &[(&str, &str)]| -> Files {
            files.iter().map(|(name, text)| (RecordPath::new(format!("adr/{name}")), written(text))).collect()
        };
        let mut files = read(files);
        let before = problems(&files);
        let meant: Vec<&Problem> = before.iter().filter(|problem| problem.code == code).collect();
        let fix = meant.iter().find_map(|problem| problem.fix.clone()).unwrap_or_else(|| panic!("no fix in {meant:?}"));
        for (path, text) in &mut files {
            *text = apply(path, text, &fix);
        }
        for (path, text) in read(expected) {
            assert_eq!(files.get(&path), Some(&text), "{path}");
        }
        let after = problems(&files);
        assert!(after.iter().filter(|problem| problem.code == code).count() < meant.len(), "{after:?}");
        let new = |problem: &&Problem| !before.iter().any(|old| old.code == problem.code && old.path == problem.path);
        assert_eq!(after.iter().find(new), None);
    }
}

const OLD: &str = "# 1. Use Mongo\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
const NEW: &str = "---\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n\n# Use Postgres\n";

#[test]
fn a_link_that_one_side_states_is_written_into_the_other() {
    check(
        ProblemCode::OneSidedLink,
        &[("0001-use-mongo.md", OLD), ("0002-use-postgres.md", NEW)],
        &[(
            "0001-use-mongo.md",
            "# 1. Use Mongo\n\n## Status\n\nSuperseded by [2. Use Postgres](0002-use-postgres.md)\n\n## Context\n\nx\n",
        )],
    );
    check(
        ProblemCode::OneSidedLink,
        &[
            ("0001-use-mongo.md", "---\nstatus: accepted\namended-by: [2]\n---\n# Use Mongo\n"),
            ("0002-use-postgres.md", "# Use Postgres\n\n* Status: accepted\n* Date: 2020-01-01\n\nText\n"),
        ],
        &[(
            "0002-use-postgres.md",
            "# Use Postgres\n\n* Status: accepted\n* Date: 2020-01-01\n* Amends: [ADR-0001](0001-use-mongo.md)\n\nText\n",
        )],
    );
}

#[test]
fn a_dangling_link_is_led_to_the_nearest_record() {
    let accepted = "---\nstatus: accepted\n---\n# Use Mongo\n";
    check(
        ProblemCode::DanglingLink,
        &[("0119-use-mongo.md", accepted), ("0200-b.md", "---\nstatus: accepted\nrelates-to: [ADR-0191]\n---\n# B\n")],
        &[("0200-b.md", "---\nstatus: accepted\nrelates-to: [ADR-0119]\n---\n# B\n")],
    );
    check(
        ProblemCode::DanglingLink,
        &[
            ("0119-use-mongo.md", accepted),
            ("0200-b.md", "# B\n\n## Status\n\nAccepted\n\nRelates to [119](./0119-use-mongoo.md)\n"),
        ],
        &[("0200-b.md", "# B\n\n## Status\n\nAccepted\n\nRelates to [119](./0119-use-mongo.md)\n")],
    );
}

#[test]
fn a_dangling_link_may_be_taken_out_instead() {
    let files: Files = [
        ("adr/0119-use-mongo.md", "---\nstatus: accepted\n---\n# Use Mongo\n"),
        ("adr/0200-b.md", "---\nstatus: accepted\nrelates-to: [ADR-0191, ADR-0119]\n---\n# B\n"),
    ]
    .into_iter()
    .map(|(path, text)| (RecordPath::new(path), text.to_owned()))
    .collect();
    let found = problems(&files);
    let dangling = found.iter().find(|problem| problem.code == ProblemCode::DanglingLink).expect("dangling");
    assert_eq!(dangling.fix.as_ref().map(|fix| fix.title.as_str()), Some("Change to 0119"));
    let remove = dangling.choices.first().expect("a second choice");
    assert_eq!(remove.title, "Remove the link");
    let text = apply(&dangling.path, &files[&dangling.path], remove);
    assert_eq!(text, "---\nstatus: accepted\nrelates-to: [ADR-0119]\n---\n# B\n");
}

#[test]
fn a_missing_title_comes_from_the_file_name() {
    check(
        ProblemCode::MissingTitle,
        &[("0001-use-mongo.md", "---\nstatus: accepted\n---\n\n## Context\n\nx\n")],
        &[("0001-use-mongo.md", "---\nstatus: accepted\n---\n# Use mongo\n\n\n## Context\n\nx\n")],
    );
}

#[test]
fn a_bad_date_that_can_mean_one_day_only() {
    check(
        ProblemCode::BadDate,
        &[("0001-a.md", "---\nstatus: accepted\ndate: 2024--05-16\n---\n# A\n")],
        &[("0001-a.md", "---\nstatus: accepted\ndate: 2024-05-16\n---\n# A\n")],
    );
    let files = [(RecordPath::new("adr/0001-a.md"), "---\nstatus: accepted\ndate: 31/06/2016\n---\n# A\n".to_owned())];
    let found = problems(&files.into_iter().collect());
    assert!(found.iter().any(|problem| problem.code == ProblemCode::BadDate && problem.fix.is_none()), "{found:?}");
}

#[test]
fn prompts_that_nobody_filled_in_go_with_their_lines() {
    check(
        ProblemCode::Placeholder,
        &[(
            "0001-a.md",
            "---\nstatus: accepted\n---\n# A\n\n## Context\n\n{Describe the context and problem statement}\n\n* {option one that was considered}\n* b\n",
        )],
        &[("0001-a.md", "---\nstatus: accepted\n---\n# A\n\n## Context\n\n\n* b\n")],
    );
}

#[test]
fn an_ambiguous_reference_is_asked_and_never_guessed() {
    let accepted = "---\nstatus: accepted\n---\n# Use Mongo\n";
    let files: Files = [
        ("adr/0001-a.md", accepted),
        ("adr/0001-b.md", accepted),
        ("adr/0002-c.md", "---\nstatus: accepted\namends: [1]\n---\n# C\n"),
    ]
    .into_iter()
    .map(|(path, text)| (RecordPath::new(path), text.to_owned()))
    .collect();
    let found = problems(&files);
    let asked = found.iter().find(|problem| problem.code == ProblemCode::AmbiguousReference).expect("asked");
    assert_eq!(asked.message, "`1` fits 2 records: adr/0001-a.md, adr/0001-b.md");
    assert_eq!(asked.fix, None);
    let twice = found.iter().find(|problem| problem.code == ProblemCode::DuplicateNumber).expect("said");
    assert_eq!(twice.command.as_deref(), Some("precedent renumber adr/0001-a.md"));
    assert!(twice.hint.as_deref().is_some_and(|hint| !hint.contains('`')), "{twice:?}");
}

#[test]
fn a_broken_relative_link_is_led_to_the_file_of_that_name() {
    let files: Files = [("adr/0001-a.md", "# A\n\nSee [b](../old/0002-b.md).\n"), ("adr/0002-b.md", "# B\n")]
        .into_iter()
        .map(|(path, text)| (RecordPath::new(path), text.to_owned()))
        .collect();
    let path = RecordPath::new("adr/0001-a.md");
    let text = &files[&path];
    let (target, span) = crate::record::relative_links(&path, text).remove(0);
    let problem = broken_link(&log_of(&files), &path, text, &target, span);
    assert_eq!(apply(&path, text, &problem.fix.expect("a fix")), "# A\n\nSee [b](0002-b.md).\n");
}

#[test]
fn among_several_as_near_none_is_chosen() {
    let files: Files = ["0012-use-a.md", "0013-use-b.md", "0031-use-c.md"]
        .iter()
        .map(|name| (RecordPath::new(format!("adr/{name}")), "---\nstatus: accepted\n---\n# T\n".to_owned()))
        .chain([(
            RecordPath::new("adr/0050-x.md"),
            "---\nstatus: accepted\nsupersedes: [ADR-0011]\n---\n# X\n".to_owned(),
        )])
        .collect();
    let found = problems(&files);
    let dangling = found.iter().find(|problem| problem.code == ProblemCode::DanglingLink).expect("dangling");
    assert_eq!(dangling.fix, None);
    let hint = dangling.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("0012-use-a") && hint.contains("0013-use-b"), "{hint}");
}

#[test]
fn a_misspelt_status_is_put_right() {
    check(
        ProblemCode::UnknownStatus,
        &[("0001-a.md", "---\nstatus: \"Propozed\"\n---\n# A\n")],
        &[("0001-a.md", "---\nstatus: \"Proposed\"\n---\n# A\n")],
    );
    assert!(is_guess(ProblemCode::UnknownStatus));
}

#[test]
fn in_a_ring_nothing_is_written_twice_and_each_link_may_go() {
    let record = |other: &str| format!("# X\n\n## Status\n\nAccepted\n\nSupersedes [x]({other})\n\n## Context\n\nx\n");
    let files: Files = [("adr/0007-g.md", record("0008-h.md")), ("adr/0008-h.md", record("0007-g.md"))]
        .into_iter()
        .map(|(path, text)| (RecordPath::new(path), text))
        .collect();
    let found = problems(&files);
    assert!(found.iter().all(|problem| problem.fix.is_none()), "{found:?}");
    let ring = found.iter().find(|problem| problem.code == ProblemCode::Cycle).expect("a ring");
    assert_eq!(ring.message, "0007 and 0008 supersede each other");
    assert_eq!(ring.command.as_deref(), Some("precedent unlink adr/0007-g.md adr/0008-h.md"));
    let titles: Vec<&str> = ring.choices.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["Take out the link to 0008-h.md"]);
    let mut mended = files.clone();
    let text = mended.get_mut(&ring.path).expect("a text");
    *text = apply(&ring.path, text, &ring.choices[0]);
    assert!(problems(&mended).iter().all(|problem| problem.code != ProblemCode::Cycle));
}

#[test]
fn what_a_person_decides_is_offered_to_choose() {
    let files: Files = [
        ("adr/0001-a.md", "# A\n\n## Status\n\nAccepted\n\nAmends ADR-0020\n"),
        ("adr/0011-b.md", "# B\n\n## Status\n\nSuperseded\n"),
        ("adr/0022-c.md", "# C\n\n## Status\n\nProposed\n"),
        ("adr/0021-d.md", "# D\n\n## Status\n\nAccepted\n\nDepends on [22](0022-c.md)\n"),
    ]
    .into_iter()
    .map(|(path, text)| (RecordPath::new(path), text.to_owned()))
    .collect();
    let found = problems(&files);
    let titles = |code: ProblemCode| -> Vec<&str> {
        let of = found.iter().filter(|problem| problem.code == code);
        of.flat_map(|problem| &problem.choices).map(|fix| fix.title.as_str()).collect()
    };
    assert_eq!(titles(ProblemCode::DanglingLink), ["Change to 0021-d", "Change to 0022-c", "Remove the link"]);
    assert_eq!(titles(ProblemCode::NoSuccessor), ["Set the status to deprecated"]);
    assert_eq!(titles(ProblemCode::RestsOnProposed), ["Set the status to proposed"]);
}
