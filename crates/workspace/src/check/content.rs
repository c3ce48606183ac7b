//! A file's content on its way to the rules: read, told apart from what is no text, line ends as `\n`.

use crate::git::repo::{LARGEST, LINK, MODULE, is_beyond_link, is_binary};
use crate::scan::blob_hash;
use crate::stat::Stat;
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

/// What is known of a file before its bytes are read.
pub(super) enum Met {
    Skipped(Skip),
    Unreadable(String),
    /// On the disk, by what the file system says of it.
    File(Option<Stat>),
    /// In git or in memory.
    Elsewhere,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, repo: None, beyond: HashMap::new() }
    }

    /// Looks at a file without reading it.
    pub(super) fn meet(&mut self, path: &str, home: &Home) -> Met {
        match home {
            Home::Disk(file) => self.on_disk(path, file),
            Home::Blob { kind: LINK, .. } => Met::Skipped(Skip::Symlink),
            Home::Blob { kind: MODULE, .. } => Met::Skipped(Skip::Submodule),
            Home::Blob { .. } | Home::Held(_) => Met::Elsewhere,
        }
    }

    pub(super) fn read(&mut self, path: &str, home: &Home) -> Content {
        match self.meet(path, home) {
            Met::Skipped(why) => Content::Skipped(why),
            Met::Unreadable(why) => Content::Unreadable(why),
            Met::File(_) | Met::Elsewhere => self.take(home).0,
        }
    }

    /// Reads what was met; and the blob id of it, where it may be known by that again.
    pub(super) fn take(&mut self, home: &Home) -> (Content, Option<Oid>) {
        match home {
            Home::Disk(file) => match std::fs::read(file) {
                Ok(bytes) => {
                    let hash = blob_hash(&bytes);
                    (text_in(bytes), Some(hash))
                }
                Err(error) => (Content::Unreadable(crate::error::reason(&error)), None),
            },
            Home::Blob { id, .. } => (self.in_git(*id), Some(*id)),
            Home::Held(bytes) => (text_of(bytes), None),
        }
    }

    fn on_disk(&mut self, path: &str, file: &Path) -> Met {
        let folder = Path::new(path).parent().unwrap_or(Path::new("")).to_path_buf();
        let root = self.root;
        if *self.beyond.entry(folder).or_insert_with_key(|folder| is_beyond_link(root, &folder.join("x"))) {
            return Met::Skipped(Skip::Symlink);
        }
        let about = match file.symlink_metadata() {
            Ok(about) => about,
            Err(error) => return Met::Unreadable(crate::error::reason(&error)),
        };
        if about.is_symlink() {
            return Met::Skipped(Skip::Symlink);
        }
        if about.is_dir() {
            return Met::Skipped(Skip::Submodule);
        }
        if about.len() > LARGEST {
            return Met::Skipped(Skip::TooLarge);
        }
        Met::File(Stat::of(&about))
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

/// As [`text_of`], of bytes that mostly are the text as they are.
fn text_in(bytes: Vec<u8>) -> Content {
    // UTF-16 is told by its mark, or by zero bytes anywhere.
    let is_plain = bytes.len() as u64 <= LARGEST && !has_mark(&bytes) && !bytes.contains(&0) && !bytes.contains(&b'\r');
    if !is_plain {
        return text_of(&bytes);
    }
    String::from_utf8(bytes).map_or_else(|error| text_of(error.as_bytes()), Content::Text)
}

/// Whether bytes begin as some encodings mark them.
fn has_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbb, 0xbf, ..] | [0xfe, 0xff, ..] | [0xff, 0xfe, ..])
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content: Content) -> String {
        match content {
            Content::Text(text) => text,
            Content::Skipped(why) => format!("skipped: {why:?}"),
            Content::Unreadable(why) => format!("unreadable: {why}"),
        }
    }

    #[test]
    fn bytes_that_are_handed_over_are_read_as_any_others() {
        let long = "long enough for zero bytes to come late\n".repeat(300);
        let late = [long.as_bytes(), &b"a\0".repeat(20_000)].concat();
        let marked = [&b"\xef\xbb\xbf"[..], long.as_bytes()].concat();
        let wide: Vec<u8> =
            std::iter::once(0xfeff).chain("wide\r\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let broken = [long.as_bytes(), b"caf\xe9 caf\xc3\xa9\r\n"].concat();
        let texts = [&b""[..], b"plain\n", b"\r\nof two\rkinds\r\n", b"zero \0", b"caf\xe9\n", "ärger\n".as_bytes()];
        for bytes in texts.into_iter().chain([&late[..], &marked, &wide, &broken, &vec![b'a'; 2_200_000]]) {
            assert_eq!(told(text_in(bytes.to_vec())), told(text_of(bytes)));
        }
    }
}
