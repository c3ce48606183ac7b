//! The part of [`Workspace`] about branches, remotes, the log and what is under way. Each asks for trust before the
//! user's `git` is started.

use super::facade::with_records;
use super::program::Program;
use super::running::Running;
use super::syncing::{self, Waiting};
use super::{log, place, repo, stash, switching, trust};
use crate::error::{Error, Result};
use crate::workspace::{Place, Workspace};
use precedent_core::RecordPath;
use precedent_core::wire::{
    BranchComparison, BranchRequest, CloneReply, CloneRequest, DeletedBranch, ErrorCode, FileDiff, GitPlace, LogPage,
    OperationStep, StashReply, SwitchPreview, SwitchRequest, SyncKind, SyncReply, SyncRequest,
};

impl Workspace {
    /// Where one stands: branches, remotes, stashes, worktrees, what is under way. Starts no program.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn git_place(&self) -> Result<GitPlace> {
        self.in_repository()?;
        place::place(&self.git_repository()?, stash::list(self.root())?)
    }

    /// Fetches, pulls or pushes with the user's git.
    ///
    /// # Errors
    /// `needs-trust`, `no-remote`, `usage`, `git-missing`, `git`. How the run itself ended is in the reply.
    pub fn sync(&self, request: &SyncRequest, wait: &mut Waiting<'_>) -> Result<SyncReply> {
        self.trusted(request.trust, "this")?;
        let what = match request.kind {
            SyncKind::Fetch | SyncKind::Unshallow => "a fetch",
            SyncKind::PullRebase | SyncKind::PullMerge => "a pull",
            SyncKind::Push | SyncKind::PushOver => "a push",
        };
        let _running = self.running(what);
        syncing::sync(self.root(), &self.program(), request, wait)
    }

    /// Makes a branch and switches to it.
    ///
    /// # Errors
    /// `usage` for the name; `needs-trust` from elsewhere than here; `git`.
    pub fn create_branch(&self, request: &BranchRequest) -> Result<()> {
        self.in_repository()?;
        if request.from.is_some() {
            self.trusted(request.trust, "checking out a branch")?;
        }
        let _running = self.running(&format!("making the branch {}", request.name));
        switching::create(self.root(), &self.program(), request)
    }

    /// What switching to a branch would carry along, and what is in the way.
    ///
    /// # Errors
    /// `not-found`, `git`.
    pub fn plan_switch(&self, branch: &str) -> Result<SwitchPreview> {
        let entries = self.entries(&self.trust()?, &[])?;
        switching::preview(&self.git_repository()?, &entries, branch)
    }

    /// Switches to a branch of here, or to one of a remote that is then followed.
    ///
    /// # Errors
    /// `needs-trust`; `conflict` when a changed file would be overwritten; `usage`, `not-found`, `git`.
    pub fn switch_branch(&self, request: &SwitchRequest) -> Result<()> {
        self.trusted(request.trust, "checking out a branch")?;
        let _running = self.running(&format!("switching to {}", request.branch));
        switching::switch(self.root(), &self.program(), &request.branch, request.stash)
    }

    /// # Errors
    /// `usage`, `not-found`, `git`.
    pub fn rename_branch(&self, old: &str, new: &str) -> Result<()> {
        self.in_repository()?;
        switching::rename(self.root(), old, new)
    }

    /// Deletes a branch; [`Self::restore_branch`] takes the answer back.
    ///
    /// # Errors
    /// `usage` for the one that is checked out; `not-found`, `git`.
    pub fn delete_branch(&self, name: &str) -> Result<DeletedBranch> {
        self.in_repository()?;
        switching::delete(self.root(), name)
    }

    /// # Errors
    /// `usage` when there is such a branch again; `git`.
    pub fn restore_branch(&self, deleted: &DeletedBranch) -> Result<()> {
        self.in_repository()?;
        switching::restore(self.root(), deleted)
    }

    /// # Errors
    /// `usage`, `git`.
    pub fn add_remote(&self, name: &str, address: &str) -> Result<()> {
        self.in_repository()?;
        switching::add_remote(self.root(), name, address)
    }

    /// A branch beside the one that others start from.
    ///
    /// # Errors
    /// `not-found`, `git`.
    pub fn compare_branch(&self, branch: &str, base: &str) -> Result<BranchComparison> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        with_records(&self.state(), |records| log::compare(&repo, records, branch, base))
    }

    /// A page of the repository's log.
    ///
    /// # Errors
    /// `git`.
    pub fn repository_log(&self, from: Option<&str>, words: &str) -> Result<LogPage> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        with_records(&self.state(), |records| log::page(&repo, records, from, words))
    }

    /// What one commit changed in one file, whoever's history it belongs to.
    ///
    /// # Errors
    /// `not-found`, `git`.
    pub fn log_diff(&self, commit: &str, path: &str) -> Result<FileDiff> {
        self.in_repository()?;
        repo::checked(path)?;
        let repo = self.git_repository()?;
        with_records(&self.state(), |records| log::diff(&repo, records, commit, &RecordPath::new(path)))
    }

    /// Goes on with, skips a step of, or aborts what is under way.
    ///
    /// # Errors
    /// `usage`, `needs-trust`, `git`.
    pub fn step_operation(&self, step: OperationStep, trust: bool) -> Result<()> {
        self.trusted(trust, "this")?;
        let _running = self.running("what git was in the middle of");
        switching::step(self.root(), &self.program(), step, &|| false)
    }

    /// Puts everything that is not committed aside.
    ///
    /// # Errors
    /// `usage` with nothing to put aside; `needs-trust`, `git`.
    pub fn save_stash(&self, message: &str, trust: bool) -> Result<()> {
        self.trusted(trust, "a stash")?;
        let _running = self.running("putting changes aside");
        stash::save(self.root(), &self.program(), message)
    }

    /// Brings a stash back. It is kept where `pop` does not ask otherwise, and where something met changes of here.
    ///
    /// # Errors
    /// `conflict` when it would write over changes; `usage` while conflicts are left; `not-found`, `needs-trust`, `git`.
    pub fn apply_stash(&self, commit: &str, pop: bool, trust: bool) -> Result<StashReply> {
        self.trusted(trust, "a stash")?;
        let _running = self.running("bringing changes back");
        stash::apply(self.root(), &self.program(), commit, pop)
    }

    /// # Errors
    /// `not-found`, `needs-trust`, `git`.
    pub fn drop_stash(&self, commit: &str, trust: bool) -> Result<()> {
        self.trusted(trust, "a stash")?;
        stash::drop(self.root(), &self.program(), commit)
    }

    /// # Errors
    /// `needs-trust`, `git`.
    pub fn restore_stash(&self, commit: &str, message: &str) -> Result<()> {
        self.trusted(false, "a stash")?;
        stash::restore(self.root(), &self.program(), commit, message)
    }

    fn running(&self, what: &str) -> Option<Running> {
        Some(Running::begin(&self.git_dir()?, what))
    }

    /// Asks whether the user's git may be started here, after remembering that the user said so.
    pub(crate) fn trusted(&self, agreed: bool, what: &str) -> Result<()> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        if agreed {
            trust::remember(&repo, &self.place.config)?;
        }
        let trust = trust::trust(&repo, &self.place.config)?;
        if trust.trusted { Ok(()) } else { Err(trust::needed(&trust, what)) }
    }
}

/// Clones a repository with the user's git.
///
/// # Errors
/// `usage`, `git-missing`, `io`. How the run ended is in the reply.
pub fn clone_repository(request: &CloneRequest, place: &Place, wait: &mut Waiting<'_>) -> Result<CloneReply> {
    if let Some(trouble) = super::git_trouble(&place.git) {
        return Err(Error::new(ErrorCode::GitMissing, format!("git {} or later is needed", trouble.needed))
            .with_hint("install or update git, then clone again"));
    }
    syncing::clone(&Program::new(&place.git), request, wait)
}
