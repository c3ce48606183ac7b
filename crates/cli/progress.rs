//! How far a long piece of work is, in one line that goes again. Only where a person watches a terminal, and only when the
//! work takes long enough to be wondered about.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Quicker work says nothing.
const FIRST: Duration = Duration::from_millis(300);
const EVERY: Duration = Duration::from_millis(100);
/// To the start of the line, which is emptied.
const CLEAR: &str = "\r\u{1b}[2K";

/// Does `work`; on a terminal `how_far` is shown on stderr when it takes long.
pub(crate) fn telling<T>(how_far: impl Fn() -> String + Send, work: impl FnOnce() -> T) -> T {
    let stderr = std::io::stderr();
    if !stderr.is_terminal() {
        return work();
    }
    telling_on(stderr, (FIRST, EVERY), how_far, work)
}

fn telling_on<T>(
    mut out: impl Write + Send,
    (first, every): (Duration, Duration),
    how_far: impl Fn() -> String + Send,
    work: impl FnOnce() -> T,
) -> T {
    std::thread::scope(|scope| {
        let (working, ended) = channel::<()>();
        scope.spawn(move || {
            let (mut patience, mut shown) = (first, false);
            while ended.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                // A terminal that has gone is told nothing.
                let _ = write!(out, "{CLEAR}{}", how_far()).and_then(|()| out.flush());
                (patience, shown) = (every, true);
            }
            if shown {
                let _ = write!(out, "{CLEAR}").and_then(|()| out.flush());
            }
        });
        let done = work();
        drop(working);
        done
    })
}

/// `Reading records: 1200 of 10000`
pub(crate) fn counted(what: &str, done: u32, all: u32) -> String {
    format!("{what}: {done} of {all}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    #[test]
    fn long_work_says_how_far_it_is_and_wipes_that_away() {
        let (done, (shown, seen)) = (AtomicU32::new(0), channel());
        let mut out = Vec::new();
        let how_far = || {
            // The work ends when it has been shown twice.
            let _ = shown.send(());
            counted("Reading", done.fetch_add(5, Relaxed), 20)
        };
        let times = (Duration::ZERO, Duration::ZERO);
        let answer = telling_on(&mut out, times, how_far, || seen.iter().take(2).count());
        assert_eq!(answer, 2);
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.starts_with("\r\u{1b}[2KReading: 0 of 20\r\u{1b}[2KReading: 5 of 20"), "{text:?}");
        assert!(text.ends_with("\r\u{1b}[2K"), "{text:?}");
    }

    #[test]
    fn quick_work_says_nothing() {
        let mut out = Vec::new();
        let hour = Duration::from_secs(3_600);
        assert_eq!(telling_on(&mut out, (hour, hour), || "never".to_owned(), || 7), 7);
        assert!(out.is_empty());
    }
}
