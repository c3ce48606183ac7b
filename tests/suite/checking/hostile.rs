//! Changes that want to pass: each is reported as what it is.

use super::*;

/// The check of what is staged after `change`, which also adds a file that breaks the rule.
fn with_violation(repo: &Repo, change: impl FnOnce(&Repo)) -> Value {
    repo.write("src/new.rs", "use mongodb;\n");
    change(repo);
    stage(repo);
    check(repo, &["--staged"])
}

#[track_caller]
fn still_fails(verdict: &Value, kind: &str) {
    expect(verdict, "violations", &["no-mongo/text src/new.rs:1 introduced"]);
    let kinds = said(verdict, "governance_changes", "kind");
    assert!(kinds.iter().any(|found| found == kind), "{kind} is not in {kinds:?}");
}

#[test]
fn the_rule_is_weakened() {
    let repo = governed();
    still_fails(
        &with_violation(&repo, |repo| repo.write(RECORD, &record(&MONGO.replace("mongodb}", "mongodb3}")))),
        "rule-changed",
    );
    let lowered = |repo: &Repo| repo.write(RECORD, &record(&MONGO.replace("kind:", "severity: note\n    kind:")));
    let verdict = with_violation(&governed(), lowered);
    still_fails(&verdict, "rule-changed");
    assert!(said(&verdict, "governance_changes", "message")[0].contains("lowered from error to note"), "{verdict:#}");
}

#[test]
fn an_exclusion_is_widened() {
    let excluded = record_with("accepted", "applies-to: [\"src/**\", \"!src/new.rs\"]\n", MONGO);
    still_fails(&with_violation(&governed(), |repo| repo.write(RECORD, &excluded)), "rule-changed");
    let narrowed = record(&MONGO.replace("kind:", "paths: [\"src/old.rs\"]\n    kind:"));
    still_fails(&with_violation(&governed(), |repo| repo.write(RECORD, &narrowed)), "rule-changed");
}

#[test]
fn the_record_is_deleted_or_its_status_flipped() {
    let deleted = |repo: &Repo| std::fs::remove_file(repo.root().join(RECORD)).unwrap();
    still_fails(&with_violation(&governed(), deleted), "record-removed");
    for status in ["deprecated", "draft", "proposed", "superseded"] {
        let flipped = record_with(status, "applies-to: [\"src/**\"]\n", MONGO);
        still_fails(&with_violation(&governed(), |repo| repo.write(RECORD, &flipped)), "status-changed");
    }
    let unreadable = record(MONGO).replace("date: 2026-01-02", "date: [");
    let verdict = with_violation(&governed(), |repo| repo.write(RECORD, &unreadable));
    expect(&verdict, "violations", &["no-mongo/text src/new.rs:1 introduced"]);
    assert!(!said(&verdict, "governance_changes", "kind").is_empty(), "{verdict:#}");
}

#[test]
fn the_rule_is_made_unreadable() {
    let broken = record(&MONGO.replace("match:", "mach:"));
    let repo = governed();
    let verdict = with_violation(&repo, |repo| repo.write(RECORD, &broken));
    still_fails(&verdict, "rule-changed");
    // By itself it must not land as a pass: afterwards nothing would be decided.
    std::fs::remove_file(repo.root().join("src/new.rs")).unwrap();
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
    assert!(
        said(&verdict, "undecided", "message").iter().any(|text| text.contains("did you mean `match`")),
        "{verdict:#}"
    );
}

/// What nobody can read must not stop the change that makes it readable.
#[test]
fn what_judges_can_be_repaired_by_a_change_of_nothing_else() {
    let plain = ("src/clean.rs", "fn a() {}\n");
    let beside = "docs/decisions/0009-gone.rules.yaml";
    let rules = format!("rules:\n{MONGO}");
    let misread = record(&MONGO.replace("match:", "mach:"));
    let example = record(&MONGO.replace("content: use mongodb", "content: use postgres"));
    let fine = record(MONGO);
    let cases: [(&str, &str, &str, &str); 5] = [
        (RECORD, &misread, &fine, "indeterminate"),
        (RECORD, &example, &fine, "error"),
        (beside, &rules, "", "error"),
        ("precedent.toml", "logs = [\"nope\"]\n", "logs = [\"docs/decisions\"]\n", "indeterminate"),
        ("precedent.toml", "[severity]\n\"no-mongo/txet\" = \"note\"\n", "", "error"),
    ];
    for (path, wrong, right, word) in cases {
        let repo = committed(&[(RECORD, &fine), plain, (path, wrong)]);
        repo.write("src/clean.rs", "fn b() {}\n");
        stage(&repo);
        assert_eq!(check(&repo, &["--staged"])["verdict"], word, "{path}: it is not what is repaired");
        if right.is_empty() {
            std::fs::remove_file(repo.root().join(path)).unwrap();
        } else {
            repo.write(path, right);
        }
        stage(&repo);
        // With something else beside it that nobody could judge.
        assert_eq!(check(&repo, &["--staged"])["verdict"], word, "{path}");
        repo.write("src/clean.rs", "fn a() {}\n");
        stage(&repo);
        let verdict = check(&repo, &["--staged"]);
        assert_eq!(verdict["verdict"], "pass", "{path}: {verdict:#}");
        assert!(said(&verdict, "governance_changes", "kind").contains(&"repaired".to_owned()), "{path}: {verdict:#}");
    }
    // One of two is repaired.
    let repo = committed(&[(RECORD, &misread), plain, ("precedent.toml", "[severity]\n\"a/b\" = \"note\"\n")]);
    repo.write(RECORD, &fine);
    stage(&repo);
    assert_eq!(check(&repo, &["--staged"])["verdict"], "error");
}

/// A decision that could not be read and ends is no repair alone.
#[test]
fn what_ends_a_decision_that_could_not_be_read_is_named() {
    let misread = record(&MONGO.replace("match:", "mach:"));
    let draft = misread.replace("status: accepted", "status: draft");
    let bare = "---\nstatus: accepted\n---\n# No mongo\n\n## Decision\n\nNone.\n";
    for (now, kind) in
        [(None, "record-removed"), (Some(draft.as_str()), "status-changed"), (Some(bare), "rule-removed")]
    {
        let repo = committed(&[(RECORD, &misread), ("src/clean.rs", "fn a() {}\n")]);
        match now {
            None => std::fs::remove_file(repo.root().join(RECORD)).unwrap(),
            Some(text) => repo.write(RECORD, text),
        }
        stage(&repo);
        let verdict = check(&repo, &["--staged"]);
        let kinds = said(&verdict, "governance_changes", "kind");
        assert!(kinds.contains(&kind.to_owned()), "{kind}: {verdict:#}");
    }
}

#[test]
fn the_baseline_is_edited() {
    let repo = governed();
    let found = &check(&repo, &[])["findings"][0];
    let hash = found["fingerprint"].as_str().unwrap().split(':').next().unwrap();
    let baseline = format!(
        "{{\"schema\": \"precedent/baseline/v1\", \"entries\": [{{\"rule\": \"no-mongo/text\", \"path\": \"src/new.rs\", \"fingerprint\": \"{hash}\", \"count\": 9}}]}}\n"
    );
    still_fails(&with_violation(&repo, |repo| repo.write("precedent.baseline.json", &baseline)), "baseline-grew");
    // It has landed: what it holds still is not what a later change may add.
    commit(&repo, "200");
    repo.write("src/new.rs", "use mongodb;\nuse mongodb::x;\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["verdict"], "violations", "{verdict:#}");
}

#[test]
fn settings_are_edited() {
    let lowered = "logs = [\"docs/decisions\"]\n[severity]\n\"no-mongo/text\" = \"note\"\n";
    let verdict = with_violation(&governed(), |repo| repo.write("precedent.toml", lowered));
    still_fails(&verdict, "settings-changed");
    still_fails(&verdict, "rule-changed");
    // The log is declared to be elsewhere.
    let elsewhere = |repo: &Repo| {
        repo.write("precedent.toml", "logs = [\"elsewhere\"]\n");
        repo.write("elsewhere/.keep", "");
    };
    still_fails(&with_violation(&governed(), elsewhere), "settings-changed");
    let ignored = |repo: &Repo| repo.write("precedent.toml", "ignore = [\"docs/**\"]\n");
    still_fails(&with_violation(&governed(), ignored), "settings-changed");
}

#[test]
fn a_waiver_is_added_for_the_change_itself() {
    let repo = governed();
    let waiver = super::waivers::waiver("src/new.rs", "");
    let verdict = with_violation(&repo, |repo| repo.write("docs/decisions/waivers/w.md", &waiver));
    expect(&verdict, "violations", &["no-mongo/text src/new.rs:1 waiver-proposed"]);
    assert_eq!(said(&verdict, "governance_changes", "kind"), ["waiver-added"]);
}

#[test]
fn a_file_is_renamed_out_of_scope() {
    let repo = governed();
    std::fs::rename(repo.root().join("src/old.rs"), repo.root().join("old.rs")).unwrap();
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(said(&verdict, "governance_changes", "kind"), ["left-scope"], "{verdict:#}");
    // And one that comes into it brings what it holds.
    commit(&repo, "200");
    std::fs::rename(repo.root().join("old.rs"), repo.root().join("src/old2.rs")).unwrap();
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/old2.rs:1 introduced"]);
}

#[test]
fn a_renaming_inside_the_scope_brings_nothing() {
    let repo = governed();
    std::fs::rename(repo.root().join("src/old.rs"), repo.root().join("src/moved.rs")).unwrap();
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "pass", &["no-mongo/text src/moved.rs:1 existing"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let hides = |path: &str, content: &[u8]| {
        let repo = governed();
        std::fs::write(repo.root().join(path), content).unwrap();
        stage(&repo);
        let verdict = check(&repo, &["--staged"]);
        let said = said(&verdict, "governance_changes", "message");
        assert_eq!(said.len(), 1, "{path}: {verdict:#}");
        said[0].clone()
    };
    assert!(hides("src/clean.rs", b"use mongodb;\0").contains("binary"));
    assert!(hides("src/new.rs", b"use mongodb;\0").contains("binary"));
    let huge = [b"use mongodb;\n".as_slice(), &vec![b' '; 3 << 20]].concat();
    assert!(hides("src/clean.rs", &huge).contains("larger than 2 MiB"));
    assert!(hides("src/data", &huge).contains("larger than 2 MiB"));
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_well_as_they_can_be() {
    let repo = governed();
    std::fs::write(repo.root().join("src/latin.rs"), b"// caf\xe9\nuse mongodb;\xff\n").unwrap();
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/latin.rs:2 introduced"]);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("use mongodb;".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    std::fs::write(repo.root().join("src/latin.rs"), utf16).unwrap();
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/latin.rs:1 introduced"]);
}

#[test]
fn saying_that_a_file_is_generated_takes_effect_afterwards() {
    let repo = governed();
    let attributes = |repo: &Repo| repo.write(".gitattributes", "src/new.rs linguist-generated\n");
    still_fails(&with_violation(&repo, attributes), "attributes-changed");
    commit(&repo, "200");
    let verdict = check(&repo, &[]);
    expect(&verdict, "violations", &["no-mongo/text src/old.rs:1 existing"]);
    assert_eq!(verdict["skipped"]["generated"], 1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let repo = governed();
    repo.write("elsewhere.rs", "use mongodb;\n");
    commit(&repo, "200");
    std::fs::remove_file(repo.root().join("src/clean.rs")).unwrap();
    std::os::unix::fs::symlink("../elsewhere.rs", repo.root().join("src/clean.rs")).unwrap();
    std::os::unix::fs::symlink("/etc", repo.root().join("src/etc")).unwrap();
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    expect(&verdict, "pass", &[]);
    assert_eq!(said(&verdict, "governance_changes", "kind"), ["hidden", "hidden"], "{verdict:#}");
    assert_eq!(check(&repo, &[])["skipped"]["symlink"], 2);
}

#[test]
fn another_repository_inside_is_counted_and_not_read() {
    let repo = governed();
    git2::Repository::init(repo.root().join("src/inner")).unwrap();
    repo.write("src/inner/a.rs", "use mongodb;\n");
    let verdict = check(&repo, &[]);
    expect(&verdict, "violations", &["no-mongo/text src/old.rs:1 existing"]);
    assert_eq!(verdict["skipped"]["submodule"], 1, "{verdict:#}");
}

#[test]
fn a_file_that_cannot_be_read_is_undecided() {
    let repo = governed();
    repo.write("src/clean.rs", "fn gone() {}\n");
    stage(&repo);
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, b"fn gone() {}\n").unwrap().to_string();
    std::fs::remove_file(repo.root().join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
    assert!(said(&verdict, "undecided", "message")[0].contains("git does not have it"), "{verdict:#}");
}

#[test]
fn nothing_of_the_repository_is_started() {
    let repo = governed();
    let trap = repo.root().join("../trapped");
    let run = format!("touch {}", trap.display());
    let opened = git2::Repository::open(repo.root()).unwrap();
    let mut config = opened.config().unwrap();
    for key in
        ["core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.x.textconv", "diff.external", "core.hooksPath"]
    {
        config.set_str(key, &run).unwrap();
    }
    repo.write(".gitattributes", "*.rs filter=x diff=x\n");
    repo.write("src/new.rs", "use mongodb;\n");
    for args in [&[][..], &["--staged"], &["HEAD..HEAD"]] {
        let _verdict = check(&repo, args);
    }
    assert!(!trap.exists());
}

#[test]
fn rules_of_a_stranger_cannot_hang_it() {
    let rule = |matching: &str| {
        format!(
            "  - id: text\n    kind: forbid-text\n    message: M\n    match: {matching}\n    tests: {{invalid: [{{path: a, content: aaa}}]}}\n"
        )
    };
    for (matching, expected) in [
        ("{regex: \"(a{1000}){1000}\"}", "too large once compiled"),
        ("{regex: \"a*\"}", "matches the empty text"),
        ("{regex: \"(?<=a)b\"}", "is no regular expression"),
        ("{regex: \"(\"}", "is no regular expression"),
    ] {
        let repo = committed(&[(RECORD, &record(&rule(matching))), ("src/a.rs", "a\n")]);
        let verdict = check(&repo, &[]);
        assert_eq!(verdict["verdict"], "indeterminate", "{matching}: {verdict:#}");
        let message = &said(&verdict, "undecided", "message")[0];
        assert!(message.contains(expected), "{matching}: {message}");
    }
    // Exponential where an engine goes back; here it is read once.
    let evil = rule("{regex: \"(a|a)*(a|aa)+$b\"}");
    let repo = committed(&[(RECORD, &record(&evil)), ("src/a.rs", &"a".repeat(100_000))]);
    assert_eq!(check(&repo, &[])["verdict"], "error", "its example does not hold");
}

#[test]
fn a_link_to_the_record_switches_its_rule_off_only_where_both_govern_and_says_so() {
    let asks = "  - id: ask\n    kind: require-text\n    severity: note\n    message: Ask.\n    match: {literal: mongodb}\n    paths: [\"nowhere/**\"]\n    tests: {invalid: [{path: a.rs, content: x}]}\n";
    let other = |more: &str, status: &str| record_with(status, more, asks);
    let repo = committed(&[(RECORD, &record(MONGO)), ("docs/decisions/0002-ask.md", &other("", "accepted"))]);
    repo.write("docs/decisions/0002-ask.md", &other("amends: [1]\n", "accepted"));
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    let messages = said(&verdict, "governance_changes", "message");
    assert!(
        messages.iter().any(|message| message.contains("0002") || message.contains("ask/ask goes over it")),
        "{messages:?}"
    );
    commit(&repo, "200");
    repo.write("src/new.rs", "use mongodb;\n");
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/new.rs:1 introduced"]);
}

#[test]
fn a_rejected_record_goes_over_none_in_force() {
    let asks = "  - id: ask\n    kind: require-text\n    message: Ask.\n    match: {literal: mongodb}\n    tests: {invalid: [{path: a.rs, content: x}]}\n";
    let other = record_with("rejected", "supersedes: [1]\napplies-to: [\"lib/**\"]\n", asks);
    let repo = committed(&[(RECORD, &record(MONGO)), ("docs/decisions/0002-ask.md", &other)]);
    repo.write("src/new.rs", "use mongodb;\n");
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "violations", &["no-mongo/text src/new.rs:1 introduced"]);
}

#[test]
fn a_record_that_git_does_not_have_here_may_bind() {
    let repo = governed();
    repo.write("src/new.rs", "use mongodb;\n");
    std::fs::remove_file(repo.root().join(RECORD)).unwrap();
    commit(&repo, "200");
    // As a partial clone lacks what is in no file that is checked out.
    let blob = git2::Oid::hash_object(git2::ObjectType::Blob, record(MONGO).as_bytes()).unwrap().to_string();
    std::fs::remove_file(repo.root().join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    let verdict = check(&repo, &["HEAD^..HEAD"]);
    expect(&verdict, "indeterminate", &[]);
    let told = said(&verdict, "undecided", "message");
    for why in ["git does not have it here", "which files were renamed"] {
        assert!(told.iter().any(|message| message.contains(why)), "{why}: {verdict:#}");
    }
}

#[test]
fn a_record_too_large_to_be_read_may_bind() {
    let padded = record_with("accepted", &format!("x-pad: {}\n", "y ".repeat(200_000)), MONGO);
    let repo = committed(&[(RECORD, &padded), ("src/old.rs", "use mongodb;\n")]);
    let verdict = check(&repo, &[]);
    expect(&verdict, "indeterminate", &[]);
    assert!(said(&verdict, "undecided", "message")[0].contains("front matter cannot be read"), "{verdict:#}");
    let huge = format!("{}{}", record(MONGO), "word ".repeat(1_200_000));
    let repo = committed(&[(RECORD, &huge), ("src/old.rs", "use mongodb;\n")]);
    repo.write("src/new.rs", "use mongodb;\n");
    stage(&repo);
    expect(&check(&repo, &["--staged"]), "indeterminate", &[]);
    expect(&check(&repo, &[]), "indeterminate", &[]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_governed_folder_is_told() {
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "fn a() {}\n"), ("lib/z.rs", "fn z() {}\n")]);
    std::fs::remove_dir_all(repo.root().join("src")).unwrap();
    std::os::unix::fs::symlink("lib", repo.root().join("src")).unwrap();
    repo.write("lib/z.rs", "use mongodb;\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    let told = said(&verdict, "governance_changes", "message");
    assert!(told.iter().any(|message| message.contains("what stood in this folder")), "{verdict:#}");
}

#[test]
fn content_is_that_of_a_file() {
    let repo = governed();
    let content = repo.root().join("src/old.rs");
    let ran = repo.run(&["check", "--path", "src", "--content", &content.display().to_string()]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("`src` is a folder"), "{}", ran.err);
}

#[test]
fn a_file_that_is_renamed_and_rewritten_out_of_scope_is_told() {
    ["lib/other.rs", "lib/old.inc", "lib/old.rs.txt"].into_iter().for_each(goes_to);
}

#[track_caller]
fn goes_to(path: &str) {
    let repo = governed();
    std::fs::remove_file(repo.root().join("src/old.rs")).unwrap();
    repo.write(path, "// Nothing of what stood there.\npub fn entirely() -> &'static str {\n    \"mongodb\"\n}\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    let change = &verdict["governance_changes"][0];
    assert_eq!((&change["kind"], &change["path"]), (&"file-removed".into(), &"src/old.rs".into()), "{verdict:#}");
    assert!(change["message"].as_str().unwrap().ends_with(path), "{verdict:#}");
}

#[test]
fn a_file_that_goes_is_nothing_special() {
    // Nor is adding one that is governed, or of another kind.
    let repo = governed();
    std::fs::remove_file(repo.root().join("src/old.rs")).unwrap();
    repo.write("src/other.rs", "fn b() {}\n");
    repo.write("notes.txt", "x\n");
    stage(&repo);
    assert_eq!(said(&check(&repo, &["--staged"]), "governance_changes", "kind"), [""; 0]);
}

#[test]
fn files_of_a_change_that_are_not_read_are_named() {
    let repo = governed();
    std::fs::write(repo.root().join("src/notes"), b"use mongodb;\0\n").unwrap();
    std::fs::write(repo.root().join("elsewhere.bin"), b"\0").unwrap();
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["skipped"]["binary"], 1);
    assert_eq!(said(&verdict, "skipped_files", "path"), ["src/notes"], "{verdict:#}");
    assert_eq!(said(&verdict, "skipped_files", "why"), ["it is binary"]);
    let out = repo.run(&["check", "--staged"]).out;
    assert!(out.contains("src/notes: not read: it is binary"), "{out}");
    // Of a tree they are counted.
    assert_eq!(check(&repo, &[])["skipped_files"], Value::Array(Vec::new()));
}
