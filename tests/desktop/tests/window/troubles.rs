//! Crashes and broken surroundings: what is said, and that nothing of the writer's is lost.

use crate::fixture::{QUEUE, QUEUE_TEXT, await_saved, edit_at_end, row, small_log, source};
use precedent_e2e::{App, Launch, Repo, css, role};
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

/// A repository on a small disk of its own.
struct Disk {
    repo: Repo,
}

/// Set while a test runs in a namespace of its own, where everybody may mount.
const INSIDE: &str = "PRECEDENT_MOUNTS";
/// Set by who knows that nothing can be mounted here, and wants the other tests.
const WITHOUT: &str = "PRECEDENT_WITHOUT_MOUNTS";

impl Disk {
    /// Runs a story on a disk of its own: here where mounting is allowed, else in a namespace of users and mounts. A machine
    /// that allows neither fails the test, unless it is told to go without.
    #[expect(clippy::print_stdout, reason = "a test that is left out says so")]
    fn story(name: &str, tell: impl FnOnce(&Disk)) {
        let repo = Repo::folder("shop");
        if mount(&["-t", "tmpfs", "-o", "size=2m", "precedent-test"], repo.root()) {
            let disk = Disk { repo };
            let from = small_log();
            let copied = Command::new("cp").arg("-a").arg(from.root().join(".")).arg(disk.repo.root()).status();
            assert!(copied.expect("cp runs").success(), "the repository fits on the disk");
            return tell(&disk);
        }
        assert!(std::env::var_os(INSIDE).is_none(), "a namespace of our own does not let us mount either");
        if std::env::var_os(WITHOUT).is_some() {
            println!("SKIPPED, as {WITHOUT} asks: {name}");
            return;
        }
        let this = std::env::current_exe().expect("the test knows its own path");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount"]).arg(this).arg(name).args(["--exact", "--nocapture"]);
        let status = command.env(INSIDE, "1").status();
        let why = format!("no disk can be mounted here, nor in a namespace; set {WITHOUT}=1 to go without");
        assert!(status.expect("unshare runs").success(), "{name} failed, or {why}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the app may still look at it.
        let _ = Command::new("umount").arg("-l").arg(self.repo.root()).status();
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    Command::new("mount").args(options).arg(at).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn a_page_that_dies_comes_back_with_the_draft() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0003", "Send mail");
    app.type_text(" Not lost.");
    app.wait("a draft on disk", || kept(&repo, "Not lost.").then_some(()));
    let home = Rc::clone(app.home());
    app.crash();
    assert_eq!(repo.read(QUEUE), QUEUE_TEXT);

    // A driver does not survive the page's process: what follows shows in the log, and in the file that is saved.
    let before = home.log().matches("mark list-painted ").count();
    let app = Launch::new().home(&home).open(repo.root()).alone();
    app.await_mark("list-painted", before);
    assert_eq!(app.marks("draft-came-back"), 0);
    app.kill_page();
    app.await_mark("draft-came-back", 0);
    let begun = std::time::Instant::now();
    while !repo.read(QUEUE).contains("Not lost.") {
        app.press_control("shop — Precedent", 's');
        std::thread::yield_now();
        assert!(begun.elapsed() < std::time::Duration::from_secs(30), "the draft was not there to be saved");
    }
}

#[test]
fn a_crash_is_told_and_its_draft_opens() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0003", "Send mail");
    // Typing that does not pause is kept all the same.
    app.type_slowly(" One two three four five six.", std::time::Duration::from_millis(60));
    app.wait("a draft on disk", || kept(&repo, "six.").then_some(()));
    let home = Rc::clone(app.home());
    app.crash();

    let app = Launch::new().home(&home).start();
    app.see(&css(".banner").text("Precedent closed unexpectedly. 1 draft was kept."));
    app.screenshot("crashed");
    app.click(&role("button").named("Open draft"));
    app.see(&source().text("four five six."));
    drop(app);
}

#[test]
fn a_command_that_panics_is_an_error_and_no_hang() {
    let repo = small_log();
    let app = Launch::new().open(repo.root()).environment("PRECEDENT_PANIC", "read_source").start();
    app.see(&row("0003"));
    app.click(&row("0003"));
    app.click(&role("button").named("Edit"));
    app.see(&css("body").text("read_source failed where it must not"));
    assert_eq!(app.home().crash_reports(), 1);
}

#[test]
fn a_full_disk_loses_nothing() {
    Disk::story("troubles::a_full_disk_loses_nothing", on_a_full_disk);
}

fn on_a_full_disk(disk: &Disk) {
    let app = App::open(&disk.repo);
    edit_at_end(&app, "0003", "Send mail");
    let filler = disk.repo.path("filler");
    let _ = std::fs::write(&filler, vec![0_u8; 8 << 20]);
    app.type_text(" Kept in the window.");
    app.press("Mod+S");
    app.see(&css(".banner").text("no space left"));
    // There is no room for a draft either, and that is not hidden.
    app.see(&css(".banner").text("in this window alone"));
    app.screenshot("disk-full");
    app.see(&source().text("Kept in the window."));
    assert_eq!(disk.repo.read(QUEUE), QUEUE_TEXT, "the file is whole");
    std::fs::remove_file(&filler).expect("the filler");
    app.click(&role("button").named("Try again"));
    await_saved(&app, "not-committed");
    assert!(disk.repo.read(QUEUE).contains("Kept in the window."));
}

#[test]
fn a_disk_that_turns_read_only_is_told() {
    Disk::story("troubles::a_disk_that_turns_read_only_is_told", on_a_disk_that_turns_read_only);
}

fn on_a_disk_that_turns_read_only(disk: &Disk) {
    let app = App::open(&disk.repo);
    edit_at_end(&app, "0003", "Send mail");
    assert!(mount(&["-o", "remount,ro"], disk.repo.root()), "the disk turns read-only");
    app.type_text(" Waiting.");
    app.press("Mod+S");
    app.see(&css(".banner").text("read-only file system"));
    app.screenshot("disk-read-only");
    assert!(mount(&["-o", "remount,rw"], disk.repo.root()), "the disk can be written again");
    app.click(&role("button").named("Try again"));
    await_saved(&app, "not-committed");
    assert!(disk.repo.read(QUEUE).contains("Waiting."));
}

fn kept(repo: &Repo, text: &str) -> bool {
    let files = std::fs::read_dir(repo.path(".git/precedent/drafts")).into_iter().flatten().flatten();
    // Not one that is being written beside, which the app would not find after a crash.
    let drafts = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "json"));
    drafts.filter_map(|path| std::fs::read_to_string(path).ok()).any(|draft| draft.contains(text))
}
