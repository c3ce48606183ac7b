//! Measures the engine on ten thousand records from a seed and fails when a budget is passed: `make bench`.
//!
//! What the window adds on top is measured in the window (`tests/desktop`). Run it on a quiet machine.

#[expect(unreachable_pub, reason = "shared with the example `bench-log`, where it is a module as well")]
mod records;

use precedent_core::wire::{OpenMode, SearchRequest};
use precedent_workspace::{OpenOptions, Place, Workspace};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

const COUNT: usize = 10_000;
const SEED: u64 = 1;

/// What is typed, a key at a time: common words, a rare one, several together, a number, a filter.
const TYPED: &[&str] = &[
    "idempotency keys",
    "payment form rejects",
    "zanbordi",
    "retry is never charged twice",
    "status:accepted ledger",
    "42",
];

/// What was measured and what it may be at most.
struct Figure {
    name: &'static str,
    measured: Duration,
    at_most: Option<Duration>,
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    // `cargo test --all-targets` starts benches with this argument to see that they start; nothing is measured then.
    if std::env::args().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(figures) => report(&figures),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure() -> Outcome<Vec<Figure>> {
    let home = tempfile::tempdir()?;
    let repository = home.path().join("repository");
    write_repository(&repository)?;
    let place = Place::new(home.path().join("cache"), home.path().join("config"), "2026-11-20".parse()?);

    let (first, opened) = timed(|| open(&repository, &place));
    let first = first?;
    let (snapshot, listed) = timed(|| first.decisions());
    if snapshot.decisions.len() != COUNT {
        return Err(format!("{} of {COUNT} records are listed", snapshot.decisions.len()).into());
    }
    // Opened without following, the first search makes the whole index.
    let (reply, indexed) = timed(|| first.search(&request("ledger")));
    reply?;
    drop(first);

    let started = Instant::now();
    let again = open(&repository, &place)?;
    let listed_again = again.decisions().decisions.len();
    let reopened = started.elapsed();
    if listed_again != COUNT {
        return Err(format!("{listed_again} of {COUNT} records are listed after opening again").into());
    }
    let (middle, slow, worst) = keystrokes(&again)?;
    let changed = change_one(&repository, &again)?;

    let limit = |millis: u64| Some(Duration::from_millis(millis));
    Ok(vec![
        Figure { name: "open, no index yet", measured: opened, at_most: None },
        Figure { name: "summaries of all records", measured: listed, at_most: limit(300) },
        Figure { name: "index from nothing, first answer", measured: indexed, at_most: limit(10_000) },
        Figure { name: "open again and list", measured: reopened, at_most: limit(1_000) },
        Figure { name: "keystroke to answer, median", measured: middle, at_most: limit(10) },
        Figure { name: "keystroke to answer, 99 of 100", measured: slow, at_most: limit(30) },
        Figure { name: "keystroke to answer, slowest", measured: worst, at_most: None },
        Figure { name: "one file changed, found by its new word", measured: changed, at_most: limit(500) },
    ])
}

fn write_repository(folder: &Path) -> Outcome<()> {
    let log = folder.join("docs/decisions");
    std::fs::create_dir_all(&log)?;
    for record in records::records(SEED, COUNT) {
        std::fs::write(log.join(record.name), record.text)?;
    }
    git2::Repository::init(folder)?;
    Ok(())
}

fn open(repository: &Path, place: &Place) -> Outcome<Arc<Workspace>> {
    Ok(Workspace::open(repository, place, &OpenOptions { mode: OpenMode::Git, index: false })?)
}

fn request(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), limit: 20, ..SearchRequest::default() }
}

/// Median, 99th of 100 and slowest answer over every prefix of what is typed, five times.
fn keystrokes(workspace: &Workspace) -> Outcome<(Duration, Duration, Duration)> {
    let mut times = Vec::new();
    for _ in 0..5 {
        for typed in TYPED {
            for (end, _) in typed.char_indices().skip(1) {
                let (reply, took) = timed(|| workspace.search(&request(&typed[..end])));
                reply?;
                times.push(took);
            }
        }
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    Ok((at(50), at(99), at(100)))
}

/// Changes a file, tells the workspace, and searches until the new word is found.
fn change_one(repository: &Path, workspace: &Workspace) -> Outcome<Duration> {
    let Some(record) = records::records(SEED, COUNT).nth(COUNT / 2) else { return Err("no record".into()) };
    let path = repository.join("docs/decisions").join(&record.name);
    std::fs::write(&path, record.text + "\nAnd wolpertinger.\n")?;
    let started = Instant::now();
    workspace.refresh(&[&path]);
    let reply = workspace.search(&request("wolpertinger"))?;
    let took = started.elapsed();
    if reply.total == 1 { Ok(took) } else { Err(format!("the new word was found {} times", reply.total).into()) }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let outcome = work();
    (outcome, started.elapsed())
}

fn report(figures: &[Figure]) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let mut over = 0;
    let _ = writeln!(out, "{COUNT} records, seed {SEED}{}", if cfg!(debug_assertions) { ", debug build" } else { "" });
    for Figure { name, measured, at_most } in figures {
        let millis = measured.as_secs_f64() * 1e3;
        let budget = at_most.map_or_else(String::new, |limit| format!("at most {:>6} ms", limit.as_millis()));
        let late = at_most.is_some_and(|limit| *measured > limit);
        over += usize::from(late);
        let _ = writeln!(out, "  {name:<42}{millis:>9.1} ms  {budget}{}", if late { "  OVER" } else { "" });
    }
    if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
