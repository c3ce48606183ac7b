//! Statuses, successors and fields, from the plan that is shown to the bytes on disk.

use crate::api::tests::{NYGARD, Sandbox};
use crate::workspace::Workspace;
use precedent_core::wire::{ErrorCode, FieldEdit, PlanPreview, StatusWord, SupersedeRequest};
use std::sync::Arc;

const A: &str = "docs/adr/0001-use-mongo.md";
const B: &str = "docs/adr/0002-use-postgres.md";

fn madr(title: &str, status: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2025-01-02\ndecision-makers: [\"@dana\"]\n---\n\n# {title}\n\n## Context and Problem Statement\n\nWhy.\n\n## Decision Outcome\n\nSo.\n"
    )
}

fn two(a: &str, b: &str) -> (Sandbox, Arc<Workspace>) {
    let sandbox = Sandbox::new();
    sandbox.write(A, madr("Use Mongo", a)).write(B, madr("Use Postgres", b));
    let workspace = sandbox.open();
    (sandbox, workspace)
}

fn by(status: Option<&str>) -> SupersedeRequest {
    SupersedeRequest {
        old: A.to_owned(),
        by: Some(B.to_owned()),
        status: status.map(str::to_owned),
        why: Some("We need joins.".to_owned()),
        ..SupersedeRequest::default()
    }
}

fn status(workspace: &Workspace, path: &str) -> (Option<StatusWord>, bool) {
    let decisions = workspace.decisions().decisions;
    let decision = decisions.iter().find(|decision| decision.path == path).expect("a record");
    (decision.status, decision.in_force)
}

fn paths(preview: &PlanPreview) -> Vec<&str> {
    preview.files.iter().map(|file| &*file.path).collect()
}

#[test]
fn what_becomes_of_the_links_to_a_record_is_said_when_it_falls() {
    let check = |successor: &str, expected: &str| {
        let citing = format!("{}\nSee [Mongo](0001-use-mongo.md).\n", madr("Cite", "accepted"));
        let sandbox = Sandbox::new();
        sandbox.write(A, madr("Use Mongo", "accepted")).write(B, madr("Use Postgres", successor));
        sandbox.write("docs/adr/0009-cite.md", citing);
        let notes = sandbox.open().plan_supersede(&by(None)).expect("a plan").notes;
        assert_eq!(notes.last().map(String::as_str), Some(expected));
    };
    check("accepted", "1 record cites 0001. Its links will keep working and show that it was superseded.");
    check("proposed", "1 record cites 0001.");
}

#[test]
fn a_proposed_successor_is_deferred_until_it_is_accepted() {
    let (sandbox, workspace) = two("accepted", "proposed");
    let preview = workspace.plan_supersede(&by(None)).expect("a plan");
    assert_eq!(paths(&preview), [B]);
    assert!(preview.notes.iter().any(|note| note.contains("keeps its status")), "{:?}", preview.notes);
    workspace.apply_supersede(&by(None), &preview.digest).expect("applied");
    assert_eq!(sandbox.read(A), madr("Use Mongo", "accepted"));
    assert_eq!(status(&workspace, A), (Some(StatusWord::Accepted), true));

    let preview = workspace.plan_status(B, StatusWord::Accepted).expect("a plan");
    assert_eq!(paths(&preview), [B, A]);
    assert_eq!(preview.chain.iter().map(|node| &*node.path).collect::<Vec<_>>(), [A, B]);
    workspace.apply_status(B, StatusWord::Accepted, &preview.digest).expect("applied");
    assert_eq!(status(&workspace, A), (Some(StatusWord::Superseded), false));
    assert_eq!(status(&workspace, B), (Some(StatusWord::Accepted), true));
}

#[test]
fn an_accepted_successor_changes_both_files_as_one() {
    let (sandbox, workspace) = two("accepted", "accepted");
    let preview = workspace.plan_supersede(&by(None)).expect("a plan");
    assert_eq!(paths(&preview), [B, A]);
    let reply = workspace.apply_supersede(&by(None), &preview.digest).expect("applied");
    assert_eq!(reply.changed, [B, A]);
    assert!(sandbox.read(A).contains("reason-superseded: We need joins."), "{}", sandbox.read(A));
    let decisions = workspace.decisions().decisions;
    assert_eq!(decisions[0].stated_superseded_by, [B]);
    assert_eq!(decisions[1].stated_supersedes, [A]);
    assert_eq!(status(&workspace, A), (Some(StatusWord::Superseded), false));
    let again = workspace.plan_supersede(&by(None));
    assert!(again.is_err() || again.is_ok_and(|plan| !plan.files.is_empty()));
    // Both files are staged together.
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let index = repository.index().expect("an index");
    assert!(index.iter().count() == 2, "both files are staged");
}

#[test]
fn a_plan_that_no_longer_fits_is_a_conflict_and_writes_nothing() {
    let (sandbox, workspace) = two("accepted", "accepted");
    let preview = workspace.plan_supersede(&by(None)).expect("a plan");
    sandbox.write(A, madr("Use Mongo DB", "accepted"));
    workspace.refresh(&[A]);
    let error = workspace.apply_supersede(&by(None), &preview.digest).expect_err("stale");
    assert_eq!(error.code(), ErrorCode::Conflict);
    assert_eq!(sandbox.read(B), madr("Use Postgres", "accepted"));
    assert_eq!(sandbox.read(A), madr("Use Mongo DB", "accepted"));
}

#[test]
fn nygard_records_supersede_in_their_own_words() {
    let sandbox = Sandbox::new();
    sandbox.write(A, NYGARD).write(B, NYGARD.replace("1. Use Postgres", "2. Use SQLite"));
    let workspace = sandbox.open();
    let request = SupersedeRequest { why: None, ..by(Some("accepted")) };
    let preview = workspace.plan_supersede(&request).expect("a plan");
    workspace.apply_supersede(&request, &preview.digest).expect("applied");
    assert_eq!(status(&workspace, A), (Some(StatusWord::Superseded), false));
    let old = sandbox.read(A);
    assert!(old.contains("0002-use-postgres.md") && !old.contains("---"), "{old}");
    // Everything outside the status section is as it was.
    assert!(old.starts_with(&NYGARD[..NYGARD.find("Accepted").expect("a status")]), "{old}");
    assert!(old.ends_with(&NYGARD[NYGARD.find("## Context").expect("a section")..]), "{old}");
}

#[test]
fn a_reason_is_kept_in_records_without_front_matter_now_or_later() {
    const REASON: &str = "---\nreason-superseded: We need joins.\n---\n\n# 1. Use Postgres\n";
    let two = || {
        let sandbox = Sandbox::new();
        sandbox
            .write(A, NYGARD)
            .write(B, NYGARD.replace("1. Use Postgres", "2. Use SQLite").replace("Accepted", "Proposed"));
        sandbox
    };
    let sandbox = two();
    let workspace = sandbox.open();
    let preview = workspace.plan_supersede(&by(None)).expect("a plan");
    workspace.apply_supersede(&by(None), &preview.digest).expect("applied");
    assert!(sandbox.read(B).starts_with("---\nreason-supersedes: We need joins.\n---\n\n# 2."), "{}", sandbox.read(B));
    assert_eq!(sandbox.read(A), NYGARD);
    let preview = workspace.plan_status(B, StatusWord::Accepted).expect("a plan");
    workspace.apply_status(B, StatusWord::Accepted, &preview.digest).expect("applied");
    assert!(sandbox.read(A).starts_with(REASON), "{}", sandbox.read(A));

    let sandbox = two();
    let workspace = sandbox.open();
    let preview = workspace.plan_supersede(&by(Some("accepted"))).expect("a plan");
    workspace.apply_supersede(&by(Some("accepted")), &preview.digest).expect("applied");
    assert!(sandbox.read(A).starts_with(REASON), "{}", sandbox.read(A));

    // A new successor tells it as its context.
    let sandbox = two();
    let workspace = sandbox.open();
    let request = SupersedeRequest { by: None, title: Some("Use both".to_owned()), ..by(Some("accepted")) };
    let preview = workspace.plan_supersede(&request).expect("a plan");
    workspace.apply_supersede(&request, &preview.digest).expect("applied");
    assert!(sandbox.read("docs/adr/0003-use-both.md").contains("We need joins."));
    assert!(sandbox.read(A).starts_with("# 1."), "{}", sandbox.read(A));
}

#[test]
fn requests_that_make_no_sense_are_refused_with_a_hint() {
    let (_sandbox, workspace) = two("accepted", "accepted");
    let check = |request: SupersedeRequest, code: ErrorCode| {
        let error = workspace.plan_supersede(&request).expect_err("refused");
        assert_eq!(error.code(), code, "{error}");
    };
    check(SupersedeRequest { by: Some(A.to_owned()), ..by(None) }, ErrorCode::Usage);
    check(SupersedeRequest { by: None, ..by(None) }, ErrorCode::Usage);
    check(SupersedeRequest { title: Some("Both".to_owned()), ..by(None) }, ErrorCode::Usage);
    check(SupersedeRequest { old: "99".to_owned(), ..by(None) }, ErrorCode::NotFound);
    check(SupersedeRequest { status: Some("rejected".to_owned()), ..by(None) }, ErrorCode::Usage);
    let ring = SupersedeRequest { old: B.to_owned(), by: Some(A.to_owned()), ..by(None) };
    let plan = workspace.plan_supersede(&by(None)).expect("a plan");
    workspace.apply_supersede(&by(None), &plan.digest).expect("applied");
    check(ring, ErrorCode::Usage);
    let error = workspace.plan_status(B, StatusWord::Accepted).expect_err("nothing to do");
    assert!(error.to_string().contains("already"), "{error}");
    assert_eq!(
        workspace.plan_status(B, StatusWord::Superseded).expect_err("needs a successor").code(),
        ErrorCode::Usage
    );
}

#[test]
fn a_step_that_the_lifecycle_lacks_is_written_and_said() {
    let (_sandbox, workspace) = two("rejected", "proposed");
    let preview = workspace.plan_status(A, StatusWord::Accepted).expect("a plan");
    assert!(preview.notes[0].contains("not a usual step"), "{:?}", preview.notes);
    assert!(workspace.plan_status(B, StatusWord::Accepted).expect("a plan").notes.is_empty());
}

#[test]
fn a_field_is_set_or_only_shown() {
    let (sandbox, workspace) = two("proposed", "proposed");
    let edit = [FieldEdit { key: "tags".to_owned(), values: vec!["storage".to_owned(), "billing".to_owned()] }];
    let (preview, written) = workspace.set_fields("1", &edit, true).expect("shown");
    assert!(written.is_none());
    assert_eq!((preview.files[0].lines_added, preview.files[0].lines_removed), (1, 0));
    assert_eq!(sandbox.read(A), madr("Use Mongo", "proposed"));
    workspace.set_fields("1", &edit, false).expect("set");
    assert_eq!(workspace.decisions().decisions[0].tags, ["storage", "billing"]);
    let unknown = [FieldEdit { key: "colour".to_owned(), values: vec!["red".to_owned()] }];
    assert_eq!(workspace.set_fields("1", &unknown, false).expect_err("unknown").code(), ErrorCode::Usage);
}

#[test]
fn a_record_that_is_only_shown_here_is_superseded_by_its_successors_word() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-old.adoc", "= Use Mongo\n:status: accepted\n\n== Context\n\nWhy.\n")
        .write(B, madr("Use Postgres", "accepted"));
    let workspace = sandbox.open();
    let request = SupersedeRequest { old: "docs/adr/0001-old.adoc".to_owned(), ..by(None) };
    let preview = workspace.plan_supersede(&request).expect("a plan");
    assert_eq!(paths(&preview), [B]);
    assert!(preview.notes[0].contains("left as it is"), "{:?}", preview.notes);
    workspace.apply_supersede(&request, &preview.digest).expect("applied");
    assert!(!status(&workspace, "docs/adr/0001-old.adoc").1, "no longer in force");
}

#[test]
fn an_accepted_successor_stays_accepted_and_long_rings_are_refused() {
    const C: &str = "docs/adr/0003-use-sqlite.md";
    let (sandbox, _) = two("accepted", "accepted");
    sandbox.write(C, madr("Use SQLite", "accepted"));
    let workspace = sandbox.open();
    let supersede = |old: &str, by: &str| {
        let request = SupersedeRequest {
            old: old.to_owned(),
            by: Some(by.to_owned()),
            status: Some("proposed".to_owned()),
            ..SupersedeRequest::default()
        };
        let preview = workspace.plan_supersede(&request)?;
        workspace.apply_supersede(&request, &preview.digest)
    };
    supersede(A, B).expect("applied");
    assert_eq!(status(&workspace, B), (Some(StatusWord::Accepted), true));
    supersede(B, C).expect("applied");
    let error = supersede(C, A).expect_err("a ring");
    assert!(error.to_string().contains("ring"), "{error}");
}

#[test]
fn the_reason_of_a_deferred_supersession_waits_in_the_successor() {
    let (sandbox, workspace) = two("accepted", "proposed");
    let preview = workspace.plan_supersede(&by(None)).expect("a plan");
    workspace.apply_supersede(&by(None), &preview.digest).expect("applied");
    assert!(sandbox.read(B).contains("reason-supersedes: We need joins."), "{}", sandbox.read(B));
    let preview = workspace.plan_status(B, StatusWord::Accepted).expect("a plan");
    workspace.apply_status(B, StatusWord::Accepted, &preview.digest).expect("applied");
    assert!(sandbox.read(A).contains("reason-superseded: We need joins."), "{}", sandbox.read(A));
}
