//! Features as they are, whatever they are measured in: the minimum is that of the objective on raw weights.

use super::*;
use crate::exhibits::logistic::payload::{Penalty, TableSettings, TableVerdict};

/// Columns around 0.001, 1,000,000 and the year 1950, and a class that depends on all.
fn of_all_sizes() -> (Arc<Raw>, Vec<([f64; 4], f64)>) {
    let mut generator = ChaCha8Rng::seed_from_u64(3);
    let (mut text, mut rows) = ("small,large,year,label\n".to_owned(), Vec::new());
    for _ in 0..300 {
        let [a, b, c, noise]: [f64; 4] = std::array::from_fn(|_| generator.random_range(-1.0..1.0));
        let x = [1e-3 + 4e-4 * a, 1e6 + 2e5 * b, (1950.0 + 20.0 * c).round()];
        let class = u8::from(a - b + c + 1.5 * noise > 0.2);
        writeln!(text, "{},{},{},{class}", x[0], x[1], x[2]).unwrap();
        rows.push(([x[0], x[1], x[2], 1.0], f64::from(class)));
    }
    (raw(&text), rows)
}

/// Solves a small system by elimination with pivots.
fn solved<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for at in 0..N {
        let pivot = (at..N).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()));
        matrix.swap(at, pivot.unwrap());
        right.swap(at, pivot.unwrap());
        for row in 0..N {
            let share = if row == at { 0.0 } else { matrix[row][at] / matrix[at][at] };
            let line = matrix[at];
            matrix[row].iter_mut().zip(line).for_each(|(value, other)| *value -= share * other);
            right[row] -= share * right[at];
        }
    }
    std::array::from_fn(|at| right[at] / matrix[at][at])
}

/// Mean cross-entropy and ½ Σ w² / (C n) of raw weights in double precision, and a step of Newton's method from there.
fn newton(rows: &[([f64; 4], f64)], w: [f64; 4], c: f64) -> (f64, [f64; 4]) {
    let n = rows.len() as f64;
    let (mut loss, mut slope, mut curve) = (0.0, [0.0; 4], [[0.0; 4]; 4]);
    for (x, y) in rows {
        let z: f64 = x.iter().zip(&w).map(|(a, b)| a * b).sum();
        let p = 1.0 / (1.0 + (-z).exp());
        loss += ((-z.abs()).exp().ln_1p() + z.max(0.0) - y * z) / n;
        for at in 0..4 {
            slope[at] += (p - y) * x[at] / n;
            (0..4).for_each(|other| curve[at][other] += p * (1.0 - p) * x[at] * x[other] / n);
        }
    }
    for at in 0..3 {
        loss += 0.5 * w[at] * w[at] / (c * n);
        slope[at] += w[at] / (c * n);
        curve[at][at] += 1.0 / (c * n);
    }
    (loss, solved(curve, slope))
}

#[test]
fn the_minimum_of_features_of_all_sizes_is_that_of_newtons_method() {
    let (raw, rows) = of_all_sizes();
    for c in [1.0, 1e4] {
        let wish = TableSettings { c, standardise: false, ..TableSettings::default() };
        let ready = prepared(&raw, wish.clone());
        let test = ready.prepared.test_rows.clone();
        let train: Vec<_> = (0..rows.len()).filter(|row| !test.contains(row)).collect();
        let train: Vec<_> = train.into_iter().map(|row| rows[row]).collect();
        // From 0 whole steps would do; halves are sure to.
        let mut w = [0.0; 4];
        for _ in 0..100 {
            let (now, step) = newton(&train, w, c);
            let there = |length: f64| std::array::from_fn(|at| w[at] - length * step[at]);
            let length = (0..30).map(|half| 0.5_f64.powi(half));
            let lower = length.into_iter().find(|length| newton(&train, there(*length), c).0 < now);
            let Some(length) = lower else { break };
            w = there(length);
        }
        let least = newton(&train, w, c).0;

        let (found, judged) = judge(begun(ready).as_mut()).unwrap();
        let verdict = verdict_of(&judged);
        let test = tested(&found);
        let ours: Vec<f64> =
            test.coefficients.iter().chain(&test.intercepts[..]).copied().collect();
        let above = newton(&train, [ours[0], ours[1], ours[2], ours[3]], c).0 - least;
        assert!(above.abs() < 1e-9, "{above} above the minimum, {ours:?} instead of {w:?}");
        assert!(verdict.converged && verdict.iterations < 60, "{verdict:?}");
        // The run that is watched comes there, too.
        let mut trainable = begun(prepared(&raw, TableSettings { solver: Solver::Lbfgs, ..wish }));
        assert!(learn(trainable.as_mut(), 100, 0.1).len() < 60);
        let answer = pictured(trainable.as_mut(), Some(0));
        assert!((answer.coefficients[2] - w[2]).abs() < 1e-4 * w[2].abs(), "{answer:?} {w:?}");
        let sum = answer.sum.as_ref().unwrap();
        let total: f64 = sum.parts.iter().sum::<f64>() + answer.intercepts[0];
        assert!((total - sum.scores[0]).abs() < 1e-9);
        assert!((1.0 / (1.0 + (-total).exp()) - sum.probabilities[1]).abs() < 1e-9);
    }
}

/// The minimum of scikit-learn's objective on the raw tumours, by Newton's method in NumPy; `lbfgs` of scikit-learn 1.7 is
/// 9.5e-7 above it after 3,204 iterations.
#[test]
fn raw_features_come_to_the_same_minimum_as_soon() {
    let wish = TableSettings { standardise: false, ..reference() };
    let ready = prepared(&tumours(), wish.clone());
    assert!(ready.usual_rate() < 1e-4);
    assert!(ready.table().remarks.iter().any(|remark| remark.contains("learning rate")));
    let mut trainable = begun(ready);
    let (found, judged) = judge(trainable.as_mut()).unwrap();
    let verdict = verdict_of(&judged);
    assert_eq!(format!("{:.4}", verdict.accuracy), "0.9561");
    assert!((verdict.log_loss - 0.0800).abs() < 2e-4, "{}", verdict.log_loss);
    assert!(verdict.converged && verdict.iterations < 600, "{verdict:?}");
    let test = tested(&found);
    for (ours, theirs) in
        test.coefficients.iter().zip([-0.986_454_5, -0.225_955_1, 0.368_153_3, -0.026_253_5])
    {
        assert!((ours - theirs).abs() < 1e-3, "{ours} {theirs}");
    }
    assert!((test.intercepts[0] + 29.469_018).abs() < 1e-2, "{}", test.intercepts[0]);
    let again = prepared(&tumours(), wish);
    let outer: Vec<f64> = test.coefficients.iter().chain(&test.intercepts[..]).copied().collect();
    let value = again.prepared.objective().at(&again.prepared.inner(outer));
    assert!((value.total() - 0.100_237_326).abs() < 1e-8, "{}", value.total());
}

/// A learning rate that is proposed goes down, whatever the features are measured in.
#[test]
fn the_usual_rate_goes_down_for_all_sizes() {
    let (raw, _) = of_all_sizes();
    for (standardise, penalty) in [(true, Penalty::L2), (false, Penalty::L2), (false, Penalty::L1)]
    {
        let wish = TableSettings { standardise, penalty, ..TableSettings::default() };
        let ready = prepared(&raw, wish);
        let rate = ready.usual_rate();
        let losses = learn(begun(ready).as_mut(), 50, rate);
        assert!(losses.windows(2).all(|two| two[1] <= two[0] + 1e-6), "{rate}: {losses:?}");
        assert!(losses[49] < losses[0], "{rate}: {losses:?}");
    }
}

#[test]
fn what_is_not_the_minimum_is_told_with_how_far_it_is() {
    let ready = prepared(&tumours(), reference());
    let objective = ready.prepared.objective();
    let zeros = || vec![0.0; objective.shape.parameters()];
    let limits = |iterations| Limits { tolerance: 1e-9, iterations, until_parted: false };
    let mut whole = Lbfgs::new(zeros());
    assert_eq!(whole.finish(&objective, limits(1000)), End::Converged);
    let least = whole.value(&objective).total();
    let mut early = Lbfgs::new(zeros());
    assert_eq!(early.finish(&objective, limits(25)), End::TooLong);
    let above = early.value(&objective).total() - least;
    let (slope, bound) = early.distance(&objective, 1.0);
    assert!(slope > 1e-6 && above > 1e-9, "{slope} {above}");
    assert!(bound.is_some_and(|bound| bound >= above), "{bound:?} {above}");
    assert_eq!(early.distance(&objective, 0.0).1, None, "no bound while an intercept is not level");
    let told = TableVerdict {
        converged: false,
        largest_slope: slope,
        above_minimum: bound,
        ..verdict_of(&judge(begun(prepared(&tumours(), reference())).as_mut()).unwrap().1)
    };
    let words = told.not_converged().unwrap();
    assert!(words.contains("the largest component of the gradient is"), "{words}");
    assert!(words.contains("the objective at most"), "{words}");
}
