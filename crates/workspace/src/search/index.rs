//! The search index of an opened repository, with its writer thread.
//!
//! Searches run on an immutable [`View`] that the writer exchanges; no lock is held while one runs (invariant I7).

use super::engine::{Changes, Engine, Next};
use super::view::View;
use crate::workspace::State;
use precedent_core::Date;
use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tantivy::TantivyError;

/// A search that comes right after a small change waits this long for the change to be indexed.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long the first update waits for the list to be taken: it is what a person waits for, and both want memory.
const LIST_FIRST: Duration = Duration::from_millis(300);
/// How often a long update tells how far it is, from its first moment on.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// A record whose file was away or in the middle of a change when it was to be indexed is looked for again after this time,
/// then after twice as long, and so on.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const MOST_LOOKS: u32 = 10;
/// More records than this are not waited for: the search serves what is there.
const SMALL_CHANGE: usize = 50;

/// Finds records by their words. Updates run on a thread of its own, or with the search that needs them.
pub(crate) struct SearchIndex {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

struct Shared {
    view: RwLock<Option<Arc<View>>>,
    desk: Mutex<Desk>,
    moved: Condvar,
    engine: Mutex<Engine>,
    /// Told when what can be found has changed.
    listener: Mutex<Option<Listener>>,
}

type Listener = Box<dyn Fn() + Send>;

/// What is to be done and how far it is.
struct Desk {
    /// The newest state that was handed in.
    next: Option<Arc<State>>,
    /// How it differs from the state that was taken from here last.
    changes: Changes,
    /// Generation that the view shows wholly.
    done: u32,
    pending: usize,
    today: Date,
    /// The day of what the view shows.
    done_on: Date,
    /// Why the last update failed.
    failure: Option<String>,
    /// What was built is to be thrown away first.
    anew: bool,
    /// A person stopped the building: small changes are still followed, the rest waits.
    paused: bool,
    /// The list was taken, or somebody searches: what is left may begin.
    listed: bool,
    closing: bool,
}

impl SearchIndex {
    /// An index of the records under `root` in a folder below `cache` (`None`: in memory). With `background`, a thread
    /// follows every state; without, a search brings the index up to date before it answers.
    pub(crate) fn new(root: &Path, cache: Option<&Path>, today: Date, background: bool) -> Self {
        let shared = Arc::new(Shared {
            view: RwLock::default(),
            desk: Mutex::new(Desk::new(today)),
            moved: Condvar::new(),
            engine: Mutex::new(Engine::new(root, cache, today)),
            listener: Mutex::default(),
        });
        let worker = Arc::clone(&shared);
        // Without a thread to be had, searches do the work.
        let spawn = || std::thread::Builder::new().name("search-index".to_owned()).spawn(move || worker.run()).ok();
        let writer = if background { spawn() } else { None };
        Self { shared, writer }
    }

    /// Hands in a new state of the files and how it differs from the one before; returns at once.
    pub(crate) fn update(&self, state: Arc<State>, changes: Changes) {
        let mut desk = self.shared.desk();
        desk.next = Some(state);
        desk.changes = std::mem::replace(&mut desk.changes, Changes::All).and(changes);
        drop(desk);
        self.shared.moved.notify_all();
    }

    /// Says which day it is by now; returns at once.
    pub(crate) fn set_today(&self, today: Date) {
        self.shared.desk().today = today;
        self.shared.moved.notify_all();
    }

    /// Throws away what was built and builds it again; returns at once.
    pub(crate) fn rebuild(&self) {
        let mut desk = self.shared.desk();
        desk.anew = true;
        desk.paused = false;
        desk.changes = Changes::All;
        drop(desk);
        self.shared.moved.notify_all();
    }

    /// Stops the building, or goes on with it; returns at once. What was added stays and is found.
    pub(crate) fn set_paused(&self, paused: bool) {
        let mut desk = self.shared.desk();
        // What comes later is built again without a word.
        desk.paused = paused && desk.pending > 0;
        if !paused {
            // What is left is looked for again.
            desk.done = 0;
        }
        drop(desk);
        self.shared.moved.notify_all();
    }

    /// A person stopped the building, and there is more to build.
    pub(crate) fn is_paused(&self) -> bool {
        let desk = self.shared.desk();
        desk.paused && desk.pending > 0
    }

    /// Why nothing can be found, where that is so.
    pub(crate) fn failure(&self) -> Option<String> {
        self.shared.desk().failure.clone()
    }

    /// The first list of records has been handed out.
    pub(crate) fn listed(&self) {
        self.shared.desk().listed = true;
        self.shared.moved.notify_all();
    }

    /// Calls back from the writer's thread when more can be found and when it has caught up. A second call replaces the first.
    pub(crate) fn on_progress(&self, listener: impl Fn() + Send + 'static) {
        *self.shared.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(listener));
    }

    /// Calls the listener of [`SearchIndex::on_progress`], for work beside this index that it shows.
    pub(crate) fn teller(&self) -> impl Fn() + Send + 'static {
        let shared = Arc::clone(&self.shared);
        move || shared.tell()
    }

    /// What a search runs over. `Err` carries the reason when there is no index at all.
    pub(crate) fn view(&self) -> Result<Arc<View>, String> {
        if self.writer.is_some() {
            self.listed();
            let desk = self.shared.desk();
            let behind = |desk: &mut Desk| desk.is_behind() && desk.pending <= SMALL_CHANGE;
            drop(self.shared.moved.wait_timeout_while(desk, PATIENCE, behind));
        } else if self.shared.desk().is_behind() {
            self.shared.catch_up();
        }
        if let Some(view) = self.shared.current() {
            return Ok(view);
        }
        // Nothing was ever shown: the first update has only begun, or it failed.
        let desk = self.shared.desk();
        let waiting = |desk: &mut Desk| desk.failure.is_none() && desk.is_behind() && self.shared.current().is_none();
        let desk = self.shared.moved.wait_while(desk, waiting).unwrap_or_else(PoisonError::into_inner);
        self.shared.current().ok_or_else(|| desk.failure.clone().unwrap_or_default())
    }

    /// How many records a view lacks, or may lack as they are now.
    pub(crate) fn pending(&self, view: &View) -> u32 {
        let desk = self.shared.desk();
        let behind = if desk.is_behind() { desk.pending.max(1) } else { 0 };
        count(view.missing.len().max(behind))
    }

    /// Records that can be found, and records still to index.
    pub(crate) fn progress(&self) -> (u32, u32) {
        let pending = self.shared.desk().pending;
        let indexed = self.shared.current().map_or(0, |view| view.indexed());
        (count(indexed), count(pending))
    }

    /// Waits until the thread has indexed the newest state; without a thread the next search does it.
    #[cfg(test)]
    pub(crate) fn wait(&self) {
        let desk = self.shared.desk();
        drop(self.shared.moved.wait_while(desk, |desk| self.writer.is_some() && desk.is_behind()));
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Drop for SearchIndex {
    fn drop(&mut self) {
        self.shared.desk().closing = true;
        self.shared.moved.notify_all();
        if let Some(writer) = self.writer.take() {
            // A panic of the writer has been reported by its thread.
            let _ = writer.join();
        }
    }
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (indexed, pending) = self.progress();
        f.debug_struct("SearchIndex").field("indexed", &indexed).field("pending", &pending).finish()
    }
}

impl Desk {
    fn new(today: Date) -> Self {
        Self {
            today,
            done_on: today,
            next: None,
            changes: Changes::All,
            done: 0,
            pending: 0,
            failure: None,
            anew: false,
            paused: false,
            listed: false,
            closing: false,
        }
    }

    fn is_behind(&self) -> bool {
        let is_other = |next: &Arc<State>| self.anew || next.generation != self.done || self.today != self.done_on;
        self.next.as_ref().is_some_and(is_other)
    }

    /// What an update to a generation does when it is asked between two records.
    fn next_for(&self, generation: u32) -> Next {
        // What is asked for anew is not built to its end first.
        if self.closing || self.anew {
            return Next::Stop;
        }
        let is_waiting = self.next.as_ref().is_some_and(|next| next.generation != generation);
        let is_small = matches!(&self.changes, Changes::Of(changed) if changed.len() <= SMALL_CHANGE);
        if self.paused || is_waiting && is_small && self.pending > SMALL_CHANGE { Next::Pause } else { Next::Go }
    }
}

impl Shared {
    fn run(&self) {
        let mut looks = 0;
        loop {
            let again = (looks < MOST_LOOKS && self.lacks_some()).then(|| LOOK_AGAIN * 2_u32.pow(looks));
            let idle = |desk: &mut Desk| !desk.closing && !desk.is_behind();
            let desk = self.desk();
            let desk = match again {
                None => self.moved.wait_while(desk, idle).unwrap_or_else(PoisonError::into_inner),
                Some(after) => {
                    let waited = self.moved.wait_timeout_while(desk, after, idle);
                    let (desk, waited) = waited.unwrap_or_else(PoisonError::into_inner);
                    if waited.timed_out() {
                        // The file may be back as it was: then there is no news of it.
                        drop(desk);
                        self.catch_up();
                        looks += 1;
                        continue;
                    }
                    desk
                }
            };
            looks = 0;
            let waits = |desk: &mut Desk| !desk.closing && !desk.listed;
            let (mut desk, _) =
                self.moved.wait_timeout_while(desk, LIST_FIRST, waits).unwrap_or_else(PoisonError::into_inner);
            desk.listed = true;
            if desk.closing {
                return;
            }
            drop(desk);
            self.catch_up();
        }
    }

    /// The view lacks records, and nobody wants it so.
    fn lacks_some(&self) -> bool {
        !self.desk().paused && self.current().is_some_and(|view| !view.missing.is_empty())
    }

    /// Indexes the newest state.
    fn catch_up(&self) {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = self.desk();
        let Some(state) = desk.next.clone() else { return };
        let changes = std::mem::replace(&mut desk.changes, Changes::none());
        let anew = std::mem::take(&mut desk.anew);
        let today = desk.today;
        if anew {
            // Whoever waits for what is built does not take the old one for it.
            desk.done = 0;
        }
        drop(desk);
        engine.set_today(today);
        if anew {
            engine.forget();
        }
        let (began, told) = (Instant::now(), Cell::new(None::<Instant>));
        let go_on = |pending: usize| {
            let mut desk = self.desk();
            desk.pending = pending;
            let next = desk.next_for(state.generation);
            drop(desk);
            // Few records are over before anybody looks, unless each of them takes long.
            let is_worth_it = || pending > SMALL_CHANGE || began.elapsed() >= TELL_EVERY;
            if told.get().map_or_else(is_worth_it, |told| told.elapsed() >= TELL_EVERY) {
                told.set(Some(Instant::now()));
                self.tell();
            }
            next
        };
        // A view that finds less than the one before, because the index is being made anew, waits until it finds as much.
        let held = Cell::new(None);
        let publish = |view: View| match self.current() {
            Some(before) if view.is_worse_than(&before) => held.set(Some(view)),
            _ => {
                held.set(None);
                self.show(Some(view));
            }
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| engine.catch_up(&state, &changes, &go_on, &publish)));
        let outcome = outcome.or_else(|_| {
            // An index whose bytes make the library panic is as damaged as one that cannot be opened.
            engine.begin_anew();
            self.show(None);
            catch_unwind(AssertUnwindSafe(|| engine.catch_up(&state, &changes, &go_on, &publish)))
        });
        // One that was stopped because all is asked for anew again has next to nothing.
        if let Some(view) = held.take().filter(|_| matches!(outcome, Ok(Ok(()))) && !self.desk().anew) {
            self.show(Some(view));
        }
        let outcome = outcome.unwrap_or_else(|_| Err(TantivyError::SystemError("the indexer stopped".to_owned())));
        let failure = outcome.err().map(|error| error.to_string());
        if failure.is_some() {
            // What an older state left would answer as if it were today's.
            *self.view.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
        let mut desk = self.desk();
        desk.pending = if desk.paused { self.current().map_or(0, |view| view.missing.len()) } else { 0 };
        desk.paused &= desk.pending > 0;
        desk.done = state.generation;
        desk.done_on = today;
        desk.failure = failure;
        drop(desk);
        self.tell();
    }

    fn show(&self, view: Option<View>) {
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view.map(Arc::new);
        self.tell();
    }

    fn tell(&self) {
        self.moved.notify_all();
        if let Some(listener) = &*self.listener.lock().unwrap_or_else(PoisonError::into_inner) {
            listener();
        }
    }

    fn current(&self) -> Option<Arc<View>> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
