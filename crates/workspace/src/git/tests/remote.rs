//! Fetch, pull, push and clone against a bare repository beside the fixture, and what keeps them from hanging.

use super::fixture::{Fixture, RECORD, record};
use crate::{Place, Waiting, Workspace, clone_repository};
use precedent_core::wire::{CloneRequest, GitProgress, SyncKind, SyncOutcome, SyncReply, SyncRequest};
use std::time::{Duration, Instant};

fn request(kind: SyncKind) -> SyncRequest {
    SyncRequest { kind, trust: false, expected: None }
}

fn sync(workspace: &Workspace, kind: SyncKind) -> SyncReply {
    run(workspace, &request(kind)).0
}

fn run(workspace: &Workspace, request: &SyncRequest) -> (SyncReply, Vec<GitProgress>) {
    let mut steps = Vec::new();
    let mut wait = Waiting { tell: &mut |step| steps.push(step), stop: &|| false };
    let reply = workspace.sync(request, &mut wait).expect("git runs");
    (reply, steps)
}

/// A repository whose `origin` is a bare one beside it; nothing is published yet.
fn with_origin() -> Fixture {
    let fixture = Fixture::with_record();
    let bare = fixture.below("far.git");
    fixture.git(&["init", "-q", "--bare", "-b", "main", &bare.display().to_string()]);
    fixture.git(&["remote", "add", "origin", &format!("file://{}", bare.display())]);
    fixture
}

/// Somebody else pushes a commit to `main`.
fn somebody_pushes(fixture: &Fixture, path: &str, text: &str, subject: &str) {
    let other = fixture.below("other");
    if !other.exists() {
        fixture.git(&["clone", "-q", &fixture.below("far.git").display().to_string(), &other.display().to_string()]);
    }
    let at = other.display().to_string();
    fixture.git(&["-C", &at, "pull", "-q"]);
    std::fs::create_dir_all(other.join(path).parent().expect("a folder")).expect("a folder");
    std::fs::write(other.join(path), text).expect("a file");
    fixture.git(&["-C", &at, "add", "-A"]);
    let person = ["-c", "user.name=Bo", "-c", "user.email=bo@example.org"];
    fixture.git(&[&["-C", &at], &person[..], &["commit", "-q", "-m", subject]].concat());
    fixture.git(&["-C", &at, "push", "-q"]);
}

#[test]
fn a_branch_is_published_then_pushed() {
    let fixture = with_origin();
    let workspace = fixture.workspace();
    let place = workspace.git_place().expect("a place");
    assert_eq!((place.upstream, place.ahead, place.remote.as_deref()), (None, 1, Some("origin")));
    let (reply, steps) = run(&workspace, &request(SyncKind::Push));
    assert_eq!((reply.outcome, reply.commits), (SyncOutcome::Done, 1), "{}", reply.said);
    assert!(steps.iter().any(|step| step.step == "Writing"), "{steps:?}");
    assert_eq!(reply.command, "git push --set-upstream origin refs/heads/main:refs/heads/main");
    let place = workspace.git_place().expect("a place");
    assert_eq!((place.upstream.as_deref(), place.ahead, place.behind), (Some("origin/main"), 0, 0));
    fixture.write(RECORD, &record("accepted", "We take the red one."));
    fixture.commit_all("Accept");
    assert_eq!(workspace.git_place().expect("a place").ahead, 1);
    let reply = sync(&workspace, SyncKind::Push);
    assert_eq!((reply.outcome, reply.commits), (SyncOutcome::Done, 1));
    assert_eq!(fixture.git(&["rev-parse", "HEAD"]), fixture.git(&["rev-parse", "origin/main"]));
}

#[test]
fn a_rejected_push_says_what_is_there_and_where_it_meets_ours() {
    let fixture = with_origin();
    let workspace = fixture.workspace();
    sync(&workspace, SyncKind::Push);
    somebody_pushes(&fixture, RECORD, &record("rejected", "No."), "Reject");
    somebody_pushes(&fixture, "src/lib.rs", "\n", "Code");
    fixture.write(RECORD, &record("accepted", "Yes."));
    fixture.commit_all("Accept");
    let reply = sync(&workspace, SyncKind::Push);
    assert_eq!((reply.outcome, reply.theirs_count), (SyncOutcome::Rejected, 2), "{}", reply.said);
    assert!(reply.said.contains("[rejected]"), "{}", reply.said);
    let seen: Vec<_> = reply.theirs.iter().map(|their| (their.commit.subject.as_str(), their.overlaps.len())).collect();
    assert_eq!(seen, [("Code", 0), ("Reject", 1)]);

    // Over it only with the commit that was shown.
    let theirs = reply.theirs_tip.expect("where it stands");
    somebody_pushes(&fixture, "src/more.rs", "\n", "More");
    let over = SyncRequest { expected: Some(theirs), ..request(SyncKind::PushOver) };
    assert_eq!(run(&workspace, &over).0.outcome, SyncOutcome::Rejected, "somebody pushed since");
    let theirs = sync(&workspace, SyncKind::Push).theirs_tip;
    let over = SyncRequest { expected: theirs, ..request(SyncKind::PushOver) };
    assert_eq!(run(&workspace, &over).0.outcome, SyncOutcome::Done);
    let none = SyncRequest { expected: None, ..request(SyncKind::PushOver) };
    let mut wait = Waiting { tell: &mut |_| {}, stop: &|| false };
    assert!(workspace.sync(&none, &mut wait).is_err(), "never over what nobody has seen");
}

#[test]
fn a_pull_brings_commits_and_keeps_what_is_not_committed() {
    for kind in [SyncKind::PullRebase, SyncKind::PullMerge] {
        let fixture = with_origin();
        let workspace = fixture.workspace();
        sync(&workspace, SyncKind::Push);
        somebody_pushes(&fixture, "docs/decisions/0002-blue.md", &record("proposed", "Blue."), "Blue");
        fixture.write("notes.txt", "mine\n");
        fixture.commit_all("Notes");
        fixture.write("src/main.rs", "fn main() { todo!() }\n");
        let reply = sync(&workspace, kind);
        assert_eq!(reply.outcome, SyncOutcome::Done, "{}", reply.said);
        assert_eq!(fixture.git(&["status", "--porcelain"]), " M src/main.rs\n");
        assert!(fixture.root().join("docs/decisions/0002-blue.md").exists());
        let merges = fixture.git(&["rev-list", "--merges", "--count", "HEAD"]);
        assert_eq!(merges.trim(), if kind == SyncKind::PullMerge { "1" } else { "0" });
        fixture.fsck();
    }
}

#[test]
fn a_conflict_stops_a_pull_and_can_be_aborted() {
    let fixture = with_origin();
    let workspace = fixture.workspace();
    sync(&workspace, SyncKind::Push);
    somebody_pushes(&fixture, RECORD, &record("rejected", "No."), "Reject");
    fixture.write(RECORD, &record("accepted", "Yes."));
    fixture.commit_all("Accept");
    let before = fixture.git(&["rev-parse", "HEAD"]);
    let reply = sync(&workspace, SyncKind::PullRebase);
    assert_eq!(reply.outcome, SyncOutcome::Conflicts, "{}", reply.said);
    let found = workspace.git_place().expect("a place").operation.expect("a rebase");
    assert_eq!((found.kind.as_str(), found.done, found.all), ("rebase", 1, 1));
    assert_eq!((found.ours.as_deref(), found.theirs.as_deref()), (Some("main"), Some("origin/main")));
    assert_eq!(found.conflicts, [RECORD]);
    workspace.step_operation(precedent_core::wire::OperationStep::Continue, false).expect_err("not settled");
    workspace.step_operation(precedent_core::wire::OperationStep::Abort, false).expect("aborted");
    assert_eq!(fixture.git(&["rev-parse", "HEAD"]), before);
    assert!(workspace.git_place().expect("a place").operation.is_none());

    // Settled, it goes on and does not ask for a message.
    sync(&workspace, SyncKind::PullRebase);
    fixture.write(RECORD, &record("accepted", "No and yes."));
    fixture.git(&["add", RECORD]);
    workspace.step_operation(precedent_core::wire::OperationStep::Continue, false).expect("went on");
    assert_eq!(fixture.git(&["log", "--format=%s", "-3"]), "Accept\nReject\nStart\n");
}

#[test]
fn a_branch_whose_name_is_taken_there_is_pulled_then_published() {
    let fixture = with_origin();
    let workspace = fixture.workspace();
    sync(&workspace, SyncKind::Push);
    somebody_pushes(&fixture, "src/lib.rs", "\n", "Code");
    fixture.git(&["branch", "-q", "--unset-upstream"]);
    fixture.write("notes.txt", "mine\n");
    fixture.commit_all("Notes");
    let reply = sync(&workspace, SyncKind::Push);
    assert_eq!((reply.outcome, reply.theirs_count), (SyncOutcome::Rejected, 1), "{}", reply.said);
    assert_eq!(sync(&workspace, SyncKind::PullRebase).outcome, SyncOutcome::Done);
    assert_eq!(sync(&workspace, SyncKind::Push).outcome, SyncOutcome::Done);
    assert_eq!(workspace.git_place().expect("a place").upstream.as_deref(), Some("origin/main"));
}

#[cfg(unix)]
#[test]
fn whatever_would_ask_a_person_fails_at_once() {
    let fixture = with_origin();
    // A helper that has no answer, and nobody to ask.
    fixture.git(&["remote", "set-url", "origin", "http://127.0.0.1:1/x.git"]);
    let reply = sync(&fixture.workspace(), SyncKind::Fetch);
    assert_eq!(reply.outcome, SyncOutcome::Offline, "{}", reply.said);
}

#[cfg(unix)]
#[test]
fn a_run_is_stopped_with_everything_it_started() {
    let fixture = with_origin();
    // A server that never answers; its settings are the person's, so they are trusted.
    let slow = fixture.below("slow.sh");
    fixture
        .write("../slow.sh", &format!("#!/bin/sh\necho $$ > '{}'\nexec sleep 600\n", fixture.below("pid").display()));
    fixture.make_executable("../slow.sh");
    fixture.git(&["config", "core.sshCommand", &slow.display().to_string()]);
    fixture.git(&["remote", "set-url", "origin", "ssh://nobody@localhost/x.git"]);
    let workspace = fixture.workspace();
    let mut trusting = request(SyncKind::Fetch);
    assert!(workspace.sync(&trusting, &mut Waiting { tell: &mut |_| {}, stop: &|| false }).is_err(), "not trusted yet");
    trusting.trust = true;
    let started = Instant::now();
    let pid = fixture.below("pid");
    let stop = || std::fs::read_to_string(&pid).is_ok_and(|text| text.ends_with('\n'));
    let reply = workspace.sync(&trusting, &mut Waiting { tell: &mut |_| {}, stop: &stop }).expect("it ends");
    assert_eq!(reply.outcome, SyncOutcome::Cancelled, "{}", reply.said);
    assert!(started.elapsed() < Duration::from_secs(60));
    let pid = std::fs::read_to_string(&pid).expect("a process id");
    let status = std::fs::read_to_string(format!("/proc/{}/status", pid.trim())).unwrap_or_default();
    assert!(status.is_empty() || status.contains("zombie"), "the server's program ended, too: {status}");
}

#[test]
fn a_clone_is_made_told_about_and_refused_in_words() {
    let fixture = with_origin();
    sync(&fixture.workspace(), SyncKind::Push);
    let place = Place::new(fixture.below("cache"), fixture.config_dir(), jiff::civil::date(2026, 11, 20));
    let folder = fixture.below("src/quayside/pay");
    let address = format!("file://{}", fixture.below("far.git").display());
    let wanted = CloneRequest { address, folder: folder.display().to_string() };
    let mut steps = Vec::new();
    let mut wait = Waiting { tell: &mut |step: GitProgress| steps.push(step.step), stop: &|| false };
    let reply = clone_repository(&wanted, &place, &mut wait).expect("git runs");
    assert_eq!(reply.outcome, SyncOutcome::Done, "{}", reply.said);
    assert!(folder.join(RECORD).exists());
    assert!(steps.contains(&"Receiving".to_owned()), "{steps:?}");
    let mut wait = Waiting { tell: &mut |_| {}, stop: &|| false };
    clone_repository(&wanted, &place, &mut wait).expect_err("it is there already");
    let refused =
        CloneRequest { address: "--upload-pack=x".to_owned(), folder: fixture.below("y").display().to_string() };
    clone_repository(&refused, &place, &mut wait).expect_err("an option is no address");
    let gone = CloneRequest { address: fixture.below("no.git").display().to_string(), folder: refused.folder };
    let reply = clone_repository(&gone, &place, &mut wait).expect("git runs");
    assert_eq!(reply.outcome, SyncOutcome::Refused);
    assert!(!fixture.below("y").exists(), "nothing is left behind");
}

#[test]
fn without_a_remote_or_a_branch_it_says_so() {
    let fixture = Fixture::with_record();
    let workspace = fixture.workspace();
    let mut wait = Waiting { tell: &mut |_| {}, stop: &|| false };
    let error = workspace.sync(&request(SyncKind::Push), &mut wait).expect_err("no remote");
    assert_eq!(error.code(), precedent_core::wire::ErrorCode::NoRemote);
    workspace.add_remote("origin", "--upload-pack=x").expect_err("no address");
    workspace.add_remote("origin", "https://ann:secret@example.org/a/b.git").expect("a remote");
    let place = workspace.git_place().expect("a place");
    assert_eq!(place.remotes[0].address, "https://ann@example.org/a/b.git");
    fixture.git(&["checkout", "-q", "--detach"]);
    workspace.sync(&request(SyncKind::Push), &mut wait).expect_err("no branch");
}
