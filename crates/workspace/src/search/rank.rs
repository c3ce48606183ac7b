//! Finds and orders the records that match.
//!
//! BM25F: how often a word occurs is summed over a record's areas by their weight before it is dampened, so that a word
//! in title and decision counts as one word found in good places, not as two finds. Terms are read one after the other
//! into arrays over the documents: a query of many common words costs a pass over their postings and nothing else.

use super::catalog::RowId;
use super::filter::Gate;
use super::query::{Clause, Phrase, Query};
use super::schema::Area;
use super::terms::{LONGER_WEIGHT, Meaning, Meanings, areas, lends};
use super::view::{NO_ROW, Segment, View};
use precedent_core::Status;
use precedent_core::wire::SearchOrder;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, PhrasePrefixQuery, PhraseQuery, Query as _};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

/// What a word in each area is worth. Once where it is decided is more than twice in the context, and once in the title
/// more than a few times in the decision.
const WORTH: [f32; Area::ALL.len()] = [10.0, 2.8, 1.0, 0.9, 0.9, 1.0, 1.5, 0.9, 0.9];
/// How soon more of the same word stops to matter.
const DAMPING: f32 = 1.6;
const NO_SEGMENT: u32 = u32::MAX;
/// Most longer words that a word in quotes, alone and still being typed, stands for in an area of a segment.
const MOST_LONGER: usize = 1_000;
/// The same for the last of several words, whose places have to be read.
const MOST_ENDINGS: u32 = 200;
/// More clauses of words than this are not told apart.
const MOST_COUNTED: u32 = 32;

/// A matching record. Their order is the order of the hits, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    /// Where another order than by relevance is asked for: the day, or the number.
    key: i64,
    /// Named by its number or id.
    named: bool,
    all_words: bool,
    /// Bits of a positive number, which are ordered as the number is.
    score: u32,
    day: i32,
    row: Reverse<RowId>,
    /// Segment and document; [`Match::document`] is `None` for a record that only its name or a filter found.
    segment: u32,
    doc: u32,
    /// How many of the query's words it has.
    pub(crate) words: u32,
}

impl Match {
    pub(crate) fn row(&self) -> RowId {
        self.row.0
    }

    pub(crate) fn score(&self) -> f32 {
        f32::from_bits(self.score)
    }

    pub(crate) fn document(&self) -> Option<(usize, u32)> {
        (self.segment != NO_SEGMENT).then_some((self.segment as usize, self.doc))
    }
}

/// The best matches, best first, and each word's weight.
pub(crate) struct Found {
    pub(crate) best: Vec<Match>,
    /// Matches that were kept, shown or not.
    pub(crate) total: u32,
    /// Rarity of each meaning, for snippets.
    pub(crate) rarities: Vec<f32>,
}

/// Runs a query. `keep` is shown every match and says which may be among the best `limit`.
pub(crate) fn find(
    view: &View,
    query: &Query,
    meanings: &Meanings,
    (limit, order): (usize, SearchOrder),
    keep: &mut dyn FnMut(&Match) -> bool,
) -> tantivy::Result<Found> {
    let gate = Gate::of_query(query, &view.catalog);
    let mut board = Board::new(view, query);
    let mut rarities = Vec::new();
    for word in &meanings.words {
        rarities.push(if word.negated {
            board.exclude_word(word)?;
            0.0
        } else {
            board.add_word(word)?
        });
    }
    for phrase in &query.phrases {
        board.phrase(phrase)?;
    }
    let mut best = Best { limit, heap: BinaryHeap::new(), total: 0 };
    let key = |found: &Match| match order {
        SearchOrder::Relevance => 0,
        SearchOrder::Newest => found.day.into(),
        SearchOrder::Number => number(view, found.row()),
    };
    let names = Names::of(view, query);
    board.matches(&gate, &names, &mut |found| {
        if keep(&found) {
            best.push(Match { key: key(&found), ..found });
        }
    });
    let total = best.total;
    Ok(Found { best: best.into_sorted(), total, rarities })
}

/// The number of a record; below every other where it has none.
fn number(view: &View, row: RowId) -> i64 {
    let number = view.catalog.rows[row as usize].parsed.decision.number;
    number.map_or(-1, |number| i64::try_from(number).unwrap_or(i64::MAX))
}

/// Rows that the query names by number or id. They need no word in common with it, and meet the clause that names them.
struct Names(Vec<(RowId, Option<Clause>)>);

impl Names {
    fn of(view: &View, query: &Query) -> Self {
        let rows = query.references.iter().flat_map(|referred| {
            let rows = view.catalog.referred(&referred.reference).into_iter();
            rows.map(|row| (row, referred.clause))
        });
        Self(rows.collect())
    }

    fn has(&self, row: RowId) -> bool {
        self.0.iter().any(|(own, _)| *own == row)
    }

    fn meets(&self, row: RowId, clause: Clause) -> bool {
        self.0.contains(&(row, Some(clause)))
    }

    fn rows(&self) -> Vec<RowId> {
        let mut rows: Vec<RowId> = self.0.iter().map(|(row, _)| *row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// The best so far.
struct Best {
    limit: usize,
    heap: BinaryHeap<Reverse<Match>>,
    total: u32,
}

impl Best {
    fn push(&mut self, found: Match) {
        self.total += 1;
        if self.heap.len() < self.limit {
            self.heap.push(Reverse(found));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && found > worst.0
        {
            *worst = Reverse(found);
        }
    }

    fn into_sorted(self) -> Vec<Match> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(found)| found).collect()
    }
}

/// Running scores of all documents.
struct Board<'a> {
    view: &'a View,
    query: &'a Query,
    areas: Vec<usize>,
    sheets: Vec<Sheet>,
    /// Clauses that a record must meet and that are not filters alone.
    conditions: Vec<Clause>,
    /// Clauses that "all words" means, a bit each.
    counted: Vec<Clause>,
}

/// Scores of one segment's documents.
struct Sheet {
    score: Vec<f32>,
    /// Bit per counted clause.
    found: Vec<u32>,
    scratch: Vec<f32>,
    /// Whether a document meets each of the board's conditions.
    conditions: Vec<Vec<bool>>,
}

impl<'a> Board<'a> {
    fn new(view: &'a View, query: &'a Query) -> Self {
        let of_text =
            query.words.iter().map(|word| word.clause).chain(query.phrases.iter().map(|phrase| phrase.clause));
        let mut conditions: Vec<Clause> = of_text.filter(|clause| query.is_condition(*clause)).collect();
        conditions.sort_unstable();
        conditions.dedup();
        let sheet = |documents: usize| Sheet {
            score: vec![0.0; documents],
            found: vec![0; documents],
            scratch: vec![0.0; documents],
            conditions: vec![vec![false; documents]; conditions.len()],
        };
        let sheets = view.segments.iter().map(|segment| sheet(segment.rows.len())).collect();
        Self { view, query, areas: areas(query), sheets, conditions, counted: Vec::new() }
    }

    fn condition(&self, clause: Clause) -> Option<usize> {
        self.conditions.iter().position(|own| *own == clause)
    }

    /// Adds a word's score to every document that has it; gives its rarity.
    fn add_word(&mut self, word: &Meaning) -> tantivy::Result<f32> {
        for alternative in &word.alternatives {
            for (at, area, info) in &alternative.places {
                let view = self.view;
                let segment = &view.segments[*at];
                let counts = self.counts(segment, *area);
                let scratch = &mut self.sheets[*at].scratch;
                let factors = &view.factors[*area];
                let norms = segment.norms[*area].as_ref();
                let worth = alternative.weight * WORTH[*area];
                each_posting(segment, *area, info, |doc, often| {
                    if counts.is_none_or(|counts| counts(doc)) {
                        let factor = norms.map_or(1.0, |norms| factors[usize::from(norms.fieldnorm_id(doc))]);
                        scratch[doc as usize] += worth * often as f32 * factor;
                    }
                })?;
            }
        }
        if let Some(row) = &word.row {
            self.add_row(word, row)?;
        }
        let rarity = self.settle(word.clause, word.counted);
        self.add_begun(word)?;
        Ok(rarity)
    }

    /// Documents with a rare longer word of one that is being typed have the word too; they score nothing for it.
    fn add_begun(&mut self, word: &Meaning) -> tantivy::Result<()> {
        let bit = if word.counted && !word.begun.is_empty() { self.bit(word.clause) } else { 0 };
        let condition = self.condition(word.clause);
        for (at, area, info) in &word.begun {
            let view = self.view;
            let segment = &view.segments[*at];
            let counts = self.counts(segment, *area);
            let sheet = &mut self.sheets[*at];
            each_posting(segment, *area, info, |doc, _| {
                if counts.is_none_or(|counts| counts(doc)) {
                    let doc = doc as usize;
                    sheet.score[doc] = sheet.score[doc].max(f32::MIN_POSITIVE);
                    sheet.found[doc] |= bit;
                    if let Some(condition) = condition {
                        sheet.conditions[condition][doc] = true;
                    }
                }
            })?;
        }
        Ok(())
    }

    /// Adds to the scratch what has an identifier in a longer one, `agent.run_stream`, where it does not stand alone.
    fn add_row(&mut self, word: &Meaning, row: &Phrase) -> tantivy::Result<()> {
        let view = self.view;
        for (at, segment) in view.segments.iter().enumerate() {
            for area in self.areas.clone() {
                let inside = self.phrase_in(row, segment, area)?;
                if inside.is_empty() {
                    continue;
                }
                let mut alone = FxHashSet::default();
                let places = word.alternatives.iter().flat_map(|alternative| &alternative.places);
                for (_, _, info) in places.filter(|(own, its_area, _)| (*own, *its_area) == (at, area)) {
                    each_posting(segment, area, info, |doc, _| {
                        alone.insert(doc);
                    })?;
                }
                let counts = self.counts(segment, area);
                let (factors, norms) = (&view.factors[area], segment.norms[area].as_ref());
                for (doc, often) in inside {
                    if !alone.contains(&doc) && counts.is_none_or(|counts| counts(doc)) {
                        let factor = norms.map_or(1.0, |norms| factors[usize::from(norms.fieldnorm_id(doc))]);
                        self.sheets[at].scratch[doc as usize] += LONGER_WEIGHT * WORTH[area] * often as f32 * factor;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a document of a segment counts for an area; `None` when all do.
    fn counts(&self, segment: &'a Segment, area: usize) -> Option<impl Fn(u32) -> bool + Copy + 'a> {
        let lent = lends(self.query, Area::ALL[area]);
        let columns = &self.view.catalog.columns;
        (lent || segment.has_dead).then_some(move |doc: u32| {
            let row = segment.rows[doc as usize];
            row != NO_ROW && (!lent || columns.status[row as usize] == Some(Status::Rejected))
        })
    }

    /// Turns the scratch of a word or phrase into scores.
    fn settle(&mut self, clause: Clause, counted: bool) -> f32 {
        let bit = if counted { self.bit(clause) } else { 0 };
        let condition = self.condition(clause);
        let scratch = self.sheets.iter().flat_map(|sheet| &sheet.scratch);
        let having = scratch.filter(|often| **often > 0.0).count();
        let rarity = rarity(self.view.catalog.rows.len(), having);
        for sheet in &mut self.sheets {
            for (doc, often) in sheet.scratch.iter_mut().enumerate() {
                if *often > 0.0 {
                    sheet.score[doc] += rarity * *often * (DAMPING + 1.0) / (DAMPING + *often);
                    sheet.found[doc] |= bit;
                    *often = 0.0;
                    if let Some(condition) = condition {
                        sheet.conditions[condition][doc] = true;
                    }
                }
            }
        }
        rarity
    }

    fn bit(&mut self, clause: Clause) -> u32 {
        let at = self.counted.iter().position(|own| *own == clause).unwrap_or_else(|| {
            self.counted.push(clause);
            self.counted.len() - 1
        });
        if (at as u32) < MOST_COUNTED { 1 << at } else { 0 }
    }

    fn exclude_word(&mut self, word: &Meaning) -> tantivy::Result<()> {
        let mut having = self.nobody();
        for (at, area, info) in word.alternatives.iter().flat_map(|alternative| &alternative.places) {
            let view = self.view;
            each_posting(&view.segments[*at], *area, info, |doc, _| having[*at][doc as usize] = true)?;
        }
        self.exclude(word.clause, &having);
        Ok(())
    }

    fn nobody(&self) -> Vec<Vec<bool>> {
        self.sheets.iter().map(|sheet| vec![false; sheet.score.len()]).collect()
    }

    /// Documents that do not have something meet the clause that excludes it.
    fn exclude(&mut self, clause: Clause, having: &[Vec<bool>]) {
        let Some(condition) = self.condition(clause) else { return };
        for (sheet, having) in self.sheets.iter_mut().zip(having) {
            sheet.conditions[condition].iter_mut().zip(having).for_each(|(met, having)| *met |= !*having);
        }
    }

    /// A phrase counts as one word.
    fn phrase(&mut self, phrase: &Phrase) -> tantivy::Result<()> {
        let mut having = self.nobody();
        for (at, segment) in self.view.segments.iter().enumerate() {
            for area in self.areas.clone() {
                let counts = self.counts(segment, area);
                for (doc, often) in self.phrase_in(phrase, segment, area)? {
                    if counts.is_none_or(|counts| counts(doc)) {
                        having[at][doc as usize] = true;
                        self.sheets[at].scratch[doc as usize] += WORTH[area] * often as f32;
                    }
                }
            }
        }
        if phrase.negated {
            self.sheets.iter_mut().for_each(|sheet| sheet.scratch.fill(0.0));
            self.exclude(phrase.clause, &having);
        } else {
            self.settle(phrase.clause, true);
        }
        Ok(())
    }

    /// Documents of a segment with the phrase in one area, and how often.
    fn phrase_in(&self, phrase: &Phrase, segment: &Segment, area: usize) -> tantivy::Result<Vec<(u32, u32)>> {
        let field = self.view.fields.areas[area];
        let mut found = Vec::new();
        if let [(_, word)] = phrase.words.as_slice() {
            if phrase.prefix && word.len() > 1 {
                let end = [word.as_bytes(), &[0xff]].concat();
                let mut longer = segment.inverted[area].terms().range().ge(word).lt(end).into_stream()?;
                for _ in 0..MOST_LONGER {
                    if !longer.advance() {
                        break;
                    }
                    each_posting(segment, area, longer.value(), |doc, often| found.push((doc, often)))?;
                }
            } else if let Some(info) = segment.inverted[area].terms().get(word.as_bytes())? {
                each_posting(segment, area, &info, |doc, often| found.push((doc, often)))?;
            }
            return Ok(found);
        }
        let reader = self.view.reader(segment);
        let term = |word: &str| Term::from_field_text(field, word);
        let terms: Vec<(usize, Term)> = phrase.words.iter().map(|(offset, word)| (*offset, term(word))).collect();
        let scoring = EnableScoring::disabled_from_schema(reader.schema());
        let weight = if phrase.prefix {
            let mut query = PhrasePrefixQuery::new_with_offset(terms);
            query.set_max_expansions(MOST_ENDINGS);
            query.weight(scoring)?
        } else {
            PhraseQuery::new_with_offset(terms).weight(scoring)?
        };
        let mut scorer = weight.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED {
            found.push((scorer.doc(), 1));
            scorer.advance();
        }
        Ok(found)
    }

    /// Hands every match to `sink`: with one of the words where the query has any, or named by it, and meeting its
    /// conditions.
    fn matches(&self, gate: &Gate<'_>, names: &Names, sink: &mut impl FnMut(Match)) {
        let by_words = self.query.asks_words();
        let asks_text = by_words || !self.query.phrases.is_empty();
        let by_section = self.query.areas.is_some() && !asks_text;
        if !by_words && !by_section && gate.is_open() && self.conditions.is_empty() {
            return;
        }
        let wanted =
            self.counted.iter().enumerate().take(MOST_COUNTED as usize).fold(0, |bits, (at, _)| bits | 1 << at);
        for (at, sheet) in self.sheets.iter().enumerate() {
            let segment = &self.view.segments[at];
            for (doc, row) in segment.rows.iter().enumerate() {
                if *row == NO_ROW || (by_words && sheet.score[doc] == 0.0 && !names.has(*row)) {
                    continue;
                }
                let says = |at: usize| sheet.conditions[at][doc];
                if !self.meets(&says, *row, gate, names) || (by_section && !self.has_section(segment, doc as u32)) {
                    continue;
                }
                let found = self.match_of(*row, at as u32, doc as u32, sheet.score[doc], sheet.found[doc].count_ones());
                let all_words = wanted != 0 && sheet.found[doc] == wanted;
                sink(Match { named: names.has(*row), all_words, ..found });
            }
        }
        // Of a record that is not indexed yet nobody knows its words.
        let is_missing = |row: &RowId| self.view.missing.binary_search(row).is_ok();
        for row in names.rows().into_iter().filter(is_missing) {
            if self.meets(&|_| false, row, gate, names) {
                sink(Match { named: true, ..self.match_of(row, NO_SEGMENT, 0, 0.0, 0) });
            }
        }
    }

    fn match_of(&self, row: RowId, segment: u32, doc: u32, score: f32, words: u32) -> Match {
        let columns = &self.view.catalog.columns;
        let score = score.max(f32::MIN_POSITIVE) * columns.boost[row as usize];
        let day = columns.day[row as usize];
        Match {
            key: 0,
            named: false,
            all_words: false,
            score: score.to_bits(),
            day,
            row: Reverse(row),
            segment,
            doc,
            words,
        }
    }

    /// Whether a row meets every condition; `says`: by its words.
    fn meets(&self, says: &dyn Fn(usize) -> bool, row: RowId, gate: &Gate<'_>, names: &Names) -> bool {
        if self.conditions.is_empty() && gate.is_open() {
            return true;
        }
        let traits = self.view.traits[row as usize];
        let met =
            |(at, clause): (usize, &Clause)| says(at) || gate.holds(*clause, row, traits) || names.meets(row, *clause);
        self.conditions.iter().enumerate().all(met) && gate.passes(row, traits, &self.conditions)
    }

    /// Whether a document has any text in the sections that are asked for.
    fn has_section(&self, segment: &Segment, doc: u32) -> bool {
        self.areas.iter().any(|area| {
            let has_text = segment.norms[*area].as_ref().is_some_and(|norms| norms.fieldnorm_id(doc) > 0);
            has_text && self.counts(segment, *area).is_none_or(|counts| counts(doc))
        })
    }
}

/// Calls `sink` with the documents of a term and how often each has it, a block at a time.
fn each_posting(
    segment: &Segment,
    area: usize,
    info: &TermInfo,
    mut sink: impl FnMut(u32, u32),
) -> tantivy::Result<()> {
    let mut block = segment.inverted[area].read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
    while !block.docs().is_empty() {
        block.docs().iter().zip(block.freqs()).for_each(|(doc, often)| sink(*doc, *often));
        block.advance();
    }
    Ok(())
}

fn rarity(records: usize, having: usize) -> f32 {
    let (records, having) = (records as f32, having as f32);
    (1.0 + (records - having + 0.5).max(0.5) / (having + 0.5)).ln()
}
