//! A plane through the weights: two perpendicular directions of length 1, the weights at a place, and a state's shadow.

use rayon::prelude::*;

use super::super::Parameters;
use crate::learning::TrainError;

/// Numbers whose products are summed by one thread, so that sums have the same order on any number of threads.
const PIECE: usize = 1 << 14;

/// The weights as they are now, and two directions away from them.
#[derive(Clone, Debug)]
pub(super) struct Directions {
    origin: Vec<f32>,
    /// Of what is learned; what is remembered stays.
    axes: [Vec<f32>; 2],
}

impl Directions {
    /// Of two directions of any lengths: the second is made perpendicular to the first, both get length 1, and of each the
    /// largest number, without its sign, is made positive, so that a plane is not turned over by chance.
    ///
    /// # Errors
    /// If they point the same way, or nowhere.
    pub(super) fn of(own: &Parameters, [first, second]: [Vec<f64>; 2]) -> Result<Self, TrainError> {
        let first = upright(first)?;
        let mut second = upright(second)?;
        // Twice, since the first time leaves rounding behind.
        for _ in 0..2 {
            let along = product(&first, &second);
            second.iter_mut().zip(&first).for_each(|(one, other)| *one -= along * other);
            second = upright(second)?;
        }
        let axes = [first, second].map(|axis| axis.into_iter().map(|one| one as f32).collect());
        Ok(Self { origin: own.numbers.clone(), axes })
    }

    /// The two, of length 1.
    #[cfg(test)]
    pub(super) const fn axes(&self) -> &[Vec<f32>; 2] {
        &self.axes
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        let axes = self.axes.iter().map(|axis| size_of_val(axis.as_slice())).sum::<usize>();
        size_of_val(self.origin.as_slice()) + axes
    }

    /// The weights at a place: at (0, 0) as they are now, bit for bit.
    pub(super) fn at(&self, at: [f32; 2]) -> Vec<f32> {
        let mut numbers = self.origin.clone();
        if at == [0.0; 2] {
            return numbers;
        }
        let [across, away] = at.map(f64::from);
        let [first, second] = &self.axes;
        let all = numbers.par_iter_mut().zip(first.par_iter().zip(second)).with_min_len(PIECE);
        all.for_each(|(number, (one, other))| {
            let moved = across * f64::from(*one) + away * f64::from(*other);
            *number = (f64::from(*number) + moved) as f32;
        });
        numbers
    }

    /// Where the nearest place to other weights is, and how far that is.
    pub(super) fn shadow(&self, numbers: &[f32]) -> ([f32; 2], f32) {
        let [first, second] = &self.axes;
        // Σ of three products in one piece after the other.
        let pieces = |of: &(dyn Fn(f64, f64, f64) -> [f64; 2] + Sync)| -> [f64; 2] {
            let all = numbers.par_chunks(PIECE).zip(self.origin.par_chunks(PIECE));
            let axes = first.par_chunks(PIECE).zip(second.par_chunks(PIECE));
            let sums: Vec<[f64; 2]> = all
                .zip(axes)
                .map(|((numbers, origin), (one, other))| {
                    let mut sums = [0.0; 2];
                    let axes = one.iter().zip(other);
                    for ((number, origin), (one, other)) in numbers.iter().zip(origin).zip(axes) {
                        let away = f64::from(*number) - f64::from(*origin);
                        let found = of(away, f64::from(*one), f64::from(*other));
                        sums[0] += found[0];
                        sums[1] += found[1];
                    }
                    sums
                })
                .collect();
            sums.iter().fold([0.0; 2], |sum, one| [sum[0] + one[0], sum[1] + one[1]])
        };
        let at = pieces(&|away, one, other| [away * one, away * other]);
        let off = pieces(&|away, one, other| [(away - at[0] * one - at[1] * other).powi(2), 0.0]);
        (at.map(|along| along as f32), off[0].sqrt() as f32)
    }
}

/// Made to have length 1, with its largest number positive.
fn upright(mut direction: Vec<f64>) -> Result<Vec<f64>, TrainError> {
    let length = product(&direction, &direction).sqrt();
    if !(length.is_finite() && length > 0.0) {
        return Err(TrainError::calculation(phrase!("studies-two-directions-are-needed-for")));
    }
    let largest = direction.iter().copied().reduce(
        |most, one| {
            if one.abs() > most.abs() { one } else { most }
        },
    );
    let by = largest.unwrap_or(1.0).signum() / length;
    direction.iter_mut().for_each(|number| *number *= by);
    Ok(direction)
}

/// Σ a b.
pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
