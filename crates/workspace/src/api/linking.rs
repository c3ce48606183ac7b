//! Links between records: stating one, taking one out, amending a decision that stays in force.
//!
//! Supersession and amendment are written into both records. Of every other relation one side is enough; the other is
//! derived. A record that cannot be written (AsciiDoc, Latin-1) is left as it is, and that is said.

use crate::api::creating::draft;
use crate::api::planning::{Planned, edited, label, link_target};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::decision::StatedLink;
use precedent_core::log::Resolution;
use precedent_core::record::Parsed;
use precedent_core::record::edit::{Edit, LinkTarget, link_kind};
use precedent_core::wire::{ErrorCode, LinkRequest, NewRequest, PlanPreview, SupersedeRequest, WriteReply};
use precedent_core::{LinkKind, RecordPath, Status, WritePlan};

/// The kinds that end or change another record: both records say so.
const BOTH_SIDES: [LinkKind; 4] = [LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::AmendedBy];

impl Workspace {
    /// What stating a link would write.
    ///
    /// # Errors
    /// `usage` without a relation, for a link of a record to itself, and when both records say it already.
    pub fn plan_link(&self, request: &LinkRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.linking(request)?))
    }

    /// Writes a link as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_link(&self, request: &LinkRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.linking(request)?, digest)
    }

    /// What taking the links between two records out would write: of the relation, or all of them.
    ///
    /// # Errors
    /// `not-found` when neither record states such a link.
    pub fn plan_unlink(&self, request: &LinkRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.unlinking(request)?))
    }

    /// Takes links out as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_unlink(&self, request: &LinkRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.unlinking(request)?, digest)
    }

    /// What amending a record would write: by an existing record, or by a new one with a title.
    ///
    /// # Errors
    /// `usage` when neither or both of `by` and `title` are given, or a record would amend itself.
    pub fn plan_amend(&self, request: &SupersedeRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.amendment(request)?))
    }

    /// Writes an amendment as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_amend(&self, request: &SupersedeRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.amendment(request)?, digest)
    }

    fn linking(&self, request: &LinkRequest) -> Result<Planned> {
        let (from, to) = self.ends(request)?;
        let Some(word) = request.relation.as_deref().map(str::trim).filter(|word| !word.is_empty()) else {
            return Err(Error::new(ErrorCode::Usage, "a link needs a relation")
                .with_hint("supersedes, amends, relates-to, depends-on, or a word of your own"));
        };
        let kind = link_kind(word);
        match kind {
            // A successor makes a record fall: that is more than a link.
            Some(LinkKind::Supersedes) => return self.supersession(&superseded(&to, &from)),
            Some(LinkKind::SupersededBy) => return self.supersession(&superseded(&from, &to)),
            _ => {}
        }
        let edit = |to: LinkTarget| match kind {
            Some(kind) => Edit::AddLink { kind, to },
            None => Edit::AddRelation { word: word.to_owned(), to },
        };
        let mut planned = self.planned(format!("Link {} to {}", label(&from.decision), label(&to.decision)), &from);
        self.change(&mut planned, &from, &[edit(link_target(&to))], true)?;
        if let Some(inverse) = kind.filter(|kind| BOTH_SIDES.contains(kind)).and_then(LinkKind::inverse) {
            let edit = Edit::AddLink { kind: inverse, to: link_target(&from) };
            self.change(&mut planned, &to, &[edit], false)?;
        }
        if planned.plan.files.is_empty() {
            let message = format!("{} states that link to {} already", label(&from.decision), label(&to.decision));
            return Err(Error::new(ErrorCode::Usage, message).with_hint("nothing was written"));
        }
        Ok(planned)
    }

    fn unlinking(&self, request: &LinkRequest) -> Result<Planned> {
        let (from, to) = self.ends(request)?;
        let word = request.relation.as_deref().map(str::trim).filter(|word| !word.is_empty());
        let kind = word.and_then(link_kind);
        let is_wanted = |link: &StatedLink, turn: &dyn Fn(LinkKind) -> Option<LinkKind>| match (word, kind) {
            (None, _) => true,
            (_, Some(kind)) => turn(kind) == Some(link.kind) && link.relation.is_none(),
            (Some(word), None) => link.relation.as_deref() == Some(&*word.to_lowercase().replace('-', " ")),
        };
        let title = format!("Unlink {} and {}", label(&from.decision), label(&to.decision));
        let mut planned = self.planned(title, &from);
        let own = self.stated(&from, &to, |link| is_wanted(link, &Some));
        self.change(&mut planned, &from, &own, true)?;
        // What the other record says of its own accord stays.
        let other =
            self.stated(&to, &from, |link| BOTH_SIDES.contains(&link.kind) && is_wanted(link, &LinkKind::inverse));
        self.change(&mut planned, &to, &other, false)?;
        if planned.plan.files.is_empty() {
            let message = format!("neither {} nor {} states such a link", label(&from.decision), label(&to.decision));
            return Err(Error::new(ErrorCode::NotFound, message)
                .with_hint("a link in running prose is changed with the text itself"));
        }
        for parsed in [&from, &to] {
            planned.notes.extend(self.orphaned(&planned.plan, parsed));
        }
        Ok(planned)
    }

    /// Edits that take the wanted links to a record out, the last first, so that the places of the others stay.
    fn stated(&self, from: &Parsed, to: &Parsed, wanted: impl Fn(&StatedLink) -> bool) -> Vec<Edit> {
        let log = self.log();
        let path = &from.decision.path;
        let meant = Resolution::One(to.decision.path.clone());
        let is_meant =
            |link: &&StatedLink| wanted(link) && log.resolve_in(path, &link.text, link.target.as_deref()) == meant;
        let mut links: Vec<&StatedLink> = from.decision.links.iter().filter(is_meant).collect();
        links.sort_by_key(|link| std::cmp::Reverse(link.span.start));
        links.into_iter().map(|link| Edit::TakeOut { link: link.clone() }).collect()
    }

    /// A record that stays superseded although nothing succeeds it any more.
    fn orphaned(&self, plan: &WritePlan, parsed: &Parsed) -> Option<String> {
        let file = plan.files.iter().find(|file| file.path == parsed.decision.path)?;
        let after = self.parse_as(parsed, file.after.as_deref()?);
        let names = |parsed: &Parsed| parsed.decision.links.iter().any(|link| link.kind == LinkKind::SupersededBy);
        let name = label(&parsed.decision);
        (after.decision.status == Some(Status::Superseded) && names(parsed) && !names(&after))
            .then(|| format!("{name} keeps the status superseded; set another if it is in force again."))
    }

    fn amendment(&self, request: &SupersedeRequest) -> Result<Planned> {
        match (&request.by, request.title.as_deref().filter(|title| !title.trim().is_empty())) {
            (Some(by), None) => {
                let relation = Some(LinkKind::Amends.key().to_owned());
                let mut planned = self.linking(&LinkRequest { from: by.clone(), relation, to: request.old.clone() })?;
                let old = self.parsed(&self.resolve(&request.old)?)?;
                planned.plan.title = format!("Amend {}", label(&old.decision));
                Ok(planned)
            }
            (None, Some(title)) => self.new_amendment(title, request),
            _ => Err(Error::new(
                ErrorCode::Usage,
                "name the amendment: either an existing record or a title for a new one",
            )
            .with_hint("`--by R` or `--title T`")),
        }
    }

    fn new_amendment(&self, title: &str, request: &SupersedeRequest) -> Result<Planned> {
        let old = self.parsed(&self.resolve(&request.old)?)?;
        let new = NewRequest {
            title: title.to_owned(),
            log: Some(old.log.clone()),
            template: request.template.clone(),
            status: request.status.clone(),
            ..NewRequest::default()
        };
        let draft = precedent_core::record::template::Draft {
            scope: old.decision.scope.clone(),
            tags: old.decision.tags.clone(),
            context: request.why.clone().filter(|why| !why.trim().is_empty()),
            ..draft(&new)?
        };
        let (name, text) = self.fill(&new, draft)?;
        let text = edited(&name.path, &text, &[Edit::AddLink { kind: LinkKind::Amends, to: link_target(&old) }])?;
        let target = self.target_of(&name.path, &text, &old.log);
        let mut planned = Planned {
            plan: WritePlan::new(format!("Amend {}", label(&old.decision))).create(name.path.clone(), text),
            record: Some(name.path),
            label: name.digits,
            notes: Vec::new(),
            stages: true,
        };
        self.change(&mut planned, &old, &[Edit::AddLink { kind: LinkKind::AmendedBy, to: target }], false)?;
        Ok(planned)
    }

    fn ends(&self, request: &LinkRequest) -> Result<(std::sync::Arc<Parsed>, std::sync::Arc<Parsed>)> {
        let from = self.parsed(&self.resolve(&request.from)?)?;
        let to = self.parsed(&self.resolve(&request.to)?)?;
        if from.decision.path == to.decision.path {
            let message = format!("{} cannot be linked to itself", label(&from.decision));
            return Err(Error::new(ErrorCode::Usage, message).with_hint("name two records"));
        }
        Ok((from, to))
    }

    fn planned(&self, title: String, about: &Parsed) -> Planned {
        Planned {
            plan: WritePlan::new(title),
            record: Some(about.decision.path.clone()),
            label: about.decision.digits.clone(),
            notes: Vec::new(),
            stages: false,
        }
    }

    /// Adds a record's edits to a plan. One that cannot be written is an error only where it is the `main` one.
    fn change(&self, planned: &mut Planned, parsed: &Parsed, edits: &[Edit], main: bool) -> Result<()> {
        let path: &RecordPath = &parsed.decision.path;
        let changed = self.editable(path).and_then(|(_, text)| Ok((edited(path, &text, edits)?, text)));
        match changed {
            Ok((after, text)) => {
                planned.plan =
                    std::mem::replace(&mut planned.plan, WritePlan::new("")).replace(path.clone(), text, after);
                Ok(())
            }
            Err(error) if !main && error.code() == ErrorCode::CannotEdit => {
                planned.notes.push(format!("{} is left as it is: {error}.", label(&parsed.decision)));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn parse_as(&self, parsed: &Parsed, bytes: &[u8]) -> Parsed {
        let options = crate::scan::parse_options(&self.state().config, &parsed.log);
        precedent_core::record::parse(&parsed.decision.path, bytes, &options)
    }
}

fn superseded(old: &Parsed, by: &Parsed) -> SupersedeRequest {
    SupersedeRequest {
        old: old.decision.path.to_string(),
        by: Some(by.decision.path.to_string()),
        ..SupersedeRequest::default()
    }
}

#[cfg(test)]
mod tests;
