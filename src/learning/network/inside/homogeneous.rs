//! Which networks are linear piece by piece, so that input and biases make up their logits, and which are affine behind a
//! value, so that its numbers do.
//!
//! An operator that is not known to be so is taken to be neither: a promise is only made where it holds.

use std::collections::HashSet;

use crate::network::{Plan, onnx::Node};

/// What an operator does with numbers that depend on the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Sums of them with constant weights, and constants added.
    Affine,
    /// The same piece by piece: it keeps its form if all is scaled by what is not negative.
    Pieces,
    /// Something else.
    Other,
}

/// What a network's nodes do.
pub(super) struct Homogeneous<'a> {
    plan: &'a Plan,
    /// Names of what is no node's but there from the start.
    given: HashSet<&'a str>,
    /// Those and all that is made of them alone.
    constant: HashSet<&'a str>,
}

impl<'a> Homogeneous<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let initialisers = plan.model.initialisers.iter().map(|(name, _)| name.as_str());
        let given: HashSet<&str> = plan.arrays().into_iter().chain(initialisers).collect();
        let mut constant = given.clone();
        for node in &plan.model.nodes {
            // Dimensions are those of every input of the size.
            let fixed = node.operator == "Shape"
                || node
                    .inputs
                    .iter()
                    .all(|name| name.is_empty() || constant.contains(name.as_str()));
            if fixed {
                constant.extend(node.outputs.iter().map(String::as_str));
            }
        }
        Self { plan, given, constant }
    }

    fn is_constant(&self, node: &Node, at: usize) -> bool {
        node.inputs
            .get(at)
            .is_none_or(|name| name.is_empty() || self.constant.contains(name.as_str()))
    }

    /// What a node does, and which of the constants that it reads are only added.
    fn does(&self, node: &'a Node) -> (Does, Vec<&'a str>) {
        let constant = |at: usize| self.is_constant(node, at);
        let moving = (0..node.inputs.len()).filter(|at| !constant(*at)).count();
        let added = |places: &[usize]| -> Vec<&'a str> {
            let names = places.iter().filter(|at| constant(**at));
            let names = names.filter_map(|at| node.inputs.get(*at)).map(String::as_str);
            names.filter(|name| !name.is_empty()).collect()
        };
        let all: Vec<usize> = (0..node.inputs.len()).collect();
        let only_first = moving == 1 && !constant(0);
        match node.operator.as_str() {
            "Conv" | "Gemm" if only_first => (Does::Affine, added(&[2])),
            "MatMul" if moving == 1 => (Does::Affine, Vec::new()),
            "Add" | "Sub" | "Sum" | "Concat" => (Does::Affine, added(&all)),
            "Mul" if moving == 1 => (Does::Affine, Vec::new()),
            "Div" if only_first => (Does::Affine, Vec::new()),
            // Scale and variance are factors, the shift and less the mean are added.
            "BatchNormalization" if only_first => (Does::Affine, added(&[2, 3])),
            "AveragePool" | "GlobalAveragePool" | "Flatten" | "Reshape" | "Transpose"
            | "Identity" | "Dropout" | "Squeeze" | "Unsqueeze" | "Neg" | "ReduceMean"
            | "ReduceSum"
                if only_first =>
            {
                (Does::Affine, Vec::new())
            }
            // The way in which it fills up adds nothing, unless it is told a number.
            "Pad"
                if only_first
                    && node.inputs.get(2).is_none_or(String::is_empty)
                    && !node.attributes.contains_key("value") =>
            {
                (Does::Affine, Vec::new())
            }
            "Relu" | "LeakyRelu" | "PRelu" | "GlobalMaxPool" | "ReduceMax" | "Abs"
                if only_first =>
            {
                (Does::Pieces, Vec::new())
            }
            "MaxPool" if only_first => (Does::Pieces, Vec::new()),
            "Max" | "Min" if moving == node.inputs.len() => (Does::Pieces, Vec::new()),
            _ => (Does::Other, Vec::new()),
        }
    }

    /// The constants that are only added, which with the input make up the logits; `None` where they need not.
    pub(super) fn added(&self) -> Option<Vec<String>> {
        let mut names: Vec<&str> = Vec::new();
        let mut otherwise = HashSet::new();
        for node in self.moving() {
            let (does, added) = self.does(node);
            if does == Does::Other {
                return None;
            }
            for name in &added {
                // What is made of constants by factors among them is no leaf to be differentiated by.
                if !self.given.contains(*name) {
                    return None;
                }
                if !names.contains(name) {
                    names.push(name);
                }
            }
            let others = node.inputs.iter().map(String::as_str);
            otherwise
                .extend(others.filter(|name| self.given.contains(*name) && !added.contains(name)));
        }
        let alone = !names.iter().any(|name| otherwise.contains(name));
        alone.then(|| names.into_iter().map(str::to_owned).collect())
    }

    /// Whether the logits are an affine function of this value, on which all that they depend on rests.
    pub(super) fn is_affine_behind(&self, value: &str) -> bool {
        let mut behind = HashSet::from([value]);
        for node in self.moving() {
            let is_behind = node.inputs.iter().any(|name| behind.contains(name.as_str()));
            if !is_behind {
                continue;
            }
            let rests = node.inputs.iter().all(|name| {
                name.is_empty()
                    || behind.contains(name.as_str())
                    || self.constant.contains(name.as_str())
            });
            if !rests || self.does(node).0 != Does::Affine {
                return false;
            }
            behind.extend(node.outputs.iter().map(String::as_str));
        }
        self.plan.model.outputs.first().is_some_and(|name| behind.contains(name.as_str()))
    }

    /// The nodes whose values depend on the input.
    fn moving(&self) -> impl Iterator<Item = &'a Node> {
        let nodes = self.plan.model.nodes.iter();
        nodes.filter(|node| {
            node.outputs
                .iter()
                .any(|name| !name.is_empty() && !self.constant.contains(name.as_str()))
        })
    }
}
