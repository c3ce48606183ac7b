//! The app beside an empty window of the same kind: time until the first frame that matters, memory at rest.

use super::table::{Table, line, middle_and_worst};
use crate::processes::{Alone, Screen};
use crate::screens::built;
use crate::{Home, app_binary};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Starts measured; the middle one counts.
const STARTS: usize = 5;
/// A start beside the empty window's: this much longer in proportion, and this much at once, milliseconds.
const RATIO: f64 = 1.3;
const AND_MS: f64 = 150.0;
/// Memory beside the empty window's, megabytes.
const MEMORY_MB: f64 = 120.0;
const PATIENCE: Duration = Duration::from_secs(60);

/// What an empty window needs.
pub(super) struct Empty {
    painted: f64,
    memory: f64,
}

impl Empty {
    /// Starts it a few times.
    pub(super) fn measure(table: &Table) -> Empty {
        let home = Rc::new(Home::new());
        let runs: Vec<(f64, f64)> = (0..STARTS).map(|at| Self::once(&home, at == 0)).collect();
        let (painted, worst) = middle_and_worst(runs.iter().map(|run| run.0).collect());
        let memory = runs.first().map_or(f64::NAN, |run| run.1);
        table.tell("empty window: start until painted, median", painted, "ms");
        table.tell("empty window: start until painted, slowest", worst, "ms");
        table.tell("empty window: memory of all processes", memory, "MB");
        Empty { painted, memory }
    }

    fn once(home: &Rc<Home>, weigh: bool) -> (f64, f64) {
        let binary = built("EMPTY_WINDOW", "examples/empty-window");
        let screen = Screen::start(false);
        let begun = Instant::now();
        let window = Alone::until_line(&binary, &screen, home, "painted");
        let painted = millis(begun);
        (painted, if weigh { at_rest(&window) } else { f64::NAN })
    }
}

/// Start until the list of a thousand records is there, everything known.
pub(super) fn list_of_a_thousand(folder: &Path, empty: &Empty, table: &mut Table) {
    let home = Rc::new(Home::new());
    let start = |home| crate::Launch::new().home(home).open(folder).until_mark("list-painted").as_secs_f64() * 1e3;
    // The first start reads and indexes.
    table.tell("1,000 records: first start until the list is painted", start(&home), "ms");
    std::thread::sleep(Duration::from_millis(2_500));
    start(&home);
    let (middle, worst) = middle_and_worst((0..STARTS).map(|_| start(&home)).collect());
    let most = RATIO * empty.painted + AND_MS;
    table.judge("1,000 records: start until the list is painted, median", middle, "ms", most);
    table.tell("1,000 records: start until the list is painted, slowest", worst, "ms");
}

/// Memory of all processes when the list of a large log is shown and nothing happens.
pub(super) fn memory(home: &Rc<Home>, folder: &Path, empty: &Empty, table: &mut Table) {
    let screen = Screen::start(false);
    let marks = || home.log().matches("mark list-painted ").count();
    let before = marks();
    let app = Alone::start(&app_binary(), Some(folder), &screen, home);
    let begun = Instant::now();
    while marks() == before {
        assert!(begun.elapsed() < PATIENCE, "the list was never painted");
        std::thread::sleep(Duration::from_millis(20));
    }
    table.judge("memory of all processes at rest", at_rest(&app), "MB", empty.memory + MEMORY_MB);
}

/// Megabytes once they no longer change.
fn at_rest(app: &Alone) -> f64 {
    let begun = Instant::now();
    let mut before = f64::NAN;
    loop {
        let now = app.memory();
        if (now - before).abs() < 0.5 {
            return now;
        }
        if begun.elapsed() > PATIENCE {
            line("memory never came to rest");
            return now;
        }
        before = now;
        std::thread::sleep(Duration::from_secs(2));
    }
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
