//! Repositories to measure in, the same at every run.

use super::git;
use crate::figures::Outcome;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const LOG: &str = "docs/decisions";
const RECORDS: usize = 300;
const PER_FOLDER: usize = 100;

/// A repository of so many files and 300 records, with changes of every kind; answers how many files are changed.
pub(super) fn many_files(repository: &Path, files: usize) -> Outcome<usize> {
    start(repository)?;
    for at in 0..files {
        let folder = repository.join(format!("src/part-{:04}/{:02}", at / PER_FOLDER, at % 7));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("file-{at}.txt")), format!("file {at}\n"))?;
    }
    for at in 0..RECORDS {
        fs::write(repository.join(record_path(at)), record(at, 200, 0))?;
    }
    git(repository, &["add", "--all"])?;
    git(repository, &["commit", "--quiet", "--message", "Everything"])?;
    let changed = files.min(20_000) / 100;
    let place = |at: usize| format!("src/part-{:04}/{:02}/file-{at}.txt", at / PER_FOLDER, at % 7);
    for at in 0..changed {
        fs::write(repository.join(place(at * 5)), "changed\n")?;
        fs::write(repository.join(format!("src/new-{at}.txt")), format!("nobody knows {at}\n"))?;
        fs::remove_file(repository.join(place(at * 5 + 1)))?;
    }
    let records = 20;
    for at in 0..records {
        fs::write(repository.join(record_path(at)), record(at, 200, 1))?;
    }
    Ok(3 * changed + records)
}

/// A history of so many commits over 300 records and other files, written by `git fast-import`; the path of a record that
/// many of them touch.
pub(super) fn many_commits(repository: &Path, commits: usize) -> Outcome<String> {
    start(repository)?;
    let mut import =
        Command::new("git").current_dir(repository).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn()?;
    let mut stream = import.stdin.take().ok_or("fast-import takes no input")?;
    for at in 0..commits {
        let message = format!("Change {at}");
        let mut text = format!(
            "commit refs/heads/main\ncommitter A. Writer <a@example.org> {} +0000\ndata {}\n{message}\n",
            1_600_000_000 + at * 600,
            message.len()
        );
        let number = at % RECORDS;
        put(&mut text, &record_path(number), &record(number, 120, at));
        for other in 0..3 {
            put(&mut text, &format!("src/part-{:02}/file-{}.rs", at % 40, (at * 7 + other) % 500), &format!("{at}\n"));
        }
        stream.write_all(text.as_bytes())?;
    }
    drop(stream);
    if !import.wait()?.success() {
        return Err("git fast-import failed".into());
    }
    git(repository, &["checkout", "--quiet", "main"])?;
    Ok(record_path(7))
}

/// A record of so many words that is committed, with every third paragraph written anew.
pub(super) fn long_record(repository: &Path, words: usize) -> Outcome<String> {
    start(repository)?;
    let path = record_path(1);
    fs::write(repository.join(&path), record(1, words, 0))?;
    git(repository, &["add", "--all"])?;
    git(repository, &["commit", "--quiet", "--message", "A record"])?;
    fs::write(repository.join(&path), record(1, words, 1))?;
    Ok(path)
}

fn start(repository: &Path) -> Outcome<()> {
    fs::create_dir_all(repository.join(LOG))?;
    git(repository, &["init", "--quiet", "--initial-branch", "main"])?;
    git(repository, &["config", "user.name", "A. Writer"])?;
    git(repository, &["config", "user.email", "a@example.org"])?;
    fs::write(repository.join("precedent.toml"), format!("logs = [\"{LOG}\"]\n"))?;
    Ok(())
}

fn record_path(at: usize) -> String {
    format!("{LOG}/{at:04}-decision-{at}.md")
}

/// Paragraphs of forty words; each version writes another third of them anew.
fn record(number: usize, words: usize, version: usize) -> String {
    let mut text = format!("---\nstatus: accepted\ndate: 2026-03-02\n---\n# Decision {number}\n\n## Context\n");
    for paragraph in 0..words.div_ceil(40) {
        text.push('\n');
        let anew = version > 0 && (paragraph + version).is_multiple_of(3);
        for word in 0..40 {
            let seed = number * 31 + paragraph * 17 + word * 7;
            let seed = if anew && word % 3 == 0 { seed + version } else { seed };
            let _ = write!(text, "{}{}", VOCABULARY[seed % VOCABULARY.len()], if word % 12 == 11 { "\n" } else { " " });
        }
        text.push('\n');
    }
    text
}

const VOCABULARY: [&str; 23] = [
    "ledger", "service", "retry", "because", "queue", "tenant", "schema", "index", "every", "writes", "reads", "cache",
    "before", "after", "change", "region", "store", "event", "batch", "token", "page", "owner", "limit",
];

/// One file of a commit, for `git fast-import`.
fn put(text: &mut String, path: &str, content: &str) {
    let _ = write!(text, "M 100644 inline {path}\ndata {}\n{content}\n", content.len());
}
