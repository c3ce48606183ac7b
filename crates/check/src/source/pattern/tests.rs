//! Patterns against texts, and what a stranger may try.

mod bounds;
mod nodes;

use super::*;
use Language::{Go, Java, JavaScript, Json, Kotlin, Php, Python, Ruby, Rust, Sql, Toml, Tsx, TypeScript, Yaml};
use proptest::prelude::*;
use serde_json::json;

fn compile(language: Language, rule: &Value) -> Pattern {
    Pattern::compile(language, rule, None).unwrap_or_else(|error| panic!("{language:?}: {error}"))
}

fn found<'t>(pattern: &Pattern, text: &'t str) -> Vec<&'t str> {
    let subject = Subject::parse(pattern.language(), text, &Limits::default()).expect("small");
    let ranges = pattern.find(&subject, &Limits::default()).expect("few steps");
    ranges.into_iter().map(|range| &text[range]).collect()
}

fn check(language: Language, rule: &Value, text: &str, expected: &[&str]) {
    assert_eq!(found(&compile(language, rule), text), expected, "{language:?}: {rule}");
}

fn refused(language: Language, rule: &Value, constraints: Option<&Value>) -> String {
    Pattern::compile(language, rule, constraints).err().expect("refused").to_string()
}

#[test]
fn a_pattern_in_each_language() {
    check(Language::Bash, &json!({"pattern": "rm $A"}), "rm a\nls b\n", &["rm a"]);
    check(
        Language::C,
        &json!({"kind": "call_expression", "has": {"field": "function", "regex": "^gets$"}}),
        "void f() { gets(a); puts(a); }",
        &["gets(a)"],
    );
    check(Language::Cpp, &json!({"pattern": "new $T"}), "auto a = new B; auto c = d;", &["new B"]);
    check(
        Language::CSharp,
        &json!({"pattern": "Console.WriteLine($A)"}),
        "class A { void B() { Console.WriteLine(1); } }",
        &["Console.WriteLine(1)"],
    );
    check(
        Go,
        &json!({"pattern": {"context": "func f() { panic($A) }", "selector": "call_expression"}}),
        "package a\nfunc b() { panic(1) }",
        &["panic(1)"],
    );
    check(
        Java,
        &json!({"pattern": "System.exit($A)"}),
        "class A { void b() { System.exit(1); } }",
        &["System.exit(1)"],
    );
    check(
        JavaScript,
        &json!({"pattern": "console.log($$$A)"}),
        "console.log(); a(console.log(1, 2));",
        &["console.log()", "console.log(1, 2)"],
    );
    check(
        Json,
        &json!({"kind": "pair", "has": {"field": "key", "regex": "^\"a\"$"}}),
        "{\"a\": 1, \"b\": 2}",
        &["\"a\": 1"],
    );
    check(Kotlin, &json!({"pattern": "println($A)"}), "fun a() { println(1) }", &["println(1)"]);
    check(Php, &json!({"pattern": "eval($A);"}), "<?php\neval($b);\n", &["eval($b);"]);
    check(Python, &json!({"pattern": "print($A)"}), "def f():\n    print(1)\n    print(1, 2)\n", &["print(1)"]);
    check(Ruby, &json!({"pattern": "puts $A"}), "def a\n  puts 1\nend\n", &["puts 1"]);
    check(Rust, &json!({"pattern": "$A.unwrap()"}), "fn f() { a().unwrap(); b.expect(\"c\"); }", &["a().unwrap()"]);
    check(Sql, &json!({"kind": "drop_table"}), "DROP TABLE a; SELECT 1;", &["DROP TABLE a"]);
    check(Sql, &json!({"pattern": "DELETE FROM $T"}), "DELETE FROM a; SELECT 1;", &["DELETE FROM a"]);
    check(Toml, &json!({"kind": "pair", "regex": "^a"}), "a = 1\nb = 2\n", &["a = 1"]);
    check(
        Tsx,
        &json!({"pattern": "<$A dangerouslySetInnerHTML={$B} />"}),
        "const a = <b dangerouslySetInnerHTML={c} />;",
        &["<b dangerouslySetInnerHTML={c} />"],
    );
    check(TypeScript, &json!({"pattern": "$A as any"}), "const a = b as any; const c = d as e;", &["b as any"]);
    check(Yaml, &json!({"pattern": "image: $A"}), "a:\n  image: b\n  name: c\n", &["image: b"]);
}

#[test]
fn relations_composites_and_constraints() {
    let text = "async function a() { for (const b of c) { await b; } await d; }";
    let in_loop = json!({"pattern": "await $A", "inside": {"kind": "for_in_statement", "stopBy": "end"}});
    check(TypeScript, &in_loop, text, &["await b"]);
    let outside =
        json!({"all": [{"pattern": "await $A"}, {"not": {"inside": {"kind": "for_in_statement", "stopBy": "end"}}}]});
    check(TypeScript, &outside, text, &["await d"]);
    check(TypeScript, &json!({"kind": "number", "nthChild": {"position": 1, "reverse": true}}), "f(1, 2, 3)", &["3"]);
    check(
        TypeScript,
        &json!({"kind": "number", "follows": {"regex": "^2$", "stopBy": "end"}}),
        "f(1, 2, 3, 4)",
        &["3", "4"],
    );
    check(TypeScript, &json!({"kind": "number", "precedes": {"regex": "^,$"}}), "f(1, 2)", &["1"]);
    check(
        TypeScript,
        &json!({"kind": "number", "range": {"start": {"line": 1, "column": 2}, "end": {"line": 1, "column": 3}}}),
        "f(1)\nf(2)",
        &["2"],
    );
    let same = json!({"pattern": "$A == $A"});
    check(TypeScript, &same, "a.b == a.b; a == b", &["a.b == a.b"]);
    let constraints = json!({"A": {"regex": "^get"}});
    let pattern = Pattern::compile(TypeScript, &json!({"pattern": "$A($$$B)"}), Some(&constraints)).expect("sound");
    assert_eq!(found(&pattern, "getA(1); setA(2)"), ["getA(1)"]);
}

#[test]
fn what_is_not_understood_is_refused_where_it_stands() {
    let cases = [
        (json!({"patern": "a"}), "rule.patern: unknown key"),
        (json!({"kind": "number", "has": {"kind": "number", "stopby": "end"}}), "rule.has.stopby: unknown key"),
        (
            json!({"kind": "nothing_like_this"}),
            "rule: `rule` is not configured correctly: Rule contains invalid kind matcher: Invalid Kind: Kind `nothing_like_this` is invalid",
        ),
        (
            json!({"pattern": "a; b"}),
            "rule.pattern: Multiple AST nodes are detected. Please check the pattern source `a; b`",
        ),
        (json!({"regex": "("}), "rule.regex: "),
        (json!({"regex": "^a"}), "rule: names no pattern and no kind that every match has"),
        (json!({"any": [{"pattern": 3}]}), "rule.any[0].pattern: is not text"),
        (json!({"kind": "number", "matches": "a"}), "rule.matches: utility rules are not supported"),
        (json!({"kind": "number", "nthChild": "99999999999n"}), "rule.nthChild: has a number that is too large"),
        (json!({"kind": "number", "nthChild": 4_294_967_297_u64}), "rule.nthChild: has a number that is too large"),
        (json!({"kind": "number:nth-child(99999999999)"}), "rule.kind: has a number that is too large"),
        (json!({"pattern": {"context": "a", "selektor": "b"}}), "rule.pattern.selektor: unknown key"),
        (json!("a"), "rule: is not a rule with keys and values"),
    ];
    for (rule, expected) in cases {
        let message = refused(TypeScript, &rule, None);
        assert!(message.starts_with(expected), "{rule}: {message}");
    }
    let message = refused(
        TypeScript,
        &json!({"pattern": "f($A, $B)"}),
        Some(&json!({"A": {"pattern": "$C"}, "B": {"pattern": "$C"}})),
    );
    assert_eq!(message, "constraints: more than one binds $C");
    assert!(refused(TypeScript, &json!({"pattern": "f($A)"}), Some(&json!({"B": {"kind": "number"}}))).contains('B'));
}

#[test]
fn what_is_too_large_is_refused() {
    let mut nested = json!({"kind": "number"});
    for _ in 0..40 {
        nested = json!({"kind": "number", "has": nested});
    }
    assert!(refused(TypeScript, &nested, None).contains("nest deeper"));
    let many = json!({"any": vec![json!({"kind": "number"}); 600]});
    assert!(refused(TypeScript, &many, None).contains("more than 500 rules"));
    let deep = format!("{}a{}", "(".repeat(400), ")".repeat(400));
    assert!(refused(TypeScript, &json!({"pattern": deep}), None).contains("nests deeper"));
    assert!(refused(TypeScript, &json!({"pattern": "a".repeat(20_000)}), None).contains("longer than"));
    assert!(refused(TypeScript, &json!({"kind": "number", "regex": "(a{1000}){1000}"}), None).contains("rule.regex"));
    assert!(refused(TypeScript, &json!({"kind": ":not(".repeat(400)}), None).contains("too many parts"));
}

#[test]
fn a_rule_that_squares_and_squares_again_is_undecided() {
    let mut rule = json!({"kind": "string"});
    for _ in 0..6 {
        rule = json!({"kind": "array", "has": {"all": [rule], "stopBy": "end"}});
    }
    let pattern = compile(TypeScript, &rule);
    let text = format!("{}1{}", "[".repeat(150), "]".repeat(150));
    let subject = Subject::parse(TypeScript, &text, &Limits::default()).expect("small");
    let few = Limits { pattern_steps: 1_000_000, ..Limits::default() };
    assert_eq!(pattern.find(&subject, &few), Err(Undecided::TooManySteps { limit: 1_000_000 }));
    assert_eq!(
        compile(TypeScript, &json!({"kind": "number"})).find(&subject, &few).map(|found| found.len()),
        Ok(1),
        "the next pattern counts anew"
    );
}

#[test]
fn texts_read_by_regexes_are_counted() {
    let text = format!("f({})", "'ababab', ".repeat(2_000));
    let subject = Subject::parse(JavaScript, &text, &Limits::default()).expect("small");
    let few = Limits { pattern_steps: 5_000, ..Limits::default() };
    // After any `a` the first may be the one that counts: more states than can be made ahead.
    let slow = compile(JavaScript, &json!({"kind": "string", "regex": "[ab]*a[ab]{40}c"}));
    assert_eq!(slow.find(&subject, &Limits::default()), Ok(Vec::new()));
    assert_eq!(slow.find(&subject, &few), Err(Undecided::TooManySteps { limit: 5_000 }));
    let fast = compile(JavaScript, &json!({"kind": "string", "regex": "[ab]{40}c"}));
    assert_eq!(fast.find(&subject, &few), Ok(Vec::new()));
}

#[test]
fn more_matches_than_allowed_are_undecided() {
    let pattern = compile(JavaScript, &json!({"kind": "number"}));
    let subject = Subject::parse(JavaScript, "[1, 2, 3]", &Limits::default()).expect("small");
    let two = Limits { matches: 2, ..Limits::default() };
    assert_eq!(pattern.find(&subject, &two), Err(Undecided::TooManyMatches { limit: 2 }));
    let three = Limits { matches: 3, ..Limits::default() };
    assert_eq!(pattern.find(&subject, &three).map(|found| found.len()), Ok(3));
}

/// Comparing two deep trees calls itself as deep as they are; a test's thread has the smallest stack of ours.
#[test]
fn the_deepest_text_fits_the_stack() {
    let limits = Limits::default();
    let half = limits.depth as usize / 2 - 20;
    let deep = format!("{}1{}", "[".repeat(half), "]".repeat(half));
    let text = format!("{deep} == {deep};");
    let subject = Subject::parse(JavaScript, &text, &limits).expect("just deep enough");
    assert_eq!(
        compile(JavaScript, &json!({"pattern": "$A == $A"})).find(&subject, &limits).map(|found| found.len()),
        Ok(1)
    );
    let until = json!({"kind": "program", "has": {"kind": "number", "stopBy": {"kind": "string"}}});
    assert_eq!(compile(JavaScript, &until).find(&subject, &limits).map(|found| found.len()), Ok(1));
}

#[test]
fn another_language_has_no_matches() {
    let subject = Subject::parse(Rust, "fn f() {}", &Limits::default()).expect("small");
    assert_eq!(compile(Go, &json!({"kind": "identifier"})).find(&subject, &Limits::default()), Ok(Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn no_pattern_and_no_text_panics(
        pattern in "[$A-B_a(){}\\[\\];,.:='\"+ \\n]{0,24}",
        kind in "[a-z_>:() ,~+n0-9\\PC]{0,12}",
        text in "[a-c(){}\\[\\];,.:='\"+ \\n]{0,60}",
        at in 0usize..18,
        strictness in 0usize..6,
    ) {
        let language = Language::all().nth(at).expect("eighteen");
        let strictness = ["cst", "smart", "ast", "relaxed", "signature", "template"][strictness];
        let rules = [
            json!({"pattern": pattern}),
            json!({"pattern": {"context": pattern, "strictness": strictness}, "kind": kind}),
            json!({"pattern": {"context": pattern, "strictness": strictness}}),
            json!({"kind": kind}),
        ];
        let subject = Subject::parse(language, &text, &Limits::default()).expect("small");
        for rule in rules {
            if let Ok(pattern) = Pattern::compile(language, &rule, None) {
                let found = pattern.find(&subject, &Limits::default());
                prop_assert!(found.is_ok(), "{:?}: {} on {:?}: {:?}", language, rule, text, found);
            }
        }
    }
}
