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
