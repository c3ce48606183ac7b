//! Decisions over time: by key to the screen, along and across, alone, into the record, back to a day, out as a picture.

use crate::axe::look;
use crate::fixture::{jump, pane_of, row, tab_into, tab_to, title};
use precedent_e2e::{App, Find, Repo, css, role};
use serde_json::json;

/// The bar of the record that is chosen.
fn current() -> Find {
    css("[role=option][aria-selected=true]")
}

fn bar(label: &str) -> Find {
    role("option").like(&format!("{label}, "))
}

/// Waits until the bar of this record is the chosen one.
fn await_current(app: &App, label: &str) {
    app.on(&current(), "return element.getAttribute('aria-label').slice(0, 4);", &label.into());
    let active = "const bar = document.getElementById(element.getAttribute('aria-activedescendant')); return bar?.getAttribute('aria-selected');";
    app.on(&role("listbox"), active, &"true".into());
}

/// The sample log on its Lineage screen, with 0021 chosen.
fn open(app: &App) {
    jump(app, "0021", "Postings are the only source");
    app.press("G T");
    app.see(&role("heading").named("Lineage"));
    app.on(&role("listbox"), "return element === document.activeElement;", &json!(true));
    await_current(app, "0021");
}

#[test]
fn the_keyboard_leads_through_time() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    open(&app);
    app.see(&css("[data-testid=shown]").text(" of 26"));
    app.screenshot("lineage");

    // Along the chain and its ends, then to another track and back by the mouse.
    app.press("Left");
    await_current(&app, "0008");
    app.see(&role("complementary").text("212 payouts were approved"));
    app.press("Left");
    await_current(&app, "0003");
    app.press("Left");
    await_current(&app, "0003");
    app.press("End");
    await_current(&app, "0021");
    app.press("Down");
    app.on(&current(), "return element.getAttribute('aria-label').startsWith('0021');", &json!(false));
    app.click(&bar("0021"));
    await_current(&app, "0021");
    let name = app.attribute(&bar("0008"), "aria-label").unwrap_or_default();
    assert!(name.contains("superseded, held 29 months, September 2023 to March 2026"), "{name}");

    // The chain's pane leads there, too, with the keys of any button.
    let panel = role("complementary");
    pane_of(&app, &panel);
    tab_to(&app, &role("button").text("Refresh balances").within(&panel));
    app.press("Enter");
    await_current(&app, "0008");
    app.press("Right");
    await_current(&app, "0021");

    // The chain alone, and the others again.
    pane_of(&app, &role("listbox"));
    app.press("F");
    app.wait("three bars", || (app.count(&role("option")) == 3).then_some(()));
    app.see(&css(".chip").text("Only the chain of 0003"));
    app.press("F");
    app.see(&bar("0024"));

    // What is not shown at first.
    app.see_no(&bar("0010"));
    tab_to(&app, &role("button").named("Show all 26"));
    app.press("Enter");
    app.see(&bar("0010"));
    app.screenshot("lineage-all");

    // The button that shows fewer has the focus now. Into the record, and back to where one was.
    tab_into(&app, &role("listbox"));
    app.press("Enter");
    app.see(&title("Postings are the only source"));
    app.on(&css("article"), "return element === document.activeElement;", &json!(true));
    app.press("Alt+Left");
    await_current(&app, "0021");
    pane_of(&app, &role("listbox"));
    app.press("S");
    app.see(&role("dialog").named("Supersede ADR-0021"));
    app.press("Esc");
    app.see_no(&role("dialog"));

    // One scope alone, asked for by name; Esc shows the others again.
    app.press("Mod+Shift+P");
    app.type_text("Show ledger in Lin");
    app.see(&role("option").text("Show ledger in Lineage"));
    app.press("Enter");
    app.see(&css(".chip").text("Only ledger"));
    app.see(&bar("0021"));
    app.see_no(&bar("0015"));
    app.screenshot("lineage-scope");
    pane_of(&app, &role("listbox"));
    app.press("Esc");
    app.see_no(&css(".chip"));
}

#[test]
fn a_day_shows_what_was_in_force() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    open(&app);
    let day = role("slider").named("In force on a day");
    app.focus(&day);
    // A year and a month back, then a day on.
    app.press("Shift+PgDn PgDn Right");
    app.see(&css(".chip").text("held on"));
    app.on(&bar("0008"), "return element.dataset.look;", &"held".into());
    app.on(&bar("0021"), "return element.dataset.look;", &"off".into());
    // Also what is not shown otherwise: all that was in force then.
    app.on(&bar("0015"), "return element.dataset.look;", &"held".into());
    let name = app.attribute(&bar("0021"), "aria-label").unwrap_or_default();
    assert!(name.contains(", not in force on "), "{name}");
    app.screenshot("lineage-as-of");
    app.press("Home");
    app.on(&bar("0008"), "return element.dataset.look;", &"off".into());
    app.press("End");
    app.see_no(&css(".chip"));
    app.on(&bar("0021"), "return element.dataset.look;", &"held".into());

    // Zoom, pan and the brush move the same window of time.
    let from = role("slider").named("Shown from");
    let before = app.attribute(&from, "aria-valuetext");
    app.focus(&role("listbox"));
    app.press("+ +");
    app.wait("a later beginning", || (app.attribute(&from, "aria-valuetext") != before).then_some(()));
    app.press("0");
    app.wait("the whole of time", || (app.attribute(&from, "aria-valuetext") == before).then_some(()));
    app.focus(&from);
    app.press("Right Right");
    app.wait("a later beginning", || (app.attribute(&from, "aria-valuetext") != before).then_some(()));
    app.press("Home");
    app.wait("the whole of time", || (app.attribute(&from, "aria-valuetext") == before).then_some(()));
}

#[test]
fn records_without_a_day_and_logs_without_records_are_shown_as_such() {
    let record =
        |status: &str, more: &str, title: &str| format!("---\nstatus: {status}\n{more}---\n# {title}\n\nText.\n");
    let repo = Repo::with(
        "days",
        &[
            ("precedent.toml", "logs = [\"docs/adr\"]\n"),
            ("docs/adr/0001-a.md", &record("superseded", "superseded-by: [ADR-0002]\n", "No day at all")),
            ("docs/adr/0002-b.md", &record("accepted", "supersedes: [ADR-0001]\ndate: 2024-05-06\n", "Has a day")),
            ("docs/adr/0003-c.md", &record("accepted", "", "Holds since nobody knows when")),
            ("docs/adr/0004-d.md", &record("deprecated", "date: 2025-02-03\n", "Only its end is known")),
            ("docs/adr/0005-e.md", &record("draft", "", "Not yet decided")),
        ],
    );
    let app = App::open(&repo);
    app.see(&row("0002"));
    app.press("Mod+2");
    app.click(&role("button").named("Show all 5"));
    let name = |label: &str| app.attribute(&bar(label), "aria-label").unwrap_or_default();
    assert_eq!(name("0003"), "0003, Holds since nobody knows when, accepted, no date");
    assert_eq!(name("0004"), "0004, Only its end is known, deprecated, until February 2025, beginning not known");
    assert_eq!(name("0005"), "0005, Not yet decided, draft");
    let left =
        |label: &str| app.ask(&bar(label), "return element.getBoundingClientRect().left;").as_f64().unwrap_or(0.0);
    let order: Vec<_> = ["0003", "0002", "0005"].map(left).into_iter().collect();
    assert!(order.is_sorted() && left("0001") < left("0002"), "{order:?}");
    app.see(&css(".axis").text("No date"));
    app.screenshot("lineage-undated");
    drop(app);

    let empty = Repo::with("empty", &[("precedent.toml", "logs = [\"docs/adr\"]\n"), ("docs/adr/.keep", "")]);
    let app = App::open(&empty);
    app.see(&role("heading").named("No decisions here yet"));
    app.press("Mod+2");
    app.see(&role("heading").named("No decisions yet"));
    app.screenshot("lineage-empty");
}

#[test]
fn a_picture_is_written_where_the_user_says() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    open(&app);
    let folder = repo.root().parent().expect("the repository lies in a folder");
    let export = |command: &str, name: &str| {
        app.press("Mod+Shift+P");
        app.see(&role("dialog"));
        app.type_text(command);
        app.see(&role("option").text(command));
        app.press("Enter");
        let path = folder.join(name);
        app.save_dialog("Export Lineage", &path);
        app.see(&css("body").text(&format!("{name} written")));
        std::fs::read(&path).expect("the picture is there")
    };
    let svg = String::from_utf8(export("Export Lineage as SVG", "time.svg")).expect("an SVG is text");
    assert!(svg.starts_with("<svg xmlns") && svg.ends_with("</svg>\n"), "{svg}");
    for part in [
        "Lineage of sample, ",
        ">0021<",
        ">Refresh balances from a nightly projection<",
        ">ledger<",
        ">2024<",
        ">Today<",
    ] {
        assert!(svg.contains(part), "{part} is not in {svg}");
    }
    assert!(!svg.contains("var(") && !svg.contains("http://localhost"), "it stands alone: {svg}");
    assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());

    let png = export("Export Lineage as PNG", "time.png");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    assert!(side(16) > 1_500 && side(20) > 400, "{} × {}", side(16), side(20));
    std::fs::copy(folder.join("time.png"), precedent_e2e::screens().join("lineage-export.png")).expect("a copy");
    repo.assert_sound();
}

#[test]
fn lineage_is_accessible_at_every_width() {
    let repo = Repo::sample();
    let mut faults = Vec::new();
    let app = App::open(&repo);
    open(&app);
    look(&app, "Lineage", &mut faults);
    app.focus(&role("slider").named("In force on a day"));
    app.press("Shift+PgDn");
    app.see(&css(".chip").text("held on"));
    look(&app, "Lineage as of a day", &mut faults);
    app.press("End");
    app.click(&role("button").named("Show all 26"));
    app.see(&bar("0010"));
    look(&app, "Lineage, all", &mut faults);
    // Narrower: the legend under the header, the chain as a sheet; then half the width, as 200 % zoom gives.
    for (width, name) in [(1100, "lineage-1100"), (900, "lineage-900"), (720, "lineage-720")] {
        app.resize(width, 700);
        app.on(
            &css("body"),
            "return Math.abs(innerWidth - arguments[1]) < 40;".replace("arguments[1]", &width.to_string()).as_str(),
            &json!(true),
        );
        app.see_no(&role("complementary"));
        app.see(&css(".legend"));
        app.focus(&role("listbox"));
        app.screenshot(name);
        app.press("Mod+Alt+B");
        app.see(&role("complementary"));
        look(&app, name, &mut faults);
        app.screenshot(&format!("{name}-chain"));
        app.press("Mod+Alt+B");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
