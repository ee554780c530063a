//! Convolution of maps, with its gradients: matrices of patches, multiplied (im2col and GEMM) on all threads.
//!
//! Burn's own convolution is the slower one on the CPU and stays for what is not calculated here: other devices and
//! numbers that are not of single precision.

mod layout;
mod multiply;
mod operation;
mod passes;
#[cfg(test)]
mod tests;

use burn::{
    backend::Dispatch,
    tensor::{Tensor, ops::ConvOptions},
};

use self::operation::Convolution;

/// What a convolution makes of its input, differentiable by all that it reads.
///
/// # Shapes
/// input `[batch, channels, rows, columns]`, weights `[filters, channels / groups, rows, columns]`, biases `[filters]` →
/// `[batch, filters, rows, columns]`
///
/// # Panics
/// As burn's own does, if sizes do not fit together.
pub fn convolve(
    input: Tensor<4>,
    weights: Tensor<4>,
    biases: Option<Tensor<1>>,
    options: ConvOptions<2>,
) -> Tensor<4> {
    let (input, weights) = (input.into_dispatch(), weights.into_dispatch());
    Tensor::from_dispatch(match biases {
        Some(biases) => <Dispatch as Convolution>::biased_convolution(
            input,
            weights,
            biases.into_dispatch(),
            options,
        ),
        None => <Dispatch as Convolution>::convolution(input, weights, options),
    })
}
