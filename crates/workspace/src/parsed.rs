//! Parsed records kept in the cache folder, so that opening a repository again reads only what changed.
//!
//! One file a repository, written whole: magic, checksum, table of contents, one borsh value a record. Derived data
//! (invariant I4): any fault in it, another version of the reader or other status words in the settings, and every record is
//! read again. The table comes first so that the records can be decoded by the threads that would otherwise parse them.

use crate::root;
use crate::scan::FileRead;
use crate::stat::Stat;
use crate::store;
use borsh::{BorshDeserialize, BorshSerialize};
use precedent_core::config::Config;
use precedent_core::{Parsed, RecordPath, Status};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"prcdnt\x00\x01";
/// Digest of the sources of the reader (`build.rs`).
const READER: &str = env!("PRECEDENT_READER");

/// Where a repository's parsed records lie: beside its search index.
pub(crate) fn file(root: &Path, cache: &Path) -> PathBuf {
    root::cache_folder(root, cache).join("parsed")
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Contents {
    reader: String,
    /// Status words of the settings with which the records were read.
    statuses: Vec<(String, Status)>,
    entries: Vec<Entry>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Entry {
    path: String,
    log: String,
    hash: String,
    stat: Option<Stat>,
    /// End of its value in the body; it starts where the one before ends.
    end: u64,
}

/// The kept records of a repository.
#[derive(Debug, Default)]
pub(crate) struct ParsedCache {
    bytes: Vec<u8>,
    statuses: Vec<(String, Status)>,
    rows: HashMap<String, Row>,
}

#[derive(Debug)]
struct Row {
    log: String,
    hash: String,
    stat: Option<Stat>,
    value: std::ops::Range<usize>,
}

impl ParsedCache {
    /// Reads the file; empty when it is missing, damaged or was written for another reader.
    pub(crate) fn load(file: &Path) -> Self {
        std::fs::read(file).ok().and_then(Self::parse).unwrap_or_default()
    }

    /// The records as the settings want them read; none when they were read with other status words.
    pub(crate) fn of(self, config: &Config) -> Self {
        if self.statuses == config.statuses { self } else { Self::default() }
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        if crc32fast::hash(rest) != u32::from_le_bytes(*sum) {
            return None;
        }
        let mut body = rest;
        let contents = Contents::deserialize(&mut body).ok()?;
        if contents.reader != READER {
            return None;
        }
        let first = bytes.len() - body.len();
        let mut start = first;
        let mut rows = HashMap::with_capacity(contents.entries.len());
        for entry in contents.entries {
            let end = first + usize::try_from(entry.end).ok()?;
            let row = Row { log: entry.log, hash: entry.hash, stat: entry.stat, value: start..end };
            rows.insert(entry.path, row);
            start = end;
        }
        Some(Self { bytes, statuses: contents.statuses, rows })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Hash and file facts of a kept record.
    pub(crate) fn key(&self, path: &RecordPath) -> Option<(&str, Option<&Stat>)> {
        self.rows.get(path.as_str()).map(|row| (row.hash.as_str(), row.stat.as_ref()))
    }

    /// A record whose file is as it was, by the file system's word.
    pub(crate) fn at_rest(&self, path: &RecordPath, log: &str, stat: Option<&Stat>) -> Option<FileRead> {
        let row = self.rows.get(path.as_str())?;
        (stat.is_some() && row.stat.as_ref() == stat).then(|| self.decode(row, log)).flatten()
    }

    /// A record that has these bytes.
    pub(crate) fn with_hash(&self, path: &RecordPath, log: &str, hash: &str) -> Option<FileRead> {
        let row = self.rows.get(path.as_str())?;
        (row.hash == hash).then(|| self.decode(row, log)).flatten()
    }

    fn decode(&self, row: &Row, log: &str) -> Option<FileRead> {
        if row.log != log || row.hash.is_empty() {
            return None;
        }
        let parsed = Parsed::try_from_slice(self.bytes.get(row.value.clone())?).ok()?;
        Some(FileRead { hash: row.hash.clone(), stat: row.stat, parsed: Arc::new(parsed) })
    }

    /// Writes the records for the next time. Nothing is lost when that fails: they are read again.
    pub(crate) fn save<'a>(file: &Path, config: &Config, reads: impl Iterator<Item = &'a FileRead>) {
        let mut body = Vec::new();
        let mut entries = Vec::new();
        for read in reads {
            if read.parsed.serialize(&mut body).is_err() {
                return;
            }
            entries.push(Entry {
                path: read.parsed.decision.path.to_string(),
                log: read.parsed.log.clone(),
                hash: read.hash.clone(),
                stat: read.stat,
                end: body.len() as u64,
            });
        }
        let contents = Contents { reader: READER.to_owned(), statuses: config.statuses.clone(), entries };
        let Ok(mut rest) = borsh::to_vec(&contents) else { return };
        rest.append(&mut body);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(crc32fast::hash(&rest).to_le_bytes());
        bytes.append(&mut rest);
        // Without the cache the next open reads every record; that is all.
        let _ = store::write_atomic(file, &bytes);
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write and damage files")]
mod tests;
