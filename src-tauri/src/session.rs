//! Whether the last run ended by itself, and reports of those that did not. Nothing is ever sent.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A running session: a locked file that is removed at a clean end. A file that nobody locks belongs to a run that crashed.
#[derive(Debug)]
pub(crate) struct Session {
    path: PathBuf,
    lock: Option<File>,
    crashed_before: bool,
}

impl Session {
    /// Starts a session in `folder` and clears those that ended badly. A folder that cannot be written starts none.
    pub(crate) fn start(folder: &Path) -> Session {
        let path = folder.join(format!("{}.session", std::process::id()));
        let crashed_before = clear_dead(folder);
        let lock =
            fs::create_dir_all(folder).and_then(|()| File::create(&path)).ok().filter(|file| file.try_lock().is_ok());
        Session { path, lock, crashed_before }
    }

    pub(crate) fn crashed_before(&self) -> bool {
        self.crashed_before
    }

    /// Whether the session could be noted on disk.
    pub(crate) fn is_kept(&self) -> bool {
        self.lock.is_some()
    }

    /// A clean end.
    pub(crate) fn end(&mut self) {
        if self.lock.take().is_some()
            && let Err(error) = fs::remove_file(&self.path)
        {
            log::warn!("cannot remove {}: {error}", self.path.display());
        }
    }
}

fn clear_dead(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut crashed = false;
    for path in entries.flatten().map(|entry| entry.path()) {
        let dead = path.extension().is_some_and(|extension| extension == "session")
            && File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if dead && fs::remove_file(&path).is_ok() {
            crashed = true;
        }
    }
    crashed
}

/// Writes a report for every panic: the place, the message, a backtrace; no record text.
pub(crate) fn report_panics(folder: PathBuf) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let now = jiff::Timestamp::now();
        let backtrace = std::backtrace::Backtrace::force_capture();
        let text = format!(
            "Precedent {} on {}\n{now}\n{panic}\n\n{backtrace}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS
        );
        let path = folder.join(format!("crash-{}.txt", now.as_second()));
        log::error!("{panic}");
        if let Err(error) = fs::write(&path, text) {
            log::error!("cannot write {}: {error}", path.display());
        }
        before(panic);
    }));
}
