//! Commands of the Changes view: status, diff, staging, commit.

use super::{Reply, wire};
use crate::events::send;
use crate::here::Here;
use precedent_core::wire::*;
use tauri::Manager;

#[tauri::command]
pub(crate) fn git_status(here: Here) -> Reply<GitStatus> {
    here.workspace()?.git_status().map_err(wire)
}

#[tauri::command]
pub(crate) fn record_status(here: Here) -> Reply<GitStatus> {
    here.workspace()?.record_status().map_err(wire)
}

#[tauri::command]
pub(crate) fn git_commands(request: CommandsRequest, here: Here) -> Reply<Vec<GitCommand>> {
    here.workspace()?.git_commands(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn file_diff(path: String, staged: bool, spaces: Spaces, here: Here) -> Reply<FileDiff> {
    here.workspace()?.file_diff(&path, staged, spaces).map_err(wire)
}

#[tauri::command]
pub(crate) fn check_commit(more: Vec<String>, here: Here) -> Reply<Verdict> {
    here.workspace()?.check_commit(&more).map_err(wire)
}

#[tauri::command]
pub(crate) fn stage_part(request: PartRequest, here: Here) -> Reply<GitStatus> {
    here.workspace()?.stage_part(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn discard(request: DiscardRequest, here: Here) -> Reply<TrashItem> {
    here.workspace()?.discard(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn trash(here: Here) -> Reply<Vec<TrashItem>> {
    here.workspace()?.trash().map_err(wire)
}

#[tauri::command]
pub(crate) fn restore_discarded(id: String, over: bool, here: Here) -> Reply<WriteReply> {
    here.workspace()?.restore_discarded(&id, over).map_err(wire)
}

#[tauri::command]
pub(crate) fn commit_diff(path: String, commit: String, here: Here) -> Reply<FileDiff> {
    here.workspace()?.commit_diff(&path, &commit).map_err(wire)
}

#[tauri::command]
pub(crate) fn stage(paths: Vec<String>, here: Here) -> Reply<GitStatus> {
    let workspace = here.workspace()?;
    workspace.stage(&paths).map_err(wire)?;
    workspace.git_status().map_err(wire)
}

#[tauri::command]
pub(crate) fn unstage(paths: Vec<String>, here: Here) -> Reply<GitStatus> {
    let workspace = here.workspace()?;
    workspace.unstage(&paths).map_err(wire)?;
    workspace.git_status().map_err(wire)
}

#[tauri::command]
pub(crate) fn commit_suggestions(style: CommitStyle, here: Here) -> Reply<Vec<String>> {
    here.workspace()?.commit_suggestions(style).map_err(wire)
}

/// What hooks print is told while they run: the event `commit-output`; `stop_commit` stops it.
#[tauri::command]
pub(crate) fn commit(request: CommitRequest, here: Here, webview: tauri::Webview) -> Reply<CommitReply> {
    let mut tell = |text: &str| send(webview.app_handle(), webview.label(), "commit-output", text.to_owned());
    let stop = here.begin_commit();
    let stop = || stop.load(std::sync::atomic::Ordering::SeqCst);
    here.workspace()?.commit_telling(&request, &mut tell, &stop).map_err(wire)
}

#[tauri::command]
pub(crate) fn stop_commit(here: Here) -> Reply<()> {
    here.stop_commit();
    Ok(())
}

#[tauri::command]
pub(crate) fn message_start(here: Here) -> Reply<MessageStart> {
    here.workspace()?.message_start().map_err(wire)
}

#[tauri::command]
pub(crate) fn keep_message(message: String, here: Here) -> Reply<()> {
    here.workspace()?.keep_message(&message).map_err(wire)
}

#[tauri::command]
pub(crate) fn last_commit(here: Here) -> Reply<Option<LastCommit>> {
    here.workspace()?.last_commit().map_err(wire)
}

#[tauri::command]
pub(crate) fn undo_commit(commit: String, here: Here) -> Reply<LastCommit> {
    here.workspace()?.undo_commit(&commit).map_err(wire)
}

#[tauri::command]
pub(crate) fn set_author(name: String, email: String, everywhere: bool, here: Here) -> Reply<GitStatus> {
    here.workspace()?.set_author(&name, &email, everywhere).map_err(wire)
}

#[tauri::command]
pub(crate) fn people(here: Here) -> Reply<Vec<String>> {
    here.workspace()?.people().map_err(wire)
}

#[tauri::command]
pub(crate) fn ignore(path: String, what: IgnoreWhat, here: Here) -> Reply<WriteReply> {
    here.workspace()?.ignore(&path, what).map_err(wire)
}

#[tauri::command]
pub(crate) fn compare_versions(path: String, old: String, new: String, spaces: Spaces, here: Here) -> Reply<FileDiff> {
    here.workspace()?.compare_versions(&path, &old, &new, spaces).map_err(wire)
}

#[tauri::command]
pub(crate) fn accepted_in(path: String, here: Here) -> Reply<Option<HistoryItem>> {
    here.workspace()?.accepted_in(&path).map_err(wire)
}
