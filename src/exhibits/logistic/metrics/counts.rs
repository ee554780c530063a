//! Counts of one class against all others, and the scores that come of them.

/// Rows by what they are and what was said of them, one class against all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Positive, and called so.
    pub true_positives: usize,
    /// Negative, but called positive.
    pub false_positives: usize,
    /// Negative, and called so.
    pub true_negatives: usize,
    /// Positive, but called negative.
    pub false_negatives: usize,
}

/// Precision, recall and F1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Share of what was called positive that is; `None` where nothing was called so.
    pub precision: Option<f64>,
    /// Share of the positive that was called so; `None` where nothing is.
    pub recall: Option<f64>,
    /// Their harmonic mean, 2 TP / (2 TP + FP + FN); `None` where nothing is positive or was called so.
    pub f1: Option<f64>,
}

impl Counts {
    pub(super) fn with(mut self, is: bool, called: bool) -> Self {
        match (is, called) {
            (true, true) => self.true_positives += 1,
            (false, true) => self.false_positives += 1,
            (false, false) => self.true_negatives += 1,
            (true, false) => self.false_negatives += 1,
        }
        self
    }

    /// All rows.
    pub fn rows(&self) -> usize {
        self.true_positives + self.false_positives + self.true_negatives + self.false_negatives
    }

    /// Share of the rows that were called what they are; 0 without rows.
    pub fn accuracy(&self) -> f64 {
        share(self.true_positives + self.true_negatives, self.rows()).unwrap_or(0.0)
    }

    /// Share of the negative rows that were called positive; `None` where there is none.
    pub fn false_positive_rate(&self) -> Option<f64> {
        share(self.false_positives, self.false_positives + self.true_negatives)
    }

    /// Precision, recall and F1.
    pub fn scores(&self) -> Scores {
        let called = self.true_positives + self.false_positives;
        let positive = self.true_positives + self.false_negatives;
        Scores {
            precision: share(self.true_positives, called),
            recall: share(self.true_positives, positive),
            f1: share(2 * self.true_positives, called + positive),
        }
    }
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}
