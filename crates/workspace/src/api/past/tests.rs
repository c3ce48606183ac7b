//! Looking back, against checkouts of the same commits.
#![expect(clippy::disallowed_methods, reason = "tests make files by hand")]

use crate::api::tests::Sandbox;
use crate::workspace::Workspace;
use git2::{Repository, Signature, Time};
use precedent_core::wire::{DecisionSummary, ErrorCode, StatusWord};

const A: &str = "docs/adr/0001-use-mongo.md";
const B: &str = "docs/adr/0002-use-postgres.md";

fn record(title: &str, status: &str) -> String {
    format!("# {title}\n\n## Status\n\n{status}\n\n## Context\n\nWhy.\n")
}

/// Commits everything on a day, at noon in a zone two hours east.
fn commit(sandbox: &Sandbox, day: &str) -> String {
    let repo = Repository::open(sandbox.root()).expect("a repository");
    let mut index = repo.index().expect("an index");
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.update_all(["."], None).expect("staged");
    index.write().expect("written");
    let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let noon = day.parse::<jiff::civil::Date>().expect("a day").at(23, 30, 0, 0);
    let seconds =
        noon.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2))).expect("a time").timestamp().as_second();
    let author = Signature::new("Ann", "ann@example.org", &Time::new(seconds, 120)).expect("an author");
    let parents: Vec<_> = repo.head().ok().and_then(|head| head.peel_to_commit().ok()).into_iter().collect();
    let parents: Vec<_> = parents.iter().collect();
    repo.commit(Some("HEAD"), &author, &author, day, &tree, &parents).expect("a commit").to_string()
}

fn past() -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::new();
    let mut commits = Vec::new();
    sandbox.write("src/a.rs", "");
    commits.push(commit(&sandbox, "2024-01-01"));
    sandbox.write(A, record("1. Use Mongo", "Accepted")).write("docs/adr/README.md", "# Index\n");
    commits.push(commit(&sandbox, "2024-02-01"));
    sandbox.write(A, record("1. Use Mongo", "Superseded by [2. Use Postgres](0002-use-postgres.md)"));
    sandbox.write(B, record("2. Use Postgres", "Accepted\n\nSupersedes [1. Use Mongo](0001-use-mongo.md)"));
    commits.push(commit(&sandbox, "2024-03-01"));
    // The log has moved since.
    let text = sandbox.read(B);
    std::fs::remove_dir_all(sandbox.root().join("docs/adr")).expect("removed");
    sandbox.write(".adr-dir", "records\n").write("records/0002-use-postgres.md", text);
    commits.push(commit(&sandbox, "2024-04-01"));
    (sandbox, commits)
}

fn standing(workspace: &Workspace, when: &str) -> Vec<(String, Option<StatusWord>, bool)> {
    let decisions = workspace.decisions_as_of(when).expect(when).decisions;
    decisions.into_iter().map(|decision| (decision.path, decision.status, decision.in_force)).collect()
}

#[test]
fn what_was_in_force_on_a_day() {
    let (sandbox, commits) = past();
    let workspace = sandbox.open();
    let accepted = Some(StatusWord::Accepted);
    assert_eq!(standing(&workspace, "2024-01-31"), []);
    assert_eq!(standing(&workspace, "2024-02-01"), [(A.to_owned(), accepted, true)]);
    assert_eq!(standing(&workspace, "2024-02-29"), [(A.to_owned(), accepted, true)]);
    let later = [(A.to_owned(), Some(StatusWord::Superseded), false), (B.to_owned(), accepted, true)];
    assert_eq!(standing(&workspace, "2024-03-31"), later);
    assert_eq!(standing(&workspace, &commits[2][..10]), later);
    assert_eq!(standing(&workspace, "HEAD~1"), later);
    let snapshot = workspace.decisions_as_of("HEAD").expect("a past");
    assert_eq!((snapshot.logs[0].path.as_str(), snapshot.logs[0].found_by.as_str()), ("records", ".adr-dir"));
    assert_eq!(snapshot.commit.commit, commits[3]);
}

#[test]
fn a_record_reads_as_it_was() {
    let (sandbox, _) = past();
    let workspace = sandbox.open();
    let view = workspace.read_decision_as_of("1", "2024-02-15").expect("a record");
    assert_eq!((view.summary.in_force, view.read_only), (true, true));
    assert!(view.html.contains("Why."), "{}", view.html);
    assert!(workspace.source_as_of(A, "2024-02-15").expect("a text").contains("Accepted"));
    let error = workspace.read_decision_as_of("2", "2024-02-15").expect_err("not yet");
    assert_eq!(error.code(), ErrorCode::NotFound);
    assert!(error.to_string().contains("was not there yet"), "{error}");
}

#[test]
fn the_present_commit_reads_as_the_worktree_does() {
    let (sandbox, _) = past();
    let workspace = sandbox.open();
    let plain = |decisions: Vec<DecisionSummary>| -> Vec<DecisionSummary> { decisions };
    assert_eq!(
        plain(workspace.decisions_as_of("HEAD").expect("a past").decisions),
        plain(workspace.decisions().decisions)
    );
}

#[test]
fn unknown_moments_say_what_to_do() {
    let (sandbox, _) = past();
    let workspace = sandbox.open();
    let check = |when: &str, code: ErrorCode, words: &str| {
        let error = workspace.decisions_as_of(when).expect_err(when);
        assert_eq!(error.code(), code, "{when}");
        assert!(error.to_string().contains(words) && error.hint().is_some(), "{error}");
    };
    check("2023-12-31", ErrorCode::NotFound, "begins on 2024-01-01");
    check("no-such-branch", ErrorCode::NotFound, "no revision or day `no-such-branch`");
    check("2024-13-01", ErrorCode::NotFound, "no revision or day");
    check("", ErrorCode::Usage, "which commit");
    let empty = Sandbox::new();
    let error = empty.open().decisions_as_of("2024-01-01").expect_err("no commits");
    assert!(error.to_string().contains("nothing has been committed"), "{error}");
    let plain = Sandbox::plain();
    let plain = plain.open_at(&plain.root(), precedent_core::wire::OpenMode::Plain).expect("opens");
    assert_eq!(plain.decisions_as_of("HEAD").expect_err("no git").code(), ErrorCode::NotARepository);
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let (sandbox, commits) = past();
    std::fs::write(sandbox.root().join(".git/shallow"), format!("{}\n", commits[2])).expect("a file");
    let error = sandbox.open().decisions_as_of("2024-01-15").expect_err("too early");
    assert!(error.hint().is_some_and(|hint| hint.contains("--unshallow")), "{:?}", error.hint());
}
