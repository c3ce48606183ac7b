//! The repositories inside of one that git enters by itself: submodules that are checked out (`git status` looks into
//! them), and their git folders under `modules`, into which a fetch goes whether they are checked out or not.
//!
//! libgit2's own list of submodules walks the whole tree of HEAD, for each status anew; what is staged says as much.
//! Nothing here writes or starts anything.

use super::repo::{self, KIND, MODULE};
use git2::{Config, Repository};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Folders deeper than this hold no submodule that anyone made.
const DEEPEST: usize = 24;
/// Repositories whose staged submodules are remembered.
const MOST_KNOWN: usize = 16;

/// A repository inside of another one.
pub(super) struct Inner {
    /// Its path in the outermost worktree, or that of its git folder.
    pub(super) name: String,
    pub(super) opened: Result<Repository, git2::Error>,
}

/// Every repository that git may enter from this one, one level deep. `within` is its own name, empty for the first.
pub(super) fn inside(repo: &Repository, within: &str) -> Vec<Inner> {
    let named = |part: &str| if within.is_empty() { part.to_owned() } else { format!("{within}/{part}") };
    let mut found = Vec::new();
    if let Some(root) = repo.workdir() {
        match checked_out(repo, root) {
            Ok(paths) => {
                let opened = paths.iter().filter_map(|path| Some((path, open(&root.join(path))?)));
                found.extend(opened.map(|(path, opened)| Inner { name: named(&path.to_string_lossy()), opened }));
            }
            // What cannot be read cannot be judged.
            Err(error) => found.push(Inner { name: named(".gitmodules"), opened: Err(error) }),
        }
    }
    let common = repo.commondir();
    let git = if repo.is_bare() { within.to_owned() } else { named(".git") };
    let own = std::fs::read_dir(common.join("worktrees")).into_iter().flatten().flatten().map(|tree| tree.path());
    let mut seen = BTreeSet::new();
    for holder in std::iter::once(common.to_path_buf()).chain(own) {
        let modules = holder.join("modules");
        let shown = modules.strip_prefix(common).unwrap_or(&modules).to_string_lossy().into_owned();
        git_folders(&modules, &format!("{git}/{shown}"), 0, &mut seen, &mut found);
    }
    found
}

/// A submodule by its folder; `None` when it is not checked out.
fn open(folder: &Path) -> Option<Result<Repository, git2::Error>> {
    match Repository::open(folder) {
        Err(error) if error.code() == git2::ErrorCode::NotFound => None,
        opened => Some(opened),
    }
}

/// Git folders below `modules`: the name of a submodule may have several parts, and one may hold others.
fn git_folders(folder: &Path, shown: &str, depth: usize, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<Inner>) {
    let Ok(real) = folder.canonicalize() else { return };
    // Links may lead in a ring.
    if !seen.insert(real) {
        return;
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    entries.sort();
    for path in entries {
        let name = format!("{shown}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if depth == DEEPEST {
            found.push(Inner { name, opened: Err(git2::Error::from_str("too deep")) });
        } else if ["HEAD", "config", "hooks", "objects"].iter().any(|part| path.join(part).exists()) {
            // Its worktree may be gone: what git reads is this folder.
            found.push(Inner { name, opened: Repository::open_bare(&path) });
        } else {
            git_folders(&path, &name, depth + 1, seen, found);
        }
    }
}

/// Paths of submodules that are staged or that `.gitmodules` names.
fn checked_out(repo: &Repository, root: &Path) -> Result<BTreeSet<PathBuf>, git2::Error> {
    let mut paths = staged(repo)?;
    let file = root.join(".gitmodules");
    if !file.exists() {
        return Ok(paths);
    }
    let config = Config::open(&file)?;
    config.entries(Some("submodule\\..*\\.path"))?.for_each(|entry| {
        let path = entry.has_value().then(|| path_of(entry.value_bytes()));
        // git takes no other for a submodule.
        paths.extend(path.filter(|path| repo::checked(&path.to_string_lossy()).is_ok()));
    })?;
    Ok(paths)
}

/// Length, time and checksum of the file that says what is staged: as long as they are the same, so is that.
#[derive(Clone, PartialEq, Eq)]
struct Stamp(u64, Option<SystemTime>, Vec<u8>);

/// Staged submodules by repository. Reading what is staged of a large one takes longer than `git status`.
static KNOWN: Mutex<BTreeMap<PathBuf, (Stamp, BTreeSet<PathBuf>)>> = Mutex::new(BTreeMap::new());

fn staged(repo: &Repository) -> Result<BTreeSet<PathBuf>, git2::Error> {
    let file = repo.path().join("index");
    let stamp = stamp(&file);
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, paths)) = known().get(&file)
        && Some(of) == stamp.as_ref()
    {
        return Ok(paths.clone());
    }
    let index = repo.index()?;
    let modules = index.iter().filter(|entry| entry.mode & KIND == MODULE);
    let paths: BTreeSet<PathBuf> = modules.map(|entry| path_of(&entry.path)).collect();
    let mut known = known();
    if known.len() >= MOST_KNOWN && !known.contains_key(&file) {
        known.clear();
    }
    if let Some(stamp) = stamp {
        known.insert(file, (stamp, paths.clone()));
    }
    Ok(paths)
}

/// A name in another encoding is a name all the same.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(&*String::from_utf8_lossy(bytes))
}

fn stamp(file: &Path) -> Option<Stamp> {
    use std::io::{Read, Seek, SeekFrom};
    let mut open = std::fs::File::open(file).ok()?;
    let about = open.metadata().ok()?;
    let mut end = Vec::new();
    open.seek(SeekFrom::End(-32)).and_then(|_| open.read_to_end(&mut end)).ok()?;
    Some(Stamp(about.len(), about.modified().ok(), end))
}
