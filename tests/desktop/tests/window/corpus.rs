//! Records of the wild: `CORPUS=/folder` holds one folder per repository; `make test` finds one by itself. Without it these tests
//! say so and pass.
//! A key `<folder>-expected.json` beside it names records that must be listed.

use precedent_e2e::{App, Launch, Repo, css, role};
use serde_json::{Value, json};
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

/// A folder dropped on the window: what the window system's event says, given to the page's own listener.
const DROP: &str = "
    const read = (name) => { try { return window[name]; } catch { return undefined; } };
    const isListeners = (value) => value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === null && 'folder-drop' in value;
    const listeners = Object.getOwnPropertyNames(window).map(read).find(isListeners)['folder-drop'];
    for (const id of Object.getOwnPropertyNames(listeners)) {
      const event = { event: 'folder-drop', id: Number(id), payload: { phase: 'drop', what: 'folder', path: arguments[0] } };
      window.__TAURI_INTERNALS__.runCallback(listeners[id].handlerId, event);
    }
    window.walked = new Set();";

/// Opens the next records of the list by a click each, unfolding groups on the way, and waits until the reader shows
/// each one's page. Answers how many were read so far, which never came, and whether the list is at its end.
const WALK: &str = "
    const done = arguments[0];
    const tree = document.querySelector('[role=tree]');
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    const rowId = (path) => 'row-' + `record:${path}`.replaceAll(/[^A-Za-z0-9-]/g, (sign) => '_' + sign.charCodeAt(0).toString(36));
    const shown = () => document.querySelector('article .prose') && rowId(document.querySelector('.page .path').title);
    (async () => {
      const lost = [];
      const until = performance.now() + 5000;
      while (performance.now() < until) {
        const folded = tree.querySelector('[aria-level=\"1\"][aria-expanded=false]');
        const row = [...tree.querySelectorAll('[aria-level=\"2\"]')].find((one) => !window.walked.has(one.id));
        if (folded) {
          folded.click();
        } else if (row) {
          window.walked.add(row.id);
          row.click();
          const late = performance.now() + 20000;
          while (shown() !== row.id && performance.now() < late) await frame();
          if (shown() !== row.id) lost.push(row.textContent);
          continue;
        } else if (tree.scrollTop + tree.clientHeight >= tree.scrollHeight - 1) {
          return { read: window.walked.size, lost, end: true };
        } else {
          tree.scrollTop += tree.clientHeight * 0.8;
        }
        await frame();
        await frame();
      }
      return { read: window.walked.size, lost, end: false };
    })().then(done, (error) => done({ read: 0, lost: [String(error)], end: true }));";

#[test]
fn the_window_reads_the_wild() {
    let Some(corpus) = corpus() else { return };
    let app = Launch::new().start();
    app.see(&role("heading").named("Decision records that hold."));
    let (mut repositories, mut read) = (0, 0);
    for folder in folders(&corpus) {
        let (repo, name) = (repository(&folder), name(&folder));
        let records = listed(&repo, &name).len();
        app.script(DROP, &[repo.root().display().to_string().into()]);
        app.wait(format!("{name} to be open"), || {
            (app.script("return document.title", &[]) == json!(format!("{name} – Precedent"))).then_some(())
        });
        if records > 0 {
            app.see(&role("treeitem").nth(0));
            assert_eq!(walk(&app, &name), records, "{name}: rows in the list and records of `precedent list`");
        }
        assert_eq!(app.count(&css(".banner.error").text("could not be opened")), 0, "{name}");
        repositories += 1;
        read += records;
    }
    say(&format!("{read} records of {repositories} repositories read in the window"));
    assert_eq!(app.home().crash_reports(), 0, "crash reports\n{}", app.home().log());
    assert!(!app.home().log().contains("[ERROR]"), "{}", app.home().log());
}

/// Reads every record of the list; how many there were.
fn walk(app: &App, name: &str) -> usize {
    loop {
        let walked = app.script_async(WALK, &[]);
        assert_eq!(walked["lost"], json!([]), "{name}: records whose page never came");
        if walked["end"] == json!(true) {
            return walked["read"].as_u64().map_or(0, |read| usize::try_from(read).unwrap_or(usize::MAX));
        }
    }
}
