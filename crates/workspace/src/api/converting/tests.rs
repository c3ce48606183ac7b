//! Records that are not UTF-8: converted on request, otherwise moved, deleted and taken back byte for byte.

use crate::api::tests::Sandbox;
use precedent_core::wire::{ErrorCode, FieldEdit, MoveRequest, PlanPreview, RenumberRequest, SupersedeRequest};

const A: &str = "docs/adr/0001-caf.md";
const B: &str = "docs/adr/0002-rows.md";
/// Latin-1 with a quote of Windows-1252.
const LATIN1: &[u8] =
    b"# 1. Caf\xe9\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\nSee [rows](0002-rows.md), \x93so\x94.\r\n";
const ROWS: &str = "# 2. Rows\n\n## Status\n\nAccepted\n\n## Context\n\nAs [the first](0001-caf.md) says.\n";

fn latin1() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(A, LATIN1).write(B, ROWS);
    sandbox
}

fn bytes(sandbox: &Sandbox, path: &str) -> Vec<u8> {
    std::fs::read(sandbox.root().join(path)).expect("a file")
}

/// The changed lines of a plan, `-` and `+` in front.
fn changes(plan: &PlanPreview) -> Vec<String> {
    let lines = plan.files.iter().flat_map(|file| &file.diff).flat_map(|hunk| &hunk.lines);
    let text = |sign: char, line: &precedent_core::wire::DiffLine| {
        std::iter::once(sign).chain(line.runs.iter().flat_map(|run| run.text.chars())).collect::<String>()
    };
    lines
        .filter(|line| line.kind != "same")
        .map(|line| text(if line.kind == "add" { '+' } else { '-' }, line))
        .collect()
}

#[test]
fn a_conversion_keeps_the_text_and_shows_how_it_was_read() {
    let sandbox = latin1();
    let workspace = sandbox.open();
    let plan = workspace.plan_convert(A, "utf-8").expect("a plan");
    assert!(plan.notes[0].contains("Latin-1"), "{:?}", plan.notes);
    let expected = [
        "-# 1. Caf\u{fffd}",
        "+# 1. Café",
        "-See [rows](0002-rows.md), \u{fffd}so\u{fffd}.",
        "+See [rows](0002-rows.md), “so”.",
    ];
    assert_eq!(changes(&plan).iter().map(|line| line.trim_end()).collect::<Vec<_>>(), expected);
    workspace.apply_convert(A, "utf-8", &plan.digest).expect("converted");
    assert!(sandbox.read(A).starts_with("# 1. Café\r\n\r\n## Status\r\n"));
    assert_eq!(workspace.plan_convert(A, "utf-8").expect_err("done").code(), ErrorCode::Usage);
    let edit = FieldEdit { key: "status".to_owned(), values: vec!["deprecated".to_owned()] };
    workspace.set_fields(A, &[edit], false).expect("can be edited now");

    for _ in 0..2 {
        let plan = sandbox.open().plan_undo(None).expect("a plan");
        sandbox.open().apply_undo(None, &plan.digest).expect("taken back");
    }
    assert_eq!(bytes(&sandbox, A), LATIN1);
}

#[test]
fn an_edit_is_refused_and_names_what_helps() {
    let sandbox = latin1();
    let workspace = sandbox.open();
    let edit = FieldEdit { key: "status".to_owned(), values: vec!["deprecated".to_owned()] };
    let error = workspace.set_fields(A, &[edit], false).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::CannotEdit);
    assert!(error.hint().is_some_and(|hint| hint.contains("precedent convert docs/adr/0001-caf.md --to utf-8")));
    let problems = workspace.lint();
    let problem = problems.iter().find(|problem| problem.code == "P014").expect("a problem");
    assert!(problem.hint.as_ref().is_some_and(|hint| hint.contains("precedent convert")), "{problem:?}");
    assert_eq!(bytes(&sandbox, A), LATIN1);
}

#[test]
fn a_record_in_another_encoding_moves_goes_and_comes_back_as_it_is() {
    let sandbox = latin1();
    let workspace = sandbox.open();
    let request = MoveRequest { path: A.to_owned(), folder: Some("docs/adr/old".to_owned()), ..MoveRequest::default() };
    let plan = workspace.plan_move(&request).expect("a plan");
    let left =
        "docs/adr/old/0001-caf.md:9 names the old place and is left so: Latin-1 (Windows-1252) is not written here.";
    assert!(plan.notes.iter().any(|note| note == left), "{:?}", plan.notes);
    workspace.apply_move(&request, &plan.digest).expect("moved");
    assert_eq!(bytes(&sandbox, "docs/adr/old/0001-caf.md"), LATIN1);
    assert!(sandbox.read(B).contains("(old/0001-caf.md)"));

    let workspace = sandbox.open();
    let plan = workspace.plan_undo(None).expect("a plan");
    workspace.apply_undo(None, &plan.digest).expect("taken back");
    assert_eq!((bytes(&sandbox, A), sandbox.read(B)), (LATIN1.to_vec(), ROWS.to_owned()));

    let plan = workspace.plan_delete(A).expect("a plan");
    workspace.apply_delete(A, true, &plan.digest).expect("deleted");
    assert!(!sandbox.root().join(A).exists());
    let plan = workspace.plan_undo(None).expect("a plan");
    workspace.apply_undo(None, &plan.digest).expect("taken back");
    assert_eq!(bytes(&sandbox, A), LATIN1);
}

#[test]
fn what_cites_a_moved_record_in_another_encoding_or_markup_is_named() {
    let sandbox = latin1();
    sandbox.write("docs/adr/0003-x.adoc", "= X\n\n== Status\n\nAccepted\n\nSee xref:0002-rows.md[rows].\n");
    sandbox.write("docs/adr/0004-y.rst", "Y\n=\n\nStatus\n------\n\nAccepted\n\nSee `rows <0002-rows.md>`_.\n");
    let workspace = sandbox.open();
    let request =
        MoveRequest { path: B.to_owned(), name: Some("0002-columns.md".to_owned()), ..MoveRequest::default() };
    let plan = workspace.plan_move(&request).expect("a plan");
    let left = |place: &str| plan.notes.iter().any(|note| note.starts_with(&format!("{place} names the old place")));
    assert!(left("docs/adr/0001-caf.md:9"), "{:?}", plan.notes);
    assert!(left("docs/adr/0003-x.adoc:7"), "{:?}", plan.notes);
    assert!(left("docs/adr/0004-y.rst:9"), "{:?}", plan.notes);
    assert_eq!(plan.files.len(), 2, "{:?}", plan.files);

    let request = RenumberRequest { path: Some(A.to_owned()), number: Some(9), ..RenumberRequest::default() };
    let plan = workspace.plan_renumber(&request).expect("a plan");
    workspace.apply_renumber(&request, &plan.digest).expect("renumbered");
    assert!(plan.notes.iter().any(|note| note.starts_with("docs/adr/0009-caf.md:1 ")), "{:?}", plan.notes);
    assert_eq!(bytes(&sandbox, "docs/adr/0009-caf.md"), LATIN1);
    assert!(sandbox.read(B).contains("(0009-caf.md)"));
}

#[test]
fn a_successor_speaks_for_a_record_in_another_encoding() {
    let sandbox = latin1();
    let workspace = sandbox.open();
    let request = SupersedeRequest {
        old: A.to_owned(),
        title: Some("Tea".to_owned()),
        status: Some("accepted".to_owned()),
        ..SupersedeRequest::default()
    };
    let plan = workspace.plan_supersede(&request).expect("a plan");
    assert!(plan.notes.iter().any(|note| note.contains("left as it is")), "{:?}", plan.notes);
    workspace.apply_supersede(&request, &plan.digest).expect("written");
    assert_eq!(bytes(&sandbox, A), LATIN1);
}

#[test]
fn utf_16_is_converted_whole_or_not_at_all() {
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let whole = [b"\xff\xfe".to_vec(), units("# 1. Café 😀\r\n\r\n## Status\r\n\r\nAccepted\r\n")].concat();
    let sandbox = Sandbox::new();
    sandbox.write(A, &whole);
    let workspace = sandbox.open();
    assert_eq!(workspace.decisions().decisions[0].title, "Café 😀");
    let plan = workspace.plan_convert(A, "utf-8").expect("a plan");
    assert!(plan.notes[0].contains("UTF-16"), "{:?}", plan.notes);
    workspace.apply_convert(A, "UTF-8", &plan.digest).expect("converted");
    assert_eq!(sandbox.read(A), "# 1. Café 😀\r\n\r\n## Status\r\n\r\nAccepted\r\n");

    sandbox.write(A, [whole.clone(), vec![b'x']].concat());
    workspace.refresh(&[A]);
    let error = workspace.plan_convert(A, "utf-8").expect_err("half a character");
    assert!(error.code() == ErrorCode::CannotEdit && error.to_string().contains("odd number"), "{error}");
    sandbox.write(A, [whole, 0xd83du16.to_le_bytes().to_vec(), units("!")].concat());
    workspace.refresh(&[A]);
    let error = workspace.plan_convert(A, "utf-8").expect_err("half a pair");
    assert!(error.to_string().contains("line 6 holds half"), "{error}");
}
