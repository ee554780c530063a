//! Machines on which no headset can be entered: the program says which part is missing, and opens the window.

use std::{
    fs::{self, File},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::runtime::Runtime;
use crate::{
    hearing::Hearing,
    screen::Screen,
    support::{LONG, complaint, finish, small_data},
    x11,
};

/// Hides the loader from whatever runs in the room from then on, and starts the program.
const WITHOUT_LOADER: &str = r#"
for loader in /usr/lib/*/libopenxr_loader.so.1; do mount --bind /dev/null "$loader"; done
exec "$@"
"#;

#[test]
fn what_is_missing_is_named() {
    let data = small_data(64, 32);
    let mut runtime = Runtime::start();
    let refused = |command: &mut Command, reason: &str| {
        let output = finish(command.args(["--mode", "headset", "--data"]).arg(data.path()));
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("--mode headset finds none to enter"), "{said}");
        assert!(said.contains(reason), "“{reason}” is not said: {said}");
        assert_eq!(said.lines().count(), 1, "libraries keep quiet: {said}");
    };
    let program = env!("CARGO_BIN_EXE_perceptarium");
    let folder = data.path();
    refused(
        runtime.command(program, folder).env("XR_RUNTIME_JSON", "/nowhere.json"),
        "no OpenXR runtime is active",
    );
    // Files of a runtime that is gone or broken.
    let manifest = folder.join("active_runtime.json");
    for (text, reason) in [
        ("{ \"runtime\": ", "is broken in line 1"),
        (
            r#"{"file_format_version": "1.0.0", "runtime": {"library_path": "./gone.so"}}"#,
            "is missing",
        ),
        (
            r#"{"file_format_version": "1.0.0", "runtime": {"library_path": "./active_runtime.json"}}"#,
            "cannot be loaded",
        ),
    ] {
        fs::write(&manifest, text).unwrap();
        let mut broken = runtime.command(program, folder);
        refused(broken.env("XR_RUNTIME_JSON", &manifest), reason);
    }
    runtime.kill();
    refused(&mut runtime.command(program, folder), "its service may not run");

    // Left to itself, the program opens the window and says why.
    let screen = Screen::new();
    let log = folder.join("log");
    let mut child = runtime
        .command(program, folder)
        .args(["--json", "--epochs", "100000", "--threads", "1", "--size", "640x360", "--data"])
        .arg(folder)
        .env("DISPLAY", &screen.display)
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut events = Hearing::of(child.stdout.take().unwrap(), log.clone());
    events.wait("a control in the window", |event| event["event"] == "control");
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("opens in a window, as no headset can be entered"), "{said}");
    let window = screen.hall_window().unwrap();
    x11::ask_to_close(&screen.display, window.parse().unwrap());
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < LONG, "the window does not close");
        thread::sleep(Duration::from_millis(20));
    }

    let mut hidden = runtime.command("bash", folder);
    refused(hidden.args(["-c", WITHOUT_LOADER, "hidden", program]), "there is no OpenXR loader");
}
