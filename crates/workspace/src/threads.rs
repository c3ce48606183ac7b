//! Work on many records, on all processors.

use precedent_core::spread::Spread;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Threads that end with the work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Threads;

/// Fewer records than this are not worth a thread.
const LEAST: usize = 64;
/// Disks and the allocator are no faster with more.
pub(crate) const MOST_THREADS: usize = 8;

impl Spread for Threads {
    fn parts<T: Send>(&self, count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MOST_THREADS);
        let share = count.div_ceil(workers).max(LEAST);
        let ranges = (0..count).step_by(share).map(|start| start..count.min(start + share));
        let (first, rest) = (0..count.min(share), ranges.skip(1));
        let work = &work;
        thread::scope(|scope| {
            let others: Vec<_> = rest.map(|range| scope.spawn(move || work(range))).collect();
            let mut made = vec![work(first)];
            made.extend(others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
            made
        })
    }

    fn both<A: Send, B: Send>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        thread::scope(|scope| {
            let other = scope.spawn(other);
            (one(), other.join().unwrap_or_else(|panic| resume_unwind(panic)))
        })
    }
}

/// What `work` makes of each of `0..count`, in their order. Unlike [`Spread::parts`] a thread takes one after the other,
/// because some cost a thousand times as much as others. `start` makes what a thread needs for itself.
pub(crate) fn each<S, T: Send>(
    count: usize,
    threads: Option<usize>,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    let processors = || thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MOST_THREADS);
    let workers = threads.unwrap_or_else(processors).clamp(1, count.max(1));
    let next = AtomicUsize::new(0);
    let run = || {
        let (mut own, mut made) = (start(), Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return made;
            }
            made.push((at, work(&mut own, at)));
        }
    };
    let mut made: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(run)).collect();
        let mut made = run();
        made.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
        made
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order_and_leave_nothing_out() {
        for count in [0, 1, 63, 64, 65, 1_000, 1_001] {
            let parts = Threads.parts(count, Iterator::collect::<Vec<_>>);
            assert_eq!(parts.concat(), (0..count).collect::<Vec<_>>());
        }
        for threads in [1, 2, 16] {
            let made = each(100, Some(threads), || 7, |own, at| *own * at);
            assert_eq!(made, (0..100).map(|at| at * 7).collect::<Vec<_>>());
        }
        assert!(each(0, None, || (), |(), at| at).is_empty());
        assert_eq!(Threads.both(|| 1, || "two"), (1, "two"));
    }
}
