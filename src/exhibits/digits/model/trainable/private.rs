//! What a private run gives away, and what it costs: told before its first step and after its last.

use super::state::DigitsTrainable;
use crate::{
    images::{ClassifierVerdict, PrivacySpent},
    learning::{
        Judgement, TrainError,
        privacy::{PrivateSteps, spent},
    },
    sentence::number,
    stream::{Fact, Payload},
    words::{Phrase, Word},
};

/// Why a private run is not taken again.
const UNKNOWN_NOISE: Word = key!("digits-model-the-training-was-private-and");

impl DigitsTrainable {
    /// What so many steps give away.
    fn spent_by(&self, private: &PrivateSteps, steps: u64) -> PrivacySpent {
        let examples = self.train.len().max(1);
        spent(private, self.batch.min(examples) as f64 / examples as f64, steps)
    }

    /// What all planned steps will have given away, as a fact of the run.
    pub(super) fn private_plan(&self) -> Option<Fact> {
        let private = self.private?;
        let steps = u64::from(self.epochs).saturating_mul(self.steps_per_epoch());
        let spent = self.spent_by(&private, steps).told();
        let steps = Phrase::counted(usize::try_from(steps).unwrap_or(usize::MAX), "step");
        let (noise, clip) = (number(private.noise()), number(private.clip()));
        let all = phrase!("digits-model-after-all-noise-clip", spent, steps, noise, clip);
        Some(Fact::new(key!("digits-model-private"), all))
    }

    /// The same judgement, with what the steps so far have given away.
    pub(super) fn with_privacy(&self, mut judgement: Judgement) -> Judgement {
        let Some(private) = self.private else { return judgement };
        let spent = self.spent_by(&private, self.past.steps());
        judgement.facts.push(Fact::new(key!("digits-model-private"), spent.told()));
        if let Some(verdict) = judgement.verdict.get::<ClassifierVerdict>() {
            let verdict = ClassifierVerdict { privacy: Some(spent), ..**verdict };
            judgement.verdict = Payload::new(verdict);
        }
        judgement
    }

    /// Whether the run can be taken again: a private one cannot.
    pub(super) fn check_repeatable(&self) -> Result<(), TrainError> {
        match self.private {
            None => Ok(()),
            Some(_) => Err(TrainError::calculation(UNKNOWN_NOISE)),
        }
    }
}
