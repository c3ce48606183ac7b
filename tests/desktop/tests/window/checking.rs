//! What is about to be committed, judged by the decisions in force.

use crate::acting::picture;
use crate::fixture::{row, small_log};
use precedent_e2e::{App, css, role};

const RULES: &str = "docs/decisions/0004-keep-postings-in-postgres.md";
const STORE: &str = "services/billing/store.rs";
const BOUND: &str = "---
status: accepted
date: 2026-03-14
applies-to: [\"services/**\"]
rules:
  - id: no-mongo
    kind: forbid-text
    message: Postings need transactions over several rows.
    remedy: Use the pool in services/billing.
    match: {literal: mongodb, in: code}
    tests:
      invalid: [{path: services/a.rs, content: \"use mongodb::Client;\\n\"}]
      valid: [{path: services/a.rs, content: \"// no mongodb here\\n\"}]
---
# Keep postings in Postgres

## Decision Outcome

Postings live in Postgres.
";

#[test]
fn a_commit_that_breaks_a_decision_is_told_before_it_is_made() {
    let repo = small_log();
    repo.write(RULES, BOUND);
    repo.write(STORE, "fn open() {}\n");
    repo.commit_all("Postings");
    let app = App::open(&repo);
    app.see(&row("0004"));
    repo.write("notes.txt", "Nothing that binds.\n");
    repo.write(STORE, "// Not mongodb.\nfn open() {\n    mongodb::connect();\n}\n");
    app.press("Mod+5");
    app.see(&css(&format!("[data-path='{STORE}']")));
    let check = css("[data-testid=commit-check]");
    assert!(!app.sees(&check), "nothing is staged, so there is no commit to check");

    repo.git(["add", "notes.txt", STORE]);
    app.see(
        &check
            .clone()
            .text("This commit introduces 1 violation")
            .text("services/billing/store.rs:3")
            .text("mongodb::connect();")
            .text("Postings need transactions over several rows.")
            .text("Instead: Use the pool in services/billing.")
            .text("Decided in “Keep postings in Postgres”"),
    );
    picture(&app, "commit-check");

    // Its place leads to the difference, by the keys.
    app.focus(&role("button").like("services/billing/store.rs:3").within(&check));
    app.press("Enter");
    app.see(&css(&format!("[data-path='{STORE}'][data-staged=true][aria-selected=true]")));
    app.see(&css("section.page").text("mongodb::connect();"));
    // In the difference, the line says what it breaks.
    app.see(&css("section.page [data-finding='3']").text("Postings need transactions over several rows."));
    picture(&app, "commit-check-line");

    // What the change does to the rules is told as well; the rules of the last commit judge it all the same.
    repo.write(RULES, BOUND.replace("literal: mongodb", "literal: something-else"));
    repo.git(["add", RULES]);
    app.see(&check.clone().text("This commit introduces 1 violation").text("0004-keep-postings-in-postgres.md"));
    repo.git(["reset", "-q", "--", RULES]);
    repo.git(["checkout", "-q", "--", RULES]);

    // Mended, it keeps the rule.
    repo.write(STORE, "// Not mongodb.\nfn open() {\n    pool::connect();\n}\n");
    repo.git(["add", STORE]);
    app.see(&check.clone().text("Keeps 1 rule"));
    picture(&app, "commit-check-kept");

    // From a violation to the decision.
    repo.write(STORE, "use mongodb::Client;\n");
    repo.git(["add", STORE]);
    app.click(&role("button").named("Decided in “Keep postings in Postgres”").within(&check));
    app.see(&role("heading").named("Keep postings in Postgres"));
}

#[test]
fn records_that_the_commit_would_stage_are_judged_before() {
    let repo = small_log();
    repo.write(RULES, BOUND);
    repo.commit_all("Postings");
    let app = App::open(&repo);
    app.see(&row("0004"));
    repo.write(RULES, BOUND.replace("remedy: Use the pool", "remedy: Take the pool"));
    app.press("Mod+5");
    app.see(&css(&format!("[data-path='{RULES}'][data-staged=false]")));
    app.see(
        &css("[data-testid=commit-check]")
            .text("This commit makes 1 change to what binds")
            .text("the rule or what it applies to is changed"),
    );
    assert_eq!(repo.git(["diff", "--cached", "--name-only"]).trim(), "", "judged, not staged");
}
