//! Commands that read: the library, the reader, search, the editor's helpers.

use super::{Reply, wire};
use crate::app::App;
use precedent_core::wire::*;
use tauri::State;
use tauri::ipc::Response;

#[tauri::command(async)]
pub(crate) fn decisions(app: State<'_, App>) -> Reply<Response> {
    app.decisions().map(Response::new)
}

#[tauri::command(async)]
pub(crate) fn read_decision(path: String, app: State<'_, App>) -> Reply<RecordView> {
    app.workspace()?.read_decision(&path).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn decisions_as_of(when: String, app: State<'_, App>) -> Reply<PastSnapshot> {
    app.workspace()?.decisions_as_of(&when).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn read_decision_as_of(path: String, when: String, app: State<'_, App>) -> Reply<RecordView> {
    app.workspace()?.read_decision_as_of(&path, &when).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn history(path: String, app: State<'_, App>) -> Reply<Vec<HistoryItem>> {
    app.workspace()?.history(&path).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn watch_state(app: State<'_, App>) -> Reply<WatchState> {
    Ok(app.workspace()?.watch_state())
}

#[tauri::command(async)]
pub(crate) fn search(request: SearchRequest, app: State<'_, App>) -> Reply<SearchReply> {
    app.workspace()?.search(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn search_past(request: SearchRequest, app: State<'_, App>) -> Reply<PastReply> {
    app.workspace()?.search_past(&request).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn similar(title: String, app: State<'_, App>) -> Reply<Vec<Hit>> {
    app.workspace()?.similar(&title).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn read_source(path: String, app: State<'_, App>) -> Reply<Source> {
    app.workspace()?.read_source(&path).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn preview(path: String, text: String, app: State<'_, App>) -> Reply<Preview> {
    app.workspace()?.preview(&path, &text).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn schema_help(path: String, text: String, offset: u32, app: State<'_, App>) -> Reply<FieldHelp> {
    Ok(app.workspace()?.schema_help(&path, &text, offset))
}

#[tauri::command(async)]
pub(crate) fn lint(app: State<'_, App>) -> Reply<Vec<ProblemItem>> {
    Ok(app.workspace()?.lint())
}

#[tauri::command(async)]
pub(crate) fn drafts(app: State<'_, App>) -> Reply<Vec<Draft>> {
    app.workspace()?.drafts().map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn templates(log: Option<String>, app: State<'_, App>) -> Reply<Vec<TemplateInfo>> {
    app.workspace()?.templates(log.as_deref()).map_err(wire)
}

#[tauri::command(async)]
pub(crate) fn diff_texts(old: String, new: String) -> Reply<Vec<Hunk>> {
    Ok(precedent_core::diff::hunks(&old, &new, 3))
}
