//! What other programs do while the repository is open: one save, and a branch switch.

use crate::table::Table;
use crate::{Home, Outcome, SEED, millis, place, records};
use precedent_core::wire::{OpenMode, SearchRequest};
use precedent_workspace::{OpenOptions, WatchEvent, Workspace};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const SAVES: usize = 100;
/// A save that takes longer than this never arrives.
const PATIENCE: Duration = Duration::from_secs(60);
/// What the watcher gathers before it looks (`watch.rs`).
const GATHER: f64 = 30.0;

struct Live {
    workspace: Arc<Workspace>,
    events: Receiver<WatchEvent>,
}

impl Live {
    fn open(home: &Home) -> Outcome<Self> {
        let options = OpenOptions { mode: OpenMode::Git, index: true };
        let workspace = Workspace::open(&home.repository(), &place(&home.cache())?, &options)?;
        let (sender, events) = channel();
        workspace.watch(move |event| drop(sender.send(event)))?;
        let live = Self { workspace, events };
        live.until(Self::is_searchable)?;
        Ok(live)
    }

    fn is_searchable(&self) -> bool {
        let state = self.workspace.watch_state();
        state.pending == 0 && state.indexed as usize == self.workspace.log().len()
    }

    fn until(&self, done: impl Fn(&Self) -> bool) -> Outcome<()> {
        while !done(self) {
            self.events.recv_timeout(PATIENCE).map_err(|error| {
                let state = self.workspace.watch_state();
                format!(
                    "{error}: {} records, generation {}, {state:?}",
                    self.workspace.log().len(),
                    self.workspace.generation()
                )
            })?;
        }
        Ok(())
    }

    fn hits(&self, query: &str) -> Outcome<u32> {
        Ok(self.workspace.search(&request(query))?.total)
    }
}

/// Another program saves a record: from the write until the list shows it and a search finds its new word.
pub(crate) fn saves(home: &Home, size: usize, table: &mut Table) -> Outcome<()> {
    let live = Live::open(home)?;
    let paths: Vec<String> = live.workspace.log().records().map(|parsed| parsed.decision.path.to_string()).collect();
    let (mut shown, mut found) = (Vec::new(), Vec::new());
    for at in 0..SAVES {
        let path = &paths[at * 7919 % paths.len()];
        let file = home.repository().join(path);
        let word = format!("freshword{at}x");
        let text = fs::read_to_string(&file)? + &format!("\n{word}\n");
        let generation = live.workspace.generation();
        let started = Instant::now();
        fs::write(&file, text)?;
        live.until(|live| live.workspace.generation() > generation)?;
        shown.push(millis(started));
        // A search waits for a small change; on a busy machine not long enough.
        while live.hits(&word)? == 0 {
            if started.elapsed() > PATIENCE {
                return Err(format!("{path} was saved but not found").into());
            }
        }
        found.push(millis(started));
    }
    let limit = (size <= 10_000).then_some(100.0 + GATHER);
    table.put("saved outside, on screen, median", size, at(&mut shown, 50), None);
    table.put("saved outside, found, median", size, at(&mut found, 50), None);
    table.put("saved outside, found, 99 of 100", size, at(&mut found, 99), limit);
    Ok(())
}

/// `git checkout` of a branch that changes half of the records: from git's end until the list is right and until search is.
pub(crate) fn switch(home: &Home, size: usize, table: &mut Table) -> Outcome<()> {
    let root = home.repository();
    git(&root, &["add", "--all"])?;
    git(&root, &["commit", "--quiet", "-m", "All"])?;
    git(&root, &["checkout", "--quiet", "-b", "other"])?;
    for record in records::records(SEED, size).step_by(2) {
        let file = root.join("docs/decisions").join(record.name);
        fs::write(&file, fs::read_to_string(&file)?.replacen("# ", "# Other: ", 1) + "\nZwitchover.\n")?;
    }
    git(&root, &["commit", "--quiet", "-am", "Other"])?;
    let live = Live::open(home)?;
    let (mut listed, mut searchable, mut slowest, mut changes) = (Vec::new(), Vec::new(), 0.0f64, 0);
    for (branch, changed) in [("-", 0), ("-", 1), ("-", 0), ("-", 1), ("-", 0)] {
        let one = one_switch(&live, &root, branch, changed * size.div_ceil(2))?;
        listed.push(one.listed);
        searchable.push(one.searchable);
        slowest = slowest.max(one.slowest_read);
        changes = changes.max(one.changes);
    }
    table.put("branch switch, half changed, list right", size, at(&mut listed, 50), Some(1_500.0));
    table.put("branch switch, half changed, search right", size, at(&mut searchable, 50), None);
    table.put("  slowest answer to a reader meanwhile", size, slowest, Some(300.0));
    table.put_count("  snapshots of one switch, at most", size, changes);
    Ok(())
}

fn request(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), limit: 20, ..SearchRequest::default() }
}

fn is_other(title: Option<&str>) -> bool {
    title.is_some_and(|title| title.starts_with("Other: "))
}

fn git(root: &Path, arguments: &[&str]) -> Outcome<()> {
    let person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").arg("-C").arg(root).args(person).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(format!("git {} ended with {status}", arguments.join(" ")).into()) }
}

fn at(times: &mut [f64], percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

struct Switched {
    listed: f64,
    searchable: f64,
    slowest_read: f64,
    changes: usize,
}

fn one_switch(live: &Live, root: &Path, branch: &str, expected: usize) -> Outcome<Switched> {
    let before = live.workspace.generation();
    let ended = AtomicBool::new(false);
    let path =
        live.workspace.log().records().next().map(|parsed| parsed.decision.path.to_string()).ok_or("no record")?;
    std::thread::scope(|scope| {
        let (workspace, path, ended) = (&live.workspace, &path, &ended);
        let reader = scope.spawn(move || {
            let mut slowest = 0.0f64;
            while !ended.load(Ordering::Relaxed) {
                let started = Instant::now();
                let read = workspace.read_decision(path).map(drop);
                let searched = workspace.search(&request("ledger"));
                if read.is_ok() && searched.is_ok() {
                    slowest = slowest.max(millis(started));
                }
            }
            slowest
        });
        let measured = (|| {
            git(root, &["checkout", "--quiet", branch])?;
            let started = Instant::now();
            live.until(|live| {
                let log = live.workspace.log();
                log.records().filter(|parsed| is_other(parsed.decision.title.as_deref())).count() == expected
            })?;
            let listed = millis(started);
            live.until(|live| {
                live.is_searchable() && live.hits("\"zwitchover\"").is_ok_and(|hits| hits as usize == expected)
            })?;
            Ok::<_, Box<dyn std::error::Error>>((listed, millis(started)))
        })();
        ended.store(true, Ordering::Relaxed);
        let slowest_read = reader.join().map_err(|_| "the reader stopped")?;
        let (listed, searchable) = measured?;
        Ok(Switched { listed, searchable, slowest_read, changes: (live.workspace.generation() - before) as usize })
    })
}
