//! Rules as they are written: keys, words, what is said of a fault; and what each kind answers about itself.

use super::*;
use crate::rule::{RuleFault, SourceFile};
use precedent_core::Severity;

/// A rule of every kind that is built, each with a file that it reads.
const KINDS: &[(&str, &str, &str)] = &[
    ("forbid-text", "match: {literal: a}", "x"),
    ("require-text", "match: {literal: a}", "x"),
    ("forbid-pattern", "language: rust\nrule: {kind: block}", "a.rs"),
    ("require-pattern", "language: rust\nrule: {kind: block}", "a.rs"),
    ("forbid-dependency", "names: [a]", "Cargo.toml"),
    ("only-dependencies", "names: [a]", "Cargo.toml"),
    ("boundaries", "modules: {a: [a], b: [b]}\nlayers: [b, a]", "a/x.rs"),
    ("files", "max-lines: 1", "x"),
    ("count", "at-most: 1\nmatch: {literal: a}", "x"),
    ("data", "file: a.json\nat: $.a\nexists: true", "a.json"),
    ("evidence", "report: r.sarif\nformat: sarif", "r.sarif"),
    ("protect", "", ""),
    ("companion", "require: {record: any}", ""),
    ("command", "effect: deny\nanything: at all", ""),
];

fn each() -> impl Iterator<Item = (&'static str, Kind, &'static str)> {
    KINDS.iter().map(|(word, keys, path)| (*word, rule(&format!("kind: {word}\n{keys}")).kind, *path))
}

#[test]
fn every_kind_has_its_word_and_reads_its_files() {
    for (word, kind, path) in each() {
        assert_eq!(kind.word(), word);
        assert_eq!(kind.reads(path), !path.is_empty(), "{word}");
        let others = matches!(word, "forbid-text" | "require-text" | "files" | "count");
        assert_eq!(kind.reads("other.md"), others, "{word}");
    }
}

#[test]
fn kinds_differ_in_what_they_ask() {
    let words = |which: &dyn Fn(&Kind) -> bool| -> Vec<&str> {
        each().filter(|(_, kind, _)| which(kind)).map(|(word, ..)| word).collect()
    };
    let texts = ["forbid-text", "require-text", "forbid-pattern", "require-pattern", "count", "command"];
    assert_eq!(words(&Kind::spares_records), texts);
    assert_eq!(words(&Kind::is_of_changes), ["protect", "companion"]);
    assert_eq!(words(&Kind::asks_of_tree), ["data"]);
    assert_eq!(words(&Kind::insists), ["forbid-dependency", "only-dependencies", "data", "evidence"]);
    assert_eq!(words(&Kind::misses_texts), ["require-text"]);
    assert_eq!(words(&|kind| kind.sought().is_some()), ["forbid-text", "require-text", "count"]);
    assert_eq!(words(&|kind| !kind.look_at_tree(&[]).is_empty()), ["data"]);
}

#[test]
fn a_kind_that_is_not_built_finds_nothing() {
    for (word, kind, path) in each().filter(|(.., path)| path.is_empty()) {
        assert_eq!(kind.look(&SourceFile::new(path, "a")), Look::default(), "{word}");
        assert_eq!(kind.look_in_vain(), Look::default(), "{word}");
    }
}

#[test]
fn a_rule_has_what_is_written() {
    let written = rule("kind: forbid-text\nseverity: warning\nremedy: ' Use b. '\npaths: [src]\nmatch: {literal: a}");
    assert_eq!((written.id.as_str(), written.message.as_str(), written.severity), ("r", "M", Severity::Warning));
    assert_eq!((written.remedy.as_deref(), written.place.line), (Some("Use b."), 1));
    assert!(written.paths.is_some_and(|paths| paths.has("src/a") && !paths.has("a")));
    let plain = rule("kind: forbid-text\nmatch: {literal: a}");
    assert_eq!((plain.severity, plain.remedy, plain.paths.is_none()), (Severity::Error, None, true));
    assert_eq!(rule("kind: forbid-text\nseverity: note\nmatch: {literal: a}").severity, Severity::Note);
    let other = rule("match: {literal: a}\nkind: forbid-text");
    assert_eq!(plain.digest, other.digest);
    assert_ne!(plain.digest, rule("kind: forbid-text\nmatch: {literal: b}").digest);
}

#[test]
fn a_key_that_nobody_asked_for_is_a_fault() {
    refused(
        "kind: forbid-text\nmatch: {literal: a}\npath: [a]",
        "5: a rule here has no key `path`; did you mean `paths`?",
    );
    refused(
        "kind: forbid-text\nmatch: {literal: a, inn: code}",
        "4: a match here has no key `inn`; did you mean `in`?",
    );
    refused("kind: protect\nzzzzzzzz: 1", "4: a rule here has no key `zzzzzzzz`");
    // Which keys a kind has that is not known, nobody knows.
    refused("kind: forbid-txt\nzzzzzzzz: 1", "3: no kind of rule is called `forbid-txt`; did you mean `forbid-text`?");
    let faults = faults("kind: zzzzzzzz");
    assert!(faults[0].starts_with("3: no kind of rule is called `zzzzzzzz`; there are forbid-text, "), "{faults:?}");
    assert!(faults[0].ends_with(", evidence, command"), "{faults:?}");
}

#[test]
fn faults_are_told_in_the_order_of_their_lines() {
    let keys = "severity: loud\nkind: files\nmax-lines: x\npaths: [/a]\nremedy: [a]";
    let expected = [
        "3: `severity` cannot be `loud`; it is one of error, warning, note",
        "5: `max-lines` takes a whole number from 0",
        "6: `/a` is absolute; paths count from the repository's root",
        "7: `remedy` takes a text, and this is a list",
    ];
    let mut told = faults(keys);
    told.retain(|fault| !fault.starts_with("1: "));
    assert_eq!(told, expected);
    let opaque = faults("remedy: [a]\nseverity: loud\nkind: forbid-txt");
    let lines: Vec<&str> = opaque.iter().map(|fault| &fault[..1]).collect();
    assert_eq!(lines, ["3", "4", "5"]);
}

#[test]
fn values_are_of_their_kind() {
    refused("kind: protect\nagainst: {a: b}", "4: `against` takes texts, and this is keys and values");
    refused("kind: protect\nagainst: []", "4: `against` is empty");
    refused("kind: protect\nagainst: [added, '']", "4: `against` takes texts, and this is a text");
    refused("kind: protect\nremedy: ''", "4: `remedy` takes a text, and this is a text");
    let flag = "kind: count\nat-most: 1\nmay-only-fall: maybe\nmatch: {literal: a}";
    refused(flag, "5: `may-only-fall` takes true or false, and this is a text");
    let list = "kind: data\nfile: a.json\nat: $.a\none-of: x\nexists: true";
    refused(list, "6: `one-of` takes a list, and this is a text");
    // An empty value counts as absent.
    assert_eq!(rule("kind: protect\nremedy:").remedy, None);
}

/// Ids of rules, faults as `rule line: message`.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let (rules, faults) = read_rules(&read_yaml(text).expect("YAML"));
    let shown =
        |fault: RuleFault| format!("{} {}: {}", fault.rule.unwrap_or_default(), fault.place.line, fault.message);
    (rules.into_iter().map(|rule| rule.id).collect(), faults.into_iter().map(shown).collect())
}

#[test]
fn a_list_has_rules_with_ids() {
    let one = |id: &str| format!("- {{id: {id}, kind: protect, message: M}}\n");
    assert_eq!(
        read(&format!("{}{}", one("a"), one("B-2.c_d"))),
        (vec!["a".to_owned(), "B-2.c_d".to_owned()], Vec::new())
    );
    let twice = vec!["a 2: two rules of this record have the id `a`".to_owned()];
    assert_eq!(read(&format!("{}{}", one("a"), one("a"))), (vec!["a".to_owned()], twice));
    for id in ["-a", "a/b", "ä", "'a b'", ".a"] {
        let (rules, faults) = read(&one(id));
        assert!(rules.is_empty() && faults[0].contains("is no id: letters, digits and . _ - only"), "{id}: {faults:?}");
    }
    assert_eq!(
        read("- x\n").1.first().map(String::as_str),
        Some(" 1: a rule is written as keys and values, and this is a text")
    );
    assert_eq!(read("a: b\n"), (Vec::new(), vec![" 1: `rules` takes a list, and this is keys and values".to_owned()]));
    for switch in ["true", "~"] {
        assert_eq!(read(switch), (Vec::new(), Vec::new()));
    }
    let missing = ["a 1: `kind` is missing in this rule", "a 1: `message` is missing in this rule"];
    assert_eq!(read("- id: a\n").1, missing);
}

#[test]
fn a_record_has_two_hundred_rules_at_most() {
    let many =
        |count: usize| (0..count).map(|at| format!("- {{id: r{at}, kind: protect, message: M}}\n")).collect::<String>();
    assert_eq!(read(&many(200)).1, [""; 0]);
    let (rules, faults) = read(&many(202));
    assert_eq!((rules.len(), faults), (200, vec![" 201: a record has at most 200 rules".to_owned()]));
}
