//! The default run of the digits raises no alarm; a planted fault raises its own.

use std::{path::Path, sync::Arc};

use burn::{
    module::{Module as _, Param},
    tensor::{Device, Tensor, TensorData},
};

use super::*;
use crate::{
    exhibits::digits::{
        FILTERS, Route, load,
        model::{forward_pass::Numbers, network::Network},
    },
    inside::{AlarmKind, Diagnosis, DoctorAsked, Health, HealthAsked, ReasonKind, Trial},
    learning::{
        StepOrder, StepPlace, Trainable as _, TrainingConfig,
        data::{Dataset, Images},
    },
};

const USUAL: f64 = 1e-3;

fn digits() -> Arc<Dataset> {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k")).unwrap()
}

fn begun(dataset: Arc<Dataset>, seed: u64) -> DigitsTrainable {
    let config = TrainingConfig { seed, ..TrainingConfig::default() };
    let mut trainable = DigitsTrainable::new(dataset, &config, (Route::Fused, FILTERS));
    trainable.begin(seed, &mut |_, _| {}).unwrap();
    trainable
}

fn trainable() -> DigitsTrainable {
    begun(digits(), 42)
}

/// Takes so many steps, from the one with this number.
fn train(trainable: &mut DigitsTrainable, from: u64, steps: u64, learning_rate: f64) {
    let per_epoch = trainable.steps_per_epoch();
    for number in from..from + steps {
        let at = StepPlace { epoch: (number / per_epoch) as u32, batch: number % per_epoch };
        trainable.step(StepOrder { at, steps: 1, learning_rate, keep: false }).unwrap();
    }
}

fn asked(trainable: &mut DigitsTrainable) -> Health {
    let asked = Payload::new(HealthAsked { images: 256, seed: 1 });
    (**trainable.answer(&asked).unwrap().get::<Health>().unwrap()).clone()
}

fn kinds(health: &Health) -> Vec<AlarmKind> {
    health.alarms.iter().map(|alarm| alarm.kind).collect()
}

/// Changes what has been learned.
fn plant(trainable: &mut DigitsTrainable, change: impl FnOnce(&mut Numbers)) {
    fn put<const D: usize>(param: &mut Param<Tensor<D>>, numbers: Vec<f32>, device: &Device) {
        let data = TensorData::new(numbers, param.dims());
        let tensor = Tensor::from_data(data, device).require_grad();
        *param = param.clone().map(|_| tensor);
    }
    let device = trainable.device.clone().autodiff();
    let network: &mut Network = trainable.network.as_mut().unwrap();
    let mut numbers = parameters(network).unwrap();
    change(&mut numbers);
    put(&mut network.filter_weights, numbers.filter_weights, &device);
    put(&mut network.filter_biases, numbers.filter_biases, &device);
    put(&mut network.dense_weights, numbers.dense_weights, &device);
    put(&mut network.dense_biases, numbers.dense_biases, &device);
    assert_eq!(network.num_params(), 54_410);
}

#[test]
fn the_default_run_raises_no_alarm_at_any_step() {
    for seed in [42, 1, 2] {
        let mut trainable = begun(digits(), seed);
        let mut before = 0;
        // The other seeds only as far as it is delicate.
        let last = if seed == 42 { 2500 } else { 100 };
        for step in [0, 1, 10, 30, 100, 500, 1500, 2500].into_iter().filter(|at| *at <= last) {
            train(&mut trainable, before, step - before, USUAL);
            before = step;
            let health = asked(&mut trainable);
            assert_eq!(health.alarms, [], "seed {seed}, step {step}: {health:#?}");
            assert_eq!((health.losses.step, health.layers.len()), (step, 2));
            assert_eq!(health.layers.iter().all(|layer| layer.update_ratio.is_some()), step > 0);
            assert!(health.noise.is_some() && health.curvature.sharpness.is_finite());
        }
    }
}

#[test]
fn a_rate_a_thousand_times_too_high_raises_its_alarm() {
    let mut trainable = trainable();
    let mut before = 0;
    for step in [1, 5, 20, 60, 150] {
        train(&mut trainable, before, step - before, 1000.0 * USUAL);
        before = step;
        let health = asked(&mut trainable);
        assert_eq!(kinds(&health), [AlarmKind::RateTooHigh], "step {step}: {health:#?}");
        assert!(
            matches!(health.alarms[0].trial, Some(Trial::LearningRate(rate)) if rate <= 0.1),
            "{:?}",
            health.alarms
        );
    }
}

#[test]
fn a_rate_ten_thousand_times_too_low_raises_its_alarm() {
    let mut trainable = trainable();
    train(&mut trainable, 0, 150, USUAL / 10_000.0);
    let health = asked(&mut trainable);
    assert_eq!(kinds(&health), [AlarmKind::RateTooLow], "{health:#?}");
    assert!(health.alarms[0].explains.contains(&AlarmKind::NotLearning), "{health:#?}");
}

#[test]
fn a_dead_layer_is_named() {
    for step in [0, 100] {
        for at_minus_hundred in [false, true] {
            let mut trainable = trainable();
            train(&mut trainable, 0, step, USUAL);
            plant(&mut trainable, |numbers| match at_minus_hundred {
                true => numbers.filter_biases.fill(-100.0),
                false => {
                    numbers.filter_weights.fill(0.0);
                    numbers.filter_biases.fill(0.0);
                }
            });
            let health = asked(&mut trainable);
            assert_eq!(kinds(&health), [AlarmKind::DeadLayer], "{step}: {health:#?}");
            let alarm = &health.alarms[0];
            assert_eq!(alarm.layer.as_deref(), Some(crate::exhibits::digits::CONVOLUTION.name()));
            assert_eq!((alarm.measured, alarm.step), (1.0, step));
            // It stays dead whatever is learned, unless what Adam remembers of its gradients moves it on from zero.
            if step > 0 && !at_minus_hundred {
                continue;
            }
            train(&mut trainable, step, 150, USUAL);
            let health = asked(&mut trainable);
            assert_eq!(kinds(&health), [AlarmKind::DeadLayer], "{step} later: {health:#?}");
        }
    }
}

#[test]
fn what_is_far_too_large_saturates() {
    // Inputs a thousand times brighter, and weights a hundred times larger.
    let mut bright = trainable();
    Arc::make_mut(&mut bright.train).brightness.iter_mut().for_each(|pixel| *pixel *= 1000.0);
    Arc::make_mut(&mut bright.test).brightness.iter_mut().for_each(|pixel| *pixel *= 1000.0);
    for step in [0, 3] {
        train(&mut bright, 0, step, USUAL);
        let health = asked(&mut bright);
        assert_eq!(kinds(&health), [AlarmKind::Saturated], "{step}: {health:#?}");
        assert!(health.alarms[0].explains.contains(&AlarmKind::ExplodingGradient), "{health:#?}");
    }
    for step in [0, 100] {
        let mut heavy = trainable();
        train(&mut heavy, 0, step, USUAL);
        plant(&mut heavy, |numbers| {
            let Numbers { filter_weights, dense_weights, .. } = numbers;
            filter_weights.iter_mut().chain(dense_weights).for_each(|weight| *weight *= 100.0);
        });
        let health = asked(&mut heavy);
        assert_eq!(kinds(&health), [AlarmKind::Saturated], "{step}: {health:#?}");
    }
}

#[test]
fn fifty_images_are_learned_by_heart() {
    let mut trainable = trainable();
    Arc::make_mut(&mut trainable.train).brightness.truncate(50 * 784);
    Arc::make_mut(&mut trainable.train).labels.truncate(50);
    train(&mut trainable, 0, 300, USUAL);
    let health = asked(&mut trainable);
    assert_eq!(kinds(&health), [AlarmKind::LearnedByHeart], "{health:#?}");
    assert_eq!((health.train.images, health.train.accuracy), (50, 1.0));
    assert!(health.alarms[0].cause.contains("50 images to learn from"), "{}", health.alarms[0]);
}

/// Zeros and ones of some digits, a hundred times more of the first.
fn unbalanced() -> Arc<Dataset> {
    let all = digits();
    let pixels = 784;
    let some = |images: &Images| {
        let of = |label: u8, count: usize| {
            let rows = (0..images.len()).filter(move |at| images.labels[*at] == label);
            rows.take(count).collect::<Vec<_>>()
        };
        let zeros = of(0, 1000);
        let rows = [zeros.clone(), of(1, zeros.len() / 99)].concat();
        let pixels = rows.iter().flat_map(|at| &images.pixels[at * pixels..(at + 1) * pixels]);
        Images {
            pixels: pixels.copied().collect(),
            labels: rows.iter().map(|at| images.labels[*at]).collect(),
        }
    };
    let classes = ["0", "1"].map(str::to_owned).into();
    Arc::new(Dataset { classes, train: some(&all.train), test: some(&all.test), ..(*all).clone() })
}

#[test]
fn classes_of_ninety_nine_to_one_are_told() {
    let mut trainable = begun(unbalanced(), 42);
    let mut before = 0;
    for step in [0, 20, 200] {
        train(&mut trainable, before, step - before, USUAL);
        before = step;
        let health = asked(&mut trainable);
        assert_eq!(kinds(&health), [AlarmKind::Imbalance], "{step}: {health:#?}");
        assert_eq!(health.alarms[0].trial, Some(Trial::BalancedClasses));
    }
}

#[test]
fn numbers_that_are_none_are_said() {
    let mut trainable = trainable();
    Arc::make_mut(&mut trainable.train).brightness.fill(f32::NAN);
    Arc::make_mut(&mut trainable.test).brightness.fill(f32::NAN);
    train(&mut trainable, 0, 3, USUAL);
    let health = asked(&mut trainable);
    assert_eq!(kinds(&health), [AlarmKind::Diverging], "{health:#?}");
    assert!(health.train.loss.is_nan() && health.losses.no_number == Some(1));
    assert!(health.alarms[0].cause.contains("no number"), "{}", health.alarms[0]);
}

#[test]
fn health_has_the_same_bits_on_any_number_of_threads_and_disturbs_nothing() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut trainable = trainable();
            train(&mut trainable, 0, 5, USUAL);
            let mut first = asked(&mut trainable);
            let mut again = asked(&mut trainable);
            (first.price.seconds, again.price.seconds) = (0.0, 0.0);
            // By their words, as what is no number is not equal to itself.
            let first = format!("{first:?}");
            assert_eq!(first, format!("{again:?}"));
            train(&mut trainable, 5, 5, USUAL);
            (first, parameters(trainable.network().unwrap()).unwrap().by_layer())
        })
    };
    let (one, two) = (with(1), with(3));
    assert_eq!(one, two);
    let mut undisturbed = trainable();
    train(&mut undisturbed, 0, 10, USUAL);
    assert_eq!(parameters(undisturbed.network().unwrap()).unwrap().by_layer(), one.1);
}

#[test]
fn the_first_update_of_adam_is_the_rate_for_each_number_with_a_gradient() {
    let mut trainable = trainable();
    train(&mut trainable, 0, 1, 1e-30);
    // The same gradient once more moves every number by the whole rate.
    trainable.course.record(1, 2.3, USUAL);
    let update = trainable.next_update(USUAL).unwrap().unwrap();
    let moved: Vec<f32> = update[0].iter().copied().filter(|by| *by != 0.0).collect();
    assert!(moved.len() > 300 && moved.iter().all(|by| (by.abs() - 1e-3).abs() < 1e-5));
    let health = asked(&mut trainable);
    let norm = (moved.len() as f64).sqrt() * USUAL;
    let ratio = health.layers[0].update_ratio.unwrap();
    assert!((ratio - norm / health.layers[0].weight_norm).abs() < 1e-3 * ratio, "{ratio}");
}

#[test]
fn the_doctor_measures_the_run_itself_finds_wrong_labels_and_disturbs_nothing() {
    let mut trainable = trainable();
    let wrong: Vec<usize> = (0..20).map(|at| 37 + 301 * at).collect();
    for at in &wrong {
        let label = &mut Arc::make_mut(&mut trainable.train).labels[*at];
        *label = (*label + 3) % 10;
    }
    train(&mut trainable, 0, 500, USUAL);
    let before = parameters(trainable.network().unwrap()).unwrap().by_layer();
    let answer = trainable.answer(&Payload::new(DoctorAsked {})).unwrap();
    let found = answer.get::<Diagnosis>().unwrap();
    assert_eq!(parameters(trainable.network().unwrap()).unwrap().by_layer(), before);
    assert_eq!((found.step, found.looked_at), (500, 8000));
    let right = found.suspects.iter().filter(|suspect| wrong.contains(&suspect.index)).count();
    assert!(right >= 10 && right * 2 >= found.suspects.len(), "{right}: {:?}", found.suspects);
    assert!(found.accuracy.iter().any(|reason| reason.kind == ReasonKind::Labels));
    let parts = &found.speed.parts;
    for (name, seconds) in [
        ("data", parts.data),
        ("forward", parts.forward),
        ("backward", parts.backward),
        ("optimiser", parts.optimiser),
        ("watching", parts.watching),
    ] {
        assert!(seconds > 0.0 && seconds < 1.0, "{name}: {seconds}");
    }
    assert!(found.speed.images_per_second > 100.0 && !found.speed.tried.is_empty());
    assert_eq!(found.elsewhere.parameters, 54_410);
    assert!(found.elsewhere.seconds_per_image > 0.0 && found.elsewhere.seconds_per_image < 0.1);
    // The run goes on as if nobody had asked.
    train(&mut trainable, 500, 3, USUAL);
    let mut undisturbed = self::trainable();
    for at in &wrong {
        let label = &mut Arc::make_mut(&mut undisturbed.train).labels[*at];
        *label = (*label + 3) % 10;
    }
    train(&mut undisturbed, 0, 503, USUAL);
    let [one, other] = [&trainable, &undisturbed]
        .map(|one| parameters(one.network().unwrap()).unwrap().by_layer());
    assert_eq!(one, other);
}
