//! What the process holds: where things are kept, the run itself, the windows.

use crate::places::Places;
use crate::remembered::Remembered;
use crate::session::Session;
use crate::windows::{OpenWindow, Windows};
use jiff::Zoned;
use jiff::civil::Date;
use precedent_core::wire::{KeptDraft, OpenRequest};
use precedent_workspace::{Place, Preferences, kept_drafts};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// State of the process, shared by all windows.
#[derive(Debug)]
pub(crate) struct App {
    places: Places,
    trouble: Option<String>,
    session: Mutex<Session>,
    windows: Windows,
    remembered: Remembered,
    /// What an earlier run left unsaved.
    drafts: Vec<KeptDraft>,
}

impl App {
    /// Starts a session. `open` is what the command line asked for: the first window shows it. `homeless` says that there
    /// is no home.
    ///
    /// A folder that cannot be written stops nothing: the window opens and says so ([`App::trouble`]).
    pub(crate) fn new(places: Places, homeless: Option<String>, open: Option<OpenRequest>) -> App {
        let session = Session::start(&places.config.join("sessions"));
        let unkept = places.unwritable(session.is_kept()).map(|(folder, error)| {
            format!("{} cannot be written: {error}. Make it writable, then start Precedent again.", folder.display())
        });
        let place = place(&places);
        let remembered = Remembered::read(&places.state);
        let before = remembered.open();
        let crashed = session.crashed_before();
        // What was open comes back, unless it may be what made the app crash.
        let requests = match open {
            Some(open) => vec![open],
            None if crashed => Vec::new(),
            None => before.iter().map(|root| of_root(root)).collect(),
        };
        let windows = Windows::default();
        let mut requests = requests.into_iter();
        windows.add(requests.next(), &place);
        for request in requests {
            windows.add(Some(request), &place);
        }
        // Read while the first repositories are being opened. A page that was stuck when its window closed leaves a draft, too.
        let drafts = before.iter().flat_map(|root| drafts_of(root, &place)).collect();
        App { places, trouble: homeless.or(unkept), session: Mutex::new(session), windows, remembered, drafts }
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

    pub(crate) fn crashed_before(&self) -> bool {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).crashed_before()
    }

    /// A clean end of the run.
    pub(crate) fn end_session(&self) {
        self.windows.end();
        self.session.lock().unwrap_or_else(PoisonError::into_inner).end();
    }

    /// Folders and the day for the workspace; the front end is where the clock is read (I10).
    pub(crate) fn place(&self) -> Place {
        place(&self.places)
    }

    /// Tells every window which day it is by now.
    pub(crate) fn tell_day(&self) {
        let today = today();
        for workspace in self.windows.all().iter().filter_map(|window| window.workspace().ok()) {
            workspace.set_today(today);
        }
    }

    pub(crate) fn windows(&self) -> &Windows {
        &self.windows
    }

    pub(crate) fn remembered(&self) -> &Remembered {
        &self.remembered
    }

    /// What was being written when the last run ended.
    pub(crate) fn drafts(&self) -> &[KeptDraft] {
        &self.drafts
    }

    /// Writes down which windows are open and where they stand.
    pub(crate) fn remember(&self) {
        self.remembered.keep(self.windows.roots());
    }

    /// The window of this name.
    pub(crate) fn window(&self, label: &str) -> Arc<OpenWindow> {
        self.windows.get(label)
    }
}

fn place(places: &Places) -> Place {
    Place::new(places.cache.clone(), places.config.clone(), today())
}

/// Tests of the window keep the day in a file; a build for people has no such thing.
fn today() -> Date {
    let file = if cfg!(debug_assertions) { std::env::var_os("PRECEDENT_DAY") } else { None };
    let told = file.and_then(|file| std::fs::read_to_string(file).ok()?.trim().parse().ok());
    told.unwrap_or_else(|| Zoned::now().date())
}

/// How often it is looked whether it is another day: midnight, a clock that was set, a night of sleep.
const DAY_EVERY: Duration = Duration::from_secs(if cfg!(debug_assertions) { 1 } else { 60 });

/// Tells every window when another day begins, for as long as the app runs.
pub(crate) fn follow_days(handle: AppHandle) {
    let follow = move || loop {
        std::thread::sleep(DAY_EVERY);
        handle.state::<App>().tell_day();
    };
    if let Err(error) = std::thread::Builder::new().name("day".to_owned()).spawn(follow) {
        // The day is told when a window is come back to.
        log::warn!("nothing looks whether another day has begun: {error}");
    }
}

fn of_root(root: &Path) -> OpenRequest {
    OpenRequest { path: root.display().to_string(), reference: None, heading: None, fault: None }
}

fn drafts_of(root: &Path, place: &Place) -> Vec<KeptDraft> {
    let repo = root.display().to_string();
    kept_drafts(root, place).into_iter().map(|path| KeptDraft { repo: repo.clone(), path }).collect()
}
