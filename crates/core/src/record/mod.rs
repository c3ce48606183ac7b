//! A record's text and what it says. [`parse`] never fails: a defect is a [`Problem`](crate::Problem).
//!
//! [`front_matter`] reads the YAML or TOML block, [`sections`] the headings, [`dialect`] joins them into one
//! [`Decision`]; [`edit`] changes text without touching other bytes; [`template`] writes new records.

mod citations;
pub mod convert;
mod dates;
mod dialect;
pub mod edit;
mod encoding;
mod foreign;
pub(crate) mod front_matter;
mod head;
pub mod images;
mod language;
mod links;
mod packed;
mod quotes;
mod reading;
pub(crate) mod references;
mod rules;
mod sections;
mod signs;
mod status;
mod statuses;
pub mod template;
mod title;

#[cfg(test)]
mod tests;

pub use dates::meant as day_meant;
pub use encoding::{NotText, decode, exact_text, to_utf8};
pub use packed::{Lines, SectionView, Sections};
pub(crate) use reading::front_entries;
pub(crate) use reading::{Format, Reading};
pub use reading::{foreign_markup, front_block, reason_supersedes, relative_links};
pub use rules::{RuleHead, misnamed_rules, rules_of};
pub use signs::{may_be_record, placeholder_lines};

use crate::decision::{Decision, Status};
use crate::id::RecordPath;
use crate::problem::{Problem, ProblemCode};
use borsh::{BorshDeserialize, BorshSerialize};
use std::ops::Range;

/// What a section of a record is about, by its heading in any supported language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
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

/// A section while a record is read; kept as a [`SectionView`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) level: u8,
    pub(crate) kind: SectionKind,
    pub(crate) span: Range<usize>,
    pub(crate) body: Range<usize>,
}

/// Signs that a file is a decision record (CONTRACT §12 "Record or not").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a byte order mark; spans count from after it.
    Utf8Bom,
    /// Guessed; shown, never written.
    Latin1,
    /// UTF-16, with a byte order mark or plain to see without; shown, never written.
    Utf16,
}

impl Encoding {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 with a byte order mark",
            Encoding::Latin1 => "Latin-1 (Windows-1252)",
            Encoding::Utf16 => "UTF-16",
        }
    }
}

/// One record as parsed. Spans are byte offsets into the decoded text ([`decode`]), which is not kept.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Parsed {
    pub decision: Decision,
    /// Folder of the log it belongs to ([`ParseOptions::log`]).
    pub log: String,
    /// The id comes from an `id:` key, not from the file name.
    pub stated_id: bool,
    pub lines: Lines,
    pub encoding: Encoding,
    /// Bytes of the front matter between its fences.
    pub front_matter: Option<Range<usize>>,
    pub sections: Sections,
    pub problems: Vec<Problem>,
    pub signs: Signs,
    /// Number of words of the body.
    pub words: u32,
}

impl Parsed {
    /// The 1-based line and byte column of a byte offset, without the text at hand.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        self.lines.line_column(offset)
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

/// The size up to which a record is read; larger files are listed with a problem and nothing else.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// Reads a record. Never fails and never panics: what cannot be read becomes a [`Problem`].
pub fn parse(path: &RecordPath, bytes: &[u8], options: &ParseOptions) -> Parsed {
    let too_large = bytes.len() > MAX_BYTES;
    let (text, encoding) = decode(if too_large { &[] } else { bytes });
    let mut problems = Vec::new();
    let reading = Reading::new(path, &text);
    let decision = dialect::decision(path, &reading, &options.statuses, &mut problems);
    if too_large {
        let message = format!("this file has {} bytes, more than the limit of {MAX_BYTES}", bytes.len());
        problems = vec![
            Problem::new(ProblemCode::TooLarge, path, "", 0..0, message)
                .hint("Shorten the record, or keep large attachments in files of their own."),
        ];
    }
    signs::file_problems(path, &reading, encoding, &mut problems);
    problems.sort_by_key(|problem| (problem.span.start, problem.code));
    let signs = signs::signs(path, &reading, &decision);
    let words = text[reading.body..].split_whitespace().count();
    Parsed {
        decision,
        log: options.log.clone(),
        stated_id: reading.stated_id().is_some(),
        lines: Lines::of(&text),
        encoding,
        front_matter: reading.front.as_ref().map(|front| front.inner.clone()),
        sections: Sections::new(&reading.sections),
        problems,
        signs,
        words: u32::try_from(words).unwrap_or(u32::MAX),
    }
}
