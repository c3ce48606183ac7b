//! Another program's clipboard: owns the X11 selection and hands a picture to whoever asks, until the value is dropped.

use crate::app::App;
use crate::x11::X11;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use x11rb_protocol::protocol::xproto::{
    Atom, AtomEnum, ChangePropertyRequest, CreateWindowAux, CreateWindowRequest, EventMask, InternAtomRequest,
    PropMode, SELECTION_CLEAR_EVENT, SELECTION_NOTIFY_EVENT, SELECTION_REQUEST_EVENT, SelectionNotifyEvent,
    SelectionRequestEvent, SendEventRequest, SetSelectionOwnerRequest, WindowClass,
};
use x11rb_protocol::x11_utils::TryParse;

const NOW: u32 = 0;

impl App {
    /// Copies a PNG in another program; it can be pasted as long as the value lives.
    #[must_use]
    pub fn copy_picture(&self, png: &[u8]) -> Copied {
        let mut owner = Owner::connect(self.display(), png.to_vec());
        let asked = Arc::new(AtomicBool::new(false));
        let served = Arc::clone(&asked);
        let serving = std::thread::spawn(move || while owner.serve(&served) {});
        Copied { asked, serving }
    }
}

/// A picture on the clipboard.
#[derive(Debug)]
pub struct Copied {
    asked: Arc<AtomicBool>,
    serving: JoinHandle<()>,
}

impl Copied {
    /// Whether somebody has taken the picture itself, not only asked in which forms there is one.
    #[must_use]
    pub fn was_taken(&self) -> bool {
        assert!(!self.serving.is_finished(), "somebody else has copied something");
        self.asked.load(Ordering::SeqCst)
    }
}

struct Owner {
    x: X11,
    targets: Atom,
    png: Atom,
    picture: Vec<u8>,
}

impl Owner {
    fn connect(display: &str, picture: Vec<u8>) -> Owner {
        let mut x = X11::connect(display);
        let (window, parent) = (x.base, x.root);
        let place = CreateWindowRequest {
            depth: 0,
            wid: window,
            parent,
            x: -9,
            y: -9,
            width: 1,
            height: 1,
            border_width: 0,
            class: WindowClass::INPUT_ONLY,
            visual: 0,
            value_list: Cow::Owned(CreateWindowAux::new()),
        };
        x.send(place, 0);
        let [clipboard, targets, png] = ["CLIPBOARD", "TARGETS", "image/png"].map(|name| {
            let name = Cow::Borrowed(name.as_bytes());
            x.ask(InternAtomRequest { only_if_exists: false, name }).atom
        });
        x.send(SetSelectionOwnerRequest { owner: window, selection: clipboard, time: NOW }, 0);
        // An answer to anything asked afterwards shows that the server knows the owner.
        x.ask(InternAtomRequest { only_if_exists: false, name: Cow::Borrowed(b"TARGETS") });
        Owner { x, targets, png, picture }
    }

    /// Answers one question; false once there is nothing more to answer.
    fn serve(&mut self, taken: &AtomicBool) -> bool {
        let Some(packet) = self.x.packet_or_end() else { return false };
        match packet[0] & 0x7f {
            SELECTION_CLEAR_EVENT => return false,
            SELECTION_REQUEST_EVENT => {}
            _ => return true,
        }
        let SelectionRequestEvent { time, requestor, selection, target, property, .. } =
            SelectionRequestEvent::try_parse(&packet).expect("a request of X11").0;
        let (data, type_, format) = if target == self.targets {
            let atoms = [self.targets, self.png].iter().flat_map(|atom| atom.to_ne_bytes()).collect();
            (atoms, AtomEnum::ATOM.into(), 32u8)
        } else if target == self.png {
            taken.store(true, Ordering::SeqCst);
            (self.picture.clone(), self.png, 8)
        } else {
            (Vec::new(), AtomEnum::NONE.into(), 8)
        };
        let known = !data.is_empty();
        if known {
            let data_len = u32::try_from(data.len()).expect("a small picture") / u32::from(format / 8);
            let (mode, data) = (PropMode::REPLACE, Cow::Owned(data));
            let change = ChangePropertyRequest { mode, window: requestor, property, type_, format, data_len, data };
            self.x.send(change, 0);
        }
        let property = if known { property } else { AtomEnum::NONE.into() };
        let response_type = SELECTION_NOTIFY_EVENT;
        let notice = SelectionNotifyEvent { response_type, sequence: 0, time, requestor, selection, target, property };
        let event = Cow::Owned(notice.into());
        self.x.send(
            SendEventRequest { propagate: false, destination: requestor, event_mask: EventMask::NO_EVENT, event },
            0,
        );
        true
    }
}
