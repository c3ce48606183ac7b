//! How two trees differ in what judges, and what judges a day alike.

use super::*;
use crate::judge::tests::{BAD, Log, baseline, waiver};
use crate::ruleset::Standing;
use precedent_core::Severity;
use precedent_core::tree::read_yaml;

/// Changes as `path:line kind rule: message`.
fn changes(base: &Governance, head: &Governance) -> Vec<String> {
    let shown = |change: GovernanceChange| {
        let rule = change.rule.unwrap_or_else(|| "-".to_owned());
        format!("{}:{} {} {rule}: {}", change.path, change.line, change.kind, change.message)
    };
    governance_changes(base, head).into_iter().map(shown).collect()
}

fn plain() -> Governance {
    Log::with(BAD).governance()
}

#[test]
fn trees_that_judge_alike_do_not_differ() {
    assert_eq!(changes(&plain(), &plain()), [""; 0]);
    assert_eq!(plain().digest(Date::constant(2026, 1, 1)), plain().digest(Date::constant(2027, 1, 1)));
}

#[test]
fn a_rule_that_comes_is_told() {
    let more = |standing| Log::with(BAD).and("e", standing, BAD).governance();
    assert_eq!(changes(&plain(), &more(Standing::InForce)), ["e.md:1 rule-added e/r: a rule is added"]);
    assert_eq!(changes(&plain(), &more(Standing::Proposed)), ["e.md:1 rule-added e/r: a rule is proposed"]);
}

#[test]
fn why_a_rule_goes_is_told() {
    let bare = |status: &str| {
        let records = BTreeMap::from([("d.md".to_owned(), status.to_owned())]);
        Governance { records, ..Governance::default() }
    };
    let gone = "d.md:1 record-removed d/r: the record d.md is gone, and this rule with it";
    assert_eq!(changes(&plain(), &Governance::default()), [gone]);
    assert_eq!(changes(&plain(), &bare("accepted")), ["d.md:1 rule-removed d/r: the rule is taken out"]);
    let turned = "d.md:1 status-changed d/r: d.md turns from accepted to deprecated: this rule ends";
    assert_eq!(changes(&plain(), &bare("deprecated")), [turned]);
    let superseded = BTreeMap::from([("d.md".to_owned(), "e.md".to_owned())]);
    let over = "e.md:1 superseded d/r: it supersedes d.md: this rule ends";
    assert_eq!(changes(&plain(), &Governance { superseded, ..bare("accepted") }), [over]);
    let unread = Log::with(&BAD.replace("literal", "litteral")).governance();
    assert_eq!(changes(&plain(), &unread), ["d.md:1 rule-changed d/r: the rule can no longer be read"]);
    let elsewhere = Log::with("[]").and("e", Standing::InForce, "- {id: x, kind: nothing, message: M}\n").governance();
    assert_eq!(changes(&plain(), &elsewhere), ["d.md:1 rule-removed d/r: the rule is taken out"]);
    assert_eq!(changes(&Governance::default(), &bare("accepted")), [""; 0]);
}

#[test]
fn what_becomes_of_a_rule_is_told() {
    let proposed = Log::default().and("d", Standing::Proposed, BAD).governance();
    let turned = "d.md:1 status-changed d/r: its record turns from accepted to proposed";
    assert_eq!(changes(&plain(), &proposed), [turned]);
    let at = |level| Log::with(BAD).severity("d/r", level).governance();
    let lowered = "d.md:1 rule-changed d/r: its level is lowered from error to warning";
    assert_eq!(changes(&plain(), &at(Severity::Warning)), [lowered]);
    let raised = "d.md:1 rule-changed d/r: its level is raised from note to error";
    assert_eq!(changes(&at(Severity::Note), &plain()), [raised]);
    let other = Log::with(&BAD.replace("literal: bad", "literal: worse")).governance();
    let altered = ["d.md:1 rule-changed d/r: the rule or what it applies to is changed"];
    assert_eq!(changes(&plain(), &other), altered);
    assert_eq!(changes(&plain(), &Log::with(BAD).on(&["src"]).governance()), altered);
}

#[test]
fn a_rule_that_goes_over_another_is_told() {
    let forbids = "- {id: r, kind: forbid-text, message: M, match: {literal: q}}\n";
    let requires = "- {id: r, kind: require-text, message: M, match: {literal: q}}\n";
    let with = |over: &[&str]| Log::with(requires).and_over("e", Standing::InForce, over, forbids).governance();
    let comes =
        "d.md:1 rule-changed d/r: e/r goes over it where that governs: its decision supersedes or amends this one";
    assert_eq!(changes(&with(&[]), &with(&["d"])), [comes]);
    assert_eq!(changes(&with(&["d"]), &with(&[])), ["d.md:1 rule-changed d/r: e/r does not go over it any more"]);
    let day = Date::constant(2026, 1, 1);
    assert_ne!(with(&[]).digest(day), with(&["d"]).digest(day));
}

#[test]
fn waivers_that_come_change_and_go_are_told() {
    let with = |more: &str| Governance { waivers: vec![waiver("w.md", "d/r", more)], ..plain() };
    let about = "d/r until 2026-03-01, owner O";
    let (come, gone) = (
        format!("w.md:1 waiver-added -: a waiver is added: {about}"),
        format!("w.md:1 waiver-removed -: a waiver is taken out: {about}"),
    );
    assert_eq!(changes(&plain(), &with("")), [come]);
    assert_eq!(changes(&with(""), &plain()), [gone]);
    assert_eq!(
        changes(&with(""), &with("at-most: 1\n")),
        [format!("w.md:1 waiver-changed -: a waiver is changed: {about}")]
    );
    assert_eq!(changes(&with(""), &with("")), [""; 0]);
}

#[test]
fn a_baseline_that_grows_or_shrinks_is_told() {
    let with = |text: &str| Governance { baseline: baseline(&plain(), &[("a", text)]), ..plain() };
    let grew = "precedent.baseline.json:1 baseline-grew -: 2 findings are added to the baseline";
    assert_eq!(changes(&plain(), &with("bad bad")), [grew]);
    let shrank = "precedent.baseline.json:1 baseline-shrank -: 1 findings leave the baseline";
    assert_eq!(changes(&with("bad bad"), &with("bad")), [shrank]);
    assert_eq!(changes(&with("bad"), &with("bad")), [""; 0]);
}

#[test]
fn settings_that_change_are_told() {
    let with = |yaml: &str, lines: &[&str]| {
        let mut settings =
            Settings { generated: lines.iter().map(|line| (*line).to_owned()).collect(), ..Settings::default() };
        settings.add_toml(&read_yaml(yaml).expect("YAML"));
        Governance { settings, ..Governance::default() }
    };
    let (old, new) = (with("a: 1\nb: {x: 1, y: 2}\n", &[]), with("b: {y: 2, x: 1}\nc: 1\n", &[]));
    let told = |key: &str| format!("precedent.toml:1 settings-changed -: the setting `{key}` is changed");
    assert_eq!(changes(&old, &new), [told("a"), told("c")]);
    assert_eq!(changes(&old, &with("a: 2\nb: {x: 1, y: 2}\n", &[])), [told("a")]);
    let (plain, marked) = (with("{}", &[]), with("{}", &["x/.gitattributes: *.js linguist-generated"]));
    let about = |how: &str| {
        format!(
            "x/.gitattributes:1 attributes-changed -: `x/.gitattributes: *.js linguist-generated` {how}: it says which files are not checked"
        )
    };
    assert_eq!(changes(&plain, &marked), [about("is added")]);
    assert_eq!(changes(&marked, &plain), [about("is taken out")]);
}

#[test]
fn what_judges_has_one_name_for_a_day() {
    let day = |text: &str| text.parse::<Date>().expect("a day");
    let one = plain().digest(day("2026-02-01"));
    assert_eq!(one.len(), 16);
    assert_ne!(one, Log::with(BAD).on(&["x"]).governance().digest(day("2026-02-01")));
    assert_ne!(one, Log::with(BAD).severity("d/r", Severity::Note).governance().digest(day("2026-02-01")));
    assert_ne!(one, Log::with(BAD).spared("x").governance().digest(day("2026-02-01")));
    let waived = Governance { waivers: vec![waiver("w.md", "d/r", "")], ..plain() };
    assert_ne!(one, waived.digest(day("2026-02-01")));
    // Whether a waiver holds is a question of the day, and nothing else is.
    assert_eq!(waived.digest(day("2026-02-01")), waived.digest(day("2026-03-01")));
    assert_ne!(waived.digest(day("2026-02-01")), waived.digest(day("2026-03-02")));
}

#[test]
fn some_rules_look_at_the_whole_tree_even_of_a_change() {
    let counts = "- {id: a, kind: count, message: M, at-most: 1, match: {literal: x}}\n- {id: b, kind: count, message: M, may-only-fall: true, match: {literal: x}}\n";
    let rules = format!("{counts}{BAD}{}", BAD.replace("id: r", "id: s"));
    let with = |waivers| Governance { waivers, ..Log::with(&rules).governance() };
    assert_eq!(with(Vec::new()).whole_tree_rules(), BTreeSet::from([0]));
    assert_eq!(with(vec![waiver("w.md", "d/r", "")]).whole_tree_rules(), BTreeSet::from([0]));
    assert_eq!(with(vec![waiver("w.md", "d/r", "at-most: 1\n")]).whole_tree_rules(), BTreeSet::from([0, 2]));
}
