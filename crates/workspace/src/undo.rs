//! Plans that were applied, kept under git's folder so that they can be taken back after a restart, too.
//!
//! One file a plan with every text before and after. Bounded by number, age and size; nothing here touches the worktree.
//! Versions of the format: [`crate::content`]; a file of another version is left alone and not offered.

use crate::content;
use crate::error::{Error, Result};
use crate::store;
use precedent_core::plan::FileWrite;
use precedent_core::wire::ErrorCode;
use precedent_core::{Date, RecordPath, WritePlan};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Older plans than these many are forgotten.
const MOST: usize = 100;
/// Days after which a plan is forgotten.
const MOST_DAYS: i32 = 30;
/// All kept texts together; the newest plan is kept whatever its size.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A plan that was applied.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: u64,
    pub(crate) on: String,
    pub(crate) undone: bool,
    pub(crate) plan: WritePlan,
}

#[derive(Serialize, Deserialize)]
struct OnDisk {
    version: u32,
    title: String,
    on: String,
    undone: bool,
    files: Vec<OneFile>,
}

#[derive(Serialize, Deserialize)]
struct OneFile {
    path: String,
    #[serde(with = "content", default)]
    before: Option<Vec<u8>>,
    #[serde(with = "content", default)]
    after: Option<Vec<u8>>,
}

/// All kept plans, newest first.
pub(crate) fn list(own: &Path) -> Vec<Kept> {
    let mut all: Vec<Kept> = files(own).into_iter().filter_map(|(id, file)| read(id, &file)).collect();
    all.reverse();
    all
}

/// The newest kept plan, without reading the others.
pub(crate) fn newest(own: &Path) -> Option<Kept> {
    files(own).into_iter().rev().find_map(|(id, file)| read(id, &file))
}

/// Keeps a plan that is about to be applied and forgets the oldest ones.
pub(crate) fn keep(own: &Path, plan: &WritePlan, today: Date) -> Result<u64> {
    let known = files(own);
    let mut id = known.last().map_or(1, |(id, _)| id + 1);
    // Another process may be keeping one at this moment.
    while file_of(own, id).exists() {
        id += 1;
    }
    write(own, &Kept { id, on: today.to_string(), undone: false, plan: plan.clone() })?;
    prune(&known, today);
    Ok(id)
}

/// Notes that a plan was taken back, or done again.
pub(crate) fn mark(own: &Path, kept: &Kept, undone: bool) -> Result<()> {
    write(own, &Kept { undone, ..kept.clone() })
}

/// Forgets a plan that was not applied after all.
pub(crate) fn forget(own: &Path, id: u64) {
    store::remove_if_there(&file_of(own, id));
}

/// Every save comes by here, so of the texts only those are read that may be too old: plans are kept in the order of time.
fn prune(known: &[(u64, PathBuf)], today: Date) {
    let mut bytes = 0;
    let fits = |(_, file): &&(u64, PathBuf)| {
        bytes += file.metadata().map_or(0, |about| about.len());
        bytes <= MOST_BYTES
    };
    let fitting = known.iter().rev().take(MOST - 1).take_while(fits).count();
    let (surplus, rest) = known.split_at(known.len() - fitting);
    let is_old = |(id, file): &&(u64, PathBuf)| {
        let day = read(*id, file).and_then(|kept| kept.on.parse::<Date>().ok());
        day.and_then(|day| today.since(day).ok()).is_some_and(|span| span.get_days() > MOST_DAYS)
    };
    for (_, file) in surplus.iter().chain(rest.iter().take_while(is_old)) {
        store::remove_if_there(file);
    }
}

fn write(own: &Path, kept: &Kept) -> Result<()> {
    let files = kept.plan.files.iter().map(|file| OneFile {
        path: file.path.to_string(),
        before: file.before.clone(),
        after: file.after.clone(),
    });
    let on_disk = OnDisk {
        version: content::version(kept.plan.files.iter().flat_map(|file| [&file.before, &file.after])),
        title: kept.plan.title.clone(),
        on: kept.on.clone(),
        undone: kept.undone,
        files: files.collect(),
    };
    let text = serde_json::to_vec(&on_disk)
        .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot keep the undo list: {error}")))?;
    store::write_atomic(&file_of(own, kept.id), &text)
}

fn read(id: u64, file: &Path) -> Option<Kept> {
    let found: OnDisk = serde_json::from_slice(&std::fs::read(file).ok()?).ok()?;
    let files = found.files.into_iter().map(|file| FileWrite {
        path: RecordPath::new(file.path),
        before: file.before,
        after: file.after,
    });
    let plan = WritePlan { title: found.title, files: files.collect() };
    content::is_known(found.version).then_some(Kept { id, on: found.on, undone: found.undone, plan })
}

/// Files of kept plans, oldest first.
fn files(own: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(own.join("undo")) else { return Vec::new() };
    let numbered = |path: PathBuf| {
        let id = path.file_name()?.to_str()?.strip_suffix(".json")?.parse().ok()?;
        Some((id, path))
    };
    let mut found: Vec<(u64, PathBuf)> = entries.flatten().filter_map(|entry| numbered(entry.path())).collect();
    found.sort();
    found
}

fn file_of(own: &Path, id: u64) -> PathBuf {
    own.join("undo").join(format!("{id:08}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(n: usize) -> WritePlan {
        WritePlan::new(format!("Plan {n}")).create(RecordPath::new(format!("{n}.md")), format!("text {n}"))
    }

    #[test]
    fn the_list_is_bounded_by_number_and_age() {
        let dir = tempfile::tempdir().expect("a folder");
        let day = Date::constant(2026, 11, 20);
        for n in 0..105 {
            keep(dir.path(), &plan(n), day).expect("kept");
        }
        let all = list(dir.path());
        assert_eq!((all.len(), all[0].id, &*all[0].plan.title), (100, 105, "Plan 104"));
        assert_eq!(all[0].plan, plan(104));
        keep(dir.path(), &plan(200), Date::constant(2027, 1, 20)).expect("kept");
        assert_eq!(list(dir.path()).len(), 1);
    }

    #[test]
    fn a_file_of_another_version_is_not_offered_and_not_touched() {
        let dir = tempfile::tempdir().expect("a folder");
        let text = r#"{"version":9,"title":"x","on":"2026-11-20","undone":false,"files":[]}"#;
        store::write_atomic(&dir.path().join("undo/00000007.json"), text.as_bytes()).expect("a file");
        assert!(list(dir.path()).is_empty());
        assert_eq!(keep(dir.path(), &plan(1), Date::constant(2026, 11, 20)).expect("kept"), 8);
    }

    #[test]
    fn steps_of_version_1_are_read_and_steps_of_text_alone_are_written_as_it_wrote_them() {
        let dir = tempfile::tempdir().expect("a folder");
        let day = Date::constant(2026, 11, 20);
        let old = r#"{"version":1,"title":"Plan 1","on":"2026-11-20","undone":false,"files":[{"path":"1.md","before":null,"after":"text 1"}]}"#;
        store::write_atomic(&file_of(dir.path(), 1), old.as_bytes()).expect("a file");
        assert_eq!(newest(dir.path()).expect("read").plan, plan(1));
        let id = keep(dir.path(), &plan(1), day).expect("kept");
        assert_eq!(std::fs::read_to_string(file_of(dir.path(), id)).expect("a file"), old);

        let bytes = WritePlan::new("Delete").delete(RecordPath::new("2.md"), vec![0xe9, 0, b'\n']);
        let id = keep(dir.path(), &bytes, day).expect("kept");
        assert!(std::fs::read_to_string(file_of(dir.path(), id)).expect("a file").starts_with(r#"{"version":2,"#));
        assert_eq!(newest(dir.path()).expect("read").plan, bytes);
    }
}
