//! Whatever was looked at before, the verdict is the one of a check that knows nothing.
#![expect(clippy::disallowed_methods, reason = "tests play other programs that change files")]

use super::super::ground::Looked;
use super::*;
use crate::api::tests::Sandbox;
use precedent_core::wire::CheckState;
use proptest::test_runner::{Config, TestRunner};
use std::sync::mpsc::channel;
use std::time::Duration;

const RECORD: &str = "docs/adr/0001-layers.md";
const RULES: &str = "---
status: accepted
date: 2026-01-02
applies-to: [\"src/**\", \"Cargo.toml\"]
rules:
  - {id: text, kind: forbid-text, message: M, match: {literal: mongodb, in: code}}
  - {id: named, kind: require-text, message: M, paths: [\"src/*.rs\"], match: {literal: owner}}
  - {id: few, kind: count, message: M, at-most: 1, match: {literal: todo}}
  - {id: short, kind: files, message: M, max-lines: 3, forbid: [\"src/**/secret*\"]}
  - {id: layers, kind: boundaries, message: M, modules: {ui: \"src/ui/**\", core: \"src/core/**\"}, layers: [ui, core]}
  - {id: call, kind: forbid-pattern, message: M, language: rust, rule: {pattern: \"$A.unwrap()\"}}
  - {id: package, kind: forbid-dependency, message: M, paths: [Cargo.toml], ecosystem: [cargo], names: [mongodb]}
---
# Layers

## Decision

The ui may use the core.
";
const PATHS: &[&str] =
    &["src/a.rs", "src/ui/mod.rs", "src/core/mod.rs", "src/core/b.rs", "src/secret.txt", "notes.txt", "Cargo.toml"];
const TEXTS: &[&str] = &[
    "// owner\nuse mongodb::Client;\n",
    "// mongodb, owner\nfn a() { b().unwrap(); }\n",
    "use crate::ui::draw;\ntodo\ntodo\n",
    "[package]\nname = \"shop\"\n[dependencies]\nmongodb = \"3\"\n",
    "[package]\nname = \"shop\"\n",
    "1\n2\n3\n4\n5\n",
    "\0binary",
    "",
];

/// A verdict by a workspace that has no cache.
fn fresh(sandbox: &Sandbox) -> Verdict {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let place = crate::Place { cache: elsewhere.path().to_path_buf(), ..sandbox.place() };
    let options = crate::OpenOptions { mode: precedent_core::wire::OpenMode::Git, index: false };
    let workspace = Workspace::open(&sandbox.root(), &place, &options).expect("opens");
    workspace.check(&CheckRequest::new(CheckInput::Worktree)).expect("a verdict")
}

/// One edit by another program: what it does, where, with what.
fn edit(sandbox: &Sandbox, (what, path, text): (usize, usize, usize)) -> Vec<String> {
    let (path, other) = (PATHS[path], PATHS[text % PATHS.len()]);
    let root = sandbox.root();
    let write = |path: &str, text: &str| {
        sandbox.write(path, text);
    };
    let rules = |from: &str, to: &str| {
        sandbox.write(RECORD, RULES.replace(from, to));
        vec![RECORD.to_owned()]
    };
    match what {
        0..=5 => write(path, TEXTS[text]),
        6 => drop(std::fs::remove_file(root.join(path))),
        7 => {
            drop(std::fs::rename(root.join(path), root.join(other)));
            return vec![path.to_owned(), other.to_owned()];
        }
        8 => return rules("literal: mongodb", "literal: todo"),
        9 => return rules("max-lines: 3", "max-lines: 4"),
        10 => return rules("status: accepted", "status: proposed"),
        11 => return rules("literal: mongodb", "literal: mongodb"),
        12 => write(".gitignore", &format!("{path}\n")),
        13 => write(".gitattributes", &format!("{path} linguist-generated\n")),
        _ => {
            let waiver = format!(
                "---\nschema: precedent/waiver/v1\nwaives: [layers/text]\npaths: [{path}]\nreason: Old\nowner: dana\ngranted: 2026-11-01\nexpires: 2026-12-01\n---\n# W\n"
            );
            sandbox.write("docs/adr/waivers/w.md", waiver);
            return vec!["docs/adr/waivers/w.md".to_owned()];
        }
    }
    let changed = match what {
        12 => ".gitignore",
        13 => ".gitattributes",
        _ => path,
    };
    vec![changed.to_owned()]
}

#[test]
fn after_any_edits_it_is_the_verdict_of_a_check_that_knows_nothing() {
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let edits = proptest::collection::vec((0_usize..15, 0..PATHS.len(), 0..TEXTS.len()), 1..14);
    let run = |edits: Vec<(usize, usize, usize)>| {
        let sandbox = Sandbox::new();
        sandbox.write(RECORD, RULES).write("src/a.rs", TEXTS[0]).write("src/core/mod.rs", TEXTS[2]);
        let workspace = sandbox.open();
        let mut looked = Looked::at_all(&workspace, None, &|| false).expect("looked at");
        for one in edits {
            let paths = edit(&sandbox, one);
            workspace.refresh(&paths);
            if !looked.again(&workspace, &paths.into_iter().collect()) {
                looked = Looked::at_all(&workspace, None, &|| false).expect("looked at");
            }
            let followed = looked.verdict(&workspace, &CheckRequest::new(CheckInput::Worktree));
            let expected = fresh(&sandbox);
            let text = |verdict: &Verdict| serde_json::to_string_pretty(verdict).expect("JSON");
            assert_eq!(text(&followed), text(&expected), "after {one:?}");
            // Another session that finds what this one kept, as the next command will.
            let again = sandbox.open().check(&CheckRequest::new(CheckInput::Worktree)).expect("a verdict");
            assert_eq!(text(&again), text(&expected), "kept, after {one:?}");
        }
        Ok(())
    };
    runner.run(&edits, run).expect("every verdict is the same");
}

#[test]
fn a_kept_file_that_is_damaged_or_of_another_engine_is_not_believed() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, RULES);
    for number in 0..40 {
        sandbox.write(&format!("src/f{number}.rs"), "use mongodb;\n");
    }
    let check = || sandbox.open().check(&CheckRequest::new(CheckInput::Worktree)).expect("a verdict");
    let first = check();
    assert_eq!(first.counts.failing, 80, "a use, and no owner");
    let file = sandbox.open().findings_file();
    let whole = std::fs::read(&file).expect("what was found is kept");
    assert_eq!(check(), first);
    for at in [0, 10, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(&file, damaged).expect("written");
        assert_eq!(check(), first, "damaged at {at}");
    }
}

fn wait(
    receiver: &std::sync::mpsc::Receiver<CheckState>,
    what: &str,
    is_so: impl Fn(&CheckState) -> bool,
) -> CheckState {
    loop {
        let state = receiver.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("no state {what}"));
        if is_so(&state) {
            return state;
        }
    }
}

#[test]
fn it_follows_what_other_programs_do_and_ends_when_told() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, RULES).write("src/a.rs", "// owner\n");
    // Where logs are named, no other folder is looked into for records.
    sandbox.write("precedent.toml", "logs = [\"docs/adr\"]\n");
    let workspace = sandbox.open();
    workspace.watch(|_| {}).expect("watched");
    let (sender, receiver) = channel();
    workspace.follow_check(move |state| drop(sender.send(state))).expect("followed");
    let first = wait(&receiver, "at the start", |state| state.generation == 1);
    assert_eq!((first.open, first.rules, first.running), (0, 7, false));
    wait(&receiver, "when all folders are watched", |state| state.generation == 2);
    sandbox.write("src/a.rs", "// owner\nuse mongodb;\n");
    let broken = wait(&receiver, "after a save", |state| state.open == 1);
    assert!(broken.generation > first.generation);
    let view = workspace.governance().expect("a view");
    assert_eq!(view.verdict.findings[0].path, "src/a.rs");
    let results: Vec<_> = view.rules.iter().map(|rule| (rule.key.as_str(), rule.open)).collect();
    assert!(results.contains(&("layers/text", 1)), "{results:?}");
    assert_eq!(view.clauses[0].decided, "The ui may use the core.");
    sandbox.write(RECORD, RULES.replace("literal: mongodb", "literal: nothing"));
    wait(&receiver, "after the rule changed", |state| !state.running && state.open == 0);
    workspace.stop_checking();
    assert!(loop {
        if receiver.recv_timeout(Duration::from_secs(60)) == Err(std::sync::mpsc::RecvTimeoutError::Disconnected) {
            break true;
        }
    });
}

#[test]
fn paths_are_bound_by_what_reaches_them() {
    let sandbox = Sandbox::new();
    sandbox
        .write(RECORD, RULES)
        .write("src/a.rs", "// owner\nuse mongodb;\n")
        .write("src/ui/b.rs", "")
        .write("web/c.ts", "");
    let workspace = sandbox.open();
    let shown = |folder: &str| -> Vec<String> {
        let items = workspace.folder_bindings(folder).expect("items");
        items
            .iter()
            .map(|item| format!("{} {} {}/{} {}", item.path, item.folder, item.bound, item.files, item.open))
            .collect()
    };
    assert_eq!(shown(""), ["docs true 0/1 0", "src true 2/2 1", "web true 0/1 0"]);
    assert_eq!(shown("src"), ["src/ui true 1/1 0", "src/a.rs false 1/1 1"]);
    let file = workspace.path_bindings("src/a.rs").expect("bindings");
    assert_eq!((file.folder, file.bound, file.decisions.len()), (false, 1, 1));
    let text = file.decisions[0].rules.iter().find(|rule| rule.rule.key == "layers/text").expect("the rule");
    assert_eq!((text.open, text.lines.as_slice()), (1, &[2][..]));
    let folder = workspace.path_bindings("web").expect("bindings");
    assert_eq!((folder.folder, folder.files, folder.bound, folder.decisions.len()), (true, 1, 0, 0));
    assert_eq!(workspace.find_paths("UI rs", 9).expect("paths"), ["src/ui/b.rs"]);
    let excerpt = workspace.code_excerpt("src/a.rs", 2, 2).expect("lines");
    assert_eq!((excerpt.first, excerpt.lines.as_slice()), (1, &["// owner".to_owned(), "use mongodb;".to_owned()][..]));
    assert!(workspace.code_excerpt("../x", 1, 1).is_err());
}
