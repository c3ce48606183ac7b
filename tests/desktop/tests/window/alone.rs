//! The product's main job by keyboard alone, and by mouse alone (keys only where a text has to be typed).

use crate::changes::{file, message};
use crate::fixture::{POSTGRES, POSTGRES_TEXT, await_saved, row, small_log, source, title};
use precedent_e2e::{App, Home, Launch, Repo, css, role};
use std::rc::Rc;

const SUCCESSOR: &str = "docs/decisions/0004-keep-quotes-in-redis.md";

/// A home in which the repository was opened before.
fn known(repo: &Repo) -> Rc<Home> {
    let app = App::open(repo);
    app.see(&row("0001"));
    let home = Rc::clone(app.home());
    drop(app);
    home.forget_windows();
    home
}

/// What both ways lead to: two commits' worth of work in one.
fn assert_done(app: &App, repo: &Repo) {
    app.wait("the commit", || (repo.git(["log", "-1", "--format=%s"]).trim() != "Begin").then_some(()));
    let files = repo.git(["show", "--name-only", "--format="]);
    assert!(files.contains(SUCCESSOR) && files.contains(POSTGRES), "{files}");
    assert!(repo.read(SUCCESSOR).contains("supersedes: [ADR-0001]"));
    assert_eq!(repo.read(POSTGRES), POSTGRES_TEXT.replace("cluster.", "cluster. In two zones."));
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    repo.assert_sound();
}

fn focused(app: &App, find: &precedent_e2e::Find) {
    app.on(find, "return element === document.activeElement;", &true.into());
}

#[test]
fn by_keyboard_alone() {
    let repo = small_log();
    let app = Launch::new().home(&known(&repo)).start();
    let recent = role("button").like("shop");
    app.see(&recent);
    for _ in 0..12 {
        if app.ask(&recent, "return element === document.activeElement;") == true {
            break;
        }
        app.press("Tab");
    }
    focused(&app, &recent);
    app.press("Enter");
    app.see(&row("0001"));

    app.press("Mod+Shift+F");
    app.type_text("transactions rows");
    app.see(&role("option").text("Use Postgres"));
    app.press("Enter");
    app.see(&title("Use Postgres"));
    // The record has the focus: to its link, along it and back.
    focused(&app, &css("article"));
    app.press("Tab");
    focused(&app, &css("article a").text("the cache"));
    app.press("Enter");
    app.see(&title("Cache quotes"));
    app.press("Alt+Left");
    app.see(&title("Use Postgres"));
    app.press("G L J K");
    app.press("Mod+K");
    app.type_text("Edit");
    app.see(&role("option").text("Edit ADR-0002").nth(0));
    app.press("Enter");
    app.see(&source());
    focused(&app, &source());
    app.press("Mod+End Up End");
    app.type_text(" In two zones.");
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    app.press("Esc Esc");
    app.see_no(&source());

    app.press("Mod+P");
    app.type_text("0001");
    app.see(&role("option").text("Cache quotes").nth(0));
    app.press("Enter");
    app.see(&title("Cache quotes"));
    focused(&app, &css("article"));
    app.press("S");
    app.see(&role("dialog").named("Supersede ADR-0001"));
    app.type_text("Keep quotes in Redis");
    app.see(&css("[data-testid=planned-file]"));
    app.press("Mod+Enter");
    app.see_no(&role("dialog"));
    app.see(&title("Keep quotes in Redis"));

    app.press("G C");
    app.see(&file(POSTGRES));
    app.wait("the edited record to be chosen", || {
        app.press("Down");
        (app.attribute(&file(POSTGRES), "aria-selected").as_deref() == Some("true")).then_some(())
    });
    app.press("Space");
    app.see(&css(&format!("[data-path='{POSTGRES}'][data-staged=true]")));
    app.press("M");
    focused(&app, &message());
    app.press("Mod+A");
    app.type_text("Supersede ADR-0001 with ADR-0004");
    app.press("Mod+Enter");
    assert_done(&app, &repo);
}

#[test]
fn by_mouse_alone() {
    let repo = small_log();
    let app = Launch::new().home(&known(&repo)).start();
    app.click(&role("button").like("shop"));
    app.see(&row("0001"));
    app.click(&role("textbox").named("Search all text"));
    app.type_text("transactions rows");
    app.click(&role("option").text("Use Postgres"));
    app.click(&role("button").named("Open"));
    app.see(&title("Use Postgres"));
    app.click(&css("article a").text("the cache"));
    app.see(&title("Cache quotes"));
    app.click(&role("button").named("Back"));
    app.see(&title("Use Postgres"));
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.click(&css(".cm-line").text("One Postgres cluster."));
    // The click may land anywhere in the line.
    app.press("End");
    app.type_text(" In two zones.");
    await_saved(&app, "unsaved");
    app.click(&css("[data-testid=save]"));
    await_saved(&app, "not-committed");
    app.click(&role("button").like("Library"));
    app.click(&row("0001"));
    app.see(&title("Cache quotes"));
    app.click(&role("button").named("Supersede"));
    let dialog = role("dialog").named("Supersede ADR-0001");
    app.click(&role("textbox").named("Title of the new decision").within(&dialog));
    app.type_text("Keep quotes in Redis");
    app.see(&css("[data-testid=planned-file]"));
    app.click(&role("button").like("Create and stage"));
    app.see_no(&dialog);
    app.click(&role("button").like("Changes"));
    app.click(&css(".tick").within(&file(POSTGRES)));
    app.see(&css(&format!("[data-path='{POSTGRES}'][data-staged=true]")));
    app.click(&role("button").like("Commit "));
    assert_done(&app, &repo);
}
