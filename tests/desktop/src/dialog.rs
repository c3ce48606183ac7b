//! The system's own dialogs, which no WebDriver sees: keys are given to their window by the screen itself (XTEST).

use crate::app::App;
use crate::x11::X11;
use std::borrow::Cow;
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb_protocol::protocol::xproto::{
    GetGeometryRequest, GetKeyboardMappingRequest, GetPropertyRequest, GetWindowAttributesRequest, InputFocus,
    InternAtomRequest, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState, QueryExtensionRequest, QueryTreeRequest,
    SetInputFocusRequest, Window,
};
use x11rb_protocol::protocol::xtest::FakeInputRequest;

const NOW: u32 = 0;
const RETURN: u32 = 0xff0d;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
/// Codes of keys begin here on every X11 server.
const FIRST_CODE: u8 = 8;

impl App {
    /// Waits for a native dialog with this title that saves, types a path into its field and agrees. What is typed takes the
    /// place of the proposed name and leaves its extension, which must be that of the path.
    pub fn save_dialog(&self, title: &str, path: &Path) {
        self.answer_dialog(title, &path.with_extension(""), |_| {});
    }

    /// Waits for a native dialog with this title that chooses a folder, types its path and agrees. The first letter of a path
    /// makes GTK's dialog show a field for the rest.
    pub fn folder_dialog(&self, title: &str, path: &Path) {
        self.answer_dialog(title, path, |keyboard| {
            let first = path.to_str().and_then(|path| path.chars().next()).expect("a path in UTF-8");
            keyboard.press(u32::from(first));
            self.pause(FIELD);
            keyboard.press_keys(&[CONTROL, u32::from('a')]);
        });
    }

    fn answer_dialog(&self, title: &str, path: &Path, begin: impl Fn(&mut Keyboard)) {
        let mut keyboard = Keyboard::new(self.display());
        let dialog = self.wait(format!("a dialog called {title:?}"), || keyboard.window(title));
        let focus = || SetInputFocusRequest { revert_to: InputFocus::PARENT, focus: dialog, time: NOW };
        keyboard.x.send(focus(), 0);
        // A dialog that is not on the screen yet takes no focus, and letters that come while it makes room for its field are
        // lost: then they are typed again.
        // Where the field offers what it thinks is meant, the first Enter only takes that offer.
        let (mut typed, mut agreed) = (Instant::now(), false);
        begin(&mut keyboard);
        keyboard.type_path(path);
        self.wait(format!("the dialog called {title:?} to close"), || {
            if keyboard.window(title).is_none() {
                return Some(());
            }
            if typed.elapsed() > AGREE && !agreed {
                keyboard.press(RETURN);
                agreed = true;
            }
            if typed.elapsed() > AGAIN {
                keyboard.x.send(focus(), 0);
                keyboard.press_keys(&[CONTROL, u32::from('a')]);
                keyboard.type_path(path);
                (typed, agreed) = (Instant::now(), false);
            }
            None
        });
    }

    /// Presses keys in the window of this title as a keyboard does, one chord after the other: menus of the system hear them,
    /// which a driver passes by.
    pub fn press_on_screen(&self, title: &str, chords: &str) {
        let mut keyboard = Keyboard::new(self.display());
        let window = self.wait(format!("a window called {title:?}"), || keyboard.window(title));
        keyboard.x.send(SetInputFocusRequest { revert_to: InputFocus::PARENT, focus: window, time: NOW }, 0);
        for chord in chords.split(' ') {
            let keys: Vec<u8> = chord.split('+').map(|name| keyboard.key(symbol(name)).0).collect();
            let down = keys.iter().map(|key| (KEY_PRESS_EVENT, *key));
            keyboard.give(down.chain(keys.iter().rev().map(|key| (KEY_RELEASE_EVENT, *key))));
        }
    }
}

fn symbol(name: &str) -> u32 {
    match name {
        "Ctrl" => CONTROL,
        "Alt" => 0xffe9,
        "Enter" => RETURN,
        "Esc" => 0xff1b,
        "Left" => 0xff51,
        "Up" => 0xff52,
        "Right" => 0xff53,
        "Down" => 0xff54,
        "F10" => 0xffc7,
        _ => {
            let mut letters = name.chars();
            let letter = letters.next().filter(|_| letters.next().is_none());
            u32::from(letter.unwrap_or_else(|| panic!("no key is called {name}")).to_ascii_lowercase())
        }
    }
}

/// How long the dialog takes to make its field: nothing outside tells, and an Enter before chooses another folder.
const FIELD: Duration = Duration::from_millis(700);
/// A dialog that has not closed after this long wants another Enter.
const AGREE: Duration = Duration::from_millis(1_500);
/// A dialog that has not closed after this long did not get the whole path.
const AGAIN: Duration = Duration::from_secs(3);

pub(crate) struct Keyboard {
    pub(crate) x: X11,
    xtest: u8,
    name: u32,
    text: u32,
    /// What each key gives, plain and with Shift.
    symbols: Vec<u32>,
    width: usize,
}

impl Keyboard {
    pub(crate) fn new(display: &str) -> Keyboard {
        let mut x = X11::connect(display);
        let extension = x.ask(QueryExtensionRequest { name: Cow::Borrowed(b"XTEST") });
        assert!(extension.present, "this screen has no XTEST");
        let mut atom =
            |name: &'static [u8]| x.ask(InternAtomRequest { only_if_exists: false, name: Cow::Borrowed(name) }).atom;
        let (name, text) = (atom(b"_NET_WM_NAME"), atom(b"UTF8_STRING"));
        let keys = x.ask(GetKeyboardMappingRequest { first_keycode: FIRST_CODE, count: u8::MAX - FIRST_CODE });
        let width = usize::from(keys.keysyms_per_keycode);
        Keyboard { x, xtest: extension.major_opcode, name, text, symbols: keys.keysyms, width }
    }

    /// The visible window with this title.
    pub(crate) fn window(&mut self, title: &str) -> Option<Window> {
        let children = self.x.ask(QueryTreeRequest { window: self.x.root }).children;
        children.into_iter().find(|window| self.is_called(*window, title))
    }

    fn is_called(&mut self, window: Window, title: &str) -> bool {
        // Any of these windows may go while it is asked about.
        let name = self.x.try_ask(GetPropertyRequest {
            delete: false,
            window,
            property: self.name,
            type_: self.text,
            long_offset: 0,
            long_length: 256,
        });
        name.is_some_and(|name| name.value == title.as_bytes())
            && self
                .x
                .try_ask(GetWindowAttributesRequest { window })
                .is_some_and(|window| window.map_state == MapState::VIEWABLE)
            && self.x.try_ask(GetGeometryRequest { drawable: window }).is_some_and(|window| window.width > 1)
    }

    /// Presses the key that gives a symbol, with Shift where it needs it.
    fn press(&mut self, symbol: u32) {
        let (key, shifted) = self.key(symbol);
        let shift = Some(self.key(SHIFT).0).filter(|_| shifted);
        let down = shift.into_iter().chain([key]).map(|key| (KEY_PRESS_EVENT, key));
        self.give(down.chain([key].into_iter().chain(shift).map(|key| (KEY_RELEASE_EVENT, key))));
    }

    /// Types a path and agrees.
    fn type_path(&mut self, path: &Path) {
        for letter in path.to_str().expect("a path in UTF-8").chars() {
            self.press(u32::from(letter));
        }
        self.press(RETURN);
    }

    /// Presses Ctrl and a letter in a window.
    pub(crate) fn press_control(&mut self, window: Window, letter: char) {
        self.x.send(SetInputFocusRequest { revert_to: InputFocus::PARENT, focus: window, time: NOW }, 0);
        self.press_keys(&[CONTROL, u32::from(letter)]);
    }

    /// Presses keys together.
    fn press_keys(&mut self, symbols: &[u32]) {
        let keys: Vec<u8> = symbols.iter().map(|symbol| self.key(*symbol).0).collect();
        let down = keys.iter().map(|key| (KEY_PRESS_EVENT, *key));
        self.give(down.chain(keys.iter().rev().map(|key| (KEY_RELEASE_EVENT, *key))));
    }

    /// The code of the key that gives a symbol, and whether with Shift.
    fn key(&self, symbol: u32) -> (u8, bool) {
        let at = self.symbols.iter().position(|known| *known == symbol);
        let at = at.unwrap_or_else(|| panic!("no key gives {symbol:#x}"));
        (FIRST_CODE + u8::try_from(at / self.width).expect("a code of a key"), at % self.width == 1)
    }

    fn give(&mut self, steps: impl Iterator<Item = (u8, u8)>) {
        for (type_, detail) in steps {
            let (root, root_x, root_y, deviceid) = (0, 0, 0, 0);
            self.x.send(FakeInputRequest { type_, detail, time: NOW, root, root_x, root_y, deviceid }, self.xtest);
        }
        self.x.sync();
    }
}
