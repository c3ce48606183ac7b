//! Converting a record's dialect to MADR 4: asked for, never done by the way.

use crate::api::planning::{Planned, label};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::WritePlan;
use precedent_core::record::convert::to_madr4;
use precedent_core::wire::{ErrorCode, PlanPreview, WriteReply};

impl Workspace {
    /// What converting a record would write; `to` is `madr4`.
    ///
    /// # Errors
    /// `usage` for another target or a record that is so written already, `cannot-edit` when it is not written here.
    pub fn plan_convert(&self, path: &str, to: &str) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.conversion(path, to)?))
    }

    /// Converts a record as it was shown.
    ///
    /// # Errors
    /// `conflict` when the file changed since it was shown.
    pub fn apply_convert(&self, path: &str, to: &str, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.conversion(path, to)?, digest)
    }

    fn conversion(&self, path: &str, to: &str) -> Result<Planned> {
        if !to.eq_ignore_ascii_case("madr4") {
            return Err(Error::new(ErrorCode::Usage, format!("records are not converted to `{to}`"))
                .with_hint("convert to madr4"));
        }
        let (parsed, text) = self.editable(&self.resolve(path)?)?;
        let path = parsed.decision.path.clone();
        let after = to_madr4(&path, &text)?;
        let name = label(&parsed.decision);
        if after == text {
            return Err(Error::new(ErrorCode::Usage, format!("{name} is written as MADR 4 already"))
                .with_hint("nothing was written"));
        }
        Ok(Planned {
            plan: WritePlan::new(format!("Convert {name} to MADR 4")).replace(path.clone(), text, after),
            record: Some(path),
            label: parsed.decision.digits.clone(),
            notes: Vec::new(),
            stages: false,
        })
    }
}
