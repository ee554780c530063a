//! Clipped sums against gradients of one image at a time, noise by its variance, and private runs as they are told.

use std::{ops::ControlFlow, path::Path};

use rayon::ThreadPoolBuilder;

use super::*;
use crate::{
    exhibits::digits::{
        FILTERS, Route, load, model::trainable::DigitsTrainable, payload::Architecture,
    },
    images::ClassifierVerdict,
    inside::TaughtAsked,
    learning::{DeviceName, Evaluation, StepOrder, StepPlace, Trainable as _, TrainingConfig},
    stream::{Fact, InputChoice, Payload, Stage},
};

const MNIST: Architecture =
    Architecture { channels: 1, rows: 28, columns: 28, filters: FILTERS, classes: 10 };
/// A size that the kernels are not made for.
const SMALL: Architecture =
    Architecture { channels: 3, rows: 9, columns: 12, filters: 5, classes: 4 };
const COUNT: usize = 12;

fn learner(route: Route, sizes: Architecture) -> (Learner, Network) {
    let device = DeviceName::Flex.device();
    let network = Network::init(7, sizes, &device.clone().autodiff());
    (Learner { route, sizes, device }, network)
}

/// Images that differ much in brightness, so that their gradients do in size.
fn batch(sizes: Architecture) -> Batch {
    let length = sizes.input().len();
    let grey = |at: usize| ((at * 7919 + at / length * 104_729) % 251) as f32 / 251.0;
    let bright = |at: usize| grey(at) * (at / length + 1) as f32 / COUNT as f32;
    let labels = (0..COUNT).map(|at| (at % sizes.classes) as i64).collect();
    Batch { images: (0..COUNT * length).map(bright).collect(), labels, weights: None }
}

/// The images of a batch, each alone.
fn one_by_one(sizes: Architecture, batch: &Batch) -> Vec<Batch> {
    let images = batch.images.chunks(sizes.input().len()).zip(&batch.labels);
    let alone = |(image, label): (&[f32], &i64)| Batch {
        images: image.to_vec(),
        labels: vec![*label],
        weights: None,
    };
    images.map(alone).collect()
}

fn flat(slopes: &Slopes, network: &Network) -> Vec<f32> {
    slopes.gradients(network).unwrap().numbers().unwrap().flat()
}

fn norm(numbers: &[f32]) -> f64 {
    numbers.iter().map(|number| f64::from(*number).powi(2)).sum::<f64>().sqrt()
}

fn apart(one: &[f32], other: &[f32]) -> f64 {
    assert_eq!(one.len(), other.len());
    norm(&one.iter().zip(other).map(|(one, other)| one - other).collect::<Vec<_>>())
}

/// Without noise to speak of.
fn clipping_to(clip: f64) -> PrivateSteps {
    PrivateSteps::new(1e-18, clip).unwrap()
}

#[test]
fn the_clipped_sum_is_that_of_gradients_of_one_image_at_a_time() {
    for (route, sizes) in [(Route::Fused, MNIST), (Route::Plain, MNIST), (Route::Plain, SMALL)] {
        let (learner, network) = learner(route, sizes);
        let alone: Vec<(f32, Vec<f32>)> = one_by_one(sizes, &batch(sizes))
            .into_iter()
            .map(|image| {
                let slopes = learner.slopes(&network, image).unwrap();
                (slopes.loss, flat(&slopes, &network))
            })
            .collect();
        let norms: Vec<f64> = alone.iter().map(|(_, gradient)| norm(gradient)).collect();
        let parameters = OfParameters::flat(sizes, &parameters(&network).unwrap());
        let Batch { images, labels, .. } = batch(sizes);
        let pulls = OfParameters::of(sizes, &parameters).pulls(&images, &labels);
        assert_eq!(pulls.len(), COUNT);
        for ((pull, norm), (loss, _)) in pulls.iter().zip(&norms).zip(&alone) {
            assert!((pull.norm - norm).abs() < 1e-5 * norm, "{sizes:?}: {pull:?} {norm}");
            assert!((pull.loss - f64::from(*loss)).abs() < 1e-5, "{sizes:?}: {pull:?} {loss}");
        }
        let mut sorted = norms.clone();
        sorted.sort_by(f64::total_cmp);
        let clip = f64::midpoint(sorted[COUNT / 2 - 1], sorted[COUNT / 2]);
        assert!(sorted[0] < clip && clip < sorted[COUNT - 1]);
        let mut wanted = vec![0.0_f32; sizes.parameters()];
        for ((_, gradient), norm) in alone.iter().zip(&norms) {
            let weight = (clip / norm).min(1.0) / COUNT as f64;
            let clipped = gradient.iter().map(|number| (f64::from(*number) * weight) as f32);
            wanted.iter_mut().zip(clipped).for_each(|(sum, number)| *sum += number);
        }
        let private = (clipping_to(clip), (42, 1));
        let slopes = learner.private_slopes(&network, batch(sizes), private).unwrap();
        let found = flat(&slopes, &network);
        assert!(apart(&found, &wanted) < 1e-5 * norm(&wanted), "{route:?} {sizes:?}");
        assert!(norm(&found) <= clip * (1.0 + 1e-6));
        // What is told of the batch is told of the images as they are.
        let plain = learner.slopes(&network, batch(sizes)).unwrap();
        assert!((slopes.loss - plain.loss).abs() < 1e-5, "{} {}", slopes.loss, plain.loss);
        assert_eq!(slopes.logits, plain.logits);
        assert!(apart(&found, &flat(&plain, &network)) > 0.01 * norm(&wanted));
    }
}

#[test]
fn without_noise_and_without_clipping_it_is_the_plain_gradient() {
    for (route, sizes) in [(Route::Fused, MNIST), (Route::Plain, SMALL)] {
        let (learner, network) = learner(route, sizes);
        let plain = flat(&learner.slopes(&network, batch(sizes)).unwrap(), &network);
        let private = (clipping_to(1e9), (42, 1));
        let slopes = learner.private_slopes(&network, batch(sizes), private).unwrap();
        let away = apart(&flat(&slopes, &network), &plain);
        assert!(away < 1e-6 * norm(&plain), "{away}");
    }
}

#[test]
fn noise_of_the_promised_size_is_added_to_each_array() {
    let (learner, network) = learner(Route::Fused, MNIST);
    let slopes = |private, place| {
        let slopes = learner.private_slopes(&network, batch(MNIST), (private, place)).unwrap();
        slopes.gradients(&network).unwrap().numbers().unwrap()
    };
    let (noise, clip) = (1.3, 0.5);
    let quiet = slopes(clipping_to(clip), (42, 9));
    let noisy = slopes(PrivateSteps::new(noise, clip).unwrap(), (42, 9));
    let deviation = noise * clip / COUNT as f64;
    for (noisy, quiet) in noisy.each().into_iter().zip(quiet.each()) {
        let count = quiet.len() as f64;
        let square = (apart(noisy, quiet) / deviation).powi(2) / count;
        // Five standard errors of a mean of squares.
        assert!((square - 1.0).abs() < 5.0 * (2.0 / count).sqrt(), "{count}: {square}");
    }
    let again = slopes(PrivateSteps::new(noise, clip).unwrap(), (42, 9));
    assert_eq!(again.flat(), noisy.flat());
    assert_ne!(slopes(PrivateSteps::new(noise, clip).unwrap(), (42, 10)).flat(), noisy.flat());
    assert_ne!(slopes(PrivateSteps::new(noise, clip).unwrap(), (43, 9)).flat(), noisy.flat());
}

#[test]
fn what_is_no_number_moves_nothing() {
    let (learner, network) = learner(Route::Plain, SMALL);
    let mut spoilt = batch(SMALL);
    spoilt.images[5] = f32::NAN;
    let private = (PrivateSteps::new(1.0, 1.0).unwrap(), (42, 1));
    assert!(!learner.private_slopes(&network, spoilt, private).unwrap().moves());
    assert!(learner.private_slopes(&network, batch(SMALL), private).unwrap().moves());
}

fn trainable(seed: u64, private: Option<(f64, f64)>) -> (DigitsTrainable, Vec<Fact>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let config = TrainingConfig { seed, ..TrainingConfig::default() };
    let mut trainable =
        DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
    if let Some((noise, clip)) = private {
        trainable = trainable.in_private(PrivateSteps::new(noise, clip).unwrap());
    }
    let mut told = Vec::new();
    let tell = &mut |stage: Stage, facts: Vec<Fact>| {
        if stage == Stage::Build {
            told = facts;
        }
    };
    trainable.begin(seed, tell).unwrap();
    (trainable, told)
}

fn steps(trainable: &mut DigitsTrainable, steps: std::ops::Range<u64>) -> Vec<u32> {
    let mut step = |batch: u64| {
        let at = StepPlace { epoch: 0, batch };
        let order = StepOrder { at, steps: 1, learning_rate: 1e-3, keep: false };
        trainable.step(order).unwrap().values.loss().to_bits()
    };
    steps.map(&mut step).collect()
}

#[test]
fn a_private_run_has_the_same_bits_for_the_same_seed_on_any_threads() {
    let run = |seed, private, threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| steps(&mut trainable(seed, private).0, 0..12))
    };
    let usual = Some((1.0, 1.0));
    let losses = run(42, usual, 1);
    assert_eq!(run(42, usual, 2), losses);
    assert_ne!(run(43, usual, 1), losses);
    // The weights begin as without the option, and go on otherwise.
    let plain = run(42, None, 1);
    let first = |losses: &[u32]| f32::from_bits(losses[0]);
    assert!((first(&plain) - first(&losses)).abs() < 1e-5);
    assert_ne!(plain[1..], losses[1..]);
}

#[test]
fn a_private_run_learns_tells_what_it_gave_away_and_is_not_taken_again() {
    let (mut trainable, facts) = trainable(42, Some((1.0, 1.0)));
    let planned = facts.iter().find(|fact| fact.name == "Private").unwrap();
    assert_eq!(planned.value, "ε = 1.32 at δ = 1e-5 after all 2,500 steps; noise 1, clip 1");
    steps(&mut trainable, 0..250);
    let mut go_on = || ControlFlow::Continue(());
    let Evaluation::Done(judgement) = trainable.evaluate(1e-3, &mut go_on).unwrap() else {
        panic!("broken off");
    };
    let verdict = judgement.verdict.get::<ClassifierVerdict>().unwrap();
    assert!(verdict.accuracy > 0.5, "{verdict:?}");
    let spent = verdict.privacy.unwrap();
    let known = crate::learning::privacy::epsilon(32.0 / 8000.0, 1.0, 250, 1e-5);
    assert!((spent.epsilon, spent.delta) == (known, 1e-5) && 0.1 < known && known < 1.31);
    let fact = judgement.facts.iter().find(|fact| fact.name == "Private").unwrap();
    assert_eq!(fact.value, spent.told());
    let asked = TaughtAsked { input: InputChoice::Test(3), map: None, strongest: 12 };
    let Err(refused) = trainable.study(&Payload::new(asked)) else { panic!("it was taken again") };
    assert!(refused.to_string().contains("does not know the noise"), "{refused}");
}

#[test]
fn a_plain_run_says_nothing_of_privacy() {
    let (mut trainable, facts) = trainable(42, None);
    assert!(facts.iter().all(|fact| fact.name != "Private"));
    steps(&mut trainable, 0..3);
    let mut go_on = || ControlFlow::Continue(());
    let Evaluation::Done(judgement) = trainable.evaluate(1e-3, &mut go_on).unwrap() else {
        panic!("broken off");
    };
    let verdict = judgement.verdict.get::<ClassifierVerdict>().unwrap();
    assert_eq!(verdict.privacy, None);
    assert!(judgement.facts.iter().all(|fact| fact.name != "Private"));
    // Readers of before find what they know.
    let written = serde_json::to_string(&**verdict).unwrap();
    assert!(!written.contains("privacy"), "{written}");
}
