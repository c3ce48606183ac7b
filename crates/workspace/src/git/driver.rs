//! The merge driver for records: two files brought together on the command line, and its installation on request.

use super::repo::{failed, open};
use super::trust;
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::merging::merge;
use precedent_core::record::decode;
use precedent_core::wire::{ErrorCode, PlanPreview, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

/// git's settings for the driver; `%P` is for messages only.
const SETTINGS: &[(&str, &str)] = &[
    ("merge.precedent.name", "decision records, by field and by line"),
    ("merge.precedent.driver", "precedent merge-file %O %A %B %P"),
];
const ATTRIBUTES: &str = ".gitattributes";

/// Brings `ours` and `theirs` together, writes the result into `ours` and says how many places are left to settle. Those
/// stand between git's marks.
///
/// # Errors
/// `io`, `not-found`; `cannot-edit` for a file that is no UTF-8: git then keeps ours and reports a conflict.
pub fn merge_files(base: &Path, ours: &Path, theirs: &Path) -> Result<usize> {
    let read = |path: &Path| {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", &error))?;
        String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorCode::CannotEdit, format!("{} is not UTF-8", path.display()))
                .with_hint("settle it in an editor that knows its encoding")
                .at(path)
        })
    };
    let merged = merge(&read(base)?, &read(ours)?, &read(theirs)?);
    crate::store::write_atomic(ours, merged.marked(("ours", "theirs")).as_bytes())?;
    Ok(merged.conflicts().count())
}

impl Workspace {
    /// What installing the merge driver would write; the notes are the settings of git that it would set.
    ///
    /// # Errors
    /// `not-a-repository`; `usage` without a log.
    pub fn plan_merge_driver(&self) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.merge_driver()?))
    }

    /// Installs the merge driver.
    ///
    /// # Errors
    /// As [`Self::plan_merge_driver`]; `conflict` when it is no longer what was shown.
    pub fn apply_merge_driver(&self, digest: &str) -> Result<WriteReply> {
        let planned = self.merge_driver()?;
        let repo = open(self.root())?;
        // The settings name a program. Whoever trusted this repository goes on to: they asked for this one.
        let trusted = trust::trust(&repo, &self.place.config)?.trusted;
        let reply = self.apply_planned(&planned, digest)?;
        let error = |error: git2::Error| failed("set git's settings", &error);
        let mut config = repo.config().and_then(|config| config.open_level(git2::ConfigLevel::Local)).map_err(error)?;
        for (name, value) in SETTINGS {
            config.set_str(name, value).map_err(error)?;
        }
        if trusted {
            trust::remember(&repo, &self.place.config)?;
        }
        Ok(reply)
    }

    fn merge_driver(&self) -> Result<Planned> {
        self.in_repository()?;
        let state = self.state();
        if state.logs.is_empty() {
            return Err(Error::new(ErrorCode::NoLog, "there are no records here").with_hint("write the first one"));
        }
        let path = RecordPath::new(ATTRIBUTES);
        let before = std::fs::read(self.root().join(ATTRIBUTES)).ok();
        let text = before.as_deref().map(|bytes| decode(bytes).0.into_owned()).unwrap_or_default();
        let mut after = text.clone();
        for log in &state.logs {
            let pattern = if log.folder.is_empty() { "*.md".to_owned() } else { format!("/{}/**/*.md", log.folder) };
            // Spaces end a pattern; one in quotes does not.
            let pattern = if pattern.contains(' ') { format!("\"{pattern}\"") } else { pattern };
            let line = format!("{pattern} merge=precedent");
            if !text.lines().any(|known| known.trim() == line) {
                if !after.is_empty() && !after.ends_with('\n') {
                    after.push('\n');
                }
                after.push_str(&line);
                after.push('\n');
            }
        }
        let plan = WritePlan::new("Install the merge driver for records");
        let plan = match before {
            Some(before) => plan.replace(path, before, after),
            None => plan.create(path, after),
        };
        let notes = SETTINGS.iter().map(|(name, value)| format!("git config {name} \"{value}\"")).collect();
        Ok(Planned { plan, record: None, label: None, notes, stages: false })
    }
}
