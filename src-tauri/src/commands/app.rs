//! Commands of the app itself: what it knows at start, opening repositories, folders and addresses outside.

use super::{Reply, wire};
use crate::app::App;
use crate::here::Here;
use crate::windows::Room;
use crate::{desktop, events};
use precedent_core::wire::*;
use precedent_workspace::{Error, OpenOptions, RecentList, Workspace, sample};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager, State, Window};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

#[tauri::command]
pub(crate) fn app_info(here: Here, app: State<'_, App>) -> Reply<AppInfo> {
    // A page that begins has nothing unsaved yet.
    here.hold(false);
    let places = app.places();
    let text = |path: &Path| path.display().to_string();
    Ok(AppInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        platform: std::env::consts::OS.to_owned(),
        pdf: crate::pdf::AVAILABLE,
        logs: text(&places.logs),
        crash_reports: text(&places.crash_reports),
        cache: text(&places.cache),
        settings: text(&places.config),
        recent: RecentList::new(&places.config).items(),
        open: here.to_open(),
        crashed: app.crashed_before(),
        drafts: app.drafts().to_vec(),
        reloaded: here.take_reload(),
        trouble: app.trouble().map(str::to_owned),
    })
}

/// The bar is shown a moment later; what cannot be shown is written into the log.
#[tauri::command]
pub(crate) fn set_menu(menus: Option<Vec<MenuList>>, window: Window) -> Reply<()> {
    crate::menus::show(&window, menus).map_err(|error| {
        let message = format!("the menu bar cannot be shown: {error}");
        wire(Error::new(ErrorCode::Internal, message).with_hint("every command is in the palette, too"))
    })
}

#[tauri::command]
pub(crate) fn open_workspace(
    path: String,
    mode: OpenMode,
    window: Window,
    here: Here,
    app: State<'_, App>,
) -> Reply<WorkspaceInfo> {
    if let Some(other) = app.windows().claim(&here, Path::new(&path)) {
        desktop::bring_forward(window.app_handle(), other.label());
        let error = Error::new(ErrorCode::OpenElsewhere, format!("{path} is open in another window"));
        return Err(wire(error.with_hint("that window is in front now")));
    }
    let opened = open_here(Path::new(&path), mode, &window, &here, &app);
    here.release();
    opened
}

fn open_here(path: &Path, mode: OpenMode, window: &Window, here: &Here, app: &App) -> Reply<WorkspaceInfo> {
    let workspace = here.open(path, mode, &app.place()).map_err(wire)?;
    let (handle, label) = (window.app_handle().clone(), here.label().to_owned());
    workspace.watch(move |event| events::on_watch(&handle, &label, event)).map_err(wire)?;
    let info = workspace.info();
    let records = info.logs.iter().map(|log| log.records).sum();
    let now = jiff::Timestamp::now().to_string();
    if let Err(error) = RecentList::new(&app.places().config).add(workspace.root(), records, &now) {
        log::warn!("the recent list is not kept: {error}");
    }
    if let Err(error) = window.set_title(&format!("{} — Precedent", info.name)) {
        log::warn!("cannot set the window's title: {error}");
    }
    here.set_workspace(Some(workspace));
    desktop::remember(window);
    Ok(info)
}

/// Opens a repository in a window of its own, or brings the window forward that shows it.
#[tauri::command]
pub(crate) fn open_window(path: String, handle: AppHandle) -> Reply<()> {
    follow(&handle, OpenRequest { path, reference: None, heading: None, fault: None }, Room::Own)
}

/// Follows a link of the app, in whichever window shows its repository.
#[tauri::command]
pub(crate) fn follow_link(link: String, handle: AppHandle) -> Reply<()> {
    follow(&handle, precedent_workspace::asked_by_link(&link), Room::Any)
}

fn follow(handle: &AppHandle, request: OpenRequest, room: Room) -> Reply<()> {
    desktop::follow(handle, request, room).map(drop).ok_or_else(|| {
        let error = Error::new(ErrorCode::Internal, "no further window could be made");
        wire(error.with_hint("close another window, or open the repository in this one"))
    })
}

#[tauri::command]
pub(crate) fn next_request(here: Here) -> Reply<Option<OpenRequest>> {
    Ok(here.next_request())
}

#[tauri::command]
pub(crate) fn opening(here: Here) -> Reply<Opening> {
    Ok(here.opening().so_far())
}

#[tauri::command]
pub(crate) fn cancel_opening(here: Here) -> Reply<()> {
    here.opening().cancel();
    Ok(())
}

/// Ends the app with all its windows, once each of them has agreed: this one does, and `first` says that it was asked to here.
#[tauri::command]
pub(crate) fn quit(first: bool, handle: AppHandle, here: Here, app: State<'_, App>) -> Reply<()> {
    if let Some(other) = app.windows().agree_to_end(here.label(), first) {
        desktop::bring_forward(&handle, other.label());
        events::send(&handle, other.label(), "quit-asked", ());
        return Ok(());
    }
    app.windows().close();
    for window in handle.webview_windows().values() {
        desktop::remember(&window.as_ref().window());
    }
    handle.exit(0);
    Ok(())
}

/// The page wants to be asked before its window closes, or need not be any more.
#[tauri::command]
pub(crate) fn hold_window(hold: bool, here: Here) -> Reply<()> {
    here.hold(hold);
    Ok(())
}

/// Closes the window: its page was asked and agrees.
#[tauri::command]
pub(crate) fn close_window(window: Window) -> Reply<()> {
    window.destroy().map_err(|error| {
        let message = format!("the window cannot be closed: {error}");
        wire(Error::new(ErrorCode::Internal, message).with_hint("close it once more"))
    })
}

#[tauri::command]
pub(crate) fn close_workspace(window: Window, here: Here) -> Reply<()> {
    here.set_workspace(None);
    if let Err(error) = window.set_title("Precedent") {
        log::warn!("cannot set the window's title: {error}");
    }
    Ok(())
}

#[tauri::command]
pub(crate) fn pick_folder(title: String, window: Window) -> Reply<Option<String>> {
    let picked = window.dialog().file().set_title(title).set_parent(&window).blocking_pick_folder();
    Ok(picked.map(|folder| folder.to_string()))
}

/// Writes what the page made; the path comes from the dialog and never from the page.
#[tauri::command]
pub(crate) fn export_file(title: String, name: String, bytes: Vec<u8>, window: Window) -> Reply<Option<String>> {
    let Some(path) = asked_for(&title, &name, &window)? else { return Ok(None) };
    std::fs::write(&path, bytes).map_err(|error| not_written(&path.display().to_string(), &error))?;
    Ok(Some(path.display().to_string()))
}

/// The only way in which the window comes to a file outside of records: a person names it in the system's dialog.
pub(super) fn asked_for(title: &str, name: &str, window: &Window) -> Reply<Option<PathBuf>> {
    let mut dialog = window.dialog().file().set_title(title).set_file_name(name).set_parent(window);
    if let Some(extension) = Path::new(name).extension().and_then(|extension| extension.to_str()) {
        dialog = dialog.add_filter(extension.to_ascii_uppercase(), &[extension]);
    }
    let Some(picked) = dialog.blocking_save_file() else { return Ok(None) };
    let name = picked.to_string();
    picked.into_path().map(Some).map_err(|error| not_written(&name, &error))
}

pub(super) fn not_written(path: &str, error: &dyn std::fmt::Display) -> ErrorReply {
    let error = Error::new(ErrorCode::Io, format!("cannot write {path}: {error}"));
    wire(error.with_hint("choose a folder that you may write to"))
}

#[tauri::command]
pub(crate) fn forget_recent(path: String, app: State<'_, App>) -> Reply<Vec<RecentItem>> {
    RecentList::new(&app.places().config).forget(&path).map_err(wire)
}

/// Asked by Welcome alone: it starts a program.
#[tauri::command]
pub(crate) fn git_trouble(app: State<'_, App>) -> Reply<Option<GitTrouble>> {
    Ok(precedent_workspace::git_trouble(&app.place().git))
}

#[tauri::command]
pub(crate) fn open_sample(app: State<'_, App>) -> Reply<String> {
    let folder = &app.places().sample;
    if !folder.join(".git").exists() {
        sample::create(folder).map_err(wire)?;
    }
    Ok(folder.display().to_string())
}

#[tauri::command]
pub(crate) fn plan_init(path: String, app: State<'_, App>) -> Reply<PlanPreview> {
    for_init(&path, &app)?.plan_init().map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_init(path: String, digest: String, app: State<'_, App>) -> Reply<WriteReply> {
    for_init(&path, &app)?.apply_init(&digest).map_err(wire)
}

/// The repository at `path`, opened beside the one that is shown.
fn for_init(path: &str, app: &State<'_, App>) -> Reply<std::sync::Arc<Workspace>> {
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    Workspace::open(Path::new(path), &app.place(), &options).map_err(wire)
}

#[tauri::command]
pub(crate) fn open_external(url: String, handle: AppHandle) -> Reply<()> {
    let lower = url.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        let error = Error::new(ErrorCode::Usage, format!("`{url}` is not opened from a record"));
        return Err(wire(error.with_hint("only http, https and mailto addresses are; copy it if you trust it")));
    }
    handle.opener().open_url(&url, None::<&str>).map_err(|error| {
        wire(
            Error::new(ErrorCode::Io, format!("cannot open {url}: {error}"))
                .with_hint("copy the address into a browser"),
        )
    })
}

#[tauri::command]
pub(crate) fn reveal(path: String, handle: AppHandle, app: State<'_, App>) -> Reply<()> {
    let places = app.places();
    let own = [&places.logs, &places.crash_reports, &places.cache, &places.config];
    if !own.iter().any(|folder| folder.as_path() == Path::new(&path)) {
        return Err(wire(Error::new(ErrorCode::Usage, format!("{path} is no folder of the app"))));
    }
    handle.opener().open_path(&path, None::<&str>).map_err(|error| {
        wire(
            Error::new(ErrorCode::Io, format!("cannot open {path}: {error}"))
                .with_hint("open the folder in your file manager"),
        )
    })
}

#[tauri::command]
pub(crate) fn log_error(message: String) -> Reply<()> {
    log::error!("ui: {message}");
    Ok(())
}

#[tauri::command]
pub(crate) fn mark(name: String, ms: f64) -> Reply<()> {
    log::info!("mark {name} {ms:.1} ms");
    Ok(())
}
