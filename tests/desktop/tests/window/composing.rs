//! Writing a record: pictures, finding, prompts, options that move, two versions brought together, and what a crash costs.

use crate::axe::look;
use crate::fixture::{CACHE, CACHE_TEXT, QUEUE, QUEUE_TEXT, await_saved, edit_at_end, row, small_log, source};
use precedent_e2e::{App, Find, Repo, css, role};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// A picture that everybody who builds the app has.
fn icon() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/icons/32x32.png")
}

fn pictures(repo: &Repo) -> Vec<String> {
    let files = std::fs::read_dir(repo.path("docs/decisions/images")).into_iter().flatten().flatten();
    files.filter_map(|file| file.file_name().into_string().ok()).collect()
}

/// The one picture of the preview, once it is drawn.
fn drawn(app: &App) {
    app.on(&css(".preview .prose img"), "return element.complete && element.naturalWidth;", &json!(32));
}

#[test]
fn a_picture_is_pasted_or_dropped_into_the_record() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    app.press("Enter Enter");
    let bytes = std::fs::read(icon()).expect("the icon is there");
    let copied = app.copy_picture(&bytes);
    app.press("Mod+V");
    app.see(&source().text("](images/0001-cache-quotes-in-memory-"));
    assert!(copied.was_taken(), "the picture came from the clipboard");
    let name = pictures(&repo).pop().expect("a file beside the record");
    assert_eq!(std::fs::read(repo.path(&format!("docs/decisions/images/{name}"))).expect("it can be read"), bytes);
    drawn(&app);
    app.type_text("One cache");
    app.on(&css(".preview .prose img"), "return element.alt;", &json!("One cache"));
    app.screenshot("picture");

    // The same picture again, from a file manager: no second file.
    app.press("Mod+End");
    let drag = app.drag(&[icon()]);
    app.see(&css(".drop").text("Put the picture into the record"));
    drag.release();
    app.see(&source().text("![What the picture shows](images/"));
    assert_eq!(pictures(&repo), std::slice::from_ref(&name));
    app.press("Mod+Z");
    app.see_no(&source().text("What the picture shows"));
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert!(repo.read(CACHE).ends_with(&format!("![One cache](images/{name})\n")), "{}", repo.read(CACHE));
    app.press("Mod+5");
    app.see(&css("main").text(&name));

    // Something else is refused, and said.
    app.press("Mod+1");
    app.click(&role("button").named("Edit"));
    app.see(&source());
    let fake = repo.path("fake.png");
    repo.write("fake.png", "no picture");
    app.drag(&[fake]).release();
    app.see(&role("alert").text("not a picture"));
}

fn found() -> Find {
    css("[data-testid=find-said]")
}

#[test]
fn find_prompts_and_options() {
    let repo = small_log();
    let path = "docs/decisions/0004-options.md";
    let text = "---\nstatus: proposed\ndate: 2026-04-01\n---\n# Options\n\n## Context\n\n{What is true today, with numbers.}\n\n## Considered options\n\n1. Keep the cat\n2. Buy a dog, not a cat\n3. Neither\n\n## Decision\n\n{One paragraph.}\n\n## Consequences\n";
    repo.write(path, text);
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.click(&role("button").named("Edit"));
    app.see(&source());

    // Prompts are placeholders: a click takes one, typing replaces it, Tab goes on.
    app.click(&css(".cm-prompt").nth(0));
    app.type_text("Mice.");
    app.press("Mod+Z");
    app.see(&css(".cm-prompt").text("What is true today"));
    app.click(&css(".cm-prompt").nth(0));
    app.press("Tab");
    app.type_text("No pets.");
    app.see(&source().text("No pets."));
    assert_eq!(app.count(&css(".cm-prompt")), 1);
    let empty = "return getComputedStyle(element, '::after').content;";
    app.on(&css(".preview [data-line]:last-child"), empty, &json!("\"Nothing here yet.\""));

    // An option goes up, its number stays.
    app.focus(&source());
    app.press("Mod+F");
    app.type_text("dog");
    app.see(&found().text("1 match"));
    app.press("Enter");
    app.see(&found().text("1 of 1"));
    app.press("Esc");
    app.see_no(&found());
    app.press("Mod+Alt+Up");
    app.see(&source().text("1. Buy a dog, not a cat"));
    app.see(&css("footer").text("Ln 13"));
    app.screenshot("composing");

    // Replace all says how many; whole words and a pattern that is none yet.
    app.press("Mod+F");
    app.press("Mod+A");
    app.type_text("cat");
    app.click(&role("button").named("Whole words"));
    app.see(&found().text("2 matches"));
    app.fill(&css("[data-testid=replace]"), "tomcat");
    app.screenshot("find");
    sound(&app, "Find");
    app.click(&role("button").named("Replace all"));
    app.see(&found().text("2 matches replaced"));
    app.click(&role("button").named("Regular expression"));
    app.fill(&css("[data-testid=find]"), "(");
    app.see(&found().text("Not a regular expression yet"));
    app.press("Esc");
    app.see_no(&found());
    app.on(&source(), "return element === document.activeElement;", &json!(true));
    app.press("Ctrl+M");
    app.see(&css("footer").text("Tab indents"));
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    let after = text
        .replace("1. Keep the cat\n2. Buy a dog, not a cat", "1. Buy a dog, not a tomcat\n2. Keep the tomcat")
        .replace("{One paragraph.}", "No pets.");
    assert_eq!(repo.read(path), after);
}

#[test]
fn the_form_writes_its_own_lines_and_knows_the_log() {
    let repo = small_log();
    repo.write("services/posting/a.rs", "");
    let app = App::open(&repo);
    app.click(&row("0003"));
    app.click(&role("button").named("Edit"));
    app.see(&source());
    let date = role("textbox").named("Date");
    app.fill(&date, "someday");
    app.focus(&role("textbox").named("Scope"));
    app.see(&css(".form").text("That is no day."));
    app.fill(&date, "14 Mar 2027");
    app.press("Enter");
    app.on(&date, "return element.value;", &json!("2027-03-14"));
    app.click(&role("button").named("Choose a day"));
    app.see(&css(".calendar").text("March 2027"));
    app.screenshot("form-calendar");
    app.press("Right Enter");
    app.on(&date, "return element.value;", &json!("2027-03-15"));

    app.focus(&role("combobox").named("Tags"));
    app.type_text("sp");
    app.see(&role("option").named("speed"));
    app.press("Down Enter");
    app.see(&role("button").named("Remove speed"));
    app.focus(&role("combobox").named("Decision makers"));
    app.press("Down Down Enter");
    app.see(&role("button").named("Remove @dana"));

    app.fill(&role("textbox").named("Binds paths"), "services/postings/**");
    app.focus(&date);
    app.see(&css("[data-testid=glob-lost]").text("No file matches services/postings/**."));
    app.screenshot("form");
    app.click(&css("[data-testid=glob-lost] button"));
    app.see(&css(".form").text("matches 1 file"));

    app.click(&role("button").named("Link a decision"));
    app.type_text("Postgres");
    app.press("Enter");
    app.see(&css(".form").text("Relates to"));
    app.see(&role("button").named("Remove: Relates to 0002"));
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    let after = repo.read(QUEUE);
    let body = QUEUE_TEXT.split_once("---\n#").expect("a body").1;
    assert!(after.ends_with(&format!("---\n#{body}")), "the text is as it was: {after}");
    for line in ["status: proposed", "date: 2027-03-15", "speed", "@dana", "services/posting/**", "ADR-0002"] {
        assert!(after.contains(line), "{line} is missing: {after}");
    }
    sound(&app, "Form");
}

/// No fault that axe finds, in either theme.
fn sound(app: &App, screen: &str) {
    let mut faults = Vec::new();
    look(app, screen, &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn two_versions_come_together() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    app.type_text(" Mine.");
    await_saved(&app, "unsaved");
    let theirs = CACHE_TEXT.replace("forty times", "fifty times").replace("for a minute.", "for an hour.");
    repo.write(CACHE, &theirs);
    app.see(&role("status").text("changed on disk"));
    app.click(&role("button").named("Compare"));
    let dialog = role("dialog").like("Two versions");
    app.click(&role("button").named("Merge").within(&dialog));
    app.see(&css("[data-testid=merge-conflict]").text("for an hour."));
    app.see(&css("[data-testid=merge-left]").text("1 of 1 left to settle"));
    app.screenshot("merge");
    sound(&app, "Merge");
    app.click(&role("button").named("Both").within(&dialog));
    app.see(&css("[data-testid=merge-left]").text("All settled"));
    app.click(&role("button").named("Use the merged text").within(&dialog));
    app.see_no(&dialog);
    assert_eq!(repo.read(CACHE), theirs, "nothing is written before it is saved");
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    let both = "Keep them in memory for a minute. Mine.\nKeep them in memory for an hour.";
    assert_eq!(repo.read(CACHE), theirs.replace("Keep them in memory for an hour.", both));
}

#[test]
fn a_crash_costs_less_than_a_third_of_a_second() {
    const BETWEEN: Duration = Duration::from_millis(50);
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0001", "Cache quotes");
    let typed = " Somebody writes on and on, without a pause in which a draft could be kept, and then the power fails";
    app.type_slowly(typed, BETWEEN);
    app.crash();
    let drafts = std::fs::read_dir(repo.path(".git/precedent/drafts")).expect("drafts are kept there");
    let draft = drafts.flatten().map(|file| file.path()).find(|path| path.extension().is_some_and(|end| end == "json"));
    let draft = std::fs::read_to_string(draft.expect("a whole draft")).expect("it can be read");
    let draft: serde_json::Value = serde_json::from_str(&draft).expect("it is whole");
    let kept = draft["text"].as_str().expect("its text").trim_end();
    let (_, kept) = kept.split_once("for a minute.").expect("the record's own words");
    assert!(typed.starts_with(kept), "{kept}");
    let lost = BETWEEN * u32::try_from(typed.len() - kept.len()).expect("a few letters");
    assert!(lost <= Duration::from_millis(300), "{lost:?} of typing are lost: {kept}");
}
