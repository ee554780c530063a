//! How much of what varies in an image does so from pixel to pixel: the share of its Fourier energy above a third of a wave
//! a pixel. Chequered dreams that follow strided or pooled gradients have much of it, written digits hardly any (Odena,
//! Dumoulin and Olah 2016, <https://doi.org/10.23915/distill.00003>).

use std::f64::consts::TAU;

use rayon::prelude::*;

/// In waves a pixel, over rows and columns together: waves shorter than three pixels count as fine.
const FINE: f64 = 1.0 / 3.0;

/// The share of an image of channels × rows × columns, means of the channels left out; not a number where nothing varies.
pub(super) fn high(image: &[f32], [_, rows, columns]: [usize; 3]) -> f32 {
    let mut sums = [0.0_f64; 2];
    for channel in image.chunks((rows * columns).max(1)) {
        let energies = energies(channel, [rows, columns]);
        for (at, energy) in energies.into_iter().enumerate().skip(1) {
            let (down, across) = (at / columns.max(1), at % columns.max(1));
            let squares = waves(down, rows).powi(2) + waves(across, columns).powi(2);
            sums[0] += energy;
            if squares > FINE * FINE {
                sums[1] += energy;
            }
        }
    }
    // What is left of an even image by rounding varies no more than the numbers of a pixel do.
    let total: f64 = image.iter().map(|pixel| f64::from(*pixel).powi(2)).sum();
    if sums[0] <= 1e-12 * total * (rows * columns) as f64 {
        f32::NAN
    } else {
        (sums[1] / sums[0]) as f32
    }
}

/// Waves a pixel of a number of the transform, at most a half.
fn waves(at: usize, size: usize) -> f64 {
    at.min(size - at) as f64 / size as f64
}

/// The squared size of each number of the two-dimensional discrete Fourier transform, row by row.
fn energies(channel: &[f32], [rows, columns]: [usize; 2]) -> Vec<f64> {
    let turn = |size: usize| -> Vec<(f64, f64)> {
        (0..size).map(|at| (TAU * at as f64 / size as f64).sin_cos()).collect()
    };
    let (by_row, by_column) = (turn(rows), turn(columns));
    let along: Vec<(f64, f64)> = channel
        .par_chunks(columns.max(1))
        .flat_map_iter(|row| {
            let by_column = &by_column;
            (0..columns).map(move |wave| {
                let terms = row.iter().enumerate().map(|(at, pixel)| {
                    let (sine, cosine) =
                        by_column.get(at * wave % columns).copied().unwrap_or_default();
                    (f64::from(*pixel) * cosine, -f64::from(*pixel) * sine)
                });
                terms.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1))
            })
        })
        .collect();
    let energy = |at: usize| {
        let (wave, column) = (at / columns, at % columns);
        let terms = along.iter().skip(column).step_by(columns).enumerate().map(
            |(row, (real, imaginary))| {
                let (sine, cosine) = by_row.get(row * wave % rows).copied().unwrap_or_default();
                (real * cosine + imaginary * sine, imaginary * cosine - real * sine)
            },
        );
        let (real, imaginary) =
            terms.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1));
        real * real + imaginary * imaginary
    };
    (0..rows * columns).into_par_iter().map(energy).collect()
}
