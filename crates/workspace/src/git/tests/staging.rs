//! Staging and unstaging: what the index holds afterwards is what `git add` and `git reset` would have left.

use super::fixture::{Fixture, RECORD, record};
use crate::git::stage::{stage, unstage};
use precedent_core::wire::{ErrorCode, Trust};

fn trusted() -> Trust {
    Trust { trusted: true, reasons: Vec::new() }
}

fn untrusted() -> Trust {
    Trust { trusted: false, reasons: vec!["filter.shout.clean".into()] }
}

fn index(at: &Fixture) -> String {
    at.git(&["ls-files", "--stage", "-z"])
}

/// Makes the same change twice; stages once with us, once with git; compares the staging areas.
fn same_as_git_add(paths: &[&str], change: impl Fn(&Fixture)) {
    let (ours, theirs) = (Fixture::with_record(), Fixture::with_record());
    change(&ours);
    change(&theirs);
    let list: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    stage(&ours.root(), &ours.program(), &trusted(), &list).expect("staged");
    let args: Vec<&str> = ["--literal-pathspecs", "add", "-A", "--"].into_iter().chain(paths.iter().copied()).collect();
    theirs.git(&args);
    assert_eq!(index(&ours), index(&theirs), "{paths:?}");
    // Unstaging everything leaves what HEAD holds.
    unstage(&ours.root(), &list).expect("unstaged");
    assert_eq!(ours.git(&["diff", "--cached", "--name-only"]), "", "{paths:?}");
    ours.fsck();
}

#[test]
fn staging_is_what_git_add_does() {
    same_as_git_add(&[RECORD], |at| at.write(RECORD, &record("accepted", "Yes.")));
    same_as_git_add(&[RECORD], |at| at.delete(RECORD));
    same_as_git_add(&["new.md"], |at| at.write("new.md", "x\n"));
    same_as_git_add(&["src"], |at| {
        at.write("src/main.rs", "fn main() { }\n");
        at.write("src/deep/new.rs", "\n");
    });
    same_as_git_add(&["src"], |at| at.delete("src/main.rs"));
    same_as_git_add(&["src/main.rs"], |at| at.make_executable("src/main.rs"));
}

#[test]
fn odd_names_are_taken_literally() {
    for name in
        ["glob[1]*.md", "*", "with space.md", "ünïcödé.md", "-dash.md", ":(top)x.md", "new\nline.md", "quote\"s.md"]
    {
        same_as_git_add(&[name], |at| {
            at.write(name, "x\n");
            at.write("other.md", "y\n");
        });
    }
}

#[test]
fn line_ends_and_filters_are_applied_as_git_does() {
    same_as_git_add(&["crlf.txt"], |at| {
        at.write(".gitattributes", "*.txt text\n");
        at.write("crlf.txt", "a\r\nb\r\n");
    });
    same_as_git_add(&["loud.txt"], |at| {
        at.write(".gitattributes", "*.txt filter=shout\n");
        at.git(&["config", "filter.shout.clean", "tr a-z A-Z"]);
        at.write("loud.txt", "hello\n");
    });
    same_as_git_add(&["utf16.txt"], |at| {
        at.write(".gitattributes", "*.txt working-tree-encoding=UTF-16LE eol=lf\n");
        std::fs::write(at.root().join("utf16.txt"), b"h\0i\0\n\0").expect("a file");
    });
}

#[test]
fn a_filter_of_an_untrusted_repository_does_not_run() {
    let at = Fixture::with_record();
    at.write(".gitattributes", "*.txt filter=shout\n");
    at.git(&["config", "filter.shout.clean", "touch ran; cat"]);
    at.write("loud.txt", "hello\n");
    let before = index(&at);
    let error = stage(&at.root(), &at.program(), &untrusted(), &["loud.txt".into()]).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::NeedsTrust);
    assert_eq!(error.details(), Some("filter.shout.clean"));
    assert_eq!(index(&at), before);
    assert!(!at.root().join("ran").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_became_a_link_is_staged_as_gone() {
    let (ours, theirs) = (Fixture::with_record(), Fixture::with_record());
    for at in [&ours, &theirs] {
        std::fs::rename(at.root().join("src"), at.below("code")).expect("a move");
        std::os::unix::fs::symlink("../code", at.root().join("src")).expect("a link");
    }
    let changed: Vec<String> = ours.entries().into_iter().map(|entry| entry.path).collect();
    stage(&ours.root(), &ours.program(), &trusted(), &changed).expect("staged");
    theirs.git(&["add", "-A"]);
    assert_eq!(index(&ours), index(&theirs), "{changed:?}");
}

#[test]
fn unstaging_a_rename_brings_both_sides_back() {
    let at = Fixture::with_record();
    at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
    unstage(&at.root(), &["docs/decisions/0001-crimson.md".into()]).expect("unstaged");
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]), "");
    assert!(at.root().join("docs/decisions/0001-crimson.md").exists());
}

#[test]
fn unstaging_works_before_the_first_commit_and_for_folders() {
    let at = Fixture::new();
    at.write("a.md", "x\n");
    at.write("dir/b.md", "x\n");
    at.git(&["add", "-A"]);
    unstage(&at.root(), &["a.md".into(), "dir".into()]).expect("unstaged");
    assert_eq!(index(&at), "");

    let at = Fixture::with_record();
    at.git(&["rm", "-qr", "docs"]);
    unstage(&at.root(), &["docs".into()]).expect("unstaged");
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]), "");
}

#[test]
fn staging_settles_a_conflict() {
    let at = Fixture::with_record();
    super::listing::conflict(&at, |at| at.write(RECORD, "theirs\n"), |at| at.write(RECORD, "ours\n"));
    at.write(RECORD, "both\n");
    stage(&at.root(), &at.program(), &trusted(), &[RECORD.into()]).expect("staged");
    assert!(!at.repo().index().expect("an index").has_conflicts());
}

#[test]
fn what_is_not_there_or_outside_is_refused() {
    let at = Fixture::with_record();
    let code = |path: &str| stage(&at.root(), &at.program(), &trusted(), &[path.into()]).expect_err("refused").code();
    assert_eq!(code("nothing.md"), ErrorCode::NotFound);
    for path in ["../x", "/etc/passwd", ".git/config", "a/../../b", ""] {
        assert_eq!(code(path), ErrorCode::Usage, "{path}");
    }
    at.write(".git/index.lock", "");
    at.write("new.md", "x\n");
    let error = stage(&at.root(), &at.program(), &trusted(), &["new.md".into()]).expect_err("locked");
    assert!(error.to_string().contains("another program"), "{error}");
}
