//! A press on a row until its record is painted.

use super::table::{Table, at};
use crate::{App, css, role};
use serde_json::{Value, json};

/// Of a hundred, 95 are at most this late, milliseconds.
const READ_MS: f64 = 80.0;
/// Rows pressed, from the top of the list.
const ROWS: usize = 12;
const ROUNDS: usize = 3;

/// Presses rows one after the other.
pub(super) fn measure(app: &App, table: &mut Table) {
    app.script("document.querySelector('[role=tree]').scrollTop = 0;", &[]);
    app.on(&role("tree"), "return element.scrollTop;", &json!(0));
    app.see(&css("main h1"));
    app.script(include_str!("reading.js"), &[]);
    let mut pressed = 0;
    for _ in 0..ROUNDS {
        // The first one may be shown already.
        for row in (1..=ROWS).rev() {
            app.click(&role("treeitem").nth(row));
            pressed += 1;
            app.wait("the record", || (shown(app).len() >= pressed).then_some(()));
        }
    }
    let mut times = shown(app);
    table.tell("press on a row until its record is painted, median", at(&mut times, 50), "ms");
    table.judge("press on a row until its record is painted, 95 of 100", at(&mut times, 95), "ms", READ_MS);
}

fn shown(app: &App) -> Vec<f64> {
    let times = app.script("return window.shown", &[]);
    times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
