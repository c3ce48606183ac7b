//! Repositories opened before, kept as one small file in the settings folder.
//!
//! The list is only a convenience: a file that cannot be read counts as empty and is replaced at the next opening.

use crate::error::{Error, Result};
use crate::store;
use precedent_core::wire::{ErrorCode, RecentItem};
use std::path::{Path, PathBuf};

/// No more than this many are kept.
const MOST: usize = 20;

/// The recent list in a settings folder.
#[derive(Clone, Debug)]
pub struct RecentList {
    file: PathBuf,
}

impl RecentList {
    /// The list of the settings folder `config` ([`crate::Place::config`]).
    pub fn new(config: &Path) -> Self {
        Self { file: config.join("recent.json") }
    }

    /// All entries, latest first, each with whether its folder is there now.
    pub fn items(&self) -> Vec<RecentItem> {
        let bytes = std::fs::read(&self.file).unwrap_or_default();
        let mut items: Vec<RecentItem> = serde_json::from_slice(&bytes).unwrap_or_default();
        for item in &mut items {
            item.present = Path::new(&item.path).is_dir();
        }
        items
    }

    /// Puts a repository at the top. `opened` is the local date and time, ISO 8601.
    ///
    /// # Errors
    /// `io` when the list cannot be written.
    pub fn add(&self, root: &Path, records: u32, opened: &str) -> Result<()> {
        let path = root.display().to_string();
        let name = root.file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
        let _held = self.lock()?;
        let mut items = self.items();
        items.retain(|item| item.path != path);
        items.insert(0, RecentItem { path, name, records, opened: opened.to_owned(), present: true });
        items.truncate(MOST);
        self.write(&items)
    }

    /// Takes a repository off the list and gives what is left.
    ///
    /// # Errors
    /// `io` when the list cannot be written.
    pub fn forget(&self, path: &str) -> Result<Vec<RecentItem>> {
        let _held = self.lock()?;
        let mut items = self.items();
        items.retain(|item| item.path != path);
        self.write(&items)?;
        Ok(items)
    }

    /// Windows and processes change the list one after the other.
    fn lock(&self) -> Result<std::fs::File> {
        store::lock(&self.file.with_extension("lock"))
    }

    fn write(&self, items: &[RecentItem]) -> Result<()> {
        let text = serde_json::to_vec_pretty(items)
            .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot keep the recent list: {error}")))?;
        store::write_atomic(&self.file, &text)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files by hand")]
mod tests {
    use super::{MOST, RecentList};

    #[test]
    fn the_latest_is_first_once_and_missing_folders_are_marked() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let list = RecentList::new(&dir.path().join("config"));
        assert!(list.items().is_empty());
        for name in ["a", "b", "a"] {
            std::fs::create_dir_all(dir.path().join(name)).expect("a folder");
            list.add(&dir.path().join(name), 3, "2026-11-20T10:00").expect("kept");
        }
        std::fs::remove_dir(dir.path().join("b")).expect("removed");
        let seen: Vec<_> = list.items().into_iter().map(|item| (item.name, item.present)).collect();
        assert_eq!(seen, [("a".to_owned(), true), ("b".to_owned(), false)]);
        let left = list.forget(&dir.path().join("b").display().to_string()).expect("forgotten");
        assert_eq!(left.len(), 1);
        for n in 0..30 {
            list.add(&dir.path().join(n.to_string()), 0, "").expect("kept");
        }
        assert_eq!(list.items().len(), MOST);
    }

    #[test]
    fn what_is_opened_at_the_same_time_is_all_there() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::thread::scope(|scope| {
            for root in 0..MOST {
                let list = RecentList::new(dir.path());
                let root = dir.path().join(root.to_string());
                scope.spawn(move || list.add(&root, 1, "2026-11-20T10:00").expect("kept"));
            }
        });
        assert_eq!(RecentList::new(dir.path()).items().len(), MOST);
    }

    #[test]
    fn a_broken_list_counts_as_empty() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(dir.path().join("recent.json"), "{ not json").expect("a file");
        let list = RecentList::new(dir.path());
        assert!(list.items().is_empty());
        list.add(dir.path(), 1, "2026-11-20T10:00").expect("kept");
        assert_eq!(list.items().len(), 1);
    }
}
