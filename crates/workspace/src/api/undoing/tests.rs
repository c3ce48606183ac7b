//! Taking back and doing again, across restarts and changes by others.

use crate::api::tests::{NYGARD, Sandbox};
use crate::workspace::Workspace;
use precedent_core::wire::{ErrorCode, FieldEdit, MoveRequest, NewRequest, StatusWord};

const A: &str = "docs/adr/0001-use-postgres.md";

fn one() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(A, NYGARD);
    sandbox
}

fn undo(workspace: &Workspace, id: Option<&str>) {
    let preview = workspace.plan_undo(id).expect("a plan");
    workspace.apply_undo(id, &preview.digest).expect("taken back");
}

fn deprecate(workspace: &Workspace) {
    let preview = workspace.plan_status(A, StatusWord::Deprecated).expect("a plan");
    workspace.apply_status(A, StatusWord::Deprecated, &preview.digest).expect("applied");
}

#[test]
fn a_step_is_taken_back_and_done_again_after_a_restart() {
    let sandbox = one();
    deprecate(&sandbox.open());
    let after = sandbox.read(A);
    assert_ne!(after, NYGARD);

    let workspace = sandbox.open();
    let list = workspace.undo_list();
    assert_eq!((list.len(), &*list[0].title, &*list[0].on), (1, "Deprecate 0001", "2026-11-20"));
    assert_eq!(workspace.plan_undo(None).expect("a plan").files[0].path, A);
    undo(&workspace, None);
    assert_eq!(sandbox.read(A), NYGARD);

    let workspace = sandbox.open();
    assert!(workspace.undo_list()[0].undone);
    assert_eq!(workspace.plan_undo(None).expect_err("nothing left").code(), ErrorCode::NotFound);
    let again = workspace.redo_id().expect("a step");
    undo(&workspace, Some(&again));
    assert_eq!(sandbox.read(A), after);
    assert_eq!(workspace.redo_id().expect_err("nothing to do again").code(), ErrorCode::NotFound);
}

#[test]
fn steps_go_back_in_order() {
    let sandbox = one();
    let workspace = sandbox.open();
    for day in ["2025-01-01", "2025-02-02", "2025-03-03"] {
        let edit = FieldEdit { key: "date".to_owned(), values: vec![day.to_owned()] };
        workspace.set_fields(A, &[edit], false).expect("set");
    }
    undo(&workspace, None);
    assert!(sandbox.read(A).contains("2025-02-02"));
    undo(&workspace, None);
    undo(&workspace, None);
    assert_eq!(sandbox.read(A), NYGARD);
    let again = workspace.redo_id().expect("a step");
    undo(&workspace, Some(&again));
    assert!(sandbox.read(A).contains("2025-01-01"));
}

#[test]
fn a_file_that_changed_since_is_named_and_kept() {
    let sandbox = one();
    let workspace = sandbox.open();
    deprecate(&workspace);
    let preview = workspace.plan_undo(None).expect("a plan");
    let mine = format!("{}\nmine\n", sandbox.read(A));
    sandbox.write(A, &mine);
    for error in [
        workspace.plan_undo(None).expect_err("refused"),
        workspace.apply_undo(None, &preview.digest).expect_err("refused"),
    ] {
        assert_eq!((error.code(), error.to_wire().path.as_deref()), (ErrorCode::Conflict, Some(A)));
    }
    assert_eq!(workspace.undo_list()[0].conflict.as_deref(), Some(A));
    assert_eq!(sandbox.read(A), mine);
}

#[test]
fn a_new_record_goes_from_the_staging_too_and_a_moved_one_comes_back() {
    let sandbox = one();
    let workspace = sandbox.open();
    let request = NewRequest { title: "Keep it".to_owned(), ..NewRequest::default() };
    let preview = workspace.plan_new(&request).expect("a plan");
    workspace.apply_new(&request, &preview.digest).expect("written");
    undo(&workspace, None);
    assert!(!sandbox.root().join("docs/adr/0002-keep-it.md").exists());
    let staged = workspace.git_status().expect("a status").files.into_iter().filter(|file| file.staged);
    assert_eq!(staged.count(), 0);

    let request = MoveRequest { path: A.to_owned(), folder: Some("docs/adr/db".to_owned()), ..MoveRequest::default() };
    let preview = workspace.plan_move(&request).expect("a plan");
    workspace.apply_move(&request, &preview.digest).expect("moved");
    undo(&workspace, None);
    assert_eq!(sandbox.read(A), NYGARD);
    assert!(!sandbox.root().join("docs/adr/db").exists());
}

#[test]
fn a_refused_write_leaves_no_step() {
    let sandbox = one();
    let workspace = sandbox.open();
    let hash = workspace.read_source(A).expect("a source").hash;
    sandbox.write(A, "# else\n");
    workspace.save_record(A, "# mine\n", &hash).expect_err("a conflict");
    assert!(workspace.undo_list().is_empty());
}

#[test]
fn plain_folders_have_an_undo_list_as_well() {
    let sandbox = Sandbox::plain();
    sandbox.write(A, NYGARD);
    let workspace = sandbox.open_at(&sandbox.root(), precedent_core::wire::OpenMode::Plain).expect("opens");
    deprecate(&workspace);
    undo(&workspace, None);
    assert_eq!(sandbox.read(A), NYGARD);
    assert!(!sandbox.root().join(".git").exists());
}
