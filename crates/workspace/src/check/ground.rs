//! The worktree as it was looked at: what judges it, its files, and what was seen of each. A whole check makes one; the
//! check that follows the worktree ([`super::live`]) keeps it and looks again at what changed.

use super::change::judges;
use super::govern::Governed;
use super::kept;
use super::looking::{Job, Looking, Looks, Seen, Terrain};
use super::request::CheckRequest;
use super::worktree::Files;
use crate::error::Result;
use crate::workspace::Workspace;
use precedent_check::rule::PathSet;
use precedent_check::source::imports::Project;
use precedent_check::{Standing, judge};
use precedent_core::RecordPath;
use precedent_core::wire::{CheckedInput, UndecidedItem, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// So few texts that were looked at anew are looked at again in the next session rather than that all is written.
const FEW_NEWS: usize = 32;

/// A decision that binds paths by itself or by its rules, or would.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) record: RecordPath,
    pub(super) standing: Standing,
    pub(super) globs: PathSet,
}

/// What judges the worktree, and all files in it.
pub(super) struct Ground {
    pub(super) governed: Governed,
    pub(super) files: Files,
    /// Records in force, rejected or proposed that say what they apply to.
    pub(super) bindings: Vec<Binding>,
    /// Of each file, whether a decision in force binds it; worked out when somebody asks.
    bound: OnceLock<Vec<bool>>,
}

impl Ground {
    /// # Errors
    /// `io` when a folder cannot be listed.
    pub(super) fn read(workspace: &Workspace) -> Result<Self> {
        let (governed, mut files) = workspace.governed()?;
        // A report is made by a build, so git mostly ignores it.
        governed.governance.rules.reports().for_each(|report| files.add(workspace.root(), report));
        let log = workspace.log();
        let binding = |(path, globs): (&String, &Vec<String>)| {
            let parsed = log.find(&RecordPath::new(path))?;
            let standing = workspace.standing_of(parsed)?;
            let record = parsed.decision.path.clone();
            (!globs.is_empty()).then(|| Binding { record, standing, globs: PathSet::of(globs) })
        };
        let bindings = governed.applies_to.iter().filter_map(binding).collect();
        Ok(Self { governed, files, bindings, bound: OnceLock::new() })
    }

    /// Folders that hold files, the root aside.
    pub(super) fn folders(&self) -> BTreeSet<String> {
        let mut folders = BTreeSet::new();
        for path in self.files.paths() {
            for (at, _) in path.rmatch_indices('/') {
                if !folders.insert(path[..at].to_owned()) {
                    break;
                }
            }
        }
        folders
    }

    /// Whether decisions in force bind each file, in the order of their paths.
    pub(super) fn bound(&self) -> &[bool] {
        self.bound.get_or_init(|| {
            let in_force: Vec<&Binding> =
                self.bindings.iter().filter(|binding| binding.standing == Standing::InForce).collect();
            let rules = &self.governed.governance.rules;
            let by_rule =
                |path: &str| rules.governing(path).any(|(_, rule)| rule.decision.standing == Standing::InForce);
            let is_bound = |path: &&str| in_force.iter().any(|binding| binding.globs.has(path)) || by_rule(path);
            self.files.paths().iter().map(is_bound).collect()
        })
    }
}

/// A ground with what was seen on it.
pub(super) struct Looked {
    pub(super) ground: Arc<Ground>,
    terrain: Option<Arc<Terrain>>,
    /// Files that say where imports lead and cannot be read.
    misread: Vec<UndecidedItem>,
    seen: BTreeMap<String, Seen>,
}

impl Looked {
    /// Looks at all files. When `stop` said so meanwhile, what comes of it is of no use.
    ///
    /// # Errors
    /// `io` when a folder cannot be listed.
    pub(super) fn at_all(
        workspace: &Workspace,
        threads: Option<usize>,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self> {
        let now = workspace.file_clock();
        let ground = Ground::read(workspace)?;
        let jobs = ground.files.jobs(workspace.root(), &ground.governed.generated);
        let rules = &ground.governed.governance.rules;
        let looking = Looking::new(rules, workspace.root(), &workspace.findings, threads, &|| jobs.clone());
        let looking = looking.at_rest(now).until(stop);
        let seen = looking.each(&jobs, &|_| true);
        let (terrain, misread) = (looking.terrain(), looking.misread());
        let seen = jobs.into_iter().map(|job| job.path).zip(seen).collect();
        Ok(Self { ground: Arc::new(ground), terrain, misread, seen })
    }

    /// Looks at these files again. `false` where that is not enough: what judges may be another, or which files there are.
    pub(super) fn again(&mut self, workspace: &Workspace, paths: &BTreeSet<String>) -> bool {
        let root = workspace.root();
        let mut jobs: Vec<Job> = Vec::new();
        for path in paths {
            let about = root.join(path).symlink_metadata();
            match (self.seen.contains_key(path), about) {
                // It came and went, as the file that an editor writes beside the one that is saved.
                (false, Err(_)) => continue,
                (true, Ok(about)) if about.is_file() && !self.steers(path) => {}
                _ => return false,
            }
            jobs.extend(self.ground.files.job(root, path, &self.ground.governed.generated));
        }
        let rules = &self.ground.governed.governance.rules;
        let looking = Looking::with(rules, root, &workspace.findings, Some(1), self.terrain.clone());
        let seen = looking.at_rest(workspace.file_clock()).each(&jobs, &|_| true);
        self.seen.extend(jobs.into_iter().map(|job| job.path).zip(seen));
        true
    }

    /// Whether other files are judged by this one.
    fn steers(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        judges(path) || name == ".gitignore" || self.terrain.is_some() && Project::wants(path)
    }

    pub(super) fn verdict(&self, workspace: &Workspace, request: &CheckRequest) -> Verdict {
        let mut looks = Looks::default();
        for seen in self.seen.values() {
            looks.note(seen);
            // Most files keep all rules, and what there is nothing to say of needs no copy.
            looks.files.extend(seen.look().filter(|look| !look.is_clean()).cloned());
        }
        looks.undecided.extend(self.misread.iter().cloned());
        let input = CheckedInput { kind: "worktree".to_owned(), base: None, head: None };
        let paths = self.ground.files.paths();
        judge(workspace.subject(request, input, &self.ground.governed.governance, looks, paths))
    }
}

impl Workspace {
    /// Where findings are kept between sessions.
    pub(super) fn findings_file(&self) -> PathBuf {
        kept::file(self.root(), &self.place.cache)
    }

    /// Writes what was found for the next session, when that is worth it.
    pub(super) fn keep_findings(&self, looked: &Looked) {
        if let Some(known) = self.findings.to_keep(FEW_NEWS) {
            kept::save(&self.findings_file(), &known, looked.seen.keys().map(String::as_str));
        }
    }
}
