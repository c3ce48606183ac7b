//! Questions about rules without a verdict: whether they hold on their examples, and which of them govern a place.

use super::generated::Generated;
use super::looking::Looking;
use super::request::CheckRequest;
use crate::check::CheckInput;
use crate::error::Result;
use crate::workspace::Workspace;
use precedent_check::rule::PathSet;
use precedent_check::{BoundRule, Standing, judge, test_rules};
use precedent_core::Status;
use precedent_core::record::Parsed;
use precedent_core::summary::title;
use precedent_core::wire::{CheckedInput, GoverningDecision, GoverningRule, RuleTests, Why};
use std::sync::Arc;

impl Workspace {
    /// Tries rules on the examples inside them; only those of one record when one is named.
    ///
    /// # Errors
    /// `not-found` or `ambiguous` for a record that is not one; `io` when a folder cannot be listed.
    pub fn test_rules(&self, reference: Option<&str>) -> Result<RuleTests> {
        let only = reference.map(|reference| self.find(reference)).transpose()?;
        let (governed, _) = self.governed()?;
        let is_asked = |path: &str| only.as_ref().is_none_or(|only| only == path);
        let mut tests = test_rules(&governed.governance.rules, &is_asked);
        if let Some(only) = &only {
            let beside = only.rsplit_once('.').map_or("", |(stem, _)| stem);
            tests.undecided.retain(|item| item.path.starts_with(beside));
        }
        Ok(tests)
    }

    /// Which decisions govern a file, by what they apply to or by their rules, and what rules find in it.
    ///
    /// # Errors
    /// `usage` for a path outside of the repository, `io` when a folder cannot be listed.
    pub fn why(&self, path: &str, line: Option<u32>) -> Result<Why> {
        let path = super::request::inside(path)?;
        let ground = self.judging()?;
        let rules = &ground.governed.governance.rules;
        let state = self.state();
        let decisions = state.log.records().filter_map(|parsed| {
            let standing = standing_word(self.standing_of(parsed)?);
            let own: Vec<&BoundRule> = rules
                .governing(&path)
                .map(|(_, bound)| bound)
                .filter(|bound| bound.decision.path == parsed.decision.path.as_str())
                .collect();
            governing(parsed, standing, &path, &own)
        });
        let decisions = decisions.collect();
        let jobs = ground.files.jobs(self.root(), &Generated::default());
        let job: Vec<_> = jobs.iter().filter(|job| job.path == path).cloned().collect();
        let looks = Looking::new(rules, self.root(), &self.findings, Some(1), &|| jobs.clone()).at(&job, &|_| true);
        let input = CheckedInput { kind: "worktree".to_owned(), base: None, head: None };
        let request = CheckRequest::new(CheckInput::Worktree);
        let verdict = judge(self.subject(&request, input, &ground.governed.governance, looks, ground.files.paths()));
        let is_there = |from: u32, to: u32| line.is_none_or(|line| (from..=to).contains(&line));
        let mut findings = verdict.findings;
        findings.retain(|found| found.path == path && is_there(found.line, found.end_line));
        Ok(Why { path, line, decisions, findings })
    }

    /// How a record's rules count; `None` where they do not.
    pub(super) fn standing_of(&self, parsed: &Parsed) -> Option<Standing> {
        match parsed.decision.status {
            Some(Status::Accepted) => self.log().in_force(&parsed.decision.path).then_some(Standing::InForce),
            Some(Status::Rejected) => Some(Standing::Rejected),
            Some(Status::Proposed) => Some(Standing::Proposed),
            _ => None,
        }
    }
}

/// The word of the wire.
pub(super) fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::InForce => "in-force",
        Standing::Rejected => "rejected",
        Standing::Proposed => "proposed",
    }
}

fn governing(parsed: &Arc<Parsed>, standing: &str, path: &str, rules: &[&BoundRule]) -> Option<GoverningDecision> {
    let decision = &parsed.decision;
    let applies = !decision.applies_to.is_empty() && PathSet::of(&decision.applies_to).has(path);
    if !applies && rules.is_empty() {
        return None;
    }
    Some(GoverningDecision {
        id: decision.id.to_string(),
        title: title(parsed),
        status: decision.status.map(Into::into),
        path: decision.path.to_string(),
        standing: standing.to_owned(),
        applies_to: if applies { decision.applies_to.clone() } else { Vec::new() },
        rules: rules.iter().map(|bound| rule_of(bound)).collect(),
    })
}

pub(super) fn rule_of(bound: &BoundRule) -> GoverningRule {
    GoverningRule {
        key: bound.key.clone(),
        kind: bound.rule.kind.word().to_owned(),
        severity: bound.severity.into(),
        message: bound.rule.message.clone(),
        path: bound.file.clone(),
        line: bound.rule.place.line,
    }
}
