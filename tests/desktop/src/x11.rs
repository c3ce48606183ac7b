//! One connection to the screen, as every X11 client has: requests out, replies and events in.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use x11rb_protocol::connect::Connect;
use x11rb_protocol::packet_reader::PacketReader;
use x11rb_protocol::protocol::xproto::{GetInputFocusRequest, Window};
use x11rb_protocol::x11_utils::{ReplyRequest, Request, TryParse, VoidRequest};

/// How long the screen or a window may take to answer one step.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(crate) struct X11 {
    stream: UnixStream,
    reader: PacketReader,
    pub(crate) root: Window,
    /// First of the numbers that are ours to name things with.
    pub(crate) base: Window,
}

impl X11 {
    pub(crate) fn connect(display: &str) -> X11 {
        let socket = format!("/tmp/.X11-unix/X{}", display.trim_start_matches(':'));
        let mut stream = UnixStream::connect(&socket).unwrap_or_else(|error| panic!("cannot open {socket}: {error}"));
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a deadline");
        let (mut connect, hello) = Connect::with_authorization(Vec::new(), Vec::new());
        stream.write_all(&hello).expect("the screen listens");
        loop {
            let read = stream.read(connect.buffer()).expect("the screen answers");
            if connect.advance(read) {
                break;
            }
        }
        let setup = connect.into_setup().expect("the screen lets us in");
        let screen = setup.roots.first().expect("there is a screen");
        X11 { root: screen.root, base: setup.resource_id_base, stream, reader: PacketReader::new() }
    }

    /// Sends a request that has no answer; `opcode` is that of its extension, 0 for the core.
    pub(crate) fn send(&mut self, request: impl VoidRequest, opcode: u8) {
        self.write(request, opcode);
    }

    pub(crate) fn write(&mut self, request: impl Request, opcode: u8) {
        let (bytes, _) = request.serialize(opcode);
        self.stream.write_all(&bytes).expect("the screen listens");
    }

    /// Asks and waits; events in between are of no interest.
    pub(crate) fn ask<R: ReplyRequest>(&mut self, request: R) -> R::Reply {
        self.write(request, 0);
        loop {
            let packet = self.packet();
            if let Some(reply) = X11::reply::<R>(&packet) {
                return reply;
            }
        }
    }

    /// As [`Self::ask`]; `None` when the screen refuses, as for a window that has just gone.
    pub(crate) fn try_ask<R: ReplyRequest>(&mut self, request: R) -> Option<R::Reply> {
        self.write(request, 0);
        loop {
            let packet = self.any_packet();
            if packet[0] == 0 {
                return None;
            }
            if let Some(reply) = X11::reply::<R>(&packet) {
                return Some(reply);
            }
        }
    }

    /// Waits until the server has done what was sent: what a closed connection still held may be lost.
    pub(crate) fn sync(&mut self) {
        self.ask(GetInputFocusRequest);
    }

    pub(crate) fn reply<R: ReplyRequest>(packet: &[u8]) -> Option<R::Reply> {
        (packet[0] == 1).then(|| R::Reply::try_parse(packet).expect("a reply of X11").0)
    }

    /// [`Self::packet`] of who waits as long as the screen is there.
    pub(crate) fn packet_or_end(&mut self) -> Option<Vec<u8>> {
        self.stream.set_read_timeout(None).expect("a socket waits");
        loop {
            let read = self.stream.read(self.reader.buffer()).ok().filter(|read| *read > 0)?;
            if let Some(packet) = self.reader.advance(read) {
                return Some(packet);
            }
        }
    }

    pub(crate) fn packet(&mut self) -> Vec<u8> {
        let packet = self.any_packet();
        assert!(packet[0] != 0, "X11 refuses request {} with error {}", packet[10], packet[1]);
        packet
    }

    fn any_packet(&mut self) -> Vec<u8> {
        loop {
            let read = self.stream.read(self.reader.buffer());
            let read = read.unwrap_or_else(|error| panic!("no answer within {} s: {error}", PATIENCE.as_secs()));
            assert!(read > 0, "the screen is gone");
            if let Some(packet) = self.reader.advance(read) {
                return packet;
            }
        }
    }
}
