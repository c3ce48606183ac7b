//! Where discovery looks: files on disk, or the tree of a commit. Both answer the same few questions.

use git2::{ObjectType, Oid, Repository, Tree, TreeWalkMode, TreeWalkResult};
use precedent_core::RecordPath;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// A worktree, or a commit's files.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    Disk(&'a Path),
    Commit(&'a CommitFiles<'a>),
}

impl Source<'_> {
    /// Bytes of a file.
    pub(crate) fn read(self, path: &str) -> std::io::Result<Vec<u8>> {
        match self {
            Source::Disk(root) => std::fs::read(root.join(path)),
            Source::Commit(files) => files.read(path),
        }
    }

    pub(super) fn is_dir(self, path: &str) -> bool {
        match self {
            Source::Disk(root) => root.join(path).is_dir(),
            Source::Commit(files) => files.is_folder(path),
        }
    }
}

/// Every file of a commit's tree, by path.
pub(crate) struct CommitFiles<'r> {
    repo: &'r Repository,
    files: BTreeMap<String, File>,
}

#[derive(Clone, Copy)]
struct File {
    id: Oid,
    is_link: bool,
}

/// Links that lead to links are followed this far.
const MOST_LINKS: usize = 8;

impl<'r> CommitFiles<'r> {
    /// Lists a tree; names that are not UTF-8 are left out.
    pub(crate) fn of(repo: &'r Repository, tree: &Tree<'_>) -> Result<Self, git2::Error> {
        let mut files = BTreeMap::new();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            if entry.kind() == Some(ObjectType::Blob)
                && let Ok(name) = entry.name()
            {
                let file = File { id: entry.id(), is_link: entry.filemode() == 0o120_000 };
                files.insert(format!("{folder}{name}"), file);
            }
            TreeWalkResult::Ok
        })?;
        Ok(Self { repo, files })
    }

    /// These files: paths with their objects, and whether each is a link.
    pub(crate) fn from_files(repo: &'r Repository, files: impl Iterator<Item = (String, Oid, bool)>) -> Self {
        Self { repo, files: files.map(|(path, id, is_link)| (path, File { id, is_link })).collect() }
    }

    /// Paths of all files and whether each is a link, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&str, bool)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.is_link))
    }

    /// The object of a file, for its hash.
    pub(crate) fn id(&self, path: &str) -> Option<Oid> {
        self.real(path).and_then(|path| self.files.get(&path)).map(|file| file.id)
    }

    /// Bytes in a file, without unpacking it.
    pub(crate) fn size(&self, path: &str) -> Option<usize> {
        let id = self.id(path)?;
        self.repo.odb().and_then(|odb| odb.read_header(id)).ok().map(|(size, _)| size)
    }

    pub(super) fn is_folder(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        path.is_empty()
            || self.files.range(prefix.clone()..).next().is_some_and(|(first, _)| first.starts_with(&prefix))
    }

    /// The file that a path leads to when links on the way are followed; `None` when it leaves the tree.
    pub(super) fn real(&self, path: &str) -> Option<String> {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            let file = self.files.get(&path)?;
            if !file.is_link {
                return Some(path);
            }
            let target = String::from_utf8(self.blob(file.id).ok()?).ok()?;
            path = RecordPath::new(path).join_link(&target).filter(|_| !target.starts_with('/'))?.to_string();
        }
        None
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let id = self.id(path).ok_or_else(|| Error::from(ErrorKind::NotFound))?;
        self.blob(id).map_err(|error| Error::other(error.message().to_owned()))
    }

    fn blob(&self, id: Oid) -> Result<Vec<u8>, git2::Error> {
        Ok(self.repo.find_blob(id)?.content().to_vec())
    }
}
