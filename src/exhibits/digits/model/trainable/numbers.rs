//! Numbers of tensors in memory, and the largest of some.

use burn::tensor::Tensor;

use crate::learning::TrainError;

/// The index of the largest value, the first among equals.
pub(super) fn largest(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate().skip(1) {
        if *value > values[best] {
            best = at;
        }
    }
    best
}

/// The numbers of a tensor in memory.
pub(super) fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainError> {
    tensor.without_autodiff().try_into_vec_as::<f32>().map_err(TrainError::calculation)
}
