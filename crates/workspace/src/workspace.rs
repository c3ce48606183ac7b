//! The facade that the front ends call. Its methods are spread over [`crate::api`] by what they are for; this file holds
//! the state behind them: one immutable [`State`] at a time, exchanged whole (invariant I7).

use crate::discovery::{self, Candidate, Found};
use crate::error::{Error, Result};
use crate::parsed::{self, ParsedCache};
use crate::root::{self, Root};
use crate::scan::{self, FileRead, Known};
use crate::search::{PastIndex, SearchIndex};
use crate::stat::file_clock;
use crate::store::{self, Store};
use crate::watch::Watching;
use precedent_core::config::Config;
use precedent_core::log::{LogDiff, RecordChange};
use precedent_core::wire::{ErrorCode, LogChange, LogInfo, OpenMode, ProblemItem, WorkspaceInfo};
use precedent_core::{Date, DecisionLog, Problem, ProblemCode, RecordPath};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

/// Folders and the day, given by the front end.
#[derive(Clone, Debug)]
pub struct Place {
    /// Search indexes, one folder a repository. May be deleted any time.
    pub cache: PathBuf,
    /// Recent list, trust, settings.
    pub config: PathBuf,
    pub today: Date,
    /// The user's git program: a name that the operating system looks up, or a path.
    pub git: PathBuf,
}

impl Place {
    /// Folders and the day; everything else at its default.
    pub fn new(cache: PathBuf, config: PathBuf, today: Date) -> Self {
        Self { cache, config, today, git: PathBuf::from("git") }
    }
}

/// How to open.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    pub mode: OpenMode,
    /// Follow the records with the search index on a thread; without it, a search indexes what is missing first.
    pub index: bool,
}

/// A folder of records in the current state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) folder: String,
    pub(crate) found_by: String,
    pub(crate) records: u32,
}

/// Everything known of the files at one generation.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) generation: u32,
    pub(crate) config: Config,
    pub(crate) logs: Vec<Log>,
    pub(crate) files: BTreeMap<RecordPath, FileRead>,
    pub(crate) log: Arc<DecisionLog>,
    /// Problems that belong to no record.
    pub(crate) problems: Vec<Problem>,
}

/// An opened repository. Cheap to share; every method may be called from any thread.
#[derive(Debug)]
pub struct Workspace {
    pub(crate) root: Root,
    pub(crate) place: Place,
    /// The folder below the root that was asked for.
    pointed: Option<String>,
    pub(crate) store: Store,
    pub(crate) index: SearchIndex,
    pub(crate) past_index: PastIndex,
    state: RwLock<Arc<State>>,
    /// Held while the next state is made, so that two changes never start from the same one.
    changing: Mutex<()>,
    /// Histories of records that were asked for.
    pub(crate) histories: crate::git::history::Cache,
    /// The past that was looked at last.
    pub(crate) past: crate::api::past::LastPast,
    pub(crate) watching: Watching,
    /// Writes parsed records for the next session; `None` inside when nothing is being written.
    keeping: Mutex<Option<JoinHandle<()>>>,
    /// Whether work that nobody waits for may go on after a call, on threads.
    pub(crate) background: bool,
}

impl Workspace {
    /// Opens the repository around `path` (or the folder itself, as `options.mode` says) and reads its records.
    ///
    /// A write that was interrupted is finished or taken back first.
    ///
    /// # Errors
    /// `not-a-repository` with the number of records in the folder, `not-found`, `read-only` when it cannot be listed.
    pub fn open(path: &Path, place: &Place, options: &OpenOptions) -> Result<Arc<Workspace>> {
        let root = root::find(path, options.mode, count_records)?;
        let store = Store::new(&root, place);
        let recovered = store.recover();
        let index = SearchIndex::new(&root.folder, Some(&place.cache), place.today, options.index);
        let past_index = PastIndex::new(&root.folder, &place.cache);
        let pointed = path.canonicalize().ok().and_then(|path| discovery::relative(&root.folder, &path));
        let pointed = pointed.map(|path| path.to_string()).filter(|path| !path.is_empty());
        let workspace = Workspace {
            root,
            pointed,
            place: place.clone(),
            store,
            index,
            past_index,
            state: RwLock::default(),
            changing: Mutex::default(),
            histories: crate::git::history::Cache::default(),
            past: crate::api::past::LastPast::default(),
            watching: Watching::default(),
            keeping: Mutex::default(),
            background: options.index,
        };
        if matches!(recovered, Ok(Some(_))) {
            workspace.settle_undo();
        }
        workspace.rescan();
        for problem in session_problems(&workspace.root, recovered) {
            workspace.note(problem);
        }
        Ok(Arc::new(workspace))
    }

    /// The worktree or plain folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root.folder
    }

    /// The worktree's git folder; `None` where git is not used.
    pub fn git_dir(&self) -> Option<&Path> {
        self.root.git_dir.as_deref()
    }

    /// The folder below the root that was asked for.
    pub(crate) fn pointed(&self) -> Option<&str> {
        self.pointed.as_deref()
    }

    /// The current snapshot. It never changes; the next one has a higher generation.
    pub fn log(&self) -> Arc<DecisionLog> {
        self.state().log.clone()
    }

    /// Counts the snapshots; starts at 1.
    pub fn generation(&self) -> u32 {
        self.state().generation
    }

    /// What the window's frame shows of the repository.
    pub fn info(&self) -> WorkspaceInfo {
        let state = self.state();
        let name = self
            .root
            .folder
            .file_name()
            .map_or_else(|| self.root.folder.display().to_string(), |name| name.to_string_lossy().into_owned());
        WorkspaceInfo {
            root: self.root.folder.display().to_string(),
            name,
            git: self.root.git_dir.is_some(),
            logs: log_infos(&state),
            image_base: IMAGE_BASE.to_owned(),
            today: self.place.today.to_string(),
        }
    }

    /// The day that the front end gave.
    pub fn today(&self) -> Date {
        self.place.today
    }

    /// Reads changed files again and makes the next snapshot. `None` when nothing that shows has changed, as after our
    /// own writes (their content is known by its hash). Paths are repository-relative or absolute; an empty list, a
    /// folder or a settings file means "look at everything".
    pub fn refresh<P: AsRef<Path>>(&self, paths: &[P]) -> Option<LogChange> {
        let state = self.state();
        let known: Option<Vec<RecordPath>> = paths.iter().map(|path| self.known_file(&state, path.as_ref())).collect();
        match known.filter(|known| !known.is_empty() && known.len() <= MOST_SINGLE_READS) {
            Some(known) => self.reread(&known),
            None => self.rescan(),
        }
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A path that may be read by itself: a record that is known, still a file, or simply gone.
    fn known_file(&self, state: &State, path: &Path) -> Option<RecordPath> {
        let relative = if path.is_absolute() {
            discovery::relative(&self.root.folder, path)?
        } else {
            RecordPath::new(path.to_str()?)
        };
        let on_disk = self.root.folder.join(relative.as_str());
        let is_link = on_disk.symlink_metadata().is_ok_and(|about| about.is_symlink());
        (state.files.contains_key(&relative) && !is_link && on_disk.is_file()).then_some(relative)
    }

    fn reread(&self, paths: &[RecordPath]) -> Option<LogChange> {
        let _changing = self.lock();
        let state = self.state();
        let mut files = BTreeMap::new();
        for path in paths {
            let old = state.files.get(path)?;
            let options = scan::parse_options(&state.config, &old.parsed.log);
            files.insert(
                path.clone(),
                scan::read_one(&self.root.folder, path, &options, Known::Here(&state.files), None),
            );
        }
        if files.iter().all(|(path, read)| state.files.get(path).is_some_and(|old| !old.differs(read))) {
            return None;
        }
        if files.values().any(|read| !read.parsed.signs.any()) {
            drop(_changing);
            return self.rescan();
        }
        let mut all = state.files.clone();
        all.extend(files);
        self.exchange(&state, state.config.clone(), state.logs.clone(), all, state.problems.clone())
    }

    /// Walks the worktree again; files whose bytes are known are not parsed again.
    fn rescan(&self) -> Option<LogChange> {
        let _changing = self.lock();
        let state = self.state();
        let found = discovery::discover(&self.root.folder, self.pointed.as_deref());
        let (known, kept);
        if state.generation == 0 {
            kept = ParsedCache::load(&self.parsed_file(), &found.config);
            known = Known::Kept(&kept);
        } else if found.config == state.config {
            known = Known::Here(&state.files);
        } else {
            known = Known::Nothing;
        }
        let read = scan::read_all(&self.root.folder, &found, known, self.file_clock());
        if known.misses(&read) > FEW_MISSES {
            self.keep_parsed(&found.config, &read);
        }
        let (logs, files) = settle(&found, read);
        let mut problems = found.problems;
        let of_session = |problem: &&Problem| {
            matches!(problem.code, ProblemCode::Interrupted | ProblemCode::GitRefused | ProblemCode::NumberOnBranch)
        };
        problems.extend(state.problems.iter().filter(of_session).cloned());
        self.exchange(&state, found.config, logs, files, problems)
    }

    /// Makes the next state current when it shows anything new.
    fn exchange(
        &self,
        state: &State,
        config: Config,
        logs: Vec<Log>,
        files: BTreeMap<RecordPath, FileRead>,
        problems: Vec<Problem>,
    ) -> Option<LogChange> {
        let (log, diff) = state.log.updated(changes(&state.files, &files));
        let is_first = state.generation == 0;
        let next = State { generation: state.generation + 1, config, logs, files, log: Arc::new(log), problems };
        if !is_first
            && diff.is_empty()
            && next.logs == state.logs
            && next.problems == state.problems
            && next.config == state.config
        {
            return None;
        }
        let next = Arc::new(next);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        self.index.update(next.clone());
        if is_first {
            // Nobody has an older snapshot to patch, and the summaries of a whole log cost time.
            return None;
        }
        let change = log_change(&next, &diff);
        self.watching.announce(&change);
        Some(change)
    }

    /// Keeps a sentence about this session that belongs to no file.
    fn note(&self, problem: Problem) {
        let _changing = self.lock();
        let state = self.state();
        let next =
            State { problems: state.problems.iter().cloned().chain([problem]).collect(), ..State::clone(&state) };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    /// Where parsed records are kept between sessions.
    fn parsed_file(&self) -> PathBuf {
        parsed::file(&self.root.folder, &self.place.cache)
    }

    fn file_clock(&self) -> Option<std::time::SystemTime> {
        let folder = root::cache_folder(&self.root.folder, &self.place.cache);
        store::make_folder(&folder).ok()?;
        file_clock(&folder)
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

    /// Exchanges the problems of one kind that belong to no file's own text; tells the front end when they differ.
    pub(crate) fn put_problems(&self, code: ProblemCode, found: Vec<Problem>) {
        let _changing = self.lock();
        let state = self.state();
        let others = state.problems.iter().filter(|problem| problem.code != code).cloned();
        let problems: Vec<Problem> = others.chain(found).collect();
        if problems == state.problems {
            return;
        }
        // The records are the same, so their log is: it is not joined again.
        let next = Arc::new(State { generation: state.generation + 1, problems, ..State::clone(&state) });
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        self.index.update(next.clone());
        self.watching.announce(&log_change(&next, &LogDiff::default()));
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The record at a path of the current snapshot.
    pub(crate) fn record(&self, path: &str) -> Result<RecordPath> {
        let path = RecordPath::new(path);
        if self.state().log.find(&path).is_some() {
            return Ok(path);
        }
        Err(Error::new(ErrorCode::NotFound, format!("there is no record {path}"))
            .with_hint("it was moved, renamed or deleted; choose it again from the list")
            .at(path.as_str()))
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if let Some(keeping) = self.keeping.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            // A panic of that thread has been reported; the next session reads the records again.
            let _ = keeping.join();
        }
    }
}

/// Base of the addresses under which the window loads images of the repository.
pub(crate) const IMAGE_BASE: &str = "repo://localhost/";
/// More changed files than this are read by one walk.
const MOST_SINGLE_READS: usize = 200;
/// Up to this many records are parsed again at the next open rather than that all are written again now.
const FEW_MISSES: usize = 32;

/// How many records a folder holds that is not opened.
fn count_records(folder: &Path) -> usize {
    let found = discovery::glance(folder);
    let read = scan::read_all(folder, &found, Known::Nothing, None);
    settle(&found, read).1.len()
}

/// Keeps the candidates that are logs and the files that are records.
fn settle(found: &Found, read: Vec<Vec<FileRead>>) -> (Vec<Log>, BTreeMap<RecordPath, FileRead>) {
    let mut logs = Vec::new();
    let mut files = BTreeMap::new();
    for (candidate, read) in found.candidates.iter().zip(read) {
        let records = records_of(candidate, read);
        if candidate.trust == discovery::Trust::Named || !records.is_empty() {
            let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
            logs.push(Log { folder: candidate.folder.clone(), found_by: candidate.found_by.clone(), records: count });
            files.extend(records);
        }
    }
    (logs, files)
}

fn records_of(candidate: &Candidate, read: Vec<FileRead>) -> Vec<(RecordPath, FileRead)> {
    let parsed: Vec<_> = read.iter().map(|read| &*read.parsed).collect();
    if !discovery::keep(candidate, &parsed) {
        return Vec::new();
    }
    read.into_iter()
        .filter(|read| read.parsed.signs.any())
        .map(|read| (read.parsed.decision.path.clone(), read))
        .collect()
}

/// What happened while opening that a person should know: git refused, a write was interrupted.
fn session_problems(root: &Root, recovered: Result<Option<String>>) -> Vec<Problem> {
    let say = |code: ProblemCode, message: String| Problem::new(code, &RecordPath::new(""), "", 0..0, message);
    let note = |message: String| say(ProblemCode::Interrupted, message);
    let recovery = match recovered {
        Ok(done) => done.map(note),
        Err(error) => {
            let mut problem = note(error.to_string());
            problem.severity = precedent_core::Severity::Error;
            problem.hint = error.hint().map(str::to_owned);
            Some(problem)
        }
    };
    root.notice.clone().map(|notice| say(ProblemCode::GitRefused, notice)).into_iter().chain(recovery).collect()
}

fn changes(old: &BTreeMap<RecordPath, FileRead>, new: &BTreeMap<RecordPath, FileRead>) -> Vec<RecordChange> {
    let gone = old.keys().filter(|path| !new.contains_key(*path)).cloned().map(RecordChange::Removed);
    let put = new
        .iter()
        .filter(|(path, read)| old.get(*path).is_none_or(|old| old.differs(read)))
        .map(|(_, read)| RecordChange::Put(read.parsed.clone()));
    gone.chain(put).collect()
}

pub(crate) fn log_infos(state: &State) -> Vec<LogInfo> {
    state
        .logs
        .iter()
        .map(|log| LogInfo { path: log.folder.clone(), records: log.records, found_by: log.found_by.clone() })
        .collect()
}

fn log_change(state: &State, diff: &LogDiff) -> LogChange {
    LogChange {
        generation: state.generation,
        changed: diff.changed.iter().filter_map(|path| state.log.summary(path)).collect(),
        removed: diff.removed.iter().map(ToString::to_string).collect(),
        logs: log_infos(state),
        problems: state.problems.iter().map(ProblemItem::from).collect(),
    }
}
