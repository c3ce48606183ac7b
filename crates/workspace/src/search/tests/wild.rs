//! Whatever is typed gets an answer: no panic, no failure, and every place in the answer lies in its text.

use super::three;
use precedent_core::wire::{SearchReply, SearchRequest};
use proptest::prelude::*;

/// What queries are made of, and what people paste.
const BITS: &[&str] = &[
    "“",
    "”",
    "„",
    "\"",
    "«",
    "’",
    "'",
    "`",
    "-",
    "--",
    " ",
    "  ",
    "\t",
    "\n",
    "\u{a0}",
    "\u{3000}",
    "\0",
    "\u{1}",
    "\u{2}a",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    ":",
    "::",
    "/",
    "\\",
    ".",
    "..",
    ",",
    "#",
    "@",
    "*",
    "?",
    "~",
    "^",
    "|",
    "+",
    "++",
    "=",
    "_",
    "!",
    "&",
    "%",
    "1",
    "0012",
    "99999999999999999999",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{345}",
    "İ",
    "ς",
    "й",
    "ß",
    "状",
    "修改",
    "态\u{301}",
    "か",
    "か\u{3099}",
    "\u{3099}",
    "ｶﾞ",
    "한",
    "\u{1112}\u{1161}\u{11ab}",
    "\u{1161}",
    "😀",
    "👩‍👩‍👧",
    "\u{202e}",
    "\u{fffd}",
    "\u{10ffff}",
    "نص",
    "क्ष",
    "OR",
    "AND",
    "queue",
    "event",
    "x",
    "to",
    "C++",
    "C#",
    ".NET",
    "io_uring",
    "foo::bar",
    "ADR-",
    "status:",
    "tag:",
    "by:",
    "owner:",
    "scope:",
    "in:",
    "section:",
    "path:",
    "binds:",
    "before:",
    "after:",
    "year:",
    "is:",
    "has:",
    "id:",
    "accepted",
    "options",
    "mine",
    "2025-03",
    "2025..",
    "docs/adr",
    "./",
    "none",
];

/// Queries of bits, and of anything else.
pub(in crate::search) fn queries() -> impl Strategy<Value = String> {
    let bits = prop::collection::vec(prop::sample::select(BITS), 0..10).prop_map(|bits| bits.concat());
    prop_oneof![4 => bits, 1 => "\\PC{0,24}", 1 => any::<String>()]
}

/// Cases that a minute of a debug build has room for many times over.
pub(in crate::search) fn many() -> ProptestConfig {
    ProptestConfig { cases: 400, ..ProptestConfig::default() }
}

/// Ranges of UTF-16 code units, in order, within a text.
pub(in crate::search) fn lie_within(ranges: &[(u32, u32)], text: &str) -> bool {
    let length = text.encode_utf16().count() as u32;
    ranges.iter().all(|(start, end)| start <= end && *end <= length)
}

fn check(reply: &SearchReply) -> Result<(), TestCaseError> {
    prop_assert!(lie_within(reply.complaint_at.as_slice(), &reply.query), "{:?}", reply.complaint);
    prop_assert_eq!(reply.complaint.is_some(), reply.complaint_at.is_some());
    for hit in &reply.hits {
        prop_assert!(lie_within(&hit.title_marks, &hit.title));
        prop_assert!(hit.snippets.iter().all(|snippet| lie_within(&snippet.text.marks, &snippet.text.text)));
    }
    Ok(())
}

#[test]
fn any_query_is_answered() {
    let folder = three();
    folder.write(
        "0004-marks.md",
        "# “Event” e\u{301}\u{301} क्ष 한글\n\n## Decision\n\nか\u{3099} 态\u{301} 👩‍👩‍👧 C++17 [x](io_uring/epoll) 状“İ”\n",
    );
    let workspace = folder.open(false);
    proptest!(many(), |(query in queries(), limit in 0u32..3)| {
        let request = SearchRequest { query: query.clone(), limit, me: Some("Dana <d@x>".into()), ..SearchRequest::default() };
        check(&workspace.search(&request).map_err(|error| TestCaseError::fail(error.to_string()))?)?;
        workspace.similar(&query).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let found = workspace.matches(&[query], None).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(found.len(), 1);
    });
}

#[test]
fn a_quotation_mark_of_any_kind_may_be_left_open() {
    let folder = three();
    let workspace = folder.open(false);
    for (query, place) in [
        ("“event OR x", (0, 1)),
        ("é „event is:open", (2, 3)),
        ("x ”a OR y", (2, 3)),
        ("-“event tag:x", (1, 2)),
        ("tag:“a by:b", (4, 5)),
    ] {
        let request = SearchRequest { query: query.into(), ..SearchRequest::default() };
        let reply = workspace.search(&request).expect("an answer");
        assert_eq!(reply.complaint_at, Some(place), "{query}: {:?}", reply.complaint);
    }
}

#[test]
fn a_query_without_end_is_cut_off_and_told() {
    let folder = three();
    let workspace = folder.open(false);
    let excluded: String = (0..5_000).map(|at| format!("-x{at} ")).collect();
    let joined = "x/".repeat(20_000);
    let phrase = format!("\"{}\"", "word ".repeat(5_000));
    let or = "kafka OR ".repeat(3_000);
    for query in [excluded, joined, phrase, or] {
        let reply = workspace.search(&SearchRequest { query, ..SearchRequest::default() }).expect("an answer");
        let complaint = reply.complaint.expect("a complaint");
        assert!(complaint.contains("too long"), "{complaint}");
    }
}
