//! Status: libgit2 and git agree; records come first and say what changed.

use super::fixture::{Fixture, RECORD, record};
use crate::git::status::{Change, by_program};
use precedent_core::wire::{ChangedFile, ErrorCode, Spaces, StatusWord};

/// Starts with files `a.txt`, `b.md`, `dir/c.txt` (ten lines each), changes them, and compares both readings.
fn agree(name: &str, change: impl FnOnce(&Fixture)) {
    let fixture = Fixture::new();
    let lines: String = (0..10).map(|line| format!("line {line}\n")).collect();
    for file in ["a.txt", "b.md", "dir/c.txt"] {
        fixture.write(file, &format!("{file}\n{lines}"));
    }
    fixture.commit_all("Start");
    change(&fixture);
    let by_git = by_program(&fixture.program(), &fixture.root(), &[]).expect("a status");
    assert_eq!(fixture.entries(), by_git, "{name}");
    assert!(name == "clean" || !by_git.is_empty(), "{name} changes nothing");
}

#[test]
fn both_readings_agree_on_ordinary_changes() {
    agree("clean", |_| {});
    agree("edited", |at| at.write("a.txt", "other\n"));
    agree("edited and staged", |at| {
        at.write("a.txt", "other\n");
        at.git(&["add", "a.txt"]);
    });
    agree("staged and edited again", |at| {
        at.write("a.txt", "other\n");
        at.git(&["add", "a.txt"]);
        at.write("a.txt", "third\n");
    });
    agree("staged and taken back on disk", |at| {
        at.write("a.txt", "other\n");
        at.git(&["add", "a.txt"]);
        at.git(&["show", "HEAD:a.txt"]);
        at.write("a.txt", &at.git(&["show", "HEAD:a.txt"]));
    });
    agree("deleted", |at| at.delete("a.txt"));
    agree("deleted and staged", |at| {
        at.git(&["rm", "-q", "a.txt"]);
    });
    agree("deleted in git, kept on disk", |at| {
        at.git(&["rm", "-q", "--cached", "a.txt"]);
    });
    agree("untracked, in a folder too", |at| {
        at.write("new.txt", "x\n");
        at.write("fresh/deep/new.txt", "x\n");
    });
    agree("ignored beside untracked", |at| {
        at.write(".gitignore", "*.log\nbuild/\n");
        at.write("x.log", "x\n");
        at.write("build/out.txt", "x\n");
        at.write("dir/y.txt", "y\n");
    });
    agree("odd names", |at| {
        for name in
            ["with space.md", "quote\"s.md", "glob[1]*.md", "ünïcödé.md", "tab\there.md", "-dash.md", "new\nline.md"]
        {
            at.write(name, "x\n");
        }
        at.git(&["add", "--", "with space.md", "ünïcödé.md"]);
    });
}

#[test]
fn both_readings_agree_on_moves_kinds_and_conflicts() {
    agree("renamed and staged", |at| {
        at.git(&["mv", "a.txt", "z.txt"]);
    });
    agree("renamed, staged, edited", |at| {
        at.git(&["mv", "a.txt", "dir/z.txt"]);
        let text = at.git(&["show", "HEAD:a.txt"]);
        at.write("dir/z.txt", &text.replace("line 9", "line nine"));
        at.git(&["add", "-A"]);
        at.write("dir/z.txt", "gone\n");
    });
    agree("renamed on disk only", |at| {
        std::fs::rename(at.root().join("a.txt"), at.root().join("q.txt")).expect("a move");
    });
    agree("a folder moved", |at| {
        at.git(&["mv", "dir", "other"]);
    });
    agree("a new file staged and deleted", |at| {
        at.write("new.txt", "x\n");
        at.git(&["add", "new.txt"]);
        at.delete("new.txt");
    });
    agree("executable bit", |at| at.make_executable("a.txt"));
    agree("executable bit staged", |at| {
        at.make_executable("a.txt");
        at.git(&["add", "a.txt"]);
    });
    agree("line ends converted", |at| {
        at.write(".gitattributes", "*.txt text\n");
        at.git(&["add", "-A"]);
        at.git(&["commit", "-qm", "attributes"]);
        let text = at.git(&["show", "HEAD:a.txt"]);
        at.write("a.txt", &text.replace('\n', "\r\n"));
        at.write("b.md", "changed\r\n");
    });
    agree("both sides changed", |at| {
        conflict(at, |at| at.write("a.txt", "theirs\n"), |at| at.write("a.txt", "ours\n"));
    });
    agree("changed here, deleted there", |at| conflict(at, |at| at.delete("a.txt"), |at| at.write("a.txt", "ours\n")));
    agree("deleted here, changed there", |at| {
        conflict(at, |at| at.write("a.txt", "theirs\n"), |at| at.delete("a.txt"));
    });
    agree("added on both sides", |at| {
        conflict(at, |at| at.write("n.txt", "theirs\n"), |at| at.write("n.txt", "ours\n"));
    });
}

#[test]
fn both_readings_agree_on_repositories_inside() {
    agree("a new repository inside", |at| {
        at.git(&["clone", "-q", ".", "inner"]);
    });
    agree("a submodule with other content", |at| {
        at.git(&["clone", "-q", ".", "inner"]);
        at.git(&["add", "inner"]);
        at.git(&["commit", "-qm", "A repository inside"]);
        at.write("inner/a.txt", "changed\n");
    });
}

#[test]
fn a_rename_is_compared_with_where_it_came_from() {
    let at = Fixture::with_record();
    at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
    at.write(
        "docs/decisions/0001-crimson.md",
        &record("accepted", "We take the red one, because it is the cheapest of all."),
    );
    at.git(&["add", "-A"]);
    let diff = at.workspace().file_diff("docs/decisions/0001-crimson.md", true, Spaces::Shown).expect("a diff");
    assert_eq!(diff.hunks.len(), 1);
    assert_eq!(diff.fields.len(), 1);
}

#[test]
fn a_folder_that_is_gone_is_told_from_one_without_git() {
    let check = |remove: &str, expected: ErrorCode, part: &str| {
        let at = Fixture::with_record();
        let workspace = at.workspace();
        std::fs::remove_dir_all(at.root().join(remove)).expect("a folder to remove");
        let error = workspace.git_status().expect_err("no status");
        assert_eq!(error.code(), expected, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    };
    check("", ErrorCode::NotFound, "any more");
    check(".git", ErrorCode::NotARepository, "is not a git repository");
}

#[test]
fn a_file_renamed_on_disk_is_one_row_and_staged_as_one_change() {
    let at = Fixture::with_record();
    let [new, other] = ["docs/decisions/0001-crimson.md", "docs/decisions/0002-blue.md"];
    std::fs::rename(at.root().join(RECORD), at.root().join(new)).expect("a move");
    at.write(new, &record("accepted", "We take the red one, because it is the cheapest of all."));
    at.write(other, "# Something else\n\nNothing of the red one is in here.\n");
    let workspace = at.workspace();
    let files = workspace.git_status().expect("a status").files;
    assert_eq!(files.len(), 2, "{files:?}");
    let renamed = find(&files, new, false);
    assert_eq!((renamed.change.as_str(), renamed.old_path.as_deref()), ("renamed", Some(RECORD)));
    assert_eq!(renamed.lead, "Renamed from 0001-red.md.");
    assert_eq!(find(&files, other, false).change, "added");
    let diff = workspace.file_diff(new, false, Spaces::Shown).expect("a diff");
    assert_eq!((diff.hunks.len(), diff.fields.len()), (1, 1), "compared with its old text");

    let sides = [new.to_owned(), RECORD.to_owned()];
    let files = workspace.stage(&sides).expect("staged").files;
    assert_eq!(find(&files, new, true).old_path.as_deref(), Some(RECORD));
    assert_eq!(
        at.git(&["status", "--porcelain", "--", "docs"]).lines().next(),
        Some("R  docs/decisions/0001-red.md -> docs/decisions/0001-crimson.md")
    );
    let files = workspace.unstage(&sides[..1]).expect("unstaged").files;
    assert_eq!(find(&files, new, false).change, "renamed");
}

#[cfg(unix)]
#[test]
fn both_readings_agree_on_symbolic_links() {
    agree("a link", |at| std::os::unix::fs::symlink("a.txt", at.root().join("link")).expect("a link"));
    agree("a file that became a link", |at| {
        at.delete("a.txt");
        std::os::unix::fs::symlink("b.md", at.root().join("a.txt")).expect("a link");
    });
}

/// Merges a branch whose change conflicts with ours.
pub(super) fn conflict(at: &Fixture, theirs: impl FnOnce(&Fixture), ours: impl FnOnce(&Fixture)) {
    at.git(&["switch", "-qc", "theirs"]);
    theirs(at);
    at.commit_all("theirs");
    at.git(&["switch", "-q", "main"]);
    ours(at);
    at.commit_all("ours");
    let (merged, out) = at.try_git(&["merge", "-q", "theirs"]);
    assert!(!merged, "{out}");
}

fn find<'a>(files: &'a [ChangedFile], path: &str, staged: bool) -> &'a ChangedFile {
    files
        .iter()
        .find(|file| file.path == path && file.staged == staged)
        .unwrap_or_else(|| panic!("{path} in {files:?}"))
}

#[test]
fn records_come_first_and_say_what_changed() {
    let at = Fixture::with_record();
    at.write("a-first-by-name.txt", "x\n");
    at.write(RECORD, &record("accepted", "We take the red one, because it is the cheapest of all."));
    let workspace = at.workspace();
    let status = workspace.git_status().expect("a status");
    let file = &status.files[0];
    assert_eq!((file.path.as_str(), file.is_record, file.label.as_deref()), (RECORD, true, Some("0001")));
    assert_eq!(file.title.as_deref(), Some("Use the red one"));
    assert_eq!(file.status, Some(StatusWord::Accepted));
    assert_eq!((file.lead.as_str(), file.sentence.as_str()), ("Proposed → Accepted.", ""));
    assert_eq!((file.lines_added, file.lines_removed), (1, 1));
    assert_eq!(status.files[1].path, "a-first-by-name.txt");
    assert!(!status.files[1].is_record);
    assert_eq!((status.branch.as_deref(), status.detached, status.operation.as_deref()), (Some("main"), false, None));
    assert_eq!(status.author.as_deref(), Some("Ann Lee <ann@example.org>"));
    assert_eq!(
        status.last_commit.map(|commit| (commit.subject, commit.date)),
        Some(("Start".into(), "2026-03-02".into()))
    );
}

#[test]
fn both_sides_of_a_partly_staged_file_are_listed() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "We take the red one, because it is the cheapest of all."));
    at.git(&["add", RECORD]);
    at.write(RECORD, &record("accepted", "We take the red one, because it is the loudest of all."));
    let files = at.workspace().git_status().expect("a status").files;
    assert_eq!(files.len(), 2);
    let (staged, on_disk) = (find(&files, RECORD, true), find(&files, RECORD, false));
    assert!(staged.partly && on_disk.partly);
    assert_eq!(staged.lead, "Proposed → Accepted.");
    assert_eq!(on_disk.lead, "Decision Outcome reworded.");
}

#[test]
fn new_deleted_renamed_and_conflicted_records_have_their_sentence() {
    let at = Fixture::with_record();
    at.write("docs/decisions/0002-blue.md", &record("draft", "").replace("red", "blue"));
    let files = at.workspace().git_status().expect("a status").files;
    let new = find(&files, "docs/decisions/0002-blue.md", false);
    assert_eq!((new.change.as_str(), new.lead.as_str()), ("added", "New draft,"));
    assert!(new.sentence.contains("Decision Outcome is empty."), "{}", new.sentence);

    at.delete("docs/decisions/0002-blue.md");
    at.git(&["mv", RECORD, "docs/decisions/0001-crimson.md"]);
    let files = at.workspace().git_status().expect("a status").files;
    let renamed = find(&files, "docs/decisions/0001-crimson.md", true);
    assert_eq!((renamed.change.as_str(), renamed.old_path.as_deref()), ("renamed", Some(RECORD)));
    assert_eq!(renamed.lead, "Renamed from 0001-red.md.");

    at.git(&["reset", "-q", "--hard"]);
    at.delete(RECORD);
    let files = at.workspace().git_status().expect("a status").files;
    let gone = find(&files, RECORD, false);
    assert_eq!((gone.change.as_str(), gone.is_record), ("deleted", true));
    assert_eq!((gone.lead.as_str(), gone.sentence.as_str()), ("Deleted.", "Was Proposed."));

    at.git(&["reset", "-q", "--hard"]);
    conflict(
        &at,
        |at| at.write(RECORD, &record("rejected", "No.")),
        |at| at.write(RECORD, &record("accepted", "Yes.")),
    );
    let status = at.workspace().git_status().expect("a status");
    assert_eq!(status.operation.as_deref(), Some("merge"));
    let file = find(&status.files, RECORD, false);
    assert_eq!((file.change.as_str(), file.lead.as_str()), ("conflicted", "Has a conflict."));
}

#[test]
fn unborn_and_detached_heads_and_upstreams_are_named() {
    let at = Fixture::new();
    at.write("a.txt", "x\n");
    let status = at.workspace().git_status().expect("a status");
    assert_eq!((status.branch.as_deref(), status.head, status.last_commit), (Some("main"), None, None));
    assert_eq!(status.files.len(), 1);

    at.commit_all("one");
    at.git(&["clone", "-q", "--bare", ".", "../bare.git"]);
    at.git(&["remote", "add", "origin", "../bare.git"]);
    at.git(&["fetch", "-q"]);
    at.git(&["branch", "-q", "-u", "origin/main"]);
    at.commit_all("two");
    at.commit_all("three");
    let status = at.workspace().git_status().expect("a status");
    assert_eq!((status.upstream.as_deref(), status.ahead, status.behind), (Some("origin/main"), 2, 0));

    at.git(&["checkout", "-q", "--detach"]);
    let status = at.workspace().git_status().expect("a status");
    assert_eq!((status.branch, status.detached), (None, true));
    assert!(status.head.is_some());
}

#[test]
fn a_file_diff_has_fields_named_hunks_and_marked_prose() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "We take the red one, because it is the loudest of all."));
    let diff = at.workspace().file_diff(RECORD, false, Spaces::Shown).expect("a diff");
    let fields: Vec<_> =
        diff.fields.iter().map(|field| (field.field.as_str(), field.old.as_str(), field.new.as_str())).collect();
    assert_eq!(fields, [("Status", "proposed", "accepted")]);
    let sections: Vec<&str> = diff.hunks.iter().map(|hunk| hunk.section.as_str()).collect();
    assert_eq!(sections, ["fields", "Decision Outcome"]);
    assert!(diff.rendered.contains("the <del>cheapest</del> <ins>loudest</ins> of all"), "{}", diff.rendered);
    assert_eq!(diff.notice, None);
}

#[test]
fn binary_and_huge_files_have_a_notice_instead_of_a_diff() {
    let at = Fixture::with_record();
    at.write("pic.bin", "a\0b");
    at.write("huge.txt", &"x".repeat(3_000_000));
    let workspace = at.workspace();
    assert_eq!(workspace.file_diff("pic.bin", false, Spaces::Shown).expect("a diff").notice.as_deref(), Some("binary"));
    assert_eq!(
        workspace.file_diff("huge.txt", false, Spaces::Shown).expect("a diff").notice.as_deref(),
        Some("too large")
    );
    let error = workspace.file_diff(RECORD, true, Spaces::Shown).expect_err("no staged change");
    assert_eq!(error.code(), precedent_core::wire::ErrorCode::NotFound);
    assert!(workspace.file_diff("../outside", false, Spaces::Shown).is_err());
}

#[test]
fn a_missing_git_program_does_not_hide_the_changes() {
    let at = Fixture::with_record();
    at.write("new.txt", "x\n");
    let mut place = crate::Place::new(at.below("cache"), at.config_dir(), jiff::civil::date(2026, 11, 20));
    place.git = at.below("no-such-git");
    let options = crate::OpenOptions { mode: precedent_core::wire::OpenMode::Git, index: false };
    let workspace = crate::Workspace::open(&at.root(), &place, &options).expect("a workspace");
    assert_eq!(workspace.git_status().expect("a status").files.len(), 1);
}

#[test]
fn every_change_has_its_word() {
    let words =
        [Change::Added, Change::Modified, Change::Deleted, Change::Renamed, Change::Conflicted, Change::Retyped];
    assert_eq!(words.map(Change::word), ["added", "modified", "deleted", "renamed", "conflicted", "typechange"]);
}
