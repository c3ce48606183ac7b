//! What else finds words in files: SQLite's full-text search, ripgrep, and the command line of the product.

use crate::{Outcome, at};
use rusqlite::{Connection, params};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const PROCESSES: usize = 30;

/// An FTS5 table over the same files, with the status as a column to count by.
pub struct Database {
    connection: Connection,
    pub indexing: Duration,
}

impl Database {
    pub fn new(repository: &Path, home: &Path) -> Outcome<Self> {
        let started = Instant::now();
        let mut connection = Connection::open(home.join("fts5.sqlite"))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA mmap_size = 1073741824;
             CREATE VIRTUAL TABLE records USING fts5(path UNINDEXED, status UNINDEXED, title, body, tokenize = 'porter unicode61', prefix = '2 3');",
        )?;
        let transaction = connection.transaction()?;
        for entry in std::fs::read_dir(repository.join("docs/decisions"))? {
            let path = entry?.path();
            let text = std::fs::read_to_string(&path)?;
            let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
            let status = text.lines().find_map(|line| line.strip_prefix("status: ")).unwrap_or_default();
            transaction
                .prepare_cached("INSERT INTO records VALUES (?, ?, ?, ?)")?
                .execute(params![path.to_string_lossy(), status, title, text])?;
        }
        transaction.commit()?;
        connection.execute("INSERT INTO records(records) VALUES ('optimize')", [])?;
        Ok(Self { connection, indexing: started.elapsed() })
    }

    /// Best hits with snippets, and counts by status, of words any of which will do, the last a prefix.
    pub fn search(&self, query: &str, limit: u32) -> Outcome<usize> {
        let words: Vec<String> = query.split(' ').map(|word| format!("\"{word}\"")).collect();
        let query = words.join(" OR ") + "*";
        let mut best = self.connection.prepare_cached(
            "SELECT path, title, snippet(records, 3, '**', '**', '…', 24) FROM records WHERE records MATCH ?
             ORDER BY bm25(records, 0, 0, 6.0, 1.0) LIMIT ?",
        )?;
        let hits = best.query_map(params![query, limit], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        let shown = hits.collect::<Result<Vec<_>, _>>()?.len();
        let mut counts = self
            .connection
            .prepare_cached("SELECT status, count(*) FROM records WHERE records MATCH ? GROUP BY status")?;
        let counts = counts.query_map([query], |row| row.get::<_, i64>(1))?;
        let total: i64 = counts.collect::<Result<Vec<_>, _>>()?.iter().sum();
        Ok((total as usize).max(shown))
    }
}

/// Median time of ripgrep for a query's words, as a list of files: no ranking, no snippets, no counts.
pub fn ripgrep(repository: &Path, queries: &[String]) -> Option<Duration> {
    let mut times = Vec::new();
    for query in queries.iter().take(PROCESSES) {
        let pattern = query.split(' ').map(|word| format!(r"\b{word}")).collect::<Vec<_>>().join("|");
        let started = Instant::now();
        Command::new("rg").args(["-il", "--no-config", &pattern]).arg(repository).output().ok()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Some(at(&times, 50))
}

/// Median time of the command line, from its start to its end.
pub fn command(program: &Path, repository: &Path, queries: &[String], home: &Path) -> Outcome<Duration> {
    let mut times = Vec::new();
    for query in queries.iter().take(PROCESSES) {
        let started = Instant::now();
        let output = Command::new(program)
            .arg("-C")
            .arg(repository)
            .args(["search", "--json", query])
            .env("XDG_CACHE_HOME", home.join("command-cache"))
            .env("HOME", home)
            .output()?;
        times.push(started.elapsed());
        if !matches!(output.status.code(), Some(0 | 1)) {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
    }
    // The first one makes the index.
    times.remove(0);
    times.sort_unstable();
    Ok(at(&times, 50))
}
