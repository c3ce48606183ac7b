//! The pieces of a query's text: runs without spaces outside quotation marks, with their sign and field.

use super::fields::NAMES;
use std::ops::Range;

/// A run of the query without spaces outside quotation marks.
#[derive(Debug, Default)]
pub(super) struct Piece<'a> {
    /// Bytes of the whole piece in the query, sign and field included.
    pub(super) start: usize,
    pub(super) end: usize,
    /// First byte of the value.
    pub(super) value_start: usize,
    pub(super) negated: bool,
    pub(super) field: Option<&'a str>,
    pub(super) value: &'a str,
    pub(super) quoted: bool,
    /// The quotation mark that has no end.
    pub(super) unclosed: Option<Range<usize>>,
}

impl Piece<'_> {
    /// `OR` between two pieces: either will do.
    pub(super) fn is_or(&self) -> bool {
        self.is_operator("OR")
    }

    /// `NOT` of other query languages; a word in this one.
    pub(super) fn is_not(&self) -> bool {
        self.is_operator("NOT")
    }

    /// Words alone: neither excluded nor quoted nor a field's value.
    pub(super) fn is_plain(&self) -> bool {
        !self.negated && !self.quoted && self.field.is_none()
    }

    /// `AND` changes nothing, so it is no word either.
    pub(super) fn is_and(&self) -> bool {
        self.is_operator("AND")
    }

    fn is_operator(&self, word: &str) -> bool {
        self.is_plain() && self.value == word
    }
}

/// More pieces are not read.
pub(super) const MOST_PIECES: usize = 512;

/// The pieces of a text; of one that is too long, one more than are read.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while pieces.len() <= MOST_PIECES
        && let Some(offset) = text[at..].find(|c: char| !c.is_whitespace())
    {
        let piece = piece(text, at + offset);
        at = piece.end;
        pieces.push(piece);
    }
    pieces
}

/// The piece that begins at `start`.
fn piece(text: &str, start: usize) -> Piece<'_> {
    let mut piece = Piece { start, ..Piece::default() };
    let mut at = start;
    if text[at..].starts_with('-') && text[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '-') {
        piece.negated = true;
        at += 1;
    }
    // `(status:accepted OR status:proposed)`: alternatives belong together without a sign.
    let name_start = text.len() - text[at..].trim_start_matches('(').len();
    let name_end =
        text[name_start..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |end| name_start + end);
    let name = &text[name_start..name_end];
    let colon = text[name_end..].starts_with(':') && !text[name_end..].starts_with("::");
    if colon && NAMES.iter().any(|field| field.eq_ignore_ascii_case(name)) {
        piece.field = Some(name);
        at = name_end + 1;
    }
    if piece.field.is_none() && text[name_start..].starts_with(['"', '“', '„', '”']) {
        at = name_start;
    }
    if let Some(rest) = text[at..].strip_prefix(['"', '“', '„', '”']) {
        let from = text.len() - rest.len();
        let end = rest.find(['"', '”', '“']).map(|end| from + end);
        piece.quoted = true;
        piece.unclosed = end.is_none().then_some(at..from);
        piece.value_start = from;
        piece.value = &text[from..end.unwrap_or(text.len())];
        let after = end.map_or(text.len(), |end| end + text[end..].chars().next().map_or(0, char::len_utf8));
        piece.end = text.len() - text[after..].trim_start_matches(')').len();
    } else {
        let end = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
        piece.value_start = at;
        piece.value = &text[at..end];
        piece.end = end;
        while piece.field.is_some() && count(piece.value, ')') > count(piece.value, '(') && piece.value.ends_with(')') {
            piece.value = &piece.value[..piece.value.len() - 1];
        }
    }
    piece
}

fn count(text: &str, sign: char) -> usize {
    text.chars().filter(|c| *c == sign).count()
}

/// The first opening parenthesis that a person means something by which the language does not have: alternatives read alike
/// without it.
pub(super) fn misread(text: &str, pieces: &[Piece<'_>]) -> Option<usize> {
    let sides = |at: usize| {
        let written = text[pieces[at].start..pieces[at].end].trim_start_matches('-');
        if pieces[at].quoted {
            let ends = |rest: &str| written.len() - rest.len();
            (ends(written.trim_start_matches('(')), ends(written.trim_end_matches(')')), written)
        } else {
            (count(written, '('), count(written, ')'), written)
        }
    };
    let starts = |at: &usize| {
        let (opened, closed, written) = sides(*at);
        written.starts_with('(') && opened > closed
    };
    let is_or = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_some_and(Piece::is_or);
    (0..pieces.len()).filter(starts).find_map(|first| {
        let closes = |at: &usize| {
            let (opened, closed, _) = sides(*at);
            closed > opened
        };
        let last = (first + 1..pieces.len()).find(closes).unwrap_or(pieces.len() - 1);
        let alternate = (first..=last).all(|at| is_or(Some(at)) == ((at - first) % 2 == 1));
        let has_or = (first..=last).any(|at| is_or(Some(at))) || is_or(first.checked_sub(1)) || is_or(Some(last + 1));
        let wrong = (pieces[first].negated && last > first) || (has_or && !alternate);
        wrong.then_some(pieces[first].start + usize::from(pieces[first].negated))
    })
}
