//! Events from the window system and the watcher to the page of the window that they concern. Names as in `ui/src/lib/ipc/commands.ts`.

use crate::app::App;
use crate::desktop;
use crate::menus::Menus;
use precedent_workspace::WatchEvent;
use serde::Serialize;
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, PhysicalPosition, Runtime, Theme, Window, WindowEvent};

/// Something dragged over the window from another program.
#[derive(Clone, Serialize)]
struct FolderDrop {
    phase: &'static str,
    what: Option<&'static str>,
    path: Option<String>,
    /// Where on the page, in its own pixels.
    at: Option<(f64, f64)>,
}

/// Drops and theme changes go to the page; a closed window is forgotten.
pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::DragDrop(DragDropEvent::Enter { paths, position }) => drop(window, "over", paths, Some(*position)),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, position }) => drop(window, "drop", paths, Some(*position)),
        WindowEvent::DragDrop(DragDropEvent::Leave) => drop(window, "leave", &[], None),
        WindowEvent::Focused(true) => {
            window.state::<App>().windows().note_front(window.label());
            window.state::<App>().tell_day();
            // Folders that the system does not watch are looked at when somebody comes back.
            if let Ok(workspace) = window.state::<App>().window(window.label()).workspace() {
                workspace.look();
            }
        }
        WindowEvent::CloseRequested { api, .. } => {
            // The last window is part of what is opened again: it is written down while it is there.
            desktop::remember(window);
            if window.state::<App>().window(window.label()).ask_to_close() {
                api.prevent_close();
                send(window.app_handle(), window.label(), "close-asked", ());
            }
        }
        WindowEvent::Focused(false) => desktop::remember(window),
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => desktop::note_frame(window),
        WindowEvent::Destroyed => {
            let app = window.state::<App>();
            window.state::<Menus>().forget(window.label());
            let last = app.windows().is_last(window.label());
            app.windows().remove(window.label());
            if !last {
                app.remember();
            }
        }
        WindowEvent::ThemeChanged(theme) => {
            send(window.app_handle(), window.label(), "theme", if *theme == Theme::Dark { "dark" } else { "light" });
        }
        _ => {}
    }
}

fn drop<R: Runtime>(
    window: &Window<R>,
    phase: &'static str,
    paths: &[PathBuf],
    position: Option<PhysicalPosition<f64>>,
) {
    if phase == "drop"
        && let Some(app) = window.try_state::<App>()
    {
        app.window(window.label())
            .set_dropped(dragged(paths).filter(|(what, _)| *what == "file").map(|(_, path)| path.clone()));
    }
    let scale = window.scale_factor().unwrap_or(1.0);
    let at = position.map(|position| (position.x / scale, position.y / scale));
    let event = match dragged(paths) {
        // Without the trailing slash that some file managers send.
        Some((what, path)) => {
            let path = path.components().collect::<PathBuf>().display().to_string();
            FolderDrop { phase, what: Some(what), path: Some(path), at }
        }
        None => FolderDrop { phase: "leave", what: None, path: None, at: None },
    };
    send(window.app_handle(), window.label(), "folder-drop", event);
}

/// What is dragged, and the first of it. `None` for what lies on no disk: the web view reports links and pictures that
/// are dragged within the page as paths too.
fn dragged(paths: &[PathBuf]) -> Option<(&'static str, &PathBuf)> {
    let mut there = paths.iter().filter(|path| path.is_absolute() && path.exists());
    let first = there.next()?;
    Some(match (there.next(), first.is_dir()) {
        (Some(_), _) => ("several", first),
        (None, true) => ("folder", first),
        (None, false) => ("file", first),
    })
}

/// What the watcher of a window's repository saw.
pub(crate) fn on_watch(handle: &AppHandle, label: &str, event: WatchEvent) {
    match event {
        WatchEvent::Log(change) => send(handle, label, "log-changed", change),
        WatchEvent::Git => send(handle, label, "git-changed", ()),
        WatchEvent::State(state) => send(handle, label, "watch-state", state),
        WatchEvent::Info(info) => send(handle, label, "info-changed", info),
    }
}

/// Sends an event to one window; the page listens under its own label only.
pub(crate) fn send<R: Runtime, T: Serialize + Clone>(handle: &AppHandle<R>, label: &str, name: &str, value: T) {
    if let Err(error) = handle.emit_to(label, name, value) {
        log::error!("cannot send {name} to the window {label}: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::dragged;
    use std::path::{Path, PathBuf};

    fn check(dragged_in: &[&str], expected: Option<&str>) {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let paths: Vec<PathBuf> = dragged_in
            .iter()
            .map(|name| if name.contains(':') { PathBuf::from(name) } else { here.join(name) })
            .collect();
        assert_eq!(dragged(&paths).map(|(what, _)| what), expected, "{dragged_in:?}");
    }

    #[test]
    fn a_folder_is_told_from_the_rest() {
        check(&["src"], Some("folder"));
        check(&["Cargo.toml"], Some("file"));
        check(&["src", "icons"], Some("several"));
        check(&["src", "no-such-folder"], Some("folder"));
        check(&["no-such-folder"], None);
        check(&["tauri://localhost/#record"], None);
        check(&["https://example.org/"], None);
        check(&[], None);
    }
}
