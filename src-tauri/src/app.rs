//! What the window holds: where things are kept, the opened repository, the marks of the running UI.

use crate::session::Session;
use directories::ProjectDirs;
use jiff::Zoned;
use precedent_core::wire::{ErrorCode, ErrorReply, OpenMode};
use precedent_workspace::{OpenOptions, Place, Preferences, Progress, Workspace};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

/// Folders of this machine (Help shows them).
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub(crate) config: PathBuf,
    pub(crate) cache: PathBuf,
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
            logs: state.join("logs"),
            crash_reports: state.join("crash-reports"),
            sample: cache.join("sample"),
        }
    }

    /// The first folder that should be written and cannot be. The cache is made by who writes there: without one, all is
    /// read again at each start and search lives in memory.
    fn unwritable(&self, session_kept: bool) -> Option<(&Path, std::io::Error)> {
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

/// State of the process, shared by all commands.
#[derive(Debug)]
pub(crate) struct App {
    places: Places,
    trouble: Option<String>,
    session: Mutex<Session>,
    workspace: RwLock<Option<Arc<Workspace>>>,
    open: Option<PathBuf>,
    ahead: Mutex<Option<JoinHandle<Opened>>>,
    listed: Arc<Mutex<Option<JoinHandle<Listed>>>>,
    /// The opening that is under way or was the last one.
    opening: Mutex<Arc<Progress>>,
    /// The file that was let go over the window last: the only one outside the repository that the page may have read.
    dropped: Mutex<Option<PathBuf>>,
}

/// The records of a repository as the window will ask for them, written out while it starts.
#[derive(Debug)]
struct Listed {
    workspace: Arc<Workspace>,
    generation: u32,
    json: serde_json::Result<String>,
}

type Opened = Result<Arc<Workspace>, precedent_workspace::Error>;

impl App {
    /// Starts a session in the folders that [`Places::find`] gave. `open` is the path given on the command line.
    ///
    /// A folder that cannot be written stops nothing: the window opens and says so ([`App::trouble`]).
    pub(crate) fn new(places: Places, homeless: Option<String>, open: Option<OsString>) -> App {
        let session = Session::start(&places.config.join("sessions"));
        let unkept = places.unwritable(session.is_kept()).map(|(folder, error)| {
            format!("{} cannot be written: {error}. Make it writable, then start Precedent again.", folder.display())
        });
        let open = open.map(|path| absolute(Path::new(&path)));
        let listed = Arc::default();
        let opening: Arc<Progress> = Arc::default();
        let telling = Arc::clone(&opening);
        let ahead = open.clone().map(|path| open_ahead(path, place(&places), Arc::clone(&listed), telling));
        App {
            places,
            trouble: homeless.or(unkept),
            session: Mutex::new(session),
            workspace: RwLock::default(),
            open,
            ahead: Mutex::new(ahead),
            listed,
            opening: Mutex::new(opening),
            dropped: Mutex::default(),
        }
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// The user's own settings.
    pub(crate) fn preferences(&self) -> Preferences {
        Preferences::new(&self.places.config)
    }

    /// Why settings or logs are not kept.
    pub(crate) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// The path given on the command line.
    pub(crate) fn asked_to_open(&self) -> Option<&Path> {
        self.open.as_deref()
    }

    pub(crate) fn crashed_before(&self) -> bool {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).crashed_before()
    }

    pub(crate) fn end_session(&self) {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).end();
    }

    /// Folders and the day for the workspace; the front end is where the clock is read (I10).
    pub(crate) fn place(&self) -> Place {
        place(&self.places)
    }

    /// Opens a repository; the one of the command line has been opened while the window was made.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub(crate) fn open(&self, path: &Path, mode: OpenMode) -> Opened {
        let ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ahead) = ahead.filter(|_| mode == OpenMode::Git && self.open.as_deref() == Some(path))
            && let Ok(opened) = ahead.join()
        {
            return opened;
        }
        let progress: Arc<Progress> = Arc::default();
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&progress);
        Workspace::open_telling(path, &self.place(), &OpenOptions { mode, index: true }, &progress)
    }

    /// How far the opening under way is.
    pub(crate) fn opening(&self) -> Arc<Progress> {
        Arc::clone(&self.opening.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The opened repository.
    ///
    /// # Errors
    /// `no-workspace` when none is open.
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>, ErrorReply> {
        let guard = self.workspace.read().unwrap_or_else(PoisonError::into_inner);
        guard.clone().ok_or_else(|| ErrorReply {
            code: ErrorCode::NoWorkspace,
            message: "no repository is open".to_owned(),
            hint: Some("open a repository first".to_owned()),
            path: None,
            line: None,
            details: None,
        })
    }

    /// Every record of the opened repository, as JSON of [`precedent_core::wire::Snapshot`].
    ///
    /// # Errors
    /// `no-workspace`, and `internal` when the snapshot cannot be written as JSON.
    pub(crate) fn decisions(&self) -> Result<String, ErrorReply> {
        let workspace = self.workspace()?;
        let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let is_current =
            |listed: &Listed| Arc::ptr_eq(&listed.workspace, &workspace) && listed.generation == workspace.generation();
        // Where that thread panicked, which its thread has reported, the list is written here.
        let listed = listed.and_then(|listed| listed.join().ok()).filter(is_current);
        let json = listed.map_or_else(|| Ok(workspace.decisions_json()?.1), |listed| listed.json);
        json.map_err(|error| ErrorReply {
            code: ErrorCode::Internal,
            message: format!("the list of records cannot be passed to the window: {error}"),
            hint: Some("open the repository again".to_owned()),
            path: None,
            line: None,
            details: None,
        })
    }

    pub(crate) fn set_dropped(&self, file: Option<PathBuf>) {
        *self.dropped.lock().unwrap_or_else(PoisonError::into_inner) = file;
    }

    /// The dropped file, once.
    pub(crate) fn take_dropped(&self) -> Option<PathBuf> {
        self.dropped.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn set_workspace(&self, workspace: Option<Arc<Workspace>>) {
        *self.workspace.write().unwrap_or_else(PoisonError::into_inner) = workspace;
    }
}

/// Reads the records and writes out their list while the web view starts: with 10,000 of them that is time not waited for.
fn open_ahead(
    path: PathBuf,
    place: Place,
    listed: Arc<Mutex<Option<JoinHandle<Listed>>>>,
    progress: Arc<Progress>,
) -> JoinHandle<Opened> {
    std::thread::spawn(move || {
        let options = OpenOptions { mode: OpenMode::Git, index: true };
        let workspace = Workspace::open_telling(&path, &place, &options, &progress)?;
        let opened = Arc::clone(&workspace);
        let list = std::thread::spawn(move || match opened.decisions_json() {
            Ok((generation, json)) => Listed { generation, json: Ok(json), workspace: opened },
            Err(error) => Listed { generation: opened.generation(), json: Err(error), workspace: opened },
        });
        *listed.lock().unwrap_or_else(PoisonError::into_inner) = Some(list);
        Ok(workspace)
    })
}

fn place(places: &Places) -> Place {
    Place::new(places.cache.clone(), places.config.clone(), Zoned::now().date())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}
