//! A large repository: its records are known before the rest, and nothing of the status is lost by that.
//! `GIT_LARGE=100000` measures beside `git status` on the same files.

use super::fixture::{Fixture, RECORD, record};
use precedent_core::wire::Spaces;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Files of a plain test run.
const FILES: usize = 2_000;

fn made(files: usize) -> Fixture {
    let at = Fixture::with_record();
    let mut stream = String::from(
        "commit refs/heads/main\ncommitter A <a@b> 1767225600 +0000\ndata 5\nFiles\nfrom refs/heads/main^0\n",
    );
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

/// A record of two thousand words, with a word of every fifth paragraph changed and one paragraph moved.
fn long(changed: bool) -> String {
    let mut text = record("accepted", "We take it.");
    for paragraph in 0..50 {
        let at = if changed && paragraph % 17 == 3 { paragraph + 1 } else { paragraph };
        let word = if changed && paragraph % 5 == 0 { "refuses" } else { "rejects" };
        write!(text, "\nParagraph {at} says what it says: ").expect("a string");
        for n in 0..35 {
            write!(text, "{} ", if n == 9 { word.to_owned() } else { format!("word{}", n * (at + 7) % 90) })
                .expect("a string");
        }
        text.push('\n');
    }
    text
}

#[test]
fn a_record_of_two_thousand_words_is_compared_at_once() {
    let at = Fixture::new();
    at.write(RECORD, &long(false));
    at.commit_all("Start");
    at.write(RECORD, &long(true));
    let workspace = at.workspace();
    let diff = || workspace.file_diff(RECORD, false, Spaces::Shown).expect("a diff");
    // Two of the ten stand in paragraphs that became others.
    assert_eq!(diff().rendered.matches("<ins>refuses</ins>").count(), 8);
    // Without optimisations it takes a few times as long as for people; a busy machine is none of its matter.
    let took = best(|| drop(diff()));
    assert!(took < Duration::from_millis(500), "{took:?}");
    if std::env::var_os("GIT_LARGE").is_some() {
        assert!(std::fs::write(std::env::temp_dir().join("precedent-diff-measured"), format!("{took:?}")).is_ok());
    }
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
    assert!(std::fs::write(std::env::temp_dir().join("precedent-status-measured"), &said).is_ok());
}
