//! `test`, `why` and the formats of a verdict, through the real program.

use super::*;
use serde_json::json;

#[test]
fn test_tries_rules_on_their_examples() {
    let repo = governed();
    let ran = repo.run(&["test", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let test = json!({"rule": "no-mongo/text", "kind": "forbid-text", "path": RECORD, "line": 6, "valid": 0, "invalid": 1, "failed": 0});
    assert_eq!(ran.json()["rules"], json!([test]));
    repo.write(RECORD, &record(&MONGO.replace("use mongodb", "use postgres")));
    let ran = repo.run(&["test"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.out.contains("failed    no-mongo/text") && ran.out.contains("0001-no-mongo.md:11:23: example-failed"),
        "{}",
        ran.out
    );
    repo.write(RECORD, &record(&MONGO.replace("match:", "mach:")));
    assert_eq!(repo.run(&["test", "1"]).code, 3);
    assert_eq!(repo.run(&["test", "2"]).code, 2);
}

#[test]
fn why_lists_what_governs_a_place_and_how() {
    let repo = governed();
    let ran = repo.run(&["why", "src/old.rs:1", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let why = ran.json();
    assert_eq!((&why["path"], &why["line"]), (&json!("src/old.rs"), &json!(1)));
    assert_eq!(why["decisions"][0]["applies_to"], json!(["src/**"]));
    assert_eq!(why["decisions"][0]["standing"], "in-force");
    assert_eq!(why["decisions"][0]["rules"][0]["key"], "no-mongo/text");
    assert_eq!(why["findings"][0]["rule"], "no-mongo/text");
    assert_eq!(repo.run(&["why", "src/old.rs:2", "--json"]).json()["findings"], json!([]));
    let from_below = repo.run_in(&repo.root().join("src"), &["why", "old.rs"]);
    assert!(from_below.code == 0 && from_below.out.contains("forbid-text no-mongo/text"), "{}", from_below.err);
    let nothing = repo.run(&["why", "README.md"]);
    assert!(nothing.code == 1 && nothing.err.contains("no decision governs README.md"), "{}", nothing.err);
    assert_eq!(repo.run(&["why", "../x"]).code, 2);
}

#[test]
fn every_format_is_printed() {
    let repo = governed();
    let with = |format: &str| {
        let ran = repo.run(&["check", "--format", format]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        ran
    };
    assert_eq!(with("sarif").json()["runs"][0]["results"][0]["ruleId"], "no-mongo/text");
    assert_eq!(with("json").json()["schema"], "precedent/verdict/v1");
    assert!(with("github").out.starts_with("::error file=src/old.rs,line=1,endLine=1,col=5,endColumn=12,title="));
    assert!(with("markdown").out.starts_with("### Precedent: there is 1 violation\n"));
}

#[test]
fn lists_have_the_rules_of_a_record() {
    let list = governed().run(&["list", "--json"]).json();
    assert_eq!(
        list[0]["rules"],
        json!([{"key": "no-mongo/text", "kind": "forbid-text", "severity": "error", "message": "MongoDB was rejected.", "paths": [], "record": RECORD}])
    );
}
