//! Decisions that ask for opposites, and one that goes over another.

use super::*;
use VerdictWord::{Pass, Violations};

const FORBIDS: &str =
    "- {id: r, kind: forbid-text, message: M, match: {literal: x}, tests: {invalid: [{path: a, content: x}]}}\n";
const REQUIRES: &str =
    "- {id: r, kind: require-text, message: M, match: {literal: x}, tests: {invalid: [{path: a}]}}\n";

/// Whether a rule that asks for one thing is against a rule that asks for another.
fn contradicts(one: &str, other: &str, paths: &[&str]) -> Vec<String> {
    let governance = Log::with(one).and("e", Standing::InForce, other).governance();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "")).collect();
    let mut all = faults(&judge(subject(&governance, &files)));
    all.retain(|fault| fault.contains(" contradiction: "));
    all
}

#[test]
fn what_one_requires_and_another_forbids_is_an_error() {
    let told = "d.md contradiction: this requires what e/r (e.md) forbids, for example at a; amend or supersede one of the two decisions";
    assert_eq!(contradicts(REQUIRES, FORBIDS, &["a"]), [told]);
    assert_eq!(
        contradicts(FORBIDS, REQUIRES, &["a"]),
        [told.replace("d.md c", "e.md c").replace("e/r (e.md)", "d/r (d.md)")]
    );
    assert_eq!(contradicts(REQUIRES, FORBIDS, &[]), [""; 0]);
    assert_eq!(contradicts(REQUIRES, REQUIRES, &["a"]), [""; 0]);
    assert_eq!(contradicts(FORBIDS, FORBIDS, &["a"]), [""; 0]);
    assert_eq!(contradicts(REQUIRES, &FORBIDS.replace("literal: x", "literal: y"), &["a"]), [""; 0]);
    let governance = Log::with(REQUIRES).and("e", Standing::InForce, FORBIDS).governance();
    let verdict = expect(subject(&governance, &[("a", "x")]), Violations, &["e/r a:1 Existing"]);
    let fault = verdict.faults.iter().find(|fault| fault.code == "contradiction").expect("a fault");
    assert_eq!((fault.severity, fault.rule.as_deref(), fault.line), (SeverityWord::Error, Some("d/r"), 1));
}

#[test]
fn scopes_that_do_not_meet_contradict_nothing() {
    let on = |globs: &'static [&'static str]| {
        Log::with(REQUIRES).on(&["a"]).and("e", Standing::InForce, FORBIDS).on(globs).governance()
    };
    expect(subject(&on(&["b"]), &[("a", "x"), ("b", "")]), Pass, &[]);
    assert_eq!(judge(subject(&on(&["*"]), &[("a", "x"), ("b", "")])).faults.len(), 1);
    // A record that both would have to spare.
    let spared = Log::with(REQUIRES).and("e", Standing::InForce, FORBIDS).spared("d.md").governance();
    expect(subject(&spared, &[("d.md", "")]), Pass, &[]);
    let proposed = Log::with(REQUIRES).and("e", Standing::Proposed, FORBIDS).governance();
    expect(subject(&proposed, &[("a", "x")]), Pass, &[]);
}

#[test]
fn each_kind_has_its_opposites() {
    let rule = |kind: &str, keys: &str| format!("- {{id: r, kind: {kind}, message: M, {keys}}}\n");
    let met = |one: &str, other: &str| contradicts(one, other, &["a"]).len();
    let block = |kind: &str, word: &str| rule(kind, &format!("language: rust, rule: {{kind: {word}}}"));
    assert_eq!(met(&block("require-pattern", "block"), &block("forbid-pattern", "block")), 1);
    assert_eq!(met(&block("require-pattern", "block"), &block("forbid-pattern", "function_item")), 0);
    assert_eq!(met(&block("require-pattern", "block"), &block("require-pattern", "block")), 0);
    assert_eq!(met(&block("forbid-pattern", "block"), &block("forbid-pattern", "block")), 0);
    let names = |kind: &str, names: &str| rule(kind, &format!("ecosystem: npm, names: {names}"));
    assert_eq!(met(&names("only-dependencies", "[a]"), &names("forbid-dependency", "[b, a]")), 1);
    assert_eq!(met(&names("only-dependencies", "[a, c]"), &names("forbid-dependency", "[b, a]")), 0);
    assert_eq!(met(&names("only-dependencies", "[a]"), &names("only-dependencies", "[a]")), 0);
    assert_eq!(met(&names("forbid-dependency", "[a]"), &names("forbid-dependency", "[a]")), 0);
    let files = |key: &str, globs: &str| rule("files", &format!("{key}: {globs}"));
    assert_eq!(contradicts(&files("require", "[x, y]"), &files("forbid", "[z, y]"), &[]).len(), 1);
    assert!(
        contradicts(&files("require", "[y]"), &files("forbid", "[y]"), &[])[0].contains("for example at any place")
    );
    assert_eq!(met(&files("require", "[x]"), &files("forbid", "[y]")), 0);
    assert_eq!(met(REQUIRES, &files("forbid", "[x]")), 0);
}

#[test]
fn a_decision_that_amends_another_goes_over_it() {
    let over = |standing| {
        let log = Log::with(REQUIRES).and_over("e", standing, &["d"], FORBIDS).on(&["src"]);
        log.governance()
    };
    let files = [("a", ""), ("src/a", "")];
    let governance = over(Standing::InForce);
    let verdict = expect(subject(&governance, &files), Violations, &["d/r a:1 Existing"]);
    assert_eq!(faults(&verdict), [""; 0]);
    assert_eq!(governance.rules.rules[0].overruled[0].key, "e/r");
    let rejected = judge(subject(&over(Standing::Rejected), &files));
    assert_eq!((findings(&rejected).len(), rejected.faults.len()), (2, 1));
    // The other way round, too; and without opposites nothing is overruled.
    let turned = Log::with(FORBIDS).and_over("e", Standing::InForce, &["d"], REQUIRES).governance();
    expect(subject(&turned, &[("a", "x")]), Pass, &[]);
    let apart = Log::with(&FORBIDS.replace("literal: x", "literal: y"))
        .and_over("e", Standing::InForce, &["d"], REQUIRES)
        .governance();
    expect(subject(&apart, &[("a", "x y")]), Violations, &["d/r a:1 Existing"]);
    let stranger = Log::with(FORBIDS).and_over("e", Standing::InForce, &["z"], REQUIRES).governance();
    assert_eq!(judge(subject(&stranger, &[("a", "x")])).verdict, Violations);
    assert_eq!(judge(subject(&stranger, &[("a", "")])).verdict, Violations);
    assert_eq!(judge(subject(&Log::with(FORBIDS).governance(), &[("a", "")])).verdict, Pass);
}
