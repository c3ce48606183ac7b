//! `forbid-pattern` and `require-pattern`.

use super::*;
use precedent_core::tree::Node;

const UNWRAP: &str = "language: rust\nrule: {pattern: $A.unwrap()}";
const TEXT: &str = "fn a() {\n    // b.unwrap()\n    b.unwrap();\n}\n";

#[test]
fn a_pattern_is_found_in_its_language() {
    let rule = format!("kind: forbid-pattern\n{UNWRAP}");
    assert_eq!(spans(&rule, "a.rs", TEXT), [(31, 41)]);
    let kind = super::rule(&rule).kind;
    assert!(kind.reads("x/script") && !kind.reads("a.py") && !kind.reads("a.unknown") && !kind.reads("x.y/b.z"));
    assert_eq!(kind.look(&SourceFile::new("a.py", "b.unwrap()")), Look::default());
    assert_eq!(
        spans("kind: forbid-pattern\nlanguage: bash\nrule: {pattern: ls}", "run", "#!/bin/sh\nls\n"),
        [(10, 12)]
    );
    undecided(&rule, "a.rs", &too_deep(), TOO_DEEP);
}

#[test]
fn constraints_narrow_a_pattern() {
    let rule =
        |constraint: &str| format!("kind: forbid-pattern\n{UNWRAP}\nconstraints: {{A: {{regex: '{constraint}'}}}}");
    assert_eq!(spans(&rule("^b$"), "a.rs", TEXT), [(31, 41)]);
    assert_eq!(spans(&rule("^c$"), "a.rs", TEXT), []);
}

#[test]
fn a_required_pattern_is_missed_once() {
    let rule = format!("kind: require-pattern\n{UNWRAP}");
    assert_eq!(look(&rule, "a.rs", TEXT), Look::default());
    let missed = look(&rule, "a.rs", "fn a() {}\n");
    assert_eq!((missed.hits.len(), missed.undecided), (1, None));
    assert_eq!(missed.hits[0].span, 0..0);
    assert_eq!(missed.hits[0].note.as_deref(), Some("the required pattern does not occur in this file"));
    undecided(&rule, "a.rs", &too_deep(), TOO_DEEP);
}

#[test]
fn the_same_pattern_is_one_subject() {
    let subject = |keys: &str| {
        let Kind::Pattern(rule) = rule(&format!("kind: forbid-pattern\n{keys}")).kind else { panic!("no pattern") };
        rule.subject().to_owned()
    };
    let one = subject("language: rs\nrule: {pattern: $A(), regex: a}\nconstraints: {A: {regex: x}}");
    assert_eq!(one, subject("language: rust\nconstraints: {A: {regex: x}}\nrule: {regex: a, pattern: $A()}"));
    assert_ne!(one, subject("language: rust\nrule: {regex: a, pattern: $A()}"));
    assert_ne!(one, subject("language: rust\nrule: {pattern: $A(), regex: b}\nconstraints: {A: {regex: x}}"));
    let shown = format!("{:?}", rule("kind: require-pattern\nlanguage: rust\nrule: {kind: call_expression}").kind);
    assert!(shown.contains("is_required: true") && shown.contains("call_expression"), "{shown}");
}

#[test]
fn a_pattern_needs_a_language_and_a_rule_that_can_be_read() {
    refused("kind: forbid-pattern\nrule: {pattern: x}", "1: `language` is missing in this rule");
    refused("kind: forbid-pattern\nlanguage: rust", "1: `rule` is missing in this rule");
    assert!(
        faults("kind: forbid-pattern\nlanguage: cobol\nrule: {pattern: x}")[0].starts_with("4: `cobol` is no language")
    );
    let faults = faults("kind: forbid-pattern\nlanguage: rust\nrule: {patern: x}");
    assert_eq!(faults, ["5: `rule.patern` unknown key"]);
}

#[test]
fn json_in_one_order_is_one_text() {
    let canonical = |text: &str| crate::rule::canonical(&Node::to_json(&read_yaml(text).expect("YAML")));
    assert_eq!(canonical("{b: [1, {d: x, c: null}], a: true}"), "{\"a\":true,\"b\":[1,{\"c\":null,\"d\":\"x\"}]}");
}
