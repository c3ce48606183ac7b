//! Search over lines that people wrote, against a scan by `str::find`: who contains a word, an identifier or a phrase as it
//! stands is found by it, and not by its exclusion. Other forms of words may be found besides.

use super::{Folder, search, sorted};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Lines of prose and lists of our own records; of marked-up ones it takes more than a scan to tell what they say.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/decisions");
    let mut files: Vec<_> = fs::read_dir(folder).expect("our records").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let text: String = files.iter().map(|file| fs::read_to_string(file).unwrap_or_default() + "\n").collect();
    let is_plain = |line: &&str| {
        let line = line.trim();
        // The number of a list's item is not its text.
        !line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '>' | '='))
            && !line.contains(['<', '&', '|', '\\', '*', '~', '[', '#'])
            && !line.contains("```")
            && line.split(' ').count() > 3
    };
    text.lines().filter(is_plain).map(str::to_owned).collect()
});

/// Whether a text, in lower case, contains another with neither letter nor digit at its ends.
fn has(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| stands_alone(text, at, at + wanted.len()))
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
}

/// Places of the words that are ASCII.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_alphanumeric()) {
        let start = at + offset;
        at = text[start..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(text.len(), |end| start + end);
        if stands_alone(text, start, at) {
            words.push((start, at));
        }
    }
    words
}

/// What is asked for: a word, or with the words behind it an identifier or a phrase, as they are joined.
#[derive(Clone, Copy, Debug)]
struct Pick {
    record: usize,
    word: usize,
    more: usize,
}

impl Pick {
    /// The text, and whether it is a phrase.
    fn of(self, texts: &[String]) -> Option<(&str, bool)> {
        let text = &texts[self.record % texts.len()];
        let words = words(text);
        let first = self.word % words.len().max(1);
        let picked = words.get(first..)?.get(..=self.more)?;
        let between = |pair: &[(usize, usize)]| &text[pair[0].1..pair[1].0];
        let joined = |sign: &dyn Fn(&str) -> bool| picked.windows(2).all(|pair| sign(between(pair)));
        let is_phrase = self.more > 0 && joined(&|sign| sign == " ");
        let is_identifier = joined(&|sign| matches!(sign, "_" | "-" | "." | "::"));
        let wanted = &text[picked.first()?.0..picked.last()?.1];
        (is_phrase || is_identifier).then_some((wanted, is_phrase))
    }
}

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    let pick = (0..9usize, 0..200usize, 0..3usize).prop_map(|(record, word, more)| Pick { record, word, more });
    prop::collection::vec(pick, 60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn who_says_it_as_it_stands_is_found_and_not_by_its_exclusion(
        records in prop::collection::vec(prop::collection::vec(prop::sample::select(&LINES[..]), 1..5), 2..9),
        picks in picks(),
    ) {
        let folder = Folder::new(&[]);
        let text = |lines: &Vec<String>| format!("# Talk\n\n## Status\n\nAccepted\n\n## Decision\n\n{}\n", lines.join("\n\n"));
        let texts: Vec<String> = records.iter().map(|lines| text(lines).to_ascii_lowercase()).collect();
        let name = |at: usize| format!("{:04}-r.md", at + 1);
        for (at, lines) in records.iter().enumerate() {
            folder.write(&name(at), &text(lines));
        }
        let workspace = folder.open(false);
        for (wanted, is_phrase) in picks.iter().filter_map(|pick| pick.of(&texts)) {
            let query = if is_phrase { format!("\"{wanted}\" ") } else { format!("{wanted} ") };
            let found = sorted(&search(&workspace, &query));
            let left = sorted(&search(&workspace, &format!("-{query}")));
            for (at, text) in texts.iter().enumerate() {
                let path = format!("docs/adr/{}", name(at));
                let (is_found, is_left) = (found.contains(&path), left.contains(&path));
                if has(text, wanted) {
                    prop_assert!(is_found, "{} has {}", path, query);
                    // An identifier that no sign of code joins is left out as a whole alone.
                    let is_loose = !is_phrase && !wanted.contains(['_', ':']) && wanted.contains(['-', '.']);
                    prop_assert!(!is_left || is_loose, "{} has {}", path, query);
                } else {
                    // Its number and its path are words of it too.
                    let first = wanted.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                    prop_assert!(is_left || text.contains(first) || path.contains(first), "{} has nothing of {}", path, query);
                }
            }
        }
    }
}

#[test]
fn there_are_lines_and_identifiers_in_them() {
    let is_identifier = |line: &&String| line.contains(['_', '-']) || line.contains("::");
    assert!(LINES.len() > 200 && LINES.iter().filter(is_identifier).count() > 20, "{}", LINES.len());
}
