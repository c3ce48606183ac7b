//! Measures the git panel's reading beside the user's own `git` in the same run: the status of a repository of a hundred
//! thousand files, the histories of all records of one of five thousand commits, and the rendered diff of a long record.
//! Part of `make bench`; fails when a budget is passed. A smaller run: `cargo bench -p precedent --bench beside_git -- 10`
//! (a tenth).

#[path = "../figures.rs"]
mod figures;
mod generate;

use figures::{Outcome, Table, middle, timed};
use precedent_core::wire::{OpenMode, Spaces};
use precedent_workspace::{OpenOptions, Place, Workspace};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

/// Runs of which the middle one counts; ours and git's take turns, so that both meet the same machine.
const RUNS: usize = 7;
const FILES: usize = 100_000;
const COMMITS: usize = 5_000;
const WORDS: usize = 2_000;
/// Status, times git's.
const STATUS: f64 = 1.5;
/// Records shown, milliseconds.
const RECORDS_MS: f64 = 200.0;
/// Histories, times git's.
const HISTORIES: f64 = 1.2;
/// The rendered diff, milliseconds.
const DIFF_MS: f64 = 100.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches with this argument to see that they start; nothing is measured then.
    if arguments.iter().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let part = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1_usize).max(1);
    measure(part).unwrap_or_else(|error| {
        let _ = writeln!(std::io::stderr(), "bench beside_git: {error}");
        ExitCode::from(2)
    })
}

fn measure(part: usize) -> Outcome<ExitCode> {
    let folder = tempfile::tempdir()?;
    let mut table = Table::default();
    status(&folder.path().join("many-files"), FILES / part, &mut table)?;
    histories(&folder.path().join("many-commits"), COMMITS / part, &mut table)?;
    diff(&folder.path().join("long-record"), &mut table)?;
    Ok(table.end())
}

/// `git status` as the panel needs it, every untracked file by its name, and what the panel reads.
fn status(home: &Path, files: usize, table: &mut Table) -> Outcome<()> {
    let repository = home.join("repository");
    let changed = generate::many_files(&repository, files)?;
    let workspace = open(home)?;
    let (mut ours, mut records, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (count, time) = timed(|| Ok(git(&repository, &["status", "--porcelain=v2", "-z", "-uall"])?.len()))?;
        theirs.push(time);
        if count == 0 {
            return Err("git sees no change".into());
        }
        let (seen, time) = timed(|| Ok(workspace.git_status()?.files.len()))?;
        ours.push(time);
        if seen != changed {
            return Err(format!("{seen} changes of {changed}").into());
        }
        records.push(timed(|| Ok(workspace.record_status()?.files.len()))?.1);
    }
    let (ours, theirs) = (middle(ours), middle(theirs));
    table.tell(&format!("git status, {files} files"), theirs, "ms");
    table.judge(&format!("our status of them ({:.2} times)", ours / theirs), ours, "ms", STATUS * theirs);
    table.judge("records of them shown", middle(records), "ms", RECORDS_MS);
    Ok(())
}

/// One `git log --name-status` and the first history that is asked for, which reads those of all records.
fn histories(home: &Path, commits: usize, table: &mut Table) -> Outcome<()> {
    let repository = home.join("repository");
    let record = generate::many_commits(&repository, commits)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (bytes, time) = timed(|| Ok(git(&repository, &["log", "--name-status", "-M"])?.len()))?;
        theirs.push(time);
        // Opened anew each time: nothing is kept from the run before.
        let workspace = open(home)?;
        let (items, time) = timed(|| Ok(workspace.history(&record)?.len()))?;
        ours.push(time);
        if bytes == 0 || items < 2 {
            return Err(format!("{record} has {items} commits").into());
        }
    }
    let (ours, theirs) = (middle(ours), middle(theirs));
    table.tell(&format!("git log --name-status, {commits} commits"), theirs, "ms");
    table.judge(&format!("histories of all records ({:.2} times)", ours / theirs), ours, "ms", HISTORIES * theirs);
    Ok(())
}

/// A record of many words in which every third paragraph was written anew.
fn diff(home: &Path, table: &mut Table) -> Outcome<()> {
    let record = generate::long_record(&home.join("repository"), WORDS)?;
    let workspace = open(home)?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let (rendered, time) = timed(|| Ok(workspace.file_diff(&record, false, Spaces::Shown)?.rendered))?;
        if !rendered.contains("<ins") || !rendered.contains("<del") {
            return Err("the diff shows nothing".into());
        }
        times.push(time);
    }
    table.judge(&format!("rendered diff of {WORDS} words"), middle(times), "ms", DIFF_MS);
    Ok(())
}

fn open(home: &Path) -> Outcome<Arc<Workspace>> {
    let place = Place::new(home.join("cache"), home.join("config"), "2026-11-20".parse()?);
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    Ok(Workspace::open(&home.join("repository"), &place, &options)?)
}

/// Standard output of git in a repository.
fn git(repository: &Path, arguments: &[&str]) -> Outcome<Vec<u8>> {
    let output = Command::new("git").current_dir(repository).args(arguments).stderr(Stdio::inherit()).output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(format!("git {} failed", arguments.join(" ")).into()) }
}
