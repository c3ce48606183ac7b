//! Commands that give a record away: its address, its text, the index page, exported and printed documents.

use super::app::{asked_for, not_written};
use super::{Reply, wire};
use crate::here::Here;
use crate::pdf;
use precedent_core::wire::*;
use precedent_workspace::Error;
use tauri::{AppHandle, Window};

#[tauri::command]
pub(crate) fn permalink(request: PermalinkRequest, here: Here) -> Reply<Permalink> {
    // Why there is none is asked for with every record; it is no error of the app.
    here.workspace()?.permalink(&request).map_err(|error| error.to_wire())
}

#[tauri::command]
pub(crate) fn record_markdown(path: String, here: Here) -> Reply<String> {
    here.workspace()?.markdown(&path).map_err(wire)
}

#[tauri::command]
pub(crate) fn index_page(request: IndexRequest, here: Here) -> Reply<IndexView> {
    here.workspace()?.index_page(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_index(request: IndexRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_index(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_index(request: IndexRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_index(&request, &digest).map_err(wire)
}

/// Asks for the file first, so that a person who thinks better of it does not wait for a document.
#[tauri::command]
pub(crate) fn export_records(
    request: ExportRequest,
    paper: Option<Paper>,
    title: String,
    name: String,
    window: Window,
    handle: AppHandle,
    here: Here,
) -> Reply<Option<String>> {
    let workspace = here.workspace()?;
    let Some(path) = asked_for(&title, &name, &window)? else { return Ok(None) };
    let html = workspace.export(&request).map_err(wire)?;
    match paper {
        None => std::fs::write(&path, html).map_err(|error| not_written(&path.display().to_string(), &error))?,
        Some(paper) => pdf::print(&handle, html, paper, &path).map_err(|why| {
            let message = format!("cannot print to {}: {why}", path.display());
            wire(Error::new(ErrorCode::Io, message).with_hint("export it as HTML and print that from a browser"))
        })?,
    }
    Ok(Some(path.display().to_string()))
}
