//! From a plan to its preview and back: what is shown is what is written, or nothing is.

use crate::api::saving::writable_text;
use crate::error::{Error, Result};
use crate::git::repo::is_binary;
use crate::scan;
use crate::workspace::{State, Workspace};
use precedent_core::decision::Decision;
use precedent_core::diff::{hunks, line_counts};
use precedent_core::log::{DecisionLog, RecordChange};
use precedent_core::record::edit::{Edit, LinkTarget, apply_edit};
use precedent_core::record::{Parsed, parse};
use precedent_core::summary::title;
use precedent_core::wire::{ErrorCode, PlanPreview, PlannedFile, ProblemItem, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::sync::Arc;

/// A plan with what a person wants to know of it.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) plan: WritePlan,
    /// The record that the action is about.
    pub(crate) record: Option<RecordPath>,
    pub(crate) label: Option<String>,
    pub(crate) notes: Vec<String>,
    /// New files go to git's staging.
    pub(crate) stages: bool,
}

impl Workspace {
    /// What a plan would write, as diffs, with the chain and the problems as they would be afterwards.
    pub(crate) fn preview_plan(&self, planned: &Planned) -> PlanPreview {
        let state = self.state();
        let after = self.log_after(&state, &planned.plan);
        let files = planned.plan.files.iter().map(planned_file).collect();
        let problems =
            planned.plan.files.iter().flat_map(|file| after.problems(&file.path)).map(ProblemItem::from).collect();
        PlanPreview {
            title: planned.plan.title.clone(),
            digest: digest(&planned.plan),
            files,
            record: planned.record.as_ref().map(ToString::to_string),
            label: planned.label.clone(),
            branch: None,
            chain: planned.record.as_ref().map(|record| after.chain(record)).unwrap_or_default(),
            problems,
            notes: planned.notes.clone(),
        }
    }

    /// Writes a plan when it is still the one that was shown.
    pub(crate) fn apply_planned(&self, planned: &Planned, shown: &str) -> Result<WriteReply> {
        is_as_shown(planned, shown)?;
        let reply = self.write(&planned.plan, planned.record.as_ref())?;
        if planned.stages {
            self.stage_written(&reply.changed);
        }
        Ok(reply)
    }

    /// [`Self::apply_planned`] for a step of the undo list itself.
    pub(crate) fn apply_unkept(&self, planned: &Planned, shown: &str) -> Result<WriteReply> {
        is_as_shown(planned, shown)?;
        self.write_unkept(&planned.plan, planned.record.as_ref())
    }

    /// A record and its exact text, for an edit.
    pub(crate) fn editable(&self, path: &RecordPath) -> Result<(Arc<Parsed>, String)> {
        let state = self.state();
        let parsed = state.log.find(path).cloned().ok_or_else(|| crate::api::reading::gone(path))?;
        let text = writable_text(path, self.store.read(path)?)?;
        Ok((parsed, text))
    }

    /// The record a person means by a path, number, id or name.
    pub(crate) fn resolve(&self, reference: &str) -> Result<RecordPath> {
        self.find(reference).map(RecordPath::new)
    }

    /// New files go to git's staging, so that they are part of the next commit.
    pub(crate) fn stage_written(&self, paths: &[String]) {
        if self.root.git_dir.is_some() {
            // What cannot be staged is written all the same, and Changes shows it unstaged.
            drop(self.stage_files(paths));
        }
    }

    /// The log as it would be with the plan's files.
    fn log_after(&self, state: &State, plan: &WritePlan) -> DecisionLog {
        let changes = plan.files.iter().filter_map(|file| match &file.after {
            // A picture is no record.
            Some(bytes) if is_binary(bytes) => None,
            Some(text) => {
                let log = self.log_of(state, &file.path);
                let parsed = parse(&file.path, text, &scan::parse_options(&state.config, &log));
                Some(RecordChange::Put(Arc::new(parsed)))
            }
            None => Some(RecordChange::Removed(file.path.clone())),
        });
        state
            .log
            .updated(
                changes.filter(|change| !matches!(change, RecordChange::Put(parsed) if !parsed.signs.any())).collect(),
            )
            .0
    }
}

pub(crate) fn is_as_shown(planned: &Planned, shown: &str) -> Result<()> {
    if digest(&planned.plan) == shown {
        return Ok(());
    }
    Err(Error::new(ErrorCode::Conflict, "the records have changed since this was shown; nothing was written")
        .with_hint("look at the new preview, then apply it again"))
}

/// Applies several edits one after the other.
pub(crate) fn edited(path: &RecordPath, text: &str, edits: &[Edit]) -> Result<String> {
    edits.iter().try_fold(text.to_owned(), |text, edit| Ok(apply_edit(path, &text, edit)?))
}

/// A record as the target of a link.
pub(crate) fn link_target(parsed: &Parsed) -> LinkTarget {
    let decision = &parsed.decision;
    LinkTarget {
        path: decision.path.clone(),
        digits: decision.digits.clone(),
        id: decision.id.to_string(),
        title: title(parsed),
    }
}

/// `0012` or the id: how a record is called in a sentence.
pub(crate) fn label(decision: &Decision) -> String {
    decision.digits.clone().unwrap_or_else(|| decision.id.to_string())
}

fn planned_file(file: &precedent_core::plan::FileWrite) -> PlannedFile {
    let is_text = [&file.before, &file.after].into_iter().flatten().all(|bytes| !is_binary(bytes));
    let (before, after) = if is_text { file.shown() } else { Default::default() };
    let (lines_added, lines_removed) = line_counts(&before, &after);
    let action = match (&file.before, &file.after) {
        (None, _) => "create",
        (Some(_), Some(_)) => "change",
        (Some(_), None) => "delete",
    };
    PlannedFile {
        path: file.path.to_string(),
        action: action.to_owned(),
        diff: hunks(&before, &after, 3),
        lines_added,
        lines_removed,
        notice: (!is_text).then(|| "binary".to_owned()),
    }
}

/// Names exactly this plan: every path with what it held and will hold.
fn digest(plan: &WritePlan) -> String {
    let mut whole = Vec::new();
    for file in &plan.files {
        for part in [Some(file.path.as_str().as_bytes()), file.before.as_deref(), file.after.as_deref()] {
            match part {
                Some(part) => {
                    whole.extend(format!("{}:", part.len()).into_bytes());
                    whole.extend(part);
                }
                None => whole.push(b'-'),
            }
        }
    }
    scan::hash(&whole)
}
