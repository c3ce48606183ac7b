//! A status or tags for several records at once: one plan, one step of the undo list, all files or none.
//!
//! Every record is asked first whether the lifecycle has the step. One that has not stops the whole, unless the request
//! leaves such records out; then they are named.

use crate::api::planning::{Planned, edited, label, link_target};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::record::edit::{Edit, LinkTarget, apply_edit};
use precedent_core::record::{Parsed, reason_supersedes};
use precedent_core::wire::{BulkRequest, ErrorCode, PlanPreview, WriteReply};
use precedent_core::{LinkKind, RecordPath, Status, WritePlan};
use std::collections::{BTreeMap, BTreeSet};

/// Texts before and after, by path.
type Texts = BTreeMap<RecordPath, (String, String)>;

impl Workspace {
    /// What a change of several records would write.
    ///
    /// # Errors
    /// `usage` when a record cannot take the step (`details`: one a line, with the reason), or nothing would change.
    pub fn plan_bulk(&self, request: &BulkRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.in_bulk(request)?))
    }

    /// Writes a change of several records as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown: nothing is written.
    pub fn apply_bulk(&self, request: &BulkRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.in_bulk(request)?, digest)
    }

    fn in_bulk(&self, request: &BulkRequest) -> Result<Planned> {
        let wanted: Option<Status> = request.status.map(Status::from);
        let mut texts = Texts::new();
        let mut notes = Vec::new();
        let mut refused = Vec::new();
        let mut asked = 0;
        for reference in &request.paths {
            let path = self.resolve(reference)?;
            if texts.contains_key(&path) {
                continue;
            }
            asked += 1;
            let name = self.log().find(&path).map_or_else(|| path.to_string(), |parsed| label(&parsed.decision));
            match self.changed_in_bulk(&path, wanted, request) {
                Ok(changed) => {
                    texts.insert(path, changed);
                }
                Err(error) => refused.push(format!("{name}: {error}")),
            }
        }
        if !refused.is_empty() && !request.leave_out {
            return Err(refusal(&refused, asked));
        }
        notes.extend(refused.into_iter().map(|why| format!("Left out. {why}.")));
        if wanted == Some(Status::Accepted) {
            self.fall_in_bulk(&mut texts, &mut notes)?;
        }
        let count = texts.values().filter(|(before, after)| before != after).count();
        let mut plan = WritePlan::new(title(request, wanted, count));
        for (path, (before, after)) in texts {
            plan = plan.replace(path, before, after);
        }
        if plan.files.is_empty() {
            return Err(
                Error::new(ErrorCode::Usage, "nothing would change").with_hint("choose another status or other tags")
            );
        }
        Ok(Planned { plan, record: None, label: None, notes, stages: false })
    }

    /// The text of one record before and after; an error says why the record cannot take the step.
    fn changed_in_bulk(
        &self,
        path: &RecordPath,
        wanted: Option<Status>,
        request: &BulkRequest,
    ) -> Result<(String, String)> {
        let (parsed, before) = self.editable(path)?;
        let mut after = before.clone();
        if let Some(to) = wanted.filter(|to| parsed.decision.status != Some(*to)) {
            is_step(&parsed, to)?;
            after = edited(path, &after, &self.status_edits(&parsed, to))?;
        }
        let tags = tags_after(&parsed, request);
        if tags != parsed.decision.tags {
            after = apply_edit(path, &after, &Edit::SetField { key: "tags".to_owned(), values: tags })?;
        }
        Ok((before, after))
    }

    /// What accepted records say they supersede falls with them.
    fn fall_in_bulk(&self, texts: &mut Texts, notes: &mut Vec<String>) -> Result<()> {
        let log = self.log();
        let requested: BTreeSet<RecordPath> = texts.keys().cloned().collect();
        // Why each record falls: several successors may say so.
        let mut reasons: BTreeMap<RecordPath, Vec<String>> = BTreeMap::new();
        let accepted: Vec<RecordPath> =
            texts.iter().filter(|(_, (before, after))| before != after).map(|(path, _)| path.clone()).collect();
        for path in accepted {
            let successor = self.parsed(&path)?;
            let why = texts.get(&path).and_then(|(before, _)| reason_supersedes(&path, before));
            for old in log.graph().links(&path).stated_of(LinkKind::Supersedes) {
                let old = self.parsed(old)?;
                let name = label(&old.decision);
                if old.decision.status == Some(Status::Superseded) {
                    continue;
                }
                if requested.contains(&old.decision.path) {
                    return Err(Error::new(
                        ErrorCode::Usage,
                        format!(
                            "{name} is superseded by {}, so both cannot be accepted at once",
                            label(&successor.decision)
                        ),
                    )
                    .with_hint("take one of them out of the selection"));
                }
                notes.push(format!("{name} is superseded by {}.", label(&successor.decision)));
                let why_all = reasons.entry(old.decision.path.clone()).or_default();
                why_all.extend(why.clone());
                match self.fallen(&old, texts.get(&old.decision.path), &link_target(&successor), &why_all.join("; ")) {
                    Ok(fallen) => {
                        texts.insert(old.decision.path.clone(), fallen);
                    }
                    Err(error) if error.code() == ErrorCode::CannotEdit => {
                        notes.push(format!("{name} is left as it is: {error}."));
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// The text of a record before and after one more successor is accepted.
    fn fallen(
        &self,
        old: &Parsed,
        so_far: Option<&(String, String)>,
        to: &LinkTarget,
        why: &str,
    ) -> Result<(String, String)> {
        let path = &old.decision.path;
        let mut edits = self.falling(old, to, Some(why));
        let (before, after) = match so_far {
            Some((before, after)) => {
                edits.retain(|edit| !matches!(edit, Edit::SetStatus { .. }));
                (before.clone(), after.clone())
            }
            None => {
                let (_, text) = self.editable(path)?;
                (text.clone(), text)
            }
        };
        Ok((before, edited(path, &after, &edits)?))
    }
}

fn is_step(parsed: &Parsed, to: Status) -> Result<()> {
    let refuse = |message: String| Err(Error::new(ErrorCode::Usage, message));
    if to == Status::Superseded {
        return refuse("a record is superseded by its successor".to_owned());
    }
    match parsed.decision.status {
        Some(from) if !from.next().contains(&to) => {
            refuse(format!("{} → {} is not a step of its life", from.word(), to.word()))
        }
        _ => Ok(()),
    }
}

fn tags_after(parsed: &Parsed, request: &BulkRequest) -> Vec<String> {
    let mut tags = parsed.decision.tags.clone();
    tags.retain(|tag| !request.remove_tags.contains(tag));
    for tag in request.add_tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|own| own == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn refusal(refused: &[String], asked: usize) -> Error {
    Error::new(ErrorCode::Usage, format!("{} of {asked} records cannot take this step", refused.len()))
        .with_hint("leave them out, or choose another step")
        .with_details(refused.join("\n"))
}

fn title(request: &BulkRequest, wanted: Option<Status>, count: usize) -> String {
    let records = if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
    let tags = !request.add_tags.is_empty() || !request.remove_tags.is_empty();
    match (wanted, tags) {
        (Some(status), false) => format!("Set status of {records} to {}", status.word()),
        (Some(status), true) => format!("Set status {} and tags of {records}", status.word()),
        (None, _) => format!("Set tags of {records}"),
    }
}

#[cfg(test)]
mod tests;
