//! Letting findings pass: a waiver until a day, and the baseline of what was there before a rule began.

use super::request::{CheckInput, CheckRequest};
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_check::{BASELINE_FILE, Baseline, BoundRule, Waiver, WaiverDraft};
use precedent_core::record::edit::{Edit, apply_edit};
use precedent_core::wire::{ErrorCode, ExtensionRequest, PlanPreview, WriteReply};
use precedent_core::{Date, RecordPath, WritePlan};

const EFFECT: &str = "It covers later changes once it is committed: what judges a change is what was there before.";

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
        let ground = self.judging()?;
        let governance = &ground.governed.governance;
        let rules = &governance.rules.rules;
        let Some(rule) = rules.iter().find(|rule| rule.key == draft.rule) else {
            let known: Vec<&str> = rules.iter().map(|rule| rule.key.as_str()).collect();
            return Err(Error::new(ErrorCode::NotFound, format!("there is no rule {}", draft.rule))
                .with_hint("its key is RECORD/RULE, as `precedent check` and `precedent test` print it")
                .with_details(known.join("\n")));
        };
        let path = self.free_path(rule, until);
        let text = draft.to_text(self.today(), until);
        let most = governance.waiver_max_days;
        let waiver = readable(&path, &text, most)?;
        if !waiver.holds_on(self.today(), most) {
            return Err(refused(format!("a waiver until {until} would be over already")));
        }
        let plan = WritePlan::new(format!("Waive {} until {until}", draft.rule)).create(RecordPath::new(path), text);
        Ok(Planned { plan, record: None, label: None, notes: vec![EFFECT.to_owned()], stages: true })
    }

    /// `docs/decisions/waivers/2026-07-01-no-mongo-client.md`, numbered where there is one already.
    fn free_path(&self, rule: &BoundRule, until: Date) -> String {
        let log = &rule.decision.log;
        let slash = if log.is_empty() { "" } else { "/" };
        let name = |more: String| format!("{log}{slash}waivers/{until}-{}{more}.md", rule.rule.id);
        let names = std::iter::once(name(String::new())).chain((2..).map(|number| name(format!("-{number}"))));
        let is_free = |name: &String| self.root().join(name).symlink_metadata().is_err();
        names.into_iter().find(is_free).unwrap_or_default()
    }

    /// What letting a waiver go on until another day would change.
    ///
    /// # Errors
    /// `not-found` for a file that is no waiver, `usage` for a day that is too far ahead or over.
    pub fn plan_extension(&self, request: &ExtensionRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.extension(request)?))
    }

    /// Lets a waiver go on as it was shown: it is granted again, today.
    ///
    /// # Errors
    /// As [`Self::plan_extension`]; `conflict` when something else is there by now.
    pub fn apply_extension(&self, request: &ExtensionRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.extension(request)?, digest)
    }

    fn extension(&self, request: &ExtensionRequest) -> Result<Planned> {
        let ground = self.judging()?;
        let governance = &ground.governed.governance;
        let known = governance.waivers.iter().find(|waiver| waiver.path == request.path);
        let before = known.ok_or_else(|| {
            Error::new(ErrorCode::NotFound, format!("{} is no waiver", request.path))
                .with_hint("it was taken out, or it cannot be read")
                .at(&request.path)
        })?;
        let until = last_day(&request.until)?;
        let (path, today) = (RecordPath::new(&*request.path), self.today());
        let bytes = self.store.read(&path)?;
        let old = String::from_utf8(bytes.clone()).map_err(|_| refused(format!("{path} is not UTF-8")))?;
        let granted = before.granted.map(|_| today);
        let text = extended(&path, &old, (before.expires, until), granted)?;
        let waiver = readable(path.as_str(), &text, governance.waiver_max_days)?;
        if !waiver.holds_on(today, governance.waiver_max_days) {
            return Err(refused(format!("a waiver until {until} would be over already, or lasts too long")));
        }
        let name = waiver.waives.join(", ");
        let plan = WritePlan::new(format!("Waive {name} until {until}")).replace(path, bytes, text);
        Ok(Planned { plan, record: None, label: None, notes: vec![EFFECT.to_owned()], stages: true })
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

/// Says why a waiver cannot be as it was asked for.
fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::Usage, message).with_hint("nothing was written")
}

/// Reads a waiver that is about to be written.
fn readable(path: &str, text: &str, most_days: u32) -> Result<Waiver> {
    Waiver::read(path, text, most_days)
        .map_err(|faults| refused(faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; ")))
}

/// A last day as it is asked for.
pub(super) fn last_day(text: &str) -> Result<Date> {
    text.parse()
        .map_err(|_| Error::new(ErrorCode::Usage, format!("`{text}` is no day")).with_hint("write it as 2027-01-31"))
}

/// The text of a waiver with another last day; its heading, where it names the day, goes along.
fn extended(path: &RecordPath, text: &str, (from, to): (Date, Date), granted: Option<Date>) -> Result<String> {
    let field = |key: &str, day: Date| Edit::SetField { key: key.to_owned(), values: vec![day.to_string()] };
    let failed = |error: precedent_core::record::edit::EditError| refused(error.to_string());
    let mut text = apply_edit(path, text, &field("expires", to)).map_err(failed)?;
    if let Some(day) = granted {
        text = apply_edit(path, &text, &field("granted", day)).map_err(failed)?;
    }
    let heading = text.lines().find(|line| line.starts_with("# ")).map(str::to_owned);
    if let Some(heading) = heading.filter(|heading| heading.ends_with(&format!(" until {from}"))) {
        let renewed = heading.replace(&format!(" until {from}"), &format!(" until {to}"));
        text = text.replacen(&heading, &renewed, 1);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use crate::api::tests::Sandbox;
    use precedent_core::wire::{ErrorCode, ExtensionRequest};

    const PATH: &str = "docs/adr/waivers/w.md";
    const RULES: &str = "---\nstatus: accepted\nrules:\n  - {id: text, kind: forbid-text, message: M, match: {literal: bad}}\n---\n# A\n\n## Decision\n\nNo.\n";
    const WAIVER: &str = "---\nschema: precedent/waiver/v1\nwaives: [\"a/text\"] # one\npaths: [src/a.rs]\nreason: Old\nowner: \"@dana\"\ngranted: 2026-09-01\nexpires: 2026-11-10\n---\n# Waiver for a/text until 2026-11-10\n\nOld, until 2026-11-10.\n";

    #[test]
    fn a_waiver_that_goes_on_is_granted_again_and_keeps_its_other_bytes() {
        let sandbox = Sandbox::new();
        sandbox.write("docs/adr/0001-a.md", RULES).write(PATH, WAIVER);
        let workspace = sandbox.open();
        let until = |day: &str| ExtensionRequest { path: PATH.to_owned(), until: day.to_owned() };
        let plan = workspace.plan_extension(&until("2027-01-31")).expect("a plan");
        workspace.apply_extension(&until("2027-01-31"), &plan.digest).expect("written");
        let expected = WAIVER
            .replace("granted: 2026-09-01", "granted: 2026-11-20")
            .replace("expires: 2026-11-10", "expires: 2027-01-31")
            .replace("text until 2026-11-10\n", "text until 2027-01-31\n");
        assert_eq!(sandbox.read(PATH), expected);
        for (request, code) in [
            (until("2027-08-01"), ErrorCode::Usage),
            (until("2026-11-19"), ErrorCode::Usage),
            (until("soon"), ErrorCode::Usage),
            (
                ExtensionRequest { path: "docs/adr/0001-a.md".to_owned(), until: "2027-01-31".to_owned() },
                ErrorCode::NotFound,
            ),
        ] {
            assert_eq!(workspace.plan_extension(&request).expect_err("refused").code(), code, "{request:?}");
        }
        assert_eq!(sandbox.read(PATH), expected);
    }
}
