//! [`super::cache`] between sessions: one file a repository in the cache folder, written whole like the parsed records
//! ([`crate::parsed`]): magic, checksum, one borsh value. Any fault in it, or another engine, and all is looked at again.

use super::cache::{ENGINE, Entry, Found, Known, Row, RuleId};
use crate::kept_file::{self, Magic};
use crate::root;
use crate::scan::Hash;
use crate::stat::Stat;
use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAGIC: &Magic = b"prcdck\x00\x02";

/// Where a repository's findings lie: beside its search index.
pub(super) fn file(root: &Path, cache: &Path) -> PathBuf {
    root::cache_folder(root, cache).join("checked")
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Contents {
    engine: String,
    /// Rules that have looked at files, in the sets in which they did.
    sets: Vec<Vec<RuleId>>,
    rows: Vec<KeptRow>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct KeptRow {
    path: String,
    stat: Option<Stat>,
    hash: Option<[u8; 20]>,
    is_text: bool,
    /// Place among the sets.
    set: u32,
    found: Vec<Found>,
}

/// Reads the file; empty when it is missing, damaged or was written by another engine.
pub(super) fn load(file: &Path) -> Known {
    kept_file::load(file, MAGIC).and_then(known).unwrap_or_default()
}

fn known(contents: Contents) -> Option<Known> {
    if contents.engine != ENGINE {
        return None;
    }
    let sets: Vec<Arc<[RuleId]>> = contents.sets.into_iter().map(Arc::from).collect();
    let mut known = Known::default();
    for kept in contents.rows {
        let hash = kept.hash.map(|hash| Hash::from_bytes(&hash)).transpose().ok()?;
        let rules = sets.get(kept.set as usize)?.clone();
        let row = Arc::new(Row { is_text: kept.is_text, rules, found: kept.found });
        let rows = hash.map(|hash| (hash, row.clone())).into_iter().collect();
        let entry = Entry { at_rest: kept.stat.map(|stat| (stat, row)), rows };
        known.entries.insert(Arc::from(kept.path), entry);
    }
    Some(known)
}

/// Writes what is known of the files on the disk for the next session; `paths` are those that are still there, in order.
/// Nothing is lost when that fails: they are looked at again.
pub(super) fn save<'p>(file: &Path, known: &Known, paths: impl Iterator<Item = &'p str>) {
    // Sets are shared by what they are in memory: to compare them by what they say would take long.
    let mut places: FxHashMap<*const RuleId, u32> = FxHashMap::default();
    let (mut sets, mut rows) = (Vec::new(), Vec::new());
    for (path, entry) in paths.filter_map(|path| Some((path, known.entry(path)?))) {
        // Of a file that was not at rest, what was looked at last.
        let at_rest = entry.at_rest.as_ref().map(|(stat, row)| (Some(*stat), row));
        let Some((stat, row)) = at_rest.or_else(|| entry.rows.last().map(|(_, row)| (None, row))) else { continue };
        let hash = entry.rows.iter().find(|(_, known)| Arc::ptr_eq(known, row)).map(|(hash, _)| hash);
        let hash = hash.and_then(|hash| <[u8; 20]>::try_from(hash.as_bytes()).ok());
        let next = u32::try_from(sets.len()).unwrap_or(u32::MAX);
        let set = *places.entry(row.rules.as_ptr()).or_insert_with(|| {
            sets.push(row.rules.to_vec());
            next
        });
        let (path, found) = (path.to_owned(), row.found.clone());
        rows.push(KeptRow { path, stat, hash, is_text: row.is_text, set, found });
    }
    kept_file::save(file, MAGIC, &Contents { engine: ENGINE.to_owned(), sets, rows });
}
