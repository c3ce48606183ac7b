//! Measures how the engine follows the files: opening what is known, what other programs save, a branch switch, memory, the
//! command line; how each grows with the number of records. Part of `make bench`; fails when a budget is passed.
//! Other sizes: `cargo bench -p precedent --bench following -- 100000`.
//!
//! Every open is measured in a process of its own ([`child`]), as a person meets it.

#[path = "../ten_thousand/records.rs"]
#[expect(unreachable_pub, reason = "shared with the example `bench-log`, where it is a module as well")]
mod records;

mod child;
mod command;
mod live;
mod table;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use table::Table;

type Outcome<T> = Result<T, Box<dyn Error>>;

const SEED: u64 = 1;
/// Sizes of the curve; the budgets are for these.
const SIZES: &[usize] = &[1_000, 10_000, 100_000];
/// Opens of which the median counts.
const OPENS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches with this argument to see that they start; nothing is measured then.
    if arguments.iter().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let outcome = match arguments.first().map(String::as_str) {
        Some(child::NAME) => child::run(&arguments[1..]).map(|()| ExitCode::SUCCESS),
        _ => measure(&arguments),
    };
    outcome.unwrap_or_else(|error| {
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("bench following: {error}\n"));
        ExitCode::from(2)
    })
}

fn measure(arguments: &[String]) -> Outcome<ExitCode> {
    let asked: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let mut table = Table::new(&sizes);
    for size in sizes {
        let home = Home::with(size)?;
        opens(&home, size, &mut table)?;
        live::saves(&home, size, &mut table)?;
        if size == 10_000 {
            live::switch(&home, size, &mut table)?;
        }
        if size == 1_000 {
            command::list(&home, &mut table)?;
        }
    }
    Ok(table.print())
}

/// Opens that find everything as they left it, and what the process holds then.
fn opens(home: &Home, size: usize, table: &mut Table) -> Outcome<()> {
    let first = home.open_apart(&[child::LIST])?;
    table.put("open, nothing known", size, first.listed, None);
    // What is kept of a file is believed when the file had been at rest for two seconds before it was read.
    std::thread::sleep(Duration::from_millis(2_500));
    home.open_apart(&[])?;
    let (mut lists, mut opens) = (Vec::new(), Vec::new());
    for _ in 0..OPENS {
        lists.push(home.open_apart(&[child::LIST])?);
        opens.push(home.open_apart(&[])?);
    }
    let middle_of = |opens: &[child::Figures], of: fn(&child::Figures) -> f64| {
        let mut values: Vec<f64> = opens.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let middle = |of| middle_of(&opens, of);
    let (open, memory) = match size {
        10_000 => (Some(150.0), Some(80.0)),
        100_000 => (Some(1_200.0), Some(400.0)),
        _ => (None, None),
    };
    table.put("open again, to the list", size, middle_of(&lists, |open| open.listed), open);
    table.put("open again, written out for the window", size, middle(|open| open.written), None);
    table.put("  processor time of that", size, middle(|open| open.processor), None);
    table.put("  until search has caught up", size, middle(|open| open.indexed), None);
    table.put_memory("memory of its own (RssAnon), list alone", size, middle(|open| open.memory_listed), None);
    table.put_memory("memory of its own (RssAnon), with search", size, middle(|open| open.memory), memory);
    Ok(())
}

/// A repository of generated records with our own folders beside it.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn with(size: usize) -> Outcome<Self> {
        let home = Self { folder: tempfile::tempdir()? };
        let log = home.repository().join("docs/decisions");
        fs::create_dir_all(&log)?;
        for record in records::records(SEED, size) {
            fs::write(log.join(record.name), record.text)?;
        }
        git2::Repository::init(home.repository())?;
        Ok(home)
    }

    pub(crate) fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn open_apart(&self, more: &[&str]) -> Outcome<child::Figures> {
        let output = Command::new(std::env::current_exe()?)
            .arg(child::NAME)
            .args([self.repository(), self.cache()])
            .args(more)
            .stderr(std::process::Stdio::inherit())
            .output()?;
        child::Figures::read(&String::from_utf8(output.stdout)?)
    }
}

pub(crate) fn place(cache: &Path) -> Outcome<precedent_workspace::Place> {
    Ok(precedent_workspace::Place::new(cache.to_path_buf(), cache.join("config"), "2026-11-20".parse()?))
}

pub(crate) fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
