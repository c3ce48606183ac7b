//! File names of new records: a log goes on as it began.
//!
//! The scheme is read from the records that are there (`0001-x.md`, `ADR-001_x.md`, `20260302-x.md`, `x.md`,
//! `2026-03-02-x/README.md`), unless `precedent.toml` names one. Which numbers are taken on other branches is the
//! caller's knowledge.

use crate::decision::Date;
use crate::id::RecordPath;
use std::collections::BTreeMap;

/// What stands before the slug.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scheme {
    /// Letters before the number, its least width, and what follows it: `ADR-`, 4, `-`.
    Number {
        prefix: String,
        width: usize,
        separator: String,
    },
    /// `2026-03-02` or `20260302`, and what follows.
    Date {
        dashed: bool,
        separator: String,
    },
    None,
}

/// How a log names its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    scheme: Scheme,
    extension: String,
    /// `x/README.md` instead of `x.md`: the file's name.
    folder_file: Option<String>,
}

/// The name of a new record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName {
    pub path: RecordPath,
    /// The number as the name writes it; `None` in a log without numbers.
    pub digits: Option<String>,
}

impl Naming {
    /// Reads the scheme from the records of a log; `configured` is the `numbering` of `precedent.toml`.
    pub fn of<'a>(log: &str, records: impl IntoIterator<Item = &'a RecordPath>, configured: Option<&str>) -> Self {
        let mut schemes: BTreeMap<Scheme, (usize, u64)> = BTreeMap::new();
        let mut extensions: BTreeMap<String, usize> = BTreeMap::new();
        let mut folders: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for path in records {
            let (name, folder_file) = own_name(log, path);
            let (scheme, number) = scheme_of(name);
            let seen = schemes.entry(scheme).or_default();
            *seen = (seen.0 + 1, seen.1.max(number.unwrap_or(0)));
            *extensions.entry(path.file_name()[path.stem().len()..].to_owned()).or_default() += 1;
            *folders.entry(folder_file.map(str::to_owned)).or_default() += 1;
        }
        let scheme = configured.and_then(from_config).unwrap_or_else(|| merged(schemes));
        let extension = most(extensions).filter(|extension| matches!(extension.as_str(), ".md" | ".markdown" | ".mdx"));
        Self { scheme, extension: extension.unwrap_or_else(|| ".md".to_owned()), folder_file: most(folders).flatten() }
    }

    /// Whether new records carry a number that must be free.
    pub fn is_numbered(&self) -> bool {
        matches!(self.scheme, Scheme::Number { .. })
    }

    /// The number in a record's path, when names of this log carry numbers.
    pub fn number_of(&self, log: &str, path: &RecordPath) -> Option<u64> {
        scheme_of(own_name(log, path).0).1.filter(|_| self.is_numbered())
    }

    /// The name for a new record. `highest` is the highest number taken anywhere; `is_taken` tells of paths.
    pub fn next(
        &self,
        log: &str,
        title: &str,
        highest: u64,
        today: Date,
        is_taken: impl Fn(&RecordPath) -> bool,
    ) -> NewName {
        let (head, digits, space) = match &self.scheme {
            Scheme::Number { prefix, width, separator } => {
                let digits = format!("{:0width$}", highest + 1);
                (format!("{prefix}{digits}{separator}"), Some(digits), separator.as_str())
            }
            Scheme::Date { dashed: true, separator } => (format!("{today}{separator}"), None, separator.as_str()),
            Scheme::Date { dashed: false, separator } => {
                (format!("{today}{separator}").replacen('-', "", 2), None, separator.as_str())
            }
            Scheme::None => (String::new(), None, "-"),
        };
        let slug = slug(title, if space == "_" { '_' } else { '-' });
        let path = (1u32..)
            .map(|count| if count == 1 { format!("{head}{slug}") } else { format!("{head}{slug}-{count}") })
            .map(|stem| self.path(log, &stem))
            .find(|path| !is_taken(path));
        NewName { path: path.unwrap_or_else(|| self.path(log, &format!("{head}{slug}"))), digits }
    }

    fn path(&self, log: &str, stem: &str) -> RecordPath {
        let below = match &self.folder_file {
            Some(file) => format!("{stem}/{file}"),
            None => format!("{stem}{}", self.extension),
        };
        RecordPath::new(if log.is_empty() { below } else { format!("{log}/{below}") })
    }
}

/// A title as part of a file name: lower case, everything but letters and digits becomes one separator.
pub fn slug(title: &str, separator: char) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with(separator) {
            slug.push(separator);
        }
    }
    if let Some((end, _)) = slug.char_indices().nth(MOST_SLUG) {
        let cut = slug[..end].rfind(separator).unwrap_or(end);
        slug.truncate(cut);
    }
    let slug = slug.trim_end_matches(separator);
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

/// Longer slugs are cut at a word: some systems refuse long paths.
const MOST_SLUG: usize = 80;

/// The part of a path that carries number and slug, and the fixed file name when that part is a folder.
fn own_name<'a>(log: &str, path: &'a RecordPath) -> (&'a str, Option<&'a str>) {
    let stem = path.stem();
    let is_fixed = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index");
    if is_fixed && path.folder() != log {
        return (path.folder().rsplit('/').next().unwrap_or_default(), Some(path.file_name()));
    }
    (stem, None)
}

fn scheme_of(name: &str) -> (Scheme, Option<u64>) {
    let letters = ["ADR", "adr", "Adr", "RFC", "rfc"].into_iter().find(|word| name.starts_with(word)).unwrap_or("");
    let gap = name[letters.len()..].chars().take_while(|c| matches!(c, '-' | '_' | ' ')).count();
    let prefix = if letters.is_empty() { "" } else { &name[..letters.len() + gap] };
    let rest = &name[prefix.len()..];
    let digits = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
    let after = &rest[digits.len()..];
    let separator = |after: &str| after.chars().take_while(|c| matches!(c, '-' | '_' | ' ' | '.')).collect::<String>();
    if digits.len() == 8 && digits.starts_with(['1', '2']) {
        return (Scheme::Date { dashed: false, separator: or_dash(separator(after)) }, None);
    }
    if digits.len() == 4 && is_month_and_day(after) {
        return (Scheme::Date { dashed: true, separator: or_dash(separator(&after[6..])) }, None);
    }
    match digits.parse() {
        Ok(number) if digits.len() < 8 => {
            let scheme =
                Scheme::Number { prefix: prefix.to_owned(), width: digits.len(), separator: or_dash(separator(after)) };
            (scheme, Some(number))
        }
        _ => (Scheme::None, None),
    }
}

fn or_dash(separator: String) -> String {
    if separator.is_empty() { "-".to_owned() } else { separator }
}

/// `-03-02` at the start.
fn is_month_and_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 6
        && bytes[..6]
            .iter()
            .enumerate()
            .all(|(at, byte)| if at % 3 == 0 { *byte == b'-' } else { byte.is_ascii_digit() })
}

fn from_config(word: &str) -> Option<Scheme> {
    let number = |width| Scheme::Number { prefix: String::new(), width, separator: "-".to_owned() };
    match word {
        "padded4" => Some(number(4)),
        "padded3" => Some(number(3)),
        "date" => Some(Scheme::Date { dashed: false, separator: "-".to_owned() }),
        "none" => Some(Scheme::None),
        _ => None,
    }
}

/// The scheme that most records follow, the later one on a tie; an empty log counts `0001-`.
fn merged(schemes: BTreeMap<Scheme, (usize, u64)>) -> Scheme {
    let chosen = schemes.into_iter().max_by_key(|(_, seen)| *seen).map(|(scheme, _)| scheme);
    chosen.unwrap_or_else(|| Scheme::Number { prefix: String::new(), width: 4, separator: "-".to_owned() })
}

fn most<T: Ord>(counts: BTreeMap<T, usize>) -> Option<T> {
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], configured: Option<&str>, expected: &str, digits: Option<&str>) {
        let records: Vec<RecordPath> = names.iter().map(|name| RecordPath::new(format!("docs/adr/{name}"))).collect();
        let naming = Naming::of("docs/adr", &records, configured);
        let highest = records.iter().filter_map(|path| naming.number_of("docs/adr", path)).max().unwrap_or(0);
        let today = jiff::civil::date(2026, 3, 2);
        let next = naming.next("docs/adr", "Use Postgres, not Mongo!", highest, today, |path| records.contains(path));
        assert_eq!(next.path.as_str(), format!("docs/adr/{expected}"), "{names:?}");
        assert_eq!(next.digits.as_deref(), digits, "{names:?}");
    }

    #[test]
    fn a_log_goes_on_as_it_began() {
        check(&[], None, "0001-use-postgres-not-mongo.md", Some("0001"));
        check(&["0001-a.md", "0012-b.md"], None, "0013-use-postgres-not-mongo.md", Some("0013"));
        check(&["001-a.md", "002-b.md"], None, "003-use-postgres-not-mongo.md", Some("003"));
        check(&["ADR-0001-a.md"], None, "ADR-0002-use-postgres-not-mongo.md", Some("0002"));
        check(&["adr001_a_b.md"], None, "adr002_use_postgres_not_mongo.md", Some("002"));
        check(&["999-a.md"], None, "1000-use-postgres-not-mongo.md", Some("1000"));
        check(&["1-a.md", "2-b.md"], None, "3-use-postgres-not-mongo.md", Some("3"));
        check(&["20240102-a.md", "20250102-b.md"], None, "20260302-use-postgres-not-mongo.md", None);
        check(&["2024-01-02-a.md"], None, "2026-03-02-use-postgres-not-mongo.md", None);
        check(&["2024-01-02-a/README.md"], None, "2026-03-02-use-postgres-not-mongo/README.md", None);
        check(&["some-choice.md", "other.md"], None, "use-postgres-not-mongo.md", None);
        check(&["0001-a.markdown"], None, "0002-use-postgres-not-mongo.markdown", Some("0002"));
        check(&["0001-a.adoc"], None, "0002-use-postgres-not-mongo.md", Some("0002"));
    }

    #[test]
    fn most_records_decide_and_settings_win() {
        check(&["0001-a.md", "0002-b.md", "notes.md"], None, "0003-use-postgres-not-mongo.md", Some("0003"));
        check(&["001-a.md", "0002-b.md", "0003-c.md"], None, "0004-use-postgres-not-mongo.md", Some("0004"));
        check(&["0001-a.md"], Some("date"), "20260302-use-postgres-not-mongo.md", None);
        check(&["0001-a.md"], Some("none"), "use-postgres-not-mongo.md", None);
        check(&["0001-a.md"], Some("padded3"), "002-use-postgres-not-mongo.md", Some("002"));
        check(&["0001-a.md"], Some("nonsense"), "0002-use-postgres-not-mongo.md", Some("0002"));
    }

    #[test]
    fn a_taken_path_gets_a_count() {
        check(&["use-postgres-not-mongo.md"], None, "use-postgres-not-mongo-2.md", None);
    }

    #[test]
    fn slugs_hold_letters_of_any_script_and_nothing_a_file_system_refuses() {
        let check = |title: &str, expected: &str| assert_eq!(slug(title, '-'), expected, "{title}");
        check("Use C++ / Rust: \"why\"?", "use-c-rust-why");
        check("Über die Währung", "über-die-währung");
        check("採用 Postgres", "採用-postgres");
        check("  ../../etc  ", "etc");
        check("???", "untitled");
        assert!(slug(&"word ".repeat(60), '-').len() <= 80);
    }
}
