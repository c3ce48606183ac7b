//! Settings: each holds at once, by keyboard alone, outlives a restart, and a damaged file is named.

use crate::axe::look;
use crate::fixture::{read, row, small_log, source, tab_to, title};
use precedent_e2e::{App, Find, Home, Launch, Repo, css, role};
use serde_json::{Value, json};
use std::rc::Rc;

fn file(home: &Home) -> std::path::PathBuf {
    home.path().join("config/precedent/settings.json")
}

fn kept(home: &Home) -> Value {
    serde_json::from_slice(&std::fs::read(file(home)).unwrap_or_default()).unwrap_or_default()
}

fn start(home: &Rc<Home>, repo: &Repo) -> App {
    Launch::new().home(home).open(repo.root()).start()
}

fn of_page(app: &App, name: &str, expected: &str) {
    app.on(&css("html"), &format!("return element.getAttribute('{name}');"), &json!(expected));
}

#[test]
fn theme_language_and_a_key_by_keyboard_alone_and_after_a_restart() {
    let repo = small_log();
    let app = App::open(&repo);
    let home = Rc::clone(app.home());
    app.see(&row("0003"));
    app.press("Mod+,");
    app.see(&role("dialog").named("Settings"));
    app.screenshot("settings");
    tab_to(&app, &role("button").named("Dark"));
    app.press("Space");
    of_page(&app, "data-theme", "dark");
    tab_to(&app, &role("button").named("Deutsch"));
    app.press("Space");
    let dialog = role("dialog").named("Einstellungen");
    app.see(&dialog);
    of_page(&app, "lang", "de");
    app.press("Esc");
    app.see_no(&dialog);
    app.see(&role("button").named("Neue Entscheidung"));

    // A key that another action has: who it is, and the way out.
    app.press("Mod+,");
    app.see(&dialog);
    app.press("Down Down");
    app.see(&css("[data-section=keys]"));
    tab_to(&app, &role("textbox").named("Befehl oder Taste suchen"));
    app.type_text("alles suchen");
    tab_to(&app, &css("[data-rekey='palette.open']"));
    app.press("Enter");
    app.see(&css("[data-testid=capture]"));
    app.press("Mod+P");
    app.see(&role("alert").text("Strg P ist die Taste von: Zu einer Entscheidung."));
    app.screenshot("settings-conflict");
    app.press("Enter");
    app.see(&css("[data-action='palette.open']").text("StrgP"));
    app.press("Esc");
    app.see_no(&dialog);
    app.press("Mod+P");
    app.see(&role("combobox").named("Alles suchen oder ausführen"));
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.wait("the settings file", || {
        let now = kept(&home);
        let keys = &now["keys"];
        (now["theme"] == "dark" && now["language"] == "de" && keys["palette.open"] == json!(["mod+p"])).then_some(())
    });
    assert_eq!(kept(&home)["keys"]["go.decision"], json!([]), "taken from the other");
    drop(app);

    // A key of a newer version, as its own window would have left it.
    let mut values = kept(&home);
    values["of-tomorrow"] = json!({ "a": 1 });
    std::fs::write(file(&home), values.to_string()).expect("the settings can be written");
    let app = start(&home, &repo);
    app.see(&role("button").named("Neue Entscheidung"));
    of_page(&app, "data-theme", "dark");
    app.press("Mod+P");
    app.see(&role("combobox").named("Alles suchen oder ausführen"));
    app.press("Esc");
    app.press("Mod+Shift+L");
    of_page(&app, "data-theme", "light");
    app.wait("the settings file", || (kept(&home)["theme"] == "system").then_some(()));
    assert_eq!(kept(&home)["of-tomorrow"], json!({ "a": 1 }), "a key that this version does not know stays");
    pictures_in_german(&app, &repo);
}

/// The longer words fit: nothing is wider than the window on any screen, wide and narrow.
fn pictures_in_german(app: &App, repo: &Repo) {
    repo.write(crate::fixture::QUEUE, crate::fixture::QUEUE_TEXT.replace("on a queue", "on two queues"));
    read(app, "0002", "Use Postgres");
    app.screenshot("german-library");
    app.press("Mod+2");
    app.see(&css("[data-keys=lineage]"));
    app.screenshot("german-lineage");
    app.press("Mod+5");
    app.see(&role("option").nth(0));
    app.screenshot("german-changes");
    app.press("Mod+1");
    app.click(&row("0003"));
    app.see(&title("Send mail"));
    app.click(&role("button").named("Bearbeiten"));
    app.see(&source_in_german());
    app.screenshot("german-editor");
    app.press("Mod+,");
    app.see(&role("dialog").named("Einstellungen"));
    app.screenshot("german-settings");
    app.press("Esc");
    app.press("Mod+1");
    for width in [1100, 900, 720] {
        app.resize(width, 860);
        app.see(&css("article"));
        app.screenshot(&format!("german-{width}"));
        app.on(&css("html"), "return element.scrollWidth <= window.innerWidth;", &json!(true));
    }
}

fn source_in_german() -> Find {
    role("textbox").like("Markdown-Quelltext von")
}

#[test]
fn every_section_does_what_it_says() {
    let repo = small_log();
    repo.write("precedent.toml", "# Ours.\nlogs = [\"docs/decisions\"] # here\n");
    let app = App::open(&repo);
    let mut faults = Vec::new();
    app.see(&row("0003"));
    app.press("Mod+,");
    let dialog = role("dialog").named("Settings");
    app.see(&dialog);
    look(&app, "Settings, General", &mut faults);
    app.click(&role("button").named("Compact"));
    of_page(&app, "data-density", "compact");

    app.click(&role("tab").named("Display"));
    app.click(&role("button").named("Blue and orange"));
    of_page(&app, "data-diff", "blue-orange");
    app.click(&role("checkbox").named("More contrast"));
    of_page(&app, "data-contrast", "more");
    look(&app, "Settings, Display, more contrast", &mut faults);
    app.screenshot("settings-contrast");
    for section in ["Editor", "Git", "Privacy", "Keys"] {
        app.click(&role("tab").named(section));
        app.see(&role("tabpanel").named(section));
        look(&app, &format!("Settings, {section}"), &mut faults);
    }
    app.screenshot("settings-keys");
    app.click(&role("checkbox").named("Single-letter keys"));
    app.press("Esc");
    app.see_no(&dialog);
    app.focus(&role("tree"));
    app.press("E ?");
    app.press("F1");
    app.see(&role("dialog").named("Keyboard shortcuts"));
    assert_eq!(app.count(&source()), 0, "a letter alone does nothing now");
    app.screenshot("shortcuts");
    look(&app, "Shortcuts", &mut faults);
    app.click(&role("button").named("Change keys"));
    app.see(&role("tabpanel").named("Keys"));

    app.click(&role("tab").named("Repository"));
    app.fill(&css("input[type=number]").nth(0), "21");
    let planned = css("[data-testid=planned-file]").text("stale-after = 21");
    app.see(&planned);
    app.screenshot("settings-shared");
    look(&app, "Settings, Repository", &mut faults);
    assert_eq!(repo.read("precedent.toml"), "# Ours.\nlogs = [\"docs/decisions\"] # here\n", "nothing is written yet");
    app.click(&role("button").named("Change for everyone"));
    app.see_no(&planned);
    assert_eq!(repo.read("precedent.toml"), "# Ours.\nlogs = [\"docs/decisions\"] # here\nstale-after = 21\n");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_damaged_file_is_put_aside_and_named() {
    let home = Rc::new(Home::new());
    std::fs::create_dir_all(home.path().join("config/precedent")).expect("a settings folder");
    std::fs::write(file(&home), "{ \"theme\": \"dark\",").expect("a damaged file");
    let app = start(&home, &small_log());
    app.see(&css("body").text("The settings file could not be read."));
    of_page(&app, "data-theme", "light");
    let aside = home.path().join("config/precedent/settings-damaged.json");
    assert_eq!(std::fs::read_to_string(&aside).expect("it is kept"), "{ \"theme\": \"dark\",");
    app.press("Mod+Shift+L");
    app.wait("a new settings file", || (kept(&home)["theme"] == "light").then_some(()));
    app.press("Mod+,");
    app.see(&role("dialog").named("Settings").text("settings-damaged.json"));
}

/// What cannot be reached at twice the size: anything that is cut off at the right, and whatever scrolls sideways, but for code,
/// tables and the chart of time, which are wider than any window.
pub(crate) fn wide(app: &App, screen: &str, faults: &mut Vec<String>) {
    let found = app.script(
        "const page = document.documentElement;
         const wide = page.scrollWidth > window.innerWidth + 1 ? ['the page itself'] : [];
         const may = 'pre, .cm-scroller, .table, [data-testid=code], [data-testid=planned-file], [data-keys=lineage]';
         const sideways = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
         for (const element of document.querySelectorAll('body *')) {
           if (element.clientWidth > 0 && sideways(element) && !element.closest(may)) wide.push(`scrolls sideways, ${element.scrollWidth} in ${element.clientWidth}: ${element.outerHTML.slice(0, 120)}`);
         }
         const hidden = (element) => { for (let up = element; up; up = up.parentElement) { const style = getComputedStyle(up);
           if (up.matches(may) || style.visibility === 'hidden' || (style.clip !== 'auto' && style.position === 'absolute') || style.clipPath !== 'none') return true; } return false; };
         for (const element of document.querySelectorAll('button, input, select, textarea, a[href], [role=tab]')) {
           const box = element.getBoundingClientRect();
           if (box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1) && !hidden(element)) wide.push(`${element.textContent.trim()} ${Math.round(box.left)} to ${Math.round(box.right)}: ${element.outerHTML.slice(0, 120)}`);
         }
         return wide;",
        &[],
    );
    faults.extend(found.as_array().into_iter().flatten().map(|one| format!("{screen}: {one}")));
}

#[test]
fn at_twice_the_size_everything_is_there() {
    let repo = small_log();
    let app = App::open(&repo);
    let mut faults = Vec::new();
    read(&app, "0002", "Use Postgres");
    for _ in 0..6 {
        app.press("Mod+=");
    }
    app.wait("a page half as wide", || (app.script("return window.innerWidth", &[]) == json!(720)).then_some(()));
    app.see_no(&role("tree"));
    // What the check is for, it sees.
    app.script("document.body.insertAdjacentHTML('beforeend', '<div id=probe style=\"overflow-x: auto; width: 90px\"><p style=\"width: 300px\">x</p></div>');", &[]);
    wide(&app, "Probe", &mut faults);
    assert!(faults.len() == 1 && faults[0].contains("scrolls sideways, 300 in 90"), "{faults:?}");
    faults.clear();
    app.script("document.getElementById('probe').remove();", &[]);
    wide(&app, "Library", &mut faults);
    app.screenshot("zoom-library");
    // By keyboard: the driver's mouse does not know of the zoom.
    app.focus(&role("button").named("Back to the list"));
    app.press("Enter");
    app.see(&row("0002"));
    wide(&app, "List", &mut faults);
    app.press("Mod+,");
    app.see(&role("dialog").named("Settings"));
    for section in ["General", "Editor", "Keys", "Git", "Display", "Repository", "Privacy"] {
        app.see(&role("tabpanel").named(section));
        wide(&app, &format!("Settings, {section}"), &mut faults);
        if section == "General" {
            app.screenshot("zoom-settings");
        }
        app.press("Down");
    }
    app.press("Esc");
    app.press("F1");
    app.see(&role("dialog").named("Keyboard shortcuts"));
    wide(&app, "Shortcuts", &mut faults);
    app.screenshot("zoom-shortcuts");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Mod+N");
    app.see(&role("dialog").named("New decision"));
    wide(&app, "New", &mut faults);
    app.press("Esc");
    app.press("Mod+2");
    app.see(&css("[data-keys=lineage]"));
    wide(&app, "Lineage", &mut faults);
    crate::fixture::search(&app, "mail");
    app.see(&role("option").text("Send mail"));
    wide(&app, "Search", &mut faults);
    app.focus(&role("button").like("Filters"));
    app.press("Enter");
    app.see(&role("checkbox").like("Proposed"));
    wide(&app, "Filters", &mut faults);
    app.screenshot("zoom-search");
    app.press("Esc");
    app.see_no(&role("checkbox").like("Proposed"));
    repo.write(crate::fixture::QUEUE, crate::fixture::QUEUE_TEXT.replace("on a queue", "on two queues"));
    app.press("Mod+5");
    app.see(&role("option").nth(0));
    wide(&app, "Changes", &mut faults);
    app.screenshot("zoom-changes");
    app.press("Mod+1");
    app.see(&row("0003"));
    app.focus(&role("tree"));
    app.press("Home J Enter");
    app.see(&title("Send mail"));
    app.focus(&css("article"));
    app.press("E");
    app.see(&source());
    wide(&app, "Editor", &mut faults);
    app.screenshot("zoom-editor");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_the_desktop_asks_for_is_done() {
    let home = Rc::new(Home::new());
    std::fs::create_dir_all(home.path().join("config/gtk-3.0")).expect("a folder of GTK's");
    let wishes = "[Settings]\ngtk-enable-animations=0\ngtk-theme-name=HighContrast\n";
    std::fs::write(home.path().join("config/gtk-3.0/settings.ini"), wishes).expect("GTK's settings");
    let repo = small_log();
    let app = start(&home, &repo);
    read(&app, "0002", "Use Postgres");
    let asked = app.script(
        "return ['(prefers-reduced-motion: reduce)', '(prefers-contrast: more)', '(forced-colors: active)'].map((wish) => matchMedia(wish).matches);",
        &[],
    );
    assert_eq!(asked[0], json!(true), "WebKit passes GTK's wish for no animations on: {asked}");
    app.press("Mod+K");
    app.see(&role("dialog"));
    let moving = app.script(
        "return [...document.querySelectorAll('*')].filter((element) => { const style = getComputedStyle(element); return style.animationName !== 'none' || style.transitionDuration.split(', ').some((span) => span !== '0s'); }).length;",
        &[],
    );
    assert_eq!(moving, json!(0), "nothing moves");
    let contrast = if asked[1] == json!(true) { "more" } else { "normal" };
    of_page(&app, "data-contrast", contrast);
    app.screenshot(&format!("wishes-contrast-{contrast}-forced-{}", asked[2]));
}

/// The variable as the app that lives in this home has it.
fn drawing_of(home: &Home) -> Option<String> {
    let ours = format!("HOME={}", home.path().display());
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten().filter(|process| {
        std::fs::read_to_string(process.path().join("comm")).is_ok_and(|name| name.trim() == "precedent-deskt")
    });
    let all = processes.filter_map(|process| std::fs::read(process.path().join("environ")).ok());
    let mine = all
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .find(|text| text.split('\0').any(|line| line == ours))?;
    mine.split('\0').find_map(|line| line.strip_prefix("WEBKIT_DISABLE_DMABUF_RENDERER=").map(str::to_owned))
}

#[test]
fn compatibility_drawing_is_set_before_the_web_view_and_the_users_own_wins() {
    let home = Rc::new(Home::new());
    std::fs::create_dir_all(home.path().join("config/precedent")).expect("a settings folder");
    std::fs::write(file(&home), "{ \"compatible-drawing\": true }").expect("settings");
    let repo = small_log();
    let app = start(&home, &repo);
    app.see(&row("0001"));
    assert_eq!(drawing_of(&home).as_deref(), Some("1"));
    assert_eq!(app.count(&css("body").text("closed unexpectedly")), 0, "starting again is no crash");
    drop(app);
    let app = Launch::new().home(&home).environment("WEBKIT_DISABLE_DMABUF_RENDERER", "0").open(repo.root()).start();
    app.see(&row("0001"));
    assert_eq!(drawing_of(&home).as_deref(), Some("0"));
}
