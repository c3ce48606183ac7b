//! Commands of the Changes view: status, diff, staging, commit.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::*;
use tauri::State;

#[tauri::command(async)]
pub(crate) fn git_status(app: State<'_, App>) -> Reply<GitStatus> {
    app.workspace()?.git_status().map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn file_diff(path: String, staged: bool, app: State<'_, App>) -> Reply<FileDiff> {
    app.workspace()?.file_diff(&path, staged).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn commit_diff(path: String, commit: String, app: State<'_, App>) -> Reply<FileDiff> {
    app.workspace()?.commit_diff(&path, &commit).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn stage(paths: Vec<String>, app: State<'_, App>) -> Reply<GitStatus> {
    let workspace = app.workspace()?;
    workspace.stage(&paths).map_err(wire)?;
    workspace.git_status().map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn unstage(paths: Vec<String>, app: State<'_, App>) -> Reply<GitStatus> {
    let workspace = app.workspace()?;
    workspace.unstage(&paths).map_err(wire)?;
    workspace.git_status().map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn commit_suggestions(style: CommitStyle, app: State<'_, App>) -> Reply<Vec<String>> {
    app.workspace()?.commit_suggestions(style).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn commit(request: CommitRequest, app: State<'_, App>) -> Reply<CommitReply> {
    app.workspace()?.commit(&request).map_err(wire)
}
