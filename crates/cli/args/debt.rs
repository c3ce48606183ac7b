//! Arguments of `debt`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct DebtArgs {
    /// A day (2026-03-02) or revision: the first point is what was there then
    #[arg(long, value_name = "DAY|REV")]
    pub(crate) since: String,
    /// How to print it
    #[arg(long, default_value = "human")]
    pub(crate) format: DebtFormat,
    /// Only the last commit of each week: a small part of the work where there are many commits
    #[arg(long)]
    pub(crate) weekly: bool,
    /// The day that waivers of the last commit are judged by; today when left off
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// At most so many threads; the answer does not depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZero<usize>>,
}

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DebtFormat {
    /// The last commit of each week
    Human,
    /// `precedent/debt/v1`: every commit
    Json,
}
