//! `precedent list` as a command, from the start of the process, beside other programs where they are installed.

use crate::table::Table;
use crate::{Home, Outcome, millis};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

const RUNS: usize = 21;
const SIZE: usize = 1_000;

/// Measures the listing of a repository of a thousand records.
pub(crate) fn list(home: &Home, table: &mut Table) -> Outcome<()> {
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_precedent"));
    table.put("`precedent list`, process and all", SIZE, median(home, &ours, &["list"])?, Some(40.0));
    table.put(
        "`precedent search ledger`, process and all",
        SIZE,
        median(home, &ours, &["search", "ledger"])?,
        Some(40.0),
    );
    // `cargo install adrs --root target/tools` puts it there; ripgrep from anywhere.
    let adrs = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/bin/adrs"));
    let peers: [(&str, PathBuf, &[&str]); 2] = [
        ("`adrs list`", adrs, &["list"]),
        ("`rg -c ledger`", PathBuf::from("rg"), &["-c", "--no-config", "ledger", "."]),
    ];
    std::fs::write(home.repository().join(".adr-dir"), "docs/decisions\n")?;
    for (name, program, arguments) in peers {
        match median(home, &program, arguments) {
            Ok(time) => table.put(name, SIZE, time, None),
            Err(_) => table.note(&format!("{name}: not installed")),
        }
    }
    Ok(std::fs::remove_file(home.repository().join(".adr-dir"))?)
}

fn median(home: &Home, program: &PathBuf, arguments: &[&str]) -> Outcome<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(home.repository()).env("XDG_CACHE_HOME", home.cache());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let started = Instant::now();
        let status = command.status()?;
        times.push(millis(started));
        if !status.success() {
            return Err(format!("{} ended with {status}", program.display()).into());
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}
