//! How a log names its files, inferred from the names it has, and the name of the next one.
//!
//! Which numbers are taken (also on other branches) is for the caller to say; nothing here looks at files.

use crate::decision::Date;
use crate::id::{FileName, RecordPath, record_stem};
use std::collections::BTreeMap;

/// Longest slug, in characters; cut between words.
const MAX_SLUG: usize = 60;

/// What a file name begins with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lead {
    /// `0012-`, `ADR-012-`, `adr_12_`: the prefix and the width to which zeros are filled up.
    Number {
        prefix: String,
        width: usize,
    },
    /// `20260302-` or `2026-03-02-`.
    Date {
        dashes: bool,
    },
    /// `2026-03-02-ADR_12_`
    DateAndNumber {
        dashes: bool,
        prefix: String,
        width: usize,
    },
    None,
}

/// The naming scheme of a log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scheme {
    pub lead: Lead,
    /// Between lead and slug: `-`, `_`.
    pub separator: char,
    /// Between the words of a slug.
    pub word_separator: char,
    /// Each record has a folder of its own with a `README.md`.
    pub folder_per_record: bool,
    /// `.md`
    pub extension: String,
}

impl Default for Scheme {
    fn default() -> Self {
        Self {
            lead: Lead::Number { prefix: String::new(), width: 4 },
            separator: '-',
            word_separator: '-',
            folder_per_record: false,
            extension: ".md".to_owned(),
        }
    }
}

impl Scheme {
    /// The scheme that most of these records follow; the default for none.
    pub fn infer<'p>(paths: impl IntoIterator<Item = &'p RecordPath>) -> Self {
        let mut votes: BTreeMap<Scheme, (usize, u64)> = BTreeMap::new();
        let mut unpadded = false;
        for path in paths {
            let scheme = Self::of(path);
            unpadded |= matches!(&scheme.lead, Lead::Number { width: 1, .. });
            let number = FileName::of(path).number().unwrap_or(0);
            let vote = votes.entry(scheme).or_default();
            vote.0 += 1;
            vote.1 = vote.1.max(number);
        }
        // Numbers without zeros in front differ in width: `9-x` and `10-x` are one scheme.
        let winner = votes.into_iter().max_by_key(|(scheme, vote)| (!matches!(scheme.lead, Lead::None), *vote));
        let mut scheme = winner.map(|(scheme, _)| scheme).unwrap_or_default();
        if let (Lead::Number { width, .. }, true) = (&mut scheme.lead, unpadded)
            && *width <= 2
        {
            *width = 1;
        }
        scheme
    }

    /// The scheme that `precedent.toml` names (`padded4`, `padded3`, `date`, `none`), with the rest as the log does.
    #[must_use]
    pub fn configured(mut self, numbering: Option<&str>) -> Self {
        let prefix = match &self.lead {
            Lead::Number { prefix, .. } | Lead::DateAndNumber { prefix, .. } => prefix.clone(),
            Lead::Date { .. } | Lead::None => String::new(),
        };
        match numbering {
            Some("padded4") => self.lead = Lead::Number { prefix, width: 4 },
            Some("padded3") => self.lead = Lead::Number { prefix, width: 3 },
            Some("date") => {
                self.lead = Lead::Date {
                    dashes: matches!(self.lead, Lead::Date { dashes: true } | Lead::DateAndNumber { dashes: true, .. }),
                }
            }
            Some("none") => self.lead = Lead::None,
            _ => {}
        }
        self
    }

    fn of(path: &RecordPath) -> Self {
        let stem = record_stem(path);
        let name = FileName::parse(stem);
        let dashes = stem.as_bytes().get(4).is_some_and(|byte| !byte.is_ascii_digit());
        let width = |digits: &str| if digits.starts_with('0') || digits.len() >= 3 { digits.len() } else { 1 };
        let lead = match (name.date_len > 0, name.digits) {
            (true, Some(digits)) => {
                Lead::DateAndNumber { dashes, prefix: name.prefix.to_owned(), width: width(digits) }
            }
            (true, None) => Lead::Date { dashes },
            (false, Some(digits)) => Lead::Number { prefix: name.prefix.to_owned(), width: width(digits) },
            (false, None) => Lead::None,
        };
        let after = name.date_len + name.prefix.len() + name.digits.map_or(0, str::len);
        let separator =
            match (&lead, stem.as_bytes().get(after), stem.as_bytes().get(name.date_len.saturating_sub(1))) {
                (Lead::Date { .. }, _, Some(b'_'))
                | (Lead::Number { .. } | Lead::DateAndNumber { .. }, Some(b'_'), _) => '_',
                _ => '-',
            };
        let word_separator = if name.slug.contains('_') && !name.slug.contains('-') { '_' } else { '-' };
        let file = path.file_name();
        let folder_per_record = stem != path.stem();
        let extension =
            if folder_per_record { &file[path.stem().len()..] } else { &file[stem.len().min(file.len())..] };
        let is_markdown = matches!(extension, ".md" | ".mdx" | ".markdown");
        Self {
            lead,
            separator,
            word_separator,
            folder_per_record,
            extension: if is_markdown { extension } else { ".md" }.to_owned(),
        }
    }

    /// The number as this log writes it, `0012`; `None` in a log without numbers.
    pub fn digits(&self, number: u64) -> Option<String> {
        match self.lead {
            Lead::Number { width, .. } | Lead::DateAndNumber { width, .. } => Some(format!("{number:0width$}")),
            Lead::Date { .. } | Lead::None => None,
        }
    }
}

/// The number after the highest of those taken; 1 for the first record.
pub fn next_number(taken: impl IntoIterator<Item = u64>) -> u64 {
    taken.into_iter().max().map_or(1, |highest| highest.saturating_add(1))
}

/// The file name of a new record, relative to its log: `0012-use-postgres.md`, `2026-03-02-use-postgres/README.md`.
pub fn file_name_for(title: &str, scheme: &Scheme, number: u64, today: Date) -> String {
    let separator = scheme.separator;
    let day = |dashes: bool| if dashes { today.to_string() } else { today.to_string().replace('-', "") };
    let digits = scheme.digits(number).unwrap_or_default();
    let lead = match &scheme.lead {
        Lead::Number { prefix, .. } => format!("{prefix}{digits}{separator}"),
        Lead::Date { dashes } => format!("{}{separator}", day(*dashes)),
        Lead::DateAndNumber { dashes, prefix, .. } => format!("{}-{prefix}{digits}{separator}", day(*dashes)),
        Lead::None => String::new(),
    };
    let name = format!("{lead}{}", slug(title, scheme.word_separator));
    if scheme.folder_per_record {
        format!("{name}/README{}", scheme.extension)
    } else {
        format!("{name}{}", scheme.extension)
    }
}

/// A title as part of a file name: lower case, accents gone, words joined; letters of other scripts stay.
pub fn slug(title: &str, separator: char) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in title.chars().flat_map(char::to_lowercase) {
        match ascii(c) {
            Some(plain) => extend(&mut words, plain),
            None if c.is_alphanumeric() => extend(&mut words, c.encode_utf8(&mut [0; 4])),
            None if matches!(c, '\'' | '’') || is_combining(c) => {}
            None => words.push(String::new()),
        }
    }
    let mut out = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let length = out.chars().count() + word.chars().count() + 1;
        if length > MAX_SLUG + 1 && !out.is_empty() {
            break;
        }
        if !out.is_empty() {
            out.push(separator);
        }
        out.extend(word.chars().take(MAX_SLUG));
    }
    if out.is_empty() { "decision".to_owned() } else { out }
}

fn extend(words: &mut [String], text: &str) {
    if let Some(word) = words.last_mut() {
        word.push_str(text);
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Latin letters without their marks, lower case.
fn ascii(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '+' => "plus",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &str) {
        let paths: Vec<RecordPath> = names.iter().map(|name| RecordPath::new(format!("docs/adr/{name}"))).collect();
        let number = next_number(paths.iter().filter_map(|path| FileName::of(path).number()));
        let name = file_name_for("Use Postgres für alles!", &Scheme::infer(&paths), number, Date::constant(2026, 3, 2));
        assert_eq!(name, expected, "{names:?}");
    }

    #[test]
    fn the_log_s_own_scheme() {
        check(&[], "0001-use-postgres-fuer-alles.md");
        check(&["0001-a.md", "0002-b.md"], "0003-use-postgres-fuer-alles.md");
        check(&["001-a.md", "0002-b.md", "003-c.md"], "004-use-postgres-fuer-alles.md");
        check(&["ADR-0001-a.md", "ADR-0012-b.md"], "ADR-0013-use-postgres-fuer-alles.md");
        check(&["adr_001_some_words.md"], "adr_002_use_postgres_fuer_alles.md");
        check(&["20260101-a.md", "20260102-b.md"], "20260302-use-postgres-fuer-alles.md");
        check(&["2026-01-01-a.md"], "2026-03-02-use-postgres-fuer-alles.md");
        check(&["use-x.md", "use-y.md"], "use-postgres-fuer-alles.md");
        check(&["2022-01-01-slug/README.md"], "2026-03-02-use-postgres-fuer-alles/README.md");
        check(&["9-a.md", "10-b.md"], "11-use-postgres-fuer-alles.md");
        check(&["ADR001-a.md"], "ADR002-use-postgres-fuer-alles.md");
        check(&["2017-01-02-ADR_3_pick_it.md"], "2026-03-02-ADR_4_use_postgres_fuer_alles.md");
        check(&["0001-a.adoc"], "0002-use-postgres-fuer-alles.md");
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Don't use C++ (yet)", '-'), "dont-use-cplusplus-yet");
        assert_eq!(slug("保持功能", '-'), "保持功能");
        assert_eq!(slug("!!!", '-'), "decision");
        let long = slug(&"word ".repeat(40), '-');
        assert!(long.len() <= 60 && long.ends_with("word"), "{long}");
    }

    #[test]
    fn configuration_overrides() {
        let scheme = Scheme::infer([&RecordPath::new("docs/ADR-012-x.md")]).configured(Some("padded4"));
        assert_eq!(file_name_for("Y", &scheme, 13, Date::constant(2026, 3, 2)), "ADR-0013-y.md");
        let scheme = Scheme::default().configured(Some("none"));
        assert_eq!(file_name_for("Y", &scheme, 13, Date::constant(2026, 3, 2)), "y.md");
    }
}
