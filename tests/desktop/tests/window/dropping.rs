//! Folders and other things dragged in from a file manager.

use crate::fixture::{row, small_log, title};
use precedent_e2e::{App, Find, Launch, Repo, css, role};

/// What is shown while something hovers.
fn overlay(text: &str) -> Find {
    css(".drop").text(text)
}

#[test]
fn a_folder_dropped_on_welcome_opens() {
    let repo = Repo::with("Möbel & Co", &[("docs/adr/0001-use-oak.md", "# 1. Use oak\n\n## Status\n\nAccepted\n")]);
    let app = Launch::new().start();
    app.see(&role("button").like("Open a repository"));
    let drag = app.drag(&[repo.root()]);
    app.see(&overlay("Open Möbel & Co").text("Let go to read its decisions"));
    app.screenshot("drop-folder");
    drag.leave();
    app.see_no(&css(".drop"));
    app.see(&role("button").like("Open a repository"));
    app.drag(&[repo.root()]).release();
    app.see(&row("0001"));
    app.see(&title("Use oak"));
    app.see_no(&css(".drop"));
}

#[test]
fn files_and_several_folders_are_not_opened() {
    let repo = small_log();
    let app = Launch::new().start();
    app.see(&role("button").like("Open a repository"));
    let drag = app.drag(&[repo.path("precedent.toml")]);
    app.see(&overlay("That’s a file"));
    drag.release();
    app.see(&role("status").text("That’s a file. Drop the folder that holds your repository."));
    app.see_no(&css(".drop"));
    let drag = app.drag(&[repo.root(), &repo.path("docs")]);
    app.see(&overlay("That’s more than one"));
    drag.release();
    app.see(&role("status").text("Drop one folder"));
    app.see(&role("button").like("Open a repository"));
}

#[test]
fn a_dropped_folder_that_does_not_open_leaves_the_open_one() {
    let repo = small_log();
    let plain = Repo::folder("design-notes");
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.drag(&[plain.root()]).release();
    let dialog = role("dialog").named("Not opened");
    app.see(&role("heading").named("design-notes isn’t a git repository").within(&dialog));
    app.screenshot("drop-not-opened");
    app.click(&role("button").named("Back").within(&dialog));
    app.see_no(&dialog);
    app.see(&row("0001"));

    // Inside a repository any folder will do.
    let other = Repo::with("other", &[("docs/adr/0007-use-oak.md", "# 7. Use oak\n\n## Status\n\nAccepted\n")]);
    app.drag(&[other.path("docs")]).release();
    app.see(&row("0007"));
}

#[test]
fn a_link_dragged_within_a_record_is_no_folder() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.script(
        "window.overlays = [];
         new MutationObserver(() => {
           const text = document.querySelector('.drop b')?.textContent;
           if (text && text !== window.overlays.at(-1)) window.overlays.push(text);
         }).observe(document.body, { subtree: true, childList: true, characterData: true });",
        &[],
    );
    app.drag_uris("tauri://localhost/#record\r\n").leave();
    let drag = app.drag(&[repo.path("precedent.toml")]);
    app.see(&overlay("That’s a file"));
    drag.leave();
    app.see_no(&css(".drop"));
    // Events arrive in order: what the link would have shown, it would have shown before the file.
    assert_eq!(app.script("return window.overlays;", &[]), serde_json::json!(["That’s a file"]));
}
