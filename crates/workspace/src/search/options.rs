//! Which of the options that a record weighed were not taken: the answer to "what did we decide not to do".
//!
//! Pure, and careful: where the text does not say which option was chosen, none counts as rejected.

use super::document::char_boundary;
use super::tokenizer::{Kind, cut};
use aho_corasick::AhoCorasick;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// Marks that are looked for all at once: to look for one after the other took a fortieth of all indexing.
struct Marks(LazyLock<Option<AhoCorasick>>);

impl Marks {
    const fn new(build: fn() -> Option<AhoCorasick>) -> Self {
        Self(LazyLock::new(build))
    }

    /// Every place of every mark: where it begins and ends, and which it is.
    fn all(&self, text: &str) -> impl Iterator<Item = aho_corasick::Match> {
        self.0.as_ref().into_iter().flat_map(move |marks| marks.find_overlapping_iter(text).collect::<Vec<_>>())
    }

    fn stand_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|marks| marks.is_match(text))
    }
}

static CHOSEN: Marks = Marks::new(|| AhoCorasick::new(CHOSEN_MARKS).ok());
static REASON: Marks = Marks::new(|| AhoCorasick::new(REASONS).ok());
static REJECTED: Marks = Marks::new(|| AhoCorasick::new(REJECTED_MARKS).ok());
static TAKEN: Marks = Marks::new(|| AhoCorasick::new(TAKEN_MARKS).ok());

/// Words before the chosen option, in the languages of the templates.
const CHOSEN_MARKS: &[&str] = &[
    "chosen option",
    "selected option",
    "gewählte option",
    "option choisie",
    "option retenue",
    "opción elegida",
    "opção escolhida",
    "opzione scelta",
    "gekozen optie",
];
/// What a reason begins with: it may name the other options.
const REASONS: &[&str] =
    &[" because", ", weil", ", da ", " since ", " car ", " parce que", " porque", " perché", " omdat"];
/// An option that says so itself.
const REJECTED_MARKS: &[&str] =
    &["rejected", "discarded", "not chosen", "verworfen", "abgelehnt", "rejeté", "descartad", "scartat"];
const TAKEN_MARKS: &[&str] = &["(chosen)", "(selected)", "(accepted)", "✅", "[x]"];
/// The choice is told in the first sentences of a decision.
const CLAIM_LENGTH: usize = 1_200;
/// As much of a claim as is read for its number, in bytes.
const BEGINNING: usize = 64;
/// `Alternative 12`.
const LONGEST_NUMBER: usize = 16;
/// Share of an option's words that must stand in the claim when its name does not.
const ENOUGH: f32 = 0.5;

/// Which options were rejected. `options` are their texts, names first; `decision` is the text of the decision.
pub(super) fn rejected(options: &[&str], decision: &str) -> Vec<bool> {
    if options.is_empty() {
        return Vec::new();
    }
    let names: Vec<Vec<Word>> = options.iter().map(|option| words(name(option))).collect();
    let first_line = |option: &&str| option.lines().next().unwrap_or_default().to_lowercase();
    let lines: Vec<String> = options.iter().map(first_line).collect();
    let taken = |at: usize| TAKEN.stand_in(&lines[at]);
    let chosen: Vec<bool> = match claim(decision) {
        Some(claim) => chosen_by(&names, &claim),
        None => vec![false; options.len()],
    };
    let chosen: Vec<bool> = (0..options.len()).map(|at| chosen[at] || taken(at)).collect();
    let is_told = chosen.contains(&true);
    let refused = |at: usize| REJECTED.stand_in(&lines[at]);
    (0..options.len()).map(|at| !names[at].is_empty() && !chosen[at] && (is_told || refused(at))).collect()
}

/// What says which option was chosen.
struct Claim {
    words: Vec<Word>,
    /// `option 2`, or a number that it begins with.
    number: Option<usize>,
}

/// The words that say what was chosen: after a mark, else the first paragraph; without the reason.
fn claim(decision: &str) -> Option<Claim> {
    let lower = decision[..char_boundary(decision, CLAIM_LENGTH)].to_lowercase();
    let mark = CHOSEN.all(&lower).min_by_key(|mark| (mark.pattern(), mark.start()));
    let after_mark = mark.map(|mark| &lower[mark.end()..]);
    let paragraph = after_mark.unwrap_or(&lower).trim_start_matches([':', ' ', '\n', '-']).lines().next()?;
    let end = REASON.all(paragraph).map(|reason| reason.start()).min().unwrap_or(paragraph.len());
    let words = words(&paragraph[..end]);
    let number = number(&paragraph[..char_boundary(paragraph, end.min(BEGINNING))]);
    (!words.is_empty()).then_some(Claim { words, number })
}

/// The options that a claim names: in full, else by number, else by most of their words.
fn chosen_by(names: &[Vec<Word>], claim: &Claim) -> Vec<bool> {
    let Claim { words: claim, number } = claim;
    let named: Vec<bool> = names.iter().map(|name| !name.is_empty() && contains(claim, name)).collect();
    if named.contains(&true) {
        // `Kafka Streams` was chosen, not `Kafka`, when both are options.
        let shadowed = |at: usize| {
            (0..names.len()).any(|other| {
                named[other] && names[other].len() > names[at].len() && contains(&names[other], &names[at])
            })
        };
        return (0..names.len()).map(|at| named[at] && !shadowed(at)).collect();
    }
    if let Some(number) = number.filter(|number| (1..=names.len()).contains(number)) {
        // The same option may be listed again with its pros and cons.
        return names.iter().map(|name| *name == names[number - 1]).collect();
    }
    let share = |name: &[Word]| {
        let found = name.iter().filter(|word| claim.contains(word)).count();
        found as f32 / name.len().max(1) as f32
    };
    let shares: Vec<f32> = names.iter().map(|name| share(name)).collect();
    let most = shares.iter().copied().fold(0.0, f32::max);
    let best = |at: &usize| most >= ENOUGH && shares[*at] >= most;
    let first = (0..names.len()).find(best);
    let one = first.is_some_and(|first| (0..names.len()).filter(best).all(|at| names[at] == names[first]));
    (0..names.len()).map(|at| one && best(&at)).collect()
}

/// `option 2`, or a number that the text begins with.
fn number(text: &str) -> Option<usize> {
    let mut words = Vec::new();
    each_word(text, &mut |word| words.push(word.to_owned()));
    let first = words.first()?;
    let digits = if matches!(first.as_str(), "option" | "alternative" | "no") { words.get(1)? } else { first };
    digits.parse().ok()
}

/// The name at the start of an option's text.
fn name(option: &str) -> &str {
    let line = option.lines().next().unwrap_or_default();
    let end =
        [": ", ". ", " - ", " – ", " — ", " ("].iter().filter_map(|mark| line.find(mark)).filter(|end| *end > 3).min();
    let name = &line[..end.unwrap_or(line.len())];
    // A numbered name: `Option 1: Postgres`, `1. Postgres`, `A) Postgres`.
    let rest = line[name.len()..].trim_start_matches([':', '.', ' ', '-', '–', '—']);
    let is_number = name.len() <= LONGEST_NUMBER && {
        let mut all = true;
        each_word(name, &mut |word| all &= word.len() <= 2 || word == "option" || word == "alternative");
        all
    };
    if is_number && !rest.is_empty() { self::name(rest) } else { name }
}

/// A word as a number: each is looked for at each place, which took a twentieth of all indexing as texts.
type Word = u64;

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, &mut |word| words.push(FxBuildHasher.hash_one(word)));
    words
}

fn each_word(text: &str, take: &mut impl FnMut(&str)) {
    cut(text, &mut |token| {
        if matches!(token.kind, Kind::Word | Kind::Pair) {
            take(token.text);
        }
    });
}

fn contains(text: &[Word], part: &[Word]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(options: &[&str], decision: &str, expected: &[bool]) {
        assert_eq!(rejected(options, decision), expected);
    }

    #[test]
    fn options_that_were_not_chosen_are_rejected() {
        let options = ["PostgreSQL", "MongoDB: easy to begin with", "Plain files"];
        check(&options, "Chosen option: \"PostgreSQL\", because MongoDB has no transactions.", &[false, true, true]);
        check(&options, "Chosen option: 3. Plain files", &[true, true, false]);
        check(&options, "We will use MongoDB.\nPostgreSQL was too slow.", &[true, false, true]);
        check(&["Kafka", "Kafka Streams"], "Chosen option: Kafka Streams", &[true, false]);
        check(&["Use the team's own queue", "Buy one"], "Chosen option: our team's queue", &[false, true]);
    }

    #[test]
    fn nothing_is_rejected_unless_it_is_told() {
        check(&["PostgreSQL", "MongoDB"], "We decide next week.", &[false, false]);
        check(&["PostgreSQL", "MongoDB"], "", &[false, false]);
        check(&["Shared table. Rejected: it is another service's", "A queue"], "", &[true, false]);
        check(&["Red (chosen)", "Green"], "", &[false, true]);
    }
}
