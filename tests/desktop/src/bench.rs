//! Ten thousand records in the real window: process start until the list is painted, scrolling without blank rows, key
//! until results. Prints a table and fails when a budget is missed, whatever the build; a debug build is named as one.
//! `bench-window DIR`, a repository made by the example `bench-log`; `PRECEDENT_APP=/path` measures another build.

mod scroll;
mod table;

use crate::{App, Home, Launch, app_binary, css, role};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};
use table::{Table, line, middle_and_worst};

/// Start of the process until the list is painted, when the index is there.
const LIST_MS: f64 = 1_000.0;
/// Starts measured; the middle one counts, as a machine does other things too.
const STARTS: usize = 5;
/// A fast typist: 200 words a minute.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);
/// Key until its results are painted, median: the budget of DESIGN §15. Half of it is the wait for the next frame.
const KEY_MEDIAN_MS: f64 = 30.0;
/// Key until its results are painted, slowest: what is later than a tenth of a second no longer feels like an answer.
const KEY_WORST_MS: f64 = 100.0;
const WORDS: &str = "authentication service for billing";

/// Measures the window on a repository made by the example `bench-log`; fails when a budget is missed.
#[must_use]
pub fn bench_window(folder: &Path) -> ExitCode {
    let folder = std::fs::canonicalize(folder).expect("the repository is there");
    let home = Rc::new(Home::new());
    let mut table = Table::default();
    let binary = app_binary();
    line(&format!(
        "{}{}",
        binary.display(),
        if is_debug(&binary) { "  (a debug build: slower than what people run)" } else { "" }
    ));

    build_index(&home, &folder, &table);
    let starts: Vec<f64> = (0..STARTS).map(|_| painted(&home, &folder)).collect();
    let (middle, worst) = middle_and_worst(starts);
    table.judge("start until the list is painted, median", middle, "ms", LIST_MS);
    table.tell("start until the list is painted, slowest", worst, "ms");

    let app = Launch::new().home(&home).open(&folder).seen().start();
    app.see(&role("treeitem").nth(1));
    app.on(&role("tree"), "return element.scrollHeight > 100000;", &json!(true));
    scroll::measure(&app, &mut table);
    type_words(&app, &mut table);
    drop(app);

    match table.missed() {
        0 => ExitCode::SUCCESS,
        missed => {
            line(&format!("{missed} figures are over their budget"));
            ExitCode::FAILURE
        }
    }
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
    app.press("Mod+Shift+F");
    app.on(&role("textbox").named("Search all text"), "return element === document.activeElement;", &json!(true));
    app.type_text("a");
    app.see(&role("option").nth(0));
    app.script(include_str!("bench/typing.js"), &[]);
    let rest = WORDS.strip_prefix('a').unwrap_or(WORDS);
    app.type_slowly(rest, BETWEEN_KEYS);
    app.wait("an answer to every key", || {
        (app.script("return window.typed.length", &[]) == json!(rest.chars().count())).then_some(())
    });
    let times = app.script("return window.typed", &[]);
    let times = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let (middle, worst) = middle_and_worst(times);
    table.judge("key until its results are painted, median", middle, "ms", KEY_MEDIAN_MS);
    table.judge("key until its results are painted, slowest", worst, "ms", KEY_WORST_MS);
}
