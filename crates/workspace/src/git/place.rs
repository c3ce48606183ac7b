//! Where one stands: branches, remotes, what is under way, stashes, worktrees. libgit2 alone, so it may be asked in any
//! repository (invariant I11). Nothing here writes; see [`super::switching`] and [`super::syncing`].

use super::branch::default_branch;
use super::history;
use super::repo::failed;
use super::status::{branch_name, operation, short_id};
use crate::error::Result;
use git2::{Branch, BranchType, Repository, RepositoryState};
use precedent_core::forge;
use precedent_core::wire::{BranchItem, GitOperation, GitPlace, RemoteItem, StashItem, WorktreeItem};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// More branches are not listed; the newest come first.
const MOST_BRANCHES: usize = 400;
/// Branches beyond this many are listed without how far they are from their upstream: each is a walk over history.
const MOST_COMPARED: usize = 24;
/// Commits beyond this many are not counted for a branch that was never published.
const MOST_COUNTED: usize = 1_000;

/// Everything the branch menu and the top bar show. `stashes` were listed before: that needs a repository of its own.
pub(crate) fn place(repo: &Repository, stashes: Vec<StashItem>) -> Result<GitPlace> {
    let detached = repo.head_detached().unwrap_or(false);
    let branch = branch_name(repo, detached);
    let head = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    let default_branch = default_branch(repo);
    let followed = branch.as_deref().map(|name| following(repo, name)).unwrap_or_default();
    let worktrees = worktrees(repo);
    let (ahead, behind) = match (&followed.upstream, branch.as_deref()) {
        (None, Some(_)) => (unpublished(repo), 0),
        _ => (followed.ahead, followed.behind),
    };
    Ok(GitPlace {
        head: head.as_ref().map(short_id),
        branches: branches(repo, branch.as_deref(), default_branch.as_deref(), &worktrees)?,
        remote: push_remote(repo, branch.as_deref()),
        branch,
        default_branch,
        shallow: repo.is_shallow(),
        operation: under_way(repo),
        remotes: remotes(repo),
        upstream: followed.upstream,
        upstream_gone: followed.gone,
        ahead,
        behind,
        last_fetched: last_fetched(repo),
        pull_rebases: pull_rebases(repo),
        stashes,
        worktrees,
    })
}

/// What a local branch follows.
#[derive(Default)]
pub(crate) struct Following {
    pub(crate) upstream: Option<String>,
    pub(crate) gone: bool,
    pub(crate) ahead: u32,
    pub(crate) behind: u32,
}

pub(crate) fn following(repo: &Repository, branch: &str) -> Following {
    let full = format!("refs/heads/{branch}");
    let Ok(name) = repo.branch_upstream_name(&full) else { return Following::default() };
    let Some(name) = name.as_str().ok().map(str::to_owned) else { return Following::default() };
    let short = name.strip_prefix("refs/remotes/").or_else(|| name.strip_prefix("refs/heads/")).unwrap_or(&name);
    let (Ok(here), Ok(there)) = (repo.refname_to_id(&full), repo.refname_to_id(&name)) else {
        let gone = repo.refname_to_id(&full).is_ok();
        return Following { upstream: Some(short.to_owned()), gone, ahead: 0, behind: 0 };
    };
    let (ahead, behind) = repo.graph_ahead_behind(here, there).unwrap_or_default();
    Following { upstream: Some(short.to_owned()), gone: false, ahead: count(ahead), behind: count(behind) }
}

/// The remote that the current branch pushes to: what the settings say, else `origin`, else the only one.
pub(crate) fn push_remote(repo: &Repository, branch: Option<&str>) -> Option<String> {
    let config = repo.config().and_then(|mut config| config.snapshot()).ok();
    let value = |name: &str| config.as_ref().and_then(|config| config.get_string(name).ok());
    let of_branch = |key: &str| branch.and_then(|branch| value(&format!("branch.{branch}.{key}")));
    let names = remote_names(repo);
    let known = |name: &String| names.contains(name);
    let asked = of_branch("pushRemote").or_else(|| value("remote.pushDefault")).or_else(|| of_branch("remote"));
    let asked = asked.filter(known).or_else(|| Some("origin".to_owned()).filter(known));
    asked.or_else(|| names.first().cloned())
}

/// Names that are one, and that git does not take for an option: settings can hold any.
pub(crate) fn remote_names(repo: &Repository) -> Vec<String> {
    let Ok(remotes) = repo.remotes() else { return Vec::new() };
    let names = (0..remotes.len()).filter_map(|at| remotes.get(at).ok().flatten().map(str::to_owned));
    names.filter(|name| !name.starts_with('-') && git2::Remote::is_valid_name(name)).collect()
}

fn remotes(repo: &Repository) -> Vec<RemoteItem> {
    let item = |name: String| {
        let remote = repo.find_remote(&name).ok()?;
        let address = String::from_utf8_lossy(remote.url_bytes()).into_owned();
        let forge = forge::site(&address).ok().map(|site| site.forge.name().to_owned());
        Some(RemoteItem { name, address: without_password(&address), forge })
    };
    remote_names(repo).into_iter().filter_map(item).collect()
}

/// `https://ann:secret@host/x` is shown as `https://ann@host/x`.
pub(crate) fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (authority, path) = rest.split_once('/').map_or((rest, None), |(host, path)| (host, Some(path)));
    let Some((person, host)) = authority.rsplit_once('@') else { return address.to_owned() };
    let name = person.split(':').next().unwrap_or_default();
    let path = path.map_or(String::new(), |path| format!("/{path}"));
    format!("{scheme}://{name}@{host}{path}")
}

fn branches(
    repo: &Repository,
    current: Option<&str>,
    default: Option<&str>,
    worktrees: &[WorktreeItem],
) -> Result<Vec<BranchItem>> {
    let listed = repo.branches(None).map_err(|error| failed("list the branches", &error))?;
    let mut items: Vec<BranchItem> =
        listed.flatten().filter_map(|(branch, kind)| branch_item(&branch, kind, current, default, worktrees)).collect();
    // The newest first: those are the ones that are worked on.
    items.sort_by(|a, b| b.current.cmp(&a.current).then(b.when.cmp(&a.when)).then(a.name.cmp(&b.name)));
    items.truncate(MOST_BRANCHES);
    for item in items.iter_mut().filter(|item| item.remote.is_none()).take(MOST_COMPARED) {
        let followed = following(repo, &item.name);
        (item.upstream, item.upstream_gone) = (followed.upstream, followed.gone);
        (item.ahead, item.behind) = (followed.ahead, followed.behind);
    }
    Ok(items)
}

fn branch_item(
    branch: &Branch<'_>,
    kind: BranchType,
    current: Option<&str>,
    default: Option<&str>,
    worktrees: &[WorktreeItem],
) -> Option<BranchItem> {
    let name = branch.name().ok().flatten()?.to_owned();
    // `origin/HEAD` only says which branch is the default one.
    if kind == BranchType::Remote && branch.get().symbolic_target().ok().flatten().is_some() {
        return None;
    }
    let commit = branch.get().peel_to_commit().ok()?;
    let local = kind == BranchType::Local;
    let remote = (!local).then(|| name.split('/').next().unwrap_or_default().to_owned());
    let plain = remote.as_deref().and_then(|remote| name.strip_prefix(remote)?.strip_prefix('/')).unwrap_or(&name);
    let elsewhere = worktrees.iter().find(|tree| local && !tree.here && tree.branch.as_deref() == Some(name.as_str()));
    Some(BranchItem {
        current: local && current == Some(name.as_str()),
        default: default == Some(plain),
        upstream: None,
        upstream_gone: false,
        ahead: 0,
        behind: 0,
        commit: history::item(&commit),
        when: commit.time().seconds(),
        elsewhere: elsewhere.map(|tree| tree.path.clone()),
        remote,
        name,
    })
}

/// Commits of HEAD that no branch of any remote has.
fn unpublished(repo: &Repository) -> u32 {
    let walk = || {
        let mut walk = repo.revwalk()?;
        walk.push_head()?;
        walk.hide_glob("refs/remotes/*")?;
        Ok::<_, git2::Error>(walk.take(MOST_COUNTED).count())
    };
    count(walk().unwrap_or_default())
}

/// When git last brought news: it writes a file then.
fn last_fetched(repo: &Repository) -> Option<String> {
    let files = [repo.path().join("FETCH_HEAD"), repo.commondir().join("FETCH_HEAD")];
    // A fetch that failed leaves it empty.
    let about = files.iter().find_map(|file| file.metadata().ok()).filter(|about| about.len() > 0)?;
    let when = about.modified().ok()?;
    jiff::Timestamp::try_from(when).ok().map(|when| when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn pull_rebases(repo: &Repository) -> Option<bool> {
    let config = repo.config().ok()?.snapshot().ok()?;
    let value = config.get_string("pull.rebase").ok()?;
    Some(!matches!(value.as_str(), "false" | "no" | "off" | "0"))
}

/// `on main`, or `on commit 4f2c19e`.
pub(crate) fn here(repo: &Repository) -> String {
    match branch_name(repo, repo.head_detached().unwrap_or(false)) {
        Some(branch) => format!("on {branch}"),
        None => {
            let commit = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
            commit.map_or_else(|| "on no branch".to_owned(), |commit| format!("on commit {}", short_id(&commit)))
        }
    }
}

/// What git is in the middle of, how far it is, and whose changes meet.
pub(crate) fn under_way(repo: &Repository) -> Option<GitOperation> {
    let kind = operation(repo.state())?;
    let read = |name: &str| {
        let text = std::fs::read_to_string(repo.path().join(name)).ok()?;
        Some(text.lines().next().unwrap_or_default().trim().to_owned()).filter(|line| !line.is_empty())
    };
    let number = |name: &str| read(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let branch = |full: String| full.strip_prefix("refs/heads/").map_or(full.clone(), str::to_owned);
    let head = || branch_name(repo, repo.head_detached().unwrap_or(false));
    let named = |id: &str| name_of(repo, id);
    let mut found = GitOperation { kind, done: 0, all: 0, theirs: None, ours: None, conflicts: conflicts(repo) };
    match repo.state() {
        RepositoryState::Merge => {
            found.ours = head();
            found.theirs = merged_name(repo).or_else(|| read("MERGE_HEAD").map(|id| named(&id)));
        }
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
            (found.ours, found.theirs) = (head(), read("CHERRY_PICK_HEAD").map(|id| named(&id)));
        }
        RepositoryState::Revert | RepositoryState::RevertSequence => {
            (found.ours, found.theirs) = (head(), read("REVERT_HEAD").map(|id| named(&id)));
        }
        RepositoryState::Bisect => found.ours = read("BISECT_START"),
        _ => {
            let folder = if repo.path().join("rebase-merge").is_dir() { "rebase-merge" } else { "rebase-apply" };
            let (done, all) = if folder == "rebase-merge" { ("msgnum", "end") } else { ("next", "last") };
            (found.done, found.all) = (number(&format!("{folder}/{done}")), number(&format!("{folder}/{all}")));
            // In a rebase the other side is the branch that one sits on anew; "ours" is what is being moved there.
            found.ours = read(&format!("{folder}/head-name")).map(branch);
            found.theirs = read(&format!("{folder}/onto")).map(|id| named(&id));
        }
    }
    Some(found)
}

/// `Merge branch 'adr/0127' into main` names what comes in.
fn merged_name(repo: &Repository) -> Option<String> {
    let text = std::fs::read_to_string(repo.path().join("MERGE_MSG")).ok()?;
    let quoted = text.lines().next()?.split('\'').nth(1)?.to_owned();
    Some(quoted).filter(|name| !name.is_empty())
}

/// A commit by the branch that stands there, else by its short id.
fn name_of(repo: &Repository, id: &str) -> String {
    let Ok(id) = git2::Oid::from_str(id) else { return id.to_owned() };
    let mut at: BTreeMap<bool, String> = BTreeMap::new();
    for (branch, kind) in repo.branches(None).into_iter().flatten().flatten() {
        if branch.get().target() == Some(id)
            && let Ok(Some(name)) = branch.name()
        {
            at.entry(kind == BranchType::Remote).or_insert_with(|| name.to_owned());
        }
    }
    at.into_values().next().unwrap_or_else(|| id.to_string().chars().take(7).collect())
}

/// Paths with a conflict that is not settled, in order.
pub(crate) fn conflicts(repo: &Repository) -> Vec<String> {
    let Ok(index) = repo.index() else { return Vec::new() };
    let Ok(conflicts) = index.conflicts() else { return Vec::new() };
    let path = |conflict: git2::IndexConflict| {
        let side = conflict.our.or(conflict.their).or(conflict.ancestor)?;
        Some(String::from_utf8_lossy(&side.path).into_owned())
    };
    let mut paths: Vec<String> = conflicts.flatten().filter_map(path).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Every worktree of the repository, the one that git calls its main one first.
fn worktrees(repo: &Repository) -> Vec<WorktreeItem> {
    let here = repo.workdir().map(canonical);
    let item = |opened: Option<Repository>, path: PathBuf| {
        let branch = opened.as_ref().and_then(|repo| branch_name(repo, repo.head_detached().unwrap_or(false)));
        let path = canonical(&path);
        WorktreeItem {
            here: here.as_ref() == Some(&path),
            present: path.is_dir(),
            path: path.display().to_string(),
            branch,
        }
    };
    let main = Repository::open(repo.commondir()).ok();
    let main_folder = main.as_ref().and_then(|main| main.workdir().map(Path::to_path_buf));
    let mut items: Vec<WorktreeItem> = main_folder.map(|folder| item(main, folder)).into_iter().collect();
    let names = repo.worktrees().ok();
    let names = names.iter().flat_map(|names| (0..names.len()).filter_map(|at| names.get(at).ok().flatten()));
    for tree in names.filter_map(|name| repo.find_worktree(name).ok()) {
        items.push(item(Repository::open_from_worktree(&tree).ok(), tree.path().to_path_buf()));
    }
    items
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The forge that a remote lies on.
pub(crate) fn site(repo: &Repository, remote: &str) -> Option<forge::Site> {
    let found = repo.find_remote(remote).ok()?;
    forge::site(&String::from_utf8_lossy(found.url_bytes())).ok()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn no_password_is_shown() {
        assert_eq!(without_password("https://ann:secret@example.org/a/b"), "https://ann@example.org/a/b");
        assert_eq!(without_password("https://example.org/a@b"), "https://example.org/a@b");
        assert_eq!(without_password("git@example.org:a/b"), "git@example.org:a/b");
    }
}
