//! The menu bar of the system, where it is asked for.

use crate::fixture::{CACHE, CACHE_TEXT, await_saved, edit_at_end, read, row, small_log, source, title};
use precedent_e2e::{App, Launch, css, role};
use serde_json::json;

/// What the window system calls it.
const WINDOW: &str = "shop — Precedent";

/// How high the page is: a bar above it takes its share.
fn page_height(app: &App) -> i64 {
    app.script("return window.innerHeight;", &[]).as_i64().unwrap_or_default()
}

fn await_height(app: &App, fits: impl Fn(i64) -> bool) {
    app.wait("another height of the page", || fits(page_height(app)).then_some(()));
}

#[test]
fn a_menu_bar_is_there_when_it_is_asked_for() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    let whole = page_height(&app);
    app.focus(&role("tree"));
    app.press("F10");
    await_height(&app, |height| height < whole - 10);

    // From now on F10 is the bar's: its first menu begins with a new decision.
    app.press_on_screen(WINDOW, "F10 Enter");
    let dialog = role("dialog").named("New decision");
    app.see(&dialog);
    app.press("Esc");
    app.see_no(&dialog);

    // What is done to the record that is read, by the letters of the menus.
    read(&app, "0003", "Send mail");
    app.press_on_screen(WINDOW, "Alt+d Enter");
    app.see(&source());
    app.press("Esc Esc");
    app.see(&title("Send mail"));

    // It is remembered, and taken away by its own item.
    let home = app.home().clone();
    app.quit();
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    await_height(&app, |height| height < whole - 10);
    app.press("Mod+,");
    let settings = role("dialog").named("Settings");
    app.see(&settings);
    app.click(&role("tab").named("Display"));
    let switch = role("switch").named("Menu bar");
    app.on(&switch, "return element.getAttribute('aria-checked') ?? String(element.checked);", &json!("true"));
    app.screenshot("settings-menu-bar");
    app.click(&switch);
    await_height(&app, |height| height == whole);
}

/// A bar takes its keys before the page does: what people type with is not among them.
#[test]
fn keys_of_the_bar_leave_typing_alone() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    let whole = page_height(&app);
    app.focus(&role("tree"));
    app.press("F10");
    await_height(&app, |height| height < whole - 10);
    edit_at_end(&app, "0001", "Cache quotes");
    app.press_on_screen(WINDOW, "e s o");
    app.see(&source().text("minute.eso"));
    app.press_on_screen(WINDOW, "Ctrl+z");
    app.see_no(&source().text("minute.eso"));
    app.press_on_screen(WINDOW, "x");
    await_saved(&app, "unsaved");
    // And those that are among them do what they say, once.
    app.press_on_screen(WINDOW, "Ctrl+s");
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("minute.", "minute.x"));
    app.press_on_screen(WINDOW, "Ctrl+b");
    app.on(&css("nav.sidebar"), "return element.classList.contains('rail');", &json!(false));
}
