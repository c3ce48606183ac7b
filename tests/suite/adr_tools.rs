//! What adr-tools' own tests expect of numbering, names, superseding and linking, said in our words, on records of its kind.
//!
//! Where it is known to err (`Superceded`, links that are found by file name only), its files are read and ours are written
//! as they should be.

use crate::cli::Repo;
use serde_json::{Value, json};

/// A log of adr-tools: the file that names its folder, and records made one after another.
fn log(titles: &[&str]) -> Repo {
    let repo = Repo::with(&[(".adr-dir", "doc/adr\n")]);
    std::fs::create_dir_all(repo.root().join("doc/adr")).unwrap();
    for title in titles {
        new(&repo, title, &[]);
    }
    repo
}

/// `adr new`: accepted at once, as adr-tools has it. Gives the file.
fn new(repo: &Repo, title: &str, more: &[&str]) -> String {
    let ran =
        repo.run(&[&["new", "--template", "nygard", "--status", "accepted", "--json"], more, &["--", title]].concat());
    assert_eq!(ran.code, 0, "new {title}: {}", ran.err);
    ran.json()["changed"][0].as_str().unwrap_or_default().to_owned()
}

fn done(repo: &Repo, args: &[&str]) {
    let ran = repo.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
}

/// The lines of a record's status section that hold something.
fn status(repo: &Repo, path: &str) -> Vec<String> {
    let text = repo.read(path);
    let below = text.split_once("## Status\n").unwrap_or_else(|| panic!("{path} has no status:\n{text}")).1;
    let lines = below.lines().take_while(|line| !line.starts_with('#')).filter(|line| !line.trim().is_empty());
    lines.map(str::to_owned).collect()
}

fn shown(repo: &Repo, reference: &str) -> Value {
    repo.run(&["show", reference, "--json"]).json()
}

#[test]
fn the_first_record_is_number_one_in_the_form_of_the_template() {
    let repo = log(&[]);
    assert_eq!(new(&repo, "The First Decision", &[]), "doc/adr/0001-the-first-decision.md");
    let text = repo.read("doc/adr/0001-the-first-decision.md");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# 1. The First Decision", "## Status", "## Context", "## Decision", "## Consequences"]);
    let date = text.lines().find_map(|line| line.strip_prefix("Date: ")).unwrap_or_default();
    assert_eq!(date.len(), 10, "{text}");
    assert_eq!(status(&repo, "doc/adr/0001-the-first-decision.md"), ["Accepted"]);
}

#[test]
fn numbers_go_on_past_eight_in_tens() {
    let titles = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];
    let repo = log(&titles);
    let list = repo.run(&["list", "--json"]).json();
    let paths: Vec<&str> = list.as_array().into_iter().flatten().filter_map(|it| it["path"].as_str()).collect();
    assert_eq!(paths.len(), 10);
    assert_eq!(&paths[7..], ["doc/adr/0008-eighth.md", "doc/adr/0009-ninth.md", "doc/adr/0010-tenth.md"]);
    assert!(repo.read("doc/adr/0009-ninth.md").starts_with("# 9. Ninth\n"));
}

#[test]
fn names_keep_letters_and_digits_only() {
    let repo = log(&[]);
    assert_eq!(new(&repo, "Something About Node.JS", &[]), "doc/adr/0001-something-about-node-js.md");
    assert_eq!(new(&repo, "Slash/Slash/Slash/", &[]), "doc/adr/0002-slash-slash-slash.md");
    assert_eq!(new(&repo, "-Bar-", &[]), "doc/adr/0003-bar.md");
    assert!(repo.read("doc/adr/0001-something-about-node-js.md").starts_with("# 1. Something About Node.JS\n"));
}

#[test]
fn a_record_needs_a_title() {
    let ran = log(&[]).run(&["new", "--template", "nygard", " "]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("title"), "{}", ran.err);
}

#[test]
fn the_folder_is_found_from_below() {
    let repo = log(&["First"]);
    let below = repo.root().join("foo/bar");
    std::fs::create_dir_all(&below).unwrap();
    let ran = repo.run_in(&below, &["new", "--template", "nygard", "Second", "--json"]);
    assert_eq!(ran.json()["changed"], json!(["doc/adr/0002-second.md"]), "{}", ran.err);
}

#[test]
fn superseding_replaces_the_status_and_is_said_in_both() {
    let repo = log(&["First Record", "Second Record"]);
    let (first, second) = ("doc/adr/0001-first-record.md", "doc/adr/0002-second-record.md");
    let before = repo.read(first);
    done(&repo, &["supersede", "1", "--by", "2"]);
    assert_eq!(status(&repo, first), ["Superseded by [2. Second Record](0002-second-record.md)"]);
    assert_eq!(status(&repo, second), ["Accepted", "Supersedes [1. First Record](0001-first-record.md)"]);
    let rest = before.replace("Accepted", "Superseded by [2. Second Record](0002-second-record.md)");
    assert_eq!(repo.read(first), rest, "nothing else changes");
}

#[test]
fn one_record_may_supersede_several() {
    let repo = log(&["First Record", "Second Record", "Third Record"]);
    done(&repo, &["supersede", "1", "--by", "3"]);
    done(&repo, &["supersede", "2", "--by", "3"]);
    for path in ["doc/adr/0001-first-record.md", "doc/adr/0002-second-record.md"] {
        assert_eq!(status(&repo, path), ["Superseded by [3. Third Record](0003-third-record.md)"]);
    }
    assert_eq!(
        status(&repo, "doc/adr/0003-third-record.md"),
        [
            "Accepted",
            "Supersedes [1. First Record](0001-first-record.md)",
            "Supersedes [2. Second Record](0002-second-record.md)"
        ]
    );
}

#[test]
fn links_are_said_in_both_records() {
    let repo = log(&["First Record", "Second Record", "Third Record"]);
    done(&repo, &["link", "3", "amends", "1"]);
    done(&repo, &["link", "3", "clarifies", "2"]);
    assert_eq!(
        status(&repo, "doc/adr/0001-first-record.md"),
        ["Accepted", "Amended by [3. Third Record](0003-third-record.md)"]
    );
    assert_eq!(
        status(&repo, "doc/adr/0003-third-record.md"),
        [
            "Accepted",
            "Amends [1. First Record](0001-first-record.md)",
            "Clarifies [2. Second Record](0002-second-record.md)"
        ]
    );
    let second = shown(&repo, "2");
    assert_eq!(
        second["amended_by"].as_array().map_or(0, Vec::len) + second["relates_to"].as_array().map_or(0, Vec::len),
        1,
        "{second}"
    );
    done(&repo, &["unlink", "3", "1"]);
    assert_eq!(status(&repo, "doc/adr/0001-first-record.md"), ["Accepted"]);
}

#[test]
fn its_own_spelling_is_read_and_left_alone() {
    let first = "# 1. First Record\n\nDate: 1992-01-12\n\n## Status\n\nSuperceded by [2. Second Record](0002-second-record.md)\n\n## Context\n\nx\n";
    let second = "# 2. Second Record\n\nDate: 1992-01-12\n\n## Status\n\nAccepted\n\nSupercedes [1. First Record](0001-first-record.md)\n\n## Context\n\nx\n";
    let (one, two) = ("doc/adr/0001-first-record.md", "doc/adr/0002-second-record.md");
    let repo = Repo::with(&[(".adr-dir", "doc/adr\n"), (one, first), (two, second)]);
    let (old, new) = (shown(&repo, "1"), shown(&repo, "2"));
    assert_eq!((&old["status"], &old["stated_superseded_by"]), (&json!("superseded"), &json!([two])));
    assert_eq!((&new["in_force"], &new["stated_supersedes"]), (&json!(true), &json!([one])));
    assert_eq!(repo.run(&["supersede", "1", "--by", "2"]).code, 2, "it is superseded already");
    assert_eq!((repo.read(one).as_str(), repo.read(two).as_str()), (first, second));
}

#[test]
fn the_repository_s_own_template_is_filled() {
    let repo = log(&["First"]);
    repo.write(
        "doc/adr/templates/template.md",
        "# TITLE\n\nProject specific template!\n\n# Status\n\nSTATUS\n\n# Info\n\nADR Number: NUMBER\n\nDate: DATE\n",
    );
    let ran = repo.run(&["new", "--template", "template", "--status", "accepted", "Aaa Bbb", "--json"]);
    assert_eq!(ran.json()["changed"], json!(["doc/adr/0002-aaa-bbb.md"]), "{}", ran.err);
    let text = repo.read("doc/adr/0002-aaa-bbb.md");
    assert!(text.contains("Aaa Bbb\n\nProject specific template!\n\n# Status\n\nAccepted\n"), "{text}");
    assert!(text.contains("ADR Number: 2\n") && !text.contains("DATE"), "{text}");
    assert_eq!(repo.run(&["list", "--json"]).json().as_array().map(Vec::len), Some(2), "the template is no record");
}
