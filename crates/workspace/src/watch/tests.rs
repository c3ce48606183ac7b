//! What other programs do arrives as events; every test waits for the event, none for a time.
#![expect(clippy::disallowed_methods, reason = "the tests play other programs")]

use super::Watch;
use super::eyes::{Again, Eyes};
use super::folders::Folders;
use super::gather::Burst;
use crate::api::tests::{NYGARD, Sandbox};
use crate::{WatchEvent, Workspace};
use precedent_core::wire::LogChange;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Long enough for a busy machine; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(30);

struct Watched {
    workspace: Arc<Workspace>,
    events: Receiver<WatchEvent>,
}

fn watch(sandbox: &Sandbox) -> Watched {
    let workspace = sandbox.open();
    let (sender, events) = channel();
    workspace.watch(move |event| drop(sender.send(event))).expect("watches");
    match events.recv_timeout(PATIENCE).expect("its state first") {
        WatchEvent::State(state) => assert_eq!(state.watcher, "watching"),
        other => panic!("{other:?}"),
    }
    Watched { workspace, events }
}

impl Watched {
    /// The next change of records; other events are passed over.
    fn change(&self) -> LogChange {
        loop {
            if let WatchEvent::Log(change) = self.events.recv_timeout(PATIENCE).expect("an event") {
                return change;
            }
        }
    }

    /// Waits until the list is as expected, through as many changes as it takes.
    fn until(&self, expected: &[&str]) {
        while self.paths() != expected {
            self.change();
        }
    }

    fn paths(&self) -> Vec<String> {
        self.workspace.decisions().decisions.into_iter().map(|decision| decision.path).collect()
    }
}

fn record(number: u32, title: &str) -> String {
    NYGARD.replace("1. Use Postgres", &format!("{number}. {title}"))
}

#[test]
fn a_changed_a_new_and_a_deleted_file_arrive() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    sandbox.write("docs/adr/0001-a.md", record(1, "Other"));
    while watched.workspace.decisions().decisions[0].title != "Other" {
        watched.change();
    }
    sandbox.write("docs/adr/deep/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/deep/0002-b.md"]);
    std::fs::remove_file(sandbox.root().join("docs/adr/0001-a.md")).expect("removed");
    watched.until(&["docs/adr/deep/0002-b.md"]);
}

#[test]
fn an_atomic_save_and_a_rename_arrive() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    sandbox.write("docs/adr/.0001-a.md.swp", record(1, "Saved"));
    let adr = sandbox.root().join("docs/adr");
    std::fs::rename(adr.join(".0001-a.md.swp"), adr.join("0001-a.md")).expect("renamed");
    while watched.workspace.decisions().decisions[0].title != "Saved" {
        watched.change();
    }
    std::fs::rename(adr.join("0001-a.md"), adr.join("0001-b.md")).expect("renamed");
    watched.until(&["docs/adr/0001-b.md"]);
}

#[test]
fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    std::fs::remove_dir_all(sandbox.root().join("docs")).expect("removed");
    watched.until(&[]);
    sandbox.write("docs/adr/0001-a.md", record(1, "Again"));
    watched.until(&["docs/adr/0001-a.md"]);
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
}

#[test]
fn the_first_log_of_a_repository_is_noticed() {
    let sandbox = Sandbox::new();
    sandbox.write("README.md", "# x\n");
    let watched = watch(&sandbox);
    sandbox.write("docs/decisions/0001-a.md", record(1, "First"));
    watched.until(&["docs/decisions/0001-a.md"]);
}

#[test]
fn our_own_save_is_told_once() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    let source = watched.workspace.read_source("docs/adr/0001-a.md").expect("source");
    let reply = watched.workspace.save_record(&source.path, &record(1, "Ours"), &source.hash).expect("saved");
    let change = watched.change();
    assert_eq!((change.generation, &*change.changed[0].title), (reply.generation, "Ours"));
    // The save's events on disk come before this one's; had they said anything, it would be the next change.
    sandbox.write("docs/adr/0002-b.md", record(2, "Theirs"));
    let change = watched.change();
    assert_eq!(change.changed.iter().map(|changed| &*changed.path).collect::<Vec<_>>(), ["docs/adr/0002-b.md"]);
}

#[test]
fn a_branch_switch_brings_the_other_branch_and_says_git() {
    let sandbox = Sandbox::new();
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    for number in 1..=300 {
        sandbox.write(&format!("docs/adr/{number:04}-a.md"), record(number, "On main"));
    }
    let first = commit(&repository, &[]);
    for number in 1..=300 {
        sandbox.write(&format!("docs/adr/{number:04}-a.md"), record(number, "On a branch"));
    }
    sandbox.write("docs/adr/0301-b.md", record(301, "New"));
    let second = commit(&repository, &[first]);
    repository.branch("topic", &repository.find_commit(second).expect("a commit"), false).expect("a branch");
    repository.branch("other", &repository.find_commit(first).expect("a commit"), false).expect("a branch");
    repository.set_head("refs/heads/topic").expect("a head");
    let watched = watch(&sandbox);
    let mut force = git2::build::CheckoutBuilder::new();
    repository
        .checkout_tree(&repository.find_object(first, None).expect("a tree"), Some(force.force()))
        .expect("checked out");
    repository.set_head("refs/heads/other").expect("a head");
    let mut git = false;
    let mut bursts = 0;
    let done = || watched.workspace.decisions().decisions.iter().all(|decision| decision.title == "On main");
    while !git || !done() || watched.paths().len() != 300 {
        match watched.events.recv_timeout(PATIENCE).expect("an event") {
            WatchEvent::Git => git = true,
            WatchEvent::Log(_) => bursts += 1,
            WatchEvent::State(_) | WatchEvent::Info(_) => {}
        }
    }
    // libgit2 takes no lock meanwhile, so a slow switch is seen in a few steps; git itself is seen in one (`editors`).
    assert!(bursts < 30, "{bursts} changes for one switch");
}

/// Commits everything in the worktree.
fn commit(repository: &git2::Repository, parents: &[git2::Oid]) -> git2::Oid {
    let mut index = repository.index().expect("an index");
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).expect("added");
    index.write().expect("written");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let author = git2::Signature::now("Dana", "dana@example.com").expect("a signature");
    let parents: Vec<_> = parents.iter().map(|parent| repository.find_commit(*parent).expect("a commit")).collect();
    let parents: Vec<_> = parents.iter().collect();
    repository.commit(Some("HEAD"), &author, &author, "x", &tree, &parents).expect("a commit")
}

#[test]
fn staging_says_git_and_nothing_of_records() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(std::path::Path::new("docs/adr/0001-a.md")).expect("added");
    index.write().expect("written");
    assert_eq!(watched.events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git);
}

#[test]
fn another_file_that_changes_is_gits_to_tell() {
    for (log, settings) in [(true, false), (false, false), (true, true)] {
        let sandbox = Sandbox::new();
        if log {
            sandbox.write("docs/adr/0001-a.md", record(1, "First"));
        }
        if settings {
            sandbox.write("precedent.toml", "logs = [\"docs/adr\"]\n");
        }
        sandbox.write("src/part/main.rs", "fn main() {}\n");
        let watched = watch(&sandbox);
        if settings {
            // Where settings name the log, the other folders are watched once the window has begun.
            assert_eq!(watched.events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git);
        }
        sandbox.write("src/part/main.rs", "fn main() { changed() }\n");
        assert_eq!(watched.events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git);
        // In a folder that is new as well: whatever is told of it, what became of it afterwards is told once more.
        for at in 0..10 {
            let path = format!("lib{at}/new.rs");
            sandbox.write(&path, "new\n");
            assert_eq!(watched.events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git, "{path}");
            std::fs::remove_file(sandbox.root().join(&path)).expect("removed");
            assert_eq!(watched.events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git, "no {path}");
        }
    }
}

#[test]
fn folders_that_only_git_looks_into_are_none_that_it_ignores() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitignore", "/build/\n*.tmp\n");
    for file in ["src/a/one.rs", "build/deep/two.o", ".github/three.yml", "src/x.tmp/four"] {
        sandbox.write(file, "x\n");
    }
    git2::Repository::init(sandbox.root().join("vendor/other")).expect("a repository");
    let found = |start: &str| {
        let root = sandbox.root();
        let mut found: Vec<String> = super::others::folders(&root, &root.join(start))
            .iter()
            .map(|path| path.strip_prefix(&root).expect("below").display().to_string())
            .collect();
        found.sort();
        found
    };
    assert_eq!(found(""), ["", ".github", "src", "src/a", "vendor"]);
    assert_eq!(found("src"), ["src", "src/a"]);
    assert_eq!(found("build"), [""; 0]);
    assert_eq!(found("src/x.tmp"), [""; 0]);
    assert_eq!(found("vendor/other"), [""; 0]);
}

#[test]
fn a_stopped_watcher_lets_go_of_the_workspace() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    watched.workspace.stop_watching();
    assert_eq!(watched.workspace.watch_state().watcher, "stopped");
    // The callback owns the sender: the channel ends when the thread does.
    while watched.events.recv_timeout(PATIENCE).is_ok() {}
    assert_eq!(watched.events.recv_timeout(PATIENCE), Err(std::sync::mpsc::RecvTimeoutError::Disconnected));
}

#[test]
fn where_the_system_cannot_watch_files_are_looked_at_and_it_is_said() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let workspace = sandbox.open();
    let (sender, events) = channel();
    let callback = move |event| drop(sender.send(event));
    let blind = |_: &Path, _: &_| Eyes::Blind("too many watches".to_owned(), Again::Never);
    workspace.watch_with(blind, Box::new(callback)).expect("watches");
    match events.recv_timeout(PATIENCE).expect("its state first") {
        WatchEvent::State(state) => {
            assert_eq!(state.watcher, "polling");
            assert!(state.detail.is_some_and(|detail| detail.contains("too many watches")));
        }
        other => panic!("{other:?}"),
    }
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    Watched { workspace, events }.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
}

#[test]
fn the_index_says_when_it_has_caught_up() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let options = crate::OpenOptions { mode: precedent_core::wire::OpenMode::Git, index: true };
    let workspace = Workspace::open(&sandbox.root(), &sandbox.place(), &options).expect("opens");
    let (sender, events) = channel();
    workspace.watch(move |event| drop(sender.send(event))).expect("watches");
    // A second record makes sure that the index moves after the watcher began to listen.
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    loop {
        match events.recv_timeout(PATIENCE).expect("word of the index") {
            WatchEvent::State(state) if state.indexed == 2 && state.pending == 0 => break,
            _ => {}
        }
    }
}

#[test]
fn another_day_is_told_once() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    let today = watched.workspace.today();
    let tomorrow = today.tomorrow().expect("a day");
    for day in [today, tomorrow, tomorrow] {
        watched.workspace.set_today(day);
    }
    let day = |event| if let WatchEvent::Info(info) = event { Some(info.today) } else { None };
    let mut told = Vec::new();
    // The news of the third record comes after all that was told before the second one.
    for (number, path) in [(2, "docs/adr/0002-b.md"), (3, "docs/adr/0003-c.md")] {
        sandbox.write(path, record(number, "More"));
        while watched.paths().len() < number as usize {
            told.extend(day(watched.events.recv_timeout(PATIENCE).expect("an event")));
        }
    }
    told.extend(watched.events.try_iter().filter_map(day));
    assert_eq!(told, [tomorrow.to_string()]);
}

#[test]
fn how_long_a_proposal_may_wait_is_told_when_the_settings_change() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    assert_eq!(watched.workspace.info().stale_after, 30);
    sandbox.write("precedent.toml", "logs = [\"docs/adr\"]\nstale-after = 7\n");
    loop {
        if let WatchEvent::Info(info) = watched.events.recv_timeout(PATIENCE).expect("an event") {
            assert_eq!(info.stale_after, 7);
            break;
        }
    }
}

#[test]
fn a_burst_before_the_second_look_does_not_call_it_off() {
    let sandbox = Sandbox::new();
    let workspace = sandbox.open();
    let blind = || Eyes::Blind("a test".to_owned(), Again::Never);
    let mut watch = Watch {
        workspace: Arc::downgrade(&workspace),
        callback: Box::new(|_| {}),
        open: Box::new(move |_| blind()),
        folders: Folders::new(blind()),
        marks: BTreeMap::new(),
        new_references: false,
        tried: Instant::now(),
    };
    let folder = workspace.git_dir().expect("a repository").join("refs/heads");
    watch.burst(&workspace, &Burst { paths: [folder].into(), ..Burst::default() });
    assert!(watch.new_references);
    bring(&sandbox, "refs/heads/later", "a.md", "a");
    watch.burst(&workspace, &Burst { indexed: true, ..Burst::default() });
    assert!(watch.new_references && watch.marks_moved(&workspace));
}

/// Commits one more file to a reference, as a fetch would bring it.
fn bring(sandbox: &Sandbox, reference: &str, path: &str, text: &str) {
    let repo = git2::Repository::open(sandbox.root()).expect("a repository");
    let head = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let empty = repo.treebuilder(None).and_then(|tree| tree.write()).and_then(|id| repo.find_tree(id)).expect("a tree");
    let base = head.as_ref().map_or(empty, |head| head.tree().expect("a tree"));
    let blob = repo.blob(text.as_bytes()).expect("a blob");
    let mut update = git2::build::TreeUpdateBuilder::new();
    let tree = update.upsert(path, blob, git2::FileMode::Blob).create_updated(&repo, &base).expect("a tree");
    let tree = repo.find_tree(tree).expect("a tree");
    let author = git2::Signature::new("Ann", "ann@example.org", &git2::Time::new(1_000, 0)).expect("an author");
    let parents: Vec<_> = head.iter().collect();
    repo.commit(Some(reference), &author, &author, path, &tree, &parents).expect("a commit");
}

#[test]
fn a_number_that_a_fetch_brings_twice_is_told_at_once_and_goes_with_its_cause() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    bring(&sandbox, "HEAD", "docs/adr/0001-a.md", &record(1, "First"));
    sandbox.write("docs/adr/0002-ours.md", record(2, "Ours"));
    let watched = watch(&sandbox);
    let clash = |change: &LogChange| change.problems.iter().any(|problem| problem.code == "P023");
    bring(&sandbox, "refs/remotes/origin/theirs", "docs/adr/0002-theirs.md", &record(2, "Theirs"));
    let mut change = watched.change();
    while !clash(&change) {
        change = watched.change();
    }
    let problem = change.problems.iter().find(|problem| problem.code == "P023").expect("told");
    assert_eq!(problem.path, "docs/adr/0002-ours.md");
    assert!(problem.message.contains("origin/theirs"), "{}", problem.message);
    let repo = git2::Repository::open(sandbox.root()).expect("a repository");
    repo.find_reference("refs/remotes/origin/theirs").and_then(|mut gone| gone.delete()).expect("deleted");
    while clash(&change) {
        change = watched.change();
    }
}

mod editors;
mod limits;
mod places;
