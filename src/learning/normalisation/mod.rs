//! Normalisation over a batch (Ioffe and Szegedy, 2015), with its gradients in closed form: three passes over the numbers
//! there and two on the way back.
//!
//! Burn composes it of single operations, each a pass of its own with its own memory.

mod operation;
mod passes;
#[cfg(test)]
mod tests;

use burn::{backend::Dispatch, tensor::Tensor};

use self::operation::Normalisation;

/// A batch at mean 0 and variance 1 in each channel, scaled and shifted; differentiable by all three.
///
/// # Shapes
/// input `[batch, channels, ...]`, scale and shift `[channels]` → the shape of the input; mean and variance of the batch,
/// `[channels]`, with the number of numbers as divisor
pub fn normalise<const D: usize>(
    input: Tensor<D>,
    scale: Tensor<1>,
    shift: Tensor<1>,
    epsilon: f64,
) -> (Tensor<D>, Tensor<1>, Tensor<1>) {
    let (made, mean, variance) = <Dispatch as Normalisation>::normalisation(
        input.into_dispatch(),
        scale.into_dispatch(),
        shift.into_dispatch(),
        epsilon,
    );
    (Tensor::from_dispatch(made), Tensor::from_dispatch(mean), Tensor::from_dispatch(variance))
}
