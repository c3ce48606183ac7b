//! From a path that a person gave to the folder that is opened: the git worktree around it, or the folder itself.
//!
//! Nothing of the repository is run here; git2 reads its layout. Records are never read here, see [`crate::discovery`].

use crate::error::{Error, Result};
use git2::{ErrorClass, ErrorCode as GitCode, Repository, RepositoryOpenFlags};
use precedent_core::wire::{ErrorCode, OpenMode};
use std::path::{Path, PathBuf};

/// Where a workspace stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    /// Worktree or plain folder, absolute, links resolved.
    pub(crate) folder: PathBuf,
    pub(crate) git: Git,
}

/// Git's side of it, which may come or go while the folder is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Git {
    /// The worktree's own git folder (`.git`, `.git/worktrees/x`); `None` without git.
    pub(crate) dir: Option<PathBuf>,
    /// The git folder that all worktrees share: refs live there.
    pub(crate) common: Option<PathBuf>,
    /// Why git is not used although there is a repository; to be shown.
    pub(crate) notice: Option<String>,
}

/// The folder below `cache` in which everything derived from the repository at `root` lies; it may be deleted any time.
pub(crate) fn cache_folder(root: &Path, cache: &Path) -> PathBuf {
    cache.join(crate::scan::hash(root.to_string_lossy().as_bytes()))
}

/// The folder that opening `path` would open: the git worktree around it, else the folder itself. Opens nothing; `None`
/// where nothing can be opened.
pub fn root_of(path: &Path) -> Option<PathBuf> {
    let folder = readable_folder(path).ok()?;
    let found = discover(&folder).ok()?;
    Some(found.map_or(folder, |root| root.folder))
}

/// Finds the root for `path`. `count` tells how many records a folder holds, for the message when there is no repository.
pub(crate) fn find(path: &Path, mode: OpenMode, count: impl Fn(&Path) -> usize) -> Result<Root> {
    let folder = readable_folder(path)?;
    match discover(&folder)? {
        Some(root) => Ok(root),
        None => match mode {
            OpenMode::Plain => Ok(Root { folder, git: Git::default() }),
            OpenMode::InitGit => {
                Repository::init(&folder).map_err(|error| cannot_init(&folder, &error))?;
                discover(&folder)?.ok_or_else(|| not_a_repository(&folder, 0))
            }
            OpenMode::Git => Err(not_a_repository(&folder, count(&folder))),
        },
    }
}

/// Checks that the path is a folder whose entries can be listed, and resolves it.
fn readable_folder(path: &Path) -> Result<PathBuf> {
    let folder = simple(path.canonicalize().map_err(|error| {
        match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::new(ErrorCode::NotFound, format!("there is no folder {}", path.display()))
                    .with_hint("it was moved, deleted or its disk is not mounted; choose another folder")
                    .at(path)
            }
            _ => Error::io(path, "open", &error),
        }
    })?);
    if !folder.is_dir() {
        return Err(Error::new(ErrorCode::Usage, format!("{} is a file, not a folder", path.display()))
            .with_hint("open the folder that holds your repository")
            .at(path));
    }
    std::fs::read_dir(&folder).map_err(|error| {
        Error::new(
            ErrorCode::ReadOnly,
            format!("cannot list the folder {}: {}", folder.display(), crate::error::reason(&error)),
        )
        .with_hint("check who may read it, then open it again")
        .at(&folder)
    })?;
    Ok(folder)
}

/// The worktree around `folder`, looking upward; `None` when there is none.
fn discover(folder: &Path) -> Result<Option<Root>> {
    let none: [&std::ffi::OsStr; 0] = [];
    let repository = match Repository::open_ext(folder, RepositoryOpenFlags::empty(), none) {
        Ok(repository) => repository,
        Err(error) if error.code() == GitCode::NotFound => return Ok(None),
        Err(error) => return refused(folder, &error).map(Some),
    };
    let Some(worktree) = repository.workdir() else {
        return Err(Error::new(
            ErrorCode::Usage,
            format!("{} is a bare repository: it holds no files to read", folder.display()),
        )
        .with_hint(match worktree_of(&repository) {
            Some(tree) => format!("open its worktree {}, or a clone of it", tree.display()),
            None => "open a clone of it, or add a worktree with `git worktree add`".to_owned(),
        })
        .at(folder));
    };
    let worktree = simple(worktree.canonicalize().map_err(|error| Error::io(worktree, "open", &error))?);
    let (dir, common) = (repository.path().to_path_buf(), repository.commondir().to_path_buf());
    Ok(Some(Root { folder: worktree, git: Git { dir: Some(dir), common: Some(common), notice: None } }))
}

/// A worktree of a bare repository whose folder is there.
fn worktree_of(repository: &Repository) -> Option<PathBuf> {
    let names = repository.worktrees().ok()?;
    let trees = (0..names.len()).filter_map(|at| repository.find_worktree(names.get(at).ok().flatten()?).ok());
    trees.map(|tree| tree.path().to_path_buf()).find(|path| path.is_dir())
}

/// A repository that git2 will not open is still read as a folder; the notice says what does not work and why.
fn refused(folder: &Path, error: &git2::Error) -> Result<Root> {
    let Some(worktree) = folder.ancestors().find(|folder| folder.join(".git").exists()) else {
        return Err(Error::new(ErrorCode::Git, format!("cannot open the repository around {}", folder.display()))
            .with_hint("run `git status` there to see what git says about it")
            .with_details(error.message())
            .at(folder));
    };
    let notice =
        if error.code() == GitCode::Owner || error.class() == ErrorClass::Config && error.message().contains("own") {
            format!(
                "{} belongs to another user, so git is not used here; records can be read and edited. \
             To use git: git config --global --add safe.directory {}",
                worktree.display(),
                worktree.display()
            )
        } else if error.message().contains("object format") || error.message().contains("objectformat") {
            format!(
                "git is not used here: {} names its objects by SHA-256, which the library for git cannot read",
                worktree.display()
            )
        } else {
            format!("git is not used here: {}", error.message())
        };
    Ok(Root { folder: worktree.to_path_buf(), git: Git { notice: Some(notice), ..Git::default() } })
}

impl Git {
    /// Git's side of an open folder by now. `None` where that cannot be told, as while git is being set up.
    pub(crate) fn now(&self, folder: &Path) -> Option<Git> {
        // Opening a repository is not for nothing, and this is asked often.
        let is_there = self.dir.as_ref().is_some_and(|dir| dir.join("HEAD").exists());
        let may_be = || folder.ancestors().any(|above| above.join(".git").exists());
        if is_there || self.dir.is_none() && self.notice.is_none() && !may_be() {
            return Some(self.clone());
        }
        match discover(folder).ok()? {
            None => Some(Git::default()),
            Some(root) if root.folder == folder => Some(root.git),
            Some(root) => {
                let notice = format!(
                    "{} lies in the repository {} now; git is not used here until that is opened.",
                    folder.display(),
                    root.folder.display()
                );
                Some(Git { notice: Some(notice), ..Git::default() })
            }
        }
    }
}

/// An open folder that was moved or deleted meanwhile. Nothing may be written there: it would come back half empty, or
/// on the wrong disk.
pub(crate) fn gone(folder: &Path) -> Error {
    Error::new(ErrorCode::NotFound, format!("there is no folder {} any more", folder.display()))
        .with_hint("it was moved or deleted, or its disk is not mounted; open it where it is now")
        .at(folder)
}

fn not_a_repository(folder: &Path, records: usize) -> Error {
    let message = format!("{} is not in a git repository", folder.display());
    let hint = match records {
        0 => "open a folder inside a git repository, or run `git init` there first".to_owned(),
        1 => "it holds 1 record: open it without git, or run `git init` there first".to_owned(),
        n => format!("it holds {n} records: open it without git, or run `git init` there first"),
    };
    Error::new(ErrorCode::NotARepository, message).with_hint(hint).with_details(records.to_string()).at(folder)
}

fn cannot_init(folder: &Path, error: &git2::Error) -> Error {
    Error::new(ErrorCode::Git, format!("cannot make a git repository in {}", folder.display()))
        .with_hint("check who may write there")
        .with_details(error.message())
        .at(folder)
}

/// Windows' canonical paths begin with `\\?\`, which people and other programs do not read.
fn simple(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(rest) if !rest.starts_with("UNC") => PathBuf::from(rest),
        _ => path,
    }
}
