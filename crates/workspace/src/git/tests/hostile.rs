//! A hostile repository is opened, listed, compared and read without starting anything of it (invariant I11).

use super::fixture::{Fixture, RECORD, record};
use crate::git::trust;
use precedent_core::wire::{
    BranchRequest, CommitRequest, CommitStyle, ErrorCode, OperationStep, SearchRequest, Spaces, SwitchRequest,
    SyncKind, SyncRequest,
};

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
fn no_look_at_branches_the_log_or_a_search_starts_anything_and_every_act_asks_first() {
    let at = hostile();
    at.git(&["update-ref", "refs/heads/topic", "HEAD~1"]);
    at.git(&["config", "remote.origin.url", &format!("ext::{}", at.below("canary.sh").display())]);
    at.git(&["config", "remote.origin.uploadpack", &at.below("canary.sh").display().to_string()]);
    // A record that leads out of the repository.
    std::fs::write(at.below("secret.md"), "# 9. Secret\n\nStatus: accepted\n\nhunter2\n").expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(at.below("secret.md"), at.root().join("docs/decisions/0009-secret.md")).expect("a link");
    let _ = std::fs::remove_file(at.below("sung"));
    let workspace = at.workspace();
    workspace.git_place().expect("a place");
    let log = workspace.repository_log(None, "").expect("a log");
    workspace.log_diff(&log.items[0].commit.commit, "other.txt").expect("a diff");
    workspace.compare_branch("topic", "main").expect("a comparison");
    workspace.plan_switch("topic").expect("a plan");
    workspace.blame(RECORD).expect("a blame");
    workspace.plan_restore(RECORD, &log.items[1].commit.commit).expect("a plan");
    workspace.conflict(RECORD).expect_err("no conflict");
    workspace.decisions_as_of("HEAD").expect("the past");
    let found = workspace.search(&SearchRequest { query: "hunter2".into(), limit: 10, ..SearchRequest::default() });
    assert!(found.is_ok_and(|reply| reply.hits.is_empty()), "what lies outside is not read");

    let mut wait = crate::Waiting { tell: &mut |_| {}, stop: &|| false };
    let sync = SyncRequest { kind: SyncKind::Fetch, trust: false, expected: None };
    let to = SwitchRequest { branch: "topic".into(), stash: false, trust: false };
    let from = BranchRequest { name: "x".into(), from: Some("topic".into()), moves: false, trust: false };
    let refused = [
        workspace.sync(&sync, &mut wait).map(drop),
        workspace.switch_branch(&to),
        workspace.create_branch(&from),
        workspace.save_stash("x", false),
        workspace.apply_stash("x", false, false).map(drop),
        workspace.drop_stash("x", false),
        workspace.step_operation(OperationStep::Abort, false),
    ];
    for (at, answer) in refused.into_iter().enumerate() {
        assert_eq!(answer.expect_err("a program would run").code(), ErrorCode::NeedsTrust, "{at}");
    }
    // These are done by libgit2, which runs no hook.
    workspace.create_branch(&BranchRequest { from: None, ..from }).expect("made");
    workspace.rename_branch("topic", "other").expect("renamed");
    workspace.delete_branch("other").expect("deleted");
    assert!(!at.below("sung").exists(), "the canary was started");
}

#[test]
fn a_git_file_that_points_elsewhere_is_judged_by_where_it_points() {
    let at = hostile();
    let decoy = at.below("decoy");
    std::fs::create_dir_all(decoy.join("docs/decisions")).expect("a folder");
    std::fs::write(decoy.join(RECORD), record("accepted", "Elsewhere.")).expect("a record");
    std::fs::write(decoy.join(".git"), format!("gitdir: {}\n", at.root().join(".git").display())).expect("a file");
    let _ = std::fs::remove_file(at.below("sung"));
    let place = crate::Place::new(at.below("cache"), at.config_dir(), jiff::civil::date(2026, 11, 20));
    let options = crate::OpenOptions { mode: precedent_core::wire::OpenMode::Git, index: false };
    let workspace = crate::Workspace::open(&decoy, &place, &options).expect("a workspace");
    let status = workspace.git_status().expect("a status");
    assert!(!status.trust.trusted && !status.trust.reasons.is_empty());
    workspace.git_place().expect("a place");
    assert!(!at.below("sung").exists(), "the canary was started");
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_read_without_git_and_says_why() {
    let at = Fixture::with_record();
    // Only an administrator can give files away; elsewhere this is shown by libgit2's own tests.
    let given = std::process::Command::new("chown").args(["-R", "4242:4242"]).arg(at.root()).status();
    if !given.is_ok_and(|status| status.success()) {
        return;
    }
    let workspace = at.workspace();
    assert_eq!(workspace.log().len(), 1, "its records are read");
    assert_eq!(workspace.git_place().expect_err("not without asking").code(), ErrorCode::NotARepository);
    let problems = workspace.lint();
    assert!(problems.iter().any(|problem| problem.message.contains("safe.directory")), "{problems:?}");
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

/// A name that git would take for an option starts a program without any setting that says so.
#[test]
fn names_of_remotes_and_branches_are_no_options() {
    let at = Fixture::with_record();
    let sung = at.below("sung");
    at.git(&["init", "-q", "--bare", "../far.git"]);
    at.git(&["remote", "add", "origin", "../far.git"]);
    at.git(&["push", "-q", "origin", "HEAD:refs/heads/main"]);
    let option = format!("--upload-pack=touch {};", sung.display());
    let branch = at.git(&["symbolic-ref", "--short", "HEAD"]).trim().to_owned();
    at.git(&["config", &format!("branch.{branch}.remote"), "origin"]);
    at.git(&["config", &format!("branch.{branch}.merge"), &option]);
    at.git(&["config", &format!("remote.{option}.url"), "x"]);
    at.git(&["config", "remote.pushDefault", &option]);
    let workspace = at.workspace();
    assert!(workspace.trust().expect("judged").trusted, "nothing here says that it starts a program");
    for kind in [SyncKind::Fetch, SyncKind::PullRebase, SyncKind::PullMerge, SyncKind::Push] {
        let mut wait = crate::Waiting { tell: &mut |_| {}, stop: &|| false };
        // Some are refused, some go to the remote that there is.
        let _ = workspace.sync(&SyncRequest { kind, trust: false, expected: None }, &mut wait);
        assert!(!sung.exists(), "{kind:?} started it");
    }
}

#[test]
fn a_folder_called_off_holds_hooks_all_the_same() {
    for (name, value) in [("core.hooksPath", "off"), ("include.path", "no"), ("submodule.recurse", "true")] {
        let at = Fixture::with_record();
        at.git(&["config", name, value]);
        assert!(!at.workspace().trust().expect("judged").trusted, "{name} = {value}");
    }
    let at = Fixture::with_record();
    at.git(&["config", "core.fsmonitor", "off"]);
    at.git(&["config", "submodule.recurse", "false"]);
    assert!(at.workspace().trust().expect("judged").trusted);
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
