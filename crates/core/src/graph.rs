//! How decisions hang together: resolved links both ways, lineage, successor, cycles.
//!
//! Built by [`crate::log::DecisionLog`]; holds paths, not decisions. Whether a decision is in force is the log's question.

use crate::decision::LinkKind;
use crate::id::RecordPath;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Links of one record after resolution. Each list is sorted and without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// What this file itself says.
    stated: ByKind,
    /// Stated here or derived from the other end.
    all: ByKind,
    /// Relations beside supersession and amendment with their word: `(path, "refines")`.
    pub relations: Vec<(RecordPath, String)>,
    /// Records mentioned in prose.
    pub cites: Vec<RecordPath>,
    /// Records that mention this one, in prose or by a link.
    pub cited_by: Vec<RecordPath>,
}

/// Paths by kind and name. Most records have few links: a map would take more memory than what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ByKind {
    kinds: Vec<LinkKind>,
    paths: Vec<RecordPath>,
}

impl ByKind {
    fn of(&self, kind: LinkKind) -> &[RecordPath] {
        let start = self.kinds.partition_point(|other| *other < kind);
        let end = self.kinds.partition_point(|other| *other <= kind);
        &self.paths[start..end]
    }

    fn add(&mut self, kind: LinkKind, path: RecordPath) {
        let start = self.kinds.partition_point(|other| *other < kind);
        if let Err(at) = self.of(kind).binary_search(&path) {
            self.kinds.insert(start + at, kind);
            self.paths.insert(start + at, path);
        }
    }
}

impl Links {
    /// Links of a kind, stated or derived.
    pub fn of(&self, kind: LinkKind) -> &[RecordPath] {
        self.all.of(kind)
    }

    /// Links of a kind that this file states.
    pub fn stated_of(&self, kind: LinkKind) -> &[RecordPath] {
        self.stated.of(kind)
    }
}

/// A link whose both ends are known.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedLink {
    pub(crate) from: RecordPath,
    pub(crate) to: RecordPath,
    pub(crate) kind: LinkKind,
    /// The record's own word for the relation, when it is none of the six.
    pub(crate) relation: Option<String>,
}

/// What one record says of others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outgoing {
    pub(crate) links: Vec<ResolvedLink>,
    /// Every record that is linked to or mentioned.
    pub(crate) cites: Vec<RecordPath>,
}

/// All links of a log. Snapshots share those of the records that did not change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkGraph {
    links: BTreeMap<RecordPath, Arc<Links>>,
}

static NO_LINKS: Links = Links {
    stated: ByKind { kinds: Vec::new(), paths: Vec::new() },
    all: ByKind { kinds: Vec::new(), paths: Vec::new() },
    relations: Vec::new(),
    cites: Vec::new(),
    cited_by: Vec::new(),
};

impl LinkGraph {
    pub(crate) fn build<'a>(all: impl Iterator<Item = (&'a RecordPath, Outgoing)>) -> Self {
        // Paths of a log begin alike, so that to find one in order costs many comparisons: they are ordered once, at the end.
        let mut links: FxHashMap<RecordPath, Arc<Links>> = FxHashMap::default();
        for (from, outgoing) in all {
            if outgoing.cites.is_empty() {
                continue;
            }
            let own = Arc::make_mut(links.entry(from.clone()).or_default());
            outgoing.links.iter().for_each(|link| own.add_own(link));
            outgoing.cites.iter().for_each(|to| push(&mut own.cites, to.clone()));
            for link in &outgoing.links {
                Arc::make_mut(links.entry(link.to.clone()).or_default()).add_other(link);
            }
            for to in outgoing.cites {
                push(&mut Arc::make_mut(links.entry(to).or_default()).cited_by, from.clone());
            }
        }
        Self { links: links.into_iter().collect() }
    }

    /// The graph after these records say something else, and the records whose links that may change.
    pub(crate) fn patched(
        &self,
        touched: &BTreeSet<RecordPath>,
        outgoing: impl Fn(&RecordPath) -> Outgoing,
    ) -> (Self, BTreeSet<RecordPath>) {
        let mut sources: BTreeMap<RecordPath, Outgoing> =
            touched.iter().map(|path| (path.clone(), outgoing(path))).collect();
        let mut affected = touched.clone();
        for path in touched {
            affected.extend(self.links(path).cites.iter().cloned());
            affected.extend(sources[path].cites.iter().cloned());
        }
        let mut next = self.clone();
        for path in &affected {
            next.links.remove(path);
        }
        for path in &affected {
            for source in self.links(path).cited_by.iter().chain([path]) {
                sources.entry(source.clone()).or_insert_with(|| outgoing(source));
            }
        }
        for (from, outgoing) in &sources {
            for link in &outgoing.links {
                if affected.contains(from) {
                    next.entry(from).add_own(link);
                }
                if affected.contains(&link.to) {
                    next.entry(&link.to).add_other(link);
                }
            }
            for to in &outgoing.cites {
                if affected.contains(from) {
                    push(&mut next.entry(from).cites, to.clone());
                }
                if affected.contains(to) {
                    push(&mut next.entry(to).cited_by, from.clone());
                }
            }
        }
        (next, affected)
    }

    fn entry(&mut self, path: &RecordPath) -> &mut Links {
        Arc::make_mut(self.links.entry(path.clone()).or_default())
    }

    /// Links of a record; empty for an unknown path.
    pub fn links(&self, path: &RecordPath) -> &Links {
        self.links.get(path).map_or(&NO_LINKS, |links| links)
    }

    /// Every record that supersession joins to this one, itself included, by path.
    pub fn lineage(&self, path: &RecordPath) -> Vec<RecordPath> {
        let mut seen = BTreeSet::from([path.clone()]);
        let mut queue = VecDeque::from([path.clone()]);
        while let Some(next) = queue.pop_front() {
            let links = self.links(&next);
            for other in links.of(LinkKind::Supersedes).iter().chain(links.of(LinkKind::SupersededBy)) {
                if seen.insert(other.clone()) {
                    queue.push_back(other.clone());
                }
            }
        }
        seen.into_iter().collect()
    }

    /// The last of the line of successors: this record when nothing supersedes it. `None` where the line splits or turns in a ring.
    pub fn current(&self, path: &RecordPath) -> Option<RecordPath> {
        let mut at = path.clone();
        let mut seen = BTreeSet::new();
        while seen.insert(at.clone()) {
            match self.links(&at).of(LinkKind::SupersededBy) {
                [] => return Some(at),
                [next] => at = next.clone(),
                _ => return None,
            }
        }
        None
    }

    /// Records that mention or link to this one.
    pub fn backlinks(&self, path: &RecordPath) -> &[RecordPath] {
        &self.links(path).cited_by
    }

    /// Records from which following successors comes back to the start, by path.
    pub fn on_a_cycle(&self) -> Vec<RecordPath> {
        self.links.keys().filter(|path| self.reaches_itself(path)).cloned().collect()
    }

    /// Whether a record supersedes itself through others.
    pub(crate) fn reaches_itself(&self, path: &RecordPath) -> bool {
        self.after(path).contains(path)
    }

    /// The records that a record comes back to itself through, and itself, by path; none where it does not.
    pub(crate) fn ring(&self, path: &RecordPath) -> Vec<RecordPath> {
        let after = self.after(path);
        let comes_back = |other: &&&RecordPath| self.after(other).contains(path);
        after.iter().filter(comes_back).map(|other| (*other).clone()).collect()
    }

    /// All that supersede a record, at once or through others.
    fn after(&self, path: &RecordPath) -> BTreeSet<&RecordPath> {
        let mut seen = BTreeSet::new();
        let mut queue: VecDeque<&RecordPath> = self.links(path).of(LinkKind::SupersededBy).iter().collect();
        while let Some(next) = queue.pop_front() {
            if seen.insert(next) {
                queue.extend(self.links(next).of(LinkKind::SupersededBy));
            }
        }
        seen
    }
}

/// Inserts into a sorted list without repeats.
impl Links {
    /// What a link says of the record that states it.
    fn add_own(&mut self, link: &ResolvedLink) {
        let ResolvedLink { to, kind, relation, .. } = link;
        self.stated.add(*kind, to.clone());
        self.all.add(*kind, to.clone());
        if matches!(kind, LinkKind::RelatesTo | LinkKind::DependsOn) {
            let word = relation.clone().unwrap_or_else(|| kind.key().to_owned());
            push(&mut self.relations, (to.clone(), word));
        }
    }

    /// What a link says of the record that it leads to.
    fn add_other(&mut self, link: &ResolvedLink) {
        let ResolvedLink { from, kind, relation, .. } = link;
        match kind {
            LinkKind::DependsOn => push(&mut self.relations, (from.clone(), "required-by".to_owned())),
            LinkKind::RelatesTo => {
                let word =
                    relation.as_ref().map_or_else(|| "relates-to".to_owned(), |word| seen_from_the_other_end(word));
                push(&mut self.relations, (from.clone(), word));
                self.all.add(*kind, from.clone());
            }
            kind => {
                if let Some(inverse) = kind.inverse() {
                    self.all.add(inverse, from.clone());
                }
            }
        }
    }
}

fn push<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

/// The word of a relation as its target would say it: `refines` becomes `refined-by`.
fn seen_from_the_other_end(word: &str) -> String {
    match word {
        _ if word.ends_with("-by") || word.ends_with("-to") => "relates-to".to_owned(),
        _ if word.ends_with("ies") => format!("{}ied-by", &word[..word.len() - 3]),
        _ if word.ends_with("es") => format!("{}d-by", &word[..word.len() - 1]),
        _ if word.ends_with('s') => format!("{}ed-by", &word[..word.len() - 1]),
        _ => format!("{word}-by"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_reads_well_from_both_ends() {
        for (word, other) in [
            ("refines", "refined-by"),
            ("clarifies", "clarified-by"),
            ("extends", "extended-by"),
            ("refined-by", "relates-to"),
            ("conflict", "conflict-by"),
        ] {
            assert_eq!(seen_from_the_other_end(word), other);
        }
    }
}
