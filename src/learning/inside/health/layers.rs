//! Numbers layer by layer: norms, products and sums, in double precision and in a fixed order.

/// For each layer all numbers that it learns, one array after the other.
pub type ByLayer = Vec<Vec<f32>>;

/// Σ a b over all layers.
pub(super) fn product(a: &[Vec<f32>], b: &[Vec<f32>]) -> f64 {
    a.iter().zip(b).map(|(a, b)| of_one(a, b)).sum()
}

fn of_one(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// The root of the sum of squares.
pub(super) fn norm(numbers: &[f32]) -> f64 {
    of_one(numbers, numbers).sqrt()
}

/// The same over all layers.
pub(super) fn norm_of_all(of: &[Vec<f32>]) -> f64 {
    product(of, of).sqrt()
}

/// Adds so many times the second to the first.
pub(super) fn add(to: &mut [Vec<f32>], of: &[Vec<f32>], times: f32) {
    for (to, of) in to.iter_mut().zip(of) {
        to.iter_mut().zip(of).for_each(|(to, of)| *to += times * of);
    }
}

/// Each number times another.
pub(super) fn scaled(of: &[Vec<f32>], by: f32) -> ByLayer {
    of.iter().map(|layer| layer.iter().map(|number| by * number).collect()).collect()
}
