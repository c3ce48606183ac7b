//! Search beyond the hits: what left the records, and what superseded a hit.

use crate::acting::picture;
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, QUEUE, QUEUE_TEXT, row, search, small_log, title};
use precedent_e2e::{App, Home, Launch, css, role};
use std::rc::Rc;

#[test]
fn words_of_a_deleted_record_are_found_with_the_commit_and_open_as_they_stood() {
    let repo = small_log();
    std::fs::remove_file(repo.path(CACHE)).expect("it is deleted");
    repo.commit_all("Ask the bank each time");
    let app = App::open(&repo);
    app.see(&row("0002"));
    search(&app, "forty");
    app.see_no(&role("option"));
    app.click(&role("tab").like("Commits"));
    let hit = role("option").text("Cache quotes in memory");
    app.see(&hit);
    app.see(&role("option").text("Ask the bank each time"));
    app.see(&role("option").text("Deleted on"));
    // The preview shows the record as it stood before.
    app.see(&title("Cache quotes in memory"));
    app.screenshot("search-commits");
    app.click(&hit);
    app.press("Enter");
    app.see(&role("button").named("Back to today"));
    app.see(&title("Cache quotes in memory"));
}

#[test]
fn a_superseded_hit_leads_to_its_successor() {
    let repo = small_log();
    let successor = QUEUE_TEXT.replace("status: proposed", "status: accepted\nsupersedes: [ADR-0001]");
    repo.write(QUEUE, &successor);
    repo.commit_all("Queue instead");
    let app = App::open(&repo);
    app.see(&row("0002"));
    search(&app, "forty");
    app.see(&role("option").text("Cache quotes in memory"));
    app.click(&css("[data-testid=successor]").text("Send mail through a queue"));
    app.see(&title("Send mail through a queue"));
}

#[test]
fn what_is_not_found_says_what_is_close_and_what_filters_hide() {
    let repo = small_log();
    repo.write(
        CACHE,
        CACHE_TEXT.replace("tags: [speed]", "tags: [speed]\napplies-to: [\"services/quotes/**\", \"libs/money/**\"]"),
    );
    repo.write(
        POSTGRES,
        POSTGRES_TEXT.replace("date: 2026-02-11", "date: 2026-02-11\napplies-to: [\"libs/money/**\"]"),
    );
    repo.commit_all("Bind");
    let app = App::open(&repo);
    app.see(&row("0002"));
    search(&app, "quotes is:brave");
    app.see(&role("option").text("Cache quotes in memory"));
    app.see(&css("p.note mark").text("is:brave"));

    // A misspelt word finds what is close; filters that leave nothing say how much they hide.
    search(&app, "postgers");
    app.see(&css("p.note").text("“postgers” is nowhere. Showing “postgres” instead."));
    app.see(&role("option").text("Use Postgres"));
    app.press("Mod+A Backspace");
    app.type_text("status:rejected postgers");
    app.see(&role("heading").named("No decision mentions “postgers”"));
    app.see(&css(".empty").text("Close: postgres, 1 record. The filters hide it."));
    picture(&app, "state-no-match");
    app.click(&role("button").named("postgres"));
    app.see(&role("option").text("Use Postgres"));
    app.press("Mod+Shift+F Mod+A Backspace");
    app.type_text("status:rejected quotes");
    app.see(&css(".empty").text("Filters hide 2 records."));
    app.click(&role("button").named("Clear filters"));
    app.see(&role("option").text("Cache quotes"));

    // Another order, and the paths that decisions bind.
    app.press("Mod+Shift+F Mod+A Backspace");
    app.type_text("is:in-force ");
    let first = || app.text(&role("option").nth(0));
    app.wait("two hits", || (app.count(&role("option")) == 2).then_some(()));
    app.click(&role("button").like("Order of the results: Relevance"));
    app.click(&role("menuitemcheckbox").named("Newest"));
    app.press("Esc");
    app.wait("the newest first", || first().contains("Use Postgres").then_some(()));
    app.click(&role("tab").like("Paths"));
    app.see(&role("tab").like("Paths 2"));
    app.wait("both paths with who binds them", || (app.count(&role("option")) == 3).then_some(()));
    app.see(&role("option").text("libs/money/**").text("Use Postgres"));
    app.see(&role("option").text("services/quotes/**").text("Cache quotes"));
    app.see(&css("section article h1").text("Use Postgres"));
    picture(&app, "search-paths");
    search(&app, "services/quotes/a.rs");
    app.wait("what binds a file", || (app.count(&role("option")) == 2).then_some(()));
    app.press("Down Enter");
    app.see(&title("Cache quotes"));
}

#[test]
fn after_midnight_what_is_due_comes_by_itself() {
    let repo = small_log();
    repo.write(QUEUE, QUEUE_TEXT.replace("status: proposed", "status: accepted\nreview-by: 2030-01-02"));
    let home = Rc::new(Home::new());
    let day = home.path().join("day");
    std::fs::write(&day, "2030-01-01").expect("a day");
    let app =
        Launch::new().home(&home).open(repo.root()).environment("PRECEDENT_DAY", &day.display().to_string()).start();
    app.see(&row("0002"));
    search(&app, "is:due");
    app.see_no(&role("option"));
    std::fs::write(&day, "2030-01-02").expect("the next day");
    app.see(&role("option").text("Send mail through a queue"));
}
