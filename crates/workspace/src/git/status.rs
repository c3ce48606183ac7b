//! Which files changed: by the user's `git status` in trusted repositories (the authority on filters, sparse checkouts
//! and the like), by libgit2 otherwise. Both give the same entries on ordinary repositories (a differential test).

use super::program::Program;
use super::repo::{failed, open};
use crate::error::{Error, Result};
use git2::{Delta, Oid, Repository, RepositoryState, Status, StatusOptions};
use precedent_core::wire::{ErrorCode, HistoryItem};
use std::path::Path;

/// One side of a changed file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) staged: bool,
    pub(crate) change: Change,
    /// Where it was before a rename.
    pub(crate) old_path: Option<String>,
    /// What git has of it before and after, where the listing said so: of a staged side in HEAD and staged, of the other
    /// as staged alone. Looking it up needs the whole list of what is staged, which takes its time in a large repository.
    pub(crate) old: Blob,
    pub(crate) new: Blob,
}

/// One of git's contents of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blob {
    #[default]
    Unknown,
    Absent,
    Is(Oid),
}

impl From<Oid> for Blob {
    fn from(id: Oid) -> Self {
        if id.is_zero() { Blob::Absent } else { Blob::Is(id) }
    }
}

impl Entry {
    pub(crate) fn new(path: String, staged: bool, change: Change) -> Self {
        Self { path, staged, change, old_path: None, old: Blob::Unknown, new: Blob::Unknown }
    }
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    Added,
    Modified,
    Deleted,
    Renamed,
    Conflicted,
    Retyped,
}

impl Change {
    /// The wire's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Modified => "modified",
            Change::Deleted => "deleted",
            Change::Renamed => "renamed",
            Change::Conflicted => "conflicted",
            Change::Retyped => "typechange",
        }
    }
}

/// Changed files as libgit2 sees them, sorted by path, staged side first. With `only`, those at these paths or below: a
/// rename shows as an added file then, its other side being out of sight.
pub(crate) fn by_libgit2(repo: &Repository, only: &[&str]) -> Result<Vec<Entry>> {
    let mut options = StatusOptions::new();
    for path in only {
        options.pathspec(path).disable_pathspec_match(true);
    }
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .renames_head_to_index(true)
        .include_unmodified(false)
        .include_ignored(false)
        .update_index(false);
    let statuses = repo.statuses(Some(&mut options)).map_err(|error| failed("read the changes", &error))?;
    let mut entries = Vec::new();
    for status in statuses.iter() {
        let path = String::from_utf8_lossy(status.path_bytes()).into_owned();
        let bits = status.status();
        if bits.contains(Status::CONFLICTED) {
            entries.push(Entry::new(path, false, Change::Conflicted));
            continue;
        }
        if let Some(change) = staged_change(bits) {
            let delta = status.head_to_index();
            let new = delta.as_ref().and_then(|delta| delta.new_file().path_bytes());
            let old = delta
                .as_ref()
                .filter(|delta| delta.status() == Delta::Renamed)
                .and_then(|delta| delta.old_file().path_bytes());
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            entries.push(Entry {
                old_path: old.map(text),
                old: delta.as_ref().map_or(Blob::Unknown, |delta| delta.old_file().id().into()),
                new: delta.as_ref().map_or(Blob::Unknown, |delta| delta.new_file().id().into()),
                ..Entry::new(new.map_or_else(|| path.clone(), text), true, change)
            });
        }
        if let Some(change) = worktree_change(bits) {
            let delta = status.index_to_workdir();
            let new = delta.as_ref().and_then(|delta| delta.new_file().path_bytes().map(<[u8]>::to_vec));
            let path = new.map_or(path, |bytes| String::from_utf8_lossy(&bytes).into_owned());
            // A new file is in git nowhere, whatever an intent to add left there.
            let old = match delta {
                Some(delta) if change != Change::Added => delta.old_file().id().into(),
                _ => Blob::Unknown,
            };
            entries.push(Entry { old, ..Entry::new(path, false, change) });
        }
    }
    Ok(sorted(entries))
}

fn staged_change(bits: Status) -> Option<Change> {
    match bits {
        bits if bits.contains(Status::INDEX_RENAMED) => Some(Change::Renamed),
        bits if bits.contains(Status::INDEX_NEW) => Some(Change::Added),
        bits if bits.contains(Status::INDEX_DELETED) => Some(Change::Deleted),
        bits if bits.contains(Status::INDEX_TYPECHANGE) => Some(Change::Retyped),
        bits if bits.contains(Status::INDEX_MODIFIED) => Some(Change::Modified),
        _ => None,
    }
}

fn worktree_change(bits: Status) -> Option<Change> {
    match bits {
        bits if bits.contains(Status::WT_NEW) => Some(Change::Added),
        bits if bits.contains(Status::WT_DELETED) => Some(Change::Deleted),
        bits if bits.contains(Status::WT_TYPECHANGE) => Some(Change::Retyped),
        bits if bits.intersects(Status::WT_MODIFIED | Status::WT_RENAMED) => Some(Change::Modified),
        _ => None,
    }
}

/// Changed files as `git status` says, in the same order; `only` as for [`by_libgit2`].
pub(crate) fn by_program(program: &Program, root: &Path, only: &[&str]) -> Result<Vec<Entry>> {
    let mut args =
        vec!["status", "--porcelain=v2", "-z", "--untracked-files=all", "--find-renames=50%", "--no-ahead-behind"];
    if !only.is_empty() {
        args.push("--");
        args.extend(only);
    }
    parse_porcelain(&program.read(root, &args)?)
}

fn parse_porcelain(bytes: &[u8]) -> Result<Vec<Entry>> {
    let text = String::from_utf8_lossy(bytes);
    let mut fields = text.split('\0');
    let mut entries = Vec::new();
    while let Some(line) = fields.next() {
        let kind = line.as_bytes().first();
        // Number of fields before the path, by kind of line.
        let before_path = match kind {
            Some(b'1') => 8,
            Some(b'2') => 9,
            Some(b'u') => 10,
            Some(b'?') => 1,
            None | Some(b'#' | b'!') => continue,
            Some(_) => return Err(unreadable(line)),
        };
        let parts: Vec<&str> = line.splitn(before_path + 1, ' ').collect();
        let (Some(path), Some(codes)) = (parts.get(before_path), parts.get(1)) else { return Err(unreadable(line)) };
        let path = (*path).to_owned();
        match kind {
            Some(b'?') => entries.push(Entry::new(path, false, Change::Added)),
            Some(b'u') => entries.push(Entry::new(path, false, Change::Conflicted)),
            _ => {
                let origin = if kind == Some(&b'2') { fields.next() } else { None };
                let id =
                    |at: usize| parts.get(at).and_then(|id| Oid::from_str(id).ok()).map_or(Blob::Unknown, Blob::from);
                push_sides(codes, &path, origin, [id(6), id(7)], &mut entries);
            }
        }
    }
    Ok(sorted(entries))
}

/// The two letters `XY`: staged side and worktree side.
fn push_sides(codes: &str, path: &str, origin: Option<&str>, [head, index]: [Blob; 2], entries: &mut Vec<Entry>) {
    let mut letters = codes.chars();
    for staged in [true, false] {
        let change = match letters.next() {
            Some('M') => Change::Modified,
            Some('T') => Change::Retyped,
            Some('A' | 'C') => Change::Added,
            Some('D') => Change::Deleted,
            Some('R') => Change::Renamed,
            _ => continue,
        };
        let old_path = origin.filter(|_| change == Change::Renamed).map(str::to_owned);
        let (old, new) = match (staged, change) {
            (true, _) => (head, index),
            (false, Change::Added) => (Blob::Unknown, Blob::Unknown),
            (false, _) => (index, Blob::Unknown),
        };
        entries.push(Entry { old_path, old, new, ..Entry::new(path.to_owned(), staged, change) });
    }
}

fn unreadable(line: &str) -> Error {
    Error::new(ErrorCode::Git, "git's answer about changed files could not be read")
        .with_hint("update git; 2.34 or later is needed")
        .with_details(line)
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|a, b| a.path.cmp(&b.path).then(b.staged.cmp(&a.staged)));
    entries
}

/// Where HEAD stands.
pub(crate) struct Place {
    pub(crate) branch: Option<String>,
    pub(crate) default_branch: Option<String>,
    pub(crate) head: Option<String>,
    pub(crate) detached: bool,
    pub(crate) operation: Option<String>,
    pub(crate) upstream: Option<String>,
    pub(crate) ahead: u32,
    pub(crate) behind: u32,
    pub(crate) last_commit: Option<HistoryItem>,
    pub(crate) author: Option<String>,
}

/// Branch, upstream, last commit and what is under way.
pub(crate) fn place(root: &Path) -> Result<Place> {
    let repo = open(root)?;
    let detached = repo.head_detached().unwrap_or(false);
    let head = repo.head().ok();
    let commit = head.as_ref().and_then(|head| head.peel_to_commit().ok());
    let branch = branch_name(&repo, detached);
    let (upstream, ahead, behind) = upstream(&repo, branch.as_deref()).unwrap_or_default();
    Ok(Place {
        branch,
        default_branch: super::branch::default_branch(&repo),
        head: commit.as_ref().map(short_id),
        detached,
        operation: operation(repo.state()),
        upstream,
        ahead,
        behind,
        last_commit: commit.as_ref().map(super::history::item),
        author: author(&repo),
    })
}

/// The branch that HEAD names, even before its first commit.
pub(crate) fn branch_name(repo: &Repository, detached: bool) -> Option<String> {
    if detached {
        return None;
    }
    let head = repo.find_reference("HEAD").ok()?;
    let target = head.symbolic_target().ok().flatten()?;
    Some(target.strip_prefix("refs/heads/").unwrap_or(target).to_owned())
}

pub(crate) fn short_id(commit: &git2::Commit<'_>) -> String {
    let short = commit.as_object().short_id().ok();
    short.and_then(|id| id.as_str().ok().map(str::to_owned)).unwrap_or_else(|| commit.id().to_string())
}

fn upstream(repo: &Repository, branch: Option<&str>) -> Option<(Option<String>, u32, u32)> {
    let local = repo.find_branch(branch?, git2::BranchType::Local).ok()?;
    let upstream = local.upstream().ok()?;
    let name = upstream.name().ok().flatten().map(str::to_owned);
    let (here, there) = (local.get().target()?, upstream.get().target()?);
    let (ahead, behind) = repo.graph_ahead_behind(here, there).ok()?;
    Some((name, count(ahead), count(behind)))
}

/// What is under way, by the wire's word.
pub(crate) fn operation(state: RepositoryState) -> Option<String> {
    let word = match state {
        RepositoryState::Clean => return None,
        RepositoryState::Merge => "merge",
        RepositoryState::Revert | RepositoryState::RevertSequence => "revert",
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => "cherry-pick",
        RepositoryState::Bisect => "bisect",
        RepositoryState::Rebase
        | RepositoryState::RebaseInteractive
        | RepositoryState::RebaseMerge
        | RepositoryState::ApplyMailbox
        | RepositoryState::ApplyMailboxOrRebase => "rebase",
    };
    Some(word.to_owned())
}

/// `Name <address>` that git would commit with.
pub(crate) fn author(repo: &Repository) -> Option<String> {
    let config = repo.config().ok()?.snapshot().ok()?;
    let value = |name: &str| {
        config.get_string(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    Some(format!("{} <{}>", value("user.name")?, value("user.email")?))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
