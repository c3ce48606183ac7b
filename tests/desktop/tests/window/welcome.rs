//! Before a repository is open, and folders that are none.

use crate::acting::{command, picture};
use crate::fixture::{row, search, small_log};
use precedent_e2e::{Launch, Repo, css, role};
use std::rc::Rc;

#[test]
fn the_first_start_offers_the_ways_in() {
    let app = Launch::new().start();
    app.see(&role("heading").named("Decision records that hold."));
    app.see(&role("button").like("Open a repository"));
    app.see(&role("button").like("Start a new log"));
    app.see(&role("button").like("Open sample"));
    app.screenshot("welcome");
    app.click(&role("button").like("Open sample"));
    app.see(&role("tree"));
    app.see(&row("0026"));
}

#[test]
fn an_opened_repository_is_in_the_recent_list() {
    let repo = small_log();
    let app = Launch::new().open(repo.root()).start();
    app.see(&row("0001"));
    let home = Rc::clone(app.home());
    drop(app);
    home.forget_windows();
    let app = Launch::new().home(&home).start();
    app.see(&css("aside").text("shop"));
    app.screenshot("welcome-recent");
    app.click(&role("button").like("shop"));
    app.see(&row("0001"));
    drop(app);

    let moved = repo.root().with_file_name("moved");
    std::fs::rename(repo.root(), &moved).expect("a folder can be moved");
    let app = Launch::new().home(&home).start();
    let lost = css("aside").text("The folder has moved or its disk is not mounted.");
    app.see(&lost);
    picture(&app, "state-moved");
    app.click(&role("button").named("Locate"));
    app.folder_dialog("Open a repository", &moved);
    app.see(&row("0001"));
    command(&app, "Close repository");
    app.see(&role("button").like("moved"));
    assert!(!app.sees(&lost), "what was located is no longer looked for");
    std::fs::rename(&moved, repo.root()).expect("a folder can be moved back");
    drop(app);
    home.forget_windows();
    let app = Launch::new().home(&home).start();
    app.see(&lost);
    app.click(&role("button").like("Remove moved"));
    app.see_no(&lost);
}

#[test]
fn a_folder_without_git_is_said_plainly() {
    let repo = Repo::folder("design-notes");
    repo.write("docs/decisions/0001-first.md", "---\nstatus: accepted\n---\n# First\n\nText.\n");
    let app = Launch::new().open(repo.root()).start();
    app.see(&role("heading").named("design-notes isn’t a git repository"));
    app.see(&role("button").named("Set up git here"));
    picture(&app, "not-a-repository");
    app.click(&role("button").named("Read without git"));
    app.see(&row("0001"));
    assert!(!repo.path(".git").exists());
    // Without git, too, a folder that goes is told, and followed again when it is back.
    let away = repo.root().with_file_name("away");
    std::fs::rename(repo.root(), &away).expect("a folder can be moved");
    app.see(&role("alert").text("is gone.").text("What you see was read before"));
    app.see(&row("0001"));
    std::fs::rename(&away, repo.root()).expect("a folder can be moved back");
    app.see_no(&role("alert").text("is gone."));
}

#[test]
fn a_repository_without_records_starts_a_log() {
    let why = "---\nstatus: accepted\n---\n# First\n\nText.\n";
    let repo = Repo::with("empty", &[("README.md", "# Empty\n"), ("knowledge/first.md", why)]);
    let app = Launch::new().open(repo.root()).start();
    app.see(&css("body").text("No decisions here yet"));
    picture(&app, "no-records");

    // They are somewhere else: the folder is named in the settings, once that has been seen.
    app.click(&role("button").named("They’re somewhere else"));
    app.folder_dialog("Choose the folder that holds the decisions", &repo.path("knowledge"));
    let dialog = role("dialog").named("Name a folder of decisions");
    app.see(&css("[data-testid=planned-file]").within(&dialog).text("logs = [\"knowledge\"]"));
    picture(&app, "logs");
    assert!(!repo.path("precedent.toml").exists(), "nothing is written before it is agreed to");
    app.press("Mod+Enter");
    app.see(&role("treeitem").like("First"));
    assert_eq!(repo.read("precedent.toml"), "logs = [\"knowledge\"]\n");
    // Before the offer stands there, the key would ask first.
    app.see(&role("button").like("Undo").within(&css(".toast")));
    app.press("Mod+Z");
    app.see(&css("body").text("No decisions here yet"));
    assert!(!repo.path("precedent.toml").exists());

    app.click(&role("button").named("Write the first one"));
    let dialog = role("dialog").named("Start a new log");
    app.see(&dialog.clone().text("0001-record-architecture-decisions.md").text("precedent.toml"));
    picture(&app, "start-log");
    assert!(!repo.path("precedent.toml").exists(), "nothing is written before it is agreed to");
    app.click(&role("button").like("Create log").within(&dialog));
    // Both files are staged in Changes, for a first commit to be written.
    app.see(&css("main").text("0001-record-architecture-decisions.md"));
    assert_eq!(
        repo.git(["diff", "--cached", "--name-only"]).trim(),
        "docs/decisions/0001-record-architecture-decisions.md\nprecedent.toml"
    );
    app.press("Mod+1");
    app.see(&row("0001"));
}

#[test]
fn a_cache_that_cannot_be_written_stops_nothing() {
    let repo = small_log();
    let home = Rc::new(precedent_e2e::Home::new());
    let cache = home.path().join("cache");
    std::fs::create_dir_all(&cache).expect("a folder");
    std::fs::write(cache.join("precedent"), "a file where the folder belongs").expect("a file");
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    // The index is kept in memory instead: search works, and nothing says that it did not.
    search(&app, "forty");
    app.see(&role("option").text("Cache quotes"));
    assert!(!app.sees(&css(".banner")), "{}", app.visible_text());
}

#[test]
fn a_path_that_is_not_there_and_a_git_too_old_give_a_reason() {
    let home = Rc::new(precedent_e2e::Home::new());
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).expect("a folder for programs");
    let git = bin.join("git");
    std::fs::write(&git, "#!/bin/sh\necho git version 2.20.1\n").expect("a program");
    std::fs::set_permissions(&git, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it may run");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let app = Launch::new().home(&home).environment("PATH", &path).open(home.path().join("nowhere")).start();
    app.see(&role("alert").text("git 2.34 or later is needed. Found 2.20.1."));
    app.see(&role("button").named("How to update"));
    picture(&app, "state-git-old");
    app.see(&role("heading").named("nowhere can’t be opened"));
    app.see(&role("button").named("Choose another folder"));
}

#[test]
fn settings_and_logs_that_cannot_be_written_stop_nothing() {
    let repo = small_log();
    let home = Rc::new(precedent_e2e::Home::new());
    for folder in ["config", "data"] {
        std::fs::create_dir_all(home.path().join(folder)).expect("a folder");
        std::fs::write(home.path().join(folder).join("precedent"), "a file where the folder belongs").expect("a file");
    }
    let app = Launch::new().home(&home).start();
    app.see(&css(".banner").text("Settings and logs can’t be kept.").text("Make it writable"));
    app.screenshot("unwritable-settings");
    drop(app);
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    app.see(&role("alert").text("Settings and logs can’t be kept."));
    app.press("?");
    app.see(&role("dialog").text("Settings and logs can’t be kept."));
}
