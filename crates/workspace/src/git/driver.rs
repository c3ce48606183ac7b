//! The merge driver for records: two files brought together on the command line, and its installation on request.

use super::repo::{failed, open};
use super::trust;
use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::merging::merge;
use precedent_core::record::decode;
use precedent_core::wire::{ErrorCode, MergeDriver, PlanPreview, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

/// git's settings for the driver; `%P` is for messages only. Where the program is not at hand git merges by lines, as it
/// would have without a driver: a driver that cannot be started would leave one's own side standing.
const SETTINGS: &[(&str, &str)] = &[
    ("merge.precedent.name", "decision records, by field and by line"),
    (
        "merge.precedent.driver",
        "if command -v precedent >/dev/null 2>&1; then precedent merge-file %O %A %B %P; else git merge-file -L ours -L base -L theirs %A %O %B; fi",
    ),
];
const ATTRIBUTES: &str = ".gitattributes";
const USES_IT: &str = "merge=precedent";

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
    /// Whether git merges the records here by field.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn merge_driver(&self) -> Result<MergeDriver> {
        self.in_repository()?;
        let config = self.git_repository()?.config().and_then(|mut config| config.snapshot());
        let config = config.map_err(|error| failed("read the repository's settings", &error))?;
        let settings = SETTINGS.iter().all(|(name, value)| config.get_str(name).is_ok_and(|set| set == *value));
        let text = attributes(self.root());
        let left = self.patterns().into_iter().filter(|(_, line)| !text.1.lines().any(|known| known.trim() == line));
        let left: Vec<String> = left.map(|(folder, _)| folder).collect();
        Ok(MergeDriver { installed: settings && left.is_empty(), settings, left })
    }

    /// What installing the merge driver (or with `remove` taking it out) would write; the notes are the settings of git.
    ///
    /// # Errors
    /// `not-a-repository`; `no-log` without a log.
    pub fn plan_merge_driver(&self, remove: bool) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.merge_driver_plan(remove)?))
    }

    /// Installs the merge driver, or takes it out. The file can be had back like every other; the settings stay in git's.
    ///
    /// # Errors
    /// As [`Self::plan_merge_driver`]; `conflict` when it is no longer what was shown.
    pub fn apply_merge_driver(&self, remove: bool, digest: &str) -> Result<WriteReply> {
        let planned = self.merge_driver_plan(remove)?;
        let repo = open(self.root())?;
        // The settings name a program. Whoever trusted this repository goes on to: they asked for this one.
        let trusted = trust::trust(&repo, &self.place.config)?.trusted;
        let reply = self.apply_planned(&planned, digest)?;
        let error = |error: git2::Error| failed("set git's settings", &error);
        let mut config = repo.config().and_then(|config| config.open_level(git2::ConfigLevel::Local)).map_err(error)?;
        for (name, value) in SETTINGS {
            match remove {
                true if config.get_entry(name).is_ok() => config.remove(name).map_err(error)?,
                true => {}
                false => config.set_str(name, value).map_err(error)?,
            }
        }
        if trusted && !remove {
            trust::remember(&repo, &self.place.config)?;
        }
        Ok(reply)
    }

    /// The folder of each log with the line that names its records.
    fn patterns(&self) -> Vec<(String, String)> {
        let state = self.state();
        let line = |folder: &str| {
            let pattern = if folder.is_empty() { "*.md".to_owned() } else { format!("/{folder}/**/*.md") };
            // Spaces end a pattern; one in quotes does not.
            let pattern = if pattern.contains(' ') { format!("\"{pattern}\"") } else { pattern };
            format!("{pattern} {USES_IT}")
        };
        state.logs.iter().map(|log| (log.folder.clone(), line(&log.folder))).collect()
    }

    fn merge_driver_plan(&self, remove: bool) -> Result<Planned> {
        self.in_repository()?;
        let patterns = self.patterns();
        if patterns.is_empty() && !remove {
            return Err(Error::new(ErrorCode::NoLog, "there are no records here").with_hint("write the first one"));
        }
        let (before, text) = attributes(self.root());
        let after = if remove { without(&text) } else { with(&text, &patterns) };
        let title = if remove { "Take out the merge driver" } else { "Install the merge driver for records" };
        let plan = WritePlan::new(title);
        let path = RecordPath::new(ATTRIBUTES);
        let plan = match before {
            _ if after == text => plan,
            Some(before) if after.is_empty() => plan.delete(path, before),
            Some(before) => plan.replace(path, before, after),
            None => plan.create(path, after),
        };
        let note = |(name, value): &(&str, &str)| {
            if remove { format!("git config --unset {name}") } else { format!("git config {name} \"{value}\"") }
        };
        let notes = SETTINGS.iter().map(note).collect();
        Ok(Planned { plan, record: None, label: None, notes, stages: false })
    }
}

fn attributes(root: &Path) -> (Option<Vec<u8>>, String) {
    let bytes = std::fs::read(root.join(ATTRIBUTES)).ok();
    let text = bytes.as_deref().map(|bytes| decode(bytes).0.into_owned()).unwrap_or_default();
    (bytes, text)
}

fn with(text: &str, patterns: &[(String, String)]) -> String {
    let mut after = text.to_owned();
    for (_, line) in patterns {
        if !text.lines().any(|known| known.trim() == line) {
            if !after.is_empty() && !after.ends_with('\n') {
                after.push('\n');
            }
            after.push_str(line);
            after.push('\n');
        }
    }
    after
}

/// Lines that say nothing else of their files go; others are a person's own.
fn without(text: &str) -> String {
    let ours = |line: &&str| {
        let pattern = line.trim().strip_suffix(USES_IT).map(str::trim_end);
        pattern.is_some_and(|pattern| pattern.starts_with('"') && pattern.ends_with('"') || !pattern.contains(' '))
    };
    text.split_inclusive('\n').filter(|line| !ours(line)).collect()
}
