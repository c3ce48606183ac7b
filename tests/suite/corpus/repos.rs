//! A copy of a corpus folder as a git repository of its own, asked through the command line.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(super) struct Repository {
    pub(super) name: String,
    dir: tempfile::TempDir,
}

impl Repository {
    pub(super) fn copy_of(folder: &Path) -> Self {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let repository = Self { name, dir: tempfile::tempdir().expect("a temporary folder") };
        copy(folder, &repository.root());
        commit_all(&repository.root());
        repository
    }

    /// Named as the original, since a folder's name is part of what it says.
    pub(super) fn root(&self) -> PathBuf {
        self.dir.path().join(&self.name)
    }

    pub(super) fn run(&self, args: &[&str]) -> Output {
        let home = self.dir.path().join(".home");
        Command::new(env!("CARGO_BIN_EXE_precedent"))
            .arg("-C")
            .arg(self.root())
            .args(args)
            .env("HOME", &home)
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("the binary runs")
    }

    pub(super) fn json(&self, args: &[&str]) -> Option<Value> {
        serde_json::from_slice(&self.run(args).stdout).ok()
    }

    /// `list --json`; `None` when it fails.
    pub(super) fn list(&self) -> Option<Vec<Value>> {
        match self.json(&["list", "--json"]) {
            Some(Value::Array(records)) => Some(records),
            _ => None,
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder of the corpus").flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            std::fs::write(target, std::fs::read(source).expect("a file of the corpus")).expect("a copy");
        }
    }
}

fn commit_all(root: &Path) {
    let repository = git2::Repository::init(root).expect("git init");
    let mut index = repository.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::FORCE, None).expect("added");
    index.write().expect("written");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("the tree");
    let who = git2::Signature::now("t", "t@example.org").expect("a signature");
    repository.commit(Some("HEAD"), &who, &who, "Begin", &tree, &[]).expect("a commit");
}
