//! Problems with their fixes, and carrying fixes out: as many as asked for, in one plan.

use crate::api::planning::Planned;
use crate::api::saving::writable_text;
use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::Workspace;
use precedent_core::log::fix::{self, with_fixes};
use precedent_core::log::{DecisionLog, RecordChange};
use precedent_core::problem::{Fix, Problem};
use precedent_core::record::{Parsed, decode, parse, relative_links};
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
        let texts = |path: &RecordPath| self.writable(path);
        let of_records = log.records().flat_map(|parsed| with_fixes(log, &parsed.decision.path, &texts));
        let broken = log.records().flat_map(|parsed| self.broken_links(log, parsed));
        let of_log = state.problems.iter().filter(|problem| problem.code != ProblemCode::NumberOnBranch).cloned();
        let of_log = of_log.chain(self.number_clashes());
        let all: Vec<Problem> = of_log.chain(of_records).chain(broken).collect();
        let mut all: Vec<ProblemItem> = all.iter().map(ProblemItem::from).collect();
        all.sort_by(|a, b| (&a.path, a.line, a.column, &a.code).cmp(&(&b.path, b.line, b.column, &b.code)));
        all
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
            let fixes = self.next_fixes(&log, &changed, &is_wanted);
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

    /// Fixes that touch no file twice, so that their places stay right.
    fn next_fixes(&self, log: &DecisionLog, changed: &Changed, wanted: &dyn Fn(&Problem) -> bool) -> Vec<Fix> {
        let texts = |path: &RecordPath| changed.get(path).cloned().or_else(|| self.writable(path));
        let mut touched: BTreeSet<RecordPath> = BTreeSet::new();
        let mut fixes = Vec::new();
        for parsed in log.records() {
            let path = &parsed.decision.path;
            let own = with_fixes(log, path, &texts);
            let broken = if changed.contains_key(path) { Vec::new() } else { self.broken_links(log, parsed) };
            for problem in own.into_iter().chain(broken).filter(|problem| wanted(problem)) {
                let Some(fix) = problem.fix else { continue };
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
    fn broken_links(&self, log: &DecisionLog, parsed: &Parsed) -> Vec<Problem> {
        let path = &parsed.decision.path;
        let Ok(bytes) = self.store.read(path) else { return Vec::new() };
        let text = decode(&bytes).0;
        let stated = |at: usize| parsed.decision.links.iter().any(|link| link.span.contains(&at));
        let links = relative_links(path, &text).into_iter().filter(|(_, span)| !stated(span.start));
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
            .map(|(target, span)| fix::broken_link(log, path, &text, &target, span))
            .collect()
    }
}

#[cfg(test)]
mod tests;
