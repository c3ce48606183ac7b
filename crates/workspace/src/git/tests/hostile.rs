//! A hostile repository is opened, listed, compared and read without starting anything of it (invariant I11).

use super::fixture::{Fixture, RECORD, record};
use crate::git::trust;
use precedent_core::wire::{CommitRequest, CommitStyle, ErrorCode, Spaces};

/// A repository whose every setting, attribute and hook starts a program that leaves a mark.
fn hostile() -> Fixture {
    let at = Fixture::with_record();
    at.write("other.txt", "x\n");
    at.write(".gitattributes", "*.txt filter=evil diff=evil merge=evil\n*.md filter=evil diff=evil\n");
    at.git(&["add", "-A"]);
    at.git(&["commit", "-qm", "Bait"]);
    let canary = at.below("canary.sh");
    std::fs::write(&canary, format!("#!/bin/sh\ntouch {}\ncat\n", at.below("sung").display())).expect("a file");
    at.make_executable("../canary.sh");
    let run = canary.to_string_lossy().into_owned();
    for name in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "gpg.program",
        "credential.helper",
        "pager.status",
        "pager.log",
    ] {
        at.git(&["config", name, &run]);
    }
    for alias in ["status", "log", "diff", "st"] {
        at.git(&["config", &format!("alias.{alias}"), &format!("!{run}")]);
    }
    for hook in [
        "pre-commit",
        "post-commit",
        "post-index-change",
        "post-checkout",
        "reference-transaction",
        "fsmonitor-watchman",
    ] {
        at.hook(hook, &run);
    }
    at.write(".git/evil-hooks/pre-commit", &format!("#!/bin/sh\n{run}\n"));
    at.make_executable(".git/evil-hooks/pre-commit");
    // Content that differs, so that every reader has to look into the files.
    at.write(RECORD, &record("accepted", "We take the loud one."));
    at.write("other.txt", "changed\n");
    at
}

#[test]
fn looking_at_a_hostile_repository_starts_nothing() {
    let at = hostile();
    let workspace = at.workspace();
    let status = workspace.git_status().expect("a status");
    assert!(!status.trust.trusted);
    assert_eq!(status.files.iter().filter(|file| file.change == "modified").count(), 2, "{:?}", status.files);
    workspace.file_diff(RECORD, false, Spaces::Shown).expect("a diff");
    workspace.file_diff("other.txt", false, Spaces::Shown).expect("a diff");
    assert_eq!(workspace.history(RECORD).expect("a history").len(), 1);
    workspace.commit_suggestions(CommitStyle::Auto).expect("suggestions");
    workspace.unstage(&[RECORD.into()]).expect("unstaged");
    let error = workspace.stage(&[RECORD.into()]).expect_err("a filter would run");
    assert_eq!(error.code(), ErrorCode::NeedsTrust);
    let error = workspace.commit(&CommitRequest {
        message: "x".into(),
        stage: vec![RECORD.into()],
        ..CommitRequest::default()
    });
    assert_eq!(error.expect_err("hooks would run").code(), ErrorCode::NeedsTrust);
    assert!(!at.below("sung").exists(), "the canary was started");
}

#[test]
fn the_canary_of_that_repository_does_sing_for_git_itself() {
    // Otherwise the test above could not fail.
    let at = hostile();
    at.try_git(&["status"]);
    assert!(at.below("sung").exists());
}

#[test]
fn every_reason_is_named() {
    let at = hostile();
    let trust = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    for reason in
        ["core.fsmonitor", "diff.external", "filter.evil.clean", "alias.st", "credential.helper", "hook pre-commit"]
    {
        assert!(trust.reasons.iter().any(|known| known == reason), "{reason} in {:?}", trust.reasons);
    }
}

#[test]
fn settings_of_an_included_file_count_as_the_repositorys_own() {
    let at = Fixture::with_record();
    at.write("evil.inc", "[core]\n\tfsmonitor = ./evil\n");
    at.git(&["config", "include.path", "../evil.inc"]);
    let trust = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    assert_eq!((trust.trusted, trust.reasons), (false, vec!["core.fsmonitor".to_owned(), "include.path".to_owned()]));

    // git follows this one, libgit2 does not: the include itself is a reason.
    let at = Fixture::with_record();
    at.write("evil.inc", "[core]\n\tfsmonitor = ./evil\n");
    at.git(&["remote", "add", "origin", "https://example.org/x.git"]);
    at.git(&["config", "includeIf.hasconfig:remote.*.url:https://example.org/**.path", "../evil.inc"]);
    assert_eq!(at.git(&["config", "core.fsmonitor"]).trim(), "./evil");
    assert!(!trust::trust(&at.repo(), &at.config_dir()).expect("trust").trusted);

    let at = Fixture::with_record();
    at.git(&["config", "extensions.worktreeConfig", "true"]);
    at.git(&["config", "--worktree", "core.fsmonitor", "./evil"]);
    let trust = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    assert_eq!((trust.trusted, trust.reasons), (false, vec!["core.fsmonitor".to_owned()]));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_shown_as_a_link() {
    let at = Fixture::with_record();
    std::fs::write(at.below("secret.md"), "# Secret\n").expect("a file");
    std::os::unix::fs::symlink("../../../secret.md", at.root().join("docs/decisions/0002-secret.md")).expect("a link");
    std::os::unix::fs::symlink("..", at.root().join("out")).expect("a link");
    let workspace = at.workspace();
    let diff = workspace.file_diff("docs/decisions/0002-secret.md", false, Spaces::Shown).expect("a diff");
    let text = format!("{diff:?}");
    assert!(text.contains("../../../secret.md") && !text.contains("# Secret"), "{text}");
    assert!(workspace.file_diff("out/secret.md", false, Spaces::Shown).is_err());
    assert!(workspace.stage(&["out/secret.md".into()]).is_err());
}

#[test]
fn settings_of_a_submodule_count_too_and_a_ring_of_them_ends() {
    let at = Fixture::with_record();
    at.git(&["clone", "-q", ".", "inner"]);
    at.git(&["add", "inner"]);
    at.git(&["commit", "-qm", "A repository inside"]);
    assert!(trust::trust(&at.repo(), &at.config_dir()).expect("trust").trusted);
    at.git(&["-C", "inner", "config", "core.fsmonitor", "./evil"]);
    let trust_now = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    assert_eq!((trust_now.trusted, trust_now.reasons), (false, vec!["core.fsmonitor in inner".to_owned()]));
    std::fs::remove_dir_all(at.root().join("inner/.git")).expect("a folder");
    at.write("inner/.git", "gitdir: ../.git\n");
    let trust_now = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    assert_eq!((trust_now.trusted, trust_now.reasons), (true, Vec::new()));
}

#[test]
fn an_ordinary_repository_is_trusted_without_a_question() {
    let at = Fixture::with_record();
    at.git(&["remote", "add", "origin", "https://example.org/x.git"]);
    at.git(&["config", "core.fsmonitor", "false"]);
    at.git(&["config", "pull.rebase", "true"]);
    let trust = trust::trust(&at.repo(), &at.config_dir()).expect("trust");
    assert_eq!((trust.trusted, trust.reasons), (true, Vec::new()));
    // A remote that is a command is not ordinary.
    at.git(&["config", "remote.origin.url", "ext::sh -c evil"]);
    assert!(!trust::trust(&at.repo(), &at.config_dir()).expect("trust").trusted);
}

#[test]
fn an_answer_counts_for_its_repository_only_and_a_broken_file_of_answers_for_none() {
    let (one, two) = (hostile(), hostile());
    trust::remember(&one.repo(), &one.config_dir()).expect("kept");
    assert!(trust::trust(&one.repo(), &one.config_dir()).expect("trust").trusted);
    assert!(!trust::trust(&two.repo(), &one.config_dir()).expect("trust").trusted);
    std::fs::write(one.config_dir().join("trust.json"), "{broken").expect("a file");
    assert!(!trust::trust(&one.repo(), &one.config_dir()).expect("trust").trusted);
}
