//! Operators that layers become, as they are put behind each other.

use std::collections::HashSet;

use super::{Fault, flow::Flow, remarks::Remarks, settings::Settings, stored::Weights};
use crate::network::{
    FROZEN, MOST_LAYERS,
    brought::FIXED,
    onnx::{Array, Attribute, Kind, Model, Node, Port},
    plan::POPULATION_VARIANCE,
};
use crate::words::{Phrase, Word};

/// The version of the operators: the first with a scale for each channel in `GroupNormalization`.
const OPSET: i64 = 21;

/// A layer that is read.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// Where it stands in the network, such as `outer.inner`.
    pub(super) path: &'a str,
    /// Where its weights lie.
    pub(super) place: &'a str,
    pub(super) settings: Settings<'a>,
}

pub(super) struct Builder {
    model: Model,
    weights: Weights,
    /// All names of nodes and values.
    names: HashSet<String>,
    calls: usize,
    /// Whether it wants pixels from 0 to 255, and why.
    bytes: Option<Word>,
    pub(super) remarks: Remarks,
    /// Whether Keras would not train what is read now.
    pub(super) frozen: bool,
}

impl Builder {
    pub(super) fn new(weights: Weights, producer: String) -> Self {
        let facts = [POPULATION_VARIANCE.map(str::to_owned).into()].into();
        let model = Model { producer, opset: OPSET, facts, ..Model::default() };
        let (names, remarks) = (HashSet::new(), Remarks::default());
        Self { model, weights, names, calls: 0, bytes: None, remarks, frozen: false }
    }

    /// Counts the layers that are read: models within models may name each other very often.
    pub(super) fn count(&mut self) -> Result<(), Fault> {
        self.calls += 1;
        if self.calls <= MOST_LAYERS {
            return Ok(());
        }
        Err(Fault::new(phrase!("keras-it-has-more-than-layers", most_layers = MOST_LAYERS)))
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// A name that nothing has yet.
    fn free(&mut self, wish: &str) -> String {
        let taken = |name: &str| self.names.contains(name);
        let mut name = wish.to_owned();
        let mut at = 2;
        while taken(&name) {
            name = format!("{wish}_{at}");
            at += 1;
        }
        self.names.insert(name.clone());
        name
    }

    /// What the network is given: images of channels, rows and columns.
    pub(super) fn input(
        &mut self,
        name: &str,
        [rows, columns, channels]: [Option<usize>; 3],
    ) -> Flow {
        let name = self.free(name);
        let dims = vec![None, channels, rows, columns];
        self.model.inputs.push(Port { name: name.clone(), kind: Some(Kind::F32), dims });
        Flow::new(name, vec![rows, columns, channels])
    }

    pub(super) fn output(&mut self, flow: Flow) {
        self.model.output_rank = flow.dims.len() + 1;
        self.model.outputs.push(flow.name);
    }

    /// Notes that pixels go from 0 to 255, if nothing has changed them yet.
    pub(super) fn wants_bytes(&mut self, reads: &Flow, why: Word) {
        let is_input = self.model.inputs.iter().any(|port| port.name == reads.name);
        let laid_out = |node: &Node| {
            ["Reshape", "Flatten"].contains(&node.operator.as_str())
                && node.outputs.contains(&reads.name)
        };
        // An input without channels is only laid out before its first layer.
        if is_input || self.model.nodes.first().is_some_and(laid_out) {
            self.bytes = Some(why);
        }
    }

    /// A node of this name, and the name of what it makes.
    pub(super) fn node<const N: usize>(
        &mut self,
        operator: &str,
        path: &str,
        inputs: Vec<String>,
        attributes: [(&str, Attribute); N],
    ) -> String {
        let name = self.free(path);
        self.model.nodes.push(Node {
            name: name.clone(),
            operator: operator.to_owned(),
            inputs,
            outputs: vec![name.clone()],
            attributes: attributes
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect(),
            ..Node::default()
        });
        name
    }

    /// An array of the layer's weights, of these dimensions.
    pub(super) fn read(
        &mut self,
        call: Call<'_>,
        at: usize,
        dims: &[usize],
    ) -> Result<Array, Fault> {
        let array = self.weights.array(call.place, at)?;
        if array.dims == dims {
            return Ok(array);
        }
        Err(Fault::new(phrase!(
            "keras-its-weights-are-instead-of",
            at,
            dims = format_args!("{:?}", array.dims),
            dims2 = format_args!("{:?}", dims)
        )))
    }

    /// Keeps an array under a name; a layer that is used again has the same.
    pub(super) fn keep(&mut self, name: String, array: Array) -> Result<String, Fault> {
        let frozen = self.frozen && !name.starts_with(FIXED);
        let name = if frozen { format!("{FROZEN}{name}") } else { name };
        match self.model.initialiser(&name) {
            Some(kept) if *kept == array => {}
            None if self.names.insert(name.clone()) => {
                self.model.initialisers.push((name.clone(), array));
            }
            _ => {
                return Err(Fault::new(phrase!("keras-it-is-used-twice-for", name)));
            }
        }
        Ok(name)
    }

    /// A constant of the arithmetic, which is never learned.
    pub(super) fn fixed(
        &mut self,
        path: &str,
        word: &str,
        dims: Vec<usize>,
        cells: Vec<f32>,
    ) -> Result<String, Fault> {
        self.keep(format!("{FIXED}{path}.{word}"), Array::singles(dims, cells))
    }

    /// Whole numbers that say how an operator works.
    pub(super) fn whole(
        &mut self,
        path: &str,
        word: &str,
        cells: Vec<i64>,
    ) -> Result<String, Fault> {
        self.keep(format!("{FIXED}{path}.{word}"), Array::whole(vec![cells.len()], cells))
    }

    /// Dimensions behind the batch, given to what lies here already in their order.
    pub(super) fn reshaped(
        &mut self,
        path: &str,
        flow: &str,
        dims: &[usize],
    ) -> Result<String, Fault> {
        let dims = std::iter::once(0).chain(dims.iter().map(|size| *size as i64)).collect();
        let shape = self.whole(path, "shape", dims)?;
        Ok(self.node("Reshape", path, vec![flow.to_owned(), shape], []))
    }

    /// The same numbers in the order in which Keras has them.
    pub(super) fn plain(&mut self, path: &str, flow: Flow) -> Result<Flow, Fault> {
        let Some([channels, rows, columns]) = flow.maps else { return Ok(flow) };
        let maps =
            self.reshaped(&format!("{path}_maps"), &flow.name, &[channels, rows, columns])?;
        let order = ("perm", ints(&[0, 2, 3, 1]));
        let turned = self.node("Transpose", &format!("{path}_transpose"), vec![maps], [order]);
        let name = self.node("Flatten", &format!("{path}_flatten"), vec![turned], []);
        Ok(Flow::new(name, flow.dims))
    }

    /// The network and what a visitor has to know of it.
    pub(super) fn end(mut self) -> (Model, Vec<Phrase>) {
        let mut remarks = self.remarks;
        if let (Some(why), Some(port)) = (self.bytes, self.model.inputs.first_mut()) {
            let pixels = std::mem::replace(&mut port.name, "unit".to_owned());
            let factor = format!("{FIXED}pixels.factor");
            self.model.nodes.insert(
                0,
                Node {
                    name: "pixels".to_owned(),
                    operator: "Mul".to_owned(),
                    inputs: vec!["unit".to_owned(), factor.clone()],
                    outputs: vec![pixels],
                    ..Node::default()
                },
            );
            self.model.initialisers.push((factor, Array::singles(Vec::new(), vec![255.0])));
            remarks.others.push(phrase!("keras-pixels-0-to-255-since", why));
        }
        (self.model, remarks.told())
    }
}

pub(super) fn ints(all: &[usize]) -> Attribute {
    Attribute::Ints(all.iter().map(|one| *one as i64).collect())
}
