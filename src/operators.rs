//! Operators of networks in plain loops: for units that are shown, and for a network of the past that is asked anew.
//!
//! Whoever trains has faster ones; these take what lies in a snapshot, map after map, and add in the order of the loops, so
//! that the same numbers always give the same bits.

use crate::stream::Shape;

/// Convolution (as in networks: a cross-correlation) with stride 1 and without padding: `shape` is what it makes.
///
/// `filters` are filters × channels × kernel rows × kernel columns; a filter without a bias has none.
pub fn convolution(
    [image, filters, biases]: [&[f32]; 3],
    from: Shape,
    kernel: [usize; 2],
    shape: Shape,
) -> Vec<f32> {
    let (size, of_filter) = (shape.rows * shape.columns, kernel[0] * kernel[1]);
    let mut sums = vec![0.0; shape.len()];
    let filters = filters.chunks_exact((from.maps * of_filter).max(1));
    for (map, (sums, filter)) in sums.chunks_exact_mut(size.max(1)).zip(filters).enumerate() {
        sums.fill(biases.get(map).copied().unwrap_or(0.0));
        let channels = image.chunks_exact((from.rows * from.columns).max(1));
        for (pixels, weights) in channels.zip(filter.chunks_exact(of_filter.max(1))) {
            for (row, units) in sums.chunks_exact_mut(shape.columns.max(1)).enumerate() {
                for (at, weight) in weights.iter().enumerate() {
                    let (down, right) = (at / kernel[1], at % kernel[1]);
                    let pixels = pixels.get((row + down) * from.columns + right..).unwrap_or(&[]);
                    for (unit, pixel) in units.iter_mut().zip(pixels) {
                        *unit += weight * pixel;
                    }
                }
            }
        }
    }
    sums
}

/// The rectified linear unit, max(0, x); what is not a number stays so, that it is seen.
pub fn relu(units: &[f32]) -> Vec<f32> {
    units.iter().map(|&unit| if unit <= 0.0 { 0.0 } else { unit }).collect()
}

/// The largest of each window; rows and columns that fill no window are left out.
pub fn max_pooling(
    units: &[f32],
    from: Shape,
    kernel: [usize; 2],
    stride: [usize; 2],
    shape: Shape,
) -> Vec<f32> {
    let mut pooled = Vec::with_capacity(shape.len());
    for map in units.chunks_exact((from.rows * from.columns).max(1)) {
        for row in 0..shape.rows {
            let rows = map.chunks_exact(from.columns.max(1)).skip(row * stride[0]).take(kernel[0]);
            pooled.extend((0..shape.columns).map(|column| {
                let window = rows
                    .clone()
                    .flat_map(|row| row.iter().skip(column * stride[1]).take(kernel[1]));
                window.copied().fold(f32::NEG_INFINITY, f32::max)
            }));
        }
    }
    pooled
}

/// A sum of all units for each row of `weights`, which are outputs × units.
pub fn linear(units: &[f32], weights: &[f32], biases: &[f32]) -> Vec<f32> {
    let sum = |row: &[f32]| row.iter().zip(units).map(|(weight, unit)| weight * unit).sum::<f32>();
    let sums = weights.chunks_exact(units.len().max(1)).map(sum).enumerate();
    sums.map(|(at, sum)| sum + biases.get(at).copied().unwrap_or(0.0)).collect()
}

/// Shares of 1 from logits, eᶻ / Σ eᶻ, after the largest is taken from each so that none is too large.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: Shape = Shape { maps: 2, rows: 3, columns: 4 };

    #[test]
    fn a_convolution_sums_over_channels_and_the_kernel() {
        let image: Vec<f32> = (0..24).map(|at| at as f32).collect();
        let filters: Vec<f32> = (0..8).map(|at| at as f32 - 3.0).collect();
        let shape = Shape { maps: 1, rows: 2, columns: 3 };
        let sums = convolution([&image, &filters, &[0.5]], IMAGE, [2, 2], shape);
        // −3·0 − 2·1 − 1·4 + 0·5 + 1·12 + 2·13 + 3·16 + 4·17 + ½
        assert_eq!(sums[0], 148.5);
        // Of the next place each product has one weight more: Σ weights = 4.
        assert_eq!(sums[1] - sums[0], 4.0);
        assert_eq!(sums[3] - sums[0], 16.0);
    }

    #[test]
    fn pooling_takes_the_largest_and_leaves_out_what_fills_no_window() {
        let units: Vec<f32> =
            (0..24).map(|at| if at % 5 == 0 { 50.0 - at as f32 } else { 0.0 }).collect();
        let shape = Shape { maps: 2, rows: 1, columns: 2 };
        assert_eq!(max_pooling(&units, IMAGE, [2, 2], [2, 2], shape), [50.0, 0.0, 0.0, 35.0]);
        let overlapping = Shape { maps: 2, rows: 2, columns: 3 };
        let all = max_pooling(&units, IMAGE, [2, 2], [1, 1], overlapping);
        assert_eq!(all[..6], [50.0, 45.0, 0.0, 45.0, 45.0, 40.0]);
    }

    #[test]
    fn large_logits_become_shares_and_nothing_is_hidden() {
        let shares = softmax(&[1000.0, 1000.0 + 3_f32.ln()]);
        assert!((shares[1] - 0.75).abs() < 1e-4 && (shares[0] - 0.25).abs() < 1e-4);
        assert!(relu(&[f32::NAN])[0].is_nan());
        assert_eq!(relu(&[-1.0, 0.0, 2.0]), [0.0, 0.0, 2.0]);
        assert_eq!(linear(&[1.0, 2.0], &[3.0, 4.0, 5.0, 6.0], &[0.5]), [11.5, 17.0]);
    }
}
