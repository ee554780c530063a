//! The choice between Wayland and X11: the first that answers, and why the other does not.

use std::{env, io, os::unix::process::CommandExt as _, process::Command};

use super::{Display, FoundDisplay, patience::within_patience, wayland, x11};

/// What leads winit to Wayland, which it prefers wherever one of them is set.
const TO_WAYLAND: [&str; 2] = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"];

/// Looks for a window system that answers; why there is none is said in half a sentence.
///
/// # Errors
/// When none is named or none answers.
pub fn find() -> Result<FoundDisplay, String> {
    // A socket that was inherited from a compositor answers to the first who asks, which must be the window.
    if variable("WAYLAND_DISPLAY").is_none() && variable("WAYLAND_SOCKET").is_some() {
        return Ok(FoundDisplay { display: Display::Wayland, instead: None });
    }
    let wayland = variable("WAYLAND_DISPLAY").map(|display| wayland::knock(&display));
    if wayland == Some(Ok(())) {
        return Ok(FoundDisplay { display: Display::Wayland, instead: None });
    }
    let instead = wayland.and_then(Result::err);
    match (variable("DISPLAY").map(|display| x11::knock(&display)), instead) {
        (Some(Ok(())), instead) => Ok(FoundDisplay { display: Display::X11, instead }),
        (None, None) => Err(say!("start-neither-display-nor-wayland-display").to_owned()),
        (Some(Err(x11)), Some(wayland)) => Err(say!("start-and", wayland, x11)),
        (Some(Err(why)), None) | (None, Some(why)) => Err(why),
    }
}

/// Whether a window could be opened on X11.
pub fn x11_answers() -> bool {
    variable("DISPLAY").is_some_and(|display| x11::knock(&display).is_ok())
}

/// Begins the program anew without what leads to Wayland; returns only if that fails.
///
/// Winit makes one event loop in the life of a program, on the window system that the variables name, and Bevy lets
/// nobody choose another; a variable cannot be taken back safely once threads read it.
pub fn restart_on_x11() -> io::Error {
    let program = match env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut arguments = env::args_os();
    let mut command = Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    for name in TO_WAYLAND {
        command.env_remove(name);
    }
    command.args(arguments).exec()
}

/// What the keyboard prints on the keys with these scancodes of Linux, as far as an X server knows, such as the one
/// that `DISPLAY` leads to; that of a Wayland session knows it, too.
pub fn printed(display: Option<String>, scancodes: &'static [u8]) -> Vec<Option<char>> {
    let known = display
        .or_else(|| variable("DISPLAY"))
        .and_then(|display| within_patience(move || x11::printed(&display, scancodes)).flatten());
    known.unwrap_or_default()
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
