//! What a feature tells of the label: mutual information, the F of an analysis of variance, distributions.

use crate::exhibits::logistic::payload::Feature;

/// Quantile bins over which mutual information is counted.
const QUANTILES: usize = 10;

/// What is known of a feature from the training rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scores {
    pub(super) mean: f64,
    /// Standard deviation, n in the denominator.
    pub(super) deviation: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Rows of each class in bins of equal width: classes × [`Feature::BINS`].
    pub(super) bins: Vec<u32>,
    /// In nats.
    pub(super) information: f64,
    pub(super) anova_f: f64,
}

/// Scores of values by the classes of their rows.
pub(super) fn scores(values: &[f64], labels: &[u16], classes: usize) -> Scores {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Values that are all the same have a mean that may differ from them in its last bit.
    let deviation = if low == high { 0.0 } else { variance.sqrt() };
    Scores {
        mean,
        deviation,
        low,
        high,
        bins: bins(values, labels, classes, low, high),
        information: information(values, labels, classes),
        anova_f: if deviation > 0.0 { anova_f(values, labels, classes, mean) } else { 0.0 },
    }
}

fn bins(values: &[f64], labels: &[u16], classes: usize, low: f64, high: f64) -> Vec<u32> {
    let mut bins = vec![0; classes * Feature::BINS];
    let width = (high - low) / Feature::BINS as f64;
    for (value, label) in values.iter().zip(labels) {
        let bin = if width > 0.0 { ((value - low) / width) as usize } else { 0 };
        bins[usize::from(*label) * Feature::BINS + bin.min(Feature::BINS - 1)] += 1;
    }
    bins
}

/// Σ p(x, y) ln (p(x, y) / (p(x) p(y))), with x in bins that hold a tenth of the rows each as far as equal values allow:
/// Cover and Thomas, Elements of Information Theory, equation 2.28.
fn information(values: &[f64], labels: &[u16], classes: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut edges: Vec<f64> = (1..QUANTILES)
        .map(|at| sorted[(at * sorted.len() / QUANTILES).min(sorted.len() - 1)])
        .collect();
    edges.dedup();
    let mut counts = vec![0_usize; (edges.len() + 1) * classes];
    for (value, label) in values.iter().zip(labels) {
        // An edge is the least value of the bin above it.
        let bin = edges.partition_point(|edge| edge <= value);
        counts[bin * classes + usize::from(*label)] += 1;
    }
    let mut of_class = vec![0_usize; classes];
    for row in counts.chunks_exact(classes) {
        of_class.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
    }
    let rows = values.len() as f64;
    let mut sum = 0.0;
    for row in counts.chunks_exact(classes) {
        let of_bin: usize = row.iter().sum();
        for (count, of_class) in row.iter().zip(&of_class).filter(|(count, _)| **count > 0) {
            let (count, expected) = (*count as f64, of_bin as f64 * *of_class as f64 / rows);
            sum += count / rows * (count / expected).ln();
        }
    }
    sum.max(0.0)
}

/// Variance between the classes over variance within them, each by its degrees of freedom, as `f_classif` of scikit-learn;
/// 0 where nothing varies, infinite where nothing does within the classes.
fn anova_f(values: &[f64], labels: &[u16], classes: usize, mean: f64) -> f64 {
    let (mut counts, mut sums) = (vec![0.0; classes], vec![0.0; classes]);
    for (value, label) in values.iter().zip(labels) {
        counts[usize::from(*label)] += 1.0;
        sums[usize::from(*label)] += value - mean;
    }
    let present = counts.iter().filter(|count| **count > 0.0).count();
    let means: Vec<f64> = sums
        .iter()
        .zip(&counts)
        .map(|(sum, count)| if *count > 0.0 { sum / count } else { 0.0 })
        .collect();
    let between: f64 = means.iter().zip(&counts).map(|(mean, count)| count * mean * mean).sum();
    let within: f64 = values
        .iter()
        .zip(labels)
        .map(|(value, label)| (value - mean - means[usize::from(*label)]).powi(2))
        .sum();
    let freedom = (present.saturating_sub(1), values.len().saturating_sub(present));
    if between <= 0.0 || freedom.0 == 0 || freedom.1 == 0 {
        return 0.0;
    }
    (between / freedom.0 as f64) / (within / freedom.1 as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two classes apart: F by hand is (between 4 × 1 / 1) / (within 4 × 0.25 / 2).
    #[test]
    fn scores_are_those_worked_by_hand() {
        let scores = scores(&[0.0, 1.0, 2.0, 3.0], &[0, 0, 1, 1], 2);
        assert_eq!((scores.mean, scores.low, scores.high), (1.5, 0.0, 3.0));
        assert!((scores.deviation - 1.25_f64.sqrt()).abs() < 1e-15);
        assert!((scores.anova_f - 8.0).abs() < 1e-12);
        assert!((scores.information - 2.0_f64.ln()).abs() < 1e-12);
        assert_eq!(scores.bins.iter().sum::<u32>(), 4);
        assert_eq!((scores.bins[0], scores.bins[2 * Feature::BINS - 1]), (1, 1));
    }

    #[test]
    fn what_has_nothing_to_do_with_the_label_tells_nothing() {
        let values: Vec<f64> = (0..400).map(|at| f64::from(at / 2)).collect();
        let labels: Vec<u16> = (0..400).map(|at| (at % 2) as u16).collect();
        let scores = scores(&values, &labels, 2);
        assert!(scores.information < 1e-12 && scores.anova_f < 1e-12);
    }

    #[test]
    fn a_constant_is_seen_as_one() {
        let scores = scores(&[0.1; 7], &[0, 1, 0, 1, 0, 1, 0], 2);
        assert_eq!((scores.deviation, scores.anova_f, scores.information), (0.0, 0.0, 0.0));
    }
}
