//! The merge driver as git runs it.

use crate::cli::Repo;
use std::path::Path;
use std::process::Command;

const A: &str = "docs/decisions/0001-use-rails.md";

fn record(fields: &str, outcome: &str) -> String {
    format!("---\nstatus: proposed\n{fields}---\n# Use rails\n\n## Decision\n\n{outcome}\n")
}

fn git(root: &Path, args: &[&str]) -> (bool, String) {
    let binary = Path::new(env!("CARGO_BIN_EXE_precedent"));
    let path = std::env::var_os("PATH").unwrap();
    let own = binary.parent().unwrap().to_path_buf();
    let path = std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let ran = Command::new("git")
        .current_dir(root)
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
        .args(args)
        .output()
        .unwrap();
    (ran.status.success(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
}

#[test]
fn git_merges_records_by_field_once_the_driver_is_installed() {
    let repo = Repo::with(&[(A, &record("", "None yet."))]);
    let shown = repo.run(&["merge-file", "--install", "--dry-run"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("+/docs/decisions/**/*.md merge=precedent"), "{}", shown.out);
    assert!(shown.out.contains("git config merge.precedent.driver"), "{}", shown.out);
    assert!(!repo.root().join(".gitattributes").exists());
    let status = repo.run(&["merge-file", "--status"]);
    assert_eq!((status.code, status.out.as_str()), (1, "not installed: run precedent merge-file --install\n"));
    assert_eq!(repo.run(&["merge-file", "--install"]).code, 0);
    assert_eq!(repo.run(&["merge-file", "--install"]).code, 0, "once more changes nothing");
    assert_eq!(repo.run(&["merge-file", "--status"]).code, 0);
    let root = &repo.root();
    let commit = |subject: &str| {
        git(root, &["add", "-A"]);
        assert!(git(root, &["commit", "-q", "-m", subject]).0);
    };
    commit("driver");
    let start = git(root, &["rev-parse", "--abbrev-ref", "HEAD"]).1;
    git(root, &["switch", "-q", "-c", "topic"]);
    repo.write(A, &record("supersedes: [ADR-0009]\ntags: [b]\n", "None yet."));
    commit("theirs");
    git(root, &["switch", "-q", start.trim()]);
    repo.write(A, &record("supersedes: [ADR-0007]\n", "None yet."));
    commit("ours");
    let (ok, said) = git(root, &["merge", "-q", "--no-edit", "topic"]);
    assert!(ok, "{said}");
    assert_eq!(repo.read(A), record("supersedes: [ADR-0007, ADR-0009]\ntags: [b]\n", "None yet."));

    // What is left for a person stands between git's marks, and git knows of the conflict.
    git(root, &["switch", "-q", "topic"]);
    repo.write(A, &record("supersedes: [ADR-0009]\ntags: [b]\n", "Blue."));
    commit("blue");
    git(root, &["switch", "-q", start.trim()]);
    repo.write(A, &record("supersedes: [ADR-0007, ADR-0009]\ntags: [b]\n", "Red."));
    commit("red");
    let (ok, said) = git(root, &["merge", "--no-edit", "topic"]);
    assert!(!ok && said.contains("1 place left to settle"), "{said}");
    let text = repo.read(A);
    assert!(text.contains("<<<<<<< ours\nRed.\n=======\nBlue.\n>>>>>>> theirs\n"), "{text}");
    assert!(git(root, &["status", "--porcelain"]).1.contains("UU "));
}

/// Who does not have the program, and who takes it out again, merges as git does.
#[test]
fn without_the_program_git_merges_by_lines_and_the_driver_can_be_taken_out() {
    let repo = Repo::with(&[(A, &record("", "None yet.")), (".gitattributes", "*.png binary")]);
    assert_eq!(repo.run(&["merge-file", "--install"]).code, 0);
    let root = &repo.root();
    let plain = |args: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(root).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        // Only git's own programs are at hand.
        let ran = command.args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]).args(args);
        let ran = ran.env("PATH", "/usr/bin:/bin").output().unwrap();
        (ran.status.success(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
    };
    let commit = |text: &str| {
        repo.write(A, text);
        plain(&["add", "-A"]);
        assert!(plain(&["commit", "-q", "-m", "x"]).0);
    };
    commit(&record("", "None yet."));
    let start = plain(&["rev-parse", "--abbrev-ref", "HEAD"]).1;
    plain(&["switch", "-q", "-c", "topic"]);
    commit(&record("", "None yet.\n\nA line at the end."));
    plain(&["switch", "-q", start.trim()]);
    commit(&record("tags: [b]\n", "None yet."));
    let (ok, said) = plain(&["merge", "-q", "--no-edit", "topic"]);
    assert!(ok, "{said}");
    assert_eq!(repo.read(A), record("tags: [b]\n", "None yet.\n\nA line at the end."));

    assert_eq!(repo.run(&["merge-file", "--uninstall"]).code, 0);
    assert_eq!(repo.read(".gitattributes"), "*.png binary\n");
    assert_eq!(plain(&["config", "--get-regexp", "^merge\\.precedent"]).1, "");
    assert_eq!(repo.run(&["merge-file", "--status"]).code, 1);
}
