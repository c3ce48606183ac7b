//! The window that a command came from, as an argument of the command.

use crate::app::App;
use crate::windows::OpenWindow;
use std::ops::Deref;
use std::sync::Arc;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};
use tauri::{Manager, Runtime};

/// What the asking window holds. Commands of a repository take it, so that none can answer for another window.
pub(crate) struct Here(Arc<OpenWindow>);

impl Deref for Here {
    type Target = OpenWindow;

    fn deref(&self) -> &OpenWindow {
        &self.0
    }
}

impl<'de, R: Runtime> CommandArg<'de, R> for Here {
    fn from_command(command: CommandItem<'de, R>) -> Result<Here, InvokeError> {
        let webview = command.message.webview_ref();
        Ok(Here(webview.state::<App>().window(webview.label())))
    }
}
