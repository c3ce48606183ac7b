//! The menu bar of the system, where it is asked for.

use crate::fixture::{CACHE, CACHE_TEXT, await_saved, edit_at_end, read, row, small_log, source, title};
use precedent_e2e::{App, Find, Launch, css, role};
use serde_json::json;
use std::time::{Duration, Instant};

/// What the window system calls it.
const WINDOW: &str = "shop — Precedent";

/// How high the page is: a bar above it takes its share.
fn page_height(app: &App) -> i64 {
    app.script("return window.innerHeight;", &[]).as_i64().unwrap_or_default()
}

fn await_height(app: &App, fits: impl Fn(i64) -> bool) {
    app.wait("another height of the page", || fits(page_height(app)).then_some(()));
}

/// Presses keys of the bar once it shows what the page shows.
fn press_in_bar(app: &App, chords: &str) {
    app.wait("a bar that is told everything", || {
        (app.script("return document.documentElement.dataset.menuBar;", &[]) == json!("told")).then_some(())
    });
    app.press_on_screen(WINDOW, chords);
}

/// Chooses in the bar what shows something. News from git may exchange the bar while the keys are on their way, and it takes
/// an open menu with it: then a person presses again, and so does this.
fn choose_in_bar(app: &App, chords: &str, shows: &Find) {
    let mut pressed: Option<Instant> = None;
    app.wait(format!("{chords} in the bar to show {shows}"), || {
        if app.sees(shows) {
            return Some(());
        }
        if pressed.is_none_or(|at| at.elapsed() > AGAIN) {
            press_in_bar(app, chords);
            pressed = Some(Instant::now());
        }
        None
    });
}

/// Far longer than what is chosen takes to show.
const AGAIN: Duration = Duration::from_secs(8);

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
    let dialog = role("dialog").named("New decision");
    choose_in_bar(&app, "F10 Down Enter", &dialog);
    app.press("Esc");
    app.see_no(&dialog);

    // What is done to the record that is read, by the letters of the menus.
    read(&app, "0003", "Send mail");
    choose_in_bar(&app, "Alt+d Enter", &source());
    app.press("Esc Esc");
    app.see(&title("Send mail"));

    // It is remembered.
    let home = app.home().clone();
    app.quit();
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    await_height(&app, |height| height < whole - 10);
    // Taken away where it was asked for.
    app.press("Mod+,");
    let settings = role("dialog").named("Settings");
    app.see(&settings);
    app.click(&role("tab").named("Display"));
    let switch = role("checkbox").named("Menu bar");
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
    press_in_bar(&app, "e s o");
    app.see(&source().text("minute.eso"));
    press_in_bar(&app, "Ctrl+z");
    app.see_no(&source().text("minute.eso"));
    press_in_bar(&app, "x");
    await_saved(&app, "unsaved");
    // And those that are among them do what they say, once.
    press_in_bar(&app, "Ctrl+s");
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("minute.", "minute.x"));
    press_in_bar(&app, "Ctrl+b");
    app.on(&css("nav.sidebar"), "return element.classList.contains('rail');", &json!(false));
}
