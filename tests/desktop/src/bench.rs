//! Ten thousand records in the real window: process start until the list can be used, scrolling without blank rows, key
//! until results. Prints a table; judges nothing, because a debug build on a busy machine proves nothing.

use crate::{App, Home, Launch, css, role};
use serde_json::{Value, json};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Jumps through the list; after each jump two frames may pass, then every height of the list must lie on a row.
const SCROLL: &str = "
    const done = arguments[0];
    const tree = document.querySelector('[role=tree]');
    const scroller = [tree, ...tree.querySelectorAll('*')].find((e) => e.scrollHeight > e.clientHeight + 200);
    const box = tree.getBoundingClientRect();
    let step = 0, blank = 0, looks = 0, worst = 0, before = performance.now();
    const look = () => {
      worst = Math.max(worst, performance.now() - before);
      const rows = [...tree.querySelectorAll('[role=treeitem]')].map((row) => row.getBoundingClientRect());
      for (let y = box.top + 20; y < box.bottom - 40; y += 24) {
        looks += 1;
        // Rows stand a few points apart.
        if (!rows.some((row) => row.top - 8 <= y && y <= row.bottom + 8)) blank += 1;
      }
      step += 1;
      if (step === 40) return done({ blank, looks, worst });
      scroller.scrollTop += step % 10 === 0 ? 20000 : 400;
      before = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(look));
    };
    look();";

/// Types one letter; answers the milliseconds until the results changed, or null.
const LETTER: &str = "
    const [letter, done] = arguments;
    const start = performance.now();
    const seen = new MutationObserver(() => { seen.disconnect(); clearTimeout(late); done(performance.now() - start); });
    const late = setTimeout(() => { seen.disconnect(); done(null); }, 1000);
    seen.observe(document.querySelector('main, #app'), { subtree: true, childList: true, characterData: true });
    document.execCommand('insertText', false, letter);";

/// Measures the window on a repository made by the example `bench-log`.
pub fn bench_window(folder: &Path) {
    let folder = std::fs::canonicalize(folder).expect("the repository is there");
    let home = Rc::new(Home::new());

    let app = Launch::new().home(&home).open(&folder).start();
    let first = usable(&app);
    let begun = Instant::now();
    while !app.sees(&css("footer").text("10,000 records indexed")) {
        assert!(begun.elapsed() < Duration::from_secs(600), "the index was not built within ten minutes");
    }
    row("index built after the list", begun.elapsed().as_secs_f64() * 1000.0);
    drop(app);

    row("first start until the list", first);
    for _ in 0..3 {
        let app = Launch::new().home(&home).open(&folder).start();
        row("start until the list, index there", usable(&app));
    }

    let app = Launch::new().home(&home).open(&folder).start();
    usable(&app);
    app.on(
        &role("tree"),
        "return [element, ...element.querySelectorAll('*')].some((e) => e.scrollHeight > 100000);",
        &json!(true),
    );
    let scrolled = app.script_async(SCROLL, &[]);
    row(
        "blank places of each thousand seen",
        number(&scrolled["blank"]) * 1000.0 / number(&scrolled["looks"]).max(1.0),
    );
    row("slowest jump, two frames", number(&scrolled["worst"]));

    app.press("Mod+Shift+F");
    app.on(&role("textbox").named("Search all text"), "return element === document.activeElement;", &json!(true));
    app.type_text("a");
    app.see(&role("option").nth(0));
    let mut keys: Vec<f64> = "uthentication service for billing"
        .chars()
        .map(|letter| number(&app.script_async(LETTER, &[json!(letter.to_string())])))
        .collect();
    keys.sort_by(f64::total_cmp);
    row("key until results, median", keys[keys.len() / 2]);
    row("key until results, slowest", keys[keys.len() - 1]);
}

/// Milliseconds from asking for the app until rows are in the list.
fn usable(app: &App) -> f64 {
    app.see(&role("treeitem").nth(1));
    app.started().elapsed().as_secs_f64() * 1000.0
}

/// A key that changed nothing on the screen counts as nothing to wait for.
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the table is the point")]
fn row(name: &str, value: f64) {
    println!("{name:<36} {value:>9.1}");
}
