//! How decisions hang together: resolved links both ways, lineage, successor, cycles.
//!
//! Built by [`crate::log::DecisionLog`]; holds paths, not decisions.

use crate::decision::LinkKind;
use crate::id::RecordPath;
use std::collections::BTreeMap;

/// Links of one record after resolution. Each list is sorted and without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// What this file itself says.
    pub stated: BTreeMap<LinkKind, Vec<RecordPath>>,
    /// Stated here or derived from the other end.
    pub all: BTreeMap<LinkKind, Vec<RecordPath>>,
    /// Relations with the record's own word: `(path, "refines")`.
    pub relations: Vec<(RecordPath, String)>,
    /// Records mentioned in prose.
    pub cites: Vec<RecordPath>,
    /// Records that mention this one.
    pub cited_by: Vec<RecordPath>,
}

/// All links of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkGraph {
    pub(crate) links: BTreeMap<RecordPath, Links>,
}

impl LinkGraph {
    /// Links of a record; empty for an unknown path.
    pub fn links(&self, path: &RecordPath) -> Links {
        self.links.get(path).cloned().unwrap_or_default()
    }
}
