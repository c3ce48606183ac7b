//! The decisions as they stood at a commit: which were in force then, and what a record said. Read from git's objects;
//! the worktree is not touched, and nothing of a past is kept but the one that was asked for last.

use crate::api::reading::{encoding_notice, render_record};
use crate::discovery::{self, Candidate, CommitFiles};
use crate::error::{Error, Result};
use crate::git::{history, moment, repo};
use crate::scan::{MOST_BYTES, parse_options};
use crate::workspace::Workspace;
use git2::Oid;
use precedent_core::log::DecisionLog;
use precedent_core::record::{Parsed, decode, parse};
use precedent_core::wire::{CitedBy, ErrorCode, HistoryItem, LogInfo, PastSnapshot, ProblemItem, RecordView};
use precedent_core::{Problem, RecordPath};
use std::sync::{Arc, Mutex, PoisonError};

/// The log of a commit.
#[derive(Debug)]
pub(crate) struct Past {
    id: Oid,
    commit: HistoryItem,
    logs: Vec<LogInfo>,
    log: DecisionLog,
    problems: Vec<Problem>,
}

/// The past that was asked for last: a person who looks at a list opens its records.
#[derive(Debug, Default)]
pub(crate) struct LastPast(Mutex<Option<Arc<Past>>>);

impl Workspace {
    /// All decisions as they stood at a commit, branch or tag, or at the end of a day on the current branch.
    ///
    /// # Errors
    /// `not-found` for an unknown revision or a day before the first commit, `not-a-repository`, `git`.
    pub fn decisions_as_of(&self, when: &str) -> Result<PastSnapshot> {
        let past = self.past(when)?;
        Ok(PastSnapshot {
            commit: past.commit.clone(),
            logs: past.logs.clone(),
            decisions: past.log.summaries(),
            problems: past.problems.iter().map(ProblemItem::from).collect(),
        })
    }

    /// A record as it was at a commit or day; `reference` means what it meant then.
    ///
    /// # Errors
    /// As [`Self::decisions_as_of`]; `not-found` or `ambiguous` when no single record of then matches.
    pub fn read_decision_as_of(&self, reference: &str, when: &str) -> Result<RecordView> {
        let past = self.past(when)?;
        let path =
            past.log.resolve(reference).map_err(|error| self.not_then(&past, reference, error.into()))?.path.clone();
        let gone = || crate::api::reading::gone(&path);
        let parsed = past.log.find(&path).ok_or_else(gone)?;
        let text = self.text_in(&past, &path)?;
        let rendered = render_record(&past.log, &path, &text, false);
        let cited_by = past.log.graph().backlinks(&path).iter();
        Ok(RecordView {
            generation: 0,
            summary: past.log.summary(&path).ok_or_else(gone)?,
            html: rendered.html,
            headings: rendered.headings,
            chain: past.log.chain(&path),
            cited_by: cited_by
                .map(|from| CitedBy { path: from.to_string(), context: String::new(), linked: true })
                .collect(),
            decided: crate::api::reading::first_of_decision(parsed, &text),
            words: parsed.words,
            lang: crate::search::language::tag(parsed, &text),
            notice: rendered.notice.or_else(|| encoding_notice(parsed.encoding)),
            read_only: true,
        })
    }

    /// The text of a record as it was at a commit or day.
    ///
    /// # Errors
    /// As [`Self::read_decision_as_of`].
    pub fn source_as_of(&self, path: &str, when: &str) -> Result<String> {
        let past = self.past(when)?;
        self.text_in(&past, &RecordPath::new(path))
    }

    fn past(&self, when: &str) -> Result<Arc<Past>> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let commit = moment::commit_at(&repo, when)?;
        let mut last = self.past.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(past) = last.as_ref().filter(|past| past.id == commit.id()) {
            return Ok(past.clone());
        }
        let failed = |error: git2::Error| missing_objects(&repo, &error);
        let files = CommitFiles::of(&repo, &commit.tree().map_err(failed)?).map_err(failed)?;
        let past = Arc::new(read(&files, history::item(&commit), commit.id(), self.pointed()));
        *last = Some(past.clone());
        Ok(past)
    }

    fn text_in(&self, past: &Past, path: &RecordPath) -> Result<String> {
        let repo = self.git_repository()?;
        let failed = |error: git2::Error| missing_objects(&repo, &error);
        let tree = repo.find_commit(past.id).and_then(|commit| commit.tree()).map_err(failed)?;
        let files = CommitFiles::of(&repo, &tree).map_err(failed)?;
        let bytes = discovery::Source::Commit(&files).read(path.as_str());
        let bytes = bytes.map_err(|error| Error::io(path.as_str().as_ref(), "read", &error))?;
        Ok(decode(&bytes).0.into_owned())
    }

    /// Says when a reference that means something today meant nothing then.
    fn not_then(&self, past: &Past, reference: &str, error: Error) -> Error {
        if error.code() == ErrorCode::NotFound && self.log().resolve(reference).is_ok() {
            let short: String = past.commit.commit.chars().take(8).collect();
            return Error::new(
                ErrorCode::NotFound,
                format!("`{reference}` was not there yet at {short} ({}), or had another name", past.commit.date),
            )
            .with_hint("`precedent list --as-of` shows what was");
        }
        error
    }
}

fn missing_objects(repo: &git2::Repository, error: &git2::Error) -> Error {
    let failed = repo::failed("read that commit", error);
    if repo.is_shallow() || error.code() == git2::ErrorCode::NotFound {
        failed.with_hint(
            "this clone does not have all of its history: `git fetch --unshallow` or `git fetch --refetch` brings it",
        )
    } else {
        failed
    }
}

fn read(files: &CommitFiles<'_>, commit: HistoryItem, id: Oid, pointed: Option<&str>) -> Past {
    let found = discovery::discover_past(files, pointed);
    let mut records = Vec::new();
    let mut logs = Vec::new();
    for candidate in &found.candidates {
        let options = parse_options(&found.config, &candidate.folder);
        let parsed: Vec<Parsed> =
            candidate.files.iter().filter_map(|path| Some(parse(path, &bytes_of(files, path)?, &options))).collect();
        let parsed = settled(candidate, parsed);
        if candidate.trust == discovery::Trust::Named || !parsed.is_empty() {
            logs.push(LogInfo {
                path: candidate.folder.clone(),
                records: u32::try_from(parsed.len()).unwrap_or(u32::MAX),
                found_by: candidate.found_by.clone(),
            });
            records.extend(parsed);
        }
    }
    Past { id, commit, logs, log: DecisionLog::build(records), problems: found.problems }
}

/// Bytes of a record; of one over the limit none, so that it is listed by its name.
pub(crate) fn bytes_of(files: &CommitFiles<'_>, path: &RecordPath) -> Option<Vec<u8>> {
    if files.size(path.as_str())? as u64 > MOST_BYTES {
        return Some(Vec::new());
    }
    discovery::Source::Commit(files).read(path.as_str()).ok()
}

fn settled(candidate: &Candidate, parsed: Vec<Parsed>) -> Vec<Parsed> {
    if !discovery::keep(candidate, &parsed.iter().collect::<Vec<_>>()) {
        return Vec::new();
    }
    parsed.into_iter().filter(|parsed| parsed.signs.any()).collect()
}

#[cfg(test)]
mod tests;
