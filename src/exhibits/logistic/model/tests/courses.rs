//! How a run goes: gradients, seeds and threads, folds, and what has no minimum.

use std::time::Duration;

use super::*;
use crate::{
    exhibits::logistic::{
        model::objective::Objective,
        payload::{Missing, Penalty, RowAsk, Table, TableSettings},
    },
    learning::Session,
    stream::{Command, Payload, Report, connect},
};

/// Compares the gradient with differences of J.
fn check_gradient(objective: &Objective<'_>) {
    let parameters = objective.shape.parameters();
    let point: Vec<f64> = (0..parameters).map(|at| 0.3 * ((at * 7 + 3) as f64).sin()).collect();
    let gradient = objective.least_subgradient(&point, &objective.at(&point).gradient);
    for at in 0..parameters {
        const STEP: f64 = 1e-5;
        let moved = |by: f64| {
            let mut point = point.clone();
            point[at] += by;
            objective.at(&point).total()
        };
        let difference = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
        assert!((difference - gradient[at]).abs() < 1e-8, "{at}: {difference} {}", gradient[at]);
    }
}

#[test]
fn gradients_are_the_slopes_of_the_objective() {
    for classes in [2, 4] {
        for penalty in [Penalty::None, Penalty::L2, Penalty::L1] {
            for pairwise in [false, true] {
                let wish = TableSettings { penalty, pairwise, c: 0.2, ..TableSettings::default() };
                check_gradient(&prepared(&made_up(150, classes), wish).prepared.objective());
            }
        }
    }
}

/// Of two classes, the softmax of two opposite scores is the same model with half the penalty on each.
#[test]
fn several_classes_are_learned_to_the_minimum() {
    let ready = prepared(&made_up(400, 3), TableSettings::default());
    let objective = ready.prepared.objective();
    let mut search = Lbfgs::new(vec![0.0; objective.shape.parameters()]);
    let limits = Limits { tolerance: 1e-9, iterations: 1000, until_parted: false };
    assert_ne!(search.finish(&objective, limits), End::TooLong);
    let value = objective.at(&search.point);
    assert!(value.gradient.iter().all(|slope| slope.abs() < 1e-7));
    assert!(value.right > 240, "{}", value.right);
    // The sum of the coefficients of a term over the classes is what only the penalty decides: 0.
    let width = objective.shape.terms + 1;
    for term in 0..objective.shape.terms {
        let sum: f64 = search.point.iter().skip(term).step_by(width).sum();
        assert!(sum.abs() < 1e-6, "{sum}");
    }
    let (_, judged) = judge(begun(ready).as_mut()).unwrap();
    let verdict = verdict_of(&judged);
    assert!(verdict.accuracy > verdict.majority_accuracy && verdict.auc > Some(0.7));
}

fn course(raw: &Arc<Raw>, solver: Solver, seed: u64) -> (Vec<f32>, Vec<u64>, Vec<TuneReport>) {
    let wish = TableSettings { solver, ..TableSettings::default() };
    let mut trainable = begun(ready(raw.clone(), settings(wish), seed).unwrap());
    let losses = learn(trainable.as_mut(), 5, 0.3);
    let (found, judged) = judge(trainable.as_mut()).unwrap();
    let answer = pictured(trainable.as_mut(), Some(3));
    let mut bits: Vec<u64> = answer.coefficients.iter().map(|value| value.to_bits()).collect();
    bits.push(verdict_of(&judged).log_loss.to_bits());
    // How long it took is the clock's.
    let without_time = |report| TuneReport { fit_milliseconds: 0.0, ..report };
    (losses, bits, tuned(&found).into_iter().map(without_time).collect())
}

#[test]
fn the_same_seed_learns_the_same_with_any_number_of_threads() {
    // Enough rows that threads are worth it.
    let raw = made_up(30_000, 2);
    for solver in [Solver::FullBatch, Solver::MiniBatch, Solver::Lbfgs] {
        let on = |threads: usize, seed: u64| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| course(&raw, solver, seed))
        };
        let one = on(1, 42);
        assert!(one == on(2, 42), "{solver:?}");
        assert!(one.1 != on(2, 43).1, "{solver:?}");
    }
}

#[test]
fn each_c_is_tried_on_each_fold() {
    let mut trainable = begun(prepared(&tumours(), reference()));
    let (found, judged) = judge(trainable.as_mut()).unwrap();
    let reports = tuned(&found);
    assert_eq!(reports.len(), 11 * 5);
    let mut means = Vec::new();
    for (place, of_c) in reports.chunks(5).enumerate() {
        assert!(of_c.iter().zip(1..).all(|(report, fold)| report.fold == fold));
        assert!(of_c.iter().all(|report| report.place == place && report.c == of_c[0].c));
        assert!(of_c.iter().all(|report| report.rows == (364, 91)));
        means.push((of_c[0].c, of_c.iter().map(|report| report.log_loss).sum::<f64>() / 5.0));
    }
    // Too strong and too weak a penalty are both worse than what lies between.
    let best = verdict_of(&judged).best_c;
    let least = means.iter().map(|(_, loss)| *loss).fold(f64::INFINITY, f64::min);
    assert!(means.contains(&(best, least)), "{means:?}");
    assert!(best > means[0].0 && best < means[10].0, "{means:?}");
    assert_eq!((means[0].0, means[6].0, means[10].0), (0.001, 1.0, 100.0));
}

#[test]
fn weights_that_nothing_holds_are_told_in_a_sentence() {
    let rows: String = (0..40).map(|at| format!("{at},{}\n", at / 20)).collect();
    let raw = raw(&format!("x,label\n{rows}"));
    let told = |error: TrainError| {
        let sentence = error.to_string();
        assert!(sentence.contains("grow without bound; choose --penalty l2"), "{sentence}");
    };
    for solver in [Solver::FullBatch, Solver::Lbfgs] {
        let wish = || TableSettings { penalty: Penalty::None, solver, ..TableSettings::default() };
        told(prepared(&raw, wish()).check_bounded().unwrap_err());
        told(judge(begun(prepared(&raw, wish())).as_mut()).map(drop).unwrap_err());
        let mut trainable = begun(prepared(&raw, wish()));
        told((0..2000).find_map(|epoch| step(trainable.as_mut(), epoch, 0, 1.0).err()).unwrap());
    }
    // What is held has a minimum, and so has what cannot be parted.
    prepared(&raw, TableSettings::default()).check_bounded().unwrap();
    let wish = TableSettings { penalty: Penalty::None, ..TableSettings::default() };
    let ready = prepared(&made_up(200, 2), wish);
    ready.check_bounded().unwrap();
    let (found, _) = judge(begun(ready).as_mut()).unwrap();
    assert_eq!(tuned(&found).len(), 5);
}

#[test]
fn a_change_begins_anew_or_leaves_everything_as_it_was() {
    let mut trainable = begun(prepared(&tumours(), TableSettings::default()));
    learn(trainable.as_mut(), 3, 0.3);
    let before = pictured(trainable.as_mut(), None);
    let chosen: Vec<bool> = (0..30).map(|at| at < 2).collect();
    let refused = [
        TableSettings { c: -1.0, ..TableSettings::default() },
        TableSettings { chosen: Some(Arc::from([true])), ..TableSettings::default() },
        TableSettings { chosen: Some(vec![false; 30].into()), ..TableSettings::default() },
    ];
    for wish in refused {
        let sentence = trainable.change(&Payload::new(wish)).unwrap_err().to_string();
        assert!(!sentence.contains('\n') && sentence.len() > 20, "{sentence}");
    }
    assert!(trainable.change(&Payload::new(RowAsk(None))).is_err());
    assert_eq!(pictured(trainable.as_mut(), None).coefficients, before.coefficients);
    let wish = TableSettings {
        chosen: Some(chosen.into()),
        pairwise: true,
        solver: Solver::MiniBatch,
        missing: Missing::Mean,
        ..TableSettings::default()
    };
    trainable.change(&Payload::new(wish.clone())).unwrap();
    assert_eq!((trainable.outline().parameters, trainable.outline().batch), (4, 32));
    assert!(trainable.fresh_rate().is_some_and(|rate| rate > 0.4));
    trainable.begin(42, &mut |_, _| ()).unwrap();
    assert_eq!(pictured(trainable.as_mut(), None).coefficients[..], [0.0; 3]);
    // A rate for standardised features would throw raw ones far out.
    trainable.change(&Payload::new(TableSettings { c: 2.0, ..wish.clone() })).unwrap();
    assert_eq!(trainable.fresh_rate(), None);
    trainable.change(&Payload::new(TableSettings { standardise: false, ..wish })).unwrap();
    assert!(trainable.fresh_rate().is_some_and(|rate| rate < 1e-3));
    assert_eq!(trainable.fresh_rate(), None);
}

#[test]
fn another_seed_divides_the_rows_otherwise() {
    let mut trainable = begun(prepared(&tumours(), TableSettings::default()));
    let held_out = |trainable: &dyn Trainable| {
        trainable.material().content.get::<Table>().unwrap().drawn.held_out.clone()
    };
    let before = held_out(trainable.as_ref());
    assert!(!trainable.reseed(42).unwrap());
    assert!(trainable.reseed(43).unwrap());
    assert_ne!(before, held_out(trainable.as_ref()));
    assert!(trainable.reseed(42).unwrap());
    assert_eq!(before, held_out(trainable.as_ref()));
    assert_eq!(before.iter().filter(|held_out| **held_out).count(), 114);
}

#[test]
fn a_new_seed_tells_the_table_again() {
    let (room, trainer) = connect();
    let trainable =
        crate::exhibits::logistic::trainable(prepared(&tumours(), TableSettings::default()));
    let config = TrainingConfig {
        epochs: 3,
        learning_rate: 0.3,
        threads: Some(1),
        snapshots_per_second: 0.0,
        ..TrainingConfig::default()
    };
    let _session = Session::start(trainable, config, trainer).unwrap();
    // What is told until a run with this seed is over: each table, and the loss of each epoch's test.
    let told = |seed: u64| {
        let (mut tables, mut losses, mut of_seed) = (Vec::new(), Vec::new(), false);
        loop {
            match room.report_within(Duration::from_secs(60)).unwrap() {
                Report::Material(material) => {
                    tables.push(material.content.get::<Table>().unwrap().clone());
                }
                Report::Started(started) => {
                    of_seed = started.seed == seed;
                    losses.clear();
                    assert_eq!((started.train_examples, started.test_examples), (455, 114));
                }
                Report::EpochEnded(epoch) => losses.push(epoch.test.unwrap().values.loss()),
                Report::Finished(_) if of_seed => return (tables, losses),
                _ => {}
            }
        }
    };
    let restart = |seed| assert!(room.ask(Command::Restart { seed, learning_rate: None }));
    let (first, of_first) = told(42);
    restart(43);
    let (second, of_second) = told(43);
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first[0].drawn.held_out, second[0].drawn.held_out);
    assert_ne!(of_first, of_second);
    restart(43);
    let (third, of_third) = told(43);
    assert!(third.is_empty());
    assert_eq!((of_second.len(), of_second), (3, of_third));
}

/// burn differentiates the same loss by itself.
#[test]
fn burn_finds_the_same_gradient() {
    use burn::tensor::{Device, Tensor, TensorData, activation::log_sigmoid};
    let ready = prepared(
        &made_up(60, 2),
        TableSettings { penalty: Penalty::None, ..TableSettings::default() },
    );
    let objective = ready.prepared.objective();
    let rows = objective.rows();
    let point = [0.4, -0.3, 0.2, 0.1, 0.05];
    let mut values = Vec::new();
    let mut signs = Vec::new();
    for row in 0..rows {
        values.extend_from_slice(&objective.design.features(row)[..4]);
        signs.push(if objective.labels[row] == 1 { 1.0_f32 } else { -1.0 });
    }
    let device = Device::flex().autodiff();
    let x = Tensor::<2>::from_data(TensorData::new(values, [rows, 4]), &device);
    let signs = Tensor::<2>::from_data(TensorData::new(signs, [rows, 1]), &device);
    let given: Vec<f32> = point[..4].iter().map(|value| *value as f32).collect();
    let w = Tensor::<2>::from_data(TensorData::new(given, [4, 1]), &device).require_grad();
    let loss = log_sigmoid((x.matmul(w.clone()) + 0.05) * signs).mean().neg();
    let gradients = loss.backward();
    let theirs: Vec<f32> = w.grad(&gradients).unwrap().into_data().try_to_vec().unwrap();
    let ours = objective.at(&point).gradient;
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - f64::from(theirs)).abs() < 1e-6, "{ours} {theirs}");
    }
}
