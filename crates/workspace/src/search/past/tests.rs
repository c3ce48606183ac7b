//! Words that left the records, found over a small repository with a past.

use super::{Logs, PastIndex};
use crate::search::tests::wild;
use crate::workspace::{OpenOptions, Place, Workspace};
use git2::Repository;
use precedent_core::wire::{OpenMode, PastReply, SearchRequest};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A repository whose commits are a day apart.
struct Past {
    dir: TempDir,
    repo: Repository,
    days: std::cell::Cell<i64>,
}

impl Past {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repository::init(dir.path().join("repository")).expect("a repository");
        fs::create_dir_all(dir.path().join("repository/docs/adr")).expect("a log");
        Self { dir, repo, days: std::cell::Cell::new(0) }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("repository")
    }

    fn commit(&self, subject: &str, files: &[(&str, Option<&str>)]) -> git2::Oid {
        for (name, text) in files {
            let path = self.root().join("docs/adr").join(name);
            match text {
                Some(text) => fs::write(path, text).expect("a file"),
                None => fs::remove_file(path).expect("it is deleted"),
            }
        }
        let mut index = self.repo.index().expect("an index");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
        index.update_all(["*"], None).expect("staged");
        index.write().expect("written");
        let tree = self.repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let time = git2::Time::new(1_700_000_000 + self.days.replace(self.days.get() + 1) * 86_400, 0);
        let who = git2::Signature::new("Dana", "d@x", &time).expect("a person");
        let parent = self.repo.head().ok().map(|head| head.peel_to_commit().expect("a commit"));
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        self.repo.commit(Some("HEAD"), &who, &who, subject, &tree, &parents).expect("a commit")
    }

    fn open(&self, index: bool) -> Arc<Workspace> {
        let today = precedent_core::Date::new(2026, 3, 2).expect("a day");
        let place = Place::new(self.dir.path().join("cache"), self.dir.path().join("config"), today);
        Workspace::open(&self.root(), &place, &OpenOptions { mode: OpenMode::Git, index }).expect("it opens")
    }

    /// Queue over mailbox over pigeons; the record about pigeons was deleted.
    fn told() -> Self {
        let past = Self::new();
        let adr = |text: &str| format!("# Send messages\n\n## Status\n\nAccepted\n\n## Decision\n\n{text}\n");
        past.commit(
            "Begin",
            &[
                ("0001-a.md", Some(&adr("We poll the mailbox by hand."))),
                ("0002-b.md", Some("# Feed pigeons\n\nAccepted corn.\n")),
            ],
        );
        past.commit("No more polling", &[("0001-a.md", Some(&adr("We use a queue by hand.")))]);
        past.commit("Eat the birds", &[("0002-b.md", None)]);
        past
    }
}

fn search(workspace: &Workspace, query: &str) -> PastReply {
    workspace.search_past(&SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).expect("an answer")
}

fn subjects(reply: &PastReply) -> String {
    reply.hits.iter().map(|hit| hit.subject.as_str()).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(query: &str, expected: &str) {
    let past = Past::told();
    assert_eq!(subjects(&search(&past.open(false), query)), expected, "{query}");
}

#[test]
fn words_that_left_are_found_with_the_commit_that_took_them_out() {
    let past = Past::told();
    let reply = search(&past.open(false), "mailbox ");
    let hit = &reply.hits[0];
    assert_eq!((reply.total, reply.building), (1, false));
    assert_eq!(
        (hit.subject.as_str(), hit.date.as_str(), hit.author.as_str()),
        ("No more polling", "2023-11-15", "Dana")
    );
    assert_eq!((hit.path.as_str(), hit.title.as_str(), hit.deleted), ("docs/adr/0001-a.md", "Send messages", false));
    assert_eq!(hit.snippet, "We poll the **mailbox** by hand.");
    let deleted = search(&past.open(false), "pigeon ");
    assert_eq!((deleted.hits[0].title.as_str(), deleted.hits[0].deleted), ("Feed pigeons", true));
}

#[test]
fn words_that_stayed_are_not_found() {
    check("queue ", "");
    check("hand ", "");
    check("message ", "");
}

#[test]
fn the_language_is_that_of_the_other_search() {
    check("mail", "No more polling");
    check("\"poll the mailbox\"", "No more polling");
    check("\"mailbox the poll\"", "");
    check("\"poll the mail", "No more polling");
    check("\"mailb", "No more polling");
    check("mailbox OR corn ", "No more polling, Eat the birds");
    check("\"poll the mailbox\" OR \"feed pigeons\"", "No more polling, Eat the birds");
    check("corn -pigeons ", "");
    check("mailbox after:2023-11-16 ", "");
    check("corn after:2023-11-16 year:2023 in:docs/adr ", "Eat the birds");
    check("corn -in:adr ", "");
    check("corn in:./docs/adr/ ", "Eat the birds");
    check("corn in:. ", "Eat the birds");
    check("corn in:ocs/adr ", "");
    check("C++ mailbox ", "No more polling");
    let past = Past::told();
    past.commit("Call", &[("0003-c.md", Some("# Call\n\nAccepted `agent.run_stream`.\n"))]);
    past.commit("Hang up", &[("0003-c.md", Some("# Call\n\nAccepted.\n"))]);
    let reply = search(&past.open(false), "run_stream ");
    assert_eq!(reply.hits[0].snippet, "Accepted `agent.**run_stream**`.");
    check("", "");
}

#[test]
fn a_folder_is_named_by_any_of_its_parts_in_a_row() {
    let past = Past::new();
    fs::create_dir_all(past.root().join("docs/adr/web/api")).expect("a folder");
    past.commit("Begin", &[("web/api/0001-a.md", Some("# A\n\n## Status\n\nAccepted\n\nMailbox.\n"))]);
    past.commit("End", &[("web/api/0001-a.md", None)]);
    let workspace = past.open(false);
    for place in ["docs/adr", "web/api", "adr/web", "api", "docs/adr/web/api", "/docs", "decision", "code"] {
        let expected = if matches!(place, "decision" | "code") { "" } else { "End" };
        assert_eq!(subjects(&search(&workspace, &format!("mailbox in:{place} "))), expected, "{place}");
    }
}

#[test]
fn a_folder_that_becomes_a_log_has_a_past() {
    let past = Past::new();
    fs::create_dir_all(past.root().join("notes")).expect("a folder");
    let note = |text: &str| format!("# Note\n\n## Status\n\nAccepted\n\n{text}\n");
    past.commit(
        "Begin",
        &[("0001-x.md", Some("# X\n\nAccepted.\n")), ("../../notes/0001-a.md", Some(&note("Mailbox.")))],
    );
    past.commit("No more", &[("../../notes/0001-a.md", Some(&note("Queue.")))]);
    for background in [false, true] {
        let workspace = past.open(background);
        let settled = |query: &str| loop {
            let reply = search(&workspace, query);
            if !reply.building {
                return subjects(&reply);
            }
            std::thread::yield_now();
        };
        let settings = past.root().join("precedent.toml");
        assert_eq!(settled("mailbox "), "");
        fs::write(&settings, "logs = [\"notes\"]\n").expect("settings");
        workspace.refresh::<&Path>(&[]);
        assert_eq!(settled("mailbox "), "No more");
        fs::remove_file(&settings).expect("they go");
        workspace.refresh::<&Path>(&[]);
        assert_eq!(settled("mailbox "), "");
    }
}

#[test]
fn fields_of_the_present_are_told_apart() {
    let past = Past::told();
    let reply = search(&past.open(false), "status:accepted mailbox ");
    assert_eq!(subjects(&reply), "No more polling");
    assert!(reply.complaint.is_some_and(|complaint| complaint.contains("`before:`")));
}

#[test]
fn a_complaint_names_the_field_that_does_not_apply() {
    let past = Past::told();
    let workspace = past.open(false);
    assert_eq!(search(&workspace, "mailbox status:accepted ").complaint_at, Some((8, 23)));
    assert_eq!(search(&workspace, "ä section:title mailbox in:adr tag:x").complaint_at, Some((2, 15)));
    assert_eq!(search(&workspace, "mailbox in:adr after:2020 ").complaint_at, None);
}

#[test]
fn a_misspelt_word_finds_what_left() {
    let past = Past::told();
    let reply = search(&past.open(false), "mailbx ");
    assert_eq!(subjects(&reply), "No more polling");
    let exchanged: Vec<_> = reply.exchanged.iter().map(|one| (one.written.as_str(), one.meant.as_str())).collect();
    assert_eq!(exchanged, [("mailbx", "mailbox")]);
    for query in ["mailbox ", "mailb", "polls ", "\"mailbx\"", "-mailbx", "zzzzzz "] {
        assert_eq!(search(&past.open(false), query).exchanged, [], "{query}");
    }
}

#[test]
fn small_words_are_left_out_beside_others() {
    let past = Past::told();
    past.commit("Shorter", &[("0001-a.md", Some("# Send messages\n\n## Status\n\nAccepted\n"))]);
    let workspace = past.open(false);
    assert_eq!(subjects(&search(&workspace, "the mailbox by ")), "No more polling");
    assert_eq!(subjects(&search(&workspace, "by ")), "Shorter");
}

#[test]
fn words_are_stemmed_in_the_language_of_the_record() {
    let past = Past::new();
    let german = |text: &str| {
        format!(
            "# Senden\n\n## Status\n\nAccepted\n\n## Kontext\n\n{text}\n\nWir behalten sie, weil sie nicht teuer ist und das Team sie kennt.\n"
        )
    };
    past.commit("Anfang", &[("0001-a.md", Some(&german("Die Warteschlangen sind voll.")))]);
    past.commit("Ende", &[("0001-a.md", Some(&german("Voll.")))]);
    let reply = search(&past.open(false), "warteschlange ");
    assert_eq!(
        (subjects(&reply).as_str(), reply.hits[0].snippet.as_str()),
        ("Ende", "Die **Warteschlangen** sind voll.")
    );
}

#[test]
fn any_query_is_answered() {
    let past = Past::told();
    let workspace = past.open(false);
    proptest!(wild::many(), |(query in wild::queries(), limit in 0u32..3)| {
        let request = SearchRequest { query, limit, ..SearchRequest::default() };
        let reply = workspace.search_past(&request).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(wild::lie_within(reply.complaint_at.as_slice(), &reply.query));
        prop_assert!(reply.hits.iter().all(|hit| wild::lie_within(&hit.text.marks, &hit.text.text)));
    });
}

#[test]
fn later_commits_are_added_and_those_of_other_branches_are_not_shown() {
    let past = Past::told();
    let before = past.repo.head().expect("a head").target().expect("a commit");
    assert_eq!(subjects(&search(&past.open(false), "queue ")), "");
    let text = "# Send messages\n\n## Status\n\nAccepted\n";
    past.commit("Out with it", &[("0001-a.md", Some(text))]);
    let workspace = past.open(false);
    assert_eq!(subjects(&search(&workspace, "queue ")), "Out with it");
    assert_eq!(subjects(&search(&workspace, "mailbox ")), "No more polling");
    let commit = past.repo.find_object(before, None).expect("a commit");
    past.repo.reset(&commit, git2::ResetType::Hard, None).expect("a reset");
    assert_eq!(subjects(&search(&workspace, "queue ")), "");
    assert_eq!(subjects(&search(&workspace, "mailbox ")), "No more polling");
}

#[test]
fn a_damaged_or_deleted_index_is_made_again() {
    let past = Past::told();
    assert_eq!(subjects(&search(&past.open(false), "mailbox ")), "No more polling");
    let files = |folder: &Path| -> Vec<PathBuf> {
        walk(folder).into_iter().filter(|file| file.to_string_lossy().contains("past-v")).collect()
    };
    for at in 0..files(&past.dir.path().join("cache")).len() {
        let Some(file) = files(&past.dir.path().join("cache")).into_iter().nth(at) else { continue };
        let mut bytes = fs::read(&file).expect("an index file");
        bytes.iter_mut().for_each(|byte| *byte ^= 0x55);
        fs::write(&file, bytes).expect("it is damaged");
        assert_eq!(subjects(&search(&past.open(false), "mailbox ")), "No more polling", "{}", file.display());
    }
}

#[test]
fn in_the_background_the_answer_becomes_whole() {
    let past = Past::told();
    let workspace = past.open(true);
    let (told, heard) = std::sync::mpsc::channel();
    workspace.index.on_progress(move || {
        // Nobody listens any more once the answer is whole.
        let _ = told.send(());
    });
    let mut reply = search(&workspace, "mailbox ");
    while reply.building {
        heard.recv_timeout(std::time::Duration::from_secs(20)).expect("the walk goes on");
        reply = search(&workspace, "mailbox ");
    }
    assert_eq!(subjects(&reply), "No more polling");
}

/// Commits of which each takes a word of its own and one of all out of a record.
fn many() -> Past {
    let past = Past::new();
    let text = |at: usize| format!("# Count\n\n## Status\n\nAccepted\n\nShared own{at}x.\n");
    past.commit("Begin", &[("0001-a.md", Some(&text(0)))]);
    for at in 1..=MANY {
        past.commit(&format!("{at}"), &[("0001-a.md", Some("# Count\n\nAccepted.\n"))]);
        past.commit("Again", &[("0001-a.md", Some(&text(at)))]);
    }
    past
}

const MANY: usize = 30;

#[test]
fn two_processes_that_walk_at_the_same_time_add_everything_once() {
    let past = many();
    for round in 0..4 {
        std::thread::scope(|scope| {
            let (one, other) = (past.open(false), past.open(false));
            scope.spawn(move || search(&one, "shared "));
            scope.spawn(move || search(&other, "shared "));
        });
        let reply = search(&past.open(false), "shared ");
        assert_eq!((reply.total as usize, reply.building), (MANY, false), "round {round}");
        fs::remove_dir_all(past.dir.path().join("cache")).expect("the cache goes");
    }
}

/// The index as another process opens it, once a first one has made it.
fn as_another_process(past: &Past) -> tantivy::Index {
    search(&past.open(false), "shared ");
    let files = walk(&past.dir.path().join("cache"));
    let is_meta = |file: &&PathBuf| file.ends_with("meta.json") && file.to_string_lossy().contains("past-v");
    let folder = files.iter().find(is_meta).and_then(|file| file.parent()).expect("an index");
    tantivy::Index::open_in_dir(folder).expect("it opens")
}

#[test]
fn a_process_that_takes_the_lock_again_and_again_loses_no_entry_of_another() {
    let past = Past::told();
    let index = as_another_process(&past);
    for at in 1..=MANY {
        past.commit("Put", &[("0003-c.md", Some(&format!("# Count\n\nAccepted. Shared own{at}x.\n")))]);
        past.commit("Take", &[("0003-c.md", Some("# Count\n\nAccepted.\n"))]);
    }
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                drop(index.writer_with_num_threads::<tantivy::TantivyDocument>(1, 16_000_000));
                std::thread::yield_now();
            }
        });
        let workspace = past.open(false);
        while search(&workspace, "shared ").building {}
        assert_eq!(search(&workspace, "shared ").total as usize, MANY);
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn while_another_process_writes_the_answer_says_so_and_nobody_asks_without_end() {
    let past = Past::told();
    let index = as_another_process(&past);
    past.commit("Out with it", &[("0001-a.md", Some("# Send messages\n\nAccepted.\n"))]);
    let writer = index.writer_with_num_threads::<tantivy::TantivyDocument>(1, 16_000_000).expect("the lock");
    assert!(search(&past.open(false), "queue ").building, "without waiting for the other process");
    let workspace = past.open(true);
    let (told, heard) = std::sync::mpsc::channel();
    workspace.index.on_progress(move || {
        let _ = told.send(());
    });
    // As the window does: it asks again whenever it is told that there is more.
    let mut asked = 0;
    while search(&workspace, "queue ").building && asked < 20 {
        asked += 1;
        if heard.recv_timeout(std::time::Duration::from_secs(2)).is_err() {
            break;
        }
    }
    assert!(asked < 10, "asked {asked} times");
    drop(writer);
    let mut reply = search(&workspace, "queue ");
    while reply.building {
        heard.recv_timeout(std::time::Duration::from_secs(20)).expect("the walk goes on");
        reply = search(&workspace, "queue ");
    }
    assert_eq!(subjects(&reply), "Out with it");
}

#[test]
fn a_walk_stops_when_the_workspace_closes_and_goes_on_next_time() {
    let past = many();
    let own = PastIndex::new(&past.root(), &past.dir.path().join("cache"));
    let shared = &own.shared;
    let head = past.repo.head().expect("a head").target().expect("a commit");
    let told = std::cell::Cell::new(0);
    let close = || {
        told.set(told.get() + 1);
        shared.desk().closing = true;
    };
    let walked = shared.catch_up_with_others(&past.repo, head, &Logs::default(), &close);
    assert_eq!((walked, told.get()), (Ok(()), 1), "it tells of its first part and then ends");
    let view = shared.current().expect("what there is");
    assert!(!view.whole && (1..MANY as u64).contains(&view.searcher.num_docs()));
    assert!(crate::git::gone::commits(&past.repo, head, &[], &|| false).expect("none").is_empty());
    drop(own);
    assert_eq!(search(&past.open(false), "shared ").total as usize, MANY);
}

#[test]
fn a_walk_that_a_person_stopped_keeps_what_it_found_and_goes_on_when_told() {
    let past = many();
    let workspace = past.open(true);
    let (told, heard) = std::sync::mpsc::channel();
    let stopping = std::sync::Arc::downgrade(&workspace);
    workspace.index.on_progress(move || {
        if let Some(workspace) = stopping.upgrade() {
            workspace.pause_past(true);
        }
        // Nobody listens any more once the answer is whole.
        let _ = told.send(());
    });
    let wait = || heard.recv_timeout(std::time::Duration::from_secs(20)).expect("the walk tells");
    let mut reply = search(&workspace, "shared ");
    while !reply.paused {
        wait();
        reply = search(&workspace, "shared ");
    }
    // The thread is at its end before it is asked anew.
    while workspace.past_index.shared.desk().walking {
        wait();
    }
    reply = search(&workspace, "shared ");
    assert!((1..MANY as u32).contains(&reply.total), "{reply:?}");
    assert!(!reply.building && (1..reply.all).contains(&reply.read), "{reply:?}");
    workspace.index.on_progress(|| {});
    workspace.pause_past(false);
    while reply.building || reply.paused {
        reply = search(&workspace, "shared ");
    }
    assert_eq!(reply.total as usize, MANY);
}

#[test]
fn a_repository_without_commits_has_no_past() {
    let past = Past::new();
    assert_eq!(search(&past.open(false), "x "), super::query::nothing("x "));
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files.sort();
    files
}
