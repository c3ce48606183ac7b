//! Branches and remotes in the real window with real git: publish, switch, a rejected push and the way out, clone.

use crate::acting::{command, picture};
use crate::changes::{file, open_changes, write_message};
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, QUEUE, QUEUE_TEXT, await_focus, row, small_log};
use precedent_e2e::{App, Launch, Repo, css, role};

/// The small log with a bare `origin` beside it, published.
fn published() -> Repo {
    let repo = small_log();
    let far = far(&repo);
    repo.git(["init", "-q", "--bare", "-b", "main", &far]);
    repo.git(["remote", "add", "origin", &format!("file://{far}")]);
    repo.git(["push", "-q", "-u", "origin", "main"]);
    repo
}

fn far(repo: &Repo) -> String {
    repo.root().with_file_name("far.git").display().to_string()
}

/// Somebody else pushes a file to `main`.
fn somebody_pushes(repo: &Repo, path: &str, text: &str, subject: &str) {
    let other = repo.root().with_file_name("other");
    let at = other.display().to_string();
    if !other.exists() {
        repo.git(["clone", "-q", &far(repo), &at]);
    }
    repo.git(["-C", &at, "pull", "-q"]);
    std::fs::write(other.join(path), text).expect("a file");
    repo.git(["-C", &at, "-c", "user.name=Bo", "commit", "-q", "-a", "-m", subject]);
    repo.git(["-C", &at, "push", "-q"]);
}

#[test]
fn a_branch_is_made_committed_to_published_and_left() {
    let repo = published();
    let app = App::open(&repo);
    app.see(&row("0001"));
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    app.click(&css("[data-testid=branch]"));
    app.see(&role("menuitem").text("Create a branch"));
    picture(&app, "branch-menu");
    app.click(&role("menuitem").text("Create a branch…"));
    app.see(&role("dialog").named("Create a branch"));
    app.type_text("adr/longer-cache");
    picture(&app, "new-branch");
    app.press("Enter");
    app.see(&css("[data-testid=branch]").text("adr/longer-cache"));

    open_changes(&app, CACHE);
    write_message(&app, "Keep quotes for two minutes");
    picture(&app, "commit-and-push");
    app.click(&role("button").text("Commit and push"));
    app.wait("the branch on the remote", || {
        repo.git(["ls-remote", "--heads", "origin"]).contains("refs/heads/adr/longer-cache").then_some(())
    });
    // Git says whom it follows after it has pushed, and the window once git has ended.
    app.wait("the branch to follow the remote's", || {
        let upstream = ["for-each-ref", "--format=%(upstream:short)", "refs/heads/adr/longer-cache"];
        (repo.git(upstream).trim() == "origin/adr/longer-cache").then_some(())
    });
    app.see_no(&css("[data-testid=sync]"));

    // Back to main with something that is not committed: it is asked first.
    repo.write(QUEUE, QUEUE_TEXT.replace("a queue.", "two queues."));
    app.see(&file(QUEUE));
    app.press("Mod+Shift+B");
    app.see(&role("dialog").named("Branches"));
    app.type_text("main");
    app.see(&css("[data-branch=main]"));
    picture(&app, "branches");
    app.press("Enter");
    app.see(&role("dialog").named("Switch to main?"));
    picture(&app, "switch");
    app.click(&role("button").named("Take them along"));
    app.see(&css("[data-testid=branch]").text("main"));
    assert!(repo.read(QUEUE).contains("two queues."));
    assert!(repo.read(CACHE).contains("a minute"), "main has the old text");
    repo.assert_sound();
}

#[test]
fn a_rejected_push_is_explained_and_goes_after_a_rebase() {
    let repo = published();
    somebody_pushes(&repo, CACHE, &CACHE_TEXT.replace("forty", "fifty"), "Count again");
    somebody_pushes(&repo, POSTGRES, &POSTGRES_TEXT.replace("One Postgres", "Two Postgres"), "Two clusters");
    repo.write(POSTGRES, POSTGRES_TEXT.replace("2026-02-11", "2026-02-12"));
    repo.commit_all("Correct the day");
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.see(&css("[data-testid=sync]").text("Push"));
    picture(&app, "push");
    app.press("Mod+5");
    app.see(&role("button").text("Push 1 commit to origin"));
    app.press("P");
    app.see(&css(".banner").text("Push rejected. main on origin has 2 commits you don’t."));
    app.see(&css(".panel").text("One of them also changes 0002. The other one doesn’t touch your files."));
    app.click(&role("button").named("Look first"));
    app.see(&css(".theirs").text("Two clusters"));
    picture(&app, "rejected");
    app.click(&role("button").named("Push over them…"));
    app.see(&role("dialog").named("Throw away 2 commits of main?"));
    picture(&app, "push-over");
    app.press("Esc");
    app.see_no(&role("dialog"));
    app.click(&role("button").named("Fetch and rebase"));
    app.see_no(&css(".banner").text("Push rejected."));
    app.see(&role("button").text("Push 1 commit to origin"));
    assert_eq!(repo.git(["log", "--format=%s", "-3"]), "Correct the day\nTwo clusters\nCount again\n");
    app.press("P");
    app.wait("the push", || {
        (repo.git(["rev-parse", "HEAD"]) == repo.git(["-C", &far(&repo), "rev-parse", "main"])).then_some(())
    });
    // Another program moves on: the bar offers what there is to pull.
    somebody_pushes(&repo, QUEUE, &QUEUE_TEXT.replace("proposed", "accepted"), "Accept");
    app.press("F");
    app.see(&css("[data-testid=sync]").text("Pull"));
    app.click(&css("[data-testid=sync]"));
    app.wait("the pull", || repo.holds(QUEUE, "accepted").then_some(()));
    repo.assert_sound();
}

#[test]
fn where_one_stands_is_named_with_the_way_out() {
    let repo = published();
    repo.git(["checkout", "-q", "--detach"]);
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.see(&css(".banner").text("not on a branch"));
    picture(&app, "detached");
    app.click(&role("button").named("Back to main"));
    app.see(&role("dialog").named("Switch to main?"));
    app.click(&role("button").named("Put them in a stash"));
    app.see(&css("[data-testid=branch]").text("main"));
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    command(&app, "Apply stash…");
    app.see(&css("[data-testid=stash]").text("Before switching to main"));
    picture(&app, "stashes");
    app.click(&role("button").named("Bring back"));
    app.wait("the change", || repo.holds(CACHE, "two minutes").then_some(()));
    app.press("Esc");

    // No remote that answers, and one that wants a password.
    repo.git(["remote", "set-url", "origin", "http://127.0.0.1:1/x.git"]);
    command(&app, "Fetch");
    app.see(&css(".banner").text("Can’t reach origin."));
    picture(&app, "offline");
    command(&app, "Repository log");
    app.see(&css("[data-testid=log-entry]").text("Begin"));
    picture(&app, "repository-log");
}

#[test]
fn what_is_asked_of_branches_and_remotes() {
    let repo = small_log();
    repo.git(["switch", "-q", "-c", "adr/longer-cache"]);
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.commit_all("Keep quotes longer");
    let beside = repo.root().with_file_name("beside");
    repo.git(["worktree", "add", "-q", &beside.display().to_string(), "main"]);
    let app = App::open(&repo);
    app.see(&css("[data-testid=branch]").text("adr/longer-cache"));
    let ask = |words: &str, title: &str| {
        command(&app, words);
        app.see(&role("dialog").named(title));
    };
    let leave = || {
        app.press("Esc");
        app.see_no(&role("dialog"));
    };
    ask("Rename branch…", "Rename adr/longer-cache");
    picture(&app, "rename-branch");
    leave();
    ask("Compare branch with the default one", "adr/longer-cache beside main");
    app.see(&role("dialog").text("Keep quotes longer"));
    picture(&app, "compare-branch");
    leave();
    ask("Add a remote…", "Add a remote");
    picture(&app, "add-remote");
    leave();
    ask("Open a worktree…", "Worktrees");
    app.see(&role("dialog").text("beside"));
    picture(&app, "worktrees");
    leave();
}

#[test]
fn what_a_dialog_takes_away_is_had_back_in_it() {
    let repo = small_log();
    repo.git(["branch", "adr/one"]);
    repo.git(["branch", "adr/two"]);
    for name in ["first", "second"] {
        repo.write(CACHE, CACHE_TEXT.replace("a minute", name));
        repo.git(["stash", "push", "-q", "-m", name]);
    }
    let branches = || repo.git(["branch", "--format=%(refname:short)"]);
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+Shift+B");
    app.see(&css("[data-branch='adr/one']"));
    app.click(&css("[data-branch='adr/one']"));
    app.click(&role("button").named("Delete adr/one"));
    app.see(&css("dialog .toast").text("Deleted adr/one"));
    assert_eq!(branches(), "adr/two\nmain\n");
    assert_eq!(app.count(&role("button").like("Delete adr")), 0, "the next one is not chosen");
    picture(&app, "branch-deleted");
    app.click(&role("button").like("Undo").within(&css("dialog .toast")));
    app.wait("the branch again", || branches().contains("adr/one").then_some(()));
    app.see(&css("[data-branch='adr/one']"));
    // The same by its key, while nothing is typed.
    app.press("Down");
    app.click(&css("[data-branch='adr/two']"));
    app.click(&role("button").named("Delete adr/two"));
    app.see(&css("dialog .toast").text("Deleted adr/two"));
    app.press("Mod+Z");
    app.wait("the branch again", || branches().contains("adr/two").then_some(()));
    app.press("Esc");
    app.see_no(&role("dialog"));

    command(&app, "Apply stash…");
    app.click(&role("button").named("Drop").within(&css("[data-testid=stash]").text("second")));
    app.see(&css("dialog .toast").text("Dropped"));
    await_focus(&app, &role("button").named("Bring back"));
    app.click(&role("button").like("Undo").within(&css("dialog .toast")));
    app.wait("the stash again", || (repo.git(["stash", "list"]).lines().count() == 2).then_some(()));
    repo.assert_sound();
}

#[test]
fn a_repository_is_cloned_from_welcome() {
    let repo = published();
    let app = Launch::new().start();
    app.see(&role("button").text("Clone a repository"));
    picture(&app, "welcome-clone");
    app.press("Mod+Shift+O");
    app.see(&role("dialog").named("Clone a repository"));
    app.type_text(&format!("file://{}", far(&repo)));
    let folder = role("textbox").named("Into");
    app.wait("a folder", || app.value(&folder).ends_with("/far").then_some(()));
    picture(&app, "clone");
    app.press("Enter");
    app.see(&row("0001"));
    app.see(&css("[data-testid=branch]").text("main"));
}
