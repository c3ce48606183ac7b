//! One walk over the worktree in a fixed order: files that may be records, settings of other tools, links.
//!
//! Nothing is parsed, and no link is followed out of the repository.

use super::names::{is_below, name_of};
use super::{Candidate, Trust};
use crate::settings;
use ignore::WalkBuilder;
use precedent_core::record::may_be_record;
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::BTreeSet;
use std::path::Path;

/// Folders of this depth and more are not looked into.
const MOST_DEPTH: usize = 24;

/// What one or more walks came across.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) files: BTreeSet<RecordPath>,
    pub(super) links: BTreeSet<RecordPath>,
    pub(super) settings: Vec<RecordPath>,
    /// Files whose names are not UTF-8, as well as they can be written.
    pub(super) nameless: BTreeSet<String>,
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
    pub(super) fn whole(&mut self, root: &Path) {
        self.walk(root, root, true);
    }

    /// A folder that settings name: looked into even when git ignores it.
    pub(super) fn named(&mut self, root: &Path, folder: &str, found_by: &str, problems: &mut Vec<Problem>) {
        let start = root.join(folder);
        let inside =
            start.canonicalize().is_ok_and(|real| root.canonicalize().is_ok_and(|root| real.starts_with(root)));
        if inside && start.is_dir() {
            self.walk(root, &start, false);
        } else {
            let what = if start.exists() { "leads out of the repository" } else { "does not exist" };
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

    fn walk(&mut self, root: &Path, start: &Path, respect_ignore: bool) {
        let walker = WalkBuilder::new(start)
            .standard_filters(false)
            .git_ignore(respect_ignore)
            .git_exclude(respect_ignore)
            .parents(false)
            .follow_links(false)
            .max_depth(Some(MOST_DEPTH))
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(|entry| entry.depth() == 0 || !is_foreign_folder(entry))
            .build();
        for entry in walker.flatten() {
            self.seen += 1;
            if self.seen > self.most {
                self.cut = true;
                return;
            }
            let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { continue };
            let Some(path) = relative(root, entry.path()) else {
                self.nameless.insert(entry.path().to_string_lossy().into_owned());
                continue;
            };
            if settings::FOREIGN.contains(&path.file_name()) && kind.is_file() {
                self.settings.push(path);
            } else if may_be_record(&path) {
                if kind.is_file() {
                    self.files.insert(path);
                } else if kind.is_symlink() {
                    self.links.insert(path);
                }
            }
        }
    }

    /// A link to a file of the repository counts as a record when the file itself is not one already; a link that leaves
    /// the repository is not followed.
    pub(super) fn resolve_links(
        &self,
        root: &Path,
        found: &[Candidate],
        problems: &mut Vec<Problem>,
    ) -> Vec<RecordPath> {
        let Ok(real_root) = root.canonicalize() else { return Vec::new() };
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
            match root.join(link.as_str()).canonicalize() {
                Ok(target) => match relative(&real_root, &target) {
                    Some(real) if target.is_file() && !known.contains(&real) => linked.push(link.clone()),
                    Some(_) => {}
                    None => say(
                        "This is a link that leaves the repository; it is not followed.",
                        "Copy the file into the repository if it is a record.",
                    ),
                },
                Err(_) => say("This is a link to a file that is not there.", "Mend the link or remove it."),
            }
        }
        linked
    }
}

/// Folders that are not this repository's own text: other worktrees, dependencies, build output.
fn is_foreign_folder(entry: &ignore::DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return false;
    }
    let beside = |name: &str| entry.path().parent().is_some_and(|parent| parent.join(name).exists());
    match entry.file_name().to_str().unwrap_or_default() {
        ".git" | ".hg" | ".svn" | "node_modules" | "bower_components" | "__pycache__" | ".venv" | ".tox" => true,
        "target" => beside("Cargo.toml") || beside("pom.xml") || entry.path().join("CACHEDIR.TAG").exists(),
        "vendor" => beside("go.mod") || beside("composer.json") || beside("Gemfile"),
        _ => entry.path().join(".git").exists(),
    }
}

/// The path below `root` in the wire's form; `None` when it is outside or not UTF-8.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<RecordPath> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    Some(RecordPath::new(parts?.join("/")))
}
