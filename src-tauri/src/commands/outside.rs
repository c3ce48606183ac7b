//! Commands that lead out of the window: a record in another editor, a record in the file manager.

use super::{Reply, wire};
use crate::here::Here;
use precedent_core::wire::{EditorChoice, ErrorCode};
use precedent_workspace::{Error, Surroundings, editor_command, editors, own_editor, terminal_command};
use std::path::Path;
use std::process::{Command, Stdio};
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

/// Editors to choose from: those that are installed.
#[tauri::command]
pub(crate) fn installed_editors() -> Reply<Vec<EditorChoice>> {
    let choice = |editor: precedent_workspace::Editor| EditorChoice {
        program: editor.program.to_owned(),
        name: editor.name.to_owned(),
    };
    Ok(editors(&surroundings()).into_iter().map(choice).collect())
}

#[tauri::command]
pub(crate) fn open_in_editor(
    path: String,
    line: Option<u32>,
    editor: Option<String>,
    here: Here,
    handle: AppHandle,
) -> Reply<()> {
    let file = here.workspace()?.file(&path).map_err(wire)?;
    match editor_command(editor.as_deref(), &surroundings(), &file, line).as_deref() {
        Some([program, arguments @ ..]) => {
            let mut command = Command::new(program);
            command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let child = command.spawn().map_err(|error| cannot(&file, &error))?;
            // Nobody waits for the editor, but it must not stay behind as a dead process.
            std::thread::spawn(move || wait(child));
            Ok(())
        }
        _ => handle.opener().open_path(file.display().to_string(), None::<&str>).map_err(|error| cannot(&file, &error)),
    }
}

/// Shows the file in the file manager; where that cannot point at a file, opens its folder.
#[tauri::command]
pub(crate) fn reveal_record(path: String, here: Here, handle: AppHandle) -> Reply<()> {
    let file = here.workspace()?.file(&path).map_err(wire)?;
    if handle.opener().reveal_item_in_dir(&file).is_ok() {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(&file);
    handle.opener().open_path(folder.display().to_string(), None::<&str>).map_err(|error| {
        let error = Error::new(ErrorCode::Io, format!("cannot show {}: {error}", file.display()));
        wire(error.with_hint("copy its path and open the folder in your file manager"))
    })
}

/// Opens the person's terminal in the repository, where git can ask what it wants to know.
#[tauri::command]
pub(crate) fn open_terminal(here: Here) -> Reply<()> {
    let workspace = here.workspace()?;
    let none = |why: &str| {
        wire(
            Error::new(ErrorCode::Io, format!("no terminal could be opened: {why}"))
                .with_hint("copy the command and run it in yours"),
        )
    };
    let words = terminal_command(&surroundings(), workspace.root()).ok_or_else(|| none("none is installed"))?;
    let [program, arguments @ ..] = words.as_slice() else { return Err(none("none is installed")) };
    let mut command = Command::new(program);
    command.args(arguments).current_dir(workspace.root());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().map_err(|error| none(&error.to_string()))?;
    std::thread::spawn(move || wait(child));
    Ok(())
}

fn wait(mut child: std::process::Child) {
    match child.wait() {
        Ok(status) if status.success() => {}
        outcome => log::warn!("a program outside ended badly: {outcome:?}"),
    }
}

fn cannot(file: &Path, error: &dyn std::fmt::Display) -> precedent_core::wire::ErrorReply {
    let error = Error::new(ErrorCode::Io, format!("cannot open {} in an editor: {error}", file.display()));
    wire(error.with_hint("choose an editor in Settings, or set VISUAL to one that is installed"))
}

fn surroundings() -> Surroundings {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let wishes = [set("VISUAL"), set("EDITOR"), own_editor()].into_iter().flatten().collect();
    Surroundings { wishes, path: std::env::var_os("PATH").unwrap_or_default() }
}
