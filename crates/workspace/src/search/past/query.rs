//! Runs a query over what left the records. The language is the same; of its fields those about time and place apply.

use super::View;
use super::store::{COMMIT, Entry, Fields};
use crate::search::language::LanguageId;
use crate::search::query::{self, Complaint, Phrase, Query, Role, Test, Word, parse};
use crate::search::snippet::{self, Marker};
use crate::search::terms::{in_a_row, stems_of};
use crate::search::tokenizer::{STEM_MARK, is_unspaced};
use precedent_core::Date;
use precedent_core::wire::{Exchange, PastHit, PastReply, SearchRequest};
use std::collections::BTreeMap;
use std::ops::Range;
use tantivy::collector::{Count, FilterCollector, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as Search, RangeQuery,
    TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, TantivyDocument, Term};

const USUAL_LIMIT: u32 = 50;
const MOST_HITS: u32 = 1_000;
/// Words for which close ones are looked for.
const MOST_UNKNOWN: usize = 8;
/// Letters of the shortest word that may be misspelt.
const SHORTEST: usize = 5;

/// The answer of a repository without a past.
pub(super) fn nothing(query: &str) -> PastReply {
    PastReply {
        query: query.to_owned(),
        took_us: 0,
        total: 0,
        hits: Vec::new(),
        building: false,
        paused: false,
        read: 0,
        all: 0,
        exchanged: Vec::new(),
        complaint: None,
        complaint_at: None,
    }
}

pub(super) fn run(view: &View, request: &SearchRequest) -> tantivy::Result<PastReply> {
    // A record of the past is told by its lines: it has folders and no sections.
    let mut query = parse(&request.query, &|_| true);
    complain(&mut query, &request.query);
    let mut reply = nothing(&request.query);
    reply.complaint_at = query.complaint.as_ref().map(|complaint| complaint.place(&request.query));
    reply.complaint = query.complaint.take().map(|complaint| complaint.message);
    drop_small_words(&mut query);
    reply.exchanged = exchange(&mut query, &request.query, view)?;
    let Some(search) = search(&query, view) else { return Ok(reply) };
    let limit = if request.limit == 0 { USUAL_LIMIT } else { request.limit.min(MOST_HITS) } as usize;
    let collector = (TopDocs::with_limit(limit).order_by_score(), Count);
    let (best, total) = match view.reachable.clone() {
        None => view.searcher.search(&search, &collector)?,
        Some(commits) => {
            let of_head = move |commit: u64| commits.contains(&commit);
            view.searcher.search(&search, &FilterCollector::new(COMMIT.to_owned(), of_head, collector))?
        }
    };
    let marker = marker(&query, &view.languages);
    reply.total = total as u32;
    reply.hits = best.into_iter().map(|(_, at)| hit(view, at, &marker)).collect::<tantivy::Result<_>>()?;
    Ok(reply)
}

/// Fields that ask about a record's present mean nothing here.
fn complain(query: &mut Query, text: &str) {
    let applies = |test: &Test| matches!(test, Test::In(_) | Test::Before(_) | Test::From(_) | Test::Years(..));
    if query.complaint.is_none() && (query.areas.is_some() || query.filters.iter().any(|own| !applies(&own.test))) {
        let message = "of the fields, `in:`, `before:`, `after:` and `year:` apply to what has left".to_owned();
        let filter = query.filters.iter().find(|own| !applies(&own.test)).map(|own| own.span.clone());
        let at = filter.into_iter().chain(query.areas_at.clone()).min_by_key(|at| at.start);
        let Range { start, end } = at.unwrap_or(0..text.len());
        query.complaint = Some(Complaint { message, start, end });
    }
    query.filters.retain(|filter| applies(&filter.test));
}

/// As the other search does: words that say nothing are left out beside others. They leave with nearly every commit.
fn drop_small_words(query: &mut Query) {
    let is_small = |word: &Word| !word.prefix && !word.negated && query::is_small(&word.text);
    let in_parts = query.words.iter().any(|word| word.role != Role::Plain);
    if !in_parts && query.words.iter().any(|word| !word.negated && !query::is_small(&word.text)) {
        query.words.retain(|word| !is_small(word));
    }
}

/// Puts close words in place of those that never left, as the other search does.
fn exchange(query: &mut Query, text: &str, view: &View) -> tantivy::Result<Vec<Exchange>> {
    let mut exchanged = Vec::new();
    let can_be = |word: &&mut Word| word.role == Role::Plain && !word.negated && is_correctable(&word.text);
    for word in query.words.iter_mut().filter(can_be).take(MOST_UNKNOWN) {
        if is_known(word, view)? {
            continue;
        }
        if let Some(close) = close(word, view)? {
            let written = text.get(word.span.clone()).unwrap_or_default().to_owned();
            exchanged.push(Exchange { written, meant: close.clone() });
            (word.text, word.prefix) = (close, false);
        }
    }
    Ok(exchanged)
}

fn is_correctable(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

/// Whether a word, or a form of it, or a longer one while it is typed, has left.
fn is_known(word: &Word, view: &View) -> tantivy::Result<bool> {
    let mut terms = forms(word, &view.languages);
    terms.push(word.text.clone());
    for reader in view.searcher.segment_readers() {
        let words = reader.inverted_index(view.fields.words)?;
        for term in &terms {
            if words.terms().get(term.as_bytes())?.is_some() {
                return Ok(true);
            }
        }
        if word.prefix
            && words
                .terms()
                .range()
                .ge(&word.text)
                .into_stream()?
                .next()
                .is_some_and(|(term, _)| term.starts_with(word.text.as_bytes()))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The most frequent word that differs by a letter.
fn close(word: &Word, view: &View) -> tantivy::Result<Option<String>> {
    let term = Term::from_field_text(view.fields.words, &word.text);
    let automaton = FuzzyTermQuery::new(term, 1, true).automaton()?;
    let mut counts: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    for reader in view.searcher.segment_readers() {
        let words = reader.inverted_index(view.fields.words)?;
        let mut stream = words.terms().search(&automaton).into_stream()?;
        while let Some((term, info)) = stream.next() {
            if !term.starts_with(&[STEM_MARK as u8]) {
                *counts.entry(term.to_vec()).or_default() += info.doc_freq;
            }
        }
    }
    // The first of the most frequent ones.
    let best = counts.into_iter().max_by_key(|(term, count)| (*count, std::cmp::Reverse(term.clone())));
    Ok(best.and_then(|(term, _)| String::from_utf8(term).ok()))
}

fn hit(view: &View, at: DocAddress, marker: &Marker) -> tantivy::Result<PastHit> {
    let document: TantivyDocument = view.searcher.doc(at)?;
    let entry = Entry::of(&document, &view.fields);
    let text = marker.best(&entry.lines);
    Ok(PastHit {
        snippet: snippet::starred(&text),
        text,
        commit: entry.commit,
        subject: entry.subject,
        author: entry.author,
        date: entry.date,
        path: entry.path,
        title: entry.title,
        deleted: entry.deleted,
    })
}

/// A clause's alternatives, each with what it does when it matches.
type Clauses = BTreeMap<u32, Vec<(Occur, Box<dyn Search>)>>;

/// The query as tantivy runs it; `None` when it asks for nothing.
fn search(query: &Query, View { fields, languages, .. }: &View) -> Option<BooleanQuery> {
    let mut clauses = Clauses::new();
    let mut words = query.words.iter();
    while let Some(word) = words.next() {
        // An identifier stands for its parts.
        if let Role::Whole { parts, tight: true } = word.role
            && parts > 0
        {
            let parts: Vec<Word> = words.by_ref().take(parts).cloned().collect();
            if let Some(row) = in_a_row(&parts, word.prefix) {
                put(&mut clauses, word.clause, false, self::phrase(&row, fields));
            }
        }
        put(&mut clauses, word.clause, word.negated, self::word(word, fields, languages));
    }
    for phrase in &query.phrases {
        put(&mut clauses, phrase.clause, phrase.negated, self::phrase(phrase, fields));
    }
    for filter in &query.filters {
        if let Some(filtered) = filtered(&filter.test, fields) {
            put(&mut clauses, filter.clause, filter.negated, filtered);
        }
    }
    if clauses.is_empty() {
        return None;
    }
    let asks_words = query.asks_words();
    let mut all: Vec<(Occur, Box<dyn Search>)> = Vec::new();
    let mut wanted: Vec<(Occur, Box<dyn Search>)> = Vec::new();
    for (clause, alternatives) in clauses {
        let any: Box<dyn Search> = Box::new(BooleanQuery::new(alternatives));
        if query.is_condition(clause) {
            all.push((Occur::Must, any));
        } else {
            wanted.push((Occur::Should, any));
        }
    }
    if asks_words {
        all.push((Occur::Must, Box::new(BooleanQuery::new(wanted))));
    }
    Some(BooleanQuery::new(all))
}

fn put(clauses: &mut Clauses, clause: u32, negated: bool, search: Box<dyn Search>) {
    let search: Box<dyn Search> = if negated {
        Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, search)]))
    } else {
        search
    };
    clauses.entry(clause).or_default().push((Occur::Should, search));
}

fn word(word: &Word, fields: &Fields, languages: &[LanguageId]) -> Box<dyn Search> {
    let exact = |text: &str| -> (Occur, Box<dyn Search>) {
        let term = Term::from_field_text(fields.words, text);
        (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
    };
    let mut any = vec![exact(&word.text)];
    if !word.negated {
        any.extend(forms(word, languages).iter().map(|form| exact(form)));
    }
    if word.prefix {
        let term = Term::from_field_text(fields.words, &word.text);
        any.push((Occur::Should, Box::new(FuzzyTermQuery::new_prefix(term, 0, false))));
    }
    Box::new(BooleanQuery::new(any))
}

/// Terms of other forms of a word.
fn forms(word: &Word, languages: &[LanguageId]) -> Vec<String> {
    if word.role != Role::Plain {
        return Vec::new();
    }
    stems_of(&word.text, languages.iter().copied())
}

fn phrase(phrase: &Phrase, fields: &Fields) -> Box<dyn Search> {
    let term = |word: &str| Term::from_field_text(fields.lines, word);
    match phrase.words.as_slice() {
        [(_, word)] if phrase.prefix => Box::new(FuzzyTermQuery::new_prefix(term(word), 0, false)),
        [(_, word)] => Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)),
        words if phrase.prefix => {
            let terms = words.iter().map(|(offset, word)| (*offset, term(word))).collect();
            Box::new(PhrasePrefixQuery::new_with_offset(terms))
        }
        words => {
            let terms = words.iter().map(|(offset, word)| (*offset, term(word))).collect();
            Box::new(PhraseQuery::new_with_offset(terms))
        }
    }
}

fn filtered(test: &Test, fields: &Fields) -> Option<Box<dyn Search>> {
    let days = |from: u64, below: u64| -> Box<dyn Search> {
        let term = |day: u64| Term::from_field_u64(fields.day, day);
        Box::new(RangeQuery::new(std::ops::Bound::Included(term(from)), std::ops::Bound::Excluded(term(below))))
    };
    let number = |date: &Date| super::store::day(&date.to_string());
    Some(match test {
        Test::In(place) if place.is_empty() => Box::new(AllQuery),
        Test::In(place) => {
            let term = Term::from_field_text(fields.folders, place);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        }
        Test::Before(date) => days(0, number(date)),
        Test::From(date) => days(number(date), u64::MAX),
        Test::Years(first, last) => {
            days(u64::from(first.unsigned_abs()) * 10_000, (u64::from(last.unsigned_abs()) + 1) * 10_000)
        }
        _ => return None,
    })
}

/// Marks the words and phrases of a query in the lines that left.
fn marker(query: &Query, languages: &[LanguageId]) -> Marker {
    let mut marker = Marker::of(languages);
    for (at, word) in query.words.iter().enumerate().filter(|(_, word)| !word.negated) {
        marker.add(&word.text, at, 1.0);
        forms(word, languages).iter().for_each(|form| marker.add(form, at, 0.7));
        if word.prefix {
            marker.add_beginning(&word.text, at, 0.5);
        }
        if let Role::Whole { parts, tight: true } = word.role
            && let Some(row) = in_a_row(query.words.get(at + 1..at + 1 + parts).unwrap_or_default(), word.prefix)
        {
            marker.add_row(&row, (at, 0.5));
        }
    }
    for (at, phrase) in query.phrases.iter().enumerate().filter(|(_, phrase)| !phrase.negated) {
        marker.add_phrase(phrase, query.words.len() + at);
    }
    marker
}
