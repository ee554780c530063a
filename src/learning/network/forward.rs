//! A network run forwards on a device with weights that are handed to it, whoever holds these: its training, a picture of it,
//! or a question that looks inside while the training goes on.

use std::{collections::HashMap, sync::Arc};

use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use super::weights::Leaves;
use crate::{
    learning::{
        TrainError,
        onnx::{Mode, Moments, Program, Seat, Value},
    },
    network::{Plan, Size},
};

/// A network without its weights.
pub(super) struct Forward {
    pub(super) plan: Arc<Plan>,
    pub(super) program: Program,
    /// What is neither learned nor remembered, by name.
    pub(super) constants: Vec<(String, Value)>,
    pub(super) device: Device,
}

impl Forward {
    /// What the operators read of so many examples.
    pub(super) fn values(
        &self,
        leaves: &Leaves,
        inputs: Vec<f32>,
        count: usize,
        device: &Device,
    ) -> Result<HashMap<String, Value>, TrainError> {
        let size = self.plan.input_dims(count);
        if inputs.len() != size.iter().product::<usize>() {
            return Err(TrainError::Calculation(phrase!(
                "network-learning-a-batch-has-numbers-instead",
                inputs_count = inputs.len(),
                product = size.iter().product::<usize>()
            )));
        }
        let name = self.plan.model.inputs.first().map(|port| port.name.clone()).unwrap_or_default();
        let mut values: HashMap<String, Value> = self.constants.iter().cloned().collect();
        let learned = self.plan.parameters.iter().map(|parameter| &parameter.name);
        let remembered = self.plan.memories.iter().map(|memory| &memory.name);
        let leaves = leaves.learned.iter().chain(&leaves.remembered);
        for (name, leaf) in learned.chain(remembered).zip(leaves) {
            values.insert(name.clone(), Value::Device(leaf.clone()));
        }
        let input = match self.plan.input {
            Size::Text(_) => Value::whole(size, inputs.iter().map(|place| *place as i64).collect()),
            _ => Value::images(inputs, &size, device),
        };
        values.insert(name, input);
        Ok(values)
    }

    /// The logits of an example as its batch makes them while it trains, `[answers, classes]`, where no example depends on another.
    pub(super) fn one_of(
        &self,
        leaves: &Leaves,
        input: Vec<f32>,
        device: &Device,
        (generator, seat): (&mut ChaCha8Rng, Seat),
    ) -> Result<Tensor<2>, TrainError> {
        let values = self.values(leaves, input, 1, device)?;
        let mode = Mode::OneOf(generator, seat);
        let (made, _) = self.program.run(values, device, mode, &mut |_, _, _| Ok(()))?;
        let logits = made
            .first()
            .ok_or_else(|| TrainError::calculation(phrase!("network-learning-it-has-no-output")))?;
        Ok(logits.rows([self.plan.answers(), self.plan.classes], device)?)
    }

    /// The logits of so many examples, `[answers, classes]`; one by one where the network takes no more at once.
    pub(super) fn pass(
        &self,
        leaves: &Leaves,
        inputs: Vec<f32>,
        count: usize,
        device: &Device,
        mut generator: Option<&mut ChaCha8Rng>,
    ) -> Result<(Tensor<2>, Vec<Moments>), TrainError> {
        let at_once = if self.plan.single { 1 } else { count.max(1) };
        let length = inputs.len() / (count / at_once).max(1);
        let mut parts = Vec::with_capacity(count / at_once);
        let mut moments = Vec::new();
        for inputs in inputs.chunks(length.max(1)) {
            let values = self.values(leaves, inputs.to_vec(), at_once, device)?;
            let mode = match generator.as_deref_mut() {
                Some(generator) => Mode::Training(generator),
                None => Mode::Evaluation,
            };
            let (made, found) = self.program.run(values, device, mode, &mut |_, _, _| Ok(()))?;
            let logits = made.first().ok_or_else(|| {
                TrainError::calculation(phrase!("network-learning-it-has-no-output"))
            })?;
            parts.push(logits.rows([at_once * self.plan.answers(), self.plan.classes], device)?);
            moments.extend(found);
        }
        Ok((Tensor::cat(parts, 0), moments))
    }
}
