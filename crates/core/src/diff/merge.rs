//! Two texts with one origin brought together by lines. Nothing is lost: every stretch keeps all three texts, and where
//! both sides changed, a person decides.

use crate::wire::{MergeBlock, MergeSide};
use similar::{MergeResolution, TextMerge};
use std::ops::Range;

/// The stretches of `mine` and `theirs`, which both come from `base`, in order.
pub fn merged(base: &str, mine: &str, theirs: &str) -> Vec<MergeBlock> {
    let merge = TextMerge::from_lines(base, mine, theirs);
    let lines =
        |range: Range<usize>, line: &dyn Fn(usize) -> Option<String>| range.filter_map(line).collect::<String>();
    let blocks = merge.regions().iter().map(|region| MergeBlock {
        side: match region.resolution() {
            MergeResolution::Unchanged | MergeResolution::Both => MergeSide::Both,
            MergeResolution::Ours => MergeSide::Mine,
            MergeResolution::Theirs => MergeSide::Theirs,
            _ => MergeSide::Conflict,
        },
        base: lines(region.base_range(), &|at| merge.base_line(at).map(str::to_owned)),
        mine: lines(region.ours_range(), &|at| merge.ours_line(at).map(str::to_owned)),
        theirs: lines(region.theirs_range(), &|at| merge.theirs_line(at).map(str::to_owned)),
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with conflicts between brackets, `[mine|theirs]`.
    fn check(base: &str, mine: &str, theirs: &str, expected: &str) {
        let text: String = merged(base, mine, theirs)
            .iter()
            .map(|block| match block.side {
                MergeSide::Both | MergeSide::Mine => block.mine.clone(),
                MergeSide::Theirs => block.theirs.clone(),
                MergeSide::Conflict => format!("[{}|{}]", block.mine, block.theirs),
            })
            .collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn changes_in_different_places_come_together() {
        check("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n");
        check("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n");
        check("a\r\nb\r\nc", "a\r\nb\r\nC", "x\r\na\r\nb\r\nc", "x\r\na\r\nb\r\nC");
    }

    #[test]
    fn the_same_change_is_no_conflict() {
        check("a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n");
    }

    #[test]
    fn two_words_for_one_line_wait_for_a_person() {
        check("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n", "a\n[mine\n|theirs\n]c\n");
        check("a\nb\n", "a\n", "a\nB\n", "a\n[|B\n]");
    }

    proptest! {
        #[test]
        fn each_side_is_kept_whole(base in "[ab\n]{0,24}", mine in "[ab\n]{0,24}", theirs in "[ab\n]{0,24}") {
            let blocks = merged(&base, &mine, &theirs);
            prop_assert_eq!(blocks.iter().map(|block| block.base.as_str()).collect::<String>(), base);
            prop_assert_eq!(blocks.iter().map(|block| block.mine.as_str()).collect::<String>(), mine);
            prop_assert_eq!(blocks.iter().map(|block| block.theirs.as_str()).collect::<String>(), theirs);
        }

        #[test]
        fn a_side_that_did_not_change_gives_way(base in "[ab\n]{0,24}", mine in "[ab\n]{0,24}") {
            let blocks = merged(&base, &mine, &base);
            prop_assert!(blocks.iter().all(|block| block.side != MergeSide::Conflict));
        }
    }
}
