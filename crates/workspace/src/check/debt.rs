//! Debt over history: the findings of each commit of the branch itself, by its own rules and by those of the last commit.
//!
//! From one commit to the next only what differs is looked at. What was counted is kept by tree in the cache folder, so
//! that asking again counts new commits only.

mod kept;
mod replay;

use super::request::CheckRequest;
use crate::check::CheckInput;
use crate::error::{Error, Result};
use crate::git::moment;
use crate::git::repo::failed;
use crate::progress::Progress;
use crate::workspace::Workspace;
use git2::{Commit, Oid, Repository};
use kept::{Kept, Row};
use precedent_core::Date;
use precedent_core::wire::{Debt, DebtPoint, DebtRule, ErrorCode};
use replay::{Replay, Rules};

/// Which part of history is counted, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtRequest {
    /// A day, or a revision: the first point is what was there then.
    pub since: String,
    /// Which commits get a point.
    pub steps: DebtSteps,
    /// The day by which waivers of the last commit are judged; the session's when absent.
    pub as_of: Option<Date>,
    /// At most so many threads; the answer does not depend on it.
    pub threads: Option<usize>,
}

/// Which commits are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DebtSteps {
    /// All that the branch itself went through.
    #[default]
    Commits,
    /// The last one of each week, which begins on Monday, and the one before them all: what a picture of months needs, for a
    /// small part of the work in a repository that is committed to all day.
    Weeks,
}

/// A commit that is counted.
pub(super) struct Moment {
    pub(super) commit: Oid,
    pub(super) tree: Oid,
    pub(super) day: Date,
}

impl Workspace {
    /// Counts the findings of each commit since then that the current branch itself went through.
    ///
    /// # Errors
    /// `not-a-repository`, `not-found` for an unknown revision, `usage` for one that the branch did not go through,
    /// `cancelled` when `progress` was told to stop, `git`.
    pub fn debt(&self, request: &DebtRequest, progress: &Progress) -> Result<Debt> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let mut moments = moments(&repo, &request.since)?;
        if request.steps == DebtSteps::Weeks {
            moments = last_of_weeks(moments);
        }
        let as_of = request.as_of.unwrap_or_else(|| self.today());
        let check = CheckRequest { input: CheckInput::Worktree, as_of: Some(as_of), threads: request.threads };
        let mut kept = Kept::load(self.root(), &self.place.cache);
        let mut replay = Replay::new(self, &repo, &check, progress);
        let digest = replay.govern_last(&moments)?;
        let before = |at: usize| at.checked_sub(1).map_or_else(String::new, |at| moments[at].tree.to_string());
        let then = |at: usize| format!("then {} {} {}", before(at), moments[at].tree, moments[at].day);
        let today = |at: usize| format!("today {} {} {digest}", before(at), moments[at].tree);
        progress.begin(2 * moments.len());
        let own = replay.rows(&moments, Rules::Own, &kept.rows(moments.len(), then))?;
        let last = replay.rows(&moments, Rules::Last, &kept.rows(moments.len(), today))?;
        kept.take((0..moments.len()).map(|at| (then(at), own[at].clone())));
        kept.take((0..moments.len()).map(|at| (today(at), last[at].clone())));
        kept.store();
        let points = moments.iter().zip(own.iter().zip(&last)).map(|(moment, (own, last))| point(moment, own, last));
        Ok(Debt {
            schema: "precedent/debt/v1".to_owned(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: as_of.to_string(),
            since: request.since.clone(),
            points: points.collect(),
        })
    }
}

fn point(moment: &Moment, own: &Row, last: &Row) -> DebtPoint {
    DebtPoint {
        commit: moment.commit.to_string(),
        day: moment.day.to_string(),
        then: own.count.clone(),
        today: last.count.clone(),
        introduced: last.introduced,
        repaid: last.repaid,
        added: own.added.iter().map(|(rule, found)| DebtRule { rule: rule.clone(), found: *found }).collect(),
    }
}

/// So many commits in a row that are older than a day are taken for all that come before it: clocks of the people who
/// commit are not the same, and one commit of a wrong day must not end a history.
const SLOP: usize = 256;

/// Commits from then until the last one, along first parents, the oldest first.
fn moments(repo: &Repository, since: &str) -> Result<Vec<Moment>> {
    let mut found = match moment::as_day(repo, since) {
        Some(day) => since_day(repo, day)?,
        None => since_commit(repo, since)?,
    };
    found.reverse();
    Ok(found)
}

fn since_commit(repo: &Repository, since: &str) -> Result<Vec<Moment>> {
    let start = moment::commit_at(repo, since)?.id();
    let mut found = Vec::new();
    let mut next = Some(moment::commit_at(repo, "HEAD")?);
    while let Some(commit) = next {
        found.push(moment(&commit));
        if commit.id() == start {
            return Ok(found);
        }
        next = parent(&commit)?;
    }
    Err(Error::new(ErrorCode::Usage, format!("the current branch itself did not go through {since}"))
        .with_hint("give a commit of its first-parent history, or a day"))
}

/// With the one before them all.
fn since_day(repo: &Repository, day: Date) -> Result<Vec<Moment>> {
    let (mut found, mut last) = (Vec::new(), 0);
    let mut next = Some(moment::commit_at(repo, "HEAD")?);
    while let Some(commit) = next.filter(|_| found.len() - last < SLOP) {
        let moment = moment(&commit);
        let is_within = moment.day >= day;
        found.push(moment);
        if is_within {
            last = found.len();
        }
        next = parent(&commit)?;
    }
    found.truncate(last + 1);
    Ok(found)
}

fn moment(commit: &Commit<'_>) -> Moment {
    let day = moment::day_of(commit).unwrap_or(Date::ZERO);
    Moment { commit: commit.id(), tree: commit.tree_id(), day }
}

/// The first moment, and of the others the last of each week.
fn last_of_weeks(moments: Vec<Moment>) -> Vec<Moment> {
    let mut kept: Vec<Moment> = Vec::new();
    for (at, moment) in moments.into_iter().enumerate() {
        // The first one is what was there before, of whichever week.
        let is_same = at > 1 && kept.last().is_some_and(|last| monday(last.day) == monday(moment.day));
        if is_same {
            kept.pop();
        }
        kept.push(moment);
    }
    kept
}

/// The first day of a day's week.
fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(since)).unwrap_or(day)
}

/// The first parent; `None` where history begins.
fn parent<'r>(commit: &Commit<'r>) -> Result<Option<Commit<'r>>> {
    if commit.parent_count() == 0 {
        return Ok(None);
    }
    // The first commits of a shallow clone name parents that were not fetched: history begins there.
    match commit.parent(0) {
        Ok(parent) => Ok(Some(parent)),
        Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
        Err(error) => Err(failed("read the history", &error)),
    }
}
