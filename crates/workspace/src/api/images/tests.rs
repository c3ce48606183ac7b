//! Pictures that are dropped or pasted into a record.

#![expect(clippy::disallowed_methods, reason = "tests make files by hand")]

use crate::api::tests::{NYGARD, Sandbox};
use precedent_core::wire::ErrorCode;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\xff\xfe picture";
const RECORD: &str = "docs/adr/0001-use-postgres.md";

#[test]
fn a_picture_goes_beside_the_record_once_and_can_be_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, NYGARD);
    let workspace = sandbox.open();
    let added = workspace.add_image(RECORD, PNG).expect("added");
    assert!(added.link.starts_with("images/0001-use-postgres-") && added.link.ends_with(".png"), "{}", added.link);
    assert_eq!(added.path, format!("docs/adr/{}", added.link));
    assert_eq!(std::fs::read(sandbox.root().join(&added.path)).expect("there"), PNG);
    let files = workspace.git_status().expect("status").files;
    assert!(files.iter().any(|file| file.path == added.path), "Changes shows it: {files:?}");

    let again = workspace.add_image(RECORD, PNG).expect("added again");
    assert!(again.known && again.path == added.path);
    let undo = workspace.plan_undo(None).expect("a step");
    let shown = &undo.files[0];
    assert_eq!((shown.action.as_str(), shown.notice.as_deref()), ("delete", Some("binary")));
    assert!(shown.diff.is_empty() && shown.lines_removed == 0, "{:?}", shown.diff);
    workspace.apply_undo(None, &undo.digest).expect("taken back");
    assert!(!sandbox.root().join(&added.path).exists());
}

#[test]
fn nothing_is_overwritten() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, NYGARD);
    let workspace = sandbox.open();
    let first = workspace.add_image(RECORD, PNG).expect("added");
    sandbox.write(&first.path, "somebody else's");
    let second = workspace.add_image(RECORD, PNG).expect("added");
    assert_eq!(second.path, first.path.replace(".png", "-2.png"));
    assert_eq!(sandbox.read(&first.path), "somebody else's");
}

#[test]
fn the_log_s_own_place_is_used() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, NYGARD);
    sandbox.write("docs/adr/0002-b.md", NYGARD.replace("We need rows.", "![rows](../pictures/rows.png)"));
    let workspace = sandbox.open();
    let added = workspace.add_image(RECORD, PNG).expect("added");
    assert!(added.link.starts_with("../pictures/0001-use-postgres-"), "{}", added.link);

    let other = Sandbox::new();
    other.write(RECORD, NYGARD).write("docs/adr/assets/logo.txt", "");
    let added = other.open().add_image(RECORD, PNG).expect("added");
    assert!(added.link.starts_with("assets/"), "{}", added.link);
}

#[test]
fn what_is_no_picture_or_leaves_the_repository_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, NYGARD);
    sandbox.write("docs/adr/0002-b.md", NYGARD.replace("We need rows.", "![out](../../../out/rows.png)"));
    let workspace = sandbox.open();
    let refused = |bytes: &[u8]| workspace.add_image(RECORD, bytes).expect_err("refused").code();
    assert_eq!(refused(b"#!/bin/sh\n"), ErrorCode::Usage);
    let mut huge = PNG.to_vec();
    huge.resize(11 * 1024 * 1024, 0);
    assert_eq!(refused(&huge), ErrorCode::Usage);
    let file = sandbox.dir.path().join("picture.exe");
    std::fs::write(&file, "MZ").expect("a file");
    assert_eq!(workspace.add_image_file(RECORD, &file).expect_err("refused").code(), ErrorCode::Usage);
    let added = workspace.add_image(RECORD, PNG).expect("added inside");
    assert!(added.path.starts_with("docs/adr/images/"), "{}", added.path);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    let sandbox = Sandbox::new();
    sandbox.write(RECORD, NYGARD);
    let outside = sandbox.dir.path().join("outside");
    std::fs::create_dir(&outside).expect("a folder");
    std::os::unix::fs::symlink(&outside, sandbox.root().join("docs/adr/images")).expect("a link");
    assert!(sandbox.open().add_image(RECORD, PNG).is_err());
    assert_eq!(std::fs::read_dir(&outside).expect("a folder").count(), 0);
}
