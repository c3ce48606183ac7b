//! Which folders are decision logs, and which files in them may be records (CONTRACT §1).
//!
//! [`walk`] lists files, [`names`] judges folder names, this module joins them into candidates; nothing is parsed here.
//! [`crate::scan`] reads the candidates; [`keep`] then drops folders that turn out to hold no decisions.

mod names;
mod source;
mod walk;

pub(crate) use source::{CommitFiles, Source};
pub(crate) use walk::relative;

use crate::progress::Progress;
use crate::settings;
pub(crate) use names::is_below;
use names::{home, is_numbered, is_side_folder, telling_folder};
use precedent_core::config::Config;
use precedent_core::record::{Parsed, may_be_record};
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use walk::Walk;

/// Entries visited before the walk gives up; a repository this large names its logs in `precedent.toml`.
const MOST_ENTRIES: usize = 1_000_000;
/// The same for a folder that is not opened yet.
const MOST_GLANCES: usize = 50_000;
/// More changed paths than this are looked at by one walk over everything.
const MOST_SINGLE_LOOKS: usize = 500;
/// Files looked at when no folder has a telling name.
const MOST_GUESSES: usize = 5_000;

/// How sure a folder is before its files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A settings file names it: a log even when empty.
    Named,
    /// Its own name says so (`docs/adr`): a log with one record.
    Telling,
    /// Its name hints (`adr-corpus`, `docs/architecture`): a log when half of its files read as records.
    Hinting,
    /// Only its files speak for it, when nothing else was found: at least two clear records.
    Guessed,
}

/// A folder that may be a log, with the files that may be records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) folder: String,
    pub(crate) found_by: String,
    pub(crate) trust: Trust,
    pub(crate) files: Vec<RecordPath>,
}

/// What the walk found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) config: Config,
    pub(crate) candidates: Vec<Candidate>,
    /// Faults that belong to no record: bad settings, links out of the repository.
    pub(crate) problems: Vec<Problem>,
    /// From which all this follows.
    pub(crate) terrain: Arc<Terrain>,
}

/// What lies where: settings and the files that may be records. Kept between looks, so that a change is looked at alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terrain {
    config: Config,
    /// Folders that settings name, with the file that names each.
    named: Vec<(String, String)>,
    /// Nothing but the named folders counts.
    exclusive: bool,
    problems: Vec<Problem>,
    walk: Walk,
}

/// Looks for logs in the worktree at `root`. `pointed` is the folder that a person opened, when it is not the root: it is
/// given the benefit of the doubt where nothing else speaks for it.
pub(crate) fn discover(root: &Path, pointed: Option<&str>) -> Found {
    discover_telling(root, pointed, &Progress::default())
}

/// As [`discover`]; what was not reached when `progress` says to stop is left out.
pub(crate) fn discover_telling(root: &Path, pointed: Option<&str>, progress: &Progress) -> Found {
    let source = Source::Disk(root);
    Found::in_terrain(Terrain::of(source, MOST_ENTRIES, progress), source, pointed)
}

/// Looks for logs among the files of a commit.
pub(crate) fn discover_past(files: &CommitFiles<'_>, pointed: Option<&str>) -> Found {
    discover_within(Source::Commit(files), pointed, MOST_ENTRIES)
}

/// A quick look into a folder that may be anything, a home folder for instance.
pub(crate) fn glance(folder: &Path) -> Found {
    discover_within(Source::Disk(folder), None, MOST_GLANCES)
}

/// As [`discover`] when only these paths, and what lies below them, may have changed since `before`.
pub(crate) fn discover_again(
    before: &Terrain,
    root: &Path,
    pointed: Option<&str>,
    changed: &BTreeSet<RecordPath>,
) -> Found {
    match before.with(root, changed) {
        Some(terrain) => Found::in_terrain(terrain, Source::Disk(root), pointed),
        None => discover(root, pointed),
    }
}

fn discover_within(source: Source<'_>, pointed: Option<&str>, most: usize) -> Found {
    Found::in_terrain(Terrain::of(source, most, &Progress::default()), source, pointed)
}

impl Terrain {
    fn of(source: Source<'_>, most: usize, progress: &Progress) -> Self {
        let mut terrain = Self { walk: Walk::up_to(most), ..Self::default() };
        terrain.named = read_config(source, &mut terrain);
        terrain.exclusive = !terrain.named.is_empty();
        if !terrain.exclusive {
            terrain.walk.whole(source, progress);
            terrain.named = foreign_settings(source, &terrain.walk.settings);
        }
        for (folder, found_by) in &terrain.named {
            terrain.walk.named(source, folder, found_by, &mut terrain.problems, progress);
        }
        terrain
    }

    /// The terrain after changes at these paths; `None` when they may bear on others, so that all has to be walked.
    fn with(&self, root: &Path, changed: &BTreeSet<RecordPath>) -> Option<Self> {
        let steers = |path: &RecordPath| {
            let name = path.file_name();
            path.as_str() == "precedent.toml"
                || walk::STEERING.contains(&name)
                || settings::FOREIGN.contains(&name)
                || self.named.iter().any(|(folder, _)| is_below(folder, path.as_str()))
        };
        if self.walk.cut || changed.len() > MOST_SINGLE_LOOKS || changed.iter().any(steers) {
            return None;
        }
        let mut next = self.clone();
        next.walk.forget_all(changed);
        if !self.exclusive {
            next.walk.again(root, "", changed);
        }
        for (folder, _) in &self.named {
            next.walk.again(root, folder, changed);
        }
        // Settings of other tools that came or went with a folder name other folders; so do settings of old when a folder
        // appears that they name.
        let is_same = next.walk.settings == self.walk.settings
            && (self.exclusive || foreign_settings(Source::Disk(root), &next.walk.settings) == self.named);
        is_same.then_some(next)
    }

    /// Whether a change at this path, or below it, can show: it is known, it may be a record, or it steers the walk.
    pub(crate) fn is_concerned(&self, root: &Path, path: &RecordPath) -> bool {
        let name = path.file_name();
        may_be_record(path)
            || walk::STEERING.contains(&name)
            || settings::FOREIGN.contains(&name)
            || path.as_str() == "precedent.toml"
            || self.named.iter().any(|(folder, _)| is_below(folder, path.as_str()))
            || self.walk.knows_below(path)
            || !self.walk.links.is_empty()
            || root.join(path.as_str()).is_dir()
    }

    /// Folders that were looked into, relative to the root; the root itself is empty.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &RecordPath> {
        self.walk.folders.iter()
    }

    /// Folders that settings name.
    pub(crate) fn named_folders(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|(folder, _)| folder.as_str())
    }

    /// Nothing but the folders that settings name was looked into.
    pub(crate) fn is_exclusive(&self) -> bool {
        self.exclusive
    }

    /// Links among the files that may be records.
    pub(crate) fn links(&self) -> &BTreeSet<RecordPath> {
        &self.walk.links
    }
}

impl Found {
    /// Judges by names which folders of a terrain are logs.
    fn in_terrain(terrain: Terrain, source: Source<'_>, pointed: Option<&str>) -> Found {
        let mut found =
            Found { config: terrain.config.clone(), problems: terrain.problems.clone(), ..Found::default() };
        found.problems.extend(terrain.walk.faults());
        let ignored = ignore_set(&found.config, &mut found.problems);
        let mut files: BTreeSet<&RecordPath> =
            terrain.walk.files.iter().filter(|path| !ignored.is_match(path.as_str())).collect();
        let (named, exclusive) = (&terrain.named, terrain.exclusive);
        found.candidates = group(&files, named, exclusive);
        if !terrain.walk.links.is_empty() {
            let linked = terrain.walk.resolve_links(source, &found.candidates, &mut found.problems);
            files.extend(terrain.walk.links.iter().filter(|link| linked.contains(link)));
            found.candidates = group(&files, named, exclusive);
        }
        if let Some(folder) = pointed.filter(|_| !exclusive) {
            add_pointed(folder, &files, &mut found.candidates);
        }
        drop(files);
        found.terrain = Arc::new(terrain);
        found
    }
}

/// Reads `precedent.toml`: its settings, its faults, and the folders it names.
fn read_config(source: Source<'_>, terrain: &mut Terrain) -> Vec<(String, String)> {
    let path = RecordPath::new("precedent.toml");
    let text = match source.read("precedent.toml") {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("precedent.toml cannot be read: {error}.");
            terrain.problems.push(Problem::new(ProblemCode::Unreadable, &path, "", 0..0, message));
            return Vec::new();
        }
    };
    let (config, faults) = Config::parse(&text);
    for fault in faults {
        let start = text.split_inclusive('\n').take(fault.line.saturating_sub(1) as usize).map(str::len).sum();
        terrain.problems.push(Problem::new(ProblemCode::Settings, &path, &text, start..start, fault.message));
    }
    let mut named = Vec::new();
    for folder in &config.logs {
        match settings::clean(folder) {
            Some(folder) if !named.iter().any(|(known, _)| *known == folder) => {
                named.push((folder, "precedent.toml".to_owned()));
            }
            Some(_) => {}
            None => terrain.problems.push(
                Problem::new(
                    ProblemCode::Settings,
                    &path,
                    &text,
                    0..0,
                    format!("`{folder}` in logs is not a folder of this repository."),
                )
                .hint("Write it relative to the repository's root."),
            ),
        }
    }
    terrain.config = config;
    named
}

/// Folders that other tools' settings name; each is relative to the folder of its settings file.
fn foreign_settings(source: Source<'_>, files: &BTreeSet<RecordPath>) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for name in settings::FOREIGN {
        for file in files.iter().filter(|file| file.file_name() == *name) {
            let Some(text) = source.read(file.as_str()).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
                continue;
            };
            for folder in settings::folders(name, &text) {
                let folder = if file.folder().is_empty() { folder } else { format!("{}/{folder}", file.folder()) };
                let folder = folder.trim_end_matches('/').to_owned();
                if source.is_dir(&folder) && !named.iter().any(|(known, _)| *known == folder) {
                    named.push((folder, (*name).to_owned()));
                }
            }
        }
    }
    named
}

fn ignore_set(config: &Config, problems: &mut Vec<Problem>) -> globset::GlobSet {
    let mut set = globset::GlobSetBuilder::new();
    for glob in &config.ignore {
        match globset::GlobBuilder::new(glob).literal_separator(true).build() {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => {
                let message = format!("`{glob}` in ignore is not a pattern: {}.", error.kind());
                problems.push(Problem::new(
                    ProblemCode::Settings,
                    &RecordPath::new("precedent.toml"),
                    "",
                    0..0,
                    message,
                ));
            }
        }
    }
    set.build().unwrap_or_else(|_| globset::GlobSet::empty())
}

/// Joins files to the folders they belong to, by folder name.
fn group(files: &BTreeSet<&RecordPath>, named: &[(String, String)], exclusive: bool) -> Vec<Candidate> {
    let mut logs: BTreeMap<String, Candidate> = BTreeMap::new();
    for (folder, found_by) in named {
        let candidate =
            Candidate { folder: folder.clone(), found_by: found_by.clone(), trust: Trust::Named, files: Vec::new() };
        logs.insert(folder.clone(), candidate);
    }
    let occupied: BTreeSet<&str> = files.iter().map(|file| home(file)).collect();
    let mut rest = Vec::new();
    // Thousands of files stand in one folder: what its name says is asked once.
    let mut told: HashMap<&str, Option<(String, Trust)>> = HashMap::new();
    for file in files.iter().copied() {
        let home = named
            .iter()
            .map(|(folder, _)| folder)
            .filter(|folder| is_below(file.folder(), folder))
            .max_by_key(|folder| folder.len());
        let (folder, trust) = match home {
            Some(folder) => (folder.clone(), Trust::Named),
            None if exclusive => continue,
            None => match told.entry(file.folder()).or_insert_with(|| telling_folder(file.folder(), &occupied)) {
                Some((folder, trust)) => (folder.clone(), *trust),
                None => {
                    rest.push(file);
                    continue;
                }
            },
        };
        if is_side_folder(&file.as_str()[folder.len()..]) {
            continue;
        }
        logs.entry(folder.clone())
            .or_insert_with(|| Candidate { folder, found_by: "folder".to_owned(), trust, files: Vec::new() })
            .files
            .push(file.clone());
    }
    if logs.is_empty() {
        guess(&rest, &mut logs);
    }
    logs.into_values().collect()
}

/// A folder that was pointed at is a candidate unless it lies in a log or around one.
fn add_pointed(folder: &str, files: &BTreeSet<&RecordPath>, candidates: &mut Vec<Candidate>) {
    let touches = |candidate: &Candidate| is_below(folder, &candidate.folder) || is_below(&candidate.folder, folder);
    if candidates.iter().any(touches) {
        return;
    }
    let inside = files.iter().copied().filter(|file| is_below(file.folder(), folder));
    let files: Vec<RecordPath> =
        inside.filter(|file| !is_side_folder(&file.as_str()[folder.len()..])).cloned().collect();
    candidates.push(Candidate {
        folder: folder.to_owned(),
        found_by: "opened".to_owned(),
        trust: Trust::Hinting,
        files,
    });
    candidates.sort_by(|a, b| a.folder.cmp(&b.folder));
}

/// Without telling names: each folder with numbered files may be a log.
fn guess(files: &[&RecordPath], logs: &mut BTreeMap<String, Candidate>) {
    for file in
        files.iter().filter(|file| is_numbered(file.file_name()) && !is_side_folder(file.folder())).take(MOST_GUESSES)
    {
        let folder = file.folder().to_owned();
        logs.entry(folder.clone())
            .or_insert_with(|| Candidate {
                folder,
                found_by: "records".to_owned(),
                trust: Trust::Guessed,
                files: Vec::new(),
            })
            .files
            .push((*file).clone());
    }
}

/// Whether the read files bear out that the folder is a log.
pub(crate) fn keep(candidate: &Candidate, parsed: &[&Parsed]) -> bool {
    let clear = |parsed: &&&Parsed| {
        parsed.signs.front_matter
            || parsed.signs.number_or_date_in_name && (parsed.signs.status || parsed.signs.decision_headings)
    };
    match candidate.trust {
        Trust::Named => true,
        Trust::Telling => parsed.iter().any(|parsed| parsed.signs.any()),
        Trust::Hinting => {
            let clear = parsed.iter().filter(clear).count();
            clear > 0 && clear * 2 >= candidate.files.len()
        }
        Trust::Guessed => parsed.iter().filter(clear).count() >= 2,
    }
}

#[cfg(test)]
mod tests;

/// Whether a name says of a folder that it keeps decisions.
pub(crate) fn is_log_name(name: &str) -> bool {
    names::name_of(name) == Some(Trust::Telling)
}

/// Whether a folder, now or in the past, is one that keeps decisions by its name or the name of one around it.
pub(crate) fn may_be_log(folder: &str) -> bool {
    folder.split('/').any(|name| names::name_of(name) == Some(Trust::Telling))
}
