//! Joins notifications to bursts: a save is several of them, a branch switch thousands.

use super::Message;
use crate::workspace::Workspace;
use precedent_core::wire::LogChange;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

/// How long notifications are gathered: an editor's save is several of them.
const GATHER: Duration = Duration::from_millis(30);
/// How long git's own lock is waited for while nothing happens: git died, or a person writes a message.
const GIT_PATIENCE: Duration = Duration::from_secs(3);
/// How long it is waited for while git goes on changing files. Longer work is followed while it goes on.
const GIT_WORK: Duration = Duration::from_secs(30);

/// What is to be looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Burst {
    pub(super) paths: BTreeSet<PathBuf>,
    pub(super) look_at_all: bool,
    /// Somebody has come back to the window.
    pub(super) look: bool,
    /// The search index moved.
    pub(super) indexed: bool,
    /// What the window's frame shows is something else.
    pub(super) info: bool,
    /// The check looks into other folders.
    pub(super) folders: bool,
    /// Git came or went.
    pub(super) git: bool,
    /// Somebody was answered that the folder is gone, whatever it is by now.
    pub(super) gone: bool,
    /// Nothing was told for as long as was to be waited.
    pub(super) silence: bool,
}

/// Whether git is in the middle of something: it changes files while it holds the lock of its staging.
#[derive(Debug, Default)]
pub(super) struct GitAtWork {
    lock: Option<PathBuf>,
    /// A lock that was waited for in vain: left behind by a git that died, or held while a person writes a message.
    given_up: Option<SystemTime>,
}

impl GitAtWork {
    pub(super) fn of(workspace: &Workspace) -> Self {
        Self { lock: workspace.git_dir().map(|folder| folder.join("index.lock")), given_up: None }
    }

    fn since(&self) -> Option<SystemTime> {
        let taken = self.lock.as_ref()?.metadata().and_then(|about| about.modified()).ok();
        taken.filter(|taken| Some(*taken) != self.given_up)
    }
}

/// Waits for the next burst, at most for `patience`; `None` at the end. Changes of the log go to `tell` at once.
pub(super) fn next(
    receiver: &Receiver<Message>,
    patience: Duration,
    git: &mut GitAtWork,
    tell: &dyn Fn(LogChange),
) -> Option<Burst> {
    let mut burst = Burst::default();
    match receiver.recv_timeout(patience) {
        Ok(message) => burst.take(message, tell)?,
        Err(RecvTimeoutError::Timeout) => burst.silence = true,
        Err(RecvTimeoutError::Disconnected) => return None,
    }
    if !burst.may_go_on() {
        // Nothing that more of would follow; what is here already goes along.
        for message in receiver.try_iter() {
            burst.take(message, tell)?;
        }
        if !burst.may_go_on() {
            return Some(burst);
        }
    }
    let started = Instant::now();
    let mut until = started + GATHER;
    let mut last = started;
    let mut was_at_work = false;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left) {
            Ok(message) => {
                if matches!(message, Message::At(_) | Message::LookAtAll) {
                    last = Instant::now();
                }
                burst.take(message, tell)?;
            }
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if Instant::now() < until {
            continue;
        }
        let at_work = git.since();
        if at_work.is_some() && (last.elapsed() > GIT_PATIENCE || started.elapsed() > GIT_WORK) {
            git.given_up = at_work;
            return Some(burst);
        }
        if at_work.is_none() && !was_at_work {
            return Some(burst);
        }
        was_at_work = at_work.is_some();
        until = Instant::now() + GATHER;
    }
}

impl Burst {
    /// Files changed, as far as was told: where some did, more may.
    fn may_go_on(&self) -> bool {
        self.look_at_all || !self.paths.is_empty()
    }

    /// Adds a message; `None` when it says to stop.
    fn take(&mut self, message: Message, tell: &dyn Fn(LogChange)) -> Option<()> {
        match message {
            Message::At(paths) => self.paths.extend(paths),
            Message::Changed(change) => tell(*change),
            Message::LookAtAll => self.look_at_all = true,
            Message::Look => self.look = true,
            Message::Indexed => self.indexed = true,
            Message::Info => self.info = true,
            Message::Folders => self.folders = true,
            Message::Git => (self.info, self.git, self.look_at_all) = (true, true, true),
            Message::Gone => self.gone = true,
            Message::Stop => return None,
        }
        Some(())
    }
}
