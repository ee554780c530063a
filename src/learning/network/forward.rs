//! The way of a batch through a network, layer after layer.

use burn::tensor::{
    Device, Tensor, TensorData, activation,
    module::{avg_pool2d, batch_norm, max_pool2d},
    ops::{AvgPoolOptions, ConvOptions, MaxPoolOptions},
};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::{
    value::{Leaf, Value, numbers},
    weights::{Moments, Running, Weights},
};
use crate::{
    learning::{TrainError, convolution::convolve, normalisation::normalise},
    network::{Function, Layer, Network, Operator, Takes},
};

/// Whether it trains: normalisations look at the batch then, and dropout leaves out.
pub(super) enum Mode<'a> {
    Training { generator: &'a mut ChaCha8Rng, moments: Vec<Moments> },
    Evaluation,
}

impl<'a> Mode<'a> {
    pub(super) fn training(generator: &'a mut ChaCha8Rng) -> Self {
        Self::Training { generator, moments: Vec::new() }
    }

    /// Means and variances of the batch, of each layer that looked at them.
    pub(super) fn moments(self) -> Vec<Moments> {
        match self {
            Self::Training { moments, .. } => moments,
            Self::Evaluation => Vec::new(),
        }
    }
}

/// A network with its weights on a device.
pub(super) struct Pass<'a> {
    network: &'a Network,
    leaves: &'a [Leaf],
    weights: &'a Weights,
    device: &'a Device,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        network: &'a Network,
        leaves: &'a [Leaf],
        weights: &'a Weights,
        device: &'a Device,
    ) -> Self {
        Self { network, leaves, weights, device }
    }

    /// What the last layer makes of a batch; `see` hears of each layer.
    pub(super) fn run(
        &self,
        input: Value,
        mode: &mut Mode<'_>,
        see: &mut dyn FnMut(usize, &Value) -> Result<(), TrainError>,
    ) -> Result<Value, TrainError> {
        let layers = &self.network.layers;
        // What nobody reads any more is let go.
        let mut readers = vec![0_usize; layers.len() + 1];
        for value in layers.iter().flat_map(|layer| &layer.from) {
            if let Some(readers) = readers.get_mut(*value) {
                *readers += 1;
            }
        }
        let mut values: Vec<Option<Value>> = vec![Some(input)];
        let mut first = 0;
        for (at, layer) in layers.iter().enumerate() {
            let missing = || TrainError::Calculation(format!("{} reads nothing", layer.path));
            let mut reads = Vec::with_capacity(layer.from.len());
            for &value in &layer.from {
                let left = readers.get_mut(value).ok_or_else(missing)?;
                *left -= 1;
                let slot = values.get_mut(value).ok_or_else(missing)?;
                let read = if *left == 0 { slot.take() } else { slot.clone() };
                reads.push(read.ok_or_else(missing)?);
            }
            let leaves = self.leaves.get(first..first + layer.parameters.len()).unwrap_or(&[]);
            first += layer.parameters.len();
            let made = self.layer(at, layer, reads, leaves, mode)?;
            see(at, &made)?;
            values.push(Some(made));
        }
        values.pop().flatten().ok_or_else(|| TrainError::calculation("a network has no layers"))
    }

    fn layer(
        &self,
        at: usize,
        layer: &Layer,
        reads: Vec<Value>,
        leaves: &[Leaf],
        mode: &mut Mode<'_>,
    ) -> Result<Value, TrainError> {
        if matches!(layer.operator, Operator::Add | Operator::Concatenate) {
            return joined(&layer.operator, reads);
        }
        let mut reads = reads.into_iter();
        let read = reads
            .next()
            .ok_or_else(|| TrainError::Calculation(format!("{} reads nothing", layer.path)))?;
        Ok(match layer.operator {
            Operator::Convolution { stride, padding, dilation, groups, .. } => {
                let Some(Leaf::Four(weights)) = leaves.first() else {
                    return Err(TrainError::calculation("a convolution has no weights"));
                };
                let options = ConvOptions::new(stride, padding, dilation, groups);
                let biases = one(leaves.get(1));
                Value::Maps(convolve(read.maps()?, weights.clone(), biases, options))
            }
            Operator::Linear => {
                let Some(Leaf::Two(weights)) = leaves.first() else {
                    return Err(TrainError::calculation("a linear layer has no weights"));
                };
                let product = read.rows()?.matmul(weights.clone().transpose());
                Value::Rows(match one(leaves.get(1)) {
                    Some(biases) => product + biases.unsqueeze(),
                    None => product,
                })
            }
            Operator::BatchNorm { epsilon, .. } => {
                let (Some(scale), Some(shift)) = (one(leaves.first()), one(leaves.get(1))) else {
                    return Err(TrainError::calculation("a normalisation has no weights"));
                };
                let running = self.weights.running.get(at).and_then(Option::as_ref);
                let running = running
                    .ok_or_else(|| TrainError::calculation("a normalisation remembers nothing"))?;
                let of = (running, epsilon, self.device);
                match read {
                    Value::Maps(maps) => Value::Maps(normalised(maps, scale, shift, of, at, mode)?),
                    Value::Rows(rows) => Value::Rows(normalised(rows, scale, shift, of, at, mode)?),
                }
            }
            Operator::GroupNorm { groups, epsilon } => {
                let (Some(scale), Some(shift)) = (one(leaves.first()), one(leaves.get(1))) else {
                    return Err(TrainError::calculation("a normalisation has no weights"));
                };
                match read {
                    Value::Maps(maps) => {
                        let dims = maps.dims();
                        let channels = [1, dims[1], 1, 1];
                        let even = grouped(maps, groups, epsilon).reshape(dims);
                        Value::Maps(even * scale.reshape(channels) + shift.reshape(channels))
                    }
                    Value::Rows(rows) => {
                        let dims = rows.dims();
                        let even = grouped(rows, groups, epsilon).reshape(dims);
                        Value::Rows(even * scale.unsqueeze() + shift.unsqueeze())
                    }
                }
            }
            Operator::Pool { takes: Takes::Largest, kernel, stride, padding } => {
                let options = MaxPoolOptions::new(kernel).with_stride(stride).with_padding(padding);
                Value::Maps(max_pool2d(read.maps()?, options))
            }
            Operator::Pool { takes: Takes::Mean, kernel, stride, padding } => {
                let options = AvgPoolOptions::new(kernel).with_stride(stride).with_padding(padding);
                Value::Maps(avg_pool2d(read.maps()?, options))
            }
            Operator::GlobalAveragePool => {
                let maps = read.maps()?;
                let [batch, channels, rows, columns] = maps.dims();
                let means = maps.reshape([batch, channels, rows * columns]).mean_dim(2);
                Value::Rows(means.reshape([batch, channels]))
            }
            Operator::Activation(function) => match read {
                Value::Maps(maps) => Value::Maps(activated(function, maps)),
                Value::Rows(rows) => Value::Rows(activated(function, rows)),
            },
            Operator::Dropout { probability } => match mode {
                Mode::Training { generator, .. } => self.thinned(read, probability, generator),
                Mode::Evaluation => read,
            },
            Operator::Flatten => match read {
                Value::Maps(maps) => {
                    let [batch, channels, rows, columns] = maps.dims();
                    Value::Rows(maps.reshape([batch, channels * rows * columns]))
                }
                rows @ Value::Rows(_) => rows,
            },
            // Both have been joined above.
            Operator::Add | Operator::Concatenate => read,
        })
    }

    /// Without a share of its numbers; the others are raised, so that their sum stays.
    fn thinned(&self, value: Value, probability: f64, generator: &mut ChaCha8Rng) -> Value {
        let kept = (1.0 / (1.0 - probability)) as f32;
        let mut mask = |count: usize| -> Vec<f32> {
            let one = |_| if generator.random::<f64>() < probability { 0.0 } else { kept };
            (0..count).map(one).collect()
        };
        match value {
            Value::Maps(maps) => {
                let dims = maps.dims();
                let mask = TensorData::new(mask(dims.iter().product()), dims);
                Value::Maps(maps * Tensor::from_data(mask, self.device))
            }
            Value::Rows(rows) => {
                let dims = rows.dims();
                let mask = TensorData::new(mask(dims.iter().product()), dims);
                Value::Rows(rows * Tensor::from_data(mask, self.device))
            }
        }
    }
}

/// A parameter of one dimension.
fn one(leaf: Option<&Leaf>) -> Option<Tensor<1>> {
    match leaf {
        Some(Leaf::One(numbers)) => Some(numbers.clone()),
        _ => None,
    }
}

/// Over the batch where it trains, else by what is remembered.
fn normalised<const D: usize>(
    read: Tensor<D>,
    scale: Tensor<1>,
    shift: Tensor<1>,
    (running, epsilon, device): (&Running, f64, &Device),
    layer: usize,
    mode: &mut Mode<'_>,
) -> Result<Tensor<D>, TrainError> {
    match mode {
        Mode::Training { moments, .. } => {
            let dims = read.dims();
            let samples = dims.iter().product::<usize>() / dims[1].max(1);
            let (made, mean, variance) = normalise(read, scale, shift, epsilon);
            let (mean, variance) = (numbers(mean)?, numbers(variance)?);
            moments.push(Moments { layer, mean, variance, samples });
            Ok(made)
        }
        Mode::Evaluation => {
            let kept = |numbers: &[f32]| {
                let data = TensorData::new(numbers.to_vec(), [numbers.len()]);
                Tensor::<1>::from_data(data, device)
            };
            let (mean, variance) = (kept(&running.mean), kept(&running.variance));
            Ok(batch_norm(read, scale, shift, mean, variance, epsilon))
        }
    }
}

/// Groups of channels of each example at mean 0 and variance 1: `[batch, groups, numbers of a group]`.
fn grouped<const D: usize>(read: Tensor<D>, groups: usize, epsilon: f64) -> Tensor<3> {
    let dims = read.dims();
    let of_example: usize = dims.iter().skip(1).product();
    let read = read.reshape([dims[0], groups, of_example / groups.max(1)]);
    let centred = read.clone() - read.mean_dim(2);
    let variance = centred.clone().powi_scalar(2).mean_dim(2);
    centred / (variance + epsilon).sqrt()
}

fn activated<const D: usize>(function: Function, read: Tensor<D>) -> Tensor<D> {
    match function {
        Function::Relu => activation::relu(read),
        Function::LeakyRelu(slope) => activation::leaky_relu(read, slope),
        Function::Gelu => activation::gelu(read),
        Function::Silu => activation::silu(read),
        Function::Sigmoid => activation::sigmoid(read),
        Function::Tanh => activation::tanh(read),
    }
}

/// Sums, or maps behind each other.
fn joined(operator: &Operator, reads: Vec<Value>) -> Result<Value, TrainError> {
    let maps = matches!(reads.first(), Some(Value::Maps(_)));
    if maps {
        let parts = reads.into_iter().map(Value::maps).collect::<Result<Vec<_>, _>>()?;
        joined_tensors(operator, parts).map(Value::Maps)
    } else {
        let parts = reads.into_iter().map(Value::rows).collect::<Result<Vec<_>, _>>()?;
        joined_tensors(operator, parts).map(Value::Rows)
    }
}

fn joined_tensors<const D: usize>(
    operator: &Operator,
    parts: Vec<Tensor<D>>,
) -> Result<Tensor<D>, TrainError> {
    if *operator == Operator::Concatenate {
        return Ok(Tensor::cat(parts, 1));
    }
    let sum = parts.into_iter().reduce(|sum, part| sum + part);
    sum.ok_or_else(|| TrainError::calculation("a sum of nothing"))
}
