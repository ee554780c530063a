//! A node that is ready to run: its operator with its settings, what it reads, and what running needs.

use std::collections::BTreeMap;

use burn::{backend::DispatchTensor, tensor::Device};
use rand_chacha::ChaCha8Rng;

use super::{Seat, value::Value};
use crate::network::{
    Fault,
    onnx::{Array, Attribute, Cells, Kind, Node},
};
use crate::words::Phrase;

/// Computes what a node makes.
pub(super) type Run =
    Box<dyn Fn(&Reads<'_>, &mut Context<'_>) -> Result<Vec<Value>, Fault> + Send + Sync>;

/// What running needs beside what is read.
pub(super) struct Context<'a> {
    pub(super) device: &'a Device,
    /// While it trains: what dropout draws from. Normalisations look at the batch then.
    pub(super) training: Option<&'a mut ChaCha8Rng>,
    /// Where what is read is one example of a batch, its place there.
    pub(super) seat: Option<Seat>,
    /// Nodes that are marked to train do so, as conformance cases want it.
    pub(super) as_marked: bool,
    /// Means and variances that normalisations found in the batch, by the name of their running mean.
    pub(super) moments: Vec<Moments>,
}

/// What a normalisation found in its batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// The arrays in which mean and variance are remembered.
    pub names: [String; 2],
    pub mean: Vec<f32>,
    /// Of the population.
    pub variance: Vec<f32>,
    /// The share of what is remembered that stays.
    pub kept: f32,
    /// How many numbers of each channel there were.
    pub samples: usize,
}

/// What a node reads.
pub(super) struct Reads<'a> {
    pub(super) values: Vec<Option<Value>>,
    pub(super) node: &'a Node,
}

impl Reads<'_> {
    /// One that must be there.
    pub(super) fn need(&self, at: usize) -> Result<&Value, Fault> {
        self.get(at).ok_or_else(|| Fault::new(phrase!("onnx-its-input-is-missing", at)))
    }

    /// One that may be left out.
    pub(super) fn get(&self, at: usize) -> Option<&Value> {
        self.values.get(at).and_then(Option::as_ref)
    }

    /// One that must be there, on the device.
    pub(super) fn on(&self, at: usize, context: &Context<'_>) -> Result<DispatchTensor, Fault> {
        self.need(at)?.device(context.device)
    }

    /// All that are there.
    pub(super) fn all(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().flatten()
    }

    /// How many results are asked for.
    pub(super) fn wanted(&self) -> usize {
        self.node.outputs.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1)
    }
}

/// Settings of a node, taken one by one, so that what nobody knows is found.
pub(super) struct Settings {
    left: BTreeMap<String, Attribute>,
    pub(super) opset: i64,
}

impl Settings {
    pub(super) fn new(node: &Node, opset: i64) -> Self {
        Self { left: node.attributes.clone(), opset }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Attribute> {
        self.left.remove(name)
    }

    pub(super) fn int(&mut self, name: &str, otherwise: i64) -> Result<i64, Fault> {
        Ok(self.maybe_int(name)?.unwrap_or(otherwise))
    }

    pub(super) fn maybe_int(&mut self, name: &str) -> Result<Option<i64>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Attribute::Int(int)) => Ok(Some(int)),
            Some(_) => Err(wrong(name, phrase!("onnx-a-whole-number"))),
        }
    }

    pub(super) fn yes(&mut self, name: &str, otherwise: bool) -> Result<bool, Fault> {
        Ok(self.int(name, i64::from(otherwise))? != 0)
    }

    pub(super) fn float(&mut self, name: &str, otherwise: f32) -> Result<f64, Fault> {
        Ok(self.maybe_float(name)?.unwrap_or(f64::from(otherwise)))
    }

    pub(super) fn maybe_float(&mut self, name: &str) -> Result<Option<f64>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Attribute::Float(float)) => Ok(Some(f64::from(float))),
            Some(_) => Err(wrong(name, phrase!("onnx-a-number"))),
        }
    }

    pub(super) fn text(&mut self, name: &str, otherwise: &str) -> Result<String, Fault> {
        match self.take(name) {
            None => Ok(otherwise.to_owned()),
            Some(Attribute::Text(text)) => Ok(text),
            Some(_) => Err(wrong(name, phrase!("onnx-a-text"))),
        }
    }

    pub(super) fn ints(&mut self, name: &str) -> Result<Option<Vec<i64>>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Attribute::Ints(ints)) => Ok(Some(ints)),
            Some(_) => Err(wrong(name, phrase!("onnx-whole-numbers"))),
        }
    }

    /// Whole numbers that are counts.
    pub(super) fn sizes(&mut self, name: &str) -> Result<Option<Vec<usize>>, Fault> {
        let Some(ints) = self.ints(name)? else { return Ok(None) };
        let sizes = ints.iter().map(|int| usize::try_from(*int).ok());
        let sizes = sizes.collect::<Option<_>>();
        sizes.map(Some).ok_or_else(|| wrong(name, phrase!("onnx-numbers-that-are-not-below")))
    }

    /// Nothing may be left that the operator does not know.
    pub(super) fn end(&self) -> Result<(), Fault> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(name) => Err(Fault::new(phrase!("onnx-its-attribute-is-not-known", name))),
        }
    }
}

fn wrong(name: &str, wanted: impl Into<Phrase>) -> Fault {
    let wanted: Phrase = wanted.into();
    Fault::new(phrase!("onnx-its-attribute-is-no", name, wanted))
}

/// Runs a node; numbers of another kind than `f32` are given back as what they came as.
pub(super) fn run(
    node: &Node,
    run: &Run,
    values: Vec<Option<Value>>,
    context: &mut Context<'_>,
) -> Result<Vec<Value>, Fault> {
    let on_device = |value: &Value| matches!(value, Value::Device(_));
    let kind = values.iter().flatten().map(Value::kind).find(|kind| kind.is_float());
    let any = values.iter().flatten().any(on_device);
    let reads = Reads { values, node };
    let made = run(&reads, context).map_err(|fault| fault.of(node.called()))?;
    match kind {
        Some(kind) if kind != Kind::F32 && !any => made
            .into_iter()
            .map(|value| match value {
                Value::Device(_) => {
                    let array = value.array()?;
                    let cells = array.to_floats().into_iter();
                    Ok(Value::host(Array::floats(kind, array.dims.clone(), cells)))
                }
                host => Ok(host),
            })
            .collect(),
        _ => Ok(made),
    }
}

/// One that came with the node, as a value.
pub(super) fn kept(attribute: Attribute) -> Option<Value> {
    Some(Value::host(match attribute {
        Attribute::Array(array) => array,
        Attribute::Int(int) => Array::whole(Vec::new(), vec![int]),
        Attribute::Ints(ints) => Array::whole(vec![ints.len()], ints),
        Attribute::Float(float) => Array::singles(Vec::new(), vec![float]),
        Attribute::Floats(floats) => Array {
            kind: Kind::F32,
            dims: vec![floats.len()],
            cells: Cells::Singles(floats.into()),
        },
        Attribute::Text(_) | Attribute::Texts(_) | Attribute::Graph => return None,
    }))
}
