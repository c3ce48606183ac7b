//! How editors save, how people move folders, how git does.

use super::{Watched, record, watch};
use crate::api::tests::Sandbox;
use std::path::Path;
use std::process::Command;

fn one() -> (Sandbox, Watched) {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First")).write("docs/adr/0002-b.md", record(2, "Second"));
    let watched = watch(&sandbox);
    (sandbox, watched)
}

impl Watched {
    fn titles(&self) -> Vec<String> {
        self.workspace.decisions().decisions.into_iter().map(|decision| decision.title).collect()
    }

    fn until_titles(&self, expected: &[&str]) {
        while self.titles() != expected {
            self.change();
        }
    }
}

#[test]
fn vim_saves_by_way_of_a_backup() {
    let (sandbox, watched) = one();
    let adr = sandbox.root().join("docs/adr");
    // vim tries whether it may make files, then keeps the old one until the new one is written.
    sandbox.write("docs/adr/4913", "");
    std::fs::remove_file(adr.join("4913")).expect("removed");
    std::fs::rename(adr.join("0001-a.md"), adr.join("0001-a.md~")).expect("renamed");
    sandbox.write("docs/adr/0001-a.md", record(1, "By vim"));
    std::fs::remove_file(adr.join("0001-a.md~")).expect("removed");
    watched.until_titles(&["By vim", "Second"]);
}

#[cfg(unix)]
#[test]
fn emacs_saves_beside_its_lock_and_its_autosave() {
    let (sandbox, watched) = one();
    let adr = sandbox.root().join("docs/adr");
    std::os::unix::fs::symlink("dana@host.4711:1764216000", adr.join(".#0001-a.md")).expect("a lock");
    sandbox.write("docs/adr/#0001-a.md#", record(1, "Half"));
    sandbox.write("docs/adr/0001-a.md", record(1, "By emacs"));
    std::fs::remove_file(adr.join("#0001-a.md#")).expect("removed");
    std::fs::remove_file(adr.join(".#0001-a.md")).expect("unlocked");
    watched.until_titles(&["By emacs", "Second"]);
    assert_eq!(watched.paths().len(), 2);
    assert!(watched.workspace.decisions().problems.is_empty());
}

#[test]
fn a_file_that_is_emptied_and_written_in_parts_ends_whole() {
    use std::io::Write as _;
    let (sandbox, watched) = one();
    let text = record(1, "In parts");
    let mut open = std::fs::File::create(sandbox.root().join("docs/adr/0001-a.md")).expect("emptied");
    for part in text.as_bytes().chunks(20) {
        open.write_all(part).and_then(|()| open.flush()).expect("a part");
    }
    drop(open);
    watched.until_titles(&["In parts", "Second"]);
}

#[test]
fn a_folder_of_records_that_moves_away_and_back_is_followed_through_both() {
    let (sandbox, watched) = one();
    let (adr, away) = (sandbox.root().join("docs/adr"), sandbox.dir.path().join("away"));
    std::fs::rename(&adr, &away).expect("moved");
    watched.until(&[]);
    std::fs::rename(&away, &adr).expect("moved back");
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    sandbox.write("docs/adr/0003-c.md", record(3, "Third"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/0003-c.md"]);
}

#[test]
fn a_log_that_appears_where_nobody_looked_is_noticed() {
    let (sandbox, watched) = one();
    sandbox.write("services/ledger/src/main.rs", "fn main() {}\n");
    sandbox.write("services/ledger/docs/adr/0001-own.md", record(1, "Own"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "services/ledger/docs/adr/0001-own.md"]);
    sandbox.write("services/ledger/docs/adr/0001-own.md", record(1, "Own, changed"));
    watched.until_titles(&["First", "Second", "Own, changed"]);
}

#[test]
fn settings_move_the_log_and_back() {
    let (sandbox, watched) = one();
    sandbox.write("notes/0001-n.md", record(1, "Note"));
    sandbox.write("precedent.toml", "logs = [\"notes\"]\n");
    watched.until(&["notes/0001-n.md"]);
    std::fs::remove_file(sandbox.root().join("precedent.toml")).expect("removed");
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    sandbox.write(".gitignore", "0002-*\n");
    watched.until(&["docs/adr/0001-a.md"]);
}

#[cfg(unix)]
#[test]
fn a_record_behind_a_link_changes_with_its_file() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First")).write("notes/real.md", record(2, "Real"));
    std::os::unix::fs::symlink("../../notes/real.md", sandbox.root().join("docs/adr/0002-l.md")).expect("a link");
    let watched = watch(&sandbox);
    assert_eq!(watched.titles(), ["First", "Real"]);
    sandbox.write("notes/real.md", record(2, "Changed"));
    watched.until_titles(&["First", "Changed"]);
}

#[test]
fn times_of_other_days_hide_nothing() {
    let (sandbox, watched) = one();
    let file = sandbox.root().join("docs/adr/0001-a.md");
    let before = file.metadata().and_then(|about| about.modified()).expect("a time");
    let set = |text: String, time| {
        let length = file.metadata().expect("there").len();
        sandbox.write("docs/adr/0001-a.md", &text);
        assert_eq!(file.metadata().expect("there").len(), length, "the size must not tell");
        std::fs::File::options().write(true).open(&file).and_then(|open| open.set_modified(time)).expect("a time");
    };
    set(record(1, "Forst"), before);
    watched.until_titles(&["Forst", "Second"]);
    set(record(1, "Furst"), before + std::time::Duration::from_secs(86_400 * 400));
    watched.until_titles(&["Furst", "Second"]);
    set(record(1, "Farst"), std::time::UNIX_EPOCH);
    watched.until_titles(&["Farst", "Second"]);
}

fn git(root: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "user.name=Dana", "-c", "user.email=dana@example.invalid"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_EDITOR", "true");
    let output = command.args(arguments).output().expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_switch_of_two_thousand_files_is_one_change() {
    let sandbox = Sandbox::new();
    let root = sandbox.root();
    for number in 1..=2_000 {
        sandbox.write(&format!("docs/adr/{number:04}-a.md"), record(number, "On main"));
    }
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "-qm", "All"]);
    git(&root, &["checkout", "-q", "-b", "topic"]);
    for number in 1..=2_000 {
        sandbox.write(&format!("docs/adr/{number:04}-a.md"), record(number, "On topic"));
    }
    git(&root, &["commit", "-qam", "Other"]);
    let watched = watch(&sandbox);
    git(&root, &["checkout", "-q", "-"]);
    let change = watched.change();
    assert_eq!((change.changed.len(), change.removed.len()), (2_000, 0));
    assert!(watched.titles().iter().all(|title| title == "On main"));
}

#[test]
fn a_lock_that_git_left_behind_holds_nothing_up_for_long() {
    let (sandbox, watched) = one();
    sandbox.write(".git/index.lock", "");
    for number in 3..6 {
        sandbox.write(&format!("docs/adr/000{number}-x.md"), record(number, "More"));
        while watched.paths().len() < number as usize {
            watched.change();
        }
    }
}

#[test]
fn stash_and_rebase_arrive_as_what_they_leave() {
    let (sandbox, watched) = one();
    let root = sandbox.root();
    git(&root, &["checkout", "-q", "-B", "main"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "-qm", "All"]);
    sandbox.write("docs/adr/0001-a.md", record(1, "Stashed")).write("docs/adr/0003-c.md", record(3, "Third"));
    watched.until_titles(&["Stashed", "Second", "Third"]);
    git(&root, &["stash", "-q", "--include-untracked"]);
    watched.until_titles(&["First", "Second"]);
    git(&root, &["stash", "pop", "-q"]);
    watched.until_titles(&["Stashed", "Second", "Third"]);
    git(&root, &["add", "--all"]);
    git(&root, &["commit", "-qm", "Third"]);
    git(&root, &["checkout", "-q", "-b", "topic", "HEAD~1"]);
    for number in 4..8 {
        sandbox.write(&format!("docs/adr/000{number}-x.md"), record(number, "On topic"));
        git(&root, &["add", "--all"]);
        git(&root, &["commit", "-qm", "x"]);
    }
    watched.until_titles(&["First", "Second", "On topic", "On topic", "On topic", "On topic"]);
    git(&root, &["rebase", "-q", "main"]);
    watched.until_titles(&["Stashed", "Second", "Third", "On topic", "On topic", "On topic", "On topic"]);
}
