//! Commands about branches, remotes, the log, stashes, and what is under way.

use super::{Reply, wire};
use crate::app::App;
use crate::events;
use crate::here::Here;
use precedent_core::wire::*;
use precedent_workspace::{Waiting, clone_repository as clone};
use tauri::{AppHandle, Manager, State};

#[tauri::command]
pub(crate) fn git_place(here: Here) -> Reply<GitPlace> {
    here.workspace()?.git_place().map_err(wire)
}

/// Tells how far it is with `git-progress`; `cancel_git` stops it.
#[tauri::command]
pub(crate) fn sync(request: SyncRequest, here: Here, handle: AppHandle) -> Reply<SyncReply> {
    let workspace = here.workspace()?;
    waiting(&here, &handle, |wait| workspace.sync(&request, wait)).map_err(wire)
}

#[tauri::command]
pub(crate) fn cancel_git(here: Here) -> Reply<()> {
    here.stop_git();
    Ok(())
}

#[tauri::command]
pub(crate) fn clone_repository(
    request: CloneRequest,
    here: Here,
    app: State<'_, App>,
    handle: AppHandle,
) -> Reply<CloneReply> {
    let place = app.place();
    waiting(&here, &handle, |wait| clone(&request, &place, wait)).map_err(wire)
}

fn waiting<T>(here: &Here, handle: &AppHandle, run: impl FnOnce(&mut Waiting<'_>) -> T) -> T {
    let stop = here.begin_git();
    let mut tell = |progress: GitProgress| events::send(handle, here.label(), "git-progress", progress);
    run(&mut Waiting { tell: &mut tell, stop: &|| stop.load(std::sync::atomic::Ordering::SeqCst) })
}

/// Where a clone of that address would go: `~/src/owner/name`. Empty while the address has no name to go by.
#[tauri::command]
pub(crate) fn clone_folder(address: String, handle: AppHandle) -> Reply<String> {
    let (Some(name), Ok(home)) = (precedent_core::sync::clone_folder(&address), handle.path().home_dir()) else {
        return Ok(String::new());
    };
    Ok(home.join("src").join(name).display().to_string())
}

#[tauri::command]
pub(crate) fn create_branch(request: BranchRequest, here: Here) -> Reply<()> {
    here.workspace()?.create_branch(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_switch(branch: String, here: Here) -> Reply<SwitchPreview> {
    here.workspace()?.plan_switch(&branch).map_err(wire)
}

#[tauri::command]
pub(crate) fn switch_branch(request: SwitchRequest, here: Here) -> Reply<()> {
    here.workspace()?.switch_branch(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn rename_branch(old: String, new: String, here: Here) -> Reply<()> {
    here.workspace()?.rename_branch(&old, &new).map_err(wire)
}

#[tauri::command]
pub(crate) fn delete_branch(name: String, here: Here) -> Reply<DeletedBranch> {
    here.workspace()?.delete_branch(&name).map_err(wire)
}

#[tauri::command]
pub(crate) fn restore_branch(deleted: DeletedBranch, here: Here) -> Reply<()> {
    here.workspace()?.restore_branch(&deleted).map_err(wire)
}

#[tauri::command]
pub(crate) fn add_remote(name: String, address: String, here: Here) -> Reply<()> {
    here.workspace()?.add_remote(&name, &address).map_err(wire)
}

#[tauri::command]
pub(crate) fn compare_branch(branch: String, base: String, here: Here) -> Reply<BranchComparison> {
    here.workspace()?.compare_branch(&branch, &base).map_err(wire)
}

#[tauri::command]
pub(crate) fn repository_log(from: Option<String>, words: String, here: Here) -> Reply<LogPage> {
    here.workspace()?.repository_log(from.as_deref(), &words).map_err(wire)
}

#[tauri::command]
pub(crate) fn log_diff(commit: String, path: String, here: Here) -> Reply<FileDiff> {
    here.workspace()?.log_diff(&commit, &path).map_err(wire)
}

#[tauri::command]
pub(crate) fn step_operation(step: OperationStep, trust: bool, here: Here) -> Reply<()> {
    here.workspace()?.step_operation(step, trust).map_err(wire)
}

#[tauri::command]
pub(crate) fn save_stash(message: String, trust: bool, here: Here) -> Reply<()> {
    here.workspace()?.save_stash(&message, trust).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_stash(commit: String, pop: bool, trust: bool, here: Here) -> Reply<StashReply> {
    here.workspace()?.apply_stash(&commit, pop, trust).map_err(wire)
}

#[tauri::command]
pub(crate) fn drop_stash(commit: String, trust: bool, here: Here) -> Reply<()> {
    here.workspace()?.drop_stash(&commit, trust).map_err(wire)
}

#[tauri::command]
pub(crate) fn restore_stash(commit: String, message: String, here: Here) -> Reply<()> {
    here.workspace()?.restore_stash(&commit, &message).map_err(wire)
}

#[tauri::command]
pub(crate) fn conflict(path: String, here: Here) -> Reply<ConflictView> {
    here.workspace()?.conflict(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn settle_conflict(request: SettleRequest, here: Here) -> Reply<GitStatus> {
    here.workspace()?.settle_conflict(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn merge_driver(here: Here) -> Reply<MergeDriver> {
    here.workspace()?.merge_driver().map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_merge_driver(remove: bool, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_merge_driver(remove).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_merge_driver(remove: bool, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_merge_driver(remove, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn blame(path: String, here: Here) -> Reply<Vec<BlameSpan>> {
    here.workspace()?.blame(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_restore(path: String, commit: String, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_restore(&path, &commit).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_restore(path: String, commit: String, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_restore(&path, &commit, &digest).map_err(wire)
}
