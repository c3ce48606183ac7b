//! axe-core on every screen in both themes: no fault (WCAG 2.2 A and AA).

use crate::acting::{choose, picture};
use crate::changes::{file, write_message};
use crate::fixture::{CACHE, CACHE_TEXT, QUEUE, QUEUE_TEXT, await_saved, read, row, search, small_log, source, title};
use precedent_e2e::{App, Launch, css, role};

/// Collects what axe finds on the screen as it stands.
pub(crate) fn look(app: &App, screen: &str, faults: &mut Vec<String>) {
    for theme in ["light", "dark"] {
        app.theme(theme);
        faults.extend(app.accessibility().into_iter().map(|one| format!("{screen}, {theme}: {one}")));
    }
    app.theme("light");
}

/// The question before a repository's own hook runs.
fn trust(app: &App, faults: &mut Vec<String>) {
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    write_message(app, "Keep quotes longer");
    app.press("Mod+Enter");
    app.see(&role("dialog").named("Let this repository run its own programs?"));
    look(app, "Trust", faults);
    app.press("Esc");
    app.see_no(&role("dialog"));
}

/// Where a dialog of the registry is looked at, when its picture has another name.
const LOOKED_AT_AS: &[(&str, &str)] = &[
    ("as-of", "as-of-dialog"),
    ("help", "Shortcuts"),
    ("index", "index-write"),
    ("new", "New"),
    ("settings", "Settings, General"),
    ("supersede", "Supersede"),
];

/// A dialog that no test looks at is found here: each name of the registry stands in a call of `look` or `picture`.
#[test]
fn every_dialog_is_looked_at() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let registry = std::fs::read_to_string(root.join("../../ui/src/views/registry.ts")).expect("the registry");
    let dialogs =
        registry.split("const DIALOGS").nth(1).and_then(|rest| rest.split("satisfies").next()).expect("dialogs");
    let names =
        dialogs.lines().filter_map(|line| line.trim().split_once(": () =>")).map(|(name, _)| name.trim_matches('"'));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 10, "{names:?}");
    let tests = std::fs::read_dir(root.join("tests/window")).expect("the tests").filter_map(Result::ok);
    let tests: String = tests.map(|file| std::fs::read_to_string(file.path()).unwrap_or_default()).collect();
    let missing = names.into_iter().filter(|name| {
        let known = LOOKED_AT_AS.iter().find(|(dialog, _)| dialog == name).map_or(*name, |(_, picture)| picture);
        !tests.contains(&format!("look(&app, \"{known}\"")) && !tests.contains(&format!("picture(&app, \"{known}\""))
    });
    let missing: Vec<&str> = missing.collect();
    assert!(
        missing.is_empty(),
        "no test looks at {missing:?}: call `picture(&app, NAME)` while it is open, or name it in LOOKED_AT_AS"
    );
}

#[test]
fn dialogs_that_no_other_story_opens() {
    let repo = small_log();
    let text = QUEUE_TEXT.replace("date: 2026-03-12", "date: 2026--03-12\nrelates-to: [ADR-0002]");
    repo.write(QUEUE, text.replace("Mail is lost", "As ADR-0001 shows, mail is lost"));
    repo.commit_all("Relate");
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    choose(&app, "Accept");
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "status");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.click(&role("button").named("Take out: Relates to 0002"));
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "unlink");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.click(&role("button").named("Change to 2026-03-12"));
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "fix");
    app.press("Mod+Enter");
    app.see_no(&role("dialog"));
    app.see(&role("status").text("Undo"));
    app.click(&role("button").named("Dismiss"));
    app.focus(&css("article"));
    app.press("Mod+Z");
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "undo");
    app.press("Esc");
    app.see_no(&role("dialog"));
    search(&app, "quotes");
    app.press("Mod+S");
    app.see(&role("dialog").like("Save this search as a view"));
    picture(&app, "keep-view");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Esc");
    read(&app, "0001", "Cache quotes");
    app.click(&role("button").like("Link the mention in 0003"));
    app.see(&css("[data-testid=planned-file]"));
    picture(&app, "mentions");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Mod+Shift+P");
    app.type_text("About Precedent");
    app.press("Enter");
    app.see(&role("dialog").named("About Precedent").text("sends nothing"));
    picture(&app, "about");
    app.press("Esc");
    app.see_no(&role("dialog"));
}

/// What a browser does by itself would take the page away: reload, print, its own find, its own menu.
#[test]
fn the_web_view_keeps_its_own_habits_to_itself() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    app.script(
        "window.stayed = true; window.printed = 0; addEventListener('beforeprint', () => window.printed += 1);",
        &[],
    );
    for keys in ["F5", "Mod+Shift+R", "Mod+R", "Mod+G", "Mod+U", "Mod+S", "F3", "Mod+F", "Mod+P"] {
        app.press(keys);
        app.press("Esc");
        app.see_no(&role("dialog"));
    }
    app.see(&title("Use Postgres"));
    assert_eq!(app.script("return [window.stayed, window.printed, scrollY];", &[]), serde_json::json!([true, 0, 0]));
    let menu = "getSelection().removeAllRanges(); if (arguments[1]) getSelection().selectAllChildren(element); return element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));";
    let opens =
        |find: &precedent_e2e::Find, chosen: bool| app.ask(find, &menu.replace("arguments[1]", &chosen.to_string()));
    assert_eq!(opens(&css("article .prose p"), false), false, "nothing is chosen: no menu that reloads");
    assert_eq!(opens(&css("article .prose p"), true), true, "chosen text can be copied");
    assert_eq!(opens(&css("footer"), false), false);
}

#[test]
fn no_screen_has_a_fault() {
    let repo = small_log();
    let mut faults = Vec::new();
    let app = Launch::new().start();
    app.see(&role("heading").named("Decision records that hold."));
    look(&app, "Welcome", &mut faults);
    drop(app);

    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    let made = std::process::Command::new("chmod").arg("+x").arg(repo.path(".git/hooks/pre-commit")).status();
    assert!(made.expect("chmod runs").success());
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    look(&app, "Library", &mut faults);
    app.press("Mod+K");
    app.see(&role("dialog"));
    look(&app, "Palette", &mut faults);
    app.press("Esc");
    search(&app, "quotes");
    app.see(&role("option").nth(0));
    look(&app, "Search", &mut faults);
    app.press("Esc");
    app.press("Mod+N");
    app.see(&role("dialog").named("New decision"));
    look(&app, "New", &mut faults);
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.click(&row("0002"));
    app.see(&title("Use Postgres"));
    app.click(&role("button").named("Supersede"));
    app.see(&role("dialog").named("Supersede ADR-0002"));
    app.fill(&role("textbox").named("Title of the new decision"), "Use one file");
    app.see(&css("[data-testid=planned-file]"));
    look(&app, "Supersede", &mut faults);
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("F1");
    app.see(&role("dialog").named("Keyboard shortcuts"));
    look(&app, "Help", &mut faults);
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Mod+5");
    app.see(&role("option").nth(0));
    look(&app, "Changes", &mut faults);
    trust(&app, &mut faults);
    app.press("Mod+1");
    app.click(&row("0003"));
    app.see(&title("Send mail"));
    app.click(&role("button").named("Edit"));
    app.see(&source());
    look(&app, "Editor", &mut faults);
    app.focus(&source());
    app.press("Mod+End Up End");
    app.type_text(" Mine.");
    await_saved(&app, "unsaved");
    repo.write(QUEUE, QUEUE_TEXT.replace("on a queue", "on two queues"));
    app.click(&role("button").named("Compare"));
    app.see(&role("dialog").like("Two versions"));
    look(&app, "Compare", &mut faults);
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Mod+1");
    app.see(&role("dialog").like("Save changes to"));
    look(&app, "Leave", &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
