//! The index page on disk: chosen, written, taken back, told when it is stale.

use crate::api::tests::Sandbox;
use precedent_core::wire::IndexRequest;

const A: &str = "docs/adr/0001-a.md";
const TEXT: &str = "---\nstatus: accepted\ndate: 2026-01-02\n---\n# Use A\n";

#[test]
fn a_page_is_made_staged_and_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.write(A, TEXT);
    let workspace = sandbox.open();
    let request = IndexRequest::default();
    let page = workspace.index_page(&request).expect("a page");
    assert_eq!(
        (page.path.as_str(), page.present, page.marked, page.current),
        ("docs/adr/README.md", false, false, false)
    );
    let plan = workspace.plan_index(&request).expect("a plan");
    assert_eq!(plan.files.len(), 1);
    let reply = workspace.apply_index(&request, &plan.digest).expect("written");
    assert_eq!(reply.changed, ["docs/adr/README.md"]);
    assert!(sandbox.read("docs/adr/README.md").contains("| [0001](0001-a.md) | Use A | Accepted | 2026-01-02 |"));
    let page = workspace.index_page(&request).expect("a page");
    assert!(page.present && page.marked && page.current);
    assert!(page.html.contains("data-path=\"docs/adr/0001-a.md\""), "{}", page.html);
    assert!(workspace.plan_index(&request).expect("a plan").files.is_empty());
    let back = workspace.plan_undo(None).expect("one step");
    workspace.apply_undo(None, &back.digest).expect("taken back");
    assert!(!sandbox.root().join("docs/adr/README.md").exists());
}

#[test]
fn the_page_with_marks_is_the_one_even_far_up_and_a_stale_one_is_told() {
    let sandbox = Sandbox::new();
    let page = "# Project\n\n<!-- precedent:index -->\n<!-- /precedent:index -->\n\nMore.\n";
    sandbox.write(A, TEXT).write("docs/adr/README.md", "# Log\n").write("README.md", page);
    let workspace = sandbox.open();
    let stale =
        |workspace: &crate::Workspace| workspace.lint().into_iter().filter(|problem| problem.code == "P026").count();
    assert_eq!(stale(&workspace), 1);
    let request = IndexRequest::default();
    let plan = workspace.plan_index(&request).expect("a plan");
    assert_eq!(plan.files[0].path, "README.md");
    workspace.apply_index(&request, &plan.digest).expect("written");
    let written = sandbox.read("README.md");
    assert!(
        written.starts_with("# Project\n\n<!-- precedent:index -->\n|") && written.ends_with("index -->\n\nMore.\n")
    );
    assert!(written.contains("(docs/adr/0001-a.md)"), "{written}");
    assert_eq!(sandbox.read("docs/adr/README.md"), "# Log\n");
    assert_eq!(stale(&workspace), 0);
}

#[test]
fn a_page_in_another_encoding_is_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.write(A, TEXT).write("docs/adr/README.md", b"# B\xfccher\n");
    let workspace = sandbox.open();
    let error = workspace.plan_index(&IndexRequest::default()).expect_err("not UTF-8");
    assert_eq!(error.code(), precedent_core::wire::ErrorCode::CannotEdit);
    assert!(workspace.index_page(&IndexRequest { log: Some("nowhere".into()) }).is_err());
}

#[test]
fn a_page_with_a_byte_order_mark_takes_its_index_and_keeps_the_mark() {
    let sandbox = Sandbox::new();
    sandbox.write(A, TEXT).write("docs/adr/README.md", "\u{feff}# Log\n");
    let workspace = sandbox.open();
    let request = IndexRequest::default();
    let plan = workspace.plan_index(&request).expect("a plan");
    workspace.apply_index(&request, &plan.digest).expect("written");
    let written = sandbox.read("docs/adr/README.md");
    assert!(written.starts_with("\u{feff}# Log\n\n<!-- precedent:index -->\n|"), "{written}");
    assert!(workspace.index_page(&request).expect("a page").current);
    assert!(workspace.plan_index(&request).expect("a plan").files.is_empty());
}

#[test]
fn logs_do_not_share_a_page_above_them() {
    let sandbox = Sandbox::new();
    let page = "# Project\n\n<!-- precedent:index -->\n<!-- /precedent:index -->\n";
    sandbox
        .write(A, TEXT)
        .write("services/mail/adr/0001-b.md", TEXT.replace("Use A", "Use B"))
        .write("README.md", page);
    let workspace = sandbox.open();
    assert_eq!(workspace.info().logs.len(), 2);
    for log in ["docs/adr", "services/mail/adr"] {
        let request = IndexRequest { log: Some(log.to_owned()) };
        let plan = workspace.plan_index(&request).expect("a plan");
        assert_eq!(plan.files[0].path, format!("{log}/README.md"));
        workspace.apply_index(&request, &plan.digest).expect("written");
    }
    assert_eq!(sandbox.read("README.md"), page);
    assert!(workspace.lint().iter().all(|problem| problem.code != "P026"));
}
