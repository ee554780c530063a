//! How good a classifier's probabilities are: confusion at a threshold, log loss, ROC, calibration.

/// Probabilities that were told of rows whose class is known.
///
/// "Positive" is one class against all others; of two classes it is the second, as in scikit-learn.
#[derive(Clone, Copy, Debug)]
pub struct Predictions<'a> {
    labels: &'a [u16],
    probabilities: &'a [f64],
    classes: usize,
}

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

/// The receiver operating characteristic: what every threshold would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Roc {
    /// From (0, 0), where nothing is called positive, to (1, 1), where everything is.
    pub points: Vec<RocPoint>,
    /// Area under the curve: the probability that a positive row is told a higher one than a negative row, where equal
    /// ones count half (Hanley and `McNeil`, Radiology 143, 1982).
    pub auc: f64,
}

/// One threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// Rows with at least this probability are called positive; infinite at the first point.
    pub threshold: f64,
    /// Share of the negative rows that are called positive.
    pub false_positive_rate: f64,
    /// Share of the positive rows that are called positive: the recall.
    pub true_positive_rate: f64,
}

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
    fn against(&self, class: usize) -> impl Iterator<Item = (bool, f64)> + '_ {
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

    /// The curve of a class against all others; `None` where all rows are of the class, or none is.
    pub fn roc(&self, class: usize) -> Option<Roc> {
        let mut rows: Vec<(bool, f64)> = self.against(class).collect();
        let positives = rows.iter().filter(|(is, _)| *is).count();
        let negatives = rows.len() - positives;
        if positives == 0 || negatives == 0 {
            return None;
        }
        rows.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let (positives, negatives) = (positives as f64, negatives as f64);
        let (mut called_rightly, mut called_wrongly, mut area) = (0.0, 0.0, 0.0);
        let mut points = vec![RocPoint {
            threshold: f64::INFINITY,
            false_positive_rate: 0.0,
            true_positive_rate: 0.0,
        }];
        // Rows of equal probability are called together, which is a slanted line on the curve.
        for equals in rows.chunk_by(|(_, one), (_, other)| one == other) {
            let more_right = equals.iter().filter(|(is, _)| *is).count() as f64;
            let more_wrong = equals.len() as f64 - more_right;
            area += more_wrong * (called_rightly + more_right / 2.0);
            called_rightly += more_right;
            called_wrongly += more_wrong;
            points.push(RocPoint {
                threshold: equals.first().map_or(0.0, |(_, told)| *told),
                false_positive_rate: called_wrongly / negatives,
                true_positive_rate: called_rightly / positives,
            });
        }
        Some(Roc { points, auc: area / (positives * negatives) })
    }

    /// Area under the curve of the second of two classes, or the mean over the classes that occur beside others, each
    /// against the rest; `None` where no class does.
    pub fn auc(&self) -> Option<f64> {
        if self.classes == 2 {
            return self.roc(1).map(|roc| roc.auc);
        }
        mean((0..self.classes).filter_map(|class| self.roc(class)).map(|roc| roc.auc))
    }

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

impl Counts {
    fn with(mut self, is: bool, called: bool) -> Self {
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

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// The mean of what is defined; `None` if nothing is.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(precision: f64, recall: f64, f1: f64) -> Scores {
        Scores { precision: Some(precision), recall: Some(recall), f1: Some(f1) }
    }

    /// Rows × 2 probabilities from those of the second class.
    fn two(second: &[f64]) -> Vec<f64> {
        second.iter().flat_map(|told| [1.0 - told, *told]).collect()
    }

    /// The example of scikit-learn's documentation of `roc_auc_score`: scores 0.1, 0.4, 0.35, 0.8 give 0.75.
    #[test]
    fn area_under_the_curve_is_that_worked_by_hand() {
        let probabilities = two(&[0.1, 0.4, 0.35, 0.8]);
        let told = Predictions::new(&[0, 0, 1, 1], &probabilities, 2).unwrap();
        let roc = told.roc(1).unwrap();
        assert_eq!(roc.auc, 0.75);
        let points: Vec<(f64, f64)> = roc
            .points
            .iter()
            .map(|point| (point.false_positive_rate, point.true_positive_rate))
            .collect();
        assert_eq!(points, [(0.0, 0.0), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0)]);
        // One class against the other is the same pair of rows asked the other way round.
        assert_eq!(told.roc(0).unwrap().auc, 0.75);
    }

    #[test]
    fn rows_of_equal_probability_count_half() {
        let probabilities = two(&[0.5; 4]);
        let told = Predictions::new(&[0, 1, 0, 1], &probabilities, 2).unwrap();
        let roc = told.roc(1).unwrap();
        assert_eq!(roc.auc, 0.5);
        assert_eq!(roc.points.len(), 2);
    }

    #[test]
    fn one_class_alone_has_no_curve() {
        let probabilities = two(&[0.2, 0.6]);
        let told = Predictions::new(&[1, 1], &probabilities, 2).unwrap();
        assert_eq!(told.roc(1), None);
        assert_eq!(told.auc(), None);
        assert_eq!(told.at_threshold(1, 0.5).false_positive_rate(), None);
        let negative = two(&[0.2, 0.3]);
        let told = Predictions::new(&[0, 0], &negative, 2).unwrap();
        assert_eq!(
            told.scores(),
            Scores::default(),
            "nothing is positive, and nothing was called so"
        );
    }

    /// Ten rows: 3 of 4 positive ones found, 1 of 6 negative ones called positive.
    #[test]
    fn counts_at_a_threshold_are_those_of_the_hand() {
        let labels = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
        let probabilities = two(&[0.9, 0.8, 0.6, 0.3, 0.7, 0.4, 0.2, 0.2, 0.1, 0.0]);
        let told = Predictions::new(&labels, &probabilities, 2).unwrap();
        let counts = told.at_threshold(1, 0.5);
        let expected =
            Counts { true_positives: 3, false_positives: 1, true_negatives: 5, false_negatives: 1 };
        assert_eq!(counts, expected);
        assert_eq!(counts.accuracy(), 0.8);
        assert_eq!(counts.scores(), three(0.75, 0.75, 0.75));
        assert_eq!(told.scores(), counts.scores());
        assert_eq!(told.accuracy(), 0.8);
        assert_eq!(told.confusion(), [5, 1, 1, 3]);
        // A stricter threshold gives up one positive row and the false alarm.
        let strict = told.at_threshold(1, 0.75).scores();
        assert_eq!(strict, three(1.0, 0.5, 2.0 / 3.0));
        // Nobody is called positive above all that was told: of nothing there is no share.
        let nobody = told.at_threshold(1, 1.0).scores();
        assert_eq!(nobody, Scores { precision: None, ..three(0.0, 0.0, 0.0) });
    }

    #[test]
    fn every_point_of_the_curve_is_a_threshold() {
        let labels = [1, 1, 0, 1, 0, 0, 1, 0];
        let probabilities = two(&[0.9, 0.8, 0.8, 0.6, 0.5, 0.3, 0.3, 0.1]);
        let told = Predictions::new(&labels, &probabilities, 2).unwrap();
        for point in told.roc(1).unwrap().points {
            let counts = told.at_threshold(1, point.threshold);
            assert_eq!(counts.false_positive_rate(), Some(point.false_positive_rate));
            assert_eq!(counts.scores().recall, Some(point.true_positive_rate));
        }
    }

    #[test]
    fn log_loss_is_the_mean_surprise_and_stays_finite() {
        let probabilities = two(&[0.5, 0.25]);
        let told = Predictions::new(&[1, 0], &probabilities, 2).unwrap();
        assert!((told.log_loss() - f64::midpoint(2.0_f64.ln(), -0.75_f64.ln())).abs() < 1e-15);
        let certain = two(&[0.0]);
        let wrong = Predictions::new(&[1], &certain, 2).unwrap().log_loss();
        assert!((wrong - -f64::EPSILON.ln()).abs() < 1e-12);
    }

    /// Three classes: 2 of 3 rows right; each class against the rest has a perfect or a half curve.
    #[test]
    fn several_classes_are_averaged() {
        let probabilities = [0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.1, 0.6, 0.3];
        let told = Predictions::new(&[0, 1, 2], &probabilities, 3).unwrap();
        assert!((told.accuracy() - 2.0 / 3.0).abs() < 1e-12);
        let scores = told.scores();
        // No row was called the third class, which has no precision then.
        assert!((scores.precision.unwrap() - (1.0 + 0.5) / 2.0).abs() < 1e-12);
        assert!((scores.recall.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!((scores.f1.unwrap() - (1.0 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
        // Class 0: certain. Class 1: 0.5 beats 0.3 and loses to 0.6. Class 2: 0.3 beats 0.1 and equals 0.3.
        assert!((told.auc().unwrap() - (1.0 + 0.5 + 0.75) / 3.0).abs() < 1e-12);
        assert_eq!(told.confusion(), [1, 0, 0, 0, 1, 0, 0, 1, 0]);
    }

    #[test]
    fn calibration_compares_what_was_told_with_what_is() {
        let probabilities = two(&[0.1, 0.2, 0.9, 0.8, 1.0]);
        let told = Predictions::new(&[0, 1, 1, 1, 0], &probabilities, 2).unwrap();
        let bins = told.calibration(1, 4);
        assert_eq!(bins.iter().map(|bin| bin.rows).collect::<Vec<_>>(), [2, 0, 0, 3]);
        let (mean, share) = bins[0].told_and_true.unwrap();
        assert!((mean - 0.15).abs() < 1e-12 && (share - 0.5).abs() < 1e-12);
        assert_eq!(bins[1].told_and_true, None);
        let (mean, share) = bins[3].told_and_true.unwrap();
        assert!((mean - 0.9).abs() < 1e-12 && (share - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((bins[3].low, bins[3].high), (0.75, 1.0));
    }

    #[test]
    fn what_does_not_fit_together_is_not_told() {
        assert!(Predictions::new(&[], &[], 2).is_none());
        assert!(Predictions::new(&[0], &[1.0], 1).is_none());
        assert!(Predictions::new(&[0, 1], &[0.5, 0.5], 2).is_none());
        assert!(Predictions::new(&[2], &[0.5, 0.5], 2).is_none());
    }
}
