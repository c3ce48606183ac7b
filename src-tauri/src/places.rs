//! Where the app keeps things on this machine.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};

/// Folders of this machine (Help shows them).
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) config: PathBuf,
    pub(crate) cache: PathBuf,
    /// What this machine remembers of earlier runs.
    pub(crate) state: PathBuf,
    pub(crate) logs: PathBuf,
    pub(crate) crash_reports: PathBuf,
    /// Where the sample decision log is made.
    pub(crate) sample: PathBuf,
}

impl Places {
    /// This user's folders; without a home, folders among the temporary files and a sentence that says so.
    pub(crate) fn find() -> (Places, Option<String>) {
        let dirs = ProjectDirs::from("dev", "precedent", "Precedent");
        let (config, cache, state, homeless) = match &dirs {
            Some(dirs) => (dirs.config_dir(), dirs.cache_dir(), dirs.data_local_dir(), None),
            None => {
                let folder = std::env::temp_dir().join("precedent");
                let trouble =
                    format!("No home folder is set, so they lie in {} and go with it. Set HOME.", folder.display());
                return (Places::below(&folder.join("config"), &folder.join("cache"), &folder), Some(trouble));
            }
        };
        (Places::below(config, cache, state), homeless)
    }

    fn below(config: &Path, cache: &Path, state: &Path) -> Places {
        Places {
            config: config.to_path_buf(),
            cache: cache.to_path_buf(),
            state: state.to_path_buf(),
            logs: state.join("logs"),
            crash_reports: state.join("crash-reports"),
            sample: cache.join("sample"),
        }
    }

    /// The first folder that should be written and cannot be. The cache is made by who writes there: without one, all is
    /// read again at each start and search lives in memory.
    pub(crate) fn unwritable(&self, session_kept: bool) -> Option<(&Path, std::io::Error)> {
        let made = |folder: &Path| std::fs::create_dir_all(folder);
        let log = || std::fs::File::options().create(true).append(true).open(self.logs.join(LOG_FILE)).map(drop);
        let session = || if session_kept { Ok(()) } else { Err(std::io::ErrorKind::PermissionDenied.into()) };
        let tried = [
            (&self.config, made(&self.config).and_then(|()| session())),
            (&self.logs, made(&self.logs).and_then(|()| log())),
            (&self.crash_reports, made(&self.crash_reports)),
        ];
        tried.into_iter().find_map(|(folder, outcome)| Some((folder.as_path(), outcome.err()?)))
    }

    /// The log's folder, when a log can be kept there.
    pub(crate) fn log_folder(&self) -> Option<&Path> {
        self.logs.join(LOG_FILE).is_file().then_some(&self.logs)
    }
}

/// The local log; the plugin adds the ending to the name that [`crate::main`] gives it.
const LOG_FILE: &str = "precedent.log";
