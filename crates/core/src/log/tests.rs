//! Joins hand-made records and looks at links, standing and problems. Parsing is tested elsewhere.

use super::*;
use crate::decision::{Citation, Dates, Dialect, People, StatedLink};
use crate::id::DecisionId;
use crate::problem::ProblemCode;
use crate::record::{Encoding, Lines, Sections, Signs};

/// `name status kind=reference…`: a record `docs/adr/<name>.md`; `kind=text>target` gives an explicit target.
fn record(line: &str) -> Parsed {
    let mut words = line.split_whitespace();
    let name = words.next().expect("a name");
    let status = words.next().and_then(Status::from_word);
    let links = words.map(link).collect();
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    Parsed {
        decision: Decision {
            path: RecordPath::new(format!("docs/adr/{name}.md")),
            id: DecisionId::new(name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')),
            number: digits.parse().ok(),
            digits: Some(digits).filter(|digits| !digits.is_empty()),
            title: Some(format!("Title of {name}")),
            status,
            status_raw: None,
            dates: Dates::default(),
            people: People::default(),
            tags: Vec::new(),
            scope: None,
            applies_to: Vec::new(),
            links,
            citations: Vec::new(),
            reason_superseded: None,
            dialect: Dialect::Plain,
            rules: Vec::new(),
            states_rules: false,
            misnames_rules: false,
        },
        log: "docs/adr".to_owned(),
        stated_id: false,
        lines: Lines::default(),
        encoding: Encoding::Utf8,
        front_matter: None,
        sections: Sections::default(),
        problems: Vec::new(),
        signs: Signs::default(),
        words: 0,
    }
}

fn link(word: &str) -> StatedLink {
    let (kind, reference) = word.split_once('=').expect("kind=reference");
    let relation = (kind == "refines").then(|| kind.to_owned());
    let kind = match kind {
        "refines" => LinkKind::RelatesTo,
        "supersedes" => LinkKind::Supersedes,
        "by" => LinkKind::SupersededBy,
        "amends" => LinkKind::Amends,
        "needs" => LinkKind::DependsOn,
        other => panic!("no link kind {other}"),
    };
    let (text, target) = match reference.split_once('>') {
        Some((text, target)) => (text, Some(target.to_owned())),
        None => (reference, None),
    };
    StatedLink { kind, text: text.to_owned(), target, relation, span: 10..10 + text.len() }
}

fn log(lines: &[&str]) -> DecisionLog {
    DecisionLog::build(lines.iter().map(|line| record(line)).collect())
}

fn path(name: &str) -> RecordPath {
    RecordPath::new(format!("docs/adr/{name}.md"))
}

fn codes(log: &DecisionLog, name: &str) -> Vec<&'static str> {
    log.problems(&path(name)).iter().map(|problem| problem.code.slug()).collect()
}

#[test]
fn a_link_stated_at_one_end_is_derived_at_the_other() {
    let log = log(&["0001-a superseded", "0002-b accepted supersedes=ADR-1"]);
    assert_eq!(log.graph().links(&path("0001-a")).of(LinkKind::SupersededBy), [path("0002-b")]);
    assert_eq!(log.graph().links(&path("0001-a")).stated_of(LinkKind::SupersededBy), []);
    assert_eq!(codes(&log, "0002-b"), ["one-sided-link"]);
    assert_eq!(codes(&log, "0001-a"), [] as [&str; 0]);
}

#[test]
fn only_an_accepted_successor_ends_a_decision() {
    let check = |successor: &str, expected: bool| {
        let log = log(&["0001-a accepted", &format!("0002-b {successor} supersedes=1")]);
        assert_eq!(log.in_force(&path("0001-a")), expected, "successor is {successor}");
    };
    check("draft", true);
    check("proposed", true);
    check("rejected", true);
    check("accepted", false);
    check("superseded", false);
}

#[test]
fn an_explicit_target_wins_over_a_number() {
    let log =
        log(&["0001-a accepted", "0002-b accepted", "0003-c accepted amends=ADR-1>0002-b.md amends=1>./0009-gone.md"]);
    assert_eq!(log.graph().links(&path("0003-c")).stated_of(LinkKind::Amends), [path("0002-b")]);
    assert_eq!(codes(&log, "0003-c"), ["dangling-link", "one-sided-link"]);
}

#[test]
fn references_resolve_in_every_spelling() {
    let log = log(&["0007-use-postgres accepted", "0008-x accepted", "0070-y accepted"]);
    for reference in [
        "7",
        "0007",
        "ADR-0007",
        "adr 7",
        "#7",
        "use-postgres",
        "0007-use-postgres.md",
        "docs/adr/0007-use-postgres.md",
        "adr:use-postgres",
        "[ADR-7]",
    ] {
        assert_eq!(
            log.resolve(reference).map(|found| found.path.clone()),
            Ok(path("0007-use-postgres")),
            "{reference}"
        );
    }
    assert!(matches!(log.resolve("ADR-9"), Err(ResolveError::NotFound { .. })));
    assert_eq!(
        log.resolve_in(
            &path("0008-x"),
            "x",
            Some("https://github.com/o/r/blob/main/docs/adr/0007-use-postgres.md#why")
        ),
        Resolution::One(path("0007-use-postgres"))
    );
    assert_eq!(log.resolve_in(&path("0008-x"), "none", None), Resolution::Elsewhere);
    assert_eq!(log.resolve_in(&path("0008-x"), "", Some("../other.txt")), Resolution::Elsewhere);
}

#[test]
fn a_number_with_two_records_is_ambiguous_and_said() {
    let log = log(&["0001-a accepted", "0001-b accepted", "0002-c accepted needs=1"]);
    assert!(matches!(log.resolve("1"), Err(ResolveError::Ambiguous { candidates, .. }) if candidates.len() == 2));
    assert_eq!(codes(&log, "0002-c"), ["ambiguous-reference"]);
    assert_eq!(codes(&log, "0001-a"), ["duplicate-number"]);
}

#[test]
fn a_wiki_link_to_a_number_that_no_record_has_is_dangling_a_bare_mention_is_not() {
    let mut citing = record("0001-a accepted");
    let wiki = Citation { text: "ADR-0022".to_owned(), target: None, span: 40..52 };
    let bare = Citation { text: "ADR-0022".to_owned(), target: None, span: 60..68 };
    let known = Citation { text: "ADR-0021".to_owned(), target: None, span: 80..92 };
    citing.decision.citations = vec![wiki, bare, known];
    let log = DecisionLog::build(vec![citing, record("0021-b accepted")]);
    let problems = log.problems(&RecordPath::new("docs/adr/0001-a.md"));
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code, problems[0].span.clone()), (ProblemCode::DanglingLink, 42..50));
    let fix = problems[0].fix.as_ref().expect("a near number");
    assert_eq!((fix.title.as_str(), fix.edits[0].text.as_str()), ("Change to 0021", "ADR-0021"));
}

#[test]
fn a_dangling_number_offers_the_nearest() {
    let log = log(&["0119-a accepted", "0126-b accepted needs=ADR-0219"]);
    let problem = &log.problems(&path("0126-b"))[0];
    assert_eq!(problem.message, "no record has the number 0219");
    assert_eq!(
        problem.fix.as_ref().map(|fix| (fix.title.as_str(), fix.edits[0].text.as_str())),
        Some(("Change to 0119", "ADR-0119"))
    );
}

#[test]
fn near_names_are_offered_once_and_never_the_record_itself() {
    let log = log(&[
        "0015-notify-staging accepted needs=x>0018-notify-staging.md",
        "0018-notfiy-staging accepted",
        "0016-notify-stagings accepted",
        "0017-notify-stages accepted",
    ]);
    let own = RecordPath::new("docs/adr/0015-notify-staging.md");
    let near = log.suggestions(&own, "0018-notify-staging.md");
    let names: Vec<&str> = near.iter().map(RecordPath::stem).collect();
    assert_eq!(names, ["0018-notfiy-staging", "0016-notify-stagings", "0017-notify-stages"]);
}

#[test]
fn rings_and_missing_successors_are_problems() {
    let log = log(&[
        "0001-a superseded by=2",
        "0002-b superseded by=1",
        "0003-c superseded",
        "0004-d accepted needs=5",
        "0005-e proposed",
    ]);
    assert!(codes(&log, "0001-a").contains(&ProblemCode::Cycle.slug()));
    assert_eq!(codes(&log, "0003-c"), ["superseded-without-successor"]);
    assert_eq!(codes(&log, "0004-d"), ["accepted-rests-on-proposed"]);
    assert_eq!(log.graph().current(&path("0001-a")), None);
}

#[test]
fn lineage_holds_the_whole_chain_and_current_its_last() {
    let log = log(&[
        "0001-a superseded",
        "0002-b superseded supersedes=1",
        "0003-c accepted supersedes=2",
        "0004-d accepted",
    ]);
    assert_eq!(log.graph().lineage(&path("0002-b")), [path("0001-a"), path("0002-b"), path("0003-c")]);
    assert_eq!(log.graph().current(&path("0001-a")), Some(path("0003-c")));
}

/// A record with its days as `date/accepted`; `-` for none.
fn dated(line: &str, days: &str) -> Parsed {
    let mut record = record(line);
    let mut days = days.split('/').map(|day| day.parse().ok());
    record.decision.dates.date = days.next().flatten();
    record.decision.dates.accepted = days.next().flatten();
    record
}

#[test]
fn tenure_is_told_by_own_days_and_those_of_the_successor() {
    let log = DecisionLog::build(vec![
        dated("0001-a superseded", "2020-01-10"),
        dated("0002-b superseded supersedes=1", "2023-06-01/2021-02-03"),
        dated("0003-c accepted supersedes=2", "2023-06-01"),
        dated("0004-d deprecated", "2025-06-30"),
        dated("0005-e deprecated", "2025-06-30/2024-01-01"),
        dated("0006-f superseded by=7", "2022-05-05"),
        dated("0007-g accepted", "2022-05-05"),
        dated("0008-h rejected", "2022-05-05"),
        dated("0009-i superseded by=10", "2022-05-05"),
        dated("0010-j accepted", "-"),
    ]);
    let check = |name: &str, from: &str, to: &str| {
        let summary = log.summary(&path(name)).expect(name);
        let text = |day: Option<String>| day.unwrap_or_else(|| "-".to_owned());
        assert_eq!((text(summary.held_from), text(summary.held_to)), (from.to_owned(), to.to_owned()), "{name}");
    };
    check("0001-a", "2020-01-10", "2021-02-03");
    check("0002-b", "2021-02-03", "2023-06-01");
    check("0003-c", "2023-06-01", "-");
    // Only the day it fell is written down.
    check("0004-d", "-", "2025-06-30");
    check("0005-e", "2024-01-01", "2025-06-30");
    check("0006-f", "-", "2022-05-05");
    check("0008-h", "-", "-");
    check("0009-i", "2022-05-05", "-");
    check("0010-j", "-", "-");
}

#[test]
fn the_day_of_a_successor_changes_how_the_old_record_shows() {
    let old = DecisionLog::build(vec![
        dated("0001-a superseded", "2020-01-10"),
        dated("0002-b accepted supersedes=1", "2021-02-03"),
    ]);
    let later = dated("0002-b accepted supersedes=1", "2022-02-03");
    let (_, diff) = old.updated(vec![RecordChange::Put(Arc::new(later))]);
    assert_eq!(diff.changed, [path("0001-a"), path("0002-b")]);
}

#[test]
fn an_update_names_what_it_touched_and_what_follows_from_it() {
    let old = log(&["0001-a accepted", "0002-b proposed supersedes=1", "0003-c accepted"]);
    let (new, diff) = old.updated(vec![RecordChange::Put(Arc::new(record("0002-b accepted supersedes=1")))]);
    assert_eq!(diff.touched, [path("0002-b")]);
    assert_eq!(diff.changed, [path("0001-a"), path("0002-b")]);
    assert!(!new.in_force(&path("0001-a")));
    let (same, diff) = new.updated(Vec::new());
    assert!(diff.is_empty());
    // Prose is not part of what is parsed: a record that is put again has other bytes and counts.
    let (same, diff) = same.updated(vec![RecordChange::Put(Arc::new(record("0002-b accepted supersedes=1")))]);
    assert_eq!((diff.touched, diff.changed), (vec![path("0002-b")], vec![path("0002-b")]));
    let (gone, diff) = same.updated(vec![RecordChange::Removed(path("0002-b"))]);
    assert_eq!((diff.removed, diff.changed), (vec![path("0002-b")], vec![path("0001-a")]));
    assert!(gone.in_force(&path("0001-a")));
}

mod steps {
    //! A log that is updated step by step is the log that is joined from nothing.

    use super::*;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = String> {
        let status = prop_oneof!["accepted", "proposed", "superseded", "rejected"];
        let word = prop_oneof!["supersedes", "by", "amends", "needs"];
        let link = (word, 1..9u8).prop_map(|(word, to)| format!("{word}={to}"));
        (1..7u8, 0..2u8, status, prop::collection::vec(link, 0..4)).prop_map(|(number, other, status, links)| {
            let name = if other == 0 { "a" } else { "b" };
            format!("{number}-{name} {status} {}", links.join(" "))
        })
    }

    fn shown(log: &DecisionLog) -> Vec<(RecordPath, bool, Vec<Problem>)> {
        let of = |parsed: &Arc<Parsed>| {
            let path = &parsed.decision.path;
            (path.clone(), log.in_force(path), log.problems(path).to_vec())
        };
        log.records().map(of).collect()
    }

    proptest! {
        #[test]
        fn step_by_step_equals_at_once(
            first in prop::collection::vec(line(), 0..8),
            steps in prop::collection::vec((prop::collection::vec(line(), 1..3), any::<bool>(), 1..7u8), 1..6),
        ) {
            let mut records: BTreeMap<RecordPath, Parsed> = BTreeMap::new();
            for line in &first {
                let one = record(line);
                records.insert(one.decision.path.clone(), one);
            }
            let mut log = DecisionLog::build(records.values().cloned().collect());
            for (lines, removes, gone) in steps {
                let mut changes = Vec::new();
                for line in &lines {
                    let one = record(line);
                    records.insert(one.decision.path.clone(), one.clone());
                    changes.push(RecordChange::Put(Arc::new(one)));
                }
                if removes {
                    let gone = path(&format!("{gone}-a"));
                    records.remove(&gone);
                    changes.push(RecordChange::Removed(gone));
                }
                let (next, diff) = log.updated(changes);
                let whole = DecisionLog::build(records.values().cloned().collect());
                prop_assert_eq!(next.graph(), whole.graph());
                prop_assert_eq!(shown(&next), shown(&whole));
                for (path, ..) in shown(&next) {
                    let is_told = diff.changed.contains(&path);
                    let differs = log.find(&path) != next.find(&path)
                        || log.graph().links(&path) != next.graph().links(&path)
                        || log.problems(&path) != next.problems(&path)
                        || log.in_force(&path) != next.in_force(&path);
                    prop_assert!(is_told || !differs, "{} differs and is not told", path);
                }
                log = next;
            }
        }
    }
}

#[test]
fn a_chain_ends_in_what_is_open_to_replace_or_refine_it() {
    let log = DecisionLog::build(
        [
            "0001-a superseded",
            "0002-b accepted supersedes=1",
            "0003-c proposed amends=2",
            "0004-d draft refines=2",
            "0005-e accepted refines=2",
            "0006-f proposed supersedes=2",
            "0007-g rejected amends=2",
        ]
        .map(record)
        .to_vec(),
    );
    let chain = log.chain(&RecordPath::new("docs/adr/0002-b.md"));
    let told: Vec<_> = chain.iter().map(|node| format!("{} {}", node.label, node.role)).collect();
    assert_eq!(told, ["0001 decided", "0002 decided", "0003 would-refine", "0004 would-refine", "0006 would-replace"]);
}
