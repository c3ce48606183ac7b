//! A record's text and what it says. [`parse`] never fails: a defect is a [`Problem`](crate::Problem).
//!
//! [`front_matter`] reads the YAML or TOML block, [`sections`] the headings, [`dialect`] joins them into one
//! [`Decision`]; [`edit`] changes text without touching other bytes; [`template`] writes new records.

pub mod edit;
pub mod template;

use crate::decision::{Dates, Decision, Dialect, People, Status};
use crate::id::{DecisionId, RecordPath};
use crate::problem::Problem;
use std::borrow::Cow;
use std::ops::Range;

/// What a section of a record is about, by its heading in any supported language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    Status,
    Context,
    Drivers,
    Options,
    Decision,
    Consequences,
    Links,
    Other,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's text without Markdown.
    pub heading: String,
    /// 1 for `#`. The preamble before the first heading has no section.
    pub level: u8,
    pub kind: SectionKind,
    /// Bytes of heading and body.
    pub span: Range<usize>,
    /// Bytes of the body alone.
    pub body: Range<usize>,
}

/// Signs that a file is a decision record (CONTRACT §12 "Record or not").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    pub number_or_date_in_name: bool,
    pub status: bool,
    pub decision_headings: bool,
    pub front_matter: bool,
}

impl Signs {
    /// At least one sign.
    pub fn any(self) -> bool {
        self.number_or_date_in_name || self.status || self.decision_headings || self.front_matter
    }
}

/// How the bytes of a file became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a byte order mark; spans count from after it.
    Utf8Bom,
    /// Guessed; shown, never written.
    Latin1,
    /// UTF-16 with a byte order mark; shown, never written.
    Utf16,
}

/// One record as parsed. Spans are byte offsets into the decoded text ([`decode`]), which is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    pub decision: Decision,
    /// Folder of the log it belongs to ([`ParseOptions::log`]).
    pub log: String,
    /// The id comes from an `id:` key, not from the file name.
    pub stated_id: bool,
    /// Byte offset of the start of each line of the text.
    pub line_starts: Vec<u32>,
    pub encoding: Encoding,
    /// Bytes of the front matter between its fences.
    pub front_matter: Option<Range<usize>>,
    pub sections: Vec<Section>,
    pub problems: Vec<Problem>,
    pub signs: Signs,
    /// Number of words of the body.
    pub words: u32,
}

impl Parsed {
    /// The 1-based line and byte column of a byte offset, without the text at hand.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        (u32::try_from(line).unwrap_or(u32::MAX), offset - start + 1)
    }
}

/// What a record's surroundings add to its reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParseOptions {
    /// Folder of the log, `docs/decisions`.
    pub log: String,
    /// More status words, lower case, from `precedent.toml` (`statuses`).
    pub statuses: Vec<(String, Status)>,
}

/// Turns a file's bytes into text without losing any; says how it read them.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    (String::from_utf8_lossy(bytes), Encoding::Utf8)
}

/// Reads a record. Never fails and never panics: what cannot be read becomes a [`Problem`].
pub fn parse(path: &RecordPath, bytes: &[u8], options: &ParseOptions) -> Parsed {
    let (text, encoding) = decode(bytes);
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).map(str::to_owned);
    Parsed {
        decision: Decision {
            path: path.clone(),
            id: DecisionId::new(path.stem()),
            number: None,
            digits: None,
            title,
            status: None,
            status_raw: None,
            dates: Dates::default(),
            people: People::default(),
            tags: Vec::new(),
            scope: None,
            applies_to: Vec::new(),
            links: Vec::new(),
            citations: Vec::new(),
            reason_superseded: None,
            dialect: Dialect::Plain,
        },
        log: options.log.clone(),
        stated_id: false,
        line_starts: Vec::new(),
        encoding,
        front_matter: None,
        sections: Vec::new(),
        problems: Vec::new(),
        signs: Signs::default(),
        words: 0,
    }
}

/// Whether a file with this name may be a record at all: a known extension, and no README, index or template
/// (a `README.md` whose folder carries the number or date may).
pub fn may_be_record(path: &RecordPath) -> bool {
    path.stem() != path.file_name()
}
