//! A large repository: its records are known before the rest, and nothing of the status is lost by that.
//! `GIT_LARGE=100000` measures, beside `git status` on the same files.

use super::fixture::{Fixture, RECORD, record};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Files of a plain test run.
const FILES: usize = 2_000;

fn made(files: usize) -> Fixture {
    let at = Fixture::with_record();
    let mut stream = String::from("commit refs/heads/main\ncommitter A <a@b> 1767225600 +0000\ndata 5\nFiles\nfrom refs/heads/main^0\n");
    for file in 0..files {
        writeln!(stream, "M 644 inline pkg{}/dir{}/file{file}.rs\ndata 10\nfn f() {{}}\n", file % 40, file % 900)
            .expect("a string");
    }
    at.write("../stream", &stream);
    let (ok, said) = at.try_git(&["-c", "alias.load=!git fast-import --quiet --force < ../stream", "load"]);
    assert!(ok, "{said}");
    at.git(&["reset", "-q", "--hard"]);
    at.write(RECORD, &record("accepted", "Yes."));
    for file in (0..files).step_by(files / 20) {
        at.write(&format!("pkg{}/dir{}/file{file}.rs", file % 40, file % 900), "fn g() {}\n");
    }
    at.git(&["status", "--short"]);
    at
}

fn best(mut run: impl FnMut()) -> Duration {
    let time = |run: &mut dyn FnMut()| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    (0..5).map(|_| time(&mut run)).min().unwrap_or_default()
}

#[test]
fn records_are_known_before_the_rest() {
    let asked: Option<usize> = std::env::var("GIT_LARGE").ok().and_then(|text| text.parse().ok());
    let at = made(asked.unwrap_or(FILES));
    let workspace = at.workspace();
    let all = workspace.git_status().expect("a status");
    let first = workspace.record_status().expect("a status");
    assert_eq!(all.files.len(), 21);
    assert_eq!(first.files, all.files[..1], "the record, as in the whole status");
    if asked.is_none() {
        return;
    }
    let git = best(|| drop(at.git(&["status", "--porcelain=v2", "-uall"])));
    let whole = best(|| drop(workspace.git_status()));
    let records = best(|| drop(workspace.record_status()));
    let said = format!("git status {git:?}, whole status {whole:?}, records {records:?}");
    assert!(records < Duration::from_millis(200), "{said}");
    assert!(whole.as_secs_f64() < git.as_secs_f64() * 1.5, "{said}");
    assert!(std::fs::write(at.below("measured"), &said).is_ok());
}
