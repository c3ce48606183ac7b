//! What is remembered of windows from run to run: where each repository's window stood, and which were open.
//!
//! One small file of ours rather than tauri-plugin-window-state's, which knows windows by label: ours belong to repositories.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Where a window stood, in pixels of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Frame {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) maximised: bool,
}

/// A screen, or what of it can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Contents {
    /// Roots of the repositories that were open, the front one last.
    open: Vec<PathBuf>,
    /// By root, the latest first; Welcome has an empty one.
    frames: Vec<(PathBuf, Frame)>,
}

/// The file and what is in it.
#[derive(Debug)]
pub(crate) struct Remembered {
    file: PathBuf,
    contents: Mutex<Contents>,
}

/// Frames of more repositories are not kept.
const MOST: usize = 50;
/// So much of a window must be on a screen that it can be seen and moved.
const SEEN: i32 = 120;

impl Remembered {
    /// Reads the file; one that is missing or broken remembers nothing.
    pub(crate) fn read(state: &Path) -> Remembered {
        let file = state.join("windows.json");
        let contents = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Remembered { file, contents: Mutex::new(contents.unwrap_or_default()) }
    }

    /// The repositories that were open and are still there.
    pub(crate) fn open(&self) -> Vec<PathBuf> {
        self.with(|contents| contents.open.iter().filter(|root| root.is_dir()).cloned().collect())
    }

    /// Where the window of a repository stood; else where the last window did.
    pub(crate) fn frame(&self, root: Option<&Path>) -> Option<Frame> {
        let root = root.unwrap_or(Path::new(""));
        self.with(|contents| {
            let own = contents.frames.iter().find(|(of, _)| of == root);
            own.or(contents.frames.first()).map(|(_, frame)| *frame)
        })
    }

    /// Notes where a window stands.
    pub(crate) fn note_frame(&self, root: Option<&Path>, frame: Frame) {
        let root = root.unwrap_or(Path::new("")).to_path_buf();
        self.with(|contents| {
            contents.frames.retain(|(of, _)| *of != root);
            contents.frames.insert(0, (root, frame));
            contents.frames.truncate(MOST);
        });
    }

    /// Notes which repositories are open and writes everything down.
    pub(crate) fn keep(&self, open: Vec<PathBuf>) {
        // What is written last is what was noted last: windows write one after the other, processes each beside the file.
        let written = self.with(|contents| {
            contents.open = open;
            let text = serde_json::to_vec_pretty(contents)?;
            let beside = self.file.with_extension(format!("{}.new", std::process::id()));
            std::fs::write(&beside, text)?;
            std::fs::rename(&beside, &self.file)
        });
        if let Err(error) = written {
            log::warn!("windows are not remembered, {} cannot be written: {error}", self.file.display());
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Contents) -> T) -> T {
        act(&mut self.contents.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The frame as it fits on the screens there are now: `None` leaves the place to the window system.
pub(crate) fn on_a_screen(frame: Frame, screens: &[Area]) -> Option<Frame> {
    let part = |start: i32, length: u32, from: i32, all: u32| {
        let end = (i64::from(start) + i64::from(length)).min(i64::from(from) + i64::from(all));
        end - i64::from(start.max(from))
    };
    let sees = |screen: &&Area| {
        let across = part(frame.x, frame.width, screen.x, screen.width) >= i64::from(SEEN);
        // The bar by which it is moved is at its top.
        across
            && frame.y >= screen.y
            && i64::from(frame.y) + i64::from(SEEN) <= i64::from(screen.y) + i64::from(screen.height)
    };
    let screen = screens.iter().find(sees)?;
    Some(Frame { width: frame.width.min(screen.width), height: frame.height.min(screen.height), ..frame })
}

#[cfg(test)]
mod tests {
    use super::{Area, Frame, Remembered, on_a_screen};
    use std::path::Path;

    const SCREEN: Area = Area { x: 0, y: 0, width: 1600, height: 1000 };

    fn frame(x: i32, y: i32) -> Frame {
        Frame { x, y, width: 1440, height: 900, maximised: false }
    }

    fn check(x: i32, y: i32, screens: &[Area], expected: Option<(i32, i32)>) {
        let found = on_a_screen(frame(x, y), screens);
        assert_eq!(found.map(|frame| (frame.x, frame.y)), expected, "at {x}, {y}");
    }

    #[test]
    fn a_window_comes_back_where_it_can_be_seen() {
        let left = Area { x: -1920, ..SCREEN };
        check(100, 50, &[SCREEN], Some((100, 50)));
        check(-1300, 0, &[SCREEN], Some((-1300, 0)));
        check(-1400, 0, &[SCREEN], None);
        check(-1400, 0, &[SCREEN, left], Some((-1400, 0)));
        check(100, 950, &[SCREEN], None);
        check(100, -30, &[SCREEN], None);
        check(100, 50, &[], None);
        let small = Area { width: 1024, height: 768, ..SCREEN };
        let fitted = on_a_screen(frame(0, 0), &[small]).map(|frame| (frame.width, frame.height));
        assert_eq!(fitted, Some((1024, 768)));
    }

    #[test]
    fn each_repository_has_its_frame_and_the_rest_the_last() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (shop, gone) = (folder.path().to_path_buf(), folder.path().join("gone"));
        let before = Remembered::read(folder.path());
        assert_eq!(before.frame(None), None);
        before.note_frame(Some(&shop), frame(1, 1));
        before.note_frame(Some(&gone), frame(2, 2));
        before.keep(vec![shop.clone(), gone]);
        let after = Remembered::read(folder.path());
        assert_eq!(after.frame(Some(&shop)), Some(frame(1, 1)));
        assert_eq!(after.frame(Some(Path::new("/new"))), Some(frame(2, 2)));
        assert_eq!(after.open(), [shop]);
    }

    #[test]
    fn what_was_noted_last_is_what_is_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let remembered = Remembered::read(folder.path());
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let own = folder.path().join(writer.to_string());
                std::fs::create_dir(&own).expect("a folder");
                let remembered = &remembered;
                scope.spawn(move || (0..20).for_each(|_| remembered.keep(vec![own.clone()])));
            }
        });
        assert_eq!(Remembered::read(folder.path()).open(), remembered.open());
    }
}
