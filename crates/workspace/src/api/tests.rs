//! The facade on real folders and repositories.
#![expect(clippy::disallowed_methods, reason = "tests make files by hand")]

use crate::{OpenOptions, Place, Workspace};
use precedent_core::wire::{ErrorCode, OpenMode};
use std::path::Path;
use std::sync::Arc;

/// A repository in a temporary folder with our own folders beside it.
pub(crate) struct Sandbox {
    pub(crate) dir: tempfile::TempDir,
}

pub(crate) const NYGARD: &str = "# 1. Use Postgres\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWe need rows.\n\n## Decision\n\nPostgres.\n";

impl Sandbox {
    pub(crate) fn new() -> Self {
        let sandbox = Self::plain();
        git2::Repository::init(sandbox.root()).expect("git init");
        sandbox
    }

    pub(crate) fn plain() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(dir.path().join("repo")).expect("a folder");
        Self { dir }
    }

    pub(crate) fn root(&self) -> std::path::PathBuf {
        self.dir.path().join("repo").canonicalize().expect("the folder is there")
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, text).expect("a file");
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("a file")
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.dir.path().join("cache"), self.dir.path().join("config"), jiff::civil::date(2026, 11, 20))
    }

    pub(crate) fn open_at(&self, path: &Path, mode: OpenMode) -> crate::Result<Arc<Workspace>> {
        Workspace::open(path, &self.place(), &OpenOptions { mode, index: false })
    }

    pub(crate) fn open(&self) -> Arc<Workspace> {
        self.open_at(&self.root(), OpenMode::Git).expect("the repository opens")
    }
}

fn paths(workspace: &Workspace) -> Vec<String> {
    workspace.decisions().decisions.into_iter().map(|decision| decision.path).collect()
}

#[test]
fn a_repository_opens_from_any_folder_inside_and_lists_its_records() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-use-postgres.md", NYGARD)
        .write("docs/adr/README.md", "# Index\n")
        .write("src/a.rs", "");
    let workspace = sandbox.open_at(&sandbox.root().join("src"), OpenMode::Git).expect("opens");
    assert_eq!(workspace.root(), sandbox.root());
    assert_eq!(paths(&workspace), ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(workspace.info().logs[0].path, "docs/adr");
    assert!(workspace.info().git);
}

#[test]
fn a_save_changes_the_file_and_the_snapshot_and_its_echo_says_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    let source = workspace.read_source("docs/adr/0001-use-postgres.md").expect("source");
    assert_eq!(source.text, NYGARD);
    let text = NYGARD.replace("Use Postgres", "Use SQLite");
    let reply = workspace.save_record(&source.path, &text, &source.hash).expect("saves");
    assert_eq!(reply.changed, ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(reply.generation, 2);
    assert_eq!(sandbox.read(&source.path), text);
    assert_eq!(workspace.decisions().decisions[0].title, "Use SQLite");
    assert!(workspace.refresh(&[&source.path]).is_none());
    assert!(workspace.refresh::<&str>(&[]).is_none());
    // The hash of the reply is the base of the next save; the old one is stale.
    let stale = workspace.save_record(&source.path, "x", &source.hash).expect_err("stale");
    assert_eq!(stale.code(), ErrorCode::Conflict);
    assert_eq!(sandbox.read(&source.path), text);
    workspace.save_record(&source.path, NYGARD, &reply.hash.expect("a hash")).expect("saves again");
}

#[test]
fn what_another_program_does_arrives_by_refresh() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    sandbox.write("docs/adr/0002-use-rust.md", NYGARD.replace("1. Use Postgres", "2. Use Rust"));
    let change = workspace.refresh(&["docs/adr/0002-use-rust.md"]).expect("a change");
    assert_eq!(change.changed[0].title, "Use Rust");
    assert_eq!(change.logs[0].records, 2);
    std::fs::remove_file(sandbox.root().join("docs/adr/0001-use-postgres.md")).expect("removed");
    let change = workspace.refresh(&[sandbox.root().join("docs/adr/0001-use-postgres.md")]).expect("a change");
    assert_eq!(change.removed, ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(paths(&workspace), ["docs/adr/0002-use-rust.md"]);
}
