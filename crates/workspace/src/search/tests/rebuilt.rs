//! While an index is made anew, and where it cannot be: what was found is found on.

use super::robust::{MANY, index_folder, many};
use super::{Folder, search};
use crate::search::engine::{Changes, Engine, Next, WAIT};
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use tantivy::{Index, IndexWriter};

const FULL_DISK: &str = "PRECEDENT_FULL_DISK";
/// More than are kept in memory where the disk can be written.
const MORE: usize = 300;

#[test]
fn while_the_index_is_made_anew_the_old_one_serves() {
    let folder = many();
    let workspace = folder.open(true);
    workspace.index.wait();
    let (told, heard) = channel();
    let shown = std::sync::Arc::downgrade(&workspace);
    workspace.index.on_progress(move || {
        // The test listens to its end.
        let _ = told.send(shown.upgrade().map(|workspace| workspace.index.progress().0));
    });
    fs::remove_dir_all(folder.cache()).expect("the cache goes");
    write_more(folder.dir.path());
    workspace.refresh::<&Path>(&[]);
    workspace.index.wait();
    let found: Vec<usize> = heard.try_iter().flatten().map(|found| found as usize).collect();
    assert!(found.iter().all(|found| *found >= MANY), "{found:?}");
    assert_eq!(found.last(), Some(&(MANY + MORE)));
    assert!(index_folder(&folder.cache()).exists(), "it is on disk again");
}

#[test]
fn a_rebuild_that_is_asked_for_twice_hides_nothing() {
    let folder = many();
    let workspace = folder.open(true);
    workspace.index.wait();
    let (told, heard) = channel();
    let (shown, again) = (std::sync::Arc::downgrade(&workspace), std::sync::atomic::AtomicBool::new(false));
    workspace.index.on_progress(move || {
        let Some(workspace) = shown.upgrade() else { return };
        let (found, pending) = workspace.index.progress();
        if pending > 0 && !again.swap(true, std::sync::atomic::Ordering::Relaxed) {
            workspace.index.rebuild();
        }
        // The test listens to its end.
        let _ = told.send(found as usize);
    });
    workspace.index.rebuild();
    workspace.index.wait();
    let found: Vec<usize> = heard.try_iter().collect();
    assert!(found.len() > 1 && found.iter().all(|found| *found == MANY), "{found:?}");
}

#[test]
fn records_that_went_are_not_found_while_others_are_indexed() {
    let folder = many();
    let workspace = folder.open(true);
    workspace.index.wait();
    for at in 0..MORE {
        folder.write(&format!("1{at:03}-r.md"), "# Other\n\n## Status\n\nAccepted\n");
    }
    fs::remove_file(folder.records().join("0000-r.md")).expect("it is deleted");
    let (told, heard) = channel();
    workspace.index.on_progress(move || {
        // One view is waited for.
        let _ = told.send(());
    });
    workspace.refresh::<&Path>(&[]);
    heard.recv_timeout(std::time::Duration::from_secs(20)).expect("a view");
    assert_eq!(search(&workspace, "own0x ").total, 0);
}

#[test]
fn an_index_of_an_older_version_stays_until_the_new_one_is_whole() {
    let folder = many();
    let workspace = folder.open(false);
    let engine = || Engine::new(workspace.root(), Some(&folder.cache()), workspace.today());
    let state = workspace.state();
    let cut = |left: usize| if left > MANY / 2 { Next::Go } else { Next::Stop };
    engine().catch_up(&state, &Changes::All, &cut, &|_| {}).expect("a part of it");
    let older = index_folder(&folder.cache()).with_file_name("search-v1");
    fs::create_dir(&older).expect("an older one");
    engine().catch_up(&state, &Changes::All, &cut, &|_| {}).expect("a part of it");
    assert!(older.exists());
    engine().catch_up(&state, &Changes::All, &|_| Next::Go, &|_| {}).expect("all of it");
    assert!(!older.exists());
}

#[test]
fn an_older_version_that_is_being_written_stays() {
    let folder = many();
    search(&folder.open(false), "shared ");
    let own = index_folder(&folder.cache());
    let older = own.with_file_name("search-v1");
    fs::create_dir(&older).expect("an older one");
    let schema = Index::open_in_dir(&own).expect("an index").schema();
    let index = Index::create_in_dir(&older, schema).expect("an older index");
    let writer: IndexWriter = index.writer_with_num_threads(1, 16_000_000).expect("its writer");
    search(&folder.open(false), "shared ");
    assert!(older.join("meta.json").exists());
    drop(writer);
    search(&folder.open(false), "shared ");
    assert!(!older.exists());
}

/// The records that a disk has no room for: of words that do not repeat.
fn write_more(folder: &Path) {
    for at in 0..MORE {
        let words: Vec<String> =
            (0..200).map(|word| format!("{:x}w", (at * 200 + word).wrapping_mul(2_654_435_761))).collect();
        let text = format!("# More\n\n## Status\n\nAccepted\n\n## Decision\n\nFresh {}.\n", words.join(" "));
        fs::write(folder.join(format!("repository/docs/adr/1{at:03}-r.md")), text).expect("a record");
    }
}

#[test]
fn a_child_on_a_full_disk() {
    let Some(folder) = std::env::var_os(FULL_DISK) else { return };
    let folder = Path::new(&folder);
    let workspace = Folder::open_at(folder, false);
    for word in ["shared ", "fresh "] {
        let all = if word == "fresh " { MORE } else { MANY };
        assert_eq!(search(&workspace, word).total as usize, all, "{word}");
    }
    // The next change is found too, and asks nothing of the disk.
    fs::write(folder.join("repository/docs/adr/0000-r.md"), "# Late\n\nAccepted zebra.\n").expect("a small file");
    workspace.refresh::<&Path>(&[]);
    assert_eq!(search(&workspace, "zebra ").total, 1);
    assert_eq!(search(&workspace, "fresh ").total as usize, MORE);
}

/// A limit on the size of files stands for a full disk: a write fails in the same place, and no leave is needed to set it.
#[cfg(unix)]
#[test]
fn a_full_disk_keeps_the_good_index() {
    let folder = many();
    search(&folder.open(false), "shared ");
    write_more(folder.dir.path());
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" --exact search::tests::rebuilt::a_child_on_a_full_disk"])
        .arg(std::env::current_exe().expect("this test"))
        .env(FULL_DISK, folder.dir.path())
        .output()
        .expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let index = Index::open_in_dir(index_folder(&folder.cache())).expect("the index is there");
    assert_eq!(index.reader().expect("whole").searcher().num_docs() as usize, MANY, "as it was");
    assert_eq!(search(&folder.open(false), "fresh ").total as usize, MORE);
    let index = Index::open_in_dir(index_folder(&folder.cache())).expect("the index is there");
    assert!(index.reader().expect("whole").searcher().num_docs() as usize > MANY, "with room again it grows");
}

#[test]
fn an_answer_from_a_part_says_how_much_is_missing() {
    let folder = many();
    let workspace = folder.open(true);
    let ((told, heard), (go, goes)) = (channel(), channel::<()>());
    // The writer stands still where it tells of its first view, which is empty.
    workspace.index.on_progress(move || {
        let _ = told.send(());
        let _ = goes.recv();
    });
    workspace.index.listed();
    heard.recv_timeout(std::time::Duration::from_secs(20)).expect("a first view");
    let reply = search(&workspace, "shared ");
    assert_eq!((reply.total, reply.pending as usize), (0, MANY));
    drop(go);
    workspace.index.wait();
    let reply = search(&workspace, "shared ");
    assert_eq!((reply.total as usize, reply.pending), (MANY, 0));
}

#[test]
fn a_long_build_says_how_much_there_is_to_do_from_its_first_moment() {
    let folder = many();
    let workspace = folder.open(true);
    let (told, heard) = channel();
    let shown = std::sync::Arc::downgrade(&workspace);
    workspace.index.on_progress(move || {
        let _ = told.send(shown.upgrade().map(|workspace| workspace.index.progress().1));
    });
    let mut pending = Vec::new();
    while pending.iter().max() != Some(&(MANY as u32)) || pending.last() != Some(&0) {
        let told = heard.recv_timeout(std::time::Duration::from_secs(20));
        pending.extend(told.unwrap_or_else(|_| panic!("all of it first, nothing last: {pending:?}")));
    }
}

#[test]
fn a_build_that_is_stopped_reads_and_tells_nothing_more() {
    let folder = many();
    let workspace = folder.open(false);
    let mut engine = Engine::new(workspace.root(), Some(&folder.cache()), workspace.today());
    let (asked, shown) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let go_on = |_: usize| {
        asked.set(asked.get() + 1);
        if asked.get() < 5 { Next::Go } else { Next::Stop }
    };
    let publish = |_| shown.set(shown.get() + 1);
    engine.catch_up(&workspace.state(), &Changes::All, &go_on, &publish).expect("it stops");
    assert_eq!((asked.get(), shown.get()), (5, 1), "asked up to the stop, and shown only what there was at first");
    drop(engine);
    let index = Index::open_in_dir(index_folder(&folder.cache())).expect("an index");
    assert_eq!(index.reader().expect("a reader").searcher().num_docs(), 0);
}

/// A workspace whose indexer waits in the middle of its first build.
fn half_built() -> (Folder, std::sync::Arc<crate::Workspace>, std::sync::mpsc::Receiver<()>) {
    let folder = many();
    for at in 0..MORE {
        folder.write(&format!("1{at:03}-r.md"), "# Other\n\n## Status\n\nAccepted\n");
    }
    fs::create_dir_all(folder.cache()).expect("a cache");
    fs::write(folder.cache().join(WAIT), "").expect("it is told to wait");
    let workspace = folder.open(true);
    let (told, heard) = channel();
    workspace.index.on_progress(move || {
        // The test listens as long as it waits.
        let _ = told.send(());
    });
    workspace.index.listed();
    until(&heard, || workspace.index.progress().1 > 0);
    (folder, workspace, heard)
}

/// Waits for what the index is to tell.
fn until(heard: &std::sync::mpsc::Receiver<()>, is_so: impl Fn() -> bool) {
    while !is_so() {
        heard.recv_timeout(std::time::Duration::from_secs(20)).expect("the index tells");
    }
}

#[test]
fn a_record_saved_while_all_are_indexed_is_found_before_the_others() {
    let (folder, workspace, heard) = half_built();
    folder.write("0003-r.md", "# Other\n\n## Status\n\nAccepted\n\nA zebra.\n");
    workspace.refresh(&[folder.records().join("0003-r.md")]);
    until(&heard, || search(&workspace, "zebra ").total == 1);
    assert!(search(&workspace, "other ").pending > 0, "the others still wait");
    fs::remove_file(folder.cache().join(WAIT)).expect("it goes on");
    workspace.index.wait();
    let found = search(&workspace, "other OR shared ");
    assert_eq!((found.total as usize, found.pending), (MORE + MANY, 0));
    assert_eq!(search(&workspace, "zebra ").total, 1);
}

#[test]
fn a_record_that_was_away_for_a_moment_is_looked_for_again() {
    let (folder, workspace, heard) = half_built();
    let (file, aside) = (folder.records().join("1299-r.md"), folder.dir.path().join("aside.md"));
    // Away and back without a trace in the state: nobody tells the index.
    fs::rename(&file, &aside).expect("it goes");
    fs::remove_file(folder.cache().join(WAIT)).expect("it goes on");
    until(&heard, || workspace.watch_state().indexed as usize == MORE + MANY - 1);
    fs::rename(&aside, &file).expect("it comes back");
    until(&heard, || workspace.watch_state().indexed as usize == MORE + MANY);
    assert_eq!(search(&workspace, "other ").pending, 0);
}

#[test]
fn a_build_that_a_person_stopped_follows_changes_and_goes_on_when_told() {
    let (folder, workspace, heard) = half_built();
    assert!(!workspace.watch_state().paused);
    workspace.pause_index(true);
    fs::remove_file(folder.cache().join(WAIT)).expect("it goes on");
    workspace.index.wait();
    let state = workspace.watch_state();
    assert!(state.paused && state.pending > 0, "{state:?}");
    folder.write("0003-r.md", "# Other\n\n## Status\n\nAccepted\n\nA zebra.\n");
    workspace.refresh(&[folder.records().join("0003-r.md")]);
    until(&heard, || search(&workspace, "zebra ").total == 1);
    assert!(workspace.watch_state().paused);
    workspace.pause_index(false);
    workspace.index.wait();
    let state = workspace.watch_state();
    assert_eq!((state.paused, state.pending), (false, 0));
    assert_eq!(search(&workspace, "other OR shared ").total as usize, MORE + MANY);
    // What is not being built cannot be stopped, so a later change is not held up.
    workspace.pause_index(true);
    assert!(!workspace.watch_state().paused);
}

#[test]
fn a_rebuild_can_be_stopped_too() {
    let folder = many();
    let workspace = folder.open(true);
    workspace.index.wait();
    fs::write(folder.cache().join(WAIT), "").expect("it is told to wait");
    let (told, heard) = channel();
    workspace.index.on_progress(move || {
        // The test listens as long as it waits.
        let _ = told.send(());
    });
    workspace.rebuild_index();
    until(&heard, || workspace.index.progress().1 > 0);
    workspace.pause_index(true);
    workspace.index.wait();
    let state = workspace.watch_state();
    assert!(state.paused && state.pending > 0, "{state:?}");
    workspace.pause_index(false);
    until(&heard, || !workspace.watch_state().paused);
    fs::remove_file(folder.cache().join(WAIT)).expect("it goes on");
    workspace.index.wait();
    let state = workspace.watch_state();
    assert_eq!((state.paused, state.pending, state.indexed as usize), (false, 0, MANY));
}

#[test]
fn words_of_titles_that_went_begin_nothing() {
    let folder = Folder::new(&[]);
    folder.write("0001-a.md", "# Fifth wheel\n\n## Status\n\nAccepted\n");
    folder.write("0002-b.md", "# Other\n\n## Status\n\nAccepted\n\nThe fifth of them.\n");
    let workspace = folder.open(true);
    workspace.index.wait();
    assert_eq!(search(&workspace, "f").total, 2, "a title gives the word, which is looked for everywhere");
    folder.write("0001-a.md", "# Wheel\n\n## Status\n\nAccepted\n");
    workspace.refresh::<&Path>(&[]);
    workspace.index.wait();
    assert_eq!(search(&workspace, "f").total, 0, "as in an index made anew");
}

#[test]
fn an_index_that_has_lived_ranks_as_one_made_anew() {
    let folder = Folder::new(&[]);
    let text = |at: usize, words: usize| {
        let words: Vec<String> = (0..words).map(|word| format!("w{}", (at + word) % 97)).collect();
        format!("# Record\n\n## Status\n\nAccepted\n\n## Decision\n\nShared w{} {}.\n", at % 7, words.join(" "))
    };
    for at in 0..80 {
        folder.write(&format!("{at:04}-r.md"), &text(at, 900));
    }
    let workspace = folder.open(true);
    workspace.index.wait();
    // Most are far shorter by now; in the index the long ones lie beside them.
    for at in 0..60 {
        folder.write(&format!("{at:04}-r.md"), &text(at, at * 5));
    }
    workspace.refresh::<&Path>(&[]);
    workspace.index.wait();
    let found = |workspace: &crate::Workspace, query: &str| -> Vec<(String, f32)> {
        search(workspace, query).hits.into_iter().map(|hit| (hit.path, hit.score)).collect()
    };
    for query in ["shared ", "w3 ", "w3 w5 record "] {
        let lived = found(&workspace, query);
        fs::create_dir_all(folder.cache().join("other")).expect("a folder");
        let place = crate::Place::new(folder.cache().join("other"), folder.cache().join("config"), workspace.today());
        let options = crate::OpenOptions { mode: precedent_core::wire::OpenMode::Plain, index: false };
        let anew = crate::Workspace::open(workspace.root(), &place, &options).expect("it opens");
        assert_eq!(lived, found(&anew, query), "{query}");
    }
}
