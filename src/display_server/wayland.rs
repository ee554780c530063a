//! Asks a Wayland compositor for what every window needs.

use std::{
    env,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
};

use wayland_client::{
    Connection, Dispatch, QueueHandle,
    globals::{GlobalListContents, registry_queue_init},
    protocol::wl_registry::{Event, WlRegistry},
};

use super::patience::within_patience;

/// Without one of these winit opens no window.
const NEEDED: [&str; 3] = ["wl_compositor", "wl_shm", "xdg_wm_base"];

/// Whether a compositor answers where `WAYLAND_DISPLAY` leads; why not is half a sentence.
pub(super) fn knock(display: &str) -> Result<(), String> {
    // An absolute path in the variable replaces the folder.
    let folder = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
    let socket = folder.join(display);
    if !socket.is_absolute() {
        return Err(say!("start-wayland-display-leads-nowhere-without", display));
    }
    knock_at(&socket)
}

fn knock_at(socket: &Path) -> Result<(), String> {
    let at = socket.display();
    let stream = UnixStream::connect(socket)
        .map_err(|_| say!("start-no-wayland-compositor-listens-at", at))?;
    let spare = stream.try_clone();
    let Some(answer) = within_patience(move || globals(stream)) else {
        // Lets go of the library that still waits.
        spare.and_then(|spare| spare.shutdown(std::net::Shutdown::Both)).ok();
        return Err(say!("start-what-listens-at-as-wayland", at));
    };
    let offered = answer.map_err(|fault| match fault {
        Fault::Library => say!("start-waylands-library-libwayland-client-is").to_owned(),
        Fault::Stranger => say!("start-what-listens-at-is-no", at),
    })?;
    match NEEDED.iter().find(|needed| !offered.iter().any(|offered| offered == *needed)) {
        Some(lacking) => Err(say!("start-the-wayland-compositor-at-offers", at, lacking)),
        None => Ok(()),
    }
}

enum Fault {
    Library,
    Stranger,
}

/// The interfaces that a compositor offers.
fn globals(stream: UnixStream) -> Result<Vec<String>, Fault> {
    let connection = Connection::from_socket(stream).map_err(|_| Fault::Library)?;
    let (globals, _queue) =
        registry_queue_init::<Listener>(&connection).map_err(|_| Fault::Stranger)?;
    Ok(globals
        .contents()
        .with_list(|list| list.iter().map(|global| global.interface.clone()).collect()))
}

/// Hears of later changes, which do not matter any more.
struct Listener;

impl Dispatch<WlRegistry, GlobalListContents> for Listener {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Write as _, os::unix::net::UnixListener, thread};

    use super::*;

    #[test]
    fn what_is_no_compositor_is_told_from_one() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("wayland-7");
        let why = |socket: &Path| knock_at(socket).unwrap_err();
        assert!(why(&socket).contains("no Wayland compositor listens"), "nothing is there");

        let listener = UnixListener::bind(&socket).unwrap();
        // Nobody takes the call.
        assert!(why(&socket).contains("does not answer"));
        drop(listener.accept().unwrap());
        let said: &[&[u8]] = &[b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"];
        for words in said {
            let listener = listener.try_clone().unwrap();
            let serving = thread::Builder::new().spawn(move || {
                let (mut caller, _) = listener.accept().unwrap();
                caller.write_all(words).ok();
            });
            let refused = why(&socket);
            assert!(refused.contains("is no Wayland compositor"), "{refused}");
            serving.unwrap().join().unwrap();
        }
        drop(listener);
        assert!(why(&socket).contains("no Wayland compositor listens"), "a socket left over");
    }
}
