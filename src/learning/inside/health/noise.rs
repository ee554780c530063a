//! The gradient noise scale from gradients of batches of two sizes (`McCandlish` and others 2018,
//! <https://arxiv.org/abs/1812.06162>, appendix A.1):
//!
//! ```text
//! |G|² ≈ (B |G_B|² − b |G_b|²) / (B − b)      without the noise of either
//! S    ≈ (|G_b|² − |G_B|²) / (1/b − 1/B)      the trace of the covariance of one image's gradient
//! ```
//!
//! with b the small and B the large batch, `|G_b|²` the mean over the small batches, and the noise scale S / |G|².

use crate::inside::Noise;

/// The noise scale of a mean square of the norms of small batches' gradients and the square of that of all together; none
/// where the two batches are of one size.
pub(super) fn noise(
    [small, large]: [usize; 2],
    mean_square_small: f64,
    square_large: f64,
) -> Option<Noise> {
    if small == 0 || small >= large {
        return None;
    }
    let (b, whole) = (small as f64, large as f64);
    let signal = (whole * square_large - b * mean_square_small) / (whole - b);
    let variance = (mean_square_small - square_large) / (1.0 / b - 1.0 / whole);
    let scale = (signal > 0.0).then(|| variance / signal);
    Some(Noise { batches: [small, large], variance, signal, scale })
}
