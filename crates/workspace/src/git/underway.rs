//! A commit under way, noted on disk: the message is there whatever happens, and the next open knows what became of it.
//!
//! `message.txt` holds the message as it is written. `commit.json` exists while a commit is being made. `commit.lock` is
//! locked by us and, as its standard input, by the `git` that we started: as long as one of both lives, the commit is.

use super::repo::open;
use crate::error::{Error, Result};
use crate::store;
use git2::Repository;
use precedent_core::wire::ErrorCode;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MESSAGE: &str = "message.txt";
const STATE: &str = "commit.json";
const LOCK: &str = "commit.lock";
const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
struct State {
    version: u32,
    /// Where HEAD stood.
    head: Option<String>,
    /// First line of the message.
    subject: String,
}

/// Held while a commit is made.
pub(crate) struct Underway {
    own: PathBuf,
    lock: File,
}

impl Underway {
    /// Keeps the message and notes that the commit begins.
    ///
    /// # Errors
    /// `git` when one is under way already; `io`, `read-only`.
    pub(super) fn begin(own: &Path, repo: &Repository, message: &str) -> Result<Self> {
        let lock = store::open_lock(&own.join(LOCK))?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(Error::new(ErrorCode::Git, "another commit is being made in this repository")
                .with_hint("wait until its hooks have ended, then try again; your message is kept"));
        }
        keep_message(own, message)?;
        let state = State {
            version: VERSION,
            head: repo.head().ok().and_then(|head| head.target()).map(|id| id.to_string()),
            subject: subject(message).to_owned(),
        };
        let text = serde_json::to_vec(&state)
            .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot note the commit: {error}")))?;
        store::write_atomic(&own.join(STATE), &text)?;
        Ok(Self { own: own.to_path_buf(), lock })
    }

    /// The file that git reads the message from.
    pub(super) fn message_file(&self) -> PathBuf {
        self.own.join(MESSAGE)
    }

    /// The lock for the program that makes the commit; an empty file to read from.
    pub(super) fn lock(&self) -> std::io::Result<File> {
        self.lock.try_clone()
    }

    /// The program was killed: what it left locked is set free.
    pub(super) fn died(&self, repo: &Repository) {
        free_leftovers(repo, &self.own.join(STATE), Duration::MAX);
    }

    /// The commit came to an end; a message that was committed is not needed any more.
    pub(super) fn end(self, committed: bool) {
        // A program that another thread is starting may hold a copy of the file at this moment: the lock would outlive us.
        let _ = self.lock.unlock();
        store::remove_if_there(&self.own.join(STATE));
        if committed {
            store::remove_if_there(&self.own.join(MESSAGE));
        }
    }
}

/// Keeps a message that is being written; an empty one is forgotten.
pub(super) fn keep_message(own: &Path, message: &str) -> Result<()> {
    if message.trim().is_empty() {
        store::remove_if_there(&own.join(MESSAGE));
        return Ok(());
    }
    store::write_atomic(&own.join(MESSAGE), message.as_bytes())
}

/// The message that was kept.
pub(super) fn message(own: &Path) -> Option<String> {
    std::fs::read_to_string(own.join(MESSAGE)).ok().filter(|message| !message.trim().is_empty())
}

/// What became of a commit that was cut off, as a sentence, and mends what it left behind. `None` when there is none, or
/// when its `git` still works.
pub(crate) fn settle(root: &Path, own: &Path) -> Option<String> {
    let file = own.join(STATE);
    let state: State = serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?;
    let lock = store::open_lock(&own.join(LOCK)).ok()?;
    lock.try_lock().ok()?;
    let repo = open(root).ok()?;
    // Both who could hold them are gone: we, and the git that we had started. A lock of much later is another's.
    free_leftovers(&repo, &file, LOCKED_WITHIN);
    let head = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let now = head.as_ref().map(|head| head.id().to_string());
    let subject = &state.subject;
    let made = now != state.head
        && head.is_some_and(|head| head.summary_bytes().is_some_and(|summary| summary == subject.as_bytes()));
    store::remove_if_there(&file);
    Some(if made {
        store::remove_if_there(&own.join(MESSAGE));
        format!("The commit “{subject}” was interrupted after it had been made: it is in the log.")
    } else {
        format!("The commit “{subject}” was interrupted before it was made. Nothing was lost; its message is kept.")
    })
}

/// After a start without knowledge of the end: a lock that a commit left was made this soon after it began.
const LOCKED_WITHIN: Duration = Duration::from_secs(600);

/// Removes the locks that came since the commit began, at most so long after.
fn free_leftovers(repo: &Repository, state: &Path, within: Duration) {
    let begun = state.metadata().and_then(|about| about.modified()).ok();
    let left = leftovers(repo).into_iter().filter(|lock| {
        let made = lock.metadata().and_then(|about| about.modified()).ok();
        let after = made.zip(begun).and_then(|(made, begun)| made.duration_since(begun).ok());
        after.is_some_and(|after| after <= within)
    });
    left.for_each(|lock| store::remove_if_there(&lock));
}

/// Lock files that a killed commit may leave.
fn leftovers(repo: &Repository) -> Vec<PathBuf> {
    let mut locks = vec![repo.path().join("index.lock"), repo.path().join("HEAD.lock")];
    let branch = repo.find_reference("HEAD").ok();
    let branch = branch.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
    locks.extend(branch.map(|name| repo.commondir().join(format!("{name}.lock"))));
    locks
}

fn subject(message: &str) -> &str {
    message.trim_start().lines().next().unwrap_or_default().trim_end()
}
