//! Conflicts of a merge, rebase, cherry-pick or revert: read from git's three versions, settled through the one writer of
//! files ([`crate::store`], so that it can be taken back), and staged.

use super::facade::with_records;
use super::place;
use super::repo::{self, Content, failed};
use super::versions::Records;
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use git2::{Index, IndexEntry, Repository, RepositoryState};
use precedent_core::merging::{self, Choice, Merge};
use precedent_core::plan::FileWrite;
use precedent_core::record::{decode, parse};
use precedent_core::wire::{
    ConflictAnswer, ConflictPart, ConflictSide, ConflictView, ErrorCode, GitStatus, JoinedField, SettleHow,
    SettleRequest,
};
use precedent_core::{RecordPath, WritePlan, diff};
use std::path::Path;

/// git's three versions of a file; the sides are a person's own and the other's.
struct Versions {
    base: Content,
    mine: Content,
    theirs: Content,
    digest: String,
}

impl Workspace {
    /// A file in conflict, merged as far as that goes by itself.
    ///
    /// # Errors
    /// `not-found` when it has no conflict (any more); `usage`, `git`.
    pub fn conflict(&self, path: &str) -> Result<ConflictView> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let versions = versions(&repo, self.root(), path)?;
        let state = self.state();
        Ok(with_records(&state, |records| view(&repo, self.root(), path, &versions, records)))
    }

    /// Settles a conflict: writes the file (a step that can be taken back) and stages it.
    ///
    /// # Errors
    /// `conflict` when the file or its versions changed since; `usage` while something is left to say; `git`.
    pub fn settle_conflict(&self, request: &SettleRequest) -> Result<GitStatus> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let path = RecordPath::new(request.path.as_str());
        let versions = versions(&repo, self.root(), path.as_str())?;
        if versions.digest != request.digest {
            return Err(Error::new(ErrorCode::Conflict, format!("{path} changed since it was looked at"))
                .with_hint("look at it again; nothing was written")
                .at(path.as_str()));
        }
        if let Some(after) = settled(&versions, request, self.root())? {
            let before = match repo::on_disk(self.root(), Path::new(path.as_str())) {
                Content::Absent => None,
                Content::Bytes(bytes) => Some(bytes),
                Content::TooLarge => return Err(too_large(path.as_str())),
            };
            if before != after {
                let files = vec![FileWrite { path: path.clone(), before, after }];
                self.write(&WritePlan { title: format!("Settle {}", path.file_name()), files }, None)?;
            }
        }
        self.stage_files(&[path.to_string()])?;
        self.git_status()
    }
}

/// What the file becomes: `None` leaves it as it is on disk, `Some(None)` deletes it.
fn settled(versions: &Versions, request: &SettleRequest, root: &Path) -> Result<Option<Option<Vec<u8>>>> {
    let whole = |content: &Content| match content {
        Content::Absent => Ok(Some(None)),
        Content::Bytes(bytes) => Ok(Some(Some(bytes.clone()))),
        Content::TooLarge => Err(too_large(&request.path)),
    };
    match request.how {
        SettleHow::Mine => whole(&versions.mine),
        SettleHow::Theirs => whole(&versions.theirs),
        SettleHow::AsOnDisk => {
            let bytes = std::fs::read(root.join(&request.path)).unwrap_or_default();
            if merging::has_marks(&decode(&bytes).0) {
                return Err(Error::new(
                    ErrorCode::Usage,
                    format!("{} still holds marks of the conflict", request.path),
                )
                .with_hint("settle each place between `<<<<<<<` and `>>>>>>>`, and take the marks out"));
            }
            Ok(None)
        }
        SettleHow::Answers => {
            let merged = merge(versions).ok_or_else(|| {
                Error::new(ErrorCode::Usage, format!("{} is merged as a whole only", request.path))
                    .with_hint("take one side, or settle it in an editor")
            })?;
            let choices: Vec<Choice> = request.answers.iter().map(choice).collect();
            let text = merged.resolved(&choices).filter(|_| choices.len() == merged.conflicts().count());
            let text = text.ok_or_else(|| {
                Error::new(ErrorCode::Usage, "something is left to settle")
                    .with_hint("choose for each place, then mark it resolved")
            })?;
            Ok(Some(Some(text.into_bytes())))
        }
    }
}

fn choice(answer: &ConflictAnswer) -> Choice {
    match answer.side {
        ConflictSide::Mine => Choice::Ours,
        ConflictSide::Theirs => Choice::Theirs,
        ConflictSide::Both => Choice::Both,
        ConflictSide::Text => Choice::Text(answer.text.clone().unwrap_or_default()),
    }
}

fn too_large(path: &str) -> Error {
    Error::new(ErrorCode::Usage, format!("{path} is too large to be settled here"))
        .with_hint("settle it in an editor, then mark it resolved")
}

/// git moves a person's commits onto the others' in a rebase, so its "ours" are the others.
fn is_turned(repo: &Repository) -> bool {
    matches!(
        repo.state(),
        RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge
            | RepositoryState::ApplyMailbox
            | RepositoryState::ApplyMailboxOrRebase
    )
}

fn versions(repo: &Repository, root: &Path, path: &str) -> Result<Versions> {
    repo::checked(path)?;
    let mut index = repo.index().map_err(|error| failed("read what is staged", &error))?;
    index.read(false).map_err(|error| failed("read what is staged", &error))?;
    let stage = |number: i32| index.get_path(Path::new(path), number);
    let (base, ours, theirs) = (stage(1), stage(2), stage(3));
    if ours.is_none() && theirs.is_none() && base.is_none() {
        return Err(none_here(&index, path));
    }
    let disk = repo::on_disk(root, Path::new(path));
    let id = |entry: &Option<IndexEntry>| entry.as_ref().map_or(String::new(), |entry| entry.id.to_string());
    let key =
        format!("{} {} {} {}", id(&base), id(&ours), id(&theirs), disk.bytes().map(scan::hash).unwrap_or_default());
    let content = |entry: Option<IndexEntry>| entry.map_or(Content::Absent, |entry| repo::in_blob(repo, entry.id));
    let (ours, theirs) = (content(ours), content(theirs));
    let (mine, theirs) = if is_turned(repo) { (theirs, ours) } else { (ours, theirs) };
    Ok(Versions { base: content(base), mine, theirs, digest: scan::hash(key.as_bytes()) })
}

fn none_here(index: &Index, path: &str) -> Error {
    let known = index.get_path(Path::new(path), 0).is_some();
    let what = if known { "has no conflict any more" } else { "is not in git" };
    Error::new(ErrorCode::NotFound, format!("{path} {what}")).with_hint("it was settled elsewhere").at(path)
}

/// The texts merged; `None` for what is no text, or a file that one side deleted.
fn merge(versions: &Versions) -> Option<Merge> {
    let text = |content: &Content| match content {
        Content::Bytes(bytes) if !content.is_binary() => String::from_utf8(bytes.clone()).ok(),
        _ => None,
    };
    let base = match &versions.base {
        Content::Absent => String::new(),
        base => text(base)?,
    };
    Some(merging::merge(&base, &text(&versions.mine)?, &text(&versions.theirs)?))
}

fn view(repo: &Repository, root: &Path, path: &str, versions: &Versions, records: &Records<'_>) -> ConflictView {
    let merged = merge(versions);
    let kind = match (&versions.base, &versions.mine, &versions.theirs) {
        (_, Content::Absent, _) => "deleted-here",
        (_, _, Content::Absent) => "deleted-there",
        _ if merged.is_none() => "whole",
        (Content::Absent, ..) => "both-added",
        _ => "both-changed",
    };
    let under = place::under_way(repo);
    // In a rebase, ours is named after the branch that is moved, theirs after the one it is moved onto.
    let name = |name: Option<String>| name.unwrap_or_default();
    let (mine_name, theirs_name) = under.map_or_else(Default::default, |under| (name(under.ours), name(under.theirs)));
    let shown = versions.mine.bytes().or(versions.theirs.bytes());
    let record_path = RecordPath::new(path);
    let parsed = shown
        .filter(|_| records.may_hold(path))
        .map(|bytes| parse(&record_path, bytes, &(records.options)(record_path.folder())));
    let parts = merged.iter().flat_map(Merge::conflicts).map(|conflict| {
        let prose = conflict.field.is_none();
        let html = |text: &str| if prose { diff::rendered(&conflict.base, text) } else { String::new() };
        ConflictPart {
            field: conflict.field.clone(),
            section: conflict.section.clone(),
            base: conflict.base.clone(),
            mine: conflict.ours.clone(),
            theirs: conflict.theirs.clone(),
            mine_html: html(&conflict.ours),
            theirs_html: html(&conflict.theirs),
            takes_both: conflict.takes_both(),
        }
    });
    let parts = parts.collect();
    let joined = merged.iter().flat_map(|merged| &merged.joined);
    let disk = repo::on_disk(root, Path::new(path));
    ConflictView {
        path: path.to_owned(),
        label: parsed.as_ref().and_then(|parsed| parsed.decision.digits.clone()),
        title: parsed.as_ref().and_then(|parsed| parsed.decision.title.clone()),
        kind: kind.to_owned(),
        mine_name,
        theirs_name,
        parts,
        joined: joined.map(|(field, value)| JoinedField { field: field.clone(), value: value.clone() }).collect(),
        marks: disk.bytes().is_some_and(|bytes| merging::has_marks(&decode(bytes).0)),
        digest: versions.digest.clone(),
    }
}
