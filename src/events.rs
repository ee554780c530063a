//! What happens, told to other programs: one JSON object a line.

mod lines;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use erased_serde::Serialize;

use self::lines::{EpochLine, FinishedLine, GraphLine, SavedLine, StartedLine, StateLine};
use crate::{
    narrator::Narrator,
    stream::{ExhibitId, Report, RunState, Step},
    words::{self, Language},
};

/// Who tells of each exhibit's runs.
pub type Narrators = BTreeMap<ExhibitId, Box<dyn Narrator>>;

/// Writes events in the order they are given; clones write to the same place.
///
/// When nobody reads any more, as after `| head -1`, the rest is dropped in silence.
#[derive(Clone)]
pub struct EventWriter {
    destination: Arc<Mutex<Destination>>,
}

struct Destination {
    /// `None` when events were not asked for, or nobody reads them any more.
    lines: Option<Box<dyn Write + Send>>,
    /// The last state that was told, so that only changes are.
    state: Option<&'static str>,
    /// The exhibit whose reports come.
    exhibit: ExhibitId,
    narrators: Narrators,
    /// Whether the reader has gone away.
    broken: bool,
}

impl EventWriter {
    /// Events go to standard output, of this exhibit first.
    pub fn to_stdout(exhibit: ExhibitId, narrators: Narrators) -> Self {
        Self::to(Box::new(io::stdout()), exhibit, narrators)
    }

    /// Nobody asked for events.
    pub fn silent() -> Self {
        Self::of(None, ExhibitId::new(""), Narrators::new())
    }

    /// Events go wherever this leads.
    pub fn to(lines: Box<dyn Write + Send>, exhibit: ExhibitId, narrators: Narrators) -> Self {
        Self::of(Some(lines), exhibit, narrators)
    }

    fn of(lines: Option<Box<dyn Write + Send>>, exhibit: ExhibitId, narrators: Narrators) -> Self {
        let destination = Destination { lines, state: None, exhibit, narrators, broken: false };
        Self { destination: Arc::new(Mutex::new(destination)) }
    }

    /// Whether whoever read the events has gone away.
    pub fn is_broken(&self) -> bool {
        self.destination.lock().is_ok_and(|destination| destination.broken)
    }

    /// Tells what the trainer reported, as far as it concerns other programs.
    pub fn report(&self, report: &Report) {
        if let Ok(mut destination) = self.destination.lock() {
            // Programs read what is told here, so it is in one language.
            words::speaking(Language::English, || destination.report(report));
        }
    }

    /// Tells something that happened: an object with its name under `event`.
    pub fn tell(&self, event: &dyn Serialize) {
        if let Ok(mut destination) = self.destination.lock() {
            words::speaking(Language::English, || destination.line(event));
        }
    }

    /// What is reported from here on is reported of another exhibit.
    pub fn turn_to(&self, exhibit: ExhibitId) {
        if let Ok(mut destination) = self.destination.lock() {
            (destination.exhibit, destination.state) = (exhibit, None);
        }
    }
}

impl Destination {
    fn report(&mut self, report: &Report) {
        let Some(mut narrator) = self.narrators.remove(&self.exhibit) else {
            return;
        };
        narrator.hear(report);
        match report {
            Report::Started(started) => {
                self.state = None;
                self.line(&StartedLine::of(started));
            }
            Report::Graph(graph) => {
                if !graph.nodes().is_empty() {
                    self.line(&GraphLine { graph });
                }
            }
            Report::State { state, step } => self.state(state, *step),
            Report::EpochEnded(epoch) => {
                // What is counted in steps alone has no epochs, only an end.
                if narrator.started().is_none_or(|started| started.in_epochs) {
                    self.line(&EpochLine::of(epoch, &*narrator));
                }
            }
            Report::Finished(finished) => {
                self.line(&FinishedLine::of(self.exhibit, finished, &*narrator));
            }
            Report::Saved(saved) => self.line(&SavedLine::of(saved)),
            Report::Found(found) => {
                if let Some(event) = narrator.found_as_json(found) {
                    self.line(&event);
                }
            }
            Report::Material(_) | Report::Stage(_) | Report::Stepped(_) => {}
        }
        self.narrators.insert(self.exhibit, narrator);
    }

    fn state(&mut self, state: &RunState, step: Step) {
        // Preparing is told by nothing: the first state of a run comes with its start.
        if *state == RunState::Preparing || self.state.replace(state.word()) == Some(state.word()) {
            return;
        }
        let (rates, reason) = match state {
            RunState::Diverged { learning_rate, proposed } => {
                (Some((*learning_rate, *proposed)), None)
            }
            RunState::Failed { reason } => (None, Some(reason.to_string())),
            _ => (None, None),
        };
        let (learning_rate, proposed_learning_rate) = rates.unzip();
        let state = state.word();
        self.line(&StateLine { state, step, learning_rate, proposed_learning_rate, reason });
    }

    fn line(&mut self, event: &dyn Serialize) {
        let Some(lines) = &mut self.lines else {
            return;
        };
        let text = words::written_in_words(|| serde_json::to_vec(event));
        let written = text.map_err(io::Error::from).and_then(|mut text| {
            text.push(b'\n');
            lines.write_all(&text)?;
            lines.flush()
        });
        if written.is_err() {
            self.lines = None;
            self.broken = true;
        }
    }
}
