//! What is kept is believed only when it may be, and a later session shows what a first one would.

use super::*;
use crate::discovery;
use crate::scan::{self, Known};
use crate::stat::file_clock;
use crate::workspace::{OpenOptions, Place, Workspace};
use precedent_core::wire::{OpenMode, Snapshot};
use proptest::prelude::*;
use std::time::Duration;
use tempfile::TempDir;

const RECORD: &str =
    "---\nstatus: accepted\ndate: 2026-03-02\ntags: [billing]\n---\n# Use Postgres\n\n## Context\n\nSee ADR-0002.\n";

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("docs/adr")).expect("a log");
    for (name, text) in files {
        std::fs::write(folder.path().join("docs/adr").join(name), text).expect("written");
    }
    git2::Repository::init(folder.path()).expect("a repository");
    folder
}

/// Reads a repository as an open does. `later`: as if the files had been at rest before.
fn read(root: &Path, known: Known<'_>, later: bool) -> Vec<Vec<FileRead>> {
    let found = discovery::discover(root, None);
    let now = file_clock(root).filter(|_| later).map(|now| now + Duration::from_secs(60));
    scan::read_all(root, &found, known, now, &crate::Progress::default())
}

fn saved(root: &Path, cache: &Path, later: bool) -> PathBuf {
    let file = file(root, cache);
    let read = read(root, Known::Nothing, later);
    ParsedCache::save(&file, &Config::default(), read.iter().flatten());
    file
}

#[test]
fn a_file_at_rest_is_not_read_again() {
    let at = repository(&[("0001-use-postgres.md", RECORD), ("0002-x.md", "# X\n\n## Status\n\nAccepted\n")]);
    let file = file(at.path(), at.path());
    let mut first = read(at.path(), Known::Nothing, true);
    // Nobody could parse this title out of the file: it must come from the cache.
    Arc::make_mut(&mut first[0][0].parsed).decision.title = Some("From the cache".to_owned());
    ParsedCache::save(&file, &Config::default(), first.iter().flatten());
    let kept = ParsedCache::load(&file).of(&Config::default());
    let again = read(at.path(), Known::Kept(&kept), true);
    assert_eq!(again[0][0].parsed.decision.title.as_deref(), Some("From the cache"));
    assert_eq!(again[0][1].parsed, first[0][1].parsed);
    assert_eq!(Known::Kept(&kept).misses(&again), 0);
}

#[test]
fn a_file_that_was_just_written_is_read_again_but_not_parsed() {
    let at = repository(&[("0001-use-postgres.md", RECORD)]);
    let file = saved(at.path(), at.path(), false);
    let kept = ParsedCache::load(&file).of(&Config::default());
    assert!(kept.key(&RecordPath::new("docs/adr/0001-use-postgres.md")).is_some_and(|(_, stat)| stat.is_none()));
    // The same size in the same tick: only the bytes tell.
    std::fs::write(at.path().join("docs/adr/0001-use-postgres.md"), RECORD.replace("billing", "ledgers"))
        .expect("written");
    let again = read(at.path(), Known::Kept(&kept), false);
    assert_eq!(again[0][0].parsed.decision.tags, ["ledgers"]);
}

#[test]
fn another_reader_other_words_and_damage_mean_reading_again() {
    let at = repository(&[("0001-use-postgres.md", RECORD)]);
    let file = saved(at.path(), at.path(), true);
    assert_eq!(ParsedCache::load(&file).of(&Config::default()).len(), 1);
    let words = Config { statuses: vec![("agreed".to_owned(), Status::Accepted)], ..Config::default() };
    assert_eq!(ParsedCache::load(&file).of(&words).len(), 0);
    assert_eq!(ParsedCache::load(&at.path().join("missing")).len(), 0);
    let bytes = std::fs::read(&file).expect("the cache");
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        let read = |bytes: &[u8]| ParsedCache::read(bytes.len() as u64, bytes);
        assert!(read(&damaged).is_none(), "byte {at}");
        assert!(read(&bytes[..at]).is_none(), "cut at {at}");
    }
    let more = [bytes.as_slice(), &[0]].concat();
    assert!(ParsedCache::read(more.len() as u64, more.as_slice()).is_none());
}

#[test]
fn records_that_fill_more_than_a_piece_come_back() {
    let long = format!("{RECORD}{}", "See [it](0001-a.md) and more.\n\n".repeat(4_000));
    let names = ["0001-a.md", "0002-b.md", "0003-c.md", "0004-d.md"];
    let at = repository(&[(names[0], RECORD), (names[1], &long), (names[2], &long), (names[3], RECORD)]);
    let first = read(at.path(), Known::Nothing, true);
    let kept = ParsedCache::load(&saved(at.path(), at.path(), true)).of(&Config::default());
    assert!(kept.pieces.len() > 1, "{}", kept.pieces.len());
    let again = read(at.path(), Known::Kept(&kept), true);
    assert_eq!(Known::Kept(&kept).misses(&again), 0);
    let parsed = |read: Vec<Vec<FileRead>>| read.concat().into_iter().map(|one| one.parsed).collect::<Vec<_>>();
    assert_eq!(parsed(again), parsed(first));
}

/// One thing that another program does to a log between two sessions.
#[derive(Clone, Debug)]
enum Act {
    Write(u8, u8),
    Remove(u8),
    Rename(u8, u8),
    /// The settings map a word.
    Word(bool),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..6u8, 0..4u8).prop_map(|(file, text)| Act::Write(file, text)),
        1 => (0..6u8).prop_map(Act::Remove),
        1 => (0..6u8, 0..6u8).prop_map(|(from, to)| Act::Rename(from, to)),
        1 => any::<bool>().prop_map(Act::Word),
    ]
}

fn play(root: &Path, act: &Act) {
    let name = |file: &u8| root.join(format!("docs/adr/000{file}-record.md"));
    // What fails (nothing to remove or rename) leaves the folder as it was.
    let _ = match act {
        Act::Write(file, text) => {
            let status = ["accepted", "proposed", "rejected", "concluded"][usize::from(*text)];
            std::fs::write(name(file), format!("# Record\n\n## Status\n\n{status}\n\nAmends ADR-000{text}\n"))
        }
        Act::Remove(file) => std::fs::remove_file(name(file)),
        Act::Rename(from, to) => std::fs::rename(name(from), name(to)),
        Act::Word(true) => std::fs::write(root.join("precedent.toml"), "[statuses]\nconcluded = \"accepted\"\n"),
        Act::Word(false) => std::fs::remove_file(root.join("precedent.toml")),
    };
}

fn opened(root: &Path, cache: &Path) -> Snapshot {
    let place = Place::new(cache.to_path_buf(), cache.to_path_buf(), "2026-11-20".parse().expect("a day"));
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    Workspace::open(root, &place, &options).expect("opened").decisions()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_session_after_another_shows_what_a_first_one_would(sessions in prop::collection::vec(prop::collection::vec(act(), 0..6), 1..5)) {
        let files: Vec<(String, String)> =
            (0..40).map(|at| (format!("1{at:03}-old.md"), format!("# Old {at}\n\nStatus: accepted\n"))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let at = repository(&files);
        let cache = tempfile::tempdir().expect("a cache");
        for acts in sessions {
            acts.iter().for_each(|act| play(at.path(), act));
            let fresh = tempfile::tempdir().expect("an empty cache");
            prop_assert_eq!(opened(at.path(), cache.path()), opened(at.path(), fresh.path()));
        }
    }
}
