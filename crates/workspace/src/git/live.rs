//! A program's output while it runs. It goes through a file, not a pipe: what a hook leaves in the background would keep
//! a pipe open and us waiting, and a program whose reader died would be killed by it.

use crate::error::{Error, Result};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How long what was printed may wait before it is told.
const TICK: Duration = Duration::from_millis(60);

/// Runs a program and tells what it prints, as whole lines. The answer has all of it.
///
/// # Errors
/// `io` for the file of the output; what `start_error` makes of a program that does not start.
pub(super) fn run(
    mut command: Command,
    stdin: Stdio,
    start_error: &dyn Fn(&std::io::Error) -> Error,
    tell: &mut dyn FnMut(&str),
) -> Result<(ExitStatus, String)> {
    let io = |error: std::io::Error| Error::io(Path::new("temporary folder"), "write to", &error);
    let file = tempfile::NamedTempFile::new().map_err(io)?;
    // A handle of its own: a copy would share the place in the file with the program that writes.
    let mut reader = file.reopen().map_err(io)?;
    let out = || file.as_file().try_clone().map_err(io);
    command.stdin(stdin).stdout(out()?).stderr(out()?);
    let child = command.spawn().map_err(|error| start_error(&error))?;
    let ended = waiter(child);
    let mut said = Said::default();
    let status = loop {
        match ended.recv_timeout(TICK) {
            Ok(status) => break status.map_err(|error| start_error(&error))?,
            Err(RecvTimeoutError::Timeout) => said.read(&mut reader, tell),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(start_error(&std::io::Error::other("it was not waited for")));
            }
        }
    };
    said.read(&mut reader, tell);
    said.end(tell);
    Ok((status, String::from_utf8_lossy(&said.all).into_owned()))
}

fn waiter(mut child: Child) -> mpsc::Receiver<std::io::Result<ExitStatus>> {
    let (send, ended) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens any more when the caller gave up; the child is waited for all the same.
        let _ = send.send(child.wait());
    });
    ended
}

#[derive(Default)]
struct Said {
    all: Vec<u8>,
    told: usize,
}

impl Said {
    fn read(&mut self, reader: &mut std::fs::File, tell: &mut dyn FnMut(&str)) {
        // A file of ours that cannot be read says nothing; the program's own end still counts.
        if reader.read_to_end(&mut self.all).is_err() {
            return;
        }
        if let Some(end) = self.all[self.told..].iter().rposition(|byte| *byte == b'\n') {
            let end = self.told + end + 1;
            tell(&String::from_utf8_lossy(&self.all[self.told..end]));
            self.told = end;
        }
    }

    fn end(&mut self, tell: &mut dyn FnMut(&str)) {
        if self.told < self.all.len() {
            tell(&String::from_utf8_lossy(&self.all[self.told..]));
        }
    }
}
