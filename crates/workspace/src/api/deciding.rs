//! Steps in a record's life: a new status, a successor, one field.
//!
//! Superseding is deferred until the successor is accepted: while it is proposed only the successor says what it would
//! replace, and the old record keeps its status.

use crate::api::creating::{draft, status};
use crate::api::planning::{Planned, edited, label, link_target};
use crate::api::reading::gone;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::log::DecisionLog;
use precedent_core::record::edit::{Edit, LinkTarget};
use precedent_core::record::template::Draft;
use precedent_core::record::{Parsed, SectionKind, decode, parse, reason_supersedes};
use precedent_core::wire::{ErrorCode, FieldEdit, NewRequest, PlanPreview, StatusWord, SupersedeRequest, WriteReply};
use precedent_core::{LinkKind, RecordPath, Status, WritePlan};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Workspace {
    /// What superseding a record would write.
    ///
    /// # Errors
    /// `usage` when neither or both of `by` and `title` are given, or a record would supersede itself.
    pub fn plan_supersede(&self, request: &SupersedeRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.supersession(request)?))
    }

    /// Writes successor and predecessor as one unit, and stages them.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown: nothing is written.
    pub fn apply_supersede(&self, request: &SupersedeRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.supersession(request)?, digest)
    }

    /// What a new status would write. Accepting a record that replaces others marks those as superseded, too.
    ///
    /// # Errors
    /// `usage` when nothing would change, or for `superseded` (a successor has to be named).
    pub fn plan_status(&self, path: &str, status: StatusWord) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.status_change(path, status.into())?))
    }

    /// Writes a new status as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_status(&self, path: &str, status: StatusWord, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.status_change(path, status.into())?, digest)
    }

    /// Changes fields of a record, all or none; with `dry_run` it only tells what it would write.
    ///
    /// # Errors
    /// `cannot-edit`, `usage`, `conflict`.
    pub fn set_fields(
        &self,
        path: &str,
        edits: &[FieldEdit],
        dry_run: bool,
    ) -> Result<(PlanPreview, Option<WriteReply>)> {
        let path = self.resolve(path)?;
        let (parsed, text) = self.editable(&path)?;
        let mut after = text.clone();
        for edit in edits {
            after = self.edit_text(path.as_str(), &after, edit)?;
        }
        let notes = step_notes(&parsed, &parse(&path, after.as_bytes(), &self.options_of(&parsed)));
        let keys: Vec<&str> = edits.iter().map(|edit| edit.key.as_str()).collect();
        let title = format!("Set {} of {}", keys.join(", "), label(&parsed.decision));
        let plan = WritePlan::new(title).replace(path.clone(), text, after);
        let planned = Planned { plan, record: Some(path), label: parsed.decision.digits.clone(), notes, stages: false };
        let preview = self.preview_plan(&planned);
        let reply = if dry_run { None } else { Some(self.apply_planned(&planned, &preview.digest)?) };
        Ok((preview, reply))
    }

    fn options_of(&self, parsed: &Parsed) -> precedent_core::record::ParseOptions {
        crate::scan::parse_options(&self.state().config, &parsed.log)
    }

    pub(crate) fn supersession(&self, request: &SupersedeRequest) -> Result<Planned> {
        let old = self.parsed(&self.resolve(&request.old)?)?;
        let wanted = status(request.status.as_deref())?;
        if !matches!(wanted, None | Some(Status::Draft | Status::Proposed | Status::Accepted)) {
            return Err(Error::new(ErrorCode::Usage, "a successor is draft, proposed or accepted"));
        }
        let successor = match (&request.by, request.title.as_deref().filter(|title| !title.trim().is_empty())) {
            (Some(by), None) => self.existing_successor(by, &old, wanted, request.why.as_deref())?,
            (None, Some(title)) => self.written_successor(title, &old, wanted, request)?,
            _ => {
                return Err(Error::new(
                    ErrorCode::Usage,
                    "name the successor: either an existing record or a title for a new one",
                )
                .with_hint("`--by R` or `--title T`"));
            }
        };
        let name = label(&old.decision);
        let plan = WritePlan::new(format!("Supersede {name}"));
        let mut plan = match successor.before {
            Some(before) => plan.replace(successor.target.path.clone(), before, successor.after),
            None => plan.create(successor.target.path.clone(), successor.after),
        };
        let mut notes = Vec::new();
        if successor.is_accepted {
            // A new successor tells the reason as its context; only a record with front matter says it a second time.
            let why = request.why.as_deref().filter(|_| request.by.is_some() || old.front_matter.is_some());
            plan = self.fall(plan, &mut notes, &old, &successor.target, why)?;
        } else {
            notes.push(format!("{name} keeps its status until the successor is accepted."));
        }
        notes.extend(self.cited_note(&old, successor.is_accepted));
        if plan.files.is_empty() {
            return Err(Error::new(ErrorCode::Usage, format!("{name} is superseded by that record already")));
        }
        Ok(Planned { plan, record: Some(successor.target.path), label: successor.target.digits, notes, stages: true })
    }

    /// `new --supersedes R`: the same as superseding with a new record.
    pub(crate) fn new_successor(&self, request: &NewRequest, old: &str) -> Result<Planned> {
        let old = self.parsed(&self.resolve(old)?)?;
        let draft = draft(request)?;
        let is_accepted = draft.status == Some(Status::Accepted);
        let request = NewRequest { log: request.log.clone().or_else(|| Some(old.log.clone())), ..request.clone() };
        let (name, text) = self.fill(&request, draft)?;
        let text = edited(&name.path, &text, &[supersedes(&old)])?;
        let target = self.target_of(&name.path, &text, &old.log);
        let mut plan = WritePlan::new(format!("Supersede {}", label(&old.decision))).create(name.path.clone(), text);
        let mut notes: Vec<String> = self.cited_note(&old, is_accepted).into_iter().collect();
        if is_accepted {
            plan = self.fall(plan, &mut notes, &old, &target, None)?;
        } else {
            notes.insert(0, format!("{} keeps its status until the successor is accepted.", label(&old.decision)));
        }
        Ok(Planned { plan, record: Some(name.path), label: name.digits, notes, stages: true })
    }

    fn existing_successor(
        &self,
        by: &str,
        old: &Parsed,
        wanted: Option<Status>,
        why: Option<&str>,
    ) -> Result<Successor> {
        let (by, before) = self.editable(&self.resolve(by)?)?;
        if by.decision.path == old.decision.path {
            return Err(Error::new(ErrorCode::Usage, format!("{} cannot supersede itself", label(&by.decision))));
        }
        let log = self.log();
        if falls_to(&log, &by.decision.path, &old.decision.path) {
            return Err(Error::new(
                ErrorCode::Usage,
                format!("{} is superseded by {}; that would be a ring", label(&by.decision), label(&old.decision)),
            )
            .with_hint("supersede with the newer of the two"));
        }
        let mut edits = Vec::new();
        if !states(&log, &by.decision.path, &old.decision.path) {
            edits.push(supersedes(old));
        }
        // A record that is accepted already stays so, whatever a new one would begin as.
        let is_accepted = wanted == Some(Status::Accepted) || by.decision.status == Some(Status::Accepted);
        if is_accepted && by.decision.status != Some(Status::Accepted) {
            edits.extend(self.status_edits(&by, Status::Accepted));
        }
        // While the successor is open it keeps the reason; the old record gets it when it falls.
        if let Some(why) = why.filter(|why| !is_accepted && !why.trim().is_empty()) {
            edits.push(kept_reason(why));
        }
        let after = edited(&by.decision.path, &before, &edits)?;
        Ok(Successor { target: link_target(&by), before: Some(before), after, is_accepted })
    }

    fn written_successor(
        &self,
        title: &str,
        old: &Parsed,
        wanted: Option<Status>,
        request: &SupersedeRequest,
    ) -> Result<Successor> {
        let carried = if request.carry_context { self.context_of(old)? } else { None };
        let context = [request.why.clone(), carried];
        let context =
            context.into_iter().flatten().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
        let draft = Draft {
            title: title.to_owned(),
            status: wanted,
            scope: old.decision.scope.clone().filter(|_| request.carry_scope),
            tags: if request.carry_scope { old.decision.tags.clone() } else { Vec::new() },
            applies_to: if request.carry_paths { old.decision.applies_to.clone() } else { Vec::new() },
            decision_makers: Vec::new(),
            context: Some(context).filter(|context| !context.is_empty()),
        };
        let new =
            NewRequest { log: Some(old.log.clone()), template: request.template.clone(), ..NewRequest::default() };
        let (name, text) = self.fill(&new, draft)?;
        let mut edits = vec![supersedes(old)];
        let open = wanted != Some(Status::Accepted);
        if let Some(why) =
            request.why.as_deref().filter(|why| open && !why.trim().is_empty() && text.starts_with("---"))
        {
            edits.push(kept_reason(why));
        }
        let after = edited(&name.path, &text, &edits)?;
        let target = self.target_of(&name.path, &after, &old.log);
        Ok(Successor { target, before: None, after, is_accepted: wanted == Some(Status::Accepted) })
    }

    pub(crate) fn target_of(&self, path: &RecordPath, text: &str, log: &str) -> LinkTarget {
        link_target(&parse(path, text.as_bytes(), &crate::scan::parse_options(&self.state().config, log)))
    }

    /// Adds to a plan what a record says when its successor is accepted. One that cannot be written (AsciiDoc, Latin-1) is
    /// superseded by its successor's word alone, and that is said.
    fn fall(
        &self,
        plan: WritePlan,
        notes: &mut Vec<String>,
        old: &Parsed,
        successor: &LinkTarget,
        why: Option<&str>,
    ) -> Result<WritePlan> {
        let path = &old.decision.path;
        let changed = self.editable(path).and_then(|(_, text)| {
            let after = edited(path, &text, &self.falling(old, successor, why))?;
            Ok((text, after))
        });
        match changed {
            Ok((text, after)) => Ok(plan.replace(path.clone(), text, after)),
            Err(error) if error.code() == ErrorCode::CannotEdit => {
                notes.push(format!("{} is left as it is: {error}.", label(&old.decision)));
                Ok(plan)
            }
            Err(error) => Err(error),
        }
    }

    /// The text of a record's context section.
    fn context_of(&self, old: &Parsed) -> Result<Option<String>> {
        let bytes = self.store.read(&old.decision.path)?;
        let section = old.sections.iter().find(|section| section.kind == SectionKind::Context);
        let text = decode(&bytes).0;
        Ok(section.and_then(|section| text.get(section.body.clone())).map(|body| body.trim().to_owned()))
    }

    pub(crate) fn parsed(&self, path: &RecordPath) -> Result<Arc<Parsed>> {
        self.log().find(path).cloned().ok_or_else(|| gone(path))
    }

    /// What is written into a record when its successor is accepted.
    pub(crate) fn falling(&self, old: &Parsed, successor: &LinkTarget, why: Option<&str>) -> Vec<Edit> {
        let mut edits = Vec::new();
        if old.decision.status != Some(Status::Superseded) {
            edits.push(Edit::SetStatus { status: Status::Superseded, on: Some(self.today()) });
        }
        if !states_superseded_by(&self.log(), &old.decision.path, &successor.path) {
            edits.push(Edit::AddLink { kind: LinkKind::SupersededBy, to: successor.clone() });
        }
        if let Some(why) = why.filter(|why| !why.trim().is_empty()) {
            edits.push(Edit::SetField { key: "reason-superseded".to_owned(), values: vec![one_line(why)] });
        }
        edits
    }

    fn status_change(&self, path: &str, status: Status) -> Result<Planned> {
        let path = self.resolve(path)?;
        let (parsed, text) = self.editable(&path)?;
        let name = label(&parsed.decision);
        if status == Status::Superseded {
            return Err(Error::new(ErrorCode::Usage, format!("{name} needs a successor to be superseded"))
                .with_hint("use Supersede: it names or writes the record that takes its place"));
        }
        let mut plan = WritePlan::new(format!("{} {name}", verb(status)));
        let mut notes = Vec::new();
        let why = reason_supersedes(&path, &text);
        if parsed.decision.status != Some(status) {
            notes.extend(unusual_step(&parsed, status));
            let after = edited(&path, &text, &self.status_edits(&parsed, status))?;
            plan = plan.replace(path.clone(), text, after);
        }
        if status == Status::Accepted {
            let log = self.log();
            for old in log.graph().links(&path).stated_of(LinkKind::Supersedes) {
                if log.find(old).is_some_and(|old| old.decision.status == Some(Status::Superseded)) {
                    continue;
                }
                let old = self.parsed(old)?;
                notes.push(format!("{} is superseded by this.", label(&old.decision)));
                plan = self.fall(plan, &mut notes, &old, &link_target(&parsed), why.as_deref())?;
            }
        }
        if plan.files.is_empty() {
            return Err(Error::new(ErrorCode::Usage, format!("{name} is {} already", status.word()))
                .with_hint("nothing was written"));
        }
        Ok(Planned { plan, record: Some(path), label: parsed.decision.digits.clone(), notes, stages: false })
    }

    /// A new status with its day. A record that says when it was proposed also says when it was accepted.
    pub(crate) fn status_edits(&self, parsed: &Parsed, status: Status) -> Vec<Edit> {
        let today = self.today();
        let mut edits = vec![Edit::SetStatus { status, on: Some(today) }];
        let dates = &parsed.decision.dates;
        if status == Status::Accepted
            && dates.proposed.is_some()
            && dates.accepted.is_none()
            && parsed.front_matter.is_some()
        {
            edits.push(Edit::SetField { key: "accepted".to_owned(), values: vec![today.to_string()] });
        }
        edits
    }

    /// What becomes of the links to a record that falls; while it stands, only how many there are.
    fn cited_note(&self, old: &Parsed, falls: bool) -> Option<String> {
        let log = self.log();
        let links = log.graph().links(&old.decision.path);
        let name = label(&old.decision);
        let (cited, whose) = match links.cited_by.len() {
            0 => return None,
            1 => (format!("1 record cites {name}."), "Its links"),
            n => (format!("{n} records cite {name}."), "Their links"),
        };
        if !falls {
            return Some(cited);
        }
        Some(format!("{cited} {whose} will keep working and show that it was superseded."))
    }
}

/// The record that takes over, as it will be.
struct Successor {
    target: LinkTarget,
    before: Option<String>,
    after: String,
    is_accepted: bool,
}

/// The reason as an open successor keeps it until the old record falls.
fn kept_reason(why: &str) -> Edit {
    Edit::SetField { key: "reason-supersedes".to_owned(), values: vec![one_line(why)] }
}

/// A reason as one line of front matter.
fn one_line(why: &str) -> String {
    why.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn supersedes(old: &Parsed) -> Edit {
    Edit::AddLink { kind: LinkKind::Supersedes, to: link_target(old) }
}

fn states(log: &DecisionLog, from: &RecordPath, to: &RecordPath) -> bool {
    log.graph().links(from).stated_of(LinkKind::Supersedes).contains(to)
}

fn states_superseded_by(log: &DecisionLog, from: &RecordPath, to: &RecordPath) -> bool {
    log.graph().links(from).stated_of(LinkKind::SupersededBy).contains(to)
}

/// Whether a record, or one that superseded it, was superseded by `other`.
fn falls_to(log: &DecisionLog, from: &RecordPath, other: &RecordPath) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.clone()];
    while let Some(path) = open.pop() {
        let later = log.graph().links(&path).of(LinkKind::SupersededBy);
        if later.contains(other) {
            return true;
        }
        open.extend(later.iter().filter(|path| seen.insert((*path).clone())).cloned());
    }
    false
}

fn verb(status: Status) -> &'static str {
    match status {
        Status::Accepted => "Accept",
        Status::Rejected => "Reject",
        Status::Deprecated => "Deprecate",
        Status::Proposed => "Propose",
        Status::Draft => "Make a draft of",
        Status::Superseded | Status::Other => "Change",
    }
}

/// A step that the lifecycle does not have is written all the same, and said.
fn unusual_step(parsed: &Parsed, to: Status) -> Option<String> {
    let from = parsed.decision.status?;
    let message = || {
        format!("{} → {} is not a usual step: {} is {}.", from.word(), to.word(), label(&parsed.decision), from.word())
    };
    (from != to && !from.next().contains(&to)).then(message)
}

fn step_notes(before: &Parsed, after: &Parsed) -> Vec<String> {
    after.decision.status.and_then(|to| unusual_step(before, to)).into_iter().collect()
}

#[cfg(test)]
mod tests;
