//! The numbers of the reference: scikit-learn 1.9.1 on the same rows, its minimum polished by Newton's method to a
//! gradient below 1e-14.

use super::*;
use crate::exhibits::logistic::payload::{FeatureUse, Penalty, TableSettings};

/// Coefficients of the minimum for the class `malignant`, with C = 1, L2, and standardised features.
const COEFFICIENTS: [f64; 30] = [
    0.42780884,
    0.39385837,
    0.38947578,
    0.46431062,
    0.06677704,
    -0.54216387,
    0.79677947,
    1.11711669,
    -0.23571517,
    -0.07666495,
    1.27115200,
    -0.18867053,
    0.60940437,
    0.90983237,
    0.31249345,
    -0.68601120,
    -0.18082661,
    0.31769746,
    -0.49997272,
    -0.61338146,
    0.87859446,
    1.34223904,
    0.58757148,
    0.84667347,
    0.54984939,
    -0.00514862,
    0.94568885,
    0.77340885,
    1.20852569,
    0.15415446,
];
const INTERCEPT: f64 = -0.443534002502;

/// The largest difference of a model from the reference.
fn away(coefficients: &[f64], intercepts: &[f64]) -> f64 {
    assert_eq!((coefficients.len(), intercepts.len()), (30, 1));
    let both = coefficients.iter().zip(&COEFFICIENTS);
    both.fold((intercepts[0] - INTERCEPT).abs(), |most, (a, b)| most.max((a - b).abs()))
}

#[test]
fn the_reference_is_reached_row_for_row() {
    let mut trainable = begun(prepared(&tumours(), reference()));
    let (found, judged) = judge(trainable.as_mut()).unwrap();
    let verdict = verdict_of(&judged);
    assert_eq!(format!("{:.4}", verdict.accuracy), "0.9737");
    assert_eq!(format!("{:.4}", verdict.log_loss), "0.0601");
    assert_eq!(format!("{:.4}", verdict.auc.unwrap()), "0.9974");
    assert_eq!(format!("{:.6}", verdict.log_loss), "0.060141");
    assert_eq!(format!("{:.6}", verdict.auc.unwrap()), "0.997380");
    let scores = [verdict.precision, verdict.recall, verdict.f1]
        .map(|score| format!("{:.6}", score.unwrap()));
    assert_eq!(scores, ["0.976190", "0.953488", "0.964706"]);
    assert_eq!(format!("{:.6}", verdict.majority_accuracy), "0.622807");
    assert_eq!(format!("{:.6}", verdict.neighbours_accuracy), "0.947368");
    assert!(verdict.fit_milliseconds < 12.0 * if cfg!(debug_assertions) { 10.0 } else { 1.0 });
    let test = tested(&found);
    assert_eq!(test.rows[..5], [204, 70, 131, 431, 540]);
    let first = [0.114331, 0.999991, 0.996902, 0.000511, 0.000061];
    for (row, expected) in test.probabilities.chunks(2).zip(first) {
        assert!((row[1] - expected).abs() < 1e-5, "{row:?} instead of {expected}");
        assert!((row[0] + row[1] - 1.0).abs() < 1e-12);
    }
    let away = away(&test.coefficients, &test.intercepts);
    assert!(away < 1e-3, "the coefficients are {away} away");
    assert!(verdict.iterations < 100, "{} iterations", verdict.iterations);
}

#[test]
fn descent_and_lbfgs_come_to_the_same_minimum() {
    let ready = prepared(&tumours(), with_solver(Solver::FullBatch));
    let rate = ready.usual_rate();
    assert!((0.1..1.0).contains(&rate), "{rate}");
    let mut trainable = begun(ready);
    let losses = learn(trainable.as_mut(), 20_000, rate);
    // At one over the greatest curvature J never rises; nor does the loss here, but for its last bits.
    assert!(losses.windows(2).take(1000).all(|two| two[1] <= two[0] + 1e-6));
    let answer = pictured(trainable.as_mut(), None);
    let distance = away(&answer.coefficients, &answer.intercepts);
    assert!(distance < 1e-3, "descent ends {distance} away");
    assert!(answer.gradient_norm < 1e-5, "{}", answer.gradient_norm);

    let mut trainable = begun(prepared(&tumours(), with_solver(Solver::Lbfgs)));
    let losses = learn(trainable.as_mut(), 1000, rate);
    let answer = pictured(trainable.as_mut(), None);
    let distance = away(&answer.coefficients, &answer.intercepts);
    assert!(distance < 1e-3, "L-BFGS ends {distance} away");
    assert!(losses.len() < 100, "{} iterations", losses.len());
}

#[test]
fn the_usual_epochs_bring_descent_close() {
    let ready = prepared(&tumours(), with_solver(Solver::FullBatch));
    let rate = ready.usual_rate();
    let mut trainable = begun(ready);
    let losses = learn(trainable.as_mut(), 200, rate);
    let test = trainable.test(&mut || ControlFlow::Continue(())).unwrap().unwrap();
    assert!((f64::from(losses[0]) - 2.0_f64.ln()).abs() < 1e-6);
    assert!(losses[199] < 0.08 && losses[199] > 0.05, "{}", losses[199]);
    let (loss, accuracy) = (test.values.loss(), test.values.get(1).unwrap());
    assert!(loss < 0.08 && accuracy > 0.96, "{loss} {accuracy}");
    let mut trainable = begun(prepared(&tumours(), with_solver(Solver::MiniBatch)));
    let losses = learn(trainable.as_mut(), 30, 0.1);
    assert_eq!(losses.len(), 30 * 455_usize.div_ceil(32));
    assert!(losses[losses.len() - 15..].iter().sum::<f32>() / 15.0 < 0.1);
}

/// scikit-learn's `f_classif` on the same rows.
#[test]
fn scores_of_features_are_those_of_the_reference() {
    let ready = prepared(&tumours(), reference());
    let features = &ready.table().features;
    assert!((features[0].anova_f - 482.233_944_596).abs() < 1e-6, "{}", features[0].anova_f);
    assert!((features[22].anova_f - 681.263_759_455).abs() < 1e-6, "{}", features[22].anova_f);
    assert!(features.iter().all(|feature| feature.standing == FeatureUse::Used));
    assert!(features.iter().all(|feature| feature.bins.iter().sum::<u32>() == 455));
    let best = features.iter().max_by(|a, b| a.information.total_cmp(&b.information)).unwrap();
    assert!(best.information < 0.66 && best.information > 0.4, "{}", best.information);
}

/// The `saga` solver with tolerance 1e-9 keeps 8 coefficients at C = 0.1 and 15 at C = 1.
#[test]
fn the_lasso_keeps_what_the_reference_keeps() {
    let first = [
        (7, 0.833125),
        (10, 0.044722),
        (20, 1.965022),
        (21, 0.745243),
        (24, 0.093502),
        (26, 0.021498),
        (27, 0.789987),
        (28, 0.2138),
    ];
    for (c, kept, log_loss) in [(0.1, 8, 0.110_430), (1.0, 15, 0.071_000)] {
        let wish = TableSettings { penalty: Penalty::L1, c, ..reference() };
        let mut trainable = begun(prepared(&tumours(), wish));
        let (found, judged) = judge(trainable.as_mut()).unwrap();
        let verdict = verdict_of(&judged);
        let test = tested(&found);
        let exact_zeros = test.coefficients.iter().filter(|value| **value == 0.0).count();
        assert_eq!(30 - exact_zeros, kept);
        assert!((verdict.log_loss - log_loss).abs() < 2e-5, "{}", verdict.log_loss);
        if c < 1.0 {
            for (at, value) in first {
                assert!(
                    (test.coefficients[at] - value).abs() < 1e-3,
                    "{at}: {}",
                    test.coefficients[at]
                );
            }
        }
    }
}

/// All 435 products, standardised as scikit-learn's pipeline does it.
#[test]
fn products_are_features_too() {
    let ready = prepared(&tumours(), TableSettings { pairwise: true, ..reference() });
    assert_eq!(ready.table().terms.len(), 465);
    assert_eq!(ready.table().terms[30].name, "mean radius × mean texture");
    let (_, judged) = judge(begun(ready).as_mut()).unwrap();
    let verdict = verdict_of(&judged);
    assert_eq!(format!("{:.4}", verdict.accuracy), "0.9561");
    assert!((verdict.log_loss - 0.107_159).abs() < 1e-4, "{}", verdict.log_loss);
}
