//! What filters, facets and ranking need to know of every record of a log, in memory, made anew for each snapshot.
//!
//! Everything that depends on other records or on settings is here and not in the index on disk.

use super::tokenizer::fold;
use precedent_core::{Date, DecisionLog, Parsed, RecordPath, Status, summary};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A record's place in [`Catalog::rows`].
pub(crate) type RowId = u32;

/// Values that many records share, each once: tags, people, scopes.
#[derive(Debug, Default)]
pub(crate) struct Names {
    ids: HashMap<String, u32>,
    /// As first written.
    pub(crate) written: Vec<String>,
    pub(crate) folded: Vec<String>,
}

impl Names {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.written.len() as u32;
        self.ids.insert(name.to_owned(), id);
        self.written.push(name.to_owned());
        self.folded.push(fold(name));
        id
    }
}

/// One record.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) parsed: Arc<Parsed>,
    /// Hash of the bytes that `parsed` was read from.
    pub(crate) hash: u64,
    pub(crate) status: Option<Status>,
    pub(crate) in_force: bool,
    pub(crate) problems: bool,
    pub(crate) links: bool,
    pub(crate) date: Option<Date>,
    pub(crate) tags: Vec<u32>,
    pub(crate) people: Vec<u32>,
    pub(crate) scope: Option<u32>,
    /// 0 for the oldest record to 1 for the newest; undated ones are in the middle.
    pub(crate) recency: f32,
}

impl Row {
    pub(crate) fn path(&self) -> &RecordPath {
        &self.parsed.decision.path
    }
}

/// All records at one moment.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) rows: Vec<Row>,
    /// Row by path.
    by_path: HashMap<String, RowId>,
    /// Rows by folded id, file name and stem: every query of one word asks whether it names a record.
    by_name: HashMap<String, Vec<RowId>>,
    /// Rows by number; several when numbers clash or the repository has several logs.
    pub(crate) by_number: BTreeMap<u64, Vec<RowId>>,
    pub(crate) tags: Names,
    pub(crate) people: Names,
    pub(crate) scopes: Names,
}

impl Catalog {
    /// Reads a snapshot. `hash_of` gives the content hash of a record; one without is not searched.
    pub(crate) fn new(log: &DecisionLog, hash_of: impl Fn(&RecordPath) -> Option<u64>) -> Self {
        let mut catalog = Self::default();
        for parsed in log.records() {
            if let Some(hash) = hash_of(&parsed.decision.path) {
                catalog.push(log, parsed, hash);
            }
        }
        catalog.rank_dates();
        catalog
    }

    fn push(&mut self, log: &DecisionLog, parsed: &Arc<Parsed>, hash: u64) {
        let decision = &parsed.decision;
        let id = self.rows.len() as RowId;
        self.by_path.insert(decision.path.as_str().to_owned(), id);
        if let Some(number) = decision.number {
            self.by_number.entry(number).or_default().push(id);
        }
        let mut names = [decision.id.as_str(), decision.path.stem(), decision.path.file_name()].map(fold).to_vec();
        names.dedup();
        for name in names {
            self.by_name.entry(name).or_default().push(id);
        }
        let people = &decision.people;
        let everyone = people.decision_makers.iter().chain(&people.consulted).chain(&people.informed);
        self.rows.push(Row {
            parsed: Arc::clone(parsed),
            hash,
            status: decision.status,
            in_force: log.in_force(&decision.path),
            problems: !log.problems(&decision.path).is_empty(),
            links: !decision.links.is_empty() || !decision.citations.is_empty(),
            date: decision.dates.accepted.or(decision.dates.date).or(decision.dates.proposed),
            tags: decision.tags.iter().map(|tag| self.tags.id(tag)).collect(),
            people: everyone.map(|person| self.people.id(person)).collect(),
            scope: summary::scope(parsed).map(|scope| self.scopes.id(&scope)),
            recency: 0.5,
        });
    }

    fn rank_dates(&mut self) {
        let mut dates: Vec<Date> = self.rows.iter().filter_map(|row| row.date).collect();
        dates.sort_unstable();
        dates.dedup();
        let last = dates.len().saturating_sub(1).max(1) as f32;
        for row in &mut self.rows {
            if let Some(at) = row.date.and_then(|date| dates.binary_search(&date).ok()) {
                row.recency = at as f32 / last;
            }
        }
    }

    /// Rows with this folded id, file name or stem, or exactly this path.
    pub(crate) fn named(&self, name: &str) -> Vec<RowId> {
        let rows = self.by_name.get(name).into_iter().flatten().copied();
        rows.chain(self.row(name)).collect()
    }

    pub(crate) fn row(&self, path: &str) -> Option<RowId> {
        self.by_path.get(path).copied()
    }
}
