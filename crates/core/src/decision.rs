//! What a record means: plain data without behaviour beyond small questions.
//!
//! A [`Decision`] holds only what its own file says ("stated"). What other records add (derived links, in force through
//! a successor) lives in [`crate::graph`].

use crate::id::{DecisionId, RecordPath};
use crate::record::RuleHead;
use borsh::{BorshDeserialize, BorshSerialize};
use std::ops::Range;

/// A calendar day. ISO 8601 when printed.
pub type Date = jiff::civil::Date;

/// Where a decision stands. The words of CONTRACT §2; anything else is [`Status::Other`] with the raw text kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub enum Status {
    Draft,
    Proposed,
    Accepted,
    Rejected,
    Deprecated,
    Superseded,
    /// A word that no map knows; see [`Decision::status_raw`].
    Other,
}

impl Status {
    /// The six words of the contract in lifecycle order.
    pub const ALL: [Status; 6] =
        [Status::Draft, Status::Proposed, Status::Accepted, Status::Rejected, Status::Deprecated, Status::Superseded];

    /// The contract's word, lower case; `other` for an unknown one.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
            Status::Deprecated => "deprecated",
            Status::Superseded => "superseded",
            Status::Other => "other",
        }
    }

    /// The status with exactly this contract word (case does not matter); synonyms are the record reader's work.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(word.trim()))
    }

    /// Draft or proposed: not settled yet.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Draft | Status::Proposed)
    }

    /// The steps that the lifecycle of CONTRACT §3 allows from here. `Superseded` is reached by superseding only.
    pub fn next(self) -> &'static [Status] {
        match self {
            Status::Draft => &[Status::Proposed, Status::Rejected],
            Status::Proposed => &[Status::Accepted, Status::Rejected, Status::Draft],
            Status::Accepted => &[Status::Superseded, Status::Deprecated],
            Status::Rejected | Status::Deprecated | Status::Superseded => &[],
            Status::Other => &[Status::Draft, Status::Proposed, Status::Accepted],
        }
    }
}

/// The kinds of a stated link, each named from the record that states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub enum LinkKind {
    Supersedes,
    SupersededBy,
    Amends,
    AmendedBy,
    RelatesTo,
    DependsOn,
}

impl LinkKind {
    /// The front-matter key of CONTRACT §2 (`depends-on` is the `as:` word of a `relates-to` item).
    pub fn key(self) -> &'static str {
        match self {
            LinkKind::Supersedes => "supersedes",
            LinkKind::SupersededBy => "superseded-by",
            LinkKind::Amends => "amends",
            LinkKind::AmendedBy => "amended-by",
            LinkKind::RelatesTo => "relates-to",
            LinkKind::DependsOn => "depends-on",
        }
    }

    /// The same link named from its other end; `None` where the contract has no word for it.
    pub fn inverse(self) -> Option<LinkKind> {
        match self {
            LinkKind::Supersedes => Some(LinkKind::SupersededBy),
            LinkKind::SupersededBy => Some(LinkKind::Supersedes),
            LinkKind::Amends => Some(LinkKind::AmendedBy),
            LinkKind::AmendedBy => Some(LinkKind::Amends),
            LinkKind::RelatesTo => Some(LinkKind::RelatesTo),
            LinkKind::DependsOn => None,
        }
    }
}

/// A link as the record states it, not yet resolved.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct StatedLink {
    pub kind: LinkKind,
    /// The reference's text: `ADR-0007`, `7`, a file name, an id, a title, `other-log:id`.
    pub text: String,
    /// The explicit target of a Markdown link, as written, without its fragment. It wins over `text` (CONTRACT §12).
    pub target: Option<String>,
    /// Free word for a relation beside the six (`clarifies`, `refines`), lower case, when the record uses one.
    pub relation: Option<String>,
    /// Bytes of the reference in the record's text.
    pub span: Range<usize>,
}

/// A mention of another record in prose: a Markdown link, `[[ADR-0007]]` or a bare `ADR-0007`.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Citation {
    pub text: String,
    /// Target of a Markdown link, as written.
    pub target: Option<String>,
    pub span: Range<usize>,
}

/// People of a decision, as written, in order (`@dana`, `team:data`, `Ann Lee`).
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct People {
    pub decision_makers: Vec<String>,
    pub consulted: Vec<String>,
    pub informed: Vec<String>,
}

/// Dates a record states. `date` is as MADR means it: when the decision was last changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Dates {
    #[borsh(serialize_with = "stored::write", deserialize_with = "stored::read")]
    pub date: Option<Date>,
    #[borsh(serialize_with = "stored::write", deserialize_with = "stored::read")]
    pub proposed: Option<Date>,
    #[borsh(serialize_with = "stored::write", deserialize_with = "stored::read")]
    pub accepted: Option<Date>,
    #[borsh(serialize_with = "stored::write", deserialize_with = "stored::read")]
    pub review_by: Option<Date>,
}

/// How a record is written down. Decides how an edit speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub enum Dialect {
    /// `schema: precedent/record/v1`
    Precedent1,
    /// Front matter with MADR 4 keys (`decision-makers`, `status`).
    Madr4,
    /// Front matter with `deciders`.
    Madr3,
    /// `* Status: accepted` bullets.
    Madr2,
    /// log4brains: MADR 2 bullets with `- Deciders:`/`- Tags:` and date-slug names.
    Log4brains,
    /// `## Status` section with a paragraph.
    Nygard,
    /// `**Status:** Accepted` or `Status: Accepted` near the top.
    Inline,
    /// A table with a status row or column.
    Table,
    /// Other front matter (`adr_status`, `state`, TOML).
    FrontMatter,
    /// AsciiDoc or reStructuredText: read-only.
    Foreign,
    /// No place for a status found.
    Plain,
}

impl Dialect {
    /// The stable word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Dialect::Precedent1 => "precedent1",
            Dialect::Madr4 => "madr4",
            Dialect::Madr3 => "madr3",
            Dialect::Madr2 => "madr2",
            Dialect::Log4brains => "log4brains",
            Dialect::Nygard => "nygard",
            Dialect::Inline => "inline",
            Dialect::Table => "table",
            Dialect::FrontMatter => "front-matter",
            Dialect::Foreign => "foreign",
            Dialect::Plain => "plain",
        }
    }
}

/// The parsed meaning of one record: only what its own file says.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Decision {
    pub path: RecordPath,
    pub id: DecisionId,
    /// The number as a value, 12 for `0012-`; see [`crate::id::FileName`].
    pub number: Option<u64>,
    /// The number as the file name writes it, `0012`.
    pub digits: Option<String>,
    /// Title without its number or `ADR-12:` prefix, inline Markdown removed; `None` when the record has none.
    pub title: Option<String>,
    /// `None`: the record states no status.
    pub status: Option<Status>,
    /// The status text as written, without surrounding Markdown.
    pub status_raw: Option<String>,
    pub dates: Dates,
    pub people: People,
    pub tags: Vec<String>,
    pub scope: Option<String>,
    /// Path globs the decision governs.
    pub applies_to: Vec<String>,
    pub links: Vec<StatedLink>,
    pub citations: Vec<Citation>,
    /// Why this record fell (`reason-superseded`).
    pub reason_superseded: Option<String>,
    pub dialect: Dialect,
    /// Rules in its front matter, as far as lists show them.
    pub rules: Vec<RuleHead>,
    /// Its front matter states rules, whether they can be read or not.
    pub states_rules: bool,
    /// Its front matter holds something under a key that is called nearly like `rules`.
    pub misnames_rules: bool,
}

impl Decision {
    /// Proposed for `days` or longer and still open (CONTRACT §3): computed, never stored.
    pub fn is_stale(&self, days: u32, today: Date) -> bool {
        let Some(since) = self.dates.proposed.or(self.dates.date) else { return false };
        self.status == Some(Status::Proposed)
            && since.until(today).is_ok_and(|age| i64::from(age.get_days()) >= i64::from(days))
    }

    /// Its day of review has come.
    pub fn is_due(&self, today: Date) -> bool {
        self.dates.review_by.is_some_and(|day| day <= today)
    }
}

/// A day in the stored form: year, month, day (jiff knows no borsh).
mod stored {
    use super::Date;
    use borsh::{BorshDeserialize, BorshSerialize};
    use std::io;

    pub(super) fn write<W: io::Write>(date: &Option<Date>, writer: &mut W) -> io::Result<()> {
        date.map(|date| (date.year(), date.month(), date.day())).serialize(writer)
    }

    pub(super) fn read<R: io::Read>(reader: &mut R) -> io::Result<Option<Date>> {
        let parts = Option::<(i16, i8, i8)>::deserialize_reader(reader)?;
        parts.map(|(year, month, day)| Date::new(year, month, day).map_err(io::Error::other)).transpose()
    }
}
