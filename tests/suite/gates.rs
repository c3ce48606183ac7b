//! Git's hooks as gates, with the real git: they stop what breaks a rule, keep what was there, and can be taken out again.

use crate::checking::{MONGO, RECORD, committed, record};
use crate::cli::Repo;
use serde_json::Value;
use std::process::Command;

fn git(repo: &Repo, args: &[&str]) -> (bool, String) {
    let home = repo.root().join("../home");
    let output = Command::new("git")
        .current_dir(repo.root())
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .env("HOME", &home)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), said)
}

fn ruled() -> Repo {
    committed(&[(RECORD, &record(MONGO)), ("src/clean.rs", "fn a() {}\n"), ("src/other.rs", "fn b() {}\n")])
}

fn install(repo: &Repo) -> Value {
    let ran = repo.run(&["hooks", "install", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

fn states(repo: &Repo) -> Vec<String> {
    let hooks = repo.run(&["hooks", "status", "--json"]).json();
    hooks["hooks"].as_array().unwrap().iter().map(|hook| hook["state"].as_str().unwrap().to_owned()).collect()
}

fn gates(repo: &Repo) -> Vec<String> {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_precedent")).parent().unwrap();
    let path = format!("{}:{}", std::env::var("PATH").unwrap(), program.display());
    gates_with(repo, &path)
}

/// With programs of these folders.
fn gates_with(repo: &Repo, path: &str) -> Vec<String> {
    let doctor = repo.run_with(&["doctor", "--json"], &[("PATH", path)]).json();
    let gates = doctor["gates"].as_array().unwrap().iter();
    gates.map(|gate| format!("{} {}", gate["name"].as_str().unwrap(), gate["state"].as_str().unwrap())).collect()
}

#[test]
fn a_commit_that_breaks_a_rule_is_stopped_however_it_is_made() {
    let repo = ruled();
    install(&repo);
    assert_eq!(states(&repo), ["installed"; 3]);
    repo.write("src/clean.rs", "use mongodb;\n");
    for args in [&["commit", "-a", "-m", "x"][..], &["commit", "-m", "x", "src/clean.rs"]] {
        let (done, said) = git(&repo, args);
        assert!(!done && said.contains("no-mongo/text"), "{args:?}: {said}");
    }
    // Only what the commit takes counts.
    repo.write("src/other.rs", "fn c() {}\n");
    let (done, said) = git(&repo, &["commit", "-m", "x", "src/other.rs"]);
    assert!(done, "{said}");
    let (done, said) = git(&repo, &["commit", "-a", "-m", "x", "--no-verify"]);
    assert!(done, "{said}");
}

#[test]
fn a_merge_and_a_push_that_break_a_rule_are_stopped() {
    let repo = ruled();
    let there = repo.root().join("../there.git");
    git2::Repository::init_bare(&there).unwrap();
    for args in [
        &["branch", "-M", "main"][..],
        &["remote", "add", "origin", there.to_str().unwrap()],
        &["push", "origin", "main"],
        &["switch", "-c", "side"],
    ] {
        let (done, said) = git(&repo, args);
        assert!(done, "{args:?}: {said}");
    }
    repo.write("src/clean.rs", "use mongodb;\n");
    assert!(git(&repo, &["commit", "-a", "-m", "x"]).0);
    install(&repo);
    let (done, said) = git(&repo, &["push", "origin", "side"]);
    assert!(!done && said.contains("no-mongo/text"), "{said}");
    assert!(git(&repo, &["switch", "main"]).0);
    let (done, said) = git(&repo, &["merge", "--no-ff", "-m", "x", "side"]);
    assert!(!done && said.contains("no-mongo/text"), "{said}");
    let _ended = git(&repo, &["merge", "--abort"]);
    let (done, said) = git(&repo, &["push", "origin", "main"]);
    assert!(done, "{said}");
}

#[test]
fn a_hook_that_is_there_runs_first_and_comes_back() {
    let repo = ruled();
    let own = "#!/bin/sh\necho own >> \"$(git rev-parse --show-toplevel)/../ran\"\n[ ! -e stop ]\n";
    let hook = repo.root().join(".git/hooks/pre-commit");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, own).unwrap();
    assert!(Command::new("chmod").arg("+x").arg(&hook).status().unwrap().success());
    assert_eq!(states(&repo), ["other", "absent", "absent"]);
    let shown = repo.run(&["hooks", "install", "--dry-run"]);
    assert!(shown.out.starts_with("rename .git/hooks/pre-commit to .git/hooks/pre-commit.before-precedent\nwrite .git/hooks/pre-commit\n    #!/bin/sh\n"), "{}", shown.out);
    assert_eq!(std::fs::read_to_string(&hook).unwrap(), own);
    install(&repo);
    repo.write("src/clean.rs", "use mongodb;\n");
    let (done, said) = git(&repo, &["commit", "-a", "-m", "x"]);
    assert!(!done && said.contains("no-mongo/text"), "{said}");
    repo.write("src/clean.rs", "fn c() {}\n");
    repo.write("stop", "");
    assert!(!git(&repo, &["commit", "-a", "-m", "x"]).0);
    std::fs::remove_file(repo.root().join("stop")).unwrap();
    assert!(git(&repo, &["commit", "-a", "-m", "x"]).0);
    assert_eq!(std::fs::read_to_string(repo.root().join("../ran")).unwrap(), "own\nown\nown\n");
    // Once more changes nothing, and taking it out brings back what was there.
    assert_eq!(install(&repo)["changes"], Value::Array(Vec::new()));
    assert_eq!(repo.run(&["hooks", "uninstall"]).code, 0);
    assert_eq!(std::fs::read_to_string(&hook).unwrap(), own);
    assert_eq!(
        std::fs::read_dir(hook.parent().unwrap())
            .unwrap()
            .flatten()
            .filter(|entry| !entry.path().to_string_lossy().ends_with(".sample"))
            .count(),
        1
    );
}

#[test]
fn husky_and_another_folder_are_respected() {
    let repo = ruled();
    assert!(git(&repo, &["config", "core.hooksPath", ".husky/_"]).0);
    repo.write(".husky/pre-commit", "npm test\n");
    let hooks = install(&repo);
    // Husky's own scripts are not there before it was prepared.
    assert_eq!(gates(&repo)[0], "pre-commit open");
    for name in ["pre-commit", "commit-msg", "pre-push"] {
        let own = format!(".husky/_/{name}");
        repo.write(&own, "#!/bin/sh\n");
        assert!(Command::new("chmod").arg("+x").arg(repo.root().join(own)).status().unwrap().success());
    }
    assert_eq!((&hooks["keeper"], &hooks["hooks"][0]["path"]), (&"husky".into(), &".husky/pre-commit".into()));
    let text = repo.read(".husky/pre-commit");
    assert!(text.starts_with("# precedent:begin") && text.ends_with("# precedent:end\nnpm test\n"), "{text}");
    assert_eq!(
        gates(&repo),
        ["pre-commit blocks", "commit-msg blocks", "pre-push blocks", "continuous-integration absent"]
    );
    assert_eq!(repo.run(&["hooks", "uninstall"]).code, 0);
    assert_eq!(repo.read(".husky/pre-commit"), "npm test\n");
    assert!(!repo.root().join(".husky/pre-push").exists());
    assert!(git(&repo, &["config", "core.hooksPath", "tools/hooks"]).0);
    assert_eq!(install(&repo)["hooks"][0]["path"], "tools/hooks/pre-commit");
    let outside = repo.root().join("../elsewhere");
    std::fs::create_dir(&outside).unwrap();
    assert!(git(&repo, &["config", "core.hooksPath", outside.to_str().unwrap()]).0);
    let ran = repo.run(&["hooks", "install"]);
    assert!(ran.code == 2 && ran.err.contains("outside of this repository"), "{}", ran.err);
}

#[test]
fn doctor_proves_what_blocks_and_tells_what_does_not() {
    let repo = ruled();
    assert_eq!(
        gates(&repo),
        ["pre-commit absent", "commit-msg absent", "pre-push absent", "continuous-integration absent"]
    );
    assert_eq!(repo.run(&["doctor"]).code, 1);
    install(&repo);
    repo.write(".github/workflows/x.yml", "# TODO: precedent check --pr\n");
    assert_eq!(gates(&repo)[3], "continuous-integration absent");
    repo.write(".github/workflows/x.yml", "- run: precedent check --pr\n");
    assert_eq!(
        gates(&repo),
        ["pre-commit blocks", "commit-msg blocks", "pre-push blocks", "continuous-integration named"]
    );
    assert_eq!(repo.run(&["doctor"]).code, 0);
    // Git does not run what may not be executed.
    let hook = repo.root().join(".git/hooks/pre-commit");
    assert!(Command::new("chmod").arg("-x").arg(&hook).status().unwrap().success());
    let edited = repo.root().join(".git/hooks/pre-push");
    let text = std::fs::read_to_string(&edited).unwrap();
    std::fs::write(&edited, text.replace("exit 1", "exit 0")).unwrap();
    assert_eq!(gates(&repo)[..3], ["pre-commit open", "commit-msg blocks", "pre-push changed"]);
    let ran = repo.run(&["doctor"]);
    assert!(
        ran.code == 1 && ran.out.contains("pre-commit: open: .git/hooks/pre-commit is not executable"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("rules that bind in the last commit: 1"), "{}", ran.out);
    // Nothing of it is left in the repository.
    assert_eq!(git(&repo, &["status", "--porcelain"]).1, "?? .github/\n");
}

#[test]
fn gates_without_a_rule_enforce_nothing() {
    let repo = committed(&[(RECORD, "---\nstatus: accepted\n---\n# A\n\n## Decision\n\nx\n"), ("src/a.rs", "x\n")]);
    install(&repo);
    assert_eq!(gates(&repo)[..3], ["pre-commit blocks", "commit-msg blocks", "pre-push blocks"]);
    let ran = repo.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("note: nothing is enforced: no rule binds"), "{}", ran.out);
}

/// Such a folder is part of the worktree, and everybody has the program elsewhere.
#[test]
fn shared_hooks_name_nobodys_program() {
    let repo = ruled();
    for folder in [".husky/_", "tools/hooks", "tools\\back"] {
        assert!(git(&repo, &["config", "core.hooksPath", folder]).0);
        let hooks = install(&repo);
        let path = hooks["hooks"][0]["path"].as_str().unwrap();
        let text = repo.read(path);
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_precedent")).parent().unwrap();
        assert!(!text.contains(program.to_str().unwrap()) && text.contains("precedent=precedent\n"), "{path}: {text}");
        assert_eq!(states(&repo), ["installed"; 3], "{folder}");
        if folder == "tools/hooks" {
            assert_eq!(gates(&repo)[0], "pre-commit blocks");
            assert_eq!(gates_with(&repo, "/usr/bin:/bin")[0], "pre-commit open", "the program is not there");
        }
        assert_eq!(repo.run(&["hooks", "uninstall"]).code, 0, "{folder}");
        assert!(!repo.root().join(path).exists(), "{path}");
    }
}

/// A history of its own takes nothing away, and what it brings is judged by the rules of the main branch.
#[test]
fn a_branch_that_begins_anew_is_judged_by_the_main_branch() {
    let repo = ruled();
    install(&repo);
    let there = repo.root().join("../there.git");
    assert!(Command::new("git").args(["init", "--quiet", "--bare"]).arg(&there).status().unwrap().success());
    assert!(git(&repo, &["remote", "add", "origin", there.to_str().unwrap()]).0);
    assert!(git(&repo, &["push", "--no-verify", "origin", "HEAD:main"]).0);
    for (branch, text, passes) in [("pages", "fine\n", true), ("other", "use mongodb;\n", false)] {
        assert!(git(&repo, &["checkout", "--quiet", "--orphan", branch]).0);
        assert!(git(&repo, &["rm", "-r", "--quiet", "-f", "."]).0);
        repo.write("src/page.rs", text);
        assert!(git(&repo, &["add", "."]).0);
        assert!(git(&repo, &["commit", "--quiet", "--no-verify", "-m", branch]).0);
        let (pushed, said) = git(&repo, &["push", "origin", branch]);
        assert_eq!((pushed, said.contains("no-mongo/text")), (passes, !passes), "{said}");
        assert!(!said.contains("record-removed") && !said.contains("undecided"), "{said}");
    }
}

fn hook(repo: &Repo, name: &str) -> std::path::PathBuf {
    repo.root().join(".git/hooks").join(name)
}

/// What somebody wrote into a hook of ours is neither replaced nor taken out.
#[test]
fn an_edited_hook_is_left_as_it_is() {
    let repo = ruled();
    install(&repo);
    for edit in [|text: &str| text.replacen('\n', "\nset -e\n", 1), |text: &str| format!("{text}make my-own-lint\n")] {
        let written = std::fs::read_to_string(hook(&repo, "pre-commit")).unwrap();
        let edited = edit(&written);
        std::fs::write(hook(&repo, "pre-commit"), &edited).unwrap();
        assert_eq!(states(&repo)[0], "changed");
        for act in ["install", "uninstall"] {
            let ran = repo.run(&["hooks", act]);
            assert!(ran.code == 2 && ran.err.contains("pre-commit was edited since it was installed"), "{}", ran.err);
            assert_eq!(std::fs::read_to_string(hook(&repo, "pre-commit")).unwrap(), edited);
            assert!(hook(&repo, "pre-push").exists(), "all of it or nothing");
        }
        std::fs::write(hook(&repo, "pre-commit"), written).unwrap();
    }
    // What git cannot start is mended.
    assert!(Command::new("chmod").arg("-x").arg(hook(&repo, "pre-commit")).status().unwrap().success());
    assert_eq!(states(&repo)[0], "changed");
    install(&repo);
    assert_eq!(states(&repo), ["installed", "installed", "installed"]);
}

/// As pre-commit does: it takes the name, keeps ours as `.legacy` and runs it first.
#[test]
fn a_tool_that_runs_ours_as_the_one_before_is_no_loop() {
    let repo = ruled();
    install(&repo);
    std::fs::rename(hook(&repo, "pre-commit"), hook(&repo, "pre-commit.legacy")).unwrap();
    let tool = "#!/bin/sh\n\"$(git rev-parse --git-dir)/hooks/pre-commit.legacy\" \"$@\" || exit $?\n";
    std::fs::write(hook(&repo, "pre-commit"), tool).unwrap();
    assert!(Command::new("chmod").arg("+x").arg(hook(&repo, "pre-commit")).status().unwrap().success());
    assert_eq!(states(&repo)[0], "installed");
    assert_eq!(install(&repo)["changes"], Value::Array(Vec::new()));
    assert_eq!(gates(&repo)[0], "pre-commit blocks");
    repo.write("src/other.rs", "fn c() {}\n");
    assert!(git(&repo, &["commit", "-a", "-m", "x"]).0);
    // The other way round it stands before ours.
    std::fs::rename(hook(&repo, "pre-commit"), hook(&repo, "pre-commit.before-precedent")).unwrap();
    std::fs::copy(hook(&repo, "pre-commit.legacy"), hook(&repo, "pre-commit")).unwrap();
    repo.write("src/other.rs", "fn d() {}\n");
    let (done, said) = git(&repo, &["commit", "-a", "-m", "x"]);
    assert!(done, "{said}");
    repo.write("src/other.rs", "use mongodb;\n");
    assert!(!git(&repo, &["commit", "-a", "-m", "x"]).0);
}

#[test]
fn what_was_there_comes_back_whatever_became_of_ours() {
    let repo = ruled();
    std::fs::create_dir_all(hook(&repo, "")).unwrap();
    std::fs::write(hook(&repo, "pre-commit"), "#!/bin/sh\n").unwrap();
    std::os::unix::fs::symlink("../../scripts/none", hook(&repo, "pre-push")).unwrap();
    install(&repo);
    std::fs::remove_file(hook(&repo, "pre-commit")).unwrap();
    assert_eq!(repo.run(&["hooks", "uninstall"]).code, 0);
    assert_eq!(std::fs::read_to_string(hook(&repo, "pre-commit")).unwrap(), "#!/bin/sh\n");
    assert_eq!(std::fs::read_link(hook(&repo, "pre-push")).unwrap(), std::path::Path::new("../../scripts/none"));
    // Half of it would be worse than nothing.
    std::fs::write(hook(&repo, "pre-push.before-precedent"), "somebody's").unwrap();
    for more in [&["--dry-run"][..], &[]] {
        let ran = repo.run(&[&["hooks", "install"], more].concat());
        assert!(ran.code == 2 && ran.err.contains("is there already"), "{}", ran.err);
        assert_eq!(states(&repo), ["other", "absent", "other"]);
    }
}

#[test]
fn files_that_are_shared_with_others_are_not_spoiled() {
    let repo = ruled();
    assert!(git(&repo, &["config", "core.hooksPath", ".husky"]).0);
    let file = repo.root().join(".husky/pre-commit");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    for (text, why) in
        [(&b"echo caf\xe9\n"[..], "no UTF-8 text"), (b"#!/usr/bin/env python3\nprint(1)\n", "no shell script")]
    {
        std::fs::write(&file, text).unwrap();
        let ran = repo.run(&["hooks", "install"]);
        assert!(ran.code == 2 && ran.err.contains(why) && ran.err.contains("hooks run pre-commit"), "{}", ran.err);
        assert_eq!(std::fs::read(&file).unwrap(), text);
    }
    repo.write("scripts/check", "npm test\n");
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("../scripts/check", &file).unwrap();
    assert!(repo.run(&["hooks", "install"]).err.contains("is a link"));
    std::fs::remove_file(&file).unwrap();
    install(&repo);
    let cut = repo.read(".husky/pre-commit").replace("# precedent:end\n", "npm test\n");
    repo.write(".husky/pre-commit", &cut);
    assert_eq!(repo.run(&["hooks", "uninstall"]).code, 2);
    assert_eq!(repo.read(".husky/pre-commit"), cut);
    for (path, why) in [("../out", "outside of this repository"), ("", "core.hooksPath is empty")] {
        assert!(git(&repo, &["config", "core.hooksPath", path]).0);
        let ran = repo.run(&["hooks", "install"]);
        assert!(ran.code == 2 && ran.err.contains(why), "{}", ran.err);
    }
    assert!(!repo.root().join("../out").exists());
}

/// A branch that takes in the main one brings nothing that is there already, and is judged by what was decided there.
#[test]
fn what_the_main_branch_has_is_brought_by_nobody() {
    let repo = ruled();
    let far = repo.root().join("../far.git");
    assert!(git(&repo, &["init", "-q", "--bare", far.to_str().unwrap()]).0);
    assert!(git(&repo, &["remote", "add", "origin", far.to_str().unwrap()]).0);
    assert!(git(&repo, &["push", "-q", "origin", "HEAD:main"]).0);
    let main = git(&repo, &["branch", "--show-current"]).1.trim().to_owned();
    assert!(git(&repo, &["checkout", "-q", "-b", "feature"]).0);
    repo.write("src/feature.rs", "fn f() {}\n");
    assert!(git(&repo, &["add", "-A"]).0 && git(&repo, &["commit", "-q", "-m", "feature"]).0);
    assert!(git(&repo, &["push", "-q", "origin", "feature"]).0);
    // The main branch has what the rule forbids.
    assert!(git(&repo, &["checkout", "-q", &main]).0);
    repo.write("src/old.rs", "use mongodb;\n");
    assert!(git(&repo, &["add", "-A"]).0 && git(&repo, &["commit", "-q", "-m", "old"]).0);
    assert!(git(&repo, &["push", "-q", "origin", &format!("{main}:main")]).0);
    install(&repo);
    assert!(git(&repo, &["checkout", "-q", "feature"]).0);
    let (done, said) = git(&repo, &["merge", &main, "-m", "take it in"]);
    assert!(done, "{said}");
    let (done, said) = git(&repo, &["push", "origin", "feature"]);
    assert!(done, "{said}");
    // What the branch itself breaks is stopped all the same, in both.
    assert!(git(&repo, &["checkout", "-q", "-b", "bad", "HEAD~1"]).0);
    repo.write("src/bad.rs", "use mongodb;\n");
    assert!(git(&repo, &["add", "-A"]).0 && git(&repo, &["commit", "-q", "--no-verify", "-m", "bad"]).0);
    let (done, said) = git(&repo, &["push", "origin", "bad"]);
    assert!(!done && said.contains("src/bad.rs") && !said.contains("src/old.rs"), "{said}");
    assert!(git(&repo, &["checkout", "-q", "feature"]).0);
    let (done, said) = git(&repo, &["merge", "bad", "-m", "it too"]);
    assert!(!done && said.contains("src/bad.rs"), "{said}");
}
