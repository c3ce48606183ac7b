//! What each way of asking finds, in records of a line each.

use super::{Folder, search, sorted};
use precedent_core::wire::SearchReply;

/// A log of which record n decides the nth line.
fn log(decisions: &[&str]) -> Folder {
    let folder = Folder::new(&[]);
    for (at, decision) in decisions.iter().enumerate() {
        folder.write(&format!("{:04}-r.md", at + 1), &format!("# Talk\n\n## Decision\n\n{decision}\n"));
    }
    folder
}

/// Numbers of the records that are found, in their own order.
fn numbers(reply: &SearchReply) -> String {
    let number = |path: &str| -> Option<u32> { path.rsplit('/').next()?.split(['-', '.']).find_map(|part| part.parse().ok()) };
    let mut numbers: Vec<u32> = sorted(reply).iter().filter_map(|path| number(path)).collect();
    numbers.sort_unstable();
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(decisions: &[&str], questions: &[(&str, &str)]) {
    check_in(&log(decisions), questions);
}

#[track_caller]
fn check_in(folder: &Folder, questions: &[(&str, &str)]) {
    let workspace = folder.open(false);
    for (query, expected) in questions {
        let reply = search(&workspace, query);
        assert_eq!(numbers(&reply), *expected, "{query}");
        assert_eq!(reply.complaint, None, "{query}");
    }
}

/// As [`check_in`], with a complaint that names a part of the query.
#[track_caller]
fn complains_in(folder: &Folder, query: &str, part: &str, expected: &str) {
    let reply = search(&folder.open(false), query);
    let (start, end) = reply.complaint_at.unwrap_or_else(|| panic!("{query}: no complaint"));
    let units: Vec<u16> = query.encode_utf16().collect();
    let named = String::from_utf16_lossy(&units[start as usize..end as usize]);
    assert_eq!((named.as_str(), numbers(&reply).as_str()), (part, expected), "{query}: {:?}", reply.complaint);
}

#[test]
fn what_only_looks_like_a_number_of_a_record_names_none() {
    let folder = log(&["one", "UTF-16 it is", "three"]);
    for name in ["0008-x.md", "0256-y.md", "8601-z.md", "0017-c.md"] {
        folder.write(name, "# Other\n\n## Decision\n\nElse.\n");
    }
    check_in(
        &folder,
        &[("UTF-8 ", "2"), ("SHA-256 ", ""), ("HTTP-2 ", ""), ("covid-17", ""), ("see (HTTP-2) ", ""), ("UTF8", "")],
    );
    check_in(
        &folder,
        &[("#8", "8"), ("ADR-8", "8"), ("adr0008", "8"), ("(RFC-3)", "3"), ("lep-3 zzz ", "3"), ("8 ", "8"), ("0256", "256")],
    );
}

#[test]
fn a_series_of_the_log_names_its_records() {
    let folder = log(&["one", "two", "three"]);
    folder.write("ARC-0002-x.md", "# Other\n\n## Status\n\nAccepted\n");
    folder.write("rfc/RFC-0001-y.md", "# Other\n\n## Status\n\nAccepted\n");
    let found = |query: &str| sorted(&search(&folder.open(false), query)).join(" ");
    assert_eq!(found("ARC-2"), "docs/adr/ARC-0002-x.md");
    assert_eq!(found("arc2"), "docs/adr/ARC-0002-x.md");
    assert_eq!(found("RFC-1 zzz"), "docs/adr/rfc/RFC-0001-y.md");
    // No series of its own: any record of the number.
    assert_eq!(found("ADR-3 zzz"), "docs/adr/0003-r.md");
    assert_eq!(found("XYZ-3"), "");
}

const PLACES: &str = "---\nstatus: accepted\ntags: [Data, data flow]\ndecision-makers: [\"@al\", \"Dana Lee <dana@example.org>\"]\napplies-to: [\"services/**\", \"x/**\", \"!x/fixtures/**\", \"!x/notes\", \"!x/*.json\"]\n---\n# Places\n\n## Context\n\nA queue.\n\n## Considered options\n\n* kafka\n* pigeons\n\n## Decision\n\nChosen option: pigeons.\n";

fn places() -> Folder {
    Folder::new(&[
        ("0001-Places.md", PLACES),
        ("context/0002-c.md", "---\ndecision-makers: [\"@dallas\", \"team:data\"]\n---\n# Queue\n\n## Decision\n\nkafka\n"),
        ("code/0003-d.md", "# Code\n\n## Status\n\nAccepted\n\n## Decision\n\nA kafka queue.\n\n```\nqueue\n```\n"),
        ("meta/deep/0004-e.md", "# Meta\n\n## Status\n\nProposed\n"),
    ])
}

#[test]
fn a_pasted_path_names_its_record_in_any_case() {
    let folder = places();
    // Says more of it than the record does.
    folder.write("0005-f.md", "# docs/adr/0001-Places.md: home x repository 0001-places\n\n## Status\n\nAccepted\n\n0001-places.md\n");
    let workspace = folder.open(false);
    let first = |query: &str| search(&workspace, query).hits.first().map(|hit| hit.path.clone()).unwrap_or_default();
    for query in [
        "docs/adr/0001-Places.md",
        "docs/adr/0001-places.md",
        "./docs/adr/0001-Places.md",
        "adr/0001-PLACES.md",
        "/home/x/repository/docs/adr/0001-Places.md",
        "docs\\adr\\0001-Places.md",
        "docs/adr/0001-places",
        "0001-places",
    ] {
        assert_eq!(first(query), "docs/adr/0001-Places.md", "{query}");
    }
    assert_eq!(first("src/0001-places.md"), "docs/adr/0005-f.md");
}
