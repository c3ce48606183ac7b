//! Tells the front end what other programs do to the records and to git.
//!
//! The system's notifications are gathered for a moment, then handled by one thread: one refresh a burst. A write of our
//! own is told once, when its snapshot is made; its echo from the disk is recognised by equal hashes. Where the system
//! cannot watch, files are polled.

use crate::error::{Error, Result};
use crate::workspace::Workspace;
use notify_debouncer_full::notify::{self, Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use precedent_core::wire::{ErrorCode, LogChange, WatchState};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

/// What a front end hears.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchEvent {
    /// Records changed; the snapshot is new.
    Log(LogChange),
    /// Branch, staging or references changed.
    Git,
    /// The watcher itself changed.
    State(WatchState),
}

/// How long events are gathered: atomic saves are several events.
const GATHER: Duration = Duration::from_millis(40);
const TICK: Duration = Duration::from_millis(10);
const POLL: Duration = Duration::from_secs(2);

/// The watcher's side of a workspace.
#[derive(Debug, Default)]
pub(crate) struct Watching {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    stop: Option<Sender<Message>>,
    watcher: Option<(&'static str, Option<String>)>,
}

enum Message {
    Events(Vec<PathBuf>),
    /// A new snapshot, by whomever it was made.
    Changed(Box<LogChange>),
    /// Notifications were lost; look at everything.
    LookAtAll,
    /// The search index is further than it was.
    Indexed,
    Stop,
}

type Callback = Box<dyn Fn(WatchEvent) + Send>;

impl Workspace {
    /// Calls back from a thread of its own whenever records or git change, by other programs or by a call of ours, until the workspace is dropped or
    /// [`Workspace::stop_watching`]. A second call replaces the first.
    ///
    /// # Errors
    /// `io` when neither the system's notifications nor polling can be started.
    pub fn watch(self: &Arc<Self>, callback: impl Fn(WatchEvent) + Send + 'static) -> Result<()> {
        self.watch_with(Eyes::open, Box::new(callback))
    }

    fn watch_with(
        self: &Arc<Self>,
        open: impl Fn(&Sender<Message>) -> notify::Result<Eyes>,
        callback: Callback,
    ) -> Result<()> {
        self.stop_watching();
        let (sender, receiver) = channel();
        let eyes = open(&sender).map_err(|error| {
            Error::new(ErrorCode::Io, "changes by other programs cannot be watched")
                .with_hint("close other programs that watch many files; refresh by hand meanwhile")
                .with_details(error.to_string())
        })?;
        let mut watch = Watch { workspace: Arc::downgrade(self), callback, eyes, watched: BTreeMap::new() };
        self.watching.set(Some(sender.clone()), Some(watch.eyes.state()));
        watch.cover(self, &sender);
        let index_moved = sender.clone();
        // A watcher that has ended no longer listens.
        self.index.on_progress(move || drop(index_moved.send(Message::Indexed)));
        (watch.callback)(WatchEvent::State(self.watch_state()));
        let failed = |error: std::io::Error| Error::new(ErrorCode::Io, format!("cannot start the watcher: {error}"));
        std::thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || watch.run(&receiver, &sender))
            .map_err(failed)?;
        Ok(())
    }

    /// Ends the callbacks; the one under way is finished.
    pub fn stop_watching(&self) {
        self.watching.stop();
    }

    /// State of the watcher for the status bar.
    pub fn watch_state(&self) -> WatchState {
        let (watcher, detail) = self.watching.state();
        let (indexed, pending) = self.index.progress();
        WatchState { watcher: watcher.to_owned(), detail, indexed, pending }
    }
}

impl Watching {
    fn set(&self, stop: Option<Sender<Message>>, watcher: Option<(&'static str, Option<String>)>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *inner = Inner { stop, watcher };
    }

    fn set_state(&self, watcher: (&'static str, Option<String>)) -> bool {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = inner.watcher.as_ref() != Some(&watcher);
        inner.watcher = Some(watcher);
        changed
    }

    fn state(&self) -> (&'static str, Option<String>) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).watcher.clone().unwrap_or(("stopped", None))
    }

    /// Hands a new snapshot's change to the callback. Called while the snapshot is exchanged, so that changes arrive in
    /// order, those of our own writes between the others.
    pub(crate) fn announce(&self, change: &LogChange) {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = &inner.stop {
            // A watcher that is about to end has nobody left to tell.
            drop(sender.send(Message::Changed(Box::new(change.clone()))));
        }
    }

    fn stop(&self) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = std::mem::take(&mut *inner).stop {
            // A watcher that has ended by itself no longer listens.
            drop(stop.send(Message::Stop));
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The system's notifications, or a look every few seconds.
enum Eyes {
    Native(Debouncer<RecommendedWatcher, NoCache>),
    Polling(Debouncer<PollWatcher, NoCache>, String),
}

impl Eyes {
    fn open(sender: &Sender<Message>) -> notify::Result<Eyes> {
        match debouncer::<RecommendedWatcher>(sender.clone(), Config::default().with_follow_symlinks(false)) {
            Ok(eyes) => Ok(Eyes::Native(eyes)),
            Err(error) => Eyes::poll(sender, &error),
        }
    }

    fn poll(sender: &Sender<Message>, why: &notify::Error) -> notify::Result<Eyes> {
        let config = Config::default().with_poll_interval(POLL).with_follow_symlinks(false);
        let why = format!("Looking every {} seconds: {why}", POLL.as_secs());
        Ok(Eyes::Polling(debouncer::<PollWatcher>(sender.clone(), config)?, why))
    }

    fn state(&self) -> (&'static str, Option<String>) {
        match self {
            Eyes::Native(_) => ("watching", None),
            Eyes::Polling(_, why) => ("polling", Some(why.clone())),
        }
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self {
            Eyes::Native(eyes) => eyes.watch(path, mode),
            Eyes::Polling(eyes, _) => eyes.watch(path, mode),
        }
    }

    fn unwatch(&mut self, path: &Path) {
        // A folder that is gone has lost its watch already.
        drop(match self {
            Eyes::Native(eyes) => eyes.unwatch(path),
            Eyes::Polling(eyes, _) => eyes.unwatch(path),
        });
    }
}

fn debouncer<T: Watcher>(sender: Sender<Message>, config: Config) -> notify::Result<Debouncer<T, NoCache>> {
    let handle = move |result: DebounceEventResult| {
        // The receiver ends with the workspace; what comes later is of no interest.
        drop(sender.send(match result {
            Ok(events) if events.iter().any(|event| event.need_rescan()) => Message::LookAtAll,
            Ok(events) => {
                let telling = events.into_iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
                let paths: BTreeSet<PathBuf> = telling.flat_map(|event| event.event.paths).collect();
                if paths.is_empty() {
                    return;
                }
                Message::Events(paths.into_iter().collect())
            }
            Err(_) => Message::LookAtAll,
        }));
    };
    new_debouncer_opt(GATHER, Some(TICK), handle, NoCache::new(), config)
}

/// The watching thread's own things.
struct Watch {
    workspace: Weak<Workspace>,
    callback: Callback,
    eyes: Eyes,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watch {
    fn run(mut self, receiver: &Receiver<Message>, sender: &Sender<Message>) {
        // What earlier fetches brought; listing branches must not keep anybody waiting for the list.
        if let Some(workspace) = self.workspace.upgrade() {
            workspace.refresh_clashes();
        }
        while let Ok(first) = receiver.recv() {
            let mut paths = BTreeSet::new();
            let mut look_at_all = false;
            let mut indexed = false;
            for message in std::iter::once(first).chain(receiver.try_iter()) {
                match message {
                    Message::Events(more) => paths.extend(more),
                    Message::Changed(change) => (self.callback)(WatchEvent::Log(*change)),
                    Message::LookAtAll => look_at_all = true,
                    Message::Indexed => indexed = true,
                    Message::Stop => return,
                }
            }
            if paths.is_empty() && !look_at_all && !indexed {
                continue;
            }
            let Some(workspace) = self.workspace.upgrade() else { return };
            if look_at_all || !paths.is_empty() {
                self.burst(&workspace, &paths, look_at_all, sender);
            }
            if indexed {
                (self.callback)(WatchEvent::State(workspace.watch_state()));
            }
        }
    }

    fn burst(&mut self, workspace: &Workspace, paths: &BTreeSet<PathBuf>, look_at_all: bool, sender: &Sender<Message>) {
        if !workspace.root().is_dir() {
            let gone = "The folder has moved or its disk is not mounted.".to_owned();
            self.tell_state(workspace, ("stopped", Some(gone)));
            return;
        }
        let (git, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| is_in_git(workspace, path));
        let git: Vec<&str> = git.iter().filter_map(|path| git_part(workspace, path)).collect();
        if look_at_all || !files.is_empty() || git.contains(&"HEAD") {
            if look_at_all {
                workspace.refresh::<&Path>(&[]);
            } else {
                workspace.refresh(&files);
            }
        }
        if look_at_all || !git.is_empty() {
            (self.callback)(WatchEvent::Git);
        }
        if look_at_all || !files.is_empty() || git.iter().any(|part| *part != "index") {
            workspace.refresh_clashes();
        }
        if look_at_all || self.is_about_folders(&files) {
            self.cover(workspace, sender);
            // What came into a folder before it was watched has been missed.
            workspace.refresh::<&Path>(&[]);
        }
        let state = self.eyes.state();
        self.tell_state(workspace, state);
    }

    fn tell_state(&self, workspace: &Workspace, state: (&'static str, Option<String>)) {
        if workspace.watching.set_state(state) {
            (self.callback)(WatchEvent::State(workspace.watch_state()));
        }
    }

    /// A watched folder or one above it came or went, or a folder appeared.
    fn is_about_folders(&self, paths: &[&PathBuf]) -> bool {
        paths.iter().any(|path| path.is_dir() || self.watched.keys().any(|watched| watched.starts_with(path)))
    }

    /// Watches the folders of records as they are now.
    fn cover(&mut self, workspace: &Workspace, sender: &Sender<Message>) {
        let wanted = wanted(workspace);
        for path in std::mem::take(&mut self.watched).keys() {
            self.eyes.unwatch(path);
        }
        for (path, mode) in &wanted {
            if let Err(error) = self.eyes.watch(path, *mode)
                && path.exists()
                && matches!(self.eyes, Eyes::Native(_))
                && let Ok(polling) = Eyes::poll(sender, &error)
            {
                self.eyes = polling;
                for (path, mode) in &wanted {
                    // A folder that vanished meanwhile shows in the folder above it.
                    drop(self.eyes.watch(path, *mode));
                }
                break;
            }
        }
        self.watched = wanted;
    }
}

/// Log folders with all below; the folders above them, so that one which is made again is noticed; git's own few files.
fn wanted(workspace: &Workspace) -> BTreeMap<PathBuf, RecursiveMode> {
    let root = workspace.root();
    let mut wanted = BTreeMap::from([(root.to_path_buf(), RecursiveMode::NonRecursive)]);
    for likely in ["docs", "doc"] {
        wanted.insert(root.join(likely), RecursiveMode::NonRecursive);
    }
    for log in &workspace.state().logs {
        let folder = root.join(&log.folder);
        for above in folder.ancestors().skip(1).take_while(|above| above.starts_with(root)) {
            wanted.entry(above.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
        }
        if !log.folder.is_empty() {
            wanted.insert(folder, RecursiveMode::Recursive);
        }
    }
    if let Some(git_dir) = workspace.git_dir() {
        wanted.insert(git_dir.to_path_buf(), RecursiveMode::NonRecursive);
    }
    if let Some(common) = &workspace.root.common_dir {
        wanted.insert(common.join("refs"), RecursiveMode::Recursive);
        wanted.insert(common.clone(), RecursiveMode::NonRecursive);
    }
    wanted.retain(|path, _| path.is_dir());
    wanted
}

fn is_in_git(workspace: &Workspace, path: &Path) -> bool {
    let inside = |folder: Option<&Path>| folder.is_some_and(|folder| path.starts_with(folder));
    inside(workspace.git_dir()) || inside(workspace.root.common_dir.as_deref())
}

/// The first part below git's folder, when a change there shows on screen.
fn git_part<'a>(workspace: &Workspace, path: &'a Path) -> Option<&'a str> {
    let folders = [workspace.git_dir(), workspace.root.common_dir.as_deref()];
    let below = folders.into_iter().flatten().find_map(|folder| path.strip_prefix(folder).ok())?;
    let part = below.components().next()?.as_os_str().to_str()?;
    let is_lock = path.extension().is_some_and(|extension| extension == "lock");
    let shows = matches!(part, "HEAD" | "index" | "refs" | "packed-refs" | "config" | "FETCH_HEAD")
        || part.ends_with("_HEAD")
        || part.starts_with("rebase-");
    (shows && !is_lock).then_some(part)
}

#[cfg(test)]
mod tests;
