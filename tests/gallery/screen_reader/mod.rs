//! What a screen reader of Linux hears of the window and does with it, over AT-SPI as Orca asks.

use std::{fs, process::Command};

use serde_json::Value;

use crate::{
    screen::Screen,
    support::{complaint, finish, small_data},
};

#[test]
fn a_screen_reader_reads_the_hall_from_above_pauses_it_and_slows_it_down() {
    let (screen, data) = (Screen::new(), small_data(640, 32));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery/screen_reader/ask.py");
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "/usr/bin/python3", script, env!("CARGO_BIN_EXE_perceptarium")]);
    command.args(["digits", "--mode", "window", "--lang", "en", "--epochs", "100000"]);
    command.arg("--data").arg(data.path()).env("DISPLAY", &screen.display);
    command.env_remove("WAYLAND_DISPLAY");
    assert!(
        fs::exists("/usr/libexec/at-spi-bus-launcher").is_ok_and(|there| there),
        "AT-SPI is missing: run tests/run, which installs it"
    );
    let output = finish(&mut command);
    assert!(output.status.success(), "{}", complaint(&output));
    // Whatever the session starts talks there, too.
    let said = str::from_utf8(&output.stdout).unwrap();
    let answer = said.lines().find(|line| line.starts_with('{')).expect(said);
    let answer: Value = serde_json::from_str(answer).unwrap();
    assert_eq!(answer["speed"], 50.0);
    let told: Vec<(String, String)> = serde_json::from_value(answer["told"].clone()).unwrap();
    let place = |role: &str, name: &str| {
        let at = told.iter().position(|(a, b)| (a.as_str(), b.as_str()) == (role, name));
        at.unwrap_or_else(|| panic!("no {role} is called {name} in {told:#?}"))
    };
    let read = [
        place("heading", "A network learns to read digits"),
        place("push button", "Look inside"),
        place("heading", "Output"),
        place("push button", "One step"),
    ];
    assert!(read.is_sorted(), "{read:?} in {told:#?}");
    // Each is told once.
    assert_eq!(told.iter().filter(|(role, _)| role == "slider").count(), 3, "{told:#?}");
}
