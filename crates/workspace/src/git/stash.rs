//! What was put aside: listed by libgit2, saved and applied by the user's `git`, dropped so that it can be had again.

use super::program::Program;
use super::repo::{failed, open};
use super::{history, place};
use crate::error::{Error, Result};
use git2::{Oid, Repository};
use precedent_core::RecordPath;
use precedent_core::record::may_be_record;
use precedent_core::wire::{ErrorCode, StashItem, StashReply};
use std::path::Path;

/// The stashes, newest first. The repository is one of its own: listing needs it for itself.
pub(crate) fn list(root: &Path) -> Result<Vec<StashItem>> {
    let mut repo = open(root)?;
    let mut found = Vec::new();
    let listed = repo.stash_foreach(|_, message, id| {
        found.push((message.to_owned(), *id));
        true
    });
    listed.map_err(|error| failed("list the stashes", &error))?;
    Ok(found.into_iter().filter_map(|(message, id)| item(&repo, &message, id)).collect())
}

fn item(repo: &Repository, message: &str, id: Oid) -> Option<StashItem> {
    let commit = repo.find_commit(id).ok()?;
    let tree = commit.tree().ok()?;
    let base = commit.parent(0).ok()?.tree().ok()?;
    let diff = repo.diff_tree_to_tree(Some(&base), Some(&tree), None).ok()?;
    let path = |delta: git2::DiffDelta<'_>| {
        delta.new_file().path_bytes().map(|path| String::from_utf8_lossy(path).into_owned())
    };
    let mut paths: Vec<String> = diff.deltas().filter_map(path).collect();
    // Files that git did not know lie in a third parent.
    if let Some(new) = commit.parent(2).ok().and_then(|new| new.tree().ok())
        && let Ok(diff) = repo.diff_tree_to_tree(None, Some(&new), None)
    {
        paths.extend(diff.deltas().filter_map(path));
    }
    let files = u32::try_from(paths.len()).unwrap_or(u32::MAX);
    paths.retain(|path| may_be_record(&RecordPath::new(path.as_str())));
    // git begins every message with the branch: `On main: Before switching to x`.
    let message = message.split_once(": ").map_or(message, |(_, rest)| rest).to_owned();
    Some(StashItem { commit: id.to_string(), message, date: history::item(&commit).date, records: paths, files })
}

/// Puts everything that is not committed aside, new files too.
pub(crate) fn save(root: &Path, program: &Program, message: &str) -> Result<()> {
    let before = newest(root)?;
    program.write(root, &save_args(message))?;
    if newest(root)? == before {
        return Err(Error::new(ErrorCode::Usage, "there is nothing to put aside").with_hint("everything is committed"));
    }
    Ok(())
}

/// What the runs are made with.
pub(super) fn save_args(message: &str) -> [&str; 5] {
    ["stash", "push", "--include-untracked", "--message", message]
}

pub(super) fn apply_args<'a>(word: &'a str, name: &'a str) -> [&'a str; 4] {
    ["stash", word, "--index", name]
}

pub(super) fn drop_args(name: &str) -> [&str; 3] {
    ["stash", "drop", name]
}

/// How git calls the stash at a place of the list.
pub(super) fn name(at: usize) -> String {
    format!("stash@{{{at}}}")
}

fn newest(root: &Path) -> Result<Option<Oid>> {
    let repo = open(root)?;
    Ok(repo.refname_to_id("refs/stash").ok())
}

/// Brings a stash back; it stays in the list until it is dropped, or `pop` asked for that and nothing was in the way.
/// What met changes of here is in the answer: the rest of the stash is there then, and the stash is kept.
pub(crate) fn apply(root: &Path, program: &Program, commit: &str, pop: bool) -> Result<StashReply> {
    let at = position(root, commit)?;
    if !place::conflicts(&open(root)?).is_empty() {
        return Err(Error::new(ErrorCode::Usage, "some files have conflicts that are not settled")
            .with_hint("settle each, then bring the stash back; it is kept"));
    }
    let name = name(at);
    let word = if pop { "pop" } else { "apply" };
    let done = program.write(root, &apply_args(word, &name)).or_else(|error| {
        // What was staged cannot always be staged again; the files can be had all the same.
        let unstaged = error.details().is_some_and(|said| said.contains("--index"));
        if unstaged { program.write(root, &["stash", word, &name]) } else { Err(error) }
    });
    let Err(error) = done else { return Ok(StashReply::default()) };
    let said = error.details().unwrap_or_default();
    let in_the_way = said.lines().filter_map(|line| line.strip_suffix(" already exists, no checkout"));
    let in_the_way = in_the_way.map(|path| path.trim_start_matches("error: ").to_owned()).collect();
    let met = StashReply { conflicts: place::conflicts(&open(root)?), in_the_way };
    if !met.conflicts.is_empty() {
        return Ok(met);
    }
    if said.contains("would be overwritten") {
        let named = said.lines().skip_while(|line| !line.contains("would be overwritten")).skip(1);
        let files: Vec<&str> = named.take_while(|line| line.starts_with('\t')).map(str::trim).collect();
        let files = if files.is_empty() { "files".to_owned() } else { files.join(", ") };
        return Err(Error::new(
            ErrorCode::Conflict,
            format!("{files} changed here, and the stash would write over that"),
        )
        .with_hint("commit or discard those changes, then bring the stash back; it is kept")
        .with_details(said));
    }
    if met.in_the_way.is_empty() { Err(error) } else { Ok(met) }
}

/// Takes a stash from the list; [`restore`] has it again for as long as git keeps its commit.
pub(crate) fn drop(root: &Path, program: &Program, commit: &str) -> Result<()> {
    let at = position(root, commit)?;
    program.write(root, &drop_args(&name(at))).map(std::mem::drop)
}

pub(crate) fn restore(root: &Path, program: &Program, commit: &str, message: &str) -> Result<()> {
    Oid::from_str(commit).map_err(|error| failed("read that stash", &error))?;
    program.write(root, &["stash", "store", "--message", message, commit]).map(std::mem::drop)
}

fn position(root: &Path, commit: &str) -> Result<usize> {
    // Git's own count: one that cannot be read is not listed, and is counted all the same.
    let mut at = None;
    let mut repo = open(root)?;
    let listed = repo.stash_foreach(|index, _, id| {
        at = (id.to_string() == commit).then_some(index);
        at.is_none()
    });
    listed.map_err(|error| failed("list the stashes", &error))?;
    at.ok_or_else(|| {
        Error::new(ErrorCode::NotFound, "that stash is gone").with_hint("it was applied or dropped elsewhere")
    })
}
