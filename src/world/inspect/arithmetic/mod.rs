//! The arithmetic behind one unit: which numbers went in, what was done with them, and what came out.

mod attention;
mod numbers;
mod places;
mod sums;
mod windows;

use super::{Unit, index, input, maker};
use crate::stream::{ModelGraph, Node, Op, Snapshot, TensorSpec};

use numbers::Numbers;

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

/// How a unit came to its value. Lists of numbers begin with the one of the largest magnitude.
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
        /// Row by row, without what lies beside the edge.
        of: Vec<Vec<f32>>,
    },
    /// Products with all that comes in, and a bias.
    Linear {
        /// What each map that comes in adds.
        parts: Vec<(usize, f32)>,
        /// The unit's bias.
        bias: f32,
        /// Their sum.
        sum: f32,
    },
    /// Products of numbers, such as those of a row and a column, and a bias.
    Products {
        /// All of them.
        products: Vec<Product>,
        /// What is added, if anything is.
        bias: Option<f32>,
        /// Their sum.
        sum: f32,
    },
    /// The share of eᶻ among all.
    Softmax {
        /// The unit's logit.
        logit: f32,
        /// All eᶻ, with the largest logit taken off first.
        exponentials: Vec<f32>,
        /// Their sum.
        total: f32,
        /// The largest logit.
        largest: f32,
    },
    /// One product of a linear layer.
    LinearProduct(Product),
    /// The mean of a window.
    AveragePooling {
        /// By how many numbers it is divided.
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
        /// Mean and variance of the others, if they are known.
        moments: Option<Moments>,
        /// What is learned: factor and summand.
        scale: f32,
        shift: f32,
    },
    /// The sum of the numbers at the same place of several layers.
    Sum {
        /// Each layer with its number.
        parts: Vec<(&'static str, f32)>,
    },
    /// A function of the numbers at the same place of several layers.
    Elementwise {
        /// Its name, such as `mul`.
        name: String,
        /// Each layer with its number, in the function's order.
        parts: Vec<(&'static str, f32)>,
    },
    /// One number for many.
    Reduction {
        /// `sum`, `mean`, `max` or `min`.
        takes: String,
        /// All of them.
        numbers: Vec<f32>,
        /// Their sum.
        sum: f32,
    },
    /// A number of another place.
    Taken {
        /// Where it comes from.
        from: Unit,
        /// The number.
        number: f32,
    },
}

/// How numbers are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Their mean.
    pub mean: f32,
    /// Their variance, that of a population.
    pub variance: f32,
    /// What is added to it before the root is taken.
    pub epsilon: f32,
    /// How many they are; none where they are remembered of many batches.
    pub count: Option<usize>,
}

impl Moments {
    /// What a number becomes.
    pub fn even(self, number: f32) -> f32 {
        (number - self.mean) / self.deviation()
    }

    /// By what it is divided.
    pub fn deviation(self) -> f32 {
        (self.variance + self.epsilon).sqrt()
    }
}

/// What a node makes of what it reads, for one of its units.
struct Of<'a> {
    numbers: Numbers<'a>,
    node: &'a Node,
    /// What it makes.
    spec: &'a TensorSpec,
    unit: Unit,
    /// The unit's place among all numbers of its tensor.
    flat: usize,
}

impl<'a> Of<'a> {
    /// The unit's place along each dimension.
    fn index(&self) -> Vec<usize> {
        index::along(self.flat, &index::sizes(self.spec))
    }

    /// What is read at a place of the node's inputs.
    fn input(&self, place: usize) -> Option<&'a TensorSpec> {
        input(self.numbers.graph, self.node, place)
    }

    /// A number of it.
    fn number(&self, place: usize, flat: usize) -> Option<f32> {
        self.numbers.get(self.input(place)?, flat)
    }

    /// The number at the unit's own place.
    fn before(&self) -> Option<f32> {
        self.number(0, self.flat)
    }
}

/// How a unit came to its value, worked out from the same snapshot; `None` where the snapshot lacks what went in.
pub fn arithmetic(graph: &ModelGraph, snapshot: &Snapshot, unit: Unit) -> Option<Arithmetic> {
    let (id, spec) = graph.called(unit.layer)?;
    let numbers = Numbers { graph, snapshot };
    let flat = index::flat(spec, unit);
    let Some(node) = maker(graph, id) else {
        let of_linear = |node: &&Node| node.op == Op::Linear && node.inputs.get(1) == Some(&id);
        let Some(node) = graph.nodes().iter().find(of_linear) else {
            return Some(Arithmetic::Given);
        };
        let from = input(graph, node, 0)?;
        return Some(Arithmetic::LinearProduct(Product {
            input: numbers.get(from, flat % from.len().max(1))?,
            weight: numbers.get(spec, flat)?,
        }));
    };
    let of = Of { numbers, node, spec, unit, flat };
    match &node.op {
        Op::Convolution { transposed: false, .. } => windows::convolution(&of),
        Op::Convolution { transposed: true, .. } => windows::transposed(&of),
        Op::Pooling { .. } => windows::pooling(&of),
        Op::Activation { name } if name == "relu" => {
            Some(Arithmetic::Relu { before: of.before()? })
        }
        Op::Activation { name } => {
            Some(Arithmetic::Function { name: name.clone(), before: of.before()? })
        }
        Op::Normalisation { together, epsilon, .. } => {
            sums::normalisation(&of, *together, *epsilon)
        }
        Op::Linear => sums::linear(&of),
        Op::MatMul { transposed } => sums::product(&of, *transposed),
        Op::Softmax { axes } => sums::softmax(&of, axes),
        Op::Reduction { takes, axes } => sums::reduction(&of, takes, axes),
        Op::Add => Some(Arithmetic::Sum { parts: places::parts(&of)? }),
        Op::Elementwise { name } => {
            Some(Arithmetic::Elementwise { name: name.clone(), parts: places::parts(&of)? })
        }
        Op::Reshape | Op::Strided { .. } | Op::Concatenate { .. } => places::taken(&of),
        Op::Attention { heads } => attention::weight(&of, *heads),
        Op::Attended { heads } => attention::mean(&of, *heads),
        Op::Embedding => attention::row(&of),
        Op::Input | Op::Loss { .. } | Op::Other { .. } => Some(Arithmetic::Given),
    }
}

/// Whether a pooling makes one number of each map, and a row of them all.
pub(super) fn is_of_whole_maps(from: &TensorSpec, made: &TensorSpec) -> bool {
    let (from, made) = (from.shape(), made.shape());
    made.maps == 1 && made.rows == 1 && made.columns == from.maps && from.rows * from.columns > 1
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            tests::{ACTIVE, DENSE, FILTERS, INPUT, LOGITS, POOLED, SHARES, SUMS, graph, snapshot},
            value,
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
                    Arithmetic::Softmax { logit, exponentials, total, largest } => {
                        assert_eq!(exponentials.len(), 4);
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
