//! What filters, facets and ranking need to know of every record of a log, in memory, made anew for each snapshot.
//!
//! Everything that depends on other records or on settings is here and not in the index on disk.

use super::tokenizer::fold;
use precedent_core::{Date, DecisionLog, LinkKind, Parsed, RecordPath, Status, summary};
use rustc_hash::FxHashMap;
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
    /// Proposed for longer than the settings allow.
    pub(crate) stale: bool,
    /// Its day of review has come.
    pub(crate) due: bool,
    /// The last of its line of successors, where that is another record.
    pub(crate) successor: Option<RecordPath>,
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

    /// By its own word, or because the record that supersedes it is in force.
    pub(crate) fn is_superseded(&self) -> bool {
        self.status == Some(Status::Superseded)
            || (self.status == Some(Status::Accepted) && !self.in_force && self.successor.is_some())
    }
}

/// What makes a proposal stale and a review due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ages {
    pub(crate) stale_after: u32,
    pub(crate) today: Date,
}

/// What every match of a search is asked, by row and side by side: a [`Row`] is too large to touch for each.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) status: Vec<Option<Status>>,
    /// Days in order; 0 for undated records.
    pub(crate) day: Vec<i32>,
    pub(crate) year: Vec<i16>,
    pub(crate) scope: Vec<Option<u32>>,
    /// Ids of tags, and where those of a row end.
    pub(crate) tags: Vec<u32>,
    pub(crate) tags_end: Vec<u32>,
    /// What a record has of its own: [`PROBLEMS`], [`PATHS`].
    pub(crate) has: Vec<u8>,
    /// What a score is multiplied with: records in force and newer ones come first among equals.
    pub(crate) boost: Vec<f32>,
}

impl Columns {
    /// Ids of a row's tags.
    pub(crate) fn tags(&self, row: RowId) -> &[u32] {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.tags_end[row - 1] };
        &self.tags[start as usize..self.tags_end[row] as usize]
    }

    fn push(&mut self, row: &Row) {
        self.status.push(row.status);
        let day = |date: Date| i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day());
        self.day.push(row.date.map_or(0, day));
        self.year.push(row.date.map_or(0, Date::year));
        self.scope.push(row.scope);
        self.tags.extend(&row.tags);
        self.tags_end.push(self.tags.len() as u32);
        let paths = !row.parsed.decision.applies_to.is_empty();
        self.has.push(if row.problems { PROBLEMS } else { 0 } | if paths { PATHS } else { 0 });
        let open = row.status.is_none_or(Status::is_open);
        let standing = if row.in_force || open { 1.0 } else { FALLEN };
        self.boost.push(standing * (1.0 + NEWEST * row.recency));
    }
}

/// Bits of [`Columns::has`].
pub(crate) const PROBLEMS: u8 = 1;
pub(crate) const PATHS: u8 = 2;

/// Records that no longer hold, beside equal ones that do.
const FALLEN: f32 = 0.93;
/// What the newest record gains over the oldest.
const NEWEST: f32 = 0.02;

/// All records at one moment.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// In order of their paths.
    pub(crate) rows: Vec<Row>,
    pub(crate) columns: Columns,
    /// Row by path.
    by_path: FxHashMap<RecordPath, RowId>,
    /// Rows by folded id, file name and stem: every query of one word asks whether it names a record.
    by_name: FxHashMap<String, Vec<RowId>>,
    /// Rows by number; several when numbers clash or the repository has several logs.
    pub(crate) by_number: BTreeMap<u64, Vec<RowId>>,
    pub(crate) tags: Names,
    pub(crate) people: Names,
    pub(crate) scopes: Names,
}

impl Catalog {
    /// Reads a snapshot. `hash_of` gives the content hash of a record; one without is not searched.
    pub(crate) fn new(log: &DecisionLog, ages: Ages, hash_of: impl Fn(&RecordPath) -> Option<u64>) -> Self {
        let mut catalog = Self::default();
        for parsed in log.records() {
            if let Some(hash) = hash_of(&parsed.decision.path) {
                catalog.push(log, ages, parsed, hash);
            }
        }
        catalog.rank_dates();
        catalog.rows.iter().for_each(|row| catalog.columns.push(row));
        catalog
    }

    fn push(&mut self, log: &DecisionLog, ages: Ages, parsed: &Arc<Parsed>, hash: u64) {
        let decision = &parsed.decision;
        let id = self.rows.len() as RowId;
        self.by_path.insert(decision.path.clone(), id);
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
            stale: decision.is_stale(ages.stale_after, ages.today),
            due: decision.is_due(ages.today),
            successor: successor(log, &decision.path),
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

/// The record to read instead of a superseded one: the end of its line, or its first successor where the line splits.
fn successor(log: &DecisionLog, path: &RecordPath) -> Option<RecordPath> {
    let next = log.graph().links(path).of(LinkKind::SupersededBy).first()?;
    Some(log.graph().current(path).unwrap_or_else(|| next.clone()))
}
