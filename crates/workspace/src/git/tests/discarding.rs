//! Throwing changes away: what goes was shown, is kept, and comes back.

use super::fixture::{Fixture, RECORD, record};
use crate::Workspace;
use precedent_core::wire::{DiffPart, DiscardRequest, ErrorCode, Spaces, TrashItem};

fn discard(workspace: &Workspace, path: &str) -> TrashItem {
    let base = workspace.file_diff(path, false, Spaces::Shown).expect("a diff").base;
    workspace.discard(&DiscardRequest { path: path.into(), base, ..DiscardRequest::default() }).expect("discarded")
}

fn read(at: &Fixture, path: &str) -> Option<String> {
    std::fs::read(at.root().join(path)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn a_record_goes_back_and_comes_again() {
    let at = Fixture::with_record();
    let committed = read(&at, RECORD).expect("a file");
    let changed = record("accepted", "Months of work.");
    at.write(RECORD, &changed);
    let workspace = at.workspace();
    let item = discard(&workspace, RECORD);
    assert_eq!((item.name.as_str(), item.change.as_str(), item.changed_since), ("0001", "modified", false));
    assert_eq!((item.lines_added, item.lines_removed), (2, 2));
    assert_eq!(read(&at, RECORD).as_ref(), Some(&committed));
    assert_eq!(at.git(&["status", "--porcelain"]), "");
    assert_eq!(workspace.trash().expect("a list"), std::slice::from_ref(&item));

    workspace.restore_discarded(&item.id, false).expect("restored");
    assert_eq!(read(&at, RECORD), Some(changed.clone()));
    assert_eq!(workspace.trash().expect("a list"), [], "what is back is no trash");

    // The undo list has both steps, too.
    let undo = workspace.undo_list();
    assert_eq!(undo[0].title, "Restore 0001");
    assert_eq!(undo[1].title, "Discard changes to 0001");
    at.fsck();
}

#[test]
fn new_and_deleted_files_are_discarded_too() {
    let at = Fixture::with_record();
    at.write("notes/deep/idea.txt", "an idea\n");
    at.delete("src/main.rs");
    let workspace = at.workspace();
    let idea = discard(&workspace, "notes/deep/idea.txt");
    assert_eq!(read(&at, "notes/deep/idea.txt"), None);
    assert!(!at.root().join("notes").exists(), "git keeps no empty folders");
    let main = discard(&workspace, "src/main.rs");
    assert_eq!(read(&at, "src/main.rs").as_deref(), Some("fn main() {}\n"));
    assert_eq!(at.git(&["status", "--porcelain"]), "");
    let names: Vec<(String, String)> =
        workspace.trash().expect("a list").into_iter().map(|item| (item.name, item.change)).collect();
    assert_eq!(names, [("main.rs".into(), "deleted".into()), ("idea.txt".into(), "added".into())]);
    workspace.restore_discarded(&idea.id, false).expect("restored");
    workspace.restore_discarded(&main.id, false).expect("restored");
    assert_eq!(read(&at, "notes/deep/idea.txt").as_deref(), Some("an idea\n"));
    assert_eq!(read(&at, "src/main.rs"), None);
}

#[cfg(unix)]
#[test]
fn rights_go_back_and_come_again() {
    let at = Fixture::with_record();
    at.make_executable("src/main.rs");
    let workspace = at.workspace();
    let item = discard(&workspace, "src/main.rs");
    assert_eq!(at.git(&["status", "--porcelain"]), "");
    workspace.restore_discarded(&item.id, false).expect("restored");
    assert_eq!(at.git(&["status", "--porcelain"]), " M src/main.rs\n");
}

#[test]
fn lines_go_alone_with_their_line_ends() {
    for attribute in ["", "*.md text eol=crlf\n"] {
        let at = Fixture::new();
        at.write(".gitattributes", attribute);
        at.write("a.md", "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n");
        at.commit_all("Start");
        at.write("a.md", "one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\nnine\r\n");
        let workspace = at.workspace();
        let base = workspace.file_diff("a.md", false, Spaces::Shown).expect("a diff").base;
        let lines = Some(DiffPart { removed: vec![9], added: vec![9] });
        let request = DiscardRequest { path: "a.md".into(), base, lines, ..DiscardRequest::default() };
        let item = workspace.discard(&request).expect("discarded");
        assert_eq!(
            read(&at, "a.md").as_deref(),
            Some("one\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n"),
            "{attribute}"
        );
        workspace.restore_discarded(&item.id, false).expect("restored");
        assert!(read(&at, "a.md").expect("a file").ends_with("nine\r\n"));
    }
}

#[test]
fn what_was_not_shown_is_not_touched() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "Shown."));
    let workspace = at.workspace();
    let base = workspace.file_diff(RECORD, false, Spaces::Shown).expect("a diff").base;
    let later = record("accepted", "Written meanwhile.");
    at.write(RECORD, &later);
    let request = DiscardRequest { path: RECORD.into(), base, ..DiscardRequest::default() };
    assert_eq!(workspace.discard(&request).expect_err("refused").code(), ErrorCode::Conflict);
    assert_eq!(read(&at, RECORD), Some(later));
    assert_eq!(workspace.trash().expect("a list"), []);
}

#[test]
fn restoring_over_newer_work_keeps_that_too() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "First."));
    let workspace = at.workspace();
    let first = discard(&workspace, RECORD);
    let second = record("accepted", "Second.");
    at.write(RECORD, &second);
    assert!(workspace.trash().expect("a list")[0].changed_since);
    assert_eq!(workspace.restore_discarded(&first.id, false).expect_err("refused").code(), ErrorCode::Conflict);
    assert_eq!(read(&at, RECORD), Some(second.clone()));
    workspace.restore_discarded(&first.id, true).expect("restored");
    assert!(read(&at, RECORD).expect("a file").contains("First."));
    let kept = workspace.trash().expect("a list");
    assert_eq!(kept.len(), 1);
    workspace.restore_discarded(&kept[0].id, false).expect("and back");
    assert_eq!(read(&at, RECORD), Some(second));
}

#[test]
fn an_intent_to_add_is_no_content_and_a_staged_side_stays() {
    let at = Fixture::with_record();
    at.write("new.md", "x\n");
    at.git(&["add", "-N", "new.md"]);
    let workspace = at.workspace();
    discard(&workspace, "new.md");
    assert_eq!(read(&at, "new.md"), None);

    at.write("src/main.rs", "staged\n");
    at.git(&["add", "src/main.rs"]);
    at.write("src/main.rs", "staged\nand more\n");
    discard(&workspace, "src/main.rs");
    assert_eq!(read(&at, "src/main.rs").as_deref(), Some("staged\n"));
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]), "src/main.rs\n");
}

#[cfg(unix)]
#[test]
fn links_conflicts_and_filters_of_strangers_are_left_alone() {
    let at = Fixture::with_record();
    std::os::unix::fs::symlink("main.rs", at.root().join("src/link.rs")).expect("a link");
    let workspace = at.workspace();
    let refused = |path: &str| {
        let base = workspace.file_diff(path, false, Spaces::Shown).expect("a diff").base;
        let request = DiscardRequest { path: path.into(), base, ..DiscardRequest::default() };
        workspace.discard(&request).expect_err("refused").code()
    };
    assert_eq!(refused("src/link.rs"), ErrorCode::Usage);
    assert!(at.root().join("src/link.rs").symlink_metadata().is_ok());

    at.delete("src/link.rs");
    at.write("loud.txt", "HELLO\n");
    at.write(".gitattributes", "loud.txt filter=shout\n");
    at.commit_all("Loud");
    at.git(&["config", "filter.shout.smudge", "touch ran; tr A-Z a-z"]);
    at.write("loud.txt", "other\n");
    assert_eq!(refused("loud.txt"), ErrorCode::NeedsTrust);
    assert!(!at.root().join("ran").exists());
    assert_eq!(read(&at, "loud.txt").as_deref(), Some("other\n"));
}

#[test]
fn old_entries_are_forgotten_after_thirty_days() {
    let at = Fixture::with_record();
    at.write("a.txt", "a\n");
    at.write("b.txt", "b\n");
    let workspace = at.workspace();
    discard(&workspace, "a.txt");
    workspace.set_today(jiff::civil::date(2027, 1, 20));
    discard(&workspace, "b.txt");
    let names: Vec<String> = workspace.trash().expect("a list").into_iter().map(|item| item.name).collect();
    assert_eq!(names, ["b.txt"]);
}

#[test]
fn a_file_that_was_renamed_on_disk_has_its_old_name_again_and_the_new_one_comes_back() {
    let at = Fixture::with_record();
    at.write("src/run.sh", "#!/bin/sh\necho one\necho two\necho three\n");
    at.make_executable("src/run.sh");
    at.commit_all("A script");
    let (old, new) = ("src/run.sh", "tools/deep/start.sh");
    std::fs::create_dir_all(at.root().join("tools/deep")).expect("a folder");
    std::fs::rename(at.root().join(old), at.root().join(new)).expect("renamed");
    let edited = "#!/bin/sh\necho one\necho two\necho three\necho four\n";
    std::fs::write(at.root().join(new), edited).expect("a file");
    let workspace = at.workspace();
    let status = workspace.git_status().expect("a status");
    assert_eq!(status.files.iter().map(|file| file.change.as_str()).collect::<Vec<_>>(), ["renamed"]);
    let item = discard(&workspace, new);
    assert_eq!((item.change.as_str(), item.lines_added, item.lines_removed), ("renamed", 1, 0));
    assert_eq!(at.git(&["status", "--porcelain"]), "", "name, text and mode are git's again");
    assert!(!at.root().join("tools").exists(), "git keeps no empty folders");

    workspace.restore_discarded(&item.id, false).expect("restored");
    assert_eq!((read(&at, old), read(&at, new).as_deref()), (None, Some(edited)));
    assert!(!at.root().join("src/run.sh").exists());
    let status = workspace.git_status().expect("a status");
    assert_eq!(status.files.iter().map(|file| file.change.as_str()).collect::<Vec<_>>(), ["renamed"]);

    // Who went on with the old name keeps it.
    let item = discard(&workspace, new);
    at.write(old, "#!/bin/sh\necho mine\n");
    workspace.restore_discarded(&item.id, false).expect("restored");
    assert_eq!(read(&at, old).as_deref(), Some("#!/bin/sh\necho mine\n"));
    assert_eq!(read(&at, new).as_deref(), Some(edited));
    at.fsck();
}

#[test]
fn an_old_name_that_is_taken_is_not_written_over() {
    let at = Fixture::with_record();
    let text = read(&at, RECORD).expect("a file");
    // The record became a folder with the record in it.
    at.delete(RECORD);
    let new = format!("{RECORD}/README.md");
    at.write(&new, &text);
    let workspace = at.workspace();
    let base = workspace.file_diff(&new, false, Spaces::Shown).expect("a diff").base;
    let request = DiscardRequest { path: new.clone(), base, ..DiscardRequest::default() };
    let error = workspace.discard(&request).expect_err("taken");
    assert_eq!(error.code(), ErrorCode::Usage);
    assert!(error.to_string().contains("that name is taken"), "{error}");
    assert_eq!(read(&at, &new), Some(text));
    assert_eq!(workspace.trash().expect("a list"), []);
}
