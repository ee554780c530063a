//! The arithmetic behind one unit: which numbers went in, what they were multiplied with, and what came out.

use crate::{
    exhibits::digits::{
        ACTIVATION, CLASSES, CONVOLUTION, CONVOLUTION_SIDE, DENSE_BIASES, DENSE_WEIGHTS,
        FILTER_BIASES, FILTER_SIDE, FILTER_WEIGHTS, FILTERS, INPUT, INPUT_SIDE, LOGITS, POOLED,
        POOLED_SIDE, PROBABILITIES,
    },
    stream::{LayerId, Snapshot},
};

/// Pooling takes the largest of 2×2 units.
const POOL: usize = 2;

/// One number of one layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The layer, or the parameter.
    pub layer: LayerId,
    /// Which map; for dense weights `class * 32 + pooled map`.
    pub map: usize,
    /// Row in the map.
    pub row: usize,
    /// Column in the map.
    pub column: usize,
}

/// A rectangle of units in a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// The layer.
    pub layer: LayerId,
    /// The map, or `None` for every map.
    pub map: Option<usize>,
    /// First row, and how many.
    pub rows: (usize, usize),
    /// First column, and how many.
    pub columns: (usize, usize),
}

/// A factor, its weight, and their product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Product {
    /// The number that came in.
    pub input: f32,
    /// What it is multiplied with.
    pub weight: f32,
}

impl Product {
    /// What they add to the sum.
    pub(super) fn value(self) -> f32 {
        self.input * self.weight
    }
}

/// How a unit came to its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Arithmetic {
    /// It was given: a pixel or a parameter.
    Given,
    /// Nine products and a bias.
    Convolution {
        /// Row by row.
        products: [[Product; FILTER_SIDE]; FILTER_SIDE],
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
    /// The largest of four.
    Pool {
        /// Row by row.
        of: [[f32; POOL]; POOL],
    },
    /// 5,408 products and a bias.
    Dense {
        /// What each pooled map adds, largest magnitude first: map and sum.
        by_map: Vec<(usize, f32)>,
        /// The class's bias.
        bias: f32,
        /// Their sum.
        sum: f32,
    },
    /// The share of eᶻ among all classes.
    Softmax {
        /// The class's logit.
        logit: f32,
        /// Σ eᶻ over all classes, with the largest logit taken off first.
        total: f32,
        /// The largest logit.
        largest: f32,
    },
    /// One product of the dense layer.
    DenseProduct(Product),
}

/// The value of a unit, if the snapshot has it.
pub(super) fn value(snapshot: &Snapshot, unit: Unit) -> Option<f32> {
    let layer = snapshot.layer(unit.layer)?;
    let shape = layer.shape;
    let inside = unit.map < shape.maps && unit.row < shape.rows && unit.column < shape.columns;
    let index = (unit.map * shape.rows + unit.row) * shape.columns + unit.column;
    inside.then(|| layer.values.get(index).copied()).flatten()
}

/// How a unit came to its value, worked out from the same snapshot.
pub(super) fn arithmetic(snapshot: &Snapshot, unit: Unit) -> Option<Arithmetic> {
    let at = |layer, map, row, column| value(snapshot, Unit { layer, map, row, column });
    Some(match unit.layer {
        CONVOLUTION => {
            let mut products = [[Product { input: 0.0, weight: 0.0 }; FILTER_SIDE]; FILTER_SIDE];
            for (row, line) in products.iter_mut().enumerate() {
                for (column, product) in line.iter_mut().enumerate() {
                    *product = Product {
                        input: at(INPUT, 0, unit.row + row, unit.column + column)?,
                        weight: at(FILTER_WEIGHTS, unit.map, row, column)?,
                    };
                }
            }
            let bias = at(FILTER_BIASES, 0, 0, unit.map)?;
            let sum = products.iter().flatten().map(|product| product.value()).sum::<f32>() + bias;
            Arithmetic::Convolution { products, bias, sum }
        }
        ACTIVATION => {
            Arithmetic::Relu { before: at(CONVOLUTION, unit.map, unit.row, unit.column)? }
        }
        POOLED => {
            let mut of = [[0.0; POOL]; POOL];
            for (row, line) in of.iter_mut().enumerate() {
                for (column, value) in line.iter_mut().enumerate() {
                    *value = at(
                        ACTIVATION,
                        unit.map,
                        POOL * unit.row + row,
                        POOL * unit.column + column,
                    )?;
                }
            }
            Arithmetic::Pool { of }
        }
        LOGITS => {
            let (inputs, weights) = (snapshot.layer(POOLED)?, snapshot.layer(DENSE_WEIGHTS)?);
            let size = POOLED_SIDE * POOLED_SIDE;
            let class = unit.column;
            let mut by_map: Vec<(usize, f32)> = (0..FILTERS)
                .map(|map| {
                    let inputs = inputs.values.iter().skip(map * size).take(size);
                    let weights = weights.values.iter().skip((class * FILTERS + map) * size);
                    (map, inputs.zip(weights).map(|(input, weight)| input * weight).sum())
                })
                .collect();
            let bias = at(DENSE_BIASES, 0, 0, class)?;
            let sum = by_map.iter().map(|(_, part)| part).sum::<f32>() + bias;
            by_map.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            Arithmetic::Dense { by_map, bias, sum }
        }
        PROBABILITIES => {
            let logits = &snapshot.layer(LOGITS)?.values;
            let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            Arithmetic::Softmax {
                logit: at(LOGITS, 0, 0, unit.column)?,
                total: logits.iter().map(|logit| (logit - largest).exp()).sum(),
                largest,
            }
        }
        DENSE_WEIGHTS => Arithmetic::DenseProduct(Product {
            input: at(POOLED, unit.map % FILTERS, unit.row, unit.column)?,
            weight: at(DENSE_WEIGHTS, unit.map, unit.row, unit.column)?,
        }),
        _ => Arithmetic::Given,
    })
}

/// The receptive field: what a unit depends on, in every layer before it, nearest layer first.
pub(super) fn receptive_field(unit: Unit) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut layer = unit.layer;
    let (mut map, mut rows, mut columns) = (Some(unit.map), (unit.row, 1), (unit.column, 1));
    if layer == DENSE_WEIGHTS {
        map = Some(unit.map % FILTERS);
        layer = POOLED;
        regions.push(Region { layer, map, rows, columns });
    }
    if layer == PROBABILITIES || layer == LOGITS {
        layer = POOLED;
        (map, rows, columns) = (None, (0, POOLED_SIDE), (0, POOLED_SIDE));
        regions.push(Region { layer, map, rows, columns });
    }
    if layer == POOLED {
        layer = ACTIVATION;
        rows = (rows.0 * POOL, rows.1 * POOL);
        columns = (columns.0 * POOL, columns.1 * POOL);
        regions.push(Region { layer, map, rows, columns });
    }
    if layer == ACTIVATION {
        layer = CONVOLUTION;
        regions.push(Region { layer, map, rows, columns });
    }
    if layer == CONVOLUTION {
        regions.push(Region {
            layer: FILTER_WEIGHTS,
            map,
            rows: (0, FILTER_SIDE),
            columns: (0, FILTER_SIDE),
        });
        regions.push(Region {
            layer: INPUT,
            map: Some(0),
            rows: (rows.0, rows.1 + FILTER_SIDE - 1),
            columns: (columns.0, columns.1 + FILTER_SIDE - 1),
        });
    }
    regions
}

const _: () = assert!(CONVOLUTION_SIDE == INPUT_SIDE - FILTER_SIDE + 1 && CLASSES == 10);

/// What a unit is called, and where in its layer it is.
pub(super) fn name_of(unit: Unit, class: impl Fn(usize) -> String) -> (String, String) {
    let Unit { layer, map, row, column } = unit;
    let of_class = |what: &str, class_index| format!("{what} “{}”", class(class_index));
    match layer {
        INPUT => ("Input".to_owned(), format!("row {row}, column {column}")),
        CONVOLUTION => ("Convolution".to_owned(), format!("map {map}, row {row}, column {column}")),
        ACTIVATION => ("After ReLU".to_owned(), format!("map {map}, row {row}, column {column}")),
        POOLED => ("Pooled".to_owned(), format!("map {map}, row {row}, column {column}")),
        FILTER_WEIGHTS => {
            ("Filter weight".to_owned(), format!("filter {map}, row {row}, column {column}"))
        }
        DENSE_WEIGHTS => (
            of_class("Weight to", map / FILTERS),
            format!("map {}, row {row}, column {column}", map % FILTERS),
        ),
        LOGITS => (of_class("Logit of", column), format!("class {column}")),
        PROBABILITIES => (of_class("Probability of", column), format!("class {column}")),
        _ => (layer.name().to_owned(), format!("map {map}, row {row}, column {column}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{InputChoice, LayerValues, RunId, Shape, Span, Step};

    /// A snapshot whose activations are computed here, the slow and obvious way.
    fn snapshot() -> Snapshot {
        let wave = |count: usize, speed: f32| -> Vec<f32> {
            (0..count).map(|index| (index as f32 * speed).sin() * 0.5).collect()
        };
        let input: Vec<f32> = wave(784, 0.37).iter().map(|value| value + 0.5).collect();
        let (filters, filter_biases) = (wave(288, 0.71), wave(32, 0.13));
        let (dense, dense_biases) = (wave(54_080, 0.29), wave(10, 0.5));
        let mut before = vec![0.0; 32 * 26 * 26];
        for map in 0..32 {
            for row in 0..26 {
                for column in 0..26 {
                    let mut sum = filter_biases[map];
                    for i in 0..3 {
                        for j in 0..3 {
                            sum +=
                                filters[map * 9 + i * 3 + j] * input[(row + i) * 28 + column + j];
                        }
                    }
                    before[(map * 26 + row) * 26 + column] = sum;
                }
            }
        }
        let after: Vec<f32> = before.iter().map(|value| value.max(0.0)).collect();
        let mut pooled = vec![0.0_f32; 32 * 13 * 13];
        for map in 0..32 {
            for row in 0..13 {
                for column in 0..13 {
                    pooled[(map * 13 + row) * 13 + column] = [(0, 0), (0, 1), (1, 0), (1, 1)]
                        .iter()
                        .map(|(i, j)| after[(map * 26 + 2 * row + i) * 26 + 2 * column + j])
                        .fold(0.0, f32::max);
                }
            }
        }
        let logits: Vec<f32> = (0..10)
            .map(|class| {
                let products = (0..5408).map(|index| pooled[index] * dense[class * 5408 + index]);
                products.sum::<f32>() + dense_biases[class]
            })
            .collect();
        let total: f32 = logits.iter().map(|logit| logit.exp()).sum();
        let probabilities: Vec<f32> = logits.iter().map(|logit| logit.exp() / total).collect();
        let layer = |layer, shape, values: Vec<f32>| {
            LayerValues::whole(layer, shape, Span::Signed, values.into())
        };
        Snapshot {
            run: RunId(0),
            step: Step(0),
            input: InputChoice::default(),
            layers: vec![
                layer(INPUT, Shape::maps(1, 28, 28), input),
                layer(CONVOLUTION, Shape::maps(32, 26, 26), before),
                layer(ACTIVATION, Shape::maps(32, 26, 26), after),
                layer(POOLED, Shape::maps(32, 13, 13), pooled),
                layer(LOGITS, Shape::flat(10), logits),
                layer(PROBABILITIES, Shape::flat(10), probabilities),
                layer(FILTER_WEIGHTS, Shape::maps(32, 3, 3), filters),
                layer(FILTER_BIASES, Shape::flat(32), filter_biases),
                layer(DENSE_WEIGHTS, Shape::maps(320, 13, 13), dense),
                layer(DENSE_BIASES, Shape::flat(10), dense_biases),
            ],
            parameters: Vec::new(),
            answer: None,
        }
    }

    #[test]
    fn worked_out_values_are_the_values_shown() {
        let snapshot = snapshot();
        for unit in [
            Unit { layer: CONVOLUTION, map: 7, row: 25, column: 25 },
            Unit { layer: ACTIVATION, map: 31, row: 3, column: 12 },
            Unit { layer: POOLED, map: 12, row: 12, column: 0 },
            Unit { layer: LOGITS, map: 0, row: 0, column: 9 },
            Unit { layer: PROBABILITIES, map: 0, row: 0, column: 4 },
        ] {
            let shown = value(&snapshot, unit).unwrap();
            let worked_out = match arithmetic(&snapshot, unit).unwrap() {
                Arithmetic::Convolution { sum, .. } | Arithmetic::Dense { sum, .. } => sum,
                Arithmetic::Relu { before } => before.max(0.0),
                Arithmetic::Pool { of } => of.iter().flatten().copied().fold(0.0, f32::max),
                Arithmetic::Softmax { logit, total, largest } => (logit - largest).exp() / total,
                other => panic!("{unit:?} has {other:?}"),
            };
            assert!(
                (shown - worked_out).abs() < 1e-3,
                "{unit:?}: {shown} shown, {worked_out} worked out"
            );
        }
    }

    #[test]
    fn a_pooled_unit_sees_four_by_four_pixels() {
        let field = receptive_field(Unit { layer: POOLED, map: 5, row: 12, column: 0 });
        let last = field.last().unwrap();
        assert_eq!(last.layer, INPUT);
        assert_eq!((last.rows, last.columns), ((24, 4), (0, 4)));
        assert!(field.iter().any(|region| region.layer == CONVOLUTION && region.map == Some(5)));
    }

    #[test]
    fn an_output_sees_everything() {
        let field = receptive_field(Unit { layer: PROBABILITIES, map: 0, row: 0, column: 3 });
        let last = field.last().unwrap();
        assert_eq!((last.rows, last.columns), ((0, INPUT_SIDE), (0, INPUT_SIDE)));
    }

    #[test]
    fn what_is_not_there_has_no_value() {
        let unit = Unit { layer: CONVOLUTION, map: 32, row: 0, column: 0 };
        assert_eq!(value(&snapshot(), unit), None);
        assert_eq!(
            arithmetic(&snapshot(), Unit { layer: CONVOLUTION, map: 0, row: 26, column: 0 }),
            None
        );
    }
}
