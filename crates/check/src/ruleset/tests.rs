//! Rules of a tree: keys, scopes, levels, what is read, what is spared.

use super::*;
use crate::judge::tests::{BAD, Log};

const ALL: &dyn Fn(usize) -> bool = &|_| true;

fn keys(set: &RuleSet) -> Vec<&str> {
    set.rules.iter().map(|bound| bound.key.as_str()).collect()
}

/// Faults as `file:line rule binds: message`.
fn faults(set: &RuleSet) -> Vec<String> {
    let shown = |fault: &SetFault| {
        let rule = fault.rule.as_deref().unwrap_or("-");
        format!("{}:{} {rule} {}: {}", fault.file, fault.place.line, fault.binds, fault.message)
    };
    set.faults.iter().map(shown).collect()
}

#[test]
fn a_rule_has_its_record_and_name_for_a_key() {
    let set = Log::with(BAD).and("a", Standing::Proposed, BAD).set();
    assert_eq!(keys(&set), ["a/r", "d/r"]);
    assert_eq!((set.rules[0].binds(), set.rules[1].binds()), (false, true));
    assert_eq!((set.rules[0].file.as_str(), set.rules[0].decision.title.as_str()), ("a.md", "Title of a"));
    assert_eq!(faults(&set), [""; 0]);
}

#[test]
fn the_log_stands_in_front_where_ids_collide() {
    let set = Log::with(BAD).at("one/d.md", "one/d.md", "one").and("d", Standing::InForce, BAD).set();
    assert_eq!(keys(&set), ["log:d/r", "one:d/r"]);
    // A record and the file beside it are one record.
    let beside = BAD.replace("id: r", "id: s");
    let set = Log::with(BAD).and("d", Standing::InForce, &beside).at("d.md", "d.rules.yaml", "log").set();
    assert_eq!(keys(&set), ["d/r", "d/s"]);
    assert_eq!(set.rules[1].file, "d.rules.yaml");
}

#[test]
fn two_rules_of_one_key_are_not_clear() {
    let twice = |standing| Log::with(BAD).and("d", standing, BAD).at("d.md", "d.rules.yaml", "log").set();
    assert_eq!(faults(&twice(Standing::InForce)), ["d.rules.yaml:1 d/r true: d.md has a rule of this name, too"]);
    assert_eq!(faults(&twice(Standing::Proposed)), ["d.rules.yaml:1 d/r false: d.md has a rule of this name, too"]);
}

#[test]
fn settings_give_levels_by_key() {
    let two = format!("{BAD}{}", BAD.replace("id: r", "id: s"));
    let set = Log::with(&two).severity("d/s", Severity::Note).severity("d/s", Severity::Warning).set();
    assert_eq!((set.rules[0].severity, set.rules[1].severity), (Severity::Error, Severity::Note));
}

#[test]
fn a_rule_governs_where_its_record_applies_and_its_paths_are() {
    let rules = BAD.replace("  message", "  paths: ['**/*.rs']\n  message");
    let set = Log::with(&rules).on(&["src", "!src/x"]).set();
    let governed = |path: &str| {
        let is_governed = set.rules[0].governs(path);
        assert_eq!(set.governing(path).count(), usize::from(is_governed), "{path}");
        assert_eq!(set.concerns(&set.rules[0], path), is_governed, "{path}");
        is_governed
    };
    assert!(governed("src/a.rs") && !governed("src/a.ts") && !governed("b/a.rs") && !governed("src/x/a.rs"));
    let everywhere = Log::with(BAD).set();
    assert_eq!(
        everywhere.governing("any/path").map(|(at, bound)| (at, bound.key.as_str())).collect::<Vec<_>>(),
        [(0, "d/r")]
    );
}

#[test]
fn some_rules_name_their_file_themselves() {
    let rules = "- {id: d, kind: data, message: M, file: a.json, at: $.x, exists: false}\n- {id: e, kind: evidence, message: M, report: r.xml, format: junit}\n";
    let set = Log::with(rules).on(&["elsewhere"]).set();
    let governing = |path: &str| set.governing(path).map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!((governing("a.json"), governing("r.xml"), governing("elsewhere")), (vec![0], vec![1], vec![]));
    assert!(set.rules[0].scopes().is_none() && Log::with(BAD).set().rules[0].scopes().is_some());
    assert_eq!(set.reports().collect::<Vec<_>>(), ["r.xml"]);
    assert_eq!(Log::with(BAD).set().reports().count(), 0);
}

#[test]
fn records_are_spared_by_rules_that_would_find_themselves() {
    let rules = format!("{BAD}- {{id: s, kind: files, message: M, max-lines: 0}}\n");
    let set = Log::with(&rules).spared("d.md").set();
    let governing = |path: &str| set.governing(path).map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!((governing("d.md"), governing("e.md")), (vec![1], vec![0, 1]));
    let concerned = |at: usize, path: &str| set.concerns(&set.rules[at], path);
    assert!(!concerned(0, "d.md") && concerned(1, "d.md") && concerned(0, "e.md"));
}

#[test]
fn faults_of_rules_and_globs_are_told_with_their_record() {
    let rules =
        "- id: r\n  kind: forbid-text\n  message: M\n  match: {literal: bad, inn: x}\n- kind: protect\n  message: M\n";
    let set = Log::with(rules).on(&["/abs"]).set();
    assert_eq!(set.rules.len(), 0);
    let told = [
        "d.md:1 - true: applies-to: `/abs` is absolute; paths count from the repository's root",
        "d.md:4 d/r true: a match here has no key `inn`; did you mean `in`?",
        "d.md:5 - true: `id` is missing in this rule",
    ];
    assert_eq!(faults(&set), told);
    let unread = Log::default().and("p", Standing::Proposed, "[").set();
    assert!(faults(&unread)[0].contains(" - false: the rules cannot be read: "), "{:?}", faults(&unread));
}

#[test]
fn what_a_rule_and_its_record_say_is_its_digest() {
    let digest = |log: Log| log.set().rules[0].digest.clone();
    assert_eq!(digest(Log::with(BAD)), digest(Log::with(BAD)));
    assert_ne!(digest(Log::with(BAD)), digest(Log::with(BAD).on(&["src"])));
    assert_ne!(digest(Log::with(BAD)), digest(Log::with(&BAD.replace("message: M", "message: N"))));
}

/// A set of one rule of each way of reading.
fn ways() -> RuleSet {
    let rules = "- {id: a, kind: forbid-text, message: M, match: {literal: bad}}\n- {id: b, kind: files, message: M, forbid: [x], paths: [x]}\n- {id: c, kind: count, message: M, at-most: 0, match: {literal: bad}}\n- {id: d, kind: data, message: M, file: a.json, at: $.x, exists: false}\n- {id: e, kind: boundaries, message: M, modules: {a: [a], b: [b]}, layers: [a, b]}\n- {id: f, kind: require-text, message: M, match: {regex: go+d}, paths: [y]}\n";
    let set = Log::with(rules).set();
    assert_eq!(faults(&set), [""; 0]);
    set
}

#[test]
fn a_file_is_looked_at_by_the_rules_that_govern_it() {
    let set = ways();
    let look = |path: &str, text: &str| set.look(&mut SourceFile::new(path, text), ALL);
    let rules = |findings: &[Finding]| findings.iter().map(|finding| finding.rule).collect::<Vec<_>>();
    let one = look("x", "bad bad");
    assert_eq!((rules(&one.findings), rules(&one.counted)), (vec![1, 0, 0], vec![2, 2]));
    assert_eq!((one.path.as_str(), one.governed_by.to_vec(), one.undecided), ("x", vec![0, 1, 2, 4], Vec::new()));
    let two = look("a.json", "{");
    assert_eq!((two.undecided.len(), two.undecided[0].0, two.findings.len()), (1, 3, 0));
    assert_eq!(rules(&look("y", "x").findings), [5]);
    assert!(look("y", "good").is_clean() && !look("y", "x").is_clean());
    let counted = set.look(&mut SourceFile::new("z", "bad"), &|at| at == 2);
    assert_eq!((counted.findings.len(), counted.counted.len(), counted.is_clean()), (0, 1, false));
    assert_eq!(*counted.governed_by, [2]);
    let lost = FileLook { undecided: vec![(0, String::new())], ..FileLook::default() };
    assert!(!lost.is_clean() && FileLook::default().is_clean());
}

#[test]
fn a_name_is_looked_at_without_its_text() {
    let set = ways();
    let look = set.look_at_path("x", ALL);
    assert_eq!((look.findings.len(), look.findings[0].rule, look.governed_by.to_vec()), (1, 1, vec![0, 1, 2, 4]));
    assert_eq!(set.look_at_path("x", &|at| at == 0).findings, []);
    assert_eq!(set.look_at_path("z", ALL).findings, []);
}

#[test]
fn a_file_that_cannot_be_read_leaves_those_that_insist_undecided() {
    let set = ways();
    let look = set.look_at_unread("a.json", "it is binary", ALL);
    assert_eq!(look.undecided, [(3, "it is binary".to_owned())]);
    assert_eq!(set.look_at_unread("z", "it is binary", ALL).undecided, []);
    assert_eq!(set.look_at_unread("a.json", "it is binary", &|at| at != 3).undecided, []);
    assert_eq!(set.look_at_unread("x", "it is binary", ALL).findings.len(), 1);
    let packages = Log::with("- {id: r, kind: forbid-dependency, message: M, names: [a]}\n").set();
    assert_eq!(packages.look_at_unread("Cargo.toml", "W", ALL).undecided.len(), 1);
    assert_eq!(packages.look_at_unread("a.rs", "W", ALL).undecided, []);
}

#[test]
fn only_what_a_rule_reads_is_read() {
    let set = Log::with("- {id: d, kind: data, message: M, file: a.json, at: $.x, exists: false}\n").set();
    assert!(set.reads("a.json", ALL) && !set.reads("b", ALL) && !set.reads("a.json", &|_| false));
    let set = Log::with("- {id: d, kind: forbid-dependency, message: M, names: [a]}\n").set();
    assert!(set.reads("Cargo.toml", ALL) && !set.reads("b", ALL));
}

#[test]
fn rules_about_boundaries_need_the_project() {
    assert_eq!((ways().crossing(), ways().needs_project()), (BTreeSet::from([4]), true));
    let none = Log::with(BAD).set();
    assert_eq!((none.crossing(), none.needs_project()), (BTreeSet::new(), false));
}

#[test]
fn a_quiet_rule_is_known_to_find_nothing() {
    let set = ways();
    let mut file = SourceFile::new("y", "nothing");
    assert!(!set.is_quiet(0, &file));
    set.begin(&mut file);
    // A required text is missed where nothing is; what is read otherwise is never known to be quiet.
    let quiet: Vec<bool> = (0..6).map(|at| set.is_quiet(at, &file)).collect();
    assert_eq!(quiet, [true, false, true, false, false, false]);
    assert_eq!((set.look_by(0, &file).0.len(), set.look_by(5, &file).0.len()), (0, 1));
    let mut file = SourceFile::new("y", "bad good");
    set.begin(&mut file);
    assert_eq!((0..6).map(|at| set.is_quiet(at, &file)).collect::<Vec<_>>(), [false; 6]);
}

#[test]
fn a_rules_file_is_a_list_or_has_one() {
    let rules = |text: &str| read_rules_file(text).map(|node| read_rules(&node).0.len()).map_err(|fault| fault.message);
    let one = "{id: r, kind: protect, message: M}";
    assert_eq!(rules(&format!("- {one}\n")), Ok(1));
    assert_eq!(rules(&format!("\u{feff}rules:\n- {one}\n- {{id: s, kind: protect, message: M}}\n")), Ok(2));
    assert_eq!(rules("rule: []\n"), Err("a rules file has no key `rule`; it holds a list below `rules:`".to_owned()));
    assert!(rules("[").is_err());
}
