//! The commands that are shown do what the window does, when a shell takes them as they stand.

use super::fixture::{Fixture, RECORD, record};
use super::listing::conflict;
use precedent_core::wire::{CommandsRequest, GitAct, GitCommand};

fn list(at: &Fixture, request: &CommandsRequest) -> Vec<GitCommand> {
    at.workspace().git_commands(request).expect("commands")
}

fn of(at: &Fixture, request: &CommandsRequest, act: GitAct) -> Option<String> {
    list(at, request).into_iter().find(|line| line.act == act).map(|line| line.command)
}

/// Runs a command as a shell would split it.
fn run(at: &Fixture, command: Option<String>) -> String {
    let words = shlex::split(&command.expect("a command")).expect("words");
    assert_eq!(words.first().map(String::as_str), Some("git"));
    at.git(&words.iter().skip(1).map(String::as_str).collect::<Vec<_>>())
}

fn file(path: &str, staged: bool) -> CommandsRequest {
    CommandsRequest { path: Some(path.into()), staged, ..CommandsRequest::default() }
}

#[test]
fn a_file_of_any_name_is_staged_taken_out_and_thrown_away_alone() {
    let at = Fixture::with_record();
    for name in ["docs/it's [a] *.md", "docs/it's [a] x.md", ":(top)y.md"] {
        at.write(name, "one\n");
    }
    at.commit_all("Names");
    for name in ["docs/it's [a] *.md", ":(top)y.md"] {
        at.write(name, "two\n");
        at.write("docs/it's [a] x.md", "two\n");
        run(&at, of(&at, &file(name, false), GitAct::Stage));
        let staged = |at: &Fixture| at.git(&["-c", "core.quotePath=false", "diff", "--cached", "--name-only", "-z"]);
        assert_eq!(staged(&at), format!("{name}\0"));
        assert!(run(&at, of(&at, &file(name, true), GitAct::Diff)).contains("+two"));
        run(&at, of(&at, &file(name, true), GitAct::Unstage));
        assert_eq!(staged(&at), "");
        run(&at, of(&at, &file(name, false), GitAct::Discard));
        assert_eq!(at.entries().len(), 1, "{:?}", at.entries());
        run(&at, of(&at, &file("docs/it's [a] x.md", false), GitAct::Discard));
    }
    at.write("new *.md", "one\n");
    at.write("new x.md", "one\n");
    run(&at, of(&at, &file("new *.md", false), GitAct::Discard));
    assert_eq!(at.entries().iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["new x.md"]);
}

#[test]
fn a_commit_is_made_amended_and_taken_back() {
    let at = Fixture::with_record();
    let subjects = |at: &Fixture| at.git(&["log", "--format=%s"]);
    at.write(RECORD, &record("accepted", "We take the red one."));
    at.git(&["add", "-A"]);
    let says = |message: &str, amend| CommandsRequest { message: message.into(), amend, ..CommandsRequest::default() };
    run(&at, of(&at, &says("It's accepted\n\nWhy.", false), GitAct::Commit));
    assert_eq!(at.git(&["log", "-1", "--format=%B"]).trim(), "It's accepted\n\nWhy.");
    assert_eq!(of(&at, &says("x", true), GitAct::Commit), None);
    run(&at, of(&at, &says("Accept it", true), GitAct::Amend));
    assert_eq!(subjects(&at), "Accept it\nStart\n");
    let undo = of(&at, &says("", false), GitAct::UndoCommit);
    assert_eq!(undo.as_deref(), Some("git reset --soft HEAD~1"), "no quotes that are not needed");
    run(&at, undo);
    assert_eq!(subjects(&at), "Start\n");
    run(&at, of(&at, &says("", false), GitAct::UndoCommit));
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]).lines().count(), 2);
    assert_eq!(of(&at, &says("", false), GitAct::UndoCommit), None, "nothing is committed");
}

#[test]
fn what_cannot_be_done_here_has_no_command() {
    let at = Fixture::with_record();
    let acts =
        |at: &Fixture| list(at, &CommandsRequest::default()).into_iter().map(|line| line.act).collect::<Vec<_>>();
    let plain = acts(&at);
    for absent in [GitAct::Stage, GitAct::Fetch, GitAct::Push, GitAct::ApplyStash, GitAct::Abort] {
        assert!(!plain.contains(&absent), "{absent:?}");
    }
    for there in
        [GitAct::SwitchBranch, GitAct::CreateBranch, GitAct::DeleteBranch, GitAct::AddRemote, GitAct::SaveStash]
    {
        assert!(plain.contains(&there), "{there:?}");
    }
    // An empty repository has none to switch to, and no commit to take back.
    let empty = acts(&Fixture::new());
    for absent in [GitAct::SwitchBranch, GitAct::UndoCommit, GitAct::SaveStash] {
        assert!(!empty.contains(&absent), "{absent:?}");
    }

    at.git(&["init", "-q", "--bare", "../far.git"]);
    at.git(&["remote", "add", "origin", "../far.git"]);
    let publish = of(&at, &CommandsRequest::default(), GitAct::Publish);
    assert_eq!(publish.as_deref(), Some("git push --set-upstream origin refs/heads/main:refs/heads/main"));
    run(&at, publish);
    assert_eq!(
        of(&at, &CommandsRequest::default(), GitAct::Push).as_deref(),
        Some("git push origin refs/heads/main:refs/heads/main")
    );
    assert_eq!(of(&at, &CommandsRequest::default(), GitAct::Fetch).as_deref(), Some("git fetch origin"));
}

#[test]
fn what_is_under_way_and_put_aside_has_its_own() {
    let at = Fixture::with_record();
    at.write("src/main.rs", "fn main() { one() }\n");
    run(&at, of(&at, &CommandsRequest::default(), GitAct::SaveStash));
    assert!(at.entries().is_empty());
    run(&at, of(&at, &CommandsRequest::default(), GitAct::ApplyStash));
    assert_eq!(at.entries().len(), 1);
    run(&at, of(&at, &CommandsRequest::default(), GitAct::DropStash));
    assert_eq!(at.git(&["stash", "list"]), "");

    at.commit_all("One");
    at.git(&["switch", "-q", "-c", "side", "HEAD~1"]);
    at.write("src/main.rs", "fn main() { two() }\n");
    at.commit_all("Two");
    assert!(!at.try_git(&["merge", "-q", "main"]).0);
    let merging = list(&at, &CommandsRequest::default());
    let has = |act| merging.iter().any(|line| line.act == act);
    assert!(has(GitAct::Abort) && has(GitAct::Continue) && !has(GitAct::Skip), "{merging:?}");
    run(&at, of(&at, &CommandsRequest::default(), GitAct::Abort));
    assert!(at.entries().is_empty());
}

#[test]
fn a_side_of_a_conflict_is_taken_as_a_whole() {
    let text = |at: &Fixture| std::fs::read_to_string(at.root().join("src/main.rs")).ok();
    for (act, taken) in [(GitAct::TakeMine, "fn main() { ours() }\n"), (GitAct::TakeTheirs, "fn main() { theirs() }\n")]
    {
        for rebases in [false, true] {
            let at = Fixture::with_record();
            let side = |text: &'static str| move |at: &Fixture| at.write("src/main.rs", text);
            conflict(&at, side("fn main() { theirs() }\n"), side("fn main() { ours() }\n"));
            if rebases {
                at.git(&["merge", "--abort"]);
                assert!(!at.try_git(&["rebase", "-q", "theirs"]).0);
            }
            run(&at, of(&at, &file("src/main.rs", false), act));
            run(&at, of(&at, &file("src/main.rs", false), GitAct::Stage));
            assert_eq!(text(&at).as_deref(), Some(taken), "rebases: {rebases}");
            assert!(!at.git(&["status", "--porcelain"]).contains("UU"));
        }
    }
    let at = Fixture::with_record();
    conflict(&at, |at| at.delete("src/main.rs"), |at| at.write("src/main.rs", "fn main() { ours() }\n"));
    run(&at, of(&at, &file("src/main.rs", false), GitAct::TakeTheirs));
    assert_eq!(text(&at), None);
    assert_eq!(at.git(&["ls-files", "-u"]), "");
}
