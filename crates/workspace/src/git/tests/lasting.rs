//! The message that is never lost, commits that are amended, undone or cut off, and who makes them.

use super::fixture::{Fixture, RECORD, record};
use crate::git::trash::{self, Thrown};
use crate::git::underway;
use precedent_core::plan::FileWrite;
use precedent_core::wire::{CommitRequest, ErrorCode, IgnoreWhat, Spaces};
use precedent_core::{RecordPath, WritePlan};

fn request(message: &str) -> CommitRequest {
    CommitRequest { message: message.into(), trust: true, ..CommitRequest::default() }
}

/// A repository with one staged change.
fn staged() -> Fixture {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "Yes."));
    at.git(&["add", RECORD]);
    at
}

fn subjects(at: &Fixture) -> Vec<String> {
    at.git(&["log", "--format=%s"]).lines().map(str::to_owned).collect()
}

#[test]
fn a_failing_hook_leaves_the_message_and_tells_as_it_goes() {
    let at = staged();
    at.hook("pre-commit", "echo looking at it; echo not good >&2; exit 1");
    let workspace = at.workspace();
    let mut told = String::new();
    let error = workspace
        .commit_telling(&request("Accept it\n\nBecause."), &mut |text| told.push_str(text), &|| false)
        .expect_err("stopped");
    assert_eq!(error.code(), ErrorCode::HookFailed);
    assert_eq!(told, "looking at it\nnot good\n");
    let start = at.workspace().message_start().expect("a start");
    assert_eq!(start.kept.as_deref(), Some("Accept it\n\nBecause.\n"));
    assert_eq!(start.interrupted, None);

    at.hook("pre-commit", "exit 0");
    workspace.commit(&request("Accept it")).expect("a commit");
    assert_eq!(at.workspace().message_start().expect("a start").kept, None);
}

#[test]
fn output_is_told_while_a_hook_runs() {
    let at = staged();
    // The hook goes on only when its first line was told.
    at.hook("pre-commit", "echo one; while [ ! -e ../go-on ]; do sleep 0.02; done; echo two");
    let mut parts = Vec::new();
    let told = &mut |text: &str| {
        parts.push(text.to_owned());
        at.write("../go-on", "");
    };
    at.workspace().commit_telling(&request("x"), told, &|| false).expect("a commit");
    assert!(parts.concat().starts_with("one\ntwo\n"), "{parts:?}");
    assert!(parts.len() > 1, "{parts:?}");
}

#[test]
fn a_git_killed_at_any_hook_loses_nothing() {
    for (hook, made) in
        [("pre-commit", false), ("prepare-commit-msg", false), ("commit-msg", false), ("post-commit", true)]
    {
        let at = staged();
        at.hook(hook, "kill -9 $PPID");
        let workspace = at.workspace();
        let done = workspace.commit(&request("Accept it"));
        assert_eq!(done.is_ok(), made, "{hook}: {done:?}");
        assert_eq!(subjects(&at)[0], if made { "Accept it" } else { "Start" }, "{hook}");
        at.fsck();
        assert!(!at.root().join(".git/index.lock").exists(), "{hook}");
        let start = at.workspace().message_start().expect("a start");
        assert_eq!(start.kept.is_some(), !made, "{hook}");
        // And it goes on.
        std::fs::remove_file(at.root().join(format!(".git/hooks/{hook}"))).expect("no hook");
        at.write("more.txt", "x\n");
        let again = CommitRequest { stage: vec!["more.txt".into()], ..request("Again") };
        workspace.commit(&again).expect("a commit");
        at.fsck();
    }
}

/// What a kill of the app itself leaves: the note of the commit, its message, and a lock.
fn cut_off(at: &Fixture, subject: &str) {
    let head = at.git(&["rev-parse", "HEAD"]).trim().to_owned();
    let state = format!(r#"{{"version":1,"head":"{head}","subject":"{subject}"}}"#);
    at.write(".git/precedent/commit.json", &state);
    at.write(".git/precedent/message.txt", &format!("{subject}\n\nWhy.\n"));
    at.write(".git/index.lock", "");
}

#[test]
fn a_commit_cut_off_before_it_was_made_is_told_at_the_next_open() {
    let at = staged();
    cut_off(&at, "Accept it");
    let workspace = at.workspace();
    let start = workspace.message_start().expect("a start");
    let said = start.interrupted.expect("it is said");
    assert!(said.contains("“Accept it” was interrupted before it was made"), "{said}");
    assert_eq!(start.kept.as_deref(), Some("Accept it\n\nWhy.\n"));
    assert!(!at.root().join(".git/index.lock").exists());
    workspace.commit(&request("Accept it")).expect("a commit");
    assert_eq!(at.workspace().message_start().expect("a start").interrupted, None);
}

#[test]
fn a_commit_cut_off_after_it_was_made_is_not_made_twice() {
    let at = staged();
    cut_off(&at, "Accept it");
    std::fs::remove_file(at.root().join(".git/index.lock")).expect("no lock");
    at.git(&["commit", "-qm", "Accept it"]);
    let start = at.workspace().message_start().expect("a start");
    assert!(start.interrupted.expect("it is said").contains("after it had been made"));
    assert_eq!(start.kept, None);
}

#[test]
fn a_lock_that_was_there_before_belongs_to_another() {
    let at = staged();
    at.write(".git/index.lock", "");
    // Time stamps of files come from the disk's clock, which may be coarse.
    let made = || std::fs::metadata(at.root().join(".git/precedent/commit.json")).and_then(|about| about.modified());
    let lock = std::fs::metadata(at.root().join(".git/index.lock")).and_then(|about| about.modified()).expect("a time");
    let head = at.git(&["rev-parse", "HEAD"]).trim().to_owned();
    while made().map_or(true, |made| made <= lock) {
        at.write(".git/precedent/commit.json", &format!(r#"{{"version":1,"head":"{head}","subject":"x"}}"#));
    }
    assert!(underway::settle(&at.root(), &at.root().join(".git/precedent")).is_some());
    assert!(at.root().join(".git/index.lock").exists());
}

#[test]
fn amending_replaces_the_last_commit_and_says_when_others_have_it() {
    for hook in [false, true] {
        let at = staged();
        if hook {
            at.hook("commit-msg", "exit 0");
        }
        let workspace = at.workspace();
        workspace.commit(&request("Acept it")).expect("a commit");
        let last = workspace.last_commit().expect("a commit").expect("one");
        assert_eq!((last.message.as_str(), last.pushed, last.stays.as_deref()), ("Acept it", false, None));
        // Another message only.
        let amend = |message: &str| CommitRequest {
            amend: Some(at.git(&["rev-parse", "HEAD"]).trim().to_owned()),
            ..request(message)
        };
        workspace.commit(&amend("Accept it")).expect("amended");
        // The commit that was on show is another by now.
        let gone = CommitRequest { amend: Some(last.commit.clone()), ..request("Accept that") };
        assert_eq!(workspace.commit(&gone).expect_err("refused").code(), ErrorCode::Conflict);
        assert_eq!(subjects(&at), ["Accept it", "Start"]);

        at.git(&["init", "-q", "--bare", "../there.git"]);
        at.git(&["remote", "add", "origin", "../there.git"]);
        at.git(&["push", "-q", "--no-verify", "origin", "main"]);
        let error = workspace.commit(&amend("Accept all")).expect_err("refused");
        assert!(error.to_string().contains("on a remote"), "{error}");
        assert_eq!(subjects(&at), ["Accept it", "Start"]);
        let last = workspace.last_commit().expect("a commit").expect("one");
        assert!(last.pushed);
        assert_eq!(workspace.undo_commit(&last.commit).expect_err("refused").code(), ErrorCode::Usage);
        workspace.commit(&CommitRequest { amend_pushed: true, ..amend("Accept all") }).expect("amended");
        assert_eq!(subjects(&at), ["Accept all", "Start"]);
        at.fsck();
    }
}

#[test]
fn the_last_commit_is_taken_back_with_its_message() {
    let at = staged();
    let workspace = at.workspace();
    let reply = workspace.commit(&request("Accept it\n\nWhy.")).expect("a commit");
    let undone = workspace.undo_commit(&reply.commit).expect("undone");
    assert_eq!(undone.message, "Accept it\n\nWhy.");
    assert_eq!(subjects(&at), ["Start"]);
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]).trim(), RECORD);
    assert_eq!(workspace.message_start().expect("a start").kept.as_deref(), Some("Accept it\n\nWhy."));
    assert_eq!(workspace.undo_commit(&reply.commit).expect_err("not again").code(), ErrorCode::Conflict);
    // What is being written meanwhile stays.
    let again = workspace.commit(&request("Accept it")).expect("a commit");
    workspace.keep_message("Half a thought").expect("kept");
    workspace.undo_commit(&again.commit).expect("undone");
    assert_eq!(workspace.message_start().expect("a start").kept.as_deref(), Some("Half a thought"));

    // The first one, too.
    at.git(&["stash", "-q"]);
    let first = workspace.last_commit().expect("a commit").expect("one");
    workspace.undo_commit(&first.commit).expect("undone");
    assert_eq!(workspace.last_commit().expect("none"), None);
    assert!(at.git(&["diff", "--cached", "--name-only"]).contains(RECORD));
    at.fsck();
}

#[test]
fn a_template_is_text_and_help() {
    let at = staged();
    at.write("../template", "Ticket: \n# Say why.\n# Not what.\n");
    at.git(&["config", "commit.template", "../template"]);
    let start = at.workspace().message_start().expect("a start");
    assert_eq!(start.template.as_deref(), Some("Ticket:"));
    assert_eq!(start.help.as_deref(), Some("Say why.\nNot what."));
    at.write("../template", "# Say why.\n");
    assert_eq!(at.workspace().message_start().expect("a start").template, None);
}

#[test]
fn who_commits_is_set_and_who_else_does_is_known() {
    let at = staged();
    at.git(&["-c", "user.name=Bo", "-c", "user.email=bo@example.org", "commit", "-q", "--allow-empty", "-m", "x"]);
    at.write("more.txt", "x\n");
    at.git(&["add", "more.txt"]);
    let workspace = at.workspace();
    assert_eq!(workspace.people().expect("people"), ["Bo <bo@example.org>"]);
    assert_eq!(workspace.set_author("", "x@y", false).expect_err("no name").code(), ErrorCode::Usage);
    let status = workspace.set_author("Cy Ray", "cy@example.org", false).expect("set");
    assert_eq!(status.author.as_deref(), Some("Cy Ray <cy@example.org>"));
    workspace.commit(&request("x")).expect("a commit");
    assert_eq!(at.git(&["log", "-1", "--format=%an <%ae>"]).trim(), "Cy Ray <cy@example.org>");
}

#[test]
fn a_file_its_kind_or_its_folder_is_ignored() {
    for (what, line) in
        [(IgnoreWhat::File, "/tmp/a [1].log"), (IgnoreWhat::Ending, "*.log"), (IgnoreWhat::Folder, "/tmp/")]
    {
        let at = Fixture::with_record();
        at.write(".gitignore", "x");
        at.commit_all("Ignore x");
        at.write("tmp/a [1].log", "1\n");
        at.write("tmp/a 1.log", "1\n");
        let workspace = at.workspace();
        workspace.ignore("tmp/a [1].log", what).expect("ignored");
        let file = std::fs::read_to_string(at.root().join(".gitignore")).expect("a file");
        assert_eq!(file, format!("x\n{}\n", line.replace('[', "\\[").replace(']', "\\]")));
        let left = at.git(&["status", "--porcelain", "-uall"]);
        assert_eq!(left.contains("a 1.log"), matches!(what, IgnoreWhat::File), "{left}");
        assert!(!left.contains("[1]"), "{left}");
        // A second time changes nothing; and it can be taken back.
        workspace.ignore("tmp/a [1].log", what).expect("ignored");
        assert_eq!(workspace.undo_list().len(), 1);
    }
}

#[test]
fn versions_are_compared_and_the_accepted_one_is_found() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "We take the red one, because it is the cheapest of all."));
    at.commit_all("Accept");
    let accepted = at.git(&["rev-parse", "HEAD"]).trim().to_owned();
    at.write(RECORD, &record("accepted", "We take the blue one, because it is the cheapest of all."));
    at.commit_all("Reword");
    at.write(RECORD, &record("deprecated", "We take the blue one, because it is the cheapest of all."));
    let workspace = at.workspace();
    assert_eq!(workspace.accepted_in(RECORD).expect("a search").expect("found").commit, accepted);
    let diff = workspace.compare_versions(RECORD, "accepted", "worktree", Spaces::Shown).expect("a diff");
    assert!(diff.rendered.contains("<del>red</del>") && diff.rendered.contains("<ins>blue</ins>"), "{}", diff.rendered);
    assert_eq!(diff.fields[0].new, "deprecated");
    let diff = workspace.compare_versions(RECORD, &accepted, "committed", Spaces::Shown).expect("a diff");
    assert!(diff.fields.is_empty() && diff.hunks.len() == 1);
    assert_eq!(
        workspace.compare_versions(RECORD, "0000", "staged", Spaces::Shown).expect_err("none").code(),
        ErrorCode::NotFound
    );
}

#[test]
fn a_discard_cut_off_anywhere_leaves_the_work_or_its_copy() {
    let committed = record("proposed", "We take the red one, because it is the cheapest of all.");
    let changed = record("accepted", "Months of work.");
    for step in ["nothing", "journal", "temporary", "decide", "place"] {
        let at = Fixture::with_record();
        at.write(RECORD, &changed);
        {
            let workspace = at.workspace();
            let own = workspace.store.own();
            let thrown = Thrown {
                after: Some(crate::scan::hash(committed.as_bytes())),
                ..Thrown::new(RECORD, "0001".into(), "modified", workspace.today())
            };
            trash::keep(&own, thrown, Some(changed.as_bytes()), workspace.today()).expect("kept");
            let path = RecordPath::new(RECORD);
            let file = FileWrite { path, before: Some(changed.clone().into()), after: Some(committed.clone().into()) };
            let plan = WritePlan { title: "Discard changes to 0001".into(), files: vec![file] };
            if step != "nothing" {
                workspace.store.apply_until(&plan, &mut |reached| reached != step).expect_err("a crash");
            }
        }
        let workspace = at.workspace();
        let now = std::fs::read_to_string(at.root().join(RECORD)).expect("a file");
        let kept = workspace.trash().expect("a list");
        assert!(now == changed && kept.is_empty() || now == committed && kept.len() == 1, "{step}");
        if let Some(item) = kept.first() {
            workspace.restore_discarded(&item.id, false).expect("restored");
            assert_eq!(std::fs::read_to_string(at.root().join(RECORD)).expect("a file"), changed);
        }
        at.fsck();
    }
}
