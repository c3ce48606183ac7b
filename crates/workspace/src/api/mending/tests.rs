//! Fixes carried out as one plan.

use crate::api::tests::Sandbox;
use precedent_core::wire::ErrorCode;

const A: &str = "docs/adr/0001-use-mongo.md";
const B: &str = "docs/adr/0002-use-postgres.md";
const C: &str = "docs/adr/0003-use-both.md";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write(A, "# 1. Use Mongo\n\n## Status\n\nAccepted\n\n## Context\n\nx\n")
        .write(B, "---\nstatus: accepted\ndate: 2024--05-16\nsupersedes: [ADR-0001]\n---\n\n# Use Postgres\n\n[c](../0003-use-both.md) [d](img.png)\n")
        .write(C, "---\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n\n# Use both\n");
    sandbox
}

#[test]
fn all_fixes_are_one_plan_and_leave_nothing_to_fix() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let plan = workspace.plan_fixes(None, None).expect("a plan");
    assert_eq!(plan.title, "Fix 3 problems");
    workspace.apply_fixes(None, None, &plan.digest).expect("written");
    let text = sandbox.read(A);
    assert!(text.contains("Superseded by [2. Use Postgres](0002-use-postgres.md)"), "{text}");
    assert!(text.contains("Superseded by [3. Use both](0003-use-both.md)"), "{text}");
    assert!(sandbox.read(B).contains("date: 2024-05-16"));
    assert!(sandbox.read(B).contains("(../0003-use-both.md)"), "a guess is not carried out unasked");
    assert_eq!(workspace.plan_fixes(None, None).expect_err("nothing").code(), ErrorCode::NotFound);
}

#[test]
fn one_code_or_one_record_at_a_time() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let plan = workspace.plan_fixes(Some("P017"), None).expect("a plan");
    assert_eq!(plan.files.iter().map(|file| &*file.path).collect::<Vec<_>>(), [B]);
    workspace.apply_fixes(Some("P017"), None, &plan.digest).expect("written");
    assert!(sandbox.read(B).contains("[c](0003-use-both.md)"));
    let plan = workspace.plan_fixes(None, Some("3")).expect("a plan");
    assert_eq!(plan.title, "Fix 1 problem");
    assert_eq!(workspace.plan_fixes(Some("P999"), None).expect_err("unknown").code(), ErrorCode::Usage);
}

#[test]
fn lint_tells_fixes_and_broken_links() {
    let sandbox = sandbox();
    let problems = sandbox.open().lint();
    let broken: Vec<&str> =
        problems.iter().filter(|problem| problem.code == "P017").map(|problem| &*problem.message).collect();
    assert_eq!(broken, ["there is no file at `../0003-use-both.md`", "there is no file at `img.png`"]);
    let one_sided = problems.iter().find(|problem| problem.code == "P004").expect("one-sided");
    assert_eq!(one_sided.fix.as_ref().map(|fix| &*fix.title), Some("Mark 0001"));
}

#[test]
fn reader_and_editor_show_the_fixes_of_lint() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let linted: Vec<_> = workspace.lint().into_iter().filter(|problem| problem.path == B).collect();
    let mut read = workspace.read_decision(B).expect("a record").summary.problems;
    read.sort_by(|a, b| (a.line, a.column, &a.code).cmp(&(b.line, b.column, &b.code)));
    assert_eq!(read, linted);
    assert!(read.iter().filter(|problem| problem.fix.is_some()).count() >= 3, "{read:?}");
    assert!(workspace.decisions().decisions.iter().flat_map(|decision| &decision.problems).all(|p| p.fix.is_none()));
}

#[test]
fn a_fix_of_the_buffer_counts_its_bytes() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let text = "\u{feff}---\r\nstatus: acceptd\r\ndate: 2024--05-16\r\napplies-to: [/é/**]\r\n---\r\n\r\n# Über\r\n";
    let problems = workspace.preview(C, text).expect("a preview").problems;
    let codes: Vec<&str> = problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["P010", "P009", "P025"], "{problems:?}");
    let mut after = text.to_owned();
    for problem in problems.iter().rev() {
        let (start, end) = problem.span.expect("a place");
        let line = text[..start as usize].matches('\n').count() + 1;
        assert_eq!(problem.line as usize, line);
        assert!(text.get(start as usize..end as usize).is_some());
        for edit in &problem.fix.as_ref().expect("a fix").edits {
            after.replace_range(edit.start as usize..edit.end as usize, &edit.text);
        }
    }
    assert_eq!(
        after,
        "\u{feff}---\r\nstatus: accepted\r\ndate: 2024-05-16\r\napplies-to: [é/**]\r\n---\r\n\r\n# Über\r\n"
    );
}

#[test]
fn one_problem_is_mended_by_its_place() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let problems = workspace.read_decision(B).expect("a record").summary.problems;
    let broken = problems.iter().find(|problem| problem.code == "P017" && problem.fix.is_some()).expect("broken");
    let plan = workspace.plan_fix(B, "P017", broken.line, broken.column, None).expect("a plan");
    assert_eq!(plan.title, "Change to 0003-use-both.md");
    workspace.apply_fix(B, "P017", broken.line, broken.column, None, &plan.digest).expect("written");
    assert!(sandbox.read(B).contains("[c](0003-use-both.md)"));
    let gone = workspace.plan_fix(B, "P017", broken.line, broken.column, None).expect_err("gone");
    assert_eq!(gone.code(), ErrorCode::NotFound);
}

#[test]
fn help_offers_what_the_log_knows() {
    let sandbox = sandbox();
    let workspace = sandbox.open();
    let labels = |text: &str| -> Vec<String> {
        let offset = text.find('¦').expect("a bar");
        let help = workspace.schema_help(C, &text.replace('¦', ""), u32::try_from(offset).expect("small"));
        help.completions.into_iter().map(|item| item.label).collect()
    };
    assert_eq!(labels("---\nsupersedes: [ADR¦]\n---\n# T\n"), ["ADR-0001", "ADR-0002"]);
    assert_eq!(labels("---\nsupersedes: [ADR-0002, ADR-0001¦]\n---\n# T\n"), ["ADR-0001"]);
    assert_eq!(labels("---\nsupersedes: [mongo¦]\n---\n# T\n"), ["ADR-0001"]);
    assert_eq!(labels("---\nstatus: rej¦\n---\n# T\n"), ["rejected"]);
}

#[test]
fn an_ambiguous_reference_offers_each_candidate() {
    let sandbox = Sandbox::new();
    let text = "\u{feff}---\r\nstatus: accepted\r\nsupersedes: [ADR-0001]\r\n---\r\n\r\n# Use Postgres\r\n";
    sandbox
        .write(A, "# 1. Use Mongo\n\n## Status\n\nAccepted\n")
        .write("docs/adr/0001-use-redis.md", "# 1. Use Redis\n\n## Status\n\nAccepted\n")
        .write(B, text);
    let workspace = sandbox.open();
    let previewed = workspace.preview(B, text).expect("a preview").problems;
    let problem = previewed.iter().find(|problem| problem.code == "P011").expect("ambiguous");
    assert_eq!(problem.fix, None, "nothing is guessed");
    let choices = problem.choices.as_deref().unwrap_or_default();
    let titles: Vec<&str> = choices.iter().map(|fix| &*fix.title).collect();
    assert_eq!(titles, ["Change to 0001-use-mongo", "Change to 0001-use-redis"]);
    let mut after = text.to_owned();
    let edit = &choices[1].edits[0];
    after.replace_range(edit.start as usize..edit.end as usize, &edit.text);
    assert_eq!(after, text.replace("ADR-0001", "0001-use-redis"));

    let place = (problem.line, problem.column);
    let plan = |title| workspace.plan_fix(B, "P011", place.0, place.1, title);
    assert_eq!(plan(None).expect_err("none is the one").code(), ErrorCode::NotFound);
    let shown = plan(Some(titles[1])).expect("a plan");
    workspace.apply_fix(B, "P011", place.0, place.1, Some(titles[1]), &shown.digest).expect("written");
    assert_eq!(sandbox.read(B), after);
    let left = workspace.read_decision(B).expect("a record").summary.problems;
    assert!(left.iter().all(|problem| problem.code != "P011"), "{left:?}");
}
