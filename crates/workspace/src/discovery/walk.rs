//! One walk over the worktree (or a commit's files): files that may be records, settings of other tools, links.
//!
//! Nothing is parsed, and no link is followed out of the repository.

use super::names::{is_below, name_of, telling_folder};
use super::{Candidate, CommitFiles, Source, Trust};
use crate::progress::Progress;
use crate::settings;
use crate::threads::Threads;
use ignore::WalkBuilder;
use precedent_core::record::may_be_record;
use precedent_core::spread::Spread;
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Folders of this depth and more are not looked into.
const MOST_DEPTH: usize = 24;

/// Names of files that say how the folders beside or below them are walked.
pub(super) const STEERING: &[&str] =
    &[".gitignore", ".git", "Cargo.toml", "pom.xml", "go.mod", "composer.json", "Gemfile", "CACHEDIR.TAG"];

/// So many files are gathered before their names are looked at, on all processors.
const MET: usize = 1 << 14;

/// Files that matter here, in the order of [`Walk`]'s first sets.
#[derive(Clone, Copy)]
enum Kind {
    File,
    Link,
    Settings,
}

impl Kind {
    fn of(path: &RecordPath, is_link: bool) -> Option<Self> {
        if settings::FOREIGN.contains(&path.file_name()) && !is_link {
            return Some(Kind::Settings);
        }
        may_be_record(path).then_some(if is_link { Kind::Link } else { Kind::File })
    }
}

/// What one or more walks came across.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    pub(super) files: BTreeSet<RecordPath>,
    pub(super) links: BTreeSet<RecordPath>,
    pub(super) settings: BTreeSet<RecordPath>,
    /// Files whose names are not UTF-8, as well as they can be written.
    pub(super) nameless: BTreeSet<String>,
    /// Folders that were looked into; the root is the empty path.
    pub(super) folders: BTreeSet<RecordPath>,
    seen: usize,
    /// Entries visited before the walk gives up.
    most: usize,
    pub(super) cut: bool,
}

impl Walk {
    /// A walk that visits at most this many entries.
    pub(super) fn up_to(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// The whole worktree, without what git ignores, other repositories inside it, and folders of dependencies.
    pub(super) fn whole(&mut self, source: Source<'_>, progress: &Progress) {
        match source {
            Source::Disk(root) => self.walk(root, root, true, None, progress),
            Source::Commit(files) => self.walk_commit(files, ""),
        }
    }

    /// A folder that settings name: looked into even when git ignores it.
    pub(super) fn named(
        &mut self,
        source: Source<'_>,
        folder: &str,
        found_by: &str,
        problems: &mut Vec<Problem>,
        progress: &Progress,
    ) {
        let fault = match source {
            Source::Disk(root) => {
                let start = root.join(folder);
                let inside =
                    start.canonicalize().is_ok_and(|real| root.canonicalize().is_ok_and(|root| real.starts_with(root)));
                if inside && start.is_dir() {
                    self.walk(root, &start, false, None, progress);
                    None
                } else {
                    Some(if start.exists() { "leads out of the repository" } else { "does not exist" })
                }
            }
            Source::Commit(files) => {
                self.walk_commit(files, folder);
                (!files.is_folder(folder)).then_some("does not exist")
            }
        };
        if let Some(what) = fault {
            problems.push(
                Problem::new(
                    ProblemCode::Settings,
                    &RecordPath::new(found_by),
                    "",
                    0..0,
                    format!("The folder {folder} {what}."),
                )
                .hint("Correct the name, or make the folder."),
            );
        }
    }

    /// Forgets these paths and what lies below them; [`Walk::again`] looks at them anew.
    pub(super) fn forget_all(&mut self, changed: &BTreeSet<RecordPath>) {
        changed.iter().for_each(|path| self.forget(path));
    }

    /// Looks at these paths and what lies below them alone, in the whole worktree (an empty `start`) or a named folder.
    pub(super) fn again(&mut self, root: &Path, start: &str, changed: &BTreeSet<RecordPath>) {
        let inside = changed.iter().filter(|path| is_below(path.as_str(), start));
        let touched: HashSet<PathBuf> = inside.map(|path| root.join(path.as_str())).collect();
        if touched.is_empty() {
            return;
        }
        let above = touched.iter().flat_map(|path| path.ancestors().skip(1)).map(Path::to_path_buf).collect();
        let seen = self.seen;
        self.walk(root, &root.join(start), start.is_empty(), Some(Only { touched, above }), &Progress::default());
        self.seen = seen;
    }

    fn forget(&mut self, path: &RecordPath) {
        for set in [&mut self.files, &mut self.links, &mut self.settings, &mut self.folders] {
            let gone: Vec<RecordPath> = set
                .range(path.clone()..)
                .take_while(|other| other.as_str().starts_with(path.as_str()))
                .cloned()
                .collect();
            for other in gone.iter().filter(|other| is_below(other.as_str(), path.as_str())) {
                set.remove(other);
            }
        }
        self.nameless.retain(|name| !is_below(name, path.as_str()));
    }

    fn walk(&mut self, root: &Path, start: &Path, respect_ignore: bool, only: Option<Only>, progress: &Progress) {
        let walker = WalkBuilder::new(start)
            .standard_filters(false)
            .git_ignore(respect_ignore)
            .git_exclude(respect_ignore)
            .parents(false)
            .follow_links(false)
            .max_depth(Some(MOST_DEPTH))
            .filter_entry(move |entry| {
                let asked = only.as_ref().is_none_or(|only| only.holds(entry.path()));
                entry.depth() == 0 || asked && !is_foreign_folder(entry)
            })
            .build();
        let (mut met, mut found) = (Vec::new(), <[Vec<RecordPath>; 3]>::default());
        for entry in walker.flatten() {
            self.seen += 1;
            if self.seen > self.most {
                self.cut = true;
                break;
            }
            if progress.is_cancelled() {
                break;
            }
            let Some(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                self.folders.extend(relative(root, entry.path()));
            } else if kind.is_file() || kind.is_symlink() {
                met.push((entry.into_path(), kind.is_symlink()));
                if met.len() >= MET {
                    self.take_all(root, &met, &mut found);
                    met.clear();
                }
            }
        }
        self.take_all(root, &met, &mut found);
        for (set, found) in [&mut self.files, &mut self.links, &mut self.settings].into_iter().zip(found) {
            set.append(&mut found.into_iter().collect());
        }
    }

    /// Adds of these files, some of them links, what matters to what was `found`, by kind.
    fn take_all(&mut self, root: &Path, met: &[(PathBuf, bool)], found: &mut [Vec<RecordPath>; 3]) {
        let part = |part: Range<usize>| {
            let (mut found, mut nameless) = (<[Vec<RecordPath>; 3]>::default(), Vec::new());
            for (path, is_link) in &met[part] {
                let Some(path) = relative(root, path) else {
                    let below = path.strip_prefix(root).unwrap_or(path);
                    nameless.push(below.to_string_lossy().into_owned());
                    continue;
                };
                if let Some(kind) = Kind::of(&path, *is_link) {
                    found[kind as usize].push(path);
                }
            }
            // Parts in order are put in order at last in one go.
            found.iter_mut().for_each(|paths| paths.sort_unstable());
            (found, nameless)
        };
        for (part, nameless) in Threads.parts(met.len(), part) {
            found.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
            self.nameless.extend(nameless);
        }
    }

    fn walk_commit(&mut self, files: &CommitFiles<'_>, folder: &str) {
        for (path, is_link) in files.paths().filter(|(path, _)| is_below(path, folder)) {
            self.seen += 1;
            if self.seen > self.most {
                self.cut = true;
                return;
            }
            let below = path[folder.len()..].trim_start_matches('/');
            if below.split('/').count() <= MOST_DEPTH && !in_foreign_folder(files, folder, below) {
                self.take(RecordPath::new(path), is_link);
            }
        }
    }

    fn take(&mut self, path: RecordPath, is_link: bool) {
        let set = match Kind::of(&path, is_link) {
            Some(Kind::File) => &mut self.files,
            Some(Kind::Link) => &mut self.links,
            Some(Kind::Settings) => &mut self.settings,
            None => return,
        };
        set.insert(path);
    }

    /// Faults of the walk itself: names that cannot be read, too much to look at.
    pub(super) fn faults(&self) -> Vec<Problem> {
        let mut faults = Vec::new();
        for name in &self.nameless {
            let path = RecordPath::new(name.as_str());
            if may_be_record(&path) && telling_folder(path.folder(), &BTreeSet::new()).is_some() {
                let what = "The name of this file is not UTF-8; it is not read.";
                faults.push(Problem::new(ProblemCode::Unreadable, &path, "", 0..0, what).hint("Rename the file."));
            }
        }
        if self.cut {
            let what = "This folder is too large to be searched whole.";
            faults.push(
                Problem::new(ProblemCode::TooLarge, &RecordPath::new(""), "", 0..0, what)
                    .hint("Name the folders of records in precedent.toml: logs = [\"docs/decisions\"]."),
            );
        }
        faults
    }

    /// Whether a path, or anything below it, was come across.
    pub(super) fn knows_below(&self, path: &RecordPath) -> bool {
        let sets = [&self.files, &self.links, &self.settings, &self.folders];
        let below = |set: &&BTreeSet<RecordPath>| {
            let mut next = set.range(path.clone()..).take_while(|other| other.as_str().starts_with(path.as_str()));
            next.any(|other| is_below(other.as_str(), path.as_str()))
        };
        sets.iter().any(below)
    }

    /// A link to a file of the repository counts as a record when the file itself is not one already; a link that leaves
    /// the repository is not followed.
    pub(super) fn resolve_links(
        &self,
        source: Source<'_>,
        found: &[Candidate],
        problems: &mut Vec<Problem>,
    ) -> Vec<RecordPath> {
        let known: BTreeSet<&RecordPath> = found.iter().flat_map(|candidate| &candidate.files).collect();
        let mut linked = Vec::new();
        for link in &self.links {
            let is_in_log = found.iter().any(|candidate| is_below(link.folder(), &candidate.folder))
                || link.folder().split('/').any(|part| name_of(part) == Some(Trust::Telling));
            let mut say = |what: &str, hint: &str| {
                if is_in_log {
                    problems.push(Problem::new(ProblemCode::Unreadable, link, "", 0..0, what).hint(hint));
                }
            };
            match target_of(source, link) {
                Target::File(real) if !known.contains(&real) => linked.push(link.clone()),
                Target::File(_) | Target::Folder => {}
                Target::Outside => say(
                    "This is a link that leaves the repository; it is not followed.",
                    "Copy the file into the repository if it is a record.",
                ),
                Target::Nothing => say("This is a link to a file that is not there.", "Mend the link or remove it."),
            }
        }
        linked
    }
}

/// Paths to be looked at, and the folders on the way to them.
struct Only {
    touched: HashSet<PathBuf>,
    above: HashSet<PathBuf>,
}

impl Only {
    /// Asked of an entry whose folder is held.
    fn holds(&self, path: &Path) -> bool {
        let in_full = |folder: &Path| self.touched.contains(folder) || !self.above.contains(folder);
        self.touched.contains(path) || self.above.contains(path) || path.parent().is_none_or(in_full)
    }
}

/// Where a link leads.
enum Target {
    File(RecordPath),
    Folder,
    Outside,
    Nothing,
}

fn target_of(source: Source<'_>, link: &RecordPath) -> Target {
    match source {
        Source::Disk(root) => {
            let Ok(real_root) = root.canonicalize() else { return Target::Nothing };
            let Ok(target) = root.join(link.as_str()).canonicalize() else { return Target::Nothing };
            match relative(&real_root, &target) {
                Some(real) if target.is_file() => Target::File(real),
                Some(_) => Target::Folder,
                None => Target::Outside,
            }
        }
        Source::Commit(files) => {
            files.real(link.as_str()).map_or(Target::Nothing, |real| Target::File(RecordPath::new(real)))
        }
    }
}

/// As [`is_foreign_folder`], for a path of a commit: git keeps no other repositories and no caches.
fn in_foreign_folder(files: &CommitFiles<'_>, start: &str, below: &str) -> bool {
    let mut above = start.to_owned();
    let folders = below.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').filter(|name| !name.is_empty()).any(|name| {
        let beside = |file: &str| {
            files.id(&if above.is_empty() { file.to_owned() } else { format!("{above}/{file}") }).is_some()
        };
        let foreign = is_foreign_name(name, &beside);
        above = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        foreign
    })
}

/// Names of folders that hold other people's text; `beside` says whether a file stands next to the folder.
fn is_foreign_name(name: &str, beside: &dyn Fn(&str) -> bool) -> bool {
    match name {
        ".git" | ".hg" | ".svn" | "node_modules" | "bower_components" | "__pycache__" | ".venv" | ".tox" => true,
        "target" => beside("Cargo.toml") || beside("pom.xml"),
        "vendor" => beside("go.mod") || beside("composer.json") || beside("Gemfile"),
        _ => false,
    }
}

/// Folders that are not this repository's own text: other worktrees, dependencies, build output.
fn is_foreign_folder(entry: &ignore::DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return false;
    }
    let beside = |name: &str| entry.path().parent().is_some_and(|parent| parent.join(name).exists());
    let name = entry.file_name().to_str().unwrap_or_default();
    is_foreign_name(name, &beside)
        || name == "target" && entry.path().join("CACHEDIR.TAG").exists()
        || entry.path().join(".git").exists()
}

/// The path below `root` in the wire's form; `None` when it is outside or not UTF-8.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<RecordPath> {
    let mut text = String::with_capacity(path.as_os_str().len());
    for part in path.strip_prefix(root).ok()?.components() {
        if !text.is_empty() {
            text.push('/');
        }
        text.push_str(part.as_os_str().to_str()?);
    }
    Some(RecordPath::new(text))
}
