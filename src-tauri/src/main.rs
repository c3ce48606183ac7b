//! The window: IPC, native dialogs, the `repo:` image scheme, crash reports. No logic: every answer comes from
//! `precedent-workspace`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod clipboard;
mod commands;
mod events;
mod first;
mod images;
mod pdf;
mod session;

use precedent_workspace::Preferences;
use tauri::Manager;
use tauri_plugin_log::{Target, TargetKind};

fn main() {
    let (places, homeless) = app::Places::find();
    let settings = Preferences::new(&places.config).read();
    first::draw_compatibly(&settings);
    let app = app::App::new(places, homeless, std::env::args_os().nth(1));
    session::report_panics(app.places().crash_reports.clone());
    let log = tauri_plugin_log::Builder::new()
        .level(log::LevelFilter::Info)
        .max_file_size(1_000_000)
        .targets(app.places().log_folder().map(|folder| {
            Target::new(TargetKind::Folder { path: folder.to_path_buf(), file_name: Some("precedent".into()) })
        }))
        .build();
    let mut context = tauri::generate_context!();
    for window in &mut context.config_mut().app.windows {
        first::colour(window, &settings);
    }
    let result = tauri::Builder::default()
        .plugin(log)
        .plugin(first::settings_plugin(&settings))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(app)
        .register_asynchronous_uri_scheme_protocol("repo", |context, request, responder| {
            let workspace = context.app_handle().state::<app::App>().workspace();
            let path = request.uri().path().to_owned();
            std::thread::spawn(move || responder.respond(images::answer(workspace.ok().as_deref(), &path)));
        })
        .on_window_event(events::on_window_event)
        .invoke_handler(commands::handler())
        .build(context);
    match result {
        Ok(app) => app.run(|handle, event| {
            if let tauri::RunEvent::Exit = event {
                handle.state::<app::App>().end_session();
            }
        }),
        Err(error) => {
            log::error!("the window could not be made: {error}");
            std::process::exit(2);
        }
    }
}
