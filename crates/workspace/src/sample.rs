//! The sample decision log: replays a believable history into a real git repository, without starting a program.
//!
//! The story is data: `decisions-template/sample/history.toml` lists the commits, `files/` holds their texts. Both are
//! embedded; [`files`] is the generated list of them.

mod files;

use crate::error::{Error, Result};
use crate::store;
use files::FILES;
use git2::build::{CheckoutBuilder, TreeUpdateBuilder};
use git2::{BranchType, FileMode, Oid, Repository, RepositoryInitOptions, Signature, Time};
use precedent_core::wire::ErrorCode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The manifest as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    commit: Vec<CommitEntry>,
    /// Left uncommitted at the end, so that Changes has something to show.
    #[serde(default)]
    worktree: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommitEntry {
    branch: String,
    /// Where a new branch begins.
    from: Option<String>,
    author: String,
    date: String,
    message: String,
    /// Path in the repository -> name in `files/`.
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    delete: Vec<String>,
    /// A branch that this commit merges.
    merge: Option<String>,
}

const HISTORY: &str = include_str!("../../../decisions-template/sample/history.toml");
const MAIN: &str = "main";

/// Makes the sample repository at `dir`, which must not exist or be empty. Nothing is left behind when it fails.
///
/// # Errors
/// `usage` when the folder holds something, `io` when it cannot be written.
pub fn create(dir: &Path) -> Result<()> {
    let is_free = std::fs::read_dir(dir).map_or_else(|_| !dir.exists(), |mut entries| entries.next().is_none());
    if !is_free {
        return Err(Error::new(ErrorCode::Usage, format!("{} is not empty", dir.display()))
            .with_hint("choose a new folder for the sample")
            .at(dir));
    }
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    store::make_folder(parent)?;
    let building = tempfile::Builder::new()
        .prefix(".sample-")
        .tempdir_in(parent)
        .map_err(|error| Error::io(parent, "write in", &error))?;
    let history: History = toml::from_str(HISTORY).map_err(|error| broken(&error.to_string()))?;
    replay(building.path(), &history).map_err(|error| match error {
        Failure::Git(error) => Error::new(ErrorCode::Git, "cannot make the sample repository")
            .with_hint("check who may write there, and that the disk has room")
            .with_details(error.message())
            .at(dir),
        Failure::Told(error) => error,
    })?;
    store::move_folder(building.path(), dir)
}

/// git2's errors get their words at the border only.
enum Failure {
    Git(git2::Error),
    Told(Error),
}

impl From<git2::Error> for Failure {
    fn from(error: git2::Error) -> Self {
        Failure::Git(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Told(error)
    }
}

fn replay(dir: &Path, history: &History) -> std::result::Result<(), Failure> {
    let repository =
        Repository::init_opts(dir, RepositoryInitOptions::new().initial_head(MAIN).external_template(false))?;
    configure(&repository)?;
    for entry in &history.commit {
        commit(&repository, entry)?;
    }
    repository.set_head(&format!("refs/heads/{MAIN}"))?;
    repository.checkout_head(Some(CheckoutBuilder::new().force()))?;
    for (path, name) in &history.worktree {
        store::write_atomic(&dir.join(path), text(name)?.as_bytes())?;
    }
    Ok(())
}

/// Lets a reader of the sample commit on a machine without a name for git, and keeps the bytes as they are on Windows.
fn configure(repository: &Repository) -> std::result::Result<(), git2::Error> {
    let mut config = repository.config()?;
    config.set_str("user.name", "Robin Vale")?;
    config.set_str("user.email", "robin@quayside.example")?;
    config.set_bool("core.autocrlf", false)?;
    config.set_bool("commit.gpgsign", false)
}

fn commit(repository: &Repository, entry: &CommitEntry) -> std::result::Result<(), Failure> {
    let tip = tip(repository, &entry.branch)?;
    let start = match tip {
        Some(tip) => Some(tip),
        None => tip_of_start(repository, entry)?,
    };
    let mut parents = Vec::new();
    if let Some(start) = start {
        parents.push(repository.find_commit(start)?);
    }
    let mut base = parents.first().map(git2::Commit::tree).transpose()?;
    if let Some(merged) = &entry.merge {
        let other = tip_of(repository, merged)?;
        let other = repository.find_commit(other)?;
        let ours = parents.first().ok_or_else(|| broken(&format!("{merged} is merged into nothing")))?;
        let mut index = repository.merge_commits(ours, &other, None)?;
        if index.has_conflicts() {
            return Err(broken(&format!("{merged} does not merge")).into());
        }
        base = Some(repository.find_tree(index.write_tree_to(repository)?)?);
        parents.push(other);
    }
    let base = match base {
        Some(base) => base,
        None => repository.find_tree(repository.treebuilder(None)?.write()?)?,
    };
    let mut update = TreeUpdateBuilder::new();
    for (path, name) in &entry.files {
        update.upsert(path, repository.blob(text(name)?.as_bytes())?, FileMode::Blob);
    }
    for path in &entry.delete {
        update.remove(path);
    }
    let tree = repository.find_tree(update.create_updated(repository, &base)?)?;
    let author = signature(entry)?;
    let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
    let made = repository.commit(None, &author, &author, &entry.message, &tree, &parents)?;
    repository.reference(&format!("refs/heads/{}", entry.branch), made, true, "sample")?;
    Ok(())
}

fn tip(repository: &Repository, branch: &str) -> std::result::Result<Option<Oid>, git2::Error> {
    match repository.find_branch(branch, BranchType::Local) {
        Ok(branch) => Ok(branch.get().target()),
        Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn tip_of(repository: &Repository, branch: &str) -> std::result::Result<Oid, Failure> {
    Ok(tip(repository, branch)?.ok_or_else(|| broken(&format!("there is no branch {branch} yet")))?)
}

/// Where a new branch begins; the first commit of all begins nowhere.
fn tip_of_start(repository: &Repository, entry: &CommitEntry) -> std::result::Result<Option<Oid>, Failure> {
    match &entry.from {
        Some(from) => tip_of(repository, from).map(Some),
        None => Ok(tip(repository, MAIN)?),
    }
}

fn signature(entry: &CommitEntry) -> std::result::Result<Signature<'static>, Failure> {
    let wrong = |what: &str| broken(&format!("{what} of “{}”", entry.message));
    let (name, rest) = entry.author.split_once('<').ok_or_else(|| wrong("author"))?;
    let at: jiff::Timestamp = entry.date.parse().map_err(|_| wrong("date"))?;
    let offset = jiff::fmt::temporal::Pieces::parse(&entry.date).ok().and_then(|pieces| pieces.to_numeric_offset());
    let minutes = offset.map_or(0, jiff::tz::Offset::seconds) / 60;
    Ok(Signature::new(name.trim(), rest.trim_end_matches('>'), &Time::new(at.as_second(), minutes))?)
}

fn text(name: &str) -> Result<&'static str> {
    FILES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .ok_or_else(|| broken(&format!("{name} is missing")))
}

fn broken(what: &str) -> Error {
    Error::new(ErrorCode::Internal, format!("the sample that came with Precedent is damaged: {what}"))
        .with_hint("install Precedent again, and report this")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests compare with the files beside the manifest")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_embedded_list_is_that_of_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../decisions-template/sample/files");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder is there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let mut text = String::from(
            "//! The sample's texts. Generated by the test in `sample.rs`; do not edit.\n//! Renew: UPDATE_SAMPLE=1 cargo test -p precedent-workspace sample\n\nmacro_rules! embed {\n    ($($name:literal)*) => {\n        &[$(($name, include_str!(concat!(\"../../../../decisions-template/sample/files/\", $name))),)*]\n    };\n}\n\n/// Name and text of every file, by name.\npub(super) const FILES: &[(&str, &str)] = embed! {\n",
        );
        for name in &names {
            text.push_str(&format!("    \"{name}\"\n"));
        }
        text.push_str("};\n");
        let list = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample/files.rs");
        if std::env::var_os("UPDATE_SAMPLE").is_some() {
            std::fs::write(list, &text).expect("files.rs can be written");
        }
        let on_disk = std::fs::read_to_string(list).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            on_disk == text,
            "src/sample/files.rs is stale; run UPDATE_SAMPLE=1 cargo test -p precedent-workspace sample"
        );
    }

    #[test]
    fn every_text_is_used_and_every_used_text_is_there() {
        let history: History = toml::from_str(HISTORY).expect("the manifest is valid");
        let used: BTreeSet<&str> = history
            .commit
            .iter()
            .flat_map(|entry| entry.files.values())
            .chain(history.worktree.values())
            .map(String::as_str)
            .collect();
        let there: BTreeSet<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, there);
    }

    #[test]
    fn the_sample_is_a_repository_with_its_story_and_one_open_edit() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let target = dir.path().join("deep/sample");
        create(&target).expect("made");
        let history: History = toml::from_str(HISTORY).expect("the manifest is valid");
        let repository = Repository::open(&target).expect("a repository");
        let head = repository.head().expect("a head");
        assert_eq!(head.name().expect("a name"), "refs/heads/main");
        let last = history.commit.iter().rfind(|entry| entry.branch == "main").expect("a last commit");
        let commit = head.peel_to_commit().expect("a commit");
        assert_eq!(commit.message().expect("a message"), last.message);
        assert!(last.author.starts_with(commit.author().name().expect("a name")));
        let mut walk = repository.revwalk().expect("a walk");
        walk.push_glob("refs/heads/*").expect("branches");
        assert_eq!(walk.count(), history.commit.len());
        let statuses = repository.statuses(None).expect("a status");
        let changed: Vec<String> = statuses.iter().map(|entry| entry.path().expect("a path").to_owned()).collect();
        assert_eq!(changed, history.worktree.keys().cloned().collect::<Vec<_>>());
        let again = create(&target).expect_err("not empty");
        assert_eq!(again.code(), ErrorCode::Usage);
        let siblings = std::fs::read_dir(dir.path().join("deep")).expect("a folder").count();
        assert_eq!(siblings, 1, "no temporary folder is left");
    }
}
