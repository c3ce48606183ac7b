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
