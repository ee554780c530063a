//! A model that is asked, with what that costs: forward and backward passes counted, time taken.

use std::{cell::Cell, time::Instant};

use super::{Explained, HiddenLayer, SpatialMaps, goal::Goal};
use crate::{inside::Price, learning::TrainError};

/// Numbers of inputs that are kept at once.
const MOST_AT_ONCE: usize = 1 << 20;

/// A model, its goal, and how often it was asked.
pub(super) struct Meter<'a> {
    model: &'a dyn Explained,
    forward: Cell<u64>,
    backward: Cell<u64>,
}

/// Where a meter stood.
pub(super) struct Mark {
    forward: u64,
    backward: u64,
    begun: Instant,
}

impl<'a> Meter<'a> {
    pub(super) fn of(model: &'a dyn Explained) -> Self {
        Self { model, forward: Cell::new(0), backward: Cell::new(0) }
    }

    pub(super) fn model(&self) -> &'a dyn Explained {
        self.model
    }

    /// Numbers of an input.
    pub(super) fn input_len(&self) -> usize {
        self.model.size().iter().product()
    }

    /// How many inputs are made before they are asked about.
    pub(super) fn at_once(&self) -> usize {
        (MOST_AT_ONCE / self.input_len().max(1)).clamp(1, 64)
    }

    pub(super) fn mark(&self) -> Mark {
        let (forward, backward) = (self.forward.get(), self.backward.get());
        Mark { forward, backward, begun: Instant::now() }
    }

    /// What was paid since then.
    pub(super) fn since(&self, mark: &Mark) -> Price {
        Price {
            forward: self.forward.get() - mark.forward,
            backward: self.backward.get() - mark.backward,
            seconds: mark.begun.elapsed().as_secs_f64(),
        }
    }

    fn pay(&self, forward: usize, backward: usize) {
        self.forward.set(self.forward.get() + forward as u64);
        self.backward.set(self.backward.get() + backward as u64);
    }

    fn count(&self, inputs: &[f32]) -> usize {
        inputs.len() / self.input_len().max(1)
    }

    pub(super) fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.pay(self.count(inputs), 0);
        self.model.logits(inputs)
    }

    /// The logits that the same model gives with other weights.
    pub(super) fn logits_of(
        &self,
        model: &dyn Explained,
        inputs: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        self.pay(self.count(inputs), 0);
        model.logits(inputs)
    }

    /// The Hessian of the loss of inputs times a direction: two passes each way, or what is worth as much.
    pub(super) fn hessian_times(
        &self,
        inputs: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        let product = self.model.hessian_times(inputs, labels, direction)?;
        if product.is_some() {
            self.pay(2 * labels.len(), 2 * labels.len());
        }
        Ok(product)
    }

    /// What the goal is for each input.
    pub(super) fn values(&self, goal: Goal, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let logits = self.logits(inputs)?;
        let rows = logits.chunks(self.model.classes().max(1));
        Ok(rows.map(|row| goal.value(row)).collect())
    }

    /// The goal's gradient by each input. Of a probability the chain rule makes a weighted sum of logits at each input.
    pub(super) fn gradients(&self, goal: Goal, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let (count, classes) = (self.count(inputs), self.model.classes());
        let of = match goal.is_linear() {
            true => goal.slope(&vec![0.0; classes]).repeat(count),
            false => {
                let logits = self.logits(inputs)?;
                logits.chunks(classes.max(1)).flat_map(|row| goal.slope(row)).collect()
            }
        };
        self.pay(count, count);
        self.model.gradients(inputs, &of)
    }

    /// For each input the gradient of Σ `of` · logits.
    pub(super) fn gradients_of(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let count = self.count(inputs);
        self.pay(count, count);
        self.model.gradients(inputs, of)
    }

    /// What a layer makes of inputs.
    pub(super) fn unit_values(
        &self,
        layer: &dyn HiddenLayer,
        inputs: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        self.pay(self.count(inputs), 0);
        layer.values(inputs)
    }

    /// The logits where a layer makes these numbers of inputs.
    pub(super) fn unit_logits(
        &self,
        layer: &dyn HiddenLayer,
        inputs: &[f32],
        values: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        self.pay(self.count(inputs), 0);
        layer.logits(inputs, values)
    }

    /// For each input the gradient of Σ `of` · what a layer makes.
    pub(super) fn unit_gradients(
        &self,
        layer: &dyn HiddenLayer,
        inputs: &[f32],
        of: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        let count = self.count(inputs);
        self.pay(count, count);
        layer.gradients(inputs, of)
    }

    pub(super) fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError> {
        let biases = self.model.biases(input, of)?;
        if biases.is_some() {
            self.pay(1, 1);
        }
        Ok(biases)
    }

    pub(super) fn maps(
        &self,
        input: &[f32],
        of: &[f32],
    ) -> Result<Option<SpatialMaps>, TrainError> {
        let maps = self.model.maps(input, of)?;
        if let Some(maps) = &maps {
            self.pay(maps.forward as usize, 1);
        }
        Ok(maps)
    }

    pub(super) fn mean_gradient(
        &self,
        input: &[f32],
        from: &[f32],
        of: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        let mean = self.model.mean_gradient(input, from, of)?;
        if mean.is_some() {
            self.pay(2, 1);
        }
        Ok(mean)
    }
}
