//! Every edit in every dialect, with every line ending: it says what was meant, and its inverse gives the same bytes.

use super::*;
use crate::decision::Decision;

/// One record in each manner of writing that we meet, all with a place for a status.
pub(in crate::record) const RECORDS: &[(&str, &str)] = &[
    (
        "adr-tools",
        "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\nAmends [3. Y](0003-y.md)\n\nClarified by [4. Z](0004-z.md)\n\n## Context\n\nx\n\n## Decision\n\ny\n",
    ),
    ("adr-tools at the end", "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Decision\n\ny\n\n## Status\n\nAccepted\n"),
    (
        "nygard with bullets",
        "# 7. Use Mongo\n\n## Status\n\nAccepted\n\n* Amends [3. Y](0003-y.md)\n\n## Context\n\nx\n",
    ),
    ("nygard, tight", "# 7. Use Mongo\n## Status\nAccepted\n## Context\nx\n"),
    ("nygard, setext", "7. Use Mongo\n============\n\nStatus\n------\n\nAccepted\n\nContext\n-------\n\nx\n"),
    (
        "madr 4",
        "---\nstatus: accepted\ndate: 2020-01-01\ndecision-makers: a, b\n---\n\n# Use Mongo\n\n## Context and Problem Statement\n\nx\n",
    ),
    ("madr 3", "---\n# optional\nstatus: \"accepted\"\ndate: 2020-01-01\ndeciders: [a, b]\n---\n# Use Mongo\n\nx\n"),
    (
        "madr with links",
        "---\nstatus: accepted\nsupersedes: [ADR-0003]\namends:\n  - 0003-y.md\nrelates-to:\n- ADR-0003\n- {ref: z, as: refines}\n---\n# Use Mongo\n",
    ),
    (
        "madr with one in a row",
        "---\nstatus: accepted\nsupersedes: ADR-0003\namends: ADR-0003, ADR-0004\n---\n# Use Mongo\n",
    ),
    (
        "contract",
        "---\nschema: precedent/record/v1\nid: use-mongo\nstatus: accepted\nsupersedes: []\ntags: [a]\n---\n# Use Mongo\n",
    ),
    (
        "madr 2",
        "# Use Mongo\n\n* Status: accepted\n* Deciders: a, b\n* Date: 2020-01-01\n\nTechnical Story: none\n\n## Context and Problem Statement\n\nx\n\n## Links\n\n* [Y](0003-y.md)\n",
    ),
    (
        "log4brains",
        "# Use Mongo\n\n- Status: accepted\n- Deciders: a, b\n- Date: 2020-01-01\n- Tags: dev, ops\n\n## Context\n\nx\n\n## Links\n\n- Amends [Y](0003-y.md)\n",
    ),
    ("bold bullets", "# Use Mongo\n\n* **Status**: Accepted\n* **Date**: 2020-01-01\n\n## Context\n\nx\n"),
    (
        "bold lines",
        "# ADR-007: Use Mongo\n\n**Status:** Accepted  \n**Date:** 2020-01-01  \n**Deciders:** a, b\n\n## Context\n\nx\n",
    ),
    (
        "bold lines, colon outside",
        "# ADR-007: Use Mongo\n\n**Status**: Accepted\n\n**Date**: 2020-01-01\n\n## Context\n\nx\n",
    ),
    ("plain lines", "# Use Mongo\n\nStatus: Accepted\nDate: 2020-01-01\n\nText\n"),
    ("quoted lines", "# Use Mongo\n\n> Status: Accepted\n> Date: 2020-01-01\n\nText\n"),
    (
        "table rows",
        "# Use Mongo\n\n| Field | Value |\n|-------|-------|\n| Status | Accepted |\n| Date | 2020-01-01 |\n\nText\n",
    ),
    ("table columns", "# Use Mongo\n\n| Status | Date |\n|---|---|\n| Accepted | 2020-01-01 |\n\nText\n"),
    (
        "toml",
        "+++\nstatus = \"accepted\"\ndate = 2020-01-01\ntags = [\"a\"]\nsupersedes = [\"ADR-0003\"]\n\n[extra]\na = 1\n+++\n\n# Use Mongo\n",
    ),
    ("own keys", "---\nlayout: post\nadr_status: accepted\nauthors:\n    - a\n    - b\n---\n# Use Mongo\n"),
    ("state", "---\nstate: accepted\nauthors: A <a@example.org>\n---\n\n# Use Mongo\n"),
    (
        "front matter for a site, status in a section",
        "---\nlayout: default\nnav_order: 7\n---\n# Use Mongo\n\n## Status\n\nAccepted\n\n## Context\n\nx\n",
    ),
    ("heading with the word in it", "# Use Mongo\n\n## Status: Accepted\n\n## Context\n\nx\n"),
];

pub(in crate::record) fn variants(text: &str) -> Vec<String> {
    let open = text.trim_end().to_owned();
    let crlf = text.replace('\n', "\r\n");
    vec![text.to_owned(), open.clone(), open.replace('\n', "\r\n"), format!("\u{feff}{crlf}"), crlf]
}

fn read(text: &str) -> Decision {
    parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default()).decision
}

/// Runs a check on every record and variant, and tells all that failed.
fn in_all(check: impl Fn(&str) -> Result<(), String>) {
    let mut failed = Vec::new();
    for (name, record) in RECORDS {
        for text in variants(record) {
            if let Err(message) = check(&text) {
                failed.push(format!("{name}: {message}"));
                break;
            }
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), RECORDS.len(), failed.join("\n"));
}

const KINDS: [LinkKind; 6] = [
    LinkKind::Supersedes,
    LinkKind::SupersededBy,
    LinkKind::Amends,
    LinkKind::AmendedBy,
    LinkKind::RelatesTo,
    LinkKind::DependsOn,
];

#[test]
fn links_are_added_and_removed_in_every_dialect() {
    for kind in KINDS {
        in_all(|text| {
            let added = apply(text, &Edit::AddLink { kind, to: target() });
            let (before, after) = (read(text), read(&added));
            let stated = |decision: &Decision| decision.links.iter().filter(|link| link.kind == kind).count();
            if stated(&after) != stated(&before) + 1 || after.links.len() != before.links.len() + 1 {
                return Err(format!("{kind:?} is not added:\n{added}"));
            }
            if kind != LinkKind::SupersededBy && after.status != before.status {
                return Err(format!("{kind:?} changes the status:\n{added}"));
            }
            if apply(&added, &Edit::AddLink { kind, to: target() }) != added {
                return Err(format!("{kind:?} is added twice"));
            }
            let removed = apply(&added, &Edit::RemoveLink { kind, to: target() });
            // A lone status word gave way to the successor; its removal leaves what was true then.
            let same = if kind == LinkKind::SupersededBy && before.status != read(&removed).status {
                apply(&removed, &Edit::SetStatus { status: Status::Accepted, on: None })
            } else {
                removed
            };
            if same != text { Err(format!("{kind:?}:\n{added}\n→\n{same}")) } else { Ok(()) }
        });
    }
}

#[test]
fn relations_with_a_word_are_added_and_removed_in_every_dialect() {
    for word in ["refines", "clarified by"] {
        in_all(|text| {
            let added = apply(text, &Edit::AddRelation { word: word.to_owned(), to: target() });
            let (before, after) = (read(text), read(&added));
            let stated = after.links.iter().any(|link| link.relation.as_deref() == Some(word));
            if !stated || after.links.len() != before.links.len() + 1 || after.status != before.status {
                return Err(format!("{word} is not added:\n{added}"));
            }
            let removed = apply(&added, &Edit::RemoveLink { kind: LinkKind::RelatesTo, to: target() });
            if removed != text { Err(format!("{word}:\n{added}\n→\n{removed}")) } else { Ok(()) }
        });
    }
}

#[test]
fn fields_are_set_and_put_back_in_every_dialect() {
    type Value = fn(&Decision) -> Vec<String>;
    let fields: &[(&str, &[&str], Value)] = &[
        ("date", &["2026-03-02"], |decision| day(decision.dates.date)),
        ("proposed", &["2026-03-02"], |decision| day(decision.dates.proposed)),
        ("accepted", &["2026-03-02"], |decision| day(decision.dates.accepted)),
        ("review-by", &["2026-03-02"], |decision| day(decision.dates.review_by)),
        ("decision-makers", &["@dana", "Ann Lee"], |decision| decision.people.decision_makers.clone()),
        ("consulted", &["@dana", "Ann Lee"], |decision| decision.people.consulted.clone()),
        ("informed", &["@dana"], |decision| decision.people.informed.clone()),
        ("tags", &["x", "y z"], |decision| decision.tags.clone()),
        ("applies-to", &["src/**", "!src/x/*.rs"], |decision| decision.applies_to.clone()),
        ("scope", &["billing and more"], |decision| decision.scope.iter().cloned().collect()),
        ("reason-superseded", &["it was: slow"], |decision| decision.reason_superseded.iter().cloned().collect()),
    ];
    for (key, values, of) in fields {
        in_all(|text| {
            let old = of(&read(text));
            let set = apply(text, &field(key, values));
            if of(&read(&set)) != *values {
                return Err(format!("{key} is not set: {:?}\n{set}", of(&read(&set))));
            }
            let olds: Vec<&str> = old.iter().map(String::as_str).collect();
            let back = apply(&set, &field(key, &olds));
            // Authors stand in for deciders; a record that names only those got a field of its own.
            let back = if back == *text { back } else { apply(&set, &field(key, &[])) };
            if back != text { Err(format!("{key}:\n{set}\n→\n{back}")) } else { Ok(()) }
        });
    }
}

fn day(date: Option<Date>) -> Vec<String> {
    date.iter().map(ToString::to_string).collect()
}

#[test]
fn unlink_takes_out_exactly_the_link() {
    let unlink = |kind| Edit::RemoveLink { kind, to: target() };
    let cases: &[(&str, LinkKind, &str)] = &[
        (
            "---\namends: [ADR-0003, 'ADR-0012', x]\n---\n# T\n",
            LinkKind::Amends,
            "---\namends: [ADR-0003, x]\n---\n# T\n",
        ),
        ("---\namends: [ADR-0012]\na: 1\n---\n# T\n", LinkKind::Amends, "---\namends: []\na: 1\n---\n# T\n"),
        ("---\na: 1\namends: [ADR-0012]\n---\n# T\n", LinkKind::Amends, "---\na: 1\n---\n# T\n"),
        (
            "---\namends:\n  - ADR-0003 # why\n  - ADR-0012\na: 1\n---\n# T\n",
            LinkKind::Amends,
            "---\namends:\n  - ADR-0003 # why\na: 1\n---\n# T\n",
        ),
        ("---\namends:\n- 12\na: 1\n---\n# T\n", LinkKind::Amends, "---\na: 1\n---\n# T\n"),
        ("---\namends: 3, 12, 4\n---\n# T\n", LinkKind::Amends, "---\namends: 3, 4\n---\n# T\n"),
        (
            "---\nrelates-to: [{ref: ADR-0003, as: refines}, {ref: ADR-0012, as: clarifies}]\n---\n# T\n",
            LinkKind::RelatesTo,
            "---\nrelates-to: [{ref: ADR-0003, as: refines}]\n---\n# T\n",
        ),
        (
            "---\nstatus: superseded by ADR-0012\n---\n# T\n",
            LinkKind::SupersededBy,
            "---\nstatus: superseded\n---\n# T\n",
        ),
        (
            "+++\namends = [\"ADR-0012\", \"ADR-0003\"]\n+++\n# T\n",
            LinkKind::Amends,
            "+++\namends = [\"ADR-0003\"]\n+++\n# T\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted\n\nAmends [12. P](0012-use-postgres.md)\n\nAmends [3. Y](0003-y.md)\n\n## Context\n",
            LinkKind::Amends,
            "# T\n\n## Status\n\nAccepted\n\nAmends [3. Y](0003-y.md)\n\n## Context\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted\n\nClarified by [12. P](0012-use-postgres.md)\n",
            LinkKind::RelatesTo,
            "# T\n\n## Status\n\nAccepted\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted, amends ADR-0012\n\n## Context\n",
            LinkKind::Amends,
            "# T\n\n## Status\n\nAccepted\n\n## Context\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted\n\nAmends [3](0003-y.md), [12](0012-use-postgres.md) and [4](0004-z.md)\n\n## Context\n",
            LinkKind::Amends,
            "# T\n\n## Status\n\nAccepted\n\nAmends [3](0003-y.md) and [4](0004-z.md)\n\n## Context\n",
        ),
        (
            "# T\n\n## Status\n\nSuperseded by [12. P](0012-use-postgres.md)\n\n## Context\n",
            LinkKind::SupersededBy,
            "# T\n\n## Status\n\nSuperseded\n\n## Context\n",
        ),
        (
            "# T\n\n* Status: accepted\n* Amends: [ADR-3](0003-y.md), [ADR-12](0012-use-postgres.md)\n* Date: 2020-01-01\n",
            LinkKind::Amends,
            "# T\n\n* Status: accepted\n* Amends: [ADR-3](0003-y.md)\n* Date: 2020-01-01\n",
        ),
        (
            "# T\n\n* Status: superseded by [ADR-0012](0012-use-postgres.md)\n* Date: 2020-01-01\n",
            LinkKind::SupersededBy,
            "# T\n\n* Status: superseded\n* Date: 2020-01-01\n",
        ),
        (
            "# T\n\n* Status: accepted\n\n## Links\n\n* Amends [ADR-3](0003-y.md)\n* Refines [ADR-12](0012-use-postgres.md)\n",
            LinkKind::RelatesTo,
            "# T\n\n* Status: accepted\n\n## Links\n\n* Amends [ADR-3](0003-y.md)\n",
        ),
        (
            "# T\n\n**Status:** Accepted\n**Amends:** ADR-0012\n\nText\n",
            LinkKind::Amends,
            "# T\n\n**Status:** Accepted\n\nText\n",
        ),
        (
            "# T\n\n| Status | Accepted |\n|---|---|\n| Amends | [12](0012-use-postgres.md), [3](0003-y.md) |\n",
            LinkKind::Amends,
            "# T\n\n| Status | Accepted |\n|---|---|\n| Amends | [3](0003-y.md) |\n",
        ),
        (
            "# T\n\n## Status\n\nAccepted\n\n## Related ADRs\n\n- [ADR-12](0012-use-postgres.md)\n- [ADR-3](0003-y.md)\n",
            LinkKind::RelatesTo,
            "# T\n\n## Status\n\nAccepted\n\n## Related ADRs\n\n- [ADR-3](0003-y.md)\n",
        ),
    ];
    let titled = "# Use Postgres (supersedes ADR-0012)\n\n## Status\n\nAccepted\n";
    let taken = apply(titled, &unlink(LinkKind::Supersedes));
    assert_eq!(taken, "# Use Postgres\n\n## Status\n\nAccepted\n");
    let mut failed = Vec::new();
    for (text, kind, expected) in cases {
        for (text, expected) in variants(text).iter().zip(variants(expected)) {
            let got = apply(text, &unlink(*kind));
            if got != expected {
                failed.push(format!("{text}\n→\n{got}\ninstead of\n{expected}"));
                break;
            }
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), cases.len(), failed.join("\n----\n"));
}

#[test]
fn a_title_and_a_status_are_set_and_put_back_in_every_dialect() {
    in_all(|text| {
        let old = read(text).title.unwrap_or_default();
        let set = apply(text, &Edit::SetTitle { title: "Use Postgres: now".to_owned() });
        if read(&set).title.as_deref() != Some("Use Postgres: now") {
            return Err(format!("title: {:?}\n{set}", read(&set).title));
        }
        let back = apply(&set, &Edit::SetTitle { title: old });
        if back != text { Err(format!("title:\n{set}\n→\n{back}")) } else { Ok(()) }
    });
    for wanted in Status::ALL {
        in_all(|text| {
            let set = apply(text, &Edit::SetStatus { status: wanted, on: None });
            if read(&set).status != Some(wanted) || read(&set).links.len() != read(text).links.len() {
                return Err(format!("{wanted:?}:\n{set}"));
            }
            let back = apply(&set, &Edit::SetStatus { status: Status::Accepted, on: None });
            if back != text { Err(format!("{wanted:?}:\n{set}\n→\n{back}")) } else { Ok(()) }
        });
    }
}
