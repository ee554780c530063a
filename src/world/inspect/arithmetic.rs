//! The arithmetic behind one unit: which numbers went in, what they were multiplied with, and what came out.

use super::{Unit, input, maker, value};
use crate::stream::{ModelGraph, Node, Op, Snapshot, TensorSpec};

/// A factor, its weight, and their product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    /// The number that came in.
    pub input: f32,
    /// What it is multiplied with.
    pub weight: f32,
}

impl Product {
    /// What they add to the sum.
    pub fn value(self) -> f32 {
        self.input * self.weight
    }
}

/// How a unit came to its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Arithmetic {
    /// It was given: a pixel or a parameter; or nothing is known of its operator.
    Given,
    /// Products over a window of each channel, and a bias.
    Convolution {
        /// Channel by channel, row by row; beside the edge the input is 0.
        products: Vec<Vec<Vec<Product>>>,
        /// The filter's bias.
        bias: f32,
        /// Their sum.
        sum: f32,
    },
    /// What is below zero becomes zero.
    Relu {
        /// The value before.
        before: f32,
    },
    /// The largest of a window.
    MaxPooling {
        /// Row by row.
        of: Vec<Vec<f32>>,
    },
    /// Products with all that comes in, and a bias.
    Linear {
        /// What each map that comes in adds, or each unit where there is one map; largest magnitude first.
        parts: Vec<(usize, f32)>,
        /// The unit's bias.
        bias: f32,
        /// Their sum.
        sum: f32,
    },
    /// The share of eᶻ among all.
    Softmax {
        /// The unit's logit.
        logit: f32,
        /// Σ eᶻ over all, with the largest logit taken off first.
        total: f32,
        /// The largest logit.
        largest: f32,
        /// How many there are.
        of: usize,
    },
    /// One product of a linear layer.
    LinearProduct(Product),
    /// The mean of a window.
    AveragePooling {
        /// How many numbers it has.
        count: usize,
        /// Their sum.
        sum: f32,
    },
    /// A function of one number.
    Function {
        /// Its name, such as `gelu`.
        name: String,
        /// The value before.
        before: f32,
    },
    /// Brought to mean 0 and variance 1 among others, scaled and shifted.
    Normalisation {
        /// The value before.
        before: f32,
        /// What is learned: factor and summand.
        scale: f32,
        shift: f32,
    },
    /// The sum of the numbers at the same place of several layers.
    Sum {
        /// Each layer with its number.
        parts: Vec<(&'static str, f32)>,
    },
}

/// How a unit came to its value, worked out from the same snapshot; `None` where the snapshot lacks what went in.
pub fn arithmetic(graph: &ModelGraph, snapshot: &Snapshot, unit: Unit) -> Option<Arithmetic> {
    let (id, spec) = graph.called(unit.layer)?;
    let at = |spec: &TensorSpec, map, row, column| {
        value(snapshot, Unit { layer: spec.name, map, row, column })
    };
    let Some(node) = maker(graph, id) else {
        let of_linear = |node: &&Node| node.op == Op::Linear && node.inputs.get(1) == Some(&id);
        let Some(node) = graph.nodes().iter().find(of_linear) else {
            return Some(Arithmetic::Given);
        };
        let from = input(graph, node, 0)?;
        let place = unit.map % from.shape().maps.max(1);
        return Some(Arithmetic::LinearProduct(Product {
            input: at(from, place, unit.row, unit.column)?,
            weight: at(spec, unit.map, unit.row, unit.column)?,
        }));
    };
    let before = || input(graph, node, 0);
    Some(match &node.op {
        Op::Convolution { kernel, stride, padding, groups } => {
            let (from, weights) = (before()?, input(graph, node, 1)?);
            let per_group = (from.shape().maps / (*groups).max(1)).max(1);
            let group = unit.map / (spec.shape().maps / (*groups).max(1)).max(1);
            let product = |channel: usize, down: usize, right: usize| {
                let inside = |at: usize, stride: usize, step: usize, padding: usize, of: usize| {
                    (at * stride + step).checked_sub(padding).filter(|at| *at < of)
                };
                let shape = from.shape();
                let row = inside(unit.row, stride[0], down, padding[0], shape.rows);
                let column = inside(unit.column, stride[1], right, padding[1], shape.columns);
                let input = match row.zip(column) {
                    Some((row, column)) => at(from, group * per_group + channel, row, column)?,
                    None => 0.0,
                };
                let weight = at(weights, unit.map * per_group + channel, down, right)?;
                Some(Product { input, weight })
            };
            let products = (0..per_group)
                .map(|channel| {
                    let row =
                        |down| (0..kernel[1]).map(|right| product(channel, down, right)).collect();
                    (0..kernel[0]).map(row).collect()
                })
                .collect::<Option<Vec<Vec<Vec<Product>>>>>()?;
            let bias = bias(graph, snapshot, node, unit.map)?;
            let all = products.iter().flatten().flatten();
            let sum = all.map(|product| product.value()).sum::<f32>() + bias;
            Arithmetic::Convolution { products, bias, sum }
        }
        Op::Activation { name } if name == "relu" => {
            Arithmetic::Relu { before: at(before()?, unit.map, unit.row, unit.column)? }
        }
        Op::Pooling { takes, kernel, stride } if takes == "max" => {
            let from = before()?;
            let row = |down| {
                let number = |right| {
                    let (row, column) =
                        (unit.row * stride[0] + down, unit.column * stride[1] + right);
                    at(from, unit.map, row, column)
                };
                (0..kernel[1]).map(number).collect::<Option<Vec<f32>>>()
            };
            Arithmetic::MaxPooling { of: (0..kernel[0]).map(row).collect::<Option<_>>()? }
        }
        Op::Pooling { takes, kernel, stride } if takes == "average" => {
            let from = before()?;
            let whole = is_of_whole_maps(from, spec);
            let (map, unit) =
                if whole { (unit.column, Unit { column: 0, ..unit }) } else { (unit.map, unit) };
            let places = (0..kernel[0]).flat_map(|down| (0..kernel[1]).map(move |to| (down, to)));
            let numbers = places.map(|(down, right)| {
                at(from, map, unit.row * stride[0] + down, unit.column * stride[1] + right)
            });
            let numbers = numbers.collect::<Option<Vec<f32>>>()?;
            Arithmetic::AveragePooling { count: numbers.len(), sum: numbers.iter().sum() }
        }
        Op::Activation { name } => Arithmetic::Function {
            name: name.clone(),
            before: at(before()?, unit.map, unit.row, unit.column)?,
        },
        Op::Normalisation { .. } => {
            let shape = spec.shape();
            let channel = if shape.maps == 1 && shape.rows == 1 { unit.column } else { unit.map };
            let learned = |place| at(input(graph, node, place)?, 0, 0, channel);
            Arithmetic::Normalisation {
                before: at(before()?, unit.map, unit.row, unit.column)?,
                scale: learned(1)?,
                shift: learned(2)?,
            }
        }
        Op::Add => {
            let part = |id| {
                let tensor = graph.tensor(id)?;
                Some((tensor.name.name(), at(tensor, unit.map, unit.row, unit.column)?))
            };
            let parts = node.inputs.iter().map(|id| part(*id)).collect::<Option<Vec<_>>>()?;
            Arithmetic::Sum { parts }
        }
        Op::Linear => linear(graph, snapshot, node, unit.column)?,
        Op::Softmax => {
            let logits = &snapshot.layer(before()?.name)?.values;
            let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            Arithmetic::Softmax {
                logit: at(before()?, 0, 0, unit.column)?,
                total: logits.iter().map(|logit| (logit - largest).exp()).sum(),
                largest,
                of: logits.len(),
            }
        }
        _ => Arithmetic::Given,
    })
}

/// Whether a pooling makes one number of each map, and a row of them all.
pub(super) fn is_of_whole_maps(from: &TensorSpec, made: &TensorSpec) -> bool {
    let (from, made) = (from.shape(), made.shape());
    made.maps == 1 && made.rows == 1 && made.columns == from.maps && from.rows * from.columns > 1
}

/// The bias of an output, or 0 where the node has none.
fn bias(graph: &ModelGraph, snapshot: &Snapshot, node: &Node, of: usize) -> Option<f32> {
    let Some(biases) = input(graph, node, 2) else {
        return Some(0.0);
    };
    value(snapshot, Unit { layer: biases.name, map: 0, row: 0, column: of })
}

fn linear(
    graph: &ModelGraph,
    snapshot: &Snapshot,
    node: &Node,
    output: usize,
) -> Option<Arithmetic> {
    let inputs = &snapshot.layer(input(graph, node, 0)?.name)?;
    let weights = &snapshot.layer(input(graph, node, 1)?.name)?.values;
    let weights = weights.chunks_exact(inputs.values.len().max(1)).nth(output)?;
    // Where there are maps, what a map adds together says more than each of its units.
    let size = if inputs.shape.maps > 1 { inputs.shape.rows * inputs.shape.columns } else { 1 };
    let groups = inputs.values.chunks(size).zip(weights.chunks(size));
    let added = |(inputs, weights): (&[f32], &[f32])| {
        inputs.iter().zip(weights).map(|(input, weight)| input * weight).sum()
    };
    let mut parts: Vec<(usize, f32)> = groups.map(added).enumerate().collect();
    let bias = bias(graph, snapshot, node, output)?;
    let sum = parts.iter().map(|(_, part)| part).sum::<f32>() + bias;
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    Some(Arithmetic::Linear { parts, bias, sum })
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{
            ACTIVE, DENSE, FILTERS, INPUT, LOGITS, POOLED, SHARES, SUMS, graph, snapshot,
        },
        *,
    };

    #[test]
    fn worked_out_values_are_the_values_shown() {
        let (graph, snapshot) = (graph(), snapshot());
        for layer in [SUMS, ACTIVE, POOLED, LOGITS, SHARES] {
            let shape = graph.called(layer).unwrap().1.shape();
            for at in 0..shape.len() {
                let (row, column) = (at / shape.columns % shape.rows, at % shape.columns);
                let unit = Unit { layer, map: at / (shape.rows * shape.columns), row, column };
                let shown = value(&snapshot, unit).unwrap();
                let worked_out = match arithmetic(&graph, &snapshot, unit).unwrap() {
                    Arithmetic::Convolution { sum, .. } | Arithmetic::Linear { sum, .. } => sum,
                    Arithmetic::Relu { before } => before.max(0.0),
                    Arithmetic::MaxPooling { of } => {
                        of.into_iter().flatten().fold(f32::NEG_INFINITY, f32::max)
                    }
                    Arithmetic::Softmax { logit, total, largest, of: 4 } => {
                        (logit - largest).exp() / total
                    }
                    other => panic!("{unit:?} has {other:?}"),
                };
                assert!((shown - worked_out).abs() < 1e-5, "{unit:?}: {shown} {worked_out}");
            }
        }
    }

    #[test]
    fn a_window_at_the_edge_meets_nothing_beside_it() {
        let unit = Unit { layer: SUMS, map: 1, row: 0, column: 0 };
        let found = arithmetic(&graph(), &snapshot(), unit);
        let Some(Arithmetic::Convolution { products, .. }) = found else {
            panic!("{found:?}");
        };
        assert_eq!((products.len(), products[0].len(), products[0][0].len()), (2, 3, 2));
        assert!(products[0][0].iter().all(|product| product.input == 0.0 && product.weight != 0.0));
        assert_eq!(products[1][1][0].input, 0.0);
        assert_ne!(products[1][1][1].input, 0.0);
    }

    #[test]
    fn a_weight_of_a_linear_layer_is_a_factor() {
        let snapshot = snapshot();
        let unit = Unit { layer: DENSE, map: 3 * 2 + 1, row: 1, column: 0 };
        let pooled = value(&snapshot, Unit { layer: POOLED, map: 1, ..unit }).unwrap();
        let weight = value(&snapshot, unit).unwrap();
        let product = Arithmetic::LinearProduct(Product { input: pooled, weight });
        assert_eq!(arithmetic(&graph(), &snapshot, unit), Some(product));
        for layer in [INPUT, FILTERS] {
            let given = arithmetic(&graph(), &snapshot, Unit { layer, map: 0, row: 0, column: 0 });
            assert_eq!(given, Some(Arithmetic::Given));
        }
    }
}
