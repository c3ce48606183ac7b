//! Fetch, pull, push and clone through the user's own git: credential helpers, ssh agents, proxies, signing and hooks work
//! as in a terminal. Callers have asked [`super::trust`] first.
//!
//! How a run ended is a value ([`SyncReply`]), not an error: a rejected push has ways out that a screen offers.

use super::history;
use super::place::{self, following, push_remote, without_password};
use super::program::{Listener, LongRun, Program, shown};
use super::repo::{failed, open};
use super::status::branch_name;
use crate::error::{Error, Result};
use git2::{Commit, Oid, Repository};
use precedent_core::record::may_be_record;
use precedent_core::wire::{
    CloneReply, CloneRequest, ErrorCode, GitProgress, SyncKind, SyncOutcome, SyncReply, SyncRequest, TheirCommit,
};
use precedent_core::{RecordPath, sync};
use std::collections::BTreeSet;
use std::path::Path;

/// Whoever waits: hears how far it is, and may want it to stop.
pub struct Waiting<'a> {
    /// Called for every step.
    pub tell: &'a mut dyn FnMut(GitProgress),
    /// Asked often.
    pub stop: &'a dyn Fn() -> bool,
}

/// Commits of a rejected push that are looked at.
const MOST_THEIRS: usize = 50;

/// Runs what `request` asks for.
///
/// # Errors
/// `usage` where there is nothing to do it with: no remote, no branch, no upstream; `git-missing`, `io`, `git`.
pub(crate) fn sync(root: &Path, program: &Program, request: &SyncRequest, wait: &mut Waiting<'_>) -> Result<SyncReply> {
    let repo = open(root)?;
    let plan = Plan::of(&repo, request)?;
    let before = Tips::of(&repo, &plan);
    let run = run(program, root, &plan.args, wait)?;
    // What was opened before the run may remember references that moved.
    let repo = open(root)?;
    let mut reply = reply_of(&run, &plan);
    let after = Tips::of(&repo, &plan);
    reply.stashed = reply.said.contains("Applying autostash resulted in conflicts");
    match (reply.outcome, request.kind) {
        (SyncOutcome::Done, _) => {
            reply.commits = between(&repo, before.compared(request.kind), after.compared(request.kind));
            if pushes(request.kind) {
                reply.pull_request = pull_request(&repo, &plan);
            }
        }
        (SyncOutcome::Rejected, kind) if pushes(kind) => {
            // The push says only that there is more; a fetch brings it, and changes nothing of the person's.
            let args = fetch_args(&plan.remote);
            if self::run(program, root, &args, wait)?.success {
                rejected_by(&open(root)?, &plan, &mut reply)?;
            }
        }
        (_, SyncKind::PullRebase | SyncKind::PullMerge) if !place::conflicts(&repo).is_empty() => {
            reply.outcome = SyncOutcome::Conflicts;
        }
        _ => {}
    }
    Ok(reply)
}

fn pushes(kind: SyncKind) -> bool {
    matches!(kind, SyncKind::Push | SyncKind::PushOver)
}

/// Clones into a folder that is not there yet.
///
/// # Errors
/// `usage` for an address or folder that cannot be; `git-missing`, `io`.
pub(crate) fn clone(program: &Program, request: &CloneRequest, wait: &mut Waiting<'_>) -> Result<CloneReply> {
    let folder = Path::new(&request.folder);
    let address = request.address.trim();
    let refuse = |why: String, hint: &str| Err(Error::new(ErrorCode::Usage, why).with_hint(hint));
    if address.is_empty() || address.starts_with('-') || address.contains(['\n', '\0']) {
        return refuse(format!("`{address}` is no address of a repository"), "paste the address that the forge shows");
    }
    if !folder.is_absolute() {
        return refuse(format!("{} is not a whole path", folder.display()), "choose a folder");
    }
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return refuse(format!("{} is there already", folder.display()), "open it, or choose another folder");
    }
    let Some(parent) = folder.parent() else { return refuse("no folder was chosen".to_owned(), "choose a folder") };
    crate::store::make_folder(parent)?;
    let args: Vec<String> =
        ["clone", "--progress", "--", address, &request.folder].iter().map(|part| (*part).to_owned()).collect();
    // Not in the folder above: if that lies in a repository, its settings would have a say.
    let nowhere = parent.ancestors().last().unwrap_or(parent);
    let run = run(program, nowhere, &args, wait)?;
    let said = sync::said(&run.output);
    let words: Vec<String> =
        ["clone".to_owned(), without_password(address), request.folder.clone()].into_iter().collect();
    Ok(CloneReply { outcome: outcome(&run, &said), said, command: shown(&words), folder: request.folder.clone() })
}

fn run(program: &Program, root: &Path, args: &[String], wait: &mut Waiting<'_>) -> Result<LongRun> {
    let Waiting { tell, stop } = wait;
    let mut last = None;
    let mut hear = |lines: &str| {
        // A step is told when it moved: git prints more often than anyone can look.
        for progress in lines.split(['\r', '\n']).filter_map(sync::progress) {
            if last.as_ref() != Some(&progress) {
                last = Some(progress.clone());
                tell(progress);
            }
        }
    };
    program.long(root, args, &mut Listener { hear: &mut hear, stop: *stop })
}

/// What is run, and what it is about.
struct Plan {
    args: Vec<String>,
    remote: String,
    branch: Option<String>,
    /// The branch on the remote.
    there: Option<String>,
}

impl Plan {
    fn of(repo: &Repository, request: &SyncRequest) -> Result<Plan> {
        let branch = branch_name(repo, repo.head_detached().unwrap_or(false));
        let remote = push_remote(repo, branch.as_deref()).ok_or_else(no_remote)?;
        let upstream = branch.as_deref().and_then(|branch| upstream_of(repo, branch));
        let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
        match request.kind {
            SyncKind::Fetch | SyncKind::Unshallow => {
                let mut args = fetch_args(&remote);
                if request.kind == SyncKind::Unshallow {
                    args.insert(2, "--unshallow".to_owned());
                }
                Ok(Plan { args, remote, branch, there: upstream.map(|(_, there)| there) })
            }
            SyncKind::PullRebase | SyncKind::PullMerge => {
                let branch = branch.ok_or_else(on_no_branch)?;
                // A branch that was never published may have a namesake there: the push that it rejected says so.
                let namesake = || {
                    let there = repo.refname_to_id(&format!("refs/remotes/{remote}/{branch}"));
                    there.is_ok().then(|| (remote.clone(), branch.clone()))
                };
                let (remote, there) = upstream.or_else(namesake).ok_or_else(|| never_published(&branch))?;
                let way = if request.kind == SyncKind::PullMerge {
                    "--no-rebase"
                } else if repo
                    .config()
                    .and_then(|config| config.get_string("pull.rebase"))
                    .is_ok_and(|way| way == "merges")
                {
                    "--rebase=merges"
                } else {
                    "--rebase"
                };
                // What is not committed is laid aside and put back on top.
                let args = owned(&[
                    "pull",
                    "--progress",
                    way,
                    "--no-edit",
                    "--ff",
                    "--autostash",
                    &remote,
                    &format!("refs/heads/{there}"),
                ]);
                Ok(Plan { args, remote, branch: Some(branch), there: Some(there) })
            }
            SyncKind::Push | SyncKind::PushOver => {
                let branch = branch.ok_or_else(on_no_branch)?;
                if repo.head().is_err() {
                    return Err(
                        Error::new(ErrorCode::Usage, "nothing is committed yet").with_hint("commit first, then push")
                    );
                }
                let followed = upstream.filter(|(of, _)| *of == remote);
                let there = followed.as_ref().map_or_else(|| branch.clone(), |(_, there)| there.clone());
                let mut args = owned(&["push", "--progress"]);
                if followed.is_none() && following(repo, &branch).upstream.is_none() {
                    args.push("--set-upstream".to_owned());
                }
                if request.kind == SyncKind::PushOver {
                    let expected = request.expected.as_deref().unwrap_or_default();
                    // Only over what the person has seen; over anything newer git refuses.
                    Oid::from_str(expected).map_err(|_| {
                        Error::new(ErrorCode::Usage, "it is not said what may be pushed over")
                            .with_hint("push first and look at what the remote has")
                    })?;
                    args.push(format!("--force-with-lease=refs/heads/{there}:{expected}"));
                }
                args.extend([remote.clone(), format!("refs/heads/{branch}:refs/heads/{there}")]);
                Ok(Plan { args, remote, branch: Some(branch), there: Some(there) })
            }
        }
    }

    /// Our last knowledge of the remote's branch.
    fn tracking(&self) -> Option<String> {
        self.there.as_ref().map(|there| format!("refs/remotes/{}/{there}", self.remote))
    }
}

fn fetch_args(remote: &str) -> Vec<String> {
    ["fetch", "--progress", remote].iter().map(|part| (*part).to_owned()).collect()
}

/// Remote and branch name there that a branch follows. A branch that follows one of this repository follows no remote.
fn upstream_of(repo: &Repository, branch: &str) -> Option<(String, String)> {
    let config = repo.config().ok()?.snapshot().ok()?;
    let remote = config.get_string(&format!("branch.{branch}.remote")).ok()?;
    let merge = config.get_string(&format!("branch.{branch}.merge")).ok()?;
    // Both go to git as arguments: a name that is none could be an option.
    let there = merge.strip_prefix("refs/heads/").filter(|_| git2::Reference::is_valid_name(&merge))?;
    place::remote_names(repo).contains(&remote).then(|| (remote, there.to_owned()))
}

fn no_remote() -> Error {
    Error::new(ErrorCode::NoRemote, "this repository has no remote")
        .with_hint("add one with the address that your forge shows")
}

fn on_no_branch() -> Error {
    Error::new(ErrorCode::Usage, "you are not on a branch").with_hint("create or switch to a branch first")
}

fn never_published(branch: &str) -> Error {
    Error::new(ErrorCode::Usage, format!("{branch} follows no branch of a remote"))
        .with_hint("publish it first, then pull")
}

/// Commits before and after.
struct Tips {
    head: Option<Oid>,
    tracking: Option<Oid>,
}

impl Tips {
    fn of(repo: &Repository, plan: &Plan) -> Tips {
        let tracking = plan.tracking().and_then(|name| repo.refname_to_id(&name).ok());
        Tips { head: repo.head().ok().and_then(|head| head.target()), tracking }
    }

    fn compared(&self, kind: SyncKind) -> Option<Oid> {
        match kind {
            SyncKind::PullRebase | SyncKind::PullMerge => self.head,
            _ => self.tracking,
        }
    }
}

/// Commits of `new` that `old` does not have; without an `old`, those no other branch of a remote has.
fn between(repo: &Repository, old: Option<Oid>, new: Option<Oid>) -> u32 {
    let Some(new) = new else { return 0 };
    let walk = || {
        let mut walk = repo.revwalk()?;
        walk.push(new)?;
        match old {
            Some(old) => walk.hide(old)?,
            None => {
                for name in repo.references_glob("refs/remotes/*")?.names().flatten() {
                    let id = repo.refname_to_id(name)?;
                    if id != new {
                        walk.hide(id)?;
                    }
                }
            }
        }
        Ok::<_, git2::Error>(walk.count())
    };
    u32::try_from(walk().unwrap_or_default()).unwrap_or(u32::MAX)
}

fn reply_of(run: &LongRun, plan: &Plan) -> SyncReply {
    let said = sync::said(&run.output);
    SyncReply {
        outcome: outcome(run, &said),
        said,
        command: shown(&plan.args),
        remote: plan.remote.clone(),
        branch: plan.there.clone().or_else(|| plan.branch.clone()),
        commits: 0,
        theirs: Vec::new(),
        theirs_count: 0,
        theirs_tip: None,
        pull_request: None,
        stashed: false,
    }
}

fn outcome(run: &LongRun, said: &str) -> SyncOutcome {
    match run {
        LongRun { success: true, .. } => SyncOutcome::Done,
        LongRun { stopped: true, .. } => SyncOutcome::Cancelled,
        _ => sync::outcome(said),
    }
}

/// What a run for `request` is started with.
///
/// # Errors
/// `usage` where there is nothing to do it with.
pub(super) fn args(repo: &Repository, request: &SyncRequest) -> Result<Vec<String>> {
    Plan::of(repo, request).map(|plan| plan.args)
}

/// What the remote's branch has and ours does not, and where that meets what we changed.
fn rejected_by(repo: &Repository, plan: &Plan, reply: &mut SyncReply) -> Result<()> {
    let error = |error: git2::Error| failed("compare with the remote's branch", &error);
    let tracking = plan.tracking().and_then(|name| repo.refname_to_id(&name).ok());
    let (Some(there), Some(here)) = (tracking, repo.head().ok().and_then(|head| head.target())) else { return Ok(()) };
    let (_, behind) = repo.graph_ahead_behind(here, there).map_err(error)?;
    reply.theirs_count = u32::try_from(behind).unwrap_or(u32::MAX);
    reply.theirs_tip = Some(there.to_string());
    let base = repo.merge_base(here, there).ok();
    let mut ours = BTreeSet::new();
    if let Some(base) = base {
        ours = changed_paths(repo, Some(base), here).map_err(error)?;
    }
    let mut walk = repo.revwalk().map_err(error)?;
    walk.push(there).and_then(|()| walk.hide(here)).map_err(error)?;
    for id in walk.flatten().take(MOST_THEIRS) {
        let commit = repo.find_commit(id).map_err(error)?;
        let touched = touched(repo, &commit).unwrap_or_default();
        let overlaps = touched.into_iter().filter(|path| ours.contains(path)).collect();
        reply.theirs.push(TheirCommit { commit: history::item(&commit), overlaps });
    }
    Ok(())
}

/// Records that a commit touched.
fn touched(repo: &Repository, commit: &Commit<'_>) -> Result<BTreeSet<String>, git2::Error> {
    // What a merge brings came with the commits it joins.
    if commit.parent_count() > 1 {
        return Ok(BTreeSet::new());
    }
    changed_paths(repo, commit.parent_id(0).ok(), commit.id())
}

fn changed_paths(repo: &Repository, from: Option<Oid>, to: Oid) -> Result<BTreeSet<String>, git2::Error> {
    let tree = |id: Oid| repo.find_commit(id).and_then(|commit| commit.tree());
    let old = from.map(tree).transpose()?;
    let diff = repo.diff_tree_to_tree(old.as_ref(), Some(&tree(to)?), None)?;
    let sides = diff.deltas().flat_map(|delta| {
        [delta.old_file().path_bytes(), delta.new_file().path_bytes()]
            .into_iter()
            .flatten()
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect::<Vec<_>>()
    });
    Ok(sides.filter(|path| may_be_record(&RecordPath::new(path.as_str()))).collect())
}

/// The page that opens a pull request for what was pushed; `None` on the branch that others start from.
fn pull_request(repo: &Repository, plan: &Plan) -> Option<String> {
    let (branch, base) = (plan.there.as_deref()?, super::branch::default_branch(repo)?);
    if branch == base {
        return None;
    }
    let site = place::site(repo, &plan.remote)?;
    let head = repo.head().ok()?.peel_to_commit().ok()?;
    let message = String::from_utf8_lossy(head.message_bytes()).into_owned();
    let (subject, body) = message.split_once('\n').unwrap_or((&message, ""));
    site.pull_request(branch, &base, subject.trim(), body.trim())
}
