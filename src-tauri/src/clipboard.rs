//! Pictures of the clipboard. WebKitGTK gives the page none; other web views do, so there is nothing to do for them.

use tauri::WebviewWindow;

/// The picture as another program offers it; `None` when it offers none.
#[cfg(target_os = "linux")]
pub(crate) fn picture(window: &WebviewWindow) -> Option<Vec<u8>> {
    use gtk::{Clipboard, gdk};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Forms that records can show, the most faithful first.
    const FORMS: [&str; 5] = ["image/png", "image/svg+xml", "image/webp", "image/jpeg", "image/gif"];
    /// Another program that does not answer must not hold the writer up.
    const PATIENCE: Duration = Duration::from_secs(5);

    let (send, receive) = channel();
    let ask = move || {
        let clipboard = Clipboard::get(&gdk::SELECTION_CLIPBOARD);
        clipboard.request_contents(&gdk::Atom::intern("TARGETS"), move |clipboard, offered| {
            let offered = offered.targets().unwrap_or_default();
            let offered: Vec<String> = offered.iter().map(|form| form.name().to_string()).collect();
            let Some(form) = FORMS.iter().find(|form| offered.iter().any(|name| name == *form)) else {
                drop(send.send(None));
                return;
            };
            clipboard.request_contents(&gdk::Atom::intern(form), move |_, contents| {
                drop(send.send(Some(contents.data())));
            });
        });
    };
    window.run_on_main_thread(ask).ok()?;
    receive.recv_timeout(PATIENCE).ok().flatten().filter(|bytes| !bytes.is_empty())
}

/// The page has it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn picture(_: &WebviewWindow) -> Option<Vec<u8>> {
    None
}
