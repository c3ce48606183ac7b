//! What the decisions bind, and what breaks them: violations beside their decision and code, waivers, rules, paths.

use crate::acting::{command, picture};
use crate::axe::look;
use crate::fixture::{await_focus, tab_to};
use precedent_e2e::{App, Find, Repo, css, day_ago, role};

pub(crate) const TABLES: &str = "docs/decisions/0098-a-service-reads-only-its-own-tables.md";
const EVENTS: &str = "docs/decisions/0117-publish-events-through-an-outbox.md";
const FENCING: &str = "docs/decisions/0126-ledger-writes-carry-a-fencing-token.md";
pub(crate) const ELIGIBILITY: &str = "services/payouts/src/eligibility.rs";

const TABLES_TEXT: &str = "---
status: accepted
date: 2026-03-14
decision-makers: [\"@platform\"]
applies-to: [\"services/**\", \"jobs/**\"]
rules:
  - id: no-cross-reads
    kind: forbid-text
    message: A service reads a table that the ledger owns.
    remedy: Ask the ledger's balance endpoint.
    paths: [\"services/payouts/**\", \"services/risk/**\", \"jobs/**\"]
    match: {literal: ledger.accounts, in: code}
    tests:
      invalid: [{path: services/a.rs, content: \"let q = \\\"FROM ledger.accounts\\\";\\n\"}]
      valid: [{path: services/a.rs, content: \"// ledger.accounts\\n\"}]
  - id: nowhere
    kind: forbid-text
    severity: warning
    message: The old importer is gone.
    paths: [\"tools/importer/**\"]
    match: {literal: legacy}
    tests: {invalid: [{path: a, content: legacy}]}
---
# A service reads only its own tables

## Decision

A service reads only the tables it owns. Anything else goes through the owner's interface or its events.
";
const EVENTS_TEXT: &str = "---
status: accepted
date: 2026-05-02
decision-makers: [\"@checkout\"]
applies-to: [\"services/checkout/**\"]
rules:
  - id: outbox-only
    kind: forbid-text
    severity: warning
    message: Events leave through the outbox.
    match: {literal: broker.send, in: code}
    tests: {invalid: [{path: a.ts, content: \"broker.send(e)\"}]}
---
# Publish events through a transactional outbox

## Decision

Every event is written to the outbox in the transaction that causes it.
";
const FENCING_TEXT: &str = "---
status: proposed
date: 2026-11-14
applies-to: [\"services/ledger/**\"]
rules:
  - id: token
    kind: require-text
    message: Writes carry the token.
    match: {literal: fencing_token}
    tests: {invalid: [{path: a.rs, content: \"x\"}]}
---
# Ledger writes carry a fencing token

## Decision

Every posting set carries the lease epoch.
";
const CODE: &str = "async fn available(&self, account: AccountId) -> Result<Minor> {
    // Fast path for instant payouts, not through ledger.accounts alone.
    let row = sqlx::query!(
        \"SELECT balance FROM ledger.accounts WHERE id = $1\",
        account.0
    ).fetch_one(&self.pool).await?;
    Ok(row.balance)
}
";

/// A repository whose decisions bind, and whose code breaks them in five places.
pub(crate) fn governed() -> Repo {
    let repo = Repo::with(
        "payments-platform",
        &[
            ("precedent.toml", "logs = [\"docs/decisions\"]\n"),
            (TABLES, TABLES_TEXT),
            (EVENTS, EVENTS_TEXT),
            (FENCING, FENCING_TEXT),
            (ELIGIBILITY, CODE),
            ("services/payouts/src/limits/daily.rs", "fn daily() { query(\"FROM ledger.accounts\") }\n"),
            ("services/payouts/src/rails.rs", "fn rails() {}\n"),
            ("services/risk/app/velocity.py", "rows = query('SELECT 1 FROM ledger.accounts')\n"),
            ("services/checkout/src/events.ts", "export function paid(e: Paid) {\n  broker.send(e);\n}\n"),
            ("services/checkout/src/refund.ts", "broker.send(refund);\n"),
            ("services/ledger/src/write.rs", "fn write() {}\n"),
            ("web/index.ts", "export {};\n"),
        ],
    );
    repo.commit_all("Payments");
    repo
}

pub(crate) fn tree() -> Find {
    role("tree")
}

/// The row that the keys are on.
pub(crate) fn await_row(app: &App, words: &str) {
    let active = "const row = document.getElementById(element.getAttribute('aria-activedescendant')); return row?.querySelector('.sr')?.textContent.includes(arguments[0].toString()) ?? false;";
    let active = active.replace("arguments[0].toString()", &format!("{words:?}"));
    app.on(&tree(), &active, &true.into());
}

/// The app with the list of records on the screen: from then on its keys are heard.
pub(crate) fn start(repo: &Repo) -> App {
    let app = App::open(repo);
    app.see(&role("treeitem").nth(0));
    app
}

pub(crate) fn open(app: &App) {
    app.press("G V");
    app.see(&role("heading").named("Governance"));
    app.see(&css("[data-testid=band]").text("5 violations of 2 decisions"));
    await_focus(app, &tree());
}

#[test]
fn a_violation_stands_beside_its_decision_and_its_code() {
    let repo = governed();
    let app = start(&repo);
    // The number is there before anybody looks.
    app.see(&role("button").named("Governance, 5"));
    open(&app);
    await_row(&app, ELIGIBILITY);
    let detail = css("[data-testid=finding]");
    app.see(&detail.clone().text("A service reads a table that the ledger owns.").text("@platform"));
    app.see(&css("[data-testid=clause]").text("A service reads only the tables it owns."));
    app.see(&css("[data-testid=code] .hit").text("SELECT balance FROM ledger.accounts"));
    app.see(&css("[data-testid=code] .span").text("ledger.accounts"));
    app.see(&detail.clone().text("Instead: Ask the ledger's balance endpoint."));
    // The code was written in January, after its rule; it wears its colours.
    app.see(&detail.clone().text("since 15 Jan 2026 in"));
    app.see(&css("[data-testid=code] .hit .hljs-string").text("SELECT balance FROM"));
    app.see(&css("[data-testid=code] .hljs-keyword").text("async"));
    app.see(&role("treeitem").like(&format!("{ELIGIBILITY} line 4")).like("since "));
    picture(&app, "governance");

    // By the keys: down, folding, another grouping, back.
    app.press("Down");
    await_row(&app, "daily.rs");
    app.see(&css("[data-testid=code] .hit").text("fn daily()"));
    app.press("Left");
    await_row(&app, "A service reads only its own tables, 3 violations");
    app.press("Left");
    app.see_no(&role("treeitem").like("Error, services/payouts/src/limits"));
    app.press("Right Down");
    await_row(&app, ELIGIBILITY);
    app.press("U");
    app.see(&role("treeitem").like("services/payouts, 2 violations"));
    app.press("U U");
    app.see(&role("treeitem").like("A service reads only its own tables"));
    app.press("/");
    app.type_text("refund");
    app.press("Down");
    await_row(&app, "refund.ts");
    app.see(&css("[data-testid=clause]").text("written to the outbox"));

    // To the decision and back again to the same row; a change of it begins with its own words.
    app.press("D");
    app.see(&css("article h1").text("Publish events"));
    app.press("Alt+Left");
    await_row(&app, "refund.ts");
    app.click(&role("button").named("Propose a change to 0117"));
    app.see(&role("dialog").like("Supersede ADR-0117"));
    app.press("Esc");
    app.see_no(&role("dialog"));
    drop(app);
}

#[test]
fn the_verdict_follows_what_other_programs_save() {
    let repo = governed();
    let app = start(&repo);
    open(&app);
    repo.write(ELIGIBILITY, "fn available() {}\n");
    app.see(&css("[data-testid=band]").text("4 violations of 2 decisions"));
    app.see(&role("button").named("Governance, 4"));
    repo.write("services/payouts/src/new.rs", "query(\"ledger.accounts\")\n");
    app.see(&role("treeitem").like("Error, services/payouts/src/new.rs"));
    // A rule that is understood no longer is no clean result.
    repo.write(EVENTS, EVENTS_TEXT.replace("kind: forbid-text", "kind: forbid-txt"));
    app.see(&role("status").text("1 thing couldn’t be decided."));
    picture(&app, "governance-undecided");
    repo.write(EVENTS, EVENTS_TEXT);
    app.see_no(&role("status").text("couldn’t be decided."));
    for file in [
        "services/payouts/src/limits/daily.rs",
        "services/payouts/src/new.rs",
        "services/risk/app/velocity.py",
        "services/checkout/src/events.ts",
        "services/checkout/src/refund.ts",
    ] {
        repo.write(file, "\n");
    }
    app.see(&role("heading").named("Nothing breaks a decision").nth(0));
    picture(&app, "governance-clean");
    app.see(&role("button").named("Governance"));
}

#[test]
fn a_waiver_is_granted_by_the_keys_and_committed() {
    let repo = governed();
    let app = start(&repo);
    open(&app);
    await_row(&app, ELIGIBILITY);
    app.press("W");
    let form = css("[data-testid=waiver-form]");
    app.see(&form);
    app.type_text("Instant payouts need this read until the endpoint ships.");
    app.see(&form.clone().text("docs/decisions/waivers/"));
    app.click(&role("button").named("Preview").within(&form));
    app.see(&css("[data-testid=planned-file]").text("waives: [\"a-service"));
    picture(&app, "governance-waive");
    app.press("Mod+Enter");
    app.see_no(&form);
    app.see(&css("[data-testid=band]").text("4 violations of 2 decisions"));
    app.see(&role("status").text("It covers later changes once it is committed"));
    let waiver = repo.git(["diff", "--cached", "--name-only"]);
    assert!(waiver.starts_with("docs/decisions/waivers/"), "{waiver}");

    // What is waived is still there to be seen, with its end.
    app.click(&role("button").like("Waived"));
    app.see(&css("[data-testid=finding]").text("Waived until"));
    app.click(&role("button").named("Show the waiver"));
    app.see(&role("tab").like("Waivers"));
    app.see(&css("[data-testid=waiver]").text("Instant payouts need this read").text("1 violation"));
    picture(&app, "governance-waivers");

    // It is committed from here.
    app.click(&role("button").named("Commit it now"));
    app.see(&css("[data-screen=changes]"));
    app.see(&css(&format!("[data-path='{}'][data-staged=true]", waiver.trim())));
}

#[test]
fn rules_are_listed_by_how_they_fare() {
    let repo = governed();
    let app = start(&repo);
    command(&app, "Go to Rules");
    app.see(&role("tree").named("Rules"));
    app.see(&role("treeitem").like("a-service-reads-only-its-own-tables/no-cross-reads").like("3 violations"));
    app.see(&role("treeitem").like("ledger-writes-carry-a-fencing-token/token").like("would find 1"));
    await_focus(&app, &tree());
    app.press("Down");
    app.see(&css("[data-testid=rule]").text("No file of the repository is at its paths."));
    picture(&app, "governance-rules");
    app.press("Home Down");
    app.click(&role("button").named("Show 3 violations"));
    app.see(&css("[data-testid=finding]"));
    app.focus(&tree());
    app.press("3");
    app.see(&role("heading").named("No waiver is in force"));
}

#[test]
fn a_path_tells_what_binds_it() {
    let repo = governed();
    let app = start(&repo);
    command(&app, "Go to Paths");
    app.see(&role("treeitem").like("services, folder, 100% of lines bound, 5 violations"));
    app.see(&role("treeitem").like("web, folder, 0% of lines bound"));
    await_focus(&app, &tree());
    app.press("/");
    app.type_text("eligib");
    app.see(&role("button").named(ELIGIBILITY));
    app.press("Enter");
    await_row(&app, "eligibility.rs");
    let bindings = css("[data-testid=bindings]");
    app.see(&bindings.clone().text("1 decision binds this file").text("no-cross-reads").text("1 violation, line 4"));
    picture(&app, "governance-paths");
    app.press("End Up");
    await_row(&app, "web, folder");
    app.see(
        &bindings
            .clone()
            .text("No decision binds anything here")
            .text("0% of the lines are bound")
            .text("0 of 1 file bound."),
    );
    app.press("Up Up");
    app.press("/");
    app.type_text("ledger write");
    app.press("Enter");
    app.see(&bindings.clone().text("1 open proposal would also bind it").text("0126"));
}

#[test]
fn every_state_of_the_place_can_be_used_by_everyone() {
    let repo = Repo::with(
        "plain",
        &[("docs/decisions/0001-a.md", "---\nstatus: accepted\n---\n# Keep it small\n\n## Decision\n\nSmall.\n")],
    );
    repo.commit_all("One");
    let app = start(&repo);
    app.press("Mod+3");
    app.see(&role("heading").named("No rule checks these decisions yet"));
    // That nothing breaks a decision would be no news where nothing looks.
    app.see_no(&css("[data-testid=band]"));
    let mut faults = Vec::new();
    look(&app, "state-no-rules", &mut faults);
    app.screenshot("state-no-rules");
    app.click(&role("button").named("Add a rule to 0001"));
    app.see(&css("[data-screen=editor]"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_rule_is_tried_while_it_is_written() {
    let repo = governed();
    let app = start(&repo);
    command(&app, "Go to Rules");
    app.see(&role("treeitem").like("a-service-reads-only-its-own-tables/no-cross-reads"));
    app.click(&role("button").named("Edit the rule"));
    let bench = css("[data-testid=workbench]");
    app.see(&bench.clone().text("2 rules would find 3 here").text("2 examples hold").text("governs nothing"));
    app.see(&bench.clone().text("velocity.py").text("SELECT balance FROM ledger.accounts"));
    picture(&app, "rule-workbench");
    // Another text is looked for: nothing is found, and the example says so.
    app.focus(&crate::fixture::source());
    app.press("Down Down Down Down Down Down Down");
    app.press("End Left Left Left Left Left Left Left Left Left Left Left");
    app.type_text("x");
    app.see(&bench.clone().text("1 example fails"));
    assert!(repo.holds(TABLES, "ledger.accounts, in: code"), "nothing is written before it is saved");
}

/// A rule of three months ago, another of six weeks ago, a waiver, and two repairs since.
pub(crate) fn long_governed() -> Repo {
    let repo = Repo::folder("payments-platform");
    repo.git(["init", "-q"]);
    repo.write("precedent.toml", "logs = [\"docs/decisions\"]\n");
    repo.write(TABLES, TABLES_TEXT);
    repo.write(ELIGIBILITY, CODE);
    let reads = |name: &str| format!("services/risk/app/{name}.py");
    for name in ["velocity", "balance", "limits", "score", "report", "history", "export", "alerts"] {
        repo.write(&reads(name), "rows = query('SELECT 1 FROM ledger.accounts')\n");
    }
    repo.write("services/checkout/src/events.ts", "broker.send(e);\n");
    repo.write("services/checkout/src/refund.ts", "broker.send(refund);\n");
    repo.commit_ago("Payments", 100);
    repo.write(EVENTS, EVENTS_TEXT);
    repo.commit_ago("Publish through the outbox", 56);
    repo.write(&reads("velocity"), "\n");
    repo.write(&reads("balance"), "\n");
    repo.commit_ago("Ask the balance endpoint", 40);
    let (granted, expires) = (day_ago(30), day_ago(-60));
    let waiver = format!(
        "---\nschema: precedent/waiver/v1\nwaives: [\"a-service-reads-only-its-own-tables/no-cross-reads\"]\npaths: [\"services/risk/app/report.py\", \"services/risk/app/history.py\"]\nreason: The report moves next quarter.\nowner: \"@platform\"\ngranted: {granted}\nexpires: {expires}\n---\n# Why\n"
    );
    repo.write("docs/decisions/waivers/reports.md", waiver);
    repo.commit_ago("Let the reports be", 28);
    repo.write(&reads("limits"), "\n");
    repo.commit_ago("Ask for limits", 9);
    repo
}

#[test]
fn debt_is_drawn_over_twelve_weeks() {
    let repo = long_governed();
    let app = start(&repo);
    app.press("G V");
    let band = css("[data-testid=band]");
    // Nine reads before; two sends by a new rule, three repaid, two waived.
    app.see(&band.clone().text("Governance debt is down from 9 to 6 in twelve weeks"));
    app.see(&band.clone().text("6 violations of 2 decisions.").text("2 more are waived."));
    app.see(&css("[data-testid=debt] svg").text("6 open").text("2 waived").text("Rule outbox-only added, 2 found"));
    app.see(&role("img").like("Open violations: 9 on").like("6 today. Waived: 0 then, 2 today."));
    picture(&app, "governance-debt");

    // Week by week by the keys: today, the week before, back to where the rule came, which it leads to; or all as a table.
    let point = css("[data-testid=debt] .point[tabindex='0']");
    tab_to(&app, &point);
    app.on(&point, "return element.ariaLabel.includes(': 6 open, 2 waived');", &true.into());
    app.press("Home");
    app.on(&point, "return element.ariaLabel.includes(': 9 open, 0 waived');", &true.into());
    app.press("Right Right Right Right");
    app.on(
        &point,
        "return element.ariaLabel.includes('11 open, 0 waived. Rule outbox-only added, 2 found');",
        &true.into(),
    );
    app.see(&css("[data-testid=debt] .said").text("11 open"));
    picture(&app, "governance-debt-week");
    app.press("Enter");
    app.see(&css("[data-testid=rule]").text("Events leave through the outbox."));
    app.press("1");
    app.focus(&tree());
    app.press("T");
    app.see(&role("region").named("Open and waived violations at the end of each week").text("outbox-only"));
    picture(&app, "governance-debt-table");
    app.press("T");
    app.see(&css("[data-testid=debt] svg"));
    app.resize(760, 800);
    app.see(&role("img").like("Open violations: 9 on"));
    picture(&app, "governance-debt-narrow");
    app.resize(1000, 640);
    picture(&app, "governance-debt-small");
    app.resize(1440, 900);

    // The line ends with the files as they are.
    repo.write(ELIGIBILITY, "fn available() {}\n");
    app.see(&band.clone().text("down from 9 to 5"));
    app.see(&css("[data-testid=debt] svg").text("5 open"));
}

#[test]
fn debt_that_cannot_be_counted_says_why() {
    let repo = long_governed();
    // A tree of the past is gone: the present can be checked, the weeks before cannot.
    let lost = repo.git(["rev-parse", "HEAD~2:services"]);
    let lost = lost.trim();
    std::fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &lost[..2], &lost[2..]))).expect("a loose object");
    let app = start(&repo);
    app.press("G V");
    app.see(&css("[data-testid=band]").text("6 violations of 2 decisions"));
    app.see(&css("[data-standing=failed]").text("The weeks before today couldn’t be counted."));
    picture(&app, "governance-debt-failed");
    drop(app);

    // A repository of this week has no weeks before.
    let repo = Repo::folder("young");
    repo.git(["init", "-q"]);
    repo.write(TABLES, TABLES_TEXT);
    repo.write(ELIGIBILITY, CODE);
    repo.commit_ago("Begin", 2);
    let app = start(&repo);
    app.press("G V");
    app.see(&css("[data-testid=band]").text("1 violation of 1 decision"));
    app.see(&css("[data-testid=debt-box]").text("A line over time needs a week of history."));
    picture(&app, "governance-debt-young");
}

#[test]
fn counting_debt_can_be_stopped_and_begun_again() {
    let repo = Repo::folder("many");
    repo.git(["init", "-q"]);
    repo.write(TABLES, TABLES_TEXT);
    repo.write(ELIGIBILITY, CODE);
    // Texts that are there no longer, and are parsed to tell code from comments: the check of the present has not looked at them.
    let past: String =
        (0..200).map(|at| format!("fn before_{at}() {{ let x = \"a\"; }} // ledger.accounts\n")).collect();
    for at in 0..240 {
        repo.write(&format!("services/risk/src/m{at}.rs"), format!("// {at}\n{past}"));
    }
    repo.commit_ago("Begin", 90);
    for at in 0..240 {
        repo.write(&format!("services/risk/src/m{at}.rs"), format!("fn now_{at}() {{}}\n"));
    }
    repo.commit_ago("Less", 20);
    let app = start(&repo);
    app.press("G V");
    let counting = css("[data-standing=counting]");
    app.see(&counting.clone().text("Counting the last twelve weeks"));
    app.screenshot("governance-debt-counting");
    app.click(&role("button").named("Stop counting"));
    app.see(&css("[data-standing=cancelled]").text("Counting the last twelve weeks was stopped."));
    picture(&app, "governance-debt-cancelled");
    app.click(&role("button").named("Count them now"));
    app.see(&css("[data-testid=debt]"));
}
