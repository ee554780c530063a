//! A Wayland compositor that answers once: whoever comes back to open a window is turned away.
//!
//! Messages are laid out as in <https://wayland.freedesktop.org/docs/html/ch04.html#sect-Protocol-Wire-Format>.

use std::{
    io::{Read as _, Write as _},
    os::unix::net::{UnixListener, UnixStream},
    path::Path,
    thread,
};

/// The object that every connection begins with, and its requests.
const DISPLAY: u32 = 1;
const SYNC: u16 = 0;
const GET_REGISTRY: u16 = 1;
/// Events of the registry and of a callback.
const GLOBAL: u16 = 0;
const DONE: u16 = 0;

/// What a window needs.
const OFFERED: [&str; 3] = ["wl_compositor", "wl_shm", "xdg_wm_base"];

/// Serves at a socket for as long as the tests go on.
pub(crate) fn answer_once(socket: &Path) {
    let listener = UnixListener::bind(socket).unwrap();
    let serve = move || {
        let mut callers = listener.incoming().map_while(Result::ok);
        if let Some(caller) = callers.next() {
            introduce(caller);
        }
        callers.for_each(drop);
    };
    thread::Builder::new().name("compositor".to_owned()).spawn(serve).unwrap();
}

/// Says what is offered, until the caller leaves.
fn introduce(mut caller: UnixStream) {
    loop {
        let mut head = [0; 8];
        if caller.read_exact(&mut head).is_err() {
            return;
        }
        let [object, rest] =
            [&head[..4], &head[4..]].map(|word| u32::from_ne_bytes(word.try_into().unwrap()));
        let mut arguments = vec![0; (rest >> 16) as usize - head.len()];
        caller.read_exact(&mut arguments).unwrap();
        let new = || u32::from_ne_bytes(arguments[..4].try_into().unwrap());
        match (object, rest as u16) {
            (DISPLAY, GET_REGISTRY) => {
                for (name, interface) in (1_u32..).zip(OFFERED) {
                    let length = interface.len() as u32 + 1;
                    let mut text = interface.as_bytes().to_vec();
                    text.resize((length as usize).next_multiple_of(4), 0);
                    let version = 4_u32.to_ne_bytes();
                    let said = [&name.to_ne_bytes(), &length.to_ne_bytes(), &text[..], &version];
                    send(&mut caller, new(), GLOBAL, &said.concat());
                }
            }
            (DISPLAY, SYNC) => send(&mut caller, new(), DONE, &[0; 4]),
            _ => {}
        }
    }
}

fn send(caller: &mut UnixStream, object: u32, event: u16, arguments: &[u8]) {
    let size = 8 + arguments.len() as u32;
    let message =
        [&object.to_ne_bytes(), &(size << 16 | u32::from(event)).to_ne_bytes(), arguments];
    // Whoever has heard enough may have left.
    caller.write_all(&message.concat()).ok();
}
