//! Commands that write records: save, drafts, new, supersede, status. Each plan is shown before it is applied.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::*;
use tauri::State;

#[tauri::command(async)]
pub(crate) fn edit_text(path: String, text: String, edit: FieldEdit, app: State<'_, App>) -> Reply<String> {
    app.workspace()?.edit_text(&path, &text, &edit).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn save_record(path: String, text: String, base: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.save_record(&path, &text, &base).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn keep_draft(draft: Draft, app: State<'_, App>) -> Reply<()> {
    app.workspace()?.keep_draft(&draft).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn drop_draft(path: String, app: State<'_, App>) -> Reply<()> {
    app.workspace()?.drop_draft(&path).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_new(request: NewRequest, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_new(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_new(request: NewRequest, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_new(&request, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_supersede(request: SupersedeRequest, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_supersede(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_supersede(request: SupersedeRequest, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_supersede(&request, &digest).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_status(path: String, status: StatusWord, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_status(&path, status).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_status(path: String, status: StatusWord, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_status(&path, status, &digest).map_err(wire)
}
