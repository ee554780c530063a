//! Progress bars where there is a terminal, plain lines where there is none.

use std::{
    io::{IsTerminal as _, Write as _, stderr},
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::stream::{Example, Report, Started, StepReport, TuneReport};

use super::words;

/// How often a bar is drawn again, per second.
const REDRAWS_PER_SECOND: u8 = 10;

/// Tells reports on standard error.
pub(super) struct Bars {
    /// `None` where standard error is a file or a pipe.
    terminal: Option<MultiProgress>,
    growing: Option<Growing>,
    example: Example,
    headed: Headed,
    epochs: u32,
    /// The folds so far of the C that is tried.
    tuned: Vec<TuneReport>,
}

/// The table that was written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Headed {
    Nothing,
    Epochs,
    Folds,
    Tuned,
}

/// The bars of a run that takes steps.
struct Growing {
    epoch: ProgressBar,
    run: ProgressBar,
    steps_per_epoch: u64,
    epochs: u32,
    example: Example,
    drawn: Instant,
}

impl Bars {
    pub(super) fn on_stderr() -> Self {
        let terminal = stderr().is_terminal().then(|| {
            MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(REDRAWS_PER_SECOND))
        });
        Self {
            terminal,
            growing: None,
            example: Example::Image,
            headed: Headed::Nothing,
            epochs: 0,
            tuned: Vec::new(),
        }
    }

    pub(super) fn tell(&mut self, report: &Report) {
        match report {
            Report::Material(material) => self.line(&words::material(material)),
            Report::Started(started) => self.start(started),
            Report::Stage(stage) if stage.done => self.line(&words::stage(stage)),
            Report::Stepped(step) => {
                if let Some(growing) = &mut self.growing {
                    growing.grow(step);
                }
            }
            Report::EpochEnded(epoch)
                if words::is_worth_a_line(self.example, epoch.epoch, self.epochs)
                    && self.headed != Headed::Tuned =>
            {
                self.head(Headed::Epochs, words::epoch_headings(self.example));
                self.line(&words::epoch(self.example, epoch));
            }
            Report::Fold(fold) => {
                if let Some(line) = words::fold(fold) {
                    self.head(Headed::Folds, words::FOLD_HEADINGS);
                    self.line(&line);
                }
            }
            Report::Tuned(tuned) => {
                self.tuned.push(*tuned);
                if self.tuned.len() >= tuned.folds {
                    self.head(Headed::Tuned, words::TUNE_HEADINGS);
                    self.line(&words::tuned(&self.tuned));
                    self.tuned.clear();
                }
            }
            Report::State { state, .. } if state.is_over() => self.clear(),
            Report::Finished(finished) => {
                self.clear();
                self.line(&words::finished(finished));
            }
            Report::Stage(_)
            | Report::State { .. }
            | Report::EpochEnded(_)
            | Report::Descended(_)
            | Report::Tested(_) => {}
        }
    }

    fn start(&mut self, started: &Started) {
        self.clear();
        (self.headed, self.example) = (Headed::Nothing, started.example);
        self.epochs = started.epochs;
        self.tuned.clear();
        self.line(&words::started(started));
        self.growing = self.terminal.as_ref().map(|terminal| Growing::new(terminal, started));
    }

    /// Writes the headings of a table before its first line.
    fn head(&mut self, table: Headed, headings: &str) {
        if self.headed != table {
            self.headed = table;
            self.line(headings);
        }
    }

    fn clear(&mut self) {
        if let Some(growing) = self.growing.take() {
            growing.epoch.finish_and_clear();
            growing.run.finish_and_clear();
        }
    }

    /// Writes a line above the bars; where nobody can read it any more, nothing is lost.
    fn line(&self, line: &str) {
        match &self.terminal {
            Some(terminal) => terminal.println(line).ok(),
            None => writeln!(stderr(), "{line}").ok(),
        };
    }
}

impl Growing {
    fn new(terminal: &MultiProgress, started: &Started) -> Self {
        let bar = |length, template| {
            let bar = terminal.add(ProgressBar::new(length));
            // The templates are ours; were one wrong, indicatif's own would do.
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar
        };
        let steps = started.steps_per_epoch;
        Self {
            epoch: bar(steps, "{prefix:>11} {bar:32.cyan/black.bright} {pos:>6}/{len}  {msg}"),
            run: bar(
                steps * u64::from(started.epochs),
                "{prefix:>11} {bar:32.blue/black.bright} {pos:>6}/{len}  {elapsed} gone, {eta} to go",
            ),
            steps_per_epoch: steps,
            epochs: started.epochs,
            example: started.example,
            drawn: Instant::now(),
        }
    }

    fn grow(&mut self, step: &StepReport) {
        let into_epoch = step.step.0.saturating_sub(1) % self.steps_per_epoch.max(1) + 1;
        // Steps come by the hundred a second, and words for each would be wasted.
        let redraw = Duration::from_secs(1) / u32::from(REDRAWS_PER_SECOND);
        let last = into_epoch == self.steps_per_epoch;
        if self.drawn.elapsed() < redraw && !last && step.step.0 > 1 {
            return;
        }
        self.drawn = Instant::now();
        self.epoch.set_position(into_epoch);
        self.epoch.set_prefix(format!("epoch {}/{}", step.epoch, self.epochs));
        self.epoch.set_message(words::step(self.example, step));
        self.run.set_prefix("run");
        self.run.set_position(step.step.0);
    }
}
