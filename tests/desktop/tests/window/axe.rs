//! axe-core on every screen in both themes: no serious or critical fault (WCAG 2.2 A and AA).

use crate::changes::{file, write_message};
use crate::fixture::{CACHE, CACHE_TEXT, QUEUE, QUEUE_TEXT, await_saved, read, row, search, small_log, source, title};
use precedent_e2e::{App, Launch, css, role};

/// Collects what axe finds on the screen as it stands.
pub(crate) fn look(app: &App, screen: &str, faults: &mut Vec<String>) {
    for theme in ["light", "dark"] {
        app.theme(theme);
        let found =
            app.accessibility().into_iter().filter(|one| ["serious", "critical"].contains(&one.impact.as_str()));
        faults.extend(found.map(|one| format!("{screen}, {theme}: {one}")));
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

#[test]
fn no_screen_has_a_serious_fault() {
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
