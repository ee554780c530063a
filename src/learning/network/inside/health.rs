//! The training of a network of any kind as it can be examined: gradients by what it learns by automatic differentiation, and
//! products of the Hessian by differences of them.

use std::collections::HashMap;

use super::{Inside, layers::WeightedLayer};
use crate::{
    inside::Ends,
    learning::{
        TrainError,
        inside::{ByLayer, Examined, Explained, Outputs, Stability},
        network::{Counted, NetworkModel, Weights, cross_entropy},
        onnx::{Mode, gradient, numbers},
    },
    network::{Numbers, Rule},
};

/// How far to both sides of the weights gradients are compared, as a part of the weights' norm: far beyond the rounding of
/// single precision, near enough that few units change sides.
pub(super) const AWAY: f64 = 1e-3;

/// Operators that are activations, and where they end.
const ACTIVATIONS: [(&str, Ends); 13] = [
    ("Relu", Ends::Zero),
    ("Sigmoid", Ends::ZeroAndOne),
    ("HardSigmoid", Ends::ZeroAndOne),
    ("Tanh", Ends::MinusOneAndOne),
    ("Softsign", Ends::MinusOneAndOne),
    ("LeakyRelu", Ends::Nowhere),
    ("PRelu", Ends::Nowhere),
    ("Elu", Ends::Nowhere),
    ("Selu", Ends::Nowhere),
    ("Gelu", Ends::Nowhere),
    ("Softplus", Ends::Nowhere),
    ("HardSwish", Ends::Nowhere),
    ("Mish", Ends::Nowhere),
];

impl NetworkModel {
    /// The layers that learn, each with those of its parameters that do.
    pub(in crate::learning::network) fn learning_layers(&self) -> Vec<WeightedLayer> {
        let head = self.frozen.as_ref().map(|frozen| frozen.parameters());
        let learns = |at: &usize| {
            let free = head.is_none_or(|head| head.contains(at));
            free && self
                .forward
                .plan
                .parameters
                .get(*at)
                .is_some_and(crate::network::Parameter::learns)
        };
        let layers = super::layers::weighted(&self.forward.plan).into_iter().map(|mut layer| {
            layer.parameters.retain(learns);
            layer
        });
        layers.filter(|layer| !layer.parameters.is_empty()).collect()
    }

    /// For each learning layer its arrays, one after the other.
    fn by_layer<'a>(&self, array: impl Fn(usize) -> Option<&'a [f32]>) -> ByLayer {
        let layers = self.learning_layers().into_iter();
        layers
            .map(|layer| {
                let arrays = layer.parameters.into_iter();
                arrays.filter_map(&array).flatten().copied().collect()
            })
            .collect()
    }

    /// By how much the rule would change what each layer has learned if the gradient of the last step came once more.
    pub fn next_update(&self, rate: f64) -> ByLayer {
        let learning = self.learning_layers();
        let moves = |at: usize| learning.iter().any(|layer| layer.parameters.contains(&at));
        // Empty where nothing moves.
        let gradients = self.gradients.iter().enumerate();
        let gradients: Vec<Vec<f32>> =
            gradients.map(|(at, of)| if moves(at) { of.clone() } else { Vec::new() }).collect();
        let mut after = self.weights.parameters.clone();
        self.optimiser.clone().step(&mut after, &gradients, rate);
        let moved: Vec<Vec<f32>> = after
            .iter()
            .zip(&self.weights.parameters)
            .map(|(after, before)| after.iter().zip(before.iter()).map(|(a, b)| a - b).collect())
            .collect();
        self.by_layer(|at| moved.get(at).map(Vec::as_slice))
    }

    /// Up to which curvature steps of the rule are stable on whole batches at this rate, without decay: (2 + 2β) / η with
    /// heavy momentum and (2 + 2β) / ((1 + 2β) η) with Nesterov's (Cohen and others 2021, <https://arxiv.org/abs/2103.00065>,
    /// section 3), and for Adam (2 + 2β₁) / ((1 − β₁) η) of what is divided by (1 − β₁ᵗ)(√(v / (1 − β₂ᵗ)) + ε) (Cohen
    /// and others 2022, <https://arxiv.org/abs/2207.14484>, equation 4).
    pub fn stability(&self, rate: f64) -> Stability {
        let heavy = |momentum: f64| (2.0 + 2.0 * momentum) / rate;
        let (limit, divisor): (f64, Box<dyn Fn(f64) -> f64>) = match self.optimiser.rule() {
            Rule::Sgd { momentum, nesterov: false } => return Stability::Plain(heavy(momentum)),
            Rule::Sgd { momentum, nesterov: true } => {
                return Stability::Plain(heavy(momentum) / (1.0 + 2.0 * momentum));
            }
            _ if self.optimiser.taken == 0 => {
                return Stability::Unknown(phrase!("network-learning-before-its-first-step-the"));
            }
            Rule::Adam { betas: [first, second], epsilon }
            | Rule::AdamW { betas: [first, second], epsilon } => {
                let taken = i32::try_from(self.optimiser.taken).unwrap_or(i32::MAX);
                let (one, two) = (1.0 - first.powi(taken), 1.0 - second.powi(taken));
                let by = move |square: f64| one * ((square / two).sqrt() + epsilon);
                (heavy(first) / (1.0 - first), Box::new(by))
            }
            Rule::RmsProp { epsilon, momentum, .. } => {
                (heavy(momentum), Box::new(move |square: f64| square.sqrt() + epsilon))
            }
        };
        // What never had a gradient has no curvature either, and must not be divided by nothing.
        let by = |square: &f32| match *square {
            0.0 => f32::INFINITY,
            square => divisor(f64::from(square)) as f32,
        };
        let divided: Vec<Vec<f32>> =
            self.optimiser.second.iter().map(|of| of.iter().map(by).collect()).collect();
        Stability::Divided { limit, by: self.by_layer(|at| divided.get(at).map(Vec::as_slice)) }
    }
}

/// A network with what its training knows of it, so that it can be examined.
pub struct Trained<'m> {
    network: &'m NetworkModel,
    inside: Inside,
}

impl NetworkModel {
    /// As its training can be examined.
    ///
    /// # Errors
    /// If it reads no image.
    pub fn trained(&self) -> Result<Trained<'_>, TrainError> {
        Ok(Trained { network: self, inside: self.inside()? })
    }
}

impl Trained<'_> {
    /// The gradient by what each layer learns, with these weights.
    fn slope_with(
        &self,
        weights: &Weights,
        images: &[f32],
        labels: &[usize],
    ) -> Result<ByLayer, TrainError> {
        let (model, network, device) = (&self.inside.model, self.network, &self.inside.device);
        let leaves = weights.leaves(&model.plan, device, true);
        let mut generator = network.drawing(0);
        // Before a frozen layer all is as when the network is asked.
        let generator = network.frozen.is_none().then_some(&mut generator);
        let (logits, _) = model.pass(&leaves, images.to_vec(), labels.len(), device, generator)?;
        let labels = labels.iter().map(|label| *label as i64).collect();
        let counted = Counted { classes: network.class_weights.as_deref(), examples: None };
        let mut found = cross_entropy(logits, labels, counted, device).backward();
        let mut gradients = vec![Vec::new(); leaves.learned.len()];
        for layer in network.learning_layers() {
            for at in layer.parameters {
                let leaf = leaves.learned.get(at).zip(gradients.get_mut(at));
                let Some((leaf, kept)) = leaf else { continue };
                let length =
                    model.plan.parameters.get(at).map_or(0, crate::network::Parameter::len);
                *kept = gradient(leaf, &mut found)?.unwrap_or_else(|| vec![0.0; length]);
            }
        }
        Ok(network.by_layer(|at| gradients.get(at).map(Vec::as_slice)))
    }

    /// The weights with so many times a direction added.
    fn moved(&self, direction: &[Vec<f32>], by: f64) -> Weights {
        let mut weights = (*self.inside.weights).clone();
        for (layer, direction) in self.network.learning_layers().into_iter().zip(direction) {
            let mut rest = direction.iter();
            for at in layer.parameters {
                let Some(numbers) = weights.parameters.get_mut(at) else { continue };
                let moved: Vec<f32> = numbers
                    .iter()
                    .zip(rest.by_ref())
                    .map(|(number, way)| (f64::from(*number) + by * f64::from(*way)) as f32)
                    .collect();
                *numbers = Numbers::new(moved);
            }
        }
        weights
    }

    /// For each operator that is the last activation behind a learning layer, that layer and where it ends.
    fn heard(&self) -> HashMap<usize, (usize, &'static str, Ends)> {
        let plan = &self.inside.model.plan;
        let layers = self.network.learning_layers();
        let reads = |name: &String, layer: &WeightedLayer| {
            let own = layer.parameters.iter().filter_map(|at| plan.parameters.get(*at));
            own.into_iter().any(|parameter| parameter.name == *name)
        };
        let all = super::layers::weighted(plan);
        let mut current = None;
        let mut last = HashMap::new();
        for (at, node) in plan.model.nodes.iter().enumerate() {
            if let Some(begun) =
                all.iter().find(|of| node.inputs.iter().any(|name| reads(name, of)))
            {
                current = layers.iter().position(|layer| layer.name == begun.name);
            }
            let activation = ACTIVATIONS.iter().find(|(operator, _)| *operator == node.operator);
            if let (Some(layer), Some((operator, ends))) = (current, activation) {
                last.insert(layer, (at, *operator, *ends));
            }
        }
        last.into_iter()
            .map(|(layer, (at, operator, ends))| (at, (layer, operator, ends)))
            .collect()
    }
}

impl Examined for Trained<'_> {
    fn layers(&self) -> Vec<String> {
        self.network.learning_layers().into_iter().map(|layer| layer.name).collect()
    }

    fn classes(&self) -> usize {
        Explained::classes(&self.inside)
    }

    fn multiply_adds(&self) -> u64 {
        Explained::multiply_adds(&self.inside)
    }

    fn weights(&self) -> ByLayer {
        self.network.by_layer(|at| self.inside.weights.parameters.get(at).map(|of| of.as_slice()))
    }

    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError> {
        self.slope_with(&self.inside.weights, images, labels)
    }

    fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError> {
        let norm = |of: &[Vec<f32>]| -> f64 {
            of.iter().flatten().map(|number| f64::from(*number).powi(2)).sum::<f64>().sqrt()
        };
        let length = norm(direction);
        if length == 0.0 {
            return Ok(direction.to_vec());
        }
        let away = AWAY * norm(&Examined::weights(self)).max(AWAY) / length;
        let mut one = self.slope_with(&self.moved(direction, away), images, labels)?;
        let other = self.slope_with(&self.moved(direction, -away), images, labels)?;
        for (one, other) in one.iter_mut().zip(other) {
            for (one, other) in one.iter_mut().zip(other) {
                *one = ((f64::from(*one) - f64::from(other)) / (2.0 * away)) as f32;
            }
        }
        Ok(one)
    }

    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError> {
        let heard = self.heard();
        let inside = &self.inside;
        let model = &inside.model;
        let mut logits = Vec::new();
        for images in images.chunks(inside.at_once() * inside.input_len()) {
            let count = images.len() / inside.input_len();
            let values = model.values(&inside.plain, images.to_vec(), count, &model.device)?;
            let mut see = |at: usize, _: &str, value: &crate::learning::onnx::Value| {
                if let Some((layer, activation, ends)) = heard.get(&at) {
                    let array = value.array()?;
                    let (units, places) = units(&array.dims);
                    let (activation, ends, values) = (*activation, *ends, &array.to_singles());
                    hear(*layer, Outputs { activation, ends, units, places, values });
                }
                Ok(())
            };
            let (made, _) = model.program.run(values, &model.device, Mode::Evaluation, &mut see)?;
            let made = made.first().ok_or_else(|| {
                TrainError::calculation(phrase!("network-learning-it-has-no-output"))
            })?;
            let rows = made.rows([count, model.plan.classes], &model.device)?;
            logits.extend(numbers(rows.into_dispatch())?);
        }
        Ok(logits)
    }
}

/// How many units an array of these dimensions has, and how many numbers of one lie side by side: maps of `[batch, maps, …]`,
/// features of `[batch, tokens, features]`.
fn units(dims: &[usize]) -> (usize, usize) {
    match dims {
        [_, maps, places @ ..] if places.len() >= 2 => (*maps, places.iter().product()),
        _ => (dims.last().copied().unwrap_or(1), 1),
    }
}
