//! Reads the pieces of a query into words, phrases and conditions.

use super::pieces::{Piece, pieces};
use super::{Clause, Complaint, Filter, IsFolder, Phrase, Query, Reference, Referred, Role, Word, fields, reference};
use crate::search::schema::Area;
use crate::search::tokenizer::{Kind, cut};
use std::ops::Range;

/// More words and conditions than this are not read: each costs a pass over all records, and memory beside it.
const MOST_TERMS: usize = 128;

/// The last word of a phrase counts from this many letters on: fewer begin too many words.
const FEWEST_LETTERS: usize = 3;

/// English words that say nothing about a decision. They are dropped beside others, never when they are all there is.
const SMALL_WORDS: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does",
    "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "no", "not", "of", "on",
    "or", "our", "s", "should", "so", "that", "the", "their", "them", "there", "these", "they", "this", "to", "was",
    "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you",
];

/// Whether a folded word says nothing about a decision.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL_WORDS.contains(&word)
}

pub(super) struct Reader<'a> {
    query: Query,
    is_folder: IsFolder<'a>,
    /// Sections that are asked for.
    asked: Vec<Area>,
    /// The clause of the alternatives being read.
    pub(super) shared: Option<Clause>,
    clauses: Clause,
    /// How many more words and conditions are read.
    room: usize,
}

/// What stands between separators: a word, or an identifier with its words.
struct Unit {
    token: Token,
    parts: Vec<Token>,
}

impl Unit {
    /// Written with a sign that no prose has between two words.
    fn is_tight(&self) -> bool {
        self.token.text.contains(['_', ':', '+', '#'])
    }

    /// An identifier that is also meant where a longer one holds it; small words in a row are prose.
    fn is_in_longer(&self) -> bool {
        self.is_tight() && self.parts.len() > 1 && !self.parts.iter().all(|part| is_small(&part.text))
    }
}

struct Token {
    text: String,
    position: usize,
    kind: Kind,
    /// Bytes in the value.
    span: Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(is_folder: IsFolder<'a>) -> Self {
        Self { query: Query::default(), is_folder, asked: Vec::new(), shared: None, clauses: 0, room: MOST_TERMS }
    }

    pub(super) fn finish(mut self) -> Query {
        self.query.areas = self.areas();
        self.query
    }

    /// Where to look: where it is asked to, or everywhere, less what is taken away.
    fn areas(&self) -> Option<Vec<Area>> {
        let barred = &self.query.barred;
        if self.asked.is_empty() && barred.is_empty() {
            return None;
        }
        let asked = |area: &Area| self.asked.is_empty() || self.asked.contains(area);
        Some(Area::ALL.into_iter().filter(|area| asked(area) && !barred.contains(area)).collect())
    }

    pub(super) fn next_clause(&mut self) -> Clause {
        self.clauses += 1;
        self.clauses - 1
    }

    fn clause(&mut self) -> Clause {
        self.shared.unwrap_or_else(|| self.next_clause())
    }

    /// Room for one more word or condition; says so when there is none.
    fn take(&mut self, piece: &Piece<'_>) -> bool {
        if self.room == 0 {
            self.too_long(piece);
            return false;
        }
        self.room -= 1;
        true
    }

    pub(super) fn too_long(&mut self, piece: &Piece<'_>) {
        let message = format!("the query is too long; what comes after {MOST_TERMS} words and fields is left out");
        self.complain(message, piece.start, piece.end);
    }

    pub(super) fn piece(&mut self, piece: &Piece<'_>, typing: bool) {
        // A phrase that is being typed is no mistake yet.
        if let Some(mark) = piece.unclosed.as_ref().filter(|_| swallows(piece.value)) {
            let message = "the quotation mark has no end; everything after it is the phrase";
            self.complain(message.to_owned(), mark.start, mark.end);
        }
        match piece.field {
            Some(field) => self.field(&field.to_ascii_lowercase(), piece),
            None if piece.quoted => self.phrase(piece, typing),
            None if piece.negated => self.excluded(piece),
            None => self.words(piece, typing),
        }
    }

    fn phrase(&mut self, piece: &Piece<'_>, typing: bool) {
        let mut words = Vec::new();
        // What is excluded is meant as written.
        let typing = typing && !piece.negated && piece.unclosed.is_some() && ends_in_word(piece.value);
        let mut prefix = false;
        for token in units(piece.value).into_iter().flat_map(in_phrase) {
            if !self.take(piece) {
                break;
            }
            prefix = typing && token.kind != Kind::Pair;
            words.push((token.position, token.text));
        }
        let is_short = |(_, word): &(usize, String)| word.chars().count() < FEWEST_LETTERS;
        if prefix && words.len() > 1 && words.last().is_some_and(is_short) {
            words.pop();
            prefix = false;
        }
        if !words.is_empty() {
            let clause = self.clause();
            self.query.phrases.push(Phrase { words, negated: piece.negated, wish: false, prefix, clause });
        }
    }

    /// `-word`, or an identifier, in longer ones too; several words stand for themselves in this order, as a phrase.
    fn excluded(&mut self, piece: &Piece<'_>) {
        self.hint(piece);
        let mut units = units(piece.value);
        match units.pop() {
            Some(unit) if units.is_empty() && !unit.is_in_longer() => {
                let token = unit.token;
                if self.take(piece) {
                    let clause = self.clause();
                    self.query.words.push(Word { negated: true, clause, ..word(token, piece) });
                }
            }
            _ => self.phrase(piece, false),
        }
    }

    fn words(&mut self, piece: &Piece<'_>, typing: bool) {
        self.hint(piece);
        self.refer(reference::marked(piece.value));
        let units = units(piece.value);
        let last = units.len().saturating_sub(1);
        let typing = typing && ends_in_word(piece.value);
        for (at, unit) in units.into_iter().enumerate() {
            if !self.take(piece) {
                return;
            }
            self.unit(unit, piece, typing && at == last);
        }
    }

    /// Notes a reference in the piece being read.
    pub(super) fn refer(&mut self, reference: Option<Reference>) {
        let clause = self.shared;
        self.query.references.extend(reference.map(|reference| Referred { reference, clause }));
    }

    fn unit(&mut self, unit: Unit, piece: &Piece<'_>, typing: bool) {
        let clause = self.clause();
        let tight = unit.is_tight();
        let Unit { token, mut parts } = unit;
        let role = match parts.len() {
            0 => Role::Plain,
            _ if !tight && parts.iter().all(|part| is_small(&part.text)) => {
                // Each alone would be dropped, or find every record: `how-to` is also meant by "how to".
                let words = parts.drain(..).map(|part| (part.position, part.text)).collect();
                self.query.phrases.push(Phrase { words, wish: true, clause, ..Phrase::default() });
                Role::Whole { parts: 0, tight: false }
            }
            parts => Role::Whole { parts, tight },
        };
        // A character of a script without spaces is found as it stands, whatever follows it.
        let prefix = |kind: Kind| typing && kind != Kind::Pair;
        self.query.words.push(Word { prefix: prefix(token.kind), role, clause, ..word(token, piece) });
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.into_iter().enumerate() {
            let clause = self.clause();
            let prefix = at == last && prefix(part.kind);
            self.query.words.push(Word { prefix, clause, ..word(part, piece) });
        }
    }

    /// A word before a colon that is nearly a field's name is searched as it stands, and told.
    fn hint(&mut self, piece: &Piece<'_>) {
        let Some((word, _)) = piece.value.split_once(':') else { return };
        if let Some(field) = fields::meant(word) {
            let end = piece.value_start + word.len() + 1;
            let message = format!("`{word}:` is no field; did you mean `{field}:`?");
            self.complain(message, piece.value_start, end);
        }
    }

    fn field(&mut self, field: &str, piece: &Piece<'_>) {
        let value = piece.value.trim();
        if value.is_empty() {
            return self.complain(format!("`{field}:` needs a value"), piece.start, piece.end);
        }
        match fields::read(field, value, self.is_folder) {
            Ok(fields::Meaning::Test(test)) => {
                if self.take(piece) {
                    let clause = self.clause();
                    let span = piece.start..piece.end;
                    self.query.filters.push(Filter { negated: piece.negated, test, clause, span });
                }
            }
            Ok(fields::Meaning::Areas(_)) if self.shared.is_some() => {
                let message = format!("`{field}:{value}` says where the whole query looks, so it is no side of `OR`");
                self.complain(message, piece.start, piece.end);
            }
            Ok(fields::Meaning::Areas(named)) => {
                let list = if piece.negated { &mut self.query.barred } else { &mut self.asked };
                list.extend(named);
                self.query.areas_at.get_or_insert(piece.start..piece.end);
                if self.areas().is_some_and(|areas| areas.is_empty()) {
                    let message = format!("`{field}:{value}` leaves no section to look into");
                    self.complain(message, piece.start, piece.end);
                }
            }
            Err(message) => self.complain(message, piece.start, piece.end),
        }
    }

    /// Keeps the first complaint: it stands leftmost.
    pub(super) fn complain(&mut self, message: String, start: usize, end: usize) {
        self.query.complaint.get_or_insert(Complaint { message, start, end });
    }
}

/// Whether a phrase that has no end holds what is hardly meant as its words: a field, or `OR`.
fn swallows(phrase: &str) -> bool {
    pieces(phrase).iter().any(|piece| piece.field.is_some() || piece.is_or())
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

fn word(token: Token, piece: &Piece<'_>) -> Word {
    let span = piece.value_start + token.span.start..piece.value_start + token.span.end;
    Word { text: token.text, span, ..Word::default() }
}

/// Words and identifiers of a value; not many more than are read of it.
fn units(value: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    cut(value, &mut |token| {
        if token.kind == Kind::Part || units.len() > MOST_TERMS {
            return;
        }
        let own = Token {
            text: token.text.to_owned(),
            position: token.position,
            kind: token.kind,
            span: token.start..token.end,
        };
        match units.last_mut() {
            Some(whole) if whole.token.kind.is_whole() && token.start < whole.token.span.end => whole.parts.push(own),
            _ => units.push(Unit { token: own, parts: Vec::new() }),
        }
    });
    units
}

/// What a phrase asks for: `C++` with its sign, other identifiers by their words, so that longer ones hold them too.
fn in_phrase(unit: Unit) -> Vec<Token> {
    if unit.token.kind == Kind::Compound { unit.parts } else { vec![unit.token] }
}
