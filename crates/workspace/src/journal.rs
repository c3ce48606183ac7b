//! The redo journal of the store: what a plan is about to write, kept under the git folder until it is done.
//!
//! `prepared.json` lists texts and temporary files before anything is decided; its rename to `decided.json` is the moment
//! from which the plan will be completed, by the next open if need be. Versions of the format: [`crate::content`]; an unknown
//! one is left alone.

use crate::content;
use crate::error::{Error, Result};
use crate::store;
use precedent_core::RecordPath;
use precedent_core::plan::FileWrite;
use precedent_core::wire::ErrorCode;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A plan on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Journal {
    pub(crate) title: String,
    pub(crate) files: Vec<Entry>,
}

/// One file of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    /// Name of the temporary file beside the target.
    pub(crate) temporary: String,
    #[serde(with = "content", default)]
    pub(crate) before: Option<Vec<u8>>,
    #[serde(with = "content", default)]
    pub(crate) after: Option<Vec<u8>>,
}

impl Entry {
    pub(crate) fn new(file: &FileWrite, index: usize) -> Self {
        let mark = store_hash(file);
        Self {
            path: file.path.to_string(),
            temporary: format!(".precedent-{mark}-{index}.tmp"),
            before: file.before.clone(),
            after: file.after.clone(),
        }
    }

    pub(crate) fn path(&self) -> RecordPath {
        RecordPath::new(&*self.path)
    }
}

/// A name for the temporary file that two different writes do not share.
fn store_hash(file: &FileWrite) -> String {
    let part = |content: &Option<Vec<u8>>| content.clone().unwrap_or_default();
    let whole = [file.path.as_str().as_bytes(), &part(&file.before), &part(&file.after)].join(&0);
    crate::scan::hash(&whole).chars().take(12).collect()
}

#[derive(Serialize, Deserialize)]
struct OnDisk {
    version: u32,
    title: String,
    files: Vec<Entry>,
}

impl Journal {
    pub(crate) fn write_prepared(&self, own: &Path) -> Result<()> {
        let version = content::version(self.files.iter().flat_map(|file| [&file.before, &file.after]));
        let on_disk = OnDisk { version, title: self.title.clone(), files: self.files.clone() };
        let text = serde_json::to_vec(&on_disk)
            .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot write the journal: {error}")))?;
        store::write_atomic(&prepared(own), &text)
    }
}

/// The moment from which the plan counts.
pub(crate) fn decide(own: &Path) -> Result<()> {
    store::rename(&prepared(own), &decided(own))
}

pub(crate) fn clear(own: &Path) -> Result<()> {
    store::remove_if_there(&prepared(own));
    store::remove_if_there(&decided(own));
    Ok(())
}

/// A write may have been interrupted, or is under way in another process: the lock tells.
pub(crate) fn is_pending(own: &Path) -> bool {
    prepared(own).exists() || decided(own).exists()
}

/// Half-written journals of a process that died while it wrote one.
fn remains(own: &Path) -> impl Iterator<Item = PathBuf> {
    let files = std::fs::read_dir(own.join("journal")).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "tmp"))
}

pub(crate) fn has_remains(own: &Path) -> bool {
    remains(own).next().is_some()
}

/// Only the holder of the lock may: a journal that is being written looks the same.
pub(crate) fn remove_remains(own: &Path) {
    remains(own).for_each(|file| store::remove_if_there(&file));
}

/// The interrupted plan and whether it had been decided.
pub(crate) fn read(own: &Path) -> Result<Option<(Journal, bool)>> {
    for (file, is_decided) in [(decided(own), true), (prepared(own), false)] {
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io(&file, "read", &error)),
        };
        return match serde_json::from_slice::<OnDisk>(&bytes) {
            Ok(found) if content::is_known(found.version) => Ok(Some((Journal { title: found.title, files: found.files }, is_decided))),
            _ => Err(Error::new(ErrorCode::Io, format!("the journal of an interrupted write cannot be read: {}", file.display()))
                .with_hint("it was written by another version; open the repository with that version, or look into the file and delete it")
                .at(&file)),
        };
    }
    Ok(None)
}

/// Keeps two processes from writing at once; released when dropped.
pub(crate) fn lock(own: &Path) -> Result<File> {
    let path = own.join("lock");
    let file = store::open_lock(&path)?;
    match file.lock() {
        Ok(()) => Ok(file),
        // Some network disks know no locks; writing must still work there.
        Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(file),
        Err(error) => Err(Error::io(&path, "lock", &error)),
    }
}

fn prepared(own: &Path) -> PathBuf {
    own.join("journal").join("prepared.json")
}

fn decided(own: &Path) -> PathBuf {
    own.join("journal").join("decided.json")
}
