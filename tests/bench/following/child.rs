//! One open in a process of its own, so that nothing of an earlier one is warm but the disk's cache.

use crate::{Outcome, millis, place};
use precedent_core::wire::{OpenMode, SearchRequest};
use precedent_workspace::{OpenOptions, Workspace};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

pub(crate) const NAME: &str = "open-apart";
/// Asks for the list as values too; they would count as memory of the engine.
pub(crate) const LIST: &str = "list";

/// What one open took, in milliseconds and megabytes.
pub(crate) struct Figures {
    pub(crate) listed: f64,
    pub(crate) written: f64,
    pub(crate) processor: f64,
    pub(crate) indexed: f64,
    pub(crate) memory_listed: f64,
    pub(crate) memory: f64,
}

impl Figures {
    pub(crate) fn read(text: &str) -> Outcome<Self> {
        let values: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [listed, written, processor, indexed, memory_listed, memory] = values[..] else {
            return Err(format!("an open told `{text}`").into());
        };
        Ok(Self { listed, written, processor, indexed, memory_listed, memory })
    }
}

/// Opens, lists, writes the list as the window gets it, waits for the index, searches; prints [`Figures`].
pub(crate) fn run(arguments: &[String]) -> Outcome<()> {
    let [repository, cache, ..] = arguments else { return Err("usage: open-apart REPOSITORY CACHE [list]".into()) };
    let started = Instant::now();
    let options = OpenOptions { mode: OpenMode::Git, index: true };
    let workspace = Workspace::open(Path::new(repository), &place(Path::new(cache))?, &options)?;
    // Of a log of this process, `decisions` would be the list; the window asks for it written out.
    let listed_at = |workspace: &Workspace| workspace.decisions().decisions.len();
    let count = if arguments.contains(&LIST.to_owned()) { listed_at(&workspace) } else { workspace.log().len() };
    let listed = millis(started);
    let json = workspace.listing()?.take(0).map_or(0, |first| first.len());
    let written = millis(started);
    let processor = processor_millis()?;
    let memory_listed = own_memory()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    workspace.watch(move |event| drop(sender.send(event)))?;
    while workspace.watch_state().indexed as usize != count || workspace.watch_state().pending != 0 {
        receiver.recv()?;
    }
    let indexed = millis(started);
    for query in ["ledger", "retry is never charged", "status:accepted queue"] {
        workspace.search(&SearchRequest { query: query.to_owned(), limit: 20, ..SearchRequest::default() })?;
    }
    let memory = own_memory()?;
    if json == 0 {
        return Err("an empty list".into());
    }
    Ok(writeln!(std::io::stdout(), "{listed} {written} {processor} {indexed} {memory_listed} {memory}")?)
}

/// Anonymous memory of this process in megabytes: the mapped index is the disk's.
pub(crate) fn own_memory() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).ok_or("no RssAnon here")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1e3)
}

/// Processor time of all threads so far, from the scheduler's ticks of a hundredth of a second.
fn processor_millis() -> Outcome<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    Ok((ticks(11) + ticks(12)) * 10.0)
}
