//! axe-core on every screen in both themes: no serious or critical fault (WCAG 2.2 A and AA).

use crate::fixture::{CACHE, CACHE_TEXT, read, row, search, small_log, source, title};
use precedent_e2e::{App, Launch, css, role};

/// Collects what axe finds on the screen as it stands.
fn look(app: &App, screen: &str, faults: &mut Vec<String>) {
    for theme in ["light", "dark"] {
        app.theme(theme);
        let found =
            app.accessibility().into_iter().filter(|one| ["serious", "critical"].contains(&one.impact.as_str()));
        faults.extend(found.map(|one| format!("{screen}, {theme}: {one}")));
    }
    app.theme("light");
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
    app.press("Mod+5");
    app.see(&role("option").nth(0));
    look(&app, "Changes", &mut faults);
    app.press("Mod+1");
    app.click(&row("0003"));
    app.see(&title("Send mail"));
    app.click(&role("button").named("Edit"));
    app.see(&source());
    look(&app, "Editor", &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
