//! What a log keeps of the text of every record, in little memory: where sections and lines begin.

use super::{Section, SectionKind};
use borsh::{BorshDeserialize, BorshSerialize};
use std::ops::Range;

/// The sections of a record in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Sections {
    /// All headings, one behind the other.
    headings: Box<str>,
    slots: Box<[Slot]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Slot {
    heading_end: u32,
    start: u32,
    body: u32,
    end: u32,
    level: u8,
    kind: SectionKind,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView<'a> {
    /// The heading's text without Markdown.
    pub heading: &'a str,
    /// 1 for `#`. The preamble before the first heading has no section.
    pub level: u8,
    pub kind: SectionKind,
    /// Bytes of heading and body.
    pub span: Range<usize>,
    /// Bytes of the body alone.
    pub body: Range<usize>,
}

impl Sections {
    pub(super) fn new(sections: &[Section]) -> Self {
        let mut headings = String::new();
        let slot = |section: &Section| {
            headings.push_str(&section.heading);
            Slot {
                heading_end: small(headings.len()),
                start: small(section.span.start),
                body: small(section.body.start),
                end: small(section.span.end),
                level: section.level,
                kind: section.kind,
            }
        };
        let slots = sections.iter().map(slot).collect();
        Self { headings: headings.into(), slots }
    }

    /// Each section, from the top.
    pub fn iter(&self) -> impl Iterator<Item = SectionView<'_>> {
        let mut heading_start = 0;
        self.slots.iter().map(move |slot| {
            let (start, body, end) = (slot.start as usize, slot.body as usize, slot.end as usize);
            let heading = &self.headings[heading_start..slot.heading_end as usize];
            heading_start = slot.heading_end as usize;
            SectionView { heading, level: slot.level, kind: slot.kind, span: start..end, body: body..end }
        })
    }
}

/// Where the lines of a text begin, as the length of each in bytes: 255 says that the length goes on in the next byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Lines(Box<[u8]>);

const GOES_ON: usize = 255;

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let mut lengths = Vec::with_capacity(text.len() / 40);
        // What follows the last line end has no length of its own.
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            lengths.extend(std::iter::repeat_n(255_u8, line.len() / GOES_ON));
            lengths.push((line.len() % GOES_ON) as u8);
        }
        Self(lengths.into())
    }

    /// The 1-based line and byte column of a byte offset.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let (mut line, mut start, mut end) = (1, 0, 0);
        for length in &self.0 {
            end += usize::from(*length);
            if usize::from(*length) < GOES_ON {
                if end > offset {
                    break;
                }
                (line, start) = (line + 1, end);
            }
        }
        (line, small(offset - start + 1))
    }
}

/// Records are read up to 5 MB.
fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::line_column;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_those_of_the_text(lengths in prop::collection::vec(0..800_usize, 0..12), ends in any::<bool>()) {
            let lines: Vec<String> = lengths.iter().map(|length| "x".repeat(*length)).collect();
            let text = lines.join("\n") + if ends { "\n" } else { "" };
            let packed = Lines::of(&text);
            for offset in 0..=text.len() {
                prop_assert_eq!(packed.line_column(offset), line_column(&text, offset));
            }
        }
    }

    #[test]
    fn sections_come_out_as_they_went_in() {
        let section = |heading: &str, start: usize, body, end| Section {
            heading: heading.to_owned(),
            level: 2,
            kind: SectionKind::Context,
            span: start..end,
            body: body..end,
        };
        let given = [section("Kontext", 0, 10, 20), section("", 20, 23, 23), section("日本", 23, 33, 90)];
        let packed = Sections::new(&given);
        let got: Vec<_> =
            packed.iter().map(|one| section(one.heading, one.span.start, one.body.start, one.span.end)).collect();
        assert_eq!(got, given);
    }
}
