//! States of the design, each reached by what really causes it, with its words and its way out.

use crate::acting::{command, picture, planned};
use crate::changes::{message, write_message};
use crate::fixture::{CACHE, QUEUE, QUEUE_TEXT, await_focus, read, row, search, small_log, title};
use precedent_e2e::{App, Find, Home, Launch, Repo, css, role};
use std::rc::Rc;

const BROKEN: &str = "docs/decisions/0004-keys-never-leave.md";

/// The section of a record's problems in About.
fn problems() -> Find {
    css("[data-testid=record-problems]")
}

fn record(more: &str, title: &str) -> String {
    format!("---\nstatus: accepted\ndate: 2026-04-01\n{more}---\n# {title}\n\nText.\n")
}

#[test]
fn what_is_wrong_with_records_says_where_and_the_way_out() {
    let repo = small_log();
    repo.write(BROKEN, "---\nstatus: accepted\ntags: [vault, \"keys\n---\n\n## Decision\n\nx\n");
    repo.write("docs/decisions/0005-left.md", record("supersedes: [ADR-0006]\n", "Drive on the left"));
    repo.write("docs/decisions/0006-right.md", record("supersedes: [ADR-0005]\n", "Drive on the right"));
    let lost = "docs/decisions/0007-lost.md";
    repo.write(lost, record("relates-to: [ADR-0021, ADR-0001]\n", "Refer to what is not there"));
    repo.write("docs/decisions/0008-cache-in-redis.md", record("supersedes: [ADR-0001]\n", "Cache quotes in Redis"));
    repo.write("docs/decisions/0009-one.md", record("", "One of two"));
    repo.write("docs/decisions/0009-two.md", record("", "Two of two"));
    repo.commit_all("Faults");
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&css(".banner.error").text("0004 can’t be read."));
    app.see(&role("button").like("Fix line"));
    picture(&app, "state-unreadable");

    // It lies in the folded group of what no longer holds.
    app.press("Mod+P");
    app.type_text("0005");
    app.see(&role("option").text("Drive on the left"));
    app.press("Enter");
    app.see(&title("Drive on the left"));
    app.see(&problems().text("0005 and 0006 supersede each other."));
    picture(&app, "state-cycle");
    app.click(&role("button").named("Open both").within(&problems()));
    app.see(&css("article[data-second] h1").text("Drive on the right"));
    app.click(&role("button").named("Close this reader"));

    read(&app, "0008", "Cache quotes in Redis");
    app.see(&problems().text("0008 says it supersedes 0001, but 0001 doesn't say so."));
    app.see(&role("button").named("Mark 0001").within(&problems()));
    picture(&app, "state-mismatch");

    app.click(&row("0009").text("One of two"));
    app.see(&css(".banner.warn").text("Two records are numbered 0009. Links to it are ambiguous.").text("0009-two.md"));
    picture(&app, "state-duplicate");

    read(&app, "0007", "Refer to what is not there");
    app.see(&problems().text("No record has the number 0021."));
    picture(&app, "state-dangling");
    app.click(&role("button").named("Remove the link").within(&problems()));
    app.see(&planned(lost));
    app.press("Mod+Enter");
    app.see_no(&role("dialog"));
    app.see_no(&problems());
    assert!(repo.read(lost).contains("relates-to: [ADR-0001]\n"), "{}", repo.read(lost));
    app.click(&role("button").like("Broken records"));
    app.see(&row("0004"));
    repo.git(["rm", "-q", "-f", "docs/decisions/000[4-9]*"]);
    app.see(&css("section").text("No record is broken."));
    picture(&app, "state-empty-view");
}

/// A file that whoever reads it waits for, as on a disk that does not answer.
struct Waiting {
    path: std::path::PathBuf,
}

impl Waiting {
    fn at(path: std::path::PathBuf) -> Waiting {
        let _ = std::fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo runs").success(), "a pipe in the place of a file");
        Waiting { path }
    }

    /// Lets the reader have its text; who comes later finds a file.
    fn answer(self, text: &str) {
        use std::io::Write;
        let mut pipe = std::fs::OpenOptions::new().write(true).open(&self.path).expect("the reader is there");
        let beside = self.path.with_extension("answer");
        std::fs::write(&beside, text).expect("a file");
        std::fs::rename(&beside, &self.path).expect("a file in the place of the pipe");
        pipe.write_all(text.as_bytes()).expect("the reader takes it");
    }
}

#[test]
fn reading_and_indexing_that_take_long_show_how_far_they_are() {
    let repo = small_log();
    let home = Rc::new(Home::new());
    let cache = home.path().join("cache/precedent");
    std::fs::create_dir_all(&cache).expect("a cache");
    let settings = Waiting::at(repo.path("precedent.toml"));
    let app = Launch::new().home(&home).open(repo.root()).start();
    let skeleton = css("[data-testid=skeleton]");
    app.see(&skeleton);
    app.on(&skeleton, "return element.getAttribute('aria-busy');", &"true".into());
    assert_eq!(app.count(&role("dialog")), 0, "no dialog is in the way");
    picture(&app, "state-first-load");
    app.see(&role("progressbar").named("Opening shop"));
    app.see(&role("button").named("Cancel"));
    app.screenshot("state-first-load-slow");
    settings.answer("logs = [\"docs/decisions\"]\n");
    app.see(&row("0001"));
    app.see_no(&skeleton);

    // The index is built anew; the middle of that is held on to.
    let wait = cache.join("wait-in-the-indexer");
    std::fs::write(&wait, "").expect("a file");
    command(&app, "Rebuild index");
    let indexing = css("[data-testid=indexing]");
    app.see(
        &indexing
            .clone()
            .text("Rebuilding the index")
            .text("1 of 3 records")
            .text("You can read and search what is done."),
    );
    app.on(
        &role("progressbar").named("Rebuilding the index"),
        "return element.getAttribute('aria-valuenow');",
        &"33".into(),
    );
    app.see(&css("footer").text("Rebuilding the index, 1 of 3"));
    picture(&app, "state-rebuilding");
    // It can be stopped; what is there is searched, and what changes meanwhile is found.
    app.focus(&role("button").named("Stop").within(&indexing));
    app.press("Enter");
    app.see(&indexing.clone().text("The index was stopped").text("1 of 3 records"));
    app.see(&css("footer").text("Index stopped, 1 of 3"));
    picture(&app, "state-index-stopped");
    app.on(
        &role("button").named("Go on").within(&indexing),
        "return element === document.activeElement;",
        &true.into(),
    );
    std::fs::remove_file(&wait).expect("it may go on");
    app.press("Enter");
    app.see_no(&indexing);
    app.see(&css("footer").text("3 records indexed"));

    // And now it cannot be built at all.
    let stop = cache.join("panic-in-the-indexer");
    std::fs::write(&stop, "").expect("a file");
    command(&app, "Rebuild index");
    let failed =
        css(".banner.error").text("The index couldn’t be built. Reading and committing still work; search doesn’t.");
    app.see(&failed);
    app.see(&role("button").named("Show log"));
    picture(&app, "state-index-failed");
    search(&app, "forty");
    app.see(&css("section").text("Search doesn’t work right now."));
    app.press("Esc");
    read(&app, "0001", "Cache quotes");
    std::fs::remove_file(&stop).expect("it may be built");
    app.click(&role("button").named("Try again").within(&failed));
    app.see_no(&failed);
    search(&app, "forty");
    app.see(&role("option").text("Cache quotes"));
}

/// What git is in the middle of, told where a commit would be made.
#[test]
fn changes_tells_what_git_is_in_the_middle_of() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css("body").text("Nothing to commit"));
    picture(&app, "state-nothing-to-commit");

    repo.git(["checkout", "--detach", "-q"]);
    repo.write(CACHE, "---\nstatus: accepted\n---\n# Cache quotes in memory\n\nOtherwise.\n");
    app.see(&css(".banner.warn").text("not on a branch"));
    picture(&app, "state-detached");
    repo.git(["checkout", "-q", "main", "--", "."]);
    repo.git(["checkout", "-q", "main"]);

    conflict(&repo);
    let waits = css(".banner.error").text("0003 has a conflict. 1 of 1 left to settle.");
    app.see(&waits);
    picture(&app, "state-merge-conflict");
    app.press("Mod+1");
    app.click(&role("treeitem").like("0003 "));
    let marks = css("section .banner.error").text("0003 can’t be read.").text("A merge conflict was left in this file");
    app.see(&marks);
    picture(&app, "state-conflict-record");
    repo.git(["merge", "--abort"]);
    app.see_no(&marks);
    read(&app, "0003", "Send mail");
    std::fs::remove_file(repo.path(QUEUE)).expect("a file");
    let gone = css(".banner.warn").text("0003-send-mail-through-a-queue.md is gone.");
    app.see(&gone);
    picture(&app, "state-gone");
    repo.git(["checkout", "-q", "--", QUEUE]);
    app.see_no(&gone);
}

/// The width of the design and those at which it changes, with a record that cannot be read among the changes.
#[test]
fn changes_shows_a_broken_record_at_every_width() {
    let repo = small_log();
    repo.write(BROKEN, "---\nstatus: accepted\ntags: [vault, \"keys\n---\n\n## Decision\n\nx\n");
    repo.write(QUEUE, QUEUE_TEXT.replace("proposed", "accepted").replace("on a queue", "on two queues"));
    let app = App::open(&repo);
    app.see(&row("0003"));
    app.press("Mod+5");
    app.see(&css("[role=option]").text("0004-keys-never-leave.md").text("Can’t be read."));
    for width in [1440, 1100, 900] {
        app.resize(width, 900);
        app.click(&css("[role=option]").text("0003-send"));
        app.see(&css("section h2").text("Send mail"));
        picture(&app, &format!("changes-{width}"));
        app.click(&css("[role=option]").text("0004-keys"));
        app.see(&css("section h2").text("0004-keys"));
        picture(&app, &format!("changes-broken-{width}"));
    }
}

/// No commit, no record: each thing of the panel does it or says why not.
#[test]
fn a_repository_without_a_commit_is_begun_in_changes() {
    let repo = Repo::folder("empty");
    repo.git(["init", "-q"]);
    let app = Launch::new().open(repo.root()).start();
    app.see(&css("body").text("No decisions here yet"));
    app.press("Mod+5");
    app.see(&css("body").text("This repository has no commits yet."));
    picture(&app, "changes-unborn");
    app.press("B");
    app.see(&role("menuitem").text("Create a branch…"));
    picture(&app, "branch-menu-unborn");
    app.press("Esc");
    command(&app, "Show the git commands");
    app.see(&css("[data-act=status] pre").text("git status"));
    picture(&app, "git-commands-unborn");
    app.press("Esc");
    app.see_no(&role("dialog"));
    // Without a log no folder is watched: one looks again.
    repo.write("notes.txt", "An idea.\n");
    command(&app, "Look for changes again");
    app.see(&css("[data-path='notes.txt']"));
    app.focus(&css("[data-path='notes.txt']"));
    app.press("Space");
    app.see(&css("[data-path='notes.txt'][data-staged=true]"));
    picture(&app, "changes-unborn-staged");
    app.press("M");
    await_focus(&app, &message());
    write_message(&app, "Begin");
    app.press("Mod+Enter");
    app.see(&css(".toast").text("Committed 1 file to main"));
    assert_eq!(repo.git(["log", "--format=%s"]), "Begin\n");
    command(&app, "Undo last commit");
    app.see(&css("[data-path='notes.txt'][data-staged=true]"));
    app.see(&css(".toast").text("Undid “Begin”."));
    repo.assert_sound();
}

/// Two branches that say different things of one record, being merged.
fn conflict(repo: &Repo) {
    repo.git(["checkout", "-q", "-b", "other"]);
    repo.write(QUEUE, QUEUE_TEXT.replace("on a queue", "on two queues"));
    repo.commit_all("Two");
    repo.git(["checkout", "-q", "main"]);
    repo.write(QUEUE, QUEUE_TEXT.replace("on a queue", "on three queues"));
    repo.commit_all("Three");
    let merge = std::process::Command::new("git").arg("-C").arg(repo.root()).args(["merge", "-q", "other"]).output();
    assert!(!merge.expect("git runs").status.success(), "the merge stops");
}
