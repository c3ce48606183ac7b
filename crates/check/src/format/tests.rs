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

/// A verdict with something of everything beside its findings.
fn whole(word: VerdictWord, findings: Vec<FindingItem>) -> Verdict {
    use precedent_core::wire::{CheckFault, RulePreview, SkippedFile};
    let fault = |severity, code: &str| CheckFault {
        path: "f.md".to_owned(),
        line: 4,
        column: 1,
        code: code.to_owned(),
        severity,
        rule: None,
        message: format!("{code} it is"),
    };
    let lost = UndecidedItem {
        path: "u.md".to_owned(),
        line: 0,
        column: 1,
        rule: Some("d/r".to_owned()),
        message: "100% lost".to_owned(),
    };
    let mut verdict = verdict("worktree", &[]);
    verdict.undecided.push(lost);
    verdict.faults = vec![fault(SeverityWord::Error, "bad"), fault(SeverityWord::Note, "meh")];
    verdict.previews = vec![RulePreview {
        rule: "p/r".to_owned(),
        record: "p.md".to_owned(),
        why: "proposed".to_owned(),
        would_find: 3,
    }];
    verdict.skipped_files = vec![SkippedFile { path: "s.bin".to_owned(), why: "it is binary".to_owned() }];
    verdict.notes = vec!["a #note!".to_owned()];
    verdict.counts =
        CheckCounts { files: 2, rules: 1, existing: 3, baselined: 4, waived: 5, failing: 6, ..verdict.counts };
    Verdict { verdict: word, findings, ..verdict }
}

/// A finding over two lines, with nothing to say beside its message.
fn bare(severity: SeverityWord) -> FindingItem {
    let finding = finding(FindingState::Existing);
    FindingItem {
        severity,
        path: "a".to_owned(),
        end_line: 3,
        excerpt: String::new(),
        message: "M".to_owned(),
        remedy: None,
        note: Some("N".to_owned()),
        ..finding
    }
}

#[test]
fn github_gets_everything() {
    let expected = "::warning file=a,line=2,endLine=3,title=no-mongo/text (No *Mongo*)::M%0AN%0ADecided in docs/decisions/0001.md:6
::notice file=a,line=2,endLine=3,title=no-mongo/text (No *Mongo*)::M%0AN%0ADecided in docs/decisions/0001.md:6
::error file=f.md,line=4,title=bad::bad it is
::notice file=f.md,line=4,title=meh::meh it is
::error title=undecided::no common commit
::error file=u.md,line=0,title=undecided d/r::100%25 lost
::warning file=p,line=3,title=rule-changed a%2Cb::changed
::notice file=s.bin,title=not read::it is binary
::notice title=Precedent::a #note!
Precedent: pass, 1 rule, 2 files, 6 failing
";
    let findings = vec![bare(SeverityWord::Warning), bare(SeverityWord::Note)];
    assert_eq!(github(&whole(VerdictWord::Pass, findings)), expected);
    for (word, said) in [
        (VerdictWord::Violations, "violations"),
        (VerdictWord::Error, "error in the records"),
        (VerdictWord::Indeterminate, "undecided"),
    ] {
        assert!(github(&whole(word, Vec::new())).contains(&format!("\nPrecedent: {said}, ")));
    }
}

#[test]
fn markdown_gets_everything() {
    let expected = "### Precedent: there is 1 violation

**warning** `a:2:5` · `no-mongo/text`

> M
> N

Decided: No \\*Mongo\\* (`docs/decisions/0001.md:6`)
To change the decision: `precedent supersede`

**Could not be decided**

-  no common commit
- `u.md:0`: `d/r` 100% lost

**In the records**

- `f.md:4`: bad it is
- `f.md:4`: meh it is

**What this change does to rules (it takes effect once it has landed)**

- `p:3`: `a,b` changed

- `p/r` would find 3

**Not read**

- `s.bin:1`: it is binary

a \\#note\\!

<sub>1 rule · 2 files · 3 existing · 4 in the baseline · 5 waived · as of 2026-06-01</sub>
";
    assert_eq!(markdown(&whole(VerdictWord::Violations, vec![bare(SeverityWord::Warning)])), expected);
    for (word, findings, head) in [
        (VerdictWord::Violations, vec![bare(SeverityWord::Note), bare(SeverityWord::Error)], "there are 2 violations"),
        (VerdictWord::Pass, Vec::new(), "decisions hold"),
        (VerdictWord::Error, Vec::new(), "the records have an error"),
        (VerdictWord::Indeterminate, Vec::new(), "not everything could be decided"),
    ] {
        assert!(markdown(&whole(word, findings)).starts_with(&format!("### Precedent: {head}\n")), "{head}");
    }
    let all = markdown(&whole(VerdictWord::Violations, vec![bare(SeverityWord::Note), bare(SeverityWord::Error)]));
    assert!(all.contains("**note** `a") && all.contains("**error** `a"), "{all}");
    let fifty = markdown(&verdict("worktree", &[FindingState::Existing; 50]));
    assert!(!fifty.contains("more."), "{fifty}");
    assert!(markdown(&verdict("staged", &[FindingState::Introduced])).contains("introduces 1 violation\n"));
}

#[test]
fn a_code_span_and_plain_text_hold_what_is_in_them() {
    let mut odd = bare(SeverityWord::Error);
    odd.excerpt = "a ``b`\tc".to_owned();
    odd.message = "\\ `_[]|~ & \u{7}<".to_owned();
    let text = markdown(&whole(VerdictWord::Violations, vec![odd]));
    assert!(text.contains("\n``` a ``b` c ```\n"), "{text}");
    assert!(text.contains("> \\\\ \\`\\_\\[\\]\\|\\~ &amp;  &lt;\n"), "{text}");
}

#[test]
fn sarif_gets_everything() {
    let run = |word, findings| sarif(&whole(word, findings))["runs"][0].clone();
    let told = run(VerdictWord::Violations, vec![bare(SeverityWord::Note), bare(SeverityWord::Warning)]);
    let notifications = told["invocations"][0]["toolExecutionNotifications"].as_array().cloned().unwrap_or_default();
    let shown: Vec<String> = notifications
        .iter()
        .map(|one| {
            let place = &one["locations"][0]["physicalLocation"];
            format!(
                "{} {} {} {}",
                one["level"], one["message"]["text"], place["artifactLocation"]["uri"], place["region"]["startLine"]
            )
        })
        .collect();
    let expected = [
        "\"error\" \"no common commit\" null null",
        "\"error\" \"100% lost\" \"u.md\" 1",
        "\"error\" \"bad: bad it is\" \"f.md\" 4",
        "\"note\" \"meh: meh it is\" \"f.md\" 4",
        "\"warning\" \"rule-changed: changed\" \"p\" 3",
        "\"note\" \"not read: it is binary\" \"s.bin\" 1",
    ];
    assert_eq!(&shown[..expected.len()], expected);
    let levels: Vec<_> =
        told["results"].as_array().map(|all| all.iter().map(|one| one["level"].clone()).collect()).unwrap_or_default();
    assert_eq!(levels, ["note", "warning"]);
    let region = &told["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert!(region["snippet"].is_null());
    let with = run(VerdictWord::Pass, vec![finding(FindingState::Existing)]);
    let rule = &with["tool"]["driver"]["rules"][0];
    assert_eq!(
        (&rule["shortDescription"]["text"], &rule["fullDescription"]["text"]),
        (&"No <b>Mongo</b>, @dana".into(), &"No <b>Mongo</b>, @dana\n::error::gotcha".into(),)
    );
    assert_eq!(with["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"], "use `mongo`;");
    assert_eq!(
        with["results"][0]["message"]["text"],
        "No <b>Mongo</b>, @dana\n::error::gotcha\nInstead: Use Postgres."
    );
    for (word, done) in [
        (VerdictWord::Pass, true),
        (VerdictWord::Violations, true),
        (VerdictWord::Error, false),
        (VerdictWord::Indeterminate, false),
    ] {
        assert_eq!(run(word, Vec::new())["invocations"][0]["executionSuccessful"], done);
    }
    let expired = FindingItem {
        waiver: Some(FindingWaiver {
            path: "w".to_owned(),
            owner: "o".to_owned(),
            expires: "d".to_owned(),
            expired: true,
        }),
        ..finding(FindingState::Waived)
    };
    assert!(run(VerdictWord::Pass, vec![expired])["results"][0]["suppressions"].is_null());
}
