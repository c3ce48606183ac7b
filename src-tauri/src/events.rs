//! Events from the window system and the watcher to the UI. Names as in `ui/src/lib/ipc/commands.ts`.

use precedent_workspace::WatchEvent;
use serde::Serialize;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, Runtime, Theme, Window, WindowEvent};

/// A folder over the window.
#[derive(Clone, Serialize)]
struct FolderDrop {
    phase: &'static str,
    path: Option<String>,
}

/// Drops and theme changes go to the UI.
pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::DragDrop(DragDropEvent::Enter { paths, .. }) => drop(window, "over", paths.first()),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => drop(window, "drop", paths.first()),
        WindowEvent::DragDrop(DragDropEvent::Leave) => drop(window, "leave", None),
        WindowEvent::ThemeChanged(theme) => {
            send(window.app_handle(), "theme", if *theme == Theme::Dark { "dark" } else { "light" });
        }
        _ => {}
    }
}

fn drop<R: Runtime>(window: &Window<R>, phase: &'static str, path: Option<&std::path::PathBuf>) {
    let path = path.map(|path| path.display().to_string());
    send(window.app_handle(), "folder-drop", FolderDrop { phase, path });
}

/// What the watcher saw.
pub(crate) fn on_watch(handle: &AppHandle, event: WatchEvent) {
    match event {
        WatchEvent::Log(change) => send(handle, "log-changed", change),
        WatchEvent::Git => send(handle, "git-changed", ()),
        WatchEvent::State(state) => send(handle, "watch-state", state),
    }
}

fn send<R: Runtime, T: Serialize + Clone>(handle: &AppHandle<R>, name: &str, value: T) {
    if let Err(error) = handle.emit(name, value) {
        log::error!("cannot send {name} to the window: {error}");
    }
}
