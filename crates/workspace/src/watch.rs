//! Tells the front end what other programs do to the records and to git.
//!
//! The system's notifications ([`eyes`]) are gathered for a moment, then handled by one thread: one refresh a burst, and
//! one for all that git does in one go. A write of our own is told once, when its snapshot is made; its echo from the disk
//! is recognised by equal hashes. Where the system cannot watch, files are looked at every few seconds.

mod eyes;
mod folders;
mod gather;
mod others;

use crate::error::{Error, Result};
use crate::stat::{Stat, identity};
use crate::workspace::Workspace;
use eyes::Eyes;
use folders::{Folders, git_marks};
use gather::{Burst, GitAtWork};
use precedent_core::wire::{ErrorCode, LogChange, WatchState, WorkspaceInfo};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// What a front end hears.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchEvent {
    /// Records changed; the snapshot is new.
    Log(LogChange),
    /// Branch, staging, references or files that are no records changed.
    Git,
    /// The watcher itself changed.
    State(WatchState),
    /// What the window's frame shows changed: the day, or whether there is git.
    Info(WorkspaceInfo),
}

/// How often files are looked at where the system cannot watch, and how often for a folder that has gone.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often it is made sure that the folder is still there: a folder above it that moves away tells nobody below.
const THERE_EVERY: Duration = Duration::from_secs(5);

/// How often it is tried again to watch what the system refused.
const TRY_EVERY: Duration = Duration::from_secs(60);

/// After a folder of references appeared: what came into it before the system watched it was not told.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// The watcher's side of a workspace.
#[derive(Debug, Default)]
pub(crate) struct Watching {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    stop: Option<Sender<Message>>,
    watcher: Mode,
}

/// How changes are noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// Not at all, with the reason where it is not that nobody asked.
    #[default]
    Unwatched,
    Gone,
    /// By the system's word on every folder.
    Watching,
    /// By the system's word on this many of so many folders.
    Partly {
        watched: u32,
        all: u32,
    },
    /// By looking every few seconds, with the reason.
    Polling(String),
}

enum Message {
    /// Something changed here.
    At(Vec<PathBuf>),
    /// A new snapshot, by whomever it was made.
    Changed(Box<LogChange>),
    /// Notifications were lost, or somebody asks; look at everything.
    LookAtAll,
    /// Somebody has come back to the window.
    Look,
    /// The search index is further than it was.
    Indexed,
    /// What the window's frame shows is something else.
    Info,
    /// The check looks into other folders than before.
    Folders,
    /// Git came or went.
    Git,
    /// Somebody was answered that the folder is gone.
    Gone,
    Stop,
}

type Callback = Box<dyn Fn(WatchEvent) + Send>;
/// How eyes are opened, at the start and where it is tried again.
type Open = Box<dyn Fn(&Path) -> Eyes + Send>;

impl Workspace {
    /// Calls back from a thread of its own whenever records or git change, by other programs or by a call of ours, until the workspace is dropped or
    /// [`Workspace::stop_watching`]. A second call replaces the first.
    ///
    /// # Errors
    /// `io` when no thread can be started.
    pub fn watch(self: &Arc<Self>, callback: impl Fn(WatchEvent) + Send + 'static) -> Result<()> {
        self.watch_with(Eyes::open, Box::new(callback))
    }

    fn watch_with(
        self: &Arc<Self>,
        open: impl Fn(&Path, &Sender<Message>) -> Eyes + Send + 'static,
        callback: Callback,
    ) -> Result<()> {
        self.stop_watching();
        let (sender, receiver) = channel();
        let news = sender.clone();
        let open: Open = Box::new(move |root| open(root, &news));
        let mut watch = Watch {
            workspace: Arc::downgrade(self),
            callback,
            folders: Folders::new(open(self.root())),
            open,
            marks: BTreeMap::new(),
            new_references: false,
            tried: Instant::now(),
        };
        self.watching.set(Some(sender.clone()));
        watch.folders.cover(self);
        if watch.folders.is_blind() {
            watch.marks_moved(self);
        }
        let index_moved = sender.clone();
        // A watcher that has ended no longer listens.
        self.index.on_progress(move || drop(index_moved.send(Message::Indexed)));
        self.watching.set_mode(watch.folders.mode());
        (watch.callback)(WatchEvent::State(self.watch_state()));
        let failed = |error: std::io::Error| Error::new(ErrorCode::Io, format!("cannot start the watcher: {error}"));
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch.run(&receiver)).map_err(failed)?;
        Ok(())
    }

    /// Ends the callbacks; the one under way is finished.
    pub fn stop_watching(&self) {
        self.watching.stop();
    }

    /// Looks at what is not watched: all files, when not every folder is. For the moment when a person comes back to the
    /// window; what it finds arrives by the callback.
    pub fn look(&self) {
        self.watching.send(Message::Look);
    }

    /// State of the watcher for the status bar.
    pub fn watch_state(&self) -> WatchState {
        let mode = self.watching.mode();
        let (indexed, pending) = self.index.progress();
        let (watched, folders) = if let Mode::Partly { watched, all } = mode { (watched, all) } else { (0, 0) };
        WatchState {
            watcher: mode.word().to_owned(),
            detail: mode.detail(),
            indexed,
            pending,
            paused: self.index.is_paused(),
            index_failure: self.index.failure(),
            watched,
            folders,
        }
    }
}

impl Mode {
    fn word(&self) -> &'static str {
        match self {
            Mode::Unwatched => "stopped",
            Mode::Gone => "gone",
            Mode::Watching => "watching",
            Mode::Partly { .. } => "partly",
            Mode::Polling(_) => "polling",
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Mode::Unwatched | Mode::Watching => None,
            Mode::Gone => Some("The folder has moved or its disk is not mounted.".to_owned()),
            Mode::Partly { .. } => Some("The system watches no more folders for this program.".to_owned()),
            Mode::Polling(why) => Some(format!("Looking every {} seconds: {why}", LOOK_EVERY.as_secs())),
        }
    }
}

impl Watching {
    fn set(&self, stop: Option<Sender<Message>>) {
        *self.lock() = Inner { stop, watcher: Mode::Unwatched };
    }

    fn set_mode(&self, mode: Mode) -> bool {
        let mut inner = self.lock();
        let changed = inner.watcher != mode;
        inner.watcher = mode;
        changed
    }

    fn mode(&self) -> Mode {
        self.lock().watcher.clone()
    }

    /// Hands a new snapshot's change to the callback. Called while the snapshot is exchanged, so that changes arrive in
    /// order, those of our own writes between the others.
    pub(crate) fn announce(&self, change: &LogChange) {
        self.send(Message::Changed(Box::new(change.clone())));
    }

    /// Has the callback told what the window's frame shows by now.
    pub(crate) fn announce_info(&self) {
        self.send(Message::Info);
    }

    /// Has the folders watched that the check looks into.
    pub(crate) fn announce_folders(&self) {
        self.send(Message::Folders);
    }

    /// Has everything looked at that git bears on.
    pub(crate) fn announce_git(&self) {
        self.send(Message::Git);
    }

    /// The folder is gone, as somebody was just answered: it is said, and its coming back too.
    pub(crate) fn announce_gone(&self) {
        self.send(Message::Gone);
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.lock().stop {
            // A watcher that is about to end has nobody left to tell.
            drop(sender.send(message));
        }
    }

    fn stop(&self) {
        if let Some(stop) = std::mem::take(&mut *self.lock()).stop {
            // A watcher that has ended by itself no longer listens.
            drop(stop.send(Message::Stop));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The watching thread's own things.
struct Watch {
    workspace: Weak<Workspace>,
    callback: Callback,
    open: Open,
    folders: Folders,
    /// Where references stood at the last look, for where the system does not tell.
    marks: BTreeMap<PathBuf, Option<Stat>>,
    /// A folder of references has just appeared.
    new_references: bool,
    /// When it was last tried to watch what the system had refused.
    tried: Instant,
}

impl Watch {
    fn run(mut self, receiver: &Receiver<Message>) {
        let Some(workspace) = self.workspace.upgrade() else { return };
        // What earlier fetches brought; listing branches must not keep anybody waiting for the list.
        workspace.refresh_clashes();
        let mut git = GitAtWork::of(&workspace);
        let mut place = identity(workspace.root());
        drop(workspace);
        let mut gone = false;
        let mut looking = Duration::ZERO;
        // What happened between the reading of the files and the first watch was not told. There is time: the window
        // starts now, and wants the processor.
        let mut first = true;
        loop {
            // A look over a slow network is not begun again as soon as it has ended.
            let looks = gone || first || self.folders.is_blind();
            let patience = match (self.new_references, looks) {
                (true, _) => SECOND_LOOK,
                (_, true) => LOOK_EVERY.max(looking * 10),
                _ => THERE_EVERY,
            };
            let tell = |change| (self.callback)(WatchEvent::Log(change));
            let Some(mut burst) = gather::next(receiver, patience, &mut git, &tell) else { return };
            let Some(workspace) = self.workspace.upgrade() else { return };
            let second_look = burst.silence && std::mem::take(&mut self.new_references);
            burst.look_at_all |= burst.silence && looks && !second_look;
            let is_awake = burst.look_at_all || burst.look || burst.gone || !burst.paths.is_empty();
            burst.look_at_all |= is_awake && std::mem::take(&mut first);
            let started = Instant::now();
            if burst.gone {
                gone = true;
                self.tell_mode(&workspace, Mode::Gone);
            }
            // Another folder may stand where this one stood: what is watched is the one that went.
            let here = identity(workspace.root());
            if workspace.root().is_dir() {
                if std::mem::take(&mut gone) || here != place {
                    self.folders.forget();
                    // What was asked of git meanwhile was answered with an error.
                    (burst.look_at_all, burst.git) = (true, true);
                }
                place = here;
                if burst.git || burst.silence || is_awake {
                    workspace.look_for_git();
                }
                if burst.git {
                    git = GitAtWork::of(&workspace);
                    self.folders.recount();
                }
                if second_look && self.marks_moved(&workspace) {
                    (self.callback)(WatchEvent::Git);
                    workspace.refresh_clashes();
                }
                if burst.folders {
                    self.folders.recount();
                    self.cover(&workspace);
                    self.tell_mode(&workspace, self.folders.mode());
                }
                self.try_again(&workspace, &burst);
                self.burst(&workspace, &burst);
            }
            // It may have gone in the middle of that.
            if !workspace.root().is_dir() {
                gone = true;
                self.tell_mode(&workspace, Mode::Gone);
            }
            looking = started.elapsed();
            if burst.info {
                (self.callback)(WatchEvent::Info(workspace.info()));
            }
            if burst.indexed {
                (self.callback)(WatchEvent::State(workspace.watch_state()));
            }
        }
    }

    /// Watches what was refused, where that is possible by now: when a person comes back, and now and then.
    fn try_again(&mut self, workspace: &Workspace, burst: &Burst) {
        if !self.folders.may_see_more() || !burst.look && self.tried.elapsed() < TRY_EVERY {
            return;
        }
        self.tried = Instant::now();
        let open = &self.open;
        self.folders.try_again(|| open(workspace.root()));
        self.cover(workspace);
        self.tell_mode(workspace, self.folders.mode());
    }

    fn burst(&mut self, workspace: &Workspace, burst: &Burst) {
        let (git, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
            burst.paths.iter().partition(|path| is_in_git(workspace, path));
        // A burst that comes before the second look must not call it off, nor take its marks for those to compare with.
        if git.iter().any(|path| path.is_dir()) {
            self.new_references = true;
            self.marks_moved(workspace);
        }
        let git: BTreeSet<&str> = git.iter().filter_map(|path| git_part(workspace, path)).collect();
        let is_partial = !matches!(self.folders.mode(), Mode::Watching);
        let look_at_all = burst.look_at_all || burst.look && is_partial || git.contains("info");
        if !look_at_all && files.is_empty() && git.is_empty() {
            return;
        }
        let mut changed = false;
        if look_at_all {
            changed |= workspace.refresh::<&Path>(&[]).is_some();
        } else if !files.is_empty() {
            changed |= workspace.refresh(&files).is_some();
        }
        // Git's own folder may have been exchanged as well.
        self.folders.lose(burst.paths.iter());
        let everywhere = look_at_all.then(|| workspace.root());
        let places = everywhere.into_iter().chain(files.iter().map(|path| path.as_path()));
        // What happened in them before they were watched was not told.
        let is_wider = self.folders.roam(workspace, places);
        changed |= self.cover(workspace);
        // What git has staged it follows, also what it ignores; where the system is blind, all would be looked at without end.
        if look_at_all && (changed || !burst.silence) || !git.is_empty() {
            workspace.live.look_at_all();
        } else if !files.is_empty() {
            workspace.live.look_at(workspace.root(), &files.iter().map(|path| (*path).clone()).collect());
        }
        let references = git.iter().any(|part| *part != "index") || look_at_all && self.marks_moved(workspace);
        // A file that is no record is a change all the same; that of a record is told with the record.
        let others = !changed && (is_wider || !files.is_empty()) && workspace.git_dir().is_some();
        if references || !git.is_empty() || others || burst.git && workspace.git_dir().is_some() {
            (self.callback)(WatchEvent::Git);
        }
        if references || changed || burst.git {
            workspace.refresh_clashes();
        }
        self.tell_mode(workspace, self.folders.mode());
    }

    /// Watches what there is now; what came into a new folder before it was watched is looked at. Whether that showed.
    fn cover(&mut self, workspace: &Workspace) -> bool {
        let mut changed = false;
        loop {
            let new = self.folders.cover(workspace);
            if new.is_empty() {
                return changed;
            }
            let info = workspace.git().common.as_ref().map(|common| common.join("info"));
            // What git ignores besides may have come before it was watched.
            let bears_on_all = new.iter().any(|folder| info.as_ref() == Some(folder));
            changed |= workspace.refresh(if bears_on_all { &[] } else { &new[..] }).is_some();
            workspace.live.look_at_all();
        }
    }

    /// Whether git's references stand elsewhere than at the last look. Always, where the system tells and lost its thread.
    fn marks_moved(&mut self, workspace: &Workspace) -> bool {
        let git = workspace.git();
        let (Some(dir), Some(common)) = (&git.dir, &git.common) else { return false };
        let marks = git_marks(dir, common);
        let moved = marks != self.marks;
        self.marks = marks;
        moved
    }

    fn tell_mode(&self, workspace: &Workspace, mode: Mode) {
        if workspace.watching.set_mode(mode) {
            (self.callback)(WatchEvent::State(workspace.watch_state()));
        }
    }
}

fn is_in_git(workspace: &Workspace, path: &Path) -> bool {
    let git = workspace.git();
    [&git.dir, &git.common].into_iter().flatten().any(|folder| path.starts_with(folder))
}

/// The first part below git's folder, when a change there shows on screen.
fn git_part<'a>(workspace: &Workspace, path: &'a Path) -> Option<&'a str> {
    let git = workspace.git();
    let folders = [&git.dir, &git.common];
    let below = folders.into_iter().flatten().find_map(|folder| path.strip_prefix(folder).ok())?;
    let part = below.components().next()?.as_os_str().to_str()?;
    let is_lock = path.extension().is_some_and(|extension| extension == "lock");
    let shows = matches!(part, "HEAD" | "index" | "refs" | "packed-refs" | "config" | "FETCH_HEAD" | "info")
        || part.ends_with("_HEAD")
        || part.starts_with("rebase-");
    (shows && !is_lock).then_some(part)
}

#[cfg(test)]
mod tests;
