//! Git that comes and goes, a folder that is exchanged for another, what git ignores besides.

use super::{PATIENCE, Watched, record, watch};
use crate::api::tests::Sandbox;
use crate::{WatchEvent, Workspace};
use precedent_core::wire::{Draft, OpenMode};
use std::path::PathBuf;

impl Watched {
    /// Waits until the frame is told that there is git, or none.
    fn until_git(&self, expected: bool) {
        loop {
            if let WatchEvent::Info(info) = self.events.recv_timeout(PATIENCE).expect("an event") {
                assert_eq!(info.git, expected);
                return;
            }
        }
    }
}

/// What a fresh open shows.
fn fresh(sandbox: &Sandbox) -> (Vec<String>, bool) {
    let workspace = sandbox.open_at(&sandbox.root(), OpenMode::Plain).expect("opens");
    (listed(&workspace), workspace.info().git)
}

fn listed(workspace: &Workspace) -> Vec<String> {
    workspace.decisions().decisions.into_iter().map(|decision| decision.path).collect()
}

#[test]
fn git_that_goes_and_comes_is_followed() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First")).write("docs/adr/0002-b.md", record(2, "Ignored"));
    sandbox.write(".gitignore", "0002-*\n");
    let watched = watch(&sandbox);
    let workspace = &watched.workspace;
    let git = sandbox.root().join(".git");
    let draft =
        Draft { path: "docs/adr/0001-a.md".into(), text: "x".into(), base: String::new(), kept_at: String::new() };
    for there in [false, true, false] {
        if there {
            git2::Repository::init(sandbox.root()).expect("a repository");
        } else {
            std::fs::remove_dir_all(&git).expect("git goes");
            workspace.keep_draft(&draft).expect("it is kept elsewhere");
            assert!(!git.exists(), "and nothing of git is made again");
        }
        watched.until_git(there);
        let (paths, has_git) = fresh(&sandbox);
        assert_eq!((paths.len(), has_git), (if there { 1 } else { 2 }, there));
        watched.until(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(workspace.git_status().is_ok(), there);
    }
    // What happens in a repository that came later is told as well.
    let repository = git2::Repository::init(sandbox.root()).expect("a repository");
    watched.until_git(true);
    while watched.events.try_recv().is_ok() {}
    super::commit(&repository, &[]);
    while watched.events.recv_timeout(PATIENCE).expect("an event") != WatchEvent::Git {}
}

#[test]
fn a_folder_that_a_new_repository_swallows_is_said() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    std::fs::remove_dir_all(sandbox.root().join(".git")).expect("a plain folder");
    let workspace = sandbox.open_at(&sandbox.root(), OpenMode::Plain).expect("opens");
    git2::Repository::init(sandbox.dir.path()).expect("a repository around it");
    workspace.look_for_git();
    let problems = workspace.decisions().problems;
    assert!(problems.iter().any(|problem| problem.message.contains("lies in the repository")), "{problems:?}");
    assert_eq!(listed(&workspace), ["docs/adr/0001-a.md"]);
}

#[test]
fn a_folder_above_that_is_exchanged_for_another_is_noticed() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    // The first look of a session would notice by itself.
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    let other = Sandbox::new();
    other.write("docs/adr/0009-x.md", record(9, "Another"));
    let (here, there) = (sandbox.dir.path().to_path_buf(), other.dir.path().to_path_buf());
    let away = here.with_extension("away");
    let exchange = |from: &PathBuf, to: &PathBuf| std::fs::rename(from, to).expect("moved");
    exchange(&here, &away);
    exchange(&there, &here);
    watched.until(&["docs/adr/0009-x.md"]);
    sandbox.write("docs/adr/0010-y.md", record(10, "After"));
    watched.until(&["docs/adr/0009-x.md", "docs/adr/0010-y.md"]);
    exchange(&here, &there);
    exchange(&away, &here);
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
}

#[test]
fn what_git_ignores_besides_is_followed_from_when_it_is_first_written() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First")).write("docs/adr/0002-b.md", record(2, "Second"));
    std::fs::remove_dir_all(sandbox.root().join(".git/info")).expect("removed");
    let watched = watch(&sandbox);
    // The first look of a session is at everything.
    sandbox.write("docs/adr/0003-c.md", record(3, "Third"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/0003-c.md"]);
    for (text, expected) in [
        ("0002-*\n", vec!["docs/adr/0001-a.md", "docs/adr/0003-c.md"]),
        ("0001-*\n", vec!["docs/adr/0002-b.md", "docs/adr/0003-c.md"]),
    ] {
        sandbox.write(".git/info/exclude", text);
        watched.until(&expected);
    }
}
