//! Commits: by libgit2 where nothing runs, through hooks and signing otherwise; every refusal is named.

use super::fixture::{Fixture, RECORD, record};
use crate::Result;
use crate::git::commit::{Folders, commit};
use crate::git::program::{Listener, Program};
use crate::git::trust;
use precedent_core::wire::{CommitReply, CommitRequest, CommitStyle, ErrorCode};
use std::path::Path;

pub(super) fn ask(at: &Fixture, request: &CommitRequest) -> Result<CommitReply> {
    ask_in(at, &at.root(), &at.program(), request)
}

fn ask_in(at: &Fixture, root: &Path, program: &Program, request: &CommitRequest) -> Result<CommitReply> {
    let own = at.root().join(".git/precedent");
    commit(
        root,
        program,
        Folders { config: &at.config_dir(), own: &own },
        request,
        &mut Listener { hear: &mut |_| {}, stop: &|| false },
    )
}

pub(super) fn request(message: &str) -> CommitRequest {
    CommitRequest { message: message.into(), ..CommitRequest::default() }
}

pub(super) fn trusting(message: &str) -> CommitRequest {
    CommitRequest { trust: true, ..request(message) }
}

/// A repository with one staged change.
pub(super) fn staged() -> Fixture {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "Yes."));
    at.git(&["add", RECORD]);
    at
}

pub(super) fn head(at: &Fixture) -> String {
    at.git(&["rev-parse", "HEAD"]).trim().to_owned()
}

#[test]
fn a_plain_commit_is_a_sound_commit() {
    let at = staged();
    let before = head(&at);
    let reply =
        ask(&at, &request("Accept ADR-0001: Use the red one\n\n# not a comment\n\n\n\nBody.  \n")).expect("a commit");
    assert_eq!((reply.subject.as_str(), reply.branch.as_deref()), ("Accept ADR-0001: Use the red one", Some("main")));
    assert_eq!(at.git(&["log", "-1", "--format=%H %P"]).trim(), format!("{} {before}", reply.commit));
    assert_eq!(
        at.git(&["log", "-1", "--format=%B"]).trim_end(),
        "Accept ADR-0001: Use the red one\n\n# not a comment\n\nBody."
    );
    assert_eq!(at.git(&["log", "-1", "--format=%an <%ae>"]).trim(), "Ann Lee <ann@example.org>");
    assert_eq!(at.git(&["status", "--porcelain"]), "");
    at.fsck();
}

#[test]
fn the_first_commit_and_files_to_stage_first() {
    let at = Fixture::new();
    at.write(RECORD, &record("draft", "x"));
    at.write("other.txt", "x\n");
    let reply = ask(&at, &CommitRequest { stage: vec![RECORD.into()], ..request("Begin") }).expect("a commit");
    assert_eq!(at.git(&["show", "--name-only", "--format=", &reply.commit]).trim(), RECORD);
    assert_eq!(at.git(&["status", "--porcelain"]), "?? other.txt\n");
    at.fsck();
}

#[test]
fn what_cannot_be_committed_is_explained() {
    let at = Fixture::with_record();
    let code = |request: &CommitRequest| ask(&at, request).expect_err("refused").code();
    assert_eq!(code(&request("x")), ErrorCode::NothingStaged);
    assert_eq!(code(&request("  \n ")), ErrorCode::Usage);
    at.git(&["checkout", "-q", "--detach"]);
    let error = ask(&at, &request("x")).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::Usage);
    assert!(error.hint().is_some_and(|hint| hint.contains("create a branch")));

    let at = staged();
    at.git(&["config", "user.name", ""]);
    let error = ask(&at, &request("x")).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::IdentityMissing);
    assert!(error.hint().is_some_and(|hint| hint.contains("user.name")));

    let at = Fixture::with_record();
    super::listing::conflict(&at, |at| at.write("a", "theirs\n"), |at| at.write("a", "ours\n"));
    assert_eq!(ask(&at, &request("x")).expect_err("refused").code(), ErrorCode::Usage);
}

#[test]
fn a_settled_merge_is_committed_with_both_parents() {
    let at = Fixture::with_record();
    super::listing::conflict(&at, |at| at.write("a", "theirs\n"), |at| at.write("a", "ours\n"));
    at.write("a", "both\n");
    let reply = ask(&at, &CommitRequest { stage: vec!["a".into()], ..request("Merge theirs") }).expect("a commit");
    assert_eq!(at.git(&["log", "-1", "--format=%P", &reply.commit]).split_whitespace().count(), 2);
    assert_eq!(at.repo().state(), git2::RepositoryState::Clean);
    at.fsck();
}

#[test]
fn hooks_of_a_repository_wait_for_trust_which_is_remembered() {
    let at = staged();
    at.hook("pre-commit", "touch ran");
    let before = head(&at);
    let error = ask(&at, &CommitRequest { stage: vec!["src".into()], ..request("x") }).expect_err("refused");
    assert_eq!((error.code(), error.details()), (ErrorCode::NeedsTrust, Some("hook pre-commit")));
    assert!(!at.root().join("ran").exists());
    assert_eq!(head(&at), before);

    ask(&at, &trusting("Accept it")).expect("a commit");
    assert!(at.root().join("ran").exists());
    assert!(trust::trust(&at.repo(), &at.config_dir()).expect("trust").trusted);
    // A second one needs no question.
    at.write("more.txt", "x\n");
    ask(&at, &CommitRequest { stage: vec!["more.txt".into()], ..request("More") }).expect("a commit");
    at.fsck();
}

#[test]
fn all_four_hooks_run_in_order_and_may_change_the_message() {
    let at = staged();
    for hook in ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"] {
        at.hook(hook, &format!("echo {hook} speaks; echo {hook} >> .git/order"));
    }
    at.hook("commit-msg", "echo commit-msg >> .git/order; echo 'Reviewed-by: Hook' >> \"$1\"");
    let reply = ask(&at, &trusting("Accept it")).expect("a commit");
    let order = std::fs::read_to_string(at.root().join(".git/order")).expect("an order");
    assert_eq!(
        order.split_whitespace().collect::<Vec<_>>(),
        ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"]
    );
    assert!(
        reply.output.contains("pre-commit speaks") && reply.output.contains("post-commit speaks"),
        "{}",
        reply.output
    );
    assert!(at.git(&["log", "-1", "--format=%B"]).contains("Reviewed-by: Hook"));
    at.fsck();
}

#[test]
fn a_failing_hook_is_named_and_its_words_are_kept() {
    for hook in ["pre-commit", "prepare-commit-msg", "commit-msg"] {
        let at = staged();
        at.hook(hook, "echo the title is too long; git --version; echo see line 3 >&2; exit 7");
        let before = head(&at);
        let error = ask(&at, &trusting("x")).expect_err("stopped");
        assert_eq!(error.code(), ErrorCode::HookFailed, "{error:?}");
        assert!(error.to_string().contains(&format!("the {hook} hook stopped")), "{error}");
        let named = error.to_wire().path.expect("the hook's file");
        assert!(named.ends_with(&format!("hooks/{hook}")) && Path::new(&named).is_file(), "{named}");
        let details = error.details().unwrap_or_default();
        assert!(details.contains("the title is too long") && details.contains("see line 3"), "{details}");
        assert_eq!(head(&at), before);
        assert_ne!(at.git(&["diff", "--cached", "--name-only"]), "", "what was staged stays staged");
    }
}

#[test]
fn a_failing_post_commit_hook_does_not_hide_the_commit() {
    let at = staged();
    at.hook("post-commit", "exit 1");
    let reply = ask(&at, &trusting("Accept it")).expect("a commit");
    assert_eq!(reply.commit, head(&at));
}

#[test]
fn hooks_can_be_skipped_explicitly() {
    let at = staged();
    at.hook("pre-commit", "exit 1");
    ask(&at, &CommitRequest { no_verify: true, ..request("Accept it") }).expect("a commit without starting anything");
    at.fsck();
}

#[test]
fn hooks_are_found_where_the_configuration_says() {
    let at = staged();
    at.write("tools/hooks/pre-commit", "#!/bin/sh\necho from the team; exit 1\n");
    at.make_executable("tools/hooks/pre-commit");
    at.git(&["config", "core.hooksPath", "tools/hooks"]);
    let error = ask(&at, &request("x")).expect_err("refused");
    assert_eq!((error.code(), error.details()), (ErrorCode::NeedsTrust, Some("core.hookspath")));
    let error = ask(&at, &trusting("x")).expect_err("stopped");
    assert_eq!(error.code(), ErrorCode::HookFailed);
    assert!(error.details().is_some_and(|details| details.contains("from the team")));
}

#[test]
fn a_hook_that_leaves_a_program_running_does_not_hold_the_commit() {
    let at = staged();
    // The program in the background ends when the test's folder is gone.
    at.hook("post-commit", "while [ -d .git ]; do sleep 0.1; done &\n");
    ask(&at, &trusting("Accept it")).expect("a commit");
}

#[test]
fn a_missing_author_is_named_where_hooks_run_too() {
    let at = staged();
    at.hook("pre-commit", "true");
    at.git(&["config", "user.name", ""]);
    assert_eq!(ask(&at, &trusting("x")).expect_err("refused").code(), ErrorCode::IdentityMissing);
}

#[test]
fn a_second_worktree_shares_hooks_and_trust() {
    let at = staged();
    at.hook("commit-msg", "echo seen; exit 1");
    at.git(&["worktree", "add", "-q", "-b", "side", "../side"]);
    let side = at.below("side");
    std::fs::write(side.join("more.txt"), "x\n").expect("a file");
    let request = CommitRequest { stage: vec!["more.txt".into()], ..trusting("x") };
    let error = ask_in(&at, &side, &at.program(), &request).expect_err("stopped");
    assert_eq!(error.code(), ErrorCode::HookFailed);
    assert!(trust::trust(&at.repo(), &at.config_dir()).expect("trust").trusted);
    let request = CommitRequest { no_verify: true, ..request };
    let reply = ask_in(&at, &side, &at.program(), &request).expect("a commit");
    assert_eq!(reply.branch.as_deref(), Some("side"));
    at.fsck();
}

#[test]
fn a_missing_git_program_is_said_clearly() {
    let at = staged();
    at.hook("pre-commit", "true");
    let program = crate::git::program::Program::new(&at.below("no-such-git"));
    let error = ask_in(&at, &at.root(), &program, &trusting("x")).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::GitMissing);
    assert!(error.hint().is_some_and(|hint| hint.contains("install git")));
}

#[test]
fn suggestions_follow_what_is_staged_and_the_style_of_the_log() {
    let at = staged();
    let workspace = at.workspace();
    let suggestions = workspace.commit_suggestions(CommitStyle::Auto).expect("suggestions");
    assert_eq!(suggestions.first().map(String::as_str), Some("Accept ADR-0001: Use the red one\n\nDecision: ADR-0001"));
    at.git(&["commit", "-qm", "docs(adr): accept ADR-0001"]);
    at.write(RECORD, &record("deprecated", "Yes."));
    at.git(&["add", RECORD]);
    let suggestions = workspace.commit_suggestions(CommitStyle::Auto).expect("suggestions");
    let subject = suggestions.first().and_then(|message| message.lines().next());
    assert_eq!(subject, Some("docs(adr): deprecate ADR-0001: Use the red one"));
    let asked = |style| workspace.commit_suggestions(style).expect("suggestions").remove(0);
    assert!(asked(CommitStyle::Plain).starts_with("Deprecate ADR-0001"), "as asked, not as the log");
    assert!(asked(CommitStyle::Conventional).starts_with("docs(adr): deprecate ADR-0001"));
}
