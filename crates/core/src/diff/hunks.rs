//! Line hunks, with the changed words inside replaced lines marked (through the `similar` crate).

use crate::record::Parsed;
use crate::wire::{DiffLine, DiffRun, Hunk, Spaces};
use similar::{ChangeTag, DiffOp, InlineChangeOptions, TextDiff, WhitespaceMode};

/// Lines below this likeness are shown as one removed and one added line, without marked words.
const WORD_RATIO: f32 = 0.3;

/// Longer replaced stretches (in bytes of both sides) get no marked words: comparing them would take long, and a text
/// that differs throughout has no words worth marking.
const MARKED: usize = 64 * 1024;

/// Line hunks with `context` lines around each change; changed words are marked inside replaced lines.
pub fn hunks(old: &str, new: &str, context: usize) -> Vec<Hunk> {
    hunks_with(old, new, context, Spaces::Shown)
}

/// [`hunks`], overlooking changes of spaces as asked.
pub fn hunks_with(old: &str, new: &str, context: usize, spaces: Spaces) -> Vec<Hunk> {
    let diff = compared(old, new, spaces);
    diff.grouped_ops(context).iter().map(|group| hunk(&diff, group)).collect()
}

/// The one comparison of lines that all of this stands on: what is shown and what is picked from it must agree.
pub(super) fn compared<'a>(old: &'a str, new: &'a str, spaces: Spaces) -> TextDiff<'a, 'a, str> {
    let mode = match spaces {
        Spaces::Shown => WhitespaceMode::Exact,
        Spaces::Amount => WhitespaceMode::IgnoreChanges,
        Spaces::Hidden => WhitespaceMode::IgnoreAll,
    };
    TextDiff::configure().whitespace_mode(mode).diff_lines(old, new)
}

/// [`hunks`] of a record, each named by the section it stands in.
pub fn record_hunks(
    old: Option<(&Parsed, &str)>,
    new: Option<(&Parsed, &str)>,
    context: usize,
    spaces: Spaces,
) -> Vec<Hunk> {
    let (old_text, new_text) = (old.map_or("", |(_, text)| text), new.map_or("", |(_, text)| text));
    let mut hunks = hunks_with(old_text, new_text, context, spaces);
    let (old_starts, new_starts) = (line_starts(old_text), line_starts(new_text));
    for hunk in &mut hunks {
        let changed = hunk.lines.iter().find(|line| line.kind != "same");
        let place = changed.and_then(|line| match (line.new_line, line.old_line) {
            (Some(line), _) => Some((new?.0, new_starts.get(line as usize - 1)?)),
            (None, Some(line)) => Some((old?.0, old_starts.get(line as usize - 1)?)),
            (None, None) => None,
        });
        if let Some((parsed, start)) = place {
            hunk.section = section_at(parsed, *start);
        }
    }
    hunks
}

/// Number of added and removed lines.
pub fn line_counts(old: &str, new: &str) -> (u32, u32) {
    let diff = TextDiff::from_lines(old, new);
    let (mut added, mut removed) = (0, 0);
    for op in diff.ops() {
        if !matches!(op, DiffOp::Equal { .. }) {
            added += number(op.new_range().len());
            removed += number(op.old_range().len());
        }
    }
    (added, removed)
}

fn hunk(diff: &TextDiff<'_, '_, str>, group: &[DiffOp]) -> Hunk {
    let mut options = InlineChangeOptions::new();
    options.min_ratio(WORD_RATIO).semantic_cleanup(true);
    let mut lines = Vec::new();
    for op in group {
        if bytes(diff, op) > MARKED {
            lines.extend(
                diff.iter_changes(op).map(|change| {
                    line(change.tag(), change.old_index(), change.new_index(), &[(false, change.value())])
                }),
            );
            continue;
        }
        // No deadline: the result must not depend on how fast the machine is.
        for change in diff.iter_inline_changes_with_options_deadline(op, options, None) {
            lines.push(line(change.tag(), change.old_index(), change.new_index(), change.values()));
        }
    }
    Hunk {
        old_start: group.first().map_or(1, |op| number(op.old_range().start + 1)),
        new_start: group.first().map_or(1, |op| number(op.new_range().start + 1)),
        section: String::new(),
        lines,
    }
}

fn bytes(diff: &TextDiff<'_, '_, str>, op: &DiffOp) -> usize {
    let size = |text: Option<&str>| text.map_or(0, str::len);
    let old: usize = op.old_range().map(|at| size(diff.old_slice(at))).sum();
    let new: usize = op.new_range().map(|at| size(diff.new_slice(at))).sum();
    if matches!(op, DiffOp::Replace { .. }) { old + new } else { 0 }
}

fn line(tag: ChangeTag, old: Option<usize>, new: Option<usize>, values: &[(bool, &str)]) -> DiffLine {
    let kind = match tag {
        ChangeTag::Equal => "same",
        ChangeTag::Delete => "del",
        ChangeTag::Insert => "add",
    };
    DiffLine {
        kind: kind.to_owned(),
        old_line: old.map(|index| number(index + 1)),
        new_line: new.map(|index| number(index + 1)),
        open: !values.last().is_some_and(|(_, text)| text.ends_with(['\n', '\r'])),
        runs: runs(values),
    }
}

/// The line's runs without its line end; neighbours of one kind are joined.
fn runs(values: &[(bool, &str)]) -> Vec<DiffRun> {
    let mut runs: Vec<DiffRun> = Vec::new();
    for (changed, text) in values {
        let text = text.trim_end_matches(['\n', '\r']);
        match runs.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.changed == *changed => last.text.push_str(text),
            _ => runs.push(DiffRun { text: text.to_owned(), changed: *changed }),
        }
    }
    // A mark on the whole line says nothing that its sign does not say.
    if let [only] = runs.as_mut_slice() {
        only.changed = false;
    }
    runs
}

fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

fn section_at(parsed: &Parsed, offset: usize) -> String {
    if parsed.front_matter.as_ref().is_some_and(|range| offset <= range.end) {
        return "fields".to_owned();
    }
    let section = parsed.sections.iter().find(|section| section.span.contains(&offset));
    section.map_or(String::new(), |section| section.heading.to_owned())
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One line of picture a diff line: sign, text, with `[ ]` around changed words.
    fn picture(old: &str, new: &str) -> Vec<String> {
        let mut out = Vec::new();
        for hunk in hunks(old, new, 1) {
            out.push(format!("@ {} {}", hunk.old_start, hunk.new_start));
            for line in hunk.lines {
                let sign = match line.kind.as_str() {
                    "add" => '+',
                    "del" => '-',
                    _ => ' ',
                };
                let text: String = line
                    .runs
                    .iter()
                    .map(|run| if run.changed { format!("[{}]", run.text) } else { run.text.clone() })
                    .collect();
                out.push(format!("{sign}{text}"));
            }
        }
        out
    }

    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(picture(old, new), expected);
    }

    #[test]
    fn a_changed_word_is_marked_inside_its_line() {
        check(
            "a\nb\nThe ledger refuses late writes to disk.\nc\nd\n",
            "a\nb\nThe ledger accepts late writes to disk.\nc\nd\n",
            &[
                "@ 2 2",
                " b",
                "-The ledger [refuses] late writes to disk.",
                "+The ledger [accepts] late writes to disk.",
                " c",
            ],
        );
    }

    #[test]
    fn distant_changes_are_two_hunks_and_equal_texts_none() {
        check("1\n2\n3\n4\n5\n6\n", "x\n2\n3\n4\n5\ny\n", &["@ 1 1", "-1", "+x", " 2", "@ 5 5", " 5", "-6", "+y"]);
        check("same\n", "same\n", &[]);
        check("", "new\n", &["@ 1 1", "+new"]);
    }

    #[test]
    fn counts_are_of_lines() {
        assert_eq!(line_counts("a\nb\nc\n", "a\nB\nc\nd\n"), (2, 1));
        assert_eq!(line_counts("", ""), (0, 0));
    }

    proptest! {
        #[test]
        fn the_new_text_can_be_read_back_from_a_whole_diff(old in "([ab c]{0,4}\n){0,8}", new in "([ab c]{0,4}\n){0,8}") {
            let mut back = String::new();
            for hunk in hunks(&old, &new, 1000) {
                for line in hunk.lines.iter().filter(|line| line.kind != "del") {
                    back.extend(line.runs.iter().map(|run| run.text.as_str()));
                    back.push('\n');
                }
            }
            if old == new { prop_assert!(back.is_empty()); } else { prop_assert_eq!(back, new); }
        }
    }
}
