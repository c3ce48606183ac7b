//! `precedent`: the command line. Parses arguments, opens the workspace, prints one wire value or text for people.
//!
//! Exit codes (CONTRACT §6): 0 done, 1 findings or nothing found, 2 usage or input error, 3 could not decide.

mod args;
mod commands;
mod output;
mod progress;
mod spelling;

use args::Cli;
use clap::Parser;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse_from(spelling::for_clap(std::env::args_os()));
    let output = Output::new(cli.json);
    match commands::run(cli, &output) {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::from(2)
        }
    }
}
