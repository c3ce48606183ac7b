//! Edits by example, one per dialect, and the properties that hold for all of them.

pub(in crate::record) mod dialects;

use super::*;
use crate::record::{ParseOptions, parse};
use proptest::prelude::*;

const PATH: &str = "docs/adr/0007-use-mongo.md";

fn target() -> LinkTarget {
    LinkTarget {
        path: RecordPath::new("docs/adr/0012-use-postgres.md"),
        digits: Some("0012".to_owned()),
        id: "use-postgres".to_owned(),
        title: "Use Postgres".to_owned(),
    }
}

fn apply(text: &str, edit: &Edit) -> String {
    apply_edit(&RecordPath::new(PATH), text, edit).unwrap_or_else(|error| panic!("{error}"))
}

fn check(text: &str, edit: impl std::borrow::Borrow<Edit>, expected: &str) {
    assert_eq!(apply(text, edit.borrow()), expected);
}

fn status(status: Status) -> Edit {
    Edit::SetStatus { status, on: Some(Date::constant(2026, 3, 2)) }
}

fn superseded_by() -> Edit {
    Edit::AddLink { kind: LinkKind::SupersededBy, to: target() }
}

fn supersedes() -> Edit {
    Edit::AddLink { kind: LinkKind::Supersedes, to: target() }
}

fn field(key: &str, values: &[&str]) -> Edit {
    Edit::SetField { key: key.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

#[test]
fn nygard() {
    let text = "# 7. Use Mongo\r\n\r\nDate: 2020-01-01\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\nx";
    check(text, status(Status::Deprecated), &text.replace("Accepted", "Deprecated"));
    check(text, superseded_by(), &text.replace("Accepted", "Superseded by [12. Use Postgres](0012-use-postgres.md)"));
    check(
        text,
        supersedes(),
        &text.replace("Accepted", "Accepted\r\n\r\nSupersedes [12. Use Postgres](0012-use-postgres.md)"),
    );
    check(text, Edit::SetTitle { title: "Use *it*".to_owned() }, &text.replace("Use Mongo", "Use *it*"));
    check(text, field("date", &["2021-02-03"]), &text.replace("2020-01-01", "2021-02-03"));
    check(text, field("tags", &["a", "b, c"]), &format!("---\r\ntags: [a, \"b, c\"]\r\n---\r\n\r\n{text}"));
}

#[test]
fn the_status_of_a_badge_a_box_or_a_row_of_steps_is_replaced_where_it_stands() {
    let text = "# X\n\n![status](https://img.shields.io/badge/status-accepted-green)\n";
    check(text, status(Status::Deprecated), &text.replace("accepted", "deprecated"));
    let text = "# X\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n";
    check(text, status(Status::Deprecated), &text.replace("Accepted", "Deprecated"));
    let text = "# X\n\n* Status: Proposed → Accepted\n";
    check(text, status(Status::Deprecated), "# X\n\n* Status: Deprecated\n");
}

#[test]
fn an_indented_status_stays_indented() {
    let text = "# 7. X\n\n## Status\n\n\tAccepted\n\n## Context\n\n\tcode\n";
    check(text, status(Status::Deprecated), &text.replace("Accepted", "Deprecated"));
}

#[test]
fn a_key_that_was_there_stays_when_its_value_goes_again() {
    for key in ["tags", "review-by", "decision-makers"] {
        let text = format!("---\nstatus: accepted\n{key}:\n---\n# X\n");
        for values in [&["2026-03-02"][..], &["a, b"]] {
            let Ok(set) = apply_edit(&RecordPath::new(PATH), &text, &field(key, values)) else { continue };
            check(&set, field(key, &[]), &text);
        }
    }
}

#[test]
fn a_link_goes_from_every_place_that_states_it() {
    let unlink = |kind| Edit::RemoveLink { kind, to: target() };
    let link = "[ADR-0012](0012-use-postgres.md)";
    let check = |kind, before: String, after: &str| check(&before, unlink(kind), after);
    check(
        LinkKind::Supersedes,
        format!("# X\n\n- Status: accepted\n- Supersedes: {link}\n\n## Links\n\n- Supersedes: {link}\n- [a](a.md)\n"),
        "# X\n\n- Status: accepted\n\n## Links\n\n- [a](a.md)\n",
    );
    check(
        LinkKind::SupersededBy,
        format!("---\nstatus: superseded by {link}\n---\n# X\n\n> **Superseded by {link}.** It was right then.\n"),
        "---\nstatus: superseded\n---\n# X\n\n> It was right then.\n",
    );
    check(
        LinkKind::RelatesTo,
        format!(
            "# X\n\nStatus: Accepted\n\n- Related: {link}\n  (the same for rows) · [ADR-0022](0022-y.md)\n  (the other side)\n"
        ),
        "# X\n\nStatus: Accepted\n\n- Related: [ADR-0022](0022-y.md)\n  (the other side)\n",
    );
    check(
        LinkKind::RelatesTo,
        format!("# X\n\nStatus: Accepted\n\n- Related: [ADR-0022](0022-y.md) (one) · {link} (two)\n"),
        "# X\n\nStatus: Accepted\n\n- Related: [ADR-0022](0022-y.md) (one)\n",
    );
}

#[test]
fn an_unlinked_status_keeps_its_day_and_the_lines_below() {
    let text = "# X\n\n- Status: Superseded (2026-07-31) by [12](0012-use-postgres.md).\n  Nothing here holds.\n  It is kept as it was.\n- Owner: a\n";
    let unlink = Edit::RemoveLink { kind: LinkKind::SupersededBy, to: target() };
    check(text, unlink, &text.replace(" by [12](0012-use-postgres.md)", ""));
}

#[test]
fn nygard_keeps_what_surrounds_the_word() {
    check(
        "# X\n\n## Status\n\n✅ **Accepted** (2020-01-01) · see [5](0005-x.md)\n",
        status(Status::Deprecated),
        "# X\n\n## Status\n\n**Deprecated** (2026-03-02) · see [5](0005-x.md)\n",
    );
    check(
        "# X\n\n## Status\n\n<!-- accepted, rejected -->\nProposed\n\nAmends [3. Y](0003-y.md)\n",
        status(Status::Accepted),
        "# X\n\n## Status\n\n<!-- accepted, rejected -->\nAccepted\n\nAmends [3. Y](0003-y.md)\n",
    );
    check("# X\n\n## Status\n\n## Context\n", status(Status::Accepted), "# X\n\n## Status\n\nAccepted\n\n## Context\n");
    check("X\n=\n\nStatus\n------\n\nProposed", status(Status::Accepted), "X\n=\n\nStatus\n------\n\nAccepted");
}

#[test]
fn madr_front_matter() {
    let text =
        "---\n# optional\nstatus: \"accepted\"  # now\ndate: 2020-01-01\ndecision-makers: [a]\n---\n\n# Use Mongo\n";
    check(
        text,
        status(Status::Deprecated),
        &text.replace("accepted", "deprecated").replace("2020-01-01", "2026-03-02"),
    );
    check(text, superseded_by(), &text.replace("accepted", "superseded by [ADR-0012](0012-use-postgres.md)"));
    check(text, supersedes(), &text.replace("[a]\n", "[a]\nsupersedes: [ADR-0012]\n"));
    check(text, field("decision-makers", &["@dana", "Ann"]), &text.replace("[a]", "[\"@dana\", Ann]"));
    check(text, field("decision-makers", &[]), &text.replace("decision-makers: [a]\n", ""));
    check(text, field("review-by", &["2027-01-01"]), &text.replace("[a]\n", "[a]\nreview-by: 2027-01-01\n"));
    check("---\nstatus:\n---\n# X\n", status(Status::Accepted), "---\nstatus: accepted\n---\n# X\n");
    check("---\nstatus: { proposed }\n---\n# X\n", status(Status::Accepted), "---\nstatus: accepted\n---\n# X\n");
    check(
        "---\nstatus: x\ntags:\n  - a\n  - b\n---\n# X\n",
        field("tags", &["c", "d", "e"]),
        "---\nstatus: x\ntags:\n  - c\n  - d\n  - e\n---\n# X\n",
    );
    check(
        "---\nschema: precedent/record/v1\nstatus: accepted\nsuperseded-by: []\n---\n# X\n",
        superseded_by(),
        "---\nschema: precedent/record/v1\nstatus: accepted\nsuperseded-by: [ ADR-0012 ]\n---\n# X\n",
    );
}

#[test]
fn toml_front_matter() {
    let text = "+++\nstatus = \"accepted\"\ndate = 2020-01-01\n[extra]\na = 1\n+++\n# X\n";
    check(text, status(Status::Rejected), &text.replace("accepted", "rejected").replace("2020-01-01", "2026-03-02"));
    check(text, field("tags", &["a"]), &text.replace("[extra]", "tags = [\"a\"]\n[extra]"));
}

#[test]
fn bullets_lines_and_tables() {
    let bullets = "# X\n\n* Status: accepted\n* Deciders: a, b\n* Date: 2020-01-01\n\n## Context\n";
    check(
        bullets,
        status(Status::Deprecated),
        &bullets.replace("accepted", "deprecated").replace("2020-01-01", "2026-03-02"),
    );
    check(bullets, superseded_by(), &bullets.replace("accepted", "superseded by [ADR-0012](0012-use-postgres.md)"));
    check(
        bullets,
        supersedes(),
        &bullets.replace("2020-01-01\n", "2020-01-01\n* Supersedes: [ADR-0012](0012-use-postgres.md)\n"),
    );
    check(bullets, field("decision-makers", &["c"]), &bullets.replace("a, b", "c"));
    let bold = "# X\n\n**Status:** Accepted  \n**Date:** 2020-01-01  \n\nText\n";
    check(bold, status(Status::Deprecated), &bold.replace("Accepted", "Deprecated"));
    check(
        bold,
        supersedes(),
        &bold.replace("2020-01-01  \n", "2020-01-01  \n**Supersedes:** [ADR-0012](0012-use-postgres.md)  \n"),
    );
    let table = "# X\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Owner | me |\n";
    check(table, status(Status::Deprecated), &table.replace("Accepted", "Deprecated"));
    check(
        table,
        supersedes(),
        &table.replace("Accepted |\n", "Accepted |\n| Supersedes | [ADR-0012](0012-use-postgres.md) |\n"),
    );
}

#[test]
fn a_record_without_a_place_gets_front_matter() {
    check("\u{feff}# X\n", status(Status::Accepted), "\u{feff}---\nstatus: accepted\n---\n\n# X\n");
    check("# X\n", supersedes(), "---\nsupersedes: [ADR-0012]\n---\n\n# X\n");
    check("", Edit::SetTitle { title: "T".to_owned() }, "# T\n\n");
}

#[test]
fn prose_under_a_heading_is_no_place_for_paths_or_days() {
    let text = "# X\n\n## Status\n\nAccepted\n\n## Applies To\n\n- src/\n\n## Review by\n\nWhen the contract\nends.\n";
    check(text, field("applies-to", &["a/**"]), &format!("---\napplies-to: [a/**]\n---\n\n{text}"));
    check(text, field("review-by", &["2027-01-01"]), &format!("---\nreview-by: 2027-01-01\n---\n\n{text}"));
}

#[test]
fn what_cannot_be_edited_says_so() {
    let fails = |path: &str, text: &str, edit: &Edit| {
        apply_edit(&RecordPath::new(path), text, edit).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(
        fails("a/0001-x.adoc", "= X\n", &status(Status::Accepted)),
        "a/0001-x.adoc is read-only here: AsciiDoc is shown but not written"
    );
    assert_eq!(
        fails(PATH, "---\na: 1\nstatus: [\n---\n# X\n", &status(Status::Accepted)),
        "the front matter of docs/adr/0007-use-mongo.md cannot be read (line 3); mend it first"
    );
    assert_eq!(fails(PATH, "# X\n", &field("colour", &["red"])), "there is no field `colour`");
    assert_eq!(
        fails(PATH, "# X\n", &field("date", &["soon"])),
        "`soon` is not a value for date: write a day as year-month-day, for example 2026-03-02"
    );
    assert_eq!(
        fails(PATH, "# X\n", &Edit::SetTitle { title: "a\nb".to_owned() }),
        "`a\nb` is not a value for title: it must be one line"
    );
}

/// Records in the dialects we write, with line endings, marks and endings of all kinds.
fn record() -> impl Strategy<Value = String> {
    let word = "[A-Za-zé]{1,8}( [a-zA-Z0-9é]{1,8}){0,3}";
    let head = prop_oneof![
        Just("# 7. T\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n"),
        Just("# T\n\n## Status\n\nProposed\n\nAmends [3. Y](0003-y.md)\n\n"),
        Just("---\nstatus: accepted\ndate: 2020-01-01\ntags: [a, b]\n# note\nx-own: 1\n---\n\n# T\n\n"),
        Just("---\nschema: precedent/record/v1\nid: t\nstatus: proposed\nsupersedes:\n  - ADR-0003\n---\n# T\n\n"),
        Just("# T\n\n* Status: accepted\n* Deciders: a, b\n* Date: 2020-01-01\n\n"),
        Just("# ADR-007: T\n\n**Status:** Accepted\n**Date:** 2020-01-01\n\n"),
        Just("# T\n\n| Status | Date |\n|---|---|\n| Accepted | 2020-01-01 |\n\n"),
        Just("# T\n\n"),
    ];
    (head, proptest::collection::vec(word, 0..6), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(head, words, crlf, bom, ends)| {
            let mut text = format!("{head}## Context\n\n{}\n\n## Decision\n\n\tx  \n", words.join("\n"));
            if !ends {
                text.truncate(text.trim_end().len());
            }
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            if bom { format!("\u{feff}{text}") } else { text }
        },
    )
}

/// Bytes that differ, after what both share in front and behind.
fn changed(before: &str, after: &str) -> usize {
    let front = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&before.as_bytes()[front..], &after.as_bytes()[front..]);
    let back = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    rest_a.len() - back
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_status_is_written_and_taken_back(text in record(), index in 0_usize..6) {
        let path = RecordPath::new(PATH);
        let read = |text: &str| parse(&path, text.as_bytes(), &ParseOptions::default()).decision;
        let before = read(&text);
        let wanted = Status::ALL[index];
        let after = apply(&text, &Edit::SetStatus { status: wanted, on: None });
        prop_assert_eq!(read(&after).status, Some(wanted));
        prop_assert!(changed(&text, &after) <= 12);
        if let Some(old) = before.status {
            prop_assert_eq!(apply(&after, &Edit::SetStatus { status: old, on: None }), text);
        }
    }

    #[test]
    fn a_link_is_written_and_taken_back(text in record(), kind in prop_oneof![Just(LinkKind::Supersedes), Just(LinkKind::Amends), Just(LinkKind::AmendedBy), Just(LinkKind::RelatesTo)]) {
        let path = RecordPath::new(PATH);
        let after = apply(&text, &Edit::AddLink { kind, to: target() });
        let links = parse(&path, after.as_bytes(), &ParseOptions::default()).decision.links;
        prop_assert!(links.iter().any(|link| link.kind == kind), "{after}");
        prop_assert_eq!(apply(&after, &Edit::AddLink { kind, to: target() }), after.clone());
        prop_assert_eq!(apply(&after, &Edit::RemoveLink { kind, to: target() }), text);
    }

    #[test]
    fn a_title_is_written_and_taken_back(text in record(), title in "[A-Za-z][a-z ]{2,20}[a-z]") {
        let after = apply(&text, &Edit::SetTitle { title: title.clone() });
        let read = parse(&RecordPath::new(PATH), after.as_bytes(), &ParseOptions::default()).decision.title;
        prop_assert_eq!(read.as_deref(), Some(title.trim()));
        prop_assert_eq!(apply(&after, &Edit::SetTitle { title: "T".to_owned() }), text);
    }

    #[test]
    fn a_field_is_written_and_read_back(text in record(), values in proptest::collection::vec("[ -~é]{1,12}", 1..4)) {
        let after = apply(&text, &Edit::SetField { key: "applies-to".to_owned(), values: values.clone() });
        let expected: Vec<String> = values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        let read = parse(&RecordPath::new(PATH), after.as_bytes(), &ParseOptions::default()).decision.applies_to;
        prop_assert_eq!(read, expected);
        prop_assert_eq!(apply(&after, &Edit::SetField { key: "applies-to".to_owned(), values: Vec::new() }), text);
    }

    #[test]
    fn every_change_keeps_what_it_does_not_name_and_can_be_taken_back(text in record(), index in 0_usize..6) {
        let path = RecordPath::new(PATH);
        for edit in [status(Status::ALL[index]), superseded_by(), supersedes(), field("tags", &["a", "b, c"]), field("date", &["2021-02-03"]), field("date", &[]), Edit::SetTitle { title: "U".to_owned() }] {
            let change = change(&path, &text, &edit).unwrap_or_else(|error| panic!("{error}"));
            let after = apply(&text, &edit);
            let mut expected = text.clone();
            for (range, new) in change.places().collect::<Vec<_>>().into_iter().rev() {
                expected.replace_range(range, new);
            }
            prop_assert_eq!(&after, &expected);
            prop_assert_eq!(change.inverse(&text).apply(&after), text.clone());
        }
    }

    #[test]
    fn no_edit_panics(text in "\\PC{0,200}", front in any::<bool>()) {
        let text = if front { format!("---\n{text}\n---\n{text}") } else { text.replace(' ', "\n") };
        let path = RecordPath::new(PATH);
        for edit in [status(Status::Accepted), superseded_by(), supersedes(), field("tags", &["a"]), Edit::SetTitle { title: "T".to_owned() }, Edit::RemoveLink { kind: LinkKind::Supersedes, to: target() }] {
            let _ = apply_edit(&path, &text, &edit);
        }
    }
}
