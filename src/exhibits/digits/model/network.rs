//! The model on a page: convolution, ReLU, max-pooling, dense; what it computes, in burn's own words.
//!
//! The layers and first weights are those of Keras with its defaults: Glorot uniform weights, zero
//! biases, channels last when flattened. 32·9 + 32 + 5,408·10 + 10 = 54,410 parameters.

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

use crate::exhibits::digits::{
    CLASSES, FILTER_SIDE, FILTERS, INPUT_SIDE, POOLED_SIDE, data::weight_generator,
    model::fused::first_stage,
};

/// Units of the pooled layer, and so inputs of the dense layer.
pub(super) const POOLED_UNITS: usize = POOLED_SIDE * POOLED_SIDE * FILTERS;
/// Weights of a filter.
const TAPS: usize = FILTER_SIDE * FILTER_SIDE;
/// Trainable numbers of the network.
pub(super) const PARAMETERS: usize = FILTERS * (TAPS + 1) + (POOLED_UNITS + 1) * CLASSES;

/// A small convolutional network.
#[derive(Module, Debug)]
pub(super) struct Network {
    /// 32 × 1 × 3 × 3.
    pub(super) filter_weights: Param<Tensor<4>>,
    /// 32.
    pub(super) filter_biases: Param<Tensor<1>>,
    /// 5,408 × 10; the row is `place * 32 + map`.
    pub(super) dense_weights: Param<Tensor<2>>,
    /// 10.
    pub(super) dense_biases: Param<Tensor<1>>,
}

impl Network {
    /// Draws the first weights of a seed.
    pub(super) fn init(seed: u64, device: &Device) -> Self {
        let mut generator = weight_generator(seed);
        let filters = glorot_uniform(&mut generator, TAPS, TAPS * FILTERS, FILTERS * TAPS);
        let dense = glorot_uniform(&mut generator, POOLED_UNITS, CLASSES, POOLED_UNITS * CLASSES);
        Self {
            filter_weights: Param::from_data(
                TensorData::new(filters, [FILTERS, 1, FILTER_SIDE, FILTER_SIDE]),
                device,
            ),
            filter_biases: Param::from_data(
                TensorData::new(vec![0.0_f32; FILTERS], [FILTERS]),
                device,
            ),
            dense_weights: Param::from_data(
                TensorData::new(dense, [POOLED_UNITS, CLASSES]),
                device,
            ),
            dense_biases: Param::from_data(
                TensorData::new(vec![0.0_f32; CLASSES], [CLASSES]),
                device,
            ),
        }
    }

    /// The logits of a batch, layer by layer.
    ///
    /// # Shapes
    /// images `[batch, 784]` → logits `[batch, 10]`
    pub(super) fn forward(&self, images: Tensor<2>) -> Tensor<2> {
        let [batch, _] = images.dims();
        let x = images.reshape([batch, 1, INPUT_SIDE, INPUT_SIDE]);
        let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
        let x = conv2d(x, self.filter_weights.val(), Some(self.filter_biases.val()), options); // [batch, 32, 26, 26]
        let x = activation::relu(x);
        let x = max_pool2d(x, MaxPoolOptions::new([2, 2])); // [batch, 32, 13, 13]
        let x = x.permute([0, 2, 3, 1]).reshape([batch, POOLED_UNITS]); // channels last, as in Keras
        self.dense(x) // [batch, 10]
    }

    /// The same logits, with everything up to pooling in one pass.
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

/// Mean cross-entropy of logits `[batch, 10]` against labels `[batch]`, in nats.
pub(super) fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    activation::log_softmax(logits, 1).gather(1, labels.unsqueeze_dim(1)).mean().neg()
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
        let network = Network::init(42, &DeviceName::Flex.device());
        assert_eq!((network.num_params(), PARAMETERS), (54_410, 54_410));
        let weights = network.dense_weights.val().try_into_vec_as::<f32>().unwrap();
        let limit = (6.0_f32 / 5418.0).sqrt();
        let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        assert!(largest <= limit && largest > 0.99 * limit);
        let mean = weights.iter().sum::<f32>() / weights.len() as f32;
        assert!(mean.abs() < 0.01 * limit);
    }
}
