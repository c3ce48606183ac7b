//! What filters, facets and ranking need to know of every record of a log, in memory, made anew for each snapshot.
//!
//! Everything that depends on other records or on settings is here and not in the index on disk.

use super::filter::Globs;
use super::query::Reference;
use super::tokenizer::fold;
use precedent_core::id::{FileName, is_label};
use precedent_core::{Date, Decision, DecisionLog, LinkKind, Parsed, RecordPath, Status, summary};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A record's place in [`Catalog::rows`].
pub(crate) type RowId = u32;

/// Values that many records share, each once: tags, people, scopes, folders.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    ids: HashMap<String, u32>,
    /// As first written.
    pub(crate) written: Vec<String>,
    pub(crate) folded: Vec<String>,
}

impl Names {
    /// The number of a name; a new one is added to a copy where another catalog shares them.
    fn id(names: &mut Arc<Names>, name: &str) -> u32 {
        if let Some(id) = names.ids.get(name) {
            return *id;
        }
        let names = Arc::make_mut(names);
        let id = names.written.len() as u32;
        names.ids.insert(name.to_owned(), id);
        names.written.push(name.to_owned());
        names.folded.push(fold(name));
        id
    }

    /// The numbers of names; of those that differ in case or accents alone, the first.
    fn different(names: &mut Arc<Names>, all: &[String]) -> Vec<u32> {
        let mut ids: Vec<u32> = Vec::with_capacity(all.len());
        for name in all {
            let id = Names::id(names, name);
            let folded = |id: u32| &names.folded[id as usize];
            if !ids.iter().any(|other| folded(*other) == folded(id)) {
                ids.push(id);
            }
        }
        ids
    }
}

/// One record.
#[derive(Clone, Debug)]
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
    pub(crate) folder: u32,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Whether some row bears a name, by its number in [`Names`]: one that none bears any more keeps its number.
    pub(crate) bears: Bears,
}

/// As [`Columns::bears`].
#[derive(Debug, Default)]
pub(crate) struct Bears {
    pub(crate) tags: Vec<bool>,
    pub(crate) people: Vec<bool>,
    pub(crate) scopes: Vec<bool>,
}

fn bear(list: &mut Vec<bool>, name: u32) {
    let at = name as usize;
    if list.len() <= at {
        list.resize(at + 1, false);
    }
    list[at] = true;
}

impl Columns {
    /// Ids of a row's tags.
    pub(crate) fn tags(&self, row: RowId) -> &[u32] {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.tags_end[row - 1] };
        &self.tags[start as usize..self.tags_end[row] as usize]
    }

    fn of(rows: &[Arc<Row>]) -> Self {
        let mut columns = Self::default();
        let mut dates: Vec<Date> = rows.iter().filter_map(|row| row.date).collect();
        dates.sort_unstable();
        dates.dedup();
        let last = dates.len().saturating_sub(1).max(1) as f32;
        for row in rows {
            // 0 for the oldest record to 1 for the newest; undated ones are in the middle.
            let place = row.date.and_then(|date| dates.binary_search(&date).ok());
            columns.push(row, place.map_or(0.5, |at| at as f32 / last));
        }
        columns
    }

    fn push(&mut self, row: &Row, recency: f32) {
        self.status.push(row.status);
        let day = |date: Date| i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day());
        self.day.push(row.date.map_or(0, day));
        self.year.push(row.date.map_or(0, Date::year));
        self.scope.push(row.scope);
        row.tags.iter().for_each(|tag| bear(&mut self.bears.tags, *tag));
        row.people.iter().for_each(|person| bear(&mut self.bears.people, *person));
        row.scope.iter().for_each(|scope| bear(&mut self.bears.scopes, *scope));
        self.tags.extend(&row.tags);
        self.tags_end.push(self.tags.len() as u32);
        let paths = !row.parsed.decision.applies_to.is_empty();
        self.has.push(if row.problems { PROBLEMS } else { 0 } | if paths { PATHS } else { 0 });
        let open = row.status.is_none_or(Status::is_open);
        let standing = if row.in_force || open { 1.0 } else { FALLEN };
        self.boost.push(standing * (1.0 + NEWEST * recency));
    }
}

/// Bits of [`Columns::has`].
pub(crate) const PROBLEMS: u8 = 1;
pub(crate) const PATHS: u8 = 2;

/// Records that no longer hold: one that holds comes first unless the other says it much better.
const FALLEN: f32 = 0.8;
/// What the newest record gains over the oldest.
const NEWEST: f32 = 0.02;

/// All records at one moment.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// In order of their paths.
    pub(crate) rows: Vec<Arc<Row>>,
    pub(crate) columns: Columns,
    names: Arc<ByName>,
    pub(crate) tags: Arc<Names>,
    pub(crate) people: Arc<Names>,
    pub(crate) scopes: Arc<Names>,
    pub(crate) folders: Arc<Names>,
    pub(crate) globs: Arc<Globs>,
}

/// Rows by what records are called; shared by catalogs in which they are called the same.
#[derive(Debug, Default)]
struct ByName {
    path: FxHashMap<RecordPath, RowId>,
    /// By hash of the folded id, file name and stem, in order: every query of one word asks whether it names a record. The
    /// names themselves are those of the rows.
    name: Vec<(u64, RowId)>,
    /// Several when numbers clash or the repository has several logs.
    number: BTreeMap<u64, Vec<RowId>>,
    /// Letters that stand before numbers, as [`series`] gives them.
    series: FxHashSet<String>,
}

impl ByName {
    fn add(&mut self, decision: &Decision, id: RowId) {
        self.path.insert(decision.path.clone(), id);
        if let Some(number) = decision.number {
            self.number.entry(number).or_default().push(id);
            self.series.insert(series(&decision.path));
        }
        self.name.extend(names_of(decision).map(|name| (hash_of_name(&name), id)));
    }

    fn end(&mut self) {
        self.name.sort_unstable();
        self.name.dedup();
        self.name.shrink_to_fit();
    }

    /// Rows that may have this name.
    fn named(&self, name: &str) -> impl Iterator<Item = RowId> {
        let hash = hash_of_name(name);
        let start = self.name.partition_point(|(other, _)| *other < hash);
        self.name[start..].iter().take_while(move |(other, _)| *other == hash).map(|(_, row)| *row)
    }
}

/// What a record is called, folded.
fn names_of(decision: &Decision) -> [String; 3] {
    [decision.id.as_str(), decision.path.stem(), decision.path.file_name()].map(fold)
}

fn hash_of_name(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Content hash of a record; one without is not searched.
pub(crate) type HashOf<'a> = &'a dyn Fn(&RecordPath) -> Option<u64>;

impl Catalog {
    /// Reads a snapshot.
    pub(crate) fn new(log: &DecisionLog, ages: Ages, hash_of: HashOf<'_>) -> Self {
        let mut catalog = Self::default();
        let mut names = ByName::default();
        for parsed in log.records() {
            if let Some(hash) = hash_of(&parsed.decision.path) {
                names.add(&parsed.decision, catalog.rows.len() as RowId);
                let row = catalog.row_of(log, ages, parsed, hash);
                catalog.rows.push(Arc::new(row));
            }
        }
        names.end();
        catalog.names = Arc::new(names);
        catalog.columns = Columns::of(&catalog.rows);
        catalog
    }

    /// The catalog of a later snapshot in which only these records show differently and all are called the same. `None`
    /// when one is called something else.
    pub(crate) fn updated(
        &self,
        log: &DecisionLog,
        ages: Ages,
        changed: &BTreeSet<RecordPath>,
        hash_of: HashOf<'_>,
    ) -> Option<Self> {
        if log.len() != self.rows.len() {
            return None;
        }
        let mut next = Self {
            rows: self.rows.clone(),
            columns: Columns::default(),
            names: Arc::clone(&self.names),
            tags: Arc::clone(&self.tags),
            people: Arc::clone(&self.people),
            scopes: Arc::clone(&self.scopes),
            folders: Arc::clone(&self.folders),
            globs: Arc::clone(&self.globs),
        };
        for path in changed {
            let row = self.row(path.as_str())? as usize;
            let (old, parsed) = (&self.rows[row].parsed.decision, log.find(path)?);
            if (&old.id, old.number) != (&parsed.decision.id, parsed.decision.number) {
                return None;
            }
            next.rows[row] = Arc::new(next.row_of(log, ages, parsed, hash_of(path)?));
        }
        // The end of a line of successors may lie far from what changed.
        for row in next.rows.iter_mut().filter(|row| row.successor.is_some()) {
            let successor = successor(log, row.path());
            if successor != row.successor {
                *row = Arc::new(Row { successor, ..Row::clone(row) });
            }
        }
        next.columns = Columns::of(&next.rows);
        Some(next)
    }

    fn row_of(&mut self, log: &DecisionLog, ages: Ages, parsed: &Arc<Parsed>, hash: u64) -> Row {
        let decision = &parsed.decision;
        let people = &decision.people;
        let everyone = people.decision_makers.iter().chain(&people.consulted).chain(&people.informed);
        Row {
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
            tags: Names::different(&mut self.tags, &decision.tags),
            people: everyone.map(|person| Names::id(&mut self.people, person)).collect(),
            scope: summary::scope(parsed).map(|scope| Names::id(&mut self.scopes, &scope)),
            folder: Names::id(&mut self.folders, decision.path.folder()),
        }
    }

    /// Rows that a reference names. Letters before a number count when the log numbers so, or when they say "decision" as
    /// `ADR-12` does: `UTF-8` names nothing.
    pub(crate) fn referred(&self, reference: &Reference) -> Vec<RowId> {
        match reference {
            Reference::Number(number) => self.numbered(*number).to_vec(),
            Reference::Name(name) => self.named(name),
            Reference::Labelled { label, number, apart } => {
                let of = |series: &str| -> Vec<RowId> {
                    let rows = self.numbered(*number).iter().copied();
                    rows.filter(|row| self::series(self.rows[*row as usize].path()) == series).collect()
                };
                let word = label.rsplit(['-', '_']).next().unwrap_or_default();
                if self.names.series.contains(label) {
                    of(label)
                } else if is_label(word) && (*apart || matches!(word, "adr" | "rfc")) {
                    let plain = of("");
                    if plain.is_empty() { self.numbered(*number).to_vec() } else { plain }
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// Rows with this id, file name, stem or path, whatever its case; of a path, the last parts will do.
    fn named(&self, name: &str) -> Vec<RowId> {
        let name = fold(&name.replace('\\', "/"));
        let name = name.trim_start_matches("./");
        let Some((folder, file)) = name.rsplit_once('/') else { return self.called(name) };
        let lies_in = |row: &RowId| {
            let own = fold(self.rows[*row as usize].path().folder());
            let ends = |long: &str, short: &str| {
                long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            };
            ends(&own, folder.trim_start_matches('/')) || (!own.is_empty() && ends(folder, &own))
        };
        let below = self.called(file).into_iter().filter(lies_in);
        self.called(name).into_iter().chain(below).collect()
    }

    /// Rows with this name, which is folded.
    fn called(&self, name: &str) -> Vec<RowId> {
        let is_its_own =
            |row: &RowId| names_of(&self.rows[*row as usize].parsed.decision).iter().any(|own| own == name);
        self.names.named(name).filter(is_its_own).collect()
    }

    /// Whether records lie in a folder with this folded name, at any depth.
    pub(crate) fn has_folder(&self, name: &str) -> bool {
        self.folders.folded.iter().any(|folder| folder.split('/').any(|part| part == name))
    }

    pub(crate) fn row(&self, path: &str) -> Option<RowId> {
        self.names.path.get(path).copied()
    }

    /// Rows with a number.
    fn numbered(&self, number: u64) -> &[RowId] {
        self.names.number.get(&number).map_or(&[], Vec::as_slice)
    }
}

/// The record to read instead of a superseded one: the end of its line, or its first successor where the line splits.
fn successor(log: &DecisionLog, path: &RecordPath) -> Option<RecordPath> {
    let next = log.graph().links(path).of(LinkKind::SupersededBy).first()?;
    Some(log.graph().current(path).unwrap_or_else(|| next.clone()))
}

/// Letters that a record's file name has before its number, in lower case: `arc` of `ARC-0012-x`, nothing of `0012-x`.
fn series(path: &RecordPath) -> String {
    FileName::of(path).prefix.trim_end_matches(['-', '_', '.', ' ']).to_ascii_lowercase()
}
