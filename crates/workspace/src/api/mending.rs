//! Problems with their fixes, and carrying fixes out: as many as asked for, in one plan.

use crate::api::planning::Planned;
use crate::api::reading::is_writable;
use crate::api::saving::writable_text;
use crate::check::rule_problems;
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use precedent_core::log::fix::{self, with_fixes};
use precedent_core::log::{DecisionLog, RecordChange};
use precedent_core::problem::{Fix, Problem};
use precedent_core::record::{Parsed, exact_text, parse, relative_links};
use precedent_core::schema::faults::faults;
use precedent_core::wire::{ErrorCode, PlanPreview, ProblemItem, WriteReply};
use precedent_core::{ProblemCode, RecordPath, WritePlan};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A fix may uncover another problem with a fix; more rounds than this are a ring.
const MAX_ROUNDS: usize = 50;

/// Texts that the plan has changed so far.
type Changed = BTreeMap<RecordPath, String>;

impl Workspace {
    /// Problems of every record and of the log as a whole, by path and place, each with its fix where there is one.
    pub fn lint(&self) -> Vec<ProblemItem> {
        let state = self.state();
        let log = &state.log;
        let of_records = log.records().flat_map(|parsed| self.problems_on_disk(log, parsed));
        let of_log = state.problems.iter().filter(|problem| problem.code != ProblemCode::NumberOnBranch).cloned();
        let of_log = of_log.chain(self.number_clashes()).chain(self.stale_indexes(&state));
        let of_log: Vec<Problem> = of_log.collect();
        let mut all: Vec<ProblemItem> = of_log.iter().map(ProblemItem::from).chain(of_records).collect();
        all.sort_by(|a, b| (&a.path, a.line, a.column, &a.code).cmp(&(&b.path, b.line, b.column, &b.code)));
        all
    }

    /// Problems of a record as its file has it, with places and fixes.
    pub(crate) fn problems_on_disk(&self, log: &DecisionLog, parsed: &Parsed) -> Vec<ProblemItem> {
        let bytes = self.store.read(&parsed.decision.path).unwrap_or_default();
        let text = exact_text(&bytes);
        self.problems_of_text(log, parsed, &text, is_writable(parsed.encoding))
    }

    /// Problems of a record with the text it was read from: what the log, the schema and the files around it find, in the
    /// order of the text. Offsets are bytes of the text, byte order mark included. Only a text that can be written is mended.
    pub(crate) fn problems_of_text(
        &self,
        log: &DecisionLog,
        parsed: &Parsed,
        text: &str,
        may_mend: bool,
    ) -> Vec<ProblemItem> {
        let path = &parsed.decision.path;
        let text_of = |other: &RecordPath| match other == path {
            true => may_mend.then(|| text.to_owned()),
            false => self.writable(other),
        };
        let mut found = self.found_in(log, parsed, text, &text_of);
        found.sort_by_key(|problem| (problem.span.start, problem.code));
        let mark = |other: &RecordPath| {
            let is_marked = if other == path {
                text.starts_with('\u{feff}')
            } else {
                self.writable(other).is_some_and(|text| text.starts_with('\u{feff}'))
            };
            if is_marked { MARK_BYTES } else { 0 }
        };
        found.into_iter().map(|problem| item(problem, may_mend, path, &mark)).collect()
    }

    fn found_in(&self, log: &DecisionLog, parsed: &Parsed, text: &str, texts: &fix::Texts<'_>) -> Vec<Problem> {
        let path = &parsed.decision.path;
        let mut found = with_fixes(log, path, texts);
        found.extend(self.broken_links(log, parsed, text));
        found.extend(faults(path, text));
        found.extend(rule_problems(path, text));
        found
    }

    /// What carrying out a fix of the one problem at a place would write; `line` and `column` as the problem has them, and
    /// the title of the fix where there is a choice.
    ///
    /// # Errors
    /// `not-found` when there is no such problem any more, or it has no fix.
    pub fn plan_fix(&self, path: &str, code: &str, line: u32, column: u32, title: Option<&str>) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.fixing_one(path, code, (line, column), title)?))
    }

    /// Carries one fix out as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_fix(
        &self,
        path: &str,
        code: &str,
        line: u32,
        column: u32,
        title: Option<&str>,
        digest: &str,
    ) -> Result<WriteReply> {
        self.apply_planned(&self.fixing_one(path, code, (line, column), title)?, digest)
    }

    fn fixing_one(&self, path: &str, code: &str, place: (u32, u32), title: Option<&str>) -> Result<Planned> {
        let (parsed, text) = self.editable(&self.resolve(path)?)?;
        let path = parsed.decision.path.clone();
        let texts = |other: &RecordPath| self.writable(other);
        let found = self.found_in(&self.log(), &parsed, &text, &texts);
        let is_meant = |problem: &Problem| problem.code.code() == code && (problem.line, problem.column) == place;
        let fix = match title {
            None => found.into_iter().find(is_meant).and_then(|problem| problem.fix),
            Some(title) => found
                .into_iter()
                .filter(is_meant)
                .flat_map(|problem| problem.fix.into_iter().chain(problem.choices))
                .find(|fix| fix.title == title),
        };
        let Some(fix) = fix else {
            return Err(Error::new(ErrorCode::NotFound, format!("there is no fix for {code} at {path}:{}", place.0))
                .with_hint("the record may have changed; look at its problems again")
                .at(path.as_str()));
        };
        let mut plan = WritePlan::new(fix.title.clone());
        for file in fix.edits.iter().map(|edit| &edit.path).collect::<BTreeSet<_>>() {
            let (_, before) = self.editable(file)?;
            let after = fix::apply(file, &before, &fix);
            plan = plan.replace(file.clone(), before, after);
        }
        Ok(Planned {
            plan,
            record: Some(path),
            label: parsed.decision.digits.clone(),
            notes: Vec::new(),
            stages: false,
        })
    }

    /// What carrying fixes out would write: of one problem code or all, in one record or all. A fix that rests on likeness
    /// is carried out only when its code is named.
    ///
    /// # Errors
    /// `usage` for an unknown code, `not-found` when there is nothing to fix.
    pub fn plan_fixes(&self, code: Option<&str>, path: Option<&str>) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.fixing(code, path)?))
    }

    /// Carries fixes out as they were shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_fixes(&self, code: Option<&str>, path: Option<&str>, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.fixing(code, path)?, digest)
    }

    fn fixing(&self, code: Option<&str>, path: Option<&str>) -> Result<Planned> {
        let known = |code: &str| {
            let fits = |known: &&precedent_core::ProblemCode| {
                known.code().eq_ignore_ascii_case(code) || known.slug().eq_ignore_ascii_case(code)
            };
            precedent_core::ProblemCode::ALL.iter().find(fits).copied()
        };
        let wanted = match code.map(|code| known(code).ok_or(code)).transpose() {
            Ok(wanted) => wanted,
            Err(code) => {
                return Err(Error::new(ErrorCode::Usage, format!("there is no problem code `{code}`"))
                    .with_hint("P001 and so on; `precedent lint` prints them"));
            }
        };
        let only = path.map(|path| self.resolve(path)).transpose()?;
        let is_wanted = |problem: &Problem| {
            only.as_ref().is_none_or(|only| problem.path == *only)
                && wanted.map_or(!fix::is_guess(problem.code), |code| problem.code == code)
        };
        let state = self.state();
        let mut log = Arc::clone(&state.log);
        let mut changed = Changed::new();
        let mut count = 0;
        for _ in 0..MAX_ROUNDS {
            let fixes = self.next_fixes(&log, &changed, &is_wanted, wanted.is_some() && only.is_some());
            if fixes.is_empty() {
                break;
            }
            count += fixes.len();
            let mut touched = BTreeSet::new();
            for fix in &fixes {
                for path in fix.edits.iter().map(|edit| &edit.path).collect::<BTreeSet<_>>() {
                    let Some(text) = changed.get(path).cloned().or_else(|| self.writable(path)) else { continue };
                    changed.insert(path.clone(), fix::apply(path, &text, fix));
                    touched.insert(path.clone());
                }
            }
            let put = touched.iter().filter_map(|path| {
                let options = scan::parse_options(&state.config, &self.log_of(&state, path));
                let text = changed.get(path)?;
                Some(RecordChange::Put(Arc::new(parse(path, text.as_bytes(), &options))))
            });
            log = Arc::new(log.updated(put.collect()).0);
        }
        let mut plan =
            WritePlan::new(if count == 1 { "Fix 1 problem".to_owned() } else { format!("Fix {count} problems") });
        for (path, after) in changed {
            let before = self.writable(&path).unwrap_or_default();
            plan = plan.replace(path, before, after);
        }
        if plan.files.is_empty() {
            return Err(Error::new(ErrorCode::NotFound, "there is no problem here with a fix")
                .with_hint("fixes that rest on likeness are carried out when their code is named, `--code P003`"));
        }
        Ok(Planned { plan, record: only, label: None, notes: Vec::new(), stages: false })
    }

    /// Fixes that touch no file twice, so that their places stay right. A person who names record and problem takes the
    /// only choice, too.
    fn next_fixes(
        &self,
        log: &DecisionLog,
        changed: &Changed,
        wanted: &dyn Fn(&Problem) -> bool,
        named: bool,
    ) -> Vec<Fix> {
        let texts = |path: &RecordPath| changed.get(path).cloned().or_else(|| self.writable(path));
        let mut touched: BTreeSet<RecordPath> = BTreeSet::new();
        let mut fixes = Vec::new();
        for parsed in log.records() {
            let path = &parsed.decision.path;
            let Some(text) = texts(path) else { continue };
            for problem in self.found_in(log, parsed, &text, &texts).into_iter().filter(|problem| wanted(problem)) {
                let only = || problem.choices.first().filter(|_| named && problem.choices.len() == 1).cloned();
                let Some(fix) = problem.fix.clone().or_else(only) else { continue };
                if fix.edits.iter().all(|edit| !touched.contains(&edit.path)) {
                    touched.extend(fix.edits.iter().map(|edit| edit.path.clone()));
                    fixes.push(fix);
                }
            }
        }
        fixes
    }

    /// The text of a record that can be written; `None` for any other.
    fn writable(&self, path: &RecordPath) -> Option<String> {
        writable_text(path, self.store.read(path).ok()?).ok()
    }

    /// Relative links in a record's prose to files that are not there.
    fn broken_links(&self, log: &DecisionLog, parsed: &Parsed, text: &str) -> Vec<Problem> {
        let path = &parsed.decision.path;
        let stated = |at: usize| parsed.decision.links.iter().any(|link| link.span.contains(&at));
        let links = relative_links(path, text).into_iter().filter(|(_, span)| !stated(span.start));
        let leads_nowhere = |target: &str| {
            let file = target.split(['#', '?']).next().unwrap_or(target);
            let there = |path: RecordPath| self.root().join(path.as_str()).exists();
            // A site serves `../7` or `x.html` where a file `0007-x.md` is; a name with `.md` means a file.
            let is_page = !file.ends_with(".md")
                && matches!(log.resolve_in(path, target, Some(target)), precedent_core::log::Resolution::One(_));
            !is_page && path.join_link(file).is_some_and(|path| !there(path))
        };
        links
            .filter(|(target, _)| leads_nowhere(target))
            .map(|(target, span)| fix::broken_link(log, path, text, &target, span))
            .collect()
    }
}

/// Length of a byte order mark in UTF-8.
const MARK_BYTES: u32 = 3;

/// A problem for the wire: inside the core offsets count from behind a byte order mark, outside they are the file's.
fn item(mut problem: Problem, may_mend: bool, path: &RecordPath, mark: &dyn Fn(&RecordPath) -> u32) -> ProblemItem {
    problem.fix = problem.fix.filter(|_| may_mend);
    problem.choices.retain(|_| may_mend);
    let mut item = ProblemItem::from(&problem);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(mark(path));
    item.span = may_mend.then(|| (offset(problem.span.start), offset(problem.span.end)));
    let fixes = problem.fix.iter().chain(&problem.choices);
    for (shown, fix) in item.fix.iter_mut().chain(item.choices.iter_mut().flatten()).zip(fixes) {
        for (shown, edit) in shown.edits.iter_mut().zip(&fix.edits) {
            shown.start += mark(&edit.path);
            shown.end += mark(&edit.path);
        }
    }
    item
}

#[cfg(test)]
mod tests;
