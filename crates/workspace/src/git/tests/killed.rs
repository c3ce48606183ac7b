//! The app is killed in the middle of what git does: git goes on or stops by itself, the next open is sound and says so.

use super::fixture::{Fixture, RECORD, record};
use crate::git::program::{Listener, Program};
use crate::git::running::Running;

/// Runs git as the app does and kills it as soon as `moment` has come; gives whether it was in time.
fn killed(at: &Fixture, program: &Program, args: &[&str], moment: &dyn Fn() -> bool) -> bool {
    let run = program.long(&at.root(), args, &mut Listener { hear: &mut |_| {}, stop: moment }).expect("git runs");
    run.stopped
}

#[cfg(unix)]
#[test]
fn a_switch_that_was_killed_leaves_nothing_broken_and_is_told() {
    let at = Fixture::with_record();
    at.git(&["switch", "-q", "-c", "topic"]);
    for number in 2..40 {
        at.write(&format!("docs/decisions/{number:04}-x.md"), &record("accepted", "Text."));
    }
    at.commit_all("Many");
    at.git(&["switch", "-q", "main"]);
    at.write("notes.txt", "not committed\n");
    // Smudge filters make every file slow, as large files of a real repository are.
    at.write(".git/info/attributes", "*.md filter=slow\n");
    at.git(&["config", "filter.slow.smudge", "sh -c 'sleep 0.02; cat'"]);
    at.git(&["config", "filter.slow.clean", "cat"]);
    let dir = at.root().join(".git");
    for count in [0, 1, 10, 30] {
        // What the app holds while git works stays when it is killed.
        std::mem::forget(Running::begin(&dir, "switching to topic"));
        let there = || std::fs::read_dir(at.root().join("docs/decisions")).map_or(0, Iterator::count) > count;
        killed(&at, &at.program(), &["switch", "topic"], &there);
        let workspace = at.workspace();
        let told = workspace.lint().into_iter().find(|problem| problem.message.contains("was interrupted"));
        let told = told.expect("it is told");
        assert!(told.message.starts_with("switching to topic was interrupted when Precedent ended; you are on"), "{told:?}");
        assert!(!dir.join("index.lock").exists(), "git put its lock away");
        assert_eq!(std::fs::read_to_string(at.root().join("notes.txt")).expect("a file"), "not committed\n");
        assert!(at.root().join(RECORD).exists());
        workspace.git_status().expect("a status");
        at.fsck();
        // Done again it works, or it was done: nothing of the person's was in the way.
        at.git(&["checkout", "-q", "-f", "topic"]);
        at.git(&["checkout", "-q", "-f", "main"]);
        at.git(&["clean", "-q", "-f", "docs"]);
        assert!(at.workspace().lint().iter().all(|problem| !problem.message.contains("was interrupted")), "told once");
    }
}

#[test]
fn what_was_put_aside_is_named() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "Half an idea."));
    at.git(&["stash", "push", "-q"]);
    std::mem::forget(Running::begin(&at.root().join(".git"), "switching to topic"));
    at.write(".git/index.lock", "");
    let told = at.workspace().lint().into_iter().find(|problem| problem.message.contains("was interrupted"));
    let told = told.expect("it is told");
    assert!(told.message.contains("you are on main, and what was put aside is in the stash"), "{told:?}");
    assert!(told.hint.is_some_and(|hint| hint.contains("index.lock")));
}

#[test]
fn what_ended_by_itself_is_not_told() {
    let at = Fixture::with_record();
    at.git(&["branch", "topic"]);
    let workspace = at.workspace();
    let to = precedent_core::wire::SwitchRequest { branch: "topic".into(), stash: false, trust: false };
    workspace.switch_branch(&to).expect("switched");
    assert!(at.workspace().lint().iter().all(|problem| !problem.message.contains("was interrupted")));
}
