//! Branches, stashes, comparison and the log, against the real git.

use super::fixture::{Fixture, RECORD, record};
use precedent_core::wire::{BranchRequest, ErrorCode, OperationStep, StashReply, SwitchRequest};

fn to(branch: &str, stash: bool) -> SwitchRequest {
    SwitchRequest { branch: branch.to_owned(), stash, trust: false }
}

fn new(name: &str, from: Option<&str>) -> BranchRequest {
    BranchRequest { name: name.to_owned(), from: from.map(str::to_owned), moves: false, trust: false }
}

/// `main` with one record, and `topic` that accepts it; stands on main.
fn two_branches() -> Fixture {
    let fixture = Fixture::with_record();
    fixture.git(&["switch", "-q", "-c", "topic"]);
    fixture.write(RECORD, &record("accepted", "We take the red one."));
    fixture.commit_all("Accept ADR-0001");
    fixture.git(&["switch", "-q", "main"]);
    fixture
}

#[test]
fn switching_says_first_what_comes_along_and_what_is_in_the_way() {
    let fixture = two_branches();
    let workspace = fixture.workspace();
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    let plan = workspace.plan_switch("topic").expect("a plan");
    assert_eq!((plan.carried, plan.in_the_way, plan.records), (vec!["src/main.rs".to_owned()], vec![], 1));
    workspace.switch_branch(&to("topic", false)).expect("switched");
    assert_eq!(fixture.git(&["status", "--porcelain"]), " M src/main.rs\n");
    workspace.switch_branch(&to("main", false)).expect("and back");

    fixture.write(RECORD, &record("rejected", "No."));
    let plan = workspace.plan_switch("topic").expect("a plan");
    assert_eq!(plan.in_the_way, [RECORD]);
    let error = workspace.switch_branch(&to("topic", false)).expect_err("it would be overwritten");
    assert_eq!(error.code(), ErrorCode::Conflict);
    assert!(error.to_string().contains(RECORD), "{error}");

    fixture.write("new.txt", "new\n");
    workspace.switch_branch(&to("topic", true)).expect("stashed and switched");
    assert_eq!(fixture.git(&["status", "--porcelain"]), "");
    let stashes = workspace.git_place().expect("a place").stashes;
    assert_eq!((stashes[0].message.as_str(), stashes[0].files), ("Before switching to topic", 3));
    assert_eq!(stashes[0].records, [RECORD]);
    workspace.switch_branch(&to("main", false)).expect("back");
    let reply = workspace.apply_stash(&stashes[0].commit, true, false).expect("applied");
    assert_eq!(reply, StashReply::default());
    assert_eq!(fixture.git(&["status", "--porcelain"]).lines().count(), 3);
    assert!(workspace.git_place().expect("a place").stashes.is_empty());
    fixture.fsck();
}

#[test]
fn a_hook_that_fails_after_the_switch_leaves_the_stash_where_it_is() {
    let fixture = two_branches();
    fixture.hook("post-checkout", "exit 2");
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    let trusting = SwitchRequest { trust: true, ..to("topic", true) };
    fixture.workspace().switch_branch(&trusting).expect("it is switched");
    assert_eq!(fixture.git(&["symbolic-ref", "--short", "HEAD"]), "topic\n");
    assert_eq!(fixture.git(&["status", "--porcelain"]), "", "what was put aside stays aside");
    assert_eq!(fixture.git(&["stash", "list"]).lines().count(), 1);
}

#[test]
fn a_rebase_is_not_aborted_over_what_no_commit_has() {
    let fixture = two_branches();
    fixture.write(RECORD, &record("rejected", "We take the blue one."));
    fixture.commit_all("Reject ADR-0001");
    assert!(!fixture.try_git(&["rebase", "topic"]).0, "a conflict");
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    let workspace = fixture.workspace();
    let error = workspace.step_operation(OperationStep::Abort, false).expect_err("that would be lost");
    assert!(error.to_string().contains("src/main.rs"), "{error}");
    fixture.git(&["checkout", "-q", "--", "src/main.rs"]);
    workspace.step_operation(OperationStep::Abort, false).expect("aborted");
    assert_eq!(fixture.git(&["symbolic-ref", "--short", "HEAD"]), "main\n");
}

#[test]
fn a_stash_that_was_dropped_can_be_had_again() {
    let fixture = Fixture::with_record();
    let workspace = fixture.workspace();
    workspace.save_stash("Nothing", false).expect_err("nothing to put aside");
    fixture.write(RECORD, &record("accepted", "Yes."));
    workspace.save_stash("Half an idea", false).expect("saved");
    let stash = workspace.git_place().expect("a place").stashes.remove(0);
    workspace.drop_stash(&stash.commit, false).expect("dropped");
    assert!(workspace.git_place().expect("a place").stashes.is_empty());
    workspace.restore_stash(&stash.commit, &stash.message).expect("had again");
    workspace.apply_stash(&stash.commit, false, false).expect("applied");
    assert!(std::fs::read_to_string(fixture.root().join(RECORD)).expect("a file").contains("Yes."));
}

#[test]
fn a_branch_is_made_renamed_deleted_and_had_again() {
    let fixture = two_branches();
    let workspace = fixture.workspace();
    workspace.create_branch(&new("a b", None)).expect_err("no name");
    workspace.create_branch(&new("--force", None)).expect_err("no name");
    workspace.create_branch(&new("topic", None)).expect_err("taken");
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    workspace.create_branch(&new("fresh", None)).expect("made");
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), "fresh");
    assert_eq!(fixture.git(&["status", "--porcelain"]), " M src/main.rs\n");
    workspace.create_branch(&new("from-topic", Some("topic"))).expect("made");
    assert_eq!(fixture.git(&["rev-parse", "HEAD"]), fixture.git(&["rev-parse", "topic"]));
    workspace.delete_branch("from-topic").expect_err("one stands on it");
    workspace.rename_branch("from-topic", "better").expect("renamed");
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), "better");
    workspace.switch_branch(&to("main", false)).expect("switched");
    workspace.delete_branch("better").expect("deleted");
    let tip = fixture.git(&["rev-parse", "topic"]);
    let deleted = workspace.delete_branch("topic").expect("deleted");
    assert_eq!(deleted.only_here, 1);
    workspace.restore_branch(&deleted).expect("had again");
    assert_eq!(fixture.git(&["rev-parse", "topic"]), tip);
}

#[test]
fn commits_move_to_a_branch_of_their_own() {
    let fixture = Fixture::with_record();
    fixture.git(&["init", "-q", "--bare", "-b", "main", &fixture.below("far.git").display().to_string()]);
    fixture.git(&["remote", "add", "origin", &fixture.below("far.git").display().to_string()]);
    let workspace = fixture.workspace();
    let moving = BranchRequest { moves: true, ..new("adr/0001", None) };
    workspace.create_branch(&moving).expect_err("main follows nothing yet");
    fixture.git(&["push", "-q", "-u", "origin", "main"]);
    fixture.write(RECORD, &record("accepted", "Yes."));
    fixture.commit_all("Accept");
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    workspace.create_branch(&moving).expect("moved");
    assert_eq!(fixture.git(&["rev-parse", "main"]), fixture.git(&["rev-parse", "origin/main"]));
    assert_eq!(fixture.git(&["log", "-1", "--format=%s", "adr/0001"]), "Accept\n");
    assert_eq!(fixture.git(&["branch", "--show-current"]).trim(), "adr/0001");
    assert_eq!(fixture.git(&["status", "--porcelain"]), " M src/main.rs\n");
}

#[test]
fn a_branch_is_compared_by_records() {
    let fixture = two_branches();
    fixture.write("notes.txt", "x\n");
    fixture.commit_all("Notes");
    let found = fixture.workspace().compare_branch("topic", "main").expect("a comparison");
    assert_eq!((found.ahead, found.behind, found.commits.len(), found.files.len()), (1, 1, 1, 1));
    assert_eq!(found.files[0].lead, "Proposed → Accepted.");
    assert_eq!(found.commits[0].records[0].label.as_deref(), Some("0001"));
}

#[test]
fn the_log_names_the_records_of_each_commit_and_finds_words() {
    let fixture = two_branches();
    fixture.git(&["merge", "-q", "--no-ff", "-m", "Take the topic", "topic"]);
    let workspace = fixture.workspace();
    let log = workspace.repository_log(None, "").expect("a log");
    let seen: Vec<_> = log.items.iter().map(|item| (item.commit.subject.as_str(), item.records.len())).collect();
    assert_eq!(seen, [("Take the topic", 0), ("Accept ADR-0001", 1), ("Start", 1)]);
    assert_eq!(log.items[0].names, ["main"]);
    assert_eq!((log.items[2].others, log.next), (1, None));
    let found = workspace.repository_log(None, "accept adr-0001").expect("a log");
    assert_eq!(found.items.len(), 1);
    let diff = workspace.log_diff(&found.items[0].commit.commit, RECORD).expect("a diff");
    assert_eq!((diff.fields[0].old.as_str(), diff.fields[0].new.as_str()), ("proposed", "accepted"));
}

#[test]
fn worktrees_and_detached_heads_are_named() {
    let fixture = two_branches();
    let beside = fixture.below("beside");
    fixture.git(&["worktree", "add", "-q", &beside.display().to_string(), "topic"]);
    let workspace = fixture.workspace();
    let place = workspace.git_place().expect("a place");
    let trees: Vec<_> = place.worktrees.iter().map(|tree| (tree.branch.as_deref(), tree.here)).collect();
    assert_eq!(trees, [(Some("main"), true), (Some("topic"), false)]);
    assert!(place.branches.iter().any(|branch| branch.name == "topic" && branch.elsewhere.is_some()));
    workspace.switch_branch(&to("topic", false)).expect_err("it is checked out beside");
    fixture.git(&["checkout", "-q", "--detach"]);
    let place = workspace.git_place().expect("a place");
    assert_eq!((place.branch, place.head.is_some()), (None, true));

    let empty = Fixture::new();
    let place = empty.workspace().git_place().expect("a place");
    assert_eq!((place.branch.as_deref(), place.head), (Some("main"), None));

    // A clone of the newest commit alone says that there is more.
    let shallow = Fixture::new();
    std::fs::remove_dir_all(shallow.root()).expect("removed");
    std::fs::create_dir(shallow.root()).expect("a folder");
    let far = format!("file://{}", fixture.root().display());
    shallow.git(&["clone", "-q", "--depth", "1", "--branch", "topic", &far, "."]);
    let place = shallow.workspace().git_place().expect("a place");
    assert_eq!((place.branch.as_deref(), place.shallow), (Some("topic"), true));
    assert!(!fixture.workspace().git_place().expect("a place").shallow);
}

#[test]
fn a_stash_that_meets_changes_says_where_and_is_kept() {
    for pop in [false, true] {
        let fixture = Fixture::with_record();
        let workspace = fixture.workspace();
        fixture.write(RECORD, &record("accepted", "We take the blue one."));
        fixture.write("src/main.rs", "fn main() { todo!() }\n");
        fixture.write("new.txt", "new\n");
        fixture.git(&["add", "src/main.rs"]);
        workspace.save_stash("Blue", false).expect("saved");
        fixture.write(RECORD, &record("rejected", "We take the green one."));
        fixture.commit_all("Green");
        fixture.write("new.txt", "another\n");
        let stash = workspace.git_place().expect("a place").stashes.remove(0);
        let reply = workspace.apply_stash(&stash.commit, pop, false).expect("applied, with conflicts");
        assert_eq!(reply.conflicts, [RECORD]);
        assert_eq!(reply.in_the_way, ["new.txt"]);
        // What met nothing is there; what was here is as it was; the stash can be had again.
        assert_eq!(std::fs::read_to_string(fixture.root().join("new.txt")).expect("a file"), "another\n");
        assert!(fixture.git(&["diff", "HEAD", "--", "src/main.rs"]).contains("todo!"));
        assert_eq!(workspace.git_place().expect("a place").stashes.len(), 1);
        let error = workspace.apply_stash(&stash.commit, pop, false).expect_err("conflicts are left");
        assert_eq!(error.code(), ErrorCode::Usage);
        assert!(workspace.conflict(RECORD).is_ok());
    }
}

#[test]
fn a_stash_over_changes_that_are_not_committed_is_refused_by_name() {
    let fixture = Fixture::with_record();
    let workspace = fixture.workspace();
    fixture.write("src/main.rs", "fn main() { todo!() }\n");
    workspace.save_stash("Later", false).expect("saved");
    fixture.write("src/main.rs", "fn main() { panic!() }\n");
    let stash = workspace.git_place().expect("a place").stashes.remove(0);
    let error = workspace.apply_stash(&stash.commit, true, false).expect_err("it would be overwritten");
    assert_eq!(error.code(), ErrorCode::Conflict);
    assert!(error.to_string().starts_with("src/main.rs changed here"), "{error}");
    assert_eq!(
        std::fs::read_to_string(fixture.root().join("src/main.rs")).expect("a file"),
        "fn main() { panic!() }\n"
    );
    assert_eq!(workspace.git_place().expect("a place").stashes.len(), 1);
}
