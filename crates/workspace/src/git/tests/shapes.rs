//! Conflicts that are no text of two sides: links, modes, submodules, names, encodings, filters. Each is made by a real
//! merge, settled each way that is offered, and compared with what git itself would check out and commit.

#![cfg(unix)]

use super::fixture::{Fixture, RECORD, record};
use crate::Workspace;
use precedent_core::wire::{
    ConflictAnswer, ConflictSide, ConflictView, ErrorCode, OperationStep, SettleHow, SettleRequest,
};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

/// `topic` and `main` each do their part; then main merges topic and meets a conflict.
fn parted(start: impl Fn(&Fixture), topic: impl Fn(&Fixture), main: impl Fn(&Fixture)) -> Fixture {
    let at = Fixture::with_record();
    start(&at);
    at.commit_all("Begin");
    at.git(&["switch", "-q", "-c", "topic"]);
    topic(&at);
    at.commit_all("Topic");
    at.git(&["switch", "-q", "main"]);
    main(&at);
    at.commit_all("Main");
    let (ok, said) = at.try_git(&["merge", "topic"]);
    assert!(!ok, "no conflict: {said}");
    at
}

fn settle(workspace: &Workspace, view: &ConflictView, how: SettleHow) -> crate::error::Result<()> {
    let digest = view.digest.clone();
    let answers = Vec::new();
    workspace.settle_conflict(&SettleRequest { path: view.path.clone(), how, answers, digest }).map(drop)
}

fn look(workspace: &Workspace, path: &str, kind: &str) -> ConflictView {
    let view = workspace.conflict(path).expect("a conflict");
    assert_eq!(view.kind, kind, "{view:?}");
    view
}

fn link(at: &Fixture, target: &str, path: &str) {
    let file = at.root().join(path);
    if file.symlink_metadata().is_ok() {
        std::fs::remove_file(&file).expect("removed");
    }
    symlink(target, file).expect("a link");
}

/// Mode and content of a staged file, as git tells them.
fn staged(at: &Fixture, path: &str) -> (String, String) {
    let listed = at.git(&["ls-files", "--stage", "--", path]);
    let mode = listed.split(' ').next().unwrap_or_default().to_owned();
    (mode, if listed.is_empty() { String::new() } else { at.git(&["cat-file", "blob", &format!(":0:{path}")]) })
}

/// Every conflict is settled: git commits, and finds the files as they are staged.
fn concluded(at: &Fixture, workspace: &Workspace) {
    assert_eq!(at.git(&["ls-files", "--unmerged"]), "");
    workspace.step_operation(OperationStep::Continue, false).expect("merged");
    assert_eq!(at.git(&["status", "--porcelain"]), "");
    at.fsck();
}

#[test]
fn a_link_is_settled_as_a_link_and_what_it_points_at_is_not_touched() {
    for how in [SettleHow::Mine, SettleHow::Theirs, SettleHow::Both] {
        let at = parted(
            |at| {
                at.write("aim.md", "# Aim\n");
                at.write("other.md", "# Other\n");
                link(at, "src/main.rs", "to.md");
            },
            |at| link(at, "other.md", "to.md"),
            |at| link(at, "aim.md", "to.md"),
        );
        let workspace = at.workspace();
        let view = look(&workspace, "to.md", "link");
        assert_eq!((view.mine.says.as_str(), view.theirs.says.as_str()), ("aim.md", "other.md"));
        assert_eq!(view.both_path.as_deref(), Some("to-theirs.md"));
        settle(&workspace, &view, how).expect("settled");
        let target = |path: &str| std::fs::read_link(at.root().join(path)).expect("a link");
        let own = if how == SettleHow::Theirs { "other.md" } else { "aim.md" };
        assert_eq!(target("to.md"), Path::new(own));
        assert_eq!(staged(&at, "to.md"), ("120000".to_owned(), own.to_owned()));
        if how == SettleHow::Both {
            assert_eq!(target("to-theirs.md"), Path::new("other.md"));
        }
        for (path, text) in [("aim.md", "# Aim\n"), ("other.md", "# Other\n")] {
            assert_eq!(std::fs::read_to_string(at.root().join(path)).expect("a file"), text);
        }
        concluded(&at, &workspace);
    }
}

#[test]
fn a_link_that_goes_does_not_take_its_aim_along() {
    let at = parted(
        |at| {
            at.write("aim.md", "# Aim\n");
            at.write("other.md", "# Other\n");
            link(at, "src/main.rs", "to.md");
        },
        |at| at.delete("to.md"),
        |at| link(at, "aim.md", "to.md"),
    );
    let workspace = at.workspace();
    settle(&workspace, &look(&workspace, "to.md", "deleted-there"), SettleHow::Theirs).expect("settled");
    assert!(at.root().join("to.md").symlink_metadata().is_err());
    assert_eq!(std::fs::read_to_string(at.root().join("aim.md")).expect("a file"), "# Aim\n");
    concluded(&at, &workspace);
}

#[test]
fn a_link_beside_a_file_is_kept_or_goes_under_the_name_that_git_gave_it() {
    let at = parted(|_| {}, |at| link(at, "src/main.rs", "new.md"), |at| at.write("new.md", "# New\n"));
    let workspace = at.workspace();
    let theirs = look(&workspace, "new.md", "only-there");
    assert_eq!((theirs.theirs.kind.as_str(), theirs.both_path.as_deref()), ("link", None));
    let mine = look(&workspace, "new.md~HEAD", "only-here");
    settle(&workspace, &theirs, SettleHow::Mine).expect("it goes");
    settle(&workspace, &mine, SettleHow::Mine).expect("it stays");
    assert!(at.root().join("new.md").symlink_metadata().is_err());
    assert_eq!(staged(&at, "new.md~HEAD"), ("100644".to_owned(), "# New\n".to_owned()));
    assert_eq!(std::fs::read_to_string(at.root().join("src/main.rs")).expect("a file"), "fn main() {}\n");
    concluded(&at, &workspace);
}

fn runs(at: &Fixture, path: &str) -> bool {
    at.root().join(path).metadata().expect("a file").permissions().mode() & 0o100 != 0
}

#[test]
fn a_mode_is_taken_from_the_side_that_was_chosen() {
    for (how, mode) in [(SettleHow::Mine, "100644"), (SettleHow::Theirs, "100755")] {
        let script = |at: &Fixture| at.write("run.sh", "#!/bin/sh\n");
        let at = parted(
            |_| {},
            |at| {
                script(at);
                at.make_executable("run.sh");
            },
            script,
        );
        let workspace = at.workspace();
        let view = look(&workspace, "run.sh", "mode");
        assert_eq!((view.mine.kind.as_str(), view.theirs.kind.as_str()), ("file", "executable"));
        settle(&workspace, &view, how).expect("settled");
        assert_eq!(staged(&at, "run.sh").0, mode);
        assert_eq!(runs(&at, "run.sh"), how == SettleHow::Theirs);
        concluded(&at, &workspace);
    }
}

#[test]
fn a_mode_that_one_side_changed_goes_with_merged_text_and_not_with_the_other_side() {
    let lines = |middle: &str| format!("#!/bin/sh\none\n{middle}\nthree\n");
    for (how, mode) in [(SettleHow::Answers, "100755"), (SettleHow::Mine, "100644"), (SettleHow::Theirs, "100755")] {
        let at = parted(
            |at| at.write("run.sh", &lines("two")),
            |at| {
                at.write("run.sh", &lines("TWO"));
                at.make_executable("run.sh");
            },
            |at| at.write("run.sh", &lines("2")),
        );
        let workspace = at.workspace();
        let view = look(&workspace, "run.sh", "both-changed");
        let answers = if how == SettleHow::Answers {
            vec![ConflictAnswer { side: ConflictSide::Mine, text: None }]
        } else {
            vec![]
        };
        let request = SettleRequest { path: view.path.clone(), how, answers, digest: view.digest };
        workspace.settle_conflict(&request).expect("settled");
        let text = lines(if how == SettleHow::Theirs { "TWO" } else { "2" });
        assert_eq!(staged(&at, "run.sh"), (mode.to_owned(), text));
        assert_eq!(runs(&at, "run.sh"), mode == "100755");
        concluded(&at, &workspace);
    }
}

#[test]
fn a_submodule_stands_at_the_chosen_commit_and_its_folder_is_left_alone() {
    for how in [SettleHow::Mine, SettleHow::Theirs] {
        let at = Fixture::with_record();
        at.git(&["init", "-q", "-b", "main", "inner"]);
        let author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
        let step = |subject: &str| {
            at.git(&[&["-C", "inner"], &author[..], &["commit", "-q", "--allow-empty", "-m", subject]].concat());
            at.git(&["-C", "inner", "rev-parse", "HEAD"]).trim().to_owned()
        };
        let start = step("Start");
        at.commit_all("A repository inside");
        at.git(&["switch", "-q", "-c", "topic"]);
        let theirs = step("Theirs");
        at.commit_all("Topic");
        at.git(&["switch", "-q", "main"]);
        at.git(&["-C", "inner", "checkout", "-q", &start]);
        let mine = step("Mine");
        at.commit_all("Main");
        at.try_git(&["merge", "topic"]);
        at.write("inner/notes.txt", "Work in there.\n");
        let workspace = at.workspace();
        let view = look(&workspace, "inner", "submodule");
        assert_eq!((view.mine.says.as_str(), view.theirs.says.as_str()), (&mine[..7], &theirs[..7]));
        assert_eq!(view.both_path, None);
        assert_eq!(settle(&workspace, &view, SettleHow::Both).expect_err("one only").code(), ErrorCode::Usage);
        settle(&workspace, &view, how).expect("settled");
        let id = if how == SettleHow::Mine { &mine } else { &theirs };
        assert!(at.git(&["ls-files", "--stage", "inner"]).starts_with(&format!("160000 {id} 0")));
        assert_eq!(at.git(&["-C", "inner", "rev-parse", "HEAD"]).trim(), mine);
        assert!(at.root().join("inner/notes.txt").exists());
        workspace.step_operation(OperationStep::Continue, false).expect("merged");
        at.fsck();
    }
}

#[test]
fn a_file_that_both_renamed_is_kept_under_one_name_or_both() {
    for (mine_stays, theirs_stays) in [(true, false), (false, true), (true, true)] {
        let at = parted(
            |_| {},
            |at| drop(at.git(&["mv", RECORD, "docs/decisions/0001-scarlet.md"])),
            |at| drop(at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"])),
        );
        let workspace = at.workspace();
        let (mine, theirs) = ("docs/decisions/0001-crimson.md", "docs/decisions/0001-scarlet.md");
        let view = look(&workspace, mine, "only-here");
        assert_eq!(view.other_path.as_deref(), Some(theirs));
        settle(&workspace, &view, if mine_stays { SettleHow::Mine } else { SettleHow::Theirs }).expect("settled");
        let view = look(&workspace, theirs, "only-there");
        settle(&workspace, &view, if theirs_stays { SettleHow::Theirs } else { SettleHow::Mine }).expect("settled");
        settle(&workspace, &look(&workspace, RECORD, "both-gone"), SettleHow::Mine).expect("settled");
        for (path, stays) in [(mine, mine_stays), (theirs, theirs_stays), (RECORD, false)] {
            assert_eq!(at.root().join(path).exists(), stays, "{path}");
            assert_eq!(staged(&at, path).1.is_empty(), !stays, "{path}");
        }
        concluded(&at, &workspace);
    }
}

#[test]
fn marks_that_git_put_into_a_renamed_file_are_not_committed_unseen() {
    let at = parted(
        |_| {},
        |at| {
            at.git(&["mv", RECORD, "docs/decisions/0001-scarlet.md"]);
            at.write("docs/decisions/0001-scarlet.md", &record("proposed", "We take the scarlet one, for its looks."));
        },
        |at| {
            at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
            at.write("docs/decisions/0001-crimson.md", &record("proposed", "We take the crimson one, for its price."));
        },
    );
    let workspace = at.workspace();
    let mine = "docs/decisions/0001-crimson.md";
    let view = look(&workspace, mine, "only-here");
    assert!(view.marks);
    let error = settle(&workspace, &view, SettleHow::Mine).expect_err("marks");
    assert!(error.to_string().contains("marks"), "{error}");
    at.write(mine, &record("proposed", "We take the crimson one."));
    settle(&workspace, &look(&workspace, mine, "only-here"), SettleHow::AsOnDisk).expect("settled by hand");
    let theirs = look(&workspace, "docs/decisions/0001-scarlet.md", "only-there");
    settle(&workspace, &theirs, SettleHow::Mine).expect("it goes");
    settle(&workspace, &look(&workspace, RECORD, "both-gone"), SettleHow::Theirs).expect("settled");
    assert!(staged(&at, mine).1.contains("the crimson one."));
    concluded(&at, &workspace);
}

#[test]
fn two_records_of_one_name_are_both_kept() {
    let at = parted(
        |_| {},
        |at| at.write("docs/decisions/0002-blue.md", &record("accepted", "Theirs.")),
        |at| at.write("docs/decisions/0002-blue.md", &record("proposed", "Mine.")),
    );
    let workspace = at.workspace();
    let view = look(&workspace, "docs/decisions/0002-blue.md", "both-added");
    let beside = "docs/decisions/0002-blue-theirs.md";
    assert_eq!(view.both_path.as_deref(), Some(beside));
    settle(&workspace, &view, SettleHow::Both).expect("settled");
    assert_eq!(staged(&at, &view.path).1, record("proposed", "Mine."));
    assert_eq!(staged(&at, beside).1, record("accepted", "Theirs."));
    assert_eq!(std::fs::read_to_string(at.root().join(beside)).expect("a file"), record("accepted", "Theirs."));
    concluded(&at, &workspace);
}

#[test]
fn a_file_where_the_other_side_has_a_folder_keeps_the_name_that_git_gave_it() {
    let at = parted(
        |at| at.write("notes", "one\n"),
        |at| {
            at.delete("notes");
            at.write("notes/a.txt", "a\n");
        },
        |at| at.write("notes", "one\ntwo\n"),
    );
    let workspace = at.workspace();
    let view = look(&workspace, "notes~HEAD", "deleted-there");
    settle(&workspace, &view, SettleHow::Mine).expect("settled");
    assert_eq!(staged(&at, "notes~HEAD").1, "one\ntwo\n");
    assert!(at.root().join("notes/a.txt").exists());
    concluded(&at, &workspace);
}

fn wide(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn bytes(at: &Fixture, path: &str, bytes: &[u8]) {
    std::fs::write(at.root().join(path), bytes).expect("a file");
}

#[test]
fn what_is_no_text_is_taken_byte_for_byte() {
    let (binary, utf16, latin) = ("\0\u{1}bin", "Grün\n", "no");
    let versions = |word: &str| {
        [
            ("a.bin", [binary.as_bytes(), word.as_bytes()].concat()),
            ("a.txt", wide(&format!("{utf16}{word}\n"))),
            ("b.md", [latin.as_bytes(), &[0xe9, b'\r', b'\n'], word.as_bytes()].concat()),
            ("c.md", format!("version https://git-lfs.github.com/spec/v1\noid sha256:{word}\nsize 12\n").into_bytes()),
        ]
    };
    let put = |at: &Fixture, word: &str| versions(word).iter().for_each(|(path, content)| bytes(at, path, content));
    for how in [SettleHow::Mine, SettleHow::Theirs, SettleHow::Both] {
        let at = parted(|at| put(at, "base"), |at| put(at, "theirs"), |at| put(at, "mine"));
        let workspace = at.workspace();
        let own = versions(if how == SettleHow::Theirs { "theirs" } else { "mine" });
        for ((path, own), (_, theirs)) in own.into_iter().zip(versions("theirs")) {
            let view = look(&workspace, path, "whole");
            let answers = SettleRequest {
                path: path.to_owned(),
                how: SettleHow::Answers,
                answers: Vec::new(),
                digest: view.digest.clone(),
            };
            assert_eq!(workspace.settle_conflict(&answers).expect_err("no text").code(), ErrorCode::Usage);
            settle(&workspace, &view, how).expect("settled");
            assert_eq!(std::fs::read(at.root().join(path)).expect("a file"), own, "{path}");
            if how == SettleHow::Both {
                let beside = view.both_path.expect("a name");
                assert_eq!(std::fs::read(at.root().join(beside)).expect("a file"), theirs, "{path}");
            }
        }
        concluded(&at, &workspace);
    }
}

#[test]
fn encodings_line_ends_and_filters_are_those_that_git_checks_out() {
    let put = |at: &Fixture, word: &str| {
        bytes(at, "a.txt", &wide(&format!("one\n{word}\n")));
        at.write("b.txt", &format!("one\r\n{word}\r\n"));
        at.write("c.txt", &format!("KEPT one\n{word}\n"));
    };
    for how in [SettleHow::Answers, SettleHow::Theirs] {
        let at = parted(
            |at| {
                at.write(
                    ".gitattributes",
                    "a.txt working-tree-encoding=UTF-16LE-BOM\nb.txt text eol=crlf\nc.txt filter=away\n",
                );
                // In git without the word, on disk with it: as LFS keeps names in git and files on disk.
                at.git(&["config", "filter.away.clean", "sed -e 's/^KEPT //'"]);
                at.git(&["config", "filter.away.smudge", "sed -e '1s/^/KEPT /'"]);
                put(at, "base");
            },
            |at| put(at, "theirs"),
            |at| put(at, "mine"),
        );
        let workspace = at.workspace();
        workspace.trusted(true, "this").expect("trusted");
        for path in ["a.txt", "b.txt", "c.txt"] {
            let view = look(&workspace, path, "both-changed");
            let answers =
                view.parts.iter().map(|_| ConflictAnswer { side: ConflictSide::Theirs, text: None }).collect();
            let request = SettleRequest { path: path.to_owned(), how, answers, digest: view.digest };
            workspace.settle_conflict(&request).expect("settled");
            let disk = std::fs::read(at.root().join(path)).expect("a file");
            at.git(&["checkout", "-q", "topic", "--", path]);
            assert_eq!(disk, std::fs::read(at.root().join(path)).expect("a file"), "{path}");
        }
        concluded(&at, &workspace);
    }
}

#[test]
fn a_filter_of_a_repository_that_nobody_trusts_is_not_run_to_settle() {
    let at = parted(
        |at| {
            at.write(".gitattributes", "c.txt filter=away\n");
            at.write("c.txt", "one\nbase\n");
        },
        |at| at.write("c.txt", "one\ntheirs\n"),
        |at| at.write("c.txt", "one\nmine\n"),
    );
    let sung = at.below("sung");
    at.git(&["config", "filter.away.smudge", &format!("touch {}; cat", sung.display())]);
    let workspace = at.workspace();
    let view = look(&workspace, "c.txt", "both-changed");
    assert_eq!(settle(&workspace, &view, SettleHow::Mine).expect_err("a filter").code(), ErrorCode::NeedsTrust);
    assert!(!sung.exists(), "the canary was started");
    assert!(at.git(&["ls-files", "--unmerged"]).contains("c.txt"));
}

#[test]
fn a_large_file_is_written_by_git_and_what_was_there_is_kept() {
    let large = |letter: char| letter.to_string().repeat(3 * 1024 * 1024);
    let at = parted(
        |at| at.write("big.bin", &format!("\0{}", large('b'))),
        |at| at.write("big.bin", &format!("\0{}", large('t'))),
        |at| at.write("big.bin", &format!("\0{}", large('m'))),
    );
    let workspace = at.workspace();
    settle(&workspace, &look(&workspace, "big.bin", "whole"), SettleHow::Theirs).expect("settled");
    assert_eq!(std::fs::read_to_string(at.root().join("big.bin")).expect("a file"), format!("\0{}", large('t')));
    let kept = workspace.trash().expect("a list");
    assert_eq!(kept.iter().map(|item| item.path.as_str()).collect::<Vec<_>>(), ["big.bin"]);
    concluded(&at, &workspace);
}
