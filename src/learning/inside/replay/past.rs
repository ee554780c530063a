//! How a run came to where it is: how many steps it took, and at which learning rates.

use crate::{
    inside::PlannedEdit,
    learning::{StepPlace, TrainError},
    words::Phrase,
};

/// The learning rates of the steps taken so far: the first step of each stretch, counted from 1, and its rate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    stretches: Vec<(u64, f64)>,
}

impl Rates {
    /// That of a step; not a number before the first stretch.
    pub fn of(&self, step: u64) -> f64 {
        let after = self.stretches.partition_point(|(first, _)| *first <= step);
        let before = after.checked_sub(1).and_then(|at| self.stretches.get(at));
        before.map_or(f64::NAN, |(_, rate)| *rate)
    }

    /// The same with other rates after a step: what becomes of each is told by `change`.
    pub(super) fn changed(&mut self, step: u64, change: impl Fn(f64) -> f64) {
        let next = step.saturating_add(1);
        let cut = self.stretches.partition_point(|(first, _)| *first < next);
        if self.stretches.get(cut).is_none_or(|(first, _)| *first != next) {
            self.stretches.insert(cut, (next, self.of(next)));
        }
        for (_, rate) in self.stretches.iter_mut().skip(cut) {
            *rate = change(*rate);
        }
    }
}

/// What a trainable remembers of the run that it is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    steps: u64,
    rates: Rates,
    /// What was changed by hand, in the order in which it was done.
    edits: Vec<PlannedEdit>,
    /// Whether something happened that cannot be repeated.
    broken: bool,
    /// The last step that was taken before it, where it goes on from a file.
    resumed: Option<u64>,
}

impl Past {
    /// Of a network whose first steps were taken elsewhere.
    pub fn unknown() -> Self {
        Self { broken: true, ..Self::default() }
    }

    /// Of a run that goes on from a file that was written after so many steps: what it was before is known to nobody.
    pub fn resumed(steps: u64) -> Self {
        Self { steps, resumed: Some(steps), ..Self::default() }
    }

    /// Steps taken.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// Remembers a step at its place; one that leaves the order of the epochs cannot be repeated.
    pub fn took(&mut self, at: StepPlace, rate: f64, steps_per_epoch: u64) {
        let of_epoch = steps_per_epoch.max(1);
        let next =
            (u64::from(at.epoch)).checked_mul(of_epoch).and_then(|n| n.checked_add(at.batch));
        self.broken |= next != Some(self.steps) || at.batch >= of_epoch;
        self.steps += 1;
        let last = self.rates.stretches.last().map(|(_, last)| last.to_bits());
        if last != Some(rate.to_bits()) {
            self.rates.stretches.push((self.steps, rate));
        }
    }

    /// Remembers an edit by hand.
    pub fn edited(&mut self, edit: PlannedEdit) {
        self.edits.push(edit);
    }

    /// What was changed by hand, in the order in which it was done.
    pub fn edits(&self) -> &[PlannedEdit] {
        &self.edits
    }

    /// The rates by which every step can be taken again.
    ///
    /// # Errors
    /// One sentence if it is not known how the network came to be as it is.
    pub fn rates(&self) -> Result<Rates, TrainError> {
        if let Some(steps) = self.resumed {
            return Err(TrainError::Calculation(phrase!(
                "studies-this-run-goes-on-from",
                steps = Phrase::counted(usize::try_from(steps).unwrap_or(usize::MAX), "step")
            )));
        }
        match self.broken {
            false => Ok(self.rates.clone()),
            true => Err(TrainError::calculation(phrase!("studies-how-the-network-came-to"))),
        }
    }
}
