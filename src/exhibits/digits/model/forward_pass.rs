//! The whole network as numbers to be shown: one forward pass in plain loops, and layers in the
//! visitor's order, maps first.

use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_BIAS_GRADIENTS, DENSE_BIASES, DENSE_WEIGHT_GRADIENTS,
        DENSE_WEIGHTS, FILTER_BIAS_GRADIENTS, FILTER_BIASES, FILTER_WEIGHT_GRADIENTS,
        FILTER_WEIGHTS, INPUT, LOGITS, POOLED, PROBABILITIES, payload::Architecture,
    },
    learning::{Taps, whole},
    operators,
    stream::{LayerId, LayerValues, ParameterSizes, Shape, Span},
};

/// Four parameters, or their gradients, as the network keeps them.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// Filters × channels × rows × columns.
    pub(super) filter_weights: Vec<f32>,
    /// One for each filter.
    pub(super) filter_biases: Vec<f32>,
    /// Pooled units × classes; the row is `place * filters + map`.
    pub(super) dense_weights: Vec<f32>,
    /// One for each class.
    pub(super) dense_biases: Vec<f32>,
}

impl Numbers {
    /// Zeros for all parameters.
    pub(super) fn zeros(sizes: Architecture) -> Self {
        Self {
            filter_weights: vec![0.0; sizes.filter_weights().len()],
            filter_biases: vec![0.0; sizes.filters],
            dense_weights: vec![0.0; sizes.dense_weights().len()],
            dense_biases: vec![0.0; sizes.classes],
        }
    }

    /// One array after the other.
    pub(super) fn each(&self) -> [&[f32]; 4] {
        [&self.filter_weights, &self.filter_biases, &self.dense_weights, &self.dense_biases]
    }

    /// All of them as one row.
    pub(super) fn flat(&self) -> Vec<f32> {
        self.each().concat()
    }

    /// The same, to be changed.
    pub(super) fn each_mut(&mut self) -> [&mut [f32]; 4] {
        let Self { filter_weights, filter_biases, dense_weights, dense_biases } = self;
        [filter_weights, filter_biases, dense_weights, dense_biases]
    }
}

/// The units of every layer for one image of brightness 0..=1, as far as they are looked at.
pub(super) fn activations(sizes: Architecture, image: &[f32], weights: &Numbers, taps: &mut Taps) {
    let units = [INPUT, CONVOLUTION, ACTIVATION, POOLED, LOGITS, PROBABILITIES];
    if !units.into_iter().any(|layer| taps.wants(layer)) {
        return;
    }
    let (maps, pooled_maps) = (sizes.convolution(), sizes.pooled());
    let filters = [image, &weights.filter_weights, &weights.filter_biases];
    let convolution = operators::convolution(filters, sizes.input(), sizes.kernel(), maps);
    let rectified = operators::relu(&convolution);
    let window = sizes.window();
    let pooled = operators::max_pooling(&rectified, maps, window, window, pooled_maps);
    let mut logits = weights.dense_biases.clone();
    let places = pooled_maps.rows * pooled_maps.columns;
    for (at, weights) in weights.dense_weights.chunks_exact(sizes.classes).enumerate() {
        let unit = pooled[at % sizes.filters * places + at / sizes.filters];
        for (logit, weight) in logits.iter_mut().zip(weights) {
            *logit += unit * weight;
        }
    }
    let probabilities = operators::softmax(&logits);
    let classes = Shape::flat(sizes.classes);
    taps.tap(INPUT, sizes.input(), Span::Unit, image);
    taps.tap(CONVOLUTION, maps, Span::Signed, &convolution);
    taps.tap(ACTIVATION, maps, Span::FromZero, &rectified);
    taps.tap(POOLED, pooled_maps, Span::FromZero, &pooled);
    taps.tap(LOGITS, classes, Span::Signed, &logits);
    taps.tap(PROBABILITIES, classes, Span::Unit, &probabilities);
}

/// The names of the parameters, in the order in which they are shown.
pub(super) const OF_WEIGHTS: [LayerId; 4] =
    [FILTER_WEIGHTS, FILTER_BIASES, DENSE_WEIGHTS, DENSE_BIASES];
/// The names of their gradients.
pub(super) const OF_GRADIENTS: [LayerId; 4] =
    [FILTER_WEIGHT_GRADIENTS, FILTER_BIAS_GRADIENTS, DENSE_WEIGHT_GRADIENTS, DENSE_BIAS_GRADIENTS];

/// Those of four parameters, or of their gradients, that are wanted, as layers under these names.
pub(super) fn parameter_layers(
    sizes: Architecture,
    numbers: &Numbers,
    names: [LayerId; 4],
    wants: impl Fn(LayerId) -> bool,
) -> Vec<LayerValues> {
    let [filter_weights, filter_biases, dense_weights, dense_biases] = names;
    let dense = || {
        let mut maps = vec![0.0; numbers.dense_weights.len()];
        let places = sizes.pooled().rows * sizes.pooled().columns;
        for (at, weights) in numbers.dense_weights.chunks_exact(sizes.classes).enumerate() {
            let (place, map) = (at / sizes.filters, at % sizes.filters);
            for (class, &weight) in weights.iter().enumerate() {
                maps[(class * sizes.filters + map) * places + place] = weight;
            }
        }
        maps
    };
    let layer = |name: LayerId, shape, values: &dyn Fn() -> Vec<f32>| {
        wants(name).then(|| whole(name, shape, Span::Signed, values()))
    };
    let (filters, classes) = (Shape::flat(sizes.filters), Shape::flat(sizes.classes));
    let layers = [
        layer(filter_weights, sizes.filter_weights(), &|| numbers.filter_weights.clone()),
        layer(filter_biases, filters, &|| numbers.filter_biases.clone()),
        layer(dense_weights, sizes.dense_weights(), &dense),
        layer(dense_biases, classes, &|| numbers.dense_biases.clone()),
    ];
    layers.into_iter().flatten().collect()
}

/// Norms of the parameters, their gradients and their updates; no `after` is no update.
pub(super) fn norms(
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
