//! F6 on each screen: every pane once, in the order one sees them, and round again.

use crate::changes::open_changes;
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, read, row, search, small_log, source, title};
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
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    walk(&app, &[("Decisions", "[role=tree]"), ("Record", "article"), ("About", "button"), STATUS, BAR, RAIL]);
}

#[test]
fn f6_walks_search() {
    let repo = small_log();
    let app = App::open(&repo);
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
    let repo = Repo::sample();
    let app = App::open(&repo);
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
    walk(&app, &[("Changes", "button"), ("Difference", "[role=group]"), STATUS, BAR, RAIL]);
}

/// Each screen remembers its sidebar by itself; those that need the width begin without it.
#[test]
fn the_sidebar_is_remembered_for_each_screen() {
    let repo = small_log();
    let app = App::open(&repo);
    let is_rail = |rail: bool| {
        app.on(&css("nav.sidebar"), "return element.classList.contains('rail');", &json!(rail));
    };
    app.see(&row("0001"));
    is_rail(false);
    app.press("Mod+5");
    app.see(&css("body").text("Nothing to commit"));
    is_rail(true);
    app.press("Mod+B");
    is_rail(false);
    app.press("Mod+2");
    app.see(&role("listbox"));
    is_rail(true);
    app.press("Mod+1");
    app.see(&row("0001"));
    is_rail(false);
    app.press("Mod+B");
    is_rail(true);
    app.press("Mod+5");
    app.see(&css("body").text("Nothing to commit"));
    is_rail(false);

    let home = app.home().clone();
    app.quit();
    let app = precedent_e2e::Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    app.on(&css("nav.sidebar"), "return element.classList.contains('rail');", &json!(true));
}

/// Edges of sidebar, facets and preview: by mouse, by key, back by a double-click.
#[test]
fn pane_edges_move_by_mouse_and_key() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    let width = |of: &str| {
        let width = app.ask(&css(of), "return Math.round(element.getBoundingClientRect().width);");
        width.as_i64().unwrap_or_default()
    };
    let drag = |name: &str, by: i64| {
        let edge = role("separator").named(name);
        let at = app.ask(
            &edge,
            "const box = element.getBoundingClientRect(); return [Math.round(box.left + box.width / 2), Math.round(box.top + 200)];",
        );
        let (x, y) = (at[0].as_i64().unwrap_or_default(), at[1].as_i64().unwrap_or_default());
        app.drag_pointer((x, y), (x + by, y), 4);
    };
    let is = |of: &str, expected: i64| {
        app.wait(format!("{of} to be {expected} wide"), || ((width(of) - expected).abs() <= 1).then_some(()));
    };

    is("nav.sidebar", 212);
    drag("Sidebar width", 60);
    is("nav.sidebar", 272);
    app.focus(&role("separator").named("Sidebar width"));
    app.press("Left");
    is("nav.sidebar", 256);
    app.press("Home");
    is("nav.sidebar", 180);
    app.press("End");
    is("nav.sidebar", 320);
    app.ask(
        &role("separator").named("Sidebar width"),
        "element.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })); return true;",
    );
    is("nav.sidebar", 212);

    search(&app, "postgres");
    app.see(&role("option").text("Use Postgres"));
    is("aside.facets", 216);
    drag("Filters width", 40);
    is("aside.facets", 256);
    // To the results, then back to the Library.
    app.press("Esc Esc");

    app.see(&title("Use Postgres"));
    app.click(&role("button").named("Edit"));
    app.see(&source());
    let preview = "section[data-pane=Preview]";
    let before = width(preview);
    is("section[data-pane=Source]", before);
    drag("Preview width", 100);
    is(preview, before - 100);
    app.resize(1280, 860);
    app.wait("both to give way", || {
        let (source, preview) = (width("section[data-pane=Source]"), width(preview));
        (source > preview && preview < before - 100).then_some(())
    });
    app.focus(&role("separator").named("Preview width"));
    app.screenshot("editor-edges");
}
