//! What a run came to, heard from its recording: the rates and edits of its way, its last metrics, and when it passed which
//! accuracy.

use serde::Serialize;

use crate::{
    inside::{EditAsked, EditReport},
    recording::{Recorded, RecordingFault},
    stream::{EpochReport, MetricSpec, MetricValues, Report, Split, Started, StepReport},
};

/// Shares of the test examples, in percent, whose first passing is told.
const LEVELS: [u32; 9] = [50, 75, 80, 85, 90, 95, 97, 98, 99];
/// The metric that they are levels of.
const ACCURACY: &str = "accuracy";
/// Learning rates that are told of a run: a schedule has one for each step.
const MOST_RATES: usize = 6;

/// A run.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Heard {
    /// Its recording, and which run of it this is.
    pub(super) file: String,
    pub(super) run: u32,
    #[serde(skip)]
    pub(super) started: Started,
    /// The last step that is told.
    pub(super) steps: u64,
    /// Whether the recording has its end.
    pub(super) whole: bool,
    /// Learning rates with the steps at which they came, as far as there are not more than some.
    pub(super) rates: Vec<(u64, f64)>,
    #[serde(skip)]
    rate_now: Option<f64>,
    /// How often the learning rate was changed.
    pub(super) rate_changes: usize,
    /// Edits by hand, as they are typed.
    pub(super) edits: Vec<String>,
    /// The last values of each metric: of the last step, and of the last test.
    pub(super) last: Vec<Measured>,
    /// At which step each level of accuracy was reached first in a test after an epoch.
    pub(super) reached: Vec<Reached>,
}

/// A metric by the name that tables have for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Measured {
    pub(super) metric: String,
    pub(super) value: f32,
    /// Steps taken.
    pub(super) step: u64,
    #[serde(skip)]
    pub(super) of: MetricSpec,
}

/// A level of accuracy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Reached {
    /// In percent.
    pub(super) level: u32,
    /// Steps taken; none where it was never reached.
    pub(super) step: Option<u64>,
}

/// Hears all reports of a recording.
///
/// # Errors
/// If it cannot be read on.
pub(super) fn each_report(
    recorded: &Recorded,
    mut hear: impl FnMut(Report),
) -> Result<(), RecordingFault> {
    let mut messages = recorded.messages()?;
    while let Some((_, report)) = messages.next_report()? {
        hear(report);
    }
    Ok(())
}

impl Heard {
    /// All runs of a recording.
    ///
    /// # Errors
    /// If it cannot be read on.
    pub(super) fn all(recorded: &Recorded) -> Result<Vec<Self>, RecordingFault> {
        let mut runs: Vec<Self> = Vec::new();
        each_report(recorded, |report| match report {
            Report::Started(started) => runs.push(Self::of(recorded, started)),
            report => {
                if let Some(run) = runs.last_mut() {
                    run.hear(&report);
                }
            }
        })?;
        Ok(runs)
    }

    fn of(recorded: &Recorded, started: Started) -> Self {
        Self {
            file: recorded.name(),
            run: started.run.number,
            rates: Vec::new(),
            rate_now: None,
            rate_changes: 0,
            steps: 0,
            whole: recorded.is_whole(),
            edits: Vec::new(),
            last: Vec::new(),
            reached: LEVELS.map(|level| Reached { level, step: None }).into(),
            started,
        }
    }

    fn hear(&mut self, report: &Report) {
        match report {
            Report::Stepped(StepReport { step, values, learning_rate, .. }) => {
                self.rate(step.0, *learning_rate);
                self.measured(step.0, Split::Train, values);
            }
            Report::EpochEnded(EpochReport { step, test: Some(test), .. }) => {
                self.measured(step.0, Split::Test, &test.values);
                self.reach(step.0, &test.values);
            }
            Report::Found(payload) => {
                let Some(report) = payload.get::<EditReport>() else { return };
                let Ok(edited) = &report.said else { return };
                // One that was taken back has a minus before it.
                let sign = if report.asked == EditAsked::Undo { "-" } else { "" };
                self.edits.push(format!("{sign}{}", edited.edit));
            }
            _ => {}
        }
    }

    fn rate(&mut self, step: u64, rate: f64) {
        let before = self.rate_now.replace(rate);
        if before.map(f64::to_bits) == Some(rate.to_bits()) {
            return;
        }
        self.rate_changes += usize::from(before.is_some());
        if self.rates.len() < MOST_RATES {
            self.rates.push((step, rate));
        }
    }

    fn measured(&mut self, step: u64, split: Split, values: &MetricValues) {
        self.steps = self.steps.max(step);
        let metrics = self.started.metrics_of(split).zip(values.as_slice());
        let measured: Vec<Measured> =
            metrics.map(|(metric, value)| Measured::of(metric, *value, step)).collect();
        for one in measured {
            match self.last.iter_mut().find(|known| known.metric == one.metric) {
                Some(known) => *known = one,
                None => self.last.push(one),
            }
        }
    }

    fn reach(&mut self, step: u64, values: &MetricValues) {
        let at = self.started.metrics_of(Split::Test).position(|metric| metric.name == ACCURACY);
        let Some(share) = at.and_then(|at| values.as_slice().get(at)) else { return };
        for of in &mut self.reached {
            // As it is told: 0.95 in single precision is less than 95 hundredths.
            if of.step.is_none() && f64::from(*share) + 1e-6 >= f64::from(of.level) / 100.0 {
                of.step = Some(step);
            }
        }
    }
}

impl Measured {
    fn of(metric: &MetricSpec, value: f32, step: u64) -> Self {
        let name = match metric.split {
            Split::Train => metric.name.to_owned(),
            Split::Test => format!("{}_{}", metric.split.prefix(), metric.name),
        };
        Self { metric: name, value, step, of: *metric }
    }
}
