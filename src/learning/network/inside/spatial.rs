//! The last maps of a network in which something still lies somewhere, and the network with something added to them.

use std::collections::{HashMap, HashSet};

use crate::{
    learning::{TrainError, onnx::Program},
    network::{
        Plan,
        onnx::{Model, Node},
    },
};

/// What is added to the maps; no name of a file begins so.
pub(super) const ADDED: &str = "\u{0}added";
/// The maps before it is.
const BEFORE: &str = "\u{0}before";

/// Operators that leave maps maps, whatever they make of their numbers. Transposing and reshaping do not.
pub(super) const KEEP_MAPS: [&str; 36] = [
    "Relu",
    "LeakyRelu",
    "PRelu",
    "Elu",
    "Selu",
    "Celu",
    "Gelu",
    "Sigmoid",
    "HardSigmoid",
    "HardSwish",
    "Swish",
    "Mish",
    "Tanh",
    "Softplus",
    "Softsign",
    "ThresholdedRelu",
    "Erf",
    "Clip",
    "BatchNormalization",
    "InstanceNormalization",
    "GroupNormalization",
    "LRN",
    "MaxPool",
    "AveragePool",
    "LpPool",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Sum",
    "Mean",
    "Max",
    "Concat",
    "Dropout",
    "Identity",
    "Pad",
];

/// Where a network's last maps are.
pub(super) struct Spatial {
    /// The value of the operators.
    pub(super) value: String,
    /// Maps, rows and columns.
    pub(super) size: [usize; 3],
}

impl Spatial {
    /// Of a network that makes values of these dimensions of one image; `None` without a convolution. Maps of one place are
    /// looked at only if there are no others.
    pub(super) fn of(plan: &Plan, sizes: &HashMap<String, Vec<usize>>) -> Option<Self> {
        let mut maps = HashSet::new();
        let mut last: Option<Self> = None;
        for node in &plan.model.nodes {
            let convolves = ["Conv", "ConvTranspose"].contains(&node.operator.as_str());
            let keeps = KEEP_MAPS.contains(&node.operator.as_str())
                && node.inputs.iter().any(|name| maps.contains(name.as_str()));
            let Some(made) = node.outputs.first() else { continue };
            if !convolves && !keeps {
                continue;
            }
            let Some(&[1, channels, rows, columns]) = sizes.get(made).map(Vec::as_slice) else {
                continue;
            };
            maps.insert(made.as_str());
            let is_wide = |size: [usize; 3]| size[1] * size[2] > 1;
            let size = [channels, rows, columns];
            if is_wide(size) || !last.as_ref().is_some_and(|last| is_wide(last.size)) {
                last = Some(Self { value: made.clone(), size });
            }
        }
        last
    }

    /// The network with [`ADDED`] added to the maps.
    ///
    /// # Errors
    /// As the network itself.
    pub(super) fn program(&self, plan: &Plan) -> Result<Program, TrainError> {
        let mut nodes = Vec::with_capacity(plan.model.nodes.len() + 1);
        for node in &plan.model.nodes {
            let mut node = node.clone();
            let mut made = node.outputs.iter_mut();
            let Some(made) = made.find(|name| **name == self.value) else {
                nodes.push(node);
                continue;
            };
            BEFORE.clone_into(made);
            nodes.push(node);
            nodes.push(Node {
                operator: "Add".to_owned(),
                inputs: vec![BEFORE.to_owned(), ADDED.to_owned()],
                outputs: vec![self.value.clone()],
                ..Node::default()
            });
        }
        let model = Model {
            opset: plan.model.opset,
            inputs: plan.model.inputs.clone(),
            outputs: plan.model.outputs.clone(),
            nodes,
            ..Model::default()
        };
        let constants = plan.model.initialisers.iter().map(|(name, _)| name.as_str());
        let given: Vec<&str> = plan.arrays().into_iter().chain(constants).chain([ADDED]).collect();
        Ok(Program::of(&model, &given)?)
    }

    /// What the layer is called where it is shown.
    pub(super) fn called(&self, plan: &Plan) -> String {
        let shown = plan.shown.iter().find(|shown| shown.value == self.value);
        shown.map_or_else(|| self.value.clone(), |shown| shown.name.name().to_owned())
    }
}
