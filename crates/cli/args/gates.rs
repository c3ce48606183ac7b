//! Arguments of `hooks` and `doctor`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct HooksArgs {
    #[command(subcommand)]
    pub(crate) act: HooksAct,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HooksAct {
    /// Write pre-commit, commit-msg (for merges) and pre-push; hooks that are there are kept and run first
    Install(ChangeArgs),
    /// Take them out again; hooks that were there before come back
    Uninstall(ChangeArgs),
    /// Say which are installed (exit 1: not all)
    Status,
    /// What the hooks call
    #[command(hide = true)]
    Run(RunArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ChangeArgs {
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The hook
    pub(crate) name: HookName,
    /// What git gives to it
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) given: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HookName {
    PreCommit,
    CommitMsg,
    PrePush,
}
