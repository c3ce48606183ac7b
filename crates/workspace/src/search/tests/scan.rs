//! Search equals a linear scan: the scan reads the words that the records were made of and shares no tokenizer with the
//! index.

use super::{Folder, search, sorted};
use precedent_core::wire::SearchReply;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Words without English endings, so that a stem is the word itself and a scan can tell who has it.
const WORDS: &[&str] = &["kafka", "kafkb", "blorp", "blorpa", "zunk", "qix", "qixto", "mambo", "été", "Straße"];

fn records() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS), 0..8), 1..8)
}

fn record(words: &[&str]) -> String {
    let (head, tail) = words.split_at(words.len() / 2);
    format!("# Title {}\n\n## Status\n\nAccepted\n\n## Decision\n\n{}\n", head.join(", "), tail.join("; "))
}

fn name(at: usize) -> String {
    format!("{:04}-r.md", at + 1)
}

/// Paths of the records that have a word beginning with `word`, or being it: read from the text alone.
fn scan(records: &[Vec<&str>], word: &str, prefix: bool) -> Vec<String> {
    let fits = |own: &str| {
        let (own, word) = (own.to_lowercase(), word.to_lowercase());
        own == word || (prefix && own.starts_with(&word))
    };
    let having = records.iter().enumerate().filter(|(_, words)| words.iter().any(|own| fits(own)));
    having.map(|(at, _)| format!("docs/adr/{}", name(at))).collect()
}

fn folder_of(records: &[Vec<&str>]) -> Folder {
    let folder = Folder::new(&[]);
    for (at, words) in records.iter().enumerate() {
        folder.write(&name(at), &record(words));
    }
    folder
}

/// A record's words: in the title, in the decision, and its tag and status.
#[derive(Clone, Debug)]
struct Plain {
    title: Vec<&'static str>,
    decision: Vec<&'static str>,
    accepted: bool,
    tag: &'static str,
}

const TAGS: &[&str] = &["red", "blue"];

fn plain() -> impl Strategy<Value = Plain> {
    let words = || prop::collection::vec(prop::sample::select(WORDS), 0..5);
    (words(), words(), any::<bool>(), prop::sample::select(TAGS)).prop_map(|(title, decision, accepted, tag)| Plain {
        title,
        decision,
        accepted,
        tag,
    })
}

impl Plain {
    fn text(&self) -> String {
        let status = if self.accepted { "accepted" } else { "proposed" };
        format!(
            "---\nstatus: {status}\ntags: [{}]\n---\n# Title {}\n\n## Decision\n\n{}\n",
            self.tag,
            self.title.join(" "),
            self.decision.join(" ")
        )
    }

    fn has(&self, word: &str) -> bool {
        self.title.iter().chain(&self.decision).any(|own| same(own, word))
    }

    fn has_phrase(&self, first: &str, second: &str) -> bool {
        let in_order = |words: &[&str]| words.windows(2).any(|pair| same(pair[0], first) && same(pair[1], second));
        in_order(&self.title) || in_order(&self.decision)
    }
}

fn same(own: &str, word: &str) -> bool {
    own.to_lowercase() == word.to_lowercase()
}

/// A part of a query: how it is written, and which records meet it.
#[derive(Clone, Debug)]
enum Part {
    Word(&'static str),
    Phrase(&'static str, &'static str),
    Tag(&'static str),
    Accepted,
    Not(Box<Part>),
}

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Word(word) => (*word).to_owned(),
            Part::Phrase(first, second) => format!("\"{first} {second}\""),
            Part::Tag(tag) => format!("tag:{tag}"),
            Part::Accepted => "status:accepted".to_owned(),
            Part::Not(part) => format!("-{}", part.text()),
        }
    }

    fn meets(&self, record: &Plain) -> bool {
        match self {
            Part::Word(word) => record.has(word),
            Part::Phrase(first, second) => record.has_phrase(first, second),
            Part::Tag(tag) => record.tag == *tag,
            Part::Accepted => record.accepted,
            Part::Not(part) => !part.meets(record),
        }
    }
}

fn part() -> impl Strategy<Value = Part> {
    let word = || prop::sample::select(WORDS);
    let positive = prop_oneof![
        3 => word().prop_map(Part::Word),
        2 => (word(), word()).prop_map(|(first, second)| Part::Phrase(first, second)),
        1 => prop::sample::select(TAGS).prop_map(Part::Tag),
        1 => Just(Part::Accepted),
    ];
    (positive, prop::bool::weighted(0.25)).prop_map(|(part, not)| if not { Part::Not(Box::new(part)) } else { part })
}

/// Clauses of alternatives. Words alone may be missed, but one of them must be there; every other clause must be met.
fn meets(record: &Plain, clauses: &[Vec<Part>]) -> bool {
    let is_wish = |clause: &&Vec<Part>| clause.iter().all(|part| matches!(part, Part::Word(_)));
    let any = |clause: &Vec<Part>| clause.iter().any(|part| part.meets(record));
    let (wishes, conditions): (Vec<_>, Vec<_>) = clauses.iter().partition(is_wish);
    let phrase_found = || {
        let parts = conditions.iter().flat_map(|clause| clause.iter());
        parts.into_iter().any(|part| matches!(part, Part::Phrase(..)) && part.meets(record))
    };
    let word_found = || {
        let parts = conditions.iter().flat_map(|clause| clause.iter());
        parts.into_iter().any(|part| matches!(part, Part::Word(_)) && part.meets(record))
    };
    conditions.iter().all(|clause| any(clause))
        && (wishes.is_empty() || wishes.iter().any(|clause| any(clause)) || phrase_found() || word_found())
}

fn written(clauses: &[Vec<Part>]) -> String {
    let clause = |clause: &Vec<Part>| clause.iter().map(Part::text).collect::<Vec<_>>().join(" OR ");
    clauses.iter().map(clause).collect::<Vec<_>>().join(" ") + " "
}

fn agrees(records: &[Plain], clauses: &[Vec<Part>], reply: &SearchReply) -> Result<(), TestCaseError> {
    // A close word stands in for one that is nowhere: another question.
    if reply.corrected.is_some() {
        return Ok(());
    }
    let met = records.iter().enumerate().filter(|(_, record)| meets(record, clauses));
    let expected: Vec<String> = met.map(|(at, _)| format!("docs/adr/{}", name(at))).collect();
    prop_assert_eq!(sorted(reply), expected, "{}", written(clauses));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn search_equals_a_scan(records in records()) {
        let folder = folder_of(&records);
        let workspace = folder.open(false);
        for word in WORDS {
            let whole = search(&workspace, &format!("{word} "));
            if whole.corrected.is_none() {
                prop_assert_eq!(sorted(&whole), scan(&records, word, false), "{}", word);
            } else {
                prop_assert_eq!(scan(&records, word, false), Vec::<String>::new(), "{}", word);
            }
            let typed = search(&workspace, word);
            if typed.corrected.is_none() {
                prop_assert_eq!(sorted(&typed), scan(&records, word, true), "{}*", word);
            }
        }
    }

    #[test]
    fn queries_of_all_kinds_equal_a_scan(
        records in prop::collection::vec(plain(), 1..8),
        queries in prop::collection::vec(prop::collection::vec(prop::collection::vec(part(), 1..3), 1..4), 20),
    ) {
        let folder = Folder::new(&[]);
        for (at, record) in records.iter().enumerate() {
            folder.write(&name(at), &record.text());
        }
        let workspace = folder.open(false);
        for clauses in &queries {
            agrees(&records, clauses, &search(&workspace, &written(clauses)))?;
        }
    }

    #[test]
    fn step_by_step_equals_afresh(before in records(), after in records()) {
        step_by_step(&before, &after)?;
    }
}

/// Changes a searched log from `before` to `after` and compares what is found with a fresh index of `after`.
fn step_by_step(before: &[Vec<&str>], after: &[Vec<&str>]) -> Result<(), TestCaseError> {
    let folder = folder_of(before);
    let workspace = folder.open(false);
    search(&workspace, "kafka");
    for at in after.len()..before.len() {
        fs::remove_file(folder.records().join(name(at))).expect("it is deleted");
    }
    for (at, words) in after.iter().enumerate() {
        folder.write(&name(at), &record(words));
    }
    workspace.refresh::<&Path>(&[]);
    let fresh_folder = folder_of(after);
    let fresh = fresh_folder.open(false);
    for word in WORDS {
        let (old, new) = (search(&workspace, word), search(&fresh, word));
        prop_assert_eq!(sorted(&old), sorted(&new), "{}", word);
        prop_assert_eq!((old.total, old.corrected), (new.total, new.corrected), "{}", word);
    }
    Ok(())
}

#[test]
fn a_word_of_the_past_is_not_offered_as_a_correction() {
    step_by_step(&[vec!["kafka"], vec![]], &[vec![], vec![]]).expect("the same answers");
}
