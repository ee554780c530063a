//! A copy of the digits' run at work, for the doctor's clock.

use std::time::Instant;

use burn::{
    module::Module as _,
    optim::{GradientsParams, ModuleOptimizer},
    tensor::{Device, Int, Tensor, TensorData},
};

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::{
        Route,
        model::{
            network::{Network, weighted_cross_entropy},
            numbers::numbers,
        },
        payload::Architecture,
    },
    inside::{Elsewhere, Parts},
    learning::{TrainError, data::Examples, inside::Workbench},
    stream::InputChoice,
};

/// The run's network and optimiser, copied.
pub(super) struct Bench<'a> {
    train: &'a Examples,
    /// Rows in the order of the epoch.
    order: &'a [u32],
    next: usize,
    sizes: Architecture,
    route: Route,
    device: Device,
    /// Taken out only while a step replaces it.
    network: Option<Network>,
    optimiser: ModuleOptimizer,
    rate: f64,
    watching: f64,
}

impl DigitsTrainable {
    /// Seconds that a picture of everything takes.
    pub(super) fn watched(&mut self) -> Result<f64, TrainError> {
        self.resting = None;
        let begun = Instant::now();
        let mut taps = crate::learning::Taps::everything();
        self.read_out(&InputChoice::default(), &mut taps)?;
        Ok(begun.elapsed().as_secs_f64())
    }

    pub(super) fn bench(&self, rate: f64, watching: f64) -> Result<Bench<'_>, TrainError> {
        Ok(Bench {
            train: &self.train,
            order: &self.order.1,
            next: 0,
            sizes: self.sizes,
            route: self.route,
            device: self.device.clone(),
            network: Some(self.network()?.clone()),
            optimiser: self.optimiser.clone(),
            rate,
            watching,
        })
    }
}

impl Bench<'_> {
    fn logits(&self, network: &Network, images: Tensor<2>) -> Tensor<2> {
        match self.route {
            Route::Fused => network.forward_fused(images),
            Route::Plain => network.forward(self.sizes, images),
        }
    }

    /// The next rows of the order, from its beginning where it ends.
    fn rows(&mut self, count: usize) -> Vec<u32> {
        let rows = self.order.iter().cycle().skip(self.next).take(count).copied().collect();
        self.next = (self.next + count) % self.order.len().max(1);
        rows
    }

    fn step(&mut self, batch: usize, parts: &mut Parts) -> Result<(), TrainError> {
        let begun = Instant::now();
        let rows = self.rows(batch);
        let (images, labels) = self.train.gather(&rows);
        let gathered = Instant::now();
        let count = labels.len();
        let device = self.device.clone().autodiff();
        let images = TensorData::new(images, [count, self.sizes.input().len()]);
        let images = Tensor::<2>::from_data(images, &device);
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let missing = || TrainError::calculation(phrase!("digits-model-the-network-is-gone"));
        let network = self.network.take().ok_or_else(missing)?;
        let loss = weighted_cross_entropy(self.logits(&network, images), labels, None);
        numbers(loss.clone())?;
        let told = Instant::now();
        let gradients = GradientsParams::from_grads(loss.backward(), &network);
        if let Some(last) = gradients.get::<1>(network.filter_biases.id) {
            // On a device that calculates later, it is waited for.
            numbers(last)?;
        }
        let back = Instant::now();
        self.network = Some(self.optimiser.step(self.rate, network, gradients));
        parts.data += (gathered - begun).as_secs_f64();
        parts.forward += (told - gathered).as_secs_f64();
        parts.backward += (back - told).as_secs_f64();
        parts.optimiser += back.elapsed().as_secs_f64();
        Ok(())
    }
}

impl Workbench for Bench<'_> {
    fn work(&mut self, batch: usize, batches: usize) -> Result<Parts, TrainError> {
        let mut parts = Parts::default();
        for _ in 0..batches {
            self.step(batch, &mut parts)?;
        }
        Ok(parts)
    }

    fn read(&mut self, index: usize) -> Result<f64, TrainError> {
        let rows = self.order.get(index % self.order.len().max(1)).copied();
        let (image, _) = self.train.gather(rows.as_slice());
        let missing = || TrainError::calculation(phrase!("digits-model-the-network-is-gone"));
        let network = self.network.as_ref().ok_or_else(missing)?.valid();
        let begun = Instant::now();
        let image = TensorData::new(image, [1, self.sizes.input().len()]);
        numbers(self.logits(&network, Tensor::from_data(image, &self.device)))?;
        Ok(begun.elapsed().as_secs_f64())
    }

    fn watching(&self) -> f64 {
        self.watching
    }

    fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
            how: phrase!("digits-model-the-digits-write-no-file"),
            runtime: phrase!("digits-model-onnx-runtime-and-whatever-else"),
            parameters: self.sizes.parameters(),
            bytes: None,
            seconds_per_image: f64::NAN,
            images: 0,
        }
    }
}
