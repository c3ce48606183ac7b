//! Moving, renaming and deleting on real files.

use crate::api::tests::{NYGARD, Sandbox};
use precedent_core::wire::{ErrorCode, MoveRequest};

const A: &str = "docs/adr/0001-use-postgres.md";
const B: &str = "docs/adr/0002-keep-rows.md";
const CITING: &str = "# 2. Keep rows\n\n## Status\n\nAccepted\n\nAmends [1. Use Postgres](0001-use-postgres.md)\n\n## Context\n\nAs [[0001-use-postgres]] and ADR-0001 say.\n";

fn two() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(A, NYGARD).write(B, CITING);
    sandbox.write("README.md", "[one](docs/adr/0001-use-postgres.md)\n").write("src/a.rs", "// see ADR-0001\n");
    let repo = git2::Repository::open(sandbox.root()).expect("a repository");
    let mut index = repo.index().expect("an index");
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.write().expect("written");
    sandbox
}

fn rename(title: &str) -> MoveRequest {
    MoveRequest { path: "1".to_owned(), title: Some(title.to_owned()), ..MoveRequest::default() }
}

#[test]
fn a_new_title_renames_the_file_and_repairs_what_refers_to_it() {
    let sandbox = two();
    let workspace = sandbox.open();
    let request = rename("Use MySQL for all");
    let preview = workspace.plan_move(&request).expect("a plan");
    assert!(preview.notes.iter().any(|note| note == "3 references in 2 files are repaired."), "{:?}", preview.notes);
    let reply = workspace.apply_move(&request, &preview.digest).expect("applied");
    assert_eq!(reply.record.as_deref(), Some("docs/adr/0001-use-mysql-for-all.md"));
    assert!(!sandbox.root().join(A).exists());
    assert!(sandbox.read("docs/adr/0001-use-mysql-for-all.md").starts_with("# 1. Use MySQL for all\n"));
    let citing = sandbox.read(B);
    assert!(citing.contains("[1. Use Postgres](0001-use-mysql-for-all.md)"), "{citing}");
    assert!(citing.contains("[[0001-use-mysql-for-all]] and ADR-0001 say"), "{citing}");
    assert_eq!(sandbox.read("README.md"), "[one](docs/adr/0001-use-mysql-for-all.md)\n");
    assert!(workspace.lint().iter().all(|problem| problem.code != "P003"), "{:?}", workspace.lint());
    let status = workspace.git_status().expect("a status");
    let staged: Vec<(&str, &str)> =
        status.files.iter().filter(|file| file.staged).map(|file| (&*file.path, &*file.change)).collect();
    assert!(staged.contains(&("docs/adr/0001-use-mysql-for-all.md", "added")), "{staged:?}");
}

#[test]
fn a_move_to_another_folder_keeps_links_of_both_sides() {
    let sandbox = two();
    let workspace = sandbox.open();
    let request =
        MoveRequest { path: B.to_owned(), folder: Some("docs/adr/data/".to_owned()), ..MoveRequest::default() };
    let preview = workspace.plan_move(&request).expect("a plan");
    workspace.apply_move(&request, &preview.digest).expect("applied");
    let moved = sandbox.read("docs/adr/data/0002-keep-rows.md");
    assert!(moved.contains("(../0001-use-postgres.md)"), "{moved}");
    assert!(workspace.lint().iter().all(|problem| problem.code != "P003"));
}

#[test]
fn citations_are_left_when_asked() {
    let sandbox = two();
    let workspace = sandbox.open();
    let request = MoveRequest { keep_citations: true, ..rename("Use MySQL") };
    let preview = workspace.plan_move(&request).expect("a plan");
    assert!(preview.notes.iter().any(|note| note.contains("still name the old place")), "{:?}", preview.notes);
    assert_eq!(preview.files.len(), 2);
    workspace.apply_move(&request, &preview.digest).expect("applied");
    assert_eq!(sandbox.read(B), CITING);
}

#[test]
fn a_file_that_changed_since_it_was_shown_is_a_conflict_and_nothing_moves() {
    let sandbox = two();
    let workspace = sandbox.open();
    let request = rename("Use MySQL");
    let preview = workspace.plan_move(&request).expect("a plan");
    sandbox.write(B, CITING.replace("say", "said"));
    let error = workspace.apply_move(&request, &preview.digest).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::Conflict);
    assert_eq!(sandbox.read(A), NYGARD);
}

#[test]
fn names_that_are_taken_or_none_are_refused() {
    let sandbox = two();
    let workspace = sandbox.open();
    let code = |name: &str, folder: Option<&str>| {
        let request = MoveRequest {
            path: A.to_owned(),
            name: Some(name.to_owned()),
            folder: folder.map(str::to_owned),
            ..MoveRequest::default()
        };
        workspace.plan_move(&request).expect_err(name).code()
    };
    assert_eq!(code("0002-keep-rows.md", None), ErrorCode::Conflict);
    assert_eq!(code("../x.md", None), ErrorCode::Usage);
    assert_eq!(code("x.exe.md/", None), ErrorCode::Usage);
    assert_eq!(code("0001-use-postgres.md", None), ErrorCode::Usage);
    assert_eq!(code("0001-x.md", Some("../out")), ErrorCode::Usage);
}

#[test]
fn what_others_rest_on_is_deleted_only_by_force() {
    let sandbox = two();
    let workspace = sandbox.open();
    let preview = workspace.plan_delete("1").expect("a plan");
    assert!(preview.notes.iter().any(|note| note.contains("rests on")), "{:?}", preview.notes);
    let error = workspace.apply_delete(A, false, &preview.digest).expect_err("refused");
    assert_eq!((error.code(), error.details()), (ErrorCode::Usage, Some(B)));
    assert!(sandbox.root().join(A).exists());
    let reply = workspace.apply_delete(A, true, &preview.digest).expect("deleted");
    assert!(!sandbox.root().join(A).exists());
    assert!(reply.problems.iter().any(|problem| problem.code == "P003" && problem.path == B), "{:?}", reply.problems);
    assert_eq!(workspace.decisions().decisions.len(), 1);
}

#[test]
fn the_rules_beside_a_record_and_its_folder_go_along() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/2024-01-02-use-x/README.md", "# Use X\n\n## Status\n\nAccepted\n\n![p](p.png)\n");
    sandbox.write("docs/adr/2024-01-02-use-x/p.png", [0u8, 1]).write(A, NYGARD);
    sandbox.write("docs/adr/0001-use-postgres.rules.yaml", "rules: []\n");
    let workspace = sandbox.open();
    let request = MoveRequest {
        path: "docs/adr/2024-01-02-use-x/README.md".to_owned(),
        title: Some("Use Y".to_owned()),
        ..MoveRequest::default()
    };
    let preview = workspace.plan_move(&request).expect("a plan");
    workspace.apply_move(&request, &preview.digest).expect("applied");
    let moved = sandbox.read("docs/adr/2024-01-02-use-y/README.md");
    assert!(moved.contains("![p](../2024-01-02-use-x/p.png)"), "{moved}");

    let request = rename("Use MySQL");
    let preview = workspace.plan_move(&MoveRequest { path: A.to_owned(), ..request.clone() }).expect("a plan");
    workspace.apply_move(&MoveRequest { path: A.to_owned(), ..request }, &preview.digest).expect("applied");
    assert_eq!(sandbox.read("docs/adr/0001-use-mysql.rules.yaml"), "rules: []\n");
    assert!(!sandbox.root().join("docs/adr/0001-use-postgres.rules.yaml").exists());
}
