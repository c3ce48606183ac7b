//! What a rule may hold, to the last one: bytes, levels, rules, digits, states of its regexes.

use super::super::document::Grammar;
use super::super::written::Checked;
use super::*;

/// What checking says of a rule in TypeScript, and the weight of its regexes.
fn checked(rule: &Value) -> Result<u64, String> {
    let grammar = Grammar::of(TypeScript).expect("a grammar");
    let mut checked = Checked::new(&grammar);
    checked.rule(rule, "rule", 0).map(|()| checked.text_weight()).map_err(|error| error.to_string())
}

/// Asserts that one is allowed, and the other refused for a reason.
#[track_caller]
fn bound(allowed: &Value, refused: &Value, expected: &str) {
    assert_eq!(checked(allowed), Ok(1));
    let message = checked(refused).expect_err("too much");
    assert!(message.ends_with(expected), "{message}");
}

/// A rule in a rule, so many times.
fn nested(times: usize, wrap: impl Fn(Value) -> Value) -> Value {
    (0..times).fold(json!({"kind": "number"}), |inner, _| wrap(inner))
}

#[test]
fn a_text_has_so_many_bytes() {
    let with = |count: usize| "a".repeat(count);
    bound(&json!({"pattern": with(10_000)}), &json!({"pattern": with(10_001)}), "is longer than 10000 bytes");
    assert!(checked(&json!({"regex": with(10_000)})).is_ok());
    assert_eq!(checked(&json!({"regex": with(10_001)})), Err("rule.regex: is longer than 10000 bytes".to_owned()));
    bound(&json!({"kind": with(10_000)}), &json!({"kind": with(10_001)}), "is longer than 10000 bytes");
}

#[test]
fn every_rule_in_a_rule_is_a_level() {
    type Wrap = fn(Value) -> Value;
    let ways: [(&str, Wrap); 7] = [
        ("all", |inner| json!({"all": [inner]})),
        ("any", |inner| json!({"any": [{"kind": "string"}, inner]})),
        ("not", |inner| json!({"not": inner})),
        ("has", |inner| json!({"has": inner})),
        ("follows", |inner| json!({"follows": inner})),
        ("stopBy", |inner| json!({"inside": {"kind": "number", "stopBy": inner}})),
        ("ofRule", |inner| json!({"nthChild": {"position": 1, "ofRule": inner}})),
    ];
    for (name, wrap) in ways {
        // What stops a relation stands one level below it.
        let most = if name == "stopBy" { 12 } else { 24 };
        assert_eq!(checked(&nested(most, wrap)), Ok(1), "{name}");
        let message = checked(&nested(most + 1, wrap)).expect_err(name);
        assert!(message.ends_with("rules nest deeper than 24 levels"), "{name}: {message}");
    }
}

#[test]
fn all_rules_are_counted() {
    let with = |count: usize| json!({"any": vec![json!({"not": {"kind": "number"}}); count], "kind": "number"});
    // The rule itself, and two for each.
    bound(&with(249), &with(250), "more than 500 rules in one");
}

#[test]
fn a_number_has_so_many_digits() {
    let too_large = "has a number that is too large";
    bound(&json!({"nthChild": 999_999}), &json!({"nthChild": 1_000_000}), too_large);
    bound(&json!({"nthChild": "2n+999999"}), &json!({"nthChild": "2n+1000000"}), too_large);
    bound(&json!({"nthChild": "9 9 9 9 9 9"}), &json!({"nthChild": "1 0 0 0 0 0 0"}), too_large);
    let position = |number: u64| json!({"nthChild": {"position": number, "reverse": true}});
    bound(&position(999_999), &position(1_000_000), too_large);
    bound(&json!({"kind": ":nth-child(999999)"}), &json!({"kind": ":nth-child(1 000 000)"}), too_large);
}

#[test]
fn a_kind_has_so_many_parts() {
    for sign in ['(', '>', '+', '~', ' ', ','] {
        let with = |count: usize| json!({"kind": sign.to_string().repeat(count)});
        bound(&with(48), &with(49), "has too many parts");
    }
}

#[test]
fn a_pattern_nests_so_deep() {
    let with = |count: usize| json!({"pattern": format!("{}a{}", "[".repeat(count), "]".repeat(count))});
    assert_eq!(checked(&with(97)), Ok(1));
    assert!(checked(&with(100)).expect_err("deep").contains("nests deeper than 100 levels"));
}

#[test]
fn a_regex_weighs_what_its_slowest_byte_costs() {
    assert_eq!(checked(&json!({"regex": "a{3}|b+"})), Ok(1));
    let slow = "[ab]*a[ab]{40}c";
    let weight = checked(&json!({"regex": slow})).expect("allowed");
    assert!((40..400).contains(&weight), "{weight}");
    let heavier = checked(&json!({"regex": "[ab]*a[ab]{80}c"})).expect("allowed");
    assert!(heavier > weight);
    let both = |one: &str, other: &str| checked(&json!({"regex": one, "has": {"regex": other}}));
    assert_eq!((both("a", slow), both(slow, "a")), (Ok(weight), Ok(weight)));
    // What may be made ahead is a mebibyte: these thousands of states are.
    assert_eq!(checked(&json!({"regex": "[ab]*a[ab]{9}c"})), Ok(1));
    assert!(checked(&json!({"regex": "\\w{300}"})).expect_err("large").starts_with("rule.regex: "));
    assert!(checked(&json!({"regex": "\\w{15}"})).is_ok());
}

#[test]
fn values_are_of_their_kind() {
    for (rule, expected) in [
        (json!({"all": {"kind": "number"}}), "rule.all: is not a list of rules"),
        (json!({"any": [{"kind": "number"}, 1]}), "rule.any[1]: is not a rule with keys and values"),
        (json!({"has": {"kind": "number", "stopBy": "ends"}}), "rule.has.stopBy: is not `neighbor`, `end` or a rule"),
        (json!({"has": {"kind": "number", "stopBy": 1}}), "rule.has.stopBy: is not `neighbor`, `end` or a rule"),
        (json!({"has": {"field": 1}}), "rule.has.field: is not text"),
        (json!({"field": "name"}), "rule.field: unknown key"),
        (json!({"stopBy": "end"}), "rule.stopBy: unknown key"),
        (json!({"has": {"has": {"matches": "a"}}}), "rule.has.has.matches: utility rules are not supported"),
        (json!({"pattern": {"selector": "a"}}), "rule.pattern: has no context"),
        (json!({"pattern": {"context": 1}}), "rule.pattern.context: is not text"),
        (json!({"pattern": {"context": "a", "selector": 1}}), "rule.pattern: is not text"),
        (json!({"nthChild": {"positions": 1}}), "rule.nthChild.positions: unknown key"),
        (json!({"nthChild": {"position": true}}), "rule.nthChild.position: is not text"),
        (json!({"nthChild": {"position": 1, "ofRule": 1}}), "rule.nthChild.ofRule: is not a rule with keys and values"),
        (json!({"range": 1}), "rule.range: is not a rule with keys and values"),
        (json!({"range": {"begin": 1}}), "rule.range.begin: unknown key"),
        (json!({"range": {"end": {"row": 1}}}), "rule.range.end.row: unknown key"),
        (json!({"regex": 1}), "rule.regex: is not text"),
        (json!({"kind": 1}), "rule.kind: is not text"),
    ] {
        assert_eq!(checked(&rule), Err(expected.to_owned()));
    }
    for rule in [
        json!({"has": {"kind": "number", "stopBy": "end", "field": "name"}}),
        json!({"has": {"kind": "number", "stopBy": "neighbor"}}),
        json!({"precedes": {"kind": "number", "stopBy": {"kind": "string"}}}),
        json!({"pattern": {"context": "f(a)", "selector": "arguments", "strictness": "ast"}}),
        json!({"range": {"start": {"line": 1, "column": 2}, "end": {"line": 1, "column": 3}}}),
    ] {
        assert_eq!(checked(&rule), Ok(1), "{rule}");
    }
}

#[test]
fn constraints_are_rules_by_name() {
    let with = |constraints: Value| {
        Pattern::compile(TypeScript, &json!({"pattern": "f($A, $B)"}), Some(&constraints))
            .err()
            .map(|error| error.to_string())
    };
    assert_eq!(with(json!(1)).as_deref(), Some("constraints: is not a rule with keys and values"));
    assert_eq!(with(json!({"A": {"patern": "x"}})).as_deref(), Some("constraints.A.patern: unknown key"));
    assert_eq!(with(json!({"A": {"pattern": "$C"}, "B": {"pattern": "$D"}})), None);
    assert_eq!(with(json!({"A": {"any": [{"pattern": "$C"}, {"pattern": "g($C)"}]}})), None);
    let deep = json!({"A": nested(25, |inner| json!({"not": inner}))});
    assert!(with(deep).is_some_and(|message| message.ends_with("rules nest deeper than 24 levels")));
}
