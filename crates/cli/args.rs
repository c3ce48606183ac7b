//! What can be asked for on the command line. The help texts are the reference; the contract fixes names and exit codes.

use clap::{Args, Parser, Subcommand, ValueEnum};
use precedent_core::wire::StatusWord;
use std::path::PathBuf;

/// Architecture decision records that hold.
///
/// Records are plain Markdown in your own git repository. R is a path, number (12, ADR-0012), id or file stem.
#[derive(Debug, Parser)]
#[command(name = "precedent", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Work in this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) dir: Option<PathBuf>,
    /// Print exactly one JSON value (the contract's) instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List decisions
    List(ListArgs),
    /// Show one decision
    Show(ShowArgs),
    /// Report problems of the log: broken links, numbers used twice, unreadable fields
    Lint,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Only this status (may be given several times)
    #[arg(long)]
    pub(crate) status: Vec<StatusArg>,
    /// Only records with this tag (may be given several times: all of them)
    #[arg(long)]
    pub(crate) tag: Vec<String>,
    /// Only decisions in force
    #[arg(long)]
    pub(crate) in_force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "R")]
    pub(crate) reference: String,
    /// Print the body as HTML
    #[arg(long)]
    pub(crate) html: bool,
}

/// The contract's status words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusArg {
    Draft,
    Proposed,
    Accepted,
    Rejected,
    Deprecated,
    Superseded,
}

impl From<StatusArg> for StatusWord {
    fn from(status: StatusArg) -> Self {
        match status {
            StatusArg::Draft => StatusWord::Draft,
            StatusArg::Proposed => StatusWord::Proposed,
            StatusArg::Accepted => StatusWord::Accepted,
            StatusArg::Rejected => StatusWord::Rejected,
            StatusArg::Deprecated => StatusWord::Deprecated,
            StatusArg::Superseded => StatusWord::Superseded,
        }
    }
}
