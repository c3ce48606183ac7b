//! Several records at once, from the plan that is shown to the bytes on disk and back.

use crate::api::tests::Sandbox;
use precedent_core::wire::{BulkRequest, ErrorCode, StatusWord};

const A: &str = "docs/adr/0001-use-mongo.md";
const B: &str = "docs/adr/0002-use-postgres.md";
const C: &str = "docs/adr/0003-use-a-queue.md";

fn record(title: &str, fields: &str) -> String {
    format!("---\n{fields}\n---\n\n# {title}\n\n## Context\n\nWhy.\n\n## Decision\n\nSo.\n")
}

fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write(A, record("Use Mongo", "status: accepted\ndate: 2025-01-02\ntags: [storage]"))
        .write(B, record("Use Postgres", "status: proposed\ndate: 2025-02-02\nsupersedes: [ADR-0001]"))
        .write(C, record("Use a queue", "status: proposed\ndate: 2025-03-02\ntags: [mail, old]"));
    sandbox
}

fn of(paths: &[&str]) -> BulkRequest {
    BulkRequest { paths: paths.iter().map(|path| (*path).to_owned()).collect(), ..BulkRequest::default() }
}

#[test]
fn a_status_of_several_is_one_plan_and_one_step_back() {
    let sandbox = three();
    let before = [A, B, C].map(|path| sandbox.read(path));
    let workspace = sandbox.open();
    let request = BulkRequest { status: Some(StatusWord::Accepted), ..of(&[B, C]) };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    assert_eq!(preview.title, "Set status of 3 records to accepted");
    assert_eq!(preview.notes, ["0001 is superseded by 0002."]);
    assert_eq!([A, B, C].map(|path| sandbox.read(path)), before);
    let reply = workspace.apply_bulk(&request, &preview.digest).expect("written");
    assert_eq!(reply.changed, [A, B, C]);
    let now = [A, B, C].map(|path| sandbox.read(path));
    assert!(now[0].contains("status: superseded by [ADR-0002](0002-use-postgres.md)\n"), "{}", now[0]);
    assert!(now[1].contains("status: accepted\n") && now[2].contains("status: accepted\n"));
    let steps = workspace.undo_list();
    assert_eq!(steps.len(), 1);
    let back = workspace.plan_undo(None).expect("a plan");
    workspace.apply_undo(None, &back.digest).expect("taken back");
    assert_eq!([A, B, C].map(|path| sandbox.read(path)), before);
}

#[test]
fn a_record_that_cannot_take_the_step_stops_all_and_is_named() {
    let sandbox = three();
    let before = [A, B, C].map(|path| sandbox.read(path));
    let workspace = sandbox.open();
    let request = BulkRequest { status: Some(StatusWord::Rejected), ..of(&[A, C]) };
    let error = workspace.plan_bulk(&request).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::Usage);
    assert_eq!(error.to_string(), "1 of 2 records cannot take this step");
    assert_eq!(error.to_wire().details.as_deref(), Some("0001: accepted → rejected is not a step of its life"));
    let request = BulkRequest { leave_out: true, ..request };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    assert_eq!(preview.notes, ["Left out. 0001: accepted → rejected is not a step of its life."]);
    assert_eq!(preview.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), [C]);
    assert_eq!([A, B, C].map(|path| sandbox.read(path)), before);
}

#[test]
fn tags_are_added_and_taken_away_and_the_rest_stays() {
    let sandbox = three();
    let workspace = sandbox.open();
    let request =
        BulkRequest { add_tags: vec!["mail".to_owned()], remove_tags: vec!["old".to_owned()], ..of(&[A, B, C, A]) };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    assert_eq!(preview.title, "Set tags of 3 records");
    workspace.apply_bulk(&request, &preview.digest).expect("written");
    assert!(sandbox.read(A).contains("tags: [storage, mail]\n"), "{}", sandbox.read(A));
    assert!(sandbox.read(B).contains("mail"), "{}", sandbox.read(B));
    assert!(sandbox.read(C).contains("tags: [mail]\n"), "{}", sandbox.read(C));
    let error = workspace.plan_bulk(&request).expect_err("nothing to do");
    assert_eq!(error.to_string(), "nothing would change");
}

#[test]
fn a_file_that_changed_since_it_was_shown_stops_all() {
    let sandbox = three();
    let workspace = sandbox.open();
    let request = BulkRequest { add_tags: vec!["x".to_owned()], ..of(&[A, C]) };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    sandbox.write(C, record("Use a queue", "status: proposed\ntags: [other]"));
    let a = sandbox.read(A);
    let error = workspace.apply_bulk(&request, &preview.digest).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::Conflict);
    assert_eq!(sandbox.read(A), a);
}

#[test]
fn a_record_and_what_it_supersedes_are_not_accepted_at_once() {
    let sandbox = three();
    sandbox.write(A, record("Use Mongo", "status: proposed"));
    let request = BulkRequest { status: Some(StatusWord::Accepted), ..of(&[A, B]) };
    let error = sandbox.open().plan_bulk(&request).expect_err("refused");
    assert_eq!(error.to_string(), "0001 is superseded by 0002, so both cannot be accepted at once");
}

#[test]
fn two_successors_of_one_record_are_accepted_at_once() {
    let sandbox = three();
    let second = "status: proposed\ndate: 2025-03-02\nsupersedes: [ADR-0001]\nreason-supersedes: Mail waits";
    sandbox.write(C, record("Use a queue", second));
    let first = "status: proposed\ndate: 2025-02-02\nsupersedes: [ADR-0001]\nreason-supersedes: Rows";
    sandbox.write(B, record("Use Postgres", first));
    let workspace = sandbox.open();
    let request = BulkRequest { status: Some(StatusWord::Accepted), ..of(&[B, C]) };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    assert_eq!(preview.notes, ["0001 is superseded by 0002.", "0001 is superseded by 0003."]);
    workspace.apply_bulk(&request, &preview.digest).expect("written");
    let fallen = sandbox.read(A);
    assert!(fallen.contains("0002-use-postgres.md") && fallen.contains("ADR-0003"), "{fallen}");
    assert!(fallen.contains("reason-superseded: Rows; Mail waits\n"), "{fallen}");
    assert!(workspace.lint().is_empty(), "{:?}", workspace.lint());
}

#[test]
fn a_predecessor_in_another_encoding_is_left_and_told() {
    let sandbox = three();
    let latin = b"---\nstatus: accepted\ndate: 2025-01-02\n---\n\n# B\xfccher\n\n## Context\n\nWhy.\n";
    sandbox.write(A, latin);
    let workspace = sandbox.open();
    let request = BulkRequest { status: Some(StatusWord::Accepted), ..of(&[B, C]) };
    let preview = workspace.plan_bulk(&request).expect("a plan");
    assert_eq!(preview.notes.len(), 2, "{:?}", preview.notes);
    assert!(preview.notes[1].starts_with("0001 is left as it is: "), "{:?}", preview.notes);
    assert_eq!(preview.title, "Set status of 2 records to accepted");
    workspace.apply_bulk(&request, &preview.digest).expect("written");
    assert!(sandbox.read(B).contains("status: accepted\n"));
    assert!(sandbox.read_bytes(A) == latin);
}
