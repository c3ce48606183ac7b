//! `forbid-text`, `require-text` and `count`.

use super::*;

const PARTS: &str = "// mongo\nfn a() { b(\"mongo\"); mongo() }\n";

#[test]
fn a_literal_is_found_to_the_letter() {
    let text = "b.d bad b.d\nB.D";
    assert_eq!(spans("kind: forbid-text\nmatch: {literal: b.d}", "a", text), [(0, 3), (8, 11)]);
    let every = [(0, 3), (8, 11), (12, 15)];
    assert_eq!(spans("kind: forbid-text\nmatch: {literal: b.d, ignore-case: true}", "a", text), every);
    assert_eq!(spans("kind: forbid-text\nmatch: {any-literal: [ad, B.D]}", "a", text), [(5, 7), (12, 15)]);
    assert_eq!(look("kind: forbid-text\nmatch: {literal: x}", "a", text), Look::default());
}

#[test]
fn an_expression_sees_lines() {
    let text = "bad x\nBad\n";
    assert_eq!(spans("kind: forbid-text\nmatch: {regex: '^Bad$'}", "a", text), [(6, 9)]);
    assert_eq!(spans("kind: forbid-text\nmatch: {regex: '^bad', ignore-case: true}", "a", text), [(0, 3), (6, 9)]);
    // What matches nothing at some place only, and a text at others, is found at the others.
    assert_eq!(spans("kind: forbid-text\nmatch: {regex: 'x|$\\b'}", "a", "ax"), [(1, 2)]);
}

#[test]
fn a_text_counts_in_its_part_only() {
    let rule = |part: &str| format!("kind: forbid-text\nmatch: {{literal: mongo, in: {part}}}");
    let (comment, string, call) = ((3, 8), (21, 26), (30, 35));
    assert_eq!(spans(&rule("all"), "a.rs", PARTS), [comment, string, call]);
    assert_eq!(spans(&rule("code"), "a.rs", PARTS), [string, call]);
    assert_eq!(spans(&rule("comments"), "a.rs", PARTS), [comment]);
    assert_eq!(spans(&rule("strings"), "a.rs", PARTS), [string]);
    // Where nothing tells parts apart all of the text counts.
    assert_eq!(spans(&rule("comments"), "a.unknown", PARTS), [comment, string, call]);
    let deep = format!("mongo{}", too_deep());
    undecided(&rule("comments"), "a.rs", &deep, TOO_DEEP);
    undecided(&rule("comments").replace("forbid", "require"), "a.rs", &deep, TOO_DEEP);
    // Nothing has to be taken apart for a text that is not there.
    assert_eq!(look(&rule("comments"), "a.rs", &too_deep()), Look::default());
}

#[test]
fn a_required_text_is_missed_once() {
    let missed = look("kind: require-text\nmatch: {literal: mongo, in: comments}", "a.rs", "mongo\n");
    let note = "the required text does not occur in this file".to_owned();
    assert_eq!(missed.undecided, None);
    assert_eq!(missed.hits.len(), 1);
    assert_eq!((missed.hits[0].span.clone(), missed.hits[0].note.clone()), (0..0, Some(note)));
    assert_eq!(missed.hits[0].subject.as_deref(), Some("mongo Some(Comments) false"));
    assert_eq!(look("kind: require-text\nmatch: {literal: mongo, in: comments}", "a.rs", PARTS), Look::default());
    assert_eq!(rule("kind: require-text\nmatch: {literal: a}").kind.look_in_vain().hits.len(), 1);
    assert_eq!(rule("kind: forbid-text\nmatch: {literal: a}").kind.look_in_vain(), Look::default());
}

#[test]
fn more_than_a_thousand_places_are_too_many() {
    let rule = "kind: forbid-text\nmatch: {literal: a}";
    assert_eq!(spans(rule, "f", &"a".repeat(1_000)).len(), 1_000);
    let look = look(rule, "f", &"a".repeat(1_002));
    assert_eq!(look.hits.len(), 1_000);
    assert_eq!(look.undecided.as_deref(), Some("more than 1000 places in one file"));
}

#[test]
fn what_is_looked_for_is_said_once_and_well() {
    refused("kind: forbid-text", "1: `match` is missing in this rule");
    let told = faults("kind: forbid-text\nmatch: x");
    assert_eq!(told[0], "4: a match is written as keys and values, and this is a text");
    refused("kind: forbid-text\nmatch: {in: code}", "4: `literal, any-literal or regex` is missing in this match");
    refused(
        "kind: forbid-text\nmatch: {literal: a, regex: b}",
        "4: this has several of literal, any-literal and regex; one is meant",
    );
    refused("kind: forbid-text\nmatch: {regex: 'a*'}", "4: this matches the empty text, which is everywhere");
    let faults = faults("kind: forbid-text\nmatch: {regex: '('}");
    assert!(faults[0].starts_with("4: this is no regular expression: "), "{faults:?}");
    refused("kind: forbid-text\nmatch: {regex: '\\w{500}{500}'}", "4: this is too large once compiled");
    refused(
        "kind: forbid-text\nmatch: {literal: a, in: tests}",
        "4: `in` cannot be `tests`; it is one of all, code, comments, strings",
    );
    let many = |count: usize| {
        let texts: Vec<String> = (0..count).map(|number| format!("t{number}")).collect();
        format!("kind: forbid-text\nmatch: {{any-literal: [{}]}}", texts.join(", "))
    };
    assert_eq!(spans(&many(1_000), "a", "t999"), [(0, 2)]);
    refused(&many(1_001), "4: `any-literal` has more than 1000 texts");
}

#[test]
fn the_longest_expression_has_four_kibibytes() {
    let with = |count: usize| format!("kind: forbid-text\nmatch: {{regex: '{}'}}", "a".repeat(count));
    assert_eq!(spans(&with(4 * 1024), "f", &"a".repeat(4 * 1024)), [(0, 4 * 1024)]);
    refused(&with(4 * 1024 + 1), "4: this is longer than 4096 bytes");
    let nested =
        |depth: usize| format!("kind: forbid-text\nmatch: {{regex: '{}a{}'}}", "(?:".repeat(depth), ")".repeat(depth));
    assert_eq!(spans(&nested(60), "f", "a"), [(0, 1)]);
    assert_eq!(faults(&nested(70)).len(), 1);
}

#[test]
fn a_count_has_one_limit() {
    let limits = |keys: &str| {
        let Kind::Count(rule) = rule(&format!("kind: count\nmatch: {{literal: a}}\n{keys}")).kind else {
            panic!("{keys} is no count");
        };
        (rule.limit(None), rule.limit(Some(7)), rule.needs_whole_tree())
    };
    assert_eq!(limits("at-most: 2"), (Some(2), Some(2), true));
    assert_eq!(limits("may-only-fall: true"), (None, Some(7), false));
    let either = "1: a count has either `at-most` or `may-only-fall: true`";
    refused("kind: count\nmatch: {literal: a}", either);
    refused("kind: count\nmatch: {literal: a}\nmay-only-fall: false", either);
    refused("kind: count\nmatch: {literal: a}\nat-most: 1\nmay-only-fall: true", either);
    assert_eq!(spans("kind: count\nat-most: 0\nmatch: {literal: a}", "f", "aba"), [(0, 1), (2, 3)]);
}
