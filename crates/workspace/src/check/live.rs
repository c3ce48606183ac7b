//! The check that follows the worktree, on a thread of its own: at the start it looks at everything, then at what the
//! watcher tells of. What comes meanwhile ends a look at everything, which begins again with what it found so far.

use super::ground::{Ground, Looked};
use super::lines::Counted;
use super::origins::Origins;
use super::request::{CheckInput, CheckRequest};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::wire::{CheckState, ErrorCode, FindingState, Verdict};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// After so many looks that were ended by newer changes, one goes on to its end: a build may write files for an hour.
const MOST_ENDED: u32 = 5;

/// More files at once are a branch that was switched to: everything is looked at, on all processors.
const MANY_FILES: usize = 64;

/// The running check's side of a workspace.
#[derive(Default)]
pub(crate) struct Live {
    inner: Mutex<Inner>,
    /// Counts what was asked for: a look that began before is of no use any more.
    asked: AtomicU64,
    done: AtomicU32,
    /// Counts the checks of a commit that were asked for.
    commits: AtomicU64,
    /// Counts the trials of rules that were asked for.
    trials: AtomicU64,
    origins: Mutex<Origins>,
    lines: Mutex<Counted>,
    /// Counts how often lines were to be counted.
    counts: AtomicU64,
}

#[derive(Default)]
struct Inner {
    asks: Option<Sender<Ask>>,
    state: CheckState,
    shown: Option<Shown>,
    /// Folders of the files that were looked at.
    folders: Arc<BTreeSet<String>>,
}

/// The newest verdict, with what it was made on.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) generation: u32,
    pub(super) verdict: Arc<Verdict>,
    pub(super) ground: Arc<Ground>,
}

enum Ask {
    Files(BTreeSet<String>),
    Everything,
    Stop,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Live").field("state", &self.lock().state).finish_non_exhaustive()
    }
}

impl Workspace {
    /// Checks the worktree now and after every change that the watcher sees, and calls back from a thread of its own with
    /// each new state, until the workspace is dropped or [`Workspace::stop_checking`]. A second call replaces the first.
    ///
    /// # Errors
    /// `io` when no thread can be started.
    pub fn follow_check(self: &Arc<Self>, callback: impl Fn(CheckState) + Send + 'static) -> Result<()> {
        self.stop_checking();
        let (sender, receiver) = channel();
        let weak = Arc::downgrade(self);
        self.live.lock().asks = Some(sender);
        self.live.look_at_all();
        let run = move || {
            let mut follow = Follow { looked: None, ended: 0 };
            while let Some(ask) = next(&receiver, follow.looked.is_none()) {
                let Some(workspace) = weak.upgrade() else { return };
                follow.answer(&workspace, &ask, &callback);
            }
        };
        let failed = |error: std::io::Error| Error::new(ErrorCode::Io, format!("cannot start the check: {error}"));
        std::thread::Builder::new().name("check".to_owned()).spawn(run).map_err(failed)?;
        Ok(())
    }

    /// Ends the callbacks.
    pub fn stop_checking(&self) {
        self.live.stop();
    }

    /// Looks at all files again: what no watcher tells of, or what a person does not believe.
    pub fn check_again(&self) {
        self.live.look_at_all();
    }

    /// Where the running check stands.
    pub fn check_state(&self) -> CheckState {
        let state = self.live.lock().state.clone();
        CheckState { done: if state.running { self.live.done.load(Ordering::Relaxed) } else { state.files }, ..state }
    }

    /// What judges the worktree and which files it has: as the running check saw them last, else as they are.
    pub(super) fn judging(&self) -> Result<Arc<Ground>> {
        let shown = self.live.lock().shown.as_ref().map(|shown| shown.ground.clone());
        shown.map_or_else(|| Ground::read(self).map(Arc::new), Ok)
    }

    /// The newest verdict; the worktree is looked at when there is none.
    pub(super) fn shown(&self) -> Result<Shown> {
        if let Some(shown) = self.live.lock().shown.clone() {
            return Ok(shown);
        }
        self.findings.load(&self.findings_file());
        let looked = Looked::at_all(self, None, &|| false)?;
        let verdict = Arc::new(looked.verdict(self, &CheckRequest::new(CheckInput::Worktree)));
        Ok(Shown { generation: 0, verdict, ground: looked.ground })
    }
}

impl Live {
    /// Has all files looked at.
    pub(crate) fn look_at_all(&self) {
        self.ask(Ask::Everything);
    }

    /// These changed. A folder stands for all below it.
    pub(crate) fn look_at(&self, root: &Path, paths: &BTreeSet<PathBuf>) {
        let below = |path: &PathBuf| Some(path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/"));
        let files: Option<BTreeSet<String>> = paths.iter().map(below).collect();
        match files.filter(|files| files.len() <= MANY_FILES) {
            Some(files) if files.is_empty() => {}
            Some(files) => self.ask(Ask::Files(files)),
            None => self.ask(Ask::Everything),
        }
    }

    /// Folders that the watcher has to see.
    pub(crate) fn folders(&self) -> Arc<BTreeSet<String>> {
        self.lock().folders.clone()
    }

    fn follow(&self, workspace: &Workspace, ground: &Ground) {
        let folders = ground.folders();
        let mut inner = self.lock();
        if *inner.folders != folders {
            inner.folders = Arc::new(folders);
            workspace.watching.announce_folders();
        }
    }

    /// A check of a commit begins; the answer says whether another one has begun since.
    pub(super) fn begin_commit(&self) -> impl Fn() -> bool + Sync + '_ {
        let own = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        move || self.commits.load(Ordering::SeqCst) != own
    }

    /// As [`Self::begin_commit`], for rules that are being written.
    pub(super) fn begin_trial(&self) -> impl Fn() -> bool + Sync + '_ {
        let own = self.trials.fetch_add(1, Ordering::SeqCst) + 1;
        move || self.trials.load(Ordering::SeqCst) != own
    }

    /// What git said of lines, for a moment.
    pub(super) fn origins<T>(&self, with: impl FnOnce(&mut Origins) -> T) -> T {
        with(&mut self.origins.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is known of how many lines files have.
    pub(super) fn lines<T>(&self, with: impl FnOnce(&mut Counted) -> T) -> T {
        with(&mut self.lines.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// As [`Self::begin_commit`], for the counting of lines.
    pub(super) fn begin_lines(&self) -> impl Fn() -> bool + Sync + '_ {
        let own = self.counts.fetch_add(1, Ordering::SeqCst) + 1;
        move || self.counts.load(Ordering::SeqCst) != own
    }

    fn ask(&self, ask: Ask) {
        let inner = self.lock();
        if let Some(asks) = &inner.asks {
            self.asked.fetch_add(1, Ordering::SeqCst);
            // A thread that is about to end has nobody left to answer to.
            drop(asks.send(ask));
        }
    }

    fn stop(&self) {
        self.counts.fetch_add(1, Ordering::SeqCst);
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut inner = self.lock();
        if let Some(asks) = inner.asks.take() {
            drop(asks.send(Ask::Stop));
        }
        *inner = Inner::default();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What is to be done next, everything that waits taken together; `None` at the end.
fn next(receiver: &Receiver<Ask>, is_first: bool) -> Option<Ask> {
    let mut all = receiver.recv().ok()?;
    let mut everything = is_first;
    let mut files = BTreeSet::new();
    loop {
        match all {
            Ask::Stop => return None,
            Ask::Everything => everything = true,
            Ask::Files(more) => files.extend(more),
        }
        match receiver.try_recv() {
            Ok(more) => all = more,
            Err(_) if everything => return Some(Ask::Everything),
            Err(_) => return Some(Ask::Files(files)),
        }
    }
}

/// The thread's own things.
struct Follow {
    /// As it was looked at last; `None` when that was ended.
    looked: Option<Looked>,
    ended: u32,
}

impl Follow {
    fn answer(&mut self, workspace: &Workspace, ask: &Ask, tell: &dyn Fn(CheckState)) {
        if let (Ask::Files(paths), Some(looked)) = (ask, &mut self.looked)
            && looked.again(workspace, paths)
        {
            self.show(workspace, tell);
            return;
        }
        let live = &workspace.live;
        let asked = live.asked.load(Ordering::SeqCst);
        let goes_on = self.ended >= MOST_ENDED;
        live.done.store(0, Ordering::Relaxed);
        let all = self.looked.as_ref().map_or(0, |looked| looked.ground.files.count());
        tell(live.put(|state| (state.running, state.all) = (true, all)));
        workspace.findings.load(&workspace.findings_file());
        let stop = || {
            live.done.fetch_add(1, Ordering::Relaxed);
            !goes_on && live.asked.load(Ordering::SeqCst) != asked
        };
        // One processor stays with the window.
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).saturating_sub(1);
        let looked = Looked::at_all(workspace, Some(threads.clamp(1, 8)), &stop);
        if !goes_on && live.asked.load(Ordering::SeqCst) != asked {
            // What it found so far is known to the next one.
            (self.looked, self.ended) = (None, self.ended + 1);
            return;
        }
        self.ended = 0;
        match looked {
            Ok(looked) => {
                let looked = self.looked.insert(looked);
                workspace.keep_findings(looked);
                self.show(workspace, tell);
            }
            Err(error) => {
                self.looked = None;
                tell(live.put(|state| (state.running, state.failure) = (false, Some(error.to_string()))));
            }
        }
    }

    fn show(&self, workspace: &Workspace, tell: &dyn Fn(CheckState)) {
        let Some(looked) = &self.looked else { return };
        let verdict = Arc::new(looked.verdict(workspace, &CheckRequest::new(CheckInput::Worktree)));
        let generation = workspace.live.lock().state.generation + 1;
        let shown = Shown { generation, verdict: verdict.clone(), ground: looked.ground.clone() };
        workspace.live.lock().shown = Some(shown);
        workspace.live.follow(workspace, &looked.ground);
        tell(workspace.live.put(|state| *state = told(generation, &verdict, &looked.ground)));
    }
}

impl Live {
    fn put(&self, change: impl FnOnce(&mut CheckState)) -> CheckState {
        let mut inner = self.lock();
        change(&mut inner.state);
        inner.state.clone()
    }
}

fn told(generation: u32, verdict: &Verdict, ground: &Ground) -> CheckState {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let faults = verdict.faults.iter().filter(|fault| fault.severity == precedent_core::wire::SeverityWord::Error);
    CheckState {
        generation,
        running: false,
        done: verdict.counts.files,
        all: ground.files.count(),
        open: count(verdict.findings.iter().filter(|finding| finding.state == FindingState::Existing).count()),
        waived: verdict.counts.waived,
        baselined: verdict.counts.baselined,
        undecided: count(verdict.undecided.len()),
        faults: count(faults.count()),
        rules: verdict.counts.rules,
        files: verdict.counts.files,
        waivers: count(ground.governed.governance.waivers.len()),
        failure: None,
    }
}

#[cfg(test)]
mod tests;
