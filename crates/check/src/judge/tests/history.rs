//! A change: what is new, what the change does to its own judges, counts, debt.

use super::*;
use VerdictWord::{Error, Indeterminate, Pass, Violations};

const COUNT: &str =
    "- id: c\n  kind: count\n  message: M\n  match: {literal: x}\n  tests: {invalid: [{path: a, content: x x x x}]}\n";

fn counting(limit: &str) -> Governance {
    Log::with(&format!("{COUNT}  {limit}\n")).governance()
}

#[test]
fn only_what_is_new_fails_a_change() {
    let governance = Log::with(BAD).governance();
    let (old, new) = ([("a", "bad\n")], [("a", "y\nbad\n"), ("b", "bad\n")]);
    let found = ["d/r a:2 Existing", "d/r b:1 Introduced"];
    let verdict = expect(changed(&governance, &old, &new), Violations, &found);
    assert_eq!((verdict.counts.introduced, verdict.counts.existing, verdict.counts.failing), (1, 1, 1));
    expect(changed(&governance, &old, &[("a", "y\nbad\n")]), Pass, &["d/r a:2 Existing"]);
    let mut renamed = changed(&governance, &old, &[("b", "bad\n")]);
    renamed.before.as_mut().expect("a tree before").moved.insert("a".to_owned(), "b".to_owned());
    expect(renamed, Pass, &["d/r b:1 Existing"]);
}

#[test]
fn what_a_tree_lacks_is_old_where_it_lacked_it_before() {
    let rules = "- {id: r, kind: files, message: M, require: [LICENSE], tests: {invalid: [{path: a}]}}\n";
    let governance = Log::with(rules).governance();
    let (with, without) = ([("LICENSE", ""), ("a", "")], [("a", "")]);
    expect(changed(&governance, &with, &without), Violations, &["d/r LICENSE:1 Introduced"]);
    expect(changed(&governance, &without, &without), Pass, &["d/r LICENSE:1 Existing"]);
    expect(subject(&governance, &without), Violations, &["d/r LICENSE:1 Existing"]);
}

#[test]
fn a_report_may_list_its_results_in_any_order() {
    let governance = Log::with("- {id: r, kind: evidence, message: M, report: r.sarif, format: sarif}\n").governance();
    let result = |line: u32| {
        let region = format!("\"region\": {{\"startLine\": {line}}}");
        let place = format!("{{\"physicalLocation\": {{\"artifactLocation\": {{\"uri\": \"x\"}}, {region}}}}}");
        format!("{{\"ruleId\": \"a\", \"message\": {{\"text\": \"m\"}}, \"locations\": [{place}]}}")
    };
    let report = |lines: &[u32]| {
        let results: Vec<String> = lines.iter().map(|line| result(*line)).collect();
        format!("{{\"runs\": [{{\"results\": [{}]}}]}}", results.join(", "))
    };
    let old = report(&[3]);
    for lines in [[3, 9], [9, 3]] {
        let new = report(&lines);
        let (before, after) = ([("r.sarif", old.as_str())], [("r.sarif", new.as_str())]);
        expect(changed(&governance, &before, &after), Violations, &["d/r x:3 Existing", "d/r x:9 Introduced"]);
    }
}

#[test]
fn rules_about_changes_judge_the_change() {
    let rules = "- {id: r, kind: protect, message: M, paths: [db], tests: {invalid: [{path: a}]}}\n";
    let governance = Log::with(rules).governance();
    let (old, new) = ([("db/a", "1")], [("db/a", "2"), ("x", "")]);
    expect(changed(&governance, &old, &new), Violations, &["d/r db/a:1 Introduced"]);
    expect(subject(&governance, &new), Pass, &[]);
}

#[test]
fn a_waiver_of_the_change_itself_does_not_count_yet() {
    let governance = Log::with(BAD).governance();
    let head = Governance { waivers: vec![waiver("w.md", "d/r", "at-most: 1\n")], ..Log::with(BAD).governance() };
    let new = [("a", "bad\n"), ("b", "bad\n")];
    let with = |head, old| Subject { proposed: Some(head), ..changed(&governance, old, &new) };
    let found = ["d/r a:1 WaiverProposed", "d/r b:1 Introduced"];
    let verdict = expect(with(&head, &[]), Violations, &found);
    assert_eq!((verdict.counts.waiver_proposed, verdict.counts.introduced, verdict.counts.failing), (1, 1, 2));
    let changes: Vec<&str> = verdict.governance_changes.iter().map(|change| change.kind.as_str()).collect();
    assert_eq!(changes, ["waiver-added"]);
    // A waiver is spent on what was there before.
    expect(with(&head, &[("b", "bad\n")]), Violations, &["d/r a:1 Introduced", "d/r b:1 Existing"]);
    let short =
        Governance { waiver_max_days: 1, waivers: vec![waiver("w.md", "d/r", "")], ..Log::with(BAD).governance() };
    let early = Subject { as_of: Date::constant(2025, 12, 1), ..with(&short, &[]) };
    assert_eq!(judge(early).counts.waiver_proposed, 0);
}

#[test]
fn a_waiver_is_spent_on_old_findings_first() {
    let waivers = vec![waiver("w.md", "d/r", "at-most: 1\n")];
    let governance = Governance { waivers, ..Log::with(BAD).governance() };
    let found = ["d/r a:1 Introduced", "d/r b:1 Waived"];
    expect(changed(&governance, &[("b", "bad\n")], &[("a", "bad\n"), ("b", "bad\n")]), Violations, &found);
}

#[test]
fn what_a_change_brings_is_never_in_the_baseline() {
    let governance = Log::with(BAD).governance();
    let governance = Governance { baseline: baseline(&governance, &[("a", "bad\n")]), ..governance };
    expect(changed(&governance, &[], &[("a", "bad\n")]), Violations, &["d/r a:1 Introduced"]);
    expect(changed(&governance, &[("a", "bad\n")], &[("a", "bad\n")]), Pass, &["d/r a:1 Baselined"]);
    let mut renamed = changed(&governance, &[("a", "bad\n")], &[("b", "bad\n")]);
    renamed.before.as_mut().expect("a tree before").moved.insert("a".to_owned(), "b".to_owned());
    expect(renamed, Pass, &["d/r b:1 Baselined"]);
}

#[test]
fn what_a_change_brings_must_not_land_unseen() {
    let governance = Log::with(BAD).governance();
    let with = |head: &Governance| judge(Subject { proposed: Some(head), ..changed(&governance, &[], &[]) });
    let unread = Log::with("- {id: r, kind: forbid-txt, message: M}\n").governance();
    let verdict = with(&unread);
    assert_eq!((verdict.verdict, verdict.undecided.len()), (Indeterminate, 1));
    assert_eq!(verdict.governance_changes[0].message, "the rule can no longer be read");
    let failing = Log::with(&BAD.replace("content: bad", "content: x")).governance();
    assert_eq!((with(&failing).verdict, with(&failing).faults.len()), (Error, 1));
    let fault = CheckFault {
        path: "w.md".to_owned(),
        line: 1,
        column: 1,
        code: "bad-waiver".to_owned(),
        severity: SeverityWord::Error,
        rule: None,
        message: "F".to_owned(),
    };
    let faulty = Governance { faults: vec![fault], ..Log::with(BAD).governance() };
    assert_eq!((with(&faulty).verdict, faults(&with(&faulty))), (Error, vec!["w.md bad-waiver: F".to_owned()]));
    assert_eq!(with(&governance).verdict, Pass);
    let evasion = GovernanceChange {
        path: "a".to_owned(),
        line: 1,
        kind: "left-scope".to_owned(),
        rule: None,
        message: "E".to_owned(),
    };
    let verdict = judge(Subject { evasions: vec![evasion.clone()], ..changed(&governance, &[], &[]) });
    assert_eq!(verdict.governance_changes, [evasion]);
}

#[test]
fn a_count_is_one_finding_behind_its_limit() {
    let governance = counting("at-most: 2");
    expect(subject(&governance, &[("a", "x\nx\n")]), Pass, &[]);
    let found = ["d/c b:2 Existing"];
    let verdict = expect(subject(&governance, &[("a", "x\nx\n"), ("b", "\nx\nx\n")]), Violations, &found);
    assert_eq!(verdict.findings[0].note.as_deref(), Some("4 places; 2 at most"));
    // It is the same finding wherever the first place too many is.
    let third = expect(subject(&governance, &[("a", "x\nx\nx\n")]), Violations, &["d/c a:3 Existing"]);
    for verdict in [&verdict, &third] {
        assert_eq!(verdict.findings[0].fingerprint, format!("{}:1", crate::hash_of("count")));
    }
    // Places count in the order of paths.
    expect(subject(&governance, &[("b", "\nx\nx\n"), ("a", "x\nx\n")]), Violations, &found);
    expect(subject(&counting("at-most: 0"), &[("a", "y\nx\n")]), Violations, &["d/c a:2 Existing"]);
}

#[test]
fn a_count_that_is_not_worse_is_old() {
    let governance = counting("at-most: 1");
    let old = [("a", "x\nx\n")];
    expect(changed(&governance, &old, &old), Pass, &["d/c a:2 Existing"]);
    expect(changed(&governance, &[("a", "x\nx\nx\n")], &old), Pass, &["d/c a:2 Existing"]);
    expect(changed(&governance, &old, &[("a", "x\nx\n"), ("b", "\nx")]), Violations, &["d/c b:2 Introduced"]);
}

#[test]
fn a_ratchet_may_only_fall() {
    let governance = counting("may-only-fall: true");
    let old = [("a", "x\nx\n"), ("b", "")];
    expect(subject(&governance, &old), Pass, &[]);
    expect(changed(&governance, &old, &[("a", "x\n"), ("b", "x\n")]), Pass, &[]);
    let verdict =
        expect(changed(&governance, &old, &[("a", "x\nx\n"), ("b", "\nx\n")]), Violations, &["d/c b:2 Introduced"]);
    assert_eq!(verdict.findings[0].note.as_deref(), Some("3 places; 2 at most"));
}

#[test]
fn debt_counts_what_is_open() {
    let rules = format!(
        "{BAD}- {{id: w, kind: forbid-text, severity: warning, message: M, match: {{literal: meh}}}}\n{COUNT}  at-most: 0\n"
    );
    let log = || Log::with(&rules).and("p", Standing::Proposed, BAD);
    let files = [("a", "bad\nbad meh\nx x\n"), ("b", "bad\n")];
    let plain = log().governance();
    let (count, held) = debt(&subject(&plain, &files));
    let expected = precedent_core::wire::DebtCount { rules: 3, open: 5, errors: 4, ..Default::default() };
    assert_eq!(count, expected);
    let keys: Vec<(&str, bool, u32)> =
        held.iter().map(|((key, text), count)| (key.as_str(), text.is_empty(), *count)).collect();
    assert_eq!(keys, [("d/c", true, 1), ("d/r", false, 3), ("d/w", false, 1)]);
    let waivers = vec![waiver("w.md", "d/r", "at-most: 1\n")];
    let old = baseline(&plain, &[("a", "bad\n")]);
    let governance = Governance { waivers, baseline: old, ..log().governance() };
    let lost = UndecidedItem { path: String::new(), line: 1, column: 1, rule: None, message: "L".to_owned() };
    let (count, _) = debt(&Subject { undecided: vec![lost], ..subject(&governance, &files) });
    assert_eq!((count.open, count.errors, count.waived, count.baselined, count.undecided), (3, 2, 1, 1, 1));
    let unread = Log::with("- {id: c, kind: command, message: M}\n").governance();
    assert_eq!(debt(&subject(&unread, &[])).0.undecided, 1);
}

#[test]
fn later_debt_is_what_goes_beyond() {
    let held = |pairs: &[(&str, u32)]| -> Held {
        pairs.iter().map(|(key, count)| (((*key).to_owned(), String::new()), *count)).collect()
    };
    let (earlier, later) = (held(&[("a", 3), ("b", 1)]), held(&[("a", 1), ("b", 4), ("c", 2)]));
    assert_eq!((beyond(&earlier, &later), beyond(&later, &earlier), beyond(&later, &later)), (5, 2, 0));
}
