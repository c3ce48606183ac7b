//! `forbid-dependency` and `only-dependencies`.

use super::*;

const CARGO: &str = "[dependencies]\nsqlx = \"0.8\"\nmongo = { package = \"mongodb\", version = \"3\" }\n[dev-dependencies]\ntokio_util = \"1\"\n";
const LOCK: &str = "version = 4\n[[package]]\nname = \"mongodb\"\nversion = \"3.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";

/// Notes about a manifest.
#[track_caller]
fn notes(keys: &str, path: &str, text: &str) -> Vec<String> {
    let look = look(keys, path, text);
    assert_eq!(look.undecided, None, "{keys}");
    look.hits.into_iter().map(|hit| hit.note.unwrap_or_default()).collect()
}

#[test]
fn a_package_is_found_by_its_real_name_and_by_globs() {
    let keys = "kind: forbid-dependency\necosystem: cargo\nnames: [mongodb, 'Tokio_*']";
    assert_eq!(notes(keys, "Cargo.toml", CARGO), ["mongodb 3", "tokio-util 1"]);
    let instead = format!("{keys}\nuse-instead: sqlx");
    assert_eq!(notes(&instead, "a/Cargo.toml", CARGO), ["mongodb 3; use sqlx", "tokio-util 1; use sqlx"]);
    assert_eq!(notes(&format!("{keys}\ngroups: [dev]"), "Cargo.toml", CARGO), ["tokio-util 1"]);
    assert_eq!(notes(&format!("{keys}\ngroups: [build]"), "Cargo.toml", CARGO), [""; 0]);
    let hits = look(keys, "Cargo.toml", CARGO).hits;
    assert_eq!(hits[0].subject.as_deref(), Some("cargo mongodb"));
    assert!(CARGO[hits[0].span.clone()].contains("mongo"));
}

#[test]
fn a_name_belongs_to_its_ecosystem() {
    let kind = rule("kind: forbid-dependency\necosystem: [npm, pypi]\nnames: [mongodb]").kind;
    assert!(kind.reads("package.json") && kind.reads("a/pyproject.toml") && !kind.reads("Cargo.toml"));
    assert!(!kind.reads("a.txt"));
    assert_eq!(kind.look(&SourceFile::new("Cargo.toml", CARGO)), Look::default());
    assert_eq!(kind.look(&SourceFile::new("a.txt", "mongodb")), Look::default());
    let all = rule("kind: forbid-dependency\nnames: [x]").kind;
    for path in ["Cargo.toml", "package.json", "pyproject.toml", "go.mod", "pom.xml"] {
        assert!(all.reads(path), "{path}");
    }
    // A scope is part of a name that one star does not stand for.
    let package = "{\"dependencies\": {\"@a/b\": \"1\"}}\n";
    assert_eq!(notes("kind: forbid-dependency\nnames: ['*']", "package.json", package), [""; 0]);
    assert_eq!(notes("kind: forbid-dependency\nnames: ['@a/*']", "package.json", package), ["@a/b 1"]);
}

#[test]
fn only_what_is_named_may_be_there() {
    let keys = "kind: only-dependencies\necosystem: npm\nnames: [react, '@ours/*']";
    let package = "{\"dependencies\": {\"react\": \"1\", \"@ours/a\": \"1\", \"left-pad\": \"1\"}, \"overrides\": {\"x\": \"2\"}}\n";
    assert_eq!(notes(keys, "package.json", package), ["left-pad 1"]);
    let overridden = "kind: forbid-dependency\necosystem: npm\nnames: [x]\ntransitive: true";
    assert_eq!(notes(overridden, "package.json", package), ["x 2"]);
    let patched = "[dependencies]\na = \"1\"\n[patch.crates-io]\nb = { path = \"b\" }\n";
    assert_eq!(notes("kind: only-dependencies\nnames: [a]", "Cargo.toml", patched), [""; 0]);
}

#[test]
fn a_version_narrows_what_is_forbidden() {
    let keys = "kind: forbid-dependency\necosystem: cargo\nnames: [a]\nversion: '<2'";
    let with = |version: &str| format!("[dependencies]\na = {version}\n");
    assert_eq!(notes(keys, "Cargo.toml", &with("\"1.5\"")), ["a 1.5"]);
    assert_eq!(notes(keys, "Cargo.toml", &with("\"2\"")), [""; 0]);
    let unknown = "a (no version): it cannot be told whether this is <2";
    assert_eq!(notes(keys, "Cargo.toml", &with("{ path = \"a\" }")), [unknown]);
    // A lock file says which version it is.
    let locked = LOCK.replace("mongodb", "a").replace("3.0.0", "1.9.0");
    assert_eq!(notes(&format!("{keys}\ntransitive: true"), "Cargo.lock", &locked), ["a 1.9.0"]);
}

#[test]
fn a_lock_file_tells_what_nobody_named() {
    let keys = "kind: forbid-dependency\necosystem: cargo\nnames: [mongodb]";
    assert_eq!(notes(keys, "Cargo.lock", LOCK), [""; 0]);
    assert_eq!(notes(&format!("{keys}\ntransitive: true"), "Cargo.lock", LOCK), ["mongodb 3.0.0"]);
    let package = "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"a\": \"1\"}}, \"node_modules/a\": {\"version\": \"1.2.0\"}}}\n";
    let npm = "kind: forbid-dependency\necosystem: npm\nnames: [a]";
    // The manifest says it already.
    assert_eq!(notes(npm, "package-lock.json", package), [""; 0]);
    assert_eq!(notes(&format!("{npm}\nversion: '1'"), "package-lock.json", package), ["a 1.2.0"]);
}

#[test]
fn what_cannot_be_read_is_undecided() {
    let look = look("kind: forbid-dependency\nnames: [x]", "Cargo.toml", "= =");
    assert!(look.undecided.is_some_and(|why| why.starts_with("it cannot be read: ")));
    assert_eq!(look.hits, []);
}

#[test]
fn a_rule_about_dependencies_names_them() {
    refused("kind: forbid-dependency", "1: `names` is missing in this rule");
    let unknown = "4: `ecosystem` cannot be `nuget`; it is one of cargo, go, maven, npm, pypi";
    refused("kind: forbid-dependency\necosystem: nuget\nnames: [a]", unknown);
    refused("kind: only-dependencies\nnames: [a]\nversion: '1'", "1: `version` is for forbid-dependency");
    let faults = faults("kind: forbid-dependency\nnames: ['[a']");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("4: `[a` is no name or glob: "), "{faults:?}");
}

#[test]
fn names_are_compared_by_ecosystem() {
    let Kind::Dependency(rule) = rule("kind: only-dependencies\necosystem: [cargo, npm]\nnames: [a_b]").kind else {
        panic!("no rule about dependencies");
    };
    assert!(rule.is_closed());
    assert_eq!(rule.names_asked().collect::<Vec<_>>(), ["cargo a-b", "npm a_b"]);
}
