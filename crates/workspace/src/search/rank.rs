//! Finds and orders the records that match.
//!
//! BM25F: how often a word occurs is summed over a record's areas by their weight before it is dampened, so that a word
//! in title and decision counts as one word found in good places, not as two finds. Terms are read one after the other
//! into arrays over the documents: a query of many common words costs a pass over their postings and nothing else.

use super::catalog::{Catalog, RowId};
use super::filter::Gate;
use super::query::{Phrase, Query, Reference};
use super::schema::Area;
use super::terms::{Meaning, Meanings, areas};
use super::view::{NO_ROW, View};
use std::cmp::Ordering;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, PhraseQuery, Query as _};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

/// What a word in each area is worth.
const WORTH: [f32; Area::ALL.len()] = [6.0, 1.6, 1.0, 0.9, 0.9, 1.0, 1.5];
/// How much longer texts are discounted in each area.
const LENGTH_DISCOUNT: [f32; Area::ALL.len()] = [0.4, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6];
/// How soon more of the same word stops to matter.
const DAMPING: f32 = 1.6;
/// Records that no longer hold, beside equal ones that do.
const FALLEN: f32 = 0.93;
/// What the newest record gains over the oldest.
const NEWEST: f32 = 0.02;
const NO_SEGMENT: u32 = u32::MAX;

/// A matching record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) row: RowId,
    /// Segment and document; [`Match::document`] is `None` for a record that only its name or a filter found.
    segment: u32,
    doc: u32,
    pub(crate) score: f32,
    /// Named by its number or id.
    named: bool,
    all_words: bool,
    /// How many of the query's words it has.
    pub(crate) words: u32,
}

impl Match {
    pub(crate) fn document(&self) -> Option<(usize, u32)> {
        (self.segment != NO_SEGMENT).then_some((self.segment as usize, self.doc))
    }
}

/// All matches of a query, in no order, before any list of the request narrows them; and each word's weight.
pub(crate) struct Found {
    pub(crate) matches: Vec<Match>,
    /// Rarity of each meaning, for snippets.
    pub(crate) rarities: Vec<f32>,
}

/// Runs a query.
pub(crate) fn find(view: &View, query: &Query, meanings: &Meanings) -> tantivy::Result<Found> {
    let gate = Gate::of_query(&query.filters, &view.catalog);
    let asks_text = meanings.words.iter().any(|word| !word.negated)
        || query.words.iter().any(|word| !word.negated)
        || query.phrases.iter().any(|phrase| !phrase.negated);
    let mut board = Board::new(view);
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
        board.phrase(phrase, &areas(query))?;
    }
    let mut matches = if asks_text { board.matches(&gate) } else { board.rest(&gate, !query.filters.is_empty()) };
    name(&view.catalog, query, &gate, &mut matches);
    Ok(Found { matches, rarities })
}

/// Best first: named records, then those with all words, then by score, newest and path.
pub(crate) fn order(catalog: &Catalog, a: &Match, b: &Match) -> Ordering {
    let row = |found: &Match| &catalog.rows[found.row as usize];
    (b.named, b.all_words)
        .cmp(&(a.named, a.all_words))
        .then_with(|| b.score.total_cmp(&a.score))
        .then_with(|| row(b).date.cmp(&row(a).date))
        .then_with(|| row(a).path().cmp(row(b).path()))
}

/// Marks the records that the query names, and adds those that no word found.
fn name(catalog: &Catalog, query: &Query, gate: &Gate<'_>, matches: &mut Vec<Match>) {
    for reference in &query.references {
        let rows: Vec<RowId> = match reference {
            Reference::Number(number) => catalog.by_number.get(number).cloned().unwrap_or_default(),
            Reference::Name(name) => catalog.named(name),
        };
        for row in rows {
            if let Some(found) = matches.iter_mut().find(|found| found.row == row) {
                found.named = true;
            } else if gate.passes(&catalog.rows[row as usize]) {
                matches.push(Match {
                    row,
                    segment: NO_SEGMENT,
                    doc: 0,
                    score: 0.0,
                    named: true,
                    all_words: false,
                    words: 0,
                });
            }
        }
    }
}

/// Running scores of all documents.
struct Board<'a> {
    view: &'a View,
    sheets: Vec<Sheet>,
    /// Bits of the words that "all words" means.
    wanted: u64,
    words: u32,
}

/// Scores of one segment's documents.
#[derive(Default)]
struct Sheet {
    score: Vec<f32>,
    /// Bit per counted word, the first 64.
    found: Vec<u64>,
    touched: Vec<u32>,
    excluded: Vec<bool>,
    /// Documents with all phrases so far; `None` before the first.
    required: Option<Vec<bool>>,
    scratch: Vec<f32>,
}

impl<'a> Board<'a> {
    fn new(view: &'a View) -> Self {
        let sheet = |documents: usize| Sheet {
            score: vec![0.0; documents],
            found: vec![0; documents],
            scratch: vec![0.0; documents],
            ..Sheet::default()
        };
        let sheets = view.segments.iter().map(|segment| sheet(segment.rows.len())).collect();
        Self { view, sheets, wanted: 0, words: 0 }
    }

    /// Adds a word's score to every document that has it; gives its rarity.
    fn add_word(&mut self, word: &Meaning) -> tantivy::Result<f32> {
        let mut seen: Vec<Vec<u32>> = vec![Vec::new(); self.sheets.len()];
        for alternative in &word.alternatives {
            for (at, area, info) in &alternative.places {
                let segment = &self.view.segments[*at];
                let Sheet { scratch, .. } = &mut self.sheets[*at];
                let norms = Norms::new(segment.norms[*area].as_ref(), *area, self.view.lengths[*area]);
                let worth = alternative.weight * WORTH[*area];
                let mut postings =
                    segment.inverted[*area].read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    let at_doc = doc as usize;
                    if segment.rows[at_doc] != NO_ROW {
                        if scratch[at_doc] == 0.0 {
                            seen[*at].push(doc);
                        }
                        scratch[at_doc] += worth * postings.term_freq() as f32 * norms.factor(doc);
                    }
                    doc = postings.advance();
                }
            }
        }
        Ok(self.settle(&seen, word.counted))
    }

    /// Turns the scratch of a word into scores.
    fn settle(&mut self, seen: &[Vec<u32>], counted: bool) -> f32 {
        let bit = if counted && self.words < 64 { 1u64 << self.words } else { 0 };
        self.wanted |= bit;
        self.words += u32::from(counted);
        let having: usize = seen.iter().map(Vec::len).sum();
        let rarity = rarity(self.view.catalog.rows.len(), having);
        for (sheet, seen) in self.sheets.iter_mut().zip(seen) {
            for &doc in seen {
                let at = doc as usize;
                let often = std::mem::take(&mut sheet.scratch[at]);
                if sheet.score[at] == 0.0 {
                    sheet.touched.push(doc);
                }
                sheet.score[at] += rarity * often * (DAMPING + 1.0) / (DAMPING + often);
                sheet.found[at] |= bit;
            }
        }
        rarity
    }

    fn exclude_word(&mut self, word: &Meaning) -> tantivy::Result<()> {
        for (at, area, info) in word.alternatives.iter().flat_map(|alternative| &alternative.places) {
            let segment = &self.view.segments[*at];
            let mut postings = segment.inverted[*area].read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            self.sheets[*at].exclude(&mut postings, segment.rows.len());
        }
        Ok(())
    }

    /// A phrase is a condition, and counts as one word.
    fn phrase(&mut self, phrase: &Phrase, areas: &[usize]) -> tantivy::Result<()> {
        let mut seen: Vec<Vec<u32>> = vec![Vec::new(); self.sheets.len()];
        for (at, segment) in self.view.segments.iter().enumerate() {
            let documents = segment.rows.len();
            let mut having = vec![false; documents];
            for &area in areas {
                for (doc, often) in self.phrase_in(phrase, at, area)? {
                    if phrase.negated {
                        self.sheets[at].excluded.resize(documents, false);
                        self.sheets[at].excluded[doc as usize] = true;
                    } else if segment.rows[doc as usize] != NO_ROW {
                        let sheet = &mut self.sheets[at];
                        if !std::mem::replace(&mut having[doc as usize], true) {
                            seen[at].push(doc);
                        }
                        sheet.scratch[doc as usize] += WORTH[area] * often as f32;
                    }
                }
            }
            if !phrase.negated {
                let required = self.sheets[at].required.get_or_insert_with(|| vec![true; documents]);
                required.iter_mut().zip(&having).for_each(|(required, having)| *required &= *having);
            }
        }
        if !phrase.negated {
            self.settle(&seen, true);
        }
        Ok(())
    }

    /// Documents of a segment with the phrase in one area, and how often.
    fn phrase_in(&self, phrase: &Phrase, at: usize, area: usize) -> tantivy::Result<Vec<(u32, u32)>> {
        let segment = &self.view.segments[at];
        let field = self.view.fields.areas[area];
        let term = |word: &str| Term::from_field_text(field, word);
        let mut found = Vec::new();
        if let [(_, word)] = phrase.words.as_slice() {
            if let Some(mut postings) =
                segment.inverted[area].read_postings(&term(word), IndexRecordOption::WithFreqs)?
            {
                while postings.doc() != TERMINATED {
                    found.push((postings.doc(), postings.term_freq()));
                    postings.advance();
                }
            }
            return Ok(found);
        }
        let reader = self.view.reader(segment);
        let terms = phrase.words.iter().map(|(offset, word)| (*offset, term(word))).collect();
        let weight =
            PhraseQuery::new_with_offset(terms).weight(EnableScoring::disabled_from_schema(reader.schema()))?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        while scorer.doc() != TERMINATED {
            found.push((scorer.doc(), 1));
            scorer.advance();
        }
        Ok(found)
    }

    /// Documents that a word or phrase found.
    fn matches(&self, gate: &Gate<'_>) -> Vec<Match> {
        let mut matches = Vec::new();
        for (at, sheet) in self.sheets.iter().enumerate() {
            for &doc in &sheet.touched {
                matches.extend(self.pass(at, doc, gate));
            }
        }
        matches
    }

    /// All documents that nothing excludes, for queries of filters and exclusions alone; none for an empty query.
    fn rest(&self, gate: &Gate<'_>, filtered: bool) -> Vec<Match> {
        let excluded = self.sheets.iter().any(|sheet| !sheet.excluded.is_empty());
        if !filtered && !excluded {
            return Vec::new();
        }
        let mut matches = Vec::new();
        for (at, sheet) in self.sheets.iter().enumerate() {
            let live = (0..sheet.score.len()).filter(|doc| self.view.segments[at].rows[*doc] != NO_ROW);
            matches.extend(live.filter_map(|doc| self.pass(at, doc as u32, gate)));
        }
        matches
    }

    fn pass(&self, at: usize, doc: u32, gate: &Gate<'_>) -> Option<Match> {
        let sheet = &self.sheets[at];
        let at_doc = doc as usize;
        let shut = sheet.excluded.get(at_doc).copied().unwrap_or(false)
            || sheet.required.as_ref().is_some_and(|required| !required[at_doc]);
        if shut {
            return None;
        }
        let row_id = self.view.segments[at].rows[at_doc];
        let row = &self.view.catalog.rows[row_id as usize];
        if !gate.is_open() && !gate.passes(row) {
            return None;
        }
        let open = row.status.is_none_or(precedent_core::Status::is_open);
        let standing = if row.in_force || open { 1.0 } else { FALLEN };
        let all_words = self.wanted != 0 && sheet.found[at_doc] == self.wanted;
        let score = sheet.score[at_doc].max(f32::MIN_POSITIVE) * standing * (1.0 + NEWEST * row.recency);
        Some(Match {
            row: row_id,
            segment: at as u32,
            doc,
            score,
            named: false,
            all_words,
            words: sheet.found[at_doc].count_ones(),
        })
    }
}

impl Sheet {
    fn exclude(&mut self, postings: &mut impl DocSet, documents: usize) {
        self.excluded.resize(documents, false);
        while postings.doc() != TERMINATED {
            self.excluded[postings.doc() as usize] = true;
            postings.advance();
        }
    }
}

fn rarity(records: usize, having: usize) -> f32 {
    let (records, having) = (records as f32, having as f32);
    (1.0 + (records - having + 0.5).max(0.5) / (having + 0.5)).ln()
}

/// Discount by length for one area, by the byte that the index keeps for a length.
struct Norms<'a> {
    reader: Option<&'a FieldNormReader>,
    factors: [f32; 256],
}

impl<'a> Norms<'a> {
    fn new(reader: Option<&'a FieldNormReader>, area: usize, mean: f32) -> Self {
        let discount = LENGTH_DISCOUNT[area];
        let factors = std::array::from_fn(|id| {
            let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            1.0 / (1.0 - discount + discount * length / mean)
        });
        Self { reader, factors }
    }

    fn factor(&self, doc: u32) -> f32 {
        self.reader.map_or(1.0, |reader| self.factors[usize::from(reader.fieldnorm_id(doc))])
    }
}
