//! Predicted probabilities against true classes: accuracy, log loss, confusion, precision and recall.

use super::counts::{Counts, Scores};

/// Probabilities that were told of rows whose class is known.
///
/// "Positive" is one class against all others; of two classes it is the second, as in scikit-learn.
#[derive(Clone, Copy, Debug)]
pub struct Predictions<'a> {
    labels: &'a [u16],
    probabilities: &'a [f64],
    pub(super) classes: usize,
}

impl<'a> Predictions<'a> {
    /// The class of each row, and rows × classes probabilities.
    ///
    /// `None` unless there is a row, at least two classes, a probability for each, and each label one of the classes.
    pub fn new(labels: &'a [u16], probabilities: &'a [f64], classes: usize) -> Option<Self> {
        let fits = classes >= 2
            && !labels.is_empty()
            && labels.len().checked_mul(classes) == Some(probabilities.len())
            && labels.iter().all(|label| usize::from(*label) < classes);
        fits.then_some(Self { labels, probabilities, classes })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// How many classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Whether a row is of a class and the probability of it that was told, row by row.
    pub(super) fn against(&self, class: usize) -> impl Iterator<Item = (bool, f64)> + '_ {
        self.labels.iter().zip(self.probabilities.chunks_exact(self.classes)).map(
            move |(label, row)| {
                (usize::from(*label) == class, row.get(class).copied().unwrap_or(0.0))
            },
        )
    }

    /// The class that is said of each row: the likeliest one, the first of equals; of two the second from ½ on.
    pub fn said(&self) -> impl Iterator<Item = usize> + '_ {
        self.probabilities.chunks_exact(self.classes).map(likeliest)
    }

    /// Share of the rows of which their class is said.
    pub fn accuracy(&self) -> f64 {
        let right = self
            .labels
            .iter()
            .zip(self.said())
            .filter(|(label, said)| usize::from(**label) == *said)
            .count();
        right as f64 / self.rows() as f64
    }

    /// Mean of −ln p of the true class, in nats; p no nearer to 0 and 1 than the spacing of numbers at 1, as in
    /// scikit-learn's `log_loss`.
    pub fn log_loss(&self) -> f64 {
        let sum: f64 = self
            .labels
            .iter()
            .zip(self.probabilities.chunks_exact(self.classes))
            .map(|(label, row)| {
                let told = row.get(usize::from(*label)).copied().unwrap_or(0.0);
                -told.clamp(f64::EPSILON, 1.0 - f64::EPSILON).ln()
            })
            .sum();
        sum / self.rows() as f64
    }

    /// Rows of each class (one a line) by the class that is said of them: classes × classes.
    pub fn confusion(&self) -> Vec<usize> {
        let mut counts = vec![0; self.classes * self.classes];
        for (label, said) in self.labels.iter().zip(self.said()) {
            if let Some(count) = counts.get_mut(usize::from(*label) * self.classes + said) {
                *count += 1;
            }
        }
        counts
    }

    /// Calls a row positive when the probability of the class is at least the threshold.
    pub fn at_threshold(&self, class: usize, threshold: f64) -> Counts {
        self.against(class)
            .fold(Counts::default(), |counts, (is, told)| counts.with(is, told >= threshold))
    }

    /// Each class against all others, by what is said.
    pub fn by_class(&self) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); self.classes];
        for (label, said) in self.labels.iter().zip(self.said()) {
            for (class, count) in counts.iter_mut().enumerate() {
                *count = count.with(usize::from(*label) == class, said == class);
            }
        }
        counts
    }

    /// Precision, recall and F1: of two classes those of the second, of several the mean over the classes that have one.
    pub fn scores(&self) -> Scores {
        let by_class = self.by_class();
        if let [_, positive] = by_class.as_slice() {
            return positive.scores();
        }
        let all: Vec<Scores> = by_class.iter().map(Counts::scores).collect();
        Scores {
            precision: mean(all.iter().filter_map(|scores| scores.precision)),
            recall: mean(all.iter().filter_map(|scores| scores.recall)),
            f1: mean(all.iter().filter_map(|scores| scores.f1)),
        }
    }
}

/// The place of the largest number, the first of equals; of two the second when it is at least as large, which is where
/// a threshold of ½ puts it.
fn likeliest(row: &[f64]) -> usize {
    if let [first, second] = row {
        return usize::from(second >= first);
    }
    let mut best = (0, f64::NEG_INFINITY);
    for (place, told) in row.iter().enumerate() {
        if *told > best.1 {
            best = (place, *told);
        }
    }
    best.0
}

/// The mean of what is defined; `None` if nothing is.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}
