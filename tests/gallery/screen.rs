//! A screen that nobody sees, with a mouse and keys that nobody touches.

use std::{
    io::{BufRead as _, BufReader},
    os::fd::AsFd as _,
    process::{Child, Command, Stdio},
};

use crate::support::complaint;

/// A screen that nobody sees, ended when dropped.
pub(crate) struct Screen {
    server: Child,
    /// Such as ":1".
    pub(crate) display: String,
}

impl Screen {
    pub(crate) fn new() -> Self {
        let (mut said, told) = std::io::pipe().unwrap();
        let server = Command::new("Xvfb")
            // It picks a free display and says which one on its standard output.
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            // Otherwise it begins anew whenever its last client leaves, such as an xdotool that looks for the window,
            // and drops whoever comes at that moment.
            .arg("-noreset")
            .stdout(told.as_fd().try_clone_to_owned().unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing: run tests/run, which installs it");
        drop(told);
        let mut number = String::new();
        BufReader::new(&mut said).read_line(&mut number).unwrap();
        Self { server, display: format!(":{}", number.trim()) }
    }

    /// The same with another keyboard, such as "fr".
    pub(crate) fn with_keyboard(layout: &str) -> Self {
        let screen = Self::new();
        let status = Command::new("setxkbmap")
            .args(["-display", &screen.display, layout])
            .status()
            .expect("setxkbmap is missing: run tests/run, which installs it");
        assert!(status.success(), "no keyboard “{layout}”");
        screen
    }

    /// Lets xdotool do something and gives what it says.
    pub(crate) fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is missing: run tests/run, which installs it");
        assert!(output.status.success(), "xdotool {arguments:?}: {}", complaint(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The hall's window, once it is shown.
    pub(crate) fn hall_window(&self) -> Option<String> {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", "Perceptarium"])
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is missing: run tests/run, which installs it");
        std::str::from_utf8(&found.stdout).unwrap().lines().next().map(str::to_owned)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
