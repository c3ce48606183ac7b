//! F6 on each screen: every pane once, in the order one sees them, and round again.

use crate::changes::open_changes;
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, read, row, search, small_log, source};
use precedent_e2e::{App, Repo, css, role};
use serde_json::json;

const BAR: (&str, &str) = ("Repository and search", "button");
const RAIL: (&str, &str) = ("Main", "button");
const STATUS: (&str, &str) = ("Status", "footer, button");

/// The focus is in this pane, on an element that fits the selector.
fn stands_in(app: &App, (pane, element): (&str, &str)) {
    let look =
        "const at = document.activeElement; return [at.closest('[data-pane]')?.dataset.pane, at.matches(SELECTOR)];";
    app.on(&css("body"), &look.replace("SELECTOR", &json!(element).to_string()), &json!([pane, true]));
}

/// Walks through the panes forwards from the first, round to it, and backwards again.
fn walk(app: &App, panes: &[(&str, &str)]) {
    let first = panes[0];
    app.focus(&css(&format!("[data-pane='{}'] :is({})", first.0, first.1)));
    for pane in panes[1..].iter().chain([&first]) {
        app.press("F6");
        stands_in(app, *pane);
    }
    for pane in panes.iter().rev() {
        app.press("Shift+F6");
        stands_in(app, *pane);
    }
}

#[test]
fn f6_walks_the_library() {
    let app = App::open(&small_log());
    read(&app, "0002", "Use Postgres");
    walk(&app, &[("Decisions", "[role=tree]"), ("Record", "article"), ("About", "button"), STATUS, BAR, RAIL]);
}

#[test]
fn f6_walks_search() {
    let app = App::open(&small_log());
    app.see(&row("0001"));
    search(&app, "quotes");
    app.see(&role("option").text("quotes"));
    walk(
        &app,
        &[("Results", "[role=listbox]"), ("Preview", "article"), STATUS, BAR, RAIL, ("Filters", "input, button")],
    );
}

#[test]
fn f6_walks_lineage() {
    let app = App::open(&Repo::sample());
    app.see(&row("0026"));
    app.press("Mod+2");
    app.see(&role("listbox"));
    walk(&app, &[("Decisions over time", "[role=listbox]"), ("Chain", "button, a"), STATUS, BAR, RAIL]);
}

#[test]
fn f6_walks_the_editor() {
    let repo = small_log();
    repo.write(POSTGRES, repo.read(POSTGRES).replace("date: 2026-02-11", "date: 2026-02-31"));
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.press("Mod+J");
    app.see(&css(".problems [role=row]"));
    walk(
        &app,
        &[
            ("Source", "[role=textbox]"),
            ("Preview", "[role=region]"),
            ("Problems", "[role=row]"),
            STATUS,
            BAR,
            RAIL,
            ("Details", "textarea, input"),
        ],
    );
    // A field that was typed in is come back to.
    app.focus(&role("textbox").named("Scope"));
    app.press("F6 Shift+F6");
    app.on(&role("textbox").named("Scope"), "return element === document.activeElement;", &json!(true));
}

#[test]
fn f6_walks_changes_and_an_empty_one() {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.see(&css("ins").text("two"));
    walk(&app, &[("Changes", "[role=option]"), ("Difference", "[role=region]"), STATUS, BAR, RAIL]);

    repo.write(CACHE, CACHE_TEXT);
    app.see(&css("body").text("Nothing to commit"));
    walk(&app, &[("Changes", "button"), ("Difference", "section"), STATUS, BAR, RAIL]);
}
