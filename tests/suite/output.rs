//! What leaves the command line: addresses, Markdown, the index page, one document of many records.

use crate::acting::commit;
use crate::cli::Repo;

const A: &str = "docs/decisions/0001-use-mongodb.md";
const B: &str = "docs/decisions/0002-use-postgres.md";

fn two() -> Repo {
    Repo::with(&[
        (
            A,
            "---\nstatus: superseded\nsuperseded-by: [ADR-0002]\n---\n# Use MongoDB\n\nSee [the next](0002-use-postgres.md).\n",
        ),
        (
            B,
            "---\nstatus: accepted\ndate: 2026-03-02\nsupersedes: [ADR-0001]\n---\n# Use Postgres\n\n## Why\n\nRows.\n",
        ),
    ])
}

#[test]
fn show_gives_a_permalink_once_the_forge_has_the_commit() {
    let repo = two();
    let ran = repo.run(&["show", "1", "--permalink"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("this repository has no remote") && ran.err.contains("hint: "), "{}", ran.err);
    commit(&repo, "20000");
    let git = git2::Repository::open(repo.root()).unwrap();
    git.remote("origin", "git@gitlab.com:quayside/pay.git").unwrap();
    let head = git.head().unwrap().target().unwrap();
    git.reference("refs/remotes/origin/main", head, true, "push").unwrap();
    let address = format!("https://gitlab.com/quayside/pay/-/blob/{head}/{A}");
    let ran = repo.run(&["show", "1", "--permalink"]);
    assert_eq!((ran.code, ran.out.trim()), (0, address.as_str()), "{}", ran.err);
    assert_eq!(repo.run(&["show", "1", "--permalink", "--line", "3-5"]).out.trim(), format!("{address}?plain=1#L3-5"));
    assert_eq!(repo.run(&["show", "1", "--permalink", "--line", "0"]).code, 2);
    let json = repo.run(&["show", "1", "--permalink", "--json"]).json();
    assert_eq!((json["forge"].as_str(), json["remote"].as_str()), (Some("GitLab"), Some("origin")));
    let text = repo.run(&["show", "1", "--markdown"]).out;
    assert!(
        text.starts_with("# ADR-0001: Use MongoDB\n\n**Status:** superseded\n\nSee [the next](https://gitlab.com/"),
        "{text}"
    );
}

#[test]
fn index_writes_only_between_its_marks_and_undo_takes_it_back() {
    let repo = two();
    let page = "# Decisions\r\n\r\n<!-- precedent:index -->\r\n<!-- /precedent:index -->\r\n\r\nBy hand.";
    repo.write("docs/decisions/README.md", page);
    let lint = repo.run(&["lint", "--json"]).json();
    assert!(lint["problems"].as_array().unwrap().iter().any(|problem| problem["code"] == "P026"), "{lint}");
    let dry = repo.run(&["index", "--dry-run"]);
    assert!(
        dry.out.contains("+| [0002](0002-use-postgres.md) | Use Postgres | Accepted | 2026-03-02 |"),
        "{}",
        dry.out
    );
    assert_eq!(repo.read("docs/decisions/README.md"), page);
    let ran = repo.run(&["index"]);
    assert_eq!((ran.code, ran.out.trim()), (0, "docs/decisions/README.md"), "{}", ran.err);
    let written = repo.read("docs/decisions/README.md");
    assert!(written.starts_with("# Decisions\r\n\r\n<!-- precedent:index -->\r\n| Number |"), "{written}");
    assert!(written.ends_with("<!-- /precedent:index -->\r\n\r\nBy hand."), "{written}");
    assert!(written.contains("| Superseded by [0002](0002-use-postgres.md) |"), "{written}");
    assert!(!written.replace("\r\n", "").contains('\n'), "line ends are those of the page");
    let again = repo.run(&["index"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
    assert!(again.err.contains("is up to date"), "{}", again.err);
    assert_eq!(repo.run(&["list", "--json"]).json().as_array().unwrap().len(), 2, "the page is no record");
    assert_eq!(repo.run(&["undo"]).code, 0);
    assert_eq!(repo.read("docs/decisions/README.md"), page);
}

#[test]
fn export_writes_one_file_that_stands_alone() {
    let repo = two();
    let out = repo.root().join("all.html");
    let ran = repo.run(&["export", "--html", out.to_str().unwrap(), "--title", "What holds"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let html = repo.read("all.html");
    assert!(html.starts_with("<!doctype html>") && html.contains("<title>What holds</title>"));
    assert!(html.contains("href=\"#d2\"") && html.contains("<article id=\"d2\">"));
    assert!(!html.contains("<script") && !html.contains("src=\"http"));
    let one = repo.run(&["export", "--in-force", "--html", "-"]).out;
    assert!(one.contains("<title>0002 Use Postgres</title>") && !one.contains("Use MongoDB</h1>"));
    let nowhere = repo.run(&["export", "--html", repo.root().join("no/where.html").to_str().unwrap()]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("where.html"), "{}", nowhere.err);
    assert_eq!(repo.run(&["export", "99", "--html", "-"]).code, 2);
}
