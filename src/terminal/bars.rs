//! Progress bars where there is a terminal, plain lines where there is none.

use std::{
    io::{IsTerminal as _, Write as _, stderr},
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words;
use crate::{
    narrator::{Narrator, TableRow, whole_run},
    stream::{Report, SaveReport, Started, StepReport},
};

/// How often a bar is drawn again, per second.
const REDRAWS_PER_SECOND: u8 = 10;

/// Tells reports on standard error.
pub(super) struct Bars {
    /// `None` where standard error is a file or a pipe.
    terminal: Option<MultiProgress>,
    growing: Option<Growing>,
    /// The headings that were written last.
    headed: String,
    narrator: Box<dyn Narrator>,
}

/// The bars of a run that takes steps.
struct Growing {
    epoch: ProgressBar,
    /// Missing where the run has no epochs, so that one bar tells it all.
    run: Option<ProgressBar>,
    steps_per_epoch: u64,
    epochs: u32,
    drawn: Instant,
}

impl Bars {
    pub(super) fn on_stderr(narrator: Box<dyn Narrator>) -> Self {
        let terminal = stderr().is_terminal().then(|| {
            MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(REDRAWS_PER_SECOND))
        });
        Self { terminal, growing: None, headed: String::new(), narrator }
    }

    pub(super) fn tell(&mut self, report: &Report) {
        self.narrator.hear(report);
        match report {
            Report::Material(material) => self.line(&words::material(material, &*self.narrator)),
            Report::Started(started) => self.start(started),
            Report::Graph(graph) => {
                if let Some(line) = words::graph(graph) {
                    self.line(&line);
                }
            }
            Report::Stage(stage) if stage.done => self.line(&words::stage(stage)),
            Report::Stepped(step) => {
                if let Some(growing) = &mut self.growing {
                    growing.grow(step, &*self.narrator);
                }
            }
            Report::EpochEnded(epoch) => self.rows(self.narrator.epoch(epoch)),
            Report::Found(found) => {
                let rows = self.narrator.found(found);
                self.rows(rows);
            }
            Report::State { state, .. } if state.is_over() => self.clear(),
            Report::Finished(finished) => {
                self.clear();
                let end = self.narrator.finished(finished);
                self.line(&say!("terminal-finished", finished = whole_run(finished), end));
            }
            // A bar tells it otherwise.
            Report::Stage(stage) if self.terminal.is_none() => {
                if let Some(line) = words::how_long(stage) {
                    self.line(&line);
                }
            }
            Report::Saved(SaveReport { said: Err(why), .. }) => {
                self.line(&say!("terminal-not-saved", why));
            }
            Report::Stage(_) | Report::State { .. } | Report::Saved(_) => {}
        }
    }

    fn start(&mut self, started: &Started) {
        self.clear();
        self.headed.clear();
        self.line(&words::started(started, &*self.narrator));
        self.growing = self.terminal.as_ref().map(|terminal| Growing::new(terminal, started));
    }

    /// Writes lines of tables, each table's headings before its first.
    fn rows(&mut self, rows: impl IntoIterator<Item = TableRow>) {
        for TableRow { headings, text } in rows {
            if !headings.is_empty() && self.headed != headings {
                self.line(&headings);
                self.headed = headings;
            }
            self.line(&text);
        }
    }

    pub(super) fn clear(&mut self) {
        if let Some(growing) = self.growing.take() {
            growing.epoch.finish_and_clear();
            if let Some(run) = growing.run {
                run.finish_and_clear();
            }
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
        let bar = |length, template: &str| {
            let bar = terminal.add(ProgressBar::new(length));
            // The templates are ours; were one wrong, indicatif's own would do.
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar
        };
        let steps = started.steps_per_epoch;
        Self {
            epoch: if steps == 0 {
                // Nobody knows how far it goes.
                bar(steps, "{prefix:>11} {spinner:.cyan} {pos:>6}  {msg}")
            } else {
                bar(steps, "{prefix:>11} {bar:32.cyan/black.bright} {pos:>6}/{len}  {msg}")
            },
            run: (started.in_epochs && steps > 0).then(|| {
                bar(
                    steps * u64::from(started.epochs),
                    &format!(
                        "{{prefix:>11}} {{bar:32.blue/black.bright}} {{pos:>6}}/{{len}}  {}",
                        say!("terminal-gone-to-go", elapsed = "{elapsed}", eta = "{eta}")
                    ),
                )
            }),
            steps_per_epoch: steps,
            epochs: started.epochs,
            drawn: Instant::now(),
        }
    }

    fn grow(&mut self, step: &StepReport, narrator: &dyn Narrator) {
        let into_epoch = match self.steps_per_epoch {
            0 => step.step.0,
            steps => step.step.0.saturating_sub(1) % steps + 1,
        };
        // Steps come by the hundred a second, and words for each would be wasted.
        let redraw = Duration::from_secs(1) / u32::from(REDRAWS_PER_SECOND);
        let last = into_epoch == self.steps_per_epoch;
        if self.drawn.elapsed() < redraw && !last && step.step.0 > 1 {
            return;
        }
        self.drawn = Instant::now();
        self.epoch.set_position(into_epoch);
        self.epoch.set_message(narrator.step(step));
        if let Some(run) = &self.run {
            self.epoch.set_prefix(say!("terminal-epoch", epoch = step.epoch, epochs = self.epochs));
            run.set_prefix(say!("terminal-run"));
            if run.position() == 0 && step.step.0 > 1 {
                // Steps that were taken elsewhere, or before one has looked, tell nothing of this pace.
                run.set_position(step.step.0);
                run.reset_eta();
            }
            run.set_position(step.step.0);
        } else {
            self.epoch.set_prefix(say!("terminal-steps"));
        }
    }
}
