//! One verdict for one tree: whatever the threads, the order, the place, the time zone, the language or the line ends.

use super::*;

fn tree(end: &str) -> Repo {
    let rules = format!(
        "{MONGO}  - id: name\n    kind: files\n    message: Short names.\n    name: \"[a-z0-9]+\\\\.rs\"\n    max-lines: 2\n    tests: {{invalid: [{{path: A.rs}}]}}\n  - id: code\n    kind: forbid-text\n    message: No todo.\n    match: {{literal: TODO, in: comments}}\n    tests: {{invalid: [{{path: a.rs, content: // TODO}}]}}\n"
    );
    let mut files = vec![(RECORD.to_owned(), record(&rules))];
    for at in 0..150 {
        let text = format!("fn a{at}() {{}} // TODO é\nuse mongodb;\nlet t = \"TODO\";\n").replace('\n', end);
        files.push((format!("src/m{}/f{at}.rs", at % 7), text));
    }
    files.push(("src/Bad.rs".to_owned(), String::new()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Repo::with(&files)
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
