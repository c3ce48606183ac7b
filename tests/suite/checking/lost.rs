//! Governance that is lost: no rule judges any more, and nobody took one out. Never a pass without a word.

use super::*;

#[track_caller]
fn told(verdict: &Value, list: &str, path: &str, part: &str) {
    let found = verdict[list]
        .as_array()
        .unwrap()
        .iter()
        .any(|item| item["path"] == path && item["message"].as_str().unwrap().contains(part));
    assert!(found, "{part:?} at {path} is not in {list}: {verdict:#}");
}

#[test]
fn a_log_that_is_not_there_is_undecided() {
    for logs in ["logs = [\"nope\"]\n", "logs = [\"../elsewhere\"]\n", "logs = \"docs\"\n", "logs = [\n"] {
        let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "use mongodb;\n"), ("precedent.toml", logs)]);
        let verdict = check(&repo, &[]);
        // Where the list cannot be read logs are looked for, and what is found judges besides.
        assert_ne!(verdict["verdict"], "pass", "{logs} {verdict:#}");
        told(&verdict, "undecided", "precedent.toml", "it is not known what");
        repo.write("src/b.rs", "fn b() {}\n");
        stage(&repo);
        assert_eq!(check(&repo, &["--staged"])["verdict"], "indeterminate", "{logs}");
    }
    let text = committed(&[("precedent.toml", "stale-after = 3\n\nlogs = [\"nope\"]\n")]).run(&["check"]);
    assert_eq!(text.code, 3);
    assert!(text.out.contains("precedent.toml:3:1: undecided: `logs` names `nope`"), "{}", text.out);
}

/// A sparse checkout leaves files out; they are in the repository all the same.
#[test]
fn what_a_sparse_checkout_leaves_out_is_judged_as_git_has_it() {
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "use mongodb;\n"), ("src2/b.rs", "fn b() {}\n")]);
    let whole = repo.run(&["check", "--format", "json"]).out;
    let sparse = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.arg("-C").arg(repo.root()).arg("sparse-checkout").args(args);
        assert!(git.output().unwrap().status.success());
    };
    sparse(&["set", "docs", "src2"]);
    assert!(!repo.root().join("src").exists());
    assert_eq!(repo.run(&["check", "--format", "json"]).out, whole);
    assert!(whole.contains("\"verdict\": \"violations\"") || whole.contains("\"verdict\":\"violations\""), "{whole}");
    sparse(&["disable"]);
    assert_eq!(repo.run(&["check", "--format", "json"]).out, whole);
}

#[test]
fn rules_beside_no_record_are_an_error_there() {
    let rules = format!("rules:\n{MONGO}");
    for path in ["docs/decisions/0009-gone.rules.yaml", "elsewhere/a.rules.yaml"] {
        let repo = committed(&[(RECORD, "---\nstatus: accepted\n---\n# A\n\n## Decision\n\nx\n"), (path, &rules)]);
        let verdict = check(&repo, &[]);
        assert_eq!(verdict["verdict"], "error", "{verdict:#}");
        told(&verdict, "faults", path, "is no record of a log");
    }
    // Nearly a name, and an index, while other rules are at work.
    let index = record(MONGO);
    for (path, text, part) in [
        ("docs/decisions/0002-b.rules.yml", rules.as_str(), "is called <record>.rules.yaml"),
        ("docs/decisions/README.md", index.as_str(), "an index is no record"),
    ] {
        let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "x\n"), (path, text)]);
        let verdict = check(&repo, &[]);
        assert_eq!(verdict["verdict"], "error", "{verdict:#}");
        told(&verdict, "faults", path, part);
    }
    // Other programs have files of this name.
    let other = ("src/decisions/alerts.rules.yaml", "groups:\n- name: a\n  rules: []\n");
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "x\n"), other]);
    expect(&check(&repo, &[]), "pass", &[]);
}

#[test]
fn rules_whose_standing_nobody_knows_are_undecided() {
    let typo = record_with("acceptd", "", MONGO);
    let repo = committed(&[(RECORD, &typo), ("src/a.rs", "use mongodb;\n")]);
    let verdict = check(&repo, &[]);
    expect(&verdict, "indeterminate", &[]);
    told(&verdict, "undecided", RECORD, "the status `acceptd`");
    let beside = "docs/decisions/0001-no-mongo.rules.yaml";
    let repo = committed(&[(RECORD, "---\nstatus: acceptd\n---\n# A\n"), (beside, &format!("rules:\n{MONGO}"))]);
    assert_eq!(check(&repo, &[])["verdict"], "indeterminate");
    // A word that the settings explain is known; one without rules decides nothing here.
    let known = "[statuses]\nacceptd = \"accepted\"\n";
    let repo = committed(&[(RECORD, &typo), ("precedent.toml", known), ("src/a.rs", "use mongodb;\n")]);
    expect(&check(&repo, &[]), "violations", &["no-mongo/text src/a.rs:1 existing"]);
    let repo = committed(&[(RECORD, "---\nstatus: acceptd\n---\n# A\n")]);
    assert_eq!(check(&repo, &[])["verdict"], "pass");
    let none = record(MONGO).replace("status: accepted\n", "");
    told(&check(&committed(&[(RECORD, &none)]), &[]), "faults", RECORD, "they do not bind");
}

#[test]
fn a_rules_file_without_rules_is_told() {
    let beside = "docs/decisions/0002-b.rules.yaml";
    let other = ("docs/decisions/0002-b.md", "---\nstatus: accepted\n---\n# B\n");
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "x\n"), other, (beside, "")]);
    told(&check(&repo, &[]), "faults", beside, "no rules in it");
}

#[test]
fn rules_under_another_key_are_told() {
    let misnamed = record(MONGO).replace("\nrules:", "\nrule:");
    let repo = committed(&[(RECORD, &misnamed), ("src/a.rs", "use mongodb;\n")]);
    let verdict = check(&repo, &[]);
    // The key is not known, which is no fault of the record by the contract; but it must not be silent.
    expect(&verdict, "pass", &[]);
    told(&verdict, "faults", RECORD, "`rule` holds rules and says nothing; did you mean `rules`?");
    assert_eq!(verdict["faults"][0]["line"], 5);
    let lint = repo.run(&["lint", "--json"]);
    assert_eq!(lint.code, 0, "{}", lint.out);
    assert!(lint.out.contains("did you mean `rules`"), "{}", lint.out);
    repo.write("src/b.rs", "fn b() {}\n");
    stage(&repo);
    told(&check(&repo, &["--staged"]), "faults", RECORD, "did you mean `rules`?");
}

#[test]
fn a_pass_of_nothing_says_so() {
    let note = |repo: &Repo, args: &[&str]| said_notes(&check(repo, args));
    let empty = Repo::new();
    assert!(note(&empty, &[])[0].contains("no record of a decision was found"));
    let no_rules = committed(&[(RECORD, "---\nstatus: accepted\n---\n# A\n\n## Decision\n\nx\n")]);
    for args in [&[][..], &["--staged"]] {
        assert!(note(&no_rules, args)[0].contains("no decision carries a rule yet"));
    }
    let proposed = committed(&[(RECORD, &record_with("proposed", "", MONGO))]);
    assert!(note(&proposed, &[])[0].contains("still proposed"));
    assert_eq!(note(&governed_well(), &[]), [""; 0]);
    let out = no_rules.run(&["check", "--as-of", "2026-06-01"]).out;
    assert!(
        out.contains("note: no decision carries a rule yet") && out.contains("precedent schema record-v1"),
        "{out}"
    );
    assert!(out.contains("pass as of 2026-06-01: 0 rules, 0 files"), "{out}");
    for format in ["github", "markdown", "sarif"] {
        let out = no_rules.run(&["check", "--format", format]).out;
        assert!(out.contains("no decision carries a rule yet"), "{format}: {out}");
    }
    let out = governed_well().run(&["check", "--as-of", "2026-06-01"]).out;
    assert!(out.contains("pass as of 2026-06-01: 1 rule, 1 file\n"), "{out}");
}

fn governed_well() -> Repo {
    committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "fn a() {}\n")])
}

fn said_notes(verdict: &Value) -> Vec<String> {
    verdict["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap().to_owned()).collect()
}

#[test]
fn levels_that_are_none_and_of_no_rule_are_errors_at_their_line() {
    for (line, part) in [
        ("\"no-mongo/text\" = \"off\"", "`off` is no level"),
        ("\"no-mongo/txet\" = \"note\"", "no rule is called no-mongo/txet"),
    ] {
        let settings = format!("[severity]\n{line}\n");
        let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "x\n"), ("precedent.toml", &settings)]);
        let verdict = check(&repo, &[]);
        assert_eq!(verdict["verdict"], "error", "{verdict:#}");
        told(&verdict, "faults", "precedent.toml", part);
        assert_eq!(verdict["faults"][0]["line"], 2);
    }
}

/// Records of another repository judge that one; where they look like ours, somebody may believe that they judge here.
#[test]
fn a_log_that_is_another_repository_is_undecided_until_settings_say_where_logs_are() {
    let repo = committed(&[("src/a.rs", "fn a() {}\n")]);
    let other = committed(&[("0001-no-mongo.md", &record(MONGO))]);
    let cloned = std::process::Command::new("git")
        .args(["-c", "protocol.file.allow=always", "-C"])
        .arg(repo.root())
        .args(["submodule", "--quiet", "add"])
        .arg(other.root())
        .arg("docs/decisions")
        .output()
        .unwrap();
    assert!(cloned.status.success(), "{cloned:?}");
    let undecided = |args: &[&str]| {
        let verdict = check(&repo, args);
        expect(&verdict, "indeterminate", &[]);
        told(&verdict, "undecided", "docs/decisions", "this is another repository");
    };
    undecided(&[]);
    commit(&repo, "200");
    repo.write("src/a.rs", "fn b() {}\n");
    stage(&repo);
    undecided(&["--staged"]);
    repo.write("adr/0001-a.md", &record(MONGO));
    repo.write("precedent.toml", "logs = [\"adr\"]\n");
    expect(&check(&repo, &[]), "pass", &[]);
}

/// A link, what it leads to, and the files around it; the last one is behind it.
#[cfg(unix)]
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

#[cfg(unix)]
#[test]
fn what_judges_and_is_a_link_is_undecided_in_worktree_and_trees() {
    use std::os::unix::fs::symlink;
    let rules = format!("rules:\n{MONGO}");
    let plain = "---\nstatus: accepted\napplies-to: [\"src/**\"]\n---\n# A\n\n## Decision\n\nx\n";
    let beside = "docs/decisions/0001-no-mongo.rules.yaml";
    let settings = "logs = [\"docs/decisions\"]\n";
    let cases: &[Case<'_>] = &[
        (RECORD, "../../store/one.md", &[("store/one.md", &record(MONGO))]),
        (RECORD, "../../store/one.txt", &[("store/one.txt", &record(MONGO))]),
        (beside, "../../rules.txt", &[(RECORD, plain), ("rules.txt", &rules)]),
        ("precedent.toml", "settings.txt", &[(RECORD, &record(MONGO)), ("settings.txt", settings)]),
        (
            "precedent.baseline.json",
            "b.txt",
            &[(RECORD, &record(MONGO)), ("b.txt", "{\"schema\": \"precedent/baseline/v1\", \"entries\": []}")],
        ),
        ("docs/decisions/waivers", "../../w", &[(RECORD, &record(MONGO)), ("w/a.txt", "x")]),
        ("docs/decisions/waivers/w.md", "../../../w.txt", &[(RECORD, &record(MONGO)), ("w.txt", "x")]),
        ("docs/decisions", "../store", &[("store/0001-no-mongo.md", &record(MONGO))]),
        ("docs", "store", &[("store/decisions/0001-no-mongo.md", &record(MONGO)), ("precedent.toml", settings)]),
    ];
    for (link, target, files) in cases {
        let repo = Repo::with(files);
        repo.write("src/a.rs", "fn a() {}\n");
        let path = repo.root().join(link);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(target, &path).unwrap();
        commit(&repo, "100");
        let verdict = check(&repo, &[]);
        assert_eq!(verdict["verdict"], "indeterminate", "{link}: {verdict:#}");
        let told: Vec<_> =
            verdict["undecided"].as_array().unwrap().iter().filter(|item| item["path"] == *link).collect();
        assert!(!told.is_empty(), "{link}: {verdict:#}");
        // An edit of the target by a change is judged by the same.
        repo.write(files.last().unwrap().0, "nothing\n");
        stage(&repo);
        let verdict = check(&repo, &["--staged"]);
        assert_ne!(verdict["verdict"], "pass", "{link}: {verdict:#}");
        let told = verdict["undecided"].as_array().unwrap().iter().any(|item| item["path"] == *link);
        assert!(told, "{link}: {verdict:#}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_program_of_such_a_name_is_none() {
    let repo = Repo::with(&[(RECORD, &record(MONGO)), ("src/a.rs", "fn a() {}\n"), ("tools/adr.sh", "x\n")]);
    std::fs::create_dir_all(repo.root().join("bin")).unwrap();
    std::os::unix::fs::symlink("../tools/adr.sh", repo.root().join("bin/adr")).unwrap();
    commit(&repo, "100");
    expect(&check(&repo, &[]), "pass", &[]);
    repo.write("src/a.rs", "fn b() {}\n");
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "pass", &[]);
}

#[test]
fn a_rule_that_ends_by_being_superseded_is_told_at_the_successor() {
    let repo = governed();
    let next = "docs/decisions/0002-mongo.md";
    repo.write(next, "---\nstatus: accepted\nsupersedes: [1]\n---\n# Use MongoDB\n\n## Decision\n\nx\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    let change = &verdict["governance_changes"][0];
    assert_eq!((&change["path"], &change["kind"]), (&next.into(), &"superseded".into()), "{verdict:#}");
    assert!(change["message"].as_str().unwrap().contains(RECORD), "{verdict:#}");
}

#[test]
fn the_limit_of_places_in_one_file_is_named() {
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", &"use mongodb;\n".repeat(1001))]);
    let verdict = check(&repo, &[]);
    told(&verdict, "undecided", "src/a.rs", "more than 1000 places in one file");
    assert_eq!(verdict["findings"].as_array().unwrap().len(), 1000);
}
