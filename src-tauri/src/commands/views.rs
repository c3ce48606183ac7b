//! Commands of kept searches: the list of this repository, and what each finds.

use super::{Reply, wire};
use crate::app::App;
use crate::here::Here;
use precedent_core::wire::SavedView;
use precedent_workspace::ViewList;
use tauri::State;

#[tauri::command]
pub(crate) fn views(here: Here, app: State<'_, App>) -> Reply<Vec<SavedView>> {
    ViewList::new(&app.places().config).of(here.workspace()?.root()).map_err(wire)
}

#[tauri::command]
pub(crate) fn keep_views(views: Vec<SavedView>, here: Here, app: State<'_, App>) -> Reply<()> {
    ViewList::new(&app.places().config).keep(here.workspace()?.root(), &views).map_err(wire)
}

#[tauri::command]
pub(crate) fn view_matches(queries: Vec<String>, me: Option<String>, here: Here) -> Reply<Vec<Vec<String>>> {
    here.workspace()?.matches(&queries, me.as_deref()).map_err(wire)
}
