//! Any two versions of a record: from its history, as staged, as on disk, and as it was accepted.

use super::facade::with_records;
use super::repo::{self, Content, head_tree};
use super::{changes, history, versions};
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use precedent_core::RecordPath;
use precedent_core::Status;
use precedent_core::record::{decode, parse};
use precedent_core::wire::{ErrorCode, FileDiff, HistoryItem, Spaces};
use std::path::Path;

impl Workspace {
    /// The difference between two versions of a record. A version is a commit of its history, `accepted` (the commit in
    /// which it became so), `committed`, `staged` or `worktree`.
    ///
    /// # Errors
    /// `not-found` when it has no such version; `usage`, `git`.
    pub fn compare_versions(&self, path: &str, old: &str, new: &str, spaces: Spaces) -> Result<FileDiff> {
        let items = self.history(path)?;
        let old = self.version(path, old, &items)?;
        let new = self.version(path, new, &items)?;
        let state = self.state();
        Ok(with_records(&state, |records| {
            let versions = versions::compare(&old, &new, &RecordPath::new(path), records);
            changes::diff_of(&versions, path, false, spaces)
        }))
    }

    /// The commit in which a record became accepted, newest such step; `None` when it never did.
    ///
    /// # Errors
    /// `usage`, `git`.
    pub fn accepted_in(&self, path: &str) -> Result<Option<HistoryItem>> {
        let items = self.history(path)?;
        self.accepted(path, &items)
    }

    fn accepted(&self, path: &str, items: &[HistoryItem]) -> Result<Option<HistoryItem>> {
        let repo = self.git_repository()?;
        let state = self.state();
        let is_accepted = |content: &Content| {
            let text = content.bytes().map(|bytes| decode(bytes).0.into_owned());
            let options = scan::parse_options(&state.config, RecordPath::new(path).folder());
            text.is_some_and(|text| {
                parse(&RecordPath::new(path), text.as_bytes(), &options).decision.status == Some(Status::Accepted)
            })
        };
        for item in items {
            let [(_, old), (_, new)] = history::around(&repo, items, path, &item.commit)?;
            if is_accepted(&new) && !is_accepted(&old) {
                return Ok(Some(item.clone()));
            }
        }
        Ok(None)
    }

    fn version(&self, path: &str, version: &str, items: &[HistoryItem]) -> Result<Content> {
        let place = repo::checked(path)?;
        let repo = self.git_repository()?;
        Ok(match version {
            "worktree" => repo::on_disk(self.root(), place),
            "staged" => {
                let index = repo.index().map_err(|error| repo::failed("read what is staged", &error))?;
                repo::in_index(&repo, &index, Path::new(path))
            }
            "committed" => repo::in_head(&repo, head_tree(&repo)?.as_ref(), place),
            "accepted" => {
                let found = self.accepted(path, items)?.ok_or_else(|| {
                    Error::new(ErrorCode::NotFound, format!("{path} was never committed as accepted"))
                        .with_hint("compare it with a commit of its history instead")
                        .at(path)
                })?;
                let [_, (_, content)] = history::around(&repo, items, path, &found.commit)?;
                content
            }
            commit => {
                let [_, (_, content)] = history::around(&repo, items, path, commit)?;
                content
            }
        })
    }
}
