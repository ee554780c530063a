//! Calibration: what was told against what is true, in bins of probability.

use super::predictions::Predictions;

/// Rows that were told about the same probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationBin {
    /// The least probability.
    pub low: f64,
    /// The probability that no row reaches, but for the last bin, which holds 1 too.
    pub high: f64,
    /// How many rows there are.
    pub rows: usize,
    /// The mean of their probabilities, and the share of them that is positive; `None` without rows.
    pub told_and_true: Option<(f64, f64)>,
}

impl Predictions<'_> {
    /// What was told against what is true of a class, in bins of equal width.
    pub fn calibration(&self, class: usize, bins: usize) -> Vec<CalibrationBin> {
        let bins = bins.max(1);
        let width = 1.0 / bins as f64;
        let mut sums = vec![(0_usize, 0.0_f64, 0_usize); bins];
        for (is, told) in self.against(class) {
            let bin = ((told * bins as f64) as usize).min(bins - 1);
            if let Some((rows, told_sum, positives)) = sums.get_mut(bin) {
                *rows += 1;
                *told_sum += told;
                *positives += usize::from(is);
            }
        }
        let bin = |(place, (rows, told, positives)): (usize, (usize, f64, usize))| CalibrationBin {
            low: place as f64 * width,
            high: (place + 1) as f64 * width,
            rows,
            told_and_true: (rows > 0).then(|| (told / rows as f64, positives as f64 / rows as f64)),
        };
        sums.into_iter().enumerate().map(bin).collect()
    }
}
