//! Parsed records kept in the cache folder, so that opening a repository again reads only what changed.
//!
//! One file a repository, written whole: magic, checksum, table of contents, one borsh value a record. Derived data
//! (invariant I4): any fault in it, another version of the reader or other status words in the settings, and every record is
//! read again. The table comes first so that the records can be decoded by the threads that would otherwise parse them.

use crate::root;
use crate::scan::{FileRead, Hash};
use crate::stat::Stat;
use crate::store;
use borsh::{BorshDeserialize, BorshSerialize};
use precedent_core::config::Config;
use precedent_core::{Parsed, RecordPath, Status};
use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"prcdnt\x00\x02";
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
    /// Folders of logs.
    logs: Vec<String>,
    /// Paths of all rows, one after the other, in order.
    paths: String,
    rows: Vec<Row>,
}

/// One record. Texts and values lie side by side elsewhere: of a hundred thousand, each with its own, opening would mostly
/// ask for memory.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
struct Row {
    /// End of its path; it starts where the one before ends.
    path: u32,
    /// End of its value in the body; it starts where the one before ends.
    value: u64,
    /// Place of its log among the folders.
    log: u32,
    hash: [u8; 20],
    stat: Option<Stat>,
}

/// The kept records of a repository.
#[derive(Debug, Default)]
pub(crate) struct ParsedCache {
    bytes: Vec<u8>,
    /// Where the first value begins.
    body: usize,
    statuses: Vec<(String, Status)>,
    logs: Vec<String>,
    paths: String,
    rows: Vec<Row>,
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
        let Contents { statuses, logs, paths, rows, .. } = contents;
        Some(Self { body: bytes.len() - body.len(), bytes, statuses, logs, paths, rows })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    fn path(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.rows[at - 1].path as usize };
        self.paths.get(start..self.rows[at].path as usize).unwrap_or_default()
    }

    fn find(&self, path: &RecordPath) -> Option<usize> {
        let mut found = 0..self.rows.len();
        while !found.is_empty() {
            let middle = found.start.midpoint(found.end);
            match self.path(middle).cmp(path.as_str()) {
                Ordering::Equal => return Some(middle),
                Ordering::Less => found.start = middle + 1,
                Ordering::Greater => found.end = middle,
            }
        }
        None
    }

    /// Hash and file facts of a kept record.
    pub(crate) fn key(&self, path: &RecordPath) -> Option<(Hash, Option<&Stat>)> {
        let row = &self.rows[self.find(path)?];
        Some((row.hash(), row.stat.as_ref()))
    }

    /// A record whose file is as it was, by the file system's word.
    pub(crate) fn at_rest(&self, path: &RecordPath, log: &str, stat: Option<&Stat>) -> Option<FileRead> {
        let row = self.find(path)?;
        (stat.is_some() && self.rows[row].stat.as_ref() == stat).then(|| self.decode(row, path, log)).flatten()
    }

    /// A record that has these bytes.
    pub(crate) fn with_hash(&self, path: &RecordPath, log: &str, hash: Hash) -> Option<FileRead> {
        let row = self.find(path)?;
        (self.rows[row].hash() == hash).then(|| self.decode(row, path, log)).flatten()
    }

    fn decode(&self, at: usize, path: &RecordPath, log: &str) -> Option<FileRead> {
        let row = &self.rows[at];
        if self.logs.get(row.log as usize).map(String::as_str) != Some(log) || row.hash().is_zero() {
            return None;
        }
        let place = |end: u64| Some(self.body + usize::try_from(end).ok()?);
        let start = if at == 0 { self.body } else { place(self.rows[at - 1].value)? };
        let mut parsed = Parsed::try_from_slice(self.bytes.get(start..place(row.value)?)?).ok()?;
        // One text for both.
        parsed.decision.path = path.clone();
        Some(FileRead { hash: row.hash(), stat: row.stat, parsed: Arc::new(parsed) })
    }

    /// Writes the records for the next time. Nothing is lost when that fails: they are read again.
    pub(crate) fn save<'a>(file: &Path, config: &Config, reads: impl Iterator<Item = &'a FileRead>) {
        let mut reads: Vec<&FileRead> = reads.collect();
        reads.sort_unstable_by_key(|read| &read.parsed.decision.path);
        let (mut body, mut paths, mut rows) = (Vec::new(), String::new(), Vec::new());
        let mut logs: Vec<String> = Vec::new();
        for read in reads {
            let log = logs.iter().position(|log| *log == read.parsed.log).unwrap_or_else(|| {
                logs.push(read.parsed.log.clone());
                logs.len() - 1
            });
            paths.push_str(read.parsed.decision.path.as_str());
            let hash = read.hash.as_bytes().first_chunk().copied();
            let (Ok(path), Ok(log), Some(hash)) = (paths.len().try_into(), log.try_into(), hash) else { return };
            if read.parsed.serialize(&mut body).is_err() {
                return;
            }
            rows.push(Row { path, value: body.len() as u64, log, hash, stat: read.stat });
        }
        let statuses = config.statuses.clone();
        let Ok(mut rest) = borsh::to_vec(&Contents { reader: READER.to_owned(), statuses, logs, paths, rows }) else {
            return;
        };
        rest.append(&mut body);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(crc32fast::hash(&rest).to_le_bytes());
        bytes.append(&mut rest);
        // Without the cache the next open reads every record; that is all.
        let _ = store::write_atomic(file, &bytes);
    }
}

impl Row {
    fn hash(&self) -> Hash {
        Hash::from_bytes(&self.hash).unwrap_or(Hash::ZERO_SHA1)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write and damage files")]
mod tests;
