//! Metrics against those worked out by hand and by scikit-learn.

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
    assert_eq!(told.scores(), Scores::default(), "nothing is positive, and nothing was called so");
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
