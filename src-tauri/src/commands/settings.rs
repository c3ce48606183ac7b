//! The user's own settings, and those that a repository shares.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::*;
use tauri::State;

#[tauri::command(async)]
pub(crate) fn settings(app: State<'_, App>) -> Reply<Settings> {
    Ok(app.preferences().read())
}

#[tauri::command(async)]
pub(crate) fn set_setting(key: String, value: Option<serde_json::Value>, app: State<'_, App>) -> Reply<Settings> {
    app.preferences().set(&key, value).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn shared_settings(app: State<'_, App>) -> Reply<SharedSettings> {
    app.workspace()?.shared_settings().map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn plan_shared(wanted: SharedSettings, app: State<'_, App>) -> Reply<PlanPreview> {
    app.workspace()?.plan_shared(&wanted).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn apply_shared(wanted: SharedSettings, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    app.workspace()?.apply_shared(&wanted, &digest).map_err(wire)
}
