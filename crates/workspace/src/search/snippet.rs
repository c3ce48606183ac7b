//! The lines of a record that show why it matched, with the matching words marked.

use super::document::{Document, Passage, char_boundary};
use super::language::{ENGLISH, LanguageId};
use super::query::{Phrase, Query};
use super::rank::Found;
use super::schema::Area;
use super::terms::{LONGER_WEIGHT, Meanings, lends};
use super::tokenizer::{Cut, Kind, STEM_MARK, cut_wanted, stem};
use super::view::View;
use precedent_core::wire::{Marked, Snippet};
use std::collections::HashMap;
use std::ops::Range;

/// Bytes of text that a snippet aims at.
const LENGTH: usize = 180;
const LEAD: usize = 50;
const MOST: usize = 2;

/// Terms to mark and what each is worth; made once for a search.
#[derive(Debug)]
pub(crate) struct Marker {
    terms: HashMap<String, (usize, f32)>,
    /// A bit for each two bytes that a term begins with: most words of a text are ruled out by them.
    beginnings: Vec<u64>,
    /// Beginnings of words that match whatever follows.
    prefixes: Vec<(String, (usize, f32))>,
    /// Words that are marked only where they stand in a row.
    rows: Vec<Row>,
    languages: Vec<LanguageId>,
    /// Sections that the query looks into; `None`: all.
    areas: Option<Vec<Area>>,
    /// Sections of rejected records that it looks into as well.
    lent: Vec<Area>,
}

impl Default for Marker {
    fn default() -> Self {
        let beginnings = vec![0; (1 << 16) / 64];
        let languages = vec![ENGLISH];
        let (terms, prefixes, rows, areas, lent) = (HashMap::new(), Vec::new(), Vec::new(), None, Vec::new());
        Self { terms, beginnings, prefixes, rows, languages, areas, lent }
    }
}

#[derive(Debug)]
struct Row {
    words: Vec<String>,
    /// The last one may go on.
    prefix: bool,
    mark: (usize, f32),
}

/// How much of a row stands before a place in a text.
#[derive(Clone, Debug, Default)]
struct Progress {
    found: usize,
    start: usize,
    /// Where its next word must stand.
    next: usize,
}

impl Row {
    /// The place in the text when a token ends the row.
    fn end(&self, so_far: &mut Progress, token: &Cut<'_>) -> Option<Spot> {
        let fits = |at: usize| {
            let is_begun = self.prefix && at + 1 == self.words.len();
            self.words[at] == token.text || (is_begun && token.text.starts_with(&self.words[at]))
        };
        if token.kind != Kind::Word {
            return None;
        }
        if so_far.found == 0 || so_far.next != token.position || !fits(so_far.found) {
            *so_far = Progress { start: token.start, ..Progress::default() };
            if !fits(0) {
                return None;
            }
        }
        so_far.found += 1;
        so_far.next = token.position + 1;
        (so_far.found == self.words.len()).then(|| {
            let (word, worth) = self.mark;
            Spot { range: std::mem::take(so_far).start..token.end, word, worth }
        })
    }
}

/// A matching word in a text.
#[derive(Clone, Debug)]
struct Spot {
    range: Range<usize>,
    word: usize,
    worth: f32,
}

impl Marker {
    pub(crate) fn new(view: &View, query: &Query, meanings: &Meanings, found: &Found) -> Self {
        let mut marker = Self {
            languages: view.languages.iter().copied().collect(),
            areas: query.areas.clone(),
            lent: Area::ALL.into_iter().filter(|area| lends(query, *area)).collect(),
            ..Self::default()
        };
        for (at, (word, rarity)) in meanings.words.iter().zip(&found.rarities).enumerate() {
            if !word.negated {
                for alternative in &word.alternatives {
                    marker.add(&alternative.term, at, rarity * alternative.weight);
                }
                if let Some(row) = &word.row {
                    marker.add_row(row, (at, rarity * LONGER_WEIGHT));
                }
            }
        }
        for (at, phrase) in query.phrases.iter().filter(|phrase| !phrase.negated).enumerate() {
            marker.add_phrase(phrase, meanings.words.len() + at);
        }
        marker
    }

    /// One that knows the forms of words in these languages.
    pub(crate) fn of(languages: &[LanguageId]) -> Self {
        Self { languages: languages.to_vec(), ..Self::default() }
    }

    pub(crate) fn add(&mut self, term: &str, word: usize, worth: f32) {
        let entry = self.terms.entry(term.to_owned()).or_insert((word, 0.0));
        if worth > entry.1 {
            *entry = (word, worth);
        }
        self.let_begin(term.trim_start_matches(STEM_MARK));
    }

    fn let_begin(&mut self, word: &str) {
        let beginning = beginning(word);
        self.beginnings[beginning / 64] |= 1 << (beginning % 64);
    }

    /// Marks words where they stand in a row: an identifier within a longer one.
    pub(crate) fn add_row(&mut self, row: &Phrase, mark: (usize, f32)) {
        let words: Vec<String> = row.words.iter().map(|(_, word)| word.clone()).collect();
        words.iter().for_each(|word| self.let_begin(word));
        if let Some(last) = words.last().filter(|last| row.prefix && last.len() == 1) {
            self.let_all_begin(last);
        }
        self.rows.push(Row { words, prefix: row.prefix, mark });
    }

    pub(crate) fn add_phrase(&mut self, phrase: &Phrase, word: usize) {
        const WORTH: f32 = 5.0;
        phrase.words.iter().for_each(|(_, own)| self.add(own, word, WORTH));
        if let Some((_, last)) = phrase.words.last().filter(|_| phrase.prefix) {
            self.add_beginning(last, word, WORTH);
        }
    }

    /// Marks every word that begins so.
    pub(crate) fn add_beginning(&mut self, prefix: &str, word: usize, worth: f32) {
        self.add(prefix, word, worth);
        if prefix.len() == 1 {
            self.let_all_begin(prefix);
        }
        self.prefixes.push((prefix.to_owned(), (word, worth)));
    }

    fn let_all_begin(&mut self, letter: &str) {
        let first = beginning(letter) / 64;
        self.beginnings[first..first + 4].fill(u64::MAX);
    }

    fn may_begin(&self, word: &str) -> bool {
        let beginning = beginning(word);
        self.beginnings[beginning / 64] & (1 << (beginning % 64)) != 0
    }

    fn spots(&self, text: &str) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        if self.terms.is_empty() {
            return spots;
        }
        let wanted = |raw: &str| !raw.is_ascii() || self.may_begin(raw);
        let mut so_far = vec![Progress::default(); self.rows.len()];
        cut_wanted(text, &wanted, &mut |token| {
            let mut of_rows = None;
            for (row, so_far) in self.rows.iter().zip(&mut so_far) {
                of_rows = row.end(so_far, &token).or(of_rows);
            }
            let of_term = || {
                let (word, worth) = self.term(token.text, token.kind)?;
                Some(Spot { range: token.start..token.end, word, worth })
            };
            let Some(spot) = of_rows.or_else(of_term) else { return };
            match spots.last_mut() {
                Some(last) if last.range.end >= spot.range.end => {}
                Some(last) if last.range.end > spot.range.start => last.range.end = spot.range.end,
                _ => spots.push(spot),
            }
        });
        spots
    }

    /// The word that a token stands for, as written or by its stem, and its worth.
    fn term(&self, token: &str, kind: Kind) -> Option<(usize, f32)> {
        if !self.may_begin(token) {
            return None;
        }
        let by_stem = |language: &LanguageId| {
            let stem = stem(token, *language).filter(|_| !kind.is_whole())?;
            self.terms.get(&format!("{STEM_MARK}{stem}"))
        };
        let by_prefix = || self.prefixes.iter().find(|(prefix, _)| token.starts_with(prefix)).map(|(_, word)| word);
        let exact = self.terms.get(token).or_else(|| self.languages.iter().find_map(by_stem));
        exact.or_else(by_prefix).copied()
    }

    /// The best place of a text, or its beginning.
    pub(crate) fn best(&self, text: &str) -> Marked {
        let passage = Passage { area: Area::Other, heading: String::new(), text: text.to_owned(), continued: false };
        let best = self.window(&passage).map(|(_, snippet)| snippet.text);
        best.unwrap_or_else(|| marked(text, around(text, 0, 0), std::iter::empty()))
    }

    /// Marked places of a short text, as UTF-16 ranges.
    pub(crate) fn marks(&self, text: &str) -> Vec<(u32, u32)> {
        utf16(text, self.spots(text).into_iter().map(|spot| spot.range))
    }

    /// The best places of a record, best first; one of a section.
    pub(crate) fn snippets(&self, document: &Document, is_rejected: bool) -> Vec<Snippet> {
        let lent = |area: &Area| is_rejected && self.lent.contains(area);
        let asked = |area: &Area| self.areas.as_ref().is_none_or(|areas| areas.contains(area)) || lent(area);
        let mut windows: Vec<(f32, usize, Snippet)> = Vec::new();
        for (at, section) in document.sections.iter().enumerate().filter(|(_, section)| asked(&section.area)) {
            if let Some((worth, snippet)) = self.window(section) {
                windows.push((worth, at, snippet));
            }
        }
        windows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        windows.truncate(MOST);
        windows.into_iter().map(|(_, _, snippet)| snippet).collect()
    }

    /// The window of a section with the most, and rarest, different words.
    fn window(&self, section: &Passage) -> Option<(f32, Snippet)> {
        let spots = self.spots(&section.text);
        let mut best: Option<(f32, usize, usize)> = None;
        for first in 0..spots.len() {
            let begin = spots[first].range.start;
            let last =
                spots[first..].iter().take_while(|spot| spot.range.end <= begin + LENGTH).count().max(1) + first - 1;
            let worth = worth(&spots[first..=last]);
            if best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, first, last));
            }
        }
        let (worth, first, last) = best?;
        let shown = around(&section.text, spots[first].range.start, spots[last].range.end);
        let inside = spots.iter().map(|spot| spot.range.clone());
        let inside = inside.filter(|range| range.start >= shown.start && range.end <= shown.end);
        let text = marked(&section.text, shown.clone(), inside);
        Some((worth, Snippet { section: section.heading.clone(), text }))
    }
}

/// The beginning of a record, for a hit that no word found.
pub(crate) fn opening(document: &Document) -> Option<Snippet> {
    let section = document.sections.iter().find(|section| section.text.len() > 40)?;
    let shown = around(&section.text, 0, 0);
    Some(Snippet { section: section.heading.clone(), text: marked(&section.text, shown, std::iter::empty()) })
}

/// Plain text with `**` around the marks, for terminals.
pub(crate) fn starred(text: &Marked) -> String {
    let mut starred = String::with_capacity(text.text.len() + text.marks.len() * 4);
    let mut unit = 0;
    for c in text.text.chars() {
        if text.marks.iter().any(|(start, end)| *start == unit || *end == unit) {
            starred.push_str("**");
        }
        starred.push(c);
        unit += c.len_utf16() as u32;
    }
    if text.marks.iter().any(|(_, end)| *end == unit) {
        starred.push_str("**");
    }
    starred
}

/// The first two bytes of a word, in lower case, as a number.
fn beginning(word: &str) -> usize {
    let byte = |at: usize| usize::from(word.as_bytes().get(at).map_or(0, u8::to_ascii_lowercase));
    byte(0) << 8 | byte(1)
}

/// Different words count in full, repeats little.
fn worth(spots: &[Spot]) -> f32 {
    let mut seen: Vec<usize> = Vec::new();
    let mut worth = 0.0;
    for spot in spots {
        if seen.contains(&spot.word) {
            worth += spot.worth * 0.05;
        } else {
            seen.push(spot.word);
            worth += spot.worth;
        }
    }
    worth
}

/// Widens `start..end` to about [`LENGTH`] bytes, from the start of a sentence or word to the end of a word.
fn around(text: &str, start: usize, end: usize) -> Range<usize> {
    let earliest = char_boundary(text, start.saturating_sub(LEAD));
    let before = &text[earliest..start];
    let sentence = before.rfind(['\n', '。']).map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let sentence = sentence.or_else(|| before.rfind(". ").map(|at| at + 2));
    let word = || if earliest == 0 { Some(0) } else { before.find(' ').map(|at| at + 1) };
    let from = earliest + sentence.or_else(word).unwrap_or(0);
    let latest = char_boundary(text, (from + LENGTH).max(end));
    let after = &text[end..latest];
    let to = if latest == text.len() { latest } else { end + after.rfind([' ', '\n']).unwrap_or(after.len()) };
    from..to
}

/// Cuts `shown` out of a text, with line ends as spaces, ellipses where text is left out, and marks.
fn marked(text: &str, shown: Range<usize>, spots: impl Iterator<Item = Range<usize>>) -> Marked {
    let mut out = String::with_capacity(shown.len() + 8);
    let mut marks = Vec::new();
    let mut unit = 0u32;
    let mut push = |out: &mut String, piece: &str| -> u32 {
        for c in piece.chars() {
            if c.is_whitespace() && out.ends_with(' ') {
                continue;
            }
            let c = if c.is_whitespace() { ' ' } else { c };
            out.push(c);
            unit += c.len_utf16() as u32;
        }
        unit
    };
    if text[..shown.start].chars().next_back().is_some_and(|c| c != '\n') {
        push(&mut out, "… ");
    }
    let mut at = shown.start;
    for spot in spots {
        let start = push(&mut out, &text[at..spot.start]);
        let end = push(&mut out, &text[spot.clone()]);
        marks.push((start, end));
        at = spot.end;
    }
    push(&mut out, text[at..shown.end].trim_end());
    if !text[shown.end..].trim().is_empty() {
        push(&mut out, " …");
    }
    Marked { text: out, marks }
}

fn utf16(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<(u32, u32)> {
    let units = |text: &str| text.encode_utf16().count() as u32;
    ranges.map(|range| (units(&text[..range.start]), units(&text[..range.end]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(terms: &[&str]) -> Marker {
        let mut marker = Marker::default();
        for (at, term) in terms.iter().enumerate() {
            marker.add(term, at, 1.0);
        }
        marker
    }

    #[track_caller]
    fn check(terms: &[&str], text: &str, expected: &str) {
        let section = Passage { area: Area::Other, heading: "H".into(), text: text.into(), continued: false };
        let document = Document { sections: vec![section], ..Document::default() };
        let shown: Vec<String> =
            marker(terms).snippets(&document, false).iter().map(|snippet| starred(&snippet.text)).collect();
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn matching_words_are_marked() {
        check(&["queue", "\u{1}log"], "A Queue,\nand logs.", "A **Queue**, and **logs**.");
        check(&["zebra"], "nothing here", "");
        check(&["größe"], "x", "");
    }

    #[test]
    fn marks_count_utf16_units() {
        let text = "😀 é queue";
        assert_eq!(marker(&["queue"]).marks(text), [(5, 10)]);
        check(&["queue"], text, "😀 é **queue**");
    }

    #[test]
    fn a_long_text_is_cut_around_its_best_place() {
        let filler = "lorem ipsum dolor sit amet ".repeat(20);
        let text = format!("queue once. {filler}The queue meets the broker here. {filler}");
        let section = Passage { area: Area::Other, heading: String::new(), text, continued: false };
        let document = Document { sections: vec![section], ..Document::default() };
        let snippet = starred(&marker(&["queue", "broker"]).snippets(&document, false)[0].text);
        assert!(snippet.contains("The **queue** meets the **broker** here."), "{snippet}");
        assert!(snippet.starts_with("… ") && snippet.ends_with(" …") && snippet.len() < 260, "{snippet}");
    }
}
