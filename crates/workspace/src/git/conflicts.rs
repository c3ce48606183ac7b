//! Conflicts of a merge, rebase, cherry-pick, revert or stash, as git left them: up to three versions at a name, merged
//! as far as that goes by itself. [`super::settling`] writes what a person says to them.

use super::facade::with_records;
use super::place;
use super::repo::{self, Content, FILE, KIND, LINK, MODULE, failed};
use super::versions::Records;
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use git2::{Index, IndexEntry, Repository, RepositoryState};
use precedent_core::merging::{self, Merge};
use precedent_core::record::{decode, parse};
use precedent_core::wire::{ConflictFile, ConflictPart, ConflictView, ErrorCode, JoinedField};
use precedent_core::{RecordPath, diff};
use std::path::Path;

/// How files of LFS are kept in git: the text names what lies elsewhere, and half of two names is none.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// One of git's versions at a name.
pub(super) struct Version {
    pub(super) entry: Option<IndexEntry>,
    content: Content,
}

impl Version {
    fn of(repo: &Repository, entry: Option<IndexEntry>) -> Self {
        // What a submodule stands at is no blob of this repository.
        let content = entry.as_ref().map_or(Content::Absent, |entry| repo::in_blob(repo, entry.id));
        Self { entry, content }
    }

    pub(super) fn mode(&self) -> Option<u32> {
        self.entry.as_ref().map(|entry| entry.mode)
    }

    pub(super) fn is(&self, kind: u32) -> bool {
        self.mode().is_some_and(|mode| mode & KIND == kind)
    }

    /// Its text, if it is one that can be merged by lines.
    fn text(&self) -> Option<String> {
        let bytes = self.content.bytes().filter(|bytes| self.is(FILE) && !repo::is_binary(bytes))?;
        if bytes.starts_with(POINTER) { None } else { String::from_utf8(bytes.to_vec()).ok() }
    }

    pub(super) fn has_marks(&self) -> bool {
        self.content.bytes().is_some_and(|bytes| merging::has_marks(&decode(bytes).0))
    }
}

/// git's three versions of a file; the sides are a person's own and the other's.
pub(super) struct Versions {
    pub(super) base: Version,
    pub(super) mine: Version,
    pub(super) theirs: Version,
    pub(super) digest: String,
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
        with_records(&state, |records| view(&repo, self.root(), path, &versions, records))
    }
}

/// git moves a person's commits onto the others' in a rebase, so its "ours" are the others.
pub(super) fn is_turned(repo: &Repository) -> bool {
    matches!(
        repo.state(),
        RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge
            | RepositoryState::ApplyMailbox
            | RepositoryState::ApplyMailboxOrRebase
    )
}

pub(super) fn index(repo: &Repository) -> Result<Index> {
    let error = |error: git2::Error| failed("read what is staged", &error);
    let mut index = repo.index().map_err(error)?;
    index.read(false).map_err(error)?;
    Ok(index)
}

pub(super) fn versions(repo: &Repository, root: &Path, path: &str) -> Result<Versions> {
    repo::checked(path)?;
    let index = index(repo)?;
    let stage = |number: i32| index.get_path(Path::new(path), number);
    let (base, ours, theirs) = (stage(1), stage(2), stage(3));
    if ours.is_none() && theirs.is_none() && base.is_none() {
        return Err(none_here(&index, path));
    }
    let disk = repo::on_disk(root, Path::new(path));
    let name = |entry: &Option<IndexEntry>| {
        entry.as_ref().map_or(String::new(), |entry| format!("{} {:o}", entry.id, entry.mode))
    };
    let seen = disk.bytes().map(scan::hash).unwrap_or_default();
    let key = format!("{} {} {} {seen}", name(&base), name(&ours), name(&theirs));
    let [base, ours, theirs] = [base, ours, theirs].map(|entry| Version::of(repo, entry));
    let (mine, theirs) = if is_turned(repo) { (theirs, ours) } else { (ours, theirs) };
    Ok(Versions { base, mine, theirs, digest: scan::hash(key.as_bytes()) })
}

/// Takes a name's conflict out of what is staged, if it has one.
pub(super) fn forget(index: &mut Index, path: &str) -> std::result::Result<(), git2::Error> {
    let path = Path::new(path);
    let has = (1..4).any(|stage| index.get_path(path, stage).is_some());
    if has { index.conflict_remove(path) } else { Ok(()) }
}

fn none_here(index: &Index, path: &str) -> Error {
    let known = index.get_path(Path::new(path), 0).is_some();
    let what = if known { "has no conflict any more" } else { "is not in git" };
    Error::new(ErrorCode::NotFound, format!("{path} {what}")).with_hint("it was settled elsewhere").at(path)
}

/// The texts merged; `None` for what is no text, or a file that one side does not have.
pub(super) fn merge(versions: &Versions) -> Option<Merge> {
    let base = if versions.base.is(FILE) { versions.base.text()? } else { String::new() };
    Some(merging::merge(&base, &versions.mine.text()?, &versions.theirs.text()?))
}

/// The wire's word for a conflict.
pub(super) fn kind(versions: &Versions, merged: Option<&Merge>) -> &'static str {
    let Versions { base, mine, theirs, .. } = versions;
    let same = |a: &Version, b: &Version| a.entry.as_ref().map(|a| a.id) == b.entry.as_ref().map(|b| b.id);
    match (base.mode(), mine.mode(), theirs.mode()) {
        (_, None, None) => "both-gone",
        (None, Some(_), None) => "only-here",
        (None, None, Some(_)) => "only-there",
        (_, None, _) => "deleted-here",
        (_, _, None) => "deleted-there",
        _ if mine.is(MODULE) || theirs.is(MODULE) => "submodule",
        _ if mine.is(LINK) || theirs.is(LINK) => "link",
        _ if same(mine, theirs) => "mode",
        _ if merged.is_none() => "whole",
        (None, ..) => "both-added",
        _ => "both-changed",
    }
}

/// Where their file goes when both are kept: a name that nothing has.
pub(super) fn both_path(index: &Index, root: &Path, path: &str, versions: &Versions) -> Option<String> {
    let two = versions.mine.mode().is_some() && versions.theirs.mode().is_some();
    if !two || matches!(kind(versions, None), "mode" | "submodule") {
        return None;
    }
    let path = Path::new(path);
    let stem = path.file_stem()?.to_str()?;
    let ending = path.extension().map_or(Some(String::new()), |ending| Some(format!(".{}", ending.to_str()?)))?;
    let free = |name: &String| {
        let file = path.with_file_name(name);
        let staged = (0..4).any(|stage| index.get_path(&file, stage).is_some());
        !staged && root.join(&file).symlink_metadata().is_err()
    };
    let name = |at: u32| if at == 1 { format!("{stem}-theirs{ending}") } else { format!("{stem}-theirs-{at}{ending}") };
    let free = (1..100).map(name).find(free)?;
    Some(path.with_file_name(free).to_str()?.replace('\\', "/"))
}

/// The name under which the other side has the same file, after both renamed it: git puts the same blob at both names.
fn other_path(index: &Index, path: &str, versions: &Versions) -> Option<String> {
    let own = match kind(versions, None) {
        "only-here" => versions.mine.entry.as_ref(),
        "only-there" => versions.theirs.entry.as_ref(),
        _ => None,
    }?;
    let stage = |entry: &IndexEntry| (entry.flags >> 12) & 3;
    let alone =
        |entry: &IndexEntry| (1..4).filter(|stage| index.get_path(&named(entry), *stage).is_some()).count() == 1;
    let other = index.iter().find(|entry| {
        let opposite = matches!((stage(own), stage(entry)), (2, 3) | (3, 2));
        opposite && entry.id == own.id && named(entry) != Path::new(path) && alone(entry)
    })?;
    Some(String::from_utf8_lossy(&other.path).into_owned())
}

fn named(entry: &IndexEntry) -> std::path::PathBuf {
    String::from_utf8_lossy(&entry.path).into_owned().into()
}

fn file(version: &Version) -> ConflictFile {
    let text = || version.content.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (kind, says) = match &version.entry {
        None => ("none", None),
        Some(entry) if version.is(MODULE) => ("submodule", Some(entry.id.to_string().chars().take(7).collect())),
        Some(_) if version.is(LINK) => ("link", text()),
        Some(entry) if entry.mode & 0o100 != 0 => ("executable", None),
        Some(_) => ("file", None),
    };
    ConflictFile { kind: kind.to_owned(), says: says.unwrap_or_default() }
}

fn view(
    repo: &Repository,
    root: &Path,
    path: &str,
    versions: &Versions,
    records: &Records<'_>,
) -> Result<ConflictView> {
    let merged = merge(versions);
    let kind = kind(versions, merged.as_ref());
    let merged = merged.filter(|_| matches!(kind, "both-changed" | "both-added"));
    let index = index(repo)?;
    let under = place::under_way(repo);
    // In a rebase, ours is named after the branch that is moved, theirs after the one it is moved onto.
    let name = |name: Option<String>| name.unwrap_or_default();
    let (mine_name, theirs_name) = under.map_or_else(Default::default, |under| (name(under.ours), name(under.theirs)));
    let shown = versions.mine.content.bytes().or(versions.theirs.content.bytes());
    let record_path = RecordPath::new(path);
    let parsed = shown
        .filter(|_| records.may_hold(path) && !matches!(kind, "link" | "submodule"))
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
    Ok(ConflictView {
        path: path.to_owned(),
        label: parsed.as_ref().and_then(|parsed| parsed.decision.digits.clone()),
        title: parsed.as_ref().and_then(|parsed| parsed.decision.title.clone()),
        kind: kind.to_owned(),
        mine_name,
        theirs_name,
        mine: file(&versions.mine),
        theirs: file(&versions.theirs),
        both_path: both_path(&index, root, path, versions),
        other_path: other_path(&index, path, versions),
        parts,
        joined: joined.map(|(field, value)| JoinedField { field: field.clone(), value: value.clone() }).collect(),
        marks: disk.bytes().is_some_and(|bytes| merging::has_marks(&decode(bytes).0)),
        digest: versions.digest.clone(),
    })
}
