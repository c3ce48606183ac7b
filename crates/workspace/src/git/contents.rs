//! A file's bytes on their way into git (cleaned) and out of it (smudged), as git itself would turn them.

use super::program::Program;
use super::repo::failed;
use super::stage::{Filtered, filtered, filtered_by, index_entry};
use super::trust;
use crate::error::{Error, Result};
use git2::Repository;
use git2::build::CheckoutBuilder;
use precedent_core::wire::Trust;
use std::path::Path;

/// What starts programs here, and whether it may.
pub(super) struct Means<'a> {
    pub(super) root: &'a Path,
    pub(super) program: &'a Program,
    pub(super) trust: &'a Trust,
}

impl Means<'_> {
    /// What git would store of the file on disk. Writes an object at most; what is staged stays as it is.
    ///
    /// # Errors
    /// `needs-trust` when a filter would have to run, `git`.
    pub(super) fn cleaned(&self, repo: &Repository, path: &str) -> Result<Vec<u8>> {
        let file = self.root.join(path);
        let way = filtered(repo, Path::new(path));
        let id = match way {
            Filtered::No => return std::fs::read(&file).map_err(|error| Error::io(&file, "read", &error)),
            Filtered::ByProgram if !self.trust.trusted => return Err(self.untrusted(path)),
            Filtered::LineEnds if !self.trust.trusted => {
                repo.blob_path(&file).map_err(|error| failed(&format!("read {path}"), &error))?
            }
            Filtered::LineEnds | Filtered::ByProgram => self.added(repo, path)?,
        };
        blob(repo, id, path)
    }

    /// The blob that `git add` would stage, found with a copy of the staging area.
    fn added(&self, repo: &Repository, path: &str) -> Result<git2::Oid> {
        let io = |error: std::io::Error| Error::io(repo.path(), "write to", &error);
        let copy =
            tempfile::Builder::new().prefix("precedent-index-").tempfile_in(repo.path()).map_err(io)?.into_temp_path();
        let index = repo.path().join("index");
        if index.exists() {
            crate::store::copy(&index, &copy)?;
        } else {
            crate::store::remove_if_there(&copy);
        }
        self.program.add_to(self.root, path, &copy)?;
        let error = |error: git2::Error| failed(&format!("read {path}"), &error);
        let staged = git2::Index::open(&copy).map_err(error)?;
        staged
            .get_path(Path::new(path), 0)
            .map(|entry| entry.id)
            .ok_or_else(|| error(git2::Error::from_str("git would not stage it")))
    }

    /// What git would write to disk for a blob at a path.
    ///
    /// # Errors
    /// `needs-trust` when a filter would have to run, `git`.
    pub(super) fn smudged(&self, repo: &Repository, path: &str, id: git2::Oid) -> Result<Vec<u8>> {
        match filtered_by(repo, Path::new(path), "smudge") {
            Filtered::No => blob(repo, id, path),
            Filtered::ByProgram if !self.trust.trusted => Err(self.untrusted(path)),
            Filtered::LineEnds if !self.trust.trusted => checked_out(repo, path, id),
            Filtered::LineEnds | Filtered::ByProgram => {
                let args = ["cat-file", "--filters", &format!("--path={path}"), &id.to_string()];
                self.program.read(self.root, &args)
            }
        }
    }

    fn untrusted(&self, path: &str) -> Error {
        trust::needed(self.trust, &format!("reading {path} as git would"))
    }
}

/// libgit2's own conversion of line ends, into a folder of ours.
fn checked_out(repo: &Repository, path: &str, id: git2::Oid) -> Result<Vec<u8>> {
    let error = |error: git2::Error| failed(&format!("read {path}"), &error);
    let folder = tempfile::tempdir().map_err(|error| Error::io(Path::new("temporary folder"), "make", &error))?;
    let mut index = git2::Index::new().map_err(error)?;
    index.add(&index_entry(path, id, 0o100_644)).map_err(error)?;
    let mut options = CheckoutBuilder::new();
    options.target_dir(folder.path()).force().update_index(false);
    repo.checkout_index(Some(&mut index), Some(&mut options)).map_err(error)?;
    let file = folder.path().join(path);
    std::fs::read(&file).map_err(|error| Error::io(&file, "read", &error))
}

fn blob(repo: &Repository, id: git2::Oid, path: &str) -> Result<Vec<u8>> {
    let found = repo.find_blob(id).map_err(|error| failed(&format!("read {path}"), &error))?;
    Ok(found.content().to_vec())
}
