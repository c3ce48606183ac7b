//! Commands that write records: save, drafts, new, supersede, status. Each plan is shown before it is applied.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::*;

#[tauri::command]
pub(crate) fn edit_text(path: String, text: String, edit: FieldEdit, here: Here) -> Reply<String> {
    here.workspace()?.edit_text(&path, &text, &edit).map_err(wire)
}

#[tauri::command]
pub(crate) fn save_record(path: String, text: String, base: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.save_record(&path, &text, &base).map_err(wire)
}

#[tauri::command]
pub(crate) fn keep_draft(draft: Draft, here: Here) -> Reply<()> {
    here.workspace()?.keep_draft(&draft).map_err(wire)
}

#[tauri::command]
pub(crate) fn drop_draft(path: String, here: Here) -> Reply<()> {
    here.workspace()?.drop_draft(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_template(log: Option<String>, name: String, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_template(log.as_deref(), &name).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_template(log: Option<String>, name: String, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_template(log.as_deref(), &name, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_new(request: NewRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_new(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_new(request: NewRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_new(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_supersede(request: SupersedeRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_supersede(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_supersede(request: SupersedeRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_supersede(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_status(path: String, status: StatusWord, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_status(&path, status).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_status(path: String, status: StatusWord, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_status(&path, status, &digest).map_err(wire)
}
