//! What goes wrong is said in sentences: what happened, where, and what to do.

use crate::acting::{choose, picture, planned};
use crate::changes::{file, open_changes};
use crate::fixture::{
    CACHE, CACHE_TEXT, POSTGRES, QUEUE, await_saved, edit_at_end, read, row, small_log, source, title,
};
use precedent_e2e::{App, Launch, Repo, css, role};

/// No word of the code or of the command line is on the screen.
fn plain(app: &App) {
    let text = app.visible_text();
    for word in ["Error {", "Err(", "Some(", "os error", "ErrorCode", "`precedent ", "--force", "undefined", "[object"]
    {
        assert!(!text.contains(word), "{word:?} is on the screen:\n{text}");
    }
}

#[test]
fn a_repository_that_goes_away_is_said_to_be_gone() {
    let repo = small_log();
    let app = App::open(&repo);
    edit_at_end(&app, "0003", "Send mail");
    app.type_text(" Mine.");
    await_saved(&app, "unsaved");
    let elsewhere = repo.root().with_file_name("elsewhere");
    std::fs::rename(repo.root(), &elsewhere).expect("a folder can be moved");
    app.press("Mod+S");
    app.see(&role("alert").text("What you see was read before"));
    picture(&app, "gone");
    app.see(&source().text("Mine."));
    plain(&app);

    // It comes back: nothing was lost, and it is followed again.
    app.see_no(&css("footer").text("Watching"));
    std::fs::rename(&elsewhere, repo.root()).expect("a folder can be moved back");
    app.see_no(&role("alert").text("What you see was read before"));
    app.see(&source().text("Mine."));
    app.press("Mod+S");
    await_saved(&app, "not-committed");
    assert!(repo.read(QUEUE).contains("Mine."), "{}", repo.read(QUEUE));
}

#[test]
fn refusals_use_the_words_of_the_window() {
    let repo = small_log();
    repo.write(QUEUE, repo.read(QUEUE).replace("date: 2026-03-12", "date: 2026-03-12\ndepends-on: [ADR-0002]"));
    let app = App::open(&repo);
    read(&app, "0002", "Use Postgres");
    choose(&app, "Delete");
    app.see(&planned(POSTGRES));
    app.press("Mod+Enter");
    app.see(&css("dialog .banner").text("1 record rests on"));
    app.see(&css("dialog pre").text(QUEUE));
    picture(&app, "delete-refused");
    plain(&app);
    app.press("Esc");
    app.see_no(&role("dialog"));
    choose(&app, "Move");
    app.fill(&role("textbox").like("Folder"), "../elsewhere");
    app.see(&css("dialog .banner").text("is not a folder of this repository"));
    plain(&app);
}

#[test]
fn nobody_to_commit_as_and_a_repository_in_use_are_explained() {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    let home = std::rc::Rc::new(precedent_e2e::Home::new());
    std::fs::write(home.path().join(".gitconfig"), "[init]\n\tdefaultBranch = main\n").expect("a git configuration");
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    repo.write(".git/index.lock", "");
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(".banner").text("another program is working in this repository").text("Wait for it to finish"));
    plain(&app);
    std::fs::remove_file(repo.path(".git/index.lock")).expect("the lock");
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    app.press("Mod+Enter");
    app.see(&css(".banner").text("git doesn’t know who you are."));
    app.see(&css("body").text("git config --global user.name"));
    picture(&app, "identity");
    plain(&app);
}

#[test]
fn records_that_cannot_be_read_or_edited_say_why() {
    let repo = small_log();
    repo.write(
        "docs/decisions/0004-broken.md",
        "---\nstatus: accepted\ndate: 2026-09-01\ntags: [a\n---\n# Broken\n\nx\n",
    );
    repo.write(
        "docs/decisions/0005-latin.md",
        b"---\nstatus: accepted\ndate: 2026-09-02\n---\n# Caf\xe9 menu\n\nD\xe9j\xe0 vu.\n",
    );
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&css(".banner").text("0004 can’t be read."));
    app.see(&role("button").like("Fix line"));
    read(&app, "0005", "Café menu");
    app.see(&css(".banner").text("This file is not UTF-8"));
    picture(&app, "latin-1");
    assert_eq!(app.attribute(&role("button").named("Edit"), "aria-disabled").as_deref(), Some("true"));
    plain(&app);
    app.click(&role("button").named("Convert to UTF-8…").within(&css(".banner")));
    let dialog = role("dialog").named("Convert ADR-0005 to UTF-8");
    app.see(&planned("docs/decisions/0005-latin.md").within(&dialog));
    picture(&app, "convert-utf8");
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.see_no(&css(".banner").text("This file is not UTF-8"));
    assert!(repo.read("docs/decisions/0005-latin.md").ends_with("# Café menu\n\nDéjà vu.\n"));
}

#[test]
fn a_bare_repository_is_no_folder_to_set_git_up_in() {
    let hub = Repo::folder("hub.git");
    hub.git(["init", "-q", "--bare"]);
    let app = Launch::new().open(hub.root()).start();
    app.see(&role("heading").named("hub.git can’t be opened"));
    app.see(&css("main").text("is a bare repository: it holds no files to read").text("Open a clone of it"));
    assert!(!app.sees(&role("button").named("Set up git here")));
    plain(&app);
}

#[test]
fn a_rename_by_another_program_is_one_row() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0001", "Cache quotes");
    let new = "docs/decisions/0001-keep-quotes-in-memory.md";
    std::fs::rename(repo.path(CACHE), repo.path(new)).expect("a file can be renamed");
    open_changes(&app, new);
    app.see(&file(new).text("Renamed from 0001-cache-quotes-in-memory.md."));
    assert_eq!(app.count(&css("[data-path]")), 1);
    app.screenshot("renamed");
    app.click(&css(".tick").within(&file(new)));
    app.wait("both sides in the index", || {
        let status = repo.git(["status", "--porcelain"]);
        (status.trim() == format!("R  {CACHE} -> {new}")).then_some(())
    });
    // The Library is where it was left, whatever became of the record.
    app.press("Mod+1");
    app.see(&row("0001"));
    app.see(&title("Cache quotes"));
}
