//! The product's main job as one story on the sample log: open, find, read, follow, edit, save, supersede, stage,
//! commit, and changes by other programs that arrive by themselves. Every step leaves its picture.

use crate::acting::command;
use crate::changes::{file, open_changes, write_message};
use crate::fixture::{await_saved, row, search, source, title};
use precedent_e2e::{App, Repo, css, role};

const FENCING: &str = "docs/decisions/0024-ledger-writes-carry-a-fencing-token.md";
const POSTINGS: &str = "docs/decisions/0021-postings-are-the-only-source-of-balance-truth.md";

#[test]
fn the_main_job_from_opening_to_a_commit() {
    let repo = Repo::sample();
    repo.git(["checkout", "-q", "--", "."]);
    let app = App::open(&repo);

    app.see(&role("tree"));
    app.see(&row("0021"));
    find_and_read(&app);
    follow_the_chain(&app);
    edit_and_save(&app, &repo);
    supersede(&app, &repo);
    stage_and_commit(&app, &repo);
    changes_from_outside(&app, &repo);
}

/// Goes to a record by its number, as a row far down is not drawn yet.
fn jump(app: &App, label: &str) {
    app.focus(&role("tree"));
    app.type_text(label);
    app.see(&row(label));
}

fn find_and_read(app: &App) {
    // A word of the body, not of a title.
    search(app, "nightly projections");
    // By its title: the record that it superseded names it as well.
    let hit = css("[role=option] .ti").text("Postings are the only source");
    app.see(&hit);
    app.screenshot("search");
    app.click(&hit);
    app.press("Enter");
    app.see(&title("Postings are the only source of balance truth"));
    app.see(&css("article").text("reversed 212 payouts"));
    app.screenshot("library");
    command(app, "Compact rows");
    app.on(&css("html"), "return element.dataset.density;", &"compact".into());
    app.screenshot("library-compact");
    command(app, "Cozy rows");
    app.on(&css("html"), "return element.dataset.density;", &"cozy".into());
}

fn follow_the_chain(app: &App) {
    let chain = role("navigation").named("Supersession chain");
    app.see(&role("link").text("0008").within(&chain));
    app.click(&role("link").text("0008").within(&chain));
    app.see(&title("Refresh balances from a nightly projection"));
    app.see(&role("status").text("Superseded by 0021"));
    app.screenshot("superseded");
    app.press("Alt+Left");
    app.see(&title("Postings are the only source"));
    // A citation in the text leads to its record too.
    app.click(&css("article a.citation").text("ADR-0017"));
    app.see(&title("Amounts are integers in minor units"));
    app.press("Alt+Left");
    app.see(&title("Postings are the only source"));
}

fn edit_and_save(app: &App, repo: &Repo) {
    app.press("Mod+1");
    app.click(&row("0024"));
    app.see(&title("Ledger writes carry a fencing token"));
    app.focus(&css("article"));
    app.press("E");
    app.see(&source());
    app.focus(&source());
    let before = repo.read(FENCING);
    app.press("Mod+End Up End");
    app.type_text(" Measured: 4 ms.");
    await_saved(app, "unsaved");
    assert_eq!(repo.read(FENCING), before, "nothing is written before Save");
    app.see(&css(".preview").text("Measured: 4 ms."));
    app.screenshot("editor");
    app.press("Mod+S");
    await_saved(app, "not-committed");
    let kept = before.strip_suffix('\n').expect("the record ends with a line end");
    assert_eq!(repo.read(FENCING), format!("{kept} Measured: 4 ms.\n"), "only the edited line differs");
}

fn supersede(app: &App, repo: &Repo) {
    let before = repo.read(POSTINGS);
    app.press("Mod+1");
    app.click(&row("0021"));
    app.see(&title("Postings are the only source"));
    app.click(&role("button").named("Supersede"));
    let dialog = role("dialog").named("Supersede ADR-0021");
    app.see(&dialog);
    app.fill(&role("textbox").named("Title of the new decision"), "Balances are kept per currency pair");
    app.focus(&role("textbox").like("Why does 0021 fall?"));
    app.type_text("Two currencies never meet.");
    app.click(&role("button").named("Accepted").within(&dialog));
    app.wait("a preview of both files", || (app.count(&css("[data-testid=planned-file]")) == 2).then_some(()));
    assert_eq!(repo.read(POSTINGS), before, "nothing is written before the plan is agreed to");
    app.screenshot("supersede");
    app.click(&role("button").like("Create and stage"));
    app.see_no(&role("dialog"));
    app.see(&title("Balances are kept per currency pair"));

    // 0027 is taken on another branch.
    let successor = repo.read("docs/decisions/0028-balances-are-kept-per-currency-pair.md");
    assert!(successor.contains("status: accepted"), "{successor}");
    assert!(successor.contains("supersedes: [ADR-0021]"), "{successor}");
    let old = repo.read(POSTINGS);
    assert!(old.contains("status: superseded\n"), "{old}");
    assert!(old.contains("superseded-by: [ADR-0028]\nreason-superseded: Two currencies never meet.\n"), "{old}");
    let staged = repo.git(["diff", "--cached", "--name-only"]);
    assert_eq!(staged, format!("{POSTINGS}\ndocs/decisions/0028-balances-are-kept-per-currency-pair.md\n"));
    repo.assert_sound();
}

fn stage_and_commit(app: &App, repo: &Repo) {
    open_changes(app, FENCING);
    app.click(&css(".tick").within(&file(FENCING)));
    app.see(&css(&format!("[data-path='{FENCING}'][data-staged=true]")));
    app.click(&file(POSTINGS));
    app.see(&role("group").named("Field changes"));
    app.screenshot("changes");
    write_message(app, "Supersede ADR-0021 with ADR-0028\n\nTwo currencies never meet.");
    app.press("Mod+Enter");
    app.wait("the commit", || {
        repo.git(["log", "-1", "--format=%s"]).starts_with("Supersede ADR-0021 with ADR-0028").then_some(())
    });
    assert_eq!(repo.git(["log", "-1", "--format=%b"]).trim(), "Two currencies never meet.");
    let files = repo.git(["show", "--name-only", "--format="]);
    assert_eq!(files, format!("{POSTINGS}\n{FENCING}\ndocs/decisions/0028-balances-are-kept-per-currency-pair.md\n"));
    assert_eq!(repo.git(["status", "--porcelain"]), "");
    app.see_no(&file(POSTINGS));
    repo.assert_sound();
}

fn changes_from_outside(app: &App, repo: &Repo) {
    app.press("Mod+1");
    jump(app, "0010");
    app.see(&title("Time is stored in UTC with microseconds"));

    let path = "docs/decisions/0010-time-is-stored-in-utc.md";
    let changed = repo.read(path).replace("# Time is stored in UTC with microseconds", "# Time is stored in TAI");
    repo.write(path, changed);
    app.see(&row("0010").text("Time is stored in TAI"));
    app.see(&title("Time is stored in TAI"));
    app.screenshot("changed-outside");

    repo.write(
        "docs/decisions/0031-from-another-program.md",
        "---\nstatus: proposed\ndate: 2026-11-01\n---\n# From another program\n\nIts word is quokka.\n",
    );
    app.press("Home");
    app.see(&row("0031").text("From another program"));
    search(app, "quokka");
    app.see(&role("option").text("From another program"));
    app.press("Esc");

    std::fs::rename(
        repo.path("docs/decisions/0031-from-another-program.md"),
        repo.path("docs/decisions/0032-renamed-outside.md"),
    )
    .expect("a file can be renamed");
    app.see(&row("0032").text("From another program"));
    app.see_no(&row("0031"));
    std::fs::remove_file(repo.path("docs/decisions/0032-renamed-outside.md")).expect("a file can be removed");
    app.see_no(&row("0032"));

    repo.git(["checkout", "-q", "--", "."]);
    app.see(&title("Time is stored in UTC with microseconds"));
    repo.git(["checkout", "-q", "adr/0027-regional-vaults"]);
    app.see(&role("banner").text("adr/0027-regional-vaults"));
    app.see(&row("0027"));
    app.screenshot("other-branch");
}
