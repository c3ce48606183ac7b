//! The process that writes is killed at every step; another program writes at every step.
//!
//! The child is this very test binary: [`a_child_that_is_killed`] does nothing unless a variable names its repository. It
//! says each step that reached the disk and waits for an answer; at the chosen one the answer is a kill.

use super::{Folder, NEW, OLD, texts, three};
use crate::Workspace;
use crate::workspace::{OpenOptions, Place};
use precedent_core::WritePlan;
use precedent_core::wire::{ErrorCode, MoveRequest, OpenMode, RenumberRequest, SupersedeRequest};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

const REPOSITORY: &str = "PRECEDENT_KILL_REPOSITORY";
const PLAN: &str = "PRECEDENT_KILL_PLAN";
/// Begins a line that names a step; the test harness prints lines of its own.
const STEP: &str = "\u{1}step ";

const MONGO: &str = "# 1. Use Mongo\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nx\n";
const POSTGRES: &str = "---\nstatus: accepted\ndate: 2020-02-02\n---\n# Use Postgres\n\n## Decision Outcome\n\nAs [1](0001-use-mongo.md).\n";

fn plan_of(name: &str, workspace: &Workspace) -> WritePlan {
    let path = "docs/adr/0001-use-mongo.md".to_owned();
    let planned = match name {
        "supersede-existing" => workspace.supersession(&SupersedeRequest { by: Some("2".to_owned()), ..request() }),
        "supersede-new" => {
            workspace.supersession(&SupersedeRequest { title: Some("Use SQLite".to_owned()), ..request() })
        }
        "move" => {
            let folder = Some("docs/adr/old/store".to_owned());
            workspace.moving(&MoveRequest { path, folder, ..MoveRequest::default() })
        }
        "delete" => workspace.deletion(&path).map(|(planned, _)| planned),
        "renumber" => {
            workspace.renumbering(&RenumberRequest { path: Some(path), number: Some(7), ..RenumberRequest::default() })
        }
        other => panic!("no plan is called {other}"),
    };
    planned.expect("a plan").plan
}

fn request() -> SupersedeRequest {
    SupersedeRequest { old: "1".to_owned(), status: Some("accepted".to_owned()), ..SupersedeRequest::default() }
}

/// A committed repository of two records.
fn repository() -> Folder {
    let folder = Folder::new(&[("docs/adr/0001-use-mongo.md", MONGO), ("docs/adr/0002-use-postgres.md", POSTGRES)]);
    let repository = git2::Repository::init(root(&folder)).expect("git init");
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
    index.write().expect("written");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("the tree");
    let who = git2::Signature::now("t", "t@example.org").expect("a signature");
    repository.commit(Some("HEAD"), &who, &who, "Begin", &tree, &[]).expect("a commit");
    folder
}

fn root(folder: &Folder) -> std::path::PathBuf {
    folder.dir.path().join("repo")
}

fn open(root: &Path) -> Arc<Workspace> {
    let home = root.with_file_name("home");
    let place = Place::new(home.join("cache"), home.join("config"), jiff::civil::date(2026, 11, 20));
    Workspace::open(root, &place, &OpenOptions { mode: OpenMode::Git, index: false }).expect("opens")
}

/// The worktree's files, without git's folder.
fn worktree(folder: &Folder) -> BTreeMap<String, String> {
    let root = root(folder);
    let walk =
        ignore::WalkBuilder::new(&root).standard_filters(false).filter_entry(|it| it.file_name() != ".git").build();
    let files = walk.flatten().filter(|entry| entry.path().is_file());
    let text = |path: &Path| std::fs::read_to_string(path).expect("text");
    files
        .map(|entry| (crate::discovery::relative(&root, entry.path()).expect("below").to_string(), text(entry.path())))
        .collect()
}

#[test]
fn a_child_that_is_killed() {
    let (Some(root), Ok(name)) = (std::env::var_os(REPOSITORY), std::env::var(PLAN)) else { return };
    let workspace = open(Path::new(&root));
    let plan = plan_of(&name, &workspace);
    let (mut out, mut answers) = (std::io::stdout().lock(), std::io::stdin().lock());
    let applied = workspace.store.apply_until(&plan, &mut |step| {
        writeln!(out, "{STEP}{step}").and_then(|()| out.flush()).expect("the parent listens");
        answers.read_line(&mut String::new()).is_ok_and(|read| read > 0)
    });
    applied.expect("the plan is applied");
}

/// Runs the child up to its `kill_at`th step and kills it there; gives the step's name, or `None` when it came to its end.
fn killed(folder: &Folder, plan: &str, kill_at: usize) -> Option<String> {
    let own = std::env::current_exe().expect("the test binary");
    let mut child = Command::new(own)
        .args(["--exact", "store::tests::killed::a_child_that_is_killed", "--nocapture"])
        .env(REPOSITORY, root(folder))
        .env(PLAN, plan)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let killed_at = answer(&mut child, kill_at);
    let status = child.wait().expect("the child ends");
    assert_eq!(status.success(), killed_at.is_none(), "{plan}: {status}");
    killed_at
}

fn answer(child: &mut Child, kill_at: usize) -> Option<String> {
    let mut answers = child.stdin.take().expect("a pipe");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let steps = lines.filter_map(|line| Some(line.split_once(STEP)?.1.to_owned()));
    for (at, step) in steps.enumerate() {
        if at + 1 == kill_at {
            child.kill().expect("the child dies");
            return Some(step);
        }
        answers.write_all(b"go on\n").expect("the child listens");
    }
    None
}

/// What the plan leads to when nobody interrupts it.
fn result_of(plan: &str) -> BTreeMap<String, String> {
    let folder = repository();
    let workspace = open(&root(&folder));
    workspace.store.apply(&plan_of(plan, &workspace)).expect("applies");
    worktree(&folder)
}

/// `files` is how many files the plan writes, makes or deletes.
fn check_kills(plan: &str, files: usize) {
    let (before, after) = (worktree(&repository()), result_of(plan));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    assert_eq!(paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).count(), files, "{plan}");
    let mut ends = Vec::new();
    for kill_at in 1.. {
        let folder = repository();
        let Some(step) = killed(&folder, plan, kill_at) else {
            assert_eq!(worktree(&folder), after, "{plan}: every step was tried");
            break;
        };
        let workspace = open(&root(&folder));
        let now = worktree(&folder);
        assert!(now == before || now == after, "{plan}, killed at {kill_at} ({step}): {now:#?}");
        let said: Vec<_> = workspace.state().problems.iter().map(|problem| problem.message.clone()).collect();
        let is_silent = said.is_empty();
        // Only after the last step, when the journal is gone, there is nothing to say.
        assert!(!is_silent || (step == "cleared" && now == after), "{plan}, killed at {kill_at} ({step}): {said:?}");
        let word = if now == after { "finished" } else { "before anything was changed" };
        assert!(is_silent || said[0].contains(word), "{plan}, killed at {kill_at} ({step}): {said:?}");
        leaves_nothing_behind(&folder, &before, &now);
        ends.push(now == after);
    }
    let first = ends.iter().position(|is_new| *is_new).expect("a late kill finds the plan decided");
    assert!(first > 0 && ends[first..].iter().all(|is_new| *is_new), "{plan}: one moment decides: {ends:?}");
}

/// Git sees the plan's files and no others, its own data are whole, and no temporary file is left anywhere.
fn leaves_nothing_behind(folder: &Folder, before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) {
    let root = root(folder);
    let names = |files: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> Vec<String> {
        files.iter().filter(|(path, text)| other.get(*path) != Some(text)).map(|(path, _)| path.clone()).collect()
    };
    let mut expected = names(now, before);
    expected.extend(names(before, now));
    expected.sort();
    expected.dedup();
    let git = |args: &[&str]| {
        let ran = Command::new("git").arg("-C").arg(&root).args(args).output().expect("git runs");
        assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("text")
    };
    let mut changed: Vec<String> =
        git(&["status", "--porcelain", "-uall"]).lines().map(|line| line[3..].to_owned()).collect();
    changed.sort();
    assert_eq!(changed, expected);
    assert_eq!(git(&["fsck", "--strict"]), "");
    let everything = ignore::WalkBuilder::new(&root).standard_filters(false).build();
    let left: Vec<_> =
        everything.flatten().filter(|entry| entry.path().extension().is_some_and(|it| it == "tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_kill_at_any_step_of_a_supersession_leaves_all_or_nothing() {
    check_kills("supersede-existing", 2);
    check_kills("supersede-new", 2);
}

#[test]
fn a_kill_at_any_step_of_a_move_leaves_all_or_nothing() {
    check_kills("move", 3);
}

#[test]
fn a_kill_at_any_step_of_a_renumbering_leaves_all_or_nothing() {
    check_kills("renumber", 3);
}

#[test]
fn a_kill_at_any_step_of_a_deletion_leaves_all_or_nothing() {
    check_kills("delete", 1);
}

/// What another program does to a file.
const THEIRS: &[Option<&str>] = &[Some("somebody else"), None];

/// Applies the plan of three files while another program writes or deletes `files` at step `at`; gives the files that it
/// found to change, and the number of steps.
fn interfered<'a>(
    folder: &Folder,
    files: &[&'a str],
    text: Option<&str>,
    at: usize,
) -> (Result<(), crate::Error>, Vec<&'a str>, usize) {
    let (mut touched, mut steps) = (Vec::new(), 0);
    let applied = folder.store().apply_until(&three(), &mut |_| {
        steps += 1;
        for file in files.iter().filter(|_| steps == at) {
            match text {
                Some(text) => folder.write(file, text),
                None if std::fs::remove_file(root(folder).join(file)).is_err() => continue,
                None => {}
            }
            touched.push(*file);
        }
        true
    });
    (applied, touched, steps)
}

#[test]
fn another_writer_at_any_step_is_never_overwritten() {
    let paths = ["adr/0001-a.md", "adr/new/0002-b.md", "adr/0003-c.md"];
    let steps = interfered(&Folder::new(OLD), &[], None, 0).2;
    assert!(steps > paths.len() * 2, "{steps} steps");
    let sets = [&paths[..1], &paths[1..2], &paths[2..], &paths[..2], &paths[1..], &[paths[0], paths[2]], &paths[..]];
    for (files, text, at) in
        sets.iter().flat_map(|set| THEIRS.iter().flat_map(move |text| (1..=steps).map(move |at| (*set, *text, at))))
    {
        let folder = Folder::new(OLD);
        let (applied, touched, _) = interfered(&folder, files, text, at);
        let now = folder.content();
        let case = format!("{files:?} become {text:?} at step {at}: {applied:?}");
        for path in &touched {
            assert_eq!(now.get(*path).map(String::as_str), text, "{case}: {path}");
        }
        let ours = match &applied {
            Ok(()) => texts(NEW),
            Err(error) => {
                assert_eq!(error.code(), ErrorCode::Conflict, "{case}");
                texts(OLD)
            }
        };
        for path in paths.iter().filter(|path| !touched.contains(path)) {
            assert_eq!(now.get(*path), ours.get(*path), "{case}: {path} is half-written");
        }
        assert!(!now.keys().any(|path| path.ends_with(".tmp")), "{case}: {now:?}");
        assert_eq!(folder.store().recover().expect("nothing to do"), None, "{case}");
    }
}
