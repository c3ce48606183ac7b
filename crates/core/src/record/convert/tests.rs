//! Conversion by example, and what holds for every dialect: the same decision, no word lost.

use super::*;
use crate::record::edit::tests::dialects::{RECORDS, variants};
use crate::record::{ParseOptions, parse};

const PATH: &str = "docs/adr/0007-use-mongo.md";

fn convert(text: &str) -> String {
    to_madr4(&RecordPath::new(PATH), text).unwrap_or_else(|error| panic!("{error}"))
}

fn check(text: &str, expected: &str) {
    assert_eq!(convert(text), expected);
}

#[test]
fn nygard() {
    check(
        "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nSuperseded by [12. Use Postgres](0012-use-postgres.md)\n\nAmends [3. Y](0003-y.md)\n\n## Context\n\nx\n\n## Decision\n\ny\n\n## Consequences\n\nz\n",
        "---\nstatus: superseded\ndate: 2020-01-01\nsuperseded-by: [0012-use-postgres.md]\namends: [0003-y.md]\n---\n\n# 7. Use Mongo\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n\n### Consequences\n\nz\n",
    );
}

#[test]
fn what_the_front_matter_cannot_say_stays() {
    check(
        "# 7. Use Mongo\n\n## Status\n\nAccepted by the board after a long day.\n\n## Context\n\nx\n",
        "---\nstatus: accepted\n---\n\n# 7. Use Mongo\n\n## Status notes\n\nAccepted by the board after a long day.\n\n## Context and Problem Statement\n\nx\n",
    );
}

#[test]
fn bullets_and_sections_of_madr_2() {
    check(
        "# Use Mongo\r\n\r\n* Status: accepted\r\n* Deciders: [Ann](https://example.org/ann), b\r\n* Date: 2020-01-01\r\n\r\nTechnical Story: none\r\n\r\n## Context and Problem Statement\r\n\r\nx\r\n\r\n## Links\r\n\r\n* Refines [Y](0003-y.md)\r\n",
        "---\r\nstatus: accepted\r\ndate: 2020-01-01\r\ndecision-makers: [\"[Ann](https://example.org/ann)\", b]\r\nrelates-to: [{ref: 0003-y.md, as: refines}]\r\n---\r\n\r\n# Use Mongo\r\n\r\nTechnical Story: none\r\n\r\n## Context and Problem Statement\r\n\r\nx\r\n\r\n## More Information\r\n\r\n* Refines [Y](0003-y.md)\r\n",
    );
}

#[test]
fn keys_of_other_front_matter() {
    check(
        "---\n# note\nadr_status: accepted\ndeciders: [a]\nx: 1\n---\n# T\n",
        "---\n# note\nstatus: accepted\ndecision-makers: [a]\nx: 1\n---\n# T\n",
    );
    check(
        "+++\n# note\nstatus = \"accepted\"\ndate = 2020-01-01\n[extra]\na = \"b: c\"\n+++\n# T\n",
        "---\n# note\nstatus: accepted\ndate: 2020-01-01\nextra: {a: \"b: c\"}\n---\n# T\n",
    );
}

#[test]
fn tables() {
    check(
        "# T\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Date | 2020-01-01 |\n\nText\n",
        "---\nstatus: accepted\ndate: 2020-01-01\n---\n\n# T\n\nText\n",
    );
    check(
        "# T\n\n| Status | Accepted |\n|---|---|\n| Owner | me |\n\nText\n",
        "---\nstatus: accepted\n---\n\n# T\n\n| | |\n|---|---|\n| Owner | me |\n\nText\n",
    );
}

#[test]
fn every_dialect_says_the_same_afterwards_and_loses_no_word() {
    let mut failed = Vec::new();
    for (name, record) in RECORDS {
        for text in variants(record) {
            let after = convert(&text);
            let read = |text: &str| parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default()).decision;
            let (old, new) = (read(&text), read(&after));
            let links = |decision: &Decision| {
                let mut links: Vec<_> = decision.links.iter().map(|link| (link.kind, link.relation.clone())).collect();
                links.sort();
                links.dedup();
                links
            };
            let same = old.status == new.status
                && old.title == new.title
                && old.dates == new.dates
                && old.people == new.people
                && old.tags == new.tags
                && links(&old) == links(&new);
            let madr = matches!(new.dialect, Dialect::Madr4 | Dialect::Precedent1);
            let lost: Vec<&str> = words(&text).filter(|word| !words(&after).any(|other| other == *word)).collect();
            if !same || !madr || !lost.is_empty() || convert(&after) != after {
                failed.push(format!("{name}: {:?}, lost {lost:?}:\n{after}", new.dialect));
                break;
            }
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Words that are no part of the form: keys, phrases and headings change.
fn words(text: &str) -> impl Iterator<Item = &str> {
    const FORM: &[&str] = &[
        "Date",
        "Status",
        "Deciders",
        "Tags",
        "Amends",
        "Accepted",
        "Links",
        "Decision",
        "by",
        "Clarified",
        "deciders",
        "adr_status",
        "state",
        "Field",
        "Value",
        "accepted",
        "amends",
        "7",
        "3",
        "4",
        "Y",
        "Z",
    ];
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty() && !FORM.contains(word))
}
