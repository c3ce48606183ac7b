//! `waive` and `baseline`, and our own repository under its own rules.

use super::*;

#[test]
fn waive_writes_a_record_that_holds() {
    let repo = governed();
    let args = [
        "waive",
        "no-mongo/text",
        "--paths",
        "src/old.rs",
        "--until",
        "2999-01-01",
        "--owner",
        "@dana",
        "--reason",
        "Old: code",
    ];
    let far = repo.run(&args);
    assert!(far.code == 2 && far.err.contains("180 are allowed at most"), "{}", far.err);
    let today = repo.run(&["check", "--json"]).json()["as_of"].as_str().unwrap_or_default().to_owned();
    let with = |until: &str, more: &[&str]| {
        let mut args = args.to_vec();
        args[5] = until;
        repo.run(&[&args[..], more].concat())
    };
    let shown = with(&today, &["--dry-run"]);
    assert!(shown.code == 0 && shown.out.contains("+reason: \"Old: code\""), "{}{}", shown.out, shown.err);
    expect(&verdict(&repo.run(&["check", "--json"])), "violations", &["no-mongo/text src/old.rs:1 existing"]);
    let ran = with(&today, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, format!("docs/decisions/waivers/{today}-text.md\n"));
    expect(&verdict(&repo.run(&["check", "--json"])), "pass", &["no-mongo/text src/old.rs:1 waived"]);
    assert_eq!(with(&today, &[]).out, format!("docs/decisions/waivers/{today}-text-2.md\n"));
    assert!(with("2020-01-01", &[]).err.contains("over already"));
    let unknown = repo.run(&["waive", "no/such", "--paths", "a", "--until", &today, "--owner", "a", "--reason", "b"]);
    assert!(unknown.code == 2 && unknown.err.contains("there is no rule no/such"), "{}", unknown.err);
    assert_eq!(repo.run(&["list", "--json"]).json().as_array().map(Vec::len), Some(1), "a waiver is no record");
}

#[test]
fn the_baseline_grows_for_a_reason_and_shrinks_by_itself() {
    let repo = governed();
    let ran = repo.run(&["baseline"]);
    assert!(ran.code == 0 && ran.err.contains("1 findings stay open"), "{}", ran.err);
    assert!(!repo.root().join("precedent.baseline.json").exists());
    assert_eq!(repo.run(&["baseline", "--accept-new"]).code, 2);
    let ran = repo.run(&["baseline", "--accept-new", "--reason", "It was there"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(repo.read("precedent.baseline.json").contains("\"reason\": \"It was there\", \"added\": 1"));
    expect(&check(&repo, &[]), "pass", &["no-mongo/text src/old.rs:1 baselined"]);
    repo.write("src/new.rs", "use mongodb;\n");
    assert!(repo.run(&["baseline"]).err.contains("1 findings stay open"));
    repo.write("src/new.rs", "");
    repo.write("src/old.rs", "");
    assert_eq!(repo.run(&["baseline"]).code, 0);
    let text = repo.read("precedent.baseline.json");
    assert!(text.contains("\"entries\": []") && text.contains("It was there"), "{text}");
    repo.write(RECORD, &record(&MONGO.replace("match:", "mach:")));
    assert!(repo.run(&["baseline"]).err.contains("what is open is not known"));
}

#[test]
fn our_own_repository_holds() {
    let repo = Repo::new();
    let ran = repo.run_in(&crate::tree::root(), &["check", "--as-of", "2026-11-28"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(!ran.out.contains("warning"), "{}", ran.out);
    assert!(ran.out.contains("pass as of 2026-11-28: ") && !ran.out.contains(": 0 rules"), "{}", ran.out);
}
