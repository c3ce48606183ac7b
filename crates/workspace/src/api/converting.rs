//! Converting a record's dialect to MADR 4 or its encoding to UTF-8: asked for, never done by the way.

use crate::api::planning::{Planned, label};
use crate::api::reading::is_writable;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::WritePlan;
use precedent_core::record::convert::to_madr4;
use precedent_core::record::{decode, to_utf8};
use precedent_core::wire::{ErrorCode, PlanPreview, WriteReply};

impl Workspace {
    /// What converting a record would write; `to` is `madr4`, or `utf-8` for a record in another encoding.
    ///
    /// # Errors
    /// `usage` for another target or a record that is so written already, `cannot-edit` when it is not written here or would lose text.
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
        match to.to_ascii_lowercase().as_str() {
            "madr4" => self.in_madr4(path),
            "utf-8" | "utf8" => self.in_utf8(path),
            _ => Err(Error::new(ErrorCode::Usage, format!("records are not converted to `{to}`"))
                .with_hint("convert to madr4 or utf-8")),
        }
    }

    fn in_utf8(&self, path: &str) -> Result<Planned> {
        let path = self.resolve(path)?;
        let parsed = self.parsed(&path)?;
        let before = self.store.read(&path)?;
        let name = label(&parsed.decision);
        let encoding = decode(&before).1;
        if is_writable(encoding) {
            return Err(
                Error::new(ErrorCode::Usage, format!("{name} is UTF-8 already")).with_hint("nothing was written")
            );
        }
        let after = to_utf8(&before).map_err(|why| {
            Error::new(ErrorCode::CannotEdit, format!("{path} cannot become UTF-8 without losing text: {why}"))
                .with_hint("mend it in the program that wrote it, or save it as UTF-8 there; nothing was written")
                .at(path.as_str())
        })?;
        let notes = vec![format!(
            "Read as {}. The words stay; lines with characters beyond ASCII are shown as they will read: look whether they are right.",
            encoding.name()
        )];
        Ok(Planned {
            plan: WritePlan::new(format!("Convert {name} to UTF-8")).replace(path.clone(), before, after),
            record: Some(path),
            label: parsed.decision.digits.clone(),
            notes,
            stages: false,
        })
    }

    fn in_madr4(&self, path: &str) -> Result<Planned> {
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

#[cfg(test)]
mod tests;
