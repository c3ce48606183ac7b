//! A file manager's part in drag and drop: speaks XDND (freedesktop.org, version 5) to the window under test, so that no
//! pointer has to be moved and every step is answered before the next one.

use crate::app::App;
use crate::x11::{PATIENCE, X11};
use std::borrow::Cow;
use std::path::Path;
use std::time::Instant;
use x11rb_protocol::protocol::xproto::{
    Atom, AtomEnum, CLIENT_MESSAGE_EVENT, ChangePropertyRequest, ClientMessageEvent, CreateWindowAux,
    CreateWindowRequest, EventMask, GetGeometryRequest, GetPropertyRequest, InternAtomRequest, PropMode,
    QueryTreeRequest, SELECTION_NOTIFY_EVENT, SELECTION_REQUEST_EVENT, SelectionNotifyEvent, SelectionRequestEvent,
    SendEventRequest, SetSelectionOwnerRequest, Window, WindowClass,
};
use x11rb_protocol::x11_utils::{ReplyRequest, TryParse, VoidRequest};

const VERSION: u32 = 5;
const NOW: u32 = 0;
/// Every name that is spoken of, asked for once at the start: an answer must never be missed for a name.
const NAMES: [&str; 10] = [
    "XdndActionCopy",
    "XdndAware",
    "XdndDrop",
    "XdndEnter",
    "XdndFinished",
    "XdndLeave",
    "XdndPosition",
    "XdndSelection",
    "XdndStatus",
    "text/uri-list",
];

impl App {
    /// Drags files or folders over the middle of the window and holds them there.
    #[must_use]
    pub fn drag<P: AsRef<Path>>(&self, paths: &[P]) -> Drag {
        let uris: String = paths.iter().map(|path| format!("file://{}\r\n", encoded(path.as_ref()))).collect();
        self.drag_uris(&uris)
    }

    /// Drags anything with an address, as lines of `text/uri-list`.
    #[must_use]
    pub fn drag_uris(&self, uris: &str) -> Drag {
        let mut source = Source::connect(self.display(), uris);
        let target = source.target();
        source.tell(target, "XdndEnter", [VERSION << 24, source.atom("text/uri-list"), 0, 0]);
        let mut drag = Drag { source, target };
        drag.hover();
        drag
    }
}

/// Something held over the window. Dropping the value without letting go cuts the connection, as a crash would.
#[derive(Debug)]
pub struct Drag {
    source: Source,
    target: Window,
}

impl Drag {
    /// Moves until the window says that it takes it: it answers no before it has asked what is dragged.
    fn hover(&mut self) {
        let copy = self.source.atom("XdndActionCopy");
        let deadline = Instant::now() + PATIENCE;
        for step in 0.. {
            let (x, y) = (400 + step % 7, 400_u32);
            self.source.tell(self.target, "XdndPosition", [0, x << 16 | y, NOW, copy]);
            let [_, flags, ..] = self.source.answer("XdndStatus");
            if flags & 1 == 1 {
                return;
            }
            assert!(Instant::now() < deadline, "the window does not take what is dragged");
        }
    }

    /// Lets go over the window.
    pub fn release(mut self) {
        self.source.tell(self.target, "XdndDrop", [0, NOW, 0, 0]);
        self.source.answer("XdndFinished");
    }

    /// Moves out of the window.
    pub fn leave(mut self) {
        self.source.tell(self.target, "XdndLeave", [0; 4]);
        // An answer to anything asked afterwards shows that the server has passed it on.
        self.source.ask(GetGeometryRequest { drawable: self.target });
    }
}

/// One connection to the screen, with an invisible window that owns what is dragged.
#[derive(Debug)]
struct Source {
    x: X11,
    window: Window,
    atoms: [Atom; NAMES.len()],
    uris: String,
}

impl Source {
    fn connect(display: &str, uris: &str) -> Source {
        let x = X11::connect(display);
        let window = x.base;
        let mut source = Source { x, window, atoms: [0; NAMES.len()], uris: uris.to_owned() };
        let root = source.x.root;
        source.send(CreateWindowRequest {
            depth: 0,
            wid: window,
            parent: root,
            x: -9,
            y: -9,
            width: 1,
            height: 1,
            border_width: 0,
            class: WindowClass::INPUT_ONLY,
            visual: 0,
            value_list: Cow::Owned(CreateWindowAux::new()),
        });
        source.atoms = NAMES.map(|name| {
            let name = Cow::Borrowed(name.as_bytes());
            source.ask(InternAtomRequest { only_if_exists: false, name }).atom
        });
        let selection = source.atom("XdndSelection");
        source.send(SetSelectionOwnerRequest { owner: window, selection, time: NOW });
        source
    }

    /// The biggest window that takes drops; toolkits keep small invisible ones beside it.
    fn target(&mut self) -> Window {
        let property = self.atom("XdndAware");
        let mut found = Vec::new();
        for window in self.ask(QueryTreeRequest { window: self.x.root }).children {
            let (delete, type_) = (false, AtomEnum::ATOM.into());
            let aware =
                self.ask(GetPropertyRequest { delete, window, property, type_, long_offset: 0, long_length: 1 });
            if aware.value_len > 0 {
                let size = self.ask(GetGeometryRequest { drawable: window });
                found.push((u32::from(size.width) * u32::from(size.height), window));
            }
        }
        found.into_iter().max().expect("a window on this screen takes drops").1
    }

    fn send(&mut self, request: impl VoidRequest) {
        self.x.send(request, 0);
    }

    fn ask<R: ReplyRequest>(&mut self, request: R) -> R::Reply {
        self.x.write(request, 0);
        loop {
            let packet = self.x.packet();
            if let Some(reply) = X11::reply::<R>(&packet) {
                return reply;
            }
            self.serve(&packet);
        }
    }

    fn atom(&self, name: &str) -> Atom {
        let index = NAMES.iter().position(|known| *known == name);
        self.atoms[index.unwrap_or_else(|| panic!("{name} is not among the names"))]
    }

    /// Sends a message of the drag; its first field is always the source's window.
    fn tell(&mut self, target: Window, kind: &str, [a, b, c, d]: [u32; 4]) {
        let kind = self.atom(kind);
        let event = ClientMessageEvent::new(32, target, kind, [self.window, a, b, c, d]);
        self.send_event(target, event.into());
    }

    fn send_event(&mut self, destination: Window, event: [u8; 32]) {
        let event = Cow::Owned(event);
        self.send(SendEventRequest { propagate: false, destination, event_mask: EventMask::NO_EVENT, event });
    }

    /// Waits for a message of the window, handing over what is dragged meanwhile.
    fn answer(&mut self, kind: &str) -> [u32; 5] {
        let kind = self.atom(kind);
        loop {
            let packet = self.x.packet();
            if packet[0] & 0x7f == CLIENT_MESSAGE_EVENT {
                let message = ClientMessageEvent::try_parse(&packet).expect("a message of X11").0;
                if message.type_ == kind {
                    return message.data.as_data32();
                }
            }
            self.serve(&packet);
        }
    }

    /// Somebody asks for what is dragged: the list of addresses, in no other form.
    fn serve(&mut self, packet: &[u8]) {
        if packet[0] & 0x7f != SELECTION_REQUEST_EVENT {
            return;
        }
        let SelectionRequestEvent { time, requestor, selection, target, property, .. } =
            SelectionRequestEvent::try_parse(packet).expect("a request of X11").0;
        let known = target == self.atom("text/uri-list");
        if known {
            let data = self.uris.clone().into_bytes();
            let data_len = u32::try_from(data.len()).expect("a short list");
            let (mode, data) = (PropMode::REPLACE, Cow::Owned(data));
            let (window, type_) = (requestor, target);
            self.send(ChangePropertyRequest { mode, window, property, type_, format: 8, data_len, data });
        }
        let property = if known { property } else { AtomEnum::NONE.into() };
        let response_type = SELECTION_NOTIFY_EVENT;
        let notice = SelectionNotifyEvent { response_type, sequence: 0, time, requestor, selection, target, property };
        self.send_event(requestor, notice.into());
    }
}

/// A path as it stands in an address.
fn encoded(path: &Path) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(byte);
    let text = path.to_str().expect("a path in UTF-8");
    text.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
