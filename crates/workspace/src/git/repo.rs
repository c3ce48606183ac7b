//! Reading a repository through libgit2: opening, contents of the three versions of a file, errors in plain words.
//!
//! libgit2 runs no hook, filter, fsmonitor, alias or external diff, so everything here is safe in a repository that
//! nobody trusts yet (invariant I11). Nothing here writes.

use crate::error::{Error, Result};
use git2::{ErrorCode as Code, Repository, Tree};
use precedent_core::wire::ErrorCode;
use std::path::{Component, Path};

/// Larger files are neither summarised nor compared.
pub(crate) const LARGEST: u64 = 2 * 1024 * 1024;
/// Larger files are not copied into the trash: nobody wants to wait for that, nor have it there for a month.
pub(crate) const LARGEST_KEPT: u64 = 64 * 1024 * 1024;

/// Kinds of a tree's or index's entries, the upper bits of their modes (git's index-format).
pub(crate) const KIND: u32 = 0o170_000;
pub(crate) const FILE: u32 = 0o100_000;
pub(crate) const LINK: u32 = 0o120_000;
/// A commit of another repository.
pub(crate) const MODULE: u32 = 0o160_000;

/// Opens the repository whose worktree is `root`.
///
/// # Errors
/// `not-a-repository`; `not-found` when the folder itself is gone; `needs-trust` when it belongs to another user; `git` when libgit2 cannot read its format.
pub(crate) fn open(root: &Path) -> Result<Repository> {
    Repository::open(root).map_err(|error| match error.code() {
        Code::NotFound if !root.exists() => crate::root::gone(root),
        Code::NotFound => Error::new(ErrorCode::NotARepository, format!("{} is not a git repository", root.display()))
            .with_hint("open the folder again: it can be read without git, or git can be set up in it")
            .at(root),
        Code::Owner => {
            Error::new(ErrorCode::NeedsTrust, format!("{} belongs to another user of this machine", root.display()))
                .with_hint(format!(
                    "if you trust it, run: git config --global --add safe.directory \"{}\"",
                    root.display()
                ))
                .at(root)
        }
        _ => failed("open the repository", &error).at(root),
    })
}

/// An error of libgit2 while `doing` something.
pub(crate) fn failed(doing: &str, error: &git2::Error) -> Error {
    match error.code() {
        Code::Locked => {
            Error::new(ErrorCode::Git, format!("cannot {doing}: another program is working in this repository"))
                .with_hint("wait for it to finish; if none is running, delete the file index.lock in the git folder")
        }
        _ => Error::new(ErrorCode::Git, format!("cannot {doing}: {}", error.message()))
            .with_hint("nothing of yours was changed; `git status` in a terminal may say more")
            .with_details(error.message()),
    }
}

/// A path of the wire that stays inside the worktree.
///
/// # Errors
/// `usage` for absolute paths, `..`, empty ones and anything in a git folder.
pub(crate) fn checked(path: &str) -> Result<&Path> {
    let as_path = Path::new(path);
    let normal = |part: Component<'_>| match part {
        Component::Normal(name) => !name.eq_ignore_ascii_case(".git"),
        _ => false,
    };
    if !path.is_empty() && as_path.components().all(normal) && !path.contains('\0') {
        return Ok(as_path);
    }
    Err(Error::new(ErrorCode::Usage, format!("`{path}` is not a path inside the repository"))
        .with_hint("give paths relative to the repository's folder, as the list of changes shows them"))
}

/// Whether a folder on the way to `path` is a symbolic link: what lies behind it may be outside of the repository.
pub(crate) fn is_beyond_link(root: &Path, path: &Path) -> bool {
    let folders = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    folders.into_iter().any(|folder| root.join(folder).symlink_metadata().is_ok_and(|about| about.is_symlink()))
}

/// The tree of HEAD; `None` before the first commit.
pub(crate) fn head_tree(repo: &Repository) -> Result<Option<Tree<'_>>> {
    match repo.head() {
        Ok(head) => head.peel_to_tree().map(Some).map_err(|error| failed("read the last commit", &error)),
        Err(error) if matches!(error.code(), Code::UnbornBranch | Code::NotFound) => Ok(None),
        Err(error) => Err(failed("read the last commit", &error)),
    }
}

/// One version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Absent,
    Bytes(Vec<u8>),
    TooLarge,
}

impl Content {
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Content::Bytes(bytes) => Some(bytes),
            Content::Absent | Content::TooLarge => None,
        }
    }

    pub(crate) fn is_binary(&self) -> bool {
        self.bytes().is_some_and(is_binary)
    }
}

/// A zero byte near the start, as git decides it; UTF-16 with a byte order mark is text.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    // Unlike an iterator over the bytes, `contains` looks at many at once.
    !utf16 && bytes[..bytes.len().min(8000)].contains(&0)
}

/// The file as committed.
pub(crate) fn in_head(repo: &Repository, head: Option<&Tree<'_>>, path: &Path) -> Content {
    let entry = head.and_then(|tree| tree.get_path(path).ok());
    entry.map_or(Content::Absent, |entry| in_blob(repo, entry.id()))
}

/// The file as staged; of a conflict, our side.
pub(crate) fn in_index(repo: &Repository, index: &git2::Index, path: &Path) -> Content {
    let entry = index.get_path(path, 0).or_else(|| index.get_path(path, 2));
    entry.map_or(Content::Absent, |entry| in_blob(repo, entry.id))
}

pub(crate) fn in_blob(repo: &Repository, id: git2::Oid) -> Content {
    // The header is read first: a huge file must not be unpacked only to be refused.
    match repo.odb().and_then(|odb| odb.read_header(id)) {
        Ok((_, git2::ObjectType::Blob)) => {}
        _ => return Content::Absent,
    }
    match repo.odb().and_then(|odb| odb.read_header(id)) {
        Ok((size, _)) if size as u64 > LARGEST => Content::TooLarge,
        _ => repo.find_blob(id).map_or(Content::Absent, |blob| Content::Bytes(blob.content().to_vec())),
    }
}

/// The file on disk. A symbolic link is its target's name, as git sees it, and is never followed.
pub(crate) fn on_disk(root: &Path, path: &Path) -> Content {
    if is_beyond_link(root, path) {
        return Content::Absent;
    }
    let full = root.join(path);
    let Ok(about) = full.symlink_metadata() else { return Content::Absent };
    if about.is_symlink() {
        let target = std::fs::read_link(&full).map(|target| target.to_string_lossy().into_owned().into_bytes());
        return target.map_or(Content::Absent, Content::Bytes);
    }
    if !about.is_file() {
        return Content::Absent;
    }
    if about.len() > LARGEST {
        return Content::TooLarge;
    }
    std::fs::read(&full).map_or(Content::Absent, Content::Bytes)
}
