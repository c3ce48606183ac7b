//! Waivers: records that let findings pass until a day. A waiver with a fault lets nothing pass.

use crate::rule::fields::Fields;
use crate::rule::{PathSet, canonical};
use precedent_core::Date;
use precedent_core::record::front_block;
use precedent_core::tree::{Fault, Node, Place, Value, read_yaml_from};

/// The contract that a waiver names.
const SCHEMA: &str = "precedent/waiver/v1";

/// Lets findings of rules pass until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub path: String,
    /// Keys of rules.
    pub waives: Vec<String>,
    pub paths: PathSet,
    /// How many findings it covers at most.
    pub at_most: Option<u64>,
    /// Only these; empty: any.
    pub fingerprints: Vec<String>,
    pub reason: String,
    pub owner: String,
    pub granted: Option<Date>,
    /// The last day that it holds.
    pub expires: Date,
    /// What it says, in one form for one meaning.
    pub digest: String,
}

impl Waiver {
    /// Reads the record of a waiver. `most_days` is how far ahead its end may lie.
    ///
    /// # Errors
    /// The faults; one of them is enough for it to cover nothing.
    pub fn read(path: &str, text: &str, most_days: u32) -> Result<Self, Vec<Fault>> {
        let top = Place { line: 1, column: 1 };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Some(block) = front_block(text) else {
            return Err(vec![Fault {
                place: top,
                message: format!("a waiver begins with front matter: schema: {SCHEMA}"),
            }]);
        };
        let first_line = text[..block.start].matches('\n').count() + 1;
        let node = read_yaml_from(&text[block], u32::try_from(first_line).unwrap_or(1)).map_err(|fault| vec![fault])?;
        Self::of(path, &node, most_days)
    }

    fn of(path: &str, node: &Node, most_days: u32) -> Result<Self, Vec<Fault>> {
        // Keys of one's own are as free here as in any record.
        let own = |key: &str| key.starts_with("x-") || matches!(key, "title" | "status" | "date" | "tags" | "id");
        let entries = node.entries().iter().filter(|entry| !own(&entry.key)).cloned().collect();
        let known = Node { place: node.place, value: Value::Map(entries) };
        let mut fields = Fields::new(&known, "waiver");
        if let Some((schema, place)) = fields.needed("schema")
            && schema != SCHEMA
        {
            fields.fault(place, format!("`{schema}` is no waiver that this version knows; write {SCHEMA}"));
        }
        let waives = texts(fields.texts("waives"));
        if waives.is_empty() {
            fields.missing("waives");
        }
        let paths = fields.globs("paths");
        if paths.is_none() {
            fields.missing("paths");
        }
        let at_most = fields.number("at-most");
        let fingerprints = texts(fields.texts("fingerprints"));
        let reason = fields.needed("reason").map(|(text, _)| text.trim().to_owned());
        let owner = fields.needed("owner").map(|(text, _)| text.trim().to_owned());
        let granted = date(&mut fields, "granted");
        let expires = date(&mut fields, "expires");
        if fields.find("expires").is_none() {
            fields.missing("expires");
        }
        let _kept = fields.texts("approved-by");
        if let (Some((granted, _)), Some((expires, place))) = (granted, expires) {
            let days = granted.until(expires).map_or(i32::MAX, |span| span.get_days());
            if i64::from(days) > i64::from(most_days) {
                fields.fault(place, format!("this is {days} days after `granted`; {most_days} are allowed at most"));
            }
        }
        let faults = fields.finish();
        match (paths, reason, owner, expires) {
            (Some(paths), Some(reason), Some(owner), Some((expires, _))) if faults.is_empty() => Ok(Self {
                path: path.to_owned(),
                waives,
                paths,
                at_most,
                fingerprints,
                reason,
                owner,
                granted: granted.map(|(day, _)| day),
                expires,
                digest: canonical(&known.to_json()),
            }),
            _ => Err(faults),
        }
    }

    /// Whether it holds on a day, which its last one is part of. Without `granted`, its end may not lie further ahead
    /// than a waiver may last.
    #[must_use]
    pub fn holds_on(&self, day: Date, most_days: u32) -> bool {
        let is_near = || day.until(self.expires).is_ok_and(|span| i64::from(span.get_days()) <= i64::from(most_days));
        day <= self.expires && self.granted.map_or_else(is_near, |granted| granted <= day)
    }

    /// Whether it is about a finding of this rule, path and text.
    #[must_use]
    pub fn is_about(&self, key: &str, path: &str, hash: &str, fingerprint: &str) -> bool {
        self.waives.iter().any(|waived| waived == key)
            && self.paths.has(path)
            && (self.fingerprints.is_empty()
                || self.fingerprints.iter().any(|named| named == hash || named == fingerprint))
    }
}

fn texts(found: Vec<(&str, Place)>) -> Vec<String> {
    found.into_iter().map(|(text, _)| text.to_owned()).collect()
}

fn date(fields: &mut Fields<'_>, key: &'static str) -> Option<(Date, Place)> {
    let (text, place) = fields.text(key)?;
    match text.parse::<Date>() {
        Ok(day) => Some((day, place)),
        Err(_) => {
            fields.fault(place, format!("`{key}` takes a day as 2026-03-02, and this is `{text}`"));
            None
        }
    }
}

/// A waiver that somebody asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaiverDraft {
    pub rule: String,
    pub paths: Vec<String>,
    pub at_most: Option<u64>,
    pub fingerprints: Vec<String>,
    pub reason: String,
    pub owner: String,
    pub approved_by: Vec<String>,
}

impl WaiverDraft {
    /// The text of its record.
    #[must_use]
    pub fn to_text(&self, granted: Date, expires: Date) -> String {
        // A text of JSON is one of YAML.
        let quoted = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
        let list =
            |texts: &[String]| format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "));
        let mut out =
            format!("---\nschema: {SCHEMA}\nwaives: [{}]\npaths: {}\n", quoted(&self.rule), list(&self.paths));
        if let Some(most) = self.at_most {
            out.push_str(&format!("at-most: {most}\n"));
        }
        if !self.fingerprints.is_empty() {
            out.push_str(&format!("fingerprints: {}\n", list(&self.fingerprints)));
        }
        let (reason, owner) = (quoted(&self.reason), quoted(&self.owner));
        out.push_str(&format!("reason: {reason}\nowner: {owner}\ngranted: {granted}\nexpires: {expires}\n"));
        if !self.approved_by.is_empty() {
            out.push_str(&format!("approved-by: {}\n", list(&self.approved_by)));
        }
        out.push_str(&format!("---\n# Waiver for {} until {expires}\n\n{}\n", self.rule, self.reason));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "---\nschema: precedent/waiver/v1\nwaives: [a/b]\npaths: [\"src/**\"]\nreason: Old\nowner: \"@dana\"\ngranted: 2026-01-01\nexpires: 2026-03-01\n---\n# Why\n";

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn fault(change: (&str, &str), expected: (u32, &str)) {
        let faults = Waiver::read("w.md", &WHOLE.replace(change.0, change.1), 180).expect_err("a fault");
        assert!(faults[0].message.contains(expected.1), "{faults:?}");
        assert_eq!(faults[0].place.line, expected.0, "{faults:?}");
    }

    #[test]
    fn a_whole_waiver_holds_up_to_its_last_day() {
        let waiver = Waiver::read("w.md", WHOLE, 180).expect("a waiver");
        let held = ["2025-12-31", "2026-01-01", "2026-03-01", "2026-03-02"].map(|on| waiver.holds_on(day(on), 180));
        assert_eq!(held, [false, true, true, false]);
        assert!(waiver.is_about("a/b", "src/x", "h", "h:1"));
        assert!(!waiver.is_about("a/c", "src/x", "h", "h:1") && !waiver.is_about("a/b", "x", "h", "h:1"));
    }

    #[test]
    fn a_draft_is_read_as_it_was_meant() {
        let draft = WaiverDraft {
            rule: "a/b".to_owned(),
            paths: vec!["src/**".to_owned(), "!src/x: y".to_owned()],
            at_most: Some(3),
            fingerprints: vec!["abc:1".to_owned()],
            reason: "Old: \"code\" # not a comment\nmore".to_owned(),
            owner: "@dana".to_owned(),
            approved_by: vec!["@lee".to_owned()],
        };
        let text = draft.to_text(day("2026-01-01"), day("2026-02-01"));
        let waiver = Waiver::read("w.md", &text, 180).expect("a waiver");
        assert_eq!(
            (waiver.waives, waiver.at_most, waiver.fingerprints),
            (vec![draft.rule], Some(3), draft.fingerprints)
        );
        assert_eq!((waiver.reason, waiver.owner), (draft.reason, draft.owner));
        assert!(waiver.paths.has("src/a") && !waiver.paths.has("src/x: y"));
        assert_eq!((waiver.granted, waiver.expires), (Some(day("2026-01-01")), day("2026-02-01")));
    }

    #[test]
    fn one_line_may_be_named() {
        let text = WHOLE.replace("reason:", "fingerprints: [\"abc:2\", def]\nreason:");
        let waiver = Waiver::read("w.md", &text, 180).expect("a waiver");
        assert!(waiver.is_about("a/b", "src/x", "abc", "abc:2") && waiver.is_about("a/b", "src/x", "def", "def:7"));
        assert!(!waiver.is_about("a/b", "src/x", "abc", "abc:1"));
    }

    #[test]
    fn a_waiver_with_a_fault_is_none() {
        fault(("expires: 2026-03-01\n", ""), (2, "`expires` is missing"));
        fault(("expires: 2026-03-01", "expires: 2027-03-01"), (8, "180 are allowed"));
        fault(("expires: 2026-03-01", "expires: soon"), (8, "takes a day"));
        fault(("reason: Old", "reasons: Old"), (2, "`reason` is missing"));
        fault(("paths:", "path:"), (2, "`paths` is missing"));
        fault(("granted:", "fingerprint: x\ngranted:"), (7, "no key `fingerprint`"));
        fault(("waiver/v1", "waiver/v2"), (2, "no waiver that this version knows"));
        assert!(Waiver::read("w.md", "# no front matter\n", 180).is_err());
    }

    #[test]
    fn keys_of_ones_own_are_free() {
        let own = "x-ticket: 7\ntitle: T\nstatus: accepted\ndate: 2026-01-01\ntags: [a]\nid: w\n";
        let free = WHOLE.replace("reason:", &format!("{own}approved-by: ['@lee']\nreason:"));
        let waiver = Waiver::read("w.md", &format!("\u{feff}{free}"), 180).expect("a waiver");
        // What is one's own changes nothing in what it says.
        let approved = WHOLE.replace("reason:", "approved-by: ['@lee']\nreason:");
        assert_eq!(waiver.digest, Waiver::read("w.md", &approved, 180).expect("a waiver").digest);
        assert_ne!(waiver.digest, Waiver::read("w.md", WHOLE, 180).expect("a waiver").digest);
        assert_eq!((waiver.path.as_str(), waiver.at_most, waiver.owner.as_str()), ("w.md", None, "@dana"));
    }

    #[test]
    fn its_longest_time_is_a_number_of_days() {
        let ends = |last: &str| Waiver::read("w.md", &WHOLE.replace("2026-03-01", last), 59).is_ok();
        assert!(ends("2026-03-01") && !ends("2026-03-02") && ends("2026-01-01"));
        let open = Waiver::read("w.md", &WHOLE.replace("granted: 2026-01-01\n", ""), 59).expect("a waiver");
        assert!(open.holds_on(day("2026-01-01"), 59) && !open.holds_on(day("2025-12-31"), 59));
        assert!(!open.holds_on(day("2026-03-02"), 59));
    }

    #[test]
    fn it_waives_something() {
        fault(("waives: [a/b]", "waives: []"), (2, "`waives` is missing"));
        fault(("waives: [a/b]\n", ""), (2, "`waives` is missing"));
        fault(("granted: 2026-01-01", "granted: [x]"), (7, "takes a text"));
        let text = WHOLE.replace("[a/b]", "[a/b, c/d]");
        let waiver = Waiver::read("w.md", &text, 180).expect("a waiver");
        assert!(waiver.is_about("a/b", "src/x", "h", "h:1") && waiver.is_about("c/d", "src/x", "h", "h:1"));
    }

    #[test]
    fn a_short_draft_is_short() {
        let draft = WaiverDraft {
            rule: "a/b".to_owned(),
            paths: vec!["src".to_owned()],
            reason: "Old".to_owned(),
            owner: "O".to_owned(),
            ..WaiverDraft::default()
        };
        let expected = "---\nschema: precedent/waiver/v1\nwaives: [\"a/b\"]\npaths: [\"src\"]\nreason: \"Old\"\nowner: \"O\"\ngranted: 2026-01-01\nexpires: 2026-02-01\n---\n# Waiver for a/b until 2026-02-01\n\nOld\n";
        assert_eq!(draft.to_text(day("2026-01-01"), day("2026-02-01")), expected);
        let approved = WaiverDraft { approved_by: vec!["@a".to_owned(), "@b".to_owned()], ..draft };
        let text = approved.to_text(day("2026-01-01"), day("2026-02-01"));
        assert!(text.contains("expires: 2026-02-01\napproved-by: [\"@a\", \"@b\"]\n---\n"), "{text}");
    }

    #[test]
    fn without_a_beginning_its_end_may_not_be_far() {
        let waiver = Waiver::read("w.md", &WHOLE.replace("granted: 2026-01-01\n", ""), 30).expect("a waiver");
        assert!(waiver.holds_on(day("2026-02-15"), 30) && !waiver.holds_on(day("2026-01-15"), 30));
    }
}
