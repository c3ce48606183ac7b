//! Some lines of a difference put into the old text: what is staged, kept out or thrown away line by line.

use super::hunks::compared;
use crate::wire::Spaces;
use similar::{DiffOp, DiffTag};
use std::collections::BTreeSet;

/// Lines chosen from a difference, by number from 1: removed ones of the old text, added ones of the new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    pub removed: BTreeSet<u32>,
    pub added: BTreeSet<u32>,
}

impl Picked {
    /// The lines that were not chosen: taking them leaves what choosing would have changed as it was.
    #[must_use]
    pub fn others(&self, old: &str, new: &str, spaces: Spaces) -> Picked {
        let diff = compared(old, new, spaces);
        let mut others = Picked::default();
        for op in diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal) {
            others.removed.extend(op.old_range().map(numbered).filter(|line| !self.removed.contains(line)));
            others.added.extend(op.new_range().map(numbered).filter(|line| !self.added.contains(line)));
        }
        others
    }
}

/// The old text with the chosen changes made. In a replaced stretch the lines of both sides stand in turn, so that one
/// changed line of several keeps its place.
pub fn picked(old: &str, new: &str, spaces: Spaces, lines: &Picked) -> String {
    mixed(old, new, spaces, lines, Side::Old)
}

/// The new text with the chosen changes taken back.
pub fn unpicked(old: &str, new: &str, spaces: Spaces, lines: &Picked) -> String {
    mixed(old, new, spaces, &lines.others(old, new, spaces), Side::New)
}

/// Whose lines stand where nothing differs (but for spaces that are overlooked).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

fn mixed(old: &str, new: &str, spaces: Spaces, lines: &Picked, side: Side) -> String {
    let diff = compared(old, new, spaces);
    let mut out = Text { text: String::with_capacity(old.len().max(new.len())), ending: ending_of(old, new) };
    for op in diff.ops() {
        let kept = |at: usize| (!lines.removed.contains(&numbered(at))).then(|| diff.old_slice(at)).flatten();
        let taken = |at: usize| lines.added.contains(&numbered(at)).then(|| diff.new_slice(at)).flatten();
        let (olds, news) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            match side {
                Side::Old => olds.filter_map(|at| diff.old_slice(at)).for_each(|line| out.push(line)),
                Side::New => news.filter_map(|at| diff.new_slice(at)).for_each(|line| out.push(line)),
            }
            continue;
        }
        for step in 0..olds.len().max(news.len()) {
            if step < olds.len()
                && let Some(line) = kept(olds.start + step)
            {
                out.push(line);
            }
            if step < news.len()
                && let Some(line) = taken(news.start + step)
            {
                out.push(line);
            }
        }
    }
    out.text
}

struct Text {
    text: String,
    ending: &'static str,
}

impl Text {
    /// A line after one that had no end gives that one an end.
    fn push(&mut self, line: &str) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\r']) {
            self.text.push_str(self.ending);
        }
        self.text.push_str(line);
    }
}

fn ending_of(old: &str, new: &str) -> &'static str {
    if [old, new].iter().any(|text| text.contains("\r\n")) { "\r\n" } else { "\n" }
}

fn numbered(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(old: &str, new: &str, removed: &[u32], added: &[u32], expected: &str) {
        let lines = Picked { removed: removed.iter().copied().collect(), added: added.iter().copied().collect() };
        assert_eq!(picked(old, new, Spaces::Shown, &lines), expected);
    }

    #[test]
    fn one_line_of_several_keeps_its_place() {
        let (old, new) = ("a\nb\nc\nd\n", "A\nB\nC\nd\n");
        check(old, new, &[2], &[2], "a\nB\nc\nd\n");
        check(old, new, &[], &[1], "a\nA\nb\nc\nd\n");
        check(old, new, &[1], &[], "b\nc\nd\n");
        check(old, new, &[1, 2, 3], &[1, 2, 3], new);
        check(old, new, &[], &[], old);
        check(old, new, &[4], &[4], old);
    }

    #[test]
    fn a_line_without_an_end_gets_one_when_another_follows() {
        check("a", "a\nb", &[], &[1, 2], "a\na\nb");
        check("a", "a\nb", &[], &[2], "a\nb");
        check("a\r\nb", "a\r\nb\r\nc\r\n", &[], &[3], "a\r\nb\r\nc\r\n");
        check("", "x\ny", &[], &[1, 2], "x\ny");
    }

    #[test]
    fn taking_back_leaves_the_rest_of_the_new_text() {
        let (old, new) = ("a\nb\nc\n", "A\nb\nC  x\n");
        let lines = Picked { removed: [1].into(), added: [1].into() };
        assert_eq!(unpicked(old, new, Spaces::Shown, &lines), "a\nb\nC  x\n");
        assert_eq!(
            unpicked("a b\nx\n", "a  b\ny\n", Spaces::Amount, &Picked { removed: [2].into(), added: [2].into() }),
            "a  b\nx\n"
        );
    }

    #[test]
    fn spaces_that_are_overlooked_stay_as_they_were() {
        let (old, new) = ("a  b\nc\n", "a b\nC\n");
        let all = Picked::default().others(old, new, Spaces::Amount);
        assert_eq!(picked(old, new, Spaces::Amount, &all), "a  b\nC\n");
        let all = Picked::default().others(old, new, Spaces::Shown);
        assert_eq!(picked(old, new, Spaces::Shown, &all), new);
    }

    proptest! {
        #[test]
        fn what_is_picked_and_the_rest_make_the_whole(
            old in "([ab]{0,2}\n){0,7}[ab]{0,2}", new in "([ab]{0,2}\n){0,7}[ab]{0,2}",
            removed in prop::collection::btree_set(1u32..9, 0..5), added in prop::collection::btree_set(1u32..9, 0..5),
        ) {
            let some = Picked { removed, added };
            let rest = some.others(&old, &new, Spaces::Shown);
            let all = Picked::default().others(&old, &new, Spaces::Shown);
            prop_assert_eq!(picked(&old, &new, Spaces::Shown, &all), new.clone());
            prop_assert_eq!(picked(&old, &new, Spaces::Shown, &Picked::default()), old.clone());
            // Choosing in two steps comes to the same number of lines as choosing at once.
            let lines = |text: &str| text.lines().count();
            let (one, two) = (picked(&old, &new, Spaces::Shown, &some), picked(&old, &new, Spaces::Shown, &rest));
            prop_assert_eq!(lines(&one) + lines(&two), lines(&old) + lines(&new));
        }
    }
}
