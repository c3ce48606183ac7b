//! Commits through hooks that fail and pass, signed, amended, undone; and a kill in the middle of one.

use crate::acting::{command, picture};
use crate::changes::{file, message, open_changes, write_message};
use crate::fixture::{CACHE, CACHE_TEXT, POSTGRES, POSTGRES_TEXT, await_focus, row, small_log};
use precedent_e2e::{App, Launch, Repo, css, role};
use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

/// Two changed records, none staged.
fn changed() -> Repo {
    let repo = small_log();
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "two minutes"));
    repo.write(POSTGRES, POSTGRES_TEXT.replace("One Postgres cluster.", "Two Postgres clusters."));
    repo
}

fn beside(repo: &Repo, name: &str) -> PathBuf {
    repo.root().with_file_name(name)
}

fn hook(repo: &Repo, name: &str, script: &str) {
    let path = format!(".git/hooks/{name}");
    repo.write(&path, format!("#!/bin/sh\n{script}\n"));
    let made = Command::new("chmod").arg("+x").arg(repo.path(&path)).status();
    assert!(made.expect("chmod runs").success());
}

fn sign_with_ssh(repo: &Repo) {
    let key = beside(repo, "key");
    let made =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"]).arg(&key).status();
    assert!(made.expect("ssh-keygen runs").success());
    let public = std::fs::read_to_string(key.with_extension("pub")).expect("a public key");
    let address = repo.git(["config", "user.email"]);
    let signers = beside(repo, "signers");
    std::fs::write(&signers, format!("{} {public}", address.trim())).expect("a file of signers");
    for (name, value) in [
        ("gpg.format", "ssh".to_owned()),
        ("user.signingkey", key.display().to_string()),
        ("gpg.ssh.allowedSignersFile", signers.display().to_string()),
        ("commit.gpgsign", "true".to_owned()),
    ] {
        repo.git(["config", name, &value]);
    }
}

fn head(repo: &Repo) -> String {
    repo.git(["rev-parse", "HEAD"])
}

#[test]
fn a_hunk_goes_through_a_failing_and_a_passing_hook_and_is_signed() {
    let repo = changed();
    sign_with_ssh(&repo);
    let name = |name: &str| beside(&repo, name).display().to_string();
    hook(
        &repo,
        "pre-commit",
        &format!(
            "echo looking at the records\nwhile [ ! -e '{}' ]; do sleep 0.05; done\n[ -e '{}' ] || {{ echo no owner is named; exit 1; }}\necho all is well",
            name("looked"),
            name("happy")
        ),
    );
    let before = head(&repo);
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.focus(&css("[data-hunk]").nth(0));
    app.press("Space");
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    write_message(&app, "Keep quotes longer");
    app.press("Mod+Enter");
    let trust = role("dialog").named("Let this repository run its own programs?");
    app.see(&trust);
    app.click(&role("button").named("Trust and commit").within(&trust));

    // What the hook prints is on screen while it runs.
    app.see(&css("details").text("looking at the records"));
    app.screenshot("hook-live");
    std::fs::write(beside(&repo, "looked"), "").expect("a file");
    app.see(&css(".banner").text("The pre-commit hook stopped this commit."));
    app.see(&css("details").text("no owner is named"));
    assert_eq!(head(&repo), before, "nothing was committed");
    assert_eq!(app.value(&message()), "Keep quotes longer");

    // What is mended meanwhile goes along.
    repo.write(CACHE, CACHE_TEXT.replace("a minute", "three minutes"));
    app.see(&css(".banner").text("What you changed since in 1 file goes along."));
    std::fs::write(beside(&repo, "happy"), "").expect("a file");
    app.click(&role("button").named("Fix and retry"));
    app.wait("the commit", || (head(&repo) != before).then_some(()));
    app.see(&css(".toast").text("Committed 1 record to main"));
    assert!(repo.git(["show", &format!("HEAD:{CACHE}")]).contains("three minutes"));
    repo.git(["verify-commit", "HEAD"]);
    assert_eq!(repo.git(["show", "--name-only", "--format=%s"]).trim(), format!("Keep quotes longer\n\n{CACHE}"));
    repo.assert_sound();
}

#[test]
fn a_hook_that_hangs_is_stopped_and_nothing_is_lost() {
    let repo = changed();
    repo.git(["add", CACHE]);
    hook(&repo, "pre-commit", "echo waiting for the moon\nsleep 600");
    let (before, staged) = (head(&repo), repo.git(["status", "--porcelain"]));
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    write_message(&app, "Keep quotes longer");
    app.press("Mod+Enter");
    let trust = role("dialog").named("Let this repository run its own programs?");
    app.see(&trust);
    app.click(&role("button").named("Trust and commit").within(&trust));
    app.see(&css("details").text("waiting for the moon"));
    app.see(&role("status").text("The commit waits for a hook or for your key."));
    picture(&app, "hook-hangs");
    app.click(&role("button").named("Stop the commit"));
    app.see(&css(".banner").text("The commit was stopped; nothing was committed"));
    app.see(&css(".banner").text("what is staged is as it was before"));
    picture(&app, "commit-stopped");
    assert_eq!(app.value(&message()), "Keep quotes longer");
    assert_eq!((head(&repo), repo.git(["status", "--porcelain"])), (before.clone(), staged));
    hook(&repo, "pre-commit", "exit 0");
    app.click(&role("button").named("Try again"));
    app.wait("the commit", || (head(&repo) != before).then_some(()));
    repo.assert_sound();
}

#[test]
fn the_last_commit_is_amended_undone_and_its_message_comes_back() {
    let repo = changed();
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.click(&css(".tick").within(&file(CACHE)));
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    // The suggestion for what was just staged comes first.
    app.on(&message(), "return element.value.startsWith('Reword ADR-0001');", &true.into());
    write_message(&app, "Kep quotes longer");
    app.press("Mod+Enter");
    app.see(&css(".toast").text("Committed 1 record"));
    let made = head(&repo);

    app.click(&role("button").named("More for this commit"));
    app.click(&role("menuitemcheckbox").named("Amend the last commit"));
    app.press("Esc");
    app.on(&message(), "return element.value;", &"Kep quotes longer".into());
    picture(&app, "amending");
    app.focus(&message());
    app.press("Mod+A");
    app.insert("Keep quotes longer");
    app.press("Mod+Enter");
    app.wait("the amended commit", || {
        (repo.git(["log", "-1", "--format=%s"]).trim() == "Keep quotes longer").then_some(())
    });
    assert_ne!(head(&repo), made);
    assert_eq!(repo.git(["rev-list", "--count", "HEAD"]).trim(), "2");

    app.see(&css(".toast").text("Amended “Keep quotes longer”."));
    command(&app, "Undo last commit");
    app.wait("the first commit again", || (repo.git(["rev-list", "--count", "HEAD"]).trim() == "1").then_some(()));
    app.on(&message(), "return element.value;", &"Keep quotes longer".into());
    app.see(&css(&format!("[data-path='{CACHE}'][data-staged=true]")));
    assert_eq!(repo.git(["diff", "--cached", "--name-only"]).trim(), CACHE);
    repo.assert_sound();
}

#[test]
fn a_draft_is_not_lost_to_an_undone_commit_or_to_one_that_is_not_the_last_any_more() {
    let repo = changed();
    repo.git(["add", CACHE]);
    let before = head(&repo);
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    write_message(&app, "Keep quotes longer");
    app.press("Mod+Enter");
    app.see(&css(".toast").text("Committed 1 record"));
    // The field keeps the focus, and the next message is begun.
    await_focus(&app, &message());
    write_message(&app, "Half a thought");
    command(&app, "Undo last commit");
    app.wait("the first commit again", || (head(&repo) == before).then_some(()));
    let other = css(".other");
    app.see(&other.clone().text("The commit said “Keep quotes longer”."));
    assert_eq!(app.value(&message()), "Half a thought");
    picture(&app, "undone-draft");
    app.click(&role("button").named("Use it").within(&other));
    app.on(&message(), "return element.value;", &"Keep quotes longer".into());
    app.see(&other.clone().text("You had written “Half a thought”."));
    await_focus(&app, &message());
    app.press("Mod+Enter");
    app.wait("the commit", || (head(&repo) != before).then_some(()));
    app.see(&css(".toast").text("Committed 1 record"));

    // Another program commits while the last one is being amended.
    app.click(&role("button").named("More for this commit"));
    app.click(&role("menuitemcheckbox").named("Amend the last commit"));
    app.press("Esc");
    app.on(&message(), "return element.value;", &"Keep quotes longer".into());
    write_message(&app, "Keep quotes for two minutes");
    repo.git(["switch", "-q", "-c", "other"]);
    repo.git(["commit", "-q", "--allow-empty", "-m", "Theirs"]);
    app.see(&css(".commit").text("Another commit is the last one now, so nothing is amended. Your words are kept."));
    app.see(&other.text("You had written “Keep quotes for two minutes”."));
    picture(&app, "amend-ended");
    assert_eq!(repo.git(["log", "-1", "--format=%s"]).trim(), "Theirs");
    repo.assert_sound();
}

#[test]
fn a_kill_in_the_middle_of_a_commit_keeps_the_message_and_says_so() {
    let repo = changed();
    repo.git(["add", CACHE]);
    let go_on = beside(&repo, "go-on").display().to_string();
    let ended = beside(&repo, "ended").display().to_string();
    hook(
        &repo,
        "pre-commit",
        &format!("while [ ! -e '{go_on}' ]; do sleep 0.05; done\nrm -f '{go_on}'; touch '{ended}'; exit 1"),
    );
    let before = head(&repo);
    let home = {
        let app = App::open(&repo);
        app.see(&row("0001"));
        open_changes(&app, CACHE);
        write_message(&app, "Keep quotes longer\n\nThe upstream is slow.");
        app.press("Mod+Enter");
        app.click(&role("button").named("Trust and commit"));
        app.see(&role("button").like("Committing"));
        app.wait("the commit to be noted", || repo.path(".git/precedent/commit.json").exists().then_some(()));
        let home = Rc::clone(app.home());
        app.crash();
        home
    };
    std::fs::write(&go_on, "").expect("a file");
    let begun = std::time::Instant::now();
    while !beside(&repo, "ended").exists() && begun.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let app = Launch::new().home(&home).open(repo.root()).start();
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    app.see(&css(".banner").text("A commit was cut off."));
    app.on(&message(), "return element.value;", &"Keep quotes longer\n\nThe upstream is slow.".into());
    picture(&app, "cut-off");
    assert_eq!(head(&repo), before);
    assert_eq!(repo.git(["diff", "--cached", "--name-only"]).trim(), CACHE);

    std::fs::write(repo.path(".git/hooks/pre-commit"), "#!/bin/sh\nexit 0\n").expect("another hook");
    app.click(&role("button").named("Understood"));
    app.focus(&message());
    app.press("Mod+Enter");
    app.wait("the commit", || (head(&repo) != before).then_some(()));
    repo.assert_sound();
}

#[test]
fn who_commits_is_asked_once_and_the_commit_goes_on() {
    let repo = changed();
    repo.git(["add", CACHE]);
    repo.git(["config", "user.name", ""]);
    let before = head(&repo);
    let app = App::open(&repo);
    app.see(&row("0001"));
    open_changes(&app, CACHE);
    write_message(&app, "Keep quotes longer");
    app.press("Mod+Enter");
    app.see(&css(".banner").text("git doesn’t know who you are."));
    app.click(&role("button").named("Set name and email"));
    let dialog = role("dialog").named("Who commits?");
    app.see(&dialog);
    picture(&app, "who-commits");
    app.fill(&role("textbox").named("Name").within(&dialog), "Cy Ray");
    app.fill(&role("textbox").named("Email").within(&dialog), "cy@example.org");
    app.click(&css("input[type=checkbox]").within(&dialog));
    app.click(&role("button").named("Set and commit").within(&dialog));
    app.wait("the commit", || (head(&repo) != before).then_some(()));
    assert_eq!(repo.git(["log", "-1", "--format=%s|%an|%ae"]).trim(), "Keep quotes longer|Cy Ray|cy@example.org");
    repo.assert_sound();
}
