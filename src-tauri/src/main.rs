//! The window: IPC, native dialogs, the `repo:` image scheme, crash reports. No logic: every answer comes from
//! `precedent-workspace`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod clipboard;
mod commands;
mod desktop;
mod events;
mod first;
mod here;
mod images;
#[cfg(unix)]
mod instance;
#[cfg(not(unix))]
#[path = "instance_alone.rs"]
mod instance;
mod listing;
mod menus;
mod pdf;
mod places;
mod remembered;
mod session;
mod troubles;
mod windows;

use precedent_workspace::Preferences;
use tauri::Manager;
use tauri_plugin_log::{Target, TargetKind};

fn main() {
    let (places, homeless) = places::Places::find();
    let settings = Preferences::new(&places.config).read();
    first::draw_compatibly(&settings);
    let call = instance::Call::of_this_start();
    let instance::Start::First(instance) = instance::start(&places.state, &call) else { return };
    let open = call.argument.map(|argument| precedent_workspace::asked(&argument, &call.folder));
    let app = app::App::new(places, homeless, open);
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
        .manage(menus::Menus::default())
        .on_menu_event(menus::on_event)
        .register_asynchronous_uri_scheme_protocol("repo", |context, request, responder| {
            let workspace = context.app_handle().state::<app::App>().window(context.webview_label()).workspace();
            let path = request.uri().path().to_owned();
            std::thread::spawn(move || responder.respond(images::answer(workspace.ok().as_deref(), &path)));
        })
        .setup(|app| {
            desktop::show_first(app.handle())?;
            app::follow_days(app.handle().clone());
            if let Some(instance) = instance {
                let handle = app.handle().clone();
                let asked = app.handle().clone();
                instance.hear(
                    move || !asked.state::<app::App>().windows().is_closing(),
                    move |call| desktop::answer(&handle, call),
                );
            }
            Ok(())
        })
        .on_window_event(events::on_window_event)
        .invoke_handler(commands::handler())
        .build(context);
    match result {
        Ok(app) => app.run(|handle, event| match event {
            tauri::RunEvent::Exit => handle.state::<app::App>().end_session(),
            #[cfg(target_os = "macos")]
            tauri::RunEvent::Opened { urls } => {
                for url in urls {
                    desktop::follow(handle, precedent_workspace::asked_by_link(url.as_str()), windows::Room::Any);
                }
            }
            _ => {}
        }),
        Err(error) => {
            log::error!("the window could not be made: {error}");
            std::process::exit(2);
        }
    }
}
