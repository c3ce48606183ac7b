//! Replacing bytes of a text, several places at once, and taking it back.

use std::ops::Range;

/// What an edit does to one text: the places it replaces and what it puts there. Every other byte stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In order, without overlaps.
    splices: Vec<Splice>,
}

impl Change {
    /// Splices of the text behind its first `skip` bytes. Where two overlap, the first counts.
    pub(crate) fn new(skip: usize, mut splices: Vec<Splice>) -> Self {
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        let mut at = 0;
        splices.retain(|splice| {
            let counts = splice.range.start >= at;
            at = if counts { splice.range.end } else { at };
            counts
        });
        for splice in &mut splices {
            splice.range = splice.range.start + skip..splice.range.end + skip;
        }
        Self { splices }
    }

    /// The places that are replaced, as bytes of the text before, with what stands there afterwards.
    pub fn places(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.splices.iter().map(|splice| (splice.range.clone(), splice.text.as_str()))
    }

    /// The text after the change.
    pub fn apply(&self, text: &str) -> String {
        apply(text, self.splices.clone())
    }

    /// The change that leads from the text after this one back to `text`, byte for byte.
    #[must_use]
    pub fn inverse(&self, text: &str) -> Change {
        let mut moved = 0_isize;
        let splices = self.splices.iter().map(|splice| {
            let start = splice.range.start.saturating_add_signed(moved);
            let old = &text[splice.range.clone()];
            moved += splice.text.len() as isize - old.len() as isize;
            Splice::new(start..start + splice.text.len(), old)
        });
        Change { splices: splices.collect() }
    }
}

/// Puts `text` in place of `range`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Splice {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Splice {
    pub(crate) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }
}

/// The text with every replacement made. Where two overlap, the first counts.
pub(crate) fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for splice in splices {
        if splice.range.start < at {
            continue;
        }
        out.push_str(&text[at..splice.range.start]);
        out.push_str(&splice.text);
        at = splice.range.end;
    }
    out.push_str(&text[at..]);
    out
}
