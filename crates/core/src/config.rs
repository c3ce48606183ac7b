//! `precedent.toml`: which folders are logs, and how this repository speaks.

use crate::decision::Status;
use crate::problem::line_column;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    /// Globs that are never records.
    pub ignore: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            logs: Vec::new(),
            default_template: None,
            numbering: None,
            statuses: Vec::new(),
            stale_after: 30,
            ignore: Vec::new(),
        }
    }
}

/// A fault of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    pub line: u32,
    pub message: String,
}

impl Config {
    /// Reads `precedent.toml`. Unknown keys are kept quiet, wrong values are reported and left at their default.
    pub fn parse(text: &str) -> (Config, Vec<ConfigProblem>) {
        let mut reader = Reader { text: text.trim_start_matches('\u{feff}'), problems: Vec::new() };
        let mut config = Config::default();
        let (root, errors) = DeTable::parse_recoverable(reader.text);
        for error in errors {
            reader.problem(error.span().map_or(0, |span| span.start), format!("not valid TOML: {}", error.message()));
        }
        for (key, value) in root.get_ref() {
            match &**key.get_ref() {
                "logs" => config.logs = reader.texts("logs", value),
                "ignore" => config.ignore = reader.texts("ignore", value),
                "default-template" => config.default_template = reader.text_of("default-template", value),
                "numbering" => config.numbering = reader.numbering(value),
                "stale-after" => config.stale_after = reader.days("stale-after", value).unwrap_or(config.stale_after),
                "statuses" => config.statuses = reader.statuses(value),
                _ => {}
            }
        }
        (config, reader.problems)
    }
}

/// Values with their places, and what was wrong with them.
struct Reader<'t> {
    text: &'t str,
    problems: Vec<ConfigProblem>,
}

type Value<'v> = Spanned<DeValue<'v>>;

impl Reader<'_> {
    fn problem(&mut self, at: usize, message: String) {
        self.problems.push(ConfigProblem { line: line_column(self.text, at).0, message });
    }

    fn wrong(&mut self, value: &Value<'_>, key: &str, expected: &str) {
        self.problem(value.span().start, format!("`{key}` must be {expected}"));
    }

    fn text_of(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        if text.is_none() {
            self.wrong(value, key, "a text in quotes");
        }
        text
    }

    fn texts(&mut self, key: &str, value: &Value<'_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, key, "a list of texts, as [\"docs/decisions\"]");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text_of(key, item)).collect()
    }

    fn numbering(&mut self, value: &Value<'_>) -> Option<String> {
        const SCHEMES: [&str; 4] = ["padded4", "padded3", "date", "none"];
        let scheme = value.get_ref().as_str().filter(|word| SCHEMES.contains(word)).map(str::to_owned);
        if scheme.is_none() {
            self.wrong(value, "numbering", "padded4, padded3, date or none");
        }
        scheme
    }

    fn days(&mut self, key: &str, value: &Value<'_>) -> Option<u32> {
        let days = value
            .get_ref()
            .as_integer()
            .and_then(|number| number.as_str().replace('_', "").parse().ok())
            .filter(|days| *days > 0);
        if days.is_none() {
            self.wrong(value, key, "a number of days, at least 1");
        }
        days
    }

    fn statuses(&mut self, value: &Value<'_>) -> Vec<(String, Status)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, "statuses", "a table of words, as ratified = \"accepted\"");
            return Vec::new();
        };
        let mut statuses = Vec::new();
        for (word, meaning) in table {
            let word = word.get_ref().trim().to_lowercase();
            match meaning.get_ref().as_str().and_then(Status::from_word) {
                Some(status) => statuses.push((word, status)),
                None => {
                    let words = Status::ALL.map(Status::word).join(", ");
                    self.wrong(meaning, &format!("statuses.{word}"), &format!("one of {words}"));
                }
            }
        }
        statuses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Config, problems: &[(u32, &str)]) {
        let (config, found) = Config::parse(text);
        assert_eq!(config, expected, "{text}");
        let found: Vec<_> = found.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
        assert_eq!(found, problems, "{text}");
    }

    #[test]
    fn every_key_is_read_and_unknown_ones_are_left_alone() {
        let text = "\u{feff}logs = [\"docs/decisions\", \"adr\"]\r\nignore = [\"**/old/**\"]\ndefault-template = \"nygard\"\nnumbering = \"padded3\"\n\
                    stale-after = 1_0\nlater = true\n[statuses]\nRatified = \"accepted\"\n[teams]\nx = []\n";
        let expected = Config {
            logs: vec!["docs/decisions".to_owned(), "adr".to_owned()],
            default_template: Some("nygard".to_owned()),
            numbering: Some("padded3".to_owned()),
            statuses: vec![("ratified".to_owned(), Status::Accepted)],
            stale_after: 10,
            ignore: vec!["**/old/**".to_owned()],
        };
        check(text, expected, &[]);
        check("", Config::default(), &[]);
    }

    #[test]
    fn wrong_values_are_reported_where_they_stand_and_the_rest_is_read() {
        check(
            "stale-after = 0\nnumbering = \"roman\"\nlogs = \"adr\"\n[statuses]\ndone = \"finished\"\n",
            Config::default(),
            &[
                (3, "`logs` must be a list of texts, as [\"docs/decisions\"]"),
                (2, "`numbering` must be padded4, padded3, date or none"),
                (1, "`stale-after` must be a number of days, at least 1"),
                (5, "`statuses.done` must be one of draft, proposed, accepted, rejected, deprecated, superseded"),
            ],
        );
        let logs = Config { logs: vec!["adr".to_owned()], ..Config::default() };
        check("logs = [\"adr\", 7]\n", logs, &[(1, "`logs` must be a text in quotes")]);
    }

    #[test]
    fn broken_toml_is_a_problem_at_its_line() {
        let (config, problems) = Config::parse("logs = [\"adr\"]\nnumbering = \n");
        assert_eq!(config.logs, ["adr"]);
        assert_eq!(problems[0].line, 2, "{problems:?}");
    }
}
