//! Several windows of one app: which there are, and which one the test looks at.

use crate::app::App;
use crate::dialog::Keyboard;
use fantoccini::wd::WindowHandle;
use std::borrow::Cow;
use x11rb_protocol::protocol::xproto::{ClientMessageEvent, EventMask, InternAtomRequest, SendEventRequest};

impl App {
    /// The windows there are, in the driver's order.
    #[must_use]
    pub fn windows(&self) -> Vec<WindowHandle> {
        self.run(self.client.windows()).unwrap_or_default()
    }

    /// Waits until there are so many windows.
    pub fn await_windows(&self, count: usize) -> Vec<WindowHandle> {
        self.wait(format!("{count} windows"), || {
            let windows = self.windows();
            (windows.len() == count).then_some(windows)
        })
    }

    /// Looks at this window from now on.
    pub fn look_at(&self, window: &WindowHandle) {
        let done = self.run(self.client.switch_to_window(window.clone()));
        done.unwrap_or_else(|error| self.fail(&format!("cannot look at another window: {error}")));
    }

    /// Looks at the window whose page has this title.
    pub fn look_at_title(&self, title: &str) {
        self.wait(format!("a window called {title}"), || {
            self.windows().iter().find_map(|window| {
                self.run(self.client.switch_to_window(window.clone())).ok()?;
                (self.script("return document.title;", &[]) == title).then_some(())
            })
        });
    }

    /// Asks the window with this title to close, as a click on its frame does: WebDriver would close the page alone.
    pub fn close_window(&self, title: &str) {
        let mut screen = Keyboard::new(self.display());
        let window = self.wait(format!("a window called {title:?}"), || screen.window(title));
        let x = &mut screen.x;
        let mut atom =
            |name: &'static [u8]| x.ask(InternAtomRequest { only_if_exists: false, name: Cow::Borrowed(name) }).atom;
        let (protocols, delete) = (atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW"));
        let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        let event = Cow::Owned(event.into());
        x.send(SendEventRequest { propagate: false, destination: window, event_mask: EventMask::NO_EVENT, event }, 0);
        x.sync();
    }
}
