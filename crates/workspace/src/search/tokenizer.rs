//! Cuts text into the words that are indexed, asked for and highlighted: one function for all three, so that they agree.
//!
//! A word is a run of letters and digits, lower-cased, without accents. Beside the plain words stand *compounds* as
//! people write identifiers (`io_uring`, `foo::bar`, `c++`, `ec2.23`), the *parts* of camel case (`CloudFront`), and
//! pairs of neighbouring characters for scripts without spaces. Stems in the record's language are extra tokens at the
//! same place, told apart by [`STEM_MARK`]; a word that is its own stem is stored once.

use super::language::{ALL, ENGLISH, LanguageId};
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::RefCell;
use tantivy::tokenizer::{AsciiFoldingFilter, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};

/// Name of the tokenizer in the index's schema.
pub(crate) const NAME: &str = "precedent";
/// First character of a stem's token; no word holds it.
pub(crate) const STEM_MARK: char = '\u{1}';
/// First character of a text that is not English, before a letter for its language; no text of a record begins so.
const LANGUAGE_MARK: char = '\u{2}';
/// Longer words (hashes, keys) are left out: nobody types them, and they would fill the dictionary.
const LONGEST_WORD: usize = 64;
const MOST_PARTS: usize = 6;
const STEMS_KEPT: usize = 50_000;

/// What a token is to the others at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole word, or one word of a compound.
    Word,
    /// Several words as one identifier; comes before its words, at the position of the first.
    Compound,
    /// A word with its sign: `c++`, `c#`, `.net`; comes before the word alone, at its position.
    Signed,
    /// Part of a camel-case word, or one character of a run without spaces, at the position of what it is a part of.
    Part,
    /// Two neighbouring characters of a script without spaces, or one that stands alone.
    Pair,
}

impl Kind {
    /// An identifier as it is written, beside the words in it.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Kind::Compound | Kind::Signed)
    }
}

/// A token: its folded text and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) position: usize,
    pub(crate) kind: Kind,
}

/// Calls `sink` with every token of a text, in order of position; no stems.
pub(crate) fn cut(text: &str, sink: &mut impl FnMut(Cut<'_>)) {
    cut_wanted(text, &|_| true, sink);
}

/// As [`cut`], leaving out the tokens that are not `wanted` as they are written: most need not be folded then.
pub(crate) fn cut_wanted(text: &str, wanted: &impl Fn(&str) -> bool, sink: &mut impl FnMut(Cut<'_>)) {
    let mut cutter = Cutter { text, position: 0, folded: String::new(), words: Vec::new(), wanted };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        // Most of a text is ASCII, where nothing needs to be decoded.
        if byte.is_ascii() {
            at = if byte.is_ascii_alphanumeric() { cutter.chunk(at, sink) } else { at + 1 };
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        if is_unspaced(c) {
            at = cutter.pairs(at, sink);
        } else if begins_word(c) {
            at = cutter.chunk(at, sink);
        } else {
            at += c.len_utf8();
        }
    }
}

struct Cutter<'t, W> {
    text: &'t str,
    position: usize,
    folded: String,
    /// Ranges of the words of the chunk at hand.
    words: Vec<(usize, usize)>,
    wanted: &'t W,
}

impl<W: Fn(&str) -> bool> Cutter<'_, W> {
    /// Tokens of a run without spaces that begins at `start`; gives its end.
    fn pairs(&mut self, start: usize, sink: &mut impl FnMut(Cut<'_>)) -> usize {
        let (mut from, mut to) = (start, end_of_character(self.text, start).unwrap_or(start));
        loop {
            let next = end_of_character(self.text, to);
            match next {
                Some(next) => {
                    self.emit(from, next, Kind::Pair, sink);
                    self.emit(from, to, Kind::Part, sink);
                }
                None if from == start => self.emit(from, to, Kind::Pair, sink),
                None => self.emit(from, to, Kind::Part, sink),
            }
            self.position += 1;
            let Some(next) = next else { return to };
            (from, to) = (to, next);
        }
    }

    /// Tokens of words joined by connectors that begin at `start`; gives the end.
    fn chunk(&mut self, start: usize, sink: &mut impl FnMut(Cut<'_>)) -> usize {
        let text = self.text;
        let mut words = std::mem::take(&mut self.words);
        let mut at = start;
        let end = loop {
            let word_end = end_of_word(text, at);
            words.push((at, word_end));
            match connector(&text[word_end..]) {
                Some(length) => at = word_end + length,
                None => break word_end,
            }
        };
        let decorated = decoration(text, start, end, words.len());
        if let Some((from, to)) = decorated {
            self.emit(from, to, Kind::Signed, sink);
        } else if words.len() > 1 && words.len() <= MOST_PARTS && end - start <= LONGEST_WORD {
            self.emit(start, end, Kind::Compound, sink);
        }
        for (from, to) in words.drain(..) {
            self.emit(from, to, Kind::Word, sink);
            camel_parts(&text[from..to], &mut |part_start, part_end| {
                self.emit(from + part_start, from + part_end, Kind::Part, sink);
            });
            self.position += 1;
        }
        self.words = words;
        decorated.map_or(end, |(_, to)| to)
    }

    fn emit(&mut self, start: usize, end: usize, kind: Kind, sink: &mut impl FnMut(Cut<'_>)) {
        let raw = &self.text[start..end];
        if raw.len() > LONGEST_WORD * 2 || !(self.wanted)(raw) {
            return;
        }
        fold_into(raw, &mut self.folded);
        if !self.folded.is_empty() && self.folded.len() <= LONGEST_WORD {
            sink(Cut { text: &self.folded, start, end, position: self.position, kind });
        }
    }
}

/// Lower case without accents, as words are indexed.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`]. The same text gives the same word whether its accents stand apart (as names of files on macOS have them)
/// or not: it is taken apart, lower-cased, stripped and put together again, in this order.
pub(crate) fn fold_into(raw: &str, folded: &mut String) {
    const APART: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
    const TOGETHER: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
    thread_local! {
        static LATIN: RefCell<TextAnalyzer> =
            RefCell::new(TextAnalyzer::builder(RawTokenizer::default()).filter(AsciiFoldingFilter).build());
    }
    folded.clear();
    if raw.is_ascii() {
        folded.push_str(raw);
        folded.make_ascii_lowercase();
        return;
    }
    if raw.chars().all(is_settled) {
        folded.push_str(raw);
        return;
    }
    let mut base = ' ';
    for c in APART.normalize(raw).chars().flat_map(char::to_lowercase) {
        if !is_accent(c) {
            base = c;
        } else if !makes_a_letter(base, c) {
            continue;
        }
        // Two ways to write one letter.
        folded.push(if c == 'ς' { 'σ' } else { c });
    }
    if folded.is_ascii() {
        return;
    }
    if let Cow::Owned(together) = TOGETHER.normalize(folded) {
        *folded = together;
    }
    if folded.chars().any(may_be_latin) {
        let word = std::mem::take(folded);
        LATIN.with_borrow_mut(|latin| {
            latin.token_stream(&word).process(&mut |token| folded.push_str(&token.text));
        });
    }
}

/// Han, kana and syllables of Hangul as one character each: neither case nor accents are theirs.
fn is_settled(c: char) -> bool {
    matches!(u32::from(c),
        0x3041..=0x3096 | 0x30a1..=0x30fa | 0x30fc | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3)
}

/// Not of a script that has no letters to fold into ASCII.
fn may_be_latin(c: char) -> bool {
    !c.is_ascii() && !is_settled(c) && !('\u{370}'..'\u{1d00}').contains(&c)
}

/// Stems of one language; stemming is the dearest part of indexing, and a log repeats its words.
struct Stems {
    stemmer: TextAnalyzer,
    /// Places of words' stems in `stems`.
    known: FxHashMap<Box<str>, usize>,
    /// Empty for a word that is its own stem.
    stems: Vec<Box<str>>,
}

impl Stems {
    fn new(language: LanguageId) -> Self {
        let language = ALL[usize::from(language)].language;
        let stemmer = TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self { stemmer, known: FxHashMap::default(), stems: Vec::new() }
    }

    fn stem(&mut self, word: &str) -> &str {
        if let Some(at) = self.known.get(word) {
            return &self.stems[*at];
        }
        let mut stemmed = String::new();
        self.stemmer.token_stream(word).process(&mut |token| stemmed.push_str(&token.text));
        if stemmed == word {
            stemmed.clear();
        }
        if self.known.len() >= STEMS_KEPT {
            self.known.clear();
            self.stems.clear();
        }
        let at = self.stems.len();
        self.known.insert(word.into(), at);
        self.stems.push(stemmed.into());
        &self.stems[at]
    }
}

/// The stem of a folded word; `None` when the word is its own stem or no word of the language by its letters.
pub(crate) fn stem(word: &str, language: LanguageId) -> Option<String> {
    with_stem(word, language, |stem| stem.map(str::to_owned))
}

/// As [`stem`], without a copy.
pub(crate) fn with_stem<T>(word: &str, language: LanguageId, run: impl FnOnce(Option<&str>) -> T) -> T {
    thread_local! {
        static STEMS: RefCell<[Option<Stems>; ALL.len()]> = const { RefCell::new([const { None }; ALL.len()]) };
    }
    let is_latin = word.bytes().all(|b| b.is_ascii_lowercase());
    let can_be = is_latin || (language != ENGLISH && word.chars().all(char::is_alphabetic));
    if word.len() < 3 || !can_be {
        return run(None);
    }
    STEMS.with_borrow_mut(|stems| {
        let stem = stems[usize::from(language)].get_or_insert_with(|| Stems::new(language)).stem(word);
        run(Some(stem).filter(|stem| !stem.is_empty()))
    })
}

/// A text that tells the index's tokenizer its language.
pub(crate) fn spoken(language: LanguageId, text: &str) -> Cow<'_, str> {
    if language == ENGLISH {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{LANGUAGE_MARK}{}{text}", char::from(b'a' + language)))
}

/// The language that [`spoken`] gave a text.
fn language_of(text: &str) -> LanguageId {
    let letter = text.strip_prefix(LANGUAGE_MARK).and_then(|rest| rest.bytes().next());
    letter.and_then(|letter| letter.checked_sub(b'a')).filter(|id| usize::from(*id) < ALL.len()).unwrap_or(ENGLISH)
}

/// Where the word that goes on at `at` ends.
fn end_of_word(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        match bytes.get(at) {
            Some(byte) if !byte.is_ascii() => {}
            _ => return at,
        }
        match text[at..].chars().next() {
            Some(c) if is_word(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// Where the character of a script without spaces ends that begins at `at`, with the marks and, in Hangul, the letters that
/// make it up; `None` where none begins.
fn end_of_character(text: &str, at: usize) -> Option<usize> {
    let mut chars = text[at..].char_indices();
    chars.next().filter(|(_, c)| is_unspaced(*c))?;
    let goes_on = |c: char| !c.is_ascii() && (is_mark(c) || is_joining_jamo(c));
    let end = chars.find(|(_, c)| !goes_on(*c)).map_or(text.len() - at, |(end, _)| end);
    Some(at + end)
}

/// Vowels and final consonants, which are written into the syllable before them.
fn is_joining_jamo(c: char) -> bool {
    ('\u{1160}'..='\u{11ff}').contains(&c)
}

/// Letters and digits of scripts with spaces; accents that stand alone belong to the letter before them.
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { (c.is_alphanumeric() && !is_unspaced(c)) || is_mark(c) }
}

/// A mark without a letter is no word.
fn begins_word(c: char) -> bool {
    is_word(c) && (c.is_ascii() || !is_mark(c))
}

/// What is written over, under or into the letter before it.
fn is_mark(c: char) -> bool {
    const CLASSES: CanonicalCombiningClassMapBorrowed<'static> = CanonicalCombiningClassMapBorrowed::new();
    is_accent(c) || CLASSES.get_u8(c) != 0
}

/// Marks that are left out of words.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// With some marks a Cyrillic letter is another one, which endings and stems depend on: й, ў, ї.
fn makes_a_letter(base: char, mark: char) -> bool {
    matches!((base, mark), ('и' | 'у', '\u{306}') | ('і', '\u{308}'))
}

/// Han, kana, Hangul, Thai, Lao, Burmese and Khmer: words are not set apart by spaces, or carry particles.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e01..=0x0e4e | 0x0e81..=0x0ece | 0x1000..=0x103f | 0x1050..=0x108f | 0x1780..=0x17d3 | 0x1100..=0x11ff | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3130..=0x318f | 0x31f0..=0x31ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x323af)
        && c.is_alphanumeric()
}

/// Length of what joins two words of one identifier at the start of `rest`.
fn connector(rest: &str) -> Option<usize> {
    let length = match rest.as_bytes() {
        [b':', b':', ..] => 2,
        [b'_' | b'-' | b'.', ..] => 1,
        _ => return None,
    };
    rest[length..].chars().next().is_some_and(begins_word).then_some(length)
}

/// Range of `c++`, `c#` or `.net` when the single word `start..end` wears such a sign.
fn decoration(text: &str, start: usize, end: usize, words: usize) -> Option<(usize, usize)> {
    let word = &text[start..end];
    let is_signed = matches!(text.as_bytes().get(end), Some(b'+' | b'#')) || text[..start].ends_with('.');
    if !is_signed || words != 1 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let after = &text[end..];
    if word.len() <= 3 && after.starts_with("++") {
        return Some((start, end + 2));
    }
    if word.len() <= 2 && after.starts_with('#') {
        return Some((start, end + 1));
    }
    let before = &text[..start];
    let dotted = before.strip_suffix('.')?;
    let stands_alone = dotted.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '`' | '"'));
    (stands_alone && word.len() <= 4).then_some((start - 1, end))
}

/// Ranges of the parts of a camel-case word, two letters at least; nothing for other words.
fn camel_parts(word: &str, part: &mut impl FnMut(usize, usize)) {
    let bytes = word.as_bytes();
    if bytes.len() < 4 || !bytes[1..].iter().any(u8::is_ascii_uppercase) || !word.is_ascii() {
        return;
    }
    let boundary = |i: usize| {
        let (before, here) = (bytes[i - 1], bytes[i]);
        let plural = bytes.len() == i + 2 && bytes[i + 1] == b's';
        here.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || (before.is_ascii_uppercase() && bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase) && !plural))
    };
    let mut start = 0;
    for i in 1..bytes.len() {
        if boundary(i) {
            if i - start > 1 {
                part(start, i);
            }
            start = i;
        }
    }
    if start > 0 && bytes.len() - start > 1 {
        part(start, bytes.len());
    }
}

/// [`cut`] and [`stem`] as the index's tokenizer.
#[derive(Clone, Default)]
pub(crate) struct RecordTokenizer {
    arena: String,
    tokens: Vec<Stored>,
}

#[derive(Clone)]
struct Stored {
    text: (usize, usize),
    offset: (usize, usize),
    position: usize,
}

impl Tokenizer for RecordTokenizer {
    type TokenStream<'a> = RecordTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RecordTokens<'a> {
        self.arena.clear();
        self.tokens.clear();
        let Self { arena, tokens } = self;
        let language = language_of(text);
        let said = if language == ENGLISH { 0 } else { LANGUAGE_MARK.len_utf8() + 1 };
        cut(&text[said..], &mut |token| {
            let mut push = |arena: &mut String, from: usize| {
                tokens.push(Stored {
                    text: (from, arena.len()),
                    offset: (token.start, token.end),
                    position: token.position,
                });
            };
            let from = arena.len();
            arena.push_str(token.text);
            push(arena, from);
            if !token.kind.is_whole() {
                with_stem(token.text, language, |stem| {
                    if let Some(stem) = stem {
                        let from = arena.len();
                        arena.push(STEM_MARK);
                        arena.push_str(stem);
                        push(arena, from);
                    }
                });
            }
        });
        RecordTokens { arena: &self.arena, tokens: self.tokens.iter(), token: Token::default() }
    }
}

/// Stream of one text's tokens.
pub(crate) struct RecordTokens<'a> {
    arena: &'a str,
    tokens: std::slice::Iter<'a, Stored>,
    token: Token,
}

impl TokenStream for RecordTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.arena[next.text.0..next.text.1]);
        (self.token.offset_from, self.token.offset_to) = next.offset;
        self.token.position = next.position;
        self.token.position_length = 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        cut(text, &mut |token| found.push(format!("{}@{}", token.text, token.position)));
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_are_lower_case_without_accents() {
        check("Élan für Größe", "elan@0 fur@1 grosse@2");
        check("Caf\u{65}\u{301}!", "cafe@0");
        check("don't", "don@0 t@1");
    }

    #[test]
    fn identifiers_are_found_whole_and_by_their_words() {
        check("io_uring", "io_uring@0 io@0 uring@1");
        check("foo::bar()", "foo::bar@0 foo@0 bar@1");
        check("ADR-12.", "adr-12@0 adr@0 12@1");
        check("#12", "12@0");
        check("EC2.23 end", "ec2.23@0 ec2@0 23@1 end@2");
    }

    #[test]
    fn languages_with_signs_are_words() {
        check("C++, C# and .NET", "c++@0 c@0 c#@1 c@1 and@2 .net@3 net@3");
        check("end.Net", "end.net@0 end@0 net@1");
    }

    #[test]
    fn camel_case_has_parts() {
        check("CloudFront", "cloudfront@0 cloud@0 front@0");
        check("HTTPServer", "httpserver@0 http@0 server@0");
        check("APIs", "apis@0");
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        check("修改状态 x", "修改@0 修@0 改状@1 改@1 状态@2 状@2 态@3 x@4");
        check("改 x", "改@0 x@1");
    }

    #[test]
    fn accents_that_stand_apart_change_nothing() {
        for (together, folded) in [
            ("İstanbul", "istanbul"),
            ("ΑΘΉΝΑ", "αθηνα"),
            ("ᾧ", "ω"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Мой", "мой"),
            ("ёж", "еж"),
            ("Їжак", "їжак"),
            ("Việt", "viet"),
            ("Größe", "grosse"),
            ("Łódź", "lodz"),
            ("ﬁn", "fin"),
            ("ガ", "ガ"),
            ("한글", "한글"),
            ("क़लम", "क\u{93c}लम"),
            ("آب", "آب"),
        ] {
            let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(together);
            assert_eq!((fold(together).as_str(), fold(&apart).as_str()), (folded, folded));
        }
    }

    #[test]
    fn stems_are_marked_and_omitted_for_words_that_are_their_own() {
        let mut tokenizer = RecordTokenizer::default();
        let mut found = Vec::new();
        tokenizer.token_stream("Running run").process(&mut |token| found.push(token.text.clone()));
        assert_eq!(found, ["running", "\u{1}run", "run"]);
    }

    #[test]
    fn stems_follow_the_language_of_the_text() {
        let mut tokenizer = RecordTokenizer::default();
        let mut found = Vec::new();
        tokenizer.token_stream(&spoken(1, "Entscheidungen")).process(&mut |token| found.push(token.text.clone()));
        assert_eq!(found, ["entscheidungen", "\u{1}entscheid"]);
    }

    /// Tokens and their places, without where they stand in the text.
    fn tokens(text: &str) -> Vec<(String, usize, Kind)> {
        let mut tokens = Vec::new();
        cut(text, &mut |token| tokens.push((token.text.to_owned(), token.position, token.kind)));
        tokens
    }

    proptest! {
        #[test]
        fn a_text_is_cut_alike_in_both_normal_forms(text in prop_oneof!["\\PC{0,20}", "[a-zéİςйёїガ한글क़آ゙̀́̂̈ ]{0,12}"]) {
            let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&text);
            let together = ComposingNormalizerBorrowed::new_nfc().normalize(&text);
            prop_assert_eq!(tokens(&apart), tokens(&together));
        }

        #[test]
        fn tokens_lie_in_the_text_and_positions_never_fall(text in "\\PC{0,60}") {
            let mut last = 0;
            cut(&text, &mut |token| {
                assert!(text.get(token.start..token.end).is_some_and(|raw| !raw.is_empty()));
                assert!(token.position >= last);
                last = token.position;
            });
        }
    }
}
