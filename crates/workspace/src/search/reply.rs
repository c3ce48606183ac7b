//! Answers a search: runs it over the current view and puts matches, counts and snippets into wire types.

use super::catalog::{Catalog, Names};
use super::document::title;
use super::filter::Gate;
use super::query::{Query, parse};
use super::rank::{self, Match};
use super::snippet::{self, Marker};
use super::terms;
use super::view::View;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::wire::{ErrorCode, FacetCount, Hit, SearchReply, SearchRequest};
use std::time::Instant;

const USUAL_LIMIT: u32 = 50;
const MOST_HITS: u32 = 1_000;
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
        run(&view, request).map_err(|error| no_index(&error.to_string()))
    }

    /// Records that a new record with this title may repeat.
    ///
    /// # Errors
    /// As [`Workspace::search`].
    pub fn similar(&self, title: &str) -> Result<Vec<Hit>> {
        let view = self.view()?;
        similar(&view, title).map_err(|error| no_index(&error.to_string()))
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
    let query = parse(&request.query);
    let meanings = terms::look_up(view, &query)?;
    let mut found = rank::find(view, &query, &meanings)?;
    let catalog = &*view.catalog;
    let facets = Facets::count(catalog, &found.matches);
    let lists = Gate::of_lists(request, catalog);
    if !lists.is_open() {
        found.matches.retain(|found| lists.passes(&catalog.rows[found.row as usize]));
    }
    let total = found.matches.len() as u32;
    let limit = if request.limit == 0 { USUAL_LIMIT } else { request.limit.min(MOST_HITS) } as usize;
    keep_best(catalog, &mut found.matches, limit);
    let marker = Marker::new(&query, &meanings, &found);
    let hits = found.matches.iter().map(|found| hit(view, found, &marker)).collect::<tantivy::Result<_>>()?;
    let corrected = (!meanings.corrected.is_empty()).then(|| meanings.corrected.join(", "));
    Ok(SearchReply {
        query: request.query.clone(),
        took_us: u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX),
        total,
        hits,
        status_facets: facets.status,
        tag_facets: facets.tags,
        scope_facets: facets.scopes,
        complaint: query.complaint,
        corrected,
    })
}

/// Records whose title shares the telling words of a title: at least half of them.
fn similar(view: &View, wanted: &str) -> tantivy::Result<Vec<Hit>> {
    let mut query = Query { areas: vec![super::schema::Area::Title], ..parse(&format!("{} ", plain(wanted))) };
    query.references.clear();
    let meanings = terms::look_up(view, &query)?;
    let mut found = rank::find(view, &query, &meanings)?;
    let words = meanings.words.iter().filter(|word| word.counted).count() as u32;
    found.matches.retain(|found| found.words * 2 >= words && (found.words > 1 || words == 1));
    keep_best(&view.catalog, &mut found.matches, MOST_SIMILAR);
    let marker = Marker::new(&query, &meanings, &found);
    found.matches.iter().map(|found| hit(view, found, &marker)).collect()
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

/// Keeps the first `limit` matches, in order.
fn keep_best(catalog: &Catalog, matches: &mut Vec<Match>, limit: usize) {
    let order = |a: &Match, b: &Match| rank::order(catalog, a, b);
    let limit = limit.min(matches.len());
    if limit > 0 && limit < matches.len() {
        matches.select_nth_unstable_by(limit - 1, order);
    }
    matches.truncate(limit);
    matches.sort_unstable_by(order);
}

fn hit(view: &View, found: &Match, marker: &Marker) -> tantivy::Result<Hit> {
    let row = &view.catalog.rows[found.row as usize];
    let title = title(&row.parsed);
    let mut snippets = Vec::new();
    let mut lead = None;
    if let Some((segment, doc)) = found.document() {
        let document = view.document(&view.segments[segment], doc)?;
        snippets = marker.snippets(&document);
        lead = snippets.first().cloned().or_else(|| snippet::opening(&document));
    }
    Ok(Hit {
        path: row.path().to_string(),
        title_marks: marker.marks(&title),
        title,
        score: found.score,
        snippet: lead.map(|snippet| snippet::starred(&snippet.text)).unwrap_or_default(),
        snippets,
    })
}

/// Counts of values over matches, most frequent first.
struct Facets {
    status: Vec<FacetCount>,
    tags: Vec<FacetCount>,
    scopes: Vec<FacetCount>,
}

impl Facets {
    fn count(catalog: &Catalog, matches: &[Match]) -> Self {
        let mut status = std::collections::BTreeMap::new();
        let mut tags = vec![0u32; catalog.tags.written.len()];
        let mut scopes = vec![0u32; catalog.scopes.written.len()];
        for found in matches {
            let row = &catalog.rows[found.row as usize];
            if let Some(word) = row.status {
                *status.entry(word).or_insert(0u32) += 1;
            }
            row.tags.iter().for_each(|tag| tags[*tag as usize] += 1);
            row.scope.iter().for_each(|scope| scopes[*scope as usize] += 1);
        }
        let status = status.into_iter().map(|(status, count)| FacetCount { value: status.word().to_owned(), count });
        Self {
            status: sorted(status.collect()),
            tags: named(&catalog.tags, &tags),
            scopes: named(&catalog.scopes, &scopes),
        }
    }
}

fn named(names: &Names, counts: &[u32]) -> Vec<FacetCount> {
    let all = names.written.iter().zip(counts).filter(|(_, count)| **count > 0);
    sorted(all.map(|(value, count)| FacetCount { value: value.clone(), count: *count }).collect())
}

fn sorted(mut counts: Vec<FacetCount>) -> Vec<FacetCount> {
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
