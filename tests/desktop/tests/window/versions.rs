//! Earlier versions of a record: looked at, written anew as a change, and who wrote each line.

use crate::acting::{command, picture};
use crate::fixture::{CACHE, CACHE_TEXT, read, small_log};
use precedent_e2e::{App, css, role};

#[test]
fn an_old_version_is_written_anew_and_every_line_has_its_commit() {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.commit_all("Keep quotes for two minutes");
    let moved = "docs/decisions/0001-cache-quotes/README.md";
    repo.write("docs/decisions/0001-cache-quotes/.keep", "");
    repo.git(["mv", CACHE, moved]);
    repo.commit_all("A folder of its own");
    let app = App::open(&repo);
    read(&app, "0001", "Cache quotes");

    command(&app, "Show who wrote each line of ADR-0001");
    app.see(&css("dialog .who").text("Keep quotes for two minutes"));
    app.see(&css("dialog .who").text("Begin"));
    picture(&app, "blame");
    app.press("Esc");

    app.focus(&css("article"));
    app.press("D");
    let dialog = role("dialog").named("A folder of its own");
    app.see(&dialog);
    app.press("[");
    app.see(&role("dialog").named("Keep quotes for two minutes"));
    app.press("[");
    app.see(&role("dialog").named("Begin"));
    picture(&app, "version");
    app.click(&role("button").named("Restore this version…"));
    app.see(&role("dialog").named("Restore ADR-0001 as it was?"));
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "restore");
    app.click(&role("button").like("Restore"));
    app.wait("the old text", || repo.is(moved, CACHE_TEXT).then_some(()));
    assert_eq!(repo.git(["status", "--porcelain"]).trim(), format!("M {moved}"));
    repo.assert_sound();
}
