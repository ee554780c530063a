//! How the program starts on machines where something is left over, broken or missing: it takes what works, and says
//! why in its own words.

use std::{fs, os::unix::net::UnixListener, path::Path, process::Command, thread};

use crate::{
    program::Hall,
    screen::Screen,
    support::{complaint, events, finish, program, small_data},
    wayland,
};

const SOCKET: &str = "wayland-7";

/// The program where a Wayland session seems to be, with its runtime folder.
fn in_session(folder: &Path) -> Command {
    let mut program = program();
    program.env("WAYLAND_DISPLAY", SOCKET).env("XDG_RUNTIME_DIR", folder);
    program
}

/// All that is said is said by the program, in sentences.
fn assert_own_words(said: &str) {
    for line in said.lines() {
        assert!(line.starts_with("perceptarium: ") && line.ends_with('.'), "{said}");
    }
}

/// A window opens on X11 after all.
fn opens_on_x11(folder: &Path, reason: &str) {
    let data = small_data(320, 32);
    let program = &mut in_session(folder);
    let mut hall = Hall::open_on(Screen::new(), program.args(["--epochs", "100000"]), data.path());
    hall.state("training");
    hall.close();
    let said = hall.complaint();
    assert_own_words(&said);
    assert!(said.contains(reason), "“{reason}” is not said: {said}");
    let starts = hall.events.heard.iter().filter(|event| event["event"] == "started");
    assert_eq!(starts.count(), 1, "one training only");
}

#[test]
fn a_wayland_socket_left_over_gives_way_to_x11() {
    let folder = tempfile::tempdir().unwrap();
    drop(UnixListener::bind(folder.path().join(SOCKET)).unwrap());
    opens_on_x11(folder.path(), "A window opens on X11, as no Wayland compositor listens at ");
}

#[test]
fn what_listens_but_is_no_wayland_gives_way_to_x11() {
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
    let hang_up = move || listener.incoming().for_each(drop);
    thread::Builder::new().spawn(hang_up).unwrap();
    opens_on_x11(folder.path(), " is no Wayland compositor.");
}

#[test]
fn a_wayland_that_shows_no_window_after_all_gives_way_to_x11() {
    let folder = tempfile::tempdir().unwrap();
    wayland::answer_once(&folder.path().join(SOCKET));
    opens_on_x11(folder.path(), "X11 is tried, as on Wayland no window can open");
}

#[test]
fn without_any_display_that_answers_the_terminal_tells_why() {
    let data = small_data(64, 32);
    let folder = tempfile::tempdir().unwrap();
    // Nobody ever takes the call.
    let _listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
    for (mode, code) in [("auto", 0), ("window", 2)] {
        let output = finish(
            in_session(folder.path())
                .args(["--epochs", "1", "--mode", mode, "--data"])
                .arg(data.path())
                .env("DISPLAY", ":64999"),
        );
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        let first = said.lines().next().unwrap_or_default();
        assert_own_words(first);
        assert!(first.contains("as Wayland does not answer, and no X server listens"), "{said}");
    }
}

#[test]
fn a_window_that_fails_late_leaves_the_training_to_the_terminal() {
    let data = small_data(64, 32);
    let screen = Screen::new();
    // What winit opens windows with is broken.
    let broken = tempfile::tempdir().unwrap();
    for name in ["libXcursor.so.1", "libXcursor.so"] {
        fs::write(broken.path().join(name), "").unwrap();
    }
    for (mode, code, told) in [
        ("auto", 0, "The training is told in the terminal, as no window can open"),
        ("window", 2, "No window can open here"),
    ] {
        let output = finish(
            program()
                .args(["--json", "--epochs", "1", "--mode", mode, "--data"])
                .arg(data.path())
                .env("DISPLAY", &screen.display)
                .env("LD_LIBRARY_PATH", broken.path()),
        );
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(told) && said.contains("libxcursor1"), "{said}");
        assert!(!said.contains("panicked") && !said.contains("Os("), "{said}");
        let starts = events(&output).iter().filter(|event| event["event"] == "started").count();
        assert_eq!(starts, usize::from(code == 0), "one training, or none");
    }
}

#[test]
fn drivers_keep_to_themselves_what_they_miss() {
    let data = small_data(320, 32);
    let program = &mut program();
    program.args(["--mode", "window", "--epochs", "100000"]).env_remove("XDG_RUNTIME_DIR");
    let mut hall = Hall::open_on(Screen::new(), program, data.path());
    hall.state("training");
    hall.key("F1");
    hall.place_of("close-help");
    hall.close();
    assert_eq!(hall.complaint(), "");
}
