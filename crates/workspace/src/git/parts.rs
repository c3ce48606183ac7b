//! Hunks and lines of a changed file: staged, taken out of the next commit, or (for [`super::discard`]) thrown away.
//!
//! A part is named by the numbers of its lines in the diff that was on show, and by `base`, which names both texts: when
//! one of them has changed since, nothing happens. The new staged text is made by [`diff::picked`] from what git itself
//! stored and would store, so line ends and attributes are git's.

use super::contents::Means;
use super::facade::with_records;
use super::repo::{Content, KIND, LINK, MODULE, failed, head_tree};
use super::stage::{self, Filtered, filtered, index_entry};
use super::status::{Change, Entry};
use super::versions::{Reader, Versions, compare};
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use git2::Repository;
use precedent_core::RecordPath;
use precedent_core::diff::{self, Picked};
use precedent_core::wire::{DiffPart, ErrorCode, GitStatus, PartRequest, Spaces};
use std::borrow::Cow;
use std::path::Path;

impl Workspace {
    /// Stages some lines of a file, or takes them out of the next commit where the staged side was on show.
    ///
    /// # Errors
    /// `conflict` when the file is not what was on show any more; `not-found`, `needs-trust`, `git`.
    pub fn stage_part(&self, request: &PartRequest) -> Result<GitStatus> {
        let trust = self.trust()?;
        let program = self.program();
        let means = Means { root: self.root(), program: &program, trust: &trust };
        let entry = self.shown_entry(&request.path, request.staged, &request.base)?;
        let repo = self.git_repository()?;
        self.must_have_parts(&repo, &entry)?;
        if entry.staged {
            unstage_part(&repo, &entry, request)?;
        } else {
            stage_part(&repo, &means, &entry, request)?;
        }
        self.git_status()
    }

    /// The entry, when it is what was on show.
    pub(super) fn shown_entry(&self, path: &str, staged: bool, shown: &str) -> Result<Entry> {
        let entry = self.entry(path, staged)?;
        let repo = self.git_repository()?;
        let (old, new) = Reader::new(&repo)?.contents(self.root(), &entry);
        if base(self.root(), &entry, &old, &new) == shown {
            return Ok(entry);
        }
        Err(Error::new(ErrorCode::Conflict, format!("{path} has changed since it was shown; nothing was done"))
            .with_hint("look at the new difference, then choose again")
            .at(path))
    }

    pub(super) fn must_have_parts(&self, repo: &Repository, entry: &Entry) -> Result<()> {
        let (old, new) = Reader::new(repo)?.contents(self.root(), entry);
        let state = self.state();
        let path = RecordPath::new(entry.path.as_str());
        let versions = with_records(&state, |records| compare(&old, &new, &path, records));
        if versions.notice.is_none() && may_take(repo, self.root(), entry, &versions, [&old, &new]) {
            return Ok(());
        }
        Err(Error::new(ErrorCode::Usage, format!("{} cannot be taken apart", entry.path))
            .with_hint("its line ends, encoding, filter or kind of file make it one piece: take the whole file")
            .at(&entry.path))
    }
}

/// Whether hunks and lines of an entry can be taken on their own.
pub(super) fn may_take(
    repo: &Repository,
    root: &Path,
    entry: &Entry,
    versions: &Versions,
    contents: [&Content; 2],
) -> bool {
    let path = Path::new(&entry.path);
    if matches!(entry.change, Change::Conflicted | Change::Retyped)
        || (entry.change == Change::Renamed && !entry.staged)
    {
        return false;
    }
    let way = filtered(repo, path);
    let staged = repo.index().ok().and_then(|index| index.get_path(path, 0));
    let regular = staged.is_none_or(|entry| !matches!(entry.mode & KIND, LINK | MODULE));
    let file = root.join(path).symlink_metadata().map_or(true, |about| about.is_file());
    let wide = contents.iter().any(|content| content.bytes().is_some_and(is_wide));
    // Where git converts line ends they are none of the change; elsewhere every line differs by them.
    let ends = !versions.leveled || (way == Filtered::LineEnds && !entry.staged);
    way != Filtered::ByProgram && regular && file && !wide && ends
}

/// Names what is shown of an entry.
pub(super) fn base(root: &Path, entry: &Entry, old: &Content, new: &Content) -> String {
    let name = |content: &Content| match content {
        Content::Absent => "-".to_owned(),
        Content::Bytes(bytes) => scan::hash(bytes),
        // Too large to be shown: its size and time tell.
        Content::TooLarge => {
            let about = root.join(&entry.path).symlink_metadata().ok();
            let time = about.as_ref().and_then(|about| about.modified().ok());
            format!("{:?} {time:?}", about.map(|about| about.len()))
        }
    };
    scan::hash(format!("{} {} {}", entry.change.word(), name(old), name(new)).as_bytes())
}

fn stage_part(repo: &Repository, means: &Means<'_>, entry: &Entry, request: &PartRequest) -> Result<()> {
    let path = entry.path.as_str();
    let error = |error: git2::Error| failed(&format!("stage {path}"), &error).at(path);
    let mut index = repo.index().map_err(error)?;
    let known = index.get_path(Path::new(path), 0);
    let old = match &known {
        Some(known) if entry.change != Change::Added => repo.find_blob(known.id).map_err(error)?.content().to_vec(),
        _ => Vec::new(),
    };
    let gone = entry.change == Change::Deleted;
    let new = if gone { Vec::new() } else { means.cleaned(repo, path)? };
    let texts = Texts::new(&old, &new);
    let chosen = picked_of(&request.lines);
    let result = texts.bytes(&diff::picked(&texts.old, &texts.new, request.spaces, &chosen));
    if result == new {
        drop(index);
        return stage::stage(means.root, means.program, means.trust, &[path.to_owned()]);
    }
    let mode =
        known.filter(|_| entry.change != Change::Added).map_or_else(|| mode_of(means.root, path), |known| known.mode);
    let id = repo.blob(&result).map_err(error)?;
    index.add(&index_entry(path, id, i32::try_from(mode).unwrap_or(0o100_644))).map_err(error)?;
    index.write().map_err(error)
}

fn unstage_part(repo: &Repository, entry: &Entry, request: &PartRequest) -> Result<()> {
    let path = entry.path.as_str();
    let error = |error: git2::Error| failed(&format!("unstage {path}"), &error).at(path);
    let head = head_tree(repo)?;
    let committed = Path::new(entry.old_path.as_deref().unwrap_or(path));
    let committed = head.as_ref().and_then(|tree| tree.get_path(committed).ok());
    let mut index = repo.index().map_err(error)?;
    let staged = index.get_path(Path::new(path), 0);
    let content = |id: Option<git2::Oid>| -> Result<Vec<u8>> {
        id.map_or(Ok(Vec::new()), |id| Ok(repo.find_blob(id).map_err(error)?.content().to_vec()))
    };
    let old = content(committed.as_ref().map(git2::TreeEntry::id))?;
    let new = content(staged.as_ref().map(|staged| staged.id))?;
    let texts = Texts::new(&old, &new);
    let chosen = picked_of(&request.lines);
    let result = texts.bytes(&diff::unpicked(&texts.old, &texts.new, request.spaces, &chosen));
    if result == old {
        drop(index);
        return stage::unstage(repo.workdir().unwrap_or_else(|| repo.path()), &[path.to_owned()]);
    }
    let committed_mode = committed.map_or(0o100_644, |entry| entry.filemode());
    let mode = staged.map_or(committed_mode, |staged| i32::try_from(staged.mode).unwrap_or(0o100_644));
    let id = repo.blob(&result).map_err(error)?;
    index.add(&index_entry(path, id, mode)).map_err(error)?;
    index.write().map_err(error)
}

pub(super) fn picked_of(lines: &DiffPart) -> Picked {
    Picked { removed: lines.removed.iter().copied().collect(), added: lines.added.iter().copied().collect() }
}

/// The changes chosen of a diff taken back from the new text.
pub(super) fn without(old: &[u8], new: &[u8], spaces: Spaces, lines: &DiffPart) -> Vec<u8> {
    let texts = Texts::new(old, new);
    texts.bytes(&diff::unpicked(&texts.old, &texts.new, spaces, &picked_of(lines)))
}

/// Both sides as text. Bytes that are no UTF-8 become one letter each, so that lines can be told apart and put back.
struct Texts<'a> {
    old: Cow<'a, str>,
    new: Cow<'a, str>,
    by_letter: bool,
}

impl<'a> Texts<'a> {
    fn new(old: &'a [u8], new: &'a [u8]) -> Self {
        if let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) {
            return Self { old: old.into(), new: new.into(), by_letter: false };
        }
        let letters = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
        Self { old: letters(old).into(), new: letters(new).into(), by_letter: true }
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        if self.by_letter {
            text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect()
        } else {
            text.as_bytes().to_vec()
        }
    }
}

/// UTF-16: a line end is not one byte there.
fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

#[cfg(unix)]
fn mode_of(root: &Path, path: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    let runs = root.join(path).metadata().is_ok_and(|about| about.permissions().mode() & 0o100 != 0);
    if runs { 0o100_755 } else { 0o100_644 }
}

#[cfg(not(unix))]
fn mode_of(_root: &Path, _path: &str) -> u32 {
    0o100_644
}
