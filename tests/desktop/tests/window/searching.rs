//! Search beyond the hits: what left the records, and what superseded a hit.

use crate::fixture::{CACHE, QUEUE, QUEUE_TEXT, row, search, small_log, title};
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
fn a_mistake_in_the_query_is_shown_in_its_place() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0002"));
    search(&app, "quotes is:brave");
    app.see(&role("option").text("Cache quotes in memory"));
    app.see(&css("p.note mark").text("is:brave"));
}

#[test]
fn after_midnight_what_is_due_comes_by_itself() {
    let repo = small_log();
    repo.write(QUEUE, &QUEUE_TEXT.replace("status: proposed", "status: accepted\nreview-by: 2030-01-02"));
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
