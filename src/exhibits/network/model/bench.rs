//! A copy of a network's run at work, for the doctor's clock.

use std::time::Instant;

use super::{NetworkTrainable, lessons::Lessons, saving::file};
use crate::{
    inside::{Elsewhere, Parts},
    learning::{
        Taps, TrainError,
        inside::Workbench,
        network::{NetworkModel, Phase},
    },
    stream::InputChoice,
};

/// The run's network, copied, and what it learns from.
pub(super) struct Bench<'a> {
    lessons: &'a mut Lessons,
    model: NetworkModel,
    taken: u64,
    rate: f64,
    watching: f64,
    bytes: Option<u64>,
}

impl NetworkTrainable {
    /// Seconds that a picture of everything takes.
    pub(super) fn watched(&mut self) -> Result<f64, TrainError> {
        let begun = Instant::now();
        self.read_out(&InputChoice::default(), &mut Taps::everything())?;
        Ok(begun.elapsed().as_secs_f64())
    }

    /// A copy at work, beside the network itself.
    pub(super) fn bench(
        &mut self,
        rate: f64,
        watching: f64,
    ) -> Result<(Bench<'_>, &NetworkModel), TrainError> {
        let model = self.model.copy();
        let file = file(self.model.plan(), &self.lessons.data, self.model.weights());
        let bytes = file.ok().map(|bytes| bytes.len() as u64);
        let bench = Bench { lessons: &mut self.lessons, model, taken: 0, rate, watching, bytes };
        Ok((bench, &self.model))
    }
}

impl Workbench for Bench<'_> {
    fn work(&mut self, batch: usize, batches: usize) -> Result<Parts, TrainError> {
        let mut parts = Parts::default();
        for _ in 0..batches {
            let mut since = Instant::now();
            let per_epoch = self.lessons.train_len().div_ceil(batch.max(1)).max(1) as u64;
            let lesson = self.lessons.tried(&self.model, self.taken % per_epoch, batch)?;
            parts.data += since.elapsed().as_secs_f64();
            since = Instant::now();
            let mut clock = |phase| {
                let took = since.elapsed().as_secs_f64();
                match phase {
                    Phase::Forward => parts.forward += took,
                    Phase::Backward => parts.backward += took,
                    Phase::Optimiser => parts.optimiser += took,
                }
                since = Instant::now();
            };
            match self.lessons.is_frozen() {
                false => self.model.clocked(lesson, self.taken, self.rate, &mut clock)?,
                true => self.model.clocked_on_features(lesson, self.rate, &mut clock)?,
            };
            self.taken += 1;
        }
        Ok(parts)
    }

    fn read(&mut self, index: usize) -> Result<f64, TrainError> {
        let Some(examples) = self.lessons.images() else { return Ok(f64::NAN) };
        let index = index % examples.train.len().max(1);
        let image = examples.train.image(index).unwrap_or_default().to_vec();
        let begun = Instant::now();
        self.model.logits(image, 1)?;
        Ok(begun.elapsed().as_secs_f64())
    }

    fn watching(&self) -> f64 {
        self.watching
    }

    fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
            how: phrase!("network-model-say-save-net-onnx-which"),
            runtime: phrase!("network-model-onnx-runtime-and-whatever-else"),
            parameters: self.model.plan().learned(),
            bytes: self.bytes,
            seconds_per_image: f64::NAN,
            images: 0,
        }
    }
}
