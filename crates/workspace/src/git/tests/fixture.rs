//! A repository in a temporary folder, changed by the real `git` with no settings but its own.

use crate::git::program::Program;
use crate::git::repo;
use crate::git::status::{self, Entry};
use crate::{OpenOptions, Place, Workspace};
use git2::Repository;
use precedent_core::wire::OpenMode;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

pub(super) struct Fixture {
    dir: tempfile::TempDir,
}

impl Fixture {
    /// An empty repository with an author.
    pub(super) fn new() -> Self {
        let fixture = Self { dir: tempfile::tempdir().expect("a folder") };
        std::fs::create_dir(fixture.root()).expect("a folder");
        fixture.git(&["init", "-q", "-b", "main"]);
        fixture.git(&["config", "user.name", "Ann Lee"]);
        fixture.git(&["config", "user.email", "ann@example.org"]);
        // What the machine's own settings say must not matter.
        fixture.git(&["config", "commit.gpgsign", "false"]);
        fixture.git(&["config", "core.autocrlf", "false"]);
        fixture
    }

    /// A repository with one record and one other file, committed.
    pub(super) fn with_record() -> Self {
        let fixture = Self::new();
        fixture.write(RECORD, &record("proposed", "We take the red one, because it is the cheapest of all."));
        fixture.write("src/main.rs", "fn main() {}\n");
        fixture.commit_all("Start");
        fixture
    }

    pub(super) fn root(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    pub(super) fn below(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(super) fn repo(&self) -> Repository {
        repo::open(&self.root()).expect("a repository")
    }

    pub(super) fn config_dir(&self) -> PathBuf {
        self.below("config")
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }

    pub(super) fn delete(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).expect("a file");
    }

    /// Runs the real git and gives its output.
    pub(super) fn git(&self, args: &[&str]) -> String {
        let (ok, out) = self.try_git(args);
        assert!(ok, "git {args:?}: {out}");
        out
    }

    pub(super) fn try_git(&self, args: &[&str]) -> (bool, String) {
        let mut command = Command::new("git");
        command.current_dir(self.root()).args(args);
        for (name, value) in SEALED {
            command.env(name, value);
        }
        let output = command.output().expect("git");
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    pub(super) fn commit_all(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--no-verify", "--allow-empty", "-m", message]);
    }

    pub(super) fn program(&self) -> Program {
        SEALED.iter().fold(Program::new(Path::new("git")), |program, (name, value)| program.with_env(name, value))
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        status::by_libgit2(&self.repo(), &[]).expect("a status")
    }

    /// An executable hook.
    pub(super) fn hook(&self, name: &str, script: &str) {
        let path = format!(".git/hooks/{name}");
        self.write(&path, &format!("#!/bin/sh\n{script}\n"));
        self.make_executable(&path);
    }

    pub(super) fn make_executable(&self, path: &str) {
        let done = Command::new("chmod").arg("+x").arg(self.root().join(path)).status();
        assert!(done.is_ok_and(|status| status.success()));
    }

    /// The facade over this repository.
    pub(super) fn workspace(&self) -> Arc<Workspace> {
        let mut place = Place::new(self.below("cache"), self.config_dir(), jiff::civil::date(2026, 11, 20));
        place.git = self.sealed_git();
        let options = OpenOptions { mode: OpenMode::Git, index: false };
        Workspace::open(&self.root(), &place, &options).expect("a workspace")
    }

    /// A program that is git without the machine's settings.
    #[cfg(unix)]
    fn sealed_git(&self) -> PathBuf {
        let settings: String = SEALED.iter().map(|(name, value)| format!("{name}='{value}' ")).collect();
        self.write("../git.sh", &format!("#!/bin/sh\n{settings} exec git \"$@\"\n"));
        self.make_executable("../git.sh");
        self.below("git.sh")
    }

    #[cfg(not(unix))]
    fn sealed_git(&self) -> PathBuf {
        PathBuf::from("git")
    }

    /// Every object and reference is sound.
    pub(super) fn fsck(&self) {
        let (ok, out) = self.try_git(&["fsck", "--strict"]);
        assert!(ok && !out.contains("error"), "{out}");
    }
}

/// No settings of the machine, a fixed author and day.
const SEALED: &[(&str, &str)] = &[
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_AUTHOR_DATE", "2026-03-02T10:00:00+01:00"),
    ("GIT_COMMITTER_DATE", "2026-03-02T10:00:00+01:00"),
];

pub(super) const RECORD: &str = "docs/decisions/0001-red.md";

pub(super) fn record(status: &str, outcome: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2026-03-02\n---\n# Use the red one\n\n## Context and Problem Statement\n\nThere are two.\n\n## Decision Outcome\n\n{outcome}\n"
    )
}
