//! A program's output while it runs, and its end before its time. Output goes through a file, not a pipe: what a hook
//! leaves in the background would keep a pipe open and us waiting, and a program whose reader died would be killed by it.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often a run is looked at; a short one more often.
const LOOK_EVERY: Duration = Duration::from_millis(40);
/// A run that was told to stop is given so long to put things in order.
const STOPS_WITHIN: Duration = Duration::from_secs(5);
/// What it had started, once it has ended itself.
const REST_WITHIN: Duration = Duration::from_secs(1);

/// Who waits for a run: hears what is printed, and may want it to stop.
pub(crate) struct Listener<'a> {
    /// Whole lines, one or more at once, with what ends them.
    pub(crate) hear: &'a mut dyn FnMut(&str),
    pub(crate) stop: &'a dyn Fn() -> bool,
}

/// How a run ended.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    /// It was told to stop, and did not come to its end before.
    pub(super) stopped: bool,
    /// All that was printed on both streams.
    pub(super) output: String,
}

/// Runs a program to its end.
///
/// # Errors
/// `io` for the file of the output; what `start_error` makes of a program that does not start.
pub(super) fn run(
    mut command: Command,
    stdin: Stdio,
    start_error: &dyn Fn(&std::io::Error) -> Error,
    to: &mut Listener<'_>,
) -> Result<Ended> {
    let file = tempfile::NamedTempFile::new().map_err(|error| no_file(&error))?;
    // A handle of its own: a copy would share the place in the file with the program that writes.
    let mut reader = file.reopen().map_err(|error| no_file(&error))?;
    let out = || file.as_file().try_clone().map_err(|error| no_file(&error));
    command.stdin(stdin).stdout(out()?).stderr(out()?);
    let mut child = command.spawn().map_err(|error| start_error(&error))?;
    let mut said = Said::default();
    let mut stopping: Option<Instant> = None;
    let mut pause = Duration::from_millis(2);
    let status = loop {
        let ended = child.try_wait().map_err(|error| start_error(&error))?;
        said.read(&mut reader, to.hear);
        if let Some(status) = ended {
            break status;
        }
        match stopping {
            // It does not listen; what it locked is git's to clean up.
            Some(since) if since.elapsed() > STOPS_WITHIN => stop(&mut child, true),
            Some(_) => {}
            None if (to.stop)() => {
                stopping = Some(Instant::now());
                stop(&mut child, false);
            }
            None => {}
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(LOOK_EVERY);
    };
    said.read(&mut reader, to.hear);
    said.end(to.hear);
    let stopped = stopping.is_some() && !status.success();
    if stopped {
        end_rest(&child);
    }
    Ok(Ended { status, stopped, output: String::from_utf8_lossy(&said.all).into_owned() })
}

/// What one of its streams printed: a file to give it, and its content once the program has ended.
pub(super) struct Stream(File);

impl Stream {
    pub(super) fn new() -> Result<(Self, File)> {
        let file = tempfile::tempfile().map_err(|error| no_file(&error))?;
        let end = file.try_clone().map_err(|error| no_file(&error))?;
        Ok((Self(file), end))
    }

    pub(super) fn bytes(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.0.rewind().and_then(|()| self.0.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| no_file(&error))
    }
}

pub(super) fn no_file(error: &std::io::Error) -> Error {
    Error::io(Path::new("temporary folder"), "write to", error)
}

#[derive(Default)]
struct Said {
    all: Vec<u8>,
    told: usize,
}

impl Said {
    fn read(&mut self, reader: &mut File, hear: &mut dyn FnMut(&str)) {
        // A file of ours that cannot be read says nothing; the program's own end still counts.
        if reader.read_to_end(&mut self.all).is_err() {
            return;
        }
        // git ends lines that tell how far it is with a carriage return.
        if let Some(end) = self.all[self.told..].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            let end = self.told + end + 1;
            hear(&String::from_utf8_lossy(&self.all[self.told..end]));
            self.told = end;
        }
    }

    fn end(&mut self, hear: &mut dyn FnMut(&str)) {
        if self.told < self.all.len() {
            hear(&String::from_utf8_lossy(&self.all[self.told..]));
        }
    }
}

/// Programs that git starts (ssh, helpers, hooks) belong to it, and stop with it.
#[cfg(unix)]
pub(super) fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
pub(super) fn own_group(_command: &mut Command) {}

/// [`own_group`], but where the app was started from a terminal: a question for the passphrase of a key may come there,
/// and a group in the background could not read the answer. git then passes on to its hooks that they are to stop.
pub(super) fn own_group_without_terminal(command: &mut Command) {
    if !cfg!(unix) || File::open("/dev/tty").is_err() {
        own_group(command);
    }
}

/// Asks git to end, so that it removes its locks and what it had half made; `at_once` it and all it started are ended.
#[cfg(unix)]
fn stop(child: &mut Child, at_once: bool) {
    use rustix::process::{Signal, kill_process, kill_process_group};
    let signal = if at_once { Signal::KILL } else { Signal::TERM };
    // One that cannot be ended has ended by itself: the next look says so.
    let sent = group(child).map(|id| kill_process_group(id, signal).or_else(|_| kill_process(id, signal)));
    if sent.is_none_or(|sent| sent.is_err()) {
        let _ = child.kill();
    }
}

#[cfg(unix)]
fn group(child: &Child) -> Option<rustix::process::Pid> {
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
}

/// A hook that does not listen would go on after the git that waited for it.
#[cfg(unix)]
fn end_rest(child: &Child) {
    use rustix::process::{Signal, kill_process_group, test_kill_process_group};
    let Some(group) = group(child) else { return };
    let gone_within = |time: Duration| {
        let since = Instant::now();
        while test_kill_process_group(group).is_ok() {
            if since.elapsed() > time {
                return false;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        true
    };
    if !gone_within(REST_WITHIN) && kill_process_group(group, Signal::KILL).is_ok() {
        // Where nobody asks after those that have ended, they are counted for ever.
        gone_within(LOOK_EVERY);
    }
}

#[cfg(not(unix))]
fn stop(child: &mut Child, _at_once: bool) {
    // It has ended by itself, or cannot be ended: the next look says which.
    let _ = child.kill();
}

#[cfg(not(unix))]
fn end_rest(_child: &Child) {}
