//! Records of the wild: `CORPUS=/folder` holds one folder per repository. Without it these tests say so and pass.
//! A key `<folder>-expected.json` beside it names records that must be listed.

use precedent_e2e::{App, Repo, css, role};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

#[expect(clippy::print_stdout, reason = "a corpus is counted for a person who watches")]
fn say(line: &str) {
    println!("{line}");
}

fn corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("CORPUS").map(PathBuf::from).filter(|path| path.is_dir());
    if corpus.is_none() {
        say("no CORPUS=/folder of repositories: nothing to read");
    }
    corpus
}

fn folders(corpus: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus).expect("the corpus can be listed");
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A copy as a git repository.
fn repository(folder: &Path) -> Repo {
    let repo = Repo::folder(&name(folder));
    let copied =
        Command::new("cp").args(["-r", "--no-preserve=mode", "--"]).arg(folder.join(".")).arg(repo.root()).status();
    assert!(copied.expect("cp runs").success(), "{} can be copied", folder.display());
    repo.git(["init", "-q"]);
    repo.commit_all("Begin");
    repo
}

/// Records that the key names, by repository.
fn key(corpus: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let path = corpus.with_file_name(format!("{}-expected.json", name(corpus)));
    let Ok(text) = std::fs::read_to_string(path) else { return BTreeMap::new() };
    let entries: Vec<Value> = serde_json::from_str(&text).expect("the key is JSON");
    let mut key: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        if let (Some(repo), Some(path)) = (entry["repo"].as_str(), entry["path"].as_str()) {
            key.entry(repo.to_owned()).or_default().insert(path.to_owned());
        }
    }
    key
}

fn listed(repo: &Repo, name: &str) -> Vec<String> {
    let (code, json) = repo.precedent(&["list", "--json"]);
    assert_eq!(code, 0, "{name}: list fails");
    let list: Vec<Value> = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: not an array: {error}"));
    list.iter().filter_map(|record| Some(record["path"].as_str()?.to_owned())).collect()
}

#[test]
fn every_log_of_the_corpus_opens() {
    let Some(corpus) = corpus() else { return };
    let key = key(&corpus);
    let mut hidden = Vec::new();
    let mut records = 0;
    for folder in folders(&corpus) {
        let (repo, name) = (repository(&folder), name(&folder));
        let list = listed(&repo, &name);
        let (code, problems) = repo.precedent(&["lint", "--json"]);
        assert!(code < 2, "{name}: lint fails");
        assert!(problems.starts_with('{'), "{name}: lint says {problems}");
        for path in key.get(&name).into_iter().flatten() {
            if !list.contains(path) {
                hidden.push(format!("{name}/{path}"));
            }
            let (code, _) = repo.precedent(&["show", path, "--html"]);
            assert_eq!(code, 0, "{name}: show {path} fails");
        }
        say(&format!("{:>5} records  {name}", list.len()));
        records += list.len();
    }
    say(&format!("{records:>5} records in all"));
    assert!(hidden.is_empty(), "records of the key that are not listed: {hidden:#?}");
}

/// Repositories that the window reads, and records of each.
const OPENED: usize = 4;
const READ: usize = 20;

#[test]
fn the_window_reads_the_wild() {
    let Some(corpus) = corpus() else { return };
    let mut opened = 0;
    for folder in folders(&corpus) {
        let (repo, name) = (repository(&folder), name(&folder));
        let records = listed(&repo, &name).len();
        // A sample spread over the corpus: logs that have enough to read.
        if records < READ || opened == OPENED {
            continue;
        }
        opened += 1;
        let app = App::open(&repo);
        app.see(&css("article .prose"));
        app.focus(&role("tree"));
        app.press("Home");
        for _ in 0..READ {
            app.press("Down");
            app.on(&css("body"), SETTLED, &true.into());
            assert_eq!(app.count(&css(".banner.error").text("could not be opened")), 0, "{name}");
        }
        say(&format!("{READ} of {records} records read in the window  {name}"));
    }
    assert!(opened > 0, "no repository of the corpus has {READ} records");
}

/// The reader shows the active row's record; a group has none.
const SETTLED: &str = "
    const id = document.querySelector('[role=tree]').getAttribute('aria-activedescendant');
    const title = document.getElementById(id)?.querySelector('.ti')?.textContent;
    return title === undefined || document.querySelector('article h1')?.textContent === title;";
