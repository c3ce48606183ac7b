//! From a word of the query to the terms of the index that stand for it: the word, its stem, longer words while it is
//! being typed, and close words when it is nowhere.

use super::language::LanguageId;
use super::query::{Clause, Phrase, Query, Role, Word, is_small};
use super::schema::Area;
use super::tokenizer::{STEM_MARK, is_unspaced, stem};
use super::view::View;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;
use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;

/// Most longer words that a word being typed stands for.
const MOST_EXPANSIONS: usize = 50;
/// Longer words whose records are read besides, in all areas and segments together.
const MOST_BEGUN: usize = 500;
const MOST_CORRECTIONS: usize = 3;
/// Words that are nowhere and for which close ones are looked for.
const MOST_UNKNOWN: usize = 8;
/// Up to this many, two letters may differ.
const MOST_FAR: usize = 2;
const STEM_WEIGHT: f32 = 0.7;
pub(crate) const LONGER_WEIGHT: f32 = 0.5;
const CLOSE_WEIGHT: f32 = 0.6;

/// A term of the index and where its postings are.
#[derive(Clone, Debug)]
pub(crate) struct Alternative {
    /// As stored: with [`STEM_MARK`] for stems.
    pub(crate) term: String,
    pub(crate) weight: f32,
    pub(crate) places: Vec<Place>,
}

/// Segment, area, and where the postings of a term are there.
pub(crate) type Place = (usize, usize, TermInfo);

/// All that one word of the query stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meaning {
    pub(crate) alternatives: Vec<Alternative>,
    /// The longer words that a beginning stands for beside its alternatives: who has one is found.
    pub(crate) begun: Vec<Place>,
    pub(crate) negated: bool,
    /// Counts for "all words found".
    pub(crate) counted: bool,
    pub(crate) clause: Clause,
    /// Of an identifier, its parts: where they stand in a row, it is part of a longer one.
    pub(crate) row: Option<Phrase>,
}

/// The query's words as terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meanings {
    pub(crate) words: Vec<Meaning>,
    /// Places in the query of words that are nowhere, and the close words that were used instead.
    pub(crate) exchanged: Vec<(Range<usize>, String)>,
}

/// Looks the words of a query up.
pub(crate) fn look_up(view: &View, query: &Query) -> tantivy::Result<Meanings> {
    let finder = Finder { view, areas: areas(query) };
    let mut meanings = Meanings::default();
    let small = |word: &Word| !word.prefix && !word.negated && is_small(&word.text);
    let drop_small = query.words.iter().any(|word| !word.negated && !is_small(&word.text));
    let mut unknown: Vec<(usize, &Word)> = Vec::new();
    let mut at = 0;
    while let Some(word) = query.words.get(at) {
        at += 1;
        if drop_small && small(word) {
            continue;
        }
        let mut meaning =
            Meaning { negated: word.negated, counted: !word.negated, clause: word.clause, ..Meaning::default() };
        (meaning.alternatives, meaning.begun) = finder.alternatives(word)?;
        if let Role::Whole { parts, tight } = word.role {
            if tight && !meaning.alternatives.is_empty() {
                meaning.row = in_a_row(query.words.get(at..at + parts).unwrap_or_default(), word.prefix);
                at += parts;
            } else {
                meaning.counted = false;
            }
        } else if meaning.alternatives.is_empty() && !word.negated {
            unknown.push((meanings.words.len(), word));
        }
        meanings.words.push(meaning);
    }
    let nothing = meanings.words.iter().all(|word| word.negated || word.alternatives.is_empty());
    // Each walks the dictionaries: of a pasted text in another language the first words will do.
    let farthest = if nothing && unknown.len() <= MOST_FAR { 2 } else { 1 };
    for (at, word) in unknown.into_iter().take(MOST_UNKNOWN) {
        let close = finder.close(word, nothing, farthest)?;
        meanings.exchanged.extend(close.first().map(|close| (word.span.clone(), close.term.clone())));
        meanings.words[at].alternatives = close;
    }
    Ok(meanings)
}

/// The parts of an identifier as a phrase; none for one word with a sign.
pub(crate) fn in_a_row(parts: &[Word], prefix: bool) -> Option<Phrase> {
    let words = parts.iter().enumerate().map(|(at, part)| (at, part.text.clone())).collect();
    (parts.len() > 1).then(|| Phrase { words, prefix, ..Phrase::default() })
}

/// Indexes of the areas that a query looks into.
pub(crate) fn areas(query: &Query) -> Vec<usize> {
    let asked = |area: &Area| query.areas.as_ref().is_none_or(|areas| areas.contains(area));
    Area::ALL.into_iter().filter(|area| asked(area) || lends(query, *area)).map(Area::index).collect()
}

/// Whether an area of rejected records answers though the query does not look into it: what they proposed was not taken
/// either, so it answers `section:rejected`.
pub(crate) fn lends(query: &Query, area: Area) -> bool {
    let asked = |area: Area| query.areas.as_ref().is_some_and(|areas| areas.contains(&area));
    let can_lend = matches!(area, Area::Title | Area::Decision) && !query.barred.contains(&area);
    can_lend && asked(Area::Rejected) && !asked(area)
}

struct Finder<'a> {
    view: &'a View,
    areas: Vec<usize>,
}

impl Finder<'_> {
    fn alternatives(&self, word: &Word) -> tantivy::Result<(Vec<Alternative>, Vec<Place>)> {
        let mut begun = Vec::new();
        let mut found = vec![self.alternative(&word.text, 1.0)?];
        // A word that a person excludes is meant as written.
        if word.role == Role::Plain && !word.negated {
            for term in stems_of(&word.text, self.view.languages.iter().copied()) {
                found.push(self.alternative(&term, STEM_WEIGHT)?);
            }
        }
        if word.prefix {
            let longer;
            (longer, begun) = self.longer(&word.text)?;
            for term in longer {
                found.push(self.alternative(&term, LONGER_WEIGHT)?);
            }
        }
        found.retain(|alternative| !alternative.places.is_empty());
        if !begun.is_empty() {
            let key = |(at, area, info): &Place| (*at, *area, info.postings_range.start);
            let read: FxHashSet<_> = found.iter().flat_map(|alternative| &alternative.places).map(key).collect();
            begun.retain(|place| !read.contains(&key(place)));
        }
        Ok((found, begun))
    }

    fn alternative(&self, term: &str, weight: f32) -> tantivy::Result<Alternative> {
        let mut places = Vec::new();
        for (at, segment) in self.view.segments.iter().enumerate() {
            for &area in &self.areas {
                // A word that only records of the past hold is as unknown as one that nobody ever wrote.
                if let Some(info) = segment.inverted[area].terms().get(term.as_bytes())?
                    && segment.lives(area, &info)?
                {
                    places.push((at, area, info));
                }
            }
        }
        Ok(Alternative { term: term.to_owned(), weight, places })
    }

    /// The most frequent longer words, and all of them where they are more but not very many. A single letter would be most of the dictionary, so it counts in titles only.
    fn longer(&self, prefix: &str) -> tantivy::Result<(Vec<String>, Vec<Place>)> {
        let single = prefix.chars().nth(1).is_none() && !prefix.chars().all(is_unspaced);
        let mut counts: HashMap<Vec<u8>, u64> = HashMap::new();
        let mut end = prefix.as_bytes().to_vec();
        end.push(0xff);
        let (mut all, mut number) = (Vec::new(), 0);
        for (at, segment) in self.view.segments.iter().enumerate() {
            for &area in self.areas.iter().filter(|area| !single || **area == Area::Title.index()) {
                let mut most: BinaryHeap<Reverse<(u32, Vec<u8>)>> = BinaryHeap::new();
                let mut stream = segment.inverted[area].terms().range().ge(prefix).lt(&end).into_stream()?;
                while stream.advance() {
                    let count = stream.value().doc_freq;
                    // What only records of the past hold begins nothing. Beyond this number it does not matter any more.
                    let lives = number > MOST_BEGUN || segment.lives(area, stream.value())?;
                    if !lives {
                        continue;
                    }
                    number += 1;
                    if number <= MOST_BEGUN {
                        all.push((at, area, stream.value().clone()));
                    }
                    let full = most.len() >= MOST_EXPANSIONS;
                    if full && most.peek().is_some_and(|Reverse((least, _))| *least >= count) {
                        continue;
                    }
                    let is_longer = stream.key() != prefix.as_bytes();
                    if is_longer && (number <= MOST_BEGUN || segment.lives(area, stream.value())?) {
                        most.push(Reverse((count, stream.key().to_vec())));
                        if full {
                            most.pop();
                        }
                    }
                }
                for Reverse((count, term)) in most {
                    *counts.entry(term).or_default() += u64::from(count);
                }
            }
        }
        if number > MOST_BEGUN || number <= MOST_EXPANSIONS {
            all.clear();
        }
        let mut terms = most_frequent(counts, MOST_EXPANSIONS);
        // Frequencies hold what was changed since; in another order the same scores would add up to others.
        terms.sort_unstable();
        Ok((terms, all))
    }

    /// Words of the index that differ by a letter; none for short words, numbers and scripts without spaces. With
    /// `nothing` else found, shorter words and two letters are tried: a bolder guess would only blur other finds.
    fn close(&self, word: &Word, nothing: bool, farthest: u8) -> tantivy::Result<Vec<Alternative>> {
        let letters = word.text.chars().count();
        let shortest = if nothing { 4 } else { 5 };
        if letters < shortest || !word.text.chars().all(|c| c.is_alphabetic() && !is_unspaced(c)) {
            return Ok(Vec::new());
        }
        let farthest = if letters >= 8 { farthest } else { 1 };
        for distance in 1..=farthest {
            for prefix in [false, true] {
                if prefix && !word.prefix {
                    continue;
                }
                let terms = self.within(&word.text, distance, prefix)?;
                if !terms.is_empty() {
                    return terms.iter().map(|term| self.alternative(term, CLOSE_WEIGHT)).collect();
                }
            }
        }
        Ok(Vec::new())
    }

    fn within(&self, word: &str, distance: u8, prefix: bool) -> tantivy::Result<Vec<String>> {
        let mut counts: HashMap<Vec<u8>, u64> = HashMap::new();
        // What is accepted depends on the word alone, whatever the field.
        let term = Term::from_field_text(self.view.fields.areas[0], word);
        let query = if prefix {
            FuzzyTermQuery::new_prefix(term, distance, true)
        } else {
            FuzzyTermQuery::new(term, distance, true)
        };
        let automaton = query.automaton()?;
        for segment in &self.view.segments {
            for &area in &self.areas {
                let mut stream = segment.inverted[area].terms().search(&automaton).into_stream()?;
                while stream.advance() {
                    let key = stream.key();
                    let living = segment.living(area, stream.value())?;
                    if living > 0 && !key.starts_with(&[STEM_MARK as u8]) {
                        // People seldom mistype the first letter.
                        let likely = if key.first() == word.as_bytes().first() { 1000 } else { 1 };
                        *counts.entry(key.to_vec()).or_default() += u64::from(living) * likely;
                    }
                }
            }
        }
        Ok(most_frequent(counts, MOST_CORRECTIONS))
    }
}

/// Terms of other forms of a word, in the languages of the records.
pub(crate) fn stems_of(word: &str, languages: impl Iterator<Item = LanguageId>) -> Vec<String> {
    let mut terms = Vec::new();
    for language in languages {
        let stem = stem(word, language);
        terms.push(format!("{STEM_MARK}{}", stem.as_deref().unwrap_or(word)));
        // Words that are their own stem are stored without a mark.
        terms.extend(stem.filter(|stem| self::stem(stem, language).is_none()));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn most_frequent(counts: HashMap<Vec<u8>, u64>, most: usize) -> Vec<String> {
    let mut terms: Vec<(u64, Vec<u8>)> = counts.into_iter().map(|(term, count)| (count, term)).collect();
    terms.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    terms.truncate(most);
    terms.into_iter().filter_map(|(_, term)| String::from_utf8(term).ok()).collect()
}
