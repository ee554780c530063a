//! What a running program prints, one JSON event a line, heard while it goes on.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::ChildStdout,
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::LONG;

/// The events of a program so far.
pub(crate) struct Hearing {
    incoming: Receiver<Value>,
    pub(crate) heard: Vec<Value>,
    /// What the program writes on standard error.
    pub(crate) log: PathBuf,
}

impl Hearing {
    /// Hears every line of a program's standard output; each must be an event.
    pub(crate) fn of(stdout: ChildStdout, log: PathBuf) -> Self {
        let lines = BufReader::new(stdout).lines();
        let (sender, incoming) = sync_channel(65_536);
        thread::Builder::new()
            .name("listening".to_owned())
            .spawn(move || {
                for line in lines.map_while(Result::ok) {
                    let event = serde_json::from_str(&line).expect(&line);
                    if sender.send(event).is_err() {
                        return;
                    }
                }
            })
            .unwrap();
        Self { incoming, heard: Vec::new(), log }
    }

    /// Waits for an event that fits, beginning after those waited for before.
    pub(crate) fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.wait_within(LONG, fits).unwrap_or_else(|| self.give_up(&format!("{what} never came")))
    }

    /// The same, with nothing if it has not come in time.
    pub(crate) fn wait_within(
        &mut self,
        patience: Duration,
        fits: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let until = Instant::now() + patience;
        loop {
            match self.incoming.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.heard.push(event.clone());
                    if fits(&event) {
                        return Some(event);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.give_up("the program ended while something was waited for")
                }
            }
        }
    }

    /// Takes in what has been said so far.
    pub(crate) fn listen(&mut self) {
        self.heard.extend(self.incoming.try_iter());
    }

    /// The newest event that fits, waiting for one if there is none yet.
    pub(crate) fn newest(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.listen();
        match self.heard.iter().rev().find(|event| fits(event)) {
            Some(event) => event.clone(),
            None => self.wait(what, fits),
        }
    }

    pub(crate) fn give_up(&self, why: &str) -> ! {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        // A headset's runtime writes the name of every call of a program.
        let log: Vec<_> = log.lines().filter(|line| !line.starts_with("xr")).collect();
        let last: Vec<_> = self.heard.iter().rev().take(12).map(Value::to_string).collect();
        let (last, log) = (last.join("\n"), log.join("\n"));
        panic!("{why}; last events, newest first:\n{last}\nlog:\n{log}");
    }
}
