//! New records and lifecycle steps: the write is shown first, then done as shown.

use crate::acting::{choose, picture, planned};
use crate::changes::message;
use crate::fixture::{CACHE, CACHE_TEXT, QUEUE, QUEUE_TEXT, pane_of, read, row, small_log, source, tab_to, title};
use precedent_e2e::{App, css, role};

#[test]
fn a_new_decision_starts_from_a_template() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+N");
    let dialog = role("dialog").named("New decision");
    app.see(&dialog);
    app.on(&role("textbox").named("Title, as a statement"), "return element === document.activeElement;", &true.into());
    app.type_text("Sign every invoice");
    app.see(&css("[data-testid=file-name]").text("0004-sign-every-invoice.md"));
    app.see(&role("radio").within(&dialog).nth(1));
    app.screenshot("new");
    // A number of one's own; one that is taken says whose it is.
    let number = role("textbox").named("Number");
    app.on(&number, "return element.value;", &"0004".into());
    app.fill(&number, "2");
    app.see(
        &css("[data-testid=number-taken]")
            .text("0002 is taken by 0002-use-postgres-for-invoices.md. 0004 is the next free number."),
    );
    picture(&app, "new-number-taken");
    app.fill(&number, "40");
    app.see(&css("[data-testid=file-name]").text("0040-sign-every-invoice.md"));
    app.press("Mod+A Backspace");
    app.see(&css("[data-testid=file-name]").text("0004-sign-every-invoice.md"));
    // A template of one's own begins as a copy; what was typed is still there.
    app.click(&role("radio").like("Blank"));
    app.click(&role("button").named("Edit templates"));
    app.see(&planned("docs/decisions/templates/blank.md"));
    picture(&app, "template");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.press("Mod+N");
    app.on(&role("textbox").named("Title, as a statement"), "return element.value;", &"Sign every invoice".into());
    app.click(&role("radio").like("Context, drivers"));
    app.see(&css("[data-testid=file-name]").text("0004-sign-every-invoice.md"));
    assert!(
        !repo.path("docs/decisions/0004-sign-every-invoice.md").exists(),
        "nothing is written before it is agreed to"
    );
    app.click(&role("button").like("Start writing"));
    app.see_no(&dialog);
    app.see(&source().text("Sign every invoice"));
    let text = repo.read("docs/decisions/0004-sign-every-invoice.md");
    assert!(text.contains("# Sign every invoice"), "{text}");
    assert!(text.contains("status: proposed"), "{text}");
    app.press("Mod+1");
    app.see(&row("0004").text("proposed"));
}

/// DESIGN §7.4 without the mouse and without help: from the list to the commit.
#[test]
fn a_decision_is_proposed_by_keyboard_alone() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+N");
    let dialog = role("dialog").named("New decision");
    let name = role("textbox").named("Title, as a statement");
    app.on(&name, "return element === document.activeElement;", &true.into());
    // A title that is close to another is named while it is typed.
    app.type_text("Use Postgres for invoices");
    app.see(&dialog.clone().text("One record is close."));
    app.see(&role("button").like("Supersede 0002 instead"));
    app.press("Mod+A");
    app.type_text("Sign every invoice");
    app.see_no(&css("[data-testid=close-titles]"));
    // The template by its arrows.
    let minimal = role("radio").like("MADR, minimal");
    tab_to(&app, &minimal);
    app.press("Down");
    app.on(&role("radio").like("Nygard"), "return element.checked;", &true.into());
    app.press("Up");
    app.on(&minimal, "return element.checked && element === document.activeElement;", &true.into());
    app.see(&css("[data-testid=file-name]").text("0004-sign-every-invoice.md"));
    app.press("Mod+Enter");
    app.see_no(&dialog);

    // The caret stands in the first prompt: typing takes its place, Tab goes on to the next.
    app.see(&source());
    app.on(&source(), "return element === document.activeElement;", &true.into());
    let prompts = || app.count(&css(".cm-prompt"));
    app.wait("prompts", || (prompts() == 5).then_some(()));
    app.type_text("Customers ask who wrote it.");
    app.see(&source().text("Customers ask who wrote it."));
    app.see_no(&source().text("Describe the context"));
    for text in ["Sign it", "Do not", "Sign it", "a key costs nothing"] {
        let before = prompts();
        app.press("Tab");
        app.on(
            &source(),
            "return element === document.activeElement && getSelection().toString().startsWith('{');",
            &true.into(),
        );
        app.type_text(text);
        app.wait("one prompt less", || (prompts() < before).then_some(()));
    }
    app.screenshot("propose-editor");
    app.press("Mod+Shift+S");

    // Review changes: it is staged, its message is ready.
    let path = "docs/decisions/0004-sign-every-invoice.md";
    app.see(&css(&format!("[data-path='{path}'][data-staged=true]")));
    app.on(&message(), "return element.value;", &"Propose ADR-0004: Sign every invoice".into());
    app.press("Mod+Enter");
    app.wait("the commit", || {
        (repo.git(["log", "-1", "--format=%s"]).trim() == "Propose ADR-0004: Sign every invoice").then_some(())
    });
    let text = repo.read(path);
    assert!(text.contains("status: proposed") && text.contains("* Sign it\n* Do not\n"), "{text}");
    assert!(text.ends_with("Chosen option: \"Sign it\", because a key costs nothing.\n"), "{text}");
    assert_eq!(repo.git(["show", "HEAD", "--name-only", "--format="]).trim(), path);
    repo.assert_sound();
}

#[test]
fn accepting_shows_the_change_and_writes_one_line() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0003", "Send mail");
    app.click(&role("button").named("More actions"));
    app.click(&role("menuitem").like("Accept"));
    let dialog = role("dialog").like("Accept");
    app.see(&css("[data-testid=planned-file]").within(&dialog));
    assert_eq!(repo.read(QUEUE), QUEUE_TEXT);
    app.click(&role("button").like("Accept").within(&dialog));
    app.see_no(&dialog);
    app.see(&row("0003").text("accepted"));
    let text = repo.read(QUEUE);
    let changed: Vec<_> = QUEUE_TEXT.lines().zip(text.lines()).filter(|(old, new)| old != new).collect();
    assert!(changed.contains(&("status: proposed", "status: accepted")), "{text}");
    assert!(changed.len() <= 2, "only the status, and perhaps the date, differ: {changed:?}");

    // A successor that is not decided yet leaves the old record as it is; accepting it marks the old one, shown before.
    read(&app, "0001", "Cache quotes");
    pane_of(&app, &css("article"));
    app.press("S");
    let dialog = role("dialog").named("Supersede ADR-0001");
    app.see(&dialog);
    app.type_text("Keep quotes in Redis");
    app.see(&dialog.clone().text("When the new decision is accepted, 0001 is marked."));
    app.see(&css("[data-testid=planned-file]").within(&dialog));
    picture(&app, "supersede-deferred");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    let (old, new) = (CACHE, "docs/decisions/0004-keep-quotes-in-redis.md");
    app.see(&title("Keep quotes in Redis"));
    assert_eq!(repo.read(old), CACHE_TEXT, "the old record keeps its status and gains nothing");
    assert!(repo.read(new).contains("status: proposed") && repo.read(new).contains("supersedes: [ADR-0001]"));
    app.see(&role("navigation").named("Supersession chain").text("Would replace"));
    app.see(&row("0001").text("accepted"));
    picture(&app, "deferred");
    choose(&app, "Accept");
    let dialog = role("dialog").like("Accept");
    app.see(&planned(new).within(&dialog));
    app.see(&planned(old).within(&dialog));
    assert_eq!(repo.read(old), CACHE_TEXT, "nothing is written before it is agreed to");
    picture(&app, "deferred-accept");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&row("0004").text("accepted"));
    app.see(&row("0001").text("superseded"));
    assert!(repo.read(new).contains("status: accepted"), "{}", repo.read(new));
    assert!(
        repo.read(old).contains("status: superseded by [ADR-0004](0004-keep-quotes-in-redis.md)\n"),
        "{}",
        repo.read(old)
    );
    // One step takes both back.
    pane_of(&app, &css("article"));
    app.press("Mod+Z");
    app.see(&row("0001").text("accepted"));
    assert_eq!(repo.read(old), CACHE_TEXT);
}

#[test]
fn a_proposal_on_main_gets_a_branch_of_its_own() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    let dialog = role("dialog").named("New decision");
    let on_branch = role("checkbox").like("on a new branch").within(&dialog);
    let propose = |title: &str, file: &str| {
        app.press("Mod+N");
        app.see(&dialog);
        app.focus(&role("textbox").named("Title, as a statement"));
        app.type_text(title);
        app.see(&css("[data-testid=file-name]").text(file));
    };
    let branch = || repo.git(["branch", "--show-current"]).trim().to_owned();

    propose("Sign every invoice", "0004-sign-every-invoice.md");
    app.on(&on_branch, "return element.checked;", &true.into());
    app.screenshot("new-branch");
    assert_eq!(branch(), "main");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&role("status").text("created on the branch adr/0004-sign-every-invoice"));
    app.see(&css(".topbar .branch").text("adr/0004-sign-every-invoice"));
    assert_eq!(branch(), "adr/0004-sign-every-invoice");
    assert_eq!(repo.git(["status", "--porcelain"]).trim(), "A  docs/decisions/0004-sign-every-invoice.md");

    // Beside main the next one stays where one is, and a successor is accepted at once.
    propose("Round to cents", "0005-round-to-cents.md");
    app.on(&on_branch, "return element.checked;", &false.into());
    app.press("Mod+Enter");
    app.see_no(&dialog);
    assert_eq!(branch(), "adr/0004-sign-every-invoice");
    app.press("Mod+1");
    read(&app, "0002", "Use Postgres");
    app.focus(&css("article"));
    app.press("S");
    let accepted = role("button").named("Accepted").within(&role("dialog"));
    app.on(&accepted, "return element.getAttribute('aria-pressed');", &"true".into());
    app.press("Esc");

    // On main again: nothing was lost, and unticking keeps to main.
    repo.git(["stash", "-q"]);
    repo.git(["switch", "-q", "main"]);
    app.see(&css(".topbar .branch").text("main"));
    app.see_no(&row("0004"));
    propose("Keep receipts", "0004-keep-receipts.md");
    app.click(&on_branch);
    app.on(&on_branch, "return element.checked;", &false.into());
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&source().text("Keep receipts"));
    assert_eq!(branch(), "main");
    repo.assert_sound();
}

/// Why a branch cannot be had is said in the dialog, and nothing is written.
#[test]
fn a_branch_that_cannot_be_had_is_explained() {
    let repo = small_log();
    repo.git(["branch", "adr"]);
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+N");
    let dialog = role("dialog").named("New decision");
    app.see(&dialog);
    app.focus(&role("textbox").named("Title, as a statement"));
    app.type_text("Sign every invoice");
    app.see(&css("[data-testid=file-name]").text("0004-sign-every-invoice.md"));
    app.press("Mod+Enter");
    app.see(&css("dialog .banner").text("The branch adr/0004-sign-every-invoice cannot be created"));
    app.screenshot("new-branch-refused");
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    assert_eq!(repo.git(["branch", "--show-current"]).trim(), "main");
    app.click(&role("checkbox").like("on a new branch").within(&dialog));
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see(&source().text("Sign every invoice"));
}
