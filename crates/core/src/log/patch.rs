//! The next log after records changed that are still called what they were called: only what hangs on them is worked out
//! again. Everything else takes a whole join ([`DecisionLog::join`]); both give the same log.

use super::{DecisionLog, check};
use crate::decision::LinkKind;
use crate::id::RecordPath;
use crate::problem::{Problem, ProblemCode};
use crate::record::Parsed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More changed records than this are joined with all others at once.
const MOST_PATCHED: usize = 64;

impl DecisionLog {
    /// The log of these records, and all records that may show differently. `None` when references to a touched record may
    /// mean another one now, or none.
    pub(super) fn patched(
        &self,
        records: &BTreeMap<RecordPath, Arc<Parsed>>,
        touched: &BTreeSet<RecordPath>,
    ) -> Option<(Self, BTreeSet<RecordPath>)> {
        let is_called_the_same = |path: &RecordPath| match (self.records.get(path), records.get(path)) {
            (Some(old), Some(new)) => names(old) == names(new),
            _ => false,
        };
        if touched.len() > MOST_PATCHED || !touched.iter().all(is_called_the_same) {
            return None;
        }
        let mut next = Self {
            records: records.clone(),
            lookup: Arc::clone(&self.lookup),
            graph: self.graph.clone(),
            problems: self.problems.clone(),
        };
        let (graph, linked) = self.graph.patched(touched, |path| next.outgoing(path));
        next.graph = graph;
        // A record's problems hang on its links, and on what the other ends say and are.
        let mut affected = linked.clone();
        for path in touched {
            affected.extend(self.graph.links(path).cited_by.iter().cloned());
            affected.extend(next.graph.links(path).cited_by.iter().cloned());
        }
        let on_cycle = next.cycle(self, &linked);
        // A ring is told by all that are on it.
        if self.rings(&on_cycle) != next.rings(&on_cycle) {
            affected.extend(on_cycle.iter().cloned());
        }
        affected
            .extend(self.problems.keys().filter(|path| self.is_on_cycle(path) && !on_cycle.contains(*path)).cloned());
        for path in &affected {
            next.judge(self, path, on_cycle.contains(path));
        }
        Some((next, affected))
    }

    /// Works out the problems of one record again.
    fn judge(&mut self, before: &Self, path: &RecordPath, on_cycle: bool) {
        let Some(parsed) = self.records.get(path) else { return };
        let mut found = check::of_record(self, parsed);
        let shared =
            |problem: &&Problem| matches!(problem.code, ProblemCode::DuplicateNumber | ProblemCode::DuplicateId);
        found.extend(before.problems(path).iter().filter(shared).cloned());
        if on_cycle {
            found.push(check::cycle(self, path));
        }
        if found.is_empty() {
            self.problems.remove(path);
        } else {
            self.problems.insert(path.clone(), Arc::new(found));
        }
    }

    /// Records on a ring of supersession; those of before where no supersession changed.
    fn cycle(&self, before: &Self, linked: &BTreeSet<RecordPath>) -> BTreeSet<RecordPath> {
        let successors = |log: &Self, path| log.graph.links(path).of(LinkKind::SupersededBy).to_vec();
        if linked.iter().any(|path| successors(before, path) != successors(self, path)) {
            return self.graph.on_a_cycle().into_iter().collect();
        }
        before.problems.keys().filter(|path| before.is_on_cycle(path)).cloned().collect()
    }

    fn rings(&self, paths: &BTreeSet<RecordPath>) -> Vec<Vec<RecordPath>> {
        paths.iter().map(|path| self.graph.ring(path)).collect()
    }

    fn is_on_cycle(&self, path: &RecordPath) -> bool {
        self.problems(path).iter().any(|problem| problem.code == ProblemCode::Cycle)
    }
}

/// Everything by which a record is found.
fn names(parsed: &Parsed) -> impl PartialEq + '_ {
    let decision = &parsed.decision;
    (&parsed.log, parsed.stated_id, &decision.id, decision.number, &decision.digits, &decision.title)
}
