//! The index follows the files, and heals itself whatever happens to it.
//!
//! The process that is killed is this very test binary: [`a_child_that_indexes`] does nothing unless a variable names its
//! folder.

use super::{Folder, QUEUE, names, search, three};
use crate::search::catalog::{Ages, Catalog};
use crate::search::engine::{Changes, Engine, Next};
use crate::workspace::State;
use precedent_core::RecordPath;
use precedent_core::wire::{ErrorCode, SearchRequest};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CHILD_FOLDER: &str = "PRECEDENT_INDEX_FOLDER";
/// Begins a line that says how many records are left.
const LEFT: &str = "\u{1}left ";
pub(super) const MANY: usize = 60;

#[test]
fn a_changed_added_and_deleted_record_shows_at_once() {
    for background in [false, true] {
        let folder = three();
        let workspace = folder.open(background);
        assert_eq!(names(&search(&workspace, "zebra")), "");
        folder.write("0001-queue.md", &QUEUE.replace("Workers", "Zebra workers"));
        folder.write("0004-new.md", "# Paint a zebra\n\n## Status\n\nAccepted\n");
        fs::remove_file(folder.records().join("0002-store.md")).expect("it is deleted");
        workspace.refresh::<&Path>(&[]);
        workspace.index.wait();
        assert_eq!(names(&search(&workspace, "zebra")), "0004-new 0001-queue");
        assert_eq!(names(&search(&workspace, "everything")), "");
    }
}

#[test]
fn what_is_due_and_stale_follows_the_day() {
    let due = "---\nstatus: accepted\nreview-by: 2026-03-03\n---\n# Due tomorrow\n";
    let stale = "---\nstatus: proposed\ndate: 2026-02-01\n---\n# Proposed a month ago\n";
    for background in [false, true] {
        let folder = Folder::new(&[("0001-due.md", due), ("0002-stale.md", stale)]);
        let workspace = folder.open(background);
        let found = || {
            workspace.index.wait();
            (names(&search(&workspace, "is:due")), names(&search(&workspace, "is:stale")))
        };
        assert_eq!(found(), (String::new(), String::new()), "on the second of March");
        workspace.set_today(precedent_core::Date::new(2026, 6, 1).expect("a day"));
        assert_eq!(found(), ("0001-due".to_owned(), "0002-stale".to_owned()));
        assert_eq!(workspace.info().today, "2026-06-01");
        workspace.set_today(precedent_core::Date::new(2026, 3, 2).expect("a day"));
        assert_eq!(found(), (String::new(), String::new()), "a clock that is set back");
    }
}

#[test]
fn the_next_process_finds_the_index_ready_or_makes_it_again() {
    let folder = three();
    assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue");
    for at in 0..files_under(&folder.cache()).len() {
        // A rebuilt index has files of other names, so they are listed anew.
        let Some(file) = files_under(&folder.cache()).into_iter().nth(at) else { continue };
        let mut bytes = fs::read(&file).expect("an index file");
        bytes.truncate(bytes.len() / 2);
        bytes.iter_mut().for_each(|byte| *byte ^= 0x55);
        fs::write(&file, bytes).expect("it is damaged");
        assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue", "with {} damaged", file.display());
    }
    fs::remove_dir_all(folder.cache()).expect("the cache goes");
    assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue");
}

#[test]
fn an_index_is_built_anew_when_somebody_asks() {
    for background in [false, true] {
        let folder = three();
        let workspace = folder.open(background);
        workspace.index.wait();
        assert_eq!(names(&search(&workspace, "locks")), "0001-queue");
        let before = files_under(&folder.cache());
        workspace.rebuild_index();
        workspace.index.wait();
        assert_eq!(names(&search(&workspace, "locks")), "0001-queue");
        let kept = files_under(&folder.cache()).into_iter().filter(|file| before.contains(file));
        let segments = kept.filter(|file| file.extension().is_some_and(|extension| extension == "store"));
        assert_eq!(segments.collect::<Vec<_>>(), Vec::<PathBuf>::new(), "background: {background}");
    }
}

#[test]
fn an_indexer_that_stops_is_told_and_can_be_started_again() {
    let folder = three();
    fs::create_dir_all(folder.cache()).expect("a cache");
    let stop = folder.cache().join(crate::search::engine::PANIC);
    fs::write(&stop, "").expect("a file");
    let workspace = folder.open(true);
    workspace.index.wait();
    assert!(workspace.watch_state().index_failure.is_some());
    let request = SearchRequest { query: "locks".to_owned(), ..SearchRequest::default() };
    assert_eq!(workspace.search(&request).expect_err("nothing can be found").code(), ErrorCode::Index);
    fs::remove_file(&stop).expect("it may go on");
    workspace.rebuild_index();
    workspace.index.wait();
    assert_eq!(workspace.watch_state().index_failure, None);
    assert_eq!(names(&search(&workspace, "locks")), "0001-queue");
}

#[test]
fn a_second_process_searches_while_the_first_one_writes() {
    let folder = three();
    search(&folder.open(false), "locks");
    let index = index_folder(&folder.cache());
    let open = tantivy::Index::open_in_dir(&index).expect("an index");
    let _writer: tantivy::IndexWriter = open.writer_with_num_threads(1, 16_000_000).expect("the lock");
    folder.write("0004-new.md", "# Paint a zebra\n\n## Status\n\nAccepted\n");
    let second = folder.open(false);
    assert_eq!(names(&search(&second, "zebra")), "0004-new");
    assert_eq!(names(&search(&second, "locks")), "0001-queue");
}

#[test]
fn a_cache_that_cannot_be_written_does_not_stop_search() {
    let folder = three();
    fs::write(folder.cache(), "a file where the folder should be").expect("a file");
    assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue");
}

#[test]
fn more_changes_than_memory_is_to_hold_are_found_and_reach_the_disk() {
    let folder = many();
    let workspace = folder.open(true);
    workspace.index.wait();
    for round in 0..2 {
        for at in 0..80 {
            folder.write(&format!("1{at:03}-new.md"), &format!("# New\n\n## Status\n\nAccepted\n\nFresh{round}x.\n"));
        }
        workspace.refresh::<&Path>(&[]);
        workspace.index.wait();
        assert_eq!(search(&workspace, &format!("fresh{round}x ")).total, 80);
    }
    folder.write("0000-r.md", "# Last\n\n## Status\n\nAccepted\n\nLastword.\n");
    workspace.refresh::<&Path>(&[]);
    workspace.index.wait();
    assert_eq!(names(&search(&workspace, "lastword ")), "0000-r");
    assert_eq!(search(&workspace, "fresh1x ").total, 80);
    drop(workspace);
    let open = tantivy::Index::open_in_dir(index_folder(&folder.cache())).expect("an index");
    let on_disk = open.reader().expect("a reader").searcher().num_docs() as usize;
    assert!(on_disk >= MANY + 80, "{on_disk} documents");
    assert_eq!(search(&folder.open(false), "shared ").total as usize, MANY - 1);
}

#[test]
fn a_catalog_that_is_updated_equals_one_made_anew() {
    let record = |status: &str, more: &str| format!("---\nstatus: {status}\n{more}---\n# A title\n\nWords.\n");
    let folder = Folder::new(&[
        ("0001-a.md", &record("superseded", "superseded-by: [2]\ntags: [one]\n")),
        ("0002-b.md", &record("superseded", "superseded-by: [3]\ndate: 2024-01-01\n")),
        ("0003-c.md", &record("accepted", "date: 2025-01-01\n")),
        ("0004-d.md", &record("proposed", "date: 2025-02-01\n")),
    ]);
    let workspace = folder.open(false);
    let ages = Ages { stale_after: 30, today: precedent_core::Date::new(2026, 3, 2).expect("a day") };
    let catalog = |state: &State, last: Option<&Catalog>, changed: &BTreeSet<RecordPath>| {
        let hash_of = |path: &RecordPath| state.files.get(path).map(|read| u64::from(read.hash.as_bytes()[0]));
        let updated = last.map(|last| last.updated(&state.log, ages, changed, &hash_of).expect("called the same"));
        updated.unwrap_or_else(|| Catalog::new(&state.log, ages, &hash_of))
    };
    let mut last = catalog(&workspace.state(), None, &BTreeSet::new());
    for (name, text) in [
        // The line of successors grows at its far end.
        ("0004-d.md", record("accepted", "supersedes: [3]\ntags: [one]\n")),
        ("0003-c.md", record("superseded", "superseded-by: [4]\ndate: 2025-01-01\n")),
        ("0001-a.md", record("accepted", "tags: [one]\ndecision-makers: [Ann]\nscope: billing\ndate: 2023-01-01\n")),
        ("0002-b.md", record("accepted", "tags: [one]\n")),
    ] {
        folder.write(name, &text);
        let change = workspace.refresh::<&Path>(&[]).expect("a change");
        let changed = change.changed.iter().map(|summary| RecordPath::new(&*summary.path)).collect();
        let state = workspace.state();
        last = catalog(&state, Some(&last), &changed);
        let anew = catalog(&state, None, &changed);
        assert_eq!(
            format!("{:#?}", (&last.rows, &last.columns)),
            format!("{:#?}", (&anew.rows, &anew.columns)),
            "{name}"
        );
    }
}

pub(super) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            files.extend(files_under(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}

pub(super) fn index_folder(cache: &Path) -> PathBuf {
    let meta = files_under(cache).into_iter().find(|file| file.ends_with("meta.json")).expect("an index");
    meta.parent().expect("its folder").to_path_buf()
}

/// Records of which each has a word of its own and one of all.
pub(super) fn many() -> Folder {
    let folder = Folder::new(&[]);
    for at in 0..MANY {
        folder.write(
            &format!("{at:04}-r.md"),
            &format!("# Record\n\n## Status\n\nAccepted\n\n## Decision\n\nShared own{at}x.\n"),
        );
    }
    folder
}

/// Everything is found, once.
fn check_whole(folder: &Folder, what: &str) {
    let workspace = folder.open(false);
    assert_eq!(search(&workspace, "shared ").total as usize, MANY, "{what}");
    for at in [0, MANY / 2, MANY - 1] {
        assert_eq!(names(&search(&workspace, &format!("own{at}x "))), format!("{at:04}-r"), "{what}");
    }
}

#[test]
fn a_child_that_indexes() {
    let Some(folder) = std::env::var_os(CHILD_FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let today = precedent_core::Date::new(2026, 3, 2).expect("a day");
    let place = crate::workspace::Place::new(folder.join("no-cache"), folder.join("config"), today);
    let options = crate::workspace::OpenOptions { mode: precedent_core::wire::OpenMode::Plain, index: false };
    let workspace = crate::workspace::Workspace::open(&folder.join("repository"), &place, &options).expect("it opens");
    let mut engine = Engine::new(workspace.root(), Some(&folder.join("cache")), today);
    let go_on = |left: usize| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{LEFT}{left}").and_then(|()| out.flush()).expect("the parent listens");
        Next::Go
    };
    engine.catch_up(&workspace.state(), &Changes::All, &go_on, &|_| {}).expect("an index");
}

/// A process that indexes a folder, and what it says.
fn child(folder: &Folder) -> (Child, impl Iterator<Item = String> + use<>) {
    let own = std::env::current_exe().expect("the test binary");
    let mut child = Command::new(own)
        .args(["--exact", "search::tests::robust::a_child_that_indexes", "--nocapture"])
        .env(CHILD_FOLDER, folder.dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    (child, lines.filter_map(|line| Some(line.split_once(LEFT)?.1.to_owned())))
}

#[test]
fn an_indexer_that_is_killed_leaves_a_whole_index_or_one_that_is_made_again() {
    let folder = many();
    for kill_at in [1, MANY / 2] {
        let (mut child, mut left) = child(&folder);
        left.nth(kill_at - 1).expect("it gets that far");
        child.kill().expect("the child dies");
        child.wait().expect("the child ends");
        check_whole(&folder, &format!("killed after {kill_at}"));
        fs::remove_dir_all(folder.cache()).expect("the cache goes");
    }
    // While it writes and renames its files: at moments all over the time that this takes.
    for microseconds in [0, 300, 1_000, 3_000, 6_000, 10_000, 20_000, 40_000] {
        let (mut child, left) = child(&folder);
        assert_eq!(left.take(MANY).count(), MANY);
        let added = Instant::now();
        while added.elapsed() < Duration::from_micros(microseconds) {
            std::thread::yield_now();
        }
        child.kill().expect("the child dies");
        child.wait().expect("the child ends");
        check_whole(&folder, &format!("killed {microseconds} us after the last record"));
        fs::remove_dir_all(folder.cache()).expect("the cache goes");
    }
}

#[test]
fn searches_go_on_while_another_process_makes_the_index() {
    let folder = many();
    let (mut child, mut left) = child(&folder);
    left.next().expect("it begins");
    check_whole(&folder, "while it is made");
    // The child needs its pipe read to go on.
    left.for_each(drop);
    assert!(child.wait().expect("the child ends").success());
    check_whole(&folder, "after it was made");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_flipped_byte_anywhere_is_noticed_or_harmless(file in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), bits in 1u8..) {
        let folder = three();
        search(&folder.open(false), "locks");
        let files: Vec<PathBuf> = files_under(&folder.cache());
        let file = file.get(&files);
        let mut bytes = fs::read(file).expect("an index file");
        if bytes.is_empty() {
            return Ok(());
        }
        let at = place.index(bytes.len());
        bytes[at] ^= bits;
        fs::write(file, bytes).expect("it is damaged");
        let workspace = folder.open(false);
        for (query, expected) in [("locks ", "0001-queue"), ("queue", "0001-queue 0002-store"), ("database ", "0002-store"), ("\"message queue\"", "0001-queue")] {
            prop_assert_eq!(names(&search(&workspace, query)), expected, "{} at {}", file.display(), at);
        }
    }
}
