//! The names under which snapshots show what a network has.

use crate::{
    learning::TrainError,
    network::{GRADIENTS, Network, interned},
    stream::LayerId,
};

/// Each output, parameter and gradient by its place.
pub(super) struct Names {
    /// Outputs, in the order of the layers.
    pub(super) layers: Vec<LayerId>,
    /// In the order of [`Network::parameters`].
    pub(super) parameters: Vec<LayerId>,
    /// Gradients of the parameters, in their order.
    pub(super) gradients: Vec<LayerId>,
}

impl Names {
    pub(super) fn of(network: &Network) -> Result<Self, TrainError> {
        let name = |text: &str| interned(text).map_err(TrainError::calculation);
        let parameters = || network.parameters().map(|parameter| &parameter.name);
        Ok(Self {
            layers: network
                .layers
                .iter()
                .map(|layer| name(&layer.path))
                .collect::<Result<_, _>>()?,
            parameters: parameters().map(|text| name(text)).collect::<Result<_, _>>()?,
            gradients: parameters()
                .map(|text| name(&format!("{text}{GRADIENTS}")))
                .collect::<Result<_, _>>()?,
        })
    }
}
