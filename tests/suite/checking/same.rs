//! One verdict for one tree: whatever the threads, the order, the place, the time zone, the language or the line ends.

use super::*;

/// Rules of every kind that reads text, so that each has its part in the bytes.
const MORE: &str = "  - id: name
    kind: files
    message: Short names.
    name: \"[a-z0-9]+\\\\.(rs|ts|toml)\"
    max-lines: 2
    tests: {invalid: [{path: A.rs}]}
  - id: code
    kind: forbid-text
    message: No todo.
    match: {literal: TODO, in: comments}
    tests: {invalid: [{path: a.rs, content: // TODO}]}
  - id: shape
    kind: forbid-pattern
    message: No strings.
    language: rust
    rule: {pattern: let $A = $B}
    tests: {invalid: [{path: a.rs, content: let a = 1;}]}
  - id: layers
    kind: boundaries
    message: m1 is below m0.
    modules: {upper: [src/m0/**], lower: [src/m1/**]}
    layers: [upper, lower]
    tests: {invalid: [{path: src/m1/a.ts, content: import '../m0/b', also: [src/m0/b.ts]}]}
  - id: few
    kind: count
    message: Few.
    match: {literal: mongodb}
    at-most: 3
    tests: {invalid: [{path: a.rs, content: mongodb mongodb mongodb mongodb}]}
  - id: crates
    kind: forbid-dependency
    message: None.
    names: [mongodb]
    tests: {invalid: [{path: Cargo.toml, content: '[dependencies]
mongodb = \"1\"'}]}
";

fn files(end: &str) -> Vec<(String, String)> {
    let more =
        MORE.replace("content: '[dependencies]\nmongodb = \"1\"'", "content: \"[dependencies]\\nmongodb = '1'\"");
    let mut files = vec![(RECORD.to_owned(), record(&format!("{MONGO}{more}")))];
    for at in 0..150 {
        let text = format!("fn a{at}() {{}} // TODO é\nuse mongodb;\nlet t = \"TODO\";\n").replace('\n', end);
        files.push((format!("src/m{}/f{at}.rs", at % 7), text));
    }
    files.push(("src/m0/b.ts".to_owned(), "export {};\n".to_owned()));
    files.push(("src/m1/a.ts".to_owned(), "import '../m0/b';\n".replace('\n', end)));
    files.push(("src/Cargo.toml".to_owned(), "[dependencies]\nmongodb = \"1\"\n".replace('\n', end)));
    files.push(("src/Bad.rs".to_owned(), String::new()));
    files
}

fn written(files: &[(String, String)]) -> Repo {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Repo::with(&files)
}

fn tree(end: &str) -> Repo {
    written(&files(end))
}

fn bytes(repo: &Repo, args: &[&str], variables: &[(&str, &str)]) -> String {
    let args = [&["check", "--json", "--as-of", "2026-06-01"], args].concat();
    let ran = repo.run_with(&args, variables);
    assert_eq!(ran.code, 1, "{}", ran.err);
    ran.out
}

#[test]
fn threads_zones_and_languages_do_not_show() {
    let repo = tree("\n");
    let one = bytes(&repo, &["--threads", "1"], &[]);
    assert!(one.matches("\"rule\": \"no-mongo/").count() > 400, "{}", &one[..2000]);
    assert_eq!(bytes(&repo, &["--threads", "16"], &[]), one);
    assert_eq!(bytes(&repo, &[], &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")]), one);
    assert_eq!(bytes(&repo, &[], &[("TZ", "America/Anchorage"), ("LC_ALL", "C")]), one);
    assert!(!one.contains(&repo.root().display().to_string()));
}

#[test]
fn another_place_and_other_line_ends_do_not_show() {
    assert_eq!(bytes(&tree("\r\n"), &[], &[]), bytes(&tree("\n"), &[], &[]));
}

#[test]
fn a_change_is_the_same_from_every_side() {
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "fn a() {}\n")]);
    repo.write("src/a.rs", "use mongodb;\n");
    repo.write("src/b.rs", "use mongodb;\n");
    stage(&repo);
    let without_input = |args: &[&str]| {
        let mut verdict = check(&repo, args);
        verdict["input"] = Value::Null;
        verdict
    };
    let staged = without_input(&["--staged"]);
    assert_eq!(findings(&staged).len(), 2);
    commit(&repo, "200");
    assert_eq!(without_input(&["HEAD~1..HEAD"]), staged);
    assert_eq!(without_input(&["HEAD~1..HEAD", "--threads", "16"]), staged);
}

/// Entries of folders come in the order of their making, of hashes, or backwards, as the file system likes.
#[test]
fn the_order_of_folders_does_not_show() {
    let mut shuffled = files("\n");
    let straight = written(&shuffled);
    shuffled.sort_by_key(|(path, _)| git2::Oid::hash_object(git2::ObjectType::Blob, path.as_bytes()).unwrap());
    let mixed = written(&shuffled);
    shuffled.reverse();
    let back = written(&shuffled);
    let one = bytes(&straight, &[], &[]);
    assert_eq!(bytes(&mixed, &[], &[]), one);
    assert_eq!(bytes(&back, &[], &[]), one);
    for rule in ["text", "name", "code", "shape", "layers", "few", "crates"] {
        assert!(one.contains(&format!("\"rule\": \"no-mongo/{rule}\"")), "{rule} has no part in it");
    }
}

#[test]
fn a_change_is_the_same_whatever_the_threads_the_zone_and_the_place() {
    let changed = || {
        let repo = written(&files("\n"));
        commit(&repo, "100");
        for at in 0..60 {
            repo.write(&format!("src/m1/new{at}.rs"), "use mongodb;\n");
        }
        repo.write("src/m0/c.ts", "export {};\n");
        repo.write("src/m1/a.ts", "import '../m0/c';\n");
        std::fs::write(repo.root().join("src/m1/raw"), b"\0").unwrap();
        stage(&repo);
        repo
    };
    let (repo, elsewhere) = (changed(), changed());
    let one = bytes(&repo, &["--staged", "--threads", "1"], &[]);
    assert!(one.contains("no-mongo/layers") && one.contains("src/m1/raw"), "{one}");
    assert_eq!(bytes(&repo, &["--staged", "--threads", "16"], &[("TZ", "Pacific/Kiritimati")]), one);
    assert_eq!(bytes(&elsewhere, &["--staged"], &[("LC_ALL", "tr_TR.UTF-8")]), one);
}

#[test]
fn debt_is_the_same_whatever_the_threads_the_zone_and_the_place() {
    let past = || {
        let mut all = files("\n");
        let rest = all.split_off(80);
        let repo = written(&all);
        commit(&repo, "100");
        rest.iter().for_each(|(path, text)| repo.write(path, text));
        commit(&repo, "200");
        std::fs::remove_dir_all(repo.root().join("src/m3")).unwrap();
        commit(&repo, "300");
        repo
    };
    let told = |repo: &Repo, threads: &str, zone: &str| {
        let args = ["debt", "--since", "1970-01-01", "--as-of", "2026-06-01", "--json", "--threads", threads];
        let ran = repo.run_with(&args, &[("TZ", zone), ("LC_ALL", "C")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let (repo, elsewhere) = (past(), past());
    let one = told(&repo, "1", "UTC");
    assert_eq!(one.matches("\"commit\"").count(), 3);
    assert_eq!(told(&elsewhere, "16", "Pacific/Kiritimati"), one);
    assert_eq!(told(&repo, "16", "America/Anchorage"), one);
}

/// What git believes to be in a file is not asked: rules judge what is there.
#[test]
fn what_stands_on_the_disk_is_judged_whatever_git_takes_it_for() {
    let text = record(MONGO);
    let files = [(RECORD, text.as_str()), ("src/a.rs", "fn a() {}\n"), ("src/b.rs", "fn b() {}\n")];
    let cases: [&[&[&str]]; 5] = [
        &[&["update-index", "--assume-unchanged", "src/a.rs"]],
        &[&["update-index", "--skip-worktree", "src/a.rs"]],
        &[&["config", "filter.x.clean", "sed s/mongodb/fine/"], &["config", "filter.x.smudge", "cat"]],
        &[&["config", "core.autocrlf", "true"]],
        &[&["config", "core.trustctime", "false"], &["config", "core.checkStat", "minimal"]],
    ];
    for commands in cases {
        let repo = committed(&files);
        repo.write(".gitattributes", "*.rs filter=x\n");
        let git = |args: &[&str]| {
            let ran = std::process::Command::new("git").arg("-C").arg(repo.root()).args(args).output().unwrap();
            ran.status.success()
        };
        commands.iter().for_each(|args| assert!(git(args), "{args:?}"));
        expect(&check(&repo, &[]), "pass", &[]);
        repo.write("src/a.rs", "use mongodb;\r\n");
        // Git may well say that there is nothing to be added.
        let _ = git(&["add", "src/a.rs"]);
        expect(&check(&repo, &[]), "violations", &["no-mongo/text src/a.rs:1 existing"]);
        let staged = check(&repo, &["--staged"]);
        assert_eq!(check(&repo, &["--staged"]), staged, "{commands:?}");
        expect(&check(&repo, &[]), "violations", &["no-mongo/text src/a.rs:1 existing"]);
    }
}
