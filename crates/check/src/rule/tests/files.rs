//! `files`: names, sizes, presence.

use super::*;

/// What a rule says of a path, as `path subject: note`.
fn of_path(keys: &str, path: &str) -> Vec<String> {
    let hits = rule(&format!("kind: files\n{keys}")).kind.look_at_path(path);
    hits.into_iter().map(|hit| format!("{} {}: {}", hit.path, hit.subject, hit.note)).collect()
}

fn of_tree(keys: &str, paths: &[&str]) -> Vec<String> {
    let hits = rule(&format!("kind: files\n{keys}")).kind.look_at_tree(paths);
    hits.into_iter().map(|hit| format!("{} {}: {}", hit.path, hit.subject, hit.note)).collect()
}

#[test]
fn a_name_is_of_a_form_as_a_whole() {
    let keys = "name: '[a-z]+\\.rs|x'";
    assert_eq!(of_path(keys, "A/b.rs"), [""; 0]);
    assert_eq!(of_path(keys, "x"), [""; 0]);
    let note = |path: &str, base: &str| {
        format!("{path} name [a-z]+\\.rs|x: the name `{base}` is not of the form `[a-z]+\\.rs|x`")
    };
    assert_eq!(of_path(keys, "a/B.rs"), [note("a/B.rs", "B.rs")]);
    assert_eq!(of_path(keys, "xx"), [note("xx", "xx")]);
    assert_eq!(of_path(keys, "a.rs\nB"), [note("a.rs\nB", "a.rs\nB")]);
    let faults = faults("kind: files\nname: '('\nmax-lines: 1");
    assert!(faults[0].starts_with("4: `name` is no regular expression"), "{faults:?}");
}

#[test]
fn a_file_may_be_forbidden() {
    let said = "a/b.orig forbid: there must be no such file";
    assert_eq!(of_path("forbid: ['**/*.orig']", "a/b.orig"), [said]);
    assert_eq!(of_path("forbid: ['**/*.orig']", "a/b"), [""; 0]);
    assert_eq!(of_path("forbid: ['**/*.orig']\nname: '[a-z]+'", "a/b.orig").len(), 2);
}

#[test]
fn a_file_has_so_many_lines() {
    let keys = "kind: files\nmax-lines: 2";
    assert_eq!(spans(keys, "a", "one\ntwo\n"), []);
    assert_eq!(spans(keys, "a", "one\ntwo\nthree\nfour"), [(8, 13)]);
    assert_eq!(spans("kind: files\nmax-lines: 0", "a", "\n"), [(0, 0)]);
    let hit = look(keys, "a", "one\ntwo\nthree\nfour").hits.remove(0);
    assert_eq!((hit.subject.as_deref(), hit.note.as_deref()), (Some("max-lines 2"), Some("4 lines; 2 at most")));
    let kind = rule("kind: files\nname: a").kind;
    assert!(!kind.reads("a"));
    assert_eq!(kind.look(&SourceFile::new("a", "x\n")), Look::default());
}

#[test]
fn files_that_have_to_be_there() {
    let keys = "require: [LICENSE, '*.md']";
    assert_eq!(of_tree(keys, &["LICENSE", "a.md"]), [""; 0]);
    assert_eq!(of_tree(keys, &["a/LICENSE", "a.md"]), ["LICENSE require LICENSE: no file matches `LICENSE`"]);
    assert_eq!(of_tree(keys, &[]).len(), 2);
    refused(
        "kind: files\nrequire: ['!a']",
        "4: `require` names files that must be there; use `forbid` for those that must not",
    );
    refused("kind: files\nrequire: [/a]", "4: `/a` is absolute; paths count from the repository's root");
}

#[test]
fn a_rule_about_files_asks_something() {
    refused("kind: files", "1: `name, max-lines, require or forbid` is missing in this rule");
    for (keys, asks) in [("name: a", false), ("max-lines: 0", false), ("forbid: [a]", false), ("require: [a]", true)] {
        let kind = rule(&format!("kind: files\n{keys}")).kind;
        assert_eq!(kind.asks_of_tree(), asks, "{keys}");
        let Kind::Files(rule) = kind else { panic!("{keys}") };
        let (required, forbidden) = rule.asks();
        assert_eq!((required.count(), forbidden.len()), (usize::from(asks), usize::from(keys.starts_with("forbid"))));
    }
    refused("kind: files\nname: a\nmax-lines: -1", "5: `max-lines` takes a whole number from 0");
}
