//! Parts of a change staged, changes thrown away and brought back, the difference looked at in other ways.

use crate::acting::picture;
use crate::changes::{file, open_changes};
use crate::fixture::{CACHE, CACHE_TEXT, await_focus, row, small_log};
use precedent_e2e::{App, Repo, css, role};

const BROKER: &str = "docs/decisions/0004-fence-the-ledger.md";

/// A record long enough for two hunks.
fn broker(status: &str, outcome: &str, consequence: &str) -> String {
    let reasons: String = (1..=9).map(|n| format!("Reason {n} stands as it stood.\n\n")).collect();
    format!(
        "---\nstatus: {status}\ndate: 2026-11-14\n---\n# Ledger writes carry a fencing token\n\n## Context and Problem Statement\n\nTwo writers can hold the same account lease for up to nine seconds.\n\n## Considered Options\n\n{reasons}## Decision Outcome\n\nEvery posting set carries the lease epoch. The ledger {outcome}.\n\n### Consequences\n\n* Failover no longer needs a quiet period.\n* {consequence}\n"
    )
}

fn changed() -> Repo {
    let repo = small_log();
    repo.write(BROKER, broker("proposed", "rejects late writes", "Writers pay one extra round trip."));
    repo.commit_all("A ledger");
    repo.write(
        BROKER,
        broker("accepted", "refuses a set whose epoch is lower than the last one", "Clients must retry once."),
    );
    repo
}

#[test]
fn a_hunk_and_a_line_are_staged_and_taken_out() {
    let repo = changed();
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, BROKER);
    app.see(&css("[data-hunk]").nth(1));
    picture(&app, "hunks");

    // F7 goes on, the focus with it, and Space stages what it stands on.
    app.focus(&css("[data-hunk]").nth(0));
    app.press("F7");
    app.on(&css("[data-hunk]").nth(1), "return element === document.activeElement;", &true.into());
    app.press("Space");
    let staged = || repo.git(["diff", "--cached"]);
    app.wait("the second hunk in the index", || staged().contains("Clients must retry").then_some(()));
    assert!(!staged().contains("status: accepted"), "{}", staged());
    app.see(&css(&format!("[data-path='{BROKER}'][data-staged=true][aria-checked=mixed]")));
    picture(&app, "staged-partly");

    // One line of it is taken out again.
    app.click(&css(&format!("[data-path='{BROKER}'][data-staged=true]")));
    app.see(&role("button").named("Unstage hunk"));
    app.press("3");
    let added = css(".line.add .pick");
    app.see(&added);
    app.click(&added.clone().nth(0));
    app.see(&role("button").like("Unstage 1 line"));
    app.click(&role("button").like("Unstage 1 line"));
    app.wait("one line less in the index", || {
        let added = |text: &str| text.lines().filter(|line| line.starts_with('+') && !line.starts_with("+++")).count();
        (added(&staged()) == 1).then_some(())
    });
    assert_eq!(
        repo.read(BROKER),
        broker("accepted", "refuses a set whose epoch is lower than the last one", "Clients must retry once.")
    );
    repo.assert_sound();
}

#[test]
fn the_focus_stays_on_the_screen_when_what_had_it_goes() {
    let repo = changed();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, BROKER);
    app.click(&file(BROKER));
    app.see(&css("[data-hunk]").nth(1));
    // The second of two hunks is staged: the one that is left is next. Then that one: the row, where Space means the file.
    app.focus(&css("[data-hunk]").nth(0));
    app.press("F7");
    await_focus(&app, &css("[data-hunk]").nth(1));
    app.press("Space");
    app.see(&css(&format!("[data-path='{BROKER}'][data-staged=true][aria-checked=mixed]")));
    app.see_no(&css("[data-hunk]").nth(1));
    await_focus(&app, &css("[data-hunk]").nth(0));
    app.press("Space");
    app.see_no(&css(&format!("[data-path='{BROKER}'][data-staged=false]")));
    await_focus(&app, &css(&format!("[data-path='{BROKER}'][data-staged=true]")));

    // Everything is committed: what comes next is said, and F6 goes on from there.
    app.press("Shift+Space");
    app.wait("both files", || (repo.git(["diff", "--cached", "--name-only"]).lines().count() == 2).then_some(()));
    app.press("Mod+Enter");
    app.see(&css("body").text("Nothing to commit"));
    await_focus(&app, &css(".nothing"));
    repo.assert_sound();
}

#[test]
fn discarded_changes_come_back() {
    let repo = changed();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, BROKER);
    let text = repo.read(CACHE);
    app.click(&file(CACHE));
    app.focus(&file(CACHE));
    app.press("Backspace");
    app.wait("the committed text", || repo.is(CACHE, CACHE_TEXT).then_some(()));
    app.see(&css(".toast").text("Discarded changes to 0001"));
    app.screenshot("discarded");
    app.press("Mod+Z");
    app.wait("the text again", || repo.is(CACHE, &text).then_some(()));
    app.see(&file(CACHE));

    // A hunk alone, and back from the list.
    app.click(&file(BROKER));
    let heads = css("[data-hunk]");
    app.see(&heads.clone().nth(1));
    app.focus(&heads.nth(0));
    app.press("Backspace");
    app.wait("the first hunk gone", || repo.holds(BROKER, "status: proposed").then_some(()));
    assert!(repo.read(BROKER).contains("Clients must retry once."));
    app.press("Mod+Shift+P");
    app.insert("Discarded changes");
    app.press("Enter");
    let dialog = role("dialog").named("Discarded changes");
    app.see(&css("[data-testid=trash-item]").text("0004").within(&dialog));
    picture(&app, "trash");
    app.click(&role("button").named("Restore").within(&dialog));
    app.wait("the hunk again", || repo.holds(BROKER, "status: accepted").then_some(()));
    repo.assert_sound();
}

#[test]
fn a_difference_is_looked_at_in_other_ways() {
    let repo = changed();
    repo.write("notes/idea.txt", "An idea.\n");
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, BROKER);
    let more = role("button").named("More for this file");
    let choose = |name: &str, kind: &str| {
        app.click(&more);
        app.click(&role(kind).named(name));
    };
    app.press("3");
    choose("Side by side", "menuitemcheckbox");
    app.press("Esc");
    app.see(&css(".split .pair"));
    picture(&app, "side-by-side");
    choose("Show the git commands", "menuitem");
    app.see(&css("dd pre").text("git add --patch -- docs/decisions/0004-fence-the-ledger.md"));
    app.see(&css("[data-act=save-stash] pre").text("git stash push --include-untracked --message NAME"));
    app.see(&role("button").named("Copy the command: Switch to a branch"));
    picture(&app, "git-commands");
    app.press("Esc");
    app.see_no(&role("dialog"));
    choose("Compare versions…", "menuitem");
    app.see(&css("dialog").text("Decision Outcome"));
    picture(&app, "compare");
    app.press("Esc");
    app.see_no(&role("dialog"));

    // A new file is left alone from now on.
    app.click(&file("notes/idea.txt"));
    choose("Ignore all *.txt", "menuitem");
    app.wait("the line", || {
        std::fs::read_to_string(repo.path(".gitignore")).is_ok_and(|text| text == "*.txt\n").then_some(())
    });
    app.see_no(&file("notes/idea.txt"));
}
