//! What binds the files that a branch changes: those that are not as they were where it left the branch that others start
//! from, committed or not.

use super::paths::Items;
use crate::error::Result;
use crate::git::branch::default_branch;
use crate::git::repo::failed;
use crate::workspace::Workspace;
use git2::{BranchType, Delta, DiffOptions, Oid, Repository};
use precedent_core::wire::ChangedPaths;
use std::collections::BTreeSet;

impl Workspace {
    /// Changed files that are there, with the folders above them. On the branch that others start from, it is what its
    /// upstream does not have; without one, what is not committed.
    ///
    /// # Errors
    /// `not-a-repository`, `git`; `io` when a folder cannot be listed.
    pub fn changed_paths(&self) -> Result<ChangedPaths> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let (base, commit) = base(&repo);
        let changed = changed(&repo, commit).map_err(|error| failed("compare with the branch", &error))?;
        let shown = self.shown()?;
        let mut items = Items::default();
        for file in self.files_below(&shown, "").iter().filter(|file| changed.contains(file.path)) {
            items.add(file, file.path);
            for (at, _) in file.path.match_indices('/') {
                items.add(file, &file.path[..at]);
            }
        }
        Ok(ChangedPaths { base, items: items.listed() })
    }
}

/// Where the branch begins: the name of the other one, and the commit that both have.
fn base(repo: &Repository) -> (Option<String>, Option<Oid>) {
    let Some(head) = repo.head().ok() else { return (None, None) };
    let Some(tip) = head.target() else { return (None, None) };
    let current = head.shorthand().ok().map(str::to_owned);
    let other = default_branch(repo).filter(|other| current.as_ref() != Some(other));
    let local = |name: &str| repo.find_branch(name, BranchType::Local).ok();
    let other = match other {
        Some(other) => local(&other).or_else(|| repo.find_branch(&format!("origin/{other}"), BranchType::Remote).ok()),
        None => current.as_deref().and_then(local).and_then(|branch| branch.upstream().ok()),
    };
    let shared = other.and_then(|other| {
        let name = other.name().ok().flatten()?.to_owned();
        Some((Some(name), Some(repo.merge_base(tip, other.get().target()?).ok()?)))
    });
    shared.unwrap_or((None, Some(tip)))
}

/// Paths that are not as they were in a commit, committed, staged or on the disk.
fn changed(repo: &Repository, commit: Option<Oid>) -> std::result::Result<BTreeSet<String>, git2::Error> {
    let tree = commit.map(|id| repo.find_commit(id)?.tree()).transpose()?;
    let mut options = DiffOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).ignore_submodules(true);
    let diff = repo.diff_tree_to_workdir_with_index(tree.as_ref(), Some(&mut options))?;
    let there = diff.deltas().filter(|delta| delta.status() != Delta::Deleted);
    Ok(there
        .filter_map(|delta| delta.new_file().path().map(|path| path.to_string_lossy().replace('\\', "/")))
        .collect())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that change files")]
mod tests {
    use crate::api::tests::Sandbox;
    use crate::check::origins::tests::commit;

    const RECORD: &str = "---\nstatus: accepted\napplies-to: [\"src/**\"]\n---\n# A\n\n## Decision\n\nYes.\n";

    #[test]
    fn what_a_branch_changes_stands_below_its_folders() {
        let sandbox = Sandbox::new();
        sandbox
            .write("docs/adr/0001-a.md", RECORD)
            .write("src/a.rs", "1\n")
            .write("src/b.rs", "1\n")
            .write("web/c.ts", "");
        commit(&sandbox, "Start", "2026-11-01");
        let repo = git2::Repository::open(sandbox.root()).expect("a repository");
        let head = repo.head().expect("a head").peel_to_commit().expect("a commit");
        let main = repo.head().expect("a head").shorthand().expect("a name").to_owned();
        let told = || {
            let changed = sandbox.open().changed_paths().expect("what is changed");
            let items = changed.items.into_iter();
            (changed.base, items.map(|item| format!("{} {}/{}", item.path, item.bound, item.files)).collect::<Vec<_>>())
        };
        sandbox.write("web/new/d.ts", "");
        // Alone on the branch that others start from, what is not committed.
        assert_eq!(told(), (None, vec!["web 0/1".to_owned(), "web/new 0/1".to_owned(), "web/new/d.ts 0/1".to_owned()]));
        repo.branch("adr/b", &head, false).expect("a branch");
        repo.set_head("refs/heads/adr/b").expect("switched");
        sandbox.write("src/a.rs", "2\n");
        commit(&sandbox, "On the branch", "2026-11-02");
        std::fs::remove_file(sandbox.root().join("src/b.rs")).expect("removed");
        let expected = ["src 1/1", "web 0/1", "src/a.rs 1/1", "web/new 0/1", "web/new/d.ts 0/1"].map(str::to_owned);
        assert_eq!(told(), (Some(main), expected.to_vec()));
    }
}
