//! Commands that mend, link, amend and convert records. Each plan is shown before it is applied.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::*;

#[tauri::command]
pub(crate) fn plan_fix(
    path: String,
    code: String,
    line: u32,
    column: u32,
    title: Option<String>,
    here: Here,
) -> Reply<PlanPreview> {
    here.workspace()?.plan_fix(&path, &code, line, column, title.as_deref()).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_fix(
    path: String,
    code: String,
    line: u32,
    column: u32,
    title: Option<String>,
    digest: String,
    here: Here,
) -> Reply<WriteReply> {
    here.workspace()?.apply_fix(&path, &code, line, column, title.as_deref(), &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_fixes(code: Option<String>, path: Option<String>, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_fixes(code.as_deref(), path.as_deref()).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_fixes(code: Option<String>, path: Option<String>, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_fixes(code.as_deref(), path.as_deref(), &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_link(request: LinkRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_link(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_link(request: LinkRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_link(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_unlink(request: LinkRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_unlink(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_unlink(request: LinkRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_unlink(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_amend(request: SupersedeRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_amend(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_amend(request: SupersedeRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_amend(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_convert(path: String, to: String, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_convert(&path, &to).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_convert(path: String, to: String, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_convert(&path, &to, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_mentions(from: String, to: String, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_mentions(&from, &to).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_mentions(from: String, to: String, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_mentions(&from, &to, &digest).map_err(wire)
}
