//! How work on many records is spread. The core has no threads (invariant I1); its caller may have some.

use std::ops::Range;

/// Runs pieces of work that do not depend on each other. What they give does not depend on how they are run.
pub trait Spread: Sync {
    /// What `work` makes of parts that together are `0..count`, in their order.
    fn parts<T: Send>(&self, count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T>;

    /// What both pieces of work give.
    fn both<A: Send, B: Send>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B);
}

/// One piece after the other.
#[derive(Clone, Copy, Debug)]
pub struct InTurn;

impl Spread for InTurn {
    fn parts<T: Send>(&self, count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        vec![work(0..count)]
    }

    fn both<A: Send, B: Send>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        (one(), other())
    }
}
