//! Rules that are being written: whether their examples hold, and what they would find in the worktree, as if their decision
//! were in force. Nothing of it is kept.

use super::cache::FindingCache;
use super::looking::Looking;
use super::request::{CheckInput, CheckRequest};
use crate::error::{Error, Result};
use crate::scan::parse_options;
use crate::workspace::Workspace;
use precedent_check::{DecisionRef, Governance, RuleSet, RuleSource, Standing, judge, test_rules};
use precedent_core::RecordPath;
use precedent_core::record::{parse, rules_of};
use precedent_core::summary::title;
use precedent_core::wire::{CheckedInput, ErrorCode, RuleTrial};
use std::sync::Arc;

impl Workspace {
    /// Tries the rules in the text of a record; `None` where it has none. Asking again ends the trial that was asked for
    /// before.
    ///
    /// # Errors
    /// `cancelled` when it was asked for again meanwhile; `io` when a folder cannot be listed.
    pub fn try_rules(&self, path: &str, text: &str) -> Result<Option<RuleTrial>> {
        let is_old = self.live.begin_trial();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Some(rules) = rules_of(text) else { return Ok(None) };
        let path = RecordPath::new(path);
        let state = self.state();
        let folder = state.files.get(&path).map(|file| file.parsed.log.clone()).unwrap_or_default();
        let parsed = parse(&path, text.as_bytes(), &parse_options(&state.config, &folder));
        let decision = DecisionRef {
            id: parsed.decision.id.to_string(),
            log: parsed.log.clone(),
            title: title(&parsed),
            status: parsed.decision.status.map(Into::into),
            path: path.to_string(),
            standing: Standing::InForce,
            over: Vec::new(),
        };
        let source = RuleSource {
            decision: Arc::new(decision),
            applies_to: parsed.decision.applies_to.clone(),
            file: path.to_string(),
            rules,
        };
        let ground = self.shown()?.ground;
        let spared = ground.governed.governance.rules.spared.clone();
        let rules = RuleSet::new(vec![source], &state.config.severity, spared);
        let tests = test_rules(&rules, &|_| true);
        let governance = Governance { rules, ..Governance::default() };
        let jobs = ground.files.jobs(self.root(), &ground.governed.generated);
        // What half a rule finds is nothing to be remembered.
        let cache = FindingCache::default();
        let looking = Looking::new(&governance.rules, self.root(), &cache, None, &|| jobs.clone()).until(&is_old);
        let looks = looking.at(&jobs, &|_| true);
        if is_old() {
            let error = Error::new(ErrorCode::Cancelled, "the trial was ended: another one was asked for");
            return Err(error.with_hint("nothing is to be done; the newer one answers"));
        }
        let input = CheckedInput { kind: "worktree".to_owned(), base: None, head: None };
        let request = CheckRequest::new(CheckInput::Worktree);
        let verdict = judge(self.subject(&request, input, &governance, looks, ground.files.paths()));
        Ok(Some(RuleTrial { tests, verdict }))
    }
}
