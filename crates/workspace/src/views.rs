//! Searches kept under a name, a list for each repository, in one file of the settings folder.
//!
//! They are the user's own work: a file that cannot be understood is never written over, and a change is made under a lock.

use crate::error::{Error, Result};
use crate::store;
use precedent_core::wire::{ErrorCode, SavedView};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The kept searches in a settings folder.
#[derive(Clone, Debug)]
pub struct ViewList {
    file: PathBuf,
}

/// Lists by the root of their repository.
type ByRoot = BTreeMap<String, Vec<SavedView>>;

impl ViewList {
    /// The list of the settings folder `config` ([`crate::Place::config`]).
    pub fn new(config: &Path) -> Self {
        Self { file: config.join("views.json") }
    }

    /// The views of the repository at `root`, in the user's order.
    ///
    /// # Errors
    /// `io` when the file is there but cannot be read or understood.
    pub fn of(&self, root: &Path) -> Result<Vec<SavedView>> {
        Ok(self.all()?.remove(&key(root)).unwrap_or_default())
    }

    /// Replaces the views of a repository; those of others stay.
    ///
    /// # Errors
    /// `usage` for a view without a name or query and for a name that occurs twice; `io` when the file cannot be
    /// understood or written.
    pub fn keep(&self, root: &Path, views: &[SavedView]) -> Result<()> {
        for (at, view) in views.iter().enumerate() {
            if view.name.trim().is_empty() || view.query.trim().is_empty() {
                return Err(Error::new(ErrorCode::Usage, "a view needs a name and a query")
                    .with_hint("type what to search for, then give it a name"));
            }
            if views[..at].iter().any(|other| other.name == view.name) {
                return Err(Error::new(ErrorCode::Usage, format!("there is a view called {} already", view.name))
                    .with_hint("give it another name"));
            }
        }
        let _held = store::lock(&self.file.with_extension("lock"))?;
        let mut all = self.all()?;
        if views.is_empty() {
            all.remove(&key(root));
        } else {
            all.insert(key(root), views.to_vec());
        }
        let text = serde_json::to_vec_pretty(&all)
            .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot keep the views: {error}")))?;
        store::write_atomic(&self.file, &text)
    }

    fn all(&self) -> Result<ByRoot> {
        let bytes = match std::fs::read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(ByRoot::new()),
            Err(error) => return Err(Error::io(&self.file, "read", &error)),
        };
        serde_json::from_slice(&bytes).map_err(|error| {
            let message = format!("{}:{}: the kept views cannot be read: {error}", self.file.display(), error.line());
            Error::new(ErrorCode::Io, message)
                .with_hint("mend the file, or move it away to begin with no views")
                .at(&self.file)
        })
    }
}

fn key(root: &Path) -> String {
    root.display().to_string()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files by hand")]
mod tests {
    use super::ViewList;
    use precedent_core::wire::{ErrorCode, SavedView};
    use std::path::Path;

    fn view(name: &str, query: &str) -> SavedView {
        SavedView { name: name.to_owned(), query: query.to_owned() }
    }

    #[test]
    fn each_repository_has_its_own_views_in_their_order() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let list = ViewList::new(&dir.path().join("config"));
        let (shop, bank) = (Path::new("/r/shop"), Path::new("/r/bank"));
        assert!(list.of(shop).expect("a list").is_empty());
        let mine = [view("Money", "scope:ledger balance"), view("Due", "is:due")];
        list.keep(shop, &mine).expect("kept");
        list.keep(bank, &[view("Stale", "is:stale")]).expect("kept");
        assert_eq!(list.of(shop).expect("a list"), mine);
        list.keep(bank, &[]).expect("kept");
        assert!(list.of(bank).expect("a list").is_empty());
        assert_eq!(list.of(shop).expect("a list"), mine);
    }

    #[test]
    fn views_kept_at_the_same_time_are_all_there() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let list = ViewList::new(dir.path());
                scope.spawn(move || {
                    for turn in 0..5 {
                        let root = format!("/r/{writer}-{turn}");
                        list.keep(Path::new(&root), &[view("Due", "is:due")]).expect("kept");
                    }
                });
            }
        });
        assert_eq!(ViewList::new(dir.path()).all().expect("a list").len(), 40);
    }

    #[test]
    fn a_view_has_a_name_of_its_own_and_a_query() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let list = ViewList::new(dir.path());
        for views in [vec![view(" ", "is:due")], vec![view("Due", "")], vec![view("A", "x"), view("A", "y")]] {
            let error = list.keep(Path::new("/r"), &views).expect_err("refused");
            assert_eq!(error.code(), ErrorCode::Usage);
        }
        assert!(!dir.path().join("views.json").exists());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is_and_its_line_named() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let file = dir.path().join("views.json");
        std::fs::write(&file, "{\n\"/r\": [\n").expect("a file");
        let list = ViewList::new(dir.path());
        let error = list.keep(Path::new("/r"), &[view("Due", "is:due")]).expect_err("refused");
        assert!(error.to_string().contains("views.json:"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).expect("there"), "{\n\"/r\": [\n");
    }
}
