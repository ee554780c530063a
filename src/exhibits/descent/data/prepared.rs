//! Makes pairs of numbers fit to be descended on: centred, and of a handy size, by numbers that can be said.

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::exhibits::descent::data::pairs::Pairs;
use crate::words::Phrase;

/// The order of the points is the same in every run, so that a batch of the same places is the same points.
const ORDER_SEED: u64 = 0;

/// Points as the loss uses them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::exhibits::descent) struct Prepared {
    /// x and y, in an order without meaning: neighbours in a file are often alike.
    pub(in crate::exhibits::descent) points: Vec<[f64; 2]>,
    /// What was done, in words, with the very numbers.
    pub(in crate::exhibits::descent) words: Phrase,
    /// What y was divided by.
    pub(in crate::exhibits::descent) y_scale: f64,
    /// What x was divided by.
    pub(in crate::exhibits::descent) x_scale: f64,
}

impl Prepared {
    /// For a line: x centred, and both in the power of ten that brings their standard deviations to 1..10, so that
    /// the bowl is neither a needle nor round, and one learning rate serves any table.
    pub(in crate::exhibits::descent) fn for_line(pairs: &Pairs) -> Self {
        let (x_scale, y_scale) = (power_of_ten(&pairs.x), power_of_ten(&pairs.y));
        let offset = rounded(mean(&pairs.x), x_scale / 100.0);
        let mut words = match x_scale == 1.0 {
            true => phrase!("descent-model-centred-x", offset = signed(offset)),
            false => phrase!(
                "descent-model-centred-and-scaled-x",
                offset = signed(offset),
                x_scale = said(x_scale)
            ),
        };
        if y_scale != 1.0 {
            words = phrase!("descent-model-and-y-over", words, y_scale = said(y_scale));
        }
        Self::new(pairs, words, offset, [x_scale, y_scale])
    }

    /// For a classifier: x with mean 0 and standard deviation 1, to two decimals; y stays.
    pub(in crate::exhibits::descent) fn standardised(pairs: &Pairs) -> Self {
        let unit = power_of_ten(&pairs.x) / 100.0;
        let offset = rounded(mean(&pairs.x), unit);
        let x_scale = rounded(deviation(&pairs.x), unit);
        let words = phrase!(
            "descent-model-standardised-x",
            offset = signed(offset),
            x_scale = said(x_scale)
        );
        Self::new(pairs, words, offset, [x_scale, 1.0])
    }

    fn new(pairs: &Pairs, words: Phrase, offset: f64, [x_scale, y_scale]: [f64; 2]) -> Self {
        let both = pairs.x.iter().zip(&pairs.y);
        let mut points: Vec<_> = both.map(|(x, y)| [(x - offset) / x_scale, y / y_scale]).collect();
        points.shuffle(&mut ChaCha8Rng::seed_from_u64(ORDER_SEED));
        Self { points, words, y_scale, x_scale }
    }
}

/// The mean, which does not overflow.
pub(in crate::exhibits::descent) fn mean(numbers: &[f64]) -> f64 {
    let count = numbers.len().max(1) as f64;
    numbers.iter().map(|number| number / count).sum()
}

/// The standard deviation over all, which neither overflows nor vanishes.
pub(super) fn deviation(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let largest = numbers.iter().map(|number| (number - mean).abs()).fold(0.0, f64::max);
    if largest == 0.0 {
        return 0.0;
    }
    let squares = numbers.iter().map(|number| ((number - mean) / largest).powi(2));
    largest * (squares.sum::<f64>() / numbers.len() as f64).sqrt()
}

/// The power of ten that is not above the standard deviation.
fn power_of_ten(numbers: &[f64]) -> f64 {
    let exponent = deviation(numbers).log10().floor();
    // Beyond this a power of ten or its inverse is not finite; such numbers are refused when they are read, or vanish.
    let exponent = if exponent.is_finite() { exponent.clamp(-300.0, 300.0) as i32 } else { 0 };
    decimal(1.0, exponent)
}

/// `number × 10^exponent`, as it would be read from its digits.
fn decimal(number: f64, exponent: i32) -> f64 {
    format!("{number}e{exponent}").parse().unwrap_or(number)
}

/// To the nearest multiple of a power of ten, as its digits are read.
fn rounded(number: f64, unit: f64) -> f64 {
    decimal((number / unit).round(), unit.log10().round() as i32)
}

/// A number after a minus sign.
fn signed(number: f64) -> String {
    if number < 0.0 { format!("({})", said(number)) } else { said(number) }
}

/// A number with all its digits, without long rows of zeros.
pub(in crate::exhibits::descent) fn said(number: f64) -> String {
    let usual = number == 0.0 || (1e-4..1e7).contains(&number.abs());
    if usual { number.to_string() } else { format!("{number:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(x: &[f64], y: &[f64]) -> Pairs {
        Pairs {
            x_name: "x".to_owned(),
            y_name: "y".to_owned(),
            x: x.to_vec(),
            y: y.to_vec(),
            ..Pairs::default()
        }
    }

    #[test]
    fn what_was_done_is_said_with_the_very_numbers() {
        let rows: [(&[f64], &[f64], &str, [f64; 2]); 3] = [
            (&[1.0, 4.0, 7.0], &[2.0, 5.0, 8.0], "centred: x − 4", [-3.0, 2.0]),
            (
                &[1000.0, 1400.0, 1804.0],
                &[0.1, 0.2, 0.4],
                "centred and scaled: (x − 1401) / 100, y / 0.1",
                [-4.01, 1.0],
            ),
            (&[-9.0, -5.0, -1.0], &[2.0, 5.0, 8.0], "centred: x − (-5)", [-4.0, 2.0]),
        ];
        for (x, y, words, first) in rows {
            let prepared = Prepared::for_line(&pairs(x, y));
            assert_eq!(prepared.words, words);
            assert!(prepared.points.contains(&first), "{prepared:?}");
        }
        let prepared = Prepared::standardised(&pairs(&[1.0, 4.0, 7.0], &[0.0, 1.0, 1.0]));
        assert_eq!(prepared.words, "standardised: (x − 4) / 2.45");
    }

    #[test]
    fn any_size_of_numbers_can_be_prepared() {
        for size in [1e-99, 1e-30, 1.0, 1e30, 1e99] {
            let x: Vec<f64> = (0..9).map(|at| f64::from(at) * size).collect();
            let prepared = Prepared::for_line(&pairs(&x, &x));
            for axis in 0..2 {
                let numbers: Vec<f64> = prepared.points.iter().map(|point| point[axis]).collect();
                let deviation = deviation(&numbers);
                assert!((0.99..10.01).contains(&deviation), "{size}: {deviation}");
            }
        }
    }
}
