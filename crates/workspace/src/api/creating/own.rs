//! Templates of the repository's own: one begins as a copy of a template that ships with the app.

use super::chosen_log;
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::wire::{ErrorCode, PlanPreview, WriteReply};
use precedent_core::{RecordPath, WritePlan};

/// Where a log keeps its templates.
pub(super) fn folder(log: &str) -> String {
    if log.is_empty() { "templates".to_owned() } else { format!("{log}/templates") }
}

impl Workspace {
    /// What a copy of a template that ships with the app, to be changed in the repository, would write.
    ///
    /// # Errors
    /// `usage` for an unknown template or one that is the repository's own, `log-exists` when there is a file of that name.
    pub fn plan_template(&self, log: Option<&str>, name: &str) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.own_copy(log, name)?))
    }

    /// Writes the copy as it was shown.
    ///
    /// # Errors
    /// As [`Self::plan_template`]; `conflict` when it would be written differently now.
    pub fn apply_template(&self, log: Option<&str>, name: &str, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.own_copy(log, name)?, digest)
    }

    fn own_copy(&self, log: Option<&str>, name: &str) -> Result<Planned> {
        let state = self.state();
        let log = chosen_log(&state, log)?;
        let template = self.template(&state, &log, Some(name))?;
        if template.is_own() {
            return Err(Error::new(
                ErrorCode::Usage,
                format!("{} is the repository\u{2019}s own already", template.name),
            )
            .with_hint("open it in an editor")
            .at(&template.name));
        }
        let path = RecordPath::new(format!("{}/{}.md", folder(&log), template.name));
        if self.store.resolve(&path)?.exists() {
            return Err(Error::new(ErrorCode::LogExists, format!("{path} exists already"))
                .with_hint("choose it in the list, then edit it")
                .at(path.as_str()));
        }
        let plan = WritePlan::new(format!("Template {}", template.name)).create(path, template.text);
        Ok(Planned { plan, record: None, label: None, notes: Vec::new(), stages: true })
    }
}
