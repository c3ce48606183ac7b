//! Which folders are decision logs, and which files in them may be records (CONTRACT §1).
//!
//! One walk over the worktree in a fixed order; nothing is parsed here and no link is followed out of the repository.
//! [`crate::scan`] reads the candidates; [`keep`] then drops folders that turn out to hold no decisions.

use crate::settings;
use ignore::WalkBuilder;
use precedent_core::config::Config;
use precedent_core::record::{Parsed, may_be_record};
use precedent_core::{Problem, ProblemCode, RecordPath};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Entries visited before the walk gives up; a repository this large names its logs in `precedent.toml`.
const MOST_ENTRIES: usize = 1_000_000;
/// Folders of this depth and more are not looked into.
const MOST_DEPTH: usize = 24;
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
}

/// Looks for logs in the worktree at `root`. `pointed` is the folder that a person opened, when it is not the root: it is
/// given the benefit of the doubt where nothing else speaks for it.
pub(crate) fn discover(root: &Path, pointed: Option<&str>) -> Found {
    let mut found = Found::default();
    let mut named = read_config(root, &mut found);
    let exclusive = !named.is_empty();
    let mut walk = Walk::default();
    if !exclusive {
        walk.whole(root);
        named = foreign_settings(root, &walk.settings);
    }
    for (folder, found_by) in &named {
        walk.named(root, folder, found_by, &mut found.problems);
    }
    for name in &walk.nameless {
        let path = name.strip_prefix(&*root.to_string_lossy()).unwrap_or(name).trim_start_matches(['/', '\\']);
        let path = RecordPath::new(path);
        if may_be_record(&path) && telling_folder(path.folder(), &BTreeSet::new()).is_some() {
            found.problems.push(
                Problem::new(
                    ProblemCode::Unreadable,
                    &path,
                    "",
                    0..0,
                    "The name of this file is not UTF-8; it is not read.",
                )
                .hint("Rename the file."),
            );
        }
    }
    if walk.cut {
        found.problems.push(
            Problem::new(
                ProblemCode::TooLarge,
                &RecordPath::new(""),
                "",
                0..0,
                "This folder is too large to be searched whole.",
            )
            .hint("Name the folders of records in precedent.toml: logs = [\"docs/decisions\"]."),
        );
    }
    let ignored = ignore_set(&found.config, &mut found.problems);
    walk.files.retain(|path| !ignored.is_match(path.as_str()));
    found.candidates = group(&walk.files, &named, exclusive);
    if !walk.links.is_empty() {
        let linked = walk.resolve_links(root, &found.candidates, &mut found.problems);
        walk.files.extend(linked);
        found.candidates = group(&walk.files, &named, exclusive);
    }
    if let Some(folder) = pointed.filter(|_| !exclusive) {
        add_pointed(folder, &walk.files, &mut found.candidates);
    }
    found
}

/// Reads `precedent.toml`: its settings, its faults, and the folders it names.
fn read_config(root: &Path, found: &mut Found) -> Vec<(String, String)> {
    let path = RecordPath::new("precedent.toml");
    let text = match std::fs::read(root.join("precedent.toml")) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("precedent.toml cannot be read: {error}.");
            found.problems.push(Problem::new(ProblemCode::Unreadable, &path, "", 0..0, message));
            return Vec::new();
        }
    };
    let (config, faults) = Config::parse(&text);
    for fault in faults {
        let start = text.split_inclusive('\n').take(fault.line.saturating_sub(1) as usize).map(str::len).sum();
        found.problems.push(Problem::new(ProblemCode::Settings, &path, &text, start..start, fault.message));
    }
    let mut named = Vec::new();
    for folder in &config.logs {
        match settings::clean(folder) {
            Some(folder) if !named.iter().any(|(known, _)| *known == folder) => {
                named.push((folder, "precedent.toml".to_owned()));
            }
            Some(_) => {}
            None => found.problems.push(
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
    found.config = config;
    named
}

/// Folders that other tools' settings name; each is relative to the folder of its settings file.
fn foreign_settings(root: &Path, files: &[RecordPath]) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for name in settings::FOREIGN {
        for file in files.iter().filter(|file| file.file_name() == *name) {
            let Ok(text) = std::fs::read_to_string(root.join(file.as_str())) else { continue };
            for folder in settings::folders(name, &text) {
                let folder = if file.folder().is_empty() { folder } else { format!("{}/{folder}", file.folder()) };
                let folder = folder.trim_end_matches('/').to_owned();
                if root.join(&folder).is_dir() && !named.iter().any(|(known, _)| *known == folder) {
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

/// What one or more walks came across.
#[derive(Default)]
struct Walk {
    files: BTreeSet<RecordPath>,
    links: BTreeSet<RecordPath>,
    settings: Vec<RecordPath>,
    /// Files whose names are not UTF-8, as well as they can be written.
    nameless: BTreeSet<String>,
    seen: usize,
    cut: bool,
}

impl Walk {
    /// The whole worktree, without what git ignores, other repositories inside it, and folders of dependencies.
    fn whole(&mut self, root: &Path) {
        self.walk(root, root, true);
    }

    /// A folder that settings name: looked into even when git ignores it.
    fn named(&mut self, root: &Path, folder: &str, found_by: &str, problems: &mut Vec<Problem>) {
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
            if self.seen > MOST_ENTRIES {
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
    fn resolve_links(&self, root: &Path, found: &[Candidate], problems: &mut Vec<Problem>) -> Vec<RecordPath> {
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

/// Joins files to the folders they belong to, by folder name.
fn group(files: &BTreeSet<RecordPath>, named: &[(String, String)], exclusive: bool) -> Vec<Candidate> {
    let mut logs: BTreeMap<String, Candidate> = BTreeMap::new();
    for (folder, found_by) in named {
        let candidate =
            Candidate { folder: folder.clone(), found_by: found_by.clone(), trust: Trust::Named, files: Vec::new() };
        logs.insert(folder.clone(), candidate);
    }
    let occupied: BTreeSet<&str> = files.iter().map(home).collect();
    let mut rest = Vec::new();
    for file in files {
        let home = named
            .iter()
            .map(|(folder, _)| folder)
            .filter(|folder| is_below(file.folder(), folder))
            .max_by_key(|folder| folder.len());
        let (folder, trust) = match home {
            Some(folder) => (folder.clone(), Trust::Named),
            None if exclusive => continue,
            None => match telling_folder(file.folder(), &occupied) {
                Some((folder, trust)) => (folder, trust),
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
fn add_pointed(folder: &str, files: &BTreeSet<RecordPath>, candidates: &mut Vec<Candidate>) {
    let touches = |candidate: &Candidate| is_below(folder, &candidate.folder) || is_below(&candidate.folder, folder);
    if candidates.iter().any(touches) {
        return;
    }
    let inside = files.iter().filter(|file| is_below(file.folder(), folder)).cloned();
    let files: Vec<RecordPath> = inside.filter(|file| !is_side_folder(&file.as_str()[folder.len()..])).collect();
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

/// The folder that a file speaks for: its own, or the one above for folder-per-record (`2022-01-01-x/README.md`).
fn home(file: &RecordPath) -> &str {
    let folder = file.folder();
    let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
    if is_numbered(own) && !is_numbered(file.file_name()) { above } else { folder }
}

/// The log that a folder belongs to by names: the topmost telling folder with files of its own, else the deepest
/// telling one unless logs lie below it; a hinting folder counts when there is no telling one.
fn telling_folder(folder: &str, occupied: &BTreeSet<&str>) -> Option<(String, Trust)> {
    let ends: Vec<usize> = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]).collect();
    for trust in [Trust::Telling, Trust::Hinting] {
        let named = |path: &str| name_of_path(path) == Some(trust);
        let prefixes: Vec<&str> = ends.iter().map(|end| &folder[..*end]).filter(|prefix| named(prefix)).collect();
        let has_logs_below =
            |prefix: &str| occupied.iter().any(|other| *other != prefix && named(other) && is_below(other, prefix));
        let own = prefixes.iter().find(|prefix| occupied.contains(**prefix));
        if let Some(chosen) = own.or_else(|| prefixes.last().filter(|prefix| !has_logs_below(prefix))) {
            return Some(((*chosen).to_owned(), trust));
        }
    }
    None
}

fn name_of_path(path: &str) -> Option<Trust> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let parent = path.rsplit('/').nth(1).unwrap_or_default();
    if name.eq_ignore_ascii_case("architecture")
        && (parent.eq_ignore_ascii_case("docs") || parent.eq_ignore_ascii_case("doc"))
    {
        return Some(Trust::Hinting);
    }
    name_of(name)
}

/// What a folder's name says about it.
fn name_of(name: &str) -> Option<Trust> {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_subject = |word: &str| matches!(word, "adr" | "adrs" | "decision" | "decisions" | "rfc" | "rfcs");
    match words.last() {
        Some(last) if is_subject(last) || matches!(*last, "decisionrecords" | "architecturedecisions") => {
            Some(Trust::Telling)
        }
        Some(&("record" | "records" | "log" | "logs")) if words.iter().any(|word| is_subject(word)) => {
            Some(Trust::Telling)
        }
        _ if words.iter().any(|word| is_subject(word)) => Some(Trust::Hinting),
        _ => None,
    }
}

/// Folders of a log that hold something else than records.
fn is_side_folder(below: &str) -> bool {
    below.split('/').rev().skip(1).any(|part| {
        let part = part.trim_start_matches(['_', '.']).to_ascii_lowercase();
        matches!(part.as_str(), "template" | "templates" | "waivers")
    })
}

fn is_below(folder: &str, ancestor: &str) -> bool {
    ancestor.is_empty() || folder.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A name that begins with a number or date, after an optional `ADR`.
fn is_numbered(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let rest = ["adr", "rfc"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    rest.trim_start_matches(['-', '_', ' ']).starts_with(|c: char| c.is_ascii_digit())
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
