//! The sample log tells the story that the README walks through, read the way any repository is.

use crate::tree::root;
use precedent_core::wire::{DecisionSummary, OpenMode, SeverityWord, StatusWord};
use precedent_workspace::{OpenOptions, Place, Workspace, sample};
use std::collections::{BTreeMap, BTreeSet};

/// Summaries of a repository by number; `problems` of the repository itself must be none.
fn read(repository: &std::path::Path) -> BTreeMap<u64, DecisionSummary> {
    let home = tempfile::tempdir().unwrap();
    let below = |name: &str| home.path().join(name);
    let place = Place::new(below("cache"), below("config"), "2026-11-20".parse().unwrap());
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    let workspace = Workspace::open(repository, &place, &options).unwrap();
    let snapshot = workspace.decisions();
    assert_eq!(snapshot.problems, []);
    assert_eq!(snapshot.logs.iter().map(|log| log.path.as_str()).collect::<Vec<_>>(), ["docs/decisions"]);
    snapshot.decisions.into_iter().map(|decision| (decision.number.unwrap(), decision)).collect()
}

fn number_of(path: &str) -> u64 {
    path.rsplit('/').next().and_then(|name| name.get(..4)).and_then(|digits| digits.parse().ok()).unwrap()
}

fn numbers(paths: &[String]) -> Vec<u64> {
    paths.iter().map(|path| number_of(path)).collect()
}

#[test]
fn the_sample_tells_its_story() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("sample");
    sample::create(&repository).unwrap();
    let log = read(&repository);
    assert_eq!(log.keys().copied().collect::<Vec<_>>(), (1..=26).collect::<Vec<_>>());

    let with = |status: StatusWord| -> Vec<u64> {
        log.values().filter(|it| it.status == Some(status)).filter_map(|it| it.number).filter(|it| *it != 23).collect()
    };
    assert_eq!(with(StatusWord::Superseded), [3, 4, 8]);
    assert_eq!(with(StatusWord::Rejected), [12, 20]);
    assert_eq!(with(StatusWord::Deprecated), [5]);
    assert_eq!(with(StatusWord::Proposed), [24, 25]);
    assert_eq!(with(StatusWord::Draft), [26]);
    assert_eq!(with(StatusWord::Accepted).len(), 16);

    // A chain of three and one of two, and a successor that changes nothing until it is accepted.
    assert_eq!(numbers(&log[&21].supersedes), [8]);
    assert_eq!(numbers(&log[&8].supersedes), [3]);
    assert_eq!(numbers(&log[&14].supersedes), [4]);
    assert_eq!((log[&21].in_force, log[&8].in_force, log[&3].in_force), (true, false, false));
    assert_eq!(numbers(&log[&25].supersedes), [7]);
    assert!(log[&7].in_force);
    assert_eq!(numbers(&log[&15].amended_by), [22]);
    assert_eq!(
        log[&21].relates_to.iter().map(|it| it.relation.as_str()).collect::<Vec<_>>(),
        ["depends-on", "refined-by"]
    );

    let dialects: BTreeSet<&str> = log.values().map(|decision| decision.dialect.as_str()).collect();
    assert!(dialects.is_superset(&["nygard", "madr2", "madr3", "madr4", "precedent1"].into()), "{dialects:?}");
}

#[test]
fn exactly_two_records_of_the_sample_need_attention() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("sample");
    sample::create(&repository).unwrap();
    let errors: Vec<(u64, String)> = read(&repository)
        .into_values()
        .flat_map(|it| it.problems)
        .filter(|problem| problem.severity != SeverityWord::Note)
        .map(|problem| (number_of(&problem.path), problem.code))
        .collect();
    assert_eq!(errors, [(16, "P003".to_owned()), (23, "P001".to_owned())]);
}

#[test]
fn our_own_log_leaves_templates_and_sample_out() {
    let own = root();
    if !own.join(".git").exists() {
        // An unpacked archive of the sources is no repository.
        return;
    }
    let log = read(&own);
    assert!(log.len() >= 11);
    assert!(log.values().all(|decision| decision.path.starts_with("docs/decisions/")));
    assert!(log.values().all(|decision| decision.in_force));
}
