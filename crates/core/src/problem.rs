//! Faults of the log itself. A Problem is a value, never an error: a broken record is still listed (invariant I3).
//!
//! Codes are stable: others rely on them. Never renumber; add at the end.

use crate::id::RecordPath;
use borsh::{BorshDeserialize, BorshSerialize};
use std::ops::Range;

/// How much a problem matters. Only errors make `lint` exit 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    /// The stable word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! problem_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $slug:literal, $severity:ident;)*) => {
        /// The kinds of problem, each with its stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
        pub enum ProblemCode { $($(#[doc = $doc])+ $name,)* }

        impl ProblemCode {
            /// Every code, in order.
            pub const ALL: &'static [ProblemCode] = &[$(ProblemCode::$name,)*];

            /// The stable code, `P001`.
            pub fn code(self) -> &'static str { match self { $(ProblemCode::$name => $code,)* } }

            /// The stable readable name, `duplicate-number`.
            pub fn slug(self) -> &'static str { match self { $(ProblemCode::$name => $slug,)* } }

            /// What it means, as a sentence: the documentation above, for people who do not read this file.
            pub fn meaning(self) -> &'static str { match self { $(ProblemCode::$name => concat!($($doc),+).trim(),)* } }

            /// The severity unless configured otherwise.
            pub fn severity(self) -> Severity { match self { $(ProblemCode::$name => Severity::$severity,)* } }
        }
    };
}

problem_codes! {
    /// Front matter that is not valid YAML or TOML.
    FrontMatter = "P001", "unparsable-front-matter", Error;
    /// Two records of a log with one number.
    DuplicateNumber = "P002", "duplicate-number", Warning;
    /// A link to a record that does not exist.
    DanglingLink = "P003", "dangling-link", Error;
    /// A supersession or amendment that only one side states.
    OneSidedLink = "P004", "one-sided-link", Note;
    /// Records that supersede each other in a ring.
    Cycle = "P005", "supersession-cycle", Error;
    /// Status superseded, but no record is named as successor.
    NoSuccessor = "P006", "superseded-without-successor", Warning;
    /// A template's prompt that nobody filled in.
    Placeholder = "P007", "unfilled-placeholder", Note;
    /// No title.
    MissingTitle = "P008", "missing-title", Warning;
    /// A date that is none, or a day that does not exist.
    BadDate = "P009", "bad-date", Warning;
    /// A status word that no map knows.
    UnknownStatus = "P010", "unknown-status", Warning;
    /// A reference that fits several records.
    AmbiguousReference = "P011", "ambiguous-reference", Warning;
    /// An accepted decision that depends on one still proposed.
    RestsOnProposed = "P012", "accepted-rests-on-proposed", Warning;
    /// No status.
    MissingStatus = "P013", "missing-status", Note;
    /// Text that is not UTF-8, read by a guess.
    Encoding = "P014", "not-utf8", Warning;
    /// Larger or more deeply nested than the limits; shown as plain text or not at all.
    TooLarge = "P015", "over-limit", Warning;
    /// The file could not be read.
    Unreadable = "P016", "unreadable", Error;
    /// A relative link in prose to a file that is not there.
    BrokenRelativeLink = "P017", "broken-relative-link", Note;
    /// Two records with one id.
    DuplicateId = "P018", "duplicate-id", Warning;
    /// Unresolved merge conflict markers.
    ConflictMarkers = "P019", "conflict-markers", Error;
    /// A settings file (`precedent.toml`, `.adr-dir`) that says something impossible.
    Settings = "P020", "bad-settings", Warning;
    /// A write that a crash interrupted was finished or taken back.
    Interrupted = "P021", "interrupted-write", Note;
    /// The repository is read without git, because git refuses it (it belongs to another user).
    GitRefused = "P022", "git-not-used", Note;
    /// Another branch has a different record with the same number.
    NumberOnBranch = "P023", "number-on-another-branch", Warning;
    /// A key of the contract whose value is not of the kind that the schema names.
    UnexpectedValue = "P024", "unexpected-value", Warning;
    /// A path pattern that cannot match: absolute, leaving the repository, or no glob.
    BadGlob = "P025", "bad-path-glob", Warning;
    /// An index of decisions, written by Precedent, that is not that of today's records.
    StaleIndex = "P026", "stale-index", Note;
    /// A rule that cannot be understood: an unknown key or kind, or a value that is none. A check is undecided by it.
    BadRule = "P027", "bad-rule", Error;
}

/// A change of text that mends a problem: byte offsets into the file as it was parsed.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fix {
    /// What the button says: `Change to 0119`.
    pub title: String,
    pub edits: Vec<TextEdit>,
}

/// Replaces `range` of the file at `path` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TextEdit {
    pub path: RecordPath,
    pub range: Range<usize>,
    pub text: String,
}

/// A fault at a place of a record.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Problem {
    pub code: ProblemCode,
    pub severity: Severity,
    pub path: RecordPath,
    /// Bytes of the place; empty at 0 when the whole file is meant.
    pub span: Range<usize>,
    /// 1-based line and column (in characters) of `span.start`.
    pub line: u32,
    pub column: u32,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The command line that does it, for those who are at one.
    #[borsh(skip)]
    pub command: Option<String>,
    pub fix: Option<Fix>,
    /// Where several fixes would do and a person has to say which: all of them.
    #[borsh(skip)]
    pub choices: Vec<Fix>,
}

impl Problem {
    /// A problem of `code` at `span` of `text`, with the code's own severity.
    pub fn new(
        code: ProblemCode,
        path: &RecordPath,
        text: &str,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let (line, column) = line_column(text, span.start);
        Self {
            code,
            severity: code.severity(),
            path: path.clone(),
            span,
            line,
            column,
            message: message.into(),
            hint: None,
            command: None,
            fix: None,
            choices: Vec::new(),
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the command line that does what the hint says.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Adds a fix that a person can apply with one action.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// The 1-based line and column (in characters) of byte `offset`; past the end counts as the end.
pub fn line_column(text: &str, offset: usize) -> (u32, u32) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[start..].chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
