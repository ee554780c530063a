//! Numbers of tensors in memory.

use burn::tensor::Tensor;

use crate::learning::TrainError;

/// The numbers of a tensor in memory.
pub(super) fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainError> {
    tensor.without_autodiff().try_into_vec_as::<f32>().map_err(TrainError::of_library)
}
