//! The query language: words, phrases, `-not` and fields. Reading a query never fails; what is not understood becomes
//! a complaint and the rest is searched all the same.
//!
//! Pure text work: which index terms a word stands for is decided in `terms`, what a filter lets through in `filter`.

use super::schema::Area;
use super::tokenizer::{Kind, cut};
use precedent_core::{Date, Status};

/// A query as understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) filters: Vec<Filter>,
    /// Only these parts of a record are searched; empty: all.
    pub(crate) areas: Vec<Area>,
    /// References as people write them (`ADR-12`, `#12`, `0012`); such a record is the first hit.
    pub(crate) references: Vec<Reference>,
    pub(crate) complaint: Option<String>,
}

/// A word to look for, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Still being typed: longer words that begin so count too.
    pub(crate) prefix: bool,
    pub(crate) negated: bool,
    /// Written without a separator to the words before it: looked up as one identifier first.
    pub(crate) role: Role,
}

/// How a word belongs to an identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Plain,
    /// The whole identifier (`io_uring`, `c++`); the next `parts` words are its parts. With `tight`, the parts are
    /// looked for only when the whole is nowhere.
    Whole { parts: usize, tight: bool },
}

/// Words that must stand next to each other; `(offset, word)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<(usize, String)>,
    pub(crate) negated: bool,
}

/// A number or id that names a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Number(u64),
    /// Folded id, file stem or path.
    Name(String),
}

/// A condition on a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filter {
    pub(crate) negated: bool,
    pub(crate) test: Test,
}

/// What a filter asks. Texts are folded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Any of these; `None` is "no status".
    Status(Vec<Option<Status>>),
    Tag(String),
    By(String),
    Scope(String),
    In(String),
    /// The record governs this path.
    Governs(String),
    Before(Date),
    From(Date),
    InForce,
    Open,
    HasProblems,
    HasLinks,
    HasDate,
    HasTags,
    HasPeople,
    HasPaths,
    Id(String),
}

const FIELDS: &[&str] =
    &["status", "tag", "by", "scope", "in", "section", "path", "before", "after", "is", "has", "id"];

/// Reads a query.
pub(crate) fn parse(text: &str) -> Query {
    let mut reader = Reader { query: Query::default() };
    let pieces = pieces(text);
    if let Some(open) = pieces.iter().find(|piece| piece.unclosed) {
        let place = text[..open.start].chars().count() + 1;
        reader
            .complain(format!("the quotation mark at character {place} has no end; everything after it is the phrase"));
    }
    let typing = !text.ends_with(char::is_whitespace);
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter().enumerate() {
        reader.piece(piece, typing && at == last);
    }
    let positive_words = reader.query.words.iter().filter(|word| !word.negated).count();
    if let [piece] = pieces.as_slice()
        && !piece.negated
        && positive_words > 0
    {
        reader.query.references.extend(whole_reference(piece));
    }
    reader.query
}

/// A run of the query without spaces outside quotation marks.
#[derive(Debug, Default)]
struct Piece<'a> {
    start: usize,
    negated: bool,
    field: Option<&'a str>,
    value: &'a str,
    quoted: bool,
    unclosed: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| !c.is_whitespace()) {
        at += offset;
        let mut piece = Piece { start: at, ..Piece::default() };
        if text[at..].starts_with('-') && text[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '-') {
            piece.negated = true;
            at += 1;
        }
        let name_end = text[at..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |end| at + end);
        let name = &text[at..name_end];
        let colon = text[name_end..].starts_with(':') && !text[name_end..].starts_with("::");
        if colon && FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name)) {
            piece.field = Some(name);
            at = name_end + 1;
        }
        if let Some(rest) = text[at..].strip_prefix(['"', '“', '„', '”']) {
            let from = text.len() - rest.len();
            let end = rest.find(['"', '”', '“']).map(|end| from + end);
            piece.quoted = true;
            piece.unclosed = end.is_none();
            piece.value = &text[from..end.unwrap_or(text.len())];
            at = end.map_or(text.len(), |end| end + text[end..].chars().next().map_or(0, char::len_utf8));
        } else {
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
            piece.value = &text[at..end];
            at = end;
        }
        pieces.push(piece);
    }
    pieces
}

struct Reader {
    query: Query,
}

impl Reader {
    fn piece(&mut self, piece: &Piece<'_>, typing: bool) {
        match piece.field {
            Some(field) => self.field(&field.to_ascii_lowercase(), piece),
            None if piece.quoted => self.phrase(piece),
            None if piece.value == "OR" || piece.value == "AND" => {}
            None => self.words(piece, typing),
        }
    }

    fn phrase(&mut self, piece: &Piece<'_>) {
        let mut words: Vec<(usize, String)> = Vec::new();
        cut(piece.value, &mut |token| {
            if matches!(token.kind, Kind::Word | Kind::Pair) {
                words.push((token.position, token.text.to_owned()));
            }
        });
        drop_last_of_run(piece.value, &mut words);
        if !words.is_empty() {
            self.query.phrases.push(Phrase { words, negated: piece.negated });
        }
    }

    fn words(&mut self, piece: &Piece<'_>, typing: bool) {
        if !piece.negated {
            self.query.references.extend(marked_reference(piece.value));
        }
        let begin = self.query.words.len();
        let mut whole = None;
        let mut pairs: Vec<(usize, String)> = Vec::new();
        let words = &mut self.query.words;
        cut(piece.value, &mut |token| match token.kind {
            Kind::Part => {}
            Kind::Pair => pairs.push((token.position, token.text.to_owned())),
            Kind::Word | Kind::Compound => {
                if token.kind == Kind::Compound {
                    whole = Some(words.len());
                }
                words.push(Word { text: token.text.to_owned(), negated: piece.negated, ..Word::default() });
            }
        });
        if let Some(whole) = whole {
            let parts = words.len() - whole - 1;
            let tight = words[whole].text.contains(['_', ':', '+', '#']) || piece.negated;
            words[whole].role = Role::Whole { parts, tight };
        }
        drop_last_of_run(piece.value, &mut pairs);
        words.extend(pairs.into_iter().map(|(_, text)| Word { text, negated: piece.negated, ..Word::default() }));
        let ends_in_word = piece.value.ends_with(char::is_alphanumeric);
        if typing && !piece.negated && ends_in_word && words.len() > begin {
            if let Some(whole) = whole {
                words[whole].prefix = true;
            }
            if let Some(last) = words.last_mut() {
                last.prefix = true;
            }
        }
    }

    fn field(&mut self, field: &str, piece: &Piece<'_>) {
        let value = piece.value.trim();
        if value.is_empty() {
            return self.complain(format!("`{field}:` needs a value"));
        }
        let folded = super::tokenizer::fold(value);
        let test = match field {
            "status" => statuses(&folded).map(Test::Status),
            "tag" => Ok(Test::Tag(folded)),
            "by" => Ok(Test::By(folded.trim_start_matches('@').to_owned())),
            "scope" => Ok(Test::Scope(folded)),
            "in" => Ok(Test::In(folded.trim_matches('/').to_owned())),
            "section" => return self.section(&folded, piece.negated),
            "path" => Ok(Test::Governs(value.trim_start_matches("./").trim_end_matches('/').to_owned())),
            "before" => date(value).map(Test::Before),
            "after" => date(value).map(Test::From),
            "is" => standing(&folded),
            "has" => possession(&folded),
            _ => Ok(Test::Id(folded.trim_start_matches('#').to_owned())),
        };
        match test {
            Ok(test) => self.query.filters.push(Filter { negated: piece.negated, test }),
            Err(complaint) => self.complain(complaint),
        }
    }

    fn section(&mut self, name: &str, negated: bool) {
        let named: Vec<Area> = Area::ALL
            .into_iter()
            .filter(|area| {
                let known = area.name();
                known == name
                    || (name.len() > 2 && known.starts_with(name))
                    || (name == "drivers" && known == "context")
            })
            .collect();
        if named.is_empty() {
            let known = Area::ALL.map(Area::name).join(", ");
            return self.complain(format!("`section:{name}` is not known; there are {known}"));
        }
        if negated {
            self.query.areas.extend(Area::ALL.into_iter().filter(|area| !named.contains(area)));
        } else {
            self.query.areas.extend(named);
        }
    }

    /// Keeps the first complaint: it stands leftmost.
    fn complain(&mut self, complaint: String) {
        self.query.complaint.get_or_insert(complaint);
    }
}

/// In a run of characters without spaces the last character alone is no condition of its own (its pair holds it).
fn drop_last_of_run(value: &str, pairs: &mut Vec<(usize, String)>) {
    let mut run = 0;
    let mut lone = Vec::new();
    cut(value, &mut |token| {
        if token.kind == Kind::Pair {
            let single = token.text.chars().nth(1).is_none();
            if single && run > 0 {
                lone.push(token.position);
            }
            run = if single { 0 } else { run + 1 };
        }
    });
    pairs.retain(|(position, _)| !lone.contains(position));
}

/// `ADR-12`, `adr 12` written together, `#12`: a reference wherever it stands.
fn marked_reference(value: &str) -> Option<Reference> {
    let value = value.trim_end_matches(['.', ',', ';', ')']);
    let digits = value.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mark = &value[..value.len() - digits.len()];
    let letters = mark.trim_end_matches(['-', '_', '#']);
    let marked = mark == "#"
        || (letters.len() < mark.len() && letters.len() >= 2 && letters.bytes().all(|b| b.is_ascii_alphabetic()));
    let shown = marked || ["adr", "rfc"].iter().any(|word| mark.eq_ignore_ascii_case(word));
    shown.then(|| digits.parse().ok().map(Reference::Number)).flatten()
}

/// The whole query is a number, an id, a file name or a path.
fn whole_reference(piece: &Piece<'_>) -> Option<Reference> {
    if piece.field.is_some() {
        return None;
    }
    if let Ok(number) = piece.value.parse() {
        return Some(Reference::Number(number));
    }
    Some(Reference::Name(super::tokenizer::fold(piece.value)))
}

fn statuses(value: &str) -> Result<Vec<Option<Status>>, String> {
    let mut found = Vec::new();
    for word in value.split(',').filter(|word| !word.is_empty()) {
        let status = match word {
            "none" | "missing" => None,
            "other" => Some(Status::Other),
            word => Some(Status::from_word(word).ok_or_else(|| {
                let known = Status::ALL.map(Status::word).join(", ");
                format!("`status:{word}` is not known; there are {known}, other and none")
            })?),
        };
        found.push(status);
    }
    Ok(found)
}

fn standing(value: &str) -> Result<Test, String> {
    match value {
        "in-force" | "current" => Ok(Test::InForce),
        "open" => Ok(Test::Open),
        word => Status::from_word(word)
            .map(|status| Test::Status(vec![Some(status)]))
            .ok_or_else(|| format!("`is:{word}` is not known; there are in-force, open and the status words")),
    }
}

fn possession(value: &str) -> Result<Test, String> {
    match value {
        "problems" | "problem" => Ok(Test::HasProblems),
        "links" | "link" => Ok(Test::HasLinks),
        "date" => Ok(Test::HasDate),
        "tags" | "tag" => Ok(Test::HasTags),
        "people" => Ok(Test::HasPeople),
        "paths" => Ok(Test::HasPaths),
        word => Err(format!("`has:{word}` is not known; there are problems, links, date, tags, people and paths")),
    }
}

/// First day of `2025`, `2025-03` or `2025-03-02`.
fn date(value: &str) -> Result<Date, String> {
    let mut parts = value.splitn(3, ['-', '/', '.']).map(str::parse::<i16>);
    let mut next = |absent: i16| parts.next().map_or(Some(absent), Result::ok);
    let (year, month, day) = (next(0), next(1), next(1));
    let date =
        (|| Date::new(year.filter(|year| *year >= 1000)?, month?.try_into().ok()?, day?.try_into().ok()?).ok())();
    date.ok_or_else(|| format!("`{value}` is no date; write 2025, 2025-03 or 2025-03-02"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The understood query in short: `+word`, `word*` for prefixes, `"phrase"`, `{filter}`, `!` for not.
    fn show(query: &Query) -> String {
        let mut parts: Vec<String> = Vec::new();
        for word in &query.words {
            let role = match word.role {
                Role::Plain => String::new(),
                Role::Whole { parts, tight } => format!("[{parts}{}]", if tight { " tight" } else { "" }),
            };
            parts.push(format!(
                "{}{}{}{role}",
                if word.negated { "!" } else { "" },
                word.text,
                if word.prefix { "*" } else { "" }
            ));
        }
        for phrase in &query.phrases {
            let words: Vec<&str> = phrase.words.iter().map(|(_, word)| word.as_str()).collect();
            parts.push(format!("{}\"{}\"", if phrase.negated { "!" } else { "" }, words.join(" ")));
        }
        for filter in &query.filters {
            parts.push(format!("{}{:?}", if filter.negated { "!" } else { "" }, filter.test));
        }
        parts.extend(query.areas.iter().map(|area| format!("section {}", area.name())));
        parts.join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(show(&parse(text)), expected);
    }

    #[test]
    fn the_last_word_is_a_prefix_until_a_space_ends_it() {
        check("kafka migr", "kafka migr*");
        check("kafka migr ", "kafka migr");
    }

    #[test]
    fn phrases_and_not() {
        check("\"event log\" -kafka", "!kafka \"event log\"");
        check("-\"event log\" x ", "x !\"event log\"");
        check("a - b ", "a b");
    }

    #[test]
    fn fields() {
        check("status:accepted,none", "Status([Some(Accepted), None])");
        check("by:@Dana tag:\"data flow\"", "Tag(\"data flow\")".replace("Tag", "By(\"dana\") Tag").as_str());
        check("-is:in-force section:opt", "!InForce section options");
        check("before:2025-03 after:2024", "Before(2025-03-01) From(2024-01-01)");
        check("path:./services/billing/", "Governs(\"services/billing\")");
    }

    #[test]
    fn identifiers_are_one_word_with_parts() {
        check("io_uring ", "io_uring[2 tight] io uring");
        check("foo::bar", "foo::bar*[2 tight] foo bar*");
        check("C++", "c++[1 tight] c");
        check("https://x.org ", "https x.org[2] x org");
    }

    #[test]
    fn scripts_without_spaces_are_pairs() {
        check("修改状态", "修改 改状 状态*");
    }

    #[test]
    fn references() {
        assert_eq!(parse("ADR-12").references[0], Reference::Number(12));
        assert_eq!(parse("#7 kafka").references, [Reference::Number(7)]);
        assert_eq!(parse("0012").references, [Reference::Number(12)]);
        assert_eq!(parse("use-postgres").references, [Reference::Name("use-postgres".into())]);
        assert_eq!(parse("top 10 lists").references, []);
    }

    #[test]
    fn mistakes_are_told_and_the_rest_is_searched() {
        let query = parse("status:acepted kafka");
        assert_eq!(show(&query), "kafka*");
        assert_eq!(
            query.complaint.as_deref(),
            Some(
                "`status:acepted` is not known; there are draft, proposed, accepted, rejected, deprecated, superseded, other and none"
            )
        );
        assert_eq!(
            parse("before:tomorrow x").complaint.as_deref(),
            Some("`tomorrow` is no date; write 2025, 2025-03 or 2025-03-02")
        );
        assert_eq!(show(&parse("x \"open en")), "x \"open en\"");
        assert!(parse("x \"open en").complaint.is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,40}") {
            parse(&text);
        }

        #[test]
        fn any_mix_of_syntax_is_a_query(parts in prop::collection::vec(
            prop::sample::select(vec!["status:", "\"", "-", " ", "tag:", "é", "状", "x", "::", "#", "1", "before:", "”"]), 0..12)) {
            parse(&parts.concat());
        }
    }
}
