//! The list of a window's repository: written while the web view starts, given to the page in parts.

use precedent_core::wire::{ErrorCode, ErrorReply};
use precedent_workspace::{Workspace, WrittenListing};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// What the page will ask for first.
    ahead: Mutex<Option<JoinHandle<Ahead>>>,
    /// The list of which the page has the first part.
    given: Mutex<Option<WrittenListing>>,
}

#[derive(Debug)]
struct Ahead {
    workspace: Arc<Workspace>,
    list: serde_json::Result<WrittenListing>,
}

impl Lists {
    /// Writes the list of a repository that was opened, on a thread of its own.
    pub(crate) fn write_ahead(&self, workspace: Arc<Workspace>) {
        let write = move || Ahead { list: workspace.listing(), workspace };
        *locked(&self.ahead) = Some(std::thread::spawn(write));
    }

    /// The first part of the list as it is now.
    ///
    /// # Errors
    /// `internal` when the list cannot be written as JSON.
    pub(crate) fn first(&self, workspace: &Arc<Workspace>) -> Result<String, ErrorReply> {
        let ahead = locked(&self.ahead).take();
        // Where that thread panicked, which its thread has reported, the list is written here.
        let ahead = ahead.and_then(|ahead| ahead.join().ok()).filter(|ahead| Arc::ptr_eq(&ahead.workspace, workspace));
        let is_current = |list: &WrittenListing| list.generation == workspace.generation();
        let mut list = match ahead.and_then(|ahead| ahead.list.ok()).filter(is_current) {
            Some(list) => list,
            None => workspace.listing().map_err(|error| internal(&error))?,
        };
        let first = list.take(0).unwrap_or_default();
        *locked(&self.given) = Some(list);
        Ok(first)
    }

    /// Another part of that list, once; `None` when another list has been given since.
    pub(crate) fn further(&self, generation: u32, part: usize) -> Option<String> {
        let mut given = locked(&self.given);
        let list = given.as_mut().filter(|list| list.generation == generation)?;
        let json = list.take(part);
        if list.is_taken() {
            *given = None;
        }
        json
    }
}

fn internal(error: &serde_json::Error) -> ErrorReply {
    ErrorReply {
        code: ErrorCode::Internal,
        message: format!("the list of records cannot be passed to the window: {error}"),
        hint: Some("open the repository again".to_owned()),
        path: None,
        line: None,
        details: None,
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
