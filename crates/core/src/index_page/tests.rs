//! The table between the marks, and every other byte.

use super::*;
use crate::log::DecisionLog;
use crate::record::{ParseOptions, parse};
use proptest::prelude::*;

const RECORDS: &[(&str, &str)] = &[
    ("docs/adr/0002-use-mongo.md", "---\nstatus: superseded\nsuperseded-by: [ADR-0003]\n---\n# Use Mongo | for now\n"),
    ("docs/adr/0001-record.md", "---\nstatus: accepted\ndate: 2026-01-02\n---\n# Record [all] decisions\n"),
    (
        "docs/adr/0003-use postgres.md",
        "---\nstatus: accepted\ndate: 2026-03-02\nsupersedes: [ADR-0002]\n---\n# Use Postgres\n",
    ),
];

fn decisions(records: &[(&str, &str)]) -> Vec<DecisionSummary> {
    let parsed =
        records.iter().map(|(path, text)| parse(&RecordPath::new(*path), text.as_bytes(), &ParseOptions::default()));
    DecisionLog::build(parsed.collect()).summaries()
}

fn page(text: &str) -> String {
    with_index(Some(text), &RecordPath::new("docs/adr/README.md"), &decisions(RECORDS))
}

const TABLE: &str = "| Number | Decision | Status | Date |\n| --- | --- | --- | --- |\n| [0001](0001-record.md) | Record \\[all\\] decisions | Accepted | 2026-01-02 |\n| [0002](0002-use-mongo.md) | Use Mongo \\| for now | Superseded by [0003](0003-use%20postgres.md) |  |\n| [0003](0003-use%20postgres.md) | Use Postgres | Accepted | 2026-03-02 |\n";

#[test]
fn the_table_is_written_between_the_marks_and_written_again() {
    let before = format!("# Log\n\nWhy.\n\n{BEGIN}\nold\n{END}\n\nMore.\n");
    let after = format!("# Log\n\nWhy.\n\n{BEGIN}\n{TABLE}{END}\n\nMore.\n");
    assert_eq!(page(&before), after);
    assert_eq!(page(&after), after);
}

#[test]
fn a_page_without_marks_gets_them_at_its_end_and_no_page_is_made() {
    assert_eq!(page("# Log"), format!("# Log\n\n{BEGIN}\n{TABLE}{END}\n"));
    assert_eq!(page("# Log\n"), format!("# Log\n\n{BEGIN}\n{TABLE}{END}\n"));
    let crlf = page("# Log\r\n");
    assert_eq!(crlf, format!("# Log\n\n{BEGIN}\n{TABLE}{END}\n").replace('\n', "\r\n"));
    let made = with_index(None, &RecordPath::new("docs/adr/README.md"), &decisions(RECORDS));
    assert_eq!(made, format!("# Decisions\n\n{BEGIN}\n{TABLE}{END}\n"));
}

#[test]
fn links_lead_from_where_the_page_lies() {
    let text = with_index(None, &RecordPath::new("README.md"), &decisions(RECORDS));
    assert!(text.contains("| [0001](docs/adr/0001-record.md) |"), "{text}");
    let text = with_index(None, &RecordPath::new("docs/guide/index.md"), &decisions(RECORDS));
    assert!(text.contains("| [0001](../adr/0001-record.md) |"), "{text}");
}

#[test]
fn the_marks_of_adr_log_keep_its_list() {
    let list = |bullet: char| {
        format!(
            "{bullet} [ADR-0001](0001-record.md) - Record \\[all\\] decisions\n{bullet} [ADR-0002](0002-use-mongo.md) - Use Mongo | for now\n{bullet} [ADR-0003](0003-use%20postgres.md) - Use Postgres\n"
        )
    };
    for (before, bullet) in [
        (
            "x\n\n<!-- adrlog -- Regenerate with \"adr-log -i\" -->\n\n* [ADR-0001](a.md) - A\n\n<!-- adrlogstop -->\ny",
            '*',
        ),
        ("x\n\n<!-- adrlog -->\n- [ADR-0001](a.md) - A\n<!-- adrlogstop -->\ny", '-'),
        ("x\n\n<!-- adrlog --><!-- adrlogstop -->\ny", '*'),
    ] {
        let begin = &before[..before.find("-->").expect("a mark") + 3];
        let after = page(before);
        assert_eq!(after, format!("{begin}\n\n{}\n<!-- adrlogstop -->\ny", list(bullet)));
        assert_eq!(page(&after), after);
    }
}

#[test]
fn marks_in_code_are_an_example() {
    let example = format!("Write\n\n```\n{BEGIN}\n{END}\n```\n\nor `{BEGIN} {END}`.\n");
    assert!(!has_marks(&example));
    assert_eq!(page(&example), format!("{example}\n{BEGIN}\n{TABLE}{END}\n"));
}

#[test]
fn a_comment_in_a_title_does_not_end_the_index() {
    let record = "---\ntitle: Write <!-- /precedent:index --> or <!-- adrlogstop -->\nstatus: accepted\n---\n";
    let decisions = decisions(&[("docs/adr/0001-x.md", record)]);
    let path = RecordPath::new("docs/adr/README.md");
    for before in [format!("# Log\n\n{BEGIN}\n{END}\n\nMore.\n"), "<!-- adrlog -->\n<!-- adrlogstop -->\n".to_owned()] {
        let once = with_index(Some(&before), &path, &decisions);
        assert!(once.contains("Write &lt;!-- /precedent:index --> or &lt;!-- adrlogstop -->"), "{once}");
        assert_eq!(with_index(Some(&once), &path, &decisions), once);
    }
}

#[test]
fn a_log_without_numbers_has_no_column_for_them() {
    let text = with_index(
        None,
        &RecordPath::new("adr/README.md"),
        &decisions(&[("adr/use-x.md", "---\nstatus: draft\n---\n# Use X\n")]),
    );
    assert!(
        text.contains("| Decision | Status | Date |\n| --- | --- | --- |\n| [Use X](use-x.md) | Draft |  |\n"),
        "{text}"
    );
}

proptest! {
    #[test]
    fn bytes_outside_of_the_marks_stay(before in "[^`~<>]{0,80}", inside in "[^`~<>]{0,40}", after in "[^<>]{0,80}") {
        let text = format!("{before}{BEGIN}{inside}{END}{after}");
        prop_assume!(has_marks(&text));
        let written = page(&text);
        let head = format!("{before}{BEGIN}");
        prop_assert!(written.starts_with(&head));
        let tail = format!("{END}{after}");
        prop_assert!(written.ends_with(&tail));
        prop_assert_eq!(page(&written), written);
    }
}
