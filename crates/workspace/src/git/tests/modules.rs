//! Submodules of a hostile repository: git fetches in their git folders, checked out or not, with their own settings.

use super::fixture::Fixture;
use precedent_core::wire::{ErrorCode, SyncKind, SyncRequest};

const FILES: &[&str] = &["-c", "protocol.file.allow=always"];

/// A clone with a submodule (and one in that) whose upstream has moved since.
fn cloned() -> Fixture {
    let at = Fixture::with_record();
    let git = |args: &[&str]| at.git(&[FILES, args].concat());
    let author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
    let commit = |folder: &str, subject: &str| {
        git(&[&["-C", folder], &author[..], &["commit", "-q", "--allow-empty", "-am", subject]].concat());
    };
    let absolute = |name: &str| at.below(name).display().to_string();
    for name in ["deep", "lib", "far"] {
        git(&["init", "-q", "-b", "main", &format!("../{name}")]);
        commit(&format!("../{name}"), "Start");
    }
    git(&["-C", "../lib", "submodule", "--quiet", "add", &absolute("deep"), "deep"]);
    commit("../lib", "Deep");
    git(&["-C", "../far", "submodule", "--quiet", "add", "--name", "libs/inner", &absolute("lib"), "inner"]);
    commit("../far", "Inner");
    std::fs::remove_dir_all(at.root()).expect("removed");
    std::fs::create_dir(at.root()).expect("a folder");
    git(&["clone", "-q", "--recurse-submodules", &absolute("far"), "."]);
    commit("../lib", "More");
    git(&["-C", "../far/inner", "pull", "-q"]);
    commit("../far", "More of the inner one");
    at
}

const INNER: &str = ".git/modules/libs/inner";

/// Nothing of it is checked out any more, and its git folder names a program.
fn hostile(at: &Fixture) -> std::path::PathBuf {
    std::fs::remove_dir_all(at.root().join("inner")).expect("a folder");
    std::fs::create_dir(at.root().join("inner")).expect("a folder");
    let sung = at.below("sung");
    at.git(&["--git-dir", INNER, "config", "--unset", "core.worktree"]);
    at.git(&["--git-dir", INNER, "config", "core.sshCommand", &format!("touch {}; false", sung.display())]);
    at.git(&["--git-dir", INNER, "config", "remote.origin.url", "ssh://nowhere.invalid/x"]);
    sung
}

#[test]
fn an_ordinary_submodule_is_no_reason_to_ask() {
    let at = cloned();
    let trust = at.workspace().trust().expect("judged");
    assert_eq!((trust.trusted, trust.reasons), (true, Vec::new()));
}

#[test]
fn the_git_folder_of_a_submodule_that_is_not_checked_out_is_judged_too() {
    let at = cloned();
    let sung = hostile(&at);
    let workspace = at.workspace();
    let trust = workspace.trust().expect("judged");
    assert_eq!(trust.reasons, [format!("core.sshcommand in {INNER}")]);
    assert!(!trust.trusted);
    for kind in [SyncKind::Fetch, SyncKind::PullMerge] {
        let mut wait = crate::Waiting { tell: &mut |_| {}, stop: &|| false };
        let asked = workspace.sync(&SyncRequest { kind, trust: false, expected: None }, &mut wait);
        assert_eq!(asked.expect_err("a program would run").code(), ErrorCode::NeedsTrust);
    }
    workspace.git_status().expect("a status");
    assert!(!sung.exists(), "the canary was started");
    // Otherwise the test could not fail: git itself goes there.
    at.try_git(&["fetch"]);
    assert!(sung.exists());
}

#[test]
fn a_submodule_inside_of_one_is_judged_with_its_hooks() {
    let at = cloned();
    let deep = format!("{INNER}/modules/deep");
    at.git(&["--git-dir", &deep, "config", "core.fsmonitor", "./evil"]);
    at.write(&format!("{deep}/hooks/post-checkout"), "#!/bin/sh\n");
    let reasons = at.workspace().trust().expect("judged").reasons;
    assert!(reasons.iter().any(|reason| reason == "core.fsmonitor in inner/deep"), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason == "hook post-checkout in inner/deep"), "{reasons:?}");
    // The same when neither is checked out.
    std::fs::remove_dir_all(at.root().join("inner")).expect("a folder");
    let reasons = at.workspace().trust().expect("judged").reasons;
    assert_eq!(reasons, [format!("core.fsmonitor in {deep}"), format!("hook post-checkout in {deep}")]);
}

#[test]
fn a_submodule_of_another_worktree_and_one_that_cannot_be_read_are_judged() {
    let at = cloned();
    at.git(&["worktree", "add", "-q", "../tree"]);
    at.git(&[FILES, &["-C", "../tree", "submodule", "--quiet", "update", "--init"]].concat());
    at.git(&["--git-dir", ".git/worktrees/tree/modules/libs/inner", "config", "core.pager", "./evil"]);
    let reasons = at.workspace().trust().expect("judged").reasons;
    assert_eq!(reasons, ["core.pager in .git/worktrees/tree/modules/libs/inner"]);

    let at = cloned();
    std::fs::remove_dir_all(at.root().join("inner")).expect("a folder");
    at.write(&format!("{INNER}/config"), "[core\n");
    assert_eq!(at.workspace().trust().expect("judged").reasons, [INNER]);
}

#[test]
fn what_is_staged_meanwhile_is_judged_anew() {
    let at = Fixture::with_record();
    let workspace = at.workspace();
    assert!(workspace.trust().expect("judged").trusted);
    at.git(&["clone", "-q", ".", "inner"]);
    at.git(&["-C", "inner", "config", "core.fsmonitor", "./evil"]);
    at.git(&["add", "inner"]);
    assert_eq!(workspace.trust().expect("judged").reasons, ["core.fsmonitor in inner"]);
}

#[cfg(unix)]
#[test]
fn a_ring_of_git_folders_ends() {
    let at = cloned();
    std::os::unix::fs::symlink("..", at.root().join(".git/modules/libs/ring")).expect("a link");
    std::os::unix::fs::symlink("../../..", at.root().join(INNER).join("modules/ring")).expect("a link");
    assert!(at.workspace().trust().expect("judged").trusted);
}
