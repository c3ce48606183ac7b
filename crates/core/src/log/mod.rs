//! The decision log: an immutable snapshot of every record, with its links resolved and the problems that only the
//! whole log shows. The next snapshot comes from [`DecisionLog::updated`]; readers keep theirs as long as they like (I7).

mod check;
pub mod fix;
mod patch;
mod resolve;

pub use resolve::Resolution;
pub(crate) use resolve::number_of;

use crate::decision::{Decision, LinkKind, Status};
use crate::graph::{LinkGraph, Outgoing, ResolvedLink};
use crate::id::RecordPath;
use crate::problem::Problem;
use crate::record::Parsed;
use crate::spread::{InTurn, Spread};
use resolve::Lookup;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Whether a text has the form of a reference to a record by number (`ADR-0012`, `#12`, `12`).
pub fn looks_like_reference(text: &str) -> bool {
    resolve::number_of(text).is_some()
}

/// One record's change between two snapshots.
#[derive(Clone, Debug)]
pub enum RecordChange {
    /// Added or changed.
    Put(Arc<Parsed>),
    Removed(RecordPath),
}

/// Which summaries differ between two snapshots (their own text or what links derive for them). Lists are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogDiff {
    /// Records whose own bytes changed or that are new.
    pub touched: Vec<RecordPath>,
    /// Records whose summary changed, touched or derived.
    pub changed: Vec<RecordPath>,
    pub removed: Vec<RecordPath>,
}

impl LogDiff {
    /// Nothing differs.
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// All records of a repository at one moment.
#[derive(Clone, Debug, Default)]
pub struct DecisionLog {
    records: BTreeMap<RecordPath, Arc<Parsed>>,
    graph: LinkGraph,
    problems: BTreeMap<RecordPath, Arc<Vec<Problem>>>,
    lookup: Arc<Lookup>,
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
        let records = records.into_iter().map(|parsed| (parsed.decision.path.clone(), Arc::new(parsed)));
        Self::join(records.collect(), &InTurn)
    }

    /// Joins the records of a first look, with the work on them spread.
    pub fn first(records: impl Iterator<Item = Arc<Parsed>>, spread: &impl Spread) -> Self {
        Self::join(records.map(|parsed| (parsed.decision.path.clone(), parsed)).collect(), spread)
    }

    /// The next snapshot and what differs. A record that is put counts as touched: the caller gives those whose bytes differ.
    pub fn updated(&self, changes: Vec<RecordChange>) -> (Self, LogDiff) {
        self.updated_by(changes, &InTurn)
    }

    /// As [`DecisionLog::updated`], with the work on all records spread.
    pub fn updated_by(&self, changes: Vec<RecordChange>, spread: &impl Spread) -> (Self, LogDiff) {
        let mut records = self.records.clone();
        let mut touched = BTreeSet::new();
        let mut removed = BTreeSet::new();
        for change in changes {
            match change {
                RecordChange::Put(parsed) => {
                    let path = parsed.decision.path.clone();
                    removed.remove(&path);
                    // The caller compares bytes. What was parsed does not hold the prose, so it may be equal
                    // although the text is not (`forty` became `sixty`).
                    touched.insert(path.clone());
                    records.insert(path, parsed);
                }
                RecordChange::Removed(path) => {
                    if records.remove(&path).is_some() {
                        touched.remove(&path);
                        removed.insert(path);
                    }
                }
            }
        }
        let (next, changed) = match self.patched(&records, &touched).filter(|_| removed.is_empty()) {
            Some((next, affected)) => {
                let changed =
                    affected.into_iter().filter(|path| touched.contains(path) || self.shows_differently(&next, path));
                let changed = changed.collect();
                (next, changed)
            }
            None => {
                let next = Self::join(records, spread);
                let shows = |path: &&RecordPath| touched.contains(*path) || self.shows_differently(&next, path);
                let changed = next.records.keys().filter(shows).cloned().collect();
                (next, changed)
            }
        };
        let diff = LogDiff { touched: touched.into_iter().collect(), changed, removed: removed.into_iter().collect() };
        (next, diff)
    }

    fn shows_differently(&self, next: &Self, path: &RecordPath) -> bool {
        self.graph.links(path) != next.graph.links(path)
            || self.problems.get(path) != next.problems.get(path)
            || self.in_force(path) != next.in_force(path)
            || self.tenure(path) != next.tenure(path)
    }

    fn join(records: BTreeMap<RecordPath, Arc<Parsed>>, spread: &impl Spread) -> Self {
        let lookup = Arc::new(Lookup::new(&records, spread));
        let mut log = Self { records, lookup, graph: LinkGraph::default(), problems: BTreeMap::new() };
        let paths: Vec<&RecordPath> = log.records.keys().collect();
        let said = |part: Range<usize>| paths[part].iter().map(|path| (*path, log.outgoing(path))).collect::<Vec<_>>();
        let said = spread.parts(paths.len(), said);
        let (graph, doubles) = spread.both(|| LinkGraph::build(said.into_iter().flatten()), || check::doubles(&log));
        log.graph = graph;
        log.problems = check::problems(&log, doubles, spread);
        log
    }

    /// What a record says of others, as far as it is clear which ones are meant.
    fn outgoing(&self, path: &RecordPath) -> Outgoing {
        let mut outgoing = Outgoing::default();
        let Some(parsed) = self.records.get(path) else { return outgoing };
        for link in &parsed.decision.links {
            if let Resolution::One(to) = self.resolve_in(path, &link.text, link.target.as_deref())
                && to != *path
            {
                outgoing.cites.push(to.clone());
                let (kind, relation) = (link.kind, link.relation.clone());
                outgoing.links.push(ResolvedLink { from: path.clone(), to, kind, relation });
            }
        }
        for citation in &parsed.decision.citations {
            if let Resolution::One(to) = self.resolve_in(path, &citation.text, citation.target.as_deref())
                && to != *path
            {
                outgoing.cites.push(to);
            }
        }
        outgoing
    }

    /// What a reference written in the record at `from` means; an explicit target wins over its text.
    pub fn resolve_in(&self, from: &RecordPath, text: &str, target: Option<&str>) -> Resolution {
        self.lookup.resolve(Some(from), text, target)
    }

    /// Records close to a reference of the record at `from` that names none, nearest first.
    pub fn suggestions(&self, from: &RecordPath, text: &str) -> Vec<RecordPath> {
        self.lookup.suggestions(Some(from), text)
    }

    /// The one other record whose name or number is clearly nearest to a text; `None` where several are as near.
    pub fn nearest(&self, from: &RecordPath, text: &str) -> Option<RecordPath> {
        self.lookup.nearest(from, text)
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
        let asked = RecordPath::new(reference.trim_start_matches("./"));
        let found = match self.lookup.resolve(None, asked.as_str(), None) {
            Resolution::One(path) => self.records.get(&path),
            Resolution::Many(candidates) => {
                return Err(ResolveError::Ambiguous { reference: reference.to_owned(), candidates });
            }
            Resolution::Missing | Resolution::Elsewhere => None,
        };
        found.map(|parsed| &parsed.decision).ok_or_else(|| ResolveError::NotFound {
            reference: reference.to_owned(),
            near: self.lookup.suggestions(None, reference),
        })
    }

    pub fn graph(&self) -> &LinkGraph {
        &self.graph
    }

    /// Accepted, and no record that was itself accepted supersedes it (CONTRACT §12).
    pub fn in_force(&self, path: &RecordPath) -> bool {
        self.status(path) == Some(Status::Accepted)
            && !self.graph.links(path).of(LinkKind::SupersededBy).iter().any(|by| self.was_accepted(by))
    }

    pub(crate) fn status(&self, path: &RecordPath) -> Option<Status> {
        self.records.get(path).and_then(|parsed| parsed.decision.status)
    }

    /// A successor that fell later had been accepted before: its predecessor does not come back.
    fn was_accepted(&self, path: &RecordPath) -> bool {
        matches!(self.status(path), Some(Status::Accepted | Status::Superseded | Status::Deprecated))
    }

    /// Problems of a record: its own and those that only the whole log shows, by place.
    pub fn problems(&self, path: &RecordPath) -> &[Problem] {
        self.problems.get(path).map_or(&[], |problems| problems.as_slice())
    }
}

#[cfg(test)]
mod tests;
