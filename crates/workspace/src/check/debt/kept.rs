//! What was counted, by tree and by what judged it. Derived data (invariant I4): a fault in it, or another version of the
//! program, and everything is counted again.

use crate::store;
use precedent_core::wire::DebtCount;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Of the file's form and of what is counted; another one makes what was kept worthless.
const VERSION: u32 = 2;

/// More rows than this are not kept beside those that were asked for.
const MOST_ROWS: usize = 100_000;

/// What is known of one tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) count: DebtCount,
    /// Against the tree before.
    pub(super) introduced: u32,
    pub(super) repaid: u32,
    /// Keys of rules that came to bind, with what each found.
    pub(super) added: Vec<(String, u32)>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    engine: String,
    rows: BTreeMap<String, Row>,
}

/// Rows by their keys.
pub(super) struct Kept {
    file: PathBuf,
    before: BTreeMap<String, Row>,
    now: BTreeMap<String, Row>,
}

fn engine() -> String {
    format!("{} {} {}", env!("CARGO_PKG_VERSION"), env!("PRECEDENT_READER"), env!("PRECEDENT_ENGINE"))
}

impl Kept {
    pub(super) fn load(root: &Path, cache: &Path) -> Self {
        let file = crate::root::cache_folder(root, cache).join("debt.json");
        let bytes = std::fs::read(&file).unwrap_or_default();
        let written: Option<Written> = serde_json::from_slice(&bytes).ok();
        let written = written.filter(|written| written.version == VERSION && written.engine == engine());
        Self { file, before: written.map(|written| written.rows).unwrap_or_default(), now: BTreeMap::new() }
    }

    /// Rows that are known, by their place.
    pub(super) fn rows(&self, count: usize, key: impl Fn(usize) -> String) -> Vec<Option<Row>> {
        (0..count).map(|at| self.before.get(&key(at)).cloned()).collect()
    }

    /// What could not be decided may be another time: objects that a clone left out come when they are asked for.
    pub(super) fn take(&mut self, rows: impl Iterator<Item = (String, Row)>) {
        self.now.extend(rows.filter(|(_, row)| row.count.undecided == 0));
    }

    /// Writes what is new. A cache that cannot be written is no reason to fail.
    pub(super) fn store(mut self) {
        if self.now.iter().all(|(key, row)| self.before.get(key) == Some(row)) {
            return;
        }
        if self.before.len() + self.now.len() <= MOST_ROWS {
            let more = std::mem::take(&mut self.before);
            for (key, row) in more {
                self.now.entry(key).or_insert(row);
            }
        }
        let written = Written { version: VERSION, engine: engine(), rows: self.now };
        let folder = self.file.parent().map(store::make_folder);
        if let (Some(Ok(())), Ok(bytes)) = (folder, serde_json::to_vec(&written)) {
            drop(store::write_atomic(&self.file, &bytes));
        }
    }
}
