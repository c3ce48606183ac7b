//! Search over small folders of records: what is found, and in which order. [`facets`] counts, [`language`] asks in every
//! way the query language has, [`order`] looks at the ranking, [`robust`] damages the index, [`rebuilt`] has it made anew,
//! [`shared`] gives it to two processes, [`scan`] compares search with reading, [`real`] over lines that people wrote,
//! [`wild`] asks nonsense.

mod facets;
mod language;
mod order;
mod real;
mod rebuilt;
mod robust;
mod scan;
mod shared;
pub(in crate::search) mod wild;

use crate::workspace::{OpenOptions, Place, Workspace};
use precedent_core::wire::{OpenMode, SearchOrder, SearchReply, SearchRequest, StatusWord};
use std::fs;
use std::sync::Arc;
use tempfile::TempDir;

/// A folder of records with a cache beside it.
struct Folder {
    dir: TempDir,
}

impl Folder {
    fn new(records: &[(&str, &str)]) -> Self {
        let folder = Self { dir: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(folder.records()).expect("a log");
        for (name, text) in records {
            folder.write(name, text);
        }
        folder
    }

    fn records(&self) -> std::path::PathBuf {
        self.dir.path().join("repository/docs/adr")
    }

    fn cache(&self) -> std::path::PathBuf {
        self.dir.path().join("cache")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.records().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a record");
    }

    fn open(&self, index: bool) -> Arc<Workspace> {
        Self::open_at(self.dir.path(), index)
    }

    fn open_at(folder: &std::path::Path, index: bool) -> Arc<Workspace> {
        let today = precedent_core::Date::new(2026, 3, 2).expect("a day");
        let place = Place::new(folder.join("cache"), folder.join("config"), today);
        let options = OpenOptions { mode: OpenMode::Plain, index };
        Workspace::open(&folder.join("repository"), &place, &options).expect("it opens")
    }
}

fn search(workspace: &Workspace, query: &str) -> SearchReply {
    workspace
        .search(&SearchRequest { query: query.to_owned(), limit: 100, ..SearchRequest::default() })
        .expect("an answer")
}

/// File names of the hits, in order.
fn names(reply: &SearchReply) -> String {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    reply.hits.iter().map(|hit| name(&hit.path)).collect::<Vec<_>>().join(" ")
}

fn sorted(reply: &SearchReply) -> Vec<String> {
    let mut paths: Vec<String> = reply.hits.iter().map(|hit| hit.path.clone()).collect();
    paths.sort();
    paths
}

const QUEUE: &str = "# Use a message queue\n\n## Status\n\nAccepted\n\n## Context\n\nWorkers wait for PostgreSQL locks.\n\n## Decision\n\nWe will publish with `io_uring` and C++ migrations.\n";
const STORE: &str = "---\nstatus: rejected\ntags: [storage]\ndecision-makers: [\"@dana\"]\ndate: 2025-03-02\n---\n# Keep everything in PostgreSQL\n\n## Considered options\n\n* A queue\n* Élan vital\n\n## Decision\n\nWe keep one database.\n";
const OTHER: &str = "# 修改决策状态\n\n## Status\n\nProposed\n\n## Context\n\n用命令修改决策状态。\n";

fn three() -> Folder {
    Folder::new(&[("0001-queue.md", QUEUE), ("0002-store.md", STORE), ("0003-status.md", OTHER)])
}

#[track_caller]
fn check(query: &str, expected: &str) {
    let folder = three();
    assert_eq!(names(&search(&folder.open(false), query)), expected, "{query}");
}

#[test]
fn titles_weigh_most_and_all_words_come_first() {
    check("queue", "0001-queue 0002-store");
    check("postgresql", "0002-store 0001-queue");
    check("queue everything", "0002-store 0001-queue");
}

#[test]
fn words_are_found_by_stem_prefix_and_accent() {
    check("publishing", "0001-queue");
    check("migr", "0001-queue");
    check("elan ", "0002-store");
}

#[test]
fn identifiers_and_other_scripts() {
    check("io_uring", "0001-queue");
    check("C++", "0001-queue");
    check("决策", "0003-status");
}

#[test]
fn numbers_name_records() {
    check("2", "0002-store");
    check("#3", "0003-status");
    check("ADR-0001", "0001-queue");
    check("0002-store", "0002-store");
}

#[test]
fn a_record_that_is_named_meets_the_conditions_too() {
    check("#1 -queue", "");
    check("#2 \"message queue\"", "0001-queue");
    check("#2 status:accepted", "");
    check("#2 -pigeons", "0002-store");
    check("#2 OR \"message queue\" ", "0002-store 0001-queue");
    check("#3 OR status:accepted ", "0003-status 0001-queue");
}

#[test]
fn phrases_exclusions_and_fields() {
    check("\"message queue\"", "0001-queue");
    check("\"queue message\"", "");
    check("\"message que", "0001-queue");
    check("\"message q", "0001-queue");
    check("\"mess", "0001-queue");
    check("\"queue mess", "");
    check("queue -message", "0002-store");
    check("section:options queue", "0002-store");
    check("status:rejected", "0002-store");
    check("by:dana", "0002-store");
    check("tag:stor postgresql", "0002-store");
    check("before:2026 -status:accepted", "0002-store");
    check("is:in-force postgresql", "0001-queue");
    check("is:open", "0003-status");
    check("id:0003", "0003-status");
    check("", "");
}

#[test]
fn hits_come_by_relevance_by_day_or_by_number() {
    let record = |date: &str, words: &str| format!("---\nstatus: accepted\ndate: {date}\n---\n# {words}\n\nx\n");
    let folder = Folder::new(&[
        ("0001-a.md", &record("2025-05-01", "Locks")),
        ("0002-b.md", &record("2026-01-01", "Wait for locks in all of the workers")),
        ("0003-c.md", &record("2024-01-01", "Locks are held by all of the workers")),
        ("notes-on-locks.md", &record("2023-01-01", "Workers that never wait for any locks")),
    ]);
    let workspace = folder.open(false);
    let by = |order| {
        let request = SearchRequest { query: "locks".to_owned(), order, ..SearchRequest::default() };
        names(&workspace.search(&request).expect("an answer"))
    };
    assert!(by(SearchOrder::Relevance).starts_with("0001-a "));
    assert_eq!(by(SearchOrder::Newest), "0002-b 0001-a 0003-c notes-on-locks");
    assert_eq!(by(SearchOrder::Number), "0003-c 0002-b 0001-a notes-on-locks");
}

#[test]
fn or_asks_for_one_of_several() {
    check("\"message queue\" OR status:rejected", "0001-queue 0002-store");
    check("workers OR everything", "0002-store 0001-queue");
    check("status:rejected OR is:open", "0003-status 0002-store");
    check("queue -message OR status:accepted", "0001-queue 0002-store");
    check("queue zzznowhere OR qqqnowhere", "0001-queue 0002-store");
}

const CHOICE: &str = "---\nstatus: accepted\nrules:\n  - id: x\n---\n# Store sessions\n\n## Considered options\n\n* Redis\n* Memcached: quick\n\n## Decision outcome\n\nChosen option: \"Redis\", because Memcached forgets.\n\n```sql\nSELECT ledger FROM postings;\n```\n\n## Pros and cons of the options\n\n### Redis\n\nIt persists.\n\n### Memcached\n\nIt evicts.\n";

#[test]
fn what_was_decided_against_is_found_as_such() {
    let folder = three();
    folder.write("0004-sessions.md", CHOICE);
    let workspace = folder.open(false);
    let found = |query: &str| names(&search(&workspace, query));
    assert_eq!(found("section:rejected memcached "), "0004-sessions");
    assert_eq!(found("section:rejected evicts "), "0004-sessions");
    assert_eq!(found("section:rejected redis "), "");
    assert_eq!(found("section:options redis "), "0004-sessions");
    assert_eq!(found("section:options memcached "), "0004-sessions");
    // What a rejected record proposed was decided against as well.
    assert_eq!(found("section:rejected database "), "0002-store");
    assert_eq!(found("section:rejected"), "0004-sessions 0002-store");
    let reply = search(&workspace, "section:rejected memcached ");
    assert_eq!(reply.hits[0].snippet, "**Memcached**: quick");
}

#[test]
fn code_blocks_and_rules_are_asked_for_by_themselves() {
    let folder = three();
    folder.write("0004-sessions.md", CHOICE);
    let workspace = folder.open(false);
    let found = |query: &str| names(&search(&workspace, query));
    assert_eq!(found("section:code postings "), "0004-sessions");
    assert_eq!(found("section:decision postings "), "");
    assert_eq!(found("postings "), "0004-sessions");
    assert_eq!(found("has:code"), "0004-sessions");
    assert_eq!(found("has:rules"), "0004-sessions");
    assert_eq!(found("-has:rules status:accepted"), "0001-queue");
}

#[test]
fn a_superseded_record_offers_its_successor() {
    let folder = three();
    folder.write("0004-old.md", "# Poll the mailbox\n\n## Status\n\nSuperseded by [ADR-0001](0001-queue.md)\n");
    let reply = search(&folder.open(false), "mailbox");
    let successor = reply.hits[0].successor.clone().expect("a successor");
    assert_eq!((successor.path.as_str(), successor.title.as_str()), ("docs/adr/0001-queue.md", "Use a message queue"));
    assert_eq!(successor.label.as_deref(), Some("0001"));
    assert_eq!(names(&search(&folder.open(false), "is:superseded")), "0004-old");
    assert_eq!(search(&folder.open(false), "everything").hits[0].successor, None);
}

#[test]
fn stale_proposals_and_due_reviews() {
    // Tests are played on 2026-03-02; a proposal is stale after 30 days.
    let folder = Folder::new(&[
        ("0001-old.md", "---\nstatus: proposed\ndate: 2026-01-31\n---\n# Old\n"),
        ("0002-new.md", "---\nstatus: proposed\ndate: 2026-02-01\n---\n# New\n"),
        ("0003-due.md", "---\nstatus: accepted\ndate: 2026-01-01\nreview-by: 2026-03-02\n---\n# Due\n"),
        ("0004-later.md", "---\nstatus: accepted\ndate: 2024-01-01\nreview-by: 2026-03-03\n---\n# Later\n"),
    ]);
    let workspace = folder.open(false);
    let found = |query: &str| names(&search(&workspace, query));
    assert_eq!(found("is:stale"), "0001-old");
    assert_eq!(found("is:due"), "0003-due");
    assert_eq!(found("year:2024"), "0004-later");
    let years = search(&workspace, "year:2020..2030").year_facets;
    assert_eq!(
        years.iter().map(|facet| (facet.value.as_str(), facet.count)).collect::<Vec<_>>(),
        [("2024", 1), ("2026", 3)]
    );
}

#[test]
fn words_are_stemmed_in_the_language_of_the_record() {
    let folder = three();
    let german = "# Entscheidungen\n\n## Status\n\nAccepted\n\n## Kontext\n\nDie Warteschlangen sind nicht für die Buchungen und wir werden sie ersetzen.\n";
    folder.write("0004-de.md", german);
    folder.write("0005-fr.md", "---\nlang: fr\n---\n# Nationalisation\n\n## Status\n\nAccepted\n");
    let workspace = folder.open(false);
    assert_eq!(names(&search(&workspace, "warteschlange ")), "0004-de");
    assert_eq!(names(&search(&workspace, "entscheidung ")), "0004-de");
    assert_eq!(names(&search(&workspace, "nationalisations ")), "0005-fr");
    assert_eq!(search(&workspace, "warteschlange ").hits[0].snippets[0].text.marks, [(4, 18)]);
}

#[test]
fn close_words_are_used_when_a_word_is_nowhere() {
    let folder = three();
    let reply = search(&folder.open(false), "postgerSQL ");
    assert_eq!((names(&reply).as_str(), reply.corrected.as_deref()), ("0002-store 0001-queue", Some("postgresql ")));
    assert_eq!(search(&folder.open(false), "queue ").corrected, None);
    // Two letters off is a guess, made only when there is nothing else to show.
    assert_eq!(search(&folder.open(false), "databxsy ").corrected.as_deref(), Some("database "));
    assert_eq!(search(&folder.open(false), "queue databxsy ").corrected, None);
}

#[test]
fn only_the_misspelt_words_of_a_query_are_exchanged() {
    let folder = three();
    let workspace = folder.open(false);
    let check = |query: &str, corrected: Option<&str>, exchanged: &[(&str, &str)]| {
        let reply = search(&workspace, query);
        let pairs: Vec<_> = reply.exchanged.iter().map(|one| (one.written.as_str(), one.meant.as_str())).collect();
        assert_eq!((reply.corrected.as_deref(), &pairs[..]), (corrected, exchanged), "{query}");
    };
    check("Keep postgerSQL, queue", Some("Keep postgresql, queue"), &[("postgerSQL", "postgresql")]);
    check(
        "status:rejected \"one database\" ÉÉ -zebra (postgerSQL) OR evrything ",
        Some("status:rejected \"one database\" ÉÉ -zebra (postgresql) OR everything "),
        &[("postgerSQL", "postgresql"), ("evrything", "everything")],
    );
    check("migratoins_postgresql ", Some("migrations_postgresql "), &[("migratoins", "migrations")]);
    check("keep qqqqqqq queue ", None, &[]);
    // In quotes and behind a sign words are meant as they are.
    check("\"postgerSQL\" -everythig ", None, &[]);
}

#[test]
fn of_a_pasted_text_only_the_first_unknown_words_are_exchanged() {
    let folder = three();
    let reply = search(&folder.open(false), &"postgerSQL ".repeat(20));
    assert_eq!((reply.exchanged.len(), names(&reply).as_str()), (8, "0002-store 0001-queue"));
    // A guess of two letters is for a word or two.
    let guessed = |query: &str| search(&folder.open(false), query).corrected;
    assert_eq!(guessed("databxsy zzzzzzzz ").as_deref(), Some("database zzzzzzzz "));
    assert_eq!(guessed("databxsy zzzzzzzz qqqqqqqq "), None);
}

#[test]
fn hits_show_where_they_match() {
    let folder = three();
    let reply = search(&folder.open(false), "publ");
    let hit = &reply.hits[0];
    assert_eq!(hit.snippet, "We will **publish** with io_uring and C++ migrations.");
    assert_eq!(hit.snippets[0].section, "Decision");
    assert_eq!(hit.snippets[0].text.marks, [(8, 15)]);
    assert_eq!(search(&folder.open(false), "queue").hits[0].title_marks, [(14, 19)]);
}

#[test]
fn counts_are_of_all_matches_and_lists_narrow_the_hits() {
    let folder = three();
    let request =
        SearchRequest { query: "postgresql".into(), status: vec![StatusWord::Rejected], ..SearchRequest::default() };
    let reply = folder.open(false).search(&request).expect("an answer");
    assert_eq!((names(&reply).as_str(), reply.total), ("0002-store", 1));
    let counts: Vec<_> = reply.status_facets.iter().map(|facet| (facet.value.as_str(), facet.count)).collect();
    assert_eq!(counts, [("accepted", 1), ("rejected", 1)]);
}

#[test]
fn mine_is_what_names_the_one_who_asks() {
    let folder = three();
    let workspace = folder.open(false);
    let ask = |me: Option<&str>| {
        let request = SearchRequest { query: "is:mine".into(), me: me.map(str::to_owned), ..SearchRequest::default() };
        workspace.search(&request).expect("an answer")
    };
    for me in ["Dana Lee <dana@example.org>", "dana", "Dana <d@example.org>"] {
        assert_eq!(names(&ask(Some(me))), "0002-store", "{me}");
    }
    assert_eq!(names(&ask(Some("Dan <dan@example.org>"))), "");
    let unknown = ask(None);
    assert_eq!((names(&unknown).as_str(), unknown.complaint_at), ("", Some((0, 7))));
    assert!(unknown.complaint.is_some_and(|why| why.contains("user.name")));
}

#[test]
fn what_records_have_is_counted_and_narrows() {
    let folder = three();
    folder.write(
        "0004-code.md",
        "---\napplies-to: [src/**]\n---\n# Code\n\n## Decision\n\n```rust\nfn queue() {}\n```\n",
    );
    let workspace = folder.open(false);
    let request = |has: &[&str]| SearchRequest {
        query: "queue".into(),
        has: has.iter().map(|word| (*word).to_owned()).collect(),
        ..SearchRequest::default()
    };
    let reply = workspace.search(&request(&["code", "paths"])).expect("an answer");
    assert_eq!(names(&reply), "0004-code");
    let count = |word: &str| reply.has_facets.iter().find(|facet| facet.value == word).map(|facet| facet.count);
    assert_eq!((count("code"), count("paths"), count("rules")), (Some(1), Some(1), Some(0)));
    assert_eq!(reply.has_facets.len(), 4);
}

#[test]
fn kept_queries_find_what_a_search_finds() {
    let folder = three();
    let workspace = folder.open(false);
    let queries = ["queue", "status:rejected", "is:mine", ""].map(str::to_owned);
    let found = workspace.matches(&queries, Some("Dana <dana@example.org>")).expect("an answer");
    for (query, mut paths) in queries.iter().zip(found) {
        let request = SearchRequest {
            query: query.clone(),
            me: Some("Dana <dana@example.org>".into()),
            ..SearchRequest::default()
        };
        paths.sort();
        assert_eq!(paths, sorted(&workspace.search(&request).expect("an answer")), "{query}");
    }
}

#[test]
fn similar_titles_are_offered() {
    let folder = three();
    let workspace = folder.open(false);
    let titles: Vec<String> =
        workspace.similar("Use another message queue").expect("hits").into_iter().map(|hit| hit.title).collect();
    assert_eq!(titles, ["Use a message queue"]);
    assert!(workspace.similar("Paint the office green").expect("hits").is_empty());
}
