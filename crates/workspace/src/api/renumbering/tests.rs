//! Numbers that clash, in one worktree and between branches.
#![expect(clippy::disallowed_methods, reason = "tests make files by hand")]

use super::with_number;
use crate::api::tests::Sandbox;
use git2::{Repository, Signature, Time};
use precedent_core::RecordPath;
use precedent_core::wire::{Draft, ErrorCode, RenumberRequest};

const A: &str = "docs/adr/0002-keep-rows.md";
const B: &str = "docs/adr/0002-use-queues.md";
const C: &str = "docs/adr/0003-citing.md";

fn record(title: &str) -> String {
    format!("# {title}\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n")
}

fn commit(sandbox: &Sandbox, reference: &str, seconds: i64) -> git2::Oid {
    let repo = Repository::open(sandbox.root()).expect("a repository");
    let mut index = repo.index().expect("an index");
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.update_all(["."], None).expect("staged");
    index.write().expect("written");
    let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let author = Signature::new("Ann", "ann@example.org", &Time::new(seconds, 0)).expect("an author");
    let parent = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = parent.iter().collect();
    repo.commit(Some(reference), &author, &author, "x", &tree, &parents).expect("a commit")
}

fn all() -> RenumberRequest {
    RenumberRequest::default()
}

#[test]
fn the_later_of_two_moves_with_everything_that_means_it() {
    let sandbox = Sandbox::new();
    sandbox.write(B, record("2. Use queues"));
    commit(&sandbox, "HEAD", 1_000);
    sandbox.write(A, record("2. Keep rows").replace("Why.", "See [2](0002-keep-rows.md#x)."));
    sandbox.write(
        C,
        record("3. Citing").replace("Why.", "[ADR-0002](0002-keep-rows.md), [2](0002-use-queues.md), ADR-0002."),
    );
    sandbox.write("src/a.rs", "// docs/adr/0002-keep-rows.md\nlet adr = \"0002-keep-rows.md\";\n");
    commit(&sandbox, "HEAD", 2_000);
    let workspace = sandbox.open();
    let request = RenumberRequest { code: true, ..all() };
    let preview = workspace.plan_renumber(&request).expect("a plan");
    assert_eq!(preview.label.as_deref(), Some("0004"));
    assert!(preview.notes.iter().any(|note| note.starts_with(&format!("{C}:9"))), "{:?}", preview.notes);
    workspace.apply_renumber(&request, &preview.digest).expect("applied");
    let moved = sandbox.read("docs/adr/0004-keep-rows.md");
    assert!(moved.starts_with("# 4. Keep rows\n") && moved.contains("[4](0004-keep-rows.md#x)"), "{moved}");
    assert!(sandbox.read(C).contains("[ADR-0004](0004-keep-rows.md), [2](0002-use-queues.md), ADR-0002."));
    assert_eq!(sandbox.read("src/a.rs"), "// docs/adr/0004-keep-rows.md\nlet adr = \"0002-keep-rows.md\";\n");
    assert!(workspace.lint().iter().all(|problem| problem.code != "P002"));
    let none = workspace.plan_renumber(&all()).expect("nothing to do");
    assert!(none.files.is_empty() && none.notes == ["No number is used twice."]);
}

#[test]
fn who_came_first_is_asked_when_it_is_not_known() {
    let sandbox = Sandbox::new();
    sandbox.write(A, record("2. Keep rows")).write(B, record("2. Use queues"));
    let check = || {
        let error = sandbox.open().plan_renumber(&all()).expect_err("not known");
        assert_eq!(error.code(), ErrorCode::Ambiguous);
        assert_eq!(error.details(), Some(&*format!("{A}\n{B}")));
    };
    check();
    commit(&sandbox, "HEAD", 1_000);
    check();
    let workspace = sandbox.open();
    let request = RenumberRequest { path: Some(B.to_owned()), ..all() };
    let preview = workspace.plan_renumber(&request).expect("a plan");
    assert_eq!(preview.record.as_deref(), Some("docs/adr/0003-use-queues.md"));
}

#[test]
fn branches_and_drafts_count_for_the_next_number() {
    let sandbox = Sandbox::new();
    sandbox.write(A, record("2. Keep rows"));
    commit(&sandbox, "HEAD", 1_000);
    sandbox.write("docs/adr/0007-x.md", record("7. X"));
    commit(&sandbox, "refs/remotes/origin/x", 2_000);
    std::fs::remove_file(sandbox.root().join("docs/adr/0007-x.md")).expect("removed");
    let workspace = sandbox.open();
    let draft = Draft {
        path: "docs/adr/0008-y.md".to_owned(),
        text: "# Y\n".to_owned(),
        base: String::new(),
        kept_at: String::new(),
    };
    workspace.keep_draft(&draft).expect("kept");
    let request = |number| RenumberRequest { path: Some(A.to_owned()), number, ..all() };
    assert_eq!(workspace.plan_renumber(&request(None)).expect("a plan").label.as_deref(), Some("0009"));
    assert_eq!(workspace.plan_renumber(&request(Some(12))).expect("a plan").label.as_deref(), Some("0012"));
    let error = workspace.plan_renumber(&request(Some(7))).expect_err("taken");
    assert_eq!((error.code(), error.to_wire().path.as_deref()), (ErrorCode::Usage, Some("docs/adr/0007-x.md")));
}

#[test]
fn a_clash_with_another_branch_is_a_problem_until_it_is_resolved() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record("1. A"));
    commit(&sandbox, "HEAD", 1_000);
    sandbox.write(A, record("2. Keep rows"));
    commit(&sandbox, "refs/remotes/origin/rows", 2_000);
    std::fs::rename(sandbox.root().join(A), sandbox.root().join(B)).expect("renamed");
    sandbox.write(B, record("2. Use queues"));
    commit(&sandbox, "HEAD", 3_000);
    let workspace = sandbox.open();
    let clashes = || -> Vec<(String, String)> {
        let problems = workspace.lint().into_iter().filter(|problem| problem.code == "P023");
        problems.map(|problem| (problem.path, problem.message)).collect()
    };
    let message = format!("the number 0002 is also used by {A} on branch origin/rows");
    assert_eq!(clashes(), [(B.to_owned(), message)]);
    workspace.refresh_clashes();
    assert!(workspace.decisions().problems.iter().any(|problem| problem.code == "P023"));
    let of_list = workspace.decisions_with_problems().decisions.into_iter().flat_map(|decision| decision.problems);
    let of_show = workspace.read_decision(B).expect("a record").summary.problems;
    for problems in [of_list.collect(), of_show] {
        assert_eq!(problems.iter().filter(|problem| problem.code == "P023").count(), 1, "{problems:?}");
    }
    let request = RenumberRequest { path: Some(B.to_owned()), ..all() };
    let preview = workspace.plan_renumber(&request).expect("a plan");
    workspace.apply_renumber(&request, &preview.digest).expect("applied");
    assert!(workspace.decisions().problems.is_empty());
    assert_eq!(clashes(), []);
}

#[test]
fn a_record_that_was_renamed_here_does_not_clash_with_its_old_name() {
    let sandbox = Sandbox::new();
    sandbox.write(A, record("2. Keep rows"));
    let first = commit(&sandbox, "HEAD", 1_000);
    let repo = Repository::open(sandbox.root()).expect("a repository");
    repo.reference("refs/heads/old", first, false, "x").expect("a branch");
    std::fs::rename(sandbox.root().join(A), sandbox.root().join(B)).expect("renamed");
    commit(&sandbox, "HEAD", 2_000);
    assert!(sandbox.open().lint().iter().all(|problem| problem.code != "P023"));
}

#[test]
fn a_number_stays_as_wide_as_it_was() {
    let check = |path: &str, number: u64, expected: &str| {
        assert_eq!(with_number(&RecordPath::new(path), number).expect(path).as_str(), expected);
    };
    check("a/0007-x.md", 12, "a/0012-x.md");
    check("a/7-x.md", 12, "a/12-x.md");
    check("a/ADR-007-x.md", 12, "a/ADR-012-x.md");
    check("a/2017-01-02-ADR_3_x.md", 12, "a/2017-01-02-ADR_12_x.md");
    check("a/0007-x/README.md", 12, "a/0012-x/README.md");
    check("0007-x/0007-x.md", 12, "0007-x/0012-x.md");
    assert!(with_number(&RecordPath::new("a/use-x.md"), 1).is_err());
}
