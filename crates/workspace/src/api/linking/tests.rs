//! Links written and taken out between two records, from the plan to the bytes on disk.

use crate::api::tests::Sandbox;
use crate::workspace::Workspace;
use precedent_core::wire::{ErrorCode, LinkRequest, SupersedeRequest};
use std::sync::Arc;

const A: &str = "docs/adr/0001-use-mongo.md";
const B: &str = "docs/adr/0002-use-postgres.md";
const MADR: &str = "---\nstatus: accepted\ndate: 2025-01-02\n---\n\n# Use Mongo\n\n## Context and Problem Statement\n\nWhy.\n\n## Decision Outcome\n\nSo.\n";
const NYGARD: &str = "# 2. Use Postgres\r\n\r\nDate: 2025-02-03\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\nWhy.\r\n\r\n## Decision\r\n\r\nSo.\r\n";

fn mixed() -> (Sandbox, Arc<Workspace>) {
    let sandbox = Sandbox::new();
    sandbox.write(A, MADR).write(B, NYGARD);
    let workspace = sandbox.open();
    (sandbox, workspace)
}

fn request(from: &str, relation: &str, to: &str) -> LinkRequest {
    let relation = Some(relation.to_owned()).filter(|word| !word.is_empty());
    LinkRequest { from: from.to_owned(), relation, to: to.to_owned() }
}

fn link(workspace: &Workspace, request: &LinkRequest) -> Vec<String> {
    let plan = workspace.plan_link(request).expect("a plan");
    workspace.apply_link(request, &plan.digest).expect("written").changed
}

fn unlink(workspace: &Workspace, request: &LinkRequest) -> Vec<String> {
    let plan = workspace.plan_unlink(request).expect("a plan");
    workspace.apply_unlink(request, &plan.digest).expect("written").changed
}

#[test]
fn an_amendment_is_said_by_both_records_each_in_its_dialect() {
    let (sandbox, workspace) = mixed();
    let request = SupersedeRequest { old: A.to_owned(), by: Some(B.to_owned()), ..SupersedeRequest::default() };
    let plan = workspace.plan_amend(&request).expect("a plan");
    assert_eq!(plan.title, "Amend 0001");
    workspace.apply_amend(&request, &plan.digest).expect("written");
    assert_eq!(sandbox.read(A), MADR.replace("2025-01-02\n", "2025-01-02\namended-by: [ADR-0002]\n"));
    let said = "Accepted\r\n\r\nAmends [1. Use Mongo](0001-use-mongo.md)";
    assert_eq!(sandbox.read(B), NYGARD.replace("Accepted", said));
    let again = workspace.plan_amend(&request).expect_err("nothing to do");
    assert_eq!(again.code(), ErrorCode::Usage);
    unlink(&workspace, &LinkRequest { from: A.to_owned(), relation: None, to: B.to_owned() });
    assert_eq!((sandbox.read(A), sandbox.read(B)), (MADR.to_owned(), NYGARD.to_owned()));
}

#[test]
fn an_amendment_may_be_a_new_record() {
    let (sandbox, workspace) = mixed();
    let request =
        SupersedeRequest { old: A.to_owned(), title: Some("Shard it".to_owned()), ..SupersedeRequest::default() };
    let plan = workspace.plan_amend(&request).expect("a plan");
    let reply = workspace.apply_amend(&request, &plan.digest).expect("written");
    assert_eq!(reply.changed, ["docs/adr/0003-shard-it.md", A]);
    assert_eq!(sandbox.read(A), MADR.replace("2025-01-02\n", "2025-01-02\namended-by: [ADR-0003]\n"));
    assert!(sandbox.read("docs/adr/0003-shard-it.md").contains("ADR-0001"));
}

#[test]
fn other_relations_are_stated_by_one_record() {
    let (sandbox, workspace) = mixed();
    assert_eq!(link(&workspace, &request(B, "relates-to", A)), [B]);
    assert_eq!(link(&workspace, &request(A, "depends-on", B)), [A]);
    assert_eq!(link(&workspace, &request(A, "inspired by", B)), [A]);
    assert!(
        sandbox.read(A).contains("relates-to: [{ref: ADR-0002, as: depends-on}, {ref: ADR-0002, as: inspired-by}]")
    );
    assert!(sandbox.read(B).contains("Relates to [1. Use Mongo](0001-use-mongo.md)"));
    assert_eq!(unlink(&workspace, &request(A, "inspired-by", B)), [A]);
    assert_eq!(unlink(&workspace, &request(B, "", A)), [B], "what A says of B is A's");
    assert_eq!(unlink(&workspace, &request(A, "depends-on", B)), [A]);
    assert_eq!((sandbox.read(A), sandbox.read(B)), (MADR.to_owned(), NYGARD.to_owned()));
    let gone = workspace.plan_unlink(&request(A, "", B)).expect_err("nothing there");
    assert_eq!(gone.code(), ErrorCode::NotFound);
}

#[test]
fn linking_as_supersedes_is_superseding() {
    let (sandbox, workspace) = mixed();
    assert_eq!(link(&workspace, &request(B, "supersedes", A)), [B, A]);
    assert!(sandbox.read(A).contains("status: superseded by [ADR-0002](0002-use-postgres.md)"));
    let request = request(B, "supersedes", A);
    let plan = workspace.plan_unlink(&request).expect("a plan");
    assert!(plan.notes.iter().any(|note| note.contains("0001 keeps the status superseded")), "{:?}", plan.notes);
    workspace.apply_unlink(&request, &plan.digest).expect("written");
    assert!(sandbox.read(A).contains("status: superseded\n"));
    assert_eq!(sandbox.read(B), NYGARD);
}

#[test]
fn a_record_is_not_linked_to_itself_or_without_a_word() {
    let (_sandbox, workspace) = mixed();
    for request in [request(A, "amends", A), request(A, "", B)] {
        assert_eq!(workspace.plan_link(&request).expect_err("refused").code(), ErrorCode::Usage);
    }
}

#[test]
fn the_other_side_that_cannot_be_written_is_said() {
    let (sandbox, _) = mixed();
    sandbox.write(
        "docs/adr/0003-caf\u{e9}.md",
        b"# 3. Caf\xe9\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n",
    );
    let workspace = sandbox.open();
    let plan = workspace.plan_link(&request(A, "amends", "3")).expect("a plan");
    assert_eq!(plan.files.len(), 1);
    assert!(plan.notes.iter().any(|note| note.contains("0003 is left as it is")), "{:?}", plan.notes);
}
