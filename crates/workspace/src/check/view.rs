//! Governance as the window shows it: of the newest verdict each rule and each waiver with how it fares, and code to look at.

use super::asking::standing_word;
use super::content::{Content, Home, Reader};
use super::granting::last_day;
use super::live::Shown;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_check::rule::Kind;
use precedent_check::{BoundRule, Waiver, WaiverDraft};
use precedent_core::wire::{
    CodeExcerpt, DecisionClause, ErrorCode, FindingItem, FindingState, GovernanceView, PlanPreview, RuleResult,
    RuleRow, UndecidedItem, WaiverRequest, WaiverResult, WaiverRow, WriteReply,
};
use precedent_core::{Date, RecordPath};
use std::collections::BTreeSet;

/// Lines around the place that is shown.
const AROUND: u32 = 3;
/// A place of more lines is shown by its first ones.
const MOST_LINES: u32 = 12;
/// A waiver that ends within so many days is said to be ending.
const SOON: i32 = 7;

impl Workspace {
    /// The worktree, judged: the newest verdict of the running check, or a new one.
    ///
    /// # Errors
    /// `io` when a folder cannot be listed.
    pub fn governance(&self) -> Result<GovernanceView> {
        let shown = self.shown()?;
        let governance = &shown.ground.governed.governance;
        let rules = governance.rules.rules.iter().map(|bound| rule_row(&shown, bound)).collect();
        let waivers = governance.waivers.iter().map(|waiver| self.waiver_row(&shown, waiver)).collect();
        let records: BTreeSet<&String> = governance.rules.rules.iter().map(|bound| &bound.decision.path).collect();
        let clauses = records.into_iter().map(|record| self.clause(record)).collect();
        Ok(GovernanceView {
            generation: shown.generation,
            verdict: (*shown.verdict).clone(),
            rules,
            waivers,
            clauses,
            waiver_max_days: governance.waiver_max_days,
        })
    }

    fn clause(&self, record: &str) -> DecisionClause {
        let owners =
            self.log().find(&RecordPath::new(record)).map(|parsed| parsed.decision.people.decision_makers.clone());
        DecisionClause {
            record: record.to_owned(),
            decided: self.decided(&RecordPath::new(record)),
            owners: owners.unwrap_or_default(),
        }
    }

    fn waiver_row(&self, shown: &Shown, waiver: &Waiver) -> WaiverRow {
        let today = self.today();
        let verdict = &shown.verdict;
        let own = |finding: &&FindingItem| finding.waiver.as_ref().is_some_and(|by| by.path == waiver.path);
        let covers = count(verdict.findings.iter().filter(own).count());
        let faults = verdict.faults.iter().filter(|fault| fault.path == waiver.path);
        let days_left = days_between(today, waiver.expires);
        let most = shown.ground.governed.governance.waiver_max_days;
        let result = if days_left < 0 {
            WaiverResult::Expired
        } else if !waiver.holds_on(today, most) {
            WaiverResult::Waiting
        } else if covers == 0 {
            WaiverResult::Unused
        } else if days_left <= SOON {
            WaiverResult::Expiring
        } else {
            WaiverResult::Active
        };
        WaiverRow {
            path: waiver.path.clone(),
            waives: waiver.waives.clone(),
            paths: waiver.paths.written().to_vec(),
            at_most: waiver.at_most,
            reason: waiver.reason.clone(),
            owner: waiver.owner.clone(),
            granted: waiver.granted.map(|day| day.to_string()),
            expires: waiver.expires.to_string(),
            days_left,
            days: waiver.granted.map(|granted| days_between(granted, waiver.expires)),
            result,
            covers,
            faults: faults.map(|fault| fault.message.clone()).collect(),
        }
    }

    /// Lines of a file of the worktree around some of them.
    ///
    /// # Errors
    /// `usage` for a path outside of the repository; `not-found` for a file that is not there or no text.
    pub fn code_excerpt(&self, path: &str, line: u32, end_line: u32) -> Result<CodeExcerpt> {
        let path = super::request::inside(path)?;
        let home = Home::Disk(self.root().join(&path));
        let mut reader = Reader::new(self.root());
        let Content::Text(text) = reader.read(&path, &home) else {
            return Err(Error::new(ErrorCode::NotFound, format!("{path} cannot be shown"))
                .with_hint("it is gone, or no text of a usual size")
                .at(&path));
        };
        let first = line.saturating_sub(AROUND).max(1);
        let last = end_line.clamp(line, line.saturating_add(MOST_LINES)).saturating_add(AROUND);
        let lines = text.lines().skip(first as usize - 1).take((last - first + 1) as usize);
        Ok(CodeExcerpt { first, lines: lines.map(|line| line.chars().take(400).collect()).collect() })
    }

    /// What granting a waiver would write.
    ///
    /// # Errors
    /// Those of [`Self::plan_waiver`], and `usage` for a last day that is none.
    pub fn plan_waiver_request(&self, request: &WaiverRequest) -> Result<PlanPreview> {
        let (draft, until) = drafted(request)?;
        self.plan_waiver(&draft, until)
    }

    /// Writes a waiver as it was shown.
    ///
    /// # Errors
    /// As [`Self::plan_waiver_request`]; `conflict` when something else is there by now.
    pub fn apply_waiver_request(&self, request: &WaiverRequest, digest: &str) -> Result<WriteReply> {
        let (draft, until) = drafted(request)?;
        self.apply_waiver(&draft, until, digest)
    }
}

fn drafted(request: &WaiverRequest) -> Result<(WaiverDraft, Date)> {
    let until = last_day(&request.until)?;
    let draft = WaiverDraft {
        rule: request.rule.clone(),
        paths: request.paths.clone(),
        at_most: None,
        fingerprints: request.fingerprints.clone(),
        reason: request.reason.trim().to_owned(),
        owner: request.owner.trim().to_owned(),
        approved_by: request.approved_by.clone(),
    };
    Ok((draft, until))
}

fn rule_row(shown: &Shown, bound: &BoundRule) -> RuleRow {
    let verdict = &shown.verdict;
    let in_state = |state: FindingState| {
        count(verdict.findings.iter().filter(|found| found.rule == bound.key && found.state == state).count())
    };
    let would_find =
        verdict.previews.iter().find(|preview| preview.rule == bound.key).map(|preview| preview.would_find);
    let of_rule = |rule: &Option<String>| rule.as_ref() == Some(&bound.key);
    let undecided = verdict.undecided.iter().filter(|item| of_rule(&item.rule)).map(said);
    let faults = verdict.faults.iter().filter(|fault| of_rule(&fault.rule));
    let faults = faults.filter(|fault| fault.severity == precedent_core::wire::SeverityWord::Error);
    let why: Vec<String> = undecided.chain(faults.map(|fault| fault.message.clone())).collect();
    let open = would_find.filter(|_| !bound.binds()).unwrap_or_else(|| in_state(FindingState::Existing));
    let result = if !bound.binds() {
        RuleResult::Proposed
    } else if !why.is_empty() {
        RuleResult::Undecided
    } else if open > 0 {
        RuleResult::Broken
    } else if verdict.vacuous.contains(&bound.key) {
        RuleResult::Vacuous
    } else {
        RuleResult::Holds
    };
    let globs =
        |set: Option<&precedent_check::rule::PathSet>| set.map(|set| set.written().to_vec()).unwrap_or_default();
    let mut paths = globs(bound.rule.paths.as_ref());
    // Such a rule names its file itself.
    if let Kind::Evidence(rule) = &bound.rule.kind {
        paths = vec![rule.report().to_owned()];
    }
    RuleRow {
        key: bound.key.clone(),
        kind: bound.rule.kind.word().to_owned(),
        severity: bound.severity.into(),
        message: bound.rule.message.clone(),
        remedy: bound.rule.remedy.clone(),
        paths,
        applies_to: shown.ground.governed.applies_to.get(&bound.decision.path).cloned().unwrap_or_default(),
        record: bound.decision.path.clone(),
        file: bound.file.clone(),
        line: bound.rule.place.line,
        standing: standing_word(bound.decision.standing).to_owned(),
        result,
        why,
        open,
        waived: in_state(FindingState::Waived),
        baselined: in_state(FindingState::Baselined),
        valid: count(bound.rule.examples.valid.len()),
        invalid: count(bound.rule.examples.invalid.len()),
    }
}

fn said(item: &UndecidedItem) -> String {
    if item.path.is_empty() { item.message.clone() } else { format!("{}: {}", item.path, item.message) }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
