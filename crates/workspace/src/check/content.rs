//! A file's content on its way to the rules: read, told apart from what is no text, line ends as `\n`.

use crate::git::repo::{LARGEST, LINK, MODULE, is_beyond_link, is_binary};
use crate::scan::blob_hash;
use crate::stat::Stat;
use git2::{Oid, Repository};
use precedent_core::record::decode;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
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
pub(super) enum Content<'b> {
    Text(Cow<'b, str>),
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
    /// What the last file held, at its start: to make room for each of many thousand anew would cost more than to read them.
    buffer: Vec<u8>,
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
        Self { root, repo: None, beyond: HashMap::new(), buffer: Vec::new() }
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

    pub(super) fn read(&mut self, path: &str, home: &Home) -> Content<'_> {
        match self.meet(path, home) {
            Met::Skipped(why) => Content::Skipped(why),
            Met::Unreadable(why) => Content::Unreadable(why),
            Met::File(_) | Met::Elsewhere => self.take(home, false).0,
        }
    }

    /// Reads what was met; and the blob id of it, where it is known or wanted.
    pub(super) fn take(&mut self, home: &Home, wants_hash: bool) -> (Content<'_>, Option<Oid>) {
        match home {
            Home::Disk(file) => match self.fill(file) {
                Ok(bytes) => (text_in(bytes), wants_hash.then(|| blob_hash(bytes))),
                Err(error) => (Content::Unreadable(crate::error::reason(&error)), None),
            },
            Home::Blob { id, .. } => (self.in_git(*id), Some(*id)),
            Home::Held(bytes) => (text_of(bytes).owned(), None),
        }
    }

    /// Reads a file to its end, or until it is too large. `read_to_end` would do, and makes a first check of 50,000 files a tenth
    /// slower (`make bench`).
    fn fill(&mut self, file: &Path) -> std::io::Result<&[u8]> {
        const FIRST: usize = 64 * 1024;
        let most = usize::try_from(LARGEST).unwrap_or(usize::MAX) + 1;
        let mut open = File::open(file)?;
        let mut held = 0;
        while held < most {
            if held == self.buffer.len() {
                self.buffer.resize((2 * held).clamp(FIRST, most), 0);
            }
            match open.read(&mut self.buffer[held..]) {
                Ok(0) => break,
                Ok(more) => held += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[..held])
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
        // A pipe would be waited for, and git knows none of these.
        if !about.is_file() {
            return Met::Unreadable("it is no file".to_owned());
        }
        if about.len() > LARGEST {
            return Met::Skipped(Skip::TooLarge);
        }
        Met::File(Stat::of(&about))
    }

    fn in_git(&mut self, id: Oid) -> Content<'_> {
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
                Ok(blob) => text_of(blob.content()).owned(),
                Err(error) => Content::Unreadable(error.message().to_owned()),
            },
            Err(error) => Content::Unreadable(format!("git does not have it: {}", error.message())),
        }
    }
}

impl Content<'_> {
    fn owned(self) -> Content<'static> {
        match self {
            Content::Text(text) => Content::Text(Cow::Owned(text.into_owned())),
            Content::Skipped(why) => Content::Skipped(why),
            Content::Unreadable(why) => Content::Unreadable(why),
        }
    }
}

/// As [`text_of`], of bytes that mostly are the text as they are.
fn text_in(bytes: &[u8]) -> Content<'_> {
    // UTF-16 is told by its mark, or by zero bytes anywhere.
    let is_plain = bytes.len() as u64 <= LARGEST && !has_mark(bytes) && !has_zero_or_return(bytes);
    match std::str::from_utf8(bytes).ok().filter(|_| is_plain) {
        Some(text) => Content::Text(Cow::Borrowed(text)),
        None => text_of(bytes),
    }
}

/// In one pass, and in steps that a processor takes many bytes at a time.
fn has_zero_or_return(bytes: &[u8]) -> bool {
    let is_either = |byte: u8| u8::from(byte == 0) | u8::from(byte == b'\r');
    bytes.chunks(1024).any(|part| part.iter().fold(0, |found, byte| found | is_either(*byte)) != 0)
}

/// Whether bytes begin as some encodings mark them.
fn has_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbb, 0xbf, ..] | [0xfe, 0xff, ..] | [0xff, 0xfe, ..])
}

fn text_of(bytes: &[u8]) -> Content<'_> {
    if bytes.len() as u64 > LARGEST {
        return Content::Skipped(Skip::TooLarge);
    }
    if is_binary(bytes) {
        return Content::Skipped(Skip::Binary);
    }
    let (text, _) = decode(bytes);
    Content::Text(if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content: Content<'_>) -> String {
        match content {
            Content::Text(text) => text.into_owned(),
            Content::Skipped(why) => format!("skipped: {why:?}"),
            Content::Unreadable(why) => format!("unreadable: {why}"),
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests play other programs that write files")]
    fn files_of_all_sizes_are_read_whole_one_after_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut reader = Reader::new(folder.path());
        let most = usize::try_from(LARGEST).expect("a size");
        for (at, size) in [10, 0, 65_535, 65_536, 65_537, 300_000, most, most + 1, 3].into_iter().enumerate() {
            let (name, text) = (format!("{at}.txt"), "é-".repeat(size)[..size / 3 * 3].to_owned());
            let file = folder.path().join(&name);
            std::fs::write(&file, &text).expect("written");
            let (content, hash) = reader.take(&Home::Disk(file), true);
            let is_whole = matches!(&content, Content::Text(read) if *read == text);
            assert!(is_whole || text.len() > most, "{size}");
            assert!(hash == Some(blob_hash(text.as_bytes())) || text.len() > most, "{size}");
            // It grew after it was met.
            let larger = folder.path().join("larger");
            std::fs::write(&larger, "a".repeat(most + 1)).expect("written");
            assert_eq!(told(reader.take(&Home::Disk(larger), false).0), "skipped: TooLarge");
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
            assert_eq!(told(text_in(bytes)), told(text_of(bytes)));
        }
    }
}
