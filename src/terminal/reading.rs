//! How far the reading of a large file has come, and that something is still being done.

use std::{
    io::{IsTerminal as _, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

/// A file that is shorter than this is read before one has looked.
const WORTH_A_BAR: u64 = 8 << 20;

/// A bar on standard error while a file is read, where that is a terminal; it goes when it is dropped.
#[derive(Default)]
pub struct ReadingBar {
    bar: Option<ProgressBar>,
}

impl ReadingBar {
    /// Says how many bytes of how many have been read.
    pub fn tell(&mut self, read: u64, of: u64) {
        if of < WORTH_A_BAR || !stderr().is_terminal() {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(of);
            let told = say!("terminal-read-of", all = "{total_bytes}", eta = "{eta}");
            let template =
                format!("{{prefix:>11}} {{bar:32.cyan/black.bright}} {{bytes:>10}}{told}");
            // The template is ours; were it wrong, indicatif's own would do.
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar.set_prefix(say!("terminal-reading"));
            bar
        });
        bar.set_position(read);
    }
}

impl Drop for ReadingBar {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// How often the line of what is being done moves on.
const MOVES_EVERY: Duration = Duration::from_millis(100);

/// A line on standard error while something is done whose end is not known, where that is a terminal; it goes when it is
/// dropped.
pub struct WorkingLine(Option<ProgressBar>);

impl WorkingLine {
    /// Says what is being done, such as "preparing 7,129 columns".
    pub fn new(what: String) -> Self {
        Self(stderr().is_terminal().then(|| {
            let line = ProgressBar::new_spinner().with_message(what);
            if let Ok(style) = ProgressStyle::with_template("{spinner:>11.cyan} {msg}, {elapsed}") {
                line.set_style(style);
            }
            line.enable_steady_tick(MOVES_EVERY);
            line
        }))
    }
}

impl Drop for WorkingLine {
    fn drop(&mut self) {
        if let Some(line) = self.0.take() {
            line.finish_and_clear();
        }
    }
}
