//! Commands that read: the library, the reader, search, the editor's helpers.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::*;
use tauri::ipc::Response;

#[tauri::command]
pub(crate) fn decisions(here: Here) -> Reply<Response> {
    here.decisions().map(Response::new)
}

#[tauri::command]
pub(crate) fn decisions_part(generation: u32, part: u32, here: Here) -> Response {
    Response::new(here.decisions_part(generation, part))
}

#[tauri::command]
pub(crate) fn find_record(reference: String, here: Here) -> Reply<String> {
    here.workspace()?.find(&reference).map_err(wire)
}

#[tauri::command]
pub(crate) fn read_decision(path: String, here: Here) -> Reply<RecordView> {
    here.workspace()?.read_decision(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn decisions_as_of(when: String, here: Here) -> Reply<PastSnapshot> {
    here.workspace()?.decisions_as_of(&when).map_err(wire)
}

#[tauri::command]
pub(crate) fn read_decision_as_of(path: String, when: String, here: Here) -> Reply<RecordView> {
    here.workspace()?.read_decision_as_of(&path, &when).map_err(wire)
}

#[tauri::command]
pub(crate) fn history(path: String, here: Here) -> Reply<Vec<HistoryItem>> {
    here.workspace()?.history(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn watch_state(here: Here) -> Reply<WatchState> {
    Ok(here.workspace()?.watch_state())
}

#[tauri::command]
pub(crate) fn rebuild_index(here: Here) -> Reply<()> {
    here.workspace()?.rebuild_index();
    Ok(())
}

#[tauri::command]
pub(crate) fn pause_index(paused: bool, here: Here) -> Reply<()> {
    here.workspace()?.pause_index(paused);
    Ok(())
}

#[tauri::command]
pub(crate) fn pause_past(paused: bool, here: Here) -> Reply<()> {
    here.workspace()?.pause_past(paused);
    Ok(())
}

#[tauri::command]
pub(crate) fn search(request: SearchRequest, here: Here) -> Reply<SearchReply> {
    here.workspace()?.search(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn search_past(request: SearchRequest, here: Here) -> Reply<PastReply> {
    here.workspace()?.search_past(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn similar(title: String, here: Here) -> Reply<Vec<Hit>> {
    here.workspace()?.similar(&title).map_err(wire)
}

#[tauri::command]
pub(crate) fn read_source(path: String, here: Here) -> Reply<Source> {
    here.workspace()?.read_source(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn preview(path: String, text: String, here: Here) -> Reply<Preview> {
    here.workspace()?.preview(&path, &text).map_err(wire)
}

#[tauri::command]
pub(crate) fn schema_help(path: String, text: String, offset: u32, here: Here) -> Reply<FieldHelp> {
    Ok(here.workspace()?.schema_help(&path, &text, offset))
}

#[tauri::command]
pub(crate) fn lint(here: Here) -> Reply<Vec<ProblemItem>> {
    Ok(here.workspace()?.lint())
}

#[tauri::command]
pub(crate) fn drafts(here: Here) -> Reply<Vec<Draft>> {
    here.workspace()?.drafts().map_err(wire)
}

#[tauri::command]
pub(crate) fn templates(log: Option<String>, here: Here) -> Reply<Vec<TemplateInfo>> {
    here.workspace()?.templates(log.as_deref()).map_err(wire)
}

#[tauri::command]
pub(crate) fn diff_texts(old: String, new: String) -> Reply<Vec<Hunk>> {
    Ok(precedent_core::diff::hunks(&old, &new, 3))
}
