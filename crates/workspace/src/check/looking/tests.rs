//! What is known of a file is what is in it, however it came to be known.
#![expect(clippy::disallowed_methods, reason = "tests play other programs that write files")]

use super::super::kept;
use super::*;
use crate::stat::{Stat, file_clock};
use precedent_check::{DecisionRef, RuleSource, Standing};
use precedent_core::tree::read_yaml;
use std::collections::BTreeSet;
use std::time::Duration;

const WORDS: &str = "- {id: a, kind: forbid-text, message: M, match: {literal: mongodb}}\n";
const CALLS: &str = "- {id: b, kind: forbid-pattern, message: M, language: rust, rule: {pattern: \"mongodb()\"}}\n";

fn rules(text: &str) -> RuleSet {
    let decision = Arc::new(DecisionRef {
        id: "r".to_owned(),
        log: String::new(),
        title: String::new(),
        status: None,
        path: "r.md".to_owned(),
        standing: Standing::InForce,
        over: Vec::new(),
    });
    let source =
        RuleSource { decision, applies_to: vec!["**".to_owned()], file: "r.md".to_owned(), rules: read_yaml(text) };
    let set = RuleSet::new(vec![source], &[], BTreeSet::new());
    assert_eq!(set.faults, []);
    set
}

/// A folder with one file, and what was found in it before.
struct Case {
    folder: tempfile::TempDir,
    cache: FindingCache,
    rules: RuleSet,
}

impl Case {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, cache: FindingCache::default(), rules: rules(text) }
    }

    /// Another program writes, at another time than before by the file system's clock.
    fn write(&self, text: &str) {
        let file = self.folder.path().join("a.rs");
        let before = file.metadata().ok().and_then(|about| Stat::of(&about));
        loop {
            std::fs::write(&file, text).expect("written");
            if Stat::of(&file.metadata().expect("a file")) != before {
                return;
            }
        }
    }

    /// How many places are found, where the file may be taken to be at rest, as it would be some seconds later.
    fn found(&self, cache: &FindingCache) -> usize {
        let now = file_clock(self.folder.path()).map(|now| now + Duration::from_secs(10));
        let home = Home::Disk(self.folder.path().join("a.rs"));
        let looking = Looking::with(&self.rules, self.folder.path(), cache, Some(1), None).at_rest(now);
        let jobs = [Job { path: "a.rs".to_owned(), home, generated: false }];
        looking.at(&jobs, &|_| true).files.iter().map(|look| look.findings.len()).sum()
    }

    #[track_caller]
    fn expect(&self, expected: usize) {
        assert_eq!(self.found(&self.cache), expected);
        assert_eq!(self.found(&FindingCache::default()), expected, "without a memory");
        // And by what another session reads of it.
        let (file, kept) = (self.folder.path().join("kept"), FindingCache::default());
        kept::save(&file, &self.cache.known(), ["a.rs"].into_iter());
        kept.load(&file);
        assert_eq!(self.found(&kept), expected, "from a file");
        assert!(kept.known().entry("a.rs").is_some());
    }

    fn hashes(&self) -> usize {
        self.cache.known().entry("a.rs").map_or(0, |entry| entry.rows.len())
    }
}

#[test]
fn a_file_that_changes_to_another_of_its_size_is_looked_at_again() {
    for (text, by_words, by_calls) in [(WORDS, 1, 0), (CALLS, 0, 1), (&format!("{WORDS}{CALLS}"), 1, 1)] {
        let case = Case::new(text);
        for (text, words, calls) in [
            ("fn a() { mongodb() }\n", 1, 1),
            ("fn a() { postgre() }\n", 0, 0),
            ("fn a() { postgre() }\n", 0, 0),
            ("fn a() { mongodb() }\n", 1, 1),
            ("fn a() { mongodb() }\r\n// mongodb()\n", 2, 1),
        ] {
            case.write(text);
            case.expect(words * by_words + calls * by_calls);
        }
    }
}

#[test]
fn only_what_is_slow_to_look_at_is_known_by_what_it_holds() {
    let words = Case::new(WORDS);
    words.write("mongodb\n");
    words.expect(1);
    assert_eq!(words.hashes(), 0);
    let calls = Case::new(CALLS);
    calls.write("fn a() { mongodb() }\n");
    calls.expect(1);
    assert_eq!(calls.hashes(), 1);
    // The same again at another time is known, and not kept twice.
    calls.write("fn a() { mongodb() }\n");
    calls.expect(1);
    assert_eq!(calls.hashes(), 1);
}

#[test]
fn a_rule_that_comes_later_looks_at_what_others_saw() {
    let mut case = Case::new(WORDS);
    case.write("fn a() { mongodb() }\n");
    case.expect(1);
    case.rules = rules(&format!("{WORDS}{CALLS}"));
    case.expect(2);
    case.rules = rules(CALLS);
    case.expect(1);
    case.rules = rules(WORDS);
    case.expect(1);
}

#[test]
fn a_file_that_is_not_at_rest_is_not_believed() {
    let case = Case::new(WORDS);
    case.write("mongodb\n");
    let home = Home::Disk(case.folder.path().join("a.rs"));
    let jobs = [Job { path: "a.rs".to_owned(), home, generated: false }];
    let now = file_clock(case.folder.path());
    Looking::with(&case.rules, case.folder.path(), &case.cache, Some(1), None).at_rest(now).at(&jobs, &|_| true);
    assert!(case.cache.known().entry("a.rs").is_none(), "it was written a moment ago");
}

/// What stands there is no file that somebody could wait for.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let case = Case::new(WORDS);
    let pipe = case.folder.path().join("a.rs");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let jobs = [Job { path: "a.rs".to_owned(), home: Home::Disk(pipe), generated: false }];
    let looks = Looking::with(&case.rules, case.folder.path(), &case.cache, Some(1), None).at(&jobs, &|_| true);
    assert_eq!(looks.undecided[0].message, "this file cannot be read: it is no file");
}
