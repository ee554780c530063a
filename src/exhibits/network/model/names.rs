//! The names under which snapshots show what a network has.

use crate::{
    learning::TrainError,
    network::{GRADIENTS, Plan, interned},
    stream::LayerId,
    words::InPhrase,
};

/// Each output, parameter and gradient by its place.
pub(super) struct Names {
    /// Outputs, in the order of the layers.
    pub(super) layers: Vec<LayerId>,
    /// In the order of [`Plan::parameters`].
    pub(super) parameters: Vec<LayerId>,
    /// Gradients of the parameters, in their order.
    pub(super) gradients: Vec<LayerId>,
    /// In the order of [`Plan::memories`].
    pub(super) memories: Vec<LayerId>,
}

impl Names {
    pub(super) fn of(plan: &Plan) -> Result<Self, TrainError> {
        let name =
            |text: &str| interned(text).map_err(|error| TrainError::calculation(error.in_phrase()));
        let parameters = || plan.parameters.iter().map(|parameter| &parameter.name);
        Ok(Self {
            layers: plan.shown.iter().map(|shown| shown.name).collect(),
            parameters: parameters().map(|text| name(text)).collect::<Result<_, _>>()?,
            gradients: parameters()
                .map(|text| name(&format!("{text}{GRADIENTS}")))
                .collect::<Result<_, _>>()?,
            memories: plan
                .memories
                .iter()
                .map(|memory| name(&memory.name))
                .collect::<Result<_, _>>()?,
        })
    }
}
