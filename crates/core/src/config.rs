//! `precedent.toml`: which folders are logs, and how this repository speaks.

mod edit;

use crate::decision::Status;
use crate::problem::Severity;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

pub use edit::{ConfigEditError, edit};

/// Settings of a repository; every key is optional (schema: `decisions-template/schema/precedent-toml.json`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Folders of records, repository-relative; empty: found by looking.
    pub logs: Vec<String>,
    pub default_template: Option<String>,
    /// `padded4`, `padded3`, `date`, `none`; `None`: as the log does.
    pub numbering: Option<String>,
    /// More status words, lower case.
    pub statuses: Vec<(String, Status)>,
    /// Days after which a proposal is stale.
    pub stale_after: u32,
    /// How many days ahead a waiver may end, at most.
    pub waiver_max_days: u32,
    /// Globs that are never records.
    pub ignore: Vec<String>,
    /// Levels of rules (`<record id>/<rule id>`) that differ here, in the order of their keys.
    pub severity: Vec<(String, Severity)>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            logs: Vec::new(),
            default_template: None,
            numbering: None,
            statuses: Vec::new(),
            stale_after: 30,
            waiver_max_days: 180,
            ignore: Vec::new(),
            severity: Vec::new(),
        }
    }
}

/// A fault of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The key at the top that it is about; empty where the file is no TOML.
    pub key: String,
    pub line: u32,
    pub message: String,
}

/// The words that `numbering` takes.
pub const NUMBERINGS: [&str; 4] = ["padded4", "padded3", "date", "none"];

impl Config {
    /// Reads `precedent.toml`. Unknown keys are kept quiet, wrong values are reported and left at their default.
    pub fn parse(text: &str) -> (Config, Vec<ConfigProblem>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, key: String::new(), problems: Vec::new() };
        let mut config = Config::default();
        match DeTable::parse(text) {
            Ok(table) => {
                for (key, value) in table.get_ref() {
                    reader.key(&mut config, key.get_ref(), value.get_ref(), &value.span());
                }
            }
            Err(error) => {
                let message = error.message().lines().next().unwrap_or_default().to_owned();
                reader.note(
                    error.span().unwrap_or(0..0).start,
                    format!("this is not TOML: {message}; no setting was read"),
                );
            }
        }
        reader.problems.sort_by_key(|problem| problem.line);
        (config, reader.problems)
    }
}

struct Reader<'t> {
    text: &'t str,
    /// The key that is being read.
    key: String,
    problems: Vec<ConfigProblem>,
}

impl Reader<'_> {
    fn note(&mut self, at: usize, message: String) {
        let line = crate::problem::line_column(self.text, at).0;
        self.problems.push(ConfigProblem { key: self.key.clone(), line, message });
    }

    fn key(&mut self, config: &mut Config, key: &str, value: &DeValue<'_>, span: &Range<usize>) {
        key.clone_into(&mut self.key);
        match key {
            "logs" => config.logs = self.texts(key, value, span),
            "ignore" => config.ignore = self.globs(key, value, span),
            "default-template" => config.default_template = self.text(key, value, span),
            "numbering" => config.numbering = self.numbering(value, span),
            "stale-after" => config.stale_after = self.days(key, value, span).unwrap_or(config.stale_after),
            "waiver-max-days" => config.waiver_max_days = self.days(key, value, span).unwrap_or(config.waiver_max_days),
            "severity" => config.severity = self.severities(value, span),
            "statuses" => config.statuses = self.statuses(value, span),
            _ => {}
        }
    }

    fn text(&mut self, key: &str, value: &DeValue<'_>, span: &Range<usize>) -> Option<String> {
        match value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => {
                self.note(span.start, format!("`{key}` takes a text in quotes"));
                None
            }
        }
    }

    fn texts(&mut self, key: &str, value: &DeValue<'_>, span: &Range<usize>) -> Vec<String> {
        let DeValue::Array(items) = value else {
            self.note(span.start, format!("`{key}` takes a list, for example {key} = [\"docs/decisions\"]"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text(key, item.get_ref(), &item.span())).collect()
    }

    fn globs(&mut self, key: &str, value: &DeValue<'_>, span: &Range<usize>) -> Vec<String> {
        let mut globs = self.texts(key, value, span);
        globs.retain(|glob| {
            let fits = globset::Glob::new(glob).is_ok();
            if !fits {
                self.note(span.start, format!("`{glob}` in `{key}` is not a path pattern"));
            }
            fits
        });
        globs
    }

    fn numbering(&mut self, value: &DeValue<'_>, span: &Range<usize>) -> Option<String> {
        let word = self.text("numbering", value, span)?;
        if NUMBERINGS.contains(&word.as_str()) {
            return Some(word);
        }
        self.note(span.start, format!("`{word}` is no numbering; use padded4, padded3, date or none"));
        None
    }

    fn days(&mut self, key: &str, value: &DeValue<'_>, span: &Range<usize>) -> Option<u32> {
        let number = match value {
            DeValue::Integer(number) => number.to_string().parse::<u32>().ok().filter(|days| *days > 0),
            _ => None,
        };
        if number.is_none() {
            self.note(span.start, format!("`{key}` takes a number of days above 0"));
        }
        number
    }

    fn severities(&mut self, value: &DeValue<'_>, span: &Range<usize>) -> Vec<(String, Severity)> {
        let DeValue::Table(rules) = value else {
            let example =
                "`severity` takes a table, for example \"use-postgres/no-mongo\" = \"warning\" below [severity]";
            self.note(span.start, example.to_owned());
            return Vec::new();
        };
        let mut out = Vec::new();
        for (rule, level) in rules {
            let place = level.span();
            let Some(text) = self.text(rule.get_ref(), level.get_ref(), &place) else { continue };
            let known = [Severity::Error, Severity::Warning, Severity::Note];
            match known.into_iter().find(|severity| severity.word() == text) {
                Some(severity) => out.push((rule.get_ref().to_string(), severity)),
                None => self.note(place.start, format!("`{text}` is no level; use error, warning or note")),
            }
        }
        out.sort();
        out
    }

    fn statuses(&mut self, value: &DeValue<'_>, span: &Range<usize>) -> Vec<(String, Status)> {
        let DeValue::Table(words) = value else {
            self.note(
                span.start,
                "`statuses` takes a table, for example ratified = \"accepted\" below [statuses]".to_owned(),
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for (word, meaning) in words {
            let place = meaning.span();
            let Some(text) = self.text(word.get_ref(), meaning.get_ref(), &place) else { continue };
            match Status::from_word(&text) {
                Some(status) => out.push((word.get_ref().trim().to_lowercase(), status)),
                None => self.note(
                    place.start,
                    format!("`{text}` is no status; use draft, proposed, accepted, rejected, deprecated or superseded"),
                ),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, problems: &[(u32, &str)]) -> Config {
        let (config, found) = Config::parse(text);
        let found: Vec<(u32, &str)> = found.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
        assert_eq!(found, problems);
        config
    }

    #[test]
    fn every_key() {
        let config = check(
            "logs = [\"docs/decisions\", \"adr\"]\ndefault-template = \"nygard\"\nnumbering = \"date\"\nstale-after = 14\nwaiver-max-days = 90\nignore = [\"x/**\"]\nunknown = 1\n[statuses]\nRatified = \"accepted\"\n[severity]\n\"a/b\" = \"note\"\n",
            &[],
        );
        assert_eq!(config.logs, ["docs/decisions", "adr"]);
        assert_eq!(config.default_template.as_deref(), Some("nygard"));
        assert_eq!(config.numbering.as_deref(), Some("date"));
        assert_eq!((config.stale_after, config.waiver_max_days), (14, 90));
        assert_eq!(config.statuses, [("ratified".to_owned(), Status::Accepted)]);
        assert_eq!(config.severity, [("a/b".to_owned(), Severity::Note)]);
        assert_eq!(check("", &[]), Config::default());
    }

    #[test]
    fn wrong_values_are_named_by_line_and_left_at_their_default() {
        let config = check(
            "logs = \"docs\"\n\nnumbering = \"roman\"\nstale-after = 0\nignore = [\"a[\"]\n[statuses]\nok = \"fine\"\n[severity]\n\"a/b\" = \"off\"\n",
            &[
                (1, "`logs` takes a list, for example logs = [\"docs/decisions\"]"),
                (3, "`roman` is no numbering; use padded4, padded3, date or none"),
                (4, "`stale-after` takes a number of days above 0"),
                (5, "`a[` in `ignore` is not a path pattern"),
                (7, "`fine` is no status; use draft, proposed, accepted, rejected, deprecated or superseded"),
                (9, "`off` is no level; use error, warning or note"),
            ],
        );
        assert_eq!(config, Config::default());
    }

    #[test]
    fn no_toml_at_all() {
        let (config, problems) = Config::parse("logs = [\n= nonsense\n");
        assert_eq!(config, Config::default());
        assert!(
            problems.len() == 1 && problems[0].line >= 1 && problems[0].message.starts_with("this is not TOML"),
            "{problems:?}"
        );
    }
}
