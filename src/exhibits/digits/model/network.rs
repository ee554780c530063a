//! The model on a page: convolution, ReLU, max-pooling, dense; what it computes, in burn's own words.
//!
//! The layers and first weights are those of Keras with its defaults: Glorot uniform weights, zero
//! biases, channels last when flattened. For MNIST and 32 filters, 32·9 + 32 + 5,408·10 + 10 = 54,410 parameters.

use burn::{
    module::{Module, Param},
    tensor::{
        Device, Int, Tensor, TensorData, activation,
        module::{conv2d, max_pool2d},
        ops::{ConvOptions, MaxPoolOptions},
    },
};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::digits::{
        model::{forward_pass::Numbers, fused::first_stage},
        payload::Architecture,
    },
    learning::data::weight_generator,
};

/// A small convolutional network.
#[derive(Module, Debug)]
pub(super) struct Network {
    /// Filters × channels × rows × columns.
    pub(super) filter_weights: Param<Tensor<4>>,
    /// One for each filter.
    pub(super) filter_biases: Param<Tensor<1>>,
    /// Pooled units × classes; the row is `place * filters + map`.
    pub(super) dense_weights: Param<Tensor<2>>,
    /// One for each class.
    pub(super) dense_biases: Param<Tensor<1>>,
}

impl Network {
    /// Draws the first weights of a seed.
    pub(super) fn init(seed: u64, sizes: Architecture, device: &Device) -> Self {
        let Architecture { channels, filters: count, classes, .. } = sizes;
        let ([rows, columns], units) = (sizes.kernel(), sizes.pooled().len());
        let taps = rows * columns;
        let mut generator = weight_generator(seed);
        let filters =
            glorot_uniform(&mut generator, channels * taps, count * taps, count * channels * taps);
        let dense = glorot_uniform(&mut generator, units, classes, units * classes);
        Self {
            filter_weights: Param::from_data(
                TensorData::new(filters, [count, channels, rows, columns]),
                device,
            ),
            filter_biases: Param::from_data(TensorData::new(vec![0.0_f32; count], [count]), device),
            dense_weights: Param::from_data(TensorData::new(dense, [units, classes]), device),
            dense_biases: Param::from_data(
                TensorData::new(vec![0.0_f32; classes], [classes]),
                device,
            ),
        }
    }

    /// The same network with other numbers in its parameters; what an optimiser remembers of these stays theirs.
    pub(super) fn with(self, sizes: Architecture, numbers: Numbers, device: &Device) -> Self {
        let Architecture { channels, filters, classes, .. } = sizes;
        let ([rows, columns], units) = (sizes.kernel(), sizes.pooled().len());
        let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = numbers;
        Self {
            filter_weights: put(
                &self.filter_weights,
                TensorData::new(filter_weights, [filters, channels, rows, columns]),
                device,
            ),
            filter_biases: put(
                &self.filter_biases,
                TensorData::new(filter_biases, [filters]),
                device,
            ),
            dense_weights: put(
                &self.dense_weights,
                TensorData::new(dense_weights, [units, classes]),
                device,
            ),
            dense_biases: put(&self.dense_biases, TensorData::new(dense_biases, [classes]), device),
        }
    }

    /// The logits of a batch, layer by layer.
    ///
    /// # Shapes
    /// images `[batch, channels · rows · columns]` → logits `[batch, classes]`
    pub(super) fn forward(&self, sizes: Architecture, images: Tensor<2>) -> Tensor<2> {
        let [batch, _] = images.dims();
        let x = images.reshape([batch, sizes.channels, sizes.rows, sizes.columns]);
        let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
        let x = conv2d(x, self.filter_weights.val(), Some(self.filter_biases.val()), options); // [batch, filters, rows, columns]
        let x = activation::relu(x);
        let x = max_pool2d(x, MaxPoolOptions::new(sizes.window())); // [batch, filters, rows / 2, columns / 2]
        let x = x.permute([0, 2, 3, 1]).reshape([batch, sizes.pooled().len()]); // channels last, as in Keras
        self.dense(x) // [batch, classes]
    }

    /// The same logits, with everything up to pooling in one pass; for those sizes only that the kernels are made for.
    ///
    /// # Shapes
    /// images `[batch, 784]` → logits `[batch, 10]`
    pub(super) fn forward_fused(&self, images: Tensor<2>) -> Tensor<2> {
        self.dense(first_stage(images, self.filter_weights.val(), self.filter_biases.val()))
    }

    fn dense(&self, x: Tensor<2>) -> Tensor<2> {
        x.matmul(self.dense_weights.val()) + self.dense_biases.val().unsqueeze()
    }
}

/// A parameter with the id of another, by which an optimiser knows it.
fn put<const D: usize>(
    of: &Param<Tensor<D>>,
    data: TensorData,
    device: &Device,
) -> Param<Tensor<D>> {
    Param::initialized(of.id, Param::<Tensor<D>>::from_data(data, device).val())
}

/// Mean cross-entropy of logits `[batch, classes]` against labels `[batch]`, in nats, each first multiplied by its weight
/// `[batch]` where there are weights; the sum is divided by the batch all the same.
pub(super) fn weighted_cross_entropy(
    logits: Tensor<2>,
    labels: Tensor<1, Int>,
    weights: Option<Tensor<1>>,
) -> Tensor<1> {
    let own = activation::log_softmax(logits, 1).gather(1, labels.unsqueeze_dim(1)); // [batch, 1]
    match weights {
        Some(weights) => (own * weights.unsqueeze_dim(1)).mean().neg(),
        None => own.mean().neg(),
    }
}

/// The same where all count.
#[cfg(test)]
pub(super) fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    weighted_cross_entropy(logits, labels, None)
}

/// Uniform draws whose spread suits the layer, after Glorot and Bengio 2010, equation 16
/// (<https://proceedings.mlr.press/v9/glorot10a.html>); the default of Keras.
fn glorot_uniform(
    generator: &mut ChaCha8Rng,
    fan_in: usize,
    fan_out: usize,
    count: usize,
) -> Vec<f32> {
    let limit = (6.0 / (fan_in + fan_out) as f32).sqrt();
    (0..count).map(|_| (2.0 * generator.random::<f32>() - 1.0) * limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::DeviceName;

    #[test]
    fn it_has_54_410_parameters_within_their_limits() {
        let sizes = Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 };
        let network = Network::init(42, sizes, &DeviceName::Flex.device());
        assert_eq!((network.num_params(), sizes.parameters()), (54_410, 54_410));
        let weights = network.dense_weights.val().try_into_vec_as::<f32>().unwrap();
        let limit = (6.0_f32 / 5418.0).sqrt();
        let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        assert!(largest <= limit && largest > 0.99 * limit);
        let mean = weights.iter().sum::<f32>() / weights.len() as f32;
        assert!(mean.abs() < 0.01 * limit);
    }
}
