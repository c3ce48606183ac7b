//! Everything by keyboard, and every record of the sample; narrow windows.

use crate::acting::picture;
use crate::fixture::{await_saved, pane_of, row, small_log, source, title};
use precedent_e2e::{App, Find, Repo, css, role};
use serde_json::json;

#[test]
fn the_keyboard_alone_is_enough() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0003"));
    pane_of(&app, &role("tree"));
    app.press("Home J");
    app.see(&title("Send mail through a queue"));
    app.press("J J J");
    app.see(&title("Cache quotes in memory"));
    app.press("K");
    app.see(&title("Use Postgres for invoices"));
    app.press("Enter");
    app.on(&css("article"), "return element === document.activeElement;", &json!(true));
    app.press("Mod+K");
    app.see(&role("dialog"));
    app.type_text("queue");
    app.see(&role("option").text("Send mail").nth(0));
    app.screenshot("palette");
    app.press("Enter");
    app.see_no(&role("dialog"));
    app.see(&title("Send mail through a queue"));

    // A path that nobody writes down, a line of the record, and what git could do elsewhere.
    app.press("Mod+K");
    app.type_text("/services/pay/x.rs");
    app.see(&role("option").text("Show what binds /services/pay/x.rs"));
    app.press("Enter");
    let field = role("textbox").named("Search all text");
    app.on(&field, "return element.value;", &json!("path:services/pay/x.rs"));
    app.press("Mod+Shift+F Esc");
    app.see(&title("Send mail through a queue"));
    app.press("Mod+Shift+P");
    app.type_text("commit");
    app.see(&css("[role=option][aria-disabled=true]").text("Commit").text("nothing to commit"));
    app.press("Esc Mod+K");
    app.type_text(":7");
    app.see(&role("option").text("Go to line 7 of 0003"));
    app.press("Enter");
    app.see(&source());
    app.see(&css("footer").text("Ln 7"));
    app.press("Esc Esc");
    app.see_no(&source());
    pane_of(&app, &css("article"));
    app.press("E");
    app.see(&source());
    app.on(&source(), "return element === document.activeElement;", &json!(true));
    app.press("Mod+End Up End");
    app.type_text(" By keyboard.");
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert!(repo.read(crate::fixture::QUEUE).ends_with("on a queue. By keyboard.\n"));
}

#[test]
fn brackets_walk_the_chain() {
    let repo = small_log();
    repo.write(
        "docs/decisions/0004-cache-in-redis.md",
        "---\nstatus: accepted\ndate: 2026-05-01\nsupersedes: [ADR-0001]\n---\n# Cache quotes in Redis\n\nText.\n",
    );
    repo.write(
        crate::fixture::CACHE,
        crate::fixture::CACHE_TEXT.replace("status: accepted", "status: superseded by ADR-0004"),
    );
    let long = long_record();
    repo.write("docs/decisions/0005-draw-the-flow.md", &long);
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&title("Cache quotes in Redis"));
    pane_of(&app, &css("article"));
    app.press("[");
    app.see(&title("Cache quotes in memory"));
    app.press("]");
    app.see(&title("Cache quotes in Redis"));

    // A diagram is drawn from its text, and says what it is.
    app.click(&row("0005"));
    let diagram = css("article .mermaid-figure svg");
    app.see(&diagram);
    app.on(
        &diagram,
        "return element.textContent.includes('Relay') && element.getBoundingClientRect().height > 40;",
        &json!(true),
    );
    app.see_no(&css("article pre").text("graph LR"));
    assert_eq!(app.attribute(&css("article .mermaid-figure"), "aria-label").as_deref(), Some("Diagram"));
    picture(&app, "diagram");
    the_wheel_scrolls_at_once(&app);
    the_preview_scrolls_with_the_source(&app);
}

/// A diagram and far more text than fits on the screen.
fn long_record() -> String {
    let paragraphs: String = (1..=60).map(|at| format!("## Part {at}\n\nWhat part {at} says.\n\n")).collect();
    format!(
        "---\nstatus: accepted\ndate: 2026-05-02\n---\n# Draw the flow\n\n```mermaid\ngraph LR\n  Relay --> Queue\n```\n\n{paragraphs}"
    )
}

/// WebKitGTK's smooth scrolling is off: a turn of the wheel is one step, not a way of many frames.
fn the_wheel_scrolls_at_once(app: &App) {
    let article = css("article.reader");
    app.ask(&article, "window.steps = []; element.addEventListener('scroll', () => window.steps.push(element.scrollTop)); return true;");
    app.wheel(&article, 400);
    app.wait("the record to have scrolled", || (scrolled(app, &article) > 0.0).then_some(()));
    let rest = "const done = arguments[arguments.length - 1]; let frames = 30; const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done(window.steps)); next();";
    let steps = app.script_async(rest, &[]);
    assert!(steps.as_array().is_some_and(|steps| steps.len() <= 2), "{steps}");
}

fn scrolled(app: &App, find: &Find) -> f64 {
    app.ask(find, "return element.scrollTop;").as_f64().unwrap_or_default()
}

fn the_preview_scrolls_with_the_source(app: &App) {
    app.press("E");
    app.see(&source());
    let preview = css(".preview");
    app.see(&preview.clone().text("Part 60"));
    // The part at the upper edge of a pane, by its number.
    let first = |find: &Find, headings: &str| {
        let body = format!(
            "const top = element.getBoundingClientRect().top; const all = [...element.querySelectorAll('{headings}')].filter((one) => /Part \\d+/.test(one.textContent) && one.getBoundingClientRect().bottom > top); return Number(/Part (\\d+)/.exec(all[0]?.textContent ?? '')?.[1] ?? 0);"
        );
        app.ask(find, &body).as_f64().unwrap_or_default()
    };
    let scroller = css(".cm-scroller");
    let together = |what: &str| {
        app.wait(what, || {
            let (left, right) = (first(&scroller, ".cm-line"), first(&preview, "h2"));
            (left > 5.0 && (left - right).abs() <= 2.0).then_some(())
        });
    };
    app.wheel(&scroller, 1_500);
    together("the preview at the part that the source shows");
    let before = scrolled(app, &scroller);
    app.wheel(&preview, 600);
    app.wait("the source to follow the preview", || (scrolled(app, &scroller) > before).then_some(()));
    together("the source at the part that the preview shows");
}

#[test]
fn every_record_of_the_sample_can_be_read() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    app.see(&row("0026"));
    let (code, json) = repo.precedent(&["list", "--json"]);
    assert_eq!(code, 0);
    let records: Vec<serde_json::Value> = serde_json::from_str(&json).expect("list prints JSON");
    assert!(records.len() > 20, "{} records", records.len());
    pane_of(&app, &role("tree"));
    app.press("Home");
    let mut seen = std::collections::BTreeSet::new();
    // Groups and records: every row once, from the top.
    for _ in 0..records.len() + 4 {
        app.press("Down");
        let name = app.script("const t = document.querySelector('[role=tree]'); return document.getElementById(t.getAttribute('aria-activedescendant'))?.textContent ?? ''", &[]);
        let name = name.as_str().unwrap_or_default().to_owned();
        // A row of a record that cannot be read names its file.
        let file = |record: &serde_json::Value| {
            record["path"].as_str().and_then(|path| path.rsplit('/').next()).map(str::to_owned)
        };
        let is_shown = |record: &&serde_json::Value| {
            name.contains(record["title"].as_str().unwrap_or("?"))
                || file(record).is_some_and(|file| name.contains(&file))
        };
        if let Some(record) = records.iter().find(is_shown) {
            app.see(&title(record["title"].as_str().unwrap_or_default()));
            app.see(&css("article .prose"));
            assert_eq!(app.count(&role("alert").text("could not be opened")), 0, "{name}");
            seen.insert(record["path"].to_string());
        } else {
            // A folded group: its records are reached by opening it.
            app.press("Right");
        }
    }
    assert_eq!(seen.len(), records.len(), "{seen:#?}");
}

#[test]
fn a_narrow_window_shows_one_pane_with_a_way_back() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.resize(720, 600);
    app.see_no(&role("tree"));
    app.click(&role("button").named("Back to the list"));
    app.see_no(&css("article"));
    app.click(&row("0001"));
    app.see(&title("Cache quotes"));
    app.see_no(&role("tree"));
    app.screenshot("narrow");
    app.click(&role("button").named("Back to the list"));
    app.see(&row("0001"));
    app.resize(1440, 860);
    app.see(&row("0001"));
    app.see(&css("section").text("Choose a decision, or press"));
    picture(&app, "state-nothing-selected");
}

/// In one pane the list is walked before a record takes its place, and the focus follows what is shown.
#[test]
fn one_pane_is_walked_read_and_left_by_keyboard() {
    let repo = small_log();
    let app = App::open(&repo);
    let has_focus = |find: &precedent_e2e::Find| {
        app.on(find, "return element === document.activeElement;", &json!(true));
    };
    app.see(&title("Send mail"));
    app.focus(&role("tree"));
    app.resize(720, 600);
    // The list went with the width, and the focus with it.
    has_focus(&css("article"));
    app.press("Esc");
    has_focus(&role("tree"));
    app.press("Home J J J");
    app.on(
        &role("tree"),
        "return document.getElementById(element.getAttribute('aria-activedescendant'))?.textContent.includes('0002') ?? false;",
        &json!(true),
    );
    has_focus(&role("tree"));
    assert!(!app.sees(&css("article")), "the list stays while it is walked");
    app.press("Enter");
    app.see(&title("Use Postgres"));
    has_focus(&css("article"));

    // A link is followed, and the keys of the reader go on.
    crate::fixture::tab_to(&app, &css("article a.citation").nth(0));
    app.press("Enter");
    app.see(&title("Cache quotes"));
    has_focus(&css("article"));
    app.press("E");
    app.see(&source());
    app.see(&css("footer").text("Ln "));
    app.press("Esc Esc");
    app.see_no(&source());
    has_focus(&css("article"));

    // Views are reached without the sidebar.
    app.press("Mod+Shift+P");
    app.type_text("view in force");
    app.press("Enter");
    app.see_no(&row("0003"));
    has_focus(&role("tree"));
}

/// Esc closes what lies on top, then takes the filter off, then goes to the list.
#[test]
fn esc_goes_back_step_by_step() {
    let repo = small_log();
    let app = App::open(&repo);
    let has_focus = |find: &precedent_e2e::Find| {
        app.on(find, "return element === document.activeElement;", &json!(true));
    };
    app.see(&row("0003"));
    app.focus(&role("tree"));
    app.press("/");
    app.type_text("postgres");
    app.see_no(&row("0003"));
    app.press("Down");
    app.press("Home Down");
    app.see(&title("Use Postgres"));
    app.press("Enter");
    has_focus(&css("article"));
    app.press("Esc");
    app.see(&row("0003"));
    has_focus(&css("article"));
    app.press("Esc");
    has_focus(&role("tree"));

    // Where About is a sheet it goes first, and the record has the focus again.
    app.resize(1100, 800);
    app.see_no(&css("aside"));
    app.press("Enter");
    has_focus(&css("article"));
    let about = css("aside.sheet");
    app.press("Mod+Alt+B");
    app.see(&about);
    app.press("Esc");
    app.see_no(&about);
    has_focus(&css("article"));
    app.press("Mod+Alt+B");
    app.focus(&role("button").like("Hide").within(&about));
    app.press("Esc");
    app.see_no(&about);
    has_focus(&css("article"));

    // So does the chain of Lineage.
    app.press("Mod+2");
    app.see(&role("listbox"));
    app.focus(&role("listbox"));
    app.press("Mod+Alt+B");
    app.see(&about.clone().text("Chain"));
    app.press("Esc");
    app.see_no(&about);
    has_focus(&role("listbox"));

    // In one pane the list comes back.
    app.press("Mod+1");
    app.see(&row("0002"));
    app.press("Enter");
    app.resize(720, 600);
    app.see(&title("Use Postgres"));
    app.see_no(&role("tree"));
    app.focus(&css("article"));
    app.press("Esc");
    app.see(&row("0002"));
    has_focus(&role("tree"));
}

/// Where the facets have no pane of their own, a button shows them over the results.
#[test]
fn facets_are_there_in_a_narrow_window() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.resize(720, 600);
    crate::fixture::search(&app, "mail quotes invoices");
    app.see(&role("option").text("Use Postgres"));
    let button = role("button").like("Filters").within(&css(".hits"));
    let facets = css("aside.facets");
    app.see_no(&facets);
    app.click(&button);
    app.see(&facets);
    app.screenshot("search-narrow");
    app.click(&role("checkbox").like("Proposed").within(&facets));
    app.see_no(&role("option").text("Use Postgres"));
    app.see(&role("option").text("Send mail"));
    app.press("Esc");
    app.see_no(&facets);
    app.see(&button.clone().text("1"));
    app.on(&button, "return element === document.activeElement;", &json!(true));
    app.press("Enter");
    app.see(&facets);
    app.click(&role("button").named("Close the filters").within(&facets));
    app.see_no(&facets);
    app.see(&role("option").text("Send mail"));
}
