//! One tree: words of verdicts, states of findings, waivers, the baseline, what is undecided.

use super::*;
use VerdictWord::{Error, Indeterminate, Pass, Violations};

const RULES: &str = BAD;

#[test]
fn a_tree_with_a_finding_fails() {
    let governance = Log::with(RULES).governance();
    let verdict = expect(subject(&governance, &[("a", "x\nbad\n"), ("b", "")]), Violations, &["d/r a:2 Existing"]);
    let counts = CheckCounts { files: 2, rules: 1, existing: 1, failing: 1, ..CheckCounts::default() };
    assert_eq!(verdict.counts, counts);
    assert_eq!(
        (verdict.schema.as_str(), verdict.engine.as_str(), verdict.as_of.as_str()),
        ("precedent/verdict/v1", "1", "2026-02-01")
    );
    assert_eq!((verdict.vacuous.len(), verdict.notes.len(), verdict.faults.len()), (0, 0, 0));
    let found = &verdict.findings[0];
    assert_eq!((found.kind.as_str(), found.message.as_str(), found.excerpt.as_str()), ("forbid-text", "M", "bad"));
    let decision = &found.decision;
    assert_eq!((decision.id.as_str(), decision.path.as_str(), decision.line), ("d", "d.md", 1));
    assert_eq!((decision.title.as_str(), decision.status), ("Title of d", Some(StatusWord::Accepted)));
    assert_eq!(found.propose, "precedent supersede d.md --title \"…\"");
    assert_eq!(found.waive, "precedent waive d/r --paths a --until DAY --owner WHO --reason \"…\"");
}

#[test]
fn words_for_a_shell_are_quoted_where_they_have_to_be() {
    let governance = Log::with(RULES).governance();
    for (path, word) in [("a b", "'a b'"), ("it's", "'it'\\''s'"), ("a-_./@+:Z9", "a-_./@+:Z9"), ("ä", "'ä'")] {
        let verdict = judge(subject(&governance, &[(path, "bad")]));
        assert!(verdict.findings[0].waive.contains(&format!("--paths {word} --until")), "{path}");
    }
}

#[test]
fn findings_come_by_path_and_place_then_rule() {
    let two = format!("{RULES}- {{id: a, kind: forbid-text, message: M, match: {{literal: ba}}}}\n");
    let governance = Log::with(&two).governance();
    let verdict = judge(subject(&governance, &[("b", "bad"), ("a", "x bad\nbad bad")]));
    let places: Vec<String> = verdict
        .findings
        .iter()
        .map(|found| format!("{} {}:{}:{}", found.rule, found.path, found.line, found.column))
        .collect();
    let expected =
        ["d/a a:1:3", "d/r a:1:3", "d/a a:2:1", "d/r a:2:1", "d/a a:2:5", "d/r a:2:5", "d/a b:1:1", "d/r b:1:1"];
    assert_eq!(places, expected);
}

#[test]
fn only_errors_fail() {
    for (level, word) in [(Severity::Error, Violations), (Severity::Warning, Pass), (Severity::Note, Pass)] {
        let governance = Log::with(RULES).severity("other", Severity::Note).severity("d/r", level).governance();
        expect(subject(&governance, &[("a", "bad")]), word, &["d/r a:1 Existing"]);
    }
}

#[test]
fn a_waiver_lets_its_findings_pass() {
    let files = [("a", "bad\n"), ("b", "bad bad\n")];
    let with = |waivers: Vec<Waiver>| Governance { waivers, ..Log::with(RULES).governance() };
    let whole = with(vec![waiver("w.md", "d/r", "")]);
    let all = ["d/r a:1 Waived", "d/r b:1 Waived", "d/r b:1 Waived"];
    let verdict = expect(subject(&whole, &files), Pass, &all);
    assert_eq!((verdict.counts.waived, verdict.counts.failing, verdict.counts.existing), (3, 0, 0));
    let by = verdict.findings[0].waiver.clone().expect("a waiver");
    assert_eq!(
        (by.path.as_str(), by.owner.as_str(), by.expires.as_str(), by.expired),
        ("w.md", "O", "2026-03-01", false)
    );
    let some = with(vec![waiver("w.md", "d/r", "at-most: 2\n")]);
    expect(subject(&some, &files), Violations, &["d/r a:1 Waived", "d/r b:1 Waived", "d/r b:1 Existing"]);
    let both = with(vec![waiver("v.md", "d/r", "at-most: 1\n"), waiver("w.md", "d/r", "at-most: 1\n")]);
    expect(subject(&both, &files), Violations, &["d/r a:1 Waived", "d/r b:1 Waived", "d/r b:1 Existing"]);
    let none = with(vec![waiver("w.md", "d/other", "")]);
    let verdict = judge(subject(&none, &files));
    assert_eq!(faults(&verdict), ["w.md unused-waiver: no rule is called d/other"]);
}

#[test]
fn a_waiver_that_is_over_or_covers_nothing_is_told() {
    let with = |waiver: Waiver| Governance { waivers: vec![waiver], ..Log::with(RULES).governance() };
    let governance = with(waiver("w.md", "d/r", ""));
    let on = |day: Date, files: &Files<'static>| judge(Subject { as_of: day, ..subject(&governance, files) });
    let late = on(Date::constant(2026, 3, 2), &[("a", "bad")]);
    assert_eq!(faults(&late), ["w.md expired-waiver: it ended on 2026-03-01; its owner is O"]);
    assert_eq!(findings(&late), ["d/r a:1 Existing"]);
    assert!(late.findings[0].waiver.as_ref().is_some_and(|waiver| waiver.expired));
    let last = on(Date::constant(2026, 3, 1), &[("a", "bad")]);
    assert_eq!((faults(&last).len(), findings(&last)), (0, vec!["d/r a:1 Waived".to_owned()]));
    assert_eq!(
        faults(&on(Date::constant(2026, 2, 1), &[("a", "")])),
        ["w.md unused-waiver: it covers nothing; take it out"]
    );
    // On its last day it is not over yet, for what it does not cover either.
    let some = with(waiver("w.md", "d/r", "at-most: 1\n"));
    let last = Subject { as_of: Date::constant(2026, 3, 1), ..subject(&some, &[("a", "bad bad")]) };
    let covering: Vec<bool> = judge(last).findings.iter().map(|found| found.waiver.is_some()).collect();
    assert_eq!(covering, [true, false]);
    let early = "w.md bad-waiver: it does not hold: it begins later, or ends too far ahead";
    assert_eq!(faults(&on(Date::constant(2025, 12, 31), &[("a", "bad")])), [early]);
    // Of a change not everything was looked at.
    assert_eq!(faults(&judge(changed(&governance, &[], &[("a", "")]))), [""; 0]);
    let severities: Vec<SeverityWord> = late.faults.iter().map(|fault| fault.severity).collect();
    assert_eq!(severities, [SeverityWord::Warning]);
}

#[test]
fn a_baseline_holds_what_was_there() {
    let old = [("a", "bad\n")];
    let governance = Log::with(RULES).governance();
    let governance = Governance { baseline: baseline(&governance, &old), ..governance };
    let verdict = expect(subject(&governance, &old), Pass, &["d/r a:1 Baselined"]);
    assert_eq!((verdict.counts.baselined, verdict.counts.existing), (1, 0));
    expect(subject(&governance, &[("a", "bad\nbad\n")]), Violations, &["d/r a:1 Baselined", "d/r a:2 Existing"]);
    expect(subject(&governance, &[("b", "bad\n")]), Violations, &["d/r b:1 Existing"]);
    // What is waived leaves its place to others.
    let waivers = vec![waiver("w.md", "d/r", "at-most: 1\n")];
    let governance = Governance { waivers, ..governance };
    expect(subject(&governance, &[("a", "bad\nbad\n")]), Pass, &["d/r a:1 Waived", "d/r a:2 Baselined"]);
}

#[test]
fn decisions_that_are_not_made_only_preview() {
    let log = || Log::default().and("d", Standing::Proposed, RULES);
    let governance = log().governance();
    let verdict = expect(subject(&governance, &[("a", "bad bad")]), Pass, &[]);
    let preview = |rule: &str, would_find| RulePreview {
        rule: rule.to_owned(),
        record: "d.md".to_owned(),
        why: "proposed".to_owned(),
        would_find,
    };
    assert_eq!(verdict.previews, [preview("d/r", 2)]);
    assert_eq!(verdict.notes, ["no rule binds yet: those there are belong to decisions that are still proposed"]);
    let verdict = judge(changed(&governance, &[("a", "bad")], &[("a", "bad bad bad")]));
    assert_eq!(verdict.previews, [preview("d/r", 2)]);
    let more = vec![preview("a/z", 7)];
    let verdict = judge(Subject { previews: more, ..subject(&governance, &[]) });
    assert_eq!(verdict.previews, [preview("a/z", 7), preview("d/r", 0)]);
    let rejected = Log::default().and("d", Standing::Rejected, RULES).governance();
    let verdict = expect(subject(&rejected, &[("a", "bad")]), Violations, &["d/r a:1 Existing"]);
    assert_eq!(verdict.previews, []);
}

#[test]
fn a_pass_that_says_little_says_so() {
    let notes = |governance: &Governance| judge(subject(governance, &[])).notes;
    assert!(notes(&Governance::default())[0].starts_with("no record of a decision was found, so nothing was checked"));
    let bare = Log::with("[]").governance();
    assert!(notes(&bare)[0].starts_with("no decision carries a rule yet, so nothing was checked"));
    assert_eq!(notes(&Log::with(RULES).governance()), [""; 0]);
    // A verdict that is none says enough.
    let lost = Subject { undecided: vec![item("x")], ..subject(&bare, &[]) };
    assert_eq!(judge(lost).notes, [""; 0]);
}

fn item(message: &str) -> UndecidedItem {
    UndecidedItem { path: "p".to_owned(), line: 1, column: 1, rule: None, message: message.to_owned() }
}

/// What is undecided, as `path:line rule: message`.
fn undecided(verdict: &Verdict) -> Vec<String> {
    let shown = |item: &UndecidedItem| {
        format!("{}:{} {}: {}", item.path, item.line, item.rule.as_deref().unwrap_or("-"), item.message)
    };
    verdict.undecided.iter().map(shown).collect()
}

#[test]
fn what_nobody_can_judge_by_is_undecided() {
    let rules = "- {id: c, kind: command, message: M}\n- {id: f, kind: forbid-txt, message: M}\n";
    let governance = Log::with(rules).governance();
    let verdict = expect(subject(&governance, &[("a", "")]), Indeterminate, &[]);
    let told = [
        "d.md:1 d/c: this version does not check rules of the kind `command`",
        "d.md:2 d/f: no kind of rule is called `forbid-txt`; did you mean `forbid-text`?",
    ];
    assert_eq!(undecided(&verdict), told);
    assert_eq!(faults(&verdict), [""; 0]);
    let proposed = Log::default().and("d", Standing::Proposed, rules).governance();
    assert_eq!(undecided(&judge(subject(&proposed, &[]))), [""; 0]);
    let broken = Log::with("[").governance();
    assert!(undecided(&judge(subject(&broken, &[])))[0].contains("-: the rules cannot be read: "));
}

#[test]
fn a_file_that_a_rule_is_at_a_loss_with_is_undecided_once() {
    let rules = "- {id: r, kind: data, message: M, file: a.json, at: $.x, exists: false}\n";
    let governance = Log::with(rules).governance();
    let verdict = judge(Subject { undecided: vec![item("x"), item("x")], ..subject(&governance, &[("a.json", "{")]) });
    assert_eq!(undecided(&verdict).len(), 2);
    assert!(undecided(&verdict)[0].starts_with("a.json:1 d/r: it cannot be read"), "{:?}", undecided(&verdict));
    let proposed = Log::default().and("d", Standing::Proposed, rules).governance();
    assert_eq!(undecided(&judge(subject(&proposed, &[("a.json", "{")]))), [""; 0]);
    // A violation weighs more.
    let both = Log::with(&format!("{rules}{}", RULES.replace("id: r", "id: s"))).governance();
    expect(subject(&both, &[("a.json", "{"), ("b", "bad")]), Violations, &["d/s b:1 Existing"]);
}

#[test]
fn a_report_has_to_be_there() {
    let rules = "- {id: r, kind: evidence, message: M, report: out/r.sarif, format: sarif}\n";
    let governance = Log::with(rules).governance();
    let missing = undecided(&judge(subject(&governance, &[("a", "")])));
    assert_eq!(missing, ["out/r.sarif:1 d/r: the report is not there; run the checker that writes it first"]);
    // In neither tree: a build writes it, and the verdict says that it told nothing of the change.
    let change = judge(changed(&governance, &[], &[("a", "")]));
    assert_eq!((undecided(&change).len(), change.notes.len()), (0, 1), "{:?}", change.notes);
    assert!(change.notes[0].starts_with("d/r did not judge this change: its report out/r.sarif"), "{:?}", change.notes);
    let report = ("out/r.sarif", "{\"runs\": [{\"results\": []}]}");
    let gone = judge(changed(&governance, &[report, ("a", "")], &[("a", "")]));
    assert_eq!(undecided(&gone), ["out/r.sarif:1 d/r: the report was there before this change and is not any more"]);
    let there = judge(subject(&governance, &[("out/r.sarif", "{\"runs\": [{\"results\": []}]}")]));
    assert_eq!((undecided(&there).len(), there.verdict), (0, Pass));
    let proposed = Log::default().and("d", Standing::Proposed, rules).governance();
    assert_eq!(undecided(&judge(subject(&proposed, &[]))), [""; 0]);
    assert_eq!(judge(subject(&governance, &[])).vacuous, [""; 0]);
    let reports: Vec<&str> = governance.rules.reports().collect();
    assert_eq!(reports, ["out/r.sarif"]);
}

#[test]
fn examples_that_do_not_hold_are_errors() {
    let rules = RULES.replace("content: bad", "content: good");
    let governance = Log::with(&rules).governance();
    let verdict = expect(subject(&governance, &[("a", "")]), Error, &[]);
    assert_eq!(faults(&verdict), ["d.md example-failed: the rule finds nothing in this invalid example (a)"]);
    assert_eq!((verdict.faults[0].line, verdict.faults[0].severity), (5, SeverityWord::Error));
    assert_eq!(verdict.faults[0].rule.as_deref(), Some("d/r"));
    let proposed = Log::default().and("d", Standing::Proposed, &rules).governance();
    assert_eq!(faults(&judge(subject(&proposed, &[]))), [""; 0]);
    let bare = Log::with("- {id: r, kind: protect, message: M}\n").governance();
    let verdict = judge(subject(&bare, &[("a", "")]));
    let warned = "d.md no-invalid-example: the rule has no invalid example, so nothing shows that it can find anything";
    assert_eq!((faults(&verdict), verdict.verdict), (vec![warned.to_owned()], Pass));
    assert_eq!(verdict.faults[0].severity, SeverityWord::Warning);
    // A kind that is not built has no examples to hold.
    let unbuilt = Log::with("- {id: r, kind: command, message: M}\n").governance();
    assert_eq!(faults(&judge(subject(&unbuilt, &[]))), [""; 0]);
}

#[test]
fn rules_that_govern_nothing_are_told() {
    let rules = "- {id: a, kind: protect, message: M, paths: [x]}\n- {id: b, kind: protect, message: M, paths: [y]}\n- {id: c, kind: data, message: M, file: z.json, at: $.a, exists: false}\n- {id: t, kind: forbid-text, message: M, paths: [d.md], match: {literal: q}}\n";
    let governance = Log::with(rules).spared("d.md").governance();
    let verdict = judge(subject(&governance, &[("d.md", ""), ("y", "")]));
    assert_eq!(verdict.vacuous, ["d/a", "d/t"]);
    let proposed = Log::default().and("d", Standing::Proposed, rules).governance();
    assert_eq!(judge(subject(&proposed, &[])).vacuous, [""; 0]);
}

#[test]
fn rules_are_tried_on_their_examples() {
    let log = Log::with(&RULES.replace("content: bad", "content: good")).and("e", Standing::Proposed, RULES);
    let set = log.and("f", Standing::InForce, "- {id: r, kind: command, message: M}\n").set();
    let tests = test_rules(&set, &|_| true);
    let shown: Vec<String> = tests
        .rules
        .iter()
        .map(|rule| {
            format!(
                "{} {} {}:{} {} {} {}",
                rule.rule, rule.kind, rule.path, rule.line, rule.valid, rule.invalid, rule.failed
            )
        })
        .collect();
    assert_eq!(shown, ["d/r forbid-text d.md:1 0 1 1", "e/r forbid-text e.md:1 0 1 0", "f/r command f.md:1 0 0 0"]);
    assert_eq!((tests.faults.len(), tests.undecided.len()), (1, 1));
    assert_eq!(test_rules(&set, &|path| path == "e.md").rules.len(), 1);
    assert_eq!(test_rules(&set, &|path| path == "e.md").faults, []);
}
