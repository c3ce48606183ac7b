//! Makes windows, brings them forward, and leads what was asked for to the window that answers.

use crate::app::App;
use crate::instance::Call;
use crate::remembered::{Area, on_a_screen};
use crate::windows::{OpenWindow, Room};
use crate::{events, first, troubles};
use precedent_core::wire::OpenRequest;
use precedent_workspace::{asked, root_of};
use tauri::{AppHandle, Manager, Runtime, WebviewWindow, WebviewWindowBuilder, Window};

/// Makes the windows that the app starts with.
pub(crate) fn show_first(handle: &AppHandle) -> tauri::Result<()> {
    for window in handle.state::<App>().windows().all() {
        make(handle, &window)?;
    }
    Ok(())
}

/// Answers a further start of the app.
pub(crate) fn answer(handle: &AppHandle, call: Call) {
    let request = call.argument.map(|argument| asked(&argument, &call.folder));
    let front = || handle.state::<App>().windows().front();
    let answered_by = match request {
        Some(request) => follow(handle, request, Room::Any),
        None => front().map(|window| window.label().to_owned()),
    };
    let Some(label) = answered_by else { return };
    #[cfg(target_os = "linux")]
    if let Some(token) = call.activation {
        use_activation(handle, &label, token);
    }
    bring_forward(handle, &label);
}

/// Leads a request to the window of its repository, to an empty window, or to a new one. The answer is its label.
pub(crate) fn follow(handle: &AppHandle, request: OpenRequest, room: Room) -> Option<String> {
    let app = handle.state::<App>();
    let (window, is_new) = app.windows().take_on(request, room, &app.place());
    if is_new {
        return match make(handle, &window) {
            Ok(()) => Some(window.label().to_owned()),
            Err(error) => {
                log::error!("no further window could be made: {error}");
                None
            }
        };
    }
    events::send(handle, window.label(), "asked", ());
    bring_forward(handle, window.label());
    Some(window.label().to_owned())
}

/// Puts a window in front of the others, with the keyboard.
pub(crate) fn bring_forward(handle: &AppHandle, label: &str) {
    let Some(window) = handle.get_webview_window(label) else { return };
    if let Err(error) = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()) {
        log::warn!("cannot bring the window {label} forward: {error}");
    }
}

/// Desktops let a window come forward that holds what they gave to the start that asks for it.
#[cfg(target_os = "linux")]
fn use_activation(handle: &AppHandle, label: &str, token: String) {
    use gtk::prelude::GtkWindowExt;
    let Some(window) = handle.get_webview_window(label) else { return };
    let inner = window.clone();
    let used = window.run_on_main_thread(move || match inner.gtk_window() {
        Ok(window) => window.set_startup_id(&token),
        Err(error) => log::warn!("a window has no GTK window: {error}"),
    });
    if let Err(error) = used {
        log::warn!("cannot use the activation of a further start: {error}");
    }
}

fn make(handle: &AppHandle, window: &OpenWindow) -> tauri::Result<()> {
    let made = build(handle, window);
    if made.is_err() {
        handle.state::<App>().windows().remove(window.label());
    }
    made.map(|made| {
        first::scroll_at_once(&made);
        troubles::watch(&made);
    })
}

/// With the size and, where it can be seen, the place of last time.
fn build(handle: &AppHandle, window: &OpenWindow) -> tauri::Result<WebviewWindow> {
    let Some(template) = handle.config().app.windows.first() else { return Err(tauri::Error::WindowNotFound) };
    let config = tauri::utils::config::WindowConfig { label: window.label().to_owned(), ..template.clone() };
    let builder = WebviewWindowBuilder::from_config(handle, &config)?;
    let app = handle.state::<App>();
    let root = window.asked_path().and_then(root_of);
    let Some(frame) = app.remembered().frame(root.as_deref()) else { return builder.build() };
    let screens = handle.available_monitors()?;
    let areas: Vec<Area> = screens.iter().map(area).collect();
    let beside = app.windows().cascade(frame);
    let Some(frame) = on_a_screen(beside, &areas).or_else(|| on_a_screen(frame, &areas)) else {
        return builder.build();
    };
    let scale = screens.first().map_or(1.0, tauri::Monitor::scale_factor);
    let logical = |length: f64| length / scale;
    builder
        .inner_size(logical(frame.width.into()), logical(frame.height.into()))
        .position(logical(frame.x.into()), logical(frame.y.into()))
        .maximized(frame.maximised)
        .build()
}

fn area(screen: &tauri::Monitor) -> Area {
    let area = screen.work_area();
    Area { x: area.position.x, y: area.position.y, width: area.size.width, height: area.size.height }
}

/// Takes note of where a window stands.
pub(crate) fn note_frame<R: Runtime>(window: &Window<R>) {
    let here = window.state::<App>().window(window.label());
    let Ok(maximised) = window.is_maximized() else { return };
    here.with_frame(|frame| frame.maximised = maximised);
    if maximised || window.is_minimized().unwrap_or(true) {
        return;
    }
    if let (Ok(position), Ok(size)) = (window.outer_position(), window.inner_size()) {
        here.with_frame(|frame| {
            (frame.x, frame.y, frame.width, frame.height) = (position.x, position.y, size.width, size.height);
        });
    }
}

/// Writes down where a window stands and which are open.
pub(crate) fn remember<R: Runtime>(window: &Window<R>) {
    let app = window.state::<App>();
    // A window that has closed is told that it lost the keyboard, too: the list is without it by then.
    let Some(here) = app.windows().find(window.label()) else { return };
    note_frame(window);
    let frame = here.with_frame(|frame| *frame);
    if frame.width > 0 {
        app.remembered().note_frame(here.root().as_deref(), frame);
    }
    app.remember();
}
