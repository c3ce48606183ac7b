//! How opening, indexing and searching grow from 1,000 to 10,000 records, beside ripgrep where it is installed; part of
//! `make bench`. Other sizes: `cargo bench -p precedent --bench search -- 100000`.
//!
//! Prints one table and judges nothing; the budgets are in `ten_thousand`.

#[path = "ten_thousand/records.rs"]
#[expect(unreachable_pub, reason = "shared with the example `bench-log`, where it is a module as well")]
mod records;

use precedent_core::Date;
use precedent_core::wire::{OpenMode, SearchRequest};
use precedent_workspace::{OpenOptions, Place, Workspace};
use records::Dice;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SEED: u64 = 1;
const QUERIES: usize = 1_000;
const SAVES: usize = 40;
const RIPGREP_QUERIES: usize = 20;
/// Hits of a screen.
const LIMIT: u32 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --all-targets` starts benches with this argument to see that they start; nothing is measured then.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000] } else { asked };
    let mut table = Table(vec![Row::new("records"), Row::new("open, no index yet"), Row::new("index from nothing")]);
    for title in ["size of the index", "open again", "first search then"] {
        table.0.push(Row::new(title));
    }
    for title in
        ["search as you type, p50", "p90", "p99", "longest", "mean matches", "saved to found, p50", "p99 of that"]
    {
        table.0.push(Row::new(title));
    }
    table.0.push(Row::new("ripgrep, files only, p50"));
    for size in sizes {
        table.add(&measure(size)?);
    }
    let mut out = std::io::stdout().lock();
    out.write_all(table.text().as_bytes())?;
    Ok(())
}

fn measure(size: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let repository = folder.path().join("repository");
    write_records(&repository, size)?;
    let place = Place::new(folder.path().join("cache"), folder.path().join("config"), Date::new(2026, 3, 2)?);
    let open = || Workspace::open(&repository, &place, &OpenOptions { mode: OpenMode::Plain, index: false });
    let mut cells = vec![size.to_string()];

    let (workspace, opening) = timed(open);
    let workspace = workspace?;
    let (first, indexing) = timed(|| search(&workspace, "queue"));
    first?;
    drop(workspace);
    cells.extend([shown(opening), shown(indexing), format!("{:.1} MB", bytes_below(&place.cache)? as f64 / 1e6)]);

    let (workspace, opening) = timed(open);
    let workspace = workspace?;
    let (first, searching) = timed(|| search(&workspace, "queue"));
    first?;
    cells.extend([shown(opening), shown(searching)]);

    let queries = queries(&workspace);
    let mut times = Vec::new();
    let mut matches = 0;
    for query in &queries {
        let (found, time) = timed(|| search(&workspace, query));
        matches += found?;
        times.push(time);
    }
    times.sort_unstable();
    cells.extend([shown(at(&times, 50)), shown(at(&times, 90)), shown(at(&times, 99)), shown(at(&times, 100))]);
    cells.push((matches / queries.len()).to_string());

    let mut times = saves(&repository, &workspace)?;
    times.sort_unstable();
    cells.extend([shown(at(&times, 50)), shown(at(&times, 99))]);
    cells.push(ripgrep(&repository, &queries).map_or_else(|| "not installed".to_owned(), shown));
    Ok(cells)
}

fn write_records(repository: &Path, size: usize) -> std::io::Result<()> {
    let log = repository.join("docs/decisions");
    fs::create_dir_all(&log)?;
    for record in records::records(SEED, size) {
        fs::write(log.join(record.name), record.text)?;
    }
    Ok(())
}

fn search(workspace: &Workspace, query: &str) -> precedent_workspace::Result<usize> {
    let request = SearchRequest { query: query.to_owned(), limit: LIMIT, ..SearchRequest::default() };
    Ok(workspace.search(&request)?.total as usize)
}

/// One to three words of a record, the last one cut off as while typing.
fn queries(workspace: &Arc<Workspace>) -> Vec<String> {
    let log = workspace.log();
    let titles: Vec<&str> = log.records().filter_map(|parsed| parsed.decision.title.as_deref()).collect();
    let mut dice = Dice::new(SEED + 1);
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let words: Vec<&str> =
            titles[dice.below(titles.len())].split(' ').filter(|word| word.is_ascii() && word.len() > 2).collect();
        if words.is_empty() {
            continue;
        }
        let mut query: Vec<&str> = (0..dice.below(3)).map(|_| words[dice.below(words.len())]).collect();
        let last = words[dice.below(words.len())];
        query.push(&last[..last.len().min(2 + dice.below(5))]);
        queries.push(query.join(" "));
    }
    queries
}

/// A record is saved by another program until a search finds its new word.
fn saves(repository: &Path, workspace: &Workspace) -> Result<Vec<Duration>, Box<dyn Error>> {
    let log = workspace.log();
    let paths: Vec<&str> = log.records().map(|parsed| parsed.decision.path.as_str()).take(SAVES).collect();
    let mut times = Vec::new();
    for (at, path) in paths.into_iter().enumerate() {
        let file = repository.join(path);
        let word = format!("freshword{at}x");
        fs::write(&file, fs::read_to_string(&file)? + &format!("\n{word}\n"))?;
        let (found, time) = timed(|| {
            workspace.refresh(&[path]);
            search(workspace, &format!("{word} "))
        });
        if found? != 1 {
            return Err(format!("{path} was saved but not found").into());
        }
        times.push(time);
    }
    Ok(times)
}

/// Median time of ripgrep for the last word of a query, as a list of files: no ranking, no snippets.
fn ripgrep(repository: &Path, queries: &[String]) -> Option<Duration> {
    let mut times = Vec::new();
    for query in queries.iter().take(RIPGREP_QUERIES) {
        let word = query.rsplit(' ').next()?;
        let mut command = Command::new("rg");
        command.args(["-il", "--no-config", &format!(r"\b{word}")]).arg(repository);
        let (output, time) = timed(|| command.output());
        output.ok()?;
        times.push(time);
    }
    times.sort_unstable();
    Some(at(&times, 50))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

fn at(sorted: &[Duration], percent: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get((sorted.len() * percent / 100).min(last)).copied().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn bytes_below(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        bytes += if about.is_dir() { bytes_below(&entry.path())? } else { about.len() };
    }
    Ok(bytes)
}

struct Row {
    title: &'static str,
    cells: Vec<String>,
}

impl Row {
    fn new(title: &'static str) -> Self {
        Self { title, cells: Vec::new() }
    }
}

struct Table(Vec<Row>);

impl Table {
    fn add(&mut self, cells: &[String]) {
        for (row, cell) in self.0.iter_mut().zip(cells) {
            row.cells.push(cell.clone());
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for row in &self.0 {
            text.push_str(&format!("{:28}", row.title));
            row.cells.iter().for_each(|cell| text.push_str(&format!("{cell:>14}")));
            text.push('\n');
        }
        text
    }
}
