//! Taking back what the app or the command line did, and doing it again: each as a plan that is shown first.

use crate::api::planning::Planned;
use crate::error::{Error, Result};
use crate::git::repo;
use crate::scan;
use crate::store::conflict;
use crate::undo::{self, Kept};
use crate::workspace::Workspace;
use precedent_core::plan::FileWrite;
use precedent_core::wire::{ErrorCode, PlanPreview, UndoItem, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

impl Workspace {
    /// What was done here and can be taken back or done again, newest first. Kept for 30 days, at most 100 steps.
    pub fn undo_list(&self) -> Vec<UndoItem> {
        undo::list(&self.store.own()).iter().map(|kept| self.undo_item(kept)).collect()
    }

    /// What taking back a step would write; a step that was taken back is done again. Without an id: the last one done.
    ///
    /// # Errors
    /// `not-found` when there is nothing (or no such step), `conflict` naming the file that has changed since.
    pub fn plan_undo(&self, id: Option<&str>) -> Result<PlanPreview> {
        let kept = self.kept(id)?;
        Ok(self.preview_plan(&self.step(&kept)?))
    }

    /// Takes a step back, or does it again, as it was shown. The step stays in the list, so nothing is lost.
    ///
    /// # Errors
    /// `conflict` when a file changed since: nothing is written.
    pub fn apply_undo(&self, id: Option<&str>, digest: &str) -> Result<WriteReply> {
        let kept = self.kept(id)?;
        let planned = self.step(&kept)?;
        let staged = self.staged_as_before(&planned.plan);
        let reply = self.apply_unkept(&planned, digest)?;
        for file in planned.plan.files.iter().filter(|file| file.after.is_none()) {
            self.store.prune(&file.path);
        }
        undo::mark(&self.store.own(), &kept, !kept.undone)?;
        self.stage_written(&staged);
        Ok(reply)
    }

    /// The step that was taken back last and can be done again, if nothing was done since.
    ///
    /// # Errors
    /// `not-found` when there is none.
    pub fn redo_id(&self) -> Result<String> {
        let all = undo::list(&self.store.own());
        let undone = all.iter().take_while(|kept| kept.undone).last();
        undone.map(|kept| kept.id.to_string()).ok_or_else(|| {
            Error::new(ErrorCode::NotFound, "there is nothing to do again").with_hint(
                "only steps that were taken back, with nothing done since; the list of what was done shows all",
            )
        })
    }

    /// Drops the newest step when a crash came between keeping and writing it.
    pub(crate) fn settle_undo(&self) {
        if let Some(last) = undo::newest(&self.store.own()).filter(|kept| !kept.undone)
            && self.is_before(&last)
        {
            undo::forget(&self.store.own(), last.id);
        }
    }

    fn kept(&self, id: Option<&str>) -> Result<Kept> {
        let all = undo::list(&self.store.own());
        let found = match id {
            Some(id) => all.into_iter().find(|kept| kept.id.to_string() == id),
            // A step whose files are as before it has been taken back by other means.
            None => all.into_iter().find(|kept| !kept.undone && !self.is_before(kept)),
        };
        found.ok_or_else(|| match id {
            Some(id) => Error::new(ErrorCode::NotFound, format!("there is no step {id} in the undo list"))
                .with_hint("the list of what was done shows the steps that are kept"),
            None => Error::new(ErrorCode::NotFound, "there is nothing to take back")
                .with_hint("steps are kept for 30 days; git's history has what was committed"),
        })
    }

    fn step(&self, kept: &Kept) -> Result<Planned> {
        let plan = if kept.undone { kept.plan.clone() } else { kept.plan.inverse() };
        if let Some(file) = plan.files.iter().find(|file| !self.holds(&file.path, file.before.as_deref())) {
            let there = self.store.resolve(&file.path).is_ok_and(|path| path.exists());
            return Err(conflict(file.path.as_str(), there, file.before.is_some())
                .with_hint("take back what changed it first, or restore the file from git"));
        }
        // A record that comes (back) into being is what the step is about, else the last one written.
        let comes = plan.files.iter().find(|file| file.before.is_none() && file.after.is_some());
        let written = || plan.files.iter().rev().find(|file| file.after.is_some());
        let record = comes.or_else(written).map(|file| file.path.clone());
        let staged = !self.staged_as_before(&plan).is_empty();
        let notes = if staged { vec!["What was staged of it is staged anew.".to_owned()] } else { Vec::new() };
        Ok(Planned { plan, record, label: None, notes, stages: false })
    }

    fn undo_item(&self, kept: &Kept) -> UndoItem {
        let now = |file: &FileWrite| if kept.undone { file.before.clone() } else { file.after.clone() };
        let changed = kept.plan.files.iter().find(|file| !self.holds(&file.path, now(file).as_deref()));
        UndoItem {
            id: kept.id.to_string(),
            title: kept.plan.title.clone(),
            on: kept.on.clone(),
            paths: kept.plan.files.iter().map(|file| file.path.to_string()).collect(),
            undone: kept.undone,
            conflict: changed.map(|file| file.path.to_string()),
        }
    }

    fn is_before(&self, kept: &Kept) -> bool {
        kept.plan.files.iter().all(|file| self.holds(&file.path, file.before.as_deref()))
    }

    fn holds(&self, path: &RecordPath, content: Option<&[u8]>) -> bool {
        self.store.read(path).ok().as_deref() == content
    }

    /// Files whose staged version is the plan's `before` and not yet committed: the staging has to follow the step.
    fn staged_as_before(&self, plan: &WritePlan) -> Vec<String> {
        let Some(repository) = self.git_dir().and_then(|_| self.git_repository().ok()) else {
            return Vec::new();
        };
        let (Ok(index), Ok(head)) = (repository.index(), repo::head_tree(&repository)) else { return Vec::new() };
        let follows = |file: &&FileWrite| {
            let path = Path::new(file.path.as_str());
            let before = file.before.as_deref().map(scan::hash);
            let staged = index.get_path(path, 0).map(|entry| entry.id.to_string());
            let committed = head.as_ref().and_then(|tree| tree.get_path(path).ok()).map(|entry| entry.id().to_string());
            staged == before && committed != staged
        };
        plan.files.iter().filter(follows).map(|file| file.path.to_string()).collect()
    }
}

#[cfg(test)]
mod tests;
