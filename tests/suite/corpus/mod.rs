//! Records of the wild: `CORPUS=/folder` holds one folder per repository (`make corpus`). Without it the test says so.
//!
//! Each folder is copied, made a git repository and read from the outside, by the binary; edits go through the library,
//! every kind on every record. A key beside the folder (`<folder>-expected.json`, `-not-records.json`, `-queries.json`)
//! adds what the answers must be. Nothing here knows a repository by name.

mod edits;
mod key;
mod repos;
mod search;

use edits::Identity;
use key::{Key, Score};
use repos::Repository;
use serde_json::Value;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[expect(clippy::print_stdout, reason = "a corpus is counted for a person who watches")]
fn say(line: &str) {
    println!("{line}");
}

/// Faults that are printed, of each kind; the rest stands in a file below the target folder.
const SHOWN: usize = 40;

fn show(name: &str, faults: &[String]) {
    if faults.is_empty() {
        return;
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{name}.txt"));
    std::fs::write(&file, faults.join("\n")).expect("the list of faults");
    say(&format!("{} {name}, all of them in {}", faults.len(), file.display()));
    for fault in faults.iter().take(SHOWN) {
        say(&format!("   {fault}"));
    }
    if faults.len() > SHOWN {
        say(&format!("   … {} more", faults.len() - SHOWN));
    }
}

fn folders(corpus: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus).expect("the corpus can be listed");
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// One line of the table: what was counted, and the least share that passes.
struct Row {
    what: String,
    good: usize,
    of: usize,
    least: f64,
}

impl Row {
    fn new(what: impl Into<String>, good: usize, of: usize, least: f64) -> Self {
        Self { what: what.into(), good, of, least }
    }

    fn share(&self) -> f64 {
        if self.of == 0 { 1.0 } else { self.good as f64 / self.of as f64 }
    }

    fn holds(&self) -> bool {
        self.share() >= self.least
    }

    fn print(&self) {
        let mark = if self.holds() { " " } else { "!" };
        let (what, good, of) = (&self.what, self.good, self.of);
        let least = if self.least > 0.0 { format!("   at least {:.0} %", 100.0 * self.least) } else { String::new() };
        say(&format!("{mark} {what:52} {good:>6}/{of:<6} {:>6.2} %{least}", 100.0 * self.share()));
    }
}

/// What one thread found in its repositories.
#[derive(Default)]
struct Part {
    /// Each repository's list, `None` when it failed.
    lists: Vec<(String, Option<Vec<Value>>)>,
    identity: Identity,
    ranking: search::Ranking,
}

/// Reads and edits the repositories on all processors; each thread takes the next one.
fn read_all(folders: &[PathBuf], key: &Key) -> Vec<Part> {
    let next = AtomicUsize::new(0);
    let read = || {
        let mut part = Part::default();
        while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
            let repository = Repository::copy_of(folder);
            let list = repository.list();
            part.identity.try_all(&repository, list.as_deref().unwrap_or_default());
            part.ranking.ask(key, &repository);
            part.lists.push((repository.name, list));
        }
        part
    };
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(read)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[test]
fn the_corpus_is_read_and_edited_without_loss() {
    let Some(corpus) = std::env::var_os("CORPUS").map(PathBuf::from).filter(|path| path.is_dir()) else {
        say("no CORPUS=/folder of repositories: nothing to read");
        return;
    };
    let key = Key::beside(&corpus);
    let mut score = Score::default();
    let mut identity = Identity::default();
    let mut ranking = search::Ranking::default();
    let mut records = 0;
    for part in read_all(&folders(&corpus), &key) {
        for (name, list) in part.lists {
            score.compare(&key, &name, list.as_deref());
            records += list.map_or(0, |list| list.len());
        }
        identity.add(part.identity);
        ranking.add(part.ranking);
    }
    say(&format!("\n{records} records in {} repositories", folders(&corpus).len()));
    let mut rows = vec![Row::new("logs that can be listed", score.logs - score.failed, score.logs, 1.0)];
    rows.extend(identity.rows());
    rows.extend(score.rows(&key));
    show("edits", &identity.faults);
    show("lines", &identity.long);
    show("values", &identity.unsaid);
    show("answers", &score.misses);
    show("hits", &ranking.misses);
    say("");
    rows.iter().for_each(Row::print);
    ranking.print();
    let low: Vec<&str> = rows.iter().filter(|row| !row.holds()).map(|row| row.what.as_str()).collect();
    assert!(low.is_empty(), "below what must hold: {}", low.join(", "));
}
