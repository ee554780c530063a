//! What a network takes from a file of weights, in the order of its layers and by the names that `PyTorch` gives.

use crate::network::{Network, Operator, Size};

/// An array that a layer begins with.
#[derive(Debug)]
pub(super) struct Taken {
    /// Its name, such as `bn1.running_mean`.
    pub(super) name: String,
    pub(super) dims: Vec<usize>,
    /// The layer that has it.
    pub(super) layer: usize,
    pub(super) place: Place,
}

/// What a layer does with an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The parameter of this number in the whole network.
    Parameter(usize),
    Mean,
    Variance,
}

/// All that a network takes.
pub(super) fn all(network: &Network) -> Vec<Taken> {
    let (mut all, mut number) = (Vec::new(), 0);
    for (layer, of) in network.layers.iter().enumerate() {
        for parameter in &of.parameters {
            let (name, dims) = (parameter.name.clone(), parameter.dims.clone());
            all.push(Taken { name, dims, layer, place: Place::Parameter(number) });
            number += 1;
        }
        if matches!(of.operator, Operator::BatchNorm { .. }) {
            let kept = [("running_mean", Place::Mean), ("running_var", Place::Variance)];
            all.extend(kept.map(|(word, place)| Taken {
                name: format!("{}.{word}", of.path),
                dims: vec![of.size.channels()],
                layer,
                place,
            }));
        }
    }
    all
}

/// The linear layer that tells the classes, behind which nothing is learned.
pub(super) fn last(network: &Network) -> Option<usize> {
    let last = network.layers.iter().rposition(|layer| !layer.parameters.is_empty())?;
    let layer = network.layers.get(last)?;
    let tells = layer.size == Size::Vector(network.classes);
    (tells && layer.operator == Operator::Linear).then_some(last)
}
