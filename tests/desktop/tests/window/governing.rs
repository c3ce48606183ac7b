//! What is done with what the decisions bind: a waiver goes on, a rule is put right, a branch is looked at by itself, a
//! decision is changed; by the keys alone, and in German, in small windows and enlarged.

use crate::acting::{command, picture};
use crate::fixture::{await_focus, tab_to};
use crate::governance::{ELIGIBILITY, TABLES, await_row, governed, long_governed, open, start, tree};
use crate::settings::wide;
use precedent_e2e::{App, Home, Launch, Repo, css, day_ago, role};
use serde_json::json;
use std::rc::Rc;

const WAIVER: &str = "docs/decisions/waivers/eligibility.md";

/// A waiver of the first violation, over so many days ago.
fn ended(repo: &Repo, days: i64) {
    let text = format!(
        "---\nschema: precedent/waiver/v1\nwaives: [\"a-service-reads-only-its-own-tables/no-cross-reads\"]\npaths: [\"{ELIGIBILITY}\"]\nreason: The endpoint ships next month.\nowner: \"@payouts\"\ngranted: {}\nexpires: {}\n---\n# Why\n",
        day_ago(days + 30),
        day_ago(days)
    );
    repo.write(WAIVER, text);
    repo.commit_all("Let it be for a month");
}

#[test]
fn a_waiver_that_ended_goes_on_by_the_keys() {
    let repo = governed();
    ended(&repo, 1);
    let app = start(&repo);
    open(&app);
    await_row(&app, ELIGIBILITY);
    let detail = css("[data-testid=finding]");
    app.see(&detail.clone().text("Its waiver ended on").text("it counts again"));
    picture(&app, "governance-waiver-ended");
    tab_to(&app, &role("button").named("Extend…").within(&detail));
    app.press("Enter");
    let form = css("[data-testid=extend-form]");
    app.see(&form.clone().text("Ends on its date. Nothing renews by itself."));
    app.see(&css("[data-testid=planned-file]").text("expires:").text("granted:"));
    picture(&app, "governance-extend");
    assert!(repo.holds(WAIVER, &format!("expires: {}", day_ago(1))), "nothing is written before it is agreed to");
    app.press("Mod+Enter");
    app.see_no(&form);
    app.see(&role("status").text("It covers later changes once it is committed"));
    app.see(&css("[data-testid=waiver]").text("Active · 30 days left"));
    assert!(repo.holds(WAIVER, &format!("granted: {}\nexpires: {}", day_ago(0), day_ago(-30))), "granted anew");
    app.press("1");
    app.see(&css("[data-testid=band]").text("4 violations of 2 decisions"));
    assert_eq!(repo.git(["diff", "--cached", "--name-only"]).trim(), WAIVER);

    // Esc leaves the form, and the keys are on the list again.
    app.press("3");
    app.click(&role("button").named("Extend…"));
    app.see(&form);
    app.press("Esc");
    app.see_no(&form);
    await_focus(&app, &tree());
}

#[test]
fn what_is_no_violation_leads_to_the_rule() {
    let repo = governed();
    let app = start(&repo);
    open(&app);
    await_row(&app, ELIGIBILITY);
    app.see(&css("[data-testid=code] .hit"));
    tab_to(&app, &role("button").named("Not a violation"));
    app.press("Enter");
    app.see(&role("status").text("An example for the rule’s “valid” is copied."));
    app.see(&css("[data-testid=workbench]").text("would find 3"));
    // It is as the rule takes it: pasted among the examples that are let pass, it says that the rule is too wide.
    app.focus(&crate::fixture::source());
    let (line, next) = (css(".cm-activeLine"), css(".cm-activeLine").text("id: nowhere"));
    let downs = (0..40).take_while(|_| !app.sees(&next)).inspect(|_| app.press("Down")).count();
    assert!(downs < 40, "the rule after it is never reached");
    app.press("Up End Left");
    app.see(&line.clone().text("valid: [{path: services/a.rs"));
    app.type_text(", ");
    app.press("Mod+V");
    app.see(&line.text("eligibility.rs"));
    app.see(&css("[data-testid=workbench]").text("1 example fails"));
    picture(&app, "governance-not-a-violation");
}

/// Two commits on a branch of its own, and something that is not committed.
fn branched() -> Repo {
    let repo = governed();
    repo.git(["switch", "-q", "-c", "adr/0098-reads"]);
    repo.write("services/risk/app/velocity.py", "rows = query('SELECT 2 FROM ledger.accounts')\n");
    repo.commit_all("Ask for two");
    repo.write("web/new/page.ts", "export {};\nexport {};\n");
    repo
}

#[test]
fn a_branch_is_looked_at_by_itself_and_a_decision_begins_with_its_path() {
    let repo = branched();
    let app = start(&repo);
    command(&app, "Go to Paths");
    app.see(&role("treeitem").like("services, folder, 100% of lines bound, 5 violations"));
    let only = role("button").named("Changed on this branch");
    tab_to(&app, &only);
    app.press("Space");
    app.on(&only, "return element.ariaPressed;", &json!("true"));
    app.see(&css("section.list").text("What differs from main, committed or not."));
    app.see(&role("treeitem").like("services, folder, 100% of lines bound, 1 violation"));
    app.see(&role("treeitem").like("velocity.py, file, bound, 1 violation"));
    app.see(&role("treeitem").like("page.ts, file, not bound"));
    assert!(!app.sees(&role("treeitem").like("checkout")), "only what the branch changes");
    app.focus(&tree());
    app.press("Home");
    await_row(&app, "services, folder");
    app.press("Left");
    app.see_no(&role("treeitem").like("velocity.py"));
    app.press("Right End");
    await_row(&app, "page.ts");
    app.see(&css("[data-testid=bindings]").text("No decision binds this file"));
    picture(&app, "governance-changed");

    let new = role("button").named("New decision for this path");
    tab_to(&app, &new);
    app.press("Enter");
    app.see(&role("dialog").named("New decision"));
    app.see(&css("[data-testid=new-binds]").text("web/new/page.ts"));
    picture(&app, "new-binds");
    app.fill(&css("[data-testid=new-title]"), "Pages export nothing");
    app.see(&css("[data-testid=file-name]").text("pages-export-nothing.md"));
    app.press("Mod+Enter");
    app.see(&css("[data-screen=editor]"));
    app.wait("the record", || {
        let name = repo.git(["diff", "--cached", "--name-only"]);
        let name = name.lines().find(|name| name.ends_with("pages-export-nothing.md"))?.to_owned();
        repo.read(&name).contains("web/new/page.ts").then_some(())
    });
}

#[test]
fn a_decision_is_changed_from_its_violation_by_the_keys_alone() {
    let repo = governed();
    let app = start(&repo);
    open(&app);
    await_row(&app, ELIGIBILITY);
    // From the row to what is said about it, on to the way out, and back to the row.
    app.see(&css("[data-testid=clause]").text("A service reads only the tables it owns."));
    app.press("Enter");
    app.wait("the keys in the pane beside", || {
        (app.ask(&css("[data-detail]"), "return element.contains(document.activeElement);") == true).then_some(())
    });
    tab_to(&app, &role("button").named("Propose a change to 0098"));
    app.press("Enter");
    let dialog = role("dialog").like("Supersede ADR-0098");
    app.see(&dialog);
    app.press("Esc");
    app.see_no(&dialog);
    await_focus(&app, &role("button").named("Propose a change to 0098"));
    app.press("Enter");
    app.see(&dialog);
    app.type_text("Services read balances through the ledger only");
    app.see(&css("[data-testid=planned-file]"));
    app.press("Mod+Enter");
    app.see_no(&dialog);
    app.wait("the successor", || {
        let names = repo.git(["status", "--porcelain", "-uall"]);
        names.contains("services-read-balances-through-the-ledger-only.md").then_some(())
    });
    // The decision beside its code is one key away, and the way back is one more.
    app.see(&css("article h1").text("Services read balances"));
    app.press("Mod+3");
    await_row(&app, ELIGIBILITY);
    app.focus(&tree());
    app.press("D");
    app.see(&css("article h1").text("A service reads only its own tables"));
    app.press("Alt+Left");
    await_row(&app, ELIGIBILITY);
    assert!(repo.holds(TABLES, "no-cross-reads"));
}

/// The window in German.
fn german(repo: &Repo) -> App {
    let home = Rc::new(Home::new());
    let file = home.path().join("config/precedent/settings.json");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(&file, json!({ "language": "de" }).to_string()).expect("settings");
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&role("treeitem").nth(0));
    app
}

/// Nothing is wider than the window, and no words are cut off without a sign.
fn fits(app: &App, what: &str) {
    let mut faults = Vec::new();
    wide(app, what, &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let cut = "return [...document.querySelectorAll('[data-screen=governance] :is(button, h2, p, label, dt)')].filter((one) => one.checkVisibility() && !one.closest('.sr, [role=tree]') && getComputedStyle(one).overflowX === 'hidden' && getComputedStyle(one).textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.trim())";
    assert_eq!(app.script(cut, &[]), json!([]), "{what}: cut off");
}

/// Each part of the place as it stands, with a picture in both themes.
fn parts(app: &App, lead: &str, names: [&str; 4]) {
    for (at, name) in names.into_iter().enumerate() {
        app.press(&(at + 1).to_string());
        app.see(&role("tab").like(name));
        app.on(&role("tab").like(name), "return element.ariaSelected;", &json!("true"));
        app.see(&css("[data-detail]"));
        fits(app, &format!("{lead}, {name}"));
        picture(app, &format!("{lead}-{}", ["violations", "rules", "waivers", "paths"][at]));
        app.focus(&tree());
    }
}

const GERMAN: [&str; 4] = ["Verstöße", "Regeln", "Ausnahmen", "Pfade"];
const ENGLISH: [&str; 4] = ["Violations", "Rules", "Waivers", "Paths"];

#[test]
fn the_place_speaks_german_and_fits_small_windows() {
    let repo = long_governed();
    let app = german(&repo);
    app.press("G V");
    let band = css("[data-testid=band]");
    app.see(&band.clone().text("In zwölf Wochen sank die Zahl offener Verstöße von 9 auf 6"));
    app.see(&css("[data-testid=debt] svg").text("6 offen").text("Neue Regel outbox-only, 2 gefunden"));
    await_focus(&app, &tree());
    parts(&app, "governance-de", GERMAN);
    app.press("1");
    await_row(&app, ELIGIBILITY);
    app.press("W");
    app.see(&css("[data-testid=waiver-form]").text("Diesen Verstoß ausnehmen"));
    app.type_text("Ausz");
    app.press("Esc");
    app.see_no(&css("[data-testid=waiver-form]"));
    // What was typed is still there, and the form goes on from it.
    app.press("W");
    app.see(&css("[data-testid=waiver-form]").text("Zehn Buchstaben oder mehr"));
    app.press("End");
    app.type_text("ahlungen lesen das bis zur Schnittstelle.");
    app.see(&css("[data-testid=waiver-form]").text("Legt docs/decisions/waivers/"));
    picture(&app, "governance-de-waive");
    app.press("Esc");
    for width in [1100, 900, 720] {
        app.resize(width, 860);
        app.see(&band);
        parts(&app, &format!("governance-de-{width}"), GERMAN);
        app.press("1");
    }
}

#[test]
fn the_place_is_there_at_twice_the_size() {
    let repo = long_governed();
    let app = start(&repo);
    app.press("G V");
    app.see(&css("[data-testid=debt] svg"));
    await_focus(&app, &tree());
    for _ in 0..6 {
        app.press("Mod+=");
    }
    app.wait("a page half as wide", || (app.script("return window.innerWidth", &[]) == json!(720)).then_some(()));
    parts(&app, "governance-zoom", ENGLISH);
}

/// A rule that was always kept, and for a week could not be read.
fn kept_rule() -> Repo {
    let repo = Repo::folder("payments-platform");
    repo.git(["init", "-q"]);
    let rule = |kind: &str| {
        format!(
            "---\nstatus: accepted\napplies-to: [\"src/**\"]\nrules:\n  - id: no-mongo\n    kind: {kind}\n    message: Postings live in Postgres.\n    match: {{literal: mongodb}}\n    tests: {{invalid: [{{path: src/a.rs, content: mongodb}}]}}\n---\n# Keep postings in Postgres\n\n## Decision\n\nPostings live in Postgres.\n"
        )
    };
    repo.write("docs/decisions/0001-postgres.md", rule("forbid-text"));
    repo.write("src/a.rs", "fn a() {}\n");
    repo.commit_ago("Begin", 80);
    repo.write("docs/decisions/0001-postgres.md", rule("forbid-txt"));
    repo.commit_ago("Mistype the rule", 40);
    repo.write("docs/decisions/0001-postgres.md", rule("forbid-text"));
    repo.commit_ago("Mend it", 32);
    repo
}

#[test]
fn where_nothing_is_broken_the_place_says_so_and_what_it_does_not_know() {
    let repo = kept_rule();
    let app = start(&repo);
    app.press("G V");
    app.see(&css("[data-testid=band]").text("Nothing breaks a decision"));
    let chart = css("[data-testid=debt-box]");
    app.see(&chart.clone().text("Nothing broke a decision in eleven weeks.").text("something couldn’t be decided"));
    picture(&app, "governance-flat");
    drop(app);

    let app = german(&repo);
    app.press("G V");
    app.see(&css("[data-testid=band]").text("Nichts verstößt gegen eine Entscheidung"));
    app.see(&chart.text("In elf Wochen verstieß nichts gegen eine Entscheidung.").text("blieb etwas offen"));
    picture(&app, "governance-de-flat");
    repo.write("docs/decisions/0001-postgres.md", "---\nstatus: accepted\nrules: [{id: a, kind: forbid-txt, message: M}]\n---\n# Keep postings\n\n## Decision\n\nYes.\n");
    app.see(&role("status").text("1 Frage blieb offen."));
    picture(&app, "governance-de-undecided");
    repo.write("docs/decisions/0001-postgres.md", "---\nstatus: accepted\n---\n# Keep postings\n");
    app.see(&role("heading").named("Noch prüft keine Regel diese Entscheidungen"));
    picture(&app, "governance-de-no-rules");
}

#[test]
fn a_check_that_fails_says_so_and_can_be_asked_for_again() {
    let repo = governed();
    let app = Launch::new().environment("PRECEDENT_PANIC", "governance").open(repo.root()).start();
    app.see(&role("treeitem").nth(0));
    app.press("G V");
    app.see(&role("alert").text("The repository couldn’t be checked."));
    app.see(&role("button").named("Check now").within(&role("alert")));
    picture(&app, "governance-failed");
}
