//! Whether a window can be shown to anyone here.

use std::{env, path::PathBuf};

/// Looks for a display to put a window on; why there is none is said in half a sentence.
pub fn reachable() -> Result<(), String> {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Ok(());
    }
    let variable = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let mut silent = Vec::new();
    if let Some(display) = variable("WAYLAND_DISPLAY") {
        let folder = variable("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
        // An absolute path in the variable replaces the folder.
        if answers::wayland(&folder.join(&display)) {
            return Ok(());
        }
        silent.push(format!("WAYLAND_DISPLAY={display}"));
    }
    if let Some(display) = variable("DISPLAY") {
        if answers::x11(&display) {
            return Ok(());
        }
        silent.push(format!("DISPLAY={display}"));
    }
    if silent.is_empty() {
        return Err("neither DISPLAY nor WAYLAND_DISPLAY names a display".to_owned());
    }
    Err(format!("no display answers at {}", silent.join(" or ")))
}

#[cfg(unix)]
mod answers {
    //! Knocks at a display's socket; only a window system can say more than that.

    use std::{
        net::{TcpStream, ToSocketAddrs},
        os::unix::net::UnixStream,
        path::Path,
        time::Duration,
    };

    pub(super) fn wayland(socket: &Path) -> bool {
        UnixStream::connect(socket).is_ok()
    }

    /// `:1`, `unix:1`, `:1.0` are sockets of this machine; `host:1` is port 6001 of another.
    pub(super) fn x11(display: &str) -> bool {
        let Some((host, rest)) = display.rsplit_once(':') else {
            return false;
        };
        let Ok(number) = rest.split('.').next().unwrap_or_default().parse::<u16>() else {
            return false;
        };
        if host.is_empty() || host == "unix" {
            return local_x11(number);
        }
        /// A far display that takes longer cannot show a hall either.
        const PATIENCE: Duration = Duration::from_secs(2);
        let Some(port) = 6000_u16.checked_add(number) else {
            return false;
        };
        let addresses = (host, port).to_socket_addrs().into_iter().flatten();
        addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
    }

    fn local_x11(number: u16) -> bool {
        let path = format!("/tmp/.X11-unix/X{number}");
        UnixStream::connect(&path).is_ok() || answers_without_folder(&path)
    }

    /// Servers also listen on a name that is in no folder, as containers share it.
    #[cfg(target_os = "linux")]
    fn answers_without_folder(name: &str) -> bool {
        use std::os::{linux::net::SocketAddrExt as _, unix::net::SocketAddr};
        SocketAddr::from_abstract_name(name)
            .and_then(|address| UnixStream::connect_addr(&address))
            .is_ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn answers_without_folder(_name: &str) -> bool {
        false
    }
}

#[cfg(not(unix))]
mod answers {
    //! Elsewhere there is always a display.

    use std::path::Path;

    pub(super) fn wayland(_socket: &Path) -> bool {
        true
    }

    pub(super) fn x11(_display: &str) -> bool {
        true
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::answers;

    #[test]
    fn a_socket_that_is_listened_to_is_a_display() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("wayland-7");
        assert!(!answers::wayland(&socket));
        let _display = UnixListener::bind(&socket).unwrap();
        assert!(answers::wayland(&socket));
    }

    #[test]
    fn what_is_no_display_is_none() {
        for display in ["", "1", ":", ":x", ":65535", "unix:64999.0"] {
            assert!(!answers::x11(display), "{display}");
        }
    }
}
