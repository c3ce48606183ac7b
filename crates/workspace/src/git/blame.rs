//! Who wrote each line of a record, and an old version of it written anew. libgit2 alone.

use super::history;
use super::repo::{self, Content, failed};
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use git2::{BlameOptions, Oid};
use precedent_core::plan::FileWrite;
use precedent_core::record::decode;
use precedent_core::wire::{BlameSpan, ErrorCode, PlanPreview, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

impl Workspace {
    /// The lines of a record as they stand on disk, each with the commit that wrote it.
    ///
    /// # Errors
    /// `not-found` for a file that was never committed; `usage`, `git`.
    pub fn blame(&self, path: &str) -> Result<Vec<BlameSpan>> {
        self.in_repository()?;
        repo::checked(path)?;
        let repo = self.git_repository()?;
        let error = |error: git2::Error| match error.code() {
            git2::ErrorCode::NotFound => Error::new(ErrorCode::NotFound, format!("{path} was never committed"))
                .with_hint("commit it first: then each line has its commit")
                .at(path),
            _ => failed("read who wrote it", &error),
        };
        let mut options = BlameOptions::new();
        let committed = repo.blame_file(Path::new(path), Some(&mut options)).map_err(error)?;
        let Content::Bytes(bytes) = repo::on_disk(self.root(), Path::new(path)) else {
            return Err(Error::new(ErrorCode::NotFound, format!("{path} is not there"))
                .with_hint("it was moved or deleted")
                .at(path));
        };
        let blame = committed.blame_buffer(&bytes).map_err(error)?;
        let text = decode(&bytes).0.into_owned();
        let lines: Vec<&str> = text.lines().collect();
        let mut spans: Vec<BlameSpan> = Vec::new();
        for hunk in blame.iter() {
            let id = hunk.final_commit_id();
            let commit = if id.is_zero() { None } else { repo.find_commit(id).ok() };
            let first = hunk.final_start_line();
            let own = first.saturating_sub(1)..(first + hunk.lines_in_hunk()).saturating_sub(1).min(lines.len());
            let text = lines.get(own).unwrap_or_default().iter().map(|line| (*line).to_owned()).collect();
            let commit = commit.as_ref().map(history::item);
            match spans.last_mut() {
                Some(last) if last.commit == commit => last.text.extend(text),
                _ => spans.push(BlameSpan { line: u32::try_from(first).unwrap_or(u32::MAX), text, commit }),
            }
        }
        Ok(spans)
    }

    /// What writing a record as a commit of its history left it would change. It becomes a change like any other.
    ///
    /// # Errors
    /// `not-found` when the commit did not touch it, or deleted it; `git`.
    pub fn plan_restore(&self, path: &str, commit: &str) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.restoring(path, commit)?))
    }

    /// # Errors
    /// As [`Self::plan_restore`]; `conflict` when it is no longer what was shown.
    pub fn apply_restore(&self, path: &str, commit: &str, digest: &str) -> Result<WriteReply> {
        let planned = self.restoring(path, commit)?;
        self.apply_planned(&planned, digest)
    }

    fn restoring(&self, path: &str, commit: &str) -> Result<Planned> {
        let items = self.history(path)?;
        let repo = self.git_repository()?;
        let [_, (_, then)] = history::around(&repo, &items, path, commit)?;
        let Content::Bytes(after) = then else {
            return Err(Error::new(ErrorCode::NotFound, "that commit deleted the record")
                .with_hint("choose an earlier version"));
        };
        let before = match repo::on_disk(self.root(), Path::new(path)) {
            Content::Bytes(bytes) => Some(bytes),
            Content::Absent | Content::TooLarge => None,
        };
        let short: String =
            Oid::from_str(commit).map(|id| id.to_string()).unwrap_or_default().chars().take(8).collect();
        let record = RecordPath::new(path);
        let mut plan = WritePlan::new(format!("Restore {} of {short}", record.file_name()));
        if before.as_ref() != Some(&after) {
            plan.files.push(FileWrite { path: record.clone(), before, after: Some(after) });
        }
        let label = precedent_core::id::FileName::of(&record).digits.map(str::to_owned);
        Ok(Planned { plan, record: Some(record), label, notes: Vec::new(), stages: false })
    }
}
