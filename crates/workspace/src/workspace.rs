//! The facade that the front ends call. Its methods are spread over [`crate::api`] by what they are for; this file holds
//! the state behind them: one immutable [`State`] at a time, exchanged whole (invariant I7). How the next one is made
//! stands in [`crate::refresh`].

use crate::discovery::{self, Terrain};
use crate::error::{Error, Result};
use crate::git::repo;
use crate::progress::Progress;
use crate::refresh;
use crate::root::{self, Git, Root};
use crate::scan::{self, FileRead, Known};
use crate::search::{Changes, PastIndex, SearchIndex};
use crate::store::Store;
use crate::watch::Watching;
use precedent_core::config::Config;
use precedent_core::log::LogDiff;
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
    /// The day at the open; [`Workspace::set_today`] says when another has come.
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
    /// Files that were read and are no records.
    pub(crate) aside: BTreeMap<RecordPath, FileRead>,
    /// What lies where, records or not.
    pub(crate) terrain: Arc<Terrain>,
    pub(crate) log: Arc<DecisionLog>,
    /// Problems that belong to no record.
    pub(crate) problems: Vec<Problem>,
}

/// An opened repository. Cheap to share; every method may be called from any thread.
#[derive(Debug)]
pub struct Workspace {
    /// As it was at the open; git's side of it by now is in `git`.
    pub(crate) root: Root,
    git: RwLock<Arc<Git>>,
    pub(crate) place: Place,
    /// The folder below the root that was asked for.
    pub(crate) pointed: Option<String>,
    pub(crate) store: Store,
    pub(crate) index: SearchIndex,
    pub(crate) past_index: PastIndex,
    pub(crate) state: RwLock<Arc<State>>,
    /// Held while the next state is made, so that two changes never start from the same one.
    changing: Mutex<()>,
    /// Histories of records that were asked for.
    pub(crate) histories: crate::git::history::Cache,
    /// The past that was looked at last.
    pub(crate) past: crate::api::past::LastPast,
    pub(crate) watching: Watching,
    /// What rules found in texts.
    pub(crate) findings: crate::check::FindingCache,
    /// The check that follows the worktree.
    pub(crate) live: crate::check::Live,
    /// What the numbers that clash with other branches were worked out from ([`crate::branches`]).
    pub(crate) clashes: Mutex<Option<u64>>,
    /// Writes parsed records for the next session; `None` inside when nothing is being written.
    pub(crate) keeping: Mutex<Option<JoinHandle<()>>>,
    /// Whether work that nobody waits for may go on after a call, on threads.
    pub(crate) background: bool,
    today: RwLock<Date>,
}

impl Workspace {
    /// Opens the repository around `path` (or the folder itself, as `options.mode` says) and reads its records.
    ///
    /// A write that was interrupted is finished or taken back first.
    ///
    /// # Errors
    /// `not-a-repository` with the number of records in the folder, `not-found`, `read-only` when it cannot be listed.
    pub fn open(path: &Path, place: &Place, options: &OpenOptions) -> Result<Arc<Workspace>> {
        Self::open_telling(path, place, options, &Progress::default())
    }

    /// As [`Workspace::open`], telling how far it is.
    ///
    /// # Errors
    /// As [`Workspace::open`]; `cancelled` when `progress` was told to stop.
    pub fn open_telling(
        path: &Path,
        place: &Place,
        options: &OpenOptions,
        progress: &Progress,
    ) -> Result<Arc<Workspace>> {
        let root = root::find(path, options.mode, count_records)?;
        let store = Store::new(&root, place);
        let recovered = store.recover();
        let cut_off = crate::git::underway::settle(&root.folder, &store.own());
        let index = SearchIndex::new(&root.folder, Some(&place.cache), place.today, options.index);
        let past_index = PastIndex::new(&root.folder, &place.cache);
        let pointed = path.canonicalize().ok().and_then(|path| discovery::relative(&root.folder, &path));
        let pointed = pointed.map(|path| path.to_string()).filter(|path| !path.is_empty());
        let workspace = Workspace {
            git: RwLock::new(Arc::new(root.git.clone())),
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
            findings: crate::check::FindingCache::default(),
            live: crate::check::Live::default(),
            clashes: Mutex::default(),
            keeping: Mutex::default(),
            background: options.index,
            today: RwLock::new(place.today),
        };
        if matches!(recovered, Ok(Some(_))) {
            workspace.settle_undo();
        }
        workspace.read_first(progress)?;
        let cut_off = cut_off.map(|said| of_session(ProblemCode::Interrupted, said));
        for problem in session_problems(&workspace.root, recovered).into_iter().chain(cut_off) {
            workspace.note(problem);
        }
        Ok(Arc::new(workspace))
    }

    /// The worktree or plain folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root.folder
    }

    /// The worktree's git folder; `None` where git is not used.
    pub fn git_dir(&self) -> Option<PathBuf> {
        self.git().dir.clone()
    }

    /// The repository as it is now.
    ///
    /// # Errors
    /// Those of [`repo::open`]; that the folder is gone is told to whoever watches, as is its coming back.
    pub(crate) fn git_repository(&self) -> Result<git2::Repository> {
        repo::open(self.root()).inspect_err(|_| {
            if !self.root().exists() {
                self.watching.announce_gone();
            }
        })
    }

    pub(crate) fn git(&self) -> Arc<Git> {
        Arc::clone(&self.git.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks whether git came or went; whoever watches is told, and looks at the files that git had ignored, too.
    pub(crate) fn look_for_git(&self) {
        let before = self.git();
        let Some(now) = before.now(self.root()).filter(|now| *now != *before) else { return };
        self.store.follow(&now, &self.place);
        let notice = refused(&now);
        *self.git.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
        self.put_problems(ProblemCode::GitRefused, notice.into_iter().collect());
        self.watching.announce_git();
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
            git: self.git().dir.is_some(),
            logs: log_infos(&state),
            image_base: IMAGE_BASE.to_owned(),
            today: self.today().to_string(),
            stale_after: state.config.stale_after,
        }
    }

    /// The day that the front end gave last.
    pub fn today(&self) -> Date {
        *self.today.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says which day it is by now: after midnight, or when the clock was set. What is stale or due follows, and whoever
    /// watches is told.
    pub fn set_today(&self, today: Date) {
        let before = std::mem::replace(&mut *self.today.write().unwrap_or_else(PoisonError::into_inner), today);
        if before != today {
            self.index.set_today(today);
            self.watching.announce_info();
            // Waivers end.
            self.live.look_at_all();
        }
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps a sentence about this session that belongs to no file.
    fn note(&self, problem: Problem) {
        let _changing = self.lock();
        let state = self.state();
        let next =
            State { problems: state.problems.iter().cloned().chain([problem]).collect(), ..State::clone(&state) };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
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
        self.index.update(next.clone(), Changes::none());
        self.watching.announce(&log_change(&next, &LogDiff::default()));
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, ()> {
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
/// How many records a folder holds that is not opened.
fn count_records(folder: &Path) -> usize {
    let found = discovery::glance(folder);
    let read = scan::read_all(folder, &found, Known::Nothing, None, &Progress::default());
    refresh::settle(&found, read).files.len()
}

/// What happened while opening that a person should know: git refused, a write was interrupted.
fn session_problems(root: &Root, recovered: Result<Option<String>>) -> Vec<Problem> {
    let note = |message: String| of_session(ProblemCode::Interrupted, message);
    let recovery = match recovered {
        Ok(done) => done.map(note),
        Err(error) => {
            let mut problem = note(error.to_string());
            problem.severity = precedent_core::Severity::Error;
            problem.hint = error.hint().map(str::to_owned);
            Some(problem)
        }
    };
    let unfinished = root.git.dir.as_deref().and_then(|dir| crate::git::running::left(&root.folder, dir));
    let unfinished = unfinished.map(|(message, hint)| Problem { hint: Some(hint), ..note(message) });
    refused(&root.git).into_iter().chain(recovery).chain(unfinished).collect()
}

fn refused(git: &Git) -> Option<Problem> {
    git.notice.clone().map(|notice| of_session(ProblemCode::GitRefused, notice))
}

fn of_session(code: ProblemCode, message: String) -> Problem {
    Problem::new(code, &RecordPath::new(""), "", 0..0, message)
}

pub(crate) fn log_infos(state: &State) -> Vec<LogInfo> {
    state
        .logs
        .iter()
        .map(|log| LogInfo { path: log.folder.clone(), records: log.records, found_by: log.found_by.clone() })
        .collect()
}

pub(crate) fn log_change(state: &State, diff: &LogDiff) -> LogChange {
    LogChange {
        generation: state.generation,
        changed: diff.changed.iter().filter_map(|path| state.log.summary(path)).collect(),
        removed: diff.removed.iter().map(ToString::to_string).collect(),
        logs: log_infos(state),
        problems: state.problems.iter().map(ProblemItem::from).collect(),
    }
}
