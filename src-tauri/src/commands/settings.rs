//! The user's own settings, and those that a repository shares.

use super::{Reply, wire};
use crate::app::App;
use crate::here::Here;
use precedent_core::wire::*;
use tauri::State;

#[tauri::command]
pub(crate) fn settings(app: State<'_, App>) -> Reply<Settings> {
    Ok(app.preferences().read())
}

#[tauri::command]
pub(crate) fn set_setting(key: String, value: Option<serde_json::Value>, app: State<'_, App>) -> Reply<Settings> {
    app.preferences().set(&key, value).map_err(wire)
}

#[tauri::command]
pub(crate) fn shared_settings(here: Here) -> Reply<SharedSettings> {
    here.workspace()?.shared_settings().map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_shared(wanted: SharedSettings, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_shared(&wanted).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_shared(wanted: SharedSettings, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_shared(&wanted, &digest).map_err(wire)
}
