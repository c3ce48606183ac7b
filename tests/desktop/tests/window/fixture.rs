//! A small log and names of what tests look for on every screen.

use precedent_e2e::{App, Find, Repo, css, role};

pub(crate) const CACHE: &str = "docs/decisions/0001-cache-quotes-in-memory.md";
pub(crate) const POSTGRES: &str = "docs/decisions/0002-use-postgres-for-invoices.md";
pub(crate) const QUEUE: &str = "docs/decisions/0003-send-mail-through-a-queue.md";

pub(crate) const CACHE_TEXT: &str = "---\nstatus: accepted\ndate: 2026-01-10\ntags: [speed]\n---\n# Cache quotes in memory\n\n## Context\n\nQuotes are asked for forty times a second.\n\n## Decision\n\nKeep them in memory for a minute.\n";
pub(crate) const POSTGRES_TEXT: &str = "---\nstatus: accepted\ndate: 2026-02-11\ndecision-makers: [\"@dana\"]\n---\n# Use Postgres for invoices\n\n## Context\n\nInvoices need transactions over several rows. See [the cache](0001-cache-quotes-in-memory.md).\n\n## Decision\n\nOne Postgres cluster.\n";
pub(crate) const QUEUE_TEXT: &str = "---\nstatus: proposed\ndate: 2026-03-12\n---\n# Send mail through a queue\n\n## Context\n\nMail is lost when the relay restarts.\n\n## Decision\n\nPut every message on a queue.\n";

/// Three records in one log, committed on `main`.
pub(crate) fn small_log() -> Repo {
    Repo::with(
        "shop",
        &[
            ("precedent.toml", "logs = [\"docs/decisions\"]\n"),
            (CACHE, CACHE_TEXT),
            (POSTGRES, POSTGRES_TEXT),
            (QUEUE, QUEUE_TEXT),
        ],
    )
}

/// A record's row in the Library.
pub(crate) fn row(label: &str) -> Find {
    role("treeitem").like(&format!("{label} "))
}

/// The title of the record that is being read.
pub(crate) fn title(text: &str) -> Find {
    css("article h1").text(text)
}

/// The Markdown source in the editor.
pub(crate) fn source() -> Find {
    role("textbox").like("Markdown source of")
}

/// What the editor says about the file: `saved`, `unsaved`, `not-committed`.
pub(crate) fn await_saved(app: &App, state: &str) {
    app.on(&css("[data-testid=saved-state]"), "return element.dataset.state;", &state.into());
}

/// Types a record's number in the list and waits until it can be read. On a busy machine the digits may come too far apart
/// to be one number: then it is typed again.
pub(crate) fn jump(app: &App, number: &str, text: &str) {
    app.see(&row(number));
    pane_of(app, &role("tree"));
    app.wait(format!("{number} to be the active row"), || {
        app.type_text(number);
        let active = app.ask(
            &role("tree"),
            "return document.getElementById(element.getAttribute('aria-activedescendant'))?.textContent ?? '';",
        );
        active.as_str().is_some_and(|row| row.contains(number)).then_some(())
    });
    app.see(&title(text));
}

/// Opens a record from the list and waits until it can be read.
pub(crate) fn read(app: &App, label: &str, text: &str) {
    app.click(&row(label));
    app.see(&title(text));
}

/// Opens the editor on a record and puts the caret at the end of its last line.
pub(crate) fn edit_at_end(app: &App, label: &str, text: &str) {
    read(app, label, text);
    app.click(&role("button").named("Edit"));
    app.see(&source());
    app.focus(&source());
    app.press("Mod+End Up End");
}

/// Searches all text; whatever was asked before is replaced.
pub(crate) fn search(app: &App, words: &str) {
    app.press("Mod+Shift+F");
    let field = role("textbox").named("Search all text");
    app.on(&field, "return element === document.activeElement;", &true.into());
    app.press("Mod+A");
    app.type_text(words);
    app.on(&field, "return element.value;", &words.into());
}

/// Waits until the first match has the focus.
pub(crate) fn await_focus(app: &App, find: &Find) {
    app.on(find, "return element === document.activeElement;", &true.into());
}

fn has_focus(app: &App, find: &Find, within: bool) -> bool {
    let body = if within {
        "return element.contains(document.activeElement);"
    } else {
        "return element === document.activeElement;"
    };
    app.sees(find) && app.ask(find, body) == true
}

/// Moves the focus on by Tab until it is on `find`.
pub(crate) fn tab_to(app: &App, find: &Find) {
    press_until(app, "Tab", find, false, 60);
}

/// Moves the focus on by Tab until it is inside `find`.
pub(crate) fn tab_into(app: &App, find: &Find) {
    press_until(app, "Tab", find, true, 60);
}

/// Moves the focus on by F6 until it is in the pane of `find`.
pub(crate) fn pane_of(app: &App, find: &Find) {
    press_until(app, "F6", find, true, 10);
}

fn press_until(app: &App, key: &str, find: &Find, within: bool, most: usize) {
    app.see(find);
    for _ in 0..most {
        if has_focus(app, find, within) {
            return;
        }
        app.press(key);
    }
    app.fail(&format!("{key} never came to {find}"));
}
