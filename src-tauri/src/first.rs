//! What must be settled before the page is painted: the settings it starts with, the colour of the empty window, and on
//! Linux how the web view draws.

use precedent_core::wire::Settings;
use tauri::Wry;
use tauri::plugin::{Builder, TauriPlugin};
use tauri::utils::config::{Color, WindowConfig};

/// `--c-bg-chrome` of tokens.css, for the moment before that file is read.
const DARK: Color = Color(0x0f, 0x11, 0x12, 0xff);
const LIGHT: Color = Color(0xf1, 0xf3, 0xf2, 0xff);

/// Hands the settings to the page before anything of it runs, so that it needs no question before its first paint.
pub(crate) fn settings_plugin(settings: &Settings) -> TauriPlugin<Wry> {
    // JSON is JavaScript; text of the user's that is no JSON never got here.
    let json = serde_json::to_string(settings).unwrap_or_else(|_| "null".to_owned());
    let script = format!(
        "window.__PRECEDENT_SETTINGS__ = {json};
        {{ const theme = window.__PRECEDENT_SETTINGS__?.values.theme;
          const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
          if (document.documentElement) document.documentElement.dataset.theme = dark ? 'dark' : 'light'; }}"
    );
    Builder::new("settings").js_init_script(script).build()
}

/// Gives the empty window the colour of a theme that was chosen; the system's own needs none.
pub(crate) fn colour(window: &mut WindowConfig, settings: &Settings) {
    window.background_color = match settings.values["theme"].as_str() {
        Some("dark") => Some(DARK),
        Some("light") => Some(LIGHT),
        _ => None,
    };
}

/// Starts the program again with the web view's slower way of drawing, where that was asked for: the variable must be set
/// before GTK is. Comes back where there is nothing to do; a variable that the user has set wins.
#[cfg(target_os = "linux")]
pub(crate) fn draw_compatibly(settings: &Settings) {
    use std::os::unix::process::CommandExt;
    const VARIABLES: [&str; 2] = ["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DMABUF_RENDERER_FORCE_SHM"];
    let wanted = settings.values["compatible-drawing"].as_bool() == Some(true);
    if !wanted || VARIABLES.iter().any(|name| std::env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // Only returns when it failed; then the window is drawn as usual.
    let failed = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLES[0], "1").exec();
    log::warn!("compatibility drawing could not be turned on: {failed}");
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn draw_compatibly(_: &Settings) {}

/// Turns the web view's smooth scrolling off: with the fine steps of newer wheels it lags behind the hand (WebKit 258926).
#[cfg(target_os = "linux")]
pub(crate) fn scroll_at_once(window: &tauri::WebviewWindow) {
    use webkit2gtk::{SettingsExt, WebViewExt};
    let set = window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_smooth_scrolling(false);
        }
    });
    if let Err(error) = set {
        log::warn!("{} scrolls smoothly: {error}", window.label());
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn scroll_at_once(_: &tauri::WebviewWindow) {}
