//! A network of which only the last linear layer learns: what lies before it makes features of an image, always the same,
//! and the layer is a softmax regression on them.

use std::{collections::HashMap, sync::Arc};

use burn::{
    backend::DispatchTensor,
    tensor::{Device, Tensor},
};

use super::{Batch, Counted, NetworkModel, Phase, StepSaid, Weights, cross_entropy};
use crate::{
    learning::{
        TrainError,
        onnx::{Mode, Program, Value, constant, gradient, leaf, numbers, shared},
    },
    network::{Fault, Head, Numbers, Parameter, Plan},
};

/// A network in two parts, both of which can be run.
pub(super) struct Frozen {
    head: Head,
    body: Program,
    tail: Program,
}

impl Frozen {
    /// The two parts of a network.
    ///
    /// # Errors
    /// If it does not end in a linear layer of its own.
    pub(super) fn of(plan: &Plan) -> Result<Self, Fault> {
        let head = plan.head()?;
        let arrays = plan.arrays();
        let (body, tail) = (Program::of(&head.body, &arrays)?, Program::of(&head.tail, &arrays)?);
        Ok(Self { head, body, tail })
    }

    /// What learns, by the places among the plan's parameters.
    pub(super) fn parameters(&self) -> &[usize] {
        &self.head.parameters
    }
}

impl NetworkModel {
    /// Lets only the last linear layer learn from now on; all before it is as when the network is asked: normalisations by
    /// what they remember, and nothing left out.
    ///
    /// # Errors
    /// If the network does not end in a linear layer of its own.
    pub fn freeze(&mut self) -> Result<(), Fault> {
        self.frozen = Some(Arc::new(Frozen::of(&self.forward.plan)?));
        self.optimiser = self.optimiser.fresh(&self.forward.plan.moved(true)?);
        Ok(())
    }

    /// What the last layer of a frozen network reads of these images, one after the other, so that what becomes of one
    /// depends on no other.
    ///
    /// # Errors
    /// If the network is not frozen, or burn refuses a calculation.
    pub fn features<'a>(
        &self,
        images: impl Iterator<Item = &'a [f32]>,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        let Frozen { body, .. } = self.parted()?;
        let leaves = self.weights.leaves(&self.forward.plan, &self.forward.device, false);
        let features = images.map(|image| {
            let values = self.forward.values(&leaves, image.to_vec(), 1, &self.forward.device)?;
            let (made, _) =
                body.run(values, &self.forward.device, Mode::Evaluation, &mut |_, _, _| Ok(()))?;
            let made = made.first().ok_or_else(|| {
                TrainError::calculation(phrase!("network-learning-it-has-no-output"))
            })?;
            Ok(made.array()?.to_singles())
        });
        features.collect()
    }

    /// How many features an image has, if the network is frozen.
    pub fn feature_count(&self) -> Option<usize> {
        self.frozen.as_ref().map(|frozen| frozen.head.features)
    }

    /// How many numbers its last layer learns, if the network is frozen.
    pub fn learned_by_head(&self) -> Option<usize> {
        let frozen = self.frozen.as_ref()?;
        let of = |at: &usize| self.forward.plan.parameters.get(*at).map_or(0, Parameter::len);
        Some(frozen.head.parameters.iter().map(of).sum())
    }

    /// Takes a step of a frozen network on a batch whose images are given by their features.
    ///
    /// # Errors
    /// If the network is not frozen, or burn refuses a calculation.
    pub fn step_on_features(&mut self, batch: Batch, rate: f64) -> Result<StepSaid, TrainError> {
        self.clocked_on_features(batch, rate, &mut |_| {})
    }

    /// The same, and says when each part of it is over.
    ///
    /// # Errors
    /// As [`step_on_features`](Self::step_on_features).
    pub fn clocked_on_features(
        &mut self,
        batch: Batch,
        rate: f64,
        over: &mut dyn FnMut(Phase),
    ) -> Result<StepSaid, TrainError> {
        let Batch { inputs: features, labels, counts } = batch;
        let device = self.forward.device.clone().autodiff();
        let parameters = self.parted()?.head.parameters.clone();
        let (logits, leaves) = self.told(&self.weights, features, (labels.len(), &device), leaf)?;
        let counted =
            Counted { classes: self.class_weights.as_deref(), examples: counts.as_deref() };
        let loss = cross_entropy(logits.clone(), labels, counted, &device);
        over(Phase::Forward);
        let mut found = loss.backward();
        // Empty where nothing moves.
        let mut gradients = vec![Vec::new(); self.forward.plan.parameters.len()];
        for (at, leaf) in parameters.iter().zip(&leaves) {
            if let (Some(found), Some(kept), Some(used)) =
                (gradient(leaf, &mut found)?, self.gradients.get_mut(*at), gradients.get_mut(*at))
            {
                used.clone_from(&found);
                *kept = found;
            }
        }
        let loss = numbers(loss.into_dispatch())?.first().copied().unwrap_or(f32::NAN);
        let logits = numbers(logits.into_dispatch())?;
        over(Phase::Backward);
        drop(leaves);
        if loss.is_finite() {
            let weights = Arc::make_mut(&mut self.weights);
            self.optimiser.step(&mut weights.parameters, &gradients, rate);
        }
        over(Phase::Optimiser);
        Ok(StepSaid { loss, logits })
    }

    /// The logits of so many images by their features, images × classes.
    ///
    /// # Errors
    /// If the network is not frozen, or burn refuses a calculation.
    pub fn logits_of_features(
        &self,
        features: Vec<f32>,
        count: usize,
    ) -> Result<Vec<f32>, TrainError> {
        let (logits, _) =
            self.told(&self.weights, features, (count, &self.forward.device), shared)?;
        Ok(numbers(logits.into_dispatch())?)
    }

    fn parted(&self) -> Result<&Frozen, TrainError> {
        self.frozen.as_deref().ok_or_else(|| {
            TrainError::calculation(phrase!("network-learning-the-network-is-not-frozen"))
        })
    }

    /// What the last layer with these weights makes of so many features, `[count, classes]`, and its weights on the device, placed
    /// there so.
    pub(super) fn told(
        &self,
        weights: &Weights,
        features: Vec<f32>,
        (count, device): (usize, &Device),
        place: Place,
    ) -> Result<(Tensor<2>, Vec<DispatchTensor>), TrainError> {
        let Frozen { head, tail, .. } = self.parted()?;
        let mut values: HashMap<String, Value> = self.forward.constants.iter().cloned().collect();
        let own = head.parameters.iter().filter_map(|at| {
            Some((self.forward.plan.parameters.get(*at)?, weights.parameters.get(*at)?))
        });
        let mut leaves = Vec::with_capacity(head.parameters.len());
        for (parameter, numbers) in own {
            let leaf = place(numbers, &parameter.dims, device);
            values.insert(parameter.name.clone(), Value::Device(leaf.clone()));
            leaves.push(leaf);
        }
        let name = head.tail.inputs.first().map(|port| port.name.clone()).unwrap_or_default();
        let features = constant(features, &[count, head.features], device);
        values.insert(name, Value::Device(features));
        let (made, _) = tail.run(values, device, Mode::Evaluation, &mut |_, _, _| Ok(()))?;
        let logits = made
            .first()
            .ok_or_else(|| TrainError::calculation(phrase!("network-learning-it-has-no-output")))?;
        Ok((logits.rows([count, self.forward.plan.classes], device)?, leaves))
    }
}

/// Puts numbers of these dimensions on a device.
pub(super) type Place = fn(&Numbers, &[usize], &Device) -> DispatchTensor;
