//! How far a long piece of work is, for whoever waits for it on another thread, and the wish to stop it.

use precedent_core::wire::Opening;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// Shared between the one who works and the one who waits.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    all: AtomicU32,
    cancelled: AtomicBool,
}

impl Progress {
    /// Asks the work to stop; it ends with `cancelled` soon after.
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// How far it is.
    pub fn so_far(&self) -> Opening {
        Opening { done: self.done.load(Relaxed), all: self.all.load(Relaxed) }
    }

    /// Says how much there is to do.
    pub(crate) fn begin(&self, all: usize) {
        self.all.store(u32::try_from(all).unwrap_or(u32::MAX), Relaxed);
    }

    /// Counts one piece. Whether to go on.
    pub(crate) fn step(&self) -> bool {
        self.done.fetch_add(1, Relaxed);
        !self.is_cancelled()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Relaxed)
    }
}
