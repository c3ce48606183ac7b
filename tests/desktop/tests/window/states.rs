//! States of the design, each reached by what really causes it, with its words and its way out.

use crate::acting::picture;
use crate::fixture::{CACHE, QUEUE, QUEUE_TEXT, read, row, search, small_log, title};
use precedent_e2e::{App, Repo, css, role};

/// By its number, wherever the list has it.
fn go_to(app: &App, number: &str, words: &str) {
    app.press("Mod+P");
    app.type_text(number);
    app.see(&role("option").text(words));
    app.press("Enter");
    app.see(&title(words));
}

const BROKEN: &str = "docs/decisions/0004-keys-never-leave.md";

#[test]
fn records_with_faults_say_what_and_how_to_mend_it() {
    let repo = small_log();
    repo.write(BROKEN, "---\nstatus: accepted\ntags: [vault, \"keys\n---\n\n## Decision\n\nx\n");
    repo.write(
        "docs/decisions/0005-a.md",
        "---\nstatus: accepted\nsupersedes: [ADR-0006]\n---\n# Ring one\n\nSee ADR-0219.\n",
    );
    repo.write("docs/decisions/0006-b.md", "---\nstatus: accepted\nsupersedes: [ADR-0005]\n---\n# Ring two\n\nx\n");
    repo.write(
        "docs/decisions/0007-c.md",
        "---\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n# Cache in Redis\n\nx\n",
    );
    repo.commit_all("Faults");
    let app = App::open(&repo);
    app.click(&row("0004"));
    app.see(&css(".banner.error").text("can’t be read"));
    app.see(&role("button").like("Fix line"));
    picture(&app, "state-unreadable");
    go_to(&app, "0005", "Ring one");
    app.see(&css("[data-testid=record-problems]").text("supersede"));
    picture(&app, "state-cycle");
    go_to(&app, "0007", "Cache in Redis");
    app.see(&css("[data-testid=record-problems]").text("0001"));
    picture(&app, "state-mismatch");
    search(&app, "fencign zzzqq");
    app.see(&css("main, [role=main]").text("fencign"));
    picture(&app, "state-no-match");
    app.press("Esc");
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
