//! History of one record: git and libgit2 agree, renames are followed, answers are kept by commit.

use super::fixture::{Fixture, RECORD, record};
use crate::git::history::{Cache, history};

fn subjects(at: &Fixture, by_git: bool, path: &str) -> Vec<String> {
    let program = by_git.then(|| at.program());
    let items = history(&at.root(), program.as_ref(), &Cache::default(), path).expect("a history");
    items.into_iter().map(|item| item.subject).collect()
}

fn both(at: &Fixture, path: &str, expected: &[&str]) {
    assert_eq!(subjects(at, true, path), expected, "git");
    assert_eq!(subjects(at, false, path), expected, "libgit2");
}

/// A second record version with most of the text kept.
fn outcome(at: &Fixture, path: &str, status: &str, subject: &str) {
    at.write(path, &record(status, "We take the red one, because it is the cheapest of all."));
    at.commit_all(subject);
}

#[test]
fn commits_that_touched_a_record_newest_first() {
    let at = Fixture::with_record();
    at.write("src/main.rs", "fn main() { }\n");
    at.commit_all("Elsewhere");
    outcome(&at, RECORD, "accepted", "Accept, with \"quotes\" and ünïcödé");
    both(&at, RECORD, &["Accept, with \"quotes\" and ünïcödé", "Start"]);
    both(&at, "docs/never.md", &[]);
    let items = history(&at.root(), None, &Cache::default(), RECORD).expect("a history");
    assert_eq!(items, history(&at.root(), Some(&at.program()), &Cache::default(), RECORD).expect("a history"));
    assert_eq!((items[0].author.as_str(), items[0].date.as_str()), ("Ann Lee", "2026-03-02"));
}

#[test]
fn renames_are_followed_also_into_a_folder_per_record() {
    let at = Fixture::with_record();
    outcome(&at, RECORD, "accepted", "Accept");
    at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
    outcome(&at, "docs/decisions/0001-crimson.md", "deprecated", "Rename and deprecate");
    at.write("docs/decisions/0001-crimson/.keep", "");
    at.git(&["mv", "docs/decisions/0001-crimson.md", "docs/decisions/0001-crimson/README.md"]);
    at.commit_all("A folder of its own");
    both(
        &at,
        "docs/decisions/0001-crimson/README.md",
        &["A folder of its own", "Rename and deprecate", "Accept", "Start"],
    );
}

#[test]
fn a_commit_shows_what_it_changed_under_the_name_of_the_time() {
    let at = Fixture::with_record();
    outcome(&at, RECORD, "accepted", "Accept");
    at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
    at.commit_all("Rename");
    let workspace = at.workspace();
    let path = "docs/decisions/0001-crimson.md";
    let items = workspace.history(path).expect("a history");
    let of = |subject: &str| items.iter().find(|item| item.subject == subject).expect("a commit").commit.clone();
    let accepted = workspace.commit_diff(path, &of("Accept")).expect("a diff");
    assert!(accepted.fields.iter().any(|field| field.new == "accepted"), "{:?}", accepted.fields);
    assert!(!accepted.rendered.is_empty() && !accepted.hunks.is_empty());
    let renamed = workspace.commit_diff(path, &of("Rename")).expect("a diff");
    assert_eq!((renamed.fields.len(), renamed.hunks.len()), (0, 0));
    let first = workspace.commit_diff(path, &of("Start")).expect("a diff");
    assert!(!first.hunks.is_empty());
    let error = workspace.commit_diff(path, "0000000000000000000000000000000000000000").expect_err("no such commit");
    assert_eq!(error.code(), precedent_core::wire::ErrorCode::NotFound);
}

#[test]
fn merges_are_no_part_of_the_story_but_what_they_brought_is() {
    let at = Fixture::with_record();
    at.git(&["switch", "-qc", "side"]);
    outcome(&at, RECORD, "accepted", "Accept on a branch");
    at.git(&["switch", "-q", "main"]);
    at.write("src/main.rs", "fn main() { }\n");
    at.commit_all("Elsewhere");
    at.git(&["merge", "-q", "--no-ff", "--no-edit", "side"]);
    both(&at, RECORD, &["Accept on a branch", "Start"]);
}

#[test]
fn an_empty_repository_has_no_history_and_a_new_commit_a_new_answer() {
    let at = Fixture::new();
    both(&at, RECORD, &[]);
    let cache = Cache::default();
    outcome(&at, RECORD, "draft", "One");
    assert_eq!(history(&at.root(), None, &cache, RECORD).expect("a history").len(), 1);
    outcome(&at, RECORD, "accepted", "Two");
    assert_eq!(history(&at.root(), None, &cache, RECORD).expect("a history").len(), 2);
    // With the same HEAD the answer comes from the cache: even a program that does not exist can give it.
    let program = crate::git::program::Program::new(&at.below("no-such-git"));
    assert_eq!(history(&at.root(), Some(&program), &cache, RECORD).expect("a history").len(), 2);
}

#[test]
fn one_run_answers_for_every_record_and_the_next_asks_only_for_what_is_new() {
    let at = Fixture::with_record();
    let other = "docs/decisions/0002-blue.md";
    outcome(&at, other, "draft", "Blue");
    // Every start of git is written down.
    let runs = at.below("runs");
    at.write("../counting.sh", &format!("#!/bin/sh\necho \"$@\" >> '{}'\nexec git \"$@\"\n", runs.display()));
    at.make_executable("../counting.sh");
    let program = crate::git::program::Program::new(&at.below("counting.sh"));
    let cache = Cache::default();
    let of = |path: &str| {
        let items = history(&at.root(), Some(&program), &cache, path).expect("a history");
        items.into_iter().map(|item| item.subject).collect::<Vec<_>>()
    };
    assert_eq!((of(RECORD), of(other)), (vec!["Start".to_owned()], vec!["Blue".to_owned()]));
    assert_eq!(std::fs::read_to_string(&runs).expect("runs").lines().count(), 1);
    outcome(&at, RECORD, "accepted", "Accept");
    assert_eq!(of(RECORD), ["Accept", "Start"]);
    let asked = std::fs::read_to_string(&runs).expect("runs");
    assert!(asked.lines().count() == 2 && asked.lines().last().is_some_and(|last| last.contains("..")), "{asked}");
    // A history that was written anew is read anew.
    at.git(&["commit", "-q", "--amend", "--no-verify", "-m", "Accept at once"]);
    assert_eq!(of(RECORD), ["Accept at once", "Start"]);
    at.git(&["switch", "-qc", "side", "HEAD~1"]);
    outcome(&at, other, "accepted", "On the side");
    at.git(&["switch", "-q", "main"]);
    at.git(&["merge", "-q", "--no-ff", "--no-edit", "side"]);
    assert_eq!(of(other), ["On the side", "Blue"]);
}

#[test]
fn a_conflict_that_a_merge_settled_is_part_of_the_story() {
    let at = Fixture::with_record();
    at.git(&["switch", "-qc", "side"]);
    outcome(&at, RECORD, "accepted", "Accept");
    at.git(&["switch", "-q", "main"]);
    outcome(&at, RECORD, "rejected", "Reject");
    assert!(!at.try_git(&["merge", "-q", "side"]).0);
    outcome(&at, RECORD, "deprecated", "Settle");
    let mut subjects = subjects(&at, true, RECORD);
    subjects[1..3].sort();
    assert_eq!(subjects, ["Settle", "Accept", "Reject", "Start"]);
}

#[test]
fn every_line_has_its_commit_and_an_old_version_comes_back_as_a_change() {
    let at = Fixture::with_record();
    outcome(&at, RECORD, "accepted", "Accept");
    let path = "docs/decisions/0001-crimson.md";
    at.git(&["mv", RECORD, path]);
    at.commit_all("Rename");
    let text = record("accepted", "We take the red one, because it is the cheapest of all.");
    at.write(path, &format!("{text}\nAnd so it was.\n"));
    let workspace = at.workspace();
    let spans = workspace.blame(path).expect("a blame");
    let of = |words: &str| {
        let span = spans.iter().find(|span| span.text.iter().any(|line| line.contains(words))).expect("a line");
        span.commit.as_ref().map(|commit| commit.subject.clone())
    };
    assert_eq!(of("status: accepted").as_deref(), Some("Accept"));
    assert_eq!(of("There are two.").as_deref(), Some("Start"), "renames are followed");
    assert_eq!(of("And so it was."), None, "not committed yet");
    assert_eq!(spans.iter().map(|span| span.text.len()).sum::<usize>(), text.lines().count() + 2);

    let items = workspace.history(path).expect("a history");
    let start = items.iter().find(|item| item.subject == "Start").expect("the first commit").commit.clone();
    let plan = workspace.plan_restore(path, &start).expect("a plan");
    workspace.apply_restore(path, &start, &plan.digest).expect("written");
    assert!(std::fs::read_to_string(at.root().join(path)).expect("a file").contains("status: proposed"));
    assert_eq!(at.git(&["status", "--porcelain"]).trim(), format!("M {path}"));
    assert!(workspace.undo_list()[0].title.starts_with("Restore"));
    workspace.blame("docs/never.md").expect_err("never committed");
}

/// A repository of many commits, made at once.
fn long_log(commits: usize) -> Fixture {
    use std::fmt::Write as _;
    use std::io::Write as _;
    let at = Fixture::new();
    let mut stream = String::new();
    for number in 0..commits {
        let text = record("accepted", &format!("We take number {number}."));
        let path = format!("docs/decisions/{:04}-x.md", number % 120);
        let when = 1_700_000_000 + number * 60;
        let mut add = |line: String| writeln!(stream, "{line}").expect("a string takes it");
        add("commit refs/heads/main".to_owned());
        add(format!("committer Ann Lee <ann@example.org> {when} +0000"));
        add(format!("data {}\nChange {number}", format!("Change {number}").len()));
        add(format!("M 100644 inline {path}\ndata {}\n{text}", text.len()));
    }
    let mut import = std::process::Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(at.root())
        .stdin(std::process::Stdio::piped())
        .spawn()
        .expect("git");
    import.stdin.take().expect("its input").write_all(stream.as_bytes()).expect("all of it");
    assert!(import.wait().expect("git").success());
    at.git(&["reset", "-q", "--hard"]);
    at
}

#[test]
fn the_histories_of_all_records_take_one_git() {
    let at = long_log(600);
    let starts = at.below("starts");
    let program = at.program().with_env("GIT_TRACE2_EVENT", &starts);
    let cache = Cache::default();
    let of = |number: usize| {
        let path = format!("docs/decisions/{number:04}-x.md");
        history(&at.root(), Some(&program), &cache, &path).expect("a history").len()
    };
    assert_eq!((0..120).map(of).sum::<usize>(), 600);
    let told = std::fs::read_to_string(&starts).expect("what git tells of its runs");
    assert_eq!(told.matches("\"event\":\"start\"").count(), 1, "{told}");
}
