//! Verbs that move, delete, take back, renumber and look back, as their users meet them.

use crate::cli::Repo;
use serde_json::json;

const A: &str = "docs/decisions/0001-use-mongodb.md";
const B: &str = "docs/decisions/0002-keep-logs.md";
const MONGO: &str = "# 1. Use MongoDB\n\nDate: 2025-01-10\n\n## Status\n\nAccepted\n\n## Context\n\nA store.\n";
const LOGS: &str =
    "# 2. Keep logs\n\nDate: 2025-02-03\n\n## Status\n\nAccepted\n\nAmends [1. Use MongoDB](0001-use-mongodb.md)\n";

fn two() -> Repo {
    Repo::with(&[(A, MONGO), (B, LOGS)])
}

#[test]
fn rename_moves_the_file_its_title_and_what_refers_to_it() {
    let repo = two();
    let shown = repo.run(&["rename", "1", "Use Postgres", "--dry-run"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("+++ b/docs/decisions/0001-use-postgres.md"), "{}", shown.out);
    assert!(shown.out.contains("+Amends [1. Use MongoDB](0001-use-postgres.md)"), "{}", shown.out);
    assert_eq!(repo.read(A), MONGO);

    let ran = repo.run(&["rename", "1", "Use Postgres", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!([A, "docs/decisions/0001-use-postgres.md", B]));
    assert_eq!(ran.json()["problems"][0]["code"], "P004", "0001 does not say that it is amended, as before");
    assert!(repo.read("docs/decisions/0001-use-postgres.md").starts_with("# 1. Use Postgres\n"));
    assert_eq!(repo.run(&["lint"]).code, 0);

    let ran = repo.run(&["rename", "1", "0002-keep-logs.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("exists already") && ran.err.contains("hint: "), "{}", ran.err);
}

#[test]
fn move_follows_links_unless_told_not_to() {
    let repo = two();
    let ran = repo.run(&["move", "2", "docs/decisions/data", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(repo.read("docs/decisions/data/0002-keep-logs.md").contains("(../0001-use-mongodb.md)"));
    let ran = repo.run(&["move", "1", "docs/decisions/db", "--keep-citations"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("still names the old place"), "{}", ran.err);
    assert!(repo.read("docs/decisions/data/0002-keep-logs.md").contains("(../0001-use-mongodb.md)"));
}

#[test]
fn delete_refuses_while_others_rest_on_it_and_undo_brings_it_back() {
    let repo = two();
    let ran = repo.run(&["delete", "1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("1 record rests on") && ran.err.contains(B) && ran.err.contains("--force"), "{}", ran.err);
    let ran = repo.run(&["delete", "1", "--force", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!([A]));
    assert_eq!(ran.json()["problems"][0]["code"], "P003");

    assert!(repo.run(&["undo", "--dry-run"]).out.contains("+++ b/docs/decisions/0001-use-mongodb.md"));
    let ran = repo.run(&["undo", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!([A]));
    assert_eq!(repo.read(A), MONGO);
    assert_eq!(repo.run(&["undo"]).code, 2);
    assert_eq!(repo.run(&["undo", "--redo"]).code, 0);
    assert!(!repo.root().join(A).exists());
}

#[test]
fn undo_lists_its_steps_and_refuses_what_has_changed_since() {
    let repo = two();
    assert_eq!(repo.run(&["undo", "--list"]).code, 1);
    assert_eq!(repo.run(&["deprecate", "1"]).code, 0);
    assert_eq!(repo.run(&["set", "2", "tags=a"]).code, 0);
    let list = repo.run(&["undo", "--list", "--json"]).json();
    assert_eq!(list[0]["title"], "Set tags of 0002");
    assert_eq!(list[1]["paths"], json!([A]));
    repo.write(B, "# mine\n");
    let ran = repo.run(&["undo"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("error: {B} was changed by another program")), "{}", ran.err);
    assert_eq!(repo.read(B), "# mine\n");
    let first = list[1]["id"].as_str().expect("an id").to_owned();
    assert_eq!(repo.run(&["undo", &first]).code, 0);
    assert_eq!(repo.read(A), MONGO);
}

/// Commits everything on a day.
pub(crate) fn commit(repo: &Repo, day: &str) {
    let opened = git2::Repository::open(repo.root()).expect("a repository");
    let mut index = opened.index().expect("an index");
    index.add_all(["."], git2::IndexAddOption::DEFAULT, None).expect("staged");
    index.update_all(["."], None).expect("staged");
    index.write().expect("written");
    let tree = opened.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let days: i64 = day.parse().expect("a number of days");
    let author = git2::Signature::new("Ann", "ann@example.org", &git2::Time::new(days * 86_400, 0)).expect("an author");
    let parent = opened.head().ok().and_then(|head| head.peel_to_commit().ok());
    let parents: Vec<_> = parent.iter().collect();
    opened.commit(Some("HEAD"), &author, &author, "x", &tree, &parents).expect("a commit");
}

#[test]
fn list_and_show_look_back() {
    let repo = two();
    // 1970-04-11 and 1970-07-20.
    commit(&repo, "100");
    assert_eq!(repo.run(&["deprecate", "1"]).code, 0);
    commit(&repo, "200");
    let in_force = |args: &[&str]| {
        let ran = repo.run(&[&["list", "--in-force", "--json"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.json().as_array().expect("a list").len()
    };
    assert_eq!((in_force(&[]), in_force(&["--as-of", "1970-05-01"]), in_force(&["--as-of", "HEAD~1"])), (1, 2, 2));
    let ran = repo.run(&["show", "1", "--as-of", "1970-05-01"]);
    assert!(
        ran.code == 0 && ran.out.contains("Accepted, in force") || ran.out.contains("accepted, in force"),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("A store.\n"), "{}", ran.out);
    for (when, words) in [("1970-01-02", "begins on 1970-04-11"), ("nowhere", "no revision or day `nowhere`")] {
        let ran = repo.run(&["list", "--as-of", when]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(words) && ran.err.contains("hint: "), "{}", ran.err);
    }
}

#[test]
fn renumber_moves_the_later_record_or_asks() {
    let repo = two();
    let other = "docs/decisions/0001-zero-trust.md";
    repo.write(other, &MONGO.replace("Use MongoDB", "Zero trust"));
    let ran = repo.run(&["renumber"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(A) && ran.err.contains(other) && ran.err.contains("precedent renumber"), "{}", ran.err);
    std::fs::remove_file(repo.root().join(other)).expect("removed");
    commit(&repo, "100");
    repo.write(other, &MONGO.replace("Use MongoDB", "Zero trust"));
    assert!(repo.run(&["renumber", "--dry-run"]).out.contains("+# 3. Zero trust"));
    let ran = repo.run(&["renumber", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!([other, "docs/decisions/0003-zero-trust.md"]));
    let ran = repo.run(&["renumber", "--json"]);
    assert_eq!((ran.code, ran.json()["changed"].clone()), (0, json!([])));
    let ran = repo.run(&["renumber", "3", "2"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("taken by docs/decisions/0002-keep-logs.md"), "{}", ran.err);
}

#[test]
fn graph_speaks_three_forms() {
    let repo = two();
    assert!(repo.run(&["graph"]).out.contains("r1 -- \"amends\" --> r0"));
    assert!(repo.run(&["graph", "--format", "dot"]).out.starts_with("digraph decisions {"));
    let graph = repo.run(&["graph", "--format", "json"]).json();
    assert_eq!(graph["edges"], json!([{"from": B, "to": A, "kind": "amends"}]));
    assert_eq!(graph["nodes"][0]["title"], "Use MongoDB");
}

#[cfg(unix)]
#[test]
fn edit_starts_the_editor_that_is_set_and_never_the_repository_s() {
    let repo = two();
    let opened = git2::Repository::open(repo.root()).expect("a repository");
    opened.config().and_then(|mut config| config.set_str("core.editor", "touch evil")).expect("a setting");
    let ran = repo.run_with(&["edit", "1"], &[("EDITOR", ""), ("VISUAL", "")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no editor is set"), "{}", ran.err);
    let ran = repo.run_with(&["edit", "1", "--json"], &[("VISUAL", ""), ("EDITOR", "sed -i s/MongoDB/MariaDB/")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!([A]));
    assert!(repo.read(A).starts_with("# 1. Use MariaDB"));
    let ran = repo.run_with(&["edit", "1"], &[("VISUAL", "no-such-editor-here")]);
    assert!(ran.code == 2 && ran.err.contains("cannot start the editor"), "{}", ran.err);
    assert!(!repo.root().join("evil").exists());
}
