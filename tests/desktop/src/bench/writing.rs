//! Typing into a record of two thousand lines: what a key costs, and when the preview shows it.

use super::table::{Table, at};
use crate::{App, Repo, css, role};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;

/// Scripts of one key, 99 of 100: a frame.
const KEY_MS: f64 = 16.0;
/// From the pause, which lasts 120 ms, until the preview is painted.
const PREVIEW_MS: f64 = 120.0;
const PAUSE_MS: f64 = 120.0;
const BETWEEN_KEYS: Duration = Duration::from_millis(60);
const PATH: &str = "docs/decisions/0001-a-long-record.md";

/// Types into the middle of the record.
pub(super) fn measure(table: &mut Table) {
    let repo = Repo::with("long", &[("precedent.toml", "logs = [\"docs/decisions\"]\n"), (PATH, &long())]);
    let app = App::open(&repo);
    app.click(&role("treeitem").like("0001 "));
    app.click(&role("button").named("Edit"));
    let source = role("textbox").like("Markdown source of");
    app.see(&source);
    app.see(&css(".preview .prose h2").nth(3));
    app.focus(&source);
    app.press("Mod+Home");
    // Into the middle, as a writer goes: a page at a time.
    app.press(&["PgDn"; 30].join(" "));
    app.press("End");
    // A session is longer than its first sentence, in which the web view still compiles what typing runs.
    app.type_slowly("Somebody begins to write, and everything that typing needs is there. ", BETWEEN_KEYS);
    app.script(include_str!("writing.js"), &[]);
    app.type_slowly(
        " Somebody writes a sentence of a hundred letters and looks at what becomes of it: the last word",
        BETWEEN_KEYS,
    );
    app.wait("the preview", || (!figures(&app, "previews").is_empty()).then_some(()));
    let mut keys = figures(&app, "keys");
    table.tell("key in 2,000 lines until its scripts are done, median", at(&mut keys, 50), "ms");
    table.judge("key in 2,000 lines until its scripts are done, 99 of 100", at(&mut keys, 99), "ms", KEY_MS);
    let mut previews = figures(&app, "previews");
    table.judge("pause until the preview is painted", at(&mut previews, 50) - PAUSE_MS, "ms", PREVIEW_MS);
}

fn figures(app: &App, name: &str) -> Vec<f64> {
    let times = app.script(&format!("return window.{name}"), &[]);
    assert_ne!(times, json!(null), "the page was not measured");
    times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// Two thousand lines with what records hold: headings, lists, a table, code, links.
fn long() -> String {
    let mut text = String::from("---\nstatus: proposed\ndate: 2026-03-02\n---\n# A long record\n");
    for part in 0..100 {
        let _ = write!(
            text,
            "\n## Part {part}\n\nA paragraph about *part {part}* that runs on for a while, names `code` and says why.\nIt goes on in a second line.\n\n- one\n- two, see [the first](#part-0)\n- three\n\n| a | b |\n| - | - |\n| 1 | {part} |\n\n```rust\nlet part = {part};\n```\n\nThe end of it.\n"
        );
    }
    text
}
