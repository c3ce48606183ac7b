//! Commands of the Changes view: status, diff, staging, commit.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::*;

#[tauri::command]
pub(crate) fn git_status(here: Here) -> Reply<GitStatus> {
    here.workspace()?.git_status().map_err(wire)
}

#[tauri::command]
pub(crate) fn file_diff(path: String, staged: bool, spaces: Spaces, here: Here) -> Reply<FileDiff> {
    here.workspace()?.file_diff(&path, staged, spaces).map_err(wire)
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

#[tauri::command]
pub(crate) fn commit(request: CommitRequest, here: Here) -> Reply<CommitReply> {
    here.workspace()?.commit(&request).map_err(wire)
}
