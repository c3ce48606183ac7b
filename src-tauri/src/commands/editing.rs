//! Commands of the editor beside reading and saving: pictures, the reach of paths, merging, spell checking.

use super::{Reply, wire};
use crate::clipboard;
use crate::here::Here;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use precedent_core::wire::*;
use precedent_workspace::Error;
use tauri::WebviewWindow;

#[tauri::command]
pub(crate) fn add_image(record: String, data: String, here: Here) -> Reply<ImageAdded> {
    let bytes = STANDARD.decode(data).map_err(|error| {
        wire(Error::new(ErrorCode::Usage, format!("the picture cannot be read: {error}")).with_hint("copy it again"))
    })?;
    here.workspace()?.add_image(&record, &bytes).map_err(wire)
}

/// The clipboard's picture where the web view keeps it from the page (WebKitGTK); `None` when there is none, or elsewhere.
#[tauri::command]
pub(crate) fn paste_image(record: String, window: WebviewWindow, here: Here) -> Reply<Option<ImageAdded>> {
    match clipboard::picture(&window) {
        Some(bytes) => here.workspace()?.add_image(&record, &bytes).map(Some).map_err(wire),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) fn add_dropped_image(record: String, here: Here) -> Reply<ImageAdded> {
    let Some(file) = here.take_dropped() else {
        return Err(wire(Error::new(ErrorCode::NotFound, "no file was dropped").with_hint("drag it here once more")));
    };
    here.workspace()?.add_image_file(&record, &file).map_err(wire)
}

#[tauri::command]
pub(crate) fn reach(globs: Vec<String>, here: Here) -> Reply<Vec<GlobReach>> {
    here.workspace()?.reach(&globs).map_err(wire)
}

#[tauri::command]
pub(crate) fn earlier_text(path: String, hash: String, here: Here) -> Reply<Option<String>> {
    here.workspace()?.earlier_text(&path, &hash).map_err(wire)
}

#[tauri::command]
pub(crate) fn merge_texts(base: String, mine: String, theirs: String) -> Reply<Vec<MergeBlock>> {
    Ok(precedent_core::diff::merged(&base, &mine, &theirs))
}

/// WebKitGTK checks spelling only when it is told to and in which languages; elsewhere the system decides.
#[tauri::command]
pub(crate) fn spell_check(languages: Vec<String>, window: WebviewWindow) -> Reply<bool> {
    #[cfg(target_os = "linux")]
    {
        use webkit2gtk::{WebContextExt, WebViewExt};
        let told = window.with_webview(move |webview| {
            if let Some(context) = webview.inner().context() {
                let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
                context.set_spell_checking_languages(&languages);
                context.set_spell_checking_enabled(!languages.is_empty());
            }
        });
        Ok(told.is_ok())
    }
    #[cfg(not(target_os = "linux"))]
    {
        drop((languages, window));
        Ok(false)
    }
}
