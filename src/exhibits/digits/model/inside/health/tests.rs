//! Gradients by hand against burn's, and products of the Hessian against differences of gradients.

use burn::{
    module::Param,
    tensor::{Gradients, Int, Tensor, TensorData},
};

use super::{
    super::tests::{MNIST, SIZES, any_network, image, network, numbers},
    *,
};
use crate::{
    exhibits::digits::{model::network::cross_entropy, payload::Architecture},
    learning::{DeviceName, inside::tests::assert_alike},
    operators::softmax,
};

const COUNT: usize = 6;

fn batch(sizes: Architecture) -> (Vec<f32>, Vec<usize>) {
    let images = (0..COUNT).flat_map(|k| image(sizes, k)).collect();
    (images, (0..COUNT).map(|at| at % sizes.classes).collect())
}

fn by<const D: usize>(of: &Param<Tensor<D>>, found: &Gradients) -> Vec<f32> {
    of.val().grad(found).unwrap().try_into_vec_as().unwrap()
}

#[test]
fn gradients_are_those_of_burn() {
    for sizes in SIZES {
        let numbers = numbers(sizes);
        let (images, labels) = batch(sizes);
        let device = DeviceName::Flex.device().autodiff();
        let network = network(sizes, &numbers, &device);
        let data = TensorData::new(images.clone(), [COUNT, sizes.input().len()]);
        let truth: Vec<i64> = labels.iter().map(|label| *label as i64).collect();
        let truth = Tensor::<1, Int>::from_data(TensorData::new(truth, [COUNT]), &device);
        let logits = network.forward(sizes, Tensor::<2>::from_data(data, &device));
        let found = cross_entropy(logits, truth).backward();
        let slope = Inside::of(sizes, numbers).slope(&images, &labels).unwrap();
        let wanted = Numbers {
            filter_weights: by(&network.filter_weights, &found),
            filter_biases: by(&network.filter_biases, &found),
            dense_weights: by(&network.dense_weights, &found),
            dense_biases: by(&network.dense_biases, &found),
        };
        let wanted = wanted.by_layer();
        for (one, other) in slope.iter().zip(&wanted) {
            assert_alike(one, other, 1e-4, &format!("{sizes:?}"));
        }
    }
}

/// A direction over all that is learned.
fn direction(sizes: Architecture, speed: f32) -> ByLayer {
    let wave = |count: usize| (0..count).map(|at| (at as f32 * speed + 0.7).sin()).collect();
    numbers(sizes).by_layer().iter().map(|layer| wave(layer.len())).collect()
}

fn product(a: &ByLayer, b: &ByLayer) -> f64 {
    let all = a.iter().flatten().zip(b.iter().flatten());
    all.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// The network moved along a direction.
fn moved(sizes: Architecture, way: &ByLayer, by: f32) -> Inside {
    let mut moved = numbers(sizes);
    let (filters, filter_biases) = way[0].split_at(moved.filter_weights.len());
    let (dense, dense_biases) = way[1].split_at(moved.dense_weights.len());
    for (to, way) in [
        (&mut moved.filter_weights, filters),
        (&mut moved.filter_biases, filter_biases),
        (&mut moved.dense_weights, dense),
        (&mut moved.dense_biases, dense_biases),
    ] {
        to.iter_mut().zip(way).for_each(|(to, way)| *to += by * way);
    }
    Inside::of(sizes, moved)
}

#[test]
fn products_of_the_hessian_are_differences_of_gradients_and_symmetric() {
    for sizes in SIZES {
        let (images, labels) = batch(sizes);
        let inside = Inside::of(sizes, numbers(sizes));
        let [u, v] = [0.61, 1.13].map(|speed| direction(sizes, speed));
        let [hu, hv] = [&u, &v].map(|way| inside.curved(&images, &labels, way).unwrap());
        let (one, other) = (product(&u, &hv), product(&v, &hu));
        let size = (product(&hu, &hu) * product(&v, &v)).sqrt();
        assert!((one - other).abs() < 1e-4 * size, "{sizes:?}: {one} {other}");
        // Along the dense layer no unit changes sides, so that differences are exact.
        let mut dense = u.clone();
        dense[0].fill(0.0);
        let exact = inside.curved(&images, &labels, &dense).unwrap();
        const BY: f32 = 1e-3;
        let slopes = [BY, -BY].map(|by| moved(sizes, &dense, by).slope(&images, &labels).unwrap());
        for ((more, less), exact) in slopes[0].iter().zip(&slopes[1]).zip(&exact) {
            let differences: Vec<f32> =
                more.iter().zip(less).map(|(a, b)| (a - b) / (2.0 * BY)).collect();
            assert_alike(&differences, exact, 0.01, &format!("{sizes:?}"));
        }
        // So near that hardly a unit changes sides: at 1e-3 it is 5 % less for MNIST's size, by NumPy as well as here.
        const NEAR: f32 = 3e-4;
        // Along the filters logits are straight between kinks: vᵀHv is the mean variance, by the shares, of their slopes.
        let mut filters = v.clone();
        filters[1].fill(0.0);
        let exact = product(&filters, &inside.curved(&images, &labels, &filters).unwrap());
        let nothing = &mut |_, _: Outputs<'_>| {};
        let logits = [NEAR, -NEAR, 0.0]
            .map(|by| moved(sizes, &filters, by).outputs(&images, nothing).unwrap());
        let [more, less, here] =
            logits.map(|of| of.chunks(sizes.classes).map(<[f32]>::to_vec).collect::<Vec<_>>());
        let mut sum = 0.0;
        for ((more, less), here) in more.iter().zip(&less).zip(&here) {
            let slopes: Vec<f64> = more
                .iter()
                .zip(less)
                .map(|(a, b)| f64::from(a - b) / f64::from(2.0 * NEAR))
                .collect();
            let shares: Vec<f64> = softmax(here).into_iter().map(f64::from).collect();
            let mean = |of: &dyn Fn(f64) -> f64| -> f64 {
                slopes.iter().zip(&shares).map(|(slope, share)| share * of(*slope)).sum()
            };
            sum += mean(&|slope| slope * slope) - mean(&|slope| slope).powi(2);
        }
        let wanted = sum / COUNT as f64;
        assert!((exact - wanted).abs() < 0.03 * wanted + 1e-4, "{sizes:?}: {exact} {wanted}");
    }
}

#[test]
fn the_same_network_of_any_kind_has_the_same_gradients_activity_and_curvature() {
    let (model, own) = (any_network(), Inside::of(MNIST, numbers(MNIST)));
    let any = model.trained().unwrap();
    let (images, labels) = batch(MNIST);
    let slopes = [own.slope(&images, &labels).unwrap(), any.slope(&images, &labels).unwrap()];
    assert_eq!(slopes[0].iter().map(Vec::len).collect::<Vec<_>>(), [320, 54_090]);
    // Dense weights lie in another order there.
    assert_alike(&slopes[0][0], &slopes[1][0], 1e-4, "filters");
    let sorted = |of: &[f32]| {
        let mut of = of.to_vec();
        of.sort_by(f32::total_cmp);
        of
    };
    assert_alike(&sorted(&slopes[0][1]), &sorted(&slopes[1][1]), 1e-4, "dense");
    // A direction of the dense biases alone lies the same in both, and no unit changes sides along it.
    let mut way = direction(MNIST, 0.61);
    way[0].fill(0.0);
    way[1][..54_080].fill(0.0);
    let curved = own.curved(&images, &labels, &way).unwrap();
    let differences = any.curved(&images, &labels, &way).unwrap();
    assert_alike(&curved[0], &differences[0], 0.02, "curvature by the filters");
    assert_alike(&curved[1][54_080..], &differences[1][54_080..], 0.02, "by the biases");
    let [mut one, mut other] = [Vec::new(), Vec::new()];
    let hear = |heard: &mut Vec<(usize, usize, f32)>, layer, outputs: Outputs<'_>| {
        let largest = outputs.values.iter().copied().fold(0.0, f32::max);
        heard.push((layer, outputs.units, largest));
    };
    own.outputs(&images, &mut |layer, outputs| hear(&mut one, layer, outputs)).unwrap();
    any.outputs(&images, &mut |layer, outputs| hear(&mut other, layer, outputs)).unwrap();
    // The largest before pooling is the largest behind it.
    assert_eq!((one[0].0, one[0].1), (other[0].0, other[0].1));
    assert!((one[0].2 - other[0].2).abs() < 1e-5, "{one:?} {other:?}");
}
