//! Search equals a linear scan: the scan reads the words that the records were made of and shares no tokenizer with the
//! index.

use super::{Folder, search, sorted};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Words without English endings, so that a stem is the word itself and a scan can tell who has it.
const WORDS: &[&str] = &["kafka", "kafkb", "blorp", "blorpa", "zunk", "qix", "qixto", "mambo", "été", "Straße"];

fn records() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS), 0..8), 1..8)
}

fn record(words: &[&str]) -> String {
    let (head, tail) = words.split_at(words.len() / 2);
    format!("# Title {}\n\n## Status\n\nAccepted\n\n## Decision\n\n{}\n", head.join(", "), tail.join("; "))
}

fn name(at: usize) -> String {
    format!("{:04}-r.md", at + 1)
}

/// Paths of the records that have a word beginning with `word`, or being it: read from the text alone.
fn scan(records: &[Vec<&str>], word: &str, prefix: bool) -> Vec<String> {
    let fits = |own: &str| {
        let (own, word) = (own.to_lowercase(), word.to_lowercase());
        own == word || (prefix && own.starts_with(&word))
    };
    let having = records.iter().enumerate().filter(|(_, words)| words.iter().any(|own| fits(own)));
    having.map(|(at, _)| format!("docs/adr/{}", name(at))).collect()
}

fn folder_of(records: &[Vec<&str>]) -> Folder {
    let folder = Folder::new(&[]);
    for (at, words) in records.iter().enumerate() {
        folder.write(&name(at), &record(words));
    }
    folder
}

/// A thing that stands in a text: the words that it is read as, in order, each with other names it goes by, and what it is as
/// a whole. `~` before a word: no space before it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Thing {
    written: &'static str,
    words: &'static [&'static [&'static str]],
    whole: Option<&'static str>,
}

const fn word(written: &'static str, words: &'static [&'static [&'static str]]) -> Thing {
    Thing { written, words, whole: None }
}

const fn whole(written: &'static str, words: &'static [&'static [&'static str]]) -> Thing {
    Thing { written, words, whole: Some(written) }
}

impl Thing {
    /// An identifier that a longer one may hold.
    fn is_in_longer(&self) -> bool {
        self.words.len() > 1 && self.whole.is_some_and(|whole| whole.contains(['_', ':']))
    }
}

/// No two words are so close that one stands in for the other.
const THINGS: &[Thing] = &[
    word("kafka", &[&["kafka"]]),
    word("KafkaDrum", &[&["kafkadrum", "kafka", "drum"]]),
    word("blorp", &[&["blorp"]]),
    word("blorptunk", &[&["blorptunk"]]),
    word("qix", &[&["qix"]]),
    word("été", &[&["ete"]]),
    word("Straße", &[&["strasse"]]),
    word("uring", &[&["uring"]]),
    word("zag", &[&["zag"]]),
    word("C", &[&["c"]]),
    word("how to", &[&["how"], &["to"]]),
    word("C++", &[&["c++", "c"]]),
    word("修改状态", &[&["修"], &["~改"], &["~状"], &["~态"]]),
    word("状态", &[&["状"], &["~态"]]),
    word("改", &[&["改"]]),
    whole("io_uring", &[&["io"], &["uring"]]),
    whole("foo::zag", &[&["foo"], &["zag"]]),
    whole("ax.io_uring", &[&["ax"], &["io"], &["uring"]]),
    whole("foo::zag::qix", &[&["foo"], &["zag"], &["qix"]]),
    whole("zig-zag", &[&["zig"], &["zag"]]),
    whole("how-to", &[&["how"], &["to"]]),
];

/// The same, as people type them.
const ASKED: &[Thing] = &[
    word("KAFKA", &[&["kafka"]]),
    word("drum", &[&["drum"]]),
    word("kafkadrum", &[&["kafkadrum"]]),
    word("blorp", &[&["blorp"]]),
    word("qix", &[&["qix"]]),
    word("e\u{301}te", &[&["ete"]]),
    word("strasse", &[&["strasse"]]),
    word("uring", &[&["uring"]]),
    word("zag", &[&["zag"]]),
    word("c", &[&["c"]]),
    word("nowhere", &[&["nowhere"]]),
    whole("c++", &[&["c"]]),
    word("修改状态", &[&["修"], &["~改"], &["~状"], &["~态"]]),
    word("改状", &[&["改"], &["~状"]]),
    word("状态", &[&["状"], &["~态"]]),
    word("改", &[&["改"]]),
    whole("io_uring", &[&["io"], &["uring"]]),
    whole("foo::zag", &[&["foo"], &["zag"]]),
    whole("foo::qix", &[&["foo"], &["qix"]]),
    whole("ax.io_uring", &[&["ax"], &["io"], &["uring"]]),
    whole("zig-zag", &[&["zig"], &["zag"]]),
    whole("how-to", &[&["how"], &["to"]]),
];

/// Beginnings of words, two letters at least (one counts in titles only); none that begins a word which every record has.
const BEGUN: &[&str] = &["kaf", "blor", "qi", "ét", "straß", "io", "io_ur", "uri", "foo::za", "zig-za", "dr"];

/// A record: what stands in its title and its decision, and its front matter.
#[derive(Clone, Debug)]
struct Plain {
    title: Vec<Thing>,
    decision: Vec<Thing>,
    status: Option<&'static str>,
    tag: Option<&'static str>,
    person: Option<&'static str>,
    date: Option<&'static str>,
    globs: Globs,
    folder: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Globs {
    None,
    Source,
    Scripts,
}

fn plain() -> impl Strategy<Value = Plain> {
    let things = || prop::collection::vec(prop::sample::select(THINGS), 0..5);
    let one_of = |values: &'static [&'static str]| prop::option::of(prop::sample::select(values));
    let head = (
        one_of(&["accepted", "proposed", "rejected"]),
        one_of(&["red", "blue"]),
        one_of(&["@dana", "Lee Wong <lee@example.org>"]),
        one_of(&["2023-05-01", "2024-02-29", "2024-12-31", "2025-01-01"]),
        prop::sample::select(vec![Globs::None, Globs::Source, Globs::Scripts]),
        prop::sample::select(vec!["", "web/", "web/api/"]),
    );
    (things(), things(), head).prop_map(|(title, decision, (status, tag, person, date, globs, folder))| Plain {
        title,
        decision,
        status,
        tag,
        person,
        date,
        globs,
        folder,
    })
}

fn texts(things: &[Thing]) -> String {
    things.iter().map(|thing| thing.written).collect::<Vec<_>>().join(" ")
}

impl Plain {
    fn text(&self) -> String {
        let globs = match self.globs {
            Globs::None => None,
            Globs::Source => Some("\"src/**\", \"!src/gen/**\""),
            Globs::Scripts => Some("\"src/web/*.ts\""),
        };
        let lines = [
            self.status.map(|status| format!("status: {status}\n")),
            self.tag.map(|tag| format!("tags: [{tag}]\n")),
            self.person.map(|person| format!("decision-makers: [\"{person}\"]\n")),
            self.date.map(|date| format!("date: {date}\n")),
            globs.map(|globs| format!("applies-to: [{globs}]\n")),
        ];
        let head: String = lines.into_iter().flatten().collect();
        let head = if head.is_empty() { head } else { format!("---\n{head}---\n") };
        format!("{head}# Title {}\n\n## Decision\n\n{}\n", texts(&self.title), texts(&self.decision))
    }

    fn path(&self, at: usize) -> String {
        format!("docs/adr/{}{}", self.folder, name(at))
    }

    fn areas(&self, place: Place) -> Vec<&[Thing]> {
        let all: [(Place, &[Thing]); 2] = [(Place::Title, &self.title), (Place::Decision, &self.decision)];
        let asked = |area: Place| place == Place::Anywhere || place == area;
        all.into_iter().filter(|(area, _)| asked(*area)).map(|(_, things)| things).collect()
    }

    /// Names that a word or a whole of the record goes by.
    fn has(&self, place: Place, fits: &dyn Fn(&str) -> bool) -> bool {
        self.areas(place).into_iter().flatten().any(|thing| {
            let mut words = thing.words.iter().copied().flatten().map(|word| word.trim_start_matches('~'));
            words.any(fits) || thing.whole.is_some_and(fits)
        })
    }

    /// Words one after the other in one area.
    fn has_in_order(&self, place: Place, wanted: &[&str]) -> bool {
        self.has_begun(place, wanted, false)
    }

    /// The same, where the last word may go on.
    fn has_begun(&self, place: Place, wanted: &[&str], prefix: bool) -> bool {
        self.areas(place).into_iter().any(|things| {
            let words: Vec<&[&str]> = things.iter().flat_map(|thing| thing.words.iter().copied()).collect();
            let same = |at: usize, own: &[&str], wanted: &str| match wanted.strip_prefix('~') {
                Some(_) if at > 0 => own.contains(&wanted),
                bare => own.iter().any(|own| own.trim_start_matches('~') == bare.unwrap_or(wanted)),
            };
            let begins = |at: usize, own: &[&str], begun: &str| {
                prefix && at + 1 == wanted.len() && own.iter().any(|own| own.starts_with(begun))
            };
            let fits = |window: &[&[&str]]| {
                let mut pairs = window.iter().zip(wanted).enumerate();
                pairs.all(|(at, (own, wanted))| same(at, own, wanted) || begins(at, own, wanted))
            };
            words.windows(wanted.len()).any(fits)
        })
    }
}

/// Where a query looks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Anywhere,
    Title,
    Decision,
}

/// A part of a query: how it is written, and which records meet it.
#[derive(Clone, Debug)]
enum Part {
    Thing(Thing),
    /// The last word, while it is being typed.
    Begun(&'static str),
    Phrase(Vec<Thing>),
    Field(&'static str, fn(&Plain) -> bool),
    Not(Box<Part>),
}

type Field = (&'static str, fn(&Plain) -> bool);

const FIELDS: &[Field] = &[
    ("status:accepted", |record| record.status == Some("accepted")),
    ("status:proposed,none", |record| matches!(record.status, Some("proposed") | None)),
    ("is:in-force", |record| record.status == Some("accepted")),
    ("is:open", |record| record.status == Some("proposed")),
    ("is:rejected", |record| record.status == Some("rejected")),
    ("tag:red", |record| record.tag == Some("red")),
    ("tag:BLU", |record| record.tag == Some("blue")),
    ("by:dana", |record| record.person == Some("@dana")),
    ("by:lee", |record| record.person.is_some_and(|person| person.starts_with("Lee"))),
    ("by:wong", |record| record.person.is_some_and(|person| person.starts_with("Lee"))),
    ("by:an", |_| false),
    ("has:tags", |record| record.tag.is_some()),
    ("has:people", |record| record.person.is_some()),
    ("has:date", |record| record.date.is_some()),
    ("has:paths", |record| record.globs != Globs::None),
    ("has:code", |_| false),
    ("before:2024", |record| record.date.is_some_and(|date| date < "2024-01-01")),
    ("after:2024-02", |record| record.date.is_some_and(|date| date >= "2024-02-01")),
    ("before:2024-12-31", |record| record.date.is_some_and(|date| date < "2024-12-31")),
    ("year:2024", |record| record.date.is_some_and(|date| date.starts_with("2024"))),
    ("year:2023..2024", |record| record.date.is_some_and(|date| date < "2025")),
    ("path:src", |record| record.globs != Globs::None),
    ("path:src/gen/a.rs", |_| false),
    ("path:src/gen", |_| false),
    ("path:./src/web/a.ts", |record| record.globs != Globs::None),
    ("path:src/main.rs", |record| record.globs == Globs::Source),
    ("in:docs/adr", |_| true),
    ("in:web", |record| record.folder.starts_with("web")),
    ("in:adr/web/", |record| record.folder.starts_with("web")),
    ("in:api", |record| record.folder == "web/api/"),
    ("in:eb", |_| false),
];

impl Part {
    fn text(&self) -> String {
        match self {
            Part::Thing(thing) => thing.written.to_owned(),
            Part::Begun(begun) => (*begun).to_owned(),
            Part::Phrase(things) => format!("\"{}\"", texts(things)),
            Part::Field(text, _) => (*text).to_owned(),
            Part::Not(part) => format!("-{}", part.text()),
        }
    }

    fn is_word(&self) -> bool {
        matches!(self, Part::Thing(_) | Part::Begun(_))
    }

    fn meets(&self, record: &Plain, place: Place, all: &[Plain]) -> bool {
        match self {
            Part::Thing(thing) => has_thing(thing, record, place, all),
            Part::Begun(begun) => {
                let begun = begun.replace("é", "e").replace('ß', "ss");
                let parts = begun.split(['_', '-']).flat_map(|part| part.split("::"));
                let begins = |record: &Plain, text: &str| record.has(place, &|own| own.starts_with(text));
                // While it is typed an identifier stands for its words only when it is nowhere.
                let tight = begun.contains(['_', ':']) && all.iter().any(|record| begins(record, &begun));
                let row: Vec<&str> = parts.collect();
                let mut words = if tight { Vec::new() } else { row.clone() };
                let last = words.pop();
                begins(record, &begun)
                    || (tight && record.has_begun(place, &row, true))
                    || last.is_some_and(|last| begins(record, last))
                    || words.iter().any(|word| record.has(place, &|own| own == *word))
            }
            Part::Phrase(things) => record.has_in_order(place, &in_order(things)),
            Part::Field(_, holds) => holds(record),
            Part::Not(part) => match &**part {
                Part::Field("tag:BLU" | "by:wong", _) => true,
                // What is excluded is meant as written.
                Part::Thing(thing) => match thing.whole {
                    Some(_) if thing.is_in_longer() => !record.has_in_order(place, &in_order(&[*thing])),
                    Some(whole) => !record.has(place, &|own| own == whole),
                    None => !record.has_in_order(place, &in_order(&[*thing])),
                },
                part => !part.meets(record, place, all),
            },
        }
    }
}

fn in_order(things: &[Thing]) -> Vec<&'static str> {
    things.iter().flat_map(|thing| thing.words.iter().map(|names| names[0])).collect()
}

/// A thing that is asked for without quotes: a word, an identifier, or any two neighbouring characters.
fn has_thing(thing: &Thing, record: &Plain, place: Place, all: &[Plain]) -> bool {
    let words = in_order(&[*thing]);
    let has = |record: &Plain, name: &str| record.has(place, &|own| own == name);
    match thing.whole {
        Some("how-to") => has(record, "how-to") || record.has_in_order(place, &words),
        // As it is written or, where no record has it, by its words.
        Some(whole) if whole.contains(['_', ':', '+']) && all.iter().any(|record| has(record, whole)) => {
            has(record, whole) || (thing.is_in_longer() && record.has_in_order(place, &words))
        }
        Some(whole) => has(record, whole) || words.iter().any(|word| has(record, word)),
        None if words.len() > 1 => words.windows(2).any(|pair| record.has_in_order(place, pair)),
        None => has(record, words[0]),
    }
}

fn part() -> impl Strategy<Value = Part> {
    let thing = || prop::sample::select(ASKED);
    let positive = prop_oneof![
        4 => thing().prop_map(Part::Thing),
        2 => prop::collection::vec(prop::sample::select(THINGS), 1..5).prop_map(Part::Phrase),
        3 => prop::sample::select(FIELDS).prop_map(|(text, holds)| Part::Field(text, holds)),
    ];
    (positive, prop::bool::weighted(0.25)).prop_map(|(part, not)| if not { Part::Not(Box::new(part)) } else { part })
}

/// Clauses of alternatives, where to look, and the word being typed.
#[derive(Clone, Debug)]
struct Question {
    clauses: Vec<Vec<Part>>,
    place: Place,
    begun: Option<&'static str>,
}

fn question() -> impl Strategy<Value = Question> {
    let clauses = prop::collection::vec(prop::collection::vec(part(), 1..3), 0..4);
    let places = vec![Place::Anywhere, Place::Anywhere, Place::Title, Place::Decision];
    let begun = prop::option::weighted(0.3, prop::sample::select(BEGUN));
    (clauses, prop::sample::select(places), begun).prop_map(|(clauses, place, begun)| Question {
        clauses,
        place,
        begun,
    })
}

impl Question {
    fn text(&self) -> String {
        let clause = |clause: &Vec<Part>| clause.iter().map(Part::text).collect::<Vec<_>>().join(" OR ");
        let section = match self.place {
            Place::Anywhere => "",
            Place::Title => "section:title ",
            Place::Decision => "section:decision ",
        };
        let clauses: String = self.clauses.iter().map(|parts| clause(parts) + " ").collect();
        format!("{section}{clauses}{}", self.begun.unwrap_or_default())
    }

    /// Some field asks for a value that no record has.
    fn asks_for_nobody(&self, records: &[Plain]) -> bool {
        self.clauses.iter().flatten().any(|part| match part {
            Part::Field(text, holds) => {
                let is_value = ["tag:", "by:", "in:"].iter().any(|field| text.starts_with(field));
                is_value && !records.iter().any(holds)
            }
            _ => false,
        })
    }

    /// Words alone may be missed, but one word or phrase must be there; every other clause must be met.
    fn meets(&self, record: &Plain, all: &[Plain]) -> bool {
        let mut clauses = self.clauses.clone();
        clauses.extend(self.begun.map(|begun| vec![Part::Begun(begun)]));
        let meets = |part: &Part| part.meets(record, self.place, all);
        let is_wish = |clause: &&Vec<Part>| clause.iter().all(Part::is_word);
        let (wishes, conditions): (Vec<_>, Vec<_>) = clauses.iter().partition(is_wish);
        let says = |part: &Part| (part.is_word() || matches!(part, Part::Phrase(_))) && meets(part);
        conditions.iter().all(|clause| clause.iter().any(meets))
            && (wishes.is_empty() || clauses.iter().flatten().any(says))
            && (!clauses.is_empty() || self.place != Place::Anywhere)
    }
}

proptest! {
    // A case makes a log and asks it 40 questions: 80 ms of a debug build.
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn queries_of_all_kinds_equal_a_scan(
        records in prop::collection::vec(plain(), 1..8),
        questions in prop::collection::vec(question(), 40),
    ) {
        let folder = Folder::new(&[]);
        for (at, record) in records.iter().enumerate() {
            folder.write(&format!("{}{}", record.folder, name(at)), &record.text());
        }
        let workspace = folder.open(false);
        for question in &questions {
            let reply = search(&workspace, &question.text());
            let met = records.iter().enumerate().filter(|(_, record)| question.meets(record, &records));
            let mut expected: Vec<String> = met.map(|(at, record)| record.path(at)).collect();
            expected.sort();
            prop_assert_eq!(sorted(&reply), expected, "{}", question.text());
            let complains = (reply.corrected.is_some(), reply.complaint.is_some());
            prop_assert_eq!(complains, (false, question.asks_for_nobody(&records)), "{}", question.text());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn a_misspelt_word_finds_what_the_right_one_does(records in records(), word in prop::sample::select(&["kafka", "mambo"][..])) {
        let folder = folder_of(&records);
        let workspace = folder.open(false);
        let misspelt = format!("x{word} ");
        let reply = search(&workspace, &misspelt);
        let right = scan(&records, word, false);
        if right.is_empty() {
            return Ok(());
        }
        prop_assert_eq!(reply.corrected, Some(format!("{word} ")));
        let found = sorted(&search(&workspace, &misspelt));
        prop_assert!(right.iter().all(|path| found.contains(path)), "{:?} of {:?}", right, found);
    }

    #[test]
    fn step_by_step_equals_afresh(before in records(), after in records()) {
        step_by_step(&before, &after)?;
    }
}

/// Changes a searched log from `before` to `after` and compares what is found with a fresh index of `after`.
fn step_by_step(before: &[Vec<&str>], after: &[Vec<&str>]) -> Result<(), TestCaseError> {
    let folder = folder_of(before);
    let workspace = folder.open(false);
    search(&workspace, "kafka");
    for at in after.len()..before.len() {
        fs::remove_file(folder.records().join(name(at))).expect("it is deleted");
    }
    for (at, words) in after.iter().enumerate() {
        folder.write(&name(at), &record(words));
    }
    workspace.refresh::<&Path>(&[]);
    let fresh_folder = folder_of(after);
    let fresh = fresh_folder.open(false);
    for word in WORDS {
        let (old, new) = (search(&workspace, word), search(&fresh, word));
        prop_assert_eq!(sorted(&old), sorted(&new), "{}", word);
        prop_assert_eq!((old.total, old.corrected), (new.total, new.corrected), "{}", word);
    }
    Ok(())
}

#[test]
fn a_word_of_the_past_is_not_offered_as_a_correction() {
    step_by_step(&[vec!["kafka"], vec![]], &[vec![], vec![]]).expect("the same answers");
}
