//! The app is killed in the middle of what git does: git goes on or stops by itself, the next open is sound and says so.

use super::fixture::{Fixture, RECORD, record};
use crate::git::program::{Listener, Program};
use crate::git::running::Running;

/// Runs git as the app does and kills it as soon as `moment` has come; gives whether it was in time.
fn killed(at: &Fixture, program: &Program, args: &[&str], moment: &dyn Fn() -> bool) -> bool {
    let run = program.long(&at.root(), args, &mut Listener { hear: &mut |_| {}, stop: moment }).expect("git runs");
    run.stopped
}

/// Deletes the locks that git left, as the hint says.
fn unlocked(at: &Fixture, hint: &str) {
    let entries = std::fs::read_dir(at.root().join(".git")).expect("git's folder").flatten();
    for lock in entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "lock")) {
        assert!(hint.contains(&lock.display().to_string()), "{hint}");
        std::fs::remove_file(lock).expect("removed");
    }
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
        assert!(
            told.message.starts_with("switching to topic was interrupted when Precedent ended; you are on"),
            "{told:?}"
        );
        unlocked(&at, &told.hint.expect("a way on"));
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

/// Forty records, each slow to write.
#[cfg(unix)]
fn slow() -> Fixture {
    let at = Fixture::with_record();
    for number in 2..40 {
        at.write(&path(number), &record("accepted", "Text."));
    }
    at.commit_all("Many");
    at.write(".git/info/attributes", "*.md filter=slow\n");
    at.git(&["config", "filter.slow.smudge", "sh -c 'sleep 0.02; cat'"]);
    at.git(&["config", "filter.slow.clean", "cat"]);
    at
}

fn path(number: usize) -> String {
    format!("docs/decisions/{number:04}-x.md")
}

#[cfg(unix)]
#[test]
fn a_stash_that_was_killed_has_lost_nothing() {
    for files in [0, 5, 25] {
        let at = slow();
        let mine = |number: usize| record("rejected", &format!("My own words {number}."));
        (2..40).for_each(|number| at.write(&path(number), &mine(number)));
        std::mem::forget(Running::begin(&at.root().join(".git"), "putting changes aside"));
        // As soon as the stash is written, or so many files are back to what is committed.
        let back = || {
            let is_back = |number: &usize| {
                std::fs::read_to_string(at.root().join(path(*number))).is_ok_and(|text| text.contains("Text."))
            };
            at.root().join(".git/refs/stash").exists() && (2..40).filter(is_back).count() >= files
        };
        killed(&at, &at.program(), &["stash", "push", "--include-untracked"], &back);
        for number in 2..40 {
            let on_disk = std::fs::read_to_string(at.root().join(path(number))).unwrap_or_default();
            let (kept, aside) = at.try_git(&["show", &format!("stash@{{0}}:{}", path(number))]);
            assert!(on_disk == mine(number) || kept && aside == mine(number), "{number}: {on_disk}");
        }
        let told = at.workspace().lint().into_iter().find(|problem| problem.message.contains("was interrupted"));
        assert!(told.is_some_and(|told| told.message.starts_with("putting changes aside")));
        at.fsck();
    }
}

#[cfg(unix)]
#[test]
fn a_merge_that_was_killed_can_be_done_again() {
    for files in [0, 5, 25] {
        let at = slow();
        at.git(&["switch", "-q", "-c", "topic"]);
        (2..40).for_each(|number| at.write(&path(number), &record("deprecated", "Theirs.")));
        at.commit_all("Theirs");
        at.git(&["switch", "-q", "main"]);
        at.write("src/main.rs", "fn main() { }\n");
        at.commit_all("Ours");
        at.write("notes.txt", "not committed\n");
        let before = at.git(&["rev-parse", "HEAD"]);
        std::mem::forget(Running::begin(&at.root().join(".git"), "a pull"));
        let there = || {
            let is_theirs = |number: &usize| {
                std::fs::read_to_string(at.root().join(path(*number))).is_ok_and(|text| text.contains("Theirs."))
            };
            (2..40).filter(is_theirs).count() >= files
        };
        killed(&at, &at.program(), &["merge", "--no-edit", "topic"], &there);
        let workspace = at.workspace();
        let told = workspace.lint().into_iter().find(|problem| problem.message.starts_with("a pull was interrupted"));
        unlocked(&at, &told.and_then(|told| told.hint).expect("it is told"));
        workspace.git_status().expect("a status");
        assert_eq!(std::fs::read_to_string(at.root().join("notes.txt")).expect("a file"), "not committed\n");
        at.fsck();
        // Nothing was committed by half, and done again it is whole.
        if at.git(&["rev-parse", "HEAD"]) == before {
            at.git(&["reset", "-q", "--hard"]);
            at.git(&["merge", "-q", "--no-edit", "topic"]);
        }
        assert!((2..40).all(|number| {
            std::fs::read_to_string(at.root().join(path(number))).is_ok_and(|text| text.contains("Theirs."))
        }));
        assert_eq!(at.git(&["status", "--porcelain"]), "?? notes.txt\n");
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
