//! Many files, one at a time on each thread, in an order that does not depend on the threads. What was found in a text
//! before is not looked for again ([`super::cache`]).

use super::cache::{FindingCache, Found, Known, News, Place, Row, RuleId, rule_id};
use super::content::{Content, Home, Met, Reader, Skip};
use super::turning::Turning;
use crate::scan::blob_hash;
use crate::threads::each;
use precedent_check::rule::{Kind, SourceFile};
use precedent_check::source::imports::{Misread, Project};
use precedent_check::{FileLook, Finding, RuleSet};
use precedent_core::wire::{SkippedFiles, UndecidedItem};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

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

    /// What was seen of files, in the order of their paths.
    pub(super) fn of(seen: Vec<Seen>) -> Self {
        let mut looks = Self::default();
        for seen in seen {
            looks.note(&seen);
            looks.files.extend(seen.governed());
        }
        looks
    }

    /// Counts a file, and what stands against it; its look is the caller's.
    pub(super) fn note(&mut self, seen: &Seen) {
        match seen {
            Seen::Nothing => {}
            Seen::Look(_, is_read) => self.read += u32::from(*is_read),
            Seen::Skipped(look, why) => self.skip(&look.path, *why),
            Seen::Unreadable(look, why) => {
                let (path, message) = (look.path.clone(), format!("this file cannot be read: {why}"));
                self.undecided.push(UndecidedItem { path, line: 1, column: 1, rule: None, message });
            }
        }
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

/// What was seen of one file.
#[derive(Debug)]
pub(super) enum Seen {
    /// No rule governs it.
    Nothing,
    /// With whether it was read.
    Look(Box<FileLook>, bool),
    Skipped(Box<FileLook>, Skip),
    Unreadable(Box<FileLook>, String),
}

impl Seen {
    pub(super) fn look(&self) -> Option<&FileLook> {
        match self {
            Seen::Nothing => None,
            Seen::Look(look, _) | Seen::Skipped(look, _) | Seen::Unreadable(look, _) => Some(look),
        }
    }

    fn governed(self) -> Option<FileLook> {
        match self {
            Seen::Nothing => None,
            Seen::Look(look, _) | Seen::Skipped(look, _) | Seen::Unreadable(look, _) => Some(*look),
        }
    }
}

/// Where imports lead, with a name for all that it says.
#[derive(Debug)]
pub(super) struct Terrain {
    project: Project,
    name: String,
}

impl Terrain {
    /// `all` are all files of the tree: imports may lead to any of them.
    fn read(root: &Path, all: &[Job]) -> Self {
        let mut reader = Reader::new(root);
        let mut texts: Vec<(&str, String)> = Vec::new();
        let mut unread: Vec<(&str, String)> = Vec::new();
        for job in all.iter().filter(|job| Project::wants(&job.path)) {
            match reader.read(&job.path, &job.home) {
                Content::Text(text) => texts.push((&job.path, text.into_owned())),
                Content::Skipped(why) => unread.push((&job.path, why.words().to_owned())),
                Content::Unreadable(why) => unread.push((&job.path, why)),
            }
        }
        let paths = all.iter().flat_map(|job| [job.path.as_str(), "\0"]);
        let both = texts.iter().chain(&unread).flat_map(|(path, text)| [*path, "\0", text.as_str(), "\0"]);
        let told: String = both.chain(["\0"]).chain(paths).collect();
        let texts = texts.iter().map(|(path, text)| (*path, text.as_str()));
        let mut project = Project::new(all.iter().map(|job| job.path.clone()), texts);
        unread.iter().for_each(|(path, why)| project.add_unread(path, why));
        Self { project, name: blob_hash(told.as_bytes()).to_string() }
    }
}

/// Rules on their way through files.
pub(super) struct Looking<'a> {
    pub(super) rules: &'a RuleSet,
    root: &'a Path,
    terrain: Option<Arc<Terrain>>,
    threads: Option<usize>,
    cache: &'a FindingCache,
    /// Names of the rules, by their places.
    ids: Vec<RuleId>,
    /// The file system's clock before anything was read: what was at rest then may be believed later.
    now: Option<SystemTime>,
    /// Whether to leave off: the answer is of no use any more.
    stop: &'a (dyn Fn() -> bool + Sync),
}

/// A choice of rules, by their places.
pub(super) type Which<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// What a thread has for itself.
struct Own<'a> {
    reader: Reader<'a>,
    sets: Sets,
}

/// Rules that read a file.
#[derive(Clone)]
struct Readers {
    /// By their places.
    rules: Arc<[usize]>,
    ids: Arc<[RuleId]>,
    /// Whether it takes longer to look at a text again than to find out that it is one that was looked at.
    take_apart: bool,
}

/// Sets of rules that were met, by their places, each kept once.
#[derive(Default)]
struct Sets {
    all: FxHashMap<Arc<[usize]>, Arc<[RuleId]>>,
    /// The last one that reads whatever it governs: mostly the next file has the same.
    last: Option<Readers>,
}

impl<'a> Looking<'a> {
    /// `all` are all files of the tree that is looked at: imports may lead to any of them.
    pub(super) fn new(
        rules: &'a RuleSet,
        root: &'a Path,
        cache: &'a FindingCache,
        threads: Option<usize>,
        all: &dyn Fn() -> Vec<Job>,
    ) -> Self {
        let terrain = rules.needs_project().then(|| Arc::new(Terrain::read(root, &all())));
        Self::with(rules, root, cache, threads, terrain)
    }

    /// As [`Self::new`], where it is known where imports lead.
    pub(super) fn with(
        rules: &'a RuleSet,
        root: &'a Path,
        cache: &'a FindingCache,
        threads: Option<usize>,
        terrain: Option<Arc<Terrain>>,
    ) -> Self {
        let name = terrain.as_deref().map(|terrain| terrain.name.as_str());
        let id = |bound: &precedent_check::BoundRule| {
            rule_id(bound, name.filter(|_| matches!(bound.rule.kind, Kind::Boundaries(_))))
        };
        let ids = rules.rules.iter().map(id).collect();
        Self { rules, root, terrain, threads, cache, ids, now: None, stop: &|| false }
    }

    /// Remembers what files on the disk hold that were at rest at `now`.
    pub(super) fn at_rest(self, now: Option<SystemTime>) -> Self {
        Self { now, ..self }
    }

    /// Leaves off as soon as `stop` says so; what comes of it then is of no use.
    pub(super) fn until(self, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { stop, ..self }
    }

    pub(super) fn terrain(&self) -> Option<Arc<Terrain>> {
        self.terrain.clone()
    }

    /// Where imports lead, if a rule wants to know.
    pub(super) fn project(&self) -> Option<&Project> {
        self.terrain.as_deref().map(|terrain| &terrain.project)
    }

    /// As [`Self::project`], for the next one.
    pub(super) fn into_project(self) -> Option<Project> {
        Arc::into_inner(self.terrain?).map(|terrain| terrain.project)
    }

    /// Files that say where imports lead and cannot be read, where a rule about imports reads files that they are for.
    pub(super) fn misread(&self) -> Vec<UndecidedItem> {
        let Some(project) = self.project() else { return Vec::new() };
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
        Looks::of(self.each(jobs, which))
    }

    /// As [`Self::at`], each file by itself.
    pub(super) fn each(&self, jobs: &[Job], which: Which<'_>) -> Vec<Seen> {
        let known = self.cache.known();
        let start = || Own { reader: Reader::new(self.root), sets: Sets::default() };
        let work = |own: &mut Own<'_>, at: usize| {
            if (self.stop)() { (Seen::Nothing, None) } else { self.look(&jobs[at], which, own, &known) }
        };
        let (seen, news): (Vec<Seen>, Vec<Option<Box<News>>>) =
            each(jobs.len(), self.threads, start, work).into_iter().unzip();
        drop(known);
        self.cache.learn(news.into_iter().flatten().map(|news| *news).filter(News::is_known_by_anything));
        seen
    }

    fn look(&self, job: &Job, which: Which<'_>, own: &mut Own<'_>, known: &Known) -> (Seen, Option<Box<News>>) {
        let mut look = self.rules.look_at_path(&job.path, which);
        if look.governed_by.is_empty() {
            return (Seen::Nothing, None);
        }
        let Own { reader, sets } = own;
        let Readers { rules: reading, ids, take_apart } = self.readers(sets, &job.path, &look.governed_by);
        if reading.is_empty() {
            return (Seen::Look(Box::new(look), false), None);
        }
        let skipped =
            |why: Skip| Seen::Skipped(Box::new(self.rules.look_at_unread(&job.path, why.words(), which)), why);
        if job.generated {
            return (skipped(Skip::Generated), None);
        }
        let stat = match reader.meet(&job.path, &job.home) {
            Met::Skipped(why) => return (skipped(why), None),
            Met::Unreadable(why) => return (Seen::Unreadable(Box::new(look), why), None),
            Met::File(stat) => stat,
            Met::Elsewhere => None,
        };
        let entry = known.entry(&job.path);
        let says = |row: &&Arc<Row>| !row.is_text || row.knows(&ids);
        let mut before = match &job.home {
            Home::Disk(_) => entry.and_then(|entry| entry.known_at_rest(stat.as_ref())),
            Home::Blob { id, .. } => entry.and_then(|entry| entry.row(*id)),
            Home::Held(_) => None,
        };
        if let Some(row) = before.filter(says) {
            return (self.recall(look, &reading, row).unwrap_or_else(|| skipped(Skip::Binary)), None);
        }
        let stat = stat.filter(|stat| self.now.is_some_and(|now| stat.was_at_rest(now)));
        let (content, hash) = reader.take(&job.home, take_apart);
        let news = |row| Box::new(News { path: job.path.clone(), stat, hash, row });
        before = before.or_else(|| entry?.row(hash?));
        if let Some(row) = before.filter(says) {
            // What is known by its content is kept already.
            let at_rest = stat.is_some().then(|| news(row.clone()));
            return (self.recall(look, &reading, row).unwrap_or_else(|| skipped(Skip::Binary)), at_rest);
        }
        match content {
            Content::Text(text) => {
                let found = self.read(&mut look, &reading, &text, before.map(|row| &**row));
                let row = Row { is_text: true, rules: ids.clone(), found };
                (Seen::Look(Box::new(look), true), Some(news(Arc::new(row))))
            }
            Content::Skipped(Skip::Binary) => {
                let row = Row { is_text: false, rules: Arc::from([]), found: Vec::new() };
                (skipped(Skip::Binary), Some(news(Arc::new(row))))
            }
            Content::Skipped(why) => (skipped(why), None),
            Content::Unreadable(why) => (Seen::Unreadable(Box::new(look), why), None),
        }
    }

    /// Rules that read a file, of those that govern it.
    fn readers(&self, sets: &mut Sets, path: &str, governed: &Arc<[usize]>) -> Readers {
        if let Some(last) = sets.last.as_ref().filter(|last| Arc::ptr_eq(&last.rules, governed)) {
            return last.clone();
        }
        let read_all = self.rules.traits(governed).read_all;
        let rules: Arc<[usize]> = if read_all {
            governed.clone()
        } else {
            governed.iter().copied().filter(|at| self.rules.has_to_read(*at, path)).collect()
        };
        let names = || rules.iter().map(|at| self.ids[*at]).collect();
        let ids = sets.all.entry(rules.clone()).or_insert_with(names).clone();
        let readers = Readers { take_apart: self.rules.traits(&rules).take_apart, rules, ids };
        if read_all {
            sets.last = Some(readers.clone());
        }
        readers
    }

    /// What was found before; `None` where it was no text.
    fn recall(&self, mut look: FileLook, reading: &[usize], row: &Row) -> Option<Seen> {
        if !row.is_text {
            return None;
        }
        // Mostly nothing was.
        if !row.found.is_empty() {
            reading.iter().for_each(|at| self.add(&mut look, *at, row.found(self.ids[*at])));
        }
        Some(Seen::Look(Box::new(look), true))
    }

    /// Has those rules look that did not `before`. What each found, for the next time.
    fn read(&self, look: &mut FileLook, reading: &[usize], text: &str, before: Option<&Row>) -> Vec<Found> {
        let path = look.path.clone();
        let mut file = SourceFile::new(&path, text).of_project(self.project());
        self.rules.begin(&mut file);
        let file = &file;
        let mut all = Vec::new();
        // Of hundreds of rules mostly none has anything to say.
        let asked = if before.is_some() { reading.to_vec() } else { self.rules.not_quiet(reading, file) };
        for at in &asked {
            let rule = self.ids[*at];
            let found = match before.filter(|row| row.has(rule)) {
                Some(row) => row.found(rule).cloned(),
                None => {
                    let (findings, undecided) = self.rules.look_by(*at, file);
                    let places: Vec<Place> = findings.into_iter().map(|finding| Place::of(finding, &path)).collect();
                    (!places.is_empty() || undecided.is_some()).then_some(Found { rule, places, undecided })
                }
            };
            self.add(look, *at, found.as_ref());
            all.extend(found);
        }
        all
    }

    fn add(&self, look: &mut FileLook, at: usize, found: Option<&Found>) {
        let Some(found) = found else { return };
        let findings: Vec<Finding> = found.places.iter().map(|place| place.finding(at, &look.path)).collect();
        look.add(&self.rules.rules[at], findings, found.undecided.clone().map(|why| (at, why)));
    }
}

#[cfg(test)]
mod tests;
