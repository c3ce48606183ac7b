//! The product's own engine, and tantivy without it.

use crate::records::Dice;
use crate::{LIMIT, Outcome, SEED};
use cpu_time::ProcessTime;
use precedent_core::Date;
use precedent_core::wire::{OpenMode, SearchRequest};
use precedent_workspace::bare::Documents;
use precedent_workspace::{OpenOptions, Place, Workspace};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const QUERIES: usize = 400;

/// What some work took: time that passed, and time on all processors.
pub struct Took {
    pub wall: Duration,
    pub cpu: Duration,
}

impl Took {
    /// The less of each.
    pub fn or_quicker(self, other: Took) -> Took {
        Took { wall: self.wall.min(other.wall), cpu: self.cpu.min(other.cpu) }
    }
}

fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Took)> {
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    let done = work()?;
    Ok((done, Took { wall: wall.elapsed(), cpu: cpu.elapsed() }))
}

/// Opens a repository that has no index and waits for the first answer.
pub fn cold(repository: &Path, home: &Path) -> Outcome<(Arc<Workspace>, Took)> {
    let place = Place::new(home.join("cache"), home.join("config"), Date::new(2026, 3, 2)?);
    let options = OpenOptions { mode: OpenMode::Plain, index: false };
    timed(|| {
        let workspace = Workspace::open(repository, &place, &options)?;
        search(&workspace, "queue")?;
        Ok(workspace)
    })
}

/// Indexes the same documents without files, parsing and links.
pub fn bare(workspace: &Workspace, home: &Path) -> Outcome<Took> {
    let documents = Documents::of(workspace)?;
    let folder = home.join("bare");
    std::fs::create_dir_all(&folder)?;
    Ok(timed(|| Ok(documents.index(&folder)?))?.1)
}

pub fn search(workspace: &Workspace, query: &str) -> Outcome<usize> {
    let request = SearchRequest { query: query.to_owned(), limit: LIMIT, ..SearchRequest::default() };
    Ok(workspace.search(&request)?.total as usize)
}

/// One to three words of a record's title, the last one cut off as while typing.
pub fn queries(workspace: &Workspace) -> Vec<String> {
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
