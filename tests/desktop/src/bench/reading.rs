//! A press on a row until its record is painted.

use super::table::{Table, at};
use crate::{App, Find, css, role};
use serde_json::{Value, json};

/// Of a hundred, 95 are at most this late, milliseconds.
const READ_MS: f64 = 80.0;
/// Rows pressed, from the top of the list.
const ROWS: usize = 12;
const ROUNDS: usize = 5;

/// Presses rows one after the other.
pub(super) fn measure(app: &App, table: &mut Table) {
    // The list opens at the record that is shown: the key brings the top, wherever that was.
    app.see(&css("main h1.title"));
    app.script("document.querySelector('[role=tree]').focus();", &[]);
    app.press("Home");
    app.on(&role("tree"), "return element.scrollTop;", &json!(0));
    let rows = top_rows(app);
    // What comes with the first record of a session is the start's: its typeface, its history's first look at the log.
    app.click(&rows[ROWS]);
    app.see(&css("aside").text("1 commit"));
    app.script(include_str!("reading.js"), &[]);
    let mut pressed = 0;
    for _ in 0..ROUNDS {
        for row in rows[..ROWS].iter().rev() {
            app.click(row);
            pressed += 1;
            // The page tells: asking it again and again would be measured as well.
            app.script_async("window.shownDone(...arguments);", &[json!(pressed)]);
        }
    }
    let mut times = shown(app);
    table.tell("press on a row until its record is painted, median", at(&mut times, 50), "ms");
    table.judge("press on a row until its record is painted, 95 of 100", at(&mut times, 95), "ms", READ_MS);
}

/// The first rows on the screen: the list keeps others in the page as well, in no order.
fn top_rows(app: &App) -> Vec<Find> {
    let names = app.script(
        "return [...document.querySelectorAll('[role=tree] [role=treeitem]')]
            .map((row) => ({ id: row.id, top: row.getBoundingClientRect().top }))
            .sort((a, b) => a.top - b.top).map(({ id }) => id).filter(Boolean);",
        &[],
    );
    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    // The first one is the heading of a group.
    names.skip(1).take(ROWS + 1).map(|id| css(&format!("[id='{id}']"))).collect()
}

fn shown(app: &App) -> Vec<f64> {
    let times = app.script("return window.shown", &[]);
    times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
