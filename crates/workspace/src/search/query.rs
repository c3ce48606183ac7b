//! The query language: words, phrases, `-not`, `OR` and fields. Reading a query never fails; what is not understood
//! becomes a complaint with its place, and the rest is searched all the same.
//!
//! A query is a list of *clauses*. A clause of words alone may be missed by a record, which is then ranked lower; every
//! other clause is a condition. `OR` joins the alternatives of one clause.
//!
//! Pure text work: which index terms a word stands for is decided in `terms`, what a filter lets through in `filter`.

pub(super) mod fields;
mod pieces;
mod reader;
mod reference;
#[cfg(test)]
mod tests;

use super::schema::Area;
use pieces::{MOST_PIECES, Piece, misread, pieces};
use precedent_core::{Date, Status};
use reader::Reader;
use std::ops::Range;

pub(crate) use reader::is_small;
pub(crate) use reference::Reference;

/// A clause's number, in order of appearance.
pub(crate) type Clause = u32;

/// A query as understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) filters: Vec<Filter>,
    /// Only these parts of a record are searched; `None`: all.
    pub(crate) areas: Option<Vec<Area>>,
    /// Where the query first says which parts.
    pub(crate) areas_at: Option<Range<usize>>,
    /// Parts that must not be looked into.
    pub(crate) barred: Vec<Area>,
    /// References as people write them (`ADR-12`, `#12`, `0012`); such a record is the first hit.
    pub(crate) references: Vec<Referred>,
    /// Names that the person who asks goes by, folded; empty when nobody is known.
    pub(crate) me: Vec<String>,
    pub(crate) complaint: Option<Complaint>,
}

/// What is wrong with a part of the query, and which bytes it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) message: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Complaint {
    /// Its place in the query in UTF-16 code units.
    pub(crate) fn place(&self, query: &str) -> (u32, u32) {
        let units = |end: usize| query[..end].encode_utf16().count() as u32;
        (units(self.start), units(self.end))
    }
}

/// A word to look for, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Still being typed: longer words that begin so count too.
    pub(crate) prefix: bool,
    pub(crate) negated: bool,
    /// Written without a separator to the words before it: looked up as one identifier first.
    pub(crate) role: Role,
    pub(crate) clause: Clause,
    /// Its bytes in the query.
    pub(crate) span: Range<usize>,
}

/// How a word belongs to an identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Plain,
    /// The whole identifier (`io_uring`, `c++`); the next `parts` words are its parts. With `tight`, the parts are
    /// looked for only when the whole is nowhere.
    Whole { parts: usize, tight: bool },
}

/// Words that must stand next to each other; `(offset, word)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<(usize, String)>,
    pub(crate) negated: bool,
    /// May be missed, as words may.
    pub(crate) wish: bool,
    /// The last word is still being typed.
    pub(crate) prefix: bool,
    pub(crate) clause: Clause,
}

/// A reference in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Referred {
    pub(crate) reference: Reference,
    /// The clause that it is an alternative of, where `OR` joins it to others.
    pub(crate) clause: Option<Clause>,
}

/// A condition on a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filter {
    pub(crate) negated: bool,
    pub(crate) test: Test,
    pub(crate) clause: Clause,
    /// Its bytes in the query.
    pub(crate) span: Range<usize>,
}

/// What a filter asks. Texts are folded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Any of these; `None` is "no status".
    Status(Vec<Option<Status>>),
    Tag(String),
    By(String),
    Scope(String),
    /// A folder or log, as [`fields`] writes paths; empty: the repository.
    In(String),
    /// The record governs this path; empty: any.
    Governs(String),
    Before(Date),
    From(Date),
    /// First and last year.
    Years(i16, i16),
    InForce,
    Open,
    Stale,
    Due,
    Superseded,
    Mine,
    HasProblems,
    HasLinks,
    HasDate,
    HasTags,
    HasPeople,
    HasPaths,
    HasRules,
    HasCode,
    /// One of these.
    Id(Vec<Reference>),
}

impl Query {
    /// Whether a record must meet the clause: it asks for more than words.
    pub(crate) fn is_condition(&self, clause: Clause) -> bool {
        self.filters.iter().any(|filter| filter.clause == clause)
            || self.phrases.iter().any(|phrase| phrase.clause == clause && !phrase.wish)
            || self.words.iter().any(|word| word.clause == clause && word.negated)
    }

    /// Some clause asks for words alone, so that a record without any of them is no match.
    pub(crate) fn asks_words(&self) -> bool {
        self.words.iter().any(|word| !self.is_condition(word.clause))
    }
}

/// Whether records lie in a folder of that name: `in:options` means it then, and the sections otherwise.
pub(crate) type IsFolder<'a> = &'a dyn Fn(&str) -> bool;

/// Reads a query of a person (`Name <address>`), so that `is:mine` means something.
pub(crate) fn parse_of(text: &str, me: Option<&str>, is_folder: IsFolder<'_>) -> Query {
    let mut query = parse(text, is_folder);
    query.me = me.map(names_of).unwrap_or_default();
    if query.me.is_empty() && query.filters.iter().any(|filter| filter.test == Test::Mine) && query.complaint.is_none()
    {
        let message = "git does not know who you are, so nothing is yours; set user.name and user.email".to_owned();
        let asks = |piece: &Piece<'_>| piece.field.is_some_and(|field| fields::asks_mine(field, piece.value));
        let (start, end) = pieces(text).iter().find(|piece| asks(piece)).map_or((0, text.len()), |p| (p.start, p.end));
        query.complaint = Some(Complaint { message, start, end });
    }
    query
}

/// What `Name <address>` may be called in a record: the name, the address, and the handle before its `@`.
fn names_of(person: &str) -> Vec<String> {
    let (name, address) = person.split_once('<').unwrap_or((person, ""));
    let address = address.trim_end().trim_end_matches('>').trim();
    let handle = address.split_once('@').map_or("", |(handle, _)| handle);
    let names = [name.trim(), address, handle].into_iter().filter(|name| !name.is_empty());
    names.map(super::tokenizer::fold).collect()
}

/// Reads a query.
pub(crate) fn parse(text: &str, is_folder: IsFolder<'_>) -> Query {
    let mut reader = Reader::new(is_folder);
    let pieces = pieces(text);
    let typing = !text.ends_with(char::is_whitespace);
    let last = pieces.len().saturating_sub(1);
    let shouts = !text.contains(char::is_lowercase);
    let parenthesis = misread(text, &pieces);
    let is_term = |at: usize| pieces.get(at).is_some_and(|piece| !piece.is_or() && !piece.is_and());
    let joined = |at: usize| at > 1 && pieces[at - 1].is_or() && is_term(at - 2);
    for (at, piece) in pieces.iter().enumerate() {
        if at == MOST_PIECES {
            reader.too_long(piece);
            break;
        }
        if let Some(at) = parenthesis.filter(|at| (piece.start..piece.end).contains(at)) {
            let message = "parentheses are not read; `OR` joins the two beside it, `-` excludes one";
            reader.complain(message.to_owned(), at, at + 1);
        }
        if let Some(next) = pieces.get(at + 1).filter(|_| piece.is_not() && !shouts) {
            let message = format!("`NOT` is a word like others; write `-{}`", &text[next.start..next.end]);
            reader.complain(message, piece.start, piece.end);
        }
        if piece.is_or() {
            // At the end it may be about to be followed by something.
            if (!is_term(at + 1) && at < last) || at == 0 || !is_term(at - 1) {
                reader.complain("`OR` stands between two words, phrases or fields".to_owned(), piece.start, piece.end);
            }
            continue;
        }
        if !joined(at) {
            let joins = pieces.get(at + 1).is_some_and(Piece::is_or) && is_term(at + 2);
            reader.shared = joins.then(|| reader.next_clause());
        }
        let before = at.checked_sub(1).map(|before| &pieces[before]).filter(|before| before.is_plain());
        if let Some(before) = before.filter(|_| piece.is_plain()) {
            reader.refer(reference::in_two(before.value, piece.value));
        }
        if !piece.is_and() {
            reader.piece(piece, typing && at == last);
        }
    }
    let mut query = reader.finish();
    if let [piece] = pieces.as_slice()
        && !piece.negated
        && piece.field.is_none()
        && query.words.iter().any(|word| !word.negated)
    {
        let whole = Referred { reference: reference::whole(piece.value), clause: None };
        if !query.references.contains(&whole) {
            query.references.push(whole);
        }
    }
    query
}
