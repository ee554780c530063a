//! Normalisation against burn's own, there and back.

use burn::tensor::{Device, Tensor, TensorData, module::batch_norm_train};

use super::normalise;
use crate::learning::DeviceName;

/// The output, its moments, and the gradients by input, scale and shift of its sum weighted by numbers.
fn run<const D: usize>(dims: [usize; D], own: bool, device: &Device) -> Vec<Vec<f32>> {
    let device = device.clone().autodiff();
    let waves = |seed: f32, count: usize| -> Vec<f32> {
        (0..count).map(|at| 0.7 + (seed * (1.0 + at as f32)).sin()).collect()
    };
    let all = |seed| {
        Tensor::<D>::from_data(TensorData::new(waves(seed, dims.iter().product()), dims), &device)
    };
    let channels = |seed| {
        let data = TensorData::new(waves(seed, dims[1]), [dims[1]]);
        Tensor::<1>::from_data(data, &device).require_grad()
    };
    let (input, scale, shift) = (all(0.37).require_grad(), channels(1.1), channels(2.3));
    let (made, mean, variance) = if own {
        normalise(input.clone(), scale.clone(), shift.clone(), 1e-5)
    } else {
        let made = batch_norm_train(input.clone(), scale.clone(), shift.clone(), 1e-5);
        (made.output, made.mean, made.variance)
    };
    let gradients = (made.clone() * all(0.53)).sum().backward();
    vec![
        made.without_autodiff().try_into_vec_as().unwrap(),
        mean.without_autodiff().try_into_vec_as().unwrap(),
        variance.without_autodiff().try_into_vec_as().unwrap(),
        input.grad(&gradients).unwrap().try_into_vec_as().unwrap(),
        scale.grad(&gradients).unwrap().try_into_vec_as().unwrap(),
        shift.grad(&gradients).unwrap().try_into_vec_as().unwrap(),
    ]
}

fn compare<const D: usize>(dims: [usize; D], device: DeviceName) {
    let (own, other) = (run(dims, true, &device.device()), run(dims, false, &device.device()));
    for (which, (own, other)) in own.iter().zip(&other).enumerate() {
        assert_eq!(own.len(), other.len());
        let largest = other.iter().fold(1e-3_f32, |largest, one| largest.max(one.abs()));
        for (a, b) in own.iter().zip(other) {
            assert!((a - b).abs() <= 2e-5 * largest, "{which} of {dims:?}: {a} for {b}");
        }
    }
}

#[test]
fn any_batch_is_normalised_as_burn_does() {
    for device in DeviceName::ALL.iter().filter_map(|device| DeviceName::asked(device.name()).ok())
    {
        compare([5, 3, 7, 9], device);
        compare([2, 1, 1, 33], device);
        compare([8, 16, 4, 4], device);
        compare([64, 10], device);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run([6, 5, 9, 11], true, &DeviceName::Flex.device()))
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(5));
}
