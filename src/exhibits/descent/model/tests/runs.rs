//! Whole runs: where they end, and after how many steps.

use super::*;
use crate::exhibits::descent::{
    data::pairs::Pairs,
    payload::{DescentSettings, Fate, RunnerStep},
};

/// The line that solves the normal equations, by elimination and apart from the program's way.
fn normal_equations() -> [f64; 2] {
    let problems = bundled();
    let landscape = problems.landscape(&all(LINE)).unwrap();
    let points = landscape.terms.points();
    let sum =
        |term: &dyn Fn(f64, f64) -> f64| points.iter().map(|[x, y]| term(*x, *y)).sum::<f64>();
    let (n, x, y) = (points.len() as f64, sum(&|x, _| x), sum(&|_, y| y));
    let (xx, xy) = (sum(&|x, _| x * x), sum(&|x, y| x * y));
    let determinant = n * xx - x * x;
    [(xx * y - x * xy) / determinant, (n * xy - x * y) / determinant]
}

fn apart([a, b]: [f64; 2], [c, d]: [f64; 2]) -> f64 {
    (a - c).hypot(b - d)
}

#[test]
fn the_line_ends_where_the_normal_equations_say() {
    let truth = normal_equations();
    // y = 16.269 + 1.3297 (x − 14.127), worked out by hand from the table's means.
    assert!(apart(truth, [16.272_79, 1.329_725]) < 1e-4, "{truth:?}");
    let ran = run(steady(LINE), 42, None, 20_000);
    assert!(ran.over);
    for verdict in ran.verdicts.iter().flatten() {
        assert_eq!(verdict.fate, Fate::Converged, "{verdict:?}");
        assert!(apart(verdict.theta, truth) < 1e-6, "{verdict:?}");
        assert!(verdict.gradient_norm < 1e-8);
        assert!((50..2000).contains(&verdict.steps), "{verdict:?}");
    }
}

#[test]
fn the_tumours_curve_ends_at_its_lowest_point() {
    // Of glm(diagnosis ~ mean radius) on the raw table: the slope, and the radius at which p = ½.
    let (slope, even) = (1.033_588_8, 14.750_41);
    let (mean, deviation) = (14.13, 3.52);
    let ran = run(steady(TUMOUR), 42, None, 20_000);
    for verdict in ran.verdicts.iter().flatten() {
        assert_eq!(verdict.fate, Fate::Converged, "{verdict:?}");
        let [intercept, weight] = verdict.theta;
        assert!((weight / deviation - slope).abs() < 1e-5, "{verdict:?}");
        assert!((mean - deviation * intercept / weight - even).abs() < 1e-4, "{verdict:?}");
    }
}

#[test]
fn two_over_the_largest_eigenvalue_parts_arriving_from_flying_off() {
    let problems = bundled();
    let limit = problems.landscape(&all(LINE)).unwrap().largest_stable_rate.unwrap();
    assert!((limit - 0.080_67).abs() < 1e-4, "{limit}");
    let plain = only(LINE, &[Runner::GradientDescent]);
    let below = run(plain.clone(), 42, Some(0.99 * limit), 20_000).of(Runner::GradientDescent);
    assert_eq!(below.fate, Fate::Converged, "{below:?}");
    let above = run(plain, 42, Some(1.01 * limit), 20_000).of(Runner::GradientDescent);
    assert_eq!(above.fate, Fate::Diverged, "{above:?}");
    for rate in [0.01, 0.05] {
        assert!(problems.usual_rate(LINE).unwrap() < limit && rate < limit);
    }
    for problem in [TUMOUR, ROSENBROCK, SADDLE] {
        assert_eq!(problems.landscape(&all(problem)).unwrap().largest_stable_rate, None);
    }
}

#[test]
fn momentum_bears_a_larger_rate() {
    // 2 (1 + β) / λmax (Polyak, 1964).
    let limit = 1.9 * bundled().landscape(&all(LINE)).unwrap().largest_stable_rate.unwrap();
    let heavy = only(LINE, &[Runner::Momentum]);
    let below = run(heavy.clone(), 42, Some(0.99 * limit), 20_000).of(Runner::Momentum);
    assert_eq!(below.fate, Fate::Converged, "{below:?}");
    let above = run(heavy, 42, Some(1.01 * limit), 20_000).of(Runner::Momentum);
    assert_eq!(above.fate, Fate::Diverged, "{above:?}");
}

#[test]
fn one_who_flies_off_does_not_keep_the_others() {
    let limit = bundled().landscape(&all(LINE)).unwrap().largest_stable_rate.unwrap();
    let ran = run(steady(LINE), 42, Some(1.2 * limit), 20_000);
    assert_eq!(ran.of(Runner::GradientDescent).fate, Fate::Diverged);
    assert_eq!(ran.of(Runner::Momentum).fate, Fate::Converged);
    assert_eq!(ran.of(Runner::Adam).fate, Fate::Converged);
    let last = ran.of(Runner::GradientDescent).steps as usize;
    let step = |at: usize| ran.steps[at].runners[Runner::GradientDescent.index()];
    assert_eq!(step(last - 1).unwrap().fate, Fate::Diverged);
    assert_eq!(step(last), None);
    assert!(ran.of(Runner::GradientDescent).theta.iter().all(|number| number.is_finite()));
}

#[test]
fn when_all_fly_off_the_run_is_over() {
    let some = only(LINE, &[Runner::GradientDescent, Runner::Stochastic, Runner::Momentum]);
    let ran = run(some, 42, Some(100.0), 20_000);
    assert!(ran.over && ran.steps.len() < 20);
    assert!(ran.verdicts.iter().flatten().all(|verdict| verdict.fate == Fate::Diverged));
    assert_eq!(ran.verdicts.iter().flatten().count(), 3);
}

#[test]
fn the_ravine_is_long() {
    let ran = run(steady(ROSENBROCK), 42, None, 50_000);
    // As a calculation apart from the program, in another language, says.
    let rows =
        [(Runner::GradientDescent, 43_606), (Runner::Momentum, 4_129), (Runner::Adam, 13_260)];
    for (runner, steps) in rows {
        let verdict = ran.of(runner);
        assert_eq!(verdict.fate, Fate::Converged, "{verdict:?}");
        assert!(verdict.steps.abs_diff(steps) < 100, "{verdict:?}");
        assert!(apart(verdict.theta, [1.0, 1.0]) < 1e-6, "{verdict:?}");
    }
    // Its steps do not shrink on a steep wall: it goes on to and fro near the end.
    let rms = ran.of(Runner::RmsProp);
    assert_eq!(rms.fate, Fate::Going);
    assert!(apart(rms.theta, [1.0, 1.0]) < 0.01, "{rms:?}");
}

#[test]
fn the_saddle_holds_whoever_comes_straight_and_lets_the_others_go() {
    let ran = run(steady(SADDLE), 42, None, 20_000);
    for verdict in ran.verdicts.iter().flatten() {
        assert_eq!(verdict.fate, Fate::Converged, "{verdict:?}");
        assert!(apart(verdict.theta, [0.0, 1.0]) < 1e-6, "{verdict:?}");
    }
    let straight = DescentSettings { start: Some([1.0, 0.0]), ..steady(SADDLE) };
    let ran = run(straight, 42, None, 20_000);
    for verdict in ran.verdicts.iter().flatten() {
        assert_eq!(verdict.fate, Fate::Converged, "{verdict:?}");
        assert!(apart(verdict.theta, [0.0, 0.0]) < 1e-6 && verdict.theta[1] == 0.0, "{verdict:?}");
    }
}

#[test]
fn every_step_leads_to_the_next() {
    let ran = run(all(LINE), 42, None, 700);
    for (at, step) in ran.steps.iter().enumerate() {
        assert_eq!(step.step, at as u64);
    }
    for runner in Runner::ALL {
        let own: Vec<RunnerStep> =
            ran.steps.iter().map_while(|step| step.runners[runner.index()]).collect();
        let verdict = ran.of(runner);
        assert_eq!(own.len() as u64, verdict.steps);
        assert_eq!(own[0].theta, bundled().landscape(&all(LINE)).unwrap().start);
        for two in own.windows(2) {
            assert_eq!(two[0].next(), two[1].theta);
            assert_eq!(two[0].fate, Fate::Going);
        }
        let last = own.last().unwrap();
        assert_eq!((last.next(), last.fate), (verdict.theta, verdict.fate));
        let batch = if runner == Runner::Stochastic { 16 } else { 569 };
        assert!(own.iter().all(|step| step.batch.1 == batch && step.rate == 0.05));
    }
    // Whoever samples comes near soon and then goes to and fro.
    let sampled = ran.of(Runner::Stochastic);
    assert_eq!(sampled.fate, Fate::Going);
    assert!(apart(sampled.theta, normal_equations()) < 2.0, "{sampled:?}");
}

#[test]
fn the_same_seed_goes_the_same_way() {
    let first = run(all(LINE), 7, None, 300).steps;
    assert_eq!(first, run(all(LINE), 7, None, 300).steps);
    let other = run(all(LINE), 8, None, 300).steps;
    for runner in Runner::ALL {
        let own = |steps: &[DescentStep]| -> Vec<_> {
            steps.iter().map(|step| step.runners[runner.index()]).collect()
        };
        assert_eq!(own(&first) == own(&other), runner != Runner::Stochastic, "{runner:?}");
    }
}

#[test]
fn a_formula_has_nothing_to_sample() {
    for problem in [ROSENBROCK, SADDLE] {
        let ran = run(all(problem), 42, None, 10);
        assert_eq!(ran.verdicts[Runner::Stochastic.index()], None);
        assert_eq!(ran.verdicts.iter().flatten().count(), 4);
        assert!(ran.steps.iter().all(|step| step.runners[1].is_none()));
    }
}

#[test]
fn any_table_can_be_descended() {
    let tables: [(f64, f64, f64); 5] = [
        (1e-6, 1e6, 0.0),
        (1e30, 1e-30, 0.0),
        (1.0, 1.0, 1e6),
        (300.0, 7.0, -50.0),
        (9.9, 1.0, 3.0),
    ];
    for (x_size, y_size, y_offset) in tables {
        let x: Vec<f64> = (0..40).map(|at| x_size * f64::from(at)).collect();
        let noise = |at: usize| ((at * 7919) % 13) as f64 - 6.0;
        let y = (0..40).map(|at| y_offset * y_size + y_size * (0.4 * at as f64 + noise(at)));
        let pairs = Pairs {
            x_name: "x".to_owned(),
            y_name: "y (m)".to_owned(),
            y: y.collect(),
            x,
            ..Pairs::default()
        };
        let problems = Arc::new(Problems::new(&pairs, &pairs));
        let rate = problems.usual_rate(LINE).unwrap();
        let minimum = problems.landscape(&all(LINE)).unwrap().minimum.clone();
        let mut trainable = DescentTrainable::new(problems, steady(LINE), None, &config()).unwrap();
        let ran = run_lesson(&mut trainable, 42, rate, 20_000);
        for verdict in ran.verdicts.iter().flatten() {
            assert_eq!(verdict.fate, Fate::Converged, "{x_size} {y_size} {y_offset}: {verdict:?}");
            assert!(
                apart(verdict.theta, minimum.theta) < 1e-6 * (1.0 + y_offset.abs()),
                "{verdict:?}"
            );
        }
    }
}
