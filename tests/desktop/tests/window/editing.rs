//! What an editor must never do: lose text, or overwrite what somebody else wrote.

use crate::acting::picture;
use crate::fixture::{
    CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, QUEUE, QUEUE_TEXT, await_saved, edit_at_end, row, small_log, source,
    title,
};
use precedent_e2e::{App, Launch, css, role};
use std::rc::Rc;

#[test]
fn a_save_never_overwrites_what_another_program_wrote() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    app.type_text(" Mine.");
    await_saved(&app, "unsaved");

    let theirs = CACHE_TEXT.replace("forty times", "fifty times");
    repo.write(CACHE, &theirs);
    app.press("Mod+S");
    let banner = role("status").text("changed on disk");
    app.see(&banner);
    assert_eq!(repo.read(CACHE), theirs, "nothing is overwritten");
    app.screenshot("conflict");

    app.click(&role("button").named("Compare"));
    app.see(&role("dialog").like("Two versions"));
    app.screenshot("compare");
    app.press("Esc");
    app.see_no(&role("dialog"));

    app.click(&role("button").named("Keep mine"));
    app.see_no(&banner);
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("for a minute.", "for a minute. Mine."));

    // The other way: load theirs.
    app.focus(&source());
    app.type_text("x");
    await_saved(&app, "unsaved");
    repo.write(CACHE, &theirs);
    app.see(&banner);
    app.click(&role("button").named("Load theirs"));
    app.see(&source().text("fifty times"));
    assert_eq!(repo.read(CACHE), theirs);
}

#[test]
fn a_clean_editor_follows_the_disk() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    let caret = app.text(&css("footer").text("Ln "));
    repo.write(CACHE, CACHE_TEXT.replace("forty", "sixty"));
    app.see(&role("status").text("ADR-0001 updated from disk"));
    app.screenshot("state-reloaded");
    app.see(&source().text("sixty times"));
    app.see_no(&source().text("forty times"));
    await_saved(&app, "not-committed");
    assert_eq!(app.text(&css("footer").text("Ln ")), caret, "the caret stays where it was");
    // Deleted while the writer is at it: nothing typed is lost.
    app.focus(&source());
    app.type_text(" Mine.");
    await_saved(&app, "unsaved");
    std::fs::remove_file(repo.path(CACHE)).expect("a file can be removed");
    app.see(&role("status").text("ADR-0001 was deleted on disk. Your text is still here."));
    picture(&app, "state-deleted");
    app.click(&role("button").named("Save it again"));
    app.see_no(&role("status").text("was deleted on disk"));
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("forty", "sixty").replace("minute.", "minute. Mine."));
}

#[test]
fn a_draft_survives_a_crash_and_is_offered_again() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0002", "Use Postgres");
    app.type_text(" Lost and found.");
    await_saved(&app, "unsaved");
    let drafts = repo.path(".git/precedent/drafts");
    app.wait("a draft on disk", || contains(&drafts, "Lost and found.").then_some(()));
    let home = Rc::clone(app.home());
    app.crash();
    assert_eq!(repo.read(POSTGRES), POSTGRES_TEXT, "a draft is never the file");

    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0002"));
    edit_at_end(&app, "0002", "Use Postgres");
    app.see(&role("status").text("Recovered what you were writing"));
    app.see(&source().text("Lost and found."));
    app.screenshot("recovered");
    app.click(&role("button").named("Keep"));
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(POSTGRES), POSTGRES_TEXT.replace("cluster.", "cluster. Lost and found."));
}

/// Whether a draft that is written to its end holds the text; half a file would not survive.
fn contains(folder: &std::path::Path, text: &str) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let whole = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    whole.filter_map(|file| std::fs::read_to_string(file.path()).ok()).any(|draft| draft.contains(text))
}

#[test]
fn an_edit_keeps_line_ends_and_a_missing_last_one() {
    let repo = small_log();
    let text = "\u{feff}# 4. Windows wrote this\r\n\r\nDate: 2026-04-01\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\n\tA tab.  \r\nLast line";
    let path = "docs/decisions/0004-windows-wrote-this.md";
    repo.write(path, text);
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&title("Windows wrote this"));
    app.click(&role("button").named("Edit"));
    app.focus(&source());
    app.press("Mod+End");
    app.type_text("!");
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert_eq!(repo.read(path), format!("{text}!"));
}

#[test]
fn leaving_unsaved_text_asks_first() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    app.type_text(" Half a thought.");
    await_saved(&app, "unsaved");
    app.press("Mod+1");
    let dialog = role("dialog").like("Save changes to");
    app.see(&dialog);
    app.press("Esc");
    app.see_no(&dialog);
    app.see(&css(".cm-content").text("Half a thought."));
    // Right after a letter, and both in one go.
    app.focus(&source());
    app.type_text("..");
    app.press("Esc Esc");
    app.see(&dialog);
    app.screenshot("leave");
    app.click(&role("button").named("Save").within(&dialog));
    app.see(&row("0001"));
    assert_eq!(repo.read(CACHE), CACHE_TEXT.replace("for a minute.", "for a minute. Half a thought..."));
}

/// The frame's own button asks as every other way out does, and what the form changed can be taken back.
#[test]
fn closing_the_window_asks_about_unsaved_text() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0003", "Send mail");
    app.press("Alt+1");
    let status = css("button.status").text("Proposed");
    app.click(&status);
    app.click(&role("menuitem").like("Rejected"));
    app.see(&css("button.status").text("Rejected"));
    await_saved(&app, "unsaved");
    // Nothing follows a rejection, and the keyboard is still there.
    app.on(&css("button.status"), "return element === document.activeElement;", &true.into());
    app.press("Mod+Z");
    app.see(&status);
    await_saved(&app, "saved");
    app.press("Mod+Shift+Z");
    app.see(&css("button.status").text("Rejected"));

    let dialog = role("dialog").like("Save changes to");
    app.close_window("shop — Precedent");
    app.see(&dialog);
    app.press("Esc");
    app.see_no(&dialog);
    app.see(&css("button.status").text("Rejected"));
    assert_eq!(repo.read(QUEUE), QUEUE_TEXT);
    // Who stayed is asked again.
    app.close_window("shop — Precedent");
    app.see(&dialog);
    app.click(&role("button").named("Save").within(&dialog));
    app.wait("the file to be written", || (repo.read(QUEUE) != QUEUE_TEXT).then_some(()));
    assert!(repo.read(QUEUE).starts_with("---\nstatus: rejected\n"), "{}", repo.read(QUEUE));
}

#[test]
fn escape_twice_leaves_from_the_source_and_from_the_form() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    app.press("Esc Esc");
    app.see_no(&source());
    app.see(&title("Cache quotes"));

    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.focus(&role("textbox").named("Title"));
    app.press("Esc");
    app.press("Esc");
    app.see_no(&source());

    // An open list of decisions is closed first.
    edit_at_end(&app, "0001", "Cache quotes");
    app.type_text("[[");
    app.see(&css(".cm-tooltip-autocomplete"));
    app.press("Esc");
    app.see_no(&css(".cm-tooltip-autocomplete"));
    app.see(&source());
    app.press("Esc Esc");
    app.see(&role("dialog").like("Save changes to"));
    assert_eq!(repo.read(CACHE), CACHE_TEXT);
}
