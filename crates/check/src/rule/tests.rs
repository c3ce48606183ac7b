//! Each kind of rule by itself: written as in a record, asked what it finds in a text, of a path, of a change.

mod boundaries;
mod changes;
mod data;
mod dependency;
mod evidence;
mod examples;
mod files;
mod pattern;
mod reading;
mod text;

use super::{Kind, Look, Rule, SourceFile, read_rules};
use crate::source::imports::Project;
use precedent_core::tree::read_yaml;

/// What is undecided where a syntax tree would be needed.
const TOO_DEEP: &str = "the text nests or repeats something more than 1000 times";

/// A text that no grammar is given.
fn too_deep() -> String {
    "(".repeat(1_001)
}

/// A list with one rule; its own keys begin on the third line.
fn list(keys: &str) -> String {
    let keys: String = keys.lines().map(|line| format!("  {line}\n")).collect();
    format!("- id: r\n  message: M\n{keys}")
}

/// A rule with these keys beside its name and message.
#[track_caller]
fn rule(keys: &str) -> Rule {
    let (mut rules, faults) = read_rules(&read_yaml(&list(keys)).expect("YAML"));
    assert_eq!(faults, [], "{keys}");
    assert_eq!(rules.len(), 1);
    rules.remove(0)
}

/// What is wrong with such a rule, as `line: message`.
#[track_caller]
fn faults(keys: &str) -> Vec<String> {
    let (rules, faults) = read_rules(&read_yaml(&list(keys)).expect("YAML"));
    assert!(rules.is_empty(), "{keys} is a rule");
    faults.iter().map(|fault| format!("{}: {}", fault.place.line, fault.message)).collect()
}

/// Asserts that a rule cannot be read, for one reason.
#[track_caller]
fn refused(keys: &str, expected: &str) {
    assert_eq!(faults(keys), [expected], "{keys}");
}

fn look(keys: &str, path: &str, text: &str) -> Look {
    let kind = rule(keys).kind;
    assert!(kind.reads(path), "{keys} does not read {path}");
    kind.look(&SourceFile::new(path, text))
}

/// The same in a project with more files, as `text` and the hit's note.
#[track_caller]
fn found_in(keys: &str, others: &[(&str, &str)], path: &str, text: &str) -> Vec<String> {
    let paths = others.iter().map(|(path, _)| (*path).to_owned()).chain([path.to_owned()]);
    let project = Project::new(paths, others.iter().copied().chain([(path, text)]));
    let look = rule(keys).kind.look(&SourceFile::new(path, text).of_project(Some(&project)));
    assert_eq!(look.undecided, None, "{keys}");
    let shown = |hit: super::Hit| format!("{} | {}", &text[hit.span], hit.note.unwrap_or_default());
    look.hits.into_iter().map(shown).collect()
}

/// Places of what a rule finds in a text.
#[track_caller]
fn spans(keys: &str, path: &str, text: &str) -> Vec<(usize, usize)> {
    let look = look(keys, path, text);
    assert_eq!(look.undecided, None, "{keys}");
    look.hits.into_iter().map(|hit| (hit.span.start, hit.span.end)).collect()
}

/// Asserts that a rule cannot judge a text, and why.
#[track_caller]
fn undecided(keys: &str, path: &str, text: &str, expected: &str) {
    assert_eq!(look(keys, path, text), Look { hits: Vec::new(), undecided: Some(expected.to_owned()) }, "{keys}");
}
