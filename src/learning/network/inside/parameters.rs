//! What a network has learned as one row of numbers, and the same network with others.

use std::sync::Arc;

use super::Inside;
use crate::{
    learning::{
        TrainError,
        inside::{Filters, Parameters},
        network::{NetworkModel, Weights},
    },
    network::{Parameter, Plan, onnx::Attribute},
};

impl NetworkModel {
    /// The places of the parameters that steps change.
    pub(in crate::learning::network) fn learning(&self) -> Arc<[usize]> {
        let head = self.frozen.as_ref().map(|frozen| frozen.parameters());
        let all = self.forward.plan.parameters.iter().enumerate();
        let learning =
            all.filter(|(at, of)| of.learns() && head.is_none_or(|head| head.contains(at)));
        learning.map(|(at, _)| at).collect()
    }

    /// All that has been learned, one array after the other, and behind it what normalisations remember: the numbers by which
    /// [`Explained::with_parameters`](crate::learning::inside::Explained::with_parameters) finds the network as it is now.
    pub fn learned_and_remembered(&self) -> Vec<f32> {
        flat(&self.weights, &self.learning())
    }
}

/// The numbers of these parameters, one array after the other, and behind them what normalisations remember.
pub(in crate::learning::network) fn flat(weights: &Weights, learning: &[usize]) -> Vec<f32> {
    let learned = learning.iter().filter_map(|at| weights.parameters.get(*at));
    let learned = learned.map(|numbers| numbers.as_slice());
    learned.chain(weights.memories.iter().map(Vec::as_slice)).collect::<Vec<_>>().concat()
}

impl Inside {
    pub(super) fn all_parameters(&self) -> Parameters {
        let plan = &self.model.plan;
        let (mut learned, mut filters) = (0, Vec::new());
        for of in self.learning.iter().filter_map(|at| plan.parameters.get(*at)) {
            filters.extend(Filters::of(learned, filters_of(plan, of)));
            learned += of.len();
        }
        Parameters { numbers: flat(&self.weights, &self.learning), learned, filters }
    }

    /// The parameters of an edit put in the place of its own.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub fn replaced(&self, numbers: &[f32]) -> Result<Weights, TrainError> {
        self.weights_of(numbers)
    }

    /// Its weights with these numbers.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub(super) fn weights_of(&self, numbers: &[f32]) -> Result<Weights, TrainError> {
        replaced(&self.weights, &self.learning, numbers)
    }
}

/// Weights with these numbers, which [`flat`] gave, in the place of their own.
///
/// # Errors
/// If they are more or fewer.
pub(in crate::learning::network) fn replaced(
    weights: &Weights,
    learning: &[usize],
    numbers: &[f32],
) -> Result<Weights, TrainError> {
    let (own, mut weights) = (weights, weights.clone());
    let mut rest = numbers;
    let mut next = |length: usize| {
        let (own, others) = rest.split_at_checked(length)?;
        rest = others;
        Some(own.to_vec())
    };
    let mut fits = true;
    for at in learning {
        let Some(array) = weights.parameters.get_mut(*at) else { continue };
        match next(array.len()) {
            Some(own) => *array = Arc::new(own),
            None => fits = false,
        }
    }
    for array in &mut weights.memories {
        match next(array.len()) {
            Some(own) => *array = own,
            None => fits = false,
        }
    }
    match fits && rest.is_empty() {
        true => Ok(weights),
        false => Err(TrainError::Calculation(phrase!(
            "network-learning-the-network-has-parameters-but",
            own_count = flat(own, learning).len(),
            numbers_count = numbers.len()
        ))),
    }
}

/// The dimensions of a parameter before the one that counts its filters, that one, and those behind it. Of a product that is
/// the one of what comes out, of a convolution turned round the second, of all else the first.
pub(in crate::learning::network) fn filters_of(plan: &Plan, of: &Parameter) -> [usize; 3] {
    let reader = plan.model.nodes.iter().find_map(|node| {
        let place = node.inputs.iter().position(|name| *name == of.name)?;
        Some((node, place))
    });
    let (first, rest) = of.dims.split_first().unwrap_or((&1, &[]));
    let all: usize = rest.iter().product();
    let second = [*first, rest.first().copied().unwrap_or(1), rest.iter().skip(1).product()];
    match reader {
        Some((node, 1)) if of.dims.len() == 2 => match node.operator.as_str() {
            "MatMul" => second,
            "Gemm" if node.attributes.get("transB") != Some(&Attribute::Int(1)) => second,
            _ => [1, *first, all],
        },
        Some((node, 1)) if node.operator == "ConvTranspose" => second,
        _ => [1, *first, all],
    }
}
