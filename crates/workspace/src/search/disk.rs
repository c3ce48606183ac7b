//! An index in a folder of the cache: opened when it is whole and of this schema, else made.

use super::schema::tokenizers;
use std::path::Path;
use tantivy::schema::Schema;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

/// Opens the index in a folder, or makes an empty one there; whoever reads from it says when to look again.
///
/// # Errors
/// When the index is damaged or has other fields; it can then be thrown away ([`forget`]).
#[expect(clippy::disallowed_methods, reason = "the index lies in the cache folder, never in the worktree")]
pub(super) fn open(folder: &Path, schema: Schema) -> tantivy::Result<(Index, IndexReader)> {
    let index = if folder.join("meta.json").exists() {
        let mut index = Index::open_in_dir(folder)?;
        if index.schema() != schema || !index.validate_checksum()?.is_empty() {
            return Err(TantivyError::SystemError("the search index is damaged".to_owned()));
        }
        index.set_tokenizers(tokenizers());
        index
    } else {
        std::fs::create_dir_all(folder)?;
        Index::builder().schema(schema).tokenizers(tokenizers()).create_in_dir(folder)?
    };
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok((index, reader))
}

/// Throws an index away.
#[expect(clippy::disallowed_methods, reason = "the index lies in the cache folder, never in the worktree")]
pub(super) fn forget(folder: &Path) {
    // What cannot be removed makes the next try to open it fail too, and that is told or worked around.
    let _ = std::fs::remove_dir_all(folder);
}

/// Removes the folders of older versions, `name-v1` for `name-v2`.
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
        if other.is_some_and(|(name, other)| name == own && other < version) {
            // An old index that stays costs space and nothing else.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
