//! Which window system can show a window here, asked in its own words before anything is opened on it.

#[cfg(all(unix, not(target_os = "macos")))]
mod asked;
#[cfg(all(unix, not(target_os = "macos")))]
mod patience;
#[cfg(all(unix, not(target_os = "macos")))]
mod wayland;
#[cfg(all(unix, not(target_os = "macos")))]
mod x11;

#[cfg(all(unix, not(target_os = "macos")))]
pub use asked::{find, printed, restart_on_x11, x11_answers};

/// A window system that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// The only one of an operating system, which is always there.
    Native,
    Wayland,
    X11,
}

/// The window system that a window would be opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDisplay {
    pub display: Display,
    /// Why it is not the one that would come first, as half a sentence.
    pub instead: Option<String>,
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
mod asked {
    //! Where there is only one window system, there is nothing to choose.

    use std::io;

    use super::{Display, FoundDisplay};

    pub fn find() -> Result<FoundDisplay, String> {
        Ok(FoundDisplay { display: Display::Native, instead: None })
    }

    pub fn x11_answers() -> bool {
        false
    }

    pub fn restart_on_x11() -> io::Error {
        io::ErrorKind::Unsupported.into()
    }

    pub fn printed(_display: Option<String>, _scancodes: &[u8]) -> Vec<Option<char>> {
        Vec::new()
    }
}
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub use asked::{find, printed, restart_on_x11, x11_answers};
