//! A file's content on its way to the rules: read, told apart from what is no text, line ends as `\n`.

use crate::git::repo::{LARGEST, LINK, MODULE, is_beyond_link, is_binary};
use git2::{Oid, Repository};
use precedent_core::record::decode;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Skip {
    Binary,
    TooLarge,
    Generated,
    Symlink,
    Submodule,
}

impl Skip {
    pub(super) fn words(self) -> &'static str {
        match self {
            Skip::Binary => "it is binary",
            Skip::TooLarge => "it is larger than 2 MiB",
            Skip::Generated => "it is generated, as .gitattributes says",
            Skip::Symlink => "it is a symbolic link",
            Skip::Submodule => "it is another repository",
        }
    }
}

/// What a file holds.
pub(super) enum Content {
    Text(String),
    Skipped(Skip),
    /// Why it cannot be read.
    Unreadable(String),
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
pub(super) enum Home {
    Disk(PathBuf),
    Blob {
        id: Oid,
        kind: u32,
    },
    /// In neither: made in memory.
    Held(std::sync::Arc<Vec<u8>>),
}

/// Reads files, with a repository of its own that is opened when it is needed: libgit2's is for one thread at a time.
pub(super) struct Reader<'a> {
    root: &'a Path,
    repo: Option<Repository>,
    /// Whether a folder lies behind a link, by its path.
    beyond: HashMap<PathBuf, bool>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, repo: None, beyond: HashMap::new() }
    }

    pub(super) fn read(&mut self, path: &str, home: &Home) -> Content {
        match home {
            Home::Disk(file) => self.on_disk(path, file),
            Home::Blob { kind: LINK, .. } => Content::Skipped(Skip::Symlink),
            Home::Blob { kind: MODULE, .. } => Content::Skipped(Skip::Submodule),
            Home::Blob { id, .. } => self.in_git(*id),
            Home::Held(bytes) => text_of(bytes),
        }
    }

    fn on_disk(&mut self, path: &str, file: &Path) -> Content {
        let folder = Path::new(path).parent().unwrap_or(Path::new("")).to_path_buf();
        let root = self.root;
        if *self.beyond.entry(folder).or_insert_with_key(|folder| is_beyond_link(root, &folder.join("x"))) {
            return Content::Skipped(Skip::Symlink);
        }
        let about = match file.symlink_metadata() {
            Ok(about) => about,
            Err(error) => return Content::Unreadable(crate::error::reason(&error)),
        };
        if about.is_symlink() {
            return Content::Skipped(Skip::Symlink);
        }
        if about.is_dir() {
            return Content::Skipped(Skip::Submodule);
        }
        if about.len() > LARGEST {
            return Content::Skipped(Skip::TooLarge);
        }
        match std::fs::read(file) {
            Ok(bytes) => text_of(&bytes),
            Err(error) => Content::Unreadable(crate::error::reason(&error)),
        }
    }

    fn in_git(&mut self, id: Oid) -> Content {
        if self.repo.is_none() {
            match crate::git::repo::open(self.root) {
                Ok(repo) => self.repo = Some(repo),
                Err(error) => return Content::Unreadable(error.to_string()),
            }
        }
        let Some(repo) = &self.repo else { return Content::Unreadable("there is no repository".to_owned()) };
        let size = repo.odb().and_then(|odb| odb.read_header(id)).map(|(size, _)| size as u64);
        match size {
            Ok(size) if size > LARGEST => Content::Skipped(Skip::TooLarge),
            Ok(_) => match repo.find_blob(id) {
                Ok(blob) => text_of(blob.content()),
                Err(error) => Content::Unreadable(error.message().to_owned()),
            },
            Err(error) => Content::Unreadable(format!("git does not have it: {}", error.message())),
        }
    }
}

fn text_of(bytes: &[u8]) -> Content {
    if bytes.len() as u64 > LARGEST {
        return Content::Skipped(Skip::TooLarge);
    }
    if is_binary(bytes) {
        return Content::Skipped(Skip::Binary);
    }
    let (text, _) = decode(bytes);
    Content::Text(if text.contains('\r') { text.replace("\r\n", "\n") } else { text.into_owned() })
}
