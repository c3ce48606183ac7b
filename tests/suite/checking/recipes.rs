//! The recipes for continuous integration: every call of the program in them is one, and does what it should there.

use super::*;
use precedent_core::tree::read_yaml;

const GITHUB: &str = include_str!("../../../decisions-template/ci/github-actions.yml");
const GITLAB: &str = include_str!("../../../decisions-template/ci/gitlab-ci.yml");

/// Arguments of all calls of the program in a recipe, without where they print to.
fn calls(recipe: &str) -> Vec<Vec<String>> {
    let lines = recipe.lines().map(|line| line.trim_start_matches([' ', '-']).trim_start_matches("run: "));
    let called = lines.filter_map(|line| line.strip_prefix("precedent "));
    let plain = called.map(|call| call.split(['>', '|']).next().unwrap().to_owned());
    plain.map(|call| call.split_whitespace().map(str::to_owned).collect()).collect()
}

fn run(repo: &Repo, call: &[String], base: (&str, &str)) -> Ran {
    repo.run_with(&call.iter().map(String::as_str).collect::<Vec<_>>(), &[base])
}

/// A clone as a runner has it: one commit beyond the branch that it is to go into.
fn request(text: &str) -> (Repo, String) {
    let repo = committed(&[(RECORD, &record(MONGO)), ("src/a.rs", "fn a() {}\n")]);
    let opened = git2::Repository::open(repo.root()).unwrap();
    let base = opened.head().unwrap().target().unwrap();
    opened.reference("refs/remotes/origin/main", base, true, "test").unwrap();
    repo.write("src/new.rs", text);
    commit(&repo, "200");
    (repo, base.to_string())
}

#[test]
fn recipes_stop_a_request_that_breaks_a_rule_and_let_others_pass() {
    for (recipe, name) in [(GITHUB, "GITHUB_BASE_REF"), (GITLAB, "CI_MERGE_REQUEST_DIFF_BASE_SHA")] {
        read_yaml(recipe).unwrap();
        let calls = calls(recipe);
        assert!(calls.len() >= 6, "{calls:?}");
        for (text, expected) in [("fn new() {}\n", 0), ("use mongodb;\n", 1)] {
            let (repo, base) = request(text);
            let value = if name == "GITHUB_BASE_REF" { "main" } else { &base };
            for call in &calls {
                let ran = run(&repo, call, (name, value));
                let expected = if call[0] == "check" { expected } else { 0 };
                assert_eq!(ran.code, expected, "{call:?}: {}{}", ran.out, ran.err);
            }
        }
    }
}

#[test]
fn a_runner_that_fetched_too_little_is_told() {
    let (repo, _) = request("fn new() {}\n");
    let ran = run(&repo, &["check".to_owned(), "--pr".to_owned()], ("GITHUB_BASE_REF", "elsewhere"));
    assert!(ran.code >= 2, "{}{}", ran.out, ran.err);
}
