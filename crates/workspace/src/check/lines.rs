//! How many lines the repository's text files have, for the share of them that decisions bind. A file is read once: what is
//! known of it is kept by what the file system says of a file at rest, in memory and in the cache folder (derived data,
//! invariant I4). What no rule would read counts no lines: binary, generated and very large files, links, other repositories.

use super::content::{Home, Met, Reader};
use super::ground::Ground;
use super::looking::Job;
use crate::error::{Error, Result};
use crate::git::repo::is_binary;
use crate::kept_file::{self, Magic};
use crate::root;
use crate::stat::Stat;
use crate::threads::each;
use crate::workspace::Workspace;
use borsh::{BorshDeserialize, BorshSerialize};
use precedent_core::wire::ErrorCode;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Arc, Weak};

const MAGIC: &Magic = b"prcdln\x00\x01";

/// So few files that were counted anew are counted again in the next session.
const FEW_NEWS: usize = 32;

/// Lines of files.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// By path, of files at rest.
    known: Arc<FxHashMap<String, Row>>,
    is_loaded: bool,
    /// As they were counted last.
    last: Option<(Weak<Ground>, Arc<Vec<u32>>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Row {
    stat: Stat,
    lines: u32,
}

impl Counted {
    /// Lines of each file, in the order of their paths, when these files were counted.
    pub(super) fn of(&self, ground: &Arc<Ground>) -> Option<Arc<Vec<u32>>> {
        let (counted, lines) = self.last.as_ref()?;
        std::ptr::eq(counted.as_ptr(), Arc::as_ptr(ground)).then(|| lines.clone())
    }
}

impl Workspace {
    /// Counts the lines of all files that are not known; what is asked about paths afterwards tells of them.
    ///
    /// # Errors
    /// `cancelled` when they were to be counted again meanwhile; `io` when a folder cannot be listed.
    pub fn count_lines(&self) -> Result<()> {
        let is_old = self.live.begin_lines();
        let ground = self.shown()?.ground;
        let file = root::cache_folder(self.root(), &self.place.cache).join("lines");
        self.live.lines(|counted| {
            if !std::mem::replace(&mut counted.is_loaded, true) {
                counted.known = Arc::new(load(&file));
            }
        });
        let known = self.live.lines(|counted| counted.known.clone());
        let now = self.file_clock();
        let jobs = ground.files.jobs(self.root(), &ground.governed.generated);
        let work = |reader: &mut Reader<'_>, at: usize| {
            if is_old() { (0, None) } else { count(reader, &jobs[at], &known) }
        };
        // One processor stays with the window.
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).saturating_sub(1);
        let counts = each(jobs.len(), Some(threads.clamp(1, 8)), || Reader::new(self.root()), work);
        if is_old() {
            return Err(Error::new(ErrorCode::Cancelled, "counting was ended: it was asked for again")
                .with_hint("nothing is to be done; the newer one answers"));
        }
        let lines = Arc::new(counts.iter().map(|(lines, _)| *lines).collect::<Vec<_>>());
        let at_rest = |stat: &Stat| now.is_some_and(|now| stat.was_at_rest(now));
        let rows = jobs.into_iter().zip(counts).filter_map(|(job, (lines, stat))| {
            let stat =
                stat.filter(|stat| known.get(&job.path).is_some_and(|row| row.stat == *stat) || at_rest(stat))?;
            Some((job.path, Row { stat, lines }))
        });
        let rows: FxHashMap<String, Row> = rows.collect();
        let news = rows.iter().filter(|(path, row)| known.get(*path) != Some(row)).count();
        if news > FEW_NEWS {
            save(&file, &rows);
        }
        self.live
            .lines(|counted| (counted.known, counted.last) = (Arc::new(rows), Some((Arc::downgrade(&ground), lines))));
        Ok(())
    }
}

/// The lines of a file, and what the file system says of it where it may be known by that.
fn count(reader: &mut Reader<'_>, job: &Job, known: &FxHashMap<String, Row>) -> (u32, Option<Stat>) {
    if job.generated {
        return (0, None);
    }
    match (reader.meet(&job.path, &job.home), &job.home) {
        (Met::File(stat), Home::Disk(file)) => {
            if let Some(row) = known.get(&job.path).filter(|row| Some(row.stat) == stat) {
                return (row.lines, stat);
            }
            (std::fs::read(file).map_or(0, |bytes| lines_in(&bytes)), stat)
        }
        // What a sparse checkout left out is no line that anybody works on.
        _ => (0, None),
    }
}

/// Lines of a text; none of what is no text.
fn lines_in(bytes: &[u8]) -> u32 {
    if is_binary(bytes) {
        return 0;
    }
    let ended = bytes.iter().filter(|byte| **byte == b'\n').count();
    let open = bytes.last().is_some_and(|byte| *byte != b'\n');
    u32::try_from(ended + usize::from(open)).unwrap_or(u32::MAX)
}

/// Empty when it is missing or damaged: then all is counted again.
fn load(file: &Path) -> FxHashMap<String, Row> {
    kept_file::load::<Vec<(String, Row)>>(file, MAGIC).unwrap_or_default().into_iter().collect()
}

fn save(file: &Path, rows: &FxHashMap<String, Row>) {
    let mut rows: Vec<(&String, &Row)> = rows.iter().collect();
    rows.sort_unstable_by_key(|(path, _)| *path);
    kept_file::save(file, MAGIC, &rows);
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that change files")]
mod tests {
    use super::*;
    use crate::api::tests::Sandbox;

    #[test]
    fn lines_are_those_that_a_person_counts() {
        let texts: [&[u8]; 6] = [b"", b"\n", b"a", b"a\nb", b"a\r\nb\r\n", b"a\0\n"];
        assert_eq!(texts.map(lines_in), [0, 1, 1, 2, 2, 0]);
    }

    #[test]
    fn what_is_bound_is_told_in_lines_once_they_are_counted() {
        let sandbox = Sandbox::new();
        let record = "---\nstatus: accepted\napplies-to: [\"src/a.rs\"]\n---\n# A\n\n## Decision\n\nYes.\n";
        sandbox.write("docs/adr/0001-a.md", record).write("src/a.rs", "1\n2\n3\n").write("src/b.rs", "1\n");
        sandbox
            .write("src/c.bin", b"\0\n\n\n")
            .write("src/d.rs", "1\n2\n")
            .write(".gitattributes", "src/d.rs linguist-generated\n");
        let workspace = sandbox.open();
        let (sender, receiver) = std::sync::mpsc::channel();
        workspace.follow_check(move |state| sender.send(state.generation).unwrap_or_default()).expect("followed");
        let wait = |least: u32| while receiver.recv().expect("a state") < least {};
        let told = || {
            let items = workspace.folder_bindings("").expect("items");
            let item = items.into_iter().find(|item| item.path == "src").expect("a folder");
            (item.files, item.bound, item.lines, item.bound_lines)
        };
        wait(1);
        assert_eq!(told(), (4, 1, None, None));
        workspace.count_lines().expect("lines");
        assert_eq!(told(), (4, 1, Some(4), Some(3)));
        let file = workspace.path_bindings("src/a.rs").expect("bindings");
        assert_eq!((file.lines, file.bound_lines), (Some(3), Some(3)));
        // What a file holds is counted again when it is another, and other files are not read for that.
        sandbox.write("src/a.rs", "1\n2\n3\n4\n");
        workspace.live.look_at(&sandbox.root(), &[sandbox.root().join("src/a.rs")].into());
        wait(2);
        assert_eq!(told(), (4, 1, Some(4), Some(3)), "until it is counted");
        workspace.count_lines().expect("lines");
        assert_eq!(told(), (4, 1, Some(5), Some(4)));
    }

    #[test]
    fn what_was_counted_is_kept_and_a_damaged_file_of_it_is_not_believed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("below/lines");
        let stat = Stat::of(&folder.path().metadata().expect("about it")).expect("a stat");
        let rows: FxHashMap<String, Row> = [("a.rs".to_owned(), Row { stat, lines: 7 })].into_iter().collect();
        save(&file, &rows);
        assert_eq!(load(&file), rows);
        let whole = std::fs::read(&file).expect("it is there");
        for at in [0, 9, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            std::fs::write(&file, damaged).expect("written");
            assert!(load(&file).is_empty(), "damaged at {at}");
        }
    }
}
