//! The start of a run: weights anew, what is known of it told, and the first snapshot.

use std::{sync::Arc, time::Instant};

use super::{TrainingLoop, estimate::Estimate, tally::Tally};
use crate::{
    learning::{Outline, StepPlace, TrainError},
    stream::{Fact, Report, RunState, Stage, StageReport, Started},
};

impl TrainingLoop {
    pub(super) fn begin(&mut self) -> Result<(), TrainError> {
        let is_first = !self.begun;
        self.begun = true;
        self.sound = false;
        self.studies.give_up();
        if self.trainable.reseed(self.seed)? {
            self.outline = self.trainable.outline();
            self.material_told = false;
        }
        let outline = self.outline.clone();
        let is_new = !self.material_told;
        if is_new {
            self.material_told = true;
            let material = self.trainable.material();
            self.post(Report::Material(material));
        }
        self.started = Instant::now();
        self.step = 0;
        self.last_rate = self.learning_rate;
        self.at = StepPlace { epoch: 0, batch: 0 };
        (self.epoch, self.whole) = (Tally::default(), Tally::default());
        (self.judging, self.last_epoch) = (false, None);
        self.trainable.forget_evaluation();
        self.remaining = None;
        self.recorder.start();
        self.post(Report::Started(Started {
            run: self.run,
            exhibit: outline.exhibit,
            device: outline.device,
            seed: self.seed,
            parameters: outline.parameters,
            example: outline.example,
            metrics: outline.metrics,
            train_examples: outline.train_examples,
            test_examples: outline.test_examples,
            batch: outline.batch,
            epochs: self.config.epochs,
            in_epochs: outline.in_epochs,
            learning_rates: outline.learning_rates,
            largest_stable_rate: outline.largest_stable_rate,
            steps_per_epoch: outline.steps_per_epoch,
            learning_rate: self.learning_rate,
            threads: self.threads,
        }));
        if is_new {
            self.graph = Arc::new(self.trainable.graph()?);
            self.recorder.overlook(&self.graph);
            self.post(Report::Graph(self.graph.clone()));
        }
        self.enter(RunState::Preparing);
        let outbox = &mut self.trainer.outbox;
        self.trainable.begin(self.seed, &mut |stage, facts| {
            outbox.post(Report::Stage(StageReport { stage, done: true, facts }));
        })?;
        // Whoever asked before it began sees that first, and nothing else for a moment.
        self.obey_what_is_shown()?;
        self.sound = true;
        let resumed = self.trainable.resumed();
        if let Some(progress) = &resumed {
            self.go_on_from(progress);
        }
        if is_first {
            self.check_planned_edits()?;
        }
        if resumed.is_none() {
            self.make_planned_edits()?;
        }
        self.estimate = Estimate::default();
        self.stage(Stage::Train, false, self.plan());
        self.show();
        self.set_off();
        self.enter(RunState::Training);
        if self.outline.in_epochs && self.at.epoch >= self.config.epochs {
            // It goes on where no step is left.
            self.begin_judging();
        }
        Ok(())
    }

    /// What is to be trained, as facts.
    pub(super) fn plan(&self) -> Vec<Fact> {
        let Outline { steps_per_epoch, batch, .. } = self.outline;
        vec![
            Fact::new(key!("learning-epochs"), self.config.epochs),
            Fact::new(key!("learning-steps-in-an-epoch"), steps_per_epoch),
            Fact::new(key!("learning-batch"), batch),
            Fact::new(key!("learning-learning-rate"), self.learning_rate),
            Fact::new(key!("learning-threads"), self.threads),
        ]
    }
}
