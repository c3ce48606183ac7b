//! What the window does, as commands for a terminal. Where the user's git does it, these are the words that it is started
//! with; where libgit2 does it, those that do the same.

use super::conflicts::{self, Versions, is_turned};
use super::program::{self, shown};
use super::repo::{self, MODULE, head_tree};
use super::status::{Change, Entry, operation};
use super::{stash, switching, syncing};
use crate::error::Result;
use crate::workspace::Workspace;
use git2::Repository;
use precedent_core::wire::{CommandsRequest, GitAct, GitCommand, OperationStep, SyncKind, SyncRequest};

impl Workspace {
    /// The commands that fit what is on show. Starts no program but `git status`.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn git_commands(&self, request: &CommandsRequest) -> Result<Vec<GitCommand>> {
        self.in_repository()?;
        let repo = repo::open(self.root())?;
        // A file that has no change any more has no commands.
        let file = request.path.as_deref().and_then(|path| self.entry(path, request.staged).ok());
        let mut list = List(Vec::new());
        list.add(GitAct::Status, &["status"]);
        if let Some(file) = &file {
            of_file(&mut list, file);
            if file.change == Change::Conflicted {
                let versions = conflicts::versions(&repo, self.root(), &file.path)?;
                of_conflict(&mut list, &literal(&file.path), &versions, is_turned(&repo));
            }
        }
        of_commit(&mut list, &repo, request);
        of_remote(&mut list, &repo);
        of_branch(&mut list, &repo);
        // Nothing can be put aside before the first commit.
        if repo.head().is_ok() {
            of_stash(&mut list, self)?;
        }
        of_operation(&mut list, &repo);
        Ok(list.0)
    }
}

struct List(Vec<GitCommand>);

impl List {
    fn add<S: AsRef<str>>(&mut self, act: GitAct, args: &[S]) {
        self.0.push(GitCommand { act, command: shown(args) });
    }
}

/// A path that means itself alone, whatever signs are in it.
fn literal(path: &str) -> String {
    if path.starts_with(':') || path.contains(['*', '?', '[', '\\']) {
        format!(":(literal){path}")
    } else {
        path.to_owned()
    }
}

fn of_file(list: &mut List, file: &Entry) {
    let paths: Vec<String> = std::iter::once(&file.path).chain(&file.old_path).map(|path| literal(path)).collect();
    let with = |words: &[&str]| {
        words.iter().map(|word| (*word).to_owned()).chain(["--".to_owned()]).chain(paths.clone()).collect::<Vec<_>>()
    };
    let new = file.change == Change::Added && !file.staged;
    if new {
        list.add(GitAct::Diff, &["diff", "--no-index", "--", "/dev/null", file.path.as_str()]);
    } else {
        list.add(GitAct::Diff, &with(if file.staged { &["diff", "--cached"] } else { &["diff"] }));
    }
    if file.staged {
        list.add(GitAct::Unstage, &with(&["restore", "--staged"]));
        list.add(GitAct::Parts, &with(&["restore", "--staged", "--patch"]));
        return;
    }
    list.add(GitAct::Stage, &with(&["add"]));
    if !new {
        list.add(GitAct::Parts, &with(&["add", "--patch"]));
    }
    if file.change != Change::Conflicted {
        list.add(GitAct::Discard, &with(if new { &["clean", "--force"] } else { &["restore"] }));
    }
}

/// One side as a whole, which is staged afterwards; where that side deleted the file, git does both at once. While commits
/// are put on another branch, what git calls ours is the other one's.
fn of_conflict(list: &mut List, path: &str, versions: &Versions, turned: bool) {
    let sides = [(GitAct::TakeMine, &versions.mine, turned), (GitAct::TakeTheirs, &versions.theirs, !turned)];
    for (act, version, is_theirs) in sides {
        match &version.entry {
            // Its own repository is another matter than taking a file.
            Some(entry) if entry.mode == MODULE => {}
            Some(_) => list.add(act, &["checkout", if is_theirs { "--theirs" } else { "--ours" }, "--", path]),
            None => list.add(act, &["rm", "--quiet", "--", path]),
        }
    }
}

fn of_commit(list: &mut List, repo: &Repository, request: &CommandsRequest) {
    let mut words = program::commit_args(request.amend, false);
    let message = request.message.trim();
    // The window gives the message by a file; in a terminal it is a word.
    if !message.is_empty() {
        words.extend(["--message", message]);
    }
    list.add(if request.amend { GitAct::Amend } else { GitAct::Commit }, &words);
    let Ok(head) = repo.head().and_then(|head| head.peel_to_commit()) else { return };
    let back: &[&str] =
        if head.parent_count() == 0 { &["update-ref", "-d", "HEAD"] } else { &["reset", "--soft", "HEAD~1"] };
    list.add(GitAct::UndoCommit, back);
}

fn of_remote(list: &mut List, repo: &Repository) {
    for kind in [SyncKind::Fetch, SyncKind::PullRebase, SyncKind::PullMerge, SyncKind::Push] {
        let request = SyncRequest { kind, trust: false, expected: None };
        // What cannot be done here (no remote, nothing to pull from) has no command.
        let Ok(args) = syncing::args(repo, &request) else { continue };
        let act = match kind {
            SyncKind::PullRebase => GitAct::PullRebase,
            SyncKind::PullMerge => GitAct::PullMerge,
            SyncKind::Push if args.iter().any(|arg| arg == "--set-upstream") => GitAct::Publish,
            SyncKind::Push => GitAct::Push,
            _ => GitAct::Fetch,
        };
        list.add(act, &args);
    }
    list.add(GitAct::AddRemote, &["remote", "add", "NAME", "ADDRESS"]);
}

fn of_branch(list: &mut List, repo: &Repository) {
    list.add(GitAct::CreateBranch, &["switch", "-c", "NAME"]);
    if head_tree(repo).ok().flatten().is_none() {
        return;
    }
    list.add(GitAct::SwitchBranch, &switching::switch_args("BRANCH", None));
    list.add(GitAct::RenameBranch, &["branch", "--move", "BRANCH", "NAME"]);
    list.add(GitAct::DeleteBranch, &["branch", "--delete", "--force", "BRANCH"]);
}

fn of_stash(list: &mut List, workspace: &Workspace) -> Result<()> {
    list.add(GitAct::SaveStash, &stash::save_args("NAME"));
    if !stash::list(workspace.root())?.is_empty() {
        list.add(GitAct::ApplyStash, &stash::apply_args("apply", &stash::name(0)));
        list.add(GitAct::DropStash, &stash::drop_args(&stash::name(0)));
    }
    Ok(())
}

fn of_operation(list: &mut List, repo: &Repository) {
    let Some(kind) = operation(repo.state()) else { return };
    for (act, step) in [
        (GitAct::Continue, OperationStep::Continue),
        (GitAct::Skip, OperationStep::Skip),
        (GitAct::Abort, OperationStep::Abort),
    ] {
        if let Some(args) = switching::step_args(&kind, step) {
            list.add(act, args);
        }
    }
}
