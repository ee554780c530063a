//! The last linear layer of a network, and what lies before it: where a network that has learned is parted to learn other
//! classes.

use super::{
    Fault, First, Parameter, Plan,
    onnx::{Attribute, Kind, Model, Node, Port},
};

/// A network in two parts.
#[derive(Clone, Debug)]
pub struct Head {
    /// All before the last linear layer; its output is what that reads of an image.
    pub body: Model,
    /// The last linear layer, which reads `[batch, features]`.
    pub tail: Model,
    /// What it learns, by places among the plan's parameters.
    pub parameters: Vec<usize>,
    /// Numbers that it reads of an image.
    pub features: usize,
}

impl Plan {
    /// What the optimiser takes steps for: the parameters, but without numbers where all but the last layer is frozen.
    ///
    /// # Errors
    /// As [`head`](Self::head), if it is frozen.
    pub fn moved(&self, frozen: bool) -> Result<Vec<Parameter>, Fault> {
        let mut parameters = self.parameters.clone();
        if frozen {
            let own = self.head()?.parameters;
            for (at, parameter) in parameters.iter_mut().enumerate() {
                if !own.contains(&at) {
                    parameter.dims = vec![0];
                }
            }
        }
        Ok(parameters)
    }

    /// Parts the network before its last linear layer.
    ///
    /// # Errors
    /// If it does not end in one whose weights it learns and nothing else reads.
    pub fn head(&self) -> Result<Head, Fault> {
        let none = || Fault::new(phrase!("network-files-it-does-not-end-in"));
        let model = &self.model;
        let output = model.outputs.first().ok_or_else(none)?;
        let maker = |name: &String| model.nodes.iter().position(|node| node.outputs.contains(name));
        let last = maker(output).ok_or_else(none)?;
        let node_at = |at: usize| model.nodes.get(at);
        // A product, or a product and its bias.
        let product = match node_at(last) {
            Some(node) if node.operator == "Add" => {
                let mut makers = node.inputs.iter().filter_map(maker);
                makers.find(|at| node_at(*at).is_some_and(|node| node.operator == "MatMul"))
            }
            _ => Some(last),
        };
        let product = product.and_then(|at| Some((at, node_at(at)?)));
        let is_product = |node: &Node| ["Gemm", "MatMul"].contains(&node.operator.as_str());
        let (first, node) = product.filter(|(_, node)| is_product(node)).ok_or_else(none)?;
        let is_head = |at: usize| at == first || at == last;
        let reads = node.inputs.first().ok_or_else(none)?;
        let weights = node.inputs.get(1).ok_or_else(none)?;
        let weights = self.parameters.iter().find(|of| of.name == *weights).ok_or_else(none)?;
        let turned = node.attributes.get("transB") == Some(&Attribute::Int(1));
        let [rows, columns] = weights.dims[..] else { return Err(none()) };

        let (tail, body): (Vec<(usize, &Node)>, Vec<_>) =
            model.nodes.iter().enumerate().partition(|(at, _)| is_head(*at));
        let nodes =
            |part: &[(usize, &Node)]| part.iter().map(|(_, node)| (*node).clone()).collect();
        let reads_of = |part: &[(usize, &Node)], name: &String| {
            part.iter().any(|(_, node)| node.inputs.contains(name))
        };
        let learned = self.parameters.iter().enumerate();
        let own = learned.filter(|(_, parameter)| reads_of(&tail, &parameter.name));
        let parameters: Vec<usize> = own.map(|(at, _)| at).collect();
        let names = parameters.iter().filter_map(|at| Some(&self.parameters.get(*at)?.name));
        if names.chain(&node.outputs).any(|name| reads_of(&body, name)) {
            return Err(Fault::new(phrase!("network-files-the-weights-of-its-last")));
        }
        let constants = |part: &[(usize, &Node)]| {
            let read = model.initialisers.iter().filter(|(name, _)| reads_of(part, name));
            read.cloned().collect()
        };
        let port = Port { name: reads.clone(), kind: Some(Kind::F32), dims: vec![None; 2] };
        Ok(Head {
            features: if turned { columns } else { rows },
            tail: Model {
                inputs: vec![port],
                nodes: nodes(&tail),
                initialisers: constants(&tail),
                outputs: vec![output.clone()],
                opset: model.opset,
                ..Model::default()
            },
            body: Model {
                inputs: model.inputs.clone(),
                nodes: nodes(&body),
                initialisers: constants(&body),
                outputs: vec![reads.clone()],
                opset: model.opset,
                ..Model::default()
            },
            parameters,
        })
    }

    /// Whether all but these parameters came with the network.
    pub fn has_learned_all_but(&self, parameters: &[usize]) -> bool {
        let others = self.parameters.iter().enumerate().filter(|(at, _)| !parameters.contains(at));
        others.into_iter().all(|(_, parameter)| matches!(parameter.first, First::Given(_)))
    }
}
