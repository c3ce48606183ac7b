//! Waivers, the baseline, standings of decisions, contradictions, examples.

use super::*;

/// A waiver for the rule about MongoDB, with more front matter.
pub(super) fn waiver(paths: &str, more: &str) -> String {
    format!(
        "---\nschema: precedent/waiver/v1\nwaives: [no-mongo/text]\npaths: [\"{paths}\"]\nreason: Old code\nowner: \"@dana\"\ngranted: 2026-05-01\nexpires: 2026-07-01\n{more}---\n# Why\n"
    )
}

const WAIVER: &str = "docs/decisions/waivers/w.md";

fn waived(text: &str) -> Repo {
    let repo = governed();
    repo.write(WAIVER, text);
    commit(&repo, "200");
    repo
}

#[test]
fn a_waiver_holds_up_to_its_last_day_and_then_names_its_owner() {
    let repo = waived(&waiver("src/**", ""));
    expect(&check(&repo, &[]), "pass", &["no-mongo/text src/old.rs:1 waived"]);
    let on = |day: &str| verdict(&repo.run(&["check", "--json", "--as-of", day]));
    assert_eq!(on("2026-07-01")["verdict"], "pass");
    let after = on("2026-07-02");
    expect(&after, "violations", &["no-mongo/text src/old.rs:1 existing"]);
    assert_eq!(after["findings"][0]["waiver"]["owner"], "@dana");
    assert_eq!(after["findings"][0]["waiver"]["expired"], true);
    assert_eq!(said(&after, "faults", "code"), ["expired-waiver"]);
    assert_eq!(repo.run(&["check", "--as-of", "soon"]).code, 2);
}

#[test]
fn a_waiver_that_landed_covers_the_next_change() {
    let repo = waived(&waiver("src/**", ""));
    repo.write("src/new.rs", "use mongodb;\n");
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "pass", &["no-mongo/text src/new.rs:1 waived"]);
}

#[test]
fn a_waiver_covers_so_many_and_no_more() {
    let repo = waived(&waiver("src/**", "at-most: 1\n"));
    expect(&check(&repo, &[]), "pass", &["no-mongo/text src/old.rs:1 waived"]);
    repo.write("src/a.rs", "use mongodb;\n");
    stage(&repo);
    // It is spent on the one that it was granted for, which lies outside of the change.
    let staged = check(&repo, &["--staged"]);
    expect(&staged, "violations", &["no-mongo/text src/a.rs:1 introduced", "no-mongo/text src/old.rs:1 waived"]);
}

#[test]
fn a_waiver_that_covers_nothing_or_has_a_fault_is_told() {
    let unused = check(&waived(&waiver("other/**", "")), &[]);
    assert_eq!(said(&unused, "faults", "code"), ["unused-waiver"]);
    let far = check(&waived(&waiver("src/**", "").replace("2026-07-01", "2027-07-01")), &[]);
    expect(&far, "violations", &["no-mongo/text src/old.rs:1 existing"]);
    assert_eq!(said(&far, "faults", "code"), ["bad-waiver"]);
    assert_eq!(far["faults"][0]["line"], 8);
}

#[test]
fn rejected_decisions_bind_and_proposed_ones_preview() {
    let with = |status: &str| {
        let text = record_with(status, "applies-to: [\"src/**\"]\n", MONGO);
        check(&committed(&[(RECORD, &text), ("src/old.rs", "use mongodb;\n")]), &[])
    };
    expect(&with("rejected"), "violations", &["no-mongo/text src/old.rs:1 existing"]);
    let proposed = with("proposed");
    expect(&proposed, "pass", &[]);
    assert_eq!(proposed["previews"][0]["would_find"], 1);
    assert_eq!(proposed["previews"][0]["why"], "proposed");
    for status in ["draft", "superseded", "deprecated"] {
        let verdict = with(status);
        expect(&verdict, "pass", &[]);
        assert_eq!(verdict["counts"]["rules"], 0, "{status}");
    }
}

#[test]
fn warnings_and_notes_do_not_fail() {
    for severity in ["warning", "note"] {
        let text = record(&MONGO.replace("kind:", &format!("severity: {severity}\n    kind:")));
        let verdict = check(&committed(&[(RECORD, &text), ("src/old.rs", "use mongodb;\n")]), &[]);
        expect(&verdict, "pass", &["no-mongo/text src/old.rs:1 existing"]);
    }
    let settings = "[severity]\n\"no-mongo/text\" = \"warning\"\n";
    let files = [(RECORD, record(MONGO)), ("precedent.toml", settings.to_owned()), ("src/a.rs", "mongodb".to_owned())];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let verdict = check(&committed(&files), &[]);
    assert_eq!((&verdict["verdict"], &verdict["findings"][0]["severity"]), (&"pass".into(), &"warning".into()));
}

#[test]
fn examples_are_run_and_a_failing_one_is_an_error() {
    let text = record(&MONGO.replace("content: use mongodb", "content: use postgres"));
    let repo = committed(&[(RECORD, &text), ("src/a.rs", "")]);
    let verdict = check(&repo, &[]);
    assert_eq!(verdict["verdict"], "error");
    assert_eq!(said(&verdict, "faults", "code"), ["example-failed"]);
    assert_eq!(verdict["faults"][0]["line"], 11);
    let none = record(&MONGO.lines().take(5).map(|line| format!("{line}\n")).collect::<String>());
    let verdict = check(&committed(&[(RECORD, &none), ("src/a.rs", "")]), &[]);
    expect(&verdict, "pass", &[]);
    assert_eq!(said(&verdict, "faults", "code"), ["no-invalid-example"]);
}

#[test]
fn decisions_that_ask_for_opposites_are_an_error_unless_one_goes_over_the_other() {
    let require = "  - id: text\n    kind: require-text\n    message: M\n    match: {literal: mongodb}\n    tests: {invalid: [{path: a, content: x}]}\n";
    let other = "docs/decisions/0002-mongo.md";
    let with = |more: &str| {
        let text = record_with("accepted", &format!("applies-to: [\"src/**\"]\n{more}"), require);
        check(&committed(&[(RECORD, &record(MONGO)), (other, &text), ("src/a.rs", "use mongodb;\n")]), &[])
    };
    assert!(said(&with(""), "faults", "code").contains(&"contradiction".to_owned()));
    let amended = with("amends: [1]\n");
    expect(&amended, "pass", &[]);
    assert!(!said(&amended, "faults", "code").contains(&"contradiction".to_owned()), "{amended:#}");
}

#[test]
fn a_rule_that_governs_nothing_is_told() {
    let verdict = check(&committed(&[(RECORD, &record(MONGO)), ("lib/a.rs", "mongodb")]), &[]);
    expect(&verdict, "pass", &[]);
    assert_eq!(verdict["vacuous"][0], "no-mongo/text");
}

#[test]
fn rules_may_stand_beside_the_record() {
    let bare = "# 1. No MongoDB\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nA store.\n";
    let beside = "docs/decisions/0001-no-mongo.rules.yaml";
    let rules: String = MONGO.replace("    kind:", "    paths: [\"src/**\"]\n    kind:");
    let repo = committed(&[(RECORD, bare), (beside, &format!("rules:\n{rules}")), ("src/a.rs", "mongodb\n")]);
    let verdict = check(&repo, &[]);
    expect(&verdict, "violations", &["no-mongo/text src/a.rs:1 existing"]);
    assert_eq!(verdict["findings"][0]["decision"]["path"], beside);
    assert_eq!(verdict["findings"][0]["decision"]["line"], 2);
    repo.write(beside, &format!("ruls:\n{rules}"));
    assert_eq!(check(&repo, &[])["verdict"], "indeterminate");
}

#[test]
fn the_baseline_lets_old_findings_pass_as_often_as_it_counts_them() {
    let repo = governed();
    let found = &check(&repo, &[])["findings"][0];
    let hash = found["fingerprint"].as_str().unwrap().split(':').next().unwrap();
    let entry = |count: u32| {
        format!(
            "{{\"rule\": \"no-mongo/text\", \"path\": \"src/old.rs\", \"fingerprint\": \"{hash}\", \"count\": {count}}}"
        )
    };
    let text = |count: u32| format!("{{\"schema\": \"precedent/baseline/v1\", \"entries\": [{}]}}\n", entry(count));
    repo.write("precedent.baseline.json", &text(1));
    expect(&check(&repo, &[]), "pass", &["no-mongo/text src/old.rs:1 baselined"]);
    // Moving code changes nothing; more of the same does.
    repo.write("src/old.rs", "\n\n   use   mongodb;\n");
    expect(&check(&repo, &[]), "pass", &["no-mongo/text src/old.rs:3 baselined"]);
    repo.write("src/old.rs", "use mongodb;\nuse mongodb;\n");
    expect(
        &check(&repo, &[]),
        "violations",
        &["no-mongo/text src/old.rs:1 baselined", "no-mongo/text src/old.rs:2 existing"],
    );
    repo.write("precedent.baseline.json", "{}");
    assert_eq!(said(&check(&repo, &[]), "faults", "code"), ["bad-baseline"]);
}
