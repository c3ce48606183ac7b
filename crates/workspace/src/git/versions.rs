//! Old and new version of a changed file, read as a record where it is one.

use super::repo::{self, Content, head_tree};
use super::status::{Blob, Change, Entry};
use crate::error::Result;
use git2::{Index, Repository, Tree};
use precedent_core::RecordPath;
use precedent_core::record::{ParseOptions, Parsed, decode, may_be_record, parse};
use std::cell::OnceCell;
use std::path::Path;

/// What tells records from other files.
pub(crate) struct Records<'a> {
    /// Whether the current log holds this path.
    pub(crate) known: &'a dyn Fn(&RecordPath) -> bool,
    /// Folders of the logs.
    pub(crate) folders: &'a [String],
    /// How records of a log are read.
    pub(crate) options: &'a dyn Fn(&str) -> ParseOptions,
}

impl Records<'_> {
    /// Whether a path may be a record by its name and place.
    pub(crate) fn may_hold(&self, path: &str) -> bool {
        let path = RecordPath::new(path);
        may_be_record(&path) && ((self.known)(&path) || self.folder(&path).is_some())
    }

    /// The innermost log that a path lies in.
    fn folder(&self, path: &RecordPath) -> Option<&str> {
        let inside = |folder: &&String| {
            folder.is_empty() || path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        self.folders.iter().filter(inside).max_by_key(|folder| folder.len()).map(String::as_str)
    }
}

/// One version: its text, and what it says when it is a record.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) text: String,
    pub(crate) parsed: Option<Parsed>,
}

/// Both versions of a changed file.
pub(crate) struct Versions {
    pub(crate) old: Option<Version>,
    pub(crate) new: Option<Version>,
    pub(crate) is_record: bool,
    /// `binary` or `too large`: there is nothing to compare.
    pub(crate) notice: Option<&'static str>,
    /// Line ends were made alike before comparing.
    pub(crate) leveled: bool,
}

impl Versions {
    pub(crate) fn old_record(&self) -> Option<(&Parsed, &str)> {
        record(self.old.as_ref())
    }

    pub(crate) fn new_record(&self) -> Option<(&Parsed, &str)> {
        record(self.new.as_ref())
    }

    pub(crate) fn texts(&self) -> (&str, &str) {
        (self.old.as_ref().map_or("", |old| &old.text), self.new.as_ref().map_or("", |new| &new.text))
    }
}

fn record(version: Option<&Version>) -> Option<(&Parsed, &str)> {
    version.and_then(|version| Some((version.parsed.as_ref()?, version.text.as_str())))
}

/// Reads versions of files; opens HEAD once for many, and what is staged only where the listing did not name it.
pub(crate) struct Reader<'r> {
    repo: &'r Repository,
    head: Option<Tree<'r>>,
    index: OnceCell<Option<Index>>,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(repo: &'r Repository) -> Result<Self> {
        Ok(Self { repo, head: head_tree(repo)?, index: OnceCell::new() })
    }

    fn staged(&self, path: &Path) -> Content {
        // What cannot be read here could not be listed before.
        let index = self.index.get_or_init(|| self.repo.index().ok());
        index.as_ref().map_or(Content::Absent, |index| repo::in_index(self.repo, index, path))
    }

    fn blob(&self, blob: Blob, otherwise: impl FnOnce() -> Content) -> Content {
        match blob {
            Blob::Is(id) => repo::in_blob(self.repo, id),
            Blob::Absent => Content::Absent,
            Blob::Unknown => otherwise(),
        }
    }

    /// Both versions of an entry: HEAD and index for the staged side, index and disk for the other, ours and disk for
    /// a conflict.
    pub(crate) fn versions(&self, root: &Path, entry: &Entry, records: &Records<'_>) -> Versions {
        let (old, new) = self.contents(root, entry);
        compare(&old, &new, &RecordPath::new(entry.path.as_str()), records)
    }

    /// The two contents that [`Self::versions`] compares.
    pub(crate) fn contents(&self, root: &Path, entry: &Entry) -> (Content, Content) {
        let path = Path::new(&entry.path);
        let old_path = Path::new(entry.old_path.as_deref().unwrap_or(&entry.path));
        if entry.staged {
            let head = || repo::in_head(self.repo, self.head.as_ref(), old_path);
            (self.blob(entry.old, head), self.blob(entry.new, || self.staged(path)))
        } else {
            // A new file was never in git, whatever an intent to add left in the index.
            let old = if entry.change == Change::Added {
                Content::Absent
            } else {
                self.blob(entry.old, || self.staged(old_path))
            };
            (old, repo::on_disk(root, path))
        }
    }
}

/// Reads both versions as a record, where they are one.
pub(crate) fn compare(old: &Content, new: &Content, path: &RecordPath, records: &Records<'_>) -> Versions {
    let notice = if matches!(old, Content::TooLarge) || matches!(new, Content::TooLarge) {
        Some("too large")
    } else if old.is_binary() || new.is_binary() {
        Some("binary")
    } else {
        None
    };
    let known = (records.known)(path);
    let folder = records.folder(path);
    if notice.is_some() {
        return Versions { old: None, new: None, is_record: known, notice, leveled: false };
    }
    // A log whose last record was deleted is no log any more; the record that went is still one.
    let gone = matches!(new, Content::Absent);
    let candidate = may_be_record(path) && (known || folder.is_some() || gone);
    let options = (records.options)(folder.unwrap_or_default());
    let text = |content: &Content| content.bytes().map(|bytes| decode(bytes).0.into_owned());
    let (old, new, leveled) = level_line_ends(text(old), text(new));
    let version = |text: String| {
        let parsed = candidate.then(|| parse(path, text.as_bytes(), &options));
        Version { text, parsed }
    };
    let (mut old, mut new) = (old.map(version), new.map(version));
    let in_log = known || folder.is_some();
    let shows = |version: &Option<Version>| {
        let signs =
            version.as_ref().and_then(|version| version.parsed.as_ref()).map(|parsed| parsed.signs).unwrap_or_default();
        if in_log { signs.any() } else { signs.status && signs.decision_headings }
    };
    let is_record = known || shows(&old) || shows(&new);
    if !is_record {
        for version in [&mut old, &mut new].into_iter().flatten() {
            version.parsed = None;
        }
    }
    Versions { old, new, is_record, notice: None, leveled }
}

/// Git converts line ends between disk and index. Where only one side has CRLF they are not a change to show, unless
/// they are all that changed.
fn level_line_ends(old: Option<String>, new: Option<String>) -> (Option<String>, Option<String>, bool) {
    let (Some(old_text), Some(new_text)) = (&old, &new) else { return (old, new, false) };
    if old_text.contains("\r\n") == new_text.contains("\r\n") {
        return (old, new, false);
    }
    let (level_old, level_new) = (old_text.replace("\r\n", "\n"), new_text.replace("\r\n", "\n"));
    if level_old == level_new { (old, new, false) } else { (Some(level_old), Some(level_new), true) }
}
