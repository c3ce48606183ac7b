//! Which folders are logs and which files are records.

use crate::api::tests::{NYGARD, Sandbox};
use crate::workspace::Workspace;
use std::sync::Arc;

const MADR: &str = "---\nstatus: accepted\ndate: 2025-01-02\n---\n# Use Rust\n\n## Decision Outcome\n\nRust.\n";

/// Writes files (all hold a record unless they say otherwise) and compares what is listed, as `log: path`.
fn check(files: &[&str], expected: &[&str]) -> Arc<Workspace> {
    let sandbox = Sandbox::new();
    for file in files {
        match file.split_once(" = ") {
            Some((path, text)) => sandbox.write(path, text),
            None => sandbox.write(file, NYGARD),
        };
    }
    let workspace = sandbox.open();
    let mut listed: Vec<String> = workspace
        .decisions()
        .decisions
        .iter()
        .map(|decision| {
            format!(
                "{}: {}",
                decision.log,
                decision.path.strip_prefix(&decision.log).unwrap_or_default().trim_matches('/')
            )
        })
        .collect();
    listed.sort();
    assert_eq!(listed, expected, "{files:?}");
    workspace
}

#[test]
fn well_known_folders_are_logs() {
    for folder in [
        "docs/adr",
        "docs/decisions",
        "doc/adr",
        "docs/architecture/decisions",
        "adr",
        "decisions",
        "rfcs",
        "docs/ADR",
        "doc/architecture-decisions",
        "architecture-decision-record",
        "docs/developer/decision-records",
        ".archgate/adrs",
        "docs/architecture",
        "packages/ui/docs/adr",
        "notes/design-decisions",
        "decision-log",
    ] {
        check(&[&format!("{folder}/0001-a.md")], &[&format!("{folder}: 0001-a.md")]);
    }
}

#[test]
fn several_logs_categories_and_folder_per_record() {
    check(
        &[
            "docs/adr/0001-a.md",
            "docs/adr/storage/0002-b.md",
            "docs/adr/2022-01-01-c/README.md",
            "docs/adr/2022-01-01-c/notes.md = Some notes.\n",
            "services/pay/docs/adr/0001-d.md",
        ],
        &[
            "docs/adr: 0001-a.md",
            "docs/adr: 2022-01-01-c/README.md",
            "docs/adr: storage/0002-b.md",
            "services/pay/docs/adr: 0001-d.md",
        ],
    );
}

#[test]
fn indexes_templates_and_plain_texts_are_no_records() {
    check(
        &[
            "docs/adr/0001-a.md",
            "docs/adr/README.md = # Decisions\n\n* [ADR 1](0001-a.md)\n",
            "docs/adr/index.md = # Decisions\n",
            "docs/adr/template.md",
            "docs/adr/templates/0000-ours.md",
            "docs/adr/waivers/0001-x.md",
            "docs/adr/glossary.md = # Glossary\n\nWords.\n",
            "docs/adr/0001-a.png = x",
            "docs/guide/0001-start.md = # Start\n",
        ],
        &["docs/adr: 0001-a.md"],
    );
}

#[test]
fn a_folder_of_other_documents_around_a_log_is_not_swallowed() {
    check(
        &["decisions/decisions/adr-001-a.md", "decisions/roadmaps/v1.md", "decisions/designs/x/y.md"],
        &["decisions/decisions: adr-001-a.md"],
    );
    // Without a log below, the categories are the log.
    check(&["decisions/storage/0001-a.md"], &["decisions: storage/0001-a.md"]);
}

#[test]
fn a_hinting_name_needs_files_that_read_as_records() {
    check(&["tests/adr-corpus/0001-a.md", "tests/adr-corpus/x.md = text"], &["tests/adr-corpus: 0001-a.md"]);
    check(&["tools/adr-viewer/CHANGELOG.md = # Changes\n\n## 1.0\n", "tools/adr-viewer/docs/use.md = # Use\n"], &[]);
    check(&["docs/architecture/overview.md = # Overview\n", "docs/architecture/parts.md = # Parts\n"], &[]);
}

#[test]
fn without_telling_names_two_clear_records_make_a_log() {
    check(&["notes/0001-a.md", "notes/0002-b.md", "notes/todo.md = x"], &["notes: 0001-a.md", "notes: 0002-b.md"]);
    check(&["0001-a.md", "0002-b.md"], &[": 0001-a.md", ": 0002-b.md"]);
    check(&["notes/0001-a.md"], &[]);
    check(&["posts/2024-01-02-hello.md = # Hello\n\nA post.\n", "posts/2024-01-03-again.md = # Again\n"], &[]);
}

#[test]
fn precedent_toml_names_the_logs_and_nothing_else_is_one() {
    let workspace = check(
        &[
            "precedent.toml = logs = [\"handbook/choices\", \"empty\"]\nignore = [\"**/old/**\"]\n",
            "handbook/choices/0001-a.md",
            "handbook/choices/old/0002-b.md",
            "docs/adr/0001-x.md",
        ],
        &["handbook/choices: 0001-a.md"],
    );
    let logs: Vec<_> = workspace.info().logs.into_iter().map(|log| (log.path, log.found_by, log.records)).collect();
    let named = "precedent.toml".to_owned();
    assert_eq!(logs, [("empty".to_owned(), named.clone(), 0), ("handbook/choices".to_owned(), named, 1)]);
    let problems = workspace.lint();
    assert!(problems.iter().any(|problem| problem.code == "P020" && problem.message.contains("empty")), "{problems:?}");
}

#[test]
fn faults_of_precedent_toml_are_problems_at_their_line() {
    let workspace = check(
        &["precedent.toml = stale-after = \"soon\"\nlogs = [\"../out\", \"docs/adr\"]\n", "docs/adr/0001-a.md"],
        &["docs/adr: 0001-a.md"],
    );
    let problems: Vec<_> = workspace.lint().into_iter().filter(|problem| problem.path == "precedent.toml").collect();
    assert!(problems.iter().any(|problem| problem.message.contains("../out")), "{problems:?}");
    assert!(
        problems.iter().any(|problem| problem.line == 1 && problem.message.contains("stale-after")),
        "{problems:?}"
    );
}

#[test]
fn settings_of_other_tools_add_their_folders() {
    check(
        &[".adr-dir = handbook/choices\n", "handbook/choices/first.md = # A\n\n## Status\n\nAccepted\n"],
        &["handbook/choices: first.md"],
    );
    check(
        &["adrs.toml = adr_dir = \"x/y\"\n", "x/y/0001-a.md", "docs/adr/0001-b.md"],
        &["docs/adr: 0001-b.md", "x/y: 0001-a.md"],
    );
    check(
        &[
            ".log4brains.yml = project:\n  name: X\n  adrFolder: ./d\n  packages:\n    - name: ui\n      path: ./ui\n      adrFolder: ./ui/d\n",
            "d/20240102-a.md",
            "ui/d/20240103-b.md",
        ],
        &["d: 20240102-a.md", "ui/d: 20240103-b.md"],
    );
    check(&["adr.config.json = {\"adrDir\": \"x/y\"}", "x/y/0001-a.md"], &["x/y: 0001-a.md"]);
    check(&[".adr.json = {\"path\": \"x/y/\", \"language\": \"en\"}", "x/y/0001-a.md"], &["x/y: 0001-a.md"]);
    check(&["sub/.adr-dir = ../elsewhere\n", "elsewhere/0001-a.md"], &[]);
}

#[test]
fn what_git_ignores_dependencies_and_other_repositories_are_left_out() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-a.md", MADR)
        .write(".gitignore", "build/\n")
        .write("build/docs/adr/0001-b.md", MADR)
        .write("node_modules/x/docs/adr/0001-c.md", MADR)
        .write("vendored/docs/adr/0001-d.md", MADR);
    git2::Repository::init(sandbox.root().join("vendored")).expect("a nested repository");
    let paths: Vec<_> = sandbox.open().decisions().decisions.into_iter().map(|decision| decision.path).collect();
    assert_eq!(paths, ["docs/adr/0001-a.md"]);
}

#[test]
fn a_named_folder_counts_even_when_git_ignores_it() {
    check(
        &[".gitignore = private/\n", ".adr-dir = private/adr\n", "private/adr/0001-a.md"],
        &["private/adr: 0001-a.md"],
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_repository_only() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new();
    let outside = sandbox.dir.path().join("secret.md");
    crate::store::write_atomic(&outside, NYGARD.as_bytes()).expect("a file");
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("services/choice.md", NYGARD);
    let adr = sandbox.root().join("docs/adr");
    symlink(&outside, adr.join("0002-out.md")).expect("a link");
    symlink("../../services/choice.md", adr.join("0003-in.md")).expect("a link");
    symlink("0001-a.md", adr.join("0004-same.md")).expect("a link");
    symlink("nowhere.md", adr.join("0005-broken.md")).expect("a link");
    symlink(sandbox.dir.path(), adr.join("up")).expect("a link");
    let workspace = sandbox.open();
    let paths: Vec<_> = workspace.decisions().decisions.into_iter().map(|decision| decision.path).collect();
    assert_eq!(paths, ["docs/adr/0001-a.md", "docs/adr/0003-in.md"]);
    let said: Vec<_> = workspace.decisions().problems.into_iter().map(|problem| (problem.code, problem.path)).collect();
    assert_eq!(
        said,
        [
            ("P016".to_owned(), "docs/adr/0002-out.md".to_owned()),
            ("P016".to_owned(), "docs/adr/0005-broken.md".to_owned())
        ]
    );
}

#[test]
fn a_walk_that_is_cut_says_so() {
    let sandbox = Sandbox::new();
    for number in 1..=9 {
        sandbox.write(&format!("docs/adr/000{number}-a.md"), NYGARD);
    }
    let found = super::discover_within(super::Source::Disk(&sandbox.root()), None, 8);
    assert!(found.candidates[0].files.len() < 9);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].hint.as_ref().is_some_and(|hint| hint.contains("precedent.toml")));
    assert!(super::discover_within(super::Source::Disk(&sandbox.root()), None, 1_000).problems.is_empty());
}

#[test]
fn a_folder_and_one_inside_it_are_both_looked_at_again() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("docs/adr/deep/0002-b.md", NYGARD);
    let before = super::discover(&sandbox.root(), None);
    sandbox.write("docs/adr/0003-c.md", NYGARD).write("docs/adr/deep/0004-d.md", NYGARD);
    sandbox.write("docs/other/0005-e.md", NYGARD);
    let changed = ["docs/adr", "docs/adr/deep"].map(precedent_core::RecordPath::new).into_iter().collect();
    let again = super::discover_again(&before.terrain, &sandbox.root(), None, &changed);
    let files: Vec<&str> = again.candidates[0].files.iter().map(precedent_core::RecordPath::as_str).collect();
    assert_eq!(
        files,
        ["docs/adr/0001-a.md", "docs/adr/0003-c.md", "docs/adr/deep/0002-b.md", "docs/adr/deep/0004-d.md"]
    );
}

#[test]
fn a_walk_that_is_stopped_looks_at_nothing_more() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("src/main.rs", "");
    let progress = crate::Progress::default();
    let found = super::discover_telling(&sandbox.root(), None, &progress);
    assert!(found.terrain.folders().count() > 2);
    progress.cancel();
    let found = super::discover_telling(&sandbox.root(), None, &progress);
    assert_eq!((found.terrain.folders().count(), found.candidates.len()), (0, 0));
}

#[test]
fn a_folder_that_other_settings_name_is_found_by_them_when_it_appears() {
    let sandbox = Sandbox::new();
    sandbox.write(".adr-dir", "services/a/decisions\n").write("docs/adr/0001-a.md", NYGARD);
    let workspace = sandbox.open();
    sandbox.write("services/a/decisions/0001-b.md", NYGARD);
    workspace.refresh(&["services/a"]);
    let found_by = |workspace: &Workspace| -> Vec<String> {
        workspace.info().logs.into_iter().map(|log| format!("{} by {}", log.path, log.found_by)).collect()
    };
    let fresh = found_by(&sandbox.open());
    assert!(fresh.contains(&"services/a/decisions by .adr-dir".to_owned()), "{fresh:?}");
    assert_eq!(found_by(&workspace), fresh);
}
