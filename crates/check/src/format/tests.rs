//! Formats of one small verdict, whose texts try to break out.

use super::*;
use precedent_core::wire::{
    CheckCounts, CheckedInput, FindingDecision, FindingWaiver, GovernanceChange, SeverityWord, SkippedFiles,
    StatusWord, UndecidedItem, VerdictWord,
};

fn finding(state: FindingState) -> FindingItem {
    FindingItem {
        rule: "no-mongo/text".to_owned(),
        kind: "forbid-text".to_owned(),
        severity: SeverityWord::Error,
        path: "src/a b%é:1.rs".to_owned(),
        line: 2,
        column: 5,
        end_line: 2,
        end_column: 9,
        excerpt: "use `mongo`;".to_owned(),
        fingerprint: "abc:1".to_owned(),
        state,
        message: "No <b>Mongo</b>, @dana\n::error::gotcha".to_owned(),
        note: None,
        remedy: Some("Use Postgres.".to_owned()),
        decision: FindingDecision {
            id: "no-mongo".to_owned(),
            title: "No *Mongo*".to_owned(),
            status: Some(StatusWord::Accepted),
            path: "docs/decisions/0001.md".to_owned(),
            line: 6,
        },
        waiver: (state == FindingState::Waived).then(|| FindingWaiver {
            path: "w.md".to_owned(),
            owner: "@lee".to_owned(),
            expires: "2026-07-01".to_owned(),
            expired: false,
        }),
        propose: "precedent supersede".to_owned(),
        waive: String::new(),
    }
}

fn verdict(kind: &str, states: &[FindingState]) -> Verdict {
    Verdict {
        schema: "precedent/verdict/v1".to_owned(),
        verdict: VerdictWord::Violations,
        engine: "0.1.0".to_owned(),
        as_of: "2026-06-01".to_owned(),
        input: CheckedInput { kind: kind.to_owned(), base: None, head: None },
        counts: CheckCounts::default(),
        findings: states.iter().map(|state| finding(*state)).collect(),
        undecided: vec![UndecidedItem {
            path: String::new(),
            line: 1,
            column: 1,
            rule: None,
            message: "no common commit".to_owned(),
        }],
        faults: Vec::new(),
        governance_changes: vec![GovernanceChange {
            path: "p".to_owned(),
            line: 3,
            kind: "rule-changed".to_owned(),
            rule: Some("a,b".to_owned()),
            message: "changed".to_owned(),
        }],
        previews: Vec::new(),
        vacuous: Vec::new(),
        skipped_files: Vec::new(),
        notes: Vec::new(),
        skipped: SkippedFiles::default(),
    }
}

const ALL: [FindingState; 5] = [
    FindingState::Introduced,
    FindingState::WaiverProposed,
    FindingState::Existing,
    FindingState::Baselined,
    FindingState::Waived,
];

#[test]
fn sarif_has_states_suppressions_and_the_record() {
    let log = sarif(&verdict("staged", &ALL));
    let run = &log["runs"][0];
    let of =
        |key: &str| run["results"].as_array().map(|all| all.iter().map(|one| one[key].clone()).collect::<Vec<_>>());
    assert_eq!(
        of("baselineState"),
        Some(["new", "new", "unchanged", "unchanged", "unchanged"].map(Into::into).to_vec())
    );
    let statuses = of("suppressions").map(|all| all.iter().map(|one| one[0]["status"].clone()).collect::<Vec<_>>());
    let expected = [None, Some("underReview"), None, Some("accepted"), Some("accepted")];
    assert_eq!(statuses, Some(expected.map(|word| word.map_or(serde_json::Value::Null, Into::into)).to_vec()));
    let first = &run["results"][0];
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/a%20b%25%C3%A9%3A1.rs");
    assert_eq!(place["region"]["endColumn"], 9);
    assert_eq!(first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 6);
    assert_eq!(first["partialFingerprints"]["precedentMatchedText/v1"], "abc:1");
    assert_eq!((&first["ruleIndex"], &run["tool"]["driver"]["rules"][0]["id"]), (&0.into(), &"no-mongo/text".into()));
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().map(Vec::len), Some(2));
    let whole = sarif(&verdict("worktree", &[FindingState::Existing]));
    assert!(whole["runs"][0]["results"][0]["baselineState"].is_null());
}

#[test]
fn github_gets_one_command_for_each_open_finding() {
    let text = github(&verdict("staged", &ALL));
    let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error file=")).collect();
    assert_eq!(errors.len(), 2, "{text}");
    assert!(errors[0].starts_with(
        "::error file=src/a b%25é%3A1.rs,line=2,endLine=2,col=5,endColumn=9,title=no-mongo/text (No *Mongo*)::No <b>Mongo</b>, @dana%0A::error::gotcha%0AInstead"
    ), "{text}");
    assert!(text.contains("::warning file=p,line=3,title=rule-changed a%2Cb::changed\n"), "{text}");
    assert!(text.contains("::error title=undecided::no common commit\n"), "{text}");
    assert_eq!(github(&verdict("worktree", &ALL)).matches("::error file=").count(), 3);
}

#[test]
fn markdown_cannot_be_broken_out_of() {
    let text = markdown(&verdict("staged", &ALL));
    assert!(text.starts_with("### Precedent: this change introduces 2 violations\n"), "{text}");
    assert!(
        text.contains("> No &lt;b>Mongo&lt;/b>, @\u{200b}dana\n> ::error::gotcha\n> Instead: Use Postgres.\n"),
        "{text}"
    );
    assert!(text.contains("`` use `mongo`; ``") && text.contains("Decided: No \\*Mongo\\* ("), "{text}");
    let many = verdict("worktree", &[FindingState::Existing; 60]);
    assert!(markdown(&many).contains("… and 10 more."));
}
