//! Answers a search: runs it over the current view and puts matches, counts and snippets into wire types.

use super::catalog::{Catalog, Names, PATHS, PROBLEMS, Row, RowId};
use super::document::title;
use super::filter::{self, Gate};
use super::query::{Query, parse, parse_of};
use super::rank::{self, Match};
use super::schema::Traits;
use super::snippet::{self, Marker};
use super::terms;
use super::view::View;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::Status;
use precedent_core::wire::{ErrorCode, Exchange, FacetCount, Hit, SearchOrder, SearchReply, SearchRequest, Successor};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Instant;

const USUAL_LIMIT: u32 = 50;
const MOST_HITS: u32 = 1_000;
const LEAST_SCORE: f32 = 1e-30;
/// Records that `similar` offers.
const MOST_SIMILAR: usize = 5;

impl Workspace {
    /// Answers a search with hits, best first, and counts by status, tag and scope. A query that is not understood in
    /// parts gives results all the same, with a complaint.
    ///
    /// # Errors
    /// `index` when there is neither an index on disk nor memory for one.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchReply> {
        let view = self.view()?;
        let reply = run(&view, request).map_err(|error| no_index(&error.to_string()))?;
        Ok(SearchReply { pending: self.index.pending(&view), ..reply })
    }

    /// Paths of all records that each query finds, in no order: what a kept search shows in a list, and its count.
    ///
    /// # Errors
    /// As [`Workspace::search`].
    pub fn matches(&self, queries: &[String], me: Option<&str>) -> Result<Vec<Vec<String>>> {
        let view = self.view()?;
        let found: tantivy::Result<_> = queries.iter().map(|query| paths(&view, query, me)).collect();
        found.map_err(|error| no_index(&error.to_string()))
    }

    /// Records that a new record with this title may repeat.
    ///
    /// # Errors
    /// As [`Workspace::search`].
    pub fn similar(&self, title: &str) -> Result<Vec<Hit>> {
        let view = self.view()?;
        similar(&view, title).map_err(|error| no_index(&error.to_string()))
    }

    /// Throws the search index away and builds it again; how far that is shows in [`Workspace::watch_state`].
    pub fn rebuild_index(&self) {
        self.index.rebuild();
    }

    /// Stops the building of the search index, or goes on with it. What was built is found, and so is what changes meanwhile;
    /// [`Workspace::watch_state`] says how much is left. Stopping what is not being built does nothing.
    pub fn pause_index(&self, paused: bool) {
        self.index.set_paused(paused);
    }

    fn view(&self) -> Result<std::sync::Arc<View>> {
        self.index.view().map_err(|reason| no_index(&reason))
    }
}

fn no_index(reason: &str) -> Error {
    Error::new(ErrorCode::Index, "the search index cannot be read or made")
        .with_hint("the list and its filters work without it; check the space on the disk of the cache folder (Help shows it), then open the repository again")
        .with_details(reason)
}

/// Runs a request over a view.
pub(crate) fn run(view: &View, request: &SearchRequest) -> tantivy::Result<SearchReply> {
    let started = Instant::now();
    let catalog = &*view.catalog;
    let query = parse_of(&request.query, request.me.as_deref(), &|name| catalog.has_folder(name));
    let meanings = terms::look_up(view, &query)?;
    let lists = Gate::of_lists(request, catalog);
    let mut facets = Facets::new(catalog);
    let limit = if request.limit == 0 { USUAL_LIMIT } else { request.limit.min(MOST_HITS) } as usize;
    let found = rank::find(view, &query, &meanings, (limit, request.order), &mut |found| {
        let row = found.row();
        facets.count(row, view.traits[row as usize]);
        lists.is_open() || lists.passes(row, view.traits[row as usize], &[])
    })?;
    let marker = Marker::new(view, &query, &meanings, &found);
    let hits = found.best.iter().map(|found| hit(view, found, &marker)).collect::<tantivy::Result<_>>()?;
    let complaint = query.complaint.clone().or_else(|| filter::nobody(&query, catalog));
    let complaint_at = complaint.as_ref().map(|complaint| complaint.place(&request.query));
    Ok(SearchReply {
        query: request.query.clone(),
        took_us: u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX),
        total: found.total,
        hits,
        status_facets: facets.statuses(),
        tag_facets: named(&catalog.tags, &facets.tags),
        scope_facets: named(&catalog.scopes, &facets.scopes),
        year_facets: facets.years(),
        has_facets: facets.has(),
        complaint: complaint.map(|complaint| complaint.message),
        complaint_at,
        corrected: corrected(&request.query, &meanings.exchanged),
        exchanged: meanings.exchanged.iter().map(|one| exchange(&request.query, one)).collect(),
        pending: 0,
    })
}

/// The query with the words exchanged and all else as written; `None` when none was.
fn corrected(query: &str, exchanged: &[(Range<usize>, String)]) -> Option<String> {
    let mut corrected = String::new();
    let mut at = 0;
    for (place, meant) in exchanged {
        corrected.push_str(query.get(at..place.start)?);
        corrected.push_str(meant);
        at = place.end;
    }
    corrected.push_str(&query[at..]);
    (!exchanged.is_empty()).then_some(corrected)
}

fn exchange(query: &str, (place, meant): &(Range<usize>, String)) -> Exchange {
    Exchange { written: query.get(place.clone()).unwrap_or_default().to_owned(), meant: meant.clone() }
}

fn paths(view: &View, query: &str, me: Option<&str>) -> tantivy::Result<Vec<String>> {
    let query = parse_of(query, me, &|name| view.catalog.has_folder(name));
    let meanings = terms::look_up(view, &query)?;
    let mut rows = Vec::new();
    rank::find(view, &query, &meanings, (0, SearchOrder::Relevance), &mut |found| {
        rows.push(found.row());
        false
    })?;
    Ok(rows.into_iter().map(|row| view.catalog.rows[row as usize].path().to_string()).collect())
}

/// Records whose title shares the telling words of a title: at least half of them.
fn similar(view: &View, wanted: &str) -> tantivy::Result<Vec<Hit>> {
    let query = parse(&format!("{} ", plain(wanted)), &|_| false);
    let mut query = Query { areas: Some(vec![super::schema::Area::Title]), ..query };
    query.references.clear();
    let meanings = terms::look_up(view, &query)?;
    let words = meanings.words.iter().filter(|word| word.counted).count() as u32;
    let found = rank::find(view, &query, &meanings, (MOST_SIMILAR, SearchOrder::Relevance), &mut |found| {
        found.words * 2 >= words && (found.words > 1 || words == 1)
    })?;
    let marker = Marker::new(view, &query, &meanings, &found);
    found.best.iter().map(|found| hit(view, found, &marker)).collect()
}

/// A title without anything that the query language would read as syntax.
fn plain(title: &str) -> String {
    title
        .replace(['"', '“', '”', '„', ':'], " ")
        .split_whitespace()
        .map(|word| word.trim_start_matches('-'))
        .collect::<Vec<_>>()
        .join(" ")
}

fn hit(view: &View, found: &Match, marker: &Marker) -> tantivy::Result<Hit> {
    let row = &view.catalog.rows[found.row() as usize];
    let title = title(&row.parsed);
    let mut snippets = Vec::new();
    let mut lead = None;
    if let Some((segment, doc)) = found.document() {
        let document = view.document(&view.segments[segment], doc)?;
        snippets = marker.snippets(&document, row.status == Some(Status::Rejected));
        lead = snippets.first().cloned().or_else(|| snippet::opening(&document));
    }
    Ok(Hit {
        path: row.path().to_string(),
        title_marks: marker.marks(&title),
        title,
        // A record that only a name or a filter found has next to none, so that its standing still tells.
        score: if found.score() < LEAST_SCORE { 0.0 } else { found.score() },
        snippet: lead.map(|snippet| snippet::starred(&snippet.text)).unwrap_or_default(),
        snippets,
        successor: row.is_superseded().then(|| successor(view, row)).flatten(),
    })
}

/// The record to read instead of a superseded one.
fn successor(view: &View, row: &Row) -> Option<Successor> {
    let path = row.successor.as_ref()?;
    let next = &view.catalog.rows[view.catalog.row(path.as_str())? as usize];
    let label = next.parsed.decision.digits.clone();
    Some(Successor { path: path.to_string(), label, title: title(&next.parsed) })
}

/// Counts of values over matches.
struct Facets<'a> {
    catalog: &'a Catalog,
    status: [u32; Status::ALL.len() + 1],
    tags: Vec<u32>,
    scopes: Vec<u32>,
    /// By year less [`FIRST_YEAR`]; the first for whatever is not in between.
    years: Vec<u32>,
    /// By [`HAS`].
    has: [u32; HAS.len()],
}

/// What can be asked of a record with `has:` and is counted.
const HAS: [&str; 4] = ["problems", "rules", "code", "paths"];

const FIRST_YEAR: i16 = 1969;
const LAST_YEAR: i16 = 2100;

impl<'a> Facets<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            status: [0; Status::ALL.len() + 1],
            tags: vec![0; catalog.tags.written.len()],
            scopes: vec![0; catalog.scopes.written.len()],
            years: vec![0; (LAST_YEAR - FIRST_YEAR) as usize + 1],
            has: [0; HAS.len()],
        }
    }

    fn count(&mut self, row: RowId, traits: Traits) {
        let columns = &self.catalog.columns;
        let at = row as usize;
        if let Some(status) = columns.status[at] {
            self.status[status as usize] += 1;
        }
        columns.tags(row).iter().for_each(|tag| self.tags[*tag as usize] += 1);
        if let Some(scope) = columns.scope[at] {
            self.scopes[scope as usize] += 1;
        }
        let year = columns.year[at];
        let year = if (FIRST_YEAR..=LAST_YEAR).contains(&year) { year - FIRST_YEAR } else { 0 };
        self.years[year as usize] += 1;
        let own = columns.has[at];
        let has = [own & PROBLEMS != 0, traits.rules, traits.code, own & PATHS != 0];
        for (count, has) in self.has.iter_mut().zip(has) {
            *count += u32::from(has);
        }
    }

    fn has(&self) -> Vec<FacetCount> {
        let counts = HAS.iter().zip(self.has);
        counts.map(|(value, count)| FacetCount { value: (*value).to_owned(), count }).collect()
    }

    fn statuses(&self) -> Vec<FacetCount> {
        let all = Status::ALL.into_iter().chain([Status::Other]);
        let counts =
            all.map(|status| FacetCount { value: status.word().to_owned(), count: self.status[status as usize] });
        sorted(counts.filter(|facet| facet.count > 0).collect())
    }

    /// Oldest first.
    fn years(&self) -> Vec<FacetCount> {
        let years = self.years.iter().enumerate().skip(1).filter(|(_, count)| **count > 0);
        years.map(|(at, count)| FacetCount { value: (FIRST_YEAR + at as i16).to_string(), count: *count }).collect()
    }
}

/// Values that differ in case or accents alone are one, as a list of the request takes them; it is called as most write it.
fn named(names: &Names, counts: &[u32]) -> Vec<FacetCount> {
    let mut spellings: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    let all = names.written.iter().zip(&names.folded).zip(counts).filter(|(_, count)| **count > 0);
    for ((written, folded), count) in all {
        spellings.entry(folded).or_default().push((*count, written));
    }
    let facet = |mut own: Vec<(u32, &str)>| {
        own.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let (_, value) = own[0];
        FacetCount { value: value.to_owned(), count: own.iter().map(|(count, _)| count).sum() }
    };
    sorted(spellings.into_values().map(facet).collect())
}

/// Most frequent first.
fn sorted(mut counts: Vec<FacetCount>) -> Vec<FacetCount> {
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
