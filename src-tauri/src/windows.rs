//! The windows: each shows one repository or Welcome, and no repository is shown by two.

use crate::listing::Lists;
use crate::remembered::Frame;
use precedent_core::wire::{ErrorCode, ErrorReply, OpenMode, OpenRequest};
use precedent_workspace::{OpenOptions, Place, Progress, Workspace, root_of};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

/// All windows by label: `main` is the first, `window-2` and so on the others (`capabilities/main.json` names both).
#[derive(Debug, Default)]
pub(crate) struct Windows {
    all: Mutex<BTreeMap<String, Arc<OpenWindow>>>,
    made: AtomicU32,
    /// Who looks which window has a repository and then gives it to one holds this meanwhile.
    claiming: Mutex<()>,
    /// The last window has gone, or the app was told to quit.
    closing: AtomicBool,
    /// Ends of what closed windows held: an index is written to its end.
    ending: Mutex<Vec<JoinHandle<()>>>,
    /// The window that had the keyboard last.
    front: Mutex<String>,
    /// Windows that have agreed to the end of the app that is being asked for.
    agreed: Mutex<BTreeSet<String>>,
}

impl Windows {
    /// Takes note of a window that is about to be made; what it shall open is read from now on.
    pub(crate) fn add(&self, open: Option<OpenRequest>, place: &Place) -> Arc<OpenWindow> {
        let label = match self.made.fetch_add(1, Ordering::Relaxed) {
            0 => FIRST.to_owned(),
            before => format!("window-{}", before + 1),
        };
        let window = Arc::new(OpenWindow::new(label, open, place));
        self.lock().insert(window.label.clone(), Arc::clone(&window));
        window
    }

    /// The windows there are, the front one last.
    pub(crate) fn all(&self) -> Vec<Arc<OpenWindow>> {
        let mut all = self.every();
        let front = locked(&self.front).clone();
        all.sort_by_key(|window| window.label == front);
        all
    }

    /// Roots of the repositories that are shown or being opened, the front one last.
    pub(crate) fn roots(&self) -> Vec<PathBuf> {
        self.all().iter().filter_map(|window| window.root().or_else(|| window.claimed_root())).collect()
    }

    /// The window of this name; an empty one when it is closing.
    pub(crate) fn get(&self, label: &str) -> Arc<OpenWindow> {
        self.find(label).unwrap_or_default()
    }

    /// The window of this name; `None` when it has closed.
    pub(crate) fn find(&self, label: &str) -> Option<Arc<OpenWindow>> {
        self.lock().get(label).cloned()
    }

    /// A window has the keyboard now.
    pub(crate) fn note_front(&self, label: &str) {
        label.clone_into(&mut locked(&self.front));
    }

    /// The window that had the keyboard last; if that is gone, any.
    pub(crate) fn front(&self) -> Option<Arc<OpenWindow>> {
        let all = self.lock();
        all.get(&*locked(&self.front)).or_else(|| all.values().next_back()).cloned()
    }

    /// A window that shows Welcome and opens nothing.
    fn idle(&self) -> Option<Arc<OpenWindow>> {
        self.lock().values().find(|window| window.is_idle()).cloned()
    }

    /// A frame a little beside those of the windows that stand there already.
    pub(crate) fn cascade(&self, frame: Frame) -> Frame {
        let taken: Vec<Frame> = self.every().iter().map(|window| window.with_frame(|frame| *frame)).collect();
        let mut free = frame;
        while taken.iter().any(|frame| (frame.x, frame.y) == (free.x, free.y) && frame.width > 0) {
            (free.x, free.y) = (free.x + STEP, free.y + STEP);
        }
        free
    }

    /// Whether this is the only window left.
    pub(crate) fn is_last(&self, label: &str) -> bool {
        self.lock().keys().all(|other| other == label)
    }

    /// Forgets a closed window and ends what followed its repository, which nobody waits for before [`Windows::end`].
    pub(crate) fn remove(&self, label: &str) {
        let mut all = self.lock();
        let removed = all.remove(label);
        if all.is_empty() {
            self.close();
        }
        drop(all);
        let Some(window) = removed else { return };
        // Where no thread is to be had, it ends with the window, here.
        let end = std::thread::Builder::new().name("close".to_owned()).spawn(move || window.set_workspace(None));
        let mut ending = locked(&self.ending);
        ending.retain(|end| !end.is_finished());
        ending.extend(end.ok());
    }

    /// Nothing more is taken on: the app ends.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// A window agrees to the end of the app; `first` where it is asked for anew. The answer is a window that has to be
    /// asked still, because something may be unsaved in it.
    pub(crate) fn agree_to_end(&self, label: &str, first: bool) -> Option<Arc<OpenWindow>> {
        let mut agreed = locked(&self.agreed);
        if first {
            agreed.clear();
        }
        agreed.insert(label.to_owned());
        self.every().into_iter().find(|window| window.is_held() && !agreed.contains(window.label()))
    }

    /// Waits for the end of what closed windows held.
    pub(crate) fn end(&self) {
        for end in std::mem::take(&mut *locked(&self.ending)) {
            // A panic has been reported by its thread.
            drop(end.join());
        }
    }

    /// Takes the repository around `path` for a window, until [`OpenWindow::release`]. The answer is the window that has it
    /// already; then this one has a claim to nothing, or two that want the same would turn each other away.
    pub(crate) fn claim(&self, window: &OpenWindow, path: &Path) -> Option<Arc<OpenWindow>> {
        let root = root_of(path)?;
        // Asks the disk, so it must not hold up the other windows: only openings wait for each other.
        let _turn = locked(&self.claiming);
        let other = self.every().into_iter().find(|other| other.label != window.label && other.holds(&root));
        *locked(&window.claimed) = other.is_none().then(|| path.to_path_buf());
        other
    }

    /// Gives a request to the window of its repository, to an empty window where that will do, or to a new one that is still
    /// to be made. The answer says whether it is new.
    pub(crate) fn take_on(&self, request: OpenRequest, room: Room, place: &Place) -> (Arc<OpenWindow>, bool) {
        // Two requests for one repository must not make two windows.
        let _turn = locked(&self.claiming);
        let showing = if request.fault.is_some() { self.front() } else { self.showing(Path::new(&request.path)) };
        let idle = || if room == Room::Any { self.idle() } else { None };
        let Some(window) = showing.or_else(idle) else { return (self.add(Some(request), place), true) };
        let root = window.root().map(|root| root.display().to_string());
        window.ask(OpenRequest { path: root.unwrap_or_else(|| request.path.clone()), ..request });
        (window, false)
    }

    /// The window that shows the repository around `path` or is opening it.
    fn showing(&self, path: &Path) -> Option<Arc<OpenWindow>> {
        let root = root_of(path)?;
        self.every().into_iter().find(|window| window.holds(&root))
    }

    fn every(&self) -> Vec<Arc<OpenWindow>> {
        self.lock().values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<OpenWindow>>> {
        locked(&self.all)
    }
}

/// Where a request may be answered that no window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// In a window that shows nothing, if there is one.
    Any,
    /// In a window of its own: a person asked for that, perhaps in the very window that shows nothing.
    Own,
}

const FIRST: &str = "main";
/// A new window stands so far from the one it would cover.
const STEP: i32 = 32;

/// What one window holds.
#[derive(Debug, Default)]
pub(crate) struct OpenWindow {
    label: String,
    /// What it was made to open.
    asked: Option<OpenRequest>,
    /// Where it stands when it is not maximised.
    frame: Mutex<Frame>,
    /// The page died and was loaded again, and does not know it yet.
    reloaded: AtomicBool,
    /// The file that was let go over it last: the only one outside the repository that the page may have read.
    dropped: Mutex<Option<PathBuf>>,
    /// What it was asked for since.
    further: Mutex<VecDeque<OpenRequest>>,
    /// The path that is being opened; what is shown is in `workspace`.
    claimed: Mutex<Option<PathBuf>>,
    workspace: RwLock<Option<Arc<Workspace>>>,
    ahead: Mutex<Option<JoinHandle<Opened>>>,
    lists: Arc<Lists>,
    /// The opening that is under way or was the last one.
    opening: Mutex<Arc<Progress>>,
    /// The counting of debt that is under way or was the last one.
    counting: Mutex<Arc<Progress>>,
    /// Whether the run of git that is under way, or was the last one, shall stop.
    stop_git: Mutex<Arc<AtomicBool>>,
    /// The same of a commit, which may be made while git fetches.
    stop_commit: Mutex<Arc<AtomicBool>>,
    /// The page wants to be asked before the window closes.
    held: AtomicBool,
    /// It was asked and has not been heard of since.
    asked_to_close: AtomicBool,
}

type Opened = Result<Arc<Workspace>, precedent_workspace::Error>;

impl OpenWindow {
    fn new(label: String, open: Option<OpenRequest>, place: &Place) -> OpenWindow {
        let lists: Arc<Lists> = Arc::default();
        let opening: Arc<Progress> = Arc::default();
        let path = open.as_ref().filter(|open| open.fault.is_none()).map(|open| PathBuf::from(&open.path));
        let ahead = path.clone().map(|path| open_ahead(path, place.clone(), Arc::clone(&lists), Arc::clone(&opening)));
        OpenWindow {
            label,
            claimed: Mutex::new(path),
            asked: open,
            frame: Mutex::default(),
            dropped: Mutex::default(),
            reloaded: AtomicBool::new(false),
            further: Mutex::default(),
            workspace: RwLock::default(),
            ahead: Mutex::new(ahead),
            lists,
            opening: Mutex::new(opening),
            counting: Mutex::default(),
            stop_git: Mutex::default(),
            stop_commit: Mutex::default(),
            held: AtomicBool::new(false),
            asked_to_close: AtomicBool::new(false),
        }
    }

    /// The page says whether it wants to be asked before the window closes.
    pub(crate) fn hold(&self, hold: bool) {
        self.held.store(hold, Ordering::SeqCst);
        self.asked_to_close.store(false, Ordering::SeqCst);
    }

    fn is_held(&self) -> bool {
        self.held.load(Ordering::SeqCst)
    }

    /// Whether the page is to be asked before the window closes. One that did not hear the last question is stuck: it is
    /// closed, and what was written in it is a draft.
    pub(crate) fn ask_to_close(&self) -> bool {
        self.is_held() && !self.asked_to_close.swap(true, Ordering::SeqCst)
    }

    /// A run of git begins; the answer turns true when it shall stop.
    pub(crate) fn begin_git(&self) -> Arc<AtomicBool> {
        let stop = Arc::<AtomicBool>::default();
        locked(&self.stop_git).clone_from(&stop);
        stop
    }

    pub(crate) fn stop_git(&self) {
        locked(&self.stop_git).store(true, Ordering::SeqCst);
    }

    /// [`Self::begin_git`] for a commit.
    pub(crate) fn begin_commit(&self) -> Arc<AtomicBool> {
        let stop = Arc::<AtomicBool>::default();
        locked(&self.stop_commit).clone_from(&stop);
        stop
    }

    pub(crate) fn stop_commit(&self) {
        locked(&self.stop_commit).store(true, Ordering::SeqCst);
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// What the page shall open when it starts: what is shown, where the page was loaded again, else what was asked for.
    pub(crate) fn to_open(&self) -> Option<OpenRequest> {
        let again = |path| OpenRequest { path, reference: None, heading: None, fault: None };
        self.root().map(|root| again(root.display().to_string())).or_else(|| self.asked.clone())
    }

    /// What it will show first, for the place it stood at.
    pub(crate) fn asked_path(&self) -> Option<&Path> {
        self.asked.as_ref().map(|asked| Path::new(asked.path.as_str()))
    }

    /// Changes what is known of its place.
    pub(crate) fn with_frame<T>(&self, act: impl FnOnce(&mut Frame) -> T) -> T {
        act(&mut locked(&self.frame))
    }

    /// The page is being loaded again after its process died.
    pub(crate) fn note_reload(&self) {
        self.reloaded.store(true, Ordering::Relaxed);
    }

    /// Whether the page is one that was loaded again; told once.
    pub(crate) fn take_reload(&self) -> bool {
        self.reloaded.swap(false, Ordering::Relaxed)
    }

    /// Root of the repository that is shown.
    pub(crate) fn root(&self) -> Option<PathBuf> {
        self.shown().map(|workspace| workspace.root().to_path_buf())
    }

    /// Keeps a request until the page takes it: a page that is still starting hears no event.
    pub(crate) fn ask(&self, request: OpenRequest) {
        locked(&self.further).push_back(request);
    }

    /// The next thing that was asked for since the start.
    pub(crate) fn next_request(&self) -> Option<OpenRequest> {
        locked(&self.further).pop_front()
    }

    /// The opening is over; what is shown now is what the window has.
    pub(crate) fn release(&self) {
        *locked(&self.claimed) = None;
    }

    /// Opens a repository; the one that the window was made for has been opened meanwhile.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub(crate) fn open(&self, path: &Path, mode: OpenMode, place: &Place) -> Opened {
        let ahead = locked(&self.ahead).take();
        if let Some(ahead) = ahead.filter(|_| mode == OpenMode::Git && self.is_asked_for(path))
            && let Ok(opened) = ahead.join()
        {
            return opened;
        }
        let progress: Arc<Progress> = Arc::default();
        *locked(&self.opening) = Arc::clone(&progress);
        Workspace::open_telling(path, place, &OpenOptions { mode, index: true }, &progress)
    }

    /// How far the opening under way is.
    pub(crate) fn opening(&self) -> Arc<Progress> {
        Arc::clone(&locked(&self.opening))
    }

    /// Debt is counted anew; what was being counted stops.
    pub(crate) fn begin_counting(&self) -> Arc<Progress> {
        let progress: Arc<Progress> = Arc::default();
        std::mem::replace(&mut *locked(&self.counting), Arc::clone(&progress)).cancel();
        progress
    }

    /// How far the counting of debt is.
    pub(crate) fn counting(&self) -> Arc<Progress> {
        Arc::clone(&locked(&self.counting))
    }

    /// The opened repository.
    ///
    /// # Errors
    /// `no-workspace` when none is open.
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>, ErrorReply> {
        self.shown().ok_or_else(|| ErrorReply {
            code: ErrorCode::NoWorkspace,
            message: "no repository is open".to_owned(),
            hint: Some("open a repository first".to_owned()),
            path: None,
            line: None,
            details: None,
        })
    }

    /// Every record of the opened repository in parts, the first of them: JSON of [`precedent_core::wire::Listing`].
    ///
    /// # Errors
    /// `no-workspace`, and `internal` when the list cannot be written as JSON.
    pub(crate) fn decisions(&self) -> Result<String, ErrorReply> {
        self.lists.first(&self.workspace()?)
    }

    /// JSON of another part of that list, `null` when there is another list by now.
    pub(crate) fn decisions_part(&self, generation: u32, part: u32) -> String {
        self.lists.further(generation, part as usize).unwrap_or_else(|| "null".to_owned())
    }

    pub(crate) fn set_dropped(&self, file: Option<PathBuf>) {
        *locked(&self.dropped) = file;
    }

    /// The dropped file, once.
    pub(crate) fn take_dropped(&self) -> Option<PathBuf> {
        locked(&self.dropped).take()
    }

    /// Shows another repository or none; the one before is no longer followed.
    pub(crate) fn set_workspace(&self, workspace: Option<Arc<Workspace>>) {
        let before = std::mem::replace(&mut *self.workspace.write().unwrap_or_else(PoisonError::into_inner), workspace);
        if let Some(before) = before {
            before.stop_watching();
            before.stop_checking();
        }
    }

    fn shown(&self) -> Option<Arc<Workspace>> {
        self.workspace.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_asked_for(&self, path: &Path) -> bool {
        self.asked.as_ref().is_some_and(|asked| Path::new(&asked.path) == path)
    }

    fn is_idle(&self) -> bool {
        self.shown().is_none() && locked(&self.claimed).is_none() && locked(&self.further).is_empty()
    }

    fn holds(&self, root: &Path) -> bool {
        let claims = || self.claimed_root().is_some_and(|claimed| claimed == root);
        self.shown().is_some_and(|workspace| workspace.root() == root) || claims()
    }

    /// Root of the repository that is being opened.
    fn claimed_root(&self) -> Option<PathBuf> {
        let claimed = locked(&self.claimed).clone();
        claimed.as_deref().and_then(root_of)
    }
}

/// Reads the records and writes out their list while the web view starts: with 10,000 of them that is time not waited for.
fn open_ahead(path: PathBuf, place: Place, lists: Arc<Lists>, progress: Arc<Progress>) -> JoinHandle<Opened> {
    std::thread::spawn(move || {
        let options = OpenOptions { mode: OpenMode::Git, index: true };
        let workspace = Workspace::open_telling(&path, &place, &options, &progress)?;
        lists.write_ahead(Arc::clone(&workspace));
        Ok(workspace)
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
