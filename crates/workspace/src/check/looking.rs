//! Many files, one at a time on each thread, in an order that does not depend on the threads.

use super::content::{Content, Home, Reader, Skip};
use super::turning::Turning;
use crate::threads::each;
use precedent_check::rule::SourceFile;
use precedent_check::source::imports::{Misread, Project};
use precedent_check::{FileLook, RuleSet};
use precedent_core::wire::{SkippedFiles, UndecidedItem};
use std::collections::BTreeMap;
use std::path::Path;

/// A file to look at.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) path: String,
    pub(super) home: Home,
    pub(super) generated: bool,
}

/// What was found in many files.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// Files that a rule governs, in the order of their paths.
    pub(super) files: Vec<FileLook>,
    pub(super) undecided: Vec<UndecidedItem>,
    pub(super) skipped: SkippedFiles,
    /// Governed files that a rule would have read.
    pub(super) unread: BTreeMap<String, Skip>,
    /// Files that were read.
    pub(super) read: u32,
}

impl Looks {
    /// Takes in what was found outside of a change.
    pub(super) fn add_unchanged(&mut self, rest: &Looks) {
        self.files.extend(rest.files.iter().cloned());
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
        self.undecided.extend(rest.undecided.iter().cloned());
    }

    fn skip(&mut self, path: &str, why: Skip) {
        let counter = match why {
            Skip::Binary => &mut self.skipped.binary,
            Skip::TooLarge => &mut self.skipped.too_large,
            Skip::Generated => &mut self.skipped.generated,
            Skip::Symlink => &mut self.skipped.symlink,
            Skip::Submodule => &mut self.skipped.submodule,
        };
        *counter += 1;
        self.unread.insert(path.to_owned(), why);
    }
}

enum Seen {
    Nothing,
    Look(FileLook, bool),
    Skipped(FileLook, Skip),
    Unreadable(FileLook, String),
}

/// Rules on their way through files.
pub(super) struct Looking<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) root: &'a Path,
    /// Where imports lead, if a rule wants to know.
    pub(super) project: Option<Project>,
    pub(super) threads: Option<usize>,
}

/// A choice of rules, by their places.
pub(super) type Which<'a> = &'a (dyn Fn(usize) -> bool + Sync);

impl<'a> Looking<'a> {
    /// `all` are all files of the tree that is looked at: imports may lead to any of them.
    pub(super) fn new(rules: &'a RuleSet, root: &'a Path, threads: Option<usize>, all: &dyn Fn() -> Vec<Job>) -> Self {
        let project = rules.needs_project().then(|| project(root, &all()));
        Self { rules, root, project, threads }
    }

    /// Files that say where imports lead and cannot be read, where a rule about imports reads files that they are for.
    pub(super) fn misread(&self) -> Vec<UndecidedItem> {
        let Some(project) = &self.project else { return Vec::new() };
        let crossing = self.rules.crossing();
        let binds = |at: usize| crossing.contains(&at) && self.rules.rules[at].binds();
        let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let matters = |path: &str| {
            let folder = folder(path);
            project.files().any(|file| file.starts_with(&folder) && self.rules.reads(file, &binds))
        };
        let told = project.misread().iter().filter(|file| matters(&file.path));
        let item = |file: &Misread| UndecidedItem {
            path: file.path.clone(),
            line: u32::try_from(file.line).unwrap_or(u32::MAX),
            column: 1,
            rule: None,
            message: format!("it says where imports lead, and cannot be read: {}", file.why),
        };
        told.map(item).collect()
    }

    /// Those of `jobs` whose imports may lead elsewhere.
    pub(super) fn turned(&self, jobs: Vec<Job>, turning: &Turning, which: Which<'_>) -> Vec<Job> {
        let names = match turning {
            Turning::Nothing => return Vec::new(),
            Turning::Everything => return jobs,
            Turning::Saying(names) => names,
        };
        let says = |reader: &mut Reader<'_>, job: &Job| {
            self.rules.reads(&job.path, which)
                && match reader.read(&job.path, &job.home) {
                    Content::Text(text) => names.iter().any(|name| text.contains(name.as_str())),
                    Content::Skipped(_) | Content::Unreadable(_) => true,
                }
        };
        let make = || Reader::new(self.root);
        let kept = each(jobs.len(), self.threads, make, |reader, at| says(reader, &jobs[at]));
        jobs.into_iter().zip(kept).filter_map(|(job, kept)| kept.then_some(job)).collect()
    }

    /// Looks at files with the rules that `which` takes. `jobs` come in the order of their paths.
    pub(super) fn at(&self, jobs: &[Job], which: Which<'_>) -> Looks {
        let seen =
            each(jobs.len(), self.threads, || Reader::new(self.root), |reader, at| self.look(&jobs[at], which, reader));
        gather(seen)
    }
}

fn project(root: &Path, all: &[Job]) -> Project {
    let mut reader = Reader::new(root);
    let mut texts: Vec<(&str, String)> = Vec::new();
    let mut unread: Vec<(&str, String)> = Vec::new();
    for job in all.iter().filter(|job| Project::wants(&job.path)) {
        match reader.read(&job.path, &job.home) {
            Content::Text(text) => texts.push((&job.path, text)),
            Content::Skipped(why) => unread.push((&job.path, why.words().to_owned())),
            Content::Unreadable(why) => unread.push((&job.path, why)),
        }
    }
    let texts = texts.iter().map(|(path, text)| (*path, text.as_str()));
    let mut project = Project::new(all.iter().map(|job| job.path.clone()), texts);
    unread.iter().for_each(|(path, why)| project.add_unread(path, why));
    project
}

fn gather(seen: Vec<Seen>) -> Looks {
    let mut looks = Looks::default();
    for seen in seen {
        let look = match seen {
            Seen::Nothing => continue,
            Seen::Look(look, is_read) => {
                looks.read += u32::from(is_read);
                look
            }
            Seen::Skipped(look, why) => {
                looks.skip(&look.path, why);
                look
            }
            Seen::Unreadable(look, why) => {
                let (path, message) = (look.path.clone(), format!("this file cannot be read: {why}"));
                looks.undecided.push(UndecidedItem { path, line: 1, column: 1, rule: None, message });
                look
            }
        };
        looks.files.push(look);
    }
    looks
}

impl Looking<'_> {
    fn look(&self, job: &Job, which: Which<'_>, reader: &mut Reader<'_>) -> Seen {
        let by_name = self.rules.look_at_path(&job.path, which);
        if by_name.governed_by.is_empty() {
            return Seen::Nothing;
        }
        if !by_name.governed_by.iter().any(|at| self.rules.rules[*at].rule.kind.reads(&job.path)) {
            return Seen::Look(by_name, false);
        }
        let skipped = |why: Skip| Seen::Skipped(self.rules.look_at_unread(&job.path, why.words(), which), why);
        if job.generated {
            return skipped(Skip::Generated);
        }
        match reader.read(&job.path, &job.home) {
            Content::Text(text) => {
                let mut file = SourceFile::new(&job.path, &text).of_project(self.project.as_ref());
                Seen::Look(self.rules.look(&mut file, which), true)
            }
            Content::Skipped(why) => skipped(why),
            Content::Unreadable(why) => Seen::Unreadable(by_name, why),
        }
    }
}
