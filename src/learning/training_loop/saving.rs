//! Where a run stands, handed to whoever writes it down, and taken from whoever has read it.

use super::{TrainingLoop, tally::Tally};
use crate::{
    learning::{Progress, TrainError},
    sentence::on_one_line,
    stream::{Report, RunState, SaveReport, Step},
    words::InPhrase as _,
    words::Phrase,
};

impl TrainingLoop {
    /// Goes on where another session stopped.
    pub(super) fn go_on_from(&mut self, progress: &Progress) {
        let Progress { step, at, learning_rate, examples, sums } = *progress;
        (self.step, self.at) = (step, at);
        (self.learning_rate, self.last_rate) = (learning_rate, learning_rate);
        self.epoch = Tally { examples, sums, ..Tally::default() };
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            step: self.step,
            at: self.at,
            learning_rate: self.learning_rate,
            examples: self.epoch.examples,
            sums: self.epoch.sums,
        }
    }

    /// Writes the run down while it goes on; where that fails it is told, and the run goes on all the same.
    pub(super) fn save_on_the_way(&mut self, asked: bool) {
        // After a failure nobody knows what the model holds.
        let failed = matches!(self.state, RunState::Failed { .. });
        let saved = if self.sound && !failed {
            self.trainable.save(&self.progress())
        } else {
            Err(TrainError::calculation(phrase!("learning-the-run-has-not-begun")))
        };
        let said = match saved {
            Ok(Some(place)) => Ok(place),
            Ok(None) if asked => Err(phrase!("learning-this-run-has-no-place")),
            Ok(None) => return,
            Err(error) => Err(on_one_line(error.in_phrase())),
        };
        self.post_saved(said, asked);
    }

    /// Writes down what the run came to; what cannot be written then has been learned in vain, so the run fails.
    pub(super) fn save_at_the_end(&mut self) -> Result<(), TrainError> {
        if let Some(place) = self.trainable.save(&self.progress())? {
            self.post_saved(Ok(place), false);
        }
        Ok(())
    }

    fn post_saved(&mut self, said: Result<Phrase, Phrase>, asked: bool) {
        self.post(Report::Saved(SaveReport { step: Step(self.step), said, asked }));
    }
}
