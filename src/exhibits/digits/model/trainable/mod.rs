//! The digits model as a trainable: its batches, its steps, its tests and its pictures.

mod bench;
#[cfg(test)]
mod branch;
mod edit;
mod evaluation;
mod explanation;
mod health;
mod private;
mod readout;
mod remembered;
mod stages;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod trial;

use std::ops::ControlFlow;

pub(in crate::exhibits::digits) use state::DigitsTrainable;

use super::graph;
use crate::{
    exhibits::digits::{EXAMPLE, EXHIBIT_ID},
    learning::{
        AfterEdit, Evaluation, Outline, Progress, Reader, Readout, StepOrder, Stepped, Study, Taps,
        TrainError, Trainable, inside,
    },
    stream::{
        Fact, InputChoice, Material, MetricSpec, ModelGraph, Payload, Stage, Step, TestReport,
    },
};

impl Trainable for DigitsTrainable {
    fn outline(&self) -> Outline {
        Outline {
            exhibit: EXHIBIT_ID,
            parameters: self.sizes.parameters(),
            train_examples: self.train.len(),
            test_examples: self.test.len(),
            example: EXAMPLE,
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            batch: self.batch,
            device: self.device_name.name(),
            steps_per_epoch: self.steps_per_epoch(),
            // A batch is work enough between two looks at requests.
            steps_at_once: 1,
            first_input: InputChoice::default(),
            pictures_gradients: true,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        Material::plain(self.dataset.test_set())
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        graph::graph(self.sizes).map_err(TrainError::calculation)
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.prepare_run(seed, tell)
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        self.train_on_batch(order)
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        self.read_out(input, taps)
    }

    fn answer(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        self.explanation(about)
    }

    fn reader(&self) -> Result<Option<Reader>, TrainError> {
        self.reading().map(Some)
    }

    fn study(&mut self, about: &Payload) -> Result<Option<Study>, TrainError> {
        self.study_of(about)
    }

    fn recall(&mut self, about: &Payload, step: Step) -> Result<(Step, Study), TrainError> {
        self.recall_of(about, step)
    }

    fn edit(&mut self, asked: &Payload, progress: &Progress) -> Result<AfterEdit, TrainError> {
        inside::edit(self, asked, progress)
    }

    fn can_edit(&self, asked: &Payload) -> Result<(), TrainError> {
        inside::can_edit(self, asked)
    }

    fn resumed(&mut self) -> Option<Progress> {
        self.resumed.take()
    }

    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        self.run_test_set(go_on)
    }

    fn evaluate(
        &mut self,
        _: f64,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        self.judge_test_set(go_on)
    }
}
