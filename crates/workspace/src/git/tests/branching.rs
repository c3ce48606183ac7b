//! A new record on a branch of its own, and what stays when that fails.

use super::fixture::{Fixture, RECORD};
use crate::git::branch;
use precedent_core::wire::{ErrorCode, NewRequest};

fn request(on_branch: bool) -> NewRequest {
    NewRequest { title: "Sign every invoice".to_owned(), on_branch, ..NewRequest::default() }
}

const MADE: &str = "docs/decisions/0002-sign-every-invoice.md";
const BRANCH: &str = "adr/0002-sign-every-invoice";

#[test]
fn a_new_record_begins_a_branch_and_what_was_changed_comes_along() {
    let fixture = Fixture::with_record();
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    fixture.write(RECORD, "# 1. Colour\n\nStatus: accepted\n");
    fixture.git(&["add", RECORD]);
    let before = fixture.git(&["status", "--porcelain"]);
    let workspace = fixture.workspace();
    let shown = workspace.plan_new(&request(true)).expect("a plan");
    assert_eq!(shown.branch.as_deref(), Some(BRANCH));
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), "main", "a plan changes nothing");
    let reply = workspace.apply_new(&request(true), &shown.digest).expect("written");
    assert_eq!(reply.record.as_deref(), Some(MADE));
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), BRANCH);
    assert_eq!(fixture.git(&["rev-parse", "main"]), fixture.git(&["rev-parse", "HEAD"]));
    let after = fixture.git(&["status", "--porcelain"]);
    let new: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(new, [format!("A  {MADE}")]);
    assert_eq!(after.lines().count(), before.lines().count() + 1, "nothing else has changed: {after}");
    let status = workspace.git_status().expect("a status");
    assert_eq!((status.branch.as_deref(), status.default_branch.as_deref()), (Some(BRANCH), Some("main")));
    fixture.git(&["fsck", "--strict"]);
}

#[test]
fn without_the_wish_everything_stays_on_its_branch() {
    let fixture = Fixture::with_record();
    let workspace = fixture.workspace();
    let shown = workspace.plan_new(&request(false)).expect("a plan");
    assert_eq!(shown.branch, None);
    workspace.apply_new(&request(false), &shown.digest).expect("written");
    assert_eq!(fixture.git(&["branch", "--format=%(refname:short)"]).trim(), "main");
}

#[test]
fn a_name_that_is_taken_is_counted_on() {
    let fixture = Fixture::with_record();
    fixture.git(&["branch", BRANCH]);
    let workspace = fixture.workspace();
    let shown = workspace.plan_new(&request(true)).expect("a plan");
    assert_eq!(shown.branch, Some(format!("{BRANCH}-2")));
}

#[test]
fn a_record_that_cannot_be_written_leaves_no_branch() {
    let fixture = Fixture::with_record();
    let workspace = fixture.workspace();
    let shown = workspace.plan_new(&request(true)).expect("a plan");
    let untouched = |why: &str| {
        assert_eq!(fixture.git(&["branch", "--format=%(refname:short)"]).trim(), "main", "{why}");
        assert_eq!(fixture.git(&["symbolic-ref", "HEAD"]).trim(), "refs/heads/main", "{why}");
        assert!(!fixture.root().join(MADE).exists(), "{why}");
    };
    // The journal of writes cannot be kept: nothing is written.
    std::fs::remove_dir_all(fixture.root().join(".git/precedent")).unwrap_or_default();
    fixture.write(".git/precedent", "in the way");
    workspace.apply_new(&request(true), &shown.digest).expect_err("nowhere to keep the journal");
    untouched("after a write that failed");
    fixture.delete(".git/precedent");

    // What was shown is not what would be written: the branch is not even begun.
    let stale = workspace.apply_new(&request(true), "another").expect_err("a stale plan");
    assert_eq!(stale.code(), ErrorCode::Conflict);
    untouched("after a stale plan");

    // A branch called `adr` leaves no room for branches below it.
    fixture.git(&["branch", "adr"]);
    let refused = workspace.apply_new(&request(true), &shown.digest).expect_err("no room for the branch");
    assert_eq!(refused.code(), ErrorCode::Git);
    fixture.git(&["branch", "-D", "adr"]);
    untouched("after a branch that could not be had");

    // And then it works.
    workspace.apply_new(&request(true), &shown.digest).expect("written");
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), BRANCH);
}

#[test]
fn no_branch_begins_before_the_first_commit_or_in_the_middle_of_something() {
    let empty = Fixture::new();
    empty.write(RECORD, "# 1. Colour\n\nStatus: accepted\n");
    let error = empty.workspace().plan_new(&request(true)).expect_err("nothing is committed");
    assert_eq!(error.code(), ErrorCode::Usage);

    let fixture = Fixture::with_record();
    fixture.write(".git/MERGE_HEAD", &fixture.git(&["rev-parse", "HEAD"]));
    let error = fixture.workspace().plan_new(&request(true)).expect_err("a merge is under way");
    assert!(error.to_string().contains("merge"), "{error}");
}

#[test]
fn from_a_commit_of_its_own_a_branch_begins_too_and_goes_back() {
    let fixture = Fixture::with_record();
    fixture.git(&["checkout", "-q", "--detach"]);
    let at = fixture.git(&["rev-parse", "HEAD"]);
    let started = branch::start(&fixture.root(), "adr/0009-x").expect("a branch");
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), "adr/0009-x");
    started.take_back();
    assert_eq!(fixture.git(&["rev-parse", "HEAD"]), at);
    assert!(!fixture.try_git(&["symbolic-ref", "-q", "HEAD"]).0, "detached as before");
    assert_eq!(fixture.git(&["branch", "--list", "adr/*"]), "");
}

#[test]
fn the_default_branch_is_the_remotes_then_the_usual_one_then_the_only_one() {
    let fixture = Fixture::with_record();
    let default = || branch::default_branch(&fixture.repo());
    assert_eq!(default().as_deref(), Some("main"));
    fixture.git(&["switch", "-q", "-c", "topic"]);
    assert_eq!(default().as_deref(), Some("main"), "wherever one stands");
    fixture.git(&["branch", "-q", "-D", "main"]);
    assert_eq!(default().as_deref(), Some("topic"), "the only one");
    fixture.git(&["branch", "-q", "other"]);
    assert_eq!(default(), None);
    fixture.git(&["update-ref", "refs/remotes/origin/develop", "HEAD"]);
    fixture.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop"]);
    fixture.git(&["remote", "add", "origin", "https://example.org/x.git"]);
    assert_eq!(default().as_deref(), Some("develop"), "what the remote says");
}
