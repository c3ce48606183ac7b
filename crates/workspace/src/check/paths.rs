//! The repository's files by what binds them, and what nothing binds.

use super::asking::{rule_of, standing_word};
use super::ground::Binding;
use super::live::Shown;
use super::view::count;
use crate::error::Result;
use crate::workspace::Workspace;
use precedent_check::BoundRule;
use precedent_core::RecordPath;
use precedent_core::summary::title;
use precedent_core::wire::{BindingDecision, BindingRule, FindingItem, FindingState, PathBindings, PathItem};
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl Workspace {
    /// Folders and files directly below a folder (`""`: the root), folders first, each with how many files decisions in
    /// force bind.
    ///
    /// # Errors
    /// `io` when a folder cannot be listed.
    pub fn folder_bindings(&self, folder: &str) -> Result<Vec<PathItem>> {
        let shown = self.shown()?;
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut items = Items::default();
        for file in self.files_below(&shown, &prefix) {
            let rest = &file.path[prefix.len()..];
            items.add(&file, &file.path[..prefix.len() + rest.find('/').unwrap_or(rest.len())]);
        }
        Ok(items.listed())
    }

    /// Paths that hold these words, for a person who looks for one; the shortest first.
    ///
    /// # Errors
    /// As [`Self::folder_bindings`].
    pub fn find_paths(&self, words: &str, most: usize) -> Result<Vec<String>> {
        let shown = self.shown()?;
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let paths = shown.ground.files.paths();
        let has = |path: &&&str| {
            let path = path.to_lowercase();
            words.iter().all(|word| path.contains(word))
        };
        let mut found: Vec<&str> = paths.iter().filter(has).copied().collect();
        found.sort_by_key(|path| (path.len(), *path));
        Ok(found.into_iter().take(most).map(str::to_owned).collect())
    }

    /// What binds a file or folder, nearest first: the longest path that a glob names without placeholders, then the newest.
    ///
    /// # Errors
    /// As [`Self::folder_bindings`]; `usage` for a path outside of the repository.
    pub fn path_bindings(&self, path: &str) -> Result<PathBindings> {
        let path = if path.is_empty() { String::new() } else { super::request::inside(path)? };
        let shown = self.shown()?;
        let is_file = shown.ground.files.paths().binary_search(&path.as_str()).is_ok();
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        let below = self.files_below(&shown, if is_file { &path } else { &prefix });
        let below: Vec<FileBound<'_>> = below.into_iter().filter(|file| !is_file || file.path == path).collect();
        let mut sums = Items::default();
        below.iter().for_each(|file| sums.add(file, &path));
        let sums = sums.listed().pop();
        let files: Vec<&str> = below.iter().map(|file| file.path).collect();
        let mut decisions = self.decisions_over(&shown, &files);
        decisions.sort_by_key(|decision| {
            let near = decision.globs.iter().map(|glob| literal(glob)).max().unwrap_or(0);
            (std::cmp::Reverse(near), std::cmp::Reverse(decision.record.clone()))
        });
        Ok(PathBindings {
            folder: !is_file,
            files: count(files.len()),
            bound: sums.as_ref().map_or(0, |sums| sums.bound),
            lines: sums.as_ref().and_then(|sums| sums.lines),
            bound_lines: sums.as_ref().and_then(|sums| sums.bound_lines),
            decisions,
            path: path.clone(),
        })
    }

    /// Files whose paths begin so, in their order.
    pub(super) fn files_below<'g>(&self, shown: &'g Shown, prefix: &str) -> Vec<FileBound<'g>> {
        let ground = &shown.ground;
        let (bound, lines) = (ground.bound(), self.live.lines(|counted| counted.of(ground)));
        let mut found: HashMap<&str, u32> = HashMap::new();
        open(shown).for_each(|finding| *found.entry(finding.path.as_str()).or_default() += 1);
        let paths = ground.files.paths();
        let start = paths.partition_point(|path| *path < prefix);
        let below = paths.into_iter().enumerate().skip(start).take_while(|(_, path)| path.starts_with(prefix));
        let file = |(at, path): (usize, &'g str)| FileBound {
            path,
            is_bound: bound.get(at).copied().unwrap_or_default(),
            lines: lines.as_ref().and_then(|lines| lines.get(at).copied()),
            open: found.get(path).copied().unwrap_or(0),
        };
        below.map(file).collect()
    }

    fn decisions_over(&self, shown: &Shown, files: &[&str]) -> Vec<BindingDecision> {
        let rules = &shown.ground.governed.governance.rules;
        let mut reached: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<usize>)> = BTreeMap::new();
        for file in files {
            for binding in shown.ground.bindings.iter().filter(|binding| binding.globs.has(file)) {
                reached.entry(binding.record.as_str()).or_default().0.insert(file);
            }
            for (at, bound) in rules.governing(file) {
                let reached = reached.entry(&bound.decision.path).or_default();
                reached.0.insert(file);
                reached.1.insert(at);
            }
        }
        let decision = |(record, (bound, own)): (&str, (BTreeSet<&str>, BTreeSet<usize>))| {
            let own: Vec<&BoundRule> = own.into_iter().map(|at| &rules.rules[at]).collect();
            self.decision_over(shown, record, &bound, files, &own)
        };
        reached.into_iter().filter_map(decision).collect()
    }

    fn decision_over(
        &self,
        shown: &Shown,
        record: &str,
        bound: &BTreeSet<&str>,
        files: &[&str],
        own: &[&BoundRule],
    ) -> Option<BindingDecision> {
        let log = self.log();
        let path = RecordPath::new(record);
        let parsed = log.find(&path)?;
        let standing = self.standing_of(parsed)?;
        let binding = shown.ground.bindings.iter().find(|binding| binding.record == path);
        let rule = |rule: &&BoundRule| {
            let found = open(shown).filter(|found| found.rule == rule.key && bound.contains(found.path.as_str()));
            let found: Vec<&FindingItem> = found.collect();
            let lines = if files.len() == 1 { found.iter().map(|found| found.line).collect() } else { Vec::new() };
            BindingRule { rule: rule_of(rule), open: count(found.len()), lines }
        };
        Some(BindingDecision {
            record: record.to_owned(),
            title: title(parsed),
            status: parsed.decision.status.map(Into::into),
            standing: standing_word(standing).to_owned(),
            globs: globs(binding, own),
            decided: self.decided(&path),
            files: count(bound.len()),
            rules: own.iter().map(rule).collect(),
        })
    }
}

/// Findings that count.
fn open(shown: &Shown) -> impl Iterator<Item = &FindingItem> {
    shown.verdict.findings.iter().filter(|finding| finding.state == FindingState::Existing)
}

/// A file with what is known of it.
pub(super) struct FileBound<'g> {
    pub(super) path: &'g str,
    is_bound: bool,
    lines: Option<u32>,
    open: u32,
}

/// Folders and files, each with what is in it.
#[derive(Default)]
pub(super) struct Items(BTreeMap<(String, bool, String), PathItem>);

impl Items {
    /// Counts a file in at `path`, which is its own or that of a folder above it.
    pub(super) fn add(&mut self, file: &FileBound<'_>, path: &str) {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_folder = path != file.path;
        let key = (above.to_owned(), !is_folder, name.to_owned());
        let item = self.0.entry(key).or_insert_with(|| PathItem {
            path: path.to_owned(),
            name: name.to_owned(),
            folder: is_folder,
            files: 0,
            bound: 0,
            lines: None,
            bound_lines: None,
            open: 0,
        });
        item.files += 1;
        item.bound += u32::from(file.is_bound);
        item.open += file.open;
        if let Some(lines) = file.lines {
            *item.lines.get_or_insert(0) += lines;
            *item.bound_lines.get_or_insert(0) += if file.is_bound { lines } else { 0 };
        }
    }

    /// Folder by folder, folders before files.
    pub(super) fn listed(self) -> Vec<PathItem> {
        self.0.into_values().collect()
    }
}

/// What reaches a path, as it is written in the record.
fn globs(binding: Option<&Binding>, own: &[&BoundRule]) -> Vec<String> {
    match binding {
        Some(binding) => binding.globs.written().to_vec(),
        None => own.iter().filter_map(|rule| rule.rule.paths.as_ref()).flat_map(|set| set.written().to_vec()).collect(),
    }
}

/// How much of a glob names a path without placeholders.
fn literal(glob: &str) -> usize {
    if glob.starts_with('!') { 0 } else { glob.find(['*', '?', '[', '{']).unwrap_or(glob.len()) }
}
