//! Histories of all records from one pass over the log: one run of `git log --name-status`, read once for a HEAD. When
//! HEAD moves on, only the commits since are asked for.

use super::program::Program;
use crate::error::{Error, Result};
use git2::{Oid, Repository};
use precedent_core::wire::{ErrorCode, HistoryItem};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The log of a commit, newest first.
#[derive(Debug)]
pub(crate) struct Pass {
    pub(crate) head: Oid,
    commits: Vec<Arc<Entry>>,
    /// Where each path was touched, newest first.
    by_path: HashMap<Arc<str>, Vec<u32>>,
}

#[derive(Debug)]
struct Entry {
    item: HistoryItem,
    changes: Vec<Change>,
}

/// A path that a commit touched, and what it was called before when it was renamed.
#[derive(Debug)]
struct Change {
    path: Arc<str>,
    old: Option<Arc<str>>,
}

impl Pass {
    /// Reads the log of `head`; of `earlier`, if that is where `head` comes from, what is there already is kept.
    ///
    /// # Errors
    /// `git-missing`, `git`.
    pub(crate) fn read(
        program: &Program,
        root: &Path,
        repo: &Repository,
        head: Oid,
        earlier: Option<&Pass>,
    ) -> Result<Pass> {
        let earlier = earlier.filter(|pass| repo.graph_descendant_of(head, pass.head).unwrap_or(false));
        let range = earlier.map_or_else(|| head.to_string(), |pass| format!("{}..{head}", pass.head));
        let out = program.read(
            root,
            &[
                "-c",
                "log.showSignature=false",
                "-c",
                "diff.renameLimit=4000",
                "log",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "-z",
                "--find-renames",
                // What a merge itself settled differs from both sides.
                "--diff-merges=combined",
                "--name-status",
                "--format=%x1e%H%x1f%s%x1f%an%x1f%as",
                &range,
                "--",
            ],
        )?;
        let mut commits = parse(&String::from_utf8_lossy(&out))?;
        // git orders by date, so commits of a merged branch would stand between older ones: only a line is prolonged.
        let kept = earlier.filter(|_| commits.iter().all(|entry| is_in_line(repo, &entry.item.commit)));
        match (earlier, kept) {
            (Some(_), None) => return Pass::read(program, root, repo, head, None),
            (_, Some(pass)) => commits.extend(pass.commits.iter().cloned()),
            (None, None) => {}
        }
        Ok(Pass::of(head, commits))
    }

    fn of(head: Oid, commits: Vec<Arc<Entry>>) -> Pass {
        let mut by_path: HashMap<Arc<str>, Vec<u32>> = HashMap::new();
        for (at, entry) in commits.iter().enumerate() {
            for change in &entry.changes {
                by_path.entry(Arc::clone(&change.path)).or_default().push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        Pass { head, commits, by_path }
    }

    /// Commits that touched a path, newest first, under the names it had before.
    pub(crate) fn history(&self, path: &str) -> Vec<HistoryItem> {
        let (mut items, mut name, mut from) = (Vec::new(), Arc::<str>::from(path), 0_u32);
        while let Some(touched) = self.by_path.get(&name) {
            let mut renamed = None;
            for at in touched.iter().copied().filter(|at| *at >= from) {
                let Some(entry) = self.commits.get(at as usize) else { continue };
                items.push(entry.item.clone());
                let change = entry.changes.iter().find(|change| change.path == name);
                if let Some(old) = change.and_then(|change| change.old.clone()) {
                    renamed = Some((old, at + 1));
                    break;
                }
            }
            match renamed {
                Some((old, next)) => (name, from) = (old, next),
                None => break,
            }
        }
        items
    }
}

fn is_in_line(repo: &Repository, commit: &str) -> bool {
    let found = Oid::from_str(commit).and_then(|id| repo.find_commit(id));
    found.is_ok_and(|commit| commit.parent_count() == 1)
}

/// Commits begin with a record separator; their changes are a word, then one path, or two for a rename.
fn parse(text: &str) -> Result<Vec<Arc<Entry>>> {
    let mut paths: HashMap<String, Arc<str>> = HashMap::new();
    let mut kept = |path: &str| match paths.get(path) {
        Some(known) => Arc::clone(known),
        None => {
            let new = Arc::<str>::from(path);
            paths.insert(path.to_owned(), Arc::clone(&new));
            new
        }
    };
    let mut commits = Vec::new();
    for record in text.split('\u{1e}').filter(|record| !record.is_empty()) {
        let mut fields = record.split('\0');
        let item = item(fields.next().unwrap_or_default())?;
        let mut changes = Vec::new();
        while let Some(word) = fields.next() {
            let word = word.trim_start_matches('\n');
            if word.is_empty() {
                continue;
            }
            let Some(path) = fields.next() else { break };
            // `R087` is followed by two paths; `RM` is a merge's word for both its sides.
            let renames = word.starts_with(['R', 'C']) && word[1..].starts_with(|letter: char| letter.is_ascii_digit());
            let (path, old) = match renames.then(|| fields.next()).flatten() {
                Some(new) => (new, word.starts_with('R').then(|| kept(path))),
                None => (path, None),
            };
            changes.push(Change { path: kept(path), old });
        }
        commits.push(Arc::new(Entry { item, changes }));
    }
    Ok(commits)
}

fn item(record: &str) -> Result<HistoryItem> {
    let mut fields = record.trim_matches('\n').split('\u{1f}').map(str::to_owned);
    match (fields.next(), fields.next(), fields.next(), fields.next()) {
        (Some(commit), Some(subject), Some(author), Some(date)) => Ok(HistoryItem { commit, subject, author, date }),
        _ => Err(Error::new(ErrorCode::Git, "git's answer about the log could not be read")
            .with_hint("update git; 2.34 or later is needed")
            .with_details(record)),
    }
}
