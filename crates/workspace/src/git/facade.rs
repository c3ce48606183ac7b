//! The git side of [`Workspace`]: what the Changes view and a record's history ask for.

use super::program::{Listener, Program};
use super::status::{self, Change, Entry};
use super::versions::{Reader, Records};
use super::{changes, commit, history, renames, repo, stage, trust, versions};
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::{State, Workspace};
use precedent_core::RecordPath;
use precedent_core::suggest::{self, StagedRecord, Style};
use precedent_core::wire::{
    CommitReply, CommitRequest, CommitStyle, ErrorCode, FileDiff, GitStatus, HistoryItem, Spaces, Trust,
};

/// Commits whose style a suggestion follows.
const STYLE_FROM: usize = 20;

impl Workspace {
    /// Branch, upstream, last commit and every changed file, records first.
    ///
    /// # Errors
    /// `not-a-repository`, `git`, `git-missing`.
    pub fn git_status(&self) -> Result<GitStatus> {
        let trust = self.trust()?;
        let entries = self.entries(&trust, &[])?;
        self.status_of(&entries, trust)
    }

    /// [`Self::git_status`] of the folders of records alone: in a large repository they can be shown long before the rest.
    ///
    /// # Errors
    /// As [`Self::git_status`].
    pub fn record_status(&self) -> Result<GitStatus> {
        let trust = self.trust()?;
        let state = self.state();
        let folders: Vec<&str> = state.logs.iter().map(|log| log.folder.as_str()).collect();
        // A log at the top holds everything; without one there is nothing to show first.
        let entries =
            if folders.is_empty() || folders.contains(&"") { Vec::new() } else { self.listed(&trust, &folders)? };
        self.status_of(&entries, trust)
    }

    fn status_of(&self, entries: &[Entry], trust: Trust) -> Result<GitStatus> {
        let place = status::place(self.root())?;
        let state = self.state();
        let files =
            with_records(&state, |records| changes::list(&self.git_repository()?, self.root(), entries, records))?;
        Ok(GitStatus {
            branch: place.branch,
            default_branch: place.default_branch,
            head: place.head,
            detached: place.detached,
            operation: place.operation,
            upstream: place.upstream,
            ahead: place.ahead,
            behind: place.behind,
            files,
            last_commit: place.last_commit,
            author: place.author,
            trust,
        })
    }

    /// What one side of a changed file changes: HEAD against what is staged, or that against the disk.
    ///
    /// # Errors
    /// `not-found` when that side has no change any more; `usage`, `git`.
    pub fn file_diff(&self, path: &str, staged: bool, spaces: Spaces) -> Result<FileDiff> {
        let entry = self.entry(path, staged)?;
        let state = self.state();
        with_records(&state, |records| {
            changes::file_diff(&self.git_repository()?, self.root(), &entry, records, spaces)
        })
    }

    /// One side of a changed file, as git sees it now.
    pub(super) fn entry(&self, path: &str, staged: bool) -> Result<Entry> {
        repo::checked(path)?;
        let trust = self.trust()?;
        let find = |only: &[&str]| {
            let wanted = |entry: &Entry| entry.path == path && entry.staged == staged;
            self.entries(&trust, only).map(|entries| entries.into_iter().find(wanted))
        };
        // Looking at one path is quick in a large repository; only a new file may be one side of a rename.
        let entry = match find(&[path])? {
            Some(entry) if entry.change == Change::Added => find(&[])?,
            entry => entry,
        };
        entry.ok_or_else(|| {
            let side = if staged { "staged change" } else { "change" };
            Error::new(ErrorCode::NotFound, format!("{path} has no {side}"))
                .with_hint("the list of changes was out of date; read it again")
                .at(path)
        })
    }

    /// Stages files as they are on disk.
    ///
    /// # Errors
    /// `not-found`, `needs-trust` (a clean filter would run), `git`.
    pub fn stage(&self, paths: &[String]) -> Result<GitStatus> {
        self.stage_files(paths)?;
        self.git_status()
    }

    /// [`Self::stage`] without reading the status afterwards.
    pub(crate) fn stage_files(&self, paths: &[String]) -> Result<()> {
        stage::stage(self.root(), &self.program(), &self.trust()?, paths)
    }

    /// Takes files out of the next commit.
    ///
    /// # Errors
    /// `usage`, `git`.
    pub fn unstage(&self, paths: &[String]) -> Result<GitStatus> {
        self.in_repository()?;
        stage::unstage(self.root(), paths)?;
        self.git_status()
    }

    /// Up to three messages for what is staged (or, with nothing staged, for all changed records); best first.
    ///
    /// # Errors
    /// `git`.
    pub fn commit_suggestions(&self, style: CommitStyle) -> Result<Vec<String>> {
        let trust = self.trust()?;
        let entries = self.entries(&trust, &[])?;
        let any_staged = entries.iter().any(|entry| entry.staged);
        let chosen: Vec<&Entry> =
            entries.iter().filter(|entry| entry.staged == any_staged && entry.change != Change::Conflicted).collect();
        let repo = self.git_repository()?;
        let reader = Reader::new(&repo)?;
        let state = self.state();
        let versions = with_records(&state, |records| {
            chosen.iter().map(|entry| reader.versions(self.root(), entry, records)).collect::<Vec<_>>()
        });
        let pairs = chosen.iter().zip(&versions);
        let records: Vec<StagedRecord<'_>> = pairs
            .clone()
            .filter(|(_, versions)| versions.is_record && versions.notice.is_none())
            .map(|(_, versions)| StagedRecord { old: versions.old_record(), new: versions.new_record() })
            .collect();
        let others: Vec<&str> =
            pairs.filter(|(_, versions)| !versions.is_record).map(|(entry, _)| entry.path.as_str()).collect();
        // Only what is staged is committed; unstaged other files start unticked and are not spoken of.
        let others = if any_staged { others } else { Vec::new() };
        let recent = match style {
            CommitStyle::Auto => commit::recent_subjects(self.root(), STYLE_FROM)?,
            _ => Vec::new(),
        };
        let style = match style {
            CommitStyle::Auto => Style::Like(&recent),
            CommitStyle::Conventional => Style::Conventional,
            CommitStyle::Plain => Style::Plain,
        };
        Ok(suggest::suggestions(&records, &others, style))
    }

    /// Makes a commit of what is staged (and of `request.stage`, staged first).
    ///
    /// # Errors
    /// `usage`, `nothing-staged`, `identity-missing`, `needs-trust`, `hook-failed`, `git-missing`, `git`.
    pub fn commit(&self, request: &CommitRequest) -> Result<CommitReply> {
        self.commit_telling(request, &mut |_| {}, &|| false)
    }

    /// [`Self::commit`], telling what hooks print while they run. `stop` is asked often and ends it: then nothing was
    /// committed, the message is kept and what is staged is as it was.
    ///
    /// # Errors
    /// As [`Self::commit`]; `cancelled`.
    pub fn commit_telling(
        &self,
        request: &CommitRequest,
        tell: &mut dyn FnMut(&str),
        stop: &dyn Fn() -> bool,
    ) -> Result<CommitReply> {
        self.in_repository()?;
        let own = self.store.own();
        let folders = commit::Folders { config: &self.place.config, own: &own };
        commit::commit(self.root(), &self.program(), folders, request, &mut Listener { hear: tell, stop })
    }

    /// Commits that touched a record, newest first, across renames.
    ///
    /// # Errors
    /// `usage`, `git`.
    pub fn history(&self, path: &str) -> Result<Vec<HistoryItem>> {
        let program = self.trust()?.trusted.then(|| self.program());
        history::history(self.root(), program.as_ref(), &self.histories, path)
    }

    /// What a commit of its history changed in a record.
    ///
    /// # Errors
    /// `not-found` when the commit did not touch it; `usage`, `git`.
    pub fn commit_diff(&self, path: &str, commit: &str) -> Result<FileDiff> {
        let items = self.history(path)?;
        let repo = self.git_repository()?;
        let [(_, old), (name, new)] = history::around(&repo, &items, path, commit)?;
        let state = self.state();
        with_records(&state, |records| {
            let versions = versions::compare(&old, &new, &RecordPath::new(name.as_str()), records);
            Ok(changes::diff_of(&versions, path, false, Spaces::Shown))
        })
    }

    /// `Name <address>` that git would commit with here; `None` when it is not set, or without git.
    pub fn author(&self) -> Option<String> {
        self.git_repository().ok().and_then(|repo| status::author(&repo))
    }

    /// Whether the user's `git` may be started in this repository, and what it would start.
    ///
    /// # Errors
    /// `not-a-repository`, `needs-trust` when it belongs to another user.
    pub fn trust(&self) -> Result<Trust> {
        self.in_repository()?;
        trust::trust(&self.git_repository()?, &self.place.config)
    }

    pub(crate) fn entries(&self, trust: &Trust, only: &[&str]) -> Result<Vec<Entry>> {
        let listed = self.listed(trust, only)?;
        if only.is_empty() { renames::joined(&self.git_repository()?, listed) } else { Ok(listed) }
    }

    fn listed(&self, trust: &Trust, only: &[&str]) -> Result<Vec<Entry>> {
        if trust.trusted {
            // Reading works without the program, or with one too old; what needs it says so.
            if let Ok(entries) = status::by_program(&self.program(), self.root(), only) {
                return Ok(entries);
            }
        }
        status::by_libgit2(&self.git_repository()?, only)
    }

    pub(crate) fn program(&self) -> Program {
        Program::new(&self.place.git)
    }

    pub(crate) fn in_repository(&self) -> Result<()> {
        if self.git_dir().is_some() {
            return Ok(());
        }
        let (why, hint) = match &self.git().notice {
            Some(notice) => {
                (notice.clone(), "records can be read and edited; what compares commits cannot be done here")
            }
            None => {
                (format!("{} is read without git", self.root().display()), "set up git here to see changes and commit")
            }
        };
        Err(Error::new(ErrorCode::NotARepository, why).with_hint(hint).at(self.root()))
    }
}

pub(crate) fn with_records<T>(state: &State, run: impl FnOnce(&Records<'_>) -> T) -> T {
    let folders: Vec<String> = state.logs.iter().map(|log| log.folder.clone()).collect();
    run(&Records {
        known: &|path: &RecordPath| state.files.contains_key(path),
        folders: &folders,
        options: &|folder| scan::parse_options(&state.config, folder),
    })
}
