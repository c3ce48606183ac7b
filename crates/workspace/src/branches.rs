//! Which record files other branches hold: numbers taken there are not given out again.
//!
//! Only trees are listed, through git2; no file of another branch is read.

use crate::workspace::Workspace;
use git2::{ObjectType, Oid, Repository, Tree, TreeWalkMode, TreeWalkResult};
use precedent_core::RecordPath;
use std::collections::BTreeSet;

impl Workspace {
    /// Paths of the log's files on every local and remote-tracking branch. Without git, or where it cannot be read, none.
    pub(crate) fn paths_on_branches(&self, log: &str) -> BTreeSet<RecordPath> {
        let mut paths = BTreeSet::new();
        let Some(repository) = self.root.git_dir.as_ref().and_then(|_| Repository::open(self.root()).ok()) else {
            return paths;
        };
        let mut seen: BTreeSet<Oid> = BTreeSet::new();
        let Ok(branches) = repository.branches(None) else { return paths };
        for (branch, _) in branches.flatten() {
            if let Some(tree) = branch.get().peel_to_tree().ok().and_then(|tree| subtree(&repository, tree, log))
                && seen.insert(tree.id())
            {
                list(&tree, log, &mut paths);
            }
        }
        paths
    }
}

fn subtree<'r>(repository: &'r Repository, tree: Tree<'r>, folder: &str) -> Option<Tree<'r>> {
    if folder.is_empty() {
        return Some(tree);
    }
    let entry = tree.get_path(std::path::Path::new(folder)).ok()?;
    repository.find_tree(entry.id()).ok()
}

fn list(tree: &Tree<'_>, log: &str, into: &mut BTreeSet<RecordPath>) {
    let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.kind() == Some(ObjectType::Blob)
            && let Ok(name) = entry.name()
        {
            let path = if log.is_empty() { format!("{folder}{name}") } else { format!("{log}/{folder}{name}") };
            into.insert(RecordPath::new(path));
        }
        // A log at the root has no folders of its own; the rest of the repository is not listed.
        if log.is_empty() { TreeWalkResult::Skip } else { TreeWalkResult::Ok }
    });
    // A tree that cannot be read to its end gives what it gave.
    drop(walked);
}
