//! A change as two lists of files and what differs between them. Nothing of it is written: what a patch makes lives in
//! memory.

mod evasions;

use super::content::Home;
use super::generated::Generated;
use super::govern::{Governed, Place};
use super::looking::Job;
use super::request::{CheckInput, inside};
use crate::discovery::{self, CommitFiles, Source};
use crate::error::{Error, Result};
use crate::git::moment;
use crate::git::repo::{Content, FILE, KIND, LINK, MODULE, failed, head_tree, on_disk};
use crate::git::stage::index_entry;
use crate::scan::{MOST_BYTES, parse_options};
use crate::workspace::State;
use git2::{Delta, Diff, DiffFindOptions, DiffOptions, Oid, Repository, Tree, TreeWalkMode, TreeWalkResult};
use precedent_check::BASELINE_FILE;
use precedent_check::rule::{Change, ChangeKind};
use precedent_core::record::{Parsed, may_be_record, parse};
use precedent_core::wire::{CheckedInput, ErrorCode, UndecidedItem};
use precedent_core::{DecisionLog, RecordPath};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// More deleted or added files than this are not compared to find renamings.
const MOST_RENAMES: usize = 1000;

/// A file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: Oid,
    /// [`FILE`], [`LINK`] or [`MODULE`].
    kind: u32,
    /// Its bytes, where git does not have them.
    held: Option<Arc<Vec<u8>>>,
}

/// All files of a tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing(BTreeMap<String, Entry>);

/// A path that differs.
#[derive(Clone, Debug)]
struct Step {
    path: String,
    old_path: Option<String>,
    kind: ChangeKind,
    mode_only: bool,
}

/// Two trees and what differs.
pub(super) struct Changed {
    pub(super) input: CheckedInput,
    pub(super) base: Listing,
    pub(super) head: Listing,
    /// What judges, where that is not `base`.
    pub(super) judge: Option<Listing>,
    steps: Vec<Step>,
    /// Why renamings could not be told from deletions.
    pub(super) unfollowed: Option<UndecidedItem>,
}

/// What is to be compared is not there.
pub(super) struct Undecided {
    pub(super) input: CheckedInput,
    pub(super) message: String,
}

/// Finds both trees.
///
/// # Errors
/// `not-found` for an unknown revision, `usage` for a patch or path that does not fit, `git`.
pub(super) fn open(repo: &Repository, input: &CheckInput) -> Result<std::result::Result<Changed, Undecided>> {
    let changed = match input {
        CheckInput::Range { from, to } => return range(repo, from, to),
        CheckInput::Unrelated { main, to } => unrelated(repo, main, to)?,
        CheckInput::Patch(patch) => patched(repo, patch)?,
        CheckInput::Content { path, content } => with_content(repo, &inside(path)?, content)?,
        CheckInput::StagedIn(file) => staged(repo, git2::Index::open(file), None, &[])?,
        CheckInput::StagedSince { index, base } => {
            let index = index.as_ref().map_or_else(|| repo.index(), |file| git2::Index::open(file));
            staged(repo, index, Some(base), &[])?
        }
        CheckInput::Staged | CheckInput::Worktree => staged(repo, repo.index(), None, &[])?,
        CheckInput::ToCommit(paths) => staged(repo, repo.index(), None, paths)?,
    };
    Ok(Ok(changed))
}

/// What is staged, against the last commit or another `base`; and these files as they are on the disk, as if they were.
fn staged(
    repo: &Repository,
    index: std::result::Result<git2::Index, git2::Error>,
    base: Option<&str>,
    more: &[String],
) -> Result<Changed> {
    let reading = |error: git2::Error| failed("read what is staged", &error);
    let mut index = index.map_err(reading)?;
    if index.has_conflicts() {
        return Err(Error::new(ErrorCode::Conflict, "there are files with conflicts, so nothing can be committed")
            .with_hint("settle them, stage them, and check again"));
    }
    let named = base.map(|base| repo.revparse_single(base)?.peel_to_commit()).transpose().map_err(reading)?;
    let base = match &named {
        Some(commit) => Some(commit.tree().map_err(reading)?),
        None => head_tree(repo)?,
    };
    if !more.is_empty() {
        in_memory(repo)?;
        more.iter().try_for_each(|path| put(repo, &mut index, &inside(path)?))?;
    }
    let mut diff = repo.diff_tree_to_index(base.as_ref(), Some(&index), Some(&mut options())).map_err(reading)?;
    let id = named.map_or_else(|| head_id(repo), |commit| Some(commit.id().to_string()));
    let input = CheckedInput { kind: "staged".to_owned(), base: id, head: None };
    let mut head = Listing::of_index(&index);
    if !more.is_empty() {
        hold(repo, &mut head, &diff);
    }
    of_diff(&mut diff, head, input)
}

/// Puts a file of the disk into a list of files that is never written.
fn put(repo: &Repository, index: &mut git2::Index, path: &str) -> Result<()> {
    let reading = |error: git2::Error| failed("read what would be committed", &error);
    let root = repo.workdir().unwrap_or(repo.path()).to_path_buf();
    let Content::Bytes(bytes) = on_disk(&root, Path::new(path)) else {
        return index.remove_path(Path::new(path)).map_err(reading);
    };
    let is_link = root.join(path).symlink_metadata().is_ok_and(|about| about.is_symlink());
    let id = repo.blob(&bytes).map_err(reading)?;
    let entry = git2::IndexEntry { mode: if is_link { LINK } else { FILE | 0o644 }, ..index_entry(path, id, 0) };
    index.add(&entry).map_err(reading)
}

fn range(repo: &Repository, from: &str, to: &str) -> Result<std::result::Result<Changed, Undecided>> {
    let (from_commit, to_commit) = (moment::commit_at(repo, from)?, moment::commit_at(repo, to)?);
    let input = |base: Option<Oid>| CheckedInput {
        kind: "range".to_owned(),
        base: base.map(|id| id.to_string()),
        head: Some(to_commit.id().to_string()),
    };
    let Ok(base) = repo.merge_base(from_commit.id(), to_commit.id()) else {
        let shallow = if repo.is_shallow() { "; this clone is shallow: fetch more of its history" } else { "" };
        let message = format!("{from} and {to} have no commit in common, so it is not known what changed{shallow}");
        return Ok(Err(Undecided { input: input(None), message }));
    };
    let reading = |error: git2::Error| failed("read the commits", &error);
    let old = repo.find_commit(base).and_then(|commit| commit.tree());
    let (old, new) = match (old, to_commit.tree()) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(error), _) | (_, Err(error)) => {
            let message = format!("a commit that is compared is not here: {}", error.message());
            return Ok(Err(Undecided { input: input(Some(base)), message }));
        }
    };
    let mut diff = repo.diff_tree_to_tree(Some(&old), Some(&new), Some(&mut options())).map_err(reading)?;
    let listing = Listing::of_tree(&new).map_err(reading)?;
    of_diff(&mut diff, listing, input(Some(base))).map(Ok)
}

/// A history that begins anew: all that it holds is new, and takes nothing away.
fn unrelated(repo: &Repository, main: &str, to: &str) -> Result<Changed> {
    let reading = |error: git2::Error| failed("read the commits", &error);
    let (main, to) = (moment::commit_at(repo, main)?, moment::commit_at(repo, to)?);
    let listing = |commit: &git2::Commit<'_>| Listing::of_tree(&commit.tree()?);
    let (judge, head) = (listing(&main).map_err(reading)?, listing(&to).map_err(reading)?);
    let step = |path: &str| Step { path: path.to_owned(), old_path: None, kind: ChangeKind::Added, mode_only: false };
    let steps = head.paths().map(step).collect();
    let input = CheckedInput { kind: "range".to_owned(), base: None, head: Some(to.id().to_string()) };
    Ok(Changed { input, base: Listing::default(), head, judge: Some(judge), steps, unfollowed: None })
}

fn patched(repo: &Repository, patch: &[u8]) -> Result<Changed> {
    let unfit = |error: git2::Error| {
        Error::new(ErrorCode::Usage, format!("the patch does not apply to the last commit: {}", error.message()))
            .with_hint("make it with `git diff HEAD`, or check out the commit that it was made for; where names have blanks or letters beyond ASCII, stage the change and use `--staged`")
    };
    let base = head_tree(repo)?.ok_or_else(no_commit)?;
    in_memory(repo)?;
    if patch.split(|byte| *byte == b'\n').any(names_without_prefix) {
        let message =
            "the patch names files without `a/` and `b/` before them, and its first folders would be taken for those";
        return Err(Error::new(ErrorCode::Usage, message)
            .with_hint("make it with `git diff HEAD --src-prefix=a/ --dst-prefix=b/` (`diff.noprefix` is set, or it was asked for)"));
    }
    let patch = Diff::from_buffer(patch).map_err(unfit)?;
    let index = repo.apply_to_tree(&base, &patch, None).map_err(unfit)?;
    let reading = |error: git2::Error| failed("read the patched files", &error);
    let mut diff = repo.diff_tree_to_index(Some(&base), Some(&index), Some(&mut options())).map_err(reading)?;
    let mut head = Listing::of_index(&index);
    let input = CheckedInput { kind: "patch".to_owned(), base: head_id(repo), head: None };
    hold(repo, &mut head, &diff);
    of_diff(&mut diff, head, input)
}

/// Whether a line begins a file that both sides call the same. Lines of a file's text begin with a sign of their own.
fn names_without_prefix(line: &[u8]) -> bool {
    let Some(names) = line.strip_suffix(b"\r").unwrap_or(line).strip_prefix(b"diff --git ") else { return false };
    let (old, new) = names.split_at(names.len() / 2);
    new.strip_prefix(b" ").is_some_and(|new| old == new)
}

fn with_content(repo: &Repository, path: &str, content: &[u8]) -> Result<Changed> {
    let base = head_tree(repo)?.ok_or_else(no_commit)?;
    let reading = |error: git2::Error| failed("read the last commit", &error);
    let base = Listing::of_tree(&base).map_err(reading)?;
    let folder = format!("{path}/");
    if base.0.range(folder.clone()..).next().is_some_and(|(first, _)| first.starts_with(&folder)) {
        return Err(Error::new(ErrorCode::Usage, format!("`{path}` is a folder, and content is that of a file"))
            .with_hint("give the file's path, from the repository's root"));
    }
    in_memory(repo)?;
    let id = repo.blob(content).map_err(reading)?;
    let entry = Entry { id, kind: FILE, held: Some(Arc::new(content.to_vec())) };
    let mut head = base.clone();
    let before = head.0.insert(path.to_owned(), entry);
    let kind = if before.is_some() { ChangeKind::Modified } else { ChangeKind::Added };
    let is_same = before.is_some_and(|before| before.id == id && before.kind == FILE);
    let steps =
        if is_same { Vec::new() } else { vec![Step { path: path.to_owned(), old_path: None, kind, mode_only: false }] };
    let input = CheckedInput { kind: "content".to_owned(), base: head_id(repo), head: None };
    Ok(Changed { input, base, head, judge: None, steps, unfollowed: None })
}

fn no_commit() -> Error {
    Error::new(ErrorCode::NotFound, "nothing has been committed here yet")
        .with_hint("the last commit's rules judge a change; `precedent check` judges the files as they are")
}

fn head_id(repo: &Repository) -> Option<String> {
    repo.head().ok()?.target().map(|id| id.to_string())
}

/// From now on this repository's new objects stay in memory.
fn in_memory(repo: &Repository) -> Result<()> {
    let failed = |error: git2::Error| failed("prepare the check", &error);
    let odb = repo.odb().map_err(failed)?;
    odb.add_new_mempack_backend(i32::MAX).map(|_| ()).map_err(failed)
}

/// Takes the bytes of changed files out of memory, for threads that have another repository open.
fn hold(repo: &Repository, head: &mut Listing, diff: &Diff<'_>) {
    for delta in diff.deltas() {
        let path = delta.new_file().path_bytes().map(|path| String::from_utf8_lossy(path).into_owned());
        if let Some(entry) = path.and_then(|path| head.0.get_mut(&path))
            && let Ok(blob) = repo.find_blob(entry.id)
        {
            entry.held = Some(Arc::new(blob.content().to_vec()));
        }
    }
}

/// Independent of what this machine has set up.
fn options() -> DiffOptions {
    let mut options = DiffOptions::new();
    options.include_typechange(true).include_typechange_trees(true).skip_binary_check(true).context_lines(0);
    options
}

fn of_diff(diff: &mut Diff<'_>, head: Listing, input: CheckedInput) -> Result<Changed> {
    let mut base = head.clone();
    for delta in diff.deltas() {
        if let Some((path, _)) = side(&delta.new_file()) {
            base.0.remove(&path);
        }
    }
    for delta in diff.deltas() {
        if let Some((path, entry)) = side(&delta.old_file()).filter(|(_, entry)| !entry.id.is_zero()) {
            base.0.insert(path, entry);
        }
    }
    let mut find = DiffFindOptions::new();
    find.renames(true).rename_threshold(50).rename_limit(MOST_RENAMES);
    // A clone that lacks a file cannot tell where it went to.
    let unfollowed = diff.find_similar(Some(&mut find)).err().map(|error| UndecidedItem {
        path: String::new(),
        line: 1,
        column: 1,
        rule: None,
        message: format!("it is not known which files were renamed: {}", error.message()),
    });
    let mut steps: Vec<Step> = diff.deltas().filter_map(|delta| step(&delta)).collect();
    steps.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Changed { input, base, head, judge: None, steps, unfollowed })
}

fn side(file: &git2::DiffFile<'_>) -> Option<(String, Entry)> {
    let path = String::from_utf8_lossy(file.path_bytes()?).into_owned();
    let kind = u32::from(file.mode()) & KIND;
    Some((path, Entry { id: file.id(), kind, held: None }))
}

fn step(delta: &git2::DiffDelta<'_>) -> Option<Step> {
    let (old, new) = (side(&delta.old_file()), side(&delta.new_file()));
    let kind = match delta.status() {
        Delta::Added | Delta::Copied => ChangeKind::Added,
        Delta::Deleted => ChangeKind::Deleted,
        Delta::Modified | Delta::Typechange => ChangeKind::Modified,
        Delta::Renamed => ChangeKind::Renamed,
        _ => return None,
    };
    let (path, old_path) = match kind {
        ChangeKind::Deleted => (old?.0, None),
        ChangeKind::Renamed => (new?.0, Some(old?.0)),
        _ => (new?.0, None),
    };
    let mode_only = kind == ChangeKind::Modified && delta.old_file().id() == delta.new_file().id();
    Some(Step { path, old_path, kind, mode_only })
}

impl Listing {
    pub(super) fn of_tree(tree: &Tree<'_>) -> std::result::Result<Self, git2::Error> {
        let mut files = BTreeMap::new();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            let kind = u32::try_from(entry.filemode()).unwrap_or(0) & KIND;
            if matches!(kind, FILE | LINK | MODULE) {
                let name = String::from_utf8_lossy(entry.name_bytes());
                files.insert(format!("{folder}{name}"), Entry { id: entry.id(), kind, held: None });
            }
            TreeWalkResult::Ok
        })?;
        Ok(Self(files))
    }

    fn of_index(index: &git2::Index) -> Self {
        let entry = |entry: git2::IndexEntry| {
            let path = String::from_utf8_lossy(&entry.path).into_owned();
            (path, Entry { id: entry.id, kind: entry.mode & KIND, held: None })
        };
        Self(index.iter().map(entry).collect())
    }

    /// Makes this listing of `from` that of `to`, and tells what differs.
    pub(super) fn turn(
        &mut self,
        repo: &Repository,
        from: &Tree<'_>,
        to: &Tree<'_>,
    ) -> std::result::Result<Vec<Turned>, git2::Error> {
        let diff = repo.diff_tree_to_tree(Some(from), Some(to), Some(&mut options()))?;
        for (path, _) in diff.deltas().filter_map(|delta| side(&delta.old_file())) {
            self.0.remove(&path);
        }
        let mut turned = Vec::new();
        for delta in diff.deltas() {
            let comes_or_goes = matches!(delta.status(), Delta::Added | Delta::Deleted);
            let file = if delta.status() == Delta::Deleted { delta.old_file() } else { delta.new_file() };
            let Some((path, entry)) = side(&file) else { continue };
            if delta.status() != Delta::Deleted {
                self.0.insert(path.clone(), entry);
            }
            turned.push(Turned { path, comes_or_goes });
        }
        Ok(turned)
    }

    /// Whether what judges is a link, so that a file of any name may be behind it.
    pub(super) fn judges_by_link(&self) -> bool {
        self.0.iter().any(|(path, entry)| entry.kind == LINK && judges(path))
    }

    /// Whether a link leads to a folder, or out of the tree, where nobody knows.
    fn leads_to_folder(&self, repo: &Repository, path: &str) -> bool {
        let target = self.0.get(path).and_then(|entry| repo.find_blob(entry.id).ok());
        let target = target.and_then(|blob| String::from_utf8(blob.content().to_vec()).ok());
        let inside = target.filter(|target| !target.starts_with('/'));
        let Some(inside) = inside.and_then(|target| RecordPath::new(path).join_link(&target)) else { return true };
        !self.0.contains_key(inside.as_str())
    }

    fn of_kind(&self, kind: u32) -> Vec<&str> {
        self.0.iter().filter(|(_, entry)| entry.kind == kind).map(|(path, _)| path.as_str()).collect()
    }

    fn is_link(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|entry| entry.kind == LINK)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All files; which of them are generated does not matter here.
    pub(super) fn jobs(&self) -> Vec<Job> {
        let none = Generated::default();
        self.paths().filter_map(|path| self.job(path, &none)).collect()
    }

    pub(super) fn job(&self, path: &str, generated: &Generated) -> Option<Job> {
        let entry = self.0.get(path)?;
        let home = match &entry.held {
            Some(bytes) if entry.kind == FILE => Home::Held(bytes.clone()),
            _ => Home::Blob { id: entry.id, kind: entry.kind },
        };
        Some(Job { path: path.to_owned(), home, generated: generated.has(path) })
    }
}

impl Changed {
    /// Files of the change as they are now.
    pub(super) fn head_jobs(&self, generated: &Generated) -> Vec<Job> {
        let now = self.steps.iter().filter(|step| step.kind != ChangeKind::Deleted);
        now.filter_map(|step| self.head.job(&step.path, generated)).collect()
    }

    /// Files of the change as they were.
    pub(super) fn base_jobs(&self, generated: &Generated) -> Vec<Job> {
        let then = self.steps.iter().filter(|step| step.kind != ChangeKind::Added);
        let paths: BTreeSet<&str> = then.map(|step| step.old_path.as_deref().unwrap_or(&step.path)).collect();
        paths.into_iter().filter_map(|path| self.base.job(path, generated)).collect()
    }

    /// Files outside of the change.
    pub(super) fn other_jobs(&self, generated: &Generated) -> Vec<Job> {
        let changed: BTreeSet<&str> = self.steps.iter().map(|step| step.path.as_str()).collect();
        let others = self.head.paths().filter(|path| !changed.contains(path));
        others.filter_map(|path| self.head.job(path, generated)).collect()
    }

    /// Files outside of the change, as they were and are.
    pub(super) fn other_base_jobs(&self, generated: &Generated) -> Vec<Job> {
        let changed: BTreeSet<&str> =
            self.steps.iter().map(|step| step.old_path.as_deref().unwrap_or(&step.path)).collect();
        let others = self.base.paths().filter(|path| !changed.contains(path));
        others.filter_map(|path| self.base.job(path, generated)).collect()
    }

    /// Names of then by the names of now.
    pub(super) fn moved(&self) -> BTreeMap<String, String> {
        let moved = self.steps.iter().filter_map(|step| Some((step.old_path.clone()?, step.path.clone())));
        moved.collect()
    }

    pub(super) fn changes(&self, governed: &Governed) -> Vec<Change> {
        let change = |step: &Step| Change {
            path: step.path.clone(),
            kind: step.kind,
            old_path: step.old_path.clone(),
            mode_only: step.mode_only,
            record: governed.applies_to.get(&step.path).cloned(),
        };
        self.steps.iter().map(change).collect()
    }

    /// Files that are in one of the trees only.
    pub(super) fn came_or_went(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().filter(|step| step.kind != ChangeKind::Modified);
        steps.flat_map(|step| std::iter::once(step.path.as_str()).chain(step.old_path.as_deref()))
    }

    /// Whether a file that judges may be part of the change.
    pub(super) fn touches_governance(&self) -> bool {
        self.steps.iter().any(|step| judges(&step.path) || step.old_path.as_deref().is_some_and(judges))
            || self.head.judges_by_link()
            || self.base.judges_by_link()
    }
}

/// Whether a file at this path may decide what is found.
pub(super) fn judges(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path == BASELINE_FILE
        || path == "precedent.toml"
        || name == ".gitattributes"
        || name.ends_with(".rules.yaml")
        || crate::settings::FOREIGN.contains(&name)
        || may_be_record(&RecordPath::new(path))
        || path.contains("waivers/")
        || name == "waivers"
        || discovery::is_log_name(name)
}

/// A path that differs between two trees.
pub(super) struct Turned {
    pub(super) path: String,
    /// It is in one of them only.
    pub(super) comes_or_goes: bool,
}

const NOT_HERE: &str = "git does not have it here";

/// What judges a tree of git.
pub(super) fn govern(repo: &Repository, listing: &Listing, state: &State, pointed: Option<&str>) -> Governed {
    let files = listing.0.iter().filter(|(_, entry)| entry.kind != MODULE);
    let files = files.map(|(path, entry)| (path.clone(), entry.id, entry.kind == LINK));
    let files = CommitFiles::from_files(repo, files);
    let found = discovery::discover_past(&files, pointed);
    let mut records: Vec<Arc<Parsed>> = Vec::new();
    let (mut folders, mut lost) = (Vec::new(), Vec::new());
    for candidate in &found.candidates {
        let options = parse_options(&found.config, &candidate.folder);
        let is_same_reading = found.config.statuses == state.config.statuses;
        let read = |path: &RecordPath| {
            let known = files.id(path.as_str()).filter(|_| is_same_reading).and_then(|id| {
                let known = state.files.get(path).or_else(|| state.aside.get(path))?;
                (known.hash == id && known.parsed.log == candidate.folder).then(|| known.parsed.clone())
            });
            let parsed =
                || crate::api::past::bytes_of(&files, path).map(|bytes| Arc::new(parse(path, &bytes, &options)));
            known.or_else(parsed)
        };
        let mut parsed: Vec<Arc<Parsed>> = Vec::new();
        for path in &candidate.files {
            let is_huge = files.size(path.as_str()).is_some_and(|size| size as u64 > MOST_BYTES);
            match read(path).filter(|_| !is_huge) {
                Some(record) => parsed.push(record),
                None if is_huge => lost.push((path.to_string(), "it is too large to be read as a record")),
                None => lost.push((path.to_string(), NOT_HERE)),
            }
        }
        let all: Vec<&Parsed> = parsed.iter().map(|parsed| &**parsed).collect();
        if discovery::keep(candidate, &all) {
            folders.push(candidate.folder.clone());
            records.extend(parsed.into_iter().filter(|parsed| parsed.signs.any()));
        }
    }
    let log = DecisionLog::first(records.into_iter(), &crate::threads::Threads);
    let paths: Vec<&str> = listing.paths().collect();
    let read = |path: &str| Source::Commit(&files).read(path).ok();
    // Without these it is not known where logs are, nor what is not looked at.
    let named =
        |path: &&str| *path == "precedent.toml" || *path == ".gitattributes" || path.ends_with("/.gitattributes");
    let missing = paths.iter().copied().filter(named).filter(|path| read(path).is_none());
    lost.extend(missing.map(|path| (path.to_owned(), NOT_HERE)));
    let is_link = |path: &str| listing.is_link(path);
    let place = Place {
        log: &log,
        config: &found.config,
        folders: &folders,
        paths: &paths,
        read: &read,
        is_link: &is_link,
        links: &listing.of_kind(LINK),
        others: &listing.of_kind(MODULE),
        leads_to_folder: &|path: &str| listing.leads_to_folder(repo, path),
        problems: &found.problems,
    };
    let mut governed = place.govern();
    governed.lacks(&lost);
    governed
}
