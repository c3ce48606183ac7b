//! Commands that move, delete, renumber and take back. Each plan is shown before it is applied.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::*;
use tauri::State;

#[tauri::command(async)]
pub(crate) fn plan_move(request: MoveRequest, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_move(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_move(request: MoveRequest, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_move(&request, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_delete(path: String, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_delete(&path).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_delete(path: String, force: bool, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_delete(&path, force, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_renumber(request: RenumberRequest, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_renumber(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_renumber(request: RenumberRequest, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_renumber(&request, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_bulk(request: BulkRequest, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_bulk(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_bulk(request: BulkRequest, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_bulk(&request, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn undo_list(app: State<'_, App>) -> Reply<Vec<UndoItem>> {
    Ok(app.workspace()?.undo_list())
}

#[tauri::command(async)]
pub(crate) fn plan_undo(id: Option<String>, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_undo(id.as_deref()).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_undo(id: Option<String>, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_undo(id.as_deref(), &digest).map_err(wire)
}
