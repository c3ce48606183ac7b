//! Plans meet crashes, other programs and hostile paths.

mod killed;

use super::{Store, write_atomic};
use crate::root::{Git, Root};
use crate::workspace::Place;
use precedent_core::plan::FileWrite;
use precedent_core::wire::ErrorCode;
use precedent_core::{RecordPath, WritePlan};
use std::collections::BTreeMap;
use std::path::Path;

struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir_all(folder.dir.path().join("repo")).expect("a folder");
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    fn write(&self, path: &str, text: &str) {
        write_atomic(&self.dir.path().join("repo").join(path), text.as_bytes()).expect("a file");
    }

    fn store(&self) -> Store {
        let root = Root { folder: self.dir.path().join("repo"), git: Git::default() };
        let below = |name| self.dir.path().join(name);
        let place = Place::new(below("cache"), below("config"), jiff::civil::date(2026, 11, 20));
        Store::new(&root, &place)
    }

    /// Every file below the folder with its text, temporary files too.
    fn content(&self) -> BTreeMap<String, String> {
        fn collect(folder: &Path, root: &Path, into: &mut BTreeMap<String, String>) {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    collect(&entry.path(), root, into);
                } else {
                    let path = crate::discovery::relative(root, &entry.path()).expect("below the root");
                    into.insert(path.to_string(), std::fs::read_to_string(entry.path()).expect("text"));
                }
            }
        }
        let root = self.dir.path().join("repo");
        let mut content = BTreeMap::new();
        collect(&root, &root, &mut content);
        content
    }
}

fn plan(files: &[(&str, Option<&str>, Option<&str>)]) -> WritePlan {
    let file = |(path, before, after): &(&str, Option<&str>, Option<&str>)| FileWrite {
        path: RecordPath::new(*path),
        before: before.map(Into::into),
        after: after.map(Into::into),
    };
    WritePlan { title: "Supersede ADR-0001".to_owned(), files: files.iter().map(file).collect() }
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const OLD: &[(&str, &str)] = &[("adr/0001-a.md", "old a"), ("adr/0003-c.md", "old c")];
const NEW: &[(&str, &str)] = &[("adr/0001-a.md", "new a"), ("adr/new/0002-b.md", "new b")];

/// Changes one file, makes one in a new folder, deletes one.
fn three() -> WritePlan {
    plan(&[
        ("adr/0001-a.md", Some("old a"), Some("new a")),
        ("adr/new/0002-b.md", None, Some("new b")),
        ("adr/0003-c.md", Some("old c"), None),
    ])
}

#[test]
fn a_plan_is_applied_whole() {
    let folder = Folder::new(OLD);
    folder.store().apply(&three()).expect("applies");
    assert_eq!(folder.content(), texts(NEW));
    let again = folder.store().apply(&three()).expect_err("stale");
    assert_eq!(again.code(), ErrorCode::Conflict);
    assert_eq!(folder.content(), texts(NEW));
    folder.store().apply(&three().inverse()).expect("taken back");
    assert_eq!(folder.content(), texts(OLD));
}

#[test]
fn a_crash_after_any_step_leaves_all_or_nothing_after_the_next_open() {
    let mut outcomes = Vec::new();
    for stop_after in 1.. {
        let folder = Folder::new(OLD);
        let mut steps = 0;
        let crashed = folder.store().apply_until(&three(), &mut |_| {
            steps += 1;
            steps < stop_after
        });
        if crashed.is_ok() {
            assert_eq!(steps + 1, stop_after, "every step was tried");
            break;
        }
        let message = folder.store().recover().expect("recovers");
        let content = folder.content();
        let Some(message) = message else {
            assert_eq!(content, texts(NEW), "nothing is left to say after the last step");
            continue;
        };
        assert!(content == texts(OLD) || content == texts(NEW), "after step {stop_after}: {content:?}");
        outcomes.push(content == texts(NEW));
        assert!(message.contains("Supersede ADR-0001"), "{message}");
        assert_eq!(folder.store().recover().expect("nothing left to do"), None);
    }
    // Journal, temporary, folder, temporary | decided, place, linked, place, place, cleared.
    assert_eq!(outcomes, [false, false, false, false, true, true, true, true, true]);
}

#[test]
fn a_crash_while_a_crash_is_mended_is_mended_too() {
    fn until(stop: usize) -> impl FnMut(&str) -> bool {
        let mut steps = 0;
        move |_| {
            steps += 1;
            steps < stop
        }
    }
    let mut tried = 0;
    for first in 1.. {
        if Folder::new(OLD).store().apply_until(&three(), &mut until(first)).is_ok() {
            break;
        }
        for second in 1.. {
            let folder = Folder::new(OLD);
            folder.store().apply_until(&three(), &mut until(first)).expect_err("crashes");
            if folder.store().recover_until(&mut until(second)).is_ok() {
                break;
            }
            tried += 1;
            folder.store().recover().expect("recovers");
            let content = folder.content();
            assert!(content == texts(OLD) || content == texts(NEW), "steps {first} and {second}: {content:?}");
        }
    }
    assert!(tried > 15, "{tried} pairs of steps");
}

#[test]
fn a_crashed_plan_is_taken_back_when_a_file_changed_since() {
    let folder = Folder::new(OLD);
    let mut steps = 0;
    folder
        .store()
        .apply_until(&three(), &mut |_| {
            steps += 1;
            steps < 6
        })
        .expect_err("crashes with the first file in place");
    folder.write("adr/0003-c.md", "somebody else");
    let message = folder.store().recover().expect("recovers").expect("says so");
    assert!(message.contains("taken back"), "{message}");
    assert_eq!(folder.content(), texts(&[("adr/0001-a.md", "old a"), ("adr/0003-c.md", "somebody else")]));
}

#[test]
fn a_crashed_plan_of_other_bytes_than_text_is_finished_and_so_is_a_journal_of_version_1() {
    let folder = Folder::new(&[]);
    let path = folder.dir.path().join("repo/a.md");
    write_atomic(&path, b"\xe9").expect("a file");
    let plan = WritePlan::new("Convert").replace(RecordPath::new("a.md"), b"\xe9".to_vec(), b"\xff\xfea\0".to_vec());
    folder.store().apply_until(&plan, &mut |step| step != "decide").expect_err("crashes");
    assert!(folder.store().recover().expect("recovers").is_some_and(|message| message.contains("finished")));
    assert_eq!(std::fs::read(&path).expect("a file"), b"\xff\xfea\0");

    folder.write("a.md", "old");
    let journal =
        r#"{"version":1,"title":"Set","files":[{"path":"a.md","temporary":".x.tmp","before":"old","after":"new"}]}"#;
    write_atomic(&folder.store().own().join("journal/decided.json"), journal.as_bytes()).expect("a file");
    folder.store().recover().expect("recovers").expect("says so");
    assert_eq!(folder.content(), texts(&[("a.md", "new")]));
}

#[test]
fn a_journal_that_was_half_written_is_cleared_away() {
    let folder = Folder::new(OLD);
    let remains = folder.store().own().join("journal/.precedent-x.tmp");
    write_atomic(&remains, b"{").expect("a file");
    assert_eq!(folder.store().recover().expect("nothing to recover"), None);
    assert!(!remains.exists());
}

#[test]
fn a_file_that_changes_at_any_step_is_a_conflict_and_nothing_is_written() {
    for change_at in 1..=8 {
        let folder = Folder::new(OLD);
        let mut steps = 0;
        let refused = folder.store().apply_until(&three(), &mut |_| {
            steps += 1;
            if steps == change_at {
                folder.write("adr/0003-c.md", "somebody else");
            }
            true
        });
        let error = refused.expect_err("a conflict");
        assert_eq!(error.code(), ErrorCode::Conflict, "step {change_at}");
        assert!(error.to_string().contains("adr/0003-c.md"), "{error}");
        assert_eq!(
            folder.content(),
            texts(&[("adr/0001-a.md", "old a"), ("adr/0003-c.md", "somebody else")]),
            "step {change_at}"
        );
    }
}

#[test]
fn a_new_file_never_replaces_one_that_appeared() {
    let folder = Folder::new(&[]);
    let mut steps = 0;
    let refused = folder.store().apply_until(&plan(&[("a.md", None, Some("mine"))]), &mut |_| {
        steps += 1;
        if steps == 3 {
            folder.write("a.md", "theirs");
        }
        true
    });
    assert_eq!(refused.expect_err("a conflict").code(), ErrorCode::Conflict);
    assert_eq!(folder.content(), texts(&[("a.md", "theirs")]));
}

#[test]
fn a_plan_for_a_read_only_file_writes_nothing() {
    let folder = Folder::new(OLD);
    let file = folder.dir.path().join("repo/adr/0003-c.md");
    let mut permissions = file.metadata().expect("the file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).expect("read-only");
    // Root may write whatever the mode says; everybody else is refused.
    let may_write = std::fs::File::options().write(true).open(&file).is_ok();
    let applied = folder.store().apply(&three());
    if may_write {
        applied.expect("allowed");
        assert_ne!(folder.content(), texts(OLD));
    } else {
        assert_eq!(applied.expect_err("refused").code(), ErrorCode::ReadOnly);
        assert_eq!(folder.content(), texts(OLD));
    }
}

#[test]
fn paths_that_leave_the_repository_or_enter_git_are_refused() {
    let folder = Folder::new(OLD);
    let check = |path: &str| {
        let error = folder.store().apply(&plan(&[(path, None, Some("x"))])).expect_err(path);
        assert_eq!(error.code(), ErrorCode::Usage, "{path}");
        assert!(error.hint().is_some(), "{path}");
    };
    for path in [
        "../x.md",
        "adr/../../x.md",
        "/etc/x.md",
        "",
        ".git/config",
        "adr/.GIT/hooks/x",
        ".git /x",
        "a//b",
        "a/./b",
        "git~1/x",
    ] {
        check(path);
    }
    assert_eq!(folder.content(), texts(OLD));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_refused_and_links_inside_are_followed() {
    let folder = Folder::new(OLD);
    let root = folder.dir.path().join("repo");
    let outside = folder.dir.path().join("outside");
    std::fs::create_dir_all(&outside).expect("a folder");
    std::fs::write(outside.join("x.md"), "secret").expect("a file");
    std::os::unix::fs::symlink(&outside, root.join("linked")).expect("a link");
    std::os::unix::fs::symlink(outside.join("x.md"), root.join("x.md")).expect("a link");
    std::os::unix::fs::symlink("0001-a.md", root.join("adr/same.md")).expect("a link");
    std::fs::create_dir_all(root.join(".git")).expect("a folder");
    write_atomic(&root.join(".git/hooks/x.md"), b"secret").expect("a file");
    std::os::unix::fs::symlink(".git/hooks", root.join("hooks")).expect("a link");
    std::os::unix::fs::symlink("nowhere.md", root.join("broken.md")).expect("a link");
    assert!(folder.store().apply(&plan(&[("broken.md", None, Some("x"))])).is_err());
    for path in ["linked/x.md", "linked/new.md", "x.md", "hooks/x.md", "hooks/new.md"] {
        let error = folder.store().apply(&plan(&[(path, Some("secret"), Some("x"))])).expect_err(path);
        assert_eq!(error.code(), ErrorCode::Usage, "{path}");
    }
    assert_eq!(std::fs::read_to_string(outside.join("x.md")).expect("still there"), "secret");
    folder.store().apply(&plan(&[("adr/same.md", Some("old a"), Some("new a"))])).expect("applies");
    assert!(root.join("adr/same.md").symlink_metadata().expect("a link").is_symlink());
    assert_eq!(std::fs::read_to_string(root.join("adr/0001-a.md")).expect("the target"), "new a");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(OLD);
    let file = folder.dir.path().join("repo/adr/0001-a.md");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("a mode");
    folder.store().apply(&three()).expect("applies");
    let mode = |path: &Path| path.metadata().expect("the file").permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o640);
    // New files get the rights that any new file gets, not those of a temporary one.
    let usual = folder.dir.path().join("usual");
    std::fs::write(&usual, "").expect("a file");
    assert_eq!(mode(&folder.dir.path().join("repo/adr/new/0002-b.md")), mode(&usual));
    folder.store().apply(&three().inverse()).expect("taken back");
    assert_eq!(mode(&folder.dir.path().join("repo/adr/0003-c.md")), mode(&usual));
}

#[test]
fn a_journal_of_another_version_is_left_alone_and_said() {
    let folder = Folder::new(OLD);
    let store = folder.store();
    let journal = store.own().join("journal/decided.json");
    write_atomic(&journal, br#"{"version":99,"title":"x","files":[]}"#).expect("a file");
    let error = store.recover().expect_err("cannot be read");
    assert!(error.hint().is_some_and(|hint| hint.contains("version")), "{error}");
    assert!(journal.exists());
}
