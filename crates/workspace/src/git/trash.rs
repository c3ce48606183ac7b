//! What was thrown away, kept under git's folder (`precedent/trash`) for 30 days: one folder an entry, with the file's
//! bytes as they were and a note of what it is. Nothing here touches the worktree.
//!
//! The bytes are written before the note: an entry without a note was never finished and is cleared away.

use crate::error::{Error, Result};
use crate::store;
use precedent_core::Date;
use precedent_core::wire::ErrorCode;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Days after which an entry is forgotten.
const MOST_DAYS: i32 = 30;
const VERSION: u32 = 1;
const NOTE: &str = "entry.json";
const CONTENT: &str = "content";

/// One file as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Thrown {
    pub(super) version: u32,
    #[serde(skip)]
    pub(super) id: u64,
    pub(super) path: String,
    /// Number of the record, or name of the file.
    pub(super) name: String,
    /// `added`, `modified`, `deleted`: what was thrown away.
    pub(super) change: String,
    pub(super) on: String,
    /// Whether there was a file; its bytes lie beside the note.
    pub(super) had_content: bool,
    pub(super) executable: bool,
    /// Hash of what the file held afterwards; `None` when it was gone.
    pub(super) after: Option<String>,
    /// Of a renamed file: the name it had in git, which is there again. Older versions of this program leave that alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) home: Option<Home>,
    pub(super) lines_added: u32,
    pub(super) lines_removed: u32,
}

/// A name that was had again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Home {
    pub(super) path: String,
    /// Hash of what was written there.
    pub(super) held: Option<String>,
}

impl Thrown {
    pub(super) fn new(path: &str, name: String, change: &str, on: Date) -> Self {
        Self {
            version: VERSION,
            id: 0,
            path: path.to_owned(),
            name,
            change: change.to_owned(),
            on: on.to_string(),
            had_content: false,
            executable: false,
            after: None,
            home: None,
            lines_added: 0,
            lines_removed: 0,
        }
    }
}

/// Keeps a file's bytes that are about to go, and forgets what is too old.
pub(super) fn keep(own: &Path, mut thrown: Thrown, content: Option<&[u8]>, today: Date) -> Result<Thrown> {
    let known = ids(own);
    thrown.id = known.last().map_or(1, |last| last + 1);
    // Another window, or the command line, may throw something away at the same time.
    while !store::make_new_folder(&folder(own, thrown.id))? {
        thrown.id += 1;
    }
    thrown.had_content = content.is_some();
    let folder = folder(own, thrown.id);
    if let Some(content) = content {
        store::write_atomic(&folder.join(CONTENT), content)?;
    }
    let note = serde_json::to_vec_pretty(&thrown)
        .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot note what is thrown away: {error}")))?;
    store::write_atomic(&folder.join(NOTE), &note)?;
    prune(own, &known, today);
    Ok(thrown)
}

/// Every entry, newest first.
pub(super) fn list(own: &Path) -> Vec<Thrown> {
    ids(own).into_iter().rev().filter_map(|id| read(own, id)).collect()
}

/// An entry by its id.
///
/// # Errors
/// `not-found`.
pub(super) fn find(own: &Path, id: &str) -> Result<Thrown> {
    id.parse().ok().and_then(|id| read(own, id)).ok_or_else(|| {
        Error::new(ErrorCode::NotFound, format!("there is no entry {id} among the discarded changes"))
            .with_hint("entries are kept for 30 days; the list shows what is there")
    })
}

/// The bytes of an entry; `None` when it had no file.
pub(super) fn content(own: &Path, thrown: &Thrown) -> Result<Option<Vec<u8>>> {
    if !thrown.had_content {
        return Ok(None);
    }
    let file = folder(own, thrown.id).join(CONTENT);
    std::fs::read(&file).map(Some).map_err(|error| Error::io(&file, "read", &error))
}

/// Takes an entry out again that was not carried out after all.
pub(super) fn forget(own: &Path, id: u64) {
    store::remove_folder(&folder(own, id));
}

fn prune(own: &Path, known: &[u64], today: Date) {
    for id in known {
        let day = read(own, *id).map(|thrown| thrown.on.parse::<Date>().ok());
        let age = day.flatten().and_then(|day| today.since(day).ok());
        // Entries of a newer version of this program, and those without a note, are left to it.
        if age.is_some_and(|age| age.get_days() > MOST_DAYS) {
            forget(own, *id);
        }
    }
}

fn read(own: &Path, id: u64) -> Option<Thrown> {
    let note = std::fs::read(folder(own, id).join(NOTE)).ok()?;
    let thrown: Thrown = serde_json::from_slice(&note).ok()?;
    (thrown.version == VERSION).then_some(Thrown { id, ..thrown })
}

fn ids(own: &Path) -> Vec<u64> {
    let Ok(entries) = std::fs::read_dir(own.join("trash")) else { return Vec::new() };
    let mut ids: Vec<u64> = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    ids.sort_unstable();
    ids
}

fn folder(own: &Path, id: u64) -> PathBuf {
    own.join("trash").join(format!("{id:08}"))
}
