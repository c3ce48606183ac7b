//! Findings: a rule broken at a place, with a fingerprint that moves with the text and not with the lines.

use crate::lines::Lines;
use crate::rule::{Hit, PathHit, SourceFile};
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;

/// A longer line is cut in excerpts, in characters.
const MAX_EXCERPT: usize = 200;

/// A rule broken at a place of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Place of its rule in the [`crate::RuleSet`].
    pub rule: usize,
    pub path: String,
    /// From 1; columns in characters. The end is behind the last character.
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    pub excerpt: String,
    /// Of the matched text with its white space collapsed.
    pub hash: String,
    /// Which of the same text in this file, from 1.
    pub occurrence: u32,
    pub note: Option<String>,
}

impl Finding {
    /// What names it in waivers and reports.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{}:{}", self.hash, self.occurrence)
    }
}

/// Sixteen hexadecimal digits of a text whose white space does not count.
#[must_use]
pub fn hash_of(text: &str) -> String {
    let collapsed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sum = Sha1::digest(collapsed.as_bytes());
    sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Findings of one rule's hits in a file.
pub(crate) fn from_hits(rule: usize, file: &SourceFile<'_>, hits: Vec<Hit>) -> Vec<Finding> {
    if hits.is_empty() {
        return Vec::new();
    }
    let lines = Lines::of(file.text);
    let mut seen = BTreeMap::new();
    let each = hits.into_iter().map(|hit| {
        let hash = hash_of(hit.subject.as_deref().unwrap_or(&file.text[hit.span.clone()]));
        let ((mut line, mut column), (mut end_line, mut end_column)) =
            (lines.place(hit.span.start), lines.place(hit.span.end));
        let (mut path, mut excerpt) = (file.path.to_owned(), self::excerpt(&lines, hit.span.start));
        if let Some(spot) = hit.spot {
            (path, excerpt) = (spot.path, String::new());
            (line, column, end_line, end_column) = (spot.line, spot.column, spot.line, spot.column);
        }
        let occurrence = next(&mut seen, &format!("{path} {hash}"));
        Finding { rule, path, line, column, end_line, end_column, excerpt, hash, occurrence, note: hit.note }
    });
    each.collect()
}

/// Findings about paths.
pub(crate) fn from_path_hits(rule: usize, hits: Vec<PathHit>) -> Vec<Finding> {
    let mut seen = BTreeMap::new();
    let each = hits.into_iter().map(|hit| {
        let hash = hash_of(&hit.subject);
        let occurrence = next(&mut seen, &format!("{} {hash}", hit.path));
        Finding {
            rule,
            path: hit.path,
            line: 1,
            column: 1,
            end_line: 1,
            end_column: 1,
            excerpt: String::new(),
            hash,
            occurrence,
            note: Some(hit.note),
        }
    });
    each.collect()
}

fn next(seen: &mut BTreeMap<String, u32>, key: &str) -> u32 {
    let count = seen.entry(key.to_owned()).or_default();
    *count += 1;
    *count
}

fn excerpt(lines: &Lines<'_>, at: usize) -> String {
    let line = lines.text_at(at).trim();
    let mut short: String = line.chars().take(MAX_EXCERPT).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// What two trees' findings have in common: a finding of the later tree is matched by one of the earlier with the same
/// rule, path and text. `moved` gives a path of the earlier tree its name in the later one. The answer has one truth
/// value for each of `later`.
///
/// Where one text occurs several times and fewer were there before, the ones on lines that were there before are taken
/// as old, so that the new ones are those that somebody wrote.
pub(crate) fn matched<'f>(
    later: &'f [Finding],
    earlier: &'f [Finding],
    moved: &'f BTreeMap<String, String>,
) -> Vec<bool> {
    let mut before: BTreeMap<(usize, &'f str, &'f str), Vec<&'f str>> = BTreeMap::new();
    for finding in earlier {
        let path = moved.get(&finding.path).unwrap_or(&finding.path);
        before.entry((finding.rule, path, &finding.hash)).or_default().push(&finding.excerpt);
    }
    let mut is_old = vec![false; later.len()];
    for by_line in [true, false] {
        for (at, finding) in later.iter().enumerate().filter(|(at, _)| !is_old[*at]).collect::<Vec<_>>() {
            let key = (finding.rule, finding.path.as_str(), finding.hash.as_str());
            let Some(left) = before.get_mut(&key) else { continue };
            let found = if by_line {
                left.iter().position(|excerpt| *excerpt == finding.excerpt)
            } else {
                (!left.is_empty()).then_some(0)
            };
            if let Some(found) = found {
                left.remove(found);
                is_old[at] = true;
            }
        }
    }
    is_old
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<Finding> {
        let hits = text.match_indices("bad").map(|(at, _)| Hit::at(at..at + 3));
        from_hits(0, &SourceFile::new("a", text), hits.collect())
    }

    /// Lines of `later` whose finding is new against `earlier`.
    fn check(earlier: &str, later: &str, expected: &[u32]) {
        let later = findings(later);
        let old = matched(&later, &findings(earlier), &BTreeMap::new());
        let new: Vec<u32> = later.iter().zip(old).filter(|(_, old)| !old).map(|(finding, _)| finding.line).collect();
        assert_eq!(new, expected);
    }

    #[test]
    fn new_is_what_there_is_more_of() {
        check("x bad\n", "x bad\n", &[]);
        check("x bad\n", "\n\n   x   bad\ny\n", &[]);
        check("x bad\n", "y bad\nx bad\n", &[1]);
        check("x bad\n", "x bad\nx bad\n", &[2]);
        check("x bad\ny bad\n", "z bad\n", &[]);
        check("", "bad bad\n", &[1, 1]);
    }

    #[test]
    fn places_and_fingerprints() {
        let found = findings("é bad\nbad");
        let places: Vec<_> = found.iter().map(|found| (found.line, found.column, found.end_column)).collect();
        assert_eq!(places, [(1, 3, 6), (2, 1, 4)]);
        assert_eq!((found[0].occurrence, found[1].occurrence), (1, 2));
        assert_eq!(hash_of("a  b\n c"), hash_of("a b c"));
        assert_ne!(hash_of("ab c"), hash_of("a b c"));
        assert_eq!(hash_of("a").len(), 16);
    }

    #[test]
    fn a_line_is_shown_without_its_margins_and_cut_where_it_is_long() {
        let shown = |text: &str| findings(text)[0].excerpt.clone();
        assert_eq!(shown("x\n\t bad é \ny"), "bad é");
        let line = format!("bad{}", "é".repeat(197));
        assert_eq!(shown(&line), line);
        assert_eq!(shown(&format!("{line}é")), format!("{line}…"));
    }

    #[test]
    fn a_report_names_another_place() {
        use crate::rule::Spot;
        let spot = |line| Some(Spot { path: "b".to_owned(), line, column: 4 });
        let hit =
            |line| Hit { subject: Some("s".to_owned()), note: Some("n".to_owned()), spot: spot(line), ..Hit::at(0..3) };
        let found = from_hits(7, &SourceFile::new("a", "bad"), vec![hit(3), hit(9)]);
        let places: Vec<_> = found.iter().map(|one| (one.line, one.column, one.end_line, one.end_column)).collect();
        assert_eq!(places, [(3, 4, 3, 4), (9, 4, 9, 4)]);
        let first = &found[0];
        assert_eq!((first.rule, first.path.as_str(), first.excerpt.as_str()), (7, "b", ""));
        assert_eq!((first.hash.as_str(), first.note.as_deref()), (hash_of("s").as_str(), Some("n")));
        assert_eq!(
            (first.fingerprint(), found[1].fingerprint()),
            (format!("{}:1", hash_of("s")), format!("{}:2", hash_of("s")))
        );
    }

    #[test]
    fn a_path_is_a_place_too() {
        let hit = |path: &str| PathHit { path: path.to_owned(), subject: "s".to_owned(), note: "n".to_owned() };
        let found = from_path_hits(2, vec![hit("a"), hit("b"), hit("a")]);
        let shown: Vec<_> = found.iter().map(|one| (one.rule, one.path.as_str(), one.occurrence)).collect();
        assert_eq!(shown, [(2, "a", 1), (2, "b", 1), (2, "a", 2)]);
        assert_eq!((found[0].hash.clone(), found[0].note.as_deref()), (hash_of("s"), Some("n")));
        assert_eq!((found[0].line, found[0].column, found[0].end_line, found[0].end_column), (1, 1, 1, 1));
        assert_eq!(from_hits(2, &SourceFile::new("a", ""), Vec::new()), []);
    }

    #[test]
    fn a_moved_file_keeps_its_findings() {
        let moved: BTreeMap<String, String> = [("old".to_owned(), "a".to_owned())].into();
        let mut earlier = findings("bad\n");
        earlier[0].path = "old".to_owned();
        assert_eq!(matched(&findings("bad\n"), &earlier, &moved), [true]);
        assert_eq!(matched(&findings("bad\n"), &earlier, &BTreeMap::new()), [false]);
    }
}
