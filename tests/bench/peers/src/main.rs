//! Index and search of 1,000, 10,000 and (asked for) 100,000 records from a seed, beside ripgrep, SQLite FTS5 and bare
//! tantivy on the same files in the same run. Prints one table and fails when a budget is missed.
//!
//! Queries and counts are the same for all. Times are those of the clock, of every run in [`ROUNDS`]; beside ours stands what
//! the thread needed of the processor, which tells a slow engine from a busy machine. `precedent-bench [SIZE ...] [alone]`; `alone` leaves SQLite and ripgrep out. The command line
//! is `$PRECEDENT`.

mod engine;
mod peers;
#[path = "../../ten_thousand/records.rs"]
mod records;
mod table;

use cpu_time::ThreadTime;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use engine::Took;
use precedent_workspace::Workspace;
use std::sync::Arc;
use table::{Budget, Table};

const SEED: u64 = 1;
/// Hits of a screen.
const LIMIT: u32 = 20;
const ROUNDS: usize = 3;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000] } else { asked };
    let mut table = Table::new(&sizes);
    let mut smallest = None;
    for size in sizes {
        if let Err(error) = measure(size, &mut table, &mut smallest) {
            eprintln!("bench: {error}");
            return ExitCode::from(2);
        }
    }
    print!("{}", table.text());
    if table.is_within() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Records, processor time of the index and of a search: what growth is counted from.
type Smallest = Option<(usize, Duration, Duration)>;

fn measure(size: usize, table: &mut Table, smallest: &mut Smallest) -> Outcome<()> {
    let home = tempfile::tempdir()?;
    let repository = home.path().join("repository");
    let bytes = write_records(&repository, size)?;
    table.begin(size, bytes / size);
    let (workspace, cold, bare) = first_index(&repository, home.path())?;
    table.time("open and index, nothing there yet", cold.wall, Budget::most_at(size, 10_000, 4_000.0));
    table.time("  its processor time", cold.cpu, Budget::None);
    table.time("bare tantivy, same documents", bare.wall, Budget::None);
    table.time("  its processor time", bare.cpu, Budget::None);
    table.ratio("bare / ours, processor time", bare.cpu.as_secs_f64() / cold.cpu.as_secs_f64(), Budget::Least(0.6));

    let queries = engine::queries(&workspace);
    let Times { wall: ours, processor } = times(&queries, |query| engine::search(&workspace, query))?;
    let most = if size <= 10_000 { 5.0 } else { 10.0 };
    table.time("search as you type, p50", at(&ours, 50), Budget::None);
    table.time("  p99", at(&ours, 99), Budget::Most(most));
    table.time("  longest", at(&ours, 100), Budget::None);
    table.time("  processor time, p50", at(&processor, 50), Budget::None);
    table.time("  processor time, p99", at(&processor, 99), Budget::None);
    // Linear or better: a record costs no more among many than among few, but for what leaves the processor's caches.
    let smallest = smallest.get_or_insert((size, cold.cpu, at(&processor, 50)));
    let a_record = |now: Duration, then: Duration| {
        (now.as_secs_f64() / size as f64) / (then.as_secs_f64() / smallest.0 as f64)
    };
    table.ratio("growth: a record's share of the index", a_record(cold.cpu, smallest.1), Budget::Most(1.5));
    table.ratio("growth: a record's share of a search", a_record(at(&processor, 50), smallest.2), Budget::Most(1.5));

    if !std::env::args().any(|argument| argument == "alone") {
        beside_peers(&workspace, &repository, home.path(), &queries, at(&ours, 50), table)?;
    }
    drop(workspace);
    if let Some(program) = std::env::var_os("PRECEDENT") {
        let most = if size <= 1_000 { Budget::Most(40.0) } else { Budget::None };
        let median = peers::command(Path::new(&program), &repository, &queries, home.path())?;
        table.time("`precedent search`, whole process, p50", median, most);
    }
    Ok(())
}

/// A first index and the same in bare tantivy, in turns; of each the quickest, as whatever else the machine does only adds.
fn first_index(repository: &Path, home: &Path) -> Outcome<(Arc<Workspace>, Took, Took)> {
    let mut least: Option<(Arc<Workspace>, Took, Took)> = None;
    for round in 0..ROUNDS {
        let own = home.join(round.to_string());
        std::fs::create_dir_all(&own)?;
        let (workspace, cold) = engine::cold(repository, &own)?;
        let bare = engine::bare(&workspace, &own)?;
        least = Some(match least.take() {
            None => (workspace, cold, bare),
            Some((_, was, bare_was)) => (workspace, cold.or_quicker(was), bare.or_quicker(bare_was)),
        });
    }
    least.ok_or_else(|| "no rounds".into())
}

/// The same queries put to others; `own` is our median.
fn beside_peers(
    workspace: &Workspace,
    repository: &Path,
    home: &Path,
    queries: &[String],
    own: Duration,
    table: &mut Table,
) -> Outcome<()> {
    let database = peers::Database::new(repository, home)?;
    table.time("SQLite FTS5, index", database.indexing, Budget::None);
    // Fewer queries for more records, so that the run ends the same day; ours are timed again on the same ones.
    let fewer = &queries[..(queries.len() * 1_000 / table.size()).clamp(20, queries.len())];
    let theirs = times(fewer, |query| database.search(query, LIMIT))?.wall;
    let ours_too = times(fewer, |query| engine::search(workspace, query))?.wall;
    table.time("SQLite FTS5, p50", at(&theirs, 50), Budget::None);
    table.time("  p99", at(&theirs, 99), Budget::None);
    table.ratio("  theirs / ours, sum of all", sum(&theirs) / sum(&ours_too), Budget::Least(2.0));

    match peers::ripgrep(repository, queries) {
        Some(median) => {
            table.time("ripgrep, list of files, p50", median, Budget::None);
            let ratio = median.as_secs_f64() / own.as_secs_f64();
            // A thousand files are read as quickly as a screen of snippets is made.
            let least = if table.size() < 10_000 { Budget::None } else { Budget::Least(15.0) };
            table.ratio("  theirs / ours, p50", ratio, least);
        }
        None => return Err("ripgrep (`rg`) is missing: `make bench` installs it; `alone` leaves the peers out".into()),
    }
    Ok(())
}

fn write_records(repository: &Path, size: usize) -> Outcome<usize> {
    let log = repository.join("docs/decisions");
    std::fs::create_dir_all(&log)?;
    let mut bytes = 0;
    for record in records::records(SEED, size) {
        bytes += record.text.len();
        std::fs::write(log.join(record.name), record.text)?;
    }
    // The command line asks for a repository.
    let made = std::process::Command::new("git").args(["init", "--quiet"]).arg(repository).status()?;
    if made.success() { Ok(bytes) } else { Err("git cannot make a repository".into()) }
}

/// Of every run of every query, sorted.
struct Times {
    wall: Vec<Duration>,
    /// What the thread had of the processor.
    processor: Vec<Duration>,
}

fn times(queries: &[String], mut search: impl FnMut(&str) -> Outcome<usize>) -> Outcome<Times> {
    let (mut wall, mut processor) = (Vec::new(), Vec::new());
    for query in std::iter::repeat_n(queries, ROUNDS).flatten() {
        let (started, on_thread) = (Instant::now(), ThreadTime::now());
        search(query)?;
        processor.push(on_thread.elapsed());
        wall.push(started.elapsed());
    }
    wall.sort_unstable();
    processor.sort_unstable();
    Ok(Times { wall, processor })
}

fn at(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn sum(times: &[Duration]) -> f64 {
    times.iter().sum::<Duration>().as_secs_f64()
}
