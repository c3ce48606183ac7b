//! Acts on records: each is shown as a difference, written as shown, and taken back byte for byte.

use crate::axe::look;
use crate::fixture::{
    CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, QUEUE, QUEUE_TEXT, read, row, small_log, source, title,
};
use precedent_e2e::{App, Find, css, role};

const RENAMED: &str = "docs/decisions/0001-keep-quotes-in-redis.md";

/// An act of the record's menu.
pub(crate) fn choose(app: &App, act: &str) {
    app.click(&role("button").named("More actions"));
    app.click(&role("menuitem").like(act));
}

/// A command of the palette.
pub(crate) fn command(app: &App, words: &str) {
    app.press("Mod+Shift+P");
    app.see(&role("combobox"));
    app.type_text(words);
    app.see(&role("option").text(words).nth(0));
    app.press("Enter");
}

pub(crate) fn planned(path: &str) -> Find {
    css(&format!("[data-testid=planned-file][data-path='{path}']"))
}

/// A picture in both themes, and what axe says of it.
pub(crate) fn picture(app: &App, name: &str) {
    app.screenshot(name);
    let mut faults = Vec::new();
    look(app, name, &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn renaming_repairs_citations_and_is_taken_back() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0001", "Cache quotes");
    choose(&app, "Rename");
    let dialog = role("dialog").like("Rename ADR-0001");
    app.fill(&role("textbox").named("Title").within(&dialog), "Keep quotes in Redis");
    app.see(&planned(RENAMED));
    app.see(&planned(POSTGRES));
    app.see(&css("[data-testid=plan-notes]").text("1 reference in 1 file is repaired."));
    picture(&app, "rename");
    assert_eq!(repo.read(CACHE), CACHE_TEXT, "nothing is written before it is agreed to");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&title("Keep quotes in Redis"));
    assert!(!repo.path(CACHE).exists());
    assert_eq!(repo.read(RENAMED), CACHE_TEXT.replace("# Cache quotes in memory", "# Keep quotes in Redis"));
    let cited = POSTGRES_TEXT.replace("0001-cache-quotes-in-memory.md", "0001-keep-quotes-in-redis.md");
    assert_eq!(repo.read(POSTGRES), cited);

    // The toast offers it; the key outside a text field means the same.
    app.see(&role("status").text("ADR-0001 renamed"));
    app.screenshot("rename-done");
    app.focus(&css("article"));
    app.press("Mod+Z");
    app.see(&title("Cache quotes in memory"));
    assert_eq!((repo.read(CACHE), repo.read(POSTGRES)), (CACHE_TEXT.to_owned(), POSTGRES_TEXT.to_owned()));
    assert!(!repo.path(RENAMED).exists());
    repo.assert_sound();

    app.press("Mod+Shift+Z");
    let again = role("dialog").like("Do again: Rename");
    app.see(&planned(RENAMED).within(&again));
    app.press("Mod+Enter");
    app.see(&title("Keep quotes in Redis"));
    assert_eq!(repo.read(POSTGRES), cited);
}

#[test]
fn the_list_of_steps_names_a_file_that_changed_since() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    choose(&app, "Accept");
    let dialog = role("dialog").like("Accept");
    app.see(&css("[data-testid=planned-file]").within(&dialog));
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&row("0003").text("accepted"));
    let accepted = repo.read(QUEUE);

    let theirs = accepted.replace("Put every message", "Put each message");
    repo.write(QUEUE, &theirs);
    app.see(&css("article").text("Put each message"));
    command(&app, "Show what was done here");
    let list = role("dialog").named("What was done here");
    app.see(&css("[data-testid=undo-step]").within(&list).text(&format!("{QUEUE} has changed since.")));
    app.see(&role("status").within(&list).text(QUEUE));
    picture(&app, "undo-conflict");
    assert_eq!(repo.read(QUEUE), theirs, "nothing is overwritten");
    app.press("Esc");
    app.see_no(&list);

    repo.write(QUEUE, &accepted);
    app.see(&css("article").text("Put every message"));
    command(&app, "Show what was done here");
    app.see(&planned(QUEUE).within(&list));
    picture(&app, "undo-list");
    app.press("Mod+Enter");
    app.see_no(&list);
    app.see(&row("0003").text("proposed"));
    assert_eq!(repo.read(QUEUE), QUEUE_TEXT);
}

#[test]
fn links_are_stated_and_taken_out() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    choose(&app, "Link");
    let dialog = role("dialog").like("Link ADR-0003");
    app.focus(&role("combobox").named("Decision").within(&dialog));
    app.type_text("postgres");
    app.see(&role("option").text("Use Postgres").within(&dialog));
    app.press("Enter");
    app.see(&planned(QUEUE));
    picture(&app, "link");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    let take_out = role("button").named("Take out: Relates to 0002");
    app.see(&take_out);
    let linked = repo.read(QUEUE);
    assert!(linked.contains("relates-to: [ADR-0002]\n"), "{linked}");

    app.click(&take_out);
    let dialog = role("dialog").like("Take out the link");
    app.see(&planned(QUEUE).within(&dialog));
    app.press("Mod+Enter");
    app.see_no(&take_out);
    assert_eq!(repo.read(QUEUE), QUEUE_TEXT);
}

#[test]
fn amending_writes_both_records_and_deleting_asks_twice() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    choose(&app, "Amend");
    let dialog = role("dialog").like("Amend ADR-0002");
    app.fill(&role("textbox").named("Title of the amendment").within(&dialog), "Read replicas for reports");
    let amendment = "docs/decisions/0004-read-replicas-for-reports.md";
    app.see(&planned(amendment));
    app.see(&planned(POSTGRES));
    picture(&app, "amend");
    app.press("Mod+Enter");
    app.see(&title("Read replicas for reports"));
    assert!(repo.read(amendment).contains("amends: [ADR-0002]"));
    assert!(repo.read(POSTGRES).contains("amended-by: [ADR-0004]"));

    read(&app, "0002", "Use Postgres");
    choose(&app, "Delete");
    let dialog = role("dialog").like("Delete ADR-0002");
    app.see(&css("[data-testid=plan-notes]").text("rests on"));
    app.press("Mod+Enter");
    let force = css("input[type=checkbox]").within(&dialog);
    app.see(&force);
    assert!(repo.path(POSTGRES).exists(), "others rest on it");
    picture(&app, "delete");
    app.click(&force);
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see_no(&row("0002"));
    assert!(!repo.path(POSTGRES).exists());
    app.see(&role("status").text("ADR-0002 deleted"));
    app.click(&role("button").like("Undo"));
    app.see(&row("0002"));
    assert!(repo.path(POSTGRES).exists());
    assert!(repo.read(POSTGRES).contains("amended-by: [ADR-0004]"));
    repo.assert_sound();
}

#[test]
fn a_shared_number_is_given_anew_and_a_dialect_converted() {
    let repo = small_log();
    let twin = "docs/decisions/0003-keep-mail-for-a-year.md";
    let text =
        "# 3. Keep mail for a year\n\nDate: 2026-04-01\n\n## Status\n\nAccepted\n\n## Context\n\nAuditors ask.\n";
    repo.write(twin, text);
    repo.commit_all("Another 0003");
    let app = App::open(&repo);
    app.click(&row("0003").text("Keep mail"));
    app.see(&title("Keep mail for a year"));
    app.screenshot("renumber-banner");
    app.click(&role("button").named("Renumber this one…"));
    let moved = "docs/decisions/0004-keep-mail-for-a-year.md";
    app.see(&planned(moved));
    picture(&app, "renumber");
    app.press("Mod+Enter");
    app.see(&row("0004"));
    app.see(&title("Keep mail for a year"));
    assert!(!repo.path(twin).exists());
    assert_eq!(repo.read(moved), text.replace("# 3. ", "# 4. "));

    choose(&app, "Convert ADR-0004 to MADR 4");
    let dialog = role("dialog").named("Convert ADR-0004 to MADR 4");
    app.see(&planned(moved).within(&dialog));
    picture(&app, "convert");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    let converted = repo.read(moved);
    assert!(converted.starts_with("---\nstatus: accepted\ndate: 2026-04-01\n---\n"), "{converted}");
    assert!(converted.contains("Auditors ask."), "{converted}");
}

const TROUBLED: &str = "docs/decisions/0004-relay-mail.md";
const TROUBLED_TEXT: &str =
    "---\nstatus: accepted\ndate: 2026--05-16\ndepends-on: [ADR-0003]\n---\n# Relay mail\n\n## Context\n\nx\n";

#[test]
fn problems_are_mended_with_one_click() {
    let repo = small_log();
    repo.write("docs/decisions/0003-another-queue.md", "---\nstatus: accepted\n---\n# Another queue\n\nx\n");
    repo.write(TROUBLED, TROUBLED_TEXT.replace("depends-on: [ADR-0003]", "relates-to: [ADR-0003]"));
    let before = repo.read(TROUBLED);
    let app = App::open(&repo);
    read(&app, "0004", "Relay mail");
    let problems = css("[data-testid=record-problems]");
    app.see(&role("button").named("Change to 0003-another-queue").within(&problems));
    picture(&app, "problems");
    app.click(&role("button").named("Change to 2026-05-16").within(&problems));
    let dialog = role("dialog").like("Fix a problem of ADR-0004");
    app.see(&planned(TROUBLED).within(&dialog));
    assert_eq!(repo.read(TROUBLED), before);
    app.press("Mod+Enter");
    app.see_no(&dialog);
    let dated = before.replace("2026--05-16", "2026-05-16");
    assert_eq!(repo.read(TROUBLED), dated);

    // In the editor the fix is an edit of the text, taken back like typing.
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.click(&css(".cm-foldPlaceholder"));
    app.press("Mod+J");
    let choice = role("button").named("Change to 0003-another-queue");
    app.see(&choice);
    picture(&app, "editor-fixes");
    app.click(&choice);
    app.see(&source().text("relates-to: [0003-another-queue]"));
    assert_eq!(repo.read(TROUBLED), dated, "the file waits for Save");
    app.focus(&source());
    app.press("Mod+Z");
    app.see(&source().text("relates-to: [ADR-0003]"));
}

#[test]
fn front_matter_is_completed_and_explained() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.click(&css(".cm-foldPlaceholder"));
    app.focus(&source());
    app.press("Mod+Home Down End Enter");
    app.type_text("superse");
    let list = css(".cm-tooltip-autocomplete");
    app.see(&list.clone().text("supersedes"));
    app.see(&css(".cm-fieldhelp"));
    picture(&app, "completion");
    app.type_text("des");
    app.see_no(&list.clone().text("superseded-by"));
    app.press("Enter");
    app.see(&source().text("supersedes: "));
    // The decisions of the log are offered as its values.
    app.see(&list.clone().text("Use Postgres for invoices"));
    app.type_text("ADR-0002");
    app.press("Enter");
    app.see_no(&list);
    app.see(&source().text("supersedes: ADR-0002"));

    // The pointer rests on a key.
    let hover = "const box = [...element.querySelectorAll('.cm-line')].find((line) => line.textContent.startsWith('status')).getBoundingClientRect(); const at = { clientX: box.left + 12, clientY: box.top + box.height / 2, bubbles: true }; element.dispatchEvent(new MouseEvent('mousemove', at)); return true;";
    app.ask(&source(), hover);
    app.see(&css(".cm-tooltip-hover").text("Where the decision stands."));
    app.screenshot("hover");
}

#[test]
fn the_log_is_shown_as_it_stood_and_nothing_can_be_written_then() {
    let repo = small_log();
    repo.write(QUEUE, QUEUE_TEXT.replace("proposed", "accepted"));
    std::fs::remove_file(repo.path(CACHE)).expect("a file can be removed");
    repo.commit_all("Accept 0003");
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    app.see(&row("0003").text("accepted"));
    app.see_no(&row("0001"));
    app.click(&role("button").named("Decisions as of…"));
    let dialog = role("dialog").named("Decisions as of");
    let field = role("textbox").named("Day or revision").within(&dialog);
    app.fill(&field, "no-such-tag");
    app.press("Enter");
    app.see(&dialog.clone().text("There is no revision or day `no-such-tag` here"));
    picture(&app, "as-of-dialog");
    app.fill(&field, "HEAD~1");
    app.press("Enter");
    app.see_no(&dialog);
    let past = css("[data-testid=past]");
    app.see(&past.clone().text("As of HEAD~1."));
    app.see(&row("0003").text("proposed"));
    app.see(&row("0001"));
    app.see(&css("article").text("Proposed"));
    app.on(&role("button").named("Edit"), "return element.getAttribute('aria-disabled');", &"true".into());
    read(&app, "0001", "Cache quotes");
    picture(&app, "as-of");
    app.press("E");
    app.see(&title("Cache quotes"));
    // The index knows today's text only: the search field filters the list of then.
    app.press("Mod+Shift+F");
    app.type_text("cache");
    app.see_no(&row("0003"));
    app.see(&row("0001"));
    app.screenshot("as-of-filter");
    app.press("Esc");
    app.see(&row("0003"));
    app.click(&role("button").named("Back to today"));
    app.see_no(&past);
    app.see(&row("0003").text("accepted"));
    app.see_no(&row("0001"));
    assert_eq!(repo.git(["status", "--porcelain"]), "", "looking back changes nothing");
}
