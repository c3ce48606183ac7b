//! Moves as tables: a text before and after, for each form a reference may take.

use super::*;
use crate::record::{ParseOptions, parse};

const OLD: &str = "docs/adr/0007-use-mongo.md";

fn log(paths: &[&str]) -> DecisionLog {
    let options =
        |path: &RecordPath| ParseOptions { log: crate::id::log_folder(path).to_owned(), ..ParseOptions::default() };
    DecisionLog::build(
        paths
            .iter()
            .map(|path| RecordPath::new(*path))
            .map(|path| parse(&path, b"# T\n\n## Status\n\nAccepted\n", &options(&path)))
            .collect(),
    )
}

fn to(new: &str) -> Move {
    Move { from: RecordPath::new(OLD), to: RecordPath::new(new) }
}

fn check(new: &str, text: &str, expected: &str) {
    let path = RecordPath::new("docs/adr/0009-x.md");
    let log = log(&[OLD, "docs/adr/0008-other.md", path.as_str()]);
    assert_eq!(repoint(&path, text, &log, &to(new)).text, expected, "{text:?} → {new}");
}

#[test]
fn a_new_name_is_followed_in_every_form() {
    let new = "docs/adr/0007-use-postgres.md";
    check(new, "# X\n\nSee [ADR 7](0007-use-mongo.md#why).\n", "# X\n\nSee [ADR 7](0007-use-postgres.md#why).\n");
    check(new, "# X\n\n[a](./0007-use-mongo.md \"t\")\n", "# X\n\n[a](./0007-use-postgres.md \"t\")\n");
    check(new, "# X\n\n[a](/docs/adr/0007-use-mongo.md)\n", "# X\n\n[a](/docs/adr/0007-use-postgres.md)\n");
    check(new, "# X\n\n[a](0007-use-mongo)\n", "# X\n\n[a](0007-use-postgres)\n");
    check(new, "# X\n\n[a]\n\n[a]: 0007-use-mongo.md\n", "# X\n\n[a]\n\n[a]: 0007-use-postgres.md\n");
    check(new, "# X\n\n[[0007-use-mongo]] and [[ADR-0007]]\n", "# X\n\n[[0007-use-postgres]] and [[ADR-0007]]\n");
    check(
        new,
        "# X\n\n[0007-use-mongo](0007-use-mongo.md) `docs/adr/0007-use-mongo.md`\n",
        "# X\n\n[0007-use-postgres](0007-use-postgres.md) `docs/adr/0007-use-postgres.md`\n",
    );
    check(
        new,
        "# X\n\n[a](https://github.com/o/r/blob/main/docs/adr/0007-use-mongo.md#b)\n",
        "# X\n\n[a](https://github.com/o/r/blob/main/docs/adr/0007-use-postgres.md#b)\n",
    );
    check(
        new,
        "---\nsupersedes: [\"0007-use-mongo.md\"]\nrelates-to: [use-mongo]\n---\n# X\n",
        "---\nsupersedes: [\"0007-use-postgres.md\"]\nrelates-to: [use-postgres]\n---\n# X\n",
    );
}

#[test]
fn a_site_s_address_by_number_follows_the_number_only() {
    let text = "# X\n\n[a](/adr/7) [b](/adr/007#x)\n";
    check("docs/adr/0012-use-mongo.md", text, "# X\n\n[a](/adr/12) [b](/adr/012#x)\n");
    check("docs/adr/0007-use-postgres.md", text, text);
    check("docs/old/0007-use-mongo.md", text, text);
}

#[test]
fn what_means_another_record_stays() {
    let new = "docs/adr/0012-use-mongo.md";
    let text =
        "# X\n\nADR-0008, ADR-00071, [7 reasons](0008-other.md), 0007-use-mongo-too.md, $0007\n\n```\nADR-0007\n```\n";
    check(new, text, text);
}

#[test]
fn a_new_number_is_followed_in_text_and_labels() {
    let new = "docs/adr/0012-use-mongo.md";
    check(new, "# X\n\nADR-0007, ADR 7 and adr-007.\n", "# X\n\nADR-0012, ADR 12 and adr-012.\n");
    check(
        new,
        "# X\n\n## Status\n\nSupersedes [7. Use Mongo](0007-use-mongo.md)\n",
        "# X\n\n## Status\n\nSupersedes [12. Use Mongo](0012-use-mongo.md)\n",
    );
    check(new, "# X\n\n[7 good reasons](0007-use-mongo.md)\n", "# X\n\n[7 good reasons](0012-use-mongo.md)\n");
    check(
        new,
        "---\r\nsupersedes: [7, ADR-0007]\r\nstatus: superseded by ADR-0007\r\n---\r\n# X\r\n",
        "---\r\nsupersedes: [12, ADR-0012]\r\nstatus: superseded by ADR-0012\r\n---\r\n# X\r\n",
    );
}

#[test]
fn a_mention_of_two_records_with_one_number_is_reported_not_changed() {
    let path = RecordPath::new("docs/adr/0009-x.md");
    let log = log(&[OLD, "docs/adr/0007-keep-logs.md", path.as_str()]);
    let text = "# X\n\nADR-0007 and\n[ADR-0007](0007-use-mongo.md)\n";
    let done = repoint(&path, text, &log, &to("docs/adr/0012-use-mongo.md"));
    assert_eq!(done.text, "# X\n\nADR-0007 and\n[ADR-0012](0012-use-mongo.md)\n");
    assert_eq!(done.unsure, [3]);
}

#[test]
fn another_folder_is_followed_from_both_ends() {
    check("docs/old/0007-use-mongo.md", "# X\n\n[a](0007-use-mongo.md)\n", "# X\n\n[a](../old/0007-use-mongo.md)\n");
    let moved = to("docs/adr/db/0007-use-mongo.md");
    let text = "# 7. T\n\n![p](img/a.png) [b](../guide.md#x) [c](gone.md) [d](https://x.org/) [e](0007-use-mongo.md#y) [f](#z) [g](0008-other)\n";
    let there = ["docs/adr/img/a.png", "docs/guide.md", "docs/adr/0008-other.md", OLD];
    let done = relocate(text, &moved, &|path| there.contains(&path.as_str()));
    assert_eq!(
        done.text,
        "# 7. T\n\n![p](../img/a.png) [b](../../guide.md#x) [c](gone.md) [d](https://x.org/) [e](0007-use-mongo.md#y) [f](#z) [g](../0008-other)\n"
    );
}

#[test]
fn a_record_that_is_renumbered_says_its_new_number_itself() {
    let moved = to("docs/adr/0012-use-mongo.md");
    let check = |text: &str, expected: &str| {
        assert_eq!(relocate(text, &moved, &|_| true).text, expected);
    };
    check("# 7. Use Mongo\n", "# 12. Use Mongo\n");
    check(
        "\u{feff}# ADR-0007: Use 7 Mongos\n\nADR-0007 says.\n",
        "\u{feff}# ADR-0012: Use 7 Mongos\n\nADR-0012 says.\n",
    );
    check(
        "---\nid: ADR-0007\nnumber: 7\ntitle: \"7 Mongos\"\n---\n# Use Mongo\n",
        "---\nid: ADR-0012\nnumber: 12\ntitle: \"7 Mongos\"\n---\n# Use Mongo\n",
    );
    check("# Use Mongo\n", "# Use Mongo\n");
}

#[test]
fn relative_paths() {
    let check = |folder: &str, goal: &str, expected: &str| {
        assert_eq!(relative(folder, &RecordPath::new(goal)), expected);
    };
    check("docs/adr", "docs/adr/a.md", "a.md");
    check("docs/adr", "docs/b/a.md", "../b/a.md");
    check("", "docs/a.md", "docs/a.md");
    check("docs/adr/x", "a.md", "../../../a.md");
    check("docs", "docs/adr/a.md", "adr/a.md");
}
