//! Reads candidate files and parses them, on all processors, in a fixed order.
//!
//! A file that is too large, unreadable or not text is still listed, with a Problem (invariant I3).

use crate::discovery::{Candidate, Found};
use precedent_core::config::Config;
use precedent_core::record::{ParseOptions, Parsed, Signs, parse};
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Larger records are listed but not read (CONTRACT: parser limits).
pub(crate) const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// The git blob hash of a file's bytes, in hexadecimal: what `base` and `hash` of the wire carry.
pub(crate) type Hash = String;

/// One file as read.
#[derive(Clone, Debug)]
pub(crate) struct FileRead {
    /// Hash of the bytes; empty when they were not read.
    pub(crate) hash: Hash,
    pub(crate) parsed: Arc<Parsed>,
}

impl FileRead {
    /// The bytes differ, or what could not be read fails in another way.
    pub(crate) fn differs(&self, other: &FileRead) -> bool {
        if self.parsed.log != other.parsed.log {
            return true;
        }
        if self.hash.is_empty() || other.hash.is_empty() {
            *self.parsed != *other.parsed
        } else {
            self.hash != other.hash
        }
    }
}

/// Hash of bytes as git names them.
pub(crate) fn hash(bytes: &[u8]) -> Hash {
    git2::Oid::hash_object(git2::ObjectType::Blob, bytes).map_or_else(|_| String::new(), |oid| oid.to_string())
}

/// Reads all candidates; a file whose hash `known` already has is not parsed again.
pub(crate) fn read_all(root: &Path, found: &Found, known: &BTreeMap<RecordPath, FileRead>) -> Vec<Vec<FileRead>> {
    let jobs: Vec<(&Candidate, &RecordPath)> = found
        .candidates
        .iter()
        .flat_map(|candidate| candidate.files.iter().map(move |file| (candidate, file)))
        .collect();
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    let share = jobs.len().div_ceil(workers).max(64);
    let mut read: Vec<FileRead> = Vec::with_capacity(jobs.len());
    std::thread::scope(|scope| {
        let parts: Vec<_> = jobs
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    let options = |candidate: &Candidate| parse_options(&found.config, &candidate.folder);
                    part.iter()
                        .map(|(candidate, file)| read_one(root, file, &options(candidate), known.get(file)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for part in parts {
            match part.join() {
                Ok(part) => read.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    let mut read = read.into_iter();
    found.candidates.iter().map(|candidate| read.by_ref().take(candidate.files.len()).collect()).collect()
}

/// What surrounds a record of the log at `folder`.
pub(crate) fn parse_options(config: &Config, folder: &str) -> ParseOptions {
    ParseOptions { log: folder.to_owned(), statuses: config.statuses.clone() }
}

/// Reads one file. What cannot be read becomes a record with a Problem.
pub(crate) fn read_one(root: &Path, path: &RecordPath, options: &ParseOptions, known: Option<&FileRead>) -> FileRead {
    let file = root.join(path.as_str());
    let size = match std::fs::metadata(&file) {
        Ok(about) => about.len(),
        Err(error) => return unreadable(path, &error, options),
    };
    if size > MOST_BYTES {
        let message = format!(
            "This file has {} MB; records of more than {} MB are not read.",
            size / 1_000_000,
            MOST_BYTES / 1_048_576
        );
        let problem = Problem::new(ProblemCode::TooLarge, path, "", 0..0, message)
            .hint("Split it, or move attachments out of it.");
        return unread(path, problem, options);
    }
    match std::fs::read(&file) {
        Ok(bytes) => {
            let hash = hash(&bytes);
            match known.filter(|known| known.hash == hash && known.parsed.log == options.log) {
                Some(known) => known.clone(),
                None => FileRead { hash, parsed: Arc::new(parse(path, &bytes, options)) },
            }
        }
        Err(error) => unreadable(path, &error, options),
    }
}

/// A file that is there but refuses to be read is listed and said; one that vanished since it was found is no record.
fn unreadable(path: &RecordPath, error: &std::io::Error, options: &ParseOptions) -> FileRead {
    let problem = Problem::new(ProblemCode::Unreadable, path, "", 0..0, format!("This file cannot be read: {error}."))
        .hint("Check who may read it and that its disk is there.");
    let mut read = unread(path, problem, options);
    if error.kind() == std::io::ErrorKind::NotFound {
        Arc::make_mut(&mut read.parsed).signs = Signs::default();
    }
    read
}

/// A record of which only the name is known.
fn unread(path: &RecordPath, problem: Problem, options: &ParseOptions) -> FileRead {
    let mut parsed = parse(path, b"", options);
    parsed.problems = vec![problem];
    // An unread file in a log is never hidden, whatever its name.
    parsed.signs.number_or_date_in_name = true;
    FileRead { hash: String::new(), parsed: Arc::new(parsed) }
}
