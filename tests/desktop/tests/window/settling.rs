//! The whole way of a decision between two people: pushed over http with a credential helper, rejected, pulled with a
//! rebase that stops at a conflict in settings and in prose, settled in the window, pushed.

use crate::acting::{command, picture};
use crate::changes::{file, write_message};
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, await_focus, row, small_log};
use precedent_e2e::{App, GitServer, Launch, Repo, css, role};

/// A bare repository beside the small log that anybody may push to who knows the password.
fn far(repo: &Repo) -> std::path::PathBuf {
    let far = repo.root().with_file_name("far.git");
    let at = far.display().to_string();
    repo.git(["init", "-q", "--bare", "-b", "main", &at]);
    repo.git(["-C", &at, "config", "http.receivepack", "true"]);
    repo.git(["push", "-q", &at, "main"]);
    far
}

/// Somebody else changes the record on the remote.
fn somebody_pushes(repo: &Repo, text: &str) {
    let at = repo.root().with_file_name("other").display().to_string();
    let far = repo.root().with_file_name("far.git").display().to_string();
    repo.git(["clone", "-q", &far, &at]);
    std::fs::write(repo.root().with_file_name("other").join(CACHE), text).expect("a file");
    repo.git(["-C", &at, "-c", "user.name=Bo", "commit", "-q", "-a", "-m", "Keep quotes for an hour"]);
    repo.git(["-C", &at, "push", "-q"]);
}

#[test]
fn a_decision_goes_its_way_between_two_people() {
    let repo = small_log();
    let far = far(&repo);
    let server = GitServer::of(far.parent().expect("a folder"));
    repo.git(["remote", "add", "origin", &server.address("far.git")]);
    // As on the command line: a helper of the person's own settings answers, once there is one.
    let helper = "!f() { echo username=ann; echo password=secret; }; f";
    repo.git(["-c", &format!("credential.helper={helper}"), "push", "-q", "-u", "origin", "main"]);
    repo.write(CACHE, CACHE_TEXT.replace("tags: [speed]", "tags: [speed, mine]").replace("a minute", "two minutes"));
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&file(CACHE));

    // Nobody has signed in yet: that is said, and nothing hangs.
    write_message(&app, "Keep quotes for two minutes");
    app.click(&role("button").text("Commit and push"));
    app.see(&css(".banner").text("origin asked for a password. Precedent never asks for one."));
    picture(&app, "sign-in");
    assert_eq!(repo.git(["log", "-1", "--format=%s"]).trim(), "Keep quotes for two minutes");

    let settings = app.home().path().join(".gitconfig");
    let known = std::fs::read_to_string(&settings).expect("the person's settings");
    std::fs::write(&settings, format!("{known}[credential]\n\thelper = \"{helper}\"\n")).expect("settings");
    somebody_pushes(
        &repo,
        &CACHE_TEXT.replace("tags: [speed]", "tags: [speed, theirs]").replace("a minute", "an hour"),
    );
    app.click(&role("button").named("Try again"));
    app.see(&css(".banner").text("Push rejected. main on origin has 1 commit you don’t."));
    app.see(&css(".panel").text("One of them also changes 0001."));
    app.click(&role("button").named("Fetch and rebase"));

    app.see(&css(".banner").text("0001 has a conflict. 1 of 1 left to settle."));
    app.see(&css("[data-testid=conflict] dt").text("Tags"));
    app.see(&css("[data-testid=conflict] dd").text("[speed, mine, theirs]"));
    app.see(&css("[data-testid=mine] .who").text("Yours, main"));
    app.see(&css("[data-testid=mine]").text("two minutes"));
    app.see(&css("[data-testid=theirs] .who").text("Theirs, origin/main"));
    app.see(&css("[data-testid=theirs]").text("an hour"));
    picture(&app, "conflict");
    app.click(&css("[data-testid=theirs]"));
    app.see(&css(".banner").text("Nothing is left to settle."));
    picture(&app, "conflict-settled");
    app.click(&role("button").named("Mark resolved"));
    app.see(&css(".banner").text("A rebase is under way."));
    await_focus(&app, &role("button").named("Continue"));
    picture(&app, "rebase-ready");
    app.press("Enter");
    app.see(&role("button").text("Push 1 commit to origin"));
    app.see_no(&css(".banner").text("under way"));
    let text = repo.read(CACHE);
    assert!(text.contains("an hour") && text.contains("mine") && text.contains("theirs"), "{text}");
    app.press("P");
    app.wait("the push", || {
        let there = repo.git(["-C", &far.display().to_string(), "rev-parse", "main"]);
        (repo.git(["rev-parse", "HEAD"]) == there).then_some(())
    });
    assert_eq!(repo.git(["log", "--format=%s", "-2"]), "Keep quotes for two minutes\nKeep quotes for an hour\n");
    repo.assert_sound();
}

#[test]
fn a_merge_is_aborted_and_both_sides_are_as_before() {
    let repo = small_log();
    repo.git(["switch", "-q", "-c", "other"]);
    repo.write(POSTGRES, POSTGRES_TEXT.replace("One Postgres", "Two Postgres").replace("accepted", "rejected"));
    repo.commit_all("Two");
    repo.git(["switch", "-q", "main"]);
    repo.write(POSTGRES, POSTGRES_TEXT.replace("One Postgres", "Three Postgres").replace("accepted", "deprecated"));
    repo.commit_all("Three");
    let merge = std::process::Command::new("git").arg("-C").arg(repo.root()).args(["merge", "-q", "other"]).output();
    assert!(!merge.expect("git runs").status.success(), "the merge stops");
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css(".banner").text("0002 has a conflict. 2 of 2 left to settle."));
    app.click(&css("section [data-testid=mine]").nth(0));
    app.click(&role("button").named("Use both"));
    app.see(&css("section pre").text("Two Postgres cluster."));
    picture(&app, "conflict-both");
    app.click(&role("button").named("Abort merge"));
    app.see_no(&css(".banner").text("has a conflict"));
    assert!(repo.read(POSTGRES).contains("Three Postgres"));
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    command(&app, "Repository log");
    app.see(&css("[data-testid=log-entry]").text("Three"));
}

#[test]
fn conflicts_are_settled_one_after_the_other_by_keys_alone() {
    let repo = small_log();
    let say = |word: &str, branch: &str| {
        repo.write(CACHE, CACHE_TEXT.replace("a minute", &format!("{word} minutes")));
        repo.write(POSTGRES, POSTGRES_TEXT.replace("One Postgres", &format!("{word} Postgres")));
        repo.commit_all(branch);
    };
    repo.git(["switch", "-q", "-c", "other"]);
    say("Two", "Theirs");
    repo.git(["switch", "-q", "main"]);
    say("Three", "Ours");
    let merge = std::process::Command::new("git").arg("-C").arg(repo.root()).args(["merge", "-q", "other"]).output();
    assert!(!merge.expect("git runs").status.success(), "the merge stops");
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css(".banner").text("0001 has a conflict. 1 of 1 left to settle."));
    app.focus(&css("[data-testid=theirs]"));
    app.press("Enter");
    app.focus(&role("button").named("Mark resolved"));
    app.press("Enter");
    app.see(&css(".banner").text("0002 has a conflict. 1 of 1 left to settle."));
    await_focus(&app, &css("[data-testid=mine]"));
    app.press("Enter");
    app.focus(&role("button").named("Mark resolved"));
    app.press("Enter");
    app.see(&css(".banner").text("A merge is under way."));
    await_focus(&app, &role("button").named("Continue"));
    app.press("Enter");
    app.see_no(&css(".banner").text("A merge is under way."));
    app.wait("the merge", || (repo.git(["log", "--merges", "--format=%s"]).lines().count() == 1).then_some(()));
    assert!(repo.read(CACHE).contains("Two minutes") && repo.read(POSTGRES).contains("Three Postgres"));
    repo.assert_sound();
}

#[test]
fn what_was_cut_off_is_told_at_the_next_start() {
    let repo = small_log();
    repo.git(["branch", "topic"]);
    // git has switched and waits for the hook when the app is killed.
    let hook = ".git/hooks/post-checkout";
    repo.write(hook, "#!/bin/sh\ntouch ../switched\nsleep 3\n");
    let made = std::process::Command::new("chmod").arg("+x").arg(repo.path(hook)).status();
    assert!(made.expect("chmod runs").success());
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+Shift+B");
    app.see(&role("dialog").named("Branches"));
    app.type_text("topic");
    app.see(&css("[data-branch=topic]"));
    app.press("Enter");
    app.see(&role("dialog").named("Let git run here?"));
    app.see(&css("dialog").text("hook post-checkout"));
    picture(&app, "trust-git");
    app.click(&role("button").named("Trust and go on"));
    let switched = repo.root().with_file_name("switched");
    app.wait("the hook", || switched.exists().then_some(()));
    let home = std::rc::Rc::clone(app.home());
    app.crash();
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&css(".banner").text("Switching to topic was interrupted when Precedent ended; you are on topic."));
    picture(&app, "interrupted");
    app.see(&css("[data-testid=branch]").text("topic"));
    repo.assert_sound();
}

#[test]
fn a_stash_that_meets_changes_says_where_and_stays() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.git(["stash", "push", "-q", "-m", "Two minutes"]);
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "an hour"));
    repo.commit_all("An hour");
    command(&app, "Apply stash…");
    app.see(&css("[data-testid=stash]").text("Two minutes"));
    app.click(&role("button").named("Bring back"));
    app.see(&css(".banner").text("The stash was brought back with conflicts in 0001."));
    app.see(&css(".banner").text("It is kept."));
    app.see(&css(".banner").text("0001 has a conflict."));
    picture(&app, "stash-conflicts");
    app.click(&css("[data-testid=theirs]"));
    app.click(&role("button").named("Mark resolved"));
    app.see_no(&css(".banner").text("0001 has a conflict."));
    assert!(repo.read(CACHE).contains("two minutes"));
    assert_eq!(repo.git(["stash", "list"]).lines().count(), 1);
    repo.assert_sound();
}

#[cfg(unix)]
#[test]
fn a_link_and_two_files_of_one_name_are_settled_as_what_they_are() {
    let repo = small_log();
    let link = |target: &str| {
        let file = repo.path("docs/current.md");
        let _ = std::fs::remove_file(&file);
        std::os::unix::fs::symlink(target, file).expect("a link");
    };
    repo.git(["switch", "-q", "-c", "other"]);
    link("decisions/0002.md");
    repo.write("docs/logo.bin", "\0theirs");
    repo.commit_all("Theirs");
    repo.git(["switch", "-q", "main"]);
    link("decisions/0001.md");
    repo.write("docs/logo.bin", "\0mine");
    repo.commit_all("Mine");
    let merge = std::process::Command::new("git").arg("-C").arg(repo.root()).args(["merge", "-q", "other"]).output();
    assert!(!merge.expect("git runs").status.success(), "the merge stops");
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css(".banner").text("current.md has a conflict. It is a link on one side or both."));
    app.see(&css("dd").text("a link to decisions/0002.md"));
    picture(&app, "conflict-link");
    app.click(&role("button").named("Take all of theirs"));
    app.see(&css(".banner").text("logo.bin has a conflict."));
    picture(&app, "conflict-whole");
    app.click(&role("button").named("Keep both, theirs as logo-theirs.bin"));
    app.see_no(&css(".banner").text("has a conflict."));
    assert_eq!(std::fs::read_link(repo.path("docs/current.md")).expect("a link").as_os_str(), "decisions/0002.md");
    assert_eq!((repo.read("docs/logo.bin"), repo.read("docs/logo-theirs.bin")), ("\0mine".into(), "\0theirs".into()));
    app.click(&role("button").named("Continue"));
    app.see_no(&css(".banner").text("A merge is under way."));
    repo.assert_sound();
}

#[test]
fn git_is_made_to_merge_records_by_field_and_numbers_used_twice_are_offered_another() {
    let repo = small_log();
    repo.git(["switch", "-q", "-c", "other"]);
    repo.write("docs/decisions/0009-theirs.md", "# 9. Theirs\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n");
    repo.commit_all("Theirs");
    repo.git(["switch", "-q", "main"]);
    repo.write("docs/decisions/0009-mine.md", "# 9. Mine\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n");
    repo.commit_all("Mine");
    repo.git(["merge", "-q", "--no-edit", "other"]);
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css(".banner").text("0009 is the number of two records."));
    picture(&app, "numbers-twice");
    app.click(&role("button").named("Renumber Theirs…"));
    app.see(&role("dialog"));
    app.press("Mod+Enter");
    app.wait("another number", || repo.path("docs/decisions/0010-theirs.md").exists().then_some(()));
    app.see_no(&css(".banner").text("is the number of two records."));
    // Keys go to a dialog for as long as there is one.
    app.see_no(&role("dialog"));

    command(&app, "Merge records by field with git…");
    let dialog = role("dialog").named("Have git merge records by field?");
    app.see(&dialog);
    app.see(&css("dialog").text("git config merge.precedent.driver"));
    picture(&app, "merge-driver");
    app.press("Mod+Enter");
    app.wait("the lines", || repo.path(".gitattributes").exists().then_some(()));
    app.see_no(&dialog);
    app.press("Mod+,");
    app.click(&role("tab").named("Git"));
    app.see(&css("[data-section=git]").text("Installed in this repository."));
    app.screenshot("settings-git");
}
