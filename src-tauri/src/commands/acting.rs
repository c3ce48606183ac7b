//! Commands that move, delete, renumber and take back. Each plan is shown before it is applied.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::*;

#[tauri::command]
pub(crate) fn plan_move(request: MoveRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_move(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_move(request: MoveRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_move(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_delete(path: String, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_delete(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_delete(path: String, force: bool, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_delete(&path, force, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_renumber(request: RenumberRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_renumber(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_renumber(request: RenumberRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_renumber(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_bulk(request: BulkRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_bulk(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_bulk(request: BulkRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_bulk(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn undo_list(here: Here) -> Reply<Vec<UndoItem>> {
    Ok(here.workspace()?.undo_list())
}

#[tauri::command]
pub(crate) fn plan_undo(id: Option<String>, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_undo(id.as_deref()).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_undo(id: Option<String>, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_undo(id.as_deref(), &digest).map_err(wire)
}
