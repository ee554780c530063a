//! The whole network as numbers to be shown: one forward pass in plain loops, and layers in the
//! visitor's order, maps first.

use crate::{
    exhibits::digits::{
        ACTIVATION, CLASSES, CONVOLUTION, CONVOLUTION_SIDE, DENSE_BIAS_GRADIENTS, DENSE_BIASES,
        DENSE_WEIGHT_GRADIENTS, DENSE_WEIGHTS, FILTER_BIAS_GRADIENTS, FILTER_BIASES, FILTER_SIDE,
        FILTER_WEIGHT_GRADIENTS, FILTER_WEIGHTS, FILTERS, INPUT, INPUT_SIDE, LOGITS, POOLED,
        POOLED_SIDE, PROBABILITIES,
    },
    learning::{Taps, whole},
    stream::{LayerId, LayerValues, ParameterSizes, Shape, Span},
};

/// Places of a pooled map.
const PLACES: usize = POOLED_SIDE * POOLED_SIDE;

/// Four parameters, or their gradients, as the network keeps them.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// 32 × 1 × 3 × 3.
    pub(super) filter_weights: Vec<f32>,
    /// 32.
    pub(super) filter_biases: Vec<f32>,
    /// 5,408 × 10; the row is `place * 32 + map`.
    pub(super) dense_weights: Vec<f32>,
    /// 10.
    pub(super) dense_biases: Vec<f32>,
}

impl Numbers {
    /// Zeros for all parameters.
    pub(super) fn zeros() -> Self {
        Self {
            filter_weights: vec![0.0; FILTERS * FILTER_SIDE * FILTER_SIDE],
            filter_biases: vec![0.0; FILTERS],
            dense_weights: vec![0.0; PLACES * FILTERS * CLASSES],
            dense_biases: vec![0.0; CLASSES],
        }
    }

    fn each(&self) -> [&[f32]; 4] {
        [&self.filter_weights, &self.filter_biases, &self.dense_weights, &self.dense_biases]
    }
}

/// The units of every layer for one image of brightness 0..=1, as far as they are looked at.
pub(super) fn activations(image: &[f32], weights: &Numbers, taps: &mut Taps) {
    const SIDE: usize = CONVOLUTION_SIDE;
    let units = [INPUT, CONVOLUTION, ACTIVATION, POOLED, LOGITS, PROBABILITIES];
    if !units.into_iter().any(|layer| taps.wants(layer)) {
        return;
    }
    let mut convolution = vec![0.0; FILTERS * SIDE * SIDE];
    for (filter, map) in convolution.chunks_exact_mut(SIDE * SIDE).enumerate() {
        let taps = &weights.filter_weights[filter * FILTER_SIDE * FILTER_SIDE..];
        for (row, units) in map.chunks_exact_mut(SIDE).enumerate() {
            units.fill(weights.filter_biases[filter]);
            for down in 0..FILTER_SIDE {
                for right in 0..FILTER_SIDE {
                    let weight = taps[down * FILTER_SIDE + right];
                    let pixels = &image[(row + down) * INPUT_SIDE + right..];
                    for (unit, pixel) in units.iter_mut().zip(pixels) {
                        *unit += weight * pixel;
                    }
                }
            }
        }
    }
    let rectified: Vec<f32> = convolution.iter().map(|&unit| rectify(unit)).collect();
    let mut pooled = Vec::with_capacity(FILTERS * PLACES);
    for map in rectified.chunks_exact(SIDE * SIDE) {
        for rows in map.chunks_exact(2 * SIDE) {
            let (above, below) = rows.split_at(SIDE);
            let pairs = above.chunks_exact(2).zip(below.chunks_exact(2));
            pooled.extend(pairs.map(|(a, b)| a[0].max(a[1]).max(b[0].max(b[1]))));
        }
    }
    let mut logits = weights.dense_biases.clone();
    for (at, weights) in weights.dense_weights.chunks_exact(CLASSES).enumerate() {
        let unit = pooled[at % FILTERS * PLACES + at / FILTERS];
        for (logit, weight) in logits.iter_mut().zip(weights) {
            *logit += unit * weight;
        }
    }
    let probabilities = softmax(&logits);
    let maps = Shape::maps(FILTERS, SIDE, SIDE);
    let pooled_maps = Shape::maps(FILTERS, POOLED_SIDE, POOLED_SIDE);
    taps.tap(INPUT, Shape::maps(1, INPUT_SIDE, INPUT_SIDE), Span::Unit, image);
    taps.tap(CONVOLUTION, maps, Span::Signed, &convolution);
    taps.tap(ACTIVATION, maps, Span::FromZero, &rectified);
    taps.tap(POOLED, pooled_maps, Span::FromZero, &pooled);
    taps.tap(LOGITS, Shape::flat(CLASSES), Span::Signed, &logits);
    taps.tap(PROBABILITIES, Shape::flat(CLASSES), Span::Unit, &probabilities);
}

/// Not a number stays what it is, so that it is seen.
fn rectify(unit: f32) -> f32 {
    if unit <= 0.0 { 0.0 } else { unit }
}

/// Probabilities from logits.
pub(super) fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// The names of the parameters, in the order in which they are shown.
pub(super) const OF_WEIGHTS: [LayerId; 4] =
    [FILTER_WEIGHTS, FILTER_BIASES, DENSE_WEIGHTS, DENSE_BIASES];
/// The names of their gradients.
pub(super) const OF_GRADIENTS: [LayerId; 4] =
    [FILTER_WEIGHT_GRADIENTS, FILTER_BIAS_GRADIENTS, DENSE_WEIGHT_GRADIENTS, DENSE_BIAS_GRADIENTS];

/// Those of four parameters, or of their gradients, that are wanted, as layers under these names.
pub(super) fn parameter_layers(
    numbers: &Numbers,
    names: [LayerId; 4],
    wants: impl Fn(LayerId) -> bool,
) -> Vec<LayerValues> {
    let [filter_weights, filter_biases, dense_weights, dense_biases] = names;
    let dense = || {
        let mut maps = vec![0.0; numbers.dense_weights.len()];
        for (at, weights) in numbers.dense_weights.chunks_exact(CLASSES).enumerate() {
            let (place, map) = (at / FILTERS, at % FILTERS);
            for (class, &weight) in weights.iter().enumerate() {
                maps[(class * FILTERS + map) * PLACES + place] = weight;
            }
        }
        maps
    };
    let layer = |name: LayerId, shape, values: &dyn Fn() -> Vec<f32>| {
        wants(name).then(|| whole(name, shape, Span::Signed, values()))
    };
    let of_filters = Shape::maps(FILTERS, FILTER_SIDE, FILTER_SIDE);
    let of_classes = Shape::maps(CLASSES * FILTERS, POOLED_SIDE, POOLED_SIDE);
    let layers = [
        layer(filter_weights, of_filters, &|| numbers.filter_weights.clone()),
        layer(filter_biases, Shape::flat(FILTERS), &|| numbers.filter_biases.clone()),
        layer(dense_weights, of_classes, &dense),
        layer(dense_biases, Shape::flat(CLASSES), &|| numbers.dense_biases.clone()),
    ];
    layers.into_iter().flatten().collect()
}

/// Norms of the parameters, their gradients and their updates; no `after` is no update.
pub(super) fn sizes(
    weights: &Numbers,
    gradients: &Numbers,
    after: Option<&Numbers>,
) -> Vec<ParameterSizes> {
    let after = after.unwrap_or(weights).each();
    OF_WEIGHTS
        .into_iter()
        .zip(weights.each())
        .zip(gradients.each())
        .zip(after)
        .map(|(((layer, before), gradient), after)| {
            let update: Vec<f32> =
                after.iter().zip(before).map(|(after, before)| after - before).collect();
            ParameterSizes {
                layer,
                weights: norm(before),
                gradient: norm(gradient),
                update: norm(&update),
            }
        })
        .collect()
}

/// The Euclidean norm.
fn norm(values: &[f32]) -> f32 {
    // Eight sums side by side, so that no addition waits for the one before it.
    let mut sums = [0.0_f64; 8];
    for values in values.chunks(sums.len()) {
        for (sum, &value) in sums.iter_mut().zip(values) {
            *sum += f64::from(value) * f64::from(value);
        }
    }
    sums.iter().sum::<f64>().sqrt() as f32
}
