//! The Library by keyboard alone: finding and keeping a search, reading along a chain, changing several records at once.

use crate::acting::picture;
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, QUEUE, jump, pane_of, read, row, search, small_log, tab_to, title};
use precedent_e2e::{App, Find, Launch, Repo, css, role};
use serde_json::json;

fn focused(app: &App, find: &Find) {
    app.on(find, "return element === document.activeElement;", &true.into());
}

/// The dialog on top; its answer by Mod+Enter closes it.
fn agree(app: &App, name: &str, expects: &Find) {
    let dialog = role("dialog").like(name);
    app.see(&dialog);
    app.see(expects);
    app.press("Mod+Enter");
    app.see_no(&dialog);
}

#[test]
fn a_search_is_kept_as_a_view_by_keyboard_alone() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    app.wait("the page", || (app.script("return document.readyState", &[]) == "complete").then_some(()));
    // At once, however far the opening is: the field takes the focus when it is there.
    app.press("Mod+Shift+F");
    let field = role("textbox").named("Search all text");
    focused(&app, &field);
    app.type_text("status:accepted balance");
    app.see(&css(".token").text("status:accepted"));
    app.see(&role("option").text("balance"));
    // N walks through the matches of the preview while the results have the focus.
    let results = role("listbox").named("Matching records");
    pane_of(&app, &results);
    tab_to(&app, &results);
    app.see(&css("section").text("Match 1 of"));
    app.press("N");
    app.see(&css("section").text("Match 2 of"));
    app.press("Mod+S");
    agree(&app, "Save this search as a view", &role("textbox").named("Name"));
    let view = role("button").like("status:accepted balance");
    app.see(&view);
    // The first Backspace chooses the token, the second takes it away.
    app.press("Mod+Shift+F");
    focused(&app, &field);
    app.press("Home Backspace");
    app.see(&css(".token.marked").text("status:accepted"));
    app.screenshot("library-search");
    app.press("Backspace");
    app.see_no(&css(".token"));
    app.press("Esc");
    app.see(&role("tree"));

    let sidebar = role("navigation").named("Main");
    let to = |view: &Find| {
        pane_of(&app, &sidebar);
        tab_to(&app, view);
    };
    to(&view);
    app.press("Enter");
    app.see(&role("heading").text("status:accepted balance"));
    assert!(app.count(&role("treeitem")) > 1, "{}", app.visible_text());
    to(&view);
    app.press("F2");
    let name = role("textbox").named("Name");
    focused(&app, &name);
    app.press("Mod+A");
    app.type_text("Balances");
    app.press("Enter");
    let view = role("button").like("Balances");
    app.see(&view);
    app.see(&role("heading").text("Balances"));
    app.screenshot("library-view");
    to(&view);
    app.press("Delete");
    app.see_no(&view);
    app.press("Mod+Z");
    app.see(&view);

    // A second one goes up by a key, and stays there.
    app.press("Mod+Shift+F Mod+A Backspace");
    app.type_text("retries");
    app.see(&role("option").nth(0));
    app.press("Mod+S");
    agree(&app, "Save this search as a view", &role("textbox").named("Name"));
    let second = role("button").like("retries");
    app.press("Esc");
    to(&second);
    let top = |find: &Find| app.ask(find, "return element.getBoundingClientRect().top;").as_f64().unwrap_or_default();
    assert!(top(&view) < top(&second), "a new view is the last one");
    app.press("Alt+Up");
    app.wait("the second view above the first", || (top(&second) < top(&view)).then_some(()));
    focused(&app, &second);
    app.press("Alt+Down");
    app.wait("the second view below the first", || (top(&view) < top(&second)).then_some(()));
    app.press("Alt+Up");
    app.wait("the second view above the first", || (top(&second) < top(&view)).then_some(()));

    // It is the user's and outlives the window.
    let home = app.home().clone();
    app.wait("the views kept in that order", || {
        let kept = std::fs::read_to_string(home.path().join("config/precedent/views.json")).ok()?;
        (kept.find("\"retries\"")? < kept.find("\"Balances\"")?).then_some(())
    });
    drop(app);
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&role("button").like("Balances"));
    let top = |name: &str| app.ask(&role("button").like(name), "return element.getBoundingClientRect().top;").as_f64();
    assert!(top("retries") < top("Balances"), "the order is kept");
}

#[test]
fn reading_follows_chain_citation_and_history_by_keyboard_alone() {
    let repo = Repo::sample();
    let app = App::open(&repo);
    app.see(&row("0026"));
    // §7.2: the palette, or the number itself.
    app.press("Mod+K");
    app.see(&role("dialog"));
    app.type_text("source of balance");
    app.see(&role("option").text("Postings are the only source"));
    app.press("Enter");
    app.see(&title("Postings are the only source"));
    jump(&app, "0021", "Postings are the only source");
    app.press("Space");
    let peek = css("[data-testid=peek]");
    app.see(&peek.clone());
    app.screenshot("library-peek");
    app.press("Esc");
    app.see_no(&peek);

    // §7.3: chain, citation, history.
    app.press("Enter");
    focused(&app, &css("article.reader"));
    app.press("[");
    app.see(&title("Refresh balances from a nightly projection"));
    app.see(&role("status").text("Superseded by 0021"));
    app.press("]");
    app.see(&title("Postings are the only source"));
    tab_to(&app, &css("article.reader .prose a.citation").nth(0));
    let card = role("tooltip").text("ADR-");
    app.see(&card);
    app.see(&css("#peek-card .decided"));
    app.screenshot("library-card");
    app.press("Esc");
    app.see_no(&card);
    app.press("D");
    let change = role("dialog");
    app.see(&change);
    picture(&app, "commit-diff");
    app.press("Esc");
    app.see_no(&change);

    // Two records side by side: keys act on the one that has the focus.
    app.press("Mod+Enter");
    let second = role("region").named("Second record");
    app.see(&second);
    focused(&app, &css("article[data-second]"));
    app.press("[");
    app.see(&title("Refresh balances from a nightly projection").within(&second));
    app.see(&title("Postings are the only source"));
    app.screenshot("library-beside");
    tab_to(&app, &role("button").named("Close this reader"));
    app.press("Enter");
    app.see_no(&second);
    app.see(&title("Postings are the only source"));
}

#[test]
fn several_records_change_in_one_step_and_go_back_in_one() {
    let repo = small_log();
    let texts = || [CACHE, POSTGRES, QUEUE].map(|path| repo.read(path));
    let before = texts();
    let app = App::open(&repo);
    app.see(&row("0003"));
    pane_of(&app, &role("tree"));
    app.press("Home J X J J Shift+Down");
    app.see(&role("toolbar").text("2 records selected"));
    app.press("Mod+A");
    app.see(&role("toolbar").text("3 records selected"));
    app.screenshot("library-selected");
    tab_to(&app, &role("button").named("Status and tags…"));
    app.press("Enter");
    let dialog = role("dialog").named("Change 3 records");
    app.see(&dialog);
    let status = role("combobox").named("Status").within(&dialog);
    tab_to(&app, &status);
    app.type_text("dep");
    app.on(&status, "return element.value;", &"deprecated".into());
    // The proposal has no such step: nothing is planned until it is left out.
    app.see(&dialog.clone().text("0003: proposed → deprecated is not a step of its life"));
    app.screenshot("library-bulk-refused");
    tab_to(&app, &role("checkbox").like("Leave out records"));
    app.press("Space");
    app.wait("a preview of both files", || (app.count(&css("[data-testid=planned-file]")) == 2).then_some(()));
    picture(&app, "bulk");
    assert_eq!(texts(), before, "nothing is written before the plan is agreed to");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    // It lies in the folded group of what no longer holds.
    app.see_no(&row("0001"));
    let after = texts();
    assert!(after[0].contains("status: deprecated") && after[1].contains("status: deprecated"), "{after:?}");
    assert_eq!(after[2], before[2]);
    app.press("Mod+Z");
    app.see(&row("0001").text("accepted"));
    assert_eq!(texts(), before);
}

#[test]
fn a_bare_mention_becomes_a_link_and_search_leaves_the_list_as_it_was() {
    let repo = small_log();
    repo.write(QUEUE, repo.read(QUEUE).replace("Mail is lost", "As ADR-0001 shows, mail is lost"));
    repo.commit_all("Mention");
    let app = App::open(&repo);
    app.click(&row("0001"));
    app.see(&title("Cache quotes in memory"));
    app.see(&css("aside").text("Mentions without a link"));
    app.click(&role("button").like("Link the mention in 0003"));
    agree(&app, "Link ADR-0001 in ADR-0003", &css("[data-testid=planned-file]"));
    app.see_no(&css("aside h3").text("Mentions without a link"));
    assert!(repo.read(QUEUE).contains("As [ADR-0001](0001-cache-quotes-in-memory.md) shows"), "{}", repo.read(QUEUE));
    assert!(repo.read(CACHE) == CACHE_TEXT);

    pane_of(&app, &role("tree"));
    app.press("/");
    app.see(&role("textbox").named("Filter this list"));
    app.type_text("quotes");
    app.see_no(&row("0002"));
    search(&app, "postgres");
    app.see(&role("option").text("Use Postgres"));
    app.press("Esc");
    app.see(&row("0001"));
    app.see_no(&row("0002"));
    app.see(&title("Cache quotes in memory"));
}

/// Whoever reads a record aloud is told its language, wherever it is drawn (WCAG 3.1.2).
#[test]
fn a_record_says_what_language_it_is_in() {
    let repo = small_log();
    let german = "---\nstatus: proposed\ndate: 2026-03-12\n---\n# Mails kommen in eine Warteschlange\n\n## Kontext\n\nMails sind weg, wenn das Relais neu startet, und das ist nicht gut.\n";
    repo.write(QUEUE, german);
    repo.write(CACHE, CACHE_TEXT.replace("status: accepted", "status: accepted\nlang: pt-BR"));
    let app = App::open(&repo);
    let spoken = |element: &str, lang: &str| app.on(&css(element), "return element.lang;", &lang.into());
    app.click(&row("0003"));
    app.see(&title("Mails kommen"));
    spoken("article h1", "de");
    spoken("article .body", "de");
    app.click(&row("0001"));
    app.see(&title("Cache quotes"));
    spoken("article h1", "pt-BR");
    spoken("article .body", "pt-BR");
    app.focus(&role("tree"));
    app.press("Space");
    app.see(&css("[data-testid=peek]"));
    spoken("[data-testid=peek] .body", "pt-BR");
    app.press("Esc");
    search(&app, "Warteschlange");
    app.see(&css("article.preview h1"));
    spoken("article.preview h1", "de");
    spoken("article.preview .body", "de");
    app.press("Esc");
    app.see(&row("0003"));
    app.click(&row("0003"));
    app.see(&title("Mails kommen"));
    app.click(&role("button").named("Edit"));
    app.see(&css(".preview .body"));
    spoken(".preview h1", "de");
    spoken(".preview .body", "de");
    app.press("Mod+5");
    crate::changes::open_changes(&app, QUEUE);
    app.click(&crate::changes::file(QUEUE));
    app.see(&css(".rendered .body"));
    spoken(".rendered .body", "de");
}

/// One menu of a record, at the row or the mouse it was asked for at, in both lists.
#[test]
fn the_menu_of_a_row_opens_at_the_row() {
    let repo = small_log();
    let app = App::open(&repo);
    let menu = role("menu");
    let below = |row: &Find| {
        let edges = |find: &Find| {
            let box_of =
                "const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom].map(Math.round);";
            let found = app.ask(find, box_of);
            [0, 1, 2, 3].map(|at| found[at].as_i64().unwrap_or_default())
        };
        let ([left, top, right, bottom], menu) = (edges(row), edges(&menu));
        let is_at = menu[0] >= left - 2 && menu[0] <= right && menu[1] >= top && menu[1] <= bottom + 8;
        assert!(is_at, "the menu is at {menu:?}, the row at {left}, {top} to {right}, {bottom}");
    };
    app.see(&row("0003"));
    app.focus(&role("tree"));
    app.press("Home J");
    app.see(&title("Send mail"));
    for key in [".", "Shift+F10"] {
        app.press(key);
        app.see(&role("menuitem").like("Copy link").within(&menu));
        below(&row("0003"));
        app.screenshot("row-menu");
        app.press("Esc");
        app.see_no(&menu);
        focused(&app, &role("tree"));
    }
    app.click_other(&row("0001"));
    app.see(&title("Cache quotes"));
    app.see(&menu);
    below(&row("0001"));
    app.click(&role("menuitem").like("Rename").within(&menu));
    app.see(&role("dialog").like("ADR-0001"));
    app.press("Esc");
    app.see_no(&role("dialog"));

    search(&app, "mail");
    let hit = role("option").text("Send mail");
    app.see(&hit);
    app.focus(&role("listbox"));
    app.press(".");
    app.see(&role("menuitem").like("Accept").within(&menu));
    below(&hit);
    app.screenshot("hit-menu");
    app.press("Esc");
    app.see_no(&menu);
    focused(&app, &role("listbox"));
    app.click_other(&hit);
    app.see(&menu);
    below(&hit);
    app.click(&role("menuitem").like("Accept").within(&menu));
    app.see(&role("dialog").like("Accept"));
}

const FENCING: &str = "docs/decisions/0005-fencing-token.md";

/// Mock 01: the chain with what would refine and replace, and a row for what cannot be read.
#[test]
fn the_ribbon_shows_what_is_open_and_a_broken_row_what_is_wrong() {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("status: accepted", "status: superseded by ADR-0002"));
    repo.write(POSTGRES, repo.read(POSTGRES).replace("date: 2026-02-11", "date: 2026-02-11\nsupersedes: [ADR-0001]"));
    repo.write(
        FENCING,
        "---\nstatus: proposed\ndate: 2026-05-01\nrelates-to: [{ref: ADR-0002, as: refines}]\n---\n# Writes carry a fencing token\n\nx\n",
    );
    repo.write(
        "docs/decisions/0006-one-cluster-a-region.md",
        "---\nstatus: proposed\ndate: 2026-05-02\nsupersedes: [ADR-0002]\n---\n# One cluster a region\n\nx\n",
    );
    repo.write(
        "docs/decisions/0007-keys.md",
        "---\nstatus: accepted\ndate: 2026-05-03\ntags: [a, \"b\n---\n\n# Keys\n\nx\n",
    );
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    let node = |label: &str| css("nav.chain .node").text(label);
    app.see(&node("0001"));
    app.see(&node("0005").text("Would refine"));
    app.see(&node("0006").text("Would replace"));
    let dashed = app.ask(
        &css("nav.chain"),
        "return [...element.querySelectorAll('.node')].map((node) => [node.querySelector('.mono').textContent.trim().slice(0, 4), node.querySelector('.ln') ? node.querySelector('.ln').classList.contains('dash') : null]);",
    );
    assert_eq!(dashed, json!([["0001", false], ["0002", true], ["0005", true], ["0006", null]]));
    let broken = row("0007");
    app.see(&broken.clone().text("0007-keys.md"));
    app.see(&css(".rec .broken").within(&broken));
    app.see(&css(".rec .me").within(&broken).text("front matter"));
    app.screenshot("library-mock");
}
