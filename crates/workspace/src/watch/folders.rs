//! Which folders are watched: git's own few, those of records, and all others that the walk looked into, as far as the
//! system allows.

use super::Mode;
use super::eyes::{Again, Eyes, platform};
use super::others;
use crate::discovery::Terrain;
use crate::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folders under the system's eyes.
pub(super) struct Folders {
    eyes: Eyes,
    watched: BTreeSet<PathBuf>,
    /// The terrain that `watched` was made for.
    terrain: Option<Arc<Terrain>>,
    /// Those in which there are no records ([`others`]).
    others: BTreeSet<PathBuf>,
    /// How many the system refused.
    refused: usize,
}

/// How much a folder matters: without the first ones nothing can be followed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// Git's own, the root, logs and what lies above them.
    First,
    Further,
}

impl Folders {
    pub(super) fn new(eyes: Eyes) -> Self {
        Self { eyes, watched: BTreeSet::new(), terrain: None, others: BTreeSet::new(), refused: 0 }
    }

    /// The system tells nothing: files have to be looked at.
    pub(super) fn is_blind(&self) -> bool {
        matches!(self.eyes, Eyes::Blind(..))
    }

    /// Something could not be watched that perhaps can be by now.
    pub(super) fn may_see_more(&self) -> bool {
        self.refused > 0 || matches!(self.eyes, Eyes::Blind(_, Again::Perhaps))
    }

    /// Tries again what was refused; `open` gives other eyes to those that are blind.
    pub(super) fn try_again(&mut self, open: impl FnOnce() -> Eyes) {
        if self.is_blind() {
            self.eyes = open();
        }
        self.recount();
    }

    /// Has the next [`Folders::cover`] ask which folders there are.
    pub(super) fn recount(&mut self) {
        self.terrain = None;
    }

    pub(super) fn mode(&self) -> Mode {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        match &self.eyes {
            Eyes::Blind(why, _) => Mode::Polling(why.clone()),
            Eyes::Native(_) if self.refused > 0 => {
                Mode::Partly { watched: count(self.watched.len()), all: count(self.watched.len() + self.refused) }
            }
            Eyes::Native(_) => Mode::Watching,
        }
    }

    /// Takes all watches away; the next [`Folders::cover`] sets them anew.
    pub(super) fn forget(&mut self) {
        for folder in std::mem::take(&mut self.watched) {
            self.eyes.unwatch(&folder);
        }
        self.terrain = None;
    }

    /// Something happened to these paths themselves: folders among them, and below them, may be other ones now.
    pub(super) fn lose<'a>(&mut self, paths: impl Iterator<Item = &'a PathBuf>) {
        for path in paths {
            self.others.retain(|folder| folder.is_dir() || !folder.starts_with(path));
            let below = self.watched.range(path.clone()..).take_while(|folder| folder.starts_with(path));
            for folder in below.cloned().collect::<Vec<_>>() {
                self.eyes.unwatch(&folder);
                self.watched.remove(&folder);
                self.terrain = None;
            }
        }
    }

    /// Looks at these places for folders that only git has an eye on, for the next [`Folders::cover`]. Whether there are
    /// others than before.
    pub(super) fn roam<'a>(&mut self, workspace: &Workspace, starts: impl Iterator<Item = &'a Path>) -> bool {
        let is_needed = platform::BY_FOLDER && workspace.state().terrain.is_exclusive();
        if !is_needed || self.is_blind() || workspace.git_dir().is_none() {
            return false;
        }
        let before = self.others.len();
        for start in starts.filter(|start| start.is_dir()) {
            self.others.extend(others::folders(workspace.root(), start));
        }
        let more = self.others.len() > before;
        if more {
            self.recount();
        }
        more
    }

    /// Watches the folders as they are now. Gives those that are new: what came into them before has been missed.
    pub(super) fn cover(&mut self, workspace: &Workspace) -> Vec<PathBuf> {
        let terrain = Arc::clone(&workspace.state().terrain);
        if self.is_blind() || self.terrain.as_ref().is_some_and(|known| Arc::ptr_eq(known, &terrain)) {
            return Vec::new();
        }
        let mut wanted = wanted(workspace, &terrain);
        for folder in self.others.iter().filter(|folder| folder.is_dir()) {
            wanted.entry(folder.clone()).or_insert((Need::Further, false));
        }
        let gone: Vec<PathBuf> = self.watched.iter().filter(|folder| !wanted.contains_key(*folder)).cloned().collect();
        for folder in gone {
            self.eyes.unwatch(&folder);
            self.watched.remove(&folder);
        }
        let mut missing: Vec<(&PathBuf, &(Need, bool))> =
            wanted.iter().filter(|(folder, _)| !self.watched.contains(*folder)).collect();
        missing.sort_by_key(|(folder, (need, _))| (*need, folder.components().count()));
        self.refused = 0;
        let mut new = Vec::new();
        for (folder, (need, deep)) in missing {
            match self.eyes.watch(folder, *deep) {
                Ok(()) => {
                    self.watched.insert(folder.clone());
                    new.push(folder.clone());
                }
                // It vanished meanwhile, which shows in the folder above it.
                Err(_) if !folder.is_dir() => {}
                Err(error) if *need == Need::First => {
                    self.forget();
                    self.eyes = Eyes::Blind(reason(&error), Again::Perhaps);
                    return Vec::new();
                }
                Err(_) => self.refused += 1,
            }
        }
        self.terrain = Some(terrain);
        new
    }
}

fn reason(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more folders for this user".to_owned(),
        _ => error.to_string(),
    }
}

/// Folders by their need, and whether all below them is meant.
fn wanted(workspace: &Workspace, terrain: &Terrain) -> BTreeMap<PathBuf, (Need, bool)> {
    let root = workspace.root();
    let mut wanted = BTreeMap::from([(root.to_path_buf(), (Need::First, !platform::BY_FOLDER))]);
    let logs = workspace.state().logs.iter().map(|log| log.folder.clone()).collect::<Vec<_>>();
    let links = terrain.links().iter().filter_map(|link| root.join(link.as_str()).canonicalize().ok());
    let targets =
        links.filter(|target| target.starts_with(root)).filter_map(|target| Some(target.parent()?.to_path_buf()));
    let first = logs.iter().map(String::as_str).chain(terrain.named_folders()).map(|folder| root.join(folder));
    for folder in first.chain(targets) {
        for above in folder.ancestors().take_while(|above| above.starts_with(root)) {
            wanted.entry(above.to_path_buf()).or_insert((Need::First, false));
        }
    }
    if platform::BY_FOLDER {
        for folder in terrain.folders() {
            wanted.entry(root.join(folder.as_str())).or_insert((Need::Further, false));
        }
        // Rules are about files of other folders, too.
        for folder in workspace.live.folders().iter() {
            wanted.entry(root.join(folder)).or_insert((Need::Further, false));
        }
    }
    let git = workspace.git();
    if let Some(dir) = &git.dir {
        wanted.insert(dir.clone(), (Need::First, false));
    }
    if let Some(common) = &git.common {
        wanted.insert(common.clone(), (Need::First, false));
        wanted.insert(common.join("info"), (Need::First, false));
        wanted.insert(common.join("refs"), (Need::First, true));
    }
    wanted.retain(|folder, _| folder.is_dir());
    wanted
}

/// Git's files that say where its references stand, by what the file system says of them.
pub(super) fn git_marks(git_dir: &Path, common: &Path) -> BTreeMap<PathBuf, Option<crate::stat::Stat>> {
    let mut marks = BTreeMap::new();
    let mut folders = vec![common.join("refs")];
    for name in ["HEAD", "index", "config", "packed-refs", "FETCH_HEAD", "MERGE_HEAD", "rebase-merge", "rebase-apply"] {
        for folder in [git_dir, common] {
            let path = folder.join(name);
            let stat = path.metadata().ok().and_then(|about| crate::stat::Stat::of(&about));
            marks.insert(path, stat);
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                folders.push(entry.path());
            } else {
                marks.insert(entry.path(), crate::stat::Stat::of(&about));
            }
        }
    }
    marks
}
