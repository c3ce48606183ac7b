//! Which record files other branches hold: numbers taken there are not given out again, and one that two branches gave
//! to different records is told as soon as a fetch brings it.
//!
//! Only trees are listed, through git2; no file of another branch is read.

use crate::workspace::{State, Workspace};
use git2::{ObjectType, Oid, Repository, Tree, TreeWalkMode, TreeWalkResult};
use precedent_core::id::FileName;
use precedent_core::record::may_be_record;
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::PoisonError;

/// The files of a log on one branch.
struct OnBranch {
    name: String,
    tip: Oid,
    paths: BTreeSet<RecordPath>,
}

impl Workspace {
    /// Paths of the log's files on every local and remote-tracking branch. Without git, or where it cannot be read, none.
    pub(crate) fn paths_on_branches(&self, log: &str) -> BTreeSet<RecordPath> {
        let repository = self.repository();
        let branches = repository.iter().flat_map(|repository| on_branches(repository, log));
        branches.flat_map(|branch| branch.paths).collect()
    }

    /// A branch on which a file of the log has this number.
    pub(crate) fn branch_with_number(&self, log: &str, number: u64) -> Option<String> {
        let has = |branch: &OnBranch| {
            branch.paths.iter().any(|path| may_be_record(path) && FileName::of(path).number() == Some(number))
        };
        on_branches(&self.repository()?, log).into_iter().find(has).map(|branch| branch.name)
    }

    /// Records whose number another branch has given to a different record since the branches parted.
    pub(crate) fn number_clashes(&self) -> Vec<Problem> {
        let Some(repository) = self.repository() else { return Vec::new() };
        let state = self.state();
        let Some(head) = repository.head().ok().and_then(|head| head.target()) else { return Vec::new() };
        let mut found = BTreeMap::new();
        for log in &state.logs {
            for branch in on_branches(&repository, &log.folder) {
                if branch.tip == head {
                    continue;
                }
                for (own, other) in same_numbers(&state, &log.folder, &branch) {
                    // What both had when they parted is an old name of ours, or a record that was deleted here.
                    let base = repository.merge_base(head, branch.tip).ok();
                    let had = |path: &RecordPath| base.is_some_and(|base| holds(&repository, base, path));
                    if !had(&other) {
                        found
                            .entry((own.clone(), other.clone()))
                            .or_insert_with(|| clash(&own, &other, &branch.name, had(&own)));
                    }
                }
            }
        }
        found.into_values().collect()
    }

    /// Tells anew which numbers clash with other branches, when that has changed. Branches are listed only when a
    /// reference moved, or a record came, went or took another number: most saves change none of that.
    pub fn refresh_clashes(&self) {
        let key = self.clash_key();
        let mut known = self.clashes.lock().unwrap_or_else(PoisonError::into_inner);
        if key.is_none() || *known != key {
            *known = key;
            self.put_problems(ProblemCode::NumberOnBranch, self.number_clashes());
        }
    }

    /// Digest of everything that clashes follow from; `None` where references cannot be listed.
    fn clash_key(&self) -> Option<u64> {
        let mut key = DefaultHasher::new();
        let repository = self.repository()?;
        for reference in repository.references().ok()?.flatten() {
            (reference.name_bytes(), reference.target()).hash(&mut key);
        }
        repository.head().ok().and_then(|head| head.target()).hash(&mut key);
        for (path, file) in &self.state().files {
            (path, file.parsed.decision.number, &file.parsed.log).hash(&mut key);
        }
        Some(key.finish())
    }

    fn repository(&self) -> Option<Repository> {
        self.git_dir().and_then(|_| Repository::open(self.root()).ok())
    }
}

/// Pairs of our record and a different one of the branch with the same number.
fn same_numbers(state: &State, log: &str, branch: &OnBranch) -> Vec<(RecordPath, RecordPath)> {
    let mut theirs: BTreeMap<(String, u64), Vec<&RecordPath>> = BTreeMap::new();
    for path in branch.paths.iter().filter(|path| !state.files.contains_key(*path) && may_be_record(path)) {
        let name = FileName::of(path);
        if let Some(number) = name.number() {
            theirs.entry((name.series(), number)).or_default().push(path);
        }
    }
    let ours = state.files.iter().filter(|(path, file)| file.parsed.log == log && !branch.paths.contains(*path));
    ours.filter_map(|(path, file)| {
        Some((path, theirs.get(&(FileName::of(path).series(), file.parsed.decision.number?))?))
    })
    .flat_map(|(path, others)| others.iter().map(|other| (path.clone(), (*other).clone())))
    .collect()
}

fn clash(own: &RecordPath, other: &RecordPath, branch: &str, was_first: bool) -> Problem {
    let number = FileName::of(own).digits.unwrap_or_default().to_owned();
    let message = format!("the number {number} is also used by {other} on branch {branch}");
    let hint = if was_first {
        format!("this record was here first: renumber the one on {branch} before it is merged")
    } else {
        "this record can take the next free number".to_owned()
    };
    let problem = Problem { line: 1, column: 1, ..Problem::new(ProblemCode::NumberOnBranch, own, "", 0..0, message) };
    let problem = problem.hint(hint);
    if was_first { problem } else { problem.command(format!("precedent renumber {own}")) }
}

/// Every branch's files of a log, each distinct set once: HEAD's branch first, then local, then remote-tracking ones.
fn on_branches(repository: &Repository, log: &str) -> Vec<OnBranch> {
    let mut seen: BTreeSet<Oid> = BTreeSet::new();
    let mut found = Vec::new();
    let Ok(branches) = repository.branches(None) else { return found };
    for (branch, _) in branches.flatten() {
        let reference = branch.get();
        let name = branch.name().ok().flatten().unwrap_or_default().to_owned();
        let tip = reference.peel_to_commit().map(|commit| commit.id());
        if let (Ok(tip), Ok(tree)) = (tip, reference.peel_to_tree())
            && let Some(tree) = subtree(repository, tree, log)
            && seen.insert(tree.id())
        {
            let mut paths = BTreeSet::new();
            list(&tree, log, &mut paths);
            found.push(OnBranch { name, tip, paths });
        }
    }
    found
}

fn holds(repository: &Repository, commit: Oid, path: &RecordPath) -> bool {
    let tree = repository.find_commit(commit).and_then(|commit| commit.tree());
    tree.is_ok_and(|tree| tree.get_path(Path::new(path.as_str())).is_ok())
}

fn subtree<'r>(repository: &'r Repository, tree: Tree<'r>, folder: &str) -> Option<Tree<'r>> {
    if folder.is_empty() {
        return Some(tree);
    }
    let entry = tree.get_path(Path::new(folder)).ok()?;
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
