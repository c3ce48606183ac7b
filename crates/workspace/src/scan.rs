//! Reads candidate files and parses them, on all processors, in a fixed order.
//!
//! A file that is too large, unreadable or not text is still listed, with a Problem (invariant I3).

use crate::discovery::{Candidate, Found};
use crate::parsed::ParsedCache;
use crate::progress::Progress;
use crate::stat::Stat;
use crate::threads::Threads;
use crate::workspace::State;
use precedent_core::config::Config;
use precedent_core::record::{ParseOptions, Parsed, Signs, parse};
use precedent_core::spread::Spread;
use precedent_core::{Problem, ProblemCode, RecordPath};
use sha1::{Digest, Sha1};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// Larger records are listed but not read (CONTRACT: parser limits).
pub(crate) const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// The git blob hash of a file's bytes; zero for a file that was not read.
pub(crate) type Hash = git2::Oid;

/// One file as read.
#[derive(Clone, Debug)]
pub(crate) struct FileRead {
    pub(crate) hash: Hash,
    /// What the file system said of it, when that may be believed: it had been at rest before it was read.
    pub(crate) stat: Option<Stat>,
    pub(crate) parsed: Arc<Parsed>,
}

/// Records read before, which need not be parsed again when their bytes are the same, nor read when the file is as it was.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'a> {
    Nothing,
    /// By this process. With `touched`, no other file has changed since.
    Here {
        state: &'a State,
        touched: Option<&'a Touched>,
    },
    /// By an earlier one.
    Kept(&'a ParsedCache),
}

/// Paths at which, or below which, files may have changed.
#[derive(Debug)]
pub(crate) struct Touched(HashSet<RecordPath>);

impl Touched {
    /// A link changes with the file that it leads to, so every one of `links` counts as touched.
    pub(crate) fn new(paths: BTreeSet<RecordPath>, links: &BTreeSet<RecordPath>) -> Self {
        Self(paths.into_iter().chain(links.iter().cloned()).collect())
    }

    fn holds(&self, path: &RecordPath) -> bool {
        let text = path.as_str();
        let above = text.match_indices('/').map(|(at, _)| &text[..at]);
        self.0.contains(path) || self.0.contains("") || above.into_iter().any(|folder| self.0.contains(folder))
    }
}

impl<'a> Known<'a> {
    /// Everything that this process has read.
    pub(crate) fn of(state: &'a State) -> Self {
        Known::Here { state, touched: None }
    }

    /// Files that are not touched are not looked at.
    pub(crate) fn is_partial(self) -> bool {
        matches!(self, Known::Here { touched: Some(_), .. })
    }

    fn here(state: &'a State, path: &RecordPath, log: &str) -> Option<&'a FileRead> {
        let known = state.files.get(path).or_else(|| state.aside.get(path));
        known.filter(|known| known.parsed.log == log)
    }

    /// A file of which it is known, without a look, that it is as it was.
    fn untouched(self, path: &RecordPath, log: &str) -> Option<FileRead> {
        let Known::Here { state, touched: Some(touched) } = self else { return None };
        Self::here(state, path, log).filter(|_| !touched.holds(path)).cloned()
    }

    fn at_rest(self, path: &RecordPath, log: &str, stat: Option<&Stat>) -> Option<FileRead> {
        match self {
            Known::Nothing => None,
            Known::Here { state, .. } => Self::here(state, path, log)
                .filter(|known| stat.is_some() && known.stat.as_ref() == stat)
                .filter(|known| !known.hash.is_zero())
                .cloned(),
            Known::Kept(cache) => cache.at_rest(path, log, stat),
        }
    }

    /// How many records are worth keeping that `self` lacks, or holds for nothing.
    pub(crate) fn misses(self, read: &[Vec<FileRead>]) -> usize {
        let read: Vec<&FileRead> = read.iter().flatten().filter(|read| !read.hash.is_zero()).collect();
        let held = |part: Range<usize>| read[part].iter().filter(|read| self.holds(read)).count();
        let held: usize = Threads.parts(read.len(), held).into_iter().sum();
        let all = match self {
            Known::Nothing => 0,
            Known::Here { state, .. } => state.files.len() + state.aside.len(),
            Known::Kept(cache) => cache.len(),
        };
        (read.len() - held).max(all.saturating_sub(held))
    }

    fn holds(self, read: &FileRead) -> bool {
        let path = &read.parsed.decision.path;
        let is_same =
            |hash: Hash, stat: Option<&Stat>| hash == read.hash && (read.stat.is_none() || read.stat.as_ref() == stat);
        match self {
            Known::Nothing => false,
            Known::Here { state, .. } => {
                Self::here(state, path, &read.parsed.log).is_some_and(|known| is_same(known.hash, known.stat.as_ref()))
            }
            Known::Kept(cache) => cache.key(path).is_some_and(|(hash, stat)| is_same(hash, stat)),
        }
    }

    fn with_hash(self, path: &RecordPath, log: &str, hash: Hash) -> Option<FileRead> {
        match self {
            Known::Nothing => None,
            Known::Here { state, .. } => Self::here(state, path, log).filter(|known| known.hash == hash).cloned(),
            Known::Kept(cache) => cache.with_hash(path, log, hash),
        }
    }
}

impl FileRead {
    /// The bytes differ, or the same bytes are read in another way: with other status words, or failing otherwise.
    pub(crate) fn differs(&self, other: &FileRead) -> bool {
        self.hash != other.hash || !Arc::ptr_eq(&self.parsed, &other.parsed) && *self.parsed != *other.parsed
    }
}

/// Hash of bytes as git names them. Not by libgit2, which looks for attacks on SHA-1 and takes ten times as long: who makes
/// two texts of one hash hides a change from this program's cache alone.
pub(crate) fn blob_hash(bytes: &[u8]) -> Hash {
    let sum = Sha1::new_with_prefix(format!("blob {}\0", bytes.len())).chain_update(bytes).finalize();
    git2::Oid::from_bytes(&sum).unwrap_or(Hash::ZERO_SHA1)
}

/// [`blob_hash`] in hexadecimal: what `base` and `hash` of the wire carry.
pub(crate) fn hash(bytes: &[u8]) -> String {
    blob_hash(bytes).to_string()
}

/// Reads all candidates. `now` is the file system's clock, when it could be read. What was not reached when `progress` says
/// to stop is left out.
pub(crate) fn read_all(
    root: &Path,
    found: &Found,
    known: Known<'_>,
    now: Option<SystemTime>,
    progress: &Progress,
) -> Vec<Vec<FileRead>> {
    let jobs: Vec<(&Candidate, &RecordPath)> = found
        .candidates
        .iter()
        .flat_map(|candidate| candidate.files.iter().map(move |file| (candidate, file)))
        .collect();
    progress.begin(jobs.len());
    let read = Threads.parts(jobs.len(), |part| {
        let options = |candidate: &Candidate| parse_options(&found.config, &candidate.folder);
        jobs[part]
            .iter()
            .take_while(|_| progress.step())
            .map(|(candidate, file)| read_one(root, file, &options(candidate), known, now))
            .collect::<Vec<_>>()
    });
    let mut read = read.into_iter().flatten();
    found.candidates.iter().map(|candidate| read.by_ref().take(candidate.files.len()).collect()).collect()
}

/// What surrounds a record of the log at `folder`.
pub(crate) fn parse_options(config: &Config, folder: &str) -> ParseOptions {
    ParseOptions { log: folder.to_owned(), statuses: config.statuses.clone() }
}

/// Reads one file. What cannot be read becomes a record with a Problem.
pub(crate) fn read_one(
    root: &Path,
    path: &RecordPath,
    options: &ParseOptions,
    known: Known<'_>,
    now: Option<SystemTime>,
) -> FileRead {
    if let Some(known) = known.untouched(path, &options.log) {
        return known;
    }
    let file = root.join(path.as_str());
    let about = match std::fs::metadata(&file) {
        Ok(about) => about,
        Err(error) => return unreadable(path, &error, options),
    };
    let stat = Stat::of(&about);
    if let Some(known) = known.at_rest(path, &options.log, stat.as_ref()) {
        return known;
    }
    let stat = stat.filter(|stat| now.is_some_and(|now| stat.was_at_rest(now)));
    let size = about.len();
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
            let hash = blob_hash(&bytes);
            match known.with_hash(path, &options.log, hash) {
                Some(known) => FileRead { stat, ..known },
                None => FileRead { hash, stat, parsed: Arc::new(parse(path, &bytes, options)) },
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
    FileRead { hash: Hash::ZERO_SHA1, stat: None, parsed: Arc::new(parsed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_the_hash_that_git_gives_them() {
        for bytes in [&b""[..], b"# 1. Use Postgres\n", &[0, 255, 13, 10].repeat(2_000)] {
            assert_eq!(Ok(blob_hash(bytes)), git2::Oid::hash_object(git2::ObjectType::Blob, bytes));
        }
    }
}
