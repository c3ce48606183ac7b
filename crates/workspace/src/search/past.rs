//! What is not there any more: words that stood in earlier versions of records, or in records that were deleted, with
//! the commit that took them out.
//!
//! An index of its own beside the one of the records, filled by one walk over the log, and later by the commits that
//! are new; it is derived from the repository and may be deleted any time (invariant I4). [`query`] finds in it.

mod query;
mod store;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write and damage files")]
mod tests;

use super::disk;
use super::language::LanguageId;
use crate::discovery;
use crate::error::{Error, Result};
use crate::git::{gone, repo};
use crate::root;
use crate::workspace::Workspace;
use git2::{Oid, Repository};
use precedent_core::wire::{ErrorCode, PastReply, SearchRequest};
use rustc_hash::FxHasher;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use store::{Fields, Store};
use tantivy::Searcher;

/// Entries between two commits of a long walk: what is there can be found meanwhile.
const PUBLISH_EVERY: usize = if cfg!(test) { 3 } else { 2_000 };

/// How often a long walk tells how far it is.
const TELL_EVERY: Duration = Duration::from_millis(300);

/// How often it is looked whether another process has come to the end of its walk.
const LOOK_EVERY: Duration = if cfg!(test) { Duration::from_millis(50) } else { Duration::from_millis(500) };

/// What a search of the past runs over; immutable.
pub(crate) struct View {
    searcher: Searcher,
    fields: Fields,
    /// Commits that HEAD comes from, where the index also has others.
    reachable: Option<HashSet<u64>>,
    /// The walk has come to its end.
    whole: bool,
    head: Oid,
    /// [`Logs::digest`] of the walk.
    logs: String,
    languages: Vec<LanguageId>,
}

/// The index of one repository's past.
pub(crate) struct PastIndex {
    shared: Arc<Shared>,
    walker: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    root: PathBuf,
    folder: PathBuf,
    view: RwLock<Option<Arc<View>>>,
    /// Held by who writes.
    writing: Mutex<()>,
    desk: Mutex<Desk>,
    /// Told when the workspace closes.
    closes: Condvar,
}

/// How a walk ended.
#[derive(PartialEq, Eq)]
enum Walked {
    Whole,
    /// Another process is at it, or the workspace closes; what is there is served.
    InPart,
}

/// A walk on a thread, until it is dropped: at its end, in a panic, or without a thread to be had.
struct Walking(Arc<Shared>);

impl Drop for Walking {
    fn drop(&mut self) {
        self.0.desk().walking = false;
    }
}

#[derive(Default)]
struct Desk {
    closing: bool,
    /// A thread walks.
    walking: bool,
    /// A person stopped the walk.
    paused: bool,
    /// Commits that the walk looked at, of those it has to.
    read: u32,
    all: u32,
    failure: Option<String>,
}

impl Desk {
    fn goes_on(&self) -> bool {
        !self.closing && !self.paused
    }

    fn begin(&mut self) {
        (self.read, self.all) = (0, 0);
    }

    /// An answer that says how far the walk is.
    fn told(&self, reply: PastReply, whole: bool) -> PastReply {
        let (read, all) = if self.walking || self.paused { (self.read, self.all) } else { (0, 0) };
        PastReply { building: !whole && !self.paused, paused: !whole && self.paused, read, all, ..reply }
    }
}

/// Which folders hold records: those that do now, and those that do by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Logs(Vec<String>);

impl Logs {
    /// `folders` are those of today.
    fn new(mut folders: Vec<String>) -> Self {
        folders.retain(|folder| !discovery::may_be_log(folder));
        folders.sort_unstable();
        folders.dedup();
        Self(folders)
    }

    fn hold(&self, folder: &str) -> bool {
        let inside = |log: &String| {
            folder
                .strip_prefix(log.as_str())
                .is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && !log.is_empty()))
        };
        self.0.iter().any(inside) || discovery::may_be_log(folder)
    }

    /// Differs where other folders hold records. What left them is found by a walk that knows of them, so an index of other
    /// ones is begun anew.
    fn digest(&self) -> String {
        let mut hasher = FxHasher::default();
        self.0.hash(&mut hasher);
        format!("logs:{:016x}", hasher.finish())
    }
}

impl PastIndex {
    /// The past of the repository at `root`; nothing is read before the first search.
    pub(crate) fn new(root: &Path, cache: &Path) -> Self {
        let folder = root::cache_folder(root, cache).join(format!("past-v{}", store::VERSION));
        let shared = Shared {
            root: root.to_path_buf(),
            folder,
            view: RwLock::default(),
            writing: Mutex::default(),
            desk: Mutex::default(),
            closes: Condvar::new(),
        };
        Self { shared: Arc::new(shared), walker: Mutex::default() }
    }

    /// Searches the past. With `background`, a walk that is needed goes on by itself, `told` is called as it finds more,
    /// and the answer says that it is not whole; without, the walk is waited for.
    ///
    /// # Errors
    /// `git`, `not-a-repository`; `index` when the index can be neither read nor made.
    pub(crate) fn search(
        &self,
        request: &SearchRequest,
        logs: &Logs,
        background: bool,
        told: impl Fn() + Send + 'static,
    ) -> Result<PastReply> {
        let started = Instant::now();
        let repository = repo::open(&self.shared.root)?;
        let head = repository.head().ok().and_then(|head| head.target());
        let Some(head) = head else { return Ok(query::nothing(&request.query)) };
        if let Some(failure) = self.shared.desk().failure.take() {
            // Told once; a further search tries again.
            return Err(no_index(&failure));
        }
        let digest = logs.digest();
        if !self.shared.is_current(head, &digest) && !self.shared.desk().paused {
            if background {
                self.walk_on(head, logs, told);
            } else {
                let walked = self.shared.catch_up(&repository, head, logs, &told);
                walked.map_err(|error| no_index(&error))?;
            }
        }
        let Some(view) = self.shared.current() else {
            // The walk has only begun.
            return Ok(self.shared.desk().told(query::nothing(&request.query), false));
        };
        let mut reply = query::run(&view, request).map_err(|error| no_index(&error.to_string()))?;
        reply.took_us = u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX);
        Ok(self.shared.desk().told(reply, view.whole && view.head == head && view.logs == digest))
    }

    /// Stops the walk, or lets the next search go on with it. What was found stays.
    fn set_paused(&self, paused: bool) {
        let mut desk = self.shared.desk();
        desk.paused = paused && (desk.walking || desk.paused);
        drop(desk);
        self.shared.closes.notify_all();
    }

    /// Starts the walk on a thread when none is under way.
    fn walk_on(&self, head: Oid, logs: &Logs, told: impl Fn() + Send + 'static) {
        let mut walker = self.walker.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut self.shared.desk().walking, true) {
            return;
        }
        let (shared, logs) = (Arc::clone(&self.shared), logs.clone());
        let walking = Walking(Arc::clone(&shared));
        let walk = move || {
            let outcome = repo::open(&shared.root).map_err(|error| error.to_string());
            let outcome = outcome.and_then(|repository| shared.catch_up_with_others(&repository, head, &logs, &told));
            if let Err(failure) = outcome {
                shared.desk().failure = Some(failure);
            }
            // Whoever asks again when told may have another commit in mind, and must not find this walk still at it.
            drop(walking);
            told();
        };
        // Without a thread to be had, the next search tries again.
        *walker = std::thread::Builder::new().name("past-index".to_owned()).spawn(walk).ok();
    }
}

impl Workspace {
    /// Finds words that stood in earlier versions of records, or in records that were deleted, with the commit that took
    /// them out. Where the log must be walked first and the workspace works in the background, the answer says that it
    /// is not whole yet.
    ///
    /// # Errors
    /// `not-a-repository`, `needs-trust`, `git`, `index`.
    pub fn search_past(&self, request: &SearchRequest) -> Result<PastReply> {
        self.in_repository()?;
        let state = self.state();
        let logs = Logs::new(state.logs.iter().map(|log| log.folder.clone()).collect());
        self.past_index.search(request, &logs, self.background, self.index.teller())
    }
}

impl Workspace {
    /// Stops the reading of the log for [`Workspace::search_past`], or lets the next search go on with it. What was found
    /// stays; stopping what is not under way does nothing.
    pub fn pause_past(&self, paused: bool) {
        self.past_index.set_paused(paused);
    }
}

impl Drop for PastIndex {
    fn drop(&mut self) {
        self.shared.desk().closing = true;
        self.shared.closes.notify_all();
        if let Some(walker) = self.walker.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            // A panic of the walk has been reported by its thread.
            let _ = walker.join();
        }
    }
}

impl fmt::Debug for PastIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PastIndex").field("folder", &self.shared.folder).finish_non_exhaustive()
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self) -> Option<Arc<View>> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_current(&self, head: Oid, logs: &str) -> bool {
        self.current().is_some_and(|view| view.whole && view.head == head && view.logs == logs)
    }

    /// Nobody has asked the walk to end.
    fn goes_on(&self) -> bool {
        self.desk().goes_on()
    }

    /// Brings the index to a commit, or waits until another process has.
    fn catch_up_with_others(
        &self,
        repository: &Repository,
        head: Oid,
        logs: &Logs,
        told: &dyn Fn(),
    ) -> std::result::Result<(), String> {
        let mut entries = None;
        while self.catch_up(repository, head, logs, told)? == Walked::InPart && self.goes_on() {
            let now = self.current().map(|view| view.searcher.num_docs());
            if now != entries {
                entries = now;
                told();
            }
            drop(self.closes.wait_timeout_while(self.desk(), LOOK_EVERY, |desk| desk.goes_on()));
        }
        Ok(())
    }

    /// Brings the index to a commit; one that is damaged is made anew, one that cannot be written stays.
    fn catch_up(
        &self,
        repository: &Repository,
        head: Oid,
        logs: &Logs,
        told: &dyn Fn(),
    ) -> std::result::Result<Walked, String> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let walk = || match self.walk(repository, head, logs, told) {
            Err(error) if disk::is_busy(&error) => Ok(Walked::InPart),
            walked => walked,
        };
        let walked = walk().or_else(|error| {
            if Store::is_whole(&self.folder) {
                return Err(error);
            }
            disk::forget(&self.folder).and_then(|()| walk())
        });
        walked.map_err(|error| error.to_string())
    }

    fn walk(&self, repository: &Repository, head: Oid, logs: &Logs, told: &dyn Fn()) -> tantivy::Result<Walked> {
        let mut store = Store::open(&self.folder)?;
        self.desk().begin();
        let digest = logs.digest();
        if store.logs()? == digest && store.walked()?.contains(&head) {
            return self.publish(&store, repository, head, Walked::Whole);
        }
        self.publish(&store, repository, head, Walked::InPart)?;
        if !store.begin()? {
            // Another process is writing; it adds the same, and what is there is served meanwhile.
            return Ok(Walked::InPart);
        }
        // Nobody else adds from here on, so what is known now is all that is known.
        let is_anew = store.logs()? != digest;
        let (mut walked, known) = match is_anew {
            true => Default::default(),
            false => (store.walked()?, store.commits()?),
        };
        if is_anew {
            store.clear(&digest)?;
        }
        let commits = gone::commits(repository, head, &walked, &|| self.goes_on());
        let commits = commits.map_err(|error| tantivy::TantivyError::SystemError(error.to_string()))?;
        let (mut added, mut last_told) = (0, Instant::now());
        self.desk().all = u32::try_from(commits.len()).unwrap_or(u32::MAX);
        // What an interrupted walk has added is not added twice.
        for (commit, read) in commits.into_iter().zip(0..).filter(|(commit, _)| !known.contains(&store::short(*commit)))
        {
            self.desk().read = read;
            if !self.goes_on() {
                break;
            }
            if last_told.elapsed() >= TELL_EVERY {
                last_told = Instant::now();
                told();
            }
            for gone in gone::gone(repository, commit, &|folder| logs.hold(folder)) {
                store.add(&gone, commit)?;
                added += 1;
            }
            if added >= PUBLISH_EVERY {
                added = 0;
                store.keep(&walked)?;
                self.publish(&store, repository, head, Walked::InPart)?;
                told();
            }
        }
        if !self.goes_on() {
            store.end(&walked)?;
            return self.publish(&store, repository, head, Walked::InPart);
        }
        walked.retain(|end| *end != head);
        walked.insert(0, head);
        store.end(&walked)?;
        disk::remove_older(&self.folder);
        self.publish(&store, repository, head, Walked::Whole)
    }

    fn publish(&self, store: &Store, repository: &Repository, head: Oid, walked: Walked) -> tantivy::Result<Walked> {
        let is_behind = |other: &Oid| *other == head || repository.graph_descendant_of(head, *other).unwrap_or(false);
        let reachable = (!store.walked()?.iter().all(is_behind)).then(|| {
            let all = gone::commits(repository, head, &[], &|| !self.desk().closing).unwrap_or_default();
            all.into_iter().map(store::short).collect()
        });
        let whole = walked == Walked::Whole;
        let (searcher, fields, logs) = (store.searcher()?, store.fields().clone(), store.logs()?);
        let languages = store.languages()?;
        let view = View { searcher, fields, reachable, whole, head, logs, languages };
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(view));
        Ok(walked)
    }
}

fn no_index(reason: &(impl fmt::Display + ?Sized)) -> Error {
    Error::new(ErrorCode::Index, "the index of earlier versions cannot be read or made")
        .with_hint("searching the records works without it; check the space on the disk of the cache folder (Help shows it), then search again")
        .with_details(reason.to_string())
}
