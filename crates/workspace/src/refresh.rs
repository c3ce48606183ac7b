//! From what is on the disk to the next [`State`]: everything at an open, what changed afterwards.
//!
//! Whatever was changed and however it is told, the state that comes of it is the one that a fresh open would make.

use crate::discovery::{self, Candidate, Found, relative};
use crate::error::{Error, Result};
use crate::parsed::{self, ParsedCache};
use crate::progress::Progress;
use crate::root;
use crate::scan::{self, FileRead, Known, Touched};
use crate::search::Changes;
use crate::stat::file_clock;
use crate::store;
use crate::threads::Threads;
use crate::workspace::{Log, State, Workspace, log_change};
use precedent_core::config::Config;
use precedent_core::log::RecordChange;
use precedent_core::wire::{ErrorCode, LogChange};
use precedent_core::{DecisionLog, ProblemCode, RecordPath};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// Up to this many records are parsed again at the next open rather than that all are written again now.
const FEW_MISSES: usize = 32;

/// Files of a terrain, read and judged.
pub(crate) struct Settled {
    pub(crate) logs: Vec<Log>,
    pub(crate) files: BTreeMap<RecordPath, FileRead>,
    pub(crate) aside: BTreeMap<RecordPath, FileRead>,
}

impl Workspace {
    /// Reads changed files again and makes the next snapshot. `None` when nothing that shows has changed, as after our
    /// own writes (their content is known by its hash). Paths are repository-relative or absolute; a folder stands for all
    /// below it, an empty list for everything.
    pub fn refresh<P: AsRef<Path>>(&self, paths: &[P]) -> Option<LogChange> {
        if paths.is_empty() {
            return self.rescan();
        }
        // A path that cannot be written down lies somewhere in its folder.
        let written = |path: &Path| path.ancestors().find_map(|path| self.below_root(path));
        let paths: BTreeSet<RecordPath> = paths.iter().filter_map(|path| written(path.as_ref())).collect();
        self.look_at(paths)
    }

    /// The path below the root; `None` when it is outside or not UTF-8.
    pub(crate) fn below_root(&self, path: &Path) -> Option<RecordPath> {
        if path.is_absolute() { relative(&self.root.folder, path) } else { Some(RecordPath::new(path.to_str()?)) }
    }

    fn look_at(&self, mut paths: BTreeSet<RecordPath>) -> Option<LogChange> {
        let _changing = self.lock();
        let state = self.state();
        paths.retain(|path| state.terrain.is_concerned(&self.root.folder, path));
        if paths.is_empty() {
            return None;
        }
        if state.terrain.links().is_empty() && paths.iter().all(|path| self.is_known_file(&state, path)) {
            match self.reread(&state, &paths) {
                Some(files) if files.is_empty() => return None,
                Some(files) => {
                    let mut next = State::clone(&state);
                    next.files.extend(files);
                    return self.exchange(&state, next);
                }
                None => {}
            }
        }
        let found = discovery::discover_again(&state.terrain, &self.root.folder, self.pointed(), &paths);
        if found.config != state.config {
            return self.read_and_exchange(&state, found, Known::Nothing);
        }
        let touched = Touched::new(paths, state.terrain.links());
        self.read_and_exchange(&state, found, Known::Here { state: &state, touched: Some(&touched) })
    }

    /// A record whose file is still one: it may be read by itself.
    fn is_known_file(&self, state: &State, path: &RecordPath) -> bool {
        let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|about| about.is_file());
        state.files.contains_key(path) && is_file(&self.root.folder.join(path.as_str()))
    }

    /// Those of the records whose bytes differ. `None` when one of them may have ceased to be a record.
    fn reread(&self, state: &State, paths: &BTreeSet<RecordPath>) -> Option<BTreeMap<RecordPath, FileRead>> {
        let mut files = BTreeMap::new();
        for path in paths {
            let old = state.files.get(path)?;
            let options = scan::parse_options(&state.config, &old.parsed.log);
            let read = scan::read_one(&self.root.folder, path, &options, Known::of(state), None);
            // A log whose folder is only likely stays one by what all of its records show.
            if read.parsed.signs != old.parsed.signs {
                return None;
            }
            if old.differs(&read) {
                files.insert(path.clone(), read);
            }
        }
        Some(files)
    }

    /// Reads everything for the first time: what an earlier session kept is loaded while the worktree is walked.
    ///
    /// # Errors
    /// `cancelled`.
    pub(crate) fn read_first(&self, progress: &Progress) -> Result<()> {
        let _changing = self.lock();
        let state = self.state();
        let file = self.parsed_file();
        let (found, kept) = std::thread::scope(|scope| {
            let kept = scope.spawn(|| ParsedCache::load(&file));
            let found = discovery::discover_telling(&self.root.folder, self.pointed(), progress);
            // A panic of that thread has been reported; all is read again.
            (found, kept.join().unwrap_or_default())
        });
        let kept = kept.of(&found.config);
        let known = Known::Kept(&kept);
        let read = scan::read_all(&self.root.folder, &found, known, self.file_clock(), progress);
        if progress.is_cancelled() {
            return Err(Error::new(ErrorCode::Cancelled, "the repository was not opened: you stopped it"));
        }
        let next = self.read_next(&state, found, read, known);
        // The join needs memory too.
        drop(kept);
        self.exchange(&state, next);
        Ok(())
    }

    /// Walks the worktree again; files whose bytes are known are not parsed again.
    pub(crate) fn rescan(&self) -> Option<LogChange> {
        let _changing = self.lock();
        let state = self.state();
        let (found, known) = self.discover(&state);
        self.read_and_exchange(&state, found, known)
    }

    /// What there is now, and what of it is known from before.
    fn discover<'a>(&self, state: &'a State) -> (Found, Known<'a>) {
        let found = discovery::discover(&self.root.folder, self.pointed());
        let known = if found.config == state.config { Known::of(state) } else { Known::Nothing };
        (found, known)
    }

    fn read_and_exchange(&self, state: &State, found: Found, known: Known<'_>) -> Option<LogChange> {
        let read = |found: &Found, known: Known<'_>| {
            scan::read_all(&self.root.folder, found, known, self.file_clock(), &Progress::default())
        };
        let all = read(&found, known);
        let mut next = self.read_next(state, found, all, known);
        if self.lacks_files(state, &next) {
            let (found, known) = self.discover(state);
            let all = read(&found, known);
            next = self.read_next(state, found, all, known);
        }
        self.exchange(state, next)
    }

    /// Whether files are there that were not found: the folder, or one in it, had moved away for a moment. Also after a
    /// change of what counts as a record, where looking once more finds the same.
    fn lacks_files(&self, state: &State, next: &State) -> bool {
        let is_lost = |path: &RecordPath| !next.files.contains_key(path) && !next.aside.contains_key(path);
        state.files.keys().filter(|path| is_lost(path)).any(|path| self.root.folder.join(path.as_str()).is_file())
    }

    /// The files as they are, with the log as it was.
    fn read_next(&self, state: &State, found: Found, read: Vec<Vec<FileRead>>, known: Known<'_>) -> State {
        if !known.is_partial() && known.misses(&read) > FEW_MISSES {
            self.keep_parsed(&found.config, &read);
        }
        let Settled { logs, files, aside } = settle(&found, read);
        let mut problems = found.problems;
        let of_session = |code: ProblemCode| {
            matches!(code, ProblemCode::Interrupted | ProblemCode::GitRefused | ProblemCode::NumberOnBranch)
        };
        problems.extend(state.problems.iter().filter(|problem| of_session(problem.code)).cloned());
        State {
            config: found.config,
            terrain: found.terrain,
            logs,
            files,
            aside,
            problems,
            generation: state.generation,
            log: Arc::clone(&state.log),
        }
    }

    /// Makes a state with other files current, under the next number when it shows anything new.
    fn exchange(&self, state: &State, mut next: State) -> Option<LogChange> {
        if state.generation == 0 {
            // Nobody has an older snapshot to patch, and the summaries of a whole log cost time.
            let parsed = next.files.values().map(|read| Arc::clone(&read.parsed));
            next.log = Arc::new(DecisionLog::first(parsed, &Threads));
            next.generation = 1;
            let next = self.put_state(next);
            self.index.update(next, Changes::All);
            return None;
        }
        // What was read while the folder went is no deletion; the watcher says that it has gone.
        if !self.root.folder.is_dir() {
            return None;
        }
        let changes = changes(&state.files, &next.files);
        if changes.is_empty()
            && next.logs == state.logs
            && next.problems == state.problems
            && next.config == state.config
        {
            // What the file system says of the files is newer, and spares reading them again.
            self.put_state(next);
            return None;
        }
        let (log, diff) = state.log.updated_by(changes, &Threads);
        // What the settings say of a proposal's age is part of what the frame is told.
        let other_ages = next.config.stale_after != state.config.stale_after;
        next.log = Arc::new(log);
        next.generation += 1;
        let next = self.put_state(next);
        self.index.update(next.clone(), Changes::from(&diff));
        let change = log_change(&next, &diff);
        self.watching.announce(&change);
        if other_ages {
            self.watching.announce_info();
        }
        Some(change)
    }

    fn put_state(&self, next: State) -> Arc<State> {
        let next = Arc::new(next);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
        next
    }

    /// Where parsed records are kept between sessions.
    fn parsed_file(&self) -> PathBuf {
        parsed::file(&self.root.folder, &self.place.cache)
    }

    /// The clock of the file system that the files lie on; where nothing may be written there, of the one beside.
    pub(crate) fn file_clock(&self) -> Option<std::time::SystemTime> {
        let beside = || {
            let folder = root::cache_folder(&self.root.folder, &self.place.cache);
            store::make_folder(&folder).ok()?;
            file_clock(&folder)
        };
        self.git_dir().and_then(|folder| file_clock(&folder)).or_else(beside)
    }

    /// Writes what was read for the next session, off this thread where somebody waits for the list.
    fn keep_parsed(&self, config: &Config, read: &[Vec<FileRead>]) {
        let (file, config, read) = (self.parsed_file(), config.clone(), read.concat());
        let keep = move || ParsedCache::save(&file, &config, read.iter());
        let mut keeping = self.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = keeping.take() {
            // A panic of that thread has been reported; the file is replaced now.
            let _ = before.join();
        }
        if self.background {
            *keeping = std::thread::Builder::new().name("keep-parsed".to_owned()).spawn(keep).ok();
        } else {
            keep();
        }
    }
}

/// Keeps the candidates that are logs and the files that are records.
pub(crate) fn settle(found: &Found, read: Vec<Vec<FileRead>>) -> Settled {
    let mut logs = Vec::new();
    // Gathered first: a map of what comes in order is made in one go.
    let (mut files, mut aside) = (Vec::new(), Vec::new());
    for (candidate, read) in found.candidates.iter().zip(read) {
        let (records, others) = records_of(candidate, read);
        if candidate.trust == discovery::Trust::Named || !records.is_empty() {
            let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
            let (folder, found_by) = (candidate.folder.clone(), candidate.found_by.clone());
            logs.push(Log { folder, found_by, records: count });
        }
        let by_path = |read: FileRead| (read.parsed.decision.path.clone(), read);
        files.extend(records.into_iter().map(by_path));
        aside.extend(others.into_iter().map(by_path));
    }
    Settled { logs, files: files.into_iter().collect(), aside: aside.into_iter().collect() }
}

/// Records of a candidate, and its other files.
fn records_of(candidate: &Candidate, read: Vec<FileRead>) -> (Vec<FileRead>, Vec<FileRead>) {
    let parsed: Vec<_> = read.iter().map(|read| &*read.parsed).collect();
    if !discovery::keep(candidate, &parsed) {
        return (Vec::new(), read);
    }
    read.into_iter().partition(|read| read.parsed.signs.any())
}

fn changes(old: &BTreeMap<RecordPath, FileRead>, new: &BTreeMap<RecordPath, FileRead>) -> Vec<RecordChange> {
    let gone = old.keys().filter(|path| !new.contains_key(*path)).cloned().map(RecordChange::Removed);
    let put = new
        .iter()
        .filter(|(path, read)| old.get(*path).is_none_or(|old| old.differs(read)))
        .map(|(_, read)| RecordChange::Put(read.parsed.clone()));
    gone.chain(put).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that move folders")]
mod tests {
    use super::*;
    use crate::api::tests::{NYGARD, Sandbox};

    #[test]
    fn what_was_read_while_the_folder_was_away_is_no_deletion() {
        let sandbox = Sandbox::new();
        sandbox.write("docs/adr/0001-a.md", NYGARD);
        let workspace = sandbox.open();
        let (root, away) = (sandbox.root(), sandbox.dir.path().join("away"));
        std::fs::rename(&root, &away).expect("moved");
        let found = discovery::discover(&root, workspace.pointed());
        std::fs::rename(&away, &root).expect("moved back");
        let state = workspace.state();
        assert_eq!(workspace.read_and_exchange(&state, found, Known::of(&state)), None);
        assert_eq!(workspace.decisions().decisions.len(), 1);
    }
}
