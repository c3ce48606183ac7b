//! `protect` and `companion`, and what no kind of rule but these has to say of a change.

use super::*;
use crate::rule::{Change, ChangeKind};
use ChangeKind::{Added, Deleted, Modified, Renamed};

fn change(path: &str, kind: ChangeKind) -> Change {
    Change { path: path.to_owned(), kind, old_path: None, mode_only: false, record: None }
}

fn moved(from: &str, to: &str) -> Change {
    Change { old_path: Some(from.to_owned()), ..change(to, Renamed) }
}

fn record(path: &str, globs: &[&str]) -> Change {
    Change { record: Some(globs.iter().map(|glob| (*glob).to_owned()).collect()), ..change(path, Added) }
}

/// What a rule says of a change, as `path note`; it governs what begins with `db`.
fn said(keys: &str, changes: &[Change]) -> Vec<String> {
    let hits = rule(keys).kind.look_at_change(changes, &|path| path.starts_with("db"));
    hits.into_iter().map(|hit| format!("{} {}", hit.path, hit.note)).collect()
}

#[test]
fn what_is_protected_does_not_change() {
    let changes = [change("db/a", Added), change("db/b", Modified), change("db/c", Deleted), change("x", Modified)];
    assert_eq!(said("kind: protect", &changes), ["db/a it is added", "db/b it is modified", "db/c it is deleted"]);
    assert_eq!(said("kind: protect\nagainst: modified", &changes), ["db/b it is modified"]);
    assert_eq!(said("kind: protect\nagainst: [added, deleted]", &changes), ["db/a it is added", "db/c it is deleted"]);
    let subjects = rule("kind: protect").kind.look_at_change(&changes, &|path| path == "db/c");
    assert_eq!(subjects[0].subject, "deleted");
    refused(
        "kind: protect\nagainst: moved",
        "4: `against` cannot be `moved`; it is one of added, modified, deleted, renamed",
    );
}

#[test]
fn a_renaming_takes_away_and_puts() {
    let (away, here, within) = ([moved("db/a", "x")], [moved("x", "db/a")], [moved("db/a", "db/b")]);
    let (leaves, comes) = ("db/a it is renamed from db/a to x", "db/a it is renamed from x to db/a");
    let stays = "db/a it is renamed from db/a to db/b";
    for (against, expected) in [
        ("renamed", [&[leaves][..], &[comes], &[stays]]),
        ("deleted", [&[leaves], &[], &[stays]]),
        ("added", [&[], &[comes], &["db/b it is renamed from db/a to db/b"]]),
        ("modified", [&[], &[], &[]]),
    ] {
        let keys = format!("kind: protect\nagainst: [{against}]");
        assert_eq!([said(&keys, &away), said(&keys, &here), said(&keys, &within)], expected, "{against}");
    }
    // A path of then without a renaming is a copy.
    let copy = Change { kind: Added, ..moved("db/a", "db/b") };
    assert_eq!(said("kind: protect\nagainst: added", &[copy]), ["db/b it is added"]);
    assert_eq!(said("kind: protect", &[moved("x", "y")]), [""; 0]);
}

#[test]
fn a_change_needs_its_companion() {
    let keys = "kind: companion\nrequire: {any-of: [docs, '*.md']}";
    let lacks = ["db/a it is modified, and docs or *.md is not part of this change"];
    let asking = change("db/a", Modified);
    assert_eq!(said(keys, std::slice::from_ref(&asking)), lacks);
    assert_eq!(said(keys, &[change("x", Modified)]), [""; 0]);
    for other in [change("docs/a", Added), change("b.md", Modified), moved("c.md", "d.md")] {
        assert_eq!(said(keys, &[asking.clone(), other]), [""; 0]);
    }
    let executable = Change { mode_only: true, ..change("b.md", Modified) };
    for other in [change("docs/a", Deleted), executable, change("src/a.md", Added)] {
        assert_eq!(said(keys, &[asking.clone(), other]), lacks);
    }
    // Nothing accompanies itself.
    let own = "kind: companion\nrequire: {any-of: ['db/*']}";
    assert_eq!(said(own, std::slice::from_ref(&asking)).len(), 1);
    assert_eq!(said(own, &[asking, change("db/b", Added)]), [""; 0]);
}

#[test]
fn many_that_lack_one_are_told_once() {
    let keys = "kind: companion\nrequire: {record: any}";
    let all = ["db/a", "db/b", "db/c"].map(|path| change(path, Added));
    let lacks = "a decision record is not part of this change";
    assert_eq!(said(keys, &all[..1]), [format!("db/a it is added, and {lacks}")]);
    assert_eq!(said(keys, &all[..2]), [format!("db/a it is added (and one more file), and {lacks}")]);
    assert_eq!(said(keys, &all), [format!("db/a it is added (and 2 more files), and {lacks}")]);
    let hits = rule(keys).kind.look_at_change(&all, &|_| true);
    assert_eq!(hits[0].subject, "companion");
}

#[test]
fn some_ways_of_a_change_ask_for_one() {
    let keys = |when: &str| format!("kind: companion\nwhen: {{{when}}}\nrequire: {{any-of: [docs]}}");
    let asks = |when: &str, change: Change| !said(&keys(when), &[change]).is_empty();
    for kind in [Added, Modified, Deleted] {
        assert!(asks("paths: [db/x]", change("db/x", kind)));
        assert!(!asks("paths: [db/x]", change("db/y", kind)));
        assert_eq!(asks("change: [added, deleted]", change("db/x", kind)), kind != Modified);
    }
    // A renaming is also a file that leaves and one that comes.
    let (away, here) = (moved("db/a", "x"), moved("x", "db/a"));
    for (word, leaves, comes) in
        [("renamed", true, true), ("deleted", true, false), ("added", false, true), ("modified", false, false)]
    {
        let when = format!("change: {word}");
        assert_eq!((asks(&when, away.clone()), asks(&when, here.clone())), (leaves, comes), "{word}");
    }
    // A path of then without a renaming is a copy, and nothing leaves.
    assert!(!asks("change: deleted", Change { kind: Added, ..moved("db/a", "x") }));
    assert!(asks("paths: ['**']", away) && asks("paths: ['**']", here) && !asks("paths: ['**']", moved("x", "y")));
}

#[test]
fn a_record_accompanies() {
    let asking = change("db/a", Modified);
    let with = |asked: &str, other: Change| {
        said(&format!("kind: companion\nrequire: {{record: {asked}}}"), &[asking.clone(), other])
    };
    assert_eq!(with("any", record("r.md", &[])), [""; 0]);
    assert_eq!(with("any", record("r.md", &["x"])), [""; 0]);
    assert_eq!(with("covering", record("r.md", &["db"])), [""; 0]);
    let lacks = ["db/a it is modified, and a decision record that applies to it is not part of this change"];
    assert_eq!(with("covering", record("r.md", &["x"])), lacks);
    assert_eq!(with("covering", record("r.md", &[])), lacks);
    assert_eq!(with("covering", change("r.md", Added)), lacks);
    assert_eq!(with("any", change("r.md", Added)).len(), 1);
    let either = "kind: companion\nrequire: {record: any, any-of: docs}";
    let lacks = "db/a it is modified, and docs or a decision record is not part of this change";
    assert_eq!(said(either, std::slice::from_ref(&asking)), [lacks]);
    assert_eq!(said(either, &[asking.clone(), record("r.md", &[])]), [""; 0]);
    assert_eq!(said(either, &[asking, change("docs/a", Added)]), [""; 0]);
}

#[test]
fn a_companion_has_to_be_named() {
    refused("kind: companion", "1: `require` is missing in this rule");
    refused("kind: companion\nrequire: {}", "4: `any-of or record` is missing in this require");
    refused(
        "kind: companion\nrequire: {any-of: a, record: some}",
        "4: `record` cannot be `some`; it is one of any, covering",
    );
}

#[test]
fn only_these_are_about_changes() {
    for (keys, is_of_changes) in [
        ("kind: protect", true),
        ("kind: companion\nrequire: {record: any}", true),
        ("kind: forbid-text\nmatch: {literal: a}", false),
    ] {
        let kind = rule(keys).kind;
        assert_eq!(kind.is_of_changes(), is_of_changes, "{keys}");
        assert_eq!(kind.reads("db/a"), !is_of_changes, "{keys}");
        assert_eq!(kind.look_at_tree(&["db/a"]), []);
        assert_eq!(kind.look_at_path("db/a"), []);
        let hits = kind.look_at_change(&[change("db/a", Added)], &|_| true);
        assert_eq!(hits.len(), usize::from(is_of_changes), "{keys}");
    }
    let words = [Added, Modified, Deleted, Renamed].map(ChangeKind::word);
    assert_eq!(words, ["added", "modified", "deleted", "renamed"]);
}
