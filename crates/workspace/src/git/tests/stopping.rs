//! A commit that hangs is stopped: nothing is committed, nothing is lost, nothing goes on.

#![cfg(unix)]

use super::fixture::{Fixture, RECORD, record};
use crate::Workspace;
use crate::error::Result;
use precedent_core::wire::{CommitReply, CommitRequest, ErrorCode};
use std::cell::Cell;

fn request(stage: &[&str]) -> CommitRequest {
    let stage = stage.iter().map(|path| (*path).to_owned()).collect();
    CommitRequest { message: "Accept it\n\nWhy.".into(), stage, trust: true, ..CommitRequest::default() }
}

/// One staged change, one that is not, and a hook that says `waiting` and then waits.
fn hanging(hook: &str, script: &str) -> Fixture {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "Yes."));
    at.git(&["add", RECORD]);
    at.write("src/main.rs", "fn main() { todo!() }\n");
    at.hook(hook, &format!("echo $$ > ../hook\n{script}\necho waiting\nsleep 600"));
    at
}

/// Commits and stops as soon as the hook waits.
fn stopped(workspace: &Workspace, request: &CommitRequest) -> Result<CommitReply> {
    let waits = Cell::new(false);
    let mut tell = |text: &str| waits.set(waits.get() || text.contains("waiting"));
    workspace.commit_telling(request, &mut tell, &|| waits.get())
}

fn runs(at: &Fixture) -> bool {
    let id = std::fs::read_to_string(at.below("hook")).expect("the hook ran");
    let alive = std::process::Command::new("kill").args(["-0", id.trim()]).stderr(std::process::Stdio::null()).status();
    // A process that has ended and that nobody asked after is none.
    let state = std::fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    alive.is_ok_and(|status| status.success()) && !state.contains(") Z ")
}

#[test]
fn a_hook_that_hangs_is_stopped_and_everything_is_as_before() {
    // The second does not listen to being told.
    for script in ["git add src/main.rs", "git add src/main.rs; trap '' TERM"] {
        if script.contains("trap") && std::fs::File::open("/dev/tty").is_ok() {
            // From a terminal git is no leader of its own group.
            continue;
        }
        let at = hanging("pre-commit", script);
        at.write("new.txt", "new\n");
        let (before, head) = (at.git(&["status", "--porcelain"]), at.git(&["rev-parse", "HEAD"]));
        let workspace = at.workspace();
        let error = stopped(&workspace, &request(&["new.txt"])).expect_err("stopped");
        assert_eq!(error.code(), ErrorCode::Cancelled, "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("message is kept")), "{:?}", error.hint());
        assert!(error.details().is_some_and(|said| said.contains("waiting")));
        assert_eq!(at.git(&["rev-parse", "HEAD"]), head);
        assert_eq!(at.git(&["status", "--porcelain"]), before);
        assert!(!at.root().join(".git/index.lock").exists());
        assert!(!runs(&at), "the hook goes on");
        let kept = workspace.message_start().expect("a start");
        assert_eq!(kept.kept.as_deref().map(str::trim_end), Some("Accept it\n\nWhy."));
        assert_eq!(kept.interrupted, None, "it was told already");
        at.hook("pre-commit", "exit 0");
        workspace.commit(&request(&[])).expect("a commit");
        assert_eq!(at.git(&["show", "--format=", "--name-only"]).trim(), RECORD);
        at.fsck();
    }
}

#[test]
fn a_commit_that_was_made_before_it_was_stopped_is_one() {
    let at = hanging("post-commit", "true");
    let workspace = at.workspace();
    let reply = stopped(&workspace, &request(&[])).expect("a commit");
    assert_eq!(reply.subject, "Accept it");
    assert_eq!(at.git(&["rev-parse", "HEAD"]).trim(), reply.commit);
    assert!(!runs(&at), "the hook goes on");
    assert_eq!(workspace.message_start().expect("a start").kept, None);
    at.fsck();
}
