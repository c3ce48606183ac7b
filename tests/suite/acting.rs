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
