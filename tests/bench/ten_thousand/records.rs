//! Records for measurements, the same ones from the same seed: dialects, chains, citations and words in the mix that real
//! logs have. Text only; whoever calls writes the files.
//!
//! Prose is drawn from a vocabulary of decision records, most frequent word first, as often as words of that rank occur
//! in a language (Zipf); between come the words of the record's own subject, and names that nobody else has.

use std::fmt::Write as _;

/// A generator of numbers whose sequence depends on its seed alone (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not zero.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const SUBJECTS: &[&str] = &[
    "ledger",
    "queue",
    "cache",
    "gateway",
    "scheduler",
    "index",
    "broker",
    "replica",
    "session store",
    "search cluster",
    "billing service",
    "mobile client",
    "build pipeline",
    "feature flag",
    "audit trail",
    "event log",
    "payment form",
    "identity provider",
    "message bus",
    "report",
    "data warehouse",
    "rate limiter",
    "webhook",
    "container image",
];
const VERBS: &[&str] = &[
    "stores",
    "retries",
    "owns",
    "publishes",
    "rejects",
    "caches",
    "signs",
    "rotates",
    "partitions",
    "replays",
    "validates",
    "compresses",
    "forwards",
    "versions",
    "encrypts",
    "archives",
];
const OBJECTS: &[&str] = &[
    "idempotency keys",
    "postings",
    "access tokens",
    "schema migrations",
    "error codes",
    "trace ids",
    "read models",
    "time stamps",
    "refresh tokens",
    "batch files",
    "snapshots",
    "tenants",
    "large uploads",
    "personal data",
    "health checks",
    "client libraries",
    "feature toggles",
    "audit entries",
    "dead letters",
    "invoices",
];
const ENDS: &[&str] = &[
    "at the edge",
    "in one transaction",
    "once a day",
    "for 72 hours",
    "without a lock",
    "behind one interface",
    "in the primary region",
    "by default",
    "with an explicit owner",
    "before release",
    "per tenant",
    "as plain files",
];
const REASONS: &[&str] = &[
    "because two teams met the same fault in one quarter",
    "since the previous approach needed a person at night",
    "so that a retry is never charged twice",
    "because the cost grew faster than the traffic",
    "since nobody could say who was responsible",
    "so that a new colleague understands it in an afternoon",
    "because the vendor announced the end of support",
    "since a rebuild took longer than an outage may",
];
const TAGS: &[&str] = &[
    "storage",
    "api",
    "security",
    "events",
    "data",
    "mobile",
    "build",
    "cost",
    "observability",
    "privacy",
    "frontend",
    "testing",
];
const SCOPES: &[&str] = &["platform", "ledger", "checkout", "payouts", "risk", "data", "mobile"];
const SYLLABLES: &[&str] = &[
    "ka", "ri", "to", "mel", "an", "ver", "sol", "di", "pra", "nor", "ux", "fen", "lo", "gra", "ti", "zan", "qui",
    "bor",
];

/// Words of decision records, the most frequent first.
const VOCABULARY: &str = include_str!("vocabulary.txt");

/// Draws words as often as their rank says.
struct Prose {
    words: Vec<&'static str>,
    /// Sum of the weights up to each word.
    sums: Vec<usize>,
}

impl Prose {
    fn new() -> Self {
        let words: Vec<&str> = VOCABULARY.lines().collect();
        let weights = (0..words.len()).map(|rank| 10_000_000 / (rank + 3));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect(), words }
    }

    fn word(&self, dice: &mut Dice) -> &'static str {
        let at = dice.below(self.sums.last().copied().unwrap_or(1));
        self.words[self.sums.partition_point(|sum| *sum <= at)]
    }
}

/// A record's file name and text.
pub struct Record {
    pub name: String,
    pub text: String,
}

/// The `count` records that `seed` gives, numbered from 1.
pub fn records(seed: u64, count: usize) -> impl Iterator<Item = Record> {
    let mut dice = Dice::new(seed);
    let prose = Prose::new();
    (1..=count).map(move |number| record(&mut dice, &prose, number, count))
}

fn record(dice: &mut Dice, prose: &Prose, number: usize, count: usize) -> Record {
    let title = format!("The {} {} {} {}", dice.of(SUBJECTS), dice.of(VERBS), dice.of(OBJECTS), dice.of(ENDS));
    let status = match dice.below(100) {
        0..60 => "accepted",
        60..70 => "proposed",
        70..78 => "rejected",
        78..84 => "deprecated",
        84..88 => "draft",
        _ => "superseded",
    };
    // Successors are later records, a few numbers on: chains of two and more come by themselves.
    let successor = (status == "superseded").then(|| number + 1 + dice.below(40)).filter(|next| *next <= count);
    let status = if status == "superseded" && successor.is_none() { "accepted" } else { status };
    let date = format!("20{:02}-{:02}-{:02}", 16 + dice.below(10), 1 + dice.below(12), 1 + dice.below(28));
    let head = match dice.below(10) {
        0..5 => madr(dice, &title, status, &date, successor),
        5..8 => nygard(number, &title, status, &date, successor),
        _ => bullets(dice, &title, status, &date, successor),
    };
    let text = head + &body(dice, &Topic { prose, title: &title, number });
    Record { name: format!("{number:05}-{}.md", title.to_lowercase().replace(' ', "-")), text }
}

fn madr(dice: &mut Dice, title: &str, status: &str, date: &str, successor: Option<usize>) -> String {
    let status = successor.map_or_else(|| status.to_owned(), |next| format!("superseded by ADR-{next:05}"));
    format!(
        "---\nstatus: {status}\ndate: {date}\ndecision-makers: [\"@{}{}\"]\ntags: [{}, {}]\nscope: {}\n---\n# {title}\n",
        dice.of(SYLLABLES),
        dice.of(SYLLABLES),
        dice.of(TAGS),
        dice.of(TAGS),
        dice.of(SCOPES),
    )
}

fn nygard(number: usize, title: &str, status: &str, date: &str, successor: Option<usize>) -> String {
    let status = match successor {
        Some(next) => format!("Superseded by ADR-{next:05}"),
        None => status[..1].to_uppercase() + &status[1..],
    };
    format!("# {number}. {title}\n\nDate: {date}\n\n## Status\n\n{status}\n")
}

fn bullets(dice: &mut Dice, title: &str, status: &str, date: &str, successor: Option<usize>) -> String {
    let status = successor.map_or_else(|| status.to_owned(), |next| format!("superseded by ADR-{next:05}"));
    format!("# {title}\n\n* Status: {status}\n* Deciders: {}\n* Date: {date}\n", dice.of(SCOPES))
}

/// What a record is about.
struct Topic<'a> {
    prose: &'a Prose,
    title: &'a str,
    number: usize,
}

fn body(dice: &mut Dice, topic: &Topic<'_>) -> String {
    let mut text = String::from("\n## Context and Problem Statement\n");
    paragraphs(dice, &mut text, topic);
    text.push_str("\n## Considered Options\n\n");
    for _ in 0..2 + dice.below(3) {
        let _ = writeln!(text, "* {} {}", dice.of(OBJECTS), dice.of(ENDS));
    }
    text.push_str("\n## Decision Outcome\n");
    paragraphs(dice, &mut text, topic);
    if dice.chance(20) {
        text.push_str("\n```sql\nSELECT sum(amount) FROM postings WHERE account = $1;\n```\n");
    }
    if dice.chance(15) {
        text.push_str("\n| Option | Cost |\n|---|---:|\n| first | 120 |\n| second | 340 |\n");
    }
    text.push_str("\n### Consequences\n");
    paragraphs(dice, &mut text, topic);
    text
}

fn paragraphs(dice: &mut Dice, text: &mut String, topic: &Topic<'_>) {
    for _ in 0..1 + dice.below(3) {
        text.push('\n');
        for _ in 0..4 + dice.below(6) {
            sentence(dice, text, topic);
        }
        text.push('\n');
    }
}

fn sentence(dice: &mut Dice, text: &mut String, topic: &Topic<'_>) {
    let own: Vec<&str> = topic.title.split(' ').collect();
    text.push_str("The");
    for _ in 0..8 + dice.below(14) {
        text.push(' ');
        let word = if dice.chance(12) { dice.of(&own) } else { topic.prose.word(dice) };
        text.push_str(word);
    }
    if dice.chance(15) {
        let _ = write!(text, ", {}", dice.of(REASONS));
    }
    if dice.chance(35) {
        // A long tail of rare words: names of systems nobody else has.
        let _ = write!(text, ", unlike {}{}{}", dice.of(SYLLABLES), dice.of(SYLLABLES), dice.of(SYLLABLES));
    }
    if topic.number > 1 && dice.chance(6) {
        let _ = write!(text, " (see ADR-{:05})", 1 + dice.below(topic.number - 1));
    }
    text.push_str(". ");
}
