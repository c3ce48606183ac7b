//! Commands of kept searches: the list of this repository, and what each finds.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::SavedView;
use precedent_workspace::ViewList;
use tauri::State;

#[tauri::command(async)]
pub(crate) fn views(app: State<'_, App>) -> Reply<Vec<SavedView>> {
    ViewList::new(&app.places().config).of(app.workspace()?.root()).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn keep_views(views: Vec<SavedView>, app: State<'_, App>) -> Reply<()> {
    ViewList::new(&app.places().config).keep(app.workspace()?.root(), &views).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn view_matches(queries: Vec<String>, me: Option<String>, app: State<'_, App>) -> Reply<Vec<Vec<String>>> {
    app.workspace()?.matches(&queries, me.as_deref()).map_err(wire)
}
