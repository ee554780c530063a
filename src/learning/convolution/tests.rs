//! Convolution against burn's own, forwards and backwards.

use burn::tensor::{Device, Distribution, Tensor, TensorData, module::conv2d, ops::ConvOptions};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::convolve;
use crate::learning::DeviceName;

/// Sizes of one convolution.
#[derive(Clone, Debug)]
struct Case {
    input: [usize; 4],
    weights: [usize; 4],
    biased: bool,
    options: ConvOptions<2>,
}

fn drawn(generator: &mut ChaCha8Rng) -> Case {
    loop {
        let mut one = |from: usize, to: usize| generator.random_range(from..=to);
        let groups = *[1, 1, 1, 2, 3, 8].get(one(0, 5)).unwrap();
        let (inputs, outputs) = match one(0, 3) {
            0 => (1, one(1, 2)),
            1 => (one(1, 70), one(1, 70)),
            _ => (one(1, 9), one(1, 33)),
        };
        let input = [one(1, 9), inputs * groups, one(1, 24), one(1, 24)];
        let weights = [outputs * groups, inputs, one(1, 5), one(1, 5)];
        let options = ConvOptions {
            stride: [one(1, 3), one(1, 3)],
            padding: [(one(0, 3), one(0, 3)), (one(0, 3), one(0, 3))],
            dilation: [one(1, 2), one(1, 3)],
            groups,
        };
        let fits = (0..2).all(|side| {
            let (before, after) = options.padding[side];
            input[2 + side] + before + after > (weights[2 + side] - 1) * options.dilation[side]
        });
        if fits {
            return Case { input, weights, biased: one(0, 1) == 1, options };
        }
    }
}

fn numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    (0..count).map(|_| generator.random::<f32>() * 2.0 - 1.0).collect()
}

/// The output, and the gradients by input, weights and biases of its sum weighted by numbers.
fn run(case: &Case, own: bool, device: &Device) -> Vec<Vec<f32>> {
    let device = device.clone().autodiff();
    let four = |seed, dims: [usize; 4]| {
        let data = TensorData::new(numbers(seed, dims.iter().product()), dims);
        Tensor::<4>::from_data(data, &device)
    };
    let (input, weights) =
        (four(1, case.input).require_grad(), four(2, case.weights).require_grad());
    let filters = case.weights[0];
    let biases = case.biased.then(|| {
        let data = TensorData::new(numbers(3, filters), [filters]);
        Tensor::<1>::from_data(data, &device).require_grad()
    });
    let made = if own {
        convolve(input.clone(), weights.clone(), biases.clone(), case.options.clone())
    } else {
        conv2d(input.clone(), weights.clone(), biases.clone(), case.options.clone())
    };
    let gradients = (made.clone() * four(4, made.dims())).sum().backward();
    let plain = |tensor: Tensor<4>| tensor.without_autodiff().try_into_vec_as::<f32>().unwrap();
    let mut all = vec![
        plain(made),
        input.grad(&gradients).unwrap().try_into_vec_as::<f32>().unwrap(),
        weights.grad(&gradients).unwrap().try_into_vec_as::<f32>().unwrap(),
    ];
    if let Some(biases) = biases {
        all.push(biases.grad(&gradients).unwrap().try_into_vec_as::<f32>().unwrap());
    }
    all
}

fn alike(case: &Case, own: &[Vec<f32>], other: &[Vec<f32>]) {
    for (which, (own, other)) in own.iter().zip(other).enumerate() {
        assert_eq!(own.len(), other.len());
        let largest = other.iter().fold(1e-3_f32, |largest, one| largest.max(one.abs()));
        for (at, (a, b)) in own.iter().zip(other).enumerate() {
            assert!((a - b).abs() <= 2e-5 * largest, "{which} of {case:?}, {at}: {a} for {b}");
        }
    }
}

#[test]
fn any_convolution_is_that_of_burn() {
    let device = DeviceName::Flex.device();
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..300 {
        let case = drawn(&mut generator);
        alike(&case, &run(&case, true, &device), &run(&case, false, &device));
    }
}

#[test]
fn another_device_convolves_as_burn_does() {
    let mut generator = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..5 {
        let case = drawn(&mut generator);
        let own = run(&case, true, &DeviceName::NdArray.device());
        alike(&case, &own, &run(&case, true, &DeviceName::Flex.device()));
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let mut generator = ChaCha8Rng::seed_from_u64(3);
    let device = DeviceName::Flex.device();
    for _ in 0..30 {
        let case = drawn(&mut generator);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| run(&case, true, &device))
        };
        let one = with(1);
        assert_eq!(one, with(2), "{case:?}");
        assert_eq!(one, with(5), "{case:?}");
    }
}

#[test]
fn what_does_not_fit_is_burns_to_refuse() {
    let device = DeviceName::Flex.device();
    let weights = Tensor::<4>::random([2, 1, 3, 3], Distribution::Default, &device);
    let small = Tensor::<4>::zeros([1, 1, 2, 2], &device);
    let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
    let made = std::panic::catch_unwind(|| convolve(small, weights, None, options).dims());
    assert!(made.is_err() || made.is_ok_and(|dims| dims[2] == 0));
}
