//! One process for each person: a second start hands over what it was asked for and ends.
//!
//! A lock in the state folder says who is first, and a socket beside it is where the first is told of further starts. Two
//! homes never meet. Where no socket can be made, and on Windows, every start stands alone.

use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a further start wants of the first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Call {
    /// The first argument of its command line.
    pub(crate) argument: Option<OsString>,
    /// Where it was started.
    pub(crate) folder: PathBuf,
    /// What the desktop gave it to come to the front with; the window that answers uses it up.
    pub(crate) activation: Option<String>,
}

impl Call {
    /// What this start was asked for.
    pub(crate) fn of_this_start() -> Call {
        let activation =
            ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"].iter().find_map(|name| std::env::var(name).ok());
        Call { argument: std::env::args_os().nth(1), folder: std::env::current_dir().unwrap_or_default(), activation }
    }
}

/// Outcome of a start.
#[derive(Debug)]
pub(crate) enum Start {
    /// Nobody else runs; `None` where further starts cannot be heard.
    First(Option<Instance>),
    /// The first has taken over what was asked for.
    HandedOver,
}

/// The ear of the first start.
#[derive(Debug)]
pub(crate) struct Instance {
    listener: UnixListener,
    _lock: File,
}

/// A first that does not answer so long is taken for gone or stuck.
const PATIENCE: Duration = Duration::from_secs(3);
const AGAIN: Duration = Duration::from_millis(20);
const ANSWER: &[u8] = b"ok\n";
/// No command line is longer.
const LONGEST: u64 = 1 << 18;

/// Becomes the first of the state folder, or hands over to it.
pub(crate) fn start(state: &Path, call: &Call) -> Start {
    let deadline = Instant::now() + PATIENCE;
    while let Ok(lock) = lock_file(state) {
        if lock.try_lock().is_ok() {
            return Start::First(listen(state, lock));
        }
        // The first may be about to listen, or to end.
        if hand_over(state, call).is_ok() {
            return Start::HandedOver;
        }
        if Instant::now() > deadline {
            break;
        }
        std::thread::sleep(AGAIN);
    }
    Start::First(None)
}

fn lock_file(state: &Path) -> io::Result<File> {
    std::fs::create_dir_all(state)?;
    File::options().create(true).append(true).open(state.join("instance.lock"))
}

/// Without a socket the lock is let go, so that a further start does not wait for an answer.
fn listen(state: &Path, lock: File) -> Option<Instance> {
    let socket = socket(state);
    // Who holds the lock may remove what a killed process left; where nothing is, nothing is to be said.
    let _ = std::fs::remove_file(&socket);
    Some(Instance { listener: UnixListener::bind(&socket).ok()?, _lock: lock })
}

fn hand_over(state: &Path, call: &Call) -> io::Result<()> {
    let mut stream = UnixStream::connect(socket(state))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = serde_json::to_vec(call)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut answer = [0; ANSWER.len()];
    stream.read_exact(&mut answer)?;
    if answer == ANSWER { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

impl Instance {
    /// Hears further starts on a thread until the process ends. Those that come when this one is not `open` any more, which
    /// is about to end, get no answer and try again until they are the first.
    pub(crate) fn hear(self, open: impl Fn() -> bool + Send + 'static, answer: impl Fn(Call) + Send + 'static) {
        std::thread::spawn(move || {
            // All of it, or the lock would stay behind and be let go.
            let whole = self;
            for stream in whole.listener.incoming() {
                match stream.and_then(|stream| heard(&stream, &open)) {
                    Ok(Some(call)) => answer(call),
                    Ok(None) => {}
                    Err(error) => log::warn!("a further start could not be heard: {error}"),
                }
            }
        });
    }
}

fn heard(mut stream: &UnixStream, open: &impl Fn() -> bool) -> io::Result<Option<Call>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = Vec::new();
    BufReader::new(stream.take(LONGEST)).read_until(b'\n', &mut line)?;
    let call = serde_json::from_slice(&line)?;
    if !open() {
        return Ok(None);
    }
    stream.write_all(ANSWER)?;
    Ok(Some(call))
}

fn socket(state: &Path) -> PathBuf {
    state.join("instance.sock")
}

#[cfg(test)]
mod tests {
    use super::{Call, Start, hand_over, start};
    use std::sync::mpsc::channel;

    fn call(argument: &str) -> Call {
        Call { argument: Some(argument.into()), folder: "/somewhere".into(), activation: None }
    }

    #[test]
    fn the_first_hears_the_second_until_it_ends() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let state = folder.path().join("state");
        let Start::First(Some(first)) = start(&state, &call("a")) else { panic!("nobody was first") };
        let (sender, receiver) = channel();
        first.hear(|| true, move |call| sender.send(call.argument).expect("the test listens"));
        assert!(matches!(start(&state, &call("b")), Start::HandedOver));
        assert_eq!(receiver.recv().expect("a call"), Some("b".into()));
        // Another home is another first.
        assert!(matches!(start(&folder.path().join("other"), &call("c")), Start::First(Some(_))));
    }

    #[test]
    fn one_that_closes_takes_nothing_over() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let Start::First(Some(first)) = start(folder.path(), &call("a")) else { panic!("nobody was first") };
        let (sender, receiver) = channel();
        first.hear(|| false, move |call| sender.send(call.argument).expect("the test listens"));
        assert!(hand_over(folder.path(), &call("b")).is_err());
        assert!(receiver.try_recv().is_err());
    }

    #[test]
    fn what_a_killed_process_left_is_no_hindrance() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("instance.sock"), "").expect("a file");
        std::fs::write(folder.path().join("instance.lock"), "").expect("a file");
        assert!(matches!(start(folder.path(), &call("a")), Start::First(Some(_))));
    }
}
