//! A record moved, faults mended in another file, and a number that a fetch shows to be taken.

use crate::acting::{choose, picture, planned};
use crate::fixture::{
    CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, QUEUE, QUEUE_TEXT, read, row, small_log, source, title,
};
use precedent_e2e::{App, Repo, css, role};

#[test]
fn moving_a_record_repairs_links_both_ways() {
    let repo = small_log();
    let mail = "docs/decisions/mail/0003-send-mail-through-a-queue.md";
    let text = QUEUE_TEXT.replace("on a queue.", "on a queue, not in [Postgres](0002-use-postgres-for-invoices.md).");
    repo.write(QUEUE, &text);
    let citing =
        POSTGRES_TEXT.replace("One Postgres cluster.", "Mail has [its queue](0003-send-mail-through-a-queue.md).");
    repo.write(POSTGRES, &citing);
    repo.commit_all("Cite");
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    choose(&app, "Move");
    let dialog = role("dialog").like("Move ADR-0003");
    app.see(&dialog.clone().text("docs/decisions"));
    app.fill(&role("textbox").like("Folder").within(&dialog), "docs/decisions/mail");
    app.see(&planned(mail));
    app.see(&planned(POSTGRES));
    picture(&app, "move");
    assert_eq!(repo.read(QUEUE), text, "nothing is written before it is agreed to");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&title("Send mail"));
    app.see(&role("status").text("ADR-0003 moved"));
    assert_eq!(repo.read(mail), text.replace("(0002-use", "(../0002-use"));
    assert_eq!(repo.read(POSTGRES), citing.replace("(0003-send", "(mail/0003-send"));
    assert!(!repo.path(QUEUE).exists());
    assert_eq!(repo.git(["diff", "--cached", "--name-status", "-M"]).chars().next(), Some('R'), "staged as one rename");
    app.focus(&css("article"));
    app.press("Mod+Z");
    app.see(&role("status").text("Taken back"));
    assert_eq!((repo.read(QUEUE), repo.read(POSTGRES)), (text, citing));
    repo.assert_sound();
}

const REDIS: &str = "docs/decisions/0004-cache-in-redis.md";
const REDIS_TEXT: &str =
    "---\nstatus: accepted\ndate: 2026-05-01\nsupersedes: [ADR-0001]\n---\n# Cache quotes in Redis\n\nText.\n";
const ADD: &str = "Mark 0001";

#[test]
fn a_fix_in_another_file_is_shown_then_written_from_about_and_from_the_editor() {
    let repo = small_log();
    repo.write(REDIS, REDIS_TEXT);
    let app = App::open(&repo);
    read(&app, "0004", "Cache quotes in Redis");
    app.click(&role("button").named(ADD).within(&css("[data-testid=record-problems]")));
    let dialog = role("dialog").like("Fix a problem of ADR-0004");
    app.see(&planned(CACHE).within(&dialog));
    picture(&app, "fix-other-file");
    assert_eq!(repo.read(CACHE), CACHE_TEXT);
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see_no(&css("[data-testid=record-problems]"));
    let marked = repo.read(CACHE);
    assert!(marked.contains("superseded"), "{marked}");
    assert_eq!(repo.read(REDIS), REDIS_TEXT);

    // The same from the editor, where the text of this record waits for its own Save.
    repo.write(CACHE, CACHE_TEXT);
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.press("Mod+J");
    let fix = role("button").named(ADD).within(&css(".problems"));
    app.see(&fix);
    app.click(&fix);
    app.see(&planned(CACHE).within(&dialog));
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see_no(&fix);
    assert_eq!(repo.read(CACHE), marked);
    // What was done is said above the panel, not over its rows.
    let bottom = "return element.getBoundingClientRect().bottom;";
    let toast = app.ask(&css(".toast"), bottom);
    let panel = app.ask(&css(".problems"), "return element.getBoundingClientRect().top;");
    assert!(toast.as_f64() <= panel.as_f64(), "the toast ends at {toast}, the panel begins at {panel}");
    app.screenshot("fix-toast");
}

#[test]
fn a_fetch_shows_that_a_number_is_taken_and_renumber_mends_it() {
    let (repo, hub) = (small_log(), Repo::folder("hub.git"));
    hub.git(["init", "-q", "--bare"]);
    let remote = hub.root().display().to_string();
    repo.git(["remote", "add", "origin", &remote]);
    repo.git(["push", "-q", "origin", "main"]);
    // A colleague takes 0004 on a branch of theirs.
    let theirs = Repo::folder("theirs");
    theirs.git(["clone", "-q", &remote, "."]);
    theirs.git(["switch", "-q", "-c", "rate-limits"]);
    theirs.write(
        "docs/decisions/0004-limit-rates-at-the-edge.md",
        "---\nstatus: proposed\n---\n# Limit rates at the edge\n\nx\n",
    );
    theirs.commit_all("Propose 0004");
    let mine = "docs/decisions/0004-sign-every-invoice.md";
    let text = "---\nstatus: proposed\ndate: 2026-06-01\n---\n# Sign every invoice\n\nx\n";
    repo.write(mine, text);
    repo.commit_all("Propose 0004, too");
    let app = App::open(&repo);
    read(&app, "0004", "Sign every invoice");
    let banner = css(".banner").text("Another branch uses the number 0004.");
    assert!(!app.sees(&banner), "nobody knows yet");

    theirs.git(["push", "-q", "origin", "rate-limits"]);
    repo.git(["fetch", "-q", "origin"]);
    app.see(&banner.clone().text("0004-limit-rates-at-the-edge.md").text("origin/rate-limits"));
    picture(&app, "number-clash");
    app.click(&role("button").named("Renumber this one…").within(&banner));
    let moved = "docs/decisions/0005-sign-every-invoice.md";
    app.see(&planned(moved));
    app.press("Mod+Enter");
    app.see(&row("0005"));
    app.see(&title("Sign every invoice"));
    app.see_no(&banner);
    assert!(!repo.path(mine).exists());
    assert_eq!(repo.read(moved), text);
}

#[test]
fn fix_line_goes_to_the_line_and_a_key_mends_it() {
    let repo = small_log();
    let vault = "docs/decisions/0004-keys-stay-in-the-vault.md";
    let text = "---\nstatus: accepted\ndate: 2026-05-02\ntitle: [WIP Keys stay in the vault\n---\n\n## Context\n\nKeys were copied.\n";
    repo.write(vault, text);
    let app = App::open(&repo);
    app.click(&row("0004"));
    let banner = css(".banner").text("can’t be read");
    app.click(&role("button").named("Fix line 4").within(&banner));
    app.see(&source());
    let line = css(".cm-activeLine").text("title: [WIP Keys stay in the vault");
    app.see(&line);
    app.on(&source(), "return element === document.activeElement;", &true.into());
    app.see(&css(".cm-fixline").text("Add quotes"));
    app.screenshot("fix-line");
    app.press("Mod+.");
    app.see(&css(".cm-activeLine").text("title: \"[WIP Keys stay in the vault\""));
    app.press("Mod+S");
    crate::fixture::await_saved(&app, "not-committed");
    assert_eq!(repo.read(vault), text.replace("[WIP Keys stay in the vault", "\"[WIP Keys stay in the vault\""));
    app.press("Esc Esc");
    app.see_no(&banner);

    // From About as well, to the line that is meant.
    repo.write(vault, text.replace("2026-05-02", "2026-05-42").replace("[WIP ", ""));
    let problem = css("[data-testid=record-problems] .problem").text("Line 3");
    app.click(&problem);
    app.see(&css(".cm-activeLine").text("date: 2026-05-42"));
}
