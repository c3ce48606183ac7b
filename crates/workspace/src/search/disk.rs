//! An index in a folder of the cache: opened when it is whole and of this schema, else made.
//!
//! Other processes may read from it and write to it at the same time. The library's two locks keep the peace: whoever looks
//! at files that a merge may replace holds [`META_LOCK`], whoever makes, changes or throws away holds [`INDEX_WRITER_LOCK`].
//! The lock files themselves stay when an index is thrown away: one that is made again would be another lock.

use super::schema::tokenizers;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, META_LOCK, MmapDirectory};
use tantivy::schema::Schema;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

/// Opens the index in a folder, or makes an empty one there; whoever reads from it says when to look again.
///
/// # Errors
/// [`is_busy`] when there is none and another process is about to make it; else when the index is damaged or has other
/// fields, and can then be thrown away ([`forget`]).
pub(super) fn open(folder: &Path, schema: &Schema) -> tantivy::Result<(Index, IndexReader)> {
    let open = || {
        if !folder.join(META).exists() {
            make(folder, schema)?;
        }
        let index = open_whole(folder, schema)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok((index, reader))
    };
    open().or_else(|error| if is_busy(&error) { Err(error) } else { open() })
}

const META: &str = "meta.json";

/// Makes an empty index where there is none.
#[expect(clippy::disallowed_methods, reason = "the index lies in the cache folder, never in the worktree")]
fn make(folder: &Path, schema: &Schema) -> tantivy::Result<()> {
    std::fs::create_dir_all(folder)?;
    let _writing = lock_to_write(folder)?;
    // Another process may have made one meanwhile; an empty one over it would hide what it holds.
    if !folder.join(META).exists() {
        Index::builder().schema(schema.clone()).create_in_dir(folder)?;
    }
    Ok(())
}

fn open_whole(folder: &Path, schema: &Schema) -> tantivy::Result<Index> {
    let damaged = || TantivyError::SystemError("the search index is damaged".to_owned());
    let check = || {
        let mut index = Index::open_in_dir(folder)?;
        let _looking = index.directory().acquire_lock(&META_LOCK)?;
        if index.schema() != *schema || !index.validate_checksum()?.is_empty() {
            return Err(damaged());
        }
        index.set_tokenizers(tokenizers());
        Ok(index)
    };
    // The library trusts lengths that it reads from a file.
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| Err(damaged()))
}

/// Whether the index in a folder is there and nothing in it is damaged.
pub(super) fn is_whole(folder: &Path, schema: &Schema) -> bool {
    folder.join(META).exists() && open_whole(folder, schema).is_ok()
}

/// Another process is writing.
pub(super) fn is_busy(error: &TantivyError) -> bool {
    matches!(error, TantivyError::LockFailure(LockError::LockBusy, _))
}

fn lock_to_write(folder: &Path) -> tantivy::Result<DirectoryLock> {
    Ok(MmapDirectory::open(folder)?.acquire_lock(&INDEX_WRITER_LOCK)?)
}

/// Throws an index away.
///
/// # Errors
/// When another process is writing to it, or nobody may.
#[expect(clippy::disallowed_methods, reason = "the index lies in the cache folder, never in the worktree")]
pub(super) fn forget(folder: &Path) -> tantivy::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let _writing = lock_to_write(folder)?;
    // Without the table of contents there is none, however much of the rest is still there.
    let _ = std::fs::remove_file(folder.join(META));
    for entry in std::fs::read_dir(folder)?.flatten() {
        if !entry.file_name().to_string_lossy().ends_with(".lock") {
            // What cannot be removed makes the next try to open it fail too, and that is told or worked around.
            let _ = std::fs::remove_file(entry.path()).or_else(|_| std::fs::remove_dir_all(entry.path()));
        }
    }
    Ok(())
}

/// Removes the folders of older versions, `name-v1` for `name-v2`, that no process is writing to.
#[expect(clippy::disallowed_methods, reason = "the index lies in the cache folder, never in the worktree")]
pub(super) fn remove_older(folder: &Path) {
    let version_of = |name: &str| {
        let (name, version) = name.rsplit_once("-v")?;
        Some((name.to_owned(), version.parse::<u32>().ok()?))
    };
    let own = folder.file_name().and_then(|name| version_of(name.to_str()?));
    let (Some((own, version)), Some(Ok(entries))) = (own, folder.parent().map(std::fs::read_dir)) else { return };
    for entry in entries.flatten() {
        let other = entry.file_name().to_str().and_then(version_of);
        if other.is_some_and(|(name, other)| name == own && other < version)
            && let Ok(_writing) = lock_to_write(&entry.path())
        {
            // An old index that stays costs space and nothing else.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
