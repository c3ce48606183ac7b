//! Reading by example, one per dialect and trap, and the promise that reading never fails.

mod wild;

use super::*;
use crate::decision::{Dialect, LinkKind};
use proptest::prelude::*;

fn read(text: &str) -> Parsed {
    parse(&RecordPath::new("docs/adr/0007-use-mongo.md"), text.as_bytes(), &ParseOptions::default())
}

/// `title | status | date | deciders | links | dialect`
fn check(text: &str, expected: &str) {
    let decision = read(text).decision;
    let links: Vec<String> = decision
        .links
        .iter()
        .map(|link| {
            format!(
                "{} {}",
                link.relation.as_deref().unwrap_or(link.kind.key()),
                link.target.as_deref().unwrap_or(&link.text)
            )
        })
        .collect();
    let got = format!(
        "{} | {} | {} | {} | {} | {}",
        decision.title.as_deref().unwrap_or("-"),
        decision.status.map_or("-", Status::word),
        decision.dates.date.map_or("-".to_owned(), |date| date.to_string()),
        decision.people.decision_makers.join(", "),
        links.join("; "),
        decision.dialect.word()
    );
    assert_eq!(got, expected, "{text}");
}

#[test]
fn nygard() {
    check(
        "# 7. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\nSupercedes [5. X](0005-x.md)\n\nAmended by [9. Y](0009-y.md)\n\n## Context\n",
        "Use Mongo | accepted | 2020-01-01 |  | supersedes 0005-x.md; amended-by 0009-y.md | nygard",
    );
    check(
        "# 7. Use Mongo\n\n## Status\n\nSuperceded by [ADR 10](0010-x.md)\n\n## Decision\n",
        "Use Mongo | superseded | - |  | superseded-by 0010-x.md | nygard",
    );
    check("7. Use Mongo\n============\n\nStatus\n------\nAccepted\n", "Use Mongo | accepted | - |  |  | nygard");
    check("# Status\n\nAccepted\n\n# Context\n\n# Decision\n", "- | accepted | - |  |  | nygard");
    check("# X\n\n## Status: Deprecated\n\nText\n", "X | deprecated | - |  |  | nygard");
    check("# X\n\n## Status\n\n~~Accepted~~ *Deprecated*\n", "X | deprecated | - |  |  | nygard");
    check(
        "# X\n\n## Status\n\n<!-- proposed, accepted, superseded by ADR-1 -->\nProposed\n",
        "X | proposed | - |  |  | nygard",
    );
    check(
        "# X\n\n```yaml\nstatus: rejected\n```\n\n## Status\n\nAccepted\n\n```\n## Status\nRejected\n```\n",
        "X | accepted | - |  |  | nygard",
    );
}

#[test]
fn partial_and_negated_links() {
    check(
        "# X\n\n## Status\n\nPartially superseded by [ADR\n17](0017-x.md). More.\n",
        "X | accepted | - |  | partly superseded by 0017-x.md | nygard",
    );
    check(
        "# X\n\n- Status: Accepted (2026-07-26) · Runtime floor superseded by ADR-0034\n- Supersedes: nothing\n",
        "X | accepted | 2026-07-26 |  | partly superseded by ADR-0034 | madr2",
    );
    check(
        "# X\n\n> **§1 (name) was superseded by [ADR-9](9.md).** More.\n\n- Status: Accepted\n",
        "X | accepted | - |  | partly superseded by 9.md | madr2",
    );
    check(
        "# X\n\n- Status: Accepted\n- Supersedes: ADR-0004's inheritance rule (§1)\n",
        "X | accepted | - |  | partly supersedes ADR-0004 | madr2",
    );
    check(
        "# X\n\n**Status:** Accepted\n**Supersedes:** None (extends ADR-0087)\n",
        "X | accepted | - |  | amends ADR-0087 | inline",
    );
    check("# X\n\n**Status:** Accepted\n**Superseded by:** N/A\n", "X | accepted | - |  |  | inline");
    check(
        "# X\n\n## Status\n\nDeprecated (Replaced by ADR #0012)\n",
        "X | superseded | - |  | superseded-by ADR #0012 | nygard",
    );
    check(
        "# X\n\n## Status\n\nSuperseded by [ADR-7]({% post_url adr/2017-09-03-x %})\n",
        "X | superseded | - |  | superseded-by adr/2017-09-03-x | nygard",
    );
    check(
        "# X\n\n## Status\n\nSuperseded by [[0012-use-y]]\n",
        "X | superseded | - |  | superseded-by 0012-use-y | nygard",
    );
}

#[test]
fn front_matter() {
    check(
        "---\nstatus: superseded by [ADR-0042](0042-x.md)\ndate: '2023-09-29'\ndeciders: a, b\n---\n\n# Use Mongo\n",
        "Use Mongo | superseded | 2023-09-29 | a, b | superseded-by 0042-x.md | madr3",
    );
    check(
        "---\nstatus: accepted\ndecision-makers: [\"@dana\", Lee]\nsupersedes: [ADR-0001, 2, 0003-x]\nrelates-to: [{ref: ADR-9, as: refines}]\n---\n# X\n",
        "X | accepted | - | @dana, Lee | supersedes ADR-0001; supersedes 2; supersedes 0003-x; refines ADR-9 | madr4",
    );
    check(
        "---\nschema: precedent/record/v1\nstatus: draft\nsuperseded-by: []\n---\n# X\n",
        "X | draft | - |  |  | precedent1",
    );
    check("---\nstatus: { accepted }\ndeciders: @dana, @lee\n---\n# X\n", "X | accepted | - | @dana, @lee |  | madr3");
    check("---\nstatus: {proposed | rejected | accepted | deprecated}\n---\n# X\n", "X | - | - |  |  | madr4");
    check(
        "---\ntitle: \"Title: in front matter\"\nadr_status: Accepted\n---\n\nText\n",
        "Title: in front matter | accepted | - |  |  | front-matter",
    );
    check(
        "+++\nstatus = \"accepted\"\ndate = 2020-01-02\nauthors = [\"a\", \"b\"]\n+++\n# X\n",
        "X | accepted | 2020-01-02 | a, b |  | front-matter",
    );
    check("status: proposed\ndate: 2026-03-23\n---\n\n# X\n", "X | proposed | 2026-03-23 |  |  | madr4");
    check("\n---\nstatus: accepted\n---\n# X\n", "X | accepted | - |  |  | madr4");
    check("---\n\nJust a rule above.\n\n---\n\n# X\n\nStatus: accepted\n", "X | accepted | - |  |  | inline");
}

#[test]
fn bullets_lines_tables_and_titles() {
    check(
        "# X\n\n* Status: superseded by [ADR-0005](0005-x.md)\n* Deciders: a, b\n* Date: 2020-01-01\n\n## Context\n",
        "X | superseded | 2020-01-01 | a, b | superseded-by 0005-x.md | madr2",
    );
    check(
        "# X\n\n- Status: accepted\n- Deciders:\n  - A B\n  - C D\n- Tags: x, y\n",
        "X | accepted | - | A B, C D |  | log4brains",
    );
    check("# X\n\n**Status** Accepted\n\n**Date** 2019-06-05\n", "X | accepted | 2019-06-05 |  |  | inline");
    check(
        "# X\n\n| | |\n|---|---|\n| **Status** | Accepted |\n| Deciders | a, b |\n",
        "X | accepted | - | a, b |  | table",
    );
    check(
        "# X\n\n| Status | Date |\n|---|---|\n| Rejected | 2020-01-01 |\n",
        "X | rejected | 2020-01-01 |  |  | table",
    );
    check("# Rejected: use X\n\n## Context\n\n## Decision\n", "use X | rejected | - |  |  | plain");
    check(
        "# X\n\nThis decision has been superseded by decision: [0022 Y](0022-y.md)\n\n## Context\n",
        "X | superseded | - |  | superseded-by 0022-y.md | inline",
    );
    check("#X without space\n\nStatus: Accepted\n", "X without space | accepted | - |  |  | inline");
}

#[test]
fn several_fields_on_a_line_and_bold_headings() {
    check(
        "# X\n\nStatus: **Accepted** | Date: 2024-03-04 | Deciders: A, B\n",
        "X | accepted | 2024-03-04 | A, B |  | inline",
    );
    check("# X\n\n**Status**\n\nAccepted\n\n**Context**\n\ny\n", "X | accepted | - |  |  | inline");
    check("# X\n\n**Status**\n", "X | - | - |  |  | plain");
}

#[test]
fn other_languages() {
    check(
        "# Titel\n\n## Status\n\nErsetzt durch [ADR 9](0009-y.md)\n\n## Kontext\n\n## Entscheidung\n",
        "Titel | superseded | - |  | superseded-by 0009-y.md | nygard",
    );
    check(
        "# Titre\n\nDate : 3 août 2021\n\n## Statut\n\nApprouvée\n\n## Contexte\n",
        "Titre | accepted | 2021-08-03 |  |  | nygard",
    );
    check(
        "# 生成\n\n日期: 2017-11-26\n\n## 状态\n\n2017-11-26 提议\n\n2017-12-01 通过\n\n## 背景\n",
        "生成 | accepted | 2017-11-26 |  |  | nygard",
    );
    check("# Título\n\n* Estado: aceptado\n* Fecha: 3/2/2020\n", "Título | accepted | 2020-02-03 |  |  | madr2");
}

#[test]
fn foreign_markup_is_read() {
    let foreign = |path: &str, text: &str| {
        let decision = parse(&RecordPath::new(path), text.as_bytes(), &ParseOptions::default()).decision;
        (
            decision.title.unwrap_or_default(),
            decision.status,
            decision.people.decision_makers.join(","),
            decision.dialect,
        )
    };
    let adoc = "= ADR008: Reuse\nA B <a@b.c>\n:status: draft\n\n* Status: approved\n* Deciders:\n** A B\n** C D\n\n== Context\n";
    assert_eq!(
        foreign("adr/ADR008-x.adoc", adoc),
        ("Reuse".to_owned(), Some(Status::Accepted), "A B,C D".to_owned(), Dialect::Foreign)
    );
    let adoc = "= ADR006: X\n:status: superseded by ADR7\n\n* Status: {status}\n";
    assert_eq!(foreign("adr/ADR006-x.adoc", adoc).1, Some(Status::Superseded));
    let rst = "5. Use X\n--------\n\nStatus\n------\n\nSuperseded by ADR-0009\n\nContext\n-------\n";
    assert_eq!(
        foreign("adr/0005-x.rst", rst),
        ("Use X".to_owned(), Some(Status::Superseded), String::new(), Dialect::Foreign)
    );
}

#[test]
fn configured_words() {
    let options =
        ParseOptions { statuses: vec![("tech preview".to_owned(), Status::Accepted)], ..ParseOptions::default() };
    let parsed = parse(&RecordPath::new("0001-x.md"), b"# X\n\nStatus: Tech Preview\n", &options);
    assert_eq!(parsed.decision.status, Some(Status::Accepted));
    assert_eq!(read("# X\n\nStatus: Tech Preview\n").decision.status, Some(Status::Other));
}

#[test]
fn citations_are_found_and_stated_links_are_not_cited_again() {
    let parsed = read(
        "# X\n\n## Status\n\nSupersedes [5](0005-x.md)\n\n## Context\n\nSee [that](../adr/0002-y.md#why), ADR-0003 and [[0004-z]]; not [[toc]], `[x](a.png)`, [s](https://a.b/c).\n\n```\nADR-9999\n```\n",
    );
    let cited: Vec<&str> =
        parsed.decision.citations.iter().map(|citation| citation.target.as_deref().unwrap_or(&citation.text)).collect();
    assert_eq!(cited, ["../adr/0002-y.md", "ADR-0003", "0004-z"]);
    assert_eq!(parsed.decision.links.iter().map(|link| link.kind).collect::<Vec<_>>(), [LinkKind::Supersedes]);
}

#[test]
fn problems_have_places() {
    let codes = |text: &str| {
        read(text)
            .problems
            .iter()
            .map(|problem| format!("{}:{}", problem.code.code(), problem.line))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("# X\n\nStatus: Accepted\nDate: 31/06/2016\n"), ["P009:4"]);
    assert_eq!(codes("# X\n\nStatus: Bloogy\n"), ["P010:3"]);
    assert_eq!(codes(""), ["P008:1", "P013:1"]);
    assert_eq!(codes("---\nstatus: accepted\na: [\n---\n# X\n"), ["P001:3"]);
    assert_eq!(codes("# X\n\nStatus: accepted\n\n{Describe the context and problem statement}\n"), ["P007:5"]);
    assert_eq!(codes("# X\n\nStatus: accepted\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"), ["P019:4"]);
    assert_eq!(
        parse(&RecordPath::new("a.md"), b"# \xe9\n\nStatus: accepted\n", &ParseOptions::default()).problems[0].code,
        ProblemCode::Encoding
    );
    let huge = vec![b'x'; MAX_BYTES + 1];
    assert_eq!(
        parse(&RecordPath::new("0001-a.md"), &huge, &ParseOptions::default()).problems[0].code,
        ProblemCode::TooLarge
    );
}

#[test]
fn names_that_are_no_records() {
    for (path, expected) in [
        ("docs/adr/0001-x.md", true),
        ("docs/adr/README.md", false),
        ("docs/adr/index.md", false),
        ("docs/adr/template.md", false),
        ("docs/adr/0000-template.md", false),
        ("docs/adr/adr-template.md", false),
        ("docs/adr/0005-use-template-engine.md", true),
        ("docs/adr/waivers/x.md", false),
        ("docs/adr/templates/madr.md", false),
        ("docs/adr/2022-01-01-slug/README.md", true),
        ("docs/adr/use-x.md", true),
        ("docs/adr/image.png", false),
    ] {
        assert_eq!(may_be_record(&RecordPath::new(path)), expected, "{path}");
    }
}

/// Sizes that would take minutes if anything here grew faster than its input.
#[test]
fn hostile_texts_are_read() {
    let deep_yaml = format!("---\nstatus: accepted\na: {}\n---\n# X\n", "[".repeat(20_000));
    assert_eq!(read(&deep_yaml).decision.status, Some(Status::Accepted));
    for text in [
        format!("# X\n\nStatus: accepted\n\n{}\n", "superseded by ADR-1 ".repeat(20_000)),
        format!("# X\n\n## Status\n\n{}\n", "Superseded by [x](y.md), ".repeat(20_000)),
        format!("# X\n\n{}\n", "> ".repeat(50_000)),
        format!("# X\n\n{}\n", "[".repeat(100_000)),
        format!("# X\n\n{}\n", "* ".repeat(50_000)),
        format!("# X\n\n{}\n", "ADR-0001 ".repeat(50_000)),
        format!("# X\n\n{}", "* Status: x\n".repeat(20_000)),
        format!("# X\n\n{}", "## Status\n\nx\n\n".repeat(5_000)),
        format!("# X\n\n{}", "- [a](b.md)\n".repeat(20_000)),
        format!("# X\n\n{}", "a".repeat(1_000_000)),
        format!("---\n{}---\n", "a: &a [*a, *a]\n".repeat(5_000)),
    ] {
        read(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "[a-zA-Z0-9_.é-]{0,12}\\.(md|adoc|rst|mdx)") {
        parse(&RecordPath::new(name), &bytes, &ParseOptions::default());
    }

    #[test]
    fn any_mix_of_record_parts_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("---\n"), Just("+++\n"), Just("status: "), Just("accepted"), Just("superseded by "), Just("[ADR-1](1.md)"), Just("\n"), Just("\r\n"), Just("# "), Just("## Status\n"),
        Just("* Status: "), Just("**Date:** "), Just("| Status | x |\n|---|---|\n"), Just("~~"), Just("<!--"), Just("-->"), Just("```\n"), Just("é日"), Just("2020-01-01"), Just("[["), Just("]]"), Just("{%"), Just("\t"), Just(": "), Just("："), Just("§"), Just("- "), Just("> "), Just("**Status**\n"), Just(" | "), Just("\u{feff}"), Just("="), Just("---"),
    ], 0..40)) {
        let text: String = parts.concat();
        for name in ["0001-x.md", "0001-x.adoc", "0001-x.rst"] {
            let parsed = parse(&RecordPath::new(name), text.as_bytes(), &ParseOptions::default());
            for section in parsed.sections.iter() {
                prop_assert!(section.span.end <= text.len());
            }
        }
    }
}
