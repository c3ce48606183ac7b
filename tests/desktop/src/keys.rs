//! Keys as a person presses them. Chords go through the Actions API: Element Send Keys loses text after a chord.

use fantoccini::actions::{ActionSequence, InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use std::time::Duration;

/// `Mod+Shift+F`, `Alt+ArrowLeft`, `G C` (one after the other) as key events.
pub(crate) fn chords(text: &str) -> ActionSequence {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for chord in text.split(' ') {
        let keys: Vec<char> = names(chord).iter().map(|name| key(name)).collect();
        for value in &keys {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
    }
    actions.into()
}

/// Text, one key after the other, with a pause after each.
pub(crate) fn typed(text: &str, between: Duration) -> ActionSequence {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for value in text.chars() {
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        if !between.is_zero() {
            actions = actions.pause(between);
        }
    }
    actions.into()
}

fn names(chord: &str) -> Vec<&str> {
    // A `+` at the end is the key itself.
    match chord.strip_suffix("++") {
        Some(rest) => rest.split('+').chain(["+"]).collect(),
        None if chord == "+" => vec!["+"],
        None => chord.split('+').collect(),
    }
}

fn key(name: &str) -> char {
    let special = match name {
        "Mod" | "Ctrl" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Enter" => Key::Return,
        "Esc" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return ' ',
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PgUp" => Key::PageUp,
        "PgDn" => Key::PageDown,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F3" => Key::F3,
        "F5" => Key::F5,
        "F6" => Key::F6,
        "F7" => Key::F7,
        "F8" => Key::F8,
        "F9" => Key::F9,
        "F10" => Key::F10,
        _ => {
            let mut letters = name.chars();
            let letter = letters.next().filter(|_| letters.next().is_none());
            return letter.unwrap_or_else(|| panic!("no key is called {name}")).to_ascii_lowercase();
        }
    };
    special.into()
}
