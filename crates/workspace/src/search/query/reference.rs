//! References to records as people write them: `#12`, `ADR-12`, `0012`, an id, a file name, a path.
//!
//! Pure: which records they mean is the catalog's to say. `UTF-8` looks like one as well.

use precedent_core::id::is_label;

/// Digits from which on a number that begins with a zero is a record's wherever it stands.
const PADDED: usize = 3;

/// A number or name that may be a record's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Number(u64),
    /// A number behind letters, which are in lower case; `apart`: with a sign between them.
    Labelled {
        label: String,
        number: u64,
        apart: bool,
    },
    /// Id, file name or path, as written.
    Name(String),
}

/// What one word is a reference to, wherever it stands.
pub(super) fn marked(word: &str) -> Option<Reference> {
    let word = word.trim_start_matches(['(', '[']).trim_end_matches(['.', ',', ';', ':', ')', ']']);
    let (mark, digits) = word.split_at(word.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let number = digits.parse().ok()?;
    if mark == "#" || (mark.is_empty() && digits.len() >= PADDED && digits.starts_with('0')) {
        return Some(Reference::Number(number));
    }
    let label = mark.trim_end_matches(['-', '_', '#']);
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_label = label.len() >= 2 && label.split(['-', '_']).all(is_word);
    let apart = label.len() < mark.len();
    is_label.then(|| Reference::Labelled { label: label.to_ascii_lowercase(), number, apart })
}

/// What two words are a reference to: `ADR 12`. Which words say that a record follows does not depend on the log here.
pub(super) fn in_two(label: &str, number: &str) -> Option<Reference> {
    let label = label.trim_start_matches(['(', '[']);
    let number = number.trim_start_matches('#').trim_end_matches(['.', ',', ';', ':', ')', ']']);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|_| is_number && is_label(label))?;
    Some(Reference::Labelled { label: label.to_ascii_lowercase(), number, apart: true })
}

/// What a text that is nothing else may refer to.
pub(super) fn whole(text: &str) -> Reference {
    text.parse().map_or_else(|_| Reference::Name(text.to_owned()), Reference::Number)
}
