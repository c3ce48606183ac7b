//! Every input of the check, and what each is judged by.

use super::*;
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a check with this on its standard input.
fn fed(repo: &Repo, args: &[&str], input: &[u8]) -> Value {
    let file = repo.root().join("../fed");
    std::fs::File::create(&file).unwrap().write_all(input).unwrap();
    let args: Vec<String> =
        args.iter().map(|arg| if *arg == "-" { file.display().to_string() } else { (*arg).to_owned() }).collect();
    check(repo, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn the_worktree_fails_on_anything_open() {
    let repo = governed();
    expect(&check(&repo, &[]), "violations", &["no-mongo/text src/old.rs:1 existing"]);
    repo.write("src/old.rs", "use postgres;\n");
    let verdict = check(&repo, &[]);
    expect(&verdict, "pass", &[]);
    assert_eq!((&verdict["counts"]["files"], &verdict["counts"]["rules"]), (&2.into(), &1.into()));
}

#[test]
fn a_finding_says_all_that_is_needed() {
    let found = &check(&governed(), &[])["findings"][0];
    assert_eq!(found["kind"], "forbid-text");
    assert_eq!(found["severity"], "error");
    assert_eq!((&found["column"], &found["end_column"]), (&5.into(), &12.into()));
    assert_eq!(found["excerpt"], "use mongodb;");
    assert_eq!(found["message"], "MongoDB was rejected.");
    assert_eq!(found["remedy"], "Use Postgres.");
    assert_eq!(found["decision"]["path"], RECORD);
    assert_eq!(found["decision"]["line"], 6);
    assert_eq!(found["decision"]["title"], "No MongoDB");
    assert_eq!(found["decision"]["status"], "accepted");
    assert!(found["propose"].as_str().unwrap().starts_with("precedent supersede docs/decisions/0001-no-mongo.md"));
    assert!(found["waive"].as_str().unwrap().starts_with("precedent waive no-mongo/text --paths src/old.rs"));
}

#[test]
fn what_is_staged_fails_on_what_it_brings() {
    let repo = governed();
    expect(&check(&repo, &["--staged"]), "pass", &[]);
    repo.write("src/clean.rs", "fn a() {}\nuse mongodb;\n");
    expect(&check(&repo, &["--staged"]), "pass", &[]);
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/clean.rs:2 introduced"]);
    // What the worktree holds beyond the index does not count.
    repo.write("src/clean.rs", "fn a() {}\n");
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/clean.rs:2 introduced"]);
}

#[test]
fn a_range_counts_from_where_the_branches_parted() {
    let repo = governed();
    let opened = git2::Repository::open(repo.root()).unwrap();
    let first = opened.head().unwrap().peel_to_commit().unwrap();
    opened.branch("side", &first, false).unwrap();
    repo.write("src/clean.rs", "use mongodb;\n");
    commit(&repo, "200");
    let verdict = check(&repo, &["side..HEAD"]);
    expect(&verdict, "violations", &["no-mongo/text src/clean.rs:1 introduced"]);
    assert_eq!(verdict["input"]["base"], first.id().to_string());
    expect(&check(&repo, &["HEAD..side"]), "pass", &[]);
    // `side` moves on: what it brings is no part of this change.
    opened.set_head("refs/heads/side").unwrap();
    opened.checkout_head(Some(git2::build::CheckoutBuilder::new().force())).unwrap();
    repo.write("src/side.rs", "use mongodb;\n");
    commit(&repo, "300");
    let main = opened
        .find_branch("master", git2::BranchType::Local)
        .or_else(|_| opened.find_branch("main", git2::BranchType::Local));
    let main = main.unwrap().name().unwrap().unwrap_or_default().to_owned();
    expect(&check(&repo, &[&format!("side..{main}")]), "violations", &["no-mongo/text src/clean.rs:1 introduced"]);
    assert_eq!(repo.run(&["check", "side..nowhere"]).code, 2);
    assert_eq!(repo.run(&["check", "side"]).code, 2);
}

#[test]
fn a_pull_request_takes_its_base_from_the_service() {
    let repo = governed();
    let opened = git2::Repository::open(repo.root()).unwrap();
    let first = opened.head().unwrap().target().unwrap();
    opened.reference("refs/remotes/origin/trunk", first, true, "test").unwrap();
    repo.write("src/clean.rs", "use mongodb;\n");
    commit(&repo, "200");
    let ran = repo.run_with(&["check", "--pr", "--json"], &[("GITHUB_BASE_REF", "trunk")]);
    expect(&verdict(&ran), "violations", &["no-mongo/text src/clean.rs:1 introduced"]);
    let ran = repo.run_with(&["check", "--pr"], &[("GITHUB_BASE_REF", "")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("give a range"), "{}", ran.err);
}

#[test]
fn branches_without_a_common_commit_are_undecided() {
    let repo = governed();
    let opened = git2::Repository::open(repo.root()).unwrap();
    let author = git2::Signature::new("Ann", "ann@example.org", &git2::Time::new(0, 0)).unwrap();
    let tree = opened.head().unwrap().peel_to_tree().unwrap();
    opened.commit(Some("refs/heads/other"), &author, &author, "x", &tree, &[]).unwrap();
    let verdict = check(&repo, &["other..HEAD"]);
    assert_eq!(verdict["verdict"], "indeterminate");
    assert!(said(&verdict, "undecided", "message")[0].contains("no commit in common"), "{verdict:#}");
}

#[test]
fn a_patch_is_applied_in_memory() {
    let repo = governed();
    repo.write("src/new.rs", "use mongodb;\n");
    repo.write("src/clean.rs", "fn a() {}\nfn b() {}\n");
    stage(&repo);
    let diff = Command::new("git").args(["diff", "--cached"]).current_dir(repo.root()).output().unwrap().stdout;
    let opened = git2::Repository::open(repo.root()).unwrap();
    let head = opened.head().unwrap().peel_to_commit().unwrap();
    opened.reset(head.as_object(), git2::ResetType::Hard, None).unwrap();
    let objects = || walk(&repo.root().join(".git/objects"));
    let before = objects();
    expect(&fed(&repo, &["--patch", "-"], &diff), "violations", &["no-mongo/text src/new.rs:1 introduced"]);
    assert_eq!(objects(), before, "nothing is written to the repository");
    assert!(!repo.root().join("src/new.rs").exists());
    let ran = repo.run(&["check", "--patch", "src/clean.rs"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
}

/// Without prefixes the first folders would be taken for them, and no rule would govern what is left.
#[test]
fn a_patch_without_prefixes_is_refused() {
    let repo = governed();
    repo.write("src/new.rs", "use mongodb;\n");
    std::fs::rename(repo.root().join("src/clean.rs"), repo.root().join("src/other.rs")).unwrap();
    stage(&repo);
    let diff = |arguments: &[&str]| {
        let all = ["diff", "--cached", "-M"].iter().chain(arguments);
        Command::new("git").args(all).current_dir(repo.root()).output().unwrap().stdout
    };
    let path = repo.root().parent().unwrap().join("a.patch");
    for (arguments, code) in [(&["--no-prefix"][..], 2), (&[], 1), (&["--src-prefix=x/", "--dst-prefix=y/"], 1)] {
        std::fs::write(&path, diff(arguments)).unwrap();
        let ran = repo.run(&["check", "--patch", path.to_str().unwrap()]);
        assert_eq!(ran.code, code, "{arguments:?}: {} {}", ran.out, ran.err);
        assert_eq!(ran.err.contains("--src-prefix=a/"), code == 2, "{arguments:?}: {}", ran.err);
    }
}

pub(super) fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { found.extend(walk(&entry.path())) } else { found.push(entry.path()) }
    }
    found.sort();
    found
}

#[test]
fn standard_input_is_read_for_patch_and_content() {
    let repo = governed();
    let mut child = Command::new(env!("CARGO_BIN_EXE_precedent"))
        .arg("-C")
        .arg(repo.root())
        .args(["check", "--path", "src/x.rs", "--content", "-", "--json"])
        .env("HOME", repo.root().join("../home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"\nuse mongodb;\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    expect(&verdict, "violations", &["no-mongo/text src/x.rs:2 introduced"]);
}

#[test]
fn one_files_new_content_is_judged_by_the_last_commit() {
    let repo = governed();
    // The worktree's own rules are gone; those of the last commit judge.
    std::fs::remove_file(repo.root().join(RECORD)).unwrap();
    let args = ["--path", "src/clean.rs", "--content", "-"];
    expect(
        &fed(&repo, &args, b"fn a() {}\nuse mongodb;\n"),
        "violations",
        &["no-mongo/text src/clean.rs:2 introduced"],
    );
    expect(&fed(&repo, &args, b"fn b() {}\n"), "pass", &[]);
    let old = ["--path", "src/old.rs", "--content", "-"];
    expect(&fed(&repo, &old, b"// moved\nuse mongodb;\n"), "pass", &["no-mongo/text src/old.rs:2 existing"]);
    assert_eq!(repo.run(&["check", "--path", "../x", "--content", "/dev/null"]).code, 2);
    assert_eq!(repo.run(&["check", "--path", "src/x"]).code, 2);
}

#[test]
fn before_the_first_commit_everything_staged_is_new() {
    let repo = Repo::with(&[(RECORD, &record(MONGO)), ("src/a.rs", "use mongodb;\n")]);
    expect(&check(&repo, &[]), "violations", &["no-mongo/text src/a.rs:1 existing"]);
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    // Nothing judged it yet, so it passes; what the new rule would find is told.
    expect(&verdict, "pass", &[]);
    assert_eq!(verdict["previews"][0]["would_find"], 1, "{verdict:#}");
}

#[test]
fn a_folder_without_git_is_checked_as_it_is() {
    let repo = governed();
    std::fs::remove_dir_all(repo.root().join(".git")).unwrap();
    let ran = repo.run(&["check"]);
    // The command line opens repositories only; it says so instead of passing.
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
}

#[test]
fn text_for_people_names_the_way_out() {
    let ran = governed().run(&["check", "--as-of", "2026-06-01"]);
    assert_eq!(ran.code, 1);
    for part in [
        "src/old.rs:1:5: error no-mongo/text\n    use mongodb;\n  MongoDB was rejected.\n  instead: Use Postgres.\n",
        "decided: No MongoDB (accepted), docs/decisions/0001-no-mongo.md:6",
        "to change the decision: precedent supersede",
        "violations as of 2026-06-01: 1 rule, 2 files · 1 existing",
    ] {
        assert!(ran.out.contains(part), "{part:?} is not in\n{}", ran.out);
    }
}

#[test]
fn a_repository_that_cannot_be_compared_says_why() {
    let told = |repo: &Repo, variables: &[(&str, &str)], part: &str| {
        let ran = repo.run_with(&["check", "--staged"], variables);
        assert!(ran.code == 2 && ran.err.contains(part), "{part}: {}", ran.err);
    };
    let repo = Repo::with(&[(RECORD, &record(MONGO))]);
    std::fs::remove_dir_all(repo.root().join(".git")).unwrap();
    told(&repo, &[("GIT_DIR", "/elsewhere")], "GIT_DIR is set and not followed");
    let git = |args: &[&str]| std::process::Command::new("git").current_dir(repo.root()).args(args).output().unwrap();
    assert!(git(&["init", "--quiet", "--object-format=sha256"]).status.success());
    told(&repo, &[], "SHA-256");
    let repo = governed();
    assert_eq!(repo.run(&["hooks", "install"]).code, 0);
    let ran = repo.run_with(&["doctor"], &[("TMPDIR", "/nowhere/at/all")]);
    assert!(ran.code == 2 && ran.err.contains("/nowhere/at/all"), "{}", ran.err);
    let other = governed();
    let elsewhere = other.root().join(".git");
    let ran = repo.run_with(&["hooks", "run", "pre-commit"], &[("GIT_DIR", elsewhere.to_str().unwrap())]);
    assert!(ran.code == 2 && ran.err.contains("git asks about"), "{}", ran.err);
}
