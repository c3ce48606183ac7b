//! What is asked, and the way from there to a verdict.

use super::change::{self, Changed};
use super::govern::{Governed, Place};
use super::ground::Looked;
use super::looking::{Looking, Looks};
use super::turning::Turning;
use super::worktree;
use crate::error::{Error, Result};
use crate::threads::Threads;
use crate::workspace::Workspace;
use precedent_check::{Before, Governance, Subject, judge};
use precedent_core::Date;
use precedent_core::spread::Spread;
use precedent_core::wire::{CheckedInput, ErrorCode, RulePreview, SkippedFile, UndecidedItem, Verdict};
use std::collections::BTreeSet;

/// What is checked. Rules, waivers, baseline and settings of all but the first come from before the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckInput {
    /// The files as they are.
    Worktree,
    /// What is staged, against the last commit.
    Staged,
    /// What a staging area holds that is kept in this file, as git gives one to hooks.
    StagedIn(std::path::PathBuf),
    /// What is staged (in this file, when git keeps it elsewhere) against a commit that is being merged, by that one's rules.
    StagedSince { index: Option<std::path::PathBuf>, base: String },
    /// What is staged and these files as they are on the disk, against the last commit: what a commit would hold.
    ToCommit(Vec<String>),
    /// A revision against where it left another.
    Range { from: String, to: String },
    /// All of a revision whose history has nothing in common with `main`, by the rules of that one.
    Unrelated { main: String, to: String },
    /// A patch on the last commit, in memory.
    Patch(Vec<u8>),
    /// New content of one file, against the last commit.
    Content { path: String, content: Vec<u8> },
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRequest {
    pub input: CheckInput,
    /// The day that waivers are judged by; the session's when absent.
    pub as_of: Option<Date>,
    /// At most so many threads; the answer does not depend on it.
    pub threads: Option<usize>,
}

impl CheckRequest {
    /// A check of this input, today.
    pub fn new(input: CheckInput) -> Self {
        Self { input, as_of: None, threads: None }
    }
}

impl Workspace {
    /// Checks the repository's files, or a change of them, against the rules of its decisions.
    ///
    /// # Errors
    /// `not-a-repository` for all but the worktree, `not-found` for an unknown revision, `usage` for a patch or path that
    /// does not fit, `git`. That something cannot be decided is a verdict and no error.
    pub fn check(&self, request: &CheckRequest) -> Result<Verdict> {
        match &request.input {
            CheckInput::Worktree => self.check_worktree(request),
            _ => self.check_change(request, &|| false),
        }
    }

    /// What a commit would hold: what is staged, and `more` files as they are on the disk. Asking again ends the check that
    /// was asked for before.
    ///
    /// # Errors
    /// Those of [`Self::check`]; `cancelled` when it was asked for again meanwhile.
    pub fn check_commit(&self, more: &[String]) -> Result<Verdict> {
        let is_old = self.live.begin_commit();
        let input = if more.is_empty() { CheckInput::Staged } else { CheckInput::ToCommit(more.to_vec()) };
        self.check_change(&CheckRequest::new(input), &is_old)
    }

    /// What judges the worktree as it is.
    pub(crate) fn governed(&self) -> Result<(Governed, worktree::Files)> {
        let state = self.state();
        let folders: Vec<String> = state.logs.iter().map(|log| log.folder.clone()).collect();
        let files = worktree::files(self.root())?;
        let read = |path: &str| std::fs::read(self.root().join(path)).ok();
        let paths = files.paths();
        let is_link = |path: &str| self.root().join(path).is_symlink();
        let place = Place {
            log: &state.log,
            config: &state.config,
            folders: &folders,
            paths: &paths,
            read: &read,
            is_link: &is_link,
            links: &files.links(),
            others: &files.others(),
            leads_to_folder: &|path: &str| self.root().join(path).is_dir(),
            problems: &state.problems,
        };
        let governed = place.govern();
        drop(paths);
        Ok((governed, files))
    }

    fn check_worktree(&self, request: &CheckRequest) -> Result<Verdict> {
        let file = self.findings_file();
        self.findings.load(&file);
        let looked = Looked::at_all(self, request.threads, &|| false)?;
        let (verdict, ()) = Threads.both(|| looked.verdict(self, request), || self.keep_findings(&looked));
        Ok(verdict)
    }

    pub(super) fn subject<'a>(
        &self,
        request: &CheckRequest,
        input: CheckedInput,
        governance: &'a Governance,
        looks: Looks,
        paths: Vec<&'a str>,
    ) -> Subject<'a> {
        Subject {
            input,
            engine: env!("CARGO_PKG_VERSION"),
            as_of: request.as_of.unwrap_or_else(|| self.today()),
            governance,
            proposed: None,
            looks: looks.files,
            paths,
            before: None,
            previews: Vec::new(),
            undecided: looks.undecided,
            evasions: Vec::new(),
            skipped: looks.skipped,
            skipped_files: Vec::new(),
            files: looks.read,
        }
    }

    fn check_change(&self, request: &CheckRequest, stop: &(dyn Fn() -> bool + Sync)) -> Result<Verdict> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let changed = match change::open(&repo, &request.input)? {
            Ok(changed) => changed,
            Err(why) => return Ok(self.undecided(request, why)),
        };
        let state = self.state();
        let judge = changed.judge.as_ref();
        let base = change::govern(&repo, judge.unwrap_or(&changed.base), &state, self.pointed());
        // A history that begins anew changes nothing of what judges another one.
        let brings = judge.is_none() && changed.touches_governance();
        let head = brings.then(|| change::govern(&repo, &changed.head, &state, self.pointed()));
        let verdict = self.judge_change(request, &changed, &base, head.as_ref(), stop);
        if stop() {
            let error = Error::new(ErrorCode::Cancelled, "the check was ended: another one was asked for");
            return Err(error.with_hint("nothing is to be done; the newer one answers"));
        }
        Ok(verdict)
    }

    fn judge_change(
        &self,
        request: &CheckRequest,
        changed: &Changed,
        base: &Governed,
        head: Option<&Governed>,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Verdict {
        let rules = &base.governance.rules;
        let now = Looking::new(rules, self.root(), &self.findings, request.threads, &|| changed.head.jobs());
        let now = now.until(stop);
        let before = Looking::new(rules, self.root(), &self.findings, request.threads, &|| changed.base.jobs());
        let before = before.until(stop);
        let mut looks = now.at(&changed.head_jobs(&base.generated), &|_| true);
        let mut then = before.at(&changed.base_jobs(&base.generated), &|_| true);
        looks.undecided.extend(now.misread());
        let evasions = changed.evasions(&base.governance.rules, &looks, &then);
        let counting = base.governance.whole_tree_rules();
        let turned = Turned { changed, base, now: &now, before: &before };
        turned.add(&counting, &mut looks, &mut then);
        let paths: Vec<&str> = changed.head.paths().collect();
        let skipped =
            looks.unread.iter().map(|(path, why)| SkippedFile { path: path.clone(), why: why.words().to_owned() });
        let skipped = skipped.collect();
        let mut subject = self.subject(request, changed.input.clone(), &base.governance, looks, paths);
        subject.skipped_files = skipped;
        subject.undecided.extend(then.undecided);
        subject.undecided.extend(changed.unfollowed.clone());
        subject.evasions = evasions;
        subject.proposed = head.map(|head| &head.governance);
        subject.previews = head.map(|head| self.previews(request, changed, base, head, stop)).unwrap_or_default();
        let governed = head.unwrap_or(base);
        subject.before = Some(Before {
            looks: then.files,
            paths: changed.base.paths().collect(),
            moved: changed.moved(),
            changes: changed.changes(governed),
        });
        judge(subject)
    }

    /// What rules would find that the change brings or changes.
    fn previews(
        &self,
        request: &CheckRequest,
        changed: &Changed,
        base: &Governed,
        head: &Governed,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Vec<RulePreview> {
        let (before, rules) = (&base.governance.rules.rules, &head.governance.rules);
        let is_new = |at: usize| {
            let rule = &rules.rules[at];
            rule.binds() && !before.iter().any(|old| old.key == rule.key && old.digest == rule.digest && old.binds())
        };
        let new: Vec<usize> = (0..rules.rules.len()).filter(|at| is_new(*at)).collect();
        if new.is_empty() {
            return Vec::new();
        }
        let mut jobs = changed.head_jobs(&head.generated);
        jobs.extend(changed.other_jobs(&head.generated));
        let looking = Looking::new(rules, self.root(), &self.findings, request.threads, &|| changed.head.jobs());
        let looks = looking.until(stop).at(&jobs, &|at| new.contains(&at));
        let found =
            |at: usize| looks.files.iter().flat_map(|look| &look.findings).filter(move |found| found.rule == at);
        let preview = |at: &usize| RulePreview {
            rule: rules.rules[*at].key.clone(),
            record: rules.rules[*at].decision.path.clone(),
            why: "new".to_owned(),
            would_find: u32::try_from(found(*at).count()).unwrap_or(u32::MAX),
        };
        new.iter().map(preview).collect()
    }

    /// A verdict about nothing, because what was to be compared is not there.
    fn undecided(&self, request: &CheckRequest, why: change::Undecided) -> Verdict {
        let governance = Governance::default();
        let mut subject = self.subject(request, why.input, &governance, Looks::default(), Vec::new());
        subject.undecided =
            vec![UndecidedItem { path: String::new(), line: 1, column: 1, rule: None, message: why.message }];
        judge(subject)
    }
}

/// Files that a change does not touch and that are looked at all the same.
struct Turned<'a> {
    changed: &'a Changed,
    base: &'a Governed,
    now: &'a Looking<'a>,
    before: &'a Looking<'a>,
}

impl Turned<'_> {
    /// Adds what rules that count find elsewhere, and what imports find that may lead elsewhere now.
    fn add(&self, counting: &BTreeSet<usize>, looks: &mut Looks, then: &mut Looks) {
        let turning = match (self.before.project(), self.now.project()) {
            (Some(before), Some(now)) => Turning::of(self.changed.came_or_went(), before, now),
            _ => Turning::Nothing,
        };
        let crossing = self.base.governance.rules.crossing();
        let turned: BTreeSet<usize> = if turning == Turning::Nothing { BTreeSet::new() } else { crossing };
        let still: BTreeSet<usize> = counting.difference(&turned).copied().collect();
        if !still.is_empty() {
            let rest = self.now.at(&self.changed.other_jobs(&self.base.generated), &|at| still.contains(&at));
            then.add_unchanged(&rest);
            looks.add_unchanged(&rest);
            looks.read += rest.read;
        }
        // Of rules that count all places have to be known, in both trees.
        let (whole, some): (BTreeSet<usize>, BTreeSet<usize>) = turned.iter().partition(|at| counting.contains(at));
        for (rules, turning) in [(whole, &Turning::Everything), (some, &turning)] {
            if rules.is_empty() {
                continue;
            }
            let which = |at: usize| rules.contains(&at);
            let others = self.now.turned(self.changed.other_jobs(&self.base.generated), turning, &which);
            let rest = self.now.at(&others, &which);
            looks.add_unchanged(&rest);
            looks.read += rest.read;
            let others = self.before.turned(self.changed.other_base_jobs(&self.base.generated), turning, &which);
            then.add_unchanged(&self.before.at(&others, &which));
        }
    }
}

/// A path given by a person, from the repository's root.
///
/// # Errors
/// `usage` when it leads out of it.
pub(super) fn inside(path: &str) -> Result<String> {
    let checked = crate::git::repo::checked(path)?;
    checked
        .to_str()
        .map(|path| path.replace('\\', "/"))
        .ok_or_else(|| Error::new(ErrorCode::Usage, format!("`{path}` is not a path inside the repository")))
}
