//! Examples inside a rule.

use super::*;
use crate::rule::{ChangeKind, Example};

/// What is said of a rule's examples, as `line: message`.
fn run(keys: &str) -> Vec<String> {
    let rule = rule(keys);
    let faults = rule.examples.run(&rule.kind).into_iter();
    faults.map(|fault| format!("{}: {}", fault.place.line, fault.message)).collect()
}

fn with(keys: &str, key: &str, example: &str) -> Vec<String> {
    run(&format!("{keys}\ntests:\n  {key}:\n  - {example}"))
}

/// Asserts that a rule finds one example and lets the other pass, whichever they are called.
#[track_caller]
fn told_apart(keys: &str, valid: &str, invalid: &str) {
    assert_eq!(with(keys, "valid", valid), [""; 0]);
    assert_eq!(with(keys, "invalid", invalid), [""; 0]);
    let found = with(keys, "valid", invalid);
    assert!(found.len() == 1 && found[0].contains("the rule finds this valid example ("), "{found:?}");
    let missed = with(keys, "invalid", valid);
    assert!(missed.len() == 1 && missed[0].contains("the rule finds nothing in this invalid example ("), "{missed:?}");
}

#[test]
fn examples_show_what_a_rule_finds() {
    told_apart("kind: forbid-text\nmatch: {literal: bad}", "{path: a, content: good}", "{path: a, content: bad}");
    told_apart("kind: require-text\nmatch: {literal: good}", "{path: a, content: good}", "{path: a, content: ''}");
    told_apart("kind: files\nname: a", "{path: x/a}", "{path: x/b}");
    told_apart("kind: files\nmax-lines: 2", "{path: a, lines: 2}", "{path: a, lines: 3}");
    told_apart("kind: files\nrequire: [b]", "{path: a, also: [b]}", "{path: a}");
    let data = "kind: data\nfile: a.json\nat: $.a\nequals: 1";
    told_apart(data, "{path: a.json, content: '{\"a\": 1}'}", "{path: b.json, content: '{\"a\": 1}'}");
    told_apart("kind: protect\nagainst: deleted", "{path: a}", "{path: a, change: deleted}");
    told_apart("kind: companion\nrequire: {any-of: b}", "{path: a, also: [b]}", "{path: a, also: [c]}");
    told_apart("kind: companion\nrequire: {record: covering}", "{path: a, also: [b.md]}", "{path: a, also: [b]}");
    let counted = "kind: count\nat-most: 1\nmatch: {literal: x}";
    told_apart(counted, "{path: a, content: x}", "{path: a, content: x x}");
    told_apart("kind: count\nmay-only-fall: true\nmatch: {literal: x}", "{path: a}", "{path: a, content: x}");
    let layers = "kind: boundaries\nmodules: {ui: [ui], core: [core]}\nlayers: [ui, core]";
    let importing = |also: &str| format!("{{path: core/a.ts, content: 'import \"../ui/b\";', also: [{also}]}}");
    told_apart(layers, &importing("x.ts"), &importing("ui/b.ts"));
}

#[test]
fn what_cannot_be_judged_proves_nothing() {
    for key in ["valid", "invalid"] {
        let said = with("kind: data\nfile: a.json\nat: $.a\nexists: true", key, "{path: a.json, content: '{'}");
        assert!(said[0].starts_with("9: this example cannot be judged: it cannot be read"), "{said:?}");
    }
}

#[test]
fn an_example_is_read_as_it_is_written() {
    let read = |example: &str| -> Example {
        let rule = rule(&format!("kind: protect\ntests: {{valid: [{example}]}}"));
        assert!(rule.examples.invalid.is_empty());
        rule.examples.valid[0].clone()
    };
    let plain = read("{path: a}");
    assert_eq!((plain.path.as_str(), plain.content.as_str(), plain.change), ("a", "", ChangeKind::Modified));
    assert_eq!((plain.also.len(), plain.place.line), (0, 4));
    let whole = read("{path: a, content: \"x\\r\\ny\", change: added, also: [b, c]}");
    assert_eq!((whole.content.as_str(), whole.change), ("x\ny", ChangeKind::Added));
    assert_eq!(whole.also, ["b", "c"]);
    assert_eq!(read("{path: a, lines: 10000}").content.lines().count(), 10_000);
    let refused = |example: &str, expected: &str| {
        super::refused(&format!("kind: protect\ntests: {{valid: [{example}]}}"), expected);
    };
    refused("{path: a, lines: 10001}", "4: `lines` is 10000 at most");
    refused("{content: a}", "4: `path` is missing in this example");
    refused("{path: a, contents: a}", "4: a example here has no key `contents`; did you mean `content`?");
    super::refused("kind: protect\ntests: {valid: x}", "4: `valid` takes a list, and this is a text");
}

#[test]
fn a_rule_has_a_hundred_examples_of_a_kind_at_most() {
    let many = |count: usize| format!("kind: protect\ntests:\n  valid:\n{}", "  - {path: a}\n".repeat(count));
    assert_eq!(rule(&many(100)).examples.valid.len(), 100);
    refused(&many(101), "106: a rule has at most 100 examples of a kind");
}
