//! Staging and unstaging whole files.
//!
//! libgit2 does it, except where a file passes through a filter that only git can run (LFS, clean filters, other
//! encodings): there the user's `git add` does, in a trusted repository, so that what is staged is what git would stage.

use super::program::Program;
use super::repo::{checked, failed, head_tree, is_beyond_link, open};
use super::status::{self, Change};
use super::trust;
use crate::error::{Error, Result};
use git2::{
    AttrCheckFlags, AttrValue, Index, IndexEntry, IndexTime, ObjectType, Repository, Tree, TreeWalkMode, TreeWalkResult,
};
use precedent_core::wire::{ErrorCode, Trust};
use std::path::Path;

/// Stages files as they are on disk; a file that is gone is staged as deleted, a folder with everything in it.
///
/// # Errors
/// `not-found` when a path is neither on disk nor staged; `needs-trust` when a filter of an untrusted repository would
/// have to run; `git`.
pub(crate) fn stage(root: &Path, program: &Program, trust: &Trust, paths: &[String]) -> Result<()> {
    let repo = open(root)?;
    let mut index = repo.index().map_err(|error| failed("read what is staged", &error))?;
    let mut files = Vec::new();
    for path in paths {
        files.extend(expand(root, &index, path, &repo)?);
    }
    let mut by_program = Vec::new();
    for file in &files {
        let path = checked(file)?;
        match filtered(&repo, path) {
            Filtered::No => stage_one(root, &mut index, path)?,
            Filtered::LineEnds if !trust.trusted => stage_one(root, &mut index, path)?,
            Filtered::ByProgram if !trust.trusted => return Err(trust::needed(trust, &format!("staging {file}"))),
            Filtered::LineEnds | Filtered::ByProgram => by_program.push(file.as_str()),
        }
    }
    index.write().map_err(|error| failed("stage", &error))?;
    if by_program.is_empty() { Ok(()) } else { program.add(root, &by_program) }
}

/// Files under a path: itself, or for a folder everything changed in it.
fn expand(root: &Path, index: &Index, path: &str, repo: &Repository) -> Result<Vec<String>> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let relative = checked(path)?;
    if is_beyond_link(root, relative) && index.get_path(relative, 0).is_none() {
        return Err(Error::new(ErrorCode::Usage, format!("{path} lies behind a symbolic link"))
            .with_hint("stage the link itself; what it points at is no part of this repository")
            .at(path));
    }
    let on_disk = root.join(relative).symlink_metadata();
    let tracked = (0..4).any(|stage| index.get_path(Path::new(path), stage).is_some());
    match on_disk {
        Ok(about) if !about.is_dir() || tracked => Ok(vec![path.to_owned()]),
        Err(_) if tracked => Ok(vec![path.to_owned()]),
        _ => {
            let folder = format!("{path}/");
            let inside = status::by_libgit2(repo, &[path])?
                .into_iter()
                .filter(|entry| !entry.staged && entry.path.starts_with(&folder));
            let files: Vec<String> = inside.map(|entry| entry.path).collect();
            if files.is_empty() && on_disk.is_err() {
                return Err(Error::new(ErrorCode::NotFound, format!("there is no file {path} to stage"))
                    .with_hint("the list of changes was out of date; it has been read again")
                    .at(path));
            }
            Ok(files)
        }
    }
}

fn stage_one(root: &Path, index: &mut Index, path: &Path) -> Result<()> {
    // A tracked file whose folder became a link is gone from git's view.
    let present = !is_beyond_link(root, path) && root.join(path).symlink_metadata().is_ok();
    let done = if present { index.add_path(path) } else { index.remove_path(path) };
    done.map_err(|error| failed(&format!("stage {}", path.display()), &error).at(path))
}

/// What has to happen to a file's bytes on their way into git.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filtered {
    No,
    /// Line ends are converted; libgit2 can, git is the authority.
    LineEnds,
    /// A clean filter or an encoding: only git can.
    ByProgram,
}

pub(super) fn filtered(repo: &Repository, path: &Path) -> Filtered {
    filtered_by(repo, path, "clean")
}

/// [`filtered`] for one way: `clean` into git, `smudge` out of it.
pub(super) fn filtered_by(repo: &Repository, path: &Path, way: &str) -> Filtered {
    let config = repo.config().ok();
    let is_set = |name: &str| match AttrValue::from_string(
        repo.get_attr(path, name, AttrCheckFlags::FILE_THEN_INDEX).ok().flatten(),
    ) {
        AttrValue::String(value) => Some(value.to_owned()),
        AttrValue::True => Some("true".to_owned()),
        AttrValue::False => Some("false".to_owned()),
        AttrValue::Bytes(_) | AttrValue::Unspecified => None,
    };
    let configured = |name: String| config.as_ref().is_some_and(|config| config.get_entry(&name).is_ok());
    if let Some(filter) = is_set("filter")
        && (configured(format!("filter.{filter}.{way}")) || configured(format!("filter.{filter}.process")))
    {
        return Filtered::ByProgram;
    }
    if is_set("working-tree-encoding").is_some_and(|encoding| encoding != "false") {
        return Filtered::ByProgram;
    }
    let converts = config.as_ref().and_then(|config| config.get_string("core.autocrlf").ok());
    if converts.is_some_and(|value| value != "false")
        || ["text", "eol", "crlf", "ident"].iter().any(|name| is_set(name).is_some())
    {
        return Filtered::LineEnds;
    }
    Filtered::No
}

/// Takes files out of the next commit; the files on disk stay as they are. Of a rename, both sides.
///
/// # Errors
/// `usage`, `git`.
pub(crate) fn unstage(root: &Path, paths: &[String]) -> Result<()> {
    let repo = open(root)?;
    let head = head_tree(&repo)?;
    let mut index = repo.index().map_err(|error| failed("read what is staged", &error))?;
    let renames =
        status::by_libgit2(&repo, &[])?.into_iter().filter(|entry| entry.staged && entry.change == Change::Renamed);
    let renames: Vec<(String, Option<String>)> = renames.map(|entry| (entry.path, entry.old_path)).collect();
    for path in paths {
        let path = path.strip_suffix('/').unwrap_or(path);
        reset(&mut index, head.as_ref(), path)?;
        for (_, old) in renames.iter().filter(|(new, _)| new == path) {
            reset(&mut index, head.as_ref(), old.as_deref().unwrap_or(path))?;
        }
    }
    index.write().map_err(|error| failed("unstage", &error))
}

/// Makes the index hold for `path` (a file, or all in a folder) what HEAD holds.
fn reset(index: &mut Index, head: Option<&Tree<'_>>, path: &str) -> Result<()> {
    let relative = checked(path)?;
    let doing = format!("unstage {path}");
    let error = |error: git2::Error| failed(&doing, &error).at(path);
    let folder = format!("{path}/");
    let staged: Vec<Vec<u8>> = index
        .iter()
        .map(|entry| entry.path)
        .filter(|name| name == path.as_bytes() || name.starts_with(folder.as_bytes()))
        .collect();
    for name in staged {
        index.remove_path(Path::new(&*String::from_utf8_lossy(&name))).map_err(error)?;
    }
    let Some(entry) = head.and_then(|tree| tree.get_path(relative).ok()) else { return Ok(()) };
    if entry.kind() != Some(ObjectType::Tree) {
        return index.add(&index_entry(path, entry.id(), entry.filemode())).map_err(error);
    }
    let Some(head) = head else { return Ok(()) };
    let mut found = Vec::new();
    head.walk(TreeWalkMode::PreOrder, |parent, entry| {
        if entry.kind() != Some(ObjectType::Tree) && parent.starts_with(&folder) {
            let name = String::from_utf8_lossy(entry.name_bytes());
            found.push(index_entry(&format!("{parent}{name}"), entry.id(), entry.filemode()));
        }
        let leads_here = folder.starts_with(parent) || parent.starts_with(&folder);
        if leads_here { TreeWalkResult::Ok } else { TreeWalkResult::Skip }
    })
    .map_err(error)?;
    found.iter().try_for_each(|entry| index.add(entry)).map_err(error)
}

/// An entry with no file times: git compares contents the next time.
pub(crate) fn index_entry(path: &str, id: git2::Oid, mode: i32) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: u32::try_from(mode).unwrap_or(0o100_644),
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
