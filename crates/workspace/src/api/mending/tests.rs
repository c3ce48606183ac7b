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
    assert_eq!(one_sided.fix.as_ref().map(|fix| &*fix.title), Some("Add the link to 0001-use-mongo.md"));
}
