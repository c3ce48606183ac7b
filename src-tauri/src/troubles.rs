//! A page whose process died is loaded again, with what was being written.

use tauri::WebviewWindow;

/// Follows the process of a window's page.
#[cfg(target_os = "linux")]
pub(crate) fn watch(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;

    let here = window.clone();
    let watched = window.with_webview(move |webview| {
        let deaths = std::cell::RefCell::new(Vec::new());
        webview.inner().connect_web_process_terminated(move |view, reason| {
            log::error!("the page of {} died: {reason:?}", here.label());
            let now = std::time::Instant::now();
            deaths.borrow_mut().retain(|before| now.duration_since(*before) < SOON);
            deaths.borrow_mut().push(now);
            if deaths.borrow().len() > OFTEN {
                give_up(&here);
            } else {
                load_again(&here);
                view.reload();
            }
        });
    });
    if let Err(error) = watched {
        log::warn!("the page of {} is not followed: {error}", window.label());
    }
}

/// Not done yet for WebView2 and WKWebView.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_window: &WebviewWindow) {}

#[cfg(target_os = "linux")]
const SOON: std::time::Duration = std::time::Duration::from_secs(60);
/// A page that dies more often than this in a minute is not loaded any more.
#[cfg(target_os = "linux")]
const OFTEN: usize = 3;

#[cfg(target_os = "linux")]
fn load_again(window: &WebviewWindow) {
    use tauri::Manager;
    window.state::<crate::app::App>().window(window.label()).note_reload();
}

/// There is no page that could say it.
#[cfg(target_os = "linux")]
fn give_up(window: &WebviewWindow) {
    use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
    let text = "This window\u{2019}s page keeps stopping. What you typed is kept as a draft. Close Precedent and start it again; the log says more.";
    window.dialog().message(text).title("Precedent").kind(MessageDialogKind::Error).show(|_| {});
}
