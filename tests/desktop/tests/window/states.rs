//! States of the design, each reached by what really causes it, with its words and its way out.

use crate::acting::picture;
use crate::fixture::{CACHE, QUEUE, QUEUE_TEXT, read, row, small_log};
use precedent_e2e::{App, Repo, css, role};

const BROKEN: &str = "docs/decisions/0004-keys-never-leave.md";

#[test]
fn a_record_that_cannot_be_read_says_where() {
    let repo = small_log();
    repo.write(BROKEN, "---\nstatus: accepted\ntags: [vault, \"keys\n---\n\n## Decision\n\nx\n");
    repo.commit_all("Faults");
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&css(".banner.error").text("can’t be read"));
    app.see(&role("button").like("Fix line"));
    picture(&app, "state-unreadable");
}

/// What git is in the middle of, told where a commit would be made.
#[test]
fn changes_tells_what_git_is_in_the_middle_of() {
    let repo = small_log();
    let app = App::open(&repo);
    app.see(&row("0001"));
    app.press("Mod+5");
    app.see(&css("body").text("Nothing to commit"));
    picture(&app, "state-nothing-to-commit");

    repo.git(["checkout", "--detach", "-q"]);
    repo.write(CACHE, "---\nstatus: accepted\n---\n# Cache quotes in memory\n\nOtherwise.\n");
    app.see(&css(".banner.warn").text("not on a branch"));
    picture(&app, "state-detached");
    repo.git(["checkout", "-q", "main", "--", "."]);
    repo.git(["checkout", "-q", "main"]);

    conflict(&repo);
    app.see(&css(".banner.error").text("conflict"));
    picture(&app, "state-merge-conflict");
    app.press("Mod+1");
    app.click(&role("treeitem").like("0003 "));
    app.see(&css(".banner.error"));
    picture(&app, "state-conflict-record");
    repo.git(["merge", "--abort"]);
    app.see_no(&css(".banner.error"));
    read(&app, "0003", "Send mail");
    std::fs::remove_file(repo.path(QUEUE)).expect("a file");
    app.see(&css(".banner.warn").text("is gone"));
    picture(&app, "state-gone");
    repo.git(["checkout", "-q", "--", QUEUE]);
    app.see_no(&css(".banner.warn"));
}

/// Two branches that say different things of one record, being merged.
fn conflict(repo: &Repo) {
    repo.git(["checkout", "-q", "-b", "other"]);
    repo.write(QUEUE, QUEUE_TEXT.replace("on a queue", "on two queues"));
    repo.commit_all("Two");
    repo.git(["checkout", "-q", "main"]);
    repo.write(QUEUE, QUEUE_TEXT.replace("on a queue", "on three queues"));
    repo.commit_all("Three");
    let merge = std::process::Command::new("git").arg("-C").arg(repo.root()).args(["merge", "-q", "other"]).output();
    assert!(!merge.expect("git runs").status.success(), "the merge stops");
}
