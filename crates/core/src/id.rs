//! Names of records: repository paths, ids, numbers and slugs, and how a file name carries them.
//!
//! Nothing here touches the file system: a [`RecordPath`] is text. Reading order: [`RecordPath`], [`FileName`].

use borsh::{BorshDeserialize, BorshSerialize};
use std::borrow::Borrow;
use std::fmt;
use std::io;
use std::sync::Arc;

/// A path of a file in the repository, relative to its root, with `/` between parts on every platform.
///
/// It never starts with `/` and never holds `.` or `..` parts when made by the workspace.
/// Clones share one text: graph, lookup and problems of a log name every record many times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordPath(Arc<str>);

impl RecordPath {
    /// Takes a repository-relative path as it stands; back slashes become `/`.
    pub fn new(path: impl Into<String>) -> Self {
        let path: String = path.into();
        Self(if path.contains('\\') { path.replace('\\', "/").into() } else { path.into() })
    }

    /// The path as text, `docs/decisions/0001-x.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, `0001-x.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// All parts but the last, `docs/decisions`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name without its record extension (`.md`, `.markdown`, `.mdx`, `.html.md`, `.adoc`, `.asciidoc`, `.rst`).
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        let lower = name.to_ascii_lowercase();
        RECORD_EXTENSIONS
            .iter()
            .find(|ext| lower.len() > ext.len() && lower.ends_with(*ext))
            .map_or(name, |ext| &name[..name.len() - ext.len()])
    }

    /// Joins a relative link target (`../adr/0002-y.md`) written in this file; `None` when it leaves the repository.
    pub fn join_link(&self, target: &str) -> Option<RecordPath> {
        let mut parts: Vec<&str> = if target.starts_with('/') {
            Vec::new()
        } else {
            self.folder().split('/').filter(|part| !part.is_empty()).collect()
        };
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(RecordPath(parts.join("/").into()))
    }
}

/// Sets and maps of paths are asked with text.
impl Borrow<str> for RecordPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// File extensions that a record may have, longest first, lower case.
pub const RECORD_EXTENSIONS: &[&str] =
    &[".html.md.erb", ".html.md", ".asciidoc", ".markdown", ".adoc", ".mdx", ".rst", ".md"];

impl BorshSerialize for RecordPath {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        self.as_str().serialize(writer)
    }
}

impl BorshDeserialize for RecordPath {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        String::deserialize_reader(reader).map(RecordPath::new)
    }
}

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The stable identity of a decision: its `id:` key, else the file stem without its number (CONTRACT §12).
///
/// Unique within a log by convention only; where two collide a Problem says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct DecisionId(String);

impl DecisionId {
    /// Takes an id as it stands.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text, `use-postgres`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a file name says: its number as written and as a value, and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName<'a> {
    /// Letters before the number with their separator, `ADR-` in `ADR-0012-x`.
    pub prefix: &'a str,
    /// Digits as written, `0012`; `None` without a number. A date-named file (`20260302-x`, `2026-03-02-x`) has none here unless
    /// its log numbers by date.
    pub digits: Option<&'a str>,
    /// What follows the number and its separator, `use-postgres`.
    pub slug: &'a str,
    /// Bytes of a date in front with its separator: 11 in `2026-03-02-x`.
    pub date_len: usize,
}

impl FileName<'_> {
    /// The number as a value; `None` without one or when it does not fit 53 bits (JSON numbers).
    pub fn number(&self) -> Option<u64> {
        self.digits.and_then(|digits| digits.parse().ok()).filter(|number| *number < (1 << 53))
    }
}

impl<'a> FileName<'a> {
    /// Letters that give a number a row of its own, in lower case: `gen` in `GEN-003-x`, where `ARCH-003-y` is another. Words
    /// that only say "decision" give none, so `ADR-0012` and `0012` are one number.
    pub fn series(&self) -> String {
        let word = self.prefix.trim_matches(['-', '_', '.', ' ']).to_ascii_lowercase();
        if matches!(&*word, "adr" | "ad" | "dr" | "rfc" | "decision" | "record" | "ladr" | "madr") {
            String::new()
        } else {
            word
        }
    }

    /// Takes a file stem (or the name of a record's folder) apart.
    pub fn parse(stem: &'a str) -> Self {
        Self::parse_with_date(stem).0
    }

    /// The name that carries the number of a record at `path`: its stem, or its folder for a `README.md` or `index.md`.
    pub fn of(path: &'a RecordPath) -> Self {
        Self::parse(record_stem(path))
    }

    /// A number or a date stands in the name.
    pub fn is_marked(&self) -> bool {
        self.digits.is_some() || self.date_len > 0 && !self.slug.is_empty()
    }

    fn parse_with_date(stem: &'a str) -> (Self, usize) {
        let date_len = date_prefix(stem);
        let rest = &stem[date_len..];
        let (prefix_len, digits_len) = number_in(rest, date_len > 0);
        if digits_len == 0 {
            return (Self { prefix: "", digits: None, slug: rest, date_len }, date_len);
        }
        let end = prefix_len + digits_len;
        let slug = rest[end..].trim_start_matches(['-', '_', '.', ' ']);
        (Self { prefix: &rest[..prefix_len], digits: Some(&rest[prefix_len..end]), slug, date_len }, date_len)
    }
}

/// The part of a path that names the record: the stem, or the folder of a `README.md` or `index.md`.
pub fn record_stem(path: &RecordPath) -> &str {
    let stem = path.stem();
    if stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index") {
        return path.folder().rsplit('/').next().filter(|folder| !folder.is_empty()).unwrap_or(stem);
    }
    stem
}

/// The folder that holds a record: for a `README.md` of its own folder, the one above.
pub fn log_folder(path: &RecordPath) -> &str {
    let stem = path.stem();
    let folder = path.folder();
    if stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index") {
        return folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    folder
}

/// Bytes of a leading date with its separator: `20260302-`, `2026-03-02-`, `2026_03_02_`.
fn date_prefix(stem: &str) -> usize {
    let bytes = stem.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let separator = |at: usize| matches!(bytes.get(at), Some(b'-' | b'_' | b'.'));
    let number = |range: std::ops::Range<usize>| stem.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let ends = |at: usize| bytes.len() == at || separator(at) || bytes[at] == b' ';
    let day = |year: u32, month: u32, day: u32| {
        (1970..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    let length = if digits(0..4)
        && separator(4)
        && digits(5..7)
        && separator(7)
        && digits(8..10)
        && ends(10)
        && day(number(0..4), number(5..7), number(8..10))
    {
        10
    } else if digits(0..8) && ends(8) && day(number(0..4), number(4..6), number(6..8)) {
        8
    } else {
        return 0;
    };
    (length + 1).min(bytes.len())
}

/// Words that mark the number behind them as a record's.
const LABELS: &[&str] =
    &["adr", "ad", "rfc", "dr", "adl", "pdr", "ddr", "edr", "tdr", "rfd", "decision", "record", "lep", "arch"];

/// Whether a word before a number says that the number is a record's: `adr`, `RFC`.
pub fn is_label(word: &str) -> bool {
    LABELS.iter().any(|label| label.eq_ignore_ascii_case(word))
}

/// Where the number of a name stands: bytes before it and its length, `(0, 0)` when there is none.
fn number_in(name: &str, dated: bool) -> (usize, usize) {
    let bytes = name.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ends = |at: usize| at == bytes.len() || !bytes[at].is_ascii_alphanumeric();
    let leading = run(0);
    // Behind a date only a padded number is one: `2020-01-01-2-phase-commit` has none.
    if leading > 0 && leading <= 7 && ends(leading) && (!dated || leading >= 3) {
        return (0, leading);
    }
    let mut at = 0;
    let mut label = false;
    for _ in 0..4 {
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let word = &name[start..at];
        if word.is_empty() || word.len() > 12 {
            return (0, 0);
        }
        label |= is_label(word) || start == 0 && word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let digits_at = if at < bytes.len() && matches!(bytes[at], b'-' | b'_' | b'.' | b' ') { at + 1 } else { at };
        let length = if digits_at <= bytes.len() { run(digits_at) } else { 0 };
        if length > 0 {
            return if label && length <= 7 && ends(digits_at + length) { (digits_at, length) } else { (0, 0) };
        }
        if digits_at == at || !label {
            return (0, 0);
        }
        at = digits_at;
    }
    (0, 0)
}

#[cfg(test)]
mod file_name_tests {
    use super::*;

    fn check(stem: &str, number: Option<u64>, slug: &str) {
        let name = FileName::parse(stem);
        assert_eq!((name.number(), name.slug), (number, slug), "{stem}");
    }

    #[test]
    fn names_that_occur() {
        check("0012-use-postgres", Some(12), "use-postgres");
        check("001-use", Some(1), "use");
        check("00002-begin", Some(2), "begin");
        check("016_react", Some(16), "react");
        check("ADR-0104-ci-oidc", Some(104), "ci-oidc");
        check("ADR-0093", Some(93), "");
        check("ADR008-decide", Some(8), "decide");
        check("AD0002-app", Some(2), "app");
        check("adr3", Some(3), "");
        check("adr_001_x", Some(1), "x");
        check("ARCH-001-command", Some(1), "command");
        check("ODH-ADR-Operator-0005-configure", Some(5), "configure");
        check("2017-01-02-ADR_3_pick", Some(3), "pick");
        check("ADR-XXX_Agree", None, "ADR-XXX_Agree");
        check("20251009-scenario", None, "scenario");
        check("2019-05-01-security", None, "security");
        check("2020-01-01-2-phase-commit", None, "2-phase-commit");
        check("multiple-sites", None, "multiple-sites");
        check("use-http-2-everywhere", None, "use-http-2-everywhere");
        check("0004-生成图形关系", Some(4), "生成图形关系");
        check("1751-runner", Some(1751), "runner");
    }

    #[test]
    fn letters_that_count_by_themselves() {
        let series = |stem: &str| FileName::parse(stem).series();
        assert_eq!(["GEN-003-x", "GEN_3", "ARCH-003-y"].map(series), ["gen", "gen", "arch"]);
        assert_eq!(["ADR-0012-x", "0012-x", "rfc12", "2017-01-02-ADR_3_pick"].map(series), ["", "", "", ""]);
    }
}
