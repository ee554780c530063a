//! The rules against burn's own optimisers.

use burn::{
    optim::{AdamConfig, Optimizer, RmsPropConfig, SgdConfig, momentum::MomentumConfig},
    tensor::{DType, Device, Tensor, TensorData},
};

use super::*;
use crate::exhibits::descent::{
    model::{
        gradient::Gradient,
        update_rules::{ADAM_DECAYS, EPSILON, RMS_DECAY, Rule},
    },
    payload::MOMENTUM,
};

const STEPS: usize = 60;

fn numbers(tensor: Tensor<1>) -> [f64; 2] {
    tensor.try_into_vec_as::<f64>().unwrap().try_into().unwrap()
}

/// The path of one of burn's optimisers, with 64-bit tensors.
fn of_burn<O: Optimizer>(
    optimiser: &O,
    gradient: &Gradient,
    start: [f64; 2],
    rate: f64,
) -> Vec<[f64; 2]> {
    let device = Device::flex();
    let tensor = |numbers: [f64; 2]| {
        Tensor::<1>::from_data(TensorData::new(numbers.to_vec(), [2]), (&device, DType::F64))
    };
    let (mut theta, mut state, mut path) = (tensor(start), None, Vec::new());
    for _ in 0..STEPS {
        let slope = gradient.over_all(numbers(theta.clone())).unwrap().gradient;
        (theta, state) = optimiser.step(rate, theta, tensor(slope), state);
        path.push(numbers(theta.clone()));
    }
    path
}

fn of_ours(runner: Runner, gradient: &Gradient, start: [f64; 2], rate: f64) -> Vec<[f64; 2]> {
    let (mut rule, mut theta, mut path) = (Rule::of(runner), start, Vec::new());
    for _ in 0..STEPS {
        let [first, second] = rule.update(gradient.over_all(theta).unwrap().gradient, rate);
        theta = [theta[0] + first, theta[1] + second];
        path.push(theta);
    }
    path
}

/// Both paths, on every problem; burn keeps its settings as 32-bit numbers, which is what the tolerance is for.
fn check<O: Optimizer>(runner: Runner, optimiser: &O, tolerance: f64) {
    let problems = bundled();
    for problem in [LINE, TUMOUR, ROSENBROCK, SADDLE] {
        let landscape = problems.landscape(&all(problem)).unwrap();
        let gradient = Gradient::new(&landscape.terms, 16, &Device::flex());
        let rate = landscape.usual_rate;
        // Beside the saddle's ridge the last digit would decide on the way.
        let start = if problem == SADDLE { [1.5, 0.5] } else { landscape.start };
        let ours = of_ours(runner, &gradient, start, rate);
        let theirs = of_burn(optimiser, &gradient, start, rate);
        let way = |path: &[[f64; 2]]| {
            let all: Vec<_> = std::iter::once(&start).chain(path).collect();
            let length = |two: &[&[f64; 2]]| (two[1][0] - two[0][0]).hypot(two[1][1] - two[0][1]);
            all.windows(2).map(length).sum::<f64>()
        };
        let length = way(&ours);
        assert!(length > 0.01, "nobody moved");
        for (step, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            let apart = (ours[0] - theirs[0]).hypot(ours[1] - theirs[1]);
            assert!(
                apart < tolerance * length,
                "{runner:?} on {problem}, step {step}: {apart:e} of {length}"
            );
        }
    }
}

#[test]
fn gradient_descent_is_burns() {
    check(Runner::GradientDescent, &SgdConfig::new().build(), 1e-13);
}

#[test]
fn momentum_is_burns() {
    let momentum = MomentumConfig::new().with_momentum(MOMENTUM).with_dampening(0.0);
    check(Runner::Momentum, &SgdConfig::new().with_momentum(Some(momentum)).build(), 1e-6);
}

#[test]
fn rmsprop_is_burns() {
    let config = RmsPropConfig::new()
        .with_alpha(RMS_DECAY as f32)
        .with_momentum(0.0)
        .with_epsilon(EPSILON as f32);
    check(Runner::RmsProp, &config.build(), 1e-6);
}

#[test]
fn adam_is_burns() {
    let config = AdamConfig::new()
        .with_beta_1(ADAM_DECAYS[0] as f32)
        .with_beta_2(ADAM_DECAYS[1] as f32)
        .with_epsilon(EPSILON as f32);
    // burn takes 1 − 0.999ᵗ as a 32-bit number, of which four digits are left.
    check(Runner::Adam, &config.build(), 1e-4);
}
