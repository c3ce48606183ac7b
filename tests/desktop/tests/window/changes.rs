//! Staging and committing with real git.

use crate::acting::picture;
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, row, small_log};
use precedent_e2e::{App, Find, Repo, css, role};

pub(crate) fn file(path: &str) -> Find {
    css(&format!("[data-path='{path}']"))
}

pub(crate) fn message() -> Find {
    role("textbox").named("Commit message")
}

/// Opens Changes and waits for a file.
pub(crate) fn open_changes(app: &App, path: &str) {
    app.press("Mod+5");
    app.see(&file(path));
}

/// Replaces the suggested message.
pub(crate) fn write_message(app: &App, text: &str) {
    app.on(&message(), "return element.value !== '';", &true.into());
    app.focus(&message());
    app.press("Mod+A");
    app.insert(text);
    app.on(&message(), "return element.value;", &text.into());
}

fn changed() -> Repo {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.write(POSTGRES, POSTGRES_TEXT.replace("status: accepted", "status: deprecated"));
    repo
}

#[test]
fn staging_takes_a_file_and_gives_it_back() {
    let repo = changed();
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    // The list shows it at once; git has it a moment later.
    let await_index = |names: &str| {
        let staged = || repo.git(["diff", "--cached", "--name-only"]).trim() == names;
        app.wait(format!("{names:?} in the index"), || staged().then_some(()));
    };
    await_index(CACHE);
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=false]")));
    await_index("");
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("a minute", "two minutes"));

    // Another program stages: the screen follows.
    repo.git(["add", POSTGRES]);
    app.see(&css(&format!("[data-path='{POSTGRES}'][data-staged=true]")));

    // And writes what is no record.
    repo.write("src/new.rs", "fn main() {}\n");
    app.see(&css("main").text("src/new.rs"));
    std::fs::remove_file(repo.path("src/new.rs")).expect("removed");
    app.see_no(&css("main").text("src/new.rs"));
}

#[test]
fn a_hook_is_asked_about_then_may_stop_the_commit() {
    let repo = changed();
    let hook = ".git/hooks/pre-commit";
    repo.write(
        hook,
        "#!/bin/sh\ntest -e ../hook-is-happy || { echo the hook says no; exit 1; }\necho ran >> ../hook-ran\n",
    );
    let made = std::process::Command::new("chmod").arg("+x").arg(repo.path(hook)).status();
    assert!(made.expect("chmod runs").success());
    repo.git(["add", CACHE]);
    let before = repo.git(["rev-parse", "HEAD"]);

    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    write_message(&app, "Keep quotes longer");
    app.press("Mod+Enter");
    let trust = role("dialog").named("Let this repository run its own programs?");
    app.see(&trust);
    app.see(&css("dialog").text("pre-commit"));
    app.screenshot("trust");
    app.click(&role("button").named("Trust and commit").within(&trust));
    app.see(&css(".banner").text("The pre-commit hook stopped this commit."));
    app.see(&css("body").text("the hook says no"));
    picture(&app, "hook");
    app.click(&role("button").named("Commit without hooks"));
    let sure = role("dialog").named("Commit without running hooks?");
    app.see(&sure);
    picture(&app, "without-hooks");
    app.press("Esc");
    app.see_no(&sure);
    assert_eq!(repo.git(["rev-parse", "HEAD"]), before, "nothing was committed");
    assert_eq!(app.value(&message()), "Keep quotes longer", "the message is kept");

    std::fs::write(repo.root().with_file_name("hook-is-happy"), "").expect("a file beside the repository");
    app.click(&role("button").named("Fix and retry"));
    app.wait("the commit", || (repo.git(["rev-parse", "HEAD"]) != before).then_some(()));
    assert_eq!(repo.git(["log", "-1", "--format=%s|%an"]).trim(), "Keep quotes longer|Test Person");
    assert!(repo.root().with_file_name("hook-ran").exists());
    repo.assert_sound();
}
