//! Letting findings pass: a waiver until a day, and the baseline of what was there before a rule began.

use super::request::{CheckInput, CheckRequest};
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_check::{BASELINE_FILE, Baseline, BoundRule, Waiver, WaiverDraft};
use precedent_core::wire::{ErrorCode, PlanPreview, WriteReply};
use precedent_core::{Date, RecordPath, WritePlan};

impl Workspace {
    /// What granting a waiver until a day would write.
    ///
    /// # Errors
    /// `not-found` for a rule that does not exist, `usage` for a day too far ahead or over, or paths that are none.
    pub fn plan_waiver(&self, draft: &WaiverDraft, until: Date) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.waiver(draft, until)?))
    }

    /// Writes a waiver as it was shown. It takes effect for changes once it has landed.
    ///
    /// # Errors
    /// As [`Self::plan_waiver`]; `conflict` when something else is there by now.
    pub fn apply_waiver(&self, draft: &WaiverDraft, until: Date, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.waiver(draft, until)?, digest)
    }

    fn waiver(&self, draft: &WaiverDraft, until: Date) -> Result<Planned> {
        let (governed, files) = self.governed()?;
        let rules = &governed.governance.rules.rules;
        let Some(rule) = rules.iter().find(|rule| rule.key == draft.rule) else {
            let known: Vec<&str> = rules.iter().map(|rule| rule.key.as_str()).collect();
            return Err(Error::new(ErrorCode::NotFound, format!("there is no rule {}", draft.rule))
                .with_hint("its key is RECORD/RULE, as `precedent check` and `precedent test` print it")
                .with_details(known.join("\n")));
        };
        let path = free_path(rule, until, &files.paths());
        let text = draft.to_text(self.today(), until);
        let refused = |message: String| Error::new(ErrorCode::Usage, message).with_hint("nothing was written");
        let most = governed.governance.waiver_max_days;
        let waiver = Waiver::read(&path, &text, most)
            .map_err(|faults| refused(faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; ")))?;
        if !waiver.holds_on(self.today(), most) {
            return Err(refused(format!("a waiver until {until} would be over already")));
        }
        let plan = WritePlan::new(format!("Waive {} until {until}", draft.rule)).create(RecordPath::new(path), text);
        let notes = vec![
            "It covers later changes once it is committed: what judges a change is what was there before.".to_owned(),
        ];
        Ok(Planned { plan, record: None, label: None, notes, stages: true })
    }

    /// What writing the baseline would change: without `reason` it only loses what is repaid, with one everything open
    /// today is in it.
    ///
    /// # Errors
    /// `usage` when something is undecided, so that what is open is not known; those of [`Self::check`].
    pub fn plan_baseline(&self, reason: Option<&str>) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.baseline(reason)?))
    }

    /// Writes the baseline as it was shown.
    ///
    /// # Errors
    /// As [`Self::plan_baseline`]; `conflict` when a file changed since it was shown.
    pub fn apply_baseline(&self, reason: Option<&str>, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.baseline(reason)?, digest)
    }

    fn baseline(&self, reason: Option<&str>) -> Result<Planned> {
        let verdict = self.check(&CheckRequest::new(CheckInput::Worktree))?;
        if let Some(first) = verdict.undecided.first() {
            return Err(Error::new(ErrorCode::Usage, format!("what is open is not known: {}", first.message))
                .with_hint("`precedent check` lists what could not be decided")
                .at(&first.path));
        }
        let path = RecordPath::new(BASELINE_FILE);
        let before = if self.root().join(BASELINE_FILE).exists() { Some(self.store.read(&path)?) } else { None };
        let text = before.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let old = text.as_deref().map(Baseline::read).transpose().map_err(|faults| {
            let said = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
            Error::new(ErrorCode::Usage, format!("{BASELINE_FILE} cannot be read: {said}"))
                .with_hint("mend it, or take it from the last commit")
                .at(BASELINE_FILE)
        })?;
        let old = old.unwrap_or_default();
        let now = Baseline::of(&verdict.findings);
        let next = match reason {
            Some(reason) if old.lacks(&now) > 0 => old.grown(&now, self.today(), reason),
            _ => old.within(&now),
        };
        let mut notes = Vec::new();
        let open = next.lacks(&now);
        if open > 0 {
            notes.push(format!("{open} findings stay open; --accept-new --reason takes them in"));
        }
        let plan = WritePlan::new("Write the baseline of findings");
        let plan = match before {
            Some(before) => plan.replace(path, before, next.to_text()),
            None if next.is_empty() => plan,
            None => plan.create(path, next.to_text()),
        };
        let stages = plan.files.iter().any(|file| file.before.is_none());
        Ok(Planned { plan, record: None, label: None, notes, stages })
    }
}

/// `docs/decisions/waivers/2026-07-01-no-mongo-client.md`, numbered where there is one already.
fn free_path(rule: &BoundRule, until: Date, paths: &[&str]) -> String {
    let log = &rule.decision.log;
    let slash = if log.is_empty() { "" } else { "/" };
    let name = |more: String| format!("{log}{slash}waivers/{until}-{}{more}.md", rule.rule.id);
    let names = std::iter::once(name(String::new())).chain((2..).map(|number| name(format!("-{number}"))));
    names.into_iter().find(|name| paths.binary_search(&name.as_str()).is_err()).unwrap_or_default()
}
