//! What left the records with each commit: one walk over the log, comparing trees and the lines of changed records.
//!
//! libgit2 only, so it may be done in any repository (invariant I11). A line that a commit moves to another place or
//! record has not left. With a merge leaves what neither side took out: the words that lost a conflict, and what was
//! taken out while merging; the rest left with the commits that it joins.

use super::history;
use super::repo::{LARGEST, failed};
use crate::error::Result;
use git2::{Commit, DiffOptions, ObjectType, Oid, Repository, Sort, Tree};
use precedent_core::RecordPath;
use precedent_core::record::{decode, may_be_record};
use precedent_core::wire::HistoryItem;
use std::collections::HashMap;
use std::path::Path;

/// What one commit took out of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gone {
    pub(crate) commit: HistoryItem,
    /// Path at the time.
    pub(crate) path: String,
    /// The record itself left.
    pub(crate) deleted: bool,
    /// Text of the record before.
    pub(crate) before: String,
    /// Text of the record after, and what the commit added to other records.
    pub(crate) kept: String,
    /// The lines that left, in order.
    pub(crate) lines: String,
}

/// Commits reachable from `head` and from none of `hidden`, newest first; some of them when `go_on` says to stop.
pub(crate) fn commits(repo: &Repository, head: Oid, hidden: &[Oid], go_on: &dyn Fn() -> bool) -> Result<Vec<Oid>> {
    let error = |error: git2::Error| failed("read the log", &error);
    let mut walk = repo.revwalk().map_err(error)?;
    walk.set_sorting(Sort::TIME).map_err(error)?;
    walk.push(head).map_err(error)?;
    for hidden in hidden {
        // A commit that was thrown away since hides nothing.
        let _ = walk.hide(*hidden);
    }
    // A shallow clone ends where its history was cut off.
    Ok(walk.map_while(std::result::Result::ok).take_while(|_| go_on()).collect())
}

/// What left with one commit; nothing for the first commit, and where git has not kept what it needs.
pub(crate) fn gone(repo: &Repository, commit: Oid, is_log: &dyn Fn(&str) -> bool) -> Vec<Gone> {
    let Ok(commit) = repo.find_commit(commit) else { return Vec::new() };
    let gone = match commit.parent_count() {
        0 => return Vec::new(),
        1 => commit.parent(0).and_then(|parent| compare(repo, &parent.tree()?, &commit, is_log)),
        _ => merged(repo, &commit, is_log),
    };
    gone.unwrap_or_default()
}

/// What left with a merge. A line that one side took out left with a commit of that side.
fn merged(
    repo: &Repository,
    commit: &Commit<'_>,
    is_log: &dyn Fn(&str) -> bool,
) -> std::result::Result<Vec<Gone>, git2::Error> {
    let parents: Vec<Oid> = commit.parent_ids().collect();
    // Histories that have nothing in common took nothing out of it.
    let base = repo.merge_base_many(&parents).and_then(|base| repo.find_commit(base)?.tree()).ok();
    let trees = commit.parents().map(|parent| parent.tree()).collect::<std::result::Result<Vec<_>, _>>()?;
    let mut all = Vec::new();
    for (side, tree) in trees.iter().enumerate() {
        for mut gone in compare(repo, tree, commit, is_log)? {
            let before = base.as_ref().and_then(|base| text_at(repo, base, &gone.path)).unwrap_or_default();
            let before = count(&before);
            let others: Vec<(usize, String)> = (0..trees.len())
                .filter(|other| *other != side)
                .map(|other| (other, text_at(repo, &trees[other], &gone.path).unwrap_or_default()))
                .collect();
            let others: Vec<_> = others.iter().map(|(other, text)| (*other, count(text))).collect();
            let left_here = |line: &&str| {
                others.iter().all(|(other, lines)| match lines.contains_key(line) {
                    // What several sides have is told once, of the first.
                    true => *other > side,
                    false => !before.contains_key(line),
                })
            };
            gone.lines = gone.lines.lines().filter(left_here).flat_map(|line| [line, "\n"]).collect();
            if !gone.lines.is_empty() {
                all.push(gone);
            }
        }
    }
    Ok(all)
}

fn text_at(repo: &Repository, tree: &Tree<'_>, path: &str) -> Option<String> {
    text(repo, tree.get_path(Path::new(path)).ok()?.id())
}

/// A record that the commit changed: its path, and both texts.
struct Changed {
    path: String,
    before: String,
    after: Option<String>,
}

fn compare(
    repo: &Repository,
    old: &Tree<'_>,
    commit: &Commit<'_>,
    is_log: &dyn Fn(&str) -> bool,
) -> std::result::Result<Vec<Gone>, git2::Error> {
    let new = commit.tree()?;
    let mut options = DiffOptions::new();
    options.ignore_submodules(true).skip_binary_check(true);
    let diff = repo.diff_tree_to_tree(Some(old), Some(&new), Some(&mut options))?;
    let mut changed = Vec::new();
    // Lines that the commit added anywhere, so that what only moved is not said to have left.
    let mut added: HashMap<String, usize> = HashMap::new();
    for delta in diff.deltas() {
        let side = |file: git2::DiffFile<'_>| Some((file.path()?.to_str()?.to_owned(), file.id()));
        let (Some((old_path, old_id)), Some((new_path, new_id))) = (side(delta.old_file()), side(delta.new_file()))
        else {
            continue;
        };
        if !is_record(&old_path, is_log) && !is_record(&new_path, is_log) {
            continue;
        }
        let (before, after) = (text(repo, old_id), text(repo, new_id));
        let had = count(before.as_deref().unwrap_or_default());
        for (line, times) in count(after.as_deref().unwrap_or_default()) {
            let more = times.saturating_sub(had.get(line).copied().unwrap_or(0));
            if more > 0 {
                *added.entry(line.to_owned()).or_default() += more;
            }
        }
        changed.extend(before.map(|before| Changed { path: old_path, before, after }));
    }
    let item = history::item(commit);
    let elsewhere: String = added.keys().flat_map(|line| [line.as_str(), "\n"]).collect();
    Ok(changed.into_iter().filter_map(|change| of_one(change, &mut added, &elsewhere, &item)).collect())
}

fn of_one(change: Changed, added: &mut HashMap<String, usize>, elsewhere: &str, commit: &HistoryItem) -> Option<Gone> {
    let Changed { path, before, after } = change;
    let mut kept = count(after.as_deref().unwrap_or_default());
    let mut lines = String::new();
    for line in before.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let stays = [kept.get_mut(line), added.get_mut(line)].into_iter().flatten().find(|times| **times > 0);
        match stays {
            Some(times) => *times -= 1,
            None => {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    let deleted = after.is_none();
    let kept = after.unwrap_or_default() + "\n" + elsewhere;
    (!lines.is_empty()).then(|| Gone { commit: commit.clone(), path, deleted, before, kept, lines })
}

fn is_record(path: &str, is_log: &dyn Fn(&str) -> bool) -> bool {
    let path = RecordPath::new(path);
    may_be_record(&path) && is_log(path.folder())
}

/// How often each line that is not empty occurs.
fn count(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        *counts.entry(line).or_insert(0) += 1;
    }
    counts
}

/// The text of a blob; `None` for none, a huge one, and one that a partial clone lacks.
fn text(repo: &Repository, id: Oid) -> Option<String> {
    if id.is_zero() {
        return None;
    }
    let (size, kind) = repo.odb().and_then(|odb| odb.read_header(id)).ok()?;
    if kind != ObjectType::Blob || size as u64 > LARGEST {
        return None;
    }
    let blob = repo.find_blob(id).ok()?;
    Some(decode(blob.content()).0.into_owned())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write and delete files")]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    struct Sandbox {
        dir: TempDir,
        repo: Repository,
    }

    impl Sandbox {
        fn new() -> Self {
            let dir = tempfile::tempdir().expect("a folder");
            let repo = Repository::init(dir.path()).expect("a repository");
            fs::create_dir_all(dir.path().join("docs/adr")).expect("a log");
            Self { dir, repo }
        }

        /// Writes files (`None`: deletes) and commits them; gives what left.
        fn commit(&self, files: &[(&str, Option<&str>)]) -> Vec<Gone> {
            let parent = self.repo.head().ok().map(|head| head.peel_to_commit().expect("a commit").id());
            let (id, gone) = self.commit_on(files, parent.as_slice());
            let head = self.repo.find_reference("HEAD").expect("HEAD");
            let branch = head.symbolic_target().expect("a branch").expect("its name").to_owned();
            self.repo.reference(&branch, id, true, "").expect("the branch moves");
            gone
        }

        /// The same with these parents and on no branch.
        fn commit_on(&self, files: &[(&str, Option<&str>)], parents: &[Oid]) -> (Oid, Vec<Gone>) {
            let mut index = self.repo.index().expect("an index");
            for (name, text) in files {
                let path = self.dir.path().join("docs/adr").join(name);
                match text {
                    Some(text) => fs::write(path, text).expect("a file"),
                    None => fs::remove_file(path).expect("it is deleted"),
                }
            }
            index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
            index.update_all(["*"], None).expect("staged");
            index.write().expect("written");
            let tree = self.repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
            let who = git2::Signature::new("Dana", "d@x", &git2::Time::new(1_700_000_000, 0)).expect("a person");
            let parents: Vec<Commit<'_>> =
                parents.iter().map(|parent| self.repo.find_commit(*parent).expect("a commit")).collect();
            let parents: Vec<&Commit<'_>> = parents.iter().collect();
            let id = self.repo.commit(None, &who, &who, "Change", &tree, &parents).expect("a commit");
            (id, gone(&self.repo, id, &|folder| folder == "docs/adr"))
        }
    }

    fn lines(gone: &[Gone]) -> Vec<(&str, bool, &str)> {
        gone.iter().map(|gone| (gone.path.as_str(), gone.deleted, gone.lines.as_str())).collect()
    }

    #[test]
    fn lines_leave_with_the_commit_that_changes_or_deletes_them() {
        let sandbox = Sandbox::new();
        assert_eq!(lines(&sandbox.commit(&[("0001-a.md", Some("# A\n\nWe use Mongo.\nAlways.\n"))])), []);
        let changed = sandbox.commit(&[("0001-a.md", Some("# A\n\nAlways.\nWe use Postgres.\n"))]);
        assert_eq!(lines(&changed), [("docs/adr/0001-a.md", false, "We use Mongo.\n")]);
        assert_eq!((changed[0].commit.date.as_str(), changed[0].commit.subject.as_str()), ("2023-11-14", "Change"));
        let deleted = sandbox.commit(&[("0001-a.md", None)]);
        assert_eq!(lines(&deleted), [("docs/adr/0001-a.md", true, "# A\nAlways.\nWe use Postgres.\n")]);
    }

    #[test]
    fn with_a_merge_leaves_what_neither_side_took_out() {
        let sandbox = Sandbox::new();
        let record = "0001-a.md";
        let on = |text: Option<&str>, parents: &[Oid]| sandbox.commit_on(&[(record, text)], parents);
        let (base, _) = on(Some("# A\n\nFirst.\nSecond.\nThird.\n"), &[]);
        let (ours, left) = on(Some("# A\n\nFirst.\nOurs.\nThird.\n"), &[base]);
        assert_eq!(lines(&left), [("docs/adr/0001-a.md", false, "Second.\n")]);
        let (theirs, _) = on(Some("# A\n\nFirst.\nTheirs.\nThird.\n"), &[base]);
        let (_, lost) = on(Some("# A\n\nFirst.\nOurs.\nThird.\n"), &[ours, theirs]);
        assert_eq!(lines(&lost), [("docs/adr/0001-a.md", false, "Theirs.\n")], "what lost the conflict");
        let (_, more) = on(Some("# A\n\nOurs.\nTheirs.\nThird.\n"), &[ours, theirs]);
        assert_eq!(lines(&more), [("docs/adr/0001-a.md", false, "First.\n")], "what the merge took out, once");
        let (deleted, _) = on(None, &[base]);
        fs::write(sandbox.dir.path().join("docs/adr/0001-a.md"), "").expect("a file to delete");
        let (_, gone) = on(None, &[ours, deleted]);
        assert_eq!(lines(&gone), [("docs/adr/0001-a.md", true, "Ours.\n")], "the rest left with the deletion");
        let (_, clean) = on(Some("# A\n\nFirst.\nOurs.\nThird.\n"), &[base, ours]);
        assert_eq!(lines(&clean), []);
    }

    #[test]
    fn what_moves_to_another_record_stays() {
        let sandbox = Sandbox::new();
        sandbox.commit(&[("0001-a.md", Some("# A\n\nWe use Mongo.\n"))]);
        assert_eq!(lines(&sandbox.commit(&[("0001-a.md", None), ("0002-b.md", Some("# A\n\nWe use Mongo.\n"))])), []);
    }
}
