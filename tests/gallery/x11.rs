//! What a window manager says to a window whose close button is pressed, in the X protocol itself.
//!
//! No window manager runs on the tests' screens, and xdotool can only destroy windows. Requests are
//! laid out as in the protocol's encoding: <https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html>

use std::{
    io::{Read as _, Write as _},
    os::unix::net::UnixStream,
};

const INTERN_ATOM: u8 = 16;
const SEND_EVENT: u8 = 25;
const CLIENT_MESSAGE: u8 = 33;

/// Asks the program behind a window to close it, on a display of this machine such as ":1".
pub(crate) fn ask_to_close(display: &str, window: u32) {
    let number = display.trim_start_matches(':');
    let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).unwrap();
    // Little endian, version 11.0, no authorisation.
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
    let mut greeting = [0; 8];
    server.read_exact(&mut greeting).unwrap();
    assert_eq!(greeting[0], 1, "the display {display} lets nobody in");
    let rest = usize::from(u16::from_le_bytes([greeting[6], greeting[7]])) * 4;
    server.read_exact(&mut vec![0; rest]).unwrap();

    let protocols = atom(&mut server, "WM_PROTOCOLS");
    let delete = atom(&mut server, "WM_DELETE_WINDOW");
    let mut request = vec![SEND_EVENT, 0, 11, 0];
    // No event mask: to the program that made the window.
    for word in [window, 0] {
        request.extend(word.to_le_bytes());
    }
    request.extend([CLIENT_MESSAGE, 32, 0, 0]);
    for word in [window, protocols, delete, 0, 0, 0, 0] {
        request.extend(word.to_le_bytes());
    }
    server.write_all(&request).unwrap();
    // An answer to this means that the request before was heard.
    atom(&mut server, "WM_PROTOCOLS");
}

/// The number the server has given to a name.
fn atom(server: &mut UnixStream, name: &str) -> u32 {
    let padded = name.len().next_multiple_of(4);
    let mut request = vec![INTERN_ATOM, 0];
    request.extend(u16::try_from(2 + padded / 4).unwrap().to_le_bytes());
    request.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    request.extend([0, 0]);
    request.extend(name.bytes());
    request.resize(8 + padded, 0);
    server.write_all(&request).unwrap();
    let mut reply = [0; 32];
    server.read_exact(&mut reply).unwrap();
    assert_eq!(reply[0], 1, "the display answered with an error: {reply:?}");
    u32::from_le_bytes([reply[8], reply[9], reply[10], reply[11]])
}
