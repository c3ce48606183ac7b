//! `data`: values in settings.

use super::*;

/// What a rule says of a text, as `place text: note`.
#[track_caller]
fn said(keys: &str, path: &str, text: &str) -> Vec<String> {
    let look = look(&format!("kind: data\n{keys}"), path, text);
    assert_eq!(look.undecided, None, "{keys}");
    let shown = |hit: crate::rule::Hit| format!("{} {}", &text[hit.span], hit.note.unwrap_or_default());
    look.hits.into_iter().map(shown).collect()
}

#[test]
fn a_value_is_found_in_each_format() {
    for (file, text, line) in [
        ("a.json", "{ // x\n  \"a\": {\"b\": 1,},\n}\n", "1,},"),
        ("a.jsonc", "{\"a\": {\"b\": 1}}", "1}}"),
        ("a.toml", "[a]\nb = 1\n", "1"),
        ("a.yaml", "x: y\na:\n  b: 1 \n", "1"),
        ("a.YML", "a: {b: 1}\n", "1}"),
    ] {
        let keys = |wanted: &str| format!("file: {file}\nat: $.a.b\n{wanted}");
        assert_eq!(said(&keys("equals: 1"), file, text), [""; 0], "{file}");
        let note = format!("{line} $['a']['b'] is 1; it has to be 2");
        assert_eq!(said(&keys("equals: 2"), file, text), [note], "{file}");
    }
}

#[test]
fn what_a_value_has_to_be() {
    let keys = |wanted: &str| format!("file: a.yaml\nat: $.a\n{wanted}");
    for (wanted, good, bad, note) in [
        ("equals: 1", "a: 1.0", "a: '1'", "'1' $['a'] is \"1\"; it has to be 1"),
        ("equals: [1, x]", "a: [1, x]", "a: [x, 1]", "[x, 1] $['a'] is [\"x\",1]; it has to be [1,\"x\"]"),
        ("one-of: [x, 2]", "a: 2", "a: 3", "3 $['a'] is 3; it has to be \"x\" or 2"),
        ("matches: '^v\\d'", "a: v1", "a: x1", "x1 $['a'] is \"x1\"; it has to match `^v\\d`"),
        ("matches: '^\\d$'", "a: 1", "a: [1]", "[1] $['a'] is [1]; it has to match `^\\d$`"),
        ("matches: tr", "a: true", "a: false", "false $['a'] is false; it has to match `tr`"),
        ("exists: false", "b: 1", "a: 1", "1 $['a'] is 1; it must not be there"),
        ("exists: true", "a: 1", "b: 1", " there is no value at $.a"),
        ("one-of: [x]", "a: x", "b: x", " there is no value at $.a"),
        ("matches: x", "a: x", "b: x", " there is no value at $.a"),
    ] {
        assert_eq!(said(&keys(wanted), "a.yaml", good), [""; 0], "{wanted}");
        assert_eq!(said(&keys(wanted), "a.yaml", bad), [note], "{wanted}");
    }
}

#[test]
fn every_value_of_a_path_is_judged_where_it_stands() {
    let text = "c:\n  - image: ours/a\n  - image: evil/ä  # x\n    y: evil\nimage: evil/c\n";
    let found = said("file: '*.yaml'\nat: $..image\nmatches: ^ours/", "a.yaml", text);
    let note = |place: &str, value: &str| format!("$['{place}image'] is \"evil/{value}\"; it has to match `^ours/`");
    assert_eq!(found.len(), 2);
    assert!(found.contains(&format!("evil/ä  # x {}", note("c'][1]['", "ä"))), "{found:?}");
    assert!(found.contains(&format!("evil/c {}", note("", "c"))), "{found:?}");
    let subjects = look("kind: data\nfile: a.json\nat: $.a\nequals: 1", "a.json", "{\"a\": 2}").hits;
    assert_eq!(subjects[0].subject.as_deref(), Some("$.a 2"));
    let missing = look("kind: data\nfile: a.json\nat: $.a\nequals: 1", "a.json", "{}").hits;
    assert_eq!((missing[0].span.clone(), missing[0].subject.as_deref()), (0..0, Some("$.a nothing")));
}

#[test]
fn a_long_value_is_shown_in_part() {
    let keys = |wanted: &str| format!("file: a.yaml\nat: $.a\nequals: {wanted}");
    let of = |count: usize| "x".repeat(count);
    let note = |value: &str| vec![format!("{} $['a'] is {value}; it has to be 1", of(78))];
    assert_eq!(said(&keys("1"), "a.yaml", &format!("a: {}", of(78))), note(&format!("\"{}\"", of(78))));
    let cut = said(&keys("1"), "a.yaml", &format!("a: {}", of(79)));
    assert!(cut[0].contains(&format!("is \"{}…; it", of(79))), "{cut:?}");
    let wanted = said(&keys(&of(90)), "a.yaml", "a: 1");
    assert!(wanted[0].ends_with(&format!("it has to be \"{}…", of(79))), "{wanted:?}");
}

#[test]
fn a_file_that_says_something_is_there() {
    let missing = |wanted: &str, paths: &[&str]| {
        let kind = rule(&format!("kind: data\nfile: 'k/*.json'\nat: $.a\n{wanted}")).kind;
        assert!(kind.asks_of_tree() && kind.reads("k/a.json") && !kind.reads("a.json"));
        kind.look_at_tree(paths)
    };
    assert_eq!(missing("equals: 1", &["x", "k/b.json"]), []);
    assert_eq!(missing("exists: false", &["x"]), []);
    let hits = missing("exists: true", &["x"]);
    assert_eq!((hits[0].path.as_str(), hits[0].subject.as_str()), ("k/*.json", "$.a nothing"));
    assert_eq!(hits[0].note, "there is no such file, so nothing is at $.a");
}

#[test]
fn what_cannot_be_read_is_undecided() {
    for (file, text, place) in [("a.json", "\n{\n", 2), ("a.toml", "\n= =", 2), ("a.yaml", "a: [", 2)] {
        let look = look(&format!("kind: data\nfile: {file}\nat: $.a\nexists: true"), file, text);
        let why = look.undecided.expect("a reason");
        assert!(why.starts_with(&format!("it cannot be read: line {place}: ")), "{file}: {why}");
        assert_eq!(look.hits, []);
    }
}

#[test]
fn a_rule_about_data_says_one_thing() {
    let with = |keys: &str| faults(&format!("kind: data\n{keys}"));
    assert_eq!(with("at: $.a\nexists: true"), ["1: `file` is missing in this rule"]);
    assert_eq!(with("file: a.json\nexists: true"), ["1: `at` is missing in this rule"]);
    let none = ["1: `equals, one-of, matches or exists` is missing in this rule"];
    assert_eq!(with("file: a.json\nat: $.a"), none);
    let several = ["1: this has several of equals, one-of, matches and exists; one is meant"];
    assert_eq!(with("file: a.json\nat: $.a\nequals: 1\nexists: true"), several);
    let ending = ["4: `file` has to end in .json, .toml, .yaml or .yml"];
    assert_eq!(with("file: a.xml\nat: $.a\nexists: true"), ending);
    assert_eq!(with("file: /a.json\nat: $.a\nexists: true").len(), 1);
    assert!(with("file: a.json\nat: a\nexists: true")[0].starts_with("5: `at` is no JSONPath: "));
}
