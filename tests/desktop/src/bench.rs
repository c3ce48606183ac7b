//! The real window beside an empty one: process start until the list is painted, memory, scrolling without blank rows,
//! press until the record, key until results. Prints a table and fails when a budget is missed, whatever the build; a debug
//! build is named as one. `bench-ui DIR DIR`: repositories of 1,000 and of 10,000 records made by the example `bench-log`;
//! `PRECEDENT_APP=/path` measures another build, `EMPTY_WINDOW` is the empty one.

mod reading;
mod scroll;
mod start;
mod table;
mod writing;

use crate::{App, Home, Launch, app_binary, css, role};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};
use table::{Table, at, line, middle_and_worst};

/// Start of the process until the list is painted, when the index is there.
const LIST_MS: f64 = 1_000.0;
/// Starts measured; the middle one counts, as a machine does other things too.
const STARTS: usize = 5;
/// A fast typist: 200 words a minute.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);
/// Key until its results are painted, median: the budget of DESIGN §15. Half of it is the wait for the next frame.
const KEY_MEDIAN_MS: f64 = 30.0;
/// Key until its results are painted, 99 of 100.
const KEY_LATE_MS: f64 = 50.0;
const WORDS: [&str; 3] =
    ["authentication service for billing", "ledger postings are idempotent", "retry of a rejected payment"];

/// Measures the window on repositories of 1,000 and of 10,000 records; fails when a budget is missed.
#[must_use]
pub fn bench_ui(thousand: &Path, folder: &Path) -> ExitCode {
    let thousand = std::fs::canonicalize(thousand).expect("the small repository is there");
    let folder = std::fs::canonicalize(folder).expect("the large repository is there");
    let home = Rc::new(Home::new());
    let mut table = Table::default();
    let binary = app_binary();
    line(&format!(
        "{}{}",
        binary.display(),
        if is_debug(&binary) { "  (a debug build: slower than what people run)" } else { "" }
    ));

    let empty = start::Empty::measure(&table);
    start::list_of_a_thousand(&thousand, &empty, &mut table);
    line("10,000 records:");
    build_index(&home, &folder, &table);
    let starts: Vec<f64> = (0..STARTS).map(|_| painted(&home, &folder)).collect();
    let (middle, worst) = middle_and_worst(starts);
    table.judge("start until the list is painted, median", middle, "ms", LIST_MS);
    table.tell("start until the list is painted, slowest", worst, "ms");

    start::memory(&home, &folder, &empty, &mut table);
    let app = Launch::new().home(&home).open(&folder).seen().start();
    app.see(&role("treeitem").nth(1));
    app.on(&role("tree"), "return element.scrollHeight > 100000;", &json!(true));
    reading::measure(&app, &mut table);
    scroll::measure(&app, &mut table);
    type_words(&app, &mut table);
    drop(app);
    writing::measure(&mut table);

    match table.missed() {
        0 => ExitCode::SUCCESS,
        missed => {
            line(&format!("{missed} figures are over their budget"));
            ExitCode::FAILURE
        }
    }
}

/// Measures only what writing a record costs.
#[must_use]
pub fn bench_writing() -> ExitCode {
    let mut table = Table::default();
    writing::measure(&mut table);
    if table.missed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn is_debug(binary: &Path) -> bool {
    binary.components().any(|part| part.as_os_str() == "debug")
}

/// The first start on a repository, from the answer of its window to the last record of the index.
fn build_index(home: &Rc<Home>, folder: &Path, table: &Table) {
    let app = Launch::new().home(home).open(folder).start();
    let begun = Instant::now();
    while !app.sees(&css("footer").text("10,000 records indexed")) {
        assert!(begun.elapsed() < Duration::from_secs(600), "the index was not built within ten minutes");
    }
    table.tell("first start: records read, index built", begun.elapsed().as_secs_f64() * 1_000.0, "ms");
}

/// Milliseconds from the start of the app's process, without a driver, until it notes that the list is painted.
fn painted(home: &Rc<Home>, folder: &Path) -> f64 {
    Launch::new().home(home).open(folder).until_mark("list-painted").as_secs_f64() * 1_000.0
}

/// Types into the search field as a fast typist does.
fn type_words(app: &App, table: &mut Table) {
    let focus = || {
        app.press("Mod+Shift+F");
        app.on(&role("textbox").named("Search all text"), "return element === document.activeElement;", &json!(true));
    };
    // The first key brings the pane that is watched.
    focus();
    app.type_text("a");
    app.see(&role("option").nth(0));
    // The preview follows when one rests; its first one brings its typeface.
    app.see(&css("article.preview"));
    app.script(include_str!("bench/typing.js"), &[]);
    let mut keys = 0;
    for words in WORDS {
        focus();
        app.press("Mod+A");
        app.type_slowly(words, BETWEEN_KEYS);
        keys += words.chars().count();
        app.wait("an answer to every key", || {
            (app.script("return window.typed.length", &[]) == json!(keys)).then_some(())
        });
    }
    let times = app.script("return window.typed", &[]);
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    table.judge("key until its results are painted, median", at(&mut times, 50), "ms", KEY_MEDIAN_MS);
    table.judge("key until its results are painted, 99 of 100", at(&mut times, 99), "ms", KEY_LATE_MS);
    table.tell("key until its results are painted, slowest", at(&mut times, 100), "ms");
}
