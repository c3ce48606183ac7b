//! [`super::cache`] between sessions: one file a repository in the cache folder, written whole like the parsed records
//! ([`crate::parsed`]): magic, checksum, one borsh value. Any fault in it, or another engine, and all is looked at again.

use super::cache::{ENGINE, Entry, Found, Known, Row, RuleId};
use crate::root;
use crate::scan::Hash;
use crate::stat::Stat;
use crate::store;
use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"prcdck\x00\x01";

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
    hash: [u8; 20],
    is_text: bool,
    /// Place among the sets.
    set: u32,
    found: Vec<Found>,
}

/// Reads the file; empty when it is missing, damaged or was written by another engine.
pub(super) fn load(file: &Path) -> Known {
    std::fs::read(file).ok().and_then(|bytes| parse(&bytes)).unwrap_or_default()
}

fn parse(bytes: &[u8]) -> Option<Known> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    if crc32fast::hash(rest) != u32::from_le_bytes(*sum) {
        return None;
    }
    let contents = Contents::try_from_slice(rest).ok().filter(|contents| contents.engine == ENGINE)?;
    let sets: Vec<Arc<[RuleId]>> = contents.sets.into_iter().map(Arc::from).collect();
    let mut known = Known::default();
    for kept in contents.rows {
        let hash = Hash::from_bytes(&kept.hash).ok()?;
        let row = Row { is_text: kept.is_text, rules: sets.get(kept.set as usize)?.clone(), found: kept.found };
        let entry = Entry { at_rest: kept.stat.map(|stat| (stat, hash)), rows: vec![(hash, Arc::new(row))] };
        known.entries.insert(Arc::from(kept.path), entry);
    }
    Some(known)
}

/// Writes what is known of the files on the disk for the next session; `has` says which are still there. Nothing is lost
/// when that fails: they are looked at again.
pub(super) fn save(file: &Path, known: &Known, has: &dyn Fn(&str) -> bool) {
    let mut places: FxHashMap<Arc<[RuleId]>, u32> = FxHashMap::default();
    let (mut sets, mut rows) = (Vec::new(), Vec::new());
    for (path, entry) in known.entries.iter().filter(|(path, _)| has(path)) {
        // Of a file that was not at rest, what was looked at last.
        let at_rest = entry.at_rest.filter(|(_, hash)| entry.row(*hash).is_some());
        let found = match at_rest {
            Some((_, hash)) => entry.row(hash).map(|row| (hash, row)),
            None => entry.rows.last().map(|(hash, row)| (*hash, row)),
        };
        let Some((hash, row)) = found else { continue };
        let Some(bytes) = hash.as_bytes().first_chunk().filter(|_| hash.as_bytes().len() == 20).copied() else {
            continue;
        };
        let next = u32::try_from(sets.len()).unwrap_or(u32::MAX);
        let set = *places.entry(row.rules.clone()).or_insert_with(|| {
            sets.push(row.rules.to_vec());
            next
        });
        let stat = at_rest.map(|(stat, _)| stat);
        let (path, found) = (path.to_string(), row.found.clone());
        rows.push(KeptRow { path, stat, hash: bytes, is_text: row.is_text, set, found });
    }
    rows.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    let Ok(rest) = borsh::to_vec(&Contents { engine: ENGINE.to_owned(), sets, rows }) else { return };
    let mut bytes = MAGIC.to_vec();
    bytes.extend(crc32fast::hash(&rest).to_le_bytes());
    bytes.extend(rest);
    // Without the file the next session looks at everything; that is all.
    let _ = store::write_atomic(file, &bytes);
}
