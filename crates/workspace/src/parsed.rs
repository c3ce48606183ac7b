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
use std::fs::File;
use std::io::{self, BufReader, Read};
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

/// Values are read and written in pieces of about this many bytes. One block for all of them would stay with glibc: it keeps
/// twice the size of the largest block that was ever given back (`mallopt`, M_TRIM_THRESHOLD).
const PIECE: u64 = 256 * 1024;

/// The kept records of a repository.
#[derive(Debug, Default)]
pub(crate) struct ParsedCache {
    /// Whole values one after the other; each piece with the place where it ends.
    pieces: Vec<(u64, Vec<u8>)>,
    statuses: Vec<(String, Status)>,
    logs: Vec<String>,
    paths: String,
    rows: Vec<Row>,
}

impl ParsedCache {
    /// Reads the file; empty when it is missing, damaged or was written for another reader.
    pub(crate) fn load(file: &Path) -> Self {
        let read = |file: File| Self::read(file.metadata().ok()?.len(), BufReader::new(file));
        File::open(file).ok().and_then(read).unwrap_or_default()
    }

    /// The records as the settings want them read; none when they were read with other status words.
    pub(crate) fn of(self, config: &Config) -> Self {
        if self.statuses == config.statuses { self } else { Self::default() }
    }

    /// Reads `size` bytes. What they say is believed only when the checksum is right; until then it may ask for no more than
    /// the file has.
    fn read(size: u64, from: impl Read) -> Option<Self> {
        let mut from = Summed { from: from.take(size), sum: crc32fast::Hasher::new() };
        let (mut magic, mut sum) = ([0; 8], [0; 4]);
        from.from.read_exact(&mut magic).and_then(|()| from.from.read_exact(&mut sum)).ok()?;
        let contents = Contents::deserialize_reader(&mut from).ok()?;
        let mut pieces: Vec<(u64, Vec<u8>)> = Vec::new();
        let ends = || contents.rows.iter().map(|row| row.value);
        let mut start = 0;
        for (end, next) in ends().zip(ends().skip(1).map(Some).chain([None])) {
            if next.is_some_and(|next| next.saturating_sub(start) <= PIECE) {
                continue;
            }
            let length = end.checked_sub(start).filter(|length| *length <= from.from.limit())?;
            let mut piece = vec![0; usize::try_from(length).ok()?];
            from.read_exact(&mut piece).ok()?;
            pieces.push((end, piece));
            start = end;
        }
        let whole = from.from.limit() == 0 && from.sum.finalize() == u32::from_le_bytes(sum);
        let Contents { reader, statuses, logs, paths, rows } = contents;
        (magic == *MAGIC && whole && reader == READER).then_some(Self { pieces, statuses, logs, paths, rows })
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
        let start = if at == 0 { 0 } else { self.rows[at - 1].value };
        let mut parsed = Parsed::try_from_slice(self.value(start, row.value)?).ok()?;
        // One text for both.
        parsed.decision.path = path.clone();
        Some(FileRead { hash: row.hash(), stat: row.stat, parsed: Arc::new(parsed) })
    }

    fn value(&self, start: u64, end: u64) -> Option<&[u8]> {
        let piece = self.pieces.partition_point(|(ends, _)| *ends < end);
        let (ends, bytes) = self.pieces.get(piece)?;
        let from_end = |place: u64| bytes.len().checked_sub(usize::try_from(ends.checked_sub(place)?).ok()?);
        bytes.get(from_end(start)?..from_end(end)?)
    }

    /// Writes the records for the next time. Nothing is lost when that fails: they are read again.
    pub(crate) fn save<'a>(file: &Path, config: &Config, reads: impl Iterator<Item = &'a FileRead>) {
        let mut reads: Vec<&FileRead> = reads.collect();
        reads.sort_unstable_by_key(|read| &read.parsed.decision.path);
        let (mut paths, mut rows, mut logs) = (String::new(), Vec::new(), Vec::<String>::new());
        let (mut done, mut pieces) = (0, vec![Vec::new()]);
        for read in reads {
            let log = logs.iter().position(|log| *log == read.parsed.log).unwrap_or_else(|| {
                logs.push(read.parsed.log.clone());
                logs.len() - 1
            });
            paths.push_str(read.parsed.decision.path.as_str());
            let hash = read.hash.as_bytes().first_chunk().copied();
            let (Ok(path), Ok(log), Some(hash)) = (paths.len().try_into(), log.try_into(), hash) else { return };
            let Ok(value) = borsh::to_vec(&*read.parsed) else { return };
            done += value.len() as u64;
            match pieces.last_mut() {
                Some(piece) if ((piece.len() + value.len()) as u64) < PIECE => piece.extend(value),
                _ => pieces.push(value),
            }
            rows.push(Row { path, value: done, log, hash, stat: read.stat });
        }
        let statuses = config.statuses.clone();
        let Ok(contents) = borsh::to_vec(&Contents { reader: READER.to_owned(), statuses, logs, paths, rows }) else {
            return;
        };
        pieces.insert(0, contents);
        let mut sum = crc32fast::Hasher::new();
        pieces.iter().for_each(|piece| sum.update(piece));
        let head = [MAGIC.as_slice(), &sum.finalize().to_le_bytes()].concat();
        // Without the cache the next open reads every record; that is all.
        let _ = store::write_atomic_pieces(file, std::iter::once(&head).chain(&pieces).map(Vec::as_slice));
    }
}

/// A reader that sums up what went through it.
struct Summed<R> {
    from: R,
    sum: crc32fast::Hasher,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.sum.update(&into[..read]);
        Ok(read)
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
