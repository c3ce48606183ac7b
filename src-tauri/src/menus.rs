//! The menu bar: drawn by the system, described by the page, which knows the words, the keys and what can be done now.
//! Items send their id back to the page of their window; nothing is decided here.

use crate::events;
use precedent_core::wire::{MenuItem as Wanted, MenuKind, MenuList};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::menu::{CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager, Window, Wry};

/// What stands between a window's label and an item's id.
const OF: char = '|';
/// On macOS one bar serves all windows.
const IS_SHARED: bool = cfg!(target_os = "macos");

/// The bars that are shown, by window.
#[derive(Default)]
pub(crate) struct Menus(Mutex<BTreeMap<String, Bar>>);

impl std::fmt::Debug for Menus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Menus").field(&self.lock().keys()).finish()
    }
}

/// A bar as it was described last, with a handle of each item that may change.
struct Bar {
    window: String,
    lists: Vec<MenuList>,
    items: BTreeMap<String, Item>,
}

enum Item {
    Plain(MenuItem<Wry>),
    Ticked(CheckMenuItem<Wry>),
}

impl Menus {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Bar>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A window has closed.
    pub(crate) fn forget(&self, label: &str) {
        self.lock().remove(label);
    }
}

/// Shows a bar in a window, changes the one it has, or takes it away. Done where menus may be touched, a moment later.
///
/// # Errors
/// When the event loop has ended.
pub(crate) fn show(window: &Window, lists: Option<Vec<MenuList>>) -> tauri::Result<()> {
    let here = window.clone();
    window.run_on_main_thread(move || {
        if let Err(error) = show_now(&here, lists) {
            log::error!("the menu bar cannot be shown: {error}");
        }
    })
}

fn show_now(window: &Window, lists: Option<Vec<MenuList>>) -> tauri::Result<()> {
    let menus = window.state::<Menus>();
    let mut bars = menus.lock();
    let key = if IS_SHARED { "" } else { window.label() };
    let Some(lists) = lists else {
        bars.remove(key);
        window.remove_menu()?;
        return Ok(());
    };
    if let Some(bar) = bars.get_mut(key)
        && bar.window == window.label()
        && is_same_shape(&bar.lists, &lists)
    {
        return bar.change(lists);
    }
    let (menu, bar) = Bar::build(window, lists)?;
    if IS_SHARED {
        window.app_handle().set_menu(menu)?;
    } else {
        window.set_menu(menu)?;
    }
    bars.insert(key.to_owned(), bar);
    Ok(())
}

/// The same items in the same places: their words and states may differ. A bar that is open would close were it made anew.
fn is_same_shape(old: &[MenuList], new: &[MenuList]) -> bool {
    let same_items = |(old, new): (&MenuList, &MenuList)| {
        old.title == new.title
            && old.items.len() == new.items.len()
            && old.items.iter().zip(&new.items).all(|(old, new)| {
                (old.kind, &old.id, old.checked.is_some()) == (new.kind, &new.id, new.checked.is_some())
            })
    };
    old.len() == new.len() && old.iter().zip(new).all(same_items)
}

impl Bar {
    fn build(window: &Window, lists: Vec<MenuList>) -> tauri::Result<(Menu<Wry>, Bar)> {
        let handle = window.app_handle();
        let menu = Menu::new(handle)?;
        let mut items = BTreeMap::new();
        for list in &lists {
            let submenu = Submenu::new(handle, &list.title, true)?;
            for wanted in &list.items {
                let id = format!("{}{OF}{}", window.label(), wanted.id);
                let of_system = match wanted.kind {
                    MenuKind::Line => Some(PredefinedMenuItem::separator(handle)?),
                    MenuKind::Role => of_system(handle, wanted)?,
                    MenuKind::Action => None,
                };
                if let Some(item) = of_system {
                    submenu.append(&item)?;
                    continue;
                }
                let item = Item::make(handle, id, wanted)?;
                submenu.append(item.as_menu_item())?;
                items.insert(wanted.id.clone(), item);
            }
            menu.append(&submenu)?;
        }
        Ok((menu, Bar { window: window.label().to_owned(), lists, items }))
    }

    /// Tells each item that differs from before what it is now.
    fn change(&mut self, lists: Vec<MenuList>) -> tauri::Result<()> {
        let before = self.lists.iter().flat_map(|list| &list.items);
        for (old, new) in before.zip(lists.iter().flat_map(|list| &list.items)) {
            if old != new
                && let Some(item) = self.items.get(&new.id)
            {
                item.change(old, new)?;
            }
        }
        self.lists = lists;
        Ok(())
    }
}

impl Item {
    fn make(handle: &AppHandle, id: String, wanted: &Wanted) -> tauri::Result<Item> {
        let keys = wanted.keys.as_deref().and_then(accelerator);
        Ok(match wanted.checked {
            Some(checked) => {
                Item::Ticked(CheckMenuItem::with_id(handle, id, &wanted.label, wanted.enabled, checked, keys)?)
            }
            None => Item::Plain(MenuItem::with_id(handle, id, &wanted.label, wanted.enabled, keys)?),
        })
    }

    fn as_menu_item(&self) -> &dyn IsMenuItem<Wry> {
        match self {
            Item::Plain(item) => item,
            Item::Ticked(item) => item,
        }
    }

    fn change(&self, old: &Wanted, new: &Wanted) -> tauri::Result<()> {
        let keys = new.keys.as_deref().and_then(accelerator);
        match self {
            Item::Plain(item) => {
                if old.label != new.label {
                    item.set_text(&new.label)?;
                }
                if old.enabled != new.enabled {
                    item.set_enabled(new.enabled)?;
                }
                if old.keys != new.keys {
                    item.set_accelerator(keys)?;
                }
            }
            Item::Ticked(item) => {
                if old.label != new.label {
                    item.set_text(&new.label)?;
                }
                if old.enabled != new.enabled {
                    item.set_enabled(new.enabled)?;
                }
                if old.keys != new.keys {
                    item.set_accelerator(keys)?;
                }
                // The system ticks an item by itself when it is chosen.
                item.set_checked(new.checked.unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

/// What the system does itself with an item; `None` where it does not (GTK), and the item is one of ours.
fn of_system(handle: &AppHandle, wanted: &Wanted) -> tauri::Result<Option<PredefinedMenuItem<Wry>>> {
    if !cfg!(any(target_os = "macos", windows)) {
        return Ok(None);
    }
    let text = Some(wanted.label.as_str());
    let edits = match wanted.id.as_str() {
        "cut" => Some(PredefinedMenuItem::cut(handle, text)?),
        "copy" => Some(PredefinedMenuItem::copy(handle, text)?),
        "paste" => Some(PredefinedMenuItem::paste(handle, text)?),
        "select-all" => Some(PredefinedMenuItem::select_all(handle, text)?),
        _ => None,
    };
    if edits.is_some() || !cfg!(target_os = "macos") {
        return Ok(edits);
    }
    Ok(Some(match wanted.id.as_str() {
        "undo" => PredefinedMenuItem::undo(handle, text)?,
        "redo" => PredefinedMenuItem::redo(handle, text)?,
        "minimize" => PredefinedMenuItem::minimize(handle, text)?,
        "maximize" => PredefinedMenuItem::maximize(handle, text)?,
        "fullscreen" => PredefinedMenuItem::fullscreen(handle, text)?,
        "close-window" => PredefinedMenuItem::close_window(handle, text)?,
        "services" => PredefinedMenuItem::services(handle, text)?,
        "hide" => PredefinedMenuItem::hide(handle, text)?,
        "hide-others" => PredefinedMenuItem::hide_others(handle, text)?,
        "show-all" => PredefinedMenuItem::show_all(handle, text)?,
        _ => return Ok(None),
    }))
}

/// An item was chosen: ours are done here, all others are the page's.
#[expect(clippy::needless_pass_by_value, reason = "tauri hands it over like this")]
pub(crate) fn on_event(handle: &AppHandle, event: MenuEvent) {
    let Some((label, id)) = event.id().as_ref().split_once(OF) else { return };
    let Some(window) = handle.get_webview_window(label) else { return };
    let done = match id {
        "minimize" => window.minimize(),
        "maximize" => window.is_maximized().and_then(|is| if is { window.unmaximize() } else { window.maximize() }),
        "fullscreen" => window.is_fullscreen().and_then(|is| window.set_fullscreen(!is)),
        "close-window" => window.close(),
        "cut" | "copy" | "paste" | "select-all" => edit(&window, id),
        id => {
            events::send(handle, label, "menu", id);
            Ok(())
        }
    };
    if let Err(error) = done {
        log::warn!("the menu item {id} cannot be done: {error}");
    }
}

#[cfg(target_os = "linux")]
fn edit(window: &tauri::WebviewWindow, id: &str) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt;
    let command = match id {
        "cut" => "Cut",
        "copy" => "Copy",
        "paste" => "Paste",
        _ => "SelectAll",
    };
    window.with_webview(move |webview| webview.inner().execute_editing_command(command))
}

#[cfg(not(target_os = "linux"))]
fn edit(_window: &tauri::WebviewWindow, _id: &str) -> tauri::Result<()> {
    // The system's own items do it.
    Ok(())
}

/// A chord of the page (`mod+shift+f`) as menus write it; `None` for keys that a menu cannot have.
fn accelerator(chord: &str) -> Option<String> {
    let mut parts: Vec<&str> = chord.split('+').collect();
    let key = match parts.pop()? {
        "plus" => "=",
        "left" => "Left",
        "right" => "Right",
        "up" => "Up",
        "down" => "Down",
        "space" => "Space",
        key if key.len() == 1 || key.starts_with('f') && key[1..].parse::<u8>().is_ok() => key,
        _ => return None,
    };
    let held: Option<Vec<&str>> = parts
        .into_iter()
        .map(|part| match part {
            "mod" => Some("CmdOrCtrl"),
            "ctrl" => Some("Ctrl"),
            "alt" => Some("Alt"),
            "shift" => Some("Shift"),
            _ => None,
        })
        .collect();
    Some(held?.into_iter().map(|part| format!("{part}+")).collect::<String>() + &key.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_written_as_menus_have_them() {
        for (chord, expected) in [
            ("mod+shift+f", Some("CmdOrCtrl+Shift+F")),
            ("mod+alt+b", Some("CmdOrCtrl+Alt+B")),
            ("mod+,", Some("CmdOrCtrl+,")),
            ("mod+plus", Some("CmdOrCtrl+=")),
            ("mod+-", Some("CmdOrCtrl+-")),
            ("alt+left", Some("Alt+LEFT")),
            ("shift+f6", Some("Shift+F6")),
            ("f1", Some("F1")),
            ("mod+contextmenu", None),
            ("escape", None),
        ] {
            assert_eq!(accelerator(chord).as_deref(), expected, "{chord}");
        }
    }

    fn list(items: &[(&str, &str, Option<bool>)]) -> MenuList {
        let items = items.iter().map(|(id, label, checked)| Wanted {
            kind: MenuKind::Action,
            id: (*id).to_owned(),
            label: (*label).to_owned(),
            keys: None,
            enabled: true,
            checked: *checked,
        });
        MenuList { title: "File".to_owned(), items: items.collect() }
    }

    #[test]
    fn a_bar_is_made_anew_only_when_its_items_are_others() {
        let before = [list(&[("edit", "Edit ADR-0001", None), ("rail", "Sidebar", Some(true))])];
        let same = [list(&[("edit", "Edit ADR-0002", None), ("rail", "Sidebar", Some(false))])];
        assert!(is_same_shape(&before, &same));
        assert!(!is_same_shape(&before, &[list(&[("edit", "Edit ADR-0001", None)])]));
        assert!(!is_same_shape(&before, &[list(&[("edit", "Edit", None), ("rail", "Sidebar", None)])]));
        assert!(!is_same_shape(&before, &[]));
    }
}
