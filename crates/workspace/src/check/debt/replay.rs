//! From commit to commit: what differs is looked at anew, everything else is as it was.

use super::Moment;
use super::kept::Row;
use crate::check::change::{self, Listing};
use crate::check::govern::Governed;
use crate::check::looking::{Job, Looking, Looks};
use crate::check::request::CheckRequest;
use crate::check::turning::Turning;
use crate::error::{Error, Result};
use crate::git::repo::failed;
use crate::progress::Progress;
use crate::workspace::Workspace;
use git2::{Oid, Repository, Tree};
use precedent_check::source::imports::Project;
use precedent_check::{FileLook, Held, beyond, debt};
use precedent_core::Date;
use precedent_core::wire::{CheckedInput, DebtCount, ErrorCode, UndecidedItem};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whose rules count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// Those of each tree, on its day.
    Own,
    /// Those of the last commit.
    Last,
}

/// Fewer files than this are not worth threads.
const FEW: usize = 32;

/// Counts trees one after the other.
pub(super) struct Replay<'w> {
    workspace: &'w Workspace,
    repo: &'w Repository,
    request: &'w CheckRequest,
    progress: &'w Progress,
    last: Arc<Governed>,
    as_of: Date,
}

/// A tree with what is found in it.
struct Standing {
    tree: Oid,
    listing: Listing,
    governed: Arc<Governed>,
    looks: BTreeMap<String, FileLook>,
    /// What manifests said about names, for rules about imports.
    project: Option<Project>,
    undecided: BTreeMap<String, Vec<UndecidedItem>>,
}

impl<'w> Replay<'w> {
    pub(super) fn new(
        workspace: &'w Workspace,
        repo: &'w Repository,
        request: &'w CheckRequest,
        progress: &'w Progress,
    ) -> Self {
        let as_of = request.as_of.unwrap_or_else(|| workspace.today());
        Self { workspace, repo, request, progress, last: Arc::default(), as_of }
    }

    /// Reads what judges in the last commit; answers with a name for it.
    pub(super) fn govern_last(&mut self, moments: &[Moment]) -> Result<String> {
        let Some(last) = moments.last() else { return Ok(String::new()) };
        let listing = Listing::of_tree(&self.tree(last.tree)?).map_err(|error| failed("read a commit", &error))?;
        self.last = Arc::new(self.govern(&listing));
        Ok(self.last.governance.digest(self.as_of))
    }

    /// A row for each moment; those that are `known` are taken as they are.
    pub(super) fn rows(&self, moments: &[Moment], rules: Rules, known: &[Option<Row>]) -> Result<Vec<Row>> {
        let mut rows = Vec::with_capacity(moments.len());
        let mut before: Option<(Standing, Held)> = None;
        for (at, moment) in moments.iter().enumerate() {
            if !self.progress.step() {
                return Err(stopped());
            }
            if let Some(row) = &known[at] {
                rows.push(row.clone());
                before = None;
                continue;
            }
            if before.is_none() && at > 0 {
                before = Some(self.counted(self.begin(moments[at - 1].tree, rules)?, &moments[at - 1], rules).0);
            }
            let (standing, last) = match before.take() {
                Some((standing, held)) => {
                    let last = (standing.governed.clone(), held);
                    (self.turned(standing, moment.tree, rules)?, Some(last))
                }
                None => (self.begin(moment.tree, rules)?, None),
            };
            let ((standing, now), count) = self.counted(standing, moment, rules);
            // A tree that was left in the middle is no figure, and must not be kept as one.
            if self.progress.is_cancelled() {
                return Err(stopped());
            }
            let added = last.as_ref().map(|(governed, _)| added(governed, &standing.governed, &now));
            let (introduced, repaid) = last.map_or((0, 0), |(_, held)| (beyond(&held, &now), beyond(&now, &held)));
            rows.push(Row { count, introduced, repaid, added: added.unwrap_or_default() });
            before = Some((standing, now));
        }
        Ok(rows)
    }

    fn tree(&self, id: Oid) -> Result<Tree<'w>> {
        self.repo.find_tree(id).map_err(|error| failed("read a commit", &error))
    }

    fn govern(&self, listing: &Listing) -> Governed {
        change::govern(self.repo, listing, &self.workspace.state(), self.workspace.pointed())
    }

    /// A tree of which nothing is known.
    fn begin(&self, tree: Oid, rules: Rules) -> Result<Standing> {
        let listing = Listing::of_tree(&self.tree(tree)?).map_err(|error| failed("read a commit", &error))?;
        let governed = match rules {
            Rules::Own => Arc::new(self.govern(&listing)),
            Rules::Last => self.last.clone(),
        };
        let (looks, undecided) = (BTreeMap::new(), BTreeMap::new());
        let mut standing = Standing { tree, listing, governed, looks, project: None, undecided };
        self.look_at_all(&mut standing);
        Ok(standing)
    }

    /// The next tree.
    fn turned(&self, mut standing: Standing, tree: Oid, rules: Rules) -> Result<Standing> {
        let (from, to) = (self.tree(standing.tree)?, self.tree(tree)?);
        let turned = standing.listing.turn(self.repo, &from, &to);
        let turned = turned.map_err(|error| failed("compare two commits", &error))?;
        standing.tree = tree;
        let governs = turned.iter().any(|file| change::judges(&file.path)) || standing.listing.judges_by_link();
        if rules == Rules::Own && governs && !turned.is_empty() {
            let governed = Arc::new(self.govern(&standing.listing));
            let is_same = governed.governance.digest(Date::ZERO) == standing.governed.governance.digest(Date::ZERO);
            standing.governed = governed;
            if !is_same {
                self.look_at_all(&mut standing);
                return Ok(standing);
            }
        }
        let paths: BTreeSet<String> = turned.iter().map(|file| file.path.clone()).collect();
        let came_or_went = turned.iter().filter(|file| file.comes_or_goes).map(|file| file.path.as_str());
        let came_or_went: Vec<&str> = came_or_went.collect();
        let before = standing.project.take();
        self.look_at(&mut standing, &paths);
        if let Some(before) = before {
            self.look_at_turned(&mut standing, &before, &came_or_went, &paths);
        }
        Ok(standing)
    }

    /// Looks at files that are as they were and whose imports may lead elsewhere by now.
    fn look_at_turned(
        &self,
        standing: &mut Standing,
        before: &Project,
        came_or_went: &[&str],
        done: &BTreeSet<String>,
    ) {
        let Some(now) = &standing.project else { return };
        let turning = Turning::of(came_or_went.iter().copied(), before, now);
        if turning == Turning::Nothing {
            return;
        }
        let governed = standing.governed.clone();
        let (rules, root, threads) = (&governed.governance.rules, self.workspace.root(), self.request.threads);
        let crossing = rules.crossing();
        let others = standing.listing.paths().filter(|path| !done.contains(*path));
        let jobs = others.filter_map(|path| standing.listing.job(path, &governed.generated)).collect();
        let looking = Looking::with(rules, root, &self.workspace.findings, threads, None);
        let turned = looking.turned(jobs, &turning, &|at| crossing.contains(&at));
        self.look_at(standing, &turned.into_iter().map(|job| job.path).collect());
    }

    fn look_at_all(&self, standing: &mut Standing) {
        standing.looks.clear();
        standing.undecided.clear();
        let paths = standing.listing.paths().map(str::to_owned).collect();
        self.look_at(standing, &paths);
    }

    fn look_at(&self, standing: &mut Standing, paths: &BTreeSet<String>) {
        if paths.is_empty() && standing.project.is_some() {
            return;
        }
        for path in paths {
            standing.looks.remove(path);
            standing.undecided.remove(path);
        }
        // What a configuration that cannot be read leaves open is found anew each time.
        standing.undecided.remove("");
        let governed = standing.governed.clone();
        let jobs: Vec<Job> = paths.iter().filter_map(|path| standing.listing.job(path, &governed.generated)).collect();
        let set = &governed.governance.rules;
        let threads = if jobs.len() < FEW { Some(1) } else { self.request.threads };
        let stop = || self.progress.is_cancelled();
        let looking =
            Looking::new(set, self.workspace.root(), &self.workspace.findings, threads, &|| standing.listing.jobs());
        let looking = looking.until(&stop);
        let found = looking.at(&jobs, &|_| true);
        let says =
            |look: &FileLook| !(look.findings.is_empty() && look.counted.is_empty() && look.undecided.is_empty());
        standing.looks.extend(found.files.into_iter().filter(says).map(|look| (look.path.clone(), look)));
        for item in found.undecided {
            standing.undecided.entry(item.path.clone()).or_default().push(item);
        }
        let misread = looking.misread();
        standing.project = looking.into_project().or(standing.project.take());
        if !misread.is_empty() {
            standing.undecided.insert(String::new(), misread);
        }
    }

    fn counted(&self, standing: Standing, moment: &Moment, rules: Rules) -> ((Standing, Held), DebtCount) {
        let governed = standing.governed.clone();
        let as_of = if rules == Rules::Own { moment.day } else { self.as_of };
        let request = CheckRequest { as_of: Some(as_of), ..self.request.clone() };
        let input = CheckedInput { kind: "tree".to_owned(), base: None, head: None };
        let looks = Looks {
            files: standing.looks.values().cloned().collect(),
            undecided: standing.undecided.values().flatten().cloned().collect(),
            ..Looks::default()
        };
        let paths = standing.listing.paths().collect();
        let (count, held) = debt(&self.workspace.subject(&request, input, &governed.governance, looks, paths));
        ((standing, held), count)
    }
}

/// Rules that bind now and did not before, with what each finds.
fn added(before: &Governed, now: &Governed, held: &Held) -> Vec<(String, u32)> {
    let binding = |governed: &Governed| -> BTreeSet<String> {
        let rules = &governed.governance.rules.rules;
        rules.iter().filter(|bound| bound.binds()).map(|bound| bound.key.clone()).collect()
    };
    let new = binding(now).difference(&binding(before)).cloned().collect::<Vec<_>>();
    let found = |rule: &String| held.iter().filter(|((key, _), _)| key == rule).map(|(_, count)| count).sum();
    new.into_iter()
        .map(|rule| {
            let found = found(&rule);
            (rule, found)
        })
        .collect()
}

fn stopped() -> Error {
    Error::new(ErrorCode::Cancelled, "counting was stopped")
}
